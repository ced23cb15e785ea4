//! An outsider's audit: every entry and every tile hashed again, against one signed checkpoint.
//!
//! The shell fetches what [`Audit::needed`] names and hands it to [`Audit::take`]; [`Audit::finish`] judges. Nothing is
//! believed on the way: tiles are compared with what the entries give, and the entries with the root that was signed.

use std::collections::{BTreeMap, BTreeSet};

use absah_types::{Seconds, Timestamp, coded};

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::freshness::{Freshness, FreshnessError};
use crate::leaf::{Leaf, LeafClass};
use crate::merkle::{Hash, Tree, leaf_hash};
use crate::note::{Note, NoteKey};
use crate::policy::{Cosigned, LedgerPolicy, PolicyChange, PolicyError};
use crate::tile::{HEIGHT, TilePath, WIDTH, entries, hashes};

/// A tile or bundle that an audit wants to see.
pub type Needed = TilePath;

/// The largest log that is audited in one go: what fits into memory as hashes.
pub const MAX_SIZE: u64 = 1 << 26;

/// Something is wrong with a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The checkpoint is not believed.
    Checkpoint(CheckpointError),
    /// The policy cannot be used.
    Policy(PolicyError),
    /// More leaves than can be audited at once.
    TooLarge,
    /// A tile or bundle is not to be had.
    Missing(TilePath),
    /// A tile differs from what the entries give.
    TileAltered(TilePath),
    /// A bundle of entries differs from what the tiles say.
    EntriesAltered(TilePath),
    /// The entries do not lead to the signed root.
    Root,
    /// An entry is no leaf.
    Leaf {
        /// Its index.
        index: u64,
    },
    /// One event stands in the log twice.
    Repeated {
        /// The index of the second.
        index: u64,
    },
    /// The log was longer when it was seen last.
    Rollback {
        /// How long.
        seen: u64,
    },
    /// The log had another history when it was seen last.
    Forked {
        /// How long it was then.
        seen: u64,
    },
    /// The site declares other keys, fewer witnesses or a smaller quorum than it did.
    PolicyChanged {
        /// What.
        change: PolicyChange,
    },
    /// The policy names no witnesses, or demands none: nobody but the log vouches, and nothing in it is ever final.
    Unwitnessed,
    /// Fewer witnesses co-signed than the policy demands.
    Quorum {
        /// How many did.
        cosigned: u32,
        /// How many must.
        quorum: u32,
    },
    /// The newest cosigned checkpoint is too old: what came after it may be hidden.
    Stale {
        /// How old it is.
        age: Seconds,
        /// How old it may be.
        max_age: Seconds,
    },
    /// A known witness's signature does not hold.
    Witness {
        /// The name of its key.
        name: String,
    },
    /// A known witness's signature is of a time that has not come yet.
    Ahead {
        /// The name of its key.
        name: String,
    },
}

impl core::fmt::Display for Finding {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Checkpoint(error) => error.fmt(f),
            Self::Policy(error) => error.fmt(f),
            Self::TooLarge => f.write_str("log too large"),
            Self::Missing(tile) => write!(f, "{} missing", tile.path()),
            Self::TileAltered(tile) | Self::EntriesAltered(tile) => write!(f, "{} altered", tile.path()),
            Self::Root => f.write_str("entries do not lead to the signed root"),
            Self::Leaf { index } => write!(f, "entry {index} is no leaf"),
            Self::Repeated { index } => write!(f, "entry {index} repeats an event"),
            Self::Rollback { seen } => write!(f, "log is shorter than the {seen} leaves seen before"),
            Self::Forked { seen } => write!(f, "log has another history than its {seen} leaves seen before"),
            Self::PolicyChanged { change } => write!(f, "policy changed: {change}"),
            Self::Unwitnessed => f.write_str("no witness vouches: nothing is final"),
            Self::Quorum { cosigned, quorum } => write!(f, "{cosigned} witnesses co-signed, {quorum} must"),
            Self::Stale { age, max_age } => FreshnessError::Stale { age: *age, max_age: *max_age }.fmt(f),
            Self::Witness { name } => write!(f, "signature of witness {name} does not hold"),
            Self::Ahead { name } => write!(f, "signature of witness {name} is of a time to come"),
        }
    }
}

