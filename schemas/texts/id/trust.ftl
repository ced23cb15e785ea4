# Data kepercayaan: asal, keutuhan, umur.

err-bundle-document-missing = Data kepercayaan tidak lengkap.
rec-bundle-document-missing = Salin lagi seluruh foldernya dari Dukcapil; bila lewat kode bergerak, dengan --whole.

err-bundle-document-too-large = Satu berkas data kepercayaan terlalu besar.
rec-bundle-document-too-large = Jangan pakai folder ini. Salin lagi dari Dukcapil.

err-bundle-document-malformed = Satu berkas data kepercayaan rusak.
rec-bundle-document-malformed = Salin lagi foldernya dari Dukcapil.

err-bundle-spec-version = Data kepercayaan dibuat untuk aplikasi versi lain.
rec-bundle-spec-version = Perbarui aplikasi ini, lalu coba lagi.

err-bundle-root-mismatch = Data kepercayaan ini bukan dari Dukcapil yang Anda percayai.
rec-bundle-root-mismatch = Jangan pakai. Cocokkan sidik data dengan yang diumumkan Dukcapil.

err-bundle-key-id-mismatch = Nama kunci di data kepercayaan tidak cocok dengan kuncinya.
rec-bundle-key-id-mismatch = Jangan pakai folder ini. Beri tahu Dukcapil.

err-bundle-signature-repeated = Data kepercayaan ditandatangani dua kali oleh kunci yang sama.
rec-bundle-signature-repeated = Jangan pakai folder ini. Beri tahu Dukcapil.

err-bundle-under-signed = Tanda tangan data kepercayaan tidak sah atau kurang.
rec-bundle-under-signed = Jangan pakai folder ini. Salin lagi dari Dukcapil.

err-bundle-rollback = Data kepercayaan ini lebih lama daripada yang sudah ada.
rec-bundle-rollback = Tetap pakai yang ada, atau ambil yang terbaru dari Dukcapil.

err-bundle-equivocation = Ada dua data kepercayaan berbeda dengan nomor yang sama.
rec-bundle-equivocation = Jangan pakai folder ini. Segera beri tahu Dukcapil.

err-bundle-frozen = Masa berlaku data kepercayaan ini sudah habis.
rec-bundle-frozen = Ambil data terbaru dari Dukcapil.

err-bundle-mixed = Berkas data kepercayaan berasal dari terbitan yang berbeda.
rec-bundle-mixed = Salin lagi seluruh foldernya dari satu terbitan.

err-bundle-not-consistent = Susunan data kepercayaan tidak sesuai.
rec-bundle-not-consistent = Salin lagi foldernya dari Dukcapil.

err-bundle-target-missing = Isi data kepercayaan tidak lengkap.
rec-bundle-target-missing = Salin lagi seluruh foldernya dari Dukcapil; bila lewat kode bergerak, dengan --whole.

err-bundle-target-altered = Isi data kepercayaan sudah diubah.
rec-bundle-target-altered = Jangan pakai folder ini. Salin lagi dari Dukcapil.

err-bundle-too-large = Data kepercayaan terlalu besar.
rec-bundle-too-large = Jangan pakai folder ini. Salin lagi dari Dukcapil.

err-bundle-incomplete = Ada bagian data kepercayaan yang tidak disertakan.
rec-bundle-incomplete = Minta Dukcapil menerbitkan data itu lagi.

err-bundle-registry-malformed = Daftar loket di data kepercayaan tidak dapat dibaca.
rec-bundle-registry-malformed = Minta Dukcapil menerbitkan data itu lagi.

err-clock-behind = Jam perangkat ini tertinggal.
rec-clock-behind = Setel tanggal dan jam, lalu coba lagi.

err-trust-list-malformed = Daftar penerbit tidak dapat dibaca.
rec-trust-list-malformed = Minta Dukcapil menerbitkan data kepercayaan lagi.

err-issuer-unknown = Penerbitnya tidak dikenal di sini.
rec-issuer-unknown = Jangan terima. Perbarui data kepercayaan bila Anda ragu.

