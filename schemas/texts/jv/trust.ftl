# Data kapitadosan: asal, wetah, umur.

err-bundle-document-missing = Data kapitadosan mboten jangkep.
rec-bundle-document-missing = Salin malih sedaya folderipun saking Dukcapil; menawi lumantar kode obah, ngagem --whole.

err-bundle-document-too-large = Setunggal berkas data kapitadosan keageng.
rec-bundle-document-too-large = Sampun ngginakaken folder menika. Salin malih saking Dukcapil.

err-bundle-document-malformed = Setunggal berkas data kapitadosan risak.
rec-bundle-document-malformed = Salin malih folderipun saking Dukcapil.

err-bundle-spec-version = Data kapitadosan kadamel kangge aplikasi versi sanes.
rec-bundle-spec-version = Mangga aplikasi dipunenggalaken, lajeng dipuncobi malih.

err-bundle-root-mismatch = Data kapitadosan menika sanes saking Dukcapil ingkang panjenengan pitados.
rec-bundle-root-mismatch = Sampun dipunginakaken. Cocogaken tandha data kaliyan ingkang dipunumumaken Dukcapil.

err-bundle-key-id-mismatch = Nami kunci ing data kapitadosan mboten cocog kaliyan kuncinipun.
rec-bundle-key-id-mismatch = Sampun ngginakaken folder menika. Atur priksa Dukcapil.

err-bundle-signature-repeated = Data kapitadosan dipuntapakasmani kaping kalih dening kunci ingkang sami.
rec-bundle-signature-repeated = Sampun ngginakaken folder menika. Atur priksa Dukcapil.

err-bundle-under-signed = Tapak asma data kapitadosan mboten sah utawi kirang.
rec-bundle-under-signed = Sampun ngginakaken folder menika. Salin malih saking Dukcapil.

err-bundle-rollback = Data kapitadosan menika langkung lami tinimbang ingkang sampun wonten.
rec-bundle-rollback = Ngginakaken ingkang sampun wonten, utawi pundhut ingkang paling enggal saking Dukcapil.

err-bundle-equivocation = Wonten kalih data kapitadosan ingkang beda kanthi nomer ingkang sami.
rec-bundle-equivocation = Sampun ngginakaken folder menika. Enggal atur priksa Dukcapil.

err-bundle-frozen = Wekdal data kapitadosan menika sampun telas.
rec-bundle-frozen = Pundhut data paling enggal saking Dukcapil.

err-bundle-mixed = Berkas data kapitadosan saking babaran ingkang beda-beda.
rec-bundle-mixed = Salin malih sedaya folderipun saking setunggal babaran.

err-bundle-not-consistent = Rakitaning data kapitadosan mboten cocog.
rec-bundle-not-consistent = Salin malih folderipun saking Dukcapil.

err-bundle-target-missing = Isining data kapitadosan mboten jangkep.
rec-bundle-target-missing = Salin malih sedaya folderipun saking Dukcapil; menawi lumantar kode obah, ngagem --whole.

err-bundle-target-altered = Isining data kapitadosan sampun dipunewahi.
rec-bundle-target-altered = Sampun ngginakaken folder menika. Salin malih saking Dukcapil.

err-bundle-too-large = Data kapitadosan keageng.
rec-bundle-too-large = Sampun ngginakaken folder menika. Salin malih saking Dukcapil.

err-bundle-incomplete = Wonten perangan data kapitadosan ingkang mboten dipunsertakaken.
rec-bundle-incomplete = Nyuwun Dukcapil mbabar data menika malih.

err-bundle-registry-malformed = Dhaptar loket ing data kapitadosan mboten saged kawaos.
rec-bundle-registry-malformed = Nyuwun Dukcapil mbabar data menika malih.

err-clock-behind = Jam piranti menika kantun.
rec-clock-behind = Setel tanggal saha jam, lajeng dipuncobi malih.

err-trust-list-malformed = Dhaptar panerbit mboten saged kawaos.
rec-trust-list-malformed = Nyuwun Dukcapil mbabar data kapitadosan malih.

err-issuer-unknown = Panerbitipun mboten dipuntepangi ing ngriki.
rec-issuer-unknown = Sampun dipuntampi. Enggalaken data kapitadosan menawi mangu-mangu.

err-issuer-key-unknown = Kunci panerbit menika mboten dipuntepangi ing ngriki.
rec-issuer-key-unknown = Enggalaken data kapitadosan, lajeng dipuncobi malih.

