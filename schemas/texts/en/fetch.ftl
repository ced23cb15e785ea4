# Fetching over the network.

err-fetch-setup = The trusted certificates of this computer cannot be used.
rec-fetch-setup = Install the package ca-certificates, then try again.

err-fetch-request = The request could not be made.
rec-fetch-request = Try again. If it happens again, tell the officer.

err-fetch-scheme = This address is not secure and was not opened.
rec-fetch-scheme = Do not go on. Ask the officer for a new code or link.

err-fetch-address = This address leads into a private network and was not opened.
rec-fetch-address = Do not go on. Ask the officer for a new code or link.

err-fetch-resolve = The address was not found.
rec-fetch-resolve = Check the internet connection, then try again.

err-fetch-connect = No secure connection could be made.
rec-fetch-connect = Check the internet connection, then try again.

err-fetch-timeout = The answer took too long.
rec-fetch-timeout = Check the internet connection, then try again.

err-fetch-too-large = The answer is too large and was not taken.
rec-fetch-too-large = Try again. If it happens again, tell the officer.

err-fetch-redirect = This address points to another place.
rec-fetch-redirect = Do not go on. Ask the officer for a new code or link.

err-fetch-answer = The answer cannot be read.
rec-fetch-answer = Try again. If it happens again, tell the officer.
