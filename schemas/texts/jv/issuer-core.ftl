# Panerbit: pranatan panerbitan lan laporan impor.

err-resident-unknown = Tiyang kanthi NIK punika mboten wonten ing data penduduk.
rec-resident-unknown = Mangga dipunpriksa NIK-ipun, menawi perlu impor data enggal.

err-resident-record-refused = Data tiyang punika dipuntampik nalika impor amargi wonten kalepatan.
rec-resident-record-refused = Mangga mirsani laporan impor, data dipunleresaken, lajeng impor malih.

err-resident-dead = Tiyang punika kacathet sampun seda.
rec-resident-dead = Kertu mboten saged dipunterbitaken. Mangga dipunpriksa menawi klentu.

err-resident-moved = Tiyang punika kacathet sampun pindhah.
rec-resident-moved = Kertu dipunterbitaken Dukcapil ing papan enggal.

err-resident-missing = Tiyang punika kacathet ical.
rec-resident-missing = Kertu mboten saged dipunterbitaken sadèrèngipun data dipunanyari.

err-resident-too-young = Tiyang punika dèrèng yuswa 17 taun lan dèrèng nate palakrama.
rec-resident-too-young = KTP dipunterbitaken wiwit yuswa 17 taun.

err-family-incomplete = Data kulawarga punika dereng jangkep, wonten ingkang lepat, utawi kepala kulawarganipun sampun seda utawi pindhah.
rec-family-incomplete = Mangga dipunleresaken data kulawarga (kepala kulawarga, anggota) wonten data kependudukan, lajeng dipunimpor malih.

err-family-head-gone = Kepala kulawarga punika sampun seda utawi pindhah, lan dèrèng wonten kepala kulawarga ingkang enggal.
rec-family-head-gone = Kartu kulawarga medal malih sasampunipun data kependudukan nyathet kepala kulawarga ingkang enggal.

err-card-code-unlisted = Wonten kode ing data ingkang mboten dipunwanuhi.
rec-card-code-unlisted = Mangga dipunlaporaken dhateng pangelola program.

err-card-region-unlisted = Wonten wewengkon ing data ingkang mboten dipunwanuhi.
rec-card-region-unlisted = Mangga dipunlaporaken dhateng pangelola program.

err-card-family-no-head = Kulawarga punika mboten gadhah kepala kulawarga ing data.
rec-card-family-no-head = Data kulawarga dipunleresaken, lajeng impor malih.

err-card-none = Kertu punika dèrèng nate dipunterbitaken kangge tiyang punika.
rec-card-none = Mangga dipunpriksa NIK lan jinising kertu.

err-card-revoked = Kertu punika sampun dipuncabut salaminipun.
rec-card-revoked = Mangga nerbitaken kertu enggal menawi tiyang punika wajib nampi.

err-store-unavailable = Cathetan mboten saged dipunwaos utawi dipunserat.
rec-store-unavailable = Mangga dipunpriksa papan disk lan ijin folder data, lajeng dipuncobi malih.

err-store-damaged = Cathetan risak utawi saking versi sanès.
rec-store-damaged = Mangga dipunpulihaken saking cadhangan, utawi ngagem versi program ingkang cocog.

## Import report

