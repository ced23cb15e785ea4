# Values the programs read.

err-base64url-malformed = The code cannot be read.
rec-base64url-malformed = Ask for a new code and try again.

err-base64url-size = The code has the wrong length.
rec-base64url-size = Ask for a new code and try again.

err-hex-malformed = The code may hold only digits 0 to 9 and letters A to F.
rec-hex-malformed = Check what you typed.

err-hex-size = The typed code has the wrong length.
rec-hex-size = Type the whole code, leaving nothing out.

err-code-format = The coded value is not a number.
rec-code-format = Correct it where the data comes from.

err-code-unlisted = The code is not in its list.
rec-code-unlisted = Use a code from the list.

err-date-format = The date is not written correctly.
rec-date-format = Write day, month and year in full, as numbers.

err-date-impossible = There is no such day in the calendar.
rec-date-impossible = Check the date and correct it.

err-did-format = The identifier is not written correctly.
rec-did-format = Contact whoever sent it.

err-language-unknown = This language is not available.
rec-language-unknown = Choose id, jv or en.

err-name-empty = The name is empty.
rec-name-empty = Fill in the full name.

err-name-too-long = The name has more than 60 characters.
rec-name-too-long = Write at most 60 characters, blanks included.

err-name-digits = The name holds a digit.
rec-name-digits = Remove the digits from the name.

err-name-characters = The name holds a character that is not allowed.
rec-name-characters = Use letters, blanks, dots, commas, apostrophes and hyphens only.

err-nik-length = A NIK has 16 digits.
rec-nik-length = Check the NIK on the card and type it again.

err-nik-not-digits = A NIK holds digits only.
rec-nik-not-digits = Check it: no letters, no blanks.

err-nik-region = The first six digits of the NIK are no region code.
rec-nik-region = Check the NIK on the card and type it again.

err-kk-length = A family card number has 16 digits.
rec-kk-length = Check the number on the family card and type it again.

err-kk-not-digits = A family card number holds digits only.
rec-kk-not-digits = Check it: no letters, no blanks.

err-kk-region = The first six digits of the family card number are no region code.
rec-kk-region = Check the number on the family card and type it again.

err-nonce-length = The request is incomplete.
rec-nonce-length = Ask the officer for a new request.

err-nonce-characters = The request holds a character that is not allowed.
rec-nonce-characters = Ask the officer for a new request.

err-region-format = The region code is not written correctly.
rec-region-format = Use the ministry code, such as 35.77.01.1001.

err-rt-rw-format = RT or RW is not a number.
rec-rt-rw-format = Fill in RT and RW as numbers, such as 003.

err-time-format = The time is not written correctly.
rec-time-format = Contact whoever sent this data.

err-time-impossible = There is no such time.
rec-time-impossible = Contact whoever sent this data.

err-url-format = The web address is not written correctly.
rec-url-format = Check the address and try again.

err-url-not-https = This address is not protected: others could read what is sent there.
rec-url-not-https = Do not go on. Ask for a new code or link: a safe address begins with https.

err-url-credentials = The web address holds a user name or a password.
rec-url-credentials = Use an address without them.

err-url-fragment = The web address holds a number sign (#).
rec-url-fragment = Remove the # and all behind it.

err-sector-unknown = There is no such sector.
rec-sector-unknown = Use the name of a listed sector, such as kesehatan.

err-token-length = A sector number has 27 letters and digits.
rec-token-length = Copy the whole number again.

err-token-form = The sector number has an impossible character.
rec-token-form = Use capital letters A to Z and digits 2 to 7.

err-token-check = The sector number is mistyped.
rec-token-check = Check each letter and digit again.
