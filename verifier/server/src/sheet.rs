//! The A4 sheet that goes into the folder in place of a photocopy: who asked, when, for what, and a QR code that leads
//! back to the sealed packet. No fact of a person stands on it.

use absah_qr::render::{Ecc, QUIET_ZONE, Symbol};
use absah_schemas::{text, text_with, times};
use absah_types::Lang;
use absah_verifier_core::evidence::{self, EvidenceError};
use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str};

use crate::app::App;
use crate::error::Failure;

/// A4 in points.
pub(crate) const PAGE: (f32, f32) = (595.0, 842.0);
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
    let bundle = app.bundle().await?;
    let now = app.ambient().now();
    let identity = app.identity();
    let registered = bundle.as_ref().and_then(|bundle| identity.registered(bundle, now).ok());
    let registration = registered.map(|registered| registered.registration());
    let service = registered.and_then(|registered| registered.service(&row.service).ok());
    let title = service.map_or(row.service.clone(), |service| match lang {
        Lang::Id => service.title.id.clone(),
        Lang::Jv => service.title.jv.clone(),
        Lang::En => service.title.en.clone(),
    });
    let place = registration.map(|own| format!("{}, {}", own.agency, own.place)).unwrap_or_default();
    let say = |id: &str| text(lang, id).unwrap_or_else(|| id.to_owned());
    let verdict = say(&format!("evidence-verdict-{}", link.verdict.as_str()));
    let lines = [
        ("sheet-place", place),
        ("sheet-counter", link.counter.clone()),
        ("sheet-service", title),
        ("sheet-basis", service.map(|service| service.legal_basis.clone()).unwrap_or_default()),
        ("sheet-time", times::moment(lang, link.decided_at)),
        ("sheet-verdict", verdict),
        ("sheet-until", times::day(lang, link.retain_until)),
        ("sheet-number", format!("{} ({})", link.id, link.number)),
        ("sheet-hash", link.packet.clone()),
    ];
    let lines: Vec<(String, String)> = lines.into_iter().map(|(id, value)| (say(id), value)).collect();
    let note = text_with(lang, "sheet-note", &[]).unwrap_or_default();
    let symbol = Symbol::encode(&row.link, Ecc::M).map_err(|_| EvidenceError::Malformed)?;
    Ok(draw(&say("sheet-title"), &lines, &note, &symbol))
}

fn draw(title: &str, lines: &[(String, String)], note: &str, symbol: &Symbol) -> Vec<u8> {
    let mut content = Content::new();
    let mut y = PAGE.1 - MARGIN - 18.0;
    write(&mut content, b"B", 18.0, MARGIN, y, title);
    y -= 34.0;
    for (name, value) in lines {
        write(&mut content, b"B", 10.0, MARGIN, y, name);
        for part in wrapped(value, LINE - 24) {
            write(&mut content, b"P", 11.0, MARGIN + 130.0, y, &part);
            y -= 16.0;
        }
        y -= 4.0;
    }
    y -= 12.0;
    for part in wrapped(note, LINE) {
        write(&mut content, b"P", 11.0, MARGIN, y, &part);
        y -= 16.0;
    }
    qr(&mut content, symbol, MARGIN, y - QR_SIDE);
    one_page(content)
}

/// A PDF of one A4 page in Helvetica: plain is `P`, bold is `B`.
pub(crate) fn one_page(content: Content) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let [catalog, pages, page, plain, bold, body] = [1, 2, 3, 4, 5, 6].map(Ref::new);
    pdf.catalog(catalog).pages(pages);
    pdf.pages(pages).kids([page]).count(1);
    let mut leaf = pdf.page(page);
    leaf.media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1)).parent(pages).contents(body);
    leaf.resources().fonts().pair(Name(b"P"), plain).pair(Name(b"B"), bold);
    leaf.finish();
    for (font, name) in [(plain, &b"Helvetica"[..]), (bold, &b"Helvetica-Bold"[..])] {
        pdf.type1_font(font).base_font(Name(name)).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    pdf.stream(body, &content.finish());
    pdf.finish()
}

pub(crate) fn write(content: &mut Content, font: &[u8], size: f32, x: f32, y: f32, text: &str) {
    content.begin_text().set_font(Name(font), size).next_line(x, y).show(Str(&win_ansi(text))).end_text();
}

fn qr(content: &mut Content, symbol: &Symbol, left: f32, bottom: f32) {
    draw_symbol(content, symbol, left, bottom, QR_SIDE, QUIET_ZONE);
}

/// Draws a symbol into a square of that side, with so many light modules around it inside.
pub(crate) fn draw_symbol(
    content: &mut Content,
    symbol: &Symbol,
    left: f32,
    bottom: f32,
    side: f32,
    quiet: usize,
) {
    let width = symbol.width();
    // A symbol has at most 177 modules: exact in f32.
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "small whole numbers")]
    let at = |modules: usize| modules as f32;
    let module = side / at(width + 2 * quiet);
    content.set_fill_gray(0.0);
    for row in 0..width {
        for column in (0..width).filter(|column| symbol.is_dark(*column, row)) {
            let x = left + at(column + quiet) * module;
            let y = bottom + side - at(row + quiet + 1) * module;
            content.rect(x, y, module, module);
        }
    }
    content.fill_nonzero();
}

/// The encoding of the fonts every PDF reader has: Latin letters, and a question mark for the rest.
fn win_ansi(text: &str) -> Vec<u8> {
    let one = |c: char| match c {
        '–' => 0x96,
        '’' => 0x92,
        c if c.is_control() => b' ',
        c => u8::try_from(u32::from(c)).unwrap_or(b'?'),
    };
    text.chars().map(one).collect()
}

/// Lines of at most so many characters, broken at spaces; what has no space is broken anywhere.
pub(crate) fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        while !word.is_empty() {
            let Some(line) = lines.last_mut() else { return lines };
            let used = line.chars().count();
            let gap = usize::from(used > 0);
            if used + gap + word.len() <= most {
                if gap == 1 {
                    line.push(' ');
                }
                line.extend(word.drain(..));
            } else if used == 0 {
                line.extend(word.drain(..most.min(word.len())));
            } else {
                lines.push(String::new());
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_and_nothing_is_lost() {
        assert_eq!(wrapped("satu dua tiga", 8), ["satu dua", "tiga"]);
        assert_eq!(wrapped("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrapped("", 4), [""]);
    }

    #[test]
    fn letters_beyond_latin_do_not_break_a_sheet() {
        assert_eq!(win_ansi("É–漢\n"), [0xc9, 0x96, b'?', b' ']);
    }
}
