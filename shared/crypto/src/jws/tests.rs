use super::*;
use crate::PrivateKey;
use crate::testing::Seeded;
use absah_types::Coded as _;
use proptest::prelude::*;

/// RFC 7515, appendix A.3.
const RFC_7515_KEY: &str = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#;
const RFC_7515_JWS: &str = "eyJhbGciOiJFUzI1NiJ9.\
    eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
    DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

fn key() -> PrivateKey {
    PrivateKey::generate(&mut Seeded::new(1))
}

#[test]
fn rfc_7515_appendix_a_3() {
    let key = PublicKey::from_jwk(&json::from_slice(RFC_7515_KEY.as_bytes()).unwrap()).unwrap();
    let compact = Compact::parse(RFC_7515_JWS, 1000).unwrap();
    assert_eq!(compact.verify(&key), Ok(()));
    assert_eq!(compact.header_json, br#"{"alg":"ES256"}"#);
    assert_eq!(compact.claims::<Value>().unwrap()["iss"], "joe");
    assert_eq!(compact.verify(super::tests::key().public_key()), Err(VerifyError::Mismatch));
}

/// A compact JWS with any header and payload bytes, truly signed.
fn signed(header: &[u8], payload: &[u8]) -> String {
    let input = format!("{}.{}", base64url::encode(header), base64url::encode(payload));
    let signature = base64url::encode(key().sign(input.as_bytes()).as_bytes());
    format!("{input}.{signature}")
}

fn code(text: &str) -> Result<(), &'static str> {
    Compact::parse(text, 4096).map(|_| ()).map_err(|e| e.code())
}

