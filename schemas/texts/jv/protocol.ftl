# Pitakènan ing salebeting panyuwunan.

err-dcql-path-wrong-kind = Panyuwunan nedahaken péranganing kertu ingkang lepat jinisipun.
rec-dcql-path-wrong-kind = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-dcql-path-nothing = Panyuwunan nedahaken péranganing kertu ingkang mboten wonten.
rec-dcql-path-nothing = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-query-no-credential = Panjenengan dèrèng kagungan kertu ingkang dipunsuwun.
rec-query-no-credential = Mangga mundhut kertu punika rumiyin ing Dukcapil, lajeng dipuncobi malih.

err-query-missing-claims = Kertu panjenengan mboten ngemot sedaya data ingkang dipunsuwun.
rec-query-missing-claims = Mangga mundhut kertu punika rumiyin ing Dukcapil, lajeng dipuncobi malih.

err-dcql-malformed = Isinipun panyuwunan mboten jangkep.
rec-dcql-malformed = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-dcql-size = Panyuwunan kothong utawi nyuwun kathah sanget sareng-sareng.
rec-dcql-size = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-dcql-bad-id = Panyuwunan ngemot nama ingkang mboten dipunparengaken.
rec-dcql-bad-id = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-dcql-duplicate-id = Panyuwunan ngagem satunggal nama kaping kalih.
rec-dcql-duplicate-id = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-dcql-unknown-id = Panyuwunan nyebat pilihan ingkang mboten wonten.
rec-dcql-unknown-id = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-dcql-sets-without-claims = Panyuwunan maringi pilihan tanpa nyebat datanipun.
rec-dcql-sets-without-claims = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-dcql-duplicate-claim = Panyuwunan nyuwun data ingkang sami kaping kalih.
rec-dcql-duplicate-claim = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-dcql-meta = Panyuwunan mboten nyebat jinising kertu kanthi leres.
rec-dcql-meta = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

# Panawaran kertu.

err-offer-not-a-link = Punika sanès panawaran kertu.
rec-offer-not-a-link = Mangga dipuncobi malih. Menawi wangsul malih, nyuwun petugas damel panawaran kertu ingkang énggal.

err-offer-too-large = Panawaran kertu punika ageng sanget.
rec-offer-too-large = Nyuwun petugas damel panawaran kertu ingkang énggal.

err-offer-ambiguous = Panawaran kertu punika mboten cetha.
rec-offer-ambiguous = Nyuwun petugas damel panawaran kertu ingkang énggal.

err-offer-malformed = Panawaran kertu punika risak.
rec-offer-malformed = Nyuwun petugas damel panawaran kertu ingkang énggal.

err-offer-no-grant = Panawaran kertu punika ngagem cara ingkang dèrèng dipuntepangi aplikasi.
rec-offer-no-grant = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

# Ingkang nerbitaken nampik panyuwunaning dompet.

err-c-nonce-unknown = Bukti kunci ngagem angka acak ingkang mboten dipuntepangi.
rec-c-nonce-unknown = Mangga dipuncobi malih. Menawi wangsul malih, nyuwun petugas damel panawaran kertu ingkang énggal.

err-c-nonce-expired = Bukti kunci dumugi kasèp.
rec-c-nonce-expired = Mangga dipuncobi malih. Menawi wangsul malih, nyuwun petugas damel panawaran kertu ingkang énggal.

err-credential-request-malformed = Panyuwunan kertu saking dompet risak.
rec-credential-request-malformed = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-credential-request-names-nothing = Panyuwunan saking dompet mboten nyebat kertu.
rec-credential-request-names-nothing = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-credential-request-identifier = Dompet nyuwun kertu kanthi cara ingkang mboten dipunagem ing mriki.
rec-credential-request-identifier = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-credential-request-unknown = Kertu ingkang dipunsuwun mboten wonten ing panawaran punika.
rec-credential-request-unknown = Nyuwun petugas damel panawaran kertu ingkang énggal.

