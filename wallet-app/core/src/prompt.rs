//! Facts to decide on, and results: all a screen needs, without layout and without sentences.

use absah_credential::Format;
use absah_protocol::wishes::Answer;
use absah_types::Timestamp;

use crate::{
    card::CardId,
    history::{Asker, Channel, Entry},
    overview::CardStatus,
    pending::Pending,
    refusal::Refusal,
    shown::Shown,
};

/// Everything the wallet ever shows on its own initiative. A closed list: a screen for each, no other.
#[derive(Clone, Debug)]
pub enum Prompt {
    /// An issuer offers cards: take them?
    Offer(OfferConsent),
    /// The issuer wants the person to log in at this page; go on with [`Intent::CameBack`](crate::Intent::CameBack).
    LogIn(LogInPage),
    /// A counter or web service asks for facts: show them?
    Presentation(PresentationConsent),
    /// A trust bundle from a root never seen: is this the hash you were given?
    TrustRoot(RootConsent),
    /// Cards were received and kept.
    Received(Vec<ReceivedCard>),
    /// Cards come later: an officer decides first. What is waited for is kept.
    Waiting(Vec<WaitingCard>),
    /// An issuer was told what became of its cards, or could not be; nothing depends on it.
    Notified,
    /// A card was deleted.
    Deleted,
    /// The answer is ready to be shown, or was posted.
    Shared(SharedAnswer),
    /// A code to be shown without a request, for some seconds.
    OneScan(OneScanCode),
    /// The trust bundle was taken over.
    BundleImported(BundleFacts),
    /// The access history was fetched and kept; what of it holds, [`Wallet::access`](crate::Wallet::access) says.
    AccessFetched,
    /// What the registry says to a wish.
    Wished(Answer),
    /// The person said no; nothing was sent.
    Declined,
    /// Refused by the wallet; nothing was sent, nothing was taken.
    Refused(Refusal),
}

/// An offer, before anything but public metadata was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferConsent {
    /// Credential issuer identifier.
    pub issuer: String,
    /// Its name.
    pub issuer_name: Shown,
    /// Whether the trust bundle lists it (false also when there is no bundle yet).
    pub listed: bool,
    /// Whether there is an official list at all: without one nobody's name is checked.
    pub list: bool,
    /// What is offered.
    pub cards: Vec<OfferedCard>,
    /// This device is to carry the card for somebody, as a helper's: for whom and how long, as the issuer says.
    pub carried: Option<CarriedFor>,
    /// The code read aloud by the officer, if one is needed.
    pub code: Option<CodeNeeded>,
    /// What was wrong with the last answer to this prompt.
    pub problem: Option<Refusal>,
}

/// Whose card a helper is asked to carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedFor {
    /// Its holder, by first name and initials.
    pub holder: Shown,
    /// For how many minutes, from the beginning of the session at the desk.
    pub minutes: u32,
}

/// Where a person logs in with an issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogInPage {
    /// The issuer.
    pub issuer: String,
    /// The page, for a browser.
    pub page: String,
}

/// One card in an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedCard {
    /// Configuration id in the issuer's metadata.
    pub configuration: String,
    /// Type name.
    pub type_name: Shown,
    /// Form.
    pub format: Format,
}

/// Shape of the transaction code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeNeeded {
    /// Number of characters, if told.
    pub length: Option<usize>,
    /// Digits only.
    pub numeric: bool,
}

/// A request, verified, and what an answer would say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresentationConsent {
    /// Who asks and why, from the signed registration.
    pub asker: Asker,
    /// The registration is listed in the trust bundle (true) or came with the request, signed by a listed registrar.
    pub in_bundle: bool,
    /// What would be sent, with the very values.
    pub facts: Vec<Fact>,
    /// The cards these facts come from.
    pub cards: Vec<PresentedCard>,
    /// The cards would be shown as those of one person: said separately, always.
    pub linked: bool,
    /// The face picture would go along: said separately, always.
    pub portrait: bool,
    /// Age of the trust bundle in days, when it is so old that it must be said ("data lama").
    pub old_bundle_days: Option<i64>,
    /// How the answer will travel.
    pub channel: Channel,
    /// When this very request was answered last, if it was: said, because the counter should have asked anew.
    pub answered_at: Option<Timestamp>,
}

