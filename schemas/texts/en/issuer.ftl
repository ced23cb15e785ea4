# Issuer: program and endpoints.

err-keys-malformed = The key file is damaged or not this program's.
rec-keys-malformed = Restore the key folder from a backup.

err-keys-locked = The key file does not open.
rec-keys-locked = Check the key passphrase (ABSAH_KEY_PASSPHRASE_FILE).

err-offline-root-absent = The key of the offline root is not here.
rec-offline-root-absent = Bring its folder and name it with --offline-keys.

err-signer-none-in-force = No signing key of Dukcapil is in force.
rec-signer-none-in-force = Publish a new one: absah-issuer trust rotate ROLE --now. A running service takes it up by itself.

err-signer-key-absent = The signing key in force is not in this key file.
rec-signer-key-absent = Start the service again, or restore the key file.

err-signer-role-unknown = There is no signer of that name.
rec-signer-role-unknown = Use credential, status or registration.

err-signer-key-unknown = There is no such signing key.
rec-signer-key-unknown = absah-issuer trust show lists them.

err-trust-moment = This is no moment that has been.
rec-trust-moment = Write it as 2026-11-27T08:00:00Z, not later than now.

err-signer-next-published = The next key is already published and waits.
rec-signer-next-published = Wait for it, or use --now.

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

err-photo-size = The size of the photograph does not fit.
rec-photo-size = Use one of at least 96 × 128 points whose long side is at most twice the short one.

err-photo-too-detailed = The photograph does not become small enough.
rec-photo-too-detailed = Use a photograph with a plain background.

err-issuer-no-address = The issuer's public address is not known yet.
rec-issuer-no-address = Run serve, or set public_url in config.toml.

err-bundle-folder-in-use = The folder holds something else.
rec-bundle-folder-in-use = Choose an empty folder, or one with earlier trust data.

err-credential-unknown = There is no such kind of card.
rec-credential-unknown = Use one of KtpElektronik, KartuKeluarga, AktaKelahiran, Kia, SuratKeterangan.

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

err-serve-console-address = The address of the officers' console is taken or not this machine's.
rec-serve-console-address = Stop the program that has it, choose another address with --console ADDR, or serve without the console with --console off.

## Words of the import

import-rows = rows
import-imported = imported
import-skipped = skipped

err-services-field = A field of a service is wrong.
rec-services-field = Correct the field that is named, then register again.

err-event-key-unusable = The key that seals events cannot be used.
rec-event-key-unusable = Run it again. If it happens again, restore the data folder from the backup and tell the makers.

err-event-closed = This event does not open.
rec-event-closed = Run it again. If it happens again, restore the data folder from the backup and tell the makers.

err-event-erased = This event was erased.
rec-event-erased = There is nothing to do: the erasure itself is recorded.

err-ledger-file-unwritable = A file of the ledger cannot be written.
rec-ledger-file-unwritable = Check disk space and the data folder's permissions, then run it again.

err-ledger-tiles-changed = The ledger in the data folder is no longer the one that was signed last. New entries are not signed.
rec-ledger-tiles-changed = Delete nothing. Restore the data folder from the backup and tell the inspectorate.

err-witness-silent = The witness does not answer.
rec-witness-silent = Check the address and the network, then try again.

err-witness-refused = The witness refuses to sign.
rec-witness-refused = Call the witnessing agency and compare the log.

err-witness-lying = The witness signed something else. Its signature is not counted.
rec-witness-lying = Call that agency. The ledger goes on with the other witnesses.

err-ledger-absent = There is no ledger at that address.
rec-ledger-absent = Check the address and the network, then try again.

err-ledger-address = The address of the ledger cannot be used.
rec-ledger-address = Check the address and the network, then try again.

err-ledger-name-unknown = There is no log of that name.
rec-ledger-name-unknown = Use the name audit or registry.

