win-letters = Nyuwun serat katrangan
win-letters-hint = Serat kelurahan saged dipunsuwun saking ngriki. Petugas mriksa, lajeng serat saged dipunpendhet ing dompet punika.
win-letters-asks = Ingkang dipunisi: { $asks }
win-letters-no-card = Kangge punika prelu KTP elektronik ing piranti punika. Tambah kertu rumiyin.
win-letter-text = Isi ingkang prelu kemawon. Serat lumampah { $days } dinten wiwit dipunsarujuki.
win-letter-person = Serat punika kangge sinten?
win-letter-optional = kenging kothong
win-letter-limit = { $have } saking paling kathah { $most } aksara
win-letter-missing = Punika dereng dipunisi. Mangga dipunisi rumiyin, lajeng pencet Lajengaken.
win-letter-too-long = Panjang sanget: { $have } aksara, paling kathah { $most }. Mangga dipuncekak.
win-letter-characters = Wonten tandha ingkang mboten kenging. Serat ing setunggal larik mawi aksara lan angka limrah.
win-letter-not-asked = Asma, alamat lan data KTP sanesipun mboten prelu dipunisi: petugas sampun gadhah.
win-letter-on = Lajengaken
win-wish-title = Kintun panyuwunan punika?
win-wish-to = Dhateng
win-wish-sent = Ingkang Panjenengan isi
win-wish-proof = Bukti bilih punika Panjenengan
win-wish-proof-text = Kertu punika dipuntedahaken dhateng Dukcapil minangka bukti. Isinipun kertu mboten dipunkintun: Dukcapil tepang kertunipun.
win-wish-letter-says = Data KTP ingkang kaserat ing serat ({ $count })
win-pin-wish = PIN kangge ngintun
win-pin-wish-hint = Panyuwunan dipunkintun dhateng Dukcapil sasampunipun PIN leres. Sasampunipun 6 angka, PIN dipunpriksa.
win-ticket-letter-number = Nomer serat: { $number }
win-ticket-fetch = Pendhet serat
win-ticket-here = Serat sampun wonten ing dompet punika.
win-paper = Cithak kertu kertas
win-paper-for = Kangge tiyang ingkang mboten ngasta HP: tiyang sepuh, utawi sinten kemawon ingkang dipunladosi tanpa HP. Isinipun foto, asma, taun lair, kelurahan lan 4 angka pungkasan NIK.
win-paper-low = Kertas saged dipuntedhak tiyang. Pramila namung kangge layanan entheng, lan petugas tansah nyocogaken wajah. Pasrahaken namung dhateng ingkang kagungan.
win-paper-earlier = Kertu kertas ingkang lami pungkasan. Paling kathah sapisan sedinten.
win-paper-size = Ukuran
win-paper-a6 = A6: setunggal kertu ing setunggal kaca alit
win-paper-a4 = A4: lembaran limrah, prelu gunting
win-paper-made = Kertu kertas sampun cumawis
win-paper-file = Dipunsimpen minangka PDF. Naminipun berkas:
win-paper-download = Sampun dipun undhuh minangka PDF déning peramban. Mangga dipun padosi ing folder Unduhan, kanthi nami:
win-paper-still-here = Kertunipun taksih wonten ing ngriki. Cawisaken papan, lajeng simpen malih saderengipun nilar layar punika.
win-paper-print = Cithak ukuran wetah (100%), cemeng pethak cekap.
win-paper-give = Pasrahaken namung dhateng ingkang kagungan, lajeng busaken berkasipun.
win-paper-lost = Menawi kertas ical, cithak ingkang enggal: ingkang lami mboten lumampah malih.
win-paper-again = Simpen malih

err-ask-too-many = Panyuwunan Panjenengan ingkang dereng dipunwangsuli sampun kakathahen.
rec-ask-too-many = Mangga ngentosi wangsulan petugas rumiyin, lajeng kintun malih.

err-ask-resident-dead = Miturut cathetan Dukcapil, ingkang kagungan kertu punika sampun seda. Panyuwunan mboten dipunaturaken dhateng petugas.
rec-ask-resident-dead = Menawi punika klentu, mangga dhateng Dukcapil mbekta KTP sareng kaluwarga.

err-ask-resident-moved = Miturut cathetan Dukcapil, Panjenengan sampun pindhah saking Kutha Madiun.
rec-ask-resident-moved = Nyuwun serat ing padunungan ingkang enggal. Menawi klentu, mangga dhateng Dukcapil.

err-ask-resident-missing = Miturut cathetan Dukcapil, ingkang kagungan kertu punika kacathet ical.
rec-ask-resident-missing = Mangga dhateng Dukcapil mbekta KTP supados cathetanipun dipunleresaken.

err-ask-resident-too-young = Miturut cathetan Dukcapil, ingkang kagungan kertu punika dereng cekap umur kangge serat punika.
rec-ask-resident-too-young = Mangga nyuwun lumantar tiyang sepuh utawi wali.

err-card-key-too-weak = Leladosan punika nyuwun kertu mawi kunci ingkang langkung kiyat tinimbang ing dompet punika. Mboten wonten data ingkang dipunkintun.
rec-card-key-too-weak = Ginakaken aplikasi dompet ingkang dipunpasang ing HP piyambak, utawi nyuwun dipunladosi mawi KTP fisik.

err-key-too-weak = Kertu punika dipunsimpen mawi kunci ingkang langkung ringkih tinimbang ingkang dipunsuwun leladosan punika.
rec-key-too-weak = Nyuwun warga ngginakaken kertu ing aplikasi dompet ingkang dipunpasang ing HP utawi komputeripun piyambak, utawi ladosi kanthi manual.
win-tell-missing = Dereng wonten seratanipun. Mangga dipun serat rumiyin, lajeng dipun kintun.
win-tell-characters = Wonten tandha ingkang mboten pareng. Mangga ngangge aksara, angka, lan tandha maos limrah.
win-history-paper = Kertu kertas
win-history-paper-saved = Dipunsuwun lan dipunsimpen minangka PDF.
win-history-paper-unsaved = Dipunsuwun; berkasipun dèrèng kasimpen.
win-entry-paper-of = Kertu kagunganipun
win-entry-paper-holds = Isinipun
win-entry-paper-facts = Foto, asma, taun lair, kelurahan lan 4 angka pungkasan NIK
win-entry-paper-saved = Kasimpen
