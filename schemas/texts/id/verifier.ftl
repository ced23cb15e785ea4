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

err-evidence-unknown = Bukti dengan nomor itu tidak ada di loket ini.
rec-evidence-unknown = Periksa nomornya dengan evidence list.

err-evidence-retained = Masa simpan bukti ini belum habis.
rec-evidence-retained = Tunggu sampai masanya habis, atau tulis alasannya dengan --early.
err-evidence-due-unvouched = Menurut jam komputer ini masa simpannya habis, tetapi data terakhir loket belum membenarkannya.
rec-evidence-due-unvouched = Perbarui data loket dahulu dan periksa tanggal komputer, lalu ulangi. Bukti tetap tersimpan.
err-session-waiting = Jawaban ini menunggu petugas di halaman loket.
rec-session-waiting = Buka halaman loket dan pilih Cocok atau Tidak cocok di sana.
err-counter-already-served = Halaman loket ini sudah berjalan di komputer ini.
rec-counter-already-served = Buka berkas loket.html. Tutup dulu program yang pertama bila ingin memulai ulang.

err-verdict-nothing = Pemeriksaan ini sudah diputuskan atau sudah lewat waktunya.
rec-verdict-nothing = Mulai permintaan baru untuk warga ini.

err-verdict-reason = Alasan belum ditulis.
rec-verdict-reason = Tulis mengapa data loket yang lama boleh dipakai (pada perintah: --reason).

err-counter-page-not-local = Halaman loket hanya boleh dibuka di komputer ini.
rec-counter-page-not-local = Pakai alamat 127.0.0.1 untuk --page.

err-counter-page-not-served = Halaman loket sedang tidak dijalankan.
rec-counter-page-not-served = Jalankan serve lebih dahulu.

err-counter-page-key = Halaman ini belum dikenali program loket.
rec-counter-page-key = Tutup halaman ini, lalu buka berkas loket.html di folder data loket.

err-counter-page-foreign = Panggilan ini tidak datang dari halaman loket.
rec-counter-page-foreign = Buka berkas loket.html di folder data loket.

counter-page-open = Buka halaman loket dengan berkas ini (hanya untuk petugas komputer ini):
evidence-valid = BUKTI SAH
evidence-chain-whole = Rantai bukti utuh
evidence-state-kept = disimpan sampai
evidence-state-due = boleh dihapus sejak
evidence-state-erased = sudah dihapus
evidence-nothing-due = Tidak ada bukti yang masa simpannya sudah lewat.
evidence-next-due = Bukti berikutnya boleh dihapus sejak
evidence-overdue = Masa simpannya sudah lewat. Hapus dengan evidence erase --due, atau Hapus sekarang di halaman loket.
evidence-shown = Data yang ditunjukkan
evidence-early = Dihapus sebelum waktunya, alasan
evidence-waiting = Jawaban yang masih menunggu keputusan petugas (setelah 15 menit dicatat sebagai Tidak diputuskan):
counter-answer-waits = Jawaban ini sudah diterima, tetapi buktinya belum tercatat. Setelah 15 menit bukti dicatat sebagai Tidak diputuskan; lihat evidence list.
counter-replayed-lemah = Tunggu kode berikutnya di layar warga (paling lama 30 detik), lalu pindai lagi.
evidence-verdict-matched = Cocok
evidence-verdict-mismatched = Tidak cocok
evidence-verdict-abandoned = Tidak diputuskan

err-officer-wrong = Nama, PIN, atau kata sandi salah.
rec-officer-wrong = Coba lagi. Bila lupa, minta petugas teknis memberi PIN baru; kata sandi lalu Anda pilih lagi sendiri.

err-officer-wait = Terlalu banyak PIN atau kata sandi salah.
rec-officer-wait = Tunggu beberapa menit, lalu coba lagi.

err-officer-name = Nama petugas tidak dapat dipakai.
rec-officer-name = Tulis nama biasa, paling panjang 60 huruf.

err-officer-signed-out = Layar terkunci.
rec-officer-signed-out = Masuk lagi.

err-counter-store-log-busy = Sisa data yang dihapus belum bisa dibersihkan, karena program lain sedang membaca penyimpanan loket.
rec-counter-store-log-busy = Tutup program lain yang membuka folder data, lalu jalankan evidence list.

err-verdict-late = Keputusan datang terlambat: pemeriksaan ini sudah dicatat sebagai tidak diputuskan.
rec-verdict-late = Mulai permintaan baru untuk warga ini.

