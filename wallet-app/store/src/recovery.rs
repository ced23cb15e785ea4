//! The recovery code: written on paper, it opens the vault when the PIN is forgotten.
//!
//! ```text
//! 16 random bytes ‖ 10 bits of SHA-256 ──base32──► 28 characters: XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX
//! code ──Argon2id──► key ──unwraps──► the same data key as the PIN does
//! ```
//!
//! 128 bits: whoever has the file alone gains nothing by it. Whoever has file and paper has the cards.

use absah_crypto::{envelope::KdfParams, sha256_concat};
use absah_types::{Rng, Secret, array, coded};
use serde::{Deserialize, Serialize};

use crate::{
    blobs::Blobs,
    error::VaultError,
    header::{DataKey, Header, Wrap, renewed},
    vault::{Opened, Vault},
};

/// Base32 without letters that are read as digits or as each other (I, L, O, U).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a code.
const LENGTH: usize = 28;
/// Random bytes in it.
const BYTES: usize = 16;
const DOMAIN: &[u8] = b"absah-recovery-check-v1";

/// A recovery code whose form is in order.
pub struct RecoveryCode(Secret<String>);

/// Why a text is no recovery code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryCodeError {
    /// Too few or too many characters.
    Length,
    /// A character that no code has.
    Character,
    /// Some character is another one than was written down.
    Checksum,
}

impl std::fmt::Display for RecoveryCodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Length => "recovery code of the wrong length",
            Self::Character => "recovery code with an impossible character",
            Self::Checksum => "recovery code mistyped",
        })
    }
}

impl std::error::Error for RecoveryCodeError {}

coded! { RecoveryCodeError {
    Length => ("recovery-code-length", User),
    Character => ("recovery-code-character", User),
    Checksum => ("recovery-code-checksum", User),
} }

impl RecoveryCode {
    /// A fresh one.
    pub fn generate(rng: &mut dyn Rng) -> Self {
        let bytes: [u8; BYTES] = array(rng);
        Self(Secret::new(encode(&bytes)))
    }

    /// Reads what was typed: lower case, blanks and dashes do not matter, nor O for 0, I and L for 1.
    ///
    /// # Errors
    /// [`RecoveryCodeError`].
    pub fn parse(typed: &str) -> Result<Self, RecoveryCodeError> {
        let mut values = Vec::with_capacity(LENGTH);
        for character in typed.chars().filter(|one| !one.is_whitespace() && *one != '-') {
            let character = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let place = ALPHABET.iter().position(|one| char::from(*one) == character);
            values.push(place.ok_or(RecoveryCodeError::Character)?);
            if values.len() > LENGTH {
                return Err(RecoveryCodeError::Length);
            }
        }
        if values.len() != LENGTH {
            return Err(RecoveryCodeError::Length);
        }
        // 26 characters hold 130 bits, of which the first two are never set: what does not come out again was mistyped.
        let number = values.iter().take(26).fold(0_u128, |number, value| (number << 5) | *value as u128);
        let text: String =
            values.iter().filter_map(|value| ALPHABET.get(*value)).map(|one| char::from(*one)).collect();
        let code = encode(&number.to_be_bytes());
        if code == text { Ok(Self(Secret::new(code))) } else { Err(RecoveryCodeError::Checksum) }
    }

    /// As it is written down: seven groups of four.
    #[must_use]
    pub fn grouped(&self) -> Secret<String> {
        let characters: Vec<char> = self.0.expose().chars().collect();
        let groups: Vec<String> = characters.chunks(4).map(|group| group.iter().collect()).collect();
        Secret::new(groups.join("-"))
    }

    fn secret(&self) -> &Secret<String> {
        &self.0
    }
}

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

/// 26 characters of content, highest bits first, and two of check.
fn encode(bytes: &[u8; BYTES]) -> String {
    let number = u128::from_be_bytes(*bytes);
    let [first, second, ..] = sha256_concat(&[DOMAIN, bytes]);
    let check = u16::from_be_bytes([first, second]) >> 6;
    let content = (0..26_u32).rev().map(|place| ((number >> (5 * place)) & 31) as usize);
    let checks = [usize::from(check >> 5), usize::from(check & 31)];
    content.chain(checks).filter_map(|value| ALPHABET.get(value)).map(|one| char::from(*one)).collect()
}

/// The data key under the recovery code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recovery {
    kdf: KdfParams,
    wrap: Wrap,
}

impl Recovery {
    fn seal(
        header: &Header,
        key: &DataKey,
        code: &RecoveryCode,
        rng: &mut dyn Rng,
    ) -> Result<Self, VaultError> {
        let kdf = renewed(&header.kdf, rng)?;
        let wrap = Wrap::seal(key, code.secret(), &kdf, &aad(&header.vault), rng)?;
        Ok(Self { kdf, wrap })
    }

    fn open(&self, header: &Header, code: &RecoveryCode) -> Result<DataKey, VaultError> {
        self.wrap.open(code.secret(), &self.kdf, &aad(&header.vault)).map_err(|error| match error {
            VaultError::WrongPin => VaultError::WrongRecovery,
            other => other,
        })
    }
}

fn aad(vault: &str) -> Vec<u8> {
    [b"absah-vault-recovery-v1 ".as_slice(), vault.as_bytes()].concat()
}

impl<B: Blobs> Vault<B> {
    /// Whether a recovery code was made.
    pub fn has_recovery(&self) -> bool {
        self.header().recovery.is_some()
    }

