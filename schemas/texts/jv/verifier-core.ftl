# Panyuwunan loket saha wangsulan warga.

err-services-file-widens = Berkas services.toml nyuwun langkung saking ingkang kadhaftar.
rec-services-file-widens = Busak data ingkang mboten kadhaftar saking berkas menika.

err-services-file-malformed = Berkas services.toml nyebat setunggal leladosan kaping kalih utawi tanpa isi.
rec-services-file-malformed = Dandosi berkas menika: saben leladosan sepisan, paling sekedhik setunggal data.

err-pending-malformed = Cathetan panyuwunan ing loket menika risak.
rec-pending-malformed = Damel panyuwunan enggal.

err-request-without-bundle = Dereng wonten data kapitadosan ing loket menika.
rec-request-without-bundle = Impor data kapitadosan saking Dukcapil rumiyin.

err-request-too-large = Panyuwunan mboten cekap ing kode QR.
rec-request-too-large = Kirangi data ingkang dipunsuwun, utawi atur priksa ingkang damel aplikasi.

err-answer-nothing = Mboten wonten kode ingkang kawaos.
rec-answer-nothing = Pindai kode ing layar ponsel warga.

err-answer-too-many-lines = Berkas menika kedawan kangge wangsulan.
rec-answer-too-many-lines = Pilih berkas wangsulan ingkang leres.

err-answer-other-kind = Kode menika sanes wangsulan warga.
rec-answer-other-kind = Pindai kode wangsulan ing ponsel warga, sanes kode liyanipun.

err-replayed = Wangsulan menika sampun nate dipunginakaken.
rec-replayed = Tuduhaken panyuwunan enggal saha aturi warga mangsuli malih.

err-request-expired = Wekdal panyuwunan sampun telas.
rec-request-expired = Tuduhaken panyuwunan enggal saha aturi warga mangsuli malih.

err-answer-state = Wangsulan menika kangge wicantenan sanes.
rec-answer-state = Wiwiti panyuwunan enggal.

err-evidence-malformed = Berkas menika sanes bukti papriksan.
rec-evidence-malformed = Pilih berkas saking prentah evidence export.

err-evidence-erased = Bukti menika sampun dipunbusak; ingkang taksih namung tandha busakipun.
rec-evidence-erased = Simpen tandha busakipun. Isinipun mboten saged dipunbikak sinten kemawon.

err-evidence-key-absent = Kunci bukti menika mboten wonten ing loket menika.
rec-evidence-key-absent = Priksa ing loket ingkang damel, utawi nyuwun kuncinipun (--key).

err-evidence-sealed = Bukti mboten saged kabikak mawi kunci menika.
rec-evidence-sealed = Ginakaken kuncinipun bukti menika.

err-evidence-altered = Isinipun bukti mboten sami kaliyan ingkang dipuntandhani loket.
rec-evidence-altered = Sampun ngginakaken berkas menika. Pundhut salinan enggal saking loketipun.

err-evidence-mixed = Peranganing bukti menika saking papriksan ingkang beda.
rec-evidence-mixed = Sampun ngginakaken berkas menika. Pundhut salinan enggal saking loketipun.

err-evidence-signature = Bukti menika mboten dipuntandhani loket ingkang nyuwun.
rec-evidence-signature = Sampun pitados bukti menika. Atur priksa Inspektorat.

err-evidence-other-counter = Lembar menika saking loket sanes; ing mriki mboten saged dipunpriksa.
rec-evidence-other-counter = Priksa ing loket ingkang kacithak ing lembar, utawi nyuwun berkas bukti sarta kuncinipun saking mrika (evidence export --key), lajeng priksa berkas menika ing mriki.

err-evidence-chain = Rantening bukti ing loket menika pedhot.
rec-evidence-chain = Sampun mbusak menapa kemawon. Pulihaken folder data saking cadhangan saha atur priksa Inspektorat.

err-evidence-unasked = Ingkang katedahaken ing bukti menika sanes ingkang kasuwun.
rec-evidence-unasked = Sampun pitados bukti menika. Atur priksa Inspektorat.

