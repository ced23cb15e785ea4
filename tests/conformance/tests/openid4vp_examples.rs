//! The published examples of OpenID4VP 1.0 (see SOURCE.md beside them): queries are parsed and answered by the rules, the
//! complete presentation verifies, messages have the shape shown.

#[cfg(test)]
mod examples {
    use std::path::{Path, PathBuf};

    use absah_credential::Format;
    use absah_credential::sd_jwt::{KeyBindingExpectation, KeyBindingPolicy, Unverified};
    use absah_crypto::PublicKey;
    use absah_protocol::dcql::{Candidate, Query};
    use absah_protocol::oid4vp::response::{self, Presented, WalletError};
    use absah_protocol::{UrlRules, oid4vp};
    use absah_testkit::shared_dir;
    use absah_types::{Coded, Seconds, Timestamp};
    use serde_json::{Value, json};

    fn folder() -> Option<PathBuf> {
        let folder = shared_dir().map(|shared| shared.join("vectors/openid4vp-1.0-examples"));
        if folder.is_none() {
            println!("skipped: no shared vectors");
        }
        folder
    }

    fn text(folder: &Path, name: &str) -> String {
        std::fs::read_to_string(folder.join(name)).unwrap()
    }

    fn query(folder: &Path, name: &str) -> Query {
        Query::parse(&serde_json::from_str(&text(folder, name)).unwrap()).unwrap()
    }

    fn inline(folder: &Path, section: &str, part: &str) -> Value {
        let examples: Value = serde_json::from_str(&text(folder, "inline-examples.json")).unwrap();
        let fits = |example: &&Value| example["section"] == section && example.to_string().contains(part);
        examples.as_array().unwrap().iter().find(fits).unwrap_or_else(|| panic!("{section}: {part}")).clone()
    }

    /// Query id, place among the cards, claims.
    type Answer = (String, usize, Vec<String>);

