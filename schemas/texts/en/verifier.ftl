# The counter's program.

err-counter-not-initialised = This counter is not set up.
rec-counter-not-initialised = Run the command init first.

err-counter-key-file = The counter's key does not open.
rec-counter-key-file = Check the key passphrase. If the file is damaged, set the counter up and register it again.

err-services-file-unreadable = services.toml cannot be read.
rec-services-file-unreadable = Check how it is written. Only id, title and claims are accepted.

err-session-unknown = There is no such request here.
rec-session-unknown = Check its number, or make a new one.

err-session-open = The request was not answered yet.
rec-session-open = Wait for the citizen's answer.

err-counter-public-url-unknown = Where wallets reach this counter is not known.
rec-counter-public-url-unknown = Run serve, or give --public-url.

err-counter-listen = That address cannot be served on.
rec-counter-listen = Choose another address or port.

err-counter-store = The counter's store does not answer.
rec-counter-store = Check space and permissions of the data folder, then try again.

err-counter-store-damaged = The counter's store is damaged.
rec-counter-store-damaged = Tell the technician. Do not serve with this counter.

counter-accepted = ACCEPTED
counter-refused = REFUSED
counter-undetermined = CANNOT BE TOLD HERE
counter-status-since = Status known as of
counter-init-next = Send this key to Dukcapil to be registered.

counter-yes = yes
counter-no = no
err-request-taken = This request was handed to another phone.
rec-request-taken = Make a new request for this citizen.

err-evidence-unknown = There is no evidence of that number here.
rec-evidence-unknown = Check the number with evidence list.

err-evidence-retained = This evidence must still be kept.
rec-evidence-retained = Wait until its time is over, or give the reason with --early.
err-evidence-due-unvouched = By this computer's clock it need not be kept any longer, but the counter's newest data does not vouch for that.
rec-evidence-due-unvouched = Bring in fresh data and check the computer's date, then try again. The evidence stays.
err-session-waiting = This answer waits for the officer at the counter's page.
rec-session-waiting = Open the counter's page and choose Match or No match there.
err-counter-already-served = This counter's page is running already on this computer.
rec-counter-already-served = Open the file loket.html. To start anew, close the first program before.

err-verdict-nothing = This check was decided, or its time is over.
rec-verdict-nothing = Begin a new request for this citizen.

err-verdict-reason = The reason is missing.
rec-verdict-reason = Write why the counter's old data may be used (as a command: --reason).

err-counter-page-not-local = The counter's page is for this machine only.
rec-counter-page-not-local = Use an address of 127.0.0.1 for --page.

err-counter-page-not-served = The counter's page is not being served.
rec-counter-page-not-served = Run serve first.

err-counter-page-key = The program does not know this page.
rec-counter-page-key = Close this page and open the file loket.html in the counter's data folder.

err-counter-page-foreign = This call does not come from the counter's page.
rec-counter-page-foreign = Open the file loket.html in the counter's data folder.

counter-page-open = Open the counter's page with this file (only for this computer's officer):
evidence-valid = VALID EVIDENCE
evidence-chain-whole = The chain of evidence is whole
evidence-state-kept = kept until
evidence-state-due = may be erased since
evidence-state-erased = erased
evidence-nothing-due = No evidence is past its time of keeping.
evidence-next-due = The next evidence may be erased from
evidence-overdue = Its time of keeping is over. Erase it with evidence erase --due, or Erase now on the counter's page.
evidence-shown = Facts shown
evidence-early = Erased before its time, reason
evidence-waiting = Answers that still wait for an officer's word (after 15 minutes filed as Not decided):
counter-answer-waits = This answer was accepted, but its evidence is not filed yet. After 15 minutes it is filed as Not decided; see evidence list.
counter-replayed-lemah = Wait for the next code on the citizen's screen (30 seconds at most), then scan again.
evidence-verdict-matched = Matched
evidence-verdict-mismatched = Not matched
evidence-verdict-abandoned = Not decided

err-officer-wrong = The name, the PIN or the password is wrong.
rec-officer-wrong = Try again. If you forgot one, ask the technician for a new PIN; you then choose a new password yourself.

err-officer-wait = Too many wrong PINs or passwords.
rec-officer-wait = Wait some minutes, then try again.

err-officer-name = That name of an officer cannot be used.
rec-officer-name = Write a plain name of at most 60 characters.

err-officer-signed-out = The screen is locked.
rec-officer-signed-out = Sign in again.

err-counter-store-log-busy = What was deleted cannot be cleaned up yet, because another program is reading the counter's store.
rec-counter-store-log-busy = Close other programs that use the data folder, then run evidence list.

err-verdict-late = The decision came too late: this check was filed as undecided.
rec-verdict-late = Start a new request for this citizen.

err-verdict-same-officer = Officer and supervisor must be two different people.
rec-verdict-same-officer = Ask another supervisor to enter name and PIN.

