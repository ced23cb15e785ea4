//! The wallet's vault: everything a wallet keeps, in one sealed file that is replaced as a whole.
//!
//! ```text
//! PIN ──Argon2id──► PIN key ──unwraps──► data key ──opens──► cards, history, private keys
//! ```
//!
//! A six-digit PIN alone can be guessed by whoever copies the file: about 10^6 times the cost of one
//! derivation. The header therefore has room for a second wrap of the data key by the device's own key
//! store; where that exists, the PIN wrap can be dropped.
//!
//! What a sealed file cannot tell: whether the *whole* file was replaced by an earlier one of its kind.

mod backup;
mod blobs;
mod bundle;
mod error;
mod header;
mod keys;
mod recovery;
mod vault;

pub use backup::{BackupError, open_backup, seal_backup};
pub use blobs::{Blobs, Folder, Memory, StorageError};
pub use error::VaultError;
pub use keys::SoftwareKeys;
pub use recovery::{RecoveryCode, RecoveryCodeError};
pub use vault::{Opened, VAULT, Vault};
