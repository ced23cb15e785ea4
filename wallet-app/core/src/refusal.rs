//! Why the wallet says no. Nothing was taken, and but for the last two nothing was sent.

use std::fmt;

use absah_protocol::dcql::Unsatisfied;
use absah_protocol::oauth::OAuthError;
use absah_protocol::oid4vci::holder::{ReceiveError, ReceivedError};
use absah_protocol::oid4vp::flow_a::{AnswerError, ExpandError};
use absah_protocol::oid4vp::request::RequestError;
use absah_qr::frames::{FinishError, FrameError, SplitError};
use absah_schemas::letters::LetterError;
use absah_trust::bundle::ClockBehind;
use absah_trust::{BundleError, RegistrationError};
use absah_types::{Timestamp, coded};

use crate::effect::FetchFailure;
use crate::one_scan::OneScanError;

/// Less than the five minutes for which proofs hold on both sides: an answer takes its time, too.
const CLOCKS_DIFFER_S: u64 = 4 * 60;

/// A refusal by the wallet itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Something else is going on, or nothing that this answers.
    NotNow,
    /// The key store gave something else than it was asked for.
    KeyStore,
    /// No answer from the network.
    Network(FetchFailure),
    /// The trust bundle does not hold.
    Bundle(BundleError),
    /// This device's clock lies before a time that an issuer has signed.
    Clock(ClockBehind),
    /// What this device signed was not taken, and its clock is not that of whoever refused it.
    ClockOff,

    /// The offer, or a step of receiving it, does not hold.
    Receive(ReceiveError),
    /// The issuer's name is none that an honest office has.
    IssuerName,
    /// An issuer that is not on the trust list goes by the name of one that is.
    IssuerNameTaken,
    /// An issuer that is not on the trust list offers a card of the registry's types.
    IssuerTypeUnlisted,
    /// The offer needs the code that the officer reads aloud.
    CodeNeeded,
    /// The issuer's published keys are not there or not its own.
    IssuerKeys,
    /// A received credential does not hold.
    Received(ReceivedError),
    /// The key of a received card did not count when it was signed.
    Signer(absah_trust::TrustListError),
    /// Fewer copies than keys.
    CopiesMissing,
    /// Copies share a status index.
    CopiesLinkable,
    /// The card names a portrait, and none came.
    PortraitMissing,
    /// Nothing came with this card that would renew it.
    NotRenewable,

    /// No card of this kind is waited for.
    NotAwaited,
    /// The issuer does not want to be asked yet.
    TooEarly {
        /// From when on.
        not_before: Timestamp,
    },
    /// No card of this name is in the wallet.
    NoSuchCard,

    /// No card that still holds proves to the issuer who asks.
    NoCardToProve,
    /// The card that is carried for somebody was shown: a session is one errand.
    CarriedUsed,
    /// There is only a card that this device carries for somebody: it proves nothing of who holds the device.
    OnlyCarried,
    /// The issuer says that the card which would prove who asks was withdrawn.
    ProvingCardWithdrawn,
    /// The card that proves who asks is signed with a key that the issuer distrusts: it proves nothing any more.
    ProvingCardDistrusted,
    /// The issuer says that the card which would prove who asks is suspended.
    ProvingCardSuspended,
    /// The issuer does not tell the access history.
    AccessRefused {
        /// HTTP status.
        status: u16,
    },
    /// The registry does not take the wish.
    WishRefused {
        /// HTTP status.
        status: u16,
    },
    /// The wish was sent and its answer was not waited for: perhaps it arrived, perhaps not.
    WishNotConfirmed,
    /// A paper card was printed less than a day ago.
    PaperToday,
    /// The registry has no photograph for a paper card.
    PaperNoPortrait,
    /// Too many wishes of this person wait for an answer.
    WishTooMany,
    /// The registry does not take the letter as it is filled in.
    Letter(LetterError),
    /// By the register the holder has died.
    RecordedDead,
    /// By the register the holder has moved away.
    RecordedMoved,
    /// By the register the holder is missing.
    RecordedMissing,
    /// Too young for this, by the register.
    RecordedTooYoung,
    /// What the registry told is no answer to a wish.
    WishUnreadable,
    /// What the issuer told is no access history.
    AccessUnreadable,
    /// The log behind the access history is smaller than it was, or does not begin with what it was: an older copy, or
    /// another one.
    AccessRollback,
    /// The trust bundle names no ledger.
    NoLedger,

    /// There is no trust bundle yet: nobody can be recognised.
    NoBundle,
    /// What was scanned or pasted is no request.
    NotARequest,
    /// A frame is damaged or none of ours.
    Frame(FrameError),
    /// Frames are missing.
    Frames(FinishError),
    /// The other side's server is in trouble of its own: nothing is wrong here, and nothing was sent that counts.
    ServerTrouble {
        /// HTTP status.
        status: u16,
    },
    /// The request was not to be had at its address.
    RequestGone {
        /// HTTP status.
        status: u16,
    },
    /// The request does not expand: its registration is unknown, withdrawn, ended.
    Expand(ExpandError),
    /// The request itself does not hold.
    Request(RequestError),
    /// This very request was answered before.
    AnsweredBefore,
    /// The name of the agency or its place is none that an honest office has.
    AgencyName,
    /// The counter may not ask this.
    Registration(RegistrationError),
    /// The trust bundle is too old for more than yes-or-no facts.
    OldBundle {
        /// Its age in days.
        days: i64,
    },
    /// The service demands a better kept key than that of any card which would answer.
    KeyTooWeak,
    /// No card answers the request.
    Unsatisfied(Unsatisfied),
    /// Several cards are asked, and those held do not say that they are of one person.
    NotOnePerson,
    /// The card that would answer has ended.
    CardExpired,
    /// The trust list takes back what the key of the card that would answer signed then.
    CardDistrusted,
    /// A card kept here cannot be read any more.
    CardUnreadable,
    /// Nothing is shown without a request.
    OneScan(OneScanError),
    /// The answer cannot be sealed.
    Answer(AnswerError),
    /// The answer cannot be cut into frames.
    Split(SplitError),

    /// The answer was sent and nothing came back: perhaps it arrived, perhaps not.
    NotDelivered(FetchFailure),
    /// The answer was sent and the other side did not take it.
    AnswerRejected {
        /// HTTP status.
        status: u16,
    },
}