impl core::error::Error for Finding {}

coded! { Finding {
    Checkpoint(error) => inner(error),
    Policy(error) => inner(error),
    TooLarge => ("ledger-too-large", Peer),
    Missing(_) => ("ledger-file-missing", Peer),
    TileAltered(_) => ("ledger-tile-altered", Peer),
    EntriesAltered(_) => ("ledger-entries-altered", Peer),
    Root => ("ledger-root-mismatch", Peer),
    Leaf { .. } => ("ledger-entry-malformed", Peer),
    Repeated { .. } => ("ledger-event-repeated", Peer),
    Rollback { .. } => ("ledger-rollback", Peer),
    Forked { .. } => ("ledger-forked", Peer),
    PolicyChanged { .. } => ("ledger-policy-changed", Peer),
    Unwitnessed => ("ledger-unwitnessed", Peer),
    Quorum { .. } => ("quorum-missing", Peer),
    Stale { .. } => ("ledger-stale", Peer),
    Witness { .. } => ("witness-cosignature-broken", Peer),
    Ahead { .. } => ("witness-cosignature-ahead", Peer),
} }

impl Finding {
    /// How grave it is, the gravest 0: what was altered goes before what witnesses have not (yet) done, so that nobody
    /// hides the one behind the other.
    #[must_use]
    pub const fn rank(&self) -> u8 {
        match self {
            Self::TileAltered(_) | Self::EntriesAltered(_) => 0,
            Self::Checkpoint(_)
            | Self::Policy(_)
            | Self::TooLarge
            | Self::Root
            | Self::Leaf { .. }
            | Self::Repeated { .. }
            | Self::Rollback { .. }
            | Self::Forked { .. } => 1,
            Self::Missing(_) => 2,
            Self::PolicyChanged { .. } => 3,
            Self::Witness { .. } => 4,
            Self::Stale { .. } | Self::Ahead { .. } => 5,
            Self::Quorum { .. } | Self::Unwitnessed => 6,
        }
    }

    /// The file it is about, relative to the log's prefix.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        match self {
            Self::Missing(tile) | Self::TileAltered(tile) | Self::EntriesAltered(tile) => Some(tile.path()),
            _ => None,
        }
    }
}

/// What an audit found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The checkpoint audited.
    pub checkpoint: Checkpoint,
    /// How many leaves of each class there are.
    pub classes: BTreeMap<LeafClass, u64>,
    /// Who co-signed.
    pub cosigned: Cosigned,
    /// How long ago.
    pub freshness: Freshness,
    /// What is wrong, the gravest first; nothing when the log holds.
    pub findings: Vec<Finding>,
}

/// An audit under way.
#[derive(Debug)]
pub struct Audit {
    checkpoint: Checkpoint,
    cosigned: Cosigned,
    freshness: Freshness,
    seen: Option<Checkpoint>,
    findings: Vec<Finding>,
    given: BTreeMap<TilePath, Vec<u8>>,
}

