//! The trust list: whose signature counts, and for what.

use std::collections::BTreeSet;

use absah_credential::SignerHint;
use absah_crypto::{Jwk, PublicKey};
use absah_types::{Timestamp, base64url, coded};
use serde::{Deserialize, Serialize};

/// What a key may sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyRole {
    /// Credentials.
    Credential,
    /// Status tokens.
    Status,
    /// Counter registrations.
    Registration,
}

/// Why a signer is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrustListError {
    /// The list is no JSON of its kind, or lists something twice.
    Malformed,
    /// The issuer stands on no entry.
    UnknownIssuer,
    /// The issuer has no such key.
    UnknownKey,
    /// The key belongs to the issuer but not for this purpose.
    WrongRole(KeyRole),
}

impl core::fmt::Display for TrustListError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "trust list malformed",
            Self::UnknownIssuer => "issuer not on the trust list",
            Self::UnknownKey => "issuer has no such key",
            Self::WrongRole(_) => "key not meant for this purpose",
        })
    }
}

impl core::error::Error for TrustListError {}

coded! { TrustListError {
    Malformed => ("trust-list-malformed", Peer),
    UnknownIssuer => ("issuer-unknown", Peer),
    UnknownKey => ("issuer-key-unknown", Peer),
    WrongRole(..) => ("issuer-key-wrong-role", Peer),
} }

/// The trust list as it stands in `trust.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrustList {
    /// When the list was made, Unix seconds.
    pub issued_at: Timestamp,
    /// The issuers.
    pub issuers: Vec<Issuer>,
}

/// One issuer: several names, one set of keys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Issuer {
    /// Every identifier it signs under: its HTTPS URL, its `did:web`.
    pub ids: Vec<String>,
    /// What people call it.
    pub name: String,
    /// Its keys.
    pub keys: Vec<TrustedKey>,
    /// Certificate authorities whose leaves are counters' access certificates.
    #[serde(default)]
    pub authorities: Vec<CertificateDer>,
}

/// A key of an issuer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrustedKey {
    /// The full `did:web` key URL.
    pub kid: String,
    /// The public key.
    pub jwk: Jwk,
    /// What it may sign.
    pub roles: BTreeSet<KeyRole>,
    /// Its certificate chain, leaf first, without the root; empty if it has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub x5c: Vec<CertificateDer>,
}

/// A certificate in DER, base64url in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CertificateDer(pub Vec<u8>);

impl TryFrom<String> for CertificateDer {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        base64url::decode(&text).map(Self).map_err(|_| "not base64url")
    }
}

impl From<CertificateDer> for String {
    fn from(certificate: CertificateDer) -> Self {
        base64url::encode(&certificate.0)
    }
}

/// How a signed document names its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyName<'a> {
    /// `kid` of the header.
    Kid(&'a str),
    /// The leaf of `x5c`, in DER.
    Certificate(&'a [u8]),
}

impl TrustList {
    /// Reads `trust.json`.
    ///
    /// # Errors
    /// `Malformed`, also when an identifier or key name stands twice or a key is no P-256 key.
    pub fn from_json(bytes: &[u8]) -> Result<Self, TrustListError> {
        let list: Self = serde_json::from_slice(bytes).map_err(|_| TrustListError::Malformed)?;
        let (mut ids, mut kids) = (BTreeSet::new(), BTreeSet::new());
        for issuer in &list.issuers {
            let keys_hold = issuer
                .keys
                .iter()
                .all(|key| kids.insert(key.kid.as_str()) && PublicKey::from_jwk(&key.jwk).is_ok());
            if !issuer.ids.iter().all(|id| ids.insert(id.as_str())) || !keys_hold {
                return Err(TrustListError::Malformed);
            }
        }
        Ok(list)
    }

    /// Writes `trust.json`.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        // Text, integers and lists: always JSON.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The key with which `issuer` may sign for `role`.
    ///
    /// The key must belong to the very issuer named: a signature by one and trust through another is none.
    ///
    /// # Errors
    /// `UnknownIssuer`, `UnknownKey`, `WrongRole`.
    pub fn key(&self, issuer: &str, name: KeyName<'_>, role: KeyRole) -> Result<PublicKey, TrustListError> {
        let issuer = self.issuer(issuer).ok_or(TrustListError::UnknownIssuer)?;
        let named = |key: &&TrustedKey| match name {
            KeyName::Kid(kid) => key.kid == kid,
            KeyName::Certificate(der) => key.x5c.first().is_some_and(|leaf| leaf.0 == der),
        };
        let key = issuer.keys.iter().find(named).ok_or(TrustListError::UnknownKey)?;
        if !key.roles.contains(&role) {
            return Err(TrustListError::WrongRole(role));
        }
        PublicKey::from_jwk(&key.jwk).map_err(|_| TrustListError::Malformed)
    }

    /// The key a credential's signature names, if it is trusted for its issuer: the answer for
    /// [`absah_credential::verify()`].
    #[must_use]
    pub fn resolve(&self, hint: &SignerHint<'_>) -> Option<PublicKey> {
        let name = match (hint.kid, hint.x5c.first()) {
            (Some(kid), _) => KeyName::Kid(kid),
            (None, Some(leaf)) => KeyName::Certificate(leaf),
            (None, None) => return None,
        };
        self.key(hint.issuer, name, KeyRole::Credential).ok()
    }

    /// The key of that name, with an identifier of its issuer.
    #[must_use]
    pub(crate) fn by_kid(&self, kid: &str, role: KeyRole) -> Option<(String, PublicKey)> {
        let id = self
            .issuers
            .iter()
            .find(|issuer| issuer.keys.iter().any(|key| key.kid == kid))
            .and_then(|issuer| issuer.ids.first())?;
        self.key(id, KeyName::Kid(kid), role).ok().map(|key| (id.clone(), key))
    }

    /// The issuer with that identifier.
    #[must_use]
    pub fn issuer(&self, id: &str) -> Option<&Issuer> {
        self.issuers.iter().find(|issuer| issuer.ids.iter().any(|known| known == id))
    }

    /// Whether both identifiers belong to one issuer.
    #[must_use]
    pub fn same_issuer(&self, one: &str, other: &str) -> bool {
        self.issuer(one).is_some_and(|issuer| issuer.ids.iter().any(|id| id == other))
    }

    /// The certificate authorities of all issuers, in DER.
    pub fn authorities(&self) -> impl Iterator<Item = &[u8]> {
        self.issuers.iter().flat_map(|issuer| &issuer.authorities).map(|der| der.0.as_slice())
    }

    /// The chain of an issuer's key whose leaf has this SHA-256, leaf first: what packing leaves out.
    #[must_use]
    pub fn chain(&self, leaf_sha256: &[u8; 32]) -> Option<Vec<Vec<u8>>> {
        let keys = self.issuers.iter().flat_map(|issuer| &issuer.keys);
        let is_wanted = |der: &CertificateDer| absah_crypto::sha256(&der.0) == *leaf_sha256;
        let key = keys.into_iter().find(|key| key.x5c.first().is_some_and(is_wanted))?;
        Some(key.x5c.iter().map(|der| der.0.clone()).collect())
    }
}
