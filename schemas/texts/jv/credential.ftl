# Kertu digital, statusipun, lan fotonipun.

err-cbor-duplicate-key = Data status punika ngemot satunggal isian kaping kalih.
rec-cbor-duplicate-key = Data punika sampun ngantos dipunangge. Nyuwun ingkang asli saking Dukcapil.

err-cbor-indefinite = Panjangipun data status punika mboten kasebat.
rec-cbor-indefinite = Data punika sampun ngantos dipunangge. Nyuwun ingkang asli saking Dukcapil.

err-cbor-malformed = Data status punika mboten saged kawaos.
rec-cbor-malformed = Mangga dipunenggalaken data kapitadosan ing loket punika, lajeng dipuncobi malih.

err-cbor-not-shortest = Angka ing data status punika kaserat kanthi cara ingkang mboten saged dipuntampi.
rec-cbor-not-shortest = Data punika sampun ngantos dipunangge. Nyuwun ingkang asli saking Dukcapil.

err-cbor-too-much = Susunanipun data status punika ruwet sanget.
rec-cbor-too-much = Data punika sampun ngantos dipunangge. Nyuwun ingkang asli saking Dukcapil.

err-cbor-trailing = Wonten tambahan sanès ing wingkingipun data status punika.
rec-cbor-trailing = Data punika sampun ngantos dipunangge. Nyuwun ingkang asli saking Dukcapil.

err-cbor-truncated = Data status punika kepedhot.
rec-cbor-truncated = Mangga dipunenggalaken data kapitadosan ing loket punika, lajeng dipuncobi malih.

err-claim-absent = Kertu punika mboten ngemot data menika.
rec-claim-absent = Mangga milih data ingkang wonten ing kertu panjenengan kémawon.

err-claim-path-malformed = Nami data ingkang dipunsuwun mboten saged dipunwaos.
rec-claim-path-malformed = Kasuwun ngaturaken dhateng ingkang nyuwun bilih panyuwunanipun klentu.

err-claim-path-too-long = Nami data ingkang dipunsuwun kepanjangen.
rec-claim-path-too-long = Kasuwun ngaturaken dhateng ingkang nyuwun bilih panyuwunanipun klentu.

err-credential-build-empty-validity = Kertu badhé telas wekdalipun sadèrèngipun wiwit.
rec-credential-build-empty-validity = Punika kalepatan program. Kasuwun dipunaturaken dhateng petugas teknis.

err-credential-context = Rantaman kertu punika mboten dipuntepangi.
rec-credential-context = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-credential-expired = Wekdal lakunipun kertu punika sampun telas.
rec-credential-expired = Nyuwun kertu enggal saking Dukcapil lumantar aplikasi dompet.

err-credential-header-type = Punika sanès kertu digital ingkang dipuntepangi.
rec-credential-header-type = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-credential-issued-in-future = Tanggal medalipun kertu punika ing dinten ingkang dèrèng kelampahan.
rec-credential-issued-in-future = Mangga dipunpriksani jam lan tanggal ing piranti kalih-kalihipun, lajeng dipuncobi malih.

err-credential-issuer-mismatch = Kertu punika nyebat penerbit kalih ingkang bènten.
rec-credential-issuer-mismatch = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-credential-issuer-missing = Kertu punika mboten nyebat penerbitipun.
rec-credential-issuer-missing = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-credential-not-yet-valid = Kertu punika dèrèng wiwit lumampah.
rec-credential-not-yet-valid = Mangga dipunpriksani jam lan tanggal ing piranti kalih-kalihipun, lajeng dipuncobi malih.

err-credential-signer-unknown = Penerbit kertu punika mboten wonten ing daftar ingkang dipunpitados.
rec-credential-signer-unknown = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-credential-status-malformed = Pitedah status ing kertu punika risak.
rec-credential-status-malformed = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-credential-subject-malformed = Kertu punika mboten ngemot satunggal tiyang kémawon.
rec-credential-subject-malformed = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-credential-time-malformed = Tanggal ing kertu punika mboten saged dipunwaos.
rec-credential-time-malformed = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-credential-type-confusion = Kertu punika nyampur rantaman kalih.
rec-credential-type-confusion = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-credential-type-missing = Kertu punika mboten nyebat jinisipun.
rec-credential-type-missing = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-credential-validity-conflict = Wekdal lakunipun kertu punika mboten cocog satunggal lan satunggalipun.
rec-credential-validity-conflict = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-credential-validity-missing = Kertu punika mboten nyebat wekdal lakunipun.
rec-credential-validity-missing = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-cwt-algorithm = Caranipun tapak asma data status punika mboten saged dipuntampi.
rec-cwt-algorithm = Data punika sampun ngantos dipunangge. Nyuwun ingkang asli saking Dukcapil.

