//! Offers, requests and answers in words.

use absah_qr::render::{Ecc, Symbol};
use absah_schemas::{CredentialType, times};
use absah_types::{Coded as _, Lang};
use absah_wallet_core::{
    Card, CardId, CardStatus, Channel, Event, Fact, OfferConsent, OtherCard, PresentationConsent,
    PresentedCard, SharedAnswer, SharedFact, Shown, Wallet,
};
use serde::Serialize;
use ts_rs::TS;

use super::{
    Told,
    cards::{self, FactRow},
    told, words,
};

/// An offer.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct OfferView {
    /// Who offers.
    pub issuer: String,
    /// Its address.
    pub address: String,
    /// Whether it stands on the list.
    pub listed: bool,
    /// Whether there is a list at all.
    pub list: bool,
    /// What is offered, each once.
    pub cards: Vec<String>,
    /// This device is to carry it for somebody: whose card it is, and how long.
    pub carried: Option<String>,
    /// A code is needed.
    pub code: bool,
    /// Of so many characters.
    pub length: Option<usize>,
    /// Digits only.
    pub numeric: bool,
    /// What was wrong with the last one.
    pub problem: Option<Told>,
}

/// A request.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct RequestView {
    /// Agency.
    pub agency: String,
    /// Place.
    pub place: String,
    /// Up to two letters to stand for a logo.
    pub initials: String,
    /// "… wants to see 3 facts for …".
    pub sentence: String,
    /// Registered: by the list here, or by one newer than it.
    pub registered: String,
    /// What for.
    pub purpose: String,
    /// Legal basis.
    pub basis: String,
    /// How long it is kept.
    pub retention: String,
    /// Whose cards answer, where there is a choice or one is a child's.
    pub people: Vec<PersonLine>,
    /// What will be sent.
    pub facts: Vec<FactRow>,
    /// What stays hidden.
    pub hidden: Vec<String>,
    /// The face picture goes along.
    pub portrait: bool,
    /// A card answers that is only carried for its holder, who must be there.
    pub carried: bool,
    /// What to mind.
    pub warnings: Vec<String>,
    /// It travels over the network, not by QR code.
    pub online: bool,
}

/// Whose card answers.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct PersonLine {
    /// "For NAME, your child or dependant".
    pub sentence: String,
    /// Other people's cards that could.
    pub others: Vec<OtherPerson>,
}

/// A card that could answer instead.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct OtherPerson {
    /// Its name in the wallet.
    pub card: String,
    /// What the button says.
    pub label: String,
}

/// What was sent.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct SharedView {
    /// To whom.
    pub who: String,
    /// Whose, where that is not simply the owner of the phone.
    pub of: Option<String>,
    /// What for.
    pub title: String,
    /// The facts by name.
    pub facts: Vec<String>,
    /// Until when it may be kept; nothing when it may not.
    pub until: Option<String>,
    /// It travelled over the network.
    pub online: bool,
    /// It was shown without a request.
    pub weak: bool,
}

/// One QR code: rows of `0` and `1`.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct Drawing {
    /// The modules, dark is `1`.
    pub rows: Vec<String>,
}

/// An offer in words.
pub(super) fn offer(consent: &OfferConsent, lang: Lang) -> OfferView {
    OfferView {
        issuer: consent.issuer_name.as_str().to_owned(),
        address: consent.issuer.clone(),
        listed: consent.listed,
        list: consent.list,
        cards: words::once(consent.cards.iter().map(|card| offered(&card.type_name, lang))),
        carried: consent.carried.as_ref().map(|carried| words::carried_for(carried, lang)),
        code: consent.code.is_some(),
        length: consent.code.as_ref().and_then(|code| code.length),
        numeric: consent.code.as_ref().is_some_and(|code| code.numeric),
        problem: consent.problem.as_ref().map(|problem| told(problem.code(), lang)),
    }
}

/// What is offered. A type of others is told as what it is: only the registry's are called what everybody calls them.
fn offered(name: &Shown, lang: Lang) -> String {
    match CredentialType::of_name(name.as_str()) {
        Some(kind) => kind.display_name(lang).to_owned(),
        None => words::say(lang, "wallet-offer-other", &[("name", name.as_str())]),
    }
}

/// A request in words.
pub(super) fn request(consent: &PresentationConsent, wallet: &Wallet, lang: Lang) -> RequestView {
    let asker = &consent.asker;
    let held = |card: &CardId| wallet.holdings().cards.iter().find(|one| one.id == *card);
    let title = words::local(&asker.title, lang);
    let count = consent.facts.len().to_string();
    let registered = if consent.in_bundle { "wallet-request-registered" } else { "wallet-request-by-value" };
    let retention = match asker.retention_days {
        0 => words::text(lang, "win-request-not-kept"),
        days => {
            let span = times::days(lang, days.into());
            words::say(lang, "wallet-request-kept", &[("span", &span)])
        }
    };
    let hidden = consent.cards.iter().flat_map(|card| {
        let held = held(&card.card);
        card.hidden.iter().map(move |path| words::label_on(held, path, lang))
    });
    RequestView {
        agency: asker.agency.as_str().to_owned(),
        place: asker.place.as_str().to_owned(),
        initials: initials(asker.agency.as_str()),
        sentence: words::say(lang, "win-request-sentence", &[("count", &count), ("title", &title)]),
        registered: words::text(lang, registered),
        purpose: words::local(&asker.purpose, lang),
        basis: asker.legal_basis.as_str().to_owned(),
        retention,
        people: people(consent, lang),
        facts: facts(consent, held, lang),
        hidden: words::once(hidden),
        portrait: consent.portrait,
        carried: consent.cards.iter().any(|card| card.is_carried),
        warnings: warnings(consent, lang),
        online: consent.channel == Channel::Online,
    }
}

