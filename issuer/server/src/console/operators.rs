//! Operators and their sessions: changes are proposed here and decided by somebody else.

use absah_issuer_core::operator::four_eyes::Body;
use absah_issuer_core::operator::{Action, Role};
use absah_types::{Timestamp, base64url};
use absah_web::{Ambient, Now};
use axum::extract::{FromRef as _, State};
use axum::response::Response;
use minijinja::{Value as Shown, context};
use serde_json::{Value, json};

use super::account::shown;
use super::error::Fail;
use super::guard::{Fields, Officer};
use super::names::Names;
use super::page::{page, see, with_status};
use super::people::purpose;
use super::sign_in::{MOST_LOGIN, said};
use super::{Console, ConsoleError};
use crate::http::{grouped, random_code};
use crate::store::{HandOver, INVITATION_LIFE, Right, invitation_key};

/// Longest name of a person, in characters.
const MOST_NAME: usize = 80;

/// A name for signing in: small letters, digits, dots and dashes, begun by a letter.
pub(crate) fn is_login(text: &str) -> bool {
    let is_fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    (3..=MOST_LOGIN).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(is_fine)
}

pub(super) async fn list(State(console): State<Console>, officer: Officer) -> Result<Response, Fail> {
    show(&console, &officer, (&Fields::default(), None), None).await
}

async fn show(
    console: &Console,
    officer: &Officer,
    (typed, error): (&Fields, Option<(&str, ConsoleError)>),
    code: Option<Value>,
) -> Result<Response, Fail> {
    let rights = console.store().invitation_rights().await?;
    let is_admin = officer.may(Action::ProposeOperator);
    // Which part of the code of an invitation is this officer's to make.
    let part_of = |operator: i64| {
        let own = |right: &&Right| right.who.map_or(is_admin, |who| who == officer.operator.id);
        rights.iter().filter(|right| right.operator == operator).find(own).map(|right| right.part)
    };
    let all = console.store().operators().await?;
    let mut last = Vec::new();
    for one in &all {
        if console.store().is_last_of_role(one.id).await? {
            last.push(one.id);
        }
    }
    let operators: Vec<Value> = all
        .iter()
        .map(|one| {
            json!({
                "id": one.id,
                "login": one.login,
                "name": one.name,
                "role": one.role.as_str(),
                "state": match (one.disabled_at, one.enrolled_at) {
                    (Some(_), _) => "closed",
                    (None, None) => "invited",
                    (None, Some(_)) if one.authenticators() < 2 => "incomplete",
                    (None, Some(_)) => "active",
                },
                "authenticators": one.authenticators(),
                "is_last": last.contains(&one.id),
                "part": part_of(one.id),
                "is_self": one.id == officer.operator.id,
            })
        })
        .collect();
    let names = Names::load(console).await?;
    let sessions: Vec<Value> = console
        .store()
        .sessions(None)
        .await?
        .iter()
        .map(|session| {
            let mut line = shown(session, &officer.session.key);
            if let Some(line) = line.as_object_mut() {
                line.insert("operator".to_owned(), json!(names.operator(session.operator)));
            }
            line
        })
        .collect();
    let message = error.map(|(_, error)| said(officer.lang, error));
    let roles: Vec<&str> = Role::ALL.map(Role::as_str).to_vec();
    let values = context! {
        operators => Shown::from_serialize(&operators),
        sessions => Shown::from_serialize(&sessions),
        roles => roles,
        may_propose => is_admin,
        may_hand_over => officer.may(Action::HandOverCode),
        may_end => officer.may(Action::EndSessions),
        typed => Shown::from_serialize(typed.all()),
        error => message, error_at => error.map(|(at, _)| at),
        invitation => code.map(Shown::from_serialize),
    };
    let shown = page(officer, "operators.html", "console-operators", values);
    Ok(match error {
        Some((_, error)) => with_status(Fail::from(error).status(), shown),
        None => shown,
    })
}

pub(super) async fn invite(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    let read = || {
        let name = fields.line("name", MOST_NAME).map_err(|error| ("name", error))?;
        let login = fields.line("login", MOST_LOGIN).map_err(|error| ("login", error))?;
        if !is_login(&login) {
            return Err(("login", ConsoleError::Login));
        }
        let role = Role::of_name(fields.raw("role")).ok_or(("role", ConsoleError::RoleUnknown))?;
        let reason = purpose(&fields, "reason").map_err(|error| ("reason", error))?;
        Ok((name, login, role, reason))
    };
    let (name, login, role, reason) = match read() {
        Ok(read) => read,
        Err(error) => return show(&console, &officer, (&fields, Some(error)), None).await,
    };
    if console.store().operator_of_login(&login).await?.is_some() {
        return show(&console, &officer, (&fields, Some(("login", ConsoleError::Login))), None).await;
    }
    let body = Body::InviteOperator { login, name, role: role.as_str().to_owned() };
    propose(&console, &officer, body, &reason, now).await
}

async fn propose(
    console: &Console,
    officer: &Officer,
    body: Body,
    reason: &str,
    now: Timestamp,
) -> Result<Response, Fail> {
    let number = console.store().propose(body, officer.proposer(), reason, now).await?;
    Ok(see(&format!("/approvals/{number}")))
}

/// Files what the form says should become of an account.
async fn propose_about(
    console: &Console,
    officer: &Officer,
    fields: &Fields,
    body: impl FnOnce(i64) -> Body,
    now: Timestamp,
) -> Result<Response, Fail> {
    let operator = number(fields)?;
    let reason = purpose(fields, "reason")?;
    propose(console, officer, body(operator), &reason, now).await
}

fn number(fields: &Fields) -> Result<i64, Fail> {
    fields.raw("operator").parse().map_err(|_| Fail::Console(ConsoleError::Unknown))
}

/// The own part of the code of an invitation that two people agreed to: shown once, to one of the two.
pub(super) async fn code(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    let operator = number(&fields)?;
    let code = random_code(Ambient::from_ref(&console).rng().as_mut());
    let expires_at = now.plus(INVITATION_LIFE);
    let new = HandOver {
        operator,
        by: (officer.operator.id, officer.may(Action::ProposeOperator)),
        officer: officer.public_name(),
        key: invitation_key(&code),
        expires_at,
        at: now,
    };
    let part = console.store().hand_over(new).await?.ok_or(ConsoleError::Decided)?;
    let shown = json!({
        "operator": operator, "part": part, "code": grouped(&code), "expires": expires_at.unix(),
    });
    show(&console, &officer, (&Fields::default(), None), Some(shown)).await
}

pub(super) async fn disable(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    if console.store().is_last_of_role(number(&fields)?).await? {
        return Err(ConsoleError::LastOfRole.into());
    }
    propose_about(&console, &officer, &fields, |operator| Body::DisableOperator { operator }, now).await
}

pub(super) async fn reinvite(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    // Without another of the role nobody could make the parts of the code, or agree to it.
    if console.store().is_last_of_role(number(&fields)?).await? {
        return Err(ConsoleError::LastReinvite.into());
    }
    propose_about(&console, &officer, &fields, |operator| Body::ReinviteOperator { operator }, now).await
}

pub(super) async fn end_session(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    let key = base64url::decode_array(fields.raw("session")).map_err(|_| ConsoleError::Unknown)?;
    if !console.store().end_session(key, Some(officer.public_name()), now).await? {
        return Err(ConsoleError::Unknown.into());
    }
    Ok(see("/operators"))
}
