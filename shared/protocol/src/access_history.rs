//! The citizen's access history: who did what with my record, each with a proof from the ledger.
//!
//! ```text
//! wallet ──POST /nonce──► issuer            a nonce
//! wallet ──POST /access-history {presentation, size}──►   SD-JWT+KB of any card held, nothing disclosed; aud = this
//!                                           endpoint. size: of the largest tree that this wallet has seen
//!        ◄── {entries: [{log, leaf, event, r, proof}], checkpoint, newest, consistency: [{size, path}]}
//!                                           verified here, offline, against the bundle's policy
//! ```
//!
//! The event names the person by NIK, and the leaf commits to the event: nobody can pass off another person's entry, and
//! nobody can show an entry that does not stand in the co-signed log.

use absah_ledger::merkle::Hash;
use absah_ledger::{Freshness, Leaf, LeafClass, LedgerPolicy, Note, Proof};
use absah_types::{Timestamp, base64url, coded};
use serde::{Deserialize, Serialize};

use crate::IssuerId;

/// The endpoint's path.
pub const PATH: &str = "/access-history";

/// The log in which every event of a citizen stands.
pub const LOG: &str = "audit";

/// Largest request read, in bytes.
pub const MAX_REQUEST: usize = 64 * 1024;

/// Largest answer read, in bytes.
pub const MAX_ANSWER: usize = 4 * 1024 * 1024;

/// Most entries in one answer: the newest.
pub const MAX_ENTRIES: u32 = 500;

/// Most characters in one text of an event.
const MAX_TEXT: usize = 512;

/// What the key binding of the presentation names as its audience: this endpoint, so that it is good for nothing else.
#[must_use]
pub fn audience(issuer: &IssuerId) -> String {
    issuer.endpoint(PATH)
}

/// The request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// SD-JWT+KB.
    pub presentation: String,
    /// How many leaves the largest tree has that the asker knows: the answer shows that its trees begin with that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

/// One entry as it travels, and as the wallet keeps it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Which log: `audit`.
    pub log: String,
    /// The 96 bytes of the leaf, base64url.
    pub leaf: String,
    /// The event's canonical JSON, base64url; empty for an entry that the issuer can no longer open.
    pub event: String,
    /// The secret of the leaf's commitment, base64url; empty with it.
    pub r: String,
    /// A `tlog-proof`; empty while the leaf waits to be put into its log.
    pub proof: String,
}

impl core::fmt::Debug for Entry {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Entry({}, …)", self.log)
    }
}

/// The answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The entries, oldest first.
    pub entries: Vec<Entry>,
    /// The newest checkpoint of [`LOG`] that enough witnesses co-signed: it says how old all this is, also when there is
    /// no entry. Empty while there is none.
    #[serde(default)]
    pub checkpoint: String,
    /// The newest checkpoint of [`LOG`], whoever co-signed it. Empty while there is none.
    #[serde(default)]
    pub newest: String,
    /// That trees begin with the one of the request's size: one proof for each larger tree of this answer.
    #[serde(default)]
    pub consistency: Vec<Consistency>,
}

/// That a tree begins with another (RFC 6962, section 2.1.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consistency {
    /// How many leaves the larger tree has.
    pub size: u64,
    /// The proof's hashes, base64url.
    pub path: Vec<String>,
}

/// What an event says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Event {
    v: u32,
    id: String,
    at: i64,
    act: String,
    actor: String,
    #[serde(default)]
    subject: Option<String>,
    #[serde(default)]
    object: Option<String>,
    #[serde(default)]
    purpose: Option<String>,
}

/// How sure an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// In the log, and enough witnesses co-signed.
    Final,
    /// In the log, but not co-signed by enough witnesses yet; or waiting for it.
    Pending,
    /// In the log by the log's own word: nobody else is asked to vouch.
    Unwitnessed,
}

