//! Asking: possession of a good card is proved as towards a counter, with nothing disclosed.

use absah_credential::sd_jwt::{KeyBindingExpectation, KeyBindingPolicy, ParseError, Unverified};
use absah_credential::{Expectation, SignerHint, StatusReference, VerifyError, verify};
use absah_crypto::jws::Compact;
use absah_crypto::{PublicKey, json as strict};
use absah_types::{Seconds, Timestamp, coded};
use serde_json::{Value, json};

use super::MAX_REQUEST;
use crate::json;
use crate::oid4vci::issuer::{NonceError, NonceKey};
use crate::url_rules::IssuerId;

/// How long ago the holder may have signed: as long as the nonce lives.
pub const MAX_AGE: Seconds = Seconds(300);
/// How far the holder's clock may be ahead.
pub const MAX_AHEAD: Seconds = Seconds(300);
/// How far clocks may differ when a card begins.
const LEEWAY: Seconds = Seconds(60);

/// A request whose presentation is **not yet checked**.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessHistoryRequest {
    presentation: String,
}

impl core::fmt::Debug for AccessHistoryRequest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "AccessHistoryRequest({} characters)", self.presentation.len())
    }
}

/// What the presentation must show.
pub struct AccessHistoryExpectation<'a> {
    /// `aud`.
    pub issuer: &'a IssuerId,
    /// Checks `nonce`.
    pub nonces: &'a NonceKey,
    /// The moment of the request.
    pub now: Timestamp,
    /// The key a card's signer is trusted for; nothing for cards of others.
    pub resolve: &'a dyn Fn(&SignerHint<'_>) -> Option<PublicKey>,
}

/// A request that holds. Two things remain, for whoever keeps records: `nonce` must not have been used before, and the
/// copy must be one that was issued and not taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which copy was shown.
    pub status: StatusReference,
    /// The nonce it was shown under.
    pub nonce: String,
}

/// Why somebody is not told the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessHistoryError {
    /// Not the JSON object of this request, or too large.
    Malformed,
    /// The presentation is none.
    Presentation(ParseError),
    /// Its nonce.
    Nonce(NonceError),
    /// Its card or its key binding.
    Credential(VerifyError),
    /// The card has no place in a status list: nobody can tell whose copy it is.
    NoStatus,
}

impl core::fmt::Display for AccessHistoryError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Malformed => f.write_str("access history request malformed"),
            Self::Presentation(error) => error.fmt(f),
            Self::Nonce(error) => error.fmt(f),
            Self::Credential(error) => error.fmt(f),
            Self::NoStatus => f.write_str("card without a place in a status list"),
        }
    }
}

impl core::error::Error for AccessHistoryError {}

coded! { AccessHistoryError {
    Malformed => ("access-history-malformed", Peer),
    Presentation(error) => inner(error),
    Nonce(error) => inner(error),
    Credential(error) => inner(error),
    NoStatus => ("access-history-no-status", Peer),
} }

impl AccessHistoryRequest {
    /// A request with an SD-JWT+KB whose `aud` is the issuer and whose `nonce` is a fresh one from it.
    #[must_use]
    pub fn new(presentation: String) -> Self {
        Self { presentation }
    }

    /// As it is sent.
    #[must_use]
    pub fn to_value(&self) -> Value {
        json!({ "presentation": self.presentation })
    }

    /// Reads a body.
    ///
    /// # Errors
    /// [`AccessHistoryError::Malformed`].
    pub fn parse(body: &[u8]) -> Result<Self, AccessHistoryError> {
        if body.len() > MAX_REQUEST {
            return Err(AccessHistoryError::Malformed);
        }
        let mut members = json::object(body).map_err(|_| AccessHistoryError::Malformed)?;
        match members.remove("presentation") {
            Some(Value::String(presentation)) => Ok(Self { presentation }),
            _ => Err(AccessHistoryError::Malformed),
        }
    }

    /// Checks card, key binding and nonce.
    ///
    /// # Errors
    /// [`AccessHistoryError`].
    pub fn check(&self, expected: &AccessHistoryExpectation<'_>) -> Result<Asked, AccessHistoryError> {
        let unverified = Unverified::parse(&self.presentation).map_err(AccessHistoryError::Presentation)?;
        // Which nonce it is bound to is only read here; that it is so is part of the verification below, which refuses
        // a presentation without one.
        let nonce = self.claimed_nonce().unwrap_or_default();
        if !nonce.is_empty() {
            expected.nonces.check(&nonce, expected.now).map_err(AccessHistoryError::Nonce)?;
        }
        let key_binding = KeyBindingExpectation {
            aud: expected.issuer.as_str(),
            nonce: &nonce,
            now: expected.now,
            max_age: MAX_AGE,
            max_ahead: MAX_AHEAD,
        };
        let expectation = Expectation {
            now: expected.now,
            leeway: LEEWAY,
            key_binding: KeyBindingPolicy::Required(key_binding),
        };
        let card =
            verify(&unverified, expected.resolve, &expectation).map_err(AccessHistoryError::Credential)?;
        if nonce.is_empty() {
            return Err(AccessHistoryError::Nonce(NonceError::Unknown));
        }
        let status = card.status().cloned().ok_or(AccessHistoryError::NoStatus)?;
        Ok(Asked { status, nonce })
    }

    fn claimed_nonce(&self) -> Option<String> {
        let (_, key_binding) = self.presentation.rsplit_once('~')?;
        let jwt = Compact::parse(key_binding, MAX_REQUEST).ok()?;
        match strict::object(&jwt.payload).ok()?.remove("nonce")? {
            Value::String(nonce) => Some(nonce),
            _ => None,
        }
    }
}
