//! The first page, the ledger.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use absah_issuer_core::operator::{Action, LEAST_AUTHENTICATORS};
use absah_issuer_core::ports::SecretRole;
use absah_types::Lang;
use axum::extract::{Query, State};
use axum::response::Response;
use minijinja::{Value as Shown, context};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Console;
use super::error::Fail;
use super::guard::Officer;
use super::names::Names;
use super::page::{page, say, see};
use crate::ledger::seal::{Log, open_for_auditors};
use crate::store::{SealedEvent, Which};

pub(super) async fn home(State(console): State<Console>, officer: Officer) -> Result<Response, Fail> {
    let assured = officer.session.assurance == absah_issuer_core::operator::Assurance::Passkey;
    if officer.standing.authenticators < LEAST_AUTHENTICATORS || !assured {
        return Ok(see("/account"));
    }
    let alerts = match officer.may(Action::ViewAlerts) {
        true => console.store().alerts(Which::Open, (0, 0)).await?.1,
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
fn act_in_words(lang: Lang, act: &str) -> String {
    absah_schemas::text(lang, &format!("console-ledger-act-{act}")).unwrap_or_else(|| act.to_owned())
}

type Epochs = HashMap<[u8; 16], Vec<u8>>;

/// Opens an event with the auditors' key; nothing of one that was erased.
fn read(console: &Console, epochs: &Epochs, found: &SealedEvent) -> Option<Value> {
    let id = found.epoch?;
    let auditors = console.0.app.keys().secret(SecretRole::Auditors);
    let opened = open_for_auditors(auditors, (&id, epochs.get(&id)?), &found.stored).ok()?;
    serde_json::from_slice(&opened.event).ok()
}

/// By whom and why; of an act of two people also which.
fn told_of(event: &Value, act: &str, names: &Names, lang: Lang) -> Value {
    let part = |name: &str| event.get(name).and_then(Value::as_str).unwrap_or_default();
    let by = match (part("actor"), part("officer")) {
        ("OPERATOR", officer) => names.of_public(officer),
        ("HOLDER", _) => say(lang, "console-from-citizen"),
        (_, "") => say(lang, "console-local"),
        (_, user) => format!("{} ({user})", say(lang, "console-local")),
    };
    let number = part("object").split(' ').next().and_then(|number| number.parse::<i64>().ok());
    let is_of_two = matches!(act, "propose" | "approve" | "refuse-proposal");
    json!({ "by": by, "why": part("purpose"), "approval": number.filter(|_| is_of_two) })
}

/// Events of one page.
const MOST_EVENTS: u32 = 40;

/// Which events are wanted: those before one.
#[derive(Deserialize)]
pub(super) struct Before {
    #[serde(default)]
    before: String,
}

pub(super) async fn ledger(
    State(console): State<Console>,
    officer: Officer,
    Query(wanted): Query<Before>,
) -> Result<Response, Fail> {
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
    // Who sees what was unusual to its end, the auditor alone, also reads by whom and why; nobody reads here about whom.
    let reads = officer.may(Action::CloseAlert);
    let before: Option<i64> = wanted.before.parse().ok();
    let recent = store.recent_events(before, MOST_EVENTS).await?;
    let is_full = u32::try_from(recent.len()).is_ok_and(|count| count == MOST_EVENTS);
    let older = recent.last().map(|(seq, ..)| *seq).filter(|_| is_full);
    let mut epochs = HashMap::new();
    for id in recent.iter().filter_map(|(.., found)| found.epoch).filter(|_| reads) {
        if let Entry::Vacant(vacant) = epochs.entry(id) {
            vacant.insert(store.epoch(&id).await?.unwrap_or_default());
        }
    }
    let names = Names::load(&console).await?;
    let events: Vec<Value> = recent
        .into_iter()
        .map(|(_, act, found)| {
            let told = reads.then(|| read(&console, &epochs, &found)).flatten();
            json!({
                "position": found.position, "act": act_in_words(officer.lang, &act), "code": act,
                "english": (officer.lang != Lang::En).then(|| act_in_words(Lang::En, &act)),
                "hour": found.leaf.hour_begins().unix(),
                "told": told.map(|event| told_of(&event, &act, &names, officer.lang)),
            })
        })
        .collect();
    let values = context! {
        logs => Shown::from_serialize(&logs), quorum => quorum,
        older => older, is_past => before.is_some(),
        reads => reads, witnesses => Shown::from_serialize(&witnesses), events => Shown::from_serialize(&events),
    };
    Ok(page(&officer, "ledger.html", "console-ledger", values))
}
