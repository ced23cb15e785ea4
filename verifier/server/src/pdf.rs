//! Codes in a PDF: what a scanner scanned (a JPEG for each page), and pages whose codes are drawn of rectangles, as the wallet's
//! paper card and the sheets of this project are. Nothing is rendered: letters, curves and other pictures are passed over.

use std::io::Read as _;

use absah_qr::picture::{Gray, PictureError, PictureLimits};
use absah_qr::read;
use flate2::read::ZlibDecoder;

/// Most streams looked at, and most bytes of one after inflating.
const STREAMS: usize = 400;
const INFLATED: u64 = 8 << 20;
/// Most rectangles of a page.
const RECTANGLES: usize = 200_000;
/// Pixels of the smallest rectangle's shorter side, and of the drawn page's sides and of the whole of it at most.
const MODULE: f32 = 4.0;
const SIDE: f32 = 4_000.0;
const AREA: f32 = 3_000_000.0;
/// Longest number of a page's content.
const NUMBER: usize = 64;
/// Farthest back that a stream's dictionary is looked for.
const DICTIONARY: usize = 4_096;

/// What is done for one file at most, in units of about a nanosecond of a build with optimisation: a small file can ask for
/// hours. One page of 300 dpi, or two of 200, are within it.
const WORK: u64 = 200_000_000;
/// Triples of corners of codes that are looked at in all pictures of a file.
const TRIES: usize = 2_000;
/// What it costs: to look at such a triple; to look at a pixel, to decode one of a JPEG, and again for each further scan of that JPEG; a byte that is
/// inflated; a word of a page's content; a row of a rectangle, and eight pixels of it.
const TRY: u64 = 25_000;
const LOOKED_AT: u64 = 20;
const DECODED: u64 = 12;
const SCAN: u64 = 4;
const INFLATE: u64 = 8;
const WORD: u64 = 30;
const ROW: u64 = 20;

/// What may still be done for a file.
struct Work {
    left: u64,
    tries: usize,
}

impl Work {
    /// Takes so much of it, before it is done.
    fn spend(&mut self, units: u64) -> Result<(), PictureError> {
        let left = self.left.checked_sub(units);
        self.left = left.unwrap_or_default();
        left.map(drop).ok_or(PictureError::TooMuchWork)
    }

    /// The texts of the codes in a picture.
    fn look_at(&mut self, picture: &Gray) -> Result<Vec<String>, PictureError> {
        self.spend(size(picture.pixels()) * LOOKED_AT)?;
        let before = self.tries;
        let seen = read::texts_within(picture, &mut self.tries);
        let tried = u64::try_from(before - self.tries).unwrap_or_default();
        self.left = self.left.saturating_sub(tried * TRY);
        if seen.is_err() && self.tries == 0 { Err(PictureError::TooMuchWork) } else { seen }
    }
}

fn size<T>(all: &[T]) -> u64 {
    u64::try_from(all.len()).unwrap_or(u64::MAX)
}

/// The texts of all codes in a PNG, JPEG or PDF.
///
/// # Errors
/// As [`read::texts`].
pub fn texts_in_file(file: impl AsRef<[u8]>) -> Result<Vec<String>, PictureError> {
    if file.as_ref().starts_with(b"%PDF-") {
        return texts(file.as_ref());
    }
    let picture = Gray::open(file.as_ref(), &PictureLimits::default())?;
    // Up to 20 MB that nobody needs while the picture is looked at.
    drop(file);
    let mut tries = TRIES;
    let seen = read::texts_within(&picture, &mut tries);
    if seen.is_err() && tries == 0 { Err(PictureError::TooMuchWork) } else { seen }
}

