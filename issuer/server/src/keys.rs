//! Keys in an encrypted file: Argon2id over a passphrase, XChaCha20-Poly1305 around the secrets.
//!
//! The file is opened once; from then on the keys live in memory, where they are wiped when the program ends.

use std::path::Path;

use absah_crypto::envelope::{self, EnvelopeError, KdfParams};
use absah_crypto::{PrivateKey, Signer};
use absah_host::{DataDir, FileError, Mode, create_private_dir, read_file, write_new};
use absah_issuer_core::ports::{KeyRole, KeyStore, SecretRole};
use absah_types::{Rng, Secret, array, base64url, coded};
use serde::{Deserialize, Serialize};

/// Where the file lies in the data directory.
const FILE: &str = "keys/issuer-keys.json";
/// What the envelope is for: another program's file does not open.
const AAD: &[u8] = b"absah-issuer-keys-v1";
/// Bytes of each secret in the file.
const SECRET: usize = 32;

/// The issuer's keys, opened.
pub struct FileKeys {
    authority: PrivateKey,
    credential: PrivateKey,
    bundle: PrivateKey,
    nonce: Secret<[u8; 32]>,
    status_order: Secret<[u8; 32]>,
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

impl FileKeys {
    /// Opens the key file of a data directory, making it with fresh keys when absent.
    ///
    /// # Errors
    /// [`KeysError`].
    pub fn open(dir: &DataDir, passphrase: &Secret<String>, rng: &mut dyn Rng) -> Result<Self, KeysError> {
        let path = dir.join(FILE);
        match read_file(&path, 64 << 10) {
            Ok(bytes) => Self::unseal(&bytes, passphrase),
            Err(FileError::Missing { .. }) => Self::create(dir, &path, passphrase, rng),
            Err(error) => Err(KeysError::File(error)),
        }
    }

    fn create(
        dir: &DataDir,
        path: &Path,
        passphrase: &Secret<String>,
        rng: &mut dyn Rng,
    ) -> Result<Self, KeysError> {
        let mut plain = Secret::new(Vec::with_capacity(5 * SECRET));
        for _ in 0..3 {
            let key = PrivateKey::generate(rng).to_bytes();
            plain.expose_mut().extend_from_slice(key.expose());
        }
        for _ in 0..2 {
            let secret = Secret::new(array::<SECRET>(rng));
            plain.expose_mut().extend_from_slice(secret.expose());
        }
        let kdf = KdfParams::usual(array(rng));
        let nonce: [u8; 24] = array(rng);
        let sealed = envelope::seal(
            &envelope::derive(passphrase.expose().as_bytes(), &kdf)?,
            &nonce,
            AAD,
            plain.expose(),
        )?;
        let stored =
            Stored { version: 1, kdf, nonce: base64url::encode(nonce), sealed: base64url::encode(&sealed) };
        let text = serde_json::to_vec_pretty(&stored).map_err(|_| KeysError::Malformed)?;
        create_private_dir(&dir.join("keys")).map_err(KeysError::File)?;
        match write_new(path, &text, Mode::Private) {
            Ok(()) => Self::of_plain(plain.expose()),
            // Another command was first: its keys count.
            Err(FileError::Write { kind: std::io::ErrorKind::AlreadyExists, .. }) => {
                Self::unseal(&read_file(path, 64 << 10).map_err(KeysError::File)?, passphrase)
            }
            Err(error) => Err(KeysError::File(error)),
        }
    }

    fn unseal(bytes: &[u8], passphrase: &Secret<String>) -> Result<Self, KeysError> {
        let stored: Stored = serde_json::from_slice(bytes).map_err(|_| KeysError::Malformed)?;
        let nonce = base64url::decode_array::<24>(&stored.nonce).map_err(|_| KeysError::Malformed)?;
        let sealed = base64url::decode(&stored.sealed).map_err(|_| KeysError::Malformed)?;
        if stored.version != 1 {
            return Err(KeysError::Malformed);
        }
        let key = envelope::derive(passphrase.expose().as_bytes(), &stored.kdf)?;
        Self::of_plain(envelope::open(&key, &nonce, AAD, &sealed)?.expose())
    }

    fn of_plain(plain: &[u8]) -> Result<Self, KeysError> {
        let (parts, rest) = plain.as_chunks::<SECRET>();
        let ([authority, credential, bundle, nonce, status_order], []) = (parts, rest) else {
            return Err(KeysError::Malformed);
        };
        let key = |bytes: &[u8; SECRET]| {
            PrivateKey::from_bytes(&Secret::new(*bytes)).map_err(|_| KeysError::Malformed)
        };
        Ok(Self {
            authority: key(authority)?,
            credential: key(credential)?,
            bundle: key(bundle)?,
            nonce: Secret::new(*nonce),
            status_order: Secret::new(*status_order),
        })
    }

    /// Fresh keys that are kept nowhere: for tests and measurements.
    pub fn in_memory(rng: &mut dyn Rng) -> Self {
        Self {
            authority: PrivateKey::generate(rng),
            credential: PrivateKey::generate(rng),
            bundle: PrivateKey::generate(rng),
            nonce: Secret::new(array(rng)),
            status_order: Secret::new(array(rng)),
        }
    }
}

impl core::fmt::Debug for FileKeys {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("FileKeys(…)")
    }
}

impl KeyStore for FileKeys {
    fn signer(&self, role: KeyRole) -> &(dyn Signer + Send + Sync) {
        match role {
            KeyRole::Authority => &self.authority,
            KeyRole::Credential => &self.credential,
            KeyRole::Bundle => &self.bundle,
        }
    }

    fn secret(&self, role: SecretRole) -> &Secret<[u8; 32]> {
        match role {
            SecretRole::Nonce => &self.nonce,
            SecretRole::StatusOrder => &self.status_order,
        }
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
            ["", "{}", &text.replace("\"version\": 1", "\"version\": 2"), &text.replace("argon2id", "md5")]
        {
            std::fs::write(dir.join(FILE), broken).unwrap();
            let refused = FileKeys::open(&dir, &secret("satu"), &mut rng).unwrap_err();
            assert_eq!(refused.code(), "keys-malformed", "{broken}");
        }
    }
}
