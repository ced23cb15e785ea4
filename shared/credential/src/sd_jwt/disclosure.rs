//! Disclosures (RFC 9901, section 4.2): base64url of `[salt, name, value]` or `[salt, value]`.

use absah_crypto::{json, sha256};
use absah_types::base64url;
use serde_json::Value;

use super::parse::ParseError;

/// The digest of a disclosure as bytes; in the payload it stands as base64url.
///
/// "The digest MUST be taken over the US-ASCII bytes of the base64url-encoded value that is the Disclosure."
/// (section 4.2.3)
pub(crate) fn digest(encoded: &str) -> [u8; 32] {
    sha256(encoded.as_bytes())
}

/// A parsed disclosure. Nothing says yet that the issuer signed its digest.
#[derive(Clone)]
pub(crate) struct Disclosure {
    /// Its digest as it stands in the payload.
    pub(crate) digest: String,
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
        Ok(Self { digest: base64url::encode(digest(encoded)), name, value })
    }
}
