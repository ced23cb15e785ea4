# Kunci, tanda tangan, dan segel.

err-signature-length = Tanda tangan digital tidak lengkap.
rec-signature-length = Minta data yang baru dari pengirimnya. Jika terulang, beri tahu petugas.

err-signature-not-der = Tanda tangan digital tidak dapat dibaca.
rec-signature-not-der = Minta data yang baru dari pengirimnya. Jika terulang, beri tahu petugas.

err-signature-mismatch = Tanda tangan digital tidak cocok. Data mungkin sudah diubah.
rec-signature-mismatch = Jangan pakai data ini. Minta yang asli dari pengirimnya.

err-signer-unavailable = Kunci untuk menandatangani tidak dapat dibuka.
rec-signer-unavailable = Periksa tempat penyimpanan kunci, lalu coba lagi.

err-json-malformed = Data yang diterima rusak.
rec-json-malformed = Minta data yang baru dari pengirimnya. Jika terulang, beri tahu petugas.

err-json-duplicate-member = Data yang diterima memuat satu isian dua kali.
rec-json-duplicate-member = Jangan pakai data ini. Minta yang asli dari pengirimnya.

err-json-shape = Isi data yang diterima tidak lengkap atau tidak sesuai.
rec-json-shape = Minta data yang baru dari pengirimnya. Jika terulang, beri tahu petugas.

err-key-malformed = Kunci digital tidak dapat dibaca.
rec-key-malformed = Minta data yang baru dari pengirimnya. Jika terulang, beri tahu petugas.

err-key-wrong-type = Jenis kunci digital ini tidak dipakai di sini.
rec-key-wrong-type = Pakai kunci jenis P-256, atau beri tahu pengirimnya.

err-key-not-on-curve = Kunci digital ini palsu atau rusak.
rec-key-not-on-curve = Jangan pakai data ini. Minta yang asli dari pengirimnya.

err-key-out-of-range = Kunci rahasia ini rusak.
rec-key-out-of-range = Pakai kunci cadangan, atau buat kunci baru.

err-jws-too-long = Data ini terlalu panjang, jadi tidak diperiksa.
rec-jws-too-long = Minta data yang baru dari pengirimnya. Jika terulang, beri tahu petugas.

err-jws-not-compact = Data ini tidak lengkap, jadi tidak dapat diperiksa.
rec-jws-not-compact = Minta data yang baru dari pengirimnya. Jika terulang, beri tahu petugas.

err-jws-encoding = Data ini rusak: ada huruf yang tidak semestinya.
rec-jws-encoding = Minta data yang baru dari pengirimnya. Jika terulang, beri tahu petugas.

err-jws-header-json = Data ini rusak: tidak terbaca siapa yang menandatangani.
rec-jws-header-json = Minta data yang baru dari pengirimnya. Jika terulang, beri tahu petugas.

err-jws-header-duplicate = Data ini tidak dapat dipercaya: satu keterangan ditulis dua kali.
rec-jws-header-duplicate = Jangan pakai data ini. Minta yang asli dari pengirimnya.

err-jws-header-member = Data ini tidak ditulis dengan benar, jadi tidak dapat diperiksa.
rec-jws-header-member = Minta data yang baru dari pengirimnya. Jika terulang, beri tahu petugas.

err-jws-algorithm = Data ini ditandatangani dengan cara yang tidak aman.
rec-jws-algorithm = Jangan pakai data ini. Minta yang asli dari pengirimnya.

err-jws-critical = Data ini menuntut aturan yang tidak dikenal.
rec-jws-critical = Perbarui aplikasi Anda. Jika tetap gagal, beri tahu petugas.

err-hpke-recipient = Kunci penerima tidak dapat dipakai.
rec-hpke-recipient = Minta petugas menampilkan kode permintaan yang baru.

err-hpke-open = Jawaban tidak dapat dibuka.
rec-hpke-open = Tampilkan kode permintaan yang baru, lalu pindai jawabannya lagi.

err-envelope-cost = Berkas terkunci ini tidak wajar dan tidak dibuka.
rec-envelope-cost = Pakai salinan cadangan, atau minta kartu diterbitkan lagi di loket.

err-envelope-header = Bagian awal berkas terkunci rusak.
rec-envelope-header = Pakai salinan cadangan, atau minta kartu diterbitkan lagi di loket.

err-envelope-memory = Memori perangkat tidak cukup untuk membuka kunci.
rec-envelope-memory = Tutup aplikasi lain, lalu coba lagi.

err-envelope-too-large = Data terlalu besar untuk dikunci.
rec-envelope-too-large = Kurangi data, lalu coba lagi. Beri tahu pembuat aplikasi.

err-envelope-open = Tidak dapat dibuka. PIN salah atau berkas berubah.
rec-envelope-open = Periksa PIN Anda, lalu coba lagi.

err-jwe-too-long = Data bersandi ini terlalu panjang.
rec-jwe-too-long = Kirim ulang jawaban dari aplikasi. Bila terulang, buat permintaan baru.

err-jwe-not-compact = Data bersandi ini tidak lengkap.
rec-jwe-not-compact = Kirim ulang jawaban dari aplikasi. Bila terulang, buat permintaan baru.

err-jwe-encoding = Data bersandi ini rusak.
rec-jwe-encoding = Kirim ulang jawaban dari aplikasi. Bila terulang, buat permintaan baru.

err-jwe-header = Keterangan data bersandi ini rusak.
rec-jwe-header = Kirim ulang jawaban dari aplikasi. Bila terulang, buat permintaan baru.

err-jwe-algorithm = Cara berbagi kunci ini tidak diterima.
rec-jwe-algorithm = Kirim ulang jawaban dari aplikasi. Bila terulang, buat permintaan baru.

err-jwe-encryption = Cara menyandikan ini tidak diterima.
rec-jwe-encryption = Kirim ulang jawaban dari aplikasi. Bila terulang, buat permintaan baru.

err-jwe-extension = Data bersandi ini menuntut aturan yang tidak dikenal.
rec-jwe-extension = Kirim ulang jawaban dari aplikasi. Bila terulang, buat permintaan baru.

err-jwe-ephemeral-key = Kunci sekali pakai pada data ini tidak sah.
rec-jwe-ephemeral-key = Kirim ulang jawaban dari aplikasi. Bila terulang, buat permintaan baru.

err-jwe-sealed = Data bersandi ini tidak dapat dibuka: untuk pihak lain, atau diubah orang.
rec-jwe-sealed = Kirim ulang jawaban dari aplikasi. Bila terulang, buat permintaan baru.

err-jwe-compressed = Pesan tersandi dimampatkan, padahal tidak diizinkan.
rec-jwe-compressed = Jangan lanjutkan. Minta data baru kepada pengirim.
