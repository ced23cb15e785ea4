# Membuat dan membaca kode QR.

err-pack-empty = Kode kosong.
rec-pack-empty = Minta kode dibuat lagi.

err-pack-version-unknown = Kode dibuat oleh aplikasi versi lain.
rec-pack-version-unknown = Perbarui aplikasi di kedua pihak, lalu coba lagi.

err-pack-dictionary-unknown = Kode memakai daftar singkatan yang tidak ada di sini.
rec-pack-dictionary-unknown = Perbarui data kepercayaan, lalu coba lagi.

err-pack-too-large = Isi kode terlalu panjang.
rec-pack-too-large = Jangan terima kode ini. Minta kode baru.

err-pack-truncated = Kode terpotong.
rec-pack-truncated = Pindai lagi sampai lengkap.

err-pack-trailing = Ada isi tambahan di belakang kode.
rec-pack-trailing = Jangan terima kode ini. Minta kode baru.

err-pack-inflate = Isi kode rusak.
rec-pack-inflate = Pindai lagi. Jika tetap gagal, minta kode baru.

err-pack-malformed = Isi kode tidak dapat dibaca.
rec-pack-malformed = Pindai lagi. Jika tetap gagal, minta kode baru.

err-pack-too-deep = Susunan isi kode tidak wajar.
rec-pack-too-deep = Jangan terima kode ini. Minta kode baru.

err-pack-bad-reference = Bagian isi kode tidak cocok satu sama lain.
rec-pack-bad-reference = Jangan terima kode ini. Minta kode baru.

err-pack-binding-unknown = Kode ini menjawab permintaan yang tidak ada di sini.
rec-pack-binding-unknown = Tampilkan permintaan baru, lalu pindai jawabannya.

err-pack-certificate-unknown = Penerbit kartu tidak dikenal di sini.
rec-pack-certificate-unknown = Perbarui data kepercayaan, lalu coba lagi.

err-pack-not-text = Isi kode bukan tulisan.
rec-pack-not-text = Jangan terima kode ini. Minta kode baru.

err-frame-not-ours = Ini bukan kode Absah.
rec-frame-not-ours = Pindai kode yang tampil di layar loket atau di HP warga.

err-frame-version-unknown = Kode Absah ini dari versi yang lebih baru.
rec-frame-version-unknown = Perbarui aplikasi ini, lalu coba lagi.

err-frame-kind-unknown = Jenis kode ini tidak dikenal.
rec-frame-kind-unknown = Perbarui aplikasi ini, lalu coba lagi.

err-frame-too-long = Tulisan terlalu panjang untuk satu kode.
rec-frame-too-long = Tempelkan satu kode per baris.

err-frame-base45 = Kode berisi huruf yang salah.
rec-frame-base45 = Pindai lagi. Jika memakai alat pindai, pilih papan ketik Inggris.

err-frame-too-short = Kode terlalu pendek.
rec-frame-too-short = Pindai lagi sampai lengkap.

err-frame-checksum = Kode terbaca salah.
rec-frame-checksum = Pindai lagi dengan jarak dan cahaya yang baik.

err-frame-header = Kode berisi angka yang tidak mungkin.
rec-frame-header = Jangan terima kode ini. Minta kode baru.

err-frame-message-too-large = Kode mengumumkan isi yang terlalu besar.
rec-frame-message-too-large = Jangan terima kode ini. Minta kode baru.

err-frame-conflict = Dua kode yang dipindai saling bertentangan.
rec-frame-conflict = Pindai lagi dari awal, hanya dari satu layar.

err-frame-message-check = Kode sudah lengkap, tetapi isinya tidak cocok.
rec-frame-message-check = Pindai lagi dari awal.

err-frames-none = Belum ada kode yang dipindai.
rec-frames-none = Arahkan kamera ke kode.

err-frames-missing = Kode belum lengkap.
rec-frames-missing = Pindai kode yang belum terbaca.

err-split-too-large = Isi terlalu besar untuk kode QR.
rec-split-too-large = Pilih lebih sedikit data atau kirim lewat jaringan.

err-split-version = Ukuran kode QR tidak tersedia.
rec-split-version = Laporkan kesalahan ini kepada pengelola aplikasi.

err-qr-too-long = Tulisan terlalu panjang untuk satu kode QR.
rec-qr-too-long = Laporkan kesalahan ini kepada pengelola aplikasi.

err-qr-scale = Ukuran gambar tidak mungkin.
rec-qr-scale = Pilih ukuran gambar yang lain.

err-qr-picture = Gambar kode QR gagal dibuat.
rec-qr-picture = Laporkan kesalahan ini kepada pengelola aplikasi.

err-picture-too-many-bytes = Berkas gambar terlalu besar.
rec-picture-too-many-bytes = Pakai foto yang lebih kecil.

err-picture-format = Berkas ini bukan gambar PNG atau JPEG.
rec-picture-format = Simpan gambar sebagai PNG atau JPEG, lalu coba lagi.

err-picture-damaged = Gambar rusak.
rec-picture-damaged = Ambil gambar lagi.

err-picture-too-many-pixels = Gambar terlalu luas.
rec-picture-too-many-pixels = Pakai foto yang lebih kecil.

err-picture-no-code = Tidak ada kode QR yang terbaca pada gambar.
rec-picture-no-code = Foto lagi: seluruh kode, tegak, tajam, tanpa pantulan cahaya.
err-picture-pdf-no-code = Di PDF ini tidak ditemukan kode QR.
rec-picture-pdf-no-code = Loket membaca kartu kertas Absah dan hasil pindai berupa foto (JPEG) di dalam PDF. PDF lain: simpan halamannya sebagai gambar (PNG atau JPEG), atau arahkan layarnya ke kamera.

err-picture-reader = Pembaca kode QR berhenti karena gambar ini.
rec-picture-reader = Ambil gambar lagi dengan cara lain.

err-picture-too-much-work = Terlalu banyak yang tergambar di berkas ini untuk dicari kodenya.
rec-picture-too-much-work = Pindai atau foto satu halaman saja, yang ada kode QR-nya.

err-parcel-version-unknown = Kode ini dibuat oleh versi yang lebih baru.
rec-parcel-version-unknown = Perbarui program ini, lalu pindai lagi.

err-parcel-too-large = Isi kode ini terlalu besar.
rec-parcel-too-large = Jangan dipakai. Minta kode baru dari Dukcapil.

err-parcel-malformed = Isi kode ini rusak.
rec-parcel-malformed = Pindai semua kode sekali lagi dari layar pengirim.

err-parcel-unwritable = Daftar resmi tidak dapat dijadikan kode.
rec-parcel-unwritable = Pakai folder dengan USB, dan beri tahu pengembang.
