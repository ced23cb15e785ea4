//! The messages between issuer, wallet and counter, and the checks each side owes the other.
//!
//! ```text
//!  issuer ◄── oid4vci ──► wallet ◄── oid4vp (over HTTPS, or flow A by QR) ──► counter
//!                                      the question is a dcql::Query
//! ```
//!
//! Everything here is pure: bytes and facts in, bytes and facts out. What must be fetched, stored or
//! signed is said, never done: a step names what it [needs](oid4vci::holder::Need), `prepare` gives what
//! to sign and `attach` takes the signature.

pub mod access_history;
pub mod counter_ticket;
pub mod dcql;
pub mod oauth;
pub mod oid4vci;
pub mod oid4vp;
pub mod paper;
pub mod wishes;

#[cfg(test)]
mod fixtures;
mod form;
mod json;
mod url_rules;

pub use form::field as form_field;
pub use url_rules::{IssuerId, UrlRules};
