//! JWS, JWE, JWK, JSON that refuses a member twice.
#![no_main]

#[path = "../src/jose.rs"]
mod target;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| target::tried(bytes));
