//! What belongs to sessions over the network: answers that a supervisor may take, and pages that a wallet returns to.

use absah_types::{Seconds, Timestamp};
use sqlx::Row;

use super::{RequestRow, Store, StoreError};

/// Longer than any request lives.
const KEEP: Seconds = Seconds::hours(1);

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS doubtful (
    tag BLOB PRIMARY KEY,
    at INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS same_device (
    session TEXT PRIMARY KEY,
    made_at INTEGER NOT NULL,
    return_to TEXT NOT NULL,
    page BLOB NOT NULL,
    code BLOB,
    taken_at INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS page_session (session TEXT PRIMARY KEY, made_at INTEGER NOT NULL) STRICT;
";

/// A session that was asked on the device on which it is answered.
pub(crate) struct SameDevice {
    /// The page's address.
    pub(crate) return_to: String,
    /// Hash of what only the page that asked knows.
    pub(crate) page: Vec<u8>,
    /// Hash of the code of the last answer.
    pub(crate) code: Option<Vec<u8>>,
    /// Whether the page came back with it.
    pub(crate) taken: bool,
}

impl Store {
    /// Hands a request out as it is; false where somebody has it.
    pub(crate) async fn note_fetched(&self, read: &RequestRow, now: Timestamp) -> Result<bool, StoreError> {
        let Some(pending) = &read.pending else { return Ok(false) };
        self.hand_out(read, pending, now).await
    }

    /// Hands a request out, in the form that was made for a wallet; false where somebody has it.
    pub(crate) async fn hand_out(
        &self,
        read: &RequestRow,
        pending: &[u8],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let done = sqlx::query(
            "UPDATE request SET pending = ?, fetched_at = ?
             WHERE tag = ? AND pending = ? AND used_at IS NULL AND fetched_at IS NULL",
        )
        .bind(pending)
        .bind(now.unix())
        .bind(&read.tag)
        .bind(&read.pending)
        .execute(&mut *write)
        .await?;
        write.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Notes that somebody came for a request that another has.
    pub(crate) async fn note_fetched_again(&self, tag: &[u8]) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("UPDATE request SET fetched_again = 1 WHERE tag = ?")
            .bind(tag)
            .execute(&mut *write)
            .await?;
        Ok(write.commit().await?)
    }

    /// Keeps the last answer that only its status leaves open, sealed.
    pub(crate) async fn keep_doubtful(
        &self,
        tag: &[u8],
        at: Timestamp,
        body: &[u8],
    ) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query(
            "INSERT OR REPLACE INTO doubtful (tag, at, body)
             SELECT tag, ?, ? FROM request WHERE tag = ? AND used_at IS NULL",
        )
        .bind(at.unix())
        .bind(body)
        .bind(tag)
        .execute(&mut *write)
        .await?;
        Ok(write.commit().await?)
    }

    /// That answer.
    pub(crate) async fn doubtful(&self, tag: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let row = sqlx::query("SELECT body FROM doubtful WHERE tag = ?")
            .bind(tag)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|row| row.try_get("body")).transpose()?)
    }

    /// Forgets those that came before, also from the log.
    pub(crate) async fn forget_doubtful(&self, before: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        let done =
            sqlx::query("DELETE FROM doubtful WHERE at < ?").bind(before.unix()).execute(&mut *write).await?;
        write.commit().await?;
        if done.rows_affected() == 0 {
            return Ok(());
        }
        match self.empty_log().await {
            Err(StoreError::LogBusy) => Ok(()),
            done => done,
        }
    }

    /// Notes that a session was asked at the counter's page: the officer there decides what is answered to it.
    pub(crate) async fn note_page_session(&self, session: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("DELETE FROM page_session WHERE made_at < ?")
            .bind(now.minus(KEEP).unix())
            .execute(&mut *write)
            .await?;
        sqlx::query("INSERT OR IGNORE INTO page_session (session, made_at) VALUES (?, ?)")
            .bind(session)
            .bind(now.unix())
            .execute(&mut *write)
            .await?;
        Ok(write.commit().await?)
    }

    /// Whether what was answered to a session that the page asked for still waits for the officer's word.
    pub(crate) async fn waits_at_page(&self, session: &str) -> Result<bool, StoreError> {
        let row = sqlx::query(
            "SELECT 1 FROM page_session JOIN request USING (session) JOIN undecided USING (tag) WHERE session = ?",
        )
        .bind(session)
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.is_some())
    }

    /// Binds a session to the page that asked.
    pub(crate) async fn bind_session(
        &self,
        session: &str,
        return_to: &str,
        page: &[u8],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("DELETE FROM same_device WHERE made_at < ?")
            .bind(now.minus(KEEP).unix())
            .execute(&mut *write)
            .await?;
        sqlx::query("INSERT INTO same_device (session, made_at, return_to, page) VALUES (?, ?, ?, ?)")
            .bind(session)
            .bind(now.unix())
            .bind(return_to)
            .bind(page)
            .execute(&mut *write)
            .await?;
        Ok(write.commit().await?)
    }

    /// What a session is bound to.
    pub(crate) async fn same_device(&self, session: &str) -> Result<Option<SameDevice>, StoreError> {
        let row = sqlx::query("SELECT return_to, page, code, taken_at FROM same_device WHERE session = ?")
            .bind(session)
            .fetch_optional(&self.pool)
            .await?;
        let one = |row: sqlx::sqlite::SqliteRow| {
            let taken_at: Option<i64> = row.try_get("taken_at")?;
            Ok::<_, sqlx::Error>(SameDevice {
                return_to: row.try_get("return_to")?,
                page: row.try_get("page")?,
                code: row.try_get("code")?,
                taken: taken_at.is_some(),
            })
        };
        Ok(row.map(one).transpose()?)
    }

    /// The code of the last answer, by its hash.
    pub(crate) async fn note_code(&self, session: &str, code: &[u8]) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("UPDATE same_device SET code = ? WHERE session = ? AND taken_at IS NULL")
            .bind(code)
            .bind(session)
            .execute(&mut *write)
            .await?;
        Ok(write.commit().await?)
    }

    /// Uses a code up; false when it was, or another answer has a newer one.
    pub(crate) async fn take_code(
        &self,
        session: &str,
        code: &[u8],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let done = sqlx::query(
            "UPDATE same_device SET taken_at = ? WHERE session = ? AND code = ? AND taken_at IS NULL",
        )
        .bind(now.unix())
        .bind(session)
        .bind(code)
        .execute(&mut *write)
        .await?;
        write.commit().await?;
        Ok(done.rows_affected() == 1)
    }
}
