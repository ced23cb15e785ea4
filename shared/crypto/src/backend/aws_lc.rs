use super::Rejected;
use aws_lc_rs::digest::{Context, SHA256, digest};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, ParsedPublicKey,
};

#[derive(Clone)]
pub(crate) struct VerifyingKey(ParsedPublicKey);

impl VerifyingKey {
    pub(crate) fn new(point: &[u8; 65]) -> Result<Self, Rejected> {
        ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).map(Self).map_err(|_| Rejected)
    }

    pub(crate) fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), Rejected> {
        self.0.verify_sig(message, signature).map_err(|_| Rejected)
    }
}

pub(crate) struct SigningKey(EcdsaKeyPair);

impl SigningKey {
    pub(crate) fn new(scalar: &[u8; 32], point: &[u8; 65]) -> Result<Self, Rejected> {
        EcdsaKeyPair::from_private_key_and_public_key(&ECDSA_P256_SHA256_FIXED_SIGNING, scalar, point)
            .map(Self)
            .map_err(|_| Rejected)
    }

    /// The nonce comes from aws-lc's own generator: a signature cannot be repeated.
    pub(crate) fn sign(&self, message: &[u8]) -> Result<[u8; 64], Rejected> {
        let signature = self.0.sign_digest(&digest(&SHA256, message)).map_err(|_| Rejected)?;
        signature.as_ref().try_into().map_err(|_| Rejected)
    }
}

pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let digest = match parts {
        [one] => digest(&SHA256, one),
        _ => {
            let mut state = Context::new(&SHA256);
            for part in parts {
                state.update(part);
            }
            state.finish()
        }
    };
    let mut bytes = [0u8; 32];
    for (to, from) in bytes.iter_mut().zip(digest.as_ref()) {
        *to = *from;
    }
    bytes
}

/// Ed25519 (RFC 8032).
pub(crate) mod ed25519 {
    use super::Rejected;
    use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, ParsedPublicKey};

    #[derive(Clone)]
    pub(crate) struct VerifyingKey(ParsedPublicKey);

    impl VerifyingKey {
        pub(crate) fn new(bytes: &[u8; 32]) -> Result<Self, Rejected> {
            ParsedPublicKey::new(&ED25519, bytes).map(Self).map_err(|_| Rejected)
        }

        pub(crate) fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), Rejected> {
            self.0.verify_sig(message, signature).map_err(|_| Rejected)
        }
    }

    pub(crate) struct SigningKey(Ed25519KeyPair);

    impl SigningKey {
        pub(crate) fn new(seed: &[u8; 32], public: &[u8; 32]) -> Result<Self, Rejected> {
            Ed25519KeyPair::from_seed_and_public_key(seed, public).map(Self).map_err(|_| Rejected)
        }

        pub(crate) fn sign(&self, message: &[u8]) -> Result<[u8; 64], Rejected> {
            self.0.sign(message).as_ref().try_into().map_err(|_| Rejected)
        }
    }
}
