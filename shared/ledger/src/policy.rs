//! Whose signatures make a checkpoint final: the logs, their witnesses, and how many of them it takes.

use absah_types::{Timestamp, coded};
use serde::{Deserialize, Serialize};

use crate::cosignature;
use crate::note::{Algorithm, Note, NoteKey};

/// Most logs and witnesses together in one policy.
pub const MAX_KEYS: usize = 32;

/// Most witnesses of an issuer, which has two logs.
pub const MAX_WITNESSES: usize = MAX_KEYS - 2;

/// `ledger.json`, as the trust bundle carries it and the issuer publishes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerPolicy {
    /// The logs.
    pub logs: Vec<LogEntry>,
    /// Who co-signs.
    pub witnesses: Vec<WitnessEntry>,
    /// How many different witnesses make a checkpoint final.
    pub quorum: u32,
}

/// One log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// `audit` or `registry`.
    pub name: String,
    /// Where its tiles are, ending in `/`.
    pub url: String,
    /// Its key; the key's name is the log's origin.
    pub vkey: String,
}

/// One witness.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WitnessEntry {
    /// Its key, `cosignature/v1`.
    pub vkey: String,
}

/// A policy is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyError {
    /// No JSON of its kind, a key malformed or twice, or a quorum that nobody can reach.
    Malformed,
    /// There is no such log.
    UnknownLog,
}

impl core::fmt::Display for PolicyError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "ledger policy malformed",
            Self::UnknownLog => "no such log",
        })
    }
}

impl core::error::Error for PolicyError {}

coded! { PolicyError {
    Malformed => ("ledger-policy-malformed", Peer),
    UnknownLog => ("ledger-log-unknown", Peer),
} }

/// How a site's policy became another or a weaker one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyChange {
    /// A log has another key, or is gone: it is another log.
    LogKey,
    /// A witness is gone, or has another key.
    WitnessLost,
    /// Fewer of the witnesses known before make a checkpoint final.
    Quorum,
}

impl core::fmt::Display for PolicyChange {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::LogKey => "another log key",
            Self::WitnessLost => "a witness less",
            Self::Quorum => "a smaller quorum of the witnesses known",
        })
    }
}

/// The witnesses whose cosignatures below a note hold, by the names of their keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cosigned {
    /// Those that hold.
    pub by: Vec<String>,
    /// When each of these signed, the newest first.
    pub times: Vec<Timestamp>,
    /// Known witnesses whose line does not hold.
    pub broken: Vec<String>,
    /// Known witnesses whose only lines are of a time that has not come yet. They do not count.
    pub ahead: Vec<String>,
}

