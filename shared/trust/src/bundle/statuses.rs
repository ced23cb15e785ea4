//! The status tokens of a bundle: which credentials still hold, and since when that is known.

use std::collections::BTreeMap;

use absah_credential::StatusReference;
use absah_credential::status_list::{self, Status, StatusToken, UnverifiedStatusToken};
use absah_crypto::jws::Compact;
use absah_types::{Seconds, Timestamp, coded};
use serde::Deserialize;

use super::MAX_BUNDLE_BYTES;
use crate::trust_list::{KeyName, KeyRole, SignedDuring, TrustList, TrustListError};

/// Why a status token is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusTokenError {
    /// The token itself does not hold.
    Token(status_list::StatusTokenError),
    /// Its key is on no trust list, or not for status.
    WrongKey,
    /// Its key did not count when it was signed.
    Signer(TrustListError),
    /// Two tokens for one list.
    Repeated,
}

impl core::fmt::Display for StatusTokenError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Token(error) => error.fmt(f),
            Self::Signer(error) => error.fmt(f),
            Self::WrongKey => f.write_str("status token of a key not meant for status"),
            Self::Repeated => f.write_str("two status tokens for one list"),
        }
    }
}

impl core::error::Error for StatusTokenError {}

coded! { StatusTokenError {
    Token(error) => inner(error),
    Signer(error) => inner(error),
    WrongKey => ("status-token-wrong-key", Peer),
    Repeated => ("status-token-repeated", Peer),
} }

/// What is known of one credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusReading {
    /// The status; never `Unknown`.
    pub status: Status,
    /// When the token was signed.
    pub signed_at: Timestamp,
    /// When the token ends.
    pub expires_at: Option<Timestamp>,
}

/// The verified status tokens by the URI of their list.
#[derive(Debug, Clone)]
pub struct Statuses {
    by_uri: BTreeMap<String, Listed>,
}

#[derive(Debug, Clone)]
struct Listed {
    /// One identifier of the issuer whose key signed.
    issuer: String,
    token: StatusToken,
}

/// Read before the signature is checked, only to know what to check.
#[derive(Deserialize)]
struct Claims {
    sub: String,
    iat: Timestamp,
}

impl Statuses {
    /// Verifies tokens, each at its own moment.
    ///
    /// # Errors
    /// [`StatusTokenError`], for the first that does not hold.
    pub fn read<'a>(
        tokens: impl Iterator<Item = &'a [u8]>,
        trust: &TrustList,
    ) -> Result<Self, StatusTokenError> {
        let mut by_uri = BTreeMap::new();
        for bytes in tokens {
            let listed = Listed::verify(bytes, trust)?;
            if by_uri.insert(listed.token.claims().uri.clone(), listed).is_some() {
                return Err(StatusTokenError::Repeated);
            }
        }
        Ok(Self { by_uri })
    }

    /// The status of a credential of `issuer`; `None` without a token of that issuer for the list, or when
    /// the list has no such entry.
    #[must_use]
    pub fn status(
        &self,
        issuer: &str,
        reference: &StatusReference,
        trust: &TrustList,
    ) -> Option<StatusReading> {
        let listed = self.by_uri.get(&reference.uri)?;
        // Nobody speaks about the credentials of others.
        if !trust.same_issuer(issuer, &listed.issuer) {
            return None;
        }
        let claims = listed.token.claims();
        let status = listed.token.status(reference).ok()?;
        Some(StatusReading { status, signed_at: claims.issued_at, expires_at: claims.expires_at })
    }

    /// The newest `iat` of all tokens.
    #[must_use]
    pub fn newest(&self) -> Option<Timestamp> {
        self.by_uri.values().map(|listed| listed.token.claims().issued_at).max()
    }

    /// The oldest `iat` of all tokens.
    #[must_use]
    pub fn oldest(&self) -> Option<Timestamp> {
        self.by_uri.values().map(|listed| listed.token.claims().issued_at).min()
    }

    /// How many lists there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_uri.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_uri.is_empty()
    }
}

impl Listed {
    fn verify(bytes: &[u8], trust: &TrustList) -> Result<Self, StatusTokenError> {
        let malformed = || StatusTokenError::Token(status_list::StatusTokenError::Malformed);
        let text = core::str::from_utf8(bytes).map_err(|_| malformed())?;
        let token = UnverifiedStatusToken::parse(text).map_err(StatusTokenError::Token)?;
        let kid = token.header().kid.as_deref().ok_or(StatusTokenError::WrongKey)?;
        let issuer = trust.owner(kid).ok_or(StatusTokenError::WrongKey)?;
        let compact = Compact::parse(text, MAX_BUNDLE_BYTES).map_err(|_| malformed())?;
        let claims: Claims = compact.claims().map_err(|_| malformed())?;
        let signed = SignedDuring::at(claims.iat);
        let key = trust.key_during(issuer, KeyName::Kid(kid), KeyRole::Status, signed).map_err(|error| {
            if error.is_of_time() { StatusTokenError::Signer(error) } else { StatusTokenError::WrongKey }
        })?;
        // Judged at its own moment: how old it is, and whether it has ended, is policy's question at every
        // decision; whether it lies ahead of the clock is the bundle's.
        let token =
            token.verify(&key, &claims.sub, claims.iat, Seconds(0)).map_err(StatusTokenError::Token)?;
        Ok(Self { issuer: issuer.to_owned(), token })
    }
}
