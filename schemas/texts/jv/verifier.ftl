# Program loket.

err-counter-not-initialised = Loket menika dereng kacawisaken.
rec-counter-not-initialised = Lampahaken prentah init rumiyin.

err-counter-key-file = Kunci loket mboten saged kabikak.
rec-counter-key-file = Priksa tembung sandhi kunci. Menawi berkasipun risak, cawisaken saha dhaftaraken loket malih.

err-services-file-unreadable = Berkas services.toml mboten saged kawaos.
rec-services-file-unreadable = Priksa panyeratanipun. Namung id, title, saha claims ingkang katampi.

err-session-unknown = Panyuwunan menika mboten wonten ing ngriki.
rec-session-unknown = Priksa nomeripun, utawi damel panyuwunan enggal.

err-session-open = Panyuwunan menika dereng kawangsulan.
rec-session-open = Tengga ngantos warga mangsuli.

err-counter-public-url-unknown = Alamat loket ing jaringan dereng kasumerepan.
rec-counter-public-url-unknown = Lampahaken serve, utawi sebataken --public-url.

err-counter-listen = Alamat menika mboten saged dipunginakaken kangge ngladosi.
rec-counter-listen = Pilih alamat utawi nomer porta sanes.

err-counter-store = Panyimpenan loket mboten mangsuli.
rec-counter-store = Priksa papan saha palilah folder data, lajeng dipuncobi malih.

err-counter-store-damaged = Panyimpenan loket risak.
rec-counter-store-damaged = Atur priksa petugas teknis. Sampun ngladosi mawi loket menika.

counter-accepted = KATAMPI
counter-refused = KATOLAK
counter-undetermined = DERENG SAGED DIPUNPESTHEKAKEN
counter-status-since = Kawontenaning kertu kasumerepan tumrap
counter-init-next = Kintun larik kunci menika dhateng Dukcapil supados dipundhaftar.

counter-yes = inggih
counter-no = mboten
err-request-taken = Panyuwunan punika sampun dipunpundhut HP sanès.
rec-request-taken = Mangga damel panyuwunan enggal kanggé warga punika.

err-evidence-unknown = Bukti kanthi nomer menika mboten wonten ing loket menika.
rec-evidence-unknown = Priksa nomeripun mawi evidence list.

err-evidence-retained = Mangsa simpening bukti menika dereng telas.
rec-evidence-retained = Tengga ngantos mangsanipun telas, utawi serat alesanipun mawi --early.
err-evidence-due-unvouched = Miturut jam komputer punika wekdal panyimpenanipun telas, nanging data loket pungkasan dereng mbenaraken.
rec-evidence-due-unvouched = Data loket mangga dipunenggalaken rumiyin saha tanggal komputer dipunpriksa, lajeng dipunbaleni. Bukti tetep kasimpen.
err-session-waiting = Wangsulan punika nengga petugas ing kaca loket.
rec-session-waiting = Kaca loket mangga dipunbikak lajeng pilih Cocok utawi Mboten cocok.
err-counter-already-served = Kaca loket punika sampun mlampah ing komputer punika.
rec-counter-already-served = Berkas loket.html mangga dipunbikak. Program ingkang sepisan dipuntutup rumiyin menawi badhe miwiti malih.

err-verdict-nothing = Papriksan menika sampun dipunputus utawi sampun langkung wekdalipun.
rec-verdict-nothing = Miwiti panyuwunan enggal kangge warga menika.

err-verdict-reason = Alesan dereng kaserat.
rec-verdict-reason = Serat kenging menapa data loket lami pareng kaginakaken (ing prentah: --reason).

err-counter-page-not-local = Kaca loket namung kenging kabikak ing komputer menika.
rec-counter-page-not-local = Ginakaken alamat 127.0.0.1 kangge --page.

err-counter-page-not-served = Kaca loket saweg mboten kalampahaken.
rec-counter-page-not-served = Lampahaken serve rumiyin.

err-counter-page-key = Kaca menika dereng dipuntepangi program loket.
rec-counter-page-key = Tutup kaca menika, lajeng bikak berkas loket.html ing folder data loket.

err-counter-page-foreign = Timbalan menika mboten saking kaca loket.
rec-counter-page-foreign = Bikak berkas loket.html ing folder data loket.

