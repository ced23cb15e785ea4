//! A log only grows: the largest tree that a wallet has seen is kept, and what does not begin with it is refused.
//!
//! An entry that is told no longer, by a log that goes on as it was, was erased: that is for the issuer to say, and for its
//! auditors to check. By the wallet's clock alone nobody is accused, but the holder is told what is gone too early by it.

use std::collections::BTreeSet;

use absah_ledger::merkle::check_consistency;
use absah_ledger::{Checkpoint, LedgerPolicy, Note, Proof};
use absah_protocol::access_history::{Answer, Entry, LOG};
use absah_types::{Seconds, Timestamp, base64url};
use serde::{Deserialize, Serialize};

use super::AccessHistory;
use crate::refusal::Refusal;

/// The largest tree that was vouched for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Whose: the log's verifier key, with its origin. Under another key it says nothing.
    pub log: String,
    /// How many leaves.
    pub size: u64,
    /// The root of its tree, base64url.
    pub root: String,
}

/// For so long an entry is kept at least (`audit_retention_days`): five years of 365 days.
const RETENTION: Seconds = Seconds::days(5 * 365);

/// An entry that was told once and is told no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// Its event's id, base64url.
    pub event_id: String,
    /// The hour of the act.
    #[serde(with = "absah_types::rfc3339")]
    pub hour: Timestamp,
}

impl Gone {
    fn of(entry: &Entry) -> Option<Self> {
        let leaf = entry.leaf()?;
        Some(Self { event_id: base64url::encode(leaf.event_id), hour: leaf.hour_begins() })
    }

    pub(super) fn is_early(&self, now: Timestamp) -> bool {
        now < self.hour.plus(RETENTION)
    }
}

/// What was told before and is not among these entries, as long as it is too early for that.
pub(super) fn gone(before: Option<AccessHistory>, entries: &[Entry], now: Timestamp) -> Vec<Gone> {
    let told: BTreeSet<_> = entries.iter().filter_map(Gone::of).map(|entry| entry.event_id).collect();
    let Some(before) = before else { return Vec::new() };
    let known = before.gone.into_iter().chain(before.entries.iter().filter_map(Gone::of));
    known.filter(|entry| !told.contains(&entry.event_id) && entry.is_early(now)).collect()
}

/// The largest tree that a history holds.
pub(super) fn highest(policy: &LedgerPolicy, kept: &AccessHistory, now: Timestamp) -> Option<Head> {
    let (log, _) = policy.log(LOG).ok()?;
    let own = kept.highest.clone().filter(|head| head.log == log.vkey);
    // A vault of before this was kept has what it fetched.
    let fetched = heads(policy, &kept.entries, [kept.checkpoint.as_str()], now).ok()?;
    fetched.into_iter().filter_map(vouched).chain(own).max_by_key(|head| head.size)
}

/// The largest tree from now on, `seen` being the one of before.
///
/// # Errors
/// [`Refusal::AccessRollback`] when the log is smaller than it was, or is not shown to begin with what it was;
/// [`Refusal::NoLedger`].
pub(super) fn grown(
    policy: &LedgerPolicy,
    seen: Option<Head>,
    answer: &Answer,
    now: Timestamp,
) -> Result<Option<Head>, Refusal> {
    let heads = heads(policy, &answer.entries, [answer.checkpoint.as_str(), answer.newest.as_str()], now)?;
    if let Some(seen) = &seen {
        let is_smaller = heads.iter().all(|(head, _)| head.size < seen.size);
        // One that is smaller than what was seen is a part of it, or the log has two histories: its larger ones tell.
        let mut larger = heads.iter().filter(|(head, _)| head.size >= seen.size);
        if is_smaller || !larger.all(|(head, _)| begins_with(seen, head, answer)) {
            return Err(Refusal::AccessRollback);
        }
    }
    Ok(heads.into_iter().filter_map(vouched).chain(seen).max_by_key(|head| head.size))
}

/// Whether the answer shows that the tree of `head` begins with the one of `seen`.
fn begins_with(seen: &Head, head: &Head, answer: &Answer) -> bool {
    if head.size == seen.size {
        return head.root == seen.root;
    }
    let shown = answer.consistency.iter().find(|shown| shown.size == head.size);
    let Some(path) = shown.and_then(|shown| shown.hashes()) else { return false };
    let roots = [seen, head].map(|head| base64url::decode_array::<32>(&head.root));
    let [Ok(old), Ok(new)] = roots else { return false };
    check_consistency((seen.size, &old), (head.size, &new), &path).is_ok()
}

/// Only what enough witnesses vouched for, or the log alone where nobody is asked to, binds the log for good.
fn vouched((head, is_vouched): (Head, bool)) -> Option<Head> {
    is_vouched.then_some(head)
}

/// The checkpoints that the log signed, each with whether it is vouched for.
fn heads<'c>(
    policy: &LedgerPolicy,
    entries: &[Entry],
    checkpoints: impl IntoIterator<Item = &'c str>,
    now: Timestamp,
) -> Result<Vec<(Head, bool)>, Refusal> {
    let (log, key) = policy.log(LOG).map_err(|_| Refusal::NoLedger)?;
    let proofs = entries.iter().filter_map(|entry| Proof::parse(&entry.proof).ok());
    let told = checkpoints.into_iter().filter_map(|checkpoint| Note::parse(checkpoint).ok());
    // Entries share checkpoints: each is looked at once.
    let mut looked_at = BTreeSet::new();
    let mut heads = Vec::new();
    for note in proofs.map(|proof| proof.checkpoint).chain(told) {
        if !looked_at.insert(note.to_string()) {
            continue;
        }
        let Ok(Checkpoint { size, root, .. }) = Checkpoint::verify(&note, &key) else { continue };
        let cosigned = policy.cosigned(&note, now).map_err(|_| Refusal::NoLedger)?;
        let is_vouched = policy.is_unwitnessed() || policy.is_final(&cosigned);
        heads.push((Head { log: log.vkey.clone(), size, root: base64url::encode(root) }, is_vouched));
    }
    Ok(heads)
}