err-credential-request-encryption = Dompet nyuwun wangsulan sinandi lumantar panyuwunan ingkang mboten sinandi.
rec-credential-request-encryption = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-proof-missing = Dompet mboten ngintun bukti kunci.
rec-proof-missing = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-proof-type = Jinis bukti kunci punika mboten dipunagem ing mriki.
rec-proof-type = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-proof-too-many = Dompet nyuwun kathah sanget salinan sareng-sareng.
rec-proof-too-many = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-proof-typ = Bukti kunci saking dompet lepat jinisipun.
rec-proof-typ = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-proof-key = Bukti saking dompet mboten ngemot pas satunggal kunci.
rec-proof-key = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-proof-signature = Tapak asma bukti kunci mboten cocog.
rec-proof-signature = Mangga dipuncobi malih. Menawi wangsul malih, nyuwun petugas damel panawaran kertu ingkang énggal.

err-proof-payload = Isinipun bukti kunci mboten jangkep.
rec-proof-payload = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-proof-audience = Bukti kunci punika kadamel kanggé ingkang nerbitaken sanès.
rec-proof-audience = Mangga dipuncobi malih. Menawi wangsul malih, nyuwun petugas damel panawaran kertu ingkang énggal.

err-proof-without-nonce = Bukti kunci mboten ngemot angka acak saking ingkang nerbitaken.
rec-proof-without-nonce = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-proof-too-old = Bukti kunci sampun dangu sanget.
rec-proof-too-old = Mangga dipunpriksani jam ing HP panjenengan lan ing loket, lajeng nyuwun kode panyuwunan ingkang énggal.

err-proof-in-future = Bukti kunci tanggalipun ing tembé.
rec-proof-in-future = Mangga dipunpriksani jam ing HP panjenengan lan ing loket, lajeng nyuwun kode panyuwunan ingkang énggal.

err-proof-same-key = Dompet ngintun kunci ingkang sami kaping kalih.
rec-proof-same-key = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-token-malformed = Panyuwunan palilah saking dompet risak.
rec-token-malformed = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-token-repeated-parameter = Panyuwunan palilah nyebat satunggal isian kaping kalih.
rec-token-repeated-parameter = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-token-missing-grant-type = Panyuwunan palilah mboten nyebat caranipun.
rec-token-missing-grant-type = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-token-unsupported-grant-type = Cara nyuwun palilah punika mboten dipunagem ing mriki.
rec-token-unsupported-grant-type = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-token-missing-code = Panyuwunan palilah mboten ngemot kode panawaran.
rec-token-missing-code = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-token-anonymous-client = Ingkang nerbitaken punika namung ngladosi dompet ingkang nyebat namanipun.
rec-token-anonymous-client = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-tx-code-form = Kode kedah enem angka.
rec-tx-code-form = Mangga dipunpriksani kode enem angka saking petugas, lajeng dipunketik malih.

err-tx-code-missing = Kode enem angka dèrèng dipunkintun.
rec-tx-code-missing = Mangga dipunpriksani kode enem angka saking petugas, lajeng dipunketik malih.

err-tx-code-unexpected = Panawaran punika mboten ngagem kode.
rec-tx-code-unexpected = Mangga dipuncobi malih. Menawi wangsul malih, nyuwun petugas damel panawaran kertu ingkang énggal.

err-token-code-unknown = Panawaran punika mboten dipuntepangi.
rec-token-code-unknown = Nyuwun petugas damel panawaran kertu ingkang énggal.

err-token-code-expired = Wekdal panawaran punika sampun telas.
rec-token-code-expired = Nyuwun petugas damel panawaran kertu ingkang énggal.

err-token-code-used = Panawaran punika sampun dipunagem.
rec-token-code-used = Nyuwun petugas damel panawaran kertu ingkang énggal.

err-tx-code-wrong = Kode enem angka punika lepat.
rec-tx-code-wrong = Mangga dipunpriksani kode enem angka saking petugas, lajeng dipunketik malih.

err-tx-code-tries-used-up = Kode lepat dipunketik kepara asring. Panawaran punika dipunkunci.
rec-tx-code-tries-used-up = Nyuwun petugas damel panawaran kertu ingkang énggal.

# Nampi kertu.

err-received-other-format = Kertu ingkang dumugi sanès wujudipun saking ingkang dipuntawèkaken.
rec-received-other-format = Kertu punika mboten dipunsimpen. Mangga dipunaturaken dhateng petugas Dukcapil.

err-received-other-type = Kertu ingkang dumugi sanès jinisipun saking ingkang dipuntawèkaken.
rec-received-other-type = Kertu punika mboten dipunsimpen. Mangga dipunaturaken dhateng petugas Dukcapil.

