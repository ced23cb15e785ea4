//! Acts of two people: proposed, decided, done in one transaction with the decision.

use absah_crypto::sha256;
use absah_issuer_core::operator::Role;
use absah_issuer_core::operator::four_eyes::{self, Body, Decision, Proposer};
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_issuer_core::status::ChangeError;
use absah_schemas::CredentialType;
use absah_types::{Seconds, Timestamp, hex};
use serde_json::json;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending, WantedChange, apply_change};
use super::operators::{NewOperator, insert};
use super::{SqliteStore, proposals, trust, unavailable};
use crate::ledger::seal::Event;

/// An act that is proposed or decided.
#[derive(Clone)]
pub struct FourEyesAct {
    /// Its number.
    pub id: i64,
    /// What.
    pub body: Body,
    /// Its canonical JSON.
    pub canonical: String,
    /// Its hash.
    pub digest: [u8; 32],
    /// By whom; nobody for what was filed at the machine.
    pub proposer: Proposer,
    /// When.
    pub made_at: Timestamp,
    /// Why.
    pub reason: String,
    /// `waiting`, `approved`, `refused`, `used`.
    pub state: String,
    /// Who decided, when, and what they said.
    pub decided: Option<(i64, Timestamp, String)>,
}

/// What became of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decided {
    /// It is on record, and done if it was approved: how many cards changed.
    Done(u64),
    /// It does not wait any more.
    Gone,
    /// What it is about has changed since it was proposed: it cannot be approved.
    Changed,
    /// The change makes no sense.
    Senseless(ChangeError),
}

/// A decision with what proves it.
#[derive(Clone)]
pub(crate) struct NewDecision {
    pub(crate) id: i64,
    pub(crate) decision: Decision,
    pub(crate) by: i64,
    pub(crate) officer: String,
    pub(crate) note: String,
    pub(crate) assertion: String,
    pub(crate) at: Timestamp,
    /// For an operator who becomes one by it: what authenticators will know the account by.
    pub(crate) handle: [u8; 16],
}

/// One step of these records.
pub(super) enum Step {
    Propose { body: Body, by: Proposer, reason: String, at: Timestamp },
    Decide(NewDecision),
    UseCommand { body: Body, at: Timestamp },
}

impl Step {
    pub(super) async fn apply(
        &self,
        connection: &mut SqliteConnection,
        ending: &mut Ending<'_>,
    ) -> Result<Done, sqlx::Error> {
        match self {
            Self::Propose { body, by, reason, at } => {
                propose(connection, ending, (body, *by, reason), *at).await.map(|id| Done::Id(Some(id)))
            }
            Self::Decide(decision) => decide(connection, ending, decision).await.map(Done::FourEyes),
            Self::UseCommand { body, at } => {
                let text = body_text(body);
                let rows = sqlx::query(
                    "SELECT id, act FROM four_eyes_act
                     WHERE kind = 'command' AND state = 'approved' AND decided_at > ?",
                )
                .bind(at.minus(APPROVAL_LIFE).unix());
                for row in rows.fetch_all(&mut *connection).await? {
                    if body_of(row.try_get("act")?).is_some_and(|approved| body_text(&approved) == text) {
                        let id: i64 = row.try_get("id")?;
                        sqlx::query("UPDATE four_eyes_act SET state = 'used' WHERE id = ?")
                            .bind(id)
                            .execute(connection)
                            .await?;
                        return Ok(Done::Id(Some(id)));
                    }
                }
                Ok(Done::Id(None))
            }
        }
    }
}

fn body_text(body: &Body) -> String {
    serde_json_canonicalizer::to_string(body).unwrap_or_default()
}

fn body_of(act: &str) -> Option<Body> {
    let act: serde_json::Value = serde_json::from_str(act).ok()?;
    serde_json::from_value(act.get("body")?.clone()).ok()
}

