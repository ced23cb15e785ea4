//! Keys of the trust bundle that are kept offline: each in a file of its own, so that they can be carried to
//! different people's sticks.
//!
//! A fresh data directory gets them under `keys/offline`; nothing else of the program needs them there. A file is
//! sealed under the passphrase in `<name>.passphrase` beside it where there is one, else under that of the data
//! directory.

use std::path::PathBuf;

use absah_crypto::envelope::{self, EnvelopeError, KdfParams};
use absah_crypto::{PrivateKey, PublicKey};
use absah_host::{FileError, Mode, OsRng, RandomError, create_private_dir, read_file, read_text, write_new};
use absah_trust::bundle::quorum;
use absah_trust::tuf::{Key, KeyId};
use absah_types::{Rng, Secret, array, base64url, coded};
use serde::{Deserialize, Serialize};

use crate::keys::cost;

/// The folder in the data directory.
pub const FOLDER: &str = "keys/offline";

/// Largest key file read, in bytes.
const LIMIT: u64 = 16 << 10;

/// What a key kept offline signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OfflineRole {
    /// Root documents.
    Root,
    /// Targets documents.
    Targets,
}

impl OfflineRole {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Root, Self::Targets];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Targets => "targets",
        }
    }

    /// How many keys there are, and how many of them must sign.
    #[must_use]
    pub const fn quorum(self) -> (usize, u32) {
        match self {
            Self::Root => quorum::ROOT,
            Self::Targets => quorum::TARGETS,
        }
    }
}

/// Keys kept offline are not to be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfflineError {
    /// Fewer of the role's keys are at hand than must sign.
    Missing {
        /// What would have to be signed.
        role: OfflineRole,
        /// How many must sign.
        needed: usize,
        /// How many are at hand.
        found: usize,
    },
    /// A key file is none.
    Malformed {
        /// The file.
        path: PathBuf,
    },
    /// A key file is there already.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A key file does not open: another passphrase, or a changed file.
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// An envelope cannot be used.
    Envelope(EnvelopeError),
    /// The system refused.
    File(FileError),
    /// The system gives no randomness.
    Random(RandomError),
}

impl core::fmt::Display for OfflineError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Missing { role, needed, found } => {
                write!(f, "{found} of the {needed} {} keys needed are at hand", role.name())
            }
            Self::Malformed { path } => write!(f, "{} is no offline key", path.display()),
            Self::Exists { path } => write!(f, "{} exists", path.display()),
            Self::Locked { path } => write!(f, "{} does not open", path.display()),
            Self::Envelope(error) => error.fmt(f),
            Self::File(error) => error.fmt(f),
            Self::Random(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for OfflineError {}

coded! { OfflineError {
    Missing { role, needed, found } =>
        ("bundle-offline-keys-missing", User, format!("{} {found}/{needed}", role.name())),
    Malformed { path } => ("bundle-offline-key-malformed", Environment, path.display()),
    Exists { path } => ("bundle-offline-key-exists", User, path.display()),
    Locked { path } => ("offline-keys-locked", Environment, path.display()),
    Envelope(error) => inner(error),
    File(error) => inner(error),
    Random(error) => inner(error),
} }

impl From<FileError> for OfflineError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<EnvelopeError> for OfflineError {
    fn from(error: EnvelopeError) -> Self {
        Self::Envelope(error)
    }
}

/// A key file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    version: u32,
    role: OfflineRole,
    /// SEC1, uncompressed: to know what a closed file is for.
    public: String,
    kdf: KdfParams,
    nonce: String,
    sealed: String,
}

/// Where keys kept offline are looked for, and what opens them.
pub struct OfflineKeys {
    folders: Vec<PathBuf>,
    passphrase: Secret<String>,
    /// Somebody named the folders: whoever brings sticks wants to sign.
    brought: bool,
}

impl core::fmt::Debug for OfflineKeys {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("OfflineKeys").field("folders", &self.folders).finish_non_exhaustive()
    }
}

