//! Cards as a person sees them: one for each document, whatever forms it is kept in, with what stands on it.

use std::collections::BTreeSet;

use absah_credential::PENDAMPING;
use absah_credential::sd_jwt::Held;
use absah_schemas::CredentialType;
use absah_trust::registration::PROTECTED;
use absah_types::Timestamp;
use serde_json::{Map, Value};

use crate::{
    blob::Blob,
    card::{About, Card, CardId, Choice},
    facts,
    history::SharedFact,
    overview::{CardStatus, Overview},
    prompt::{Fact, FactValue},
    respond,
    shown::Shown,
    wallet::Wallet,
};

/// One document of the stack.
#[derive(Clone, Debug)]
pub struct Stacked<'w> {
    /// The forms it is kept in, newest first; never empty.
    pub forms: Vec<Overview<'w>>,
    /// The name on it.
    pub name: Option<Shown>,
    /// What kind of letter it is, as it says itself.
    pub title: Option<Shown>,
    /// The face picture on it, as WebP.
    pub portrait: Option<Blob>,
    /// It is about a child or dependant whose documents are kept here.
    pub is_dependants: bool,
    /// Somebody's card that this phone only carries, as a helper's: until then, when it goes.
    pub carried_until: Option<Timestamp>,
}

impl<'w> Stacked<'w> {
    /// The form that stands for all.
    pub fn first(&self) -> Option<&Overview<'w>> {
        self.forms.first()
    }

    /// Whether this card is one of its forms.
    pub fn holds(&self, id: &CardId) -> bool {
        self.forms.iter().any(|form| form.card.id == *id)
    }

    /// The worst state of any form: they are withdrawn together.
    pub fn status(&self) -> CardStatus {
        self.forms.iter().map(|form| form.status).max().unwrap_or(CardStatus::Unknown)
    }

    /// Whether it can be shown from this device; not after a restore.
    pub fn is_here(&self) -> bool {
        self.forms.iter().any(|form| !form.card.copies.is_empty())
    }
}

/// Facts of one card that were sent together.
#[derive(Clone, Debug)]
pub struct OfOneCard<'w> {
    /// The card, while it is kept.
    pub card: Option<&'w Card>,
    /// The name on it, where it must be told: other cards went along, or cards of other people are kept here.
    pub name: Option<Shown>,
    /// Claim paths, dotted.
    pub paths: Vec<String>,
}