err-cwt-algorithm-unprotected = Caranipun tapak asma data status punika mboten tumut dipuntapak asmani.
rec-cwt-algorithm-unprotected = Data punika sampun ngantos dipunangge. Nyuwun ingkang asli saking Dukcapil.

err-cwt-critical = Data status punika mbetahaken pranatan ingkang dèrèng dipunmangertosi.
rec-cwt-critical = Mangga dipunenggalaken data kapitadosan ing loket punika, lajeng dipuncobi malih.

err-cwt-header-member = Katrangan ing sirahipun data status punika klèntu.
rec-cwt-header-member = Mangga dipunenggalaken data kapitadosan ing loket punika, lajeng dipuncobi malih.

err-cwt-header-repeated = Katrangan ing sirahipun data status punika medal kaping kalih.
rec-cwt-header-repeated = Data punika sampun ngantos dipunangge. Nyuwun ingkang asli saking Dukcapil.

err-cwt-malformed = Data status mawi tapak asma punika mboten jangkep.
rec-cwt-malformed = Mangga dipunenggalaken data kapitadosan ing loket punika, lajeng dipuncobi malih.

err-cwt-too-long = Data status punika kepanjangen.
rec-cwt-too-long = Mangga dipunenggalaken data kapitadosan ing loket punika, lajeng dipuncobi malih.

err-cwt-untagged = Data status punika mboten dipuntandhani minangka data mawi tapak asma.
rec-cwt-untagged = Data punika sampun ngantos dipunangge. Nyuwun ingkang asli saking Dukcapil.

err-cwt-wrong-tag = Data punika dipuntandhani minangka jinis sanès.
rec-cwt-wrong-tag = Data punika sampun ngantos dipunangge. Nyuwun ingkang asli saking Dukcapil.

err-key-binding-audience = Wangsulan punika kadamel kanggé loket sanès.
rec-key-binding-audience = Mangga dipuntedahaken panyuwunan enggal, lajeng ingkang kagungan kertu kasuwun mangsuli.

err-key-binding-hash = Wangsulan punika mboten cocog kaliyan data ingkang dipuntedahaken.
rec-key-binding-hash = Ingkang kagungan kertu kasuwun nedahaken malih kertunipun.

err-key-binding-in-future = Jam ing ponsel ingkang kagungan kertu kecepeten.
rec-key-binding-in-future = Mangga dipunpriksani jam lan tanggal ing piranti kalih-kalihipun, lajeng dipuncobi malih.

err-key-binding-malformed = Wangsulan saking ponsel mboten jangkep.
rec-key-binding-malformed = Ingkang kagungan kertu kasuwun nedahaken malih kertunipun.

err-key-binding-missing = Ingkang kagungan kertu dèrèng nandhani wangsulan punika.
rec-key-binding-missing = Mangga dipuntedahaken panyuwunan enggal, lajeng ingkang kagungan kertu kasuwun mangsuli.

err-key-binding-no-holder-key = Kertu punika mboten kaiket dhateng ponsel sinten kémawon.
rec-key-binding-no-holder-key = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-key-binding-nonce = Wangsulan punika kanggé panyuwunan sanès.
rec-key-binding-nonce = Mangga dipuntedahaken panyuwunan enggal, lajeng ingkang kagungan kertu kasuwun mangsuli.

err-key-binding-signature = Wangsulan punika mboten dipuntandhani déning ingkang kagungan kertu.
rec-key-binding-signature = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-key-binding-too-old = Wangsulan punika sampun kedangon.
rec-key-binding-too-old = Mangga dipuntedahaken panyuwunan enggal, lajeng ingkang kagungan kertu kasuwun mangsuli.