err-received-other-key = Kertu ingkang dumugi mboten kadamel kanggé HP punika.
rec-received-other-key = Kertu punika mboten dipunsimpen. Mangga dipunaturaken dhateng petugas Dukcapil.

err-received-same-key = Kalih salinan kertu ngagem kunci ingkang sami.
rec-received-same-key = Kertu punika mboten dipunsimpen. Mangga dipunaturaken dhateng petugas Dukcapil.

err-receive-status = Ingkang nerbitaken kertu saweg mboten saged ngladosi.
rec-receive-status = Mangga dipuncobi malih. Menawi wangsul malih, nyuwun petugas damel panawaran kertu ingkang énggal.

err-receive-too-large = Wangsulan saking ingkang nerbitaken ageng sanget.
rec-receive-too-large = Sampun ngantos dipunlajengaken. Mangga dipunaturaken dhateng petugas ingkang maringi panawaran punika.

err-receive-malformed = Wangsulan saking ingkang nerbitaken mboten saged dipunwaos.
rec-receive-malformed = Mangga dipuncobi malih. Menawi wangsul malih, nyuwun petugas damel panawaran kertu ingkang énggal.

err-receive-other-issuer = Panawaran punika ngaken saking ingkang nerbitaken sanès.
rec-receive-other-issuer = Sampun ngantos dipunlajengaken. Mangga dipunaturaken dhateng petugas ingkang maringi panawaran punika.

err-receive-unknown-server = Panawaran punika nedahaken papan ingkang mboten dipuntepangi ingkang nerbitaken.
rec-receive-unknown-server = Sampun ngantos dipunlajengaken. Mangga dipunaturaken dhateng petugas ingkang maringi panawaran punika.

err-receive-unknown-configuration = Ingkang nerbitaken mboten nepangi kertu ing panawaran punika.
rec-receive-unknown-configuration = Nyuwun petugas damel panawaran kertu ingkang énggal.

err-receive-nothing-usable = Mboten wonten kertu ing panawaran punika ingkang saged dipunsimpen aplikasi.
rec-receive-nothing-usable = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-receive-encryption-required = Ingkang nerbitaken punika nyuwun sandi ingkang dèrèng dipuntepangi aplikasi.
rec-receive-encryption-required = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-receive-tx-code-form = Kode ingkang dipunketik mboten trep wujudipun.
rec-receive-tx-code-form = Mangga dipunpriksani kode enem angka saking petugas, lajeng dipunketik malih.

err-receive-grant-refused = Kode lepat, utawi panawaran sampun mboten lumampah.
rec-receive-grant-refused = Mangga dipunpriksani kode enem angka saking petugas, lajeng dipunketik malih.

err-receive-token-type = Ingkang nerbitaken maringi palilah kanthi cara ingkang dèrèng dipuntepangi aplikasi.
rec-receive-token-type = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-receive-refused = Ingkang nerbitaken mboten marengaken maringi kertu.
rec-receive-refused = Nyuwun petugas damel panawaran kertu ingkang énggal.

err-receive-deferred = Kertu dèrèng cumawis, lan ingkang nerbitaken mboten nyebat wonten pundi kertunipun saged dipunpendhet mangké.
rec-receive-deferred = Mangga dipuncobi malih. Menawi wangsul malih, nyuwun petugas damel panawaran kertu ingkang énggal.

err-receive-wrong-count = Cacahing kertu ingkang dumugi mboten trep.
rec-receive-wrong-count = Kertu punika mboten dipunsimpen. Mangga dipunaturaken dhateng petugas Dukcapil.

err-receive-out-of-order = Urutan nampi kertu kuwalik ing salebeting aplikasi.
rec-receive-out-of-order = Mangga dipuntutup lajeng dipunbikak malih aplikasi punika. Menawi wangsul malih, dipunlapuraken dhateng ingkang damel.

# Panyuwunan saking loket.

err-request-typ = Punika sanès panyuwunan saking loket.
rec-request-typ = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-request-certificate = Panyuwunan punika mboten ngasta sertifikat loket ingkang leres.
rec-request-certificate = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-request-malformed = Panyuwunan punika risak.
rec-request-malformed = Nyuwun petugas mitedahaken kode panyuwunan ingkang énggal.

