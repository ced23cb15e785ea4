# The officers' console.

# pages
console-title = Absah Civil Registry
console-skip = Skip to the content
console-nav = Pages
console-nav-home = Home
console-nav-people = Find a person
console-nav-approvals = Approvals
console-nav-imports = Imports
console-nav-counters = Counters
console-nav-operators = Officers
console-nav-ledger = Ledger
console-nav-alerts = Alerts
console-nav-account = My account
console-js-failed = That did not work. Try again.
console-js-cancelled = The passkey was not used, or cancelled. Try again.
console-failure = This cannot go on
console-home = Home
console-sign-out = Sign out
console-sign-in = Sign in
console-sign-in-intro = This console is for civil registry officers. Every act is recorded.
console-sign-in-passkey = Sign in with a passkey
console-sign-in-hint = Your device asks for a fingerprint, face or PIN.
console-sign-in-fallback = No passkey at hand?
console-fallback-limits = Password and one-time code open only your own account, no person's data.
console-have-invitation = I have an invitation code
console-login = Sign-in name
console-password = Password
console-code = 6-digit code from the app
console-invitation = Invitation code
console-invitation-intro = Type the code you were given. It works once.
console-invitation-code = Code
console-continue = Continue
console-residents = people in the register
console-waiting = waiting
console-open = open
console-imports-hint = Data and its quality

# account
console-account = My account
console-weak-session = You signed in with a password. To serve people, sign in with a passkey.
console-incomplete = This account needs two ways in. Add a passkey, then a second way.
console-ways = Ways in
console-passkey = Passkey
console-added = Added
console-used = Last used
console-actions = Actions
console-remove = Remove
console-no-passkey = No passkey yet.
console-passkey-label = Name of the passkey, such as "Desk computer 2"
console-passkey-add = Add a passkey
console-code-and-password = Password and one-time code
console-set = set
console-not-set = not set
console-fallback = Set password and code
console-totp-intro = Type this key into a one-time code app, then enter the code it shows.
console-password-new = New password, at least 12 characters
console-save = Save
console-sessions = Open sessions
console-device = Browser
console-since = Since
console-seen = Last used
console-this = this one
console-end = End
console-role-pendaftar = Registrar
console-role-penyetuju = Approver
console-role-auditor = Auditor
console-role-admin = Administrator

# people
console-people = Find a person
console-search-q = NIK, family card number, or name
console-search-born = Date of birth (when looking for a name)
console-purpose = Purpose
console-purpose-hint = The person can read this purpose in their access history.
console-search = Search
console-found = Found
console-found-more = There are more. Complete the name.
console-found-none = Nobody matches. Check the number, or name and date of birth.
console-open-record = Open record
console-person = Person
console-case = Opened for
console-facts = Record
console-portrait = Portrait
console-fact-nik = NIK
console-fact-kk = Family card
console-fact-birth = Born
console-fact-sex = Sex
console-fact-address = Address
console-fact-marriage = Marital status
console-fact-job = Occupation
console-fact-status = Status in the register
console-family = Family
console-family-none = No other member.
console-cards = Cards
console-status-valid = Valid
console-status-revoked = Revoked
console-status-suspended = Suspended
console-status-superseded = Superseded
console-status-ended = Ended
console-status-unknown = Unknown
console-issued = Issued
console-expires = Valid until
console-card-none = Never issued.
console-card-last = The phone does not renew this card by itself. Issue it anew before it ends, or when its facts change.
console-issue-button = Issue
console-propose = Propose a change
console-propose-hint = Another officer with another role decides.
console-change = Change
console-change-suspend = Suspend
console-change-unsuspend = Restore
console-change-supersede = Supersede
console-change-revoke = Revoke for ever
console-which-card = Card
console-all-cards = All cards
console-reason = Reason
console-propose-button = Propose
console-lost = Lost phone
console-lost-hint = All cards of this person are suspended at once. Restoring them needs approval.
console-lost-button = Suspend all cards
console-lost-none = No card on this person's phone holds: nothing was suspended. Open offers of cards were ended.
console-tickets = Requests of this person

