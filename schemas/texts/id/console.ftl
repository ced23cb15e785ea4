# Konsol petugas.

# pages
console-title = Absah Dukcapil
console-skip = Langsung ke isi
console-nav = Halaman
console-nav-home = Beranda
console-nav-people = Cari warga
console-nav-approvals = Persetujuan
console-nav-imports = Impor data
console-nav-counters = Loket
console-nav-operators = Petugas
console-nav-ledger = Catatan
console-nav-alerts = Peringatan
console-nav-account = Akun saya
console-js-failed = Tidak berhasil. Coba lagi.
console-js-cancelled = Kunci sandi tidak dipakai atau dibatalkan. Coba lagi.
console-failure = Tidak dapat dilanjutkan
console-home = Beranda
console-sign-out = Keluar
console-sign-in = Masuk
console-sign-in-intro = Konsol ini untuk petugas Dukcapil. Setiap tindakan tercatat.
console-sign-in-passkey = Masuk dengan kunci sandi
console-sign-in-hint = Perangkat Anda meminta sidik jari, wajah, atau PIN.
console-sign-in-fallback = Kunci sandi tidak ada?
console-fallback-limits = Kata sandi dan kode sekali pakai hanya membuka akun Anda sendiri, bukan data warga.
console-have-invitation = Saya punya kode undangan
console-login = Nama masuk
console-password = Kata sandi
console-code = Kode 6 angka dari aplikasi
console-invitation = Kode undangan
console-invitation-intro = Ketik kode yang Anda terima. Kode hanya berlaku sekali.
console-invitation-code = Kode
console-continue = Lanjut
console-residents = warga dalam data
console-waiting = menunggu
console-open = terbuka
console-imports-hint = Data dan mutunya

# account
console-account = Akun saya
console-weak-session = Anda masuk dengan kata sandi. Untuk melayani warga, masuk dengan kunci sandi.
console-incomplete = Akun ini perlu dua cara masuk. Tambahkan kunci sandi, lalu yang kedua.
console-ways = Cara masuk
console-passkey = Kunci sandi
console-added = Ditambahkan
console-used = Terakhir dipakai
console-actions = Tindakan
console-remove = Hapus
console-no-passkey = Belum ada kunci sandi.
console-passkey-label = Nama kunci sandi, misalnya "Komputer loket 2"
console-passkey-add = Tambah kunci sandi
console-code-and-password = Kata sandi dan kode sekali pakai
console-set = sudah diatur
console-not-set = belum diatur
console-fallback = Atur kata sandi dan kode
console-totp-intro = Ketik kunci ini di aplikasi kode sekali pakai, lalu isi kode yang muncul.
console-password-new = Kata sandi baru, paling sedikit 12 huruf
console-save = Simpan
console-sessions = Sesi yang terbuka
console-device = Peramban
console-since = Sejak
console-seen = Terakhir dipakai
console-this = sesi ini
console-end = Akhiri
console-role-pendaftar = Pendaftar
console-role-penyetuju = Penyetuju
console-role-auditor = Auditor
console-role-admin = Admin

# people
console-people = Cari warga
console-search-q = NIK, nomor KK, atau nama
console-search-born = Tanggal lahir (bila mencari nama)
console-purpose = Keperluan
console-purpose-hint = Warga dapat membaca keperluan ini di riwayat aksesnya.
console-search = Cari
console-found = Ditemukan
console-found-more = Masih ada lagi. Lengkapi nama.
console-found-none = Tidak ada yang cocok. Periksa nomor, atau nama dan tanggal lahir.
console-open-record = Buka data
console-person = Data warga
console-case = Dibuka untuk
console-facts = Data
console-portrait = Foto wajah
console-fact-nik = NIK
console-fact-kk = Nomor KK
console-fact-birth = Lahir
console-fact-sex = Jenis kelamin
console-fact-address = Alamat
console-fact-marriage = Status kawin
console-fact-job = Pekerjaan
console-fact-status = Status penduduk
console-family = Keluarga
console-family-none = Tidak ada anggota lain.
console-cards = Kartu
console-status-valid = Berlaku
console-status-revoked = Dicabut
console-status-suspended = Ditangguhkan
console-status-superseded = Digantikan
console-status-ended = Sudah berakhir
console-status-unknown = Belum pasti
console-issued = Diterbitkan
console-expires = Berlaku sampai
console-card-none = Belum pernah diterbitkan.
console-card-last = Ponsel tidak memperbarui kartu ini sendiri. Terbitkan lagi sebelum berakhir atau bila datanya berubah.
console-issue-button = Terbitkan
console-propose = Usulkan perubahan
console-propose-hint = Petugas lain dengan peran lain memutuskan.
console-change = Perubahan
console-change-suspend = Tangguhkan
console-change-unsuspend = Pulihkan
console-change-supersede = Gantikan
console-change-revoke = Cabut selamanya
console-which-card = Kartu
console-all-cards = Semua kartu
console-reason = Alasan
console-propose-button = Usulkan
console-lost = Ponsel hilang
console-lost-hint = Semua kartu warga ini ditangguhkan sekarang juga. Memulihkannya perlu persetujuan.
console-lost-button = Tangguhkan semua kartu
console-lost-none = Tidak ada kartu berlaku di ponsel warga ini: tidak ada yang ditangguhkan. Tawaran kartu yang masih terbuka diakhiri.
console-tickets = Permintaan warga

