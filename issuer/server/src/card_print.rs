//! The print of a paper card: a page of A6, or an A4 sheet to cut it out of. The code is 60 mm wide with its quiet zone.

use absah_credential::KartuKertas;
use absah_qr::render::{QUIET_ZONE, Symbol};
use absah_schemas::{paper, text};
use absah_types::Lang;
use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str};

use crate::portraits::{HEIGHT, WIDTH};

/// A6 in points.
const CARD: (f32, f32) = (298.0, 420.0);
/// A4 in points.
const SHEET: (f32, f32) = (595.0, 842.0);
const MARGIN: f32 = 20.0;
/// Side of the code, quiet zone included: 60 mm.
const QR_SIDE: f32 = 170.08;
/// The portrait, 24 by 32 mm.
const FACE: (f32, f32) = (68.0, 90.7);
/// Characters of 8 points across the card.
const LINE: usize = 62;

/// What is printed.
pub(crate) struct Print<'a> {
    pub(crate) card: &'a KartuKertas,
    /// The portrait, 8 bits of red, green and blue a point.
    pub(crate) pixels: &'a [u8],
    /// The last day, in words.
    pub(crate) until: &'a str,
    pub(crate) symbol: &'a Symbol,
    pub(crate) a4: bool,
}

/// The PDF.
pub(crate) fn draw(print: &Print<'_>, lang: Lang) -> Vec<u8> {
    let page = if print.a4 { SHEET } else { CARD };
    // On a sheet the card stands in the upper left, with lines to cut along.
    let (left, bottom) = if print.a4 { (40.0, page.1 - 40.0 - CARD.1) } else { (0.0, 0.0) };
    let mut pdf = Pdf::new();
    let [catalog, pages, leaf, plain, bold, body, face] = [1, 2, 3, 4, 5, 6, 7].map(Ref::new);
    pdf.catalog(catalog).pages(pages);
    pdf.pages(pages).kids([leaf]).count(1);
    let mut one = pdf.page(leaf);
    one.media_box(Rect::new(0.0, 0.0, page.0, page.1)).parent(pages).contents(body);
    let mut resources = one.resources();
    resources.fonts().pair(Name(b"P"), plain).pair(Name(b"B"), bold);
    resources.x_objects().pair(Name(b"F"), face);
    resources.finish();
    one.finish();
    for (font, name) in [(plain, &b"Helvetica"[..]), (bold, &b"Helvetica-Bold"[..])] {
        pdf.type1_font(font).base_font(Name(name)).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    let mut image = pdf.image_xobject(face, print.pixels);
    let side = |points: u32| i32::try_from(points).unwrap_or_default();
    image.width(side(WIDTH)).height(side(HEIGHT)).bits_per_component(8);
    image.color_space().device_rgb();
    image.finish();
    let mut content = Content::new();
    content.save_state().transform([1.0, 0.0, 0.0, 1.0, left, bottom]);
    if print.a4 {
        content.set_stroke_gray(0.6).rect(0.0, 0.0, CARD.0, CARD.1).stroke();
    }
    words(&mut content, print, lang);
    picture(&mut content, (CARD.0 - MARGIN - FACE.0, CARD.1 - MARGIN - 32.0 - FACE.1));
    qr(&mut content, print.symbol, (CARD.0 - QR_SIDE) / 2.0, 62.0);
    content.restore_state();
    pdf.stream(body, &content.finish());
    pdf.finish()
}

fn words(content: &mut Content, print: &Print<'_>, lang: Lang) {
    let say = |id: &str| text(lang, id).unwrap_or_else(|| id.to_owned());
    let mut y = CARD.1 - MARGIN - 14.0;
    write(content, b"B", 16.0, MARGIN, y, &say("paper-title"));
    y -= 14.0;
    write(content, b"P", 8.0, MARGIN, y, &say("paper-issuer"));
    y -= 20.0;
    let card = print.card;
    let values = [
        card.nama.as_str().to_owned(),
        card.tahun_lahir.to_string(),
        card.kelurahan.clone(),
        card.nik_akhir(),
    ];
    let mut rows: Vec<(String, String)> = paper::FACTS
        .iter()
        .zip(values)
        .map(|(fact, value)| (paper::label(fact, lang).unwrap_or(fact).to_owned(), value))
        .collect();
    rows.push((say("paper-until"), print.until.to_owned()));
    for (name, value) in rows {
        write(content, b"P", 7.0, MARGIN, y, &name);
        y -= 11.0;
        for part in wrapped(&value, 28) {
            write(content, b"B", 10.0, MARGIN, y, &part);
            y -= 11.0;
        }
        y -= 3.0;
    }
    let mut y = 52.0;
    for part in wrapped(&say("paper-note"), LINE) {
        write(content, b"P", 8.0, MARGIN, y, &part);
        y -= 10.0;
    }
}

fn picture(content: &mut Content, (x, y): (f32, f32)) {
    content.save_state().transform([FACE.0, 0.0, 0.0, FACE.1, x, y]).x_object(Name(b"F")).restore_state();
}

fn write(content: &mut Content, font: &[u8], size: f32, x: f32, y: f32, text: &str) {
    content.begin_text().set_font(Name(font), size).next_line(x, y).show(Str(&win_ansi(text))).end_text();
}

fn qr(content: &mut Content, symbol: &Symbol, left: f32, bottom: f32) {
    let width = symbol.width();
    // A symbol has at most 177 modules: exact in f32.
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "small whole numbers")]
    let at = |modules: usize| modules as f32;
    let module = QR_SIDE / at(width + 2 * QUIET_ZONE);
    content.set_fill_gray(0.0);
    for row in 0..width {
        let y = bottom + QR_SIDE - at(row + QUIET_ZONE + 1) * module;
        let mut column = 0;
        while column < width {
            // One rectangle for dark modules side by side: no seams between them, and a smaller file.
            let run = (column..width).take_while(|at| symbol.is_dark(*at, row)).count();
            if run > 0 {
                content.rect(left + at(column + QUIET_ZONE) * module, y, at(run) * module, module);
            }
            column += run + 1;
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

/// Lines of at most so many characters, broken at spaces; a longer word stands alone.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_broken_and_nothing_is_lost() {
        assert_eq!(wrapped("satu dua tiga", 8), ["satu dua", "tiga"]);
        assert_eq!(wrapped("abcdefghij k", 4), ["abcdefghij", "k"]);
        assert!(wrapped("", 4).is_empty());
    }
}
