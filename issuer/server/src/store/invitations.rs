//! The code of an invitation that two people agreed to: two parts, each shown to one of them.
//!
//! Whoever knows a whole code can enrol as the person it is for, and would then be two people: propose in one account,
//! agree in the other. So nobody ever knows it alone. Who proposed hands over one part, who agreed the other; only the
//! person they invite has both.

use absah_issuer_core::operator::four_eyes::Proposer;
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_types::Timestamp;
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending};
use super::operators::Step;
use super::sessions::{self, Session};
use super::{SqliteStore, unavailable};
use crate::ledger::seal::Event;

/// A part that somebody may make, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Right {
    /// For the account of whom.
    pub operator: i64,
    /// 1 or 2.
    pub part: i64,
    /// Who makes it; nobody in particular: any admin.
    pub who: Option<i64>,
}

/// A part of a code that is handed over.
pub(crate) struct HandOver {
    pub(crate) operator: i64,
    /// By whom, and whether this is an admin.
    pub(crate) by: (i64, bool),
    pub(crate) officer: String,
    pub(crate) key: [u8; 32],
    pub(crate) expires_at: Timestamp,
    pub(crate) at: Timestamp,
}

/// Lets the two who agreed make one part each; whatever an earlier invitation left is void. False for no such account, or a
/// closed one.
pub(super) async fn agree(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    operator: i64,
    (proposer, decider): (Proposer, i64),
    at: Timestamp,
) -> Result<bool, sqlx::Error> {
    let row = sqlx::query("SELECT 1 FROM operator WHERE id = ? AND disabled_at IS NULL").bind(operator);
    if row.fetch_optional(&mut *connection).await?.is_none() {
        return Ok(false);
    }
    begin_anew(connection, ending, operator, at).await?;
    for (part, who) in [(1_i64, proposer.map(|(who, _)| who)), (2, Some(decider))] {
        sqlx::query("INSERT INTO invitation_right (operator, part, who) VALUES (?, ?, ?)")
            .bind(operator)
            .bind(part)
            .bind(who)
            .execute(&mut *connection)
            .await?;
    }
    Ok(true)
}

/// Ends whatever is open of an invitation: codes, parts, rights to make them, and who has begun with one.
pub(super) async fn end(connection: &mut SqliteConnection, operator: i64) -> Result<(), sqlx::Error> {
    for statement in [
        "DELETE FROM operator_invitation WHERE operator = ?",
        "DELETE FROM invitation_right WHERE operator = ?",
        "DELETE FROM invitation_part WHERE operator = ?",
        "DELETE FROM operator_session WHERE operator = ? AND assurance = 'invitation'",
    ] {
        sqlx::query(statement).bind(operator).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Ends every way in of before and all sessions: what was stolen opens nothing once its owner is invited again.
pub(super) async fn begin_anew(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    operator: i64,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    end(connection, operator).await?;
    let mut gone = 0;
    for statement in [
        "DELETE FROM operator_passkey WHERE operator = ?",
        "UPDATE operator SET password = NULL, totp = NULL WHERE id = ? AND password IS NOT NULL",
    ] {
        gone += sqlx::query(statement).bind(operator).execute(&mut *connection).await?.rows_affected();
    }
    for statement in [
        "DELETE FROM operator_session WHERE operator = ?",
        "DELETE FROM operator_ceremony WHERE operator = ?",
    ] {
        sqlx::query(statement).bind(operator).execute(&mut *connection).await?;
    }
    if gone > 0 {
        let event = Event::local(at, ActKind::AuthenticatorRemove, None, operator.to_string());
        ending.events.push(event.changing(gone));
    }
    Ok(())
}

/// Takes an invitation up, once: its whole code, or both parts of one in either order. Whose session begins, if it is one.
pub(super) async fn take_up(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    ((first, second), session): ((&[u8; 32], Option<&[u8; 32]>), &Session),
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let row = match second {
        None => sqlx::query("SELECT operator FROM operator_invitation WHERE key = ? AND expires_at > ?")
            .bind(first.as_slice())
            .bind(at.unix()),
        Some(second) => sqlx::query(
            "SELECT one.operator FROM invitation_part AS one JOIN invitation_part AS two
             ON two.operator = one.operator AND two.part <> one.part
             WHERE one.key = ? AND two.key = ? AND MIN(one.expires_at, two.expires_at) > ?",
        )
        .bind(first.as_slice())
        .bind(second.as_slice())
        .bind(at.unix()),
    };
    let Some(row) = row.fetch_optional(&mut *connection).await? else { return Ok(Done::Id(None)) };
    let operator: i64 = row.try_get(0)?;
    end(connection, operator).await?;
    sessions::begin(connection, ending, &Session { operator, ..session.clone() }, None).await?;
    Ok(Done::Id(Some(operator)))
}

/// Makes a part: which one, or nothing if there is none for this officer to make.
pub(super) async fn hand_over(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    new: &HandOver,
) -> Result<Done, sqlx::Error> {
    let (by, is_admin) = new.by;
    let row = sqlx::query(
        "DELETE FROM invitation_right WHERE operator = ?1 AND part =
         (SELECT part FROM invitation_right WHERE operator = ?1 AND (who = ?2 OR (who IS NULL AND ?3)) LIMIT 1)
         RETURNING part",
    )
    .bind(new.operator)
    .bind(by)
    .bind(is_admin)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(Done::Id(None)) };
    let part: i64 = row.try_get(0)?;
    sqlx::query("INSERT INTO invitation_part (operator, part, key, expires_at) VALUES (?, ?, ?, ?)")
        .bind(new.operator)
        .bind(part)
        .bind(new.key.as_slice())
        .bind(new.expires_at.unix())
        .execute(connection)
        .await?;
    let event = Event::local(new.at, ActKind::OperatorInvite, None, format!("{} {part}", new.operator));
    ending.events.push(event.by(&new.officer));
    Ok(Done::Id(Some(part)))
}

impl SqliteStore {
    /// Makes a part of an invitation's code: which one, or nothing if there is none for this officer to make.
    pub(crate) async fn hand_over(&self, new: HandOver) -> Result<Option<i64>, StoreError> {
        match self.write.act(Act::HandOver(Box::new(new))).await? {
            Done::Id(part) => Ok(part),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Parts that wait to be made.
    pub(crate) async fn invitation_rights(&self) -> Result<Vec<Right>, StoreError> {
        let rows = sqlx::query("SELECT operator, part, who FROM invitation_right ORDER BY operator, part");
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        let right = |row: &sqlx::sqlite::SqliteRow| {
            Ok(Right { operator: row.try_get(0)?, part: row.try_get(1)?, who: row.try_get(2)? })
        };
        rows.iter().map(right).collect::<Result<_, sqlx::Error>>().map_err(unavailable)
    }

    /// Takes an invitation up, once: its whole code, or both parts of one in either order. Whether it was one; then the
    /// session of whom it is for has begun.
    pub(crate) async fn take_up(
        &self,
        (first, second): ([u8; 32], Option<[u8; 32]>),
        session: Session,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        match self.operator_step(Step::TakeUp { first, second, session, at }).await? {
            Done::Id(operator) => Ok(operator.is_some()),
            _ => Err(StoreError::Damaged),
        }
    }
}
