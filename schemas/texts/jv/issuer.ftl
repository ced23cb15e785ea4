# Panerbit: program lan leladosan.

err-keys-malformed = Berkas kunci risak utawi sanès gadhahanipun program punika.
rec-keys-malformed = Folder kunci dipunpulihaken saking cadhangan.

err-keys-locked = Berkas kunci mboten saged dipunbikak.
rec-keys-locked = Mangga dipunpriksa tembung wadi kunci (ABSAH_KEY_PASSPHRASE_FILE).

err-offline-root-absent = Kunci oyod sertipikat mboten wonten ing komputer menika.
rec-offline-root-absent = Kabekta folder kunci menika, lajeng kasebat mawi --offline-keys.

err-signer-none-in-force = Mboten wonten kunci tapak asma Dukcapil ingkang lumampah.
rec-signer-none-in-force = Kababaraken ingkang enggal: absah-issuer trust rotate PERAN --now. Layanan ingkang lumampah ngginakaken piyambak.

err-signer-key-absent = Kunci tapak asma ingkang lumampah mboten wonten ing berkas kunci menika.
rec-signer-key-absent = Layanan dipunwiwiti malih, utawi berkas kunci dipunpulihaken.

err-signer-role-unknown = Mboten wonten panapak asma kanthi nami menika.
rec-signer-role-unknown = Ngginakaken credential, status, utawi registration.

err-signer-key-unknown = Mboten wonten kunci tapak asma ingkang mekaten.
rec-signer-key-unknown = Dhaptaripun saged dipunpirsani mawi absah-issuer trust show.

err-trust-moment = Menika sanes wekdal ingkang sampun kapengker.
rec-trust-moment = Kaserat kados 2026-11-27T08:00:00Z, mboten langkung saking sapunika.

err-signer-next-published = Kunci salajengipun sampun kababar saha nengga.
rec-signer-next-published = Dipuntengga, utawi ngginakaken --now.

err-certificate-unmade = Sertipikat mboten saged dipundamel.
rec-certificate-unmade = Mangga dipunlaporaken dhateng pangelola program.

err-certificate-authority-damaged = Sertipikat indhuk kitha risak.
rec-certificate-authority-damaged = Folder data dipunpulihaken saking cadhangan.

err-status-list-unknown = Daptar status punika mboten wonten.
rec-status-list-unknown = Mangga dipunpriksa alamatipun.

err-status-list-damaged = Daptar status mboten cocog kaliyan cathetan.
rec-status-list-damaged = Folder data dipunpulihaken saking cadhangan.

err-access-token-unknown = Ijin mendhet kertu mboten dipunwanuhi.
rec-access-token-unknown = Mangga nyuwun petugas damel tawaran enggal.

err-access-token-ended = Ijin mendhet kertu sampun telas wekdalipun.
rec-access-token-ended = Mangga nyuwun petugas damel tawaran enggal.

err-access-token-used = Kertu saking tawaran punika sampun dipunpendhet.
rec-access-token-used = Mangga nyuwun petugas damel tawaran enggal menawi kertu mboten dumugi.

err-card-validity-empty = Kertu mboten badhé lumampah sadinten kémawon.
rec-card-validity-empty = Mangga dipunpriksa jam komputer, lajeng dipuncobi malih.

err-card-slots-missing = Papan ing daptar status kirang.
rec-card-slots-missing = Mangga dipunlaporaken dhateng pangelola program.

err-photo-unreadable = Foto mboten saged dipunwaos.
rec-photo-unreadable = Mangga ngagem foto JPEG ingkang wetah.

err-photo-size = Ukuran fotonipun mboten trep.
rec-photo-size = Mangga ngagem foto paling sekedhik 96 × 128 titik, lan sisih panjangipun paling kathah kaping kalih sisih cendhakipun.

err-photo-too-detailed = Foto mboten saged dipundamel cekap alit.
rec-photo-too-detailed = Mangga ngagem foto kanthi latar polos.

err-issuer-no-address = Alamat umum panerbit dèrèng kasumerepan.
rec-issuer-no-address = Mangga nglampahaken serve, utawi ngisi public_url ing config.toml.

err-bundle-folder-in-use = Folder tujuan isi barang sanès.
rec-bundle-folder-in-use = Mangga milih folder kosong utawi folder data kapitadosan lami.

err-credential-unknown = Jinising kertu punika mboten wonten.
rec-credential-unknown = Mangga ngagem salah satunggaling: KtpElektronik, KartuKeluarga, AktaKelahiran, Kia, SuratKeterangan.

err-access-key-malformed = Berkas kunci lokèt mboten saged dipunagem.
rec-access-key-malformed = Mangga ngagem berkas saking absah-verifier init --json.

