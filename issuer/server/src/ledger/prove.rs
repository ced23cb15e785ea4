//! Proofs that an entry stands in a log.

use std::path::Path;

use absah_issuer_core::ports::StoreError;
use absah_ledger::Proof;
use absah_ledger::merkle;
use absah_ledger::note::{Note, NoteError};
use absah_ledger::tile::{TileError, TilePath, Tiles};
use absah_types::coded;

use super::LedgerError;
use super::publication::{folder, read, tiles, with_cosignatures};
use super::seal::{Log, SealError};
use crate::store::SqliteStore;

/// No proof is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProveError {
    /// The records or files of the ledger.
    Ledger(LedgerError),
    /// A tile.
    Tile(TileError),
    /// The checkpoint.
    Note(NoteError),
    /// The event.
    Seal(SealError),
}

impl core::fmt::Display for ProveError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Ledger(error) => error.fmt(f),
            Self::Tile(error) => error.fmt(f),
            Self::Note(error) => error.fmt(f),
            Self::Seal(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for ProveError {}

coded! { ProveError {
    Ledger(error) => inner(error),
    Tile(error) => inner(error),
    Note(error) => inner(error),
    Seal(error) => inner(error),
} }

impl From<StoreError> for ProveError {
    fn from(error: StoreError) -> Self {
        Self::Ledger(LedgerError::Store(error))
    }
}

impl From<LedgerError> for ProveError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<SealError> for ProveError {
    fn from(error: SealError) -> Self {
        Self::Seal(error)
    }
}

/// The proof of an entry, with the best checkpoint that holds it: a final one if there is one. Nothing for an entry that
/// no signed checkpoint holds yet.
///
/// # Errors
/// [`ProveError`].
pub async fn prove(
    store: &SqliteStore,
    data: &Path,
    log: Log,
    position: u64,
) -> Result<Option<Proof>, ProveError> {
    let (_, quorum) = store.witnesses().await?;
    let last_final = store.ledger_head(log, quorum).await?.filter(|head| head.size > position);
    let head = match last_final {
        Some(head) => head,
        None => match store.ledger_head(log, 0).await?.filter(|head| head.size > position) {
            Some(head) => head,
            None => return Ok(None),
        },
    };
    tiles(store, data, log, head.size).await?;
    let folder = folder(data, log);
    let nodes = Tiles::new(head.size, |tile: &TilePath| read(&folder, tile));
    let path = merkle::inclusion(&nodes, position, head.size).map_err(ProveError::Tile)?.unwrap_or_default();
    let note = with_cosignatures(&head)?;
    Ok(Some(Proof { index: position, path, checkpoint: Note::parse(&note).map_err(ProveError::Note)? }))
}
