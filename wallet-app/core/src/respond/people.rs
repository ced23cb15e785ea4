//! Several people in one wallet: whose card answers. A household keeps the cards of two adults and their children on one
//! phone; an answer is always that of one adult, and of one child beside them.

use absah_credential::{HOLDER_RELATION, HolderRelation, PathElement};
use absah_protocol::dcql::{Match, Query};
use absah_schemas::CredentialType;
use absah_trust::ClaimPath;
use serde_json::Value;

use super::ask::{HeldCard, evaluate};
use super::link;
use crate::{card::CardId, face, facts, prompt::OtherCard, wallet::Wallet};

/// Other people's cards that are named beside a chosen one, at most.
const MAX_OTHERS: usize = 8;
/// What a member of the family is to its head: asked beside a dependant's document, it asks for the relation of two.
const TO_HEAD: &str = "anggota.*.hubungan";

/// Which cards answer, and what ties them.
pub(super) struct Chosen<'w> {
    pub(super) held: Vec<HeldCard<'w>>,
    pub(super) matches: Vec<Match>,
    pub(super) link: Option<String>,
}

/// The cards that answer, best first, those in `wanted` before others of their type. None where no cards do.
pub(super) fn choose<'w>(
    held: &[HeldCard<'w>],
    wanted: &[CardId],
    query: &Query,
    linked: bool,
    wallet: &Wallet,
    agency: &str,
) -> Option<Chosen<'w>> {
    let held = without_rivals(held, wanted);
    if !linked {
        let matches = evaluate(query, &held.iter().collect::<Vec<_>>()).ok()?;
        return Some(Chosen { held, matches, link: None });
    }
    // Documents of two children never go together.
    let mut dependants: Vec<Option<String>> = Vec::new();
    for one in held.iter().filter(|one| is_certificate(one.card.kind())) {
        let number = nik(one);
        if !dependants.contains(&number) {
            dependants.push(number);
        }
    }
    if dependants.is_empty() {
        dependants.push(None);
    }
    dependants.into_iter().find_map(|dependant| {
        let is_in = |one: &&HeldCard<'_>| !is_certificate(one.card.kind()) || nik(one) == dependant;
        let mut held: Vec<_> = held.iter().filter(is_in).cloned().collect();
        let linked = link::cards_of_one_person(&mut held, query, wallet, agency)?;
        Some(Chosen { held, matches: linked.matches, link: Some(linked.link) })
    })
}

/// Without the cards that a wanted one was preferred to: of the same type, about somebody else.
fn without_rivals<'w>(held: &[HeldCard<'w>], wanted: &[CardId]) -> Vec<HeldCard<'w>> {
    let wanted: Vec<_> = wanted.iter().filter_map(|id| held.iter().find(|one| one.card.id == *id)).collect();
    let is_rival = |one: &HeldCard<'_>| {
        wanted.iter().any(|wanted| {
            wanted.card.type_name == one.card.type_name && face::number(wanted.card) != face::number(one.card)
        })
    };
    held.iter().filter(|one| !is_rival(one)).cloned().collect()
}

/// The cards of other people that could answer in the place of this one.
pub(super) fn others(
    one: &HeldCard<'_>,
    held: &[HeldCard<'_>],
    wanted: &[CardId],
    can_answer: impl Fn(&[CardId]) -> bool,
) -> Vec<OtherCard> {
    let mut seen = vec![face::number(one.card)];
    let mut found = Vec::new();
    for other in held.iter().filter(|other| other.card.types == one.card.types) {
        let number = face::number(other.card);
        if number.is_none() || seen.contains(&number) || found.len() == MAX_OTHERS {
            continue;
        }
        seen.push(number);
        let wanted = instead(held, wanted, other);
        if can_answer(&wanted) {
            let name = face::about(other.card).and_then(|about| about.name).unwrap_or_default();
            found.push(OtherCard { card: other.card.id.clone(), name });
        }
    }
    found
}

/// What is wanted once this card is: no other of its type, and no document of another child.
pub(super) fn instead(held: &[HeldCard<'_>], wanted: &[CardId], card: &HeldCard<'_>) -> Vec<CardId> {
    let stays = |id: &&CardId| {
        held.iter().find(|one| one.card.id == **id).is_some_and(|one| {
            one.card.types != card.card.types
                && !(is_certificate(one.card.kind()) && is_certificate(card.card.kind()))
        })
    };
    wanted.iter().filter(stays).cloned().chain([card.card.id.clone()]).collect()
}

/// Whether a card is about a child or dependant of whoever's wallet this is.
pub(crate) fn is_of_dependant(
    kind: Option<CredentialType>,
    subject: &serde_json::Map<String, Value>,
) -> bool {
    let relation = subject.get(HOLDER_RELATION).and_then(Value::as_str).and_then(HolderRelation::of_name);
    kind == Some(CredentialType::Kia) || relation.is_some_and(|relation| relation != HolderRelation::Oneself)
}

fn is_certificate(kind: Option<CredentialType>) -> bool {
    matches!(kind, Some(CredentialType::Kia | CredentialType::AktaKelahiran))
}

fn nik(one: &HeldCard<'_>) -> Option<String> {
    facts::subject(one.card.format, one.claims()).get("nik").and_then(Value::as_str).map(str::to_owned)
}

/// The places of the members that a family card shows where the relation of two people is asked: theirs, and nobody else's.
/// None: as asked.
pub(super) fn members_shown(
    one: &HeldCard<'_>,
    asked: &[ClaimPath],
    answering: &[&HeldCard<'_>],
) -> Option<Vec<usize>> {
    let asks_relation = asked
        .iter()
        .any(|path| one.card.format.to_subject(path).is_some_and(|path| path.to_string() == TO_HEAD));
    let of_dependant = |other: &&HeldCard<'_>| {
        is_of_dependant(other.card.kind(), &facts::subject(other.card.format, other.claims()))
    };
    if !asks_relation || !answering.iter().any(of_dependant) {
        return None;
    }
    let numbers: Vec<String> = answering.iter().filter_map(|other| nik(other)).collect();
    let subject = facts::subject(one.card.format, one.claims());
    let members = subject.get("anggota")?.as_array()?.iter().enumerate();
    let is_shown = |member: &Value| {
        member.get("nik").and_then(Value::as_str).is_some_and(|nik| numbers.iter().any(|own| own == nik))
    };
    let shown: Vec<usize> = members.filter(|(_, member)| is_shown(member)).map(|(at, _)| at).collect();
    (!shown.is_empty()).then_some(shown)
}

/// A path through all members as paths through these.
pub(super) fn through(path: &ClaimPath, members: &[usize]) -> Vec<ClaimPath> {
    let Some(every) = path.elements().iter().position(|step| *step == PathElement::Every) else {
        return vec![path.clone()];
    };
    let one = |at: &usize| {
        let steps = path.elements().iter().enumerate();
        let steps = steps.map(|(place, step)| match place == every {
            true => PathElement::Index(*at),
            false => step.clone(),
        });
        ClaimPath::new(steps.collect()).ok()
    };
    members.iter().filter_map(one).collect()
}
