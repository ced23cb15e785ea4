//! JWS and key forms against `josekit`, which signs with OpenSSL.

use absah_crypto::jws::{Compact, Header, ToBeSigned};
use absah_crypto::{Jwk, PrivateKey, PublicKey, Signer};
use absah_testkit::{key, tamper};
use absah_types::{Secret, base64url};
use josekit::jwk::Jwk as TheirJwk;
use josekit::jws::alg::ecdsa::EcdsaJwsVerifier;
use josekit::jws::{
    ES256, JwsHeader, JwsSigner as _, JwsVerifier as _, deserialize_compact, serialize_compact,
};
use serde_json::{Value, json};

const PAYLOAD: &[u8] = br#"{"iss":"https://absah.example","nama":"SITI"}"#;

fn their_verifier(key: &PublicKey) -> EcdsaJwsVerifier {
    ES256.verifier_from_der(key.to_spki_der()).unwrap()
}

fn ours(key: &PrivateKey) -> String {
    ToBeSigned::new(&Header::es256("JWT").with_kid("k1"), PAYLOAD).sign(key).unwrap()
}

fn theirs(key: &PrivateKey) -> String {
    let mut header = JwsHeader::new();
    header.set_token_type("JWT");
    header.set_key_id("k1");
    let signer = ES256.signer_from_der(key.to_pkcs8_der().expose()).unwrap();
    serialize_compact(PAYLOAD, &header, &signer).unwrap()
}

#[test]
fn they_verify_what_we_sign() {
    for seed in 0..20 {
        let key = key(seed);
        let (payload, header) = deserialize_compact(ours(&key), &their_verifier(key.public_key())).unwrap();
        assert_eq!(payload, PAYLOAD);
        assert_eq!(
            (header.algorithm(), header.token_type(), header.key_id()),
            (Some("ES256"), Some("JWT"), Some("k1"))
        );
    }
}

#[test]
fn we_verify_what_they_sign() {
    for seed in 0..20 {
        let key = key(seed);
        let compact = Compact::parse(&theirs(&key), 4096).unwrap();
        assert_eq!(compact.verify(key.public_key()), Ok(()));
        assert_eq!(compact.payload, PAYLOAD);
        assert!(compact.header.is_type("jwt") && compact.header.kid.as_deref() == Some("k1"));
    }
}

#[test]
fn both_refuse_the_same_tampering() {
    let key = key(1);
    let verifier = their_verifier(key.public_key());
    for text in [ours(&key), theirs(&key)] {
        for (at, changed) in tamper::changed_characters(&text) {
            if changed == text {
                continue;
            }
            let by_us = Compact::parse(&changed, 4096).is_ok_and(|c| c.verify(key.public_key()).is_ok());
            assert!(!by_us, "accepted by us, character {at}");
            // The last character of a signature carries bits that josekit does not look at; ours does.
            let by_them = deserialize_compact(&changed, &verifier).is_ok();
            assert!(!by_them || at + 1 == text.len(), "accepted by josekit, character {at}");
        }
        let other = absah_testkit::key(2);
        assert!(Compact::parse(&text, 4096).unwrap().verify(other.public_key()).is_err());
        assert!(deserialize_compact(&text, &their_verifier(other.public_key())).is_err());
    }
}

#[test]
fn both_refuse_other_algorithms() {
    let key = key(1);
    let verifier = their_verifier(key.public_key());
    for alg in ["none", "HS256", "RS256", "ES384", "ES256K"] {
        let input = format!(
            "{}.{}",
            base64url::encode(json!({ "alg": alg }).to_string()),
            base64url::encode(PAYLOAD)
        );
        let signature = PrivateKey::sign(&key, input.as_bytes());
        let text = format!("{input}.{}", base64url::encode(signature.as_bytes()));
        assert!(Compact::parse(&text, 4096).is_err(), "{alg} by us");
        assert!(deserialize_compact(&text, &verifier).is_err(), "{alg} by josekit");
    }
}

#[test]
fn raw_signatures_go_both_ways() {
    let key = key(3);
    let ours = absah_crypto::Signer::sign(&key, b"message").unwrap();
    their_verifier(key.public_key()).verify(b"message", ours.as_bytes()).unwrap();
    let theirs = ES256.signer_from_der(key.to_pkcs8_der().expose()).unwrap().sign(b"message").unwrap();
    let theirs = absah_crypto::Signature::from_slice(&theirs).unwrap();
    assert_eq!(Signer::public_key(&key).verify(b"message", &theirs), Ok(()));
}

#[test]
fn keys_are_the_same_in_every_form() {
    let pair = ES256.generate_key_pair().unwrap();
    let private = Value::Object(pair.to_jwk_private_key().as_ref().clone());
    let scalar = base64url::decode_array::<32>(private["d"].as_str().unwrap()).unwrap();
    let ours = PrivateKey::from_bytes(&Secret::new(scalar)).unwrap();
    assert_eq!(ours.public_key().to_spki_der().to_vec(), pair.to_der_public_key());
    // Their PKCS#8 names the curve a second time inside; ours, the usual form, is read by them.
    let again = ES256.key_pair_from_der(ours.to_pkcs8_der().expose()).unwrap();
    assert_eq!(again.to_der_private_key(), pair.to_der_private_key());
    // Our JWK read by them, theirs by us.
    let theirs = TheirJwk::from_bytes(ours.public_key().to_jwk().to_json()).unwrap();
    ES256.verifier_from_jwk(&theirs).unwrap().verify(b"m", ours.sign(b"m").as_bytes()).unwrap();
    let text = Value::Object(pair.to_jwk_public_key().as_ref().clone()).to_string();
    let read: Jwk = absah_crypto::json::from_slice(text.as_bytes()).unwrap();
    assert_eq!(PublicKey::from_jwk(&read).as_ref(), Ok(ours.public_key()));
    // A private JWK is refused where a public one is expected.
    assert!(absah_crypto::json::from_slice::<Jwk>(private.to_string().as_bytes()).is_err());
}
