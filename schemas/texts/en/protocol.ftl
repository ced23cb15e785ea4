# The question in a request.

err-dcql-path-wrong-kind = The request points to a part of the card of the wrong kind.
rec-dcql-path-wrong-kind = Do not answer this request. Ask the officer at the counter.

err-dcql-path-nothing = The request points to a part of the card that does not exist.
rec-dcql-path-nothing = Do not answer this request. Ask the officer at the counter.

err-query-no-credential = You do not have the card that is asked for.
rec-query-no-credential = Get that card from Dukcapil first, then try again.

err-query-missing-claims = Your card does not hold all the data that is asked for.
rec-query-missing-claims = Get that card from Dukcapil first, then try again.

err-dcql-malformed = The content of the request is incomplete.
rec-dcql-malformed = Do not answer this request. Ask the officer at the counter.

err-dcql-size = The request is empty or asks for too much at once.
rec-dcql-size = Do not answer this request. Ask the officer at the counter.

err-dcql-bad-id = The request has a name that is not allowed.
rec-dcql-bad-id = Do not answer this request. Ask the officer at the counter.

err-dcql-duplicate-id = The request uses one name twice.
rec-dcql-duplicate-id = Do not answer this request. Ask the officer at the counter.

err-dcql-unknown-id = The request names a choice that does not exist.
rec-dcql-unknown-id = Do not answer this request. Ask the officer at the counter.

err-dcql-sets-without-claims = The request gives choices without naming the data.
rec-dcql-sets-without-claims = Do not answer this request. Ask the officer at the counter.

err-dcql-duplicate-claim = The request asks for the same data twice.
rec-dcql-duplicate-claim = Do not answer this request. Ask the officer at the counter.

err-dcql-meta = The request does not name the kind of card correctly.
rec-dcql-meta = Do not answer this request. Ask the officer at the counter.

# Card offers.

err-offer-not-a-link = This is not a card offer.
rec-offer-not-a-link = Try again. If it happens again, ask the officer for a new card offer.

err-offer-too-large = This card offer is too large.
rec-offer-too-large = Ask the officer to make a new card offer.

err-offer-ambiguous = This card offer is not clear.
rec-offer-ambiguous = Ask the officer to make a new card offer.

err-offer-malformed = This card offer is damaged.
rec-offer-malformed = Ask the officer to make a new card offer.

err-offer-no-grant = This card offer uses a way that the app does not know.
rec-offer-no-grant = Update the wallet app, then try again.

# The issuer refuses what a wallet asks.

err-c-nonce-unknown = The proof of the key uses an unknown random number.
rec-c-nonce-unknown = Try again. If it happens again, ask the officer for a new card offer.

err-c-nonce-expired = The proof of the key came too late.
rec-c-nonce-expired = Try again. If it happens again, ask the officer for a new card offer.

err-credential-request-malformed = The wallet's request for the card is damaged.
rec-credential-request-malformed = Update the wallet app, then try again.

err-credential-request-names-nothing = The wallet's request names no card.
rec-credential-request-names-nothing = Update the wallet app, then try again.

err-credential-request-identifier = The wallet asks for the card in a way that is not used here.
rec-credential-request-identifier = Update the wallet app, then try again.

err-credential-request-unknown = The card that is asked for is not part of this offer.
rec-credential-request-unknown = Ask the officer to make a new card offer.

err-credential-request-encryption = The wallet asks for an encrypted answer by a request that is not encrypted.
rec-credential-request-encryption = Update the wallet app, then try again.

err-proof-missing = The wallet sent no proof of its key.
rec-proof-missing = Update the wallet app, then try again.

err-proof-type = This kind of key proof is not used here.
rec-proof-type = Update the wallet app, then try again.

err-proof-too-many = The wallet asks for too many copies at once.
rec-proof-too-many = Update the wallet app, then try again.

err-proof-typ = The wallet's key proof is of the wrong kind.
rec-proof-typ = Update the wallet app, then try again.

err-proof-key = The wallet's proof does not hold exactly one key.
rec-proof-key = Update the wallet app, then try again.

err-proof-signature = The signature of the key proof does not match.
rec-proof-signature = Try again. If it happens again, ask the officer for a new card offer.

err-proof-payload = The key proof is incomplete.
rec-proof-payload = Update the wallet app, then try again.

