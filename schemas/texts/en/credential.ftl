# Digital cards, their status and their photo.

err-cbor-duplicate-key = This status data has one entry twice.
rec-cbor-duplicate-key = Do not use this data. Ask Dukcapil for the original.

err-cbor-indefinite = This status data does not say how long it is.
rec-cbor-indefinite = Do not use this data. Ask Dukcapil for the original.

err-cbor-malformed = This status data cannot be read.
rec-cbor-malformed = Update the trust data of this counter, then try again.

err-cbor-not-shortest = A number in this status data is written in a way that is not accepted.
rec-cbor-not-shortest = Do not use this data. Ask Dukcapil for the original.

err-cbor-too-much = This status data is too complicated.
rec-cbor-too-much = Do not use this data. Ask Dukcapil for the original.

err-cbor-trailing = Something was added behind this status data.
rec-cbor-trailing = Do not use this data. Ask Dukcapil for the original.

err-cbor-truncated = This status data is cut off.
rec-cbor-truncated = Update the trust data of this counter, then try again.

err-claim-absent = The card does not have that data.
rec-claim-absent = Choose only data that your card has.

err-claim-path-malformed = The name of the requested data cannot be read.
rec-claim-path-malformed = Tell whoever asked that the request is wrong.

err-claim-path-too-long = The name of the requested data is too long.
rec-claim-path-too-long = Tell whoever asked that the request is wrong.

err-credential-build-empty-validity = The card would end before it begins.
rec-credential-build-empty-validity = This is a fault of the program. Tell the technical staff.

err-credential-context = The layout of this card is unknown.
rec-credential-context = Do not accept this card. Ask its owner to come to the civil registry.

err-credential-expired = This card has expired.
rec-credential-expired = Get a new card from the civil registry with the wallet app.

err-credential-header-type = This is not a digital card that we know.
rec-credential-header-type = Do not accept this card. Ask its owner to come to the civil registry.

err-credential-issued-in-future = This card says it was issued in the future.
rec-credential-issued-in-future = Check clock and date on both devices, then try again.

err-credential-issuer-mismatch = This card names two different issuers.
rec-credential-issuer-mismatch = Do not accept this card. Ask its owner to come to the civil registry.

err-credential-issuer-missing = This card does not name its issuer.
rec-credential-issuer-missing = Do not accept this card. Ask its owner to come to the civil registry.

err-credential-not-yet-valid = This card is not valid yet.
rec-credential-not-yet-valid = Check clock and date on both devices, then try again.

err-credential-signer-unknown = The issuer of this card is not on the trusted list.
rec-credential-signer-unknown = Do not accept this card. Ask its owner to come to the civil registry.

err-credential-status-malformed = The status reference in this card is damaged.
rec-credential-status-malformed = Do not accept this card. Ask its owner to come to the civil registry.

err-credential-subject-malformed = This card is not about exactly one person.
rec-credential-subject-malformed = Do not accept this card. Ask its owner to come to the civil registry.

err-credential-time-malformed = A date in this card cannot be read.
rec-credential-time-malformed = Do not accept this card. Ask its owner to come to the civil registry.

err-credential-type-confusion = This card mixes two layouts.
rec-credential-type-confusion = Do not accept this card. Ask its owner to come to the civil registry.

err-credential-type-missing = This card does not say what kind it is.
rec-credential-type-missing = Do not accept this card. Ask its owner to come to the civil registry.

err-credential-validity-conflict = This card contradicts itself about its validity.
rec-credential-validity-conflict = Do not accept this card. Ask its owner to come to the civil registry.

err-credential-validity-missing = This card does not say until when it is valid.
rec-credential-validity-missing = Do not accept this card. Ask its owner to come to the civil registry.

err-cwt-algorithm = The way this status data is signed is not accepted.
rec-cwt-algorithm = Do not use this data. Ask Dukcapil for the original.

err-cwt-algorithm-unprotected = The way this status data is signed is not itself signed.
rec-cwt-algorithm-unprotected = Do not use this data. Ask Dukcapil for the original.

