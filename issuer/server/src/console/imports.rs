//! Extracts of the register: taken in here, with the report on their quality.

use absah_crypto::sha256;
use absah_issuer_core::operator::Action;
use absah_issuer_core::operator::four_eyes::Body;
use absah_issuer_core::population::{Checked, Column, Problem, Rules, check, local_day};
use absah_types::{Lang, Nik, Timestamp, hex};
use absah_web::Now;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use minijinja::{Value as Shown, context};
use serde_json::{Value, json};

use super::error::Fail;
use super::guard::{Officer, is_hidden};
use super::names::Names;
use super::page::{page, say};
use super::{Console, ConsoleError};
use crate::store::{Decided, FourEyesAct, ImportReport, Imported, NewDecision};

/// The header in which the script tells the file's name, percent-encoded.
const NAME_HEADER: &str = "x-file-name";
/// Findings that are kept with a report.
const MOST_FINDINGS: usize = 2000;
/// Findings that one page shows.
pub(crate) const MOST_SHOWN: usize = 200;

pub(super) async fn list(State(console): State<Console>, officer: Officer) -> Result<Response, Fail> {
    let reports: Vec<Value> = console.store().import_reports().await?.iter().map(|one| {
        let report: Value = serde_json::from_str(&one.report).unwrap_or_default();
        json!({ "id": one.id, "at": one.at.unix(), "operator": one.operator, "file": one.file, "report": report })
    }).collect();
    let may_import = officer.may(Action::Import);
    let values = context! { reports => Shown::from_serialize(&reports), may_import => may_import };
    Ok(page(&officer, "imports.html", "console-imports", values))
}

fn finding(problem: &Problem) -> Value {
    json!({
        "row": problem.row,
        "column": problem.column.map(Column::name),
        "code": problem.code.as_str(),
        "severity": problem.severity.as_str(),
    })
}

/// What an extract holds and would do: counts and findings, nobody's data.
pub(crate) fn report(checked: &Checked, would: &Imported, most: usize) -> Value {
    let findings: Vec<Value> = checked.problems.iter().take(most).map(finding).collect();
    json!({
        "rows": checked.rows,
        "imported": checked.imported(),
        "skipped": checked.skipped(),
        "findings": checked.problems.len(),
        "problems": findings,
        "added": would.added,
        "changed": would.changed,
        "changes": {
            "superseded": would.superseded, "suspended": would.suspended, "revoked": would.revoked,
        },
        "older": would.older,
        "back": would.back,
        "left_out": checked.refused_people.len(),
        "families": checked.incomplete_families.len(),
    })
}

