# Panyuwunan dhateng layanan.

err-web-not-found = Kaca mboten wonten.
rec-web-not-found = Mangga alamatipun dipunpriksani, lajeng dipuncobi malih.

err-web-method = Panyuwunan kanthi cara punika mboten saged dipuntampi.
rec-web-method = Mangga aplikasinipun dipunenggalaken, lajeng dipuncobi malih.

err-web-media-type = Jinis isi panyuwunan mboten saged dipuntampi.
rec-web-media-type = Mangga aplikasinipun dipunenggalaken, lajeng dipuncobi malih.

err-web-too-large = Isi panyuwunan kagengen.
rec-web-too-large = Mangga isinipun dipunalitaken, lajeng dipunkintun malih.

err-web-form = Isian mboten jangkep utawi mboten saged dipunwaos.
rec-web-form = Mangga isianipun dipunpriksani, lajeng dipunkintun malih.

err-web-no-token = Idin mlebet mboten dipunsertakaken.
rec-web-no-token = Mangga dipunwiwiti malih saking wiwitan.

err-web-timeout = Panyuwunan kedangon.
rec-web-timeout = Mangga ngrantos sekedhap, lajeng dipuncobi malih.

err-web-internal = Wonten kalepatan ing layanan kula.
rec-web-internal = Mangga dipuncobi malih. Menawi wangsul malih, dipunaturaken dhateng petugas.