# issue
console-issue = Terbitkan kartu
console-issue-step1 = Cocokkan wajah, lalu tampilkan kode QR di layar warga.
console-issue-open-scan = Buka layar warga
console-issue-step2 = Warga memindai kode itu dengan aplikasi Absah.
console-issue-step3 = Kode 6 angka muncul di sini. Bacakan kepada warga.
console-stage-waiting = Menunggu dipindai.
console-stage-scanned = Sudah dipindai. Bacakan kode ini.
console-stage-scanned-twice = Dipindai dua kali, mungkin oleh ponsel lain. Jangan bacakan kode apa pun. Terbitkan lagi.
console-stage-redeemed = Kode benar. Kartu sedang dikirim.
console-stage-issued = Kartu diterbitkan. Menunggu ponsel menyimpannya.
console-stage-stored = Selesai. Kartu tersimpan di ponsel warga.
console-stage-withdrawn = Tidak jadi terbit: data atau kartu warga berubah setelah kode dibuat. Kembali ke data warga dan periksa.
console-stage-guessed = Kode ditebak terlalu sering dan mati. Jangan bacakan lagi. Pastikan hanya ponsel warga yang memindai, lalu terbitkan lagi.
console-wrong-tries = Kode salah diketik. Bila bukan warga di depan Anda, jangan bacakan lagi dan terbitkan baru:
console-stage-ended = Waktunya habis. Terbitkan lagi.
console-read-aloud = Kode untuk dibacakan:
console-offer-until = Tawaran berlaku sampai
console-back = Kembali
console-refresh = Perbarui
console-scan = Pindai
console-scan-intro = Pindai kode ini dengan aplikasi Absah.
console-scan-alt = Kode QR tawaran kartu

