# Panerbit: program lan leladosan.

err-keys-malformed = Berkas kunci risak utawi sanès gadhahanipun program punika.
rec-keys-malformed = Folder kunci dipunpulihaken saking cadhangan.

err-keys-locked = Berkas kunci boten saged dipunbikak.
rec-keys-locked = Mangga dipunpriksa tembung wadi kunci (ABSAH_KEY_PASSPHRASE_FILE).

err-offline-root-absent = Kunci oyod sertipikat boten wonten ing komputer menika.
rec-offline-root-absent = Kabekta folder kunci menika, lajeng kasebat mawi --offline-keys.

err-signer-none-in-force = Boten wonten kunci tapak asma Dukcapil ingkang lumampah.
rec-signer-none-in-force = Kababaraken ingkang enggal: absah-issuer trust rotate PERAN --now, lajeng layanan dipunwiwiti malih.

err-signer-key-absent = Kunci tapak asma ingkang lumampah boten wonten ing berkas kunci menika.
rec-signer-key-absent = Layanan dipunwiwiti malih, utawi berkas kunci dipunpulihaken.

err-signer-role-unknown = Boten wonten panapak asma kanthi nami menika.
rec-signer-role-unknown = Ngginakaken credential, status, utawi registration.

err-signer-key-unknown = Boten wonten kunci tapak asma ingkang mekaten.
rec-signer-key-unknown = Dhaptaripun saged dipunpirsani mawi absah-issuer trust show.

err-trust-moment = Menika sanes wekdal ingkang sampun kapengker.
rec-trust-moment = Kaserat kados 2026-11-27T08:00:00Z, boten langkung saking sapunika.

err-signer-next-published = Kunci salajengipun sampun kababar saha nengga.
rec-signer-next-published = Dipuntengga, utawi ngginakaken --now.

err-certificate-unmade = Sertipikat boten saged dipundamel.
rec-certificate-unmade = Mangga dipunlaporaken dhateng pangelola program.

err-certificate-authority-damaged = Sertipikat indhuk kitha risak.
rec-certificate-authority-damaged = Folder data dipunpulihaken saking cadhangan.

err-status-list-unknown = Daptar status punika boten wonten.
rec-status-list-unknown = Mangga dipunpriksa alamatipun.

err-status-list-damaged = Daptar status boten cocog kaliyan cathetan.
rec-status-list-damaged = Folder data dipunpulihaken saking cadhangan.

err-access-token-unknown = Ijin mendhet kertu boten dipunwanuhi.
rec-access-token-unknown = Mangga nyuwun petugas damel tawaran enggal.

err-access-token-ended = Ijin mendhet kertu sampun telas wekdalipun.
rec-access-token-ended = Mangga nyuwun petugas damel tawaran enggal.

err-access-token-used = Kertu saking tawaran punika sampun dipunpendhet.
rec-access-token-used = Mangga nyuwun petugas damel tawaran enggal menawi kertu boten dumugi.

err-card-validity-empty = Kertu boten badhé lumampah sadinten kémawon.
rec-card-validity-empty = Mangga dipunpriksa jam komputer, lajeng dipuncobi malih.

err-card-slots-missing = Papan ing daptar status kirang.
rec-card-slots-missing = Mangga dipunlaporaken dhateng pangelola program.

err-photo-unreadable = Foto boten saged dipunwaos.
rec-photo-unreadable = Mangga ngagem foto JPEG ingkang wetah.

err-photo-too-detailed = Foto boten saged dipundamel cekap alit.
rec-photo-too-detailed = Mangga ngagem foto kanthi latar polos.

err-issuer-no-address = Alamat umum panerbit dèrèng kasumerepan.
rec-issuer-no-address = Mangga nglampahaken serve, utawi ngisi public_url ing config.toml.

err-bundle-folder-in-use = Folder tujuan isi barang sanès.
rec-bundle-folder-in-use = Mangga milih folder kosong utawi folder data kapitadosan lami.

