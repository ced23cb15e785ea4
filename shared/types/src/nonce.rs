//! The nonce of a request.

use crate::{Rng, array, base64url};

/// A value used once. "The value MUST only contain ASCII URL safe characters" (OpenID4VP 1.0,
/// section 5.2): letters, digits, `-`, `.`, `_`, `~`; here 1 to 512 of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Nonce(String);

/// A text that is no nonce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NonceError {
    /// Nothing, or more than 512 characters.
    Length,
    /// A character that is not URL safe.
    Characters,
}

impl std::fmt::Display for NonceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Length => "nonce of other than 1 to 512 characters",
            Self::Characters => "nonce with a character that is not URL safe",
        })
    }
}
impl std::error::Error for NonceError {}
crate::coded! { NonceError {
    Length => ("nonce-length", Peer),
    Characters => ("nonce-characters", Peer),
} }

impl Nonce {
    /// Reads a nonce as the other side wrote it.
    ///
    /// # Errors
    /// When its length or a character is outside the rule above.
    pub fn parse(text: &str) -> Result<Self, NonceError> {
        if text.is_empty() || text.len() > 512 {
            return Err(NonceError::Length);
        }
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if !text.bytes().all(safe) {
            return Err(NonceError::Characters);
        }
        Ok(Self(text.to_owned()))
    }

    /// A nonce that is the base64url text of given bytes (a hash of the request).
    #[must_use]
    pub fn of_bytes(bytes: &[u8; 32]) -> Self {
        Self(base64url::encode(bytes))
    }

    /// A fresh nonce of 16 random bytes.
    pub fn random(rng: &mut dyn Rng) -> Self {
        Self(base64url::encode(array::<16>(rng)))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Nonce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
crate::form::serde_as_text!(Nonce, NonceError);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded as _;
    use proptest::prelude::*;

    #[test]
    fn hostile_texts() {
        let long = "a".repeat(513);
        let cases = [
            ("empty", "", "nonce-length"),
            ("too long", long.as_str(), "nonce-length"),
            ("blank", "a b", "nonce-characters"),
            ("quote", "a\"b", "nonce-characters"),
            ("line break", "a\n", "nonce-characters"),
            ("percent", "a%20", "nonce-characters"),
            ("not ASCII", "é", "nonce-characters"),
        ];
        for (name, text, code) in cases {
            assert_eq!(Nonce::parse(text).map_err(|e| e.code()), Err(code), "{name}");
        }
        assert!(Nonce::parse(&long[1..]).is_ok());
    }

    proptest! {
        #[test]
        fn round_trip(text in "[A-Za-z0-9._~-]{1,64}") {
            prop_assert_eq!(Nonce::parse(&text).unwrap().to_string(), text);
        }
        #[test]
        fn ours_is_well_formed(bytes: [u8; 32]) {
            let nonce = Nonce::of_bytes(&bytes);
            prop_assert_eq!(Nonce::parse(nonce.as_str()), Ok(nonce.clone()));
        }
    }
}