err-cwt-critical = This status data demands a rule that is not known.
rec-cwt-critical = Update the trust data of this counter, then try again.

err-cwt-header-member = An entry in the header of this status data is wrong.
rec-cwt-header-member = Update the trust data of this counter, then try again.

err-cwt-header-repeated = An entry in the header of this status data appears twice.
rec-cwt-header-repeated = Do not use this data. Ask Dukcapil for the original.

err-cwt-malformed = This signed status data is incomplete.
rec-cwt-malformed = Update the trust data of this counter, then try again.

err-cwt-too-long = This status data is too long.
rec-cwt-too-long = Update the trust data of this counter, then try again.

err-cwt-untagged = This status data is not marked as signed data.
rec-cwt-untagged = Do not use this data. Ask Dukcapil for the original.

err-cwt-wrong-tag = This data is marked as something else.
rec-cwt-wrong-tag = Do not use this data. Ask Dukcapil for the original.

err-key-binding-audience = This answer was made for another counter.
rec-key-binding-audience = Show a new request and ask the owner to answer it.

err-key-binding-hash = This answer does not fit the data that is shown.
rec-key-binding-hash = Ask the owner to present the card once more.

err-key-binding-in-future = The clock of the owner's phone is ahead.
rec-key-binding-in-future = Check clock and date on both devices, then try again.

err-key-binding-malformed = The answer from the phone is incomplete.
rec-key-binding-malformed = Ask the owner to present the card once more.

err-key-binding-missing = The owner has not signed this answer.
rec-key-binding-missing = Show a new request and ask the owner to answer it.

err-key-binding-no-holder-key = This card is not bound to anybody's phone.
rec-key-binding-no-holder-key = Do not accept this card. Ask its owner to come to the civil registry.

err-key-binding-nonce = This answer belongs to another request.
rec-key-binding-nonce = Show a new request and ask the owner to answer it.

err-key-binding-signature = This answer was not signed by the owner of the card.
rec-key-binding-signature = Do not accept this card. Ask its owner to come to the civil registry.

err-key-binding-too-old = This answer is too old.
rec-key-binding-too-old = Show a new request and ask the owner to answer it.

err-key-binding-type = This kind of answer is unknown.
rec-key-binding-type = Ask the owner to present the card once more.

err-key-binding-unexpected = The received card was already used to answer.
rec-key-binding-unexpected = Get a new card from the civil registry with the wallet app.

err-portrait-mismatch = This photo is not the one of the card.
rec-portrait-mismatch = Ask the owner to send it again. If it happens again, do not accept it.

err-portrait-not-webp = This photo is not a WebP picture.
rec-portrait-not-webp = Choose another photo for this card.

err-portrait-too-large = This photo is too large.
rec-portrait-too-large = Choose another photo for this card.

err-sd-jwt-build-duplicate-name = The card would state one item twice.
rec-sd-jwt-build-duplicate-name = This is a fault of the program. Tell the technical staff.

err-sd-jwt-build-reserved-name = This name of an item may not be used.
rec-sd-jwt-build-reserved-name = This is a fault of the program. Tell the technical staff.

err-sd-jwt-build-salts = There are too few random numbers for the card.
rec-sd-jwt-build-salts = This is a fault of the program. Tell the technical staff.

err-sd-jwt-build-too-deep = The data of the card is nested too deep.
rec-sd-jwt-build-too-deep = This is a fault of the program. Tell the technical staff.

err-sd-jwt-digest-algorithm = This card uses an unknown way of hashing.
rec-sd-jwt-digest-algorithm = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-digest-repeated = This card states one fingerprint twice.
rec-sd-jwt-digest-repeated = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-digests-malformed = The list of fingerprints in this card is damaged.
rec-sd-jwt-digests-malformed = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-disclosure-duplicate-member = The shown data states one item twice.
rec-sd-jwt-disclosure-duplicate-member = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-disclosure-kind = The shown data is in the wrong place.
rec-sd-jwt-disclosure-kind = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-disclosure-malformed = The shown data cannot be read.
rec-sd-jwt-disclosure-malformed = Ask the owner to present the card once more.

