//! Sessions of operators, what authenticators were asked, and wrong tries.

use absah_issuer_core::operator::alerts::MEMORY;
use absah_issuer_core::operator::{Assurance, slow_down};
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_types::{Seconds, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending};
use super::operators::own;
use super::{SqliteStore, unavailable};
use crate::ledger::seal::Event;

/// A session that goes on.
#[derive(Debug, Clone)]
pub struct Session {
    /// Digest of its cookie.
    pub key: [u8; 32],
    /// Whose.
    pub operator: i64,
    /// How they signed in.
    pub assurance: Assurance,
    /// When.
    pub signed_in_at: Timestamp,
    /// Last request.
    pub seen_at: Timestamp,
    /// What the browser says it is.
    pub device: String,
}

/// What an authenticator was asked.
#[derive(Clone)]
pub(crate) struct Ceremony {
    pub(crate) key: [u8; 32],
    pub(crate) kind: &'static str,
    pub(crate) operator: i64,
    pub(crate) session: Option<[u8; 32]>,
    pub(crate) state: String,
    pub(crate) expires_at: Timestamp,
}

/// One step of these records.
pub(super) enum Step {
    /// A sign-in, with the place it came from; without one, somebody who only enrols or goes on.
    Begin {
        session: Session,
        source: Option<String>,
    },
    See {
        key: [u8; 32],
        at: Timestamp,
    },
    End {
        key: [u8; 32],
        by: Option<String>,
        at: Timestamp,
    },
    Ask(Ceremony),
    Answer {
        key: [u8; 32],
        kind: &'static str,
        session: Option<[u8; 32]>,
        at: Timestamp,
    },
    /// What a try is counted for, each with how many wrong ones cost nothing.
    Try {
        what: Vec<([u8; 32], u32)>,
        at: Timestamp,
    },
    Forget {
        what: [u8; 32],
    },
    /// A try that was counted before it was known was a right one.
    Uncount {
        what: Vec<[u8; 32]>,
    },
}

impl Step {
    pub(super) async fn apply(
        &self,
        connection: &mut SqliteConnection,
        ending: &mut Ending<'_>,
    ) -> Result<Done, sqlx::Error> {
        match self {
            Self::Begin { session, source } => begin(connection, ending, session, source.as_deref()).await,
            Self::See { key, at } => {
                sqlx::query("UPDATE operator_session SET seen_at = ? WHERE key = ?")
                    .bind(at.unix())
                    .bind(key.as_slice())
                    .execute(connection)
                    .await?;
                Ok(Done::Nothing)
            }
            Self::End { key, by, at } => {
                sqlx::query("DELETE FROM person_case WHERE session = ?")
                    .bind(key.as_slice())
                    .execute(&mut *connection)
                    .await?;
                let row = sqlx::query("DELETE FROM operator_session WHERE key = ? RETURNING operator");
                let row = row.bind(key.as_slice()).fetch_optional(connection).await?;
                let Some(row) = row else { return Ok(Done::Found(false)) };
                if let Some(by) = by {
                    let whose: i64 = row.try_get(0)?;
                    let event = Event::local(*at, ActKind::SessionEnd, None, whose.to_string());
                    ending.events.push(event.by(by));
                }
                Ok(Done::Found(true))
            }
            Self::Ask(ceremony) => ask(connection, ceremony).await,
            Self::Answer { key, kind, session, at } => {
                let row = sqlx::query(
                    "DELETE FROM operator_ceremony WHERE key = ? RETURNING kind, operator, session, state, expires_at",
                )
                .bind(key.as_slice())
                .fetch_optional(connection)
                .await?;
                let Some(row) = row else { return Ok(Done::Ceremony(None)) };
                let asked: Option<Vec<u8>> = row.try_get("session")?;
                let expires_at: i64 = row.try_get("expires_at")?;
                let is_it = row.try_get::<&str, _>("kind")? == *kind
                    && asked.as_deref() == session.as_ref().map(<[u8; 32]>::as_slice)
                    && at.unix() < expires_at;
                let found = (row.try_get("operator")?, row.try_get("state")?);
                Ok(Done::Ceremony(is_it.then_some(found)))
            }
            Self::Try { what, at } => {
                sqlx::query("DELETE FROM slow_down WHERE last_at < ?")
                    .bind(at.minus(slow_down::FORGET).unix())
                    .execute(&mut *connection)
                    .await?;
                for (what, free) in what {
                    let row = sqlx::query("SELECT failures, last_at FROM slow_down WHERE what = ?");
                    if let Some(row) = row.bind(what.as_slice()).fetch_optional(&mut *connection).await? {
                        let last = Timestamp::from_unix(row.try_get(1)?);
                        if *at < slow_down::next_try(row.try_get(0)?, *free, last) {
                            return Ok(Done::Found(false));
                        }
                    }
                }
                // One that is not looked at counts for nothing.
                for (what, _) in what {
                    sqlx::query(
                        "INSERT INTO slow_down (what, failures, last_at) VALUES (?1, 1, ?2)
                         ON CONFLICT (what) DO UPDATE SET failures = failures + 1, last_at = ?2",
                    )
                    .bind(what.as_slice())
                    .bind(at.unix())
                    .execute(&mut *connection)
                    .await?;
                }
                Ok(Done::Found(true))
            }
            Self::Uncount { what } => {
                for what in what {
                    sqlx::query(
                        "UPDATE slow_down SET failures = failures - 1 WHERE what = ? AND failures > 0",
                    )
                    .bind(what.as_slice())
                    .execute(&mut *connection)
                    .await?;
                }
                Ok(Done::Nothing)
            }
            Self::Forget { what } => {
                sqlx::query("DELETE FROM slow_down WHERE what = ?")
                    .bind(what.as_slice())
                    .execute(connection)
                    .await?;
                Ok(Done::Nothing)
            }
        }
    }
}

