//! What is asked of the registry, and what it said, in words.

use absah_schemas::letters::{self, LetterError, LetterField};
use absah_schemas::{CredentialType, times};
use absah_types::{Lang, Timestamp};
use absah_wallet_core::window::{LetterForm, Topic, Window, WishConsent};
use absah_wallet_core::wishes::{Answer, MAX_TEXT, State, TextError, Ticket, Wish};
use absah_wallet_core::{Card, CardId, Shown, Wallet};
use serde::Serialize;
use ts_rs::TS;

use crate::pressed::Telling;

use super::{
    ScreenView, Told,
    cards::{self, FactRow},
    told, words,
};

/// What of the identity card a letter says again.
const ON_LETTERS: [&str; 8] =
    ["nama", "nik", "kelahiran", "jenisKelamin", "alamat", "agama", "statusPerkawinan", "pekerjaan"];

/// A wish that the registry knows.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct TicketLine {
    /// Its number.
    pub number: String,
    /// What kind, and when it came.
    pub title: String,
    /// The person's words.
    pub text: String,
    /// Where it stands.
    pub state: String,
    /// `ok`, `unknown`, `bad`.
    pub shape: String,
    /// The officer's words.
    pub note: Option<String>,
    /// Number of the letter that it has become.
    pub letter: Option<String>,
    /// Where that letter is fetched, while it is not in the wallet.
    pub fetch: Option<String>,
}

/// A kind of letter.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct LetterKind {
    /// Name of its template.
    pub kind: String,
    /// What people call it.
    pub title: String,
    /// What it asks, in a line.
    pub asks: String,
}

/// A field of a letter.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct LetterInput {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// Most characters.
    pub max: usize,
    /// Whether it must be filled in.
    pub required: bool,
    /// What was typed.
    pub value: String,
    /// Why it cannot stay so.
    pub problem: Option<String>,
}

/// Somebody with an identity card on this device.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct LetterPerson {
    /// The card.
    pub card: String,
    /// The name on it.
    pub name: String,
}

/// What would be asked.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct WishView {
    /// Of whom.
    pub issuer: String,
    /// Its address.
    pub address: String,
    /// Whether it stands on the list.
    pub listed: bool,
    /// What is asked for.
    pub title: String,
    /// The card that proves who asks.
    pub card: String,
    /// What was filled in.
    pub filled: Vec<FactRow>,
    /// What of the identity card the letter says again.
    pub facts: Vec<FactRow>,
}

/// The letters there are.
pub(super) fn letters(wallet: &Wallet, lang: Lang, now: Timestamp) -> ScreenView {
    let kind = |one: &letters::LetterTemplate| LetterKind {
        kind: one.id.clone(),
        title: one.title(lang).to_owned(),
        asks: words::once(one.fields.iter().map(|field| field.label(lang).to_owned())).join(", "),
    };
    ScreenView::Letters {
        able: !wallet.askers(now).is_empty(),
        kinds: letters::all().iter().map(kind).collect(),
    }
}

/// Who can ask, each with an identity card on this device.
pub(super) fn persons(wallet: &Wallet, now: Timestamp) -> Vec<LetterPerson> {
    let person = |(card, name): (CardId, Option<Shown>)| LetterPerson {
        card: card.0,
        name: name.map(String::from).unwrap_or_default(),
    };
    wallet.askers(now).into_iter().map(person).collect()
}

/// The same where one of several must be chosen.
pub(super) fn several(wallet: &Wallet, now: Timestamp) -> Vec<LetterPerson> {
    let persons = persons(wallet, now);
    if persons.len() > 1 { persons } else { Vec::new() }
}

/// One being filled in.
pub(super) fn letter(form: &LetterForm, wallet: &Wallet, lang: Lang, now: Timestamp) -> ScreenView {
    let Ok(template) = letters::template(form.letter) else { return letters(wallet, lang, now) };
    let input = |field: &LetterField| {
        let value = form.typed.get(&field.name).cloned().unwrap_or_default();
        let problem = form.problems.iter().find(|(name, _)| *name == field.name);
        LetterInput {
            name: field.name.clone(),
            label: field.label(lang).to_owned(),
            max: field.max,
            required: field.required,
            problem: problem.map(|(_, error)| problem_text(*error, field, &value, lang)),
            value,
        }
    };
    ScreenView::Letter {
        kind: template.id.clone(),
        title: template.title(lang).to_owned(),
        days: template.valid_days,
        fields: template.fields.iter().map(input).collect(),
        persons: persons(wallet, now),
        person: form.card.0.clone(),
    }
}

fn problem_text(error: LetterError, field: &LetterField, value: &str, lang: Lang) -> String {
    let id = match error {
        LetterError::Missing => "win-letter-missing",
        LetterError::TooLong => "win-letter-too-long",
        _ => "win-letter-characters",
    };
    let (have, most) = (value.trim().chars().count().to_string(), field.max.to_string());
    words::say(lang, id, &[("have", &have), ("most", &most)])
}

/// What is written to the registry, as it was typed.
pub(super) fn tell(
    window: &Window,
    about: Topic,
    problem: Option<TextError>,
    lang: Lang,
    now: Timestamp,
) -> ScreenView {
    let text = window.written(about);
    let (have, most) = (text.trim().chars().count().to_string(), MAX_TEXT.to_string());
    let say = |error| {
        let id = match error {
            TextError::Empty => "win-tell-missing",
            TextError::TooLong => "win-letter-too-long",
            TextError::Characters => "win-tell-characters",
        };
        words::say(lang, id, &[("have", &have), ("most", &most)])
    };
    ScreenView::Tell {
        about: match about {
            Topic::Correction => Telling::Correction,
            Topic::Deletion => Telling::Deletion,
        },
        longest: MAX_TEXT,
        text: text.to_owned(),
        problem: problem.map(say),
        persons: several(window.wallet(), now),
    }
}