err-sd-jwt-disclosure-repeated = The same data is shown twice.
rec-sd-jwt-disclosure-repeated = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-disclosure-too-long = The shown data is too long.
rec-sd-jwt-disclosure-too-long = Ask the owner to present the card once more.

err-sd-jwt-disclosure-unreferenced = The shown data is not part of this card.
rec-sd-jwt-disclosure-unreferenced = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-duplicate-member = This card states one item twice.
rec-sd-jwt-duplicate-member = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-holder-key-malformed = The owner's key in this card is damaged.
rec-sd-jwt-holder-key-malformed = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-json-serialization = This card is incomplete.
rec-sd-jwt-json-serialization = Ask the owner to present the card once more.

err-sd-jwt-json-signatures = This card has signatures that contradict each other.
rec-sd-jwt-json-signatures = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-name-collision = The shown data would replace data that is already there.
rec-sd-jwt-name-collision = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-no-tilde = This is not a digital card.
rec-sd-jwt-no-tilde = Ask the owner to present the card once more.

err-sd-jwt-not-disclosable = A part of the card that must always be visible was hidden.
rec-sd-jwt-not-disclosable = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-payload-malformed = The content of this card cannot be read.
rec-sd-jwt-payload-malformed = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-reserved-name = This card uses a forbidden name.
rec-sd-jwt-reserved-name = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-signature = The issuer's signature does not match. The card is false or was changed.
rec-sd-jwt-signature = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-too-deep = The data of this card is nested too deep.
rec-sd-jwt-too-deep = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-too-long = This card is too long.
rec-sd-jwt-too-long = Ask the owner to present the card once more.

err-sd-jwt-too-many-digests = This card has too many fingerprints.
rec-sd-jwt-too-many-digests = Do not accept this card. Ask its owner to come to the civil registry.

err-sd-jwt-too-many-disclosures = Too much data is shown.
rec-sd-jwt-too-many-disclosures = Ask the owner to present the card once more.

err-status-list-malformed = The list of card statuses is damaged.
rec-status-list-malformed = Update the trust data of this counter, then try again.

err-status-list-out-of-bounds = This card is not on the status list.
rec-status-list-out-of-bounds = Do not accept this card. Ask its owner to come to the civil registry.

err-status-list-too-large = The list of card statuses is too large.
rec-status-list-too-large = Update the trust data of this counter, then try again.

err-status-list-value-too-large = The status value does not fit the list.
rec-status-list-value-too-large = This is a fault of the program. Tell the technical staff.

err-status-token-bits = The form of the status list is unknown.
rec-status-token-bits = Update the trust data of this counter, then try again.

err-status-token-expired = The status list at this counter has expired.
rec-status-token-expired = Update the trust data of this counter, then try again.

err-status-token-header-type = This is not a status list.
rec-status-token-header-type = Update the trust data of this counter, then try again.

err-status-token-in-future = The status list is dated in the future.
rec-status-token-in-future = Check clock and date on both devices, then try again.

err-status-token-malformed = The status list is incomplete.
rec-status-token-malformed = Update the trust data of this counter, then try again.

err-status-token-signature = The signature of the status list does not match.
rec-status-token-signature = Update the trust data of this counter, then try again.

err-status-token-subject = This status list is for other cards.
rec-status-token-subject = Update the trust data of this counter, then try again.

err-status-token-value-unknown = The status of this card is unknown.
rec-status-token-value-unknown = Update the app. If it happens again, tell the officer.

err-type-metadata-malformed = The description of the kind of card cannot be read.
rec-type-metadata-malformed = Update the app. If it happens again, tell the officer.

err-type-metadata-vct = This description is for another kind of card.
rec-type-metadata-vct = Update the app. If it happens again, tell the officer.

err-type-metadata-too-large = The description of the kind of card is too large.
rec-type-metadata-too-large = Update the app. If it happens again, tell the officer.