/// Files an act; the same one that already waits stays as it is.
async fn propose(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (body, by, reason): (&Body, Proposer, &str),
    at: Timestamp,
) -> Result<i64, sqlx::Error> {
    let rows = sqlx::query("SELECT id, act FROM four_eyes_act WHERE state = 'waiting' AND kind = ?");
    for row in rows.bind(body.name()).fetch_all(&mut *connection).await? {
        if body_of(row.try_get("act")?).as_ref() == Some(body) {
            return row.try_get("id");
        }
    }
    let row =
        sqlx::query("SELECT COALESCE(MAX(id), 0) + 1 FROM four_eyes_act").fetch_one(&mut *connection).await?;
    let id: i64 = row.try_get(0)?;
    let act = json!({
        "v": 1,
        "id": id,
        "at": at.unix(),
        "by": by.map(|(operator, _)| operator),
        "reason": reason,
        "body": serde_json::to_value(body).map_err(|_| sqlx::Error::RowNotFound)?,
    });
    let canonical = serde_json_canonicalizer::to_string(&act).map_err(|_| sqlx::Error::RowNotFound)?;
    let digest = four_eyes::digest(canonical.as_bytes());
    sqlx::query(
        "INSERT INTO four_eyes_act (id, act, digest, kind, proposed_by, made_at, reason, state)
         VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting')",
    )
    .bind(id)
    .bind(&canonical)
    .bind(digest.as_slice())
    .bind(body.name())
    .bind(by.map(|(operator, _)| operator))
    .bind(at.unix())
    .bind(reason)
    .execute(connection)
    .await?;
    let event =
        Event::local(at, ActKind::Propose, None, format!("{id} {} {}", body.name(), hex::encode(digest)));
    ending.events.push(match by {
        Some((operator, role)) => event.by(&format!("{} {operator}", role.as_str())),
        None => event,
    });
    Ok(id)
}

async fn decide(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    new: &NewDecision,
) -> Result<Decided, sqlx::Error> {
    let row = sqlx::query("SELECT act, digest FROM four_eyes_act WHERE id = ? AND state = 'waiting'");
    let Some(row) = row.bind(new.id).fetch_optional(&mut *connection).await? else {
        return Ok(Decided::Gone);
    };
    let body = body_of(row.try_get("act")?).ok_or(sqlx::Error::RowNotFound)?;
    let digest: Vec<u8> = row.try_get("digest")?;
    let from = ending.events.len();
    let mut cards = 0;
    if new.decision == Decision::Approve {
        match execute(connection, ending, &body, new).await? {
            Decided::Done(changed) => cards = changed,
            other => {
                ending.events.truncate(from);
                return Ok(other);
            }
        }
    } else if let Body::ImportChanges { proposal, .. } = &body {
        proposals::decide(connection, ending, *proposal, false, &new.note, new.at).await?;
    }
    // Whatever followed from it was done by the operator who decided.
    for event in ending.events.iter_mut().skip(from) {
        *event = event.clone().by(&new.officer);
    }
    sqlx::query(
        "UPDATE four_eyes_act SET state = ?, decided_by = ?, decided_at = ?, note = ?, assertion = ? WHERE id = ?",
    )
    .bind(if new.decision == Decision::Approve { "approved" } else { "refused" })
    .bind(new.by)
    .bind(new.at.unix())
    .bind(&new.note)
    .bind(&new.assertion)
    .bind(new.id)
    .execute(connection)
    .await?;
    let act = if new.decision == Decision::Approve { ActKind::Approve } else { ActKind::RefuseProposal };
    let object = format!("{} {} {}", new.id, body.name(), hex::encode(digest));
    ending.events.push(Event::local(new.at, act, None, object).for_purpose(&new.note).by(&new.officer));
    Ok(Decided::Done(cards))
}

