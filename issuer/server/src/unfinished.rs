//! A publication that was stopped after it was recorded and before anybody was shown it.

use std::path::Path;

use absah_crypto::sha256;
use absah_host::{FileMap, FolderError, FolderLimits, Mode, left_beside, read_folder, write_folder};
use absah_issuer_core::ports::StoreError;

use crate::store::SqliteStore;

/// What became of a version that stands in the records and in the registry log and that no reader had seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfinished {
    /// It lay ready and is shown now.
    Shown(u64),
    /// It is nowhere to be had: its leaf names a bundle that nobody will ever see.
    Unseen(u64),
}

/// Finishes what an earlier publication left, where `own` is not the bundle recorded last. Called while no other program
/// publishes.
///
/// # Errors
/// [`StoreError`]; the folder cannot be written.
pub(crate) async fn finish<E>(store: &SqliteStore, own: &Path) -> Result<Option<Unfinished>, E>
where
    E: From<StoreError> + From<FolderError>,
{
    let Some((version, digest)) = store.last_published().await? else { return Ok(None) };
    let is_it = |files: &FileMap| {
        files.get("metadata/timestamp.json").is_some_and(|timestamp| sha256(timestamp) == digest)
    };
    let read = |folder: &Path| read_folder(folder, FolderLimits::default()).ok().filter(is_it);
    if read(own).is_some() {
        return Ok(None);
    }
    // It was written whole before it was recorded.
    match left_beside(own).iter().find_map(|left| read(left)) {
        Some(files) => {
            write_folder(own, &files, Mode::Public)?;
            Ok(Some(Unfinished::Shown(version)))
        }
        None => Ok(Some(Unfinished::Unseen(version))),
    }
}
