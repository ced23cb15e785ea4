//! Links and offers, and what an issuer publishes.

use super::*;

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
        ("another grant", with(&|o| o["grants"] = json!({"password": {}})), "offer-no-grant"),
        ("no code", with(&|o| o["grants"][PRE_AUTHORIZED_CODE] = json!({})), "offer-malformed"),
        ("transaction code is a flag", with(&|o| o["grants"][PRE_AUTHORIZED_CODE]["tx_code"] = json!(true)), "offer-malformed"),
        ("unknown input", with(&|o| o["grants"][PRE_AUTHORIZED_CODE]["tx_code"] = json!({"input_mode": "voice"})), "offer-malformed"),
        ("length zero", with(&|o| o["grants"][PRE_AUTHORIZED_CODE]["tx_code"] = json!({"length": 0})), "offer-malformed"),
        ("description too long", with(&|o| o["grants"][PRE_AUTHORIZED_CODE]["tx_code"] = json!({"description": "a".repeat(301)})), "offer-malformed"),
        ("carried is a flag", with(&|o| o["absah_pendamping"] = json!(true)), "offer-malformed"),
        ("carried for nobody", with(&|o| o["absah_pendamping"] = json!({"untuk": " ", "menit": 30})), "offer-malformed"),
        ("carried for a very long name", with(&|o| o["absah_pendamping"] = json!({"untuk": "A".repeat(201), "menit": 30})), "offer-malformed"),
        ("carried for no time", with(&|o| o["absah_pendamping"] = json!({"untuk": "SITI", "menit": 0})), "offer-malformed"),
        ("carried for ever", with(&|o| o["absah_pendamping"] = json!({"untuk": "SITI", "menit": 1_000_000})), "offer-malformed"),
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
        with(&|o| o["absah_pendamping"] = json!({"untuk": "SITI R.", "menit": 30, "lain": 1})),
    ];
    for link in neighbours {
        assert!(Receiving::open(&link, UrlRules::HttpsOnly).is_ok(), "{link}");
    }
    assert!(matches!(
        Link::parse(&deep_link("http://127.0.0.1:9/offers/1"), UrlRules::DevLoopback),
        Ok(Link::ByReference(_))
    ));
}

/// The holder is told by no more than what a helper needs: the link can be photographed.
#[test]
fn a_helper_is_told_whose_card_it_is() {
    for (name, told) in
        [("SITI RAHAYU NINGSIH", "SITI R. N."), ("SUKARNO", "SUKARNO"), (" ÉMA  ÖZIL ", "ÉMA Ö.")]
    {
        assert_eq!(Carried::of(name, 30).holder, told);
    }
    let carried = Some(Carried::of("SITI RAHAYU", 30));
    let offer = Offer { carried: carried.clone(), ..offer() };
    let value = offer.to_value();
    assert_eq!(value["absah_pendamping"], json!({ "untuk": "SITI R.", "menit": 30 }));
    let link = public_link(&offer);
    assert_eq!(Receiving::open(&link, UrlRules::HttpsOnly).unwrap().carried(), carried.as_ref());
    let plain = public_link(&super::offer());
    assert_eq!(Receiving::open(&plain, UrlRules::HttpsOnly).unwrap().carried(), None);
}

#[test]
fn what_the_issuer_publishes() {
    let profile = profile();
    let metadata = profile.credential_issuer();
    assert_eq!(metadata["credential_issuer"], json!(URL));
    assert_eq!(metadata["batch_credential_issuance"]["batch_size"], json!(12));
    let supported = metadata["credential_configurations_supported"].as_object().unwrap();
    assert_eq!(supported.len(), 2 * CredentialType::ALL.len());
    assert_eq!(supported["KtpElektronik_dc_sd_jwt"]["vct"], json!(CredentialType::KtpElektronik.vct()));
    let vc = &supported["KtpElektronik_vc_sd_jwt"];
    assert_eq!(vc["credential_definition"]["type"], json!(["VerifiableCredential", "KtpElektronik"]));
    let claims = vc["credential_metadata"]["claims"].as_array().unwrap();
    assert!(claims.iter().all(|claim| claim["path"][0] == json!("credentialSubject")));
    assert!(claims.iter().all(|claim| claim["display"].as_array().unwrap().len() == 3));
    let key =
        PublishedKey { id: "credential-1".into(), key: City::at(NOW).credential_key.public_key().clone() };
    let jwks = profile.jwt_vc_issuer(std::slice::from_ref(&key));
    let did = profile.did_document(&[key], &[]);
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
