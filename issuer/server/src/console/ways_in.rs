//! The ways into the own account: passkeys, password and one-time code; each change of them is proved by one that is there.

use std::collections::HashMap;
use std::sync::PoisonError;

use absah_issuer_core::operator::{Assurance, LEAST_AUTHENTICATORS};
use absah_issuer_core::ports::StoreError;
use absah_types::{Lang, Seconds, Timestamp, base64url};
use absah_web::Now;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Response};
use minijinja::context;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Fail;
use super::guard::{Fields, Officer, is_hidden, new_session};
use super::page::{say, see, with_status};
use super::sign_in::{Answer, said};
use super::source::Source;
use super::{Console, ConsoleError};

/// Ways into one account: each new one is told, and nobody needs so many.
const MOST_WAYS: u32 = 10;
/// Longest name of a passkey, in characters.
const MOST_LABEL: usize = 40;
/// Longest name of a change, in bytes: that of a removal holds a credential's id.
const MOST_CHANGE: usize = 1500;
/// Names of changes, as they are signed; that of a passkey's removal goes on with its id.
const ADD_PASSKEY: &str = "add-passkey";
const REMOVE_PASSKEY: &str = "remove-passkey";
const SET_FALLBACK: &str = "set-fallback";
const REMOVE_FALLBACK: &str = "remove-fallback";

/// A change of the ways in follows its proof within so long.
const FRESH: Seconds = Seconds::minutes(5);

/// "adding or removing an authenticator needs an existing passkey": a session alone, left open or stolen, is none. Whoever
/// comes by an invitation has none yet, and whoever has just added the first adds the second at once.
fn is_enrolling(officer: &Officer, now: Timestamp) -> bool {
    officer.session.assurance == Assurance::Invitation
        || (officer.standing.authenticators < LEAST_AUTHENTICATORS
            && now.since(officer.session.signed_in_at) <= FRESH)
}

type Proofs<'a> = std::sync::MutexGuard<'a, HashMap<[u8; 32], (String, Timestamp)>>;

fn proofs(console: &Console) -> Proofs<'_> {
    console.0.proofs.lock().unwrap_or_else(PoisonError::into_inner)
}

fn holds(proofs: &Proofs<'_>, officer: &Officer, change: &str, now: Timestamp) -> Result<(), Fail> {
    let proof = proofs.get(&officer.session.key);
    let is_proved = proof.is_some_and(|(what, at)| what == change && now.since(*at) <= FRESH);
    if is_proved || is_enrolling(officer, now) { Ok(()) } else { Err(ConsoleError::ProveFirst.into()) }
}

/// Whether the officer of the session has signed this very change.
fn proved(console: &Console, officer: &Officer, change: &str, now: Timestamp) -> Result<(), Fail> {
    holds(&proofs(console), officer, change, now)
}

/// The same, once: a proof is of one change.
fn use_proof(console: &Console, officer: &Officer, change: &str, now: Timestamp) -> Result<(), Fail> {
    let mut proofs = proofs(console);
    holds(&proofs, officer, change, now)?;
    proofs.remove(&officer.session.key);
    Ok(())
}

/// Which change a script asks to have signed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    change: String,
}

/// Asks for a proof; there is nothing to ask of whoever is still enrolling.
pub(super) async fn ask_proof(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Json(wanted): Json<Wanted>,
) -> Result<Json<Value>, Fail> {
    if is_enrolling(&officer, now) {
        return Ok(Json(json!({})));
    }
    if wanted.change.len() > MOST_CHANGE {
        return Err(ConsoleError::TooLong.into());
    }
    let whose = (officer.operator.id, officer.session.key);
    Ok(Json(console.ask_proof(wanted.change, whose, now).await?))
}

pub(super) async fn prove(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Json(answer): Json<Answer>,
) -> Result<Json<Value>, Fail> {
    let whose = (officer.operator.id, officer.session.key);
    let change = console.proof(&answer.ceremony, answer.answer, whose, now).await?;
    let mut proofs = proofs(&console);
    proofs.retain(|_, (_, at)| now.since(*at) <= FRESH);
    proofs.insert(officer.session.key, (change, now));
    Ok(Json(json!({})))
}

pub(super) async fn begin(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
) -> Result<Json<Value>, Fail> {
    if officer.standing.authenticators >= MOST_WAYS {
        return Err(ConsoleError::TooManyWays.into());
    }
    proved(&console, &officer, ADD_PASSKEY, now)?;
    Ok(Json(console.ask_new(&officer.operator, officer.session.key, now).await?))
}

