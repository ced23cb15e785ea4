//! Cards, history and the access history in words.

use absah_schemas::{CredentialType, times};
use absah_types::{Coded as _, Lang, Timestamp};
use absah_wallet_core::{
    Card, CardId, Certainty, Entry, Event, FactValue, Freshness, Leaf, Overview, Proven, STATUS_HOLDS,
    SharedFact, Shown, Stacked, Wallet,
};
use base64::Engine as _;
use serde::Serialize;
use ts_rs::TS;

use super::{ScreenView, told, wishes, words};

/// A card of the stack.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct CardFace {
    /// Its name in the wallet.
    pub card: String,
    /// `ktp`, `kk`, `other`: how it is drawn.
    pub look: String,
    /// What people call it.
    pub name: String,
    /// Whose it is.
    pub holder: Option<String>,
    /// The face picture as a data address.
    pub portrait: Option<String>,
    /// Who signed it.
    pub issuer: String,
    /// The official list names who signed it: only then it is drawn as the city's.
    pub listed: bool,
    /// There is an official list at all: without one nobody is known to be on it or not.
    pub list: bool,
    /// Its state in a word.
    pub status: String,
    /// `ok`, `warn`, `bad`, `unknown`: its shape and colour.
    pub shape: String,
    /// Until when it holds.
    pub until: String,
    /// It can be shown from this device.
    pub here: bool,
}

/// A card that should be renewed.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct DueCard {
    /// Its name in the wallet.
    pub card: String,
    /// What people call it, and whose it is.
    pub name: String,
}

/// One form that a card is kept in.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct CardForm {
    /// Name of the format.
    pub format: String,
    /// When it came.
    pub received: String,
    /// Copies nobody has seen, of how many.
    pub copies: String,
}

/// A fact with its value.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct FactRow {
    /// What people call it.
    pub label: String,
    /// Its value, unless it is a group or a picture.
    pub value: Option<String>,
    /// A picture as a data address.
    pub picture: Option<String>,
    /// Members of a group, or items of a list.
    pub inner: Vec<FactRow>,
}

/// What an entry of the history is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "types.ts")]
#[expect(missing_docs, reason = "the names say it")]
pub enum EntryKind {
    Received,
    Shared,
    Refused,
}

/// An entry of the history as one line.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct EntryLine {
    /// Its place.
    pub place: usize,
    /// What it is about.
    pub kind: EntryKind,
    /// When.
    pub at: String,
    /// Whom or what.
    pub title: String,
    /// What happened, in a sentence.
    pub sentence: String,
    /// How long the other side may still keep it.
    pub countdown: Option<String>,
}

/// An entry of the history as a whole.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct EntryWhole {
    /// The line of it.
    pub line: EntryLine,
    /// More about it: label and value.
    pub rows: Vec<FactRow>,
    /// What to mind.
    pub warnings: Vec<String>,
}

/// An entry of the access history.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct AccessLine {
    /// When (its hour), who did what.
    pub sentence: String,
    /// Whose record, where it is not plainly the holder's.
    pub about: Option<String>,
    /// What for.
    pub purpose: Option<String>,
    /// How sure it is.
    pub proof: String,
    /// `ok`, `unknown`, `bad`.
    pub shape: String,
}

/// The screen of all cards.
pub(super) fn stack(wallet: &Wallet, lang: Lang, now: Timestamp) -> ScreenView {
    let age = wallet.bundle().map(|bundle| now.since(bundle.published_at()));
    let due = wallet.due(now);
    let due = due.iter().find_map(|id| wallet.holdings().cards.iter().find(|card| card.id == *id));
    ScreenView::Cards {
        cards: wallet.stack(now).iter().map(|one| face(one, wallet, lang)).collect(),
        waiting: waiting(wallet, lang),
        list: wallet.bundle().is_some(),
        old: age.filter(|age| age.0 > STATUS_HOLDS.0).map(|age| times::age(lang, age)),
        due: due.map(|card| DueCard { card: card.id.0.clone(), name: named(card, lang) }),
    }
}

