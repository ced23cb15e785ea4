//! Prompts in words, for a terminal.

use absah_host::Console;
use absah_schemas::{CredentialType, times};
use absah_types::{Date, Lang};
use absah_wallet_core::{
    Card, CardId, CardStatus, Entry, Event, Fact, FactValue, OfferConsent, Overview, PresentationConsent,
    PresentedCard, SharedFact, Shown, Wallet,
};

/// A text with its variables filled in.
pub(crate) fn say(console: &Console, id: &str, values: &[(&str, &str)]) -> String {
    absah_schemas::text_with(console.lang(), id, values).unwrap_or_else(|| id.to_owned())
}

/// An offer as lines.
pub(crate) fn offer(consent: &OfferConsent, console: &Console) -> Vec<String> {
    let mut lines = vec![say(
        console,
        "wallet-offer-from",
        &[("issuer", consent.issuer_name.as_str()), ("url", &consent.issuer)],
    )];
    lines.push(console.text(match (consent.listed, consent.list) {
        (true, _) => "wallet-offer-listed",
        (false, true) => "wallet-offer-unlisted",
        (false, false) => "wallet-offer-no-list",
    }));
    if let Some(carried) = &consent.carried {
        let minutes = carried.minutes.to_string();
        let words = [("name", carried.holder.as_str()), ("minutes", minutes.as_str())];
        lines.push(say(console, "wallet-offer-carried", &words));
    }
    let mut named = Vec::new();
    for card in &consent.cards {
        let name = type_name(&card.type_name, console.lang());
        let name = match CredentialType::of_name(card.type_name.as_str()) {
            Some(_) => name,
            None => say(console, "wallet-offer-other", &[("name", &name)]),
        };
        if !named.contains(&name) {
            lines.push(format!("  - {name}"));
            named.push(name);
        }
    }
    lines
}

/// A request as lines: who, why, every value, what stays hidden, what to mind.
pub(crate) fn request(consent: &PresentationConsent, wallet: &Wallet, console: &Console) -> Vec<String> {
    let lang = console.lang();
    let asker = &consent.asker;
    let count = consent.facts.len().to_string();
    let (agency, place) = (asker.agency.as_str(), asker.place.as_str());
    let title = local(&asker.title, lang);
    let mut lines = vec![say(
        console,
        "wallet-request-from",
        &[("agency", agency), ("place", place), ("count", &count), ("title", title)],
    )];
    lines.push(console.text(if consent.in_bundle {
        "wallet-request-registered"
    } else {
        "wallet-request-by-value"
    }));
    lines.push(say(console, "wallet-request-purpose", &[("purpose", local(&asker.purpose, lang))]));
    lines.push(say(console, "wallet-request-basis", &[("basis", asker.legal_basis.as_str())]));
    let span = times::days(lang, asker.retention_days.into());
    lines.push(say(console, "wallet-request-kept", &[("span", &span)]));
    for card in consent.cards.iter().filter(|card| card.is_dependants || card.of_several) {
        let id = match (card.is_carried, card.is_dependants) {
            (true, _) => "wallet-request-for-carried",
            (false, true) => "wallet-request-for-child",
            (false, false) => "wallet-request-for-adult",
        };
        let (name, kind) = (card.name.as_ref().map_or("–", Shown::as_str), type_name(&card.type_name, lang));
        lines.push(say(console, id, &[("name", name), ("card", &kind)]));
        for other in &card.others {
            let values = [("card", other.card.0.as_str()), ("name", other.name.as_str())];
            lines.push(say(console, "wallet-request-other", &values));
        }
    }
    lines.push(console.text("wallet-request-sent"));
    for fact in &consent.facts {
        let card = wallet.holdings().cards.iter().find(|card| card.id == fact.card);
        value(&mut lines, 1, card, &fact.path, &fact.value, console);
    }
    for card in &consent.cards {
        let held = wallet.holdings().cards.iter().find(|one| one.id == card.card);
        let hidden: Vec<String> = card.hidden.iter().map(|path| label_on(held, path, lang)).collect();
        if !hidden.is_empty() {
            lines.push(say(console, "wallet-request-hidden", &[("list", &hidden.join(", "))]));
        }
        if card.copy_reused {
            lines.push(console.text("wallet-request-reused"));
        }
    }
    if let Some(at) = consent.answered_at {
        let when = times::moment(lang, at);
        lines.push(say(console, "wallet-request-answered", &[("when", &when)]));
    }
    if consent.linked {
        let family = consent.cards.iter().any(|card| card.is_dependants);
        let id = if family { "wallet-request-linked-family" } else { "wallet-request-linked" };
        lines.push(console.text(id));
    }
    if consent.portrait {
        let is_carried = consent.cards.iter().any(|card| card.is_carried);
        let id = if is_carried { "wallet-request-portrait-owner" } else { "wallet-request-portrait" };
        lines.push(console.text(id));
    }
    if let Some(days) = consent.old_bundle_days {
        lines.push(say(console, "wallet-request-old-bundle", &[("days", &days.to_string())]));
    }
    lines
}

