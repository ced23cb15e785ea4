// Generated from the Rust side: ABSAH_WRITE_TYPES=1 cargo test -p absah-wallet-shell --test types

export type View = { 
/**
 * What stands on it.
 */
screen: ScreenView, 
/**
 * Language tag.
 */
lang: string, 
/**
 * Colours.
 */
theme: Tone, 
/**
 * Size of text.
 */
size: Size, 
/**
 * Whether there is a way back.
 */
back: boolean, 
/**
 * Whether the wallet is open, so that it locks itself when left alone.
 */
open: boolean, 
/**
 * Where files for the person are written, on the screens that write one; nothing where a browser hands them over.
 */
folder: FolderView | null, 
/**
 * How many locked wallets lie aside, which their PINs open; nothing where none can come back.
 */
aside: number | null, };

export type FolderView = { 
/**
 * Its path, as it stands or as it was typed.
 */
path: string, 
/**
 * Why what was typed cannot be taken.
 */
problem: string | null, 
/**
 * What must be known of it: on a phone it goes with the program.
 */
note: string | null, };

export type ScreenView = { "id": "welcome" } | { "id": "guide", step: number, of: number, } | { "id": "new-pin", again: boolean, problem: string | null, } | { "id": "pin", to: PinTo, problem: string | null, wait_s: number | null, who: string | null, } | { "id": "broken", told: Told, aside: boolean, recovery: boolean, 
/**
 * There is none yet: it could not be made.
 */
none: boolean, } | { "id": "cards", cards: Array<CardFace>, waiting: Array<string>, list: boolean, 
/**
 * The age of the list, where it is so old that no card's state is known from it.
 */
old: string | null, 
/**
 * The card to renew first, and what it is called.
 */
due: DueCard | null, } | { "id": "card", face: CardFace, renew: string | null, due: boolean, paper: string | null, facts: Array<FactRow>, forms: Array<CardForm>, issuer: string, listed: boolean, } | { "id": "remove", face: CardFace, } | { "id": "add" } | { "id": "again", face: CardFace, able: boolean, by: string | null, } | { "id": "offer", offer: OfferView, } | { "id": "log-in", issuer: string, page: string, } | { "id": "added", cards: Array<string>, waiting: Array<string>, } | { "id": "show", cards: boolean, list: boolean, } | { "id": "request", request: RequestView, } | { "id": "qr", who: string, frames: Array<Drawing>, } | { "id": "quick", choices: Array<QuickChoice>, cards: boolean, list: boolean, } | { "id": "quick-consent", name: string, people: Array<PersonLine>, facts: Array<FactRow>, portrait: boolean, carried: boolean, } | { "id": "quick-code", name: string, facts: Array<string>, frames: Array<Drawing>, next_s: number, left_s: number, problem: Told | null, } | { "id": "done", shared: SharedView, 
/**
 * Whoever asked waits on a page of the browser.
 */
page: boolean, } | { "id": "history", entries: Array<EntryLine>, } | { "id": "entry", entry: EntryWhole, } | { "id": "access", persons: Array<LetterPerson>, of: string | null, fetched: string | null, entries: Array<AccessLine>, vouched: string | null, problem: Told | null, } | { "id": "ask", able: boolean, 
/**
 * Whose answers can be looked at, where there are several people.
 */
persons: Array<LetterPerson>, } | { "id": "tell", about: Telling, longest: number, 
/**
 * What was written before and has not reached the registry.
 */
text: string, 
/**
 * Why it cannot be sent so.
 */
problem: string | null, 
/**
 * Whose record it can be, where there are several people.
 */
persons: Array<LetterPerson>, } | { "id": "emergency", 
/**
 * Whose code it can be, where there are several people.
 */
persons: Array<LetterPerson>, } | { "id": "wished", page: string | null, contacts: Array<ContactView>, code: string | null, tickets: Array<TicketLine>, } | { "id": "letters", able: boolean, kinds: Array<LetterKind>, } | { "id": "letter", kind: string, title: string, days: number, fields: Array<LetterInput>, persons: Array<LetterPerson>, person: string, } | { "id": "wish-consent", wish: WishView, } | { "id": "paper", wish: WishView, } | { "id": "paper-made", file: string | null, problem: Told | null, } | { "id": "menu" } | { "id": "settings", recovery: boolean, contacts: Array<ContactView>, } | { "id": "pin-changed" } | { "id": "recovery", made: boolean, } | { "id": "recovery-code", code: Array<string>, } | { "id": "recovery-check", group: number, wrong: boolean, } | { "id": "recovery-kept", device: boolean, } | { "id": "forgot", problem: Told | null, } | { "id": "lost" } | { "id": "anew", sure: boolean, backup: boolean, } | { "id": "trust", list: TrustView | null, from: string | null, } | { "id": "root", groups: Array<string>, } | { "id": "trust-updated", list: TrustView | null, } | { "id": "backup", cards: number, entries: number, } | { "id": "backup-made", file: string, code: Array<string>, } | { "id": "restore", problem: Told | null, } | { "id": "restore-preview", made: string, cards: Array<string>, entries: number, list: boolean, } | { "id": "restored", cards: number, entries: number, again: Array<CardFace>, } | { "id": "wipe", cards: number, entries: number, } | { "id": "help", page: string | null, contacts: Array<ContactView>, } | { "id": "working", on: Waiting, } | { "id": "declined" } | { "id": "refused", told: Told, grave: boolean, retry: string | null, };