# issue
console-issue = Issue a card
console-issue-step1 = Check the face, then show the QR code on the citizen's screen.
console-issue-open-scan = Open the citizen's screen
console-issue-step2 = The citizen scans it with the Absah app.
console-issue-step3 = A 6-digit code appears here. Read it to the citizen.
console-stage-waiting = Waiting to be scanned.
console-stage-scanned = Scanned. Read this code aloud.
console-stage-scanned-twice = Scanned twice, maybe by another phone. Read no code aloud. Issue again.
console-stage-redeemed = The code is right. The card is being sent.
console-stage-issued = Issued. Waiting for the phone to store it.
console-stage-stored = Done. The card is stored on the citizen's phone.
console-stage-withdrawn = Not issued: the data or cards of this person changed after the code was made. Go back to the record and look.
console-stage-guessed = The code was guessed too often and is dead. Do not read it aloud again. See that only the citizen's phone scans, then issue again.
console-wrong-tries = A wrong code was typed. If not by the person before you, read nothing more aloud and issue anew:
console-stage-ended = The time has run out. Issue again.
console-read-aloud = Code to read aloud:
console-offer-until = The offer holds until
console-back = Back
console-refresh = Refresh
console-scan = Scan
console-scan-intro = Scan this code with the Absah app.
console-scan-alt = QR code of the card offer

# approvals
console-approvals = Approvals
console-approvals-hint = Two people, two roles: who proposes does not decide.
console-approval = Proposal
console-nothing-waits = Nothing waits.
console-part = Part
console-part-before = Before
console-part-after = Next
console-restored = What comes back
console-restore-copies = copies issued
console-restore-back = valid again
console-restore-stays = stay suspended, for the card was issued anew to another phone since
console-restore-none = No copy is suspended.
console-restore-hint = Copies are valid again on the phone that has them. Approve only if the person has that phone.
console-restore-renewal = The phone no longer renews restored cards by itself. Once this is approved, issue them anew on that phone.
console-restore-carried = on a helper’s phone
console-letter-dead = This person is recorded as dead. The letter cannot be approved; refuse it with a reason.
console-letter-away = This person is no longer recorded as living here. Look before approving.
console-letter-suspended = Cards of this person are suspended, for instance for a lost phone. Make sure the person asked for it.
console-past = Decided
console-from-citizen = asked for by the citizen
console-fallback-remove = Remove password and code
console-prove-hint = Before a way in is added or removed you are asked to show a passkey that you already have.
console-keeper = On whose phone?
console-keeper-face = Compare the face of who keeps this child’s card:
console-photo-old = Portrait of now
console-local = at the issuer's machine
console-reason-none = none was given
console-proposer-closed = The account of who proposed it was closed. Check again whether this proposal is right.
console-state-waiting = Waiting
console-state-approved = Approved
console-state-refused = Refused
console-state-used = Carried out
console-act-status = Change a card's status
console-act-import-changes = Changes of an import
console-act-invite-operator = Invite an officer
console-act-reinvite-operator = Invite an officer again
console-act-disable-operator = Close an officer's account
console-act-withdraw-counter = Withdraw a counter's registration
console-act-command = Command at the issuer's machine
console-matter = Matter
console-proposed-by = Proposed by
console-decided-by = Decided by
console-hash = Hash of the proposal
console-concerns = Concerns
console-concerns-hint = Each of them sees in their access history that you looked.
console-decide = Decide
console-decide-hint = The decision is signed with your passkey.
console-note = Note (may be empty)
console-approve = Approve
console-refuse = Refuse
console-signed-text = The text that is signed

# imports
console-imports = Imports
console-imports-none = No imports at this console yet.
console-import = Import report
console-import-file = CSV file from IKD
console-import-hint = 64 MB at most. Wrong rows are skipped and reported.
console-import-button = Take in
console-file = File
console-when = Time
console-rows = Rows
console-taken = Taken in
console-skipped = Skipped
console-findings = Findings
console-findings-none = No findings.
console-changed-cards = Cards changed
console-download = Download findings (CSV)
console-row = Row
console-column = Column
console-finding = Finding
console-weight = Weight
console-weight-error = Error
console-weight-warning = Warning

# counters
console-counters = Counters
console-counters-hint = A counter may ask only what is registered. Registering and withdrawing need a second person.
console-counters-none = No counter is registered yet.
console-counter-valid = Registered
console-counter-ended = Expired
console-counter-withdrawn = Withdrawn
console-withdraw = Propose withdrawal

