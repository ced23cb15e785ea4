use super::*;
use crate::testing::{Scripted, Seeded};
use absah_types::hex;
use proptest::prelude::*;

fn bytes<const N: usize>(text: &str) -> [u8; N] {
    hex::decode_array(text).unwrap()
}

/// RFC 9180, appendix A.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, sequence 0.
#[test]
fn rfc_9180_appendix_a_1_1() {
    let ephemeral: [u8; 32] = bytes("7268600d403fce431561aef583ee1613527cff655c1343f29812e66706df3234");
    let key = RecipientKey::from_bytes(&Secret::new(bytes(
        "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
    )));
    assert_eq!(hex::encode(key.public()), "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d");
    let (info, aad, plaintext) = (b"Ode on a Grecian Urn", b"Count-0", b"Beauty is truth, truth beauty");
    let (encapsulated, ciphertext) =
        seal(&mut Scripted(&ephemeral), &key.public(), info, aad, plaintext).unwrap();
    assert_eq!(hex::encode(encapsulated), "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431");
    assert_eq!(
        hex::encode(&ciphertext),
        "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"
    );
    assert_eq!(open(&key, &encapsulated, info, aad, &ciphertext).unwrap(), plaintext);
}

#[test]
fn every_change_is_noticed() {
    let key = RecipientKey::generate(&mut Seeded::new(1));
    let other = RecipientKey::generate(&mut Seeded::new(2));
    let (enc, ct) = seal(&mut Seeded::new(3), &key.public(), b"info", b"aad", b"plaintext").unwrap();
    assert_eq!(ct.len(), 9 + OVERHEAD);
    assert_eq!(open(&key, &enc, b"info", b"aad", &ct).as_deref(), Ok(&b"plaintext"[..]));
    let mut longer = ct.clone();
    longer.push(0);
    let cases: [(&str, Result<Vec<u8>, HpkeError>); 8] = [
        ("another key", open(&other, &enc, b"info", b"aad", &ct)),
        ("another info", open(&key, &enc, b"inf0", b"aad", &ct)),
        ("another aad", open(&key, &enc, b"info", b"aae", &ct)),
        ("no aad", open(&key, &enc, b"info", b"", &ct)),
        ("cut off", open(&key, &enc, b"info", b"aad", &ct[..ct.len() - 1])),
        ("shorter than a tag", open(&key, &enc, b"info", b"aad", &ct[..15])),
        ("empty", open(&key, &enc, b"info", b"aad", b"")),
        ("one byte more", open(&key, &enc, b"info", b"aad", &longer)),
    ];
    for (name, result) in cases {
        assert_eq!(result, Err(HpkeError::Open), "{name}");
    }
    for at in 0..ct.len() {
        let mut changed = ct.clone();
        changed[at] ^= 0x80;
        assert_eq!(open(&key, &enc, b"info", b"aad", &changed), Err(HpkeError::Open), "byte {at}");
    }
    for at in 0..32 {
        let mut changed = enc;
        changed[at] ^= 1;
        assert_eq!(open(&key, &changed, b"info", b"aad", &ct), Err(HpkeError::Open), "byte {at} of the key");
    }
}

/// Points of small order give a secret that anybody knows (RFC 7748, section 6.1; RFC 9180, section 7.1.4).
#[test]
fn keys_of_small_order_are_refused() {
    let mut one = [0; 32];
    one[0] = 1;
    let order_8 = bytes("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800");
    let key = RecipientKey::generate(&mut Seeded::new(1));
    for (name, point) in [("zero", [0; 32]), ("one", one), ("order 8", order_8)] {
        assert_eq!(seal(&mut Seeded::new(2), &point, b"", b"", b"x"), Err(HpkeError::Recipient), "{name}");
        assert_eq!(open(&key, &point, b"", b"", &[0; 17]), Err(HpkeError::Open), "{name}");
    }
    assert!(seal(&mut Seeded::new(2), &key.public(), b"", b"", b"x").is_ok());
}

#[test]
fn the_public_key_travels_as_jwk() {
    let key = RecipientKey::generate(&mut Seeded::new(1));
    let jwk: Jwk = crate::json::from_slice(key.to_jwk().with_kid("1").to_json().as_bytes()).unwrap();
    assert_eq!(jwk.key, JwkKey::X25519 { x: key.public() });
    assert_eq!(jwk.alg.as_deref(), Some(ALGORITHM));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_sealed_opens(seed: u64, info: Vec<u8>, aad: Vec<u8>, plaintext: Vec<u8>) {
        let key = RecipientKey::generate(&mut Seeded::new(seed));
        let again = RecipientKey::from_bytes(&key.to_bytes());
        let (enc, ct) = seal(&mut Seeded::new(!seed), &key.public(), &info, &aad, &plaintext).unwrap();
        prop_assert_eq!(open(&again, &enc, &info, &aad, &ct), Ok(plaintext));
    }
}
