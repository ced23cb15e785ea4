use absah_credential::Format;
use absah_crypto::jwe::ContentEncryption;
use absah_crypto::jws::{Header, ToBeSigned};
use absah_crypto::{PrivateKey, sha256};
use absah_trust::sample::key;
use absah_types::{Coded, HttpsUrl, Seconds};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::fixtures::{NOW, World, encrypted, online, qr};
use crate::json::canonical;
use crate::oid4vp::REQUEST_TYPE;
use crate::url_rules::UrlRules;

fn expectation(transport: Transport) -> Expectation<'static> {
    Expectation {
        transport,
        client_id: None,
        wallet_nonce: None,
        haip: false,
        rules: UrlRules::HttpsOnly,
        now: NOW,
    }
}

fn payload(request: &SignedRequest) -> Map<String, Value> {
    let part = request.jar.split('.').nth(1).unwrap();
    serde_json::from_slice(&absah_types::base64url::decode(part).unwrap()).unwrap()
}

/// Changes the payload, binds the nonce anew and signs: what a hostile counter with its own key can do.
fn forged(
    valid: &SignedRequest,
    change: &dyn Fn(&mut Map<String, Value>),
    header: Header,
    key: &PrivateKey,
) -> String {
    let mut payload = payload(valid);
    change(&mut payload);
    if payload.get("absah").is_some()
        && payload.get("nonce").is_some_and(|nonce| *nonce == json!(valid.nonce))
    {
        payload.insert("nonce".into(), json!(bound_nonce(&[7; 16], &payload)));
    }
    ToBeSigned::new(&header, &canonical(&Value::Object(payload))).sign(key).unwrap()
}

fn header(world: &World) -> Header {
    Header::es256(REQUEST_TYPE).with_x5c(vec![world.registered().certificate().der().to_vec()])
}

#[test]
fn a_request_verifies_in_both_transports() {
    let world = World::new();
    let by_qr = world.sign(&world.draft(qr([5; 32])));
    let verified = verify(&by_qr.jar, &expectation(Transport::Qr)).unwrap();
    assert_eq!(verified.hash, sha256(by_qr.jar.as_bytes()));
    assert_eq!((verified.nonce, verified.query), (by_qr.nonce, by_qr.query));
    assert_eq!(verified.service.as_deref(), Some("demo-3-fakta"));
    assert_eq!(verified.registration.as_deref(), Some(world.registered().jwt()));
    assert_eq!(verified.response, qr([5; 32]));
    let by_https = world.sign(&Draft { format: Format::DcSdJwt, ..world.draft(online()) });
    let expected = Expectation { client_id: Some(&by_https.client_id), ..expectation(Transport::Online) };
    assert_eq!(verify(&by_https.jar, &expected).unwrap().response, online());
}

#[test]
fn the_nonce_binds_every_parameter() {
    let world = World::new();
    let request = world.sign(&world.draft(qr([5; 32])));
    let parameters = payload(&request);
    assert_eq!(bound_nonce(&[7; 16], &parameters), request.nonce);
    assert_ne!(bound_nonce(&[8; 16], &parameters), request.nonce);
    for name in parameters.keys().filter(|name| *name != "nonce") {
        let mut changed = parameters.clone();
        changed.insert(name.clone(), json!("changed"));
        assert_ne!(bound_nonce(&[7; 16], &changed), request.nonce, "{name}");
        changed.remove(name);
        assert_ne!(bound_nonce(&[7; 16], &changed), request.nonce, "{name}");
    }
}

type Change = &'static dyn Fn(&mut Map<String, Value>);
/// Name, change, expected code.
type Case = (&'static str, Box<dyn Fn(&mut Map<String, Value>)>, &'static str);

fn set(name: &'static str, value: Value) -> impl Fn(&mut Map<String, Value>) {
    move |payload| {
        payload.insert(name.into(), value.clone());
    }
}