err-credential-unknown = Jinising kertu punika boten wonten.
rec-credential-unknown = Mangga ngagem KtpElektronik utawi KartuKeluarga.

err-access-key-malformed = Berkas kunci lokèt boten saged dipunagem.
rec-access-key-malformed = Mangga ngagem berkas saking absah-verifier init --json.

err-registration-unknown = Pendhaftaran lokèt punika boten wonten.
rec-registration-unknown = Mangga mirsani daptar kanthi counter list.

err-services-malformed = Daptar leladosan boten saged dipunwaos.
rec-services-malformed = Mangga dipunpriksa wujuding berkas TOML utawi JSON.

err-services-claim = Wonten leladosan tanpa data ingkang dipunsuwun, utawi datanipun boten dipunwanuhi.
rec-services-claim = Claims dipunisi nama data ingkang leres.

err-serve-runtime = Komputer boten maringi sumber kangge lumampah.
rec-serve-runtime = Program sanès dipuntutup, lajeng dipuncobi malih.

err-serve-address = Alamat leladosan sampun dipunagem utawi sanès gadhahanipun komputer punika.
rec-serve-address = Mangga milih alamat utawi porta sanès.

## Words of the import

import-rows = baris
import-imported = dipunimpor
import-skipped = dipunlangkungi

err-services-field = Wonten isèn leladosan ingkang klèntu.
rec-services-field = Mangga dipundandosi isèn ingkang kasebat, lajeng dipundhaptar malih.

err-event-key-unusable = Kunci kangge nyegel cathetan kadadosan mboten saged dipun ginakaken.
rec-event-key-unusable = Mangga dipun lampahaken malih. Menawi taksih, pulihaken folder data saking cadhangan lan matur pangembang.

err-event-closed = Cathetan kadadosan punika mboten saged kabikak.
rec-event-closed = Mangga dipun lampahaken malih. Menawi taksih, pulihaken folder data saking cadhangan lan matur pangembang.

err-event-erased = Cathetan kadadosan punika sampun dipun busak.
rec-event-erased = Mboten wonten ingkang kedah dipun tindakaken: pambusakipun piyambak kacathet.

err-ledger-file-unwritable = Berkas buku cathetan mboten saged kaserat.
rec-ledger-file-unwritable = Mangga dipun priksa papan disk lan idin folder data, lajeng lampahaken malih.

err-witness-silent = Seksi mboten mangsuli.
rec-witness-silent = Mangga dipun priksa alamat lan jaringanipun, lajeng cobi malih.

err-witness-refused = Seksi nampik nandha-asmani.
rec-witness-refused = Hubungi instansi seksi lan bandhingaken isi buku cathetan.

err-witness-lying = Seksi nandha-asmani prekawis sanes. Tapak asmanipun mboten dipun etang.
rec-witness-lying = Hubungi instansi seksi punika. Cathetan tetep lumampah kaliyan seksi sanes.

err-ledger-absent = Ing alamat punika mboten wonten buku cathetan.
rec-ledger-absent = Mangga dipun priksa alamat lan jaringanipun, lajeng cobi malih.

err-ledger-address = Alamat buku cathetan mboten saged dipun ginakaken.
rec-ledger-address = Mangga dipun priksa alamat lan jaringanipun, lajeng cobi malih.

err-ledger-name-unknown = Mboten wonten buku cathetan kanthi nami punika.
rec-ledger-name-unknown = Mangga ngginakaken nami audit utawi registry.

err-ledger-entry-unknown = Mboten wonten cathetan kadadosan kanthi nomer punika.
rec-ledger-entry-unknown = Mangga dipun priksa nomeripun, lajeng cobi malih.

err-witness-unknown = Mboten wonten seksi kanthi nami punika.
rec-witness-unknown = Mangga dipun pirsani daftar seksi: ledger witness list.

err-witness-key-malformed = Kunci punika sanes kunci seksi.
rec-witness-key-malformed = Mangga dipun priksa kunci seksi utawi cathetan, lajeng cobi malih.

