# The witness program.

err-witness-not-initialised = This witness has no key yet.
rec-witness-not-initialised = First run: absah-witness init --name NAME.

err-witness-named = This witness has another name already.
rec-witness-named = Use that name, or another data folder.

err-witness-key-file = The witness's key file does not open.
rec-witness-key-file = Check the key passphrase, or restore the file from the backup.

err-witness-name-malformed = This name or key cannot be used.
rec-witness-name-malformed = Check the key of the witness or log, then try again.

err-witness-memory = The witness's memory cannot be read or written. Nothing is signed.
rec-witness-memory = Check the disk, then restore the folder logs from the backup.

err-witness-log-other-key = That log is watched under another key already.
rec-witness-log-other-key = Ask the log's owner why its key has changed.

err-witness-address = The witness cannot listen at that address.
rec-witness-address = Choose another address or port with --listen.

err-witness-no-public-url = The witness's public URL is not set.
rec-witness-no-public-url = Set public_url, or use --dev-loopback for trying out.
