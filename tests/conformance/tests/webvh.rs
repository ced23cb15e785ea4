//! The published vectors of did:webvh 1.0, read from the shared folder: the logs of two writers, what they resolve to, and
//! what must be refused when anything in them is changed.

#[cfg(test)]
mod vectors {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::{Path, PathBuf};

    use absah_crypto::ed25519::SigningKey;
    use absah_testkit::shared_dir;
    use absah_trust::webvh::{
        DidLog, Draft, Parameters, Succession, Version, WitnessList, WitnessProof, key_hash, multikey,
        with_implicit_services,
    };
    use absah_types::{Coded as _, Secret, Timestamp, hex};
    use saphyr_parser::{Event, Parser};
    use serde_json::{Map, Value, json};

    /// After both writers wrote: one of them gave an entry the moment of its writing.
    const NOW: Timestamp = Timestamp::from_unix(1_790_000_000);
    const SCENARIOS: [&str; 13] = [
        "basic-create",
        "basic-update",
        "deactivate",
        "key-rotation",
        "multi-update",
        "multiple-update-keys",
        "portable",
        "portable-move",
        "pre-rotation",
        "pre-rotation-consume",
        "services",
        "witness-threshold",
        "witness-update",
    ];

    fn folder() -> Option<PathBuf> {
        let found = shared_dir().map(|shared| shared.join("vectors/did-webvh"));
        if found.is_none() {
            println!("skipped: no shared folder");
        }
        found
    }

    /// The log and its witness file in one writer's folder.
    fn files(folder: &Path) -> (Vec<u8>, Option<Vec<u8>>) {
        (
            std::fs::read(folder.join("did.jsonl")).unwrap(),
            std::fs::read(folder.join("did-witness.json")).ok(),
        )
    }

    /// The one log whose writer lets new witnesses agree to the very entry that names them, against "that new list becomes
    /// active AFTER the new DID log entry has been published".
    fn succession(scenario: &str, writer: &str) -> Succession {
        match (scenario, writer) {
            ("witness-update", "ts") => Succession::Named,
            _ => Succession::Before,
        }
    }

    fn every_log(mut each: impl FnMut(&str, &str, &Path)) -> Option<()> {
        let root = folder()?;
        for scenario in SCENARIOS {
            for writer in ["rust", "ts"] {
                each(scenario, writer, &root.join(scenario).join(writer));
            }
        }
        Some(())
    }

    /// Methods by id, the methods of each relationship, services by id: all ids as fragments.
    fn essence(document: &Value) -> Value {
        let fragment = |value: &Value| {
            let id = value.as_str().or_else(|| value["id"].as_str()).unwrap();
            id.rsplit_once('#').unwrap().1.to_owned()
        };
        let list = |name: &str| document[name].as_array().cloned().unwrap_or_default();
        let methods: BTreeMap<String, Value> = list("verificationMethod")
            .iter()
            .map(|m| (fragment(m), m["publicKeyMultibase"].clone()))
            .collect();
        let relations: BTreeMap<&str, BTreeSet<String>> = [
            "authentication",
            "assertionMethod",
            "keyAgreement",
            "capabilityInvocation",
            "capabilityDelegation",
        ]
        .map(|name| (name, list(name).iter().map(fragment).collect()))
        .into();
        let services: BTreeMap<String, Value> =
            list("service").iter().map(|s| (fragment(s), json!([s["type"], s["serviceEndpoint"]]))).collect();
        json!({ "id": document["id"], "also": document["alsoKnownAs"], "methods": methods, "relations": relations, "services": services })
    }

    fn assert_resolves_to(log: &DidLog, version: &Version, expected: &Value, name: &str) {
        assert_eq!(
            essence(&with_implicit_services(version.document())),
            essence(&expected["didDocument"]),
            "{name}"
        );
        let (ours, theirs) = (log.metadata(version), &expected["didDocumentMetadata"]);
        for member in ["versionId", "versionTime", "created", "scid", "portable", "deactivated"] {
            if !theirs[member].is_null() {
                assert_eq!(ours[member], theirs[member], "{name}: {member}");
            }
        }
    }

