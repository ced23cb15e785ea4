//! May this counter ask this? The wallet's check against the trust bundle, and the facts for a consent screen.

use std::collections::BTreeSet;

use absah_credential::{ClaimPath, holder_claim};
use absah_trust::registration::is_protected;
use absah_trust::{Bundle, Registered, RegistrationError, Service};
use absah_types::Timestamp;

use super::request::VerifiedRequest;
use crate::dcql::AskedType;

/// What a person decides about. Facts only: the words and their order belong to the screen.
#[derive(Clone, Debug)]
pub struct Consent {
    /// Who asks, with agency and place.
    pub registered: Registered,
    /// For what, with purpose, legal basis, tier and retention.
    pub service: Service,
    /// What is asked, in the order of the request.
    pub asked: Vec<AskedClaim>,
    /// Several cards are asked, and each is to show to whom it was issued.
    pub linked: bool,
    /// The registration came by value and the bundle does not list it.
    pub by_value: bool,
    /// When the bundle was published: how old this knowledge is.
    pub bundle_published_at: Timestamp,
}

/// One claim that is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedClaim {
    /// `id` of the Credential Query.
    pub query_id: String,
    /// Of which credential.
    pub credential: AskedType,
    /// The claim, seen from the subject.
    pub claim: ClaimPath,
    /// It identifies a person across agencies.
    pub protected: bool,
}

impl AskedClaim {
    /// The picture: asked with a warning.
    #[must_use]
    pub fn is_portrait(&self) -> bool {
        self.claim == ClaimPath::key("portrait")
    }
}

/// Decides whether the counter may ask, from the wallet's own bundle alone.
///
/// # Errors
/// [`RegistrationError`]: `Unregistered` also for a request without registration or service, `Borrowed` for a
/// certificate that is not the registered one, `OverAsking` for any claim, format or type beyond the service,
/// `HolderLink` for what ties cards together unless it is asked of all cards of an answer of several.
pub fn assess(
    request: &VerifiedRequest,
    bundle: &Bundle,
    now: Timestamp,
) -> Result<Consent, RegistrationError> {
    let jwt = request.registration.as_ref().ok_or(RegistrationError::Unregistered)?;
    // "If the Wallet uses information from `verifier_info`, the Wallet MUST validate the signature and ensure
    // binding." The certificate of the request must be the registered one.
    let registered = bundle.admit(jwt, &request.leaf, now)?;
    if registered.certificate().public_key() != &request.key {
        return Err(RegistrationError::Borrowed);
    }
    let by_value = !bundle.registry().listed().iter().any(|listed| listed.hash() == registered.hash());
    let service = match (&request.service, registered.registration().services.as_slice()) {
        (Some(service), _) => registered.service(service)?.clone(),
        // A verifier that knows nothing of our parameters: what it is for is plain if it has one service only.
        (None, [only]) => only.clone(),
        (None, _) => return Err(RegistrationError::UnknownService),
    };
    let (mut asked, mut links) = (Vec::new(), BTreeSet::new());
    for one in request.query.asked() {
        let credential = AskedType::of(one.credential).ok_or(RegistrationError::OverAsking)?;
        // Without a claim the credential itself is asked: allowed for a credential of the service.
        let Some(claim) = one.claim else {
            if service.asks.iter().any(|ask| ask.credential == credential.name()) {
                continue;
            }
            return Err(RegistrationError::OverAsking);
        };
        let format = one.credential.format.held().ok_or(RegistrationError::OverAsking)?;
        let claim = format.to_subject(&claim.path).ok_or(RegistrationError::OverAsking)?;
        // Nothing that a person is told as a fact, and of no service's own.
        if credential.ours().is_some_and(|kind| claim == holder_claim(kind)) {
            links.insert(one.credential.id.as_str());
            continue;
        }
        service.allows(credential.name(), &claim)?;
        asked.push(AskedClaim {
            query_id: one.credential.id.clone(),
            credential,
            protected: is_protected(&claim),
            claim,
        });
    }
    // A link that stands alone ties nothing and recognises its holder wherever it is shown. With alternatives to choose
    // from, one might.
    let query = &request.query;
    let is_choice =
        query.credential_sets.is_some() || query.credentials.iter().any(|c| c.claim_sets.is_some());
    let ours =
        query.credentials.iter().filter(|one| AskedType::of(one).is_some_and(|kind| kind.ours().is_some()));
    let is_whole = links.len() > 1 && links.len() == ours.count() && !is_choice;
    if !links.is_empty() && !is_whole {
        return Err(RegistrationError::HolderLink);
    }
    Ok(Consent {
        service,
        asked,
        linked: is_whole,
        by_value,
        bundle_published_at: bundle.published_at(),
        registered,
    })
}
