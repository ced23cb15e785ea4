win-letters = Ask for a letter
win-letters-hint = Letters of the kelurahan can be asked for from here. An officer checks, then you can fetch the letter into this wallet.
win-letters-asks = To fill in: { $asks }
win-letters-no-card = This needs your electronic identity card on this device. Add it first.
win-letter-text = Fill in only what is needed. The letter holds for { $days } days once approved.
win-letter-person = For whom is this letter?
win-letter-optional = may be left empty
win-letter-limit = { $have } of at most { $most } letters
win-letter-missing = This is still empty. Fill it in, then press Continue.
win-letter-too-long = Too long: { $have } letters, at most { $most }. Shorten it.
win-letter-characters = There are characters that may not stand here. Write one line of plain letters and digits.
win-letter-not-asked = Your name, address and other card data need not be filled in: the office has them.
win-letter-on = Continue
win-wish-title = Send this request?
win-wish-to = To
win-wish-sent = What you filled in
win-wish-proof = Proof that it is you
win-wish-proof-text = This card is shown to the civil registry as proof. What stands on it is not sent: the registry recognises the card.
win-wish-letter-says = Card data written on the letter ({ $count })
win-pin-wish = PIN to send
win-pin-wish-hint = The request goes to the civil registry once the PIN is right. After 6 digits the PIN is checked.
win-ticket-letter-number = Number of the letter: { $number }
win-ticket-fetch = Fetch the letter
win-ticket-here = The letter is in this wallet.
win-paper = Print a paper card
win-paper-for = For who carries no phone: elders, or anybody served without one. It holds photo, name, year of birth, kelurahan and the last 4 digits of the NIK.
win-paper-low = Paper can be copied. So it is for low-risk services only, and the officer always compares the face. Give it to its owner only.
win-paper-earlier = An earlier paper card ends. At most one a day.
win-paper-size = Size
win-paper-a6 = A6: one card on one small page
win-paper-a4 = A4: an ordinary sheet to cut the card out of
win-paper-made = The paper card is ready
win-paper-file = Kept as a PDF. The name of the file:
win-paper-download = The browser has downloaded it as a PDF. Look in Downloads, for the name:
win-paper-still-here = The card is still here. Make room, then save again before you leave this screen.
win-paper-print = Print at full size (100%); black and white is enough.
win-paper-give = Give it to its owner only, then delete the file.
win-paper-lost = If the paper is lost, print another: the earlier one no longer counts.
win-paper-again = Save again

err-ask-too-many = Too many of your requests still wait for an answer.
rec-ask-too-many = Wait for an answer first, then send again.

err-ask-resident-dead = By the record of the civil registry the holder of this card has died. The request was not taken.
rec-ask-resident-dead = If this is wrong, come to the civil registry with the card and family.

err-ask-resident-moved = By the record of the civil registry you have moved away from Kota Madiun.
rec-ask-resident-moved = Ask where you live now. If this is wrong, come to the civil registry.

err-ask-resident-missing = By the record of the civil registry the holder of this card is missing.
rec-ask-resident-missing = Come to the civil registry with the card to have the record corrected.

err-ask-resident-too-young = By the record of the civil registry the holder of this card is too young for this letter.
rec-ask-resident-too-young = Ask through a parent or guardian.

err-card-key-too-weak = This service demands a card with a better kept key than this wallet has. Nothing was sent.
rec-card-key-too-weak = Use the wallet program installed on your own phone, or ask to be served with the printed card.

err-key-too-weak = This card is kept by a weaker key than this service demands.
rec-key-too-weak = Ask for a card in the wallet program installed on the own phone or computer, or serve by hand.
win-tell-missing = Nothing is written yet. Write first, then send.
win-tell-characters = There are characters that may not stand here. Use plain letters, digits and punctuation.
win-history-paper = Paper card
win-history-paper-saved = Asked for, and saved as a PDF.
win-history-paper-unsaved = Asked for; its file is not saved yet.
win-entry-paper-of = Card of
win-entry-paper-holds = It holds
win-entry-paper-facts = Photo, name, year of birth, kelurahan and the last 4 digits of the NIK
win-entry-paper-saved = Saved
