use super::*;
use absah_types::{Coded as _, hex};
use proptest::prelude::*;

fn bytes<const N: usize>(text: &str) -> [u8; N] {
    hex::decode_array(text).unwrap()
}

/// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
#[test]
fn xchacha20_poly1305_answers_its_example() {
    let key = Secret::new(bytes("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"));
    let nonce = bytes("404142434445464748494a4b4c4d4e4f5051525354555657");
    let aad = hex::decode("50515253c0c1c2c3c4c5c6c7").unwrap();
    let plaintext = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the \
                      future, sunscreen would be it.";
    let sealed = seal(&key, &nonce, &aad, plaintext).unwrap();
    assert_eq!(
        hex::encode(&sealed),
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39\
         ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9\
         21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49"
    );
    assert_eq!(open(&key, &nonce, &aad, &sealed).unwrap().expose(), plaintext);
}

#[test]
fn every_change_is_noticed() {
    let (key, nonce) = (Secret::new([1; 32]), [2; 24]);
    let sealed = seal(&key, &nonce, b"aad", b"plaintext").unwrap();
    assert_eq!(sealed.len(), 9 + OVERHEAD);
    assert!(open(&key, &nonce, b"aad", &sealed).is_ok());
    let cases = [
        ("another key", open(&Secret::new([3; 32]), &nonce, b"aad", &sealed)),
        ("another nonce", open(&key, &[3; 24], b"aad", &sealed)),
        ("another aad", open(&key, &nonce, b"aae", &sealed)),
        ("cut off", open(&key, &nonce, b"aad", &sealed[..sealed.len() - 1])),
        ("shorter than a tag", open(&key, &nonce, b"aad", &sealed[..15])),
        ("empty", open(&key, &nonce, b"aad", b"")),
    ];
    for (name, result) in cases {
        assert_eq!(result.unwrap_err().code(), "envelope-open", "{name}");
    }
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert_eq!(open(&key, &nonce, b"aad", &changed).unwrap_err(), EnvelopeError::Open, "byte {at}");
    }
}

#[test]
fn a_hostile_header_cannot_ask_for_everything() {
    let salt = [7; 16];
    let cases = [
        ("100 GB", KdfParams::new(100 * 1024 * 1024, 3, 1, salt)),
        ("all memory", KdfParams::new(u32::MAX, 1, 1, salt)),
        ("one KiB above", KdfParams::new(256 * 1024 + 1, 3, 1, salt)),
        ("one KiB below", KdfParams::new(8 * 1024 - 1, 3, 1, salt)),
        ("no pass", KdfParams::new(64 * 1024, 0, 1, salt)),
        ("for ever", KdfParams::new(64 * 1024, u32::MAX, 1, salt)),
        ("no lane", KdfParams::new(64 * 1024, 3, 0, salt)),
        ("many lanes", KdfParams::new(64 * 1024, 3, 5, salt)),
    ];
    for (name, result) in cases {
        assert_eq!(result.unwrap_err().code(), "envelope-cost", "{name}");
    }
    assert_eq!(KdfParams::new(64 * 1024, 3, 1, salt), Ok(KdfParams::usual(salt)));
    assert_eq!(KdfParams::new(8 * 1024, 1, 1, salt), Ok(KdfParams::least(salt)));
}

#[test]
fn hostile_stored_headers_are_refused() {
    let good = serde_json::to_string(&KdfParams::usual([7; 16])).unwrap();
    let read = |text: &str| serde_json::from_str::<KdfParams>(text).is_ok();
    assert!(read(&good));
    for (name, text) in [
        ("other algorithm", good.replace("argon2id", "argon2d")),
        ("too much memory", good.replace("65536", "104857600")),
        ("negative", good.replace("65536", "-1")),
        ("short salt", good.replace("BwcHBwcHBwcHBwcHBwcHBw", "BwcH")),
        ("unknown member", good.replace("\"alg\"", "\"more\":1,\"alg\"")),
        ("no salt", good.replace("\"salt\"", "\"pepper\"")),
    ] {
        assert_ne!(text, good, "{name}");
        assert!(!read(&text), "{name}");
    }
}

/// Computed with the reference implementation in C (argon2-cffi 25.1, `hash_secret_raw`): password "123456",
/// salt 16 × 0x07, t = 1, m = 8192 KiB, p = 1, 32 bytes, argon2id, version 19.
#[test]
fn argon2id_agrees_with_the_reference_implementation() {
    let key = derive(b"123456", &KdfParams::least([7; 16])).unwrap();
    assert_eq!(hex::encode(key.expose()), "f0bcd0f7e851b77a303e11df54c17a6426879679b32bc407ad25a5d046ed0fa3");
}

#[test]
fn pin_salt_and_cost_all_matter() {
    let params = KdfParams::least([7; 16]);
    let key = derive(b"123456", &params).unwrap();
    let others = [
        derive(b"123457", &params),
        derive(b"123456", &KdfParams::least([8; 16])),
        derive(b"123456", &KdfParams::new(8 * 1024, 2, 1, [7; 16]).unwrap()),
        derive(b"123456", &KdfParams::new(9 * 1024, 1, 1, [7; 16]).unwrap()),
    ];
    for other in others {
        assert_ne!(other.unwrap().expose(), key.expose());
    }
    assert_eq!(derive(b"123456", &params).unwrap().expose(), key.expose());
}

proptest! {
    #[test]
    fn what_is_sealed_opens(key: [u8; 32], nonce: [u8; 24], aad: Vec<u8>, plaintext: Vec<u8>) {
        let key = Secret::new(key);
        let sealed = seal(&key, &nonce, &aad, &plaintext).unwrap();
        let opened = open(&key, &nonce, &aad, &sealed).unwrap();
        prop_assert_eq!(opened.expose(), &plaintext);
    }

    #[test]
    fn headers_survive_storing(memory in KdfParams::MEMORY_KIB, passes in KdfParams::PASSES,
                               lanes in KdfParams::LANES, salt: [u8; 16]) {
        let params = KdfParams::new(memory, passes, lanes, salt).unwrap();
        let text = serde_json::to_string(&params).unwrap();
        prop_assert_eq!(serde_json::from_str::<KdfParams>(&text).unwrap(), params);
    }
}