err-registration-unknown = Pendhaftaran lokèt punika mboten wonten.
rec-registration-unknown = Mangga mirsani daptar kanthi counter list.

err-services-malformed = Daptar leladosan mboten saged dipunwaos.
rec-services-malformed = Mangga dipunpriksa wujuding berkas TOML utawi JSON.

err-services-claim = Wonten leladosan tanpa data ingkang dipunsuwun, utawi datanipun mboten dipunwanuhi.
rec-services-claim = Claims dipunisi nama data ingkang leres.

err-serve-runtime = Komputer mboten maringi sumber kangge lumampah.
rec-serve-runtime = Program sanès dipuntutup, lajeng dipuncobi malih.

err-serve-address = Alamat leladosan sampun dipunagem utawi sanès gadhahanipun komputer punika.
rec-serve-address = Mangga milih alamat utawi porta sanès.

err-serve-console-address = Alamat konsol petugas sampun dipunagem utawi sanès gadhahanipun komputer punika.
rec-serve-console-address = Mangga program ingkang ngginakaken dipunkendelaken, milih alamat sanès kanthi --console ALAMAT, utawi tanpa konsol kanthi --console off.

## Words of the import

import-rows = baris
import-imported = dipunimpor
import-skipped = dipunlangkungi

err-services-field = Wonten isèn leladosan ingkang klèntu.
rec-services-field = Mangga dipundandosi isèn ingkang kasebat, lajeng dipundhaptar malih.

err-event-key-unusable = Kunci kangge nyegel cathetan kadadosan mboten saged dipunginakaken.
rec-event-key-unusable = Mangga dipunlampahaken malih. Menawi taksih, pulihaken folder data saking cadhangan lan matur pangembang.

err-event-closed = Cathetan kadadosan punika mboten saged kabikak.
rec-event-closed = Mangga dipunlampahaken malih. Menawi taksih, pulihaken folder data saking cadhangan lan matur pangembang.

err-event-erased = Cathetan kadadosan punika sampun dipunbusak.
rec-event-erased = Mboten wonten ingkang kedah dipuntindakaken: pambusakipun piyambak kacathet.

err-ledger-file-unwritable = Berkas buku cathetan mboten saged kaserat.
rec-ledger-file-unwritable = Mangga dipunpriksa papan disk lan idin folder data, lajeng lampahaken malih.

err-ledger-tiles-changed = Isi buku cathetan ing folder data sanes malih ingkang dipuntandhatangani pungkasan. Cathetan enggal mboten dipuntandhatangani.
rec-ledger-tiles-changed = Sampun mbusak punapa-punapa. Pulihaken folder data saking cadhangan lan atur pirsa Inspektorat.

err-witness-silent = Seksi mboten mangsuli.
rec-witness-silent = Mangga dipunpriksa alamat lan jaringanipun, lajeng cobi malih.

err-witness-refused = Seksi nampik nandha-asmani.
rec-witness-refused = Hubungi instansi seksi lan bandhingaken isi buku cathetan.

err-witness-lying = Seksi nandha-asmani prekawis sanes. Tapak asmanipun mboten dipunetang.
rec-witness-lying = Hubungi instansi seksi punika. Cathetan tetep lumampah kaliyan seksi sanes.

err-ledger-absent = Ing alamat punika mboten wonten buku cathetan.
rec-ledger-absent = Mangga dipunpriksa alamat lan jaringanipun, lajeng cobi malih.

err-ledger-address = Alamat buku cathetan mboten saged dipunginakaken.
rec-ledger-address = Mangga dipunpriksa alamat lan jaringanipun, lajeng cobi malih.

err-ledger-name-unknown = Mboten wonten buku cathetan kanthi nami punika.
rec-ledger-name-unknown = Mangga ngginakaken nami audit utawi registry.

err-ledger-entry-unknown = Mboten wonten cathetan kadadosan kanthi nomer punika.
rec-ledger-entry-unknown = Mangga dipunpriksa nomeripun, lajeng cobi malih.

err-witness-unknown = Mboten wonten seksi kanthi nami punika.
rec-witness-unknown = Mangga dipunpirsani daftar seksi: ledger witness list.

err-witness-key-malformed = Kunci punika sanes kunci seksi.
rec-witness-key-malformed = Mangga dipunpriksa kunci seksi utawi cathetan, lajeng cobi malih.

err-witness-key-taken = Kunci utawi nama punika sampun dipunginakaken seksi sanes utawi cathetan.
rec-witness-key-taken = Mangga ngginakaken kunci ingkang dipundamel seksi piyambak mawi absah-witness init.

err-quorum-too-high = Cacah punika nglangkungi cacahipun seksi.
rec-quorum-too-high = Mangga ngginakaken angka ingkang mboten nglangkungi cacahipun seksi.

