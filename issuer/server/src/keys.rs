//! Keys in an encrypted file: Argon2id over a passphrase, XChaCha20-Poly1305 around the secrets.
//!
//! The file is opened once; from then on the keys live in memory, where they are wiped when the program ends. A role
//! that a later version brings gets its key when that version first opens the file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use absah_crypto::envelope::{self, EnvelopeError, KdfParams};
use absah_crypto::{PrivateKey, Signer, sha256};
use absah_host::{DataDir, FileError, Mode, create_private_dir, read_file, write_atomic};
use absah_issuer_core::ports::{KeyRole, KeyStore, SecretRole};
use absah_types::{Rng, Secret, array, base64url, coded};
use serde::{Deserialize, Serialize};

/// Where the file lies in the data directory.
const FILE: &str = "keys/issuer-keys.json";
/// Where the root's file lies until it is carried away.
pub const OFFLINE_FOLDER: &str = "keys/offline";
/// Its name there.
const OFFLINE_FILE: &str = "ca-root.json";
/// Name of its key.
const ROOT: &str = "key:ca-root";
/// Held while the file is read and, where a key is missing, written.
const LOCK: &str = "keys/issuer-keys.lock";
/// What the envelope is for: another program's file does not open.
const AAD: &[u8] = b"absah-issuer-keys-v1";
/// Bytes of each key and secret.
const SECRET: usize = 32;
/// What the five unnamed secrets of the first version's file are.
const VERSION_1: [&str; 5] =
    ["key:authority", "key:credential", "key:bundle", "secret:nonce", "secret:status-order"];

/// The issuer's keys, opened.
pub struct FileKeys {
    keys: BTreeMap<(KeyRole, u32), PrivateKey>,
    offline: Offline,
    secrets: BTreeMap<SecretRole, Secret<[u8; 32]>>,
    /// The key file, for keys that another program adds while this one runs.
    file: Option<(PathBuf, Secret<String>)>,
    later: OnceLock<Box<Later>>,
    /// The file as it was last read: opening it is dear.
    seen: Mutex<Option<Seen>>,
}

/// SHA-256 of a key file, and the names of all keys in it.
type Seen = ([u8; 32], BTreeSet<String>);

/// A key that was found in the file after it was opened. The list only grows, so that a key once handed out stays.
struct Later {
    name: (KeyRole, u32),
    key: PrivateKey,
    next: OnceLock<Box<Later>>,
}

/// The offline root: in a file of its own that is opened only when a certificate of it is needed.
enum Offline {
    File { path: PathBuf, passphrase: Secret<String> },
    Memory(Secret<[u8; SECRET]>),
}

/// The key file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeysError {
    /// It is no key file of this program.
    Malformed,
    /// It does not open: another passphrase, or a changed file.
    Locked,
    /// Its envelope cannot be used.
    Envelope(EnvelopeError),
    /// It cannot be read or written.
    File(FileError),
}

impl core::fmt::Display for KeysError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Malformed => f.write_str("key file malformed"),
            Self::Locked => f.write_str("key file does not open"),
            Self::Envelope(error) => error.fmt(f),
            Self::File(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for KeysError {}

coded! { KeysError {
    Malformed => ("keys-malformed", Environment),
    Locked => ("keys-locked", Environment),
    Envelope(error) => inner(error),
    File(error) => inner(error),
} }

impl From<EnvelopeError> for KeysError {
    fn from(error: EnvelopeError) -> Self {
        match error {
            EnvelopeError::Open => Self::Locked,
            other => Self::Envelope(other),
        }
    }
}

/// The file as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    version: u32,
    kdf: KdfParams,
    nonce: String,
    sealed: String,
}

/// Secrets by `key:<role>` and `secret:<role>`. A name this build does not know is kept.
#[derive(Default)]
struct Ring(BTreeMap<String, Secret<[u8; SECRET]>>);

