//! One function for each command.

pub(crate) mod bundle;
mod doctor;
pub(crate) mod evidence;
mod menu;
mod officer;
mod online;
mod serve;
mod ticket;

use std::path::PathBuf;

use absah_carry::pictures::{self, Scanned};
use absah_host::{CommonArgs, Context, Exit, FileError, read_file};
use absah_qr::Kind;
use absah_qr::render::{Ecc, Symbol};
use absah_types::Coded;
use absah_verifier_core::evidence::{STALE, Verdict, lacks_reason};
use absah_verifier_core::{Report, answer, judge};
use serde_json::json;

use crate::app::App;
use crate::args::{Decide, Request};
use crate::error::Failure;
use crate::filing::{FilingError, Word, colour, visit};
use crate::{pdf, show, weak};

pub(crate) use doctor::{doctor, guide, report};
pub(crate) use menu::services;
pub(crate) use officer::officer;
pub(crate) use online::session;
pub(crate) use serve::{page, serve};
pub(crate) use ticket::ticket;

/// Largest PDF read, in bytes.
const MAX_DOCUMENT: u64 = 20_000_000;

/// `init --json` → `{"counter_id","access_key"}`.
pub(crate) async fn init(common: &CommonArgs, context: &mut Context) -> Result<Exit, Failure> {
    let identity = App::open_or_init(common, context).await?.identity();
    // Members of a JWK are text: always JSON.
    let jwk: serde_json::Value = serde_json::from_str(&identity.key.to_jwk().to_json()).unwrap_or_default();
    if context.console.json() {
        context.console.answer(&json!({ "counter_id": identity.id, "access_key": jwk }));
    } else {
        let next = context.console.text("counter-init-next");
        context.console.line(identity.id.as_str());
        context.console.line(&jwk.to_string());
        context.console.notice(&next);
    }
    Ok(Exit::Ok)
}

/// `request --service ID --out REQ.png [--text REQ.txt] [--long]`, or `--online`.
pub(crate) async fn request(
    common: &CommonArgs,
    args: &Request,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    // Said, and no more: `decide` tells whoever goes on that nobody may accept the answer.
    if let Err(failure) = app.judges(context.clock.now()).await
        && failure.coded().code() == "bundle-ended"
    {
        let texts = ["err", "rec"].map(|kind| context.console.said(kind, "bundle-ended").unwrap_or_default());
        context.console.notice(&texts.join(" "));
    }
    if args.online {
        return online::request(&app, args, context).await;
    }
    let qr_version = app.qr_version(args.qr_version).await?;
    let now = context.clock.now();
    let made = app.ask_by_qr(&args.service, qr_version, &mut *context.rng, now).await?;
    let frames: Vec<String> = made.frames(args.long)?.iter().map(absah_qr::Frame::text).collect();
    let written = match &args.out {
        Some(out) => pictures::write_pictures(out, &frames)?,
        None => Vec::new(),
    };
    if let Some(text) = &args.text {
        pictures::write_text(text, &frames)?;
    }
    let console = &mut context.console;
    if console.json() {
        console.answer(&json!({
            "request_hash": absah_types::hex::encode(made.pending.hash()),
            "service": args.service,
            "made_at": made.pending.made_at.to_string(),
            "frames": frames,
            "pictures": written,
        }));
    } else if written.is_empty() {
        for frame in &frames {
            console.line(&Symbol::encode(frame, Ecc::L)?.terminal());
        }
    } else {
        written.iter().for_each(|path| console.line(&path.display().to_string()));
    }
    Ok(Exit::Ok)
}

/// `decide FILE…`: what is accepted is filed as evidence at once, and `--json` names it as `evidence`; without the reason that
/// old data needs it is undetermined (`verdict-reason`).
pub(crate) async fn decide(
    common: &CommonArgs,
    args: &Decide,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    let scanned = match scan(&args.files) {
        Ok(scanned) => scanned,
        // A file that is too large is no answer; one that cannot be opened is a mistake of the caller.
        Err(error @ FileError::TooLarge { .. }) => return refuse(&app, &error, context).await,
        Err(error) => return Err(error.into()),
    };
    let message = match answer::message(scanned.texts.iter().map(String::as_str)) {
        Ok(message) => message,
        Err(answer::AnswerRefusal::Nothing) => match &scanned.unreadable {
            Some(picture) => return refuse(&app, picture, context).await,
            None => return refuse(&app, &answer::AnswerRefusal::Nothing, context).await,
        },
        Err(error) => return refuse(&app, &error, context).await,
    };
    let now = context.clock.now();
    app.abandon_old(&mut *context.rng, now).await?;
    let (bytes, service) = (&message.payload, args.service.as_deref());
    let officer = officer::named(&app, args.officer.as_deref(), context).await?;
    let reason = args.reason.as_deref().unwrap_or_default();
    let word = Word { verdict: Verdict::Unattended, officer: &officer, reason };
    if matches!(message.kind, Kind::OneScan | Kind::Paper) {
        let report = match message.kind {
            Kind::Paper => app.judge_paper(bytes, service, now).await?.1,
            _ => weak::lemah(&app.judge_one_scan(bytes, service, Some(&word), now).await?),
        };
        // Nothing of it waits anywhere: without a reason it is not taken.
        if lacks_reason(report.code, word.verdict, reason) {
            let report = report.withheld(FilingError::ReasonMissing.code());
            return Ok(show::decision(&report, &mut context.console));
        }
        if let (STALE, Some(service)) = (report.code, service) {
            let mut visit = visit(service, report.code, colour(&report), now, now);
            visit.verdict = Some(Verdict::Unattended.as_str().to_owned());
            visit.reason = Some(app.sealed_reason(&word, service, &mut *context.rng, now)?);
            app.store().note_visit(&visit).await?;
        }
        return Ok(show::decision(&report, &mut context.console));
    }
    let report = app.decide_alone(bytes, &word, &mut *context.rng, now).await?;
    Ok(show::reported(&report, &mut context.console))
}

/// The texts in pictures and text files, and in what is named as a PDF.
fn scan(files: &[PathBuf]) -> Result<Scanned, FileError> {
    let is_pdf = |file: &&PathBuf| file.extension().is_some_and(|end| end.eq_ignore_ascii_case("pdf"));
    let (documents, others): (Vec<&PathBuf>, Vec<&PathBuf>) = files.iter().partition(is_pdf);
    let mut scanned = pictures::scan(&others)?;
    for document in documents {
        match pdf::texts_in_file(&read_file(document, MAX_DOCUMENT)?) {
            Ok(texts) => scanned.texts.extend(texts),
            Err(error) => {
                scanned.unreadable.get_or_insert(error);
            }
        }
    }
    Ok(scanned)
}

async fn refuse(app: &App, error: &dyn Coded, context: &mut Context) -> Result<Exit, Failure> {
    let version = app.bundle().await?.map_or(0, |bundle| bundle.version());
    let outcome = judge::unreadable(error, version);
    Ok(show::decision(&Report::from(&outcome), &mut context.console))
}
