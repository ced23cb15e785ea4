# Keys, signatures and seals.

err-signature-length = The digital signature is incomplete.
rec-signature-length = Ask the sender for new data. If it happens again, tell the officer.

err-signature-not-der = The digital signature cannot be read.
rec-signature-not-der = Ask the sender for new data. If it happens again, tell the officer.

err-signature-mismatch = The digital signature does not match. The data may have been changed.
rec-signature-mismatch = Do not use this data. Ask the sender for the genuine one.

err-signer-unavailable = The signing key cannot be reached.
rec-signer-unavailable = Check the place where the key is kept, then try again.

err-json-malformed = The received data is damaged.
rec-json-malformed = Ask the sender for new data. If it happens again, tell the officer.

err-json-duplicate-member = The received data states one item twice.
rec-json-duplicate-member = Do not use this data. Ask the sender for the genuine one.

err-json-shape = The received data is incomplete or of another kind.
rec-json-shape = Ask the sender for new data. If it happens again, tell the officer.

err-key-malformed = The digital key cannot be read.
rec-key-malformed = Ask the sender for new data. If it happens again, tell the officer.

err-key-wrong-type = This kind of digital key is not used here.
rec-key-wrong-type = Use a P-256 key, or tell the sender.

err-key-not-on-curve = This digital key is false or damaged.
rec-key-not-on-curve = Do not use this data. Ask the sender for the genuine one.

err-key-out-of-range = This private key is damaged.
rec-key-out-of-range = Use the backup of the key, or make a new one.

err-jws-too-long = This data is too long, so it is not checked.
rec-jws-too-long = Ask the sender for new data. If it happens again, tell the officer.

err-jws-not-compact = This data is incomplete, so it cannot be checked.
rec-jws-not-compact = Ask the sender for new data. If it happens again, tell the officer.

err-jws-encoding = This data is damaged: it has letters that do not belong there.
rec-jws-encoding = Ask the sender for new data. If it happens again, tell the officer.

err-jws-header-json = This data is damaged: who signed it cannot be read.
rec-jws-header-json = Ask the sender for new data. If it happens again, tell the officer.

err-jws-header-duplicate = This data cannot be trusted: one statement stands in it twice.
rec-jws-header-duplicate = Do not use this data. Ask the sender for the genuine one.

err-jws-header-member = This data is not written correctly, so it cannot be checked.
rec-jws-header-member = Ask the sender for new data. If it happens again, tell the officer.

err-jws-algorithm = This data is signed in a way that is not safe.
rec-jws-algorithm = Do not use this data. Ask the sender for the genuine one.

err-jws-critical = This data demands a rule that is not known here.
rec-jws-critical = Update your app. If it still fails, tell the officer.

err-hpke-recipient = The receiver's key cannot be used.
rec-hpke-recipient = Ask the officer to show a new request code.

err-hpke-open = The answer cannot be opened.
rec-hpke-open = Show a new request code, then scan the answer again.

err-envelope-cost = This locked file is unusual and was not opened.
rec-envelope-cost = Use a backup, or ask for the card to be issued again at the counter.

err-envelope-header = The head of the locked file is damaged.
rec-envelope-header = Use a backup, or ask for the card to be issued again at the counter.

err-envelope-memory = The device has too little memory to unlock.
rec-envelope-memory = Close other apps, then try again.

err-envelope-too-large = The data is too large to lock.
rec-envelope-too-large = Use less data and try again. Tell the makers of the app.

err-envelope-open = It does not open. The PIN is wrong or the file was changed.
rec-envelope-open = Check your PIN, then try again.

err-jwe-too-long = This encrypted data is too long.
rec-jwe-too-long = Send the answer again from the app. If it happens again, make a new request.

err-jwe-not-compact = This encrypted data is not complete.
rec-jwe-not-compact = Send the answer again from the app. If it happens again, make a new request.

err-jwe-encoding = This encrypted data is damaged.
rec-jwe-encoding = Send the answer again from the app. If it happens again, make a new request.

err-jwe-header = The header of this encrypted data is damaged.
rec-jwe-header = Send the answer again from the app. If it happens again, make a new request.

err-jwe-algorithm = This way of agreeing on a key is not accepted.
rec-jwe-algorithm = Send the answer again from the app. If it happens again, make a new request.

err-jwe-encryption = This way of encrypting is not accepted.
rec-jwe-encryption = Send the answer again from the app. If it happens again, make a new request.

err-jwe-extension = This encrypted data demands a rule that is not known here.
rec-jwe-extension = Send the answer again from the app. If it happens again, make a new request.

err-jwe-ephemeral-key = The one-time key of this data is not valid.
rec-jwe-ephemeral-key = Send the answer again from the app. If it happens again, make a new request.

err-jwe-sealed = This encrypted data does not open: it is for somebody else, or was changed.
rec-jwe-sealed = Send the answer again from the app. If it happens again, make a new request.

err-jwe-compressed = The encrypted message is compressed, which is not allowed.
rec-jwe-compressed = Do not go on. Ask the sender for new data.