impl OfflineKeys {
    /// Keys in these folders; the first is where new ones are made.
    #[must_use]
    pub fn new(folders: Vec<PathBuf>, passphrase: Secret<String>) -> Self {
        Self { folders, passphrase, brought: false }
    }

    /// The same, brought along: if they do not suffice for what is to be signed, nothing is published without them.
    #[must_use]
    pub fn brought(self) -> Self {
        Self { brought: true, ..self }
    }

    /// Whether they were brought along to sign.
    #[must_use]
    pub fn are_brought(&self) -> bool {
        self.brought
    }

    /// The same passphrase, another folder.
    #[must_use]
    pub fn in_folder(self, folder: PathBuf) -> Self {
        Self { folders: vec![folder], ..self }
    }

    /// The same, and one more folder to look in.
    #[must_use]
    pub fn and_folder(mut self, folder: PathBuf) -> Self {
        self.folders.push(folder);
        self
    }

    /// All keys of a role, in their number: those that are missing are made, `NAME-1.json` and so on, in the first folder.
    /// There may be some already: made by a program that was stopped in between, and never used.
    ///
    /// # Errors
    /// [`OfflineError`]; an existing file is never replaced.
    pub fn make_all(&self, role: OfflineRole) -> Result<Vec<PublicKey>, OfflineError> {
        let mut all = self.at_hand(role)?;
        let (count, _) = role.quorum();
        if all.len() >= count {
            return Ok(all);
        }
        let mut rng = OsRng::open().map_err(OfflineError::Random)?;
        let kdf = cost(&self.passphrase, &mut rng);
        // One derivation for keys that lie under one passphrase; each has its own nonce.
        let key = envelope::derive(self.passphrase.expose().as_bytes(), &kdf)?;
        for number in 1..=count {
            let name = format!("{}-{number}", role.name());
            if all.len() < count && !self.path(&name).exists() {
                all.push(self.write(role, &name, &kdf, &key)?.public_key().clone());
            }
        }
        Ok(all)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folders.first().cloned().unwrap_or_default().join(format!("{name}.json"))
    }

    /// Makes one more key of a role in the first folder, named after itself.
    ///
    /// # Errors
    /// [`OfflineError`].
    pub fn make_one(&self, role: OfflineRole) -> Result<PrivateKey, OfflineError> {
        let mut rng = OsRng::open().map_err(OfflineError::Random)?;
        let kdf = cost(&self.passphrase, &mut rng);
        let key = envelope::derive(self.passphrase.expose().as_bytes(), &kdf)?;
        let tag: [u8; 4] = array(&mut rng);
        self.write(role, &format!("{}-{}", role.name(), absah_types::hex::encode(tag)), &kdf, &key)
    }

    fn write(
        &self,
        role: OfflineRole,
        name: &str,
        kdf: &KdfParams,
        sealing: &Secret<[u8; 32]>,
    ) -> Result<PrivateKey, OfflineError> {
        let mut rng = OsRng::open().map_err(OfflineError::Random)?;
        let path = self.path(name);
        create_private_dir(path.parent().unwrap_or(&path))?;
        let key = PrivateKey::generate(&mut rng as &mut dyn Rng);
        let public = *key.public_key().to_sec1();
        let nonce: [u8; 24] = array(&mut rng);
        let sealed = envelope::seal(sealing, &nonce, &aad(role, &public), key.to_bytes().expose())?;
        let stored = Stored {
            version: 1,
            role,
            public: base64url::encode(public),
            kdf: *kdf,
            nonce: base64url::encode(nonce),
            sealed: base64url::encode(&sealed),
        };
        let bytes =
            serde_json::to_vec_pretty(&stored).map_err(|_| OfflineError::Malformed { path: path.clone() })?;
        match write_new(&path, &bytes, Mode::Private) {
            Err(FileError::Write { kind: std::io::ErrorKind::AlreadyExists, .. }) => {
                Err(OfflineError::Exists { path })
            }
            other => other.map(|()| key).map_err(OfflineError::File),
        }
    }

