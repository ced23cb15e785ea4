# Pertanyaan dalam permintaan.

err-dcql-path-wrong-kind = Permintaan menunjuk ke bagian kartu yang salah jenisnya.
rec-dcql-path-wrong-kind = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-dcql-path-nothing = Permintaan menunjuk ke bagian kartu yang tidak ada.
rec-dcql-path-nothing = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-query-no-credential = Anda belum memiliki kartu yang diminta.
rec-query-no-credential = Ambil kartu itu dulu di Dukcapil, lalu coba lagi.

err-query-missing-claims = Kartu Anda tidak memuat semua data yang diminta.
rec-query-missing-claims = Ambil kartu itu dulu di Dukcapil, lalu coba lagi.

err-dcql-malformed = Isi permintaan tidak lengkap.
rec-dcql-malformed = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-dcql-size = Permintaan kosong atau meminta terlalu banyak sekaligus.
rec-dcql-size = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-dcql-bad-id = Permintaan memuat nama yang tidak diperbolehkan.
rec-dcql-bad-id = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-dcql-duplicate-id = Permintaan memakai satu nama dua kali.
rec-dcql-duplicate-id = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-dcql-unknown-id = Permintaan menyebut pilihan yang tidak ada.
rec-dcql-unknown-id = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-dcql-sets-without-claims = Permintaan memberi pilihan tanpa menyebut datanya.
rec-dcql-sets-without-claims = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-dcql-duplicate-claim = Permintaan meminta data yang sama dua kali.
rec-dcql-duplicate-claim = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-dcql-meta = Permintaan tidak menyebut jenis kartu dengan benar.
rec-dcql-meta = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

# Penawaran kartu.

err-offer-not-a-link = Ini bukan penawaran kartu.
rec-offer-not-a-link = Coba lagi. Jika terulang, minta petugas membuat penawaran kartu yang baru.

err-offer-too-large = Penawaran kartu ini terlalu besar.
rec-offer-too-large = Minta petugas membuat penawaran kartu yang baru.

err-offer-ambiguous = Penawaran kartu ini tidak jelas.
rec-offer-ambiguous = Minta petugas membuat penawaran kartu yang baru.

err-offer-malformed = Penawaran kartu ini rusak.
rec-offer-malformed = Minta petugas membuat penawaran kartu yang baru.

err-offer-no-grant = Penawaran kartu ini memakai cara yang belum dikenal aplikasi.
rec-offer-no-grant = Perbarui aplikasi dompet, lalu coba lagi.

# Penerbit menolak permintaan dompet.

err-c-nonce-unknown = Bukti kunci memakai angka acak yang tidak dikenal.
rec-c-nonce-unknown = Coba lagi. Jika terulang, minta petugas membuat penawaran kartu yang baru.

err-c-nonce-expired = Bukti kunci datang terlambat.
rec-c-nonce-expired = Coba lagi. Jika terulang, minta petugas membuat penawaran kartu yang baru.

err-credential-request-malformed = Permintaan kartu dari dompet rusak.
rec-credential-request-malformed = Perbarui aplikasi dompet, lalu coba lagi.

err-credential-request-names-nothing = Permintaan dari dompet tidak menyebut kartu.
rec-credential-request-names-nothing = Perbarui aplikasi dompet, lalu coba lagi.

err-credential-request-identifier = Dompet meminta kartu dengan cara yang tidak dipakai di sini.
rec-credential-request-identifier = Perbarui aplikasi dompet, lalu coba lagi.

err-credential-request-unknown = Kartu yang diminta tidak ada dalam penawaran ini.
rec-credential-request-unknown = Minta petugas membuat penawaran kartu yang baru.

err-credential-request-encryption = Dompet meminta jawaban tersandi lewat permintaan yang tidak tersandi.
rec-credential-request-encryption = Perbarui aplikasi dompet, lalu coba lagi.

err-proof-missing = Dompet tidak mengirim bukti kunci.
rec-proof-missing = Perbarui aplikasi dompet, lalu coba lagi.

err-proof-type = Jenis bukti kunci ini tidak dipakai di sini.
rec-proof-type = Perbarui aplikasi dompet, lalu coba lagi.

err-proof-too-many = Dompet meminta terlalu banyak salinan sekaligus.
rec-proof-too-many = Perbarui aplikasi dompet, lalu coba lagi.

