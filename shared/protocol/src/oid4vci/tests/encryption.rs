//! Requests and cards under JWE: the good way, and each bad message by its own code, on both sides.

use absah_crypto::Jwk;
use absah_crypto::jwe::{ContentEncryption, Recipient};
use absah_trust::sample::key;
use absah_types::base64url;
use serde_json::{Map, Value, json};

use super::*;
use crate::oid4vci::encryption::{AnswerTo, MEDIA_TYPE, RequestKey};

/// What a bad issuer makes of the answer that it gives to `to`.
type Spoil<'s> = &'s dyn Fn(Value, &AnswerTo, &str) -> String;

fn request_key(required: bool) -> RequestKey {
    RequestKey::new(key(70), required)
}

fn announced(required: bool) -> Value {
    let mut metadata = profile().credential_issuer();
    request_key(required).announce(&mut metadata);
    metadata
}

/// A whole offer with encryption; `spoil` makes the Credential Response.
fn receive(required: bool, spoil: Spoil<'_>) -> Result<Vec<Received>, ReceiveError> {
    let (mut endpoints, mut dice, opening) = (Endpoints::new(), Dice(99), request_key(required));
    let mut receiving = Receiving::open(&deep_link(&format!("{URL}/offers/1")), UrlRules::HttpsOnly).unwrap();
    loop {
        receiving.seal(&mut dice);
        match receiving.need()? {
            Need::Fetch(fetch) => {
                let answer = match (fetch.url.path(), &fetch.method) {
                    ("/.well-known/openid-credential-issuer", _) => (200, announced(required).to_string()),
                    ("/credential", Method::Post(Body::Jwt(jwe))) => {
                        let opened = opening.open(MEDIA_TYPE, jwe.as_bytes(), 64 * 1024).unwrap();
                        let asked = CredentialRequest::parse_opened(&opened, &opening).unwrap();
                        let plain = String::from_utf8(opened.body.expose().clone()).unwrap();
                        let mut plain: Map<String, Value> = serde_json::from_str(&plain).unwrap();
                        let how = plain.remove("credential_response_encryption").unwrap();
                        let kid = how["jwk"]["kid"].as_str().unwrap().to_owned();
                        let method = Method::Post(Body::Json(Value::Object(plain).to_string()));
                        let (status, body) = endpoints.answer(fetch.url.as_str(), &method, true);
                        let body = serde_json::from_str(&body).unwrap();
                        (status, spoil(body, &asked.answer_to.unwrap(), &kid))
                    }
                    ("/credential", _) => panic!("not encrypted"),
                    _ => endpoints.answer(fetch.url.as_str(), &fetch.method, fetch.bearer.is_some()),
                };
                receiving.fetched(answer.0, answer.1.as_bytes())?;
            }
            Need::TxCode(_) => receiving.tx_code(TX_CODE)?,
            Need::TokenKey => receiving.bind(key(71).public_key().clone(), &mut dice)?,
            Need::Proofs(_) => {
                let keys: Vec<PrivateKey> = (0..3).map(|_| PrivateKey::generate(&mut dice)).collect();
                let public = keys.iter().map(|key| key.public_key().clone()).collect();
                let proofs = receiving.proofs(public, NOW)?;
                let signatures = keys.iter().zip(proofs.to_be_signed()).map(|(k, b)| k.sign(b)).collect();
                receiving.signed(proofs, signatures)?;
            }
            Need::Nothing => return Ok(receiving.received().to_vec()),
            other => panic!("{other:?}"),
        }
    }
}

fn honest(answer: Value, to: &AnswerTo, _: &str) -> String {
    to.seal(&answer, &mut Dice(5))
}

#[test]
fn request_and_cards_travel_encrypted() {
    for required in [false, true] {
        assert_eq!(receive(required, &honest).unwrap().len(), 6);
    }
}

/// Changes the header of a JWE; its seal does not fit any more, and that is not what is noticed first.
fn with_header(jwe: &str, change: impl Fn(&mut Value)) -> String {
    let (header, rest) = jwe.split_once('.').unwrap();
    let mut header: Value = serde_json::from_slice(&base64url::decode(header).unwrap()).unwrap();
    change(&mut header);
    format!("{}.{rest}", base64url::encode(header.to_string()))
}

/// Sealed to a stranger's key.
fn astray(answer: &Value, kid: &str, enc: ContentEncryption) -> String {
    let recipient = Recipient { key: key(9).public_key().clone(), kid: Some(kid.to_owned()) };
    recipient.seal(answer.to_string().as_bytes(), enc, None, &mut Dice(6))
}

