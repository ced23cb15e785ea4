# Kartu digital, statusnya, dan fotonya.

err-cbor-duplicate-key = Data status ini memuat satu isian dua kali.
rec-cbor-duplicate-key = Jangan pakai data ini. Minta yang asli dari Dukcapil.

err-cbor-indefinite = Panjang data status ini tidak disebutkan.
rec-cbor-indefinite = Jangan pakai data ini. Minta yang asli dari Dukcapil.

err-cbor-malformed = Data status ini tidak dapat dibaca.
rec-cbor-malformed = Perbarui data kepercayaan di loket ini, lalu coba lagi.

err-cbor-not-shortest = Angka dalam data status ini ditulis dengan cara yang tidak diterima.
rec-cbor-not-shortest = Jangan pakai data ini. Minta yang asli dari Dukcapil.

err-cbor-too-much = Susunan data status ini terlalu rumit.
rec-cbor-too-much = Jangan pakai data ini. Minta yang asli dari Dukcapil.

err-cbor-trailing = Ada tambahan asing di belakang data status ini.
rec-cbor-trailing = Jangan pakai data ini. Minta yang asli dari Dukcapil.

err-cbor-truncated = Data status ini terpotong.
rec-cbor-truncated = Perbarui data kepercayaan di loket ini, lalu coba lagi.

err-claim-absent = Kartu ini tidak memuat data itu.
rec-claim-absent = Pilih hanya data yang ada di kartu Anda.

err-claim-path-malformed = Nama data yang diminta tidak dapat dibaca.
rec-claim-path-malformed = Beri tahu pihak yang meminta bahwa permintaannya salah.

err-claim-path-too-long = Nama data yang diminta terlalu panjang.
rec-claim-path-too-long = Beri tahu pihak yang meminta bahwa permintaannya salah.

err-credential-build-empty-validity = Kartu akan berakhir sebelum mulai berlaku.
rec-credential-build-empty-validity = Ini kesalahan program. Beri tahu petugas teknis.

err-credential-context = Susunan kartu ini tidak dikenal.
rec-credential-context = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-credential-expired = Masa berlaku kartu ini sudah habis.
rec-credential-expired = Minta kartu yang baru dari Dukcapil lewat aplikasi dompet.

err-credential-header-type = Ini bukan kartu digital yang dikenal.
rec-credential-header-type = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-credential-issued-in-future = Kartu ini bertanggal terbit di masa depan.
rec-credential-issued-in-future = Periksa jam dan tanggal di kedua perangkat, lalu coba lagi.

err-credential-issuer-mismatch = Kartu ini menyebut dua penerbit yang berbeda.
rec-credential-issuer-mismatch = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-credential-issuer-missing = Kartu ini tidak menyebut penerbitnya.
rec-credential-issuer-missing = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-credential-not-yet-valid = Kartu ini belum mulai berlaku.
rec-credential-not-yet-valid = Periksa jam dan tanggal di kedua perangkat, lalu coba lagi.

err-credential-signer-unknown = Penerbit kartu ini tidak ada di daftar tepercaya.
rec-credential-signer-unknown = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-credential-status-malformed = Petunjuk status di kartu ini rusak.
rec-credential-status-malformed = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-credential-subject-malformed = Kartu ini tidak memuat tepat satu orang.
rec-credential-subject-malformed = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-credential-time-malformed = Tanggal di kartu ini tidak dapat dibaca.
rec-credential-time-malformed = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-credential-type-confusion = Kartu ini mencampur dua jenis susunan.
rec-credential-type-confusion = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-credential-type-missing = Kartu ini tidak menyebut jenisnya.
rec-credential-type-missing = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-credential-validity-conflict = Masa berlaku di kartu ini saling bertentangan.
rec-credential-validity-conflict = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-credential-validity-missing = Kartu ini tidak menyebut masa berlakunya.
rec-credential-validity-missing = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-cwt-algorithm = Cara tanda tangan data status ini tidak diterima.
rec-cwt-algorithm = Jangan pakai data ini. Minta yang asli dari Dukcapil.

err-cwt-algorithm-unprotected = Cara tanda tangan data status ini tidak ikut ditandatangani.
rec-cwt-algorithm-unprotected = Jangan pakai data ini. Minta yang asli dari Dukcapil.

err-cwt-critical = Data status ini menuntut aturan yang tidak dikenal.
rec-cwt-critical = Perbarui data kepercayaan di loket ini, lalu coba lagi.

err-cwt-header-member = Keterangan di kepala data status ini salah.
rec-cwt-header-member = Perbarui data kepercayaan di loket ini, lalu coba lagi.

err-cwt-header-repeated = Keterangan di kepala data status ini muncul dua kali.
rec-cwt-header-repeated = Jangan pakai data ini. Minta yang asli dari Dukcapil.

