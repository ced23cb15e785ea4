# Program loket.

err-counter-not-initialised = Loket ini belum disiapkan.
rec-counter-not-initialised = Jalankan perintah init lebih dahulu.

err-counter-key-file = Kunci loket tidak dapat dibuka.
rec-counter-key-file = Periksa kata sandi kunci. Bila berkasnya rusak, siapkan dan daftarkan loket lagi.

err-services-file-unreadable = Berkas services.toml tidak dapat dibaca.
rec-services-file-unreadable = Periksa penulisannya. Hanya id, title, dan claims yang diterima.

err-session-unknown = Permintaan itu tidak ada di sini.
rec-session-unknown = Periksa nomornya, atau buat permintaan baru.

err-session-open = Permintaan ini belum dijawab.
rec-session-open = Tunggu sampai warga menjawab.

err-counter-public-url-unknown = Alamat loket di jaringan belum diketahui.
rec-counter-public-url-unknown = Jalankan serve, atau sebutkan --public-url.

err-counter-listen = Alamat itu tidak dapat dipakai untuk melayani.
rec-counter-listen = Pilih alamat atau nomor porta lain.

err-counter-store = Penyimpanan loket tidak menjawab.
rec-counter-store = Periksa ruang dan izin folder data, lalu coba lagi.

err-counter-store-damaged = Penyimpanan loket rusak.
rec-counter-store-damaged = Beri tahu petugas teknis. Jangan layani dengan loket ini.

counter-accepted = DITERIMA
counter-refused = DITOLAK
counter-undetermined = BELUM BISA DIPASTIKAN
counter-status-since = Status kartu diketahui per
counter-init-next = Kirim baris kunci ini ke Dukcapil untuk didaftarkan.

counter-yes = ya
counter-no = tidak
err-request-taken = Permintaan ini sudah diambil ponsel lain.
rec-request-taken = Buat permintaan baru untuk warga ini.
