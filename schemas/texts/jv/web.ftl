# Panyuwunan dhateng layanan.

err-web-not-found = Kaca boten wonten.
rec-web-not-found = Mangga alamatipun dipunpriksani, lajeng dipuncobi malih.

err-web-method = Panyuwunan kanthi cara punika boten saged dipuntampi.
rec-web-method = Mangga aplikasinipun dipunenggalaken, lajeng dipuncobi malih.

err-web-media-type = Jinis isi panyuwunan boten saged dipuntampi.
rec-web-media-type = Mangga aplikasinipun dipunenggalaken, lajeng dipuncobi malih.

err-web-too-large = Isi panyuwunan kagengen.
rec-web-too-large = Mangga isinipun dipunalitaken, lajeng dipunkintun malih.

err-web-form = Isian boten jangkep utawi boten saged dipunwaos.
rec-web-form = Mangga isianipun dipunpriksani, lajeng dipunkintun malih.

err-web-no-token = Idin mlebet boten dipunsertakaken.
rec-web-no-token = Mangga dipunwiwiti malih saking wiwitan.

err-web-timeout = Panyuwunan kedangon.
rec-web-timeout = Mangga ngrantos sekedhap, lajeng dipuncobi malih.

err-web-internal = Wonten kalepatan ing layanan kula.
rec-web-internal = Mangga dipuncobi malih. Menawi wangsul malih, dipunaturaken dhateng petugas.