err-request-client-id-prefix = Loket punika nepangaken dhiri kanthi cara ingkang mboten dipuntampi.
rec-request-client-id-prefix = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-request-client-id-mismatch = Namaning loket mboten cocog kaliyan sertifikatipun.
rec-request-client-id-mismatch = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-request-other-client = Panyuwunan punika saking loket sanès kaliyan tautanipun.
rec-request-other-client = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-request-signature = Tapak asma panyuwunan mboten cocog. Isinipun saged ugi dipunéwahi.
rec-request-signature = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-request-audience = Panyuwunan punika mboten katujokaken dhateng dompet.
rec-request-audience = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-request-response-type = Panyuwunan punika nyuwun sanèsipun kertu.
rec-request-response-type = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-request-response-mode = Panyuwunan punika nyuwun wangsulan lumantar margi ingkang mboten dipunagem ing mriki.
rec-request-response-mode = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-request-redirect-uri = Panyuwunan punika nyebat kalih alamat wangsulan sareng-sareng.
rec-request-redirect-uri = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-request-transaction-data = Panyuwunan punika ngersakaken panjenengan nandhani bab sanès. Aplikasi mboten nindakaken.
rec-request-transaction-data = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-request-no-query = Panyuwunan punika mboten nyebat menapa ingkang dipunsuwun.
rec-request-no-query = Nyuwun petugas mitedahaken kode panyuwunan ingkang énggal.

err-request-nonce-form = Angka acak ing panyuwunan mboten leres.
rec-request-nonce-form = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-request-nonce-binding = Isinipun panyuwunan mboten cocog kaliyan pangiketipun. Isinipun saged ugi dipunéwahi.
rec-request-nonce-binding = Panyuwunan punika sampun ngantos dipunwangsuli. Mangga nyuwun pirsa dhateng petugas loket.

err-request-version = Panyuwunan punika kadamel kanthi vèrsi ingkang dèrèng dipuntepangi aplikasi.
rec-request-version = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-request-recipient-key = Panyuwunan punika mboten ngasta kunci kanggé nyegel wangsulan.
rec-request-recipient-key = Nyuwun petugas mitedahaken kode panyuwunan ingkang énggal.

err-request-too-old = Panyuwunan punika sampun dangu sanget, utawi wonten jam ingkang lepat.
rec-request-too-old = Mangga dipunpriksani jam ing HP panjenengan lan ing loket, lajeng nyuwun kode panyuwunan ingkang énggal.

err-request-in-future = Panyuwunan punika tanggalipun ing tembé, utawi wonten jam ingkang lepat.
rec-request-in-future = Mangga dipunpriksani jam ing HP panjenengan lan ing loket, lajeng nyuwun kode panyuwunan ingkang énggal.

err-request-lapsed = Wekdal panyuwunan punika sampun telas.
rec-request-lapsed = Nyuwun petugas mitedahaken kode panyuwunan ingkang énggal.

err-request-asks-nothing = Layanan punika mboten nyuwun data menapa-menapa.
rec-request-asks-nothing = Mangga dipunaturaken dhateng pangurus loket supados pangaturanipun dipundandosi.

err-request-form-unknown = Kode panyuwunan punika dèrèng dipuntepangi aplikasi.
rec-request-form-unknown = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.

err-request-form-malformed = Kode panyuwunan punika risak.
rec-request-form-malformed = Nyuwun petugas mitedahaken kode panyuwunan ingkang énggal.

err-request-form-asks-nothing = Kode panyuwunan punika mboten nyuwun data menapa-menapa.
rec-request-form-asks-nothing = Nyuwun petugas mitedahaken kode panyuwunan ingkang énggal.

# Wangsulan lumantar kode QR.

err-answer-malformed = Kode wangsulan punika risak.
rec-answer-malformed = Nyuwun ingkang kagungan kertu mitedahaken wangsulan ingkang énggal, lajeng dipunpindai malih.

err-answer-format-unknown = Kode wangsulan punika dèrèng dipuntepangi loket.
rec-answer-format-unknown = Nyuwun ingkang kagungan kertu mitedahaken wangsulan ingkang énggal, lajeng dipunpindai malih.

