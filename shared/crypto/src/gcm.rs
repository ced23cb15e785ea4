//! AES-256-GCM under a key that two programs share, where one of them is a page in a browser (Web Crypto has nothing of
//! [`crate::envelope`]).

use absah_types::Secret;
use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};

use crate::envelope::EnvelopeError;

/// Bytes of a nonce.
pub const NONCE: usize = 12;

/// Seals `plaintext` under `key`. A nonce is never used twice with one key; it is not secret and not part of the result.
///
/// # Errors
/// [`EnvelopeError::TooLarge`] beyond 64 GB.
pub fn seal(
    key: &Secret<[u8; 32]>,
    nonce: [u8; NONCE],
    aad: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, EnvelopeError> {
    Aes256Gcm::new(key.expose().into())
        .encrypt(&Nonce::from(nonce), Payload { msg: plaintext, aad })
        .map_err(|_| EnvelopeError::TooLarge)
}

/// Opens what [`seal`] made.
///
/// # Errors
/// [`EnvelopeError::Open`] if anything differs: key, nonce, `aad`, or one bit of the content.
pub fn open(
    key: &Secret<[u8; 32]>,
    nonce: [u8; NONCE],
    aad: &[u8],
    ciphertext: &[u8],
) -> Result<Secret<Vec<u8>>, EnvelopeError> {
    Aes256Gcm::new(key.expose().into())
        .decrypt(&Nonce::from(nonce), Payload { msg: ciphertext, aad })
        .map(Secret::new)
        .map_err(|_| EnvelopeError::Open)
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_types::hex;

    #[test]
    fn seals_as_the_specification_of_gcm_does() {
        // Test cases 13 and 14 of McGrew and Viega, "The Galois/Counter Mode of Operation".
        let key = Secret::new([0; 32]);
        let sealed = |plaintext: &[u8]| hex::encode(seal(&key, [0; NONCE], b"", plaintext).unwrap());
        assert_eq!(sealed(b""), "530f8afbc74536b9a963b4f1c4cb738b");
        assert_eq!(sealed(&[0; 16]), "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
    }

    #[test]
    fn opens_nothing_that_differs() {
        let (key, nonce) = (Secret::new([7; 32]), [1; NONCE]);
        let sealed = seal(&key, nonce, b"a", b"halo").unwrap();
        assert_eq!(open(&key, nonce, b"a", &sealed).unwrap().expose(), b"halo");
        let mut bent = sealed.clone();
        bent[0] ^= 1;
        for (name, key, nonce, aad, sealed) in [
            ("another key", [8; 32], nonce, "a", &sealed),
            ("another nonce", [7; 32], [2; NONCE], "a", &sealed),
            ("said of something else", [7; 32], nonce, "b", &sealed),
            ("a bit", [7; 32], nonce, "a", &bent),
        ] {
            let opened = open(&Secret::new(key), nonce, aad.as_bytes(), sealed);
            assert_eq!(opened.map(|_| ()), Err(EnvelopeError::Open), "{name}");
        }
    }
}
