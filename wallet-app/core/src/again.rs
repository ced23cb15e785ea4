//! Cards that a backup has named and that are not on this device: fetched again by a new offer of an officer, or by a
//! log-in that the wallet begins by itself.

use absah_protocol::oid4vci::issuer::Configuration;
use absah_protocol::oid4vci::{AuthorizationCode, Grants, Offer, public_link};
use absah_protocol::{IssuerId, UrlRules};
use absah_schemas::CredentialType;
use absah_types::Timestamp;

use crate::{
    card::{Card, CardId},
    face::{self, Stacked},
    shown::Shown,
    wallet::Wallet,
};

impl Wallet {
    /// What must be fetched again, as a person counts cards.
    pub fn elsewhere(&self, now: Timestamp) -> Vec<Stacked<'_>> {
        self.stack(now).into_iter().filter(|one| !one.is_here()).collect()
    }

    /// The link by which this card is fetched again with a log-in at its issuer, as the wallet makes it for itself
    /// (OpenID4VCI 1.0 section 3.2, issuance initiated by the wallet). `None` for a card of another type than ours: how
    /// its issuer calls it in offers is not known here.
    pub fn log_in_link(&self, card: &CardId, rules: UrlRules) -> Option<String> {
        let card = self.card(card)?;
        let ids = Configuration::pair(card.kind()?).map(|configuration| configuration.id);
        let log_in = AuthorizationCode { issuer_state: None, authorization_server: None };
        Some(public_link(&Offer {
            issuer: IssuerId::parse(&card.issuer.url, rules).ok()?,
            configuration_ids: ids.to_vec(),
            grants: Grants { authorization_code: Some(log_in), ..Grants::default() },
            carried: None,
        }))
    }

    /// Whether there is such a link.
    pub fn can_log_in(&self, card: &CardId) -> bool {
        self.card(card).is_some_and(|card| card.kind().is_some())
    }

    /// The card that logs its holder in at this card's issuer, so that no code need be typed: one of the same person, since
    /// the issuer gives whoever logs in that person's card.
    pub fn log_in_card(&self, card: &CardId, now: Timestamp) -> Option<&Card> {
        let wanted = self.card(card)?;
        let issuer = &wanted.issuer.url;
        let mut cards = self.holdings.cards.iter().rev();
        cards.find(|own| logs_in(own, issuer, now) && self.are_of_one(wanted, own))
    }

    /// The card that logs in for cards of these types at this issuer: that of whoever's card must be fetched again, where one
    /// must; else the newest. None where only other people's cards are here: then a code is typed.
    pub(crate) fn log_in_for(&self, types: &[Shown], issuer: &str, now: Timestamp) -> Option<&Card> {
        let able = || self.holdings.cards.iter().rev().filter(|own| logs_in(own, issuer, now));
        let mut missing = self.holdings.cards.iter().filter(|card| {
            card.copies.is_empty() && card.issuer.url == issuer && types.contains(&card.type_name)
        });
        let Some(first) = missing.next() else { return able().next() };
        let missing: Vec<&Card> = core::iter::once(first).chain(missing).collect();
        able().find(|own| missing.iter().any(|wanted| self.are_of_one(wanted, own)))
    }

    /// Whether an identity card is of the person whose card is wanted. A family card names no holder: it is that of the one
    /// person whose cards are here.
    fn are_of_one(&self, wanted: &Card, own: &Card) -> bool {
        match wanted.kind() {
            Some(CredentialType::KartuKeluarga) => !self.keeps_several(),
            _ => face::number(wanted) == face::number(own),
        }
    }
}

/// Whether a card logs its holder in at this issuer.
pub(crate) fn logs_in(card: &Card, issuer: &str, now: Timestamp) -> bool {
    card.issuer.url == issuer
        && card.kind() == Some(CredentialType::KtpElektronik)
        && card.is_current(now)
        && !card.copies.is_empty()
        // What this phone carries for somebody proves nothing of who holds it.
        && !face::is_carried(card)
}