/// One card of the stack.
pub(super) fn face(stacked: &Stacked<'_>, wallet: &Wallet, lang: Lang) -> CardFace {
    let first = stacked.first();
    let card = first.map(|form| form.card);
    let here = stacked.is_here();
    let (status, shape) = if here {
        words::status(stacked.status(), lang)
    } else {
        (words::text(lang, "win-card-elsewhere"), "warn")
    };
    let until = stacked.forms.iter().map(|form| form.card.valid_until).max();
    let listed = stacked.forms.iter().all(|form| form.issuer_listed);
    CardFace {
        card: card.map(|card| card.id.0.clone()).unwrap_or_default(),
        // Nobody's card is drawn as the city's before the official list vouches for who gave it.
        look: match card.filter(|_| listed).and_then(Card::kind) {
            Some(CredentialType::KtpElektronik) => "ktp",
            Some(CredentialType::KartuKeluarga) => "kk",
            Some(CredentialType::AktaKelahiran) => "akta",
            Some(CredentialType::Kia) => "kia",
            Some(CredentialType::SuratKeterangan) => "surat",
            _ => "other",
        }
        .to_owned(),
        name: card.map(|card| title(card, stacked, wallet.bundle().is_some(), lang)).unwrap_or_default(),
        holder: stacked.name.as_ref().map(|name| match (stacked.carried_until, stacked.is_dependants) {
            (Some(_), _) if stacked.forms.iter().any(|form| form.card.is_carried_used()) => {
                words::say(lang, "win-card-carried-used", &[("name", name.as_str())])
            }
            (Some(until), _) => {
                let until = times::moment(lang, until);
                words::say(lang, "win-card-carried", &[("name", name.as_str()), ("until", &until)])
            }
            (None, true) => words::say(lang, "win-card-child", &[("name", name.as_str())]),
            (None, false) => name.as_str().to_owned(),
        }),
        portrait: stacked.portrait.as_ref().map(|picture| data_url(picture.as_bytes())),
        issuer: card.map(|card| card.issuer.name.as_str().to_owned()).unwrap_or_default(),
        listed,
        list: wallet.bundle().is_some(),
        status,
        shape: shape.to_owned(),
        // Half an hour has no last day.
        until: match (stacked.carried_until, until) {
            (Some(until), _) => times::moment(lang, until),
            (None, Some(until)) => times::last_day(lang, until),
            (None, None) => String::new(),
        },
        here,
    }
}

/// What stands on a card. One that calls itself the registry's, and whose issuer no list vouches for, says so in its name.
fn title(card: &Card, stacked: &Stacked<'_>, list: bool, lang: Lang) -> String {
    let name = wishes::name(card, stacked.title.as_ref(), lang);
    if card.kind().is_none() || stacked.forms.iter().all(|form| form.issuer_listed) {
        return name;
    }
    let id = if list { "win-card-name-unlisted" } else { "win-card-name-unchecked" };
    words::say(lang, id, &[("name", &name)])
}

/// The screen of a card that must be fetched again; once it is here, that of the cards.
pub(super) fn again(wallet: &Wallet, id: &CardId, lang: Lang, now: Timestamp) -> ScreenView {
    let elsewhere = wallet.elsewhere(now);
    let Some(stacked) = elsewhere.iter().find(|one| one.holds(id)) else {
        return card(wallet, id, lang, now);
    };
    ScreenView::Again {
        face: face(stacked, wallet, lang),
        able: wallet.can_log_in(id),
        by: wallet.log_in_card(id, now).map(|card| words::card_name(card, lang)),
    }
}

