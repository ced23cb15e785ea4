# Trust data: origin, integrity, age.

err-bundle-document-missing = The trust data is incomplete.
rec-bundle-document-missing = Copy the whole folder from Dukcapil again.

err-bundle-document-too-large = One file of the trust data is too large.
rec-bundle-document-too-large = Do not use this folder. Copy it from Dukcapil again.

err-bundle-document-malformed = One file of the trust data is damaged.
rec-bundle-document-malformed = Copy the folder from Dukcapil again.

err-bundle-spec-version = The trust data was made for another version of the program.
rec-bundle-spec-version = Update this program, then try again.

err-bundle-root-mismatch = This trust data is not from the Dukcapil you trust.
rec-bundle-root-mismatch = Do not use it. Compare its fingerprint with the one Dukcapil announced.

err-bundle-key-id-mismatch = A key name in the trust data does not fit its key.
rec-bundle-key-id-mismatch = Do not use this folder. Tell Dukcapil.

err-bundle-signature-repeated = The trust data is signed twice by the same key.
rec-bundle-signature-repeated = Do not use this folder. Tell Dukcapil.

err-bundle-under-signed = The signatures of the trust data are invalid or too few.
rec-bundle-under-signed = Do not use this folder. Copy it from Dukcapil again.

err-bundle-rollback = This trust data is older than what is already here.
rec-bundle-rollback = Keep what is here, or fetch the newest from Dukcapil.

err-bundle-equivocation = There are two different sets of trust data with the same number.
rec-bundle-equivocation = Do not use this folder. Tell Dukcapil at once.

err-bundle-frozen = This trust data has expired.
rec-bundle-frozen = Fetch the newest data from Dukcapil.

err-bundle-mixed = The files of the trust data are from different publications.
rec-bundle-mixed = Copy the whole folder of one publication again.

err-bundle-not-consistent = The trust data is not laid out as it must be.
rec-bundle-not-consistent = Copy the folder from Dukcapil again.

err-bundle-target-missing = Contents of the trust data are missing.
rec-bundle-target-missing = Copy the whole folder from the civil registry again; by moving codes, with --whole.

err-bundle-target-altered = Contents of the trust data were altered.
rec-bundle-target-altered = Do not use this folder. Copy it from Dukcapil again.

err-bundle-too-large = The trust data is too large.
rec-bundle-too-large = Do not use this folder. Copy it from Dukcapil again.

err-bundle-incomplete = A part of the trust data was not included.
rec-bundle-incomplete = Ask Dukcapil to publish it again.

err-bundle-registry-malformed = The list of counters in the trust data cannot be read.
rec-bundle-registry-malformed = Ask Dukcapil to publish it again.

err-clock-behind = The clock of this device is behind.
rec-clock-behind = Set date and time, then try again.

err-trust-list-malformed = The list of issuers cannot be read.
rec-trust-list-malformed = Ask Dukcapil to publish the trust data again.

err-issuer-unknown = The issuer is not known here.
rec-issuer-unknown = Do not accept it. Update the trust data if in doubt.

err-issuer-key-unknown = This key of the issuer is not known here.
rec-issuer-key-unknown = Update the trust data, then try again.

err-issuer-key-wrong-role = That key may not be used for this.
rec-issuer-key-wrong-role = Do not accept it. Tell Dukcapil.

err-issuer-key-not-yet = This was signed before the issuer's key was in force.
rec-issuer-key-not-yet = Do not accept it. Tell Dukcapil.

err-issuer-key-ended = This was signed after the issuer's key had ended.
rec-issuer-key-ended = Do not accept it. Ask for a new one from Dukcapil.

err-issuer-key-distrusted = This card or document was signed with a key that its issuer no longer stands by.
rec-issuer-key-distrusted = Do not accept it. Its owner can get a new card from Dukcapil.

err-policy-malformed = The rules on the age of data cannot be read.
rec-policy-malformed = Ask Dukcapil to publish the trust data again.

