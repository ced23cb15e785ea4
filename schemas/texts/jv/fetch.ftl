# Mendhet data lumantar jaringan.

err-fetch-setup = Daftar sertifikat ingkang pinitados ing komputer punika boten saged dipunagem.
rec-fetch-setup = Mangga paket ca-certificates dipunpasang, lajeng dipuncobi malih.

err-fetch-request = Panyuwunan boten saged dipundamel.
rec-fetch-request = Mangga dipuncobi malih. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-fetch-scheme = Alamat punika boten aman, mila boten dipunbikak.
rec-fetch-scheme = Sampun dipunlajengaken. Nyuwun kode utawi tautan enggal dhateng petugas.

err-fetch-address = Alamat punika tumuju jaringan lebet, mila boten dipunbikak.
rec-fetch-address = Sampun dipunlajengaken. Nyuwun kode utawi tautan enggal dhateng petugas.

err-fetch-resolve = Alamat boten kepanggih.
rec-fetch-resolve = Mangga sambungan internet dipunpriksani, lajeng dipuncobi malih.

err-fetch-connect = Boten saged sumambung kanthi aman.
rec-fetch-connect = Mangga sambungan internet dipunpriksani, lajeng dipuncobi malih.

err-fetch-timeout = Wangsulanipun kedangon.
rec-fetch-timeout = Mangga sambungan internet dipunpriksani, lajeng dipuncobi malih.

err-fetch-too-large = Wangsulanipun kagengen, mila boten dipunpendhet.
rec-fetch-too-large = Mangga dipuncobi malih. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-fetch-redirect = Alamat punika ngarahaken dhateng papan sanès.
rec-fetch-redirect = Sampun dipunlajengaken. Nyuwun kode utawi tautan enggal dhateng petugas.

err-fetch-answer = Wangsulanipun boten saged dipunwaos.
rec-fetch-answer = Mangga dipuncobi malih. Menawi wangsul malih, dipunaturaken dhateng petugas.