/// Keeps the passkey. Whoever came by an invitation gets a session of full worth, under another name.
pub(super) async fn finish(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    source: Source,
    headers: HeaderMap,
    Json(answer): Json<Answer>,
) -> Result<Response, Fail> {
    use_proof(&console, &officer, ADD_PASSKEY, now)?;
    if officer.standing.authenticators >= MOST_WAYS {
        return Err(ConsoleError::TooManyWays.into());
    }
    let label: String = answer.label.chars().filter(|c| !is_hidden(*c)).take(MOST_LABEL).collect();
    let label = if label.trim().is_empty() { "Kunci sandi".to_owned() } else { label.trim().to_owned() };
    let whose = (officer.operator.id, officer.session.key);
    console.keep_new((&answer.ceremony, answer.answer, label.clone()), whose, now).await?;
    console.alert_new_authenticator(&officer, &label, now).await?;
    let next = Json(json!({ "next": "/account" }));
    if officer.session.assurance != Assurance::Invitation {
        return Ok(next.into_response());
    }
    let (cookie, session) = new_session(&console, officer.operator.id, Assurance::Passkey, &headers, now);
    console.store().begin_session(session, Some(source.0)).await?;
    Ok(([(SET_COOKIE, cookie)], next).into_response())
}

pub(super) async fn remove(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    use_proof(&console, &officer, &format!("{REMOVE_PASSKEY} {}", fields.raw("id")), now)?;
    if officer.standing.authenticators <= LEAST_AUTHENTICATORS || officer.operator.passkeys < 2 {
        return Err(ConsoleError::LastAuthenticators.into());
    }
    let credential = base64url::decode(fields.raw("id")).map_err(|_| ConsoleError::Unknown)?;
    if !console.store().remove_passkey(officer.operator.id, credential, now).await? {
        return Err(ConsoleError::Unknown.into());
    }
    end_others(&console, &officer, now).await?;
    Ok(see("/account"))
}

/// Whoever came in by the way that is gone goes with it: of which sessions those are, nobody knows, so all but this one end.
async fn end_others(console: &Console, officer: &Officer, now: Timestamp) -> Result<(), Fail> {
    for session in console.store().sessions(Some(officer.operator.id)).await? {
        if session.key != officer.session.key {
            console.store().end_session(session.key, None, now).await?;
        }
    }
    Ok(())
}

pub(super) async fn fallback_page(State(console): State<Console>, officer: Officer) -> Response {
    fallback_form(&officer, &console.new_totp(), None)
}

fn fallback_form(officer: &Officer, secret: &str, error: Option<ConsoleError>) -> Response {
    let in_fours: Vec<&str> = (0..secret.len()).step_by(4).filter_map(|at| secret.get(at..at + 4)).collect();
    let values = context! {
        secret => secret, in_fours => in_fours.join(" "), login => officer.operator.login,
        error => error.map(|error| said(officer.lang, error)),
        at_password => matches!(error, Some(ConsoleError::WeakPassword)),
        at_code => matches!(error, Some(ConsoleError::OneTimeCode)),
    };
    let page = super::page::page(officer, "fallback.html", "console-fallback", values);
    match error {
        Some(error) => with_status(Fail::from(error).status(), page),
        None => page,
    }
}

pub(super) async fn set_fallback(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    proved(&console, &officer, SET_FALLBACK, now)?;
    let making = console.clone();
    let typed = fields.clone();
    let made = tokio::task::spawn_blocking(move || {
        making.make_fallback((typed.raw("password"), typed.raw("secret"), typed.raw("code")), now)
    })
    .await
    .map_err(|_| Fail::Store(StoreError::Unavailable))?;
    match made {
        Ok(fallback) => {
            use_proof(&console, &officer, SET_FALLBACK, now)?;
            console.store().set_fallback(officer.operator.id, fallback, now).await?;
            let what = say(Lang::Id, "console-code-and-password");
            console.alert_new_authenticator(&officer, &what, now).await?;
            Ok(see("/account"))
        }
        // The same secret again: the app has it already.
        Err(Fail::Console(error)) => Ok(fallback_form(&officer, fields.raw("secret"), Some(error))),
        Err(other) => Err(other),
    }
}

/// Takes password and one-time code away from the own account.
pub(super) async fn remove_fallback(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
) -> Result<Response, Fail> {
    use_proof(&console, &officer, REMOVE_FALLBACK, now)?;
    if officer.standing.authenticators <= LEAST_AUTHENTICATORS {
        return Err(ConsoleError::LastAuthenticators.into());
    }
    if !console.store().remove_fallback(officer.operator.id, now).await? {
        return Err(ConsoleError::Unknown.into());
    }
    end_others(&console, &officer, now).await?;
    Ok(see("/account"))
}