err-key-binding-type = Jinis wangsulan punika mboten dipuntepangi.
rec-key-binding-type = Ingkang kagungan kertu kasuwun nedahaken malih kertunipun.

err-key-binding-unexpected = Kertu ingkang dipuntampi sampun naté dipunangge mangsuli.
rec-key-binding-unexpected = Nyuwun kertu enggal saking Dukcapil lumantar aplikasi dompet.

err-portrait-mismatch = Foto punika sanès foto ingkang wonten ing kertu.
rec-portrait-mismatch = Ingkang kagungan kertu kasuwun ngintun malih. Menawi wangsul malih, sampun ngantos dipuntampi.

err-portrait-not-webp = Foto punika sanès gambar WebP.
rec-portrait-not-webp = Mangga milih foto sanès kanggé kertu punika.

err-portrait-too-large = Foto punika kageden.
rec-portrait-too-large = Mangga milih foto sanès kanggé kertu punika.

err-sd-jwt-build-duplicate-name = Kertu badhé ngemot satunggal nami data kaping kalih.
rec-sd-jwt-build-duplicate-name = Punika kalepatan program. Kasuwun dipunaturaken dhateng petugas teknis.

err-sd-jwt-build-reserved-name = Nami data punika mboten pareng dipunangge.
rec-sd-jwt-build-reserved-name = Punika kalepatan program. Kasuwun dipunaturaken dhateng petugas teknis.

err-sd-jwt-build-salts = Angka acak kanggé kertu punika kirang.
rec-sd-jwt-build-salts = Punika kalepatan program. Kasuwun dipunaturaken dhateng petugas teknis.

err-sd-jwt-build-too-deep = Rantaman data kertu kelebeten.
rec-sd-jwt-build-too-deep = Punika kalepatan program. Kasuwun dipunaturaken dhateng petugas teknis.

err-sd-jwt-digest-algorithm = Kertu punika ngginakaken cara étang ingkang mboten dipuntepangi.
rec-sd-jwt-digest-algorithm = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-digest-repeated = Kertu punika ngemot satunggal sidhik data kaping kalih.
rec-sd-jwt-digest-repeated = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-digests-malformed = Daftar sidhik data ing kertu punika risak.
rec-sd-jwt-digests-malformed = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-disclosure-duplicate-member = Data ingkang dipuntedahaken ngemot satunggal isian kaping kalih.
rec-sd-jwt-disclosure-duplicate-member = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-disclosure-kind = Data ingkang dipuntedahaken mboten wonten ing papanipun.
rec-sd-jwt-disclosure-kind = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-disclosure-malformed = Data ingkang dipuntedahaken mboten saged dipunwaos.
rec-sd-jwt-disclosure-malformed = Ingkang kagungan kertu kasuwun nedahaken malih kertunipun.

err-sd-jwt-disclosure-repeated = Data ingkang sami dipuntedahaken kaping kalih.
rec-sd-jwt-disclosure-repeated = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-disclosure-too-long = Data ingkang dipuntedahaken kepanjangen.
rec-sd-jwt-disclosure-too-long = Ingkang kagungan kertu kasuwun nedahaken malih kertunipun.

err-sd-jwt-disclosure-unreferenced = Data ingkang dipuntedahaken sanès péranganing kertu punika.
rec-sd-jwt-disclosure-unreferenced = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-duplicate-member = Kertu punika ngemot satunggal isian kaping kalih.
rec-sd-jwt-duplicate-member = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-holder-key-malformed = Kunci ingkang kagungan ing kertu punika risak.
rec-sd-jwt-holder-key-malformed = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-json-serialization = Kertu punika mboten jangkep.
rec-sd-jwt-json-serialization = Ingkang kagungan kertu kasuwun nedahaken malih kertunipun.

err-sd-jwt-json-signatures = Kertu punika ngemot tapak asma ingkang mboten cocog.
rec-sd-jwt-json-signatures = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-name-collision = Data ingkang dipuntedahaken numpuki data ingkang sampun wonten.
rec-sd-jwt-name-collision = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-no-tilde = Punika sanès kertu digital.
rec-sd-jwt-no-tilde = Ingkang kagungan kertu kasuwun nedahaken malih kertunipun.

