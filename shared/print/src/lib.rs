//! One page of PDF (ISO 32000-1): words in fonts that the file carries, codes and a picture.
//!
//! Lengths are points (1/72 inch), counted from the lower left corner.

mod fonts;

use absah_qr::render::Symbol;
use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str};

/// Width and height of A6.
pub const A6: (f32, f32) = (298.0, 420.0);
/// Width and height of A4.
pub const A4: (f32, f32) = (595.0, 842.0);

/// The letters of a page, plain or bold: Latin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Font {
    /// Plain.
    Plain,
    /// Bold.
    Bold,
}

/// Eight bits of red, green and blue a point, rows from the top.
struct Picture {
    pixels: Vec<u8>,
    width: u32,
    height: u32,
}

/// A page that is being drawn.
pub struct Page {
    size: (f32, f32),
    content: Content,
    picture: Option<Picture>,
}

impl Page {
    /// An empty page of that width and height.
    #[must_use]
    pub fn new(size: (f32, f32)) -> Self {
        Self { size, content: Content::new(), picture: None }
    }

    /// Everything that follows is counted from this corner.
    pub fn shift(&mut self, x: f32, y: f32) {
        self.content.transform([1.0, 0.0, 0.0, 1.0, x, y]);
    }

    /// One line of text that begins at this point. Letters beyond Latin become question marks.
    pub fn write(&mut self, font: Font, size: f32, x: f32, y: f32, text: &str) {
        let text = win_ansi(text);
        self.content.begin_text().set_font(font.name(), size).next_line(x, y).show(Str(&text)).end_text();
    }

    /// The outline of a rectangle, thin and grey: a line to cut along.
    pub fn outline(&mut self, (x, y): (f32, f32), (width, height): (f32, f32)) {
        self.content.set_stroke_gray(0.6).rect(x, y, width, height).stroke();
    }

    /// A light grey ground.
    pub fn ground(&mut self, (x, y): (f32, f32), (width, height): (f32, f32)) {
        self.content.set_fill_gray(0.9).rect(x, y, width, height).fill_nonzero();
        self.content.set_fill_gray(0.0);
    }

    /// A code in a square of that side, `quiet` light modules around it included.
    pub fn symbol(&mut self, symbol: &Symbol, (left, bottom): (f32, f32), side: f32, quiet: usize) {
        let width = symbol.width();
        // A symbol has at most 177 modules: exact in f32.
        #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "small whole numbers")]
        let at = |modules: usize| modules as f32;
        let module = side / at(width + 2 * quiet);
        self.content.set_fill_gray(0.0);
        for row in 0..width {
            let y = bottom + side - at(row + quiet + 1) * module;
            let mut column = 0;
            while column < width {
                // One rectangle for dark modules side by side: no seams between them, and a smaller file.
                let run = (column..width).take_while(|at| symbol.is_dark(*at, row)).count();
                if run > 0 {
                    self.content.rect(left + at(column + quiet) * module, y, at(run) * module, module);
                }
                column += run + 1;
            }
        }
        self.content.fill_nonzero();
    }

    /// The page's one picture: `width` × `height` points of eight bits of red, green and blue, drawn into a rectangle
    /// at `corner`. A picture whose bytes are not as many as its points is left out.
    pub fn picture(
        &mut self,
        pixels: &[u8],
        (width, height): (u32, u32),
        corner: (f32, f32),
        room: (f32, f32),
    ) {
        if u64::try_from(pixels.len()).ok() != Some(u64::from(width) * u64::from(height) * 3) {
            return;
        }
        let ((x, y), (wide, high)) = (corner, room);
        self.content.save_state().transform([wide, 0.0, 0.0, high, x, y]);
        self.content.x_object(PICTURE).restore_state();
        self.picture = Some(Picture { pixels: pixels.to_vec(), width, height });
    }

    /// The file.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        let mut pdf = Pdf::new();
        let [catalog, pages, leaf, body, face] = [1, 2, 3, 4, 5].map(Ref::new);
        let fonts = [[6, 7, 8], [9, 10, 11]].map(|places| places.map(Ref::new));
        pdf.catalog(catalog).pages(pages);
        pdf.pages(pages).kids([leaf]).count(1);
        let mut page = pdf.page(leaf);
        page.media_box(Rect::new(0.0, 0.0, self.size.0, self.size.1)).parent(pages).contents(body);
        let mut resources = page.resources();
        resources.fonts().pairs(Font::ALL.iter().zip(&fonts).map(|(font, [at, ..])| (font.name(), *at)));
        if self.picture.is_some() {
            resources.x_objects().pair(PICTURE, face);
        }
        resources.finish();
        page.finish();
        for (font, places) in Font::ALL.into_iter().zip(fonts) {
            font.embed(&mut pdf, places);
        }
        if let Some(picture) = &self.picture {
            let mut image = pdf.image_xobject(face, &picture.pixels);
            let side = |points: u32| i32::try_from(points).unwrap_or_default();
            image.width(side(picture.width)).height(side(picture.height)).bits_per_component(8);
            image.color_space().device_rgb();
            image.finish();
        }
        pdf.stream(body, &self.content.finish());
        pdf.finish()
    }
}

const PICTURE: Name<'static> = Name(b"F");

/// `WinAnsiEncoding` (ISO 32000-1, annex D.2): Latin letters, and a question mark for the rest.
fn win_ansi(text: &str) -> Vec<u8> {
    let one = |c: char| match c {
        '–' => 0x96,
        '’' => 0x92,
        c if c.is_control() => b' ',
        c => u8::try_from(u32::from(c)).unwrap_or(b'?'),
    };
    text.chars().map(one).collect()
}

/// Lines of at most so many characters, broken at spaces; what has no space is broken anywhere. Never no line.
#[must_use]
pub fn wrapped(text: &str, most: usize) -> Vec<String> {
    let most = most.max(1);
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
        assert_eq!(wrapped("ab", 0), ["a", "b"], "no endless loop");
    }

    #[test]
    fn letters_beyond_latin_do_not_break_a_page() {
        assert_eq!(win_ansi("É–漢\n"), [0xc9, 0x96, b'?', b' ']);
    }

    /// A reader that lacks a font takes another, whose widths tear names apart.
    #[test]
    fn the_fonts_are_in_the_file() {
        let mut page = Page::new(A6);
        page.write(Font::Plain, 12.0, 10.0, 10.0, "TANUWIJAYA");
        let file = page.finish();
        let count = |word: &[u8]| file.windows(word.len()).filter(|at| *at == word).count();
        assert_eq!((count(b"/FontFile2"), count(b"/TrueType"), count(b"Helvetica")), (2, 2, 0));
        assert!(file.len() < 60_000, "{}", file.len());
    }

    #[test]
    fn a_picture_of_another_size_is_left_out() {
        let drawn = |bytes: usize| {
            let mut page = Page::new(A6);
            page.picture(&vec![0; bytes], (2, 2), (0.0, 0.0), (10.0, 10.0));
            let file = page.finish();
            file.windows(6).any(|at| at == b"/Image")
        };
        assert!(drawn(12));
        assert!(!drawn(11) && !drawn(0));
    }
}
