//! The trees of the logs: what waits is given its position, with tiles and the signed checkpoint.

use absah_issuer_core::ports::StoreError;
use absah_ledger::merkle::Tree;
use absah_ledger::tile::{HEIGHT, TilePath, WIDTH, bundle};
use absah_ledger::{Checkpoint, Hash, Leaf, Note, NoteKey, NoteSigner};
use absah_types::{Seconds, Timestamp};
use sqlx::{Connection, Row, SqliteConnection};

use super::ledger::{damaged, signed, unsigned};
use super::{SqliteStore, unavailable};
use crate::ledger::LedgerError;
use crate::ledger::seal::Log;

/// Events put into a log in one transaction.
const GROUP: i64 = 4096;
/// How long a checkpoint is kept that a newer one has taken the place of: while witnesses may still be answering.
const SUPERSEDED: Seconds = Seconds(60);

/// The newest signed state of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// How many leaves it has.
    pub size: u64,
    /// The signed checkpoint, without cosignatures.
    pub note: String,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// Cosignature lines by the witness's name.
    pub cosignatures: Vec<(String, String)>,
}

/// Puts what waits into its log: positions, tiles and the signed checkpoint in one transaction, before anybody sees any
/// of it. Answers whether anything waited.
async fn sequence(
    connection: &mut SqliteConnection,
    log: Log,
    signer: &NoteSigner,
    now: Timestamp,
) -> Result<bool, LedgerError> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let waiting = sqlx::query(
        "SELECT seq, leaf FROM ledger_event WHERE log = ? AND position IS NULL ORDER BY seq LIMIT ?",
    )
    .bind(log.number())
    .bind(GROUP)
    .fetch_all(&mut *transaction)
    .await?;
    let newest = newest(&mut transaction, log).await?;
    if waiting.is_empty() && newest.is_some() {
        return Ok(false);
    }
    let size = newest.as_ref().map_or(0, |(size, _)| *size);
    let mut growing = Growing::load(&mut transaction, log, size).await?;
    // What was signed last is what every later tree begins with: of another beginning nothing is signed.
    if newest
        .is_some_and(|(_, note)| signed_tree(&note, signer.public()) != Some((size, growing.tree.root())))
    {
        return Err(LedgerError::Beginning);
    }
    for row in &waiting {
        let leaf = Leaf::parse(row.try_get("leaf")?).map_err(|_| damaged())?;
        sqlx::query("UPDATE ledger_event SET position = ? WHERE seq = ?")
            .bind(signed(growing.tree.size()))
            .bind(row.try_get::<i64, _>("seq")?)
            .execute(&mut *transaction)
            .await?;
        growing.push(leaf.hash());
    }
    growing.write(&mut transaction, log).await?;
    let origin = signer.public().name().to_owned();
    let checkpoint = Checkpoint { origin, size: growing.tree.size(), root: growing.tree.root() };
    let note = checkpoint.sign(signer).map_err(|_| damaged())?;
    sqlx::query("INSERT INTO ledger_checkpoint (log, size, note, signed_at) VALUES (?, ?, ?, ?)")
        .bind(log.number())
        .bind(signed(checkpoint.size))
        .bind(note.to_string())
        .bind(now.unix())
        .execute(&mut *transaction)
        .await?;
    forget_superseded(&mut transaction, log, now).await?;
    transaction.commit().await?;
    Ok(!waiting.is_empty())
}

/// Forgets checkpoints that a newer one has taken the place of and that no quorum has signed. Kept are the newest, the last
/// final one, and the first after that, which says since when there has been something newer.
async fn forget_superseded(
    connection: &mut SqliteConnection,
    log: Log,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let forgotten = sqlx::query(
        "WITH final AS (SELECT COALESCE(MAX(size), -1) AS size FROM
             (SELECT size FROM ledger_cosignature WHERE log = ?1 GROUP BY size
              HAVING COUNT(*) >= (SELECT value FROM number WHERE name = 'witness_quorum')))
         DELETE FROM ledger_checkpoint WHERE log = ?1 AND signed_at < ?2
         AND size < (SELECT MAX(size) FROM ledger_checkpoint WHERE log = ?1)
         AND size <> (SELECT size FROM final)
         AND size <> (SELECT MIN(size) FROM ledger_checkpoint WHERE log = ?1 AND size > (SELECT size FROM final))",
    )
    .bind(log.number())
    .bind(now.minus(SUPERSEDED).unix())
    .execute(&mut *connection)
    .await?;
    if forgotten.rows_affected() > 0 {
        sqlx::query(
            "DELETE FROM ledger_cosignature WHERE log = ?1
             AND size NOT IN (SELECT size FROM ledger_checkpoint WHERE log = ?1)",
        )
        .bind(log.number())
        .execute(connection)
        .await?;
    }
    Ok(())
}

