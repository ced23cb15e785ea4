//! The wallet against honest and hostile issuers.

use super::*;
use absah_trust::sample::key;

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
            Need::TokenKey => {
                let key = PrivateKey::generate(&mut dice).public_key().clone();
                receiving.bind(key, &mut dice)?;
            }
            Need::LogIn(_) => panic!("the offer needs no log-in"),
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
        ("offer unknown", "/offers/1", 404, String::new(), "offer-used-or-ended"),
        (
            "offer used",
            "/offers/1",
            410,
            json!({"error": "invalid_grant"}).to_string(),
            "offer-used-or-ended",
        ),
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
            metadata(&|m| {
                m["credential_response_encryption"] = json!({
                    "alg_values_supported": ["ECDH-ES"],
                    "enc_values_supported": ["A256GCM"],
                    "encryption_required": true,
                })
            }),
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
            json!({"access_token": "a", "token_type": "MAC"}).to_string(),
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
            "deferred for three years",
            "/credential",
            202,
            json!({"transaction_id": "8xLOxBtZp8", "interval": 99_999_999}).to_string(),
            "receive-deferred-interval",
        ),
        (
            "deferred without an interval",
            "/credential",
            202,
            json!({"transaction_id": "8xLOxBtZp8"}).to_string(),
            "receive-malformed",
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
    receiving.bind(key(60).public_key().clone(), &mut Dice(3)).unwrap();
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

/// The wallet's side of a log-in, up to the token request, with an issuer that answers what the test says.
fn logging_in(dice: &mut Dice) -> Receiving {
    let offer = json!({
        "credential_issuer": URL,
        "credential_configuration_ids": ["KtpElektronik_dc_sd_jwt"],
        "grants": { "authorization_code": { "issuer_state": "i-1" } },
    });
    let link = format!("haip-vci://?{}", crate::form::encode(&[("credential_offer", &offer.to_string())]));
    let mut receiving = Receiving::open(&link, UrlRules::HttpsOnly).unwrap();
    receiving.fetched(200, profile().credential_issuer().to_string().as_bytes()).unwrap();
    receiving.fetched(200, profile().authorization_server().to_string().as_bytes()).unwrap();
    assert!(receiving.spends_code(), "the person is asked before anything is pushed");
    assert!(matches!(receiving.need(), Ok(Need::TokenKey)));
    receiving.bind(key(60).public_key().clone(), dice).unwrap();
    let Ok(Need::Fetch(push)) = receiving.need() else { panic!("a push") };
    let Method::Post(Body::Form(form)) = push.method else { panic!("a form") };
    let pushed = crate::oid4vci::issuer::Pushed::parse(form.expose().as_bytes()).unwrap();
    assert_eq!(pushed.configuration_ids, ["KtpElektronik_dc_sd_jwt"]);
    assert_eq!(
        (pushed.issuer_state.as_deref(), pushed.dpop_jkt),
        (Some("i-1"), Some(key(60).public_key().thumbprint()))
    );
    receiving
        .fetched(201, br#"{"request_uri":"urn:ietf:params:oauth:request_uri:x","expires_in":60}"#)
        .unwrap();
    receiving
}

/// What comes back from a browser is taken only as the answer to this log-in, from this issuer.
#[test]
fn hostile_answers_of_a_browser() {
    let mut receiving = logging_in(&mut Dice(5));
    let Ok(Need::LogIn(ways)) = receiving.need() else { panic!("a log-in") };
    assert!(
        ways.page.starts_with(&format!("{URL}/authorize?client_id=absah-wallet&request_uri=urn")),
        "{}",
        ways.page
    );
    let state = ways.state.to_owned();
    let back = |parameters: &[(&str, &str)]| {
        format!("{}?{}", crate::oid4vci::holder::REDIRECT_URI, crate::form::encode(parameters))
    };
    for (name, address, code) in [
        ("a page of the web", "https://evil.example/?code=c".to_owned(), "receive-log-in"),
        ("other state", back(&[("code", "c"), ("state", "x"), ("iss", URL)]), "receive-log-in"),
        ("no state", back(&[("code", "c"), ("iss", URL)]), "receive-log-in"),
        (
            "mixed up with another server",
            back(&[("code", "c"), ("state", &state), ("iss", "https://evil.example")]),
            "receive-log-in",
        ),
        ("no issuer named", back(&[("code", "c"), ("state", &state)]), "receive-log-in"),
        ("no code", back(&[("state", &state), ("iss", URL)]), "receive-log-in"),
        (
            "two codes",
            format!("{}&code=d", back(&[("code", "c"), ("state", &state), ("iss", URL)])),
            "receive-log-in",
        ),
        ("said no", back(&[("error", "access_denied"), ("state", &state), ("iss", URL)]), "receive-refused"),
    ] {
        let refused = receiving.came_back(&address).map_err(|error| error.code());
        assert_eq!(refused, Err(code), "{name}");
    }
    receiving.came_back(&back(&[("code", "c"), ("state", &state), ("iss", URL)])).unwrap();
    let Ok(Need::Fetch(token)) = receiving.need() else { panic!("a token request") };
    let Method::Post(Body::Form(form)) = token.method else { panic!("a form") };
    assert!(form.expose().starts_with("grant_type=authorization_code&code=c&"), "{}", form.expose());
}

/// A server may ask for its nonce once at each step; one that asks for ever is refused.
#[test]
fn a_server_that_never_takes_its_nonce() {
    let mut dice = Dice(6);
    let mut receiving = logging_in(&mut dice);
    let Ok(Need::LogIn(ways)) = receiving.need() else { panic!("a log-in") };
    let parameters = [("code", "c"), ("state", ways.state), ("iss", URL)];
    let address = format!("{}?{}", crate::oid4vci::holder::REDIRECT_URI, crate::form::encode(&parameters));
    receiving.came_back(&address).unwrap();
    let body = br#"{"error":"use_dpop_nonce"}"#;
    let nonce = |receiving: &Receiving, dice: &mut Dice| {
        let proof = receiving.proof(NOW, dice).unwrap().sign(&key(60)).unwrap();
        let payload = absah_crypto::jws::Compact::parse(&proof, 4096).unwrap().payload;
        serde_json::from_slice::<Value>(&payload).unwrap()["nonce"].clone()
    };
    assert_eq!(nonce(&receiving, &mut dice), Value::Null);
    receiving.proved("signed".to_owned());
    assert!(receiving.proof(NOW, &mut dice).is_none(), "one proof for one request");
    receiving.dpop_nonce(Some("n-1".to_owned()));
    receiving.fetched(400, body).unwrap();
    assert_eq!(nonce(&receiving, &mut dice), json!("n-1"));
    receiving.dpop_nonce(Some("n-2".to_owned()));
    assert_eq!(receiving.fetched(400, body).map_err(|error| error.code()), Err("receive-refused"));
}