err-answer-other-request = Wangsulan punika kanggé panyuwunan sanès.
rec-answer-other-request = Nyuwun ingkang kagungan kertu mitedahaken wangsulan ingkang énggal, lajeng dipunpindai malih.

err-answer-tampered = Wangsulan punika sampun dipunéwahi ing margi.
rec-answer-tampered = Wangsulan punika sampun ngantos dipuntampi. Mangga damel panyuwunan énggal lan nyuwun wangsulan énggal.

err-answer-recipient-key = Kunci ing panyuwunan mboten saged dipunagem.
rec-answer-recipient-key = Nyuwun petugas mitedahaken kode panyuwunan ingkang énggal.

err-answer-unknown-query = Wangsulan punika ngemot kertu ingkang mboten dipunsuwun.
rec-answer-unknown-query = Wangsulan punika sampun ngantos dipuntampi. Mangga damel panyuwunan énggal lan nyuwun wangsulan énggal.

err-answer-too-large = Wangsulan ageng sanget kanggé kode QR.
rec-answer-too-large = Nyuwun petugas mitedahaken kode panyuwunan ingkang énggal.

# Wangsulan saking dompet.

err-wallet-declined = Ingkang kagungan kertu mboten sarujuk.
rec-wallet-declined = Mangga dipuntawèkaken cara sanès dhateng ingkang kagungan kertu.

err-wallet-error = Dompetipun ingkang kagungan kertu nglapuraken kalepatan.
rec-wallet-error = Nyuwun ingkang kagungan kertu mitedahaken wangsulan ingkang énggal, lajeng dipunpindai malih.

err-response-malformed = Wangsulan saking dompet risak.
rec-response-malformed = Nyuwun ingkang kagungan kertu mitedahaken wangsulan ingkang énggal, lajeng dipunpindai malih.

err-response-repeated-parameter = Wangsulan saking dompet nyebat satunggal isian kaping kalih.
rec-response-repeated-parameter = Nyuwun ingkang kagungan kertu mitedahaken wangsulan ingkang énggal, lajeng dipunpindai malih.

err-response-empty = Wangsulan saking dompet kothong.
rec-response-empty = Nyuwun ingkang kagungan kertu mitedahaken wangsulan ingkang énggal, lajeng dipunpindai malih.

err-response-unasked-credential = Dompet ngintun kertu ingkang mboten dipunsuwun.
rec-response-unasked-credential = Wangsulan punika sampun ngantos dipuntampi. Mangga damel panyuwunan énggal lan nyuwun wangsulan énggal.

err-response-missing-credential = Kertu ingkang dipunsuwun mboten wonten ing wangsulan.
rec-response-missing-credential = Nyuwun ingkang kagungan kertu mitedahaken wangsulan ingkang énggal, lajeng dipunpindai malih.

err-response-too-many = Wangsulan ngemot langkung saking satunggal kertu ingkang sami.
rec-response-too-many = Wangsulan punika sampun ngantos dipuntampi. Mangga damel panyuwunan énggal lan nyuwun wangsulan énggal.

err-response-wrong-format = Kertu ing wangsulan sanès wujudipun saking ingkang dipunsuwun.
rec-response-wrong-format = Wangsulan punika sampun ngantos dipuntampi. Mangga damel panyuwunan énggal lan nyuwun wangsulan énggal.

err-response-wrong-type = Kertu ing wangsulan sanès jinisipun saking ingkang dipunsuwun.
rec-response-wrong-type = Wangsulan punika sampun ngantos dipuntampi. Mangga damel panyuwunan énggal lan nyuwun wangsulan énggal.

err-response-missing-claim = Data ingkang dipunsuwun mboten jangkep ing wangsulan.
rec-response-missing-claim = Nyuwun ingkang kagungan kertu mitedahaken wangsulan ingkang énggal, lajeng dipunpindai malih.

err-response-unasked-claim = Wangsulan mbikak data ingkang mboten dipunsuwun.
rec-response-unasked-claim = Wangsulan punika sampun ngantos dipuntampi. Mangga damel panyuwunan énggal lan nyuwun wangsulan énggal.

err-response-portrait-missing = Foto ingkang dipunsuwun mboten tumut ing wangsulan.
rec-response-portrait-missing = Nyuwun ingkang kagungan kertu mitedahaken wangsulan ingkang énggal, lajeng dipunpindai malih.

