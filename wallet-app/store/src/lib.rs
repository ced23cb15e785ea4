//! The wallet's vault: everything a wallet keeps, in one sealed file that is replaced as a whole.
//!
//! ```text
//! PIN ──Argon2id──► PIN key ──unwraps──► data key ──opens──► cards, history, private keys
//! ```
//!
//! A six-digit PIN alone can be guessed by whoever copies the file: about 10^6 times the cost of one
//! derivation. Where the device has a key store and there is a recovery code to go around it, the whole is
//! sealed once more under a key of that store ([`DeviceKeys`]).
//!
//! What a sealed file cannot tell: whether the *whole* file was replaced by an earlier one of its kind.

mod backup;
mod blobs;
mod bundle;
mod check;
mod device;
mod error;
mod header;
mod heritage;
mod keys;
mod recovery;
mod vault;

pub use backup::{BackupError, open_backup, seal_backup};
pub use blobs::{Blobs, Folder, Memory, StorageError};
pub use device::{DeviceKeyError, DeviceKeys, NoDeviceKeys};
pub use error::VaultError;
pub use keys::SoftwareKeys;
pub use recovery::{RecoveryCode, RecoveryCodeError};
pub use vault::{Opened, VAULT, Vault};
