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
time-moment = { $date } tabuh { $hour }.{ $minute } WIB
time-below-hour = kirang saking 1 jam
time-hour = 1 jam
time-hours = { $count } jam
time-one-day = 1 dinten
time-days = { $count } dinten
time-year = 1 taun
time-years = { $count } taun

err-letter-kind-unknown = Jinising serat punika mboten wonten.
rec-letter-kind-unknown = Mangga milih domisili, usaha, utawi tidak-mampu.

err-letter-field-unknown = Serat punika mboten nyuwun isian punika.
rec-letter-field-unknown = Isianipun mangga dipun busak.

err-letter-field-missing = Wonten isian serat ingkang dereng dipun isi.
rec-letter-field-missing = Mangga dipun isi sedaya ingkang wajib, kalebet kabetahanipun.

err-letter-field-too-long = Isian serat kepanjangen.
rec-letter-field-too-long = Mangga dipun ringkes.

err-letter-field-characters = Isian serat ngemot tandha ingkang mboten pareng.
rec-letter-field-characters = Mangga dipun serat satunggal baris tanpa tandha khusus.
