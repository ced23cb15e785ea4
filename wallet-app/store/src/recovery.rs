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
use absah_wallet_core::window::Failure;
use serde::{Deserialize, Serialize};

use crate::{
    blobs::Blobs,
    device::{DeviceKey, DeviceKeys},
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

impl Failure for RecoveryCodeError {}

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

    /// Puts the vault under a recovery code and a new data key: who has an earlier code, and with it the data key of an
    /// earlier copy of the file, opens nothing that is written from here on. From here on it is also tied to the device's
    /// key store, where there is one.
    ///
    /// # Errors
    /// [`VaultError::WrongPin`], [`VaultError::Storage`], [`VaultError::Memory`]; an earlier code still holds then.
    pub fn keep_recovery(
        &mut self,
        code: &RecoveryCode,
        pin: &Secret<String>,
        opened: &Opened,
        device: &dyn DeviceKeys,
        rng: &mut dyn Rng,
    ) -> Result<(), VaultError> {
        if self.is_pin(pin)? { self.rekey(code, pin, opened, device, rng) } else { Err(VaultError::WrongPin) }
    }

    /// Puts a vault that its recovery code has opened under a new PIN and a new data key; the code holds on.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Memory`]; the old PIN still holds then.
    pub fn reset_pin(
        &mut self,
        code: &RecoveryCode,
        pin: &Secret<String>,
        opened: &Opened,
        device: &dyn DeviceKeys,
        rng: &mut dyn Rng,
    ) -> Result<(), VaultError> {
        let before = self.header().device.clone();
        self.rekey(code, pin, opened, device, rng)?;
        // The vault was opened without it, so nobody else knows its name.
        if let Some(before) = before.filter(|name| Some(name) != self.header().device.as_ref()) {
            device.forget(&before);
        }
        Ok(())
    }

    fn rekey(
        &mut self,
        code: &RecoveryCode,
        pin: &Secret<String>,
        opened: &Opened,
        device: &dyn DeviceKeys,
        rng: &mut dyn Rng,
    ) -> Result<(), VaultError> {
        let key = Secret::new(array::<32>(rng));
        let tied = DeviceKey::make(device, rng);
        let header = Recovery::seal(self.header(), &key, code, rng).and_then(|recovery| {
            let header = Header { recovery: Some(recovery), ..self.header().clone() };
            header.under(pin, &key, tied.as_ref().or(self.device()), rng)
        });
        self.replace(header, key, tied, opened, device, rng)
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
    use std::cell::{Cell, RefCell};
    use std::collections::BTreeMap;

    use absah_testkit::SeededRng;
    use absah_types::Coded as _;

    use super::*;
    use crate::{
        blobs::{Memory, StorageError},
        device::{DeviceKeyError, NoDeviceKeys},
        keys::SoftwareKeys,
    };

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

    /// A key store in memory; `works` is whether it answers.
    #[derive(Default)]
    struct Store {
        keys: RefCell<BTreeMap<String, [u8; 32]>>,
        is_gone: Cell<bool>,
    }

    impl DeviceKeys for Store {
        fn read(&self, name: &str) -> Result<Secret<[u8; 32]>, DeviceKeyError> {
            if self.is_gone.get() {
                return Err(DeviceKeyError::Silent);
            }
            self.keys.borrow().get(name).map(|key| Secret::new(*key)).ok_or(DeviceKeyError::Missing)
        }
        fn keep(&self, name: &str, key: &Secret<[u8; 32]>) -> Result<(), DeviceKeyError> {
            if self.is_gone.get() {
                return Err(DeviceKeyError::Silent);
            }
            self.keys.borrow_mut().insert(name.to_owned(), *key.expose());
            Ok(())
        }
        fn forget(&self, name: &str) {
            self.keys.borrow_mut().remove(name);
        }
    }

    fn vault(rng: &mut SeededRng) -> Vault<Memory> {
        let cost = KdfParams::least(array(rng));
        Vault::create(Memory::default(), &pin("739154"), cost, rng).unwrap()
    }

    /// Makes a code as a person does who has seen it.
    fn make(vault: &mut Vault<Memory>, opened: &Opened, device: &Store, rng: &mut SeededRng) -> RecoveryCode {
        let code = RecoveryCode::generate(rng);
        vault.keep_recovery(&code, &pin("739154"), opened, device, rng).unwrap();
        code
    }

    fn without_store() -> Store {
        Store { is_gone: Cell::new(true), ..Store::default() }
    }

    /// PIN forgotten: the code opens, the new PIN holds, the code holds on, an earlier code has ended.
    #[test]
    fn a_forgotten_pin_is_replaced() {
        let mut rng = SeededRng::new(1);
        let none = without_store();
        let mut keys = SoftwareKeys::default();
        let ids = keys.make(2, &mut rng);
        let first = vault(&mut rng);
        assert!(!first.has_recovery());
        let refused = Vault::open_by_recovery(first.close(), &RecoveryCode::generate(&mut rng)).map(|_| ());
        assert_eq!(refused, Err(VaultError::NoRecovery));

        let mut vault = vault(&mut rng);
        let opened = Opened { keys: keys.clone(), ..Opened::default() };
        let refused =
            vault.keep_recovery(&RecoveryCode::generate(&mut rng), &pin("739155"), &opened, &none, &mut rng);
        assert_eq!(refused, Err(VaultError::WrongPin));
        assert!(!vault.has_recovery());
        let earlier = make(&mut vault, &opened, &none, &mut rng);
        let code = make(&mut vault, &opened, &none, &mut rng);
        let code = RecoveryCode::parse(&typed(&code)).unwrap();
        let blobs = vault.close();
        assert_eq!(
            Vault::open_by_recovery(blobs.clone(), &earlier).map(|_| ()),
            Err(VaultError::WrongRecovery)
        );
        let (mut vault, opened) = Vault::open_by_recovery(blobs, &code).unwrap();
        vault.reset_pin(&code, &pin("628417"), &opened, &none, &mut rng).unwrap();
        let blobs = vault.close();
        assert_eq!(Vault::open(blobs.clone(), &pin("739154")).map(|_| ()), Err(VaultError::WrongPin));
        let (vault, opened) = Vault::open(blobs.clone(), &pin("628417")).unwrap();
        assert!(vault.has_recovery() && !vault.is_tied());
        let signing = absah_wallet_core::Signing { key: ids[0].id.clone(), bytes: b"x".to_vec() };
        assert!(opened.keys.sign(&[signing]).is_ok(), "the keys are still there");
        assert!(Vault::open_by_recovery(blobs, &code).is_ok());
    }

    fn head(file: &[u8]) -> usize {
        14 + u32::from_be_bytes(file[10..14].try_into().unwrap()) as usize + 32
    }

    /// Who stole an earlier code, or an earlier PIN, and a copy of the file of that time reads nothing written later:
    /// the old head before the new content opens no more than a damaged file does.
    #[test]
    fn an_earlier_code_and_copy_do_not_open_what_came_later() {
        let mut rng = SeededRng::new(1);
        let none = without_store();
        let mut vault = vault(&mut rng);
        let stolen = make(&mut vault, &Opened::default(), &none, &mut rng);
        let copy = vault.close();
        let (mut vault, opened) = Vault::open(copy.clone(), &pin("739154")).unwrap();
        let code = make(&mut vault, &opened, &none, &mut rng);
        let spliced = |newer: &Memory| {
            let (old, new) = (copy.read("vault").unwrap().unwrap(), newer.read("vault").unwrap().unwrap());
            let mut blobs = newer.clone();
            blobs.replace("vault", &[&old[..head(&old)], &new[head(&new)..]].concat()).unwrap();
            blobs
        };
        let newer = vault.close();
        let opens = |blobs: &Memory| {
            (
                Vault::open_by_recovery(blobs.clone(), &stolen).map(|_| ()),
                Vault::open(blobs.clone(), &pin("739154")).map(|_| ()),
            )
        };
        assert_eq!(opens(&copy), (Ok(()), Ok(())), "their own copy they have");
        assert_eq!(opens(&spliced(&newer)), (Err(VaultError::Corrupted), Err(VaultError::Corrupted)));
        // A PIN that is replaced by the code ends in the same way.
        let (mut vault, opened) = Vault::open_by_recovery(newer, &code).unwrap();
        vault.reset_pin(&code, &pin("628417"), &opened, &none, &mut rng).unwrap();
        assert_eq!(opens(&spliced(&vault.close())), (Err(VaultError::Corrupted), Err(VaultError::Corrupted)));
    }

    /// With the device's key store: the file and the PIN open nothing elsewhere, the code does; without it nobody is
    /// locked out, since only a vault with a code is tied.
    #[test]
    fn a_tied_vault_opens_on_its_device_and_by_its_code() {
        let mut rng = SeededRng::new(1);
        let device = Store::default();
        let mut vault = vault(&mut rng);
        vault.change_pin(&pin("739154"), &Opened::default(), &device, &mut rng).unwrap();
        assert!(!vault.is_tied(), "no way around yet, so no tie");
        let code = make(&mut vault, &Opened::default(), &device, &mut rng);
        assert!(vault.is_tied());
        assert_eq!(vault.is_pin(&pin("739154")), Ok(true));
        assert_eq!(vault.is_pin(&pin("739155")), Ok(false));
        vault.change_pin(&pin("402871"), &Opened::default(), &device, &mut rng).unwrap();
        assert_eq!(device.keys.borrow().len(), 1, "the key before is forgotten");
        let blobs = vault.close();
        let on = |device: &dyn DeviceKeys, digits| {
            Vault::open_on(blobs.clone(), &pin(digits), device).map(|_| ()).map_err(|error| error.code())
        };
        assert_eq!(on(&device, "402871"), Ok(()));
        assert_eq!(on(&device, "402872"), Err("vault-wrong-pin"));
        assert_eq!(on(&NoDeviceKeys, "402871"), Err("device-keys-absent"));
        assert_eq!(on(&Store::default(), "402871"), Err("device-keys-missing"));
        let other = Store::default();
        let name = device.keys.borrow().keys().next().unwrap().clone();
        other.keep(&name, &Secret::new([7; 32])).unwrap();
        assert_eq!(on(&other, "402871"), Err("device-keys-missing"), "another key under the name");
        device.is_gone.set(true);
        assert_eq!(on(&device, "402871"), Err("device-keys-silent"));
        // The key store is gone: the code opens, and the new PIN holds without a tie until there is a store again.
        let (mut vault, opened) = Vault::open_by_recovery(blobs, &code).unwrap();
        vault.reset_pin(&code, &pin("628417"), &opened, &device, &mut rng).unwrap();
        assert!(!vault.is_tied());
        let (mut vault, opened) = Vault::open(vault.close(), &pin("628417")).unwrap();
        device.is_gone.set(false);
        vault.change_pin(&pin("628418"), &opened, &device, &mut rng).unwrap();
        assert!(vault.is_tied());
        let mut blobs = vault.close();
        Vault::destroy(&mut blobs, &device).unwrap();
        assert!(device.keys.borrow().is_empty() && blobs.names().unwrap().is_empty());
    }

    /// What could not be written leaves the old code, the old PIN and no key behind.
    #[test]
    fn a_full_disk_leaves_the_earlier_code() {
        let mut rng = SeededRng::new(1);
        let device = Store::default();
        let mut vault = vault(&mut rng);
        let earlier = make(&mut vault, &Opened::default(), &device, &mut rng);
        let full = Full(vault.close());
        let (mut vault, opened) = Vault::open_on(full, &pin("739154"), &device).unwrap();
        let code = RecoveryCode::generate(&mut rng);
        let refused = vault.keep_recovery(&code, &pin("739154"), &opened, &device, &mut rng);
        assert_eq!(refused, Err(VaultError::Storage(StorageError::Full)));
        assert_eq!(device.keys.borrow().len(), 1);
        let Full(blobs) = vault.close();
        assert!(Vault::open_on(blobs.clone(), &pin("739154"), &device).is_ok());
        assert!(Vault::open_by_recovery(blobs, &earlier).is_ok());
    }

    struct Full(Memory);

    impl Blobs for Full {
        fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
            self.0.read(name)
        }
        fn replace(&mut self, _: &str, _: &[u8]) -> Result<(), StorageError> {
            Err(StorageError::Full)
        }
        fn remove(&mut self, name: &str) -> Result<(), StorageError> {
            self.0.remove(name)
        }
        fn names(&self) -> Result<Vec<String>, StorageError> {
            self.0.names()
        }
    }

    /// A vault without a code stays one that an earlier program opens; later layouts say that they are later.
    #[test]
    fn only_a_vault_with_a_code_has_the_later_layouts() {
        let mut rng = SeededRng::new(1);
        let mut vault = vault(&mut rng);
        let version = |vault: &Vault<Memory>| vault.header().encode().unwrap()[9];
        assert_eq!(version(&vault), 1);
        make(&mut vault, &Opened::default(), &without_store(), &mut rng);
        assert_eq!(version(&vault), 2);
        make(&mut vault, &Opened::default(), &Store::default(), &mut rng);
        assert_eq!(version(&vault), 3);
    }
}