err-ledger-entry-unknown = There is no such entry in the ledger.
rec-ledger-entry-unknown = Check the number, then try again.

err-witness-unknown = There is no witness of that name.
rec-witness-unknown = See the list: ledger witness list.

err-witness-key-malformed = This is no key of a witness.
rec-witness-key-malformed = Check the key of the witness or log, then try again.

err-witness-key-taken = Another witness or a log already has this key or name.
rec-witness-key-taken = Use the key that this witness made itself with absah-witness init.

err-quorum-too-high = There are fewer witnesses than that.
rec-quorum-too-high = Use a number not above the number of witnesses.

err-ledger-leaf-missing = An act is not recorded in the ledger.
rec-ledger-leaf-missing = Run it again. If it happens again, restore the data folder from the backup and tell the makers.

err-ledger-action-missing = An entry of the ledger has no act.
rec-ledger-action-missing = Run it again. If it happens again, restore the data folder from the backup and tell the makers.

err-purpose-malformed = The purpose or reason cannot be used.
rec-purpose-malformed = Write 3 to 200 characters on one line.

ledger-self-declared = The list of keys is the site's own word. Use --policy for keys that came to you by another way.
ledger-no-witnesses = This ledger has no witnesses: no other agency vouches for it.

import-added = new people
import-changed = changed records
import-older = newer here and left as they are
import-back = people dead or moved by the register become residents again
import-left-out = faulty records left out
import-families = families without a family card until their data is put right
import-findings = findings, by kind:
import-superseded = cards superseded because their facts changed
import-suspended = cards suspended because their holder is missing
import-revoked = cards revoked because their holder has died or moved away
import-proposal = changes of card status wait for approval, proposal number

err-proposal-unknown = No proposal of that number waits.
rec-proposal-unknown = See the list: proposal list.
err-approval-unknown = No act of that number that was filed at this machine waits.
rec-approval-unknown = See the list: approval list. What was filed at the console is taken back at the console.

err-access-history-presentation = This card does not prove who is asking.
rec-access-history-presentation = Try again from the wallet that holds the card.

err-access-history-replayed = This proof was used before.
rec-access-history-replayed = Try again: the wallet makes a new proof each time.

err-access-history-withdrawn = This card is revoked.
rec-access-history-withdrawn = Use a card that still holds, or come to the civil registry.

err-bundle-offline-keys-missing = What has changed must be signed with offline keys, and there are too few of them.
rec-bundle-offline-keys-missing = Bring the key sticks of their holders and repeat with --offline-keys FOLDER. Card status alone can still be published: run it without --offline-keys.

err-bundle-offline-key-malformed = An offline key file is damaged.
rec-bundle-offline-key-malformed = Use the backup of that key, or replace the key with "bundle keys replace".

err-bundle-offline-key-exists = That folder already holds an offline key of the same name.
rec-bundle-offline-key-exists = Choose another folder.

err-bundle-key-unknown = There is no key of that name.
rec-bundle-key-unknown = See the names of the keys with "bundle keys show".

err-offline-keys-locked = The file of an offline key does not open.
rec-offline-keys-locked = Check the passphrase beside the file, or use another stick.

err-witness-clock = The clock of that witness is off. Its signature does not count.
rec-witness-clock = Ask the agency of that witness to set its clock.

err-witness-too-many = There are as many witnesses as fit (30).
rec-witness-too-many = Strike one off first: ledger witness remove.

err-did-log-damaged = The record of the issuer's identity history is damaged.
rec-did-log-damaged = Restore the data folder from the latest backup. Do not begin a new history.

err-issuing-ca-key-absent = The key of the issuing authority is not in the key store.
rec-issuing-ca-key-absent = Restore the key file from the backup.

err-issuing-ca-next-published = The next key of the issuing authority is already known and not yet in force.
rec-issuing-ca-next-published = Wait until that key is in force, or use --now if it cannot wait.

