//! `evidence list|export|verify|erase`.

use absah_crypto::jws::Compact;
use absah_crypto::{PublicKey, sha256};
use absah_host::{CommonArgs, Console, Context, Exit, Mode, read_file, read_text, write_atomic};
use absah_schemas::times;
use absah_types::{Coded as _, Secret, Timestamp, base64url, hex};
use absah_verifier_core::evidence::{EvidenceError, EvidenceFile, Receipt, read_link, read_receipt};
use absah_verifier_core::report::CarriedReport;
use serde_json::{Value, json};

use crate::app::App;
use crate::args::{Erase, EvidenceCommand, Export, Verify};
use crate::error::Failure;
use crate::officers::Approved;
use crate::store::EvidenceRow;
use crate::{pdf, sheet, show};

/// Largest evidence file read, in bytes.
const MAX_FILE: u64 = 16 << 20;

pub(crate) async fn run(
    common: &CommonArgs,
    command: &EvidenceCommand,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    app.abandon_old(&mut *context.rng, context.clock.now()).await?;
    match command {
        EvidenceCommand::List => list(&app, context).await,
        EvidenceCommand::Export(args) => export(&app, args, context).await,
        EvidenceCommand::Verify(args) => verify(&app, args, context).await,
        EvidenceCommand::Erase(args) => erase(&app, args, context).await,
    }
}

/// `list --json` → `{"evidence":[{"id","number","service","verdict","decided_at","retain_until","state","erased_at"}],"chain":"whole",
/// "head":{"number","hash"},"waiting"}`: `erased_at` of what was erased alone, and how many answers wait for their evidence. A chain
/// that is not whole is the error `evidence-chain`. Whoever notes the head elsewhere can prove a later cut.
async fn list(app: &App, context: &mut Context) -> Result<Exit, Failure> {
    app.store().empty_log().await?;
    let (key, until) = (app.identity().key, app.vouched(context.clock.now()).await?);
    let mut lines: Vec<Value> = Vec::new();
    let check = |row: &EvidenceRow| -> Result<(), EvidenceError> {
        let receipt = check_row(row, &key)?;
        let state = match receipt {
            Some(_) => "erased",
            None if row.retain_until <= until => "due",
            None => "kept",
        };
        let mut line = json!({
            "id": row.id, "number": row.number, "service": row.service, "verdict": verdict(row),
            "decided_at": row.decided_at.to_string(), "retain_until": row.retain_until.to_string(), "state": state,
        });
        if let (Some(line), Some(receipt)) = (line.as_object_mut(), receipt) {
            line.insert("erased_at".to_owned(), Value::String(receipt.erased_at.to_string()));
        }
        lines.push(line);
        Ok(())
    };
    let head = app.checked_chain(check).await?;
    let (count, waiting) = (head.number, app.store().accepted().await?.len());
    let console = &mut context.console;
    if console.json() {
        console.answer(
            &json!({ "evidence": lines, "chain": "whole", "links": count, "head": head, "waiting": waiting }),
        );
        return Ok(Exit::Ok);
    }
    for line in &lines {
        let text = |name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let state = console.text(&format!("evidence-state-{}", text("state")));
        let verdict = console.text(&format!("evidence-verdict-{}", text("verdict")));
        let (id, service) = (text("id"), text("service"));
        // Until or since when, and of what is gone when it went: its receipt says so.
        let decided = moment(&text("decided_at"), console);
        let until = match line.get("erased_at") {
            Some(_) => moment(&text("erased_at"), console),
            None => day(&text("retain_until"), console),
        };
        console.line(&format!("{id}  {decided}  {service}  {verdict}  {state} {until}"));
    }
    if waiting > 0 {
        let waits = console.text("evidence-waiting");
        console.line(&format!("{waits} {waiting}"));
    }
    let whole = console.text("evidence-chain-whole");
    console.line(&format!("{whole} ({count})"));
    let note = console.text("evidence-head");
    console.line(&format!("{note} {} {}", head.number, head.hash));
    Ok(Exit::Ok)
}

/// What lies in the store is what the counter signed: the packet, or the receipt in its place, and the time of keeping. Gives
/// the receipt.
fn check_row(row: &EvidenceRow, key: &PublicKey) -> Result<Option<Receipt>, EvidenceError> {
    let link = read_link(&row.link, key)?;
    let receipt = row.receipt.as_ref().map(|text| read_receipt(text, key)).transpose()?;
    let is_whole = match (&receipt, &row.sealed, &row.key) {
        (Some(receipt), None, None) => {
            (receipt.id.as_str(), receipt.number, &receipt.packet)
                == (link.id.as_str(), link.number, &link.packet)
        }
        (None, Some(sealed), Some(_)) => hex::encode(sha256(sealed)) == link.packet,
        _ => false,
    };
    let is_of_link = row.id == link.id.as_str()
        && (row.retain_until, row.decided_at) == (link.retain_until, link.decided_at);
    if is_whole && is_of_link { Ok(receipt) } else { Err(EvidenceError::Chain { number: link.number }) }
}

