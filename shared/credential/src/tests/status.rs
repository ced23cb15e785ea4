//! Status lists and their tokens.

use absah_crypto::jws::Header;
use absah_types::base64url;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::status_list::*;

const URI: &str = "https://absah.madiunkota.go.id/status/1";

fn list() -> StatusList {
    let mut list = StatusList::new(Bits::Two, 1000).unwrap();
    for (idx, value) in [(0, 1), (1, 2), (3, 3), (999, 1)] {
        list.set(idx, value).unwrap();
    }
    list
}

fn claims() -> StatusClaims {
    StatusClaims {
        uri: URI.into(),
        issued_at: now(),
        expires_at: Some(now().plus(Seconds::days(7))),
        ttl: Some(Seconds(900)),
    }
}

fn sign(payload: &Value, typ: &str, key: &PrivateKey) -> String {
    let header = json!({"alg": "ES256", "typ": typ, "kid": "status-1"}).to_string();
    let input = format!("{}.{}", base64url::encode(header), base64url::encode(payload.to_string()));
    let signature = key.sign(input.as_bytes());
    format!("{input}.{}", base64url::encode(signature.as_bytes()))
}

fn check(text: &str) -> Result<StatusToken, &'static str> {
    UnverifiedStatusToken::parse(text)
        .and_then(|token| token.verify(issuer_key().public_key(), URI, now(), Seconds(60)))
        .map_err(|error| error.code())
}

#[test]
fn a_token_tells_the_status_of_each_card() {
    let prepared = PreparedStatusToken::new(Header::es256("").with_kid("status-1"), &claims(), &list());
    let signature = issuer_key().sign(prepared.to_be_signed());
    let token = check(&prepared.attach(signature)).unwrap();
    assert_eq!(token.claims(), &claims());
    let status = |idx| token.status(&StatusReference { uri: URI.into(), idx }).map_err(|error| error.code());
    assert_eq!(status(0), Ok(Status::Revoked));
    assert_eq!(status(1), Ok(Status::Suspended));
    assert_eq!(status(2), Ok(Status::Valid));
    assert_eq!(status(3), Ok(Status::Superseded));
    assert_eq!(status(999), Ok(Status::Revoked));
    assert_eq!(status(1000), Err("status-list-out-of-bounds"));
    assert_eq!(status(u64::MAX), Err("status-list-out-of-bounds"));
    let elsewhere = StatusReference { uri: format!("{URI}1"), idx: 0 };
    assert_eq!(token.status(&elsewhere).unwrap_err().code(), "status-token-subject");
    assert!(!token.is_stale(now(), now().plus(Seconds(900))));
    assert!(token.is_stale(now(), now().plus(Seconds(901))));
}