err-cwt-malformed = Data status bertanda tangan ini tidak lengkap.
rec-cwt-malformed = Perbarui data kepercayaan di loket ini, lalu coba lagi.

err-cwt-too-long = Data status ini terlalu panjang.
rec-cwt-too-long = Perbarui data kepercayaan di loket ini, lalu coba lagi.

err-cwt-untagged = Data status ini tidak ditandai sebagai data bertanda tangan.
rec-cwt-untagged = Jangan pakai data ini. Minta yang asli dari Dukcapil.

err-cwt-wrong-tag = Data ini ditandai sebagai jenis lain.
rec-cwt-wrong-tag = Jangan pakai data ini. Minta yang asli dari Dukcapil.

err-key-binding-audience = Jawaban ini dibuat untuk loket lain.
rec-key-binding-audience = Tampilkan permintaan baru, lalu minta pemilik kartu menjawabnya.

err-key-binding-hash = Jawaban ini tidak cocok dengan data yang ditunjukkan.
rec-key-binding-hash = Minta pemilik kartu menunjukkan kartunya sekali lagi.

err-key-binding-in-future = Jam di ponsel pemilik kartu terlalu cepat.
rec-key-binding-in-future = Periksa jam dan tanggal di kedua perangkat, lalu coba lagi.

err-key-binding-malformed = Jawaban dari ponsel tidak lengkap.
rec-key-binding-malformed = Minta pemilik kartu menunjukkan kartunya sekali lagi.

err-key-binding-missing = Pemilik kartu belum menandatangani jawaban ini.
rec-key-binding-missing = Tampilkan permintaan baru, lalu minta pemilik kartu menjawabnya.

err-key-binding-no-holder-key = Kartu ini tidak terikat pada ponsel siapa pun.
rec-key-binding-no-holder-key = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-key-binding-nonce = Jawaban ini untuk permintaan yang lain.
rec-key-binding-nonce = Tampilkan permintaan baru, lalu minta pemilik kartu menjawabnya.

err-key-binding-signature = Jawaban ini tidak ditandatangani oleh pemilik kartu.
rec-key-binding-signature = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-key-binding-too-old = Jawaban ini sudah terlalu lama.
rec-key-binding-too-old = Tampilkan permintaan baru, lalu minta pemilik kartu menjawabnya.

err-key-binding-type = Jenis jawaban ini tidak dikenal.
rec-key-binding-type = Minta pemilik kartu menunjukkan kartunya sekali lagi.

err-key-binding-unexpected = Kartu yang diterima sudah pernah dipakai menjawab.
rec-key-binding-unexpected = Minta kartu yang baru dari Dukcapil lewat aplikasi dompet.

err-portrait-mismatch = Foto ini bukan foto yang ada di kartu.
rec-portrait-mismatch = Minta pemilik kartu mengirim ulang. Jika terulang, jangan diterima.

err-portrait-not-webp = Foto ini bukan gambar WebP.
rec-portrait-not-webp = Pilih foto lain untuk kartu ini.

err-portrait-too-large = Foto ini terlalu besar.
rec-portrait-too-large = Pilih foto lain untuk kartu ini.

err-sd-jwt-build-duplicate-name = Kartu akan memuat satu nama data dua kali.
rec-sd-jwt-build-duplicate-name = Ini kesalahan program. Beri tahu petugas teknis.

err-sd-jwt-build-reserved-name = Nama data ini tidak boleh dipakai.
rec-sd-jwt-build-reserved-name = Ini kesalahan program. Beri tahu petugas teknis.

err-sd-jwt-build-salts = Angka acak untuk kartu ini kurang.
rec-sd-jwt-build-salts = Ini kesalahan program. Beri tahu petugas teknis.

err-sd-jwt-build-too-deep = Susunan data kartu terlalu dalam.
rec-sd-jwt-build-too-deep = Ini kesalahan program. Beri tahu petugas teknis.

err-sd-jwt-digest-algorithm = Kartu ini memakai cara hitung yang tidak dikenal.
rec-sd-jwt-digest-algorithm = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-digest-repeated = Kartu ini memuat satu sidik data dua kali.
rec-sd-jwt-digest-repeated = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-digests-malformed = Daftar sidik data di kartu ini rusak.
rec-sd-jwt-digests-malformed = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-disclosure-duplicate-member = Data yang ditunjukkan memuat satu isian dua kali.
rec-sd-jwt-disclosure-duplicate-member = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-disclosure-kind = Data yang ditunjukkan tidak pada tempatnya.
rec-sd-jwt-disclosure-kind = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-disclosure-malformed = Data yang ditunjukkan tidak dapat dibaca.
rec-sd-jwt-disclosure-malformed = Minta pemilik kartu menunjukkan kartunya sekali lagi.