err-ledger-leaf-missing = Wonten tumindak ingkang mboten kacathet ing buku cathetan.
rec-ledger-leaf-missing = Mangga dipunlampahaken malih. Menawi taksih, pulihaken folder data saking cadhangan lan matur pangembang.

err-ledger-action-missing = Wonten cathetan tanpa tumindak.
rec-ledger-action-missing = Mangga dipunlampahaken malih. Menawi taksih, pulihaken folder data saking cadhangan lan matur pangembang.

err-purpose-malformed = Ancas utawi alesan mboten saged dipunginakaken.
rec-purpose-malformed = Mangga dipunserat 3 dumugi 200 aksara ing satunggal larik.

ledger-self-declared = Daftar kunci dipunpundhut saking situs punika piyambak. Ngginakaken --policy kangge kunci saking margi sanes.
ledger-no-witnesses = Buku cathetan punika mboten gadhah seksi: mboten wonten instansi sanes ingkang ndherek njamin.

import-added = warga enggal
import-changed = data warga ewah
import-older = data ing ngriki langkung enggal lan mboten dipungantos
import-back = tiyang ingkang kacathet seda utawi pindhah dados warga malih
import-left-out = data lepat mboten kapendhet
import-families = kulawarga tanpa Kartu Keluarga ngantos datanipun dipunleresaken
import-findings = panggihan, miturut jinisipun:
import-superseded = kertu dipungantos awit datanipun ewah
import-suspended = kertu dipunkendheli sawetawis awit ingkang kagungan ical
import-revoked = kertu dipuncabut awit ingkang kagungan seda utawi pindhah
import-proposal = ewah-ewahan status kertu nengga palilah, usulan nomer

err-proposal-unknown = Mboten wonten usulan kanthi nomer punika ingkang nengga.
rec-proposal-unknown = Mangga dipunpirsani daftaripun: proposal list.
err-approval-unknown = Mboten wonten tumindak kanthi nomer punika ingkang dipunajengaken wonten komputer punika lan taksih nengga.
rec-approval-unknown = Mangga dipunpirsani daftaripun: approval list. Ingkang dipunajengaken wonten konsol dipuntarik wangsul wonten konsol.

err-access-history-presentation = Kertu punika mboten mbuktekaken sinten ingkang nyuwun pirsa.
rec-access-history-presentation = Mangga dipuncobi malih saking dompet ingkang nyimpen kertunipun.

err-access-history-replayed = Bukti punika sampun nate dipunginakaken.
rec-access-history-replayed = Mangga dipuncobi malih: dompet damel bukti enggal saben wekdal.

err-access-history-withdrawn = Kertu punika dipuncabut.
rec-access-history-withdrawn = Mangga ngginakaken kertu ingkang taksih lumampah, utawi rawuh ing Dukcapil.

err-bundle-offline-keys-missing = Isi ingkang ewah kedah dipuntapakastani mawi kunci luring, lan kuncinipun kirang.
rec-bundle-offline-keys-missing = Bekta media kunci saking ingkang ngasta, lajeng ambali mawi --offline-keys FOLDER. Status kertu kemawon tetep saged dipunbabar: lampahaken tanpa --offline-keys.

err-bundle-offline-key-malformed = Berkas kunci luring risak.
rec-bundle-offline-key-malformed = Ginakaken salinan cadanganipun, utawi gantos kuncinipun mawi "bundle keys replace".

err-bundle-offline-key-exists = Ing folder menika sampun wonten kunci luring kanthi nami ingkang sami.
rec-bundle-offline-key-exists = Pilih folder sanes.

err-bundle-key-unknown = Mboten wonten kunci kanthi nami menika.
rec-bundle-key-unknown = Pirsani nami kunci mawi "bundle keys show".

err-offline-keys-locked = Berkas kunci luring mboten saged kabikak.
rec-offline-keys-locked = Mangga dipunpriksa tembung wadi ing sisihipun berkas punika, utawi ngginakaken media kunci sanes.

err-witness-clock = Jam seksi punika mboten cocok. Tapak astanipun mboten kaetang.
rec-witness-clock = Mangga matur instansi seksi punika supados mbenakaken jamipun.

err-witness-too-many = Cacahing seksi sampun kebak (30).
rec-witness-too-many = Mangga satunggal seksi dipunbusek rumiyin: ledger witness remove.

err-did-log-damaged = Cathetan riwayat identitas panerbit risak.
rec-did-log-damaged = Pulihaken folder data saking cadhangan pungkasan. Sampun damel riwayat enggal.

err-issuing-ca-key-absent = Kunci otoritas panerbit mboten wonten ing papan panyimpenan kunci.
rec-issuing-ca-key-absent = Pulihaken berkas kunci saking cadhangan.

