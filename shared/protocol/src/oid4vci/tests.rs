//! One offer, from the link to verified cards, and everything that can be wrong on the way.

use absah_credential::{Format, Issuance, Issuer, StatusReference, Validity};
use absah_crypto::jws::{Header, ToBeSigned};
use absah_crypto::{PrivateKey, PublicKey, did_jwk};
use absah_schemas::CredentialType;
use absah_trust::sample::{City, URL};
use absah_types::{Coded, HttpsUrl, Lang, Seconds, Secret, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::holder::{Body, Method, Need, ReceiveError, Received, Receiving, verify};
use super::issuer::token::{MAX_TRIES, OFFER_LIFE};
use super::issuer::*;
use super::*;
use crate::fixtures::{Dice, NOW};
use crate::oauth::{OAuthError, ToOAuth};
use crate::url_rules::{IssuerId, UrlRules};

const CODE: &str = "oaKazRN8I0IbtZ0C7JuMn5";
const TX_CODE: &str = "493536";

fn profile() -> Profile {
    Profile {
        issuer: IssuerId::parse(URL, UrlRules::HttpsOnly).unwrap(),
        name: vec![(Lang::Id, "Dukcapil Contoh".to_owned())],
        configurations: CredentialType::ALL.into_iter().flat_map(Configuration::pair).collect(),
        anonymous_access: true,
    }
}

fn offer() -> Offer {
    let ids = vec!["KtpElektronik_dc_sd_jwt".into(), "KtpElektronik_vc_sd_jwt".into()];
    let prompt = TxCodePrompt { input: TxCodeInput::Numeric, length: Some(6), description: None };
    Offer::pre_authorized(profile().issuer, ids, Secret::new(CODE.to_owned()), Some(prompt))
}

fn secret() -> Secret<[u8; 32]> {
    Secret::new([42; 32])
}

fn record() -> OfferRecord {
    OfferRecord {
        tx_code: Some(TxCodeTag::of(&secret(), CODE, TX_CODE)),
        expires_at: NOW.plus(OFFER_LIFE),
        wrong_tries: 0,
        redeemed: false,
    }
}

/// The issuer behind its endpoints, as its server wires it.
struct Endpoints {
    city: City,
    nonce: NonceKey,
    dice: Dice,
}

impl Endpoints {
    fn new() -> Self {
        Self { city: City::at(NOW), nonce: NonceKey::new(secret()), dice: Dice(1) }
    }

    fn answer(&mut self, url: &str, method: &Method, bearer: bool) -> (u16, String) {
        let profile = profile();
        let path = url.strip_prefix(URL).unwrap();
        match (path, method) {
            ("/offers/1", Method::Get) => (200, offer().to_value().to_string()),
            ("/.well-known/openid-credential-issuer", Method::Get) => {
                (200, profile.credential_issuer().to_string())
            }
            ("/.well-known/oauth-authorization-server", Method::Get) => {
                (200, profile.authorization_server().to_string())
            }
            ("/token", Method::Post(Body::Form(form))) => {
                let granted = TokenRequest::parse(form.expose().as_bytes())
                    .and_then(|request| request.redeem(Some(&record()), &secret(), true, NOW));
                match granted {
                    Ok(()) => {
                        let access_token = Secret::new("token-1".to_owned());
                        (200, TokenResponse { access_token, expires_in: Seconds(600) }.to_value().to_string())
                    }
                    Err(error) => (error.oauth().status(), error.oauth().body(&error).to_string()),
                }
            }
            ("/nonce", Method::Post(Body::Empty)) => {
                (200, nonce::response(&self.nonce.issue(NOW, &mut self.dice)).to_string())
            }
            ("/credential", Method::Post(Body::Json(body))) if bearer => {
                let request = CredentialRequest::parse(body.as_bytes()).unwrap();
                let expected = ProofExpectation { issuer: &profile.issuer, nonce: &self.nonce, now: NOW };
                let keys = request.check_proofs(&expected).unwrap();
                let format = profile.configuration(&request.configuration_id).unwrap().format;
                let credentials = keys
                    .iter()
                    .map(|key| Issued { credential: self.issue(format, key), portrait: None })
                    .collect();
                (200, CredentialResponse { credentials }.to_value().to_string())
            }
            (other, method) => panic!("{other} {method:?}"),
        }
    }

    fn issue(&mut self, format: Format, holder: &PublicKey) -> String {
        let claims = absah_credential::sd_jwt::Object::new().disclosable("nama", "SITI AMINAH");
        let groups = absah_credential::Groups::new(CredentialType::KtpElektronik, format, claims);
        let issuance = Issuance {
            issuer: &Issuer::new(&HttpsUrl::parse(URL).unwrap(), "credential-1", &[]),
            groups: &groups,
            validity: Validity::days(NOW, NOW.plus(Seconds::days(30))).unwrap(),
            holder,
            status: &StatusReference { uri: format!("{URL}/status/0"), idx: 4 },
        };
        let prepared = issuance.prepare(&mut self.dice).unwrap();
        prepared.attach(&self.city.credential_key.sign(prepared.to_be_signed()))
    }
}

/// What becomes of the answer from a path: status and body in, status and body out.
type Change<'c> = &'c dyn Fn(&str, (u16, String)) -> (u16, String);

/// Goes on until `stop` says so or all is received; `change` may replace an answer.
fn receive(change: Change<'_>) -> Result<Vec<Received>, ReceiveError> {
    let mut endpoints = Endpoints::new();
    let mut dice = Dice(99);
    let mut receiving = Receiving::open(&deep_link(&format!("{URL}/offers/1")), UrlRules::HttpsOnly).unwrap();
    loop {
        match receiving.need()? {
            Need::Fetch(fetch) => {
                let answer = endpoints.answer(fetch.url.as_str(), &fetch.method, fetch.bearer.is_some());
                let (status, body) = change(fetch.url.path(), answer);
                receiving.fetched(status, body.as_bytes())?;
            }
            Need::TxCode(prompt) => {
                assert_eq!(prompt.length, Some(6));
                receiving.tx_code(&format!(" {TX_CODE} "))?;
            }
            Need::Proofs(wanted) => {
                assert_eq!(wanted.copies, BATCH_SIZE);
                let keys: Vec<PrivateKey> = (0..3).map(|_| PrivateKey::generate(&mut dice)).collect();
                let public = keys.iter().map(|key| key.public_key().clone()).collect();
                let proofs = receiving.proofs(public, NOW)?;
                let signatures = keys.iter().zip(proofs.to_be_signed()).map(|(k, b)| k.sign(b)).collect();
                receiving.signed(proofs, signatures)?;
            }
            Need::Nothing => return Ok(receiving.received().to_vec()),
        }
    }
}

fn city_key(hint: &absah_credential::SignerHint<'_>) -> Option<PublicKey> {
    [URL, absah_trust::sample::DID]
        .contains(&hint.issuer)
        .then(|| City::at(NOW).credential_key.public_key().clone())
}

#[test]
fn an_offer_becomes_verified_cards() {
    let received = receive(&|_, answer| answer).unwrap();
    assert_eq!(received.len(), 6);
    let copies = verify(&received, &city_key, NOW).unwrap();
    assert_eq!(copies.iter().filter(|copy| copy.verified.format() == Format::DcSdJwt).count(), 3);
    assert_eq!(copies.iter().map(|copy| copy.key).collect::<Vec<_>>(), [0, 1, 2, 0, 1, 2]);
}

#[test]
fn hostile_answers_of_an_issuer() {
    let metadata = |change: &dyn Fn(&mut Value)| {
        let mut metadata = profile().credential_issuer();
        change(&mut metadata);
        metadata.to_string()
    };
    let configuration = "KtpElektronik_dc_sd_jwt";
    let unusable = |change: &dyn Fn(&mut Value)| {
        metadata(&|m| {
            for (_, one) in m["credential_configurations_supported"].as_object_mut().unwrap() {
                change(one);
            }
        })
    };
    let huge = "x".repeat(600 * 1024);
    let mut hinted = offer().to_value();
    hinted["grants"][PRE_AUTHORIZED_CODE]["authorization_server"] = json!("https://evil.example");
    let cases: Vec<(&str, &str, u16, String, &str)> = vec![
        (
            "server that the issuer does not name",
            "/offers/1",
            200,
            hinted.to_string(),
            "receive-unknown-server",
        ),
        ("offer gone", "/offers/1", 404, String::new(), "receive-status"),
        ("offer is a page", "/offers/1", 200, "<html>".into(), "offer-malformed"),
        ("offer too large", "/offers/1", 200, "x".repeat(20_000), "offer-too-large"),
        ("redirect", "/offers/1", 302, String::new(), "receive-status"),
        (
            "metadata is a page",
            "/.well-known/openid-credential-issuer",
            200,
            "<html>".into(),
            "receive-malformed",
        ),
        (
            "metadata too large",
            "/.well-known/openid-credential-issuer",
            200,
            huge.clone(),
            "receive-too-large",
        ),
        (
            "metadata of another issuer",
            "/.well-known/openid-credential-issuer",
            200,
            metadata(&|m| m["credential_issuer"] = json!("https://evil.example")),
            "receive-other-issuer",
        ),
        (
            "issuer with a slash more",
            "/.well-known/openid-credential-issuer",
            200,
            metadata(&|m| m["credential_issuer"] = json!(format!("{URL}/"))),
            "receive-other-issuer",
        ),
        (
            "no credential endpoint",
            "/.well-known/openid-credential-issuer",
            200,
            metadata(&|m| m["credential_endpoint"] = Value::Null),
            "receive-malformed",
        ),
        (
            "credential endpoint without TLS",
            "/.well-known/openid-credential-issuer",
            200,
            metadata(&|m| m["credential_endpoint"] = json!("http://dukcapil.example/credential")),
            "url-not-https",
        ),
        (
            "nonce endpoint is a script",
            "/.well-known/openid-credential-issuer",
            200,
            metadata(&|m| m["nonce_endpoint"] = json!("javascript:alert(1)")),
            "url-not-https",
        ),
        (
            "configuration missing",
            "/.well-known/openid-credential-issuer",
            200,
            metadata(&|m| {
                m["credential_configurations_supported"].as_object_mut().unwrap().remove(configuration);
            }),
            "receive-unknown-configuration",
        ),
        (
            "no configurations",
            "/.well-known/openid-credential-issuer",
            200,
            metadata(&|m| m["credential_configurations_supported"] = json!([])),
            "receive-malformed",
        ),
        (
            "configuration without format",
            "/.well-known/openid-credential-issuer",
            200,
            metadata(&|m| m["credential_configurations_supported"][configuration] = json!({})),
            "receive-malformed",
        ),
        (
            "only formats unknown here",
            "/.well-known/openid-credential-issuer",
            200,
            unusable(&|c| c["format"] = json!("mso_mdoc")),
            "receive-nothing-usable",
        ),
        (
            "only algorithms unknown here",
            "/.well-known/openid-credential-issuer",
            200,
            unusable(&|c| {
                c["proof_types_supported"]["jwt"]["proof_signing_alg_values_supported"] = json!(["RS256"])
            }),
            "receive-nothing-usable",
        ),
        (
            "key attestation wanted",
            "/.well-known/openid-credential-issuer",
            200,
            unusable(&|c| c["proof_types_supported"]["jwt"]["key_attestations_required"] = json!({})),
            "receive-nothing-usable",
        ),
        (
            "batch of one",
            "/.well-known/openid-credential-issuer",
            200,
            metadata(&|m| m["batch_credential_issuance"] = json!({"batch_size": 1})),
            "receive-malformed",
        ),
        (
            "encryption required",
            "/.well-known/openid-credential-issuer",
            200,
            metadata(&|m| m["credential_response_encryption"] = json!({"encryption_required": true})),
            "receive-encryption-required",
        ),
        (
            "server of another name",
            "/.well-known/oauth-authorization-server",
            200,
            json!({"issuer": "https://evil.example", "token_endpoint": "https://evil.example/token"})
                .to_string(),
            "receive-other-issuer",
        ),
        (
            "no token endpoint",
            "/.well-known/oauth-authorization-server",
            200,
            json!({"issuer": URL}).to_string(),
            "receive-malformed",
        ),
        (
            "grant refused",
            "/token",
            400,
            json!({"error": "invalid_grant"}).to_string(),
            "receive-grant-refused",
        ),
        ("server broken", "/token", 500, String::new(), "receive-status"),
        ("client refused", "/token", 401, json!({"error": "invalid_client"}).to_string(), "receive-refused"),
        (
            "token of another type",
            "/token",
            200,
            json!({"access_token": "a", "token_type": "DPoP"}).to_string(),
            "receive-token-type",
        ),
        (
            "token with a line break",
            "/token",
            200,
            json!({"access_token": "a\nb", "token_type": "Bearer"}).to_string(),
            "receive-malformed",
        ),
        ("no token", "/token", 200, json!({"token_type": "Bearer"}).to_string(), "receive-malformed"),
        ("no nonce", "/nonce", 200, json!({}).to_string(), "receive-malformed"),
        ("nonce too large", "/nonce", 200, huge, "receive-too-large"),
        (
            "credential refused",
            "/credential",
            400,
            json!({"error": "credential_request_denied"}).to_string(),
            "receive-refused",
        ),
        (
            "nonce refused twice",
            "/credential",
            400,
            json!({"error": "invalid_nonce"}).to_string(),
            "receive-refused",
        ),
        ("unknown error", "/credential", 400, json!({"error": "teapot"}).to_string(), "receive-status"),
        (
            "deferred",
            "/credential",
            202,
            json!({"transaction_id": "8xLOxBtZp8", "interval": 3600}).to_string(),
            "receive-deferred",
        ),
        ("no credential", "/credential", 200, json!({"credentials": []}).to_string(), "receive-wrong-count"),
        (
            "more credentials than keys",
            "/credential",
            200,
            json!({"credentials": vec![json!({"credential": "x"}); 4]}).to_string(),
            "receive-wrong-count",
        ),
        (
            "credential is an object",
            "/credential",
            200,
            json!({"credentials": [{"credential": {}}]}).to_string(),
            "receive-malformed",
        ),
        (
            "portrait is no base64url",
            "/credential",
            200,
            json!({"credentials": [{"credential": "x", PORTRAIT_MEMBER: "%"}]}).to_string(),
            "receive-malformed",
        ),
        (
            "credential too long",
            "/credential",
            200,
            json!({"credentials": [{"credential": "x".repeat(200_000)}]}).to_string(),
            "receive-malformed",
        ),
        (
            "repeated member",
            "/credential",
            200,
            r#"{"credentials":[],"credentials":[]}"#.into(),
            "receive-malformed",
        ),
    ];
    for (name, path, status, body, code) in cases {
        let result = receive(&|asked, answer| {
            let replace = asked == path;
            if replace { (status, body.clone()) } else { answer }
        });
        assert_eq!(result.map(|_| ()).map_err(|error| error.code()), Err(code), "{name}");
    }
    // Beside them: unknown members everywhere, and a batch of two at most.
    let result = receive(&|_, (status, body)| {
        let mut value: Value = serde_json::from_str(&body).unwrap();
        value["something_new"] = json!({"a": [1, null]});
        (status, value.to_string())
    });
    assert_eq!(result.map(|received| received.len()), Ok(6));
}

#[test]
fn a_nonce_is_renewed_once() {
    let refused = std::cell::Cell::new(false);
    let result = receive(&|path, answer| {
        if path == "/credential" && !refused.replace(true) {
            return (400, json!({"error": "invalid_nonce"}).to_string());
        }
        answer
    });
    assert_eq!(result.map(|received| received.len()), Ok(6));
}

#[test]
fn a_wrong_transaction_code_is_asked_again() {
    let link = deep_link(&format!("{URL}/offers/1"));
    let mut receiving = Receiving::open(&link, UrlRules::HttpsOnly).unwrap();
    let mut endpoints = Endpoints::new();
    for _ in 0..3 {
        let Need::Fetch(fetch) = receiving.need().unwrap() else { panic!("fetch first") };
        let (status, body) = endpoints.answer(fetch.url.as_str(), &fetch.method, false);
        receiving.fetched(status, body.as_bytes()).unwrap();
    }
    assert_eq!(receiving.issuer().map(IssuerId::as_str), Some(URL));
    assert!(receiving.spends_code());
    for typed in ["", "12345", "1234567", "12345a", "１２３４５６"] {
        assert_eq!(receiving.tx_code(typed), Err(ReceiveError::TxCodeForm), "{typed}");
    }
    assert_eq!(receiving.fetched(200, b"{}"), Err(ReceiveError::OutOfOrder));
    receiving.tx_code("000000").unwrap();
    let Need::Fetch(fetch) = receiving.need().unwrap() else { panic!("token") };
    let (status, body) = endpoints.answer(fetch.url.as_str(), &fetch.method, false);
    assert_eq!(receiving.fetched(status, body.as_bytes()), Err(ReceiveError::Grant));
    assert!(matches!(receiving.need(), Ok(Need::TxCode(_))));
    receiving.tx_code(TX_CODE).unwrap();
    assert!(matches!(receiving.need(), Ok(Need::Fetch(_))));
    assert_eq!(receiving.proofs(vec![], NOW).unwrap_err(), ReceiveError::OutOfOrder);
}

#[test]
fn hostile_credentials() {
    let received = receive(&|_, answer| answer).unwrap();
    let kept =
        |received: &[Received]| verify(received, &city_key, NOW).map(|_| ()).map_err(|error| error.code());
    let first = &received[0];
    let with = |change: &dyn Fn(&mut Received)| {
        let mut one = first.clone();
        change(&mut one);
        vec![one]
    };
    let tampered = |received: &mut Received| {
        let place = received.text.find('.').unwrap() + 20;
        let byte = if received.text.as_bytes()[place] == b'A' { "B" } else { "A" };
        received.text.replace_range(place..=place, byte);
    };
    assert_eq!(kept(&with(&|one| one.text = "x".into())), Err("sd-jwt-no-tilde"));
    assert!(kept(&with(&tampered)).is_err());
    assert_eq!(kept(&with(&|one| one.format = Format::VcSdJwt)), Err("received-other-format"));
    assert_eq!(kept(&with(&|one| one.types = Types::Vct("x".into()))), Err("received-other-type"));
    assert_eq!(kept(&with(&|one| one.keys.clear())), Err("received-other-key"));
    assert_eq!(kept(&[first.clone(), first.clone()]), Err("received-same-key"));
    assert_eq!(kept(&with(&|one| one.portrait = Some(vec![1; 40]))), Err("portrait-mismatch"));
    assert_eq!(verify(&received, &|_| None, NOW).unwrap_err().code(), "credential-signer-unknown");
    assert_eq!(
        verify(&received, &city_key, NOW.plus(Seconds::days(31))).unwrap_err().code(),
        "credential-expired"
    );
    assert_eq!(kept(&received), Ok(()));
}

#[test]
fn hostile_links_and_offers() {
    let value = offer().to_value();
    let by_value = |offer: &Value| {
        format!(
            "openid-credential-offer://?{}",
            crate::form::encode(&[("credential_offer", &offer.to_string())])
        )
    };
    let with = |change: &dyn Fn(&mut Value)| {
        let mut changed = value.clone();
        change(&mut changed);
        by_value(&changed)
    };
    let many: Vec<String> = (0..40).map(|i| format!("c{i}")).collect();
    let cases = [
        ("empty", String::new(), "offer-not-a-link"),
        ("a web page", "https://dukcapil.example/?credential_offer=%7B%7D".into(), "offer-not-a-link"),
        ("a script", "javascript:alert(1)".into(), "offer-not-a-link"),
        ("no parameter", "openid-credential-offer://".into(), "offer-ambiguous"),
        ("both", format!("{}&credential_offer_uri=https%3A%2F%2Fa.example", by_value(&value)), "offer-ambiguous"),
        ("twice", "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fa.example&credential_offer_uri=https%3A%2F%2Fb.example".into(), "offer-ambiguous"),
        ("place without TLS", deep_link("http://dukcapil.example/offers/1"), "url-not-https"),
        ("place in a file", deep_link("file:///etc/passwd"), "url-not-https"),
        ("too long", format!("openid-credential-offer://?x={}", "a".repeat(MAX_LINK)), "offer-too-large"),
        ("not JSON", "openid-credential-offer://?credential_offer=x".into(), "offer-malformed"),
        ("a list", by_value(&json!([])), "offer-malformed"),
        ("no issuer", with(&|o| o["credential_issuer"] = Value::Null), "offer-malformed"),
        ("issuer without TLS", with(&|o| o["credential_issuer"] = json!("http://dukcapil.example")), "url-not-https"),
        ("issuer with a query", with(&|o| o["credential_issuer"] = json!("https://dukcapil.example/?a=1")), "url-format"),
        ("no configuration", with(&|o| o["credential_configuration_ids"] = json!([])), "offer-malformed"),
        ("same configuration twice", with(&|o| o["credential_configuration_ids"] = json!(["a", "a"])), "offer-malformed"),
        ("too many configurations", with(&|o| o["credential_configuration_ids"] = json!(many)), "offer-malformed"),
        ("configuration is a number", with(&|o| o["credential_configuration_ids"] = json!([1])), "offer-malformed"),
        ("no grants", with(&|o| { o.as_object_mut().unwrap().remove("grants"); }), "offer-no-grant"),
        ("another grant", with(&|o| o["grants"] = json!({"authorization_code": {}})), "offer-no-grant"),
        ("no code", with(&|o| o["grants"][PRE_AUTHORIZED_CODE] = json!({})), "offer-malformed"),
        ("transaction code is a flag", with(&|o| o["grants"][PRE_AUTHORIZED_CODE]["tx_code"] = json!(true)), "offer-malformed"),
        ("unknown input", with(&|o| o["grants"][PRE_AUTHORIZED_CODE]["tx_code"] = json!({"input_mode": "voice"})), "offer-malformed"),
        ("length zero", with(&|o| o["grants"][PRE_AUTHORIZED_CODE]["tx_code"] = json!({"length": 0})), "offer-malformed"),
        ("description too long", with(&|o| o["grants"][PRE_AUTHORIZED_CODE]["tx_code"] = json!({"description": "a".repeat(301)})), "offer-malformed"),
    ];
    for (name, link, code) in cases {
        let result = Receiving::open(&link, UrlRules::HttpsOnly).map(|_| ()).map_err(|error| error.code());
        assert_eq!(result, Err(code), "{name}");
    }
    let neighbours = [
        by_value(&value),
        deep_link("https://dukcapil.example/offers/1"),
        by_value(&value).replace("openid-credential-offer", "haip-vci"),
        with(&|o| o["something_new"] = json!(1)),
        with(&|o| o["grants"][PRE_AUTHORIZED_CODE]["tx_code"] = json!({})),
        with(&|o| {
            o["grants"][PRE_AUTHORIZED_CODE].as_object_mut().unwrap().remove("tx_code");
        }),
        with(&|o| o["grants"]["authorization_code"] = json!({"issuer_state": "x"})),
    ];
    for link in neighbours {
        assert!(Receiving::open(&link, UrlRules::HttpsOnly).is_ok(), "{link}");
    }
    assert!(matches!(
        Link::parse(&deep_link("http://127.0.0.1:9/offers/1"), UrlRules::DevLoopback),
        Ok(Link::ByReference(_))
    ));
}

#[test]
fn hostile_token_requests() {
    let form = |parameters: &[(&str, &str)]| crate::form::encode(parameters);
    let right = [("grant_type", PRE_AUTHORIZED_CODE), ("pre-authorized_code", CODE), ("tx_code", TX_CODE)];
    let decide = |body: &str, record: Option<&OfferRecord>, anonymous: bool, now: Timestamp| {
        TokenRequest::parse(body.as_bytes())
            .and_then(|request| request.redeem(record, &secret(), anonymous, now))
    };
    let fresh = record();
    let used = OfferRecord { redeemed: true, ..record() };
    let dead = OfferRecord { wrong_tries: MAX_TRIES, ..record() };
    let last = OfferRecord { wrong_tries: MAX_TRIES - 1, ..record() };
    let codeless = OfferRecord { tx_code: None, ..record() };
    let valid = form(&right);
    let wrong = valid.replace(TX_CODE, "000000");
    let late = NOW.plus(OFFER_LIFE);
    type Case<'c> = (&'c str, String, Option<&'c OfferRecord>, bool, Timestamp, &'c str, OAuthError);
    let cases: Vec<Case<'_>> = vec![
        (
            "empty",
            String::new(),
            Some(&fresh),
            true,
            NOW,
            "token-missing-grant-type",
            OAuthError::InvalidRequest,
        ),
        (
            "too large",
            "a".repeat(9_000),
            Some(&fresh),
            true,
            NOW,
            "token-malformed",
            OAuthError::InvalidRequest,
        ),
        ("not UTF-8", "a=%ff".into(), Some(&fresh), true, NOW, "token-malformed", OAuthError::InvalidRequest),
        (
            "code twice",
            format!("{valid}&pre-authorized_code=x"),
            Some(&fresh),
            true,
            NOW,
            "token-repeated-parameter",
            OAuthError::InvalidRequest,
        ),
        (
            "another grant",
            form(&[("grant_type", "authorization_code"), ("code", "x")]),
            Some(&fresh),
            true,
            NOW,
            "token-unsupported-grant-type",
            OAuthError::UnsupportedGrantType,
        ),
        (
            "no code",
            form(&right[..1]),
            Some(&fresh),
            true,
            NOW,
            "token-missing-code",
            OAuthError::InvalidRequest,
        ),
        (
            "empty code",
            valid.replace(CODE, ""),
            Some(&fresh),
            true,
            NOW,
            "token-malformed",
            OAuthError::InvalidRequest,
        ),
        (
            "five digits",
            valid.replace(TX_CODE, "49353"),
            Some(&fresh),
            true,
            NOW,
            "tx-code-form",
            OAuthError::InvalidGrant,
        ),
        (
            "letters",
            valid.replace(TX_CODE, "49353a"),
            Some(&fresh),
            true,
            NOW,
            "tx-code-form",
            OAuthError::InvalidGrant,
        ),
        (
            "no transaction code",
            form(&right[..2]),
            Some(&fresh),
            true,
            NOW,
            "tx-code-missing",
            OAuthError::InvalidRequest,
        ),
        (
            "transaction code not expected",
            valid.clone(),
            Some(&codeless),
            true,
            NOW,
            "tx-code-unexpected",
            OAuthError::InvalidRequest,
        ),
        (
            "wrong transaction code",
            wrong.clone(),
            Some(&fresh),
            true,
            NOW,
            "tx-code-wrong",
            OAuthError::InvalidGrant,
        ),
        ("wrong for the last time", wrong, Some(&last), true, NOW, "tx-code-wrong", OAuthError::InvalidGrant),
        (
            "right after too many tries",
            valid.clone(),
            Some(&dead),
            true,
            NOW,
            "tx-code-tries-used-up",
            OAuthError::InvalidGrant,
        ),
        ("unknown code", valid.clone(), None, true, NOW, "token-code-unknown", OAuthError::InvalidGrant),
        ("used code", valid.clone(), Some(&used), true, NOW, "token-code-used", OAuthError::InvalidGrant),
        ("too late", valid.clone(), Some(&fresh), true, late, "token-code-expired", OAuthError::InvalidGrant),
        (
            "anonymous",
            valid.clone(),
            Some(&fresh),
            false,
            NOW,
            "token-anonymous-client",
            OAuthError::InvalidClient,
        ),
    ];
    for (name, body, record, anonymous, now, code, oauth) in cases {
        let error = decide(&body, record, anonymous, now).unwrap_err();
        assert_eq!((error.code(), error.oauth()), (code, oauth), "{name}");
        assert_eq!(error.counts_as_try(), code == "tx-code-wrong", "{name}");
    }
    assert_eq!(decide(&valid, Some(&fresh), true, NOW), Ok(()));
    assert_eq!(decide(&valid, Some(&last), true, late.minus(Seconds(1))), Ok(()));
    assert_eq!(decide(&format!("{valid}&client_id=w&new=1"), Some(&fresh), false, NOW), Ok(()));
    assert_eq!(decide(&form(&right[..2]), Some(&codeless), true, NOW), Ok(()));
    // The same digits under another offer give another tag.
    assert_ne!(TxCodeTag::of(&secret(), "other", TX_CODE), TxCodeTag::of(&secret(), CODE, TX_CODE));
}

