# Konsol petugas (krama; dereng dipun priksa panutur asli).

# pages
console-title = Absah Dukcapil
console-skip = Langsung dhateng isi
console-nav = Kaca
console-nav-home = Ngajeng
console-nav-people = Pados warga
console-nav-approvals = Palilah
console-nav-imports = Impor data
console-nav-counters = Loket
console-nav-operators = Petugas
console-nav-ledger = Cathetan
console-nav-alerts = Pepeling
console-nav-account = Akun kula
console-js-failed = Mboten saged. Mangga cobi malih.
console-js-cancelled = Kunci sandi mboten dipun agem utawi dipun wurungaken. Mangga cobi malih.
console-failure = Mboten saged dipun lajengaken
console-home = Ngajeng
console-sign-out = Medal
console-sign-in = Mlebet
console-sign-in-intro = Konsol punika kagem petugas Dukcapil. Saben tindak dipun cathet.
console-sign-in-passkey = Mlebet mawi kunci sandi
console-sign-in-hint = Piranti panjenengan nyuwun driji, rai, utawi PIN.
console-sign-in-fallback = Kunci sandi mboten wonten?
console-fallback-limits = Tembung sandi lan kode sapisan namung mbikak akun panjenengan piyambak, sanes data warga.
console-have-invitation = Kula gadhah kode ulem
console-login = Nama mlebet
console-password = Tembung sandi
console-code = Kode 6 angka saking aplikasi
console-invitation = Kode ulem
console-invitation-intro = Mangga dipun ketik kode ingkang dipun tampi. Kode namung kaanggep sepisan.
console-invitation-code = Kode
console-continue = Lajeng
console-residents = warga ing data
console-waiting = nengga
console-open = kabikak
console-imports-hint = Data lan ajinipun

# account
console-account = Akun kula
console-weak-session = Panjenengan mlebet mawi tembung sandi. Kagem ngladosi warga, mangga mlebet mawi kunci sandi.
console-incomplete = Akun punika mbetahaken kalih cara mlebet. Mangga nambah kunci sandi, lajeng ingkang kaping kalih.
console-ways = Cara mlebet
console-passkey = Kunci sandi
console-added = Dipun tambah
console-used = Pungkasan dipun agem
console-actions = Tindak
console-remove = Busak
console-no-passkey = Dereng wonten kunci sandi.
console-passkey-label = Nama kunci sandi, upami "Komputer loket 2"
console-passkey-add = Tambah kunci sandi
console-code-and-password = Tembung sandi lan kode sapisan
console-set = sampun dipun atur
console-not-set = dereng dipun atur
console-fallback = Atur tembung sandi lan kode
console-totp-intro = Mangga serat kunci punika ing aplikasi kode sapisan, lajeng isi kode ingkang medal.
console-password-new = Tembung sandi enggal, paling sekedhik 12 aksara
console-save = Simpen
console-sessions = Sesi ingkang kabikak
console-device = Peramban
console-since = Wiwit
console-seen = Pungkasan dipun agem
console-this = sesi punika
console-end = Pungkasi
console-role-pendaftar = Pandhaftar
console-role-penyetuju = Panyarujuk
console-role-auditor = Auditor
console-role-admin = Admin

# people
console-people = Pados warga
console-search-q = NIK, nomer KK, utawi nama
console-search-born = Tanggal lair (menawi pados nama)
console-purpose = Kabetahan
console-purpose-hint = Warga saged maos kabetahan punika ing riwayat aksesipun.
console-search = Pados
console-found = Kepanggih
console-found-more = Taksih wonten malih. Mangga nama dipun jangkepi.
console-found-none = Mboten wonten ingkang cocok. Mangga nomer, utawi nama lan tanggal lair dipun priksa.
console-open-record = Bikak data
console-person = Data warga
console-case = Dipun bikak kagem
console-facts = Data
console-portrait = Foto rai
console-fact-nik = NIK
console-fact-kk = Nomer KK
console-fact-birth = Lair
console-fact-sex = Jinis
console-fact-address = Alamat
console-fact-marriage = Status kawin
console-fact-job = Pandamelan
console-fact-status = Status penduduk
console-family = Kulawarga
console-family-none = Mboten wonten anggota sanes.
console-cards = Kertu
console-status-valid = Lumampah
console-status-revoked = Dipun cabut
console-status-suspended = Dipun tangguhaken
console-status-superseded = Dipun gantos
console-status-ended = Sampun telas mangsanipun
console-status-unknown = Dereng mesthi
console-issued = Dipun wedalaken
console-expires = Lumampah dumugi
console-card-none = Dereng nate dipun wedalaken.
console-card-last = Ponsel mboten ngénggalaken kertu punika piyambak. Mangga dipun wedalaken malih saderengipun telas utawi menawi datanipun ewah.
console-issue-button = Wedalaken
console-propose = Usul ewah-ewahan
console-propose-hint = Petugas sanes kanthi peran sanes ingkang mutusaken.
console-change = Ewah-ewahan
console-change-suspend = Tangguhaken
console-change-unsuspend = Pulihaken
console-change-supersede = Gantosi
console-change-revoke = Cabut salaminipun
console-which-card = Kertu
console-all-cards = Sedaya kertu
console-reason = Pawadan
console-propose-button = Usulaken
console-lost = Ponsel ical
console-lost-hint = Sedaya kertu warga punika dipun tangguhaken sapunika ugi. Mulihaken mbetahaken palilah.
console-lost-button = Tangguhaken sedaya kertu
console-lost-none = Mboten wonten kertu ingkang taksih lumampah wonten ponselipun warga punika: mboten wonten ingkang dipuntangguhaken. Tawaran kertu ingkang taksih kabikak dipunpungkasi.
console-tickets = Panyuwunan warga