err-issuing-ca-next-published = Kunci salajengipun kangge otoritas panerbit sampun dipunwartosaken lan dereng lumampah.
rec-issuing-ca-next-published = Tengga ngantos kunci punika lumampah, utawi ngangge --now menawi wigatos sanget.

err-services-claim-unknown = Leladosan nyuwun data ingkang mboten wonten ing kertu.
rec-services-claim-unknown = Mangga ngginakaken nami data ingkang wonten ing kertu, upaminipun nama, kelahiran, alamat.
err-offer-no-address = Alamat panerbit kanggé ponsel warga dèrèng kauningan.
rec-offer-no-address = Mangga dipunlampahaken absah-issuer serve, utawi sebataken --public-url URL.
err-serve-running = Program absah-issuer serve sanèsipun saweg ngginakaken folder data punika.
rec-serve-running = Mangga program kanthi nomer prosès punika dipunkendelaken, utawi ngginakaken folder data sanès.
err-offer-no-signer = Mboten wonten kunci panandhatangan kertu ingkang lumampah, dados kertu mboten saged dipunterbitaken.
rec-offer-no-signer = Mangga nerbitaken kunci enggal: absah-issuer trust rotate credential --now
err-bundle-key-ambiguous = Nami kunci punika cocog kaliyan langkung saking satunggal kunci.
rec-bundle-key-ambiguous = Mangga nyerat langkung kathah saking wiwitanipun nami kunci.
trust-ca-root = Oyod sertipikat (CA), SHA-256: { $hash }
bundle-statuses-unrecorded = PÈNGET: { $count } status kertu nate dipunéwahi tanpa tumindak ingkang kacathet; kertu ingkang sampun dipuncabut saged katingal taksih lumampah. Lampahaken: absah-issuer ledger reconcile, lajeng atur pirsa Inspektorat.
ledger-witnesses-answering = { $count } saking { $of } seksi mangsuli ing 2 jam pungkasan
ledger-witness-since = ! { $name }: mboten mangsuli wiwit { $since }. { $why }
ledger-witness-unasked = Dereng dipuntakeni malih: serve mboten lumampah, utawi nembe kemawon wiwit.
ledger-witnesses-few = Seksi ingkang mangsuli kirang kathah: cathetan enggal dereng final, nanging panerbitan kertu taksih lumampah. Mangga dipunpriksa menapa serve lumampah, seksinipun dipungesangaken, lan alamatipun dipunpriksa: absah-issuer ledger witness list.
trust-signer = { $key }: { $state }, dipunginakaken dumugi { $end }
trust-state-in-force = saweg dipunginakaken
trust-state-published = sampun dipunwartosaken, dereng dipunginakaken
trust-state-ended = sampun rampung
trust-state-distrusted = mboten dipunpitados malih
bundle-authority-ends = ! Otoritas panerbit { $number }: sertifikatipun telas { $end }. Lampahaken: absah-issuer trust issuing-ca renew
trust-did-log = { $did }: { $count } versi
bundle-keys-root = Dokumen oyod versi { $version }, lumampah dumugi { $end }
bundle-keys-role = { $role }: betah { $threshold } saking { $count } kunci, lumampah dumugi { $end }
bundle-keys-absent = (mboten wonten ing ngriki)
import-file = sedaya berkas
import-photo = foto
import-row = larik { $row }
import-error = kalepatan
import-warning = pènget
offer-code = Kode ingkang dipunwaosaken: { $value }
offer-until = Lumampah dumugi: { $value }
held-released = Kertu kenging dipunpundhut.
held-withheld = Kertu mboten dipunterbitaken.
ticket-done = Panyuwunan dipuntutup: sampun katindakaken.
ticket-refused = Panyuwunan dipuntutup: dipuntampik.
copies-changed = { $count } salinan kertu dipunéwahi statusipun.
copies-unchanged = Mboten wonten ingkang éwah: statusipun sampun makaten.
counter-registered = Pandhaftaran { $id } lumampah dumugi { $end }.
counter-registration-hash = Sidhik pandhaftaran (SHA-256): { $hash }
counter-superseded = Nggantos pandhaftaran { $id }, ingkang sapunika dipuncabut.
counter-withdrawn = Pandhaftaran { $id } dipuncabut.
counter-state-until = lumampah dumugi { $at }
counter-state-withdrawn = dipuncabut { $at }
proposal-waiting = nengga
approval-withdrawn = Tumindak #{ $id } dipuntarik wangsul.
proposal-approved = dipunsarujuki
proposal-refused = dipuntampik
proposal-replaced = dipungantos usulan ingkang langkung énggal
proposal-reason-death = wonten ingkang séda
proposal-reason-many = kathah sareng
proposal-reason-alone = kertu dipuntarik
proposal-people = { $count } tiyang
proposal-made = { $count } kertu dipunéwahi statusipun.
proposal-left = Kertu dipunkèndelaken kados wau.
card-revoke = dipuncabut
card-suspend = dipunkendheli sawetawis
card-unsuspend = dipunpulihaken
card-supersede = dipungantosi
bundle-published = Data kapitadosan versi { $version } dipunterbitaken. Sidhik dokumen oyodipun (TUF, SHA-256):
ledger-leaves = { $log }: { $count } cathetan
ledger-cosigned = { $count } seksi napak asmani, betah { $quorum }
ledger-vouched = pungkasan { $at }
ledger-waiting = { $count } nengga
ledger-final = sah dumugi { $size }
ledger-not-final = dèrèng wonten ingkang sah
ledger-witnesses = Seksi: { $count }, betah { $quorum }
ledger-reconciled = Cocog: saben tumindak wonten cathetanipun, saben cathetan wonten tumindakipun.
ledger-torn = { $class }: { $acts } tumindak tanpa cathetan, { $leaves } cathetan tanpa tumindak
ledger-events-torn = { $gone } cathetan ical saking buku cathetan, { $altered } cathetan mboten sami kaliyan ingkang dipuntandhatangani
leaf-issuance = panerbitan
leaf-status-change = éwahing status
leaf-data-access = aksès data
leaf-operator = tumindak petugas
leaf-policy = aturan
leaf-erasure = pambusakan
leaf-import = impor
leaf-certificate = sertipikat
leaf-bundle = data kapitadosan
leaf-status-token = token status
leaf-release = rilis program
leaf-registration = pandhaftaran lokèt
person-status = Status pendhudhuk
err-ledger-erase-too-early = Cathetan kadadosan punika taksih wonten ing wekdal panyimpenan. Paling rikat kenging dipunbusak tanggal
rec-ledger-erase-too-early = Mangga dipuntengga ngantos wekdal panyimpenan rampung (limrahipun 5 taun).
err-login-code = Kode mlebet klentu, sampun dipunagem, utawi telas wekdalipun.
rec-login-code = Mangga dipunpriksa kodenipun, utawi nyuwun kode enggal dhateng petugas.