err-proof-typ = Bukti kunci dari dompet salah jenisnya.
rec-proof-typ = Perbarui aplikasi dompet, lalu coba lagi.

err-proof-key = Bukti dari dompet tidak memuat tepat satu kunci.
rec-proof-key = Perbarui aplikasi dompet, lalu coba lagi.

err-proof-signature = Tanda tangan bukti kunci tidak cocok.
rec-proof-signature = Coba lagi. Jika terulang, minta petugas membuat penawaran kartu yang baru.

err-proof-payload = Isi bukti kunci tidak lengkap.
rec-proof-payload = Perbarui aplikasi dompet, lalu coba lagi.

err-proof-audience = Bukti kunci ini dibuat untuk penerbit lain.
rec-proof-audience = Coba lagi. Jika terulang, minta petugas membuat penawaran kartu yang baru.

err-proof-without-nonce = Bukti kunci tidak memuat angka acak dari penerbit.
rec-proof-without-nonce = Perbarui aplikasi dompet, lalu coba lagi.

err-proof-too-old = Bukti kunci terlalu lama.
rec-proof-too-old = Periksa jam di HP Anda dan di loket, lalu minta kode permintaan yang baru.

err-proof-in-future = Bukti kunci bertanggal di masa depan.
rec-proof-in-future = Periksa jam di HP Anda dan di loket, lalu minta kode permintaan yang baru.

err-proof-same-key = Dompet mengirim kunci yang sama dua kali.
rec-proof-same-key = Perbarui aplikasi dompet, lalu coba lagi.

err-token-malformed = Permintaan izin dari dompet rusak.
rec-token-malformed = Perbarui aplikasi dompet, lalu coba lagi.

err-token-repeated-parameter = Permintaan izin menyebut satu isian dua kali.
rec-token-repeated-parameter = Perbarui aplikasi dompet, lalu coba lagi.

err-token-missing-grant-type = Permintaan izin tidak menyebut caranya.
rec-token-missing-grant-type = Perbarui aplikasi dompet, lalu coba lagi.

err-token-unsupported-grant-type = Cara meminta izin ini tidak dipakai di sini.
rec-token-unsupported-grant-type = Perbarui aplikasi dompet, lalu coba lagi.

err-token-missing-code = Permintaan izin tidak memuat kode penawaran.
rec-token-missing-code = Perbarui aplikasi dompet, lalu coba lagi.

err-token-anonymous-client = Penerbit ini hanya melayani dompet yang menyebut namanya.
rec-token-anonymous-client = Perbarui aplikasi dompet, lalu coba lagi.

err-tx-code-form = Kode harus enam angka.
rec-tx-code-form = Periksa kode enam angka dari petugas, lalu ketik lagi.

err-tx-code-missing = Kode enam angka belum dikirim.
rec-tx-code-missing = Periksa kode enam angka dari petugas, lalu ketik lagi.

err-tx-code-unexpected = Penawaran ini tidak memakai kode.
rec-tx-code-unexpected = Coba lagi. Jika terulang, minta petugas membuat penawaran kartu yang baru.

err-token-code-unknown = Penawaran ini tidak dikenal.
rec-token-code-unknown = Minta petugas membuat penawaran kartu yang baru.

err-token-code-expired = Masa berlaku penawaran ini sudah habis.
rec-token-code-expired = Minta petugas membuat penawaran kartu yang baru.

err-token-code-used = Penawaran ini sudah dipakai.
rec-token-code-used = Minta petugas membuat penawaran kartu yang baru.

err-tx-code-wrong = Kode enam angka itu salah.
rec-tx-code-wrong = Periksa kode enam angka dari petugas, lalu ketik lagi.

err-tx-code-tries-used-up = Kode salah diketik terlalu sering. Penawaran ini dikunci.
rec-tx-code-tries-used-up = Minta petugas membuat penawaran kartu yang baru.

# Menerima kartu.

err-received-other-format = Kartu yang datang lain bentuknya dari yang ditawarkan.
rec-received-other-format = Kartu ini tidak disimpan. Beri tahu petugas Dukcapil.

err-received-other-type = Kartu yang datang lain jenisnya dari yang ditawarkan.
rec-received-other-type = Kartu ini tidak disimpan. Beri tahu petugas Dukcapil.

err-received-other-key = Kartu yang datang tidak dibuat untuk HP ini.
rec-received-other-key = Kartu ini tidak disimpan. Beri tahu petugas Dukcapil.

