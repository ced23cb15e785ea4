//! Proofs that entries stand in a log.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use absah_issuer_core::ports::StoreError;
use absah_ledger::tile::Tiles;
use absah_ledger::{Note, Proof, TilePath, merkle};

use super::LedgerError;
use super::publication::{folder, read, tiles, with_cosignatures};
use super::seal::Log;
use crate::store::{Head, SqliteStore};

/// The checkpoints of a log under which proofs are made: the newest final one, and the newest of all for entries that
/// are pending.
pub struct Proofs {
    folder: PathBuf,
    checkpoints: Vec<(u64, Note)>,
}

impl Proofs {
    /// Of the log as it stands now; publishes the tiles that the proofs need.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn of(store: &SqliteStore, data: &Path, log: Log) -> Result<Self, LedgerError> {
        let (_, quorum) = store.witnesses().await?;
        let last_final = store.ledger_head(log, quorum).await?;
        let newest = store.ledger_head(log, 0).await?;
        let mut checkpoints = Vec::new();
        for head in last_final.into_iter().chain(newest) {
            checkpoints.push((head.size, cosigned(&head)?));
            tiles(store, data, log, head.size).await?;
        }
        Ok(Self { folder: folder(data, log), checkpoints })
    }

    /// A proof for each position, in their order; none for a position that no checkpoint covers yet.
    ///
    /// # Errors
    /// [`LedgerError::Store`] if a tile is missing or wrong.
    pub fn of_each(&self, positions: &[u64]) -> Result<Vec<Option<Proof>>, LedgerError> {
        // The upper tiles are the same for all of them.
        let known = RefCell::new(HashMap::new());
        let read = |tile: &TilePath| -> Option<Vec<u8>> {
            known.borrow_mut().entry(*tile).or_insert_with(|| read(&self.folder, tile)).clone()
        };
        positions
            .iter()
            .map(|&index| {
                let covering = self.checkpoints.iter().find(|(size, _)| *size > index);
                let Some((size, checkpoint)) = covering else { return Ok(None) };
                let path = merkle::inclusion(&Tiles::new(*size, read), index, *size);
                let path = path.ok().flatten().ok_or(StoreError::Damaged)?;
                Ok(Some(Proof { index, path, checkpoint: checkpoint.clone() }))
            })
            .collect()
    }
}

fn cosigned(head: &Head) -> Result<Note, StoreError> {
    Note::parse(&with_cosignatures(head)?).map_err(|_| StoreError::Damaged)
}
