//! A named catalogue of bad vaults, each beside one that opens.

use absah_testkit::SeededRng;
use absah_types::Coded as _;
use absah_wallet_core::{Blob, Card, CardId, CardIssuer, Copy, Format, KeyId, Shown, Signing};

use super::*;
use crate::blobs::{Memory, StorageError};

mod layouts;

fn pin(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn cheap(rng: &mut SeededRng) -> KdfParams {
    KdfParams::least(array(rng))
}

fn card(number: usize, keys: &[KeyId]) -> Card {
    let copy = |key: &KeyId| Copy {
        key: key.clone(),
        credential: "e".repeat(3000),
        portrait: Some(Blob::new(vec![7; 900])),
        status: None,
        link: None,
        first_used: None,
        seen_by: Vec::new(),
    };
    Card {
        id: CardId(format!("{number:016x}")),
        types: vec!["KtpElektronik".into()],
        type_name: Shown::new("KtpElektronik"),
        format: Format::VcSdJwt,
        issuer: CardIssuer {
            url: "https://dukcapil.example".into(),
            id: "did:web:dukcapil.example".into(),
            name: Shown::new("Dukcapil"),
            listed: true,
        },
        received_at: absah_types::Timestamp::from_unix(1_795_000_000),
        valid_from: absah_types::Timestamp::from_unix(1_795_000_000),
        valid_until: absah_types::Timestamp::from_unix(1_797_000_000),
        copies: keys.iter().map(copy).collect(),
        about: None,
        appearance: None,
    }
}

/// A vault with one card and its keys, under PIN 739154.
fn filled() -> (Memory, Holdings, SoftwareKeys) {
    let mut rng = SeededRng::new(1);
    let cost = cheap(&mut rng);
    let mut vault = Vault::create(Memory::default(), &pin("739154"), cost, &mut rng).unwrap();
    let mut keys = SoftwareKeys::default();
    let ids: Vec<_> = keys.make(3, &mut rng).into_iter().map(|key| key.id).collect();
    let holdings = Holdings { cards: vec![card(1, &ids)], ..Holdings::default() };
    let bundle = BundleFiles::from([("metadata/1.root.json".into(), b"{}".to_vec())]);
    vault.save(&holdings, &keys, Some(&bundle), &mut rng).unwrap();
    (vault.close(), holdings, keys)
}

fn file(blobs: &Memory) -> Vec<u8> {
    blobs.read(VAULT).unwrap().unwrap()
}

fn with_file(blobs: &Memory, bytes: &[u8]) -> Memory {
    let mut changed = blobs.clone();
    changed.replace(VAULT, bytes).unwrap();
    changed
}

#[test]
fn what_was_saved_comes_back() {
    let (blobs, holdings, keys) = filled();
    let (_, opened) = Vault::open(blobs, &pin("739154")).unwrap();
    assert_eq!(opened.holdings, holdings);
    assert_eq!(opened.keys.len(), 3);
    assert!(opened.bundle.is_some());
    let signing = Signing { key: holdings.cards[0].copies[0].key.clone(), bytes: b"x".to_vec() };
    assert_eq!(opened.keys.sign(&[signing]).unwrap().len(), 1);
    // Signatures may differ each time, keys may not.
    let written = |keys: &SoftwareKeys| serde_json::to_string(keys).unwrap();
    assert_eq!(written(&opened.keys), written(&keys));
}

#[test]
fn nothing_in_the_file_tells_what_is_inside() {
    let (blobs, ..) = filled();
    let bytes = file(&blobs);
    for canary in ["KtpElektronik", "Dukcapil", "eeee", "739154"] {
        assert!(!bytes.windows(canary.len()).any(|window| window == canary.as_bytes()), "{canary}");
    }
}

/// How often the PIN was derived shows in what it costs; here by a header that no PIN opens any more.
#[test]
fn the_pin_of_an_open_vault_is_known_at_once_until_it_is_forgotten() {
    let (blobs, holdings, keys) = filled();
    let mut rng = SeededRng::new(2);
    let (mut vault, opened) = Vault::open(blobs, &pin("739154")).unwrap();
    let derived = |vault: &mut Vault<Memory>, digits: &str| {
        // The header in memory opens by nothing, so what is still known is known without it.
        let whole = vault.header.clone();
        vault.header.vault = "other".to_owned();
        let said = vault.is_pin(&pin(digits));
        vault.header = whole;
        said
    };
    assert_eq!(derived(&mut vault, "739154"), Ok(true), "without Argon2id");
    assert_eq!(derived(&mut vault, "739155"), Ok(false));
    vault.forget_pin();
    assert_eq!(derived(&mut vault, "739154"), Ok(false), "with Argon2id, by the header");
    assert_eq!(vault.is_pin(&pin("739155")), Ok(false));
    assert_eq!(derived(&mut vault, "739154"), Ok(false), "a wrong one is not remembered");
    assert_eq!(vault.is_pin(&pin("739154")), Ok(true));
    assert_eq!(derived(&mut vault, "739154"), Ok(true), "from then on at once");
    // Another PIN is known in its place, the old one no more.
    vault.change_pin(&pin("402871"), &opened, &NoDeviceKeys, &mut rng).unwrap();
    assert_eq!(derived(&mut vault, "402871"), Ok(true));
    assert_eq!(derived(&mut vault, "739154"), Ok(false));
    vault.save(&holdings, &keys, None, &mut rng).unwrap();
    let bytes = file(&vault.close());
    assert!(Vault::open(with_file(&Memory::default(), &bytes), &pin("402871")).is_ok());
}

/// Each bad vault has its own code; the untouched one opens.
#[test]
fn hostile_vaults() {
    let (blobs, ..) = filled();
    let good = file(&blobs);
    let header_length = 14 + u32::from_be_bytes(good[10..14].try_into().unwrap()) as usize;
    let flipped = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    };
    let version = |number: u16| {
        let mut bytes = good.clone();
        bytes[8..10].copy_from_slice(&number.to_be_bytes());
        bytes
    };
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("wrong PIN", good.clone(), "739155", "vault-wrong-pin"),
        ("a picture", b"\x89PNG\r\n\x1a\n and more".to_vec(), "739154", "vault-not-a-vault"),
        ("empty", Vec::new(), "739154", "vault-truncated"),
        ("later version", version(4), "739154", "vault-newer"),
        ("layout of a device's key that is not there", version(3), "739154", "vault-corrupted"),
        ("layout of a recovery code that is not there", version(2), "739154", "vault-corrupted"),
        ("cut in the magic", good[..5].to_vec(), "739154", "vault-truncated"),
        ("cut in the header", good[..40].to_vec(), "739154", "vault-truncated"),
        ("cut in the content", good[..good.len() - 1].to_vec(), "739154", "vault-truncated"),
        ("header damaged", flipped(20), "739154", "vault-corrupted"),
        ("sum damaged", flipped(header_length), "739154", "vault-corrupted"),
        ("content damaged", flipped(good.len() - 40), "739154", "vault-corrupted"),
        ("bytes appended", [&good[..], b"x"].concat(), "739154", "vault-corrupted"),
        ("version zero", [b"ABSAHVLT\0\0".as_slice(), &good[10..]].concat(), "739154", "vault-corrupted"),
        ("header of 4 GB", [&good[..10], &[255; 4], &good[14..]].concat(), "739154", "vault-corrupted"),
    ];
    for (name, bytes, with, code) in cases {
        let refused = Vault::open(with_file(&blobs, &bytes), &pin(with)).unwrap_err();
        assert_eq!(refused.code(), code, "{name}");
    }
    Vault::open(with_file(&blobs, &good), &pin("739154")).unwrap();
    assert_eq!(Vault::open(Memory::default(), &pin("739154")).unwrap_err(), VaultError::Missing);
}