impl FileKeys {
    /// Opens the key file of a data directory, making it with fresh keys when absent.
    ///
    /// # Errors
    /// [`KeysError`].
    pub fn open(dir: &DataDir, passphrase: &Secret<String>, rng: &mut dyn Rng) -> Result<Self, KeysError> {
        let path = dir.join(FILE);
        create_private_dir(&dir.join("keys")).map_err(KeysError::File)?;
        let lock = dir.join(LOCK);
        let refused = |error: std::io::Error| FileError::Write { path: lock.clone(), kind: error.kind() };
        let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&lock);
        // Two programs that begin together must not each add a key of their own.
        let file =
            file.and_then(|file| file.lock().map(|()| file)).map_err(|e| KeysError::File(refused(e)))?;
        let (mut ring, mut bytes) = match read_file(&path, 64 << 10) {
            Ok(bytes) => (Ring::unseal(&bytes, passphrase)?, bytes),
            Err(FileError::Missing { .. }) => (Ring::default(), Vec::new()),
            Err(error) => return Err(KeysError::File(error)),
        };
        // The root is made once, with the key of the authority below it; a root that is not here was carried away.
        if !ring.0.contains_key("key:issuing-ca") {
            make_root(&dir.join(OFFLINE_FOLDER), passphrase, rng)?;
        }
        if ring.complete(rng) {
            bytes = ring.seal(passphrase, rng)?;
            write_atomic(&path, &bytes, Mode::Private).map_err(KeysError::File)?;
        }
        drop(file);
        let again = || Secret::new(passphrase.expose().clone());
        let offline = dir.join(OFFLINE_FOLDER).join(OFFLINE_FILE);
        let opened = Self::of_ring(&ring, Offline::File { path: offline, passphrase: again() })?;
        Ok(Self { file: Some((path, again())), seen: Mutex::new(Some(ring.seen_in(&bytes))), ..opened })
    }

    /// Takes the offline root from another folder.
    #[must_use]
    pub fn with_offline(mut self, folder: &Path) -> Self {
        if let Offline::File { path, .. } = &mut self.offline {
            *path = folder.join(OFFLINE_FILE);
        }
        self
    }

    /// Adds a key of a role to the file; answers its generation.
    ///
    /// # Errors
    /// [`KeysError`].
    pub fn add(
        dir: &DataDir,
        passphrase: &Secret<String>,
        role: KeyRole,
        rng: &mut dyn Rng,
    ) -> Result<(Self, u32), KeysError> {
        let opened = Self::open(dir, passphrase, rng)?;
        let path = dir.join(FILE);
        let lock = dir.join(LOCK);
        let refused = |error: std::io::Error| FileError::Write { path: lock.clone(), kind: error.kind() };
        let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&lock);
        let file =
            file.and_then(|file| file.lock().map(|()| file)).map_err(|e| KeysError::File(refused(e)))?;
        let mut ring = Ring::unseal(&read_file(&path, 64 << 10).map_err(KeysError::File)?, passphrase)?;
        let mut generation = 2_u32;
        while ring.0.contains_key(&key_name(role, generation)) {
            generation = generation.saturating_add(1);
        }
        ring.0.insert(key_name(role, generation), PrivateKey::generate(rng).to_bytes());
        let bytes = ring.seal(passphrase, rng)?;
        write_atomic(&path, &bytes, Mode::Private).map_err(KeysError::File)?;
        drop(file);
        let (file, seen) = (opened.file, Mutex::new(Some(ring.seen_in(&bytes))));
        Ok((Self { file, seen, ..Self::of_ring(&ring, opened.offline)? }, generation))
    }

    fn of_ring(ring: &Ring, offline: Offline) -> Result<Self, KeysError> {
        let part = |kind: &str, name: &str| {
            ring.0.get(&format!("{kind}:{name}")).map(|secret| Secret::new(*secret.expose()))
        };
        let mut opened = Self::empty(offline);
        for role in KeyRole::ALL {
            let key = |scalar| PrivateKey::from_bytes(scalar).map_err(|_| KeysError::Malformed);
            let first = ring.0.get(&key_name(role, 1)).ok_or(KeysError::Malformed)?;
            opened.keys.insert((role, 1), key(first)?);
            let mut generation = 2_u32;
            while let Some(scalar) = ring.0.get(&key_name(role, generation)) {
                opened.keys.insert((role, generation), key(scalar)?);
                generation = generation.saturating_add(1);
            }
        }
        for role in SecretRole::ALL {
            opened.secrets.insert(role, part("secret", role.name()).ok_or(KeysError::Malformed)?);
        }
        Ok(opened)
    }

    fn empty(offline: Offline) -> Self {
        let (keys, secrets, seen) = (BTreeMap::new(), BTreeMap::new(), Mutex::new(None));
        Self { keys, offline, secrets, file: None, later: OnceLock::new(), seen }
    }

    /// A key that was not there when the file was opened.
    fn added_later(&self, name: (KeyRole, u32)) -> Option<&PrivateKey> {
        let mut place = &self.later;
        while let Some(found) = place.get() {
            if found.name == name {
                return Some(&found.key);
            }
            place = &found.next;
        }
        let mut made = Box::new(Later { name, key: self.look_again(name)?, next: OnceLock::new() });
        loop {
            let Err(back) = place.set(made) else { return place.get().map(|found| &found.key) };
            // Another thread was faster.
            let found = place.get()?;
            if found.name == name {
                return Some(&found.key);
            }
            (place, made) = (&found.next, back);
        }
    }

    fn look_again(&self, (role, generation): (KeyRole, u32)) -> Option<PrivateKey> {
        let (path, passphrase) = self.file.as_ref()?;
        let bytes = read_file(path, 64 << 10).ok()?;
        let (digest, name) = (sha256(&bytes), key_name(role, generation));
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.as_ref().is_some_and(|(own, names)| *own == digest && !names.contains(&name)) {
            return None;
        }
        let ring = Ring::unseal(&bytes, passphrase).ok()?;
        *seen = Some(ring.seen_in(&bytes));
        PrivateKey::from_bytes(ring.0.get(&name)?).ok()
    }

    /// Fresh keys that are kept nowhere: for tests and measurements.
    pub fn in_memory(rng: &mut dyn Rng) -> Self {
        Self {
            keys: KeyRole::ALL.map(|role| ((role, 1), PrivateKey::generate(rng))).into(),
            secrets: SecretRole::ALL.map(|role| (role, Secret::new(array(rng)))).into(),
            ..Self::empty(Offline::Memory(PrivateKey::generate(rng).to_bytes()))
        }
    }
}

