//! The store: one SQLite file, written in transactions that are on disk before anybody is told.
//!
//! A request's row outlives its secrets: a tag that was used stays used, a late one stays known as late.

mod desk;
mod evidence;
mod keeping;
mod officers;
mod online;
mod passkeys;
mod tickets;
mod weak;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use absah_trust::{Files, TrustedState};
use absah_types::{Seconds, Timestamp, coded};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection as _, Row, Sqlite, Transaction};

pub(crate) use evidence::{ChainEnd, EvidenceRow, Undecided, Visit};
pub(crate) use officers::OfficerRow;
pub(crate) use online::SameDevice;
pub(crate) use passkeys::PasskeyRow;
pub(crate) use tickets::TicketRow;

/// How long rows are kept: longer than any answer could matter.
const KEEP: Seconds = Seconds::days(90);
/// How long secrets and sealed outcomes are kept: longer than any request lives.
const KEEP_SEALED: Seconds = Seconds::hours(1);

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS request (
    tag BLOB PRIMARY KEY,
    session TEXT UNIQUE,
    made_at INTEGER NOT NULL,
    used_at INTEGER,
    pending BLOB,
    outcome BLOB
) STRICT;
CREATE TABLE IF NOT EXISTS bundle_file (path TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS bundle_state (only INTEGER PRIMARY KEY CHECK (only = 1), state TEXT NOT NULL) STRICT;
";

/// Why the store does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreError {
    /// The database refused: disk full, no permission, locked for too long.
    Database,
    /// A row cannot be read back.
    Damaged,
    /// Another program reads the store all the time: what was deleted still stands in its log.
    LogBusy,
}

impl core::fmt::Display for StoreError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Database => "the store does not answer",
            Self::Damaged => "the store holds a damaged row",
            Self::LogBusy => "another program keeps the store's log",
        })
    }
}

impl core::error::Error for StoreError {}

coded! { StoreError {
    Database => ("counter-store", Environment),
    Damaged => ("counter-store-damaged", Environment),
    LogBusy => ("counter-store-log-busy", Environment),
} }

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::Damaged,
            _ => Self::Database,
        }
    }
}

/// A request as it is kept.
pub(crate) struct RequestRow {
    pub(crate) tag: Vec<u8>,
    /// The service, by its id; empty for requests of an earlier version.
    pub(crate) service: String,
    pub(crate) made_at: Timestamp,
    pub(crate) used: bool,
    /// Whether a wallet has it; only online.
    pub(crate) fetched: bool,
    /// Whether another came for it afterwards.
    pub(crate) fetched_again: bool,
    /// Sealed; gone once used or long over.
    pub(crate) pending: Option<Vec<u8>>,
    /// Sealed; only online.
    pub(crate) outcome: Option<Vec<u8>>,
}

/// The open store.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    pool: SqlitePool,
    /// Whether the log still holds what was deleted.
    log_kept: Arc<AtomicBool>,
}

impl Store {
    /// Opens the file, making it when absent.
    pub(crate) async fn open(path: &Path) -> Result<Self, StoreError> {
        // SQLite gives the files beside it the mode of this one.
        absah_host::keep_private(path, &["-wal", "-shm"]).map_err(|_| StoreError::Database)?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A used request must stay used after a power cut.
            .synchronous(SqliteSynchronous::Full)
            // What is deleted is gone from the file, not only from view.
            .pragma("secure_delete", "ON")
            .busy_timeout(Duration::from_secs(10));
        // Where a COMMIT fails, on a full disk, SQLite rolls back by itself, and sqlx goes on counting that transaction: such a
        // connection would answer nobody any more.
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .after_release(|connection, _| {
                Box::pin(async move {
                    connection.ping().await?;
                    Ok(!connection.is_in_transaction())
                })
            })
            .connect_with(options)
            .await?;
        let store = Self { pool, log_kept: Arc::default() };
        let mut write = store.write().await?;
        sqlx::raw_sql(SCHEMA).execute(&mut *write).await?;
        sqlx::raw_sql(evidence::SCHEMA).execute(&mut *write).await?;
        sqlx::raw_sql(keeping::SCHEMA).execute(&mut *write).await?;
        sqlx::raw_sql(officers::SCHEMA).execute(&mut *write).await?;
        sqlx::raw_sql(desk::SCHEMA).execute(&mut *write).await?;
        sqlx::raw_sql(online::SCHEMA).execute(&mut *write).await?;
        sqlx::raw_sql(passkeys::SCHEMA).execute(&mut *write).await?;
        sqlx::raw_sql(tickets::SCHEMA).execute(&mut *write).await?;
        add_column(&mut write, "request", "service TEXT NOT NULL DEFAULT ''").await?;
        add_column(&mut write, "request", "fetched_at INTEGER").await?;
        add_column(&mut write, "request", "fetched_again INTEGER NOT NULL DEFAULT 0").await?;
        add_column(&mut write, "visit", "reason BLOB").await?;
        add_column(&mut write, "printed", "service TEXT NOT NULL DEFAULT ''").await?;
        sqlx::raw_sql(weak::SCHEMA).execute(&mut *write).await?;
        write.commit().await?;
        Ok(store)
    }