pub(super) async fn begin(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    session: &Session,
    source: Option<&str>,
) -> Result<Done, sqlx::Error> {
    let at = session.signed_in_at;
    // What has ended is not kept: who was opened stands in the ledger.
    for statement in
        ["DELETE FROM operator_session WHERE signed_in_at < ?", "DELETE FROM person_case WHERE opened_at < ?"]
    {
        let yesterday = at.minus(Seconds::days(1)).unix();
        sqlx::query(statement).bind(yesterday).execute(&mut *connection).await?;
    }
    sqlx::query(
        "INSERT INTO operator_session (key, operator, assurance, signed_in_at, seen_at, device) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(session.key.as_slice())
    .bind(session.operator)
    .bind(session.assurance.as_str())
    .bind(at.unix())
    .bind(session.seen_at.unix())
    .bind(&session.device)
    .execute(&mut *connection)
    .await?;
    if let Some(source) = source {
        sqlx::query("DELETE FROM operator_sign_in WHERE at < ?")
            .bind(at.minus(MEMORY).unix())
            .execute(&mut *connection)
            .await?;
        sqlx::query("INSERT INTO operator_sign_in (operator, at, device, source) VALUES (?, ?, ?, ?)")
            .bind(session.operator)
            .bind(at.unix())
            .bind(&session.device)
            .bind(source)
            .execute(&mut *connection)
            .await?;
        ending.events.push(own(connection, session.operator, ActKind::SignIn, at).await?);
    }
    Ok(Done::Nothing)
}

async fn ask(connection: &mut SqliteConnection, ceremony: &Ceremony) -> Result<Done, sqlx::Error> {
    sqlx::query("DELETE FROM operator_ceremony WHERE expires_at < ?")
        .bind(ceremony.expires_at.minus(Seconds::hours(1)).unix())
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO operator_ceremony (key, kind, operator, session, state, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(ceremony.key.as_slice())
    .bind(ceremony.kind)
    .bind(ceremony.operator)
    .bind(ceremony.session.as_ref().map(<[u8; 32]>::as_slice))
    .bind(&ceremony.state)
    .bind(ceremony.expires_at.unix())
    .execute(connection)
    .await?;
    Ok(Done::Nothing)
}

fn session(row: &SqliteRow) -> Result<Session, sqlx::Error> {
    let key: Vec<u8> = row.try_get("key")?;
    Ok(Session {
        key: key.try_into().map_err(|_| sqlx::Error::RowNotFound)?,
        operator: row.try_get("operator")?,
        assurance: Assurance::of_name(row.try_get("assurance")?).ok_or(sqlx::Error::RowNotFound)?,
        signed_in_at: Timestamp::from_unix(row.try_get("signed_in_at")?),
        seen_at: Timestamp::from_unix(row.try_get("seen_at")?),
        device: row.try_get("device")?,
    })
}

impl SqliteStore {
    async fn session_step(&self, step: Step) -> Result<Done, StoreError> {
        self.write.act(Act::Session(Box::new(step))).await
    }

    pub(crate) async fn begin_session(
        &self,
        session: Session,
        source: Option<String>,
    ) -> Result<(), StoreError> {
        self.session_step(Step::Begin { session, source }).await.map(drop)
    }

    pub(crate) async fn session(&self, key: [u8; 32]) -> Result<Option<Session>, StoreError> {
        let row = sqlx::query("SELECT * FROM operator_session WHERE key = ?").bind(key.to_vec());
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.map(|row| session(&row).map_err(unavailable)).transpose()
    }

    /// Sessions, the last seen first: of one operator, or of all.
    pub(crate) async fn sessions(&self, of: Option<i64>) -> Result<Vec<Session>, StoreError> {
        let rows = match of {
            Some(id) => {
                sqlx::query("SELECT * FROM operator_session WHERE operator = ? ORDER BY seen_at DESC")
                    .bind(id)
            }
            None => sqlx::query("SELECT * FROM operator_session ORDER BY seen_at DESC"),
        };
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        rows.iter().map(|row| session(row).map_err(unavailable)).collect()
    }

    pub(crate) async fn see_session(&self, key: [u8; 32], at: Timestamp) -> Result<(), StoreError> {
        self.session_step(Step::See { key, at }).await.map(drop)
    }

    pub(crate) async fn end_session(
        &self,
        key: [u8; 32],
        by: Option<String>,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.found(Act::Session(Box::new(Step::End { key, by, at }))).await
    }

    pub(crate) async fn ask(&self, ceremony: Ceremony) -> Result<(), StoreError> {
        self.session_step(Step::Ask(ceremony)).await.map(drop)
    }

    /// Takes up what an authenticator was asked, once: whose it is, and the state.
    pub(crate) async fn answer(
        &self,
        key: [u8; 32],
        kind: &'static str,
        session: Option<[u8; 32]>,
        at: Timestamp,
    ) -> Result<Option<(i64, String)>, StoreError> {
        match self.session_step(Step::Answer { key, kind, session, at }).await? {
            Done::Ceremony(found) => Ok(found),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Counts a try as a wrong one, before it is known whether it is: false if it comes too soon, and then it is not looked at.
    /// Both in one act, so that many at once are many.
    pub(crate) async fn try_counted(&self, what: [u8; 32], at: Timestamp) -> Result<bool, StoreError> {
        self.tries_counted(vec![(what, slow_down::FREE)], at).await
    }

    /// The same for several things at once, each with how many wrong tries cost nothing: of none of them it may come too soon.
    pub(crate) async fn tries_counted(
        &self,
        what: Vec<([u8; 32], u32)>,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.found(Act::Session(Box::new(Step::Try { what, at }))).await
    }

    /// Takes back what [`Self::tries_counted`] has counted for a right one; the wrong ones of others stay.
    pub(crate) async fn uncount(&self, what: Vec<[u8; 32]>) -> Result<(), StoreError> {
        self.session_step(Step::Uncount { what }).await.map(drop)
    }

    /// Forgets wrong tries after a right one.
    pub(crate) async fn succeeded(&self, what: [u8; 32]) -> Result<(), StoreError> {
        self.session_step(Step::Forget { what }).await.map(drop)
    }
}
