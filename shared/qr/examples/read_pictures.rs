//! Draws clean codes and reads pictures, for the table of readers in `tests/bench/readers`.
//!
//! `read_pictures draw FOLDER VERSION…`: for each QR version a full code, `FOLDER/vNN.pgm`, and its text, `FOLDER/vNN.txt`.
//! `read_pictures read rxing|rqrr`: names of PGM files on standard input, one line; for each a line of JSON on standard output:
//! `{"texts":[…],"ms":…}`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a tool of the tests: what goes wrong ends it"
)]

use std::io::BufRead as _;
use std::time::Instant;

use absah_qr::picture::Gray;
use absah_qr::render::{Ecc, Scale, Symbol, alphanumeric_capacity};
use absah_qr::{read, read_rqrr};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["draw", folder, versions @ ..] => versions.iter().for_each(|version| draw(folder, version)),
        ["read", "rxing"] => read_all(|picture| read::texts_in(picture).unwrap_or_default()),
        ["read", "rqrr"] => read_all(|picture| read_rqrr::texts_in(picture).unwrap_or_default()),
        _ => std::process::exit(2),
    }
}

/// A code as our frames are: alphanumeric, level L, as full as can be, of letters that follow no pattern.
fn draw(folder: &str, version: &str) {
    const LETTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let number: u8 = version.parse().unwrap();
    let length = alphanumeric_capacity(number, Ecc::L).unwrap();
    let mut state = u32::from(number);
    let letter = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(*LETTERS.get((state >> 16) as usize % LETTERS.len()).unwrap())
    };
    let text: String = (0..length).map(letter).collect();
    let text = text.replace(' ', "-");
    let symbol = Symbol::encode(&text, Ecc::L).unwrap();
    assert_eq!(symbol.version(), number);
    let (pixels, side) = symbol.gray(Scale::PixelsPerModule(8)).unwrap();
    let file = [format!("P5 {side} {side} 255\n").as_bytes(), &pixels].concat();
    std::fs::write(format!("{folder}/v{number}.pgm"), file).unwrap();
    std::fs::write(format!("{folder}/v{number}.txt"), text).unwrap();
}

fn read_all(read: impl Fn(&Gray) -> Vec<String>) {
    for name in std::io::stdin().lock().lines() {
        let picture = pgm(&std::fs::read(name.unwrap()).unwrap()).unwrap();
        let started = Instant::now();
        let texts = read(&picture);
        let ms = started.elapsed().as_secs_f64() * 1e3;
        let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
        println!("{{\"texts\":[{}],\"ms\":{ms:.3}}}", texts.join(","));
    }
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|letter| match letter {
            '"' | '\\' => format!("\\{letter}"),
            letter if u32::from(letter) < 32 => format!("\\u{:04x}", u32::from(letter)),
            letter => letter.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

/// `P5 width height 255` and the pixels.
fn pgm(file: &[u8]) -> Option<Gray> {
    let end = file.iter().position(|byte| *byte == b'\n')?;
    let (head, pixels) = file.split_at_checked(end + 1)?;
    let numbers: Vec<u32> =
        std::str::from_utf8(head).ok()?.split_whitespace().skip(1).filter_map(|n| n.parse().ok()).collect();
    Gray::from_pixels(*numbers.first()?, *numbers.get(1)?, pixels.to_vec())
}