/// An entry that holds. Made only by [`verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The event's id.
    pub event_id: String,
    /// The class of its leaf.
    pub class: LeafClass,
    /// When its hour began: that is what the log vouches for.
    pub hour: Timestamp,
    /// What was done.
    pub act: String,
    /// Whose record it was: a NIK, one of those the caller named.
    pub subject: String,
    /// By whom: `LOCAL` somebody at Dukcapil, `HOLDER` the citizen's own wallet.
    pub actor: String,
    /// To what.
    pub object: Option<String>,
    /// What for.
    pub purpose: Option<String>,
    /// How sure it is.
    pub certainty: Certainty,
}

/// Why an entry does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessError {
    /// It is none of its form.
    Malformed,
    /// The event is not the one the leaf commits to.
    Event,
    /// The leaf stands in the log; what happened, the issuer cannot open: what it kept was altered.
    Closed,
    /// It is about somebody else.
    Subject,
    /// The proof does not lead to the log.
    Proof,
    /// The policy knows no such log.
    Log,
}

impl core::fmt::Display for AccessError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "access entry malformed",
            Self::Event => "access entry is not the one logged",
            Self::Closed => "access entry does not open at the issuer",
            Self::Subject => "access entry about somebody else",
            Self::Proof => "access entry is not in the log",
            Self::Log => "access entry of an unknown log",
        })
    }
}

impl core::error::Error for AccessError {}

coded! { AccessError {
    Malformed => ("access-entry-malformed", Peer),
    Event => ("access-entry-altered", Peer),
    Closed => ("access-entry-closed", Peer),
    Subject => ("access-entry-foreign", Peer),
    Proof => ("access-entry-unproven", Peer),
    Log => ("access-entry-log-unknown", Peer),
} }

impl Entry {
    /// An entry as the issuer hands it out.
    #[must_use]
    pub fn new(log: &str, leaf: &Leaf, event: &[u8], r: &[u8; 32], proof: Option<&Proof>) -> Self {
        Self {
            log: log.to_owned(),
            leaf: base64url::encode(leaf.to_bytes()),
            event: base64url::encode(event),
            r: base64url::encode(r),
            proof: proof.map(ToString::to_string).unwrap_or_default(),
        }
    }

    /// An entry whose event the issuer cannot open: it says that there is one, and when.
    #[must_use]
    pub fn closed(log: &str, leaf: &Leaf, proof: Option<&Proof>) -> Self {
        let (event, r) = (String::new(), String::new());
        Self { event, r, ..Self::new(log, leaf, &[], &[0; 32], proof) }
    }

    /// Its leaf, whether it holds or not; nothing if it is none.
    #[must_use]
    pub fn leaf(&self) -> Option<Leaf> {
        base64url::decode(&self.leaf).ok().and_then(|leaf| Leaf::parse(&leaf).ok())
    }
}

impl Consistency {
    /// A proof as it travels.
    #[must_use]
    pub fn new(size: u64, path: &[Hash]) -> Self {
        Self { size, path: path.iter().map(base64url::encode).collect() }
    }

    /// Its hashes; nothing if it is none.
    #[must_use]
    pub fn hashes(&self) -> Option<Vec<Hash>> {
        self.path.iter().map(|hash| base64url::decode_array::<32>(hash).ok()).collect()
    }
}

/// Whether a text can be shown as part of one line: what breaks the line or turns its direction could pass for another
/// entry.
fn is_plain(text: &str) -> bool {
    let turns =
        |c: char| matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().count() <= MAX_TEXT && !text.chars().any(|c| c.is_control() || turns(c))
}

/// How long ago the witnesses last vouched for what an answer shows.
///
/// # Errors
/// [`AccessError::Log`] when the policy does not know the log.
pub fn freshness(answer: &Answer, policy: &LedgerPolicy, now: Timestamp) -> Result<Freshness, AccessError> {
    let (_, key) = policy.log(LOG).map_err(|_| AccessError::Log)?;
    let proofs = answer.entries.iter().filter_map(|entry| Proof::parse(&entry.proof).ok());
    let mut notes: Vec<Note> = proofs.map(|proof| proof.checkpoint).collect();
    notes.extend(Note::parse(&answer.checkpoint).ok());
    // Entries share checkpoints: each is looked at once.
    let mut seen = std::collections::BTreeSet::new();
    notes.retain(|note| seen.insert(note.to_string()));
    Freshness::of(&notes, &key, policy, now).map_err(|_| AccessError::Log)
}