err-response-portrait-unasked = Wangsulan ngasta foto ingkang mboten dipunsuwun.
rec-response-portrait-unasked = Wangsulan punika sampun ngantos dipuntampi. Mangga damel panyuwunan énggal lan nyuwun wangsulan énggal.

err-access-entry-malformed = Cathetan akses punika risak.
rec-access-entry-malformed = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-access-entry-altered = Cathetan akses punika mboten sami kaliyan ingkang wonten ing buku cathetan.
rec-access-entry-altered = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-access-entry-foreign = Cathetan akses punika babagan tiyang sanes.
rec-access-entry-foreign = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-access-entry-unproven = Cathetan akses punika mboten kabukten wonten ing buku cathetan.
rec-access-entry-unproven = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-access-entry-log-unknown = Buku cathetan kangge cathetan akses punika mboten dipuntepangi.
rec-access-entry-log-unknown = Mangga dipunenggalaken daftar resmi (bundle import), lajeng cobi malih.

err-request-unsigned = Panyuwunan punika mboten wonten ingkang napak asmani.
rec-request-unsigned = Sampun dipunlajengaken. Nyuwun kode panyuwunan enggal dhateng petugas.

err-request-uri-method = Tautan panyuwunan punika ngginakaken cara ingkang dèrèng dipunmangertosi.
rec-request-uri-method = Sampun dipunlajengaken. Nyuwun kode panyuwunan enggal dhateng petugas.

err-request-wallet-nonce = Panyuwunan punika kadamel kanggé HP sanès utawi sampun lami.
rec-request-wallet-nonce = Sampun dipunlajengaken. Nyuwun kode panyuwunan enggal dhateng petugas.

err-request-downgrade = Panyuwunan punika nyuwun wangsulan tanpa sandi, kamangka tautanipun njanji sandi.
rec-request-downgrade = Sampun dipunlajengaken. Nyuwun kode panyuwunan enggal dhateng petugas.

err-request-encryption-key = Panyuwunan punika mboten maringi kunci kanggé nyandi wangsulan.
rec-request-encryption-key = Sampun dipunlajengaken. Nyuwun kode panyuwunan enggal dhateng petugas.

err-request-nonce-missing = Panyuwunan punika mboten gadhah angka sepisan pakai.
rec-request-nonce-missing = Sampun dipunlajengaken. Nyuwun kode panyuwunan enggal dhateng petugas.

err-response-not-encrypted = Wangsulan punika mboten kasandi kados ingkang kasuwun.
rec-response-not-encrypted = Mangga dipunkintun malih wangsulanipun saking aplikasi. Menawi taksih, damel panyuwunan enggal.

err-dpop-missing = Aplikasi mboten mbuktekaken kuncinipun.
rec-dpop-missing = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-dpop-typ = Bukti kunci saking aplikasi klentu jinisipun.
rec-dpop-typ = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-dpop-key = Bukti kunci saking aplikasi mboten ngemot kunci ingkang saged dipunagem.
rec-dpop-key = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-dpop-payload = Bukti kunci saking aplikasi mboten jangkep.
rec-dpop-payload = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-dpop-other-request = Bukti kunci saking aplikasi kadamel kanggé panyuwunan sanès.
rec-dpop-other-request = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-dpop-time = Bukti kunci saking aplikasi klentu wekdalipun.
rec-dpop-time = Mangga dipunpriksa jam HP, lajeng dipunambali.

