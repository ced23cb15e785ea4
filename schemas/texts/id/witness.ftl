# The witness program.

err-witness-not-initialised = Saksi ini belum punya kunci.
rec-witness-not-initialised = Jalankan dulu: absah-witness init --name NAMA.

err-witness-named = Saksi ini sudah punya nama lain.
rec-witness-named = Pakai nama itu, atau folder data lain.

err-witness-key-file = Berkas kunci saksi tidak dapat dibuka.
rec-witness-key-file = Periksa kata sandi kunci, atau pulihkan berkasnya dari cadangan.

err-witness-name-malformed = Nama atau kunci ini tidak dapat dipakai.
rec-witness-name-malformed = Periksa kunci saksi atau catatan, lalu coba lagi.

err-witness-memory = Ingatan saksi tidak dapat dibaca atau ditulis. Tidak ada yang ditandatangani.
rec-witness-memory = Periksa disk, lalu pulihkan folder logs dari cadangan.

err-witness-log-other-key = Buku catatan itu sudah diawasi dengan kunci lain.
rec-witness-log-other-key = Tanyakan kepada pemilik buku catatan mengapa kuncinya berganti.

err-witness-address = Alamat untuk saksi tidak dapat dipakai.
rec-witness-address = Pilih alamat atau nomor port lain dengan --listen.

err-witness-no-public-url = Alamat umum saksi belum diisi.
rec-witness-no-public-url = Isi public_url, atau pakai --dev-loopback untuk uji coba.