/// The screen of one card.
pub(super) fn card(wallet: &Wallet, id: &CardId, lang: Lang, now: Timestamp) -> ScreenView {
    let stack = wallet.stack(now);
    let Some(stacked) = stack.iter().find(|one| one.holds(id)) else { return self::stack(wallet, lang, now) };
    // The form with the most on it: only one of them carries the picture beside the facts.
    let facts = stacked.forms.iter().map(|form| (form.card, wallet.facts(&form.card.id)));
    let (shown, facts) = facts
        .max_by_key(|(card, facts)| (facts.len(), card.copies.iter().any(|copy| copy.portrait.is_some())))
        .map(|(card, facts)| (Some(card), facts))
        .unwrap_or_default();
    let readable = facts.iter().filter(|fact| !matches!(fact.path.as_str(), "token"));
    let renewable = stacked.forms.iter().find(|form| wallet.is_renewable(&form.card.id));
    let due = wallet.due(now);
    ScreenView::Card {
        face: face(stacked, wallet, lang),
        renew: renewable.map(|form| form.card.id.0.clone()),
        due: stacked.forms.iter().any(|form| due.contains(&form.card.id)),
        paper: wallet
            .askers(now)
            .into_iter()
            .map(|(card, _)| card)
            .find(|card| stacked.holds(card))
            .map(|card| card.0),
        facts: readable.map(|fact| row(shown, &fact.path, &fact.value, lang)).collect(),
        forms: stacked.forms.iter().map(|one| form(one, lang)).collect(),
        issuer: stacked.first().map(|form| form.card.issuer.url.clone()).unwrap_or_default(),
        listed: stacked.forms.iter().all(|form| form.issuer_listed),
    }
}

/// The screen before a card is deleted.
pub(super) fn remove(wallet: &Wallet, id: &CardId, lang: Lang, now: Timestamp) -> ScreenView {
    let (here, elsewhere) = (wallet.stack(now), wallet.elsewhere(now));
    match here.iter().chain(&elsewhere).find(|one| one.holds(id)) {
        Some(stacked) => ScreenView::Remove { face: face(stacked, wallet, lang) },
        None => stack(wallet, lang, now),
    }
}

fn form(overview: &Overview<'_>, lang: Lang) -> CardForm {
    let card = overview.card;
    let values = [("unused", card.unused().to_string()), ("copies", card.copies.len().to_string())];
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    CardForm {
        format: card.format.name().to_owned(),
        received: times::moment(lang, card.received_at),
        copies: words::say(lang, "wallet-list-copies", &values),
    }
}

/// `KTP Elektronik, Siti Aminah`.
pub(super) fn named(card: &Card, lang: Lang) -> String {
    let name = words::type_name(&card.type_name, lang);
    match card.about.as_ref().and_then(|about| about.name.as_ref()) {
        Some(holder) => format!("{name}, {holder}"),
        None => name,
    }
}

/// Names of facts that were sent; where the wallet keeps cards of several people, per card and person.
pub(super) fn sent(facts: &[SharedFact], wallet: &Wallet, lang: Lang) -> String {
    let groups = wallet.of_whom(facts).into_iter().map(|group| {
        let kind = group.card.and_then(|card| card.kind());
        let names = words::once(group.paths.iter().map(|path| words::label(kind, path, lang))).join(", ");
        match (group.card, &group.name) {
            (Some(card), Some(name)) => {
                format!("{}, {name}: {names}", words::type_name(&card.type_name, lang))
            }
            _ => names,
        }
    });
    groups.collect::<Vec<_>>().join("; ")
}

/// What a card is called, as long as it is kept; then what its type is.
pub(super) fn called(id: &CardId, type_name: &Shown, wallet: &Wallet, lang: Lang) -> String {
    let card = wallet.holdings().cards.iter().find(|card| card.id == *id);
    card.map_or_else(|| words::type_name(type_name, lang), |card| words::card_name(card, lang))
}

/// A fact with its value in words.
pub(super) fn row(card: Option<&Card>, path: &str, value: &FactValue, lang: Lang) -> FactRow {
    let label = words::label_on(card, path, lang);
    let empty = FactRow { label, value: None, picture: None, inner: Vec::new() };
    match value {
        FactValue::Text(text) => FactRow { value: Some(readable(text.as_str())), ..empty },
        FactValue::Truth(truth) => {
            let word = words::text(lang, if *truth { "wallet-yes" } else { "wallet-no" });
            FactRow { value: Some(word), ..empty }
        }
        FactValue::Picture(picture) => FactRow { picture: Some(data_url(picture.as_bytes())), ..empty },
        FactValue::Members(members) => {
            let inner = members.iter();
            let inner =
                inner.map(|(name, value)| row(card, &format!("{path}.{name}"), value, lang)).collect();
            FactRow { inner, ..empty }
        }
        FactValue::List(items) => {
            let inner = items.iter().enumerate().map(|(place, item)| {
                let mut one = row(card, &format!("{path}.*"), item, lang);
                one.label = (place + 1).to_string();
                one
            });
            FactRow { inner: inner.collect(), ..empty }
        }
    }
}

