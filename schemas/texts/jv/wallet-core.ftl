err-wallet-not-now = Lampah menika mboten cocog kaliyan ingkang saweg lumampah.
rec-wallet-not-now = Tutup, lajeng wiwiti malih saking kawitan.
err-wallet-key-store = Panyimpen kunci ing piranti menika mboten mlampah kados mestinipun.
rec-wallet-key-store = Coba malih. Menawi taksih gagal, aturaken dhateng petugas.
err-network-unreachable = Mboten wonten sambungan dhateng alamat ingkang dipuntuju.
rec-network-unreachable = Priksa internet panjenengan, lajeng coba malih.
err-network-forbidden-address = Alamat menika mboten pareng dipunhubungi saking dompet.
rec-network-forbidden-address = Sampun dipunlajengaken. Nyuwun kode enggal langsung dhateng petugas.
err-network-redirected = Alamat menika ngalihaken dhateng papan sanes.
rec-network-redirected = Sampun dipunlajengaken. Nyuwun kode enggal langsung dhateng petugas.
err-network-too-large = Wangsulan saking alamat menika kagengen.
rec-network-too-large = Sampun dipunlajengaken. Aturaken dhateng petugas.
err-network-too-slow = Alamat menika kedangon anggenipun mangsuli.
rec-network-too-slow = Tengga sekedhap, lajeng coba malih.
err-network-unreadable = Wangsulan saking alamat menika mboten saged dipunwaos.
rec-network-unreadable = Coba malih. Menawi taksih gagal, aturaken dhateng petugas.
err-issuer-name-unsafe = Asma panerbit kertu menika mboten limrah.
rec-issuer-name-unsafe = Sampun dipunlajengaken. Nyuwun pirsa petugas Dukcapil.
err-offer-code-needed = Kertu menika mbetahaken kode saking petugas.
rec-offer-code-needed = Mangga ngentosi petugas maosaken kodenipun. Menawi kaca punika sampun katutup, nyuwun kode QR enggal.
err-issuer-keys-unpublished = Tapak asta panerbit menika mboten saged dipunpriksa.
rec-issuer-keys-unpublished = Anyari dhaptar resmi ing dompet, lajeng nyuwun kode enggal.
err-copies-missing = Salinan kertu ingkang dipuntampi mboten jangkep.
rec-copies-missing = Kertu mboten dipunsimpen. Nyuwun kode enggal dhateng petugas.
err-copies-linkable = Salinan kertu ingkang dipuntampi saged dipuntepangi setunggal lan setunggalipun.
rec-copies-linkable = Kertu mboten dipunsimpen. Aturaken dhateng petugas.
err-received-portrait-missing = Foto kangge kertu menika mboten ndherek katampi.
rec-received-portrait-missing = Kertu mboten dipunsimpen. Nyuwun kode enggal dhateng petugas.
err-wallet-no-bundle = Dompet menika dereng gadhah dhaptar loket lan panerbit resmi.
rec-wallet-no-bundle = Lebetaken dhaptar resmi kitha rumiyin, lajeng pindai malih.
err-not-a-request = Gambar utawi seratan menika sanes panyuwunan saking loket.
rec-not-a-request = Pindai kode ingkang wonten ing layar loket.
err-request-gone = Panyuwunan menika sampun mboten wonten ing alamatipun.
rec-request-gone = Nyuwun petugas utawi layanan menika damel panyuwunan enggal.
err-wallet-bundle-too-old = Dhaptar resmi ing dompet panjenengan sampun kedangon. Kita mboten ngintun punapa-punapa.
rec-wallet-bundle-too-old = Anyari dhaptar resmi lumantar internet utawi ing loket, lajeng coba malih.
err-card-expired = Wekdal tumindakipun kertu panjenengan sampun telas.
rec-card-expired = Anyari kertu nalika wonten internet, utawi rawuh ing Dukcapil.
err-card-unreadable = Kertu ingkang kasimpen mboten saged dipunwaos.
rec-card-unreadable = Nyuwun kertu dipunterbitaken malih, lan aturaken prekawis menika.
err-answer-not-confirmed = Data sampun dipunkintun, nanging dereng wonten tandha tampi.
rec-answer-not-confirmed = Nyuwun pirsa dhateng layanan menika punapa data sampun katampi. Cathetanipun wonten ing riwayat panjenengan.
err-answer-rejected = Data sampun dipunkintun, nanging dipuntampik dening layanan menika.
rec-answer-rejected = Nyuwun panyuwunan enggal, lajeng coba malih. Cathetanipun wonten ing riwayat panjenengan.
err-refused-by-holder = Panjenengan nampik panyuwunan menika.
rec-refused-by-holder = Mboten wonten ingkang dipunkintun.

