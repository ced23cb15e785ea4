# Nilai yang dibaca program.

err-base64url-malformed = Kode tidak dapat dibaca.
rec-base64url-malformed = Minta kode yang baru lalu coba lagi.

err-base64url-size = Panjang kode tidak sesuai.
rec-base64url-size = Minta kode yang baru lalu coba lagi.

err-hex-malformed = Kode hanya boleh berisi angka 0 sampai 9 dan huruf A sampai F.
rec-hex-malformed = Periksa lagi kode yang Anda ketik.

err-hex-size = Panjang kode yang diketik tidak sesuai.
rec-hex-size = Ketik kode lengkap, tanpa ada yang terlewat.

err-code-format = Isian kode bukan angka.
rec-code-format = Perbaiki isian itu di sumber datanya.

err-code-unlisted = Kode tidak ada di daftar.
rec-code-unlisted = Pakai kode yang ada di daftar.

err-date-format = Tanggal tidak ditulis dengan benar.
rec-date-format = Tulis hari, bulan, dan tahun lengkap dengan angka.

err-date-impossible = Tanggal itu tidak ada di kalender.
rec-date-impossible = Periksa tanggalnya lalu perbaiki.

err-did-format = Alamat identitas tidak benar.
rec-did-format = Hubungi pihak yang mengirimnya.

err-language-unknown = Bahasa itu belum tersedia.
rec-language-unknown = Pilih id, jv, atau en.

err-name-empty = Nama kosong.
rec-name-empty = Isi nama lengkap.

err-name-too-long = Nama lebih dari 60 huruf.
rec-name-too-long = Tulis nama paling banyak 60 huruf, termasuk spasi.

err-name-digits = Nama berisi angka.
rec-name-digits = Hapus angka dari nama.

err-name-characters = Nama berisi tanda yang tidak boleh dipakai.
rec-name-characters = Pakai huruf, spasi, titik, koma, tanda petik, dan tanda hubung saja.

err-nik-length = NIK harus 16 angka.
rec-nik-length = Periksa NIK di kartu lalu ketik lagi.

err-nik-not-digits = NIK hanya boleh berisi angka.
rec-nik-not-digits = Periksa lagi: jangan ada huruf atau spasi.

err-nik-region = Enam angka pertama NIK bukan kode wilayah.
rec-nik-region = Periksa NIK di kartu lalu ketik lagi.

err-kk-length = Nomor KK harus 16 angka.
rec-kk-length = Periksa nomor di kartu keluarga lalu ketik lagi.

err-kk-not-digits = Nomor KK hanya boleh berisi angka.
rec-kk-not-digits = Periksa lagi: jangan ada huruf atau spasi.

err-kk-region = Enam angka pertama nomor KK bukan kode wilayah.
rec-kk-region = Periksa nomor di kartu keluarga lalu ketik lagi.

err-nonce-length = Permintaan tidak lengkap.
rec-nonce-length = Minta petugas membuat permintaan yang baru.

err-nonce-characters = Permintaan berisi tanda yang tidak boleh dipakai.
rec-nonce-characters = Minta petugas membuat permintaan yang baru.

err-region-format = Kode wilayah tidak benar.
rec-region-format = Pakai kode Kemendagri, misalnya 35.77.01.1001.

err-rt-rw-format = RT atau RW bukan angka.
rec-rt-rw-format = Isi RT dan RW dengan angka, misalnya 003.

err-time-format = Waktu tidak ditulis dengan benar.
rec-time-format = Hubungi pihak yang mengirim data ini.

err-time-impossible = Waktu itu tidak ada.
rec-time-impossible = Hubungi pihak yang mengirim data ini.

err-url-format = Alamat web tidak benar.
rec-url-format = Periksa alamatnya lalu coba lagi.

err-url-not-https = Alamat ini tidak terlindung: orang lain bisa membaca apa yang dikirim ke sana.
rec-url-not-https = Jangan lanjutkan. Minta kode atau tautan baru: alamat yang aman diawali https.

err-url-credentials = Alamat web berisi nama pengguna atau kata sandi.
rec-url-credentials = Pakai alamat tanpa keduanya.

err-url-fragment = Alamat web berisi tanda pagar (#).
rec-url-fragment = Hapus tanda # dan semua tulisan sesudahnya.

err-sector-unknown = Sektor itu tidak ada.
rec-sector-unknown = Pakai nama sektor yang terdaftar, misalnya kesehatan.

err-token-length = Nomor sektor harus 27 huruf dan angka.
rec-token-length = Salin lagi nomornya dengan lengkap.

err-token-form = Ada huruf yang tidak mungkin di nomor sektor.
rec-token-form = Pakai huruf besar A sampai Z dan angka 2 sampai 7.

err-token-check = Nomor sektor salah ketik.
rec-token-check = Periksa lagi tiap huruf dan angkanya.
