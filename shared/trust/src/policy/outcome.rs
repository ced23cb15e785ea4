//! The outcome: one enum, one table, for every screen and command.

use std::collections::BTreeMap;

use absah_credential::Pendamping;
use absah_credential::VerifyError;
use absah_credential::portrait::PortraitError;
use absah_types::{Coded, Fault, NonEmpty, Seconds, Timestamp, coded};
use serde::Serialize;
use serde_json::Value;

use super::relation::{CardFacts, Relation};
use crate::bundle::{Bundle, ClockBehind};
use crate::registration::RegistrationError;
use crate::trust_list::TrustListError;

/// What the counter may conclude. The accepted ones are made only by [`super::decide`].
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Green: all checks hold, status known within the green limit.
    Accepted(Accepted),
    /// Green with the amber word: as above within the amber limit, low-risk service only.
    AcceptedStale(Accepted),
    /// Yellow: a newer credential exists; no facts, not accepted.
    Superseded {
        /// What it was judged by.
        freshness: Freshness,
    },
    /// Grey: nobody knows; a supervisor may accept with a reason.
    Undetermined {
        /// What is missing.
        doubt: Doubt,
        /// What it was judged by.
        freshness: Freshness,
    },
    /// Red.
    Refused {
        /// Every reason found, the first one first.
        reasons: NonEmpty<Reason>,
        /// The status as far as it was read.
        status: StatusWord,
        /// What it was judged by.
        freshness: Freshness,
    },
}

/// Facts of a person, after every check. Exists only in the accepted outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    pub(super) facts: Facts,
    pub(super) portrait: Option<Vec<u8>>,
    pub(super) cards: Vec<CardFacts>,
    pub(super) relations: Vec<Relation>,
    pub(super) carried_by: Option<Carried>,
    pub(super) freshness: Freshness,
}

impl Accepted {
    /// What the service asked and the holder showed.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The picture (WebP) whose salted hash the credential holds; never kept as evidence.
    #[must_use]
    pub fn portrait(&self) -> Option<&[u8]> {
        self.portrait.as_deref()
    }

    /// Each card with its own facts and whose it is, where there are several; else none.
    #[must_use]
    pub fn cards(&self) -> &[CardFacts] {
        &self.cards
    }

    /// What the holder is to everybody else whose card was shown (the rule stands in the module `relation`).
    #[must_use]
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// The helper who carries the card for its holder, where one does.
    #[must_use]
    pub fn carried_by(&self) -> Option<&Carried> {
        self.carried_by.as_ref()
    }

    /// What it was judged by.
    #[must_use]
    pub fn freshness(&self) -> &Freshness {
        &self.freshness
    }
}

/// A registered helper who carries a card, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Who.
    pub helper: Pendamping,
    /// When the session, and the card, ends.
    pub until: Timestamp,
    /// Which copy it is: a session has one, and a counter takes it once.
    pub copy: [u8; 32],
}

/// Facts by dotted claim path; a group is one fact with an object as value. No content in Debug.
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Facts(pub(super) BTreeMap<String, Value>);

impl Facts {
    /// The fact at a dotted path.
    #[must_use]
    pub fn fact(&self, path: &str) -> Option<&Value> {
        self.0.get(path)
    }

    /// All facts, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(path, value)| (path.as_str(), value))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl core::fmt::Debug for Facts {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Facts({} …)", self.0.len())
    }
}

/// How old the knowledge is that a decision rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freshness {
    /// The tier by age.
    pub tier: FreshnessTier,
    /// `iat` of the oldest status token needed.
    pub signed_at: Option<Timestamp>,
    /// Now less that time.
    pub age: Option<Seconds>,
    /// Version of the bundle; 0 without one.
    pub bundle_version: u64,
}

impl Freshness {
    /// Nothing is known.
    #[must_use]
    pub const fn none(bundle_version: u64) -> Self {
        Self { tier: FreshnessTier::None, signed_at: None, age: None, bundle_version }
    }

    /// Of knowledge signed at that time, by the bundle's own policy.
    #[must_use]
    pub fn of(signed_at: Option<Timestamp>, bundle: &Bundle, now: Timestamp) -> Self {
        let Some(signed_at) = signed_at else { return Self::none(bundle.version()) };
        let age = now.since(signed_at).max(Seconds(0));
        let policy = bundle.policy();
        let tier = match age {
            age if age <= policy.green_max => FreshnessTier::Green,
            age if age <= policy.amber_max => FreshnessTier::Amber,
            _ => FreshnessTier::Red,
        };
        Self { tier, signed_at: Some(signed_at), age: Some(age), bundle_version: bundle.version() }
    }
}