impl LedgerPolicy {
    /// Reads and checks `ledger.json`.
    ///
    /// # Errors
    /// [`PolicyError::Malformed`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, PolicyError> {
        let policy: Self = serde_json::from_slice(bytes).map_err(|_| PolicyError::Malformed)?;
        policy.checked()
    }

    /// The policy, if it makes sense.
    ///
    /// # Errors
    /// [`PolicyError::Malformed`].
    pub fn checked(self) -> Result<Self, PolicyError> {
        let logs: Vec<NoteKey> =
            self.logs.iter().map(|log| key(&log.vkey, Algorithm::Ed25519)).collect::<Result<_, _>>()?;
        let witnesses = self.witness_keys()?;
        let keys: Vec<&NoteKey> = logs.iter().chain(&witnesses).collect();
        // One key under two names would be two voices of one mouth.
        let repeated = keys.iter().enumerate().any(|(at, one)| {
            let others = keys.iter().skip(at + 1);
            others.clone().any(|other| one.key() == other.key() || one.name() == other.name())
        });
        let named = self.logs.iter().enumerate().all(|(at, log)| {
            let again = self.logs.iter().skip(at + 1).any(|other| other.name == log.name);
            is_log_name(&log.name) && is_prefix(&log.url) && !again
        });
        let reachable = usize::try_from(self.quorum).is_ok_and(|quorum| quorum <= witnesses.len());
        if repeated || !named || !reachable || logs.is_empty() || keys.len() > MAX_KEYS {
            return Err(PolicyError::Malformed);
        }
        Ok(self)
    }

    /// As `ledger.json`.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        // Text and integers: always JSON.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// A log by its name.
    ///
    /// # Errors
    /// [`PolicyError::UnknownLog`].
    pub fn log(&self, name: &str) -> Result<(&LogEntry, NoteKey), PolicyError> {
        let log = self.logs.iter().find(|log| log.name == name).ok_or(PolicyError::UnknownLog)?;
        Ok((log, key(&log.vkey, Algorithm::Ed25519)?))
    }

    /// The witnesses' keys.
    ///
    /// # Errors
    /// [`PolicyError::Malformed`].
    pub fn witness_keys(&self) -> Result<Vec<NoteKey>, PolicyError> {
        self.witnesses.iter().map(|witness| key(&witness.vkey, Algorithm::CosignatureV1)).collect()
    }

    /// Which of the known witnesses have co-signed a note by `now`. Lines of others count for nothing, and neither do
    /// times that have not come yet: "verifiers MAY reject cosignatures with timestamps in the future".
    ///
    /// # Errors
    /// [`PolicyError::Malformed`].
    pub fn cosigned(&self, note: &Note, now: Timestamp) -> Result<Cosigned, PolicyError> {
        let mut cosigned = Cosigned::default();
        for witness in self.witness_keys()? {
            let name = witness.name().to_owned();
            match cosignature::check(note, &witness) {
                Ok(times) => {
                    match times.into_iter().filter(|time| !cosignature::is_ahead(*time, now)).max() {
                        Some(time) => {
                            cosigned.by.push(name);
                            cosigned.times.push(time);
                        }
                        None => cosigned.ahead.push(name),
                    }
                }
                Err(crate::NoteError::Unsigned) => {}
                Err(_) => cosigned.broken.push(name),
            }
        }
        cosigned.times.sort_unstable_by(|one, other| other.cmp(one));
        Ok(cosigned)
    }

    /// When the last of as many witnesses as it takes vouched that this was the log's newest state: "a statement that, as
    /// of the specified time, the … tree head with the largest size the cosigner has observed" is this one. Nothing when
    /// they are too few, or when none are demanded and nobody vouches for any time.
    #[must_use]
    pub fn vouched_at(&self, cosigned: &Cosigned) -> Option<Timestamp> {
        let last = usize::try_from(self.quorum).ok()?.checked_sub(1)?;
        cosigned.times.get(last).copied()
    }

    /// What a site that declared `before` may not change of itself without a person's consent: the keys of its logs, the
    /// witnesses it had, and how many of *those* must have co-signed whatever is final.
    #[must_use]
    pub fn change_since(&self, before: &Self) -> Option<PolicyChange> {
        for log in &before.logs {
            if !self.logs.iter().any(|own| own.name == log.name && own.vkey == log.vkey) {
                return Some(PolicyChange::LogKey);
            }
        }
        if before.witnesses.iter().any(|witness| !self.witnesses.contains(witness)) {
            return Some(PolicyChange::WitnessLost);
        }
        let added = self.witnesses.iter().filter(|witness| !before.witnesses.contains(witness)).count();
        // New witnesses may all be the site itself: the old ones among a quorum may not become fewer.
        let of_old = self.quorum.saturating_sub(u32::try_from(added).unwrap_or(u32::MAX));
        (of_old < before.quorum).then_some(PolicyChange::Quorum)
    }

    /// Whether nobody but the log itself vouches: no witnesses are named, or none are demanded.
    #[must_use]
    pub fn is_unwitnessed(&self) -> bool {
        self.witnesses.is_empty() || self.quorum == 0
    }

    /// Whether enough witnesses co-signed; never where none are demanded.
    #[must_use]
    pub fn is_final(&self, cosigned: &Cosigned) -> bool {
        self.quorum > 0 && u32::try_from(cosigned.by.len()).is_ok_and(|count| count >= self.quorum)
    }
}

/// A log's name becomes part of addresses and of file names, and is shown: nothing but small letters, digits and hyphens.
fn is_log_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty() && name.len() <= 32 && name.chars().all(allowed)
}

/// Where a log's files stand: an address that can be shown and extended.
fn is_prefix(url: &str) -> bool {
    let allowed = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\'' | '\\' | '?' | '#');
    url.starts_with("http") && url.ends_with('/') && url.len() <= 512 && url.chars().all(allowed)
}