/// Does what was agreed to.
async fn execute(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    body: &Body,
    new: &NewDecision,
) -> Result<Decided, sqlx::Error> {
    match body {
        Body::Status { nik, credential, change } => {
            let kinds = match credential {
                Some(name) => vec![CredentialType::of_name(name).ok_or(sqlx::Error::RowNotFound)?],
                None => CredentialType::ALL.to_vec(),
            };
            let (mut changed, mut refused, mut any) = (0, None, false);
            for kind in kinds {
                let wanted = WantedChange { nik: *nik, kind, change: change.change(), up_to_batch: None };
                match apply_change(connection, ending, &wanted, new.at).await? {
                    Ok(copies) => (changed, any) = (changed + copies, true),
                    Err(error) => refused = refused.or(Some(error)),
                }
            }
            Ok(match refused {
                Some(error) if !any => Decided::Senseless(error),
                _ => Decided::Done(changed),
            })
        }
        Body::ImportChanges { proposal, sha256 } => {
            if proposal_digest(connection, *proposal).await? != *sha256 {
                return Ok(Decided::Changed);
            }
            match proposals::decide(connection, ending, *proposal, true, &new.note, new.at).await? {
                Done::Decided(Some(cards)) => Ok(Decided::Done(cards)),
                _ => Ok(Decided::Gone),
            }
        }
        Body::InviteOperator { login, name, role } => {
            let role = Role::of_name(role).ok_or(sqlx::Error::RowNotFound)?;
            let who = NewOperator { handle: new.handle, login: login.clone(), name: name.clone(), role };
            let Some(id) = insert(connection, &who, new.at).await? else { return Ok(Decided::Changed) };
            may_invite(connection, id).await.map(|_| Decided::Done(0))
        }
        Body::ReinviteOperator { operator } => Ok(match may_invite(connection, *operator).await? {
            true => Decided::Done(0),
            false => Decided::Changed,
        }),
        Body::DisableOperator { operator } => {
            let done =
                sqlx::query("UPDATE operator SET disabled_at = ? WHERE id = ? AND disabled_at IS NULL")
                    .bind(new.at.unix())
                    .bind(operator)
                    .execute(&mut *connection)
                    .await?;
            if done.rows_affected() == 0 {
                return Ok(Decided::Changed);
            }
            for statement in [
                "DELETE FROM operator_session WHERE operator = ?",
                "DELETE FROM operator_invitation WHERE operator = ?",
                "DELETE FROM operator_ceremony WHERE operator = ?",
            ] {
                sqlx::query(statement).bind(operator).execute(&mut *connection).await?;
            }
            ending.events.push(Event::local(new.at, ActKind::OperatorDisable, None, operator.to_string()));
            Ok(Decided::Done(0))
        }
        Body::WithdrawCounter { registration } => {
            match trust::withdraw(connection, ending, registration, new.at).await? {
                Done::Withdrawn(true) => Ok(Decided::Done(0)),
                _ => Ok(Decided::Changed),
            }
        }
        // The command runs when it is given again.
        Body::Command { .. } => Ok(Decided::Done(0)),
    }
}

/// Lets an invitation be made for an account, once.
async fn may_invite(connection: &mut SqliteConnection, operator: i64) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("UPDATE operator SET invitable = 1 WHERE id = ? AND disabled_at IS NULL");
    Ok(done.bind(operator).execute(connection).await?.rows_affected() == 1)
}

/// Digest of the people, cards and changes of an import's proposal.
async fn proposal_digest(connection: &mut SqliteConnection, id: i64) -> Result<String, sqlx::Error> {
    let rows =
        sqlx::query("SELECT nik, kind, change FROM proposal_change WHERE proposal = ? ORDER BY nik, kind");
    let mut lines = Vec::new();
    for row in rows.bind(id).fetch_all(connection).await? {
        let part = |at: usize| row.try_get::<&str, _>(at);
        lines.push([part(0)?, part(1)?, part(2)?].join("\0"));
    }
    Ok(hex::encode(sha256(lines.join("\n").as_bytes())))
}

fn act(row: &SqliteRow) -> Result<FourEyesAct, sqlx::Error> {
    let canonical: String = row.try_get("act")?;
    let digest: Vec<u8> = row.try_get("digest")?;
    let by: Option<i64> = row.try_get("proposed_by")?;
    let role: Option<&str> = row.try_get("proposer_role")?;
    let decided: Option<(i64, i64, String)> = match (
        row.try_get("decided_by")?,
        row.try_get("decided_at")?,
        row.try_get::<Option<String>, _>("note")?,
    ) {
        (Some(who), Some(at), note) => Some((who, at, note.unwrap_or_default())),
        _ => None,
    };
    Ok(FourEyesAct {
        id: row.try_get("id")?,
        body: body_of(&canonical).ok_or(sqlx::Error::RowNotFound)?,
        digest: digest.try_into().map_err(|_| sqlx::Error::RowNotFound)?,
        canonical,
        proposer: by.zip(role.and_then(Role::of_name)),
        made_at: Timestamp::from_unix(row.try_get("made_at")?),
        reason: row.try_get("reason")?,
        state: row.try_get("state")?,
        decided: decided.map(|(who, at, note)| (who, Timestamp::from_unix(at), note)),
    })
}

