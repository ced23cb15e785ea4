//! What a page may send. It is the page of our own program, and still only this much is understood.

use std::collections::BTreeMap;

use absah_types::{Lang, Secret, is_weak_pin};
use absah_wallet_core::CardId;
use absah_wallet_core::window::{Place, Preference, Press, TextSize, Theme};
use absah_wallet_core::wishes::Wish;
use serde::Deserialize;
use ts_rs::TS;

/// A press of the page.
#[derive(Deserialize, TS)]
#[serde(tag = "press", rename_all = "kebab-case")]
#[ts(export_to = "types.ts")]
pub enum Pressed {
    /// Go to a screen.
    Go {
        /// Which.
        to: Going,
    },
    /// Go back.
    Back,
    /// Begin, also anew without the forgotten PIN.
    Begin,
    /// Turn to one of the first steps.
    Step {
        /// Which, from 0.
        to: usize,
    },
    /// A PIN.
    Pin {
        /// Six digits.
        pin: String,
    },
    /// Texts that were pasted.
    Read {
        /// The texts.
        texts: Vec<String>,
    },
    /// Yes.
    Agree {
        /// The code of an offer.
        code: Option<String>,
    },
    /// Answer with another person's card.
    Choose {
        /// Its name in the wallet.
        card: String,
    },
    /// No, or stop.
    Refuse,
    /// A kind of service to show to without a request.
    Quick {
        /// Its word.
        choice: String,
    },
    /// The code without a request has been shown for its time.
    NextCode,
    /// A card.
    Card {
        /// Its name in the wallet.
        card: String,
    },
    /// An entry of the history.
    Entry {
        /// Its place.
        place: usize,
    },
    /// Ask who used the record.
    AskAccess,
    /// Ask it of the person with this card, of several on the device.
    AskAccessOf {
        /// Its name in the wallet.
        card: String,
    },
    /// Fetch a card anew.
    Renew {
        /// Its name in the wallet.
        card: String,
    },
    /// Want a card again that a backup has named.
    Again {
        /// Its name in the wallet.
        card: String,
    },
    /// Log in for it.
    LogIn,
    /// Open the page for the log-in.
    OpenPage,
    /// Back from the log-in.
    CameBack {
        /// The address that was pasted.
        address: String,
    },
    /// Ask the registry for the code of one of several people, for a lost phone.
    CodeFor {
        /// The person's identity card.
        card: String,
    },
    /// Ask the registry what became of the wishes of one of several people.
    TicketsOf {
        /// The person's identity card.
        card: String,
    },
    /// Ask the registry for a code, or for what became of the wishes.
    Ask {
        /// Which.
        about: Asking,
    },
    /// Fetch the newest list.
    Update,
    /// Want the wallet back that lies aside.
    BringBack,
    /// Choose another PIN.
    ChangePin,
    /// Type back a group of the recovery code.
    Typed {
        /// What was typed.
        text: String,
    },
    /// Open with the recovery code.
    Recover {
        /// What was typed.
        code: String,
    },
    /// Tell the registry what is wrong, or what is to be deleted.
    Tell {
        /// Which.
        about: Telling,
        /// In the person's words.
        text: String,
        /// Whose record it is, of several people on the device.
        card: Option<String>,
    },
    /// A kind of letter.
    Letter {
        /// Name of its template.
        kind: String,
    },
    /// A letter is filled in.
    FillLetter {
        /// The identity card of who asks.
        card: String,
        /// What was typed, by the name of the field.
        fields: BTreeMap<String, String>,
    },
    /// Delete a card from this device.
    Remove {
        /// Its name in the wallet.
        card: String,
    },
    /// An identity card on paper.
    Paper {
        /// Its name in the wallet.
        card: String,
    },
    /// Yes to it.
    AskPaper {
        /// An A4 sheet to cut it out of, instead of a page of A6.
        a4: bool,
        /// Language tag of the print.
        lang: String,
    },
    /// Its file once more.
    KeepPaper,
    /// Where files for the person are to be written.
    Folder {
        /// Its path.
        path: String,
    },
    /// Language.
    Lang {
        /// `id`, `jv`, `en`.
        tag: String,
    },
    /// Colours.
    Theme {
        /// Which.
        theme: Tone,
    },
    /// Size of text.
    Text {
        /// Which.
        size: Size,
    },
    /// Lock.
    Lock,
}

/// Screens to go to.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "types.ts")]
#[expect(missing_docs, reason = "each is a screen of that name")]
pub enum Going {
    Cards,
    Add,
    Show,
    Quick,
    History,
    Access,
    Ask,
    Correct,
    Delete,
    Emergency,
    Letters,
    Menu,
    Settings,
    Recovery,
    Forgot,
    Lost,
    Trust,
    Backup,
    Restore,
    Wipe,
    Help,
    Guide,
}

/// What needs no words.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "types.ts")]
#[expect(missing_docs, reason = "see `Wish`")]
pub enum Asking {
    PhoneCode,
    Tickets,
}