export type Told = { 
/**
 * Stable code.
 */
code: string, 
/**
 * What happened.
 */
what: string, 
/**
 * What to do now.
 */
todo: string, };

export type PinTo = "open" | "share" | "quick" | "wish" | "take-back" | "wipe" | "remove" | "change" | "recovery";

export type Waiting = "receiving" | "reading" | "sending" | "access" | "wishing" | "updating";

export type TrustView = { 
/**
 * Its version.
 */
version: string, 
/**
 * When it was published.
 */
published: string, 
/**
 * Its age.
 */
age: string, 
/**
 * Issuers.
 */
issuers: number, 
/**
 * Counters.
 */
counters: number, 
/**
 * Whether it answers everything, with a warning, or only yes-or-no questions.
 */
fresh: Freshness, };

export type Freshness = "fresh" | "old" | "too-old";

export type ContactView = { 
/**
 * The office that issues the cards.
 */
office: string, 
/**
 * Person or unit.
 */
name: string, 
/**
 * Telephone, as people write it.
 */
phone: string | null, 
/**
 * Address for mail.
 */
email: string | null, 
/**
 * Where to go.
 */
address: string | null, };

export type CardFace = { 
/**
 * Its name in the wallet.
 */
card: string, 
/**
 * `ktp`, `kk`, `other`: how it is drawn.
 */
look: string, 
/**
 * What people call it.
 */
name: string, 
/**
 * Whose it is.
 */
holder: string | null, 
/**
 * The face picture as a data address.
 */
portrait: string | null, 
/**
 * Who signed it.
 */
issuer: string, 
/**
 * The official list names who signed it: only then it is drawn as the city's.
 */
listed: boolean, 
/**
 * There is an official list at all: without one nobody is known to be on it or not.
 */
list: boolean, 
/**
 * Its state in a word.
 */
status: string, 
/**
 * `ok`, `warn`, `bad`, `unknown`: its shape and colour.
 */
shape: string, 
/**
 * Until when it holds.
 */
until: string, 
/**
 * It can be shown from this device.
 */
here: boolean, };

export type CardForm = { 
/**
 * Name of the format.
 */
format: string, 
/**
 * When it came.
 */
received: string, 
/**
 * Copies nobody has seen, of how many.
 */
copies: string, };

export type DueCard = { 
/**
 * Its name in the wallet.
 */
card: string, 
/**
 * What people call it, and whose it is.
 */
name: string, };

export type FactRow = { 
/**
 * What people call it.
 */
label: string, 
/**
 * Its value, unless it is a group or a picture.
 */
value: string | null, 
/**
 * A picture as a data address.
 */
picture: string | null, 
/**
 * Members of a group, or items of a list.
 */
inner: Array<FactRow>, };

export type EntryKind = "received" | "shared" | "refused";

export type EntryLine = { 
/**
 * Its place.
 */
place: number, 
/**
 * What it is about.
 */
kind: EntryKind, 
/**
 * When.
 */
at: string, 
/**
 * Whom or what.
 */
title: string, 
/**
 * What happened, in a sentence.
 */
sentence: string, 
/**
 * How long the other side may still keep it.
 */
countdown: string | null, };

