//! `ledger status`: how the logs stand.

use absah_host::{Console, Exit};
use absah_ledger::{Freshness, Note};
use serde_json::{Value, json};

use super::ledger_audit::{count_of, vouched, witnesses_of};
use super::{Desk, Failure, Outcome};
use crate::ledger::publication::{folder, published, with_cosignatures};
use crate::ledger::seal::Log;
use crate::ledger::{health, signer};

pub(super) fn run(desk: &mut Desk<'_>) -> Outcome {
    let data = desk.dir.path().to_owned();
    let keys = desk.keys()?;
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        let (witnesses, quorum) = store.witnesses().await?;
        // Nothing is fetched: where the logs stand does not matter here.
        let policy = crate::ledger::policy_under(store, keys.as_ref(), "").await?;
        let mut logs = Vec::new();
        for log in Log::ALL {
            let newest = store.ledger_head(log, 0).await?;
            let last_final = store.ledger_head(log, quorum).await?;
            let note = last_final.as_ref().map(with_cosignatures).transpose()?;
            let note = note.map(|text| Note::parse(&text)).transpose()?;
            let key = signer(keys.as_ref(), log)?;
            let freshness = Freshness::of(note.as_ref(), key.public(), &policy, now)?;
            let (cosigned_at, age) = vouched(freshness);
            logs.push(json!({
                "log": log.name(),
                "size": newest.as_ref().map_or(0, |head| head.size),
                "signed_at": newest.as_ref().map(|head| head.signed_at.to_string()),
                "waiting": store.waiting(log).await?,
                "final_size": last_final.as_ref().map(|head| head.size),
                "cosigned_at": cosigned_at,
                "age_s": age,
                "published_size": published(&folder(&data, log)).map(|checkpoint| checkpoint.size),
            }));
        }
        let troubles = health::told(&data);
        let faults: Vec<&str> =
            witnesses.iter().filter_map(|witness| Some(witness.fault.as_ref()?.0.as_str())).collect();
        if context.console.json() {
            context.console.answer(&json!({
                "logs": logs,
                "witnesses": witnesses.len(),
                "witnesses_at_fault": faults.len(),
                "quorum": quorum,
                "witnessed": !policy.is_unwitnessed(),
                "troubles": troubles,
            }));
            return Ok::<_, Failure>(Exit::Ok);
        }
        for log in &logs {
            let line = as_text(log, &context.console);
            context.console.line(&line);
        }
        let line = witnesses_of(witnesses.len(), quorum, &context.console);
        context.console.line(&line);
        for (step, trouble) in &troubles {
            context.console.line(&format!("{step} {} {}", trouble.code, trouble.since));
        }
        if policy.is_unwitnessed() {
            let line = context.console.text("ledger-no-witnesses");
            context.console.notice(&line);
        }
        Ok(Exit::Ok)
    })
}

/// A log on one line: how much it holds, what waits, what is final and since when.
fn as_text(log: &Value, console: &Console) -> String {
    let number = |name: &str| log.get(name).and_then(Value::as_u64);
    let name = log.get("log").and_then(Value::as_str).unwrap_or_default();
    let waiting = number("waiting").unwrap_or_default().to_string();
    let last_final = match number("final_size") {
        Some(size) => console.text_with("ledger-final", &[("size", &size.to_string())]),
        None => console.text("ledger-not-final"),
    };
    let mut words = vec![
        count_of(name, number("size").unwrap_or_default(), console),
        console.text_with("ledger-waiting", &[("count", &waiting)]),
        last_final,
    ];
    if let Some(at) = log.get("cosigned_at").and_then(Value::as_str) {
        words.push(console.text_with("ledger-vouched", &[("at", at)]));
    }
    words.join(", ")
}