#[test]
fn hostile_headers_are_refused_even_when_signed() {
    let certificate = STANDARD.encode([1, 2, 3, 4]);
    let many = vec![certificate.clone(); MAX_CERTIFICATES + 1];
    let own = |text: &str| text.as_bytes().to_vec();
    let cases: [(&str, Vec<u8>, &str); 32] = [
        ("alg none", own(r#"{"alg":"none"}"#), "jws-algorithm"),
        ("alg None", own(r#"{"alg":"None"}"#), "jws-algorithm"),
        ("alg HS256", own(r#"{"alg":"HS256"}"#), "jws-algorithm"),
        ("alg RS256", own(r#"{"alg":"RS256"}"#), "jws-algorithm"),
        ("alg ES384", own(r#"{"alg":"ES384"}"#), "jws-algorithm"),
        ("alg ES256K", own(r#"{"alg":"ES256K"}"#), "jws-algorithm"),
        ("alg in lower case", own(r#"{"alg":"es256"}"#), "jws-algorithm"),
        ("alg with blank", own(r#"{"alg":"ES256 "}"#), "jws-algorithm"),
        ("alg as list", own(r#"{"alg":["ES256"]}"#), "jws-algorithm"),
        ("alg null", own(r#"{"alg":null}"#), "jws-algorithm"),
        ("no alg", own(r#"{"typ":"JWT"}"#), "jws-algorithm"),
        ("crit", own(r#"{"alg":"ES256","crit":["exp"],"exp":1}"#), "jws-critical"),
        ("crit empty", own(r#"{"alg":"ES256","crit":[]}"#), "jws-critical"),
        ("crit null", own(r#"{"alg":"ES256","crit":null}"#), "jws-critical"),
        ("unencoded payload", own(r#"{"alg":"ES256","b64":false,"crit":["b64"]}"#), "jws-critical"),
        ("alg twice", own(r#"{"alg":"none","alg":"ES256"}"#), "jws-header-duplicate"),
        ("alg twice by escape", own(r#"{"alg":"ES256","\u0061lg":"ES256"}"#), "jws-header-duplicate"),
        ("repeated inside", own(r#"{"alg":"ES256","a":{"b":1,"b":2}}"#), "jws-header-duplicate"),
        ("list", own(r#"[{"alg":"ES256"}]"#), "jws-header-json"),
        ("text", own(r#""ES256""#), "jws-header-json"),
        ("empty", own(""), "jws-header-json"),
        ("cut off", own(r#"{"alg":"ES256""#), "jws-header-json"),
        ("two objects", own(r#"{"alg":"ES256"}{}"#), "jws-header-json"),
        ("not utf-8", b"{\"alg\":\"ES256\",\"kid\":\"\xff\"}".to_vec(), "jws-header-json"),
        ("typ a number", own(r#"{"alg":"ES256","typ":1}"#), "jws-header-member"),
        ("kid a list", own(r#"{"alg":"ES256","kid":["a"]}"#), "jws-header-member"),
        (
            "jwk private",
            own(r#"{"alg":"ES256","jwk":{"kty":"OKP","crv":"X25519","x":"","d":""}}"#),
            "jws-header-member",
        ),
        ("jwk symmetric", own(r#"{"alg":"ES256","jwk":{"kty":"oct","k":"AA"}}"#), "jws-header-member"),
        ("x5c empty", own(r#"{"alg":"ES256","x5c":[]}"#), "jws-header-member"),
        ("x5c a text", own(r#"{"alg":"ES256","x5c":"AQID"}"#), "jws-header-member"),
        ("x5c in base64url", own(r#"{"alg":"ES256","x5c":["_-__"]}"#), "jws-header-member"),
        ("x5c of many", format!(r#"{{"alg":"ES256","x5c":{many:?}}}"#).into_bytes(), "jws-header-member"),
    ];
    for (name, header, expected) in cases {
        assert_eq!(code(&signed(&header, b"{}")), Err(expected), "{name}");
    }
    let neighbours = [
        r#"{"alg":"ES256"}"#.to_owned(),
        r#" {"typ":"kb+jwt", "alg" : "ES256"} "#.to_owned(),
        r#"{"alg":"ES256","jku":"https://evil.example/keys","x5u":"https://evil.example/c"}"#.to_owned(),
        format!(r#"{{"alg":"ES256","x5c":["{certificate}"]}}"#),
    ];
    for header in neighbours {
        let text = signed(header.as_bytes(), b"{}");
        assert_eq!(Compact::parse(&text, 4096).unwrap().verify(key().public_key()), Ok(()), "{header}");
    }
}

#[test]
fn hostile_texts_are_refused() {
    let good = signed(br#"{"alg":"ES256"}"#, b"{\"a\":1}");
    let parts: Vec<&str> = good.split('.').collect();
    let (h, p, s) = (parts[0], parts[1], parts[2]);
    let last_bits = |part: &str| {
        // The last character of 64 bytes carries four bits that must be zero.
        let mut text = part.to_owned();
        let last = text.pop().unwrap();
        text.push(char::from(last as u8 + 1));
        text
    };
    let short = base64url::encode([1; 63]);
    let long = base64url::encode([1; 65]);
    let der = base64url::encode(key().sign(b"x").to_der());
    let cases = [
        ("empty", String::new(), "jws-not-compact"),
        ("two parts", format!("{h}.{p}"), "jws-not-compact"),
        ("four parts", format!("{good}.{s}"), "jws-not-compact"),
        ("five parts", format!("{h}..{p}..{s}"), "jws-not-compact"),
        ("dot at the end", format!("{good}."), "jws-not-compact"),
        ("dot in front", format!(".{good}"), "jws-not-compact"),
        ("json form", r#"{"payload":"e30","signatures":[]}"#.to_owned(), "jws-not-compact"),
        ("blank in front", format!(" {good}"), "jws-encoding"),
        ("line end", format!("{good}\n"), "jws-encoding"),
        ("blank inside", format!("{h}. {p}.{s}"), "jws-encoding"),
        ("padded header", format!("{h}=.{p}.{s}"), "jws-encoding"),
        ("padded payload", format!("{h}.{p}==.{s}"), "jws-encoding"),
        ("padded signature", format!("{h}.{p}.{s}=="), "jws-encoding"),
        ("standard alphabet", format!("{h}.+/+/.{s}"), "jws-encoding"),
        ("trailing bits", format!("{h}.{p}.{}", last_bits(s)), "jws-encoding"),
        ("impossible length", format!("{h}.{p}AAA.{s}"), "jws-encoding"),
        ("not ascii", format!("{h}.{p}é.{s}"), "jws-encoding"),
        ("no signature", format!("{h}.{p}."), "signature-length"),
        ("63 bytes", format!("{h}.{p}.{short}"), "signature-length"),
        ("65 bytes", format!("{h}.{p}.{long}"), "signature-length"),
        ("der signature", format!("{h}.{p}.{der}"), "signature-length"),
        ("no header", format!(".{p}.{s}"), "jws-header-json"),
        ("too long", format!("{h}.{}.{s}", "A".repeat(4096)), "jws-too-long"),
    ];
    for (name, text, expected) in cases {
        assert_eq!(code(&text), Err(expected), "{name}");
    }
    assert_eq!(code(&good), Ok(()));
    assert!(Compact::parse(&good, good.len()).is_ok());
    assert_eq!(Compact::parse(&good, good.len() - 1), Err(JwsError::TooLong { max: good.len() - 1 }));
}

/// Any other character at any place: refused by form or by signature, never accepted.
#[test]
fn no_character_can_be_changed() {
    let good = signed(br#"{"alg":"ES256","typ":"JWT"}"#, br#"{"a":1}"#);
    for at in 0..good.len() {
        let mut bytes = good.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let text = String::from_utf8(bytes).unwrap();
        let accepted = Compact::parse(&text, 4096).is_ok_and(|c| c.verify(key().public_key()).is_ok());
        assert!(!accepted, "character {at}");
    }
}

#[test]
fn payload_members_may_not_repeat() {
    let parse = |payload: &[u8]| {
        let text = signed(br#"{"alg":"ES256"}"#, payload);
        Compact::parse(&text, 4096).unwrap().claims::<Value>().map(|_| ()).map_err(|e| e.code())
    };
    assert_eq!(parse(br#"{"iss":"a","iss":"b"}"#), Err("json-duplicate-member"));
    assert_eq!(parse(b"{\"iss\":\"\xff\"}"), Err("json-malformed"));
    assert_eq!(parse(b""), Err("json-malformed"));
    assert_eq!(parse(br#"{"iss":"a"}"#), Ok(()));
}

#[test]
fn media_types_are_compared_as_rfc_7515_says() {
    let typed = |typ: &str| Header::es256(typ).is_type("dc+sd-jwt");
    assert!(typed("dc+sd-jwt") && typed("DC+SD-JWT") && typed("application/dc+sd-jwt"));
    assert!(
        !typed("vc+sd-jwt") && !typed("") && !typed("text/dc+sd-jwt") && !typed("application/x/dc+sd-jwt")
    );
    let mut none = Header::es256("");
    none.typ = None;
    assert!(!none.is_type("dc+sd-jwt"));
}

#[test]
fn a_written_header_is_read_back() {
    let mut header = Header::es256("absah-registration+jwt")
        .with_kid("did:web:example.org#\"1\"")
        .with_cty("JWT")
        .with_jwk(key().public_key().to_jwk())
        .with_x5c(vec![vec![0x30, 0xff, 0xfe], vec![1]]);
    header.other.insert("nonce".into(), "n".into());
    let text = ToBeSigned::new(&header, b"{}").sign(&key()).unwrap();
    let compact = Compact::parse(&text, 4096).unwrap();
    assert_eq!(compact.header, header);
    assert_eq!(compact.verify(key().public_key()), Ok(()));
    let json = String::from_utf8(compact.header_json).unwrap();
    assert!(
        json.starts_with(r#"{"alg":"ES256","typ":"absah-registration+jwt","cty":"JWT","kid":"did"#),
        "{json}"
    );
    assert!(json.contains(r#""jwk":{"kty":"EC","crv":"P-256","x":"#), "{json}");
    assert!(json.contains(r#""x5c":["MP/+","AQ=="]"#), "{json}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_attached_is_parsed(payload: Vec<u8>, kid in ".*", seed: u64) {
        let key = PrivateKey::generate(&mut Seeded::new(seed));
        let to_be_signed = ToBeSigned::new(&Header::es256("JWT").with_kid(&kid), &payload);
        let signature = key.sign(to_be_signed.as_bytes());
        let input = to_be_signed.signing_input.clone();
        let text = to_be_signed.attach(signature);
        let compact = Compact::parse(&text, text.len()).unwrap();
        prop_assert_eq!(compact.verify(key.public_key()), Ok(()));
        prop_assert_eq!(&compact.payload, &payload);
        prop_assert_eq!(compact.header.kid.as_deref(), Some(kid.as_str()));
        prop_assert_eq!(&compact.signing_input, &input);
    }

    #[test]
    fn no_text_makes_it_panic(text in r#"[\PC.\n]{0,200}"#) {
        let _ = Compact::parse(&text, 150);
    }
}