impl Audit {
    /// Begins with the log's newest checkpoint; `seen` is the one audited last, if there was one. Cosignatures are of
    /// before `now`, and enough of them no older than `max_age`.
    ///
    /// # Errors
    /// The [`Finding`] that makes any further look worthless.
    pub fn begin(
        checkpoint: &str,
        log: &NoteKey,
        policy: &LedgerPolicy,
        seen: Option<Checkpoint>,
        (now, max_age): (Timestamp, Seconds),
    ) -> Result<Self, Finding> {
        let note = Note::parse(checkpoint).map_err(|e| Finding::Checkpoint(CheckpointError::Note(e)))?;
        let checkpoint = Checkpoint::verify(&note, log).map_err(Finding::Checkpoint)?;
        let cosigned = policy.cosigned(&note, now).map_err(Finding::Policy)?;
        let freshness = Freshness::of([&note], log, policy, now).map_err(Finding::Policy)?;
        if checkpoint.size > MAX_SIZE {
            return Err(Finding::TooLarge);
        }
        let mut findings: Vec<Finding> =
            cosigned.broken.iter().map(|name| Finding::Witness { name: name.clone() }).collect();
        findings.extend(cosigned.ahead.iter().map(|name| Finding::Ahead { name: name.clone() }));
        if let Err(FreshnessError::Stale { age, max_age }) = freshness.within(max_age) {
            findings.push(Finding::Stale { age, max_age });
        }
        if policy.is_unwitnessed() {
            findings.push(Finding::Unwitnessed);
        } else if !policy.is_final(&cosigned) {
            let count = u32::try_from(cosigned.by.len()).unwrap_or(u32::MAX);
            findings.push(Finding::Quorum { cosigned: count, quorum: policy.quorum });
        }
        if let Some(seen) = &seen
            && seen.size > checkpoint.size
        {
            findings.push(Finding::Rollback { seen: seen.size });
        }
        Ok(Self { checkpoint, cosigned, freshness, seen, findings, given: BTreeMap::new() })
    }

    /// Every file to be fetched.
    #[must_use]
    pub fn needed(&self) -> Vec<Needed> {
        TilePath::all(self.checkpoint.size)
    }

    /// Takes a file; nothing for one that is not to be had.
    pub fn take(&mut self, tile: Needed, bytes: Option<Vec<u8>>) {
        match bytes {
            Some(bytes) => {
                self.given.insert(tile, bytes);
            }
            None => self.findings.push(Finding::Missing(tile)),
        }
    }

    /// Judges what came.
    #[must_use]
    pub fn finish(mut self) -> Report {
        let mut counted = Counted::default();
        let complete = self.count(&mut counted);
        if complete {
            self.compare(&counted);
        }
        let Self { checkpoint, cosigned, freshness, mut findings, .. } = self;
        findings.sort_by_key(Finding::rank);
        Report { checkpoint, classes: counted.classes, cosigned, freshness, findings }
    }

    /// Hashes all entries; whether they were all there.
    fn count(&mut self, counted: &mut Counted) -> bool {
        let size = self.checkpoint.size;
        let bundles: Vec<TilePath> = self.needed().into_iter().filter(|tile| tile.level.is_none()).collect();
        for tile in bundles {
            let Some(bytes) = self.given.remove(&tile) else { return false };
            let read = entries(&bytes).unwrap_or_default();
            if read.len() != usize::from(tile.width) {
                self.findings.push(Finding::EntriesAltered(tile));
                return false;
            }
            for entry in read {
                if let Some(seen) = &self.seen
                    && seen.size == counted.tree.size()
                {
                    counted.forked = counted.differs(seen);
                }
                let index = counted.tree.size();
                self.findings.extend(counted.add(entry, index));
            }
        }
        if let Some(seen) = &self.seen
            && seen.size == size
        {
            counted.forked = counted.differs(seen);
        }
        true
    }

    /// Compares the files with what the entries give, and that with the signed root.
    fn compare(&mut self, counted: &Counted) {
        let entries_hold = counted.tree.root() == self.checkpoint.root;
        let served_root = self.served_root();
        for tile in TilePath::all(self.checkpoint.size) {
            let Some(level) = tile.level else { continue };
            let Some(served) = self.given.get(&tile) else { continue };
            if counted.tile(tile) == hashes(served) && served.len() % 32 == 0 {
                continue;
            }
            let bundle = TilePath { level: None, ..tile };
            // The signed root says which of the two is the altered one.
            let tiles_hold = served_root == Some(self.checkpoint.root);
            match (entries_hold, level) {
                (false, 0) if tiles_hold => self.findings.push(Finding::EntriesAltered(bundle)),
                (false, 0) => {
                    self.findings.push(Finding::EntriesAltered(bundle));
                    self.findings.push(Finding::TileAltered(tile));
                }
                (false, _) => {}
                (true, _) => self.findings.push(Finding::TileAltered(tile)),
            }
        }
        if entries_hold {
            // Only what was signed is a history of the log: an altered file is no fork.
            self.findings.extend(counted.forked.clone());
        } else {
            self.findings.push(Finding::Root);
        }
    }

