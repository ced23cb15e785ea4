//! A decision in words, for people at a terminal.

use absah_host::{Console, Exit};
use absah_schemas::CredentialType;
use absah_trust::policy::Decision;
use absah_verifier_core::Report;
use serde_json::{Map, Value};

/// Prints a decision and says the exit it deserves: 0 only for accepted.
pub(crate) fn decision(report: &Report, console: &mut Console) -> Exit {
    // Text, numbers and lists: always an object.
    if let Ok(Value::Object(members)) = serde_json::to_value(report) {
        members_of(&members, console);
    }
    match report.decision {
        Decision::Accepted => Exit::Ok,
        Decision::Refused | Decision::Undetermined => Exit::Refused,
    }
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
    let (happened, remedy) = (console.text(&format!("err-{code}")), console.text(&format!("rec-{code}")));
    console.line(&format!("{heading}: {happened} [{code}]"));
    console.line(&remedy);
    for (path, value) in report.get("facts").and_then(Value::as_object).into_iter().flatten() {
        let label = label(path, console);
        console.line(&format!("  {label}: {}", plain(value)));
    }
    if let Some(signed_at) =
        report.get("freshness").and_then(|freshness| freshness.get("signed_at")?.as_str())
    {
        let since = console.text("counter-status-since");
        console.line(&format!("{since} {signed_at}"));
    }
}

/// What the credential types call the claim; the path where they do not.
fn label(path: &str, console: &Console) -> String {
    let claim = CredentialType::ALL.into_iter().find_map(|kind| kind.claim(path));
    claim.map_or_else(|| path.to_owned(), |claim| claim.label(console.lang()).to_owned())
}

/// A value on one line. Facts come from a signed credential, but a control character in one would still speak to
/// the terminal.
fn plain(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Object(members) => members.values().map(plain).collect::<Vec<_>>().join(", "),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    };
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_one_line_without_control_characters() {
        let value = serde_json::json!({"jalan": "JL. \u{1b}[31mMERAH\n", "rt": "001"});
        assert_eq!(plain(&value), "JL.  [31mMERAH , 001");
        assert_eq!(plain(&serde_json::json!([true, 3])), "true; 3");
    }
}