# approvals
console-approvals = Persetujuan
console-approvals-hint = Dua orang, dua peran: yang mengusulkan tidak memutuskan.
console-approval = Usulan
console-nothing-waits = Tidak ada yang menunggu.
console-part = Bagian
console-part-before = Sebelumnya
console-part-after = Berikutnya
console-restored = Yang dipulihkan
console-restore-copies = salinan terbitan
console-restore-back = berlaku lagi
console-restore-stays = tetap ditangguhkan, karena kartu sudah terbit lagi ke ponsel lain sesudahnya
console-restore-none = Tidak ada salinan yang ditangguhkan.
console-restore-hint = Salinan berlaku lagi di ponsel yang menyimpannya. Setujui hanya bila ponsel itu ada pada warga.
console-restore-renewal = Kartu yang dipulihkan tidak lagi diperbarui sendiri oleh ponsel. Sesudah disetujui, terbitkan lagi kartunya di ponsel itu.
console-restore-carried = di ponsel pendamping
console-letter-dead = Orang ini tercatat meninggal. Surat tidak dapat disetujui; tolak dengan alasan.
console-letter-away = Orang ini tidak lagi tercatat sebagai warga di sini. Periksa sebelum menyetujui.
console-letter-suspended = Ada kartu orang ini yang ditangguhkan, misalnya karena ponsel hilang. Pastikan permintaan dari warga sendiri.
console-past = Sudah diputuskan
console-from-citizen = diminta warga
console-fallback-remove = Hapus kata sandi dan kode
console-prove-hint = Sebelum cara masuk ditambah atau dihapus, Anda diminta menunjukkan kunci sandi yang sudah ada.
console-keeper = Di ponsel siapa?
console-keeper-face = Cocokkan wajah pemegang kartu anak ini:
console-photo-old = Foto sekarang
console-local = dari komputer penerbit
console-reason-none = tidak disebutkan
console-proposer-closed = Akun pengusulnya sudah ditutup. Periksa lagi apakah usulan ini benar.
console-state-waiting = Menunggu
console-state-approved = Disetujui
console-state-refused = Ditolak
console-state-used = Sudah dijalankan
console-act-status = Ubah status kartu
console-act-import-changes = Perubahan dari impor
console-act-invite-operator = Undang petugas
console-act-reinvite-operator = Undang petugas lagi
console-act-disable-operator = Tutup akun petugas
console-act-withdraw-counter = Cabut pendaftaran loket
console-act-command = Perintah di komputer penerbit
console-matter = Perkara
console-proposed-by = Diusulkan oleh
console-decided-by = Diputuskan oleh
console-hash = Sidik usulan
console-concerns = Mengenai
console-concerns-hint = Setiap warga di sini melihat di riwayat aksesnya bahwa Anda membukanya.
console-decide = Putuskan
console-decide-hint = Keputusan ditandatangani dengan kunci sandi Anda.
console-note = Catatan (boleh kosong)
console-approve = Setujui
console-refuse = Tolak
console-signed-text = Teks yang ditandatangani

# imports
console-imports = Impor data
console-imports-none = Belum ada impor di konsol ini.
console-import = Laporan impor
console-import-file = Berkas CSV dari IKD
console-import-hint = Paling besar 64 MB. Baris yang salah dilewati dan dilaporkan.
console-import-button = Ambil data
console-file = Berkas
console-when = Waktu
console-rows = Baris
console-taken = Diambil
console-skipped = Dilewati
console-findings = Temuan
console-findings-none = Tidak ada temuan.
console-changed-cards = Kartu yang berubah
console-download = Unduh temuan (CSV)
console-row = Baris
console-column = Kolom
console-finding = Temuan
console-weight = Bobot
console-weight-error = Kesalahan
console-weight-warning = Peringatan

# counters
console-counters = Loket
console-counters-hint = Loket hanya boleh meminta yang terdaftar. Mendaftarkan dan mencabut perlu orang kedua.
console-counters-none = Belum ada loket terdaftar.
console-counter-valid = Terdaftar
console-counter-ended = Habis masanya
console-counter-withdrawn = Dicabut
console-withdraw = Usulkan pencabutan

# operators
console-operators = Petugas
console-operator = Petugas
console-name = Nama
console-role = Peran
console-state = Keadaan
console-operator-invited = Diundang
console-operator-incomplete = Belum lengkap
console-operator-active = Aktif
console-operator-closed = Ditutup
console-make-code = Buat kode undangan
console-change-operator = Ubah
console-reinvite = Usulkan undangan baru
console-disable = Usulkan penutupan
console-invite = Undang petugas
console-invitation-made = Kode undangan untuk petugas
console-invitation-once = Hanya ditampilkan sekali.

# ledger
console-ledger = Catatan
console-log-audit = Catatan tindakan
console-log-registry = Catatan umum
console-leaves = Jumlah catatan
console-signed = Ditandatangani
console-final = Disahkan saksi sampai
console-outbox = Menunggu masuk
console-witnesses = Saksi
console-quorum = kuorum
console-witnesses-none = Belum ada saksi. Catatan ini belum diawasi pihak lain.
console-witness-fault = jawaban salah:
console-events = Tindakan terakhir
console-events-hint = Siapa yang dikenai tetap tersegel.
console-ledger-by = Oleh
console-ledger-why = Alasan atau keperluan
console-position = Nomor
console-act = Tindakan
console-hour = Jam

