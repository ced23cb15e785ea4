//! The sample extracts, and a catalogue of what else arrives.

use std::collections::{BTreeMap, BTreeSet};

fn shared_dir() -> Option<std::path::PathBuf> {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").canonicalize().ok()
}

use super::*;

fn rules() -> Rules {
    Rules::madiun(Date::parse("2026-11-22").unwrap())
}

/// The bytes of a sample, or a word on why the test says nothing.
fn sample(name: &str) -> Option<Vec<u8>> {
    let found = shared_dir().map(|dir| dir.join("data/ikd").join(name)).filter(|path| path.exists());
    if found.is_none() {
        println!("skipped: {name} is not here");
    }
    found.map(|path| std::fs::read(path).unwrap())
}

#[test]
fn the_clean_extract_is_clean() {
    let Some(bytes) = sample("madiun-2000.csv") else { return };
    let checked = check(&bytes, rules());
    for problem in &checked.problems {
        println!("{problem}");
    }
    assert_eq!((checked.rows, checked.imported(), checked.skipped()), (2000, 2000, 0));
    assert!(!checked.has_errors());
    assert_eq!(checked.problems, []);
    assert!(checked.incomplete_families.is_empty());
    assert_eq!(checked.residents(&bytes).count(), 2000);
}

/// One labelled defect of the dirty extract.
struct Label {
    row: u32,
    column: String,
    code: String,
    group: String,
    also: BTreeSet<String>,
}

fn labels(csv: &[u8]) -> Vec<Label> {
    let mut records = Records::new(csv, 0, b',', 8);
    let mut record = Record::default();
    records.read(&mut record);
    let mut labels = Vec::new();
    while records.read(&mut record) {
        let text = |cell| String::from_utf8(record.cell(cell).to_vec()).unwrap();
        labels.push(Label {
            row: text(0).parse().unwrap(),
            column: text(2),
            code: text(3),
            group: text(5),
            also: text(6).split(';').map(str::to_owned).collect(),
        });
    }
    labels
}

#[test]
fn the_dirty_extract_is_understood() {
    let (Some(bytes), Some(csv)) = (sample("madiun-dirty-300.csv"), sample("madiun-dirty-300.problems.csv")) else {
        return;
    };
    let labels = labels(&csv);
    let checked = check(&bytes, rules());
    assert_eq!(checked.rows, checked.imported() + checked.skipped());
    let found: BTreeSet<(u32, &str)> = checked.problems.iter().map(|p| (p.row, p.code.as_str())).collect();
    let mut groups: BTreeMap<&str, bool> = BTreeMap::new();
    for label in &labels {
        *groups.entry(&label.group).or_default() |= found.contains(&(label.row, label.code.as_str()));
    }
    let missed: Vec<_> = groups.iter().filter(|(_, found)| !**found).collect();
    let mut wrong = Vec::new();
    for problem in &checked.problems {
        let here = || labels.iter().filter(|label| label.row == problem.row);
        let code = problem.code.as_str();
        let labelled = here().any(|label| label.code == code || label.also.contains(code) || label.also.contains("*"));
        if !labelled {
            wrong.push(problem.to_string());
        }
    }
    let other_column: Vec<_> = labels
        .iter()
        .filter(|label| {
            checked.problems.iter().any(|p| p.row == label.row && p.code.as_str() == label.code)
                && !checked.problems.iter().any(|p| {
                    p.row == label.row
                        && p.code.as_str() == label.code
                        && p.column.map_or("", Column::name) == label.column
                })
        })
        .map(|label| (label.row, &label.code, &label.column))
        .collect();
    println!("{} of {} groups; missed {missed:?}", groups.len() - missed.len(), groups.len());
    println!("{} findings, wrong: {wrong:#?}; another column: {other_column:?}", checked.problems.len());
    assert!(missed.len() * 20 <= groups.len(), "at least 95 % of the groups");
    assert!(wrong.len() * 20 < checked.problems.len(), "less than 5 % false findings");
    for label in &labels {
        let severity = checked.problems.iter().find(|p| p.row == label.row && p.code.as_str() == label.code);
        let Some(problem) = severity else { continue };
        let written = String::from_utf8_lossy(&csv).into_owned();
        let line = written.lines().find(|line| {
            line.starts_with(&format!("{},", label.row)) && line.contains(&format!(",{},", label.code))
        });
        assert!(line.unwrap().contains(problem.severity.as_str()), "{problem}");
    }
}