/// What would be asked of the registry.
pub(super) fn consent(consent: &WishConsent, wallet: &Wallet, lang: Lang) -> ScreenView {
    let (title, filled) = match &consent.wish {
        Wish::Letter { letter, fields } => match letters::template(letter) {
            Ok(template) => {
                let row = |field: &LetterField| {
                    let value = fields.get(&field.name)?;
                    let label = field.label(lang).to_owned();
                    Some(FactRow { label, value: Some(value.clone()), picture: None, inner: Vec::new() })
                };
                (template.title(lang).to_owned(), template.fields.iter().filter_map(row).collect())
            }
            Err(_) => (Shown::new(letter).into(), Vec::new()),
        },
        _ => (String::new(), Vec::new()),
    };
    ScreenView::WishConsent { wish: of_card(&consent.card, title, filled, wallet, lang) }
}

/// An identity card on paper.
pub(super) fn paper(id: &CardId, wallet: &Wallet, lang: Lang) -> ScreenView {
    let title = words::text(lang, "win-paper");
    ScreenView::Paper { wish: of_card(id, title, Vec::new(), wallet, lang) }
}

fn of_card(id: &CardId, title: String, filled: Vec<FactRow>, wallet: &Wallet, lang: Lang) -> WishView {
    let card = wallet.holdings().cards.iter().find(|one| one.id == *id);
    let issuer = card.map(|card| &card.issuer);
    let listed = issuer.is_some_and(|issuer| {
        wallet.bundle().is_some_and(|bundle| bundle.trust().issuer(&issuer.id).is_some())
    });
    let facts = wallet.facts(id);
    let again = ON_LETTERS.iter().filter_map(|path| facts.iter().find(|fact| fact.path == *path));
    let name = facts.iter().find(|fact| fact.path == "nama");
    let name = name.and_then(|fact| cards::row(card, &fact.path, &fact.value, lang).value);
    WishView {
        issuer: issuer.map(|one| one.name.as_str().to_owned()).unwrap_or_default(),
        address: issuer.map(|one| one.url.clone()).unwrap_or_default(),
        listed,
        title,
        card: match (card.map(|card| words::card_name(card, lang)), name) {
            (Some(card), Some(name)) => format!("{card}, {name}"),
            (card, _) => card.unwrap_or_default(),
        },
        filled,
        facts: again.map(|fact| cards::row(card, &fact.path, &fact.value, lang)).collect(),
    }
}

/// The paper card is here.
pub(super) fn paper_made(file: Option<&str>, trouble: Option<&str>, lang: Lang) -> ScreenView {
    let problem: Option<Told> = trouble.map(|code| told(code, lang));
    ScreenView::PaperMade { file: file.map(str::to_owned), problem }
}

/// What the registry said to a wish.
pub(super) fn wished(answer: &Answer, wallet: &Wallet, lang: Lang) -> ScreenView {
    let code = answer.phone_code.as_ref().map(|code| Shown::new(code).into());
    let tickets = answer.tickets.iter().map(|one| ticket(one, wallet, lang)).collect();
    let (page, contacts) = (super::contact::suspend_page(wallet), super::contact::contacts(wallet));
    ScreenView::Wished { page, contacts, code, tickets }
}

fn ticket(ticket: &Ticket, wallet: &Wallet, lang: Lang) -> TicketLine {
    let kind = match ticket.kind.as_str() {
        "deletion" => "win-ticket-deletion",
        "letter" => "win-ticket-letter",
        _ => "win-ticket-correction",
    };
    let (state, shape) = match ticket.state {
        State::Open => ("wallet-ticket-open", "unknown"),
        State::Done => ("wallet-ticket-done", "ok"),
        State::Refused => ("wallet-ticket-refused", "bad"),
    };
    // An approved letter: its number and where it is fetched.
    let given = ticket.note.as_deref().filter(|_| ticket.kind == "letter" && ticket.state == State::Done);
    let given = given.and_then(|note| note.split_once(' ')).filter(|(_, link)| is_offer(link));
    let note = ticket.note.as_deref().filter(|_| given.is_none());
    TicketLine {
        number: ticket.number.to_string(),
        title: words::say(lang, kind, &[("at", &times::day(lang, ticket.made_at))]),
        text: Shown::new(&ticket.text).into(),
        state: words::text(lang, state),
        shape: shape.to_owned(),
        note: note.map(|note| Shown::new(note).into()),
        letter: given.map(|(number, _)| Shown::new(number).into()),
        fetch: given.filter(|(number, _)| !wallet.has_letter(number)).map(|(_, link)| link.to_owned()),
    }
}

fn is_offer(link: &str) -> bool {
    link.starts_with("openid-credential-offer://")
}

/// The card's name: a letter is called by its kind, in the language of the screen where its template is known.
pub(super) fn name(card: &Card, title: Option<&Shown>, lang: Lang) -> String {
    let Some(title) = title.filter(|_| card.kind() == Some(CredentialType::SuratKeterangan)) else {
        return words::card_name(card, lang);
    };
    let known = letters::all().iter().find(|one| one.title(Lang::Id) == title.as_str());
    known.map_or_else(|| title.to_string(), |one| one.title(lang).to_owned())
}
