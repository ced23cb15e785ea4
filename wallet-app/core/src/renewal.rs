//! Renewing cards: what the issuer gave for it, which cards it renews, and when they are due.

use absah_crypto::Jwk;
use absah_types::{Seconds, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    card::CardId,
    keys::KeyId,
    overview::{CardStatus, overview},
    wallet::Wallet,
};

/// A batch is filled up again when so few copies are unused.
pub const REFILL_AT: usize = 4;
/// A card is renewed so long before it ends.
pub const RENEW_BEFORE: Seconds = Seconds::days(7);

/// The right to fetch cards anew: a refresh token that only the wallet's key can use.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// Credential issuer identifier.
    pub issuer: String,
    /// What was offered.
    pub configuration_ids: Vec<String>,
    /// The cards that came of it.
    pub cards: Vec<CardId>,
    /// `refresh_token`.
    pub refresh_token: String,
    /// The key that it is bound to.
    pub key: KeyId,
    /// The public half of that key.
    pub public: Jwk,
}

impl std::fmt::Debug for Renewal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Renewal({}, {:?})", self.issuer, self.cards)
    }
}

impl Wallet {
    /// Cards that should be renewed now and can be: few copies left, an end near, or newer facts at the issuer. One card for
    /// each renewal, which fetches all of its forms.
    pub fn due(&self, now: Timestamp) -> Vec<CardId> {
        let is_due = |id: &CardId| {
            self.card(id).is_some_and(|card| {
                let status = overview(card, self.bundle(), now).status;
                card.is_running_out()
                    || now.plus(RENEW_BEFORE) >= card.valid_until
                    || status == CardStatus::Superseded
            })
        };
        let one = |renewal: &Renewal| renewal.cards.iter().find(|id| is_due(id)).cloned();
        self.holdings.renewals.iter().filter_map(one).collect()
    }

    /// Whether a card can be fetched anew from here.
    pub fn is_renewable(&self, card: &CardId) -> bool {
        self.renewal(card).is_some()
    }

    /// The renewal of a card.
    pub(crate) fn renewal(&self, card: &CardId) -> Option<&Renewal> {
        self.holdings.renewals.iter().find(|renewal| renewal.cards.contains(card))
    }
}
