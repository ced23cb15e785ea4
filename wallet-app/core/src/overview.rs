//! The card stack as a list: what a person sees of each card without opening it.

use absah_credential::sd_jwt::{Held, Unverified};
use absah_credential::{StatusReference, status_list::Status};
use absah_trust::trust_list::{KeyName, SignedDuring};
use absah_trust::{Bundle, KeyRole, TrustList};
use absah_types::{Seconds, Timestamp};
use serde::Serialize;

use crate::{card::Card, face, wallet::Wallet};

/// A status that was signed longer ago than this says nothing good any more: counters do not believe it either.
pub const STATUS_HOLDS: Seconds = Seconds::days(7);

/// The state of a card in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CardStatus {
    /// In force, as far as the trust bundle knows.
    Valid,
    /// Nothing is known: no bundle, none that speaks about this card, or what it says is older than [`STATUS_HOLDS`].
    Unknown,
    /// Its validity has not begun.
    NotYet,
    /// Suspended: may come back.
    Suspended,
    /// A newer card exists.
    Superseded,
    /// The trust list takes back what its key signed then: nobody believes it any more.
    Distrusted,
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
        let here = self.holdings.cards.iter().rev().filter(|card| !face::is_carried_no_more(card, now));
        here.map(|card| overview(card, self.bundle.as_ref(), now)).collect()
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
    // Bad news stay; good news grow old.
    let is_old = status_signed_at.is_some_and(|at| now.since(at).0 > STATUS_HOLDS.0);
    let status = status.map(|status| if is_old { status.max(CardStatus::Unknown) } else { status });
    let by_time = if now < card.valid_from {
        CardStatus::NotYet
    } else if card.is_current(now) {
        CardStatus::Valid
    } else {
        CardStatus::Expired
    };
    let is_distrusted = bundle.is_some_and(|bundle| is_distrusted(card, bundle.trust()));
    let by_list = if is_distrusted { CardStatus::Distrusted } else { CardStatus::Valid };
    let issuer_listed = bundle.is_some_and(|bundle| bundle.trust().issuer(&card.issuer.id).is_some());
    Overview {
        card,
        status: by_time.max(by_list).max(status.unwrap_or(CardStatus::Unknown)),
        status_signed_at,
        issuer_listed,
    }
}

/// Whether a counter with this trust list would refuse the signature on the card. The copies were signed together, so one
/// tells for all.
fn is_distrusted(card: &Card, trust: &TrustList) -> bool {
    let unverified = card.copies.first().and_then(|copy| Unverified::parse(&copy.credential).ok());
    let Some(unverified) = unverified else { return false };
    let header = unverified.header().clone();
    let Ok(held) = Held::dangerous_reopen(unverified) else { return false };
    let issued_at = held.claims().get("iat").and_then(serde_json::Value::as_i64);
    let signed = SignedDuring::on_day_of(issued_at.map_or(card.valid_from, Timestamp::from_unix));
    let name = match (header.kid.as_deref(), header.x5c.iter().flatten().next()) {
        (Some(kid), _) => KeyName::Kid(kid),
        (None, Some(leaf)) => KeyName::Certificate(leaf),
        (None, None) => return false,
    };
    match trust.key_during(&card.issuer.id, name, KeyRole::Credential, signed) {
        Ok(_) => false,
        // A key that the list does not know may be newer than the list: nothing is known, neither good nor bad.
        Err(error) => error.is_of_time(),
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