export type EntryWhole = { 
/**
 * The line of it.
 */
line: EntryLine, 
/**
 * More about it: label and value.
 */
rows: Array<FactRow>, 
/**
 * What to mind.
 */
warnings: Array<string>, };

export type AccessLine = { 
/**
 * When (its hour), who did what.
 */
sentence: string, 
/**
 * Whose record, where it is not plainly the holder's.
 */
about: string | null, 
/**
 * What for.
 */
purpose: string | null, 
/**
 * How sure it is.
 */
proof: string, 
/**
 * `ok`, `unknown`, `bad`.
 */
shape: string, };

export type TicketLine = { 
/**
 * Its number.
 */
number: string, 
/**
 * What kind, and when it came.
 */
title: string, 
/**
 * The person's words.
 */
text: string, 
/**
 * Where it stands.
 */
state: string, 
/**
 * `ok`, `unknown`, `bad`.
 */
shape: string, 
/**
 * The officer's words.
 */
note: string | null, 
/**
 * Number of the letter that it has become.
 */
letter: string | null, 
/**
 * Where that letter is fetched, while it is not in the wallet.
 */
fetch: string | null, };

export type LetterKind = { 
/**
 * Name of its template.
 */
kind: string, 
/**
 * What people call it.
 */
title: string, 
/**
 * What it asks, in a line.
 */
asks: string, };

export type LetterInput = { 
/**
 * Its name.
 */
name: string, 
/**
 * What people call it.
 */
label: string, 
/**
 * Most characters.
 */
max: number, 
/**
 * Whether it must be filled in.
 */
required: boolean, 
/**
 * What was typed.
 */
value: string, 
/**
 * Why it cannot stay so.
 */
problem: string | null, };

export type LetterPerson = { 
/**
 * The card.
 */
card: string, 
/**
 * The name on it.
 */
name: string, };

export type WishView = { 
/**
 * Of whom.
 */
issuer: string, 
/**
 * Its address.
 */
address: string, 
/**
 * Whether it stands on the list.
 */
listed: boolean, 
/**
 * What is asked for.
 */
title: string, 
/**
 * The card that proves who asks.
 */
card: string, 
/**
 * What was filled in.
 */
filled: Array<FactRow>, 
/**
 * What of the identity card the letter says again.
 */
facts: Array<FactRow>, };

export type OfferView = { 
/**
 * Who offers.
 */
issuer: string, 
/**
 * Its address.
 */
address: string, 
/**
 * Whether it stands on the list.
 */
listed: boolean, 
/**
 * Whether there is a list at all.
 */
list: boolean, 
/**
 * What is offered, each once.
 */
cards: Array<string>, 
/**
 * This device is to carry it for somebody: whose card it is, and how long.
 */
carried: string | null, 
/**
 * A code is needed.
 */
code: boolean, 
/**
 * Of so many characters.
 */
length: number | null, 
/**
 * Digits only.
 */
numeric: boolean, 
/**
 * What was wrong with the last one.
 */
problem: Told | null, };

export type RequestView = { 
/**
 * Agency.
 */
agency: string, 
/**
 * Place.
 */
place: string, 
/**
 * Up to two letters to stand for a logo.
 */
initials: string, 
/**
 * "… wants to see 3 facts for …".
 */
sentence: string, 
/**
 * Registered: by the list here, or by one newer than it.
 */
registered: string, 
/**
 * What for.
 */
purpose: string, 
/**
 * Legal basis.
 */
basis: string, 
/**
 * How long it is kept.
 */
retention: string, 
/**
 * Whose cards answer, where there is a choice or one is a child's.
 */
people: Array<PersonLine>, 
/**
 * What will be sent.
 */
facts: Array<FactRow>, 
/**
 * What stays hidden.
 */
hidden: Array<string>, 
/**
 * The face picture goes along.
 */
portrait: boolean, 
/**
 * A card answers that is only carried for its holder, who must be there.
 */
carried: boolean, 
/**
 * What to mind.
 */
warnings: Array<string>, 
/**
 * It travels over the network, not by QR code.
 */
online: boolean, };

export type PersonLine = { 
/**
 * "For NAME, your child or dependant".
 */
sentence: string, 
/**
 * Other people's cards that could.
 */
others: Array<OtherPerson>, };