err-witness-key-taken = Kunci utawi nama punika sampun dipunginakaken seksi sanes utawi cathetan.
rec-witness-key-taken = Mangga ngginakaken kunci ingkang dipundamel seksi piyambak mawi absah-witness init.

err-quorum-too-high = Cacah punika nglangkungi cacahipun seksi.
rec-quorum-too-high = Mangga ngginakaken angka ingkang mboten nglangkungi cacahipun seksi.

err-ledger-leaf-missing = Wonten tumindak ingkang mboten kacathet ing buku cathetan.
rec-ledger-leaf-missing = Mangga dipun lampahaken malih. Menawi taksih, pulihaken folder data saking cadhangan lan matur pangembang.

err-ledger-action-missing = Wonten cathetan tanpa tumindak.
rec-ledger-action-missing = Mangga dipun lampahaken malih. Menawi taksih, pulihaken folder data saking cadhangan lan matur pangembang.

err-purpose-malformed = Ancas utawi alesan mboten saged dipun ginakaken.
rec-purpose-malformed = Mangga dipun serat 3 dumugi 200 aksara ing satunggal larik.

ledger-self-declared = Daftar kunci dipun pundhut saking situs punika piyambak. Ngginakaken --policy kangge kunci saking margi sanes.
ledger-no-witnesses = Buku cathetan punika mboten gadhah seksi: mboten wonten instansi sanes ingkang ndherek njamin.

import-superseded = kertu dipun gantos awit datanipun ewah
import-suspended = kertu dipun kendheli awit ingkang kagungan ical
import-revoked = kertu dipun cabut awit ingkang kagungan seda utawi pindhah
import-proposal = ewah-ewahan status kertu nengga palilah, usulan nomer

err-proposal-unknown = Mboten wonten usulan kanthi nomer punika ingkang nengga.
rec-proposal-unknown = Mangga dipun pirsani daftaripun: proposal list.

err-access-history-presentation = Kertu punika mboten mbuktekaken sinten ingkang nyuwun pirsa.
rec-access-history-presentation = Mangga dipun cobi malih saking dompet ingkang nyimpen kertunipun.

err-access-history-replayed = Bukti punika sampun nate dipun ginakaken.
rec-access-history-replayed = Mangga dipun cobi malih: dompet damel bukti enggal saben wekdal.

err-access-history-withdrawn = Kertu punika dipun cabut utawi dipun kendheli.
rec-access-history-withdrawn = Mangga ngginakaken kertu ingkang taksih lumampah, utawi rawuh ing Dukcapil.

err-bundle-offline-keys-missing = Isi ingkang ewah kedah dipuntapakastani mawi kunci luring, lan kuncinipun kirang.
rec-bundle-offline-keys-missing = Bekta media kunci saking ingkang ngasta, lajeng ambali mawi --offline-keys FOLDER. Status kertu kemawon tetep saged dipunbabar tanpa kunci menika.

err-bundle-offline-key-malformed = Berkas kunci luring risak.
rec-bundle-offline-key-malformed = Ginakaken salinan cadanganipun, utawi gantos kuncinipun mawi "bundle keys replace".

err-bundle-offline-key-exists = Ing folder menika sampun wonten kunci luring kanthi nami ingkang sami.
rec-bundle-offline-key-exists = Pilih folder sanes.

err-bundle-key-unknown = Mboten wonten kunci kanthi nami menika.
rec-bundle-key-unknown = Pirsani nami kunci mawi "bundle keys show".

err-offline-keys-locked = Berkas kunci luring mboten saged kabikak.
rec-offline-keys-locked = Mangga dipun priksa tembung wadi ing sisihipun berkas punika, utawi ngginakaken media kunci sanes.

err-witness-clock = Jam seksi punika mboten cocok. Tapak astanipun mboten kaetang.
rec-witness-clock = Mangga matur instansi seksi punika supados mbenakaken jamipun.

err-witness-too-many = Cacahing seksi sampun kebak (30).
rec-witness-too-many = Mangga satunggal seksi dipun busek rumiyin: ledger witness remove.

