//! Cards under a seal that opens: each manipulation of an SD-JWT, its key binding, its status and its time.

use absah_credential::Format;
use absah_crypto::PrivateKey;
use absah_qr::pack;
use absah_testkit::SeededRng;
use absah_trust::sample::{City, key};
use absah_types::{Seconds, base64url};
use serde_json::{Value, json};

use crate::asked::{PAST_KEYS, REVOKED, SUPERSEDED, SUSPENDED};
use crate::card::{Card, digest, disclosure, named};
use crate::world::NOW;
use crate::{Case, Shown};

type Change = fn(&mut Card);

fn stranger() -> PrivateKey {
    PrivateKey::generate(&mut SeededRng::new(66))
}

fn hours(n: i64) -> i64 {
    NOW.unix() + n * 3_600
}

const CHANGES: &[(&str, Change, &str)] = &[
    // Who signed.
    ("signed by somebody else", |c| c.signer = stranger(), "sd-jwt-signature"),
    ("signed by the city's key for status", |c| c.signer = City::at(NOW).status_key, "sd-jwt-signature"),
    (
        "status key's name and signature",
        |c| {
            c.signer = City::at(NOW).status_key;
            c.header["kid"] = City::STATUS_KID.into();
        },
        "credential-signer-unknown",
    ),
    (
        "registrar's name and signature",
        |c| {
            c.signer = City::at(NOW).registrar_key;
            c.header["kid"] = City::REGISTRAR_KID.into();
        },
        "credential-signer-unknown",
    ),
    (
        "kid of somebody else",
        |c| c.header["kid"] = "did:web:evil.example#credential-1".into(),
        "credential-issuer-mismatch",
    ),
    ("kid of nobody", |c| c.header["kid"] = "did:web:dukcapil.example#9".into(), "credential-signer-unknown"),
    ("kid without its DID", |c| c.header["kid"] = "credential-1".into(), "credential-issuer-mismatch"),
    (
        "somebody else altogether",
        |c| {
            c.payload["issuer"] = "did:web:evil.example".into();
            c.header["kid"] = "did:web:evil.example#credential-1".into();
            c.signer = stranger();
        },
        "credential-signer-unknown",
    ),
    (
        "issuer of somebody else",
        |c| c.payload["issuer"] = "did:web:evil.example".into(),
        "credential-issuer-mismatch",
    ),
    ("no issuer", |c| c.without("issuer"), "credential-issuer-missing"),
    (
        "iss of somebody else beside issuer",
        |c| c.payload["iss"] = "did:web:evil.example".into(),
        "credential-issuer-mismatch",
    ),
    ("alg none", |c| c.header["alg"] = "none".into(), "jws-algorithm"),
    ("alg HS256 with the public key", |c| c.header["alg"] = "HS256".into(), "jws-algorithm"),
    ("alg ES384", |c| c.header["alg"] = "ES384".into(), "jws-algorithm"),
    ("critical extension", |c| c.header["crit"] = json!(["b64"]), "jws-critical"),
    ("typ JWT", |c| c.header["typ"] = "JWT".into(), "credential-header-type"),
    ("no typ", |c| drop(c.header.as_object_mut().unwrap().remove("typ")), "credential-header-type"),
    ("a key binding as card", |c| c.header["typ"] = "kb+jwt".into(), "credential-header-type"),
    ("a status token as card", |c| c.header["typ"] = "statuslist+jwt".into(), "credential-header-type"),
    ("the other format's typ", |c| c.header["typ"] = "dc+sd-jwt".into(), "credential-type-confusion"),
    // What is signed.
    (
        "a vct beside the type",
        |c| c.payload["vct"] = "https://dukcapil.example/vct".into(),
        "credential-type-confusion",
    ),
    ("a claim vc", |c| c.payload["vc"] = json!({}), "credential-type-confusion"),
    (
        "not a VerifiableCredential",
        |c| c.payload["type"] = json!(["KtpElektronik"]),
        "credential-type-missing",
    ),
    (
        "another type of card",
        |c| c.payload["type"] = json!(["VerifiableCredential", "KartuKeluarga"]),
        "response-wrong-type",
    ),
    (
        "an invented type of card",
        |c| c.payload["type"] = json!(["VerifiableCredential", "Sultan"]),
        "response-wrong-type",
    ),
    (
        "another first context",
        |c| c.payload["@context"] = json!(["https://evil.example"]),
        "credential-context",
    ),
    (
        "two subjects",
        |c| {
            let one = c.payload["credentialSubject"].clone();
            c.payload["credentialSubject"] = json!([one, {"nama": "BUDI"}]);
        },
        "credential-subject-malformed",
    ),
    ("payload a list", |c| c.raw_payload = Some("[]".into()), "sd-jwt-payload-malformed"),
    ("payload no JSON", |c| c.raw_payload = Some("{".into()), "sd-jwt-payload-malformed"),
    ("payload empty", |c| c.raw_payload = Some(String::new()), "sd-jwt-payload-malformed"),
    (
        "a member twice",
        |c| {
            let text = c.payload.to_string();
            c.raw_payload = Some(format!("{{\"exp\":1,{}", &text[1..]));
        },
        "sd-jwt-duplicate-member",
    ),
    (
        "a member twice inside",
        |c| {
            c.raw_payload = Some(c.payload.to_string().replace("\"idx\"", "\"idx\":9,\"idx\""));
        },
        "sd-jwt-duplicate-member",
    ),
    (
        "a number beyond any",
        |c| {
            c.raw_payload = Some(format!("{{\"x\":1e999999,{}", &c.payload.to_string()[1..]));
        },
        "sd-jwt-payload-malformed",
    ),
    (
        "an end in the year ten thousand",
        |c| c.payload["validUntil"] = "10000-01-01T00:00:00Z".into(),
        "credential-time-malformed",
    ),
    ("an end as the largest number", |c| c.payload["exp"] = json!(i64::MAX), "credential-validity-conflict"),
    ("an end beyond whole numbers", |c| c.payload["exp"] = json!(1e300), "credential-validity-conflict"),
    (
        "deep lists",
        |c| {
            let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
            c.raw_payload = Some(format!("{{\"x\":{deep},{}", &c.payload.to_string()[1..]));
        },
        "sd-jwt-payload-malformed",
    ),
    (
        "deep enough to be read, too deep for a card",
        |c| {
            let deep = (0..20).fold(json!(1), |inner, _| json!([inner]));
            c.facts()["dalam"] = deep;
        },
        "sd-jwt-too-deep",
    ),
    (
        "deep by disclosures",
        |c| {
            let mut inner = named("x", 1);
            for _ in 0..20 {
                let outer = named("x", json!({"_sd": [digest(&inner)]}));
                c.disclosures.push(inner);
                inner = outer;
            }
            c.disclose(inner);
        },
        "sd-jwt-too-deep",
    ),
    // Digests and disclosures.
    ("digest algorithm unknown", |c| c.payload["_sd_alg"] = "md5".into(), "sd-jwt-digest-algorithm"),
    ("digest algorithm a number", |c| c.payload["_sd_alg"] = 256.into(), "sd-jwt-digest-algorithm"),
    ("digests no list", |c| c.facts()["dalam"] = json!({"_sd": "x"}), "sd-jwt-digests-malformed"),
    ("digest no text", |c| c.digests().push(5.into()), "sd-jwt-digests-malformed"),
    (
        "placeholder not alone",
        |c| c.facts()["daftar"] = json!([{"...": digest("x"), "y": 1}]),
        "sd-jwt-digests-malformed",
    ),
    ("dots in an object", |c| c.facts()["..."] = digest("x").into(), "sd-jwt-reserved-name"),
    (
        "the same digest twice",
        |c| {
            let first = c.digests()[0].clone();
            c.digests().push(first);
        },
        "sd-jwt-digest-repeated",
    ),
    (
        "the same digest on two levels",
        |c| {
            let first = c.digests()[0].clone();
            c.facts()["dalam"] = json!({"_sd": [first]});
        },
        "sd-jwt-digest-repeated",
    ),
    (
        "too many digests",
        |c| {
            let many: Vec<Value> = (0..1_100).map(|n| json!(n.to_string())).collect();
            c.digests().extend(many);
        },
        "sd-jwt-too-many-digests",
    ),
    (
        "a disclosure that nobody signed",
        |c| c.disclosures.push(named("nik", "3577")),
        "sd-jwt-disclosure-unreferenced",
    ),
    (
        "a disclosure changed",
        |c| c.disclosures[0] = named("nama", "BUDI CONTOH"),
        "sd-jwt-disclosure-unreferenced",
    ),
    (
        "a disclosure sent twice",
        |c| c.disclosures.push(c.disclosures[0].clone()),
        "sd-jwt-disclosure-repeated",
    ),
    ("a name disclosed twice", |c| c.disclose(named("nama", "BUDI CONTOH")), "sd-jwt-name-collision"),
    (
        "a name that is there",
        |c| {
            c.facts()["pekerjaan"] = "BIDAN".into();
            c.disclose(named("pekerjaan", "DOKTER"));
        },
        "sd-jwt-name-collision",
    ),
    ("a disclosure named _sd", |c| c.disclose(named("_sd", json!([]))), "sd-jwt-reserved-name"),
    ("a disclosure named ...", |c| c.disclose(named("...", "x")), "sd-jwt-reserved-name"),
    ("an element as a member", |c| c.disclose(disclosure(&json!(["salt", "x"]))), "sd-jwt-disclosure-kind"),
    ("a disclosure of one part", |c| c.disclose(disclosure(&json!(["salt"]))), "sd-jwt-disclosure-malformed"),
    (
        "a disclosure of four parts",
        |c| c.disclose(disclosure(&json!(["salt", "a", 1, 2]))),
        "sd-jwt-disclosure-malformed",
    ),
    (
        "a disclosure that is an object",
        |c| c.disclose(disclosure(&json!({"a": 1}))),
        "sd-jwt-disclosure-malformed",
    ),
    ("a disclosure that is no base64url", |c| c.disclose("WyJ=".into()), "sd-jwt-disclosure-malformed"),
    ("an empty disclosure", |c| c.disclose(String::new()), "sd-jwt-disclosure-malformed"),
    (
        "a disclosure with a member twice",
        |c| c.disclose(base64url::encode(r#"["s","a",{"b":1,"b":2}]"#)),
        "sd-jwt-disclosure-duplicate-member",
    ),
    (
        "a disclosure too long",
        |c| c.disclose(named("nama2", "x".repeat(13_000))),
        "sd-jwt-disclosure-too-long",
    ),
    (
        "too many disclosures",
        |c| {
            let one = c.disclosures[0].clone();
            c.disclosures.extend(vec![one; 520]);
        },
        "sd-jwt-too-many-disclosures",
    ),
    (
        "the holder's key disclosed",
        |c| {
            let cnf = c.payload.as_object_mut().unwrap().remove("cnf").unwrap();
            let other = named("cnf", cnf);
            c.payload["_sd"] = json!([digest(&other)]);
            c.disclosures.push(other);
        },
        "sd-jwt-not-disclosable",
    ),
    (
        "the status disclosed",
        |c| {
            let status = c.payload.as_object_mut().unwrap().remove("status").unwrap();
            let other = named("status", status);
            c.payload["_sd"] = json!([digest(&other)]);
            c.disclosures.push(other);
        },
        "sd-jwt-not-disclosable",
    ),
    // The facts.
    ("a fact left out", |c| drop(c.disclosures.pop()), "response-missing-claim"),
    ("no facts", |c| c.disclosures.clear(), "response-missing-claim"),
    ("a fact too many", |c| c.disclose(named("nomorTelepon", "0351")), "response-unasked-claim"),
    // The key binding.
    ("no key binding", |c| c.binding = None, "key-binding-missing"),
    ("bound by another key", |c| c.holder = stranger(), "key-binding-signature"),
    ("bound by the issuer", |c| c.holder = City::at(NOW).credential_key, "key-binding-signature"),
    ("no holder's key", |c| c.payload["cnf"] = json!({}), "key-binding-no-holder-key"),
    ("no cnf", |c| c.without("cnf"), "key-binding-no-holder-key"),
    (
        "a holder's key beside the curve",
        |c| c.payload["cnf"]["jwk"]["x"] = base64url::encode([7; 32]).into(),
        "sd-jwt-holder-key-malformed",
    ),
    (
        "a private holder's key",
        |c| c.payload["cnf"]["jwk"]["d"] = base64url::encode([7; 32]).into(),
        "sd-jwt-holder-key-malformed",
    ),
    ("binding alg none", |c| c.binding_header["alg"] = "none".into(), "jws-algorithm"),
    ("binding of another type", |c| c.binding_header["typ"] = "JWT".into(), "key-binding-type"),
    ("binding without type", |c| c.binding_header = json!({"alg": "ES256"}), "key-binding-type"),
    ("another nonce", |c| c.binding()["nonce"] = "other".into(), "key-binding-nonce"),
    ("an empty nonce", |c| c.binding()["nonce"] = "".into(), "key-binding-nonce"),
    ("another counter", |c| c.binding()["aud"] = "x509_hash:other".into(), "key-binding-audience"),
    ("several counters", |c| c.binding()["aud"] = json!([c.binding()["aud"]]), "key-binding-malformed"),
    (
        "binding without iat",
        |c| drop(c.binding().as_object_mut().unwrap().remove("iat")),
        "key-binding-malformed",
    ),
    (
        "binding without nonce",
        |c| drop(c.binding().as_object_mut().unwrap().remove("nonce")),
        "key-binding-malformed",
    ),
    (
        "binding without aud",
        |c| drop(c.binding().as_object_mut().unwrap().remove("aud")),
        "key-binding-malformed",
    ),
    ("binding of other disclosures", |c| c.binding()["sd_hash"] = digest("other").into(), "key-binding-hash"),
    (
        "signed eleven minutes before",
        |c| c.binding()["iat"] = (NOW.unix() - 660).into(),
        "key-binding-too-old",
    ),
    ("signed last year", |c| c.binding()["iat"] = hours(-8_760).into(), "key-binding-too-old"),
    ("signed in eleven minutes", |c| c.binding()["iat"] = (NOW.unix() + 660).into(), "key-binding-in-future"),
    ("signed next year", |c| c.binding()["iat"] = hours(8_760).into(), "key-binding-in-future"),
    ("binding expired", |c| c.binding()["exp"] = (NOW.unix() - 660).into(), "key-binding-too-old"),
    // Time and status.
    (
        "expired",
        |c| {
            c.payload["validUntil"] = NOW.minus(Seconds::hours(1)).to_string().into();
            c.payload["exp"] = hours(-1).into();
        },
        "credential-expired",
    ),
    (
        "not yet valid",
        |c| c.payload["validFrom"] = NOW.plus(Seconds::hours(1)).to_string().into(),
        "credential-not-yet-valid",
    ),
    ("issued tomorrow", |c| c.payload["iat"] = hours(24).into(), "credential-issued-in-future"),
    (
        "ends before it begins",
        |c| c.payload["validFrom"] = "2099-01-01T00:00:00Z".into(),
        "credential-validity-conflict",
    ),
    ("two ends", |c| c.payload["exp"] = hours(48).into(), "credential-validity-conflict"),
    (
        "no end",
        |c| {
            c.without("validUntil");
            c.without("exp");
        },
        "credential-validity-missing",
    ),
    (
        "an end without zone",
        |c| c.payload["validUntil"] = "2026-12-22T00:00:00".into(),
        "credential-time-malformed",
    ),
    ("status without a list", |c| c.payload["status"] = json!({"other": 1}), "credential-status-malformed"),
    (
        "status index negative",
        |c| c.payload["status"]["status_list"]["idx"] = (-1).into(),
        "credential-status-malformed",
    ),
    (
        "status index a text",
        |c| c.payload["status"]["status_list"]["idx"] = "5".into(),
        "credential-status-malformed",
    ),
    ("no status", |c| c.without("status"), "status-missing"),
    (
        "status index beyond the list",
        |c| c.payload["status"]["status_list"]["idx"] = 1_000_000.into(),
        "status-missing",
    ),
    (
        "status on a list of somebody else",
        |c| c.payload["status"]["status_list"]["uri"] = "https://evil.example/status/0".into(),
        "status-missing",
    ),
    (
        "status on an address inside",
        |c| c.payload["status"]["status_list"]["uri"] = "http://127.0.0.1/status".into(),
        "status-missing",
    ),
    ("revoked", |c| c.payload["status"]["status_list"]["idx"] = REVOKED.into(), "revoked"),
    ("suspended", |c| c.payload["status"]["status_list"]["idx"] = SUSPENDED.into(), "suspended"),
    ("superseded", |c| c.payload["status"]["status_list"]["idx"] = SUPERSEDED.into(), "superseded"),
];

pub(crate) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = CHANGES
        .iter()
        .map(|(name, change, code)| {
            Case::new(*name, code, move |asked| {
                let mut card = asked.card();
                change(&mut card);
                Shown::Answer(asked.seal_text(&card.text()))
            })
        })
        .collect();
    for ((name, seed), code) in
        PAST_KEYS.into_iter().zip(["issuer-key-ended", "issuer-key-not-yet", "issuer-key-distrusted"])
    {
        cases.push(Case::new(format!("signed by a key of the city: {name}"), code, move |asked| {
            let mut card = asked.card();
            card.signer = key(seed);
            card.header["kid"] = format!("did:web:dukcapil.example#{name}").into();
            Shown::Answer(asked.seal_text(&card.text()))
        }));
    }
    cases.push(Case::new("the format for other people's wallets", "response-wrong-format", |asked| {
        let text = City::at(NOW).issue(key(8).public_key(), Format::DcSdJwt, 5);
        let held = absah_credential::sd_jwt::Held::dangerous_reopen(
            absah_credential::sd_jwt::Unverified::parse(&text).unwrap(),
        )
        .unwrap();
        let paths = ["nama", "kelahiran", "alamat"].map(absah_credential::ClaimPath::key);
        let bound = held.select(&paths).unwrap().bind(&asked.request.client_id, &asked.request.nonce, NOW);
        let signature = key(8).sign(bound.to_be_signed());
        let text = bound.attach(signature);
        Shown::Answer(asked.seal(&[(0, pack(&text, &asked.packing()), vec![])]))
    }));
    for (name, changed, code) in [
        ("no signature of the issuer", 0, "sd-jwt-signature"),
        ("no signature of the holder", 1, "key-binding-signature"),
    ] {
        cases.push(Case::new(name, code, move |asked| {
            let mut text = asked.card().text();
            let end = if changed == 0 { text.find('~').unwrap() } else { text.len() };
            text.replace_range(end - 86..end, &"A".repeat(86));
            Shown::Answer(asked.seal_text(&text))
        }));
    }
    cases
}
