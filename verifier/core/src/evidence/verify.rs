//! What an auditor does: everything the counter did, again, from the packet and the bundle.

use absah_credential::sd_jwt::{KeyBindingExpectation, KeyBindingPolicy, ProcessError, Unverified};
use absah_credential::status_list::Status;
use absah_credential::{Expectation, SignerHint, Verified, VerifyError, verify as verify_credential};
use absah_crypto::jws::Compact;
use absah_crypto::{ct_eq, sha256};
use absah_protocol::UrlRules;
use absah_protocol::oid4vp::request::{self, SignedRequest, Transport, VerifiedRequest};
use absah_protocol::oid4vp::response::{Presented, check_ids};
use absah_schemas::{Claim, CredentialType};
use absah_trust::bundle::Statuses;
use absah_trust::policy::{self, Carried, HARD_LIMIT, Relation};
use absah_trust::registration::Service;
use absah_trust::{Bundle, Registered, RegistrationError};
use absah_types::{Seconds, Secret, Timestamp, base64url, hex};
use serde::{Deserialize, Serialize};

use super::picture::PORTRAIT;
use super::{Card, EvidenceError, Link, Packet, STALE, lacks_reason, link, open};

/// Longest signed request or key binding read, in characters.
const MAX_JAR: usize = 256 * 1024;
/// The code of an answer whose status is older than the service may accept.
const STATUS_OLD: &str = "status-old";
/// The code of an answer whose status is not in the bundle.
const STATUS_MISSING: &str = "status-missing";

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
    /// What it asked for, as it was registered then.
    pub service: Service,
    /// Which claims were shown, dotted; their values stay in the packet.
    pub shown: Vec<String>,
    /// What the holder is to a child or another dependant, as the counter was told.
    pub relations: Vec<Relation>,
    /// The helper who carried the card for its holder.
    pub carried_by: Option<Carried>,
    /// When the oldest status token it was judged by was signed; none where there was none.
    pub status_signed_at: Option<Timestamp>,
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

/// Checks a piece of evidence from the sealed bytes to the status of the card, each at the moment of the act. `rules` say
/// which addresses a request over the network may have named.
///
/// # Errors
/// [`EvidenceError`]: the first thing that does not hold.
pub fn verify(
    file: &EvidenceFile,
    key: &Secret<[u8; 32]>,
    bundle: &Bundle,
    rules: UrlRules,
) -> Result<Evidence, EvidenceError> {
    let claimed = file.dangerous_link()?;
    let sealed = base64url::decode(&file.sealed).map_err(|_| EvidenceError::Malformed)?;
    if !ct_eq(hex::encode(sha256(&sealed)).as_bytes(), claimed.packet.as_bytes()) {
        return Err(EvidenceError::Altered);
    }
    let packet = open(&claimed.id, &sealed, key)?;
    let material = &packet.material;
    let transport = transport(&material.request);
    let wallet_nonce = SignedRequest::wallet_nonce(&material.request);
    let expected = request::Expectation {
        transport,
        client_id: None,
        wallet_nonce: wallet_nonce.as_deref(),
        haip: false,
        rules,
        now: material.judged_at,
    };
    let asked = request::verify(&material.request, &expected).map_err(EvidenceError::Request)?;
    let link = link::read_link(&file.link, &asked.key)?;
    if (link.verdict, link.decided_at) != (packet.verdict, packet.decided_at) {
        return Err(EvidenceError::Mixed);
    }
    answered_for(&packet)?;
    let registered = registered(&asked, &packet, bundle)?;
    let cards = cards(&asked, &packet, transport, bundle)?;
    let together: Vec<&Verified> = cards.iter().map(|(_, verified)| verified).collect();
    let (relations, carried_by) = policy::people(&together, bundle).map_err(EvidenceError::People)?;
    let tokens = file.status_tokens.iter().map(|token| token.as_bytes());
    let (mut shown, mut signed_at) = (Vec::new(), None);
    for (card, verified) in &cards {
        let read = status_held(card, verified, tokens.clone(), &packet, bundle)?;
        signed_at = match (signed_at, read) {
            (Some(known), Some(read)) => Some(core::cmp::min::<Timestamp>(known, read)),
            (known, read) => known.or(read),
        };
        let groups = verified.kind().into_iter().flat_map(CredentialType::groups);
        let groups = groups.filter(|claim| claim.sd == "always");
        // A picture that was taken out was shown all the same.
        let was_shown =
            |name: &String| verified.claims().contains_key(name) || card.without_picture && name == PORTRAIT;
        shown.extend(groups.map(Claim::dotted).filter(was_shown));
    }
    let registration = registered.registration();
    let (agency, place) = (registration.agency.clone(), registration.place.clone());
    let service = registered.service(&packet.material.service).map_err(EvidenceError::Registration)?.clone();
    Ok(Evidence {
        link,
        agency,
        place,
        service,
        shown,
        relations,
        carried_by,
        status_signed_at: signed_at,
        packet,
    })
}

/// Old knowledge is only taken with a reason, an undetermined answer only when a second person answers for it.
fn answered_for(packet: &Packet) -> Result<(), EvidenceError> {
    let said = |text: &str| !text.trim().is_empty();
    match packet.material.outcome.as_str() {
        "accepted" => Ok(()),
        STALE if lacks_reason(STALE, packet.verdict, &packet.reason) => Err(EvidenceError::Reason),
        STALE => Ok(()),
        STATUS_OLD | STATUS_MISSING if !said(&packet.reason) => Err(EvidenceError::Reason),
        STATUS_OLD | STATUS_MISSING if said(&packet.supervisor) && packet.supervisor != packet.officer => {
            Ok(())
        }
        STATUS_OLD | STATUS_MISSING => Err(EvidenceError::Supervisor),
        _ => Err(EvidenceError::Malformed),
    }
}

