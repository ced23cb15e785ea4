//! Requests as a wallet gets them: short and long form, Request Object, link.
#![no_main]

#[path = "../src/request.rs"]
mod target;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| target::tried(bytes));
