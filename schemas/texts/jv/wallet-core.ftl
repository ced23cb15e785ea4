err-wallet-not-now = Lampah menika boten cocog kaliyan ingkang saweg lumampah.
rec-wallet-not-now = Tutup, lajeng wiwiti malih saking kawitan.
err-wallet-key-store = Panyimpen kunci ing piranti menika boten mlampah kados mestinipun.
rec-wallet-key-store = Coba malih. Menawi taksih gagal, aturaken dhateng petugas.
err-network-unreachable = Boten wonten sambungan dhateng alamat ingkang dipun tuju.
rec-network-unreachable = Priksa internet panjenengan, lajeng coba malih.
err-network-forbidden-address = Alamat menika boten pareng dipun hubungi saking dompet.
rec-network-forbidden-address = Sampun dipun lajengaken. Nyuwun kode enggal langsung dhateng petugas.
err-network-redirected = Alamat menika ngalihaken dhateng papan sanes.
rec-network-redirected = Sampun dipun lajengaken. Nyuwun kode enggal langsung dhateng petugas.
err-network-too-large = Wangsulan saking alamat menika kagengen.
rec-network-too-large = Sampun dipun lajengaken. Aturaken dhateng petugas.
err-network-too-slow = Alamat menika kedangon anggenipun mangsuli.
rec-network-too-slow = Tengga sekedhap, lajeng coba malih.
err-network-unreadable = Wangsulan saking alamat menika boten saged dipun waos.
rec-network-unreadable = Coba malih. Menawi taksih gagal, aturaken dhateng petugas.
err-issuer-name-unsafe = Asma panerbit kertu menika boten limrah.
rec-issuer-name-unsafe = Sampun dipun lajengaken. Nyuwun pirsa petugas Dukcapil.
err-offer-code-needed = Kertu menika mbetahaken kode saking petugas.
rec-offer-code-needed = Nyuwun petugas maosaken kodenipun, lajeng baleni.
err-issuer-keys-unpublished = Tapak asta panerbit menika boten saged dipun priksa.
rec-issuer-keys-unpublished = Anyari dhaptar resmi ing dompet, lajeng nyuwun kode enggal.
err-copies-missing = Salinan kertu ingkang dipun tampi boten jangkep.
rec-copies-missing = Kertu boten dipun simpen. Nyuwun kode enggal dhateng petugas.
err-copies-linkable = Salinan kertu ingkang dipun tampi saged dipun tepangi setunggal lan setunggalipun.
rec-copies-linkable = Kertu boten dipun simpen. Aturaken dhateng petugas.
err-received-portrait-missing = Foto kangge kertu menika boten ndherek katampi.
rec-received-portrait-missing = Kertu boten dipun simpen. Nyuwun kode enggal dhateng petugas.
err-wallet-no-bundle = Dompet menika dereng gadhah dhaptar loket lan panerbit resmi.
rec-wallet-no-bundle = Lebetaken dhaptar resmi kitha rumiyin, lajeng pindai malih.
err-not-a-request = Gambar utawi seratan menika sanes panyuwunan saking loket.
rec-not-a-request = Pindai kode ingkang wonten ing layar loket.
err-request-gone = Panyuwunan menika sampun boten wonten ing alamatipun.
rec-request-gone = Nyuwun petugas utawi layanan menika damel panyuwunan enggal.
err-wallet-bundle-too-old = Dhaptar resmi ing dompet panjenengan sampun kedangon. Kita boten ngintun punapa-punapa.
rec-wallet-bundle-too-old = Anyari dhaptar resmi lumantar internet utawi ing loket, lajeng coba malih.
err-card-expired = Wekdal tumindakipun kertu panjenengan sampun telas.
rec-card-expired = Anyari kertu nalika wonten internet, utawi rawuh ing Dukcapil.
err-card-unreadable = Kertu ingkang kasimpen boten saged dipun waos.
rec-card-unreadable = Nyuwun kertu dipun terbitaken malih, lan aturaken prekawis menika.
err-answer-not-confirmed = Data sampun dipun kintun, nanging dereng wonten tandha tampi.
rec-answer-not-confirmed = Nyuwun pirsa dhateng layanan menika punapa data sampun katampi. Cathetanipun wonten ing riwayat panjenengan.
err-answer-rejected = Data sampun dipun kintun, nanging dipun tampik dening layanan menika.
rec-answer-rejected = Nyuwun panyuwunan enggal, lajeng coba malih. Cathetanipun wonten ing riwayat panjenengan.
err-refused-by-holder = Panjenengan nampik panyuwunan menika.
rec-refused-by-holder = Boten wonten ingkang dipun kintun.

err-access-no-card = Mboten wonten kertu ingkang taksih lumampah kangge nyuwun pirsa dhateng Dukcapil.
rec-access-no-card = Mangga dipun enggalaken kertunipun rumiyin.

err-access-refused = Dukcapil mboten maringaken riwayat akses.
rec-access-refused = Mangga dipun cobi malih mangke. Menawi taksih, nyuwun pirsa ing kantor Dukcapil.

err-access-unreadable = Riwayat akses ingkang dipun tampi risak.
rec-access-unreadable = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-access-no-ledger = Daftar resmi ing dompet punika dereng nyebat buku cathetan.
rec-access-no-ledger = Mangga dipun enggalaken daftar resmi (bundle import).

err-request-answered-before = Panyuwunan punika sampun nate panjenengan wangsuli.
rec-request-answered-before = Sampun dipunlajengaken. Nyuwun kode panyuwunan enggal dhateng petugas.

err-cards-not-of-one-person = Ingkang dipun suwun sawetawis kertu saking tiyang ingkang sami, nanging kertu ing dompet menika boten nedahaken bab menika.
rec-cards-not-of-one-person = Mangga mundhut malih kertu-kertunipun tiyang menika ing Dukcapil, lajeng cobi malih.

err-card-not-renewable = Kertu punika boten saged dipunénggalaken piyambak.
rec-card-not-renewable = Nyuwun kertu enggal wonten loket.

err-wish-refused = Dukcapil boten nampi panyuwunan punika.
rec-wish-refused = Mangga dipunpriksa isian lan kertu panjenengan, lajeng cobi malih.

err-wish-unreadable = Wangsulan Dukcapil boten kawaos.
rec-wish-unreadable = Mangga cobi malih mangké.
