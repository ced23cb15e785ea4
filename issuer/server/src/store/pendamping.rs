//! Mode Pendamping: registered helpers, and sessions in which one of them carries somebody's card for half an hour.
//!
//! A session is an offer like any other, for the helper's phone: what is issued for it ends with the session, whatever the
//! wallet does. Ending it earlier suspends its copies and leaves the citizen's own alone.

use absah_credential::Pendamping;
use absah_credential::status_list::Status;
use absah_issuer_core::offer::{Offer, OfferKey};
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_types::{Nik, Seconds, Timestamp, coded};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending, place};
use super::console::by as acted_by;
use super::{SqliteStore, rows, unavailable};
use crate::ledger::seal::Event;

/// "life 30 minutes".
pub(crate) const SESSION_LIFE: Seconds = Seconds(30 * 60);

/// Why there is no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PendampingError {
    /// No helper of that id is registered.
    Unknown,
    /// The id is taken.
    Taken,
    /// The helper carries somebody's card already.
    Busy,
    /// No session of that number.
    NoSession,
    /// The session is over, by its time or before.
    Over,
    /// The card of the session was fetched before.
    Used,
}

impl core::fmt::Display for PendampingError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Unknown => "helper not registered",
            Self::Taken => "helper id taken",
            Self::Busy => "helper has a session",
            Self::NoSession => "no such session",
            Self::Over => "session is over",
            Self::Used => "session was used before",
        })
    }
}

impl core::error::Error for PendampingError {}

coded! { PendampingError {
    Unknown => ("pendamping-unknown", User),
    Taken => ("pendamping-taken", User),
    Busy => ("pendamping-busy", User),
    NoSession => ("pendamping-session-unknown", User),
    Over => ("pendamping-session-over", User),
    Used => ("pendamping-session-used", User),
} }

/// A registered helper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Who.
    pub helper: Pendamping,
    /// Since when.
    pub added_at: Timestamp,
    /// Until when; none while it holds.
    pub removed_at: Option<Timestamp>,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendampingSession {
    /// Its number.
    pub id: i64,
    /// Whose card.
    pub nik: Nik,
    /// Who carries it.
    pub helper: Pendamping,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ends by itself.
    pub ends_at: Timestamp,
    /// When it was ended before.
    pub ended_at: Option<Timestamp>,
    /// Until when the helper's phone has the card or can fetch it.
    pub lives_until: Timestamp,
}

impl PendampingSession {
    /// Whether nothing is issued for it any more.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ended_at.is_some() || now >= self.ends_at
    }

    /// Whether no phone has its card nor can fetch it: the session is over, or its offer has ended without anybody.
    #[must_use]
    pub fn came_to_nothing(&self, now: Timestamp) -> bool {
        self.is_over(now) || now >= self.lives_until
    }
}

/// Until when a session keeps its helper and its person: to its end once its card was given (or waits to be), else while its
/// offer or what the offer was redeemed for can still be used. An offer that nobody fetched keeps nobody.
const LIVES_UNTIL: &str = "CASE
    WHEN EXISTS (SELECT 1 FROM access_token AS given WHERE given.offer = pendamping_session.offer
        AND (EXISTS (SELECT 1 FROM batch WHERE batch.token = given.key)
             OR EXISTS (SELECT 1 FROM deferred WHERE deferred.token = given.key))) THEN pendamping_session.ends_at
    ELSE MIN(pendamping_session.ends_at, MAX(
        COALESCE((SELECT MAX(given.expires_at) FROM access_token AS given WHERE given.offer = pendamping_session.offer), 0),
        COALESCE((SELECT open.expires_at FROM offer AS open WHERE open.key = pendamping_session.offer
            AND open.redeemed = 0), 0))) END";

/// A session that is to begin.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// What the helper's phone fetches; whose card it is stands in it.
    pub offer: Offer,
    /// Id of the helper.
    pub helper: String,
    /// Whether the person is of the age that the pilot counts as elderly.
    pub elderly: bool,
    /// Which officer, as people may be shown it; none for a command.
    pub officer: Option<String>,
}

/// Whom helpers helped, ever: what the pilot counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Helped {
    /// Sessions that were begun.
    pub sessions: u64,
    /// People whose card a helper's phone got: each once.
    pub people: u64,
    /// Those of them who were elderly.
    pub elderly: u64,
}

