err-wallet-not-now = This step does not fit what is going on.
rec-wallet-not-now = Close it and start again.
err-wallet-key-store = The key store of this device did not work as it should.
rec-wallet-key-store = Try again. If it fails again, tell an officer.
err-network-unreachable = There is no connection to that address.
rec-network-unreachable = Check your internet connection and try again.
err-network-forbidden-address = A wallet may not contact that address.
rec-network-forbidden-address = Do not go on. Ask an officer for a new code in person.
err-network-redirected = That address sends us somewhere else.
rec-network-redirected = Do not go on. Ask an officer for a new code in person.
err-network-too-large = The answer from that address is too large.
rec-network-too-large = Do not go on. Tell an officer.
err-network-too-slow = That address took too long to answer.
rec-network-too-slow = Wait a moment and try again.
err-network-unreadable = The answer from that address could not be read.
rec-network-unreadable = Try again. If it fails again, tell an officer.
err-issuer-name-unsafe = The name of this card's issuer is not a proper name.
rec-issuer-name-unsafe = Do not go on. Ask an officer at Dukcapil.
err-offer-code-needed = This card needs a code from the officer.
rec-offer-code-needed = Wait for the officer to read out the code. If you have left this page already, ask for a new QR code.
err-issuer-keys-unpublished = The signature of this issuer cannot be checked.
rec-issuer-keys-unpublished = Update the official list in your wallet, then ask for a new code.
err-copies-missing = Some copies of the card are missing.
rec-copies-missing = The card was not saved. Ask the officer for a new code.
err-copies-linkable = The copies of the card can be told to belong together.
rec-copies-linkable = The card was not saved. Tell an officer.
err-received-portrait-missing = The photo of this card did not come with it.
rec-received-portrait-missing = The card was not saved. Ask the officer for a new code.
err-wallet-no-bundle = This wallet has no list of official counters and issuers yet.
rec-wallet-no-bundle = Import the city's official list first, then scan again.
err-not-a-request = This picture or text is not a request from a counter.
rec-not-a-request = Scan the code shown on the counter's screen.
err-request-gone = The request is no longer at its address.
rec-request-gone = Ask the officer or the service for a new request.
err-wallet-bundle-too-old = The official list in your wallet is too old. We sent nothing.
rec-wallet-bundle-too-old = Update the official list online or at a counter, then try again.
err-card-expired = Your card has expired.
rec-card-expired = Renew the card when you have internet, or visit Dukcapil.
err-card-unreadable = A saved card cannot be read.
rec-card-unreadable = Have the card issued again, and report this problem.
err-answer-not-confirmed = Your data was sent, but no receipt came back.
rec-answer-not-confirmed = Ask the service whether it arrived. Your history has a record of it.
err-answer-rejected = Your data was sent, but the service did not accept it.
rec-answer-rejected = Ask for a new request and try again. Your history has a record of it.
err-refused-by-holder = You declined this request.
rec-refused-by-holder = Nothing was sent.

err-clock-off = The clock of this device is minutes off that of the civil registry or card issuer.
rec-clock-off = Set the date and time of this device, then try again. If the card offer has ended by then, ask for a new one.

err-wish-not-confirmed = Your request was sent, but there is no answer yet.
rec-wish-not-confirmed = The civil registry may have it: look for its answer later. For a lost phone, make a new code.

err-access-only-carried = On this phone is only the card of a person you help. It cannot be used to ask the civil registry for anything.
rec-access-only-carried = The owner of the card asks at a Dukcapil counter; or add a card of your own.

err-carried-used = The card of the person you help has been used.
rec-carried-used = One session is for one errand. For another, begin a new session at the desk together with the person.

err-access-no-card = No card that still holds can ask the civil registry.
rec-access-no-card = Renew your card. If it was restored from a backup, fetch it again at Dukcapil first.

err-access-refused = The civil registry does not give the access history.
rec-access-refused = Try again later. If it stays, ask at the civil registry.

err-access-unreadable = The access history received is damaged.
rec-access-unreadable = Ask the sender for new data. If it happens again, tell the officer.

err-access-no-ledger = The official list in this wallet names no ledger yet.
rec-access-no-ledger = Update the official list, then try again.

err-request-answered-before = You have answered this request before.
rec-request-answered-before = Do not go on. Ask the officer for a new request code.

