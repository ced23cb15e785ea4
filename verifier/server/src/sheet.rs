//! The A4 sheet that goes into the folder in place of a photocopy: who asked, when, for what, and a QR code that leads
//! back to the sealed packet. No fact of a person stands on it.

use absah_print::{A4, Font, Page, wrapped};
use absah_qr::render::{Ecc, QUIET_ZONE, Symbol};
use absah_schemas::{text, text_with, times};
use absah_types::Lang;
use absah_verifier_core::evidence::{self, Evidence, EvidenceError, Receipt};

use crate::app::App;
use crate::error::Failure;
use crate::store::EvidenceRow;

const MARGIN: f32 = 56.0;
/// Side of the QR code, quiet zone included: 65 mm.
const QR_SIDE: f32 = 184.0;
/// Characters of 11 points in a line.
const LINE: usize = 84;

/// The sheet of a piece of evidence, also after its erasure: what it says stays true.
///
/// # Errors
/// `Unknown`; a chain that is not this counter's.
pub(crate) async fn of(app: &App, id: &str, lang: Lang) -> Result<Vec<u8>, Failure> {
    let row = app.evidence_row(id).await?;
    let link = evidence::read_link(&row.link, &app.identity().key)?;
    // Who asked, for what and by which law stands in the packet as it was then; what this counter is registered for today may
    // be something else. Where the packet is gone the sheet says only what its signed link does.
    let act = act(app, &row).await;
    let title = act.as_ref().map_or(row.service.clone(), |act| match lang {
        Lang::Id => act.service.title.id.clone(),
        Lang::Jv => act.service.title.jv.clone(),
        Lang::En => act.service.title.en.clone(),
    });
    let place = act.as_ref().map(|act| format!("{}, {}", act.agency, act.place)).unwrap_or_default();
    let basis = act.as_ref().map(|act| act.service.legal_basis.clone()).unwrap_or_default();
    let say = |id: &str| text(lang, id).unwrap_or_else(|| id.to_owned());
    let verdict = say(&format!("evidence-verdict-{}", link.verdict.as_str()));
    let lines = [
        ("sheet-place", place),
        ("sheet-counter", link.counter.clone()),
        ("sheet-service", title),
        ("sheet-basis", basis),
        ("sheet-time", times::moment(lang, link.decided_at)),
        ("sheet-verdict", verdict),
        ("sheet-until", times::day(lang, link.retain_until)),
        ("sheet-number", format!("{} ({})", link.id, link.number)),
        ("sheet-hash", link.packet.clone()),
    ];
    let helper = act.as_ref().and_then(|act| act.carried_by.as_ref()).map(|carried| &carried.helper);
    // By number and organisation: no name of a person stands on the sheet.
    let carried = helper.and_then(|helper| {
        let words = [("number", helper.id.as_str()), ("organisation", &helper.organisasi)];
        Some(("sheet-carried", text_with(lang, "sheet-carried-by", &words)?))
    });
    let lines = lines.into_iter().chain(carried).filter(|(_, value)| !value.is_empty());
    let mut lines: Vec<(String, String)> = lines.map(|(id, value)| (say(id), value)).collect();
    let mut note = say(&format!("sheet-note-{}", link.verdict.as_str()));
    // "Erasing the key ends both; a signed deletion receipt remains" (4, evidence).
    if let Some(receipt) = &row.receipt {
        let receipt = evidence::read_receipt(receipt, &app.identity().key)?;
        let doubt = by_clock_alone(&receipt, lang);
        let why: Vec<String> = receipt.early.into_iter().chain(doubt).collect();
        let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join("; ")) };
        lines.push((say("sheet-erased"), times::moment(lang, receipt.erased_at) + &why));
        note = say("sheet-note-erased");
    }
    let symbol = Symbol::encode(&row.link, Ecc::M).map_err(|_| EvidenceError::Malformed)?;
    Ok(draw(&say("sheet-title"), &lines, &note, &symbol))
}

/// What the packet of a piece proves; nothing where it was erased or proves nothing any more.
async fn act(app: &App, row: &EvidenceRow) -> Option<Evidence> {
    if row.receipt.is_some() {
        return None;
    }
    let (file, _) = app.exported(&row.id).await.ok()?;
    app.verify_evidence(&file, None).await.ok()
}

/// That the time of a receipt is what the counter's clock says, and nobody else.
pub(crate) fn by_clock_alone(receipt: &Receipt, lang: Lang) -> Option<String> {
    let clock = times::moment(lang, receipt.clock?);
    text_with(lang, "evidence-clock-alone", &[("clock", &clock)])
}

fn draw(title: &str, lines: &[(String, String)], note: &str, symbol: &Symbol) -> Vec<u8> {
    let mut page = Page::new(A4);
    let mut y = A4.1 - MARGIN - 18.0;
    page.write(Font::Bold, 18.0, MARGIN, y, title);
    y -= 34.0;
    for (name, value) in lines {
        page.write(Font::Bold, 10.0, MARGIN, y, name);
        for part in wrapped(value, LINE - 24) {
            page.write(Font::Plain, 11.0, MARGIN + 130.0, y, &part);
            y -= 16.0;
        }
        y -= 4.0;
    }
    y -= 12.0;
    for part in wrapped(note, LINE) {
        page.write(Font::Plain, 11.0, MARGIN, y, &part);
        y -= 16.0;
    }
    page.symbol(symbol, (MARGIN, y - QR_SIDE), QR_SIDE, QUIET_ZONE);
    page.finish()
}