/// A name that is shown and nothing else: no folders, no signs that hide.
fn file_name(headers: &HeaderMap) -> String {
    let told = headers.get(NAME_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let pairs = format!("n={told}");
    let name = url::form_urlencoded::parse(pairs.as_bytes()).next().map(|(_, name)| name.into_owned());
    let name = name.unwrap_or_default();
    let name: String = name.chars().filter(|c| !is_hidden(*c)).take(100).collect();
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    if last.is_empty() { "-".to_owned() } else { last.to_owned() }
}

pub(super) async fn take(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<Value>, Fail> {
    let file = file_name(&headers);
    let (bytes, checked) = tokio::task::spawn_blocking(move || {
        let checked = check(&bytes, Rules::madiun(local_day(now)));
        (bytes, checked)
    })
    .await
    .map_err(|_| Fail::Console(ConsoleError::File))?;
    let would = console.store().try_import(&checked, &bytes, now).await?;
    // Also who is left out changes what families may get.
    let waits = would.added + would.changed > 0
        || !checked.refused_people.is_empty()
        || !checked.incomplete_families.is_empty();
    let mut report = report(&checked, &would, MOST_FINDINGS);
    if let Some(report) = report.as_object_mut() {
        report.insert("waits".to_owned(), json!(waits));
    }
    let reason = file.clone();
    let report =
        ImportReport { id: 0, at: now, operator: officer.operator.id, file, report: report.to_string() };
    let id = console.store().keep_report(report).await?;
    if waits {
        let dead = console.store().deaths_in(&checked, &bytes).await?;
        let body = body(id, (&checked, &bytes), would, dead);
        console.store().keep_extract(id, bytes.to_vec()).await?;
        console.store().propose(body, officer.proposer(), &reason, now).await?;
    }
    Ok(Json(json!({ "next": format!("/imports/{id}") })))
}

/// The act of taking in an extract, with what it would do.
fn body(report: i64, (checked, bytes): (&Checked, &[u8]), would: Imported, dead: Vec<Nik>) -> Body {
    Body::Import {
        report,
        sha256: hex::encode(sha256(bytes)),
        added: would.added,
        changed: would.changed,
        superseded: would.superseded,
        suspended: would.suspended,
        revoked: would.revoked,
        left_out: checked.refused_people.len() as u64,
        families: checked.incomplete_families.len() as u64,
        back: would.back,
        dead,
    }
}

/// An extract that waits, checked by the rules of a day.
pub(super) async fn extract(
    console: &Console,
    report: i64,
    day: Timestamp,
) -> Result<(Vec<u8>, Checked), Fail> {
    let bytes = console.store().waiting_extract(report).await?.ok_or(ConsoleError::Decided)?;
    let checking = move || {
        let checked = check(&bytes, Rules::madiun(local_day(day)));
        (bytes, checked)
    };
    tokio::task::spawn_blocking(checking).await.map_err(|_| Fail::Console(ConsoleError::File))
}

/// Takes in what two people agreed to.
pub(super) async fn agree(
    console: &Console,
    act: &FourEyesAct,
    decision: &NewDecision,
) -> Result<Decided, Fail> {
    let Body::Import { report, .. } = &act.body else { return Ok(Decided::Gone) };
    // By the rules of the day on which it was brought: what was agreed to is what is done.
    let (bytes, checked) = extract(console, *report, act.made_at).await?;
    Ok(console.store().agree_to_import(act, (&checked, &bytes), decision).await?)
}

/// Proposes an extract that waits once more, with what it would do now.
pub(super) async fn propose_again(
    console: &Console,
    officer: &Officer,
    (report, reason): (i64, &str),
    now: Timestamp,
) -> Result<i64, Fail> {
    let (bytes, checked) = extract(console, report, now).await?;
    let would = console.store().try_import(&checked, &bytes, now).await?;
    let dead = console.store().deaths_in(&checked, &bytes).await?;
    let body = body(report, (&checked, &bytes), would, dead);
    Ok(console.store().propose(body, officer.proposer(), reason, now).await?)
}

pub(super) async fn report_of(console: &Console, id: i64) -> Result<(ImportReport, Value), Fail> {
    let report = console.store().import_report(id).await?.ok_or(ConsoleError::Unknown)?;
    let told = serde_json::from_str(&report.report).unwrap_or_default();
    Ok((report, told))
}

/// The findings with their words: what is wrong, never the value itself.
pub(super) fn with_words(told: &Value, lang: Lang, most: usize) -> Vec<Value> {
    let findings = told.get("problems").and_then(Value::as_array).cloned().unwrap_or_default();
    let words = |mut finding: Value| {
        let code = finding.get("code").and_then(Value::as_str).unwrap_or_default();
        let id = format!("import-{}", code.to_lowercase().replace('_', "-"));
        if let Some(members) = finding.as_object_mut() {
            members.insert("message".to_owned(), json!(say(lang, &id)));
        }
        finding
    };
    findings.into_iter().take(most).map(words).collect()
}

pub(super) async fn show(
    State(console): State<Console>,
    officer: Officer,
    Path(id): Path<i64>,
) -> Result<Response, Fail> {
    let (report, told) = report_of(&console, id).await?;
    let problems = with_words(&told, officer.lang, MOST_SHOWN);
    let act = console.store().act_of_report(id).await?;
    let values = context! {
        act => act.as_ref().map(|(number, _)| *number),
        act_state => act.as_ref().map(|(_, state)| format!("console-state-{state}")),
        id => id, file => report.file, at => report.at.unix(), operator => Names::load(&console).await?.operator(report.operator),
        report => Shown::from_serialize(&told), told => Shown::from_serialize(&told), problems => Shown::from_serialize(&problems),
    };
    Ok(page(&officer, "import.html", "console-import", values))
}

/// A cell that no spreadsheet takes for a formula (OWASP, CSV injection).
fn cell(text: &str) -> String {
    let text = text.replace('"', "\"\"");
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{text}\"")
}

pub(super) async fn csv(
    State(console): State<Console>,
    officer: Officer,
    Path(id): Path<i64>,
) -> Result<Response, Fail> {
    let (report, told) = report_of(&console, id).await?;
    let mut lines = vec![[cell("file"), cell(&report.file)].join(",")];
    lines.push(["row", "column", "code", "severity", "message"].map(cell).join(","));
    for finding in with_words(&told, officer.lang, MOST_FINDINGS) {
        let part = |name: &str| match finding.get(name) {
            Some(Value::String(text)) => cell(text),
            Some(Value::Number(number)) => cell(&number.to_string()),
            _ => cell(""),
        };
        lines.push(["row", "column", "code", "severity", "message"].map(part).join(","));
    }
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"impor-{id}.csv\"")),
    ];
    Ok((headers, lines.join("\r\n") + "\r\n").into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_no_name_a_path() {
        for (text, expected) in [
            ("=1+1", "\"'=1+1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("-2", "\"'-2\""),
            ("a\"b", "\"a\"\"b\""),
            ("3577", "\"3577\""),
        ] {
            assert_eq!(cell(text), expected);
        }
        let name = |told: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(NAME_HEADER, told.parse().unwrap());
            file_name(&headers)
        };
        assert_eq!(name("C%3A%5Cdata%5Cikd.csv"), "ikd.csv");
        assert_eq!(name("..%2F..%2Fetc%2Fpasswd"), "passwd");
        assert_eq!(name("a%0Ab%1B.csv"), "ab.csv");
        assert_eq!(
            name("data%E2%80%AEvsc.exe%E2%80%8B"),
            "datavsc.exe",
            "nothing turns it round or hides in it"
        );
        assert_eq!(name(""), "-");
    }
}
