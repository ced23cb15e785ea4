
err-browser-no-storage = Peramban punika mboten nyimpen punapa-punapa kangge kaca punika: jendhela pribadi, utawi panyimpenan dipunpejahi.
rec-browser-no-storage = Mangga bukak kaca punika wonten jendhela biyasa, utawi keparengaken panyimpenan kangge kaca punika, lajeng cobi malih.

err-browser-full = Papan panyimpenan ing ponsel punika telas.
rec-browser-full = Mangga busak foto utawi aplikasi ingkang mboten dipunagem, lajeng cobi malih. Isinipun dompet saderengipun taksih wonten.

err-browser-storage = Peramban mboten saged maos utawi nyimpen isinipun dompet.
rec-browser-storage = Mangga tutup kaca punika, bukak malih, lajeng cobi malih. Menawi taksih, enggalaken peramban.

err-browser-other-tab = Dompet punika saweg kabukak wonten tab sanes.
rec-browser-other-tab = Mangga tutup utawi kunci dompet ing tab sanes, lajeng cobi malih ing mriki.

err-browser-evicted = Isinipun dompet ing peramban punika sampun kabusak: dening peramban amargi papan panyimpenan, utawi amargi data situs dipunresiki.
rec-browser-evicted = Mangga wiwiti dompet enggal utawi pulihaken cadhangan, lajeng nyuwun kertu panjenengan malih. Pasang dompet ing layar utami supados peramban mboten mbusak.

err-browser-key-gone = Kunci dompet ing peramban punika sampun kabusak. Tanpa kunci punika, kertu ingkang kasimpen mboten saged dipunbukak utawi dipuntedahaken.
rec-browser-key-gone = Mangga wiwiti dompet enggal utawi pulihaken cadhangan, lajeng nyuwun kertu panjenengan malih.

err-browser-unreadable = Peramban punika mangsuli kanthi cara ingkang mboten dipuntepangi dompet.
rec-browser-unreadable = Mangga enggalaken peramban, lajeng bukak kaca punika malih.

err-browser-no-code = Mboten wonten kode QR ingkang kawaos ing gambar punika.
rec-browser-no-code = Mangga pundhut gambar langkung celak lan langkung padhang, utawi pilih gambar sanes.

err-browser-list-absent = Dhaftar resmi mboten saged dipunpundhut kanthi jangkep.
rec-browser-list-absent = Mangga dipun priksa jaringanipun, lajeng cobi malih.

err-page-not-built = Kaca dompet dereng wonten ing program punika.
rec-page-not-built = Mangga lampahaken "bash tests/setup web-page", lajeng bangun program punika malih.

err-page-listen = Alamat kangge kaca dompet mboten saged dipunagem.
rec-page-listen = Mangga pilih alamat utawi porta sanes kanthi --listen.

err-page-needs-tls = Tanpa sertifikat, kaca dompet namung dipunladosaken kangge komputer punika piyambak.
rec-page-needs-tls = Mangga paringi --tls-cert lan --tls-key, utawi pilih alamat 127.0.0.1.

err-page-certificate = Sertifikat utawi kuncinipun mboten saged dipunagem: sanes PEM, utawi sanes jodhonipun.
rec-page-certificate = Mangga paringi sertifikat lan kunci awujud berkas PEM ingkang jodho.

err-page-already-served = Kaca dompet sampun dipunladosaken saking folder data menika dening program sanès.
rec-page-already-served = Mangga ginakaken alamat ing run.json, utawi kendelaken program menika rumiyin, utawi pilih --data-dir sanès.