impl Refusal {
    /// What an answer of this status says where `other` was expected to explain it: a server that fails (RFC 9110, 15.6)
    /// or asks for patience (RFC 6585, 4) has not said no.
    pub(crate) fn of_status(status: u16, other: Self) -> Self {
        if status >= 500 || status == 429 { Self::ServerTrouble { status } } else { other }
    }

    /// The same, unless what was refused is a proof of this moment and the two clocks differ by minutes: `theirs` is what time
    /// it was for whoever refused. Then no new offer and no other card helps, but setting the clock.
    pub(crate) fn by_clock(self, theirs: Option<Timestamp>, ours: Timestamp) -> Self {
        let is_proof = match &self {
            Self::Receive(ReceiveError::Refused(error)) => {
                matches!(error, OAuthError::InvalidDpopProof | OAuthError::InvalidProof)
            }
            // Who asks was not believed; what is asked would be refused as a bad request.
            Self::WishRefused { status } | Self::AccessRefused { status } => *status == 403,
            _ => false,
        };
        let is_off = theirs.is_some_and(|theirs| theirs.unix().abs_diff(ours.unix()) >= CLOCKS_DIFFER_S);
        if is_proof && is_off { Self::ClockOff } else { self }
    }
}

impl fmt::Display for FetchFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreachable => "no connection",
            Self::ForbiddenAddress => "address not allowed",
            Self::Redirected => "sent elsewhere",
            Self::TooLarge => "answer too large",
            Self::TimedOut => "too slow",
            Self::Unreadable => "answer unreadable",
        })
    }
}

impl std::error::Error for FetchFailure {}

