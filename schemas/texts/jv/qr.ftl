# Ndamel lan maos kode QR.

err-pack-empty = Kodenipun kosong.
rec-pack-empty = Nyuwun kode dipundamel malih.

err-pack-version-unknown = Kode punika dipundamel dening aplikasi versi sanes.
rec-pack-version-unknown = Aplikasi ing kalih pihak mangga dipunenggalaken, lajeng cobi malih.

err-pack-dictionary-unknown = Kode ngagem daftar cekakan ingkang mboten wonten ing mriki.
rec-pack-dictionary-unknown = Data kapitadosan mangga dipunenggalaken, lajeng cobi malih.

err-pack-too-large = Isinipun kode kedawan.
rec-pack-too-large = Kode punika sampun dipuntampi. Nyuwun kode enggal.

err-pack-truncated = Kodenipun kecugag.
rec-pack-truncated = Mangga dipunpindai malih ngantos jangkep.

err-pack-trailing = Wonten isi tambahan ing wingkingipun kode.
rec-pack-trailing = Kode punika sampun dipuntampi. Nyuwun kode enggal.

err-pack-inflate = Isinipun kode risak.
rec-pack-inflate = Mangga dipunpindai malih. Menawi taksih gagal, nyuwun kode enggal.

err-pack-malformed = Isinipun kode mboten saged dipunwaos.
rec-pack-malformed = Mangga dipunpindai malih. Menawi taksih gagal, nyuwun kode enggal.

err-pack-too-deep = Tatanan isinipun kode mboten limrah.
rec-pack-too-deep = Kode punika sampun dipuntampi. Nyuwun kode enggal.

err-pack-bad-reference = Perangan isinipun kode mboten cocog setunggal lan setunggalipun.
rec-pack-bad-reference = Kode punika sampun dipuntampi. Nyuwun kode enggal.

err-pack-binding-unknown = Kode punika mangsuli panyuwunan ingkang mboten wonten ing mriki.
rec-pack-binding-unknown = Panyuwunan enggal mangga dipuntedahaken, lajeng wangsulanipun dipunpindai.

err-pack-certificate-unknown = Ingkang nerbitaken kertu mboten dipuntepangi ing mriki.
rec-pack-certificate-unknown = Data kapitadosan mangga dipunenggalaken, lajeng cobi malih.

err-pack-not-text = Isinipun kode sanes seratan.
rec-pack-not-text = Kode punika sampun dipuntampi. Nyuwun kode enggal.

err-frame-not-ours = Punika sanes kode Absah.
rec-frame-not-ours = Mangga dipun pindai kode ingkang katingal ing layar loket utawi ing HP-nipun warga.

err-frame-version-unknown = Kode Absah punika saking versi ingkang langkung enggal.
rec-frame-version-unknown = Aplikasi punika mangga dipunenggalaken, lajeng cobi malih.

err-frame-kind-unknown = Jinisipun kode punika mboten dipuntepangi.
rec-frame-kind-unknown = Aplikasi punika mangga dipunenggalaken, lajeng cobi malih.

err-frame-too-long = Seratanipun kedawan kangge setunggal kode.
rec-frame-too-long = Mangga setunggal kode dipunserat setunggal larik.

err-frame-base45 = Kode ngemu aksara ingkang lepat.
rec-frame-base45 = Mangga dipunpindai malih. Menawi ngagem piranti pindai, papan ketik Inggris dipunpilih.

err-frame-too-short = Kode kecendhaken.
rec-frame-too-short = Mangga dipunpindai malih ngantos jangkep.

err-frame-checksum = Kode kewaos lepat.
rec-frame-checksum = Mangga dipunpindai malih kanthi tebih lan padhang ingkang sae.

err-frame-header = Kode ngemu angka ingkang mokal.
rec-frame-header = Kode punika sampun dipuntampi. Nyuwun kode enggal.