err-sd-jwt-not-disclosable = Péranganing kertu ingkang kedah tansah ketingal dipunsingidaken.
rec-sd-jwt-not-disclosable = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-payload-malformed = Isi kertu punika mboten saged dipunwaos.
rec-sd-jwt-payload-malformed = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-reserved-name = Kertu punika ngginakaken nami data ingkang awisan.
rec-sd-jwt-reserved-name = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-signature = Tapak asma penerbit mboten cocog. Kertu punika palsu utawi sampun dipunéwahi.
rec-sd-jwt-signature = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-too-deep = Rantaman data kertu punika kelebeten.
rec-sd-jwt-too-deep = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-too-long = Kertu punika kepanjangen.
rec-sd-jwt-too-long = Ingkang kagungan kertu kasuwun nedahaken malih kertunipun.

err-sd-jwt-too-many-digests = Kertu punika ngemot sidhik data kekathahen.
rec-sd-jwt-too-many-digests = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-sd-jwt-too-many-disclosures = Data ingkang dipuntedahaken kekathahen.
rec-sd-jwt-too-many-disclosures = Ingkang kagungan kertu kasuwun nedahaken malih kertunipun.

err-status-list-malformed = Daftar status kertu risak.
rec-status-list-malformed = Mangga dipunenggalaken data kapitadosan ing loket punika, lajeng dipuncobi malih.

err-status-list-out-of-bounds = Kertu punika mboten wonten ing daftar status.
rec-status-list-out-of-bounds = Kertu punika sampun ngantos dipuntampi. Ingkang kagungan kasuwun rawuh dhateng Dukcapil.

err-status-list-too-large = Daftar status kertu kageden.
rec-status-list-too-large = Mangga dipunenggalaken data kapitadosan ing loket punika, lajeng dipuncobi malih.

err-status-list-value-too-large = Aji status mboten cekap ing daftar.
rec-status-list-value-too-large = Punika kalepatan program. Kasuwun dipunaturaken dhateng petugas teknis.

err-status-token-bits = Wujud daftar status mboten dipuntepangi.
rec-status-token-bits = Mangga dipunenggalaken data kapitadosan ing loket punika, lajeng dipuncobi malih.

err-status-token-expired = Daftar status ing loket punika sampun kedaluwarsa.
rec-status-token-expired = Mangga dipunenggalaken data kapitadosan ing loket punika, lajeng dipuncobi malih.

err-status-token-header-type = Punika sanès daftar status.
rec-status-token-header-type = Mangga dipunenggalaken data kapitadosan ing loket punika, lajeng dipuncobi malih.

err-status-token-in-future = Daftar status mawi tanggal ingkang dèrèng kelampahan.
rec-status-token-in-future = Mangga dipunpriksani jam lan tanggal ing piranti kalih-kalihipun, lajeng dipuncobi malih.

err-status-token-malformed = Daftar status mboten jangkep.
rec-status-token-malformed = Mangga dipunenggalaken data kapitadosan ing loket punika, lajeng dipuncobi malih.

err-status-token-signature = Tapak asma daftar status mboten cocog.
rec-status-token-signature = Mangga dipunenggalaken data kapitadosan ing loket punika, lajeng dipuncobi malih.

err-status-token-subject = Daftar status punika kanggé kertu sanès.
rec-status-token-subject = Mangga dipunenggalaken data kapitadosan ing loket punika, lajeng dipuncobi malih.

err-status-token-value-unknown = Status kertu punika mboten dipuntepangi.
rec-status-token-value-unknown = Mangga dipunenggalaken aplikasinipun. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-type-metadata-malformed = Katrangan jinis kertu mboten saged dipunwaos.
rec-type-metadata-malformed = Mangga dipunenggalaken aplikasinipun. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-type-metadata-vct = Katrangan punika kanggé jinis kertu sanès.
rec-type-metadata-vct = Mangga dipunenggalaken aplikasinipun. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-type-metadata-too-large = Katrangan jinis kertu kageden.
rec-type-metadata-too-large = Mangga dipunenggalaken aplikasinipun. Menawi wangsul malih, dipunaturaken dhateng petugas.