err-dpop-nonce-missing = Bukti kunci saking aplikasi dèrèng ngemot angka saking server.
rec-dpop-nonce-missing = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-dpop-other-token = Bukti kunci saking aplikasi kadamel kanggé palilah sanès.
rec-dpop-other-token = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-dpop-signature = Tapak asma ing bukti kunci mboten cocog.
rec-dpop-signature = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-dpop-other-key = Palilah punika kaiket kunci sanès.
rec-dpop-other-key = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-dpop-replayed = Bukti kunci punika sampun nate dipunagem.
rec-dpop-replayed = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-authorization-malformed = Panyuwunan mlebet saking aplikasi risak.
rec-authorization-malformed = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-authorization-repeated-parameter = Panyuwunan mlebet ngemot satunggal isian kaping kalih.
rec-authorization-repeated-parameter = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-authorization-client = Panyuwunan mlebet punika sanès kagunganipun aplikasi punika.
rec-authorization-client = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-authorization-request-uri-inside = Panyuwunan mlebet nedahaken panyuwunan sanès.
rec-authorization-request-uri-inside = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-authorization-response-type = Aplikasi nyuwun cara mlebet ingkang mboten wonten ing ngriki.
rec-authorization-response-type = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-authorization-redirect-uri = Alamat wangsul dhateng aplikasi mboten aman.
rec-authorization-redirect-uri = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-authorization-code-challenge = Aplikasi mboten ngamanaken kodenipun.
rec-authorization-code-challenge = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-authorization-state = Tandha saking aplikasi risak.
rec-authorization-state = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-authorization-details = Aplikasi nyuwun kertu ingkang dèrèng dipunmangertosi.
rec-authorization-details = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-authorization-asks-nothing = Aplikasi mboten nyuwun kertu menapa-menapa.
rec-authorization-asks-nothing = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-authorization-scope = Aplikasi nyuwun jinis kertu ingkang dèrèng dipunmangertosi.
rec-authorization-scope = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-authorization-several-cards = Aplikasi nyuwun mawarni-warni kertu sareng.
rec-authorization-several-cards = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-authorization-dpop-key = Sidhik kunci aplikasi mboten cocog.
rec-authorization-dpop-key = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-authorization-request-uri-unknown = Panyuwunan mlebet punika mboten wonten utawi sampun telas wekdalipun.
rec-authorization-request-uri-unknown = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-authorization-not-pushed = Panyuwunan mlebet punika mboten dipunkintun langkung margi ingkang aman.
rec-authorization-not-pushed = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-token-other-client = Kode punika kagunganipun aplikasi sanès.
rec-token-other-client = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-token-code-verifier = Aplikasi mboten saged mbuktekaken bilih kode punika kagunganipun.
rec-token-code-verifier = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-token-other-key = Kode punika kaiket HP sanès.
rec-token-other-key = Mangga dipunambali saking wiwitan wonten aplikasi. Menawi taksih, nyuwun bantuan petugas.

err-refresh-token-unknown = Palilah ngénggalaken kertu punika sampun mboten mlampah.
rec-refresh-token-unknown = Nyuwun kertu enggal wonten loket.

err-receive-log-in = Ingkang wangsul sanès wangsulan saking kaca mlebet wau.
rec-receive-log-in = Mangga dipunambali saking wiwitan. Sampun ngagem tautan saking tiyang sanès.

err-receive-renewal-ended = Kertu punika mboten saged dipunénggalaken malih.
rec-receive-renewal-ended = Menawi kertu mboten kabekukaken, nyuwun kertu enggal wonten loket.
err-offer-used-or-ended = Panawaran punika sampun dipunagem, sampun dipun pindhai, utawi telas wekdalipun.
rec-offer-used-or-ended = Nyuwun petugas ndamel panawaran kertu ingkang enggal.