#[test]
fn hostile_requests_by_qr() {
    let world = World::new();
    let valid = world.sign(&world.draft(qr([5; 32])));
    let own = |member: &'static str, value: Value| {
        move |payload: &mut Map<String, Value>| {
            payload["absah"].as_object_mut().unwrap().insert(member.into(), value.clone());
        }
    };
    let keys = |keys: Value| {
        move |payload: &mut Map<String, Value>| {
            payload["client_metadata"] = json!({ "jwks": { "keys": keys } })
        }
    };
    let late = NOW.minus(Seconds(MAX_AGE_QR.0 + 1)).unix();
    let early = NOW.plus(Seconds(MAX_SKEW_QR.0 + 1)).unix();
    let without = |name: &'static str| {
        move |payload: &mut Map<String, Value>| {
            payload.remove(name);
        }
    };
    let jwk = payload(&valid)["client_metadata"]["jwks"]["keys"][0].clone();
    let cases: Vec<Case> = vec![
        ("audience of an issuer", Box::new(set("aud", json!("https://issuer.example"))), "request-audience"),
        ("no audience", Box::new(without("aud")), "request-audience"),
        ("code flow", Box::new(set("response_type", json!("code"))), "request-response-type"),
        ("no response type", Box::new(without("response_type")), "request-response-type"),
        ("answer by post", Box::new(set("response_mode", json!("direct_post"))), "request-response-mode"),
        ("fragment", Box::new(without("response_mode")), "request-response-mode"),
        ("transaction data", Box::new(set("transaction_data", json!(["e30"]))), "request-transaction-data"),
        ("no query", Box::new(without("dcql_query")), "request-no-query"),
        (
            "scope instead of a query",
            Box::new(|p| {
                p.remove("dcql_query");
                p.insert("scope".into(), json!("x"));
            }),
            "request-no-query",
        ),
        ("empty query", Box::new(set("dcql_query", json!({}))), "dcql-malformed"),
        ("no nonce", Box::new(without("nonce")), "request-nonce-missing"),
        ("nonce with a quote", Box::new(set("nonce", json!("a\"b"))), "request-nonce-form"),
        ("nonce of another request", Box::new(set("nonce", json!("n-0S6_WzA2Mj"))), "request-nonce-binding"),
        ("nonce is a number", Box::new(set("nonce", json!(7))), "request-malformed"),
        ("no time", Box::new(without("iat")), "request-malformed"),
        ("time as text", Box::new(set("iat", json!("now"))), "request-malformed"),
        ("too old", Box::new(set("iat", json!(late))), "request-too-old"),
        ("from the future", Box::new(set("iat", json!(early))), "request-in-future"),
        ("expired", Box::new(set("exp", json!(NOW.unix()))), "request-lapsed"),
        (
            "client of another kind",
            Box::new(set("client_id", json!("x509_san_dns:loket.example"))),
            "request-client-id-prefix",
        ),
        ("client without prefix", Box::new(set("client_id", json!("loket"))), "request-client-id-prefix"),
        (
            "origin",
            Box::new(set("client_id", json!("origin:https://loket.example"))),
            "request-client-id-prefix",
        ),
        (
            "client of another certificate",
            Box::new(set("client_id", json!("x509_hash:AAAA"))),
            "request-client-id-mismatch",
        ),
        ("no client", Box::new(without("client_id")), "request-malformed"),
        ("unknown version", Box::new(own("v", json!(2))), "request-version"),
        ("short r", Box::new(own("r", json!("AAAA"))), "request-malformed"),
        ("QR version 41", Box::new(own("qr", json!(41))), "request-malformed"),
        ("no QR version", Box::new(own("qr", Value::Null)), "request-malformed"),
        ("service is a list", Box::new(own("service", json!([]))), "request-malformed"),
        ("no own parameters", Box::new(without("absah")), "request-malformed"),
        ("own parameters as text", Box::new(set("absah", json!("x"))), "request-malformed"),
        ("no key for the answer", Box::new(keys(json!([]))), "request-recipient-key"),
        ("two keys", Box::new(keys(json!([jwk, jwk]))), "request-recipient-key"),
        (
            "key of another algorithm",
            Box::new(keys(json!([{"kty": "OKP", "crv": "X25519", "x": jwk["x"], "alg": "ECDH-ES"}]))),
            "request-recipient-key",
        ),
        (
            "private key",
            Box::new(keys(
                json!([{"kty": "OKP", "crv": "X25519", "x": jwk["x"], "d": jwk["x"], "alg": jwk["alg"]}]),
            )),
            "request-recipient-key",
        ),
        ("verifier info is no list", Box::new(set("verifier_info", json!({}))), "request-malformed"),
        ("verifier info is empty", Box::new(set("verifier_info", json!([]))), "request-malformed"),
        (
            "registration is an object",
            Box::new(set("verifier_info", json!([{"format": "absah-registration+jwt", "data": {}}]))),
            "request-malformed",
        ),
    ];
    for (name, change, code) in &cases {
        let jar = forged(&valid, change, header(&world), &world.city.counter_key);
        let result = verify(&jar, &expectation(Transport::Qr)).map_err(|error| error.code());
        assert_eq!(result.map(|_| ()), Err(*code), "{name}");
    }
    // Beside them the same request unchanged, at the edges of time, and with parameters nobody knows.
    let nothing: Change = &|_| {};
    let unknown = set("something_new", json!({"a": 1}));
    let edge = set("iat", json!(NOW.minus(MAX_AGE_QR).unix()));
    let other_info = set("verifier_info", json!([{"format": "x", "data": {}}]));
    for change in [nothing, &unknown, &edge, &other_info] {
        let jar = forged(&valid, change, header(&world), &world.city.counter_key);
        assert!(verify(&jar, &expectation(Transport::Qr)).is_ok());
    }
}

