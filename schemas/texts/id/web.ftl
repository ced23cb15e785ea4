# Permintaan ke layanan.

err-web-not-found = Halaman tidak ada.
rec-web-not-found = Periksa alamatnya, lalu coba lagi.

err-web-method = Permintaan dengan cara ini tidak diterima.
rec-web-method = Perbarui aplikasi Anda, lalu coba lagi.

err-web-media-type = Jenis isi permintaan tidak diterima.
rec-web-media-type = Perbarui aplikasi Anda, lalu coba lagi.

err-web-too-large = Isi permintaan terlalu besar.
rec-web-too-large = Kirim isi yang lebih kecil.

err-web-form = Isian tidak lengkap atau tidak dapat dibaca.
rec-web-form = Periksa isian, lalu kirim lagi.

err-web-no-token = Izin masuk tidak disertakan.
rec-web-no-token = Mulai lagi dari awal.

err-web-timeout = Permintaan terlalu lama.
rec-web-timeout = Tunggu sebentar, lalu coba lagi.

err-web-internal = Ada kesalahan pada layanan kami.
rec-web-internal = Coba lagi. Jika terulang, beri tahu petugas.
