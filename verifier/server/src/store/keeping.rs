//! What is kept how long, and the chain read in small parts: an old PC has no room for the sealed packets of five years.

use absah_types::Timestamp;
use sqlx::Row;

use super::evidence::{EvidenceRow, evidence_row};
use super::{Store, StoreError};

pub(super) const SCHEMA: &str = "
CREATE INDEX IF NOT EXISTS evidence_open ON evidence (retain_until) WHERE receipt IS NULL;
";

/// Rows read at once, each with its sealed packet of some kilobytes.
const PART: i64 = 64;

impl Store {
    /// How much need not be kept any longer at `until`. No packet is read for it.
    pub(crate) async fn count_due(&self, until: Timestamp) -> Result<u64, StoreError> {
        let row = sqlx::query("SELECT count(*) FROM evidence WHERE receipt IS NULL AND retain_until <= ?")
            .bind(until.unix())
            .fetch_one(&self.pool)
            .await?;
        let count: i64 = row.try_get(0)?;
        u64::try_from(count).map_err(|_| StoreError::Damaged)
    }

    /// When the next piece need not be kept any longer. No packet is read for it.
    pub(crate) async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let row = sqlx::query("SELECT min(retain_until) FROM evidence WHERE receipt IS NULL")
            .fetch_one(&self.pool)
            .await?;
        let end: Option<i64> = row.try_get(0)?;
        Ok(end.map(Timestamp::from_unix))
    }

    /// What need not be kept any longer at `until`, by name.
    pub(crate) async fn due(&self, until: Timestamp) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query(
            "SELECT id FROM evidence WHERE receipt IS NULL AND retain_until <= ? ORDER BY number",
        )
        .bind(until.unix())
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.iter().map(|row| row.try_get("id")).collect::<Result<_, _>>()?)
    }

    /// The next part of the chain, oldest first; none of it after the last.
    pub(crate) async fn evidence_after(&self, number: i64) -> Result<Vec<EvidenceRow>, StoreError> {
        let rows = sqlx::query("SELECT * FROM evidence WHERE number > ? ORDER BY number LIMIT ?")
            .bind(number)
            .bind(PART)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(evidence_row).collect()
    }

    /// Keeps the end of a chain of which none was kept, as `make` seals it from the last link; false when there is one.
    pub(crate) async fn begin_head<E: From<StoreError>>(
        &self,
        make: impl FnOnce(&super::ChainEnd) -> Result<Vec<u8>, E>,
    ) -> Result<bool, E> {
        let mut write = self.write().await?;
        let end = super::evidence::end(&mut write).await?;
        if end.head.is_some() {
            return Ok(false);
        }
        sqlx::query("INSERT INTO chain_head (only, sealed) VALUES (1, ?)")
            .bind(make(&end)?)
            .execute(&mut *write)
            .await
            .map_err(StoreError::from)?;
        write.commit().await.map_err(StoreError::from)?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_chain_is_read_in_parts_and_whole() {
        let home = tempfile::tempdir().unwrap();
        let store = Store::open(&home.path().join("counter.sqlite")).await.unwrap();
        sqlx::raw_sql(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
             INSERT INTO evidence (number, id, service, decided_at, retain_until, link, tokens, sealed, key, receipt)
             SELECT i, 'b-' || i, 's', 0, i, '', '', x'00', x'00', iif(i % 2, NULL, 'r') FROM n",
        )
        .execute(&store.pool)
        .await
        .unwrap();
        let (mut read, mut after) = (Vec::new(), i64::MIN);
        loop {
            let part = store.evidence_after(after).await.unwrap();
            assert!(part.len() <= 64);
            let Some(last) = part.last() else { break };
            after = i64::try_from(last.number).unwrap();
            read.extend(part.iter().map(|row| row.number));
        }
        assert_eq!(read, (1..=200).collect::<Vec<u64>>());
        assert_eq!(store.count_due(Timestamp::from_unix(10)).await.unwrap(), 5);
        assert_eq!(store.due(Timestamp::from_unix(4)).await.unwrap(), ["b-1", "b-3"]);
        assert_eq!(store.next_due().await.unwrap(), Some(Timestamp::from_unix(1)));
    }
}
