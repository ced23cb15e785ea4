//! Asking the witnesses about one log.
//!
//! All are asked about the same checkpoint, so that their cosignatures meet under it; a new round begins once that one is
//! final, everybody has answered, or it has lasted long enough. Who has not answered yet is left to answer and is not asked
//! again meanwhile.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use absah_fetch::{Addresses, Fetcher, Limits, Request};
use absah_ledger::merkle;
use absah_ledger::note::{NoteKey, SignatureLine};
use absah_ledger::tile::Tiles;
use absah_ledger::witness::AddCheckpoint;
use absah_ledger::{Note, TilePath, cosignature};
use absah_types::{Clock, Coded as _, HttpsUrl, Seconds, Timestamp, coded};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior};

use super::LedgerError;
use super::publication::{folder, read, tiles};
use super::seal::Log;
use super::writer::{Tools, step};
use crate::store::{Head, Witness};

/// How often witnesses that have not co-signed yet are asked again.
const AGAIN: Duration = Duration::from_secs(2);
/// How long a round lasts at most while there is a newer checkpoint.
const ROUND: Duration = Duration::from_secs(1);
/// How old a cosignature of the newest checkpoint gets before it is asked for anew: auditors refuse old ones, also where
/// no leaf has come.
const REFRESH: Seconds = Seconds::hours(1);

/// How witnesses are asked.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// Addresses on this machine, without TLS: for development only.
    pub dev_loopback: bool,
    /// How long one answer may take.
    pub patience: Duration,
}

impl Manner {
    /// As a running issuer asks.
    #[must_use]
    pub const fn usual(dev_loopback: bool) -> Self {
        Self { dev_loopback, patience: Duration::from_secs(3) }
    }
}

/// What is wrong with a witness's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WitnessFault {
    /// It does not answer.
    Silent,
    /// It says no.
    Refused,
    /// What it signed is not this checkpoint, or not signed by its key.
    Lying,
    /// Its clock is off: auditors would not count what it signed.
    Clock,
}

impl core::fmt::Display for WitnessFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Silent => "witness does not answer",
            Self::Refused => "witness refuses",
            Self::Lying => "witness signed something else",
            Self::Clock => "clock of the witness is off",
        })
    }
}

impl core::error::Error for WitnessFault {}

coded! { WitnessFault {
    Silent => ("witness-silent", Environment),
    Refused => ("witness-refused", Peer),
    Lying => ("witness-lying", Peer),
    Clock => ("witness-clock", Peer),
} }

/// What came of asking a witness.
struct Asked {
    witness: Witness,
    /// About the checkpoint of so many leaves.
    size: u64,
    answer: Result<SignatureLine, WitnessFault>,
}

/// Collects the cosignatures of one log.
pub(super) struct Collector {
    log: Log,
    tools: Tools,
    fetcher: Fetcher,
    dev_loopback: bool,
    /// Told when there is a newer checkpoint.
    moved: Arc<Notify>,
    /// What each witness saw last, as far as we know.
    seen: HashMap<String, u64>,
    /// Questions under way, and to whom.
    asking: JoinSet<Asked>,
    busy: BTreeSet<String>,
    /// The checkpoint of the round under way, and how many cosignatures it lacks to be final.
    round: (u64, u32),
    /// When that round began.
    began: Option<Instant>,
}

impl Collector {
    pub(super) fn new(
        log: Log,
        tools: Tools,
        manner: Manner,
        moved: Arc<Notify>,
    ) -> Result<Self, absah_fetch::FetchError> {
        let limits = Limits {
            total: manner.patience,
            connect: manner.patience.min(Duration::from_secs(2)),
            body: 16 * 1024,
            redirects: 0,
        };
        let addresses = if manner.dev_loopback { Addresses::DevLoopback } else { Addresses::PublicOnly };
        let fetcher = Fetcher::new(limits, addresses)?;
        let (seen, asking, busy) = (HashMap::new(), JoinSet::new(), BTreeSet::new());
        let dev_loopback = manner.dev_loopback;
        Ok(Self { log, tools, fetcher, dev_loopback, moved, seen, asking, busy, round: (0, 0), began: None })
    }

    /// Runs until its runtime ends.
    pub(super) async fn run(mut self) {
        let mut again = tokio::time::interval(AGAIN);
        again.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut is_due = false;
        loop {
            tokio::select! {
                Some(asked) = self.asking.join_next() => {
                    // A question that panicked was asked of nobody we know: its witness is asked again at the end.
                    if let Ok(asked) = asked {
                        let now = self.tools.clock.now();
                        let kept = self.keep(asked, now).await;
                        self.tools.health.saw(step("witness", self.log), kept, now);
                    }
                }
                () = self.moved.notified() => is_due = true,
                _ = again.tick() => is_due = true,
            }
            if self.asking.is_empty() {
                self.busy.clear();
            }
            let is_over = self.asking.is_empty()
                || self.round.1 == 0
                || self.began.is_none_or(|began| began.elapsed() >= ROUND);
            if is_due && is_over {
                is_due = false;
                let asked = self.ask().await;
                self.tools.health.saw(step("witness", self.log), asked, self.tools.clock.now());
            }
        }
    }

