//! The device's own key store: a second lock around the PIN's, so that a copied file and a guessed PIN open nothing.
//!
//! ```text
//! data key ──sealed under──► PIN key ──sealed under──► key in the device's store
//!     └──────sealed under──► recovery code
//! ```
//!
//! A key store can be lost with a reinstalled system or a forgotten log-in password. A vault is therefore tied to it
//! only once there is a recovery code, which goes around it.

use std::fmt;

use absah_crypto::ct_eq;
use absah_types::{Rng, Secret, array, coded, hex};
use absah_wallet_core::window::Failure;

/// Named keys of 32 bytes that stay on this device.
pub trait DeviceKeys {
    /// The key of this name.
    ///
    /// # Errors
    /// See [`DeviceKeyError`].
    fn read(&self, name: &str) -> Result<Secret<[u8; 32]>, DeviceKeyError>;

    /// Keeps a key under this name.
    ///
    /// # Errors
    /// See [`DeviceKeyError`].
    fn keep(&self, name: &str, key: &Secret<[u8; 32]>) -> Result<(), DeviceKeyError>;

    /// Forgets the key of this name. A key that stays opens nothing any more, so a failure is no error.
    fn forget(&self, name: &str);
}

/// Why the device's key store did not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceKeyError {
    /// There is none here, or none that runs.
    Absent,
    /// It did not answer in time.
    Silent,
    /// It is locked, or refused.
    Denied,
    /// It does not have the key of this vault.
    Missing,
}

impl fmt::Display for DeviceKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "the device has no key store",
            Self::Silent => "the device's key store does not answer",
            Self::Denied => "the device's key store is locked or refuses",
            Self::Missing => "the device's key store does not hold the key of this vault",
        })
    }
}

impl std::error::Error for DeviceKeyError {}

coded! { DeviceKeyError {
    Absent => ("device-keys-absent", Environment),
    Silent => ("device-keys-silent", Environment),
    Denied => ("device-keys-denied", Environment),
    Missing => ("device-keys-missing", Environment),
} }

impl Failure for DeviceKeyError {
    fn is_lost(&self) -> bool {
        match self {
            Self::Absent | Self::Missing => true,
            Self::Silent | Self::Denied => false,
        }
    }
}

/// A device without a key store.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoDeviceKeys;

impl DeviceKeys for NoDeviceKeys {
    fn read(&self, _: &str) -> Result<Secret<[u8; 32]>, DeviceKeyError> {
        Err(DeviceKeyError::Absent)
    }

    fn keep(&self, _: &str, _: &Secret<[u8; 32]>) -> Result<(), DeviceKeyError> {
        Err(DeviceKeyError::Absent)
    }

    fn forget(&self, _: &str) {}
}

/// A key of the device's store, by its name there.
#[derive(Clone)]
pub(crate) struct DeviceKey {
    pub(crate) name: String,
    pub(crate) key: Secret<[u8; 32]>,
}

impl DeviceKey {
    /// A fresh one, kept and read back: a store that only says so must not lock anybody out. `None` where there is none.
    pub(crate) fn make(device: &dyn DeviceKeys, rng: &mut dyn Rng) -> Option<Self> {
        let made = Self { name: hex::encode(array::<16>(rng)), key: Secret::new(array::<32>(rng)) };
        device.keep(&made.name, &made.key).ok()?;
        match device.read(&made.name) {
            Ok(read) if ct_eq(read.expose(), made.key.expose()) => Some(made),
            _ => {
                device.forget(&made.name);
                None
            }
        }
    }

    pub(crate) fn read(device: &dyn DeviceKeys, name: &str) -> Result<Self, DeviceKeyError> {
        Ok(Self { name: name.to_owned(), key: device.read(name)? })
    }
}