# alerts
console-alerts = Peringatan
console-alerts-hint = Peringatan tidak mengunci siapa pun. Periksa, lalu tulis hasilnya.
console-alerts-none = Tidak ada peringatan.
console-alerts-open = Terbuka
console-alerts-closed = Sudah diperiksa
console-issue-whose = Kartu untuk
console-unsent = Isian Anda belum terkirim
console-unsent-here = Masa masuk Anda habis sebelum tombol ditekan. Isian Anda sudah kembali di formulirnya: periksa, lalu kirim sendiri. Berkas dan kotak centang dipilih lagi.
console-unsent-gone = Masa masuk Anda habis sebelum tombol ditekan, dan formulirnya sudah tidak ada di halaman ini. Yang Anda ketik:
console-unsent-person = Masa masuk Anda habis sebelum tombol ditekan. Buka lagi catatan orangnya dengan keperluan: isian Anda ada di halamannya. Disimpan paling lama 1 jam.
console-unsent-page = Kembali ke formulirnya
console-unsent-forget = Buang isian
console-hub-failing = Belum diterima pusat data kota
console-hub-failing-hint = Setiap peringatan dikirim juga ke pusat data kota. Yang di bawah ini belum diterimanya; peringatannya sendiri tetap ada di halaman ini. Beri tahu pengelola pusat data.
console-hub-alert = Peringatan nomor
console-hub-since = Belum diterima sejak
console-hub-tries = kali dicoba
console-hub-next = Dicoba lagi
console-hub-given-up = Tidak dicoba lagi sejak
console-hub-more = peringatan lain juga belum diterima.
console-hub-answer = Pusat data menjawab { $status }:
console-hub-fault-denied = pengirimnya tidak diizinkan. Periksa tanda tangan dan rahasianya di pusat data.
console-hub-fault-nothing = alamatnya tidak ada di sana. Periksa alamatnya.
console-hub-fault-elsewhere = alamatnya sudah pindah. Daftarkan alamat yang baru.
console-hub-fault-broken = ada gangguan di sana.
console-hub-fault-refused = pesan ini ditolak.
console-alert-own = Peringatan tentang akun Anda sendiri diperiksa auditor lain.
console-events-older = Lebih lama
console-events-newest = Terbaru
console-alert-note = Hasil pemeriksaan
console-alert-close = Selesai diperiksa
console-closed = Selesai
console-alert-burst = Lebih banyak warga dibuka dalam 10 menit daripada biasanya. Jumlah:
console-alert-night = Bekerja pada jam yang tidak biasa bagi petugas ini.
console-alert-two-places = Masuk dari perangkat atau alamat lain saat yang ini masih dipakai:
console-alert-new-authenticator = Cara masuk baru ditambahkan.
console-alert-break-glass = Perintah dijalankan tanpa orang kedua. Perintah, pengguna komputer, alasan:

err-console-origin = Konsol tidak dapat dibuka di alamat ini.
rec-console-origin = Pakai nama seperti http://localhost:8481 atau https://konsol.example pada console_url, bukan angka IP.

err-console-foreign-origin = Permintaan ini tidak datang dari konsol.
rec-console-foreign-origin = Buka konsol lagi di tab baru, lalu ulangi.

err-console-form-token = Halaman ini sudah terlalu lama terbuka.
rec-console-form-token = Kembali, muat ulang halaman, lalu kirim lagi.

err-console-unknown = Tidak ada apa-apa di sini.
rec-console-unknown = Cari lagi dari awal; data warga hanya terbuka di sesi ini.

err-console-sign-in = Nama, kata sandi, atau kode salah.
rec-console-sign-in = Periksa, lalu coba lagi.

err-console-slow-down = Terlalu banyak percobaan yang salah.
rec-console-slow-down = Tunggu sebentar, lalu coba lagi. Kunci sandi tetap dapat dipakai.

err-console-invitation = Kode undangan salah, sudah dipakai, atau habis masanya.
rec-console-invitation = Periksa kode, atau minta yang baru kepada admin.

err-console-passkey = Kunci sandi ini tidak diterima.
rec-console-passkey = Coba lagi dengan kunci sandi yang terdaftar di konsol ini.

err-console-passkey-taken = Kunci sandi ini sudah terdaftar.
rec-console-passkey-taken = Pakai kunci sandi lain.

err-console-last-authenticators = Akun harus punya dua cara masuk, satu di antaranya kunci sandi.
rec-console-last-authenticators = Tambahkan yang baru dahulu, lalu hapus yang lama.
err-console-too-many-ways = Akun ini sudah punya sepuluh cara masuk.
rec-console-too-many-ways = Hapus satu yang tidak dipakai lagi.