    /// Makes a recovery code for the vault; an earlier one ends. To be shown once: it is kept nowhere.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Memory`]; an earlier code still holds then.
    pub fn make_recovery(&mut self, opened: &Opened, rng: &mut dyn Rng) -> Result<RecoveryCode, VaultError> {
        let code = RecoveryCode::generate(rng);
        let recovery = Recovery::seal(self.header(), self.key(), &code, rng)?;
        let header = self.header();
        let generation = header.generation.saturating_add(1);
        let header = Header { generation, recovery: Some(recovery), ..header.clone() };
        self.write_under(header, opened, rng)?;
        Ok(code)
    }

    /// Opens the vault by its recovery code. What follows is a new PIN.
    ///
    /// # Errors
    /// [`VaultError::NoRecovery`], [`VaultError::WrongRecovery`]; otherwise as [`Vault::open`].
    pub fn open_by_recovery(blobs: B, code: &RecoveryCode) -> Result<(Self, Opened), VaultError> {
        Self::open_with(blobs, |header| {
            let recovery = header.recovery.as_ref().ok_or(VaultError::NoRecovery)?;
            recovery.open(header, code)
        })
    }
}

#[cfg(test)]
mod tests {
    use absah_testkit::SeededRng;
    use absah_types::Coded as _;
    use absah_wallet_core::Holdings;

    use super::*;
    use crate::{blobs::Memory, keys::SoftwareKeys};

    fn pin(text: &str) -> Secret<String> {
        Secret::new(text.to_owned())
    }

    fn typed(code: &RecoveryCode) -> String {
        code.grouped().expose().clone()
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let mut rng = SeededRng::new(3);
        for _ in 0..200 {
            let code = RecoveryCode::generate(&mut rng);
            let text = typed(&code);
            assert_eq!(text.len(), 34, "{text}");
            for spelled in
                [text.to_lowercase(), text.replace('-', " "), text.replace('0', "o").replace('1', "l")]
            {
                assert_eq!(typed(&RecoveryCode::parse(&spelled).unwrap()), text, "{spelled}");
            }
        }
    }

    #[test]
    fn each_mistake_has_its_own_code() {
        let text = typed(&RecoveryCode::generate(&mut SeededRng::new(3)));
        let code = |typed: &str| RecoveryCode::parse(typed).unwrap_err().code();
        assert_eq!(code(""), "recovery-code-length");
        assert_eq!(code(&text[1..]), "recovery-code-length");
        assert_eq!(code(&format!("{text}7")), "recovery-code-length");
        assert_eq!(
            code(&text.replacen(|one: char| one.is_ascii_alphanumeric(), "!", 1)),
            "recovery-code-character"
        );
        // Any one character, changed to any other, is noticed but for one in 1024.
        let mut missed = 0;
        for (place, was) in text.char_indices().filter(|(_, one)| *one != '-') {
            for other in ALPHABET.iter().map(|one| char::from(*one)).filter(|other| *other != was) {
                let mut changed = text.clone();
                changed.replace_range(place..=place, &other.to_string());
                missed += usize::from(RecoveryCode::parse(&changed).is_ok());
            }
        }
        assert!(missed <= 8, "{missed} of {} mistakes missed", 28 * 31);
    }

    /// PIN forgotten: the code opens, the new PIN holds, the code holds on, an earlier code has ended.
    #[test]
    fn a_forgotten_pin_is_replaced() {
        let mut rng = SeededRng::new(1);
        let cost = KdfParams::least(array(&mut rng));
        let mut vault = Vault::create(Memory::default(), &pin("739154"), cost, &mut rng).unwrap();
        let mut keys = SoftwareKeys::default();
        let ids = keys.make(2, &mut rng);
        vault.save(&Holdings::default(), &keys, None, &mut rng).unwrap();
        assert!(!vault.has_recovery());
        let none = Vault::open_by_recovery(vault.close(), &RecoveryCode::generate(&mut rng)).map(|_| ());
        assert_eq!(none, Err(VaultError::NoRecovery));

        let mut vault = Vault::create(Memory::default(), &pin("739154"), cost, &mut rng).unwrap();
        let opened = Opened { keys: keys.clone(), ..Opened::default() };
        let earlier = vault.make_recovery(&opened, &mut rng).unwrap();
        let code = vault.make_recovery(&opened, &mut rng).unwrap();
        let code = RecoveryCode::parse(&typed(&code)).unwrap();
        let blobs = vault.close();
        assert_eq!(
            Vault::open_by_recovery(blobs.clone(), &earlier).map(|_| ()),
            Err(VaultError::WrongRecovery)
        );
        let (mut vault, opened) = Vault::open_by_recovery(blobs, &code).unwrap();
        vault.change_pin(&pin("628417"), &opened, &mut rng).unwrap();
        let blobs = vault.close();
        assert_eq!(Vault::open(blobs.clone(), &pin("739154")).map(|_| ()), Err(VaultError::WrongPin));
        let (vault, opened) = Vault::open(blobs.clone(), &pin("628417")).unwrap();
        assert!(vault.has_recovery());
        let signing = absah_wallet_core::Signing { key: ids[0].id.clone(), bytes: b"x".to_vec() };
        assert!(opened.keys.sign(&[signing]).is_ok(), "the keys are still there");
        assert!(Vault::open_by_recovery(blobs, &code).is_ok());
    }

    /// A vault without a code stays one that an earlier program opens; one with a code says that it is later.
    #[test]
    fn only_a_vault_with_a_code_has_the_later_layout() {
        let mut rng = SeededRng::new(1);
        let cost = KdfParams::least(array(&mut rng));
        let mut vault = Vault::create(Memory::default(), &pin("739154"), cost, &mut rng).unwrap();
        let version = |vault: &Vault<Memory>| vault.header().encode().unwrap()[9];
        assert_eq!(version(&vault), 1);
        vault.make_recovery(&Opened::default(), &mut rng).unwrap();
        assert_eq!(version(&vault), 2);
    }
}
