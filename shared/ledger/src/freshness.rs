//! How long ago the witnesses last vouched that a checkpoint is a log's newest.
//!
//! A log can be shown as it was: everything in an old final checkpoint holds, and what came after it is hidden. Against that
//! stands the time in each cosignature. Witnesses are asked again and again, also when no leaf comes, so that a log that
//! goes on is never old.

use absah_types::{Seconds, Timestamp, coded};

use crate::checkpoint::Checkpoint;
use crate::note::{Note, NoteKey};
use crate::policy::{LedgerPolicy, PolicyError};

/// How old the newest cosigned checkpoint may be, unless another limit is asked for.
pub const MAX_AGE: Seconds = Seconds::hours(24);

/// What the witnesses say of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Nobody vouches but the log itself: no witnesses are named, or none are demanded.
    Unwitnessed,
    /// Fewer witnesses co-signed than it takes.
    Uncosigned,
    /// Enough of them did.
    Vouched {
        /// How many leaves the log had.
        size: u64,
        /// When the last of as many as it takes signed.
        at: Timestamp,
        /// How long ago that is.
        age: Seconds,
    },
}

/// A log is not shown as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FreshnessError {
    /// The newest cosigned checkpoint is too old.
    Stale {
        /// How old it is.
        age: Seconds,
        /// How old it may be.
        max_age: Seconds,
    },
    /// No checkpoint has enough cosignatures.
    Uncosigned,
}

impl core::fmt::Display for FreshnessError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Stale { age, max_age } => {
                write!(f, "newest cosigned checkpoint is {} s old, {} s at most", age.0, max_age.0)
            }
            Self::Uncosigned => f.write_str("no checkpoint with enough cosignatures"),
        }
    }
}

impl core::error::Error for FreshnessError {}

coded! { FreshnessError {
    Stale { .. } => ("checkpoint-stale", Peer),
    Uncosigned => ("checkpoint-uncosigned", Peer),
} }

impl Freshness {
    /// The newest word of the witnesses in any of these notes. A note that the log's key did not sign counts for nothing.
    ///
    /// # Errors
    /// [`PolicyError::Malformed`].
    pub fn of<'n>(
        notes: impl IntoIterator<Item = &'n Note>,
        log: &NoteKey,
        policy: &LedgerPolicy,
        now: Timestamp,
    ) -> Result<Self, PolicyError> {
        if policy.is_unwitnessed() {
            return Ok(Self::Unwitnessed);
        }
        let mut newest: Option<(Timestamp, u64)> = None;
        for note in notes {
            let Ok(checkpoint) = Checkpoint::verify(note, log) else { continue };
            if let Some(at) = policy.vouched_at(&policy.cosigned(note, now)?) {
                newest = newest.max(Some((at, checkpoint.size)));
            }
        }
        Ok(newest.map_or(Self::Uncosigned, |(at, size)| {
            // A clock that is a little ahead makes nothing younger than now.
            let age = Seconds(now.since(at).0.max(0));
            Self::Vouched { size, at, age }
        }))
    }

    /// Whether a log may pass for what it is now. A log without witnesses may: of it nobody can say more, and who shows
    /// it must say that.
    ///
    /// # Errors
    /// [`FreshnessError`].
    pub fn within(self, max_age: Seconds) -> Result<(), FreshnessError> {
        match self {
            Self::Vouched { age, .. } if age > max_age => Err(FreshnessError::Stale { age, max_age }),
            Self::Uncosigned => Err(FreshnessError::Uncosigned),
            Self::Vouched { .. } | Self::Unwitnessed => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cosignature::cosign;
    use crate::note::{Algorithm, NoteSigner};
    use crate::policy::{LogEntry, WitnessEntry};
    use absah_types::Secret;

    fn signer(name: &str, algorithm: Algorithm, seed: u8) -> NoteSigner {
        NoteSigner::new(name, algorithm, &Secret::new([seed; 32])).unwrap()
    }

    #[test]
    fn the_newest_word_of_enough_witnesses() {
        let log = signer("absah.example/audit", Algorithm::Ed25519, 1);
        let witnesses = [2, 3].map(|n| signer(&format!("saksi-{n}.example"), Algorithm::CosignatureV1, n));
        let policy = LedgerPolicy {
            logs: vec![LogEntry {
                name: "audit".to_owned(),
                url: "https://absah.example/ledger/audit/".to_owned(),
                vkey: log.public().to_string(),
            }],
            witnesses: witnesses.iter().map(|w| WitnessEntry { vkey: w.public().to_string() }).collect(),
            quorum: 2,
        };
        let at = Timestamp::from_unix;
        let note = |by: &NoteSigner, size: u64, times: [i64; 2]| {
            let origin = "absah.example/audit".to_owned();
            let mut note = Checkpoint { origin, size, root: [1; 32] }.sign(by).unwrap();
            for (witness, time) in witnesses.iter().zip(times) {
                note.add(cosign(note.text(), witness, at(time)).unwrap());
            }
            note
        };
        let (old, new) = (note(&log, 1, [1000, 1100]), note(&log, 2, [2000, 1900]));
        let foreign = note(&signer("absah.example/audit", Algorithm::Ed25519, 9), 3, [3000, 3000]);
        let of = |notes: &[&Note], now: i64| {
            Freshness::of(notes.iter().copied(), log.public(), &policy, at(now)).unwrap()
        };
        let vouched = Freshness::Vouched { size: 2, at: at(1900), age: Seconds(2000) };
        assert_eq!(of(&[&old, &new, &foreign], 3900), vouched);
        assert_eq!(vouched.within(Seconds(2000)), Ok(()));
        let stale = vouched.within(Seconds(1999)).unwrap_err();
        assert_eq!(stale, FreshnessError::Stale { age: Seconds(2000), max_age: Seconds(1999) });
        assert_eq!(absah_types::Coded::code(&stale), "checkpoint-stale");
        // What is of a time that has not come does not count.
        assert_eq!(of(&[&old, &new], 1200), Freshness::Vouched { size: 1, at: at(1000), age: Seconds(200) });
        assert_eq!(of(&[&new], 1200), Freshness::Uncosigned);
        assert_eq!(of(&[], 1200).within(MAX_AGE), Err(FreshnessError::Uncosigned));
        let nobody = LedgerPolicy { quorum: 0, ..policy.clone() };
        let unwitnessed = Freshness::of([&old], log.public(), &nobody, at(9_000_000)).unwrap();
        assert_eq!((unwitnessed, unwitnessed.within(MAX_AGE)), (Freshness::Unwitnessed, Ok(())));
    }
}