fn key(vkey: &str, algorithm: Algorithm) -> Result<NoteKey, PolicyError> {
    let key = NoteKey::parse(vkey).map_err(|_| PolicyError::Malformed)?;
    if key.algorithm() == algorithm { Ok(key) } else { Err(PolicyError::Malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cosignature::cosign;
    use crate::note::NoteSigner;
    use absah_types::{Secret, Timestamp};

    fn witness(number: u8) -> NoteSigner {
        let name = format!("saksi-{number}.example");
        NoteSigner::new(&name, Algorithm::CosignatureV1, &Secret::new([number; 32])).unwrap()
    }

    fn policy(witnesses: &[NoteSigner], quorum: u32) -> LedgerPolicy {
        let log = NoteSigner::new("absah.example/audit", Algorithm::Ed25519, &Secret::new([99; 32])).unwrap();
        LedgerPolicy {
            logs: vec![LogEntry {
                name: "audit".to_owned(),
                url: "https://absah.example/ledger/audit/".to_owned(),
                vkey: log.public().to_string(),
            }],
            witnesses: witnesses.iter().map(|w| WitnessEntry { vkey: w.public().to_string() }).collect(),
            quorum,
        }
    }

    #[test]
    fn a_policy_that_became_weaker() {
        let five: Vec<NoteSigner> = (1..=5).map(witness).collect();
        let before = policy(&five, 4);
        let six: Vec<NoteSigner> = (1..=6).map(witness).collect();
        let mut other_log = before.clone();
        other_log.logs[0].vkey.push('A');
        let gone = LedgerPolicy { logs: Vec::new(), ..before.clone() };
        for (now, change) in [
            (before.clone(), None),
            (policy(&six, 5), None),
            (policy(&five, 5), None),
            (policy(&six, 4), Some(PolicyChange::Quorum)),
            (policy(&five, 3), Some(PolicyChange::Quorum)),
            (policy(&six[1..], 4), Some(PolicyChange::WitnessLost)),
            (policy(&[], 0), Some(PolicyChange::WitnessLost)),
            (other_log, Some(PolicyChange::LogKey)),
            (gone, Some(PolicyChange::LogKey)),
        ] {
            assert_eq!(now.change_since(&before), change, "{now:?}");
        }
        assert_eq!(before.change_since(&policy(&[], 0)), None, "the first witnesses");
    }

    #[test]
    fn nothing_is_final_where_nobody_is_asked() {
        assert!(!policy(&[], 0).is_final(&Cosigned::default()));
        let one = Cosigned { by: vec!["saksi-1.example".to_owned()], ..Cosigned::default() };
        assert!(!policy(&[witness(1)], 0).is_final(&one));
    }

    #[test]
    fn each_known_witness_counts_once() {
        let five: Vec<NoteSigner> = (1..=5).map(witness).collect();
        let policy = policy(&five, 4).checked().unwrap();
        assert_eq!(LedgerPolicy::from_json(&policy.to_json()), Ok(policy.clone()));
        let now = Timestamp::from_unix(1_800_000_000);
        let text = "absah.example/audit\n1\nAAAA\n";
        let mut note = Note::new(text.to_owned(), Vec::new());
        for signer in &five[..3] {
            note.add(cosign(text, signer, now).unwrap());
            note.add(cosign(text, signer, Timestamp::from_unix(now.unix() + 1)).unwrap());
        }
        note.add(cosign(text, &witness(6), now).unwrap());
        note.add(cosign("absah.example/audit\n1\nBBBB\n", &five[4], now).unwrap());
        let now = now.plus(absah_types::Seconds(1));
        let cosigned = policy.cosigned(&note, now).unwrap();
        assert_eq!(cosigned.by, ["saksi-1.example", "saksi-2.example", "saksi-3.example"]);
        assert_eq!(cosigned.broken, ["saksi-5.example"], "the liar is named and never counted");
        assert!(!policy.is_final(&cosigned));
        note.add(cosign(text, &five[3], now).unwrap());
        assert!(policy.is_final(&policy.cosigned(&note, now).unwrap()));
    }

    #[test]
    fn a_time_that_has_not_come_does_not_count() {
        let five: Vec<NoteSigner> = (1..=5).map(witness).collect();
        let policy = policy(&five, 2).checked().unwrap();
        let text = "absah.example/audit\n1\nAAAA\n";
        let at = Timestamp::from_unix;
        let mut note = Note::new(text.to_owned(), Vec::new());
        for (signer, time) in [(&five[0], 1000), (&five[1], 4000), (&five[2], 2000), (&five[2], 9000)] {
            note.add(cosign(text, signer, at(time)).unwrap());
        }
        // Five minutes ahead is a clock that is off; more is a time that has not come.
        for (now, by, ahead, vouched) in [
            (999, 1, vec!["saksi-2.example", "saksi-3.example"], None),
            (1700, 2, vec!["saksi-2.example"], Some(1000)),
            (3700, 3, vec![], Some(2000)),
            (9000, 3, vec![], Some(4000)),
            (699, 0, vec!["saksi-1.example", "saksi-2.example", "saksi-3.example"], None),
        ] {
            let cosigned = policy.cosigned(&note, at(now)).unwrap();
            assert_eq!(
                (cosigned.by.len(), &cosigned.ahead),
                (by, &ahead.iter().map(|n| (*n).to_owned()).collect()),
                "{now}"
            );
            assert_eq!(policy.vouched_at(&cosigned), vouched.map(at), "{now}");
        }
        let nobody = LedgerPolicy { quorum: 0, ..policy.clone() };
        assert!(nobody.is_unwitnessed() && !policy.is_unwitnessed());
        assert_eq!(nobody.vouched_at(&nobody.cosigned(&note, at(9000)).unwrap()), None);
    }

    #[test]
    fn policies_that_prove_nothing() {
        let two = [witness(1), witness(2)];
        assert!(policy(&two, 2).checked().is_ok());
        assert_eq!(policy(&two, 3).checked(), Err(PolicyError::Malformed));
        assert_eq!(policy(&[witness(1), witness(1)], 1).checked(), Err(PolicyError::Malformed));
        let renamed =
            NoteSigner::new("lain.example", Algorithm::CosignatureV1, &Secret::new([1; 32])).unwrap();
        assert_eq!(policy(&[witness(1), renamed], 2).checked(), Err(PolicyError::Malformed));
        let log_as_witness = NoteSigner::new("x", Algorithm::CosignatureV1, &Secret::new([99; 32])).unwrap();
        assert_eq!(policy(&[log_as_witness], 1).checked(), Err(PolicyError::Malformed));
        let plain = NoteSigner::new("y", Algorithm::Ed25519, &Secret::new([8; 32])).unwrap();
        assert_eq!(policy(&[plain], 1).checked(), Err(PolicyError::Malformed));
        for name in ["", "../keys/x", "/etc/x", "a/b", "a\u{1b}[2J", "<b>audit</b>", "Audit", &"a".repeat(33)]
        {
            let mut named = policy(&two, 1);
            named.logs[0].name = name.to_owned();
            assert_eq!(named.checked(), Err(PolicyError::Malformed), "{name:?}");
        }
        for url in
            ["", "javascript:alert(1)/", "https://absah.example", "https://absah.example/\n/", "https://x/?/"]
        {
            let mut placed = policy(&two, 1);
            placed.logs[0].url = url.to_owned();
            assert_eq!(placed.checked(), Err(PolicyError::Malformed), "{url:?}");
        }
        let mut twice = policy(&two, 1);
        let more = NoteSigner::new("absah.example/lain", Algorithm::Ed25519, &Secret::new([98; 32])).unwrap();
        twice.logs.push(LogEntry { vkey: more.public().to_string(), ..twice.logs[0].clone() });
        assert_eq!(twice.checked(), Err(PolicyError::Malformed), "one name for two logs");
        for bytes in [b"".as_slice(), b"{}", br#"{"logs":[],"witnesses":[],"quorum":0}"#] {
            assert_eq!(LedgerPolicy::from_json(bytes), Err(PolicyError::Malformed));
        }
        assert_eq!(policy(&two, 1).log("lain").unwrap_err(), PolicyError::UnknownLog);
    }
}