err-services-claim-unknown = A service asks for something that the card does not have.
rec-services-claim-unknown = Use the names of the card, such as nama, kelahiran, alamat.
err-offer-no-address = Nobody says where the citizen's phone reaches the issuer.
rec-offer-no-address = Start absah-issuer serve, or give --public-url URL.
err-serve-running = Another absah-issuer serve is running on this data directory.
rec-serve-running = Stop the process of that number, or use another data directory.
err-offer-no-signer = No key that signs cards is in force, so no card can be issued.
rec-offer-no-signer = Publish a new one: absah-issuer trust rotate credential --now
err-bundle-key-ambiguous = More than one key has a name that begins so.
rec-bundle-key-ambiguous = Write more of the beginning of the key's name.
trust-ca-root = Root of the certificates (CA), SHA-256: { $hash }
bundle-statuses-unrecorded = WARNING: { $count } statuses of cards were changed by no act on record; a revoked card may look valid. Run: absah-issuer ledger reconcile, then tell the inspectorate.
ledger-witnesses-answering = { $count } of { $of } witnesses answered within the last 2 hours
ledger-witness-since = ! { $name }: no answer since { $since }. { $why }
ledger-witness-unasked = Not asked again yet: serve does not run, or has only just begun.
ledger-witnesses-few = Too few witnesses answer: new entries are not final yet, but issuing goes on. See that serve runs, start the witnesses, and check their addresses: absah-issuer ledger witness list.
trust-signer = { $key }: { $state }, used until { $end }
trust-state-in-force = in use
trust-state-published = made known, not in use yet
trust-state-ended = ended
trust-state-distrusted = no longer trusted
bundle-authority-ends = ! Issuing authority { $number }: its certificate ends { $end }. Run: absah-issuer trust issuing-ca renew
trust-did-log = { $did }: { $count } versions
bundle-keys-root = Root document version { $version }, valid until { $end }
bundle-keys-role = { $role }: { $threshold } of { $count } keys needed, valid until { $end }
bundle-keys-absent = (not here)
import-file = whole file
import-photo = photograph
import-row = row { $row }
import-error = error
import-warning = warning
offer-code = Code to read aloud: { $value }
offer-until = Valid until: { $value }
held-released = The card may be fetched.
held-withheld = The card will not be issued.
ticket-done = The request is closed: done.
ticket-refused = The request is closed: refused.
copies-changed = The status of { $count } copies has changed.
copies-unchanged = Nothing has changed: that is their status already.
counter-registered = Registration { $id } is valid until { $end }.
counter-registration-hash = Hash of the registration (SHA-256): { $hash }
counter-superseded = Replaces registration { $id }, which is now withdrawn.
counter-withdrawn = Registration { $id } is withdrawn.
counter-state-until = valid until { $at }
counter-state-withdrawn = withdrawn { $at }
proposal-waiting = waiting
approval-withdrawn = Act #{ $id } was taken back.
proposal-approved = approved
proposal-refused = refused
proposal-replaced = replaced by a later proposal
proposal-reason-death = somebody has died
proposal-reason-many = many at once
proposal-reason-alone = a card is revoked
proposal-people = people: { $count }
proposal-made = The status of { $count } cards has changed.
proposal-left = The cards are left as they were.
card-revoke = revoked
card-suspend = suspended
card-unsuspend = given back
card-supersede = superseded
bundle-published = Trust bundle version { $version } is published. SHA-256 of its root document (TUF):
ledger-leaves = { $log }: { $count } entries
ledger-cosigned = { $count } witnesses signed, { $quorum } needed
ledger-vouched = last at { $at }
ledger-waiting = { $count } waiting
ledger-final = final up to { $size }
ledger-not-final = nothing final yet
ledger-witnesses = Witnesses: { $count }, { $quorum } needed
ledger-reconciled = They match: no act without an entry, no entry without an act.
ledger-torn = { $class }: { $acts } acts without a leaf, { $leaves } leaves without an act
ledger-events-torn = { $gone } entries gone from the ledger, { $altered } entries not the ones that were signed
leaf-issuance = issuing
leaf-status-change = change of status
leaf-data-access = access to data
leaf-operator = act of an operator
leaf-policy = policy
leaf-erasure = erasure
leaf-import = import
leaf-certificate = certificate
leaf-bundle = trust bundle
leaf-status-token = status token
leaf-release = release
leaf-registration = registration
person-status = Population status
err-login-code = The log-in code is wrong, used or has ended.
rec-login-code = Check the code, or ask the officer for a new one.

