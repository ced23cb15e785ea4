//! The card stack as a list: what a person sees of each card without opening it.

use absah_credential::{StatusReference, status_list::Status};
use absah_trust::Bundle;
use absah_types::Timestamp;
use serde::Serialize;

use crate::{card::Card, wallet::Wallet};

/// The state of a card in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CardStatus {
    /// In force, as far as the trust bundle knows.
    Valid,
    /// Nothing is known: no bundle, or none that speaks about this card.
    Unknown,
    /// Its validity has not begun.
    NotYet,
    /// Suspended: may come back.
    Suspended,
    /// A newer card exists.
    Superseded,
    /// Its validity has ended.
    Expired,
    /// Taken back.
    Revoked,
}

/// One card with its state at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Overview<'w> {
    /// The card.
    pub card: &'w Card,
    /// Its state.
    pub status: CardStatus,
    /// When the status token that says so was signed.
    pub status_signed_at: Option<Timestamp>,
    /// Whether the trust bundle lists the issuer today.
    pub issuer_listed: bool,
}

impl Wallet {
    /// All cards, newest first.
    pub fn overview(&self, now: Timestamp) -> Vec<Overview<'_>> {
        self.holdings.cards.iter().rev().map(|card| overview(card, self.bundle.as_ref(), now)).collect()
    }
}

/// The worst that is known of any copy is the state of the card: they are withdrawn together.
pub(crate) fn overview<'w>(card: &'w Card, bundle: Option<&Bundle>, now: Timestamp) -> Overview<'w> {
    let readings = card.copies.iter().filter_map(|copy| {
        let place = copy.status.as_ref()?;
        let reference = StatusReference { uri: place.uri.clone(), idx: place.idx };
        let bundle = bundle?;
        bundle.statuses().status(&card.issuer.id, &reference, bundle.trust())
    });
    let worst = readings.map(|reading| (word(reading.status), reading.signed_at)).max();
    let (status, status_signed_at) = worst.unzip();
    let by_time = if now < card.valid_from {
        CardStatus::NotYet
    } else if card.is_current(now) {
        CardStatus::Valid
    } else {
        CardStatus::Expired
    };
    let issuer_listed = bundle.is_some_and(|bundle| bundle.trust().issuer(&card.issuer.id).is_some());
    Overview {
        card,
        status: by_time.max(status.unwrap_or(CardStatus::Unknown)),
        status_signed_at,
        issuer_listed,
    }
}

fn word(status: Status) -> CardStatus {
    match status {
        Status::Valid => CardStatus::Valid,
        Status::Revoked => CardStatus::Revoked,
        Status::Suspended => CardStatus::Suspended,
        Status::Superseded => CardStatus::Superseded,
        Status::Unknown { .. } => CardStatus::Unknown,
    }
}
