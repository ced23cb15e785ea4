//! `import`: a population extract, and photographs beside it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use absah_crypto::sha256;
use absah_host::{Console, Context, Exit, FileError, read_file};
use absah_issuer_core::population::{Checked, Problem, ProblemCode, Rules, Severity, check, local_day};
use absah_types::{Coded, Nik};
use serde_json::{Value, json};

use super::{Desk, Failure, Outcome};
use crate::portraits::{self, PortraitError};
use crate::store::{Imported, NewPortrait, SqliteStore};

/// The largest extract read: a province at once.
const MOST_BYTES: u64 = 1 << 30;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The extract: CSV, UTF-8, commas.
    pub(super) file: PathBuf,
    /// A folder with photographs named <NIK>.jpg.
    #[arg(long, value_name = "DIR")]
    pub(super) photos: Option<PathBuf>,
}

pub(super) fn run(args: &Args, desk: &mut Desk<'_>) -> Outcome {
    let bytes = read_file(&args.file, MOST_BYTES)?;
    // Before anything is written: a folder that was mistyped.
    let photos = args.photos.as_deref().map(photo_files).transpose()?;
    let mut checked = check(&bytes, Rules::madiun(local_day(desk.context.clock.now())));
    desk.with_store(async |store, context| {
        let mut portraits = Vec::new();
        if let Some(photos) = photos {
            // "Two people, two roles": once there are officers, a face takes the place of another only before their eyes.
            let replaces = !store.has_operators().await?;
            let (made, problems) = take_photos(store, (photos, replaces), &checked, &bytes).await?;
            portraits = made;
            checked.problems.extend(problems);
        }
        let mut imported = Imported::default();
        // Also when nobody is left to import: whose records were refused is worth knowing.
        if checked.imported() > 0 || !checked.refused_people.is_empty() || !portraits.is_empty() {
            imported = store.import(&checked, &bytes, &portraits, context.clock.now()).await?;
        }
        tell(&checked, &imported, context);
        Ok(if checked.has_errors() { Exit::Refused } else { Exit::Ok })
    })
}

/// What an extract would do, for who must agree to it: file, counts and findings as of one that is brought at the console.
pub(super) async fn report(
    args: &Args,
    (kept, photos): (&Path, Option<&Path>),
    store: &SqliteStore,
    now: absah_types::Timestamp,
) -> Result<String, Failure> {
    let bytes = read_file(kept, MOST_BYTES)?;
    let checked = check(&bytes, Rules::madiun(local_day(now)));
    let photos = photos.map(photo_files).transpose()?.unwrap_or_default();
    let (first, others) = first_portraits(store, &photos, &checked, &bytes).await?;
    let would = store.try_import_with(&checked, &bytes, &first, now).await?;
    let mut told = crate::console::import_report(&checked, &would, crate::console::MOST_SHOWN);
    if let Some(told) = told.as_object_mut() {
        let name = args.file.file_name().unwrap_or_default().to_string_lossy();
        let name: String = name.chars().filter(|c| !crate::console::is_hidden(*c)).take(100).collect();
        told.insert("file".to_owned(), json!(name));
        told.insert("photos".to_owned(), json!(photos.len()));
        told.insert("photos_first".to_owned(), json!(first.len()));
        told.insert("photos_left".to_owned(), json!(others));
    }
    Ok(told.to_string())
}

/// Of photographs: who gets a first portrait by them, and how many are of people who have another one, which stays.
async fn first_portraits(
    store: &SqliteStore,
    photos: &[(Nik, PathBuf)],
    checked: &Checked,
    bytes: &[u8],
) -> Result<(Vec<Nik>, u64), Failure> {
    if photos.is_empty() {
        return Ok(Default::default());
    }
    let brought: std::collections::HashSet<Nik> =
        checked.residents(bytes).map(|(_, resident)| resident.nik).collect();
    let known = store.portrait_sources().await?;
    let (mut first, mut others) = (Vec::new(), 0);
    for (nik, path) in photos {
        match known.get(&nik.to_string()) {
            Some(before) => {
                let photo = read_file(path, portraits::MOST_PHOTO_BYTES);
                others += u64::from(photo.is_ok_and(|photo| *before != sha256(&photo)));
            }
            None if brought.contains(nik) || store.has_resident(*nik).await? => first.push(*nik),
            None => {}
        }
    }
    first.dedup();
    Ok((first, others))
}

