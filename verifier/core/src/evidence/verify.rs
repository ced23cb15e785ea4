//! What an auditor does: everything the counter did, again, from the packet and the bundle.

use absah_credential::sd_jwt::{KeyBindingExpectation, KeyBindingPolicy, Unverified};
use absah_credential::status_list::Status;
use absah_credential::{Expectation, Verified, verify as verify_credential};
use absah_crypto::{ct_eq, sha256};
use absah_protocol::UrlRules;
use absah_protocol::oid4vp::request::{self, Transport, VerifiedRequest};
use absah_schemas::{Claim, CredentialType};
use absah_trust::bundle::Statuses;
use absah_trust::{Bundle, Registered, RegistrationError};
use absah_types::{Seconds, Secret, base64url, hex};
use serde::{Deserialize, Serialize};

use super::{Card, EvidenceError, Link, Packet, link, open};

/// The file of `evidence export`: everything but the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceFile {
    /// 1.
    pub v: u32,
    /// The link, a JWS.
    pub link: String,
    /// The sealed packet, base64url.
    pub sealed: String,
    /// The status tokens it was judged by, from the counter's archive.
    pub status_tokens: Vec<String>,
}

/// Evidence that holds.
#[derive(Debug)]
pub struct Evidence {
    /// The link.
    pub link: Link,
    /// The packet.
    pub packet: Packet,
    /// Who asked: agency and place as registered.
    pub agency: String,
    /// Where the counter stands.
    pub place: String,
    /// Which claims were shown, dotted; their values stay in the packet.
    pub shown: Vec<String>,
}

impl EvidenceFile {
    /// Reads the file.
    ///
    /// # Errors
    /// [`EvidenceError::Malformed`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, EvidenceError> {
        let file: Self = absah_crypto::json::from_slice(bytes).map_err(|_| EvidenceError::Malformed)?;
        if file.v == 1 { Ok(file) } else { Err(EvidenceError::Malformed) }
    }

    /// What its link says; who signed it is not checked yet.
    ///
    /// # Errors
    /// [`EvidenceError::Malformed`].
    pub fn dangerous_link(&self) -> Result<Link, EvidenceError> {
        link::dangerous_claims(&self.link)
    }
}

/// Checks a piece of evidence from the sealed bytes to the status of the card, each at the moment of the act.
///
/// # Errors
/// [`EvidenceError`]: the first thing that does not hold.
pub fn verify(
    file: &EvidenceFile,
    key: &Secret<[u8; 32]>,
    bundle: &Bundle,
) -> Result<Evidence, EvidenceError> {
    let claimed = file.dangerous_link()?;
    let sealed = base64url::decode(&file.sealed).map_err(|_| EvidenceError::Malformed)?;
    if !ct_eq(hex::encode(sha256(&sealed)).as_bytes(), claimed.packet.as_bytes()) {
        return Err(EvidenceError::Altered);
    }
    let packet = open(&claimed.id, &sealed, key)?;
    let material = &packet.material;
    let expected = request::Expectation {
        transport: Transport::Qr,
        client_id: None,
        wallet_nonce: None,
        haip: false,
        rules: UrlRules::HttpsOnly,
        now: material.judged_at,
    };
    let asked = request::verify(&material.request, &expected).map_err(EvidenceError::Request)?;
    let link = link::read_link(&file.link, &asked.key)?;
    if (link.verdict, link.decided_at) != (packet.verdict, packet.decided_at) {
        return Err(EvidenceError::Mixed);
    }
    let registered = registered(&asked, &packet, bundle)?;
    let cards = cards(&asked, &packet, bundle)?;
    let tokens = file.status_tokens.iter().map(|token| token.as_bytes());
    let mut shown = Vec::new();
    for (card, verified) in &cards {
        status_held(card, verified, tokens.clone(), bundle)?;
        let groups = verified.kind().into_iter().flat_map(CredentialType::groups);
        let groups = groups.filter(|claim| claim.sd == "always");
        let names = groups.map(Claim::dotted).filter(|name| verified.claims().contains_key(name));
        shown.extend(names);
    }
    let registration = registered.registration();
    let (agency, place) = (registration.agency.clone(), registration.place.clone());
    Ok(Evidence { link, agency, place, shown, packet })
}

fn registered(
    asked: &VerifiedRequest,
    packet: &Packet,
    bundle: &Bundle,
) -> Result<Registered, EvidenceError> {
    let of = EvidenceError::Registration;
    let jwt = asked.registration.as_deref().ok_or(of(RegistrationError::Unregistered))?;
    let registered = Registered::verify(jwt, &asked.leaf, bundle.trust()).map_err(of)?;
    registered.valid_at(packet.material.judged_at).map_err(of)?;
    let service = registered.service(&packet.material.service).map_err(of)?;
    if asked.service.as_deref() != Some(service.id.as_str()) {
        return Err(EvidenceError::Mixed);
    }
    Ok(registered)
}

fn cards<'p>(
    asked: &VerifiedRequest,
    packet: &'p Packet,
    bundle: &Bundle,
) -> Result<Vec<(&'p Card, Verified)>, EvidenceError> {
    let (now, skew) = (packet.material.judged_at, bundle.policy().offline_skew);
    let expected = Expectation {
        now,
        leeway: skew,
        key_binding: KeyBindingPolicy::Required(KeyBindingExpectation {
            aud: &asked.client_id,
            nonce: &asked.nonce,
            now,
            max_age: Seconds(now.since(asked.iat).0.saturating_add(skew.0)),
            max_ahead: skew,
        }),
    };
    if packet.material.cards.is_empty() {
        return Err(EvidenceError::Unasked);
    }
    let one = |card: &'p Card| {
        if asked.query.credential(&card.query_id).is_none() {
            return Err(EvidenceError::Unasked);
        }
        let unverified = Unverified::parse(&card.presentation).map_err(EvidenceError::SdJwt)?;
        let verified = verify_credential(&unverified, &|hint| bundle.trust().resolve(hint), &expected)
            .map_err(EvidenceError::Credential)?;
        Ok((card, verified))
    };
    packet.material.cards.iter().map(one).collect()
}

/// The archive's token, by the hash that the packet names, says that the card held then.
fn status_held<'t>(
    card: &Card,
    verified: &Verified,
    tokens: impl Iterator<Item = &'t [u8]>,
    bundle: &Bundle,
) -> Result<(), EvidenceError> {
    let reference = verified.status().ok_or(EvidenceError::Status)?;
    let named = card.status_token.as_deref().ok_or(EvidenceError::StatusAbsent)?;
    let token = tokens
        .into_iter()
        .find(|token| hex::encode(sha256(token)) == named)
        .ok_or(EvidenceError::StatusAbsent)?;
    let statuses =
        Statuses::read(core::iter::once(token), bundle.trust()).map_err(|_| EvidenceError::Status)?;
    match statuses.status(verified.issuer(), reference, bundle.trust()) {
        Some(reading) if reading.status == Status::Valid => Ok(()),
        _ => Err(EvidenceError::Status),
    }
}