err-console-missing = Isian ini kosong.
rec-console-missing = Isi, lalu kirim lagi.

err-console-too-long = Isian ini terlalu panjang.
rec-console-too-long = Persingkat, lalu kirim lagi.

err-console-characters = Isian ini memuat tanda yang tidak terlihat.
rec-console-characters = Ketik ulang tanpa menyalin.

err-console-search = Ini bukan NIK, nomor KK, atau nama dengan tanggal lahir.
rec-console-search = Ketik 16 angka, atau nama dan tanggal lahir seperti 31-12-1990.

err-console-purpose = Keperluan atau alasan terlalu pendek.
rec-console-purpose = Tulis supaya warga mengerti, paling sedikit 5 huruf.

err-console-login = Nama masuk ini sudah dipakai atau tidak sesuai.
rec-console-login = Pakai 3 sampai 40 huruf kecil, angka, titik, atau garis, diawali huruf.

err-console-role = Peran itu tidak ada.
rec-console-role = Pilih pendaftar, penyetuju, auditor, atau admin.

err-console-weak-password = Kata sandi terlalu mudah.
rec-console-weak-password = Pakai paling sedikit 12 huruf, misalnya beberapa kata.

err-console-one-time-code = Kode sekali pakai salah atau sudah dipakai.
rec-console-one-time-code = Tunggu kode berikutnya di aplikasi, lalu coba lagi.

err-console-decided = Ini tidak menunggu lagi.
rec-console-decided = Muat ulang daftar persetujuan.

err-console-changed = Perkara ini sudah berubah sejak diusulkan.
rec-console-changed = Buka usulannya, lalu tekan Usulkan lagi.

err-console-offer = Tawaran tidak dapat dibuat.
rec-console-offer = Coba lagi; bila terulang, beri tahu pengembang.

err-console-scanned-twice = Kode ini dipindai dua kali, mungkin oleh ponsel lain.
rec-console-scanned-twice = Jangan bacakan kode. Terbitkan lagi.

err-console-file = Berkas terlalu besar.
rec-console-file = Impor di komputer penerbit: absah-issuer import.

err-four-eyes-required = Perintah ini perlu orang kedua. Usulannya sudah dicatat.
rec-four-eyes-required = Minta penyetuju memutuskannya di konsol. Perintah selain perubahan status lalu dijalankan sekali lagi dengan kata yang sama.

err-operator-login = Nama masuk ini sudah dipakai atau tidak sesuai.
rec-operator-login = Pakai 3 sampai 40 huruf kecil, angka, titik, atau garis, diawali huruf.

err-operator-role-unknown = Peran itu tidak ada.
rec-operator-role-unknown = Pakai pendaftar, penyetuju, auditor, atau admin.

err-operator-unknown = Petugas itu tidak ada.
rec-operator-unknown = Lihat daftarnya: absah-issuer operator list.

err-operator-name = Nama petugas kosong atau terlalu panjang.
rec-operator-name = Tulis nama orangnya, paling panjang 80 huruf.

