//! Documents of a trust bundle, and the parcel it travels in.
#![no_main]

#[path = "../src/bundle.rs"]
mod target;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| target::tried(bytes));