counter-page-open = Bikak kaca loket mawi berkas menika (namung kangge petugas komputer menika):
evidence-valid = BUKTI SAH
evidence-chain-whole = Rantening bukti wetah
evidence-state-kept = kasimpen ngantos
evidence-state-due = kenging dipunbusak wiwit
evidence-state-erased = sampun dipunbusak
evidence-nothing-due = Mboten wonten bukti ingkang wekdal simpenanipun sampun telas.
evidence-next-due = Bukti salajengipun kenging dipunbusak wiwit
evidence-overdue = Wekdal simpenanipun sampun telas. Busak mawi evidence erase --due, utawi Busak samenika ing kaca loket.
evidence-shown = Data ingkang dipuntuduhaken
evidence-early = Dipunbusak sadèrèngé wekdalipun, alesan
evidence-waiting = Wangsulan ingkang taksih nengga putusan petugas (sasampunipun 15 menit kacathet Mboten dipunputus):
counter-answer-waits = Wangsulan menika sampun katampi, nanging buktinipun dèrèng kacathet. Sasampunipun 15 menit bukti kacathet Mboten dipunputus; priksa evidence list.
counter-replayed-lemah = Tengga kode salajengipun ing layar warga (paling dangu 30 detik), lajeng dipunpindai malih.
evidence-verdict-matched = Cocog
evidence-verdict-mismatched = Mboten cocog
evidence-verdict-abandoned = Mboten dipunputus

err-officer-wrong = Nami, PIN, utawi tembung sandi klentu.
rec-officer-wrong = Cobi malih. Menawi kesupen, nyuwun PIN enggal dhateng petugas teknis; tembung sandi lajeng panjenengan pilih malih piyambak.

err-officer-wait = PIN utawi tembung sandi klentu kathah sanget.
rec-officer-wait = Tengga sawetawis menit, lajeng cobi malih.

err-officer-name = Nami petugas mboten saged kaginakaken.
rec-officer-name = Serat nami limrah, paling panjang 60 aksara.

err-officer-signed-out = Layar kakunci.
rec-officer-signed-out = Mangga mlebet malih.

err-counter-store-log-busy = Turahaning data ingkang dipunbusak dèrèng saged dipunresiki, amargi program sanès saweg maos simpenan lokèt.
rec-counter-store-log-busy = Mangga dipuntutup program sanès ingkang mbikak folder data, lajeng lampahaken evidence list.

err-verdict-late = Putusanipun kèri: pamriksan punika sampun kacathet mboten kaputus.
rec-verdict-late = Mangga miwiti panyuwunan enggal kanggé warga punika.

err-verdict-same-officer = Petugas lan panggedhé kedah tiyang kalih ingkang béda.
rec-verdict-same-officer = Mangga nyuwun panggedhé sanès nglebetaken asma lan PIN-ipun.

err-officer-no-supervisor = Petugas punika mboten gadhah hak ngrujuki.
rec-officer-no-supervisor = Mangga nyuwun panggedhé ingkang kadhaftar (officer set ASMA --supervisor).
counter-officer-supervisor = (panggedhé)
counter-filed = Bukti kasimpen:
evidence-head = Pucuking ranté (mangga dipuncathet ing panggènan sanès):
evidence-verdict-unattended = Katampi tanpa petugas

err-services-file-changed = Berkas services.toml éwah wiwit program lokèt dipunlampahaken.
rec-services-file-changed = Daftar ingkang lami taksih dipunagem. Mangga program lokèt dipunlampahaken malih supados éwah-éwahanipun lumampah.

err-services-file-unknown = Berkas services.toml nyebat layanan ingkang mboten kadhaftar kanggé lokèt punika.
rec-services-file-unknown = Mangga namanipun dipunleresaken ing berkas punika, utawi dipunbusak. Layanan sanès tetep lumampah.

err-doctor-camera-unmeasured = Kaméra lokèt punika dèrèng dipunpriksa.
rec-doctor-camera-unmeasured = Mangga cithak lembar uji ing layar Priksa piranti, lajeng kaméranipun dipunarahaken dhateng lembar punika.

err-doctor-camera-weak = Kaméra punika mboten saged maos kode wangsulanipun warga.
rec-doctor-camera-weak = Mangga lènsanipun dipunresiki, cahyanipun dipuntambah, utawi dipuncelakaken. Menawi taksih, ngagem kaméra sanès utawi piranti pindhai USB.

err-doctor-camera-modest = Kaméra punika namung maos kode ingkang arang: wangsulanipun warga mbetahaken kode sawetawis.
rec-doctor-camera-modest = Kénging dipunagem. Supados langkung rikat, ngagem kaméra ingkang langkung cetha utawi nambah cahya.

