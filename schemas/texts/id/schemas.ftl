time-month-1 = Januari
time-month-2 = Februari
time-month-3 = Maret
time-month-4 = April
time-month-5 = Mei
time-month-6 = Juni
time-month-7 = Juli
time-month-8 = Agustus
time-month-9 = September
time-month-10 = Oktober
time-month-11 = November
time-month-12 = Desember
time-day = { $day } { $month } { $year }
time-moment = { $date } pukul { $hour }.{ $minute } WIB
time-below-hour = kurang dari 1 jam
time-hour = 1 jam
time-hours = { $count } jam
time-one-day = 1 hari
time-days = { $count } hari
time-year = 1 tahun
time-years = { $count } tahun

err-letter-kind-unknown = Jenis surat ini tidak ada.
rec-letter-kind-unknown = Pilih domisili, usaha, atau tidak-mampu.

err-letter-field-unknown = Surat ini tidak meminta isian itu.
rec-letter-field-unknown = Hapus isian itu.

err-letter-field-missing = Ada isian surat yang belum diisi.
rec-letter-field-missing = Isi semua isian yang wajib, termasuk keperluan.

err-letter-field-too-long = Isian surat terlalu panjang.
rec-letter-field-too-long = Ringkaskan isiannya.

err-letter-field-characters = Isian surat memuat tanda yang tidak boleh.
rec-letter-field-characters = Tulis dalam satu baris tanpa tanda khusus.