#[test]
fn hostile_requests_online() {
    let world = World::new();
    let valid = world.sign(&world.draft(online()));
    let late = NOW.minus(Seconds(MAX_SKEW_ONLINE.0 + 1)).unix();
    let cases: Vec<Case> = vec![
        (
            "redirect beside post",
            Box::new(set("redirect_uri", json!("https://loket.example/cb"))),
            "request-redirect-uri",
        ),
        (
            "no response address",
            Box::new(|p| {
                p.remove("response_uri");
            }),
            "url-format",
        ),
        (
            "response address without TLS",
            Box::new(set("response_uri", json!("http://loket.example/r"))),
            "url-not-https",
        ),
        (
            "response address with a script",
            Box::new(set("response_uri", json!("javascript:alert(1)"))),
            "url-not-https",
        ),
        ("response address is a list", Box::new(set("response_uri", json!([]))), "request-malformed"),
        (
            "encrypted answer without a key",
            Box::new(set("response_mode", json!("direct_post.jwt"))),
            "request-encryption-key",
        ),
        ("answer by QR", Box::new(set("response_mode", json!("absah-qr"))), "request-response-mode"),
        ("state with a blank", Box::new(set("state", json!("a b"))), "request-nonce-form"),
        ("too old", Box::new(set("iat", json!(late))), "request-too-old"),
    ];
    for (name, change, code) in &cases {
        let jar = forged(&valid, change, header(&world), &world.city.counter_key);
        let result = verify(&jar, &expectation(Transport::Online)).map_err(|error| error.code());
        assert_eq!(result.map(|_| ()), Err(*code), "{name}");
    }
    let other = Expectation { client_id: Some("x509_hash:other"), ..expectation(Transport::Online) };
    assert_eq!(verify(&valid.jar, &other).unwrap_err().code(), "request-other-client");
    assert!(verify(&valid.jar, &expectation(Transport::Online)).is_ok());
}

