# Komputer papanipun program lumampah.

err-random-unavailable = Sistem komputer menika mboten maringi angka acak.
rec-random-unavailable = Mangga komputer dipunurupaken malih, lajeng cobi malih.

err-file-missing = Berkas mboten pinanggih.
rec-file-missing = Mangga dipunpriksa nami lan panggenanipun berkas.

err-file-too-large = Berkas kageden.
rec-file-too-large = Mangga dipunpesthekaken bilih berkasipun leres.

err-file-not-text = Berkas menika sanes berkas seratan.
rec-file-not-text = Mangga dipunpesthekaken bilih berkasipun leres.

err-file-unreadable = Berkas mboten saged dipunbikak.
rec-file-unreadable = Mangga dipunpriksa idin berkas lan kawontenan disk.

err-file-unwritable = Berkas mboten saged dipunsimpen.
rec-file-unwritable = Mangga dipunpriksa idin folder lan turahaning papan disk.

err-folder-too-large = Isinipun folder kakathahen.
rec-folder-too-large = Mangga dipunpesthekaken bilih folderipun leres.

err-folder-not-plain = Folder wonten tautan utawi berkas mirunggan.
rec-folder-not-plain = Mangga folder menika dipunsalin malih saking sumberipun.

err-folder-name = Wonten nami berkas ingkang mboten kepareng.
rec-folder-name = Nyuwun kintunan ingkang enggal.

err-data-dir-no-home = Papan kangge nyimpen data dereng dipuntemtokaken.
rec-data-dir-no-home = Mangga dipunlampahaken malih mawi --data-dir FOLDER.

err-data-dir-foreign = Folder data menika kagunganipun program sanes.
rec-data-dir-foreign = Mangga milih folder kothong mawi --data-dir FOLDER.

err-data-dir-newer = Data menika dipunserat dening program ingkang langkung enggal.
rec-data-dir-newer = Mangga masang program ingkang paling enggal.

err-data-dir-busy = Program sanes saweg nyerat data menika.
rec-data-dir-busy = Mangga dipunentosi sekedhap lajeng cobi malih.

err-settings-not-toml = Berkas config.toml mboten saged dipunwaos.
rec-settings-not-toml = Mangga seratanipun dipunleresaken; wujudipun TOML.

err-settings-unknown-key = Ing config.toml wonten nami setelan ingkang mboten dipuntepangi.
rec-settings-unknown-key = Mangga dipunpriksa ejaanipun utawi larikanipun dipunicali.

err-settings-value = Isinipun setelan mboten saged dipunginakaken.
rec-settings-value = Mangga dipunpriksa setelan ing config.toml lan variabel ABSAH_.

err-settings-missing = Wonten setelan wajib ingkang dereng dipunisi.
rec-settings-missing = Mangga dipunisi ing config.toml utawi ing larikan préntah.

err-dev-in-production = Mode pangrembakan mboten kepareng kangge leladosan saestu.
rec-dev-in-production = Mangga --dev-loopback lan ABSAH_DEV dipunicali, utawi profile dipunowahi.

err-key-passphrase-required = Tembung wados kunci dereng dipuncawisaken.
rec-key-passphrase-required = Mangga ABSAH_KEY_PASSPHRASE_FILE dipuntujokaken dhateng berkas tembung wados.

err-key-passphrase-empty = Berkas tembung wados kunci kothong.
rec-key-passphrase-empty = Mangga tembung wados dipunserat ing larikan sepisan.

err-pin-format = PIN kedah enem angka.
rec-pin-format = Mangga ngetik enem angka PIN panjenengan.

err-pin-weak = PIN menika gampil dipunbatang.
rec-pin-weak = Mangga milih enem angka sanes ingkang mboten urut lan mboten wongsal-wangsul.

err-pin-differs = PIN kalih-kalihipun mboten sami.
rec-pin-differs = Mangga ngetik PIN ingkang sami kaping kalih.

err-pin-no-terminal = PIN mboten saged dipunsuwun ing mriki.
rec-pin-no-terminal = Mangga ABSAH_PIN dipunisi, utawi dipunlampahaken ing terminal.

host-dev-loopback = mode pangrembakan: alamat http lan alamat komputer menika dipunkeparengaken
host-development-key-protection = tembung wados kunci dipunsimpen ing folder data; sampun dipunginakaken kangge leladosan saestu
host-pin-prompt = PIN panjenengan (6 angka):
host-pin-prompt-new = Mangga milih PIN enggal (6 angka):
host-pin-prompt-again = Mangga PIN dipunketik sepisan malih:

err-password-weak = Tembung sandi gampil sanget.
rec-password-weak = Mangga ngagem paling sekedhik 12 aksara, kadosta tigang tembung ingkang mboten wonten gegayutanipun.

err-password-differs = Tembung sandi kalih-kalihipun mboten sami.
rec-password-differs = Mangga ngetik tembung sandi ingkang sami kaping kalih.

host-password-prompt-new = Tembung sandi enggal, paling sekedhik 12 aksara (kosongaken menawi petugas milih piyambak nalika mlebet sepisanan):
host-password-prompt-again = Mangga tembung sandi dipunketik sepisan malih:

err-data-dir-open-to-others = Sinten kemawon ing komputer punika saged ngewahi isinipun folder data punika.
rec-data-dir-open-to-others = Mangga folderipun dipun tutup rumiyin mawi chmod 700, isinipun dipun priksa, lajeng cobi malih.