err-proof-audience = This key proof was made for another issuer.
rec-proof-audience = Try again. If it happens again, ask the officer for a new card offer.

err-proof-without-nonce = The key proof lacks the issuer's random number.
rec-proof-without-nonce = Update the wallet app, then try again.

err-proof-too-old = The key proof is too old.
rec-proof-too-old = Check the clock of your phone and of the counter, then ask for a new request code.

err-proof-in-future = The key proof is dated in the future.
rec-proof-in-future = Check the clock of your phone and of the counter, then ask for a new request code.

err-proof-same-key = The wallet sent the same key twice.
rec-proof-same-key = Update the wallet app, then try again.

err-token-malformed = The wallet's request for permission is damaged.
rec-token-malformed = Update the wallet app, then try again.

err-token-repeated-parameter = The request for permission states one item twice.
rec-token-repeated-parameter = Update the wallet app, then try again.

err-token-missing-grant-type = The request for permission does not say by which way.
rec-token-missing-grant-type = Update the wallet app, then try again.

err-token-unsupported-grant-type = This way of asking for permission is not used here.
rec-token-unsupported-grant-type = Update the wallet app, then try again.

err-token-missing-code = The request for permission lacks the code of the offer.
rec-token-missing-code = Update the wallet app, then try again.

err-token-anonymous-client = This issuer serves only wallets that give their name.
rec-token-anonymous-client = Update the wallet app, then try again.

err-tx-code-form = The code must be six digits.
rec-tx-code-form = Check the six-digit code from the officer and type it again.

err-tx-code-missing = The six-digit code was not sent.
rec-tx-code-missing = Check the six-digit code from the officer and type it again.

err-tx-code-unexpected = This offer uses no code.
rec-tx-code-unexpected = Try again. If it happens again, ask the officer for a new card offer.

err-token-code-unknown = This offer is unknown.
rec-token-code-unknown = Ask the officer to make a new card offer.

err-token-code-expired = This offer has expired.
rec-token-code-expired = Ask the officer to make a new card offer.

err-token-code-used = This offer has already been used.
rec-token-code-used = Ask the officer to make a new card offer.

err-tx-code-wrong = That six-digit code is wrong.
rec-tx-code-wrong = Check the six-digit code from the officer and type it again.

err-tx-code-tries-used-up = The code was typed wrongly too often. This offer is locked.
rec-tx-code-tries-used-up = Ask the officer to make a new card offer.

# Receiving a card.

err-received-other-format = The card that came has another form than was offered.
rec-received-other-format = This card was not kept. Tell the Dukcapil officer.

err-received-other-type = The card that came is of another kind than was offered.
rec-received-other-type = This card was not kept. Tell the Dukcapil officer.

err-received-other-key = The card that came was not made for this phone.
rec-received-other-key = This card was not kept. Tell the Dukcapil officer.

err-received-same-key = Two copies of the card use the same key.
rec-received-same-key = This card was not kept. Tell the Dukcapil officer.

err-receive-status = The card issuer cannot serve at the moment.
rec-receive-status = Try again. If it happens again, ask the officer for a new card offer.

err-receive-too-large = The issuer's answer is too large.
rec-receive-too-large = Do not go on. Tell the officer who gave you this offer.

err-receive-malformed = The issuer's answer cannot be read.
rec-receive-malformed = Try again. If it happens again, ask the officer for a new card offer.

err-receive-other-issuer = This offer claims to be from another issuer.
rec-receive-other-issuer = Do not go on. Tell the officer who gave you this offer.

err-receive-unknown-server = This offer points to a place that the issuer does not know.
rec-receive-unknown-server = Do not go on. Tell the officer who gave you this offer.

err-receive-unknown-configuration = The issuer does not know the card in this offer.
rec-receive-unknown-configuration = Ask the officer to make a new card offer.

err-receive-nothing-usable = This offer has no card that the app can keep.
rec-receive-nothing-usable = Update the wallet app, then try again.

err-receive-encryption-required = This issuer demands encryption that the app does not know.
rec-receive-encryption-required = Update the wallet app, then try again.

err-receive-tx-code-form = The typed code does not have the right form.
rec-receive-tx-code-form = Check the six-digit code from the officer and type it again.