err-cards-not-of-one-person = Several cards of the same person are asked for, but the cards in this wallet do not show that they are.
rec-cards-not-of-one-person = Get the cards of that person again from the civil registry, then try again.

err-card-not-renewable = This card cannot be renewed by itself.
rec-card-not-renewable = Ask for a new card at the counter.

err-wish-refused = The civil registry does not take this request.
rec-wish-refused = Check the text and your card, then try again.

err-wish-unreadable = The answer of the civil registry is unreadable.
rec-wish-unreadable = Try again later.
err-card-distrusted = The issuer no longer vouches for this card, so the counter would refuse it. Nothing was sent.
rec-card-distrusted = Ask Dukcapil for a new card, then try again.

err-card-not-awaited = No such card is being waited for.
rec-card-not-awaited = Look at the list of your cards.
err-card-not-yet = This card still waits for the officer. The issuer does not want to be asked yet.
rec-card-not-yet = Try again later. The wallet also asks by itself.
err-card-unknown = That card is not in this wallet.
rec-card-unknown = Look at the list of your cards.
err-issuer-name-taken = This issuer goes by a name from the official list, but is not on it.
rec-issuer-name-taken = Do not go on. Ask an officer at Dukcapil.
err-issuer-type-unlisted = This issuer is not on the official list and may not issue a card of this kind.
rec-issuer-type-unlisted = Do not take it. If you are at a Dukcapil counter, refresh the official list and try again.
err-agency-name-unsafe = The name of this counter is not a proper name. We sent nothing.
rec-agency-name-unsafe = Do not go on. Ask an officer.

err-type-metadata-unreachable = The description of this kind of card could not be fetched.
rec-type-metadata-unreachable = The card is kept and can be used, but appears under its technical name.
err-type-metadata-integrity = The description of this kind of card is not the one that its issuer signed for.
rec-type-metadata-integrity = The card is kept and can be used, but appears under its technical name.
err-type-metadata-endless = The description of this kind of card refers to others without end.
rec-type-metadata-endless = The card is kept and can be used, but appears under its technical name.
err-type-metadata-name = The description of this kind of card holds a name that is not a proper one.
rec-type-metadata-name = The card is kept and can be used, but appears under its technical name.
err-type-metadata-look-alike = This kind of card calls itself what a card of the civil registry is called, and is none.
rec-type-metadata-look-alike = The card is kept and can be used, but appears under its technical name.

err-show-only-yes-or-no = Only yes-or-no facts and the photo may be shown quickly.
rec-show-only-yes-or-no = Choose one of the kinds of service there are. For other data, scan the counter's request.

err-show-nothing-chosen = No yes-or-no fact was chosen.
rec-show-nothing-chosen = Choose at least one, for example resident of the city.

err-show-no-card = There is no identity card here yet that can show this.
rec-show-no-card = Add your identity card first: press Add a card, or ask an officer of the civil registry.

err-show-code = The quick-show code cannot be made.
rec-show-code = Try again. If it happens again, scan the counter's request.
err-access-card-withdrawn = Your card was revoked, so the civil registry tells this wallet nothing.
rec-access-card-withdrawn = Come to the civil registry with another proof of who you are: ask why, and have a new card issued.

err-access-card-suspended = Your card is suspended, so the civil registry tells this wallet nothing.
rec-access-card-suspended = Come to the civil registry to have the suspension lifted, or a new card issued if your phone was lost.

err-paper-ask-today = Your paper card was printed a short while ago.
rec-paper-ask-today = Try again tomorrow, or ask an officer of the civil registry to print it.

err-paper-ask-no-portrait = The civil registry has no photo of you, so no paper card can be made.
rec-paper-ask-no-portrait = Visit the civil registry to have a photo taken.

err-access-log-rollback = The civil registry gives an older or another ledger than this wallet has already seen.
rec-access-log-rollback = What it gave is not taken; what was kept stays. Keep this wallet, and tell the civil registry and the inspectorate.

err-access-card-distrusted = Your card is signed with a key that is no longer trusted, so the civil registry tells this wallet nothing.
rec-access-card-distrusted = Get a new card at the civil registry, then try again with that card.

err-server-trouble = The computer at the other end is in trouble. Nothing is wrong here.
rec-server-trouble = Wait some minutes, then try again. If it stays, tell the officer.