err-issuer-key-unknown = Kunci penerbit ini tidak dikenal di sini.
rec-issuer-key-unknown = Perbarui data kepercayaan, lalu coba lagi.

err-issuer-key-wrong-role = Kunci itu tidak boleh dipakai untuk keperluan ini.
rec-issuer-key-wrong-role = Jangan terima. Beri tahu Dukcapil.

err-issuer-key-not-yet = Ini ditandatangani sebelum kunci penerbit berlaku.
rec-issuer-key-not-yet = Jangan terima. Beri tahu Dukcapil.

err-issuer-key-ended = Ini ditandatangani setelah masa kunci penerbit berakhir.
rec-issuer-key-ended = Jangan terima. Minta yang baru di Dukcapil.

err-issuer-key-distrusted = Kartu atau dokumen ini ditandatangani dengan kunci yang sudah dicabut kepercayaannya oleh penerbit.
rec-issuer-key-distrusted = Jangan terima. Pemiliknya dapat meminta kartu baru di Dukcapil.

err-policy-malformed = Aturan umur data tidak dapat dibaca.
rec-policy-malformed = Minta Dukcapil menerbitkan data kepercayaan lagi.

err-policy-out-of-range = Aturan umur data melampaui batas.
rec-policy-out-of-range = Jangan pakai. Beri tahu Dukcapil.

# Pendaftaran loket.

err-registration-malformed = Surat pendaftaran loket tidak dapat dibaca.
rec-registration-malformed = Jangan berikan data Anda. Beri tahu Dukcapil.

err-registration-wrong-type = Ini bukan surat pendaftaran loket.
rec-registration-wrong-type = Jangan berikan data Anda. Minta petugas memakai kode yang benar.

err-registration-registrar-unknown = Loket ini didaftarkan oleh pihak yang tidak dikenal.
rec-registration-registrar-unknown = Jangan berikan data Anda. Beri tahu Dukcapil.

err-registration-signature = Surat pendaftaran loket ini palsu atau sudah diubah.
rec-registration-signature = Jangan berikan data Anda. Beri tahu Dukcapil.

err-registration-too-long = Pendaftaran loket ini berlaku lebih lama dari yang diizinkan.
rec-registration-too-long = Minta Dukcapil mendaftarkan loket ini lagi, paling lama 90 hari.

err-registration-not-yet-valid = Pendaftaran loket ini belum mulai berlaku.
rec-registration-not-yet-valid = Periksa jam perangkat, atau tunggu sampai tanggal mulainya.

err-registration-expired = Pendaftaran loket ini sudah habis masa berlakunya.
rec-registration-expired = Minta loket memperpanjang pendaftarannya di Dukcapil. Bila tanggal di perangkat Anda salah, perbaiki dulu.

err-registration-withdrawn = Pendaftaran loket ini sudah dicabut.
rec-registration-withdrawn = Jangan berikan data Anda di loket ini.

err-unregistered = Loket ini tidak terdaftar di Dukcapil.
rec-unregistered = Jangan berikan data Anda. Petugas perlu mendaftarkan loket ini.

err-registration-borrowed = Loket ini memakai surat pendaftaran milik loket lain.
rec-registration-borrowed = Jangan berikan data Anda. Beri tahu Dukcapil.

err-service-unknown = Layanan itu tidak ada di pendaftaran loket ini.
rec-service-unknown = Pilih layanan yang terdaftar.

err-over-asking = Loket ini meminta data lebih dari yang diizinkan.
rec-over-asking = Jangan berikan. Beri tahu petugas atau Dukcapil.

err-protected-claim-undeclared = Loket ini meminta nomor induk tanpa izin khusus.
rec-protected-claim-undeclared = Jangan berikan. Beri tahu Dukcapil.

err-certificate-malformed = Sertifikat loket tidak dapat dibaca.
rec-certificate-malformed = Minta Dukcapil mendaftarkan loket ini lagi.

