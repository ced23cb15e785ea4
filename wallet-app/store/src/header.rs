//! The head of the vault file: readable without the PIN, holding nothing personal.

use absah_crypto::{
    ct_eq,
    envelope::{self, EnvelopeError, KdfParams},
    sha256,
};
use absah_types::{Rng, Secret, array, base64url};
use serde::{Deserialize, Serialize};

use crate::{error::VaultError, recovery::Recovery};

/// First bytes of every vault file.
pub(crate) const MAGIC: &[u8; 8] = b"ABSAHVLT";
/// The version of a vault without a recovery code.
pub(crate) const VERSION: u16 = 1;
/// The version of one with a recovery code: an earlier program says that it is later, and not that it is damaged.
pub(crate) const VERSION_RECOVERY: u16 = 2;
/// A header is far smaller; more is no header of ours.
const LONGEST_HEADER: usize = 16 * 1024;

/// A key that opens the content.
pub(crate) type DataKey = Secret<[u8; 32]>;

/// What stands before the sealed content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    /// Random name of this vault, hexadecimal.
    pub(crate) vault: String,
    /// Goes up with each change of the header (a new PIN); the content repeats it.
    pub(crate) generation: u64,
    /// How the PIN becomes a key.
    pub(crate) kdf: KdfParams,
    /// The data key under the PIN key.
    pub(crate) pin: Wrap,
    /// The data key under a key of the device's own key store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) device: Option<Wrap>,
    /// The data key under the recovery code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) recovery: Option<Recovery>,
}

/// A sealed data key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wrap {
    nonce: String,
    sealed: String,
}

impl Header {
    /// A header of a new vault, and its data key.
    pub(crate) fn create(
        pin: &Secret<String>,
        cost: KdfParams,
        rng: &mut dyn Rng,
    ) -> Result<(Self, DataKey), VaultError> {
        let vault = absah_types::hex::encode(array::<16>(rng));
        let key = Secret::new(array::<32>(rng));
        let wrap = Wrap::seal(&key, pin, &cost, &wrap_aad(&vault), rng)?;
        Ok((Self { vault, generation: 1, kdf: cost, pin: wrap, device: None, recovery: None }, key))
    }

    /// The same vault under another PIN.
    pub(crate) fn under(
        &self,
        pin: &Secret<String>,
        key: &DataKey,
        rng: &mut dyn Rng,
    ) -> Result<Self, VaultError> {
        let kdf = renewed(&self.kdf, rng)?;
        let pin = Wrap::seal(key, pin, &kdf, &wrap_aad(&self.vault), rng)?;
        Ok(Self { generation: self.generation.saturating_add(1), kdf, pin, ..self.clone() })
    }

    /// The data key, if the PIN is right.
    pub(crate) fn unlock(&self, pin: &Secret<String>) -> Result<DataKey, VaultError> {
        self.pin.open(pin, &self.kdf, &wrap_aad(&self.vault))
    }

    const fn version(&self) -> u16 {
        if self.recovery.is_some() { VERSION_RECOVERY } else { VERSION }
    }

    /// Magic, version, length, JSON, SHA-256 of all these.
    pub(crate) fn encode(&self) -> Result<Vec<u8>, VaultError> {
        let json = serde_json::to_vec(self).map_err(|_| VaultError::Corrupted)?;
        let length = u32::try_from(json.len()).map_err(|_| VaultError::Corrupted)?;
        let mut bytes = Vec::with_capacity(json.len() + 46);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.version().to_be_bytes());
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&json);
        bytes.extend_from_slice(&sha256(&bytes));
        Ok(bytes)
    }

    /// Reads a header and gives the rest of the file.
    pub(crate) fn decode(file: &[u8]) -> Result<(Self, &[u8]), VaultError> {
        use VaultError::{Corrupted, NotAVault, Truncated};
        let (magic, rest) = file.split_first_chunk::<8>().ok_or(if MAGIC.starts_with(file) {
            Truncated
        } else {
            NotAVault
        })?;
        if magic != MAGIC {
            return Err(NotAVault);
        }
        let (version, rest) = rest.split_first_chunk::<2>().ok_or(Truncated)?;
        let version = u16::from_be_bytes(*version);
        if ![VERSION, VERSION_RECOVERY].contains(&version) {
            return Err(if version > VERSION_RECOVERY {
                VaultError::Newer { found: version }
            } else {
                Corrupted
            });
        }
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(Truncated)?;
        let length = u32::from_be_bytes(*length) as usize;
        if length > LONGEST_HEADER {
            return Err(Corrupted);
        }
        let (json, rest) = rest.split_at_checked(length).ok_or(Truncated)?;
        let (sum, rest) = rest.split_first_chunk::<32>().ok_or(Truncated)?;
        let summed = file.get(..14 + length).unwrap_or_default();
        // The sum tells damage from a wrong PIN; who changes the header on purpose can renew it, and is met by the
        // seals of the data key and of the content.
        if !ct_eq(sum, &sha256(summed)) {
            return Err(Corrupted);
        }
        let header: Self = serde_json::from_slice(json).map_err(|_| Corrupted)?;
        if header.version() == version { Ok((header, rest)) } else { Err(Corrupted) }
    }
}

impl Wrap {
    /// Under what a person knows; `aad` says what for.
    pub(crate) fn seal(
        key: &DataKey,
        pin: &Secret<String>,
        cost: &KdfParams,
        aad: &[u8],
        rng: &mut dyn Rng,
    ) -> Result<Self, VaultError> {
        let nonce = array::<24>(rng);
        let pin_key = derive(pin, cost)?;
        let sealed =
            envelope::seal(&pin_key, &nonce, aad, key.expose()).map_err(|_| VaultError::Corrupted)?;
        Ok(Self { nonce: base64url::encode(nonce), sealed: base64url::encode(sealed) })
    }

    /// The data key; [`VaultError::WrongPin`] when it does not open.
    pub(crate) fn open(
        &self,
        pin: &Secret<String>,
        cost: &KdfParams,
        aad: &[u8],
    ) -> Result<DataKey, VaultError> {
        let nonce = base64url::decode_array(&self.nonce).map_err(|_| VaultError::Corrupted)?;
        let sealed = base64url::decode(&self.sealed).map_err(|_| VaultError::Corrupted)?;
        let pin_key = derive(pin, cost)?;
        let opened = envelope::open(&pin_key, &nonce, aad, &sealed).map_err(|_| VaultError::WrongPin)?;
        let key: [u8; 32] = opened.expose().as_slice().try_into().map_err(|_| VaultError::Corrupted)?;
        Ok(Secret::new(key))
    }
}

/// The same cost with a fresh salt.
pub(crate) fn renewed(cost: &KdfParams, rng: &mut dyn Rng) -> Result<KdfParams, VaultError> {
    KdfParams::new(cost.memory_kib(), cost.passes(), cost.lanes(), array(rng))
        .map_err(|_| VaultError::Corrupted)
}

fn derive(pin: &Secret<String>, cost: &KdfParams) -> Result<Secret<[u8; 32]>, VaultError> {
    envelope::derive(pin.expose().as_bytes(), cost).map_err(|error| match error {
        EnvelopeError::Memory => VaultError::Memory,
        _ => VaultError::Corrupted,
    })
}

fn wrap_aad(vault: &str) -> Vec<u8> {
    [b"absah-vault-key-v1 ".as_slice(), vault.as_bytes()].concat()
}
