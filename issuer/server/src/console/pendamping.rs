//! *Mode Pendamping*: who is a registered helper, which sessions run, how many people were helped; and the session of one
//! citizen who is here.

use absah_credential::Pendamping;
use absah_issuer_core::figures::{HELPED_TARGET, is_elderly};
use absah_issuer_core::operator::Action;
use absah_issuer_core::operator::four_eyes::Body;
use absah_issuer_core::ports::Store as _;
use absah_schemas::CredentialType;
use absah_types::Timestamp;
use absah_web::Now;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use minijinja::{Value as Shown, context};
use serde_json::{Value, json};

use super::error::Fail;
use super::guard::{Fields, Officer};
use super::issue::{keep_open, make, settle};
use super::page::{page, say, see, with_status};
use super::people::{case_of, purpose};
use super::{Console, ConsoleError};
use crate::commands::pendamping::PendampingArgsError;
use crate::store::{NewSession, PendampingError, PendampingSession};

/// Sessions shown at once.
const MOST: u32 = 50;
/// Longest field, in characters.
const MOST_LINE: usize = 80;

pub(super) async fn list(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
) -> Result<Response, Fail> {
    show(&console, &officer, (&Fields::default(), None), now).await
}

/// A session without the citizen: nobody looks up a person here.
fn shown(session: &PendampingSession, now: Timestamp) -> Value {
    json!({
        "id": session.id,
        "helper": session.helper.nama,
        "organisation": session.helper.organisasi,
        "started": session.started_at.unix(),
        "ends": session.ended_at.unwrap_or(session.ends_at).unix(),
        "over": session.came_to_nothing(now),
    })
}

async fn show(
    console: &Console,
    officer: &Officer,
    (typed, error): (&Fields, Option<(&str, String)>),
    now: Timestamp,
) -> Result<Response, Fail> {
    let store = console.store();
    let helped = store.helped().await?;
    let sessions = store.pendamping_sessions(MOST).await?;
    let sessions: Vec<Value> = sessions.iter().map(|session| shown(session, now)).collect();
    let helpers = helpers(console).await?;
    let (at, message) = error.unzip();
    let values = context! {
        people => helped.people, elderly => helped.elderly, begun => helped.sessions, target => HELPED_TARGET,
        sessions => Shown::from_serialize(&sessions),
        helpers => Shown::from_serialize(&helpers),
        may_propose => officer.may(Action::ProposePendamping),
        may_end => officer.may(Action::SuspendLost),
        typed => Shown::from_serialize(typed.all()),
        error_at => at, error => message,
    };
    let is_wrong = at.is_some();
    let shown = page(officer, "pendamping.html", "console-pendamping", values);
    Ok(if is_wrong { with_status(StatusCode::UNPROCESSABLE_ENTITY, shown) } else { shown })
}

/// Those who are registered now.
pub(super) async fn helpers(console: &Console) -> Result<Vec<Value>, Fail> {
    let all = console.store().pendampings().await?;
    let here = all.into_iter().filter(|one| one.removed_at.is_none()).map(|one| {
        let Pendamping { id, nama, organisasi } = one.helper;
        json!({ "id": id, "name": nama, "organisation": organisasi, "since": one.added_at.unix() })
    });
    Ok(here.collect())
}

pub(super) async fn register(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    let text = |code: &str| {
        format!("{} {}", say(officer.lang, &format!("err-{code}")), say(officer.lang, &format!("rec-{code}")))
    };
    let wrong = |at: &'static str, error: &dyn absah_types::Coded| Some((at, text(error.code())));
    let line = |name: &str| fields.line(name, MOST_LINE);
    let (id, name, organisation) = match (line("id"), line("name"), line("organisation")) {
        (Ok(id), Ok(name), Ok(organisation)) => (id, name, organisation),
        (Err(error), ..) => return show(&console, &officer, (&fields, wrong("id", &error)), now).await,
        (_, Err(error), _) => return show(&console, &officer, (&fields, wrong("name", &error)), now).await,
        (.., Err(error)) => {
            return show(&console, &officer, (&fields, wrong("organisation", &error)), now).await;
        }
    };
    let Some(helper) = Pendamping::new(&id, &name, &organisation) else {
        return show(&console, &officer, (&fields, wrong("id", &PendampingArgsError::Malformed)), now).await;
    };
    if console.store().pendampings().await?.iter().any(|one| one.helper.id == helper.id) {
        return show(&console, &officer, (&fields, wrong("id", &PendampingError::Taken)), now).await;
    }
    let reason = match purpose(&fields, "reason") {
        Ok(reason) => reason,
        Err(error) => return show(&console, &officer, (&fields, wrong("reason", &error)), now).await,
    };
    let Pendamping { id, nama, organisasi } = helper;
    let body = Body::RegisterPendamping { id, nama, organisasi };
    let number = console.store().propose(body, officer.proposer(), &reason, now).await?;
    Ok(see(&format!("/approvals/{number}")))
}

pub(super) async fn remove(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    let id = fields.line("id", MOST_LINE)?;
    let reason = purpose(&fields, "reason")?;
    let known = console.store().pendampings().await?;
    if !known.iter().any(|one| one.helper.id == id && one.removed_at.is_none()) {
        return Err(PendampingError::Unknown.into());
    }
    let body = Body::RemovePendamping { id };
    let number = console.store().propose(body, officer.proposer(), &reason, now).await?;
    Ok(see(&format!("/approvals/{number}")))
}

/// Ends a session before its time: at once, for waiting does harm.
pub(super) async fn end(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    let number = fields.line("session", 20)?.parse().map_err(|_| ConsoleError::Unknown)?;
    console.store().end_pendamping(number, Some(officer.public_name()), now).await??;
    Ok(see("/pendamping"))
}

/// `POST /people/{case}/pendamping`: the citizen is here, card and face were compared, and the citizen agrees.
pub(super) async fn begin(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Fail> {
    let case = case_of(&console, &officer, &id).await?;
    // "against card + face at a desk".
    if fields.raw("seen") != "yes" {
        return Err(PendampingArgsError::NotSeen.into());
    }
    if fields.raw("agreed") != "yes" {
        return Err(PendampingArgsError::NotAgreed.into());
    }
    let (nik, kind) = (case.nik, CredentialType::KtpElektronik);
    let subject = console.store().subject(nik, kind).await?.ok_or(ConsoleError::Unknown)?;
    let (open, offer) = make(&console, &officer, ((nik, None), kind, case.id), now).await?;
    let new = NewSession {
        offer,
        helper: fields.line("helper", MOST_LINE)?,
        elderly: is_elderly(subject.resident.tanggal_lahir, now),
        officer: Some(officer.public_name()),
    };
    console.store().start_pendamping(new, now).await??;
    settle(&console, officer.operator.id, now).await?;
    Ok(see(&format!("/issue/{}", keep_open(&console, open, now))))
}
