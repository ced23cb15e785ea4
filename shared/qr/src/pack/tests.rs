use absah_types::{Coded as _, base64url};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

use super::*;

const AUD: &str = "x509_hash:Vp3k0f1v5aY2cJxUqKxq9xv3C1cQ2u0B8yqkq1m0N2E";
const NONCE: &str = "mY0n9j2l1k8u7h6g5f4d3s2a1q0w9e8r7t6y5u4i3o0";
const LIMIT: usize = 16 * 1024;

/// Bytes that do not compress, the same in each run.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    };
    (0..length).map(|_| next()).collect()
}

fn certificate() -> Vec<u8> {
    noise(99, 420)
}

fn jwt(header: &str, payload: &str, seed: u64) -> String {
    format!(
        "{}.{}.{}",
        base64url::encode(header),
        base64url::encode(payload),
        base64url::encode(noise(seed, 64))
    )
}

fn disclosure(seed: u64, name: &str, value: &str) -> String {
    base64url::encode(format!(r#"["{}","{name}",{value}]"#, base64url::encode(noise(seed, 16))))
}

/// An issuer-signed JWT with 15 digests, three of them of the disclosures that follow, and a key-binding JWT.
fn presentation() -> String {
    let disclosures = [
        disclosure(1, "nama", r#""SITI AMINAH""#),
        disclosure(2, "kelahiran", r#"{"tempat":"MADIUN","tanggal":"1991-02-17"}"#),
        disclosure(3, "alamat", r#"{"jalan":"JL. SALAK NO. 12","rt":"003","rw":"004","kelurahan":"Taman"}"#),
    ];
    let mut digests: Vec<String> = (10..22).map(|seed| base64url::encode(noise(seed, 32))).collect();
    for (place, disclosure) in [2, 5, 11].into_iter().zip(&disclosures) {
        digests.insert(place, base64url::encode(absah_crypto::sha256(disclosure.as_bytes())));
    }
    let (x, y) = (base64url::encode(noise(30, 32)), base64url::encode(noise(31, 32)));
    let issuer = jwt(
        &format!(r#"{{"alg":"ES256","typ":"dc+sd-jwt","x5c":["{}"]}}"#, STANDARD.encode(certificate())),
        &format!(
            r#"{{"iss":"https://absah.madiunkota.go.id","iat":1763683200,"exp":1766275200,"_sd":["{}"],"cnf":{{"jwk":{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}"}}}},"status":{{"status_list":{{"idx":412345,"uri":"https://absah.madiunkota.go.id/status/1"}}}}}}"#,
            digests.join("\",\"")
        ),
        40,
    );
    let signed = format!("{issuer}~{}~", disclosures.join("~"));
    let binding = jwt(
        r#"{"alg":"ES256","typ":"kb+jwt"}"#,
        &format!(
            r#"{{"iat":1763770123,"aud":"{AUD}","nonce":"{NONCE}","sd_hash":"{}"}}"#,
            base64url::encode(absah_crypto::sha256(signed.as_bytes()))
        ),
        41,
    );
    signed + &binding
}

fn known_chain(digest: &[u8; 32]) -> Option<Chain> {
    let chain = vec![certificate()];
    (chain_digest(&chain) == *digest).then_some(chain)
}

fn full() -> PackContext<'static> {
    PackContext::new(Dictionary::v1()).with_binding(AUD, NONCE).with_certificates(&known_chain)
}

#[test]
fn a_presentation_comes_back_byte_for_byte_and_small() {
    let text = presentation();
    let packed = pack(&text, &full());
    assert_eq!(unpack(&packed, &full(), LIMIT).as_deref(), Ok(&text[..]));
    assert_eq!(packed.first(), Some(&PACKED_V1));
    let ratio = packed.len() as f64 / text.len() as f64;
    assert!(ratio < 0.40, "{} of {} bytes", packed.len(), text.len());
}

#[test]
fn what_is_known_is_not_sent() {
    let text = presentation();
    let by_value = PackContext::new(Dictionary::v1());
    let without_binding = by_value.with_certificates(&known_chain);
    let sizes = [by_value, without_binding, full()].map(|context| {
        let packed = pack(&text, &context);
        assert_eq!(unpack(&packed, &context, LIMIT).as_deref(), Ok(&text[..]));
        packed.len()
    });
    assert!(sizes[0] > sizes[1] + 380 && sizes[1] > sizes[2] + 60, "{sizes:?}");
}

/// Texts that must come back although nothing about them is as expected.
#[test]
fn odd_texts_come_back() {
    let odd_json = [
        r#"{"a\"b":"c\\","_sd":[],"x":[""],"n":[1,2.5e3,-0],"t":123456789012345678901}"#,
        r#"{"nbf":0012345,"iat":99999,"exp":4294967295,"big":4294967296,"days":86400000}"#,
        "{\n  \"pretty\" : [ 1 ]\n}",
        r#"{"x5c":["AAAA"],"y":{"x5c":["!"]},"x5c":[],"x5c":["AAAA","AAA="]}"#,
        r#"{"nama":"NI WAYAN É 日本","date":"2026-02-31T00:00:00Z","d":"1850-01-01","e":"2026-11-22"}"#,
        r#"{"unclosed":"abc"#,
        r#"["#,
        r#"{"jwt":"eyJhIjoxfQ.eyJiIjoyfQ.AAAAAAAAAAAAAAAAAAAAAA","no":"eyJ.not.jwt"}"#,
    ];
    let mut texts: Vec<String> = odd_json.iter().map(|json| jwt(json, json, 7)).collect();
    texts.extend(odd_json.iter().map(|json| (*json).to_owned()));
    texts.extend(odd_json.iter().map(|json| format!("{0}~{0}~{0}~", base64url::encode(json))));
    let plain = [
        "", "~", "~~", ".", "..", "a", "e30", "e30.e30.", "~e30~", "A\u{1}B", "\u{0}", "\u{7F}", "W10", "=",
        "eyJ9",
    ];
    texts.extend(plain.map(str::to_owned));
    texts.push(presentation().replace('~', "~~"));
    texts.push(presentation() + "~");
    texts.push(presentation() + "=");
    texts.push(presentation().replace("eyJ", "eyI"));
    texts.push(jwt(&"[".repeat(500), &"{".repeat(500), 1));
    for text in texts {
        let packed = pack(&text, &full());
        assert_eq!(unpack(&packed, &full(), LIMIT).as_deref(), Ok(&text[..]));
        assert!(packed.len() <= text.len() + 1);
    }
}

/// JWTs in JWTs: the innermost ones stay as they are.
#[test]
fn deep_nesting_is_packed_as_far_as_it_can_be_read_again() {
    let mut text = "e30.e30.e30".to_owned();
    for depth in 0..8 {
        text = jwt(r#"{"alg":"ES256"}"#, &format!(r#"{{"data":"{text}"}}"#), depth);
        let packed = pack(&text, &full());
        assert_eq!(unpack(&packed, &full(), LIMIT).as_deref(), Ok(&text[..]));
    }
}

/// A recursive disclosure: the digest of a child inside its parent is computed too.
#[test]
fn digests_inside_disclosures_are_not_sent() {
    let child = disclosure(1, "nama", r#""SITI""#);
    let digest = base64url::encode(absah_crypto::sha256(child.as_bytes()));
    let parent =
        base64url::encode(format!(r#"["{}",{{"_sd":["{digest}"]}}]"#, base64url::encode(noise(2, 16))));
    let element = format!(
        r#"{{"anggota":[{{"...":"{}"}}]}}"#,
        base64url::encode(absah_crypto::sha256(parent.as_bytes()))
    );
    let text = format!("{}~{parent}~{child}~", jwt(r#"{"alg":"ES256"}"#, &element, 3));
    let packed = pack(&text, &full());
    assert_eq!(unpack(&packed, &full(), LIMIT).as_deref(), Ok(&text[..]));
    // One signature and two salts cannot be spared; two digests would be 64 more.
    assert!(packed.len() < 64 + 2 * 16 + 64, "{}", packed.len());
}

fn packed_v1(skeleton: &[u8], raw: &[u8]) -> Vec<u8> {
    packed_with(skeleton, raw, skeleton.len(), raw.len())
}

fn packed_with(skeleton: &[u8], raw: &[u8], skeleton_length: usize, raw_length: usize) -> Vec<u8> {
    let mut out = vec![PACKED_V1];
    out.extend_from_slice(&Dictionary::v1().id());
    op::push_varint(&mut out, skeleton_length);
    op::push_varint(&mut out, raw_length);
    out.extend_from_slice(raw);
    out.extend_from_slice(&deflate::deflate(skeleton, Dictionary::v1().bytes()).unwrap());
    out
}

/// Each hostile input with its code, beside a neighbour that is accepted.
#[test]
fn hostile_catalogue() {
    let good = pack(&presentation(), &full());
    let cut = |end: usize| good[..end].to_vec();
    let changed = |at: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[at] = byte;
        bytes
    };
    let bomb = vec![b'A'; 1 << 20];
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", vec![], "pack-empty"),
        ("unknown version", changed(0, 2), "pack-version-unknown"),
        ("version of the far future", changed(0, 0xFF), "pack-version-unknown"),
        ("another dictionary", changed(1, good[1] ^ 1), "pack-dictionary-unknown"),
        ("ends in the dictionary's name", cut(2), "pack-truncated"),
        ("ends in the lengths", cut(4), "pack-truncated"),
        ("ends in the raw part", cut(60), "pack-truncated"),
        ("ends in the skeleton", cut(good.len() - 1), "pack-truncated"),
        ("bytes after the end", [good.clone(), vec![0]].concat(), "pack-trailing"),
        ("raw bytes that nobody takes", packed_v1(b"a", b"b"), "pack-trailing"),
        ("bomb that says so", packed_v1(&bomb, b""), "pack-too-large"),
        ("bomb that lies about its length", packed_with(&bomb, b"", 10, 0), "pack-malformed"),
        ("shorter than it says", packed_with(b"abc", b"", 10, 0), "pack-malformed"),
        ("huge raw length", packed_with(b"abc", b"", 3, (1 << 28) - 1), "pack-truncated"),
        ("huge skeleton length", packed_with(b"abc", b"", (1 << 28) - 1, 0), "pack-too-large"),
        ("endless length", [&[PACKED_V1][..], &Dictionary::v1().id(), &[0xFF; 8]].concat(), "pack-malformed"),
        (
            "no deflate stream",
            [&[PACKED_V1][..], &Dictionary::v1().id(), &[3, 0, 0xFF, 0xFF]].concat(),
            "pack-inflate",
        ),
        (
            "small marks, large text",
            packed_v1(&[op::RAW, 0xFF, 0x7F].repeat(2), &[0; 40_000]),
            "pack-too-large",
        ),
        ("bomb of digests", packed_v1(&bomb_of_digests().0, &bomb_of_digests().1), "pack-too-large"),
        ("unknown mark", packed_v1(&[5], b""), "pack-malformed"),
        ("zero byte", packed_v1(&[0], b""), "pack-malformed"),
        ("closed, never opened", packed_v1(&[op::CLOSE], b""), "pack-malformed"),
        ("opened, never closed", packed_v1(&[op::OPEN], b""), "pack-malformed"),
        ("too deep", packed_v1(&[op::OPEN; 5], b""), "pack-too-deep"),
        ("salt that is not there", packed_v1(&[op::RAW16], &[0; 15]), "pack-truncated"),
        ("digest of no disclosure", packed_v1(&[op::DIGEST], &[0]), "pack-bad-reference"),
        ("digest of itself", packed_v1(&[b'a', b'~', op::DIGEST, b'~'], &[1]), "pack-bad-reference"),
        ("array of unknown digests", packed_v1(&[op::DIGESTS], &[1, 1, 0]), "pack-bad-reference"),
        ("array without its map", packed_v1(&[op::DIGESTS], &[255]), "pack-truncated"),
        ("hash of nothing", packed_v1(&[op::SD_HASH], b""), "pack-bad-reference"),
        ("certificate that is not there", packed_v1(&[op::DER, 5, 1, 2], b""), "pack-truncated"),
        ("unknown certificate", packed_v1(&[op::CHAIN], &[7; 32]), "pack-certificate-unknown"),
        ("half a character", packed_v1(&[0xE6, 0x97], b""), "pack-not-text"),
        ("plain, not text", vec![PLAIN, 0xFF], "pack-not-text"),
        ("plain, too long", [vec![PLAIN], vec![b'a'; LIMIT + 1]].concat(), "pack-too-large"),
    ];
    for (name, bytes, code) in cases {
        assert_eq!(unpack(&bytes, &full(), LIMIT).map_err(|e| e.code()), Err(code), "{name}");
    }
    let no_binding = PackContext::new(Dictionary::v1()).with_certificates(&known_chain);
    assert_eq!(unpack(&good, &no_binding, LIMIT), Err(UnpackError::BindingUnknown));

    // The neighbours.
    assert_eq!(unpack(&good, &full(), LIMIT).as_deref(), Ok(&presentation()[..]));
    assert_eq!(unpack(&good, &full(), presentation().len()).as_deref(), Ok(&presentation()[..]));
    assert!(unpack(&good, &full(), presentation().len() - 1).is_err());
    assert_eq!(unpack(&packed_v1(b"abc", b""), &full(), LIMIT).as_deref(), Ok("abc"));
    assert_eq!(unpack(&[PLAIN], &full(), LIMIT).as_deref(), Ok(""));
}

fn bomb_of_digests() -> (Vec<u8>, Vec<u8>) {
    let mut raw = Vec::new();
    for _ in 0..10 {
        raw.push(255);
        raw.extend_from_slice(&[0xFF; 32]);
        raw.extend_from_slice(&[0; 255]);
    }
    ([&b"a~"[..], &[op::DIGESTS; 10]].concat(), raw)
}

/// Whoever answers another request cannot make this one's binding appear.
#[test]
fn another_request_gives_another_text() {
    let packed = pack(&presentation(), &full());
    let other = full().with_binding(AUD, "b3RoZXItbm9uY2Utb3RoZXItbm9uY2Utb3RoZXItbm8");
    let text = unpack(&packed, &other, LIMIT).unwrap();
    assert_ne!(text, presentation());
    assert!(text.ends_with(&base64url::encode(noise(41, 64))));
}

/// Within DEFLATE two ways of writing may mean the same text; everywhere else each byte counts.
#[test]
fn a_changed_byte_is_an_error_or_another_text() {
    let good = pack(&presentation(), &full());
    let mut harmless = 0;
    for at in 0..good.len() {
        let mut bytes = good.clone();
        bytes[at] ^= 0x10;
        harmless += usize::from(unpack(&bytes, &full(), LIMIT).as_deref() == Ok(&presentation()[..]));
        assert!(harmless == 0 || at > 7 + 128 + 15 * 32, "byte {at}");
    }
    assert!(harmless <= 2, "{harmless}");
}

proptest! {
    #[test]
    fn any_text_comes_back(text in any::<String>()) {
        let packed = pack(&text, &full());
        prop_assert_eq!(unpack(&packed, &full(), text.len()), Ok(text));
    }

    #[test]
    fn any_jwt_comes_back(header in r#"[{\["](["a-z:,\[\]{}0-9\\.é_]{0,60})"#, payload in r#"[{\["](["a-zA-Z:,\[\]{}0-9\\.-]{0,200})"#, seed: u64) {
        let text = jwt(&header, &payload, seed);
        let packed = pack(&text, &full());
        prop_assert_eq!(unpack(&packed, &full(), text.len()), Ok(text));
    }

    #[test]
    fn any_list_of_disclosures_comes_back(values in prop::collection::vec("[A-Z0-9 ~.\"-]{0,40}", 0..20), order: u64) {
        let disclosures: Vec<String> = values.iter().enumerate().map(|(i, v)| disclosure(order ^ i as u64, "nama", &format!("\"{v}\""))).collect();
        let digests: Vec<String> = disclosures.iter().rev().map(|d| base64url::encode(absah_crypto::sha256(d.as_bytes()))).collect();
        let payload = format!(r#"{{"_sd":["{}"]}}"#, digests.join("\",\""));
        let text = format!("{}~{}~", jwt("{}", &payload, order), disclosures.join("~"));
        let packed = pack(&text, &full());
        prop_assert_eq!(unpack(&packed, &full(), text.len()), Ok(text));
    }

    #[test]
    fn any_bytes_are_survived(bytes: Vec<u8>, skeleton: Vec<u8>, raw: Vec<u8>) {
        let _ = unpack(&bytes, &full(), LIMIT);
        if let Ok(text) = unpack(&packed_v1(&skeleton, &raw), &full(), 1_000) {
            prop_assert!(text.len() <= 1_000);
        }
    }
}