err-issuer-key-wrong-role = Kunci menika mboten pareng kangge kabetahan menika.
rec-issuer-key-wrong-role = Sampun dipuntampi. Atur priksa Dukcapil.

err-issuer-key-not-yet = Menika dipuntapakasmani saderengipun kunci panerbit lumampah.
rec-issuer-key-not-yet = Sampun dipuntampi. Atur priksa Dukcapil.

err-issuer-key-ended = Menika dipuntapakasmani sasampunipun mangsa kunci panerbit telas.
rec-issuer-key-ended = Sampun dipuntampi. Nyuwun ingkang enggal dhateng Dukcapil.

err-issuer-key-distrusted = Kertu utawi dokumen menika dipuntapakasmani mawi kunci ingkang sampun mboten dipunpitados dening panerbitipun.
rec-issuer-key-distrusted = Sampun dipuntampi. Ingkang kagungan saged nyuwun kertu enggal dhateng Dukcapil.

err-policy-malformed = Pranatan umur data mboten saged kawaos.
rec-policy-malformed = Nyuwun Dukcapil mbabar data kapitadosan malih.

err-policy-out-of-range = Pranatan umur data nglangkungi wates.
rec-policy-out-of-range = Sampun dipunginakaken. Atur priksa Dukcapil.

# Pendhaftaran loket.

err-registration-malformed = Serat pendhaftaran loket mboten saged kawaos.
rec-registration-malformed = Sampun maringi data panjenengan. Atur priksa Dukcapil.

err-registration-wrong-type = Menika sanes serat pendhaftaran loket.
rec-registration-wrong-type = Sampun maringi data panjenengan. Nyuwun petugas ngginakaken kode ingkang leres.

err-registration-registrar-unknown = Loket menika dipundhaftaraken dening pihak ingkang mboten dipuntepangi.
rec-registration-registrar-unknown = Sampun maringi data panjenengan. Atur priksa Dukcapil.

err-registration-signature = Serat pendhaftaran loket menika palsu utawi sampun dipunewahi.
rec-registration-signature = Sampun maringi data panjenengan. Atur priksa Dukcapil.

err-registration-too-long = Pendhaftaran loket menika lumampah langkung dangu tinimbang ingkang kaparengaken.
rec-registration-too-long = Nyuwun Dukcapil ndhaftar loket menika malih, paling dangu 90 dinten.

err-registration-not-yet-valid = Pendhaftaran loket menika dereng wiwit lumampah.
rec-registration-not-yet-valid = Priksa jam piranti, utawi tengga ngantos tanggal wiwitipun.

err-registration-expired = Pendhaftaran loket menika sampun telas wekdalipun.
rec-registration-expired = Nyuwun loket manjangaken pendhaftaranipun ing Dukcapil. Menawi tanggal ing piranti Panjenengan lepat, dipun leresaken rumiyin.

err-registration-withdrawn = Pendhaftaran loket menika sampun kacabut.
rec-registration-withdrawn = Sampun maringi data panjenengan ing loket menika.

err-unregistered = Loket menika mboten kadhaftar ing Dukcapil.
rec-unregistered = Sampun maringi data panjenengan. Petugas kedah ndhaftaraken loket menika.

err-registration-borrowed = Loket menika ngginakaken serat pendhaftaran kagunganipun loket sanes.
rec-registration-borrowed = Sampun maringi data panjenengan. Atur priksa Dukcapil.

err-service-unknown = Leladosan menika mboten wonten ing pendhaftaran loket menika.
rec-service-unknown = Pilih leladosan ingkang kadhaftar.

err-over-asking = Loket menika nyuwun data nglangkungi ingkang kaparengaken.
rec-over-asking = Sampun dipunparingaken. Atur priksa petugas utawi Dukcapil.

err-protected-claim-undeclared = Loket menika nyuwun nomer induk tanpa palilah mirunggan.
rec-protected-claim-undeclared = Sampun dipunparingaken. Atur priksa Dukcapil.

err-certificate-malformed = Sertifikat loket mboten saged kawaos.
rec-certificate-malformed = Nyuwun Dukcapil ndhaftar loket menika malih.

err-certificate-algorithm = Sertifikat menika ngginakaken cara tapak asma ingkang mboten dipunginakaken ing ngriki.
rec-certificate-algorithm = Nyuwun Dukcapil damel sertifikat enggal.

