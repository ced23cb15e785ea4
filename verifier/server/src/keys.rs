//! The key file: the counter's signing key and the key of its store, sealed with the passphrase.

use absah_crypto::PrivateKey;
use absah_crypto::envelope::{self, KdfParams};
use absah_host::{
    Context, DataDir, FileError, Mode, Settings, key_passphrase, read_text, write_atomic, write_new,
};
use absah_types::{Rng, Secret, array, base64url};
use absah_verifier_core::{CounterId, Identity};
use serde::{Deserialize, Serialize};

use crate::error::{Failure, VerifierError};

const FILE: &str = "keys/counter.json";
const DOMAIN: &str = "absah-verifier-keys-v1";

/// The counter's secrets, open.
pub(crate) struct Keys {
    id: CounterId,
    signing: PrivateKey,
    store: Secret<[u8; 32]>,
    /// How the file is sealed, while it does not yet say that the end of the chain is kept.
    older: Option<Sealing>,
}

/// How a key file is sealed.
struct Sealing {
    kdf: KdfParams,
    wrap: Secret<[u8; 32]>,
}

/// What follows the secrets once the end of the chain is kept: whoever can write the store cannot take this away.
const KEEPS_HEAD: &[u8] = &[1];

/// `keys/counter.json`.
#[derive(Serialize, Deserialize)]
struct KeyFile {
    v: u32,
    counter_id: CounterId,
    kdf: KdfParams,
    nonce: String,
    sealed: String,
}

impl Keys {
    /// Opens the key file.
    pub(crate) fn open(dir: &DataDir, settings: &Settings, context: &mut Context) -> Result<Self, Failure> {
        let text = match read_text(&dir.join(FILE), 64 * 1024) {
            Err(FileError::Missing { .. }) => return Err(VerifierError::NotInitialised.into()),
            other => other?,
        };
        let passphrase = key_passphrase(dir, settings, &mut *context.rng, &mut context.console)?;
        let file: KeyFile = serde_json::from_str(&text).map_err(|_| VerifierError::KeyFile)?;
        let nonce = base64url::decode_array::<24>(&file.nonce).map_err(|_| VerifierError::KeyFile)?;
        let sealed = base64url::decode(&file.sealed).map_err(|_| VerifierError::KeyFile)?;
        let wrap = envelope::derive(passphrase.expose().as_bytes(), &file.kdf)?;
        let opened = envelope::open(&wrap, &nonce, aad(&file.counter_id).as_bytes(), &sealed)
            .map_err(|_| VerifierError::KeyFile)?;
        let split = opened.expose().split_first_chunk::<32>();
        let split = split.and_then(|(signing, rest)| Some((signing, rest.split_first_chunk::<32>()?)));
        let (signing, (store, keeps_head)) = split.filter(|_| file.v == 1).ok_or(VerifierError::KeyFile)?;
        let older = match keeps_head {
            [] => Some(Sealing { kdf: file.kdf, wrap }),
            KEEPS_HEAD => None,
            _ => return Err(VerifierError::KeyFile.into()),
        };
        Ok(Self {
            id: file.counter_id,
            signing: PrivateKey::from_bytes(&Secret::new(*signing))?,
            store: Secret::new(*store),
            older,
        })
    }

    /// Whether an end of the chain is kept since the counter began, or since a program that keeps one opened it first.
    pub(crate) fn keeps_head(&self) -> bool {
        self.older.is_none()
    }