err-evidence-status-absent = Data status ingkang kaginakaken wekdal semanten mboten wonten ing berkas.
rec-evidence-status-absent = Ekspor malih saking loket ingkang nyimpen arsipipun.

err-evidence-status = Data status wekdal semanten mboten mratelakaken kertu taksih lumampah.
rec-evidence-status = Sampun pitados bukti menika. Atur priksa Inspektorat.

err-answer-printed-document = Menika kode ing dokumen cithak resmi (KK utawi akta): dereng dipunpriksa.
rec-answer-printed-document = Priksa ing situs resmi Dukcapil Kemendagri nalika wonten internet. Kodenipun kemawon sanes bukti.

err-evidence-status-time = Data status ing bukti punika sanès saking wekdal pamriksanipun.
rec-evidence-status-time = Sampun pitados dhateng bukti punika. Mangga atur pirsa Inspektorat.

err-evidence-reason = Data lami dipunagem tanpa alesan ing bukti punika.
rec-evidence-reason = Sampun pitados dhateng bukti punika. Mangga atur pirsa Inspektorat.

err-evidence-supervisor = Kertu ingkang dèrèng pesthi katampi tanpa palilahipun panggedhé sanès.
rec-evidence-supervisor = Sampun pitados dhateng bukti punika. Mangga atur pirsa Inspektorat.

err-one-scan-service-needed = Kode tedah rikat kedah dipunpriksa kangge satunggal leladosan.
rec-one-scan-service-needed = Dipunpilih leladosanipun rumiyin, utawi dipunsebat mawi --service.

err-one-scan-not-here = Leladosan menika mboten nampi kode tedah rikat.
rec-one-scan-not-here = Dipuntedahaken panyuwunanipun loket, lajeng warga dipunsuwuni mangsuli.

err-one-scan-other-facts = Kode menika kadamel kangge leladosan ingkang nyuwun data sanes.
rec-one-scan-other-facts = Warga dipunsuwuni milih data ingkang cocog kaliyan leladosan menika.

err-one-scan-clock-behind = Kode menika kadamel langkung saking tigang menit kepengker miturut jam loket.
rec-one-scan-clock-behind = Nyuwun kode enggal. Menawi taksih mekaten, jam ponsel lan jam loket dipuncocogaken: dereng temtu lepatipun warga.

err-one-scan-clock-ahead = Kode menika gadhah wekdal ingkang dereng dumugi miturut jam loket.
rec-one-scan-clock-ahead = Jam ponsel lan jam loket dipuncocogaken, lajeng nyuwun kode enggal.

err-one-scan-wrong-card = Kode menika nedahaken kertu sanes, sanes KTP.
rec-one-scan-wrong-card = Warga dipunsuwuni nedahaken KTP elektronikipun.

err-one-scan-protected = Kode menika mbikak nomer induk. Menika mboten kenging dipuntedahaken rikat.
rec-one-scan-protected = Sampun nyathet nomeripun. Dipuntedahaken panyuwunanipun loket.

err-one-scan-over-broad = Kode menika mbikak data langkung kathah tinimbang ingkang kepareng.
rec-one-scan-over-broad = Sampun nyathet datanipun. Dipuntedahaken panyuwunanipun loket.

err-paper-service-needed = Kertu dluwang kedah dipunpriksa kangge satunggal leladosan.
rec-paper-service-needed = Dipunpilih leladosanipun rumiyin, utawi dipunsebat mawi --service.

err-paper-not-here = Leladosan menika mboten nampi kertu dluwang.
rec-paper-not-here = Warga dipunsuwuni mangsuli panyuwunan loket mawi ponsel, utawi KTP-nipun dipunpriksa.

err-paper-wrong-card = Isinipun kode menika kertu sanes ingkang kadamel kados kertu dluwang.
rec-paper-wrong-card = Sampun dipuntampi. Warga dipunsuwuni mangsuli panyuwunan loket.