/// What needs words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, serde::Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "types.ts")]
#[expect(missing_docs, reason = "see `Wish`")]
pub enum Telling {
    Correction,
    Deletion,
}

/// Colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, serde::Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "types.ts")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Tone {
    Device,
    Light,
    Dark,
}

/// Size of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, serde::Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "types.ts")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Size {
    Usual,
    Large,
    Largest,
}

impl Pressed {
    /// What the machine understands; `None` for a language that we do not speak.
    pub fn into_press(self) -> Option<Press> {
        Some(match self {
            Self::Go { to } => Press::Go(to.into()),
            Self::Back => Press::Back,
            Self::Begin => Press::Begin,
            Self::Step { to } => Press::Step(to),
            Self::Pin { pin } => {
                let too_easy = is_weak_pin(pin.as_bytes());
                Press::Pin { pin: Secret::new(pin), too_easy }
            }
            Self::Read { texts } => Press::Read { texts },
            Self::Agree { code } => Press::Agree { code: code.map(Secret::new) },
            Self::Choose { card } => Press::Choose(CardId(card)),
            Self::Refuse => Press::Refuse,
            Self::Quick { choice } => Press::Quick { choice },
            Self::NextCode => Press::NextCode,
            Self::Card { card } => Press::Card(CardId(card)),
            Self::Entry { place } => Press::Entry(place),
            Self::AskAccess => Press::AskAccess,
            Self::AskAccessOf { card } => Press::AskAccessOf(CardId(card)),
            Self::Renew { card } => Press::Renew(CardId(card)),
            Self::Again { card } => Press::Again(CardId(card)),
            Self::LogIn => Press::LogIn,
            Self::OpenPage => Press::OpenPage,
            Self::CameBack { address } => Press::CameBack { address },
            Self::CodeFor { card } => Press::PhoneCode(CardId(card)),
            Self::Ask { about: Asking::PhoneCode } => Press::Wish(Wish::PhoneCode),
            Self::Ask { about: Asking::Tickets } => Press::Wish(Wish::Tickets),
            Self::Update => Press::Update,
            Self::BringBack => Press::BringBack,
            Self::ChangePin => Press::ChangePin,
            Self::Typed { text } => Press::Typed { text },
            Self::Recover { code } => Press::Recover { code: Secret::new(code) },
            Self::TicketsOf { card } => Press::WishOf { wish: Wish::Tickets, card: CardId(card) },
            Self::Tell { about, text, card } => {
                let wish = match about {
                    Telling::Correction => Wish::Correction { text },
                    Telling::Deletion => Wish::Deletion { text },
                };
                match card {
                    Some(card) => Press::WishOf { wish, card: CardId(card) },
                    None => Press::Wish(wish),
                }
            }
            Self::Letter { kind } => Press::Letter { kind },
            Self::FillLetter { card, fields } => Press::FillLetter { card: CardId(card), fields },
            Self::Remove { card } => Press::Remove(CardId(card)),
            Self::Paper { card } => Press::Paper(CardId(card)),
            Self::AskPaper { a4, lang } => Press::AskPaper { a4, lang: Lang::parse(&lang).ok()? },
            Self::KeepPaper => Press::KeepPaper,
            // Not the machine's: a browser has no folders.
            Self::Folder { .. } => return None,
            Self::Lang { tag } => Press::Prefer(Preference::Lang(Lang::parse(&tag).ok()?)),
            Self::Theme { theme } => Press::Prefer(Preference::Theme(match theme {
                Tone::Device => Theme::Device,
                Tone::Light => Theme::Light,
                Tone::Dark => Theme::Dark,
            })),
            Self::Text { size } => Press::Prefer(Preference::Text(match size {
                Size::Usual => TextSize::Usual,
                Size::Large => TextSize::Large,
                Size::Largest => TextSize::Largest,
            })),
            Self::Lock => Press::Lock,
        })
    }
}

impl From<Going> for Place {
    fn from(to: Going) -> Self {
        match to {
            Going::Cards => Self::Cards,
            Going::Add => Self::Add,
            Going::Show => Self::Show,
            Going::Quick => Self::Quick,
            Going::History => Self::History,
            Going::Access => Self::Access,
            Going::Ask => Self::Ask,
            Going::Correct => Self::Correct,
            Going::Delete => Self::Delete,
            Going::Emergency => Self::Emergency,
            Going::Letters => Self::Letters,
            Going::Menu => Self::Menu,
            Going::Settings => Self::Settings,
            Going::Recovery => Self::Recovery,
            Going::Forgot => Self::Forgot,
            Going::Lost => Self::Lost,
            Going::Trust => Self::Trust,
            Going::Backup => Self::Backup,
            Going::Restore => Self::Restore,
            Going::Wipe => Self::Wipe,
            Going::Help => Self::Help,
            Going::Guide => Self::Guide,
        }
    }
}

impl std::fmt::Debug for Pressed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // PINs and codes travel in it.
        f.write_str("Pressed(…)")
    }
}
