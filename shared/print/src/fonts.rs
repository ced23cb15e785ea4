//! The two fonts of every page, embedded: what a reader puts in the place of a font that is not there has other widths,
//! and tears names apart.
//!
//! Arimo has the widths of Helvetica; `fonts/OFL.txt` is its licence, and says what was left out of it.

use pdf_writer::types::FontFlags;
use pdf_writer::{Finish as _, Name, Pdf, Rect, Ref};

use super::Font;

/// First code that has a width.
const FIRST: u8 = 32;
/// Last code that has one.
const LAST: u8 = 255;

impl Font {
    pub(super) const ALL: [Self; 2] = [Self::Plain, Self::Bold];

    /// What pages call it.
    pub(super) const fn name(self) -> Name<'static> {
        Name(match self {
            Self::Plain => b"P",
            Self::Bold => b"B",
        })
    }

    /// Its name in the file; six letters before it say that it is a part (ISO 32000-1, 9.6.4).
    const fn base(self) -> Name<'static> {
        Name(match self {
            Self::Plain => b"ABSAHA+Arimo-Regular",
            Self::Bold => b"ABSAHB+Arimo-Bold",
        })
    }

    const fn file(self) -> &'static [u8] {
        match self {
            Self::Plain => include_bytes!("../fonts/Arimo-Regular-latin1.ttf"),
            Self::Bold => include_bytes!("../fonts/Arimo-Bold-latin1.ttf"),
        }
    }

    const fn widths(self) -> &'static [u16; 224] {
        match self {
            Self::Plain => &WIDTHS[0],
            Self::Bold => &WIDTHS[1],
        }
    }

    /// Writes it into a file: itself, what it looks like, its bytes.
    pub(super) fn embed(self, pdf: &mut Pdf, [at, descriptor, file]: [Ref; 3]) {
        let mut font = pdf.indirect(at).dict();
        font.pair(Name(b"Type"), Name(b"Font")).pair(Name(b"Subtype"), Name(b"TrueType"));
        font.pair(Name(b"BaseFont"), self.base()).pair(Name(b"Encoding"), Name(b"WinAnsiEncoding"));
        font.pair(Name(b"FirstChar"), i32::from(FIRST)).pair(Name(b"LastChar"), i32::from(LAST));
        font.insert(Name(b"Widths")).array().items(self.widths().iter().map(|width| i32::from(*width)));
        font.pair(Name(b"FontDescriptor"), descriptor);
        font.finish();
        let mut looks = pdf.font_descriptor(descriptor);
        looks
            .name(self.base())
            .flags(FontFlags::NON_SYMBOLIC)
            .bbox(Rect::new(-544.0, -389.0, 2797.0, 1043.0));
        looks.italic_angle(0.0).ascent(905.0).descent(-212.0).cap_height(688.0);
        looks.stem_v(if self == Self::Bold { 138.0 } else { 88.0 }).font_file2(file);
        looks.finish();
        let bytes = self.file();
        let mut stream = pdf.stream(file, bytes);
        stream.pair(Name(b"Length1"), i32::try_from(bytes.len()).unwrap_or_default());
        stream.finish();
    }
}

/// Thousandths of the size, from [`FIRST`] on; 0 for codes that are never written.
#[rustfmt::skip]
const WIDTHS: [[u16; 224]; 2] = [
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556,
        556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778,
        722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278,
        278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 222, 0, 0, 0, 556, 0, 0, 0, 0, 0, 0, 0, 0, 0, 278, 333, 556, 556,
        556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737, 552, 400, 549, 333, 333, 333, 576, 537, 333,
        333, 333, 365, 556, 834, 834, 834, 611, 667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667,
        278, 278, 278, 278, 722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
        556, 556, 556, 556, 556, 556, 889, 500, 556, 556, 556, 556, 278, 278, 278, 278, 556, 556, 556, 556,
        556, 556, 556, 549, 611, 556, 556, 556, 556, 500, 556, 500,
    ],
    [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556,
        556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778,
        722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333,
        278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
        611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 278, 0, 0, 0, 556, 0, 0, 0, 0, 0, 0, 0, 0, 0, 278, 333, 556, 556,
        556, 556, 280, 556, 333, 737, 370, 556, 584, 333, 737, 552, 400, 549, 333, 333, 333, 576, 556, 333,
        333, 333, 365, 556, 834, 834, 834, 611, 722, 722, 722, 722, 722, 722, 1000, 722, 667, 667, 667, 667,
        278, 278, 278, 278, 722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
        556, 556, 556, 556, 556, 556, 889, 556, 556, 556, 556, 556, 278, 278, 278, 278, 611, 611, 611, 611,
        611, 611, 611, 549, 611, 611, 611, 611, 611, 556, 611, 556,
    ],
];
