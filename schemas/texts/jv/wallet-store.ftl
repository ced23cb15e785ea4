err-vault-missing = Dereng wonten dompet wonten ing piranti menika.
rec-vault-missing = Damel dompet enggal kanthi milih PIN 6 angka.
err-vault-none-aside = Mboten wonten dhompet ingkang dipun simpen.
rec-vault-none-aside = Mboten wonten ingkang prelu dipun wangsulaken: bikaken dhompet panjenengan mawi PIN-ipun.
err-vault-exists = Dompet sampun wonten ing piranti menika.
rec-vault-exists = Bukak dompet kasebat ngangge PIN panjenengan.
err-vault-wrong-pin = PIN mboten cocog.
rec-vault-wrong-pin = Dipunpriksa malih, lajeng lebetaken PIN 6 angka panjenengan.
err-vault-not-a-vault = Berkas simpenan sanes dompet Absah.
rec-vault-not-a-vault = Priksa folder data ingkang dipunagem. Sampun mbusak punapa kemawon saderengipun nyuwun pirsa petugas.
err-vault-newer = Dompet menika dipunsimpen dening aplikasi versi ingkang langkung enggal.
rec-vault-newer = Anyari aplikasinipun, lajeng bukak malih.
err-vault-truncated = Berkas dompet kepothong.
rec-vault-truncated = Wangsulaken saking cadangan, utawi nyuwun kertu dipunterbitaken malih ing Dukcapil.
err-vault-corrupted = Berkas dompet risak utawi dipunewahi.
rec-vault-corrupted = Wangsulaken saking cadangan, utawi nyuwun kertu dipunterbitaken malih ing Dukcapil.
err-vault-rolled-back = Kunci lan isinipun dompet saking wekdal ingkang benten.
rec-vault-rolled-back = Wangsulaken berkas dompet sacara wetah saking cadangan ingkang sami.
err-vault-storage = Piranti mboten saged maos utawi nyimpen data dompet.
rec-vault-storage = Priksa papan lan ijin simpenan, lajeng coba malih. Data lami panjenengan taksih wonten.
err-vault-full = Papan simpenan piranti menika telas. Ingkang enggal mboten kasimpen; isinipun dompet saderengipun taksih wonten.
rec-vault-full = Mangga busak berkas utawi foto ingkang mboten dipunagem, lajeng cobi malih.
err-vault-denied = Piranti mboten ngidini data dompet kasimpen utawi kawaos.
rec-vault-denied = Mangga priksa ijin simpenan, lajeng cobi malih. Data lami panjenengan taksih wonten.
err-vault-memory = Memori piranti mboten cekap kangge mbukak dompet.
rec-vault-memory = Tutup aplikasi sanesipun, lajeng coba malih.
err-vault-key-missing = Kunci kangge kertu menika mboten wonten ing dompet.
rec-vault-key-missing = Nyuwun kertu dipunterbitaken malih, lan aturaken prekawis menika dhateng petugas.

err-vault-no-recovery = Dompet punika mboten gadhah kode pamulihan.
rec-vault-no-recovery = Tanpa PIN lan tanpa kode, isining dompet mboten saged dipunbikak. Mangga miwiti dompet énggal, mulihaken cadhangan menawi wonten, lan nyuwun kertu malih ing loket.
err-vault-wrong-recovery = Kode pamulihan punika sanès kanggé dompet punika, utawi sampun dipungantos ingkang énggal.
rec-vault-wrong-recovery = Mangga madosi kertas kanthi kode ingkang paling énggal.
err-recovery-code-length = Kode pamulihan wonten 28 aksara lan angka; ingkang dipunketik kirang utawi langkung.
rec-recovery-code-length = Mangga dipunketik malih persis kados ing kertas: pitung klompok, saben klompok sekawan aksara utawi angka.
err-recovery-code-character = Wonten tandha ingkang mboten nate wonten ing kode pamulihan.
rec-recovery-code-character = Mangga dipunketik malih persis kados ing kertas: pitung klompok, saben klompok sekawan aksara utawi angka.
err-recovery-code-checksum = Kode pamulihan lepat ketik: wonten aksara utawi angka ingkang béda.
rec-recovery-code-checksum = Mangga dipunketik malih persis kados ing kertas: pitung klompok, saben klompok sekawan aksara utawi angka.
err-recovery-wait = Kathah kode ingkang lepat.
rec-recovery-wait = Mangga nengga sekedhap (paling dangu 15 menit), lajeng dipuncobi malih.

err-device-keys-absent = Dhompet punika kacancang dhateng gudhang kunci piranti, lan gudhang kunci punika mboten wonten ing ngriki.
rec-device-keys-absent = Mangga dipun bikak saking desktop panggenan dhompet punika dipun damel, utawi ngginakaken kode pamulihan.

err-device-keys-silent = Gudhang kunci piranti mboten mangsuli.
rec-device-keys-silent = Mangga dipun cobi malih sasampunipun mlebet malih dhateng desktop, utawi ngginakaken kode pamulihan.

err-device-keys-denied = Gudhang kunci piranti kakunci utawi nampik.
rec-device-keys-denied = Bikak gudhang kunci mawi sandi piranti, lajeng cobi malih, utawi ngginakaken kode pamulihan.

err-device-keys-missing = Gudhang kunci piranti punika mboten nyimpen kunci dhompet punika. Mbokmenawi berkasipun dipun salin saking piranti sanes, utawi gudhang kunci dipun kothongaken.
rec-device-keys-missing = Mangga ngginakaken kode pamulihan saking kertas panjenengan, lajeng milih PIN enggal.
