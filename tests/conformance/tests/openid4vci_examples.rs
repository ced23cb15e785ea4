//! The published examples of OpenID4VCI 1.0 (see SOURCE.md beside them): what we read we read as shown, what we write has
//! the same shape.

#[cfg(test)]
mod examples {
    use std::path::{Path, PathBuf};

    use absah_credential::ClaimPath;
    use absah_crypto::jws::Compact;
    use absah_crypto::{PrivateKey, PublicKey};
    use absah_protocol::oauth::{OAuthError, ToOAuth};
    use absah_protocol::oid4vci::holder::{Body, Fetch, Method, Need, ReceiveError, Receiving};
    use absah_protocol::oid4vci::issuer::{
        Configuration, CredentialRequest, NonceKey, Profile, ProofExpectation, TokenRequest, nonce,
    };
    use absah_protocol::oid4vci::{Link, Offer, PROOF_TYPE, TxCodeInput, deep_link};
    use absah_protocol::{IssuerId, UrlRules, dcql};
    use absah_schemas::CredentialType;
    use absah_testkit::{SeededRng, shared_dir};
    use absah_types::{Coded, Lang, Secret, Timestamp};
    use serde_json::{Value, json};

    fn folder() -> Option<PathBuf> {
        let folder = shared_dir().map(|shared| shared.join("vectors/openid4vci-1.0-examples"));
        if folder.is_none() {
            println!("skipped: no shared vectors");
        }
        folder
    }

    fn text(folder: &Path, name: &str) -> String {
        std::fs::read_to_string(folder.join(name)).unwrap()
    }

    fn value(folder: &Path, name: &str) -> Value {
        serde_json::from_str(&text(folder, name)).unwrap()
    }

    /// The example of that section whose text or body contains `part`.
    fn inline(folder: &Path, section: &str, part: &str) -> Value {
        let examples = value(folder, "inline-examples.json");
        let fits = |example: &&Value| example["section"] == section && example.to_string().contains(part);
        examples.as_array().unwrap().iter().find(fits).unwrap_or_else(|| panic!("{section}: {part}")).clone()
    }

    /// Body of an HTTP message.
    fn body(message: &str) -> &str {
        message.split_once("\n\n").unwrap().1
    }

    /// "with line breaks within values for display purposes only".
    fn joined(text: &str) -> String {
        text.lines().map(str::trim).collect()
    }

    #[test]
    fn all_offers_parse() {
        let Some(folder) = folder() else { return };
        let read = |text: &str| Offer::parse(text.as_bytes(), UrlRules::HttpsOnly).unwrap();
        let by_reference = read(&text(&folder, "examples/credential_offer_by_reference.json"));
        let grant = by_reference.grants.pre_authorized.unwrap();
        assert_eq!(by_reference.configuration_ids, ["UniversityDegree_LDP_VC"]);
        assert_eq!(grant.code.expose(), "adhjhdjajkdkhjhdj");
        assert_eq!(grant.tx_code.unwrap().input, TxCodeInput::Numeric);
        let several = read(&text(&folder, "examples/credential_offer_multiple_credentials.json"));
        assert_eq!(several.configuration_ids, ["UniversityDegreeCredential", "org.iso.18013.5.1.mDL"]);
        let prompt = several.grants.pre_authorized.unwrap().tx_code.unwrap();
        assert_eq!((prompt.length, prompt.fits("1234"), prompt.fits("12345")), (Some(4), true, false));
        let described = read(&text(&folder, "examples/credential_offer_pre-authz_code.json"));
        assert!(
            described.grants.pre_authorized.unwrap().tx_code.unwrap().description.unwrap().ends_with("SMS")
        );
        let code_flow = read(body(&text(&folder, "examples/credential_offer_authz_code.txt")));
        let grant = code_flow.grants.authorization_code.unwrap();
        assert_eq!(grant.issuer_state.as_deref(), Some("eyJhbGciOiJSU0Et...FYUaBy"));
        assert!(code_flow.grants.pre_authorized.is_none());
    }

    #[test]
    fn offers_are_written_as_they_are_read() {
        let Some(folder) = folder() else { return };
        for name in ["by_reference", "multiple_credentials", "pre-authz_code"] {
            let example = value(&folder, &format!("examples/credential_offer_{name}.json"));
            let mut written =
                Offer::parse(example.to_string().as_bytes(), UrlRules::HttpsOnly).unwrap().to_value();
            // We always write the default.
            let codes = "/grants/urn:ietf:params:oauth:grant-type:pre-authorized_code/tx_code";
            if example.pointer(codes).unwrap().get("input_mode").is_none() {
                written.pointer_mut(codes).unwrap().as_object_mut().unwrap().remove("input_mode");
            }
            assert_eq!(written, example, "{name}");
        }
    }