err-received-same-key = Dua salinan kartu memakai kunci yang sama.
rec-received-same-key = Kartu ini tidak disimpan. Beri tahu petugas Dukcapil.

err-receive-status = Penerbit kartu sedang tidak dapat melayani.
rec-receive-status = Coba lagi. Jika terulang, minta petugas membuat penawaran kartu yang baru.

err-receive-too-large = Jawaban penerbit terlalu besar.
rec-receive-too-large = Jangan lanjutkan. Beri tahu petugas yang memberi penawaran ini.

err-receive-malformed = Jawaban penerbit tidak dapat dibaca.
rec-receive-malformed = Coba lagi. Jika terulang, minta petugas membuat penawaran kartu yang baru.

err-receive-other-issuer = Penawaran ini mengaku dari penerbit lain.
rec-receive-other-issuer = Jangan lanjutkan. Beri tahu petugas yang memberi penawaran ini.

err-receive-unknown-server = Penawaran ini menunjuk ke tempat yang tidak dikenal penerbit.
rec-receive-unknown-server = Jangan lanjutkan. Beri tahu petugas yang memberi penawaran ini.

err-receive-unknown-configuration = Penerbit tidak mengenal kartu dalam penawaran ini.
rec-receive-unknown-configuration = Minta petugas membuat penawaran kartu yang baru.

err-receive-nothing-usable = Tidak ada kartu dalam penawaran ini yang dapat disimpan aplikasi.
rec-receive-nothing-usable = Perbarui aplikasi dompet, lalu coba lagi.

err-receive-encryption-required = Penerbit ini meminta penyandian yang belum dikenal aplikasi.
rec-receive-encryption-required = Perbarui aplikasi dompet, lalu coba lagi.

err-receive-tx-code-form = Kode yang diketik tidak sesuai bentuknya.
rec-receive-tx-code-form = Periksa kode enam angka dari petugas, lalu ketik lagi.

err-receive-grant-refused = Kode salah, atau penawaran sudah tidak berlaku.
rec-receive-grant-refused = Periksa kode enam angka dari petugas, lalu ketik lagi.

err-receive-token-type = Penerbit memberi izin dengan cara yang belum dikenal aplikasi.
rec-receive-token-type = Perbarui aplikasi dompet, lalu coba lagi.

err-receive-refused = Penerbit menolak memberi kartu.
rec-receive-refused = Minta petugas membuat penawaran kartu yang baru.

err-receive-deferred = Kartu belum siap, dan penerbit tidak menyebut di mana kartu dapat diambil nanti.
rec-receive-deferred = Coba lagi. Jika terulang, minta petugas membuat penawaran kartu yang baru.

err-receive-wrong-count = Jumlah kartu yang datang tidak sesuai.
rec-receive-wrong-count = Kartu ini tidak disimpan. Beri tahu petugas Dukcapil.

err-receive-out-of-order = Langkah menerima kartu tertukar di dalam aplikasi.
rec-receive-out-of-order = Tutup lalu buka lagi aplikasi ini. Jika terulang, laporkan kepada pembuatnya.

# Permintaan dari loket.

err-request-typ = Ini bukan permintaan dari loket.
rec-request-typ = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-request-certificate = Permintaan ini tidak membawa sertifikat loket yang benar.
rec-request-certificate = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-request-malformed = Permintaan ini rusak.
rec-request-malformed = Minta petugas menampilkan kode permintaan yang baru.

err-request-client-id-prefix = Loket ini memperkenalkan diri dengan cara yang tidak diterima.
rec-request-client-id-prefix = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-request-client-id-mismatch = Nama loket tidak cocok dengan sertifikatnya.
rec-request-client-id-mismatch = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-request-other-client = Permintaan ini datang dari loket lain daripada tautannya.
rec-request-other-client = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-request-signature = Tanda tangan permintaan tidak cocok. Isinya mungkin diubah.
rec-request-signature = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-request-audience = Permintaan ini tidak ditujukan kepada dompet.
rec-request-audience = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-request-response-type = Permintaan ini meminta sesuatu yang lain daripada kartu.
rec-request-response-type = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-request-response-mode = Permintaan ini meminta jawaban lewat jalan yang tidak dipakai di sini.
rec-request-response-mode = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-request-redirect-uri = Permintaan ini menyebut dua alamat jawaban sekaligus.
rec-request-redirect-uri = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-request-transaction-data = Permintaan ini ingin Anda menandatangani hal lain. Aplikasi tidak melakukannya.
rec-request-transaction-data = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-request-no-query = Permintaan ini tidak menyebut apa yang diminta.
rec-request-no-query = Minta petugas menampilkan kode permintaan yang baru.