/// The texts of all codes that are found in a PDF, each once.
///
/// # Errors
/// [`PictureError::PdfNoCode`] if there is none; [`PictureError::TooManyBytes`]; [`PictureError::TooMuchWork`] if none was found
/// in what was looked at, and that was not all.
fn texts(file: &[u8]) -> Result<Vec<String>, PictureError> {
    let limit = PictureLimits::default().bytes;
    if file.len() > limit {
        return Err(PictureError::TooManyBytes { limit });
    }
    let mut work = Work { left: WORK, tries: TRIES };
    work.spend(size(file))?;
    let mut found: Vec<String> = Vec::new();
    for (dictionary, content) in Streams(file).take(STREAMS) {
        let seen = match (has(dictionary, b"/DCTDecode"), has(dictionary, b"/Image")) {
            (true, _) => scanned(content, &mut work),
            (false, true) => continue,
            (false, false) => drawn_codes(dictionary, content, &mut work),
        };
        if seen == Err(PictureError::TooMuchWork) && found.is_empty() {
            return Err(PictureError::TooMuchWork);
        }
        for text in seen.unwrap_or_default() {
            if !found.contains(&text) {
                found.push(text);
            }
        }
    }
    // Not the photograph's fault: most kinds of pictures in a PDF are not looked into.
    if found.is_empty() { Err(PictureError::PdfNoCode) } else { Ok(found) }
}

/// The codes of a scanned page: looked at as it is where there is work enough left for that, else smaller.
fn scanned(content: &[u8], work: &mut Work) -> Result<Vec<String>, PictureError> {
    if !content.starts_with(&[0xff, 0xd8, 0xff]) {
        return Err(PictureError::Format);
    }
    let (width, height) = Gray::size(content)?;
    let pixels = u64::from(width) * u64::from(height);
    // A JPEG can go over its pixels again and again.
    let scans = content.windows(2).filter(|mark| *mark == [0xff, 0xda]).count();
    let scans = u64::try_from(scans).unwrap_or(u64::MAX / SCAN / 2);
    work.spend(pixels.saturating_mul(DECODED + SCAN * scans.saturating_sub(1)))?;
    let picture = Gray::open(content, &PictureLimits::default())?;
    if pixels.saturating_mul(LOOKED_AT) <= work.left {
        return work.look_at(&picture);
    }
    work.spend(pixels)?;
    let affordable = |factor: &u32| pixels / u64::from(factor * factor) * LOOKED_AT <= work.left;
    let factor = (2..=4).find(affordable).ok_or(PictureError::TooMuchWork)?;
    work.look_at(&picture.smaller(factor))
}

/// The codes of a page that are drawn of rectangles.
fn drawn_codes(dictionary: &[u8], content: &[u8], work: &mut Work) -> Result<Vec<String>, PictureError> {
    let page = drawn(&inflated(dictionary, content, work)?, work)?;
    page.map_or(Err(PictureError::NoCode), |page| work.look_at(&page))
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    find(bytes, part).is_some()
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    let (first, mut from) = (*part.first()?, 0);
    loop {
        // By its first byte first: a file has millions of them.
        let rest = bytes.get(from..)?;
        let at = rest.iter().position(|byte| *byte == first)?;
        if rest.get(at..)?.starts_with(part) {
            return Some(from + at);
        }
        from += at + 1;
    }
}

/// Each stream with what stands between its object's beginning and it.
struct Streams<'f>(&'f [u8]);

