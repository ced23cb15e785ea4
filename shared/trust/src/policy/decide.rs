//! The one function that turns verified credentials into an outcome.

use std::collections::BTreeMap;

use absah_credential::portrait::{Portrait, PortraitError};
use absah_credential::status_list::Status;
use absah_credential::{ClaimPath, Format, KeyAssurance, Pendamping, Verified, VerifyError, holder_claim};
use absah_crypto::{ct_eq, sha256};
use absah_types::{NonEmpty, Timestamp, base64url};
use serde_json::Value;

use super::outcome::{
    Accepted, Carried, Doubt, Facts, Freshness, FreshnessTier, Outcome, Reason, Refusal, StatusWord,
};
use super::relation::{CardFacts, Cards, Person, Relation};
use super::{HARD_LIMIT, Policy};
use crate::bundle::{Bundle, StatusReading};
use crate::registration::{Ask, Service, Tier};

/// The claim whose value is the salted hash of a picture that travels beside the credential.
const PORTRAIT: &str = "portrait";

/// The claim that says where the holder's key lives.
const KEY_ASSURANCE: &str = "jaminanKunci";

/// One verified credential of an answer, with the picture that came beside it.
#[derive(Debug, Clone)]
pub struct Presented {
    /// The credential.
    pub verified: Verified,
    /// The portrait blob (salt and WebP), if one came.
    pub portrait: Option<Vec<u8>>,
}

/// Decides. `service` is what the counter asked: its registration's, or narrower.
///
/// Refusals come first, then what is superseded, then doubts; only what is left has facts. A credential is
/// never refused for being merely stale.
#[must_use]
pub fn decide(presented: &[Presented], service: &Service, bundle: &Bundle, now: Timestamp) -> Outcome {
    settle(weigh(presented, service, bundle, now))
}

/// Decides on a paper card: all its facts are shown, for nothing in it can be withheld. `portrait` travels beside it.
#[must_use]
pub fn decide_paper(paper: &Presented, tier: Tier, bundle: &Bundle, now: Timestamp) -> Outcome {
    settle(weigh_by(std::slice::from_ref(paper), tier, bundle, now, |reasons| {
        let claims = paper.verified.claims();
        let picture = match claims.get(PORTRAIT) {
            None => Err(Refusal::FactMissing),
            Some(claim) => picture(paper, claim.clone()),
        };
        let picture = picture.map_err(|refusal| reasons.push((&refusal).into())).ok();
        let facts = claims.iter().filter(|(name, _)| *name != PORTRAIT);
        let facts = Facts(facts.map(|(name, value)| (name.clone(), value.clone())).collect());
        Gathered { facts, portrait: picture, cards: Vec::new() }
    }))
}

fn settle(weighed: Weighed) -> Outcome {
    match weighed {
        Weighed::Over(outcome) => outcome,
        Weighed::Facts(accepted, Ok(accept)) => accept(accepted),
        Weighed::Facts(accepted, Err(doubt)) => {
            Outcome::Undetermined { doubt, freshness: *accepted.freshness() }
        }
    }
}

/// The facts of an answer that [`decide`] leaves undetermined only because the status is old or not there: a supervisor may
/// accept it, with a reason. Nothing where a refusal, a newer card, an ended status or any other doubt stands against it.
#[must_use]
pub fn vouch(
    presented: &[Presented],
    service: &Service,
    bundle: &Bundle,
    now: Timestamp,
) -> Option<Accepted> {
    match weigh(presented, service, bundle, now) {
        Weighed::Facts(accepted, Err(doubt)) if doubt.is_for_a_supervisor() => Some(accepted),
        _ => None,
    }
}

/// What [`decide`] finds of the people whose cards were shown together, whenever it is asked again: what the holder is to
/// the others, and which helper carried them.
///
/// # Errors
/// [`Refusal::HolderMismatch`], [`Refusal::DependantMismatch`].
pub fn people(cards: &[&Verified], bundle: &Bundle) -> Result<(Vec<Relation>, Option<Carried>), Refusal> {
    if !one_person(cards, bundle) {
        return Err(Refusal::HolderMismatch);
    }
    let people = Cards::of(cards.iter().copied());
    if people.are_of_two_dependants() {
        return Err(Refusal::DependantMismatch);
    }
    let is_told = cards.len() > 1
        || cards.iter().filter_map(|one| one.kind()).any(|kind| people.person(kind) == Person::Dependant);
    let relations = if is_told { people.relations() } else { Vec::new() };
    Ok((relations, cards.iter().find_map(|one| carried_by(one))))
}

