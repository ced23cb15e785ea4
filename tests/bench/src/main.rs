//! How fast, how small, how much memory: against the limits, beside a peer, with each goal.
//!
//! `cargo run --release -p absah-bench -- [--quick] [--json] [GROUP…]`; without groups all of them. `--quick` takes seconds and shows that everything can be
//! measured; its figures are rough and it never fails for a missed goal.

mod cards;
mod codes;
mod http;
mod import;
mod ledger;
mod measure;
mod peer;
mod report;
mod sample;
mod search;
mod status;
mod verdict;

use std::process::ExitCode;
use std::time::Duration;

use measure::{Effort, Outcome};
use report::Report;

/// What is measured.
const GROUPS: [&str; 8] = ["cards", "codes", "verdict", "status", "http", "import", "search", "ledger"];

fn main() -> ExitCode {
    let mut arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|word| word == import::AS_ISSUER) {
        arguments.remove(1);
        return match absah_host::Context::of_process() {
            Ok(mut context) => absah_issuer::commands::run(arguments, &mut context).into(),
            Err(_) => absah_host::Exit::Environment.into(),
        };
    }
    let has = |flag: &str| arguments.iter().any(|word| word == flag);
    let is_flag = |word: &&std::ffi::OsString| *word == "--quick" || *word == "--json";
    let words = arguments.iter().skip(1).filter(|word| !is_flag(word));
    let named: Option<Vec<&str>> = words.map(|word| GROUPS.into_iter().find(|group| word == group)).collect();
    let Some(named) = named else {
        say(&format!("usage: absah-bench [--quick] [--json] [{}]…", GROUPS.join("|")));
        return ExitCode::from(2);
    };
    let groups = if named.is_empty() { GROUPS.to_vec() } else { named };
    let quick = has("--quick");
    let report = match measure_all(quick, &groups) {
        Ok(report) => report,
        Err(error) => {
            say(&format!("cannot measure: {error}"));
            return ExitCode::FAILURE;
        }
    };
    if has("--json") {
        say(&report.json().to_string());
    } else {
        say(&report.table());
        let missed = report.missed();
        say(&if missed == 0 { "every goal is met".to_owned() } else { format!("{missed} goal(s) MISSED") });
    }
    if report.missed() > 0 && !quick { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn measure_all(quick: bool, groups: &[&str]) -> Outcome<Report> {
    let effort = if quick {
        Effort { rounds: 15, slice: Duration::from_millis(4) }
    } else {
        Effort { rounds: 101, slice: Duration::from_millis(20) }
    };
    let mut report = Report::default();
    for group in groups {
        match *group {
            "cards" => cards::measure(&mut report, effort)?,
            "codes" => {
                codes::measure(&mut report, effort)?;
                codes::round_trips(&mut report, if quick { 300 } else { 100_000 })?;
            }
            "verdict" => verdict::measure(&mut report, effort)?,
            "status" => status::measure(&mut report, effort)?,
            "http" => http::measure(&mut report, if quick { http::Load::QUICK } else { http::Load::FULL })?,
            "import" => import::measure(&mut report, if quick { 3_000 } else { 205_000 })?,
            "search" => search::measure(
                &mut report,
                if quick { 3_000 } else { 205_000 },
                if quick { 100 } else { 1_000 },
            )?,
            _ => ledger::measure(&mut report, if quick { 3_000 } else { 205_000 })?,
        }
    }
    Ok(report)
}

#[expect(clippy::print_stdout, reason = "the table is what this program is for")]
fn say(text: &str) {
    println!("{text}");
}
