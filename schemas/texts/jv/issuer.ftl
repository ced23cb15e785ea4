# Panerbit: program lan leladosan.

err-keys-malformed = Berkas kunci risak utawi sanès gadhahanipun program punika.
rec-keys-malformed = Folder kunci dipunpulihaken saking cadhangan.

err-keys-locked = Berkas kunci boten saged dipunbikak.
rec-keys-locked = Mangga dipunpriksa tembung wadi kunci (ABSAH_KEY_PASSPHRASE_FILE).

err-certificate-unmade = Sertipikat boten saged dipundamel.
rec-certificate-unmade = Mangga dipunlaporaken dhateng pangelola program.

err-certificate-authority-damaged = Sertipikat indhuk kitha risak.
rec-certificate-authority-damaged = Folder data dipunpulihaken saking cadhangan.

err-status-list-unknown = Daptar status punika boten wonten.
rec-status-list-unknown = Mangga dipunpriksa alamatipun.

err-status-list-damaged = Daptar status boten cocog kaliyan cathetan.
rec-status-list-damaged = Folder data dipunpulihaken saking cadhangan.

err-access-token-unknown = Ijin mendhet kertu boten dipunwanuhi.
rec-access-token-unknown = Mangga nyuwun petugas damel tawaran enggal.

err-access-token-ended = Ijin mendhet kertu sampun telas wekdalipun.
rec-access-token-ended = Mangga nyuwun petugas damel tawaran enggal.

err-access-token-used = Kertu saking tawaran punika sampun dipunpendhet.
rec-access-token-used = Mangga nyuwun petugas damel tawaran enggal menawi kertu boten dumugi.

err-card-validity-empty = Kertu boten badhé lumampah sadinten kémawon.
rec-card-validity-empty = Mangga dipunpriksa jam komputer, lajeng dipuncobi malih.

err-card-slots-missing = Papan ing daptar status kirang.
rec-card-slots-missing = Mangga dipunlaporaken dhateng pangelola program.

err-photo-unreadable = Foto boten saged dipunwaos.
rec-photo-unreadable = Mangga ngagem foto JPEG ingkang wetah.

err-photo-too-detailed = Foto boten saged dipundamel cekap alit.
rec-photo-too-detailed = Mangga ngagem foto kanthi latar polos.

err-issuer-no-address = Alamat umum panerbit dèrèng kasumerepan.
rec-issuer-no-address = Mangga nglampahaken serve, utawi ngisi public_url ing config.toml.

err-bundle-folder-in-use = Folder tujuan isi barang sanès.
rec-bundle-folder-in-use = Mangga milih folder kosong utawi folder data kapitadosan lami.

err-credential-unknown = Jinising kertu punika boten wonten.
rec-credential-unknown = Mangga ngagem KtpElektronik utawi KartuKeluarga.

err-access-key-malformed = Berkas kunci lokèt boten saged dipunagem.
rec-access-key-malformed = Mangga ngagem berkas saking absah-verifier init --json.

err-registration-unknown = Pendhaftaran lokèt punika boten wonten.
rec-registration-unknown = Mangga mirsani daptar kanthi counter list.

err-services-malformed = Daptar leladosan boten saged dipunwaos.
rec-services-malformed = Mangga dipunpriksa wujuding berkas TOML utawi JSON.

err-services-claim = Wonten leladosan tanpa data ingkang dipunsuwun, utawi datanipun boten dipunwanuhi.
rec-services-claim = Claims dipunisi nama data ingkang leres.

err-serve-runtime = Komputer boten maringi sumber kangge lumampah.
rec-serve-runtime = Program sanès dipuntutup, lajeng dipuncobi malih.

err-serve-address = Alamat leladosan sampun dipunagem utawi sanès gadhahanipun komputer punika.
rec-serve-address = Mangga milih alamat utawi porta sanès.

## Words of the import

import-rows = baris
import-imported = dipunimpor
import-skipped = dipunlangkungi

err-services-field = Wonten isèn leladosan ingkang klèntu.
rec-services-field = Mangga dipundandosi isèn ingkang kasebat, lajeng dipundhaptar malih.
