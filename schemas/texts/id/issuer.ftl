# Penerbit: program dan layanan.

err-keys-malformed = Berkas kunci rusak atau bukan milik program ini.
rec-keys-malformed = Pulihkan folder kunci dari cadangan.

err-keys-locked = Berkas kunci tidak dapat dibuka.
rec-keys-locked = Periksa kata sandi kunci (ABSAH_KEY_PASSPHRASE_FILE).

err-offline-root-absent = Kunci akar sertifikat tidak ada di komputer ini.
rec-offline-root-absent = Bawa folder kunci itu, lalu sebutkan dengan --offline-keys.

err-signer-none-in-force = Tidak ada kunci tanda tangan Dukcapil yang berlaku.
rec-signer-none-in-force = Terbitkan yang baru: absah-issuer trust rotate PERAN --now. Layanan yang berjalan memakainya sendiri.

err-signer-key-absent = Kunci tanda tangan yang berlaku tidak ada di berkas kunci ini.
rec-signer-key-absent = Jalankan ulang layanan, atau pulihkan berkas kunci.

err-signer-role-unknown = Tidak ada penanda tangan dengan nama itu.
rec-signer-role-unknown = Pakai credential, status, atau registration.

err-signer-key-unknown = Tidak ada kunci tanda tangan seperti itu.
rec-signer-key-unknown = Lihat daftarnya dengan absah-issuer trust show.

err-trust-moment = Ini bukan waktu yang sudah lewat.
rec-trust-moment = Tulis seperti 2026-11-27T08:00:00Z, tidak lebih dari sekarang.

err-signer-next-published = Kunci berikutnya sudah diterbitkan dan menunggu.
rec-signer-next-published = Tunggu, atau pakai --now.

err-certificate-unmade = Sertifikat tidak dapat dibuat.
rec-certificate-unmade = Laporkan kepada pengelola program.

err-certificate-authority-damaged = Sertifikat induk kota rusak.
rec-certificate-authority-damaged = Pulihkan folder data dari cadangan.

err-status-list-unknown = Daftar status ini tidak ada.
rec-status-list-unknown = Periksa alamatnya.

err-status-list-damaged = Daftar status tidak cocok dengan catatan.
rec-status-list-damaged = Pulihkan folder data dari cadangan.

err-access-token-unknown = Izin mengambil kartu tidak dikenal.
rec-access-token-unknown = Minta petugas membuat penawaran baru.

err-access-token-ended = Izin mengambil kartu sudah berakhir.
rec-access-token-ended = Minta petugas membuat penawaran baru.

err-access-token-used = Kartu dari penawaran ini sudah diambil.
rec-access-token-used = Minta petugas membuat penawaran baru bila kartu tidak sampai.

err-card-validity-empty = Kartu tidak akan berlaku sehari pun.
rec-card-validity-empty = Periksa jam komputer, lalu coba lagi.

err-card-slots-missing = Tempat di daftar status kurang.
rec-card-slots-missing = Laporkan kepada pengelola program.

err-photo-unreadable = Foto tidak dapat dibaca.
rec-photo-unreadable = Pakai foto JPEG yang utuh.

err-photo-size = Ukuran foto tidak sesuai.
rec-photo-size = Pakai foto paling sedikit 96 × 128 titik, dan sisi panjangnya paling banyak dua kali sisi pendeknya.

err-photo-too-detailed = Foto tidak dapat dibuat cukup kecil.
rec-photo-too-detailed = Pakai foto dengan latar polos.

err-issuer-no-address = Alamat publik penerbit belum diketahui.
rec-issuer-no-address = Jalankan serve, atau isi public_url di config.toml.

err-bundle-folder-in-use = Folder tujuan berisi hal lain.
rec-bundle-folder-in-use = Pilih folder kosong atau folder data kepercayaan yang lama.

err-credential-unknown = Jenis kartu ini tidak ada.
rec-credential-unknown = Pakai salah satu: KtpElektronik, KartuKeluarga, AktaKelahiran, Kia, SuratKeterangan.

err-access-key-malformed = Berkas kunci loket tidak dapat dipakai.
rec-access-key-malformed = Pakai berkas dari absah-verifier init --json.