/// One step of these records.
pub(super) enum Step {
    Add { helper: Pendamping, at: Timestamp },
    Remove { id: String, at: Timestamp },
    Start { new: Box<NewSession>, at: Timestamp },
    End { session: i64, officer: Option<String>, at: Timestamp },
}

impl Step {
    pub(super) async fn apply(
        &self,
        connection: &mut SqliteConnection,
        ending: &mut Ending<'_>,
    ) -> Result<Done, sqlx::Error> {
        let result = match self {
            Self::Add { helper, at } => add(connection, ending, helper, *at).await?,
            Self::Remove { id, at } => remove(connection, ending, id, *at).await?,
            Self::Start { new, at } => {
                let from = ending.events.len();
                let done = start(connection, ending, new, *at).await?;
                if let Some(officer) = &new.officer {
                    acted_by(ending, from, officer);
                }
                done
            }
            Self::End { session, officer, at } => {
                let from = ending.events.len();
                let done = end(connection, ending, *session, *at).await?;
                if let Some(officer) = officer {
                    acted_by(ending, from, officer);
                }
                done
            }
        };
        Ok(Done::Pendamping(result))
    }
}

pub(super) type Ended = Result<i64, PendampingError>;

pub(super) async fn add(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    helper: &Pendamping,
    at: Timestamp,
) -> Result<Ended, sqlx::Error> {
    let done = sqlx::query(
        "INSERT INTO pendamping (id, name, organisation, added_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(&helper.id)
    .bind(&helper.nama)
    .bind(&helper.organisasi)
    .bind(at.unix())
    .execute(connection)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(Err(PendampingError::Taken));
    }
    ending.events.push(Event::local(at, ActKind::PendampingAdd, None, helper.id.clone()));
    Ok(Ok(0))
}

pub(super) async fn remove(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    id: &str,
    at: Timestamp,
) -> Result<Ended, sqlx::Error> {
    let done = sqlx::query("UPDATE pendamping SET removed_at = ? WHERE id = ? AND removed_at IS NULL")
        .bind(at.unix())
        .bind(id)
        .execute(&mut *connection)
        .await?;
    if done.rows_affected() == 0 {
        return Ok(Err(PendampingError::Unknown));
    }
    ending.events.push(Event::local(at, ActKind::PendampingRemove, None, id));
    // Whoever is no helper any more carries nothing any more.
    let open = sqlx::query(
        "SELECT id FROM pendamping_session WHERE helper = ? AND ended_at IS NULL AND ends_at > ?",
    );
    let mut copies = 0;
    for row in open.bind(id).bind(at.unix()).fetch_all(&mut *connection).await? {
        copies += end(connection, ending, row.try_get("id")?, at).await?.unwrap_or(0);
    }
    Ok(Ok(copies))
}

async fn start(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    new: &NewSession,
    at: Timestamp,
) -> Result<Ended, sqlx::Error> {
    let (helper, nik) = (new.helper.as_str(), new.offer.nik.to_string());
    let known =
        sqlx::query("SELECT id, name, organisation FROM pendamping WHERE id = ? AND removed_at IS NULL")
            .bind(helper);
    let Some(named) = known.fetch_optional(&mut *connection).await? else {
        return Ok(Err(PendampingError::Unknown));
    };
    let named = self::helper(&named, "id")?;
    // One person at a time: a phone with the cards of many is no helper's.
    let busy = sqlx::query(sqlx::AssertSqlSafe(format!(
        "SELECT 1 FROM pendamping_session WHERE helper = ? AND nik <> ? AND ended_at IS NULL AND {LIVES_UNTIL} > ?"
    )));
    let busy = busy.bind(helper).bind(&nik).bind(at.unix()).fetch_optional(&mut *connection).await?;
    if busy.is_some() {
        return Ok(Err(PendampingError::Busy));
    }
    // One session for a person at a time: a new one takes the place of what came to nothing.
    let open =
        sqlx::query("SELECT id FROM pendamping_session WHERE nik = ? AND ended_at IS NULL AND ends_at > ?");
    for row in open.bind(&nik).bind(at.unix()).fetch_all(&mut *connection).await? {
        let _ = end(connection, ending, row.try_get("id")?, at).await?;
    }
    place(connection, ending, &new.offer, at).await?;
    let row = sqlx::query(
        "INSERT INTO pendamping_session (offer, nik, helper, elderly, started_at, ends_at)
         VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.offer.key.to_vec())
    .bind(&nik)
    .bind(helper)
    .bind(new.elderly)
    .bind(at.unix())
    .bind(at.plus(SESSION_LIFE).unix())
    .fetch_one(connection)
    .await?;
    let object = format!("{} {helper}", new.offer.kind.name());
    // People read in their history who it is.
    let who = format!("Mode Pendamping: {}, {}", named.nama, named.organisasi);
    let event = Event::local(at, ActKind::PendampingStart, Some(new.offer.nik), object);
    ending.events.push(event.for_purpose(&who));
    Ok(Ok(row.try_get("id")?))
}