err-verdict-same-officer = Petugas dan atasan harus dua orang yang berbeda.
rec-verdict-same-officer = Minta atasan lain memasukkan nama dan PIN-nya.

err-officer-no-supervisor = Petugas ini tidak berhak menyetujui.
rec-officer-no-supervisor = Minta atasan yang terdaftar (officer set NAMA --supervisor).
counter-officer-supervisor = (atasan)
counter-filed = Bukti tersimpan:
evidence-head = Ujung rantai (catat di tempat lain):
evidence-verdict-unattended = Diterima tanpa petugas

err-services-file-changed = Berkas services.toml berubah sejak program loket dijalankan.
rec-services-file-changed = Daftar yang lama masih dipakai. Jalankan lagi program loket agar perubahannya berlaku.

err-services-file-unknown = Berkas services.toml menyebut layanan yang tidak terdaftar untuk loket ini.
rec-services-file-unknown = Perbaiki namanya di berkas itu, atau hapus. Layanan lain tetap jalan.

err-doctor-camera-unmeasured = Kamera loket ini belum diperiksa.
rec-doctor-camera-unmeasured = Cetak lembar uji di layar Periksa alat, lalu arahkan kamera ke lembar itu.

err-doctor-camera-weak = Kamera ini tidak dapat membaca kode jawaban warga.
rec-doctor-camera-weak = Bersihkan lensa, tambah cahaya, atau dekatkan. Bila tetap, pakai kamera lain atau alat pemindai USB.

err-doctor-camera-modest = Kamera ini hanya membaca kode yang jarang: jawaban warga perlu beberapa kode.
rec-doctor-camera-modest = Boleh dipakai. Agar lebih cepat, pakai kamera yang lebih tajam atau tambah cahaya.

err-doctor-measure = Hasil pemeriksaan itu tidak mungkin.
rec-doctor-measure = Ulangi pemeriksaan dengan lembar uji.

err-doctor-measure-apart = Versi, jarak, dan ketajaman itu tidak mungkin terukur bersama.
rec-doctor-measure-apart = Ukur lagi dengan lembar uji di depan kamera; angkanya tidak boleh diketik.

err-doctor-scanner-incomplete = Alat pemindai mengirim jumlah huruf yang lain.
rec-doctor-scanner-incomplete = Klik kotaknya dulu, lalu pindai kode itu sekali saja.

err-doctor-scanner-lossy = Susunan papan ketik menghilangkan beberapa huruf dari alat pemindai.
rec-doctor-scanner-lossy = Ubah bahasa papan ketik komputer ke Inggris (US), atau bahasa alat pemindai sesuai bukunya, lalu ulangi.

err-doctor-scanner-unused = Alat pemindai ini lebih dari tujuh hari tidak dikalibrasi dan tidak dipakai.
rec-doctor-scanner-unused = Jawaban masih terbaca dengannya. Agar boleh menggantikan kamera, pindai lagi kode di Periksa alat pemindai.

err-doctor-registration-ends = Pendaftaran loket ini berakhir dalam dua minggu.
rec-doctor-registration-ends = Mintalah Dukcapil mendaftarkan loket ini lagi, lalu perbarui data kepercayaan.

err-doctor-data-old = Data loket berumur lebih dari sehari.
rec-doctor-data-old = Perbarui lewat internet, USB, atau kode bergerak.

err-counter-bundle-url-unknown = Alamat data Dukcapil belum diatur.
rec-counter-bundle-url-unknown = Tulis bundle_url di config.toml, atau perbarui lewat USB.

err-counter-first-bundle = Data pertama loket harus dimasukkan oleh petugas teknis.
rec-counter-first-bundle = Jalankan bundle import dengan --root-sha256 di komputer ini.

err-counter-folder-file = Ada berkas di folder itu yang tidak dapat dibaca.
rec-counter-folder-file = Pilih folder data Dukcapil di USB, lalu coba lagi.

counter-strength-lemah = LEMAH: hanya untuk layanan berisiko rendah, bukan dasar mengubah data. Cocokkan wajah. Dua loket tanpa jaringan bisa menerima kode yang sama.
counter-strength-kertas = KERTAS: cocokkan wajah. Salinan tidak bisa dikenali; hanya untuk layanan berisiko rendah.
counter-portrait-kertas = Jangan terima kartu kertas ini: fotonya bukan foto yang ditandatangani Dukcapil, jadi palsu atau diubah. Minta KTP-nya.
counter-unanswered = Tidak ada di kartu kertas: { $facts }. Lihat tahun lahir dan kelurahannya, atau tanyakan.

