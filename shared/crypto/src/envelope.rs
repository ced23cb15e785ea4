//! The sealed envelope of data at rest: a key derived from a PIN or passphrase with Argon2id (RFC 9106), and
//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) around the content.

use absah_types::{Secret, coded};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use core::fmt;
use serde::{Deserialize, Serialize};

/// Bytes that sealing adds (the Poly1305 tag).
pub const OVERHEAD: usize = 16;

/// How hard it is to derive a key: the public header of an envelope.
///
/// An envelope comes from a file that others may have written, so the cost has an upper bound: a header
/// cannot ask for 100 GB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct KdfParams {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: [u8; 16],
}

impl KdfParams {
    /// Memory that may be asked for, in KiB: 8 MiB to 256 MiB.
    pub const MEMORY_KIB: core::ops::RangeInclusive<u32> = 8 * 1024..=256 * 1024;
    /// Passes over the memory that may be asked for.
    pub const PASSES: core::ops::RangeInclusive<u32> = 1..=10;
    /// Lanes that may be asked for.
    pub const LANES: core::ops::RangeInclusive<u32> = 1..=4;

    /// The usual cost, RFC 9106's second recommendation on one lane: 64 MiB, 3 passes, with a fresh salt.
    pub fn usual(salt: [u8; 16]) -> Self {
        Self { memory_kib: 64 * 1024, passes: 3, lanes: 1, salt }
    }

    /// The least cost that is read: for tests, and for keys that are random already.
    pub fn least(salt: [u8; 16]) -> Self {
        Self { memory_kib: *Self::MEMORY_KIB.start(), passes: 1, lanes: 1, salt }
    }

    /// Any cost within the bounds.
    ///
    /// # Errors
    /// [`EnvelopeError::Cost`] outside of them.
    pub fn new(memory_kib: u32, passes: u32, lanes: u32, salt: [u8; 16]) -> Result<Self, EnvelopeError> {
        if Self::MEMORY_KIB.contains(&memory_kib)
            && Self::PASSES.contains(&passes)
            && Self::LANES.contains(&lanes)
        {
            Ok(Self { memory_kib, passes, lanes, salt })
        } else {
            Err(EnvelopeError::Cost)
        }
    }

    /// Memory in KiB.
    pub fn memory_kib(&self) -> u32 {
        self.memory_kib
    }

    /// Passes over the memory.
    pub fn passes(&self) -> u32 {
        self.passes
    }

    /// Lanes.
    pub fn lanes(&self) -> u32 {
        self.lanes
    }

    /// The salt.
    pub fn salt(&self) -> &[u8; 16] {
        &self.salt
    }
}

/// How [`KdfParams`] are written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    alg: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
}

const ARGON2ID: &str = "argon2id-v19";

impl From<KdfParams> for Stored {
    fn from(params: KdfParams) -> Self {
        let KdfParams { memory_kib, passes, lanes, salt } = params;
        Self { alg: ARGON2ID.into(), memory_kib, passes, lanes, salt: absah_types::base64url::encode(salt) }
    }
}

impl TryFrom<Stored> for KdfParams {
    type Error = EnvelopeError;

    fn try_from(stored: Stored) -> Result<Self, EnvelopeError> {
        let salt = absah_types::base64url::decode(&stored.salt).ok().and_then(|salt| salt.try_into().ok());
        match salt {
            Some(salt) if stored.alg == ARGON2ID => {
                Self::new(stored.memory_kib, stored.passes, stored.lanes, salt)
            }
            _ => Err(EnvelopeError::Header),
        }
    }
}

/// Derives a key from a PIN or passphrase with Argon2id (version 0x13).
///
/// Takes a noticeable fraction of a second and the stated memory, on purpose. A six-digit PIN can still be
/// tried out by whoever holds the file: wrap the derived key with one from the device where there is one.
///
/// # Errors
/// [`EnvelopeError::Memory`] if the memory is not to be had.
pub fn derive(pin: &[u8], params: &KdfParams) -> Result<Secret<[u8; 32]>, EnvelopeError> {
    let cost = Params::new(params.memory_kib, params.passes, params.lanes, Some(32))
        .map_err(|_| EnvelopeError::Cost)?;
    let mut key = Secret::new([0u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, cost)
        .hash_password_into(pin, &params.salt, key.expose_mut())
        .map_err(|_| EnvelopeError::Memory)?;
    Ok(key)
}

/// Seals `plaintext` under `key`. The nonce is 24 random bytes, never used twice with one key; it is not
/// secret and not part of the result.
///
/// # Errors
/// [`EnvelopeError::TooLarge`] beyond 256 GB.
pub fn seal(
    key: &Secret<[u8; 32]>,
    nonce: &[u8; 24],
    aad: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, EnvelopeError> {
    XChaCha20Poly1305::new(key.expose().into())
        .encrypt(&XNonce::from(*nonce), Payload { msg: plaintext, aad })
        .map_err(|_| EnvelopeError::TooLarge)
}

/// Opens what [`seal`] made.
///
/// # Errors
/// [`EnvelopeError::Open`] if anything differs: key, nonce, `aad`, or one bit of the content.
pub fn open(
    key: &Secret<[u8; 32]>,
    nonce: &[u8; 24],
    aad: &[u8],
    ciphertext: &[u8],
) -> Result<Secret<Vec<u8>>, EnvelopeError> {
    XChaCha20Poly1305::new(key.expose().into())
        .decrypt(&XNonce::from(*nonce), Payload { msg: ciphertext, aad })
        .map(Secret::new)
        .map_err(|_| EnvelopeError::Open)
}

/// Why an envelope was not made or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnvelopeError {
    /// The header asks for more or less work than is allowed.
    Cost,
    /// The header is of another kind or malformed.
    Header,
    /// The machine has not enough memory for the key derivation.
    Memory,
    /// The content is too large.
    TooLarge,
    /// The content does not open: wrong PIN or key, or a changed file.
    Open,
}

impl fmt::Display for EnvelopeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cost => "the envelope asks for a forbidden amount of work",
            Self::Header => "the envelope header is not one of ours",
            Self::Memory => "not enough memory to derive the key",
            Self::TooLarge => "the content is too large to seal",
            Self::Open => "the envelope does not open with this key",
        })
    }
}

impl std::error::Error for EnvelopeError {}

coded! { EnvelopeError {
    Cost => ("envelope-cost", Peer),
    Header => ("envelope-header", Peer),
    Memory => ("envelope-memory", Environment),
    TooLarge => ("envelope-too-large", Bug),
    Open => ("envelope-open", User),
} }

#[cfg(test)]
mod tests;