import-bom = Berkas dipunwiwiti tandha urutan byte.
import-encoding = Seratan sanès UTF-8.
import-file-empty = Berkas kosong.
import-no-records = Berkas mboten isi data satunggal kémawon.
import-wrong-delimiter = Pamisah kolom sanès koma.
import-header-missing = Baris irah-irahan, utawi salah satunggaling kolom, mboten wonten.
import-header-duplicate = Satunggaling kolom kasebat kaping kalih ing baris irah-irahan.
import-header-unknown = Wonten kolom ingkang mboten dipunwanuhi; kolom punika mboten dipunagem.
import-header-repeated = Baris irah-irahan medal malih ing antawisipun data.
import-record-empty = Sadaya sèl kosong.
import-record-too-long = Baris kepanjangen.
import-missing-cell = Wonten sèl ingkang ical.
import-extra-cell = Wonten sèl ingkang langkung.
import-quote-unclosed = Tandha petik mboten dipuntutup.
import-quote-stray = Wonten tandha petik ing papan ingkang lepat.
import-embedded-newline = Wonten gantos baris ing salebeting sèl.
import-control-character = Wonten karakter kendhali ing salebeting sèl.
import-trailing-space = Wonten spasi ing wiwitan utawi pungkasan.
import-inner-space = Wonten spasi rangkep utawi spasi mirunggan.
import-mojibake = Aksara risak amargi lepat pangodhéan.
import-scientific-number = Angka kaserat wonten wujud ilmiah, tuladhanipun 3,57E+15.
import-leading-zero-lost = Angka nol ing ngajeng ical; sampun dipunpulihaken.
import-cell-too-long = Isining sèl kepanjangen.
import-cell-empty = Sèl mboten kénging kosong.
import-code-unknown = Kode mboten wonten ing tabel.
import-nik-format = NIK sanès 16 angka ingkang leres.
import-nik-duplicate = NIK punika medal langkung saking sapisan.
import-nik-dob-mismatch = Tanggal lair béda kaliyan NIK; kénging, nanging mangga dipunpriksa.
import-nik-sex-mismatch = Jinising kelamin béda kaliyan NIK; kénging, nanging mangga dipunpriksa.
import-kk-format = Nomer KK sanès 16 angka ingkang leres.
import-name-empty = Nama kosong.
import-name-digits = Nama isi angka.
import-name-chars = Nama isi tandha ingkang mboten limrah.
import-name-too-long = Nama langkung saking 60 karakter.
import-birth-date-format = Tanggal lair mboten kaserat HH-BB-TTTT.
import-birth-date-impossible = Tanggal lair mboten wonten ing kalèndher.
import-birth-date-future = Tanggal lair wonten ing mangsa ngajeng.
import-birth-date-too-old = Yuswa langkung saking 120 taun.
import-rt-rw-format = RT utawi RW sanès angka.
import-region-unknown = Wewengkon mboten dipunwanuhi.
import-region-outside = Alamat ing sajawining kitha punika.
import-change-time-format = Wekdal ewah-ewahan mboten saged dipunwaos.
import-age-status-conflict = Yuswa mboten cocog kaliyan status palakrama.
import-akta-date-conflict = Akta lair langkung sepuh tinimbang tanggal lair.
import-status-dead = Warga kacathet seda: mboten wonten kertu.
import-status-moved = Warga kacathet pindhah: mboten wonten kertu.
import-status-lost = Warga kacathet ical: mboten wonten kertu.
import-photo-unreadable = Foto mboten saged dipunwaos.
import-photo-size = Foto kaliten utawi kepanjangen: paling sekedhik 96 × 128 titik, sisih panjang paling kathah kaping kalih sisih cendhak.
import-photo-replaces = Warga punika sampun gadhah foto sanes, lan foto punika mboten dipungantos. Mangga fotonipun dipungantos ing konsol, supados petugas sanes mbandhingaken rainipun.
import-photo-unknown = Foto punika sanès gadhahanipun warga ingkang kadhata.
import-person-duplicate = Tiyang ingkang sami kacathet kanthi kalih NIK.
import-kk-no-head = Kulawarga punika mboten gadhah kepala kulawarga.
import-kk-two-heads = Kulawarga punika gadhah langkung saking satunggal kepala kulawarga.
import-head-dead = Kepala kulawarga kacathet seda, taksih wonten warga ingkang gesang.
import-kk-address = Alamat béda ing satunggal kulawarga.
import-child-older-than-mother = Anak langkung sepuh tinimbang ibunipun.
import-child-older-than-father = Anak langkung sepuh tinimbang bapakipun.
import-parent-too-young = Tiyang sepuh kanèman nalika anak lair.
import-parent-too-old = Tiyang sepuh kesepuhen nalika anak lair.
import-parent-sex-conflict = Ibu kacathet jaler utawi bapak kacathet èstri.
import-parent-is-self = Tiyang punika kacathet dados tiyang sepuhipun piyambak.

