# Permintaan loket dan jawaban warga.

err-services-file-widens = Berkas services.toml meminta lebih dari yang terdaftar.
rec-services-file-widens = Hapus data yang tidak terdaftar dari berkas itu.

err-services-file-malformed = Berkas services.toml menyebut satu layanan dua kali atau tanpa isi.
rec-services-file-malformed = Perbaiki berkas itu: tiap layanan sekali, dengan paling sedikit satu data.

err-pending-malformed = Catatan permintaan di loket ini rusak.
rec-pending-malformed = Buat permintaan baru.

err-request-without-bundle = Belum ada data kepercayaan di loket ini.
rec-request-without-bundle = Impor data kepercayaan dari Dukcapil lebih dahulu.

err-request-too-large = Permintaan tidak muat dalam kode QR.
rec-request-too-large = Kurangi data yang diminta, atau beri tahu pembuat aplikasi.

err-answer-nothing = Tidak ada kode yang terbaca.
rec-answer-nothing = Pindai kode di layar ponsel warga.

err-answer-too-many-lines = Berkas ini terlalu panjang untuk sebuah jawaban.
rec-answer-too-many-lines = Pilih berkas jawaban yang benar.

err-answer-other-kind = Kode ini bukan jawaban warga.
rec-answer-other-kind = Pindai kode jawaban di ponsel warga, bukan kode lain.

err-replayed = Jawaban ini sudah pernah dipakai.
rec-replayed = Tampilkan permintaan baru dan minta warga menjawab lagi.

err-request-expired = Waktu permintaan sudah habis.
rec-request-expired = Tampilkan permintaan baru dan minta warga menjawab lagi.

err-answer-state = Jawaban ini untuk percakapan lain.
rec-answer-state = Mulai permintaan baru.