err-registration-unknown = Pendaftaran loket ini tidak ada.
rec-registration-unknown = Lihat daftar dengan counter list.

err-services-malformed = Daftar layanan tidak dapat dibaca.
rec-services-malformed = Periksa bentuk berkas TOML atau JSON.

err-services-claim = Ada layanan tanpa data yang diminta, atau datanya tidak dikenal.
rec-services-claim = Isi claims dengan nama data yang benar.

err-serve-runtime = Komputer tidak memberi sumber daya untuk berjalan.
rec-serve-runtime = Tutup program lain, lalu coba lagi.

err-serve-address = Alamat layanan sudah dipakai atau bukan milik komputer ini.
rec-serve-address = Pilih alamat atau porta lain.

err-serve-console-address = Alamat konsol petugas sudah dipakai atau bukan milik komputer ini.
rec-serve-console-address = Hentikan program yang memakainya, pilih alamat lain dengan --console ALAMAT, atau jalankan tanpa konsol dengan --console off.

## Words of the import

import-rows = baris
import-imported = diimpor
import-skipped = dilewati

err-services-field = Ada isian layanan yang salah.
rec-services-field = Perbaiki isian yang disebut, lalu daftarkan lagi.

err-event-key-unusable = Kunci untuk menyegel catatan kejadian tidak dapat dipakai.
rec-event-key-unusable = Jalankan lagi. Bila terulang, pulihkan folder data dari cadangan dan beri tahu pengembang.

err-event-closed = Catatan kejadian ini tidak dapat dibuka.
rec-event-closed = Jalankan lagi. Bila terulang, pulihkan folder data dari cadangan dan beri tahu pengembang.

err-event-erased = Catatan kejadian ini sudah dihapus.
rec-event-erased = Tidak ada yang perlu dilakukan: penghapusannya sendiri tercatat.

err-ledger-file-unwritable = Berkas buku catatan tidak dapat ditulis.
rec-ledger-file-unwritable = Periksa ruang disk dan izin folder data, lalu jalankan lagi.

err-ledger-tiles-changed = Isi buku catatan di folder data bukan lagi yang ditandatangani terakhir. Catatan baru tidak ditandatangani.
rec-ledger-tiles-changed = Jangan hapus apa pun. Pulihkan folder data dari cadangan dan beri tahu Inspektorat.

err-witness-silent = Saksi tidak menjawab.
rec-witness-silent = Periksa alamat dan jaringan, lalu coba lagi.

err-witness-refused = Saksi menolak menandatangani.
rec-witness-refused = Hubungi instansi saksi dan bandingkan isi buku catatan.

err-witness-lying = Saksi menandatangani hal lain. Tanda tangannya tidak dihitung.
rec-witness-lying = Hubungi instansi saksi itu. Catatan tetap berjalan dengan saksi lain.

err-ledger-absent = Di alamat itu tidak ada buku catatan.
rec-ledger-absent = Periksa alamat dan jaringan, lalu coba lagi.

err-ledger-address = Alamat buku catatan tidak dapat dipakai.
rec-ledger-address = Periksa alamat dan jaringan, lalu coba lagi.

err-ledger-name-unknown = Tidak ada buku catatan dengan nama itu.
rec-ledger-name-unknown = Pakai nama audit atau registry.

err-ledger-entry-unknown = Tidak ada catatan kejadian dengan nomor itu.
rec-ledger-entry-unknown = Periksa nomornya, lalu coba lagi.

err-witness-unknown = Tidak ada saksi dengan nama itu.
rec-witness-unknown = Lihat daftar saksi: ledger witness list.

err-witness-key-malformed = Kunci ini bukan kunci saksi.
rec-witness-key-malformed = Periksa kunci saksi atau catatan, lalu coba lagi.

err-witness-key-taken = Kunci atau nama ini sudah dipakai saksi lain atau catatan.
rec-witness-key-taken = Pakai kunci yang dibuat saksi itu sendiri dengan absah-witness init.

err-quorum-too-high = Jumlah itu melebihi jumlah saksi.
rec-quorum-too-high = Pakai angka yang tidak melebihi jumlah saksi.