err-receive-deferred-interval = Ingkang nerbitaken nyuwun panjenengan nengga kedangon.
rec-receive-deferred-interval = Mangga dipuntangletaken dhateng petugas. Kertu sanèsipun wonten ing dompet panjenengan tetep aman.
err-receive-deferred-other = Wangsulan saking ingkang nerbitaken sanès kanggé kertu ingkang panjenengan tengga.
rec-receive-deferred-other = Sampun dipunlajengaken. Mboten wonten ingkang dipunsimpen. Mangga matur dhateng petugas.
err-receive-deferred-gone = Kertu ingkang dipuntengga sampun mboten wonten: sampun dipunpendhet utawi mboten nate dipuncawisaken.
rec-receive-deferred-gone = Mangga dipuncobi malih. Menawi wangsul malih, nyuwun petugas damel panawaran kertu ingkang énggal.
err-receive-deferred-refused = Petugas mutusaken bilih kertu punika mboten dipunterbitaken.
rec-receive-deferred-refused = Mangga dipuntangletaken dhateng petugas. Kertu sanèsipun wonten ing dompet panjenengan tetep aman.
err-receive-deferred-ended = Wekdal nengga kertu punika sampun telas.
rec-receive-deferred-ended = Nyuwun petugas damel panawaran kertu ingkang énggal.
err-receive-not-encrypted = Wangsulan saking ingkang nerbitaken kedahipun sinandi, nanging mboten.
rec-receive-not-encrypted = Sampun dipunlajengaken. Mboten wonten ingkang dipunsimpen. Mangga matur dhateng petugas.
err-receive-encryption-key = Wangsulan saking ingkang nerbitaken dipunsandi kanggé tiyang sanès.
rec-receive-encryption-key = Sampun dipunlajengaken. Mboten wonten ingkang dipunsimpen. Mangga matur dhateng petugas.
err-credential-request-encryption-parameters = Dompet nyuwun sandi wangsulan ingkang mboten saged dipunginakaken, utawi mboten nyuwun babar pisan.
rec-credential-request-encryption-parameters = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.
err-credential-request-not-encrypted = Panyuwunan kertu kedah sinandi, nanging mboten.
rec-credential-request-not-encrypted = Mangga dipunénggalaken aplikasi dompet, lajeng dipuncobi malih.
err-credential-request-encryption-key = Panyuwunan kertu dipunsandi ngangge kunci ingkang sanès gadhahanipun ingkang nerbitaken punika.
rec-credential-request-encryption-key = Mangga dipuncobi malih. Menawi wangsul malih, nyuwun petugas damel panawaran kertu ingkang énggal.

err-one-scan-malformed = Kode tedah rikat menika risak.
rec-one-scan-malformed = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-one-scan-format-unknown = Kode tedah rikat menika saking versi ingkang dereng dipuntepangi.
rec-one-scan-format-unknown = Program loket dipunenggalaken, utawi panyuwunan loket dipuntedahaken.

err-one-scan-class-unknown = Kode menika nyebat jinis leladosan ingkang mboten wonten.
rec-one-scan-class-unknown = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-one-scan-too-large = Kode tedah rikat menika kageden.
rec-one-scan-too-large = Dipuntedahaken tanpa foto, utawi mangsuli panyuwunan loket.

err-paper-malformed = Kode kertu dluwang menika risak.
rec-paper-malformed = Dipunpindai malih mawi cahya ingkang cekap. Menawi taksih, nyuwun cithakan enggal.

err-paper-format-unknown = Kertu dluwang menika saking versi ingkang dereng dipuntepangi.
rec-paper-format-unknown = Program loket dipunenggalaken.

err-access-entry-closed = Isinipun cathetan punika mboten saged dipunbikak malih dening Dukcapil: ingkang kasimpen sampun éwah, pramila mboten kabukten.
rec-access-entry-closed = Cathetan sanesipun taksih kabukten. Mangga atur pirsa Dukcapil lan Inspektorat.

err-counter-ticket-too-large = Panyuwunan leresan kegedhen.
rec-counter-ticket-too-large = Mangga cathetanipun dipun ringkes, utawi kintun langkung sekedhik.
err-counter-ticket-malformed = Punika sanes panyuwunan leresan saking loket.
rec-counter-ticket-malformed = Damel malih berkasipun ing loket mawi ticket export.
err-counter-ticket-signature = Tapak asta panyuwunan leresan mboten leres.
rec-counter-ticket-signature = Sampun dipun lampahaken. Mangga nyuwun pirsa loket ingkang ngintun.
err-counter-ticket-sealed = Kunci punika mboten mbikak berkas panyuwunan leresan.
rec-counter-ticket-sealed = Ngginakaken berkas kunci ingkang kadamel sareng berkas punika.
err-counter-ticket-note = Cathetan kothong, kedawan, utawi wonten tandha ingkang mboten saged dipun cithak.
rec-counter-ticket-note = Mangga nyerat sabab ingkang ringkes, paling kathah 300 aksara.

err-ticket-text-empty = Panyuwunan punika dereng wonten seratanipun.
rec-ticket-text-empty = Mangga dipun serat punapa ingkang dipun suwun, lajeng dipun kintun malih.

err-ticket-text-too-long = Seratanipun kepanjangen.
rec-ticket-text-too-long = Mangga dipun ringkes, paling kathah 1000 aksara.

err-ticket-text-characters = Wonten tandha ingkang mboten pareng ing seratanipun.
rec-ticket-text-characters = Mangga ngangge aksara, angka, lan tandha maos limrah.