# issue
console-issue = Wedalaken kertu
console-issue-step1 = Rai dipun cocokaken, lajeng kode QR dipun tuduhaken ing layar warga.
console-issue-open-scan = Bikak layar warga
console-issue-step2 = Warga mindhai kode kasebat mawi aplikasi Absah.
console-issue-step3 = Kode 6 angka medal ing mriki. Mangga dipun waosaken dhateng warga.
console-stage-waiting = Nengga dipun pindhai.
console-stage-scanned = Sampun dipun pindhai. Kode punika dipun waosaken.
console-stage-scanned-twice = Dipun pindhai kaping kalih, bokmenawi dening ponsel sanes. Sampun maosaken kode punapa kemawon. Wedalaken malih.
console-stage-redeemed = Kode leres. Kertu saweg dipun kintun.
console-stage-issued = Kertu sampun dipun wedalaken. Nengga ponsel nyimpen.
console-stage-stored = Rampung. Kertu sampun wonten ing ponsel warga.
console-stage-withdrawn = Mboten saestu medal: data utawi kertu warga ewah sasampunipun kode dipun damel. Wangsul dhateng data warga lan priksanen.
console-stage-guessed = Kode kakèhen dipun bathang lan pejah. Sampun dipun waosaken malih. Priksanen namung ponsel warga ingkang mindhai, lajeng wedalaken malih.
console-wrong-tries = Kode ingkang lepat dipun ketik. Menawi sanes warga ing ngajeng panjenengan, sampun dipun waosaken malih lan wedalaken enggal:
console-stage-ended = Wekdalipun telas. Wedalaken malih.
console-read-aloud = Kode kagem dipun waos:
console-offer-until = Tawaran lumampah dumugi
console-back = Wangsul
console-refresh = Dipun enggalaken
console-scan = Pindhai
console-scan-intro = Mangga pindhai kode punika mawi aplikasi Absah.
console-scan-alt = Kode QR tawaran kertu

# approvals
console-approvals = Palilah
console-approvals-hint = Kalih tiyang, kalih peran: ingkang usul mboten mutusaken.
console-approval = Usulan
console-nothing-waits = Mboten wonten ingkang nengga.
console-part = Perangan
console-part-before = Saderengipun
console-part-after = Salajengipun
console-restored = Ingkang dipun pulihaken
console-restore-copies = salinan ingkang medal
console-restore-back = sah malih
console-restore-stays = tetep dipun tangguhaken, amargi kertu sampun medal malih wonten ponsel sanès
console-restore-none = Mboten wonten salinan ingkang dipun tangguhaken.
console-restore-hint = Salinan sah malih wonten ing ponsel ingkang nyimpen. Sarujukana namung menawi ponsel punika wonten ing warga.
console-restore-renewal = Kertu ingkang dipun pulihaken mboten dipun énggalaken piyambak déning ponsel. Sasampunipun dipun sarujuki, mangga kertunipun dipun wedalaken malih wonten ponsel punika.
console-restore-carried = wonten ponsel pendamping
console-letter-dead = Tiyang punika kacathet sampun seda. Serat mboten saged dipun sarujuki; tampikanen mawi alesan.
console-letter-away = Tiyang punika mboten kacathet malih minangka warga ing ngriki. Priksanen saderengipun sarujuk.
console-letter-suspended = Wonten kertu tiyang punika ingkang dipun tangguhaken, upami amargi ponsel ical. Priksanen menawi panyuwunan saking warga piyambak.
console-past = Sampun dipun putusaken
console-from-citizen = dipun suwun warga
console-fallback-remove = Busak tembung sandi lan kode
console-prove-hint = Saderengipun cara mlebet dipun tambah utawi dipun busak, panjenengan nedahaken kunci sandi ingkang sampun wonten.
console-keeper = Ing ponselipun sinten?
console-keeper-face = Cocogaken pasuryanipun ingkang nyepeng kertu lare punika:
console-photo-old = Foto samenika
console-local = saking komputer panerbit
console-reason-none = mboten dipunsebataken
console-proposer-closed = Akun ingkang ngusulaken sampun dipuntutup. Mangga dipunpriksa malih punapa usulan punika leres.
console-state-waiting = Nengga
console-state-approved = Dipun sarujuki
console-state-refused = Dipun tampik
console-state-used = Sampun dipun lampahaken
console-act-status = Ewah status kertu
console-act-import-changes = Ewah-ewahan saking impor
console-act-invite-operator = Ulem petugas
console-act-reinvite-operator = Ulem petugas malih
console-act-disable-operator = Tutup akun petugas
console-act-withdraw-counter = Cabut pandhaftaran loket
console-act-command = Dhawuh ing komputer panerbit
console-matter = Prakawis
console-proposed-by = Dipun usulaken dening
console-decided-by = Dipun putusaken dening
console-hash = Tandha usulan
console-concerns = Ngengingi
console-concerns-hint = Saben warga ing mriki mirsani ing riwayat aksesipun bilih panjenengan mbikak.
console-decide = Putusaken
console-decide-hint = Putusan dipun tandhatangani mawi kunci sandi panjenengan.
console-note = Cathetan (kenging kothong)
console-approve = Sarujuk
console-refuse = Tampik
console-signed-text = Serat ingkang dipun tandhatangani

