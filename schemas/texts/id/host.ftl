# Komputer tempat program berjalan.

err-random-unavailable = Sistem komputer ini tidak memberi angka acak.
rec-random-unavailable = Nyalakan ulang komputer, lalu coba lagi.

err-file-missing = Berkas tidak ditemukan.
rec-file-missing = Periksa nama dan letak berkasnya.

err-file-too-large = Berkas terlalu besar.
rec-file-too-large = Pastikan Anda memilih berkas yang benar.

err-file-not-text = Berkas ini bukan berkas teks.
rec-file-not-text = Pastikan Anda memilih berkas yang benar.

err-file-unreadable = Berkas tidak dapat dibuka.
rec-file-unreadable = Periksa izin berkas dan keadaan disk.

err-file-unwritable = Berkas tidak dapat disimpan.
rec-file-unwritable = Periksa izin folder dan sisa ruang disk.

err-folder-too-large = Isi folder terlalu banyak.
rec-folder-too-large = Pastikan Anda memilih folder yang benar.

err-folder-not-plain = Folder berisi tautan atau berkas khusus.
rec-folder-not-plain = Salin lagi folder itu dari sumbernya.

err-folder-name = Ada nama berkas yang tidak boleh dipakai.
rec-folder-name = Minta kiriman yang baru.

err-data-dir-no-home = Tempat menyimpan data belum ditentukan.
rec-data-dir-no-home = Jalankan lagi dengan --data-dir FOLDER.

err-data-dir-foreign = Folder data ini milik program lain.
rec-data-dir-foreign = Pilih folder kosong dengan --data-dir FOLDER.

err-data-dir-newer = Data ini ditulis oleh versi program yang lebih baru.
rec-data-dir-newer = Pasang versi program yang terbaru.

err-data-dir-busy = Program lain sedang menulis data ini.
rec-data-dir-busy = Tunggu sebentar lalu coba lagi.

err-settings-not-toml = Berkas config.toml tidak dapat dibaca.
rec-settings-not-toml = Perbaiki penulisannya; bentuknya TOML.

err-settings-unknown-key = Di config.toml ada nama setelan yang tidak dikenal.
rec-settings-unknown-key = Periksa ejaannya atau hapus baris itu.

err-settings-value = Isi sebuah setelan tidak dapat dipakai.
rec-settings-value = Periksa setelan di config.toml dan variabel ABSAH_.

err-settings-missing = Sebuah setelan wajib belum diisi.
rec-settings-missing = Isi setelan itu di config.toml atau di baris perintah.

err-dev-in-production = Mode pengembangan tidak boleh dipakai untuk layanan sungguhan.
rec-dev-in-production = Hapus --dev-loopback dan ABSAH_DEV, atau ubah profile.

err-key-passphrase-required = Kata sandi kunci belum disediakan.
rec-key-passphrase-required = Arahkan ABSAH_KEY_PASSPHRASE_FILE ke berkas kata sandi.

err-key-passphrase-empty = Berkas kata sandi kunci kosong.
rec-key-passphrase-empty = Tulis kata sandi di baris pertama berkas itu.

err-pin-format = PIN harus enam angka.
rec-pin-format = Ketik enam angka PIN Anda.

err-pin-weak = PIN ini terlalu mudah ditebak.
rec-pin-weak = Pilih enam angka lain yang tidak berurutan dan tidak berulang.

err-pin-differs = Kedua PIN tidak sama.
rec-pin-differs = Ketik PIN yang sama dua kali.

err-pin-no-terminal = PIN tidak dapat ditanyakan di sini.
rec-pin-no-terminal = Isi ABSAH_PIN, atau jalankan di terminal.

host-dev-loopback = mode pengembangan: alamat http dan alamat komputer ini diizinkan
host-development-key-protection = kata sandi kunci disimpan di folder data; jangan dipakai untuk layanan sungguhan
host-pin-prompt = PIN Anda (6 angka):
host-pin-prompt-new = Pilih PIN baru (6 angka):
host-pin-prompt-again = Ketik PIN itu sekali lagi:

err-password-weak = Kata sandi terlalu mudah.
rec-password-weak = Pakai paling sedikit 12 huruf, misalnya tiga kata yang tidak berhubungan.

err-password-differs = Kedua kata sandi tidak sama.
rec-password-differs = Ketik kata sandi yang sama dua kali.

host-password-prompt-new = Kata sandi baru, paling sedikit 12 huruf (kosongkan bila petugas memilihnya sendiri saat pertama masuk):
host-password-prompt-again = Ketik kata sandi itu sekali lagi:

err-data-dir-open-to-others = Siapa pun di komputer ini bisa mengubah isi folder data ini.
rec-data-dir-open-to-others = Tutup dahulu foldernya dengan chmod 700, periksa isinya, lalu coba lagi.
