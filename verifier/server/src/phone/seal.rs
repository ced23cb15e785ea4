//! What a paired phone and the counter say to each other, sealed under keys made of the secret in the code on the counter's
//! screen. The secret is in the part of the address that no browser sends: whoever carries the calls, reads and adds nothing.

use absah_crypto::envelope::EnvelopeError;
use absah_crypto::{ct_eq, gcm, hmac_sha256};
use absah_types::Secret;

/// Bytes of the number that each side adds to the keys.
pub(crate) const SALT: usize = 16;
const HELLO: &[u8] = b"absah-phone-v1 hello";
const UP: &[u8] = b"absah-phone-v1 up";
const DOWN: &[u8] = b"absah-phone-v1 down";

fn prf(secret: &Secret<[u8; 32]>, parts: &[&[u8]]) -> [u8; 32] {
    hmac_sha256(secret.expose(), &parts.concat())
}

/// Whether somebody who sent that number knows the secret.
pub(crate) fn knows(secret: &Secret<[u8; 32]>, salt: &[u8; SALT], proof: &[u8]) -> bool {
    ct_eq(&prf(secret, &[HELLO, salt]), proof)
}

/// What proves it.
#[cfg(test)]
pub(crate) fn proof(secret: &Secret<[u8; 32]>, salt: &[u8; SALT]) -> [u8; 32] {
    prf(secret, &[HELLO, salt])
}

/// The keys of one pairing with one phone.
pub(crate) struct Keys {
    up: Secret<[u8; 32]>,
    down: Secret<[u8; 32]>,
}

impl Keys {
    /// Made of the secret and of a number of each side: the phone's, the counter's.
    pub(crate) fn of(secret: &Secret<[u8; 32]>, phone: &[u8; SALT], counter: &[u8; SALT]) -> Self {
        let key = |way: &[u8]| Secret::new(prf(secret, &[way, phone, counter]));
        Self { up: key(UP), down: key(DOWN) }
    }

    /// Opens what the phone sent as its call of that number: a random nonce (a tab that was doubled must not use one
    /// again), and the rest.
    ///
    /// # Errors
    /// [`EnvelopeError::Open`].
    pub(crate) fn open(&self, number: u64, sealed: &[u8]) -> Result<Secret<Vec<u8>>, EnvelopeError> {
        let (nonce, sealed) = sealed.split_first_chunk().ok_or(EnvelopeError::Open)?;
        gcm::open(&self.up, *nonce, &[UP, &number.to_be_bytes()].concat(), sealed)
    }

    /// Seals the counter's answer to the call of that number; 0 is the pairing itself.
    ///
    /// # Errors
    /// [`EnvelopeError::TooLarge`].
    pub(crate) fn answer(&self, number: u64, content: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
        gcm::seal(&self.down, nonce(number), DOWN, content)
    }

    /// What the phone does, for tests.
    #[cfg(test)]
    pub(crate) fn call(&self, number: u64, content: &[u8]) -> Vec<u8> {
        let nonce = [u8::try_from(number).unwrap_or_default(); gcm::NONCE];
        let aad = [UP, &number.to_be_bytes()].concat();
        [&nonce[..], &gcm::seal(&self.up, nonce, &aad, content).unwrap_or_default()].concat()
    }
}

/// The counter answers no number twice.
fn nonce(number: u64) -> [u8; gcm::NONCE] {
    let mut nonce = [0; gcm::NONCE];
    for (to, from) in nonce.iter_mut().skip(4).zip(number.to_be_bytes()) {
        *to = from;
    }
    nonce
}