#[test]
fn every_flipped_byte_is_noticed() {
    let (blobs, ..) = filled();
    let good = file(&blobs);
    // Only the head costs a key derivation; the sealed part is sampled.
    for at in (0..good.len()).filter(|at| *at < 600 || at % 997 == 0) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x10;
        assert!(Vault::open(with_file(&blobs, &bytes), &pin("739154")).is_err(), "byte {at}");
    }
}

#[test]
fn an_older_header_is_noticed_and_a_new_pin_replaces_the_old_one() {
    let (blobs, ..) = filled();
    let old = file(&blobs);
    let mut rng = SeededRng::new(2);
    let (mut vault, opened) = Vault::open(blobs, &pin("739154")).unwrap();
    vault.change_pin(&pin("402871"), &opened, &NoDeviceKeys, &mut rng).unwrap();
    let blobs = vault.close();
    let new = file(&blobs);
    Vault::open(blobs.clone(), &pin("402871")).unwrap();
    assert_eq!(Vault::open(blobs.clone(), &pin("739154")).unwrap_err(), VaultError::WrongPin);

    let split = |bytes: &[u8]| 14 + u32::from_be_bytes(bytes[10..14].try_into().unwrap()) as usize + 32;
    let old_head = [&old[..split(&old)], &new[split(&new)..]].concat();
    let old_content = [&new[..split(&new)], &old[split(&old)..]].concat();
    let rolled_back = |bytes: &[u8], with| Vault::open(with_file(&blobs, bytes), &pin(with)).unwrap_err();
    assert_eq!(rolled_back(&old_head, "739154"), VaultError::RolledBack);
    assert_eq!(rolled_back(&old_content, "402871"), VaultError::RolledBack);
}