err-login-form = The log-in form is not complete.
rec-login-form = Begin again in the app. If it happens again, ask an officer for help.

err-login-presentation = The card that was shown does not prove who you are.
rec-login-presentation = Begin again in the app. If it happens again, ask an officer for help.

err-login-not-eligible = This card is not available to you.
rec-login-not-eligible = Ask an officer of the civil registry.

err-access-token-bound = This permission is bound to another phone.
rec-access-token-bound = Begin again in the app. If it happens again, ask an officer for help.

err-card-withheld = An officer decided not to issue this card.
rec-card-withheld = Ask an officer of the civil registry.

err-transaction-unknown = This card pick-up is unknown.
rec-transaction-unknown = Begin again in the app. If it happens again, ask an officer for help.

err-notification-malformed = The app's report is damaged.
rec-notification-malformed = Begin again in the app. If it happens again, ask an officer for help.

err-notification-id-unknown = The app's report is about nothing known.
rec-notification-id-unknown = Begin again in the app. If it happens again, ask an officer for help.

err-held-unknown = No card of that number waits.
rec-held-unknown = See the numbers with held list.

err-login-person-unknown = That NIK is not in the register.
rec-login-person-unknown = Check the NIK, then try again.

login-title = Log in to the Civil Registry of Kota Madiun
login-intro = This app asks for your card. Type the code that the officer reads out. Do not go on if it was not you who began.
login-app = App
login-card = Card
login-label = Code from the officer
login-agree = Agree
login-refuse = Refuse

suspend-title = Lost phone: suspend your cards
suspend-intro = Type the code that you wrote down from the app. All your cards are suspended at once. To have them back, come to the civil registry.
suspend-label = Phone code
suspend-button = Suspend all cards
suspend-done = All cards of this code's owner are suspended.

err-wish-text = The text is empty, too long or unreadable.
rec-wish-text = Write at most 1,000 characters, then send again.

err-wish-too-many = Too many of your requests are still open.
rec-wish-too-many = Wait for the officer's answer first.

err-phone-code-unknown = This code is wrong or was used.
rec-phone-code-unknown = Check your code, or contact the civil registry.

err-ticket-unknown = No open request has that number.
rec-ticket-unknown = See the numbers with ticket list.

err-ledger-erase-too-early = This entry must still be kept. The first day on which it may be erased is
rec-ledger-erase-too-early = Wait until the time of keeping is over (5 years by default).

err-quorum-zero = While there are witnesses, at least one must be needed.
rec-quorum-zero = Use a number from 1, or strike the witnesses off.

err-bundle-targets-ended = The list of keys and counters last signed with offline keys has run out. Without a new signature nothing can be published, card status neither.
rec-bundle-targets-ended = Bring the key sticks of their holders now and repeat with --offline-keys FOLDER.

err-bundle-root-ended = The root document of the trust data has run out.
rec-bundle-root-ended = Bring the root key sticks of their holders, run "bundle keys renew --offline-keys FOLDER", then publish again.

err-bundle-unreadable = Wallets and counters would not take over the trust data that was made, so it was not published.
rec-bundle-unreadable = Publish again. If it happens again, tell the makers this code.

err-bundle-overtaken = Another program has just published trust data.
rec-bundle-overtaken = Publish again.

