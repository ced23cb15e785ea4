//! The ways in: a passkey; password and one-time code; an invitation for whoever has neither yet.

use absah_crypto::sha256_concat;
use absah_issuer_core::operator::{Assurance, slow_down};
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_types::{Coded as _, Lang, Timestamp};
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
use super::guard::{Fields, new_session};
use super::page::{lang_of, open_page, say, see, with_status};
use super::source::Source;
use super::{Console, ConsoleError, alerts};
use crate::ledger::seal::Event;
use crate::store::invitation_key;

/// Longest name for signing in, in characters.
pub(super) const MOST_LOGIN: usize = 40;

/// What a script sends of a ceremony.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    pub(super) ceremony: String,
    pub(super) answer: Value,
    #[serde(default)]
    pub(super) label: String,
}

/// Wrong tries are counted for what is tried: a name, an invitation.
fn tried(what: &str, value: &str) -> [u8; 32] {
    sha256_concat(&[b"absah-slow-down-v1\0", what.as_bytes(), b"\0", value.as_bytes()])
}

/// Wrong tries from one place; who tries many codes or names waits, and nobody else does.
fn from_place(what: &str, source: &Source) -> [u8; 32] {
    tried(what, &source.0)
}

pub(super) async fn page(headers: HeaderMap) -> Response {
    form(lang_of(&headers), &Fields::default(), None)
}

fn form(lang: Lang, typed: &Fields, error: Option<ConsoleError>) -> Response {
    let message = error.map(|error| said(lang, error));
    let values = context! { login => typed.raw("login"), error => message, weak => error.is_some() };
    let page = open_page(lang, "sign-in.html", "console-sign-in", values);
    match error {
        Some(error) => with_status(Fail::from(error).status(), page),
        None => page,
    }
}

/// What happened and what to do, for a place beside a field.
pub(super) fn said(lang: Lang, error: ConsoleError) -> String {
    let code = error.code();
    format!("{} {}", say(lang, &format!("err-{code}")), say(lang, &format!("rec-{code}")))
}

pub(super) async fn begin(
    State(console): State<Console>,
    Now(now): Now,
    fields: Fields,
) -> Result<Json<Value>, Fail> {
    let login = fields.line("login", MOST_LOGIN)?;
    Ok(Json(console.ask_sign_in(&login, now).await?))
}

pub(super) async fn finish(
    State(console): State<Console>,
    Now(now): Now,
    source: Source,
    headers: HeaderMap,
    Json(answer): Json<Answer>,
) -> Result<Response, Fail> {
    let what = from_place("passkey", &source);
    // Wrong answers of others in the same house keep nobody out who has the right one: it cannot be guessed.
    let is_counted = console.store().try_counted(what, now).await?;
    let signed_in = console.signed_in(&answer.ceremony, answer.answer, now).await;
    let operator = match signed_in {
        Ok(operator) => operator,
        Err(fail) => {
            note_refused(&console, "passkey", now).await?;
            return Err(if is_counted { fail } else { ConsoleError::SlowDown.into() });
        }
    };
    console.store().succeeded(what).await?;
    let next = console.page_of_unsent(operator, now).unwrap_or_else(|| "/".to_owned());
    let (cookie, session) = new_session(&console, operator, Assurance::Passkey, &headers, now);
    alerts::at_sign_in(&console, &session, &source, now).await?;
    console.store().begin_session(session, Some(source.0)).await?;
    Ok(([(SET_COOKIE, cookie)], Json(json!({ "next": next }))).into_response())
}

/// Into the ledger, without what was typed: it may be a password in the wrong field. Once a minute at most: a stranger must not
/// fill a log that keeps everything.
async fn note_refused(console: &Console, way: &'static str, now: Timestamp) -> Result<(), StoreError> {
    {
        let mut last = console.0.refused.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if last.is_some_and(|last| now.since(last) < absah_types::Seconds::minutes(1) && last <= now) {
            return Ok(());
        }
        *last = Some(now);
    }
    console.store().note(Event::local(now, ActKind::SignInRefused, None, way)).await
}

/// Whether an account has signed in from there of late.
async fn is_own_place(console: &Console, operator: Option<i64>, source: &Source) -> Result<bool, StoreError> {
    let Some(operator) = operator else { return Ok(false) };
    let earlier = console.store().sign_ins_of(operator).await?;
    Ok(earlier.iter().any(|seen| !seen.source.is_empty() && seen.source == source.0))
}