/// Suspends what was issued for it, and lets nothing more be issued.
async fn end(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    session: i64,
    at: Timestamp,
) -> Result<Ended, sqlx::Error> {
    let row =
        sqlx::query("SELECT offer, nik, helper, ended_at, ends_at FROM pendamping_session WHERE id = ?");
    let Some(row) = row.bind(session).fetch_optional(&mut *connection).await? else {
        return Ok(Err(PendampingError::NoSession));
    };
    let ended: Option<i64> = row.try_get("ended_at")?;
    if ended.is_some() || at.unix() >= row.try_get::<i64, _>("ends_at")? {
        return Ok(Err(PendampingError::Over));
    }
    let offer: Vec<u8> = row.try_get("offer")?;
    sqlx::query("UPDATE pendamping_session SET ended_at = ? WHERE id = ?")
        .bind(at.unix())
        .bind(session)
        .execute(&mut *connection)
        .await?;
    for statement in [
        "UPDATE offer SET redeemed = 1 WHERE key = ?",
        "UPDATE access_token SET expires_at = 0 WHERE offer = ?",
    ] {
        sqlx::query(statement).bind(&offer).execute(&mut *connection).await?;
    }
    let done = sqlx::query(
        "UPDATE copy SET status = ? WHERE status = ? AND batch IN
         (SELECT batch.id FROM batch JOIN access_token ON access_token.key = batch.token WHERE access_token.offer = ?)",
    )
    .bind(Status::Suspended.value())
    .bind(Status::Valid.value())
    .bind(&offer)
    .execute(&mut *connection)
    .await?;
    let copies = done.rows_affected();
    if copies > 0 {
        sqlx::query("UPDATE number SET value = value + 1 WHERE name = 'status_changes'")
            .execute(connection)
            .await?;
    }
    let helper: String = row.try_get("helper")?;
    let event = Event::local(at, ActKind::PendampingEnd, Some(rows::nik(&row)?), helper);
    ending.events.push(event.changing(copies));
    Ok(Ok(i64::try_from(copies).unwrap_or(i64::MAX)))
}

/// The sessions, with what keeps their helpers.
fn sessions(rest: &str) -> String {
    format!(
        "SELECT pendamping_session.id AS id, nik, started_at, ends_at, ended_at, {LIVES_UNTIL} AS lives_until,
         pendamping.id AS helper, name, organisation
         FROM pendamping_session JOIN pendamping ON pendamping.id = pendamping_session.helper {rest}"
    )
}

fn session(row: &SqliteRow) -> Result<PendampingSession, sqlx::Error> {
    Ok(PendampingSession {
        id: row.try_get("id")?,
        nik: rows::nik(row)?,
        helper: helper(row, "helper")?,
        started_at: Timestamp::from_unix(row.try_get("started_at")?),
        ends_at: Timestamp::from_unix(row.try_get("ends_at")?),
        ended_at: row.try_get::<Option<i64>, _>("ended_at")?.map(Timestamp::from_unix),
        lives_until: Timestamp::from_unix(row.try_get("lives_until")?),
    })
}

fn helper(row: &SqliteRow, id: &str) -> Result<Pendamping, sqlx::Error> {
    Ok(Pendamping {
        id: row.try_get(id)?,
        nama: row.try_get("name")?,
        organisasi: row.try_get("organisation")?,
    })
}

