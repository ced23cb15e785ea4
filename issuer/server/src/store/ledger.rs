//! The ledger's rows: events that wait, the tree, checkpoints, witnesses.

use absah_credential::status_list::Status;
use absah_issuer_core::ports::{ActClass, ActKind, StoreError};
use absah_ledger::merkle::Tree;
use absah_ledger::tile::{HEIGHT, TilePath, WIDTH, bundle};
use absah_ledger::{Checkpoint, Hash, Leaf, NoteSigner};
use absah_types::{Nik, Timestamp};
use sqlx::{Connection, Row, SqliteConnection};

use super::acts::{Act, Done, Ending, write_events};
use super::{SqliteStore, unavailable};
use crate::ledger::seal::{Event, Log, Sealer, Stored};

/// Events put into a log in one transaction.
const GROUP: i64 = 4096;

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

/// A witness as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The name of its key.
    pub name: String,
    /// Its key.
    pub vkey: String,
    /// Where it is asked.
    pub url: String,
    /// The code of its last wrong answer, and when.
    pub fault: Option<(String, Timestamp)>,
}

/// What a reconciliation counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReconcileReport {
    /// Leaves in each log, by its name.
    pub leaves: Vec<(&'static str, u64)>,
    /// Events that wait to be put into a log.
    pub waiting: u64,
    /// Batches on record since there is a ledger.
    pub issued: u64,
    /// Batches without their event.
    pub leaf_missing: u64,
    /// Issuing events without their batch.
    pub action_missing: u64,
}

/// One event as it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) log: Log,
    pub(crate) leaf: Leaf,
    pub(crate) position: Option<u64>,
    pub(crate) stored: Stored,
    pub(crate) epoch: Option<[u8; 16]>,
}

fn damaged() -> sqlx::Error {
    sqlx::Error::RowNotFound
}

fn unsigned(number: i64) -> Result<u64, sqlx::Error> {
    u64::try_from(number).map_err(|_| damaged())
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Events of layout 1, which stood in clear, become sealed ones in their order.
pub(super) async fn carry_over(
    connection: &mut SqliteConnection,
    sealer: &Sealer,
) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let present = sqlx::query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'event'");
    if present.fetch_optional(&mut *transaction).await?.is_none() {
        return Ok(());
    }
    let rows = sqlx::query("SELECT at, class, act, subject, object FROM event ORDER BY id");
    let mut events = Vec::new();
    for row in rows.fetch_all(&mut *transaction).await? {
        let act: &str = row.try_get("act")?;
        let act = ActKind::ALL.into_iter().find(|kind| kind.as_str() == act).ok_or_else(damaged)?;
        let subject: Option<&str> = row.try_get("subject")?;
        let subject: Option<Nik> = subject.map(str::parse).transpose().map_err(|_| damaged())?;
        let at = Timestamp::from_unix(row.try_get("at")?);
        let object: String = row.try_get("object")?;
        let class = if row.try_get::<&str, _>("class")? == ActClass::Holder.as_str() {
            ActClass::Holder
        } else {
            ActClass::Local
        };
        events.push(Event { class, ..Event::local(at, act, subject, object) });
    }
    write_events(&mut transaction, sealer, &events, &[]).await?;
    sqlx::query("DROP TABLE event").execute(&mut *transaction).await?;
    transaction.commit().await
}

pub(super) async fn erase(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    event: &[u8; 16],
    reason: &str,
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let erased = sqlx::query(
        "UPDATE ledger_event SET stored = NULL, for_citizen = NULL, for_auditors = NULL, subject = NULL
         WHERE id = ? AND log = 1 AND stored IS NOT NULL",
    )
    .bind(event.as_slice())
    .execute(connection)
    .await?;
    if erased.rows_affected() == 0 {
        return Ok(Done::Found(false));
    }
    let object = absah_types::base64url::encode(event);
    ending.events.push(Event::local(at, ActKind::Erase, None, object).for_purpose(reason));
    Ok(Done::Found(true))
}

pub(super) async fn add_witness(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (name, vkey, url): (&str, &str, &str),
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    // What was signed by another key of the same name counts for nobody any more: the new key is asked again.
    sqlx::query(
        "DELETE FROM ledger_cosignature WHERE witness = ?
         AND NOT EXISTS (SELECT 1 FROM ledger_witness WHERE name = ? AND vkey = ?)",
    )
    .bind(name)
    .bind(name)
    .bind(vkey)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO ledger_witness (name, vkey, url) VALUES (?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET vkey = excluded.vkey, url = excluded.url, fault = NULL, fault_at = NULL",
    )
    .bind(name)
    .bind(vkey)
    .bind(url)
    .execute(&mut *connection)
    .await?;
    ending.events.push(Event::local(at, ActKind::WitnessAdd, None, vkey));
    usual_quorum(connection).await?;
    Ok(Done::Nothing)
}