#[test]
fn a_changed_bundle_is_left_aside_and_the_cards_stay() {
    let (mut blobs, holdings, _) = filled();
    let name = blobs.names().unwrap().into_iter().find(|name| name.starts_with("bundle-")).unwrap();
    blobs.replace(&name, b"something else").unwrap();
    let (_, opened) = Vault::open(blobs, &pin("739154")).unwrap();
    assert_eq!(opened.bundle, None);
    assert_eq!(opened.holdings, holdings);
}

#[test]
fn only_the_newest_bundle_is_kept() {
    let (blobs, holdings, keys) = filled();
    let mut rng = SeededRng::new(3);
    let (mut vault, _) = Vault::open(blobs, &pin("739154")).unwrap();
    let newer = BundleFiles::from([("metadata/2.root.json".into(), b"{2}".to_vec())]);
    vault.save(&holdings, &keys, Some(&newer), &mut rng).unwrap();
    let blobs = vault.close();
    assert_eq!(blobs.names().unwrap().len(), 3, "vault, list, and whose it is");
    let (_, opened) = Vault::open(blobs, &pin("739154")).unwrap();
    assert_eq!(opened.bundle, Some(newer));
}

/// Storage that fails from the n-th write on, as a full disk does.
struct Failing {
    inner: Memory,
    writes_left: usize,
}

impl Blobs for Failing {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        self.inner.read(name)
    }
    fn replace(&mut self, name: &str, bytes: &[u8]) -> Result<(), StorageError> {
        if self.writes_left == 0 {
            return Err(StorageError::Full);
        }
        self.writes_left -= 1;
        self.inner.replace(name, bytes)
    }
    fn remove(&mut self, name: &str) -> Result<(), StorageError> {
        self.inner.remove(name)
    }
    fn names(&self) -> Result<Vec<String>, StorageError> {
        self.inner.names()
    }
}

#[test]
fn a_full_disk_leaves_the_old_vault_whichever_write_fails() {
    for writes_left in 0..2 {
        let (blobs, holdings, keys) = filled();
        let mut rng = SeededRng::new(4);
        let failing = Failing { inner: blobs, writes_left };
        let (mut vault, opened) = Vault::open(failing, &pin("739154")).unwrap();
        let more = Holdings { cards: vec![card(1, &[]), card(2, &[])], ..Holdings::default() };
        let newer = BundleFiles::from([("new".into(), vec![1])]);
        let refused = vault.save(&more, &keys, Some(&newer), &mut rng).unwrap_err();
        assert_eq!(refused, VaultError::Storage(StorageError::Full));
        let (_, after) = Vault::open(vault.close().inner, &pin("739154")).unwrap();
        assert_eq!(after.holdings, holdings);
        assert_eq!(after.bundle, opened.bundle, "the old bundle is still there with the old vault");
    }
}

#[test]
fn two_hundred_cards() {
    let mut rng = SeededRng::new(5);
    let cost = cheap(&mut rng);
    let mut vault = Vault::create(Memory::default(), &pin("739154"), cost, &mut rng).unwrap();
    let mut keys = SoftwareKeys::default();
    let ids: Vec<_> = keys.make(2, &mut rng).into_iter().map(|key| key.id).collect();
    let holdings = Holdings { cards: (0..200).map(|n| card(n, &ids)).collect(), ..Holdings::default() };
    vault.save(&holdings, &keys, None, &mut rng).unwrap();
    let (_, opened) = Vault::open(vault.close(), &pin("739154")).unwrap();
    assert_eq!(opened.holdings.cards.len(), 200);
}

