//! Password and one-time code: for the day the passkey is at home. Such a session sees the own account only.

use absah_crypto::envelope::{self, KdfParams};
use absah_crypto::sha256_concat;
use absah_issuer_core::ports::{SecretRole, StoreError};
use absah_types::{Secret, Timestamp, base64url};
use serde::{Deserialize, Serialize};
use totp_rs::{Algorithm, Builder, Totp};

use super::error::Fail;
use super::{Console, ConsoleError};
use crate::store::Fallback;

/// Characters of a password at least; length beats rules (NIST SP 800-63B-4, section 3.1.1).
const LEAST_PASSWORD: usize = 12;
/// And at most.
pub(super) const MOST_PASSWORD: usize = 128;
/// Bytes of the secret of one-time codes.
const SECRET: usize = 20;
const AAD: &[u8] = b"absah-operator-totp-v1";

#[derive(Serialize, Deserialize)]
struct Kept {
    kdf: KdfParams,
    tag: String,
}

fn tag(password: &str, kdf: &KdfParams) -> Result<String, Fail> {
    let key = envelope::derive(password.as_bytes(), kdf).map_err(|_| Fail::Store(StoreError::Unavailable))?;
    Ok(base64url::encode(sha256_concat(&[b"absah-operator-password-v1", key.expose()])))
}

/// Whether a password is long enough and not one sign over and over.
fn password_is_fine(password: &str) -> bool {
    let length = password.chars().count();
    let mut different: Vec<char> = password.chars().collect();
    different.sort_unstable();
    different.dedup();
    (LEAST_PASSWORD..=MOST_PASSWORD).contains(&length) && different.len() >= 5
}

fn totp(secret: &[u8]) -> Option<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_secret(secret.to_vec())
        .build()
        .ok()
}

/// The time step for which a code holds: now, or one before or after.
fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Option<i64> {
    let at = u64::try_from(now.unix()).ok()?;
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    totp(secret)?.check(&code, at).and_then(|step| i64::try_from(step).ok())
}

impl Console {
    fn totp_key(&self) -> Secret<[u8; 32]> {
        Secret::new(self.0.app.keys().mac(SecretRole::Operators, b"absah-operator-totp-key-v1"))
    }

    /// A fresh secret of one-time codes, as it is typed into an app.
    pub(super) fn new_totp(&self) -> String {
        let bytes = self.random::<SECRET>();
        const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let letter = |byte: u8| LETTERS.get(usize::from(byte % 32)).map(|byte| char::from(*byte));
        bytes.iter().chain(&self.random::<12>()).filter_map(|byte| letter(*byte)).collect()
    }

    /// Seals what was set; the code proves that the app has the secret.
    pub(super) fn make_fallback(
        &self,
        (password, base32, code): (&str, &str, &str),
        now: Timestamp,
    ) -> Result<Fallback, Fail> {
        if !password_is_fine(password) {
            return Err(ConsoleError::WeakPassword.into());
        }
        let secret = secret_of(base32).ok_or(ConsoleError::OneTimeCode)?;
        let totp_step = step_of(&secret, code, now).ok_or(ConsoleError::OneTimeCode)?;
        let kdf = KdfParams::usual(self.random());
        let kept = Kept { tag: tag(password, &kdf)?, kdf };
        let password = serde_json::to_string(&kept).map_err(|_| Fail::Store(StoreError::Damaged))?;
        let nonce = self.random::<24>();
        let sealed = envelope::seal(&self.totp_key(), &nonce, AAD, &secret);
        let sealed = sealed.map_err(|_| Fail::Store(StoreError::Damaged))?;
        Ok(Fallback { password, totp: [nonce.as_slice(), &sealed].concat(), totp_step })
    }

    /// Whether password and code are right, and which step the code is of. Takes as long for a name that nobody has.
    pub(super) fn check_fallback(
        &self,
        kept: Option<&Fallback>,
        (password, code): (&str, &str),
        now: Timestamp,
    ) -> Result<Option<i64>, Fail> {
        let damaged = || Fail::Store(StoreError::Damaged);
        let Some(kept) = kept else {
            tag(password, &KdfParams::usual([0; 16]))?;
            return Ok(None);
        };
        let own: Kept = serde_json::from_str(&kept.password).map_err(|_| damaged())?;
        let is_right = tag(password, &own.kdf)? == own.tag;
        let (nonce, sealed) = kept.totp.split_first_chunk::<24>().ok_or_else(damaged)?;
        let secret = envelope::open(&self.totp_key(), nonce, AAD, sealed).map_err(|_| damaged())?;
        Ok(step_of(secret.expose(), code, now).filter(|_| is_right))
    }
}

/// The bytes of a secret that was shown.
fn secret_of(base32: &str) -> Option<Vec<u8>> {
    let secret = totp_rs::Secret::try_from_base32(base32).ok()?;
    let bytes = secret.as_bytes().to_vec();
    (bytes.len() == SECRET).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_and_not_one_sign_over_and_over() {
        for (text, fine) in [
            ("kuda baterai staples", true),
            ("dua belas hr", true),
            ("pendek", false),
            ("aaaaaaaaaaaaaaaaaaaa", false),
            ("abababababababab", false),
        ] {
            assert_eq!(password_is_fine(text), fine, "{text}");
        }
        assert!(!password_is_fine(&"panjang sekali ".repeat(20)));
    }

    /// RFC 6238, appendix B: SHA-1, of eight digits the last six.
    #[test]
    fn one_time_codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        let at = Timestamp::from_unix(1_111_111_109);
        assert_eq!(step_of(secret, "081804", at), Some(37_037_036));
        assert_eq!(step_of(secret, "081 804", at), Some(37_037_036));
        for wrong in ["", "081805", "07081804", "abcdef"] {
            assert_eq!(step_of(secret, wrong, at), None, "{wrong}");
        }
        assert_eq!(step_of(secret, "081804", Timestamp::from_unix(1_111_111_109 + 90)), None);
    }
}
