# Issuer: rules of issuing and the import report.

err-resident-unknown = Nobody with this NIK is in the register.
rec-resident-unknown = Check the NIK; import the newest extract if need be.

err-resident-record-refused = This person's record was refused at the import because of an error.
rec-resident-record-refused = See the import report, correct the record and import again.

err-resident-dead = This person is recorded as deceased.
rec-resident-dead = No card can be issued. Check the record if this is wrong.

err-resident-moved = This person is recorded as moved away.
rec-resident-moved = The card is issued by the registry of the new place.

err-resident-missing = This person is recorded as missing.
rec-resident-missing = No card can be issued until the record is updated.

err-resident-too-young = This person is under 17 and never married.
rec-resident-too-young = The identity card is issued from the age of 17.

err-family-incomplete = The data of this family is incomplete or wrong, or the head of the family has died or moved away.
rec-family-incomplete = Correct the family (its head, its members) in the population register, then import again.

err-family-head-gone = The head of this family has died or moved away, and there is no new head yet.
rec-family-head-gone = Family cards are issued again once the register names the new head of the family.

err-card-code-unlisted = A code in the record has no label.
rec-card-code-unlisted = Report this to those who run the program.

err-card-region-unlisted = An area in the record has no name.
rec-card-region-unlisted = Report this to those who run the program.

err-card-family-no-head = The family has no head in the register.
rec-card-family-no-head = Correct the family's records and import again.

err-card-none = This card was never issued to this person.
rec-card-none = Check the NIK and the kind of card.

err-card-revoked = This card is revoked for ever.
rec-card-revoked = Issue a new card if the person may have one.

err-store-unavailable = The records cannot be read or written.
rec-store-unavailable = Check disk space and the rights of the data folder, then try again.

err-store-damaged = The records are damaged or of another version.
rec-store-damaged = Restore them from a backup, or use the fitting version of the program.

## Import report

import-bom = The file begins with a byte order mark.
import-encoding = The text is not UTF-8.
import-file-empty = The file is empty.
import-no-records = The file holds no record.
import-wrong-delimiter = Cells are not separated by commas.
import-header-missing = The header, or one of its columns, is missing.
import-header-duplicate = A column stands in the header twice.
import-header-unknown = A column is not known; it is ignored.
import-header-repeated = The header stands again among the records.
import-record-empty = All cells are empty.
import-record-too-long = The record is too long.
import-missing-cell = A cell is missing.
import-extra-cell = There is a cell too many.
import-quote-unclosed = A quotation mark is never closed.
import-quote-stray = A quotation mark stands where none belongs.
import-embedded-newline = There is a line break inside the cell.
import-control-character = There is a control character in the cell.
import-trailing-space = There are blanks before or after the value.
import-inner-space = There are double or unusual blanks.
import-mojibake = Letters are garbled by a wrong encoding.
import-scientific-number = The number is in scientific notation, such as 3.57E+15.
import-leading-zero-lost = Leading zeros were lost; they are put back.
import-cell-too-long = The value is too long.
import-cell-empty = The cell must not be empty.
import-code-unknown = The code is not in its table.
import-nik-format = The NIK is not 16 proper digits.
import-nik-duplicate = The NIK stands in more than one record.
import-nik-dob-mismatch = The birth date differs from the NIK; allowed, but look at it.
import-nik-sex-mismatch = The sex differs from the NIK; allowed, but look at it.
import-kk-format = The family card number is not 16 proper digits.
import-name-empty = The name is empty.
import-name-digits = The name holds digits.
import-name-chars = The name holds unusual signs.
import-name-too-long = The name has more than 60 characters.
import-birth-date-format = The birth date is not written DD-MM-YYYY.
import-birth-date-impossible = There is no such day of birth.
import-birth-date-future = The birth date lies in the future.
import-birth-date-too-old = The person would be older than 120.
import-rt-rw-format = RT or RW is not a number.
import-region-unknown = There is no such area.
import-region-outside = The address lies outside the city.
import-change-time-format = The time of the last change cannot be read.
import-age-status-conflict = The age does not fit the marital status.
import-akta-date-conflict = The birth certificate is older than the birth.
import-status-dead = The resident has died: no card.
import-status-moved = The resident has moved away: no card.
import-status-lost = The resident is missing: no card.
import-photo-unreadable = The photograph cannot be read.
import-photo-size = Photograph too small or too long: at least 96 × 128 points, the long side at most twice the short one.
import-photo-replaces = This person has another portrait, which stays. Replace it at the console, where another officer compares the faces.
import-photo-unknown = The photograph belongs to nobody in the register.
import-person-duplicate = The same person stands under two NIK.
import-kk-no-head = The family has no head.
import-kk-two-heads = The family has more than one head.
import-head-dead = The head of the family has died while members live.
import-kk-address = Members of one family have different addresses.
import-child-older-than-mother = The child is older than its mother.
import-child-older-than-father = The child is older than its father.
import-parent-too-young = A parent was too young at the birth.
import-parent-too-old = A parent was too old at the birth.
import-parent-sex-conflict = The mother is a man or the father a woman.
import-parent-is-self = The person is named as their own parent.

err-token-sector-same = Both sectors are the same.
rec-token-sector-same = Choose two different sectors.

err-token-unknown = Nobody has this sector number.
rec-token-unknown = Check the number and its sector.

err-token-sector-wrong = The number belongs to another sector.
rec-token-sector-wrong = Check which sector the number comes from.

err-token-person-unknown = The holder of the number is not in the register.
rec-token-person-unknown = Import the latest extract, then try again.

err-operator-disabled = This officer's account is closed.
rec-operator-disabled = Ask the civil registry's administrator.

err-operator-sign-in-again = Your sign-in has run out.
rec-operator-sign-in-again = Sign in again with your passkey.

err-operator-enrol-first = This account is not complete yet.
rec-operator-enrol-first = Add a second way to sign in first.

err-operator-needs-passkey = This needs a sign-in with a passkey.
rec-operator-needs-passkey = Sign out, then sign in with your passkey.

err-operator-role = Your role may not do this.
rec-operator-role = Ask an officer with the right role.

err-operator-concerned = This is about your own account.
rec-operator-concerned = Ask another approver to decide.
err-operator-own-proposal = This is your own proposal.
rec-operator-own-proposal = Ask another officer to decide.

err-resident-not-a-child = This person is 17 or older, or has married: no child's card, and no documents that a parent keeps.
rec-resident-not-a-child = Offer the identity card and the certificate to the person themselves.

err-resident-keeps-own = A grown-up's card is not kept in somebody else's wallet, also where they are old or have a disability: the register does not say who may act for them.
rec-resident-keeps-own = Serve them by Mode Pendamping: a registered helper carries the card for 30 minutes, and they come along; a relative who cares for them can be registered as a helper. Or print a paper card.

err-guardian-missing = Nobody grown up on the child's family card can keep its documents, or whoever was named is not one of them.
rec-guardian-missing = Check the child's family card, then name mother, father or head of the family.

err-birth-certificate-missing = The register knows no number of a birth certificate for this person.
rec-birth-certificate-missing = Enter the number in the register, then import it again.

err-letter-missing = There is no approved letter with this person's present data.
rec-letter-missing = Ask for the letter in the wallet and wait for the kelurahan; where the data changed after the approval, ask again.

err-letter-ended = This letter is no longer valid.
rec-letter-ended = Ask for a new letter.

err-card-facts-missing = What this card states is not at hand.
rec-card-facts-missing = Run it again. If it happens again, restore the data folder from the backup and tell the makers.