/// How far an answer came.
enum Weighed {
    /// There is nothing more to ask.
    Over(Outcome),
    /// The facts hold; what stands between them and a green screen, or which green it is.
    Facts(Accepted, Result<fn(Accepted) -> Outcome, Doubt>),
}

fn weigh(presented: &[Presented], service: &Service, bundle: &Bundle, now: Timestamp) -> Weighed {
    weigh_by(presented, service.tier, bundle, now, |reasons| gather_facts(presented, service, reasons))
}

fn weigh_by(
    presented: &[Presented],
    tier: Tier,
    bundle: &Bundle,
    now: Timestamp,
    gather: impl FnOnce(&mut Vec<Reason>) -> Gathered,
) -> Weighed {
    let knowledge = Knowledge::gather(presented, bundle);
    let freshness = knowledge.freshness(bundle, now);
    let mut reasons = Vec::new();
    for one in presented {
        refuse_credential(&one.verified, bundle, now, &mut reasons);
    }
    knowledge.refuse_status(&mut reasons);
    let verified: Vec<&Verified> = presented.iter().map(|one| &one.verified).collect();
    if !one_person(&verified, bundle) {
        reasons.push((&Refusal::HolderMismatch).into());
    }
    let gathered = gather(&mut reasons);
    let is_carried = verified.iter().any(|one| carried_by(one).is_some());
    if is_carried && tier == Tier::High && gathered.portrait.is_none() {
        reasons.push((&Refusal::PendampingFace).into());
    }
    let people = Cards::of(verified.iter().copied());
    // Of two documents of one person the older may have another name: that it is superseded says more.
    if people.are_of_two_dependants() && !knowledge.is_any(Status::Superseded) {
        reasons.push((&Refusal::DependantMismatch).into());
    }
    if let Some(reasons) = non_empty(reasons) {
        return Weighed::Over(Outcome::Refused { reasons, status: knowledge.word(), freshness });
    }
    if knowledge.is_any(Status::Superseded) {
        return Weighed::Over(Outcome::Superseded { freshness });
    }
    let Gathered { facts, portrait, cards } = gathered;
    let doubt = doubt(&knowledge, &freshness, tier, bundle, now);
    let relations = if cards.is_empty() { Vec::new() } else { people.relations() };
    let carried_by = presented.iter().find_map(|one| carried_by(&one.verified));
    Weighed::Facts(Accepted { facts, portrait, cards, relations, carried_by, freshness }, doubt)
}

/// What an answer shows.
struct Gathered {
    facts: Facts,
    portrait: Option<Vec<u8>>,
    /// Only of several cards.
    cards: Vec<CardFacts>,
}

/// The status readings of all credentials, as far as there are any.
struct Knowledge {
    readings: Vec<Option<StatusReading>>,
}

impl Knowledge {
    fn gather(presented: &[Presented], bundle: &Bundle) -> Self {
        let read = |one: &Presented| {
            let reference = one.verified.status()?;
            bundle.statuses().status(one.verified.issuer(), reference, bundle.trust())
        };
        Self { readings: presented.iter().map(read).collect() }
    }

    fn is_any(&self, status: Status) -> bool {
        self.readings.iter().flatten().any(|reading| reading.status == status)
    }

    fn all_known(&self) -> bool {
        !self.readings.is_empty() && self.readings.iter().all(Option::is_some)
    }

    /// `iat` of the oldest token needed.
    fn signed_at(&self) -> Option<Timestamp> {
        self.all_known().then(|| self.readings.iter().flatten().map(|reading| reading.signed_at).min())?
    }

    fn freshness(&self, bundle: &Bundle, now: Timestamp) -> Freshness {
        Freshness::of(self.signed_at(), bundle, now)
    }

    /// A revocation never gets old: whoever read it once knows it for good.
    fn refuse_status(&self, reasons: &mut Vec<Reason>) {
        if self.is_any(Status::Revoked) {
            reasons.push((&Refusal::Revoked).into());
        }
        if self.is_any(Status::Suspended) {
            reasons.push((&Refusal::Suspended).into());
        }
    }

