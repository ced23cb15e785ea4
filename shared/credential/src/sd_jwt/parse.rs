//! Reading the compact form: only form, no facts.

use std::fmt;

use absah_crypto::json::JsonError;
use absah_crypto::jws::{Compact, Header, JwsError};
use absah_types::coded;

use super::disclosure::Disclosure;
use super::limits;

/// An SD-JWT or SD-JWT+KB whose form is in order and of which nothing is known yet: it gives no facts,
/// only what is needed to look for the key that might have signed it.
#[derive(Clone)]
pub struct Unverified {
    /// The text as received.
    pub(super) text: String,
    /// Up to and with the last tilde: what `sd_hash` covers.
    pub(super) sd_jwt_length: usize,
    pub(super) jwt: Compact,
    pub(super) disclosures: Vec<Disclosure>,
    pub(super) key_binding: Option<Compact>,
}

impl Unverified {
    /// Reads `<Issuer-signed JWT>~<Disclosure 1>~...~<Disclosure N>~[<KB-JWT>]` (RFC 9901, section 4).
    ///
    /// # Errors
    /// One variant of [`ParseError`] per rule.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        if text.len() > limits::TEXT {
            return Err(ParseError::TooLong);
        }
        // Section 4: "In the case that there is no Key Binding JWT, the last element MUST be an empty
        // string and the last separating tilde character MUST NOT be omitted."
        let (sd_jwt, key_binding) = text.rsplit_once('~').ok_or(ParseError::NoTilde)?;
        let mut parts = sd_jwt.split('~');
        let jwt = Compact::parse(parts.next().unwrap_or_default(), limits::TEXT).map_err(ParseError::Jwt)?;
        if parts.clone().count() > limits::DISCLOSURES {
            return Err(ParseError::TooManyDisclosures);
        }
        let disclosures = parts.map(Disclosure::parse).collect::<Result<Vec<_>, _>>()?;
        let key_binding = match key_binding {
            "" => None,
            jwt => Some(Compact::parse(jwt, limits::TEXT).map_err(ParseError::KeyBindingJwt)?),
        };
        Ok(Self { text: text.to_owned(), sd_jwt_length: sd_jwt.len() + 1, jwt, disclosures, key_binding })
    }

    /// The text as it was read.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The header of the issuer-signed JWT, unverified.
    pub fn header(&self) -> &Header {
        &self.jwt.header
    }

    /// How many disclosures stand in the text.
    pub fn disclosures(&self) -> usize {
        self.disclosures.len()
    }

    /// The nonce that the key binding names, before anything was verified: only for whoever must know which nonce of their
    /// own to look for.
    pub fn dangerous_key_binding_nonce(&self) -> Option<String> {
        let payload = absah_crypto::json::object(&self.key_binding.as_ref()?.payload).ok()?;
        payload.get("nonce")?.as_str().map(str::to_owned)
    }

    /// True for an SD-JWT+KB.
    pub fn has_key_binding(&self) -> bool {
        self.key_binding.is_some()
    }

    /// The SD-JWT without its key binding JWT: ends with a tilde.
    pub(super) fn sd_jwt(&self) -> &str {
        self.text.get(..self.sd_jwt_length).unwrap_or_default()
    }
}

impl fmt::Debug for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unverified({} characters, {} disclosures)", self.text.len(), self.disclosures.len())
    }
}

/// Why a text is not the form of an SD-JWT.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParseError {
    /// More than [`limits::TEXT`] characters.
    TooLong,
    /// No tilde: a plain JWT or something else.
    NoTilde,
    /// More than [`limits::DISCLOSURES`].
    TooManyDisclosures,
    /// A disclosure is longer than [`limits::DISCLOSURE`] characters.
    DisclosureTooLong,
    /// A disclosure is not base64url of `[salt, name, value]` or `[salt, value]`.
    DisclosureMalformed,
    /// An object inside a disclosure has two members with the same name.
    DisclosureDuplicateMember,
    /// The issuer-signed part is no JWS that we take.
    Jwt(JwsError),
    /// The key binding JWT is no JWS that we take.
    KeyBindingJwt(JwsError),
    /// The JWS JSON serialisation is not a JSON object of the demanded members.
    JsonSerialization,
    /// Several signatures of which more than the first carry disclosures.
    JsonSerializationSignatures,
}

coded! { ParseError {
    TooLong => ("sd-jwt-too-long", Peer),
    NoTilde => ("sd-jwt-no-tilde", Peer),
    TooManyDisclosures => ("sd-jwt-too-many-disclosures", Peer),
    DisclosureTooLong => ("sd-jwt-disclosure-too-long", Peer),
    DisclosureMalformed => ("sd-jwt-disclosure-malformed", Peer),
    DisclosureDuplicateMember => ("sd-jwt-disclosure-duplicate-member", Peer),
    Jwt(error) => inner(error),
    KeyBindingJwt(error) => inner(error),
    JsonSerialization => ("sd-jwt-json-serialization", Peer),
    JsonSerializationSignatures => ("sd-jwt-json-signatures", Peer),
} }

impl ParseError {
    pub(super) fn in_disclosure(error: JsonError) -> Self {
        match error {
            JsonError::DuplicateMember => Self::DisclosureDuplicateMember,
            JsonError::Malformed | JsonError::Shape => Self::DisclosureMalformed,
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "sd-jwt has more than {} characters", limits::TEXT),
            Self::NoTilde => f.write_str("sd-jwt has no tilde"),
            Self::TooManyDisclosures => write!(f, "sd-jwt has more than {} disclosures", limits::DISCLOSURES),
            Self::DisclosureTooLong => {
                write!(f, "a disclosure has more than {} characters", limits::DISCLOSURE)
            }
            Self::DisclosureMalformed => f.write_str("a disclosure is malformed"),
            Self::DisclosureDuplicateMember => f.write_str("a disclosure names a member twice"),
            Self::Jwt(error) => write!(f, "issuer-signed jwt: {error}"),
            Self::KeyBindingJwt(error) => write!(f, "key binding jwt: {error}"),
            Self::JsonSerialization => f.write_str("not the json serialisation of an sd-jwt"),
            Self::JsonSerializationSignatures => {
                f.write_str("more than one signature of the json serialisation carries disclosures")
            }
        }
    }
}

impl std::error::Error for ParseError {}
