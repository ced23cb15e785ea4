//! Events held against the signed trees: each leaf has its event, and each event is what its leaf commits to.

use absah_crypto::sha256;
use absah_issuer_core::ports::StoreError;
use absah_ledger::tile::{WIDTH, hashes};
use absah_ledger::{Hash, Leaf};
use sqlx::{Row, SqliteConnection};

use super::ledger::{signed, unsigned};
use super::unavailable;
use crate::ledger::seal::{Log, opened};

/// What does not agree with the trees.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Disagreement {
    /// Events that were there once and are not any more.
    pub(super) gone: u64,
    /// Events that are not what their leaf says.
    pub(super) altered: u64,
}

/// Compares all events of both logs.
pub(super) async fn compare(connection: &mut SqliteConnection) -> Result<Disagreement, StoreError> {
    let mut found = Disagreement::default();
    for log in Log::ALL {
        let tiles =
            sqlx::query("SELECT number, hashes FROM ledger_tile WHERE log = ? AND level = 0 ORDER BY number");
        let tiles = tiles.bind(log.number()).fetch_all(&mut *connection).await.map_err(unavailable)?;
        let mut size = 0;
        for tile in tiles {
            let number = tile.try_get(0).and_then(unsigned).map_err(unavailable)?;
            let bytes: &[u8] = tile.try_get(1).map_err(unavailable)?;
            let (leaves, from) = (hashes(bytes), number.saturating_mul(WIDTH));
            size = from.saturating_add(u64::try_from(leaves.len()).unwrap_or_default());
            compare_tile(connection, log, (from, leaves), &mut found).await?;
        }
        // Nothing has a place that the log does not have.
        let beyond = sqlx::query("SELECT COUNT(*) FROM ledger_event WHERE log = ? AND position >= ?");
        let beyond = beyond.bind(log.number()).bind(signed(size)).fetch_one(&mut *connection).await;
        found.altered += beyond.and_then(|row| row.try_get(0).and_then(unsigned)).map_err(unavailable)?;
    }
    // What waits for its place is in no tree yet: but no number of an event is left out, and none is given twice.
    let row = sqlx::query(
        "SELECT MAX(0, COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'ledger_event'), 0) - COUNT(*))
         FROM ledger_event",
    );
    let row = row.fetch_one(connection).await.map_err(unavailable)?;
    found.gone = found.gone.max(row.try_get(0).and_then(unsigned).map_err(unavailable)?);
    Ok(found)
}

async fn compare_tile(
    connection: &mut SqliteConnection,
    log: Log,
    (from, leaves): (u64, &[Hash]),
    found: &mut Disagreement,
) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT position, id, leaf, stored, subject IS NOT NULL AND for_citizen IS NULL FROM ledger_event
         WHERE log = ? AND position >= ? AND position < ?",
    );
    let end = from.saturating_add(u64::try_from(leaves.len()).unwrap_or_default());
    let rows = rows.bind(log.number()).bind(signed(from)).bind(signed(end)).fetch_all(connection).await;
    let rows = rows.map_err(unavailable)?;
    found.gone += (end - from).saturating_sub(u64::try_from(rows.len()).unwrap_or_default());
    for row in &rows {
        let position = row.try_get(0).and_then(unsigned).map_err(unavailable)?;
        let leaf = usize::try_from(position - from).ok().and_then(|at| leaves.get(at));
        let is_closed: bool = row.try_get(4).map_err(unavailable)?;
        if is_closed || !agrees(row, log, leaf).map_err(unavailable)? {
            found.altered += 1;
        }
    }
    Ok(())
}

/// Whether an event is the one of a leaf, and keeps what that commits to; of what was erased only the leaf is left.
fn agrees(row: &sqlx::sqlite::SqliteRow, log: Log, hash: Option<&Hash>) -> Result<bool, sqlx::Error> {
    let (id, leaf): (&[u8], &[u8]) = (row.try_get(1)?, row.try_get(2)?);
    let stored: Option<&[u8]> = row.try_get(3)?;
    let Ok(leaf) = Leaf::parse(leaf) else { return Ok(false) };
    let keeps = |stored: &[u8]| match log {
        Log::Audit => sha256(stored) == leaf.stored_sha256,
        Log::Registry => opened(stored).is_ok_and(|opened| leaf.is_of(&opened.r, &opened.event)),
    };
    Ok(Some(&leaf.hash()) == hash && leaf.event_id == *id && stored.is_none_or(keeps))
}
