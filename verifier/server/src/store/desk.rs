//! What the counter knows about itself and its work, without anything about a citizen: what was measured, photocopies that
//! were still asked for, printed documents that wait for a look on the network.

use absah_types::Timestamp;
use sqlx::{Row, SqliteConnection};

use super::{Store, StoreError};

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS measured (
    what TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    value TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS photocopy (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    service TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS printed (
    tag BLOB PRIMARY KEY,
    seen_at INTEGER NOT NULL,
    link BLOB,
    checked_at INTEGER,
    genuine INTEGER,
    service TEXT NOT NULL DEFAULT ''
) STRICT;
";

/// The link on a printed document.
pub(crate) struct PrintedRow {
    pub(crate) tag: Vec<u8>,
    pub(crate) seen_at: Timestamp,
    /// Sealed; gone once it was looked at.
    pub(crate) link: Option<Vec<u8>>,
    pub(crate) checked_at: Option<Timestamp>,
    /// What the officer found there.
    pub(crate) genuine: Option<bool>,
    /// For which service it was shown, by its id; empty where none was on the screen.
    pub(crate) service: String,
}

async fn put_measured(
    connection: &mut SqliteConnection,
    what: &str,
    at: Timestamp,
    value: &str,
) -> Result<(), StoreError> {
    sqlx::query("INSERT OR REPLACE INTO measured (what, at, value) VALUES (?, ?, ?)")
        .bind(what)
        .bind(at.unix())
        .bind(value)
        .execute(connection)
        .await?;
    Ok(())
}

impl Store {
    /// Keeps what was measured, in the place of what was measured before.
    pub(crate) async fn measure(&self, what: &str, at: Timestamp, value: &str) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        put_measured(&mut write, what, at, value).await?;
        Ok(write.commit().await?)
    }

    /// The same, with the change that `make` signs.
    pub(crate) async fn measure_signed<E: From<StoreError>>(
        &self,
        what: &str,
        at: Timestamp,
        value: &str,
        make: impl FnOnce(u64, Option<&str>) -> Result<String, E>,
    ) -> Result<(), E> {
        let mut write = self.write().await?;
        put_measured(&mut write, what, at, value).await?;
        super::officers::add_change(&mut write, make).await?;
        Ok(write.commit().await.map_err(StoreError::from)?)
    }

    /// Forgets a measurement.
    pub(crate) async fn forget_measured(&self, what: &str) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("DELETE FROM measured WHERE what = ?").bind(what).execute(&mut *write).await?;
        Ok(write.commit().await?)
    }

    /// What was measured, and when.
    pub(crate) async fn measured(&self, what: &str) -> Result<Option<(Timestamp, String)>, StoreError> {
        let row = sqlx::query("SELECT at, value FROM measured WHERE what = ?")
            .bind(what)
            .fetch_optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some((Timestamp::from_unix(row.try_get("at")?), row.try_get("value")?)))
    }

    /// Somebody still asked for a photocopy.
    pub(crate) async fn note_photocopy(&self, at: Timestamp, service: &str) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("INSERT INTO photocopy (at, service) VALUES (?, ?)")
            .bind(at.unix())
            .bind(service)
            .execute(&mut *write)
            .await?;
        Ok(write.commit().await?)
    }

    /// When and for what photocopies were asked for since then.
    pub(crate) async fn photocopies(&self, since: Timestamp) -> Result<Vec<(Timestamp, String)>, StoreError> {
        let rows = sqlx::query("SELECT at, service FROM photocopy WHERE at >= ? ORDER BY number")
            .bind(since.unix())
            .fetch_all(&self.pool)
            .await?;
        let one = |row: &sqlx::sqlite::SqliteRow| {
            Ok::<_, sqlx::Error>((Timestamp::from_unix(row.try_get("at")?), row.try_get("service")?))
        };
        Ok(rows.iter().map(one).collect::<Result<_, _>>()?)
    }

    /// Queues the link of a printed document; false when it waits already or was looked at today.
    pub(crate) async fn queue_printed(
        &self,
        tag: &[u8],
        service: &str,
        at: Timestamp,
        link: &[u8],
        today: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        // What was found on another day says nothing of today.
        let done = sqlx::query(
            "INSERT INTO printed (tag, service, seen_at, link) VALUES (?, ?, ?, ?)
             ON CONFLICT (tag) DO UPDATE SET service = excluded.service, seen_at = excluded.seen_at,
             link = excluded.link, checked_at = NULL, genuine = NULL
             WHERE link IS NULL AND seen_at < ?",
        )
        .bind(tag)
        .bind(service)
        .bind(at.unix())
        .bind(link)
        .bind(today.unix())
        .execute(&mut *write)
        .await?;
        write.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Notes what an officer found at the link, and forgets the link; false when nothing waits under the tag.
    pub(crate) async fn check_printed(
        &self,
        tag: &[u8],
        at: Timestamp,
        genuine: bool,
    ) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let done = sqlx::query(
            "UPDATE printed SET link = NULL, checked_at = ?, genuine = ? WHERE tag = ? AND checked_at IS NULL",
        )
        .bind(at.unix())
        .bind(i64::from(genuine))
        .bind(tag)
        .execute(&mut *write)
        .await?;
        write.commit().await?;
        // A link leads to a person: gone means gone from the log, too.
        match self.empty_log().await {
            Ok(()) | Err(StoreError::LogBusy) => Ok(done.rows_affected() == 1),
            Err(error) => Err(error),
        }
    }

    /// Forgets printed documents seen before `since`, looked at or not, link and all.
    pub(crate) async fn forget_printed(&self, since: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        let gone = sqlx::query("DELETE FROM printed WHERE seen_at < ?")
            .bind(since.unix())
            .execute(&mut *write)
            .await?;
        write.commit().await?;
        if gone.rows_affected() == 0 {
            return Ok(());
        }
        // As with what was looked at: gone from the log, too.
        match self.empty_log().await {
            Ok(()) | Err(StoreError::LogBusy) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// All printed documents since then, oldest first.
    pub(crate) async fn printed(&self, since: Timestamp) -> Result<Vec<PrintedRow>, StoreError> {
        let rows = sqlx::query("SELECT * FROM printed WHERE seen_at >= ? ORDER BY seen_at, tag")
            .bind(since.unix())
            .fetch_all(&self.pool)
            .await?;
        let one = |row: &sqlx::sqlite::SqliteRow| {
            let checked_at: Option<i64> = row.try_get("checked_at")?;
            let genuine: Option<i64> = row.try_get("genuine")?;
            Ok::<_, sqlx::Error>(PrintedRow {
                tag: row.try_get("tag")?,
                seen_at: Timestamp::from_unix(row.try_get("seen_at")?),
                link: row.try_get("link")?,
                checked_at: checked_at.map(Timestamp::from_unix),
                genuine: genuine.map(|genuine| genuine != 0),
                service: row.try_get("service")?,
            })
        };
        Ok(rows.iter().map(one).collect::<Result<_, _>>()?)
    }
}
