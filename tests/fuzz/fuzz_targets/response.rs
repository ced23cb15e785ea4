//! Answers over HTTPS, and the part in clear of an answer by QR.
#![no_main]

#[path = "../src/response.rs"]
mod target;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| target::tried(bytes));
