//! The list that new wallets of the page begin with.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use absah_host::{FolderLimits, read_folder};
use absah_trust::bundle::MAX_BUNDLE_BYTES;
use absah_trust::{Anchor, Bundle};
use absah_types::{Clock, base64url, hex};
use absah_wallet_core::Refusal;
use serde_json::{Map, json};

use crate::error::WalletError;

/// A bundle's folder, judged as a wallet would judge it.
pub(super) struct List {
    folder: PathBuf,
    root: [u8; 32],
    clock: Arc<dyn Clock + Send + Sync>,
    last: Mutex<Vec<u8>>,
}

impl List {
    /// Reads the folder for the first time.
    ///
    /// # Errors
    /// [`WalletError`] when a wallet would not take it: better said here than to every citizen.
    pub(super) fn open(
        folder: &Path,
        root: [u8; 32],
        clock: Arc<dyn Clock + Send + Sync>,
    ) -> Result<Self, WalletError> {
        let list = Self { folder: folder.to_owned(), root, clock, last: Mutex::default() };
        let first = list.read()?;
        *list.last.lock().unwrap_or_else(PoisonError::into_inner) = first;
        Ok(list)
    }

    /// The list as it lies in the folder now; the last good one while somebody is writing there.
    pub(super) fn newest(&self) -> Vec<u8> {
        let read = self.read();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(read) = read {
            *last = read;
        }
        last.clone()
    }

    fn read(&self) -> Result<Vec<u8>, WalletError> {
        let bytes = u64::try_from(MAX_BUNDLE_BYTES).unwrap_or(u64::MAX);
        let files = read_folder(&self.folder, FolderLimits { bytes, ..FolderLimits::default() })
            .map_err(absah_carry::CarryError::from)?;
        Bundle::import(&files, Anchor::FirstRoot(self.root), self.clock.now()).map_err(Refusal::Bundle)?;
        let files: Map<_, _> =
            files.into_iter().map(|(name, bytes)| (name, base64url::encode(bytes).into())).collect();
        let whole = json!({ "root_sha256": hex::encode(self.root), "files": files });
        Ok(whole.to_string().into_bytes())
    }
}
