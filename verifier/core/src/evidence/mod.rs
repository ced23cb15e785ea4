//! *Berkas Tanpa Fotokopi*: what stays of an accepted answer in place of a photocopy.
//!
//! ```text
//!  Material ─ the officer's word ─► Packet ─ seal (its own key) ─► sealed ─ SHA-256 ─► Link ─ sign ─► chain
//!                                                                                       └► the A4 sheet's QR
//!  sealed + key + Link + status tokens + Bundle ─ verify ─► Verified        the key is gone ─► Receipt
//! ```
//!
//! A packet holds the signed request and the presentation, never the portrait. A link and a receipt hold no fact at
//! all. Erasing the packet's key is the erasure: the chain of links still holds.

mod change;
mod link;
mod packet;
mod picture;
mod verify;

use absah_credential::VerifyError;
use absah_credential::sd_jwt::ParseError;
use absah_protocol::oid4vp::request::RequestError;
use absah_trust::RegistrationError;
use absah_trust::policy::Refusal;
use absah_types::coded;

pub use change::{Change, What, read_changes};
pub use link::{
    Chain, ChainHead, Link, NO_PREVIOUS, Receipt, check_chain, link_hash, read_link, read_receipt,
};
pub use packet::{Card, EvidenceId, Material, Packet, STALE, Verdict, lacks_reason, open, seal};
pub use picture::without_picture;
pub use verify::{Evidence, EvidenceFile, verify};

/// Why evidence does not prove anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceError {
    /// It is no evidence of ours.
    Malformed,
    /// Its key was erased; only the receipt is left.
    Erased,
    /// Nobody here has its key.
    KeyAbsent,
    /// The key does not open it.
    Sealed,
    /// The sealed packet is not the one its link names.
    Altered,
    /// Link and packet speak of different acts.
    Mixed,
    /// The link is not signed by the counter that asked.
    Signature,
    /// The link is another counter's: only there, or with the exported file, can it be checked.
    OtherCounter,
    /// A link is missing, or does not follow the one before it.
    Chain {
        /// The number of the first link that does not follow.
        number: u64,
    },
    /// The request in it does not hold.
    Request(RequestError),
    /// The counter was not registered for that request.
    Registration(RegistrationError),
    /// A presentation in it is no SD-JWT.
    SdJwt(ParseError),
    /// A presentation in it does not hold.
    Credential(VerifyError),
    /// What was shown is not what was asked.
    Unasked,
    /// The cards are of several people who may not be shown together.
    People(Refusal),
    /// The status token it was judged by is not there.
    StatusAbsent,
    /// The status token does not say that the card held.
    Status,
    /// The status token was too old, too young or at its end when the card was judged by it.
    StatusTime,
    /// Old knowledge was taken without a reason.
    Reason,
    /// An undetermined answer was taken without another person who answers for it.
    Supervisor,
}

impl core::fmt::Display for EvidenceError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Malformed => f.write_str("no evidence"),
            Self::Erased => f.write_str("evidence erased"),
            Self::KeyAbsent => f.write_str("key of the evidence is not here"),
            Self::Sealed => f.write_str("evidence does not open with this key"),
            Self::Altered => f.write_str("sealed packet differs from its link"),
            Self::Mixed => f.write_str("link and packet of different acts"),
            Self::Signature => f.write_str("link not signed by the counter that asked"),
            Self::OtherCounter => f.write_str("link of another counter"),
            Self::Chain { number } => write!(f, "link {number} does not follow"),
            Self::Request(error) => error.fmt(f),
            Self::Registration(error) => error.fmt(f),
            Self::SdJwt(error) => error.fmt(f),
            Self::Credential(error) => error.fmt(f),
            Self::Unasked => f.write_str("shown and asked differ"),
            Self::People(error) => error.fmt(f),
            Self::StatusAbsent => f.write_str("status token is not there"),
            Self::Status => f.write_str("status token does not say valid"),
            Self::StatusTime => f.write_str("status token of another time"),
            Self::Reason => f.write_str("reason missing"),
            Self::Supervisor => f.write_str("supervisor missing"),
        }
    }
}

impl core::error::Error for EvidenceError {}

coded! { EvidenceError {
    Malformed => ("evidence-malformed", User),
    Erased => ("evidence-erased", User),
    KeyAbsent => ("evidence-key-absent", User),
    Sealed => ("evidence-sealed", Peer),
    Altered => ("evidence-altered", Peer),
    Mixed => ("evidence-mixed", Peer),
    Signature => ("evidence-signature", Peer),
    OtherCounter => ("evidence-other-counter", User),
    Chain { .. } => ("evidence-chain", Environment),
    Request(error) => inner(error),
    Registration(error) => inner(error),
    SdJwt(error) => inner(error),
    Credential(error) => inner(error),
    Unasked => ("evidence-unasked", Peer),
    People(error) => inner(error),
    StatusAbsent => ("evidence-status-absent", User),
    Status => ("evidence-status", Peer),
    StatusTime => ("evidence-status-time", Peer),
    Reason => ("evidence-reason", Peer),
    Supervisor => ("evidence-supervisor", Peer),
} }
