//! `ledger status`: how the logs stand.

use absah_host::{Console, Exit};
use absah_ledger::{Freshness, Note};
use absah_types::{Seconds, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};

use super::ledger_audit::{count_of, vouched, witnesses_of};
use super::{Desk, Failure, Outcome};
use crate::ledger::publication::{folder, published, with_cosignatures};
use crate::ledger::seal::Log;
use crate::ledger::{health, signer};
use crate::store::Witness;

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
        let faults = witnesses.iter().filter(|witness| witness.fault.is_some()).count();
        let last = store.last_cosigned().await?;
        let silent: Vec<Silent> =
            witnesses.iter().filter_map(|witness| silent(witness, last.get(&witness.name), now)).collect();
        let answering = witnesses.len().saturating_sub(silent.len());
        if context.console.json() {
            context.console.answer(&json!({
                "logs": logs,
                "witnesses": witnesses.len(),
                "witnesses_at_fault": faults,
                "witnesses_answering": answering,
                "witnesses_silent": silent,
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
        if !witnesses.is_empty() {
            let (count, of) = (answering.to_string(), witnesses.len().to_string());
            let line =
                context.console.text_with("ledger-witnesses-answering", &[("count", &count), ("of", &of)]);
            context.console.line(&line);
        }
        for silent in &silent {
            let line = silent.as_text(&context.console);
            context.console.line(&line);
        }
        if u32::try_from(answering).is_ok_and(|answering| answering < quorum) {
            let line = context.console.text("ledger-witnesses-few");
            context.console.notice(&line);
        }
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

/// A witness that did not co-sign lately.
#[derive(Debug, Serialize)]
struct Silent {
    name: String,
    /// The code of what is wrong with its answers; nothing where it was not asked.
    fault: Option<String>,
    /// Since when it does not answer rightly, or when it co-signed last; nothing if it never did.
    since: Option<String>,
}

/// How long ago a witness that answers co-signed at the most: a running issuer asks each anew after an hour.
const LATELY: Seconds = Seconds::hours(2);

fn silent(witness: &Witness, last: Option<&Timestamp>, now: Timestamp) -> Option<Silent> {
    let is_late = last.is_none_or(|last| last.plus(LATELY) <= now);
    let since = witness.fault.as_ref().map(|(_, since)| since).or(last);
    (is_late || witness.fault.is_some()).then(|| Silent {
        name: witness.name.clone(),
        fault: witness.fault.as_ref().map(|(code, _)| code.clone()),
        since: since.map(Timestamp::to_string),
    })
}

impl Silent {
    fn as_text(&self, console: &Console) -> String {
        let why = self.fault.as_deref().map_or_else(
            || console.text("ledger-witness-unasked"),
            |code| console.text(&format!("err-{code}")),
        );
        let since = self.since.clone().unwrap_or_else(|| "-".to_owned());
        let values = [("name", self.name.as_str()), ("since", &since), ("why", &why)];
        console.text_with("ledger-witness-since", &values)
    }
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