err-receive-grant-refused = The code is wrong, or the offer is no longer valid.
rec-receive-grant-refused = Check the six-digit code from the officer and type it again.

err-receive-token-type = The issuer gives permission in a way that the app does not know.
rec-receive-token-type = Update the wallet app, then try again.

err-receive-refused = The issuer refused to give the card.
rec-receive-refused = Ask the officer to make a new card offer.

err-receive-deferred = The card is not ready, and the issuer does not say where it can be fetched later.
rec-receive-deferred = Try again. If it happens again, ask the officer for a new card offer.

err-receive-wrong-count = The number of cards that came is not right.
rec-receive-wrong-count = This card was not kept. Tell the Dukcapil officer.

err-receive-out-of-order = The steps of receiving got mixed up inside the app.
rec-receive-out-of-order = Close the app and open it again. If it happens again, report it to its makers.

# Requests from a counter.

err-request-typ = This is not a request from a counter.
rec-request-typ = Do not answer this request. Ask the officer at the counter.

err-request-certificate = This request does not carry a proper counter certificate.
rec-request-certificate = Do not answer this request. Ask the officer at the counter.

err-request-malformed = This request is damaged.
rec-request-malformed = Ask the officer to show a new request code.

err-request-client-id-prefix = This counter introduces itself in a way that is not accepted.
rec-request-client-id-prefix = Do not answer this request. Ask the officer at the counter.

err-request-client-id-mismatch = The counter's name does not match its certificate.
rec-request-client-id-mismatch = Do not answer this request. Ask the officer at the counter.

err-request-other-client = This request comes from another counter than its link.
rec-request-other-client = Do not answer this request. Ask the officer at the counter.

err-request-signature = The signature of the request does not match. It may have been changed.
rec-request-signature = Do not answer this request. Ask the officer at the counter.

err-request-audience = This request is not addressed to a wallet.
rec-request-audience = Do not answer this request. Ask the officer at the counter.

err-request-response-type = This request asks for something other than a card.
rec-request-response-type = Do not answer this request. Ask the officer at the counter.

err-request-response-mode = This request wants its answer by a way that is not used here.
rec-request-response-mode = Do not answer this request. Ask the officer at the counter.

err-request-redirect-uri = This request names two addresses for the answer.
rec-request-redirect-uri = Do not answer this request. Ask the officer at the counter.

err-request-transaction-data = This request wants you to sign something else. The app does not do that.
rec-request-transaction-data = Do not answer this request. Ask the officer at the counter.

err-request-no-query = This request does not say what it asks for.
rec-request-no-query = Ask the officer to show a new request code.

err-request-nonce-form = The random number in the request is not proper.
rec-request-nonce-form = Do not answer this request. Ask the officer at the counter.

err-request-nonce-binding = The content of the request does not match its binding. It may have been changed.
rec-request-nonce-binding = Do not answer this request. Ask the officer at the counter.

err-request-version = This request is of a version that the app does not know.
rec-request-version = Update the wallet app, then try again.

err-request-recipient-key = This request carries no key to seal the answer with.
rec-request-recipient-key = Ask the officer to show a new request code.

err-request-too-old = This request is too old, or a clock is wrong.
rec-request-too-old = Check the clock of your phone and of the counter, then ask for a new request code.

err-request-in-future = This request is dated in the future, or a clock is wrong.
rec-request-in-future = Check the clock of your phone and of the counter, then ask for a new request code.

err-request-lapsed = This request has expired.
rec-request-lapsed = Ask the officer to show a new request code.

err-request-asks-nothing = This service asks for nothing.
rec-request-asks-nothing = Tell the administrator of the counter to correct its settings.

err-request-form-unknown = The app does not know this kind of request code.
rec-request-form-unknown = Update the wallet app, then try again.

err-request-form-malformed = This request code is damaged.
rec-request-form-malformed = Ask the officer to show a new request code.

err-request-form-asks-nothing = This request code asks for nothing.
rec-request-form-asks-nothing = Ask the officer to show a new request code.

# Answers by QR code.

err-answer-malformed = This answer code is damaged.
rec-answer-malformed = Ask the holder to show a new answer, then scan it again.

err-answer-format-unknown = The counter does not know this kind of answer code.
rec-answer-format-unknown = Ask the holder to show a new answer, then scan it again.

