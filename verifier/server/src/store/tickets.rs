//! Correction tickets on their way to Dukcapil. What they say is sealed, and gone once they have arrived.

use absah_types::Timestamp;
use sqlx::Row;

use super::{Store, StoreError};

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS ticket (
    id TEXT PRIMARY KEY,
    made_at INTEGER NOT NULL,
    ticket BLOB,
    exported_at INTEGER,
    ended_at INTEGER,
    code TEXT
) STRICT;
";

/// A ticket as it is kept.
pub(crate) struct TicketRow {
    pub(crate) id: String,
    pub(crate) made_at: Timestamp,
    /// Sealed; gone once it has arrived or was refused.
    pub(crate) ticket: Option<Vec<u8>>,
    pub(crate) exported_at: Option<Timestamp>,
    pub(crate) ended_at: Option<Timestamp>,
    /// Why it was refused.
    pub(crate) code: Option<String>,
}

impl Store {
    /// Queues a ticket, and forgets those that came before a moment.
    pub(crate) async fn queue_ticket(
        &self,
        id: &str,
        made_at: Timestamp,
        ticket: &[u8],
        forget: Timestamp,
    ) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("DELETE FROM ticket WHERE made_at < ?").bind(forget.unix()).execute(&mut *write).await?;
        sqlx::query("INSERT INTO ticket (id, made_at, ticket) VALUES (?, ?, ?)")
            .bind(id)
            .bind(made_at.unix())
            .bind(ticket)
            .execute(&mut *write)
            .await?;
        Ok(write.commit().await?)
    }

    /// All that are known, oldest first.
    pub(crate) async fn tickets(&self) -> Result<Vec<TicketRow>, StoreError> {
        let rows = sqlx::query("SELECT * FROM ticket ORDER BY made_at, id").fetch_all(&self.pool).await?;
        let time = |row: &sqlx::sqlite::SqliteRow, name: &str| {
            Ok::<_, sqlx::Error>(row.try_get::<Option<i64>, _>(name)?.map(Timestamp::from_unix))
        };
        let one = |row: &sqlx::sqlite::SqliteRow| {
            Ok::<_, sqlx::Error>(TicketRow {
                id: row.try_get("id")?,
                made_at: Timestamp::from_unix(row.try_get("made_at")?),
                ticket: row.try_get("ticket")?,
                exported_at: time(row, "exported_at")?,
                ended_at: time(row, "ended_at")?,
                code: row.try_get("code")?,
            })
        };
        Ok(rows.iter().map(one).collect::<Result<_, _>>()?)
    }

    /// Notes that all that wait are in a file now.
    pub(crate) async fn tickets_exported(&self, at: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("UPDATE ticket SET exported_at = ? WHERE ended_at IS NULL")
            .bind(at.unix())
            .execute(&mut *write)
            .await?;
        Ok(write.commit().await?)
    }

    /// Notes that a ticket has arrived, or with which code it was refused; what it says is gone, from the log too.
    pub(crate) async fn end_ticket(
        &self,
        id: &str,
        at: Timestamp,
        code: Option<&str>,
    ) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query(
            "UPDATE ticket SET ticket = NULL, ended_at = ?, code = ? WHERE id = ? AND ended_at IS NULL",
        )
        .bind(at.unix())
        .bind(code)
        .bind(id)
        .execute(&mut *write)
        .await?;
        write.commit().await?;
        match self.empty_log().await {
            Ok(()) | Err(StoreError::LogBusy) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
