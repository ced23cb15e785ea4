//! The chart that a camera is measured with: one A4 sheet with codes of growing versions, all of the same size, which is
//! about the size of a code on a phone.

use absah_schemas::text;
use absah_types::Lang;
use pdf_writer::Content;

use crate::doctor::chart_symbols;
use crate::error::Failure;
use crate::sheet::{PAGE, draw_symbol, one_page, write};

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
    Ok(one_page(content))
}