err-request-nonce-form = Angka acak dalam permintaan tidak benar.
rec-request-nonce-form = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-request-nonce-binding = Isi permintaan tidak cocok dengan pengikatnya. Isinya mungkin diubah.
rec-request-nonce-binding = Jangan jawab permintaan ini. Tanyakan kepada petugas loket.

err-request-version = Permintaan ini dibuat dengan versi yang belum dikenal aplikasi.
rec-request-version = Perbarui aplikasi dompet, lalu coba lagi.

err-request-recipient-key = Permintaan ini tidak membawa kunci untuk menyegel jawaban.
rec-request-recipient-key = Minta petugas menampilkan kode permintaan yang baru.

err-request-too-old = Permintaan ini sudah terlalu lama, atau ada jam yang salah.
rec-request-too-old = Periksa jam di HP Anda dan di loket, lalu minta kode permintaan yang baru.

err-request-in-future = Permintaan ini bertanggal di masa depan, atau ada jam yang salah.
rec-request-in-future = Periksa jam di HP Anda dan di loket, lalu minta kode permintaan yang baru.

err-request-lapsed = Masa berlaku permintaan ini sudah habis.
rec-request-lapsed = Minta petugas menampilkan kode permintaan yang baru.

err-request-asks-nothing = Layanan ini tidak meminta data apa pun.
rec-request-asks-nothing = Beri tahu pengelola loket agar pengaturannya diperbaiki.

err-request-form-unknown = Kode permintaan ini belum dikenal aplikasi.
rec-request-form-unknown = Perbarui aplikasi dompet, lalu coba lagi.

err-request-form-malformed = Kode permintaan ini rusak.
rec-request-form-malformed = Minta petugas menampilkan kode permintaan yang baru.

err-request-form-asks-nothing = Kode permintaan ini tidak meminta data apa pun.
rec-request-form-asks-nothing = Minta petugas menampilkan kode permintaan yang baru.

# Jawaban lewat kode QR.

err-answer-malformed = Kode jawaban ini rusak.
rec-answer-malformed = Minta pemegang kartu menampilkan jawaban yang baru, lalu pindai lagi.

err-answer-format-unknown = Kode jawaban ini belum dikenal loket.
rec-answer-format-unknown = Minta pemegang kartu menampilkan jawaban yang baru, lalu pindai lagi.

err-answer-other-request = Jawaban ini untuk permintaan lain.
rec-answer-other-request = Minta pemegang kartu menampilkan jawaban yang baru, lalu pindai lagi.

err-answer-tampered = Jawaban ini sudah diubah di jalan.
rec-answer-tampered = Jangan terima jawaban ini. Buat permintaan baru dan minta jawaban yang baru.

err-answer-recipient-key = Kunci dalam permintaan tidak dapat dipakai.
rec-answer-recipient-key = Minta petugas menampilkan kode permintaan yang baru.

err-answer-unknown-query = Jawaban ini memuat kartu yang tidak diminta.
rec-answer-unknown-query = Jangan terima jawaban ini. Buat permintaan baru dan minta jawaban yang baru.

err-answer-too-large = Jawaban terlalu besar untuk kode QR.
rec-answer-too-large = Minta petugas menampilkan kode permintaan yang baru.

# Jawaban dari dompet.

err-wallet-declined = Pemegang kartu tidak setuju.
rec-wallet-declined = Tawarkan cara lain kepada pemegang kartu.

err-wallet-error = Dompet pemegang kartu melaporkan kesalahan.
rec-wallet-error = Minta pemegang kartu menampilkan jawaban yang baru, lalu pindai lagi.

err-response-malformed = Jawaban dari dompet rusak.
rec-response-malformed = Minta pemegang kartu menampilkan jawaban yang baru, lalu pindai lagi.

err-response-repeated-parameter = Jawaban dari dompet menyebut satu isian dua kali.
rec-response-repeated-parameter = Minta pemegang kartu menampilkan jawaban yang baru, lalu pindai lagi.