    #[test]
    fn all_26_logs_resolve_to_the_documents_given() {
        let mut resolved = 0;
        let found = every_log(|scenario, writer, folder| {
            let (log, witnesses) = files(folder);
            let name = format!("{scenario}/{writer}");
            let log = DidLog::verify_under(&log, witnesses.as_deref(), succession(scenario, writer), NOW);
            let log = log.unwrap_or_else(|error| panic!("{name}: {error}"));
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let file = path.file_name().unwrap().to_str().unwrap().to_owned();
                let Some(number) = file.strip_prefix("resolutionResult") else { continue };
                let number = number.strip_suffix("json").unwrap().trim_matches('.').parse::<usize>();
                let version = number.map_or(log.newest(), |number| log.version(number).unwrap());
                let expected = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
                assert_resolves_to(&log, version, &expected, &format!("{name}/{file}"));
                resolved += 1;
            }
        });
        assert!(found.is_none() || resolved == 30, "{resolved}");
    }

    #[test]
    fn by_the_letter_one_of_the_26_is_not_witnessed() {
        let found = every_log(|scenario, writer, folder| {
            let (log, witnesses) = files(folder);
            let code =
                DidLog::verify(&log, witnesses.as_deref(), NOW).map_or_else(|error| error.code(), |_| "ok");
            let expected =
                if (scenario, writer) == ("witness-update", "ts") { "webvh-unwitnessed" } else { "ok" };
            assert_eq!(code, expected, "{scenario}/{writer}");
        });
        let _ = found;
    }

    /// Every value at any depth, as a pointer.
    fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
        let mut into = |name: &str, member: &Value| {
            let name = name.replace('~', "~0").replace('/', "~1");
            pointers(member, &format!("{at}/{name}"), found);
        };
        match value {
            Value::Object(members) => members.iter().for_each(|(name, member)| into(name, member)),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| into(&index.to_string(), item));
            }
            _ => {}
        }
        if !at.is_empty() {
            found.push(at.to_owned());
        }
    }

    fn another(value: &Value) -> Value {
        match value {
            Value::String(text) => json!(format!("{text}x")),
            Value::Bool(is) => json!(!is),
            Value::Number(_) => json!(77),
            Value::Array(items) if items.is_empty() => json!(["x"]),
            Value::Object(members) if members.is_empty() => json!({ "x": 1 }),
            _ => Value::Null,
        }
    }

    #[test]
    fn no_log_survives_a_changed_value_or_line() {
        let mut changes = 0;
        let found = every_log(|scenario, writer, folder| {
            let (log, witnesses) = files(folder);
            let rule = succession(scenario, writer);
            let text = String::from_utf8(log).unwrap();
            let lines: Vec<&str> = text.lines().collect();
            let mut refused = |lines: &[&str], what: &str| {
                let log = lines.join("\n");
                let read = DidLog::verify_under(log.as_bytes(), witnesses.as_deref(), rule, NOW);
                assert!(read.is_err(), "{scenario}/{writer}: {what}");
                changes += 1;
            };
            for (at, line) in lines.iter().enumerate() {
                let entry: Value = serde_json::from_str(line).unwrap();
                let mut all = Vec::new();
                pointers(&entry, "", &mut all);
                for pointer in all {
                    let mut changed = entry.clone();
                    let place = changed.pointer_mut(&pointer).unwrap();
                    *place = another(place);
                    let changed = changed.to_string();
                    let mut spoiled = lines.clone();
                    spoiled[at] = &changed;
                    refused(&spoiled, &format!("line {} {pointer}", at + 1));
                }
                if at + 1 < lines.len() {
                    let mut spoiled = lines.clone();
                    spoiled.remove(at);
                    refused(&spoiled, &format!("line {} removed", at + 1));
                    let mut spoiled = lines.clone();
                    spoiled.swap(at, at + 1);
                    refused(&spoiled, &format!("lines {} and {} swapped", at + 1, at + 2));
                }
            }
        });
        assert!(found.is_none() || changes > 1000, "{changes}");
    }

    /// One YAML node as JSON: mappings, sequences, texts.
    fn node<'i>(events: &mut impl Iterator<Item = Event<'i>>, first: Event<'i>) -> Value {
        match first {
            Event::Scalar(text, ..) => json!(text.as_ref()),
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    match events.next().unwrap() {
                        Event::SequenceEnd => return Value::Array(items),
                        event => items.push(node(events, event)),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut members = Map::new();
                loop {
                    match events.next().unwrap() {
                        Event::MappingEnd => return Value::Object(members),
                        Event::Scalar(name, ..) => {
                            let name = name.to_string();
                            let event = events.next().unwrap();
                            members.insert(name, node(events, event));
                        }
                        other => panic!("{other:?}"),
                    }
                }
            }
            other => panic!("{other:?}"),
        }
    }

    fn script(path: &Path) -> Value {
        let text = std::fs::read_to_string(path).unwrap();
        let mut events = Parser::new_from_str(&text).map(|event| event.unwrap().0);
        let start = events.by_ref().find(|event| matches!(event, Event::MappingStart(..))).unwrap();
        node(&mut events, start)
    }

    /// What a script asks for, written by us: the log and the witnesses' file.
    fn written(script: &Value) -> (String, Vec<u8>) {
        let key = |id: &str| {
            let keys = script["keys"].as_array().unwrap();
            let seed = keys.iter().find(|key| key["id"] == id).unwrap()["seed"].as_str().unwrap();
            SigningKey::from_seed(&Secret::new(hex::decode(seed).unwrap().try_into().unwrap())).unwrap()
        };
        let name = |id: &Value| multikey(key(id.as_str().unwrap()).public_key());
        let all = |list: &Value| list.as_array().map(|ids| ids.iter().map(name).collect::<Vec<_>>());
        let (mut log, mut proofs, mut witnesses) = (String::new(), Vec::new(), Vec::<String>::new());
        for step in script["steps"].as_array().unwrap().iter().filter(|step| step["op"] != "resolve") {
            let at = Timestamp::parse_rfc3339(step["timestamp"].as_str().unwrap()).unwrap();
            let params = &step["params"];
            let witness = params["witness"].as_object().map(|witness| WitnessList {
                threshold: witness["threshold"].as_str().unwrap().parse().unwrap(),
                witnesses: all(&json!(
                    witness["witnesses"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|w| w["id"].clone())
                        .collect::<Vec<_>>()
                ))
                .unwrap(),
            });
            let parameters = Parameters {
                update_keys: all(&params["updateKeys"]),
                next_key_hashes: all(&params["nextKeyHashes"])
                    .map(|keys| keys.iter().map(|key| key_hash(key)).collect()),
                witness,
                portable: (params["portable"] == "true").then_some(true),
                deactivated: (step["op"] == "deactivate").then_some(true),
                ..Parameters::default()
            };
            let (signer, multikey_of_signer) = (key(step["signer"].as_str().unwrap()), name(&step["signer"]));
            let file = serde_json::to_vec(&proofs).unwrap();
            let known = (!log.is_empty()).then(|| DidLog::verify(log.as_bytes(), Some(&file), NOW).unwrap());
            let mut document = match &known {
                Some(known) => known.newest().document().clone(),
                None => json!({ "id": format!("did:webvh:{{SCID}}:{}", step["domain"].as_str().unwrap()) }),
            };
            if let (Some(known), Some(domain)) = (&known, step["domain"].as_str()) {
                let old = known.newest().did().to_owned();
                let scid = &known.newest().parameters().scid;
                document["id"] = json!(format!("did:webvh:{scid}:{domain}"));
                document["alsoKnownAs"] = json!([old]);
            }
            for (member, own) in [("alsoKnownAs", "alsoKnownAs"), ("services", "service")] {
                if !params[member].is_null() {
                    document[own] = params[member].clone();
                }
            }
            let draft = match &known {
                Some(known) => Draft::next(known, &document, &parameters, &multikey_of_signer, at),
                None => Draft::first(&document, &parameters, &multikey_of_signer, at),
            };
            let named = params["witness"]["witnesses"].as_array();
            if let Some(named) = named {
                witnesses.extend(named.iter().map(|witness| witness["id"].as_str().unwrap().to_owned()));
            }
            for witness in &witnesses {
                let proof = WitnessProof::prepare(draft.version_id(), &name(&json!(witness)), at);
                let signature = key(witness).sign(&proof.to_be_signed()).unwrap();
                proofs.push(json!({ "versionId": draft.version_id(), "proof": [proof.attach(&signature)] }));
            }
            log.push_str(&draft.attach(&signer.sign(&draft.to_be_signed()).unwrap()));
        }
        (log, serde_json::to_vec(&proofs).unwrap())
    }

    #[test]
    fn every_script_can_be_written() {
        let Some(root) = folder() else { return };
        for scenario in SCENARIOS {
            let script = script(&root.join(scenario).join("script.yaml"));
            let (log, witnesses) = written(&script);
            let log = DidLog::verify(log.as_bytes(), Some(&witnesses), NOW);
            let log = log.unwrap_or_else(|error| panic!("{scenario}: {error}"));
            let steps =
                script["steps"].as_array().unwrap().iter().filter(|step| step["op"] != "resolve").count();
            assert_eq!(log.versions().len(), steps, "{scenario}");
            if scenario == "portable-move" {
                assert!(log.newest().did().ends_with(":example.org"));
            }
        }
    }
}