err-certificate-purpose = Sertifikat menika kadamel kangge kabetahan sanes.
rec-certificate-purpose = Sampun dipuntampi. Atur priksa Dukcapil.

err-certificate-unknown-authority = Sertifikat loket menika sanes damelanipun Dukcapil.
rec-certificate-unknown-authority = Sampun maringi data panjenengan. Atur priksa Dukcapil.

err-certificate-not-yet-valid = Sertifikat loket dereng wiwit lumampah.
rec-certificate-not-yet-valid = Priksa jam piranti, lajeng dipuncobi malih.

err-certificate-expired = Sertifikat loket sampun telas wekdalipun.
rec-certificate-expired = Nyuwun loket ngenggalaken pendhaftaran ing Dukcapil.

# Kawontenan kertu saha putusan.

err-status-token-wrong-key = Dhaptar kawontenan kertu dipuntapakasmani dening kunci ingkang lepat.
rec-status-token-wrong-key = Sampun dipunginakaken. Salin malih data kapitadosan saking Dukcapil.

err-status-token-repeated = Wonten kalih dhaptar kawontenan kangge kertu ingkang sami.
rec-status-token-repeated = Sampun dipunginakaken. Atur priksa Dukcapil.

err-accepted = Kertu sah.
rec-accepted = Cocogaken pasuryan menawi wonten fotonipun, lajeng dipunladosi.

err-accepted-stale = Kertu sah miturut data lami.
rec-accepted-stale = Pareng kangge leladosan menika. Enggal ngenggalaken data kapitadosan.

err-superseded = Kertu menika sampun dipungantos ingkang enggal.
rec-superseded = Aturi warga mbikak kertu enggalipun, utawi ngenggalaken dompetipun. Menawi kertas: nyuwun cithakan ingkang paling enggal.

err-bundle-absent = Dereng wonten data kapitadosan ing piranti menika.
rec-bundle-absent = Pundhut data kapitadosan saking Dukcapil rumiyin.

err-status-missing = Kawontenaning kertu menika dereng saged dipunpesthekaken ing ngriki.
rec-status-missing = Enggalaken data kapitadosan, utawi nyuwun putusan atasan.

err-status-old = Data kawontenan sampun kedangon kangge leladosan menika.
rec-status-old = Enggalaken data kapitadosan, utawi nyuwun putusan atasan.

err-status-ended = Data kawontenan sampun mboten lumampah.
rec-status-ended = Enggalaken data kapitadosan saderengipun ngladosi.

err-bundle-ended = Data kapitadosan sampun mboten lumampah.
rec-bundle-ended = Enggalaken data kapitadosan saderengipun ngladosi.

err-revoked = Kertu menika sampun kacabut.
rec-revoked = Sampun dipuntampi. Aturi warga dhateng Dukcapil.

err-suspended = Kertu menika dipunkendheli sawetawis.
rec-suspended = Sampun dipuntampi. Aturi warga dhateng Dukcapil.

err-credential-wrong-type = Kertu ingkang katuduhaken sanes ingkang dipunsuwun.
rec-credential-wrong-type = Aturi warga milih kertu ingkang cocog.

err-fact-missing = Wonten data ingkang dipunsuwun nanging mboten katuduhaken.
rec-fact-missing = Aturi warga mangsuli malih kanthi data jangkep.

err-holder-mismatch = Kertu-kertu menika sanes kagunganipun setunggal priyantun.
rec-holder-mismatch = Sampun dipuntampi. Nyuwun sedaya kertu saking priyantun ingkang sami.

err-portrait-missing = Foto ingkang dipunsuwun mboten dipunsertakaken.
rec-portrait-missing = Aturi warga mangsuli malih kaliyan fotonipun.

err-sector-foreign = Lokèt menika nyuwun nomer saking sèktor sanès.
rec-sector-foreign = Sampun dipunwangsuli. Mangga lapor Dukcapil.

err-token-group-asked = Lokèt menika nyuwun nomer sedaya sèktor sareng.
rec-token-group-asked = Sampun dipunwangsuli. Mangga lapor Dukcapil.

err-registration-sectors-mixed = Setunggal pendhaptaran lokèt ngemot langkung saking setunggal sèktor.
rec-registration-sectors-mixed = Mangga dipundhaptar setunggal lokèt kanggé setunggal sèktor.