err-ledger-leaf-missing = Ada tindakan yang tidak tercatat di buku catatan.
rec-ledger-leaf-missing = Jalankan lagi. Bila terulang, pulihkan folder data dari cadangan dan beri tahu pengembang.

err-ledger-action-missing = Ada catatan tanpa tindakan.
rec-ledger-action-missing = Jalankan lagi. Bila terulang, pulihkan folder data dari cadangan dan beri tahu pengembang.

err-purpose-malformed = Tujuan atau alasan tidak dapat dipakai.
rec-purpose-malformed = Tulis 3 sampai 200 huruf dalam satu baris.

ledger-self-declared = Daftar kunci diambil dari situs itu sendiri. Pakai --policy untuk kunci yang Anda dapat dari jalan lain.
ledger-no-witnesses = Buku catatan ini tidak punya saksi: tidak ada instansi lain yang ikut menjamin.

import-added = warga baru
import-changed = data warga berubah
import-older = data di sini lebih baru dan tidak diganti
import-back = orang yang tercatat meninggal atau pindah menjadi warga lagi
import-left-out = data salah tidak diambil
import-families = keluarga tanpa Kartu Keluarga sampai datanya diperbaiki
import-findings = temuan, menurut jenisnya:
import-superseded = kartu digantikan karena datanya berubah
import-suspended = kartu dibekukan sementara karena pemegangnya hilang
import-revoked = kartu dicabut karena pemegangnya meninggal atau pindah
import-proposal = perubahan status kartu menunggu persetujuan, usulan nomor

err-proposal-unknown = Tidak ada usulan dengan nomor itu yang menunggu.
rec-proposal-unknown = Lihat daftarnya: proposal list.
err-approval-unknown = Tidak ada tindakan dengan nomor itu yang diajukan di komputer ini dan masih menunggu.
rec-approval-unknown = Lihat daftarnya: approval list. Yang diajukan di konsol ditarik kembali di konsol.

err-access-history-presentation = Kartu ini tidak membuktikan siapa yang bertanya.
rec-access-history-presentation = Coba lagi dari dompet yang menyimpan kartunya.

err-access-history-replayed = Bukti ini sudah pernah dipakai.
rec-access-history-replayed = Coba lagi: dompet membuat bukti baru setiap kali.

err-access-history-withdrawn = Kartu ini dicabut.
rec-access-history-withdrawn = Pakai kartu yang masih berlaku, atau datang ke Dukcapil.

err-bundle-offline-keys-missing = Isi yang berubah harus ditandatangani dengan kunci luring, dan kuncinya kurang.
rec-bundle-offline-keys-missing = Bawa media kunci para pemegangnya, lalu ulangi dengan --offline-keys FOLDER. Status kartu saja tetap dapat diterbitkan: jalankan tanpa --offline-keys.

err-bundle-offline-key-malformed = Berkas kunci luring rusak.
rec-bundle-offline-key-malformed = Pakai salinan cadangan kunci itu, atau ganti kuncinya dengan "bundle keys replace".

err-bundle-offline-key-exists = Di folder itu sudah ada kunci luring dengan nama yang sama.
rec-bundle-offline-key-exists = Pilih folder lain.

err-bundle-key-unknown = Tidak ada kunci dengan nama itu.
rec-bundle-key-unknown = Lihat nama kunci dengan "bundle keys show".

err-offline-keys-locked = Berkas kunci luring tidak dapat dibuka.
rec-offline-keys-locked = Periksa kata sandi di samping berkas itu, atau pakai media kunci yang lain.

err-witness-clock = Jam saksi itu tidak cocok. Tanda tangannya tidak dihitung.
rec-witness-clock = Hubungi instansi saksi itu agar membetulkan jamnya.

err-witness-too-many = Jumlah saksi sudah penuh (30).
rec-witness-too-many = Hapus satu saksi dahulu: ledger witness remove.

err-did-log-damaged = Catatan riwayat identitas penerbit rusak.
rec-did-log-damaged = Pulihkan folder data dari cadangan terakhir. Jangan membuat riwayat baru.

err-issuing-ca-key-absent = Kunci otoritas penerbit tidak ada di tempat penyimpanan kunci.
rec-issuing-ca-key-absent = Pulihkan berkas kunci dari cadangan.

