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
/// From one of two short facts to the other.
const HALF: f32 = 85.0;
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
    page.symbol(print.symbol, ((A6.0 - QR_SIDE) / 2.0, QR_BOTTOM), QR_SIDE, QUIET_ZONE);
    page.finish()
}

/// Where the code begins, from below.
const QR_BOTTOM: f32 = 62.0;
/// Points down from a value to the next name.
const GAP: f32 = 3.0;

/// Writes what is said, and answers where the lowest of the facts stands.
fn words(page: &mut Page, print: &Print<'_>, lang: Lang) -> f32 {
    let say = |id: &str| text(lang, id).unwrap_or_else(|| id.to_owned());
    let mut y = A6.1 - MARGIN - 14.0;
    page.write(Font::Bold, 16.0, MARGIN, y, &say("paper-title"));
    y -= 13.0;
    page.write(Font::Plain, 8.0, MARGIN, y, &say("paper-issuer"));
    y -= 17.0;
    let card = print.card;
    let [name, born, kelurahan, nik] = paper::FACTS;
    let label = |fact: &str| paper::label(fact, lang).unwrap_or_default().to_owned();
    // Two short ones beside each other: room for long names, which must not reach the code.
    let rows: [&[(String, String)]; 4] = [
        &[(label(name), card.nama.as_str().to_owned())],
        &[(label(born), card.tahun_lahir.to_string()), (label(nik), card.nik_akhir())],
        &[(label(kelurahan), card.kelurahan.clone())],
        &[(say("paper-until"), print.until.to_owned())],
    ];
    let mut lowest = y;
    for row in rows {
        let mut next = y;
        for (column, (name, value)) in [MARGIN, MARGIN + HALF].into_iter().zip(row) {
            page.write(Font::Plain, 7.0, column, y, name);
            let mut at = y - 10.0;
            let (size, leading, lines) = sized(value);
            for line in lines {
                page.write(Font::Bold, size, column, at, &line);
                lowest = at;
                at -= leading;
            }
            next = next.min(at - GAP);
        }
        y = next;
    }
    let mut y = 52.0;
    for part in wrapped(&say("paper-note"), LINE) {
        page.write(Font::Plain, 8.0, MARGIN, y, &part);
        y -= 10.0;
    }
    lowest
}

/// Size, distance of lines, and the lines of a value beside the portrait: smaller where it is long.
fn sized(value: &str) -> (f32, f32, Vec<String>) {
    let lines = wrapped(value, 27);
    if lines.len() < 3 { (10.0, 11.0, lines) } else { (8.0, 9.0, wrapped(value, 34)) }
}

#[cfg(test)]
mod tests {
    use absah_credential::portrait::Portrait;
    use absah_qr::render::Ecc;
    use absah_testkit::SeededRng;
    use absah_types::{Nik, PersonName};

    use super::*;

    /// 60 characters, the longest that a register may hold, broken in every way; a village's name never has as many.
    #[test]
    fn no_name_is_so_long_that_it_reaches_the_code() {
        let symbol = Symbol::encode_within("ABSAH", Ecc::M, 27).unwrap();
        for word in 1..=60 {
            let name: String = (0..60).map(|at| if at % (word + 1) == word { ' ' } else { 'M' }).collect();
            let card = KartuKertas {
                nama: PersonName::parse(name.trim()).unwrap(),
                tahun_lahir: 1974,
                kelurahan: "M".repeat(40),
                nik: Nik::parse("3577014501740001").unwrap(),
                portrait: Portrait::new(b"RIFF\0\0\0\0WEBP", &mut SeededRng::new(1)).unwrap(),
            };
            for lang in Lang::ALL {
                let until = "30 September 2027 (Kemis Wage)";
                let print = Print { card: &card, pixels: &[], until, symbol: &symbol, a4: false };
                let lowest = words(&mut Page::new(A6), &print, lang);
                assert!(lowest >= QR_BOTTOM + QR_SIDE + GAP, "{word} {lang}: {lowest}");
            }
        }
    }
}
