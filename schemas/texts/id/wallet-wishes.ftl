win-letters = Minta surat keterangan
win-letters-hint = Surat kelurahan bisa diminta dari sini. Petugas memeriksanya, lalu surat bisa Anda ambil di dompet ini.
win-letters-asks = Yang diisi: { $asks }
win-letters-no-card = Untuk ini perlu KTP elektronik di perangkat ini. Tambah kartu dahulu.
win-letter-text = Isi yang perlu saja. Surat berlaku { $days } hari sejak disetujui.
win-letter-person = Untuk siapa surat ini?
win-letter-optional = boleh kosong
win-letter-limit = { $have } dari paling banyak { $most } huruf
win-letter-missing = Ini belum diisi. Isi dahulu, lalu tekan Lanjutkan.
win-letter-too-long = Terlalu panjang: { $have } huruf, paling banyak { $most }. Ringkaskan.
win-letter-characters = Ada tanda yang tidak boleh. Tulis dalam satu baris dengan huruf dan angka biasa.
win-letter-not-asked = Nama, alamat dan data KTP lain tidak perlu diisi: petugas sudah punya.
win-letter-on = Lanjutkan
win-wish-title = Kirim permintaan ini?
win-wish-to = Kepada
win-wish-sent = Yang Anda isi
win-wish-proof = Bukti bahwa ini Anda
win-wish-proof-text = Kartu ini ditunjukkan kepada Dukcapil sebagai bukti. Isi kartu tidak dikirim: Dukcapil mengenali kartunya.
win-wish-letter-says = Data KTP yang tertulis di surat ({ $count })
win-pin-wish = PIN untuk mengirim
win-pin-wish-hint = Permintaan dikirim ke Dukcapil setelah PIN benar. Setelah 6 angka, PIN diperiksa.
win-ticket-letter-number = Nomor surat: { $number }
win-ticket-fetch = Ambil surat
win-ticket-here = Surat sudah ada di dompet ini.
win-paper = Cetak kartu kertas
win-paper-for = Untuk orang yang tidak memegang HP: orang tua, atau siapa pun yang dilayani tanpa HP. Berisi foto, nama, tahun lahir, kelurahan dan 4 angka terakhir NIK.
win-paper-low = Kertas bisa disalin orang. Karena itu hanya untuk layanan ringan, dan petugas selalu mencocokkan wajah. Berikan hanya kepada pemiliknya.
win-paper-earlier = Kartu kertas yang lama berakhir. Paling banyak satu kali sehari.
win-paper-size = Ukuran
win-paper-a6 = A6: satu kartu pada satu halaman kecil
win-paper-a4 = A4: lembar biasa, kartunya digunting
win-paper-made = Kartu kertas siap
win-paper-file = Disimpan sebagai PDF. Nama berkasnya:
win-paper-download = Diunduh sebagai PDF oleh peramban. Cari di folder Unduhan, dengan nama:
win-paper-still-here = Kartunya masih ada di sini. Beri ruang simpan, lalu simpan lagi sebelum meninggalkan layar ini.
win-paper-print = Cetak ukuran penuh (100%), hitam putih cukup.
win-paper-give = Berikan hanya kepada pemiliknya, lalu hapus berkasnya.
win-paper-lost = Bila kertas hilang, cetak yang baru: yang lama tidak berlaku lagi.
win-paper-again = Simpan lagi

err-ask-too-many = Permintaan Anda yang belum dijawab sudah terlalu banyak.
rec-ask-too-many = Tunggu jawaban petugas dahulu, lalu kirim lagi.

err-ask-resident-dead = Menurut catatan Dukcapil, pemilik kartu ini sudah meninggal. Permintaan tidak dikirim ke petugas.
rec-ask-resident-dead = Bila ini keliru, datanglah ke Dukcapil dengan KTP dan keluarga.

err-ask-resident-moved = Menurut catatan Dukcapil, Anda sudah pindah dari Kota Madiun.
rec-ask-resident-moved = Minta surat di tempat tinggal yang baru. Bila ini keliru, datanglah ke Dukcapil.

err-ask-resident-missing = Menurut catatan Dukcapil, pemilik kartu ini dinyatakan hilang.
rec-ask-resident-missing = Datanglah ke Dukcapil dengan KTP agar catatannya diperbaiki.

err-ask-resident-too-young = Menurut catatan Dukcapil, pemilik kartu ini belum cukup umur untuk surat ini.
rec-ask-resident-too-young = Mintalah lewat orang tua atau wali.

err-card-key-too-weak = Layanan ini meminta kartu dengan kunci yang lebih kuat daripada di dompet ini. Tidak ada data yang dikirim.
rec-card-key-too-weak = Pakai aplikasi dompet yang dipasang di HP sendiri, atau minta dilayani dengan KTP fisik.

err-key-too-weak = Kartu ini disimpan dengan kunci yang lebih lemah daripada yang diminta layanan ini.
rec-key-too-weak = Minta warga memakai kartu di aplikasi dompet yang dipasang di HP atau komputernya sendiri, atau layani dengan cara manual.
win-tell-missing = Belum ada tulisan. Tulis dahulu, lalu kirim.
win-tell-characters = Ada tanda yang tidak boleh. Pakai huruf, angka, dan tanda baca biasa.
win-history-paper = Kartu kertas
win-history-paper-saved = Diminta dan disimpan sebagai PDF.
win-history-paper-unsaved = Diminta; berkasnya belum tersimpan.
win-entry-paper-of = Kartu milik
win-entry-paper-holds = Isinya
win-entry-paper-facts = Foto, nama, tahun lahir, kelurahan dan 4 angka terakhir NIK
win-entry-paper-saved = Disimpan