err-response-empty = Jawaban dari dompet kosong.
rec-response-empty = Minta pemegang kartu menampilkan jawaban yang baru, lalu pindai lagi.

err-response-unasked-credential = Dompet mengirim kartu yang tidak diminta.
rec-response-unasked-credential = Jangan terima jawaban ini. Buat permintaan baru dan minta jawaban yang baru.

err-response-missing-credential = Kartu yang diminta tidak ada dalam jawaban.
rec-response-missing-credential = Minta pemegang kartu menampilkan jawaban yang baru, lalu pindai lagi.

err-response-too-many = Jawaban memuat lebih dari satu kartu yang sama.
rec-response-too-many = Jangan terima jawaban ini. Buat permintaan baru dan minta jawaban yang baru.

err-response-wrong-format = Kartu dalam jawaban lain bentuknya dari yang diminta.
rec-response-wrong-format = Jangan terima jawaban ini. Buat permintaan baru dan minta jawaban yang baru.

err-response-wrong-type = Kartu dalam jawaban lain jenisnya dari yang diminta.
rec-response-wrong-type = Jangan terima jawaban ini. Buat permintaan baru dan minta jawaban yang baru.

err-response-missing-claim = Data yang diminta tidak lengkap dalam jawaban.
rec-response-missing-claim = Minta pemegang kartu menampilkan jawaban yang baru, lalu pindai lagi.

err-response-unasked-claim = Jawaban membuka data yang tidak diminta.
rec-response-unasked-claim = Jangan terima jawaban ini. Buat permintaan baru dan minta jawaban yang baru.

err-response-portrait-missing = Foto yang diminta tidak ikut dalam jawaban.
rec-response-portrait-missing = Minta pemegang kartu menampilkan jawaban yang baru, lalu pindai lagi.

err-response-portrait-unasked = Jawaban membawa foto yang tidak diminta.
rec-response-portrait-unasked = Jangan terima jawaban ini. Buat permintaan baru dan minta jawaban yang baru.

err-access-entry-malformed = Catatan akses ini rusak.
rec-access-entry-malformed = Minta data baru kepada pengirim. Bila terulang, beri tahu petugas.

err-access-entry-altered = Catatan akses ini tidak sama dengan yang ada di buku catatan.
rec-access-entry-altered = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-access-entry-foreign = Catatan akses ini tentang orang lain.
rec-access-entry-foreign = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-access-entry-unproven = Catatan akses ini tidak terbukti ada di buku catatan.
rec-access-entry-unproven = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-access-entry-log-unknown = Buku catatan untuk catatan akses ini tidak dikenal.
rec-access-entry-log-unknown = Perbarui daftar resmi (bundle import), lalu coba lagi.

err-request-unsigned = Permintaan ini tidak ditandatangani siapa pun.
rec-request-unsigned = Jangan lanjutkan. Minta kode permintaan baru kepada petugas.

err-request-uri-method = Tautan permintaan ini memakai cara yang tidak dikenal.
rec-request-uri-method = Jangan lanjutkan. Minta kode permintaan baru kepada petugas.

err-request-wallet-nonce = Permintaan ini dibuat untuk ponsel lain atau sudah lama.
rec-request-wallet-nonce = Jangan lanjutkan. Minta kode permintaan baru kepada petugas.

err-request-downgrade = Permintaan ini meminta jawaban tanpa sandi, padahal tautannya menjanjikan sandi.
rec-request-downgrade = Jangan lanjutkan. Minta kode permintaan baru kepada petugas.

err-request-encryption-key = Permintaan ini tidak memberi kunci untuk menyandikan jawaban.
rec-request-encryption-key = Jangan lanjutkan. Minta kode permintaan baru kepada petugas.

err-request-nonce-missing = Permintaan ini tidak punya angka sekali pakai.
rec-request-nonce-missing = Jangan lanjutkan. Minta kode permintaan baru kepada petugas.

err-response-not-encrypted = Jawaban ini tidak disandikan seperti yang diminta.
rec-response-not-encrypted = Kirim ulang jawaban dari aplikasi. Bila terulang, buat permintaan baru.