#[test]
fn a_second_vault_is_not_made_over_the_first() {
    let (blobs, ..) = filled();
    let mut rng = SeededRng::new(6);
    let cost = cheap(&mut rng);
    assert_eq!(Vault::create(blobs, &pin("402871"), cost, &mut rng).unwrap_err(), VaultError::Exists);
}

/// Who forgot the PIN has the list that was compared in the new wallet, too; until that one names its own.
#[test]
fn the_bundle_of_a_vault_put_aside_is_there_for_the_next() {
    let (mut blobs, held, keys) = filled();
    let bundle = BundleFiles::from([("metadata/1.root.json".into(), b"{}".to_vec())]);
    Vault::set_aside(&mut blobs).unwrap();
    let mut rng = SeededRng::new(2);
    let cost = cheap(&mut rng);
    let none = Holdings::default();
    let next = Vault::create(blobs.clone(), &pin("402871"), cost, &mut rng).unwrap();
    assert_eq!(next.inherited(&none), Some(bundle.clone()));
    // Also after the program was ended before it was taken over.
    let (mut next, opened) = Vault::open(next.close(), &pin("402871")).unwrap();
    assert_eq!((opened.bundle, next.inherited(&none)), (None, Some(bundle.clone())));
    next.save(&none, &keys, None, &mut rng).unwrap();
    assert_eq!(next.inherited(&none), None, "nothing was taken over");
    // What the next one does with its list takes that of the other from nobody.
    let newer = BundleFiles::from([("new".into(), vec![1])]);
    next.save(&none, &keys, Some(&newer), &mut rng).unwrap();
    let mut next = next.close();
    Vault::bring_back(&mut next).unwrap();
    let (_, opened) = Vault::open(next, &pin("739154")).unwrap();
    assert_eq!((opened.bundle, opened.holdings), (Some(bundle), held));
    // Changed: none.
    let name = blobs.names().unwrap().into_iter().find(|name| name.starts_with("bundle-")).unwrap();
    let mut spoiled = blobs.clone();
    spoiled.replace(&name, b"other").unwrap();
    let cost = cheap(&mut rng);
    let next = Vault::create(spoiled, &pin("402871"), cost, &mut rng).unwrap();
    assert_eq!(next.inherited(&none), None);
    let mut all = blobs.clone();
    Vault::destroy_all(&mut all, &NoDeviceKeys).unwrap();
    assert!(all.names().unwrap().is_empty(), "deleted is deleted");
    // Of two only what is the one's own goes; what lies aside under another PIN is as it was, with its list.
    let cost = cheap(&mut rng);
    let mut two = Vault::create(blobs.clone(), &pin("402871"), cost, &mut rng).unwrap();
    two.save(&none, &keys, Some(&newer), &mut rng).unwrap();
    let mut two = two.close();
    Vault::destroy(&mut two, &NoDeviceKeys).unwrap();
    let mut before = blobs.names().unwrap();
    before.retain(|name| name != "heir");
    assert_eq!(two.names().unwrap(), before);
    // Only the one made in its place inherits, not whoever begins after that one was deleted.
    let cost = cheap(&mut rng);
    let third = Vault::create(two.clone(), &pin("402871"), cost, &mut rng).unwrap();
    assert_eq!(third.inherited(&none), None);
    Vault::bring_back(&mut two).unwrap();
    Vault::destroy(&mut two, &NoDeviceKeys).unwrap();
    assert!(two.names().unwrap().is_empty(), "opened by its PIN, it goes the same way");
}