err-answer-other-request = This answer belongs to another request.
rec-answer-other-request = Ask the holder to show a new answer, then scan it again.

err-answer-tampered = This answer was changed on the way.
rec-answer-tampered = Do not accept this answer. Make a new request and ask for a new answer.

err-answer-recipient-key = The key in the request cannot be used.
rec-answer-recipient-key = Ask the officer to show a new request code.

err-answer-unknown-query = This answer holds a card that was not asked for.
rec-answer-unknown-query = Do not accept this answer. Make a new request and ask for a new answer.

err-answer-too-large = The answer is too large for QR codes.
rec-answer-too-large = Ask the officer to show a new request code.

# Answers of a wallet.

err-wallet-declined = The holder did not agree.
rec-wallet-declined = Offer the holder another way.

err-wallet-error = The holder's wallet reported an error.
rec-wallet-error = Ask the holder to show a new answer, then scan it again.

err-response-malformed = The wallet's answer is damaged.
rec-response-malformed = Ask the holder to show a new answer, then scan it again.

err-response-repeated-parameter = The wallet's answer states one item twice.
rec-response-repeated-parameter = Ask the holder to show a new answer, then scan it again.

err-response-empty = The wallet's answer is empty.
rec-response-empty = Ask the holder to show a new answer, then scan it again.

err-response-unasked-credential = The wallet sent a card that was not asked for.
rec-response-unasked-credential = Do not accept this answer. Make a new request and ask for a new answer.

err-response-missing-credential = The card that was asked for is not in the answer.
rec-response-missing-credential = Ask the holder to show a new answer, then scan it again.

err-response-too-many = The answer holds more than one card of a kind.
rec-response-too-many = Do not accept this answer. Make a new request and ask for a new answer.

err-response-wrong-format = The card in the answer has another form than was asked for.
rec-response-wrong-format = Do not accept this answer. Make a new request and ask for a new answer.

err-response-wrong-type = The card in the answer is of another kind than was asked for.
rec-response-wrong-type = Do not accept this answer. Make a new request and ask for a new answer.

err-response-missing-claim = The answer lacks data that was asked for.
rec-response-missing-claim = Ask the holder to show a new answer, then scan it again.

err-response-unasked-claim = The answer reveals data that was not asked for.
rec-response-unasked-claim = Do not accept this answer. Make a new request and ask for a new answer.

err-response-portrait-missing = The photograph that was asked for is missing.
rec-response-portrait-missing = Ask the holder to show a new answer, then scan it again.

err-response-portrait-unasked = The answer carries a photograph that was not asked for.
rec-response-portrait-unasked = Do not accept this answer. Make a new request and ask for a new answer.

err-access-entry-malformed = This access entry is damaged.
rec-access-entry-malformed = Ask the sender for new data. If it happens again, tell the officer.

err-access-entry-altered = This access entry is not the one in the ledger.
rec-access-entry-altered = Do not trust this data. Tell the civil registry and the inspectorate.

err-access-entry-foreign = This access entry is about somebody else.
rec-access-entry-foreign = Do not trust this data. Tell the civil registry and the inspectorate.

err-access-entry-unproven = This access entry is not proven to be in the ledger.
rec-access-entry-unproven = Do not trust this data. Tell the civil registry and the inspectorate.

err-access-entry-log-unknown = The log of this access entry is not known.
rec-access-entry-log-unknown = Refresh the official list (bundle import), then try again.

err-request-unsigned = This request is signed by nobody.
rec-request-unsigned = Do not go on. Ask the officer for a new request code.

err-request-uri-method = This request link uses an unknown method.
rec-request-uri-method = Do not go on. Ask the officer for a new request code.

err-request-wallet-nonce = This request was made for another phone, or is an old one.
rec-request-wallet-nonce = Do not go on. Ask the officer for a new request code.

err-request-downgrade = This request wants an answer in the open although its link promised encryption.
rec-request-downgrade = Do not go on. Ask the officer for a new request code.

err-request-encryption-key = This request gives no key to encrypt the answer to.
rec-request-encryption-key = Do not go on. Ask the officer for a new request code.

err-request-nonce-missing = This request has no one-time number.
rec-request-nonce-missing = Do not go on. Ask the officer for a new request code.