# work, invitations in two parts, lifecycle
console-nav-work = Pekerjaan
console-work = Pekerjaan yang menunggu
console-work-hint = Nama tidak ditampilkan di sini. Membuka data tercatat di riwayat akses warga.
console-work-ticket = Permintaan warga
console-work-renewal = Perpanjangan:
console-tickets-none = Tidak ada permintaan.
console-renewals = Kartu yang segera berakhir
console-renewals-hint = Kartu di ponsel berakhir dalam 5 hari (berlaku 30 hari; ponsel memperpanjang sendiri sejak 7 hari sebelumnya), kartu kertas dalam 28 hari. Terbitkan lagi saat warga datang.
console-renewals-none = Tidak ada kartu yang segera berakhir.
console-ticket-correction = Koreksi data
console-ticket-deletion = Penghapusan data
console-ticket-note = Jawaban untuk warga
console-ticket-from-counter = dari loket
console-ticket-done = Sudah dikerjakan
console-ticket-refuse = Tidak dapat dikerjakan
console-change-cards = Kartu
console-change-register = Data penduduk
console-population-dead = Catat meninggal
console-population-moved = Catat pindah ke luar kota
console-population-living = Catat kembali sebagai warga
console-photo = Ganti foto
console-photo-hint = Foto baru berlaku setelah petugas lain membandingkannya.
console-photo-file = Foto (JPEG atau PNG)
console-photo-new = Foto baru yang diusulkan
console-invitation-part-1 = Ini bagian pertama. Bagian kedua ada pada penyetuju.
console-invitation-part-2 = Ini bagian kedua. Bagian pertama ada pada admin yang mengusulkan.
console-invitation-both = Serahkan langsung kepada orangnya; jangan kepada petugas lain. Hanya dengan kedua bagian ia dapat mendaftar.
console-invitation-second = Bagian kedua kode (bila ada)
console-invitation-second-hint = Bila dua petugas memberi Anda kode, isi keduanya.
console-import-left-out = data salah tidak diambil
console-import-families = keluarga tanpa KK
console-import-added = warga baru
console-import-changed = data berubah
console-import-people = Warga
console-import-report = Laporan impor
console-import-second = Belum ada yang diubah. Impor ini perlu orang kedua:
console-import-nothing = Isi berkas ini sudah sama dengan data. Tidak ada yang diubah.
console-import-unread = Tidak ada satu baris pun yang dapat diambil dari berkas ini. Data tidak diubah; perbaiki berkas menurut temuan di bawah, lalu unggah lagi.
console-import-photos = Foto di folder
console-import-photos-first = untuk warga yang belum punya foto:
console-import-photos-left = milik warga yang sudah punya foto lain, tidak diganti:
console-concerns-part = Yang tampak di bawah hanya sebagian:
console-kept-child = Anak yang kartunya ada di dompet orang ini:
console-family-cards = Keluarga yang kartunya ikut berubah:
console-services = Layanan yang diminta
console-file-content = Isi berkas
console-overtaken = Perkara ini sudah berubah sejak diusulkan, jadi tidak dapat disetujui lagi. Usulkan lagi supaya yang disetujui sesuai keadaan sekarang.
console-propose-again = Usulkan lagi
console-take-back = Tarik kembali usulan ini
console-taken-back = Ditarik kembali oleh pengusulnya
console-state-overtaken = Didahului perubahan lain
console-act-import = Impor data
console-act-population = Ubah status penduduk
console-act-portrait = Ganti foto
console-act-register-counter = Daftarkan loket
console-register = Daftarkan loket
console-access-key = Kunci loket: keluaran absah-verifier init --json
console-agency = Instansi
console-place = Tempat
console-services-file = Layanan (TOML atau JSON)
console-services-hint = Kosong berarti layanan dasar.
console-days = Berlaku berapa hari, paling lama 90
console-days-unit = hari
console-alert-new-device = Masuk dari perangkat yang belum pernah dipakai akun ini:
console-alert-outside-queue = Data dibuka tanpa permintaan dan tanpa tindakan, lebih banyak dari biasanya. Jumlah dalam satu jam:
console-alert-family = Anggota satu keluarga dibuka satu per satu tanpa tindakan. Jumlah:
console-alert-guess = Banyak pencarian yang tidak menemukan siapa pun, lebih dari biasanya: mungkin nomor ditebak-tebak. Jumlah dalam satu jam:
console-alert-honeytoken = Data umpan dibuka: tidak ada warga yang memintanya. Jumlah berbeda dalam satu jam:

err-console-offer-lost = Halaman penerbitan ini tidak berlaku lagi.
rec-console-offer-lost = Layanan dimulai ulang, waktunya habis, atau Anda masuk lagi. Tutup kode QR di sisi warga, buka lagi catatan warga, lalu tekan Terbitkan sekali lagi. Kartu yang sudah masuk ke ponsel tetap berlaku.
err-console-photo = Foto ini tidak dapat dipakai.
rec-console-photo = Pakai foto JPEG atau PNG yang utuh, wajah di tengah.

