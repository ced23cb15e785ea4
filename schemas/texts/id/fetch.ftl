# Mengambil data lewat jaringan.

err-fetch-setup = Daftar sertifikat tepercaya di komputer ini tidak dapat dipakai.
rec-fetch-setup = Pasang paket ca-certificates, lalu coba lagi.

err-fetch-request = Permintaan tidak dapat dibuat.
rec-fetch-request = Coba lagi. Jika terulang, beri tahu petugas.

err-fetch-scheme = Alamat ini tidak aman dan tidak dibuka.
rec-fetch-scheme = Jangan lanjutkan. Minta kode atau tautan yang baru dari petugas.

err-fetch-address = Alamat ini menuju jaringan dalam dan tidak dibuka.
rec-fetch-address = Jangan lanjutkan. Minta kode atau tautan yang baru dari petugas.

err-fetch-resolve = Alamat tidak ditemukan.
rec-fetch-resolve = Periksa sambungan internet, lalu coba lagi.

err-fetch-connect = Tidak dapat tersambung dengan aman.
rec-fetch-connect = Periksa sambungan internet, lalu coba lagi.

err-fetch-timeout = Jawaban terlalu lama.
rec-fetch-timeout = Periksa sambungan internet, lalu coba lagi.

err-fetch-too-large = Jawaban terlalu besar dan tidak diambil.
rec-fetch-too-large = Coba lagi. Jika terulang, beri tahu petugas.

err-fetch-redirect = Alamat ini mengarahkan ke tempat lain.
rec-fetch-redirect = Jangan lanjutkan. Minta kode atau tautan yang baru dari petugas.

err-fetch-answer = Jawaban tidak dapat dibaca.
rec-fetch-answer = Coba lagi. Jika terulang, beri tahu petugas.
