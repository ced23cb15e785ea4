//! The two implementations of P-256 and SHA-256. Both see only inputs whose form `key` and `signature` have
//! already checked, so that they cannot differ in what they let through.

#[cfg(feature = "aws-lc")]
mod aws_lc;
#[cfg(any(not(feature = "aws-lc"), test))]
mod pure;

#[cfg(feature = "aws-lc")]
pub(crate) use aws_lc::{SigningKey, VerifyingKey, ed25519, sha256};
#[cfg(not(feature = "aws-lc"))]
pub(crate) use pure::{SigningKey, VerifyingKey, ed25519, sha256};

/// What went wrong inside a backend: it never says more.
#[derive(Debug)]
pub(crate) struct Rejected;

/// The uncompressed SEC 1 point of a private scalar, or `None` unless `1 <= scalar < n`.
///
/// Always computed in plain Rust, so that both backends refuse the same scalars.
pub(crate) fn public_point(scalar: &[u8; 32]) -> Option<[u8; 65]> {
    let key = p256::ecdsa::SigningKey::from_slice(scalar).ok()?;
    key.verifying_key().to_sec1_point(false).as_bytes().try_into().ok()
}

#[cfg(test)]
#[cfg(feature = "aws-lc")]
mod tests;
