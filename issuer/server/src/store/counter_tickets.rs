//! Tickets from counters: beside those of wallets, each taken once.

use std::collections::BTreeMap;

use absah_issuer_core::ports::{ActKind, StoreError};
use absah_schemas::CredentialType;
use absah_types::{Nik, Timestamp};
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending};
use super::wishes::Step;
use super::{SqliteStore, rows, unavailable};
use crate::ledger::seal::Event;

/// Most open tickets of one person that came from counters: they take no place from the person's own.
const MOST_OF_PERSON: i64 = 5;
/// Most open tickets of one counter: a counter that was stolen fills no inbox.
const MOST_OF_COUNTER: i64 = 100;

/// A ticket that was read and checked.
#[derive(Debug, Clone)]
pub(crate) struct NewCounterTicket {
    pub(crate) id: String,
    pub(crate) counter_id: String,
    /// Agency and place, as registered.
    pub(crate) place: String,
    pub(crate) nik: Nik,
    pub(crate) text: String,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Took {
    /// It waits under this number.
    Taken(i64),
    /// It came before.
    Known,
    /// Too many of this person or counter are open.
    TooMany,
}

pub(super) async fn take(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    new: &NewCounterTicket,
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let known = sqlx::query("SELECT 1 FROM counter_ticket WHERE id = ?").bind(&new.id);
    if known.fetch_optional(&mut *connection).await?.is_some() {
        return Ok(Done::Found(false));
    }
    let open = sqlx::query(
        "SELECT COUNT(*) FILTER (WHERE ticket.nik = ?), COUNT(*) FILTER (WHERE counter_id = ?)
         FROM counter_ticket JOIN ticket ON ticket.id = counter_ticket.ticket WHERE decided_at IS NULL",
    )
    .bind(new.nik.to_string())
    .bind(&new.counter_id)
    .fetch_one(&mut *connection)
    .await?;
    if open.try_get::<i64, _>(0)? >= MOST_OF_PERSON || open.try_get::<i64, _>(1)? >= MOST_OF_COUNTER {
        return Ok(Done::Id(None));
    }
    let row = sqlx::query(
        "INSERT INTO ticket (nik, kind, text, made_at) VALUES (?, 'correction', ?, ?) RETURNING id",
    )
    .bind(new.nik.to_string())
    .bind(&new.text)
    .bind(at.unix())
    .fetch_one(&mut *connection)
    .await?;
    let number: i64 = row.try_get("id")?;
    sqlx::query("INSERT INTO counter_ticket (id, ticket, counter_id, place) VALUES (?, ?, ?, ?)")
        .bind(&new.id)
        .bind(number)
        .bind(&new.counter_id)
        .bind(&new.place)
        .execute(connection)
        .await?;
    ending.events.push(Event::local(at, ActKind::Ticket, Some(new.nik), "correction").by(&new.place));
    Ok(Done::Id(Some(number)))
}

impl SqliteStore {
    /// Takes a ticket of a counter in, once.
    pub(crate) async fn take_counter_ticket(
        &self,
        new: NewCounterTicket,
        at: Timestamp,
    ) -> Result<Took, StoreError> {
        match self.write.act(Act::Wish(Step::CounterTicket { new, at })).await? {
            Done::Id(Some(number)) => Ok(Took::Taken(number)),
            Done::Id(None) => Ok(Took::TooMany),
            Done::Found(false) => Ok(Took::Known),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Whose card it is that has its status at this place of this list, and which.
    pub(crate) async fn card_at(
        &self,
        uri: &str,
        idx: u64,
    ) -> Result<Option<(Nik, CredentialType)>, StoreError> {
        let Ok(idx) = i64::try_from(idx) else { return Ok(None) };
        let row = sqlx::query(
            "SELECT batch.nik, batch.kind FROM copy JOIN status_list ON status_list.number = copy.list
             JOIN batch ON batch.id = copy.batch WHERE status_list.uri = ? AND copy.idx = ?",
        )
        .bind(uri)
        .bind(idx)
        .fetch_optional(&self.read)
        .await
        .map_err(unavailable)?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some((rows::nik(&row).map_err(unavailable)?, rows::kind(&row)?)))
    }

    /// From which counter each open ticket came, where it came from one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn ticket_places(&self) -> Result<BTreeMap<i64, String>, StoreError> {
        let rows = sqlx::query(
            "SELECT ticket, place FROM counter_ticket JOIN ticket ON ticket.id = counter_ticket.ticket
             WHERE decided_at IS NULL",
        );
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        let pair = |row: sqlx::sqlite::SqliteRow| Ok((row.try_get(0)?, row.try_get(1)?));
        rows.into_iter().map(pair).collect::<Result<_, sqlx::Error>>().map_err(unavailable)
    }
}
