//! Vaults as earlier programs wrote them open and lose nothing: layout 1 (PIN alone), layout 2 (with a recovery code).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::*;
use crate::blobs::Folder;
use crate::device::{DeviceKeyError, DeviceKeys};
use crate::recovery::RecoveryCode;

/// The code that the program with layout 2 printed when it made the fixture out of that of layout 1.
const CODE: &str = "653E-533J-CBKZ-GK0S-DMGQ-4ZGS-CCV3";

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(path)
}

/// A folder as a person has it: the vault of a layout, with the trust bundle that both hold.
fn folder(vault: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(fixture("datadir/0.1.0/wallet")).unwrap().flatten() {
        if entry.file_name().to_string_lossy().starts_with("bundle-") {
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
    }
    std::fs::copy(fixture(vault), folder.path().join("vault")).unwrap();
    folder
}

fn layout(folder: &tempfile::TempDir) -> u8 {
    std::fs::read(folder.path().join("vault")).unwrap()[9]
}

fn is_same(one: &Opened, other: &Opened) {
    assert_eq!(one.holdings, other.holdings);
    assert_eq!(one.bundle, other.bundle);
    let keys = |opened: &Opened| serde_json::to_value(&opened.keys).unwrap();
    assert_eq!(keys(one), keys(other));
}

#[derive(Default)]
struct Store(RefCell<BTreeMap<String, [u8; 32]>>);

impl DeviceKeys for Store {
    fn read(&self, name: &str) -> Result<Secret<[u8; 32]>, DeviceKeyError> {
        self.0.borrow().get(name).map(|key| Secret::new(*key)).ok_or(DeviceKeyError::Missing)
    }
    fn keep(&self, name: &str, key: &Secret<[u8; 32]>) -> Result<(), DeviceKeyError> {
        self.0.borrow_mut().insert(name.to_owned(), *key.expose());
        Ok(())
    }
    fn forget(&self, name: &str) {
        self.0.borrow_mut().remove(name);
    }
}

#[test]
fn layouts_1_and_2_open_and_hold_everything() {
    let first = folder("datadir/0.1.0/wallet/vault");
    let second = folder("vault/layout-2");
    assert_eq!((layout(&first), layout(&second)), (1, 2));
    let (_, whole) = Vault::open(Folder::new(first.path()), &pin("739154")).unwrap();
    assert!(!whole.holdings.cards.is_empty() && !whole.holdings.history.is_empty() && whole.bundle.is_some());
    for card in &whole.holdings.cards {
        assert!(!card.copies.is_empty(), "copies are there to be counted");
    }
    let (vault, opened) = Vault::open(Folder::new(second.path()), &pin("739154")).unwrap();
    is_same(&opened, &whole);
    assert!(vault.has_recovery() && !vault.is_tied());
    let code = RecoveryCode::parse(CODE).unwrap();
    let (_, opened) = Vault::open_by_recovery(Folder::new(second.path()), &code).unwrap();
    is_same(&opened, &whole);
}

#[test]
fn layout_2_goes_on_under_this_program_and_becomes_layout_3_where_there_is_a_key_store() {
    let folder = folder("vault/layout-2");
    let at = || Folder::new(folder.path());
    let (mut rng, device) = (SeededRng::new(9), Store::default());
    let (mut vault, whole) = Vault::open(at(), &pin("739154")).unwrap();
    vault.save(&whole.holdings, &whole.keys, whole.bundle.as_ref(), &mut rng).unwrap();
    assert_eq!(layout(&folder), 2, "written again it is what it was");
    let (mut vault, opened) = Vault::open(at(), &pin("739154")).unwrap();
    is_same(&opened, &whole);
    vault.change_pin(&pin("628417"), &opened, &device, &mut rng).unwrap();
    drop(vault);
    assert_eq!(layout(&folder), 3);
    let (_, opened) = Vault::open_on(at(), &pin("628417"), &device).unwrap();
    is_same(&opened, &whole);
    assert_eq!(Vault::open_on(at(), &pin("739154"), &device).unwrap_err(), VaultError::WrongPin);
    // The code on paper that the earlier program gave goes around PIN and key store alike.
    let code = RecoveryCode::parse(CODE).unwrap();
    let (_, opened) = Vault::open_by_recovery(at(), &code).unwrap();
    is_same(&opened, &whole);
}