/// How long an approved command may still be run.
const APPROVAL_LIFE: Seconds = Seconds::days(1);

const ACTS: &str = "SELECT four_eyes_act.*, operator.role AS proposer_role FROM four_eyes_act
     LEFT JOIN operator ON operator.id = proposed_by";

impl SqliteStore {
    async fn approval(&self, step: Step) -> Result<Done, StoreError> {
        self.write.act(Act::Approval(Box::new(step))).await
    }

    /// Files an act for somebody else's decision: its number.
    pub(crate) async fn propose(
        &self,
        body: Body,
        by: Proposer,
        reason: &str,
        at: Timestamp,
    ) -> Result<i64, StoreError> {
        match self.approval(Step::Propose { body, by, reason: reason.to_owned(), at }).await? {
            Done::Id(Some(id)) => Ok(id),
            _ => Err(StoreError::Damaged),
        }
    }

    pub(crate) async fn decide_act(&self, decision: NewDecision) -> Result<Decided, StoreError> {
        match self.approval(Step::Decide(decision)).await? {
            Done::FourEyes(decided) => Ok(decided),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Uses up the approval of a command: its number, if there is one.
    pub(crate) async fn use_command(&self, body: Body, at: Timestamp) -> Result<Option<i64>, StoreError> {
        match self.approval(Step::UseCommand { body, at }).await? {
            Done::Id(id) => Ok(id),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Acts, the newest first; proposals of imports that nobody has filed yet are filed.
    pub(crate) async fn four_eyes_acts(&self, at: Timestamp) -> Result<Vec<FourEyesAct>, StoreError> {
        self.file_import_proposals(at).await?;
        let text = format!("{ACTS} ORDER BY four_eyes_act.id DESC LIMIT 200");
        let rows = sqlx::query(sqlx::AssertSqlSafe(text)).fetch_all(&self.read).await.map_err(unavailable)?;
        rows.iter().map(|row| act(row).map_err(unavailable)).collect()
    }

    /// An act by its number.
    pub(crate) async fn four_eyes_act(&self, id: i64) -> Result<Option<FourEyesAct>, StoreError> {
        let text = format!("{ACTS} WHERE four_eyes_act.id = ?");
        let row = sqlx::query(sqlx::AssertSqlSafe(text)).bind(id);
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.map(|row| act(&row).map_err(unavailable)).transpose()
    }

    /// How many acts wait.
    pub(crate) async fn waiting_acts(&self) -> Result<u64, StoreError> {
        let row = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM four_eyes_act WHERE state = 'waiting')
                  + (SELECT COUNT(*) FROM proposal WHERE decided_at IS NULL
                     AND NOT EXISTS (SELECT 1 FROM four_eyes_act WHERE kind = 'import-changes' AND state = 'waiting'
                                     AND json_extract(act, '$.body.proposal') = proposal.id))",
        );
        let count: i64 =
            row.fetch_one(&self.read).await.and_then(|row| row.try_get(0)).map_err(unavailable)?;
        Ok(count.unsigned_abs())
    }

    /// The proposal of an import as an act of two people, by whoever took the extract in.
    pub(crate) async fn file_import(
        &self,
        proposal: i64,
        by: Proposer,
        reason: &str,
        at: Timestamp,
    ) -> Result<i64, StoreError> {
        let mut connection = self.read.acquire().await.map_err(unavailable)?;
        let sha256 = proposal_digest(&mut connection, proposal).await.map_err(unavailable)?;
        drop(connection);
        self.propose(Body::ImportChanges { proposal, sha256 }, by, reason, at).await
    }

    async fn file_import_proposals(&self, at: Timestamp) -> Result<(), StoreError> {
        let rows = sqlx::query(
            "SELECT id, reason FROM proposal WHERE decided_at IS NULL AND NOT EXISTS
             (SELECT 1 FROM four_eyes_act WHERE kind = 'import-changes'
              AND json_extract(act, '$.body.proposal') = proposal.id)",
        );
        for row in rows.fetch_all(&self.read).await.map_err(unavailable)? {
            let id = row.try_get(0).map_err(unavailable)?;
            let reason: String = row.try_get(1).map_err(unavailable)?;
            self.file_import(id, None, &reason, at).await?;
        }
        Ok(())
    }
}
