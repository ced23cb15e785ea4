//! The logs as static files, laid out as C2SP `tlog-tiles` says: any web server can serve the folder.

use std::path::{Path, PathBuf};

use absah_host::{Mode, write_atomic};
use absah_issuer_core::ports::StoreError;
use absah_ledger::tile::{TilePath, WIDTH};
use absah_ledger::{Checkpoint, Note};

use super::LedgerError;
use super::seal::Log;
use crate::store::{Head, SqliteStore};

/// The folder of the logs in the data directory.
pub const FOLDER: &str = "ledger";

/// Where a log's newest checkpoint lies under its prefix.
const CHECKPOINT: &str = "checkpoint";

/// The folder of one log.
#[must_use]
pub fn folder(data: &Path, log: Log) -> PathBuf {
    data.join(FOLDER).join(log.name())
}

/// Writes the files of a log up to a checkpoint, then the checkpoint itself with its cosignatures. What is there already
/// is left as it is: tiles never change.
///
/// # Errors
/// [`LedgerError`].
pub async fn publish(store: &SqliteStore, data: &Path, log: Log, head: &Head) -> Result<(), LedgerError> {
    tiles(store, data, log, head.size).await?;
    let folder = folder(data, log);
    let text = with_cosignatures(head)?;
    let path = folder.join(CHECKPOINT);
    if std::fs::read_to_string(&path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    write(&path, text.as_bytes())
}

/// Writes the tiles and bundles that a log of `size` leaves has and the published one has not.
///
/// # Errors
/// [`LedgerError`].
pub async fn tiles(store: &SqliteStore, data: &Path, log: Log, size: u64) -> Result<(), LedgerError> {
    let before = published(&folder(data, log)).map_or(0, |checkpoint| checkpoint.size);
    write_missing(store, data, log, TilePath::new_since(before.min(size), size)).await
}

/// Writes every tile and bundle of a log of `size` leaves that is not there, whatever its checkpoint says: somebody may
/// have deleted it.
///
/// # Errors
/// [`LedgerError`].
pub async fn restore(store: &SqliteStore, data: &Path, log: Log, size: u64) -> Result<(), LedgerError> {
    write_missing(store, data, log, TilePath::all(size)).await
}

async fn write_missing(
    store: &SqliteStore,
    data: &Path,
    log: Log,
    files: Vec<TilePath>,
) -> Result<(), LedgerError> {
    let folder = folder(data, log);
    for tile in files {
        let path = folder.join(tile.path());
        // "Logs … MAY delete any partial tile once the corresponding full tile is … available".
        if path.is_file() || full(&tile).is_some_and(|full| folder.join(full.path()).is_file()) {
            continue;
        }
        let bytes = store.ledger_file(log, tile).await?.ok_or(StoreError::Damaged)?;
        write(&path, &bytes)?;
        if u64::from(tile.width) == WIDTH {
            // The partial ones before it are part of it; who still asks for one takes the full one (tlog-tiles).
            let partial = folder.join(format!("{}.p", tile.path()));
            if partial.is_dir() {
                let _ = std::fs::remove_dir_all(partial);
            }
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), LedgerError> {
    let parent = path.parent().ok_or(LedgerError::File)?;
    std::fs::create_dir_all(parent).map_err(|_| LedgerError::File)?;
    write_atomic(path, bytes, Mode::Public).map_err(|_| LedgerError::File)
}

/// A checkpoint with the lines of its witnesses.
///
/// # Errors
/// [`StoreError::Damaged`] for what is no note.
pub fn with_cosignatures(head: &Head) -> Result<String, StoreError> {
    let mut note = Note::parse(&head.note).map_err(|_| StoreError::Damaged)?;
    for (_, line) in &head.cosignatures {
        note.add(absah_ledger::note::SignatureLine::parse(line).map_err(|_| StoreError::Damaged)?);
    }
    Ok(note.to_string())
}

/// The checkpoint that is published. Nobody verifies it here: the records are the truth, this only says what is written.
#[must_use]
pub fn published(folder: &Path) -> Option<Checkpoint> {
    let text = std::fs::read_to_string(folder.join(CHECKPOINT)).ok()?;
    Checkpoint::parse(Note::parse(&text).ok()?.text()).ok()
}

/// The bytes of a published file; of a partial tile that has become full since, its beginning.
#[must_use]
pub fn read(folder: &Path, tile: &TilePath) -> Option<Vec<u8>> {
    if let Ok(bytes) = std::fs::read(folder.join(tile.path())) {
        return Some(bytes);
    }
    let full = full(tile)?;
    let bytes = std::fs::read(folder.join(full.path())).ok()?;
    beginning(tile, &bytes)
}

/// The full tile of a partial one.
fn full(tile: &TilePath) -> Option<TilePath> {
    Some(TilePath { width: u16::try_from(WIDTH).ok()?, ..*tile })
}

/// The first hashes or entries of a full tile.
#[must_use]
pub fn beginning(tile: &TilePath, full: &[u8]) -> Option<Vec<u8>> {
    let width = usize::from(tile.width);
    match tile.level {
        Some(_) => full.get(..width * 32).map(<[u8]>::to_vec),
        None => {
            let entries = absah_ledger::tile::entries(full).ok()?;
            (entries.len() >= width).then(|| absah_ledger::tile::bundle(entries.into_iter().take(width)))
        }
    }
}