    /// The public keys of a role in all folders, whether or not they open.
    ///
    /// # Errors
    /// [`OfflineError`] for a file that is none. A folder that is not there holds no key.
    pub fn at_hand(&self, role: OfflineRole) -> Result<Vec<PublicKey>, OfflineError> {
        Ok(self.found(role)?.into_iter().map(|(_, _, key)| key).collect())
    }

    /// The same with the files they lie in.
    ///
    /// # Errors
    /// As [`OfflineKeys::at_hand`].
    pub fn files(&self, role: OfflineRole) -> Result<Vec<(PathBuf, PublicKey)>, OfflineError> {
        Ok(self.found(role)?.into_iter().map(|(path, _, key)| (path, key)).collect())
    }

    /// Opens as many of the role's keys with these names as must sign.
    ///
    /// # Errors
    /// `Missing` when there are too few, or what is wrong with a file.
    pub fn open(
        &self,
        role: OfflineRole,
        names: &[KeyId],
        needed: u32,
    ) -> Result<Vec<PrivateKey>, OfflineError> {
        let needed = usize::try_from(needed).unwrap_or(usize::MAX);
        let mut found = self.found(role)?;
        found.retain(|(_, _, key)| names.contains(&Key::of(key).id()));
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|(_, _, key)| seen.insert(*key.to_sec1()));
        if found.len() < needed {
            return Err(OfflineError::Missing { role, needed, found: found.len() });
        }
        let mut derived: Option<(String, String, Secret<[u8; 32]>)> = None;
        let mut open_one = |path: &PathBuf, stored: &Stored, public: &PublicKey| {
            let beside = path.with_extension("passphrase");
            let own = read_text(&beside, 4_096).ok().map(Secret::new);
            let line = own.as_ref().map_or(self.passphrase.expose().as_str(), |text| {
                text.expose().lines().next().unwrap_or_default()
            });
            let kdf = serde_json::to_string(&stored.kdf).unwrap_or_default();
            let known = derived.as_ref().is_some_and(|(pass, salt, _)| pass == line && *salt == kdf);
            if !known {
                derived = Some((line.to_owned(), kdf, envelope::derive(line.as_bytes(), &stored.kdf)?));
            }
            let malformed = || OfflineError::Malformed { path: path.clone() };
            let Some((_, _, key)) = &derived else { return Err(malformed()) };
            let nonce = base64url::decode_array::<24>(&stored.nonce).map_err(|_| malformed())?;
            let sealed = base64url::decode(&stored.sealed).map_err(|_| malformed())?;
            let plain = envelope::open(key, &nonce, &aad(role, public.to_sec1()), &sealed)
                .map_err(|_| OfflineError::Locked { path: path.clone() })?;
            let scalar = <[u8; 32]>::try_from(plain.expose().as_slice()).map_err(|_| malformed())?;
            PrivateKey::from_bytes(&Secret::new(scalar)).map_err(|_| malformed())
        };
        found.iter().take(needed).map(|(path, stored, public)| open_one(path, stored, public)).collect()
    }

    fn found(&self, role: OfflineRole) -> Result<Vec<(PathBuf, Stored, PublicKey)>, OfflineError> {
        let mut found = Vec::new();
        for folder in &self.folders {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
            let mut paths: Vec<PathBuf> = entries
                .filter(|path| {
                    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                    name.starts_with(&format!("{}-", role.name())) && name.ends_with(".json")
                })
                .collect();
            paths.sort();
            for path in paths {
                let malformed = || OfflineError::Malformed { path: path.clone() };
                let bytes = read_file(&path, LIMIT)?;
                let stored: Stored = serde_json::from_slice(&bytes).map_err(|_| malformed())?;
                let public = base64url::decode(&stored.public).map_err(|_| malformed())?;
                let public = PublicKey::from_sec1(&public).map_err(|_| malformed())?;
                if stored.version != 1 || stored.role != role {
                    return Err(malformed());
                }
                found.push((path, stored, public));
            }
        }
        Ok(found)
    }
}

/// What an envelope is for: the key of another role does not open.
fn aad(role: OfflineRole, public: &[u8]) -> Vec<u8> {
    [b"absah-offline-key-v1 ", role.name().as_bytes(), b" ", public].concat()
}
