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