/// Checks an entry. `nik` are the numbers of the person whose wallet it is; cosignatures of after `now` do not count.
///
/// # Errors
/// [`AccessError`].
pub fn verify(
    entry: &Entry,
    policy: &LedgerPolicy,
    nik: &[String],
    now: Timestamp,
) -> Result<Proven, AccessError> {
    let malformed = |_| AccessError::Malformed;
    let leaf = base64url::decode(&entry.leaf).map_err(malformed)?;
    let leaf = Leaf::parse(&leaf).map_err(|_| AccessError::Malformed)?;
    if entry.event.is_empty() && entry.r.is_empty() {
        certainty(entry, &leaf, policy, now)?;
        return Err(AccessError::Closed);
    }
    let bytes = base64url::decode(&entry.event).map_err(malformed)?;
    let r = base64url::decode_array::<32>(&entry.r).map_err(malformed)?;
    if !leaf.is_of(&r, &bytes) {
        return Err(AccessError::Event);
    }
    let event: Event = serde_json::from_slice(&bytes).map_err(|_| AccessError::Malformed)?;
    let told = [Some(&event.act), Some(&event.actor), event.object.as_ref(), event.purpose.as_ref()];
    if !told.into_iter().flatten().all(|text| is_plain(text)) {
        return Err(AccessError::Malformed);
    }
    let at = Timestamp::from_unix(event.at);
    if event.id != base64url::encode(leaf.event_id) || absah_ledger::leaf::hour(at) != leaf.hour {
        return Err(AccessError::Event);
    }
    if !event.subject.as_ref().is_some_and(|subject| nik.contains(subject)) {
        return Err(AccessError::Subject);
    }
    let certainty = certainty(entry, &leaf, policy, now)?;
    Ok(Proven {
        event_id: event.id,
        class: leaf.class,
        hour: leaf.hour_begins(),
        act: event.act,
        actor: event.actor,
        subject: event.subject.unwrap_or_default(),
        object: event.object,
        purpose: event.purpose,
        certainty,
    })
}

