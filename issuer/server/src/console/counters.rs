//! Counters: their registrations, proposed and taken back by two people.

use absah_crypto::jws;
use absah_issuer_core::operator::Action;
use absah_issuer_core::operator::four_eyes::Body;
use absah_trust::Registration;
use absah_trust::registration::MAX_BYTES;
use absah_types::{Coded as _, Timestamp};
use absah_web::{Ambient, Now};
use axum::extract::{FromRef as _, State};
use axum::http::StatusCode;
use axum::response::Response;
use minijinja::{Value as Shown, context};
use serde_json::{Value, json};

use super::error::Fail;
use super::guard::{Fields, Officer};
use super::page::{page, say, see, with_status};
use super::people::purpose;
use super::sign_in::said;
use super::{Console, ConsoleError};
use crate::commands::counters::{Order, access_key, make};
use crate::commands::services;
use crate::store::Counter;

/// Longest name of an agency or place, in characters.
const MOST_NAME: usize = 80;
/// Longest file of services, in characters.
const MOST_SERVICES: usize = 32 * 1024;
/// Longest key of a counter, in characters.
const MOST_KEY: usize = 4096;

fn shown(counter: &Counter, now: Timestamp) -> Value {
    let told: Option<Registration> =
        jws::Compact::parse(&counter.jwt, MAX_BYTES).ok().and_then(|jwt| jwt.claims().ok());
    let services = told
        .as_ref()
        .map_or_else(Vec::new, |told| told.services.iter().map(|service| service.id.clone()).collect());
    let state = match counter.withdrawn_at {
        Some(_) => "withdrawn",
        None if counter.expires_at <= now => "ended",
        None => "valid",
    };
    json!({
        "registration": counter.registration_id,
        "counter": counter.counter_id,
        "agency": told.as_ref().map(|told| &told.agency),
        "place": told.as_ref().map(|told| &told.place),
        "services": services.join(", "),
        "registered": counter.registered_at.unix(),
        "expires": counter.expires_at.unix(),
        "state": state,
    })
}

pub(super) async fn list(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
) -> Result<Response, Fail> {
    show(&console, &officer, (&Fields::default(), None), now).await
}

async fn show(
    console: &Console,
    officer: &Officer,
    (typed, error): (&Fields, Option<(&str, String)>),
    now: Timestamp,
) -> Result<Response, Fail> {
    let counters = console.store().counters().await?;
    let counters: Vec<Value> = counters.iter().rev().map(|counter| shown(counter, now)).collect();
    let (at, message) = error.unzip();
    let values = context! {
        counters => Shown::from_serialize(&counters),
        may_propose => officer.may(Action::ProposeCounter),
        typed => Shown::from_serialize(typed.all()),
        error_at => at, error => message,
    };
    let is_wrong = at.is_some();
    let shown = page(officer, "counters.html", "console-counters", values);
    Ok(if is_wrong { with_status(StatusCode::UNPROCESSABLE_ENTITY, shown) } else { shown })
}

/// What the form says, or the field that is wrong and why.
fn order(fields: &Fields, officer: &Officer) -> Result<(Body, String), (&'static str, String)> {
    let wrong = |at: &'static str| move |error: ConsoleError| (at, said(officer.lang, error));
    let key = fields.raw("access_key").trim();
    if key.is_empty() {
        return Err(wrong("access_key")(ConsoleError::Missing));
    }
    if key.chars().count() > MOST_KEY {
        return Err(wrong("access_key")(ConsoleError::TooLong));
    }
    let coded = |at: &'static str, code: &str, place: Option<String>| {
        let text = format!(
            "{} {}",
            say(officer.lang, &format!("err-{code}")),
            say(officer.lang, &format!("rec-{code}"))
        );
        (at, place.map_or(text.clone(), |place| format!("{text} ({place})")))
    };
    let (_, counter) = access_key(key.as_bytes()).map_err(|error| coded("access_key", error.code(), None))?;
    let agency = fields.line("agency", MOST_NAME).map_err(wrong("agency"))?;
    let place = fields.line("place", MOST_NAME).map_err(wrong("place"))?;
    let text = fields.raw("services").trim();
    if text.chars().count() > MOST_SERVICES {
        return Err(wrong("services")(ConsoleError::TooLong));
    }
    let text = if text.is_empty() { absah_schemas::services::DEFAULT } else { text };
    services::parse(text).map_err(|error| coded("services", error.code(), error.about()))?;
    let days = fields.line("days", 3).map_err(wrong("days"))?;
    let days = days.parse().ok().filter(|days| (1..=90).contains(days));
    let days = days.ok_or_else(|| wrong("days")(ConsoleError::Days))?;
    let reason = purpose(fields, "reason").map_err(wrong("reason"))?;
    let body = Body::RegisterCounter {
        counter,
        access_key: key.to_owned(),
        agency,
        place,
        services: text.to_owned(),
        days,
    };
    Ok((body, reason))
}

pub(super) async fn register(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    match order(&fields, &officer) {
        Ok((body, reason)) => {
            let number = console.store().propose(body, officer.proposer(), &reason, now).await?;
            Ok(see(&format!("/approvals/{number}")))
        }
        Err(error) => show(&console, &officer, (&fields, Some(error)), now).await,
    }
}

/// The registration that an act describes, signed; nothing for another act.
pub(super) async fn signed(
    console: &Console,
    body: &Body,
    now: Timestamp,
) -> Result<Option<(Counter, Vec<String>)>, Fail> {
    let Body::RegisterCounter { access_key: key, agency, place, services: text, days, .. } = body else {
        return Ok(None);
    };
    let damaged = || Fail::Console(ConsoleError::Changed);
    let (key, counter_id) = access_key(key.as_bytes()).map_err(|_| damaged())?;
    let services = services::parse(text).map_err(|_| damaged())?.services;
    let (agency, place, days) = (agency.clone(), place.clone(), *days);
    let order = Order { key, counter_id, agency, place, services, days };
    let url = console.0.app.identity().id().url().clone();
    let (store, keys) =
        (std::sync::Arc::clone(&console.0.store), std::sync::Arc::clone(console.0.app.keys()));
    let mut rng = Ambient::from_ref(console).rng();
    let handle = tokio::runtime::Handle::current();
    let making = move || handle.block_on(make(&store, keys.as_ref(), &url, order, now, rng.as_mut()));
    let made = tokio::task::spawn_blocking(making).await.map_err(|_| damaged())?;
    let (counter, superseded) = made.map_err(|_| damaged())?;
    Ok(Some((counter, superseded)))
}

pub(super) async fn withdraw(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    let registration = fields.line("registration", 64)?;
    let reason = purpose(&fields, "reason")?;
    let known = console.store().counters().await?;
    if !known.iter().any(|counter| counter.registration_id == registration && counter.withdrawn_at.is_none())
    {
        return Err(ConsoleError::Unknown.into());
    }
    let body = Body::WithdrawCounter { registration };
    let number = console.store().propose(body, officer.proposer(), &reason, now).await?;
    Ok(see(&format!("/approvals/{number}")))
}