err-response-code = Jawaban itu tidak kembali ke halaman yang memintanya.
rec-response-code = Tampilkan kode baru di halaman loket, lalu ulangi di komputer yang sama.

err-officer-passkey = Kunci sandi itu tidak diterima.
rec-officer-passkey = Coba lagi, atau masuk dengan PIN.

err-officer-passkey-none = Kunci sandi itu tidak ada di loket ini.
rec-officer-passkey-none = Masuk dengan PIN, lalu tambah kunci sandi.

err-officer-passkey-taken = Kunci sandi itu sudah terdaftar.
rec-officer-passkey-taken = Pakai kunci lain, atau langsung masuk dengan kunci itu.

err-officer-passkey-many = Kunci sandi petugas ini sudah banyak.
rec-officer-passkey-many = Hapus dulu yang tidak dipakai.

err-officer-passkey-elsewhere = Kunci sandi hanya dapat dipakai bila halaman ini dibuka dengan nama localhost.
rec-officer-passkey-elsewhere = Mulai lagi program loket, lalu buka berkas loket.html.

err-phone-secret = Kode untuk menghubungkan ponsel itu tidak berlaku.
rec-phone-secret = Minta kode baru di layar loket, lalu pindai.

err-phone-unpaired = Ponsel ini tidak terhubung ke loket.
rec-phone-unpaired = Minta kode baru di layar loket, lalu pindai.

err-phone-flood = Ponsel mengirim terlalu sering.
rec-phone-flood = Tunggu sebentar. Bila terulang, lepaskan ponsel itu di layar loket.

err-phone-too-much = Ponsel mengirim lebih banyak daripada yang dibaca kamera.
rec-phone-too-much = Lepaskan ponsel itu di layar loket, lalu hubungkan lagi.

err-phone-address = Komputer ini tidak punya alamat jaringan untuk ponsel.
rec-phone-address = Sambungkan ke jaringan kantor, atau jalankan serve dengan --scanner-address.

guide-never = Jangan pernah
guide-counter-title = Loket: melayani tanpa fotokopi
guide-counter-1 = Pilih layanan di layar. Kode besar muncul.
guide-counter-2 = Minta warga membuka Absah, menekan Tunjukkan, lalu memindai kode itu. HP tetap di tangan warga.
guide-counter-3 = Tunggu. Warga membaca sendiri apa yang diminta, lalu setuju atau menolak. Menolak adalah haknya.
guide-counter-4 = Arahkan kode di HP warga ke kamera, atau pakai pemindai. Satu jengkal, jangan silau.
guide-counter-5 = Hijau: bandingkan wajah dengan foto di layar, lalu tekan Cocok atau Tidak cocok.
guide-counter-6 = Kuning, merah, atau abu-abu: baca kalimat di layar dan ikuti langkahnya. Jangan menyalahkan warga.
guide-counter-7 = Selesai. Bukti tersimpan sendiri dan terkunci. Tidak perlu fotokopi, foto, atau tangkapan layar.
guide-counter-8 = Kartu kertas: pindai kodenya; hanya layanan ringan, dan wajah dicocokkan. Dibawa pendamping: warganya ikut hadir. Tanpa HP, rusak, atau ragu: layani dengan kartu asli. Tidak ada warga yang ditolak karena tidak memakai Absah.
guide-counter-never-1 = Jangan meminta PIN atau kode pemulihan.
guide-counter-never-2 = Jangan memotret layar atau kartu warga.
guide-counter-never-3 = Jangan meminta data yang tidak tertulis di layar.
guide-helper-title = Pendamping: membantu tanpa mengambil alih
guide-helper-1 = Tanyakan dulu: mau mengurus apa? HP tetap di tangan pemiliknya. Tidak punya HP: Mode Pendamping, dimulai bersama di loket Dukcapil. KTP-nya di HP Anda 30 menit, hanya untuk satu urusan orang itu.
guide-helper-2 = Buka Absah bersama. Bacakan layar pelan-pelan, atau tekan tombol suara.
guide-helper-3 = PIN diketik pemiliknya sendiri. Anda berpaling.
guide-helper-4 = Bacakan siapa yang meminta dan apa saja yang akan terlihat.
guide-helper-5 = Tunggu jawabannya. Pemilik yang memutuskan Setuju atau Tolak, juga dalam Mode Pendamping.
guide-helper-6 = Bila ragu, tekan Tolak. Layanan tetap bisa dengan kartu asli.
guide-helper-7 = Kode pemulihan ditulis di kertas dan disimpan pemiliknya, bukan oleh Anda.
guide-helper-8 = HP hilang: segera ke Dukcapil atau telepon. Semua kartu di HP itu dihentikan sekaligus.
guide-helper-never-1 = Jangan meminta, mencatat, atau mengingat PIN.
guide-helper-never-2 = Jangan menyetujui tanpa jawaban pemilik kartu.
guide-helper-never-3 = Jangan memotret kartu atau layar.