err-sd-jwt-disclosure-repeated = Data yang sama ditunjukkan dua kali.
rec-sd-jwt-disclosure-repeated = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-disclosure-too-long = Data yang ditunjukkan terlalu panjang.
rec-sd-jwt-disclosure-too-long = Minta pemilik kartu menunjukkan kartunya sekali lagi.

err-sd-jwt-disclosure-unreferenced = Data yang ditunjukkan bukan bagian dari kartu ini.
rec-sd-jwt-disclosure-unreferenced = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-duplicate-member = Kartu ini memuat satu isian dua kali.
rec-sd-jwt-duplicate-member = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-holder-key-malformed = Kunci pemilik di kartu ini rusak.
rec-sd-jwt-holder-key-malformed = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-json-serialization = Kartu ini tidak lengkap.
rec-sd-jwt-json-serialization = Minta pemilik kartu menunjukkan kartunya sekali lagi.

err-sd-jwt-json-signatures = Kartu ini memuat tanda tangan yang saling bertentangan.
rec-sd-jwt-json-signatures = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-name-collision = Data yang ditunjukkan menimpa data yang sudah ada.
rec-sd-jwt-name-collision = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-no-tilde = Ini bukan kartu digital.
rec-sd-jwt-no-tilde = Minta pemilik kartu menunjukkan kartunya sekali lagi.

err-sd-jwt-not-disclosable = Bagian kartu yang harus selalu tampak disembunyikan.
rec-sd-jwt-not-disclosable = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-payload-malformed = Isi kartu ini tidak dapat dibaca.
rec-sd-jwt-payload-malformed = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-reserved-name = Kartu ini memakai nama data yang terlarang.
rec-sd-jwt-reserved-name = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-signature = Tanda tangan penerbit tidak cocok. Kartu ini palsu atau diubah.
rec-sd-jwt-signature = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-too-deep = Susunan data kartu ini terlalu dalam.
rec-sd-jwt-too-deep = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-too-long = Kartu ini terlalu panjang.
rec-sd-jwt-too-long = Minta pemilik kartu menunjukkan kartunya sekali lagi.

err-sd-jwt-too-many-digests = Kartu ini memuat terlalu banyak sidik data.
rec-sd-jwt-too-many-digests = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-sd-jwt-too-many-disclosures = Terlalu banyak data yang ditunjukkan.
rec-sd-jwt-too-many-disclosures = Minta pemilik kartu menunjukkan kartunya sekali lagi.

err-status-list-malformed = Daftar status kartu rusak.
rec-status-list-malformed = Perbarui data kepercayaan di loket ini, lalu coba lagi.

err-status-list-out-of-bounds = Kartu ini tidak ada di daftar status.
rec-status-list-out-of-bounds = Jangan terima kartu ini. Minta pemiliknya datang ke Dukcapil.

err-status-list-too-large = Daftar status kartu terlalu besar.
rec-status-list-too-large = Perbarui data kepercayaan di loket ini, lalu coba lagi.

err-status-list-value-too-large = Nilai status tidak muat di daftar.
rec-status-list-value-too-large = Ini kesalahan program. Beri tahu petugas teknis.

err-status-token-bits = Bentuk daftar status tidak dikenal.
rec-status-token-bits = Perbarui data kepercayaan di loket ini, lalu coba lagi.

err-status-token-expired = Daftar status di loket ini sudah kedaluwarsa.
rec-status-token-expired = Perbarui data kepercayaan di loket ini, lalu coba lagi.

err-status-token-header-type = Ini bukan daftar status.
rec-status-token-header-type = Perbarui data kepercayaan di loket ini, lalu coba lagi.

err-status-token-in-future = Daftar status bertanggal di masa depan.
rec-status-token-in-future = Periksa jam dan tanggal di kedua perangkat, lalu coba lagi.

err-status-token-malformed = Daftar status tidak lengkap.
rec-status-token-malformed = Perbarui data kepercayaan di loket ini, lalu coba lagi.

err-status-token-signature = Tanda tangan daftar status tidak cocok.
rec-status-token-signature = Perbarui data kepercayaan di loket ini, lalu coba lagi.

err-status-token-subject = Daftar status ini untuk kartu yang lain.
rec-status-token-subject = Perbarui data kepercayaan di loket ini, lalu coba lagi.

err-status-token-value-unknown = Status kartu ini tidak dikenal.
rec-status-token-value-unknown = Perbarui aplikasi. Jika terulang, beri tahu petugas.

err-type-metadata-malformed = Keterangan jenis kartu tidak dapat dibaca.
rec-type-metadata-malformed = Perbarui aplikasi. Jika terulang, beri tahu petugas.

err-type-metadata-vct = Keterangan ini untuk jenis kartu lain.
rec-type-metadata-vct = Perbarui aplikasi. Jika terulang, beri tahu petugas.

err-type-metadata-too-large = Keterangan jenis kartu terlalu besar.
rec-type-metadata-too-large = Perbarui aplikasi. Jika terulang, beri tahu petugas.
