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

err-evidence-malformed = Berkas ini bukan bukti pemeriksaan.
rec-evidence-malformed = Pilih berkas dari perintah evidence export.

err-evidence-erased = Bukti ini sudah dihapus; yang tersisa hanya tanda terima penghapusan.
rec-evidence-erased = Simpan tanda terimanya. Isi bukti tidak dapat dibuka siapa pun lagi.

err-evidence-key-absent = Kunci bukti ini tidak ada di loket ini.
rec-evidence-key-absent = Periksa di loket yang membuatnya, atau minta kuncinya (--key).

err-evidence-sealed = Bukti tidak dapat dibuka dengan kunci ini.
rec-evidence-sealed = Pakai kunci milik bukti ini.

err-evidence-altered = Isi bukti tidak sama dengan yang ditandatangani loket.
rec-evidence-altered = Jangan pakai berkas ini. Ambil salinan baru dari loketnya.

err-evidence-mixed = Bagian-bagian bukti ini berasal dari pemeriksaan yang berbeda.
rec-evidence-mixed = Jangan pakai berkas ini. Ambil salinan baru dari loketnya.

err-evidence-signature = Bukti ini tidak ditandatangani oleh loket yang meminta.
rec-evidence-signature = Jangan percaya bukti ini. Beri tahu Inspektorat.

err-evidence-other-counter = Lembar ini dari loket lain; di sini tidak dapat diperiksa.
rec-evidence-other-counter = Periksa di loket yang tercetak di lembar, atau minta berkas bukti dan kuncinya dari sana (evidence export --key), lalu periksa berkas itu di sini.

err-evidence-chain = Rantai bukti di loket ini terputus.
rec-evidence-chain = Jangan hapus apa pun. Pulihkan folder data dari cadangan dan beri tahu Inspektorat.

err-evidence-unasked = Yang ditunjukkan dalam bukti ini bukan yang diminta.
rec-evidence-unasked = Jangan percaya bukti ini. Beri tahu Inspektorat.

err-evidence-status-absent = Data status yang dipakai saat itu tidak ada dalam berkas.
rec-evidence-status-absent = Ekspor lagi dari loket yang menyimpan arsipnya.

err-evidence-status = Data status saat itu tidak menyatakan kartu berlaku.
rec-evidence-status = Jangan percaya bukti ini. Beri tahu Inspektorat.

err-answer-printed-document = Ini kode pada dokumen cetak resmi (KK atau akta): belum diperiksa.
rec-answer-printed-document = Periksa di situs resmi Dukcapil Kemendagri saat ada internet. Kodenya saja bukan bukti.

err-evidence-status-time = Data status dalam bukti ini bukan dari waktu pemeriksaannya.
rec-evidence-status-time = Jangan percaya bukti ini. Beri tahu Inspektorat.

err-evidence-reason = Data lama dipakai tanpa alasan dalam bukti ini.
rec-evidence-reason = Jangan percaya bukti ini. Beri tahu Inspektorat.

err-evidence-supervisor = Kartu yang belum pasti diterima tanpa persetujuan atasan lain.
rec-evidence-supervisor = Jangan percaya bukti ini. Beri tahu Inspektorat.

err-one-scan-service-needed = Kode tunjuk cepat harus diperiksa untuk satu layanan.
rec-one-scan-service-needed = Pilih layanannya dahulu, atau sebutkan dengan --service.

err-one-scan-not-here = Layanan ini tidak menerima kode tunjuk cepat.
rec-one-scan-not-here = Tampilkan permintaan loket dan minta warga menjawabnya.

err-one-scan-other-facts = Kode ini dibuat untuk layanan yang menanyakan data lain.
rec-one-scan-other-facts = Minta warga memilih data yang sesuai layanan ini di ponselnya.

err-one-scan-clock-behind = Kode ini dibuat lebih dari tiga menit yang lalu menurut jam loket.
rec-one-scan-clock-behind = Minta kode baru. Bila tetap begini, cocokkan jam ponsel dan jam loket: ini belum tentu salah warga.

err-one-scan-clock-ahead = Kode ini bertanda waktu yang belum tiba menurut jam loket.
rec-one-scan-clock-ahead = Cocokkan jam ponsel dan jam loket, lalu minta kode baru.

err-one-scan-wrong-card = Kode ini menunjukkan kartu lain, bukan KTP.
rec-one-scan-wrong-card = Minta warga menunjukkan KTP elektroniknya.

err-one-scan-protected = Kode ini membuka nomor induk. Itu tidak boleh ditunjukkan cepat.
rec-one-scan-protected = Jangan catat nomornya. Tampilkan permintaan loket.

err-one-scan-over-broad = Kode ini membuka lebih banyak data daripada yang boleh.
rec-one-scan-over-broad = Jangan catat datanya. Tampilkan permintaan loket.

err-paper-service-needed = Kartu kertas harus diperiksa untuk satu layanan.
rec-paper-service-needed = Pilih layanannya dahulu, atau sebutkan dengan --service.

err-paper-not-here = Layanan ini tidak menerima kartu kertas.
rec-paper-not-here = Minta warga menjawab permintaan loket dengan ponsel, atau periksa KTP-nya.

err-paper-wrong-card = Isi kode ini kartu lain yang disamarkan sebagai kartu kertas.
rec-paper-wrong-card = Jangan diterima. Minta warga menjawab permintaan loket.
