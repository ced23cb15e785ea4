//! Asking the witnesses, and publishing what they have co-signed.
//!
//! One task asks them all about one checkpoint at a time, so that their cosignatures meet under the same one. Nobody who
//! acts waits for it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use absah_fetch::{Addresses, Fetcher, Limits, Request};
use absah_host::DataDir;
use absah_issuer_core::ports::KeyStore;
use absah_ledger::merkle;
use absah_ledger::note::{NoteKey, SignatureLine};
use absah_ledger::tile::Tiles;
use absah_ledger::witness::AddCheckpoint;
use absah_ledger::{Note, TilePath, cosignature};
use absah_types::{Clock, HttpsUrl, Seconds, coded};

use super::publication::{folder, publish, published, read, tiles};
use super::seal::Log;
use super::{LedgerError, sequence};
use crate::store::{Head, SqliteStore, Witness};

/// How often waiting events are put into their log.
const TICK: Duration = Duration::from_millis(200);
/// How often witnesses that have not co-signed yet are asked again.
const AGAIN: Duration = Duration::from_secs(2);
/// How long a newer checkpoint may wait for its cosignatures before it is shown without them.
const GRACE: Seconds = Seconds(2);

/// What is wrong with a witness's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WitnessFault {
    /// It does not answer.
    Silent,
    /// It says no.
    Refused,
    /// What it signed is not this checkpoint, or not signed by its key.
    Lying,
}

impl core::fmt::Display for WitnessFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Silent => "witness does not answer",
            Self::Refused => "witness refuses",
            Self::Lying => "witness signed something else",
        })
    }
}

impl core::error::Error for WitnessFault {}

coded! { WitnessFault {
    Silent => ("witness-silent", Environment),
    Refused => ("witness-refused", Peer),
    Lying => ("witness-lying", Peer),
} }

/// The running writer of the ledger.
pub struct LedgerTask {
    store: Arc<SqliteStore>,
    keys: Arc<dyn KeyStore>,
    clock: Arc<dyn Clock + Send + Sync>,
    data: PathBuf,
    fetcher: Fetcher,
    addresses_dev: bool,
    /// What each witness saw last of each log, as far as we know.
    seen: HashMap<(String, Log), u64>,
}

impl LedgerTask {
    /// A writer on the records of a data directory. Loopback addresses of witnesses are for development only.
    ///
    /// # Errors
    /// When there is no HTTP client to be had.
    pub fn new(
        store: Arc<SqliteStore>,
        keys: Arc<dyn KeyStore>,
        clock: Arc<dyn Clock + Send + Sync>,
        dir: &DataDir,
        dev_loopback: bool,
    ) -> Result<Self, absah_fetch::FetchError> {
        let limits = Limits {
            total: Duration::from_secs(3),
            connect: Duration::from_secs(2),
            body: 16 * 1024,
            redirects: 0,
        };
        let addresses = if dev_loopback { Addresses::DevLoopback } else { Addresses::PublicOnly };
        let fetcher = Fetcher::new(limits, addresses)?;
        let data = dir.path().to_owned();
        Ok(Self { store, keys, clock, data, fetcher, addresses_dev: dev_loopback, seen: HashMap::new() })
    }

    /// Runs until its runtime ends. A failure of one round is tried again in the next.
    pub async fn run(mut self) {
        let mut asked = None;
        loop {
            let moved =
                sequence(self.store.as_ref(), self.keys.as_ref(), self.clock.now()).await.unwrap_or(false);
            let due = asked.is_none_or(|at: tokio::time::Instant| at.elapsed() >= AGAIN);
            for log in Log::ALL {
                let _ = self.show(log).await;
                if moved || due {
                    let _ = self.ask(log).await;
                    let _ = self.show(log).await;
                    asked = Some(tokio::time::Instant::now());
                }
            }
            tokio::time::sleep(TICK).await;
        }
    }

    /// Publishes the newest final checkpoint; a newer one without its cosignatures when they do not come.
    async fn show(&self, log: Log) -> Result<(), LedgerError> {
        show(&self.store, &self.data, log, self.clock.now()).await
    }