# imports
console-imports = Impor data
console-imports-none = Dereng wonten impor ing konsol punika.
console-import = Laporan impor
console-import-file = Berkas CSV saking IKD
console-import-hint = Paling ageng 64 MB. Larik ingkang klentu dipun langkungi lan dipun laporaken.
console-import-button = Pundhut data
console-file = Berkas
console-when = Wekdal
console-rows = Larik
console-taken = Dipun pundhut
console-skipped = Dipun langkungi
console-findings = Panggihan
console-findings-none = Mboten wonten panggihan.
console-changed-cards = Kertu ingkang ewah
console-download = Undhuh panggihan (CSV)
console-row = Larik
console-column = Kolom
console-finding = Panggihan
console-weight = Bobot
console-weight-error = Kalepatan
console-weight-warning = Pepeling

# counters
console-counters = Loket
console-counters-hint = Loket namung kepareng nyuwun ingkang kadhaftar. Ndhaftaraken lan njabut betah tiyang kalih.
console-counters-none = Dereng wonten loket kadhaftar.
console-counter-valid = Kadhaftar
console-counter-ended = Telas wekdalipun
console-counter-withdrawn = Dipun cabut
console-withdraw = Usul cabut

# operators
console-operators = Petugas
console-operator = Petugas
console-name = Nama
console-role = Peran
console-state = Kawontenan
console-operator-invited = Dipun ulem
console-operator-incomplete = Dereng jangkep
console-operator-active = Aktif
console-operator-closed = Dipun tutup
console-make-code = Damel kode ulem
console-change-operator = Ewah
console-reinvite = Usul ulem enggal
console-disable = Usul panutupan
console-invite = Ulem petugas
console-invitation-made = Kode ulem kagem petugas
console-invitation-once = Namung dipun tuduhaken sapisan.

# ledger
console-ledger = Cathetan
console-log-audit = Cathetan tindak
console-log-registry = Cathetan umum
console-leaves = Cacahing cathetan
console-signed = Dipun tandhatangani
console-final = Dipun sahaken seksi dumugi
console-outbox = Nengga mlebet
console-witnesses = Seksi
console-quorum = kuorum
console-witnesses-none = Dereng wonten seksi. Cathetan punika dereng dipun awasi tiyang sanes.
console-witness-fault = wangsulan lepat:
console-events = Tindak pungkasan
console-events-hint = Sinten ingkang kengingan tetep dipun segel.
console-ledger-by = Dening
console-ledger-why = Alesan utawi kabetahan
console-position = Nomer
console-act = Tindak
console-hour = Jam