err-policy-out-of-range = The rules on the age of data exceed the limits.
rec-policy-out-of-range = Do not use it. Tell Dukcapil.

# Counter registrations.

err-registration-malformed = The counter's registration cannot be read.
rec-registration-malformed = Do not give your data. Tell Dukcapil.

err-registration-wrong-type = This is not a counter's registration.
rec-registration-wrong-type = Do not give your data. Ask the staff for the right code.

err-registration-registrar-unknown = This counter was registered by someone unknown.
rec-registration-registrar-unknown = Do not give your data. Tell Dukcapil.

err-registration-signature = The counter's registration is forged or altered.
rec-registration-signature = Do not give your data. Tell Dukcapil.

err-registration-too-long = The counter's registration lasts longer than allowed.
rec-registration-too-long = Ask Dukcapil to register it again, for 90 days at most.

err-registration-not-yet-valid = The counter's registration has not begun.
rec-registration-not-yet-valid = Check the device's clock, or wait until it begins.

err-registration-expired = The counter's registration has expired.
rec-registration-expired = Ask the counter to renew it at Dukcapil. If the date on your device is wrong, put it right first.

err-registration-withdrawn = The counter's registration was withdrawn.
rec-registration-withdrawn = Do not give your data at this counter.

err-unregistered = This counter is not registered at Dukcapil.
rec-unregistered = Do not give your data. The staff must register the counter.

err-registration-borrowed = This counter uses another counter's registration.
rec-registration-borrowed = Do not give your data. Tell Dukcapil.

err-service-unknown = The counter is not registered for that service.
rec-service-unknown = Choose a registered service.

err-over-asking = This counter asks for more than it may.
rec-over-asking = Do not give it. Tell the staff or Dukcapil.

err-protected-claim-undeclared = This counter asks for an identity number without special permission.
rec-protected-claim-undeclared = Do not give it. Tell Dukcapil.

err-certificate-malformed = The counter's certificate cannot be read.
rec-certificate-malformed = Ask Dukcapil to register the counter again.

err-certificate-algorithm = The certificate uses a kind of signature not used here.
rec-certificate-algorithm = Ask Dukcapil for a new certificate.

err-certificate-purpose = The certificate was made for another purpose.
rec-certificate-purpose = Do not accept it. Tell Dukcapil.

err-certificate-unknown-authority = The counter's certificate was not made by Dukcapil.
rec-certificate-unknown-authority = Do not give your data. Tell Dukcapil.

err-certificate-not-yet-valid = The counter's certificate has not begun.
rec-certificate-not-yet-valid = Check the device's clock, then try again.

err-certificate-expired = The counter's certificate has expired.
rec-certificate-expired = Ask the counter to renew its registration at Dukcapil.

# Status of cards and decisions.

err-status-token-wrong-key = The list of card statuses is signed by the wrong key.
rec-status-token-wrong-key = Do not use it. Copy the trust data from Dukcapil again.

err-status-token-repeated = There are two status lists for the same cards.
rec-status-token-repeated = Do not use it. Tell Dukcapil.

err-accepted = The card is valid.
rec-accepted = Compare the face if there is a picture, then serve.

err-accepted-stale = The card is valid by older data.
rec-accepted-stale = Good enough for this service. Update the trust data soon.

err-superseded = This card was replaced by a newer one.
rec-superseded = Ask for the new card, or to update the wallet; of a paper card, for the newest print.

err-bundle-absent = This device has no trust data yet.
rec-bundle-absent = Fetch the trust data from Dukcapil first.

err-status-missing = The status of this card cannot be told here.
rec-status-missing = Update the trust data, or ask a supervisor.

err-status-old = The status data is too old for this service.
rec-status-old = Update the trust data, or ask a supervisor.

err-status-ended = The status data is no longer valid.
rec-status-ended = Update the trust data before serving.

err-bundle-ended = The trust data is no longer valid.
rec-bundle-ended = Update the trust data before serving.

err-revoked = This card was revoked.
rec-revoked = Do not accept it. Send the citizen to Dukcapil.

