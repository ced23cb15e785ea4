//! The key file: the counter's signing key and the key of its store, sealed with the passphrase.

use absah_crypto::PrivateKey;
use absah_crypto::envelope::{self, KdfParams};
use absah_host::{Context, DataDir, FileError, Mode, Settings, key_passphrase, read_text, write_new};
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
}

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
        let (signing, store) = match opened.expose().split_first_chunk::<32>() {
            Some((signing, rest)) if file.v == 1 => (signing, <[u8; 32]>::try_from(rest)),
            _ => return Err(VerifierError::KeyFile.into()),
        };
        Ok(Self {
            id: file.counter_id,
            signing: PrivateKey::from_bytes(&Secret::new(*signing))?,
            store: Secret::new(store.map_err(|_| VerifierError::KeyFile)?),
        })
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
        };
        // A passphrase that a person chose is worth the full cost; the random one of development is not.
        let chosen = settings.env().get("ABSAH_KEY_PASSPHRASE_FILE").is_some();
        let kdf = if chosen { KdfParams::usual(array(rng)) } else { KdfParams::least(array(rng)) };
        let wrap = envelope::derive(passphrase.expose().as_bytes(), &kdf)?;
        let nonce = array::<24>(rng);
        let content = Secret::new([*keys.signing.to_bytes().expose(), *keys.store.expose()].concat());
        let sealed = envelope::seal(&wrap, &nonce, aad(&keys.id).as_bytes(), content.expose())?;
        let file = KeyFile {
            v: 1,
            counter_id: keys.id.clone(),
            kdf,
            nonce: base64url::encode(nonce),
            sealed: base64url::encode(sealed),
        };
        absah_host::create_private_dir(&dir.join("keys"))?;
        let text = serde_json::to_string_pretty(&file).unwrap_or_default() + "\n";
        match write_new(&dir.join(FILE), text.as_bytes(), Mode::Private) {
            Ok(()) => Ok(keys),
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