/// Makes the offline root, unless there is one.
fn make_root(folder: &Path, passphrase: &Secret<String>, rng: &mut dyn Rng) -> Result<(), KeysError> {
    let path = folder.join(OFFLINE_FILE);
    if path.exists() {
        return Ok(());
    }
    create_private_dir(folder).map_err(KeysError::File)?;
    let ring = Ring([(ROOT.to_owned(), PrivateKey::generate(rng).to_bytes())].into());
    write_atomic(&path, &ring.seal(passphrase, rng)?, Mode::Private).map_err(KeysError::File)
}

/// The name of a key in the file: the first of a role has no number.
fn key_name(role: KeyRole, generation: u32) -> String {
    match generation {
        1 => format!("key:{}", role.name()),
        later => format!("key:{}.{later}", role.name()),
    }
}

impl Ring {
    /// Makes what is missing; whether anything was.
    fn complete(&mut self, rng: &mut dyn Rng) -> bool {
        let before = self.0.len();
        for role in KeyRole::ALL {
            let fresh = || PrivateKey::generate(rng).to_bytes();
            self.0.entry(format!("key:{}", role.name())).or_insert_with(fresh);
        }
        for role in SecretRole::ALL {
            self.0.entry(format!("secret:{}", role.name())).or_insert_with(|| Secret::new(array(rng)));
        }
        self.0.len() > before
    }

    /// What is remembered of the file it came from.
    fn seen_in(&self, file: &[u8]) -> Seen {
        (sha256(file), self.0.keys().cloned().collect())
    }

    fn seal(&self, passphrase: &Secret<String>, rng: &mut dyn Rng) -> Result<Vec<u8>, KeysError> {
        let texts: BTreeMap<&str, String> =
            self.0.iter().map(|(name, secret)| (name.as_str(), base64url::encode(secret.expose()))).collect();
        let plain = Secret::new(serde_json::to_vec(&texts).map_err(|_| KeysError::Malformed)?);
        let kdf = cost(passphrase, rng);
        let nonce: [u8; 24] = array(rng);
        let key = envelope::derive(passphrase.expose().as_bytes(), &kdf)?;
        let sealed = base64url::encode(&envelope::seal(&key, &nonce, AAD, plain.expose())?);
        let stored = Stored { version: 2, kdf, nonce: base64url::encode(nonce), sealed };
        serde_json::to_vec_pretty(&stored).map_err(|_| KeysError::Malformed)
    }

    fn unseal(bytes: &[u8], passphrase: &Secret<String>) -> Result<Self, KeysError> {
        let stored: Stored = serde_json::from_slice(bytes).map_err(|_| KeysError::Malformed)?;
        let nonce = base64url::decode_array::<24>(&stored.nonce).map_err(|_| KeysError::Malformed)?;
        let sealed = base64url::decode(&stored.sealed).map_err(|_| KeysError::Malformed)?;
        let parse = match stored.version {
            1 => Self::of_version_1,
            2 => Self::of_names,
            _ => return Err(KeysError::Malformed),
        };
        let key = envelope::derive(passphrase.expose().as_bytes(), &stored.kdf)?;
        parse(envelope::open(&key, &nonce, AAD, &sealed)?.expose())
    }

