//! The key file: the witness's name and the sealed seed of its key.

use absah_crypto::envelope::{self, KdfParams};
use absah_host::{DataDir, FileError, Mode, create_private_dir, read_text, write_new};
use absah_ledger::NoteSigner;
use absah_ledger::note::Algorithm;
use absah_types::{Rng, Secret, array, base64url};
use serde::{Deserialize, Serialize};

use crate::error::WitnessError;

const FILE: &str = "keys/witness.json";
const MOST_BYTES: u64 = 64 << 10;
const DOMAIN: &str = "absah-witness-key-v1";

/// `keys/witness.json`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    version: u32,
    name: String,
    kdf: KdfParams,
    nonce: String,
    sealed: String,
}

fn aad(name: &str) -> Vec<u8> {
    format!("{DOMAIN}\0{name}").into_bytes()
}

/// Opens the key.
///
/// # Errors
/// [`WitnessError::NotInitialised`], [`WitnessError::KeyFile`].
pub fn open(dir: &DataDir, passphrase: &Secret<String>) -> Result<NoteSigner, WitnessError> {
    let text = match read_text(&dir.join(FILE), MOST_BYTES) {
        Err(FileError::Missing { .. }) => return Err(WitnessError::NotInitialised),
        other => other.map_err(|_| WitnessError::KeyFile)?,
    };
    let file: KeyFile = serde_json::from_str(&text).map_err(|_| WitnessError::KeyFile)?;
    let nonce = base64url::decode_array::<24>(&file.nonce).map_err(|_| WitnessError::KeyFile)?;
    let sealed = base64url::decode(&file.sealed).map_err(|_| WitnessError::KeyFile)?;
    let wrap =
        envelope::derive(passphrase.expose().as_bytes(), &file.kdf).map_err(|_| WitnessError::KeyFile)?;
    let seed = envelope::open(&wrap, &nonce, &aad(&file.name), &sealed).map_err(|_| WitnessError::KeyFile)?;
    let seed: [u8; 32] = seed.expose().as_slice().try_into().map_err(|_| WitnessError::KeyFile)?;
    if file.version != 1 {
        return Err(WitnessError::KeyFile);
    }
    NoteSigner::new(&file.name, Algorithm::CosignatureV1, &Secret::new(seed))
        .map_err(|_| WitnessError::KeyFile)
}

/// Opens the key, making it first when there is none.
///
/// # Errors
/// [`WitnessError::Named`] if there is one under another name; [`WitnessError::Key`] for a name that is none.
pub fn open_or_make(
    dir: &DataDir,
    passphrase: &Secret<String>,
    name: &str,
    rng: &mut dyn Rng,
) -> Result<NoteSigner, WitnessError> {
    match open(dir, passphrase) {
        Ok(signer) if signer.public().name() == name => return Ok(signer),
        Ok(_) => return Err(WitnessError::Named),
        Err(WitnessError::NotInitialised) => {}
        Err(error) => return Err(error),
    }
    let seed = Secret::new(array::<32>(rng));
    let signer = NoteSigner::new(name, Algorithm::CosignatureV1, &seed).map_err(|_| WitnessError::Key)?;
    // 32 random bytes, as development makes the passphrase, need no stretching; one that a person chose does.
    let is_random = base64url::decode_array::<32>(passphrase.expose()).is_ok();
    let kdf = if is_random { KdfParams::least(array(rng)) } else { KdfParams::usual(array(rng)) };
    let nonce: [u8; 24] = array(rng);
    let wrap = envelope::derive(passphrase.expose().as_bytes(), &kdf).map_err(|_| WitnessError::KeyFile)?;
    let sealed =
        envelope::seal(&wrap, &nonce, &aad(name), seed.expose()).map_err(|_| WitnessError::KeyFile)?;
    let (nonce, sealed) = (base64url::encode(nonce), base64url::encode(sealed));
    let file = KeyFile { version: 1, name: name.to_owned(), kdf, nonce, sealed };
    let text = serde_json::to_string_pretty(&file).map_err(|_| WitnessError::KeyFile)? + "\n";
    create_private_dir(&dir.join("keys")).map_err(|_| WitnessError::KeyFile)?;
    match write_new(&dir.join(FILE), text.as_bytes(), Mode::Private) {
        Ok(()) => Ok(signer),
        // Another command was first: its key counts.
        Err(_) => open(dir, passphrase),
    }
}
