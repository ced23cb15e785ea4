use super::*;
use crate::testing::{Scripted, Seeded};
use absah_types::{Coded as _, hex};
use proptest::prelude::*;

/// RFC 6979, appendix A.2.5: key, and the signature of "sample" with SHA-256.
const RFC_6979_SCALAR: &str = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
const RFC_6979_R: &str = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716";
const RFC_6979_S: &str = "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";
/// The order of P-256 (SEC 2, section 2.4.2).
const ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
/// The prime of P-256.
const PRIME: &str = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";

fn bytes<const N: usize>(text: &str) -> [u8; N] {
    hex::decode_array(text).unwrap()
}

fn key() -> PrivateKey {
    PrivateKey::from_bytes(&Secret::new(bytes(RFC_6979_SCALAR))).unwrap()
}

fn signature(r: &str, s: &str) -> Signature {
    Signature::from_bytes(bytes(&format!("{r}{s}")))
}

#[test]
fn the_signature_of_rfc_6979_verifies() {
    let key = key();
    assert_eq!(key.public_key().verify(b"sample", &signature(RFC_6979_R, RFC_6979_S)), Ok(()));
    #[cfg(not(feature = "aws-lc"))]
    assert_eq!(key.sign(b"sample"), signature(RFC_6979_R, RFC_6979_S));
}

/// The key of RFC 9449 (DPoP), section 4.1, and its thumbprint from section 6.1.
#[test]
fn thumbprint_of_rfc_9449() {
    let jwk: Jwk = json::from_slice(
        br#"{"kty":"EC","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
             "y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA","crv":"P-256"}"#,
    )
    .unwrap();
    let key = PublicKey::from_jwk(&jwk).unwrap();
    assert_eq!(base64url::encode(key.thumbprint()), "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
}

/// RFC 7638, section 3.1, hashes its RSA key over members in lexicographic order; the same text for ours.
#[test]
fn thumbprint_hashes_the_required_members_in_order() {
    let key = key();
    let jwk = key.public_key().to_jwk().with_kid("ignored").with_alg("ES256").with_use("sig");
    let (x, y) = key.public_key().coordinates();
    let (x, y) = (base64url::encode(x), base64url::encode(y));
    let text = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    assert_eq!(jwk.thumbprint(), sha256(text.as_bytes()));
}

#[test]
fn hostile_points_are_refused() {
    let good = *key().public_key().to_sec1();
    let with = |at: usize, text: &str| {
        let mut point = good;
        point[at..at + text.len() / 2].copy_from_slice(&hex::decode(text).unwrap());
        point.to_vec()
    };
    let compressed = [&[2 + (good[64] & 1)], &good[1..33]].concat();
    let hybrid = with(0, if good[64] & 1 == 0 { "06" } else { "07" });
    let mut off_curve = good.to_vec();
    off_curve[64] ^= 1;
    let zero = [&[4u8][..], &[0; 64]].concat();
    let one_on = [&good[..], &[0]].concat();
    let cases: [(&str, Vec<u8>, &str); 12] = [
        ("empty", vec![], "key-malformed"),
        ("infinity", vec![0], "key-malformed"),
        ("compressed", compressed, "key-malformed"),
        ("hybrid", hybrid, "key-malformed"),
        ("one byte short", good[..64].to_vec(), "key-malformed"),
        ("one byte long", one_on, "key-malformed"),
        ("unknown form", with(0, "05"), "key-malformed"),
        ("off the curve", off_curve, "key-not-on-curve"),
        ("zero coordinates", zero, "key-not-on-curve"),
        ("x is the prime", with(1, PRIME), "key-not-on-curve"),
        ("y is the prime", with(33, PRIME), "key-not-on-curve"),
        ("infinity in 65 bytes", vec![0; 65], "key-malformed"),
    ];
    for (name, point, code) in cases {
        assert_eq!(PublicKey::from_sec1(&point).unwrap_err().code(), code, "{name}");
    }
    assert_eq!(PublicKey::from_sec1(&good).unwrap().to_sec1(), &good);
}

