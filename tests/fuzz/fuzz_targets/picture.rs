//! Files that are handed over as pictures.
#![no_main]

#[path = "../src/picture.rs"]
mod target;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| target::tried(file));
