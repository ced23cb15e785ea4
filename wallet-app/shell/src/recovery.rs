//! A forgotten PIN: the recovery code opens the vault, and a new PIN is set. Wrong codes are slowed down as wrong PINs
//! are; whoever copies the file is held up by the length of the code, not by this.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use absah_host::{DataDir, FileError, Mode, WriterLock, read_text, write_atomic};
use absah_types::{Rng, Secret, Timestamp, coded};
use absah_wallet_core::Wallet;
use absah_wallet_core::window::{Locks, Tries};
use absah_wallet_store::{Folder, Opened, RecoveryCode, Vault, VaultError};

use crate::{counts::Counts, device::DesktopKeys, effects::OpenVault};

/// Name of the count of wrong codes in the data directory: nothing personal.
const TRIES: &str = "recovery.json";
/// Largest such file, in bytes: a count for each of many vaults.
const MAX_TRIES: u64 = 64 * 1024;

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

/// A vault that its recovery code has opened; what follows is a new PIN.
pub struct Recovered {
    vault: Vault<Folder>,
    opened: Opened,
    code: RecoveryCode,
    device: DesktopKeys,
    lock: WriterLock,
}

impl Recovered {
    /// Opens the vault by `code`, without the device's key store.
    ///
    /// # Errors
    /// [`ResetError`].
    pub fn open(
        dir: &DataDir,
        lock: WriterLock,
        device: DesktopKeys,
        code: RecoveryCode,
        now: Timestamp,
    ) -> Result<Self, ResetError> {
        let (path, name) = (dir.path().join(TRIES), Vault::name(&Folder::new(dir.path()))?);
        let mut counts = read_counts(&path, name.as_ref());
        let mut tries = counts.of(name.as_deref());
        if let Some(until) = tries.blocked(now) {
            return Err(ResetError::Wait { until });
        }
        // Counted before it is known to be wrong: who pulls the plug in time gains no try.
        tries.wrong(now);
        counts.set(name.clone(), tries);
        keep_counts(&path, &counts)?;
        let (vault, opened) = Vault::open_by_recovery(Folder::new(dir.path()), &code)?;
        // It is open: a count that stays is no reason to say it is not.
        counts.set(name, Tries::default());
        let _ = keep_counts(&path, &counts);
        Ok(Self { vault, opened, code, device, lock })
    }

    /// Puts it under `pin`. The code holds on.
    ///
    /// # Errors
    /// [`VaultError`]; the old PIN still holds then.
    pub fn set_pin(
        mut self,
        pin: &Secret<String>,
        rng: &mut dyn Rng,
    ) -> Result<(OpenVault, Opened), VaultError> {
        self.vault.reset_pin(&self.code, pin, &self.opened, &self.device, rng)?;
        Ok(OpenVault::of(self.vault, self.opened, self.lock, self.device))
    }
}

impl fmt::Debug for Recovered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recovered({:?})", self.vault)
    }
}

impl OpenVault {
    /// Puts the vault under this recovery code; an earlier one ends. See [`Vault::keep_recovery`].
    ///
    /// # Errors
    /// See there.
    pub fn keep_recovery(
        &mut self,
        code: &RecoveryCode,
        pin: &Secret<String>,
        wallet: &Wallet,
        rng: &mut dyn Rng,
    ) -> Result<(), VaultError> {
        let (vault, keys, device) = self.parts();
        let bundle = wallet.bundle_files().cloned();
        let opened = Opened { holdings: wallet.holdings().clone(), keys: keys.clone(), bundle };
        vault.keep_recovery(code, pin, &opened, &device, rng)
    }

    /// What else opens it, or is needed beside the PIN.
    pub fn locks(&self) -> Locks {
        Locks { recovery: self.vault().has_recovery(), device: self.vault().is_tied() }
    }
}

/// Of vaults that are no more nothing is counted.
pub(crate) fn forget_counts(dir: &DataDir, vaults: &BTreeSet<String>) {
    let path = dir.path().join(TRIES);
    let before = read_counts(&path, None);
    let mut counts = before.clone();
    counts.retain(vaults);
    if counts != before {
        // What stays tells of nothing but a number.
        let _ = keep_counts(&path, &counts);
    }
}

/// A count that does not read is as if nothing had been tried: it is no reason to keep anybody from their cards. Earlier
/// versions knew only one: that of the vault in its place.
fn read_counts(path: &Path, vault: Option<&String>) -> Counts {
    let Ok(text) = read_text(path, MAX_TRIES) else { return Counts::default() };
    serde_json::from_str(&text).unwrap_or_else(|_| {
        let mut counts = Counts::default();
        counts.set(vault.cloned(), serde_json::from_str(&text).unwrap_or_default());
        counts
    })
}

fn keep_counts(path: &Path, counts: &Counts) -> Result<(), ResetError> {
    let text = serde_json::to_string(counts).unwrap_or_default();
    write_atomic(path, text.as_bytes(), Mode::Private).map_err(ResetError::File)
}