    /// Credentials as the queries name them, all of `dc+sd-jwt`.
    struct Cards(Vec<(&'static str, Value)>);

    impl Cards {
        /// One for each presentation, or the error's code.
        fn answer(&self, query: &Query) -> Result<Vec<Answer>, &'static str> {
            let held: Vec<Candidate<'_>> = self
                .0
                .iter()
                .map(|(vct, claims)| Candidate {
                    format: Format::DcSdJwt,
                    types: vec![vct],
                    claims,
                    holder_binding: true,
                    authority_keys: Vec::new(),
                })
                .collect();
            let selection = query.evaluate(&held).map_err(|error| error.code())?;
            let matches = selection.matches.into_iter();
            Ok(matches
                .map(|one| {
                    (one.query_id, one.credential, one.claims.iter().map(ToString::to_string).collect())
                })
                .collect())
        }
    }

    const IDENTITY: &str = "https://credentials.example.com/identity_credential";
    const OTHER: &str = "https://othercredentials.example/pid";
    const REDUCED: &str = "https://credentials.example.com/reduced_identity_credential";
    const RESIDENCE: &str = "https://cred.example/residence_credential";
    const REWARDS: &str = "https://company.example/company_rewards";

    fn person() -> Value {
        json!({
            "last_name": "Doe", "first_name": "Jane", "family_name": "Doe", "given_name": "Jane",
            "address": {"street_address": "42 Market Street"}, "postal_code": "90210",
            "locality": "Milliways", "region": "X", "date_of_birth": "1990-01-01",
        })
    }

    fn without(mut claims: Value, names: &[&str]) -> Value {
        for name in names {
            claims.as_object_mut().unwrap().remove(*name);
        }
        claims
    }

    fn one(id: &str, place: usize, claims: &[&str]) -> Answer {
        (id.to_owned(), place, claims.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn all_queries_parse_and_come_back() {
        let Some(folder) = folder() else { return };
        let mut count = 0;
        for place in ["examples/query_lang", "errata-draft-changed-files/query_lang", "examples/request"] {
            for entry in std::fs::read_dir(folder.join(place)).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                if name.starts_with("request_") {
                    continue;
                }
                let value: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
                let query = Query::parse(&value).unwrap_or_else(|error| panic!("{name}: {error}"));
                assert_eq!(Query::parse(&query.to_value()), Ok(query.clone()), "{name}");
                if query.credentials.iter().all(|credential| credential.format.held().is_some()) {
                    assert_eq!(query.to_value(), value, "{name}");
                }
                count += 1;
            }
        }
        assert_eq!(count, 14);
    }

    #[test]
    fn the_simple_query() {
        let Some(folder) = folder() else { return };
        for (place, names) in [
            ("examples", ["last_name", "first_name"]),
            ("errata-draft-changed-files", ["family_name", "given_name"]),
        ] {
            let query = query(&folder, &format!("{place}/query_lang/simple.json"));
            let claims = [names[0], names[1], "address.street_address"];
            let cards = Cards(vec![(OTHER, person()), (IDENTITY, person())]);
            assert_eq!(cards.answer(&query), Ok(vec![one("my_credential", 1, &claims)]));
            let lacking = Cards(vec![(IDENTITY, without(person(), &["address"]))]);
            assert_eq!(lacking.answer(&query), Err("query-missing-claims"));
            assert_eq!(Cards(vec![(OTHER, person())]).answer(&query), Err("query-no-credential"));
        }
    }

    #[test]
    fn values_are_matched() {
        let Some(folder) = folder() else { return };
        let query = query(&folder, "examples/query_lang/value_matching_simple.json");
        let with = |name: &str, value: Value| {
            let mut claims = person();
            claims[name] = value;
            Cards(vec![(IDENTITY, claims)]).answer(&query).map(|answer| answer.len())
        };
        assert_eq!(with("postal_code", json!("90210")), Ok(1));
        assert_eq!(with("postal_code", json!("90211")), Ok(1));
        assert_eq!(with("postal_code", json!("63100")), Err("query-missing-claims"));
        // "the type and value of the claim both match exactly"
        assert_eq!(with("postal_code", json!(90210)), Err("query-missing-claims"));
        assert_eq!(with("last_name", json!("doe")), Err("query-missing-claims"));
    }

    #[test]
    fn the_first_claim_set_that_can_be_delivered() {
        let Some(folder) = folder() else { return };
        let query = query(&folder, "examples/query_lang/claims_alternatives.json");
        let answer = |missing: &[&str]| Cards(vec![(IDENTITY, without(person(), missing))]).answer(&query);
        assert_eq!(
            answer(&[]),
            Ok(vec![one("pid", 0, &["last_name", "locality", "region", "date_of_birth"])])
        );
        assert_eq!(
            answer(&["region"]),
            Ok(vec![one("pid", 0, &["last_name", "postal_code", "date_of_birth"])])
        );
        assert_eq!(answer(&["region", "postal_code"]), Err("query-missing-claims"));
        assert_eq!(answer(&["last_name"]), Err("query-missing-claims"));
    }

    #[test]
    fn alternatives_of_credentials() {
        let Some(folder) = folder() else { return };
        let query = query(&folder, "examples/query_lang/credentials_alternatives.json");
        let reduced = || (REDUCED, json!({"family_name": "Doe", "given_name": "Jane"}));
        let residence = || (RESIDENCE, json!({"postal_code": "1", "locality": "L", "region": "R"}));
        let rewards = || (REWARDS, json!({"rewards_number": 7}));
        let names = ["given_name", "family_name", "address.street_address"];
        let ids = |cards: Vec<(&'static str, Value)>| {
            Cards(cards)
                .answer(&query)
                .map(|answer| answer.into_iter().map(|(id, _, _)| id).collect::<Vec<_>>())
        };
        let all = vec![(IDENTITY, person()), (OTHER, person()), reduced(), residence(), rewards()];
        assert_eq!(
            Cards(all).answer(&query),
            Ok(vec![one("pid", 0, &names), one("nice_to_have", 4, &["rewards_number"])])
        );
        assert_eq!(ids(vec![(OTHER, person()), reduced(), residence()]), Ok(vec!["other_pid".to_owned()]));
        assert_eq!(
            ids(vec![residence(), reduced()]),
            Ok(vec!["pid_reduced_cred_1".to_owned(), "pid_reduced_cred_2".to_owned()])
        );
        // "If the Wallet cannot deliver all non-optional Credentials [...], it MUST NOT return any Credential(s)."
        assert!(ids(vec![reduced(), rewards()]).is_err());
        assert!(ids(vec![rewards()]).is_err());
    }

    #[test]
    fn formats_we_do_not_hold_match_nothing() {
        let Some(folder) = folder() else { return };
        let cards = Cards(vec![(IDENTITY, person())]);
        for name in [
            "query_lang/simple_mdoc",
            "query_lang/complex_mdoc",
            "query_lang/multi_credentials",
            "request/dcql_ldp_vc",
            "request/dcql_jwt_vc",
        ] {
            let query = query(&folder, &format!("examples/{name}.json"));
            assert_eq!(cards.answer(&query), Err("query-no-credential"), "{name}");
        }
    }

    /// `name: value` of the only issuer key or of the holder key in settings.yml.
    fn key(settings: &str, part: &str) -> PublicKey {
        let after = settings.split_once(part).unwrap().1;
        let member = |name: &str| {
            let prefix = format!("{name}:");
            let line = after.lines().find(|line| line.trim().starts_with(&prefix)).unwrap();
            line.trim()[prefix.len()..].trim().to_owned()
        };
        let jwk = json!({"kty": "EC", "crv": "P-256", "x": member("x"), "y": member("y")});
        PublicKey::from_jwk(&serde_json::from_value(jwk).unwrap()).unwrap()
    }

    #[test]
    fn the_complete_presentation_verifies() {
        let Some(folder) = folder() else { return };
        let settings = text(&folder, "examples/sd_jwt_vcld/settings.yml");
        let example = |name: &str| text(&folder, &format!("examples/sd_jwt_vcld/01/{name}"));
        let presentation: String = example("sd_jwt_presentation.txt").split_whitespace().collect();
        let issuer = key(&settings, "issuer_keys:");
        let process = |text: &str, nonce: &str, aud: &str| {
            let binding = KeyBindingExpectation {
                aud,
                nonce,
                now: Timestamp::from_unix(1_744_743_394),
                max_age: Seconds(60),
                max_ahead: Seconds(60),
            };
            let unverified = Unverified::parse(text).map_err(|error| error.code())?;
            unverified.process(&issuer, &KeyBindingPolicy::Required(binding)).map_err(|error| error.code())
        };
        let verified = process(&presentation, "1234567890", "https://verifier.example.org").unwrap();
        let expected: Value = serde_json::from_str(&example("verified_contents.json")).unwrap();
        assert_eq!(Value::Object(verified.payload().clone()), expected);
        assert_eq!(verified.holder(), Some(&key(&settings, "holder_key:")));
        assert!(process(&presentation, "1234567891", "https://verifier.example.org").is_err());
        assert!(process(&presentation, "1234567890", "https://verifier.example.com").is_err());
        // Every changed character is noticed.
        for place in (0..presentation.len()).step_by(7) {
            let mut bytes = presentation.clone().into_bytes();
            bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(
                process(&changed, "1234567890", "https://verifier.example.org").is_err(),
                "character {place}"
            );
        }
    }

    #[test]
    fn requests_of_other_kinds_are_named() {
        let Some(folder) = folder() else { return };
        // Unsigned, with a redirect: the query inside is one we can read.
        let request = inline(&folder, "Examples", "some_identity_credential");
        assert!(Query::parse(&request["value"]["dcql_query"]).is_ok());
        assert_eq!(request["value"]["aud"], oid4vp::SELF_ISSUED_AUDIENCE);
        let header: Value =
            serde_json::from_str(&text(&folder, "examples/request/request_header_client_id_did.json"))
                .unwrap();
        assert_eq!(header["typ"], oid4vp::REQUEST_TYPE);
        let link = "openid4vp://?client_id=x509_san_dns%3Aclient.example.org&request_uri=https%3A%2F%2Fclient.example.org%2Frequest%2Fvapof4ql2i7m41m68uep&request_uri_method=post";
        let link = oid4vp::request::RequestLink::parse(link, UrlRules::HttpsOnly).unwrap().unwrap();
        assert_eq!(link.client_id, "x509_san_dns:client.example.org");
    }

    #[test]
    fn answers_have_the_shape_of_the_examples() {
        let Some(folder) = folder() else { return };
        let presented = |text: &str| Presented {
            query_id: "my_credential".to_owned(),
            presentation: text.to_owned(),
            portrait: None,
        };
        let example = inline(&folder, "Examples", "my_credential")["value"].clone();
        assert_eq!(response::vp_token(&[presented("eyJhbGci...QMA")]), example);
        let several = json!({"my_credential": ["eyJhbGci...QMA", "eyJhbGci...QMA"]});
        assert_eq!(response::vp_token(&[presented("eyJhbGci...QMA"), presented("eyJhbGci...QMA")]), several);

        let section = "Response Mode \"direct_post\"";
        let message = inline(&folder, section, "error_description")["text"].as_str().unwrap().to_owned();
        let body: String = message.split_once("\n\n").unwrap().1.lines().map(str::trim).collect();
        let read = response::parse_direct_post(body.as_bytes()).unwrap();
        assert_eq!((read.state.as_deref(), read.answer), (Some("eyJhb...6-sVA"), Err(WalletError::Other)));
        let message = inline(&folder, section, "vp_token=...")["text"].as_str().unwrap().to_owned();
        let body: String = message.split_once("\n\n").unwrap().1.lines().map(str::trim).collect();
        let body = body
            .replace("vp_token=...", &format!("vp_token={}", "%7B%22my_credential%22%3A%5B%22eyJ%22%5D%7D"));
        let read = response::parse_direct_post(body.as_bytes()).unwrap();
        assert_eq!(read.answer.unwrap(), [presented("eyJ")]);

        let next = inline(&folder, section, "response_code")["body_json"].clone();
        let address = response::read_response_body(next.to_string().as_bytes(), UrlRules::HttpsOnly);
        assert_eq!(address.as_deref(), next["redirect_uri"].as_str());
        assert_eq!(response::response_body(next["redirect_uri"].as_str()), next);
    }
}
