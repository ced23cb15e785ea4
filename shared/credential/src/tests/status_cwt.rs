//! Status list tokens as CWT.

use absah_types::hex;
use proptest::prelude::*;

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

fn token(claims: &StatusClaims, list: &StatusList, certificates: &[Vec<u8>]) -> Vec<u8> {
    let prepared = PreparedStatusCwt::new("status-1", certificates, claims, list);
    let signature = issuer_key().sign(prepared.to_be_signed());
    prepared.attach(signature)
}

fn check(bytes: &[u8]) -> Result<StatusToken, &'static str> {
    UnverifiedStatusCwt::parse(bytes)
        .and_then(|token| token.verify(issuer_key().public_key(), URI, now(), Seconds(60)))
        .map_err(|error| error.code())
}

#[test]
fn a_cwt_tells_the_status_of_each_card() {
    let bytes = token(&claims(), &list(), &[vec![0x30; 300]]);
    let read = UnverifiedStatusCwt::parse(&bytes).unwrap();
    assert_eq!(read.kid(), Some(b"status-1".as_slice()));
    assert_eq!(read.certificates(), [vec![0x30; 300]]);
    let two = token(&claims(), &list(), &[vec![0x30; 300], vec![0x31; 200]]);
    assert_eq!(UnverifiedStatusCwt::parse(&two).unwrap().certificates().len(), 2);
    let token = check(&bytes).unwrap();
    assert_eq!(token.claims(), &claims());
    let status = |idx| token.status(&StatusReference { uri: URI.into(), idx }).map_err(|error| error.code());
    assert_eq!(status(0), Ok(Status::Revoked));
    assert_eq!(status(1), Ok(Status::Suspended));
    assert_eq!(status(2), Ok(Status::Valid));
    assert_eq!(status(3), Ok(Status::Superseded));
    assert_eq!(status(1000), Err("status-list-out-of-bounds"));
}

#[test]
fn every_changed_byte_is_noticed() {
    let good = token(&claims(), &list(), &[]);
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1;
        assert!(check(&bad).is_err(), "changed at {at}");
    }
    for end in 0..good.len() {
        assert!(check(&good[..end]).is_err(), "cut at {end}");
    }
}

/// CBOR written by hand, so that it may be wrong.
fn bytes(content: &[u8]) -> String {
    let length = u32::try_from(content.len()).unwrap();
    let head = match length {
        0..=23 => format!("{:02x}", 0x40 + length),
        24..=0xff => format!("58{length:02x}"),
        0x100..=0xffff => format!("59{length:04x}"),
        _ => format!("5a{length:08x}"),
    };
    head + &hex::encode(content)
}

fn text(content: &str) -> String {
    let length = content.len();
    let head = if length < 24 { format!("{:02x}", 0x60 + length) } else { format!("78{length:02x}") };
    head + &hex::encode(content.as_bytes())
}

/// A COSE_Sign1 of any headers and payload, rightly signed.
fn sign(prefix: &str, protected: &str, unprotected: &str, payload: &str) -> Vec<u8> {
    let (protected, payload) =
        (bytes(&hex::decode(protected).unwrap()), bytes(&hex::decode(payload).unwrap()));
    let input = format!("846a{}{protected}40{payload}", hex::encode(b"Signature1"));
    let signature = issuer_key().sign(&hex::decode(&input).unwrap());
    hex::decode(&format!("{prefix}84{protected}{unprotected}{payload}{}", bytes(signature.as_bytes())))
        .unwrap()
}

fn header(typ: &str) -> String {
    format!("a2012610{}", text(typ))
}

fn unsigned(value: i64) -> String {
    format!("1a{value:08x}")
}

/// The claims in the order sub, iat, exp, ttl, status_list, each as it should be unless replaced by an entry or nothing.
fn payload(replaced: usize, by: &str) -> String {
    let lst = bytes(&list().to_zlib());
    let mut entries = [
        format!("02{}", text(URI)),
        format!("06{}", unsigned(now().unix())),
        format!("04{}", unsigned(now().unix() + 1)),
        "19fffe190384".to_owned(),
        format!("19fffda2{}02{}{lst}", text("bits"), text("lst")),
    ];
    if let Some(entry) = entries.get_mut(replaced) {
        by.clone_into(entry);
    }
    // An entry that was replaced by two begins with a `+`.
    let count =
        entries.iter().map(|entry| usize::from(!entry.is_empty()) + usize::from(entry.starts_with('+')));
    format!("a{:x}{}", count.sum::<usize>(), entries.concat().replace('+', ""))
}

const NOTHING_REPLACED: usize = 9;

