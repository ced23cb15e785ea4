# Issuer: program and endpoints.

err-keys-malformed = The key file is damaged or not this program's.
rec-keys-malformed = Restore the key folder from a backup.

err-keys-locked = The key file does not open.
rec-keys-locked = Check the key passphrase (ABSAH_KEY_PASSPHRASE_FILE).

err-certificate-unmade = A certificate could not be made.
rec-certificate-unmade = Report this to those who run the program.

err-certificate-authority-damaged = The city's own certificate is damaged.
rec-certificate-authority-damaged = Restore the data folder from a backup.

err-status-list-unknown = There is no such status list.
rec-status-list-unknown = Check the address.

err-status-list-damaged = A status list does not fit the records.
rec-status-list-damaged = Restore the data folder from a backup.

err-access-token-unknown = The permission to fetch the card is unknown.
rec-access-token-unknown = Ask the officer for a new offer.

err-access-token-ended = The permission to fetch the card has ended.
rec-access-token-ended = Ask the officer for a new offer.

err-access-token-used = The card of this offer was fetched already.
rec-access-token-used = Ask the officer for a new offer if the card did not arrive.

err-card-validity-empty = The card would never be valid.
rec-card-validity-empty = Check the computer's clock and try again.

err-card-slots-missing = There are too few places in the status lists.
rec-card-slots-missing = Report this to those who run the program.

err-photo-unreadable = The photograph cannot be read.
rec-photo-unreadable = Use a sound JPEG photograph.

err-photo-too-detailed = The photograph does not become small enough.
rec-photo-too-detailed = Use a photograph with a plain background.

err-issuer-no-address = The issuer's public address is not known yet.
rec-issuer-no-address = Run serve, or set public_url in config.toml.

err-bundle-folder-in-use = The folder holds something else.
rec-bundle-folder-in-use = Choose an empty folder, or one with earlier trust data.

err-credential-unknown = There is no such kind of card.
rec-credential-unknown = Use KtpElektronik or KartuKeluarga.

err-access-key-malformed = The counter's key file cannot be used.
rec-access-key-malformed = Use the file that absah-verifier init --json printed.

err-registration-unknown = There is no such registration.
rec-registration-unknown = See counter list.

err-services-malformed = The list of services cannot be read.
rec-services-malformed = Check the form of the TOML or JSON file.

err-services-claim = A service asks for nothing, or for an unknown fact.
rec-services-claim = Fill claims with names of facts.

err-serve-runtime = The system gives no threads.
rec-serve-runtime = Close other programs and try again.

err-serve-address = The address is taken or not this machine's.
rec-serve-address = Choose another address or port.

## Words of the import

import-rows = rows
import-imported = imported
import-skipped = skipped

err-services-field = A field of a service is wrong.
rec-services-field = Correct the field that is named, then register again.