# alerts
console-alerts = Pepeling
console-alerts-hint = Pepeling mboten ngunci sinten kemawon. Mangga dipun priksa, lajeng serat asilipun.
console-alerts-none = Mboten wonten pepeling.
console-alerts-open = Taksih kabikak
console-alerts-closed = Sampun dipunpriksa
console-issue-whose = Kertu kagem
console-unsent = Isen-isen panjenengan dereng kakintun
console-unsent-here = Wekdal mlebet panjenengan sampun telas saderengipun tombol dipunpencet. Isen-isenipun sampun wangsul ing formuliripun: mangga dipunpriksa, lajeng dipunkintun piyambak. Berkas lan kothak centhang dipunpilih malih.
console-unsent-gone = Wekdal mlebet panjenengan sampun telas saderengipun tombol dipunpencet, lan formuliripun sampun mboten wonten ing kaca punika. Ingkang panjenengan ketik:
console-unsent-person = Wekdal mlebet panjenengan sampun telas saderengipun tombol dipunpencet. Mangga cathetanipun tiyang punika dipunbikak malih kanthi kaperluan: isen-isenipun wonten ing kacanipun. Dipunsimpen paling dangu 1 jam.
console-unsent-page = Wangsul dhateng formuliripun
console-unsent-forget = Isen-isen dipunbucal
console-hub-failing = Dereng dipuntampi pusat data kutha
console-hub-failing-hint = Saben pepeling ugi dipunkintun dhateng pusat data kutha. Ingkang wonten ngandhap punika dereng dipuntampi; pepelingipun piyambak tetep wonten ing kaca punika. Mangga dipunsanjangaken dhateng ingkang ngurus pusat data.
console-hub-alert = Pepeling nomer
console-hub-since = Dereng dipuntampi wiwit
console-hub-tries = kaping dipuncobi
console-hub-next = Dipuncobi malih
console-hub-given-up = Mboten dipuncobi malih wiwit
console-hub-more = pepeling sanes ugi dereng dipuntampi.
console-hub-answer = Pusat data mangsuli { $status }:
console-hub-fault-denied = ingkang ngintun mboten dipunparengaken. Mangga tandha tangan lan wadosipun dipunpriksa ing pusat data.
console-hub-fault-nothing = alamatipun mboten wonten ing ngrika. Mangga alamatipun dipunpriksa.
console-hub-fault-elsewhere = alamatipun sampun pindhah. Mangga alamat ingkang enggal dipundhaftar.
console-hub-fault-broken = wonten gangguan ing ngrika.
console-hub-fault-refused = pesen punika dipuntulak.
console-alert-own = Pepeling bab akun panjenengan piyambak dipunpriksa auditor sanes.
console-events-older = Langkung lami
console-events-newest = Enggal piyambak
console-alert-note = Asil pamriksan
console-alert-close = Rampung dipun priksa
console-closed = Rampung
console-alert-burst = Langkung kathah warga dipun bikak salebeting 10 menit tinimbang limrahipun. Cacahipun:
console-alert-night = Nyambut damel ing jam ingkang mboten limrah kangge petugas punika.
console-alert-two-places = Mlebet saking piranti utawi alamat sanes nalika punika taksih dipun agem:
console-alert-new-authenticator = Cara mlebet enggal dipun tambahaken.
console-alert-break-glass = Prentah dipunlampahaken tanpa tiyang kaping kalih. Prentah, ingkang ngagem komputer, alesan:

err-console-origin = Konsol mboten saged dipun bikak ing alamat punika.
rec-console-origin = Mangga ngagem nama kados http://localhost:8481 utawi https://konsol.example ing console_url, sanes angka IP.

err-console-foreign-origin = Panyuwunan punika mboten saking konsol.
rec-console-foreign-origin = Mangga bikak konsol malih ing tab enggal, lajeng dipun ambali.

err-console-form-token = Kaca punika sampun kedangon kabikak.
rec-console-form-token = Mangga wangsul, kaca dipun enggalaken, lajeng kintun malih.

err-console-unknown = Mboten wonten punapa-punapa ing mriki.
rec-console-unknown = Mangga pados malih saking wiwitan; data warga namung kabikak ing sesi punika.

err-console-sign-in = Nama, tembung sandi, utawi kode lepat.
rec-console-sign-in = Mangga dipun priksa, lajeng cobi malih.

err-console-slow-down = Kathah sanget cobi ingkang lepat.
rec-console-slow-down = Mangga nengga sekedhap, lajeng cobi malih. Kunci sandi tetep saged dipun agem.

err-console-invitation = Kode ulem lepat, sampun dipun agem, utawi telas wekdalipun.
rec-console-invitation = Mangga kode dipun priksa, utawi nyuwun ingkang enggal dhateng admin.

err-console-passkey = Kunci sandi punika mboten dipun tampi.
rec-console-passkey = Mangga cobi malih mawi kunci sandi ingkang kadhaftar ing konsol punika.

err-console-passkey-taken = Kunci sandi punika sampun kadhaftar.
rec-console-passkey-taken = Mangga ngagem kunci sandi sanes.

err-console-last-authenticators = Akun kedah gadhah kalih cara mlebet, setunggalipun kunci sandi.
rec-console-last-authenticators = Mangga nambah ingkang enggal rumiyin, lajeng mbusak ingkang lami.
err-console-too-many-ways = Akun punika sampun gadhah sedasa cara mlebet.
rec-console-too-many-ways = Busaken setunggal ingkang mboten dipunagem malih.