err-doctor-measure = Asiling pamriksan punika mokal.
rec-doctor-measure = Mangga dipunambali pamriksanipun kaliyan lembar uji.

err-doctor-measure-apart = Versi, tebih, lan cethanipun punika mokal kaukur sareng.
rec-doctor-measure-apart = Mangga dipunukur malih kaliyan lembar uji ing ngajengipun kaméra; angkanipun mboten kénging dipunketik.

err-doctor-scanner-incomplete = Piranti pindhai ngintun cacahing aksara ingkang sanès.
rec-doctor-scanner-incomplete = Mangga kothakipun dipunklik rumiyin, lajeng kodenipun dipunpindhai sapisan kémawon.

err-doctor-scanner-lossy = Tatanan papan ketik ngicalaken sawetawis aksara saking piranti pindhai.
rec-doctor-scanner-lossy = Mangga basaning papan ketik komputer dipungantos Inggris (US), utawi basaning piranti pindhai miturut bukunipun, lajeng dipunambali.

err-doctor-scanner-unused = Piranti pindhai punika langkung saking pitung dinten mboten dipunkalibrasi lan mboten dipunagem.
rec-doctor-scanner-unused = Wangsulan taksih saged kawaos. Supados kénging nggantos kaméra, mangga kodenipun dipunpindhai malih ing Priksa piranti pindhai.

err-doctor-registration-ends = Pendaptaran lokèt punika telas ing salebeting kalih minggu.
rec-doctor-registration-ends = Mangga nyuwun Dukcapil ndaptaraken lokèt punika malih, lajeng data kapitadosan dipunénggalaken.

err-doctor-data-old = Data lokèt umuripun langkung saking sadinten.
rec-doctor-data-old = Mangga dipunénggalaken lumantar internèt, USB, utawi kode ebah.

err-counter-bundle-url-unknown = Alamat data Dukcapil dèrèng dipuntata.
rec-counter-bundle-url-unknown = Mangga bundle_url dipunserat ing config.toml, utawi dipunénggalaken lumantar USB.

err-counter-first-bundle = Data sepisanan lokèt kedah dipunlebetaken déning petugas tèknis.
rec-counter-first-bundle = Mangga lampahaken bundle import kaliyan --root-sha256 ing komputer punika.

err-counter-folder-file = Wonten berkas ing folder punika ingkang mboten saged dipunwaos.
rec-counter-folder-file = Mangga miji folder data Dukcapil ing USB, lajeng cobi malih.

counter-strength-lemah = RINGKIH: namung kangge leladosan ingkang alit resikonipun, sanes dhasar ngewahi data. Dipuncocogaken pasuryanipun. Kalih loket tanpa jaringan saged nampi kode ingkang sami.
counter-strength-kertas = DLUWANG: dipuncocogaken pasuryanipun. Salinan mboten saged dipuntengeri; namung kangge leladosan ingkang alit resikonipun.
counter-portrait-kertas = Sampun dipuntampi kertu dluwang punika: fotonipun sanès foto ingkang dipuntandhatangani Dukcapil, dados palsu utawi dipunéwahi. Mangga dipunsuwuni KTP-ipun.
counter-unanswered = Mboten wonten ing kartu dluwang: { $facts }. Mangga dipuntingali taun lair lan kelurahanipun, utawi dipuntangletaken.

err-response-code = Wangsulan punika mboten wangsul dhateng kaca ingkang nyuwun.
rec-response-code = Mangga dipun tuwuhaken kode enggal ing kaca loket, lajeng dipun ambali ing komputer ingkang sami.

err-officer-passkey = Kunci sandi punika mboten dipun tampi.
rec-officer-passkey = Mangga cobi malih, utawi mlebet mawi PIN.

err-officer-passkey-none = Kunci sandi punika mboten wonten ing loket punika.
rec-officer-passkey-none = Mangga mlebet mawi PIN, lajeng nambah kunci sandi.

err-officer-passkey-taken = Kunci sandi punika sampun kadhaptar.
rec-officer-passkey-taken = Mangga ngginakaken kunci sanes, utawi mlebet mawi kunci punika.

err-officer-passkey-many = Kunci sandinipun petugas punika sampun kathah.
rec-officer-passkey-many = Mangga dipun busak rumiyin ingkang mboten dipunagem.