/// Days as they stand on every card and form; all else as it is.
fn readable(text: &str) -> String {
    match absah_types::Date::parse(text) {
        Ok(date) => date.to_dmy(),
        Err(_) => text.to_owned(),
    }
}

/// Pictures on cards are WebP, checked when they were received.
fn data_url(webp: &[u8]) -> String {
    format!("data:image/webp;base64,{}", base64::engine::general_purpose::STANDARD.encode(webp))
}

/// Cards that come later, the forms of a card as one.
pub(super) fn waiting(wallet: &Wallet, lang: Lang) -> Vec<String> {
    let line = |one: &absah_wallet_core::Pending| {
        let (card, at) = (words::type_name(&one.type_name(), lang), times::moment(lang, one.not_before));
        let values = [("card", card.as_str()), ("issuer", one.issuer_name.as_str()), ("at", &at)];
        words::say(lang, "wallet-waiting", &values)
    };
    words::once(wallet.pending().iter().map(line))
}

/// The history, newest first.
pub(super) fn entries(wallet: &Wallet, lang: Lang, now: Timestamp) -> Vec<EntryLine> {
    let mut lines: Vec<EntryLine> = Vec::new();
    for (place, entry) in wallet.holdings().history.iter().enumerate().rev() {
        let line = line(wallet, place, entry, lang, now);
        // The forms of a card arrive together and are one card to a person.
        let is_again = line.kind == EntryKind::Received
            && lines
                .last()
                .is_some_and(|last| (last.kind, &last.title, &last.at) == (line.kind, &line.title, &line.at));
        if !is_again {
            lines.push(line);
        }
    }
    lines
}

fn line(wallet: &Wallet, place: usize, entry: &Entry, lang: Lang, now: Timestamp) -> EntryLine {
    let at = times::moment(lang, entry.at);
    match &entry.event {
        Event::Received(received) => {
            let title = called(&received.card, &received.type_name, wallet, lang);
            let sentence = words::text(lang, "win-history-received");
            EntryLine { place, kind: EntryKind::Received, at, title, sentence, countdown: None }
        }
        Event::Deleted(deleted) => {
            let title = words::type_name(&deleted.type_name, lang);
            let sentence = words::text(lang, "win-history-deleted");
            EntryLine { place, kind: EntryKind::Received, at, title, sentence, countdown: None }
        }
        Event::Shared(shared) => {
            let facts = sent(&shared.facts, wallet, lang);
            let sentence = words::say(lang, "win-history-shared", &[("facts", &facts)]);
            let countdown = (shared.to.retention_days > 0).then(|| {
                let days = shared.kept_until.since(now).0.div_euclid(86_400);
                if days < 0 {
                    words::text(lang, "win-history-kept-over")
                } else {
                    words::say(lang, "win-history-kept", &[("span", &times::days(lang, days + 1))])
                }
            });
            EntryLine {
                place,
                kind: EntryKind::Shared,
                at,
                title: words::who(&shared.to),
                sentence,
                countdown,
            }
        }
        Event::OneScan(shown) => {
            let facts = sent(&shown.facts, wallet, lang);
            let title = words::text(lang, "win-history-one-scan");
            let sentence = words::say(lang, "win-history-shared", &[("facts", &facts)]);
            EntryLine { place, kind: EntryKind::Shared, at, title, sentence, countdown: None }
        }
        Event::Paper(paper) => {
            let title = words::text(lang, "win-history-paper");
            let saved = if paper.saved_at.is_some() {
                "win-history-paper-saved"
            } else {
                "win-history-paper-unsaved"
            };
            let sentence = words::text(lang, saved);
            EntryLine { place, kind: EntryKind::Received, at, title, sentence, countdown: None }
        }
        Event::Refused(refused) => {
            let title = match &refused.to {
                Some(asker) => words::who(asker),
                None => words::text(lang, "win-history-somebody"),
            };
            let mut sentence = words::text(lang, &format!("err-{}", refused.code));
            if refused.times > 1 {
                let times = refused.times.to_string();
                sentence =
                    format!("{sentence} {}", words::say(lang, "wallet-history-times", &[("times", &times)]));
            }
            EntryLine { place, kind: EntryKind::Refused, at, title, sentence, countdown: None }
        }
    }
}