err-certificate-algorithm = Sertifikat ini memakai cara tanda tangan yang tidak dipakai di sini.
rec-certificate-algorithm = Minta Dukcapil membuat sertifikat yang baru.

err-certificate-purpose = Sertifikat ini dibuat untuk keperluan lain.
rec-certificate-purpose = Jangan terima. Beri tahu Dukcapil.

err-certificate-unknown-authority = Sertifikat loket ini tidak dibuat oleh Dukcapil.
rec-certificate-unknown-authority = Jangan berikan data Anda. Beri tahu Dukcapil.

err-certificate-not-yet-valid = Sertifikat loket belum mulai berlaku.
rec-certificate-not-yet-valid = Periksa jam perangkat, lalu coba lagi.

err-certificate-expired = Sertifikat loket sudah habis masa berlakunya.
rec-certificate-expired = Minta loket memperpanjang pendaftarannya di Dukcapil.

# Keadaan kartu dan keputusan.

err-status-token-wrong-key = Daftar status kartu ditandatangani oleh kunci yang salah.
rec-status-token-wrong-key = Jangan pakai. Salin lagi data kepercayaan dari Dukcapil.

err-status-token-repeated = Ada dua daftar status untuk kartu yang sama.
rec-status-token-repeated = Jangan pakai. Beri tahu Dukcapil.

err-accepted = Kartu sah.
rec-accepted = Cocokkan wajah bila ada fotonya, lalu layani.

err-accepted-stale = Kartu sah menurut data lama.
rec-accepted-stale = Boleh untuk layanan ini. Perbarui data kepercayaan secepatnya.

err-superseded = Kartu ini sudah digantikan yang baru.
rec-superseded = Minta warga membuka kartu barunya, atau perbarui dompetnya. Bila kertas: minta cetakan yang terbaru.

err-bundle-absent = Belum ada data kepercayaan di perangkat ini.
rec-bundle-absent = Ambil data kepercayaan dari Dukcapil lebih dahulu.

err-status-missing = Status kartu ini belum bisa dipastikan di sini.
rec-status-missing = Perbarui data kepercayaan, atau minta keputusan atasan.

err-status-old = Data status terlalu lama untuk layanan ini.
rec-status-old = Perbarui data kepercayaan, atau minta keputusan atasan.

err-status-ended = Data status sudah tidak berlaku.
rec-status-ended = Perbarui data kepercayaan sebelum melayani.

err-bundle-ended = Data kepercayaan sudah tidak berlaku.
rec-bundle-ended = Perbarui data kepercayaan sebelum melayani.

err-revoked = Kartu ini sudah dicabut.
rec-revoked = Jangan terima. Arahkan warga ke Dukcapil.

err-suspended = Kartu ini dibekukan sementara.
rec-suspended = Jangan terima. Arahkan warga ke Dukcapil.

err-credential-wrong-type = Kartu yang ditunjukkan bukan yang diminta.
rec-credential-wrong-type = Minta warga memilih kartu yang sesuai.

err-fact-missing = Ada data yang diminta tetapi tidak ditunjukkan.
rec-fact-missing = Minta warga menjawab lagi dengan data lengkap.

err-holder-mismatch = Kartu-kartu ini bukan milik satu orang yang sama.
rec-holder-mismatch = Jangan terima. Minta semua kartu dari orang yang sama.

err-portrait-missing = Foto yang diminta tidak disertakan.
rec-portrait-missing = Minta warga menjawab lagi dengan fotonya.

err-sector-foreign = Loket ini meminta nomor dari sektor lain.
rec-sector-foreign = Jangan dijawab. Laporkan loket ini ke Dukcapil.

err-token-group-asked = Loket ini meminta nomor semua sektor sekaligus.
rec-token-group-asked = Jangan dijawab. Laporkan loket ini ke Dukcapil.

err-registration-sectors-mixed = Satu pendaftaran loket memuat lebih dari satu sektor.
rec-registration-sectors-mixed = Daftarkan satu loket untuk satu sektor saja.

