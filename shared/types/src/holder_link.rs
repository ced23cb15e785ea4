//! What ties two cards in one answer to one person.

use crate::base64url::{self, Base64UrlError};

/// A value that the same copy (first, second, …) of each card of one person bears, and nobody else's: the claim
/// `pemegang`. Two cards that show the same one belong to one person.
///
/// Written as 22 characters of base64url, as short as a salt, so that a QR packing lifts its 16 bytes.
///
/// Personal: prints as `HolderLink(…)` in Debug; `Display` prints the characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HolderLink([u8; 16]);

impl HolderLink {
    /// The link of these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Reads the 22 characters, and no other spelling of the same bytes.
    ///
    /// # Errors
    /// [`Base64UrlError`].
    pub fn parse(text: &str) -> Result<Self, Base64UrlError> {
        base64url::decode_array(text).map(Self)
    }
}

impl std::fmt::Display for HolderLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&base64url::encode(self.0))
    }
}

impl std::fmt::Debug for HolderLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HolderLink(…)")
    }
}
crate::form::serde_as_text!(HolderLink, Base64UrlError);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_written_link_is_read_as_it_was(bytes: [u8; 16]) {
            let text = HolderLink::from_bytes(bytes).to_string();
            prop_assert_eq!(text.len(), 22);
            prop_assert_eq!(HolderLink::parse(&text), Ok(HolderLink::from_bytes(bytes)));
        }
    }

    #[test]
    fn hostile_texts() {
        for text in ["", "AAAAAAAAAAAAAAAAAAAAAB", "AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAAAAA"] {
            assert!(HolderLink::parse(text).is_err(), "{text:?}");
        }
        assert_eq!(format!("{:?}", HolderLink::from_bytes([1; 16])), "HolderLink(…)");
    }
}
