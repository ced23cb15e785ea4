//! Operators: accounts, the first invitations, authenticators.

use absah_issuer_core::operator::Role;
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_types::{Seconds, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending};
use super::sessions::Session;
use super::{SqliteStore, invitations, key_of, unavailable};
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
        at: Timestamp,
    },
    /// Another invitation for somebody who has an account, made at the machine itself.
    InviteAgain {
        operator: i64,
        key: [u8; 32],
        expires_at: Timestamp,
        at: Timestamp,
    },
    /// Somebody has the code of an invitation.
    TakeUp {
        first: [u8; 32],
        second: Option<[u8; 32]>,
        session: Session,
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
    RemoveFallback {
        operator: i64,
        at: Timestamp,
    },
    UseTotp {
        operator: i64,
        step: i64,
    },
}

impl Step {
    pub(super) async fn apply(
        &self,
        connection: &mut SqliteConnection,
        ending: &mut Ending<'_>,
    ) -> Result<Done, sqlx::Error> {
        match self {
            Self::Invite { who, key, expires_at, at } => {
                let id = insert(connection, who, *at).await?;
                if let Some(id) = id {
                    invitation(connection, id, key, *expires_at).await?;
                    let object = format!("{id} {}", who.role.as_str());
                    ending.events.push(Event::local(*at, ActKind::OperatorInvite, None, object).changing(1));
                }
                Ok(Done::Id(id))
            }
            Self::InviteAgain { operator, key, expires_at, at } => {
                let row = sqlx::query("SELECT 1 FROM operator WHERE id = ? AND disabled_at IS NULL");
                if row.bind(operator).fetch_optional(&mut *connection).await?.is_none() {
                    return Ok(Done::Id(None));
                }
                invitations::begin_anew(connection, ending, *operator, *at).await?;
                invitation(connection, *operator, key, *expires_at).await?;
                ending.events.push(Event::local(*at, ActKind::OperatorInvite, None, operator.to_string()));
                Ok(Done::Id(Some(*operator)))
            }
            Self::TakeUp { first, second, session, at } => {
                invitations::take_up(connection, ending, ((first, second.as_ref()), session), *at).await
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
            Self::RemoveFallback { operator, at } => {
                let done = sqlx::query(
                    "UPDATE operator SET password = NULL, totp = NULL WHERE id = ? AND password IS NOT NULL",
                );
                let found = done.bind(operator).execute(&mut *connection).await?.rows_affected() == 1;
                if found {
                    ending.events.push(own(connection, *operator, ActKind::AuthenticatorRemove, *at).await?);
                }
                Ok(Done::Found(found))
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
pub(super) async fn own(
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
    invitations::end(connection, operator).await?;
    ending.events.push(own(connection, operator, act, passkey.added_at).await?);
    Ok(Done::Found(true))
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
        at: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        match self.operator_step(Step::Invite { who, key, expires_at, at }).await? {
            Done::Id(id) => Ok(id),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Invites somebody who has an account once more, in place of an earlier invitation.
    pub(crate) async fn invite_again(
        &self,
        operator: i64,
        (key, expires_at): ([u8; 32], Timestamp),
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        match self.operator_step(Step::InviteAgain { operator, key, expires_at, at }).await? {
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

    /// Takes password and one-time code away; false if there are none.
    pub(crate) async fn remove_fallback(&self, operator: i64, at: Timestamp) -> Result<bool, StoreError> {
        self.operator_found(Step::RemoveFallback { operator, at }).await
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
}
