//! `doctor` and `report`.

use std::path::Path;

use absah_host::{CommonArgs, Console, Context, Exit, Mode, write_atomic};
use absah_schemas::{text_with, times};
use absah_types::{Lang, Seconds, Timestamp};
use serde_json::json;

use crate::app::App;
use crate::args::{Doctor, DoctorCommand, Report};
use crate::chart;
use crate::desk::day_begins;
use crate::error::Failure;
use crate::guide::Guide;
use crate::tally::{Count, csv};

/// `doctor --json` → `{"go_live","qr_version","camera","scanner","scanner_until","clock_behind_s","data_age_s","parts":[{"what","state","code"}]}`; exit 1 while the
/// counter may not go live. `doctor chart --out F.pdf`; `doctor forget`.
pub(crate) async fn doctor(
    common: &CommonArgs,
    args: &Doctor,
    context: &mut Context,
) -> Result<Exit, Failure> {
    match &args.command {
        Some(DoctorCommand::Chart { out }) => {
            let sheet = chart::draw(context.console.lang())?;
            return written("chart", out, &sheet, context);
        }
        Some(DoctorCommand::Forget) => App::open(common, context).await?.forget_measurements().await?,
        None => {}
    }
    let app = App::open(common, context).await?;
    let findings = app.examine(context.clock.now()).await?;
    let console = &mut context.console;
    if console.json() {
        // Text, numbers and lists: always JSON.
        console.answer(&serde_json::to_value(&findings).unwrap_or_default());
    } else {
        for part in &findings.parts {
            let title = console.text(&format!("desk-doctor-{}", part.what));
            let word = console.text(&format!("desk-doctor-{}", part.state));
            console.line(&format!("{title}: {word}"));
            if let Some(note) = findings.note(part.what, console.lang()) {
                console.line(&format!("  {note}"));
            }
            if let Some(code) = part.code {
                for said in
                    ["err", "rec"].into_iter().filter_map(|kind| console.said(kind, code)).collect::<Vec<_>>()
                {
                    console.line(&format!("  {said}"));
                }
            }
        }
        let id = if findings.go_live { "desk-doctor-live" } else { "desk-doctor-not-live" };
        let text = console.text(id);
        console.line(&text);
    }
    Ok(if findings.go_live { Exit::Ok } else { Exit::Refused })
}

/// `guide counter|helper --out F.pdf --json` → `{"guide"}`.
pub(crate) fn guide(whom: Guide, out: &Path, context: &mut Context) -> Result<Exit, Failure> {
    let sheet = whom.draw(context.console.lang());
    written("guide", out, &sheet, context)
}

fn written(what: &str, out: &Path, sheet: &[u8], context: &mut Context) -> Result<Exit, Failure> {
    write_atomic(out, sheet, Mode::Public)?;
    let console = &mut context.console;
    if console.json() {
        console.answer(&json!({ (what): out }));
    } else {
        console.line(&out.display().to_string());
    }
    Ok(Exit::Ok)
}

/// `report [--days N] [--csv F] --json` → `{"rows":[{"day","hour","service","outcome","colour","count","median_s"}],
/// "reasons":[{"at","service","outcome","officer","reason"}],"changes":[as of officer list]}`.
pub(crate) async fn report(
    common: &CommonArgs,
    args: &Report,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    let since = day_begins(context.clock.now()).minus(Seconds::days(args.days - 1));
    let counts = app.tally(since).await?;
    if let Some(out) = &args.csv {
        write_atomic(out, csv(&counts).as_bytes(), Mode::Private)?;
    }
    let changes = app.changes_since(since).await?;
    let console = &mut context.console;
    if console.json() {
        let reasons = app.reasons(since).await?;
        let changes: Vec<_> = changes.iter().map(|told| &told.change).collect();
        console.answer(&json!({ "rows": counts, "csv": args.csv, "reasons": reasons, "changes": changes }));
    } else if let Some(out) = &args.csv {
        console.line(&out.display().to_string());
    } else {
        let reasons = app.reasons(since).await?;
        counted(&counts, console);
        for reason in &reasons {
            let (at, lang) = (times::moment(console.lang(), reason.at), console.lang());
            let outcome = say(lang, &format!("desk-line-{}", reason.outcome));
            console.line(&format!(
                "{at}  {}  {outcome}: {} ({})",
                reason.service, reason.reason, reason.officer
            ));
        }
        for told in &changes {
            let (at, what) = (times::moment(console.lang(), told.change.at), console.text(&told.text()));
            console.line(&format!("{at}  {what} {} {}", told.change.name, told.change.by));
        }
    }
    Ok(Exit::Ok)
}

/// The counts for people; for a spreadsheet there is `--csv`.
fn counted(counts: &[Count], console: &mut Console) {
    let lang = console.lang();
    let titles = [
        "desk-report-hour",
        "desk-service",
        "desk-report-outcome",
        "desk-report-count",
        "desk-report-median",
    ];
    console.line(&titles.map(|title| say(lang, title)).join("  "));
    let mut day = "";
    for count in counts {
        if count.day != day {
            day = &count.day;
            // Noon is the same day everywhere here.
            let noon = Timestamp::parse_rfc3339(&format!("{day}T05:00:00Z"));
            console.line(&noon.map_or_else(|_| day.to_owned(), |noon| times::day(lang, noon)));
        }
        let median = say_with(lang, "desk-report-seconds", &[("seconds", &count.median_s.to_string())]);
        let service = if count.service.is_empty() { "-" } else { &count.service };
        let outcome = say(lang, count.word().1);
        console.line(&format!("  {:02}.00  {service}  {outcome}  {}  {median}", count.hour, count.count));
    }
}

fn say(lang: Lang, id: &str) -> String {
    say_with(lang, id, &[])
}

fn say_with(lang: Lang, id: &str, values: &[(&str, &str)]) -> String {
    text_with(lang, id, values).unwrap_or_else(|| id.to_owned())
}
