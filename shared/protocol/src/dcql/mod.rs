//! Digital Credentials Query Language: OpenID4VP 1.0 section 6.
//!
//! [`Query::parse`] reads a query from anywhere, [`Query::evaluate`] answers it from held
//! credentials, [`Query::asked`] lists what it asks for a consent screen.

mod evaluate;
mod ours;
mod path;
mod query;
#[cfg(test)]
mod tests;

pub use evaluate::{Candidate, Match, Selection, Unsatisfied};
pub use ours::{AskedType, all_claims, credential_of, service_query};
pub use path::{PathError, select};
pub use query::{
    Asked, ClaimQuery, CredentialQuery, CredentialSetQuery, FormatName, MAX_CLAIMS, MAX_CREDENTIALS,
    MAX_OPTIONS, Meta, Query, QueryError, TrustedAuthorities,
};