err-clock-off = Jam piranti punika beda sawetawis menit kaliyan jam Dukcapil utawi ingkang ngedalaken kertu.
rec-clock-off = Setelen tanggal lan jam piranti punika, lajeng cobi malih. Menawi tawaran kertunipun sampun telas wekdalipun, mangga nyuwun ingkang enggal.

err-wish-not-confirmed = Panyuwunan panjenengan sampun dipun kintun, nanging dereng wonten wangsulan.
rec-wish-not-confirmed = Bokmenawi Dukcapil sampun nampi: pirsani wangsulanipun mangke. Kangge HP ical, damel kode enggal.

err-access-only-carried = Ing HP punika namung wonten kertunipun tiyang ingkang panjenengan dampingi. Kertu punika mboten saged kangge nyuwun dhateng Dukcapil.
rec-access-only-carried = Mangga ingkang kagungan kertu ngurus piyambak ing loket Dukcapil, utawi tambah kertu panjenengan piyambak.

err-carried-used = Kertunipun tiyang ingkang panjenengan dampingi sampun dipunginakaken.
rec-carried-used = Satunggal sesi kangge satunggal kaperluan. Kangge kaperluan sanes, miwiti sesi enggal wonten meja layanan sareng warganipun.

err-access-no-card = Mboten wonten kertu ingkang taksih lumampah kangge nyuwun pirsa dhateng Dukcapil.
rec-access-no-card = Kertu Panjenengan dipun anyari. Menawi kertu punika dipun pulihaken saking cadhangan, dipun pendhet malih rumiyin ing Dukcapil.

err-access-refused = Dukcapil mboten maringaken riwayat akses.
rec-access-refused = Mangga dipuncobi malih mangke. Menawi taksih, nyuwun pirsa ing kantor Dukcapil.

err-access-unreadable = Riwayat akses ingkang dipuntampi risak.
rec-access-unreadable = Nyuwun data enggal dhateng ingkang ngintun. Menawi taksih, mangga matur petugas.

err-access-no-ledger = Daftar resmi ing dompet punika dereng nyebat buku cathetan.
rec-access-no-ledger = Dhaptar resmi dipun anyari, lajeng dipun cobi malih.

err-request-answered-before = Panyuwunan punika sampun nate panjenengan wangsuli.
rec-request-answered-before = Sampun dipunlajengaken. Nyuwun kode panyuwunan enggal dhateng petugas.

err-cards-not-of-one-person = Ingkang dipunsuwun sawetawis kertu saking tiyang ingkang sami, nanging kertu ing dompet menika mboten nedahaken bab menika.
rec-cards-not-of-one-person = Mangga mundhut malih kertu-kertunipun tiyang menika ing Dukcapil, lajeng cobi malih.

err-card-not-renewable = Kertu punika mboten saged dipunénggalaken piyambak.
rec-card-not-renewable = Nyuwun kertu enggal wonten loket.

err-wish-refused = Dukcapil mboten nampi panyuwunan punika.
rec-wish-refused = Mangga dipunpriksa isian lan kertu panjenengan, lajeng cobi malih.

err-wish-unreadable = Wangsulan Dukcapil mboten kawaos.
rec-wish-unreadable = Mangga cobi malih mangké.
err-card-distrusted = Panerbit mboten njamin malih kertu panjenengan punika, pramila loket badhe nampik. Mboten wonten ingkang dipunkintun.
rec-card-distrusted = Nyuwun kertu enggal dhateng Dukcapil, lajeng coba malih.

err-card-not-awaited = Mboten wonten kertu mekaten ingkang saweg dipuntengga.
rec-card-not-awaited = Mangga mirsani daftar kertu panjenengan.
err-card-not-yet = Kertu punika taksih nengga petugas. Ingkang nerbitaken dèrèng kersa dipuntangleti malih.
rec-card-not-yet = Mangga dipuncobi malih mangké. Dompet ugi badhé nangletaken piyambak.
err-card-unknown = Kertu punika mboten wonten ing dompet punika.
rec-card-unknown = Mangga mirsani daftar kertu panjenengan.
err-issuer-name-taken = Panerbit punika ngagem asma saking daftar resmi, kamangka sanes.
rec-issuer-name-taken = Sampun dipunlajengaken. Nyuwun pirsa petugas Dukcapil.
err-issuer-type-unlisted = Panerbit punika mboten wonten ing daftar resmi lan mboten kenging ngedalaken kertu jinis punika.
rec-issuer-type-unlisted = Sampun dipun tampi. Menawi panjenengan saweg ing loket Dukcapil, enggalaken daftar loket resmi, lajeng cobi malih.
err-agency-name-unsafe = Asma loket punika mboten limrah. Mboten wonten ingkang dipunkintun.
rec-agency-name-unsafe = Sampun dipunlajengaken. Nyuwun pirsa petugas.