#[test]
fn hostile_tokens() {
    let valid = || {
        json!({
            "sub": URI, "iat": now().unix(), "exp": now().unix() + 1, "ttl": 900,
            "status_list": {"bits": 2, "lst": list().encode()}
        })
    };
    let bomb = StatusList::new(Bits::Eight, MAX_BYTES as u64).unwrap().encode();
    assert!(bomb.len() < 2000);
    type Case = (&'static str, fn(&mut Value), &'static str);
    let cases: &[Case] = &[
        (
            "another list",
            |p| p["sub"] = "https://absah.madiunkota.go.id/status/2".into(),
            "status-token-subject",
        ),
        ("no subject", |p| drop(p.as_object_mut().unwrap().remove("sub")), "status-token-subject"),
        ("no iat", |p| drop(p.as_object_mut().unwrap().remove("iat")), "status-token-malformed"),
        ("iat ahead", |p| p["iat"] = (now().unix() + 61).into(), "status-token-in-future"),
        ("expired", |p| p["exp"] = now().unix().into(), "status-token-expired"),
        ("ttl zero", |p| p["ttl"] = 0.into(), "status-token-malformed"),
        ("ttl a text", |p| p["ttl"] = "900".into(), "status-token-malformed"),
        ("no list", |p| drop(p.as_object_mut().unwrap().remove("status_list")), "status-token-malformed"),
        ("3 bits", |p| p["status_list"]["bits"] = 3.into(), "status-token-bits"),
        ("0 bits", |p| p["status_list"]["bits"] = 0.into(), "status-token-bits"),
        ("16 bits", |p| p["status_list"]["bits"] = 16.into(), "status-token-bits"),
        ("lst not base64url", |p| p["status_list"]["lst"] = "eNo=".into(), "status-list-malformed"),
        ("lst not zlib", |p| p["status_list"]["lst"] = "AAAA".into(), "status-list-malformed"),
        ("lst empty", |p| p["status_list"]["lst"] = "".into(), "status-list-malformed"),
        (
            "lst cut",
            |p| {
                let lst = p["status_list"]["lst"].as_str().unwrap();
                p["status_list"]["lst"] = lst[..lst.len() - 4].into();
            },
            "status-list-malformed",
        ),
        (
            "lst with something behind",
            |p| {
                let mut bytes = base64url::decode(p["status_list"]["lst"].as_str().unwrap()).unwrap();
                bytes.push(0);
                p["status_list"]["lst"] = base64url::encode(bytes).into();
            },
            "status-list-malformed",
        ),
        ("lst a bomb", |p| p["status_list"]["lst"] = large().into(), "status-list-too-large"),
    ];
    assert!(check(&sign(&valid(), TYP, &issuer_key())).is_ok());
    for (name, change, code) in cases {
        let mut payload = valid();
        change(&mut payload);
        assert_eq!(check(&sign(&payload, TYP, &issuer_key())).err(), Some(*code), "{name}");
    }
    assert_eq!(check(&sign(&valid(), "JWT", &issuer_key())).err(), Some("status-token-header-type"));
    assert_eq!(check(&sign(&valid(), TYP, &holder_key())).err(), Some("status-token-signature"));
    assert_eq!(check("a.b").err(), Some("jws-not-compact"));
}

/// More than the limit in a few hundred bytes.
fn large() -> String {
    use std::io::Write as _;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&vec![0; MAX_BYTES + 1]).unwrap();
    base64url::encode(packer.finish().unwrap())
}

#[test]
fn limits_of_a_list() {
    assert!(StatusList::new(Bits::Two, MAX_BYTES as u64 * 4).is_ok());
    assert_eq!(
        StatusList::new(Bits::Two, MAX_BYTES as u64 * 4 + 1).unwrap_err().code(),
        "status-list-too-large"
    );
    let mut list = list();
    assert_eq!(list.set(0, 4).unwrap_err().code(), "status-list-value-too-large");
    assert_eq!(list.set(1000, 1).unwrap_err().code(), "status-list-out-of-bounds");
    assert_eq!(list.encode(), list.clone().encode());
}

proptest! {
    #[test]
    fn what_is_set_is_read_after_a_round_trip(
        bits in prop::sample::select(vec![Bits::One, Bits::Two, Bits::Four, Bits::Eight]),
        values in prop::collection::vec(any::<u8>(), 1..300),
    ) {
        let mut list = StatusList::new(bits, values.len() as u64).unwrap();
        let values: Vec<u8> = values.into_iter().map(|value| value & (u8::MAX >> (8 - bits.count()))).collect();
        for (idx, value) in values.iter().enumerate() {
            list.set(idx as u64, *value).unwrap();
        }
        let read = StatusList::decode(bits, &list.encode()).unwrap();
        for (idx, value) in values.iter().enumerate() {
            prop_assert_eq!(read.value(idx as u64).unwrap(), *value);
        }
        prop_assert_eq!(read, list);
    }

    #[test]
    fn no_text_makes_the_reader_stumble(text in "[A-Za-z0-9_-]{0,200}") {
        let _ = StatusList::decode(Bits::Two, &text);
        let _ = UnverifiedStatusToken::parse(&text);
    }
}