err-registration-downgraded = Pendaftaran loket ini sudah diganti dengan yang baru.
rec-registration-downgraded = Minta loket memakai pendaftaran terbarunya.

err-bundle-too-many-roots = Dokumen akar data kepercayaan ini tidak ada habisnya.
rec-bundle-too-many-roots = Jangan pakai data ini. Segera beri tahu Dukcapil.

err-bundle-delegation = Data kepercayaan ini memberi wewenang kepada pihak yang salah.
rec-bundle-delegation = Jangan pakai data ini. Segera beri tahu Dukcapil.

err-bundle-target-outside-role = Kunci harian mencoba mengubah isi yang bukan wewenangnya.
rec-bundle-target-outside-role = Jangan pakai data ini. Segera beri tahu Dukcapil.

err-bundle-target-repeated = Satu isi data kepercayaan disebut dua kali.
rec-bundle-target-repeated = Salin lagi seluruh foldernya dari Dukcapil; bila lewat kode bergerak, dengan --whole.

err-bundle-too-many-targets = Isi data kepercayaan ini terlalu banyak.
rec-bundle-too-many-targets = Jangan pakai data ini. Salin lagi dari Dukcapil.

err-bundle-target-name = Nama berkas di data kepercayaan ini tidak wajar.
rec-bundle-target-name = Jangan pakai data ini. Segera beri tahu Dukcapil.

err-webvh-too-large = Riwayat identitas penerbit terlalu besar untuk dibaca.
rec-webvh-too-large = Minta data baru kepada pengirim. Bila terulang, beri tahu petugas.

err-webvh-empty = Riwayat identitas penerbit kosong.
rec-webvh-empty = Minta data baru kepada pengirim. Bila terulang, beri tahu petugas.

err-webvh-entry = Ada baris rusak dalam riwayat identitas penerbit.
rec-webvh-entry = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-webvh-version-number = Ada baris yang hilang atau tertukar dalam riwayat identitas penerbit.
rec-webvh-version-number = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-webvh-entry-hash = Isi riwayat identitas penerbit telah diubah.
rec-webvh-entry-hash = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-webvh-scid = Identitas penerbit ini tidak berasal dari awal riwayatnya.
rec-webvh-scid = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-webvh-time = Waktu dalam riwayat identitas penerbit tidak berurutan.
rec-webvh-time = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-webvh-time-ahead = Riwayat identitas penerbit memuat waktu yang belum tiba.
rec-webvh-time-ahead = Periksa jam perangkat ini. Bila sudah benar, beri tahu Dukcapil.

err-webvh-method = Riwayat identitas penerbit memakai versi yang tidak dikenal.
rec-webvh-method = Perbarui program ini, lalu coba lagi.

err-webvh-parameter = Riwayat identitas penerbit memuat aturan yang tidak boleh ada.
rec-webvh-parameter = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-webvh-proof-form = Tanda tangan pada riwayat identitas penerbit tidak dapat dibaca.
rec-webvh-proof-form = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-webvh-unauthorized = Riwayat identitas penerbit ditandatangani oleh kunci yang tidak berhak.
rec-webvh-unauthorized = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-webvh-signature = Tanda tangan pada riwayat identitas penerbit tidak cocok.
rec-webvh-signature = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-webvh-pre-rotation = Kunci baru penerbit tidak pernah diumumkan sebelumnya.
rec-webvh-pre-rotation = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-webvh-deactivated = Identitas penerbit ini sudah diakhiri.
rec-webvh-deactivated = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-webvh-document-id = Dokumen ini milik identitas lain.
rec-webvh-document-id = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-webvh-moved = Identitas penerbit dipindahkan padahal tidak boleh.
rec-webvh-moved = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-webvh-witness-file = Berkas persetujuan saksi tidak dapat dibaca.
rec-webvh-witness-file = Minta data baru kepada pengirim. Bila terulang, beri tahu petugas.