/// A list of somebody else's wallet on the same device is nothing to a wallet that has none, however the two take turns.
#[test]
fn a_bundle_is_inherited_from_nobody_but_those_in_whose_place_a_vault_is_made() {
    let mut rng = SeededRng::new(7);
    let none = Holdings::default();
    let made = |blobs: Memory, digits: &str, rng: &mut SeededRng| {
        let cost = cheap(rng);
        Vault::create(blobs, &pin(digits), cost, rng).unwrap()
    };
    let list = |root: &[u8]| BundleFiles::from([("metadata/1.root.json".into(), root.to_vec())]);
    let own = made(Memory::default(), "739154", &mut rng);
    assert_eq!(own.inherited(&none), None);
    let mut blobs = own.close();
    Vault::set_aside(&mut blobs).unwrap();
    let mut other = made(blobs, "402871", &mut rng);
    assert_eq!(other.inherited(&none), None, "there was no list");
    other.save(&none, &SoftwareKeys::default(), Some(&list(b"forged")), &mut rng).unwrap();
    let mut blobs = other.close();
    // The one without a list is brought back.
    Vault::bring_back(&mut blobs).unwrap();
    let (back, opened) = Vault::open(blobs.clone(), &pin("739154")).unwrap();
    assert_eq!((opened.bundle, back.inherited(&none)), (None, None));
    // Or its owner makes a new one in the place of the other's.
    Vault::bring_back(&mut blobs).unwrap();
    Vault::set_aside(&mut blobs).unwrap();
    assert_eq!(made(blobs, "615283", &mut rng).inherited(&none), None);
    // Of two lists with different roots none; of two versions of one, one.
    for (second, is_inherited) in [(b"forged".as_slice(), false), (b"{}", true)] {
        let (mut blobs, ..) = filled();
        Vault::set_aside(&mut blobs).unwrap();
        let mut other = made(blobs, "402871", &mut rng);
        let mut second = list(second);
        second.insert("more".into(), vec![2]);
        other.save(&none, &SoftwareKeys::default(), Some(&second), &mut rng).unwrap();
        let mut blobs = other.close();
        Vault::set_aside(&mut blobs).unwrap();
        let third = made(blobs, "615283", &mut rng);
        assert_eq!(third.inherited(&none).is_some(), is_inherited);
    }
}

/// Who remembers a PIN later opens what it opens; what is there meanwhile is not lost by it, in whatever order.
#[test]
fn what_lies_aside_comes_back_and_what_is_there_goes_aside() {
    let mut rng = SeededRng::new(3);
    let (mut blobs, holdings, _) = filled();
    assert!(matches!(Vault::bring_back(&mut blobs), Err(VaultError::NoneAside)));
    for (place, pin_of) in ["402871", "615283"].into_iter().enumerate() {
        Vault::set_aside(&mut blobs).unwrap();
        assert_eq!(Vault::lying_aside(&blobs).unwrap(), place + 1);
        let cost = cheap(&mut rng);
        blobs = Vault::create(blobs, &pin(pin_of), cost, &mut rng).unwrap().close();
    }
    for right in ["739154", "402871", "615283", "739154"] {
        Vault::bring_back(&mut blobs).unwrap();
        assert_eq!(Vault::lying_aside(&blobs).unwrap(), 2);
        let (_, opened) = Vault::open(blobs.clone(), &pin(right)).unwrap();
        assert_eq!(opened.holdings == holdings, right == "739154");
    }
    blobs.remove(VAULT).unwrap();
    Vault::bring_back(&mut blobs).unwrap();
    assert!(Vault::open(blobs.clone(), &pin("402871")).is_ok(), "also where none is there");
    // At whichever write it ends, each is there.
    for writes in 0..2 {
        let mut failing = Failing { inner: blobs.clone(), writes_left: writes };
        assert!(Vault::bring_back(&mut failing).is_err());
        let kept = &failing.inner;
        let files: Vec<_> =
            kept.names().unwrap().iter().filter_map(|name| kept.read(name).unwrap()).collect();
        for name in blobs.names().unwrap() {
            assert!(files.contains(&blobs.read(&name).unwrap().unwrap()), "{name} after {writes}");
        }
    }
}

#[test]
fn what_is_put_aside_does_not_replace_what_was_put_aside_before() {
    let mut blobs = Memory::default();
    for bytes in [b"first".as_slice(), b"second", b"third"] {
        blobs.replace(VAULT, bytes).unwrap();
        Vault::set_aside(&mut blobs).unwrap();
        assert_eq!(blobs.read(VAULT).unwrap(), None);
    }
    let kept = |name: &str| blobs.read(name).unwrap().unwrap();
    assert_eq!(
        (kept(DAMAGED), kept("vault.damaged-2"), kept("vault.damaged-3")),
        (b"first".to_vec(), b"second".to_vec(), b"third".to_vec())
    );
    // Erasing the wallet in their place leaves them.
    Vault::destroy(&mut blobs, &NoDeviceKeys).unwrap();
    assert_eq!(Vault::lying_aside(&blobs).unwrap(), 3);
    Vault::destroy_all(&mut blobs, &NoDeviceKeys).unwrap();
    assert!(blobs.names().unwrap().is_empty());
}