err-console-missing = Isian punika kothong.
rec-console-missing = Mangga dipun isi, lajeng kintun malih.

err-console-too-long = Isian punika kedawan.
rec-console-too-long = Mangga dipun cekakaken, lajeng kintun malih.

err-console-characters = Isian punika wonten tandha ingkang mboten ketingal.
rec-console-characters = Mangga dipun serat malih tanpa nyalin.

err-console-search = Punika sanes NIK, nomer KK, utawi nama mawi tanggal lair.
rec-console-search = Mangga serat 16 angka, utawi nama lan tanggal lair kados 31-12-1990.

err-console-purpose = Kabetahan utawi pawadan kecekaken.
rec-console-purpose = Mangga serat supados warga mangertos, paling sekedhik 5 aksara.

err-console-login = Nama mlebet punika sampun dipun agem utawi mboten jumbuh.
rec-console-login = Mangga ngagem 3 dumugi 40 aksara alit, angka, titik, utawi garis, wiwit aksara.

err-console-role = Peran punika mboten wonten.
rec-console-role = Mangga pilih pendaftar, penyetuju, auditor, utawi admin.

err-console-weak-password = Tembung sandi gampil sanget.
rec-console-weak-password = Mangga ngagem paling sekedhik 12 aksara, upami sawetawis tembung.

err-console-one-time-code = Kode sapisan lepat utawi sampun dipun agem.
rec-console-one-time-code = Mangga nengga kode salajengipun ing aplikasi, lajeng cobi malih.

err-console-decided = Punika mboten nengga malih.
rec-console-decided = Mangga dhaftar palilah dipun enggalaken.

err-console-changed = Prakawis punika sampun ewah wiwit dipun usulaken.
rec-console-changed = Mangga bikak usulanipun, lajeng pencet Usulaken malih.

err-console-offer = Tawaran mboten saged dipun damel.
rec-console-offer = Mangga cobi malih; menawi taksih, matur pangembang.

err-console-scanned-twice = Kode punika dipun pindhai kaping kalih, bokmenawi dening ponsel sanes.
rec-console-scanned-twice = Sampun maosaken kode. Wedalaken malih.

err-console-file = Berkas ageng sanget.
rec-console-file = Mangga impor ing komputer panerbit: absah-issuer import.

err-four-eyes-required = Dhawuh punika mbetahaken tiyang kaping kalih. Usulanipun sampun dipun cathet.
rec-four-eyes-required = Nyuwun panyarujuk mutusaken ing konsol. Dhawuh sanesipun ewah status lajeng dipun lampahaken malih kanthi tembung ingkang sami.

err-operator-login = Nama mlebet punika sampun dipun agem utawi mboten jumbuh.
rec-operator-login = Mangga ngagem 3 dumugi 40 aksara alit, angka, titik, utawi garis, wiwit aksara.

err-operator-role-unknown = Peran punika mboten wonten.
rec-operator-role-unknown = Mangga ngagem pendaftar, penyetuju, auditor, utawi admin.

err-operator-unknown = Petugas punika mboten wonten.
rec-operator-unknown = Mangga dipun priksa: absah-issuer operator list.

err-operator-name = Nama petugas kothong utawi kedawan.
rec-operator-name = Mangga serat namanipun, paling panjang 80 aksara.

