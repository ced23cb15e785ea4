# The ledger: notes, checkpoints, proofs, witnesses, audit.

err-note-too-large = Catatan bertanda tangan ini terlalu besar.
rec-note-too-large = Minta data baru kepada pengirim. Bila terulang, beri tahu petugas.

err-note-malformed = Catatan bertanda tangan ini rusak.
rec-note-malformed = Minta data baru kepada pengirim. Bila terulang, beri tahu petugas.

err-note-key-malformed = Kunci catatan atau saksi ini tidak dapat dibaca.
rec-note-key-malformed = Periksa kunci saksi atau catatan, lalu coba lagi.

err-note-unsigned = Catatan ini tidak ditandatangani oleh kunci yang diharapkan.
rec-note-unsigned = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-note-signature = Tanda tangan pada catatan ini tidak cocok.
rec-note-signature = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-checkpoint-malformed = Ringkasan buku catatan (checkpoint) ini rusak.
rec-checkpoint-malformed = Minta data baru kepada pengirim. Bila terulang, beri tahu petugas.

err-checkpoint-origin = Ringkasan ini milik buku catatan lain.
rec-checkpoint-origin = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-ledger-proof-malformed = Bukti dari buku catatan ini tidak lengkap.
rec-ledger-proof-malformed = Minta data baru kepada pengirim. Bila terulang, beri tahu petugas.

err-ledger-proof-mismatch = Bukti ini tidak menunjuk ke buku catatan yang ditandatangani.
rec-ledger-proof-mismatch = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-ledger-tile-missing = Satu berkas buku catatan tidak ada.
rec-ledger-tile-missing = Jalankan lagi. Bila terulang, pulihkan folder data dari cadangan dan beri tahu pengembang.

err-ledger-tile-length = Satu berkas buku catatan panjangnya salah.
rec-ledger-tile-length = Jalankan lagi. Bila terulang, pulihkan folder data dari cadangan dan beri tahu pengembang.

err-ledger-leaf-malformed = Isi buku catatan ini tidak dikenal.
rec-ledger-leaf-malformed = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-ledger-policy-malformed = Daftar buku catatan dan saksi tidak dapat dipakai.
rec-ledger-policy-malformed = Periksa kunci saksi atau catatan, lalu coba lagi.

err-ledger-log-unknown = Tidak ada buku catatan dengan nama itu.
rec-ledger-log-unknown = Pakai nama audit atau registry.

err-tlog-proof-malformed = Berkas bukti ini rusak.
rec-tlog-proof-malformed = Minta data baru kepada pengirim. Bila terulang, beri tahu petugas.

err-witness-request-malformed = Permintaan kepada saksi ini rusak.
rec-witness-request-malformed = Minta data baru kepada pengirim. Bila terulang, beri tahu petugas.

err-witness-log-unknown = Saksi ini tidak mengawasi buku catatan tersebut.
rec-witness-log-unknown = Daftarkan kunci buku catatan pada saksi (trust-log).

err-witness-signature = Buku catatan tidak menandatangani ringkasan ini.
rec-witness-signature = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-witness-conflict = Saksi sudah melihat ukuran atau isi lain dari buku catatan ini.
rec-witness-conflict = Kirim lagi mulai dari ukuran yang disebut saksi.

err-witness-inconsistent = Buku catatan ini berubah riwayatnya.
rec-witness-inconsistent = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-ledger-too-large = Buku catatan ini terlalu besar untuk diperiksa sekaligus.
rec-ledger-too-large = Minta data baru kepada pengirim. Bila terulang, beri tahu petugas.

err-ledger-file-missing = Satu berkas buku catatan tidak dapat diambil.
rec-ledger-file-missing = Periksa alamat dan jaringan, lalu coba lagi.

err-ledger-tile-altered = Satu berkas pohon buku catatan sudah diubah.
rec-ledger-tile-altered = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-ledger-entries-altered = Satu berkas isi buku catatan sudah diubah.
rec-ledger-entries-altered = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-ledger-root-mismatch = Isi buku catatan tidak cocok dengan ringkasan yang ditandatangani.
rec-ledger-root-mismatch = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-ledger-entry-malformed = Ada isi buku catatan yang bentuknya salah.
rec-ledger-entry-malformed = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-ledger-event-repeated = Satu kejadian tercatat dua kali.
rec-ledger-event-repeated = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-ledger-rollback = Buku catatan lebih pendek daripada yang pernah dilihat.
rec-ledger-rollback = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-ledger-forked = Riwayat buku catatan berbeda dari yang pernah dilihat.
rec-ledger-forked = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-quorum-missing = Saksi yang menandatangani belum cukup. Catatan ini belum final.
rec-quorum-missing = Tunggu sebentar lalu periksa lagi. Bila tetap, hubungi instansi saksi.

err-witness-cosignature-broken = Tanda tangan seorang saksi tidak cocok.
rec-witness-cosignature-broken = Jangan percaya data ini. Beri tahu Dukcapil dan Inspektorat.

err-checkpoint-stale = Para saksi sudah terlalu lama tidak menjamin buku catatan ini. Catatan yang lebih baru mungkin disembunyikan.
rec-checkpoint-stale = Coba lagi saat tersambung ke jaringan, dan periksa jam perangkat. Bila tetap begini, beri tahu Inspektorat.

err-witness-cosignature-ahead = Tanda tangan saksi bertanggal di masa depan dan tidak dihitung.
rec-witness-cosignature-ahead = Periksa jam perangkat ini dan jam saksi itu.
err-ledger-stale = Para saksi sudah terlalu lama tidak menjamin buku catatan ini. Catatan yang lebih baru mungkin disembunyikan.
err-checkpoint-uncosigned = Saksi yang menandatangani belum cukup. Catatan ini belum final.
rec-ledger-stale = Coba lagi saat tersambung ke jaringan, dan periksa jam perangkat. Bila tetap begini, beri tahu Inspektorat.
rec-checkpoint-uncosigned = Tunggu sebentar lalu periksa lagi. Bila tetap, hubungi instansi saksi.

err-ledger-policy-changed = Situs ini menyebut kunci buku catatan, saksi, atau jumlah saksi yang lain dari sebelumnya.
rec-ledger-policy-changed = Tanyakan kepada Dukcapil dan Inspektorat. Bila benar, jalankan lagi dengan --accept-policy-change.

err-ledger-unwitnessed = Tidak ada saksi: tidak ada instansi lain yang menjamin buku catatan ini, dan tidak satu pun catatannya final.
rec-ledger-unwitnessed = Minta Dukcapil menunjuk saksi (ledger witness add), lalu periksa lagi.
