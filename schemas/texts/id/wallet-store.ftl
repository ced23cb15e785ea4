err-vault-missing = Belum ada dompet di perangkat ini.
rec-vault-missing = Buat dompet baru dengan memilih PIN 6 angka.
err-vault-none-aside = Tidak ada dompet yang disimpan di samping.
rec-vault-none-aside = Tidak ada yang perlu dikembalikan: buka dompet Anda dengan PIN-nya.
err-vault-exists = Dompet sudah ada di perangkat ini.
rec-vault-exists = Buka dompet itu dengan PIN Anda.
err-vault-wrong-pin = PIN tidak cocok.
rec-vault-wrong-pin = Periksa lagi, lalu masukkan PIN 6 angka Anda.
err-vault-not-a-vault = Berkas penyimpanan bukan dompet Absah.
rec-vault-not-a-vault = Periksa folder data yang dipakai. Jangan hapus apa pun sebelum bertanya kepada petugas.
err-vault-newer = Dompet ini disimpan oleh aplikasi versi yang lebih baru.
rec-vault-newer = Perbarui aplikasi, lalu buka lagi.
err-vault-truncated = Berkas dompet terpotong.
rec-vault-truncated = Pulihkan dari cadangan, atau minta kartu diterbitkan lagi di Dukcapil.
err-vault-corrupted = Berkas dompet rusak atau diubah.
rec-vault-corrupted = Pulihkan dari cadangan, atau minta kartu diterbitkan lagi di Dukcapil.
err-vault-rolled-back = Kunci dan isi dompet berasal dari waktu yang berbeda.
rec-vault-rolled-back = Pulihkan berkas dompet secara utuh dari cadangan yang sama.
err-vault-storage = Perangkat tidak bisa membaca atau menyimpan data dompet.
rec-vault-storage = Periksa ruang dan izin penyimpanan, lalu coba lagi. Data lama Anda tetap ada.
err-vault-full = Ruang simpan perangkat ini habis. Yang baru tidak tersimpan; isi dompet sebelumnya tetap ada.
rec-vault-full = Hapus berkas atau foto yang tidak dipakai, lalu coba lagi.
err-vault-denied = Perangkat tidak mengizinkan data dompet disimpan atau dibaca.
rec-vault-denied = Periksa izin penyimpanan, lalu coba lagi. Data lama Anda tetap ada.
err-vault-memory = Memori perangkat tidak cukup untuk membuka dompet.
rec-vault-memory = Tutup aplikasi lain, lalu coba lagi.
err-vault-key-missing = Kunci untuk kartu ini tidak ada di dompet.
rec-vault-key-missing = Minta kartu diterbitkan lagi, dan laporkan masalah ini kepada petugas.

err-vault-no-recovery = Dompet ini tidak punya kode pemulihan.
rec-vault-no-recovery = Tanpa PIN dan tanpa kode, isi dompet tidak dapat dibuka. Mulai dompet baru, pulihkan cadangan bila ada, dan minta kartu Anda lagi di loket.
err-vault-wrong-recovery = Kode pemulihan ini bukan untuk dompet ini, atau sudah diganti dengan yang baru.
rec-vault-wrong-recovery = Cari kertas dengan kode yang paling baru.
err-recovery-code-length = Kode pemulihan terdiri dari 28 huruf dan angka; yang diketik kurang atau lebih.
rec-recovery-code-length = Ketik lagi persis seperti di kertas: tujuh kelompok, masing-masing empat huruf atau angka.
err-recovery-code-character = Ada tanda yang tidak pernah ada di kode pemulihan.
rec-recovery-code-character = Ketik lagi persis seperti di kertas: tujuh kelompok, masing-masing empat huruf atau angka.
err-recovery-code-checksum = Kode pemulihan salah ketik: ada huruf atau angka yang berbeda.
rec-recovery-code-checksum = Ketik lagi persis seperti di kertas: tujuh kelompok, masing-masing empat huruf atau angka.
err-recovery-wait = Terlalu banyak kode yang salah.
rec-recovery-wait = Tunggu sebentar (paling lama 15 menit), lalu coba lagi.

err-device-keys-absent = Dompet ini terikat pada gudang kunci perangkat, dan gudang kunci itu tidak ada di sini.
rec-device-keys-absent = Buka dari desktop tempat dompet ini dibuat, atau gunakan kode pemulihan.

err-device-keys-silent = Gudang kunci perangkat tidak menjawab.
rec-device-keys-silent = Coba lagi sesudah masuk kembali ke desktop, atau gunakan kode pemulihan.

err-device-keys-denied = Gudang kunci perangkat terkunci atau menolak.
rec-device-keys-denied = Buka gudang kunci dengan sandi perangkat, lalu coba lagi, atau gunakan kode pemulihan.

err-device-keys-missing = Gudang kunci perangkat ini tidak menyimpan kunci dompet ini. Mungkin berkasnya disalin dari perangkat lain, atau gudang kunci dikosongkan.
rec-device-keys-missing = Gunakan kode pemulihan dari kertas Anda, lalu pilih PIN baru.
