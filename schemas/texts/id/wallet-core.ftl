err-wallet-not-now = Langkah ini tidak sesuai dengan yang sedang berjalan.
rec-wallet-not-now = Tutup, lalu mulai lagi dari awal.
err-wallet-key-store = Penyimpan kunci di perangkat ini tidak bekerja semestinya.
rec-wallet-key-store = Coba lagi. Bila tetap gagal, laporkan kepada petugas.
err-network-unreachable = Tidak ada sambungan ke alamat tujuan.
rec-network-unreachable = Periksa internet Anda, lalu coba lagi.
err-network-forbidden-address = Alamat tujuan tidak boleh dihubungi dari dompet.
rec-network-forbidden-address = Jangan lanjutkan. Minta kode yang baru langsung kepada petugas.
err-network-redirected = Alamat tujuan mengalihkan ke tempat lain.
rec-network-redirected = Jangan lanjutkan. Minta kode yang baru langsung kepada petugas.
err-network-too-large = Jawaban dari alamat tujuan terlalu besar.
rec-network-too-large = Jangan lanjutkan. Laporkan kepada petugas.
err-network-too-slow = Alamat tujuan terlalu lama menjawab.
rec-network-too-slow = Tunggu sebentar, lalu coba lagi.
err-network-unreadable = Jawaban dari alamat tujuan tidak bisa dibaca.
rec-network-unreadable = Coba lagi. Bila tetap gagal, laporkan kepada petugas.
err-issuer-name-unsafe = Nama penerbit kartu ini tidak wajar.
rec-issuer-name-unsafe = Jangan lanjutkan. Tanyakan kepada petugas Dukcapil.
err-offer-code-needed = Kartu ini memerlukan kode dari petugas.
rec-offer-code-needed = Tunggu petugas membacakan kodenya. Bila halaman ini terlanjur ditutup, minta kode QR yang baru.
err-issuer-keys-unpublished = Tanda tangan penerbit ini tidak bisa diperiksa.
rec-issuer-keys-unpublished = Perbarui daftar resmi di dompet, lalu minta kode yang baru.
err-copies-missing = Salinan kartu yang diterima tidak lengkap.
rec-copies-missing = Kartu tidak disimpan. Minta kode yang baru kepada petugas.
err-copies-linkable = Salinan kartu yang diterima bisa saling dikenali.
rec-copies-linkable = Kartu tidak disimpan. Laporkan kepada petugas.
err-received-portrait-missing = Foto untuk kartu ini tidak ikut diterima.
rec-received-portrait-missing = Kartu tidak disimpan. Minta kode yang baru kepada petugas.
err-wallet-no-bundle = Dompet ini belum punya daftar loket dan penerbit resmi.
rec-wallet-no-bundle = Masukkan daftar resmi kota lebih dulu, lalu pindai lagi.
err-not-a-request = Gambar atau teks ini bukan permintaan dari loket.
rec-not-a-request = Pindai kode yang ada di layar loket.
err-request-gone = Permintaan ini sudah tidak ada di alamatnya.
rec-request-gone = Minta petugas atau layanan itu membuat permintaan baru.
err-wallet-bundle-too-old = Daftar resmi di dompet Anda sudah terlalu lama. Kami tidak mengirim apa pun.
rec-wallet-bundle-too-old = Perbarui daftar resmi dengan internet atau di loket, lalu coba lagi.
err-card-expired = Masa berlaku kartu Anda sudah habis.
rec-card-expired = Perbarui kartu saat ada internet, atau datang ke Dukcapil.
err-card-unreadable = Kartu yang tersimpan tidak bisa dibaca.
rec-card-unreadable = Minta kartu diterbitkan lagi, dan laporkan masalah ini.
err-answer-not-confirmed = Data sudah dikirim, tetapi belum ada tanda terima.
rec-answer-not-confirmed = Tanyakan kepada layanan itu apakah data sudah diterima. Catatannya ada di riwayat Anda.
err-answer-rejected = Data dikirim, tetapi ditolak oleh layanan itu.
rec-answer-rejected = Minta permintaan baru, lalu coba lagi. Catatannya ada di riwayat Anda.
err-refused-by-holder = Anda menolak permintaan ini.
rec-refused-by-holder = Tidak ada yang dikirim.

