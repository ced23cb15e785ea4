//! Ed25519 (RFC 8032): the signatures of logs, of their witnesses and of did:webvh.
//!
//! Keys of small order and signatures whose `s` is not below the group order are refused by both backends, so that
//! nobody can make a key under which every message is signed.

use core::fmt;

use absah_types::Secret;

use crate::{KeyError, SignError, VerifyError, backend};

/// A public key: a point of the curve, not one of small order.
#[derive(Clone)]
pub struct VerifyingKey {
    bytes: [u8; 32],
    key: backend::ed25519::VerifyingKey,
}

impl VerifyingKey {
    /// From its 32 bytes (RFC 8032, section 5.1.2).
    ///
    /// # Errors
    /// [`KeyError::NotOnCurve`], also for a point of small order.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        // Always judged in plain Rust, so that both backends refuse the same points.
        let point = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::NotOnCurve)?;
        if point.is_weak() {
            return Err(KeyError::NotOnCurve);
        }
        let key = backend::ed25519::VerifyingKey::new(bytes).map_err(|_| KeyError::NotOnCurve)?;
        Ok(Self { bytes: *bytes, key })
    }

    /// Its 32 bytes.
    #[must_use]
    pub fn to_bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// Checks a signature over `message`.
    ///
    /// # Errors
    /// [`VerifyError::Mismatch`].
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), VerifyError> {
        self.key.verify(message, signature).map_err(|_| VerifyError::Mismatch)
    }
}

impl PartialEq for VerifyingKey {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for VerifyingKey {}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ed25519::VerifyingKey({})", absah_types::base64url::encode(self.bytes))
    }
}

/// A private key in memory.
pub struct SigningKey {
    public: VerifyingKey,
    key: backend::ed25519::SigningKey,
}

impl SigningKey {
    /// From its seed: any 32 random bytes (RFC 8032, section 5.1.5).
    ///
    /// # Errors
    /// [`KeyError::OutOfRange`] if the backend refuses it, which no random seed meets.
    pub fn from_seed(seed: &Secret<[u8; 32]>) -> Result<Self, KeyError> {
        let public = ed25519_dalek::SigningKey::from_bytes(seed.expose()).verifying_key().to_bytes();
        let key = backend::ed25519::SigningKey::new(seed.expose(), &public);
        Ok(Self { public: VerifyingKey::from_bytes(&public)?, key: key.map_err(|_| KeyError::OutOfRange)? })
    }

    /// The key that verifies.
    #[must_use]
    pub fn public_key(&self) -> &VerifyingKey {
        &self.public
    }

    /// Signs. The same message always gives the same signature.
    ///
    /// # Errors
    /// [`SignError::Unavailable`] if the backend fails.
    pub fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError> {
        self.key.sign(message).map_err(|_| SignError::Unavailable)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ed25519::SigningKey of {:?}", self.public)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_types::hex;

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        hex::decode(text).unwrap().try_into().unwrap()
    }

    /// RFC 8032, section 7.1, tests 1 and 3.
    #[test]
    fn the_published_vectors() {
        for (seed, public, message, signature) in [
            (
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            ),
            (
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
            ),
        ] {
            let key = SigningKey::from_seed(&Secret::new(bytes(seed))).unwrap();
            assert_eq!(key.public_key().to_bytes(), &bytes::<32>(public));
            let message = hex::decode(message).unwrap();
            let made = key.sign(&message).unwrap();
            assert_eq!(made, bytes::<64>(signature));
            key.public_key().verify(&message, &made).unwrap();
            for at in [0, 31, 32, 63] {
                let mut changed = made;
                changed[at] ^= 1;
                assert_eq!(key.public_key().verify(&message, &changed), Err(VerifyError::Mismatch));
            }
            assert!(key.public_key().verify(b"other", &made).is_err());
        }
    }

    #[test]
    fn points_under_which_everything_is_signed_are_no_keys() {
        let mut identity = [0; 32];
        identity[0] = 1;
        for weak in
            [[0; 32], identity, bytes("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
        {
            assert_eq!(VerifyingKey::from_bytes(&weak).unwrap_err(), KeyError::NotOnCurve);
        }
    }

    /// `s + L` in place of `s` (RFC 8032, section 5.1.7: "if s is outside the range, the signature is invalid").
    #[test]
    fn a_signature_has_one_form() {
        let key = SigningKey::from_seed(&Secret::new([7; 32])).unwrap();
        let mut signature = key.sign(b"m").unwrap();
        let order = bytes::<32>("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        let mut carry = 0;
        for (byte, add) in signature[32..].iter_mut().zip(order) {
            let sum = u16::from(*byte) + u16::from(add) + carry;
            (*byte, carry) = (sum.to_le_bytes()[0], sum >> 8);
        }
        assert!(key.public_key().verify(b"m", &signature).is_err());
    }
}
