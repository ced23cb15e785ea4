//! A decision in words, for people at a terminal.

use absah_host::{Console, Exit};
use absah_schemas::{CredentialType, times};
use absah_types::{Date, Lang, Timestamp};
use absah_verifier_core::Report;
use serde_json::{Map, Value};

/// Prints a decision and says the exit it deserves: 0 only for accepted.
pub(crate) fn decision(report: &Report, console: &mut Console) -> Exit {
    // Text, numbers and lists: always JSON.
    reported(&serde_json::to_value(report).unwrap_or_default(), console)
}

/// As [`decision`], of a report that was written.
pub(crate) fn reported(report: &Value, console: &mut Console) -> Exit {
    let Some(members) = report.as_object() else { return Exit::Refused };
    members_of(members, console);
    let accepted = members.get("decision").and_then(Value::as_str) == Some("accepted");
    if accepted { Exit::Ok } else { Exit::Refused }
}

/// Prints the members of a report: JSON for machines, otherwise a heading, what happened, what to do, the facts
/// and their age.
pub(crate) fn members_of(report: &Map<String, Value>, console: &mut Console) {
    if console.json() {
        console.answer(report);
        return;
    }
    let text = |name: &str| report.get(name).and_then(Value::as_str).unwrap_or_default();
    let code = text("code");
    let heading = console.text(&format!("counter-{}", text("decision")));
    let said = |kind| console.said(kind, code).unwrap_or_else(|| code.to_owned());
    let remedy = match crate::weak::advice(code, text("strength")) {
        Some(id) => console.text(id),
        None => said("rec"),
    };
    let happened = said("err");
    console.line(&format!("{heading}: {happened} [{code}]"));
    console.line(&remedy);
    if report.get("waiting").is_some() {
        let waits = console.text("counter-answer-waits");
        console.line(&waits);
    }
    // What was refused is no proof, weak or other.
    let accepted = text("decision") == "accepted";
    if let Some(word) = report.get("strength").and_then(Value::as_str).filter(|_| accepted) {
        let warning = console.text(&format!("counter-strength-{word}"));
        console.line(&warning);
    }
    if let Some(sentence) = unanswered(report.get("unanswered"), console.lang()) {
        console.line(&sentence);
    }
    if let Some(sentence) = crate::relation::carried(&Value::Object(report.clone()), console.lang()) {
        console.line(&sentence);
    }
    for said in crate::relation::said(&Value::Object(report.clone()), console.lang()) {
        console.line(&said.sentence);
        console.line(&said.proof);
    }
    for line in facts_of(report, console) {
        console.line(&line);
    }
    if let Some(signed_at) =
        report.get("freshness").and_then(|freshness| freshness.get("signed_at")?.as_str())
    {
        let since = console.text("counter-status-since");
        let signed_at = Timestamp::parse_rfc3339(signed_at)
            .map_or_else(|_| signed_at.to_owned(), |at| times::moment(console.lang(), at));
        console.line(&format!("{since} {signed_at}"));
    }
    if let Some(evidence) = report.get("evidence").and_then(Value::as_str) {
        let filed = console.text("counter-filed");
        console.line(&format!("{filed} {evidence}"));
    }
}

/// What a service asks and a proof does not say, in a sentence; none where nothing is left.
pub(crate) fn unanswered(claims: Option<&Value>, lang: Lang) -> Option<String> {
    let claims = claims.and_then(Value::as_array)?.iter().filter_map(Value::as_str);
    let claims: Vec<String> = claims.map(|claim| crate::desk::label(claim, lang)).collect();
    absah_schemas::text_with(lang, "counter-unanswered", &[("facts", claims.join(", ").as_str())])
        .filter(|_| !claims.is_empty())
}

/// A claim of a card by its dotted path.
struct Place {
    card: CredentialType,
    path: String,
    /// Whether the name says of which card it is: another card of the answer has a fact of the same path.
    is_named: bool,
}