/// What will be sent. With two cards or more, under the name of the card and of the person it is about: a
/// parent's and a child's names must not be taken for each other.
fn facts<'a>(
    consent: &PresentationConsent,
    held: impl Fn(&CardId) -> Option<&'a Card>,
    lang: Lang,
) -> Vec<FactRow> {
    let row = |fact: &Fact| cards::row(held(&fact.card), &fact.path, &fact.value, lang);
    if consent.cards.len() < 2 {
        return consent.facts.iter().map(row).collect();
    }
    let of_card = |card: &PresentedCard| {
        let label = match &card.name {
            Some(name) => format!("{}, {}", words::type_name(&card.type_name, lang), name.as_str()),
            None => words::type_name(&card.type_name, lang),
        };
        let inner = consent.facts.iter().filter(|fact| fact.card == card.card).map(row).collect();
        FactRow { label, value: None, picture: None, inner }
    };
    consent.cards.iter().map(of_card).collect()
}

fn people(consent: &PresentationConsent, lang: Lang) -> Vec<PersonLine> {
    let lines = consent.cards.iter().filter(|card| card.is_dependants || card.of_several);
    let line = |card: &PresentedCard| {
        let id = match (card.is_carried, card.is_dependants) {
            (true, _) => "wallet-request-for-carried",
            (false, true) => "wallet-request-for-child",
            (false, false) => "wallet-request-for-adult",
        };
        let name = card.name.as_ref().map_or("–", Shown::as_str);
        let kind = words::type_name(&card.type_name, lang);
        let other = |other: &OtherCard| OtherPerson {
            card: other.card.0.clone(),
            label: words::say(lang, "win-request-other", &[("name", other.name.as_str())]),
        };
        PersonLine {
            sentence: words::say(lang, id, &[("name", name), ("card", &kind)]),
            others: card.others.iter().map(other).collect(),
        }
    };
    lines.map(line).collect()
}

fn warnings(consent: &PresentationConsent, lang: Lang) -> Vec<String> {
    let mut warnings = Vec::new();
    if let Some(at) = consent.answered_at {
        warnings.push(words::say(lang, "wallet-request-answered", &[("when", &times::moment(lang, at))]));
    }
    for card in &consent.cards {
        if !matches!(card.status, CardStatus::Valid | CardStatus::Unknown) {
            let (name, (word, _)) =
                (words::type_name(&card.type_name, lang), words::status(card.status, lang));
            let values = [("card", name.as_str()), ("status", &word)];
            warnings.push(words::say(lang, "wallet-request-card-status", &values));
        }
    }
    if consent.linked {
        let family = consent.cards.iter().any(|card| card.is_dependants);
        let id = if family { "wallet-request-linked-family" } else { "wallet-request-linked" };
        warnings.push(words::text(lang, id));
    }
    if consent.cards.iter().any(|card| card.copy_reused) {
        warnings.push(words::text(lang, "wallet-request-reused"));
    }
    if let Some(days) = consent.old_bundle_days {
        warnings.push(words::say(lang, "wallet-request-old-bundle", &[("days", &days.to_string())]));
    }
    warnings
}

/// The answer as pictures. One that cannot be drawn does not come from our core; it is left out.
pub(super) fn answer(answer: &SharedAnswer) -> (String, Vec<Drawing>) {
    let who = match &answer.entry.event {
        Event::Shared(shared) => words::who(&shared.to),
        _ => String::new(),
    };
    (who, drawings(&answer.frames))
}

/// Texts of frames as pictures.
pub(super) fn drawings(frames: &[String]) -> Vec<Drawing> {
    let draw = |text: &String| {
        let symbol = Symbol::encode(text, Ecc::L).ok()?;
        let width = symbol.width();
        let row = |y: usize| (0..width).map(|x| if symbol.is_dark(x, y) { '1' } else { '0' }).collect();
        Some(Drawing { rows: (0..width).map(row).collect() })
    };
    frames.iter().filter_map(draw).collect()
}

/// What was sent, in words.
pub(super) fn shared(answer: &SharedAnswer, wallet: &Wallet, lang: Lang) -> SharedView {
    let labels = |facts: &[SharedFact]| {
        let names = facts.iter().map(|fact| words::label(kind_of(wallet, &fact.card), &fact.path, lang));
        words::once(names)
    };
    let Event::Shared(shared) = &answer.entry.event else {
        let facts = match &answer.entry.event {
            Event::OneScan(shown) => labels(&shown.facts),
            _ => Vec::new(),
        };
        let (who, title) = (String::new(), String::new());
        return SharedView { who, of: None, title, facts, until: None, online: false, weak: true };
    };
    SharedView {
        who: words::who(&shared.to),
        of: shared.facts.iter().find_map(|fact| carried_for(wallet, &fact.card)),
        title: words::local(&shared.to.title, lang),
        facts: labels(&shared.facts),
        until: (shared.to.retention_days > 0).then(|| times::day(lang, shared.kept_until)),
        online: shared.channel == Channel::Online,
        weak: false,
    }
}

/// Whose card it is that is only carried.
fn carried_for(wallet: &Wallet, id: &CardId) -> Option<String> {
    let card = wallet.holdings().cards.iter().find(|card| card.id == *id)?;
    card.is_carried().then(|| card.holder())?.map(|name| name.as_str().to_owned())
}

pub(super) fn kind_of(wallet: &Wallet, card: &CardId) -> Option<CredentialType> {
    wallet.holdings().cards.iter().find(|one| one.id == *card).and_then(|one| one.kind())
}

fn initials(name: &str) -> String {
    let words = name.split_whitespace().filter(|word| word.chars().next().is_some_and(char::is_alphabetic));
    words.take(2).filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}
