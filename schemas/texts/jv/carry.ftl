carry-root-question = Cocogaken sidik ing nginggil kaliyan ingkang dipunumumaken Dukcapil, lajeng serat 16 aksara pungkasanipun:
carry-bundle-taken-over = Dhaptar resmi sampun dipunanyari: versi
carry-bundle-in-use = Dhaptar resmi ingkang dipunagem: versi
carry-tier-green = Taksih enggal.
carry-tier-amber = Wiwit lami: dipunanyari dinten punika.
carry-tier-red = Kelamen: dipunanyari saderengipun ngladosi.
carry-tier-none = Mboten wonten katrangan kawontenan kertu: dipunanyari saderengipun ngladosi.

err-bundle-frames-other-kind = Kode punika sanes dhaptar resmi.
rec-bundle-frames-other-kind = Mangga mindai kode dhaptar resmi, sanes panyuwunan utawi wangsulan.

err-bundle-one-folder = Folder kedah dipunsebat piyambak.
rec-bundle-one-folder = Sebat satunggal folder kemawon, utawi gambar lan seratan tanpa folder.

err-bundle-folder-foreign = Folder ingkang dipuntuju sampun isi prakawis sanes.
rec-bundle-folder-foreign = Pilih folder enggal utawi kothong, utawi folder dhaptar resmi ingkang lami.

err-bundle-file-absent = Alamat punika mboten gadhah dhaptar resmi ingkang jangkep.
rec-bundle-file-absent = Priksa alamatipun (limrahipun dipunpungkasi /bundle), utawi ngagem folder saking USB.

err-bundle-source-too-large = Dhaptar resmi saking alamat punika ageng sanget.
rec-bundle-source-too-large = Sampun dipunagem. Mundhut dhaptar resmi saking Dukcapil mawi USB lan atur pirsa petugas.

err-bundle-folder-without-root = Sumber punika mboten ngemot oyod dhaptar resmi.
rec-bundle-folder-without-root = Kangge sepisanan, agema folder jangkep (isi metadata/1.root.json) utawi kode saking export --whole.

err-bundle-root-unconfirmed = Dhaptar resmi ingkang sepisan dereng panjenengan pesthekaken.
rec-bundle-root-unconfirmed = Cocogaken sidikipun kaliyan ingkang dipunumumaken Dukcapil, lajeng balenana mawi --root-sha256.

err-bundle-root-hash-malformed = Sidik oyod mboten kaserat kanthi leres.
rec-bundle-root-hash-malformed = Serat 64 angka heksadesimal kados ingkang dipunumumaken Dukcapil.

err-bundle-none = Dereng wonten dhaptar resmi ing mriki.
rec-bundle-none = Mundhut rumiyin: bundle import FOLDER, utawi bundle pull ALAMAT.
carry-age = Katrangan status kertu umuripun { $age }.