/// How the answer came, as the signed request says; what it says is checked afterwards.
fn transport(jar: &str) -> Transport {
    #[derive(Deserialize)]
    struct Claims {
        response_mode: String,
    }
    let claims = Compact::parse(jar, MAX_JAR).ok().and_then(|jar| jar.claims::<Claims>().ok());
    match claims {
        Some(claims) if claims.response_mode.starts_with("direct_post") => Transport::Online,
        _ => Transport::Qr,
    }
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
    transport: Transport,
    bundle: &Bundle,
) -> Result<Vec<(&'p Card, Verified)>, EvidenceError> {
    let now = packet.material.judged_at;
    let skew = match transport {
        Transport::Qr => bundle.policy().offline_skew,
        Transport::Online => bundle.policy().online_skew,
    };
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
    // Every card that was asked for, and no other.
    let shown = packet.material.cards.iter().map(|card| Presented {
        query_id: card.query_id.clone(),
        presentation: String::new(),
        portrait: None,
    });
    check_ids(&asked.query, &shown.collect::<Vec<_>>()).map_err(|_| EvidenceError::Unasked)?;
    let resolve = |hint: &SignerHint<'_>| bundle.trust().resolve(hint);
    let one = |card: &'p Card| {
        let parse = |text: &str| Unverified::parse(text).map_err(EvidenceError::SdJwt);
        let check = |text: &str, expected: &Expectation<'_>| {
            verify_credential(&parse(text)?, &resolve, expected).map_err(EvidenceError::Credential)
        };
        if !card.without_picture {
            return Ok((card, check(&card.presentation, &expected)?));
        }
        // The hash over all disclosures cannot be made again without the picture; everything else is checked.
        let (issued, binding) = card.presentation.rsplit_once('~').ok_or(EvidenceError::Malformed)?;
        let as_issued = Expectation { key_binding: KeyBindingPolicy::Forbidden, ..expected };
        let verified = check(&format!("{issued}~"), &as_issued)?;
        binding_held(binding, &verified, asked, now, skew)?;
        Ok((card, verified))
    };
    packet.material.cards.iter().map(one).collect()
}

/// The key binding of a presentation whose picture was taken out.
fn binding_held(
    jwt: &str,
    verified: &Verified,
    asked: &VerifiedRequest,
    now: Timestamp,
    skew: Seconds,
) -> Result<(), EvidenceError> {
    #[derive(Deserialize)]
    struct Claims {
        aud: String,
        nonce: String,
        iat: Timestamp,
    }
    let of = |error: ProcessError| EvidenceError::Credential(VerifyError::SdJwt(error));
    let compact = Compact::parse(jwt, MAX_JAR).map_err(|_| of(ProcessError::KeyBindingMalformed))?;
    let holder = verified.holder().ok_or(of(ProcessError::NoHolderKey))?;
    compact.verify(holder).map_err(|_| of(ProcessError::KeyBindingSignature))?;
    if !compact.header.is_type("kb+jwt") {
        return Err(of(ProcessError::KeyBindingType));
    }
    let claims: Claims = compact.claims().map_err(|_| of(ProcessError::KeyBindingMalformed))?;
    if claims.nonce != asked.nonce {
        return Err(of(ProcessError::KeyBindingNonce));
    }
    if claims.aud != asked.client_id {
        return Err(of(ProcessError::KeyBindingAudience));
    }
    if claims.iat > now.plus(skew) {
        return Err(of(ProcessError::KeyBindingInFuture));
    }
    if claims.iat < asked.iat.minus(skew) {
        return Err(of(ProcessError::KeyBindingTooOld));
    }
    Ok(())
}

/// The archive's token, by the hash that the packet names, says that the card held then, and was of that time. Gives when it
/// was signed; nothing where a supervisor answered for a status that was not there.
fn status_held<'t>(
    card: &Card,
    verified: &Verified,
    tokens: impl Iterator<Item = &'t [u8]>,
    packet: &Packet,
    bundle: &Bundle,
) -> Result<Option<Timestamp>, EvidenceError> {
    let reference = verified.status().ok_or(EvidenceError::Status)?;
    if card.status_token.is_none() && packet.material.outcome == STATUS_MISSING {
        return Ok(None);
    }
    let named = card.status_token.as_deref().ok_or(EvidenceError::StatusAbsent)?;
    let token = tokens
        .into_iter()
        .find(|token| hex::encode(sha256(token)) == named)
        .ok_or(EvidenceError::StatusAbsent)?;
    let statuses =
        Statuses::read(core::iter::once(token), bundle.trust()).map_err(|_| EvidenceError::Status)?;
    let reading = match statuses.status(verified.issuer(), reference, bundle.trust()) {
        Some(reading) if reading.status == Status::Valid => reading,
        _ => return Err(EvidenceError::Status),
    };
    let (judged_at, skew) = (packet.material.judged_at, bundle.policy().offline_skew);
    let is_of_the_time = reading.signed_at <= judged_at.plus(skew)
        && judged_at.since(reading.signed_at) <= HARD_LIMIT
        && reading.expires_at.is_none_or(|end| judged_at < end);
    if is_of_the_time { Ok(Some(reading.signed_at)) } else { Err(EvidenceError::StatusTime) }
}
