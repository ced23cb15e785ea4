carry-root-question = Cocokkan sidik di atas dengan yang diumumkan Dukcapil, lalu ketik 16 huruf terakhirnya:
carry-bundle-taken-over = Daftar resmi diperbarui: versi
carry-bundle-in-use = Daftar resmi yang dipakai: versi
carry-tier-green = Masih baru.
carry-tier-amber = Mulai lama: perbarui hari ini.
carry-tier-red = Terlalu lama: perbarui sebelum melayani.
carry-tier-none = Tidak ada keterangan status kartu: perbarui sebelum melayani.

err-bundle-frames-other-kind = Kode ini bukan daftar resmi.
rec-bundle-frames-other-kind = Pindai kode daftar resmi, bukan permintaan atau jawaban.

err-bundle-one-folder = Folder harus disebut sendiri.
rec-bundle-one-folder = Sebut satu folder saja, atau beberapa gambar dan teks tanpa folder.

err-bundle-folder-foreign = Folder tujuan berisi hal lain.
rec-bundle-folder-foreign = Pilih folder baru atau kosong, atau folder daftar resmi yang lama.

err-bundle-file-absent = Alamat itu tidak punya daftar resmi yang lengkap.
rec-bundle-file-absent = Periksa alamatnya (biasanya berakhir /bundle), atau pakai folder dari USB.

err-bundle-source-too-large = Daftar resmi dari alamat itu terlalu besar.
rec-bundle-source-too-large = Jangan dipakai. Ambil daftar resmi dari Dukcapil dengan USB dan beri tahu petugas.

err-bundle-folder-without-root = Sumber ini tidak memuat akar daftar resmi.
rec-bundle-folder-without-root = Untuk yang pertama, pakai folder lengkap (berisi metadata/1.root.json) atau kode dari export --whole.

err-bundle-root-unconfirmed = Daftar resmi pertama belum Anda pastikan.
rec-bundle-root-unconfirmed = Cocokkan sidiknya dengan yang diumumkan Dukcapil, lalu ulangi dengan --root-sha256.

err-bundle-root-hash-malformed = Sidik akar tidak ditulis dengan benar.
rec-bundle-root-hash-malformed = Tulis 64 angka heksadesimal seperti yang diumumkan Dukcapil.

err-bundle-none = Belum ada daftar resmi di sini.
rec-bundle-none = Ambil dahulu: bundle import FOLDER, atau bundle pull ALAMAT.
carry-age = Keterangan status kartu berumur { $age }.
