# Penerbit: aturan penerbitan dan laporan impor.

err-resident-unknown = Orang dengan NIK ini tidak ada di data penduduk.
rec-resident-unknown = Periksa NIK, lalu impor data terbaru bila perlu.

err-resident-record-refused = Data orang ini ditolak saat impor karena ada kesalahan.
rec-resident-record-refused = Lihat laporan impor, betulkan data, lalu impor lagi.

err-resident-dead = Orang ini tercatat sudah meninggal.
rec-resident-dead = Kartu tidak dapat diterbitkan. Periksa data bila ini keliru.

err-resident-moved = Orang ini tercatat sudah pindah.
rec-resident-moved = Kartu diterbitkan oleh Dukcapil di tempat tinggal baru.

err-resident-missing = Orang ini tercatat hilang.
rec-resident-missing = Kartu tidak dapat diterbitkan sebelum data diperbarui.

err-resident-too-young = Orang ini belum berusia 17 tahun dan belum pernah menikah.
rec-resident-too-young = KTP diterbitkan mulai usia 17 tahun.

err-family-incomplete = Data keluarga ini belum lengkap, ada yang salah, atau kepala keluarganya sudah meninggal atau pindah.
rec-family-incomplete = Betulkan data keluarga (kepala keluarga, anggota) di data kependudukan, lalu impor lagi.

err-family-head-gone = Kepala keluarga ini sudah meninggal atau pindah, dan belum ada kepala keluarga yang baru.
rec-family-head-gone = Kartu keluarga terbit lagi setelah data kependudukan mencatat kepala keluarga yang baru.

err-card-code-unlisted = Ada kode di data yang tidak dikenal.
rec-card-code-unlisted = Laporkan kepada pengelola program.

err-card-region-unlisted = Ada wilayah di data yang tidak dikenal.
rec-card-region-unlisted = Laporkan kepada pengelola program.

err-card-family-no-head = Keluarga ini tidak punya kepala keluarga di data.
rec-card-family-no-head = Betulkan data keluarga, lalu impor lagi.

err-card-none = Kartu ini belum pernah diterbitkan untuk orang ini.
rec-card-none = Periksa NIK dan jenis kartu.

err-card-revoked = Kartu ini sudah dicabut untuk selamanya.
rec-card-revoked = Terbitkan kartu baru bila orang ini berhak.

err-store-unavailable = Catatan tidak dapat dibaca atau ditulis.
rec-store-unavailable = Periksa ruang disk dan izin folder data, lalu coba lagi.

err-store-damaged = Catatan rusak atau dari versi lain.
rec-store-damaged = Pulihkan dari cadangan, atau pakai versi program yang sesuai.

## Import report

import-bom = Berkas diawali tanda urutan byte.
import-encoding = Tulisan bukan UTF-8.
import-file-empty = Berkas kosong.
import-no-records = Berkas tidak berisi satu pun data.
import-wrong-delimiter = Pemisah kolom bukan koma.
import-header-missing = Baris judul, atau salah satu kolomnya, tidak ada.
import-header-duplicate = Satu kolom disebut dua kali di baris judul.
import-header-unknown = Ada kolom yang tidak dikenal; kolom itu diabaikan.
import-header-repeated = Baris judul muncul lagi di antara data.
import-record-empty = Semua sel kosong.
import-record-too-long = Baris terlalu panjang.
import-missing-cell = Ada sel yang hilang.
import-extra-cell = Ada sel yang berlebih.
import-quote-unclosed = Tanda petik tidak ditutup.
import-quote-stray = Ada tanda petik di tempat yang salah.
import-embedded-newline = Ada ganti baris di dalam sel.
import-control-character = Ada karakter kendali di dalam sel.
import-trailing-space = Ada spasi di awal atau akhir.
import-inner-space = Ada spasi ganda atau spasi khusus.
import-mojibake = Huruf rusak karena salah pengodean.
import-scientific-number = Angka ditulis dalam bentuk ilmiah, misalnya 3,57E+15.
import-leading-zero-lost = Angka nol di depan hilang; sudah dipulihkan.
import-cell-too-long = Isi sel terlalu panjang.
import-cell-empty = Sel tidak boleh kosong.
import-code-unknown = Kode tidak ada di tabel.
import-nik-format = NIK bukan 16 angka yang benar.
import-nik-duplicate = NIK ini muncul lebih dari sekali.
import-nik-dob-mismatch = Tanggal lahir berbeda dengan NIK; boleh, tetapi periksa.
import-nik-sex-mismatch = Jenis kelamin berbeda dengan NIK; boleh, tetapi periksa.
import-kk-format = Nomor KK bukan 16 angka yang benar.
import-name-empty = Nama kosong.
import-name-digits = Nama berisi angka.
import-name-chars = Nama berisi tanda yang tidak lazim.
import-name-too-long = Nama lebih dari 60 karakter.
import-birth-date-format = Tanggal lahir tidak ditulis HH-BB-TTTT.
import-birth-date-impossible = Tanggal lahir tidak ada di kalender.
import-birth-date-future = Tanggal lahir ada di masa depan.
import-birth-date-too-old = Usia lebih dari 120 tahun.
import-rt-rw-format = RT atau RW bukan angka.
import-region-unknown = Wilayah tidak dikenal.
import-region-outside = Alamat di luar kota ini.
import-change-time-format = Waktu perubahan tidak dapat dibaca.
import-age-status-conflict = Usia tidak cocok dengan status perkawinan.
import-akta-date-conflict = Akta kelahiran lebih tua daripada tanggal lahir.
import-status-dead = Warga tercatat meninggal: tidak ada kartu.
import-status-moved = Warga tercatat pindah: tidak ada kartu.
import-status-lost = Warga tercatat hilang: tidak ada kartu.
import-photo-unreadable = Foto tidak dapat dibaca.
import-photo-size = Foto terlalu kecil atau terlalu panjang: paling sedikit 96 × 128 titik, sisi panjang paling banyak dua kali sisi pendek.
import-photo-replaces = Warga ini sudah punya foto lain, dan foto itu tidak diganti. Ganti foto di konsol, supaya petugas lain membandingkan wajahnya.
import-photo-unknown = Foto ini bukan milik warga yang terdata.
import-person-duplicate = Orang yang sama tercatat dengan dua NIK.
import-kk-no-head = Keluarga ini tidak punya kepala keluarga.
import-kk-two-heads = Keluarga ini punya lebih dari satu kepala keluarga.
import-head-dead = Kepala keluarga tercatat meninggal, masih ada anggota yang hidup.
import-kk-address = Alamat berbeda dalam satu keluarga.
import-child-older-than-mother = Anak lebih tua daripada ibunya.
import-child-older-than-father = Anak lebih tua daripada ayahnya.
import-parent-too-young = Orang tua terlalu muda saat anak lahir.
import-parent-too-old = Orang tua terlalu tua saat anak lahir.
import-parent-sex-conflict = Ibu tercatat laki-laki atau ayah tercatat perempuan.
import-parent-is-self = Orang ini tercatat sebagai orang tuanya sendiri.