/// SEC 1 numbers are reduced: the same point with `x + p` would be a second name for one key.
#[test]
fn coordinates_beyond_the_prime_are_refused() {
    // (0, sqrt(b)) is on the curve; (p, sqrt(b)) is the same point written unreduced.
    let y = "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4";
    let zero = format!("04{}{y}", "00".repeat(32));
    let unreduced = format!("04{PRIME}{y}");
    assert!(PublicKey::from_sec1(&hex::decode(&zero).unwrap()).is_ok());
    assert_eq!(PublicKey::from_sec1(&hex::decode(&unreduced).unwrap()), Err(KeyError::NotOnCurve));
}

#[test]
fn hostile_private_keys_are_refused() {
    let read =
        |text: &str| PrivateKey::from_bytes(&Secret::new(bytes(text))).map(|_| ()).map_err(|e| e.code());
    assert_eq!(read(&"00".repeat(32)), Err("key-out-of-range"));
    assert_eq!(read(ORDER), Err("key-out-of-range"));
    assert_eq!(read(&"ff".repeat(32)), Err("key-out-of-range"));
    assert_eq!(read(&ORDER.replace("2551", "2550")), Ok(()));
    assert_eq!(read(&format!("{}01", "00".repeat(31))), Ok(()));
}

#[test]
fn a_draw_outside_the_range_is_drawn_again() {
    let script = [[0u8; 32], bytes(ORDER), bytes(RFC_6979_SCALAR)].concat();
    assert_eq!(PrivateKey::generate(&mut Scripted(&script)).public_key(), key().public_key());
}

#[test]
fn hostile_signatures_are_refused() {
    let key = key();
    let zero = "00".repeat(32);
    let cases = [
        ("r zero", signature(&zero, RFC_6979_S)),
        ("s zero", signature(RFC_6979_R, &zero)),
        ("both zero", signature(&zero, &zero)),
        ("r is the order", signature(ORDER, RFC_6979_S)),
        ("s is the order", signature(RFC_6979_R, ORDER)),
        ("all ones", signature(&"ff".repeat(32), &"ff".repeat(32))),
        ("r and s exchanged", signature(RFC_6979_S, RFC_6979_R)),
    ];
    for (name, signature) in cases {
        assert_eq!(key.public_key().verify(b"sample", &signature), Err(VerifyError::Mismatch), "{name}");
    }
    let good = signature(RFC_6979_R, RFC_6979_S);
    assert_eq!(key.public_key().verify(b"sample", &good), Ok(()));
    assert_eq!(key.public_key().verify(b"sampl3", &good), Err(VerifyError::Mismatch));
    for bit in 0..512 {
        let mut changed = *good.as_bytes();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(key.public_key().verify(b"sample", &Signature::from_bytes(changed)).is_err(), "bit {bit}");
    }
    let other = PrivateKey::generate(&mut Seeded::new(1));
    assert!(other.public_key().verify(b"sample", &good).is_err());
}

/// Either of `s` and `n - s` is a signature: ES256 has no rule against it (RFC 7518, section 3.4). Nothing in
/// this project may use a signature as a name; both backends take both.
#[test]
fn the_other_s_verifies_too() {
    let mirrored = "0834e36ad29a83bf2bc9385e491d60".to_owned() + "99c8fdf9d1ed67aa7ea5f51f93782857a9";
    assert_eq!(key().public_key().verify(b"sample", &signature(RFC_6979_R, &mirrored)), Ok(()));
}

