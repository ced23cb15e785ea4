//! The running writer of the ledger: puts waiting events into their log and publishes it. Collecting cosignatures runs
//! beside it, so that no witness, however slow, delays a leaf.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use absah_host::DataDir;
use absah_issuer_core::ports::KeyStore;
use absah_types::{Clock, Seconds, Timestamp};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::health::Health;
use super::publication::{folder, publish, published, restore};
use super::seal::Log;
use super::witnesses::{Collector, Manner};
use super::{LedgerError, sequence};
use crate::store::{Head, SqliteStore};

/// How often waiting events are put into their log.
const TICK: Duration = Duration::from_millis(200);
/// How often it is looked whether all published files are still there.
const LOOK_OVER: Duration = Duration::from_secs(60);
/// While nothing is written, so many rounds are left out before one is made all the same.
const STILL: u32 = 9;
/// How long a newer checkpoint may wait for its cosignatures before it is shown without them.
const GRACE: Seconds = Seconds(2);

/// What the writer and those who ask the witnesses work with; cheap to clone.
#[derive(Clone)]
pub(super) struct Tools {
    pub(super) store: Arc<SqliteStore>,
    pub(super) clock: Arc<dyn Clock + Send + Sync>,
    pub(super) data: PathBuf,
    pub(super) health: Health,
}

/// The running writer of the ledger.
pub struct LedgerTask {
    tools: Tools,
    keys: Arc<dyn KeyStore>,
    collectors: Vec<(Collector, Arc<Notify>)>,
}

impl LedgerTask {
    /// A writer on the records of a data directory.
    ///
    /// # Errors
    /// When there is no HTTP client to be had.
    pub fn new(
        store: Arc<SqliteStore>,
        keys: Arc<dyn KeyStore>,
        clock: Arc<dyn Clock + Send + Sync>,
        dir: &DataDir,
        manner: Manner,
        health: Health,
    ) -> Result<Self, absah_fetch::FetchError> {
        let tools = Tools { store, clock, data: dir.path().to_owned(), health };
        let mut collectors = Vec::new();
        for log in Log::ALL {
            let moved = Arc::new(Notify::new());
            collectors.push((Collector::new(log, tools.clone(), manner, Arc::clone(&moved))?, moved));
        }
        Ok(Self { tools, keys, collectors })
    }

    /// Runs until its runtime ends. A failure of one round is told, and tried again in the next.
    pub async fn run(self) {
        let Self { tools, keys, collectors } = self;
        // They end with this task.
        let mut beside = JoinSet::new();
        let mut moved = Vec::new();
        for (collector, notify) in collectors {
            beside.spawn(collector.run());
            moved.push(notify);
        }
        let mut looked_over: Option<tokio::time::Instant> = None;
        let mut changes = tools.store.changes().await.ok();
        let mut idle: u32 = 0;
        loop {
            // Nothing was written: there is nothing new to sequence or to show, but for what time alone brings.
            let is_still = match &mut changes {
                Some(changes) => !changes.any().await,
                None => false,
            };
            if is_still && idle < STILL {
                idle += 1;
                tokio::time::sleep(TICK).await;
                continue;
            }
            idle = 0;
            let now = tools.clock.now();
            let sequenced = sequence(tools.store.as_ref(), keys.as_ref(), now).await;
            let any = tools.health.saw("sequence", sequenced, now).unwrap_or(false);
            let is_due = looked_over.is_none_or(|at| at.elapsed() >= LOOK_OVER);
            for log in Log::ALL {
                if is_due {
                    let restored = look_over(&tools, log).await;
                    tools.health.saw(step("restore", log), restored, now);
                }
                let shown = show(&tools.store, &tools.data, log, now).await;
                tools.health.saw(step("publish", log), shown, now);
            }
            if is_due {
                looked_over = Some(tokio::time::Instant::now());
            }
            if any {
                moved.iter().for_each(|moved| moved.notify_one());
            }
            tokio::time::sleep(TICK).await;
        }
    }
}

/// What a step on one log is called where its health is told.
pub(super) fn step(what: &str, log: Log) -> &'static str {
    match (what, log) {
        ("restore", Log::Audit) => "restore-audit",
        ("restore", Log::Registry) => "restore-registry",
        ("publish", Log::Audit) => "publish-audit",
        ("publish", Log::Registry) => "publish-registry",
        (_, Log::Audit) => "witness-audit",
        (_, Log::Registry) => "witness-registry",
    }
}

async fn look_over(tools: &Tools, log: Log) -> Result<(), LedgerError> {
    let size = published(&folder(&tools.data, log)).map_or(0, |checkpoint| checkpoint.size);
    restore(&tools.store, &tools.data, log, size).await
}

/// Publishes the newest final checkpoint; a newer one without its cosignatures when they do not come.
///
/// # Errors
/// [`LedgerError`].
pub async fn show(store: &SqliteStore, data: &Path, log: Log, now: Timestamp) -> Result<(), LedgerError> {
    let (_, quorum) = store.witnesses().await?;
    let Some(newest) = store.ledger_head(log, 0).await? else { return Ok(()) };
    let is_final = |head: &Head| u32::try_from(head.cosignatures.len()).is_ok_and(|count| count >= quorum);
    let mut shown = newest;
    // Where nothing was final so far there is nothing better to show than the newest.
    if !is_final(&shown)
        && let Some(last) = store.ledger_head(log, quorum).await?
    {
        // How long there has been something newer than it: also while new leaves keep coming.
        let since = store.signed_after(log, last.size).await?.unwrap_or(shown.signed_at);
        if now.since(since) < GRACE {
            shown = last;
        }
    }
    let there = published(&folder(data, log)).map_or(0, |checkpoint| checkpoint.size);
    if there > shown.size {
        // What was shown once is not taken back.
        return Ok(());
    }
    publish(store, data, log, &shown).await
}