err-response-not-encrypted = This answer is not encrypted as asked.
rec-response-not-encrypted = Send the answer again from the app. If it happens again, make a new request.

err-dpop-missing = The app did not prove its key.
rec-dpop-missing = Begin again in the app. If it happens again, ask an officer for help.

err-dpop-typ = The app's proof of its key is of the wrong kind.
rec-dpop-typ = Begin again in the app. If it happens again, ask an officer for help.

err-dpop-key = The app's proof holds no usable key.
rec-dpop-key = Begin again in the app. If it happens again, ask an officer for help.

err-dpop-payload = The app's proof of its key is not complete.
rec-dpop-payload = Begin again in the app. If it happens again, ask an officer for help.

err-dpop-other-request = The app's proof was made for another request.
rec-dpop-other-request = Begin again in the app. If it happens again, ask an officer for help.

err-dpop-time = The app's proof of its key has the wrong time.
rec-dpop-time = Check the clock of the phone, then try again.

err-dpop-nonce-missing = The app's proof lacks the server's number.
rec-dpop-nonce-missing = Begin again in the app. If it happens again, ask an officer for help.

err-dpop-other-token = The app's proof was made for another permission.
rec-dpop-other-token = Begin again in the app. If it happens again, ask an officer for help.

err-dpop-signature = The signature of the app's proof does not fit.
rec-dpop-signature = Begin again in the app. If it happens again, ask an officer for help.

err-dpop-other-key = This permission is bound to another key.
rec-dpop-other-key = Begin again in the app. If it happens again, ask an officer for help.

err-dpop-replayed = This proof was used before.
rec-dpop-replayed = Begin again in the app. If it happens again, ask an officer for help.

err-authorization-malformed = The app's log-in request is damaged.
rec-authorization-malformed = Begin again in the app. If it happens again, ask an officer for help.

err-authorization-repeated-parameter = The log-in request has a field twice.
rec-authorization-repeated-parameter = Begin again in the app. If it happens again, ask an officer for help.

err-authorization-client = This log-in request is not that app's.
rec-authorization-client = Begin again in the app. If it happens again, ask an officer for help.

err-authorization-request-uri-inside = The log-in request points to another one.
rec-authorization-request-uri-inside = Begin again in the app. If it happens again, ask an officer for help.

err-authorization-response-type = The app asks for a kind of log-in that does not exist here.
rec-authorization-response-type = Begin again in the app. If it happens again, ask an officer for help.

err-authorization-redirect-uri = The address back to the app is not safe.
rec-authorization-redirect-uri = Begin again in the app. If it happens again, ask an officer for help.

err-authorization-code-challenge = The app does not protect its code.
rec-authorization-code-challenge = Begin again in the app. If it happens again, ask an officer for help.

err-authorization-state = The app's marker is damaged.
rec-authorization-state = Begin again in the app. If it happens again, ask an officer for help.

err-authorization-details = The app asks for an unknown card.
rec-authorization-details = Begin again in the app. If it happens again, ask an officer for help.

err-authorization-asks-nothing = The app asks for no card.
rec-authorization-asks-nothing = Begin again in the app. If it happens again, ask an officer for help.

err-authorization-scope = The app asks for an unknown kind of card.
rec-authorization-scope = Begin again in the app. If it happens again, ask an officer for help.

err-authorization-several-cards = The app asks for several kinds of cards at once.
rec-authorization-several-cards = Begin again in the app. If it happens again, ask an officer for help.

err-authorization-dpop-key = The fingerprint of the app's key does not fit.
rec-authorization-dpop-key = Begin again in the app. If it happens again, ask an officer for help.

err-authorization-request-uri-unknown = This log-in request is unknown or has ended.
rec-authorization-request-uri-unknown = Begin again in the app. If it happens again, ask an officer for help.

err-authorization-not-pushed = This log-in request was not sent the safe way.
rec-authorization-not-pushed = Begin again in the app. If it happens again, ask an officer for help.

err-token-other-client = This code is another app's.
rec-token-other-client = Begin again in the app. If it happens again, ask an officer for help.

err-token-code-verifier = The app cannot prove that this code is its own.
rec-token-code-verifier = Begin again in the app. If it happens again, ask an officer for help.

err-token-other-key = This code is bound to another phone.
rec-token-other-key = Begin again in the app. If it happens again, ask an officer for help.

