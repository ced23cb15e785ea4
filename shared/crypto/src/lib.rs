//! Keys, signatures, hashing, sealing: every cryptographic operation of the project, and nothing else.
//!
//! One algorithm per purpose, none negotiable: ES256 (P-256) to sign, Ed25519 for logs and their witnesses, SHA-256 to hash, HPKE with X25519 and
//! AES-128-GCM to answer a counter by QR, ECDH-ES with AES-GCM over HTTPS, AES-256-GCM between a page and its program, Argon2id with XChaCha20-Poly1305 to keep data at rest. What a message
//! names and this crate does not know is refused.
//!
//! Pure: randomness is handed in as [`absah_types::Rng`], time is never needed. The default backend is plain
//! Rust and runs on phones and in browsers; the feature `aws-lc` puts P-256 and SHA-256 on aws-lc-rs, about
//! three times as fast, with the same behaviour under the same tests.

mod backend;
mod der;
mod digest;
pub mod ed25519;
pub mod envelope;
pub mod gcm;
pub mod hpke;
pub mod json;
pub mod jwe;
mod jwk;
pub mod jws;
mod key;
mod rng;
mod signature;
#[cfg(test)]
mod testing;

pub use digest::{ct_eq, hmac_sha256, sha256, sha256_concat};
pub use jwk::{Jwk, JwkKey, JwkSet};
pub use key::{KeyError, PrivateKey, PublicKey, did_jwk, from_did_jwk};
pub use signature::{SignError, Signature, SignatureError, Signer, SigningAlgorithm, VerifyError};