err-officer-no-supervisor = This officer may not approve.
rec-officer-no-supervisor = Ask a registered supervisor (officer set NAME --supervisor).
counter-officer-supervisor = (supervisor)
counter-filed = Evidence filed:
evidence-head = End of the chain (note it elsewhere):
evidence-verdict-unattended = Accepted without an officer

err-services-file-changed = The file services.toml was changed since the counter's program was started.
rec-services-file-changed = The earlier list is still in use. Start the counter's program again for the change to count.

err-services-file-unknown = The file services.toml names a service that this counter is not registered for.
rec-services-file-unknown = Correct its name in that file, or take it out. The other services go on.

err-doctor-camera-unmeasured = This counter's camera was not checked yet.
rec-doctor-camera-unmeasured = Print the chart on the screen Check devices and point the camera at it.

err-doctor-camera-weak = This camera cannot read the codes of answers.
rec-doctor-camera-weak = Clean the lens, add light, or come closer. If it stays so, use another camera or a USB scanner.

err-doctor-camera-modest = This camera reads coarse codes only: answers take several codes.
rec-doctor-camera-modest = It may be used. For more speed use a sharper camera or more light.

err-doctor-measure = That measurement cannot be.
rec-doctor-measure = Check again with the chart.

err-doctor-measure-apart = That version, distance and sharpness cannot be measured together.
rec-doctor-measure-apart = Measure again with the chart before the camera; the numbers are not for typing.

err-doctor-scanner-incomplete = The scanner sent another number of characters.
rec-doctor-scanner-incomplete = Click the box first, then scan the code once.

err-doctor-scanner-lossy = The keyboard layout loses characters of the scanner.
rec-doctor-scanner-lossy = Set the computer's keyboard to English (US), or the scanner's by its manual, then try again.

err-doctor-scanner-unused = This scanner was neither calibrated nor used for more than seven days.
rec-doctor-scanner-unused = Answers are still read with it. To stand in for the camera, scan the code under Check the scanner again.

err-doctor-registration-ends = The registration of this counter ends within two weeks.
rec-doctor-registration-ends = Ask Dukcapil to register this counter again, then refresh the trust data.

err-doctor-data-old = The counter's data is more than a day old.
rec-doctor-data-old = Refresh it over the internet, by USB or by animated code.

err-counter-bundle-url-unknown = The address of the registry's data is not set.
rec-counter-bundle-url-unknown = Set bundle_url in config.toml, or refresh by USB.

err-counter-first-bundle = The first data of a counter must be taken over by a technician.
rec-counter-first-bundle = Run bundle import with --root-sha256 on this computer.

err-counter-folder-file = A file of that folder cannot be read.
rec-counter-folder-file = Choose the registry's data folder on the stick, then try again.

counter-strength-lemah = WEAK: for low-risk services only, never a reason to change a record. Compare the face. Two counters without a network can both take the same code.
counter-strength-kertas = PAPER: compare the face. A copy cannot be detected; for low-risk services only.
counter-portrait-kertas = Do not accept this paper card: its photo is not the one Dukcapil signed, so it is forged or altered. Ask for the KTP.
counter-unanswered = Not on the paper card: { $facts }. See the year of birth and the kelurahan, or ask.

err-response-code = The answer did not come back to the page that asked for it.
rec-response-code = Show a new code on the counter's page, then repeat on the same computer.

err-officer-passkey = The passkey is not accepted.
rec-officer-passkey = Try again, or sign in with the PIN.

err-officer-passkey-none = There is no such passkey at this counter.
rec-officer-passkey-none = Sign in with the PIN, then add a passkey.

err-officer-passkey-taken = The passkey is registered already.
rec-officer-passkey-taken = Use another key, or sign in with this one.

err-officer-passkey-many = This officer has many passkeys already.
rec-officer-passkey-many = Remove one that is not used.

err-officer-passkey-elsewhere = Passkeys work only where this page was opened by the name localhost.
rec-officer-passkey-elsewhere = Start the counter's program again, then open loket.html.

err-phone-secret = The code to connect the phone is not valid.
rec-phone-secret = Ask for a new code on the counter's screen, then scan it.

err-phone-unpaired = This phone is not connected to the counter.
rec-phone-unpaired = Ask for a new code on the counter's screen, then scan it.

err-phone-flood = The phone sends too often.
rec-phone-flood = Wait a moment. If it happens again, let the phone go on the counter's screen.

err-phone-too-much = The phone sent more than a camera reads.
rec-phone-too-much = Let the phone go on the counter's screen, then connect it again.

err-phone-address = This computer has no network address for the phone.
rec-phone-address = Connect to the office's network, or run serve with --scanner-address.