#[test]
fn hostile_messages() {
    let whole = payload(NOTHING_REPLACED, "");
    let (good, typ) = (header(TYP_CWT), text(TYP_CWT));
    assert!(check(&sign("d2", &good, "a0", &whole)).is_ok());
    assert!(check(&sign("d83dd2", &good, "a0", &whole)).is_ok(), "the tag of a CWT before it");
    let kid = "a10442".to_owned() + "3132";
    let cases = [
        ("no tag", "", good.clone(), "a0", "cwt-untagged"),
        ("tag of a CWT alone", "d83d", good.clone(), "a0", "cwt-untagged"),
        ("tag of a MAC", "d1", good.clone(), "a0", "cwt-wrong-tag"),
        ("tag twice", "d2d2", good.clone(), "a0", "cwt-malformed"),
        ("tag of a CWT twice", "d83dd83dd2", good.clone(), "a0", "cwt-wrong-tag"),
        ("no alg", "d2", format!("a110{typ}"), "a0", "cwt-algorithm"),
        ("ES384", "d2", format!("a201382210{typ}"), "a0", "cwt-algorithm"),
        ("HS256", "d2", format!("a2010510{typ}"), "a0", "cwt-algorithm"),
        ("alg as text", "d2", format!("a201{}10{typ}", text("ES256")), "a0", "cwt-algorithm"),
        ("empty header", "d2", "a0".into(), "a0", "cwt-algorithm"),
        ("alg unprotected", "d2", format!("a110{typ}"), "a10126", "cwt-algorithm-unprotected"),
        ("alg in both", "d2", good.clone(), "a10126", "cwt-algorithm-unprotected"),
        ("crit", "d2", format!("a30126028118{:02x}10{typ}", 33), "a0", "cwt-critical"),
        ("crit unprotected", "d2", good.clone(), "a1028101", "cwt-critical"),
        ("kid in both", "d2", format!("a301260442313210{typ}"), kid.as_str(), "cwt-header-repeated"),
        ("kid a text", "d2", good.clone(), "a104623132", "cwt-header-member"),
        ("x5chain a text", "d2", good.clone(), "a11821623132", "cwt-header-member"),
        ("x5chain of one in an array", "d2", good.clone(), "a118218142ffff", "cwt-header-member"),
        ("x5chain empty", "d2", good.clone(), "a1182140", "cwt-header-member"),
        ("alg twice", "d2", format!("a30126012610{typ}"), "a0", "cbor-duplicate-key"),
        ("open header", "d2", format!("bf012610{typ}ff"), "a0", "cbor-indefinite"),
        ("header with something behind", "d2", format!("{good}00"), "a0", "cbor-trailing"),
        ("open unprotected header", "d2", good.clone(), "bfff", "cbor-indefinite"),
        ("unprotected header no map", "d2", good.clone(), "80", "cwt-malformed"),
        ("no typ", "d2", "a10126".into(), "a0", "status-token-header-type"),
        ("typ of the JWT", "d2", header("application/statuslist+jwt"), "a0", "status-token-header-type"),
        ("typ unprotected", "d2", "a10126".into(), "a11060", "status-token-header-type"),
        ("typ a number", "d2", "a20126101840".into(), "a0", "status-token-header-type"),
    ];
    for (name, prefix, protected, unprotected, code) in cases {
        assert_eq!(check(&sign(prefix, &protected, unprotected, &whole)).err(), Some(code), "{name}");
    }
    let good = sign("d2", &good, "a0", &whole);
    assert_eq!(check(&[good.as_slice(), &[0]].concat()).err(), Some("cbor-trailing"));
    assert_eq!(check(&vec![0x40; (2 << 20) + 1]).err(), Some("cwt-too-long"));
    assert_eq!(check(&hex::decode("d280").unwrap()).err(), Some("cwt-malformed"));
    assert_eq!(check(&hex::decode("d240").unwrap()).err(), Some("cwt-malformed"));
    let detached = format!("d284{}a0f6{}", bytes(&hex::decode(&header(TYP_CWT)).unwrap()), bytes(&[1; 64]));
    assert_eq!(check(&hex::decode(&detached).unwrap()).err(), Some("cwt-malformed"), "payload elsewhere");
    let short = detached.replace("a0f65840", "a041a0583f").replace(&"01".repeat(64), &"01".repeat(63));
    let size = UnverifiedStatusCwt::parse(&hex::decode(&short).unwrap()).unwrap_err();
    assert!(matches!(size, StatusTokenError::Cwt(CwtError::Signature(_))), "{size:?}");
    let other = PreparedStatusCwt::new("status-1", &[], &claims(), &list());
    let signature = holder_key().sign(other.to_be_signed());
    assert_eq!(check(&other.attach(signature)).err(), Some("status-token-signature"));
}

/// More than the limit in a few hundred bytes.
fn bomb() -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&vec![0; MAX_BYTES + 1]).unwrap();
    packer.finish().unwrap()
}