/// The cards that would answer and are not in force, each in a line of its own.
pub(crate) fn not_in_force(consent: &PresentationConsent, console: &Console) -> Vec<String> {
    let weak =
        consent.cards.iter().filter(|card| !matches!(card.status, CardStatus::Valid | CardStatus::Unknown));
    let line = |card: &PresentedCard| {
        let (name, word) = (type_name(&card.type_name, console.lang()), status(card.status, console));
        say(console, "wallet-request-card-status", &[("card", &name), ("status", &word)])
    };
    weak.map(line).collect()
}

/// The card of this name.
pub(crate) fn held<'w>(wallet: &'w Wallet, id: &CardId) -> Option<&'w Card> {
    wallet.holdings().cards.iter().find(|card| card.id == *id)
}

/// What would be shown without a request: each fact with the very value, and what to mind.
pub(crate) fn one_scan(facts: &[Fact], wallet: &Wallet, console: &Console) -> Vec<String> {
    let mut lines = vec![console.text("wallet-one-scan-facts")];
    for fact in facts {
        value(&mut lines, 1, held(wallet, &fact.card), &fact.path, &fact.value, console);
    }
    lines.push(console.text("wallet-one-scan-open"));
    let carried = facts.first().and_then(|fact| held(wallet, &fact.card)).filter(|card| card.is_carried());
    if let Some(card) = carried {
        let (name, kind) = (card.holder().unwrap_or_default(), type_name(&card.type_name, console.lang()));
        lines.push(say(console, "wallet-request-for-carried", &[("name", name.as_str()), ("card", &kind)]));
    }
    if facts.iter().any(|fact| fact.path == absah_trust::registration::PORTRAIT) {
        let portrait =
            if carried.is_some() { "wallet-request-portrait-owner" } else { "wallet-request-portrait" };
        lines.push(console.text(portrait));
    }
    lines
}

pub(crate) fn value(
    lines: &mut Vec<String>,
    depth: usize,
    card: Option<&Card>,
    path: &str,
    value: &FactValue,
    console: &Console,
) {
    let (indent, name) = ("  ".repeat(depth), label_on(card, path, console.lang()));
    match value {
        FactValue::Text(text) => {
            // A day as it stands on every card and form.
            let text = Date::parse(text.as_str()).map_or_else(|_| text.to_string(), Date::to_dmy);
            lines.push(format!("{indent}{name}: {text}"));
        }
        FactValue::Truth(truth) => {
            let word = console.text(if *truth { "wallet-yes" } else { "wallet-no" });
            lines.push(format!("{indent}{name}: {word}"));
        }
        FactValue::Picture(_) => lines.push(format!("{indent}{name}: {}", console.text("wallet-picture"))),
        FactValue::Members(members) => {
            lines.push(format!("{indent}{name}:"));
            for (member, inner) in members {
                self::value(lines, depth + 1, card, &format!("{path}.{member}"), inner, console);
            }
        }
        FactValue::List(items) => {
            lines.push(format!("{indent}{name}:"));
            for item in items {
                self::value(lines, depth + 1, card, &format!("{path}.*"), item, console);
            }
        }
    }
}

/// Cards as people count them: the forms of one card are one.
pub(crate) fn one_each<'a, 'w>(overview: &'a [Overview<'w>]) -> Vec<Vec<&'a Overview<'w>>> {
    let mut cards: Vec<Vec<&'a Overview<'w>>> = Vec::new();
    for one in overview {
        let same =
            |forms: &&mut Vec<&'a Overview<'w>>| forms.iter().all(|form| form.card.is_form_of(one.card));
        match cards.iter_mut().find(same) {
            Some(forms) => forms.push(one),
            None => cards.push(vec![one]),
        }
    }
    cards
}