/// The newest checkpoint: its size, and the note as it was signed.
async fn newest(connection: &mut SqliteConnection, log: Log) -> Result<Option<(u64, String)>, sqlx::Error> {
    let row =
        sqlx::query("SELECT size, note FROM ledger_checkpoint WHERE log = ? ORDER BY size DESC LIMIT 1");
    let row = row.bind(log.number()).fetch_optional(connection).await?;
    row.map(|row| Ok((unsigned(row.try_get(0)?)?, row.try_get(1)?))).transpose()
}

/// Size and root that a note says, if this key signed it.
fn signed_tree(note: &str, key: &NoteKey) -> Option<(u64, Hash)> {
    let checkpoint = Checkpoint::verify(&Note::parse(note).ok()?, key).ok()?;
    Some((checkpoint.size, checkpoint.root))
}

impl From<sqlx::Error> for LedgerError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(unavailable(error))
    }
}

/// A tree that grows, with the last tile of each level.
struct Growing {
    tree: Tree,
    /// Per level: the number of the first tile kept here, and hashes from its beginning.
    levels: Vec<(u64, Vec<Hash>)>,
}

impl Growing {
    async fn load(connection: &mut SqliteConnection, log: Log, size: u64) -> Result<Self, sqlx::Error> {
        let (mut levels, mut hashes) = (Vec::new(), size);
        while hashes > 0 {
            let number = hashes / WIDTH;
            let kept =
                sqlx::query("SELECT hashes FROM ledger_tile WHERE log = ? AND level = ? AND number = ?")
                    .bind(log.number())
                    .bind(u32::try_from(levels.len()).unwrap_or(u32::MAX))
                    .bind(signed(number))
                    .fetch_optional(&mut *connection)
                    .await?;
            let bytes: Vec<u8> = kept.map(|row| row.try_get(0)).transpose()?.unwrap_or_default();
            let found = absah_ledger::tile::hashes(&bytes).to_vec();
            if found.len() as u64 != hashes % WIDTH {
                return Err(damaged());
            }
            levels.push((number, found));
            hashes /= WIDTH;
        }
        // The whole subtrees of the tree are those within the last tile of each level.
        let mut peaks = Vec::new();
        for (_, found) in levels.iter().rev() {
            let mut rest = found.as_slice();
            for bit in (0..HEIGHT).rev() {
                let width = 1_usize << bit;
                if found.len() & width != 0 {
                    let (whole, after) = rest.split_at_checked(width).ok_or_else(damaged)?;
                    let mut small = Tree::default();
                    whole.iter().for_each(|hash| small.push(*hash, |_, _, _| ()));
                    peaks.push(small.root());
                    rest = after;
                }
            }
        }
        Ok(Self { tree: Tree::of_peaks(size, peaks).map_err(|_| damaged())?, levels })
    }

    fn push(&mut self, hash: Hash) {
        let levels = &mut self.levels;
        self.tree.push(hash, |level, index, hash| {
            if level % HEIGHT != 0 {
                return;
            }
            let level = usize::try_from(level / HEIGHT).unwrap_or(usize::MAX);
            if levels.len() <= level {
                levels.push((index / WIDTH, Vec::new()));
            }
            if let Some((_, hashes)) = levels.get_mut(level) {
                hashes.push(*hash);
            }
        });
    }

    async fn write(&self, connection: &mut SqliteConnection, log: Log) -> Result<(), sqlx::Error> {
        let width = usize::try_from(WIDTH).unwrap_or(usize::MAX);
        for (level, (first, hashes)) in (0_u32..).zip(&self.levels) {
            for (number, tile) in (*first..).zip(hashes.chunks(width)) {
                sqlx::query(
                    "INSERT INTO ledger_tile (log, level, number, hashes) VALUES (?, ?, ?, ?)
                     ON CONFLICT (log, level, number) DO UPDATE SET hashes = excluded.hashes",
                )
                .bind(log.number())
                .bind(level)
                .bind(signed(number))
                .bind(tile.concat())
                .execute(&mut *connection)
                .await?;
            }
        }
        Ok(())
    }
}