err-login-form = Formulir mlebet mboten jangkep.
rec-login-form = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-login-presentation = Kertu ingkang dipuntedahaken mboten mbuktekaken sinten panjenengan.
rec-login-presentation = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-login-not-eligible = Kertu punika mboten cumawis kanggé panjenengan.
rec-login-not-eligible = Mangga nyuwun pirsa dhateng petugas Dukcapil.

err-access-token-bound = Palilah punika kaiket HP sanès.
rec-access-token-bound = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-card-withheld = Petugas mutusaken kertu punika mboten dipunterbitaken.
rec-card-withheld = Mangga nyuwun pirsa dhateng petugas Dukcapil.

err-transaction-unknown = Pamundhutan kertu punika dèrèng dipunmangertosi.
rec-transaction-unknown = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-notification-malformed = Lapuran saking aplikasi risak.
rec-notification-malformed = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-notification-id-unknown = Lapuran saking aplikasi dèrèng dipunmangertosi.
rec-notification-id-unknown = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-held-unknown = Mboten wonten kertu kanthi nomer punika ingkang ngentosi.
rec-held-unknown = Mangga dipunpirsani nomeripun mawi held list.

err-login-person-unknown = NIK punika mboten wonten ing data.
rec-login-person-unknown = Mangga dipunpriksa NIK-ipun, lajeng cobi malih.

login-title = Mlebet dhateng Dukcapil Kitha Madiun
login-intro = Aplikasi punika nyuwun kertu panjenengan. Mangga dipunisi kode ingkang dipunwaos petugas. Sampun dipunlajengaken menawi sanès panjenengan ingkang miwiti.
login-app = Aplikasi
login-card = Kertu
login-label = Kode saking petugas
login-agree = Sarujuk
login-refuse = Tolak

suspend-title = HP ical: bekukaken kertu
suspend-intro = Mangga dipunisi kode ingkang panjenengan cathet saking aplikasi. Sedaya kertu panjenengan lajeng kabekukaken. Kanggé mbikak malih, mangga rawuh dhateng Dukcapil.
suspend-label = Kode tilpun
suspend-button = Bekukaken sedaya kertu
suspend-done = Sedaya kertunipun ingkang kagungan kode punika sampun kabekukaken.

err-wish-text = Isian kothong, kepanjangen, utawi ngemot aksara ingkang mboten saged kawaos.
rec-wish-text = Mangga nyerat paling kathah 1.000 aksara, lajeng dipunkintun malih.