export type OtherPerson = { 
/**
 * Its name in the wallet.
 */
card: string, 
/**
 * What the button says.
 */
label: string, };

export type SharedView = { 
/**
 * To whom.
 */
who: string, 
/**
 * Whose, where that is not simply the owner of the phone.
 */
of: string | null, 
/**
 * What for.
 */
title: string, 
/**
 * The facts by name.
 */
facts: Array<string>, 
/**
 * Until when it may be kept; nothing when it may not.
 */
until: string | null, 
/**
 * It travelled over the network.
 */
online: boolean, 
/**
 * It was shown without a request.
 */
weak: boolean, };

export type Drawing = { 
/**
 * The modules, dark is `1`.
 */
rows: Array<string>, };

export type QuickChoice = { 
/**
 * Its word.
 */
choice: string, 
/**
 * What people call it.
 */
name: string, 
/**
 * What is shown to it.
 */
facts: string, };

export type Pressed = { "press": "go", 
/**
 * Which.
 */
to: Going, } | { "press": "back" } | { "press": "begin" } | { "press": "step", 
/**
 * Which, from 0.
 */
to: number, } | { "press": "pin", 
/**
 * Six digits.
 */
pin: string, } | { "press": "read", 
/**
 * The texts.
 */
texts: Array<string>, } | { "press": "agree", 
/**
 * The code of an offer.
 */
code: string | null, } | { "press": "choose", 
/**
 * Its name in the wallet.
 */
card: string, } | { "press": "refuse" } | { "press": "quick", 
/**
 * Its word.
 */
choice: string, } | { "press": "next-code" } | { "press": "card", 
/**
 * Its name in the wallet.
 */
card: string, } | { "press": "entry", 
/**
 * Its place.
 */
place: number, } | { "press": "ask-access" } | { "press": "ask-access-of", 
/**
 * Its name in the wallet.
 */
card: string, } | { "press": "renew", 
/**
 * Its name in the wallet.
 */
card: string, } | { "press": "again", 
/**
 * Its name in the wallet.
 */
card: string, } | { "press": "log-in" } | { "press": "open-page" } | { "press": "came-back", 
/**
 * The address that was pasted.
 */
address: string, } | { "press": "code-for", 
/**
 * The person's identity card.
 */
card: string, } | { "press": "tickets-of", 
/**
 * The person's identity card.
 */
card: string, } | { "press": "ask", 
/**
 * Which.
 */
about: Asking, } | { "press": "update" } | { "press": "bring-back" } | { "press": "change-pin" } | { "press": "typed", 
/**
 * What was typed.
 */
text: string, } | { "press": "recover", 
/**
 * What was typed.
 */
code: string, } | { "press": "tell", 
/**
 * Which.
 */
about: Telling, 
/**
 * In the person's words.
 */
text: string, 
/**
 * Whose record it is, of several people on the device.
 */
card: string | null, } | { "press": "letter", 
/**
 * Name of its template.
 */
kind: string, } | { "press": "fill-letter", 
/**
 * The identity card of who asks.
 */
card: string, 
/**
 * What was typed, by the name of the field.
 */
fields: { [key in string]: string }, } | { "press": "remove", 
/**
 * Its name in the wallet.
 */
card: string, } | { "press": "paper", 
/**
 * Its name in the wallet.
 */
card: string, } | { "press": "ask-paper", 
/**
 * An A4 sheet to cut it out of, instead of a page of A6.
 */
a4: boolean, 
/**
 * Language tag of the print.
 */
lang: string, } | { "press": "keep-paper" } | { "press": "folder", 
/**
 * Its path.
 */
path: string, } | { "press": "lang", 
/**
 * `id`, `jv`, `en`.
 */
tag: string, } | { "press": "theme", 
/**
 * Which.
 */
theme: Tone, } | { "press": "text", 
/**
 * Which.
 */
size: Size, } | { "press": "lock" };

export type Going = "cards" | "add" | "show" | "quick" | "history" | "access" | "ask" | "correct" | "delete" | "emergency" | "letters" | "menu" | "settings" | "recovery" | "forgot" | "lost" | "trust" | "backup" | "restore" | "wipe" | "help" | "guide";

export type Asking = "phone-code" | "tickets";

export type Telling = "correction" | "deletion";

export type Tone = "device" | "light" | "dark";

export type Size = "usual" | "large" | "largest";