#[test]
fn nonces() {
    let key = NonceKey::new(secret());
    let other = NonceKey::new(Secret::new([43; 32]));
    let nonce = key.issue(NOW, &mut Dice(1));
    let code = |key: &NonceKey, nonce: &str, now| key.check(nonce, now).map_err(|error| error.code());
    assert_eq!(code(&key, &nonce, NOW), Ok(()));
    assert_eq!(code(&key, &nonce, NOW.plus(Seconds(299))), Ok(()));
    assert_eq!(code(&key, &nonce, NOW.plus(Seconds(300))), Err("c-nonce-expired"));
    assert_eq!(code(&other, &nonce, NOW), Err("c-nonce-unknown"));
    for hostile in ["", "wKI4LT17ac15ES9bw8ac4", &nonce[1..], &format!("{nonce}A"), &format!("{nonce}=")] {
        assert_eq!(code(&key, hostile, NOW), Err("c-nonce-unknown"), "{hostile}");
    }
    for place in 0..nonce.len() {
        let mut changed = nonce.clone().into_bytes();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert_eq!(code(&key, &changed, NOW), Err("c-nonce-unknown"), "character {place}");
    }
}

struct Prover {
    key: NonceKey,
    holder: PrivateKey,
    profile: Profile,
}

impl Prover {
    fn new() -> Self {
        Self { key: NonceKey::new(secret()), holder: PrivateKey::generate(&mut Dice(7)), profile: profile() }
    }

