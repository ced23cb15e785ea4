//! The question for the person: which cards answer, and the very values that would be sent.

use absah_credential::sd_jwt::{Held, Unverified};
use absah_credential::{ClaimPath, KeyAssurance, PathElement, holder_claim};
use absah_protocol::dcql::{Candidate, Match, Query, Unsatisfied};
use absah_protocol::oid4vci::KEY_ASSURANCE;
use absah_protocol::oid4vp::consent::Consent;
use absah_protocol::oid4vp::request::VerifiedRequest;
use serde_json::Value;

use super::link;
use super::people::{self, Chosen};
use crate::{
    card::{Card, CardId, Choice},
    effect::Effect,
    face, facts,
    history::{Asker, Channel},
    intent::Env,
    overview::{CardStatus, overview},
    prompt::{Fact, PresentationConsent, PresentedCard, Prompt},
    refusal::Refusal,
    wallet::{Flow, Step, Wallet, show},
};

/// A question that waits for yes or no.
#[derive(Debug)]
pub(crate) struct Asking {
    pub(super) request: VerifiedRequest,
    pub(super) asker: Asker,
    pub(super) channel: Channel,
    pub(super) parts: Vec<Part>,
    /// What ties the parts to one person.
    pub(super) link: Option<String>,
    terms: Terms,
    /// Cards the person has chosen in the place of others.
    wanted: Vec<CardId>,
    consent: PresentationConsent,
}

/// How it is asked, whichever cards answer.
#[derive(Clone, Copy, Debug)]
struct Terms {
    linked: bool,
    in_bundle: bool,
    old_bundle_days: Option<i64>,
    key_assurance: Option<KeyAssurance>,
    /// What is wanted was not chosen for this question: where it does not answer, others may.
    proposed: bool,
}

/// One card's part in the answer.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) query_id: String,
    pub(super) card: CardId,
    pub(super) choice: Choice,
    /// From the root of the credential: what is disclosed.
    pub(super) paths: Vec<ClaimPath>,
    /// Seen from the subject: the facts among them, which history names.
    pub(super) facts: Vec<String>,
    pub(super) portrait: bool,
}

impl Asking {
    pub(super) fn new(
        wallet: &Wallet,
        request: VerifiedRequest,
        consent: &Consent,
        asker: Asker,
        channel: Channel,
        old_bundle_days: Option<i64>,
        env: &Env<'_>,
    ) -> Result<Self, Refusal> {
        let (linked, in_bundle) = (consent.linked, !consent.by_value);
        let key_assurance = consent.service.key_assurance;
        let terms = Terms { linked, in_bundle, old_bundle_days, key_assurance, proposed: true };
        // All forms of the card from which showing began.
        let cards = wallet.holdings.cards.iter().filter(|card| wallet.is_preferred(card));
        let wanted = cards.map(|card| card.id.clone()).collect();
        Self::of(wallet, request, asker, channel, terms, wanted, env)
    }

    /// The same question, answered with this card where another of its type was chosen.
    pub(crate) fn choose(self, wallet: &Wallet, card: CardId, env: &Env<'_>) -> Step {
        let Self { request, asker, channel, terms, wanted, .. } = self;
        let held = candidates(wallet, &asker, env)?;
        let card = held.iter().find(|one| one.card.id == card).ok_or(Refusal::NoSuchCard)?;
        let wanted = people::instead(&held, &wanted, card);
        let terms = Terms { proposed: false, ..terms };
        Ok(Self::of(wallet, request, asker, channel, terms, wanted, env)?.show())
    }