guide-never = Never
guide-counter-title = Counter: serving without photocopies
guide-counter-1 = Choose the service on the screen. A large code appears.
guide-counter-2 = Ask the citizen to open Absah, press Show and scan that code. The phone stays in the citizen's hand.
guide-counter-3 = Wait. The citizen reads what is asked and agrees or refuses. Refusing is their right.
guide-counter-4 = Hold the code on the citizen's phone to the camera, or use the scanner. A hand's width away, without glare.
guide-counter-5 = Green: compare the face with the picture on the screen, then press Match or No match.
guide-counter-6 = Yellow, red or grey: read the sentence on the screen and do what it says. Never blame the citizen.
guide-counter-7 = Done. The evidence keeps itself, sealed. No photocopy, photograph or screenshot is needed.
guide-counter-8 = Paper card: scan its code; low-risk services only, and compare the face. Carried by a helper: the citizen is here, too. No phone, a broken one, or in doubt: serve with the original card. Nobody is turned away for not using Absah.
guide-counter-never-1 = Never ask for a PIN or a recovery code.
guide-counter-never-2 = Never photograph the citizen's screen or card.
guide-counter-never-3 = Never ask for data that the screen does not name.
guide-helper-title = Helper: helping without taking over
guide-helper-1 = Ask first: what is to be done? The phone stays in its owner's hand. No phone: Mode Pendamping, begun together at a Dukcapil counter. Their KTP is on your phone for 30 minutes, for one errand of that person only.
guide-helper-2 = Open Absah together. Read the screen aloud slowly, or press the sound button.
guide-helper-3 = The owner types the PIN. You look away.
guide-helper-4 = Read out who asks and everything that will be seen.
guide-helper-5 = Wait for the answer. The owner decides on Agree or Refuse, also in Mode Pendamping.
guide-helper-6 = In doubt, press Refuse. The service still works with the original card.
guide-helper-7 = The recovery code is written on paper and kept by its owner, not by you.
guide-helper-8 = Lost phone: go to the civil registry at once, or call. All cards on that phone are stopped together.
guide-helper-never-1 = Never ask for, write down or remember a PIN.
guide-helper-never-2 = Never agree without the card owner's answer.
guide-helper-never-3 = Never photograph cards or screens.

relation-title = Family relation
relation-person-holder = Holder of the cards
relation-person-dependant = Child or dependant
relation-person-unknown = Whose card this is, is not certain
relation-ibu = { $holder } is the mother of { $dependant }.
relation-ayah = { $holder } is the father of { $dependant }.
relation-orang-tua = { $holder } is a parent of { $dependant }.
relation-kakek-nenek = { $holder } is a grandparent of { $dependant }.
relation-pasangan-kepala = { $holder } is husband or wife of the head of { $dependant }’s family, not necessarily a parent.
relation-sekeluarga = { $holder } is on the same family card as { $dependant }.
relation-wali = { $holder } is the guardian of { $dependant }.
relation-none = The relation of { $holder } to { $dependant } is not proven.
relation-none-todo = Do not guess from names. Ask for the family card, or for a renewed child’s card.
relation-proof = Proven by { $card }: { $said }.

err-officer-password-needed = The password was not typed.
rec-officer-password-needed = You have not signed in at this counter today. Type your PIN and your password.
counter-officer-no-password = (no password yet: chosen at the next sign-in)
counter-ticket-filed = Noted. Send it with ticket send, or carry the file of ticket export.
counter-ticket-sent = Arrived: { $arrived }. Refused: { $refused }.
counter-ticket-exported = { $count } tickets written. Carry the file and its key apart to the civil registry, then run ticket handed-in.
counter-ticket-handed-in = { $count } tickets were handed in.
counter-ticket-state-waiting = waiting
counter-ticket-state-arrived = arrived
counter-ticket-state-refused = refused
err-ticket-fact = The card has no such fact.
rec-ticket-fact = Choose one of the facts that were shown.
err-ticket-card = This proof does not say which card it is from.
rec-ticket-card = Ask the citizen to show the card in answer to a usual request.
err-tickets-full = Too many corrections wait at this counter.
rec-tickets-full = First send or carry those that wait to the civil registry.
err-ticket-unavailable = The civil registry takes no corrections now.
rec-ticket-unavailable = They stay here and are sent again later.
counter-ticket-state-exported = in a file
err-officer-unapproved = A supervisor must answer for this change.
rec-officer-unapproved = Repeat it with --by SUPERVISOR and the supervisor's PIN; with no supervisor at hand: --break-glass REASON, which is noted.
counter-change-officer = officer added:
counter-change-officer-reset = officer's PIN set anew:
counter-change-supervisor = supervisor added:
counter-change-supervisor-reset = supervisor's PIN set anew:
counter-change-removed = officer removed:
counter-change-erased = evidence erased early:
counter-change-key = key of evidence handed out:
counter-change-camera = camera measured by:
pendamping-carries = A helper, { $name } ({ $organisation }), carries this card until { $until }. Its holder must be here.
relation-alone = This is the card of a child or another dependant. Who brings it is not proven.
relation-alone-todo = Ask for the identity card of whoever brings it, together with this card.
evidence-clock-alone = this computer's clock said { $clock }, and no signed data vouches for it