err-wish-too-many = Panyuwunan panjenengan ingkang dèrèng dipunwangsuli sampun kekathahen.
rec-wish-too-many = Mangga dipunentosi wangsulan petugas rumiyin.

err-phone-code-unknown = Kode punika klentu utawi sampun dipunagem.
rec-phone-code-unknown = Mangga dipunpriksa kode panjenengan, utawi hubungi Dukcapil.

err-ticket-unknown = Mboten wonten panyuwunan kanthi nomer punika ingkang taksih kabikak.
rec-ticket-unknown = Mangga dipunpirsani nomeripun mawi ticket list.

err-quorum-zero = Menawi wonten seksi, cacahing seksi ingkang dipunbetahaken mboten kenging nol.
rec-quorum-zero = Mangga ngginakaken angka wiwit saking 1, utawi coreten para seksi.

err-bundle-targets-ended = Daftar kunci saha loket ingkang pungkasan dipuntapakastani mawi kunci luring sampun telas mangsanipun. Tanpa tapak asta enggal mboten wonten ingkang saged dipunbabar, status kertu ugi mboten.
rec-bundle-targets-ended = Bekta media kunci saking ingkang ngasta sapunika ugi, lajeng ambali mawi --offline-keys FOLDER.

err-bundle-root-ended = Dokumen oyod data kapitadosan sampun telas mangsanipun.
rec-bundle-root-ended = Bekta media kunci oyod saking ingkang ngasta, lampahaken "bundle keys renew --offline-keys FOLDER", lajeng babaraken malih.

err-bundle-unreadable = Data kapitadosan ingkang dipundamel mboten badhé dipuntampi dompet saha loket, pramila mboten dipunbabar.
rec-bundle-unreadable = Babaraken malih. Menawi taksih, mangga atur pirsa pangembang kanthi kode punika.

err-bundle-overtaken = Program sanès nembé mbabar data kapitadosan.
rec-bundle-overtaken = Babaraken malih.

bundle-changes-waiting = Status kertu sampun dipunbabar, nanging ewah-ewahan sanès DÈRÈNG: ngentosi tapak asta kunci luring. Bekta media kunci saking ingkang ngasta, lajeng lampahaken malih mawi --offline-keys FOLDER.
bundle-root-waiting = Dokumen oyod ingkang enggal ugi DÈRÈNG kababar: dompet lan loket taksih ngginakaken ingkang lami.
bundle-finished = Versi { $version } sampun kacathet nanging pambabaripun kandheg saderengipun dipunpirsani sinten kemawon: sapunika karampungaken, lajeng versi enggal punika.
bundle-unseen = KAWIGATOSAN: versi { $version } kacathet ing buku cathetan nanging mboten nate kababar lan berkasipun sampun mboten wonten. Versi enggal punika gantosipun; mangga kadadosan punika dipuncathet menawi pamriksa nyuwun pirsa.
bundle-withdrawals-waiting = AWAS, loket punika sampun dipuncabut nanging taksih dipunpitados dompet ngantos punika dipuntindakaken:
bundle-distrusts-waiting = AWAS, kunci punika sampun mboten dipunpitados ing mriki nanging taksih dipunpitados dompet saha loket ngantos punika dipuntindakaken:

err-access-history-suspended = Kertu punika dipunkendheli sawetawis.
rec-access-history-suspended = Mangga ngginakaken kertu ingkang taksih lumampah, utawi rawuh ing Dukcapil.
paper-title = Kertu dluwang
paper-issuer = Dinas Kependudukan lan Pencatatan Sipil Kitha Madiun
paper-until = Lumampah ngantos
paper-note = Namung kangge leladosan ingkang alit resikonipun. Petugas nyocogaken pasuryan. Sanes gantosipun KTP. Menawi ical, nyuwun kertu enggal: ingkang lami mboten lumampah malih.
paper-written = Kertu dluwang kaserat ing { $file }, lumampah ngantos { $day }. Kertu dluwang saderengipun mboten lumampah malih: { $superseded }.

err-paper-card-no-portrait = Dereng wonten foto tiyang menika. Tanpa foto, kertu dluwang mboten mbuktekaken punapa-punapa.
rec-paper-card-no-portrait = Fotonipun dipunimpor rumiyin (import --photos).

err-paper-card-too-large = Kertu dluwang mboten cekap ing satunggal kode.
rec-paper-card-too-large = Mangga matur pangembang: asma utawi alamat ingkang nerbitaken kepanjangen.

err-services-unknown-field = Wonten isian ingkang mboten dipunkenal wonten ing layanan punika.
rec-services-unknown-field = Namanipun isian punika mangga dipunleresaken utawi dipunbusak; nama ingkang leres wonten ing README, perangan For officers.
letter-approved = Serat sampun dipun sarujuki: dompet saged mendhet.


