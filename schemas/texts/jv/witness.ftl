# The witness program.

err-witness-not-initialised = Seksi punika dereng gadhah kunci.
rec-witness-not-initialised = Mangga dipun lampahaken rumiyin: absah-witness init --name NAMI.

err-witness-named = Seksi punika sampun gadhah nami sanes.
rec-witness-named = Mangga ngginakaken nami punika, utawi folder data sanes.

err-witness-key-file = Berkas kuncinipun seksi mboten saged kabikak.
rec-witness-key-file = Mangga dipun priksa tembung wadi kunci, utawi pulihaken berkasipun saking cadhangan.

err-witness-name-malformed = Nami utawi kunci punika mboten saged dipun ginakaken.
rec-witness-name-malformed = Mangga dipun priksa kunci seksi utawi cathetan, lajeng cobi malih.

err-witness-memory = Pepengetipun seksi mboten saged kawaos utawi kaserat. Mboten wonten ingkang dipun tapak astani.
rec-witness-memory = Mangga dipun priksa disk, lajeng pulihaken folder logs saking cadhangan.

err-witness-log-other-key = Buku cathetan punika sampun dipun awasi mawi kunci sanes.
rec-witness-log-other-key = Mangga dipun suwunaken pirsa dhateng ingkang kagungan buku cathetan kenging punapa kuncinipun gantos.

err-witness-address = Alamat kangge seksi mboten saged dipun ginakaken.
rec-witness-address = Mangga milih alamat utawi nomer port sanes mawi --listen.

err-witness-no-public-url = Alamat umumipun seksi dereng dipun isi.
rec-witness-no-public-url = Mangga dipun isi public_url, utawi ngginakaken --dev-loopback kangge cobi.
