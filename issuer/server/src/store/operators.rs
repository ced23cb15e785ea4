//! Operators: accounts, invitations, authenticators, sessions, and what authenticators were asked.

use absah_issuer_core::operator::{Assurance, Role, slow_down};
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_types::{Seconds, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending};
use super::{SqliteStore, key_of, unavailable};
use crate::ledger::seal::Event;

/// An operator, without what they sign in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    /// Number.
    pub id: i64,
    /// What authenticators know the account by.
    pub handle: [u8; 16],
    /// Name for signing in.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// When the first authenticator was added.
    pub enrolled_at: Option<Timestamp>,
    /// When the account was closed.
    pub disabled_at: Option<Timestamp>,
    /// How many passkeys there are.
    pub passkeys: u32,
    /// Whether password and one-time code are set.
    pub has_fallback: bool,
    /// Whether an invitation may be made for the account.
    pub invitable: bool,
}

impl Operator {
    /// As citizens and auditors are shown it: the role and a number, no name.
    #[must_use]
    pub fn public_name(&self) -> String {
        format!("{} {}", self.role.as_str(), self.id)
    }

    /// How many ways in there are.
    #[must_use]
    pub fn authenticators(&self) -> u32 {
        self.passkeys.saturating_add(u32::from(self.has_fallback))
    }
}

/// Somebody who is to be invited.
#[derive(Debug, Clone)]
pub struct NewOperator {
    /// What authenticators will know the account by.
    pub handle: [u8; 16],
    /// Name for signing in.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// Role.
    pub role: Role,
}

/// A passkey as it is kept.
#[derive(Clone)]
pub(crate) struct KeptPasskey {
    pub(crate) credential: Vec<u8>,
    /// The library's own JSON.
    pub(crate) passkey: String,
    pub(crate) label: String,
    pub(crate) added_at: Timestamp,
    pub(crate) used_at: Option<Timestamp>,
}

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

/// Password and one-time code as they are kept.
#[derive(Clone)]
pub(crate) struct Fallback {
    pub(crate) password: String,
    pub(crate) totp: Vec<u8>,
    pub(crate) totp_step: i64,
}

