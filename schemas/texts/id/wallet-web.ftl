
err-browser-no-storage = Peramban ini tidak menyimpan apa pun untuk halaman ini: jendela pribadi (mode penyamaran), atau penyimpanan dimatikan.
rec-browser-no-storage = Buka halaman ini di jendela biasa, atau izinkan penyimpanan untuk halaman ini, lalu coba lagi.

err-browser-full = Ruang penyimpanan di ponsel ini habis.
rec-browser-full = Hapus foto atau aplikasi yang tidak dipakai, lalu coba lagi. Isi dompet sebelumnya tetap ada.

err-browser-storage = Peramban tidak bisa membaca atau menyimpan isi dompet.
rec-browser-storage = Tutup halaman ini, buka lagi, lalu coba lagi. Bila terulang, perbarui peramban.

err-browser-other-tab = Dompet ini sedang terbuka di tab lain.
rec-browser-other-tab = Tutup atau kunci dompet di tab lain, lalu coba lagi di sini.

err-browser-evicted = Isi dompet di peramban ini sudah terhapus: oleh peramban karena ruang penyimpanan, atau karena data situs dibersihkan.
rec-browser-evicted = Mulai dompet baru atau pulihkan cadangan, lalu minta kartu Anda lagi. Pasang dompet di layar utama agar peramban tidak menghapusnya.

err-browser-key-gone = Kunci dompet di peramban ini sudah terhapus. Tanpa kunci itu, kartu yang tersimpan tidak bisa dibuka atau ditunjukkan.
rec-browser-key-gone = Mulai dompet baru atau pulihkan cadangan, lalu minta kartu Anda lagi.

err-browser-unreadable = Peramban ini menjawab dengan cara yang tidak dikenal dompet.
rec-browser-unreadable = Perbarui peramban, lalu buka halaman ini lagi.

err-browser-no-code = Tidak ada kode QR yang terbaca di gambar itu.
rec-browser-no-code = Ambil gambar lebih dekat dan lebih terang, atau pilih gambar lain.

err-browser-list-absent = Daftar resmi tidak dapat diambil dengan lengkap.
rec-browser-list-absent = Periksa jaringan, lalu coba lagi.

err-page-not-built = Halaman dompet belum ada di program ini.
rec-page-not-built = Jalankan "bash tests/setup web-page", lalu bangun program ini lagi.

err-page-listen = Alamat untuk halaman dompet tidak dapat dipakai.
rec-page-listen = Pilih alamat atau porta lain dengan --listen.

err-page-needs-tls = Tanpa sertifikat, halaman dompet hanya dilayani untuk komputer ini sendiri.
rec-page-needs-tls = Beri --tls-cert dan --tls-key, atau pilih alamat 127.0.0.1.

err-page-certificate = Sertifikat atau kuncinya tidak dapat dipakai: bukan PEM, atau bukan pasangan.
rec-page-certificate = Beri sertifikat dan kunci sebagai berkas PEM yang berpasangan.

err-page-already-served = Halaman dompet sudah dilayani dari folder data ini oleh program lain.
rec-page-already-served = Pakai alamat di run.json, atau hentikan program itu dulu, atau pilih --data-dir lain.