impl Place {
    /// The claim that a fact is named after; nothing where no card has such a one.
    fn of(name: &str) -> Option<Self> {
        let named =
            name.split_once('.').and_then(|(card, path)| Some((CredentialType::of_name(card)?, path)));
        if let Some((card, path)) = named {
            return Some(Self { card, path: path.to_owned(), is_named: true });
        }
        let card = CredentialType::ALL.into_iter().find(|card| card.claim(name).is_some())?;
        Some(Self { card, path: name.to_owned(), is_named: false })
    }

    fn member(&self, name: &str) -> Self {
        Self { card: self.card, path: format!("{}.{name}", self.path), is_named: false }
    }

    /// Where it stands on the form: the card, then its claims in the order of their list; what is not listed comes last.
    fn rank(&self) -> (CredentialType, usize) {
        let mut claims = self.card.claims().iter();
        (self.card, claims.position(|claim| claim.dotted() == self.path).unwrap_or(usize::MAX))
    }

    fn label(&self, console: &Console) -> String {
        let label = self.card.claim(&self.path).map(|claim| claim.label(console.lang()));
        let label = label.unwrap_or_else(|| self.path.rsplit('.').next().unwrap_or_default());
        match self.is_named {
            true => format!("{label} ({})", self.card.display_name(console.lang())),
            false => label.to_owned(),
        }
    }
}

/// The facts of a report: of several cards each for itself, since the same fact stands on cards of two people.
fn facts_of(report: &Map<String, Value>, console: &Console) -> Vec<String> {
    let facts = |of: Option<&Value>| of.and_then(Value::as_object).map(|facts| in_order(facts, console));
    let cards = report.get("cards").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if cards.len() < 2 {
        return facts(report.get("facts")).unwrap_or_default();
    }
    let one = |card: &Value| {
        let kind = card.get("type").and_then(Value::as_str).unwrap_or_default();
        let kind = crate::relation::kind_name(kind, console.lang());
        let mut lines = vec![format!("{kind} ({})", crate::relation::whose(card, console.lang()))];
        lines.extend(facts(card.get("facts")).unwrap_or_default());
        lines
    };
    cards.iter().flat_map(one).collect()
}

/// The facts line by line in the order of the form, each with its label.
fn in_order(facts: &Map<String, Value>, console: &Console) -> Vec<String> {
    let (mut known, mut others) = (Vec::new(), Vec::new());
    for (name, value) in facts {
        match Place::of(name) {
            Some(place) => known.push((place, value)),
            None => {
                let label = absah_schemas::paper::label(name, console.lang()).unwrap_or(name);
                others.push(format!("  {}: {}", plain(label), said(value, console)));
            }
        }
    }
    known.sort_by_key(|(place, _)| place.rank());
    let mut lines = Vec::new();
    for (place, value) in known {
        fact(&place, value, 1, console, &mut lines);
    }
    lines.extend(others);
    lines
}

fn fact(place: &Place, value: &Value, depth: usize, console: &Console, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    let label = plain(&place.label(console));
    match value {
        Value::Object(members) => {
            lines.push(format!("{indent}{label}:"));
            group(place, members, depth + 1, console, lines);
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            lines.push(format!("{indent}{label}:"));
            let every = place.member("*");
            for (at, item) in (1..).zip(items) {
                match item {
                    Value::Object(members) => {
                        lines.push(format!("{indent}  {at}."));
                        group(&every, members, depth + 2, console, lines);
                    }
                    other => lines.push(format!("{indent}  {at}. {}", said(other, console))),
                }
            }
        }
        other => lines.push(format!("{indent}{label}: {}", said(other, console))),
    }
}

fn group(
    place: &Place,
    members: &Map<String, Value>,
    depth: usize,
    console: &Console,
    lines: &mut Vec<String>,
) {
    let mut members: Vec<_> = members.iter().map(|(name, value)| (place.member(name), value)).collect();
    members.sort_by_key(|(place, _)| place.rank());
    for (place, value) in members {
        fact(&place, value, depth, console, lines);
    }
}

/// The label of a claim, by its dotted path; the path itself where no card has such a one.
pub(crate) fn label(name: &str, console: &Console) -> String {
    Place::of(name).map_or_else(|| plain(name), |place| plain(&place.label(console)))
}

