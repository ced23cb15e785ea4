//! PDF files that are handed over in the place of pictures.
#![no_main]

// The reader itself, and not the whole program with its server and store.
#[path = "../../../verifier/server/src/pdf.rs"]
mod reader;
#[path = "../src/pdf.rs"]
mod target;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| target::tried(file, |file| reader::texts_in_file(file)));