/// A card that would be shown in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresentedCard {
    /// The card.
    pub card: CardId,
    /// Its type.
    pub type_name: Shown,
    /// Its form.
    pub format: Format,
    /// What the trust bundle says about it.
    pub status: CardStatus,
    /// Groups of this card that stay hidden.
    pub hidden: Vec<String>,
    /// No unused copy is left: this agency and an earlier one could recognise the holder by comparing.
    pub copy_reused: bool,
    /// The name on it.
    pub name: Option<Shown>,
    /// It is about a child or dependant whose documents are kept here.
    pub is_dependants: bool,
    /// Cards of several people are kept here, or it is carried for somebody: its holder must be told by name.
    pub of_several: bool,
    /// This device only carries it for somebody, as a helper's.
    pub is_carried: bool,
    /// Cards of other people in this wallet that could answer in its place.
    pub others: Vec<OtherCard>,
}

/// A card of somebody else that could answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherCard {
    /// The card; [`Intent::Choose`](crate::Intent::Choose) takes it.
    pub card: CardId,
    /// The name on it.
    pub name: Shown,
}

/// One fact and the value that will be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The card it comes from.
    pub card: CardId,
    /// Dotted claim path, one group as people think (`alamat`).
    pub path: String,
    /// Its value; a group as pairs of member name and value, in the order of the card.
    pub value: FactValue,
}

/// The value of a fact as a screen can lay it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactValue {
    /// A text or number.
    Text(Shown),
    /// Yes or no (predicates).
    Truth(bool),
    /// Members of a group.
    Members(Vec<(String, FactValue)>),
    /// List (members of a family).
    List(Vec<FactValue>),
    /// The face picture, as WebP.
    Picture(crate::blob::Blob),
}

/// A root nobody vouched for yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootConsent {
    /// SHA-256 of `1.root.json`, hexadecimal, 64 digits.
    pub sha256: String,
}

/// A card now in the wallet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedCard {
    /// Its name in this wallet.
    pub card: CardId,
    /// Type.
    pub type_name: Shown,
    /// Form.
    pub format: Format,
    /// Copies.
    pub copies: usize,
}

/// A card that comes later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingCard {
    /// Type.
    pub type_name: Shown,
    /// Form.
    pub format: Format,
    /// Who gives it.
    pub issuer_name: Shown,
    /// When it is asked for again at the earliest.
    pub not_before: Timestamp,
}

impl WaitingCard {
    pub(crate) fn of(pending: &Pending) -> Self {
        Self {
            type_name: pending.type_name(),
            format: pending.format,
            issuer_name: pending.issuer_name.clone(),
            not_before: pending.not_before,
        }
    }
}

/// The answer and the history entry that was kept for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedAnswer {
    /// What the history says.
    pub entry: Entry,
    /// The answer for a QR: one text per frame. Empty when it was posted.
    pub frames: Vec<String>,
    /// Address to open after a posted answer, if the other side gave one.
    pub redirect: Option<String>,
}

/// A code shown without a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneScanCode {
    /// What the history says.
    pub entry: Entry,
    /// What it says, with the very values.
    pub facts: Vec<Fact>,
    /// One text per frame.
    pub frames: Vec<String>,
    /// From when on a new code takes its place.
    pub renew_at: Timestamp,
    /// When this showing ends: a code after it is another one, by another copy.
    pub ends_at: Timestamp,
}

/// What a bundle import brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleFacts {
    /// Version of its targets.
    pub version: u64,
    /// When it was published.
    pub published_at: Timestamp,
    /// Number of issuers listed.
    pub issuers: usize,
    /// Number of registrations listed.
    pub registrations: usize,
}