    #[test]
    fn the_links_parse() {
        let Some(folder) = folder() else { return };
        let section = "Sending Credential Offer by Value Using `credential_offer` Parameter";
        let link = joined(inline(&folder, section, "openid-credential-offer")["text"].as_str().unwrap());
        let Ok(Link::ByValue(offer)) = Link::parse(&link, UrlRules::HttpsOnly) else { panic!("by value") };
        let prompt = offer.grants.pre_authorized.unwrap().tx_code.unwrap();
        assert_eq!(prompt.input, TxCodeInput::Text);
        assert!(prompt.description.unwrap().starts_with("Please enter the serial number"));
        let section = "Sending Credential Offer by Reference Using `credential_offer_uri` Parameter";
        let link = joined(inline(&folder, section, "openid-credential-offer")["text"].as_str().unwrap());
        let Ok(Link::ByReference(uri)) = Link::parse(&link, UrlRules::HttpsOnly) else {
            panic!("by reference")
        };
        assert_eq!(
            uri.as_str(),
            "https://server.example.com/credential-offer/GkurKxf5T0Y-mnPFCHqWOMiZi4VS138cQO_V7PZHAdM"
        );
        // Ours is the same link but for the dots, which need no escape.
        assert_eq!(deep_link(uri.as_str()), link.replace("%2E", "."));
    }

    /// A wallet with an offer of the example configuration, given this metadata.
    struct Wallet {
        receiving: Receiving,
    }

    impl Wallet {
        fn with(metadata: &Value) -> Result<Self, ReceiveError> {
            let ids = metadata["credential_configurations_supported"].as_object().unwrap();
            let ids: Vec<&String> = ids.keys().collect();
            let offer = json!({
                "credential_issuer": metadata["credential_issuer"],
                "credential_configuration_ids": ids,
                "grants": {"urn:ietf:params:oauth:grant-type:pre-authorized_code": {"pre-authorized_code": "x"}},
            });
            let offer = Offer::parse(offer.to_string().as_bytes(), UrlRules::HttpsOnly).unwrap();
            let link = format!(
                "openid-credential-offer://?credential_offer={}",
                percent(&offer.to_value().to_string())
            );
            let mut receiving = Receiving::open(&link, UrlRules::HttpsOnly)?;
            receiving.fetched(200, metadata.to_string().as_bytes())?;
            Ok(Self { receiving })
        }

        fn fetch(&self) -> Fetch {
            match self.receiving.need().unwrap() {
                Need::Fetch(fetch) => fetch,
                other => panic!("{other:?}"),
            }
        }
    }

    fn percent(text: &str) -> String {
        text.bytes().map(|byte| format!("%{byte:02X}")).collect()
    }

    /// The long example with what this wallet does not do taken out: encryption and key attestation.
    fn usable(mut metadata: Value) -> Value {
        for (_, configuration) in metadata["credential_configurations_supported"].as_object_mut().unwrap() {
            configuration["proof_types_supported"]["jwt"]
                .as_object_mut()
                .unwrap()
                .remove("key_attestations_required");
        }
        for encryption in ["credential_request_encryption", "credential_response_encryption"] {
            metadata[encryption]["encryption_required"] = json!(false);
        }
        metadata
    }

    #[test]
    fn the_long_metadata_is_understood() {
        let Some(folder) = folder() else { return };
        // Encryption is understood; what is left that we do not have is key attestation. The final text's example gives
        // `jwks` as a bare array, which is no JWK Set: what is required cannot be done then. The errata mend it.
        for (name, code) in [
            ("examples", "receive-encryption-required"),
            ("errata-draft-changed-files", "receive-nothing-usable"),
        ] {
            let metadata = value(&folder, &format!("{name}/credential_issuer_metadata_sd_jwt_long.json"));
            assert_eq!(Wallet::with(&metadata).err().map(|error| error.code()), Some(code), "{name}");
            let mut attested = metadata.clone();
            attested["credential_request_encryption"]["encryption_required"] = json!(false);
            attested["credential_response_encryption"]["encryption_required"] = json!(false);
            assert_eq!(
                Wallet::with(&attested).err().map(|error| error.code()),
                Some("receive-nothing-usable")
            );
            let wallet = Wallet::with(&usable(metadata)).unwrap();
            // "The actual OAuth 2.0 Authorization Server metadata is obtained from the `oauth-authorization-server`
            // well-known location"
            let expected = "https://server.example.com/.well-known/oauth-authorization-server";
            assert_eq!(wallet.fetch().url.as_str(), expected);
        }
    }

