//! The first page, the ledger.

use absah_issuer_core::operator::{Action, LEAST_AUTHENTICATORS};
use axum::extract::State;
use axum::response::Response;
use minijinja::{Value as Shown, context};
use serde_json::{Value, json};

use super::Console;
use super::error::Fail;
use super::guard::Officer;
use super::page::{page, see};
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

/// What was done, in words; its name where there are none yet.
fn act_in_words(lang: absah_types::Lang, act: &str) -> String {
    absah_schemas::text(lang, &format!("console-ledger-act-{act}")).unwrap_or_else(|| act.to_owned())
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
                "position": position, "act": act_in_words(officer.lang, &act), "code": act, "hour": hour,
            })
        })
        .collect();
    let values = context! {
        logs => Shown::from_serialize(&logs), quorum => quorum,
        witnesses => Shown::from_serialize(&witnesses), events => Shown::from_serialize(&events),
    };
    Ok(page(&officer, "ledger.html", "console-ledger", values))
}