# operators
console-operators = Officers
console-operator = Officer
console-name = Name
console-role = Role
console-state = State
console-operator-invited = Invited
console-operator-incomplete = Incomplete
console-operator-active = Active
console-operator-closed = Closed
console-make-code = Make an invitation code
console-change-operator = Change
console-reinvite = Propose a new invitation
console-disable = Propose closing
console-invite = Invite an officer
console-invitation-made = Invitation code for officer
console-invitation-once = Shown only once.

# ledger
console-ledger = Ledger
console-log-audit = Audit log
console-log-registry = Registry log
console-leaves = Entries
console-signed = Signed
console-final = Final up to
console-outbox = Waiting to enter
console-witnesses = Witnesses
console-quorum = quorum
console-witnesses-none = No witnesses yet. Nobody else watches this log.
console-witness-fault = wrong answer:
console-events = Latest acts
console-events-hint = Whom they concern stays sealed.
console-ledger-by = By
console-ledger-why = Reason or purpose
console-position = Number
console-act = Act
console-hour = Hour

# alerts
console-alerts = Alerts
console-alerts-hint = An alert locks nobody out. Look into it, then write what you found.
console-alerts-none = No alerts.
console-alerts-open = Open
console-alerts-closed = Looked into
console-issue-whose = Card for
console-unsent = What you typed was not sent
console-unsent-here = Your sign-in ended before you pressed the button. What you typed stands in its form again: check it, then send it yourself. Files and ticked boxes are chosen anew.
console-unsent-gone = Your sign-in ended before you pressed the button, and the form is no longer on this page. What you typed:
console-unsent-person = Your sign-in ended before you pressed the button. Open that person's record again with a purpose: what you typed is on its page. It is kept for 1 hour at most.
console-unsent-page = Back to the form
console-unsent-forget = Throw it away
console-hub-failing = Not taken by the city's data hub
console-hub-failing-hint = Each alert is also told to the city's data hub. It has not taken those below; the alerts themselves stand on this page all the same. Tell who runs the hub.
console-hub-alert = Alert number
console-hub-since = Not taken since
console-hub-tries = tries
console-hub-next = Next try
console-hub-given-up = Tried no more since
console-hub-more = further alerts were not taken either.
console-hub-answer = The hub answered { $status }:
console-hub-fault-denied = the sender is not allowed. Check signature and secret at the hub.
console-hub-fault-nothing = there is nothing at the address. Check the address.
console-hub-fault-elsewhere = the address has moved. Register the new one.
console-hub-fault-broken = something is broken there.
console-hub-fault-refused = this message is refused.
console-alert-own = An alert about your own account is looked into by another auditor.
console-events-older = Older
console-events-newest = Newest
console-alert-note = What you found
console-alert-close = Looked into
console-closed = Closed
console-alert-burst = More people opened within 10 minutes than usual. Number:
console-alert-night = Work at an hour that is not usual for this officer.
console-alert-two-places = Signed in from another device or address while this one is in use:
console-alert-new-authenticator = A new way in was added.
console-alert-break-glass = A command was run without a second person. Command, user of the machine, reason:

err-console-origin = The console cannot be opened at this address.
rec-console-origin = Set console_url to a name such as http://localhost:8481 or https://console.example, not to an IP number.

err-console-foreign-origin = This request does not come from the console.
rec-console-foreign-origin = Open the console in a new tab and try again.

err-console-form-token = This page was open for too long.
rec-console-form-token = Go back, reload the page and send again.

err-console-unknown = There is nothing here.
rec-console-unknown = Search again; a person's record is open in this session only.

err-console-sign-in = Name, password or code is wrong.
rec-console-sign-in = Check them and try again.

err-console-slow-down = Too many wrong tries.
rec-console-slow-down = Wait a little and try again. A passkey still works.

err-console-invitation = The invitation code is wrong, used or expired.
rec-console-invitation = Check the code, or ask the administrator for a new one.

err-console-passkey = This passkey is not accepted.
rec-console-passkey = Try again with a passkey registered at this console.

err-console-passkey-taken = This passkey is registered already.
rec-console-passkey-taken = Use another passkey.

err-console-last-authenticators = An account must keep two ways in, one of them a passkey.
rec-console-last-authenticators = Add a new one first, then remove the old one.
err-console-too-many-ways = This account has ten ways in already.
rec-console-too-many-ways = Remove one that is no longer used.