    #[test]
    fn formats_we_do_not_hold_are_left_out() {
        let Some(folder) = folder() else { return };
        for name in ["ldp_vc", "jwt_vc_json", "mso_mdoc"] {
            let mut metadata = value(&folder, &format!("examples/credential_metadata_{name}.json"));
            metadata["credential_issuer"] = json!("https://credential-issuer.example.com");
            metadata["credential_endpoint"] = json!("https://credential-issuer.example.com/credential");
            let refused = Wallet::with(&metadata).err().map(|error| error.code());
            assert_eq!(refused, Some("receive-nothing-usable"), "{name}");
        }
    }

    #[test]
    fn a_wallet_sends_what_the_examples_show() {
        let Some(folder) = folder() else { return };
        let metadata = usable(value(&folder, "examples/credential_issuer_metadata_sd_jwt_long.json"));
        let mut wallet = Wallet::with(&metadata).unwrap();
        let server = json!({"issuer": "https://server.example.com", "token_endpoint": "https://server.example.com/token"});
        wallet.receiving.fetched(200, server.to_string().as_bytes()).unwrap();
        let Method::Post(Body::Form(form)) = wallet.fetch().method else { panic!("form") };
        assert_eq!(
            form.expose(),
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code&pre-authorized_code=x"
        );
        // The token example is for another configuration; ours has none of its identifiers.
        let token = inline(&folder, "Successful Token Response", "access_token");
        wallet.receiving.fetched(200, token["body_json"].to_string().as_bytes()).unwrap();
        assert!(matches!(wallet.fetch().method, Method::Post(Body::Empty)));
        let nonce = inline(&folder, "Nonce Response", "c_nonce");
        wallet.receiving.fetched(200, nonce["body_json"].to_string().as_bytes()).unwrap();
        let mut rng = SeededRng::new(1);
        let keys: Vec<PrivateKey> = (0..2).map(|_| PrivateKey::generate(&mut rng)).collect();
        let public: Vec<PublicKey> = keys.iter().map(|key| key.public_key().clone()).collect();
        let proofs = wallet.receiving.proofs(public, Timestamp::from_unix(1_701_960_444)).unwrap();
        let signatures = keys.iter().zip(proofs.to_be_signed()).map(|(key, bytes)| key.sign(bytes)).collect();
        wallet.receiving.signed(proofs, signatures).unwrap();
        let fetch = wallet.fetch();
        assert_eq!(fetch.url.as_str(), "https://credential-issuer.example.com/credential");
        assert_eq!(fetch.bearer.unwrap().expose(), "eyJhbGciOiJSUzI1NiIsInR5cCI6Ikp..sHQ");
        let Method::Post(Body::Json(request)) = fetch.method else { panic!("json") };
        let request: Value = serde_json::from_str(&request).unwrap();
        assert_eq!(request["credential_configuration_id"], "SD_JWT_VC_example_in_OpenID4VCI");
        let proof = Compact::parse(request["proofs"]["jwt"][1].as_str().unwrap(), 4096).unwrap();
        // The example's proof has the same header members and the same claims.
        let example = inline(&folder, "`jwt` Proof Type", "\\\"nonce\\\": \\\"LarRGSbmUPYtRYO6BQ4yn8\\\"");
        let (header, claims) = example["text"].as_str().unwrap().split_once("}.{").unwrap();
        let members = |text: String| -> Vec<String> {
            serde_json::from_str::<serde_json::Map<String, Value>>(&text).unwrap().keys().cloned().collect()
        };
        let ours: serde_json::Map<String, Value> = serde_json::from_slice(&proof.header_json).unwrap();
        assert_eq!(ours.keys().cloned().collect::<Vec<_>>(), members(format!("{header}}}")));
        let ours: serde_json::Map<String, Value> = serde_json::from_slice(&proof.payload).unwrap();
        assert_eq!(ours.keys().cloned().collect::<Vec<_>>(), members(format!("{{{claims}")));
        assert_eq!(ours["nonce"], nonce["body_json"]["c_nonce"]);
    }

