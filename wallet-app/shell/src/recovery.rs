//! A forgotten PIN: the recovery code opens the vault, and a new PIN is set. Wrong codes are slowed down as wrong PINs
//! are; whoever copies the file is held up by the length of the code, not by this.

use std::fmt;
use std::path::Path;

use absah_host::{DataDir, FileError, Mode, WriterLock, read_text, write_atomic};
use absah_types::{Rng, Secret, Timestamp, coded};
use absah_wallet_core::Wallet;
use absah_wallet_core::window::Tries;
use absah_wallet_store::{Folder, Opened, RecoveryCode, Vault, VaultError};

use crate::effects::OpenVault;

/// Name of the count of wrong codes in the data directory: nothing personal.
const TRIES: &str = "recovery.json";
/// Largest such file, in bytes.
const MAX_TRIES: u64 = 1024;

/// Why a PIN was not replaced.
#[derive(Debug)]
pub enum ResetError {
    /// The vault.
    Vault(VaultError),
    /// The count of wrong codes could not be kept: then no code is tried.
    File(FileError),
    /// Too many were wrong; not before this moment.
    Wait {
        /// From when on.
        until: Timestamp,
    },
}

impl fmt::Display for ResetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vault(error) => error.fmt(f),
            Self::File(error) => error.fmt(f),
            Self::Wait { until } => write!(f, "too many wrong recovery codes: not before {until}"),
        }
    }
}

impl std::error::Error for ResetError {}

coded! { ResetError {
    Vault(error) => inner(error),
    File(error) => inner(error),
    Wait { .. } => ("recovery-wait", User),
} }

impl From<VaultError> for ResetError {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

/// Opens the vault by `code` and puts it under `pin`. The code still holds afterwards.
///
/// # Errors
/// [`ResetError`]; the old PIN still holds then.
pub fn reset_pin(
    dir: &DataDir,
    lock: WriterLock,
    (code, pin): (&RecoveryCode, &Secret<String>),
    now: Timestamp,
    rng: &mut dyn Rng,
) -> Result<(OpenVault, Opened), ResetError> {
    let path = dir.path().join(TRIES);
    let mut tries = read_tries(&path);
    if let Some(until) = tries.blocked(now) {
        return Err(ResetError::Wait { until });
    }
    // Counted before it is known to be wrong: who pulls the plug in time gains no try.
    tries.wrong(now);
    keep_tries(&path, tries)?;
    let (mut vault, opened) = Vault::open_by_recovery(Folder::new(dir.path()), code)?;
    vault.change_pin(pin, &opened, rng)?;
    // The PIN is replaced: a count that stays is no reason to say it was not.
    let _ = keep_tries(&path, Tries::default());
    Ok(OpenVault::of(vault, opened, lock))
}

impl OpenVault {
    /// Makes a recovery code; an earlier one ends. To be shown once.
    ///
    /// # Errors
    /// See [`Vault::make_recovery`].
    pub fn make_recovery(&mut self, wallet: &Wallet, rng: &mut dyn Rng) -> Result<RecoveryCode, VaultError> {
        let (vault, keys) = self.parts();
        let bundle = wallet.bundle_files().cloned();
        let opened = Opened { holdings: wallet.holdings().clone(), keys: keys.clone(), bundle };
        vault.make_recovery(&opened, rng)
    }

    /// Whether there is a recovery code.
    pub fn has_recovery(&self) -> bool {
        self.vault().has_recovery()
    }
}

/// A count that does not read is as if nothing had been tried: it is no reason to keep anybody from their cards.
fn read_tries(path: &Path) -> Tries {
    let text = read_text(path, MAX_TRIES).ok();
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

fn keep_tries(path: &Path, tries: Tries) -> Result<(), ResetError> {
    let text = serde_json::to_string(&tries).unwrap_or_default();
    write_atomic(path, text.as_bytes(), Mode::Private).map_err(ResetError::File)
}