err-issuing-ca-next-published = Kunci berikutnya untuk otoritas penerbit sudah diumumkan dan belum berlaku.
rec-issuing-ca-next-published = Tunggu sampai kunci itu berlaku, atau pakai --now bila mendesak.

err-services-claim-unknown = Layanan meminta data yang tidak ada di kartu.
rec-services-claim-unknown = Pakai nama data yang ada di kartu, misalnya nama, kelahiran, alamat.
err-offer-no-address = Alamat penerbit untuk ponsel warga belum diketahui.
rec-offer-no-address = Jalankan absah-issuer serve, atau sebutkan --public-url URL.
err-serve-running = Program absah-issuer serve lain sedang memakai folder data ini.
rec-serve-running = Hentikan program dengan nomor proses itu, atau pakai folder data lain.
err-offer-no-signer = Kunci penandatangan kartu tidak ada yang berlaku, jadi kartu tidak dapat diterbitkan.
rec-offer-no-signer = Terbitkan kunci baru: absah-issuer trust rotate credential --now
err-bundle-key-ambiguous = Nama kunci itu cocok dengan lebih dari satu kunci.
rec-bundle-key-ambiguous = Tulis lebih banyak huruf dari awal nama kunci.
trust-ca-root = Akar sertifikat (CA), SHA-256: { $hash }
bundle-statuses-unrecorded = PERINGATAN: { $count } status kartu pernah diubah tanpa tindakan yang tercatat; kartu yang dicabut bisa tampak berlaku. Jalankan: absah-issuer ledger reconcile, lalu beri tahu Inspektorat.
ledger-witnesses-answering = { $count } dari { $of } saksi menjawab dalam 2 jam terakhir
ledger-witness-since = ! { $name }: tidak menjawab sejak { $since }. { $why }
ledger-witness-unasked = Belum ditanya lagi: serve tidak berjalan, atau baru saja mulai.
ledger-witnesses-few = Terlalu sedikit saksi menjawab: catatan baru belum final, tetapi penerbitan kartu tetap berjalan. Pastikan serve berjalan, hidupkan saksi, dan periksa alamatnya: absah-issuer ledger witness list.
trust-signer = { $key }: { $state }, dipakai sampai { $end }
trust-state-in-force = sedang dipakai
trust-state-published = sudah diumumkan, belum dipakai
trust-state-ended = sudah berakhir
trust-state-distrusted = tidak dipercaya lagi
bundle-authority-ends = ! Otoritas penerbit { $number }: sertifikatnya berakhir { $end }. Jalankan: absah-issuer trust issuing-ca renew
trust-did-log = { $did }: { $count } versi
bundle-keys-root = Dokumen akar versi { $version }, berlaku sampai { $end }
bundle-keys-role = { $role }: perlu { $threshold } dari { $count } kunci, berlaku sampai { $end }
bundle-keys-absent = (tidak ada di sini)
import-file = seluruh berkas
import-photo = foto
import-row = baris { $row }
import-error = kesalahan
import-warning = peringatan
offer-code = Kode untuk dibacakan: { $value }
offer-until = Berlaku sampai: { $value }
held-released = Kartu boleh diambil.
held-withheld = Kartu tidak diterbitkan.
ticket-done = Permintaan ditutup: sudah dikerjakan.
ticket-refused = Permintaan ditutup: ditolak.
copies-changed = { $count } salinan kartu diubah statusnya.
copies-unchanged = Tidak ada yang berubah: statusnya sudah begitu.
counter-registered = Pendaftaran { $id } berlaku sampai { $end }.
counter-registration-hash = Sidik pendaftaran (SHA-256): { $hash }
counter-superseded = Menggantikan pendaftaran { $id }, yang kini dicabut.
counter-withdrawn = Pendaftaran { $id } dicabut.
counter-state-until = berlaku sampai { $at }
counter-state-withdrawn = dicabut { $at }
proposal-waiting = menunggu
approval-withdrawn = Tindakan #{ $id } ditarik kembali.
proposal-approved = disetujui
proposal-refused = ditolak
proposal-replaced = diganti usulan yang lebih baru
proposal-reason-death = ada yang meninggal
proposal-reason-many = banyak sekaligus
proposal-reason-alone = kartu ditarik
proposal-people = { $count } orang
proposal-made = { $count } kartu diubah statusnya.
proposal-left = Kartu dibiarkan seperti semula.
card-revoke = dicabut
card-suspend = dibekukan sementara
card-unsuspend = dipulihkan
card-supersede = digantikan
bundle-published = Data kepercayaan versi { $version } diterbitkan. Sidik dokumen akarnya (TUF, SHA-256):
ledger-leaves = { $log }: { $count } catatan
ledger-cosigned = { $count } saksi menandatangani, perlu { $quorum }
ledger-vouched = terakhir { $at }
ledger-waiting = { $count } menunggu
ledger-final = sah sampai { $size }
ledger-not-final = belum ada yang sah
ledger-witnesses = Saksi: { $count }, perlu { $quorum }
ledger-reconciled = Cocok: setiap tindakan ada catatannya, setiap catatan ada tindakannya.
ledger-torn = { $class }: { $acts } tindakan tanpa catatan, { $leaves } catatan tanpa tindakan
ledger-events-torn = { $gone } catatan hilang dari buku catatan, { $altered } catatan tidak sama dengan yang ditandatangani
leaf-issuance = penerbitan
leaf-status-change = perubahan status
leaf-data-access = akses data
leaf-operator = tindakan petugas
leaf-policy = aturan
leaf-erasure = penghapusan
leaf-import = impor
leaf-certificate = sertifikat
leaf-bundle = data kepercayaan
leaf-status-token = token status
leaf-release = rilis program
leaf-registration = pendaftaran loket
person-status = Status penduduk
err-login-code = Kode masuk salah, sudah dipakai, atau habis waktunya.
rec-login-code = Periksa kode, atau minta kode baru kepada petugas.

