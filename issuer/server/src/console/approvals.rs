//! The inbox of acts that two people do: who proposed what and why, and a decision signed by a passkey.

use absah_issuer_core::operator::four_eyes::{Body, Decision, may_decide};
use absah_issuer_core::operator::{Action, Denied};
use absah_issuer_core::ports::Store as _;
use absah_schemas::CredentialType;
use absah_types::{Lang, Nik, Timestamp, hex};
use absah_web::Now;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use minijinja::{Value as Shown, context};
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Fail;
use super::guard::Officer;
use super::page::{page, say};
use super::{Console, ConsoleError, alerts};
use crate::store::{Decided, FourEyesAct, NewDecision};

/// People of an import's proposal that are shown.
const MOST_PEOPLE: u32 = 50;

/// A change of a card, in words.
fn change(lang: Lang, change: &str, card: Option<&str>) -> String {
    let card = card.and_then(CredentialType::of_name).map(|kind| kind.display_name(lang).to_owned());
    let card = card.unwrap_or_else(|| say(lang, "console-all-cards"));
    format!("{}: {card}", say(lang, &format!("console-change-{change}")))
}

/// One line on what it is about, without any person.
fn about(act: &FourEyesAct, lang: Lang) -> String {
    match &act.body {
        Body::Status { credential, change: how, .. } => change(lang, how.as_str(), credential.as_deref()),
        Body::ImportChanges { proposal, .. } => format!("#{proposal}"),
        Body::InviteOperator { name, role, .. } => format!("{name} ({role})"),
        Body::ReinviteOperator { operator } | Body::DisableOperator { operator } => format!("#{operator}"),
        Body::WithdrawCounter { registration } => registration.clone(),
        Body::Command { words, .. } => words.iter().take(2).cloned().collect::<Vec<_>>().join(" "),
    }
}

fn shown(act: &FourEyesAct, lang: Lang) -> Value {
    json!({
        "id": act.id,
        "kind": act.body.name(),
        "text": format!("console-act-{}", act.body.name()),
        "about": about(act, lang),
        "at": act.made_at.unix(),
        "by": act.proposer.map(|(operator, role)| format!("{} {operator}", role.as_str())),
        "reason": act.reason,
        "state": act.state,
        "state_text": format!("console-state-{}", act.state),
        "digest": hex::encode(act.digest),
        "decided": act.decided.as_ref().map(|(who, at, note)| json!({ "by": who, "at": at.unix(), "note": note })),
    })
}

pub(super) async fn list(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
) -> Result<Response, Fail> {
    let acts = console.store().four_eyes_acts(now).await?;
    let (waiting, past): (Vec<&FourEyesAct>, Vec<&FourEyesAct>) =
        acts.iter().partition(|act| act.state == "waiting");
    let waiting: Vec<Value> = waiting.into_iter().map(|act| shown(act, officer.lang)).collect();
    let past: Vec<Value> = past.into_iter().take(50).map(|act| shown(act, officer.lang)).collect();
    let values =
        context! { waiting => Shown::from_serialize(&waiting), past => Shown::from_serialize(&past) };
    Ok(page(&officer, "approvals.html", "console-approvals", values))
}

async fn act_of(console: &Console, id: i64) -> Result<FourEyesAct, Fail> {
    console.store().four_eyes_act(id).await?.ok_or(Fail::Console(ConsoleError::Unknown))
}

pub(super) async fn show(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<i64>,
) -> Result<Response, Fail> {
    let act = act_of(&console, id).await?;
    let why = may_decide(act.proposer, (officer.operator.id, &officer.standing)).err();
    let is_own = act.proposer.is_some_and(|(operator, _)| operator == officer.operator.id);
    // The plainer reason of the two.
    let why = if is_own { Some(Denied::OwnProposal) } else { why };
    // Only who decides, or who proposed, needs to see whom it concerns; each of those can read it.
    let people = if officer.may(Action::ViewPerson) && (why.is_none() || is_own) && act.state == "waiting" {
        people(&console, &officer, &act, now).await?
    } else {
        Vec::new()
    };
    // Who signs a command sees all of it, and nobody reads a person's number without an entry in that person's history.
    let sees_whole = officer.may(Action::ViewPerson) && (named(&act.body).is_empty() || !people.is_empty());
    let mut told = shown(&act, officer.lang);
    if let (true, Body::Command { words, .. }, Some(members)) = (sees_whole, &act.body, told.as_object_mut())
    {
        members.insert("about".to_owned(), json!(words.join(" ")));
    }
    let values = context! {
        act => Shown::from_serialize(&told),
        canonical => sees_whole.then_some(act.canonical.as_str()),
        people => Shown::from_serialize(&people),
        may_decide => why.is_none() && act.state == "waiting",
        is_own => is_own,
        why_not => why.map(|why| say(officer.lang, &format!("err-{}", absah_types::Coded::code(&why)))),
    };
    Ok(page(&officer, "approval.html", "console-approval", values))
}