    fn word(&self) -> StatusWord {
        let worst = [
            (Status::Revoked, StatusWord::Revoked),
            (Status::Suspended, StatusWord::Suspended),
            (Status::Superseded, StatusWord::Superseded),
        ];
        let found = worst.into_iter().find(|(status, _)| self.is_any(*status)).map(|(_, word)| word);
        found.unwrap_or(if self.all_known() { StatusWord::Valid } else { StatusWord::Unknown })
    }
}

fn refuse_credential(verified: &Verified, bundle: &Bundle, now: Timestamp, reasons: &mut Vec<Reason>) {
    match bundle.trust().signer(verified) {
        Ok(key) if key == *verified.signer() => {}
        Err(error) if error.is_of_time() => reasons.push((&Refusal::Signer(error)).into()),
        // Verified under another bundle, or by a caller who resolved keys in another way: not trusted here.
        _ => reasons.push((&Refusal::Credential(VerifyError::SignerUnknown)).into()),
    }
    let mut refuse = |refusal: Refusal| reasons.push((&refusal).into());
    // A clock that is known to be wrong judges no one.
    if bundle.clock_holds(now).is_err() {
        return;
    }
    if now >= verified.valid_until() {
        refuse(match carried_by(verified) {
            None => Refusal::Credential(VerifyError::Expired),
            Some(_) => Refusal::PendampingOver,
        });
    }
    let ahead = |from: Timestamp| from > now.plus(bundle.policy().offline_skew);
    if verified.valid_from().is_some_and(ahead) {
        refuse(Refusal::Credential(VerifyError::NotYetValid));
    }
}

/// The helper who carries a card, as its claims say.
fn carried_by(verified: &Verified) -> Option<Carried> {
    let helper = Pendamping::of_claims(verified.claims())?;
    let place = verified.status().map(|status| format!("{} {}", status.uri, status.idx));
    let copy = sha256(place.unwrap_or_default().as_bytes());
    Some(Carried { helper, until: verified.valid_until(), copy })
}

/// Pairs what was asked with what came, and reads the facts out.
fn gather_facts(presented: &[Presented], service: &Service, reasons: &mut Vec<Reason>) -> Gathered {
    let (mut facts, mut portrait, mut cards) = (BTreeMap::new(), None, Vec::new());
    let people = Cards::of(presented.iter().map(|one| &one.verified));
    let mut refuse = |refusal: Refusal| reasons.push((&refusal).into());
    let is_of =
        |one: &Presented, ask: &Ask| one.verified.kind().is_some_and(|kind| kind.name() == ask.credential);
    if presented.iter().any(|one| !service.asks.iter().any(|ask| is_of(one, ask))) {
        refuse(Refusal::WrongType);
    }
    for ask in &service.asks {
        let mut of_type = presented.iter().filter(|one| is_of(one, ask));
        let Some(one) = of_type.next() else {
            refuse(Refusal::WrongType);
            continue;
        };
        if of_type.next().is_some() {
            refuse(Refusal::HolderMismatch);
        }
        if !key_suffices(&one.verified, service) {
            refuse(Refusal::KeyTooWeak);
        }
        let claims = Value::Object(one.verified.claims().clone());
        let mut own = BTreeMap::new();
        for path in &ask.claims {
            // Whatever was asked and answered: a counter never gets to see the number of another sector.
            if let Err(error) = service.in_sector(path) {
                refuse(Refusal::Registration(error));
            }
            match fact(&claims, path) {
                None => refuse(Refusal::FactMissing),
                Some(value) if *path == ClaimPath::key(PORTRAIT) => match picture(one, value) {
                    Ok(picture) => portrait = Some(picture),
                    Err(refusal) => refuse(refusal),
                },
                Some(value) => {
                    let path = path.to_string();
                    own.insert(path.clone(), value.clone());
                    let name =
                        if facts.contains_key(&path) { format!("{}.{path}", ask.credential) } else { path };
                    facts.insert(name, value.clone());
                }
            }
        }
        let person = one.verified.kind().map(|kind| (kind, people.person(kind)));
        // A dependant's card is no proof of who brings it, also where it comes alone.
        if let Some((kind, person)) =
            person.filter(|(_, person)| presented.len() > 1 || *person == Person::Dependant)
        {
            let id = kind.name().to_owned();
            cards.push(CardFacts { kind: id.clone(), id, person, facts: Facts(own) });
        }
    }
    Gathered { facts: Facts(facts), portrait, cards }
}

