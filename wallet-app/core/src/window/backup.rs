//! What a backup holds. "Device-bound credentials are re-issued, not copied": cards are named in it, and neither
//! their copies nor their keys go in, so that whoever finds a backup and its code can show nobody's card.

use std::collections::BTreeMap;

use absah_types::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    access::AccessHistory,
    blob::Blob,
    card::Card,
    face,
    history::Entry,
    wallet::{BundleFiles, Holdings, Trust},
};

/// A backup, opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Backup {
    /// When it was made.
    #[serde(with = "absah_types::rfc3339")]
    pub made_at: Timestamp,
    /// The cards without their copies.
    pub cards: Vec<Card>,
    /// The history, oldest first.
    pub history: Vec<Entry>,
    /// What is remembered of the trust bundle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<Trust>,
    /// The trust bundle's files: they are public, and a restored wallet recognises counters at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<BTreeMap<String, Blob>>,
    /// Who used the record, as last fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<AccessHistory>,
}

impl Backup {
    /// Takes what may leave the device.
    pub fn of(holdings: &Holdings, files: Option<&BundleFiles>, now: Timestamp) -> Self {
        let bare = |card: &Card| Card { copies: Vec::new(), about: face::about(card), ..card.clone() };
        let blobs = |files: &BundleFiles| {
            files.iter().map(|(name, bytes)| (name.clone(), Blob::new(bytes.clone()))).collect()
        };
        Self {
            made_at: now,
            cards: holdings.cards.iter().map(bare).collect(),
            history: holdings.history.clone(),
            trust: holdings.trust.clone(),
            files: files.map(blobs),
            access: holdings.access.clone(),
        }
    }

    /// Joins it to what a wallet has: what is there already stays as it is, nothing comes twice.
    pub(super) fn restore(self, holdings: &mut Holdings, files: Option<BundleFiles>) -> Option<BundleFiles> {
        for card in self.cards {
            if !holdings.cards.iter().any(|held| held.id == card.id) {
                // A file is not believed about keys that are not on this device.
                holdings.cards.push(Card { copies: Vec::new(), ..card });
            }
        }
        let known = holdings.history.clone();
        holdings.history.extend(self.history.into_iter().filter(|entry| !known.contains(entry)));
        holdings.history.sort_by_key(|entry| entry.at);
        if holdings.access.is_none() {
            holdings.access = self.access;
        }
        if holdings.trust.is_some() {
            return files;
        }
        holdings.trust = self.trust;
        let bytes = |(name, blob): (String, Blob)| (name, blob.as_bytes().to_vec());
        self.files.map(|files| files.into_iter().map(bytes).collect())
    }
}
