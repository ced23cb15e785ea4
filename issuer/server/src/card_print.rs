//! The print of a paper card: a page of A6, or an A4 sheet to cut it out of. The code is 60 mm wide with its quiet zone.

use absah_credential::KartuKertas;
use absah_print::{A4, A6, Font, Page, wrapped};
use absah_qr::render::{QUIET_ZONE, Symbol};
use absah_schemas::{paper, text};
use absah_types::Lang;

use crate::portraits::{HEIGHT, WIDTH};

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
    let mut page = Page::new(if print.a4 { A4 } else { A6 });
    if print.a4 {
        // On a sheet the card stands in the upper left, with lines to cut along.
        page.shift(40.0, A4.1 - 40.0 - A6.1);
        page.outline((0.0, 0.0), A6);
    }
    words(&mut page, print, lang);
    let face = (A6.0 - MARGIN - FACE.0, A6.1 - MARGIN - 32.0 - FACE.1);
    page.picture(print.pixels, (WIDTH, HEIGHT), face, FACE);
    page.symbol(print.symbol, ((A6.0 - QR_SIDE) / 2.0, 62.0), QR_SIDE, QUIET_ZONE);
    page.finish()
}

fn words(page: &mut Page, print: &Print<'_>, lang: Lang) {
    let say = |id: &str| text(lang, id).unwrap_or_else(|| id.to_owned());
    let mut y = A6.1 - MARGIN - 14.0;
    page.write(Font::Bold, 16.0, MARGIN, y, &say("paper-title"));
    y -= 14.0;
    page.write(Font::Plain, 8.0, MARGIN, y, &say("paper-issuer"));
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
        page.write(Font::Plain, 7.0, MARGIN, y, &name);
        y -= 11.0;
        for part in wrapped(&value, 28) {
            page.write(Font::Bold, 10.0, MARGIN, y, &part);
            y -= 11.0;
        }
        y -= 3.0;
    }
    let mut y = 52.0;
    for part in wrapped(&say("paper-note"), LINE) {
        page.write(Font::Plain, 8.0, MARGIN, y, &part);
        y -= 10.0;
    }
}