    /// Empties the write-ahead log, if something that was deleted still stands in it.
    ///
    /// # Errors
    /// [`StoreError::LogBusy`] while another program reads.
    pub(crate) async fn finish_deleting(&self) -> Result<(), StoreError> {
        if self.log_kept.load(Ordering::Acquire) { self.empty_log().await } else { Ok(()) }
    }

    /// Empties the write-ahead log.
    ///
    /// # Errors
    /// [`StoreError::LogBusy`] while another program reads.
    pub(crate) async fn empty_log(&self) -> Result<(), StoreError> {
        self.log_kept.store(true, Ordering::Release);
        // "The first column [...] will be 1 if [...] the checkpoint was blocked from completing" (SQLite, PRAGMA wal_checkpoint).
        let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&self.pool).await?;
        let busy: i64 = row.try_get(0)?;
        if busy != 0 {
            return Err(StoreError::LogBusy);
        }
        self.log_kept.store(false, Ordering::Release);
        Ok(())
    }

    /// A transaction that holds the write lock from its beginning.
    async fn write(&self) -> Result<Transaction<'_, Sqlite>, StoreError> {
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Keeps a new request, and forgets what is long over.
    pub(crate) async fn keep(
        &self,
        tag: &[u8],
        service: &str,
        session: Option<&str>,
        made_at: Timestamp,
        pending: &[u8],
    ) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("DELETE FROM request WHERE made_at < ?")
            .bind(made_at.minus(KEEP).unix())
            .execute(&mut *write)
            .await?;
        sqlx::query("UPDATE request SET pending = NULL, outcome = NULL WHERE made_at < ?")
            .bind(made_at.minus(KEEP_SEALED).unix())
            .execute(&mut *write)
            .await?;
        sqlx::query("INSERT INTO request (tag, service, session, made_at, pending) VALUES (?, ?, ?, ?, ?)")
            .bind(tag)
            .bind(service)
            .bind(session)
            .bind(made_at.unix())
            .bind(pending)
            .execute(&mut *write)
            .await?;
        Ok(write.commit().await?)
    }

    /// The request with that tag.
    pub(crate) async fn by_tag(&self, tag: &[u8]) -> Result<Option<RequestRow>, StoreError> {
        let row =
            sqlx::query("SELECT * FROM request WHERE tag = ?").bind(tag).fetch_optional(&self.pool).await?;
        Ok(row.as_ref().map(request_row).transpose()?)
    }

    /// The request of that session.
    pub(crate) async fn by_session(&self, session: &str) -> Result<Option<RequestRow>, StoreError> {
        let row = sqlx::query("SELECT * FROM request WHERE session = ?")
            .bind(session)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.as_ref().map(request_row).transpose()?)
    }

    /// Ends the requests that nobody has answered and that were made before: what was late once stays late, whatever the clock
    /// says later.
    pub(crate) async fn end_late(&self, before: Timestamp) -> Result<(), StoreError> {
        let is_late = "pending IS NOT NULL AND used_at IS NULL AND made_at < ?";
        let any = format!("SELECT 1 FROM request WHERE {is_late} LIMIT 1");
        let any =
            sqlx::query(sqlx::AssertSqlSafe(any)).bind(before.unix()).fetch_optional(&self.pool).await?;
        // The page asks every few seconds: nobody waits for the lock where there is nothing to end.
        if any.is_none() {
            return Ok(());
        }
        let end = format!("UPDATE request SET pending = NULL WHERE {is_late}");
        let mut write = self.write().await?;
        sqlx::query(sqlx::AssertSqlSafe(end)).bind(before.unix()).execute(&mut *write).await?;
        Ok(write.commit().await?)
    }

    /// Keeps the sealed outcome of a session that goes on waiting: the last refusal.
    pub(crate) async fn note_outcome(&self, tag: &[u8], outcome: &[u8]) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("UPDATE request SET outcome = ? WHERE tag = ? AND used_at IS NULL")
            .bind(outcome)
            .bind(tag)
            .execute(&mut *write)
            .await?;
        Ok(write.commit().await?)
    }

    /// What was remembered at the last import.
    pub(crate) async fn trusted_state(&self) -> Result<Option<TrustedState>, StoreError> {
        let row =
            sqlx::query("SELECT state FROM bundle_state WHERE only = 1").fetch_optional(&self.pool).await?;
        let Some(row) = row else { return Ok(None) };
        let text: String = row.try_get("state")?;
        serde_json::from_str(&text).map(Some).map_err(|_| StoreError::Damaged)
    }

    /// The bundle's files and state of one moment.
    pub(crate) async fn bundle(&self) -> Result<Option<(Files, TrustedState)>, StoreError> {
        let mut read = self.pool.begin().await?;
        let row =
            sqlx::query("SELECT state FROM bundle_state WHERE only = 1").fetch_optional(&mut *read).await?;
        let Some(row) = row else { return Ok(None) };
        let text: String = row.try_get("state")?;
        let state = serde_json::from_str(&text).map_err(|_| StoreError::Damaged)?;
        let rows = sqlx::query("SELECT path, content FROM bundle_file").fetch_all(&mut *read).await?;
        let mut files = Files::new();
        for row in rows {
            files.insert(row.try_get("path")?, row.try_get("content")?);
        }
        Ok(Some((files, state)))
    }

    /// Replaces bundle and state in one step, if `before` is still what is there; false otherwise.
    pub(crate) async fn replace_bundle(
        &self,
        before: Option<&TrustedState>,
        files: &Files,
        state: &TrustedState,
    ) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let row =
            sqlx::query("SELECT state FROM bundle_state WHERE only = 1").fetch_optional(&mut *write).await?;
        let there: Option<TrustedState> = match row {
            None => None,
            Some(row) => {
                let text: String = row.try_get("state")?;
                Some(serde_json::from_str(&text).map_err(|_| StoreError::Damaged)?)
            }
        };
        if there.as_ref() != before {
            return Ok(false);
        }
        sqlx::query("DELETE FROM bundle_file").execute(&mut *write).await?;
        for (path, content) in files {
            sqlx::query("INSERT INTO bundle_file (path, content) VALUES (?, ?)")
                .bind(path)
                .bind(content)
                .execute(&mut *write)
                .await?;
        }
        // Text and integers: always JSON.
        let text = serde_json::to_string(state).unwrap_or_default();
        sqlx::query("INSERT OR REPLACE INTO bundle_state (only, state) VALUES (1, ?)")
            .bind(text)
            .execute(&mut *write)
            .await?;
        write.commit().await?;
        Ok(true)
    }
}

