//! Files: pictures that are none, that are too large, that hide something, and pictures of hostile codes.

use std::io::{Cursor, Write as _};

use absah_qr::picture::Gray;
use absah_qr::render::{Ecc, Scale, Symbol};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{ExtendedColorType, ImageEncoder as _, ImageFormat};

use crate::asked::Asked;
use crate::{Case, Shown};

/// `PNG` with these chunks.
fn png(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, content) in chunks {
        file.extend((content.len() as u32).to_be_bytes());
        let body = [name.as_slice(), content].concat();
        file.extend(&body);
        file.extend(crc32(&body).to_be_bytes());
    }
    file
}

fn header(width: u32, height: u32, depth: u8, colour: u8) -> (&'static [u8; 4], Vec<u8>) {
    let sides = [width.to_be_bytes(), height.to_be_bytes()].concat();
    (b"IHDR", [sides, vec![depth, colour, 0, 0, 0]].concat())
}

fn zlib(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// CRC-32 of PNG (ISO/IEC 15948, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

/// A PNG that says how large it is and has a pixel.
fn hollow_png(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    png(&[header(width, height, depth, colour), (b"IDAT", zlib(&[0; 2]))])
}

/// A JPEG that only says how large it is.
fn hollow_jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut file = b"\xFF\xD8\xFF\xC0\0\x0B\x08".to_vec();
    file.extend(height.to_be_bytes());
    file.extend(width.to_be_bytes());
    file.extend(b"\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\xFF\xD9");
    file
}

fn code(text: &str) -> Vec<u8> {
    Symbol::encode(text, Ecc::L).unwrap().png(Scale::PixelsPerModule(4)).unwrap()
}

fn gray(text: &str) -> (Vec<u8>, u32) {
    Symbol::encode(text, Ecc::L).unwrap().gray(Scale::PixelsPerModule(4)).unwrap()
}

fn jpeg(text: &str) -> Vec<u8> {
    let (pixels, side) = gray(text);
    let mut file = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, 90)
        .write_image(&pixels, side, side, ExtendedColorType::L8)
        .unwrap();
    file
}

