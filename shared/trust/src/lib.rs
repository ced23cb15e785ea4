//! Who may be believed, and what follows from it.
//!
//! ```text
//!  folder of files ──Bundle::import──► Bundle ─┬─ trust list      whose signature counts, for what
//!   (a TUF repository)                         ├─ registrations   which counter may ask for what
//!                                              ├─ status tokens   which credentials still hold
//!                                              └─ policy values   how old an answer may be
//!
//!  Verified (mathematics) + Bundle + service + now ──policy::decide──► Outcome (what the counter shows)
//! ```
//!
//! Two constructors make trust, and nothing else does: [`bundle::Bundle::import`] (and its sibling
//! `reopen`) for documents, [`policy::decide`] for persons' facts. Both are pure: time is an argument and
//! files come as a map from name to bytes.

pub mod bundle;
pub mod canonical;
pub mod certificate;
pub mod policy;
pub mod registration;
#[cfg(feature = "sample")]
pub mod sample;
pub mod trust_list;
pub mod tuf;
pub mod webvh;

pub use absah_credential::ClaimPath;
pub use bundle::{Anchor, Bundle, BundleError, ChainError, Contents, Files, TrustedState};
pub use certificate::{AccessCertificate, CertificateError};
pub use policy::{
    Accepted, Facts, Freshness, FreshnessTier, Outcome, Policy, Presented, Reason, Refusal, decide,
    decide_paper, vouch,
};
pub use registration::{Registered, Registration, RegistrationError, Service, SignedRegistration, Tier};
pub use trust_list::{KeyRole, SignedDuring, TrustList, TrustListError, TrustedKey};
