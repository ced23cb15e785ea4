# Kunci, tapak asma, lan segel.

err-signature-length = Tapak asma digital mboten jangkep.
rec-signature-length = Nyuwun data enggal saking ingkang ngintun. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-signature-not-der = Tapak asma digital mboten saged dipunwaos.
rec-signature-not-der = Nyuwun data enggal saking ingkang ngintun. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-signature-mismatch = Tapak asma digital mboten cocog. Data saged ugi sampun dipunéwahi.
rec-signature-mismatch = Data punika sampun ngantos dipunangge. Nyuwun ingkang asli saking ingkang ngintun.

err-signer-unavailable = Kunci kanggé tapak asma mboten saged dipunbikak.
rec-signer-unavailable = Mangga dipunpriksani papan panyimpenan kunci, lajeng dipuncobi malih.

err-json-malformed = Data ingkang dipuntampi risak.
rec-json-malformed = Nyuwun data enggal saking ingkang ngintun. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-json-duplicate-member = Data ingkang dipuntampi ngemot satunggal isian kaping kalih.
rec-json-duplicate-member = Data punika sampun ngantos dipunangge. Nyuwun ingkang asli saking ingkang ngintun.

err-json-shape = Isi data ingkang dipuntampi mboten jangkep utawi mboten trep.
rec-json-shape = Nyuwun data enggal saking ingkang ngintun. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-key-malformed = Kunci digital mboten saged dipunwaos.
rec-key-malformed = Nyuwun data enggal saking ingkang ngintun. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-key-wrong-type = Jinis kunci digital punika mboten dipunagem ing mriki.
rec-key-wrong-type = Ngagem kunci jinis P-256, utawi dipunaturaken dhateng ingkang ngintun.

err-key-not-on-curve = Kunci digital punika palsu utawi risak.
rec-key-not-on-curve = Data punika sampun ngantos dipunangge. Nyuwun ingkang asli saking ingkang ngintun.

err-key-out-of-range = Kunci wados punika risak.
rec-key-out-of-range = Ngagem kunci cadhangan, utawi damel kunci enggal.

err-jws-too-long = Data punika kepanjangen, mila mboten dipun priksa.
rec-jws-too-long = Nyuwun data enggal saking ingkang ngintun. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-jws-not-compact = Data punika mboten jangkep, mila mboten saged dipun priksa.
rec-jws-not-compact = Nyuwun data enggal saking ingkang ngintun. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-jws-encoding = Data punika risak: wonten aksara ingkang mboten samesthinipun.
rec-jws-encoding = Nyuwun data enggal saking ingkang ngintun. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-jws-header-json = Data punika risak: mboten kawaos sinten ingkang nandhatangani.
rec-jws-header-json = Nyuwun data enggal saking ingkang ngintun. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-jws-header-duplicate = Data punika mboten saged dipun pitados: satunggal katrangan dipun serat kaping kalih.
rec-jws-header-duplicate = Data punika sampun ngantos dipunangge. Nyuwun ingkang asli saking ingkang ngintun.

err-jws-header-member = Data punika mboten dipun serat kanthi leres, mila mboten saged dipun priksa.
rec-jws-header-member = Nyuwun data enggal saking ingkang ngintun. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-jws-algorithm = Data punika dipun tandhatangani kanthi cara ingkang mboten aman.
rec-jws-algorithm = Data punika sampun ngantos dipunangge. Nyuwun ingkang asli saking ingkang ngintun.

err-jws-critical = Data punika mbetahaken pranatan ingkang dèrèng dipunmangertosi.
rec-jws-critical = Mangga aplikasinipun dipunenggalaken. Menawi taksih gagal, dipunaturaken dhateng petugas.

err-hpke-recipient = Kunci ingkang nampi mboten saged dipunagem.
rec-hpke-recipient = Nyuwun petugas nuwuhaken kode panyuwunan ingkang enggal.

err-hpke-open = Wangsulan mboten saged dipunbikak.
rec-hpke-open = Mangga kode panyuwunan enggal dipuntuwuhaken, lajeng wangsulanipun dipunpindai malih.

err-envelope-cost = Berkas ingkang kinunci punika mboten limrah, mila mboten dipunbikak.
rec-envelope-cost = Ngagem salinan cadhangan, utawi nyuwun kertu dipunwedalaken malih ing loket.

err-envelope-header = Pérangan wiwitan berkas ingkang kinunci risak.
rec-envelope-header = Ngagem salinan cadhangan, utawi nyuwun kertu dipunwedalaken malih ing loket.

err-envelope-memory = Memori piranti mboten cekap kanggé mbikak kunci.
rec-envelope-memory = Mangga aplikasi sanèsipun dipuntutup, lajeng dipuncobi malih.

err-envelope-too-large = Data kagengen kanggé dipunkunci.
rec-envelope-too-large = Mangga data dipunkirangi, lajeng dipuncobi malih. Dipunaturaken dhateng ingkang damel aplikasi.

err-envelope-open = Mboten saged dipunbikak. PIN klèntu utawi berkas sampun éwah.
rec-envelope-open = Mangga PIN panjenengan dipunpriksani, lajeng dipuncobi malih.

err-jwe-too-long = Data kasandi punika kepanjangen.
rec-jwe-too-long = Mangga dipunkintun malih wangsulanipun saking aplikasi. Menawi taksih, damel panyuwunan enggal.

err-jwe-not-compact = Data kasandi punika mboten jangkep.
rec-jwe-not-compact = Mangga dipunkintun malih wangsulanipun saking aplikasi. Menawi taksih, damel panyuwunan enggal.

err-jwe-encoding = Data kasandi punika risak.
rec-jwe-encoding = Mangga dipunkintun malih wangsulanipun saking aplikasi. Menawi taksih, damel panyuwunan enggal.

err-jwe-header = Katrangan data kasandi punika risak.
rec-jwe-header = Mangga dipunkintun malih wangsulanipun saking aplikasi. Menawi taksih, damel panyuwunan enggal.

err-jwe-algorithm = Caranipun mbagé kunci punika mboten saged dipuntampi.
rec-jwe-algorithm = Mangga dipunkintun malih wangsulanipun saking aplikasi. Menawi taksih, damel panyuwunan enggal.

err-jwe-encryption = Caranipun nyandi punika mboten saged dipuntampi.
rec-jwe-encryption = Mangga dipunkintun malih wangsulanipun saking aplikasi. Menawi taksih, damel panyuwunan enggal.

err-jwe-extension = Data kasandi punika mbetahaken pranatan ingkang dèrèng dipunmangertosi.
rec-jwe-extension = Mangga dipunkintun malih wangsulanipun saking aplikasi. Menawi taksih, damel panyuwunan enggal.

err-jwe-ephemeral-key = Kunci sepisan pakai ing data punika mboten sah.
rec-jwe-ephemeral-key = Mangga dipunkintun malih wangsulanipun saking aplikasi. Menawi taksih, damel panyuwunan enggal.

err-jwe-sealed = Data kasandi punika mboten saged dipunbikak: kanggé tiyang sanès, utawi dipunéwahi.
rec-jwe-sealed = Mangga dipunkintun malih wangsulanipun saking aplikasi. Menawi taksih, damel panyuwunan enggal.

err-jwe-compressed = Serat sinandi dipunpampat, mangka mboten dipunparengaken.
rec-jwe-compressed = Sampun dipunlajengaken. Nyuwun data énggal dhateng ingkang ngintun.
