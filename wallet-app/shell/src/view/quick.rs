//! Showing without a request, in words.

use absah_schemas::CredentialType;
use absah_types::{Lang, Timestamp};
use absah_wallet_core::window::{No, QuickConsent};
use absah_wallet_core::{
    CHOICES, Card, Fact, FactValue, OneScanCode, Shown, Stacked, Wallet, facts_of_choice,
};
use serde::Serialize;
use ts_rs::TS;

use super::request::{OtherPerson, PersonLine};
use super::{ScreenView, cards, request, told, words};

/// A kind of service.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct QuickChoice {
    /// Its word.
    pub choice: String,
    /// What people call it.
    pub name: String,
    /// What is shown to it.
    pub facts: String,
}

/// The kinds of services.
pub(super) fn choices(wallet: &Wallet, lang: Lang, now: Timestamp) -> ScreenView {
    let choices = CHOICES.into_iter().map(|(choice, _)| {
        let facts = facts_of_choice(choice).unwrap_or_default();
        let labels = facts.iter().map(|fact| words::label(Some(CredentialType::KtpElektronik), fact, lang));
        QuickChoice {
            choice: choice.to_owned(),
            name: name(choice, lang),
            facts: words::once(labels).join(", "),
        }
    });
    ScreenView::Quick {
        choices: choices.collect(),
        cards: wallet.stack(now).iter().any(Stacked::is_here),
        list: wallet.bundle().is_some(),
    }
}

/// What would be shown.
pub(super) fn consent(consent: &QuickConsent, wallet: &Wallet, lang: Lang, now: Timestamp) -> ScreenView {
    let held = |fact: &Fact| wallet.holdings().cards.iter().find(|one| one.id == fact.card);
    let facts = consent.facts.iter();
    let card = consent.facts.first().and_then(held);
    ScreenView::QuickConsent {
        name: name(consent.choice, lang),
        people: people(card, wallet, lang, now),
        facts: facts.map(|fact| cards::row(held(fact), &fact.path, &fact.value, lang)).collect(),
        portrait: consent.facts.iter().any(|fact| matches!(fact.value, FactValue::Picture(_))),
        carried: card.is_some_and(Card::is_carried),
    }
}

/// Whose card it is, where cards of several people are here, and the others who could show theirs.
fn people(own: Option<&Card>, wallet: &Wallet, lang: Lang, now: Timestamp) -> Vec<PersonLine> {
    let stack = wallet.stack(now);
    let Some(own) = own.filter(|own| wallet.keeps_several() || own.is_carried()) else { return Vec::new() };
    let Some(shown) = stack.iter().find(|one| one.holds(&own.id)) else { return Vec::new() };
    let is_ktp = |one: &&Stacked<'_>| {
        one.first().is_some_and(|form| form.card.kind() == Some(CredentialType::KtpElektronik))
    };
    let others = stack.iter().filter(|one| one.is_here() && !one.holds(&own.id)).filter(is_ktp);
    let other = |one: &Stacked<'_>| {
        Some(OtherPerson {
            card: one.first()?.card.id.0.clone(),
            label: words::say(lang, "win-request-other", &[("name", one.name.as_ref()?.as_str())]),
        })
    };
    let (name, kind) =
        (shown.name.as_ref().map_or("–", Shown::as_str), words::type_name(&own.type_name, lang));
    let id = if own.is_carried() { "wallet-request-for-carried" } else { "wallet-request-for-adult" };
    vec![PersonLine {
        sentence: words::say(lang, id, &[("name", name), ("card", &kind)]),
        others: others.filter_map(other).collect(),
    }]
}

/// The code of now.
pub(super) fn code(code: &OneScanCode, trouble: Option<No>, lang: Lang, now: Timestamp) -> ScreenView {
    let kind = Some(CredentialType::KtpElektronik);
    let paths: Vec<&str> = code.facts.iter().map(|fact| fact.path.as_str()).collect();
    let choice = CHOICES.into_iter().find(|(word, _)| {
        facts_of_choice(word).is_some_and(|facts| {
            facts.len() == paths.len() && facts.iter().all(|one| paths.contains(&one.as_str()))
        })
    });
    ScreenView::QuickCode {
        name: choice.map(|(word, _)| name(word, lang)).unwrap_or_default(),
        facts: words::once(paths.iter().map(|path| words::label(kind, path, lang))),
        frames: request::drawings(&code.frames),
        next_s: code.renew_at.since(now).0.max(0),
        left_s: code.ends_at.since(now).0.max(0),
        problem: trouble.map(|no| told(no.code, lang)),
    }
}

fn name(choice: &str, lang: Lang) -> String {
    words::text(lang, &format!("win-quick-{choice}"))
}