err-suspended = This card is suspended.
rec-suspended = Do not accept it. Send the citizen to Dukcapil.

err-credential-wrong-type = The card shown is not the one asked for.
rec-credential-wrong-type = Ask for the right card.

err-fact-missing = Something that was asked for was not shown.
rec-fact-missing = Ask for a complete answer.

err-holder-mismatch = These cards do not belong to one person.
rec-holder-mismatch = Do not accept. Ask for cards of the same person.

err-portrait-missing = The portrait asked for did not come along.
rec-portrait-missing = Ask for an answer with the portrait.

err-sector-foreign = This counter asks for the number of another sector.
rec-sector-foreign = Do not answer. Report the counter to the civil registry.

err-token-group-asked = This counter asks for the numbers of all sectors at once.
rec-token-group-asked = Do not answer. Report the counter to the civil registry.

err-registration-sectors-mixed = One registration holds more than one sector.
rec-registration-sectors-mixed = Register one counter for one sector only.

err-registration-downgraded = This registration of the counter was replaced since.
rec-registration-downgraded = Ask the counter to use its latest registration.

err-bundle-too-many-roots = The root documents of this trust data never end.
rec-bundle-too-many-roots = Do not use this data. Tell Dukcapil at once.

err-bundle-delegation = This trust data gives authority to the wrong party.
rec-bundle-delegation = Do not use this data. Tell Dukcapil at once.

err-bundle-target-outside-role = The everyday key tried to change contents that are not its own.
rec-bundle-target-outside-role = Do not use this data. Tell Dukcapil at once.

err-bundle-target-repeated = One part of the trust data is named twice.
rec-bundle-target-repeated = Copy the whole folder from Dukcapil again.

err-bundle-too-many-targets = This trust data has too many parts.
rec-bundle-too-many-targets = Do not use this data. Copy it from Dukcapil again.

err-bundle-target-name = A file name in this trust data is not a proper one.
rec-bundle-target-name = Do not use this data. Tell Dukcapil at once.

err-webvh-too-large = The issuer's identity history is too large to be read.
rec-webvh-too-large = Ask the sender for new data. If it happens again, tell the officer.

err-webvh-empty = The issuer's identity history is empty.
rec-webvh-empty = Ask the sender for new data. If it happens again, tell the officer.

err-webvh-entry = A line of the issuer's identity history is damaged.
rec-webvh-entry = Do not trust this data. Tell the civil registry and the inspectorate.

err-webvh-version-number = A line of the issuer's identity history is missing or out of place.
rec-webvh-version-number = Do not trust this data. Tell the civil registry and the inspectorate.

err-webvh-entry-hash = The issuer's identity history has been changed.
rec-webvh-entry-hash = Do not trust this data. Tell the civil registry and the inspectorate.

err-webvh-scid = This issuer's identity does not come from the beginning of its history.
rec-webvh-scid = Do not trust this data. Tell the civil registry and the inspectorate.

err-webvh-time = The times in the issuer's identity history are out of order.
rec-webvh-time = Do not trust this data. Tell the civil registry and the inspectorate.

err-webvh-time-ahead = The issuer's identity history holds a time that has not come yet.
rec-webvh-time-ahead = Check the clock of this device. If it is right, tell the civil registry.

err-webvh-method = The issuer's identity history is of an unknown version.
rec-webvh-method = Update this program, then try again.

err-webvh-parameter = The issuer's identity history holds a rule that may not stand there.
rec-webvh-parameter = Do not trust this data. Tell the civil registry and the inspectorate.

err-webvh-proof-form = A signature in the issuer's identity history cannot be read.
rec-webvh-proof-form = Do not trust this data. Tell the civil registry and the inspectorate.

err-webvh-unauthorized = The issuer's identity history was signed by a key that may not.
rec-webvh-unauthorized = Do not trust this data. Tell the civil registry and the inspectorate.

err-webvh-signature = A signature in the issuer's identity history does not match.
rec-webvh-signature = Do not trust this data. Tell the civil registry and the inspectorate.