bundle-changes-waiting = Card status is published, other changes are NOT yet: they wait for the offline keys. Bring the key sticks of their holders, then run it again with --offline-keys FOLDER.
bundle-root-waiting = The new root document is NOT published yet either: wallets and counters still go by the old one.
bundle-finished = Version { $version } was recorded, and its publication stopped before anybody saw it: it is finished now, and this new version follows.
bundle-unseen = NOTE: version { $version } stands in the log but was never published, and its files are gone. This new version takes its place; write down what happened, in case an auditor asks.
bundle-withdrawals-waiting = ATTENTION, this counter is withdrawn but wallets still trust it until that is done:
bundle-distrusts-waiting = ATTENTION, this key is distrusted here but wallets and counters still trust it until that is done:

err-access-history-suspended = This card is suspended.
rec-access-history-suspended = Use a card that still holds, or come to the civil registry.
paper-title = Paper card
paper-issuer = Civil Registry of Kota Madiun
paper-until = Valid until
paper-note = For low-risk services only. The officer compares the face. No replacement for the identity card. If lost, ask for a new one: the old one then ends.
paper-written = Paper card written to { $file }, valid until { $day }. Earlier paper cards ended: { $superseded }.

err-paper-card-no-portrait = There is no photo of this person. Without one a paper card proves nothing.
rec-paper-card-no-portrait = Import the photo first (import --photos).

err-paper-card-too-large = The paper card does not fit into one code.
rec-paper-card-too-large = Tell the makers: the name or the issuer's address is too long.

err-services-unknown-field = This service has a field that does not exist.
rec-services-unknown-field = Correct the name of the field or remove it; the names are in the README, For officers.
letter-approved = Letter approved: the wallet can fetch it.


err-paper-card-region = The village of this person is not known, so no paper card can be made.
rec-paper-card-region = Correct it in the register, then import again.

err-paper-card-unsigned = The paper card cannot be signed.
rec-paper-card-unsigned = Try again. If it happens again, tell whoever runs the system.

err-wish-paper-card = A paper card is only made for who has the KTP in the app.
rec-wish-paper-card = First get the digital KTP at the civil registry.

err-wish-paper-today = Your paper card was printed a short while ago.
rec-wish-paper-today = Try again tomorrow, or ask an officer of the civil registry to print it.

err-serve-certificate = The certificate or its key cannot be used: not PEM, or they do not belong together.
rec-serve-certificate = Give a certificate and the key that belongs to it as PEM files.
err-access-history-distrusted = This card is signed with a key that is no longer trusted.
rec-access-history-distrusted = Get a new card at the civil registry.

err-hub-token = The token is missing or unknown.
rec-hub-token = Ask the civil registry for a new token.

err-hub-query = A parameter of the address cannot be read.
rec-hub-query = Use numbers: after from -1, limit 1 to 500.

err-hub-name = This name cannot be used.
rec-hub-name = Use small letters, digits and hyphens, at most 40.

err-hub-name-taken = This name is taken.
rec-hub-name-taken = Choose another name, or remove the old one first.

err-hub-unknown = There is none such.
rec-hub-unknown = See the list: absah-issuer hub list.

err-hub-file-there = The file for the secret is there already.
rec-hub-file-there = Name a file that is not there yet.

hub-given-up = (told no more)
hub-changed = Saved.

err-ledger-event-gone = An entry is gone from the ledger.
rec-ledger-event-gone = Delete nothing. Restore the data folder from the backup and tell the inspectorate.

err-ledger-event-altered = An entry is not the one that was signed.
rec-ledger-event-altered = Delete nothing. Restore the data folder from the backup and tell the inspectorate.

err-issuing-ca-ended = The certificate of the issuing authority has ended: nobody would trust a new key below it.
rec-issuing-ca-ended = First run: absah-issuer trust issuing-ca renew --offline-keys FOLDER. Then try again.