/// How sure it is that a leaf stands in the log of its entry.
fn certainty(
    entry: &Entry,
    leaf: &Leaf,
    policy: &LedgerPolicy,
    now: Timestamp,
) -> Result<Certainty, AccessError> {
    let (_, key) = policy.log(&entry.log).map_err(|_| AccessError::Log)?;
    let mut certainty = Certainty::Pending;
    if !entry.proof.is_empty() {
        let proof = Proof::parse(&entry.proof).map_err(|_| AccessError::Proof)?;
        proof.check(&leaf.hash(), &key).map_err(|_| AccessError::Proof)?;
        let cosigned = policy.cosigned(&proof.checkpoint, now).map_err(|_| AccessError::Log)?;
        // Where nobody is asked to vouch, the log's word alone makes nothing final.
        if policy.is_unwitnessed() {
            certainty = Certainty::Unwitnessed;
        } else if policy.is_final(&cosigned) {
            certainty = Certainty::Final;
        }
    }
    Ok(certainty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_ledger::cosignature::cosign;
    use absah_ledger::leaf::commitment;
    use absah_ledger::merkle::Tree;
    use absah_ledger::note::Algorithm;
    use absah_ledger::policy::{LogEntry, WitnessEntry};
    use absah_ledger::{Checkpoint, NoteSigner};
    use absah_types::Secret;

    const NIK: &str = "3577010101900001";
    const NOW: Timestamp = Timestamp::from_unix(1_800_001_000);

    struct World {
        log: NoteSigner,
        witness: NoteSigner,
        policy: LedgerPolicy,
    }

    fn world() -> World {
        let log = NoteSigner::new("absah.example/audit", Algorithm::Ed25519, &Secret::new([1; 32])).unwrap();
        let witness =
            NoteSigner::new("saksi.example", Algorithm::CosignatureV1, &Secret::new([2; 32])).unwrap();
        let entry = LogEntry {
            name: "audit".to_owned(),
            url: "https://absah.example/ledger/audit/".to_owned(),
            vkey: log.public().to_string(),
        };
        let witnesses = vec![WitnessEntry { vkey: witness.public().to_string() }];
        World { log, witness, policy: LedgerPolicy { logs: vec![entry], witnesses, quorum: 1 } }
    }

    fn logged(world: &World, subject: &str, is_cosigned: bool) -> (Entry, Leaf) {
        with_purpose(world, subject, is_cosigned, "Cetak ulang")
    }

    fn with_purpose(world: &World, subject: &str, is_cosigned: bool, purpose: &str) -> (Entry, Leaf) {
        let (id, r) = ([7; 16], [9; 32]);
        let event = format!(
            r#"{{"act":"person-view","actor":"LOCAL","at":1800000123,"id":"{}","object":"resident","purpose":"{purpose}","subject":"{subject}","v":1}}"#,
            base64url::encode(id)
        );
        let leaf = Leaf {
            class: LeafClass::DataAccess,
            hour: 500_000,
            event_id: id,
            commitment: commitment(&r, event.as_bytes()),
            stored_sha256: [0; 32],
        };
        let mut tree = Tree::default();
        tree.push(leaf.hash(), |_, _, _| ());
        let checkpoint = Checkpoint { origin: "absah.example/audit".to_owned(), size: 1, root: tree.root() };
        let mut note = checkpoint.sign(&world.log).unwrap();
        if is_cosigned {
            note.add(cosign(note.text(), &world.witness, Timestamp::from_unix(1_800_000_200)).unwrap());
        }
        let proof = Proof { index: 0, path: Vec::new(), checkpoint: note };
        (Entry::new("audit", &leaf, event.as_bytes(), &r, Some(&proof)), leaf)
    }

    #[test]
    fn what_the_log_vouches_for() {
        let world = world();
        let own = [NIK.to_owned()];
        let (entry, _) = logged(&world, NIK, true);
        let proven = verify(&entry, &world.policy, &own, NOW).unwrap();
        assert_eq!((proven.act.as_str(), proven.purpose.as_deref()), ("person-view", Some("Cetak ulang")));
        assert_eq!(proven.hour, Timestamp::from_unix(1_800_000_000), "the hour, not the second");
        assert_eq!(proven.certainty, Certainty::Final);
        let (alone, _) = logged(&world, NIK, false);
        assert_eq!(verify(&alone, &world.policy, &own, NOW).unwrap().certainty, Certainty::Pending);
        let before = Timestamp::from_unix(1_800_000_200 - 301);
        assert_eq!(verify(&entry, &world.policy, &own, before).unwrap().certainty, Certainty::Pending);
        let unwitnessed = LedgerPolicy { quorum: 0, ..world.policy.clone() };
        assert_eq!(verify(&entry, &unwitnessed, &own, NOW).unwrap().certainty, Certainty::Unwitnessed);
        let waiting = Entry { proof: String::new(), ..entry };
        assert_eq!(verify(&waiting, &world.policy, &own, NOW).unwrap().certainty, Certainty::Pending);
    }

    #[test]
    fn how_old_an_answer_is() {
        let world = world();
        let (entry, _) = logged(&world, NIK, true);
        let (alone, _) = logged(&world, NIK, false);
        let checkpoint = Proof::parse(&entry.proof).unwrap().checkpoint.to_string();
        let of = |entries: Vec<Entry>, checkpoint: &str| {
            let answer = Answer { entries, checkpoint: checkpoint.to_owned(), ..Answer::default() };
            freshness(&answer, &world.policy, NOW).unwrap()
        };
        let vouched = Freshness::Vouched {
            size: 1,
            at: Timestamp::from_unix(1_800_000_200),
            age: absah_types::Seconds(800),
        };
        assert_eq!(of(vec![entry], ""), vouched);
        assert_eq!(of(vec![alone.clone()], &checkpoint), vouched);
        assert_eq!(of(Vec::new(), &checkpoint), vouched, "also when there is no entry");
        assert_eq!(of(vec![alone], "x"), Freshness::Uncosigned);
        let before: Answer = serde_json::from_str(r#"{"entries":[]}"#).unwrap();
        assert_eq!(freshness(&before, &world.policy, NOW), Ok(Freshness::Uncosigned));
        let unwitnessed = LedgerPolicy { quorum: 0, ..world.policy.clone() };
        assert_eq!(freshness(&before, &unwitnessed, NOW), Ok(Freshness::Unwitnessed));
    }

    #[test]
    fn hostile_entries() {
        let world = world();
        let own = [NIK.to_owned()];
        let (good, leaf) = logged(&world, NIK, true);
        let check = |entry: &Entry| verify(entry, &world.policy, &own, NOW).unwrap_err();
        let event = String::from_utf8(base64url::decode(&good.event).unwrap()).unwrap();
        let reworded = base64url::encode(event.replace("Cetak ulang", "Pemeriksaan"));
        assert_eq!(check(&Entry { event: reworded, ..good.clone() }), AccessError::Event);
        assert_eq!(check(&Entry { r: base64url::encode([8; 32]), ..good.clone() }), AccessError::Event);
        assert_eq!(check(&Entry { r: "AAAA".to_owned(), ..good.clone() }), AccessError::Malformed);
        assert_eq!(check(&Entry { leaf: "AAAA".to_owned(), ..good.clone() }), AccessError::Malformed);
        assert_eq!(check(&Entry { log: "lain".to_owned(), ..good.clone() }), AccessError::Log);
        // The issuer cannot open it: that is said only of a leaf that is in the log.
        let proof = Proof::parse(&good.proof).unwrap();
        assert_eq!(check(&Entry::closed("audit", &leaf, Some(&proof))), AccessError::Closed);
        let made_up = Leaf { stored_sha256: [1; 32], ..leaf };
        assert_eq!(check(&Entry::closed("audit", &made_up, Some(&proof))), AccessError::Proof);
        let (foreign, _) = logged(&world, "3577010101900002", true);
        assert_eq!(check(&foreign), AccessError::Subject);
        // Logged and co-signed, but made to look like more than one line.
        for purpose in [r"a\n2026-01-01 Anda sendiri", r"a\u001b[2K", "a\u{202e}b", &"x".repeat(MAX_TEXT + 1)]
        {
            let (dressed, _) = with_purpose(&world, NIK, true, purpose);
            assert_eq!(check(&dressed), AccessError::Malformed, "{purpose:.20}");
        }
        // A leaf that is not in the log, under the proof of one that is.
        let hidden = Leaf { stored_sha256: [1; 32], ..leaf };
        assert_eq!(
            check(&Entry { leaf: base64url::encode(hidden.to_bytes()), ..good.clone() }),
            AccessError::Proof
        );
        let shifted = Leaf { hour: leaf.hour + 1, ..leaf };
        assert_eq!(
            check(&Entry { leaf: base64url::encode(shifted.to_bytes()), ..good.clone() }),
            AccessError::Event
        );
        assert_eq!(check(&Entry { proof: "c2sp".to_owned(), ..good.clone() }), AccessError::Proof);
        let mut other = world.policy.clone();
        let log = NoteSigner::new("absah.example/audit", Algorithm::Ed25519, &Secret::new([5; 32])).unwrap();
        other.logs[0].vkey = log.public().to_string();
        assert_eq!(verify(&good, &other, &own, NOW), Err(AccessError::Proof));
    }
}
