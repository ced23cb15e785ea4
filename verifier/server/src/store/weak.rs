//! Codes shown without a request, and cards carried by helpers, that this counter took: its replay cache.

use absah_types::{Seconds, Timestamp};

use super::{Store, StoreError};

/// Longer than any code could be accepted, with a clock that was set in between.
const KEEP: Seconds = Seconds::days(2);

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS one_scan (nonce BLOB PRIMARY KEY, seen_at INTEGER NOT NULL) STRICT;
";

impl Store {
    /// Whether a code with that nonce was taken.
    pub(crate) async fn one_scan_seen(&self, nonce: &[u8]) -> Result<bool, StoreError> {
        let row =
            sqlx::query("SELECT 1 FROM one_scan WHERE nonce = ?").bind(nonce).fetch_optional(&self.pool);
        Ok(row.await?.is_some())
    }

    /// Notes a nonce, or the copy of a carried card, which no counter takes longer than [`KEEP`] either; durably. False when
    /// it was there.
    pub(crate) async fn take_one_scan(&self, nonce: &[u8], at: Timestamp) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        sqlx::query("DELETE FROM one_scan WHERE seen_at < ?")
            .bind(at.minus(KEEP).unix())
            .execute(&mut *write)
            .await?;
        let done = sqlx::query("INSERT OR IGNORE INTO one_scan (nonce, seen_at) VALUES (?, ?)")
            .bind(nonce)
            .bind(at.unix())
            .execute(&mut *write)
            .await?;
        write.commit().await?;
        Ok(done.rows_affected() == 1)
    }
}