err-officer-passkey-elsewhere = Kunci sandi namung saged dipunagem menawi kaca punika dipun bikak mawi nama localhost.
rec-officer-passkey-elsewhere = Mangga program loket dipun wiwiti malih, lajeng mbikak berkas loket.html.

err-phone-secret = Kode kangge nyambungaken ponsel punika mboten lumampah.
rec-phone-secret = Nyuwun kode enggal ing layar loket, lajeng dipun pindai.

err-phone-unpaired = Ponsel punika mboten kasambung dhateng loket.
rec-phone-unpaired = Nyuwun kode enggal ing layar loket, lajeng dipun pindai.

err-phone-flood = Ponsel ngintun kekerepen.
rec-phone-flood = Mangga dipun entosi sekedhap. Menawi taksih, ponsel dipun uculaken ing layar loket.

err-phone-too-much = Ponsel ngintun langkung kathah tinimbang ingkang dipun waos kamera.
rec-phone-too-much = Ponsel dipun uculaken ing layar loket, lajeng dipun sambungaken malih.

err-phone-address = Komputer punika mboten gadhah alamat jaringan kangge ponsel.
rec-phone-address = Mangga dipun sambungaken dhateng jaringan kantor, utawi nglampahaken serve mawi --scanner-address.

guide-never = Sampun ngantos
guide-counter-title = Loket: ngladosi tanpa fotokopi
guide-counter-1 = Mangga milih layanan ing layar. Kode ageng badhe ketingal.
guide-counter-2 = Nyuwun warga mbikak Absah, mencet Tunjukkan, lajeng mindai kode punika. HP tetep wonten ing asta warga.
guide-counter-3 = Mangga dipun entosi. Warga maos piyambak punapa ingkang dipunsuwun, lajeng sarujuk utawi mboten. Mboten sarujuk punika hakipun.
guide-counter-4 = Arahaken kode ing HP warga dhateng kamera, utawi ngagem pemindai. Sakilan tebihipun, sampun ngantos silau.
guide-counter-5 = Ijem: pasuryan dipun tandhingaken kaliyan foto ing layar, lajeng pencet Cocok utawi Mboten cocok.
guide-counter-6 = Kuning, abrit, utawi klawu: waos ukara ing layar lan tindakaken. Warga sampun dipun lepataken.
guide-counter-7 = Rampung. Bukti kasimpen piyambak lan kakunci. Mboten perlu fotokopi, foto, utawi tangkapan layar.
guide-counter-8 = Kertu kertas: pindai kodenipun; namung leladosan entheng, pasuryan dipun cocogaken. Dipun bekta pendamping: warga tumut rawuh. Tanpa HP, risak, utawi mangu-mangu: ngagem kartu asli. Mboten wonten warga ingkang dipun tolak amargi mboten ngagem Absah.
guide-counter-never-1 = Sampun nyuwun PIN utawi kode pemulihan.
guide-counter-never-2 = Sampun motret layar utawi kartunipun warga.
guide-counter-never-3 = Sampun nyuwun data ingkang mboten kaserat ing layar.
guide-helper-title = Pendamping: mbiyantu tanpa mundhut alih
guide-helper-1 = Kawiwitan kanthi nyuwun pirsa: badhe ngurus punapa? HP tetep ing asta ingkang kagungan. Mboten gadhah HP: Mode Pendamping, kawiwitan sareng ing loket Dukcapil. KTP-nipun ing HP panjenengan 30 menit, namung kangge satunggal kaperluanipun tiyang punika.
guide-helper-2 = Mbikak Absah sesarengan. Layar kawaosaken alon-alon, utawi pencet tombol swanten.
guide-helper-3 = PIN dipun ketik dening ingkang kagungan piyambak. Panjenengan mlengos.
guide-helper-4 = Waosaken sinten ingkang nyuwun lan punapa kemawon ingkang badhe ketingal.
guide-helper-5 = Dipun entosi wangsulanipun. Ingkang kagungan mutusaken Sarujuk utawi Tampik, ugi ing Mode Pendamping.
guide-helper-6 = Menawi mangu-mangu, pencet Tolak. Layanan tetep saged ngagem kartu asli.
guide-helper-7 = Kode pemulihan kaserat ing dlancang lan kasimpen dening ingkang kagungan, sanes panjenengan.
guide-helper-8 = HP ical: enggal dhateng Dukcapil utawi nelpun. Sedaya kartu ing HP punika kaendheg sareng.
guide-helper-never-1 = Sampun nyuwun, nyerat, utawi ngapalaken PIN.
guide-helper-never-2 = Sampun nyarujuki tanpa wangsulanipun ingkang kagungan.
guide-helper-never-3 = Sampun motret kartu utawi layar.