err-console-missing = This field is empty.
rec-console-missing = Fill it in and send again.

err-console-too-long = This field is too long.
rec-console-too-long = Shorten it and send again.

err-console-characters = This field holds signs that cannot be seen.
rec-console-characters = Type it again instead of pasting.

err-console-search = This is no NIK, family card number, or name with date of birth.
rec-console-search = Type 16 digits, or a name and a date of birth such as 31-12-1990.

err-console-purpose = The purpose or reason is too short.
rec-console-purpose = Write it so that the person understands, at least 5 characters.

err-console-login = This sign-in name is taken or not allowed.
rec-console-login = Use 3 to 40 small letters, digits, dots or dashes, beginning with a letter.

err-console-role = There is no such role.
rec-console-role = Choose pendaftar, penyetuju, auditor or admin.

err-console-weak-password = The password is too easy.
rec-console-weak-password = Use at least 12 characters, for instance several words.

err-console-one-time-code = The one-time code is wrong or was used.
rec-console-one-time-code = Wait for the next code in the app and try again.

err-console-decided = This does not wait any more.
rec-console-decided = Reload the list of approvals.

err-console-changed = The matter has changed since it was proposed.
rec-console-changed = Open the proposal and choose Propose again.

err-console-offer = The offer cannot be made.
rec-console-offer = Try again; if it happens again, tell the makers.

err-console-scanned-twice = This code was scanned twice, maybe by another phone.
rec-console-scanned-twice = Do not read the code aloud. Issue again.

err-console-file = The file is too large.
rec-console-file = Import it at the issuer's machine: absah-issuer import.

err-four-eyes-required = This command needs a second person. Its proposal was filed.
rec-four-eyes-required = Ask an approver to decide it at the console. Commands other than changes of status are then run once more with the same words.

err-operator-login = This sign-in name is taken or not allowed.
rec-operator-login = Use 3 to 40 small letters, digits, dots or dashes, beginning with a letter.

err-operator-role-unknown = There is no such role.
rec-operator-role-unknown = Use pendaftar, penyetuju, auditor or admin.

err-operator-unknown = There is no such officer.
rec-operator-unknown = See the list: absah-issuer operator list.

err-operator-name = The officer's name is empty or too long.
rec-operator-name = Write the person's name, 80 characters at most.

# work, invitations in two parts, lifecycle
console-nav-work = Work
console-work = Work that waits
console-work-hint = No names are shown here. Opening a record is written into the person's access history.
console-work-ticket = Request of the person
console-work-renewal = Renewal:
console-tickets-none = Nobody asks for anything.
console-renewals = Cards that end soon
console-renewals-hint = Cards on phones that end within 5 days (they live 30 days, and phones renew them from 7 days before), paper cards within 28 days. Issue again when the person comes.
console-renewals-none = No card ends soon.
console-ticket-correction = Correction
console-ticket-deletion = Deletion
console-ticket-note = Answer to the person
console-ticket-from-counter = from the counter
console-ticket-done = It is done
console-ticket-refuse = It will not be done
console-change-cards = Cards
console-change-register = Register
console-population-dead = Record a death
console-population-moved = Record a move away
console-population-living = Record as living here again
console-photo = Replace the portrait
console-photo-hint = The new one counts once somebody else has compared it.
console-photo-file = Photograph (JPEG or PNG)
console-photo-new = The new portrait that is proposed
console-invitation-part-1 = This is the first part. The approver has the second.
console-invitation-part-2 = This is the second part. The admin who proposed has the first.
console-invitation-both = Hand it to the person yourself, to no other officer. Only with both parts can they enrol.
console-invitation-second = Second part of the code (if there is one)
console-invitation-second-hint = If two officers gave you a code, fill in both.
console-import-left-out = wrong records left out
console-import-families = families without a family card
console-import-added = new people
console-import-changed = changed records
console-import-people = People
console-import-report = Report of the import
console-import-second = Nothing is changed yet. This import needs a second person:
console-import-nothing = The register has all of this already. Nothing is changed.
console-import-unread = Not one row of this file could be taken. The register is unchanged; mend the file as the findings below say, then upload it again.
console-import-photos = Photographs in the folder
console-import-photos-first = of people without a portrait yet:
console-import-photos-left = of people who have another one, which stays:
console-concerns-part = Only a part is listed below:
console-kept-child = A child whose documents are in this person's wallet:
console-family-cards = Family whose cards change with it:
console-services = Services asked for
console-file-content = Content of the file
console-overtaken = This has changed since it was proposed and can no longer be agreed to. Propose it again, so that what is agreed to is how things are now.
console-propose-again = Propose again
console-take-back = Take this proposal back
console-taken-back = Taken back by who proposed it
console-state-overtaken = Overtaken
console-act-import = Import of the register
console-act-population = Change in the register
console-act-portrait = Replace a portrait
console-act-register-counter = Register a counter
console-register = Register a counter
console-access-key = The counter's key: what absah-verifier init --json prints
console-agency = Agency
console-place = Place
console-services-file = Services (TOML or JSON)
console-services-hint = Empty means the basic services.
console-days = For how many days, at most 90
console-days-unit = days
console-alert-new-device = Signed in from a device never used with this account:
console-alert-outside-queue = Records opened without being asked for and without anything done, more than usual. Within an hour:
console-alert-family = Members of one family opened one by one without anything done. Number:
console-alert-guess = Many searches that found nobody, more than usual: numbers may be guessed. Within an hour:
console-alert-honeytoken = A record of nobody was opened: no citizen asked for it. Different ones within an hour:

err-console-offer-lost = This page for issuing holds no longer.
rec-console-offer-lost = The service was started anew, its time is over, or you signed in again. Close the QR code on the citizen's side, open the person's record again, then press Issue once more. A card that is on the phone already holds.
err-console-photo = This photograph cannot be used.
rec-console-photo = Use a whole JPEG or PNG, the face in the middle.

err-console-days = Not a number of days that is possible.
rec-console-days = Fill in 1 to 90.
err-console-nothing-suspended = No card is suspended that could be restored.
rec-console-nothing-suspended = Cards of a phone that was replaced are not restored. Issue them on the phone in use now.
console-paper = Paper card
console-paper-hint = For residents without a phone: A6 with photo and one code. Compare the face first. An earlier paper card ends. For low-risk services only; a copy cannot be detected.
console-paper-button = Print paper card
console-paper-years = Valid
console-paper-1 = 1 year
console-paper-2 = 2 years
console-paper-size = Paper
console-paper-a6 = A6
console-paper-a4 = A4, to cut out
console-paper-none = There is no photo yet: no paper card can be printed.

console-act-letter = Letter
console-fact-name = Name
console-letter-hint = This is what the letter will say. Check whether it is true, then approve or refuse.
console-letter-purpose = Purpose
console-letter-days = Days it holds
console-letter-note = Reason (needed for a refusal; the citizen reads it)
console-ticket-letter = Request for a letter

console-sample = Some people in this import
console-sample-hint = This is a look at personal data. Your purpose and whom you see are written down, and the citizens can read it. The people are chosen at random.
console-sample-open = See some
console-sample-again = See others
console-sample-none = This import changes and adds nobody.
console-sample-new = New
console-sample-changed = Changed
console-sample-back = Back to the decision
console-field-birthplace = Place of birth
console-field-born = Date of birth
console-field-blood = Blood group
console-field-religion = Religion
console-field-relation = Relation in the family
console-field-education = Education
console-field-citizenship = Citizenship
console-field-mother-nik = Mother's NIK
console-field-mother = Mother's name
console-field-father-nik = Father's NIK
console-field-father = Father's name
console-field-rt-rw = RT/RW
console-field-region = Region code
console-field-birth-certificate = Number of the birth certificate
console-field-status = Basic status

err-console-prove-first = This change of the ways in was not signed with your passkey.
rec-console-prove-first = Open My account, try again, and show a passkey that you already have when asked.

err-console-last-of-role = This is the only officer of this role who can sign in.
rec-console-last-of-role = Invite another officer of this role, wait until that account is complete, then close this one.
err-console-last-reinvite = This is the only officer of this role: the account cannot begin anew without another.
rec-console-last-reinvite = Invite another officer of this role first. If every way in is lost, run at the issuer's machine: absah-issuer operator reinvite NAME --break-glass REASON.

console-import-caution = More than half of the rows of this file are wrong. Look at the file before you agree.
console-import-families-caution = Families whose records are wrong get no family card until they are put right. How many:
console-looks-proposal = To decide proposal
console-keeper-photo = Picture of who keeps the child’s card