    /// The root by the served tiles of the lowest level alone.
    fn served_root(&self) -> Option<Hash> {
        let mut tree = Tree::default();
        for tile in TilePath::all(self.checkpoint.size).into_iter().filter(|tile| tile.level == Some(0)) {
            hashes(self.given.get(&tile)?).iter().for_each(|hash| tree.push(*hash, |_, _, _| ()));
        }
        (tree.size() == self.checkpoint.size).then(|| tree.root())
    }
}

/// What the entries give.
#[derive(Default)]
struct Counted {
    tree: Tree,
    /// The hashes of each level of tiles, lowest first.
    levels: Vec<Vec<Hash>>,
    classes: BTreeMap<LeafClass, u64>,
    events: BTreeSet<[u8; 16]>,
    /// The entries have another beginning than what was seen last.
    forked: Option<Finding>,
}

impl Counted {
    fn add(&mut self, entry: &[u8], index: u64) -> Option<Finding> {
        let levels = &mut self.levels;
        self.tree.push(leaf_hash(entry), |level, _, hash| {
            if level % HEIGHT == 0 {
                let level = usize::try_from(level / HEIGHT).unwrap_or(usize::MAX);
                if levels.len() <= level {
                    levels.resize_with(level.saturating_add(1), Vec::new);
                }
                if let Some(level) = levels.get_mut(level) {
                    level.push(*hash);
                }
            }
        });
        let Ok(leaf) = Leaf::parse(entry) else { return Some(Finding::Leaf { index }) };
        *self.classes.entry(leaf.class).or_default() += 1;
        (!self.events.insert(leaf.event_id)).then_some(Finding::Repeated { index })
    }

    fn differs(&self, seen: &Checkpoint) -> Option<Finding> {
        (self.tree.root() != seen.root).then_some(Finding::Forked { seen: seen.size })
    }