    /// Begins a round: asks every witness that has not co-signed the newest checkpoint, or not lately.
    async fn ask(&mut self) -> Result<(), LedgerError> {
        let Tools { store, clock, data, .. } = &self.tools;
        let (witnesses, quorum) = store.witnesses().await?;
        let Some(head) = store.ledger_head(self.log, 0).await? else { return Ok(()) };
        let now = clock.now();
        let signed: BTreeSet<&str> = head
            .cosignatures
            .iter()
            .filter(|(_, line)| is_recent(line, now))
            .map(|(name, _)| name.as_str())
            .collect();
        let signers = u32::try_from(signed.len()).unwrap_or(u32::MAX);
        self.began = Some(Instant::now());
        self.round = (head.size, quorum.saturating_sub(signers));
        let is_asked =
            |witness: &Witness| !signed.contains(witness.name.as_str()) && !self.busy.contains(&witness.name);
        let missing: Vec<Witness> = witnesses.into_iter().filter(is_asked).collect();
        if missing.is_empty() {
            return Ok(());
        }
        // Proofs come out of the tiles, which must be there first.
        tiles(store, data, self.log, head.size).await?;
        for witness in missing {
            let old = self.seen.get(&witness.name).copied().unwrap_or(0);
            let (fetcher, head) = (self.fetcher.clone(), head.clone());
            let (folder, dev) = (folder(data, self.log), self.dev_loopback);
            self.busy.insert(witness.name.clone());
            self.asking.spawn(async move {
                let answer = ask_one(&fetcher, &witness, dev, &folder, &head, old).await;
                Asked { witness, size: head.size, answer }
            });
        }
        Ok(())
    }

    async fn keep(&mut self, asked: Asked, now: Timestamp) -> Result<(), LedgerError> {
        let Asked { witness, size, answer } = asked;
        let store = &self.tools.store;
        self.busy.remove(&witness.name);
        match answer.and_then(|line| on_time(line, now)) {
            Ok(line) => {
                self.seen.insert(witness.name.clone(), size);
                store.keep_cosignature(self.log, size, &witness, &line.to_string()).await?;
                if size == self.round.0 {
                    self.round.1 = self.round.1.saturating_sub(1);
                }
                if witness.fault.is_some() {
                    store.witness_fault(&witness.name, None, now).await?;
                }
            }
            Err(fault) => store.witness_fault(&witness.name, Some(fault.code()), now).await?,
        }
        Ok(())
    }
}

fn is_recent(line: &str, now: Timestamp) -> bool {
    let time = SignatureLine::parse(line).ok().and_then(|line| cosignature::time_of(&line));
    time.is_some_and(|time| time.plus(REFRESH) > now)
}

/// A cosignature whose time will count for others.
fn on_time(line: SignatureLine, now: Timestamp) -> Result<SignatureLine, WitnessFault> {
    let time = cosignature::time_of(&line).ok_or(WitnessFault::Lying)?;
    if cosignature::is_ahead(time, now) || time.plus(REFRESH) <= now {
        Err(WitnessFault::Clock)
    } else {
        Ok(line)
    }
}

/// Asks one witness; asks once more when it names another size than we thought.
async fn ask_one(
    fetcher: &Fetcher,
    witness: &Witness,
    dev: bool,
    folder: &Path,
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

#[cfg(test)]
mod tests {
    use super::*;
    use absah_ledger::NoteSigner;
    use absah_ledger::note::Algorithm;
    use absah_types::Secret;

    #[test]
    fn a_clock_that_is_off_helps_nobody() {
        let signer =
            NoteSigner::new("saksi.example", Algorithm::CosignatureV1, &Secret::new([1; 32])).unwrap();
        let now = Timestamp::from_unix(1_800_000_000);
        for (ahead, judged) in [
            (0, Ok(())),
            (300, Ok(())),
            (301, Err(WitnessFault::Clock)),
            (-3599, Ok(())),
            (-3600, Err(WitnessFault::Clock)),
        ] {
            let line = cosignature::cosign("log\n1\nAAAA\n", &signer, now.plus(Seconds(ahead))).unwrap();
            assert_eq!(on_time(line.clone(), now).map(|_| ()), judged, "{ahead}");
            // What was kept is asked for anew before it is of no use.
            assert_eq!(is_recent(&line.to_string(), now), ahead > -3600, "{ahead}");
        }
        assert!(!is_recent("", now));
    }
}
