//! What can be wrong with a vault: each its own fact, since each needs another answer from the person.

use std::fmt;

use absah_types::coded;
use absah_wallet_core::window::Failure;

use crate::{blobs::StorageError, device::DeviceKeyError};

/// Why a vault was not opened, made or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VaultError {
    /// There is no vault yet.
    Missing,
    /// None lies aside.
    NoneAside,
    /// There is one already.
    Exists,
    /// The PIN does not open it.
    WrongPin,
    /// No recovery code was ever made for it.
    NoRecovery,
    /// The recovery code does not open it.
    WrongRecovery,
    /// The file is something else.
    NotAVault,
    /// The file was written by a later version of this program.
    Newer {
        /// The version found.
        found: u16,
    },
    /// The file ends too early.
    Truncated,
    /// The file was changed or damaged.
    Corrupted,
    /// Header and content are from different times: an older header (an older PIN) was put before this content,
    /// or the other way round.
    RolledBack,
    /// The device did not read or write.
    Storage(StorageError),
    /// It is tied to the device's key store, which does not help.
    Device(DeviceKeyError),
    /// Not enough memory to derive the key.
    Memory,
    /// A signature by a key was asked for that the vault does not hold.
    KeyMissing,
}

impl fmt::Display for VaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("no vault yet"),
            Self::NoneAside => f.write_str("no vault lies aside"),
            Self::Exists => f.write_str("a vault exists already"),
            Self::WrongPin => f.write_str("the PIN does not open the vault"),
            Self::NoRecovery => f.write_str("the vault has no recovery code"),
            Self::WrongRecovery => f.write_str("the recovery code does not open the vault"),
            Self::NotAVault => f.write_str("the file is no vault"),
            Self::Newer { found } => write!(f, "the vault has the later version {found}"),
            Self::Truncated => f.write_str("the vault ends too early"),
            Self::Corrupted => f.write_str("the vault was changed or damaged"),
            Self::RolledBack => f.write_str("header and content of the vault are from different times"),
            Self::Storage(error) => error.fmt(f),
            Self::Device(error) => error.fmt(f),
            Self::Memory => f.write_str("not enough memory to derive the key"),
            Self::KeyMissing => f.write_str("the vault does not hold this key"),
        }
    }
}

impl std::error::Error for VaultError {}

coded! { VaultError {
    Missing => ("vault-missing", User),
    NoneAside => ("vault-none-aside", User),
    Exists => ("vault-exists", User),
    WrongPin => ("vault-wrong-pin", User),
    NoRecovery => ("vault-no-recovery", User),
    WrongRecovery => ("vault-wrong-recovery", User),
    NotAVault => ("vault-not-a-vault", Environment),
    Newer { .. } => ("vault-newer", Environment),
    Truncated => ("vault-truncated", Environment),
    Corrupted => ("vault-corrupted", Environment),
    RolledBack => ("vault-rolled-back", Environment),
    Storage(error) => inner(error),
    Device(error) => inner(error),
    Memory => ("vault-memory", Environment),
    KeyMissing => ("vault-key-missing", Bug),
} }

impl Failure for VaultError {
    fn is_lost(&self) -> bool {
        match self {
            Self::NotAVault | Self::Truncated | Self::Corrupted | Self::RolledBack | Self::KeyMissing => true,
            Self::Device(error) => error.is_lost(),
            Self::Missing
            | Self::NoneAside
            | Self::Exists
            | Self::WrongPin
            | Self::NoRecovery
            | Self::WrongRecovery
            | Self::Newer { .. }
            | Self::Storage(_)
            | Self::Memory => false,
        }
    }
}

impl From<StorageError> for VaultError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<DeviceKeyError> for VaultError {
    fn from(error: DeviceKeyError) -> Self {
        Self::Device(error)
    }
}
