# The ledger: notes, checkpoints, proofs, witnesses, audit.

err-note-too-large = Cathetan mawi tapak asma punika kagengen.
rec-note-too-large = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-note-malformed = Cathetan mawi tapak asma punika risak.
rec-note-malformed = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-note-key-malformed = Kunci cathetan utawi seksi punika mboten saged kawaos.
rec-note-key-malformed = Mangga dipunpriksa kunci seksi utawi cathetan, lajeng cobi malih.

err-note-unsigned = Cathetan punika mboten dipuntapak astani dening kunci ingkang dipunajeng-ajeng.
rec-note-unsigned = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-note-signature = Tapak asma ing cathetan punika mboten cocog.
rec-note-signature = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-checkpoint-malformed = Ringkesan buku cathetan (checkpoint) punika risak.
rec-checkpoint-malformed = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-checkpoint-origin = Ringkesan punika kagunganipun buku cathetan sanes.
rec-checkpoint-origin = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-ledger-proof-malformed = Bukti saking buku cathetan punika mboten jangkep.
rec-ledger-proof-malformed = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-ledger-proof-mismatch = Bukti punika mboten nuju dhateng buku cathetan ingkang dipuntapak astani.
rec-ledger-proof-mismatch = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-ledger-tile-missing = Wonten berkas buku cathetan ingkang mboten wonten.
rec-ledger-tile-missing = Mangga dipunlampahaken malih. Menawi taksih, pulihaken folder data saking cadhangan lan matur pangembang.

err-ledger-tile-length = Wonten berkas buku cathetan ingkang panjangipun lepat.
rec-ledger-tile-length = Mangga dipunlampahaken malih. Menawi taksih, pulihaken folder data saking cadhangan lan matur pangembang.

err-ledger-leaf-malformed = Isinipun buku cathetan punika mboten dipuntepangi.
rec-ledger-leaf-malformed = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-ledger-policy-malformed = Daftar buku cathetan lan seksi mboten saged dipunginakaken.
rec-ledger-policy-malformed = Mangga dipunpriksa kunci seksi utawi cathetan, lajeng cobi malih.

err-ledger-log-unknown = Mboten wonten buku cathetan kanthi nami punika.
rec-ledger-log-unknown = Mangga ngginakaken nami audit utawi registry.

err-tlog-proof-malformed = Berkas bukti punika risak.
rec-tlog-proof-malformed = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-witness-request-malformed = Panyuwunan dhateng seksi punika risak.
rec-witness-request-malformed = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-witness-log-unknown = Seksi punika mboten ngawasi buku cathetan kasebat.
rec-witness-log-unknown = Mangga dhaftaraken kuncinipun buku cathetan ing seksi (trust-log).

err-witness-signature = Buku cathetan mboten nandha-asmani ringkesan punika.
rec-witness-signature = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-witness-conflict = Seksi sampun mirsani ukuran utawi isi sanes saking buku cathetan punika.
rec-witness-conflict = Mangga dipunkintun malih wiwit ukuran ingkang dipunsebat seksi.

err-witness-inconsistent = Buku cathetan punika ewah lelampahanipun.
rec-witness-inconsistent = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-ledger-too-large = Buku cathetan punika kagengen menawi dipunpriksa sapisan.
rec-ledger-too-large = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-ledger-file-missing = Wonten berkas buku cathetan ingkang mboten saged kapundhut.
rec-ledger-file-missing = Mangga dipunpriksa alamat lan jaringanipun, lajeng cobi malih.

err-ledger-tile-altered = Wonten berkas wit buku cathetan ingkang sampun dipunewahi.
rec-ledger-tile-altered = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-ledger-entries-altered = Wonten berkas isi buku cathetan ingkang sampun dipunewahi.
rec-ledger-entries-altered = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-ledger-root-mismatch = Isinipun buku cathetan mboten cocog kaliyan ringkesan ingkang dipuntapak astani.
rec-ledger-root-mismatch = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-ledger-entry-malformed = Wonten isi buku cathetan ingkang wujudipunlepat.
rec-ledger-entry-malformed = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-ledger-event-repeated = Wonten kadadosan ingkang kacathet kaping kalih.
rec-ledger-event-repeated = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-ledger-rollback = Buku cathetan langkung cendhak tinimbang ingkang sampun dipunpirsani.
rec-ledger-rollback = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-ledger-forked = Lelampahanipun buku cathetan beda kaliyan ingkang sampun dipunpirsani.
rec-ledger-forked = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-quorum-missing = Seksi ingkang nandha-asmani dereng cekap. Cathetan punika dereng final.
rec-quorum-missing = Mangga dipunentosi sekedhap lajeng dipunpriksa malih. Menawi taksih, hubungi instansi seksi.

err-witness-cosignature-broken = Tapak asmanipun salah satunggaling seksi mboten cocog.
rec-witness-cosignature-broken = Sampun pitados dhateng data punika. Mangga atur pirsa Dukcapil lan Inspektorat.

err-checkpoint-stale = Para seksi sampun kedangon mboten njamin buku cathetan punika. Cathetan ingkang langkung enggal saged ugi kadhelikaken.
rec-checkpoint-stale = Mangga dipuncobi malih nalika kasambung jaringan, lan mriksa jam piranti. Menawi tetep makaten, mangga matur Inspektorat.

err-witness-cosignature-ahead = Tapak asta seksi katitimangsan benjing lan mboten kaetang.
rec-witness-cosignature-ahead = Mangga dipunpriksa jam piranti punika lan jam seksi kasebat.
err-ledger-stale = Para seksi sampun kedangon mboten njamin buku cathetan punika. Cathetan ingkang langkung enggal saged ugi kadhelikaken.
err-checkpoint-uncosigned = Seksi ingkang nandha-asmani dereng cekap. Cathetan punika dereng final.
rec-ledger-stale = Mangga dipuncobi malih nalika kasambung jaringan, lan mriksa jam piranti. Menawi tetep makaten, mangga matur Inspektorat.
rec-checkpoint-uncosigned = Mangga dipunentosi sekedhap lajeng dipunpriksa malih. Menawi taksih, hubungi instansi seksi.

err-ledger-policy-changed = Situs punika nyebataken kunci buku cathetan, seksi, utawi cacahing seksi ingkang benten saking suwaunipun.
rec-ledger-policy-changed = Mangga dipuntakekaken dhateng Dukcapil lan Inspektorat. Menawi leres, mangga dipunlampahaken malih mawi --accept-policy-change.

err-ledger-unwitnessed = Mboten wonten seksi: mboten wonten instansi sanes ingkang njamin buku cathetan punika, lan mboten wonten cathetanipun ingkang final.
rec-ledger-unwitnessed = Nyuwun Dukcapil netepaken seksi (ledger witness add), lajeng dipunpriksa malih.