#[test]
fn hostile_claims() {
    let (bits, lst) = (text("bits"), text("lst"));
    let zlib = list().to_zlib();
    let with = |bits_value: &str, content: &str| format!("19fffda2{bits}{bits_value}{lst}{content}");
    let behind = [zlib.as_slice(), &[0]].concat();
    let cases = [
        ("no subject", 0, String::new(), "status-token-subject"),
        ("another list", 0, format!("02{}", text(&format!("{URI}2"))), "status-token-subject"),
        ("subject as bytes", 0, format!("02{}", bytes(URI.as_bytes())), "status-token-subject"),
        ("no iat", 1, String::new(), "status-token-malformed"),
        ("iat ahead", 1, format!("06{}", unsigned(now().unix() + 61)), "status-token-in-future"),
        ("iat a float", 1, "06fb41d954fc40000000".into(), "status-token-malformed"),
        ("iat tagged", 1, format!("06c1{}", unsigned(now().unix())), "status-token-malformed"),
        ("iat before 1970", 1, "0620".into(), "status-token-malformed"),
        ("iat beyond time", 1, "061bffffffffffffffff".into(), "status-token-malformed"),
        ("iat twice", 1, format!("+06{0}06{0}", unsigned(now().unix())), "cbor-duplicate-key"),
        ("expired", 2, format!("04{}", unsigned(now().unix())), "status-token-expired"),
        ("ttl zero", 3, "19fffe00".into(), "status-token-malformed"),
        ("ttl negative", 3, "19fffe20".into(), "status-token-malformed"),
        ("ttl a text", 3, format!("19fffe{}", text("900")), "status-token-malformed"),
        ("no list", 4, String::new(), "status-token-malformed"),
        ("list no map", 4, "19fffd80".into(), "status-token-malformed"),
        ("3 bits", 4, with("03", &bytes(&zlib)), "status-token-bits"),
        ("0 bits", 4, with("00", &bytes(&zlib)), "status-token-bits"),
        ("-2 bits", 4, with("21", &bytes(&zlib)), "status-token-bits"),
        ("lst as text", 4, with("02", &text(&list().encode())), "status-token-malformed"),
        ("lst open", 4, with("02", &format!("5f{}ff", bytes(&zlib))), "cbor-indefinite"),
        ("lst not zlib", 4, with("02", &bytes(&[0; 3])), "status-list-malformed"),
        ("lst empty", 4, with("02", "40"), "status-list-malformed"),
        ("lst cut", 4, with("02", &bytes(&zlib[..zlib.len() - 3])), "status-list-malformed"),
        ("lst with something behind", 4, with("02", &bytes(&behind)), "status-list-malformed"),
        ("lst a bomb", 4, with("02", &bytes(&bomb())), "status-list-too-large"),
    ];
    for (name, replaced, by, code) in cases {
        let message = sign("d2", &header(TYP_CWT), "a0", &payload(replaced, &by));
        assert_eq!(check(&message).err(), Some(code), "{name}");
    }
    for (name, payload, code) in [
        ("no CBOR", String::new(), "cbor-truncated"),
        ("no map", "80".to_owned(), "status-token-subject"),
        ("open map", format!("bf{}ff", &payload(NOTHING_REPLACED, "")[2..]), "cbor-indefinite"),
        ("something behind", payload(NOTHING_REPLACED, "") + "00", "cbor-trailing"),
    ] {
        assert_eq!(check(&sign("d2", &header(TYP_CWT), "a0", &payload)).err(), Some(code), "{name}");
    }
}

proptest! {
    #[test]
    fn what_is_signed_is_read(
        values in prop::collection::vec(0_u8..4, 1..300),
        uri in "https://[a-z]{1,20}/status/[0-9]{1,3}",
        issued_at in 0_i64..4_000_000_000,
        life in prop::option::of(1_i64..1_000_000),
        ttl in prop::option::of(1_i64..100_000),
    ) {
        let mut list = StatusList::new(Bits::Two, values.len() as u64).unwrap();
        for (idx, value) in values.iter().enumerate() {
            list.set(idx as u64, *value).unwrap();
        }
        let issued_at = Timestamp::from_unix(issued_at);
        let claims = StatusClaims {
            uri: uri.clone(),
            issued_at,
            expires_at: life.map(|life| issued_at.plus(Seconds(life))),
            ttl: ttl.map(Seconds),
        };
        let read = UnverifiedStatusCwt::parse(&token(&claims, &list, &[])).unwrap();
        let read = read.verify(issuer_key().public_key(), &uri, issued_at, Seconds(0)).unwrap();
        prop_assert_eq!(read.claims(), &claims);
        for (idx, value) in values.iter().enumerate() {
            let reference = StatusReference { uri: uri.clone(), idx: idx as u64 };
            prop_assert_eq!(read.status(&reference).unwrap().value(), Some(*value));
        }
    }

    #[test]
    fn no_bytes_make_the_reader_stumble(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = UnverifiedStatusCwt::parse(&bytes);
    }
}