err-paper-card-region = Wilayahipun tiyang punika mboten dipunmangertosi, dados kertu dluwang mboten saged dipundamel.
rec-paper-card-region = Kelurahanipun dipunleresaken ing data kependudukan, lajeng dipunimpor malih.

err-paper-card-unsigned = Kertu dluwang mboten saged dipuntapakastani.
rec-paper-card-unsigned = Mangga dipuncobi malih. Menawi kedadosan malih, matura dhateng pangurus sistem.

err-wish-paper-card = Kertu dluwang namung kanggé ingkang kagungan KTP ing aplikasi.
rec-wish-paper-card = Mangga mundhut KTP digital rumiyin ing Dukcapil.

err-wish-paper-today = Kertu dluwang panjenengan nembé kémawon dipuncithak.
rec-wish-paper-today = Mangga dipuncobi malih bénjing-énjing, utawi nyuwun petugas Dukcapil nyithak.

err-serve-certificate = Sertifikat utawi kuncinipun mboten saged dipunagem: sanes PEM, utawi sanes jodhonipun.
rec-serve-certificate = Mangga paringi sertifikat lan kunci awujud berkas PEM ingkang jodho.
err-access-history-distrusted = Kertu punika dipuntandhatangani mawi kunci ingkang mboten dipunpitados malih.
rec-access-history-distrusted = Mangga nyuwun kertu enggal ing kantor Dukcapil.

err-hub-token = Tandha mlebet mboten wonten utawi mboten dipunkenal.
rec-hub-token = Nyuwun tandha mlebet enggal dhateng petugas Dukcapil.

err-hub-query = Isian alamat mboten saged dipunwaos.
rec-hub-query = Ngginakaken angka: after wiwit -1, limit 1 dumugi 500.

err-hub-name = Nama punika mboten saged dipunginakaken.
rec-hub-name = Ngginakaken aksara alit, angka, lan tandha hubung, paling kathah 40.

err-hub-name-taken = Nama punika sampun dipunginakaken.
rec-hub-name-taken = Mangga milih nama sanes, utawi mbusak ingkang lami rumiyin.

err-hub-unknown = Mboten wonten ingkang kados makaten.
rec-hub-unknown = Mangga mirsani daftaripun: absah-issuer hub list.

err-hub-file-there = Berkas kangge wados punika sampun wonten.
rec-hub-file-there = Mangga nyebat berkas ingkang dereng wonten.

hub-given-up = (mboten dipunkintun malih)
hub-changed = Sampun kasimpen.

err-ledger-event-gone = Wonten cathetan ingkang ical saking buku cathetan.
rec-ledger-event-gone = Sampun mbusak punapa-punapa. Pulihaken folder data saking cadhangan lan atur pirsa Inspektorat.

err-ledger-event-altered = Wonten cathetan ingkang mboten sami kaliyan ingkang sampun dipuntandhatangani.
rec-ledger-event-altered = Sampun mbusak punapa-punapa. Pulihaken folder data saking cadhangan lan atur pirsa Inspektorat.

err-issuing-ca-ended = Sertifikat otoritas panerbit sampun telas: kunci enggal ing ngandhapipun mboten badhe dipunpitados sinten kemawon.
rec-issuing-ca-ended = Lampahaken rumiyin: absah-issuer trust issuing-ca renew --offline-keys FOLDER. Lajeng dipunambali.

err-bundle-no-root = Dereng wonten data kapitadosan ingkang dipunbabar.
rec-bundle-no-root = Lampahaken: absah-issuer bundle publish FOLDER. Lajeng dipunambali.

err-bundle-authority-ended = Sertifikat otoritas panerbit sampun telas: ingkang dipuntandhatangani ing ngandhapipun mboten dipunpitados malih.
rec-bundle-authority-ended = Lampahaken: absah-issuer trust issuing-ca renew --offline-keys FOLDER, lajeng trust rotate kangge credential, status lan registration mawi --now, lajeng dipunbabar malih.

