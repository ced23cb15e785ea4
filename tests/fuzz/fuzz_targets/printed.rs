//! The link on printed documents: what we take for the ministry's, a browser would take there too.
#![no_main]

#[path = "../src/printed.rs"]
mod target;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| target::tried(text));
