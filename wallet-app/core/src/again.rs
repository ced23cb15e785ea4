//! Cards that a backup has named and that are not on this device: fetched again by a new offer of an officer, or by a
//! log-in that the wallet begins by itself.

use absah_protocol::oid4vci::issuer::Configuration;
use absah_protocol::oid4vci::{AuthorizationCode, Grants, Offer, public_link};
use absah_protocol::{IssuerId, UrlRules};
use absah_schemas::CredentialType;
use absah_types::Timestamp;

use crate::{
    card::{Card, CardId},
    face::Stacked,
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
        }))
    }

    /// Whether there is such a link.
    pub fn can_log_in(&self, card: &CardId) -> bool {
        self.card(card).is_some_and(|card| card.kind().is_some())
    }

    /// The card that logs its holder in at this card's issuer, so that no code need be typed.
    pub fn log_in_card(&self, card: &CardId, now: Timestamp) -> Option<&Card> {
        let issuer = &self.card(card)?.issuer.url;
        self.holdings.cards.iter().rev().find(|own| logs_in(own, issuer, now))
    }
}

/// Whether a card logs its holder in at this issuer.
pub(crate) fn logs_in(card: &Card, issuer: &str, now: Timestamp) -> bool {
    card.issuer.url == issuer
        && card.kind() == Some(CredentialType::KtpElektronik)
        && card.is_current(now)
        && !card.copies.is_empty()
}