err-frame-message-too-large = Kode ngumumaken isi ingkang kagengen.
rec-frame-message-too-large = Kode punika sampun dipuntampi. Nyuwun kode enggal.

err-frame-conflict = Kode kalih ingkang dipunpindai sulaya.
rec-frame-conflict = Mangga dipunpindai malih saking wiwitan, namung saking setunggal layar.

err-frame-message-check = Kode sampun jangkep, nanging isinipun mboten cocog.
rec-frame-message-check = Mangga dipunpindai malih saking wiwitan.

err-frames-none = Dereng wonten kode ingkang dipunpindai.
rec-frames-none = Kamera mangga dipunarahaken dhateng kode.

err-frames-missing = Kode dereng jangkep.
rec-frames-missing = Kode ingkang dereng kewaos mangga dipunpindai.

err-split-too-large = Isinipun kagengen kangge kode QR.
rec-split-too-large = Data ingkang dipunpilih mangga dipunkirangi utawi dipunkintun lumantar jaringan.

err-split-version = Ukuran kode QR mboten wonten.
rec-split-version = Kalepatan punika mangga dipunlapuraken dhateng pengelola aplikasi.

err-qr-too-long = Seratanipun kedawan kangge setunggal kode QR.
rec-qr-too-long = Kalepatan punika mangga dipunlapuraken dhateng pengelola aplikasi.

err-qr-scale = Ukuranipun gambar mokal.
rec-qr-scale = Ukuran gambar sanes mangga dipunpilih.

err-qr-picture = Gambar kode QR gagal dipundamel.
rec-qr-picture = Kalepatan punika mangga dipunlapuraken dhateng pengelola aplikasi.

err-picture-too-many-bytes = Berkas gambar kagengen.
rec-picture-too-many-bytes = Mangga ngagem foto ingkang langkung alit.

err-picture-format = Berkas punika sanes gambar PNG utawi JPEG.
rec-picture-format = Gambar mangga dipunsimpen minangka PNG utawi JPEG, lajeng cobi malih.

err-picture-damaged = Gambaripun risak.
rec-picture-damaged = Gambar mangga dipunpendhet malih.

err-picture-too-many-pixels = Gambaripun kawiyaren.
rec-picture-too-many-pixels = Mangga ngagem foto ingkang langkung alit.

err-picture-no-code = Mboten wonten kode QR ingkang kewaos ing gambar.
rec-picture-no-code = Mangga dipunfoto malih: kode wetah, jejeg, cetha, tanpa pantulan padhang.
err-picture-pdf-no-code = Ing PDF punika mboten wonten kode QR ingkang kawaos.
rec-picture-pdf-no-code = Loket maos kertu kertas Absah lan asil pindai awujud foto (JPEG) ing salebeting PDF. PDF sanès: kacanipun dipunsimpen dados gambar (PNG utawi JPEG), utawi layaripun dipuntedahaken dhateng kamera.

err-picture-reader = Pamaos kode QR kendel amargi gambar punika.
rec-picture-reader = Gambar mangga dipunpendhet malih kanthi cara sanes.

err-picture-too-much-work = Ingkang kagambar ing berkas menika kakathahen kangge dipunpadosi kodenipun.
rec-picture-too-much-work = Mangga dipunpindai utawi dipunfoto setunggal kaca kemawon, ingkang wonten kode QR-ipun.

err-parcel-version-unknown = Kode punika damelan versi ingkang langkung enggal.
rec-parcel-version-unknown = Program punika dipunanyari, lajeng pindai malih.

err-parcel-too-large = Isi kode punika ageng sanget.
rec-parcel-too-large = Sampun dipunagem. Nyuwun kode enggal saking Dukcapil.

err-parcel-malformed = Isi kode punika risak.
rec-parcel-malformed = Pindai sedaya kode sepisan malih saking layar ingkang ngintun.

err-parcel-unwritable = Dhaptar resmi mboten saged kadamel kode.
rec-parcel-unwritable = Agema folder mawi USB, lan atur pirsa pangembang.
