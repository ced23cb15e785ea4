//! Recognising the PIN of a vault that is open, without the price of Argon2id.

use absah_crypto::{ct_eq, hmac_sha256};
use absah_types::Secret;

use crate::header::DataKey;

const DOMAIN: &[u8] = b"absah-vault-pin-check-v1";

/// What the PIN is recognised by while the vault is open: an HMAC of it under the data key. In memory only, wiped with
/// the vault at each lock, and before the device goes into other hands.
///
/// Argon2id makes each guess dear for whoever has the *file*. At a vault that is open a guess comes through the screen,
/// where [`Tries`](absah_wallet_core::window::Tries) counts it on disk and makes it wait, whatever the check costs. And
/// whoever can read this memory has the data key beside it, with every card and every private key that the PIN guards: of
/// this wallet the HMAC tells nothing more. It does tell them the PIN itself for a million cheap guesses, where the file
/// and the data key would take them some days; so it lives no longer than it is of use.
pub(crate) struct PinCheck(Secret<[u8; 32]>);

impl PinCheck {
    pub(crate) fn of(pin: &Secret<String>, key: &DataKey) -> Self {
        // A key of its own: the data key itself only seals.
        let own = Secret::new(hmac_sha256(key.expose(), DOMAIN));
        Self(Secret::new(hmac_sha256(own.expose(), pin.expose().as_bytes())))
    }

    /// Compared in constant time.
    pub(crate) fn is(&self, pin: &Secret<String>, key: &DataKey) -> bool {
        ct_eq(self.0.expose(), Self::of(pin, key).0.expose())
    }
}
