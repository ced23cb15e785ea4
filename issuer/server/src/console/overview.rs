//! The first page, counters, the ledger.

use absah_crypto::jws;
use absah_issuer_core::operator::four_eyes::Body;
use absah_issuer_core::operator::{Action, LEAST_AUTHENTICATORS};
use absah_trust::Registration;
use absah_trust::registration::MAX_BYTES;
use absah_web::Now;
use axum::extract::State;
use axum::response::Response;
use minijinja::{Value as Shown, context};
use serde_json::{Value, json};

use super::error::Fail;
use super::guard::{Fields, Officer};
use super::page::{page, see};
use super::people::purpose;
use super::{Console, ConsoleError};
use crate::ledger::seal::Log;

pub(super) async fn home(State(console): State<Console>, officer: Officer) -> Result<Response, Fail> {
    let assured = officer.session.assurance == absah_issuer_core::operator::Assurance::Passkey;
    if officer.standing.authenticators < LEAST_AUTHENTICATORS || !assured {
        return Ok(see("/account"));
    }
    let alerts = match officer.may(Action::ViewAlerts) {
        true => console.store().alerts().await?.iter().filter(|alert| alert.closed.is_none()).count(),
        false => 0,
    };
    let values = context! {
        waiting => console.store().waiting_acts().await?,
        alerts => alerts,
        residents => console.store().register_size().await?,
        may_search => officer.may(Action::SearchPeople),
        may_alerts => officer.may(Action::ViewAlerts),
    };
    Ok(page(&officer, "home.html", "console-home", values))
}

pub(super) async fn counters(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
) -> Result<Response, Fail> {
    let counters = console.store().counters().await?;
    let counters: Vec<Value> = counters
        .iter()
        .rev()
        .map(|counter| {
            let told: Option<Registration> =
                jws::Compact::parse(&counter.jwt, MAX_BYTES).ok().and_then(|jwt| jwt.claims().ok());
            let services = told.as_ref().map_or_else(Vec::new, |told| {
                told.services.iter().map(|service| service.id.clone()).collect()
            });
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
        })
        .collect();
    let may_propose = officer.may(Action::ProposeCounter);
    let values = context! { counters => Shown::from_serialize(&counters), may_propose => may_propose };
    Ok(page(&officer, "counters.html", "console-counters", values))
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

pub(super) async fn ledger(State(console): State<Console>, officer: Officer) -> Result<Response, Fail> {
    let store = console.store();
    let (witnesses, quorum) = store.witnesses().await?;
    let mut logs = Vec::new();
    for log in Log::ALL {
        let newest = store.ledger_head(log, 0).await?;
        let last_final = store.ledger_head(log, quorum).await?.filter(|_| quorum > 0);
        logs.push(json!({
            "text": format!("console-log-{}", log.name()),
            "size": newest.as_ref().map_or(0, |head| head.size),
            "signed": newest.as_ref().map(|head| head.signed_at.unix()),
            "final": last_final.as_ref().map(|head| head.size),
            "waiting": store.waiting(log).await?,
        }));
    }
    let witnesses: Vec<Value> = witnesses.iter().map(|witness| json!({
        "name": witness.name, "url": witness.url, "fault": witness.fault.as_ref().map(|fault| &fault.0),
    })).collect();
    let events: Vec<Value> = store
        .recent_events(40)
        .await?
        .into_iter()
        .map(|(position, act, hour)| {
            json!({
                "position": position, "act": act, "hour": hour,
            })
        })
        .collect();
    let values = context! {
        logs => Shown::from_serialize(&logs), quorum => quorum,
        witnesses => Shown::from_serialize(&witnesses), events => Shown::from_serialize(&events),
    };
    Ok(page(&officer, "ledger.html", "console-ledger", values))
}