fn verdict(row: &EvidenceRow) -> Value {
    let claims = Compact::parse(&row.link, 4096).ok().and_then(|link| link.claims::<Value>().ok());
    claims.and_then(|claims| claims.get("verdict").cloned()).unwrap_or_default()
}

/// `export ID --out F [--key K] [--sheet S.pdf]`, or the sheet alone, which is there after the erasure too: that a key was
/// written out stands in the counter's list of changes.
async fn export(app: &App, args: &Export, context: &mut Context) -> Result<Exit, Failure> {
    if let Some(path) = &args.sheet {
        let pdf = sheet::of(app, &args.id, context.console.lang()).await?;
        write_atomic(path, &pdf, Mode::Private)?;
    }
    if let Some(out) = &args.out {
        let (file, key) = app.exported(&args.id).await?;
        // Text: always JSON.
        let text = serde_json::to_string_pretty(&file).unwrap_or_default() + "\n";
        write_atomic(out, text.as_bytes(), Mode::Private)?;
        if let Some(path) = &args.key {
            // Noted before it can be anywhere.
            app.note_key(&args.id, context.clock.now()).await?;
            let text = base64url::encode(key.expose()) + "\n";
            write_atomic(path, text.as_bytes(), Mode::Private)?;
        }
    }
    let console = &mut context.console;
    if console.json() {
        console.answer(&json!({ "id": args.id, "file": args.out, "key": args.key, "sheet": args.sheet }));
    } else if let Some(written) = args.out.as_ref().or(args.sheet.as_ref()) {
        console.line(&written.display().to_string());
    }
    Ok(Exit::Ok)
}

/// The link on an A4 sheet of this counter, from a picture of the sheet.
///
/// # Errors
/// The picture's own; [`EvidenceError::Malformed`] where no code on it is a link, [`EvidenceError::OtherCounter`] where it says that
/// it is another counter's, whose key is not here; [`EvidenceError::Signature`] where it says that it is this one's, and is not.
fn link_on_sheet(app: &App, picture: &[u8]) -> Result<String, Failure> {
    let mut unread = EvidenceError::Malformed;
    for text in pdf::texts_in_file(picture)? {
        match read_link(&text, &app.identity().key) {
            Ok(_) => return Ok(text),
            Err(EvidenceError::Malformed) => {}
            Err(_) if !is_of(&text, app.identity().id.as_str()) => unread = EvidenceError::OtherCounter,
            Err(error) => unread = error,
        }
    }
    Err(unread.into())
}

/// Whether a link says that it is of that counter; nobody has checked who signed it.
fn is_of(link: &str, counter: &str) -> bool {
    let file = EvidenceFile { v: 1, link: link.to_owned(), sealed: String::new(), status_tokens: Vec::new() };
    file.dangerous_link().is_ok_and(|link| link.counter == counter)
}

/// The piece that lies here under the link of a sheet.
async fn of_sheet(app: &App, link: &str) -> Result<EvidenceFile, Failure> {
    let id = read_link(link, &app.identity().key)?.id;
    let row = app.evidence_row(id.as_str()).await?;
    if row.link != link {
        return Err(EvidenceError::Mixed.into());
    }
    match row.receipt {
        // What was erased has nothing but its link.
        Some(_) => {
            Ok(EvidenceFile { v: 1, link: row.link, sealed: String::new(), status_tokens: Vec::new() })
        }
        None => Ok(app.exported(id.as_str()).await?.0),
    }
}

fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG") || bytes.starts_with(&[0xff, 0xd8, 0xff]) || bytes.starts_with(b"%PDF-")
}

