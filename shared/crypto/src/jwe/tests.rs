use super::*;
use crate::testing::Seeded;
use proptest::prelude::*;

fn key(n: u8) -> PrivateKey {
    PrivateKey::from_bytes(&Secret::new([n; 32])).unwrap()
}

fn recipient(key: &PrivateKey) -> Recipient {
    Recipient { key: key.public_key().clone(), kid: Some("1".to_owned()) }
}

/// RFC 7518, appendix C.
#[test]
fn the_example_of_the_specification() {
    let scalar = |text: &str| Secret::new(base64url::decode_array::<32>(text).unwrap());
    let alice = PrivateKey::from_bytes(&scalar("0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo")).unwrap();
    let bob = PrivateKey::from_bytes(&scalar("VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw")).unwrap();
    let agreed = alice.agree(bob.public_key());
    assert_eq!(agreed.expose(), bob.agree(alice.public_key()).expose());
    let derived = derive(&agreed, ContentEncryption::A128Gcm, b"Alice", b"Bob");
    assert_eq!(base64url::encode(&derived.expose()[..16]), "VqqN6vgjbSBcIijNcacQGg");
}

#[test]
fn hostile_messages_beside_one_that_opens() {
    let key = key(7);
    let text = recipient(&key).seal(b"{}", ContentEncryption::A128Gcm, None, &mut Seeded::new(1));
    let parts: Vec<&str> = text.split('.').collect();
    let with = |place: usize, part: String| {
        let mut changed: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        changed[place] = part;
        changed.join(".")
    };
    let header = |change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
        let mut members = json::object(&base64url::decode(parts[0]).unwrap()).unwrap();
        change(&mut members);
        with(0, base64url::encode(Value::Object(members).to_string()))
    };
    let set = |name: &'static str, value: Value| {
        header(&move |members| {
            members.insert(name.to_owned(), value.clone());
        })
    };
    let flipped = |place: usize| {
        let mut bytes = base64url::decode(parts[place]).unwrap();
        bytes[0] ^= 1;
        with(place, base64url::encode(bytes))
    };
    let off_curve = json!({ "kty": "EC", "crv": "P-256", "x": base64url::encode([1; 32]), "y": base64url::encode([1; 32]) });
    let cases: Vec<(&str, String, Result<(), JweError>)> = vec![
        ("valid", text.clone(), Ok(())),
        ("four parts", parts[..4].join("."), Err(JweError::NotCompact)),
        ("encrypted key where none belongs", with(1, "AA".into()), Err(JweError::NotCompact)),
        ("padding", with(2, format!("{}=", parts[2])), Err(JweError::Encoding)),
        ("header no json", with(0, base64url::encode("{")), Err(JweError::Header)),
        ("alg dir", set("alg", json!("dir")), Err(JweError::Algorithm)),
        ("alg none", set("alg", json!("none")), Err(JweError::Algorithm)),
        ("key wrap", set("alg", json!("ECDH-ES+A128KW")), Err(JweError::Algorithm)),
        ("enc CBC", set("enc", json!("A128CBC-HS256")), Err(JweError::Encryption)),
        ("compressed", set("zip", json!("DEF")), Err(JweError::Compressed)),
        ("critical", set("crit", json!(["x"])), Err(JweError::Extension)),
        ("no epk", header(&|m| drop(m.remove("epk"))), Err(JweError::EphemeralKey)),
        ("epk off the curve", set("epk", off_curve), Err(JweError::EphemeralKey)),
        ("header changed", set("x", json!(1)), Err(JweError::Sealed)),
        ("enc swapped", set("enc", json!("A256GCM")), Err(JweError::Sealed)),
        ("party added", set("apu", json!("QQ")), Err(JweError::Sealed)),
        ("content changed", flipped(3), Err(JweError::Sealed)),
        ("tag changed", flipped(4), Err(JweError::Sealed)),
        ("tag cut", with(4, base64url::encode([0; 12])), Err(JweError::Sealed)),
        ("iv changed", flipped(2), Err(JweError::Sealed)),
        ("iv of another length", with(2, base64url::encode([0; 16])), Err(JweError::Sealed)),
        ("too long", "a".repeat(10_001), Err(JweError::TooLong)),
    ];
    for (name, text, expected) in cases {
        let opened = Compact::parse(&text, 10_000).and_then(|jwe| jwe.open(&key)).map(drop);
        assert_eq!(opened, expected, "{name}");
    }
    let other = super::tests::key(8);
    assert_eq!(Compact::parse(&text, 10_000).unwrap().open(&other).map(drop), Err(JweError::Sealed));
}

#[test]
fn keys_for_something_else_are_no_recipients() {
    let jwk = recipient(&key(7)).to_jwk();
    assert_eq!(Recipient::of_jwk(&jwk), Some(recipient(&key(7))));
    let p256 = || key(7).public_key().to_jwk();
    assert_eq!(Recipient::of_jwk(&p256().with_alg("ES256")), None);
    assert_eq!(Recipient::of_jwk(&p256()), None, "`alg` must be there");
    assert_eq!(Recipient::of_jwk(&p256().with_alg(ECDH_ES).with_use("sig")), None);
}

proptest! {
    #[test]
    fn what_is_sealed_opens_and_only_so(content in proptest::collection::vec(any::<u8>(), 0..200), seed: u64, wide: bool) {
        let enc = if wide { ContentEncryption::A256Gcm } else { ContentEncryption::A128Gcm };
        let key = key(9);
        let text = recipient(&key).seal(&content, enc, Some("json"), &mut Seeded::new(seed));
        let jwe = Compact::parse(&text, 10_000).unwrap();
        prop_assert_eq!((jwe.encryption(), jwe.kid()), (enc, Some("1")));
        let opened = jwe.open(&key).unwrap();
        prop_assert_eq!(opened.expose(), &content);
    }
}