/// A value without members of its own: days as people here write them.
fn said(value: &Value, console: &Console) -> String {
    match value {
        Value::String(text) => Date::parse(text).map_or_else(|_| plain(text), Date::to_dmy),
        Value::Bool(true) => console.text("counter-yes"),
        Value::Bool(false) => console.text("counter-no"),
        Value::Array(items) => items.iter().map(|item| said(item, console)).collect::<Vec<_>>().join("; "),
        other => plain(&other.to_string()),
    }
}

/// On one line. Facts come from a signed credential, but a control character in one would still speak to the terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_types::Lang;
    use serde_json::json;

    fn lines(facts: &Value, lang: Lang) -> Vec<String> {
        in_order(facts.as_object().unwrap(), &Console::captured(lang).0)
    }

    #[test]
    fn a_value_is_one_line_without_control_characters() {
        let facts = json!({ "alamat": { "jalan": "JL. \u{1b}[31mMERAH\n" }, "x\u{7}y": "a\nb" });
        assert_eq!(lines(&facts, Lang::Id), ["  Alamat:", "    Jalan: JL.  [31mMERAH ", "  x y: a b"]);
    }

    #[test]
    fn facts_of_two_people_do_not_run_into_each_other() {
        let report = json!({
            "facts": { "KtpElektronik.nama": "DIAN", "Kia.nama": "FAJAR", "kelahiran": { "tanggal": "2019-12-02" } },
            "cards": [
                { "type": "KtpElektronik", "person": "holder", "facts": { "nama": "DIAN" } },
                { "type": "Kia", "person": "dependant",
                  "facts": { "nama": "FAJAR", "kelahiran": { "tanggal": "2019-12-02" } } },
            ],
        });
        let lines = facts_of(report.as_object().unwrap(), &Console::captured(Lang::Id).0);
        let expected = [
            "KTP elektronik (Pemegang kartu: DIAN)",
            "  Nama lengkap: DIAN",
            "Kartu identitas anak (Anak atau tanggungan: FAJAR)",
            "  Nama lengkap: FAJAR",
            "  Tempat dan tanggal lahir:",
            "    Tanggal lahir: 02-12-2019",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn facts_stand_in_the_order_of_the_form_with_their_labels() {
        let facts = json!({
            "alamat": { "rw": "001", "rt": "004", "jalan": "JL. DIPONEGORO", "kecamatan": "Manguharjo" },
            "kelahiran": { "tanggal": "1953-06-22", "tempat": "MADIUN" },
            "nama": "SITI CONTOH",
            "usiaMinimal17": true,
        });
        let expected = [
            "  Nama lengkap: SITI CONTOH",
            "  Tempat dan tanggal lahir:",
            "    Tempat lahir: MADIUN",
            "    Tanggal lahir: 22-06-1953",
            "  Alamat:",
            "    Jalan: JL. DIPONEGORO",
            "    RT: 004",
            "    RW: 001",
            "    Kecamatan: Manguharjo",
            "  Berusia 17 tahun atau lebih: ya",
        ];
        assert_eq!(lines(&facts, Lang::Id), expected);
        assert!(lines(&facts, Lang::En).contains(&"    Date of birth: 22-06-1953".to_owned()));
    }

    #[test]
    fn a_family_is_counted_and_a_second_card_named() {
        let facts = json!({
            "KartuKeluarga.alamat": { "rt": "004" },
            "alamat": { "rt": "005" },
            "anggota": [{ "nama": "BUDI", "nik": "3577010101900001" }, { "nama": "ANI" }],
        });
        let expected = [
            "  Alamat:",
            "    RT: 005",
            "  Alamat (Kartu keluarga):",
            "    RT: 004",
            "  Anggota keluarga:",
            "    1.",
            "      NIK: 3577010101900001",
            "      Nama lengkap: BUDI",
            "    2.",
            "      Nama lengkap: ANI",
        ];
        assert_eq!(lines(&facts, Lang::Id), expected);
    }
}
