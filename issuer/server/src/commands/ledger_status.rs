//! `ledger status`: how the logs stand.

use absah_host::Exit;
use absah_ledger::{Freshness, Note};
use serde_json::{Value, json};

use super::ledger_audit::vouched;
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
            let text = |name: &str| {
                log.get(name).map_or_else(String::new, |value| match value {
                    Value::String(text) => text.clone(),
                    Value::Null => "-".to_owned(),
                    other => other.to_string(),
                })
            };
            let words = ["log", "size", "waiting", "final_size", "cosigned_at"].map(text);
            context.console.line(&words.join(" "));
        }
        context.console.line(&format!("{quorum} / {} saksi", witnesses.len()));
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
