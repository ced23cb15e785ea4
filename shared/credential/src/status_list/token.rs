//! The status list token (section 5.1): the list as a signed JWT.

use std::fmt;

use absah_crypto::jws::{Compact, Header, JwsError, ToBeSigned};
use absah_crypto::{PublicKey, Signature, json as strict};
use absah_types::{Seconds, Timestamp, coded};
use serde_json::{Map, Value};

use super::Status;
use super::cwt_error::CwtError;
use super::list::{Bits, StatusList, StatusListError};
use crate::issuance::StatusReference;
use crate::json;

/// "The JWT type MUST be statuslist+jwt." (section 5.1)
pub const TYP: &str = "statuslist+jwt";

/// Characters of a token at most.
const MAX_TEXT: usize = 2 << 20;

/// What a status list token says besides the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusClaims {
    /// `sub`: the URI under which cards refer to it.
    pub uri: String,
    /// `iat`: when it was signed.
    pub issued_at: Timestamp,
    /// `exp`: from then on it says nothing any more.
    pub expires_at: Option<Timestamp>,
    /// `ttl`: fetch a fresh one after so many seconds.
    pub ttl: Option<Seconds>,
}

/// A token that waits for the status signer's signature.
pub struct PreparedStatusToken(ToBeSigned);

impl PreparedStatusToken {
    /// Prepares a token; `header` names the key (`kid`, `x5c`), its `typ` is set here.
    pub fn new(header: Header, claims: &StatusClaims, list: &StatusList) -> Self {
        let header = Header { typ: Some(TYP.to_owned()), ..header };
        let lst = list.encode();
        let mut payload = String::with_capacity(lst.len() + claims.uri.len() + 160);
        payload.push_str(r#"{"sub":"#);
        json::write_string(&mut payload, &claims.uri);
        for (name, value) in [
            (r#","iat":"#, Some(claims.issued_at.unix())),
            (r#","exp":"#, claims.expires_at.map(Timestamp::unix)),
            (r#","ttl":"#, claims.ttl.map(|Seconds(seconds)| seconds)),
        ] {
            if let Some(value) = value {
                payload.push_str(name);
                json::write_number(&mut payload, value);
            }
        }
        payload.push_str(r#","status_list":{"bits":"#);
        json::write_number(&mut payload, list.bits().count());
        payload.push_str(r#","lst":"#);
        json::write_string(&mut payload, &lst);
        payload.push_str("}}");
        Self(ToBeSigned::new(&header, payload.as_bytes()))
    }

    /// The bytes to sign with ES256.
    pub fn to_be_signed(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The finished token.
    pub fn attach(self, signature: Signature) -> String {
        self.0.attach(signature)
    }
}

/// A token whose form is in order; it says nothing yet.
#[derive(Debug, Clone)]
pub struct UnverifiedStatusToken {
    jwt: Compact,
}

/// A token whose signature and claims hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusToken {
    claims: StatusClaims,
    list: StatusList,
}

impl UnverifiedStatusToken {
    /// Reads the compact form.
    ///
    /// # Errors
    /// [`StatusTokenError::Jwt`] or [`StatusTokenError::HeaderType`].
    pub fn parse(text: &str) -> Result<Self, StatusTokenError> {
        let jwt = Compact::parse(text, MAX_TEXT).map_err(StatusTokenError::Jwt)?;
        if !jwt.header.is_type(TYP) {
            return Err(StatusTokenError::HeaderType);
        }
        Ok(Self { jwt })
    }

    /// The header, unverified: which key to look for.
    pub fn header(&self) -> &Header {
        &self.jwt.header
    }

    /// Verifies the token that stands under `uri`, with the key that is trusted for it.
    ///
    /// # Errors
    /// One variant of [`StatusTokenError`] per rule.
    pub fn verify(
        &self,
        key: &PublicKey,
        uri: &str,
        now: Timestamp,
        leeway: Seconds,
    ) -> Result<StatusToken, StatusTokenError> {
        // "Relying parties MUST reject JWTs with an invalid signature."
        self.jwt.verify(key).map_err(|_| StatusTokenError::Signature)?;
        let payload = strict::object(&self.jwt.payload).map_err(|_| StatusTokenError::Malformed)?;
        // "The subject claim of the Status List Token MUST be equal to the uri claim in the status_list
        // object of the Referenced Token" (section 8.3)
        if payload.get("sub").and_then(Value::as_str) != Some(uri) {
            return Err(StatusTokenError::Subject);
        }
        let issued_at = time(&payload, "iat")?.ok_or(StatusTokenError::Malformed)?;
        let expires_at = time(&payload, "exp")?;
        let ttl = match payload.get("ttl").map(Value::as_i64) {
            None => None,
            // "The value of the claim MUST be a positive number encoded in JSON as a number."
            Some(Some(seconds)) if seconds > 0 => Some(Seconds(seconds)),
            Some(_) => return Err(StatusTokenError::Malformed),
        };
        let claims = StatusClaims { uri: uri.to_owned(), issued_at, expires_at, ttl };
        claims.hold_at(now, leeway)?;
        let list =
            payload.get("status_list").and_then(Value::as_object).ok_or(StatusTokenError::Malformed)?;
        let bits = list
            .get("bits")
            .and_then(Value::as_u64)
            .and_then(Bits::of_count)
            .ok_or(StatusTokenError::Bits)?;
        let lst = list.get("lst").and_then(Value::as_str).ok_or(StatusTokenError::Malformed)?;
        let list = StatusList::decode(bits, lst).map_err(StatusTokenError::List)?;
        Ok(StatusToken { claims, list })
    }
}

impl StatusClaims {
    /// Whether a token with these claims says anything at a moment; the same for both encodings.
    pub(super) fn hold_at(&self, now: Timestamp, leeway: Seconds) -> Result<(), StatusTokenError> {
        if self.issued_at > now.plus(leeway) {
            return Err(StatusTokenError::InFuture);
        }
        // "If the expiration time is defined, it MUST be checked if the Status List Token is expired"
        if self.expires_at.is_some_and(|end| end <= now) {
            return Err(StatusTokenError::Expired);
        }
        Ok(())
    }
}

impl StatusToken {
    /// What a verified token says.
    pub(super) fn new(claims: StatusClaims, list: StatusList) -> Self {
        Self { claims, list }
    }

    /// What it says besides the list.
    pub fn claims(&self) -> &StatusClaims {
        &self.claims
    }

    /// The list.
    pub fn list(&self) -> &StatusList {
        &self.list
    }

    /// True if a cache should look for a newer one: "retrieve a fresh copy if (time status was resolved +
    /// ttl < current time)".
    pub fn is_stale(&self, resolved: Timestamp, now: Timestamp) -> bool {
        self.claims.ttl.is_some_and(|ttl| resolved.plus(ttl) < now)
    }

    /// The status of the card that refers here.
    ///
    /// # Errors
    /// [`StatusTokenError::Subject`] if it refers elsewhere; an index beyond the list or a value that
    /// nobody defined is an error, never "valid".
    pub fn status(&self, reference: &StatusReference) -> Result<Status, StatusTokenError> {
        if reference.uri != self.claims.uri {
            return Err(StatusTokenError::Subject);
        }
        let value = self.list.value(reference.idx).map_err(StatusTokenError::List)?;
        Status::of_value(value).ok_or(StatusTokenError::ValueUnknown)
    }
}

fn time(payload: &Map<String, Value>, name: &str) -> Result<Option<Timestamp>, StatusTokenError> {
    match payload.get(name) {
        None => Ok(None),
        Some(value) => {
            value.as_i64().map(|unix| Some(Timestamp::from_unix(unix))).ok_or(StatusTokenError::Malformed)
        }
    }
}

/// Why a status list token is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusTokenError {
    /// No JWS that we take.
    Jwt(JwsError),
    /// No COSE_Sign1 that we take.
    Cwt(CwtError),
    /// `typ` is not that of a status list token.
    HeaderType,
    /// The signature does not fit the key.
    Signature,
    /// A claim is missing or of the wrong type.
    Malformed,
    /// It is the token of another URI.
    Subject,
    /// `bits` is not 1, 2, 4 or 8.
    Bits,
    /// `iat` lies ahead: a clock is wrong.
    InFuture,
    /// `exp` has come.
    Expired,
    /// The list is not usable.
    List(StatusListError),
    /// The value has no meaning here.
    ValueUnknown,
}

coded! { StatusTokenError {
    Jwt(error) => inner(error),
    Cwt(error) => inner(error),
    HeaderType => ("status-token-header-type", Peer),
    Signature => ("status-token-signature", Peer),
    Malformed => ("status-token-malformed", Peer),
    Subject => ("status-token-subject", Peer),
    Bits => ("status-token-bits", Peer),
    InFuture => ("status-token-in-future", Environment),
    Expired => ("status-token-expired", Peer),
    List(error) => inner(error),
    ValueUnknown => ("status-token-value-unknown", Peer),
} }

impl fmt::Display for StatusTokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Jwt(error) => return error.fmt(f),
            Self::Cwt(error) => return error.fmt(f),
            Self::HeaderType => "not a status list token",
            Self::Signature => "the status signer's signature is wrong",
            Self::Malformed => "the status list token lacks a claim",
            Self::Subject => "the status list token is of another list",
            Self::Bits => "the status list has an unknown width",
            Self::InFuture => "the status list token is from the future",
            Self::Expired => "the status list token is expired",
            Self::List(error) => return error.fmt(f),
            Self::ValueUnknown => "the status value is unknown",
        })
    }
}

impl std::error::Error for StatusTokenError {}
