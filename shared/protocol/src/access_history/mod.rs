//! The access history of a citizen: who looked at this person's record, when, why; each entry with its proof.
//!
//! ```text
//! wallet ── POST /nonce ──────────────────────────────► issuer
//! wallet ── POST /access-history { presentation } ────► issuer: a card it signed, held by who asks, and still good
//! wallet ◄─ entries: event, r, leaf, tlog-proof ─────── issuer
//! wallet: leaf commits to the event, stands in the log, and the log's witnesses have co-signed it
//! ```
//!
//! The wallet believes nothing of the answer: everything in it is checked against the keys of the trust bundle.

pub mod answer;
pub mod request;

pub use answer::{AccessHistory, Checked, Entry, EntryError, EventFacts};
pub use request::{AccessHistoryError, AccessHistoryExpectation, AccessHistoryRequest, Asked};

#[cfg(test)]
mod tests;

/// Where it is asked, below the issuer's URL.
pub const PATH: &str = "/access-history";

/// Largest request body accepted, in bytes.
pub const MAX_REQUEST: usize = 64 * 1024;
/// Largest answer read, in bytes.
pub const MAX_ANSWER: usize = 8 * 1024 * 1024;
/// Most entries in one answer: the newest.
pub const MAX_ENTRIES: usize = 1000;
