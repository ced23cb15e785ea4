//! What a backup holds. "Device-bound credentials are re-issued, not copied": cards are named in it, and neither
//! their copies nor their keys go in, so that whoever finds a backup and its code can show nobody's card.

use std::collections::BTreeMap;

use absah_types::{Rng, Secret, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    access::AccessHistory,
    blob::Blob,
    card::Card,
    face,
    history::Entry,
    wallet::{BundleFiles, Holdings, Trust, Wallet},
};

/// Digits of a backup's code: with its derivation, out of reach of guessing (66 bits).
const CODE_DIGITS: usize = 20;

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
    /// The same of other people on the device.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub access_of_others: Vec<AccessHistory>,
}

impl Backup {
    /// Takes what may leave the device.
    pub(crate) fn of(holdings: &Holdings, files: Option<&BundleFiles>, now: Timestamp) -> Self {
        let bare = |card: &Card| Card { copies: Vec::new(), about: face::about(card), ..card.clone() };
        let blobs = |files: &BundleFiles| {
            files.iter().map(|(name, bytes)| (name.clone(), Blob::new(bytes.clone()))).collect()
        };
        Self {
            made_at: now,
            // What is only carried for somebody ends with the session: it goes nowhere else.
            cards: holdings.cards.iter().filter(|card| !face::is_carried(card)).map(bare).collect(),
            history: holdings.history.clone(),
            trust: holdings.trust.clone(),
            files: files.map(blobs),
            access: holdings.access.clone(),
            access_of_others: holdings.access_of_others.clone(),
        }
    }

    /// Joins it to what a wallet has: what is there already stays as it is, nothing comes twice. The official list is not
    /// joined: whoever made the file may be anybody, and a list says whom to believe.
    fn restore(self, holdings: &mut Holdings) {
        // A backup of an earlier version may name a helper's card: cards of ours end with a day, a session within one.
        let was_carried =
            |card: &Card| card.kind().is_some() && card.valid_until != card.valid_until.start_of_day();
        for card in self.cards.into_iter().filter(|card| !was_carried(card)) {
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
            holdings.access_of_others = self.access_of_others;
        }
    }
}

impl Wallet {
    /// What of this wallet may leave the device.
    pub fn backup(&self, now: Timestamp) -> Backup {
        Backup::of(self.holdings(), self.bundle_files(), now)
    }

    /// This wallet with what a backup has and it has not; to be kept by whoever asked for it. Where it has no official
    /// list, beside it that of the backup: taken over by [`Intent::ImportBundle`](crate::Intent::ImportBundle) alone, with
    /// the same comparison of its root as any first list.
    #[must_use]
    pub fn restored(self, mut backup: Backup) -> (Self, Option<BundleFiles>) {
        let mut holdings = self.holdings.clone();
        let bytes = |(name, blob): (String, Blob)| (name, blob.as_bytes().to_vec());
        let list = backup.files.take().filter(|_| holdings.trust.is_none());
        backup.restore(&mut holdings);
        (Self::open(holdings, self.files), list.map(|files| files.into_iter().map(bytes).collect()))
    }
}

/// A code for a backup: twenty digits without a bias, since bytes of 250 and more are thrown again.
pub fn backup_code(rng: &mut dyn Rng) -> Secret<String> {
    let mut code = String::with_capacity(CODE_DIGITS);
    while code.len() < CODE_DIGITS {
        let [byte] = absah_types::array::<1>(rng);
        if byte < 250 {
            code.push(char::from(b'0' + byte % 10));
        }
    }
    Secret::new(code)
}

/// A code as it was typed, without the blanks and dashes that people write between groups.
pub fn code_digits(typed: &Secret<String>) -> Secret<String> {
    Secret::new(typed.expose().chars().filter(char::is_ascii_digit).collect())
}
