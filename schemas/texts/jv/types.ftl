# Aji ingkang dipunwaos program.

err-base64url-malformed = Kode mboten saged dipunwaos.
rec-base64url-malformed = Nyuwun kode ingkang enggal lajeng cobi malih.

err-base64url-size = Panjangipun kode mboten trep.
rec-base64url-size = Nyuwun kode ingkang enggal lajeng cobi malih.

err-hex-malformed = Kode namung saged awujud angka 0 dumugi 9 lan aksara A dumugi F.
rec-hex-malformed = Mangga dipunpriksa malih kode ingkang panjenengan ketik.

err-hex-size = Panjangipun kode ingkang dipunketik mboten trep.
rec-hex-size = Mangga kode dipunketik jangkep, sampun wonten ingkang kelangkungan.

err-code-format = Isinipun kode sanes angka.
rec-code-format = Mangga dipunleresaken wonten sumber datanipun.

err-code-unlisted = Kode mboten wonten ing daptar.
rec-code-unlisted = Mangga ngginakaken kode ingkang wonten ing daptar.

err-date-format = Tanggal kirang leres seratanipun.
rec-date-format = Mangga nyerat dinten, wulan, lan taun jangkep mawi angka.

err-date-impossible = Tanggal menika mboten wonten ing tanggalan.
rec-date-impossible = Mangga tanggalipun dipunpriksa lajeng dipunleresaken.

err-did-format = Alamat identitas kirang leres.
rec-did-format = Mangga ngaturi pirsa dhateng ingkang ngintun.

err-language-unknown = Basa menika dereng wonten.
rec-language-unknown = Mangga milih id, jv, utawi en.

err-name-empty = Nami taksih kothong.
rec-name-empty = Mangga dipunisi nami jangkep.

err-name-too-long = Nami langkung saking 60 aksara.
rec-name-too-long = Mangga nyerat nami paling kathah 60 aksara, kalebet spasi.

err-name-digits = Nami wonten angkanipun.
rec-name-digits = Mangga angkanipun dipunicali.

err-name-characters = Nami wonten tandha ingkang mboten kepareng.
rec-name-characters = Mangga ngginakaken aksara, spasi, titik, koma, tandha petik, lan tandha sambung kemawon.

err-nik-length = NIK kedah 16 angka.
rec-nik-length = Mangga dipunpriksa NIK ing kertu lajeng dipunketik malih.

err-nik-not-digits = NIK namung saged awujud angka.
rec-nik-not-digits = Mangga dipunpriksa malih: sampun wonten aksara utawi spasi.

err-nik-region = Enem angka wiwitanipun NIK sanes kode tlatah.
rec-nik-region = Mangga dipunpriksa NIK ing kertu lajeng dipunketik malih.

err-kk-length = Nomer KK kedah 16 angka.
rec-kk-length = Mangga dipunpriksa nomer ing kertu kulawarga lajeng dipunketik malih.

err-kk-not-digits = Nomer KK namung saged awujud angka.
rec-kk-not-digits = Mangga dipunpriksa malih: sampun wonten aksara utawi spasi.

err-kk-region = Enem angka wiwitanipun nomer KK sanes kode tlatah.
rec-kk-region = Mangga dipunpriksa nomer ing kertu kulawarga lajeng dipunketik malih.

err-nonce-length = Panyuwunan kirang jangkep.
rec-nonce-length = Mangga petugas dipunsuwuni damel panyuwunan enggal.

err-nonce-characters = Panyuwunan wonten tandha ingkang mboten kepareng.
rec-nonce-characters = Mangga petugas dipunsuwuni damel panyuwunan enggal.

err-region-format = Kode tlatah kirang leres.
rec-region-format = Mangga ngginakaken kode Kemendagri, upaminipun 35.77.01.1001.

err-rt-rw-format = RT utawi RW sanes angka.
rec-rt-rw-format = Mangga RT lan RW dipunisi angka, upaminipun 003.

err-time-format = Wekdal kirang leres seratanipun.
rec-time-format = Mangga ngaturi pirsa dhateng ingkang ngintun data menika.

err-time-impossible = Wekdal menika mboten wonten.
rec-time-impossible = Mangga ngaturi pirsa dhateng ingkang ngintun data menika.

err-url-format = Alamat web kirang leres.
rec-url-format = Mangga alamatipun dipunpriksa lajeng cobi malih.

err-url-not-https = Alamat punika mboten kajagi: tiyang sanes saged maos punapa ingkang dipun kintun mrika.
rec-url-not-https = Sampun dipun lajengaken. Nyuwun kode utawi tautan enggal: alamat ingkang aman dipun wiwiti https.

err-url-credentials = Alamat web wonten nami panganggé utawi tembung wadosipun.
rec-url-credentials = Mangga ngginakaken alamat tanpa kalih-kalihipun.

err-url-fragment = Alamat web wonten tandha pager (#).
rec-url-fragment = Mangga tandha # saha seratan sasampunipun dipunicali.

err-sector-unknown = Sèktor menika mboten wonten.
rec-sector-unknown = Mangga ngginakaken nami sèktor ingkang kadhaptar, upami kesehatan.

err-token-length = Nomer sèktor kedah 27 aksara lan angka.
rec-token-length = Mangga dipunsalin malih ngantos jangkep.

err-token-form = Wonten aksara ingkang mokal ing nomer sèktor.
rec-token-form = Mangga ngginakaken aksara ageng A dumugi Z lan angka 2 dumugi 7.

err-token-check = Nomer sèktor klèntu ketik.
rec-token-check = Mangga dipunpriksa malih saben aksara lan angkanipun.
