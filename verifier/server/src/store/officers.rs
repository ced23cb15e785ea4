//! Who may sign in at the page.

use absah_types::{Seconds, Timestamp};
use sqlx::{Row, Sqlite, Transaction};

use super::{Store, StoreError};

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS officer (
    name TEXT PRIMARY KEY,
    secret BLOB NOT NULL,
    wrong INTEGER NOT NULL DEFAULT 0,
    wait_until INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS change (number INTEGER PRIMARY KEY, signed TEXT NOT NULL) STRICT;
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

/// Adds a change to the list; `make` signs it, given its number and the one before.
pub(super) async fn add_change<E: From<StoreError>>(
    write: &mut Transaction<'_, Sqlite>,
    make: impl FnOnce(u64, Option<&str>) -> Result<String, E>,
) -> Result<(), E> {
    let last = sqlx::query("SELECT number, signed FROM change ORDER BY number DESC LIMIT 1")
        .fetch_optional(&mut **write)
        .await
        .map_err(StoreError::from)?;
    let read = |row: &sqlx::sqlite::SqliteRow| {
        Ok::<(i64, String), sqlx::Error>((row.try_get("number")?, row.try_get("signed")?))
    };
    let last = last.as_ref().map(read).transpose().map_err(StoreError::from)?;
    let number = last.as_ref().map_or(0, |(number, _)| *number) + 1;
    let signed = make(
        u64::try_from(number).map_err(|_| StoreError::Damaged)?,
        last.as_ref().map(|(_, last)| last.as_str()),
    )?;
    sqlx::query("INSERT INTO change (number, signed) VALUES (?, ?)")
        .bind(number)
        .bind(signed)
        .execute(&mut **write)
        .await
        .map_err(StoreError::from)?;
    Ok(())
}

impl Store {
    /// Adds an officer, or gives the one of that name another PIN and password, with the change that `make` signs. Passkeys that
    /// were there go: whoever had learned the PIN may have added one.
    pub(crate) async fn set_officer<E: From<StoreError>>(
        &self,
        name: &str,
        secret: &[u8],
        make: impl FnOnce(u64, Option<&str>) -> Result<String, E>,
    ) -> Result<(), E> {
        let mut write = self.write().await?;
        sqlx::query("INSERT OR REPLACE INTO officer (name, secret) VALUES (?, ?)")
            .bind(name)
            .bind(secret)
            .execute(&mut *write)
            .await
            .map_err(StoreError::from)?;
        let keys = sqlx::query("DELETE FROM passkey WHERE officer = ?").bind(name).execute(&mut *write).await;
        keys.map_err(StoreError::from)?;
        add_change(&mut write, make).await?;
        Ok(write.commit().await.map_err(StoreError::from)?)
    }

    /// Adds to the list something that changes nothing else here; `make` signs it.
    pub(crate) async fn note_change<E: From<StoreError>>(
        &self,
        make: impl FnOnce(u64, Option<&str>) -> Result<String, E>,
    ) -> Result<(), E> {
        let mut write = self.write().await?;
        add_change(&mut write, make).await?;
        Ok(write.commit().await.map_err(StoreError::from)?)
    }

    /// All changes, oldest first, as they were signed.
    pub(crate) async fn changes(&self) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query("SELECT signed FROM change ORDER BY number").fetch_all(&self.pool).await?;
        Ok(rows.iter().map(|row| row.try_get("signed")).collect::<Result<_, _>>()?)
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
    pub(crate) async fn remove_officer<E: From<StoreError>>(
        &self,
        name: &str,
        make: impl FnOnce(u64, Option<&str>) -> Result<String, E>,
    ) -> Result<bool, E> {
        let mut write = self.write().await?;
        let done = sqlx::query("DELETE FROM officer WHERE name = ?").bind(name).execute(&mut *write).await;
        if done.map_err(StoreError::from)?.rows_affected() != 1 {
            return Ok(false);
        }
        let keys = sqlx::query("DELETE FROM passkey WHERE officer = ?").bind(name).execute(&mut *write).await;
        keys.map_err(StoreError::from)?;
        add_change(&mut write, make).await?;
        write.commit().await.map_err(StoreError::from)?;
        Ok(true)
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
