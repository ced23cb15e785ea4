//! What the world outside sees of our credentials, and the texts and tables of the programs:
//! JSON Schemas, the JSON-LD context, credential type metadata, code tables, regions, texts in three
//! languages, default services. All of it is embedded; nothing is read from disk at run time.

pub mod codes;
pub mod credential_types;
pub mod documents;
pub mod letters;
pub mod paper;
pub mod regions;
pub mod services;
#[cfg(test)]
mod tests;
mod texts;
pub mod times;

pub use credential_types::{Claim, CredentialType};
pub use texts::{keys, text, text_with};

/// Where all our identifiers begin. The issuer serves the same documents under its own host at the
/// same paths.
pub const BASE: &str = "https://absah.madiunkota.go.id";