/// The screen of one entry.
pub(super) fn entry(wallet: &Wallet, place: usize, lang: Lang, now: Timestamp) -> ScreenView {
    let Some(entry) = wallet.holdings().history.get(place) else {
        return ScreenView::History { entries: entries(wallet, lang, now) };
    };
    let mut rows = Vec::new();
    let mut warnings = Vec::new();
    let mut add = |id: &str, value: String| {
        let label = words::text(lang, id);
        rows.push(FactRow { label, value: Some(value), picture: None, inner: Vec::new() });
    };
    match &entry.event {
        Event::Received(received) => {
            add("win-entry-issuer", received.issuer.clone());
            add("win-entry-copies", received.copies.to_string());
        }
        Event::Deleted(deleted) => add("win-entry-issuer", deleted.issuer.clone()),
        Event::Shared(shared) => {
            add("win-entry-title", words::local(&shared.to.title, lang));
            add("win-entry-purpose", words::local(&shared.to.purpose, lang));
            add("win-entry-basis", shared.to.legal_basis.as_str().to_owned());
            if shared.to.retention_days > 0 {
                add("win-entry-until", times::day(lang, shared.kept_until));
            }
            if shared.copy_reused {
                warnings.push(words::text(lang, "wallet-request-reused"));
            }
            if shared.channel == absah_wallet_core::Channel::Online && !shared.confirmed {
                warnings.push(words::text(lang, "err-answer-not-confirmed"));
            }
        }
        Event::OneScan(shown) => {
            warnings.push(words::text(lang, "wallet-one-scan-open"));
            if shown.copy_reused {
                warnings.push(words::text(lang, "wallet-request-reused"));
            }
        }
        Event::Paper(paper) => {
            if let Some(name) = &paper.name {
                add("win-entry-paper-of", name.as_str().to_owned());
            }
            add("win-entry-paper-holds", words::text(lang, "win-entry-paper-facts"));
            add("win-paper-size", words::text(lang, if paper.a4 { "win-paper-a4" } else { "win-paper-a6" }));
            if let Some(at) = paper.saved_at {
                add("win-entry-paper-saved", times::moment(lang, at));
            }
            add("win-entry-issuer", paper.issuer.clone());
            warnings.push(words::text(lang, "win-paper-low"));
        }
        Event::Refused(refused) => {
            let kind = Some(CredentialType::KtpElektronik);
            let facts = refused.facts.iter().map(|path| words::label(kind, path, lang));
            if !refused.facts.is_empty() {
                add("win-entry-asked", words::once(facts).join(", "));
            }
            warnings.push(words::text(lang, "win-entry-nothing-sent"));
        }
    }
    let line = line(wallet, place, entry, lang, now);
    ScreenView::Entry { entry: EntryWhole { line, rows, warnings } }
}