pub(super) async fn fallback(
    State(console): State<Console>,
    Now(now): Now,
    source: Source,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Fail> {
    let lang = lang_of(&headers);
    let Ok(login) = fields.line("login", MOST_LOGIN) else {
        return Ok(form(lang, &fields, Some(ConsoleError::SignIn)));
    };
    let operator = console.store().operator_of_login(&login).await?;
    let operator = operator.filter(|found| found.disabled_at.is_none());
    // Who tries many codes for a name from one place waits, and who tries many names from it; a stranger elsewhere keeps nobody
    // out, at a place where the account has signed in least of all.
    let what = tried("login", &format!("{login}\0{}", source.0));
    let mut counted =
        vec![(what, slow_down::FREE), (from_place("fallback", &source), slow_down::FREE_OF_PLACE)];
    if !is_own_place(&console, operator.as_ref().map(|found| found.id), &source).await? {
        counted.push((tried("login", &login), slow_down::FREE_OF_NAME));
    }
    // Counted before it is known: two at once are two tries.
    let shared: Vec<[u8; 32]> = counted.iter().skip(1).map(|(what, _)| *what).collect();
    if !console.store().tries_counted(counted, now).await? {
        return Ok(form(lang, &fields, Some(ConsoleError::SlowDown)));
    }
    let kept = match &operator {
        Some(operator) => console.store().fallback(operator.id).await?,
        None => None,
    };
    let password: String = fields.raw("password").chars().take(super::fallback::MOST_PASSWORD).collect();
    let code: String = fields.raw("code").chars().take(16).collect();
    let checking = console.clone();
    let place = std::sync::Arc::clone(&console.0.hashing).acquire_owned().await;
    let place = place.map_err(|_| Fail::Store(StoreError::Unavailable))?;
    let looking = move || {
        let _place = place;
        checking.check_fallback(kept.as_ref(), (&password, &code), now)
    };
    let step =
        tokio::task::spawn_blocking(looking).await.map_err(|_| Fail::Store(StoreError::Unavailable))??;
    let (Some(operator), Some(step)) = (operator, step) else {
        note_refused(&console, "fallback", now).await?;
        return Ok(form(lang, &fields, Some(ConsoleError::SignIn)));
    };
    if !console.store().use_totp(operator.id, step).await? {
        note_refused(&console, "fallback", now).await?;
        return Ok(form(lang, &fields, Some(ConsoleError::OneTimeCode)));
    }
    console.store().succeeded(what).await?;
    // A right one is no wrong try of the place or the name: a whole office signs in from one.
    console.store().uncount(shared).await?;
    let (cookie, session) = new_session(&console, operator.id, Assurance::Fallback, &headers, now);
    alerts::at_sign_in(&console, &session, &source, now).await?;
    console.store().begin_session(session, Some(source.0)).await?;
    Ok(([(SET_COOKIE, cookie)], see("/account")).into_response())
}

pub(super) async fn invitation_page(headers: HeaderMap) -> Response {
    open_page(lang_of(&headers), "invitation.html", "console-invitation", context! {})
}

pub(super) async fn invitation(
    State(console): State<Console>,
    Now(now): Now,
    source: Source,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Fail> {
    let lang = lang_of(&headers);
    let again = |error: ConsoleError| {
        let (code, second) = (fields.raw("code"), fields.raw("second"));
        let values = context! { code => code, second => second, error => said(lang, error) };
        let page = open_page(lang, "invitation.html", "console-invitation", values);
        with_status(Fail::from(error).status(), page)
    };
    let part = |name: &str| -> String {
        let letters = fields.raw(name).chars().filter(char::is_ascii_alphanumeric).take(40);
        letters.map(|c| c.to_ascii_uppercase()).collect()
    };
    let (code, second) = (part("code"), part("second"));
    let what = from_place("invitation", &source);
    if !console.store().try_counted(what, now).await? {
        return Ok(again(ConsoleError::SlowDown));
    }
    let second = (!second.is_empty()).then(|| invitation_key(&second));
    // Whose it is, the store says.
    let (cookie, session) = new_session(&console, 0, Assurance::Invitation, &headers, now);
    if !console.store().take_up((invitation_key(&code), second), session, now).await? {
        note_refused(&console, "invitation", now).await?;
        return Ok(again(ConsoleError::Invitation));
    }
    console.store().succeeded(what).await?;
    Ok(([(SET_COOKIE, cookie)], see("/account")).into_response())
}