# work, invitations in two parts, lifecycle
console-nav-work = Pakaryan
console-work = Pakaryan ingkang ngrantos
console-work-hint = Asma mboten dipun tampilaken wonten ngriki. Mbikak data kacathet wonten riwayat akses warga.
console-work-ticket = Panyuwunan warga
console-work-renewal = Lintu enggal:
console-tickets-none = Mboten wonten panyuwunan.
console-renewals = Kertu ingkang badhe telas wekdalipun
console-renewals-hint = Kertu ing ponsel ingkang pungkasan ing 5 dinten (sah 30 dinten; ponsel nganyari piyambak wiwit 7 dinten saderengipun), kertu dluwang ing 28 dinten. Wedalaken malih nalika warga rawuh.
console-renewals-none = Mboten wonten kertu ingkang badhe telas.
console-ticket-correction = Leresaken data
console-ticket-deletion = Mbusak data
console-ticket-note = Wangsulan kangge warga
console-ticket-from-counter = saking loket
console-ticket-done = Sampun dipun tindakaken
console-ticket-refuse = Mboten saged dipun tindakaken
console-change-cards = Kertu
console-change-register = Data warga
console-population-dead = Cathet seda
console-population-moved = Cathet pindhah medal kitha
console-population-living = Cathet wangsul dados warga
console-photo = Gantos foto
console-photo-hint = Foto enggal kaanggep sasampunipun petugas sanes mbandhingaken.
console-photo-file = Foto (JPEG utawi PNG)
console-photo-new = Foto enggal ingkang dipun usulaken
console-invitation-part-1 = Punika perangan kapisan. Perangan kalih wonten penyetuju.
console-invitation-part-2 = Punika perangan kalih. Perangan kapisan wonten admin ingkang ngusulaken.
console-invitation-both = Mangga dipun aturaken piyambak dhateng tiyangipun; sampun dhateng petugas sanes. Namung mawi kalih perangan piyambakipun saged ndhaftar.
console-invitation-second = Perangan kalih kode (menawi wonten)
console-invitation-second-hint = Menawi kalih petugas maringi kode, mangga dipun isi kalih-kalihipun.
console-import-left-out = data lepat mboten dipun pendhet
console-import-families = kulawarga tanpa KK
console-import-added = warga enggal
console-import-changed = data ewah
console-import-people = Warga
console-import-report = Lapuran impor
console-import-second = Dereng wonten ingkang dipun ewahi. Impor punika betah tiyang kalih:
console-import-nothing = Isinipun berkas sampun sami kaliyan data. Mboten wonten ingkang dipun ewahi.
console-import-unread = Mboten wonten larik ingkang saged dipunpendhet saking berkas punika. Data mboten dipunewahi; mangga berkasipun dipundandosi miturut temuan ing ngandhap, lajeng dipununggah malih.
console-import-photos = Foto ing folder
console-import-photos-first = kagem warga ingkang dereng gadhah foto:
console-import-photos-left = gadhahanipun warga ingkang sampun gadhah foto sanes, mboten dipungantos:
console-concerns-part = Ingkang katingal ing ngandhap namung saperangan:
console-kept-child = Lare ingkang kertunipun wonten ing dompet tiyang punika:
console-family-cards = Kulawarga ingkang kertunipun tumut ewah:
console-services = Layanan ingkang dipun suwun
console-file-content = Isi berkas
console-overtaken = Perkawis punika sampun ewah wiwit dipun usulaken, dados mboten saged dipun sarujuki malih. Mangga dipun usulaken malih supados cocog kaliyan kawontenan samenika.
console-propose-again = Usulaken malih
console-take-back = Usulan punika dipunpendhet malih
console-taken-back = Dipunpendhet malih dening ingkang ngusulaken
console-state-overtaken = Kedhisikan ewah-ewahan sanes
console-act-import = Impor data
console-act-population = Ewahi status warga
console-act-portrait = Gantos foto
console-act-register-counter = Dhaftaraken loket
console-register = Dhaftaraken loket
console-access-key = Kunci loket: wedalanipun absah-verifier init --json
console-agency = Instansi
console-place = Panggenan
console-services-file = Layanan (TOML utawi JSON)
console-services-hint = Kothong tegesipun layanan dhasar.
console-days = Kaanggep pinten dinten, paling dangu 90
console-days-unit = dinten
console-alert-new-device = Mlebet saking piranti ingkang dereng nate dipun agem akun punika:
console-alert-outside-queue = Data dipun bikak tanpa panyuwunan lan tanpa tumindak, langkung kathah tinimbang limrahipun. Cacahipun salebeting satunggal jam:
console-alert-family = Anggota satunggal kulawarga dipun bikak setunggal-setunggal tanpa tumindak. Cacahipun:
console-alert-guess = Kathah panggoledan ingkang mboten manggihaken sinten kemawon, langkung saking adatipun: mbokmenawi nomeripun dipunbedhek. Cacahipun ing setunggal jam:
console-alert-honeytoken = Data pancingan dipun bikak: mboten wonten warga ingkang nyuwun. Cacah ingkang benten ing setunggal jam:

err-console-offer-lost = Kaca kangge medalaken kertu punika mboten lumampah malih.
rec-console-offer-lost = Layananipun dipunwiwiti malih, wekdalipun telas, utawi panjenengan mlebet malih. Mangga kode QR ing sisih warga dipuntutup, cathetanipun warga dipunbikak malih, lajeng Terbitkan dipunpencet sepisan malih. Kertu ingkang sampun mlebet ing HP tetep lumampah.
err-console-photo = Foto punika mboten saged dipun agem.
rec-console-photo = Mangga ngagem foto JPEG utawi PNG ingkang wetah, pasuryan ing tengah.

