//! The counter's side of a presentation: ask, read, decide.
//!
//! ```text
//!  Identity + Bundle ─► Menu ─► Offer ─ request::{by_qr, online} ─► Unsigned ─ attach ─► Made { pending, … }
//!                                                                                        │ kept, sealed
//!  pictures, texts ─ answer::read ─► bytes ─ answer::tag ─► which pending request?  ◄─────┘
//!                                            └─ judge::{by_qr, posted} ─► Outcome ─► report::Report
//!                                                                          └─ the officer's word ─► evidence
//!                 a code without a request ─ one_scan::judge ─► Outcome, never evidence
//! ```
//!
//! Pure: the shell brings time, randomness, signatures and the pending requests, and takes care that a
//! request is used once.

pub mod answer;
pub mod evidence;
pub mod identity;
pub mod judge;
pub mod menu;
pub mod one_scan;
pub mod paper;
pub mod pending;
pub mod printed;
pub mod report;
pub mod request;

#[cfg(test)]
mod tests;

pub use answer::AnswerRefusal;
pub use evidence::EvidenceError;
pub use identity::{CounterId, Identity};
pub use menu::{Menu, MenuError, Offer};
pub use one_scan::OneScanRefusal;
pub use paper::PaperRefusal;
pub use pending::{Pending, PendingError, Stage};
pub use report::{Report, Strength};
pub use request::{Made, RequestFailure, Unsigned};
