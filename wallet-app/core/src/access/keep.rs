//! What of an access history stays when the issuer is asked again: a log only grows, and an entry goes when its five
//! years are over and not before.

use std::collections::BTreeSet;

use absah_ledger::{Checkpoint, LedgerPolicy, Note, Proof};
use absah_protocol::access_history::{self, Answer, Entry, LOG, MAX_ENTRIES, Proven};
use absah_types::{Seconds, Timestamp, base64url};
use serde::{Deserialize, Serialize};

use super::AccessHistory;
use crate::refusal::Refusal;

/// "Retention (5 years where no sector rule says otherwise), then destruction", leap days counted.
const RETENTION: Seconds = Seconds::days(1827);

/// The largest log that was vouched for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Whose: the log's verifier key. Under another key it says nothing.
    pub log: String,
    /// How many leaves.
    pub size: u64,
    /// The root of its tree, base64url.
    pub root: String,
}

/// Who asked, and against what the answer is held.
pub(super) struct Asked<'a> {
    pub(super) policy: &'a LedgerPolicy,
    /// The numbers of the persons whose wallet it is.
    pub(super) own: &'a [String],
    /// Whose history was asked for, where the card that proved it says so.
    pub(super) person: Option<String>,
    pub(super) now: Timestamp,
}

impl AccessHistory {
    /// What is kept from now on.
    ///
    /// # Errors
    /// [`Refusal::AccessRollback`] when the log is smaller than it was, or another one of the same size;
    /// [`Refusal::NoLedger`].
    pub(super) fn after(before: Option<&Self>, answer: Answer, asked: &Asked<'_>) -> Result<Self, Refusal> {
        let kept = before.map(|kept| (kept.entries.as_slice(), kept.checkpoint.as_str())).unwrap_or_default();
        let (log, _) = asked.policy.log(LOG).map_err(|_| Refusal::NoLedger)?;
        let highest = before.and_then(|kept| kept.highest.clone()).filter(|head| head.log == log.vkey);
        // A wallet of before this was kept has what it fetched.
        let fetched = asked.heads(kept.0, kept.1)?;
        let highest = fetched.into_iter().filter_map(vouched).chain(highest).max_by_key(|head| head.size);
        let heads = asked.heads(&answer.entries, &answer.checkpoint)?;
        if let Some(highest) = &highest {
            let is_smaller = heads.iter().all(|(head, _)| head.size < highest.size);
            let is_other = |head: &Head| head.size == highest.size && head.root != highest.root;
            if is_smaller || heads.iter().any(|(head, _)| is_other(head)) {
                return Err(Refusal::AccessRollback);
            }
        }
        let highest = heads.into_iter().filter_map(vouched).chain(highest).max_by_key(|head| head.size);
        let (mut entries, withheld) = before.map(|kept| asked.untold(kept, &answer)).unwrap_or_default();
        entries.extend(answer.entries);
        Ok(Self { fetched_at: asked.now, entries, checkpoint: answer.checkpoint, highest, withheld })
    }
}

/// Only what enough witnesses vouched for, or the log alone where nobody is asked to, binds the log for good.
fn vouched((head, is_vouched): (Head, bool)) -> Option<Head> {
    is_vouched.then_some(head)
}

impl Asked<'_> {
    /// The checkpoints that the log signed, each with whether it is vouched for.
    fn heads(&self, entries: &[Entry], checkpoint: &str) -> Result<Vec<(Head, bool)>, Refusal> {
        let (log, key) = self.policy.log(LOG).map_err(|_| Refusal::NoLedger)?;
        let proofs = entries.iter().filter_map(|entry| Proof::parse(&entry.proof).ok());
        let notes = proofs.map(|proof| proof.checkpoint).chain(Note::parse(checkpoint).ok());
        // Entries share checkpoints: each is looked at once.
        let mut seen = BTreeSet::new();
        let mut heads = Vec::new();
        for note in notes.filter(|note| seen.insert(note.to_string())) {
            let Ok(Checkpoint { size, root, .. }) = Checkpoint::verify(&note, &key) else { continue };
            let cosigned = self.policy.cosigned(&note, self.now).map_err(|_| Refusal::NoLedger)?;
            let is_vouched = self.policy.is_unwitnessed() || self.policy.is_final(&cosigned);
            heads.push((Head { log: log.vkey.clone(), size, root: base64url::encode(root) }, is_vouched));
        }
        Ok(heads)
    }

    fn proven(&self, entry: &Entry) -> Option<Proven> {
        access_history::verify(entry, self.policy, self.own, self.now).ok()
    }

    /// What was kept and is not in the answer: what the issuer could not tell this time, and what it should have told.
    fn untold(&self, kept: &AccessHistory, answer: &Answer) -> (Vec<Entry>, Vec<Entry>) {
        let told: Vec<(&str, Proven)> = answer
            .entries
            .iter()
            .filter_map(|entry| Some((entry.leaf.as_str(), self.proven(entry)?)))
            .collect();
        let person = self.person.as_ref().or(told.first().map(|(_, proven)| &proven.subject));
        let is_full = u32::try_from(answer.entries.len()).is_ok_and(|count| count >= MAX_ENTRIES);
        let oldest = told.first().map(|(_, proven)| proven.hour).filter(|_| is_full);
        let leaves: BTreeSet<&str> = told.iter().map(|(leaf, _)| *leaf).collect();
        let (mut entries, mut withheld) = (Vec::new(), Vec::new());
        for (was_withheld, entry) in kept
            .entries
            .iter()
            .map(|entry| (false, entry))
            .chain(kept.withheld.iter().map(|entry| (true, entry)))
            .filter(|(_, entry)| !leaves.contains(entry.leaf.as_str()))
        {
            let Some(proven) = self.proven(entry).filter(|proven| !is_over(proven, self.now)) else {
                continue;
            };
            // An answer is about one person, and tells the newest alone when there are very many.
            let is_foreign = person.is_some_and(|person| *person != proven.subject);
            let is_beyond = oldest.is_some_and(|oldest| proven.hour <= oldest);
            let is_withheld = was_withheld || !(is_foreign || is_beyond);
            if is_withheld { &mut withheld } else { &mut entries }.push(entry.clone());
        }
        (entries, withheld)
    }
}

/// Whether an entry may be erased by now.
pub(super) fn is_over(proven: &Proven, now: Timestamp) -> bool {
    proven.hour.plus(RETENTION) <= now
}