err-dpop-missing = Aplikasi tidak membuktikan kuncinya.
rec-dpop-missing = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-dpop-typ = Bukti kunci dari aplikasi salah jenisnya.
rec-dpop-typ = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-dpop-key = Bukti kunci dari aplikasi tidak memuat kunci yang dapat dipakai.
rec-dpop-key = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-dpop-payload = Bukti kunci dari aplikasi tidak lengkap.
rec-dpop-payload = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-dpop-other-request = Bukti kunci dari aplikasi dibuat untuk permintaan lain.
rec-dpop-other-request = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-dpop-time = Bukti kunci dari aplikasi salah waktunya.
rec-dpop-time = Periksa jam ponsel, lalu ulangi.

err-dpop-nonce-missing = Bukti kunci dari aplikasi belum memuat angka dari server.
rec-dpop-nonce-missing = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-dpop-other-token = Bukti kunci dari aplikasi dibuat untuk izin lain.
rec-dpop-other-token = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-dpop-signature = Tanda tangan pada bukti kunci tidak cocok.
rec-dpop-signature = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-dpop-other-key = Izin ini terikat pada kunci lain.
rec-dpop-other-key = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-dpop-replayed = Bukti kunci ini sudah pernah dipakai.
rec-dpop-replayed = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-authorization-malformed = Permintaan masuk dari aplikasi rusak.
rec-authorization-malformed = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-authorization-repeated-parameter = Permintaan masuk memuat satu isian dua kali.
rec-authorization-repeated-parameter = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-authorization-client = Permintaan masuk ini bukan milik aplikasi itu.
rec-authorization-client = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-authorization-request-uri-inside = Permintaan masuk menunjuk permintaan lain.
rec-authorization-request-uri-inside = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-authorization-response-type = Aplikasi meminta cara masuk yang tidak ada di sini.
rec-authorization-response-type = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-authorization-redirect-uri = Alamat kembali ke aplikasi tidak aman.
rec-authorization-redirect-uri = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-authorization-code-challenge = Aplikasi tidak mengamankan kodenya.
rec-authorization-code-challenge = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-authorization-state = Penanda dari aplikasi rusak.
rec-authorization-state = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-authorization-details = Aplikasi meminta kartu yang tidak dikenal.
rec-authorization-details = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-authorization-asks-nothing = Aplikasi tidak meminta kartu apa pun.
rec-authorization-asks-nothing = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-authorization-scope = Aplikasi meminta jenis kartu yang tidak dikenal.
rec-authorization-scope = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-authorization-several-cards = Aplikasi meminta beberapa jenis kartu sekaligus.
rec-authorization-several-cards = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-authorization-dpop-key = Sidik kunci aplikasi tidak cocok.
rec-authorization-dpop-key = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-authorization-request-uri-unknown = Permintaan masuk ini tidak ada atau sudah habis waktunya.
rec-authorization-request-uri-unknown = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-authorization-not-pushed = Permintaan masuk ini tidak dikirim lewat jalan yang aman.
rec-authorization-not-pushed = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-token-other-client = Kode ini milik aplikasi lain.
rec-token-other-client = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-token-code-verifier = Aplikasi tidak dapat membuktikan bahwa kode ini miliknya.
rec-token-code-verifier = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-token-other-key = Kode ini terikat pada ponsel lain.
rec-token-other-key = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-refresh-token-unknown = Izin memperbarui kartu ini sudah tidak berlaku.
rec-refresh-token-unknown = Minta penawaran kartu baru di loket.

err-receive-log-in = Yang kembali bukan jawaban dari halaman masuk tadi.
rec-receive-log-in = Ulangi dari awal. Jangan pakai tautan dari orang lain.

err-receive-renewal-ended = Kartu ini tidak dapat diperbarui lagi.
rec-receive-renewal-ended = Bila kartu tidak dibekukan sementara, minta kartu baru di loket.
err-offer-used-or-ended = Penawaran ini sudah dipakai, sudah dipindai, atau habis waktunya.
rec-offer-used-or-ended = Minta petugas membuat penawaran kartu yang baru.

