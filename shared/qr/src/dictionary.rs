//! The preset dictionary: text that presentations are expected to contain, known to both sides and therefore not sent.
//!
//! A dictionary never changes once it has been published: a change is a new version beside the old one. Both sides name it
//! by the first two bytes of its SHA-256; the trust bundle carries the whole hash.

use std::sync::LazyLock;

use absah_crypto::sha256;

/// Bytes of `dictionary/v1.bin`, made by `dictionary/generate.rs` (a test compares them).
static V1: &[u8] = include_bytes!("../dictionary/v1.bin");

static V1_DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| Dictionary::from_bytes(V1.to_vec()));

/// A preset dictionary for DEFLATE with its identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dictionary {
    bytes: Vec<u8>,
    sha256: [u8; 32],
}

impl Dictionary {
    /// DEFLATE looks back at most 32 KiB (RFC 1951, section 2): only the last 32 KiB of a dictionary are used.
    pub const MAX_USEFUL: usize = 32 * 1024;

    /// Version 1, built into this crate.
    #[must_use]
    pub fn v1() -> &'static Self {
        &V1_DICTIONARY
    }

    /// A dictionary that came from elsewhere, for instance from the trust bundle.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        let sha256 = sha256(&bytes);
        Self { bytes, sha256 }
    }

    /// The dictionary's bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the bytes, as it stands in the trust bundle.
    #[must_use]
    pub fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }

    /// The two bytes by which a packing names its dictionary.
    #[must_use]
    pub fn id(&self) -> [u8; 2] {
        let [a, b, ..] = self.sha256;
        [a, b]
    }
}