err-refresh-token-unknown = The permission to renew this card has ended.
rec-refresh-token-unknown = Ask for a new card at the counter.

err-receive-log-in = What came back is not the answer to this log-in.
rec-receive-log-in = Begin again. Do not use a link from somebody else.

err-receive-renewal-ended = This card cannot be renewed any more.
rec-receive-renewal-ended = Unless the card is suspended, ask for a new one at the counter.
err-offer-used-or-ended = This offer was used or scanned already, or has ended.
rec-offer-used-or-ended = Ask the officer for a new offer.

err-receive-deferred-interval = The issuer asks you to wait for too long.
rec-receive-deferred-interval = Ask the officer. The other cards in your wallet are safe.
err-receive-deferred-other = The issuer's answer is not for the card you are waiting for.
rec-receive-deferred-other = Do not go on. Nothing was kept. Tell the officer.
err-receive-deferred-gone = The card you were waiting for is not there any more: it was fetched, or never prepared.
rec-receive-deferred-gone = Try again. If it happens again, ask the officer for a new card offer.
err-receive-deferred-refused = An officer has decided that this card is not issued.
rec-receive-deferred-refused = Ask the officer. The other cards in your wallet are safe.
err-receive-deferred-ended = The time to wait for this card is over.
rec-receive-deferred-ended = Ask the officer for a new card offer.
err-receive-not-encrypted = The issuer's answer should have been encrypted and is not.
rec-receive-not-encrypted = Do not go on. Nothing was kept. Tell the officer.
err-receive-encryption-key = The issuer's answer is encrypted for somebody else.
rec-receive-encryption-key = Do not go on. Nothing was kept. Tell the officer.
err-credential-request-encryption-parameters = The wallet asks for an encryption of the answer that cannot be used, or for none.
rec-credential-request-encryption-parameters = Update the wallet app, then try again.
err-credential-request-not-encrypted = The request for a card must be encrypted and is not.
rec-credential-request-not-encrypted = Update the wallet app, then try again.
err-credential-request-encryption-key = The request for a card is encrypted to a key that is not this issuer's.
rec-credential-request-encryption-key = Try again. If it happens again, ask the officer for a new card offer.

err-one-scan-malformed = This quick-show code is damaged.
rec-one-scan-malformed = Ask the sender for new data. If it happens again, tell the officer.

err-one-scan-format-unknown = This quick-show code is of a version not known here.
rec-one-scan-format-unknown = Update the counter's program, or show the counter's request.

err-one-scan-class-unknown = This code names a kind of service that does not exist.
rec-one-scan-class-unknown = Ask the sender for new data. If it happens again, tell the officer.

err-one-scan-too-large = This quick-show code is too large.
rec-one-scan-too-large = Show it without the photo, or answer the counter's request.

err-paper-malformed = The code of this paper card is damaged.
rec-paper-malformed = Scan it again in good light. If it happens again, ask for a new print.

err-paper-format-unknown = This paper card is of a version not known here.
rec-paper-format-unknown = Update the counter's program.

err-access-entry-closed = The civil registry can no longer open this entry: what it stored was altered, so it is not proven.
rec-access-entry-closed = The other entries are still proven. Tell the civil registry and the inspectorate.

err-counter-ticket-too-large = The correction ticket is too large.
rec-counter-ticket-too-large = Shorten the note, or send fewer at once.
err-counter-ticket-malformed = This is no correction ticket of a counter.
rec-counter-ticket-malformed = Make the file anew at the counter with ticket export.
err-counter-ticket-signature = The signature of the correction ticket does not hold.
rec-counter-ticket-signature = Do not act on it. Ask the counter that sent it.
err-counter-ticket-sealed = This key does not open the file of tickets.
rec-counter-ticket-sealed = Use the key file that was made with it.
err-counter-ticket-note = The note is empty, too long or unprintable.
rec-counter-ticket-note = Write a short reason of at most 300 characters.

err-ticket-text-empty = Nothing is written in this request.
rec-ticket-text-empty = Write what you ask for, then send it again.

err-ticket-text-too-long = The text is too long.
rec-ticket-text-too-long = Shorten it to at most 1000 letters.

err-ticket-text-characters = There are characters in the text that may not stand there.
rec-ticket-text-characters = Use plain letters, digits and punctuation.