err-receive-deferred-interval = Penerbit meminta Anda menunggu terlalu lama.
rec-receive-deferred-interval = Tanyakan kepada petugas. Kartu lain di dompet Anda tetap aman.
err-receive-deferred-other = Jawaban penerbit bukan untuk kartu yang Anda tunggu.
rec-receive-deferred-other = Jangan lanjutkan. Tidak ada yang disimpan. Beri tahu petugas.
err-receive-deferred-gone = Kartu yang ditunggu tidak ada lagi: sudah diambil atau tidak pernah disiapkan.
rec-receive-deferred-gone = Coba lagi. Jika terulang, minta petugas membuat penawaran kartu yang baru.
err-receive-deferred-refused = Petugas memutuskan bahwa kartu ini tidak diterbitkan.
rec-receive-deferred-refused = Tanyakan kepada petugas. Kartu lain di dompet Anda tetap aman.
err-receive-deferred-ended = Masa menunggu kartu ini sudah berakhir.
rec-receive-deferred-ended = Minta petugas membuat penawaran kartu yang baru.
err-receive-not-encrypted = Jawaban penerbit seharusnya disandikan, tetapi tidak.
rec-receive-not-encrypted = Jangan lanjutkan. Tidak ada yang disimpan. Beri tahu petugas.
err-receive-encryption-key = Jawaban penerbit disandikan untuk pihak lain.
rec-receive-encryption-key = Jangan lanjutkan. Tidak ada yang disimpan. Beri tahu petugas.
err-credential-request-encryption-parameters = Dompet meminta penyandian jawaban yang tidak dapat dipakai, atau tidak memintanya sama sekali.
rec-credential-request-encryption-parameters = Perbarui aplikasi dompet, lalu coba lagi.
err-credential-request-not-encrypted = Permintaan kartu harus disandikan, tetapi tidak.
rec-credential-request-not-encrypted = Perbarui aplikasi dompet, lalu coba lagi.
err-credential-request-encryption-key = Permintaan kartu disandikan dengan kunci yang bukan milik penerbit ini.
rec-credential-request-encryption-key = Coba lagi. Jika terulang, minta petugas membuat penawaran kartu yang baru.

err-one-scan-malformed = Kode tunjuk cepat ini rusak.
rec-one-scan-malformed = Minta data baru kepada pengirim. Bila terulang, beri tahu petugas.

err-one-scan-format-unknown = Kode tunjuk cepat ini dari versi yang belum dikenal.
rec-one-scan-format-unknown = Perbarui program loket, atau tampilkan permintaan loket.

err-one-scan-class-unknown = Kode ini menyebut jenis layanan yang tidak ada.
rec-one-scan-class-unknown = Minta data baru kepada pengirim. Bila terulang, beri tahu petugas.

err-one-scan-too-large = Kode tunjuk cepat ini terlalu besar.
rec-one-scan-too-large = Tunjukkan tanpa foto, atau jawab permintaan loket.

err-paper-malformed = Kode kartu kertas ini rusak.
rec-paper-malformed = Pindai lagi dengan cahaya cukup. Bila terulang, minta cetakan baru.

err-paper-format-unknown = Kartu kertas ini dari versi yang belum dikenal.
rec-paper-format-unknown = Perbarui program loket.

err-access-entry-closed = Isi catatan ini tidak dapat dibuka lagi oleh Dukcapil: yang tersimpan sudah berubah, jadi tidak terbukti.
rec-access-entry-closed = Catatan lain tetap terbukti. Beri tahu Dukcapil dan Inspektorat.

err-counter-ticket-too-large = Permintaan koreksi terlalu besar.
rec-counter-ticket-too-large = Persingkat catatannya, atau kirim lebih sedikit sekaligus.
err-counter-ticket-malformed = Ini bukan permintaan koreksi dari loket.
rec-counter-ticket-malformed = Buat berkasnya lagi di loket dengan ticket export.
err-counter-ticket-signature = Tanda tangan permintaan koreksi tidak benar.
rec-counter-ticket-signature = Jangan diproses. Tanyakan kepada loket yang mengirim.
err-counter-ticket-sealed = Kunci ini tidak membuka berkas permintaan koreksi.
rec-counter-ticket-sealed = Pakai berkas kunci yang dibuat bersama berkas itu.
err-counter-ticket-note = Catatan kosong, terlalu panjang, atau berisi tanda yang tidak dapat dicetak.
rec-counter-ticket-note = Tulis alasan singkat, paling banyak 300 huruf.

err-ticket-text-empty = Permintaan ini belum ada tulisannya.
rec-ticket-text-empty = Tulis apa yang diminta, lalu kirim lagi.

err-ticket-text-too-long = Tulisannya terlalu panjang.
rec-ticket-text-too-long = Ringkaskan sampai paling banyak 1000 huruf.

err-ticket-text-characters = Ada tanda yang tidak boleh di dalam tulisannya.
rec-ticket-text-characters = Pakai huruf, angka, dan tanda baca biasa.
