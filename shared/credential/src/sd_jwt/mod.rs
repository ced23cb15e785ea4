//! Selective Disclosure for JSON Web Tokens (RFC 9901): issue, select, bind to a key, verify.
//!
//! ```text
//! issuer   Object ── prepare ──▶ Prepared ── attach(signature) ──▶ text
//! holder   text ── Held::from_verified ──▶ select(paths) ──▶ Presentation ── bind ──▶ attach(signature) ──▶ text
//! verifier text ── Unverified::parse ──▶ process(issuer key, key binding) ──▶ Processed
//! ```
//! This module knows arbitrary SD-JWTs; what makes one a credential stands in [`crate::verify()`].

mod disclosure;
mod hold;
mod issue;
mod json_serialization;
mod key_binding;
mod parse;
mod process;

pub use hold::{Held, Presentation, SelectError};
pub(crate) use issue::prepare_after;
pub use issue::{Array, BuildError, Object, Prepared, SigningHeader, Tree, prepare};
pub use json_serialization::{to_flattened_json, to_general_json};
pub use key_binding::{KeyBinding, KeyBindingExpectation, KeyBindingPolicy, PreparedKeyBinding};
pub use parse::{ParseError, Unverified};
pub use process::{ProcessError, Processed};

/// What a reader takes at most; everything beyond is refused before it costs anything.
pub mod limits {
    /// Characters of a whole SD-JWT or SD-JWT+KB. A family card of 16 with all disclosures has 45,000.
    pub const TEXT: usize = 128 * 1024;
    /// Disclosures. A family card of 16 has 211.
    pub const DISCLOSURES: usize = 512;
    /// Characters of one disclosure. A portrait carried by value has about 2,000.
    pub const DISCLOSURE: usize = 16 * 1024;
    /// Digests in the payload and all disclosures together.
    pub const DIGESTS: usize = 1024;
}

/// The only hash algorithm we take (RFC 9901, section 4.1.1: the default of `_sd_alg`).
pub(crate) const SD_ALG: &str = "sha-256";
