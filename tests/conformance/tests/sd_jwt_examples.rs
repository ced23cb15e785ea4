//! The examples of RFC 9901 and of its reference implementation, read from the shared folder.

#[cfg(test)]
mod specification;

#[cfg(test)]
mod examples {
    use std::path::PathBuf;

    use absah_credential::sd_jwt::{
        Held, KeyBindingExpectation, KeyBindingPolicy, Processed, SigningHeader, Unverified, prepare,
        to_flattened_json, to_general_json,
    };
    use absah_crypto::jws::Header;
    use absah_crypto::{Jwk, PrivateKey, PublicKey, sha256};
    use absah_testkit::{SeededRng, shared_dir};
    use absah_types::{Coded as _, Seconds, Secret, Timestamp, base64url};
    use serde_json::{Map, Value, json};

    use super::specification::{Specification, scalar_at};

    const NONCE: &str = "1234567890";

    fn folder() -> Option<PathBuf> {
        let folder = shared_dir().map(|shared| shared.join("vectors/sd-jwt-examples"));
        if folder.is_none() {
            println!("skipped: no shared folder");
        }
        folder
    }

    fn expectation(aud: &str, now: i64) -> KeyBindingPolicy<'_> {
        KeyBindingPolicy::Required(KeyBindingExpectation {
            aud,
            nonce: NONCE,
            now: Timestamp::from_unix(now),
            max_age: Seconds(0),
            max_ahead: Seconds(0),
        })
    }

    fn process(unverified: &Unverified, issuer: &PublicKey) -> Result<Processed, &'static str> {
        let bound = expectation("https://verifier.example.org", 1_748_537_243);
        let later = expectation("https://verifier.example.org", 1_748_537_244);
        let policies: &[KeyBindingPolicy<'_>] =
            if unverified.has_key_binding() { &[bound, later] } else { &[KeyBindingPolicy::Forbidden] };
        // The printed examples were bound in one of two seconds.
        let mut results = policies.iter().map(|policy| unverified.process(issuer, policy));
        results
            .clone()
            .find_map(Result::ok)
            .map_or_else(|| Err(results.next().unwrap().unwrap_err().code()), Ok)
    }

    /// Everything that is printed in the RFC verifies, and says what is printed beside it.
    #[test]
    fn printed_examples() {
        let Some(folder) = folder() else { return };
        let text = std::fs::read(folder.join("rfc9901-outputs/examples.json")).unwrap();
        let vectors: Value = serde_json::from_slice(&text).unwrap();
        let issuer =
            PublicKey::from_jwk(&serde_json::from_value::<Jwk>(vectors["issuer_key"].clone()).unwrap())
                .unwrap();
        let examples = vectors["examples"].as_array().unwrap();
        let (mut compact, mut bound, mut json_forms, mut compared) = (0, 0, 0, 0);
        for (at, example) in examples.iter().enumerate() {
            let section = example["section"].as_str().unwrap();
            if let Some(text) = example["compact"].as_str() {
                compact += 1;
                let tilde = if example["kind"] == "jwt" { "~" } else { "" };
                let unverified = Unverified::parse(&format!("{text}{tilde}")).unwrap();
                let processed =
                    process(&unverified, &issuer).unwrap_or_else(|code| panic!("{section}: {code}"));
                for disclosure in example["disclosures"].as_array().into_iter().flatten() {
                    let digest =
                        base64url::encode(sha256(disclosure["encoded"].as_str().unwrap().as_bytes()));
                    assert_eq!(disclosure["digest_sha256"], digest.as_str(), "{section}");
                }
                assert_eq!(unverified.disclosures(), example["disclosures"].as_array().map_or(0, Vec::len));
                if unverified.has_key_binding() {
                    bound += 1;
                    assert_eq!(processed.key_binding().unwrap().nonce, NONCE);
                    // The processed payload is printed after it, perhaps behind the key binding's own.
                    let printed = examples[at + 1..]
                        .iter()
                        .take(2)
                        .map(|next| &next["value"])
                        .find(|value| value.get("nonce").is_none())
                        .unwrap();
                    assert_eq!(&Value::Object(processed.payload().clone()), printed, "{section}");
                    compared += 1;
                }
                changed_copies_are_refused(text, tilde, &issuer);
            } else if example["value"].get("payload").is_some() {
                json_forms += 1;
                let text = example["value"].to_string();
                let unverified = Unverified::parse_json(&text).unwrap();
                // The general form's first signature is by the same key.
                process(&unverified, &issuer).unwrap_or_else(|code| panic!("{section}: {code}"));
            }
        }
        assert_eq!((compact, bound, json_forms, compared), (9, 3, 3, 3));
    }

    fn changed_copies_are_refused(text: &str, tilde: &str, issuer: &PublicKey) {
        for at in (0..text.len()).step_by(23) {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = format!("{}{tilde}", std::str::from_utf8(&bytes).unwrap());
            let accepted = Unverified::parse(&changed).is_ok_and(|it| process(&it, issuer).is_ok());
            assert!(!accepted, "changed at {at}");
        }
    }

    fn key(settings: &Value, name: &str) -> PrivateKey {
        let key = &settings["key_settings"][name];
        let key = if key.is_array() { &key[0] } else { key };
        let scalar = base64url::decode_array(key["d"].as_str().unwrap()).unwrap();
        PrivateKey::from_bytes(&Secret::new(scalar)).unwrap()
    }

    /// Issued by us, disclosed as the specification says, verified to exactly that.
    #[test]
    fn specifications() {
        let Some(folder) = folder() else { return };
        let mut count = 0;
        for family in ["sd-jwt-python", "rfc9901-specifications"] {
            let settings = std::fs::read_to_string(folder.join(family).join("settings.yml")).unwrap();
            let settings = Specification::parse(&settings).plain();
            let mut names: Vec<_> = std::fs::read_dir(folder.join(family))
                .unwrap()
                .map(|entry| entry.unwrap().path().join("specification.yml"))
                .filter(|path| path.is_file())
                .collect();
            names.sort();
            for (seed, path) in names.iter().enumerate() {
                let text = std::fs::read_to_string(path).unwrap();
                check(&Specification::parse(&text), &settings, seed as u64, &path.display().to_string());
                count += 1;
            }
        }
        assert_eq!(count, 30);
    }

    fn check(specification: &Specification, settings: &Value, seed: u64, name: &str) {
        let mut settings = settings.clone();
        if let Some(overriding) = specification.member("settings_override") {
            for (member, value) in overriding.plain().as_object().unwrap() {
                settings[member] = value.clone();
            }
        }
        let flag = |member: &str| specification.member(member).map(Specification::plain) == Some(true.into());
        let (issuer, holder) = (key(&settings, "issuer_keys"), key(&settings, "holder_key"));
        let claims = specification.member("user_claims").unwrap();
        let disclosed =
            specification.member("holder_disclosed_claims").map_or(Value::Null, Specification::plain);

        let decoys = if flag("add_decoy_claims") { 3 } else { 0 };
        let mut payload = claims.object(decoys);
        let mut expected = claims.expected(&disclosed).as_object().unwrap().clone();
        let mut visible: Map<String, Value> = Map::new();
        for member in ["iat", "exp"] {
            visible.insert(member.to_owned(), settings[member].clone());
        }
        if flag("key_binding") {
            let jwk: Value = serde_json::from_str(&holder.public_key().to_jwk().to_json()).unwrap();
            visible.insert("cnf".to_owned(), json!({ "jwk": jwk }));
        }
        for (member, value) in visible {
            if claims.member(&member).is_none() {
                expected.insert(member.clone(), value.clone());
                payload = payload.plain(member, value);
            }
        }
        let typ = specification.member("extra_header_parameters").and_then(|extra| scalar_at(extra, "typ"));
        let header = SigningHeader::new(&Header::es256(typ.unwrap_or_else(|| "example+sd-jwt".to_owned())));
        let prepared = prepare(&header, &[&payload], &mut SeededRng::new(seed)).unwrap();
        assert_eq!(prepared.disclosures().count(), claims.disclosures(), "{name}");
        let issued = prepared.attach(&issuer.sign(prepared.to_be_signed()));

        let held = Held::receive(Unverified::parse(&issued).unwrap(), issuer.public_key()).unwrap();
        let presentation = held.select_outlines(&claims.paths(&disclosed)).unwrap();
        let aud = settings["identifiers"]["verifier"].as_str().unwrap();
        let (text, policy) = if flag("key_binding") {
            let bound = presentation.bind(aud, NONCE, Timestamp::from_unix(1_700_000_000));
            let signature = holder.sign(bound.to_be_signed());
            (bound.attach(signature), expectation(aud, 1_700_000_000))
        } else {
            (presentation.as_str().to_owned(), KeyBindingPolicy::Forbidden)
        };
        let unverified = Unverified::parse(&text).unwrap();
        let json_forms = [to_flattened_json(&unverified), to_general_json(&unverified)];
        let all =
            json_forms.iter().map(|json| Unverified::parse_json(json).unwrap()).chain([unverified.clone()]);
        for form in all {
            let processed = form.process(issuer.public_key(), &policy).unwrap();
            assert_eq!(processed.payload(), &expected, "{name}");
        }
    }
}
