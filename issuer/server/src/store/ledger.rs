//! The ledger's events: those that wait and those in their log.

use absah_credential::status_list::Status;
use absah_issuer_core::ports::{ActClass, ActKind, StoreError};
use absah_ledger::Leaf;
use absah_types::{Nik, Timestamp};
use sqlx::{Connection, Row, SqliteConnection};

use super::acts::{Act, Done, write_events};
use super::{SqliteStore, unavailable};
use crate::ledger::seal::{Event, Log, Sealer, Stored};

/// One event as it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) log: Log,
    pub(crate) leaf: Leaf,
    pub(crate) position: Option<u64>,
    pub(crate) stored: Stored,
    pub(crate) epoch: Option<[u8; 16]>,
}

pub(super) fn damaged() -> sqlx::Error {
    sqlx::Error::RowNotFound
}

pub(super) fn unsigned(number: i64) -> Result<u64, sqlx::Error> {
    u64::try_from(number).map_err(|_| damaged())
}

pub(super) fn signed(number: u64) -> i64 {
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
        // What it changed was changed before the records counted.
        events.push(Event { class, ..Event::local(at, act, subject, object) }.changing(0));
    }
    write_events(&mut transaction, sealer, &events, &[]).await?;
    sqlx::query("DROP TABLE event").execute(&mut *transaction).await?;
    transaction.commit().await
}

impl SqliteStore {
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

    /// How many events wait to be put into a log.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn waiting(&self, log: Log) -> Result<u64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM ledger_event WHERE log = ? AND position IS NULL");
        let row = row.bind(log.number()).fetch_one(&self.read).await.map_err(unavailable)?;
        row.try_get(0).and_then(unsigned).map_err(unavailable)
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

impl SqliteStore {
    /// The newest events of the audit log, or those before one of them: each with its place in the records and its act. What
    /// they say stays sealed.
    pub(crate) async fn recent_events(
        &self,
        before: Option<i64>,
        most: u32,
    ) -> Result<Vec<(i64, String, Found)>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM ledger_event WHERE log = 1 AND (?1 IS NULL OR seq < ?1) ORDER BY seq DESC LIMIT ?2",
        );
        let rows = rows.bind(before).bind(most).fetch_all(&self.read).await.map_err(unavailable)?;
        let event = |row: &sqlx::sqlite::SqliteRow| {
            Ok::<_, sqlx::Error>((row.try_get("seq")?, row.try_get("act")?, found(row)?))
        };
        rows.iter().map(event).collect::<Result<_, _>>().map_err(unavailable)
    }
}