/// `verify F [--key K]`: exit 0 only for what holds; for what was erased here, the receipt and exit 1. F is the file of `export`, or
/// the A4 sheet as picture or PDF, where the packet lies at this counter.
async fn verify(app: &App, args: &Verify, context: &mut Context) -> Result<Exit, Failure> {
    let bytes = read_file(&args.file, MAX_FILE)?;
    let file = match is_picture(&bytes) {
        true => of_sheet(app, &link_on_sheet(app, &bytes)?).await?,
        false => EvidenceFile::from_json(&bytes)?,
    };
    let key = match &args.key {
        None => None,
        Some(path) => {
            let text = Secret::new(read_text(path, 256)?);
            let bytes =
                base64url::decode_array::<32>(text.expose().trim()).map_err(|_| EvidenceError::Sealed)?;
            Some(Secret::new(bytes))
        }
    };
    let vouched = app.vouched(context.clock.now()).await?;
    match app.verify_evidence(&file, key).await {
        Ok(evidence) => {
            let (packet, link) = (&evidence.packet, &evidence.link);
            let answer = json!({
                "evidence": "valid", "id": link.id, "number": link.number, "agency": evidence.agency,
                "place": evidence.place, "service": packet.material.service, "shown": evidence.shown,
                "outcome": packet.material.outcome, "verdict": packet.verdict, "officer": packet.officer,
                "reason": packet.reason, "supervisor": packet.supervisor,
                "relations": evidence.relations,
                "pendamping": evidence.carried_by.as_ref().map(CarriedReport::from),
                "picture_removed": packet.material.cards.iter().any(|card| card.without_picture),
                "status_signed_at": evidence.status_signed_at.map(|time| time.to_string()), "judged_at": packet.material.judged_at.to_string(),
                "decided_at": packet.decided_at.to_string(), "retain_until": link.retain_until.to_string(),
            });
            let console = &mut context.console;
            if console.json() {
                console.answer(&answer);
            } else {
                let valid = console.text("evidence-valid");
                console.line(&format!("{valid}: {}", link.id));
                for (label, value) in said(&answer, console) {
                    console.line(&format!("  {label}: {value}"));
                }
                if link.retain_until <= vouched {
                    let over = console.text("evidence-overdue");
                    console.line(&over);
                }
            }
            Ok(Exit::Ok)
        }
        Err(failure) if failure.coded().code() == EvidenceError::Erased.code() => {
            let id = file.dangerous_link()?.id;
            let row = app.evidence_row(id.as_str()).await?;
            let signed = row.receipt.as_deref().unwrap_or_default();
            let receipt = read_receipt(signed, &app.identity().key)?;
            let console = &mut context.console;
            if console.json() {
                console.answer(&json!({
                    "evidence": "erased", "code": EvidenceError::Erased.code(), "receipt": receipt, "signed": signed,
                }));
            } else {
                let what = console.text("err-evidence-erased");
                console.line(&what);
                let line = erased(&receipt, console);
                console.line(&line);
                for (label, value) in [("evidence-early", &receipt.early), ("desk-supervisor", &receipt.by)] {
                    if let Some(value) = value {
                        let label = console.text(label);
                        console.line(&format!("  {label}: {}", show::plain(value)));
                    }
                }
                console.line(signed);
            }
            Ok(Exit::Refused)
        }
        Err(failure) => Err(failure),
    }
}

/// A time of the answer as people here say it.
fn moment(text: &str, console: &Console) -> String {
    Timestamp::parse_rfc3339(text).map_or_else(|_| text.to_owned(), |at| times::moment(console.lang(), at))
}

fn day(text: &str, console: &Console) -> String {
    Timestamp::parse_rfc3339(text).map_or_else(|_| text.to_owned(), |at| times::day(console.lang(), at))
}

/// What holds, for people: labels as on the sheet. Empty ones are left out.
fn said(answer: &Value, console: &Console) -> Vec<(String, String)> {
    let text = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let place: Vec<String> =
        ["agency", "place"].map(text).into_iter().filter(|part| !part.is_empty()).collect();
    let shown = answer.get("shown").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let facts: Vec<String> =
        shown.iter().filter_map(Value::as_str).map(|name| show::label(name, console)).collect();
    let lines = [
        ("sheet-place", place.join(", ")),
        ("sheet-service", text("service")),
        ("desk-report-outcome", console.said("err", &text("outcome")).unwrap_or_else(|| text("outcome"))),
        ("evidence-shown", facts.join("; ")),
        ("counter-status-since", moment(&text("status_signed_at"), console)),
        ("sheet-verdict", console.text(&format!("evidence-verdict-{}", text("verdict")))),
        ("desk-officer", text("officer")),
        ("desk-supervisor", text("supervisor")),
        ("desk-reason", text("reason")),
        ("sheet-time", moment(&text("decided_at"), console)),
        ("sheet-until", day(&text("retain_until"), console)),
    ];
    let filled = lines.into_iter().filter(|(_, value)| !value.is_empty());
    filled.map(|(label, value)| (console.text(label), value)).collect()
}

/// One receipt in words.
fn erased(receipt: &Receipt, console: &Console) -> String {
    let (state, lang) = (console.text("evidence-state-erased"), console.lang());
    let at = times::moment(lang, receipt.erased_at);
    let doubt = sheet::by_clock_alone(receipt, lang).map(|said| format!(" ({said})")).unwrap_or_default();
    format!("{}  {state} {at}{doubt}", receipt.id)
}

/// `erase ID [--early REASON]` or `erase --due` → the receipts.
async fn erase(app: &App, args: &Erase, context: &mut Context) -> Result<Exit, Failure> {
    let now = context.clock.now();
    let receipts: Vec<Receipt> = match &args.id {
        Some(id) => {
            let mut approved = Approved::default();
            if app.is_kept_longer(id, now).await? && args.early.is_some() {
                approved = super::officer::approved(app, &args.approval, context).await?;
            }
            vec![app.erase_evidence(id, args.early.as_deref(), &approved, now).await?]
        }
        None => app.erase_due(now).await?,
    };
    let next = app.keeping(now).await?.next;
    let console = &mut context.console;
    if console.json() {
        console.answer(&json!({ "receipts": receipts }));
        return Ok(Exit::Ok);
    }
    for receipt in &receipts {
        let line = erased(receipt, console);
        console.line(&line);
    }
    if receipts.is_empty() {
        let nothing = console.text("evidence-nothing-due");
        console.line(&nothing);
        if let Some(end) = next {
            let (since, day) = (console.text("evidence-next-due"), times::day(console.lang(), end));
            console.line(&format!("{since} {day}"));
        }
    }
    Ok(Exit::Ok)
}