    #[test]
    fn identifiers_of_a_token_are_used() {
        let Some(folder) = folder() else { return };
        let mut metadata = usable(value(&folder, "examples/credential_issuer_metadata_sd_jwt_long.json"));
        let supported = metadata["credential_configurations_supported"].as_object_mut().unwrap();
        let configuration = supported.remove("SD_JWT_VC_example_in_OpenID4VCI").unwrap();
        supported.insert("UniversityDegreeCredential".into(), configuration);
        metadata.as_object_mut().unwrap().remove("nonce_endpoint");
        let mut wallet = Wallet::with(&metadata).unwrap();
        let server = json!({"issuer": "https://server.example.com", "token_endpoint": "https://server.example.com/token"});
        wallet.receiving.fetched(200, server.to_string().as_bytes()).unwrap();
        let token = inline(&folder, "Successful Token Response", "access_token");
        wallet.receiving.fetched(200, token["body_json"].to_string().as_bytes()).unwrap();
        let key = PrivateKey::generate(&mut SeededRng::new(1));
        let proofs = wallet
            .receiving
            .proofs(vec![key.public_key().clone()], Timestamp::from_unix(1_701_960_444))
            .unwrap();
        let signatures = proofs.to_be_signed().map(|bytes| key.sign(bytes)).collect();
        wallet.receiving.signed(proofs, signatures).unwrap();
        let Method::Post(Body::Json(request)) = wallet.fetch().method else { panic!("json") };
        let request: Value = serde_json::from_str(&request).unwrap();
        assert_eq!(request["credential_identifier"], "CivilEngineeringDegree-2023");
        assert!(request.get("credential_configuration_id").is_none());
        // "Each key provided by the Wallet is used to bind to, at most, one Credential." Here two came for one key.
        let answer = |part: &str| inline(&folder, "Credential Response", part)["body_json"].to_string();
        let two = wallet.receiving.fetched(200, answer("notification_id").as_bytes());
        assert_eq!(two.map_err(|error| error.code()), Err("receive-wrong-count"));
        wallet.receiving.fetched(202, answer("transaction_id").as_bytes()).unwrap();
        let [later] = wallet.receiving.awaited() else { panic!("one comes later") };
        assert_eq!((later.transaction_id.as_str(), later.interval.0), ("8xLOxBtZp8", 3600));
        assert!(matches!(wallet.receiving.need(), Ok(Need::Nothing)));
    }

    #[test]
    fn a_credential_response_is_taken_whole() {
        let Some(folder) = folder() else { return };
        let response = text(&folder, "examples/credential_response_sd_jwt_vc.txt");
        let response: Value = serde_json::from_str(&joined(body(&response))).unwrap();
        let text = response["credentials"][0]["credential"].as_str().unwrap();
        let unverified = absah_credential::sd_jwt::Unverified::parse(text).unwrap();
        assert!(unverified.header().is_type("dc+sd-jwt"));
    }

    #[test]
    fn an_issuer_reads_what_the_examples_show() {
        let Some(folder) = folder() else { return };
        let example =
            |section: &str, part: &str| inline(&folder, section, part)["text"].as_str().unwrap().to_owned();
        let message =
            example("Request Credential Issuance using `authorization_details` Parameter", "tx_code");
        let token = TokenRequest::parse(joined(body(&message)).as_bytes()).unwrap();
        assert_eq!(token.pre_authorized_code.expose(), "SplxlOBeZQQYbYS6WxSbIA");
        assert_eq!(token.tx_code.unwrap().expose(), "493536");
        assert!(!token.names_client);
        let message = example("Token Request", "authorization_code");
        let error = TokenRequest::parse(joined(body(&message)).as_bytes()).unwrap_err();
        assert_eq!(error.oauth(), OAuthError::UnsupportedGrantType);

        let message = example("Credential Request", "credential_configuration_id");
        let request = CredentialRequest::parse(joined(body(&message)).as_bytes()).unwrap();
        assert_eq!((request.configuration_id.as_str(), request.copies()), ("org.iso.18013.5.1.mDL", 1));
        let message = example("Credential Request", "\\\"jwt\\\": [\\n      \\\"eyJ0eXAi");
        let request = CredentialRequest::parse(joined(body(&message)).as_bytes()).unwrap();
        assert!(request.by_identifier);
        assert_eq!((request.configuration_id.as_str(), request.copies()), ("CivilEngineeringDegree-2023", 2));
        let draft = text(&folder, "examples/credential_request_iso_mdl.json");
        let error = CredentialRequest::parse(draft.as_bytes()).unwrap_err();
        assert_eq!(error.oauth(), OAuthError::InvalidCredentialRequest);
    }