err-console-days = Jumlah hari tidak sesuai.
rec-console-days = Isi angka 1 sampai 90.
err-console-nothing-suspended = Tidak ada kartu yang ditangguhkan dan dapat dipulihkan.
rec-console-nothing-suspended = Kartu dari ponsel yang sudah diganti tidak dipulihkan. Terbitkan kartunya di ponsel yang dipakai sekarang.
console-paper = Kartu kertas
console-paper-hint = Untuk warga tanpa ponsel: A6 dengan foto dan satu kode. Cocokkan wajah dahulu. Kartu kertas yang lama berakhir. Hanya untuk layanan berisiko rendah; salinannya tidak dapat dikenali.
console-paper-button = Cetak kartu kertas
console-paper-years = Berlaku
console-paper-1 = 1 tahun
console-paper-2 = 2 tahun
console-paper-size = Kertas
console-paper-a6 = A6
console-paper-a4 = A4, digunting
console-paper-none = Foto belum ada: kartu kertas belum dapat dicetak.

console-act-letter = Surat keterangan
console-fact-name = Nama
console-letter-hint = Inilah isi surat yang akan diterima warga. Periksa apakah benar, lalu setujui atau tolak.
console-letter-purpose = Keperluan
console-letter-days = Berlaku berapa hari
console-letter-note = Alasan (wajib bila ditolak; dibaca warga)
console-ticket-letter = Permintaan surat

console-sample = Contoh orang dalam impor
console-sample-hint = Ini melihat data pribadi. Tujuan Anda dan siapa yang Anda lihat dicatat; warga dapat membacanya. Orangnya dipilih acak.
console-sample-open = Lihat contoh
console-sample-again = Lihat contoh lain
console-sample-none = Impor ini tidak mengubah dan tidak menambah orang.
console-sample-new = Orang baru
console-sample-changed = Data berubah
console-sample-back = Kembali ke keputusan
console-field-birthplace = Tempat lahir
console-field-born = Tanggal lahir
console-field-blood = Golongan darah
console-field-religion = Agama
console-field-relation = Hubungan keluarga
console-field-education = Pendidikan
console-field-citizenship = Kewarganegaraan
console-field-mother-nik = NIK ibu
console-field-mother = Nama ibu
console-field-father-nik = NIK ayah
console-field-father = Nama ayah
console-field-rt-rw = RT/RW
console-field-region = Kode wilayah
console-field-birth-certificate = Nomor akta lahir
console-field-status = Status dasar

err-console-prove-first = Perubahan cara masuk ini belum disahkan dengan kunci sandi Anda.
rec-console-prove-first = Buka Akun saya, ulangi, dan tunjukkan kunci sandi yang sudah ada bila diminta.

err-console-last-of-role = Ini satu-satunya petugas dengan peran ini yang dapat masuk.
rec-console-last-of-role = Undang petugas lain dengan peran ini dan tunggu sampai akunnya lengkap, lalu tutup akun ini.
err-console-last-reinvite = Ini satu-satunya petugas dengan peran ini: akunnya tidak dapat dimulai lagi tanpa petugas lain.
rec-console-last-reinvite = Undang petugas lain dengan peran ini lebih dulu. Bila cara masuknya sudah hilang, jalankan di komputer penerbit: absah-issuer operator reinvite NAMA --break-glass ALASAN.

console-import-caution = Lebih dari separuh baris berkas ini salah. Periksa berkasnya sebelum menyetujui.
console-import-families-caution = Keluarga yang datanya salah tidak mendapat Kartu Keluarga sampai diperbaiki. Jumlahnya:
console-looks-proposal = Memutuskan usulan
console-keeper-photo = Foto pemegang kartu anak

console-pendamping = Mode Pendamping
console-pendamping-hint = Pendamping terdaftar (PKK, Karang Taruna) membawa kartu warga tanpa ponsel selama 30 menit. Kartunya berakhir sendiri.
console-pendamping-helped = Warga yang dibantu
console-pendamping-people = warga
console-pendamping-target = Sasaran uji coba: lebih dari
console-pendamping-elderly = Lansia:
console-pendamping-begun = Sesi dimulai:
console-pendamping-sessions = Sesi
console-pendamping-where = Sesi baru dimulai dari halaman warga, saat warga ada di sini.
console-pendamping-session = Nomor
console-pendamping-one = Pendamping
console-pendamping-from = Mulai
console-pendamping-until = Sampai
console-pendamping-end = Akhiri sesi
console-pendamping-none = Belum ada sesi.
console-pendamping-helpers = Pendamping terdaftar
console-pendamping-nobody = Belum ada pendamping yang terdaftar.
console-pendamping-since = Sejak
console-pendamping-strike = Usulkan pencoretan
console-pendamping-register = Daftarkan pendamping
console-pendamping-id = Nomor pendamping
console-pendamping-id-hint = Huruf, angka, tanda hubung, misalnya pkk-07. Tampil di loket bersama namanya.
console-pendamping-organisation = Organisasi dan kelurahan
console-pendamping-person-hint = Untuk warga tanpa ponsel yang ada di sini: KTP-nya dibawa di ponsel pendamping selama 30 menit, untuk satu keperluan. Loket melihat siapa pendampingnya; warga melihatnya di riwayat.
console-pendamping-carries = Sedang dibawa oleh
console-pendamping-seen = Saya sudah mencocokkan KTP dan wajah warga.
console-pendamping-agreed = Warga setuju pendamping ini membawa kartunya selama 30 menit.
console-pendamping-button = Mulai 30 menit
console-act-register-pendamping = Daftarkan pendamping
console-act-remove-pendamping = Coret pendamping

