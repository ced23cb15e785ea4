//! The issuer's figures beside its requests: how the ledger stands.

use absah_issuer_core::ports::StoreError;
use absah_ledger::cosignature;
use absah_ledger::note::SignatureLine;
use absah_types::Timestamp;
use absah_web::Metrics;

use crate::ledger::health::Health;
use crate::ledger::seal::Log;
use crate::store::{Head, SqliteStore};

const SIZE: &str = "ledger_size";
const WAITING: &str = "ledger_waiting";
const FINAL: &str = "ledger_final_size";
const AGE: &str = "ledger_cosigned_age_seconds";
const FAILING: &str = "ledger_failing";
const WITNESSES: &str = "ledger_witnesses";
const FAULTS: &str = "ledger_witness_fault";
const QUORUM: &str = "ledger_quorum";
const PENDAMPING: &str = "pendamping_people";
const UNREADABLE: &str = "records_unreadable";

/// The figures of the issuer.
#[must_use]
pub fn figures() -> Metrics {
    let gauges = [
        (SIZE, "Leaves in a log"),
        (WAITING, "Events that wait to be put into a log"),
        (FINAL, "Leaves that enough witnesses have co-signed"),
        (AGE, "How long ago enough witnesses last vouched for a log"),
        (FAILING, "Steps of the ledger's writer that fail now, by code"),
        (WITNESSES, "Witnesses named"),
        (FAULTS, "Witnesses whose last answer was wrong, by code"),
        (QUORUM, "Witnesses that make a checkpoint final"),
        (PENDAMPING, "People whose card a registered helper carried for half an hour, ever"),
        (UNREADABLE, "1 while the records cannot be read"),
    ];
    Metrics::new("absah-issuer", env!("CARGO_PKG_VERSION"), &gauges)
}

/// Sets the gauges to what is so now.
pub async fn look(metrics: &Metrics, store: &SqliteStore, health: &Health, now: Timestamp) {
    let read = ledger(metrics, store, now).await;
    metrics.set(UNREADABLE, Vec::new(), i64::from(read.is_err()));
    metrics.clear(FAILING);
    for (step, trouble) in health.troubles() {
        metrics.set(FAILING, vec![("step", step.to_owned()), ("code", trouble.code)], 1);
    }
}

async fn ledger(metrics: &Metrics, store: &SqliteStore, now: Timestamp) -> Result<(), StoreError> {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    metrics.set(PENDAMPING, Vec::new(), number(store.helped().await?.people));
    let (witnesses, quorum) = store.witnesses().await?;
    metrics.set(WITNESSES, Vec::new(), number(witnesses.len() as u64));
    metrics.set(QUORUM, Vec::new(), quorum.into());
    metrics.clear(FAULTS);
    for witness in witnesses {
        if let Some((code, _)) = witness.fault {
            metrics.set(FAULTS, vec![("witness", witness.name), ("code", code)], 1);
        }
    }
    for log in Log::ALL {
        let labels = || vec![("log", log.name().to_owned())];
        let newest = store.ledger_head(log, 0).await?;
        metrics.set(SIZE, labels(), number(newest.map_or(0, |head| head.size)));
        metrics.set(WAITING, labels(), number(store.waiting(log).await?));
        // Without witnesses nobody vouches: no figure rather than a good one.
        let last = if quorum == 0 { None } else { store.ledger_head(log, quorum).await? };
        if let Some(head) = last {
            metrics.set(FINAL, labels(), number(head.size));
            if let Some(at) = vouched_at(&head, quorum) {
                metrics.set(AGE, labels(), now.since(at).0.max(0));
            }
        }
    }
    Ok(())
}

/// When the last of as many witnesses as it takes signed.
fn vouched_at(head: &Head, quorum: u32) -> Option<Timestamp> {
    let lines = head.cosignatures.iter().filter_map(|(_, line)| SignatureLine::parse(line).ok());
    let mut times: Vec<Timestamp> = lines.filter_map(|line| cosignature::time_of(&line)).collect();
    times.sort_unstable_by(|one, other| other.cmp(one));
    times.get(usize::try_from(quorum).ok()?.checked_sub(1)?).copied()
}