err-clock-off = Jam perangkat ini berbeda beberapa menit dari jam Dukcapil atau penerbit kartu.
rec-clock-off = Setel tanggal dan jam perangkat ini, lalu coba lagi. Bila tawaran kartunya sudah berakhir, minta yang baru.

err-wish-not-confirmed = Permintaan Anda sudah dikirim, tetapi belum ada jawaban.
rec-wish-not-confirmed = Mungkin Dukcapil sudah menerimanya: lihat jawabannya nanti. Untuk HP hilang, buat kode baru.

err-access-only-carried = Di HP ini hanya ada kartu orang yang Anda dampingi. Kartu itu tidak bisa dipakai untuk meminta sesuatu ke Dukcapil.
rec-access-only-carried = Minta pemilik kartu mengurusnya sendiri di loket Dukcapil, atau tambah kartu Anda sendiri.

err-carried-used = Kartu orang yang Anda dampingi sudah dipakai.
rec-carried-used = Satu sesi untuk satu keperluan. Untuk keperluan lain, mulai sesi baru di meja layanan bersama warganya.

err-access-no-card = Tidak ada kartu yang masih berlaku untuk bertanya ke Dukcapil.
rec-access-no-card = Perbarui kartu Anda. Bila kartu itu dipulihkan dari cadangan, ambil lagi dulu di Dukcapil.

err-access-refused = Dukcapil tidak memberikan riwayat akses.
rec-access-refused = Coba lagi nanti. Bila tetap, tanyakan di kantor Dukcapil.

err-access-unreadable = Riwayat akses yang diterima rusak.
rec-access-unreadable = Minta data baru kepada pengirim. Bila terulang, beri tahu petugas.

err-access-no-ledger = Daftar resmi di dompet ini belum menyebut buku catatan.
rec-access-no-ledger = Perbarui daftar resmi, lalu coba lagi.

err-request-answered-before = Permintaan ini sudah pernah Anda jawab.
rec-request-answered-before = Jangan lanjutkan. Minta kode permintaan baru kepada petugas.

err-cards-not-of-one-person = Yang diminta adalah beberapa kartu dari orang yang sama, tetapi kartu di dompet ini tidak menunjukkannya.
rec-cards-not-of-one-person = Ambil kembali kartu-kartu milik orang itu di Dukcapil, lalu coba lagi.

err-card-not-renewable = Kartu ini tidak dapat diperbarui sendiri.
rec-card-not-renewable = Minta penawaran kartu baru di loket.

err-wish-refused = Dukcapil tidak menerima permintaan ini.
rec-wish-refused = Periksa isian dan kartu Anda, lalu coba lagi.

err-wish-unreadable = Jawaban Dukcapil tidak terbaca.
rec-wish-unreadable = Coba lagi nanti.
err-card-distrusted = Penerbit tidak lagi menjamin kartu Anda ini, jadi loket akan menolaknya. Tidak ada yang dikirim.
rec-card-distrusted = Minta kartu baru di Dukcapil, lalu coba lagi.

err-card-not-awaited = Tidak ada kartu seperti itu yang sedang ditunggu.
rec-card-not-awaited = Lihat daftar kartu Anda.
err-card-not-yet = Kartu ini masih menunggu petugas. Penerbit belum mau ditanya lagi.
rec-card-not-yet = Coba lagi nanti. Dompet juga menanyakannya sendiri.
err-card-unknown = Kartu itu tidak ada di dompet ini.
rec-card-unknown = Lihat daftar kartu Anda.
err-issuer-name-taken = Penerbit ini memakai nama dari daftar resmi, padahal bukan.
rec-issuer-name-taken = Jangan lanjutkan. Tanyakan kepada petugas Dukcapil.
err-issuer-type-unlisted = Penerbit ini tidak ada di daftar resmi dan tidak boleh menerbitkan kartu jenis ini.
rec-issuer-type-unlisted = Jangan terima. Bila Anda sedang di loket Dukcapil, perbarui daftar loket resmi, lalu coba lagi.
err-agency-name-unsafe = Nama loket ini tidak wajar. Kami tidak mengirim apa pun.
rec-agency-name-unsafe = Jangan lanjutkan. Tanyakan kepada petugas.