err-login-form = Formulir masuk tidak lengkap.
rec-login-form = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-login-presentation = Kartu yang ditunjukkan tidak membuktikan siapa Anda.
rec-login-presentation = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-login-not-eligible = Kartu ini tidak tersedia untuk Anda.
rec-login-not-eligible = Tanyakan kepada petugas Dukcapil.

err-access-token-bound = Izin ini terikat pada ponsel lain.
rec-access-token-bound = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-card-withheld = Petugas memutuskan kartu ini tidak diterbitkan.
rec-card-withheld = Tanyakan kepada petugas Dukcapil.

err-transaction-unknown = Pengambilan kartu ini tidak dikenal.
rec-transaction-unknown = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-notification-malformed = Laporan dari aplikasi rusak.
rec-notification-malformed = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-notification-id-unknown = Laporan dari aplikasi tidak dikenal.
rec-notification-id-unknown = Ulangi dari awal di aplikasi. Bila terulang, minta bantuan petugas.

err-held-unknown = Tidak ada kartu dengan nomor itu yang menunggu.
rec-held-unknown = Lihat nomornya dengan held list.

err-login-person-unknown = NIK itu tidak ada dalam data.
rec-login-person-unknown = Periksa NIK, lalu coba lagi.

login-title = Masuk ke Dukcapil Kota Madiun
login-intro = Aplikasi ini meminta kartu Anda. Isi kode yang dibacakan petugas. Jangan lanjutkan bila bukan Anda yang memulai.
login-app = Aplikasi
login-card = Kartu
login-label = Kode dari petugas
login-agree = Setuju
login-refuse = Tolak

suspend-title = HP hilang: bekukan kartu
suspend-intro = Isi kode yang Anda catat dari aplikasi. Semua kartu Anda langsung dibekukan sementara. Untuk membukanya lagi, datanglah ke Dukcapil.
suspend-label = Kode telepon
suspend-button = Bekukan semua kartu
suspend-done = Semua kartu milik pemilik kode ini sudah dibekukan sementara.

err-wish-text = Isian kosong, terlalu panjang, atau memuat karakter yang tidak dapat dibaca.
rec-wish-text = Tulis paling banyak 1.000 huruf, lalu kirim lagi.

err-wish-too-many = Permintaan Anda yang belum dijawab sudah terlalu banyak.
rec-wish-too-many = Tunggu jawaban petugas lebih dulu.