err-token-sector-same = Sektor asal dan sektor tujuan sama.
rec-token-sector-same = Pilih dua sektor yang berbeda.

err-token-unknown = Tidak ada warga dengan nomor sektor itu.
rec-token-unknown = Periksa nomor dan sektornya.

err-token-sector-wrong = Nomor itu milik sektor lain.
rec-token-sector-wrong = Periksa dari sektor mana nomor itu berasal.

err-token-person-unknown = Pemilik nomor itu tidak ada di data penduduk.
rec-token-person-unknown = Impor data penduduk terbaru, lalu coba lagi.

err-operator-disabled = Akun petugas ini sudah ditutup.
rec-operator-disabled = Hubungi admin Dukcapil.

err-operator-sign-in-again = Waktu masuk Anda sudah habis.
rec-operator-sign-in-again = Masuk lagi dengan kunci sandi.

err-operator-enrol-first = Akun ini belum lengkap.
rec-operator-enrol-first = Tambahkan cara masuk kedua dahulu.

err-operator-needs-passkey = Untuk ini Anda harus masuk dengan kunci sandi.
rec-operator-needs-passkey = Keluar, lalu masuk dengan kunci sandi.

err-operator-role = Peran Anda tidak boleh melakukan ini.
rec-operator-role = Minta petugas dengan peran yang sesuai.

err-operator-concerned = Ini tentang akun Anda sendiri.
rec-operator-concerned = Minta penyetuju lain memutuskan.
err-operator-own-proposal = Ini usulan Anda sendiri.
rec-operator-own-proposal = Minta petugas lain untuk memutuskan.

err-resident-not-a-child = Orang ini sudah 17 tahun, sudah atau pernah kawin: bukan pemegang kartu anak, dan dokumennya disimpan sendiri.
rec-resident-not-a-child = Tawarkan KTP dan akta kepada orangnya sendiri.

err-resident-keeps-own = Kartu orang dewasa tidak disimpan di dompet orang lain, juga bila ia lansia atau penyandang disabilitas: siapa yang boleh bertindak baginya tidak tercatat di data kependudukan.
rec-resident-keeps-own = Layani dengan Mode Pendamping: kartunya dibawa pendamping terdaftar selama 30 menit dan ia ikut hadir; anggota keluarga yang merawatnya dapat didaftarkan sebagai pendamping. Atau cetak kartu kertas.

err-guardian-missing = Tidak ada orang dewasa pada KK anak ini yang dapat menyimpan dokumennya, atau yang disebut bukan salah satunya.
rec-guardian-missing = Periksa KK anak, lalu sebutkan ibu, ayah, atau kepala keluarganya.

err-birth-certificate-missing = Data kependudukan tidak memuat nomor akta kelahiran orang ini.
rec-birth-certificate-missing = Catat nomor aktanya di data kependudukan, lalu muat ulang datanya.

err-letter-missing = Tidak ada surat keterangan yang disetujui dengan data orang ini yang sekarang.
rec-letter-missing = Minta surat dari dompet, lalu tunggu persetujuan kelurahan; bila data berubah sesudah disetujui, minta lagi.

err-letter-ended = Masa berlaku surat keterangan ini sudah habis.
rec-letter-ended = Minta surat yang baru.

err-card-facts-missing = Isi kartu ini tidak lengkap.
rec-card-facts-missing = Jalankan lagi. Bila terulang, pulihkan folder data dari cadangan dan beri tahu pengembang.