/// The tier of an age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FreshnessTier {
    /// Within the green limit.
    Green,
    /// Within the amber limit.
    Amber,
    /// Older.
    Red,
    /// No status at all.
    None,
}

/// The status as commands and screens name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StatusWord {
    /// In force.
    Valid,
    /// Replaced by a newer credential.
    Superseded,
    /// Switched off for the time being.
    Suspended,
    /// Ended for ever.
    Revoked,
    /// Nobody knows here.
    Unknown,
}

/// The colour of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Colour {
    /// Accepted; with [`FreshnessTier::Amber`] the amber word stands beside it.
    Green,
    /// Superseded.
    Yellow,
    /// Undetermined.
    Grey,
    /// Refused.
    Red,
}

/// The decision as commands name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// Both accepted outcomes.
    Accepted,
    /// Refused and superseded.
    Refused,
    /// Undetermined.
    Undetermined,
}

/// Why nobody can know: never the holder's fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// No bundle was imported yet.
    NoBundle,
    /// The bundle has no token for the credential's list, or the list has no such entry.
    StatusMissing,
    /// The status is older than this service may accept; a supervisor may.
    StatusOld,
    /// The status is older than anyone may accept, or its token has ended.
    StatusEnded,
    /// The bundle has ended.
    BundleEnded,
    /// Our clock lies before a time that an issuer has signed.
    ClockBehind(ClockBehind),
}

impl Doubt {
    /// Whether a supervisor may accept in spite of it: the status is older than the service may accept, or the bundle has
    /// none, and nothing else is wrong. What has ended nobody may accept.
    #[must_use]
    pub const fn is_for_a_supervisor(self) -> bool {
        matches!(self, Self::StatusOld | Self::StatusMissing)
    }
}

impl core::fmt::Display for Doubt {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NoBundle => "no bundle imported",
            Self::StatusMissing => "no status known",
            Self::StatusOld => "status too old for this service",
            Self::StatusEnded => "status ended",
            Self::BundleEnded => "bundle ended",
            Self::ClockBehind(clock) => return clock.fmt(f),
        })
    }
}

impl core::error::Error for Doubt {}

coded! { Doubt {
    NoBundle => ("bundle-absent", Environment),
    StatusMissing => ("status-missing", Environment),
    StatusOld => ("status-old", Environment),
    StatusEnded => ("status-ended", Environment),
    BundleEnded => ("bundle-ended", Environment),
    ClockBehind(clock) => inner(clock),
} }

/// Why an answer is refused: the code and fault of any error, whichever step of the way it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    code: &'static str,
    fault: Fault,
}

impl Reason {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.code
    }

    /// Whose doing it is.
    #[must_use]
    pub fn fault(self) -> Fault {
        self.fault
    }

    /// The reason an error is.
    #[must_use]
    pub fn of(error: &dyn Coded) -> Self {
        Self { code: error.code(), fault: error.fault() }
    }
}

impl<E: Coded> From<&E> for Reason {
    fn from(error: &E) -> Self {
        Self::of(error)
    }
}

/// Why an answer is refused on policy grounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The credential does not hold.
    Credential(VerifyError),
    /// Its key did not count when it was signed.
    Signer(TrustListError),
    /// It was revoked.
    Revoked,
    /// It is suspended.
    Suspended,
    /// A credential was asked for and did not come, or one came that was not asked for.
    WrongType,
    /// A fact that was asked for is not shown.
    FactMissing,
    /// Two credentials do not belong to one person.
    HolderMismatch,
    /// Two documents of dependants are not of the same one.
    DependantMismatch,
    /// The holder's key lives where the service takes none from (`jaminanKunci`).
    KeyTooWeak,
    /// The helper's session is over, and the card with it.
    PendampingOver,
    /// The card of the helper's session was taken here before: a session is one errand.
    PendampingUsed,
    /// A card that a helper carries, at a service of the highest tier that compares no face: nothing ties it to who is there.
    PendampingFace,
    /// The portrait was asked for and did not come.
    PortraitMissing,
    /// The portrait is not the one in the credential.
    Portrait(PortraitError),
    /// The counter may not ask this.
    Registration(RegistrationError),
}