    fn of_version_1(plain: &[u8]) -> Result<Self, KeysError> {
        let (parts, []) = plain.as_chunks::<SECRET>() else { return Err(KeysError::Malformed) };
        if parts.len() != VERSION_1.len() {
            return Err(KeysError::Malformed);
        }
        let named = VERSION_1.iter().zip(parts).map(|(name, part)| ((*name).to_owned(), Secret::new(*part)));
        Ok(Self(named.collect()))
    }

    fn of_names(plain: &[u8]) -> Result<Self, KeysError> {
        let texts: BTreeMap<String, String> =
            serde_json::from_slice(plain).map_err(|_| KeysError::Malformed)?;
        let secret = |text: &str| base64url::decode_array::<SECRET>(text).map(Secret::new);
        let named = texts.into_iter().map(|(name, text)| Ok((name, secret(&text)?)));
        named
            .collect::<Result<_, _>>()
            .map(Self)
            .map_err(|_: absah_types::base64url::Base64UrlError| KeysError::Malformed)
    }
}

/// How hard the passphrase is to try out. One of 32 random bytes, as development makes it, needs no stretching: nobody tries
/// out 2^256 of them; a passphrase that a person chose is worth the full cost.
pub(crate) fn cost(passphrase: &Secret<String>, rng: &mut dyn Rng) -> KdfParams {
    let is_random = base64url::decode_array::<SECRET>(passphrase.expose()).is_ok();
    if is_random { KdfParams::least(array(rng)) } else { KdfParams::usual(array(rng)) }
}

impl core::fmt::Debug for FileKeys {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("FileKeys(…)")
    }
}

impl KeyStore for FileKeys {
    #[expect(clippy::indexing_slicing, reason = "made only with every role in it")]
    fn signer(&self, role: KeyRole) -> &(dyn Signer + Send + Sync) {
        &self.keys[&(role, 1)]
    }

    fn generation(&self, role: KeyRole, generation: u32) -> Option<&(dyn Signer + Send + Sync)> {
        let name = (role, generation);
        self.keys.get(&name).or_else(|| self.added_later(name)).map(|key| key as _)
    }

    fn newest(&self, role: KeyRole) -> u32 {
        let known = self.keys.keys().filter(|(own, _)| *own == role);
        let known = known.map(|(_, generation)| *generation).max().unwrap_or(1);
        // Another program may have added one.
        let later = (known.saturating_add(1)..).take_while(|later| self.generation(role, *later).is_some());
        later.last().unwrap_or(known)
    }

    fn offline_root(&self) -> Option<Box<dyn Signer + Send + Sync>> {
        let scalar = match &self.offline {
            Offline::Memory(scalar) => Secret::new(*scalar.expose()),
            Offline::File { path, passphrase } => {
                let bytes = read_file(path, 64 << 10).ok()?;
                Ring::unseal(&bytes, passphrase).ok()?.0.remove(ROOT)?
            }
        };
        PrivateKey::from_bytes(&scalar).ok().map(|key| Box::new(key) as _)
    }