#[test]
fn hostile_der_signatures_are_refused() {
    let key = key();
    let good = signature(RFC_6979_R, RFC_6979_S).to_der();
    assert_eq!(key.public_key().verify_der(b"sample", &good), Ok(()));
    let h = |text: &str| hex::decode(text).unwrap();
    let (r, s) = (format!("00{RFC_6979_R}"), format!("00{RFC_6979_S}"));
    assert_eq!(good, h(&format!("30460221{r}0221{s}")));
    let cases = [
        ("empty", h("")),
        ("raw form", signature(RFC_6979_R, RFC_6979_S).as_bytes().to_vec()),
        ("trailing byte", [&good[..], &[0]].concat()),
        ("trailing byte inside", h(&format!("30470221{r}0221{s}00"))),
        ("third integer", h(&format!("30490221{r}0221{s}020101"))),
        ("one integer", h(&format!("30230221{r}"))),
        ("long length", h(&format!("3081460221{r}0221{s}"))),
        ("indefinite length", h(&format!("30800221{r}0221{s}0000"))),
        ("negative r", h(&format!("30450220{RFC_6979_R}0221{s}"))),
        ("padded r", h(&format!("3047022200{r}0221{s}"))),
        ("r of no digits", h(&format!("302502000221{s}"))),
        ("r of 33 digits", h(&format!("3046022101{RFC_6979_R}0221{s}"))),
        ("set instead of sequence", h(&format!("31460221{r}0221{s}"))),
        ("length beyond the end", h(&format!("30470221{r}0221{s}"))),
    ];
    for (name, der) in cases {
        assert_eq!(
            key.public_key().verify_der(b"sample", &der).unwrap_err().code(),
            "signature-not-der",
            "{name}"
        );
    }
    let zero = h(&format!("30260201000221{s}"));
    assert_eq!(key.public_key().verify_der(b"sample", &zero).unwrap_err().code(), "signature-mismatch");
}

#[test]
fn signatures_of_other_lengths_are_refused() {
    for n in [0, 63, 65, 128] {
        assert_eq!(Signature::from_slice(&vec![1; n]).unwrap_err().code(), "signature-length");
    }
    assert!(Signature::from_slice(&[1; 64]).is_ok());
}

#[test]
fn spki_and_pkcs8_are_read_in_one_form_only() {
    let key = key();
    let spki = key.public_key().to_spki_der();
    assert_eq!(PublicKey::from_spki_der(&spki).as_ref(), Ok(key.public_key()));
    // secp256k1 has another object identifier, of another length.
    let mut other_curve = spki;
    other_curve[22] ^= 1;
    assert_eq!(PublicKey::from_spki_der(&other_curve), Err(KeyError::WrongType));
    assert_eq!(PublicKey::from_spki_der(&spki[..90]), Err(KeyError::Malformed));
    assert_eq!(PublicKey::from_spki_der(&[&spki[..], &[0]].concat()), Err(KeyError::Malformed));

    let pkcs8 = key.to_pkcs8_der();
    let again = PrivateKey::from_pkcs8_der(pkcs8.expose()).unwrap();
    assert_eq!(again.public_key(), key.public_key());
    assert_eq!(PrivateKey::from_pkcs8_der(&spki).unwrap_err(), KeyError::WrongType);
    let mut foreign = pkcs8.expose().clone();
    let n = foreign.len();
    foreign[n - 65..].copy_from_slice(PrivateKey::generate(&mut Seeded::new(2)).public_key().to_sec1());
    assert_eq!(PrivateKey::from_pkcs8_der(&foreign).unwrap_err(), KeyError::Malformed);
}