impl core::fmt::Display for Refusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Credential(error) => return error.fmt(f),
            Self::Signer(error) => return error.fmt(f),
            Self::Portrait(error) => return error.fmt(f),
            Self::Registration(error) => return error.fmt(f),
            Self::Revoked => "credential revoked",
            Self::Suspended => "credential suspended",
            Self::WrongType => "not the credentials asked for",
            Self::FactMissing => "a fact asked for is missing",
            Self::HolderMismatch => "credentials of two persons",
            Self::DependantMismatch => "documents of two dependants",
            Self::KeyTooWeak => "holder key below the level of the service",
            Self::PendampingOver => "helper's session is over",
            Self::PendampingUsed => "helper's session was used here before",
            Self::PendampingFace => "carried by a helper, and no face to compare",
            Self::PortraitMissing => "portrait missing",
        })
    }
}

impl core::error::Error for Refusal {}

coded! { Refusal {
    Credential(error) => inner(error),
    Signer(error) => inner(error),
    Revoked => ("revoked", Peer),
    Suspended => ("suspended", Peer),
    WrongType => ("credential-wrong-type", Peer),
    FactMissing => ("fact-missing", Peer),
    HolderMismatch => ("holder-mismatch", Peer),
    DependantMismatch => ("dependant-mismatch", Peer),
    KeyTooWeak => ("key-too-weak", User),
    PendampingOver => ("pendamping-over", Peer),
    PendampingUsed => ("pendamping-used", Peer),
    PendampingFace => ("pendamping-face", Peer),
    PortraitMissing => ("portrait-missing", Peer),
    Portrait(error) => inner(error),
    Registration(error) => inner(error),
} }

impl Outcome {
    /// Refused before policy had a say: the message itself does not hold.
    #[must_use]
    pub fn refused(reason: impl Into<Reason>, bundle_version: u64) -> Self {
        Self::Refused {
            reasons: NonEmpty::new(reason.into()),
            status: StatusWord::Unknown,
            freshness: Freshness::none(bundle_version),
        }
    }

    /// Undetermined before policy had a say: nothing to judge by.
    #[must_use]
    pub fn undetermined(doubt: Doubt, bundle_version: u64) -> Self {
        Self::Undetermined { doubt, freshness: Freshness::none(bundle_version) }
    }

    /// The decision of the command line.
    #[must_use]
    pub fn decision(&self) -> Decision {
        match self {
            Self::Accepted(_) | Self::AcceptedStale(_) => Decision::Accepted,
            Self::Superseded { .. } | Self::Refused { .. } => Decision::Refused,
            Self::Undetermined { .. } => Decision::Undetermined,
        }
    }

    /// The stable code: `accepted`, `accepted-stale`, `superseded`, or that of the first reason.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Accepted(_) => "accepted",
            Self::AcceptedStale(_) => "accepted-stale",
            Self::Superseded { .. } => "superseded",
            Self::Undetermined { doubt, .. } => doubt.code(),
            Self::Refused { reasons, .. } => reasons.first().code(),
        }
    }

    /// Codes that [`Outcome::code`] gives besides those of [`Doubt`] and [`Refusal`].
    pub const CODES: &'static [&'static str] = &["accepted", "accepted-stale", "superseded"];

    /// Whose doing it is that nothing was accepted.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        match self {
            Self::Accepted(_) | Self::AcceptedStale(_) => None,
            Self::Superseded { .. } => Some(Fault::Peer),
            Self::Undetermined { doubt, .. } => Some(doubt.fault()),
            Self::Refused { reasons, .. } => Some(reasons.first().fault()),
        }
    }

    /// The colour of the screen.
    #[must_use]
    pub fn colour(&self) -> Colour {
        match self {
            Self::Accepted(_) | Self::AcceptedStale(_) => Colour::Green,
            Self::Superseded { .. } => Colour::Yellow,
            Self::Undetermined { .. } => Colour::Grey,
            Self::Refused { .. } => Colour::Red,
        }
    }

    /// The status as far as it was read.
    #[must_use]
    pub fn status(&self) -> StatusWord {
        match self {
            Self::Accepted(_) | Self::AcceptedStale(_) => StatusWord::Valid,
            Self::Superseded { .. } => StatusWord::Superseded,
            Self::Undetermined { .. } => StatusWord::Unknown,
            Self::Refused { status, .. } => *status,
        }
    }

    /// What it was judged by.
    #[must_use]
    pub fn freshness(&self) -> &Freshness {
        match self {
            Self::Accepted(accepted) | Self::AcceptedStale(accepted) => &accepted.freshness,
            Self::Superseded { freshness }
            | Self::Undetermined { freshness, .. }
            | Self::Refused { freshness, .. } => freshness,
        }
    }

    /// The accepted facts, if accepted.
    #[must_use]
    pub fn accepted(&self) -> Option<&Accepted> {
        match self {
            Self::Accepted(accepted) | Self::AcceptedStale(accepted) => Some(accepted),
            _ => None,
        }
    }
}