err-console-days = Cacahing dinten mboten cocog.
rec-console-days = Mangga dipun isi angka 1 dumugi 90.
err-console-nothing-suspended = Mboten wonten kertu ingkang dipun tangguhaken lan saged dipun pulihaken.
rec-console-nothing-suspended = Kertu saking ponsel ingkang sampun dipun gantos mboten dipun pulihaken. Mangga kertunipun dipun wedalaken wonten ponsel ingkang dipun agem samenika.
console-paper = Kertu dluwang
console-paper-hint = Kanggé warga tanpa ponsel: A6 mawi foto lan satunggal kode. Pasuryanipun dipuncocogaken rumiyin. Kertu dluwang ingkang lami dados pungkas. Namung kanggé leladosan ingkang alit résikonipun; salinanipun mboten saged dipuntengeri.
console-paper-button = Cithak kertu dluwang
console-paper-years = Lumampah
console-paper-1 = 1 taun
console-paper-2 = 2 taun
console-paper-size = Dluwang
console-paper-a6 = A6
console-paper-a4 = A4, dipungunting
console-paper-none = Fotonipun dèrèng wonten: kertu dluwang dèrèng saged dipuncithak.

console-act-letter = Serat katrangan
console-fact-name = Asma
console-letter-hint = Punika isinipun serat ingkang badhe dipun tampi warga. Mangga dipun priksa menapa leres, lajeng dipun sarujuki utawi dipun tulak.
console-letter-purpose = Kabetahan
console-letter-days = Lumampah pinten dinten
console-letter-note = Alesan (kedah wonten menawi dipun tulak; dipun waos warga)
console-ticket-letter = Panyuwunan serat

console-sample = Conto tiyang ing impor
console-sample-hint = Punika mirsani data pribadi. Ancas panjenengan lan sinten ingkang dipun pirsani kacathet; warga saged maos. Tiyangipun kapilih sacara acak.
console-sample-open = Pirsani conto
console-sample-again = Pirsani conto sanes
console-sample-none = Impor punika mboten ngewahi lan mboten nambah tiyang.
console-sample-new = Tiyang enggal
console-sample-changed = Data ewah
console-sample-back = Wangsul dhateng putusan
console-field-birthplace = Papan lair
console-field-born = Tanggal lair
console-field-blood = Golongan rah
console-field-religion = Agami
console-field-relation = Gegayutan kulawarga
console-field-education = Pendhidhikan
console-field-citizenship = Kawarganegaran
console-field-mother-nik = NIK ibu
console-field-mother = Nami ibu
console-field-father-nik = NIK bapak
console-field-father = Nami bapak
console-field-rt-rw = RT/RW
console-field-region = Kode wewengkon
console-field-birth-certificate = Nomer akta lair
console-field-status = Status dhasar

err-console-prove-first = Ewah-ewahan cara mlebet punika dereng dipun sahaken kaliyan kunci sandi panjenengan.
rec-console-prove-first = Mangga mbikak Akun kula, dipun wangsuli, lan nedahaken kunci sandi ingkang sampun wonten menawi dipun suwun.

err-console-last-of-role = Punika setunggal-setunggalipun petugas kanthi kalenggahan punika ingkang saged mlebet.
rec-console-last-of-role = Mangga ngundang petugas sanes kanthi kalenggahan punika lan ngentosi akunipun jangkep, lajeng nutup akun punika.
err-console-last-reinvite = Punika setunggal-setunggalipun petugas kanthi kalenggahan punika: akunipun mboten saged dipunwiwiti malih tanpa petugas sanes.
rec-console-last-reinvite = Mangga ngundang petugas sanes kanthi kalenggahan punika rumiyin. Menawi sarana mlebetipun sampun ical, ing komputer panerbit: absah-issuer operator reinvite NAMA --break-glass ALASAN.

console-import-caution = Langkung saking separo larikan berkas punika lepat. Mangga dipun priksa berkasipun saderengipun nyarujuki.
console-import-families-caution = Kulawarga ingkang datanipun lepat mboten angsal Kartu Keluarga ngantos dipun leresaken. Cacahipun:
console-looks-proposal = Mutusaken usulan
console-keeper-photo = Foto ingkang nyepeng kertu lare