#[test]
fn hostile_jwks_are_refused() {
    let good = key().public_key().to_jwk().to_json();
    let read = |text: &str| json::from_slice::<Jwk>(text.as_bytes()).map(|_| ()).map_err(|e| e.code());
    let (x, _) = key().public_key().coordinates();
    let x = base64url::encode(x);
    let cases = [
        ("private", good.replace(r#""kty""#, r#""d":"AA","kty""#), "json-shape"),
        ("private, odd type", good.replace(r#""kty""#, r#""d":{},"kty""#), "json-shape"),
        ("symmetric", good.replace(r#""kty""#, r#""k":"AA","kty""#), "json-shape"),
        ("x twice", good.replace(r#""kty""#, r#""x":"AA","kty""#), "json-duplicate-member"),
        ("other curve", good.replace("P-256", "P-384"), "json-shape"),
        ("other type", good.replace("\"EC\"", "\"RSA\""), "json-shape"),
        ("type in lower case", good.replace("\"EC\"", "\"ec\""), "json-shape"),
        ("x padded", good.replace(&x, &format!("{x}=")), "json-shape"),
        ("x short", good.replace(&x, &x[4..]), "json-shape"),
        ("x long", good.replace(&x, &format!("AAAA{x}")), "json-shape"),
        ("no y", good.replace("\"y\"", "\"z\""), "json-shape"),
        ("list", format!("[{good}]"), "json-shape"),
    ];
    for (name, text, code) in cases {
        assert_eq!(read(&text), Err(code), "{name}");
    }
    assert_eq!(read(&good), Ok(()));
    assert_eq!(read(&good.replace(r#""kty""#, r#""x-unknown":[1],"kty""#)), Ok(()));
    let okp = crate::hpke::RecipientKey::generate(&mut Seeded::new(3)).to_jwk();
    assert_eq!(PublicKey::from_jwk(&okp), Err(KeyError::WrongType));
}

#[test]
fn a_set_leaves_out_what_it_does_not_know() {
    let ours = key().public_key().to_jwk().with_kid("a").to_json();
    let text =
        format!(r#"{{"keys":[{{"kty":"RSA","n":"AQAB","e":"AQAB"}},{ours},{{"kty":"EC","crv":"P-384"}}]}}"#);
    let set: crate::JwkSet = json::from_slice(text.as_bytes()).unwrap();
    assert_eq!(set.keys.len(), 1);
    assert!(set.find("a").is_some());
    assert!(set.find("b").is_none());
}

#[test]
fn did_jwk_goes_there_and_back() {
    let key = key();
    let did = did_jwk(key.public_key());
    assert_eq!(from_did_jwk(&did).as_ref(), Ok(key.public_key()));
    for (name, did) in [
        ("other method", did.replace("did:jwk", "did:key")),
        ("fragment", format!("{did}#0")),
        ("padding", format!("{did}=")),
        ("not json", "did:jwk:AAAA".to_owned()),
        ("nothing", "did:jwk:".to_owned()),
    ] {
        assert_eq!(from_did_jwk(&did), Err(KeyError::Malformed), "{name}");
    }
}

#[test]
fn nothing_secret_is_printed() {
    let key = key();
    let text = format!("{key:?} {:?} {:?}", key.to_bytes(), key.sign(b"x"));
    assert!(!text.contains(RFC_6979_SCALAR) && !text.contains("201, 175"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_form_of_a_key_is_the_same_key(seed: u64, message: Vec<u8>) {
        let private = PrivateKey::generate(&mut Seeded::new(seed));
        let public = private.public_key();
        let jwk: Jwk = json::from_slice(public.to_jwk().with_kid("k").to_json().as_bytes()).unwrap();
        prop_assert_eq!(&PublicKey::from_jwk(&jwk).unwrap(), public);
        prop_assert_eq!(&PublicKey::from_spki_der(&public.to_spki_der()).unwrap(), public);
        prop_assert_eq!(&PublicKey::from_sec1(public.to_sec1()).unwrap(), public);
        let again = PrivateKey::from_pkcs8_der(private.to_pkcs8_der().expose()).unwrap();
        let signature = again.sign(&message);
        prop_assert_eq!(public.verify(&message, &signature), Ok(()));
        prop_assert_eq!(public.verify_der(&message, &signature.to_der()), Ok(()));
    }

    #[test]
    fn signatures_survive_der(r: [u8; 32], s: [u8; 32], zeros in 0usize..32) {
        let mut raw = [r, s].concat();
        raw[..zeros].fill(0);
        let signature = Signature::from_slice(&raw).unwrap();
        prop_assert_eq!(Signature::from_der(&signature.to_der()), Ok(signature));
    }

    #[test]
    fn one_der_text_for_one_signature(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        if let Ok(signature) = Signature::from_der(&bytes) {
            prop_assert_eq!(signature.to_der(), bytes);
        }
    }
}
