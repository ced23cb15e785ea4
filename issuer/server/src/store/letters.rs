//! Letters of the kelurahan: asked for, approved or refused, and issued to who asked.

use absah_issuer_core::Resident;
use absah_issuer_core::letter::{Letter, facts};
use absah_issuer_core::operator::four_eyes::Body;
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_types::{Nik, PopulationStatus, Seconds, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending};
use super::{SqliteStore, approvals, rows, unavailable, wishes};
use crate::ledger::seal::Event;

/// A letter that is asked for.
#[derive(Debug, Clone)]
pub struct NewLetter {
    /// By whom.
    pub nik: Nik,
    /// Title of the template.
    pub title: String,
    /// The sentence.
    pub statement: String,
    /// What for.
    pub purpose: String,
    /// Its class in the book of letters.
    pub class: String,
    /// How many days it holds once approved.
    pub valid_days: i64,
}

/// What becomes of a letter.
#[derive(Debug, Clone)]
pub enum LetterDecision {
    /// It is given.
    Approve {
        /// Where the wallet fetches it.
        link: String,
    },
    /// It is not.
    Refuse {
        /// Why: the citizen reads it.
        note: String,
    },
}

/// Puts the letter beside the ticket that was just made for it, and before whoever approves letters.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    letter: &NewLetter,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO letter (ticket, nik, title, statement, purpose, class, valid_days)
         VALUES (last_insert_rowid(), ?, ?, ?, ?, ?, ?)",
    )
    .bind(letter.nik.to_string())
    .bind(&letter.title)
    .bind(&letter.statement)
    .bind(&letter.purpose)
    .bind(&letter.class)
    .bind(letter.valid_days)
    .execute(&mut *connection)
    .await?;
    let row = sqlx::query("SELECT MAX(ticket) FROM letter WHERE nik = ?").bind(letter.nik.to_string());
    let ticket = row.fetch_one(&mut *connection).await?.try_get(0)?;
    let Some(body) = body(connection, ticket).await? else { return Err(sqlx::Error::RowNotFound) };
    // The citizen's own words are shown only to who opens it.
    approvals::propose(connection, ending, (&body, None, &letter.title), at).await.map(drop)
}

/// What is to be signed of a letter that waits: its words, and the facts as they are now.
pub(super) async fn body(
    connection: &mut SqliteConnection,
    ticket: i64,
) -> Result<Option<Body>, sqlx::Error> {
    let row = sqlx::query(
        "SELECT letter.nik, title, statement, purpose, valid_days FROM letter JOIN ticket ON ticket.id = letter.ticket
         WHERE ticket = ? AND decided_at IS NULL",
    );
    let Some(row) = row.bind(ticket).fetch_optional(&mut *connection).await? else { return Ok(None) };
    let nik = rows::nik(&row)?;
    Ok(Some(Body::Letter {
        ticket,
        nik,
        title: row.try_get("title")?,
        statement: row.try_get("statement")?,
        purpose: row.try_get("purpose")?,
        days: row.try_get("valid_days")?,
        facts: facts_of(connection, nik).await?,
    }))
}

/// The facts that a letter of a person would state; nothing of somebody whom the register does not have.
async fn facts_of(connection: &mut SqliteConnection, nik: Nik) -> Result<String, sqlx::Error> {
    let row = sqlx::query("SELECT * FROM resident WHERE nik = ?").bind(nik.to_string());
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(String::new()) };
    let resident = rows::resident(&row).map_err(|_| sqlx::Error::RowNotFound)?;
    Ok(facts(&resident))
}

/// Approves: gives the letter its number and says until when it holds. False if it does not wait, or does not say what
/// `expected` says.
pub(super) async fn approve(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (id, expected): (i64, Option<(&str, &str, &str)>),
    link: &str,
    at: Timestamp,
) -> Result<bool, sqlx::Error> {
    let row = sqlx::query(
        "SELECT letter.nik, class, valid_days, statement, purpose FROM letter JOIN ticket ON ticket.id = letter.ticket
         WHERE ticket = ? AND decided_at IS NULL",
    );
    let Some(row) = row.bind(id).fetch_optional(&mut *connection).await? else { return Ok(false) };
    let said = (row.try_get::<&str, _>("statement")?, row.try_get::<&str, _>("purpose")?);
    let facts = facts_of(&mut *connection, rows::nik(&row)?).await?;
    // What is signed are these words with these facts; and no letter is given in the name of somebody dead.
    if expected.is_some_and(|(statement, purpose, signed)| {
        (statement, purpose) != said || (!signed.is_empty() && signed != facts)
    }) || is_dead(&mut *connection, row.try_get("nik")?).await?
    {
        return Ok(false);
    }
    let class: String = row.try_get("class")?;
    let number = format!("{class}/{id}/{}", at.date().year());
    let days: i64 = row.try_get("valid_days")?;
    sqlx::query("UPDATE letter SET number = ?, facts = ?, approved_at = ?, valid_until = ? WHERE ticket = ?")
        .bind(&number)
        .bind(facts)
        .bind(at.unix())
        .bind(at.start_of_day().plus(Seconds::days(days)).unix())
        .bind(id)
        .execute(&mut *connection)
        .await?;
    close(connection, ending, (id, true, &format!("{number} {link}")), at).await
}

async fn is_dead(connection: impl sqlx::SqliteExecutor<'_>, nik: &str) -> Result<bool, sqlx::Error> {
    let row = sqlx::query("SELECT 1 FROM resident WHERE nik = ? AND status_dasar = ?");
    let row = row.bind(nik).bind(PopulationStatus::Dead.code());
    Ok(row.fetch_optional(connection).await?.is_some())
}

