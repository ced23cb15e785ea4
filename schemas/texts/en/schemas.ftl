time-month-1 = January
time-month-2 = February
time-month-3 = March
time-month-4 = April
time-month-5 = May
time-month-6 = June
time-month-7 = July
time-month-8 = August
time-month-9 = September
time-month-10 = October
time-month-11 = November
time-month-12 = December
time-day = { $day } { $month } { $year }
time-moment = { $date } at { $hour }:{ $minute } WIB
time-below-hour = less than 1 hour
time-hour = 1 hour
time-hours = { $count } hours
time-one-day = 1 day
time-days = { $count } days
time-year = 1 year
time-years = { $count } years

err-letter-kind-unknown = There is no such letter.
rec-letter-kind-unknown = Choose domisili, usaha or tidak-mampu.

err-letter-field-unknown = The letter has no such field.
rec-letter-field-unknown = Leave it out.

err-letter-field-missing = A field of the letter is empty.
rec-letter-field-missing = Fill in every required field, the purpose too.

err-letter-field-too-long = A field of the letter is too long.
rec-letter-field-too-long = Make it shorter.

err-letter-field-characters = A field of the letter holds characters that are not allowed.
rec-letter-field-characters = Write it on one line.