impl SqliteStore {
    async fn pendamping(&self, step: Step) -> Result<Ended, StoreError> {
        match self.write.act(Act::Pendamping(Box::new(step))).await? {
            Done::Pendamping(result) => Ok(result),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Registers a helper.
    ///
    /// # Errors
    /// [`StoreError`]; inside, [`PendampingError::Taken`].
    pub async fn add_pendamping(
        &self,
        helper: Pendamping,
        at: Timestamp,
    ) -> Result<Result<(), PendampingError>, StoreError> {
        Ok(self.pendamping(Step::Add { helper, at }).await?.map(drop))
    }

    /// Ends a registration, and the session that the helper may have open.
    ///
    /// # Errors
    /// [`StoreError`]; inside, [`PendampingError::Unknown`].
    pub async fn remove_pendamping(
        &self,
        id: &str,
        at: Timestamp,
    ) -> Result<Result<(), PendampingError>, StoreError> {
        Ok(self.pendamping(Step::Remove { id: id.to_owned(), at }).await?.map(drop))
    }

    /// Begins a session; its number.
    ///
    /// # Errors
    /// [`StoreError`]; inside, [`PendampingError::Unknown`], [`PendampingError::Busy`].
    pub async fn start_pendamping(
        &self,
        new: NewSession,
        at: Timestamp,
    ) -> Result<Result<i64, PendampingError>, StoreError> {
        self.pendamping(Step::Start { new: Box::new(new), at }).await
    }

    /// Ends a session before its time; how many copies were suspended.
    ///
    /// # Errors
    /// [`StoreError`]; inside, [`PendampingError::NoSession`], [`PendampingError::Over`].
    pub async fn end_pendamping(
        &self,
        session: i64,
        officer: Option<String>,
        at: Timestamp,
    ) -> Result<Result<i64, PendampingError>, StoreError> {
        self.pendamping(Step::End { session, officer, at }).await
    }

    /// All helpers ever registered, in the order of their ids.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn pendampings(&self) -> Result<Vec<Registered>, StoreError> {
        let rows = sqlx::query("SELECT * FROM pendamping ORDER BY id").fetch_all(&self.read).await;
        let one = |row: &SqliteRow| {
            Ok(Registered {
                helper: helper(row, "id")?,
                added_at: Timestamp::from_unix(row.try_get("added_at")?),
                removed_at: row.try_get::<Option<i64>, _>("removed_at")?.map(Timestamp::from_unix),
            })
        };
        rows.map_err(unavailable)?.iter().map(one).collect::<Result<_, _>>().map_err(unavailable)
    }

    /// The newest sessions first, at most `most`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn pendamping_sessions(&self, most: u32) -> Result<Vec<PendampingSession>, StoreError> {
        let text = sessions("ORDER BY pendamping_session.id DESC LIMIT ?");
        let rows = sqlx::query(sqlx::AssertSqlSafe(text)).bind(most).fetch_all(&self.read).await;
        rows.map_err(unavailable)?.iter().map(session).collect::<Result<_, _>>().map_err(unavailable)
    }

    /// The session that an offer belongs to; none for an ordinary one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn pendamping_of(&self, offer: OfferKey) -> Result<Option<PendampingSession>, StoreError> {
        let text = sessions("WHERE offer = ?");
        let row =
            sqlx::query(sqlx::AssertSqlSafe(text)).bind(offer.to_vec()).fetch_optional(&self.read).await;
        row.map_err(unavailable)?.as_ref().map(session).transpose().map_err(unavailable)
    }

    /// The session in which somebody carries this person's card now, or can still fetch it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn pendamping_for(
        &self,
        nik: Nik,
        now: Timestamp,
    ) -> Result<Option<PendampingSession>, StoreError> {
        let text = sessions(&format!("WHERE nik = ? AND ended_at IS NULL AND {LIVES_UNTIL} > ?"));
        let row = sqlx::query(sqlx::AssertSqlSafe(text)).bind(nik.to_string()).bind(now.unix());
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.as_ref().map(session).transpose().map_err(unavailable)
    }

    /// Whom helpers helped, ever.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn helped(&self) -> Result<Helped, StoreError> {
        // A session whose card no phone fetched helped nobody.
        let row = sqlx::query(
            "SELECT COUNT(*), COUNT(DISTINCT CASE WHEN given THEN nik END),
                    COUNT(DISTINCT CASE WHEN given AND elderly THEN nik END)
             FROM (SELECT nik, elderly, EXISTS (
                 SELECT 1 FROM access_token JOIN batch ON batch.token = access_token.key
                 WHERE access_token.offer = pendamping_session.offer) AS given FROM pendamping_session)",
        );
        let row = row.fetch_one(&self.read).await.map_err(unavailable)?;
        let count = |at: usize| row.try_get::<i64, _>(at).map(i64::unsigned_abs).map_err(unavailable);
        Ok(Helped { sessions: count(0)?, people: count(1)?, elderly: count(2)? })
    }
}