err-bundle-no-root = No trust data was published yet.
rec-bundle-no-root = Run: absah-issuer bundle publish FOLDER. Then try again.

err-bundle-authority-ended = The certificate of the issuing authority has ended: nothing signed below it is trusted any more.
rec-bundle-authority-ended = Run: absah-issuer trust issuing-ca renew --offline-keys FOLDER, then trust rotate for credential, status and registration with --now, then publish again.

ticket-taken = The correction ticket waits under number { $number }.
err-counter-ticket-issuer = This correction ticket is for another issuer.
rec-counter-ticket-issuer = Hand it to the issuer that the counter is registered with.
err-counter-ticket-time = The correction ticket is from the future or too old.
rec-counter-ticket-time = Check the counter's clock and file it anew.
err-counter-ticket-counter-unknown = The counter that sent it is not registered.
rec-counter-ticket-counter-unknown = Register the counter first, or leave the ticket.
err-counter-ticket-counter-revoked = The registration of the counter was taken back or has ended.
rec-counter-ticket-counter-revoked = Ask the counter. The ticket is not worked on.
err-counter-ticket-replayed = This correction ticket has come before.
rec-counter-ticket-replayed = Nothing more is needed.
err-counter-ticket-person = The card is of nobody who lives here.
rec-counter-ticket-person = Hand it to the civil registry where the person lives.
err-counter-ticket-fact = The card has no such fact.
rec-counter-ticket-fact = Ask the counter to choose a fact of the card.
err-counter-ticket-too-many = Too many correction tickets are open.
rec-counter-ticket-too-many = Work through the open ones in the console, then send again.
err-lure-file = The file holds no usable records of nobody (1 to 20 rows, all whole).
rec-lure-file = Check the file with import in another data folder, mend it, and try again.
err-lure-somebody = A NIK or family number in the file belongs to somebody in the register.
rec-lure-somebody = Use invented people and families.
err-lure-unknown = That NIK is no record of nobody.
rec-lure-unknown = See them with lure list.

pendamping-added = The helper is registered.
pendamping-removed = The helper is struck off. An open session was ended.
pendamping-started = Session { $session } ends { $ends }.
pendamping-started-ended = Session { $session } with helper { $helper } for this citizen was ended: the card on that phone is suspended.
pendamping-ended = The session was ended. Its copies are suspended.

err-pendamping-unknown = That helper is not registered.
rec-pendamping-unknown = See the list with pendamping list, or register the helper first.

err-pendamping-taken = That helper id is taken.
rec-pendamping-taken = Choose another id.

err-pendamping-busy = This helper is carrying somebody else’s card.
rec-pendamping-busy = End that session first, or wait until it ends by itself.

err-pendamping-session-unknown = There is no session of that number.
rec-pendamping-session-unknown = See the numbers with pendamping sessions.

err-pendamping-session-over = This helper’s session is over.
rec-pendamping-session-over = Begin a new session with the citizen’s card and face.

err-pendamping-not-seen = Card and face of the citizen were not compared.
rec-pendamping-not-seen = Compare them first, then run it again with --card-and-face.

err-pendamping-malformed = Id, name or organisation of the helper cannot be used.
rec-pendamping-malformed = Id: letters, digits, hyphens. Name and organisation: at most 80 characters.
pendamping-helped = Helped: { $people } residents, { $elderly } of them elderly. The pilot’s target: more than { $target }.
pendamping-runs-word = running
pendamping-over-word = over

err-pendamping-not-agreed = The citizen has not agreed to this.
rec-pendamping-not-agreed = Explain it to the citizen and, if they agree, run it again with --agreed.

err-pendamping-session-used = The card of this helper’s session was fetched before.
rec-pendamping-session-used = One session is for one phone. Begin a new session at the desk with the citizen’s card and face.

err-access-history-carried = A helper carries this card only to show it at counters.
rec-access-history-carried = History, requests and new cards are only for the holder, with their own card or at the desk.
