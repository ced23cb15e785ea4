//! The catalogue of hostile cards: each has a name and its own code, and stands beside the same card
//! without the change, which is accepted.

use absah_types::base64url;
use serde_json::{Value, json};

use super::forge::{Forge, digest, disclosure, named};
use super::*;

type Change = fn(&mut Forge);

/// Changes that hold in both formats.
const BOTH: &[(&str, Change, &str)] = &[
    ("signed by somebody else", |f| f.signer = PrivateKey::generate(&mut Seeded(66)), "sd-jwt-signature"),
    ("another typ", |f| f.header["typ"] = "JWT".into(), "credential-header-type"),
    ("no typ", |f| drop(f.header.as_object_mut().unwrap().remove("typ")), "credential-header-type"),
    ("a key binding as card", |f| f.header["typ"] = "kb+jwt".into(), "credential-header-type"),
    ("alg none", |f| f.header["alg"] = "none".into(), "jws-algorithm"),
    ("alg HS256", |f| f.header["alg"] = "HS256".into(), "jws-algorithm"),
    ("critical extension", |f| f.header["crit"] = json!(["b64"]), "jws-critical"),
    (
        "kid of somebody else",
        |f| f.header["kid"] = "did:web:evil.example#key-1".into(),
        "credential-issuer-mismatch",
    ),
    (
        "a member twice",
        |f| {
            let text = f.payload.to_string();
            f.raw_payload = Some(format!("{{\"exp\":1,{}", &text[1..]));
        },
        "sd-jwt-duplicate-member",
    ),
    (
        "a member twice inside",
        |f| f.raw_payload = Some(f.payload.to_string().replace("\"idx\"", "\"idx\":9,\"idx\"")),
        "sd-jwt-duplicate-member",
    ),
    ("payload not an object", |f| f.raw_payload = Some("[]".into()), "sd-jwt-payload-malformed"),
    ("payload not JSON", |f| f.raw_payload = Some("{".into()), "sd-jwt-payload-malformed"),
    ("digest algorithm unknown", |f| f.payload["_sd_alg"] = "sha-512".into(), "sd-jwt-digest-algorithm"),
    ("digest algorithm not a text", |f| f.payload["_sd_alg"] = 256.into(), "sd-jwt-digest-algorithm"),
    (
        "digest algorithm inside",
        |f| f.facts()["dalam"] = json!({"_sd_alg": "sha-256"}),
        "sd-jwt-reserved-name",
    ),
    ("digests not an array", |f| f.facts()["dalam"] = json!({"_sd": "x"}), "sd-jwt-digests-malformed"),
    ("digest not a text", |f| f.digests().push(5.into()), "sd-jwt-digests-malformed"),
    ("placeholder not a text", |f| f.facts()["daftar"] = json!([{"...": 5}]), "sd-jwt-digests-malformed"),
    (
        "placeholder not alone",
        |f| f.facts()["daftar"] = json!([{"...": digest("x"), "y": 1}]),
        "sd-jwt-digests-malformed",
    ),
    ("dots in an object", |f| f.facts()["..."] = digest("x").into(), "sd-jwt-reserved-name"),
    (
        "the same digest twice in one array",
        |f| {
            let first = f.digests()[0].clone();
            f.digests().push(first);
        },
        "sd-jwt-digest-repeated",
    ),
    (
        "the same digest on two levels",
        |f| {
            let first = f.digests()[0].clone();
            f.facts()["dalam"] = json!({"_sd": [first]});
        },
        "sd-jwt-digest-repeated",
    ),
    ("the same hidden digest twice", |f| f.digests().push(digest("hidden").into()), "sd-jwt-digest-repeated"),
    (
        "a digest again inside a disclosure",
        |f| {
            let first = f.digests()[0].clone();
            f.disclose(named("dalam", json!({"_sd": [first]})));
        },
        "sd-jwt-digest-repeated",
    ),
    (
        "too many digests",
        |f| {
            let many = (0..2000).map(|n| digest(&n.to_string()).into());
            f.digests().extend(many);
        },
        "sd-jwt-too-many-digests",
    ),
    (
        "a disclosure that nobody signed",
        |f| f.disclosures.push(named("nik", "3577")),
        "sd-jwt-disclosure-unreferenced",
    ),
    (
        "a disclosure changed",
        |f| f.disclosures[0] = named("nama", "SITI AMINAN"),
        "sd-jwt-disclosure-unreferenced",
    ),
    (
        "a part without what contains it",
        |f| {
            let inner = named("kota", "MADIUN");
            f.digests().push(digest(&named("alamat", json!({"_sd": [digest(&inner)]}))).into());
            f.disclosures.push(inner);
        },
        "sd-jwt-disclosure-unreferenced",
    ),
    (
        "a disclosure sent twice",
        |f| f.disclosures.push(f.disclosures[0].clone()),
        "sd-jwt-disclosure-repeated",
    ),
    (
        "a name that is there",
        |f| {
            f.facts()["pekerjaan"] = "BIDAN".into();
            f.disclose(named("pekerjaan", "DOKTER"));
        },
        "sd-jwt-name-collision",
    ),
    ("a name disclosed twice", |f| f.disclose(named("nama", "BUDI")), "sd-jwt-name-collision"),
    ("a disclosure named _sd", |f| f.disclose(named("_sd", json!([]))), "sd-jwt-reserved-name"),
    ("a disclosure named _sd_alg", |f| f.disclose(named("_sd_alg", "md5")), "sd-jwt-reserved-name"),
    ("a disclosure named ...", |f| f.disclose(named("...", "x")), "sd-jwt-reserved-name"),
    ("an element as a member", |f| f.disclose(disclosure(&json!(["salt", "x"]))), "sd-jwt-disclosure-kind"),
    (
        "a member as an element",
        |f| {
            let member = named("nik", "3577");
            f.facts()["daftar"] = json!([{"...": digest(&member)}]);
            f.disclosures.push(member);
        },
        "sd-jwt-disclosure-kind",
    ),
    ("a disclosure of one part", |f| f.disclose(disclosure(&json!(["salt"]))), "sd-jwt-disclosure-malformed"),
    (
        "a disclosure of four parts",
        |f| f.disclose(disclosure(&json!(["salt", "a", 1, 2]))),
        "sd-jwt-disclosure-malformed",
    ),
    (
        "a salt that is a number",
        |f| f.disclose(disclosure(&json!([1, "a", 1]))),
        "sd-jwt-disclosure-malformed",
    ),
    (
        "a name that is a number",
        |f| f.disclose(disclosure(&json!(["salt", 7, 1]))),
        "sd-jwt-disclosure-malformed",
    ),
    (
        "a disclosure that is an object",
        |f| f.disclose(disclosure(&json!({"a": 1}))),
        "sd-jwt-disclosure-malformed",
    ),
    (
        "a disclosure that is no JSON",
        |f| f.disclose(base64url::encode("[\"salt\",")),
        "sd-jwt-disclosure-malformed",
    ),
    ("a disclosure that is no base64url", |f| f.disclose("WyJ=".into()), "sd-jwt-disclosure-malformed"),
    ("an empty disclosure", |f| f.disclose(String::new()), "sd-jwt-disclosure-malformed"),
    (
        "a disclosure with a member twice",
        |f| f.disclose(base64url::encode(r#"["s","a",{"b":1,"b":2}]"#)),
        "sd-jwt-disclosure-duplicate-member",
    ),
    (
        "a disclosure too long",
        |f| f.disclose(named("nama2", "x".repeat(13_000))),
        "sd-jwt-disclosure-too-long",
    ),
    (
        "too many disclosures",
        |f| {
            for n in 0..520 {
                f.disclose(named(&n.to_string(), 1));
            }
        },
        "sd-jwt-too-many-disclosures",
    ),
    (
        "too deep",
        |f| {
            let deep = (0..20).fold(json!(1), |inner, _| json!([inner]));
            f.facts()["dalam"] = deep;
        },
        "sd-jwt-too-deep",
    ),
    (
        "too deep by disclosures",
        |f| {
            let mut inner = named("x", 1);
            for _ in 0..20 {
                let outer = named("x", json!({"_sd": [digest(&inner)]}));
                f.disclosures.push(inner);
                inner = outer;
            }
            f.disclose(inner);
        },
        "sd-jwt-too-deep",
    ),
    ("status without a list", |f| f.payload["status"] = json!({"other": 1}), "credential-status-malformed"),
    (
        "status index negative",
        |f| f.payload["status"]["status_list"]["idx"] = (-1).into(),
        "credential-status-malformed",
    ),
    (
        "status without uri",
        |f| f.payload["status"]["status_list"]["uri"] = Value::Null,
        "credential-status-malformed",
    ),
    ("issued tomorrow", |f| f.payload["iat"] = (now().unix() + 86_400).into(), "credential-issued-in-future"),
    ("issued at half past a text", |f| f.payload["iat"] = "now".into(), "credential-time-malformed"),
    ("issued at no number", |f| f.payload["iat"] = true.into(), "credential-time-malformed"),
    ("no holder key", |f| f.payload["cnf"] = json!({}), "key-binding-no-holder-key"),
    (
        "a holder key beside the curve",
        |f| f.payload["cnf"]["jwk"]["x"] = base64url::encode([7; 32]).into(),
        "sd-jwt-holder-key-malformed",
    ),
    (
        "a private holder key",
        |f| f.payload["cnf"]["jwk"]["d"] = base64url::encode([7; 32]).into(),
        "sd-jwt-holder-key-malformed",
    ),
    ("no key binding", |f| f.binding = None, "key-binding-missing"),
    ("bound by another key", |f| f.holder = PrivateKey::generate(&mut Seeded(66)), "key-binding-signature"),
    ("bound by the issuer", |f| f.holder = issuer_key(), "key-binding-signature"),
    ("binding alg none", |f| f.binding_header["alg"] = "none".into(), "jws-algorithm"),
    ("binding of another type", |f| f.binding_header["typ"] = "JWT".into(), "key-binding-type"),
    ("binding without type", |f| f.binding_header = json!({"alg": "ES256"}), "key-binding-type"),
    ("another nonce", |f| f.binding.as_mut().unwrap()["nonce"] = "other".into(), "key-binding-nonce"),
    ("another audience", |f| f.binding.as_mut().unwrap()["aud"] = "other".into(), "key-binding-audience"),
    ("audiences", |f| f.binding.as_mut().unwrap()["aud"] = json!([AUD]), "key-binding-malformed"),
    (
        "binding without iat",
        |f| drop(f.binding.as_mut().unwrap().as_object_mut().unwrap().remove("iat")),
        "key-binding-malformed",
    ),
    (
        "binding without nonce",
        |f| drop(f.binding.as_mut().unwrap().as_object_mut().unwrap().remove("nonce")),
        "key-binding-malformed",
    ),
    (
        "binding of other disclosures",
        |f| f.binding.as_mut().unwrap()["sd_hash"] = digest("other").into(),
        "key-binding-hash",
    ),
    (
        "binding too old",
        |f| f.binding.as_mut().unwrap()["iat"] = (now().unix() - 601).into(),
        "key-binding-too-old",
    ),
    (
        "binding from the future",
        |f| f.binding.as_mut().unwrap()["iat"] = (now().unix() + 601).into(),
        "key-binding-in-future",
    ),
    ("binding expired", |f| f.binding.as_mut().unwrap()["exp"] = now().unix().into(), "key-binding-too-old"),
    (
        "binding not before later",
        |f| f.binding.as_mut().unwrap()["nbf"] = (now().unix() + 601).into(),
        "key-binding-in-future",
    ),
];

const DC: &[(&str, Change, &str)] = &[
    (
        "vc members in dc",
        |f| f.payload["@context"] = json!(["https://www.w3.org/ns/credentials/v2"]),
        "credential-type-confusion",
    ),
    ("a subject in dc", |f| f.payload["credentialSubject"] = json!({}), "credential-type-confusion"),
    ("signed as vc", |f| f.header["typ"] = "vc+sd-jwt".into(), "credential-type-confusion"),
    ("no vct", |f| drop(f.payload.as_object_mut().unwrap().remove("vct")), "credential-type-missing"),
    ("vct not a text", |f| f.payload["vct"] = json!(["x"]), "credential-type-missing"),
    ("no iss", |f| drop(f.payload.as_object_mut().unwrap().remove("iss")), "credential-issuer-missing"),
    (
        "iss of somebody else",
        |f| f.payload["iss"] = "https://evil.example".into(),
        "credential-issuer-mismatch",
    ),
    (
        "iss of somebody else and no kid",
        |f| {
            f.payload["iss"] = "https://evil.example".into();
            f.header.as_object_mut().unwrap().remove("kid");
        },
        "credential-signer-unknown",
    ),
    (
        "iss at the same host on another path",
        |f| f.payload["iss"] = "https://absah.madiunkota.go.id/other".into(),
        "credential-issuer-mismatch",
    ),
    ("expired", |f| f.payload["exp"] = now().unix().into(), "credential-expired"),
    ("not yet valid", |f| f.payload["nbf"] = (now().unix() + 61).into(), "credential-not-yet-valid"),
    (
        "ends before it begins",
        |f| f.payload["nbf"] = 1_797_897_600_i64.into(),
        "credential-validity-conflict",
    ),
    ("no end", |f| drop(f.payload.as_object_mut().unwrap().remove("exp")), "credential-validity-missing"),
    (
        "status disclosed",
        |f| {
            f.payload.as_object_mut().unwrap().remove("status");
            f.disclose(named(
                "status",
                json!({"status_list": {"idx": 6, "uri": "https://absah.madiunkota.go.id/status/1"}}),
            ));
        },
        "sd-jwt-not-disclosable",
    ),
    (
        "holder key disclosed",
        |f| {
            let cnf = f.payload.as_object_mut().unwrap().remove("cnf").unwrap();
            f.disclose(named("cnf", cnf));
        },
        "sd-jwt-not-disclosable",
    ),
    (
        "begin disclosed",
        |f| {
            f.payload.as_object_mut().unwrap().remove("nbf");
            f.disclose(named("nbf", 1));
        },
        "sd-jwt-not-disclosable",
    ),
];

const VC: &[(&str, Change, &str)] = &[
    (
        "vct in vc",
        |f| f.payload["vct"] = "https://absah.madiunkota.go.id/vct/ktp-elektronik/1".into(),
        "credential-type-confusion",
    ),
    ("claim vc", |f| f.payload["vc"] = json!({}), "credential-type-confusion"),
    ("claim vp", |f| f.payload["vp"] = json!({}), "credential-type-confusion"),
    ("signed as dc", |f| f.header["typ"] = "dc+sd-jwt".into(), "credential-type-confusion"),
    (
        "another first context",
        |f| f.payload["@context"] = json!(["https://evil.example", "https://www.w3.org/ns/credentials/v2"]),
        "credential-context",
    ),
    (
        "context not an array",
        |f| f.payload["@context"] = "https://www.w3.org/ns/credentials/v2".into(),
        "credential-context",
    ),
    (
        "not a VerifiableCredential",
        |f| f.payload["type"] = json!(["KtpElektronik"]),
        "credential-type-missing",
    ),
    (
        "type with a number",
        |f| f.payload["type"] = json!(["VerifiableCredential", 1]),
        "credential-type-missing",
    ),
    ("no issuer", |f| drop(f.payload.as_object_mut().unwrap().remove("issuer")), "credential-issuer-missing"),
    (
        "issuer of somebody else",
        |f| f.payload["issuer"] = "did:web:evil.example".into(),
        "credential-issuer-mismatch",
    ),
    (
        "iss of somebody else",
        |f| f.payload["iss"] = "did:web:evil.example".into(),
        "credential-issuer-mismatch",
    ),
    ("kid without its DID", |f| f.header["kid"] = "key-1".into(), "credential-issuer-mismatch"),
    (
        "somebody else altogether",
        |f| {
            f.payload["issuer"] = "did:web:evil.example".into();
            f.header["kid"] = "did:web:evil.example#key-1".into();
        },
        "credential-signer-unknown",
    ),
    (
        "expired",
        |f| {
            f.payload["validUntil"] = now().to_string().into();
            f.payload["exp"] = now().unix().into();
        },
        "credential-expired",
    ),
    ("not yet valid", |f| f.payload["validFrom"] = "2026-11-23T00:00:00Z".into(), "credential-not-yet-valid"),
    ("two ends", |f| f.payload["exp"] = 1_797_984_000_i64.into(), "credential-validity-conflict"),
    ("two beginnings", |f| f.payload["nbf"] = 1.into(), "credential-validity-conflict"),
    (
        "ends before it begins",
        |f| f.payload["validFrom"] = "2027-01-01T00:00:00Z".into(),
        "credential-validity-conflict",
    ),
    (
        "an end without zone",
        |f| f.payload["validUntil"] = "2026-12-22T00:00:00".into(),
        "credential-time-malformed",
    ),
    (
        "an end as a number",
        |f| f.payload["validUntil"] = 1_797_897_600_i64.into(),
        "credential-time-malformed",
    ),
    (
        "no end",
        |f| {
            f.payload.as_object_mut().unwrap().remove("validUntil");
            f.payload.as_object_mut().unwrap().remove("exp");
        },
        "credential-validity-missing",
    ),
    (
        "an issuer disclosed",
        |f| {
            let other = named("iss", "did:web:absah.madiunkota.go.id");
            f.payload["_sd"] = json!([digest(&other)]);
            f.disclosures.push(other);
        },
        "sd-jwt-not-disclosable",
    ),
    (
        "two subjects",
        |f| {
            let one = f.payload["credentialSubject"].clone();
            f.payload["credentialSubject"] = json!([one, {"nama": "BUDI"}]);
        },
        "credential-subject-malformed",
    ),
];

#[test]
fn every_hostile_card_is_refused_with_its_own_code() {
    for format in Format::ALL {
        assert!(outcome(&Forge::new(format).text(), &expected()).is_ok(), "the valid neighbour");
        let own = if format == Format::DcSdJwt { DC } else { VC };
        for (name, change, code) in BOTH.iter().chain(own) {
            let mut forge = Forge::new(format);
            change(&mut forge);
            let got = outcome(&forge.text(), &expected()).err();
            assert_eq!(got, Some(*code), "{}: {name}", format.name());
        }
    }
}

#[test]
fn unusual_cards_that_the_specifications_allow_are_accepted() {
    let accepted: &[(&str, Format, Change)] = &[
        ("no digest algorithm", Format::DcSdJwt, |f| {
            drop(f.payload.as_object_mut().unwrap().remove("_sd_alg"))
        }),
        ("empty digests", Format::DcSdJwt, |f| f.payload["dalam"] = json!({"_sd": []})),
        ("a null value", Format::DcSdJwt, |f| f.disclose(named("gelar", Value::Null))),
        ("blanks in a disclosure", Format::DcSdJwt, |f| {
            f.disclose(base64url::encode("[ \"s\",\n\"a\", 1 ]"))
        }),
        ("no kid", Format::VcSdJwt, |f| drop(f.header.as_object_mut().unwrap().remove("kid"))),
        ("issuer as an object", Format::VcSdJwt, |f| {
            f.payload["issuer"] = json!({"id": "did:web:absah.madiunkota.go.id", "name": "Dukcapil"});
        }),
        ("media type in full", Format::VcSdJwt, |f| f.header["typ"] = "application/vc+sd-jwt".into()),
        ("no status", Format::DcSdJwt, |f| drop(f.payload.as_object_mut().unwrap().remove("status"))),
        ("no beginning", Format::DcSdJwt, |f| drop(f.payload.as_object_mut().unwrap().remove("nbf"))),
        ("recursion", Format::DcSdJwt, |f| {
            let inner = named("kota", "MADIUN");
            f.disclosures.push(inner.clone());
            f.disclose(named("alamat", json!({"_sd": [digest(&inner)]})));
        }),
        ("bound at the edge", Format::DcSdJwt, |f| {
            f.binding.as_mut().unwrap()["iat"] = (now().unix() - 600).into()
        }),
    ];
    for (name, format, change) in accepted {
        let mut forge = Forge::new(*format);
        change(&mut forge);
        assert_eq!(outcome(&forge.text(), &expected()).err(), None, "{name}");
    }
}

#[test]
fn texts_that_are_no_sd_jwt() {
    let valid = Forge::new(Format::DcSdJwt).text();
    let jwt = valid.split('~').next().unwrap();
    for (name, text, code) in [
        ("empty", String::new(), "sd-jwt-no-tilde"),
        ("a plain JWT", jwt.to_owned(), "sd-jwt-no-tilde"),
        ("only a tilde", "~".to_owned(), "jws-not-compact"),
        ("two parts", "a.b~".to_owned(), "jws-not-compact"),
        ("no base64url", "a+.b.c~".to_owned(), "jws-encoding"),
        ("two tildes", format!("{jwt}~~"), "sd-jwt-disclosure-malformed"),
        ("a key binding that is none", format!("{jwt}~x"), "jws-not-compact"),
        ("too long", format!("{jwt}~{}", "x".repeat(200_000)), "sd-jwt-too-long"),
    ] {
        assert_eq!(Unverified::parse(&text).map_err(|error| error.code()).err(), Some(code), "{name}");
    }
    assert!(Unverified::parse(&format!("{jwt}~")).is_ok());
}

#[test]
fn an_issued_card_must_not_carry_a_key_binding() {
    let expected = Expectation { key_binding: KeyBindingPolicy::Forbidden, ..expected() };
    let mut forge = Forge::new(Format::DcSdJwt);
    assert_eq!(outcome(&forge.text(), &expected).err(), Some("key-binding-unexpected"));
    let unverified = Unverified::parse(&forge.text()).unwrap();
    assert_eq!(Held::dangerous_reopen(unverified).unwrap_err().code(), "key-binding-unexpected");
    forge.binding = None;
    assert!(outcome(&forge.text(), &expected).is_ok());
}

#[test]
fn a_binding_of_one_selection_fits_no_other() {
    let text = issue(&ktp().groups(Format::DcSdJwt, now().date()), 5);
    let (one, two) = (present(&text, &[ClaimPath::key("nama")]), present(&text, &[ClaimPath::key("nik")]));
    let binding =
        |text: &str| text.rsplit_once('~').map(|(left, right)| (left.to_owned(), right.to_owned())).unwrap();
    let mixed = format!("{}~{}", binding(&one).0, binding(&two).1);
    assert_eq!(outcome(&mixed, &expected()).err(), Some("key-binding-hash"));
}

#[test]
fn a_change_of_any_byte_is_refused() {
    for format in Format::ALL {
        let text = issue(&ktp().groups(format, now().date()), 5);
        let answer = present(&text, &[format.from_root(&ClaimPath::key("nama"))]);
        assert!(outcome(&answer, &expected()).is_ok());
        for at in 0..answer.len() {
            for other in *b"A~" {
                let mut bytes = answer.clone().into_bytes();
                if bytes[at] == other {
                    continue;
                }
                bytes[at] = other;
                let changed = String::from_utf8(bytes).unwrap();
                assert!(outcome(&changed, &expected()).is_err(), "{} at {at}", format.name());
            }
            let shorter = format!("{}{}", &answer[..at], &answer[at + 1..]);
            assert!(outcome(&shorter, &expected()).is_err(), "{} without {at}", format.name());
        }
    }
}

/// The digest of the type metadata is the issuer's word, no claim about a person; one that is no text is never met.
#[test]
fn what_the_type_metadata_must_be_is_read_beside_the_claims() {
    let integrity = |change: Change| {
        let mut forge = Forge::new(Format::DcSdJwt);
        change(&mut forge);
        let verified = outcome(&forge.text(), &expected()).unwrap();
        assert!(!verified.claims().contains_key("vct#integrity"));
        verified.type_integrity().map(str::to_owned)
    };
    assert_eq!(integrity(|_| {}), None);
    assert_eq!(integrity(|f| f.payload["vct#integrity"] = "sha256-x".into()).as_deref(), Some("sha256-x"));
    assert_eq!(integrity(|f| f.payload["vct#integrity"] = json!(["sha256-x"])).as_deref(), Some(""));
}
