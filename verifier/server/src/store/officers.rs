//! Who may sign in at the page.

use absah_types::{Seconds, Timestamp};
use sqlx::Row;

use super::{Store, StoreError};

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS officer (
    name TEXT PRIMARY KEY,
    secret BLOB NOT NULL,
    wrong INTEGER NOT NULL DEFAULT 0,
    wait_until INTEGER NOT NULL DEFAULT 0
) STRICT;
";

/// One officer.
pub(crate) struct OfficerRow {
    pub(crate) name: String,
    /// Sealed.
    pub(crate) secret: Vec<u8>,
    /// Wrong tries since the last right one.
    pub(crate) wrong: i64,
    /// Until when no try is looked at.
    pub(crate) wait_until: Timestamp,
}

fn officer(row: &sqlx::sqlite::SqliteRow) -> Result<OfficerRow, sqlx::Error> {
    Ok(OfficerRow {
        name: row.try_get("name")?,
        secret: row.try_get("secret")?,
        wrong: row.try_get("wrong")?,
        wait_until: Timestamp::from_unix(row.try_get("wait_until")?),
    })
}

impl Store {
    /// Adds an officer, or gives the one of that name another PIN and password.
    pub(crate) async fn set_officer(&self, name: &str, secret: &[u8]) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("INSERT OR REPLACE INTO officer (name, secret) VALUES (?, ?)")
            .bind(name)
            .bind(secret)
            .execute(&mut *write)
            .await?;
        Ok(write.commit().await?)
    }

    /// Keeps what changed of an officer, and forgets the wrong tries; false when the row is no longer the one that was read.
    pub(crate) async fn change_officer(&self, read: &OfficerRow, secret: &[u8]) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let done = sqlx::query(
            "UPDATE officer SET secret = ?, wrong = 0, wait_until = 0 WHERE name = ? AND secret = ?",
        )
        .bind(secret)
        .bind(&read.name)
        .bind(&read.secret)
        .execute(&mut *write)
        .await?;
        write.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Takes an officer and the officer's passkeys away; false when there is none of that name.
    pub(crate) async fn remove_officer(&self, name: &str) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let done = sqlx::query("DELETE FROM officer WHERE name = ?").bind(name).execute(&mut *write).await?;
        sqlx::query("DELETE FROM passkey WHERE officer = ?").bind(name).execute(&mut *write).await?;
        write.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// All officers, by name.
    pub(crate) async fn officers(&self) -> Result<Vec<OfficerRow>, StoreError> {
        let rows = sqlx::query("SELECT name, secret, wrong, wait_until FROM officer ORDER BY name")
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.iter().map(officer).collect::<Result<_, _>>()?)
    }

    /// Counts a try before it is looked at, and says whether it may be: both in one step, so that tries at the same time
    /// wait for each other. A wait that is longer than any (the clock was ahead) is none.
    pub(crate) async fn begin_try(
        &self,
        name: &str,
        now: Timestamp,
        longest: Seconds,
        wait: impl FnOnce(i64) -> Seconds,
    ) -> Result<Option<(OfficerRow, bool)>, StoreError> {
        let mut write = self.write().await?;
        let row = sqlx::query("SELECT name, secret, wrong, wait_until FROM officer WHERE name = ?")
            .bind(name)
            .fetch_optional(&mut *write)
            .await?;
        let Some(row) = row.as_ref().map(officer).transpose()? else { return Ok(None) };
        if now < row.wait_until && row.wait_until <= now.plus(longest) {
            return Ok(Some((row, false)));
        }
        sqlx::query("UPDATE officer SET wrong = wrong + 1, wait_until = ? WHERE name = ?")
            .bind(now.plus(wait(row.wrong + 1)).unix())
            .bind(name)
            .execute(&mut *write)
            .await?;
        write.commit().await?;
        Ok(Some((row, true)))
    }

    /// Forgets the wrong tries after a right one.
    pub(crate) async fn forget_tries(&self, name: &str) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("UPDATE officer SET wrong = 0, wait_until = 0 WHERE name = ?")
            .bind(name)
            .execute(&mut *write)
            .await?;
        Ok(write.commit().await?)
    }
}
