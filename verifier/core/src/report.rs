//! A decision as commands print it and pages read it.

use absah_credential::Pendamping;
use absah_trust::policy::{CardFacts, Carried, Colour, Decision, FreshnessTier, Relation, StatusWord};
use absah_trust::{Accepted, Facts, Outcome};
use absah_types::Timestamp;
use serde::Serialize;

/// The fields of `decide --json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// `accepted`, `refused` or `undetermined`.
    pub decision: Decision,
    /// The stable code; its texts are `err-<code>` and `rec-<code>`.
    pub code: &'static str,
    /// `green`, `yellow`, `grey` or `red`.
    pub colour: Colour,
    /// The status as far as it was read.
    pub status: StatusWord,
    /// Facts by dotted claim path; empty unless accepted.
    pub facts: Facts,
    /// Each card with its own facts and whose it is: of the holder, who stands at the counter if the portrait is theirs, or
    /// of a dependant. Only where there are several cards.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<CardFacts>,
    /// What the holder is to each dependant whose card was shown, and what proves it. The rule stands in the module
    /// `relation` of `absah_trust::policy`: a child's own document, or the family card that lists both; never names alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// The helper who carries the card for its holder, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pendamping: Option<CarriedReport>,
    /// What it was judged by.
    pub freshness: FreshnessReport,
    /// Whether a portrait came and is the one signed: then the officer compares the face.
    pub portrait: bool,
    /// Set where the proof is weaker than an answer to the counter's own request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<Strength>,
    /// What the service asks and the proof cannot say, dotted: a paper card has a fixed few facts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unanswered: Vec<String>,
}

/// How a proof is weaker than an answer to the counter's own request; its sentence is `counter-strength-<word>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// Flow B: shown without a request. Two counters that do not talk can both take one code.
    Lemah,
    /// Flow C: on paper. A copy cannot be detected.
    Kertas,
}

impl Report {
    /// The same, said to be weaker.
    #[must_use]
    pub fn weaker(self, strength: Strength) -> Self {
        Self { strength: Some(strength), ..self }
    }

    /// The same with what it does not say; of what was not accepted nothing is said anyway.
    #[must_use]
    pub fn leaving(self, unanswered: Vec<String>) -> Self {
        let unanswered = if self.decision == Decision::Accepted { unanswered } else { Vec::new() };
        Self { unanswered, ..self }
    }

    /// The same, not taken for that reason: undetermined, and no fact of it.
    #[must_use]
    pub fn withheld(self, code: &'static str) -> Self {
        Self {
            decision: Decision::Undetermined,
            code,
            colour: Colour::Grey,
            facts: Facts::default(),
            cards: Vec::new(),
            relations: Vec::new(),
            portrait: false,
            ..self
        }
    }
}

/// A registered helper who carries a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CarriedReport {
    /// The helper's id in the registry.
    pub nomor: String,
    /// Name.
    pub nama: String,
    /// Organisation.
    pub organisasi: String,
    /// When the session ends, RFC 3339.
    pub until: String,
}

impl From<&Carried> for CarriedReport {
    fn from(carried: &Carried) -> Self {
        let Pendamping { id: nomor, nama, organisasi } = carried.helper.clone();
        Self { nomor, nama, organisasi, until: carried.until.to_string() }
    }
}

/// How old the knowledge is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FreshnessReport {
    /// `green`, `amber`, `red` or `none`.
    pub tier: FreshnessTier,
    /// When the oldest status needed was signed, RFC 3339; null without one.
    pub signed_at: Option<String>,
    /// Its age in seconds; null without one.
    pub age_s: Option<i64>,
    /// Version of the bundle; 0 without one.
    pub bundle_version: u64,
}

impl Report {
    /// An undetermined outcome with the facts that a supervisor accepts; decision, code and colour stay what they are.
    #[must_use]
    pub fn vouched(outcome: &Outcome, accepted: &Accepted) -> Self {
        let portrait = accepted.portrait().is_some();
        Self {
            facts: accepted.facts().clone(),
            cards: accepted.cards().to_vec(),
            relations: accepted.relations().to_vec(),
            pendamping: accepted.carried_by().map(CarriedReport::from),
            portrait,
            ..Self::from(outcome)
        }
    }
}

impl From<&Outcome> for Report {
    fn from(outcome: &Outcome) -> Self {
        let freshness = outcome.freshness();
        let accepted = outcome.accepted();
        Self {
            decision: outcome.decision(),
            code: outcome.code(),
            colour: outcome.colour(),
            status: outcome.status(),
            facts: accepted.map(|accepted| accepted.facts().clone()).unwrap_or_default(),
            cards: accepted.map(|accepted| accepted.cards().to_vec()).unwrap_or_default(),
            relations: accepted.map(|accepted| accepted.relations().to_vec()).unwrap_or_default(),
            pendamping: accepted.and_then(|accepted| accepted.carried_by()).map(CarriedReport::from),
            freshness: FreshnessReport {
                tier: freshness.tier,
                signed_at: freshness.signed_at.as_ref().map(Timestamp::to_string),
                age_s: freshness.age.map(|age| age.0),
                bundle_version: freshness.bundle_version,
            },
            portrait: accepted.is_some_and(|accepted| accepted.portrait().is_some()),
            strength: None,
            unanswered: Vec::new(),
        }
    }
}