err-phone-code-unknown = Kode ini salah atau sudah dipakai.
rec-phone-code-unknown = Periksa kode Anda, atau hubungi Dukcapil.

err-ticket-unknown = Tidak ada permintaan terbuka dengan nomor itu.
rec-ticket-unknown = Lihat nomornya dengan ticket list.

err-ledger-erase-too-early = Catatan kejadian ini masih dalam masa simpan. Paling cepat boleh dihapus pada
rec-ledger-erase-too-early = Tunggu sampai masa simpan berakhir (bawaan 5 tahun).

err-quorum-zero = Selama ada saksi, jumlah saksi yang diperlukan tidak boleh nol.
rec-quorum-zero = Pakai angka mulai dari 1, atau coret para saksi.

err-bundle-targets-ended = Daftar kunci dan loket yang terakhir ditandatangani dengan kunci luring sudah habis masanya. Tanpa tanda tangan baru tidak ada yang dapat diterbitkan, status kartu pun tidak.
rec-bundle-targets-ended = Bawa media kunci para pemegangnya sekarang juga, lalu ulangi dengan --offline-keys FOLDER.

err-bundle-root-ended = Dokumen akar data kepercayaan sudah habis masanya.
rec-bundle-root-ended = Bawa media kunci akar para pemegangnya, jalankan "bundle keys renew --offline-keys FOLDER", lalu terbitkan lagi.

err-bundle-unreadable = Data kepercayaan yang dibuat tidak akan diterima dompet dan loket, jadi tidak diterbitkan.
rec-bundle-unreadable = Terbitkan lagi. Bila terulang, beri tahu pengembang dan sertakan kode ini.

err-bundle-overtaken = Program lain baru saja menerbitkan data kepercayaan.
rec-bundle-overtaken = Terbitkan lagi.

bundle-changes-waiting = Status kartu sudah terbit, tetapi perubahan lain BELUM: menunggu tanda tangan kunci luring. Bawa media kunci para pemegangnya, lalu jalankan lagi dengan --offline-keys FOLDER.
bundle-root-waiting = Dokumen akar yang baru juga BELUM terbit: dompet dan loket masih memakai yang lama.
bundle-finished = Versi { $version } sudah tercatat tetapi penerbitannya terhenti sebelum dilihat siapa pun: kini diselesaikan, disusul versi baru ini.
bundle-unseen = PERHATIAN: versi { $version } tercatat di buku catatan tetapi tidak pernah terbit dan berkasnya sudah tidak ada. Versi baru ini menggantikannya; catat kejadian ini bila pemeriksa bertanya.
bundle-withdrawals-waiting = AWAS, loket ini sudah dicabut tetapi masih dipercaya dompet sampai itu dilakukan:
bundle-distrusts-waiting = AWAS, kunci ini sudah tidak dipercaya di sini tetapi masih dipercaya dompet dan loket sampai itu dilakukan:

err-access-history-suspended = Kartu ini dibekukan sementara.
rec-access-history-suspended = Pakai kartu yang masih berlaku, atau datang ke Dukcapil.
paper-title = Kartu kertas
paper-issuer = Dinas Kependudukan dan Pencatatan Sipil Kota Madiun
paper-until = Berlaku sampai
paper-note = Hanya untuk layanan berisiko rendah. Petugas mencocokkan wajah. Bukan pengganti KTP. Bila hilang, minta kartu baru: yang lama tidak berlaku lagi.
paper-written = Kartu kertas ditulis ke { $file }, berlaku sampai { $day }. Kartu kertas sebelumnya tidak berlaku lagi: { $superseded }.

err-paper-card-no-portrait = Belum ada foto orang ini. Tanpa foto, kartu kertas tidak membuktikan apa-apa.
rec-paper-card-no-portrait = Impor fotonya dahulu (import --photos).

err-paper-card-too-large = Kartu kertas tidak muat dalam satu kode.
rec-paper-card-too-large = Beri tahu pengembang: nama atau alamat penerbit terlalu panjang.

err-services-unknown-field = Ada isian yang tidak dikenal pada layanan ini.
rec-services-unknown-field = Betulkan nama isian itu atau hapus; nama-nama yang benar ada di README, bagian Untuk petugas.
letter-approved = Surat disetujui: dompet dapat mengambilnya.