pub(super) async fn remove_witness(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    name: &str,
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let gone =
        sqlx::query("DELETE FROM ledger_witness WHERE name = ?").bind(name).execute(&mut *connection).await?;
    if gone.rows_affected() == 0 {
        return Ok(Done::Found(false));
    }
    sqlx::query("DELETE FROM ledger_cosignature WHERE witness = ?")
        .bind(name)
        .execute(&mut *connection)
        .await?;
    ending.events.push(Event::local(at, ActKind::WitnessRemove, None, name));
    usual_quorum(connection).await?;
    Ok(Done::Found(true))
}

/// Four of five: one may fail or lie. The same share for other numbers, until somebody sets another.
async fn usual_quorum(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE number SET value = (SELECT COUNT(*) - COUNT(*) / 5 FROM ledger_witness) WHERE name = 'witness_quorum'",
    )
    .execute(connection)
    .await
    .map(|_| ())
}

pub(super) async fn set_quorum(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    quorum: u32,
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let set = sqlx::query(
        "UPDATE number SET value = ? WHERE name = 'witness_quorum' AND ? <= (SELECT COUNT(*) FROM ledger_witness)",
    )
    .bind(quorum)
    .bind(quorum)
    .execute(connection)
    .await?;
    if set.rows_affected() == 0 {
        return Ok(Done::Found(false));
    }
    ending.events.push(Event::local(at, ActKind::Quorum, None, quorum.to_string()));
    Ok(Done::Found(true))
}

/// Puts what waits into its log: positions, tiles and the signed checkpoint in one transaction, before anybody sees any
/// of it. Answers whether anything waited.
async fn sequence(
    connection: &mut SqliteConnection,
    log: Log,
    signer: &NoteSigner,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let waiting = sqlx::query(
        "SELECT seq, leaf FROM ledger_event WHERE log = ? AND position IS NULL ORDER BY seq LIMIT ?",
    )
    .bind(log.number())
    .bind(GROUP)
    .fetch_all(&mut *transaction)
    .await?;
    let is_begun = newest(&mut transaction, log).await?;
    if waiting.is_empty() && is_begun.is_some() {
        return Ok(false);
    }
    let mut growing = Growing::load(&mut transaction, log, is_begun.unwrap_or_default()).await?;
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
    transaction.commit().await?;
    Ok(!waiting.is_empty())
}

