//! Hybrid public key encryption (RFC 9180), base mode, one message per key exchange:
//! DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM. A wallet seals its answer to the key a counter made
//! for one request.

use crate::rng::Lent;
use crate::{Jwk, JwkKey};
use ::hpke::aead::AesGcm128;
use ::hpke::kdf::HkdfSha256;
use ::hpke::kem::{Kem, X25519HkdfSha256};
use ::hpke::{
    Deserializable as _, OpModeR, OpModeS, Serializable as _, single_shot_open, single_shot_seal_with_rng,
};
use absah_types::{Rng, Secret, coded};
use core::fmt;

/// The name of this suite in the `alg` member of a JWK, in the style of `draft-ietf-jose-hpke-encrypt`.
pub const ALGORITHM: &str = "HPKE-Base-X25519-SHA256-A128GCM";

/// Bytes that sealing adds to the plaintext (the GCM tag); the encapsulated key adds 32 more.
pub const OVERHEAD: usize = 16;

/// The private X25519 key that opens one answer; wiped when dropped.
pub struct RecipientKey {
    scalar: Secret<[u8; 32]>,
    public: [u8; 32],
}

impl RecipientKey {
    /// A fresh key.
    pub fn generate(rng: &mut dyn Rng) -> Self {
        Self::from_bytes(&Secret::new(absah_types::array(rng)))
    }

    /// From 32 bytes; every value is a key (RFC 7748, section 5).
    pub fn from_bytes(scalar: &Secret<[u8; 32]>) -> Self {
        // Deserialising 32 bytes cannot fail; an empty key would be refused by every sender.
        let public = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(scalar.expose())
            .map(|key| X25519HkdfSha256::sk_to_pk(&key).to_bytes().into())
            .unwrap_or_default();
        Self { scalar: Secret::new(*scalar.expose()), public }
    }

    /// The 32 bytes.
    pub fn to_bytes(&self) -> Secret<[u8; 32]> {
        Secret::new(*self.scalar.expose())
    }

    /// The public key, as RFC 7748 writes it.
    pub fn public(&self) -> [u8; 32] {
        self.public
    }

    /// The public key as an OKP JSON Web Key for encryption, `alg` = [`ALGORITHM`].
    pub fn to_jwk(&self) -> Jwk {
        Jwk::from(JwkKey::X25519 { x: self.public }).with_alg(ALGORITHM).with_use("enc")
    }
}

impl fmt::Debug for RecipientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecipientKey(…)")
    }
}

/// Seals `plaintext` to `recipient`; gives the encapsulated key and the ciphertext with its tag.
///
/// `info` and `aad` are not sent: the opener must know both (RFC 9180, section 5.1 and 5.2).
///
/// # Errors
/// [`HpkeError::Recipient`] if the key is one of the few that yield no secret.
pub fn seal(
    rng: &mut dyn Rng,
    recipient: &[u8; 32],
    info: &[u8],
    aad: &[u8],
    plaintext: &[u8],
) -> Result<([u8; 32], Vec<u8>), HpkeError> {
    let key =
        <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(recipient).map_err(|_| HpkeError::Recipient)?;
    // RFC 9180, section 7.1.4: "senders and recipients MUST check whether the shared secret is the all-zero
    // value and abort if so": that is the encapsulation error here.
    let (encapsulated, ciphertext) = single_shot_seal_with_rng::<AesGcm128, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &key,
        info,
        plaintext,
        aad,
        &mut Lent(rng),
    )
    .map_err(|_| HpkeError::Recipient)?;
    Ok((encapsulated.to_bytes().into(), ciphertext))
}

/// Opens what [`seal`] made.
///
/// # Errors
/// [`HpkeError::Open`] if anything differs: key, `info`, `aad`, or one bit of the message.
pub fn open(
    key: &RecipientKey,
    encapsulated: &[u8; 32],
    info: &[u8],
    aad: &[u8],
    ciphertext: &[u8],
) -> Result<Vec<u8>, HpkeError> {
    let open = || {
        let key = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(key.scalar.expose())?;
        let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated)?;
        single_shot_open::<AesGcm128, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &key,
            &encapsulated,
            info,
            ciphertext,
            aad,
        )
    };
    open().map_err(|_| HpkeError::Open)
}

/// Why nothing was sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HpkeError {
    /// The recipient's key is unusable.
    Recipient,
    /// The message does not open with this key, `info` and `aad`.
    Open,
}

impl fmt::Display for HpkeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Recipient => "the recipient's key is unusable",
            Self::Open => "the message does not open",
        })
    }
}

impl std::error::Error for HpkeError {}

coded! { HpkeError {
    Recipient => ("hpke-recipient", Peer),
    Open => ("hpke-open", Peer),
} }

#[cfg(test)]
mod tests;
