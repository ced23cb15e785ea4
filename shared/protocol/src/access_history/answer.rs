//! The answer, and what makes an entry of it true.

use absah_crypto::json as strict;
use absah_ledger::leaf::{LeafError, hour};
use absah_ledger::policy::PolicyError;
use absah_ledger::proof::TlogProofError;
use absah_ledger::{Leaf, LeafClass, LedgerPolicy, Proof};
use absah_types::{Nik, Timestamp, base64url, coded};
use serde_json::{Map, Value, json};

use super::{MAX_ANSWER, MAX_ENTRIES};
use crate::json;

/// Everything a person's wallet is told; nothing of it is believed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessHistory {
    /// The entries, oldest first. Erased ones are not among them.
    pub entries: Vec<Entry>,
    /// Entries that exist and are not told now: waiting for their place in the log, or older than the newest
    /// [`MAX_ENTRIES`].
    pub left_out: u64,
}

/// One event with what proves it.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name of the log, as its policy names it.
    pub log: String,
    /// The leaf's index.
    pub index: u64,
    /// JSON, canonical (RFC 8785).
    pub event: Vec<u8>,
    /// The secret of the leaf's commitment.
    pub r: [u8; 32],
    /// The leaf.
    pub leaf: Vec<u8>,
    /// C2SP `tlog-proof`.
    pub proof: String,
}

impl core::fmt::Debug for Entry {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Entry({} {})", self.log, self.index)
    }
}

/// What an event says.
#[derive(Clone, PartialEq, Eq)]
pub struct EventFacts {
    /// Its id.
    pub id: [u8; 16],
    /// When.
    pub at: Timestamp,
    /// What was done, such as `person-view`.
    pub act: String,
    /// Who did it: `LOCAL` for the office, `HOLDER` for a wallet.
    pub actor: String,
    /// To what.
    pub object: String,
    /// What for.
    pub purpose: Option<String>,
    /// Whom it concerns.
    pub subject: Option<Nik>,
}

impl core::fmt::Debug for EventFacts {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "EventFacts({})", self.act)
    }
}

/// An entry that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The name of the log.
    pub log: String,
    /// The leaf's index.
    pub index: u64,
    /// The class of the leaf.
    pub class: LeafClass,
    /// What happened.
    pub event: EventFacts,
    /// The witnesses that co-signed.
    pub cosigned_by: Vec<String>,
    /// Whether these are enough; if not, the entry is *pending*.
    pub is_final: bool,
}

/// An entry proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryError {
    /// The answer or the entry is not of the form.
    Malformed,
    /// The policy does not know the log.
    Policy(PolicyError),
    /// The leaf is none.
    Leaf(LeafError),
    /// The leaf commits to something else.
    Commitment,
    /// The event and its leaf contradict each other: another id or hour.
    Event,
    /// The proof does not hold, or is of another leaf.
    Proof(TlogProofError),
    /// The proof is of another index.
    Index,
}

impl core::fmt::Display for EntryError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Malformed => f.write_str("access history malformed"),
            Self::Policy(error) => error.fmt(f),
            Self::Leaf(error) => error.fmt(f),
            Self::Commitment => f.write_str("leaf commits to another event"),
            Self::Event => f.write_str("event contradicts its leaf"),
            Self::Proof(error) => error.fmt(f),
            Self::Index => f.write_str("proof is of another index"),
        }
    }
}

impl core::error::Error for EntryError {}

coded! { EntryError {
    Malformed => ("access-entry-malformed", Peer),
    Policy(error) => inner(error),
    Leaf(error) => inner(error),
    Commitment => ("access-entry-commitment", Peer),
    Event => ("access-entry-event", Peer),
    Proof(error) => inner(error),
    Index => ("access-entry-index", Peer),
} }

impl AccessHistory {
    /// As it is sent.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let entries: Vec<Value> = self.entries.iter().map(Entry::to_value).collect();
        json!({ "entries": entries, "left_out": self.left_out })
    }

    /// Reads an answer.
    ///
    /// # Errors
    /// [`EntryError::Malformed`]; also for an entry that stands twice.
    pub fn parse(body: &[u8]) -> Result<Self, EntryError> {
        if body.len() > MAX_ANSWER {
            return Err(EntryError::Malformed);
        }
        let mut members = json::object(body).map_err(|_| EntryError::Malformed)?;
        let Some(Value::Array(entries)) = members.remove("entries") else {
            return Err(EntryError::Malformed);
        };
        if entries.len() > MAX_ENTRIES {
            return Err(EntryError::Malformed);
        }
        let entries: Vec<Entry> = entries.iter().map(Entry::of_value).collect::<Result<_, _>>()?;
        let places: std::collections::BTreeSet<_> =
            entries.iter().map(|entry| (&entry.log, entry.index)).collect();
        if places.len() != entries.len() {
            return Err(EntryError::Malformed);
        }
        let left_out = members.get("left_out").and_then(Value::as_u64).unwrap_or_default();
        Ok(Self { entries, left_out })
    }
}