relation-title = Hubungan keluarga
relation-person-holder = Pemegang kartu
relation-person-dependant = Anak atau tanggungan
relation-person-unknown = Pemilik kartu ini belum pasti
relation-ibu = { $holder } adalah ibu dari { $dependant }.
relation-ayah = { $holder } adalah ayah dari { $dependant }.
relation-orang-tua = { $holder } adalah orang tua dari { $dependant }.
relation-kakek-nenek = { $holder } adalah kakek atau nenek dari { $dependant }.
relation-pasangan-kepala = { $holder } adalah suami atau istri kepala keluarga dari { $dependant }, belum tentu orang tuanya.
relation-sekeluarga = { $holder } satu kartu keluarga dengan { $dependant }.
relation-wali = { $holder } adalah wali dari { $dependant }.
relation-none = Hubungan { $holder } dengan { $dependant } tidak terbukti.
relation-none-todo = Jangan menebak dari nama. Minta kartu keluarga, atau kartu anak yang sudah diperbarui.
relation-proof = Terbukti dari { $card }: { $said }.

err-officer-password-needed = Kata sandi belum diketik.
rec-officer-password-needed = Hari ini Anda belum masuk di loket ini. Ketik PIN dan kata sandi Anda.
counter-officer-no-password = (belum punya kata sandi: dipilih saat masuk berikutnya)
counter-ticket-filed = Dicatat. Kirim dengan ticket send, atau bawa berkasnya dengan ticket export.
counter-ticket-sent = Sampai: { $arrived }. Ditolak: { $refused }.
counter-ticket-exported = { $count } permintaan ditulis. Bawa berkas dan kuncinya terpisah ke Dukcapil, lalu jalankan ticket handed-in.
counter-ticket-handed-in = { $count } permintaan sudah diserahkan.
counter-ticket-state-waiting = menunggu
counter-ticket-state-arrived = sudah sampai
counter-ticket-state-refused = ditolak
err-ticket-fact = Kartu itu tidak memuat data tersebut.
rec-ticket-fact = Pilih salah satu data yang tampil.
err-ticket-card = Bukti ini tidak menyebut kartu yang mana.
rec-ticket-card = Minta warga menunjukkan kartunya dengan permintaan biasa.
err-tickets-full = Terlalu banyak permintaan koreksi yang menunggu di loket ini.
rec-tickets-full = Kirim atau bawa dulu yang menunggu ke Dukcapil.
err-ticket-unavailable = Dukcapil belum dapat menerima permintaan koreksi.
rec-ticket-unavailable = Permintaan tetap tersimpan dan dikirim lagi nanti.
counter-ticket-state-exported = dibawa dalam berkas
err-officer-unapproved = Perubahan ini perlu persetujuan atasan.
rec-officer-unapproved = Ulangi dengan --by NAMA-ATASAN dan PIN-nya; kalau tidak ada atasan: --break-glass ALASAN, yang tercatat.
counter-change-officer = petugas ditambahkan:
counter-change-officer-reset = PIN petugas diganti:
counter-change-supervisor = atasan ditambahkan:
counter-change-supervisor-reset = PIN atasan diganti:
counter-change-removed = petugas dihapus:
counter-change-erased = bukti dihapus lebih awal:
counter-change-key = kunci bukti diserahkan:
counter-change-camera = kamera diukur oleh:
pendamping-carries = Kartu ini dibawa pendamping { $name } ({ $organisation }) sampai { $until }. Pemilik kartu harus ada di sini.
relation-alone = Ini kartu anak atau tanggungan. Siapa yang membawanya belum terbukti.
relation-alone-todo = Minta KTP pembawanya bersama kartu ini.
evidence-clock-alone = jam komputer ini menunjuk { $clock }, dan tidak ada data bertanda tangan yang membenarkannya