fn request_row(row: &sqlx::sqlite::SqliteRow) -> Result<RequestRow, sqlx::Error> {
    let used_at: Option<i64> = row.try_get("used_at")?;
    let fetched_at: Option<i64> = row.try_get("fetched_at")?;
    Ok(RequestRow {
        tag: row.try_get("tag")?,
        service: row.try_get("service")?,
        made_at: Timestamp::from_unix(row.try_get("made_at")?),
        used: used_at.is_some(),
        fetched: fetched_at.is_some(),
        fetched_again: row.try_get("fetched_again")?,
        pending: row.try_get("pending")?,
        outcome: row.try_get("outcome")?,
    })
}

/// A column that a later version of this program has, where an earlier one made the table.
async fn add_column(
    write: &mut Transaction<'_, Sqlite>,
    table: &'static str,
    column: &'static str,
) -> Result<(), StoreError> {
    let name = column.split_whitespace().next().unwrap_or_default();
    let there = sqlx::query("SELECT 1 FROM pragma_table_info(?) WHERE name = ?")
        .bind(table)
        .bind(name)
        .fetch_optional(&mut **write)
        .await?;
    if there.is_none() {
        let add = format!("ALTER TABLE {table} ADD COLUMN {column}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(add)).execute(&mut **write).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_connection_that_lost_its_transaction_is_given_to_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("counter.sqlite")).await.unwrap();
        for _ in 0..8 {
            let mut write = store.write().await.unwrap();
            // As SQLite does by itself where the disk is full.
            sqlx::raw_sql("ROLLBACK").execute(&mut *write).await.unwrap();
            assert!(write.commit().await.is_err());
        }
        for _ in 0..8 {
            store.note_page_session("sesi", Timestamp::from_unix(1_795_300_000)).await.unwrap();
        }
    }
}