    fn of(
        wallet: &Wallet,
        request: VerifiedRequest,
        asker: Asker,
        channel: Channel,
        terms: Terms,
        wanted: Vec<CardId>,
        env: &Env<'_>,
    ) -> Result<Self, Refusal> {
        let mut held = candidates(wallet, &asker, env)?;
        // Best first: what is in force before what is not, then the newest.
        // What is only carried for somebody comes after one's own.
        held.sort_by_key(|one| (face::is_carried(one.card), one.status));
        let would_do = answers(&request.query, &held);
        let all = held.len();
        // A helper's session is one errand. What a counter could not read is shown to the same request again.
        held.retain(|one| !one.card.is_carried_used() || answered_with(wallet, &request, one.card));
        if would_do && held.len() < all && !answers(&request.query, &held) {
            return Err(Refusal::CarriedUsed);
        }
        let all = held.len();
        held.retain(|one| one.key_suffices(terms.key_assurance));
        // Said here instead of at the counter.
        if would_do && held.len() < all && !answers(&request.query, &held) {
            return Err(Refusal::KeyTooWeak);
        }
        let agency = asker.agency.as_str();
        let choose =
            |wanted: &[CardId]| people::choose(&held, wanted, &request.query, terms.linked, wallet, agency);
        let wanted = if terms.proposed && choose(&wanted).is_none() { Vec::new() } else { wanted };
        let Some(Chosen { held: answering, matches, link }) = choose(&wanted) else {
            return Err(match evaluate(&request.query, &held.iter().collect::<Vec<_>>()) {
                _ if terms.linked => unlinked(&request.query, wallet, &held, env),
                Err(error) => unanswerable(wallet, error, env),
                Ok(_) => Refusal::NoSuchCard,
            });
        };
        let in_answer: Vec<_> = matches.iter().filter_map(|one| answering.get(one.credential)).collect();
        let mut parts = Vec::new();
        let (mut facts, mut cards) = (Vec::new(), Vec::new());
        let several = wallet.keeps_several();
        for matched in &matches {
            let one = answering.get(matched.credential).ok_or(Refusal::KeyStore)?;
            let members = people::members_shown(one, &matched.claims, &in_answer);
            let part = one.part(&matched.query_id, &matched.claims, members.as_deref());
            facts.extend(one.facts(&matched.claims, members.as_deref()));
            cards.push(PresentedCard {
                card: one.card.id.clone(),
                type_name: one.card.type_name.clone(),
                format: one.card.format,
                status: one.status,
                hidden: one.hidden(&part),
                copy_reused: one.choice.reused,
                name: face::about(one.card).and_then(|about| about.name),
                is_dependants: one.is_dependants(),
                of_several: several || face::is_carried(one.card),
                is_carried: face::is_carried(one.card),
                others: people::others(one, &held, &wanted, |wanted| choose(wanted).is_some()),
            });
            parts.push(part);
        }
        let answered_at = super::answered(wallet, &request).last().map(|(at, _)| at);
        let consent = PresentationConsent {
            asker: asker.clone(),
            in_bundle: terms.in_bundle,
            portrait: parts.iter().any(|part| part.portrait),
            linked: link.is_some(),
            facts,
            cards,
            old_bundle_days: terms.old_bundle_days,
            channel,
            answered_at,
        };
        Ok(Self { request, asker, channel, terms, wanted, parts, link, consent })
    }

    /// Puts the question.
    pub(super) fn show(self) -> (Flow, Vec<Effect>) {
        let prompt = Prompt::Presentation(self.consent.clone());
        (Flow::Asking(Box::new(self)), vec![show(prompt)])
    }

    pub(super) fn fact_names(&self) -> Vec<String> {
        self.parts.iter().flat_map(|part| part.facts.iter().cloned()).collect()
    }
}

/// A card, opened, with the copy that this agency would get.
#[derive(Clone)]
pub(super) struct HeldCard<'w> {
    pub(super) card: &'w Card,
    pub(super) choice: Choice,
    status: CardStatus,
    claims: Value,
}