err-did-log-damaged = Cathetan riwayat identitas panerbit risak.
rec-did-log-damaged = Pulihaken folder data saking cadhangan pungkasan. Sampun damel riwayat enggal.

err-issuing-ca-key-absent = Kunci otoritas panerbit mboten wonten ing papan panyimpenan kunci.
rec-issuing-ca-key-absent = Pulihaken berkas kunci saking cadhangan.

err-issuing-ca-next-published = Kunci salajengipun kangge otoritas panerbit sampun dipun wartosaken lan dereng lumampah.
rec-issuing-ca-next-published = Tengga ngantos kunci punika lumampah, utawi ngangge --now menawi wigatos sanget.

err-services-claim-unknown = Leladosan nyuwun data ingkang boten wonten ing kertu.
rec-services-claim-unknown = Mangga ngginakaken nami data ingkang wonten ing kertu, upaminipun nama, kelahiran, alamat.
err-offer-no-address = Alamat panerbit kanggé ponsel warga dèrèng kauningan.
rec-offer-no-address = Mangga dipun lampahaken absah-issuer serve, utawi sebataken --public-url URL.
err-serve-running = Program absah-issuer serve sanèsipun saweg ngginakaken folder data punika.
rec-serve-running = Mangga program kanthi nomer prosès punika dipun kendelaken, utawi ngginakaken folder data sanès.
import-file = sedaya berkas
import-photo = foto
import-row = larik { $row }
import-error = kalepatan
import-warning = pènget
offer-code = Kode ingkang dipun waosaken: { $value }
offer-until = Lumampah dumugi: { $value }
copies-changed = { $count } salinan kertu dipun éwahi statusipun.
copies-unchanged = Boten wonten ingkang éwah: statusipun sampun makaten.
counter-registered = Pandhaftaran { $id } lumampah dumugi { $end }.
counter-registration-hash = Sidhik pandhaftaran (SHA-256): { $hash }
counter-superseded = Nggantos pandhaftaran { $id }, ingkang sapunika dipun cabut.
counter-withdrawn = Pandhaftaran { $id } dipun cabut.
counter-state-until = lumampah dumugi { $at }
counter-state-withdrawn = dipun cabut { $at }
proposal-waiting = nengga
proposal-approved = dipun sarujuki
proposal-refused = dipun tampik
proposal-replaced = dipun gantos usulan ingkang langkung énggal
proposal-reason-death = wonten ingkang séda
proposal-reason-many = kathah sareng
proposal-people = { $count } tiyang
proposal-made = { $count } kertu dipun éwahi statusipun.
proposal-left = Kertu dipun kèndelaken kados wau.
card-revoke = dipun cabut
card-suspend = dipun kendheli
card-unsuspend = dipun pulihaken
card-supersede = dipun gantos
bundle-published = Data kapitadosan vèrsi { $version } dipun terbitaken. Sidhik oyodipun (SHA-256):
ledger-leaves = { $log }: { $count } cathetan
ledger-cosigned = { $count } seksi napak asmani, betah { $quorum }
ledger-vouched = pungkasan { $at }
ledger-waiting = { $count } nengga
ledger-final = sah dumugi { $size }
ledger-not-final = dèrèng wonten ingkang sah
ledger-witnesses = Seksi: { $count }, betah { $quorum }
ledger-reconciled = Cocog: saben tumindak wonten cathetanipun, saben cathetan wonten tumindakipun.
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
err-ledger-erase-too-early = Cathetan kadadosan punika taksih wonten ing wekdal panyimpenan. Paling rikat kenging dipun busak tanggal
rec-ledger-erase-too-early = Mangga dipun tengga ngantos wekdal panyimpenan rampung (limrahipun 5 taun).

err-quorum-zero = Menawi wonten seksi, cacahing seksi ingkang dipun betahaken mboten kenging nol.
rec-quorum-zero = Mangga ngginakaken angka wiwit saking 1, utawi coreten para seksi.