#[test]
fn hostile_headers_and_signatures() {
    let world = World::new();
    let valid = world.sign(&world.draft(qr([5; 32])));
    let leaf = world.registered().certificate().der().to_vec();
    let nothing: Change = &|_| {};
    let jar = |header: Header, key: &PrivateKey| forged(&valid, nothing, header, key);
    let counter = &world.city.counter_key;
    let typed = |typ: &str| Header { typ: Some(typ.to_owned()), ..header(&world) };
    let mut parts: Vec<&str> = valid.jar.split('.').collect();
    let none_header = absah_types::base64url::encode(r#"{"alg":"none","typ":"oauth-authz-req+jwt"}"#);
    parts[0] = &none_header;
    let cases = [
        ("empty", String::new(), "jws-not-compact"),
        ("too long", "a".repeat(MAX_REQUEST + 1), "jws-too-long"),
        ("no algorithm", parts.join("."), "request-unsigned"),
        ("a key binding as request", jar(typed("kb+jwt"), counter), "request-typ"),
        ("no type", jar(Header { typ: None, ..header(&world) }, counter), "request-typ"),
        ("no certificate", jar(Header::es256(REQUEST_TYPE), counter), "request-certificate"),
        (
            "garbage as certificate",
            jar(Header::es256(REQUEST_TYPE).with_x5c(vec![vec![1, 2, 3]]), counter),
            "request-certificate",
        ),
        (
            "another certificate",
            jar(Header::es256(REQUEST_TYPE).with_x5c(vec![world.city.authority(), leaf]), counter),
            "request-client-id-mismatch",
        ),
        ("signed by another key", jar(header(&world), &key(99)), "request-signature"),
    ];
    for (name, jar, code) in cases {
        let result = verify(&jar, &expectation(Transport::Qr)).map_err(|error| error.code());
        assert_eq!(result.map(|_| ()), Err(code), "{name}");
    }
    assert!(verify(&jar(header(&world), counter), &expectation(Transport::Qr)).is_ok());
}

#[test]
fn links() {
    let link = request_link("x509_hash:abc", "https://loket.example/request/1");
    let place = Place::At(HttpsUrl::parse("https://loket.example/request/1").unwrap(), Method::Post);
    let expected = RequestLink { client_id: "x509_hash:abc".to_owned(), place, haip: false };
    assert_eq!(RequestLink::parse(&link, UrlRules::HttpsOnly), Ok(Some(expected)));
    let haip = "haip-vp://?client_id=a&request_uri=https%3A%2F%2Fa.example";
    let read = RequestLink::parse(haip, UrlRules::HttpsOnly).unwrap().unwrap();
    assert!(read.haip && matches!(read.place, Place::At(_, Method::Get)));
    let here = RequestLink::parse("openid4vp://?client_id=a&request=e.e.e", UrlRules::HttpsOnly);
    assert_eq!(here.unwrap().unwrap().place, Place::Here("e.e.e".to_owned()));
    for (name, link) in [
        ("another scheme", "https://loket.example/?client_id=a&request_uri=https%3A%2F%2Fa.example"),
        ("no link", "halo"),
    ] {
        assert_eq!(RequestLink::parse(link, UrlRules::HttpsOnly), Ok(None), "{name}");
    }
    for (name, link, code) in [
        (
            "unsigned parameters",
            "openid4vp://?client_id=a&response_type=vp_token&nonce=n",
            "request-unsigned",
        ),
        ("no client", "openid4vp://?request_uri=https%3A%2F%2Fa.example", "request-malformed"),
        (
            "address without TLS",
            "openid4vp://?client_id=a&request_uri=http%3A%2F%2Fa.example",
            "url-not-https",
        ),
        (
            "repeated",
            "openid4vp://?client_id=a&client_id=b&request_uri=https%3A%2F%2Fa.example",
            "request-malformed",
        ),
        (
            "by value and by reference",
            "openid4vp://?client_id=a&request=e.e.e&request_uri=https%3A%2F%2Fa.example",
            "request-malformed",
        ),
        (
            "another method",
            "openid4vp://?client_id=a&request_uri=https%3A%2F%2Fa.example&request_uri_method=PUT",
            "request-uri-method",
        ),
        ("no parameters", "openid4vp://", "request-malformed"),
    ] {
        let refused = RequestLink::parse(link, UrlRules::HttpsOnly).unwrap_err();
        assert_eq!(refused.code(), code, "{name}");
    }
}

/// A request whose answer is to be encrypted, its valid neighbours, and what a hostile verifier makes of it.
#[test]
fn encrypted_answers() {
    let world = World::new();
    let valid = world.sign(&Draft { format: Format::DcSdJwt, ..world.draft(encrypted()) });
    let haip = Expectation { haip: true, ..expectation(Transport::Online) };
    assert_eq!(verify(&valid.jar, &haip).unwrap().response, encrypted());
    let plain = world.sign(&Draft { format: Format::DcSdJwt, ..world.draft(online()) });
    assert_eq!(verify(&plain.jar, &haip).unwrap_err().code(), "request-downgrade");
    let metadata = |change: fn(&mut Map<String, Value>)| {
        move |payload: &mut Map<String, Value>| {
            change(payload["client_metadata"].as_object_mut().unwrap());
        }
    };
    let key = |change: fn(&mut Map<String, Value>)| {
        move |payload: &mut Map<String, Value>| {
            change(payload["client_metadata"]["jwks"]["keys"][0].as_object_mut().unwrap());
        }
    };
    let refused: Vec<Case> = vec![
        ("no metadata", Box::new(|p| drop(p.remove("client_metadata"))), "request-encryption-key"),
        ("no keys", Box::new(metadata(|m| drop(m.remove("jwks")))), "request-encryption-key"),
        ("no algorithm", Box::new(key(|k| drop(k.remove("alg")))), "request-encryption-key"),
        (
            "key wrap",
            Box::new(key(|k| drop(k.insert("alg".into(), json!("ECDH-ES+A256KW"))))),
            "request-encryption-key",
        ),
        (
            "for signing",
            Box::new(key(|k| drop(k.insert("use".into(), json!("sig"))))),
            "request-encryption-key",
        ),
        (
            "off the curve",
            Box::new(key(|k| drop(k.insert("x".into(), json!("A".repeat(43)))))),
            "request-encryption-key",
        ),
        (
            "old encryption only",
            Box::new(metadata(|m| {
                m.insert("encrypted_response_enc_values_supported".into(), json!(["A128CBC-HS256"]));
            })),
            "request-encryption-key",
        ),
        ("redirect", Box::new(set("redirect_uri", json!("https://loket.example/"))), "request-redirect-uri"),
    ];
    for (name, change, code) in &refused {
        let jar = forged(&valid, change, header(&world), &world.city.counter_key);
        let result = verify(&jar, &expectation(Transport::Online)).map_err(|error| error.code());
        assert_eq!(result.map(|_| ()), Err(*code), "{name}");
    }
    let enc = |values: Value| {
        let change = set(
            "client_metadata",
            json!({
                "jwks": payload(&valid)["client_metadata"]["jwks"],
                "encrypted_response_enc_values_supported": values,
            }),
        );
        let jar = forged(&valid, &change, header(&world), &world.city.counter_key);
        match verify(&jar, &haip).unwrap().response {
            ResponseTo::DirectPost { encryption: Some(encryption), .. } => encryption.enc,
            _ => panic!("not encrypted"),
        }
    };
    assert_eq!(enc(json!(["A128GCM"])), ContentEncryption::A128Gcm);
    assert_eq!(enc(json!(["A128GCM", "A256GCM"])), ContentEncryption::A256Gcm, "the stronger");
}

#[test]
fn a_request_is_made_for_the_wallet_that_posted_its_nonce() {
    let world = World::new();
    let open = world.sign(&Draft { format: Format::DcSdJwt, ..world.draft(online()) });
    assert_eq!(SignedRequest::wallet_nonce(&open.jar), None);
    let prepared = SignedRequest::for_wallet(&open.jar, "w-1").unwrap();
    let signature = world.city.counter_key.sign(prepared.as_bytes());
    let bound = prepared.attach(signature);
    assert_eq!(SignedRequest::wallet_nonce(&bound.jar).as_deref(), Some("w-1"));
    assert_ne!(bound.nonce, open.nonce, "another request, another nonce");
    let expected = |nonce| Expectation { wallet_nonce: nonce, ..expectation(Transport::Online) };
    assert!(verify(&bound.jar, &expected(Some("w-1"))).is_ok());
    for (name, jar, nonce) in [
        ("replayed to another wallet", &bound.jar, Some("w-2")),
        ("replayed to one that did not ask", &bound.jar, None),
        ("downgraded to an open request", &open.jar, Some("w-1")),
    ] {
        assert_eq!(verify(jar, &expected(nonce)).unwrap_err().code(), "request-wallet-nonce", "{name}");
    }
    let body = request_uri_post("w-1");
    assert_eq!(read_request_uri_post(body.as_bytes()), Some(Some("w-1".to_owned())));
    assert_eq!(read_request_uri_post(b""), Some(None));
    assert_eq!(read_request_uri_post(b"wallet_nonce=a+b"), None);
    assert_eq!(read_request_uri_post(b"wallet_nonce=a&wallet_nonce=b"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn links_round_trip(client in "[ -~]{1,40}", path in "[a-z0-9/]{0,20}") {
        let uri = format!("https://loket.example/{path}");
        let read = RequestLink::parse(&request_link(&client, &uri), UrlRules::HttpsOnly).unwrap().unwrap();
        prop_assert_eq!(read.client_id, client);
        let expected = Place::At(HttpsUrl::parse(&uri).unwrap(), Method::Post);
        prop_assert_eq!(read.place, expected);
    }

    #[test]
    fn any_text_is_refused_without_harm(text in ".{0,200}") {
        prop_assert!(verify(&text, &expectation(Transport::Qr)).is_err());
    }
}