err-registration-downgraded = Pendhaptaran lokèt menika sampun dipungantos ingkang énggal.
rec-registration-downgraded = Mangga dipunsuwun ngginakaken pendhaptaran ingkang paling énggal.

err-bundle-too-many-roots = Dokumen oyod data kapitadosan menika mboten wonten telasipun.
rec-bundle-too-many-roots = Sampun ngginakaken data menika. Enggal atur priksa Dukcapil.

err-bundle-delegation = Data kapitadosan menika maringi wewenang dhateng pihak ingkang lepat.
rec-bundle-delegation = Sampun ngginakaken data menika. Enggal atur priksa Dukcapil.

err-bundle-target-outside-role = Kunci padintenan nyobi ngewahi isi ingkang sanes wewenangipun.
rec-bundle-target-outside-role = Sampun ngginakaken data menika. Enggal atur priksa Dukcapil.

err-bundle-target-repeated = Setunggal isining data kapitadosan dipunsebat kaping kalih.
rec-bundle-target-repeated = Salin malih sedaya folderipun saking Dukcapil; menawi lumantar kode obah, ngagem --whole.

err-bundle-too-many-targets = Isining data kapitadosan menika kekathahen.
rec-bundle-too-many-targets = Sampun ngginakaken data menika. Salin malih saking Dukcapil.

err-bundle-target-name = Nami berkas ing data kapitadosan menika mboten limrah.
rec-bundle-target-name = Sampun ngginakaken data menika. Enggal atur priksa Dukcapil.

err-webvh-too-large = Riwayat identitas panerbit kageden, mboten saged dipunwaos.
rec-webvh-too-large = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-webvh-empty = Riwayat identitas panerbit suwung.
rec-webvh-empty = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-webvh-entry = Wonten larik risak ing riwayat identitas panerbit.
rec-webvh-entry = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-webvh-version-number = Wonten larik ingkang ical utawi kelintu ing riwayat identitas panerbit.
rec-webvh-version-number = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-webvh-entry-hash = Isi riwayat identitas panerbit sampun dipunewahi.
rec-webvh-entry-hash = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-webvh-scid = Identitas panerbit punika mboten asal saking wiwitaning riwayatipun.
rec-webvh-scid = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-webvh-time = Wekdal ing riwayat identitas panerbit mboten urut.
rec-webvh-time = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-webvh-time-ahead = Riwayat identitas panerbit ngemot wekdal ingkang dereng dumugi.
rec-webvh-time-ahead = Mangga dipunpriksa jam piranti punika. Menawi sampun leres, atur pirsa Dukcapil.

err-webvh-method = Riwayat identitas panerbit ngangge versi ingkang mboten dipuntepangi.
rec-webvh-method = Mangga program punika dipunenggalaken, lajeng cobi malih.

err-webvh-parameter = Riwayat identitas panerbit ngemot pranatan ingkang mboten kenging wonten.
rec-webvh-parameter = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-webvh-proof-form = Tapak asta ing riwayat identitas panerbit mboten saged dipunwaos.
rec-webvh-proof-form = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-webvh-unauthorized = Riwayat identitas panerbit dipuntapak astani dening kunci ingkang mboten gadhah wewenang.
rec-webvh-unauthorized = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-webvh-signature = Tapak asta ing riwayat identitas panerbit mboten cocog.
rec-webvh-signature = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-webvh-pre-rotation = Kunci enggal panerbit dereng nate dipunwartosaken saderengipun.
rec-webvh-pre-rotation = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-webvh-deactivated = Identitas panerbit punika sampun dipunpungkasi.
rec-webvh-deactivated = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-webvh-document-id = Dokumen punika gadhahanipun identitas sanes.
rec-webvh-document-id = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-webvh-moved = Identitas panerbit dipunpindhah, kamangka mboten kenging.
rec-webvh-moved = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-webvh-witness-file = Berkas sarujukipun seksi mboten saged dipunwaos.
rec-webvh-witness-file = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-webvh-unwitnessed = Seksi ingkang sarujuk kaliyan riwayat identitas panerbit kirang.
rec-webvh-unwitnessed = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-webvh-other-did = Riwayat punika gadhahanipun identitas sanes.
rec-webvh-other-did = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-webvh-location = Identitas punika mboten nuduhaken alamat web ingkang sah.
rec-webvh-location = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-bundle-signer-chain = Sertifikat salah satunggaling kunci ing bundel kapitadosan mboten pungkasan ing oyod sertifikat bundel punika.
rec-bundle-signer-chain = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-bundle-signer-chain-key = Sertifikat salah satunggaling kunci ing bundel kapitadosan dipundamel kangge kunci sanes.
rec-bundle-signer-chain-key = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-holder-link-asked = Gandhènganing kertu dipunsuwun, mangka mboten wonten sawetawis kertu ingkang kedah dipungandhèngaken.
rec-holder-link-asked = Sampun dipunwangsuli. Leladosan mboten ndhaptaraken gandhèngan menika; panyuwunan kanggé sawetawis kertu nyuwun piyambak.

