//! Acts of two people: proposed, decided, done in one transaction with the decision.

use absah_credential::Pendamping;
use absah_crypto::sha256;
use absah_issuer_core::operator::Role;
use absah_issuer_core::operator::four_eyes::{self, Body, Decision, Proposer};
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_schemas::CredentialType;
use absah_types::{Nik, Seconds, Timestamp, hex};
use serde_json::json;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending, WantedChange, apply_change};
use super::operators::{NewOperator, insert};
use super::trust::Counter;
use super::{
    SqliteStore, invitations, kept, last_of_role, letters, looks, pendamping, population, portraits,
    proposals, trust, unavailable,
};
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
    /// The operating system's name of who filed it at the machine, where it has one.
    pub user: Option<String>,
    /// Why.
    pub reason: String,
    /// `waiting`, `approved`, `refused`, `used`.
    pub state: String,
    /// Who decided (nobody: it was taken back at the machine), when, and what they said.
    pub decided: Option<(Option<i64>, Timestamp, String)>,
}

impl FourEyesAct {
    /// Whether this operator proposed it.
    pub(crate) fn is_of(&self, operator: i64) -> bool {
        self.proposer.is_some_and(|(proposer, _)| proposer == operator)
    }
}

/// What became of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decided {
    /// It is on record, and done if it was approved: how many cards changed.
    Done(u64),
    /// It does not wait any more.
    Gone,
    /// What it is about has changed since it was proposed, or would make no sense any more: the number of the act that takes
    /// its place, if there is one already.
    Overtaken(Option<i64>),
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
    /// The registration that is agreed to, and those whose place it takes.
    pub(crate) counter: Option<(Counter, Vec<String>)>,
    /// Where the wallet fetches the letter that is agreed to.
    pub(crate) letter_link: Option<String>,
}

/// One step of these records.
pub(super) enum Step {
    Propose {
        body: Body,
        by: Proposer,
        user: Option<String>,
        reason: String,
        at: Timestamp,
    },
    Decide(NewDecision),
    UseCommand {
        body: Body,
        at: Timestamp,
    },
    /// The command was not done after all.
    GiveBackCommand {
        id: i64,
    },
    Overtake {
        id: i64,
        at: Timestamp,
    },
    /// Whoever filed it at the machine takes it back: the user, and what is said with it.
    Withdraw {
        id: i64,
        by: (Option<String>, String),
        at: Timestamp,
    },
}