/// Rows named for one kind of finding.
const MOST_ROWS: usize = 5;

/// Findings of one kind.
struct Quality {
    code: ProblemCode,
    severity: Severity,
    count: u64,
    /// The first rows that have it.
    rows: Vec<u32>,
}

/// The findings by their kind, errors first, then the most frequent: rows are named, nobody's data.
fn quality(problems: &[Problem]) -> Vec<Quality> {
    let mut kinds: Vec<Quality> = Vec::new();
    for problem in problems {
        let at = kinds.iter().position(|kind| kind.code == problem.code);
        let new = || Quality { code: problem.code, severity: problem.severity, count: 0, rows: Vec::new() };
        let at = at.unwrap_or_else(|| {
            kinds.push(new());
            kinds.len() - 1
        });
        let Some(kind) = kinds.get_mut(at) else { continue };
        kind.count += 1;
        if kind.rows.len() < MOST_ROWS && kind.rows.last() != Some(&problem.row) {
            kind.rows.push(problem.row);
        }
    }
    kinds.sort_by_key(|kind| (kind.severity != Severity::Error, core::cmp::Reverse(kind.count)));
    kinds
}

fn tell(checked: &Checked, imported: &Imported, context: &mut Context) {
    let quality = quality(&checked.problems);
    let (left_out, families) = (checked.refused_people.len(), checked.incomplete_families.len());
    let console = &mut context.console;
    if console.json() {
        let problems = as_json(&checked.problems, console);
        console.answer(&json!({
            "rows": checked.rows,
            "imported": checked.imported(),
            "skipped": checked.skipped(),
            "problems": problems,
            "changes": {
                "superseded": imported.superseded,
                "suspended": imported.suspended,
                "revoked": imported.revoked,
            },
            "proposal": imported.proposal,
            "findings": checked.problems.len(),
            "added": imported.added,
            "changed": imported.changed,
            "older": imported.older,
            "back": imported.back,
            "left_out": left_out,
            "families": families,
            "quality": quality.iter().map(|kind| json!({
                "code": kind.code.as_str(), "severity": kind.severity.as_str(),
                "count": kind.count, "rows": kind.rows,
            })).collect::<Vec<_>>(),
        }));
        return;
    }
    for problem in &checked.problems {
        let line = as_text(problem, console);
        console.line(&line);
    }
    console.line(&format!(
        "{} {}, {} {}, {} {}",
        checked.rows,
        console.text("import-rows"),
        checked.imported(),
        console.text("import-imported"),
        checked.skipped(),
        console.text("import-skipped"),
    ));
    for (count, text) in [
        (imported.added, "import-added"),
        (imported.changed, "import-changed"),
        (imported.older, "import-older"),
        (imported.back, "import-back"),
        (left_out as u64, "import-left-out"),
        (families as u64, "import-families"),
        (imported.superseded, "import-superseded"),
        (imported.suspended, "import-suspended"),
        (imported.revoked, "import-revoked"),
    ] {
        if count > 0 {
            console.line(&format!("{count} {}", console.text(text)));
        }
    }
    if !quality.is_empty() {
        console.line(&format!("{} {}", checked.problems.len(), console.text("import-findings")));
    }
    for kind in quality {
        let severity = console.text(&format!("import-{}", kind.severity.as_str()));
        let rows: Vec<String> = kind.rows.iter().filter(|row| **row > 0).map(u32::to_string).collect();
        let more = if kind.count > kind.rows.len() as u64 { ", …" } else { "" };
        let rows = match rows.is_empty() {
            true => String::new(),
            false => format!(" ({}{more})", console.text_with("import-row", &[("row", &rows.join(", "))])),
        };
        let (code, words) = (kind.code.as_str(), message(kind.code, console));
        console.line(&format!("  {} × {severity} {code}: {words}{rows}", kind.count));
    }
    if let Some(proposal) = imported.proposal {
        console.line(&format!("{} {proposal}", console.text("import-proposal")));
    }
}

/// A finding on one line: where, how grave, what.
fn as_text(problem: &Problem, console: &Console) -> String {
    let place = match (problem.row, problem.code) {
        (
            0,
            ProblemCode::PhotoUnreadable
            | ProblemCode::PhotoSize
            | ProblemCode::PhotoReplaces
            | ProblemCode::PhotoUnknown,
        ) => console.text("import-photo"),
        (0, _) => console.text("import-file"),
        (row, _) => console.text_with("import-row", &[("row", &row.to_string())]),
    };
    let column = problem.column.map(|column| format!(", {}", column.name())).unwrap_or_default();
    let severity = console.text(&format!("import-{}", problem.severity.as_str()));
    let code = problem.code.as_str();
    format!("{place}{column}: {severity} {code}: {}", message(problem.code, console))
}