/// One step of these records.
pub(super) enum Step {
    Invite {
        who: NewOperator,
        key: [u8; 32],
        expires_at: Timestamp,
        by: Option<String>,
        at: Timestamp,
    },
    /// Another invitation for somebody who has an account.
    InviteAgain {
        operator: i64,
        key: [u8; 32],
        expires_at: Timestamp,
        by: Option<String>,
        at: Timestamp,
    },
    AddPasskey {
        operator: i64,
        passkey: KeptPasskey,
    },
    RemovePasskey {
        operator: i64,
        credential: Vec<u8>,
        at: Timestamp,
    },
    UsePasskey {
        credential: Vec<u8>,
        passkey: String,
        at: Timestamp,
    },
    SetFallback {
        operator: i64,
        password: String,
        totp: Vec<u8>,
        step: i64,
        at: Timestamp,
    },
    UseTotp {
        operator: i64,
        step: i64,
    },
    Begin {
        session: Session,
        act: Option<String>,
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
    Fail {
        what: [u8; 32],
        at: Timestamp,
    },
    Forget {
        what: [u8; 32],
    },
}

fn maybe_by(event: Event, by: Option<&str>) -> Event {
    match by {
        Some(officer) => event.by(officer),
        None => event,
    }
}

impl Step {
    pub(super) async fn apply(
        &self,
        connection: &mut SqliteConnection,
        ending: &mut Ending<'_>,
    ) -> Result<Done, sqlx::Error> {
        match self {
            Self::Invite { who, key, expires_at, by, at } => {
                let id = insert(connection, who, *at).await?;
                if let Some(id) = id {
                    invitation(connection, id, key, *expires_at).await?;
                    let object = format!("{id} {}", who.role.as_str());
                    let event = Event::local(*at, ActKind::OperatorInvite, None, object);
                    ending.events.push(maybe_by(event, by.as_deref()));
                }
                Ok(Done::Id(id))
            }
            Self::InviteAgain { operator, key, expires_at, by, at } => {
                // At the console only what two people agreed to, once.
                let done = sqlx::query(
                    "UPDATE operator SET invitable = 0 WHERE id = ?1 AND disabled_at IS NULL AND (invitable = 1 OR ?2)",
                )
                .bind(operator)
                .bind(by.is_none())
                .execute(&mut *connection)
                .await?;
                if done.rows_affected() == 0 {
                    return Ok(Done::Id(None));
                }
                sqlx::query("DELETE FROM operator_invitation WHERE operator = ?")
                    .bind(operator)
                    .execute(&mut *connection)
                    .await?;
                // Whoever began with the code that is replaced does not go on with it.
                sqlx::query("DELETE FROM operator_session WHERE operator = ? AND assurance = 'invitation'")
                    .bind(operator)
                    .execute(&mut *connection)
                    .await?;
                invitation(connection, *operator, key, *expires_at).await?;
                let event = Event::local(*at, ActKind::OperatorInvite, None, operator.to_string());
                ending.events.push(maybe_by(event, by.as_deref()));
                Ok(Done::Id(Some(*operator)))
            }
            Self::AddPasskey { operator, passkey } => {
                add_passkey(connection, ending, *operator, passkey).await
            }
            Self::RemovePasskey { operator, credential, at } => {
                let done = sqlx::query("DELETE FROM operator_passkey WHERE operator = ? AND credential = ?")
                    .bind(operator)
                    .bind(credential)
                    .execute(&mut *connection)
                    .await?;
                let found = done.rows_affected() == 1;
                if found {
                    ending.events.push(own(connection, *operator, ActKind::AuthenticatorRemove, *at).await?);
                }
                Ok(Done::Found(found))
            }
            Self::UsePasskey { credential, passkey, at } => {
                sqlx::query("UPDATE operator_passkey SET passkey = ?, used_at = ? WHERE credential = ?")
                    .bind(passkey)
                    .bind(at.unix())
                    .bind(credential)
                    .execute(connection)
                    .await?;
                Ok(Done::Nothing)
            }
            Self::SetFallback { operator, password, totp, step, at } => {
                sqlx::query("UPDATE operator SET password = ?, totp = ?, totp_step = ? WHERE id = ?")
                    .bind(password)
                    .bind(totp)
                    .bind(step)
                    .bind(operator)
                    .execute(&mut *connection)
                    .await?;
                ending.events.push(own(connection, *operator, ActKind::AuthenticatorAdd, *at).await?);
                Ok(Done::Nothing)
            }
            // "the verifier MUST NOT accept the second attempt of the OTP" (RFC 6238, section 5.2).
            Self::UseTotp { operator, step } => {
                let done = sqlx::query("UPDATE operator SET totp_step = ?2 WHERE id = ?1 AND totp_step < ?2")
                    .bind(operator)
                    .bind(step)
                    .execute(connection)
                    .await?;
                Ok(Done::Found(done.rows_affected() == 1))
            }
            Self::Begin { session, act } => begin(connection, ending, session, act.as_deref()).await,
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
            Self::Fail { what, at } => {
                sqlx::query("DELETE FROM slow_down WHERE last_at < ?")
                    .bind(at.minus(slow_down::FORGET).unix())
                    .execute(&mut *connection)
                    .await?;
                sqlx::query(
                    "INSERT INTO slow_down (what, failures, last_at) VALUES (?1, 1, ?2)
                     ON CONFLICT (what) DO UPDATE SET failures = failures + 1, last_at = ?2",
                )
                .bind(what.as_slice())
                .bind(at.unix())
                .execute(connection)
                .await?;
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

/// The number of a new account; nothing if the name is taken.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    who: &NewOperator,
    at: Timestamp,
) -> Result<Option<i64>, sqlx::Error> {
    let row = sqlx::query(
        "INSERT INTO operator (handle, login, name, role, made_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (login) DO NOTHING RETURNING id",
    )
    .bind(who.handle.as_slice())
    .bind(&who.login)
    .bind(&who.name)
    .bind(who.role.as_str())
    .bind(at.unix())
    .fetch_optional(connection)
    .await?;
    row.map(|row| row.try_get(0)).transpose()
}

/// How long an invitation is open.
pub(crate) const INVITATION_LIFE: Seconds = Seconds::days(3);

/// What an invitation is kept by.
pub(crate) fn invitation_key(code: &str) -> [u8; 32] {
    key_of("operator-invitation", code)
}

async fn invitation(
    connection: &mut SqliteConnection,
    operator: i64,
    key: &[u8; 32],
    expires_at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO operator_invitation (key, operator, expires_at) VALUES (?, ?, ?)")
        .bind(key.as_slice())
        .bind(operator)
        .bind(expires_at.unix())
        .execute(connection)
        .await?;
    Ok(())
}

/// Something an operator did to the own account.
async fn own(
    connection: &mut SqliteConnection,
    operator: i64,
    act: ActKind,
    at: Timestamp,
) -> Result<Event, sqlx::Error> {
    let row = sqlx::query("SELECT role FROM operator WHERE id = ?").bind(operator);
    let role: String = row.fetch_one(connection).await?.try_get(0)?;
    Ok(Event::local(at, act, None, operator.to_string()).by(&format!("{role} {operator}")))
}

/// A credential belongs to one account for ever; with it an invitation is used up, and whoever else had opened it.
async fn add_passkey(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    operator: i64,
    passkey: &KeptPasskey,
) -> Result<Done, sqlx::Error> {
    let done = sqlx::query(
        "INSERT INTO operator_passkey (credential, operator, passkey, label, added_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING",
    )
    .bind(&passkey.credential)
    .bind(operator)
    .bind(&passkey.passkey)
    .bind(&passkey.label)
    .bind(passkey.added_at.unix())
    .execute(&mut *connection)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(Done::Found(false));
    }
    let first = sqlx::query("UPDATE operator SET enrolled_at = ? WHERE id = ? AND enrolled_at IS NULL")
        .bind(passkey.added_at.unix())
        .bind(operator)
        .execute(&mut *connection)
        .await?;
    let act = if first.rows_affected() == 1 { ActKind::OperatorEnroll } else { ActKind::AuthenticatorAdd };
    for statement in [
        "DELETE FROM operator_invitation WHERE operator = ?",
        "DELETE FROM operator_session WHERE operator = ? AND assurance = 'invitation'",
    ] {
        sqlx::query(statement).bind(operator).execute(&mut *connection).await?;
    }
    ending.events.push(own(connection, operator, act, passkey.added_at).await?);
    Ok(Done::Found(true))
}

async fn begin(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    session: &Session,
    act: Option<&str>,
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
    if act.is_some() {
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

const OPERATORS: &str =
    "SELECT operator.*, (SELECT COUNT(*) FROM operator_passkey WHERE operator = operator.id) AS passkeys
     FROM operator";

fn operator(row: &SqliteRow) -> Result<Operator, sqlx::Error> {
    let handle: Vec<u8> = row.try_get("handle")?;
    let time = |column| row.try_get::<Option<i64>, _>(column).map(|at| at.map(Timestamp::from_unix));
    Ok(Operator {
        id: row.try_get("id")?,
        handle: handle.try_into().map_err(|_| sqlx::Error::RowNotFound)?,
        login: row.try_get("login")?,
        name: row.try_get("name")?,
        role: Role::of_name(row.try_get("role")?).ok_or(sqlx::Error::RowNotFound)?,
        enrolled_at: time("enrolled_at")?,
        disabled_at: time("disabled_at")?,
        passkeys: row.try_get("passkeys")?,
        has_fallback: row.try_get::<Option<&str>, _>("password")?.is_some(),
        invitable: row.try_get("invitable")?,
    })
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
    pub(super) async fn operator_step(&self, step: Step) -> Result<Done, StoreError> {
        self.write.act(Act::Operator(Box::new(step))).await
    }

    async fn operator_found(&self, step: Step) -> Result<bool, StoreError> {
        self.found(Act::Operator(Box::new(step))).await
    }

    /// Invites somebody: the number of the account, or nothing if the name for signing in is taken.
    pub(crate) async fn invite_operator(
        &self,
        who: NewOperator,
        (key, expires_at): ([u8; 32], Timestamp),
        by: Option<String>,
        at: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        match self.operator_step(Step::Invite { who, key, expires_at, by, at }).await? {
            Done::Id(id) => Ok(id),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Invites somebody who has an account once more, in place of an earlier invitation.
    pub(crate) async fn invite_again(
        &self,
        operator: i64,
        (key, expires_at): ([u8; 32], Timestamp),
        by: Option<String>,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        match self.operator_step(Step::InviteAgain { operator, key, expires_at, by, at }).await? {
            Done::Id(id) => Ok(id.is_some()),
            _ => Err(StoreError::Damaged),
        }
    }

    /// All operators.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn operators(&self) -> Result<Vec<Operator>, StoreError> {
        let text = format!("{OPERATORS} ORDER BY id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(text)).fetch_all(&self.read).await.map_err(unavailable)?;
        rows.iter().map(|row| operator(row).map_err(unavailable)).collect()
    }

    async fn one_operator(
        &self,
        column: &str,
        value: impl Into<String>,
    ) -> Result<Option<Operator>, StoreError> {
        let text = format!("{OPERATORS} WHERE {column} = ?");
        let row = sqlx::query(sqlx::AssertSqlSafe(text)).bind(value.into());
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.map(|row| operator(&row).map_err(unavailable)).transpose()
    }

    pub(crate) async fn operator(&self, id: i64) -> Result<Option<Operator>, StoreError> {
        self.one_operator("CAST(operator.id AS TEXT)", id.to_string()).await
    }

    pub(crate) async fn operator_of_login(&self, login: &str) -> Result<Option<Operator>, StoreError> {
        self.one_operator("login", login).await
    }

    /// Whom an invitation is for.
    pub(crate) async fn invited(&self, key: [u8; 32], now: Timestamp) -> Result<Option<i64>, StoreError> {
        let row = sqlx::query("SELECT operator FROM operator_invitation WHERE key = ? AND expires_at > ?")
            .bind(key.to_vec())
            .bind(now.unix());
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.map(|row| row.try_get(0)).transpose().map_err(unavailable)
    }

    pub(crate) async fn passkeys(&self, operator: i64) -> Result<Vec<KeptPasskey>, StoreError> {
        let rows = sqlx::query("SELECT * FROM operator_passkey WHERE operator = ? ORDER BY added_at");
        let rows = rows.bind(operator).fetch_all(&self.read).await.map_err(unavailable)?;
        let passkey = |row: &SqliteRow| {
            Ok(KeptPasskey {
                credential: row.try_get("credential")?,
                passkey: row.try_get("passkey")?,
                label: row.try_get("label")?,
                added_at: Timestamp::from_unix(row.try_get("added_at")?),
                used_at: row.try_get::<Option<i64>, _>("used_at")?.map(Timestamp::from_unix),
            })
        };
        rows.iter().map(passkey).collect::<Result<_, sqlx::Error>>().map_err(unavailable)
    }

    pub(crate) async fn add_passkey(&self, operator: i64, passkey: KeptPasskey) -> Result<bool, StoreError> {
        self.operator_found(Step::AddPasskey { operator, passkey }).await
    }

    pub(crate) async fn remove_passkey(
        &self,
        operator: i64,
        credential: Vec<u8>,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.operator_found(Step::RemovePasskey { operator, credential, at }).await
    }

    pub(crate) async fn use_passkey(
        &self,
        credential: Vec<u8>,
        passkey: String,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.operator_step(Step::UsePasskey { credential, passkey, at }).await.map(drop)
    }

    pub(crate) async fn set_fallback(
        &self,
        operator: i64,
        fallback: Fallback,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let Fallback { password, totp, totp_step: step } = fallback;
        self.operator_step(Step::SetFallback { operator, password, totp, step, at }).await.map(drop)
    }

    pub(crate) async fn fallback(&self, operator: i64) -> Result<Option<Fallback>, StoreError> {
        let row = sqlx::query("SELECT password, totp, totp_step FROM operator WHERE id = ?").bind(operator);
        let Some(row) = row.fetch_optional(&self.read).await.map_err(unavailable)? else { return Ok(None) };
        let of = |row: &SqliteRow| {
            let (password, totp) = (row.try_get::<Option<_>, _>(0)?, row.try_get::<Option<_>, _>(1)?);
            let totp_step = row.try_get(2)?;
            Ok(password.zip(totp).map(|(password, totp)| Fallback { password, totp, totp_step }))
        };
        of(&row).map_err(unavailable)
    }

    /// Uses a one-time code up; false if it, or a later one, was used before.
    pub(crate) async fn use_totp(&self, operator: i64, step: i64) -> Result<bool, StoreError> {
        self.operator_found(Step::UseTotp { operator, step }).await
    }

    pub(crate) async fn begin_session(&self, session: Session, is_sign_in: bool) -> Result<(), StoreError> {
        let act = is_sign_in.then(|| session.operator.to_string());
        self.operator_step(Step::Begin { session, act }).await.map(drop)
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
        self.operator_step(Step::See { key, at }).await.map(drop)
    }

    pub(crate) async fn end_session(
        &self,
        key: [u8; 32],
        by: Option<String>,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.operator_found(Step::End { key, by, at }).await
    }

    pub(crate) async fn ask(&self, ceremony: Ceremony) -> Result<(), StoreError> {
        self.operator_step(Step::Ask(ceremony)).await.map(drop)
    }

    /// Takes up what an authenticator was asked, once: whose it is, and the state.
    pub(crate) async fn answer(
        &self,
        key: [u8; 32],
        kind: &'static str,
        session: Option<[u8; 32]>,
        at: Timestamp,
    ) -> Result<Option<(i64, String)>, StoreError> {
        match self.operator_step(Step::Answer { key, kind, session, at }).await? {
            Done::Ceremony(found) => Ok(found),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Counts a wrong try.
    pub(crate) async fn failed(&self, what: [u8; 32], at: Timestamp) -> Result<(), StoreError> {
        self.operator_step(Step::Fail { what, at }).await.map(drop)
    }

    /// Forgets wrong tries after a right one.
    pub(crate) async fn succeeded(&self, what: [u8; 32]) -> Result<(), StoreError> {
        self.operator_step(Step::Forget { what }).await.map(drop)
    }

    /// When the next try is taken.
    pub(crate) async fn next_try(&self, what: [u8; 32]) -> Result<Option<Timestamp>, StoreError> {
        let row = sqlx::query("SELECT failures, last_at FROM slow_down WHERE what = ?").bind(what.to_vec());
        let Some(row) = row.fetch_optional(&self.read).await.map_err(unavailable)? else { return Ok(None) };
        let failures: u32 = row.try_get(0).map_err(unavailable)?;
        let last = Timestamp::from_unix(row.try_get(1).map_err(unavailable)?);
        Ok(Some(slow_down::next_try(failures, last)))
    }
}
