use super::Rejected;
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use sha2::Digest as _;

#[derive(Clone)]
pub(crate) struct VerifyingKey(p256::ecdsa::VerifyingKey);

impl VerifyingKey {
    pub(crate) fn new(point: &[u8; 65]) -> Result<Self, Rejected> {
        p256::ecdsa::VerifyingKey::from_sec1_bytes(point).map(Self).map_err(|_| Rejected)
    }

    pub(crate) fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), Rejected> {
        let signature = p256::ecdsa::Signature::from_slice(signature).map_err(|_| Rejected)?;
        self.0.verify(message, &signature).map_err(|_| Rejected)
    }
}

pub(crate) struct SigningKey(p256::ecdsa::SigningKey);

impl SigningKey {
    pub(crate) fn new(scalar: &[u8; 32], _point: &[u8; 65]) -> Result<Self, Rejected> {
        p256::ecdsa::SigningKey::from_slice(scalar).map(Self).map_err(|_| Rejected)
    }

    /// Deterministic (RFC 6979).
    pub(crate) fn sign(&self, message: &[u8]) -> Result<[u8; 64], Rejected> {
        let signature: p256::ecdsa::Signature = self.0.try_sign(message).map_err(|_| Rejected)?;
        Ok(signature.to_bytes().into())
    }
}

pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut state = sha2::Sha256::new();
    for part in parts {
        state.update(part);
    }
    state.finalize().into()
}

/// Ed25519 (RFC 8032).
#[cfg(not(feature = "aws-lc"))]
pub(crate) mod ed25519 {
    use super::Rejected;
    use ed25519_dalek::Signer as _;

    #[derive(Clone)]
    pub(crate) struct VerifyingKey(ed25519_dalek::VerifyingKey);

    impl VerifyingKey {
        pub(crate) fn new(bytes: &[u8; 32]) -> Result<Self, Rejected> {
            ed25519_dalek::VerifyingKey::from_bytes(bytes).map(Self).map_err(|_| Rejected)
        }

        pub(crate) fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), Rejected> {
            let signature = ed25519_dalek::Signature::from_bytes(signature);
            self.0.verify_strict(message, &signature).map_err(|_| Rejected)
        }
    }

    pub(crate) struct SigningKey(ed25519_dalek::SigningKey);

    impl SigningKey {
        pub(crate) fn new(seed: &[u8; 32], _public: &[u8; 32]) -> Result<Self, Rejected> {
            Ok(Self(ed25519_dalek::SigningKey::from_bytes(seed)))
        }

        pub(crate) fn sign(&self, message: &[u8]) -> Result<[u8; 64], Rejected> {
            Ok(self.0.sign(message).to_bytes())
        }
    }
}