impl<'f> Iterator for Streams<'f> {
    type Item = (&'f [u8], &'f [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (before, from) = self.0.split_at_checked(find(self.0, b"stream")?)?;
        let from = from.get(b"stream".len()..).unwrap_or_default();
        // "The keyword stream ... shall be followed by an end-of-line marker" (ISO 32000-1, 7.3.8.1).
        let from = from.strip_prefix(b"\r").unwrap_or(from);
        let from = from.strip_prefix(b"\n").unwrap_or(from);
        let (content, after) = from.split_at_checked(find(from, b"endstream")?)?;
        let near = before.get(before.len().saturating_sub(DICTIONARY)..).unwrap_or_default();
        let object = near.windows(4).rposition(|window| window == b" obj").unwrap_or_default();
        self.0 = after.get(b"endstream".len()..).unwrap_or_default();
        Some((near.get(object..).unwrap_or_default(), content))
    }
}

fn inflated(dictionary: &[u8], content: &[u8], work: &mut Work) -> Result<Vec<u8>, PictureError> {
    if !has(dictionary, b"/FlateDecode") {
        return Ok(content.to_vec());
    }
    let mut out = Vec::new();
    let most = INFLATED.min(work.left / INFLATE);
    // What is damaged at its end has still what comes before.
    let _ = ZlibDecoder::new(content).take(most).read_to_end(&mut out);
    work.spend(size(&out) * INFLATE)?;
    // Cut off here, and not by its own limit.
    if most < INFLATED && size(&out) == most { Err(PictureError::TooMuchWork) } else { Ok(out) }
}

/// `[a b c d e f]` of ISO 32000-1, 8.3.3.
type Matrix = [f32; 6];

fn placed([a, b, c, d, e, f]: Matrix, (x, y): (f32, f32)) -> (f32, f32) {
    (a * x + c * y + e, b * x + d * y + f)
}

fn after(first: Matrix, then: Matrix) -> Matrix {
    let (x, y) = (placed(then, (first[0], first[1])), placed(then, (first[2], first[3])));
    let (e, f) = placed(then, (first[4], first[5]));
    let (left, down) = (then[4], then[5]);
    [x.0 - left, x.1 - down, y.0 - left, y.1 - down, e, f]
}

/// A filled rectangle: left, bottom, right, top, and whether it is dark.
struct Filled {
    corners: [f32; 4],
    dark: bool,
}

/// The rectangles of a page's content, in the order in which they are drawn.
fn rectangles(content: &[u8], work: &mut Work) -> Result<Vec<Filled>, PictureError> {
    let (mut operands, mut path, mut filled): (Vec<f32>, Vec<[f32; 4]>, Vec<Filled>) = Default::default();
    let (mut matrix, mut dark): (Matrix, bool) = ([1.0, 0.0, 0.0, 1.0, 0.0, 0.0], true);
    let mut kept: Vec<(Matrix, bool)> = Vec::new();
    for token in content.split(u8::is_ascii_whitespace).filter(|token| !token.is_empty()) {
        work.spend(WORD)?;
        let token = if token.len() > NUMBER { &[] } else { token };
        let token = std::str::from_utf8(token).unwrap_or_default();
        if let Ok(number) = token.parse::<f32>()
            && number.is_finite()
        {
            operands.push(number);
            continue;
        }
        match (token, operands.as_slice()) {
            ("q", _) => kept.push((matrix, dark)),
            ("Q", _) => (matrix, dark) = kept.pop().unwrap_or((matrix, dark)),
            ("cm", [.., a, b, c, d, e, f]) => matrix = after([*a, *b, *c, *d, *e, *f], matrix),
            ("g", [.., gray]) => dark = *gray < 0.5,
            ("rg", [.., r, g, b]) => dark = r + g + b < 1.5,
            ("k", [.., c, m, y, k]) => dark = k + (c + m + y) / 3.0 > 0.5,
            ("re", [.., x, y, width, height]) => {
                let (one, other) = (placed(matrix, (*x, *y)), placed(matrix, (x + width, y + height)));
                path.push([one.0.min(other.0), one.1.min(other.1), one.0.max(other.0), one.1.max(other.1)]);
            }
            ("f" | "F" | "f*" | "B" | "B*" | "b" | "b*", _) => {
                filled.extend(path.drain(..).map(|corners| Filled { corners, dark }));
            }
            ("n" | "s" | "S", _) => path.clear(),
            _ => {}
        }
        operands.clear();
        if filled.len() + path.len() > RECTANGLES || kept.len() > RECTANGLES {
            return Ok(Vec::new());
        }
    }
    Ok(filled)
}

/// A page's rectangles as a picture; none where there are too few for a code.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "each is clamped to the picture first"
)]
fn drawn(content: &[u8], work: &mut Work) -> Result<Option<Gray>, PictureError> {
    let all = rectangles(content, work)?;
    let dark = || all.iter().filter(|one| one.dark).map(|one| one.corners);
    if dark().count() < 50 {
        return Ok(None);
    }
    let least =
        |at: usize| dark().filter_map(|corners| corners.get(at).copied()).fold(f32::INFINITY, f32::min);
    let most =
        |at: usize| dark().filter_map(|corners| corners.get(at).copied()).fold(f32::NEG_INFINITY, f32::max);
    let (left, bottom, right, top) = (least(0), least(1), most(2), most(3));
    let smallest = dark()
        .map(|[left, bottom, right, top]| (right - left).min(top - bottom))
        .filter(|side| *side > 0.01)
        .fold(f32::INFINITY, f32::min);
    let longer = (right - left).max(top - bottom);
    // A quiet zone of at least four modules, whatever stands around the code.
    let quiet = 6.0 * smallest;
    let area = (right - left + 2.0 * quiet) * (top - bottom + 2.0 * quiet);
    let scale = (MODULE / smallest).min(SIDE / longer).min((AREA / area).sqrt());
    if !scale.is_finite() || scale <= 0.0 {
        return Ok(None);
    }
    let length =
        |from: f32, to: f32| ((to - from + 2.0 * quiet) * scale).ceil().clamp(1.0, SIDE + 200.0) as usize;
    let (width, height) = (length(left, right), length(bottom, top));
    // Each pixel once for the paper, and so for each rectangle: they can lie over each other in thousands.
    work.spend(u64::try_from(width * height).unwrap_or(u64::MAX))?;
    let mut pixels = vec![255_u8; width * height];
    for Filled { corners: [x0, y0, x1, y1], dark } in &all {
        let across = |x: f32| ((x - left + quiet) * scale).round().clamp(0.0, width as f32) as usize;
        // Pictures are counted from the top, pages from the bottom.
        let down = |y: f32| ((top - y + quiet) * scale).round().clamp(0.0, height as f32) as usize;
        let (rows, from, to) = (down(*y1)..down(*y0), across(*x0), across(*x1));
        let cost = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        work.spend(ROW + cost * (ROW + u64::try_from(to.saturating_sub(from) / 8).unwrap_or(u64::MAX)))?;
        for row in rows {
            let line = pixels.get_mut(row * width + from..row * width + to);
            line.unwrap_or_default().fill(if *dark { 0 } else { 255 });
        }
    }
    let side = |length: usize| u32::try_from(length).unwrap_or_default();
    Ok(Gray::from_pixels(side(width), side(height), pixels))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use absah_print::{A4, Page};
    use absah_qr::render::{Ecc, Symbol};

    use super::*;

    fn page(texts: &[&str]) -> Vec<u8> {
        let mut page = Page::new(A4);
        page.shift(20.0, 30.0);
        for (text, place) in texts.iter().zip(0_u8..) {
            let symbol = Symbol::encode(text, Ecc::M).unwrap();
            page.symbol(&symbol, (60.0, 60.0 + 220.0 * f32::from(place)), 180.0, 4);
        }
        page.finish()
    }

    /// What a page of ours draws: its other streams are letters.
    fn drawn_of(file: &[u8]) -> &[u8] {
        Streams(file).map(|(_, content)| content).find(|content| has(content, b" re")).unwrap()
    }

    #[test]
    fn codes_drawn_of_rectangles_are_read() {
        let text = "ABSAH1".repeat(60);
        assert_eq!(texts(&page(&[&text])), Ok(vec![text.clone()]));
        let mut both = texts(&page(&[&text, "HALO"])).unwrap();
        both.sort();
        assert_eq!(both, [text, "HALO".to_owned()]);
    }

    #[test]
    fn a_compressed_page_is_read_too() {
        let plain = page(&["HALO DUNIA"]);
        let content = drawn_of(&plain);
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(content).unwrap();
        let head = b"%PDF-1.7\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\r\n";
        let file = [&head[..], &encoder.finish().unwrap(), b"\nendstream\nendobj\n"].concat();
        assert_eq!(texts(&file), Ok(vec!["HALO DUNIA".to_owned()]));
    }

    /// Each beside the page that is read.
    #[test]
    fn what_holds_no_code_is_told() {
        let good = page(&["HALO"]);
        let bomb = {
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(&b"0 0 1 1 re ".repeat(2 << 20)).unwrap();
            [b"%PDF-1 obj /FlateDecode stream\n", &encoder.finish().unwrap()[..], b"endstream"].concat()
        };
        for (name, file) in [
            ("nothing but its head", b"%PDF-1.7".to_vec()),
            ("no code", page(&[])),
            ("cut off", good[..good.len() / 3].to_vec()),
            ("a bomb", bomb),
            ("no picture", b"%PDF-1 obj /DCTDecode stream\n<script>endstream".to_vec()),
            ("numbers that are none", b"%PDF-1 obj stream\nNaN inf 1e99 re f Q Q cm endstream".to_vec()),
        ] {
            assert_eq!(texts(&file), Err(PictureError::PdfNoCode), "{name}");
        }
        assert_eq!(texts(&vec![b'%'; 20_000_001]), Err(PictureError::TooManyBytes { limit: 20_000_000 }));
    }

    fn zlib(content: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    fn document(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let one = |(filter, content): &(&str, Vec<u8>)| {
            [format!("1 0 obj <</Filter/{filter}>> stream\n").as_bytes(), content, b"\nendstream\n"].concat()
        };
        [b"%PDF-1.7\n".to_vec(), streams.iter().flat_map(one).collect()].concat()
    }

    /// A grey picture, row by row, as a scanner's JPEG.
    fn jpeg(width: u32, height: u32, pixel: impl Fn(u32, u32) -> u8) -> Vec<u8> {
        let picture = image::GrayImage::from_fn(width, height, |x, y| image::Luma([pixel(x, y)]));
        let mut file = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut file, image::ImageFormat::Jpeg).unwrap();
        file.into_inner()
    }

    fn corner(x: u32, y: u32) -> u8 {
        let (x, y) = (x % 18 / 2, y % 18 / 2);
        let ring = x.min(y).min(6_u32.saturating_sub(x)).min(6_u32.saturating_sub(y));
        if x < 7 && y < 7 && ring != 1 { 0 } else { 255 }
    }

    /// Small files that ask for minutes.
    #[test]
    fn a_file_gets_so_much_work_and_no_more() {
        let painted =
            [b"0 0 1 1 re f ".to_vec(), b"0 0 4000 4000 re ".repeat(190_000), b"f".to_vec()].concat();
        let painted = zlib(&painted);
        let corners = jpeg(1_000, 1_000, corner);
        let white = jpeg(2_000, 2_000, |_, _| 255);
        for (name, file) in [
            ("a page painted over and over", document(&[("FlateDecode", painted.clone())])),
            ("many such pages", document(&vec![("FlateDecode", painted); 400])),
            ("pages of blanks", document(&vec![("FlateDecode", zlib(&vec![b' '; 8 << 20])); 400])),
            ("pages of numbers", document(&vec![("FlateDecode", zlib(&b"1 ".repeat(4 << 20))); 400])),
            ("pages of one number", document(&vec![("FlateDecode", zlib(&vec![b'1'; 8 << 20])); 400])),
            ("scans full of corners", document(&vec![("DCTDecode", corners); 20])),
            ("empty scans", document(&vec![("DCTDecode", white); 40])),
        ] {
            assert_eq!(texts(&file), Err(PictureError::TooMuchWork), "{name}");
        }
    }

    /// The same as a picture that is no document.
    #[test]
    fn a_picture_gets_so_much_work_and_no_more() {
        assert_eq!(texts_in_file(jpeg(1_000, 1_000, corner)), Err(PictureError::TooMuchWork));
        let symbol = Symbol::encode("HALO", Ecc::M).unwrap();
        let png = symbol.png(absah_qr::render::Scale::PixelsPerModule(4)).unwrap();
        assert_eq!(texts_in_file(png), Ok(vec!["HALO".to_owned()]));
        assert_eq!(texts_in_file(jpeg(100, 100, |_, _| 255)), Err(PictureError::NoCode));
    }

    /// The neighbours of those.
    #[test]
    fn an_honest_file_is_within_it() {
        let text = "ABSAH1".repeat(60);
        let code = page(&[&text]);
        let code = drawn_of(&code);
        let papers =
            [b"1 g ".to_vec(), b"0 0 595 842 re f ".repeat(20), b"0 g ".to_vec(), code.to_vec()].concat();
        assert_eq!(texts(&document(&[("FlateDecode", zlib(&papers))])), Ok(vec![text.clone()]));
        let lines: String = (0..300).map(|line| format!("50 {} 495 0.5 re f ", 40 + 2 * line)).collect();
        let table = ("FlateDecode", zlib(lines.as_bytes()));
        let after = document(&[table.clone(), table, ("FlateDecode", zlib(code))]);
        assert_eq!(texts(&after), Ok(vec![text.clone()]), "after pages of tables");
        // A page of A4 with 300 points to an inch, the code 40 mm wide.
        let symbol = Symbol::encode(&text, Ecc::M).unwrap();
        let (pixels, side) = symbol.gray(absah_qr::render::Scale::PixelsPerModule(6)).unwrap();
        let scan = jpeg(2_480, 3_508, |x, y| match (x.checked_sub(900), y.checked_sub(1_500)) {
            (Some(x), Some(y)) if x < side && y < side => pixels[(y * side + x) as usize],
            _ => 250,
        });
        assert_eq!(texts(&document(&[("DCTDecode", scan)])), Ok(vec![text]), "a scan");
    }
}