impl SqliteStore {
    /// Puts everything that waits into its log. A log that has nothing yet gets the checkpoint of the empty tree.
    /// Answers whether anything waited.
    ///
    /// # Errors
    /// [`LedgerError`]; [`LedgerError::Beginning`] where the tiles are not those of the last signed checkpoint: nothing is
    /// signed, and what waits goes on waiting.
    pub async fn sequence(&self, log: Log, signer: &NoteSigner, now: Timestamp) -> Result<bool, LedgerError> {
        let mut connection = SqliteConnection::connect_with(&self.options).await?;
        let mut any = false;
        while sequence(&mut connection, log, signer, now).await? {
            any = true;
        }
        Ok(any)
    }

    /// The newest signed checkpoint, or the newest that as many of the witnesses as named have co-signed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn ledger_head(&self, log: Log, cosigned_by: u32) -> Result<Option<Head>, StoreError> {
        let row = sqlx::query(
            "SELECT size, note, signed_at FROM ledger_checkpoint AS checkpoint WHERE log = ? AND ? <=
             (SELECT COUNT(*) FROM ledger_cosignature AS cosignature
              WHERE cosignature.log = checkpoint.log AND cosignature.size = checkpoint.size)
             ORDER BY size DESC LIMIT 1",
        )
        .bind(log.number())
        .bind(cosigned_by)
        .fetch_optional(&self.read)
        .await
        .map_err(unavailable)?;
        let Some(row) = row else { return Ok(None) };
        let size: i64 = row.try_get("size").map_err(unavailable)?;
        let lines = sqlx::query(
            "SELECT witness, line FROM ledger_cosignature WHERE log = ? AND size = ? ORDER BY witness",
        )
        .bind(log.number())
        .bind(size)
        .fetch_all(&self.read)
        .await
        .map_err(unavailable)?;
        let pair = |row: sqlx::sqlite::SqliteRow| Ok((row.try_get(0)?, row.try_get(1)?));
        Ok(Some(Head {
            size: unsigned(size).map_err(unavailable)?,
            note: row.try_get("note").map_err(unavailable)?,
            signed_at: row.try_get("signed_at").map(Timestamp::from_unix).map_err(unavailable)?,
            cosignatures: lines
                .into_iter()
                .map(pair)
                .collect::<Result<_, sqlx::Error>>()
                .map_err(unavailable)?,
        }))
    }

    /// When the first checkpoint of more leaves than that was signed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn signed_after(&self, log: Log, size: u64) -> Result<Option<Timestamp>, StoreError> {
        let row = sqlx::query("SELECT MIN(signed_at) FROM ledger_checkpoint WHERE log = ? AND size > ?")
            .bind(log.number())
            .bind(signed(size));
        let row = row.fetch_one(&self.read).await.map_err(unavailable)?;
        let at: Option<i64> = row.try_get(0).map_err(unavailable)?;
        Ok(at.map(Timestamp::from_unix))
    }

    /// The bytes of a tile or bundle of entries, if the log has that much.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn ledger_file(&self, log: Log, tile: TilePath) -> Result<Option<Vec<u8>>, StoreError> {
        let width = usize::from(tile.width);
        if let Some(level) = tile.level {
            let row =
                sqlx::query("SELECT hashes FROM ledger_tile WHERE log = ? AND level = ? AND number = ?")
                    .bind(log.number())
                    .bind(i64::from(level))
                    .bind(signed(tile.index))
                    .fetch_optional(&self.read)
                    .await
                    .map_err(unavailable)?;
            let hashes: Option<Vec<u8>> = row.map(|row| row.try_get(0)).transpose().map_err(unavailable)?;
            return Ok(hashes.and_then(|hashes| hashes.get(..width * 32).map(<[u8]>::to_vec)));
        }
        let from = tile.index.saturating_mul(WIDTH);
        let rows = sqlx::query(
            "SELECT leaf FROM ledger_event WHERE log = ? AND position >= ? AND position < ? ORDER BY position",
        )
        .bind(log.number())
        .bind(signed(from))
        .bind(signed(from.saturating_add(u64::from(tile.width))))
        .fetch_all(&self.read)
        .await
        .map_err(unavailable)?;
        let leaves: Vec<&[u8]> =
            rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>().map_err(unavailable)?;
        Ok((leaves.len() == width).then(|| bundle(leaves)))
    }
}
