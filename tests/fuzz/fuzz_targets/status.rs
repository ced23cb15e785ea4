//! Status tokens, as JWT and as CWT.
#![no_main]

#[path = "../src/status.rs"]
mod target;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| target::tried(bytes));
