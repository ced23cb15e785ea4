//! SD-JWT texts: reading, opening the disclosures, selecting, verifying.
#![no_main]

#[path = "../src/sd_jwt.rs"]
mod target;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| target::tried(text));