/// A card in all its forms as one line: the worst state, the earliest end, all copies.
pub(crate) fn card(forms: &[&Overview<'_>], refill: bool, console: &Console) -> String {
    let Some(first) = forms.first() else { return String::new() };
    let name = card_name(first.card, console.lang());
    let is_vouched = first.card.kind().is_none() || forms.iter().all(|form| form.issuer_listed);
    let name = if is_vouched { name } else { say(console, "wallet-list-unchecked", &[("name", &name)]) };
    let word = forms.iter().map(|form| form.status).max().unwrap_or(first.status);
    let unused: usize = forms.iter().map(|form| form.card.unused()).sum();
    let copies: usize = forms.iter().map(|form| form.card.copies.len()).sum();
    // Named by a backup and not on this device: it has neither copies nor a state.
    if copies == 0 {
        return format!("{name}: {}, {}", console.text("wallet-list-again"), first.card.issuer.name);
    }
    let (unused, copies) = (unused.to_string(), copies.to_string());
    let copies = say(console, "wallet-list-copies", &[("unused", &unused), ("copies", &copies)]);
    let until = forms.iter().map(|form| form.card.valid_until).min().unwrap_or(first.card.valid_until);
    let is_carried = first.card.is_carried();
    // Half an hour has no last day.
    let end = if is_carried { times::moment } else { times::last_day };
    let until = say(console, "wallet-list-until", &[("day", &end(console.lang(), until))]);
    let is_used = forms.iter().any(|form| form.card.is_carried_used());
    let carried = if is_used { "wallet-list-carried-used" } else { "wallet-list-carried" };
    let name = if is_carried { format!("{name} ({})", console.text(carried)) } else { name };
    let line = format!("{name}: {}, {until}, {copies}, {}", status(word, console), first.card.issuer.name);
    if refill { format!("{line}. {}", console.text("wallet-list-refill")) } else { line }
}

/// What is waited for, the forms of a card as one.
pub(crate) fn waiting(wallet: &Wallet, console: &Console) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for one in wallet.pending() {
        let card = type_name(&one.type_name(), console.lang());
        let at = times::moment(console.lang(), one.not_before);
        let values = [("card", card.as_str()), ("issuer", one.issuer_name.as_str()), ("at", &at)];
        let line = say(console, "wallet-waiting", &values);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// The whole history, newest first.
pub(crate) fn history(wallet: &Wallet, console: &Console) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for entry in wallet.holdings().history.iter().rev() {
        let told = self::entry(entry, wallet, console);
        // The forms of a card arrive together and are one card to a person.
        let is_again =
            matches!(entry.event, Event::Received(_) | Event::Deleted(_)) && lines.last() == told.last();
        if !is_again {
            lines.extend(told);
        }
    }
    if lines.is_empty() {
        lines.push(console.text("wallet-history-empty"));
    }
    lines
}

/// Names of facts that were sent; where the wallet keeps cards of several people, per card and person.
fn told(facts: &[SharedFact], wallet: &Wallet, lang: Lang) -> String {
    let groups = wallet.of_whom(facts).into_iter().map(|group| {
        let kind = group.card.and_then(|card| card.kind());
        let names: Vec<String> = group.paths.iter().map(|path| label(kind, path, lang)).collect();
        match (group.card, &group.name) {
            (Some(card), Some(name)) => {
                format!("{}, {name}: {}", type_name(&card.type_name, lang), names.join(", "))
            }
            _ => names.join(", "),
        }
    });
    groups.collect::<Vec<_>>().join("; ")
}

/// A history entry as lines.
fn entry(entry: &Entry, wallet: &Wallet, console: &Console) -> Vec<String> {
    let lang = console.lang();
    let at = times::moment(lang, entry.at);
    match &entry.event {
        Event::Received(received) => vec![say(
            console,
            "wallet-history-received",
            &[
                ("at", &at),
                ("card", &type_name(&received.type_name, lang)),
                ("issuer", &issuer_name(&received.issuer, wallet)),
            ],
        )],
        Event::Shared(shared) => {
            let facts = told(&shared.facts, wallet, lang);
            let values = [
                ("at", at.as_str()),
                ("agency", shared.to.agency.as_str()),
                ("place", shared.to.place.as_str()),
                ("title", local(&shared.to.title, lang)),
                ("facts", &facts),
                ("until", &times::day(lang, shared.kept_until)),
            ];
            let mut lines = vec![say(console, "wallet-history-shared", &values)];
            if shared.copy_reused {
                lines.push(format!("  {}", console.text("wallet-request-reused")));
            }
            lines
        }
        Event::OneScan(shown) => {
            let facts = told(&shown.facts, wallet, lang);
            let values = [("at", at.as_str()), ("facts", &facts)];
            let mut lines = vec![say(console, "wallet-history-one-scan", &values)];
            if shown.copy_reused {
                lines.push(format!("  {}", console.text("wallet-request-reused")));
            }
            lines
        }
        Event::Deleted(deleted) => {
            let card = type_name(&deleted.type_name, lang);
            vec![say(console, "wallet-history-deleted", &[("at", &at), ("card", &card)])]
        }
        Event::Paper(paper) => {
            let name = paper.name.as_ref().map_or("KTP", Shown::as_str);
            let size = if paper.a4 { "A4" } else { "A6" };
            vec![say(console, "wallet-history-paper", &[("at", &at), ("name", name), ("size", size)])]
        }
        Event::Refused(refused) => {
            let nobody = console.text("wallet-history-somebody");
            let who = refused.to.as_ref().map_or(nobody.as_str(), |asker| asker.agency.as_str());
            let why = absah_schemas::text(lang, &format!("err-{}", refused.code))
                .unwrap_or_else(|| refused.code.clone());
            let line = say(console, "wallet-history-refused", &[("at", &at), ("agency", who), ("why", &why)]);
            if refused.times == 1 {
                return vec![line];
            }
            let times = say(console, "wallet-history-times", &[("times", &refused.times.to_string())]);
            vec![format!("{line} {times}")]
        }
    }
}

/// The state of a card in words.
pub(crate) fn status(status: CardStatus, console: &Console) -> String {
    console.text(match status {
        CardStatus::Valid => "wallet-status-valid",
        CardStatus::Unknown => "wallet-status-unknown",
        CardStatus::NotYet => "wallet-status-not-yet",
        CardStatus::Suspended => "wallet-status-suspended",
        CardStatus::Superseded => "wallet-status-superseded",
        CardStatus::Distrusted => "wallet-status-distrusted",
        CardStatus::Expired => "wallet-status-expired",
        CardStatus::Revoked => "wallet-status-revoked",
    })
}

/// What people call a card of this type.
pub(crate) fn type_name(name: &Shown, lang: Lang) -> String {
    CredentialType::of_name(name.as_str()).map_or(name.as_str(), |kind| kind.display_name(lang)).to_owned()
}

/// What people call this card: as its issuer does, where it is not of one of our types.
pub(crate) fn card_name(card: &Card, lang: Lang) -> String {
    card.own_name(lang).map_or_else(|| type_name(&card.type_name, lang), ToString::to_string)
}

/// What people call a claim of a card.
pub(crate) fn label_on(card: Option<&Card>, path: &str, lang: Lang) -> String {
    let own = card.and_then(|card| card.own_label(path, lang));
    own.map_or_else(|| label(card.and_then(Card::kind), path, lang), ToString::to_string)
}

/// What people call a claim; its own name where nobody told.
fn label(kind: Option<CredentialType>, path: &str, lang: Lang) -> String {
    let last = path.rsplit('.').find(|part| *part != "*").unwrap_or(path);
    // The card may be gone; what a claim is called is the same on every card that has it.
    let claim = kind.and_then(|kind| kind.claim(path));
    let claim = claim.or_else(|| CredentialType::ALL.into_iter().find_map(|kind| kind.claim(path)));
    let label = claim.map(|claim| claim.label(lang)).filter(|label| !label.is_empty());
    label.unwrap_or(last).to_owned()
}

pub(crate) fn local(text: &absah_trust::registration::LocalText, lang: Lang) -> &str {
    match lang {
        Lang::Id => &text.id,
        Lang::Jv => &text.jv,
        Lang::En => &text.en,
    }
}

/// What people call an issuer: by the trust list, else as a card of it says, else its host.
fn issuer_name(url: &str, wallet: &Wallet) -> String {
    if let Some(listed) = wallet.bundle().and_then(|bundle| bundle.trust().issuer(url)) {
        return Shown::new(&listed.name).into();
    }
    let held = wallet.holdings().cards.iter().find(|card| card.issuer.url == url);
    let host = url.split("://").last().unwrap_or(url);
    held.map_or_else(|| Shown::new(host).into(), |card| card.issuer.name.to_string())
}