console-ledger-act-import = data warga diubah atau diimpor
console-ledger-act-offer = kartu ditawarkan
console-ledger-act-redeem = kode penawaran ditukar
console-ledger-act-redeem-refused = penukaran kode penawaran ditolak
console-ledger-act-phone-code = kode telepon dibuat
console-ledger-act-ticket = permintaan warga diterima
console-ledger-act-ticket-close = permintaan warga dijawab
console-ledger-act-login-code = kode masuk dibuat
console-ledger-act-authorize = aplikasi warga diizinkan mengambil kartu
console-ledger-act-refresh = kartu diperbarui
console-ledger-act-release = kartu yang menunggu dilepaskan
console-ledger-act-withhold = kartu yang menunggu ditahan
console-ledger-act-issue = kartu diterbitkan
console-ledger-act-paper = kartu kertas dicetak
console-ledger-act-pendamping-start = sesi pendamping dimulai
console-ledger-act-pendamping-end = sesi pendamping diakhiri
console-ledger-act-pendamping-add = pendamping didaftarkan
console-ledger-act-pendamping-remove = pendamping dihapus dari daftar
console-ledger-act-revoke = kartu dicabut
console-ledger-act-suspend = kartu ditangguhkan
console-ledger-act-unsuspend = kartu dipulihkan
console-ledger-act-counter-register = loket didaftarkan
console-ledger-act-counter-withdraw = pendaftaran loket dicabut
console-ledger-act-bundle-publish = paket kepercayaan diterbitkan
console-ledger-act-identity = identitas penerbit diubah
console-ledger-act-token-convert = nomor pengganti NIK dicocokkan
console-ledger-act-supersede = kartu digantikan karena data berubah
console-ledger-act-person-view = data warga dilihat
console-ledger-act-erase = data dihapus
console-ledger-act-witness-add = saksi ditambahkan
console-ledger-act-witness-remove = saksi dihapus
console-ledger-act-quorum = jumlah saksi yang diperlukan diubah
console-ledger-act-propose = usulan diajukan
console-ledger-act-approve = usulan disetujui
console-ledger-act-refuse-proposal = usulan ditolak atau ditarik kembali
console-ledger-act-trust-create = akar kepercayaan dibuat
console-ledger-act-signer-publish = kunci penanda tangan diterbitkan
console-ledger-act-signer-distrust = kunci penanda tangan tidak lagi dipercaya
console-ledger-act-issuing-ca-renew = sertifikat penerbit diperbarui
console-ledger-act-issuing-ca-replace = sertifikat penerbit diganti
console-ledger-act-bundle-key-rotate = kunci paket kepercayaan diganti
console-ledger-act-operator-invite = petugas diundang
console-ledger-act-operator-enroll = petugas terdaftar
console-ledger-act-operator-disable = akun petugas ditutup
console-ledger-act-authenticator-add = cara masuk petugas ditambahkan
console-ledger-act-authenticator-remove = cara masuk petugas dihapus
console-ledger-act-sign-in = petugas masuk
console-ledger-act-sign-in-refused = masuk ditolak
console-ledger-act-session-end = sesi petugas diakhiri
console-ledger-act-hub = kunci pusat data diubah
console-ledger-act-break-glass = tindakan darurat di komputer penerbit
console-ledger-act-alert = peringatan dibuat
