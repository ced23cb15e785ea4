//! Proofs that an entry stands in a log.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use absah_issuer_core::ports::StoreError;
use absah_ledger::Proof;
use absah_ledger::merkle;
use absah_ledger::note::{Note, NoteError};
use absah_ledger::tile::{TileError, TilePath, Tiles};
use absah_protocol::access_history::Consistency;
use absah_types::coded;

use super::LedgerError;
use super::publication::{folder, read, restore, with_cosignatures};
use super::seal::{Log, SealError};
use crate::store::{Head, SqliteStore};

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

/// Proves entries of one log. What all proofs need is looked up once.
#[derive(Debug)]
pub struct Prover {
    folder: PathBuf,
    /// The best checkpoints: the last final one, if there is one, then the newest.
    heads: Vec<Head>,
    last_final: bool,
}

impl Prover {
    /// A prover of a log, as it is signed now; its tiles are published first.
    ///
    /// # Errors
    /// [`ProveError`].
    pub async fn of(store: &SqliteStore, data: &Path, log: Log) -> Result<Self, ProveError> {
        let (_, quorum) = store.witnesses().await?;
        let mut heads: Vec<Head> = store.ledger_head(log, quorum).await?.into_iter().collect();
        let last_final = !heads.is_empty();
        heads.extend(store.ledger_head(log, 0).await?);
        let size = heads.iter().map(|head| head.size).max().unwrap_or_default();
        restore(store, data, log, size).await?;
        Ok(Self { folder: folder(data, log), heads, last_final })
    }

    /// The newest checkpoint that enough witnesses co-signed; nothing while there is none.
    ///
    /// # Errors
    /// [`ProveError`].
    pub fn checkpoint(&self) -> Result<Option<String>, ProveError> {
        Ok(self.last_final.then(|| self.heads.first().map(with_cosignatures)).flatten().transpose()?)
    }

    /// The newest checkpoint, whoever co-signed it; nothing while there is none.
    ///
    /// # Errors
    /// [`ProveError`].
    pub fn newest(&self) -> Result<Option<String>, ProveError> {
        Ok(self.heads.last().map(with_cosignatures).transpose()?)
    }

    /// That each of its trees that is larger begins with the tree of so many leaves.
    ///
    /// # Errors
    /// [`ProveError`].
    pub fn consistency(&self, size: u64) -> Result<Vec<Consistency>, ProveError> {
        let larger: BTreeSet<u64> =
            self.heads.iter().map(|head| head.size).filter(|head| *head > size).collect();
        let prove = |to: u64| {
            let nodes = Tiles::new(to, |tile: &TilePath| read(&self.folder, tile));
            let path = merkle::consistency(&nodes, size, to).map_err(ProveError::Tile)?;
            Ok(Consistency::new(to, &path.unwrap_or_default()))
        };
        larger.into_iter().map(prove).collect()
    }

    /// The proof of an entry, with the best checkpoint that holds it: a final one if there is one. Nothing for an entry
    /// that no signed checkpoint holds yet.
    ///
    /// # Errors
    /// [`ProveError`].
    pub fn prove(&self, position: u64) -> Result<Option<Proof>, ProveError> {
        let Some(head) = self.heads.iter().find(|head| head.size > position) else { return Ok(None) };
        let nodes = Tiles::new(head.size, |tile: &TilePath| read(&self.folder, tile));
        let path = merkle::inclusion(&nodes, position, head.size).map_err(ProveError::Tile)?;
        let note = with_cosignatures(head)?;
        let checkpoint = Note::parse(&note).map_err(ProveError::Note)?;
        Ok(Some(Proof { index: position, path: path.unwrap_or_default(), checkpoint }))
    }
}