async fn newest(connection: &mut SqliteConnection, log: Log) -> Result<Option<u64>, sqlx::Error> {
    let row = sqlx::query("SELECT MAX(size) FROM ledger_checkpoint WHERE log = ?").bind(log.number());
    let size: Option<i64> = row.fetch_one(connection).await?.try_get(0)?;
    size.map(unsigned).transpose()
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
    /// [`StoreError`].
    pub async fn sequence(&self, log: Log, signer: &NoteSigner, now: Timestamp) -> Result<bool, StoreError> {
        let mut connection = SqliteConnection::connect_with(&self.options).await.map_err(unavailable)?;
        let mut any = false;
        while sequence(&mut connection, log, signer, now).await.map_err(unavailable)? {
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

    /// Keeps a cosignature, unless the witness was struck off or given another key since it was asked; and forgets checkpoints that will not be needed any more: older ones than the last final one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_cosignature(
        &self,
        log: Log,
        size: u64,
        witness: &Witness,
        line: &str,
    ) -> Result<(), StoreError> {
        let mut connection = SqliteConnection::connect_with(&self.options).await.map_err(unavailable)?;
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.map_err(unavailable)?;
        let statement = "INSERT INTO ledger_cosignature (log, size, witness, line)
             SELECT ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM ledger_witness WHERE name = ? AND vkey = ?)
             ON CONFLICT (log, size, witness) DO UPDATE SET line = excluded.line";
        sqlx::query(statement)
            .bind(log.number())
            .bind(signed(size))
            .bind(&witness.name)
            .bind(line)
            .bind(&witness.name)
            .bind(&witness.vkey)
            .execute(&mut *transaction)
            .await
            .map_err(unavailable)?;
        for (table, with) in [("ledger_checkpoint", "size"), ("ledger_cosignature", "size")] {
            let forget = format!(
                "DELETE FROM {table} WHERE log = ? AND {with} < (SELECT COALESCE(MAX(size), 0) FROM
                 (SELECT size FROM ledger_cosignature WHERE log = ? GROUP BY size
                  HAVING COUNT(*) >= (SELECT value FROM number WHERE name = 'witness_quorum')))"
            );
            sqlx::query(sqlx::AssertSqlSafe(forget))
                .bind(log.number())
                .bind(log.number())
                .execute(&mut *transaction)
                .await
                .map_err(unavailable)?;
        }
        transaction.commit().await.map_err(unavailable)
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

    /// Notes, or with nothing forgets, that a witness answered wrongly.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn witness_fault(
        &self,
        name: &str,
        fault: Option<&str>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut connection = SqliteConnection::connect_with(&self.options).await.map_err(unavailable)?;
        sqlx::query("UPDATE ledger_witness SET fault = ?, fault_at = ? WHERE name = ?")
            .bind(fault)
            .bind(fault.map(|_| at.unix()))
            .bind(name)
            .execute(&mut connection)
            .await
            .map(|_| ())
            .map_err(unavailable)
    }

    /// The witnesses, and how many of them make a checkpoint final.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn witnesses(&self) -> Result<(Vec<Witness>, u32), StoreError> {
        let rows = sqlx::query("SELECT * FROM ledger_witness ORDER BY name").fetch_all(&self.read).await;
        let witness = |row: sqlx::sqlite::SqliteRow| {
            let fault: Option<String> = row.try_get("fault")?;
            let at: Option<i64> = row.try_get("fault_at")?;
            Ok(Witness {
                name: row.try_get("name")?,
                vkey: row.try_get("vkey")?,
                url: row.try_get("url")?,
                fault: fault.zip(at.map(Timestamp::from_unix)),
            })
        };
        let witnesses =
            rows.map_err(unavailable)?.into_iter().map(witness).collect::<Result<_, sqlx::Error>>();
        let quorum = u32::try_from(self.number("witness_quorum").await?).map_err(|_| StoreError::Damaged)?;
        Ok((witnesses.map_err(unavailable)?, quorum))
    }

    /// Names a witness, or gives one another address.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn add_witness(
        &self,
        name: &str,
        vkey: &str,
        url: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let act = Act::AddWitness { name: name.to_owned(), vkey: vkey.to_owned(), url: url.to_owned(), at };
        self.write.act(act).await.map(|_| ())
    }

    /// Strikes a witness off; whether there was such a one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remove_witness(&self, name: &str, at: Timestamp) -> Result<bool, StoreError> {
        self.found(Act::RemoveWitness { name: name.to_owned(), at }).await
    }

    /// Sets how many witnesses make a checkpoint final; not more than there are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn set_quorum(&self, quorum: u32, at: Timestamp) -> Result<bool, StoreError> {
        self.found(Act::Quorum { quorum, at }).await
    }

    /// Erases an event; whether there was one that could be. Its leaf stays.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn erase_event(
        &self,
        event: [u8; 16],
        reason: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.found(Act::Erase { event, reason: reason.to_owned(), at }).await
    }

    pub(super) async fn found(&self, act: Act) -> Result<bool, StoreError> {
        match self.write.act(act).await? {
            Done::Found(found) => Ok(found),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Writes down something that changes no other row.
    pub(crate) async fn note(&self, event: Event) -> Result<(), StoreError> {
        self.write.act(Act::Note(event)).await.map(|_| ())
    }

    /// The sealer of its events.
    #[must_use]
    pub fn sealer(&self) -> &Sealer {
        &self.sealer
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

    /// The event at a position of a log.
    pub(crate) async fn event_at(&self, log: Log, position: u64) -> Result<Option<Found>, StoreError> {
        let row = sqlx::query("SELECT * FROM ledger_event WHERE log = ? AND position = ?")
            .bind(log.number())
            .bind(signed(position));
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.map(|row| found(&row)).transpose().map_err(unavailable)
    }

    /// The event with an id.
    pub(crate) async fn event(&self, id: &[u8; 16]) -> Result<Option<Found>, StoreError> {
        let row = sqlx::query("SELECT * FROM ledger_event WHERE id = ?").bind(id.as_slice());
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.map(|row| found(&row)).transpose().map_err(unavailable)
    }

    /// A person's events that were not erased, the newest last, at most that many.
    pub(crate) async fn events_of(&self, nik: Nik, most: u32) -> Result<Vec<Found>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM (SELECT * FROM ledger_event WHERE subject = ? AND stored IS NOT NULL
             ORDER BY seq DESC LIMIT ?) ORDER BY seq",
        )
        .bind(self.sealer.subject(nik).to_vec())
        .bind(most)
        .fetch_all(&self.read)
        .await
        .map_err(unavailable)?;
        rows.iter().map(found).collect::<Result<_, _>>().map_err(unavailable)
    }

    /// Whose copy stands at a place of a status list, and its status.
    pub(crate) async fn copy_holder(&self, list: u32, idx: u64) -> Result<Option<(Nik, Status)>, StoreError> {
        let row = sqlx::query(
            "SELECT batch.nik, copy.status FROM copy JOIN batch ON batch.id = copy.batch
             WHERE copy.list = ? AND copy.idx = ?",
        )
        .bind(list)
        .bind(signed(idx))
        .fetch_optional(&self.read)
        .await
        .map_err(unavailable)?;
        let Some(row) = row else { return Ok(None) };
        let nik: &str = row.try_get(0).map_err(unavailable)?;
        let status = Status::of_value(row.try_get(1).map_err(unavailable)?).ok_or(StoreError::Damaged)?;
        Ok(Some((nik.parse().map_err(|_| StoreError::Damaged)?, status)))
    }

    /// The sealed key of an epoch.
    pub(crate) async fn epoch(&self, id: &[u8; 16]) -> Result<Option<Vec<u8>>, StoreError> {
        let row = sqlx::query("SELECT sealed FROM ledger_epoch WHERE id = ?").bind(id.as_slice());
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.map(|row| row.try_get(0)).transpose().map_err(unavailable)
    }

    /// Counts acts against leaves.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn reconcile(&self) -> Result<ReconcileReport, StoreError> {
        let count = async |sql: &'static str| {
            let row = sqlx::query(sql).fetch_one(&self.read).await.map_err(unavailable)?;
            let number: i64 = row.try_get(0).map_err(unavailable)?;
            unsigned(number).map_err(unavailable)
        };
        Ok(ReconcileReport {
            leaves: vec![
                ("audit", count("SELECT COUNT(*) FROM ledger_event WHERE log = 1 AND position IS NOT NULL").await?),
                ("registry", count("SELECT COUNT(*) FROM ledger_event WHERE log = 2 AND position IS NOT NULL").await?),
            ],
            waiting: count("SELECT COUNT(*) FROM ledger_event WHERE position IS NULL").await?,
            issued: count(
                "SELECT COUNT(*) FROM batch WHERE id > (SELECT value FROM number WHERE name = 'batches_before_ledger')",
            )
            .await?,
            leaf_missing: count(
                "SELECT COUNT(*) FROM batch WHERE id > (SELECT value FROM number WHERE name = 'batches_before_ledger')
                 AND NOT EXISTS (SELECT 1 FROM ledger_event WHERE ledger_event.id = batch.event AND act = 'issue')",
            )
            .await?,
            // Events carried over from layout 1 name no batch: as many of them as there are batches from then.
            action_missing: count(
                "SELECT MAX(0, (SELECT COUNT(*) FROM ledger_event WHERE act = 'issue') - (SELECT COUNT(*) FROM batch))",
            )
            .await?,
        })
    }
}

fn found(row: &sqlx::sqlite::SqliteRow) -> Result<Found, sqlx::Error> {
    let id: Vec<u8> = row.try_get("id")?;
    let log: i64 = row.try_get("log")?;
    let position: Option<i64> = row.try_get("position")?;
    let epoch: Option<Vec<u8>> = row.try_get("epoch")?;
    Ok(Found {
        log: Log::ALL.into_iter().find(|own| own.number() == log).ok_or_else(damaged)?,
        leaf: Leaf::parse(row.try_get("leaf")?).map_err(|_| damaged())?,
        position: position.map(unsigned).transpose()?,
        stored: Stored {
            id: id.try_into().map_err(|_| damaged())?,
            stored: row.try_get("stored")?,
            for_citizen: row.try_get("for_citizen")?,
            for_auditors: row.try_get("for_auditors")?,
        },
        epoch: epoch.map(TryInto::try_into).transpose().map_err(|_| damaged())?,
    })
}