    fn claims(&self) -> Value {
        json!({"aud": URL, "iat": NOW.unix(), "nonce": self.key.issue(NOW, &mut Dice(8))})
    }

    fn header(&self) -> Header {
        Header::es256(PROOF_TYPE).with_jwk(self.holder.public_key().to_jwk())
    }

    fn proof(&self, header: Header, claims: &Value) -> String {
        ToBeSigned::new(&header, claims.to_string().as_bytes()).sign(&self.holder).unwrap()
    }

    fn check(&self, proofs: &[String]) -> Result<Vec<PublicKey>, CredentialRequestError> {
        let body =
            json!({"credential_configuration_id": "KtpElektronik_dc_sd_jwt", "proofs": {"jwt": proofs}});
        let request = CredentialRequest::parse(body.to_string().as_bytes())?;
        let expected = ProofExpectation { issuer: &self.profile.issuer, nonce: &self.key, now: NOW };
        request.check_proofs(&expected).map(|keys| keys.into_vec())
    }
}

#[test]
fn hostile_proofs() {
    let prover = Prover::new();
    let jwk = prover.holder.public_key().to_jwk();
    let did = did_jwk(prover.holder.public_key());
    let with = |change: &dyn Fn(&mut Value)| {
        let mut claims = prover.claims();
        change(&mut claims);
        prover.proof(prover.header(), &claims)
    };
    let headed = |header: Header| prover.proof(header, &prover.claims());
    let bare = Header::es256(PROOF_TYPE);
    let chained = {
        let mut header = bare.clone().with_kid(format!("{did}#0"));
        header.other.insert("trust_chain".into(), json!(["x"]));
        header
    };
    let other = PrivateKey::generate(&mut Dice(70));
    let stranger = bare.clone().with_jwk(other.public_key().to_jwk());
    let late = NOW.minus(Seconds(601)).unix();
    let early = NOW.plus(Seconds(301)).unix();
    let cases: Vec<(&str, String, &str, OAuthError)> = vec![
        ("not a JWT", "x".into(), "jws-not-compact", OAuthError::InvalidProof),
        ("too long", "x".repeat(20_000), "jws-too-long", OAuthError::InvalidProof),
        (
            "type of a key binding",
            headed(Header::es256("kb+jwt").with_jwk(jwk.clone())),
            "proof-typ",
            OAuthError::InvalidProof,
        ),
        (
            "plain JWT",
            headed(Header::es256("JWT").with_jwk(jwk.clone())),
            "proof-typ",
            OAuthError::InvalidProof,
        ),
        ("no key", headed(bare.clone()), "proof-key", OAuthError::InvalidProof),
        (
            "two keys",
            headed(prover.header().with_kid(format!("{did}#0"))),
            "proof-key",
            OAuthError::InvalidProof,
        ),
        ("certificate", headed(bare.clone().with_x5c(vec![vec![1]])), "proof-key", OAuthError::InvalidProof),
        (
            "kid of no did:jwk",
            headed(bare.clone().with_kid("did:web:evil.example#0")),
            "proof-key",
            OAuthError::InvalidProof,
        ),
        (
            "kid with another fragment",
            headed(bare.clone().with_kid(format!("{did}#1"))),
            "proof-key",
            OAuthError::InvalidProof,
        ),
        ("trust chain", headed(chained), "proof-key", OAuthError::InvalidProof),
        ("somebody else's key", headed(stranger), "proof-signature", OAuthError::InvalidProof),
        (
            "payload is a list",
            prover.proof(prover.header(), &json!([])),
            "proof-payload",
            OAuthError::InvalidProof,
        ),
        (
            "another issuer",
            with(&|c| c["aud"] = json!("https://evil.example")),
            "proof-audience",
            OAuthError::InvalidProof,
        ),
        (
            "issuer with a slash",
            with(&|c| c["aud"] = json!(format!("{URL}/"))),
            "proof-audience",
            OAuthError::InvalidProof,
        ),
        (
            "two audiences",
            with(&|c| c["aud"] = json!([URL, "https://evil.example"])),
            "proof-audience",
            OAuthError::InvalidProof,
        ),
        ("no audience", with(&|c| c["aud"] = Value::Null), "proof-payload", OAuthError::InvalidProof),
        ("no time", with(&|c| c["iat"] = Value::Null), "proof-payload", OAuthError::InvalidProof),
        ("too old", with(&|c| c["iat"] = json!(late)), "proof-too-old", OAuthError::InvalidProof),
        ("from the future", with(&|c| c["iat"] = json!(early)), "proof-in-future", OAuthError::InvalidProof),
        (
            "no nonce",
            with(&|c| {
                c.as_object_mut().unwrap().remove("nonce");
            }),
            "proof-without-nonce",
            OAuthError::InvalidProof,
        ),
        ("nonce is a number", with(&|c| c["nonce"] = json!(7)), "proof-payload", OAuthError::InvalidProof),
        (
            "nonce not ours",
            with(&|c| c["nonce"] = json!("wKI4LT17ac15ES9bw8ac4")),
            "c-nonce-unknown",
            OAuthError::InvalidNonce,
        ),
        (
            "nonce too old",
            with(&|c| c["nonce"] = json!(prover.key.issue(NOW.minus(Seconds(300)), &mut Dice(8)))),
            "c-nonce-expired",
            OAuthError::InvalidNonce,
        ),
    ];
    for (name, proof, code, oauth) in cases {
        let error = prover.check(&[proof]).unwrap_err();
        assert_eq!((error.code(), error.oauth()), (code, oauth), "{name}");
    }
    let valid = headed(prover.header());
    assert_eq!(prover.check(&[valid.clone(), valid.clone()]).unwrap_err().code(), "proof-same-key");
    let mut attested = prover.header();
    attested.other.insert("key_attestation".into(), json!("x"));
    let neighbours = [
        valid,
        headed(bare.clone().with_kid(format!("{did}#0"))),
        headed(bare.with_kid(did)),
        headed(attested),
        with(&|c| c["iss"] = json!("wallet")),
        with(&|c| c["iat"] = json!(NOW.unix() as f64 + 0.5)),
        with(&|c| c["iat"] = json!(late + 1)),
    ];
    for proof in neighbours {
        assert_eq!(prover.check(&[proof]), Ok(vec![prover.holder.public_key().clone()]));
    }
}

