//! Packed bytes under the seal, and whatever text is packed.
#![no_main]

#[path = "../src/packing.rs"]
mod target;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| target::tried(bytes));