/// The findings, those about the header by code: `about` names its columns, since `column` is null for the whole file.
fn as_json(problems: &[Problem], console: &Console) -> Vec<Value> {
    let of_header = |problem: &Problem| problem.row == 0 && problem.column.is_some();
    let alike = problems.chunk_by(|a, b| of_header(a) && of_header(b) && a.code == b.code);
    let one = |alike: &[Problem]| {
        let problem = alike.first()?;
        let names: Vec<&str> = alike.iter().filter_map(|problem| Some(problem.column?.name())).collect();
        let mut json = json!({
            "row": problem.row,
            "column": problem.column.filter(|_| problem.row > 0).map(|column| column.name()),
            "code": problem.code.as_str(),
            "severity": problem.severity.as_str(),
            "message": message(problem.code, console),
        });
        if of_header(problem)
            && let Some(json) = json.as_object_mut()
        {
            json.insert("about".to_owned(), names.join(", ").into());
        }
        Some(json)
    };
    alike.filter_map(one).collect()
}

fn message(code: ProblemCode, console: &Console) -> String {
    console.text(&format!("import-{}", code.as_str().to_lowercase().replace('_', "-")))
}

/// Makes portraits of the photographs of people whom the register or the extract has, where they are new; says which
/// cannot be used.
async fn take_photos(
    store: &SqliteStore,
    (photos, replaces): (Vec<(Nik, PathBuf)>, bool),
    checked: &Checked,
    bytes: &[u8],
) -> Result<(Vec<NewPortrait>, Vec<Problem>), Failure> {
    let wanted: std::collections::HashSet<Nik> = photos.iter().map(|(nik, _)| *nik).collect();
    let rows: HashMap<Nik, u32> = checked
        .residents(bytes)
        .filter(|(_, resident)| wanted.contains(&resident.nik))
        .map(|(row, resident)| (resident.nik, row))
        .collect();
    let known = store.portrait_sources().await?;
    let mut problems = Vec::new();
    let mut portraits = Vec::new();
    for (nik, path) in photos {
        let row = rows.get(&nik).copied().unwrap_or(0);
        if row == 0 && !store.has_resident(nik).await? {
            problems.push(Problem::new(0, None, ProblemCode::PhotoUnknown));
            continue;
        }
        let photo = read_file(&path, portraits::MOST_PHOTO_BYTES);
        let source = photo.as_ref().map(|photo| sha256(photo)).unwrap_or_default();
        match known.get(&nik.to_string()) {
            Some(before) if *before == source => continue,
            Some(_) if !replaces && photo.is_ok() => {
                problems.push(Problem::new(row, None, ProblemCode::PhotoReplaces));
                continue;
            }
            _ => {}
        }
        match photo
            .map_err(|error| error.code())
            .and_then(|photo| portraits::of_photo(&photo).map_err(|e| e.code()))
        {
            Ok(webp) => portraits.push(NewPortrait { nik, source, webp }),
            Err(code) => {
                let is_size = code == PortraitError::Size.code();
                let code = if is_size { ProblemCode::PhotoSize } else { ProblemCode::PhotoUnreadable };
                problems.push(Problem::new(row, None, code));
            }
        }
    }
    debug_assert!(problems.iter().all(|problem| problem.severity == Severity::Warning));
    Ok((portraits, problems))
}

/// The photographs of a folder by the NIK in their names, in its order.
fn photo_files(folder: &Path) -> Result<Vec<(Nik, PathBuf)>, FileError> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => FileError::Missing { path: folder.to_owned() },
        kind => FileError::Read { path: folder.to_owned(), kind },
    };
    let mut photos = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if let Some(nik) = nik_of(&path) {
            photos.push((nik, path));
        }
    }
    photos.sort_unstable();
    Ok(photos)
}

/// The NIK in the name of a photograph.
fn nik_of(path: &Path) -> Option<Nik> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    if !matches!(extension.as_str(), "jpg" | "jpeg" | "png") {
        return None;
    }
    Nik::parse(path.file_stem()?.to_str()?).ok()
}
