# The witness program.

err-witness-not-initialised = Seksi punika dereng gadhah kunci.
rec-witness-not-initialised = Mangga dipunlampahaken rumiyin: absah-witness init --name NAMI.

err-witness-named = Seksi punika sampun gadhah nami sanes.
rec-witness-named = Mangga ngginakaken nami punika, utawi folder data sanes.

err-witness-key-file = Berkas kuncinipun seksi mboten saged kabikak.
rec-witness-key-file = Mangga dipunpriksa tembung wadi kunci, utawi pulihaken berkasipun saking cadhangan.

err-witness-name-malformed = Nami utawi kunci punika mboten saged dipunginakaken.
rec-witness-name-malformed = Mangga dipunpriksa kunci seksi utawi cathetan, lajeng cobi malih.

err-witness-memory = Pepengetipun seksi mboten saged kawaos utawi kaserat. Mboten wonten ingkang dipuntapak astani.
rec-witness-memory = Mangga dipunpriksa disk, lajeng pulihaken folder logs saking cadhangan.

err-witness-log-other-key = Buku cathetan punika sampun dipunawasi mawi kunci sanes.
rec-witness-log-other-key = Mangga dipunsuwunaken pirsa dhateng ingkang kagungan buku cathetan kenging punapa kuncinipun gantos.

err-witness-address = Alamat kangge seksi mboten saged dipunginakaken.
rec-witness-address = Mangga milih alamat utawi nomer port sanes mawi --listen.

err-witness-no-public-url = Alamat umumipun seksi dereng dipunisi.
rec-witness-no-public-url = Mangga dipunisi public_url, utawi ngginakaken --dev-loopback kangge cobi.
