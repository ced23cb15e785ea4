//! The portrait: the card carries a salted hash, the picture travels beside the presentation.
//!
//! The blob is 16 bytes of salt and then the WebP; the claim `portrait` is base64url(SHA-256(blob)).
//! The salt keeps anyone who has a picture of a person from recognising their card by the hash.

use std::fmt;

use absah_crypto::{ct_eq, sha256};
use absah_types::{Rng, array, base64url, coded};

/// Bytes of salt before the picture.
pub const SALT: usize = 16;

/// Bytes of a blob at most: the picture of 96 × 128 has 800 to 1,000.
pub const MAX_BLOB: usize = 4096;

/// A salted picture whose form is in order.
#[derive(Clone, PartialEq, Eq)]
pub struct Portrait {
    blob: Vec<u8>,
}

impl Portrait {
    /// Salts a WebP picture.
    ///
    /// # Errors
    /// As [`Portrait::from_blob`].
    pub fn new(webp: &[u8], rng: &mut dyn Rng) -> Result<Self, PortraitError> {
        let mut blob = array::<SALT>(rng).to_vec();
        blob.extend_from_slice(webp);
        Self::from_blob(blob)
    }

    /// Takes a blob: salt, then a WebP picture.
    ///
    /// # Errors
    /// [`PortraitError::TooLarge`] or [`PortraitError::NotWebp`].
    pub fn from_blob(blob: Vec<u8>) -> Result<Self, PortraitError> {
        if blob.len() > MAX_BLOB {
            return Err(PortraitError::TooLarge);
        }
        // WebP container: "RIFF", four bytes of size, "WEBP" (RFC 9649, section 2.4).
        match blob.get(SALT..SALT + 12) {
            Some([b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P']) => Ok(Self { blob }),
            _ => Err(PortraitError::NotWebp),
        }
    }

    /// Takes a blob and checks it against the claim `portrait` of a verified card.
    ///
    /// # Errors
    /// [`PortraitError::Mismatch`] if the hash is another one; as [`Portrait::from_blob`].
    pub fn check(blob: Vec<u8>, claim: &str) -> Result<Self, PortraitError> {
        if blob.len() > MAX_BLOB {
            return Err(PortraitError::TooLarge);
        }
        if !ct_eq(base64url::encode(sha256(&blob)).as_bytes(), claim.as_bytes()) {
            return Err(PortraitError::Mismatch);
        }
        Self::from_blob(blob)
    }

    /// The value of the claim `portrait`.
    pub fn digest(&self) -> String {
        base64url::encode(sha256(&self.blob))
    }

    /// Salt and picture, as they travel.
    pub fn blob(&self) -> &[u8] {
        &self.blob
    }

    /// The picture alone.
    pub fn webp(&self) -> &[u8] {
        self.blob.get(SALT..).unwrap_or_default()
    }

    /// The picture as a `data:` URL, as `dc+sd-jwt` carries it by value.
    pub fn data_url(&self) -> String {
        format!("data:image/webp;base64,{}", base64_standard(self.webp()))
    }
}

impl fmt::Debug for Portrait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Portrait({} bytes)", self.blob.len())
    }
}

/// base64 of RFC 4648 section 4, which RFC 2397 demands of a `data:` URL.
fn base64_standard(bytes: &[u8]) -> String {
    let mut text = base64url::encode(bytes).replace('-', "+").replace('_', "/");
    text.extend(std::iter::repeat_n('=', (4 - text.len() % 4) % 4));
    text
}

/// Why a portrait is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortraitError {
    /// More than [`MAX_BLOB`] bytes.
    TooLarge,
    /// No WebP picture behind the salt.
    NotWebp,
    /// Not the picture that the issuer put into the card.
    Mismatch,
}

coded! { PortraitError {
    TooLarge => ("portrait-too-large", Peer),
    NotWebp => ("portrait-not-webp", Peer),
    Mismatch => ("portrait-mismatch", Peer),
} }

impl fmt::Display for PortraitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "portrait is too large",
            Self::NotWebp => "portrait is not a webp picture",
            Self::Mismatch => "portrait is not the one of the card",
        })
    }
}

impl std::error::Error for PortraitError {}