ticket-taken = Panyuwunan leresan mlebet kanthi nomer { $number }.
err-counter-ticket-issuer = Panyuwunan leresan punika kangge panerbit sanes.
rec-counter-ticket-issuer = Mangga dipun aturaken dhateng panerbit ingkang kasebat ing pendhaftaran loket.
err-counter-ticket-time = Panyuwunan leresan saking wekdal ngajeng utawi kelamen.
rec-counter-ticket-time = Mangga dipun priksa jam loket, lajeng damel panyuwunan enggal.
err-counter-ticket-counter-unknown = Loket ingkang ngintun mboten kadhaftar.
rec-counter-ticket-counter-unknown = Mangga loket punika dipun dhaftaraken rumiyin, utawi panyuwunanipun dipun tilar.
err-counter-ticket-counter-revoked = Pendhaftaran loket ingkang ngintun sampun kacabut utawi telas.
rec-counter-ticket-counter-revoked = Mangga nyuwun pirsa loket punika. Panyuwunan mboten dipun lampahaken.
err-counter-ticket-replayed = Panyuwunan leresan punika sampun dipun tampi.
rec-counter-ticket-replayed = Mboten perlu punapa-punapa malih.
err-counter-ticket-person = Kertu punika sanes kertu warga kitha punika.
rec-counter-ticket-person = Mangga dipun aturaken dhateng Dukcapil papan asalipun warga.
err-counter-ticket-fact = Kertu punika mboten ngemot data ingkang kasebat.
rec-counter-ticket-fact = Nyuwun loket milih salah satunggaling data ing kertu.
err-counter-ticket-too-many = Kakathahen panyuwunan leresan ingkang taksih kabikak.
rec-counter-ticket-too-many = Mangga dipun rampungaken rumiyin ingkang kabikak ing konsol, lajeng kintun malih.
err-lure-file = Berkas mboten ngemot data umpan ingkang saged dipun ginakaken (1 dumugi 20 larik, sedaya jangkep).
rec-lure-file = Mangga berkasipun dipun priksa mawi import ing folder data sanes, dipun leresaken, lajeng cobi malih.
err-lure-somebody = NIK utawi nomer KK ing berkas punika gadhahanipun tiyang ingkang wonten ing register.
rec-lure-somebody = Mangga ngginakaken tiyang lan kulawarga damelan.
err-lure-unknown = NIK punika sanes data umpan.
rec-lure-unknown = Mangga dipun priksa daftaripun mawi lure list.

pendamping-added = Pendamping sampun kadhaftar.
pendamping-removed = Pendamping sampun dipuncoret. Sesi ingkang taksih kabikak sampun dipunpungkasi.
pendamping-started = Sesi { $session } pungkasan { $ends }.
pendamping-started-ended = Sesi { $session } kaliyan pendamping { $helper } kangge warga punika dipun pungkasi: kertunipun ing HP punika dipun tundha.
pendamping-ended = Sesi dipunpungkasi. Salinan kertunipun dipunbekukaken.

err-pendamping-unknown = Pendamping menika dereng kadhaftar.
rec-pendamping-unknown = Mangga mirsani dhaftaripun mawi pendamping list, utawi dhaftaraken rumiyin.

err-pendamping-taken = Nomer pendamping menika sampun dipunagem.
rec-pendamping-taken = Mangga milih nomer sanes.

err-pendamping-busy = Pendamping menika saweg ngasta kertunipun tiyang sanes.
rec-pendamping-busy = Pungkasi sesi menika rumiyin, utawi tengga ngantos pungkas piyambak.

err-pendamping-session-unknown = Sesi mawi nomer menika mboten wonten.
rec-pendamping-session-unknown = Mangga mirsani nomeripun mawi pendamping sessions.

err-pendamping-session-over = Sesi pendamping menika sampun pungkas.
rec-pendamping-session-over = Mangga miwiti sesi enggal mawi kertu lan rai warga.

err-pendamping-not-seen = Kertu lan rai warga dereng dipuncocogaken.
rec-pendamping-not-seen = Cocogaken rumiyin, lajeng lampahaken malih mawi --card-and-face.

err-pendamping-malformed = Nomer, asma, utawi organisasi pendamping mboten saged dipunagem.
rec-pendamping-malformed = Nomer: aksara, angka, tandha hubung. Asma lan organisasi: paling kathah 80 aksara.
pendamping-helped = Dipunbiyantu: { $people } warga, ing antawisipun { $elderly } sepuh. Ancasing uji coba: langkung saking { $target }.
pendamping-runs-word = lumampah
pendamping-over-word = pungkas

err-pendamping-not-agreed = Warga dereng sarujuk kaliyan pendampingan menika.
rec-pendamping-not-agreed = Mangga dipunterangaken dhateng warga, lan menawi sarujuk, lampahaken malih mawi --agreed.

err-pendamping-session-used = Kertu kangge sesi pendamping menika sampun nate dipunpundhut.
rec-pendamping-session-used = Satunggal sesi kangge satunggal ponsel. Miwiti sesi enggal wonten meja layanan mawi kertu lan rai warga.

err-access-history-carried = Kertu menika namung dipunasta pendamping kangge dipunsuguhaken ing loket.
rec-access-history-carried = Riwayat, panyuwunan, lan kertu enggal namung kangge ingkang kagungan, mawi kertunipun piyambak utawi wonten meja layanan.
