//! Every fuzz target over its seeds, and over each of them cut short and with changed bytes: seconds, the same in each run.
//! The search itself is `bash tests/fuzz/run`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "tests"
)]
#![allow(unreachable_pub, reason = "the fuzz targets' own crate sees what is shared with it")]

use std::cell::RefCell;
use std::collections::BTreeMap;

use absah_testkit::SeededRng;
use absah_types::array;

#[path = "../../../../tests/fuzz/src/bundle.rs"]
mod bundle;
#[path = "../../../../tests/fuzz/src/frames.rs"]
mod frames;
#[path = "../../../../tests/fuzz/src/jose.rs"]
mod jose;
#[path = "../../../../tests/fuzz/src/packing.rs"]
mod packing;
#[path = "../../../../tests/fuzz/src/pdf.rs"]
mod pdf;
#[path = "../../../../tests/fuzz/src/picture.rs"]
mod picture;
#[path = "../../../../tests/fuzz/src/pixels.rs"]
mod pixels;
#[path = "../../../../tests/fuzz/src/printed.rs"]
mod printed;
#[path = "../../../../tests/fuzz/src/request.rs"]
mod request;
#[path = "../../../../tests/fuzz/src/response.rs"]
mod response;
#[path = "../../../../tests/fuzz/src/sd_jwt.rs"]
mod sd_jwt;
#[path = "../../../core/examples/fuzz_seeds.rs"]
mod seeds;
#[path = "../../../../tests/fuzz/src/status.rs"]
mod status;

/// Changed copies of each seed.
const CHANGED: usize = 24;
/// The same where a try takes long: pictures, whole bundles.
const FEW: usize = 3;
/// Longer seeds are taken as they are alone.
const LONG: usize = 40_000;

fn tried(target: &str, bytes: &[u8]) {
    let lossy = String::from_utf8_lossy(bytes);
    let text = &*lossy;
    match target {
        "bundle" => bundle::tried(bytes),
        "frames" => frames::tried(text),
        "jose" => jose::tried(bytes),
        "packing" => packing::tried(bytes),
        "pdf" => pdf::tried(bytes, |file| absah_verifier::texts_in_file(file)),
        "picture" => picture::tried(bytes),
        "pixels" => pixels::tried(bytes),
        "printed" => printed::tried(text),
        "request" => request::tried(bytes),
        "response" => response::tried(bytes),
        "sd_jwt" => sd_jwt::tried(text),
        "status" => status::tried(bytes),
        other => panic!("no target for the seeds of {other}"),
    }
}

/// A copy with some bytes changed, one taken out, or its end cut off.
fn changed(seed: &[u8], rng: &mut SeededRng) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    let mut below = |limit: usize| u32::from_le_bytes(array(rng)) as usize % limit.max(1);
    match below(4) {
        0 => bytes.truncate(below(bytes.len())),
        1 if !bytes.is_empty() => drop(bytes.remove(below(bytes.len()))),
        2 => bytes.insert(below(bytes.len()), below(256) as u8),
        _ => {
            for _ in 0..=below(4) {
                let place = below(bytes.len());
                if let Some(byte) = bytes.get_mut(place) {
                    *byte = below(256) as u8;
                }
            }
        }
    }
    bytes
}

#[test]
fn no_seed_and_no_change_of_one_brings_a_target_down() {
    let tries: RefCell<BTreeMap<String, usize>> = RefCell::default();
    seeds::seeds(&|target, name, seed| {
        let mut rng = SeededRng::new(name.len() as u64);
        tried(target, seed);
        let few = ["picture", "pdf", "pixels", "bundle"].contains(&target);
        let count = if seed.len() > LONG {
            0
        } else if few {
            FEW
        } else {
            CHANGED
        };
        for _ in 0..count {
            tried(target, &changed(seed, &mut rng));
        }
        *tries.borrow_mut().entry(target.to_owned()).or_default() += 1 + count;
    });
    let tries = tries.into_inner();
    let targets: Vec<&str> = tries.keys().map(String::as_str).collect();
    let all = [
        "bundle", "frames", "jose", "packing", "pdf", "picture", "pixels", "printed", "request", "response",
        "sd_jwt", "status",
    ];
    assert_eq!(targets, all, "a target without seeds");
    assert!(tries.values().all(|count| *count >= 8), "{tries:?}");
}
