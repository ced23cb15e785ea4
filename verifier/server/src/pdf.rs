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
/// Pixels of the smallest rectangle's shorter side, and of the drawn page's longer side at most.
const MODULE: f32 = 4.0;
const SIDE: f32 = 4_000.0;

/// The texts of all codes in a PNG, JPEG or PDF.
///
/// # Errors
/// As [`read::texts`].
pub(crate) fn texts_in_file(file: &[u8]) -> Result<Vec<String>, PictureError> {
    if file.starts_with(b"%PDF-") { texts(file) } else { read::texts(file) }
}

/// The texts of all codes that are found in a PDF, each once.
///
/// # Errors
/// [`PictureError::NoCode`] if there is none; [`PictureError::TooManyBytes`].
fn texts(file: &[u8]) -> Result<Vec<String>, PictureError> {
    let limit = PictureLimits::default().bytes;
    if file.len() > limit {
        return Err(PictureError::TooManyBytes { limit });
    }
    let mut found: Vec<String> = Vec::new();
    for (dictionary, content) in streams(file).into_iter().take(STREAMS) {
        let seen = match (has(dictionary, b"/DCTDecode"), has(dictionary, b"/Image")) {
            (true, _) => read::texts(content),
            (false, true) => continue,
            (false, false) => match drawn(&inflated(dictionary, content)) {
                Some(page) => read::texts_in(&page),
                None => continue,
            },
        };
        for text in seen.unwrap_or_default() {
            if !found.contains(&text) {
                found.push(text);
            }
        }
    }
    if found.is_empty() { Err(PictureError::NoCode) } else { Ok(found) }
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    find(bytes, part).is_some()
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// Each stream with what stands between its object's beginning and it.
fn streams(file: &[u8]) -> Vec<(&[u8], &[u8])> {
    let (mut rest, mut all) = (file, Vec::new());
    while let Some(at) = find(rest, b"stream") {
        let (before, from) = rest.split_at(at);
        let from = from.get(b"stream".len()..).unwrap_or_default();
        // "The keyword stream ... shall be followed by an end-of-line marker" (ISO 32000-1, 7.3.8.1).
        let from = from.strip_prefix(b"\r").unwrap_or(from);
        let from = from.strip_prefix(b"\n").unwrap_or(from);
        let Some(end) = find(from, b"endstream") else { break };
        let (content, after) = from.split_at(end);
        let object = before.windows(4).rposition(|window| window == b" obj").unwrap_or_default();
        all.push((before.get(object..).unwrap_or_default(), content));
        rest = after.get(b"endstream".len()..).unwrap_or_default();
    }
    all
}

fn inflated(dictionary: &[u8], content: &[u8]) -> Vec<u8> {
    if !has(dictionary, b"/FlateDecode") {
        return content.to_vec();
    }
    let mut out = Vec::new();
    // What is damaged at its end has still what comes before.
    let _ = ZlibDecoder::new(content).take(INFLATED).read_to_end(&mut out);
    out
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
fn rectangles(content: &[u8]) -> Vec<Filled> {
    let (mut operands, mut path, mut filled): (Vec<f32>, Vec<[f32; 4]>, Vec<Filled>) = Default::default();
    let (mut matrix, mut dark): (Matrix, bool) = ([1.0, 0.0, 0.0, 1.0, 0.0, 0.0], true);
    let mut kept: Vec<(Matrix, bool)> = Vec::new();
    for token in content.split(u8::is_ascii_whitespace).filter(|token| !token.is_empty()) {
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
            return Vec::new();
        }
    }
    filled
}

/// A page's rectangles as a picture; none where there are too few for a code.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "each is clamped to the picture first"
)]
fn drawn(content: &[u8]) -> Option<Gray> {
    let all = rectangles(content);
    let dark = || all.iter().filter(|one| one.dark).map(|one| one.corners);
    if dark().count() < 50 {
        return None;
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
    let scale = (MODULE / smallest).min(SIDE / longer);
    if !scale.is_finite() || scale <= 0.0 {
        return None;
    }
    // A quiet zone of at least four modules, whatever stands around the code.
    let quiet = 6.0 * smallest;
    let length =
        |from: f32, to: f32| ((to - from + 2.0 * quiet) * scale).ceil().clamp(1.0, SIDE + 200.0) as usize;
    let (width, height) = (length(left, right), length(bottom, top));
    let mut pixels = vec![255_u8; width * height];
    for Filled { corners: [x0, y0, x1, y1], dark } in &all {
        let across = |x: f32| ((x - left + quiet) * scale).round().clamp(0.0, width as f32) as usize;
        // Pictures are counted from the top, pages from the bottom.
        let down = |y: f32| ((top - y + quiet) * scale).round().clamp(0.0, height as f32) as usize;
        for row in down(*y1)..down(*y0) {
            let line = pixels.get_mut(row * width + across(*x0)..row * width + across(*x1));
            line.unwrap_or_default().fill(if *dark { 0 } else { 255 });
        }
    }
    Gray::from_pixels(u32::try_from(width).ok()?, u32::try_from(height).ok()?, pixels)
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
        let (_, content) = *streams(&plain).first().unwrap();
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
            assert_eq!(texts(&file), Err(PictureError::NoCode), "{name}");
        }
        assert_eq!(texts(&vec![b'%'; 20_000_001]), Err(PictureError::TooManyBytes { limit: 20_000_000 }));
    }
}