/// The people whose numbers stand in an act's own text.
fn named(body: &Body) -> Vec<Nik> {
    match body {
        Body::Status { nik, .. } => vec![*nik],
        Body::Command { words, .. } => words
            .iter()
            .filter_map(|word| Nik::parse(word.rsplit('=').next().unwrap_or(word).trim()).ok())
            .collect(),
        _ => Vec::new(),
    }
}

/// Whom it concerns: a look at each one's record, and so an entry in each one's history.
async fn people(
    console: &Console,
    officer: &Officer,
    act: &FourEyesAct,
    now: Timestamp,
) -> Result<Vec<Value>, Fail> {
    let store = console.store();
    let mut people = Vec::new();
    match &act.body {
        Body::Status { nik, credential, change: how } => {
            let subject = store.subject(*nik, CredentialType::KtpElektronik).await?;
            let nama = subject.map(|subject| subject.resident.nama.to_string());
            people.push((*nik, nama, change(officer.lang, how.as_str(), credential.as_deref())));
        }
        Body::ImportChanges { proposal, .. } => {
            for person in store.proposal_people(*proposal, MOST_PEOPLE).await? {
                let changes: Vec<String> =
                    person.changes.iter().map(|(kind, how)| change(officer.lang, how, Some(kind))).collect();
                people.push((person.nik, person.nama, changes.join(", ")));
            }
        }
        body => {
            for nik in named(body) {
                let subject = store.subject(nik, CredentialType::KtpElektronik).await?;
                people.push((
                    nik,
                    subject.map(|subject| subject.resident.nama.to_string()),
                    about(act, officer.lang),
                ));
            }
            if people.is_empty() {
                return Ok(Vec::new());
            }
        }
    }
    let looks = people.iter().map(|(nik, _, _)| (*nik, "proposal")).collect();
    let by = (officer.operator.id, officer.public_name());
    store.look(looks, &act.reason, by, now).await?;
    alerts::at_look(console, officer, now).await?;
    let line = |(nik, nama, changes): (Nik, Option<String>, String)| json!({ "nik": nik.to_string(), "nama": nama, "changes": changes });
    Ok(people.into_iter().map(line).collect())
}

/// What a script sends before a decision is signed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    decision: String,
}

pub(super) async fn begin(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<i64>,
    Json(wanted): Json<Wanted>,
) -> Result<Json<Value>, Fail> {
    let act = act_of(&console, id).await?;
    may_decide(act.proposer, (officer.operator.id, &officer.standing))?;
    if act.state != "waiting" {
        return Err(ConsoleError::Decided.into());
    }
    let decision = Decision::of_name(&wanted.decision).ok_or(ConsoleError::Missing)?;
    let who = (officer.operator.id, officer.session.key);
    Ok(Json(console.ask_decision((id, &act.digest, decision), who, now).await?))
}

/// The signed decision, with what is said about it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignedDecision {
    ceremony: String,
    answer: Value,
    note: String,
}

pub(super) async fn finish(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<i64>,
    Json(signed): Json<SignedDecision>,
) -> Result<Json<Value>, Fail> {
    let note = signed.note.trim().to_owned();
    if note.chars().count() > 200 {
        return Err(ConsoleError::TooLong.into());
    }
    if note.chars().any(char::is_control) {
        return Err(ConsoleError::Characters.into());
    }
    let who = (officer.operator.id, officer.session.key);
    let proved = console.decision(&signed.ceremony, signed.answer, who, now).await?;
    if proved.act != id {
        return Err(ConsoleError::Passkey.into());
    }
    let act = act_of(&console, id).await?;
    may_decide(act.proposer, (officer.operator.id, &officer.standing))?;
    let decided = console.store().decide_act(NewDecision {
        id,
        decision: proved.decision,
        by: officer.operator.id,
        officer: officer.public_name(),
        note: if note.is_empty() { act.reason.clone() } else { note },
        assertion: proved.assertion,
        at: now,
        handle: console.random(),
    });
    match decided.await? {
        Decided::Done(cards) => {
            Ok(Json(json!({ "next": format!("/approvals/{id}"), "cards_changed": cards })))
        }
        Decided::Gone => Err(ConsoleError::Decided.into()),
        Decided::Changed | Decided::Senseless(_) => Err(ConsoleError::Changed.into()),
    }
}
