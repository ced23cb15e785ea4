//! The citizen's own record: what was shown, to whom, when, why, how long they keep it; refusals too.

use absah_credential::Format;
use absah_trust::registration::LocalText;
use absah_types::{Seconds, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{card::CardId, shown::Shown};

/// One line of the citizen's history. Values of facts are not kept a second time: the names of the facts are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When, by this device's clock.
    #[serde(with = "absah_types::rfc3339")]
    pub at: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What a history entry can tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A card was received.
    Received(Received),
    /// Facts were shown to a counter or a web service.
    Shared(Shared),
    /// A request was turned down, by the holder or by the wallet; nothing was sent.
    Refused(Refused),
    /// A card was deleted by the person.
    Deleted(Deleted),
    /// Yes-or-no facts were shown to somebody without a request.
    OneScan(OneScan),
    /// A paper card was asked for, and came.
    Paper(Paper),
}

/// A paper card: what it says of its owner, anybody can copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The identity card that it was made of.
    pub card: CardId,
    /// Its owner's name, where the card tells one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Shown>,
    /// Issuer identifier.
    pub issuer: String,
    /// An A4 sheet instead of a page of A6.
    pub a4: bool,
    /// When its file was saved; not yet otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved_at: Option<Timestamp>,
}

/// Yes-or-no facts were shown without a request: to whom, nobody can say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneScan {
    /// Facts shown, with the card.
    pub facts: Vec<SharedFact>,
    /// Whether the face picture went along.
    pub portrait: bool,
    /// URI of the class of services it was for.
    pub class: String,
    /// The copy was shown before: who saw it both times could recognise the holder.
    pub copy_reused: bool,
}

/// A card is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deleted {
    /// The card.
    pub card: CardId,
    /// Its type.
    pub type_name: Shown,
    /// Its form.
    #[serde(with = "crate::card::format_name")]
    pub format: Format,
    /// Issuer identifier.
    pub issuer: String,
}

/// A card came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The card.
    pub card: CardId,
    /// Its type.
    pub type_name: Shown,
    /// Its form.
    #[serde(with = "crate::card::format_name")]
    pub format: Format,
    /// Issuer identifier.
    pub issuer: String,
    /// Number of copies.
    pub copies: usize,
    /// Older cards of the same person that it took the place of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<CardId>,
}

/// Who asked, for which service, as the signed registration says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asker {
    /// Agency ("Dinas Sosial").
    pub agency: Shown,
    /// Place ("Loket 3").
    pub place: Shown,
    /// Registration id.
    pub registration: String,
    /// Service id within the registration.
    pub service: String,
    /// Title of the service.
    pub title: LocalText,
    /// Purpose.
    pub purpose: LocalText,
    /// Legal basis.
    pub legal_basis: Shown,
    /// Days the agency keeps the proof; 0: not at all.
    pub retention_days: u32,
}

/// How an answer travelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Shown as QR code, offline.
    Qr,
    /// Posted over HTTPS.
    Online,
}

/// Facts were shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// To whom and why.
    pub to: Asker,
    /// Claim paths sent, dotted, with the card each came from.
    pub facts: Vec<SharedFact>,
    /// Whether the face picture went along.
    pub portrait: bool,
    /// SHA-256 of the request, hexadecimal: what the agency's evidence record must name.
    pub request_hash: String,
    /// The request's `nonce`, which holds whatever it asks: by it the request is known when it comes again. Entries of
    /// earlier programs have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// How it travelled.
    pub channel: Channel,
    /// Whether the other side confirmed receipt; always false for a QR, where nobody can.
    pub confirmed: bool,
    /// No unused copy was left: an agency that saw this copy before could recognise it.
    pub copy_reused: bool,
    /// What tied several cards to one person in this answer: no other agency should see the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Until when the agency may keep it.
    #[serde(with = "absah_types::rfc3339")]
    pub kept_until: Timestamp,
}

/// A fact by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedFact {
    /// The card.
    pub card: CardId,
    /// Dotted claim path.
    pub path: String,
}

/// Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Who asked, when their signature and registration held; else nobody can say.
    pub to: Option<Asker>,
    /// Stable code of the reason; `refused-by-holder` when the person said no.
    pub code: String,
    /// What had been asked for.
    pub facts: Vec<String>,
    /// How often the same came within a day; the entry tells of the last time.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub times: u32,
}

/// Within so long of each other, the same refusals are one entry.
pub(crate) const FOLDED_WITHIN: Seconds = Seconds::hours(24);

impl Refused {
    /// Whether it is the same, but for how often.
    pub(crate) fn is_again(&self, before: &Self) -> bool {
        (&self.to, &self.code, &self.facts) == (&before.to, &before.code, &before.facts)
    }
}

const fn once() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_once(times: &u32) -> bool {
    *times == 1
}

/// Code in the history when the person said no.
pub const REFUSED_BY_HOLDER: &str = "refused-by-holder";