relation-title = Gegayutan kulawarga
relation-person-holder = Ingkang ngasta kertu
relation-person-dependant = Lare utawi ingkang dipuntanggel
relation-person-unknown = Ingkang kagungan kertu menika dereng temtu
relation-ibu = { $holder } menika ibunipun { $dependant }.
relation-ayah = { $holder } menika bapakipun { $dependant }.
relation-orang-tua = { $holder } menika tiyang sepuhipun { $dependant }.
relation-kakek-nenek = { $holder } menika eyangipun { $dependant }.
relation-pasangan-kepala = { $holder } menika garwanipun kepala kulawarganipun { $dependant }, dereng temtu tiyang sepuhipun.
relation-sekeluarga = { $holder } setunggal kertu kulawarga kaliyan { $dependant }.
relation-wali = { $holder } menika walinipun { $dependant }.
relation-none = Gegayutanipun { $holder } kaliyan { $dependant } mboten kabukten.
relation-none-todo = Sampun ngira-ira saking asma. Nyuwun kertu kulawarga, utawi kertu lare ingkang sampun dipunenggalaken.
relation-proof = Kabukten saking { $card }: { $said }.

err-officer-password-needed = Tembung sandi dereng dipunketik.
rec-officer-password-needed = Dinten punika panjenengan dereng mlebet ing loket punika. Mangga ngetik PIN lan tembung sandi panjenengan.
counter-officer-no-password = (dereng kagungan tembung sandi: dipunpilih nalika mlebet salajengipun)
counter-ticket-filed = Sampun dipun cathet. Kintun mawi ticket send, utawi beta berkasipun mawi ticket export.
counter-ticket-sent = Sampun dumugi: { $arrived }. Dipun tampik: { $refused }.
counter-ticket-exported = { $count } panyuwunan sampun dipun serat. Beta berkas lan kuncinipun piyambak-piyambak dhateng Dukcapil, lajeng lampahaken ticket handed-in.
counter-ticket-handed-in = { $count } panyuwunan sampun dipun aturaken.
counter-ticket-state-waiting = nengga
counter-ticket-state-arrived = sampun dumugi
counter-ticket-state-refused = dipun tampik
err-ticket-fact = Kertu punika mboten ngemot data kasebat.
rec-ticket-fact = Mangga dipun pilih salah satunggaling data ingkang katingal.
err-ticket-card = Bukti punika mboten nyebat kertu pundi.
rec-ticket-card = Nyuwun warga nedahaken kertunipun mawi panyuwunan limrah.
err-tickets-full = Kakathahen panyuwunan leresan ingkang nengga ing loket punika.
rec-tickets-full = Mangga dipun kintun utawi dipun beta rumiyin dhateng Dukcapil.
err-ticket-unavailable = Dukcapil dereng saged nampi panyuwunan leresan.
rec-ticket-unavailable = Panyuwunan taksih kasimpen lan dipun kintun malih mangke.
counter-ticket-state-exported = kabeta ing berkas
err-officer-unapproved = Ewah-ewahan menika betah palilahipun panggedhé.
rec-officer-unapproved = Mangga dipunambali mawi --by ASMA-PANGGEDHÉ sarta PIN-ipun; menawi mboten wonten panggedhé: --break-glass ALESAN, ingkang kacathet.
counter-change-officer = petugas dipuntambahi:
counter-change-officer-reset = PIN petugas dipungantos:
counter-change-supervisor = panggedhé dipuntambahi:
counter-change-supervisor-reset = PIN panggedhé dipungantos:
counter-change-removed = petugas kabusak:
counter-change-erased = bukti kabusak langkung rumiyin:
counter-change-key = kunci bukti dipunsukakaken:
counter-change-camera = kaméra dipunukur déning:
pendamping-carries = Kertu menika dipunasta pendamping { $name } ({ $organisation }) ngantos { $until }. Ingkang kagungan kertu kedah wonten mriki.
relation-alone = Menika kertunipun lare utawi tanggungan. Sinten ingkang ngasta dereng kabukten.
relation-alone-todo = Nyuwun KTP-nipun ingkang ngasta sareng kertu menika.
evidence-clock-alone = jam komputer punika nedahaken { $clock }, lan mboten wonten data ingkang katandhatanganan ingkang mbenaraken
