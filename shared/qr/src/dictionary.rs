//! The preset dictionary: text that presentations are expected to contain, known to both sides and therefore not sent.
//!
//! A dictionary never changes once it has been published: a change is a new version beside the old one. Both sides name it
//! by the first two bytes of its SHA-256; the trust bundle carries the whole hash.

use std::sync::LazyLock;

use absah_crypto::sha256;

/// Made from `dictionary/v1.txt` (a test compares them).
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::op;

    const SOURCE: &str = include_str!("../dictionary/v1.txt");

    const MARKS: [(&str, u8); 14] = [
        ("<OPEN>", op::OPEN),
        ("<CLOSE>", op::CLOSE),
        ("<RAW16>", op::RAW16),
        ("<RAW32>", op::RAW32),
        ("<RAW64>", op::RAW64),
        ("<DIGEST>", op::DIGEST),
        ("<DIGESTS>", op::DIGESTS),
        ("<CHAIN>", op::CHAIN),
        ("<AUD>", op::AUD),
        ("<NONCE>", op::NONCE),
        ("<SD_HASH>", op::SD_HASH),
        ("<DAYS>", op::DAYS),
        ("<NUMBER>", op::NUMBER),
        ("<DATE>", op::DATE),
    ];

    /// A dictionary from its source, as the head of `v1.txt` says.
    fn compile(source: &str) -> Vec<u8> {
        let mut out = Vec::new();
        for line in source.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut rest = line;
            while let Some(first) = rest.chars().next() {
                let mark = MARKS.iter().find(|(name, _)| rest.starts_with(name));
                let length = match mark {
                    Some((name, byte)) => {
                        out.push(*byte);
                        name.len()
                    }
                    None => {
                        assert_ne!(first, '<', "an unknown mark: {rest}");
                        out.extend_from_slice(first.to_string().as_bytes());
                        first.len_utf8()
                    }
                };
                rest = &rest[length..];
            }
        }
        out
    }

    #[test]
    fn version_1_is_made_from_its_source() {
        assert_eq!(
            Dictionary::v1().bytes(),
            compile(SOURCE),
            "made anew by the ignored test `write_dictionary`"
        );
        assert!(Dictionary::v1().bytes().len() <= Dictionary::MAX_USEFUL);
    }

    #[test]
    #[ignore = "writes dictionary/v1.bin"]
    fn write_dictionary() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/dictionary/v1.bin"), compile(SOURCE)).unwrap();
    }
}
