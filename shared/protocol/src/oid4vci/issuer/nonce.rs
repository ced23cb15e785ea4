//! `c_nonce` (OpenID4VCI 1.0 section 7): self-contained, so that issuing replicas share no state.

use absah_crypto::{ct_eq, hmac_sha256};
use absah_types::{Rng, Seconds, Secret, Timestamp, array, base64url, coded};
use serde_json::{Value, json};

/// How long a `c_nonce` is good for: 5 minutes.
pub const NONCE_LIFE: Seconds = Seconds(300);

const DOMAIN: &[u8] = b"absah-c-nonce-v1";
const RANDOM: usize = 16;
const TAG: usize = 16;
const LENGTH: usize = 8 + RANDOM + TAG;

/// The key that `c_nonce` values are made and checked with.
#[derive(Debug)]
pub struct NonceKey(Secret<[u8; 32]>);

/// Why a `c_nonce` is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NonceError {
    /// Not made with our key.
    Unknown,
    /// Made more than [`NONCE_LIFE`] ago.
    Expired,
}

impl std::fmt::Display for NonceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unknown => "c_nonce is not ours",
            Self::Expired => "c_nonce expired",
        })
    }
}

impl std::error::Error for NonceError {}

coded! { NonceError {
    Unknown => ("c-nonce-unknown", Peer),
    Expired => ("c-nonce-expired", Peer),
} }

impl NonceKey {
    /// Takes 32 random bytes, the same on all replicas of an issuer.
    #[must_use]
    pub fn new(key: Secret<[u8; 32]>) -> Self {
        Self(key)
    }

    /// A fresh `c_nonce`: base64url of expiry (8 bytes, Unix seconds, big endian) ‖ 16 random bytes ‖ the
    /// first 16 bytes of the HMAC.
    pub fn issue(&self, now: Timestamp, rng: &mut dyn Rng) -> String {
        let expiry = now.plus(NONCE_LIFE).unix().to_be_bytes();
        let random: [u8; RANDOM] = array(rng);
        let mut nonce = Vec::with_capacity(LENGTH);
        nonce.extend_from_slice(&expiry);
        nonce.extend_from_slice(&random);
        let tag = self.tag(&nonce);
        nonce.extend(tag.iter().take(TAG));
        base64url::encode(&nonce)
    }

    /// Checks a `c_nonce` from a proof.
    ///
    /// # Errors
    /// [`NonceError`].
    pub fn check(&self, nonce: &str, now: Timestamp) -> Result<(), NonceError> {
        let bytes = base64url::decode(nonce).map_err(|_| NonceError::Unknown)?;
        if bytes.len() != LENGTH {
            return Err(NonceError::Unknown);
        }
        let (head, tag) = bytes.split_at(8 + RANDOM);
        let expected = self.tag(head);
        if !ct_eq(expected.get(..TAG).unwrap_or_default(), tag) {
            return Err(NonceError::Unknown);
        }
        let expiry = head.first_chunk::<8>().map(|bytes| i64::from_be_bytes(*bytes));
        match expiry {
            Some(expiry) if now.unix() < expiry => Ok(()),
            _ => Err(NonceError::Expired),
        }
    }

    fn tag(&self, head: &[u8]) -> [u8; 32] {
        let mut message = DOMAIN.to_vec();
        message.extend_from_slice(head);
        hmac_sha256(self.0.expose(), &message)
    }
}

/// The Nonce Response. Send it with `Cache-Control: no-store`.
#[must_use]
pub fn response(c_nonce: &str) -> Value {
    json!({ "c_nonce": c_nonce })
}