fn painted(width: u32, height: u32, pixel: impl Fn(u32, u32) -> u8) -> Vec<u8> {
    let picture = image::GrayImage::from_fn(width, height, |x, y| image::Luma([pixel(x, y)]));
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

fn file(name: &str, code: &'static str, file: Vec<u8>) -> Case {
    Case::new(name, code, move |_| Shown::File(file.clone()))
}

/// The page looks for pictures in whatever begins as a PDF; the command does in what is named as one.
fn of_another_kind(name: &str, content: Vec<u8>) -> Case {
    let at_page = if content.starts_with(b"%PDF-") { "picture-pdf-no-code" } else { "picture-format" };
    Case { at_page, ..file(name, "picture-format", content) }
}

/// What the command takes for a text, since it is one; at the page it is no picture.
fn text_file(name: &str, code: &'static str, content: &str) -> Case {
    Case { at_page: "picture-format", ..file(name, code, content.as_bytes().to_vec()) }
}

fn made(name: &str, code: &'static str, make: impl Fn(&Asked) -> Vec<u8> + 'static) -> Case {
    Case::new(name, code, move |asked| Shown::File(make(asked)))
}

const PDF: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n";

/// Files of other kinds, by how they begin.
const OTHERS: &[(&str, &[u8])] = &[
    ("noise", &[0xFF; 2_000]),
    ("PDF with a script", PDF),
    ("PDF, broken", b"%PDF-\xFF\xFF\xFF"),
    ("animated GIF", b"GIF89a\x01\0\x01\0\x80\0\0\xFF\xFF\xFF\0\0\0!\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"),
    ("WebP", b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xFE\x07\0"),
    ("BMP of four thousand million pixels", b"BM\xFF\xFF\xFF\x7F\0\0\0\0\x36\0\0\0\x28\0\0\0\xFF\xFF\xFF\x7F\xFF\xFF\xFF\x7F\x01\0\x18\0"),
    ("TIFF that points at itself", b"II*\0\x08\0\0\0\x01\0\xFF\xFF\x08\0\0\0"),
    ("HEIC", b"\0\0\0\x18ftypheic\xFF\xFF\xFF\xFFmif1heic"),
    ("AVIF", b"\0\0\0\x1cftypavif\xFF\xFF\xFF\xFFavifmif1miaf"),
    ("icon", b"\0\0\x01\0\xFF\xFF\0\0\0\0\0\0\0\0\0\0"),
    ("film", b"\0\0\0\x20ftypisom\xFF\xFF\xFF\xFFisomiso2avc1mp41"),
    ("ZIP", b"PK\x03\x04\x14\0\0\0\x08\0\xFF\xFF\xFF\xFF"),
    ("gzip", b"\x1F\x8B\x08\0\0\0\0\0\x02\xFF\xED\xC1"),
    ("program", b"\x7FELF\x02\x01\x01\0\xFF\xFF\xFF\xFF"),
    ("program for the other system", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF"),
    ("database", b"SQLite format 3\0\x10\0\x01\x01\xFF"),
    ("text in UTF-16", b"\xFF\xFEA\0B\0S\0A\0H\x001\0A\0:\0"),
    ("our mark with a byte that is no text", b"ABSAH1A:\xFF\xFF"),
];

fn pdf(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let one = |(filter, content): &(&str, Vec<u8>)| {
        [format!("1 0 obj<</Filter/{filter}>>stream\n").as_bytes(), content, b"\nendstream\n"].concat()
    };
    [b"%PDF-1.7\n".to_vec(), streams.iter().flat_map(one).collect()].concat()
}

/// PDFs: small ones that ask for minutes. The pages beside them that are read stand with the reader's own tests.
fn documents() -> Vec<Case> {
    let flate = |content: &[u8]| ("FlateDecode", zlib(content));
    let over = [b"0 0 1 1 re f ".to_vec(), b"0 0 4000 4000 re ".repeat(5_000), b"f".to_vec()].concat();
    let photograph = jpeg("https://example.net/masuk");
    let corners = {
        let mut file = Cursor::new(Vec::new());
        let corner = |x: u32, y: u32| {
            let (x, y) = (x % 18 / 2, y % 18 / 2);
            let ring = x.min(y).min(6_u32.saturating_sub(x)).min(6_u32.saturating_sub(y));
            image::Luma([if x < 7 && y < 7 && ring != 1 { 0 } else { 255_u8 }])
        };
        image::GrayImage::from_fn(1_000, 1_000, corner).write_to(&mut file, ImageFormat::Jpeg).unwrap();
        file.into_inner()
    };
    let busy = "picture-too-much-work";
    let none = "picture-pdf-no-code";
    [
        ("PDF: a page painted over and over", busy, pdf(&[flate(&over)])),
        ("PDF: four hundred such pages", busy, pdf(&vec![flate(&over); 400])),
        ("PDF: pages of blanks", busy, pdf(&vec![flate(&vec![b' '; 8 << 20]); 400])),
        ("PDF: pages of numbers", busy, pdf(&vec![flate(&b"1 ".repeat(4 << 20)); 400])),
        ("PDF: scans full of corners", busy, pdf(&vec![("DCTDecode", corners); 20])),
        (
            "PDF: a scan of four thousand million pixels",
            busy,
            pdf(&[("DCTDecode", hollow_jpeg(65_535, 65_535))]),
        ),
        ("PDF: a scan that ends in its head", none, pdf(&[("DCTDecode", photograph[..100].to_vec())])),
        ("PDF: a million streams", none, pdf(&vec![("None", Vec::new()); 300_000])),
        ("PDF: a scan of a link", "frame-not-ours", pdf(&[("DCTDecode", photograph)])),
    ]
    .into_iter()
    .map(|(name, code, content)| Case::new(name, code, move |_| Shown::Document(content.clone())))
    .collect()
}

pub(crate) fn cases() -> Vec<Case> {
    let good = code("HALO DUNIA");
    let photograph = jpeg("HALO DUNIA");
    let exif = {
        let mut block = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x0E\x01\x02\0".to_vec();
        block.extend(b"\xFF\xFF\xFF\x7F<script>alert(1)</script>");
        let mut file = photograph[..2].to_vec();
        file.extend([0xFF, 0xE1]);
        file.extend((block.len() as u16 + 2).to_be_bytes());
        file.extend(block);
        file.extend(&photograph[2..]);
        file
    };
    let mut cases: Vec<Case> =
        OTHERS.iter().map(|(name, content)| of_another_kind(name, content.to_vec())).collect();
    cases.extend([
        Case { at_page: "picture-format", ..file("zero bytes", "answer-nothing", vec![]) },
        Case {
            at_page: "picture-format",
            ..file("line ends only", "answer-nothing", b"\r\n\r\n\n".to_vec())
        },
        text_file(
            "SVG with a script",
            "frame-not-ours",
            "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        ),
        text_file(
            "HTML",
            "frame-not-ours",
            "<!doctype html><meta http-equiv=refresh content='0;url=https://example.net'>",
        ),
        Case {
            at_page: "picture-pdf-no-code",
            ..text_file(
                "PDF in plain letters",
                "frame-not-ours",
                "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<<>>",
            )
        },
        text_file("JSON", "frame-not-ours", r#"{"decision":"accepted"}"#),
        file("PNG: its mark alone", "picture-damaged", good[..8].to_vec()),
        file("PNG: header alone", "picture-damaged", good[..33].to_vec()),
        file("PNG: cut off", "picture-damaged", good[..good.len() / 2].to_vec()),
        file("PNG: no pixels", "picture-damaged", hollow_png(0, 0, 8, 0)),
        file(
            "PNG: promises without pixels",
            "picture-damaged",
            png(&[header(500, 500, 8, 0), (b"IEND", vec![])]),
        ),
        file(
            "PNG: pixels that are no stream",
            "picture-damaged",
            png(&[header(50, 50, 8, 0), (b"IDAT", vec![0xFF; 99]), (b"IEND", vec![])]),
        ),
        file(
            "PNG: a depth that is none",
            "picture-damaged",
            png(&[header(50, 50, 7, 0), (b"IDAT", zlib(&[0; 99])), (b"IEND", vec![])]),
        ),
        file(
            "PNG: a colour that is none",
            "picture-damaged",
            png(&[header(50, 50, 8, 9), (b"IDAT", zlib(&[0; 99])), (b"IEND", vec![])]),
        ),
        file(
            "PNG: a palette that is not there",
            "picture-damaged",
            png(&[header(50, 50, 8, 3), (b"IDAT", zlib(&[0; 51 * 50])), (b"IEND", vec![])]),
        ),
        file(
            "PNG: fewer rows than it says",
            "picture-damaged",
            png(&[header(50, 50, 8, 0), (b"IDAT", zlib(&[0; 51 * 20])), (b"IEND", vec![])]),
        ),
        file("PNG: a chunk without end", "picture-damaged", {
            let mut file = hollow_png(50, 50, 8, 0);
            file.extend(b"\xFF\xFF\xFF\xFFIDAT");
            file
        }),
        file("PNG: a checksum that does not fit", "picture-damaged", {
            let mut file = good.clone();
            file[29] ^= 1;
            file
        }),
        file("PNG: a million pixels wide", "picture-too-many-pixels", hollow_png(1_000_000, 1, 8, 0)),
        file("PNG: a million pixels high", "picture-too-many-pixels", hollow_png(1, 1_000_000, 8, 0)),
        file(
            "PNG: four thousand million pixels",
            "picture-too-many-pixels",
            hollow_png(65_000, 65_000, 16, 6),
        ),
        file(
            "PNG: the largest sides there are",
            "picture-damaged",
            hollow_png(0x7FFF_FFFF, 0x7FFF_FFFF, 16, 6),
        ),
        file("PNG: just too many pixels", "picture-too-many-pixels", hollow_png(8_000, 5_001, 1, 0)),
        file("PNG: a bomb in a comment", "frame-not-ours", {
            let bomb = [b"Comment\0\0".as_slice(), &zlib(&vec![b'x'; 50 << 20])].concat();
            let mut file = good[..33].to_vec();
            file.extend(&png(&[(b"zTXt", bomb)])[8..]);
            file.extend(&good[33..]);
            file
        }),
        file("PNG: animated, the first picture a link", "frame-not-ours", {
            let mut file = good[..33].to_vec();
            file.extend(&png(&[(b"acTL", vec![0, 0, 0, 9, 0, 0, 0, 0])])[8..]);
            file.extend(&good[33..]);
            file
        }),
        file(
            "PNG and web page in one",
            "frame-not-ours",
            [good.clone(), b"<script>alert(1)</script>".to_vec()].concat(),
        ),
        file("PNG and archive in one", "frame-not-ours", [good.clone(), OTHERS[11].1.to_vec()].concat()),
        file("JPEG: its mark alone", "picture-damaged", b"\xFF\xD8\xFF\xE0".to_vec()),
        file("JPEG: cut off in its head", "picture-damaged", photograph[..100].to_vec()),
        file("JPEG: four thousand million pixels", "picture-too-many-pixels", hollow_jpeg(65_535, 65_535)),
        file("JPEG: 65,535 pixels wide", "picture-too-many-pixels", hollow_jpeg(65_535, 1)),
        file("JPEG: no pixels", "picture-damaged", hollow_jpeg(0, 0)),
        file("JPEG: tables that are not there", "picture-damaged", hollow_jpeg(50, 50)),
        file("JPEG: markup and a wrong length in EXIF", "frame-not-ours", exif),
        file(
            "JPEG and web page in one",
            "frame-not-ours",
            [photograph.clone(), b"<script>alert(1)</script>".to_vec()].concat(),
        ),
        file("white", "picture-no-code", painted(400, 300, |_, _| 255)),
        file("black", "picture-no-code", painted(400, 300, |_, _| 0)),
        file("one pixel", "picture-no-code", painted(1, 1, |_, _| 0)),
        file("one row", "picture-no-code", painted(5_000, 1, |x, _| (x % 2) as u8 * 255)),
        file("one column", "picture-no-code", painted(1, 5_000, |_, y| (y % 2) as u8 * 255)),
        file("a chess board", "picture-no-code", painted(600, 600, |x, y| ((x / 4 + y / 4) % 2) as u8 * 255)),
        file("stripes", "picture-no-code", painted(600, 600, |x, _| (x / 3 % 2) as u8 * 255)),
        file(
            "noise for pixels",
            "picture-no-code",
            painted(600, 600, |x, y| {
                (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503).rotate_left(7))
                    .wrapping_mul(2_246_822_519) as u8
            }),
        ),
        Case {
            at_page: "picture-too-much-work",
            ..file(
                "corners and nothing else",
                "picture-no-code",
                painted(600, 600, |x, y| {
                    let (x, y) = (x % 18 / 2, y % 18 / 2);
                    let ring = x.min(y).min(6_u32.saturating_sub(x)).min(6_u32.saturating_sub(y));
                    if x < 7 && y < 7 && ring != 1 { 0 } else { 255 }
                }),
            )
        },
        file("half a code", "picture-no-code", {
            let (pixels, side) = gray(&"HALO DUNIA ".repeat(40));
            painted(side, side / 2, |x, y| pixels[(y * side + x) as usize])
        }),
        file("a code with a hole", "picture-no-code", {
            let (pixels, side) = gray(&"HALO DUNIA ".repeat(40));
            let hole = side / 4..side * 3 / 4;
            painted(side, side, |x, y| {
                if hole.contains(&x) && hole.contains(&y) { 255 } else { pixels[(y * side + x) as usize] }
            })
        }),
        file("larger than any photograph", "picture-too-many-bytes", {
            let mut file = good.clone();
            file.resize(21 << 20, 0xFF);
            file
        }),
    ]);
    cases.extend(documents());
    for (name, text, expected) in [
        ("code of a link", "https://example.net/masuk", "frame-not-ours"),
        ("code of markup", "<img src=x onerror=alert(1)>", "frame-not-ours"),
        ("code of a script", "javascript:alert(1)", "frame-not-ours"),
        ("code of WiFi", "WIFI:T:WPA;S=Loket;P:rahasia123;;", "frame-not-ours"),
        ("code of a health certificate", "HC1:6BFOXN%TS3DH0YOJ58S S-W5HDC *M0II5", "frame-not-ours"),
        (
            "code of the ministry",
            "https://layanan.dukcapil.kemendagri.go.id/Terpusat/Pindai?id=1",
            "answer-printed-document",
        ),
        ("code of our form, empty", "ABSAH1A:", "frame-too-short"),
        ("code of our form, next version", "ABSAH2A:000", "frame-version-unknown"),
        ("code of blanks", "   ", "answer-nothing"),
    ] {
        cases.push(file(name, expected, code(text)));
    }
    cases.extend([
        file("inverted code of a link", "frame-not-ours", {
            let (pixels, side) = gray("https://example.net/terbalik");
            painted(side, side, |x, y| !pixels[(y * side + x) as usize])
        }),
        file("mirrored code of a link", "frame-not-ours", {
            let (pixels, side) = gray("https://example.net/cermin");
            painted(side, side, |x, y| pixels[(y * side + side - 1 - x) as usize])
        }),
        made("picture of the request", "answer-other-kind", |asked| code(&asked.texts[0])),
        made("picture of an answer of which a letter is wrong", "frame-checksum", |asked| {
            let frame = asked.frames_of(&asked.honest()).remove(0);
            let letter = if frame.ends_with('0') { "1" } else { "0" };
            code(&format!("{}{letter}", &frame[..frame.len() - 1]))
        }),
        made("picture of one frame of several", "frames-missing", |asked| {
            let frames = absah_qr::frames::split(absah_qr::Kind::Answer, &asked.honest(), 10).unwrap();
            code(&frames[0].text())
        }),
        made("picture of an answer to nobody", "answer-other-request", |asked| {
            code(&asked.frames_of(&[&[1], &[0; 200][..]].concat())[0])
        }),
        made("picture of a bent answer", "answer-tampered", |asked| {
            let mut answer = asked.honest();
            answer[70] ^= 1;
            code(&asked.frames_of(&answer)[0])
        }),
    ]);
    // The drawing itself is readable, or the pictures above would prove nothing.
    for drawn in [good, photograph] {
        let picture = Gray::open(&drawn, &Default::default()).unwrap();
        assert_eq!(absah_qr::read::texts_in(&picture).unwrap(), ["HALO DUNIA"]);
    }
    cases
}