impl Entry {
    fn to_value(&self) -> Value {
        json!({
            "log": self.log,
            "index": self.index,
            "event": base64url::encode(&self.event),
            "r": base64url::encode(self.r),
            "leaf": base64url::encode(&self.leaf),
            "proof": self.proof,
        })
    }

    fn of_value(value: &Value) -> Result<Self, EntryError> {
        let text = |name: &str| value.get(name).and_then(Value::as_str).ok_or(EntryError::Malformed);
        let bytes = |name: &str| base64url::decode(text(name)?).map_err(|_| EntryError::Malformed);
        Ok(Self {
            log: text("log")?.to_owned(),
            index: value.get("index").and_then(Value::as_u64).ok_or(EntryError::Malformed)?,
            event: bytes("event")?,
            r: bytes("r")?.try_into().map_err(|_| EntryError::Malformed)?,
            leaf: bytes("leaf")?,
            proof: text("proof")?.to_owned(),
        })
    }

    /// Checks the entry: the leaf commits to the event, says the same of id and hour, and stands in the log at its
    /// index under a checkpoint that the log signed. Whether enough witnesses co-signed that stands in the result.
    ///
    /// # Errors
    /// [`EntryError`].
    pub fn check(&self, policy: &LedgerPolicy) -> Result<Checked, EntryError> {
        let (_, key) = policy.log(&self.log).map_err(EntryError::Policy)?;
        let leaf = Leaf::parse(&self.leaf).map_err(EntryError::Leaf)?;
        if !leaf.is_of(&self.r, &self.event) {
            return Err(EntryError::Commitment);
        }
        let proof = Proof::parse(&self.proof).map_err(EntryError::Proof)?;
        if proof.index != self.index {
            return Err(EntryError::Index);
        }
        proof.check(&leaf.hash(), &key).map_err(EntryError::Proof)?;
        let event = EventFacts::parse(&self.event)?;
        // The leaf's public part must not tell another story than the event.
        if event.id != leaf.event_id || hour(event.at) != leaf.hour {
            return Err(EntryError::Event);
        }
        let cosigned = policy.cosigned(&proof.checkpoint).map_err(EntryError::Policy)?;
        let is_final = policy.is_final(&cosigned);
        Ok(Checked {
            log: self.log.clone(),
            index: self.index,
            class: leaf.class,
            event,
            cosigned_by: cosigned.by,
            is_final,
        })
    }
}

impl EventFacts {
    /// Reads an event's bytes.
    ///
    /// # Errors
    /// [`EntryError::Malformed`].
    pub fn parse(event: &[u8]) -> Result<Self, EntryError> {
        let members = strict::object(event).map_err(|_| EntryError::Malformed)?;
        if members.get("v").and_then(Value::as_u64) != Some(1) {
            return Err(EntryError::Malformed);
        }
        let id = base64url::decode_array(text(&members, "id")?).map_err(|_| EntryError::Malformed)?;
        let at = members.get("at").and_then(Value::as_i64).ok_or(EntryError::Malformed)?;
        let subject = match members.get("subject") {
            None => None,
            Some(_) => Some(Nik::parse(text(&members, "subject")?).map_err(|_| EntryError::Malformed)?),
        };
        let purpose = match members.get("purpose") {
            None => None,
            Some(_) => Some(text(&members, "purpose")?.to_owned()),
        };
        Ok(Self {
            id,
            at: Timestamp::from_unix(at),
            act: text(&members, "act")?.to_owned(),
            actor: text(&members, "actor")?.to_owned(),
            object: text(&members, "object")?.to_owned(),
            purpose,
            subject,
        })
    }
}

fn text<'m>(members: &'m Map<String, Value>, name: &str) -> Result<&'m str, EntryError> {
    members.get(name).and_then(Value::as_str).ok_or(EntryError::Malformed)
}