    /// Asks every witness that has not co-signed the newest checkpoint.
    async fn ask(&mut self, log: Log) -> Result<(), LedgerError> {
        let (witnesses, _) = self.store.witnesses().await?;
        let Some(head) = self.store.ledger_head(log, 0).await? else { return Ok(()) };
        let missing: Vec<Witness> = witnesses
            .into_iter()
            .filter(|witness| !head.cosignatures.iter().any(|(name, _)| *name == witness.name))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        // Proofs come out of the tiles, which must be there first.
        tiles(&self.store, &self.data, log, head.size).await?;
        let questions = missing.into_iter().map(|witness| {
            let old = self.seen.get(&(witness.name.clone(), log)).copied().unwrap_or(0);
            let (fetcher, head) = (self.fetcher.clone(), head.clone());
            let (folder, dev) = (folder(&self.data, log), self.addresses_dev);
            async move {
                let answer = ask_one(&fetcher, &witness, dev, &folder, &head, old).await;
                (witness, answer)
            }
        });
        let mut tasks: tokio::task::JoinSet<_> = tokio::task::JoinSet::new();
        questions.for_each(|question| {
            tasks.spawn(question);
        });
        while let Some(Ok((witness, answer))) = tasks.join_next().await {
            let now = self.clock.now();
            match answer {
                Ok(line) => {
                    self.seen.insert((witness.name.clone(), log), head.size);
                    self.store.keep_cosignature(log, head.size, &witness, &line.to_string()).await?;
                    if witness.fault.is_some() {
                        self.store.witness_fault(&witness.name, None, now).await?;
                    }
                }
                Err(fault) => {
                    let code = absah_types::Coded::code(&fault);
                    self.store.witness_fault(&witness.name, Some(code), now).await?;
                }
            }
        }
        Ok(())
    }
}

/// As [`LedgerTask`] does it between two questions.
///
/// # Errors
/// [`LedgerError`].
pub async fn show(
    store: &SqliteStore,
    data: &std::path::Path,
    log: Log,
    now: absah_types::Timestamp,
) -> Result<(), LedgerError> {
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

/// Asks one witness; asks once more when it names another size than we thought.
async fn ask_one(
    fetcher: &Fetcher,
    witness: &Witness,
    dev: bool,
    folder: &std::path::Path,
    head: &Head,
    old: u64,
) -> Result<SignatureLine, WitnessFault> {
    let key = NoteKey::parse(&witness.vkey).map_err(|_| WitnessFault::Refused)?;
    let note = Note::parse(&head.note).map_err(|_| WitnessFault::Refused)?;
    let address = format!("{}/add-checkpoint", witness.url.trim_end_matches('/'));
    let url = if dev { HttpsUrl::parse_dev(&address) } else { HttpsUrl::parse(&address) };
    let url = url.map_err(|_| WitnessFault::Silent)?;
    let mut old = old.min(head.size);
    for _ in 0..2 {
        let proof = {
            let nodes = Tiles::new(head.size, |tile: &TilePath| read(folder, tile));
            merkle::consistency(&nodes, old, head.size).ok().flatten().ok_or(WitnessFault::Refused)?
        };
        let body = AddCheckpoint { old, proof, checkpoint: note.clone() }.to_string();
        let request = Request::post(&url, "text/plain", body.into_bytes());
        let answer = fetcher.send(request).await.map_err(|_| WitnessFault::Silent)?;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        match answer.status {
            200 => {
                let line = text.lines().filter_map(|line| SignatureLine::parse(line).ok());
                let mut own = line.filter(|line| line.is_by(&key));
                let line = own.next().ok_or(WitnessFault::Lying)?;
                cosignature::check_line(note.text(), &line, &key).map_err(|_| WitnessFault::Lying)?;
                return Ok(line);
            }
            409 => {
                let size: u64 = text.trim().parse().map_err(|_| WitnessFault::Refused)?;
                if size == old || size > head.size {
                    // It has seen another tree of this size, or a longer one: not ours.
                    return Err(WitnessFault::Refused);
                }
                old = size;
            }
            _ => return Err(WitnessFault::Refused),
        }
    }
    Err(WitnessFault::Refused)
}