impl Wallet {
    /// Facts that were sent, card by card in the order sent.
    pub fn of_whom(&self, facts: &[SharedFact]) -> Vec<OfOneCard<'_>> {
        let mut groups: Vec<(&CardId, Vec<String>)> = Vec::new();
        for fact in facts {
            match groups.iter_mut().find(|(card, _)| **card == fact.card) {
                Some((_, paths)) => paths.push(fact.path.clone()),
                None => groups.push((&fact.card, vec![fact.path.clone()])),
            }
        }
        let names = self.holdings.cards.iter().filter_map(|card| about(card)?.name);
        let is_told = groups.len() > 1 || names.collect::<BTreeSet<_>>().len() > 1;
        let group = |(id, paths)| {
            let card = self.card(id);
            let name = card.filter(|_| is_told).and_then(about).and_then(|about| about.name);
            OfOneCard { card, name, paths }
        };
        groups.into_iter().map(group).collect()
    }

    /// Whether cards of several people are kept. A family card is everybody's on it.
    pub fn keeps_several(&self) -> bool {
        let cards = self.holdings.cards.iter();
        let personal = cards.filter(|card| card.kind() != Some(CredentialType::KartuKeluarga));
        personal.filter_map(about).map(|about| about.number).collect::<BTreeSet<_>>().len() > 1
    }

    /// The stack, newest first: forms of one document about one person lie together.
    pub fn stack(&self, now: Timestamp) -> Vec<Stacked<'_>> {
        let mut stack: Vec<(Option<String>, Stacked<'_>)> = Vec::new();
        for form in self.overview(now) {
            let about = about(form.card);
            let number = about.as_ref().map(|about| about.number.clone());
            let same = |(held, one): &&mut (Option<String>, Stacked<'_>)| {
                number.is_some()
                    && *held == number
                    && one.first().is_some_and(|first| {
                        (&first.card.type_name, &first.card.issuer.url)
                            == (&form.card.type_name, &form.card.issuer.url)
                    })
            };
            if let Some((_, one)) = stack.iter_mut().find(same) {
                one.portrait = one.portrait.take().or_else(|| portrait(form.card));
                one.forms.push(form);
                continue;
            }
            let portrait = portrait(form.card);
            let name = about.and_then(|about| about.name);
            let is_dependants = is_dependants(form.card);
            let title = letter_text(form.card, "jenisSurat");
            let carried_until = is_carried(form.card).then_some(form.card.valid_until);
            let forms = vec![form];
            stack.push((number, Stacked { forms, name, title, portrait, is_dependants, carried_until }));
        }
        stack.into_iter().map(|(_, one)| one).collect()
    }

    /// Whether the letter of this number is in the wallet.
    pub fn has_letter(&self, number: &str) -> bool {
        let is_it = |card: &Card| letter_text(card, "nomorSurat").is_some_and(|own| own.as_str() == number);
        self.holdings.cards.iter().any(is_it)
    }

    /// What stands on a card, in its order, with the picture where it has one. Nothing for a card that must be fetched
    /// again, or that cannot be read.
    pub fn facts(&self, id: &CardId) -> Vec<Fact> {
        let Some(card) = self.card(id) else { return Vec::new() };
        let Some(subject) = subject(card) else { return Vec::new() };
        let picture = card.copies.first().and_then(|copy| copy.portrait.as_ref());
        facts::hidden(card.kind(), &subject, &[])
            .into_iter()
            .map(|path| {
                let value = subject.get(&path).unwrap_or(&Value::Null);
                let value = facts::value(card.kind(), &path, value, picture);
                Fact { card: card.id.clone(), path, value }
            })
            .collect()
    }
}

fn opened(card: &Card) -> Option<Held> {
    respond::open(card, Choice { index: 0, reused: false }).ok()
}

fn subject(card: &Card) -> Option<Map<String, Value>> {
    Some(facts::subject(card.format, opened(card)?.claims()))
}

/// Whether a helper's phone only carries it, for half an hour.
pub(crate) fn is_carried(card: &Card) -> bool {
    subject(card).is_some_and(|subject| subject.contains_key(PENDAMPING))
}

/// Whether it is about a child or another dependant of whoever keeps it.
pub(crate) fn is_dependants(card: &Card) -> bool {
    subject(card).is_some_and(|subject| respond::is_of_dependant(card.kind(), &subject))
}

/// Somebody's card whose session is over: it is here no more, whether or not it was removed yet.
pub(crate) fn is_carried_no_more(card: &Card, now: Timestamp) -> bool {
    now >= card.valid_until && is_carried(card)
}

/// The number that says whom a card is about.
pub(crate) fn number(card: &Card) -> Option<String> {
    about(card).map(|about| about.number)
}

/// Whom a card is about.
pub(crate) fn about(card: &Card) -> Option<About> {
    let Some(subject) = subject(card) else { return card.about.clone() };
    let text = |name: &str| subject.get(name).and_then(Value::as_str);
    // Letters of one person are told apart by their own number.
    let number = ["nomorSurat"].iter().chain(&PROTECTED).find_map(|number| text(number))?.to_owned();
    let name = ["nama", "kepalaKeluarga"].iter().find_map(|name| text(name));
    Some(About { number, name: name.map(Shown::new) })
}

/// What a letter of ours says of itself.
fn letter_text(card: &Card, claim: &str) -> Option<Shown> {
    if card.kind() != Some(CredentialType::SuratKeterangan) {
        return None;
    }
    subject(card)?.get(claim).and_then(Value::as_str).map(Shown::new)
}

fn portrait(card: &Card) -> Option<Blob> {
    let blob = card.copies.first()?.portrait.as_ref()?;
    match facts::value(card.kind(), facts::PORTRAIT, &Value::Null, Some(blob)) {
        FactValue::Picture(picture) => Some(picture),
        _ => None,
    }
}
