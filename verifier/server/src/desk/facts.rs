//! Facts as an officer reads and copies them.

use absah_schemas::{CredentialType, text};
use absah_trust::Service;
use absah_types::{Date, Lang};
use serde::Serialize;
use serde_json::{Map, Value};

/// One line of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Row {
    /// What people call it.
    label: String,
    /// The value in words; none where it has parts.
    value: Option<String>,
    /// Its parts, in the order of the card.
    parts: Vec<Self>,
}

/// One card of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct CardRows {
    /// Its name.
    title: String,
    /// Whose it is.
    whose: String,
    /// What it shows.
    facts: Vec<Row>,
}

/// What is asked of one card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct AskedOf {
    /// What people call the card.
    title: String,
    /// What is asked of it, in words.
    facts: Vec<String>,
}

/// What a service asks, card by card.
pub(super) fn asked_of(service: &Service, lang: Lang) -> Vec<AskedOf> {
    let one = |ask: &absah_trust::registration::Ask| AskedOf {
        title: crate::relation::kind_name(&ask.credential, lang),
        facts: ask.claims.iter().map(|claim| label(&claim.to_string(), lang)).collect(),
    };
    service.asks.iter().map(one).collect()
}

/// What several cards show, each for itself: the same claim stands on cards of two people.
pub(super) fn cards(report: &Value, service: Option<&Service>, lang: Lang) -> Vec<CardRows> {
    let one = |card: &Value| {
        let kind = card.get("type").and_then(Value::as_str).unwrap_or_default();
        let facts = card.get("facts").and_then(Value::as_object);
        CardRows {
            title: crate::relation::kind_name(kind, lang),
            whose: crate::relation::whose(card, lang),
            facts: facts.map(|facts| rows(facts, service, lang)).unwrap_or_default(),
        }
    };
    report.get("cards").and_then(Value::as_array).into_iter().flatten().map(one).collect()
}

/// A relation as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct RelationRow {
    /// `ok` or `warn`: the mark beside it.
    shape: &'static str,
    /// What the holder is to whom.
    sentence: String,
    /// What proves it, or what to do.
    proof: String,
}

pub(super) fn relations(report: &Value, lang: Lang) -> Vec<RelationRow> {
    let row = |one: crate::relation::Said| RelationRow {
        shape: if one.proven { "ok" } else { "warn" },
        sentence: one.sentence,
        proof: one.proof,
    };
    crate::relation::said(report, lang).into_iter().map(row).collect()
}

/// The facts in the order of the form: as the service asks them.
pub(super) fn rows(facts: &Map<String, Value>, service: Option<&Service>, lang: Lang) -> Vec<Row> {
    let asked =
        service.map(|service| service.claims().map(|(_, claim)| claim.to_string()).collect::<Vec<_>>());
    let place = |path: &str| {
        let bare = |claim: &String| path == claim || path.ends_with(&format!(".{claim}"));
        let asked = asked.as_ref().and_then(|asked| asked.iter().position(bare));
        // What a paper card says stands as it is printed.
        let printed = absah_schemas::paper::FACTS.iter().position(|fact| *fact == path);
        asked.or(printed).unwrap_or(usize::MAX)
    };
    let mut paths: Vec<&String> = facts.keys().collect();
    paths.sort_by_key(|path| place(path));
    paths.into_iter().filter_map(|path| Some(row(path, facts.get(path)?, lang))).collect()
}

/// What people call the yes-or-no facts that a report answers with no, in the order of their names.
pub(super) fn denied(report: &Value, lang: Lang) -> Vec<String> {
    let facts = report.get("facts").and_then(Value::as_object);
    let no = |(path, value): (&String, &Value)| (*value == Value::Bool(false)).then(|| label(path, lang));
    facts.into_iter().flatten().filter_map(no).collect()
}

fn row(path: &str, value: &Value, lang: Lang) -> Row {
    let label = label(path, lang);
    let whole = |text: String| Row { label: label.clone(), value: Some(text), parts: Vec::new() };
    match value {
        Value::Bool(true) => whole(say(lang, "desk-yes")),
        Value::Bool(false) => whole(say(lang, "desk-no")),
        Value::String(text) => whole(readable(text)),
        Value::Null => whole(String::new()),
        Value::Number(number) => whole(number.to_string()),
        Value::Array(items) => {
            let parts = items.iter().zip(1..).map(|(item, number)| {
                let inner = row(&format!("{path}.*"), item, lang);
                Row { label: format!("{number}"), ..inner }
            });
            Row { label, value: None, parts: parts.collect() }
        }
        Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort_by_key(|name| place_on_card(&format!("{path}.{name}")));
            let parts = names
                .into_iter()
                .filter_map(|name| Some(row(&format!("{path}.{name}"), members.get(name)?, lang)));
            Row { label, value: None, parts: parts.collect() }
        }
    }
}

/// What the credential types call the claim; the path where they do not.
pub(crate) fn label(path: &str, lang: Lang) -> String {
    let bare = CredentialType::ALL
        .into_iter()
        .find_map(|kind| path.strip_prefix(kind.name())?.strip_prefix('.'))
        .unwrap_or(path);
    let claim = CredentialType::ALL.into_iter().find_map(|kind| kind.claim(bare));
    let on_paper = || absah_schemas::paper::label(bare, lang).unwrap_or(bare).to_owned();
    claim.map_or_else(on_paper, |claim| claim.label(lang).to_owned())
}

fn place_on_card(path: &str) -> usize {
    let place = |kind: CredentialType| kind.claims().iter().position(|claim| claim.dotted() == path);
    CredentialType::ALL.into_iter().find_map(place).unwrap_or(usize::MAX)
}

/// Days as they stand on every form; nothing that steers instead of being read.
fn readable(text: &str) -> String {
    if let Ok(date) = Date::parse(text) {
        return date.to_dmy();
    }
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()
}

pub(super) fn say(lang: Lang, id: &str) -> String {
    text(lang, id).unwrap_or_else(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_stand_in_the_order_of_the_form_and_in_words() {
        let facts = serde_json::json!({
            "alamat": {"rt": "001", "jalan": "Jl. Pahlawan"}, "kelahiran": {"tanggal": "1990-02-03", "tempat": "MADIUN"},
            "nama": "SITI\u{202e}", "wargaKotaMadiun": true,
        });
        let mut service = absah_trust::sample::City::service();
        service.asks[0].claims =
            ["nama", "wargaKotaMadiun", "kelahiran", "alamat"].map(absah_trust::ClaimPath::key).into();
        let rows = rows(facts.as_object().unwrap(), Some(&service), Lang::Id);
        let labels: Vec<&str> = rows.iter().map(|row| row.label.as_str()).collect();
        assert_eq!(labels[0], "Nama lengkap");
        assert_eq!(rows[0].value.as_deref(), Some("SITI\u{fffd}"));
        assert_eq!(rows[1].value.as_deref(), Some("Ya"));
        let birth: Vec<_> = rows[2].parts.iter().map(|part| part.value.as_deref().unwrap()).collect();
        assert_eq!(birth, ["MADIUN", "03-02-1990"]);
        assert_eq!(rows[3].parts[0].value.as_deref(), Some("Jl. Pahlawan"));
        assert_eq!(label("KartuKeluarga.alamat", Lang::Id), label("alamat", Lang::Id));
    }
}