err-paper-card-region = Wilayah orang ini tidak dikenal, jadi kartu kertas tidak dapat dibuat.
rec-paper-card-region = Perbaiki kelurahannya di data kependudukan, lalu impor lagi.

err-paper-card-unsigned = Kartu kertas tidak dapat ditandatangani.
rec-paper-card-unsigned = Coba lagi. Bila terulang, beri tahu pengelola sistem.

err-wish-paper-card = Kartu kertas hanya dibuat bagi pemilik KTP di aplikasi.
rec-wish-paper-card = Ambil KTP digital dahulu di Dukcapil.

err-wish-paper-today = Kartu kertas Anda baru saja dicetak.
rec-wish-paper-today = Coba lagi besok, atau minta petugas Dukcapil mencetaknya.

err-serve-certificate = Sertifikat atau kuncinya tidak dapat dipakai: bukan PEM, atau bukan pasangan.
rec-serve-certificate = Beri sertifikat dan kunci sebagai berkas PEM yang berpasangan.
err-access-history-distrusted = Kartu ini ditandatangani dengan kunci yang tidak dipercaya lagi.
rec-access-history-distrusted = Mintalah kartu baru di kantor Dukcapil.

err-hub-token = Tanda masuk tidak ada atau tidak dikenal.
rec-hub-token = Minta tanda masuk baru kepada petugas Dukcapil.

err-hub-query = Isian alamat tidak dapat dibaca.
rec-hub-query = Pakai angka: after mulai -1, limit 1 sampai 500.

err-hub-name = Nama itu tidak dapat dipakai.
rec-hub-name = Pakai huruf kecil, angka, dan tanda hubung, paling banyak 40.

err-hub-name-taken = Nama itu sudah dipakai.
rec-hub-name-taken = Pilih nama lain, atau hapus yang lama dahulu.

err-hub-unknown = Tidak ada yang seperti itu.
rec-hub-unknown = Lihat daftarnya: absah-issuer hub list.

err-hub-file-there = Berkas untuk rahasia itu sudah ada.
rec-hub-file-there = Sebut berkas yang belum ada.

hub-given-up = (tidak dikirim lagi)
hub-changed = Tersimpan.

err-ledger-event-gone = Ada catatan yang hilang dari buku catatan.
rec-ledger-event-gone = Jangan hapus apa pun. Pulihkan folder data dari cadangan dan beri tahu Inspektorat.

err-ledger-event-altered = Ada catatan yang tidak sama dengan yang pernah ditandatangani.
rec-ledger-event-altered = Jangan hapus apa pun. Pulihkan folder data dari cadangan dan beri tahu Inspektorat.

err-issuing-ca-ended = Sertifikat otoritas penerbit sudah berakhir: kunci baru di bawahnya tidak akan dipercaya siapa pun.
rec-issuing-ca-ended = Jalankan dahulu: absah-issuer trust issuing-ca renew --offline-keys FOLDER. Lalu ulangi.

err-bundle-no-root = Belum ada data kepercayaan yang diterbitkan.
rec-bundle-no-root = Jalankan: absah-issuer bundle publish FOLDER. Lalu ulangi.

err-bundle-authority-ended = Sertifikat otoritas penerbit sudah berakhir: yang ditandatangani di bawahnya tidak dipercaya lagi.
rec-bundle-authority-ended = Jalankan: absah-issuer trust issuing-ca renew --offline-keys FOLDER, lalu trust rotate untuk credential, status dan registration dengan --now, lalu terbitkan lagi.