officer-rec-registration-malformed = Nyuwun Dukcapil ndhaftar lokèt punika malih, lajeng data kapitadosan dipunénggalaken.
officer-rec-registration-wrong-type = Nyuwun Dukcapil ndhaftar lokèt punika malih, lajeng data kapitadosan dipunénggalaken.
officer-rec-registration-registrar-unknown = Nyuwun Dukcapil ndhaftar lokèt punika malih, lajeng data kapitadosan dipunénggalaken.
officer-rec-registration-signature = Nyuwun Dukcapil ndhaftar lokèt punika malih, lajeng data kapitadosan dipunénggalaken.
officer-rec-registration-withdrawn = Nyuwun Dukcapil ndhaftar lokèt punika malih, lajeng data kapitadosan dipunénggalaken.
officer-rec-registration-expired = Nyuwun Dukcapil ndhaftar lokèt punika malih, lajeng data kapitadosan dipunénggalaken.
officer-rec-unregistered = Nyuwun Dukcapil ndhaftar lokèt punika malih, lajeng data kapitadosan dipunénggalaken.
officer-rec-registration-borrowed = Nyuwun Dukcapil ndhaftar lokèt punika malih, lajeng data kapitadosan dipunénggalaken.
officer-rec-certificate-unknown-authority = Nyuwun Dukcapil ndhaftar lokèt punika malih, lajeng data kapitadosan dipunénggalaken.
officer-err-sector-foreign = Leladosan punika nyuwun nomer gantos saking sèktor sanès.
officer-rec-sector-foreign = Mangga sector instansi punika dipunserat ing daftar leladosan, utawi nomer punika dipunbusak saking claims.
officer-err-token-group-asked = Leladosan punika nyuwun nomer gantos sedaya sèktor sareng.
officer-rec-token-group-asked = Sebataken satunggal kémawon: token.SEKTOR saking sèktor instansi punika.
officer-err-over-asking = Panyuwunan punika nglangkungi pandhaftaran lokèt.
officer-rec-over-asking = Mangga data ingkang dipunsuwun dipunkirangi, utawi nyuwun Dukcapil njembaraken pandhaftaran.
officer-err-protected-claim-undeclared = Leladosan punika nyuwun nomer induk tanpa dipunwedharaken.
officer-rec-protected-claim-undeclared = Nomer punika ugi dipunsebataken ing protected, menawi pancèn wonten dhasar ukumipun.
officer-err-holder-link-asked = Leladosan punika nyuwun panyambung kertu.
officer-rec-holder-link-asked = Mangga dipunbusak saking claims: panyuwunan kanggé pinten-pinten kertu nyuwun piyambak.

err-dependant-mismatch = Serat-serat lare menika kagunganipun lare kalih ingkang benten.
rec-dependant-mismatch = Sampun dipuntampi. Nyuwun serat-serat saking lare ingkang sami.

err-pendamping-over = Sesi pendamping sampun pungkas.
rec-pendamping-over = Sampun dipuntampi. Pendamping lan warga miwiti sesi enggal wonten meja layanan.

err-pendamping-used = Kertu ingkang dipunbekta pendamping punika sampun dipunginakaken wonten loket punika.
rec-pendamping-used = Sampun dipuntampi. Satunggal sesi kangge satunggal kaperluan: pendamping lan warga miwiti sesi enggal wonten meja layanan.
err-pendamping-face = Kertu punika dipun bekta pendamping, mangka layanan punika mboten nyocogaken pasuryan.
rec-pendamping-face = Sampun dipun tampi. Warga nedahaken kertunipun piyambak, utawi dipun ladosi mawi kertu asli.