    #[test]
    fn the_proof_example_is_judged_by_its_content() {
        let Some(folder) = folder() else { return };
        let example = inline(&folder, "`jwt` Proof Type", "\\\"jwt\\\": [");
        let proofs: Value = serde_json::from_str(&joined(example["text"].as_str().unwrap())).unwrap();
        let proof = Compact::parse(proofs["jwt"][0].as_str().unwrap(), 4096).unwrap();
        assert!(proof.header.is_type(PROOF_TYPE));
        let key = PublicKey::from_jwk(proof.header.jwk.as_ref().unwrap()).unwrap();
        println!("signature of the example holds: {}", proof.verify(&key).is_ok());
        let body = json!({"credential_configuration_id": "x", "proofs": proofs}).to_string();
        let request = CredentialRequest::parse(body.as_bytes()).unwrap();
        let issuer = IssuerId::parse("https://credential-issuer.example.com", UrlRules::HttpsOnly).unwrap();
        let nonce = NonceKey::new(Secret::new([1; 32]));
        let at = |now: i64, issuer: &IssuerId| {
            let expected = ProofExpectation { issuer, nonce: &nonce, now: Timestamp::from_unix(now) };
            request.check_proofs(&expected).unwrap_err().code()
        };
        // Everything fits but the nonce, which another issuer made.
        assert_eq!(at(1_701_960_444, &issuer), "c-nonce-unknown");
        assert_eq!(at(1_701_970_444, &issuer), "proof-too-old");
        let other = IssuerId::parse("https://issuer.example.com", UrlRules::HttpsOnly).unwrap();
        assert_eq!(at(1_701_960_444, &other), "proof-audience");
    }

    #[test]
    fn our_metadata_has_the_shape_of_the_example() {
        let Some(folder) = folder() else { return };
        let profile = Profile {
            issuer: IssuerId::parse("https://credential-issuer.example.com", UrlRules::HttpsOnly).unwrap(),
            name: vec![(Lang::En, "Example".to_owned())],
            configurations: CredentialType::ALL.into_iter().flat_map(Configuration::pair).collect(),
            anonymous_access: true,
        };
        let ours = profile.credential_issuer();
        let example = value(&folder, "examples/credential_issuer_metadata_sd_jwt_long.json");
        same_kinds(&ours, &example, "metadata", &["credential_configurations_supported"]);
        let theirs = &example["credential_configurations_supported"]["SD_JWT_VC_example_in_OpenID4VCI"];
        for kind in CredentialType::ALL {
            let id = format!("{}_dc_sd_jwt", kind.name());
            same_kinds(&ours["credential_configurations_supported"][&id], theirs, &id, &[]);
        }
        // And a wallet of ours takes it.
        assert!(Wallet::with(&ours).is_ok());
        let example = inline(&folder, "Nonce Response", "c_nonce");
        same_kinds(&nonce::response("x"), &example["body_json"], "nonce", &[]);
    }

    /// Every member of ours that the example has too is of the same JSON kind, at every depth.
    fn same_kinds(ours: &Value, theirs: &Value, place: &str, skip: &[&str]) {
        assert_eq!(std::mem::discriminant(ours), std::mem::discriminant(theirs), "{place}");
        match (ours, theirs) {
            (Value::Object(ours), Value::Object(theirs)) => {
                for (name, member) in ours.iter().filter(|(name, _)| !skip.contains(&name.as_str())) {
                    if let Some(their) = theirs.get(name) {
                        same_kinds(member, their, &format!("{place}.{name}"), skip);
                    }
                }
            }
            (Value::Array(ours), Value::Array(theirs)) => {
                for (one, other) in ours.iter().zip(theirs) {
                    same_kinds(one, other, place, skip);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn errors_have_the_names_of_the_specification() {
        let Some(folder) = folder() else { return };
        for (section, expected) in [
            ("Token Error Response", OAuthError::InvalidRequest),
            ("Credential Request Errors", OAuthError::UnknownCredentialConfiguration),
        ] {
            let example = inline(&folder, section, "error");
            assert_eq!(
                OAuthError::from_name(example["body_json"]["error"].as_str().unwrap()),
                Some(expected)
            );
            assert_eq!(expected.status(), 400);
        }
    }

    #[test]
    fn paths_of_claims_select_as_shown() {
        let Some(folder) = folder() else { return };
        let credential = inline(&folder, "Claims Path Pointer Example", "Arthur Dent")["value"].clone();
        for (path, expected) in [
            (json!(["name"]), json!(["Arthur Dent"])),
            (json!(["address", "street_address"]), json!(["42 Market Street"])),
            (json!(["degrees", null, "type"]), json!(["Bachelor of Science", "Master of Science"])),
            (json!(["nationalities", 1]), json!(["Betelgeusian"])),
        ] {
            let path = ClaimPath::from_json(&path).unwrap();
            assert_eq!(json!(dcql::select(&path, &credential).unwrap()), expected);
        }
    }
}
