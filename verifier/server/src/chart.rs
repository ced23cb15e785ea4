//! The chart that a camera is measured with: one A4 sheet with codes of growing versions, all of the same size, which is
//! about the size of a code on a phone.

use absah_schemas::text;
use absah_types::Lang;
use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref};

use crate::doctor::chart_symbols;
use crate::error::Failure;
use crate::sheet::{PAGE, draw_symbol, write};

/// Side of a code without its quiet zone: 55 mm, in points.
pub(crate) const SIDE: f32 = 156.0;
/// From the left edge of one code to the next.
const COLUMN: f32 = 270.0;
/// From the lower edge of one code to the next.
const ROW: f32 = 192.0;

/// The chart as PDF.
///
/// # Errors
/// A code that does not fit, which none does.
pub(crate) fn draw(lang: Lang) -> Result<Vec<u8>, Failure> {
    let say = |id: &str| text(lang, id).unwrap_or_else(|| id.to_owned());
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
    let mut content = Content::new();
    write(&mut content, b"B", 14.0, 56.0, PAGE.1 - 34.0, &say("sheet-chart-title"));
    write(&mut content, b"P", 9.0, 56.0, PAGE.1 - 48.0, &say("sheet-chart-note"));
    let (mut x, mut bottom) = (70.0, PAGE.1 - 66.0 - SIDE);
    for (version, symbol) in chart_symbols()? {
        draw_symbol(&mut content, &symbol, x, bottom, SIDE, 0);
        write(&mut content, b"P", 9.0, x, bottom - 12.0, &format!("v{version}"));
        if x > 70.0 {
            (x, bottom) = (70.0, bottom - ROW);
        } else {
            x += COLUMN;
        }
    }
    pdf.stream(body, &content.finish());
    Ok(pdf.finish())
}