console-pendamping = Helpers
console-pendamping-hint = Registered helpers (PKK, Karang Taruna) carry the card of a citizen without a phone for 30 minutes. The card ends by itself.
console-pendamping-helped = Citizens helped
console-pendamping-people = citizens
console-pendamping-target = Target of the pilot: more than
console-pendamping-elderly = Elderly:
console-pendamping-begun = Sessions begun:
console-pendamping-sessions = Sessions
console-pendamping-where = A new session begins on the citizen’s page, while the citizen is here.
console-pendamping-session = Number
console-pendamping-one = Helper
console-pendamping-from = From
console-pendamping-until = Until
console-pendamping-end = End the session
console-pendamping-none = No session yet.
console-pendamping-helpers = Registered helpers
console-pendamping-nobody = No helper is registered yet.
console-pendamping-since = Since
console-pendamping-strike = Propose to strike off
console-pendamping-register = Register a helper
console-pendamping-id = Helper’s id
console-pendamping-id-hint = Letters, digits, hyphens, for instance pkk-07. Counters see it with the name.
console-pendamping-organisation = Organisation and kelurahan
console-pendamping-person-hint = For a citizen without a phone who is here: a helper’s phone carries their identity card for 30 minutes, for one errand. Counters see who the helper is; the citizen reads it in the history.
console-pendamping-carries = Now carried by
console-pendamping-seen = I have compared the citizen’s card and face.
console-pendamping-agreed = The citizen agrees that this helper carries the card for 30 minutes.
console-pendamping-button = Begin the 30 minutes
console-act-register-pendamping = Register a helper
console-act-remove-pendamping = Strike off a helper

console-ledger-act-import = residents' data changed or imported
console-ledger-act-offer = card offered
console-ledger-act-redeem = offer redeemed
console-ledger-act-redeem-refused = redemption refused
console-ledger-act-phone-code = phone code made
console-ledger-act-ticket = citizen's request taken
console-ledger-act-ticket-close = citizen's request answered
console-ledger-act-login-code = login code made
console-ledger-act-authorize = wallet allowed to fetch a card
console-ledger-act-refresh = card renewed
console-ledger-act-release = waiting card released
console-ledger-act-withhold = waiting card withheld
console-ledger-act-issue = card issued
console-ledger-act-paper = paper card printed
console-ledger-act-pendamping-start = helper's session begun
console-ledger-act-pendamping-end = helper's session ended
console-ledger-act-pendamping-add = helper registered
console-ledger-act-pendamping-remove = helper struck off
console-ledger-act-revoke = card revoked
console-ledger-act-suspend = card suspended
console-ledger-act-unsuspend = card restored
console-ledger-act-counter-register = counter registered
console-ledger-act-counter-withdraw = counter withdrawn
console-ledger-act-bundle-publish = trust bundle published
console-ledger-act-identity = issuer's identity changed
console-ledger-act-token-convert = substitute number matched
console-ledger-act-supersede = card superseded
console-ledger-act-person-view = person's data viewed
console-ledger-act-erase = data erased
console-ledger-act-witness-add = witness added
console-ledger-act-witness-remove = witness removed
console-ledger-act-quorum = quorum changed
console-ledger-act-propose = proposal filed
console-ledger-act-approve = proposal approved
console-ledger-act-refuse-proposal = proposal refused or taken back
console-ledger-act-trust-create = root of trust made
console-ledger-act-signer-publish = signing key published
console-ledger-act-signer-distrust = signing key distrusted
console-ledger-act-issuing-ca-renew = issuing certificate renewed
console-ledger-act-issuing-ca-replace = issuing certificate replaced
console-ledger-act-bundle-key-rotate = bundle key changed
console-ledger-act-operator-invite = officer invited
console-ledger-act-operator-enroll = officer enrolled
console-ledger-act-operator-disable = officer's account closed
console-ledger-act-authenticator-add = officer's way in added
console-ledger-act-authenticator-remove = officer's way in removed
console-ledger-act-sign-in = officer signed in
console-ledger-act-sign-in-refused = sign-in refused
console-ledger-act-session-end = officer's session ended
console-ledger-act-hub = data hub's key changed
console-ledger-act-break-glass = emergency act at the issuer's machine
console-ledger-act-alert = alert raised
