//! did:webvh 1.0: an identifier whose document has a history that anybody can check.
//!
//! ```text
//!  did.jsonl ──┐
//!              ├─DidLog::verify──► DidLog ──newest / version / at──► Version (a DID document that was proven)
//!  did-witness.json (if named)                  │
//!                                               └─Draft::next──► Draft ──attach(signature)──► one more line
//! ```
//!
//! A log is checked whole: one entry that does not hold takes the rest with it. Nothing is fetched here, and neither the
//! moment nor a key is anybody's but the caller's.

mod document;
mod encoding;
mod log;
mod parameters;
mod proof;
mod witness;
mod write;

#[cfg(test)]
mod tests;

use absah_types::coded;

pub use document::{files_url, log_url, log_url_dev, of_did_web, parallel_did_web, with_implicit_services};
pub use encoding::{key_hash, multikey, multikey_of};
pub use log::{DidLog, MAX_ENTRIES, MAX_LOG_BYTES, Version};
pub use parameters::{Active, Parameters, WitnessList};
pub use witness::{MAX_WITNESS_BYTES, Succession, WitnessProof};
pub use write::{Draft, METHOD, PLACEHOLDER};

/// Why a log, or a draft for it, does not hold. `entry` is the number of the line, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebvhError {
    /// The log holds more than [`MAX_LOG_BYTES`] or [`MAX_ENTRIES`].
    TooLarge,
    /// The log has no entry.
    Empty,
    /// A line is not a JSON object of exactly the five members.
    Entry {
        /// Which.
        entry: usize,
    },
    /// A version number is not the one that follows.
    VersionNumber {
        /// Which.
        entry: usize,
    },
    /// The entry is not the one its hash, or that of the entry after it, was made over.
    EntryHash {
        /// Which.
        entry: usize,
    },
    /// The identifier was not made from this first entry.
    Scid,
    /// A time is none in UTC, or not later than the one before.
    Time {
        /// Which.
        entry: usize,
    },
    /// A time lies ahead.
    TimeAhead {
        /// Which.
        entry: usize,
    },
    /// The version of the method is not 1.0, or the first entry names none.
    Method {
        /// Which.
        entry: usize,
    },
    /// A parameter is unknown, missing, of another type, or may not stand in this entry.
    Parameter {
        /// Which entry.
        entry: usize,
        /// Which parameter.
        name: String,
    },
    /// A proof is not one Data Integrity proof of the one kind allowed.
    ProofForm {
        /// Which.
        entry: usize,
    },
    /// A proof was made by a key that may not change this log.
    Unauthorized {
        /// Which.
        entry: usize,
    },
    /// A proof was not made over this entry.
    Signature {
        /// Which.
        entry: usize,
    },
    /// With keys announced beforehand, the entry's keys are not among those announced, or it announces none.
    PreRotation {
        /// Which.
        entry: usize,
    },
    /// An entry follows one that ended the identifier.
    Deactivated {
        /// Which.
        entry: usize,
    },
    /// The document's `id` is missing or not of this identifier.
    DocumentId {
        /// Which.
        entry: usize,
    },
    /// The identifier was moved though it may not, or without keeping its old name.
    Moved {
        /// Which.
        entry: usize,
    },
    /// The file of the witnesses' proofs is no such file.
    WitnessFile,
    /// Fewer witnesses have agreed to an entry than must.
    Unwitnessed {
        /// Which.
        entry: usize,
    },
    /// The log is that of another identifier.
    OtherDid,
    /// The identifier has no place on the web: no host name, or one that is an address.
    Location,
}

impl core::fmt::Display for WebvhError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::TooLarge => f.write_str("did log too large"),
            Self::Empty => f.write_str("did log empty"),
            Self::Entry { entry } => write!(f, "entry {entry} malformed"),
            Self::VersionNumber { entry } => write!(f, "entry {entry} has another version number"),
            Self::EntryHash { entry } => write!(f, "entry {entry} does not match its hash"),
            Self::Scid => f.write_str("identifier not made from the first entry"),
            Self::Time { entry } => write!(f, "entry {entry} is not later than the one before"),
            Self::TimeAhead { entry } => write!(f, "entry {entry} lies ahead"),
            Self::Method { entry } => write!(f, "entry {entry} of another version of the method"),
            Self::Parameter { entry, name } => write!(f, "parameter {name:?} of entry {entry} not allowed"),
            Self::ProofForm { entry } => write!(f, "proof of entry {entry} malformed"),
            Self::Unauthorized { entry } => write!(f, "entry {entry} signed by a key that may not"),
            Self::Signature { entry } => write!(f, "signature of entry {entry} does not match"),
            Self::PreRotation { entry } => write!(f, "keys of entry {entry} were not announced"),
            Self::Deactivated { entry } => write!(f, "entry {entry} after the end of the identifier"),
            Self::DocumentId { entry } => write!(f, "document of entry {entry} is of another identifier"),
            Self::Moved { entry } => write!(f, "entry {entry} moves the identifier and may not"),
            Self::WitnessFile => f.write_str("file of witness proofs malformed"),
            Self::Unwitnessed { entry } => write!(f, "too few witnesses agreed to entry {entry}"),
            Self::OtherDid => f.write_str("log of another identifier"),
            Self::Location => f.write_str("identifier without a host name"),
        }
    }
}

impl core::error::Error for WebvhError {}

coded! { WebvhError {
    TooLarge => ("webvh-too-large", Peer),
    Empty => ("webvh-empty", Peer),
    Entry { .. } => ("webvh-entry", Peer),
    VersionNumber { .. } => ("webvh-version-number", Peer),
    EntryHash { .. } => ("webvh-entry-hash", Peer),
    Scid => ("webvh-scid", Peer),
    Time { .. } => ("webvh-time", Peer),
    TimeAhead { .. } => ("webvh-time-ahead", Peer),
    Method { .. } => ("webvh-method", Peer),
    Parameter { .. } => ("webvh-parameter", Peer),
    ProofForm { .. } => ("webvh-proof-form", Peer),
    Unauthorized { .. } => ("webvh-unauthorized", Peer),
    Signature { .. } => ("webvh-signature", Peer),
    PreRotation { .. } => ("webvh-pre-rotation", Peer),
    Deactivated { .. } => ("webvh-deactivated", Peer),
    DocumentId { .. } => ("webvh-document-id", Peer),
    Moved { .. } => ("webvh-moved", Peer),
    WitnessFile => ("webvh-witness-file", Peer),
    Unwitnessed { .. } => ("webvh-unwitnessed", Peer),
    OtherDid => ("webvh-other-did", Peer),
    Location => ("webvh-location", Peer),
} }
