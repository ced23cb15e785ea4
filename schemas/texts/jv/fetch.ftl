# Mendhet data lumantar jaringan.

err-fetch-setup = Daftar sertifikat ingkang pinitados ing komputer punika mboten saged dipunagem.
rec-fetch-setup = Mangga paket ca-certificates dipunpasang, lajeng dipuncobi malih.

err-fetch-request = Panyuwunan mboten saged dipundamel.
rec-fetch-request = Mangga dipuncobi malih. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-fetch-scheme = Alamat punika mboten aman, mila mboten dipunbikak.
rec-fetch-scheme = Sampun dipunlajengaken. Nyuwun kode utawi tautan enggal dhateng petugas.

err-fetch-address = Alamat punika tumuju jaringan lebet, mila mboten dipunbikak.
rec-fetch-address = Sampun dipunlajengaken. Nyuwun kode utawi tautan enggal dhateng petugas.

err-fetch-resolve = Alamat mboten kepanggih.
rec-fetch-resolve = Mangga sambungan internet dipunpriksani, lajeng dipuncobi malih.

err-fetch-connect = Mboten saged sumambung kanthi aman.
rec-fetch-connect = Mangga sambungan internet dipunpriksani, lajeng dipuncobi malih.

err-fetch-timeout = Wangsulanipun kedangon.
rec-fetch-timeout = Mangga sambungan internet dipunpriksani, lajeng dipuncobi malih.

err-fetch-too-large = Wangsulanipun kagengen, mila mboten dipunpendhet.
rec-fetch-too-large = Mangga dipuncobi malih. Menawi wangsul malih, dipunaturaken dhateng petugas.

err-fetch-redirect = Alamat punika ngarahaken dhateng papan sanès.
rec-fetch-redirect = Sampun dipunlajengaken. Nyuwun kode utawi tautan enggal dhateng petugas.

err-fetch-answer = Wangsulanipun mboten saged dipunwaos.
rec-fetch-answer = Mangga dipuncobi malih. Menawi wangsul malih, dipunaturaken dhateng petugas.
