//! The chart that a camera is measured with: one A4 sheet with codes of growing versions, all of the same size, which is
//! about the size of a code on a phone.

use absah_print::{A4, Font, Page};
use absah_schemas::text;
use absah_types::Lang;

use crate::doctor::chart_symbols;
use crate::error::Failure;

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
    let mut page = Page::new(A4);
    page.write(Font::Bold, 14.0, 56.0, A4.1 - 34.0, &say("sheet-chart-title"));
    page.write(Font::Plain, 9.0, 56.0, A4.1 - 48.0, &say("sheet-chart-note"));
    let (mut x, mut bottom) = (70.0, A4.1 - 66.0 - SIDE);
    for (version, symbol) in chart_symbols()? {
        page.symbol(&symbol, (x, bottom), SIDE, 0);
        page.write(Font::Plain, 9.0, x, bottom - 12.0, &format!("v{version}"));
        if x > 70.0 {
            (x, bottom) = (70.0, bottom - ROW);
        } else {
            x += COLUMN;
        }
    }
    Ok(page.finish())
}