/// The screen of who used the record.
pub(super) fn access(wallet: &Wallet, lang: Lang, now: Timestamp) -> ScreenView {
    let fetched = wallet.holdings().access.as_ref().map(|kept| times::moment(lang, kept.fetched_at));
    // One person's is asked for without a choice.
    let persons = super::wishes::persons(wallet, now);
    let persons = if persons.len() > 1 { persons } else { Vec::new() };
    let of = wallet.access_of(now).map(String::from);
    match wallet.access(now) {
        Ok(entries) => {
            let kept = wallet.holdings().access.iter().flat_map(|kept| &kept.entries);
            let leaves: Vec<_> = kept.map(|kept| kept.leaf()).collect();
            let lines = entries.iter().zip(leaves).rev().map(|(entry, leaf)| match entry {
                Ok(proven) => proven_line(proven, wallet, lang),
                Err(error) => AccessLine {
                    sentence: not_proven(leaf, told(error.code(), lang).what, lang),
                    about: None,
                    purpose: None,
                    proof: told(error.code(), lang).todo,
                    shape: "bad".to_owned(),
                },
            });
            let gone = wallet.access_gone(now);
            let lines = lines.chain(gone.iter().rev().map(|gone| AccessLine {
                sentence: words::say(
                    lang,
                    "wallet-access-gone",
                    &[("hour", times::moment(lang, gone.hour).as_str())],
                ),
                about: None,
                purpose: None,
                proof: words::text(lang, "wallet-access-gone-todo"),
                shape: "warn".to_owned(),
            }));
            let vouched =
                wallet.access_freshness(now).ok().flatten().map(|freshness| vouched(freshness, lang));
            ScreenView::Access { persons, of, fetched, entries: lines.collect(), vouched, problem: None }
        }
        Err(refusal) => {
            let problem = Some(told(refusal.code(), lang));
            ScreenView::Access { persons, of, fetched, entries: Vec::new(), vouched: None, problem }
        }
    }
}

/// An entry that proves nothing, named by its hour.
fn not_proven(leaf: Option<Leaf>, why: String, lang: Lang) -> String {
    let Some(leaf) = leaf else { return why };
    let hour = times::moment(lang, leaf.hour_begins());
    words::say(lang, "wallet-access-failed", &[("hour", hour.as_str()), ("why", &why)])
}

/// How far the witnesses stand behind what is shown.
fn vouched(freshness: Freshness, lang: Lang) -> String {
    match freshness {
        Freshness::Unwitnessed => words::text(lang, "wallet-access-unwitnessed"),
        Freshness::Uncosigned => words::text(lang, "wallet-access-uncosigned"),
        Freshness::Vouched { at, age, .. } => {
            let (at, age) = (times::moment(lang, at), times::age(lang, age));
            words::say(lang, "wallet-access-vouched-at", &[("at", &at), ("age", &age)])
        }
    }
}

fn proven_line(proven: &Proven, wallet: &Wallet, lang: Lang) -> AccessLine {
    let who = if proven.actor == "HOLDER" { "wallet-access-self" } else { "wallet-access-office" };
    let who = words::text(lang, who);
    let act = absah_schemas::text(lang, &format!("access-act-{}", proven.act));
    // An act that only a newer issuer knows.
    let act = act.unwrap_or_else(|| words::text(lang, "access-act-other"));
    let hour = times::moment(lang, proven.hour);
    let (proof, shape) = match proven.certainty {
        Certainty::Final => ("wallet-access-final", "ok"),
        Certainty::Pending => ("wallet-access-pending", "unknown"),
        Certainty::Unwitnessed => ("wallet-access-unwitnessed-entry", "warn"),
    };
    let values = [("hour", hour.as_str()), ("who", &who), ("act", &act)];
    AccessLine {
        sentence: words::say(lang, "win-access-line", &values),
        about: wallet
            .record_of(proven)
            .map(|name| words::say(lang, "wallet-access-about", &[("name", name.as_str())])),
        purpose: proven.purpose.as_deref().map(|purpose| Shown::new(purpose).into()),
        proof: words::text(lang, proof),
        shape: shape.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_carried_card_ends_at_a_moment_and_not_the_day_before() {
        let until = Timestamp::from_unix(1_795_845_480);
        let stacked = Stacked {
            forms: Vec::new(),
            name: Some(Shown::new("LILIANA")),
            title: None,
            portrait: None,
            is_dependants: false,
            carried_until: Some(until),
        };
        let face = face(&stacked, &Wallet::default(), Lang::Id);
        assert_eq!(face.until, times::moment(Lang::Id, until));
        assert!(face.holder.is_some_and(|holder| holder.contains(&face.until)));
    }
}
