//! Disclosures (RFC 9901, section 4.2): base64url of `[salt, name, value]` or `[salt, value]`.

use absah_crypto::{json, sha256};
use absah_types::base64url;
use serde_json::Value;

use super::parse::ParseError;

/// A digest as it stands in the payload: base64url of SHA-256, always 43 characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Digest([u8; 43]);

impl Digest {
    /// "The digest MUST be taken over the US-ASCII bytes of the base64url-encoded value that is the
    /// Disclosure." (section 4.2.3)
    pub(crate) fn of(encoded: &str) -> Self {
        Self::from_hash(&sha256(encoded.as_bytes()))
    }

    /// A decoy: "hashing over a cryptographically secure random number" (section 4.2.5).
    pub(crate) fn decoy(random: &[u8]) -> Self {
        Self::from_hash(&sha256(random))
    }

    fn from_hash(hash: &[u8; 32]) -> Self {
        let mut text = [0; 43];
        // 32 bytes are 43 characters without padding: this fills the array exactly.
        for (to, from) in text.iter_mut().zip(base64url::encode(hash).bytes()) {
            *to = from;
        }
        Self(text)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        self.0 == text.as_bytes()
    }
}

/// A parsed disclosure. Nothing says yet that the issuer signed its digest.
#[derive(Clone)]
pub(crate) struct Disclosure {
    pub(crate) digest: Digest,
    /// `None` for an element of an array.
    pub(crate) name: Option<String>,
    pub(crate) value: Value,
}

impl Disclosure {
    pub(crate) fn parse(encoded: &str) -> Result<Self, ParseError> {
        if encoded.len() > super::limits::DISCLOSURE {
            return Err(ParseError::DisclosureTooLong);
        }
        let bytes = base64url::decode(encoded).map_err(|_| ParseError::DisclosureMalformed)?;
        let Value::Array(parts) = json::value(&bytes).map_err(ParseError::in_disclosure)? else {
            return Err(ParseError::DisclosureMalformed);
        };
        let mut parts = parts.into_iter();
        // "A salt value. MUST be a string." (section 4.2.1)
        let (Some(Value::String(_)), Some(second), third, None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(ParseError::DisclosureMalformed);
        };
        let (name, value) = match (second, third) {
            (Value::String(name), Some(value)) => (Some(name), value),
            // "The claim name [...] MUST be a string" (section 4.2.1)
            (_, Some(_)) => return Err(ParseError::DisclosureMalformed),
            (value, None) => (None, value),
        };
        Ok(Self { digest: Digest::of(encoded), name, value })
    }
}