err-type-metadata-unreachable = Katrangan bab jinising kertu punika mboten saged dipunpendhet.
rec-type-metadata-unreachable = Kertunipun tetep dipunsimpen lan saged dipunginakaken, nanging katingal kanthi nama tèknisipun.
err-type-metadata-integrity = Katrangan bab jinising kertu punika sanès ingkang dipuntandhatangani ingkang nerbitaken.
rec-type-metadata-integrity = Kertunipun tetep dipunsimpen lan saged dipunginakaken, nanging katingal kanthi nama tèknisipun.
err-type-metadata-endless = Katrangan bab jinising kertu punika ngrujuk tanpa wates.
rec-type-metadata-endless = Kertunipun tetep dipunsimpen lan saged dipunginakaken, nanging katingal kanthi nama tèknisipun.
err-type-metadata-name = Katrangan bab jinising kertu punika ngemot nama ingkang mboten limrah.
rec-type-metadata-name = Kertunipun tetep dipunsimpen lan saged dipunginakaken, nanging katingal kanthi nama tèknisipun.
err-type-metadata-look-alike = Jinising kertu punika nyebat piyambakipun kados kertu Dukcapil, mangka sanès.
rec-type-metadata-look-alike = Kertunipun tetep dipunsimpen lan saged dipunginakaken, nanging katingal kanthi nama tèknisipun.

err-show-only-yes-or-no = Ingkang kenging dipuntedahaken rikat namung wangsulan inggih utawi mboten saha foto.
rec-show-only-yes-or-no = Mangga dipun pilih salah satunggaling jinis layanan ingkang wonten. Kanggé data sanès, panyuwunanipun loket dipun pindai.

err-show-nothing-chosen = Dereng wonten wangsulan inggih utawi mboten ingkang dipunpilih.
rec-show-nothing-chosen = Milih saboten-botenipun satunggal, upaminipun warga kitha.

err-show-no-card = Ing mriki dereng wonten KTP ingkang saged nedahaken data punika.
rec-show-no-card = Mangga KTP panjenengan dipun tambahaken rumiyin: pencet Tambah kertu, utawi nyuwun tulung petugas Dukcapil.

err-show-code = Kode tedah rikat mboten saged kadamel.
rec-show-code = Cobi malih. Menawi taksih, mindai panyuwunan loket.
err-access-card-withdrawn = Kertu panjenengan sampun dipuncabut, pramila Dukcapil mboten maringaken cathetan dhateng dompet punika.
rec-access-card-withdrawn = Mangga rawuh ing kantor Dukcapil mawi tandha pangenal sanes: nyuwun pirsa sebabipun lan nyuwun kertu enggal.

err-access-card-suspended = Kertu panjenengan saweg dipunkendheli sawetawis, pramila Dukcapil mboten maringaken cathetan dhateng dompet punika.
rec-access-card-suspended = Mangga rawuh ing kantor Dukcapil supados kertunipun dipunlampahaken malih, utawi nyuwun kertu enggal menawi ponselipun ical.

err-paper-ask-today = Kertu dluwang panjenengan nembé kémawon dipuncithak.
rec-paper-ask-today = Mangga dipuncobi malih bénjing-énjing, utawi nyuwun petugas Dukcapil nyithak.

err-paper-ask-no-portrait = Dukcapil dèrèng kagungan foto panjenengan, dados kertu dluwang mboten saged dipundamel.
rec-paper-ask-no-portrait = Mangga sowan Dukcapil kanggé dipunfoto.

err-access-log-rollback = Dukcapil maringaken buku cathetan ingkang langkung lami utawi benten kaliyan ingkang sampun nate dipunpirsani dompet punika.
rec-access-log-rollback = Cathetan enggal punika mboten dipuntampi; ingkang kasimpen taksih wonten. Dompet punika mangga dipunsimpen, lajeng matur dhateng Dukcapil lan Inspektorat.

err-access-card-distrusted = Kertu panjenengan dipuntandhatangani mawi kunci ingkang mboten dipunpitados malih, pramila Dukcapil mboten maringaken cathetan dhateng dompet punika.
rec-access-card-distrusted = Mangga nyuwun kertu enggal ing kantor Dukcapil, lajeng cobi malih mawi kertu punika.

err-server-trouble = Komputer ing sabrang nembe wonten alangan. Ing mriki mboten wonten ingkang lepat.
rec-server-trouble = Mangga dipun entosi sawetawis menit, lajeng cobi malih. Menawi taksih, mangga matur petugas.