    fn tile(&self, tile: TilePath) -> &[Hash] {
        let level = tile.level.and_then(|level| self.levels.get(usize::from(level)));
        let from = usize::try_from(tile.index * WIDTH).unwrap_or(usize::MAX);
        let to = from.saturating_add(usize::from(tile.width));
        level.and_then(|level| level.get(from..to)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{Algorithm, NoteSigner};
    use crate::policy::LogEntry;
    use crate::tile::bundle;
    use absah_types::{Coded as _, Secret};

    struct Log {
        signer: NoteSigner,
        witness: NoteSigner,
        policy: LedgerPolicy,
        files: BTreeMap<TilePath, Vec<u8>>,
        checkpoint: Checkpoint,
    }

    fn leaf(number: u64) -> Leaf {
        let mut event_id = [0; 16];
        event_id[..8].copy_from_slice(&number.to_be_bytes());
        let class = LeafClass::ALL[usize::try_from(number % 3).unwrap()];
        Leaf { class, hour: 500_000, event_id, commitment: [1; 32], stored_sha256: [2; 32] }
    }

    fn log(leaves: &[[u8; 96]]) -> Log {
        let signer =
            NoteSigner::new("absah.example/audit", Algorithm::Ed25519, &Secret::new([4; 32])).unwrap();
        let mut counted = Counted::default();
        for (index, leaf) in leaves.iter().enumerate() {
            let _ = counted.add(leaf, index as u64);
        }
        let size = leaves.len() as u64;
        let mut files = BTreeMap::new();
        for tile in TilePath::all(size) {
            let bytes = match tile.level {
                Some(_) => counted.tile(tile).concat(),
                None => {
                    let from = usize::try_from(tile.index * WIDTH).unwrap();
                    bundle(leaves[from..from + usize::from(tile.width)].iter().map(<[u8; 96]>::as_slice))
                }
            };
            files.insert(tile, bytes);
        }
        let checkpoint =
            Checkpoint { origin: "absah.example/audit".to_owned(), size, root: counted.tree.root() };
        let entry = LogEntry {
            name: "audit".to_owned(),
            url: "https://absah.example/ledger/audit/".to_owned(),
            vkey: signer.public().to_string(),
        };
        let witness =
            NoteSigner::new("saksi.example", Algorithm::CosignatureV1, &Secret::new([8; 32])).unwrap();
        let witnesses = vec![crate::policy::WitnessEntry { vkey: witness.public().to_string() }];
        let policy = LedgerPolicy { logs: vec![entry], witnesses, quorum: 1 };
        Log { signer, witness, policy, files, checkpoint }
    }

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);
    const TIMES: (Timestamp, Seconds) = (NOW, crate::freshness::MAX_AGE);

    impl Log {
        fn audit(&self, seen: Option<Checkpoint>) -> Report {
            let mut note = self.checkpoint.sign(&self.signer).unwrap();
            note.add(crate::cosignature::cosign(note.text(), &self.witness, NOW).unwrap());
            self.audit_of(&note, seen)
        }

        fn audit_of(&self, note: &Note, seen: Option<Checkpoint>) -> Report {
            let note = note.to_string();
            let mut audit = Audit::begin(&note, self.signer.public(), &self.policy, seen, TIMES).unwrap();
            for tile in audit.needed() {
                audit.take(tile, self.files.get(&tile).cloned());
            }
            audit.finish()
        }

        fn codes(&self, seen: Option<Checkpoint>) -> Vec<&'static str> {
            self.audit(seen).findings.iter().map(|finding| finding.code()).collect()
        }

        /// As [`Log::codes`], of a checkpoint that nobody has co-signed.
        fn codes_alone(&self, seen: Option<Checkpoint>) -> Vec<&'static str> {
            let report = self.audit_of(&self.checkpoint.sign(&self.signer).unwrap(), seen);
            report.findings.iter().map(|finding| finding.code()).collect()
        }
    }

    fn of_size(size: u64) -> Log {
        let leaves: Vec<[u8; 96]> = (0..size).map(|number| leaf(number).to_bytes()).collect();
        log(&leaves)
    }

    #[test]
    fn a_log_that_holds() {
        for size in [0, 1, 255, 256, 257, 700] {
            let report = of_size(size).audit(None);
            assert_eq!(report.findings, [], "{size}");
            assert_eq!(report.classes.values().sum::<u64>(), size);
        }
    }

    #[test]
    fn every_altered_file_is_named() {
        let good = of_size(700);
        for tile in good.files.keys() {
            for at in [0, good.files[tile].len() / 2, good.files[tile].len() - 1] {
                let mut bad = of_size(700);
                bad.files.get_mut(tile).unwrap()[at] ^= 1;
                let report = bad.audit(None);
                let paths: Vec<_> = report.findings.iter().filter_map(Finding::path).collect();
                assert_eq!(paths, [tile.path()], "{at}: {:?}", report.findings);
            }
            let mut gone = of_size(700);
            gone.files.remove(tile);
            let report = gone.audit(None);
            assert_eq!(report.findings.first(), Some(&Finding::Missing(*tile)));
        }
    }

    #[test]
    fn an_altered_file_is_named_and_is_no_fork() {
        let seen = of_size(300).checkpoint;
        for size in [300, 700] {
            let mut bad = of_size(size);
            let bundle = *bad.files.keys().find(|tile| tile.level.is_none()).unwrap();
            // The event's id in the first leaf.
            bad.files.get_mut(&bundle).unwrap()[12] ^= 1;
            assert_eq!(bad.codes(Some(seen.clone())), ["ledger-entries-altered", "ledger-root-mismatch"]);
        }
    }

    #[test]
    fn what_was_altered_goes_before_what_witnesses_have_not_done() {
        let mut log = of_size(300);
        let tile = *log.files.keys().find(|tile| tile.level == Some(0)).unwrap();
        log.files.get_mut(&tile).unwrap()[5] ^= 1;
        assert_eq!(log.codes_alone(None), ["ledger-tile-altered", "quorum-missing"]);
        let newer = of_size(301).checkpoint;
        assert_eq!(
            log.codes_alone(Some(newer)),
            ["ledger-tile-altered", "ledger-rollback", "quorum-missing"]
        );
        log.policy.witnesses.clear();
        log.policy.quorum = 0;
        assert_eq!(log.codes(None), ["ledger-tile-altered", "ledger-unwitnessed"]);
    }

    #[test]
    fn a_log_without_witnesses_is_said_to_have_none() {
        let mut log = of_size(3);
        for witnesses in [log.policy.witnesses.clone(), Vec::new()] {
            log.policy = LedgerPolicy { witnesses, quorum: 0, ..log.policy };
            assert_eq!(log.codes(None), ["ledger-unwitnessed"]);
        }
    }

    #[test]
    fn hostile_logs() {
        let mut lying = of_size(300);
        lying.checkpoint.root = [9; 32];
        assert!(lying.codes(None).contains(&"ledger-root-mismatch"));
        let strange = log(&[leaf(0).to_bytes(), [7; 96]]);
        assert_eq!(strange.codes(None), ["ledger-entry-malformed"]);
        let twice = log(&[leaf(0).to_bytes(), leaf(0).to_bytes()]);
        assert_eq!(twice.codes(None), ["ledger-event-repeated"]);

        let log = of_size(300);
        let (older, newer) = (of_size(120).checkpoint, of_size(301).checkpoint);
        assert_eq!(log.codes(Some(older.clone())), [""; 0]);
        assert_eq!(log.codes(Some(log.checkpoint.clone())), [""; 0]);
        assert_eq!(log.codes(Some(newer)), ["ledger-rollback"]);
        assert_eq!(log.codes(Some(Checkpoint { root: [1; 32], ..older })), ["ledger-forked"]);
        assert_eq!(
            log.codes(Some(Checkpoint { root: [1; 32], ..log.checkpoint.clone() })),
            ["ledger-forked"]
        );

        let mut huge = of_size(1);
        huge.checkpoint.size = u64::MAX;
        let note = huge.checkpoint.sign(&huge.signer).unwrap().to_string();
        let refused = Audit::begin(&note, huge.signer.public(), &huge.policy, None, TIMES).unwrap_err();
        assert_eq!(refused.code(), "ledger-too-large");
        let other =
            NoteSigner::new("absah.example/audit", Algorithm::Ed25519, &Secret::new([5; 32])).unwrap();
        let refused = Audit::begin(&note, other.public(), &huge.policy, None, TIMES).unwrap_err();
        assert_eq!(refused.code(), "note-unsigned");
    }

    #[test]
    fn a_quorum_that_is_missing() {
        let log = of_size(3);
        assert_eq!(log.codes_alone(None), ["quorum-missing"]);
        // A log frozen at an old final checkpoint, and a witness whose clock is ahead of everybody's.
        let cosigned_at = |time: Timestamp| {
            let mut note = log.checkpoint.sign(&log.signer).unwrap();
            note.add(crate::cosignature::cosign(note.text(), &log.witness, time).unwrap());
            let report = log.audit_of(&note, None);
            let codes: Vec<_> = report.findings.iter().map(|finding| finding.code()).collect();
            (codes, report.freshness)
        };
        let day = crate::freshness::MAX_AGE;
        for (time, codes, age) in [
            (NOW, vec![], Some(Seconds(0))),
            (NOW.plus(Seconds(300)), vec![], Some(Seconds(0))),
            (NOW.minus(day), vec![], Some(day)),
            (NOW.minus(day).minus(Seconds(1)), vec!["ledger-stale"], Some(Seconds(day.0 + 1))),
            (NOW.plus(Seconds(301)), vec!["witness-cosignature-ahead", "quorum-missing"], None),
        ] {
            let vouched =
                age.map_or(Freshness::Uncosigned, |age| Freshness::Vouched { size: 3, at: time, age });
            assert_eq!(cosigned_at(time), (codes, vouched));
        }
    }
}