coded! { FetchFailure {
    Unreachable => ("network-unreachable", Environment),
    ForbiddenAddress => ("network-forbidden-address", Peer),
    Redirected => ("network-redirected", Peer),
    TooLarge => ("network-too-large", Peer),
    TimedOut => ("network-too-slow", Environment),
    Unreadable => ("network-unreadable", Peer),
} }

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotNow => f.write_str("nothing that this answers is going on"),
            Self::KeyStore => f.write_str("the key store failed"),
            Self::Network(error) => error.fmt(f),
            Self::Bundle(error) => error.fmt(f),
            Self::Clock(error) => error.fmt(f),
            Self::ClockOff => f.write_str("this device's clock is off by minutes"),
            Self::Receive(error) => error.fmt(f),
            Self::IssuerName => f.write_str("the issuer's name is not a name"),
            Self::IssuerNameTaken => f.write_str("the issuer goes by the name of a listed one"),
            Self::IssuerTypeUnlisted => {
                f.write_str("an issuer that is not listed offers a card of the registry's types")
            }
            Self::AgencyName => f.write_str("the agency's name is not a name"),
            Self::CodeNeeded => f.write_str("the offer needs a code"),
            Self::IssuerKeys => f.write_str("the issuer's keys are not published as its own"),
            Self::Received(error) => error.fmt(f),
            Self::Signer(error) => error.fmt(f),
            Self::CopiesMissing => f.write_str("fewer copies than keys"),
            Self::CopiesLinkable => f.write_str("copies share a status index"),
            Self::PortraitMissing => f.write_str("the portrait did not come with the card"),
            Self::NotRenewable => f.write_str("the card cannot be renewed by itself"),
            Self::NotAwaited => f.write_str("no such card is waited for"),
            Self::TooEarly { not_before } => write!(f, "not before {not_before}"),
            Self::NoSuchCard => f.write_str("no such card"),
            Self::CarriedUsed => f.write_str("the session of the carried card was used"),
            Self::OnlyCarried => f.write_str("the only card here is carried for somebody else"),
            Self::NoCardToProve => f.write_str("no card proves who asks"),
            Self::ProvingCardDistrusted => f.write_str("card that proves who asks is of a distrusted key"),
            Self::ProvingCardWithdrawn => f.write_str("card that proves who asks is withdrawn"),
            Self::ProvingCardSuspended => f.write_str("card that proves who asks is suspended"),
            Self::AccessRefused { status } => write!(f, "access history refused: http status {status}"),
            Self::WishRefused { status } => write!(f, "wish refused: http status {status}"),
            Self::WishNotConfirmed => f.write_str("wish sent, no answer waited for"),
            Self::PaperToday => f.write_str("last paper card printed less than a day ago"),
            Self::PaperNoPortrait => f.write_str("no photograph for a paper card"),
            Self::WishTooMany => f.write_str("too many wishes wait for an answer"),
            Self::Letter(error) => error.fmt(f),
            Self::RecordedDead => f.write_str("holder recorded as dead"),
            Self::RecordedMoved => f.write_str("holder recorded as moved away"),
            Self::RecordedMissing => f.write_str("holder recorded as missing"),
            Self::RecordedTooYoung => f.write_str("holder too young for what is asked"),
            Self::WishUnreadable => f.write_str("answer to a wish unreadable"),
            Self::AccessUnreadable => f.write_str("access history unreadable"),
            Self::AccessRollback => f.write_str("access history of an older or another log"),
            Self::NoLedger => f.write_str("trust bundle without a ledger"),
            Self::NoBundle => f.write_str("no trust bundle yet"),
            Self::NotARequest => f.write_str("not a request"),
            Self::Frame(error) => error.fmt(f),
            Self::Frames(error) => error.fmt(f),
            Self::ServerTrouble { status } => write!(f, "the server is in trouble: http status {status}"),
            Self::RequestGone { status } => write!(f, "the request is not there: http status {status}"),
            Self::Expand(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
            Self::AnsweredBefore => f.write_str("request answered before"),
            Self::Registration(error) => error.fmt(f),
            Self::OldBundle { days } => write!(f, "trust bundle of {days} days: yes-or-no facts only"),
            Self::KeyTooWeak => f.write_str("the service demands a better kept key"),
            Self::Unsatisfied(error) => error.fmt(f),
            Self::NotOnePerson => f.write_str("no cards of one person answer"),
            Self::CardExpired => f.write_str("the card has ended"),
            Self::CardDistrusted => f.write_str("the card's key is not believed any more"),
            Self::CardUnreadable => f.write_str("a kept card cannot be read"),
            Self::OneScan(error) => error.fmt(f),
            Self::Answer(error) => error.fmt(f),
            Self::Split(error) => error.fmt(f),
            Self::NotDelivered(error) => write!(f, "answer sent, no receipt: {error}"),
            Self::AnswerRejected { status } => write!(f, "answer not taken: http status {status}"),
        }
    }
}