err-webvh-unwitnessed = Saksi yang menyetujui riwayat identitas penerbit kurang.
rec-webvh-unwitnessed = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-webvh-other-did = Riwayat ini milik identitas lain.
rec-webvh-other-did = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-webvh-location = Identitas ini tidak menunjuk alamat web yang sah.
rec-webvh-location = Minta data baru kepada pengirim. Bila terulang, beri tahu petugas.

err-bundle-signer-chain = Sertifikat sebuah kunci dalam bundel kepercayaan tidak berujung pada akar sertifikat bundel itu.
rec-bundle-signer-chain = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-bundle-signer-chain-key = Sertifikat sebuah kunci dalam bundel kepercayaan dibuat untuk kunci lain.
rec-bundle-signer-chain-key = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-holder-link-asked = Penghubung kartu diminta, padahal tidak ada beberapa kartu yang harus dihubungkan.
rec-holder-link-asked = Jangan menjawab. Layanan tidak mendaftarkan penghubung ini; permintaan untuk beberapa kartu memintanya sendiri.

officer-rec-registration-malformed = Mintalah Dukcapil mendaftarkan loket ini lagi, lalu perbarui data kepercayaan.
officer-rec-registration-wrong-type = Mintalah Dukcapil mendaftarkan loket ini lagi, lalu perbarui data kepercayaan.
officer-rec-registration-registrar-unknown = Mintalah Dukcapil mendaftarkan loket ini lagi, lalu perbarui data kepercayaan.
officer-rec-registration-signature = Mintalah Dukcapil mendaftarkan loket ini lagi, lalu perbarui data kepercayaan.
officer-rec-registration-withdrawn = Mintalah Dukcapil mendaftarkan loket ini lagi, lalu perbarui data kepercayaan.
officer-rec-registration-expired = Mintalah Dukcapil mendaftarkan loket ini lagi, lalu perbarui data kepercayaan.
officer-rec-unregistered = Mintalah Dukcapil mendaftarkan loket ini lagi, lalu perbarui data kepercayaan.
officer-rec-registration-borrowed = Mintalah Dukcapil mendaftarkan loket ini lagi, lalu perbarui data kepercayaan.
officer-rec-certificate-unknown-authority = Mintalah Dukcapil mendaftarkan loket ini lagi, lalu perbarui data kepercayaan.
officer-err-sector-foreign = Layanan ini meminta nomor pengganti dari sektor lain.
officer-rec-sector-foreign = Tulis sector instansi ini pada daftar layanan, atau hapus nomor itu dari claims.
officer-err-token-group-asked = Layanan ini meminta nomor pengganti semua sektor sekaligus.
officer-rec-token-group-asked = Sebut satu nomor saja: token.SEKTOR dari sektor instansi ini.
officer-err-over-asking = Permintaan ini melebihi pendaftaran loket.
officer-rec-over-asking = Kurangi data yang diminta, atau minta Dukcapil memperluas pendaftaran.
officer-err-protected-claim-undeclared = Layanan ini meminta nomor induk tanpa menyatakannya.
officer-rec-protected-claim-undeclared = Sebut nomor itu juga di protected, bila memang ada dasar hukumnya.
officer-err-holder-link-asked = Layanan ini meminta penghubung kartu.
officer-rec-holder-link-asked = Hapus dari claims: permintaan untuk beberapa kartu memintanya sendiri.

err-dependant-mismatch = Dokumen anak ini milik dua anak yang berbeda.
rec-dependant-mismatch = Jangan terima. Minta dokumen dari satu anak yang sama.

err-pendamping-over = Sesi pendamping sudah berakhir.
rec-pendamping-over = Jangan terima. Pendamping dan warga memulai sesi baru di meja layanan.

err-pendamping-used = Kartu yang dibawa pendamping ini sudah dipakai di loket ini.
rec-pendamping-used = Jangan terima. Satu sesi untuk satu keperluan: pendamping dan warga memulai sesi baru di meja layanan.
err-pendamping-face = Kartu ini dibawa pendamping, padahal layanan ini tidak mencocokkan wajah.
rec-pendamping-face = Jangan terima. Warga menunjukkan kartunya sendiri, atau layani dengan kartu asli.