    #[expect(clippy::indexing_slicing, reason = "made only with every role in it")]
    fn secret(&self, role: SecretRole) -> &Secret<[u8; 32]> {
        &self.secrets[&role]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_host::Env;
    use absah_testkit::SeededRng;
    use absah_types::Coded as _;

    fn dir() -> (tempfile::TempDir, DataDir) {
        let place = tempfile::tempdir().unwrap();
        let dir = DataDir::open("issuer", Some(place.path()), &Env::default()).unwrap();
        (place, dir)
    }

    fn public(keys: &FileKeys) -> [u8; 32] {
        keys.signer(KeyRole::Credential).public_key().thumbprint()
    }

    #[test]
    fn the_same_keys_come_back_under_the_same_passphrase_only() {
        let (_place, dir) = dir();
        let mut rng = SeededRng::new(1);
        let secret = |text: &str| Secret::new(text.to_owned());
        let first = FileKeys::open(&dir, &secret("satu"), &mut rng).unwrap();
        let again = FileKeys::open(&dir, &secret("satu"), &mut rng).unwrap();
        assert_eq!(public(&first), public(&again));
        let other = FileKeys::open(&dir, &secret("dua"), &mut rng).unwrap_err();
        assert_eq!(other, KeysError::Locked);
        let text = std::fs::read_to_string(dir.join(FILE)).unwrap();
        for broken in
            ["", "{}", &text.replace("\"version\": 2", "\"version\": 3"), &text.replace("argon2id", "md5")]
        {
            std::fs::write(dir.join(FILE), broken).unwrap();
            let refused = FileKeys::open(&dir, &secret("satu"), &mut rng).unwrap_err();
            assert_eq!(refused.code(), "keys-malformed", "{broken}");
        }
    }

    #[test]
    fn a_key_that_another_program_adds_is_found() {
        let (_place, dir) = dir();
        let mut rng = SeededRng::new(1);
        let passphrase = Secret::new("satu".to_owned());
        let running = FileKeys::open(&dir, &passphrase, &mut rng).unwrap();
        assert!(running.generation(KeyRole::Status, 2).is_none());
        let (other, generation) = FileKeys::add(&dir, &passphrase, KeyRole::Status, &mut rng).unwrap();
        assert_eq!((generation, other.newest(KeyRole::Status)), (2, 2));
        let thumb = |keys: &FileKeys, role, generation| {
            keys.generation(role, generation).map(|key| key.public_key().thumbprint())
        };
        assert_eq!(thumb(&running, KeyRole::Status, 2), thumb(&other, KeyRole::Status, 2));
        assert!(running.generation(KeyRole::Status, 3).is_none());
        assert_eq!(running.newest(KeyRole::Status), 2);
        let (other, _) = FileKeys::add(&dir, &passphrase, KeyRole::Credential, &mut rng).unwrap();
        assert_eq!(thumb(&running, KeyRole::Credential, 2), thumb(&other, KeyRole::Credential, 2));
        assert_eq!(thumb(&running, KeyRole::Status, 2), thumb(&other, KeyRole::Status, 2), "and stays");
    }

    #[test]
    fn a_key_looked_for_in_vain_does_not_hide_another() {
        let (_place, dir) = dir();
        let mut rng = SeededRng::new(1);
        let passphrase = Secret::new("satu".to_owned());
        let running = FileKeys::open(&dir, &passphrase, &mut rng).unwrap();
        let (other, _) = FileKeys::add(&dir, &passphrase, KeyRole::Status, &mut rng).unwrap();
        // In the file as it is now, and not in it.
        assert!(running.generation(KeyRole::IssuingCa, 2).is_none());
        let thumb =
            |keys: &FileKeys| keys.generation(KeyRole::Status, 2).map(|key| key.public_key().thumbprint());
        assert!(thumb(&running).is_some());
        assert_eq!(thumb(&running), thumb(&other));
        assert_eq!(running.newest(KeyRole::Status), 2);
        assert_eq!(running.newest(KeyRole::IssuingCa), 1);
    }

    #[test]
    fn a_file_of_the_first_version_keeps_its_keys_and_gets_the_new_ones() {
        let (_place, dir) = dir();
        let mut rng = SeededRng::new(1);
        let passphrase = Secret::new("satu".to_owned());
        let key = |number: u64| absah_testkit::key(number).to_bytes();
        let mut plain = Vec::new();
        for secret in [key(1), key(2), key(3), Secret::new([4; 32]), Secret::new([5; 32])] {
            plain.extend_from_slice(secret.expose());
        }
        let kdf = KdfParams::least([6; 16]);
        let derived = envelope::derive(passphrase.expose().as_bytes(), &kdf).unwrap();
        let sealed = base64url::encode(envelope::seal(&derived, &[7; 24], AAD, &plain).unwrap());
        let stored = Stored { version: 1, kdf, nonce: base64url::encode([7; 24]), sealed };
        std::fs::create_dir_all(dir.join("keys")).unwrap();
        std::fs::write(dir.join(FILE), serde_json::to_vec(&stored).unwrap()).unwrap();
        let opened = FileKeys::open(&dir, &passphrase, &mut rng).unwrap();
        let role = |keys: &FileKeys, role| keys.signer(role).public_key().thumbprint();
        assert_eq!(role(&opened, KeyRole::Authority), absah_testkit::key(1).public_key().thumbprint());
        assert_eq!(role(&opened, KeyRole::Credential), absah_testkit::key(2).public_key().thumbprint());
        assert_eq!(role(&opened, KeyRole::Bundle), absah_testkit::key(3).public_key().thumbprint());
        assert_eq!(opened.secret(SecretRole::StatusOrder).expose(), &[5; 32]);
        let again = FileKeys::open(&dir, &passphrase, &mut rng).unwrap();
        assert_eq!(role(&opened, KeyRole::Status), role(&again, KeyRole::Status));
    }
}