#[test]
fn hostile_credential_requests() {
    let proof = json!({"jwt": ["x"]});
    let id = "KtpElektronik_dc_sd_jwt";
    let cases: Vec<(&str, String, &str, OAuthError)> = vec![
        ("empty", String::new(), "credential-request-malformed", OAuthError::InvalidCredentialRequest),
        ("a list", "[]".into(), "credential-request-malformed", OAuthError::InvalidCredentialRequest),
        (
            "too large",
            "x".repeat(70_000),
            "credential-request-malformed",
            OAuthError::InvalidCredentialRequest,
        ),
        (
            "repeated member",
            r#"{"proofs":{},"proofs":{}}"#.into(),
            "credential-request-malformed",
            OAuthError::InvalidCredentialRequest,
        ),
        (
            "names nothing",
            json!({"proofs": proof}).to_string(),
            "credential-request-names-nothing",
            OAuthError::InvalidCredentialRequest,
        ),
        (
            "names both",
            json!({"credential_configuration_id": id, "credential_identifier": "x", "proofs": proof})
                .to_string(),
            "credential-request-malformed",
            OAuthError::InvalidCredentialRequest,
        ),
        (
            "identifier",
            json!({"credential_identifier": "x", "proofs": proof}).to_string(),
            "credential-request-identifier",
            OAuthError::UnknownCredentialIdentifier,
        ),
        (
            "configuration is a number",
            json!({"credential_configuration_id": 1, "proofs": proof}).to_string(),
            "credential-request-malformed",
            OAuthError::InvalidCredentialRequest,
        ),
        (
            "encrypted response",
            json!({"credential_configuration_id": id, "proofs": proof, "credential_response_encryption": {}})
                .to_string(),
            "credential-request-encryption",
            OAuthError::InvalidEncryptionParameters,
        ),
        (
            "no proofs",
            json!({"credential_configuration_id": id}).to_string(),
            "proof-missing",
            OAuthError::InvalidProof,
        ),
        (
            "proof of a draft",
            json!({"credential_configuration_id": id, "proof": {"proof_type": "jwt", "jwt": "x"}})
                .to_string(),
            "proof-missing",
            OAuthError::InvalidProof,
        ),
        (
            "proofs is a list",
            json!({"credential_configuration_id": id, "proofs": []}).to_string(),
            "credential-request-malformed",
            OAuthError::InvalidCredentialRequest,
        ),
        (
            "another proof type",
            json!({"credential_configuration_id": id, "proofs": {"di_vp": [{}]}}).to_string(),
            "proof-type",
            OAuthError::InvalidProof,
        ),
        (
            "two proof types",
            json!({"credential_configuration_id": id, "proofs": {"jwt": ["x"], "di_vp": [{}]}}).to_string(),
            "proof-type",
            OAuthError::InvalidProof,
        ),
        (
            "no proof in the list",
            json!({"credential_configuration_id": id, "proofs": {"jwt": []}}).to_string(),
            "proof-missing",
            OAuthError::InvalidProof,
        ),
        (
            "thirteen proofs",
            json!({"credential_configuration_id": id, "proofs": {"jwt": vec!["x"; 13]}}).to_string(),
            "proof-too-many",
            OAuthError::InvalidProof,
        ),
        (
            "proof is a number",
            json!({"credential_configuration_id": id, "proofs": {"jwt": [1]}}).to_string(),
            "credential-request-malformed",
            OAuthError::InvalidCredentialRequest,
        ),
    ];
    for (name, body, code, oauth) in cases {
        let error = CredentialRequest::parse(body.as_bytes()).unwrap_err();
        assert_eq!((error.code(), error.oauth()), (code, oauth), "{name}");
    }
    let valid = json!({"credential_configuration_id": id, "proofs": {"jwt": vec!["x"; 12]}, "new": 1});
    assert_eq!(CredentialRequest::parse(valid.to_string().as_bytes()).unwrap().copies(), 12);
}