impl Step {
    pub(super) async fn apply(
        &self,
        connection: &mut SqliteConnection,
        ending: &mut Ending<'_>,
    ) -> Result<Done, sqlx::Error> {
        match self {
            Self::Propose { body, by, user, reason, at } => {
                let new = Filed { body, by: *by, user: user.as_deref(), reason };
                file(connection, ending, &new, *at).await.map(|id| Done::Id(Some(id)))
            }
            Self::Withdraw { id, by, at } => {
                withdraw(connection, ending, (*id, by), *at).await.map(Done::FourEyes)
            }
            Self::Decide(decision) => decide(connection, ending, decision).await.map(Done::FourEyes),
            Self::Overtake { id, at } => match waiting(connection, *id).await? {
                Some(act) => overtaken(connection, ending, &act, *at).await.map(Done::FourEyes),
                None => Ok(Done::FourEyes(Decided::Gone)),
            },
            Self::GiveBackCommand { id } => {
                sqlx::query("UPDATE four_eyes_act SET state = 'approved' WHERE id = ? AND state = 'used'")
                    .bind(id)
                    .execute(connection)
                    .await?;
                Ok(Done::Nothing)
            }
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

/// What is filed when nobody says why.
const NO_REASON: &str = "LOCAL";

/// An act as it is filed.
struct Filed<'a> {
    body: &'a Body,
    by: Proposer,
    /// Who sits at the machine.
    user: Option<&'a str>,
    reason: &'a str,
}

/// Files an act; the same one that already waits stays as it is.
pub(super) async fn propose(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (body, by, reason): (&Body, Proposer, &str),
    at: Timestamp,
) -> Result<i64, sqlx::Error> {
    file(connection, ending, &Filed { body, by, user: None, reason }, at).await
}

async fn file(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    new: &Filed<'_>,
    at: Timestamp,
) -> Result<i64, sqlx::Error> {
    let Filed { body, by, user, reason } = *new;
    let rows = sqlx::query("SELECT id, act FROM four_eyes_act WHERE state = 'waiting' AND kind = ?");
    for row in rows.bind(body.name()).fetch_all(&mut *connection).await? {
        if body_of(row.try_get("act")?).as_ref() == Some(body) {
            return row.try_get("id");
        }
    }
    let row =
        sqlx::query("SELECT COALESCE(MAX(id), 0) + 1 FROM four_eyes_act").fetch_one(&mut *connection).await?;
    let id: i64 = row.try_get(0)?;
    let mut act = json!({
        "v": 1,
        "id": id,
        "at": at.unix(),
        "by": by.map(|(operator, _)| operator),
        "reason": reason,
        "body": serde_json::to_value(body).map_err(|_| sqlx::Error::RowNotFound)?,
    });
    if let (Some(user), Some(members)) = (user, act.as_object_mut()) {
        members.insert("user".to_owned(), json!(user));
    }
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
    .execute(&mut *connection)
    .await?;
    if let (Some((operator, _)), Some(nik)) = (by, concerned(body)) {
        looks::proposed(connection, ending, (operator, nik), at).await?;
    }
    let event =
        Event::local(at, ActKind::Propose, None, format!("{id} {} {}", body.name(), hex::encode(digest)));
    let event = if reason == NO_REASON { event } else { event.for_purpose(reason) };
    ending.events.push(match by {
        Some((operator, role)) => event.by(&format!("{} {operator}", role.as_str())),
        None => event.of_user(user),
    });
    Ok(id)
}

/// Ends what was filed at the machine and waits, as a refusal by whoever filed it. What a citizen asks for, and what an extract
/// brings about, is for an officer to decide.
async fn withdraw(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (id, (user, note)): (i64, &(Option<String>, String)),
    at: Timestamp,
) -> Result<Decided, sqlx::Error> {
    let Some(act) = waiting(connection, id).await? else { return Ok(Decided::Gone) };
    if act.proposer.is_some() || matches!(act.body, Body::Letter { .. } | Body::ImportChanges { .. }) {
        return Ok(Decided::Gone);
    }
    sqlx::query("UPDATE four_eyes_act SET state = 'refused', decided_at = ?, note = ? WHERE id = ?")
        .bind(at.unix())
        .bind(note)
        .bind(id)
        .execute(connection)
        .await?;
    let object = format!("{id} {} {}", act.body.name(), hex::encode(act.digest));
    let event = Event::local(at, ActKind::RefuseProposal, None, object).for_purpose(note);
    ending.events.push(event.of_user(user.as_deref()));
    Ok(Decided::Done(0))
}

async fn decide(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    new: &NewDecision,
) -> Result<Decided, sqlx::Error> {
    let Some(act) = waiting(connection, new.id).await? else { return Ok(Decided::Gone) };
    let from = ending.events.len();
    let mut cards = 0;
    if new.decision == Decision::Approve {
        match execute(connection, ending, &act, new).await? {
            Decided::Done(changed) => cards = changed,
            Decided::Gone => return Ok(Decided::Gone),
            Decided::Overtaken(_) => {
                ending.events.truncate(from);
                return overtaken(connection, ending, &act, new.at).await;
            }
        }
    } else if let Body::ImportChanges { proposal, .. } = &act.body {
        let note = if new.note.is_empty() { &act.reason } else { &new.note };
        proposals::decide(connection, ending, *proposal, false, note, new.at).await?;
    } else if let Body::Letter { ticket, .. } = &act.body {
        letters::refuse(connection, ending, (*ticket, &new.note), new.at).await?;
    }
    conclude(connection, ending, &act, (new, from)).await?;
    settle(connection, ending, &act, new.decision == Decision::Approve).await?;
    Ok(Decided::Done(cards))
}

/// Whose record was opened for what is proposed about one person.
fn concerned(body: &Body) -> Option<Nik> {
    match body {
        Body::Status { nik, .. } | Body::Population { nik, .. } | Body::Portrait { nik, .. } => Some(*nik),
        _ => None,
    }
}

/// Only what was agreed to was done for the person: the rules of alerts count the proposer's look at the record by it.
async fn settle(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    act: &FourEyesAct,
    is_done: bool,
) -> Result<(), sqlx::Error> {
    match (act.proposer, concerned(&act.body)) {
        (Some((operator, _)), Some(nik)) => {
            looks::settled(connection, ending, (operator, nik), (act.made_at, is_done)).await
        }
        _ => Ok(()),
    }
}

/// The act of a number, if it waits.
pub(super) async fn waiting(
    connection: &mut SqliteConnection,
    id: i64,
) -> Result<Option<FourEyesAct>, sqlx::Error> {
    let text = format!("{ACTS} WHERE four_eyes_act.id = ? AND four_eyes_act.state = 'waiting'");
    let row = sqlx::query(sqlx::AssertSqlSafe(text)).bind(id).fetch_optional(connection).await?;
    row.map(|row| act(&row)).transpose()
}

/// What a card was to be restored by before it was suspended or revoked undoes nothing of that: it can only be proposed anew.
pub(super) async fn end_restorations(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (nik, kind): (Nik, CredentialType),
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    let text = format!("{ACTS} WHERE four_eyes_act.state = 'waiting' AND kind = 'status'");
    for row in sqlx::query(sqlx::AssertSqlSafe(text)).fetch_all(&mut *connection).await? {
        let act = act(&row)?;
        let restores = match &act.body {
            Body::Status { nik: whose, credential, change: four_eyes::StatusChange::Unsuspend } => {
                *whose == nik && credential.as_deref().is_none_or(|name| name == kind.name())
            }
            _ => false,
        };
        if restores {
            overtaken(connection, ending, &act, at).await?;
        }
    }
    Ok(())
}

/// Writes an approval down beside what was done elsewhere in the same transaction; false if the act does not wait.
pub(super) async fn approve(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    new: &NewDecision,
) -> Result<bool, sqlx::Error> {
    let Some(act) = waiting(connection, new.id).await? else { return Ok(false) };
    conclude(connection, ending, &act, (new, 0)).await?;
    Ok(true)
}

/// What an act is about is no longer as it was when it was proposed: it can only be proposed anew. That of an import is, at
/// once.
async fn overtaken(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    act: &FourEyesAct,
    at: Timestamp,
) -> Result<Decided, sqlx::Error> {
    sqlx::query("UPDATE four_eyes_act SET state = 'overtaken' WHERE id = ?")
        .bind(act.id)
        .execute(&mut *connection)
        .await?;
    settle(connection, ending, act, false).await?;
    if let Body::Letter { ticket, facts, .. } = &act.body {
        // The record says something else by now: the letter waits anew with that, for somebody to read.
        return match letters::body(connection, *ticket).await? {
            Some(body @ Body::Letter { .. }) if !matches!(&body, Body::Letter { facts: now, .. } if now == facts) =>
            {
                let id = propose(connection, ending, (&body, None, &act.reason), at).await?;
                Ok(Decided::Overtaken(Some(id)))
            }
            _ => Ok(Decided::Overtaken(None)),
        };
    }
    let Body::ImportChanges { proposal, .. } = &act.body else { return Ok(Decided::Overtaken(None)) };
    let row = sqlx::query(
        "SELECT 1 FROM proposal JOIN proposal_change ON proposal_change.proposal = proposal.id
         WHERE proposal.id = ? AND decided_at IS NULL LIMIT 1",
    );
    if row.bind(proposal).fetch_optional(&mut *connection).await?.is_none() {
        return Ok(Decided::Overtaken(None));
    }
    let sha256 = proposal_digest(connection, *proposal).await?;
    let body = Body::ImportChanges { proposal: *proposal, sha256 };
    let id = propose(connection, ending, (&body, act.proposer, &act.reason), at).await?;
    Ok(Decided::Overtaken(Some(id)))
}

async fn conclude(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    act: &FourEyesAct,
    (new, from): (&NewDecision, usize),
) -> Result<(), sqlx::Error> {
    // What was kept until somebody decides is not kept longer.
    match &act.body {
        Body::Import { report, .. } => {
            sqlx::query("DELETE FROM import_waiting WHERE report = ?")
                .bind(report)
                .execute(&mut *connection)
                .await?;
        }
        Body::Portrait { picture, .. } => {
            sqlx::query("DELETE FROM portrait_waiting WHERE id = ?")
                .bind(picture)
                .execute(&mut *connection)
                .await?;
        }
        _ => {}
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
    let kind = if new.decision == Decision::Approve { ActKind::Approve } else { ActKind::RefuseProposal };
    let object = format!("{} {} {}", new.id, act.body.name(), hex::encode(act.digest));
    // What was said with the decision is that of who decided, or nothing.
    let event = Event::local(new.at, kind, None, object).by(&new.officer);
    let event = if new.note.is_empty() { event } else { event.for_purpose(&new.note) };
    // The decision, and the account that comes with it.
    let makes_account = kind == ActKind::Approve && matches!(act.body, Body::InviteOperator { .. });
    ending.events.push(if makes_account { event.changing(2) } else { event });
    Ok(())
}

/// Does what was agreed to.
async fn execute(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    act: &FourEyesAct,
    new: &NewDecision,
) -> Result<Decided, sqlx::Error> {
    let proposer = act.proposer;
    match &act.body {
        Body::Status { nik, credential, change } => {
            let kinds = match credential {
                Some(name) => vec![CredentialType::of_name(name).ok_or(sqlx::Error::RowNotFound)?],
                None => CredentialType::ALL.to_vec(),
            };
            let (mut changed, mut any) = (0, false);
            for kind in kinds {
                let wanted = WantedChange { nik: *nik, kind, change: change.change(), up_to_batch: None };
                if let Ok(copies) = apply_change(connection, ending, &wanted, new.at).await? {
                    (changed, any) = (changed + copies, true);
                }
            }
            // A lost phone took the children's documents along; what was found again brings them back.
            if credential.is_none() && *change == four_eyes::StatusChange::Unsuspend {
                let kept = kept::restore(connection, ending, *nik, new.at).await?;
                (changed, any) = (changed + kept, any || kept > 0);
            }
            // Nothing came back: nobody is told that it did.
            let none = *change == four_eyes::StatusChange::Unsuspend && changed == 0;
            Ok(if any && !none { Decided::Done(changed) } else { Decided::Overtaken(None) })
        }
        Body::ImportChanges { proposal, sha256 } => {
            if proposal_digest(connection, *proposal).await? != *sha256 {
                return Ok(Decided::Overtaken(None));
            }
            let note = if new.note.is_empty() { &act.reason } else { &new.note };
            match proposals::decide(connection, ending, *proposal, true, note, new.at).await? {
                Done::Decided(Some(cards)) => Ok(Decided::Done(cards)),
                _ => Ok(Decided::Gone),
            }
        }
        Body::InviteOperator { login, name, role } => {
            let role = Role::of_name(role).ok_or(sqlx::Error::RowNotFound)?;
            let who = NewOperator { handle: new.handle, login: login.clone(), name: name.clone(), role };
            let Some(id) = insert(connection, &who, new.at).await? else {
                return Ok(Decided::Overtaken(None));
            };
            let by = (proposer, new.by);
            invitations::agree(connection, ending, id, by, new.at).await.map(|_| Decided::Done(0))
        }
        Body::ReinviteOperator { operator } => {
            if last_of_role::is_last(connection, *operator).await? {
                return Ok(Decided::Overtaken(None));
            }
            Ok(match invitations::agree(connection, ending, *operator, (proposer, new.by), new.at).await? {
                true => Decided::Done(0),
                false => Decided::Overtaken(None),
            })
        }
        Body::DisableOperator { operator } => {
            if last_of_role::is_last(connection, *operator).await? {
                return Ok(Decided::Overtaken(None));
            }
            let done =
                sqlx::query("UPDATE operator SET disabled_at = ? WHERE id = ? AND disabled_at IS NULL")
                    .bind(new.at.unix())
                    .bind(operator)
                    .execute(&mut *connection)
                    .await?;
            if done.rows_affected() == 0 {
                return Ok(Decided::Overtaken(None));
            }
            invitations::end(connection, *operator).await?;
            for statement in [
                "DELETE FROM operator_session WHERE operator = ?",
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
                _ => Ok(Decided::Overtaken(None)),
            }
        }
        Body::Portrait { picture, nik, sha256 } => {
            match portraits::replace(connection, ending, (*picture, *nik, sha256), new.at).await? {
                Some(cards) => Ok(Decided::Done(cards)),
                None => Ok(Decided::Overtaken(None)),
            }
        }
        Body::Population { nik, status } => {
            match population::set_status(connection, ending, (*nik, status.status()), new.at).await? {
                Some(cards) => Ok(Decided::Done(cards)),
                None => Ok(Decided::Overtaken(None)),
            }
        }
        Body::RegisterCounter { .. } => {
            let Some((counter, superseded)) = &new.counter else { return Ok(Decided::Overtaken(None)) };
            for old in superseded {
                trust::withdraw(connection, ending, old, new.at).await?;
            }
            trust::register(connection, ending, counter).await?;
            Ok(Decided::Done(0))
        }
        Body::RegisterPendamping { id, nama, organisasi } => {
            let helper = Pendamping::new(id, nama, organisasi).ok_or(sqlx::Error::RowNotFound)?;
            Ok(match pendamping::add(connection, ending, &helper, new.at).await? {
                Ok(_) => Decided::Done(0),
                Err(_) => Decided::Overtaken(None),
            })
        }
        Body::RemovePendamping { id } => {
            Ok(match pendamping::remove(connection, ending, id, new.at).await? {
                Ok(copies) => Decided::Done(copies.unsigned_abs()),
                Err(_) => Decided::Overtaken(None),
            })
        }
        Body::Letter { ticket, statement, purpose, facts, .. } => {
            let Some(link) = &new.letter_link else { return Ok(Decided::Overtaken(None)) };
            let what = (*ticket, Some((statement.as_str(), purpose.as_str(), facts.as_str())));
            match letters::approve(connection, ending, what, link, new.at).await? {
                true => Ok(Decided::Done(0)),
                false => Ok(Decided::Overtaken(None)),
            }
        }
        // Goes its own way, with the decision in it.
        Body::Import { .. } => Ok(Decided::Overtaken(None)),
        // The command runs when it is given again.
        Body::Command { .. } => Ok(Decided::Done(0)),
    }
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
    let decided: Option<i64> = row.try_get("decided_at")?;
    let who: Option<i64> = row.try_get("decided_by")?;
    let note = row.try_get::<Option<String>, _>("note")?.unwrap_or_default();
    let whole: serde_json::Value = serde_json::from_str(&canonical).map_err(|_| sqlx::Error::RowNotFound)?;
    let user = whole.get("user").and_then(serde_json::Value::as_str).map(str::to_owned);
    Ok(FourEyesAct {
        id: row.try_get("id")?,
        body: body_of(&canonical).ok_or(sqlx::Error::RowNotFound)?,
        digest: digest.try_into().map_err(|_| sqlx::Error::RowNotFound)?,
        canonical,
        user,
        proposer: by.zip(role.and_then(Role::of_name)),
        made_at: Timestamp::from_unix(row.try_get("made_at")?),
        reason: row.try_get("reason")?,
        state: row.try_get("state")?,
        decided: decided.map(|at| (who, Timestamp::from_unix(at), note)),
    })
}

/// How long an approved command may still be run.
const APPROVAL_LIFE: Seconds = Seconds::days(1);

const ACTS: &str = "SELECT four_eyes_act.*, operator.role AS proposer_role FROM four_eyes_act
     LEFT JOIN operator ON operator.id = proposed_by";

impl SqliteStore {
    /// The act that waits about something: its kind, and the number of what it is about.
    pub(crate) async fn waiting_about(
        &self,
        (kind, member, number): (&'static str, &'static str, i64),
    ) -> Result<Option<i64>, StoreError> {
        let row = sqlx::query(
            "SELECT id FROM four_eyes_act WHERE state = 'waiting' AND kind = ? AND json_extract(act, ?) = ? LIMIT 1",
        );
        let row = row.bind(kind).bind(member).bind(number).fetch_optional(&self.read).await;
        row.map_err(unavailable)?.map(|row| row.try_get(0)).transpose().map_err(unavailable)
    }

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
        let step = Step::Propose { body, by, user: None, reason: reason.to_owned(), at };
        match self.approval(step).await? {
            Done::Id(Some(id)) => Ok(id),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Files what was said at the machine: by which of its users, and why, where that is known.
    pub(crate) async fn file_at_machine(
        &self,
        body: Body,
        (user, reason): (Option<String>, Option<&str>),
        at: Timestamp,
    ) -> Result<i64, StoreError> {
        let reason = reason.unwrap_or(NO_REASON).to_owned();
        match self.approval(Step::Propose { body, by: None, user, reason, at }).await? {
            Done::Id(Some(id)) => Ok(id),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Takes back what was filed at the machine.
    pub(crate) async fn withdraw_act(
        &self,
        id: i64,
        by: (Option<String>, String),
        at: Timestamp,
    ) -> Result<Decided, StoreError> {
        match self.approval(Step::Withdraw { id, by, at }).await? {
            Done::FourEyes(decided) => Ok(decided),
            _ => Err(StoreError::Damaged),
        }
    }

    pub(crate) async fn decide_act(&self, decision: NewDecision) -> Result<Decided, StoreError> {
        match self.approval(Step::Decide(decision)).await? {
            Done::FourEyes(decided) => Ok(decided),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Says that an act can no longer be agreed to.
    pub(crate) async fn overtake(&self, id: i64, at: Timestamp) -> Result<Decided, StoreError> {
        match self.approval(Step::Overtake { id, at }).await? {
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

    /// Gives the approval of a command back that was not done.
    pub(crate) async fn give_back_command(&self, id: i64) -> Result<(), StoreError> {
        self.approval(Step::GiveBackCommand { id }).await.map(drop)
    }

    /// A part of the acts that wait, what waits longest first, so that nothing is pushed aside by what comes later; proposals
    /// of imports that nobody has filed yet are filed.
    pub(crate) async fn acts_that_wait(
        &self,
        (skip, most): (u32, u32),
        at: Timestamp,
    ) -> Result<Vec<FourEyesAct>, StoreError> {
        self.file_import_proposals(at).await?;
        self.acts("WHERE four_eyes_act.state = 'waiting' ORDER BY four_eyes_act.id", (skip, most)).await
    }

    /// A part of the acts that do not wait any more, the newest first, and how many there are in all.
    pub(crate) async fn past_acts(
        &self,
        (skip, most): (u32, u32),
    ) -> Result<(Vec<FourEyesAct>, u64), StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM four_eyes_act WHERE state <> 'waiting'");
        let count: i64 =
            row.fetch_one(&self.read).await.and_then(|row| row.try_get(0)).map_err(unavailable)?;
        let found = self
            .acts("WHERE four_eyes_act.state <> 'waiting' ORDER BY four_eyes_act.id DESC", (skip, most))
            .await?;
        Ok((found, count.unsigned_abs()))
    }

    async fn acts(
        &self,
        which: &'static str,
        (skip, most): (u32, u32),
    ) -> Result<Vec<FourEyesAct>, StoreError> {
        let text = format!("{ACTS} {which} LIMIT ? OFFSET ?");
        let rows = sqlx::query(sqlx::AssertSqlSafe(text)).bind(most).bind(skip);
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        rows.iter().map(|row| act(row).map_err(unavailable)).collect()
    }

    /// The act that was filed last for an extract: its number and state.
    pub(crate) async fn act_of_report(&self, report: i64) -> Result<Option<(i64, String)>, StoreError> {
        let row = sqlx::query(
            "SELECT id, state FROM four_eyes_act WHERE kind = 'import'
             AND json_extract(act, '$.body.report') = ? ORDER BY id DESC LIMIT 1",
        );
        let row = row.bind(report).fetch_optional(&self.read).await.map_err(unavailable)?;
        row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).transpose().map_err(unavailable)
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