console-pendamping = Mode Pendamping
console-pendamping-hint = Pendamping ingkang kadhaftar (PKK, Karang Taruna) ngasta kertunipun warga tanpa ponsel salebeting 30 menit. Kertunipun pungkas piyambak.
console-pendamping-helped = Warga ingkang dipunbiyantu
console-pendamping-people = warga
console-pendamping-target = Ancasing uji coba: langkung saking
console-pendamping-elderly = Sepuh:
console-pendamping-begun = Sesi dipunwiwiti:
console-pendamping-sessions = Sesi
console-pendamping-where = Sesi enggal dipunwiwiti saking kaca warga, nalika warga wonten mriki.
console-pendamping-session = Nomer
console-pendamping-one = Pendamping
console-pendamping-from = Wiwit
console-pendamping-until = Ngantos
console-pendamping-end = Pungkasi sesi
console-pendamping-none = Dereng wonten sesi.
console-pendamping-helpers = Pendamping kadhaftar
console-pendamping-nobody = Dereng wonten pendamping ingkang kadhaftar.
console-pendamping-since = Wiwit
console-pendamping-strike = Usulaken pancoretan
console-pendamping-register = Dhaftaraken pendamping
console-pendamping-id = Nomer pendamping
console-pendamping-id-hint = Aksara, angka, tandha hubung, upaminipun pkk-07. Katingal ing loket sareng asmanipun.
console-pendamping-organisation = Organisasi lan kelurahan
console-pendamping-person-hint = Kangge warga tanpa ponsel ingkang wonten mriki: KTP-nipun dipunasta ing ponselipun pendamping salebeting 30 menit, kangge satunggal kaperluan. Loket mirsani sinten pendampingipun; warga mirsani wonten riwayat.
console-pendamping-carries = Saweg dipunasta dening
console-pendamping-seen = Kula sampun nyocogaken KTP lan rainipun warga.
console-pendamping-agreed = Warga sarujuk pendamping menika ngasta kertunipun salebeting 30 menit.
console-pendamping-button = Miwiti 30 menit
console-act-register-pendamping = Dhaftaraken pendamping
console-act-remove-pendamping = Coret pendamping

console-ledger-act-import = data warga dipunewahi utawi dipunimpor
console-ledger-act-offer = kertu dipuntawakaken
console-ledger-act-redeem = kode panawaran dipunijolaken
console-ledger-act-redeem-refused = ijolan kode panawaran dipuntolak
console-ledger-act-phone-code = kode telpon dipundamel
console-ledger-act-ticket = panyuwunan warga dipuntampi
console-ledger-act-ticket-close = panyuwunan warga dipunwangsuli
console-ledger-act-login-code = kode mlebet dipundamel
console-ledger-act-authorize = aplikasi warga pikantuk mendhet kertu
console-ledger-act-refresh = kertu dipunanyaraken
console-ledger-act-release = kertu ingkang ngentosi dipunculaken
console-ledger-act-withhold = kertu ingkang ngentosi dipuncepeng
console-ledger-act-issue = kertu dipunwedalaken
console-ledger-act-paper = kertu kertas dipuncithak
console-ledger-act-pendamping-start = sesi pendamping dipunwiwiti
console-ledger-act-pendamping-end = sesi pendamping dipunpungkasi
console-ledger-act-pendamping-add = pendamping dipundhaptar
console-ledger-act-pendamping-remove = pendamping dipunbusak saking dhaptar
console-ledger-act-revoke = kertu dipuncabut
console-ledger-act-suspend = kertu dipuntangguhaken
console-ledger-act-unsuspend = kertu dipunpulihaken
console-ledger-act-counter-register = loket dipundhaptar
console-ledger-act-counter-withdraw = pandhaptaran loket dipuncabut
console-ledger-act-bundle-publish = paket kapitadosan dipunwedalaken
console-ledger-act-identity = identitas panerbit dipunewahi
console-ledger-act-token-convert = nomer gantos NIK dipuncocogaken
console-ledger-act-supersede = kertu dipungantos amargi data ewah
console-ledger-act-person-view = data warga dipuntingali
console-ledger-act-erase = data dipunbusak
console-ledger-act-witness-add = seksi dipuntambahi
console-ledger-act-witness-remove = seksi dipunbusak
console-ledger-act-quorum = cacahing seksi ingkang dipunbetahaken dipunewahi
console-ledger-act-propose = usulan dipunajengaken
console-ledger-act-approve = usulan dipunsarujuki
console-ledger-act-refuse-proposal = usulan dipuntolak utawi dipunpendhet malih
console-ledger-act-trust-create = oyod kapitadosan dipundamel
console-ledger-act-signer-publish = kunci tandha tangan dipunwedalaken
console-ledger-act-signer-distrust = kunci tandha tangan mboten dipunpitados malih
console-ledger-act-issuing-ca-renew = sertifikat panerbit dipunanyaraken
console-ledger-act-issuing-ca-replace = sertifikat panerbit dipungantos
console-ledger-act-bundle-key-rotate = kunci paket kapitadosan dipungantos
console-ledger-act-operator-invite = petugas dipunundang
console-ledger-act-operator-enroll = petugas sampun kadhaptar
console-ledger-act-operator-disable = akun petugas dipuntutup
console-ledger-act-authenticator-add = sarana mlebet petugas dipuntambahi
console-ledger-act-authenticator-remove = sarana mlebet petugas dipunbusak
console-ledger-act-sign-in = petugas mlebet
console-ledger-act-sign-in-refused = mlebet dipuntolak
console-ledger-act-session-end = sesi petugas dipunpungkasi
console-ledger-act-hub = kunci pusat data dipunewahi
console-ledger-act-break-glass = tumindak darurat ing komputer panerbit
console-ledger-act-alert = pepenget dipundamel
