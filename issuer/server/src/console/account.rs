//! The own account: its page, and its sessions.

use absah_issuer_core::operator::{Action, Assurance, LEAST_AUTHENTICATORS};
use absah_types::{Timestamp, base64url};
use absah_web::Now;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Response};
use minijinja::{Value as Shown, context};
use serde_json::{Value, json};

use super::error::Fail;
use super::guard::{Fields, Officer, no_cookie};
use super::page::see;
use super::{Console, ConsoleError};
use crate::store::Session;

pub(super) fn shown(session: &Session, own: &[u8; 32]) -> Value {
    json!({
        "key": base64url::encode(session.key),
        "assurance": session.assurance.as_str(),
        "since": session.signed_in_at.unix(),
        "seen": session.seen_at.unix(),
        "device": session.device,
        "is_this": session.key == *own,
    })
}

pub(super) async fn page(State(console): State<Console>, officer: Officer) -> Result<Response, Fail> {
    let passkeys: Vec<Value> = console
        .store()
        .passkeys(officer.operator.id)
        .await?
        .iter()
        .map(|passkey| {
            json!({
                "id": base64url::encode(&passkey.credential),
                "label": passkey.label,
                "added": passkey.added_at.unix(),
                "used": passkey.used_at.map(Timestamp::unix),
            })
        })
        .collect();
    let sessions = console.store().sessions(Some(officer.operator.id)).await?;
    let sessions: Vec<Value> = sessions.iter().map(|session| shown(session, &officer.session.key)).collect();
    let is_weak = officer.session.assurance == Assurance::Fallback;
    let values = context! {
        passkeys => Shown::from_serialize(&passkeys),
        sessions => Shown::from_serialize(&sessions),
        has_fallback => officer.operator.has_fallback,
        incomplete => officer.standing.authenticators < LEAST_AUTHENTICATORS,
        is_weak => is_weak,
        can_add => !is_weak,
        can_set_fallback => officer.may(Action::SetFallback),
        login => officer.operator.login,
    };
    Ok(super::page::page(&officer, "account.html", "console-account", values))
}

pub(super) async fn end_session(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    let key = base64url::decode_array(fields.raw("session")).map_err(|_| ConsoleError::Unknown)?;
    let own = console.store().sessions(Some(officer.operator.id)).await?;
    if !own.iter().any(|session| session.key == key) {
        return Err(ConsoleError::Unknown.into());
    }
    console.store().end_session(key, None, now).await?;
    Ok(see("/account"))
}

pub(super) async fn sign_out(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
) -> Result<Response, Fail> {
    console.store().end_session(officer.session.key, None, now).await?;
    Ok(([(SET_COOKIE, no_cookie())], see("/sign-in")).into_response())
}
