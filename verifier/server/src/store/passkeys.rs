//! The passkeys of officers.

use absah_types::Timestamp;
use sqlx::Row;

use super::{Store, StoreError};

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS passkey (
    credential BLOB PRIMARY KEY,
    officer TEXT NOT NULL,
    sealed BLOB NOT NULL,
    added_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
";

/// One passkey.
pub(crate) struct PasskeyRow {
    pub(crate) credential: Vec<u8>,
    pub(crate) officer: String,
    /// Sealed.
    pub(crate) sealed: Vec<u8>,
    pub(crate) added_at: Timestamp,
    pub(crate) used_at: Option<Timestamp>,
}

impl Store {
    /// Adds a passkey of an officer who is there; false when its credential is anybody's already.
    pub(crate) async fn add_passkey(&self, row: &PasskeyRow) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let done = sqlx::query(
            "INSERT OR IGNORE INTO passkey (credential, officer, sealed, added_at)
             SELECT ?, name, ?, ? FROM officer WHERE name = ?",
        )
        .bind(&row.credential)
        .bind(&row.sealed)
        .bind(row.added_at.unix())
        .bind(&row.officer)
        .execute(&mut *write)
        .await?;
        write.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// The passkeys of an officer, oldest first.
    pub(crate) async fn passkeys(&self, officer: &str) -> Result<Vec<PasskeyRow>, StoreError> {
        let rows = sqlx::query("SELECT * FROM passkey WHERE officer = ? ORDER BY added_at, credential")
            .bind(officer)
            .fetch_all(&self.pool)
            .await?;
        let one = |row: &sqlx::sqlite::SqliteRow| {
            let used_at: Option<i64> = row.try_get("used_at")?;
            Ok::<_, sqlx::Error>(PasskeyRow {
                credential: row.try_get("credential")?,
                officer: row.try_get("officer")?,
                sealed: row.try_get("sealed")?,
                added_at: Timestamp::from_unix(row.try_get("added_at")?),
                used_at: used_at.map(Timestamp::from_unix),
            })
        };
        Ok(rows.iter().map(one).collect::<Result<_, _>>()?)
    }

    /// Who has passkeys, by name.
    pub(crate) async fn passkey_officers(&self) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query("SELECT DISTINCT officer FROM passkey ORDER BY officer")
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.iter().map(|row| row.try_get("officer")).collect::<Result<_, _>>()?)
    }

    /// Keeps what a sign-in changed; false when the passkey was taken away meanwhile.
    pub(crate) async fn use_passkey(
        &self,
        credential: &[u8],
        sealed: &[u8],
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let done = sqlx::query("UPDATE passkey SET sealed = ?, used_at = ? WHERE credential = ?")
            .bind(sealed)
            .bind(at.unix())
            .bind(credential)
            .execute(&mut *write)
            .await?;
        write.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Takes a passkey away; false when the officer has none of that credential.
    pub(crate) async fn remove_passkey(&self, officer: &str, credential: &[u8]) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let done = sqlx::query("DELETE FROM passkey WHERE officer = ? AND credential = ?")
            .bind(officer)
            .bind(credential)
            .execute(&mut *write)
            .await?;
        write.commit().await?;
        Ok(done.rows_affected() == 1)
    }
}
