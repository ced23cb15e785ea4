//! The trust list: whose signature counts, and for what.

use std::collections::BTreeSet;

use absah_credential::{SignerHint, Verified};
use absah_crypto::{Jwk, PublicKey};
use absah_types::{Seconds, Timestamp, base64url, coded};
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
    /// It was signed before the key was in force.
    NotYet {
        /// Since when it is in force.
        from: Timestamp,
    },
    /// It was signed after the key's time.
    Ended {
        /// When it ended.
        at: Timestamp,
    },
    /// It was signed, or may have been, after the moment since which nothing of this key is believed.
    Distrusted {
        /// That moment.
        after: Timestamp,
    },
}

impl TrustListError {
    /// Whether the key is the right one and only the time of its signature is not.
    #[must_use]
    pub const fn is_of_time(self) -> bool {
        matches!(self, Self::NotYet { .. } | Self::Ended { .. } | Self::Distrusted { .. })
    }
}

impl core::fmt::Display for TrustListError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "trust list malformed",
            Self::UnknownIssuer => "issuer not on the trust list",
            Self::UnknownKey => "issuer has no such key",
            Self::WrongRole(_) => "key not meant for this purpose",
            Self::NotYet { from } => return write!(f, "signed before the key was in force, {from}"),
            Self::Ended { at } => return write!(f, "signed after the key had ended, {at}"),
            Self::Distrusted { after } => return write!(f, "key not believed after {after}"),
        })
    }
}

impl core::error::Error for TrustListError {}

coded! { TrustListError {
    Malformed => ("trust-list-malformed", Peer),
    UnknownIssuer => ("issuer-unknown", Peer),
    UnknownKey => ("issuer-key-unknown", Peer),
    WrongRole(..) => ("issuer-key-wrong-role", Peer),
    NotYet { .. } => ("issuer-key-not-yet", Peer),
    Ended { .. } => ("issuer-key-ended", Peer),
    Distrusted { .. } => ("issuer-key-distrusted", Peer),
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
    /// The roots above them: where the chains of the keys end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roots: Vec<CertificateDer>,
    /// Whom people turn to about their data. Programs that do not know it pass it over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
}

/// Whom people turn to when their data is wrong, or used for what they did not agree to (UU 27/2022 on personal data,
/// articles 5 to 13 and 53). For people's eyes: nothing is ever decided or opened by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// A person or a unit ("Pejabat Pelindungan Data Pribadi").
    pub name: String,
    /// Telephone, as people write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Address for mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where to go, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
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
    /// From when on it signs; absent: since ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Timestamp>,
    /// Until when it signs; absent: as long as it is listed. What it signed by then stays believed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
    /// Nothing it signed later than this is believed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distrusted_after: Option<Timestamp>,
}

impl TrustedKey {
    /// Whether what was signed in that time counts.
    fn counts(&self, signed: SignedDuring) -> Result<(), TrustListError> {
        if let Some(after) = self.distrusted_after
            && signed.latest > after
        {
            return Err(TrustListError::Distrusted { after });
        }
        if let Some(from) = self.valid_from
            && signed.latest < from
        {
            return Err(TrustListError::NotYet { from });
        }
        if let Some(at) = self.valid_until
            && signed.earliest > at
        {
            return Err(TrustListError::Ended { at });
        }
        Ok(())
    }
}

/// When something was signed, by its own word: as a span, because a card says only its day.
///
/// A key counts as in force if it was so at any moment of the span, for the first and last day of a key are days like
/// others. Of a distrusted key the doubt goes the other way: what may have been signed later than the named moment is
/// refused, so that of a card of that very day none counts, though it may have been signed before; its holder is given
/// a new one. The word is the signer's own: whoever stole a key can date back, and against that only revoking the
/// copies helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedDuring {
    earliest: Timestamp,
    latest: Timestamp,
}

impl SignedDuring {
    /// A document that says its second.
    #[must_use]
    pub const fn at(time: Timestamp) -> Self {
        Self { earliest: time, latest: time }
    }

    /// Some moment of the day that begins with, or holds, `day`.
    #[must_use]
    pub fn on_day_of(day: Timestamp) -> Self {
        let end = day.start_of_day().plus(Seconds::days(1)).minus(Seconds(1));
        Self { earliest: day, latest: end.max(day) }
    }

    /// A card: some moment of the day on which it says it was issued or begins. A card that says neither may have been
    /// signed at any time.
    #[must_use]
    pub fn of_credential(credential: &Verified) -> Self {
        match credential.issued_at().or_else(|| credential.valid_from()) {
            Some(day) => Self::on_day_of(day),
            None => Self { earliest: Timestamp::from_unix(0), latest: Timestamp::from_unix(i64::MAX) },
        }
    }
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
        let key = self.entry(issuer, name, role)?;
        PublicKey::from_jwk(&key.jwk).map_err(|_| TrustListError::Malformed)
    }

    /// As [`TrustList::key`], for something that says when it was signed.
    ///
    /// # Errors
    /// As [`TrustList::key`]; `NotYet`, `Ended`, `Distrusted`.
    pub fn key_during(
        &self,
        issuer: &str,
        name: KeyName<'_>,
        role: KeyRole,
        signed: SignedDuring,
    ) -> Result<PublicKey, TrustListError> {
        self.entry(issuer, name, role)?.counts(signed)?;
        self.key(issuer, name, role)
    }

    fn entry(&self, issuer: &str, name: KeyName<'_>, role: KeyRole) -> Result<&TrustedKey, TrustListError> {
        let issuer = self.issuer(issuer).ok_or(TrustListError::UnknownIssuer)?;
        let named = |key: &&TrustedKey| match name {
            KeyName::Kid(kid) => key.kid == kid,
            KeyName::Certificate(der) => key.x5c.first().is_some_and(|leaf| leaf.0 == der),
        };
        let key = issuer.keys.iter().find(named).ok_or(TrustListError::UnknownKey)?;
        if !key.roles.contains(&role) {
            return Err(TrustListError::WrongRole(role));
        }
        Ok(key)
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

    /// An identifier of the issuer that has a key of that name.
    pub(crate) fn owner(&self, kid: &str) -> Option<&str> {
        let has = |issuer: &&Issuer| issuer.keys.iter().any(|key| key.kid == kid);
        self.issuers.iter().find(has)?.ids.first().map(String::as_str)
    }

    /// The key that signed a credential, if what it signed then counts.
    ///
    /// # Errors
    /// As [`TrustList::key_during`].
    pub fn signer(&self, credential: &Verified) -> Result<PublicKey, TrustListError> {
        let name = match (credential.kid(), credential.x5c().first()) {
            (Some(kid), _) => KeyName::Kid(kid),
            (None, Some(leaf)) => KeyName::Certificate(leaf),
            (None, None) => return Err(TrustListError::UnknownKey),
        };
        let signed = SignedDuring::of_credential(credential);
        self.key_during(credential.issuer(), name, KeyRole::Credential, signed)
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
