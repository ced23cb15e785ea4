//! Prompts in words, for a terminal.

use absah_host::Console;
use absah_schemas::CredentialType;
use absah_types::{Lang, Timestamp};
use absah_wallet_core::{
    CardStatus, Entry, Event, FactValue, OfferConsent, Overview, PresentationConsent, Shown, Wallet,
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
    lines.push(console.text(if consent.listed { "wallet-offer-listed" } else { "wallet-offer-unlisted" }));
    for card in &consent.cards {
        lines.push(format!("  - {} ({})", type_name(&card.type_name, console.lang()), card.format.name()));
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
    lines.push(say(console, "wallet-request-retention", &[("days", &asker.retention_days.to_string())]));
    lines.push(console.text("wallet-request-sent"));
    for fact in &consent.facts {
        let kind =
            wallet.holdings().cards.iter().find(|card| card.id == fact.card).and_then(|card| card.kind());
        value(&mut lines, 1, kind, &fact.path, &fact.value, console);
    }
    for card in &consent.cards {
        let kind = wallet.holdings().cards.iter().find(|one| one.id == card.card).and_then(|one| one.kind());
        let hidden: Vec<String> = card.hidden.iter().map(|path| label(kind, path, lang)).collect();
        if !hidden.is_empty() {
            lines.push(say(console, "wallet-request-hidden", &[("list", &hidden.join(", "))]));
        }
        if !matches!(card.status, CardStatus::Valid | CardStatus::Unknown) {
            let word = status(card.status, console);
            let name = type_name(&card.type_name, lang);
            lines.push(say(console, "wallet-request-card-status", &[("card", &name), ("status", &word)]));
        }
        if card.copy_reused {
            lines.push(console.text("wallet-request-reused"));
        }
    }
    if consent.linked {
        lines.push(console.text("wallet-request-linked"));
    }
    if consent.portrait {
        lines.push(console.text("wallet-request-portrait"));
    }
    if let Some(days) = consent.old_bundle_days {
        lines.push(say(console, "wallet-request-old-bundle", &[("days", &days.to_string())]));
    }
    lines
}

fn value(
    lines: &mut Vec<String>,
    depth: usize,
    kind: Option<CredentialType>,
    path: &str,
    value: &FactValue,
    console: &Console,
) {
    let (indent, name) = ("  ".repeat(depth), label(kind, path, console.lang()));
    match value {
        FactValue::Text(text) => lines.push(format!("{indent}{name}: {text}")),
        FactValue::Truth(truth) => {
            let word = console.text(if *truth { "wallet-yes" } else { "wallet-no" });
            lines.push(format!("{indent}{name}: {word}"));
        }
        FactValue::Picture(_) => lines.push(format!("{indent}{name}: {}", console.text("wallet-picture"))),
        FactValue::Members(members) => {
            lines.push(format!("{indent}{name}:"));
            for (member, inner) in members {
                self::value(lines, depth + 1, kind, &format!("{path}.{member}"), inner, console);
            }
        }
        FactValue::List(items) => {
            lines.push(format!("{indent}{name}:"));
            for item in items {
                self::value(lines, depth + 1, kind, &format!("{path}.*"), item, console);
            }
        }
    }
}

/// A card as one line.
pub(crate) fn card(overview: &Overview<'_>, console: &Console) -> String {
    let card = overview.card;
    let name = type_name(&card.type_name, console.lang());
    let word = status(overview.status, console);
    let copies = say(
        console,
        "wallet-list-copies",
        &[("unused", &card.unused().to_string()), ("copies", &card.copies.len().to_string())],
    );
    let until = say(console, "wallet-list-until", &[("day", &day(card.valid_until))]);
    format!("{name} ({}): {word}, {until}, {copies}, {}", card.format.name(), card.issuer.name)
}

/// A history entry as lines.
pub(crate) fn entry(entry: &Entry, console: &Console) -> Vec<String> {
    let lang = console.lang();
    let at = entry.at.to_string();
    match &entry.event {
        Event::Received(received) => vec![say(
            console,
            "wallet-history-received",
            &[("at", &at), ("card", &type_name(&received.type_name, lang)), ("issuer", &received.issuer)],
        )],
        Event::Shared(shared) => {
            let facts: Vec<&str> = shared.facts.iter().map(|fact| fact.path.as_str()).collect();
            let values = [
                ("at", at.as_str()),
                ("agency", shared.to.agency.as_str()),
                ("place", shared.to.place.as_str()),
                ("title", local(&shared.to.title, lang)),
                ("facts", &facts.join(", ")),
                ("until", &day(shared.kept_until)),
            ];
            let mut lines = vec![say(console, "wallet-history-shared", &values)];
            if shared.copy_reused {
                lines.push(format!("  {}", console.text("wallet-request-reused")));
            }
            lines
        }
        Event::Refused(refused) => {
            let nobody = console.text("wallet-history-somebody");
            let who = refused.to.as_ref().map_or(nobody.as_str(), |asker| asker.agency.as_str());
            let why = absah_schemas::text(lang, &format!("err-{}", refused.code))
                .unwrap_or_else(|| refused.code.clone());
            vec![say(console, "wallet-history-refused", &[("at", &at), ("agency", who), ("why", &why)])]
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
        CardStatus::Expired => "wallet-status-expired",
        CardStatus::Revoked => "wallet-status-revoked",
    })
}

/// What people call a card of this type.
pub(crate) fn type_name(name: &Shown, lang: Lang) -> String {
    CredentialType::of_name(name.as_str()).map_or(name.as_str(), |kind| kind.display_name(lang)).to_owned()
}

/// What people call a claim; its own name where nobody told.
fn label(kind: Option<CredentialType>, path: &str, lang: Lang) -> String {
    let last = path.rsplit('.').find(|part| *part != "*").unwrap_or(path);
    let label = kind
        .and_then(|kind| kind.claim(path))
        .map(|claim| claim.label(lang))
        .filter(|label| !label.is_empty());
    label.unwrap_or(last).to_owned()
}

pub(crate) fn local(text: &absah_trust::registration::LocalText, lang: Lang) -> &str {
    match lang {
        Lang::Id => &text.id,
        Lang::Jv => &text.jv,
        Lang::En => &text.en,
    }
}

/// The day in Madiun (UTC+7).
fn day(moment: Timestamp) -> String {
    moment.date_at(absah_types::Seconds::hours(7)).to_string()
}
