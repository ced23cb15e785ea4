//! Texts of QR codes: framing, base45, putting together.
#![no_main]

#[path = "../src/frames.rs"]
mod target;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| target::tried(text));
