//! Whom to turn to, as the signed list names them.

use absah_protocol::wishes::SUSPEND_PATH;
use absah_schemas::CredentialType;
use absah_wallet_core::{Shown, Wallet};
use serde::Serialize;
use ts_rs::TS;

/// The contact of one issuer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct ContactView {
    /// The office that issues the cards.
    pub office: String,
    /// Person or unit.
    pub name: String,
    /// Telephone, as people write it.
    pub phone: Option<String>,
    /// Address for mail.
    pub email: Option<String>,
    /// Where to go.
    pub address: Option<String>,
}

/// The page on which a phone code suspends all cards: at the issuer of the newest identity card, if the list names it.
pub(super) fn suspend_page(wallet: &Wallet) -> Option<String> {
    let issuer = wallet.registry_url(|kind| kind == CredentialType::KtpElektronik)?;
    let page = format!("{issuer}{SUSPEND_PATH}");
    Some(Shown::new(&page).as_str().to_owned())
}

/// The contacts of the issuers on the list; none where there is no list, or none is named on it.
pub(super) fn contacts(wallet: &Wallet) -> Vec<ContactView> {
    let issuers = wallet.bundle().into_iter().flat_map(|bundle| &bundle.trust().issuers);
    let shown = |text: &String| Shown::new(text).as_str().to_owned();
    let one = |issuer: &absah_trust::trust_list::Issuer| {
        let contact = issuer.contact.as_ref()?;
        Some(ContactView {
            office: shown(&issuer.name),
            name: shown(&contact.name),
            phone: contact.phone.as_ref().map(shown),
            email: contact.email.as_ref().map(shown),
            address: contact.address.as_ref().map(shown),
        })
    };
    issuers.filter_map(one).collect()
}