/// Whether the holder's key lives where the service demands. A card that does not say it is of the lowest level there is.
fn key_suffices(verified: &Verified, service: &Service) -> bool {
    let Some(least) = service.key_assurance else { return true };
    let said = verified.claims().get(KEY_ASSURANCE).and_then(Value::as_str);
    said.and_then(KeyAssurance::of_claim).unwrap_or(KeyAssurance::Web).is_at_least(least)
}

/// Several credentials belong to one person only if one issuer says so, by the same `pemegang` in each of them.
fn one_person(cards: &[&Verified], bundle: &Bundle) -> bool {
    let link = |one: &Verified| {
        let claims = Value::Object(one.claims().clone());
        fact(&claims, &holder_claim(one.kind()?))?.as_str().map(str::to_owned)
    };
    let [first, rest @ ..] = cards else { return true };
    let same = |own: &str, one: &Verified| {
        bundle.trust().same_issuer(one.issuer(), first.issuer())
            && link(one).is_some_and(|other| ct_eq(other.as_bytes(), own.as_bytes()))
    };
    rest.is_empty() || link(first).is_some_and(|own| rest.iter().all(|one| same(&own, one)))
}

/// One value as it stands; several (a path through a list) as a list.
fn fact(claims: &Value, path: &ClaimPath) -> Option<Value> {
    match path.select(claims).as_slice() {
        [] => None,
        [one] => Some((*one).clone()),
        many => Some(many.iter().copied().cloned().collect()),
    }
}

fn picture(one: &Presented, claim: Value) -> Result<Vec<u8>, Refusal> {
    let claim = claim.as_str().ok_or(Refusal::FactMissing)?.to_owned();
    match (one.verified.format(), &one.portrait) {
        // The format for other people's wallets carries the picture itself, signed with the rest.
        (Format::DcSdJwt, _) => data_url(&claim).ok_or(Refusal::Portrait(PortraitError::NotWebp)),
        (Format::VcSdJwt, None) => Err(Refusal::PortraitMissing),
        (Format::VcSdJwt, Some(blob)) => Portrait::check(blob.clone(), &claim)
            .map(|portrait| portrait.webp().to_vec())
            .map_err(Refusal::Portrait),
    }
}

/// The picture in `data:image/webp;base64,…`.
fn data_url(url: &str) -> Option<Vec<u8>> {
    let base64 = url.strip_prefix("data:image/webp;base64,")?.trim_end_matches('=');
    base64url::decode(base64.replace('+', "-").replace('/', "_")).ok()
}

/// What stands between checked facts and a green screen; otherwise which green it is.
fn doubt(
    knowledge: &Knowledge,
    freshness: &Freshness,
    tier: Tier,
    bundle: &Bundle,
    now: Timestamp,
) -> Result<fn(Accepted) -> Outcome, Doubt> {
    bundle.clock_holds(now).map_err(Doubt::ClockBehind)?;
    if now >= bundle.online_expires() || now >= bundle.targets_expires() {
        return Err(Doubt::BundleEnded);
    }
    let age = freshness.age.ok_or(Doubt::StatusMissing)?;
    let Policy { undetermined_max, .. } = bundle.policy();
    // "If the expiration time is defined, it MUST be checked if the Status List Token is expired."
    let has_ended =
        knowledge.readings.iter().flatten().any(|reading| reading.expires_at.is_some_and(|end| end <= now));
    if has_ended || age > *undetermined_max || age > HARD_LIMIT {
        return Err(Doubt::StatusEnded);
    }
    match (freshness.tier, tier) {
        (FreshnessTier::Green, _) => Ok(Outcome::Accepted),
        (FreshnessTier::Amber, Tier::Low) => Ok(Outcome::AcceptedStale),
        _ => Err(Doubt::StatusOld),
    }
}

fn non_empty(reasons: Vec<Reason>) -> Option<NonEmpty<Reason>> {
    NonEmpty::try_from(reasons).ok()
}