    /// Says so from now on.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn note_head(&mut self, dir: &DataDir, rng: &mut dyn Rng) -> Result<(), Failure> {
        if let Some(sealing) = self.older.take() {
            let text = self.sealed(&sealing, KEEPS_HEAD, rng)?;
            write_atomic(&dir.join(FILE), text.as_bytes(), Mode::Private)?;
        }
        Ok(())
    }

    /// The file's text.
    fn sealed(&self, sealing: &Sealing, keeps_head: &[u8], rng: &mut dyn Rng) -> Result<String, Failure> {
        let nonce = array::<24>(rng);
        let signing = self.signing.to_bytes();
        let content: [&[u8]; 3] = [signing.expose(), self.store.expose(), keeps_head];
        let content = Secret::new(content.concat());
        let sealed = envelope::seal(&sealing.wrap, &nonce, aad(&self.id).as_bytes(), content.expose())?;
        let file = KeyFile {
            v: 1,
            counter_id: self.id.clone(),
            kdf: sealing.kdf,
            nonce: base64url::encode(nonce),
            sealed: base64url::encode(sealed),
        };
        // Text and numbers: always JSON.
        Ok(serde_json::to_string_pretty(&file).unwrap_or_default() + "\n")
    }

    /// Opens the key file, making it first when there is none.
    pub(crate) fn open_or_make(
        dir: &DataDir,
        settings: &Settings,
        context: &mut Context,
    ) -> Result<Self, Failure> {
        if read_text(&dir.join(FILE), 64 * 1024).is_ok() {
            return Self::open(dir, settings, context);
        }
        let passphrase = key_passphrase(dir, settings, &mut *context.rng, &mut context.console)?;
        let rng = &mut *context.rng;
        let keys = Self {
            id: CounterId::fresh(rng),
            signing: PrivateKey::generate(rng),
            store: Secret::new(array(rng)),
            older: None,
        };
        // A passphrase that a person chose is worth the full cost; the random one of development is not.
        let chosen = settings.env().get("ABSAH_KEY_PASSPHRASE_FILE").is_some();
        let kdf = if chosen { KdfParams::usual(array(rng)) } else { KdfParams::least(array(rng)) };
        let wrap = envelope::derive(passphrase.expose().as_bytes(), &kdf)?;
        // Whether an end of the chain is kept is said once there is one.
        let sealing = Sealing { kdf, wrap };
        let text = keys.sealed(&sealing, &[], rng)?;
        absah_host::create_private_dir(&dir.join("keys"))?;
        match write_new(&dir.join(FILE), text.as_bytes(), Mode::Private) {
            Ok(()) => Ok(Self { older: Some(sealing), ..keys }),
            // Another `init` was faster: its key counts.
            Err(FileError::Write { kind: std::io::ErrorKind::AlreadyExists, .. }) => {
                Self::open(dir, settings, context)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Name and public key.
    pub(crate) fn identity(&self) -> Identity {
        Identity { id: self.id.clone(), key: self.signing.public_key().clone() }
    }

    /// The key that signs requests.
    pub(crate) fn signer(&self) -> &PrivateKey {
        &self.signing
    }

    /// Seals something for the store; `label` says what it is and to which row it belongs.
    pub(crate) fn seal(&self, label: &[u8], content: &[u8], rng: &mut dyn Rng) -> Result<Vec<u8>, Failure> {
        let nonce = array::<24>(rng);
        let mut sealed = nonce.to_vec();
        sealed.extend(envelope::seal(&self.store, &nonce, label, content)?);
        Ok(sealed)
    }

    /// A name for something that must not be guessed from the name; the same for the same thing.
    pub(crate) fn name(&self, label: &[u8], content: &[u8]) -> [u8; 32] {
        absah_crypto::hmac_sha256(self.store.expose(), &[label, b" ", content].concat())
    }

    /// Opens what [`Keys::seal`] made under the same label.
    pub(crate) fn unseal(&self, label: &[u8], sealed: &[u8]) -> Result<Secret<Vec<u8>>, Failure> {
        let (nonce, content) = sealed.split_first_chunk::<24>().ok_or(VerifierError::KeyFile)?;
        Ok(envelope::open(&self.store, nonce, label, content)?)
    }
}

fn aad(id: &CounterId) -> String {
    format!("{DOMAIN} {id}")
}