err-type-metadata-unreachable = Keterangan tentang jenis kartu ini tidak dapat diambil.
rec-type-metadata-unreachable = Kartu tetap tersimpan dan dapat dipakai, tetapi tampil dengan nama teknisnya.
err-type-metadata-integrity = Keterangan tentang jenis kartu ini bukan yang ditandatangani penerbitnya.
rec-type-metadata-integrity = Kartu tetap tersimpan dan dapat dipakai, tetapi tampil dengan nama teknisnya.
err-type-metadata-endless = Keterangan tentang jenis kartu ini merujuk tanpa akhir.
rec-type-metadata-endless = Kartu tetap tersimpan dan dapat dipakai, tetapi tampil dengan nama teknisnya.
err-type-metadata-name = Keterangan tentang jenis kartu ini memuat nama yang tidak wajar.
rec-type-metadata-name = Kartu tetap tersimpan dan dapat dipakai, tetapi tampil dengan nama teknisnya.
err-type-metadata-look-alike = Jenis kartu ini menyebut dirinya seperti kartu Dukcapil, padahal bukan.
rec-type-metadata-look-alike = Kartu tetap tersimpan dan dapat dipakai, tetapi tampil dengan nama teknisnya.

err-show-only-yes-or-no = Yang boleh ditunjukkan cepat hanya jawaban ya atau tidak dan foto.
rec-show-only-yes-or-no = Pilih salah satu jenis layanan yang tersedia. Untuk data lain, pindai permintaan loket.

err-show-nothing-chosen = Belum ada jawaban ya atau tidak yang dipilih.
rec-show-nothing-chosen = Pilih setidaknya satu, misalnya warga kota.

err-show-no-card = Di sini belum ada KTP yang bisa menunjukkan data itu.
rec-show-no-card = Tambahkan KTP Anda dahulu: tekan Tambah kartu, atau minta bantuan petugas Dukcapil.

err-show-code = Kode tunjuk cepat tidak bisa dibuat.
rec-show-code = Coba lagi. Bila terulang, pindai permintaan loket.
err-access-card-withdrawn = Kartu Anda sudah dicabut, sehingga Dukcapil tidak memberikan catatan kepada dompet ini.
rec-access-card-withdrawn = Datanglah ke kantor Dukcapil dengan tanda pengenal lain: tanyakan sebabnya dan minta kartu baru.

err-access-card-suspended = Kartu Anda sedang dibekukan, sehingga Dukcapil tidak memberikan catatan kepada dompet ini.
rec-access-card-suspended = Datanglah ke kantor Dukcapil agar pembekuan dicabut, atau minta kartu baru bila ponsel Anda hilang.

err-paper-ask-today = Kartu kertas Anda baru saja dicetak.
rec-paper-ask-today = Coba lagi besok, atau minta petugas Dukcapil mencetaknya.

err-paper-ask-no-portrait = Dukcapil belum punya foto Anda, jadi kartu kertas tidak dapat dibuat.
rec-paper-ask-no-portrait = Datang ke Dukcapil untuk difoto.

err-access-log-rollback = Dukcapil memberi buku catatan yang lebih lama atau lain daripada yang sudah pernah dilihat dompet ini.
rec-access-log-rollback = Catatan baru itu tidak diterima; yang tersimpan tetap ada. Simpan dompet ini dan laporkan kepada Dukcapil dan Inspektorat.

err-access-card-distrusted = Kartu Anda ditandatangani dengan kunci yang tidak dipercaya lagi, sehingga Dukcapil tidak memberikan catatan kepada dompet ini.
rec-access-card-distrusted = Mintalah kartu baru di kantor Dukcapil, lalu coba lagi dengan kartu itu.

err-server-trouble = Komputer di seberang sedang bermasalah. Tidak ada yang salah di sini.
rec-server-trouble = Tunggu beberapa menit, lalu coba lagi. Bila tetap, beri tahu petugas.