err-webvh-pre-rotation = The issuer's new key was never announced beforehand.
rec-webvh-pre-rotation = Do not trust this data. Tell the civil registry and the inspectorate.

err-webvh-deactivated = This issuer's identity has ended.
rec-webvh-deactivated = Do not trust this data. Tell the civil registry and the inspectorate.

err-webvh-document-id = This document belongs to another identity.
rec-webvh-document-id = Do not trust this data. Tell the civil registry and the inspectorate.

err-webvh-moved = The issuer's identity was moved though it may not.
rec-webvh-moved = Do not trust this data. Tell the civil registry and the inspectorate.

err-webvh-witness-file = The file of the witnesses' agreement cannot be read.
rec-webvh-witness-file = Ask the sender for new data. If it happens again, tell the officer.

err-webvh-unwitnessed = Too few witnesses have agreed to the issuer's identity history.
rec-webvh-unwitnessed = Do not trust this data. Tell the civil registry and the inspectorate.

err-webvh-other-did = This history belongs to another identity.
rec-webvh-other-did = Do not trust this data. Tell the civil registry and the inspectorate.

err-webvh-location = This identity points to no proper web address.
rec-webvh-location = Ask the sender for new data. If it happens again, tell the officer.

err-bundle-signer-chain = The certificate of a key in the trust bundle does not lead to that bundle's root.
rec-bundle-signer-chain = Do not trust this data. Tell the civil registry and the inspectorate.

err-bundle-signer-chain-key = The certificate of a key in the trust bundle was made for another key.
rec-bundle-signer-chain-key = Do not trust this data. Tell the civil registry and the inspectorate.

err-holder-link-asked = The link between cards is asked for although there are no cards to be linked.
rec-holder-link-asked = Do not answer. Services do not list this link; a request for several cards asks it by itself.

officer-rec-registration-malformed = Have the civil registry register this counter again, then update the trust bundle.
officer-rec-registration-wrong-type = Have the civil registry register this counter again, then update the trust bundle.
officer-rec-registration-registrar-unknown = Have the civil registry register this counter again, then update the trust bundle.
officer-rec-registration-signature = Have the civil registry register this counter again, then update the trust bundle.
officer-rec-registration-withdrawn = Have the civil registry register this counter again, then update the trust bundle.
officer-rec-registration-expired = Have the civil registry register this counter again, then update the trust bundle.
officer-rec-unregistered = Have the civil registry register this counter again, then update the trust bundle.
officer-rec-registration-borrowed = Have the civil registry register this counter again, then update the trust bundle.
officer-rec-certificate-unknown-authority = Have the civil registry register this counter again, then update the trust bundle.
officer-err-sector-foreign = This service asks for the number of another sector.
officer-rec-sector-foreign = Write the agency's own sector in the list of services, or take the number out of claims.
officer-err-token-group-asked = This service asks for the numbers of all sectors at once.
officer-rec-token-group-asked = Name one only: token.SECTOR of the agency's own sector.
officer-err-over-asking = This request goes beyond the registration of the counter.
officer-rec-over-asking = Ask for less, or have the civil registry widen the registration.
officer-err-protected-claim-undeclared = This service asks for a protected number without declaring it.
officer-rec-protected-claim-undeclared = Name it under protected, too, if there is a legal basis.
officer-err-holder-link-asked = This service asks for the link between cards.
officer-rec-holder-link-asked = Take it out of claims: a request for several cards asks for it by itself.

err-dependant-mismatch = These documents are of two different children.
rec-dependant-mismatch = Do not accept. Ask for documents of one and the same child.

err-pendamping-over = The helper’s session is over.
rec-pendamping-over = Do not accept. Helper and citizen begin a new session at the desk.

err-pendamping-used = The card that this helper carries was used at this counter before.
rec-pendamping-used = Do not accept. One session is for one errand: helper and citizen begin a new session at the desk.
err-pendamping-face = A helper carries this card, and this service compares no face.
rec-pendamping-face = Do not accept it. The citizen shows their own card, or you serve them with the original card.
