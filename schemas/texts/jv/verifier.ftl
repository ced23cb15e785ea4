# Program loket.

err-counter-not-initialised = Loket menika dereng kacawisaken.
rec-counter-not-initialised = Lampahaken prentah init rumiyin.

err-counter-key-file = Kunci loket mboten saged kabikak.
rec-counter-key-file = Priksa tembung sandhi kunci. Menawi berkasipun risak, cawisaken saha dhaftaraken loket malih.

err-services-file-unreadable = Berkas services.toml mboten saged kawaos.
rec-services-file-unreadable = Priksa panyeratanipun. Namung id, title, saha claims ingkang katampi.

err-session-unknown = Panyuwunan menika mboten wonten ing ngriki.
rec-session-unknown = Priksa nomeripun, utawi damel panyuwunan enggal.

err-session-open = Panyuwunan menika dereng kawangsulan.
rec-session-open = Tengga ngantos warga mangsuli.

err-counter-public-url-unknown = Alamat loket ing jaringan dereng kasumerepan.
rec-counter-public-url-unknown = Lampahaken serve, utawi sebataken --public-url.

err-counter-listen = Alamat menika mboten saged dipunginakaken kangge ngladosi.
rec-counter-listen = Pilih alamat utawi nomer porta sanes.

err-counter-store = Panyimpenan loket mboten mangsuli.
rec-counter-store = Priksa papan saha palilah folder data, lajeng dipuncobi malih.

err-counter-store-damaged = Panyimpenan loket risak.
rec-counter-store-damaged = Atur priksa petugas teknis. Sampun ngladosi mawi loket menika.

counter-accepted = KATAMPI
counter-refused = KATOLAK
counter-undetermined = DERENG SAGED DIPUNPESTHEKAKEN
counter-status-since = Kawontenaning kertu kasumerepan tumrap
counter-init-next = Kintun larik kunci menika dhateng Dukcapil supados dipundhaftar.

counter-yes = inggih
counter-no = mboten
err-request-taken = Panyuwunan punika sampun dipunpundhut HP sanès.
rec-request-taken = Mangga damel panyuwunan enggal kanggé warga punika.