/// Which of these cards answer a query, by their places among them.
pub(super) fn evaluate(query: &Query, held: &[&HeldCard<'_>]) -> Result<Vec<Match>, Unsatisfied> {
    let offered: Vec<_> = held.iter().map(|one| one.candidate()).collect();
    Ok(query.evaluate(&offered)?.matches)
}

fn answers(query: &Query, held: &[HeldCard<'_>]) -> bool {
    evaluate(query, &held.iter().collect::<Vec<_>>()).is_ok()
}

/// All cards that may be shown today, newest first.
fn candidates<'w>(wallet: &'w Wallet, asker: &Asker, env: &Env<'_>) -> Result<Vec<HeldCard<'w>>, Refusal> {
    let mut held = Vec::new();
    for card in wallet.holdings.cards.iter().rev().filter(|card| card.is_current(env.now)) {
        let Some(choice) = card.choose(asker.agency.as_str()) else { continue };
        let claims = open(card, choice)?.claims().clone();
        let status = overview(card, wallet.bundle.as_ref(), env.now).status;
        // A counter would refuse it and has seen the facts all the same.
        if status == CardStatus::Distrusted {
            continue;
        }
        held.push(HeldCard { card, choice, status, claims });
    }
    Ok(held)
}

/// Whether this very request got an answer by that card.
fn answered_with(wallet: &Wallet, request: &VerifiedRequest, card: &Card) -> bool {
    let mut before = super::answered(wallet, request);
    before.any(|(_, shared)| shared.facts.iter().any(|fact| fact.card == card.id))
}

/// A copy of a card, as it was verified when it was received.
pub(crate) fn open(card: &Card, choice: Choice) -> Result<Held, Refusal> {
    let copy = card.copies.get(choice.index).ok_or(Refusal::CardUnreadable)?;
    let unverified = Unverified::parse(&copy.credential).map_err(|_| Refusal::CardUnreadable)?;
    Held::dangerous_reopen(unverified).map_err(|_| Refusal::CardUnreadable)
}

/// A card that has ended is no card: say so rather than that there is none.
fn unanswerable(wallet: &Wallet, error: Unsatisfied, env: &Env<'_>) -> Refusal {
    let none = matches!(error, Unsatisfied::NoCredential { .. });
    let ended = wallet.holdings.cards.iter().any(|card| env.now >= card.valid_until);
    let is_distrusted =
        |card: &Card| overview(card, wallet.bundle.as_ref(), env.now).status == CardStatus::Distrusted;
    if none && wallet.holdings.cards.iter().any(is_distrusted) {
        return Refusal::CardDistrusted;
    }
    if none && ended { Refusal::CardExpired } else { Refusal::Unsatisfied(error) }
}

/// Why no cards of one person answer.
fn unlinked(query: &Query, wallet: &Wallet, held: &[HeldCard<'_>], env: &Env<'_>) -> Refusal {
    // Cards received before cards bore links would do once they are fetched again.
    let all_linked = held.iter().flat_map(|one| &one.card.copies).all(|copy| copy.link.is_some());
    // Somebody who has all the cards, but not all that is asked of them: another person's card must not hide that.
    if let Some(error) = link::short_of_claims(held, query) {
        return unanswerable(wallet, error, env);
    }
    match evaluate(query, &held.iter().collect::<Vec<_>>()) {
        Err(error @ Unsatisfied::NoCredential { .. }) => unanswerable(wallet, error, env),
        Err(error) if all_linked => unanswerable(wallet, error, env),
        Err(_) | Ok(_) => Refusal::NotOnePerson,
    }
}

impl HeldCard<'_> {
    fn candidate(&self) -> Candidate<'_> {
        Candidate {
            format: self.card.format,
            types: self.card.types.iter().map(String::as_str).collect(),
            claims: &self.claims,
            holder_binding: true,
            authority_keys: Vec::new(),
        }
    }

    /// Whether its key lives where the service demands. A card that does not say it is of the lowest level there is.
    fn key_suffices(&self, least: Option<KeyAssurance>) -> bool {
        let Some(least) = least else { return true };
        let subject = facts::subject(self.card.format, &self.claims);
        let said = subject.get(KEY_ASSURANCE).and_then(Value::as_str);
        said.and_then(KeyAssurance::of_claim).unwrap_or(KeyAssurance::Web).is_at_least(least)
    }

    pub(super) fn claims(&self) -> &Value {
        &self.claims
    }

    fn is_dependants(&self) -> bool {
        people::is_of_dependant(self.card.kind(), &facts::subject(self.card.format, &self.claims))
    }

    /// `members`: of a list that is asked through, only these.
    fn part(&self, query_id: &str, asked: &[ClaimPath], members: Option<&[usize]>) -> Part {
        let facts: Vec<String> =
            asked.iter().filter_map(|path| self.fact(path)).map(|path| path.to_string()).collect();
        let paths = asked.iter().flat_map(|path| shown_paths(path, members));
        Part {
            query_id: query_id.to_owned(),
            card: self.card.id.clone(),
            choice: self.choice,
            paths: paths.collect(),
            portrait: facts.iter().any(|path| path == facts::PORTRAIT),
            facts,
        }
    }

    fn facts(&self, asked: &[ClaimPath], members: Option<&[usize]>) -> Vec<Fact> {
        let portrait = self.card.copies.get(self.choice.index).and_then(|copy| copy.portrait.as_ref());
        let value = |path: &ClaimPath| {
            let paths = shown_paths(path, members);
            let mut values = paths.iter().flat_map(|path| path.select(&self.claims)).cloned();
            match path.elements().contains(&PathElement::Every) {
                true => values.collect(),
                false => values.next().unwrap_or(Value::Null),
            }
        };
        let one = |path: &ClaimPath| {
            let name = self.fact(path)?.to_string();
            let value = facts::value(self.card.kind(), &name, &value(path), portrait);
            Some(Fact { card: self.card.id.clone(), path: name, value })
        };
        asked.iter().filter_map(one).collect()
    }

    /// The fact that a path from the root shows, seen from the subject: none if it only ties cards together.
    fn fact(&self, path: &ClaimPath) -> Option<ClaimPath> {
        let fact = self.card.format.to_subject(path)?;
        (self.card.kind().map(holder_claim).as_ref() != Some(&fact)).then_some(fact)
    }

    fn hidden(&self, part: &Part) -> Vec<String> {
        facts::hidden(self.card.kind(), &facts::subject(self.card.format, &self.claims), &part.facts)
    }
}

fn shown_paths(path: &ClaimPath, members: Option<&[usize]>) -> Vec<ClaimPath> {
    members.map_or_else(|| vec![path.clone()], |members| people::through(path, members))
}