/// The issuer answers badly: each by its own code. The same flow with an honest answer is accepted (above).
#[test]
fn hostile_encrypted_answers() {
    let cases: Vec<(&str, Spoil<'_>, &str)> = vec![
        ("in clear", &|answer, _, _| answer.to_string(), "receive-not-encrypted"),
        ("nothing", &|_, _, _| String::new(), "receive-not-encrypted"),
        (
            "to a key of another name",
            &|answer, to, kid| {
                with_header(&honest(answer, to, kid), |header| header["kid"] = json!("another"))
            },
            "receive-encryption-key",
        ),
        (
            "to a key without a name",
            &|answer, to, kid| {
                with_header(&honest(answer, to, kid), |header| {
                    header.as_object_mut().unwrap().remove("kid");
                })
            },
            "receive-encryption-key",
        ),
        (
            "to a stranger's key under our name",
            &|answer, _, kid| astray(&answer, kid, ContentEncryption::A256Gcm),
            "jwe-sealed",
        ),
        (
            "weaker than asked",
            &|answer, _, kid| astray(&answer, kid, ContentEncryption::A128Gcm),
            "jwe-encryption",
        ),
        (
            "another key agreement",
            &|answer, to, kid| {
                with_header(&honest(answer, to, kid), |header| header["alg"] = json!("RSA-OAEP"))
            },
            "jwe-algorithm",
        ),
        (
            "no key agreement",
            &|answer, to, kid| with_header(&honest(answer, to, kid), |header| header["alg"] = json!("dir")),
            "jwe-algorithm",
        ),
        (
            "an extension that must be understood",
            &|answer, to, kid| {
                with_header(&honest(answer, to, kid), |header| header["crit"] = json!(["exp"]))
            },
            "jwe-extension",
        ),
        // What would grow to gigabytes is not even opened: nobody was allowed to compress.
        (
            "a decompression bomb",
            &|answer, to, kid| with_header(&honest(answer, to, kid), |header| header["zip"] = json!("DEF")),
            "jwe-compressed",
        ),
        ("oversized", &|_, _, _| "e".repeat(3 << 20), "receive-too-large"),
        ("four parts", &|_, _, _| "e.e.e.e".to_owned(), "jwe-not-compact"),
        (
            "no point on the curve",
            &|answer, to, kid| {
                with_header(&honest(answer, to, kid), |header| {
                    header["epk"]["x"] = json!(base64url::encode([1; 32]))
                })
            },
            "jwe-ephemeral-key",
        ),
        (
            "a bit flipped",
            &|answer, to, kid| {
                let jwe = honest(answer, to, kid);
                let (rest, tag) = jwe.rsplit_once('.').unwrap();
                let mut tag = base64url::decode(tag).unwrap();
                tag[0] ^= 1;
                format!("{rest}.{}", base64url::encode(tag))
            },
            "jwe-sealed",
        ),
        ("no response inside", &|_, to, kid| honest(json!([]), to, kid), "receive-malformed"),
    ];
    for (name, spoil, code) in cases {
        let error = receive(true, spoil).unwrap_err();
        assert_eq!(error.code(), code, "{name}");
    }
}

/// Metadata that asks for something impossible stops before anything is spent; what is merely useless is left aside.
#[test]
fn what_an_issuer_asks_for() {
    let open = |metadata: &Value| {
        let offer = crate::form::encode(&[("credential_offer", &offer().to_value().to_string())]);
        let link = format!("openid-credential-offer://?{offer}");
        let mut receiving = Receiving::open(&link, UrlRules::HttpsOnly).unwrap();
        receiving.fetched(200, metadata.to_string().as_bytes()).map_err(|error| error.code())
    };
    let changed = |required: bool, change: &dyn Fn(&mut Value)| {
        let mut metadata = announced(required);
        change(&mut metadata);
        open(&metadata)
    };
    let (request, response) = ("credential_request_encryption", "credential_response_encryption");
    assert_eq!(changed(true, &|_| {}), Ok(()));
    let impossible = Err("receive-encryption-required");
    let without_request = |m: &mut Value| drop(m.as_object_mut().unwrap().remove(request));
    assert_eq!(changed(true, &without_request), impossible, "an encrypted answer to an open request");
    assert_eq!(changed(false, &without_request), Ok(()));
    let no_kid = |m: &mut Value| drop(m[request]["jwks"]["keys"][0].as_object_mut().unwrap().remove("kid"));
    assert_eq!(changed(true, &no_kid), impossible);
    let for_signing = |m: &mut Value| m[request]["jwks"]["keys"][0]["use"] = json!("sig");
    assert_eq!(changed(true, &for_signing), impossible);
    assert_eq!(changed(false, &for_signing), Ok(()));
    assert_eq!(changed(true, &|m| m[response]["alg_values_supported"] = json!(["RSA-OAEP-256"])), impossible);
    assert_eq!(changed(true, &|m| m[request]["enc_values_supported"] = json!(["A128CBC-HS256"])), impossible);
    let malformed = Err("receive-malformed");
    assert_eq!(changed(false, &|m| m[request]["encryption_required"] = json!("yes")), malformed);
    assert_eq!(changed(false, &|m| m[response] = json!(true)), malformed);
}