impl std::error::Error for Refusal {}

coded! { Refusal {
    NotNow => ("wallet-not-now", Bug),
    KeyStore => ("wallet-key-store", Bug),
    Network(error) => inner(error),
    Bundle(error) => inner(error),
    Clock(error) => inner(error),
    ClockOff => ("clock-off", User),
    Receive(error) => inner(error),
    IssuerName => ("issuer-name-unsafe", Peer),
    IssuerNameTaken => ("issuer-name-taken", Peer),
    IssuerTypeUnlisted => ("issuer-type-unlisted", Peer),
    AgencyName => ("agency-name-unsafe", Peer),
    CodeNeeded => ("offer-code-needed", User),
    IssuerKeys => ("issuer-keys-unpublished", Peer),
    Received(error) => inner(error),
    Signer(error) => inner(error),
    CopiesMissing => ("copies-missing", Peer),
    CopiesLinkable => ("copies-linkable", Peer),
    PortraitMissing => ("received-portrait-missing", Peer),
    NotRenewable => ("card-not-renewable", User),
    NotAwaited => ("card-not-awaited", User),
    TooEarly { .. } => ("card-not-yet", User),
    NoSuchCard => ("card-unknown", User),
    CarriedUsed => ("carried-used", User),
    OnlyCarried => ("access-only-carried", User),
    NoCardToProve => ("access-no-card", User),
    ProvingCardDistrusted => ("access-card-distrusted", User),
    ProvingCardWithdrawn => ("access-card-withdrawn", User),
    ProvingCardSuspended => ("access-card-suspended", User),
    AccessRefused { .. } => ("access-refused", Peer),
    WishRefused { .. } => ("wish-refused", Peer),
    WishNotConfirmed => ("wish-not-confirmed", Environment),
    PaperToday => ("paper-ask-today", User),
    PaperNoPortrait => ("paper-ask-no-portrait", User),
    WishTooMany => ("ask-too-many", User),
    Letter(error) => inner(error),
    RecordedDead => ("ask-resident-dead", User),
    RecordedMoved => ("ask-resident-moved", User),
    RecordedMissing => ("ask-resident-missing", User),
    RecordedTooYoung => ("ask-resident-too-young", User),
    WishUnreadable => ("wish-unreadable", Peer),
    AccessUnreadable => ("access-unreadable", Peer),
    AccessRollback => ("access-log-rollback", Peer),
    NoLedger => ("access-no-ledger", User),
    NoBundle => ("wallet-no-bundle", User),
    NotARequest => ("not-a-request", User),
    Frame(error) => inner(error),
    Frames(error) => inner(error),
    ServerTrouble { .. } => ("server-trouble", Environment),
    RequestGone { .. } => ("request-gone", Peer),
    Expand(error) => inner(error),
    Request(error) => inner(error),
    AnsweredBefore => ("request-answered-before", Peer),
    Registration(error) => inner(error),
    OldBundle { .. } => ("wallet-bundle-too-old", User),
    KeyTooWeak => ("card-key-too-weak", User),
    Unsatisfied(error) => inner(error),
    NotOnePerson => ("cards-not-of-one-person", User),
    CardExpired => ("card-expired", User),
    CardDistrusted => ("card-distrusted", User),
    CardUnreadable => ("card-unreadable", Bug),
    OneScan(error) => inner(error),
    Answer(error) => inner(error),
    Split(error) => inner(error),
    NotDelivered(..) => ("answer-not-confirmed", Environment),
    AnswerRejected { .. } => ("answer-rejected", Peer),
} }