ticket-taken = Permintaan koreksi masuk dengan nomor { $number }.
err-counter-ticket-issuer = Permintaan koreksi ini untuk penerbit lain.
rec-counter-ticket-issuer = Serahkan kepada penerbit yang disebut di pendaftaran loket.
err-counter-ticket-time = Permintaan koreksi dari masa depan atau terlalu lama.
rec-counter-ticket-time = Periksa jam loket, lalu buat permintaan baru.
err-counter-ticket-counter-unknown = Loket pengirim tidak terdaftar.
rec-counter-ticket-counter-unknown = Daftarkan loket itu dulu, atau abaikan permintaannya.
err-counter-ticket-counter-revoked = Pendaftaran loket pengirim sudah dicabut atau berakhir.
rec-counter-ticket-counter-revoked = Tanyakan kepada loket itu. Permintaan tidak diproses.
err-counter-ticket-replayed = Permintaan koreksi ini sudah diterima.
rec-counter-ticket-replayed = Tidak perlu apa-apa lagi.
err-counter-ticket-person = Kartu itu bukan kartu warga kota ini.
rec-counter-ticket-person = Serahkan kepada Dukcapil daerah asal warga.
err-counter-ticket-fact = Kartu itu tidak memuat data yang disebut.
rec-counter-ticket-fact = Minta loket memilih salah satu data di kartu.
err-counter-ticket-too-many = Terlalu banyak permintaan koreksi yang masih terbuka.
rec-counter-ticket-too-many = Selesaikan dulu yang terbuka di konsol, lalu kirim lagi.
err-lure-file = Berkas tidak memuat data umpan yang dapat dipakai (1 sampai 20 baris, semuanya lengkap).
rec-lure-file = Periksa berkas dengan import di folder data lain, perbaiki, lalu coba lagi.
err-lure-somebody = NIK atau nomor KK di berkas itu milik orang yang ada di register.
rec-lure-somebody = Pakai orang dan keluarga yang dibuat-buat.
err-lure-unknown = NIK itu bukan data umpan.
rec-lure-unknown = Lihat daftarnya dengan lure list.

pendamping-added = Pendamping terdaftar.
pendamping-removed = Pendamping dicoret. Sesi yang terbuka sudah diakhiri.
pendamping-started = Sesi { $session } berakhir { $ends }.
pendamping-started-ended = Sesi { $session } dengan pendamping { $helper } untuk warga ini diakhiri: kartunya di HP itu ditangguhkan.
pendamping-ended = Sesi diakhiri. Salinan kartunya dibekukan.

err-pendamping-unknown = Pendamping itu tidak terdaftar.
rec-pendamping-unknown = Lihat daftarnya dengan pendamping list, atau daftarkan dulu.

err-pendamping-taken = Nomor pendamping itu sudah dipakai.
rec-pendamping-taken = Pilih nomor lain.

err-pendamping-busy = Pendamping ini sedang membawa kartu orang lain.
rec-pendamping-busy = Akhiri sesi itu dulu, atau tunggu sampai berakhir sendiri.

err-pendamping-session-unknown = Sesi dengan nomor itu tidak ada.
rec-pendamping-session-unknown = Lihat nomornya dengan pendamping sessions.

err-pendamping-session-over = Sesi pendamping ini sudah berakhir.
rec-pendamping-session-over = Mulai sesi baru dengan kartu dan wajah warga.

err-pendamping-not-seen = Kartu dan wajah warga belum dicocokkan.
rec-pendamping-not-seen = Cocokkan dulu, lalu jalankan lagi dengan --card-and-face.

err-pendamping-malformed = Nomor, nama, atau organisasi pendamping tidak dapat dipakai.
rec-pendamping-malformed = Nomor: huruf, angka, tanda hubung. Nama dan organisasi: paling banyak 80 huruf.
pendamping-helped = Dibantu: { $people } warga, di antaranya { $elderly } lansia. Sasaran uji coba: lebih dari { $target }.
pendamping-runs-word = berjalan
pendamping-over-word = berakhir

err-pendamping-not-agreed = Warga belum menyetujui pendampingan ini.
rec-pendamping-not-agreed = Jelaskan kepada warga, dan bila setuju, jalankan lagi dengan --agreed.

err-pendamping-session-used = Kartu untuk sesi pendamping ini sudah pernah diambil.
rec-pendamping-session-used = Satu sesi untuk satu ponsel. Mulai sesi baru di meja layanan dengan kartu dan wajah warga.

err-access-history-carried = Kartu ini hanya dibawa pendamping untuk ditunjukkan di loket.
rec-access-history-carried = Riwayat, permintaan, dan kartu baru hanya untuk pemiliknya, dengan kartunya sendiri atau di meja layanan.