/// The wallet asks badly: each by its own code.
#[test]
fn hostile_encrypted_requests() {
    let ours = |required: bool| -> Jwk {
        let metadata = announced(required);
        let jwk = &metadata["credential_request_encryption"]["jwks"]["keys"][0];
        serde_json::from_value(jwk.clone()).unwrap()
    };
    let seal = |jwk: &Jwk, body: &Value| {
        let recipient = Recipient::of_jwk(jwk).unwrap();
        recipient.seal(body.to_string().as_bytes(), ContentEncryption::A128Gcm, None, &mut Dice(7))
    };
    let read = |required: bool, kind: &str, body: &str| {
        let opening = request_key(required);
        let opened = opening.open(kind, body.as_bytes(), 8 * 1024).map_err(CredentialRequestError::from);
        let request = opened.and_then(|opened| CredentialRequest::parse_opened(&opened, &opening));
        request.map(|request| request.answer_to.is_some()).map_err(|error| {
            assert_eq!(error.oauth(), OAuthError::InvalidEncryptionParameters, "{error}");
            error.code()
        })
    };
    let answer_key = Recipient { key: key(8).public_key().clone(), kid: None };
    let how = json!({ "jwk": serde_json::to_value(answer_key.to_jwk()).unwrap(), "enc": "A256GCM" });
    let plain = json!({ "credential_configuration_id": "x", "proofs": { "jwt": ["a"] } });
    let mut whole = plain.clone();
    whole["credential_response_encryption"] = how.clone();
    let good = seal(&ours(true), &whole);
    assert_eq!(read(true, MEDIA_TYPE, &good), Ok(true));
    assert_eq!(read(false, "application/json", &plain.to_string()), Ok(false));
    assert_eq!(read(false, MEDIA_TYPE, &seal(&ours(false), &plain)), Ok(false));

    let bad_how = |change: &dyn Fn(&mut Value)| {
        let mut body = whole.clone();
        change(&mut body["credential_response_encryption"]);
        seal(&ours(true), &body)
    };
    let stranger = ours(true).with_kid("another");
    let cases = [
        ("in clear", plain.to_string(), "application/json", "credential-request-not-encrypted"),
        (
            "encrypted, and called something else",
            good.clone(),
            "application/json",
            "credential-request-not-encrypted",
        ),
        ("to another key", seal(&stranger, &whole), MEDIA_TYPE, "credential-request-encryption-key"),
        (
            "answer in clear",
            seal(&ours(true), &plain),
            MEDIA_TYPE,
            "credential-request-encryption-parameters",
        ),
        (
            "answer compressed",
            bad_how(&|how| how["zip"] = json!("DEF")),
            MEDIA_TYPE,
            "credential-request-encryption-parameters",
        ),
        (
            "answer by CBC",
            bad_how(&|how| how["enc"] = json!("A128CBC-HS256")),
            MEDIA_TYPE,
            "credential-request-encryption-parameters",
        ),
        (
            "answer to a signing key",
            bad_how(&|how| how["jwk"]["use"] = json!("sig")),
            MEDIA_TYPE,
            "credential-request-encryption-parameters",
        ),
        (
            "a private key sent along",
            bad_how(&|how| how["jwk"]["d"] = json!("AA")),
            MEDIA_TYPE,
            "credential-request-encryption-parameters",
        ),
        ("critical", with_header(&good, |header| header["crit"] = json!(["x"])), MEDIA_TYPE, "jwe-extension"),
        (
            "a decompression bomb",
            with_header(&good, |header| header["zip"] = json!("DEF")),
            MEDIA_TYPE,
            "jwe-compressed",
        ),
        (
            "wrong agreement",
            with_header(&good, |header| header["alg"] = json!("ECDH-ES+A128KW")),
            MEDIA_TYPE,
            "jwe-algorithm",
        ),
        ("tampered", with_header(&good, |header| header["cty"] = json!("json")), MEDIA_TYPE, "jwe-sealed"),
        ("oversized", "e".repeat(9 * 1024), MEDIA_TYPE, "jwe-too-long"),
        ("JSON under that name", plain.to_string(), MEDIA_TYPE, "jwe-not-compact"),
    ];
    for (name, body, kind, code) in cases {
        assert_eq!(read(true, kind, &body), Err(code), "{name}");
    }
    // Also where encryption is not required: an encrypted answer to an open request could go to anybody.
    assert_eq!(read(false, "application/json", &whole.to_string()), Err("credential-request-encryption"));
}
