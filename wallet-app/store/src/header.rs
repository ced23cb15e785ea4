//! The head of the vault file: readable without the PIN, holding nothing personal.

use absah_crypto::{
    ct_eq,
    envelope::{self, EnvelopeError, KdfParams},
    sha256,
};
use absah_types::{Rng, Secret, array, base64url};
use serde::{Deserialize, Serialize};

use crate::{
    device::{DeviceKey, DeviceKeyError},
    error::VaultError,
    recovery::Recovery,
};

/// First bytes of every vault file.
pub(crate) const MAGIC: &[u8; 8] = b"ABSAHVLT";
/// The version of a vault without a recovery code.
pub(crate) const VERSION: u16 = 1;
/// The version of one with a recovery code: an earlier program says that it is later, and not that it is damaged.
pub(crate) const VERSION_RECOVERY: u16 = 2;
/// The version of one that is tied to the device's key store.
pub(crate) const VERSION_DEVICE: u16 = 3;
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
    /// The data key under the PIN key; with `device` the whole once more under that key.
    pub(crate) pin: Wrap,
    /// Name of a key in the device's own key store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) device: Option<String>,
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

    /// The same vault under another PIN, and under a key of the device where there is one.
    pub(crate) fn under(
        &self,
        pin: &Secret<String>,
        key: &DataKey,
        device: Option<&DeviceKey>,
        rng: &mut dyn Rng,
    ) -> Result<Self, VaultError> {
        let kdf = renewed(&self.kdf, rng)?;
        let mut pin = Wrap::seal(key, pin, &kdf, &wrap_aad(&self.vault), rng)?;
        if let Some(device) = device {
            pin = pin.within(device, &device_aad(&self.vault), rng)?;
        }
        let generation = self.generation.saturating_add(1);
        let device = device.map(|device| device.name.clone());
        Ok(Self { generation, kdf, pin, device, ..self.clone() })
    }

    /// The data key, if the PIN is right and this is the device.
    pub(crate) fn unlock(
        &self,
        pin: &Secret<String>,
        device: Option<&DeviceKey>,
    ) -> Result<DataKey, VaultError> {
        let aad = wrap_aad(&self.vault);
        if self.device.is_none() {
            return self.pin.open(pin, &self.kdf, &aad);
        }
        let device = device.ok_or(VaultError::Device(DeviceKeyError::Missing))?;
        self.pin.without(device, &device_aad(&self.vault))?.open(pin, &self.kdf, &aad)
    }

    const fn version(&self) -> u16 {
        match (&self.device, &self.recovery) {
            (Some(_), _) => VERSION_DEVICE,
            (None, Some(_)) => VERSION_RECOVERY,
            (None, None) => VERSION,
        }
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
        if !(VERSION..=VERSION_DEVICE).contains(&version) {
            return Err(if version > VERSION_DEVICE {
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

impl Wrap {
    /// With the device's lock around it.
    fn within(&self, device: &DeviceKey, aad: &[u8], rng: &mut dyn Rng) -> Result<Self, VaultError> {
        let inner = serde_json::to_vec(self).map_err(|_| VaultError::Corrupted)?;
        let nonce = array::<24>(rng);
        let sealed = envelope::seal(&device.key, &nonce, aad, &inner).map_err(|_| VaultError::Corrupted)?;
        Ok(Self { nonce: base64url::encode(nonce), sealed: base64url::encode(sealed) })
    }

    /// With the device's lock taken off; before anything is spent on the PIN.
    fn without(&self, device: &DeviceKey, aad: &[u8]) -> Result<Self, VaultError> {
        let nonce = base64url::decode_array(&self.nonce).map_err(|_| VaultError::Corrupted)?;
        let sealed = base64url::decode(&self.sealed).map_err(|_| VaultError::Corrupted)?;
        let inner = envelope::open(&device.key, &nonce, aad, &sealed)
            .map_err(|_| VaultError::Device(DeviceKeyError::Missing))?;
        serde_json::from_slice(inner.expose()).map_err(|_| VaultError::Corrupted)
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

fn device_aad(vault: &str) -> Vec<u8> {
    [b"absah-vault-device-v1 ".as_slice(), vault.as_bytes()].concat()
}
