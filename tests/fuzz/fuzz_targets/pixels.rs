//! The recogniser of codes, on pixels of any kind: the first byte gives the width.
#![no_main]

#[path = "../src/pixels.rs"]
mod target;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| target::tried(bytes));