#[test]
fn what_the_issuer_publishes() {
    let profile = profile();
    let metadata = profile.credential_issuer();
    assert_eq!(metadata["credential_issuer"], json!(URL));
    assert_eq!(metadata["batch_credential_issuance"]["batch_size"], json!(12));
    let supported = metadata["credential_configurations_supported"].as_object().unwrap();
    assert_eq!(supported.len(), 4);
    assert_eq!(supported["KtpElektronik_dc_sd_jwt"]["vct"], json!(CredentialType::KtpElektronik.vct()));
    let vc = &supported["KtpElektronik_vc_sd_jwt"];
    assert_eq!(vc["credential_definition"]["type"], json!(["VerifiableCredential", "KtpElektronik"]));
    let claims = vc["credential_metadata"]["claims"].as_array().unwrap();
    assert!(claims.iter().all(|claim| claim["path"][0] == json!("credentialSubject")));
    assert!(claims.iter().all(|claim| claim["display"].as_array().unwrap().len() == 3));
    let key =
        PublishedKey { id: "credential-1".into(), key: City::at(NOW).credential_key.public_key().clone() };
    let jwks = profile.jwt_vc_issuer(std::slice::from_ref(&key));
    let did = profile.did_document(&[key]);
    assert_eq!(did["id"], json!("did:web:dukcapil.example"));
    assert_eq!(jwks["jwks"]["keys"][0], did["verificationMethod"][0]["publicKeyJwk"]);
    assert_eq!(jwks["jwks"]["keys"][0]["kid"], json!(City::CREDENTIAL_KID));
    assert_eq!(did["assertionMethod"], json!([City::CREDENTIAL_KID]));
    assert!(profile.configuration("Paspor_dc_sd_jwt").is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn offers_round_trip(
        ids in proptest::collection::btree_set("[A-Za-z_]{1,20}", 1..6),
        code in "[ -~]{1,60}",
        length in proptest::option::of(1_usize..=256),
        description in proptest::option::of(".{0,40}"),
        state in proptest::option::of("[ -~]{1,20}"),
    ) {
        let prompt = TxCodePrompt { input: TxCodeInput::Text, length, description };
        let mut offer = Offer::pre_authorized(
            profile().issuer, ids.into_iter().collect(), Secret::new(code), Some(prompt),
        );
        offer.grants.authorization_code =
            state.map(|state| AuthorizationCode { issuer_state: Some(state), authorization_server: None });
        let text = offer.to_value().to_string();
        let read = Offer::parse(text.as_bytes(), UrlRules::HttpsOnly).unwrap();
        prop_assert_eq!(&read.configuration_ids, &offer.configuration_ids);
        let (read, offer) = (read.to_value(), offer.to_value());
        prop_assert_eq!(read, offer);
    }

    #[test]
    fn any_bytes_are_refused_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in ".{0,100}") {
        prop_assert!(TokenRequest::parse(&bytes).is_err());
        prop_assert!(CredentialRequest::parse(&bytes).is_err());
        prop_assert!(Offer::parse(&bytes, UrlRules::HttpsOnly).is_err());
        prop_assert!(Link::parse(&text, UrlRules::DevLoopback).is_err());
    }
}