err-token-sector-same = Sèktor asal lan tujuanipun sami.
rec-token-sector-same = Mangga milih kalih sèktor ingkang bènten.

err-token-unknown = Mboten wonten warga kanthi nomer sèktor menika.
rec-token-unknown = Mangga dipunpriksa nomer lan sèktoripun.

err-token-sector-wrong = Nomer menika saking sèktor sanès.
rec-token-sector-wrong = Mangga dipunpriksa nomer menika saking sèktor pundi.

err-token-person-unknown = Ingkang gadhah nomer menika mboten wonten ing data pendhudhuk.
rec-token-person-unknown = Mangga ngimpor data pendhudhuk ingkang énggal, lajeng dipuncobi malih.

err-operator-disabled = Akun petugas punika sampun dipun tutup.
rec-operator-disabled = Mangga matur admin Dukcapil.

err-operator-sign-in-again = Wekdal panjenengan mlebet sampun telas.
rec-operator-sign-in-again = Mangga mlebet malih mawi kunci sandi.

err-operator-enrol-first = Akun punika dereng jangkep.
rec-operator-enrol-first = Mangga nambah cara mlebet kaping kalih rumiyin.

err-operator-needs-passkey = Kagem punika panjenengan kedah mlebet mawi kunci sandi.
rec-operator-needs-passkey = Mangga medal, lajeng mlebet mawi kunci sandi.

err-operator-role = Peran panjenengan mboten kepareng nindakaken punika.
rec-operator-role = Nyuwun pitulungan petugas ingkang peranipun jumbuh.

err-operator-concerned = Punika bab akun panjenengan piyambak.
rec-operator-concerned = Nyuwun panyarujuk sanes ingkang mutusaken.
err-operator-own-proposal = Punika usulan panjenengan piyambak.
rec-operator-own-proposal = Nyuwun petugas sanes mutusaken.

err-resident-not-a-child = Tiyang punika sampun 17 taun utawi sampun nate krama: dede ingkang gadhah kertu lare, lan serat-seratipun dipun simpen piyambak.
rec-resident-not-a-child = Mangga KTP lan aktanipun dipun tawekaken dhateng tiyangipun piyambak.

err-resident-keeps-own = Kertunipun tiyang diwasa mboten dipun simpen ing dompetipun tiyang sanès, ugi menawi sampun sepuh utawi difabel: sinten ingkang kenging tumindak kanggé piyambakipun mboten kacathet ing data kependudukan.
rec-resident-keeps-own = Mangga dipun ladosi mawi Mode Pendamping: kertunipun dipun beta pendamping ingkang kadhaftar 30 menit, lan tiyangipun rawuh piyambak; sedhèrèk ingkang ngrimati saged dipun dhaftar dados pendamping. Utawi kacithak kertu kertas.

err-guardian-missing = Mboten wonten tiyang diwasa ing KK lare punika ingkang saged nyimpen seratipun, utawi ingkang dipun sebat dede salah satunggalipun.
rec-guardian-missing = Mangga KK larenipun dipun priksa, lajeng sebataken ibu, bapa, utawi kepala kulawarganipun.

err-birth-certificate-missing = Data kependudukan mboten ngemot nomer akta lairipun tiyang punika.
rec-birth-certificate-missing = Nomer aktanipun mangga dipun cathet ing data kependudukan, lajeng datanipun dipun lebetaken malih.

err-letter-missing = Mboten wonten serat katrangan ingkang sampun dipun sarujuki kaliyan data tiyang punika ingkang sapunika.
rec-letter-missing = Mangga nyuwun serat saking dhompet, lajeng nengga palilahipun kelurahan; menawi datanipun éwah sasampunipun dipun sarujuki, nyuwun malih.

err-letter-ended = Wekdalipun serat katrangan punika sampun telas.
rec-letter-ended = Mangga nyuwun serat enggal.

err-card-facts-missing = Isinipun kertu punika mboten jangkep.
rec-card-facts-missing = Mangga dipun lampahaken malih. Menawi taksih, pulihaken folder data saking cadhangan lan matur pangembang.
