//! Phone codes and tickets.

use absah_issuer_core::ports::{ActKind, StoreError};
use absah_protocol::wishes::{MAX_OPEN, State, Ticket};
use absah_types::{Nik, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending, suspend_all};
use super::counter_tickets::{self, NewCounterTicket};
use super::letters::{self, LetterDecision, NewLetter};
use super::rows::nik;
use super::{SqliteStore, key_of, unavailable};
use crate::ledger::seal::Event;

/// One step of these records.
pub(super) enum Step {
    PhoneCode { key: [u8; 32], nik: Nik, at: Timestamp },
    SuspendBy { key: [u8; 32], at: Timestamp },
    Ticket { nik: Nik, kind: &'static str, text: String, at: Timestamp },
    CounterTicket { new: NewCounterTicket, at: Timestamp },
    Close { id: i64, done: bool, note: String, at: Timestamp },
    Letter { letter: NewLetter, at: Timestamp },
    DecideLetter { id: i64, decision: LetterDecision, at: Timestamp },
}

impl Step {
    pub(super) async fn apply(
        &self,
        connection: &mut SqliteConnection,
        ending: &mut Ending<'_>,
    ) -> Result<Done, sqlx::Error> {
        match self {
            Self::PhoneCode { key, nik, at } => {
                sqlx::query("INSERT OR REPLACE INTO phone_code (key, nik) VALUES (?, ?)")
                    .bind(key.as_slice())
                    .bind(nik.to_string())
                    .execute(connection)
                    .await?;
                ending.events.push(Event::holder(*at, ActKind::PhoneCode, *nik, "phone-code"));
                Ok(Done::Nothing)
            }
            Self::SuspendBy { key, at } => suspend(connection, ending, key, *at).await,
            Self::Letter { letter, at } => {
                let text = format!("{}: {} ({})", letter.title, letter.statement, letter.purpose);
                let done = open(&mut *connection, ending, (letter.nik, "letter", &text), *at).await?;
                if matches!(done, Done::Found(true)) {
                    letters::insert(connection, ending, letter, *at).await?;
                }
                Ok(done)
            }
            Self::DecideLetter { id, decision, at } => {
                letters::decide_here(connection, ending, (*id, decision), *at).await
            }
            Self::Ticket { nik, kind, text, at } => open(connection, ending, (*nik, kind, text), *at).await,
            Self::CounterTicket { new, at } => counter_tickets::take(connection, ending, new, *at).await,
            Self::Close { id, done, note, at } => {
                let row = sqlx::query(
                    // A letter is decided by who approves letters.
                    "UPDATE ticket SET decided_at = ?, done = ?, note = ? WHERE id = ? AND decided_at IS NULL
                     AND kind <> 'letter' RETURNING nik, kind",
                )
                .bind(at.unix())
                .bind(done)
                .bind(note)
                .bind(id)
                .fetch_optional(connection)
                .await?;
                let Some(row) = row else { return Ok(Done::Found(false)) };
                let kind: String = row.try_get("kind")?;
                ending.events.push(Event::local(*at, ActKind::TicketClose, Some(nik(&row)?), kind));
                Ok(Done::Found(true))
            }
        }
    }
}

/// Opens a ticket, unless too many of this person are open.
async fn open(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (nik, kind, text): (Nik, &'static str, &str),
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let open = sqlx::query(
        "SELECT COUNT(*) FROM ticket WHERE nik = ? AND decided_at IS NULL
         AND id NOT IN (SELECT ticket FROM counter_ticket)",
    )
    .bind(nik.to_string())
    .fetch_one(&mut *connection)
    .await?;
    if usize::try_from(open.try_get::<i64, _>(0)?).unwrap_or(usize::MAX) >= MAX_OPEN {
        return Ok(Done::Found(false));
    }
    sqlx::query("INSERT INTO ticket (nik, kind, text, made_at) VALUES (?, ?, ?, ?)")
        .bind(nik.to_string())
        .bind(kind)
        .bind(text)
        .bind(at.unix())
        .execute(connection)
        .await?;
    ending.events.push(Event::holder(at, ActKind::Ticket, nik, kind));
    Ok(Done::Found(true))
}

/// All cards of the person, and the code is spent.
async fn suspend(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    key: &[u8; 32],
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let row = sqlx::query("DELETE FROM phone_code WHERE key = ? RETURNING nik").bind(key.as_slice());
    let Some(row) = row.fetch_optional(&mut *connection).await? else { return Ok(Done::Decided(None)) };
    let nik = nik(&row)?;
    let changed = suspend_all(connection, ending, nik, at).await?;
    Ok(Done::Decided(Some(changed)))
}

impl SqliteStore {
    async fn wish(&self, step: Step) -> Result<Done, StoreError> {
        self.write.act(Act::Wish(step)).await
    }

    /// Keeps a person's phone code in place of an earlier one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn phone_code(&self, code: &str, nik: Nik, at: Timestamp) -> Result<(), StoreError> {
        self.wish(Step::PhoneCode { key: key_of("phone-code", code), nik, at }).await.map(drop)
    }

    /// Suspends all cards of whoever has this phone code: how many copies; nothing if nobody has it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn suspend_by(&self, code: &str, at: Timestamp) -> Result<Option<u64>, StoreError> {
        match self.wish(Step::SuspendBy { key: key_of("phone-code", code), at }).await? {
            Done::Decided(changed) => Ok(changed),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Opens a ticket; false when too many of this person are open.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open_ticket(
        &self,
        nik: Nik,
        kind: &'static str,
        text: String,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.found(Act::Wish(Step::Ticket { nik, kind, text, at })).await
    }

    /// Closes a ticket; false if no such is open.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn close_ticket(
        &self,
        id: i64,
        done: bool,
        note: String,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.found(Act::Wish(Step::Close { id, done, note, at })).await
    }

    /// Tickets, newest first: of one person, or all that are open.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn tickets(&self, of: Option<Nik>) -> Result<Vec<(Nik, Ticket)>, StoreError> {
        let rows = match of {
            Some(nik) => sqlx::query("SELECT * FROM ticket WHERE nik = ? ORDER BY id DESC LIMIT 100")
                .bind(nik.to_string()),
            None => sqlx::query("SELECT * FROM ticket WHERE decided_at IS NULL ORDER BY id"),
        };
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        rows.iter().map(|row| ticket(row).map_err(unavailable)).collect()
    }
}

fn ticket(row: &SqliteRow) -> Result<(Nik, Ticket), sqlx::Error> {
    let state = match row.try_get::<Option<bool>, _>("done")? {
        None => State::Open,
        Some(true) => State::Done,
        Some(false) => State::Refused,
    };
    let ticket = Ticket {
        number: row.try_get("id")?,
        kind: row.try_get("kind")?,
        text: row.try_get("text")?,
        made_at: Timestamp::from_unix(row.try_get("made_at")?),
        state,
        note: row.try_get("note")?,
    };
    Ok((nik(row)?, ticket))
}
