//! What the counter offers: the registered services, in the counter's own order and words, perhaps narrower.
//!
//! The signed registration is the only truth for agency, purpose, legal basis, claims, tier and retention;
//! `services.toml` may leave claims out, never add any.

use absah_credential::ClaimPath;
use absah_trust::registration::LocalText;
use absah_trust::{Registered, Service};
use absah_types::coded;
use serde::Deserialize;

/// `services.toml`, read. Services that it does not name follow in the order of the registration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Menu {
    /// The entries, in the order of the screen.
    #[serde(default)]
    services: Vec<Entry>,
}

/// One entry of `services.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    title: Option<LocalText>,
    claims: Option<Vec<String>>,
}

/// One service as this counter offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The service, with the claims that are asked.
    pub service: Service,
    /// What the tile says.
    pub title: LocalText,
    /// Its place in the registration.
    pub index: usize,
    /// Which of the registered claims are asked: bit *i* for claim *i*.
    pub selection: u64,
}

/// Why `services.toml` cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuError {
    /// A claim is no claim path, or the registration does not allow it.
    Widens,
    /// A service is left without any claim, or stands twice.
    Malformed,
}

impl core::fmt::Display for MenuError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Widens => "services.toml asks for more than the registration",
            Self::Malformed => "services.toml names a service twice or leaves it empty",
        })
    }
}

impl core::error::Error for MenuError {}

coded! { MenuError {
    Widens => ("services-file-widens", Environment),
    Malformed => ("services-file-malformed", Environment),
} }

impl Menu {
    /// The ids of the file that the counter is not registered for, as they stand there.
    #[must_use]
    pub fn unknown(&self, registered: &Registered) -> Vec<String> {
        let services = &registered.registration().services;
        let is_unknown = |entry: &&Entry| !services.iter().any(|service| service.id == entry.id);
        self.services.iter().filter(is_unknown).map(|entry| entry.id.clone()).collect()
    }

    /// The offers of a registered counter: first those of the file, then the rest. An entry for a service
    /// that is not registered (any more) is passed over.
    ///
    /// # Errors
    /// [`MenuError`].
    pub fn offers(&self, registered: &Registered) -> Result<Vec<Offer>, MenuError> {
        let services = &registered.registration().services;
        let mut offers: Vec<Offer> = Vec::with_capacity(services.len());
        for entry in &self.services {
            let Some(index) = services.iter().position(|service| service.id == entry.id) else { continue };
            if offers.iter().any(|offer| offer.index == index) {
                return Err(MenuError::Malformed);
            }
            offers.extend(services.get(index).map(|service| entry.narrow(service, index)).transpose()?);
        }
        for (index, service) in services.iter().enumerate() {
            if !offers.iter().any(|offer| offer.index == index) {
                offers.push(whole(service, index));
            }
        }
        Ok(offers)
    }
}

fn whole(service: &Service, index: usize) -> Offer {
    Offer { service: service.clone(), title: service.title.clone(), index, selection: u64::MAX }
}

impl Entry {
    fn narrow(&self, service: &Service, index: usize) -> Result<Offer, MenuError> {
        let mut offer = whole(service, index);
        if let Some(title) = &self.title {
            offer.title = title.clone();
        }
        let Some(claims) = &self.claims else { return Ok(offer) };
        let wanted: Vec<ClaimPath> = claims
            .iter()
            .map(|claim| ClaimPath::parse_dotted(claim).map_err(|_| MenuError::Widens))
            .collect::<Result<_, _>>()?;
        if !wanted.iter().all(|claim| service.claims().any(|(_, registered)| registered == claim)) {
            return Err(MenuError::Widens);
        }
        offer.selection = service
            .claims()
            .zip(0_u32..)
            .filter(|((_, claim), _)| wanted.contains(claim))
            .fold(0, |bits, (_, place)| bits | 1_u64.checked_shl(place).unwrap_or(0));
        for ask in &mut offer.service.asks {
            ask.claims.retain(|claim| wanted.contains(claim));
        }
        offer.service.asks.retain(|ask| !ask.claims.is_empty());
        if offer.service.asks.is_empty() { Err(MenuError::Malformed) } else { Ok(offer) }
    }
}