/// Refuses; the citizen reads why. False if it does not wait.
pub(super) async fn refuse(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (id, note): (i64, &str),
    at: Timestamp,
) -> Result<bool, sqlx::Error> {
    close(connection, ending, (id, false, note), at).await
}

async fn close(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (id, done, note): (i64, bool, &str),
    at: Timestamp,
) -> Result<bool, sqlx::Error> {
    let row = sqlx::query(
        "UPDATE ticket SET decided_at = ?, done = ?, note = ? WHERE id = ? AND decided_at IS NULL AND kind = 'letter'
         RETURNING nik",
    )
    .bind(at.unix())
    .bind(done)
    .bind(note)
    .bind(id)
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(false) };
    ending.events.push(Event::local(at, ActKind::TicketClose, Some(rows::nik(&row)?), "letter"));
    Ok(true)
}

/// Decided at the machine: nobody needs to decide it at the console any more.
pub(super) async fn decide_here(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (id, decision): (i64, &LetterDecision),
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let (found, state) = match decision {
        LetterDecision::Approve { link } => {
            (approve(&mut *connection, ending, (id, None), link, at).await?, "approved")
        }
        LetterDecision::Refuse { note } => {
            (refuse(&mut *connection, ending, (id, note), at).await?, "refused")
        }
    };
    if found {
        sqlx::query(
            "UPDATE four_eyes_act SET state = ? WHERE kind = 'letter' AND state = 'waiting'
             AND json_extract(act, '$.body.ticket') = ?",
        )
        .bind(state)
        .bind(id)
        .execute(connection)
        .await?;
    }
    Ok(Done::Found(found))
}

/// Which letter an opening is about: the oldest approved one that was not issued, else the newest that was; none whose facts are
/// others by now.
pub(super) async fn name(
    connection: &mut SqliteConnection,
    offer: &[u8],
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let row =
        sqlx::query("SELECT nik FROM offer WHERE key = ? AND kind = 'SuratKeterangan' AND letter IS NULL");
    let Some(row) = row.bind(offer).fetch_optional(&mut *connection).await? else { return Ok(()) };
    let facts = facts_of(&mut *connection, rows::nik(&row)?).await?;
    sqlx::query(
        "UPDATE offer SET letter = (SELECT ticket FROM letter WHERE letter.nik = offer.nik AND valid_until > ?
         AND (facts IS NULL OR facts = ?) ORDER BY issued, CASE issued WHEN 0 THEN ticket ELSE -ticket END LIMIT 1)
         WHERE key = ? AND kind = 'SuratKeterangan' AND letter IS NULL",
    )
    .bind(now.unix())
    .bind(facts)
    .bind(offer)
    .execute(connection)
    .await
    .map(drop)
}

/// The letter of an opening is with its holder.
pub(super) async fn issued(connection: &mut SqliteConnection, offer: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE letter SET issued = 1 WHERE ticket = (SELECT letter FROM offer WHERE key = ?)")
        .bind(offer)
        .execute(connection)
        .await
        .map(drop)
}

fn letter(row: &SqliteRow) -> Result<Letter, sqlx::Error> {
    Ok(Letter {
        number: row.try_get("number")?,
        title: row.try_get("title")?,
        statement: row.try_get("statement")?,
        purpose: row.try_get("purpose")?,
        approved_at: Timestamp::from_unix(row.try_get("approved_at")?),
        valid_until: Timestamp::from_unix(row.try_get("valid_until")?),
    })
}

/// An approved letter by its number among the tickets, or the one that a person would be given next: nobody has approved it with
/// other facts than those it was approved with.
pub(super) async fn find(
    executor: impl sqlx::SqliteExecutor<'_>,
    resident: &Resident,
    id: Option<i64>,
) -> Result<Option<Letter>, StoreError> {
    let row = sqlx::query(
        "SELECT * FROM letter WHERE nik = ?1 AND number IS NOT NULL AND (?2 IS NULL OR ticket = ?2)
         AND (facts IS NULL OR facts = ?3)
         ORDER BY issued, CASE issued WHEN 0 THEN ticket ELSE -ticket END LIMIT 1",
    )
    .bind(resident.nik.to_string())
    .bind(id)
    .bind(facts(resident))
    .fetch_optional(executor)
    .await
    .map_err(unavailable)?;
    row.as_ref().map(letter).transpose().map_err(unavailable)
}

impl SqliteStore {
    /// Opens a request for a letter; false when too much of this person is open.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn ask_letter(&self, letter: NewLetter, at: Timestamp) -> Result<bool, StoreError> {
        self.found(Act::Wish(wishes::Step::Letter { letter, at })).await
    }

    /// Whether a letter that waits is asked for by somebody who has died since.
    pub(crate) async fn asks_for_the_dead(&self, id: i64) -> Result<bool, StoreError> {
        let row = sqlx::query(
            "SELECT letter.nik FROM letter JOIN ticket ON ticket.id = letter.ticket
             WHERE ticket = ? AND decided_at IS NULL",
        );
        let row = row.bind(id).fetch_optional(&self.read).await.map_err(unavailable)?;
        let Some(row) = row else { return Ok(false) };
        let nik: String = row.try_get("nik").map_err(unavailable)?;
        is_dead(&self.read, &nik).await.map_err(unavailable)
    }

    /// Decides a letter that waits, at the machine; its asker is told. False if no such waits.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn decide_letter(
        &self,
        id: i64,
        decision: LetterDecision,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.found(Act::Wish(wishes::Step::DecideLetter { id, decision, at })).await
    }
}
