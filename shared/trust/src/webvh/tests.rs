use absah_crypto::ed25519::SigningKey;
use absah_types::{Coded as _, Seconds, Secret, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const BEGIN: Timestamp = Timestamp::from_unix(1_795_300_000);
const NOW: Timestamp = Timestamp::from_unix(1_795_400_000);

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&Secret::new([seed; 32])).unwrap()
}

fn name(seed: u8) -> String {
    multikey(key(seed).public_key())
}

fn document(did: &str) -> Value {
    json!({ "@context": ["https://www.w3.org/ns/did/v1"], "id": did, "alsoKnownAs": ["did:web:absah.example"] })
}

fn keys(own: &[u8], next: &[u8]) -> Parameters {
    Parameters {
        update_keys: Some(own.iter().map(|seed| name(*seed)).collect()),
        next_key_hashes: Some(next.iter().map(|seed| key_hash(&name(*seed))).collect()),
        ..Parameters::default()
    }
}

fn first(parameters: &Parameters, signer: u8) -> Draft {
    Draft::first(&document("did:webvh:{SCID}:absah.example"), parameters, &name(signer), BEGIN)
}

fn signed(draft: &Draft, signer: u8) -> String {
    draft.attach(&key(signer).sign(&draft.to_be_signed()).unwrap())
}

fn verify(log: &str) -> Result<DidLog, WebvhError> {
    DidLog::verify(log.as_bytes(), None, NOW)
}

fn code(log: &str) -> &'static str {
    verify(log).map_or_else(|error| error.code(), |_| "ok")
}

/// One more entry of the document as it is, `days` after the beginning.
fn then(log: &str, parameters: &Parameters, signer: u8, days: i64) -> String {
    let known = DidLog::verify(log.as_bytes(), None, NOW.plus(Seconds::days(30))).unwrap();
    let at = BEGIN.plus(Seconds::days(days));
    let draft = Draft::next(&known, known.newest().document(), parameters, &name(signer), at);
    format!("{log}{}", signed(&draft, signer))
}

/// Each key is used once and announced by the entry before.
fn rotating(entries: u8) -> String {
    let mut log = signed(&first(&keys(&[1], &[2]), 1), 1);
    for seed in 2..=entries {
        let known = DidLog::verify(log.as_bytes(), None, NOW).unwrap();
        let at = BEGIN.plus(Seconds::hours(i64::from(seed)));
        let parameters = keys(&[seed], &[seed + 1]);
        let draft = Draft::next(&known, known.newest().document(), &parameters, &name(seed), at);
        log.push_str(&signed(&draft, seed));
    }
    log
}

fn lines(log: &str) -> Vec<String> {
    log.lines().map(|line| format!("{line}\n")).collect()
}

/// The log with one line changed as text.
fn spoiled(log: &str, line: usize, change: impl Fn(&mut Value)) -> String {
    let mut all = lines(log);
    let mut entry: Value = serde_json::from_str(&all[line - 1]).unwrap();
    change(&mut entry);
    all[line - 1] = format!("{entry}\n");
    all.concat()
}

/// An entry that somebody changed and made hash and proof for anew, as the owner of `signer`.
fn forged(log: &str, line: usize, signer: u8, change: impl Fn(&mut Value)) -> String {
    let mut all = lines(log);
    let mut entry: Value = serde_json::from_str(&all[line - 1]).unwrap();
    let predecessor = match line {
        1 => entry["parameters"]["scid"].as_str().unwrap_or_default().to_owned(),
        _ => serde_json::from_str::<Value>(&all[line - 2]).unwrap()["versionId"].as_str().unwrap().to_owned(),
    };
    entry.as_object_mut().unwrap().remove("proof");
    change(&mut entry);
    entry["versionId"] = json!(predecessor);
    entry["versionId"] = json!(format!("{line}-{}", super::encoding::hash_of_json(&entry)));
    let options = super::proof::options(&name(signer), BEGIN);
    let signature = key(signer).sign(&super::proof::to_be_signed(&options, &entry)).unwrap();
    entry["proof"] = json!([super::proof::attach(&options, &signature)]);
    all.truncate(line);
    all[line - 1] = format!("{entry}\n");
    all.concat()
}

#[test]
fn a_log_of_announced_keys_is_read_whole() {
    let log = verify(&rotating(4)).unwrap();
    assert_eq!(log.versions().len(), 4);
    let newest = log.newest();
    assert!(newest.id().starts_with("4-Qm"));
    assert_eq!(newest.did(), format!("did:webvh:{}:absah.example", newest.parameters().scid));
    assert_eq!(newest.parameters().update_keys, [name(4)]);
    assert_eq!(log.version(1).unwrap().time(), BEGIN);
    assert_eq!(log.version(0), None);
    assert_eq!(log.version(5), None);
    assert_eq!(log.version_of_id(newest.id()), Some(newest));
    assert_eq!(log.at(BEGIN.minus(Seconds(1))), None);
    assert_eq!(log.at(BEGIN.plus(Seconds::hours(2))), log.version(2));
    assert_eq!(log.at(NOW), Some(newest));
    let metadata = log.metadata(newest);
    assert_eq!(metadata["ttl"], "3600");
    assert_eq!(metadata["created"], BEGIN.to_string());
    let did = newest.did().to_owned();
    assert!(log.clone().of(&did).is_ok());
    assert_eq!(log.of("did:webvh:other:absah.example").unwrap_err().code(), "webvh-other-did");
}

#[test]
fn hostile_logs_each_have_their_code() {
    let log = rotating(3);
    let three = lines(&log);
    let own = |change: &dyn Fn(&mut Value)| forged(&log, 2, 2, change);
    let member = |path: &'static str, value: Value| {
        spoiled(&log, 2, move |entry| *entry.pointer_mut(path).unwrap() = value.clone())
    };
    let parameter =
        |name: &'static str, value: Value| own(&move |entry| entry["parameters"][name] = value.clone());
    let proof = |name: &'static str, value: Value| {
        spoiled(&log, 2, move |entry| entry["proof"][0][name] = value.clone())
    };
    let spare = || {
        let proof = super::proof::options(&name(1), BEGIN);
        super::proof::attach(&proof, &[1; 64])
    };
    let cases: Vec<(&str, String, &str)> = vec![
        ("as it is", log.clone(), "ok"),
        ("nothing", String::new(), "webvh-empty"),
        ("a blank line", format!("{log}\n"), "webvh-entry"),
        ("no JSON", "{}x\n".to_owned(), "webvh-entry"),
        ("a list", "[]\n".to_owned(), "webvh-entry"),
        ("a sixth member", spoiled(&log, 2, |entry| entry["extra"] = json!(1)), "webvh-entry"),
        (
            "a member twice",
            log.replacen("{\"parameters\"", "{\"parameters\":{},\"parameters\"", 1),
            "webvh-entry",
        ),
        (
            "the proof no list",
            spoiled(&log, 2, |entry| entry["proof"] = entry["proof"][0].clone()),
            "webvh-entry",
        ),
        ("the first line removed", three[1..].concat(), "webvh-version-number"),
        ("a middle line removed", [&three[0][..], &three[2]].concat(), "webvh-version-number"),
        ("two lines swapped", [&three[0][..], &three[2], &three[1]].concat(), "webvh-version-number"),
        ("a line twice", [&three[0][..], &three[1], &three[1]].concat(), "webvh-version-number"),
        ("a number with a zero before", member("/versionId", json!("02-Qm")), "webvh-version-number"),
        ("a version without dash", member("/versionId", json!("2")), "webvh-version-number"),
        (
            "another hash",
            member("/versionId", json!("2-QmbizFKB593dcTPX114p1vRSn5WArBYGce1JAJKhxjbMV9")),
            "webvh-entry-hash",
        ),
        ("a changed document", member("/state/alsoKnownAs", json!([])), "webvh-entry-hash"),
        ("a changed time", member("/versionTime", json!("2026-11-24T00:00:01Z")), "webvh-entry-hash"),
        (
            "another first entry under the same name",
            forged(&log, 1, 1, |entry| entry["state"]["alsoKnownAs"] = json!([])),
            "webvh-scid",
        ),
        (
            "a time without zone",
            own(&|entry| entry["versionTime"] = json!("2026-11-24T00:00:01")),
            "webvh-time",
        ),
        (
            "a time of another zone",
            own(&|entry| entry["versionTime"] = json!("2026-11-25T00:00:01+07:00")),
            "webvh-time",
        ),
        (
            "the time of the entry before",
            own(&|entry| entry["versionTime"] = json!(BEGIN.to_string())),
            "webvh-time",
        ),
        ("an earlier time", own(&|entry| entry["versionTime"] = json!("2000-01-01T00:00:00Z")), "webvh-time"),
        (
            "a time ahead",
            own(&|entry| entry["versionTime"] = json!(NOW.plus(Seconds(1)).to_string())),
            "webvh-time-ahead",
        ),
        ("a higher method", parameter("method", json!("did:webvh:2.0")), "webvh-method"),
        ("an older method", parameter("method", json!("did:webvh:0.5")), "webvh-method"),
        (
            "no method at the beginning",
            forged(&log, 1, 1, |entry| {
                entry["parameters"].as_object_mut().unwrap().remove("method");
            }),
            "webvh-method",
        ),
        ("an unknown parameter", parameter("prerotation", json!(true)), "webvh-parameter"),
        ("the identifier named again", parameter("scid", log_scid(&log)), "webvh-parameter"),
        (
            "an identifier that is no hash",
            forged(&log, 1, 1, |entry| entry["parameters"]["scid"] = json!("abc")),
            "webvh-parameter",
        ),
        (
            "no keys at the beginning",
            forged(&log, 1, 1, |entry| {
                entry["parameters"].as_object_mut().unwrap().remove("updateKeys");
            }),
            "webvh-parameter",
        ),
        ("keys that are no list", parameter("updateKeys", json!(name(2))), "webvh-parameter"),
        ("a key of another base", parameter("updateKeys", json!(["u7QE"])), "webvh-parameter"),
        ("a key twice", parameter("updateKeys", json!([name(2), name(2)])), "webvh-parameter"),
        ("portable after the beginning", parameter("portable", json!(true)), "webvh-parameter"),
        ("a switch that is a text", parameter("deactivated", json!("true")), "webvh-parameter"),
        ("a time to live too long", parameter("ttl", json!((1_u64 << 31) + 1)), "webvh-parameter"),
        ("a time to live below nothing", parameter("ttl", json!(-1)), "webvh-parameter"),
        (
            "witnesses without threshold",
            parameter("witness", json!({ "witnesses": [{ "id": name(9) }] })),
            "webvh-parameter",
        ),
        (
            "a threshold above the witnesses",
            parameter("witness", json!({ "threshold": 2, "witnesses": [{ "id": name(9) }] })),
            "webvh-parameter",
        ),
        (
            "a threshold of nobody",
            parameter("witness", json!({ "threshold": 0, "witnesses": [{ "id": name(9) }] })),
            "webvh-parameter",
        ),
        (
            "one witness twice",
            parameter(
                "witness",
                json!({ "threshold": 2, "witnesses": [{ "id": name(9) }, { "id": format!("did:key:{}", name(9)) }] }),
            ),
            "webvh-parameter",
        ),
        (
            "a witness of another kind",
            parameter("witness", json!({ "threshold": 1, "witnesses": [{ "id": "did:web:absah.example" }] })),
            "webvh-parameter",
        ),
        ("no proof", spoiled(&log, 2, |entry| entry["proof"] = json!([])), "webvh-proof-form"),
        ("a proof of another suite", proof("cryptosuite", json!("eddsa-rdfc-2022")), "webvh-proof-form"),
        ("a proof of another kind", proof("type", json!("Ed25519Signature2020")), "webvh-proof-form"),
        ("a proof for another purpose", proof("proofPurpose", json!("authentication")), "webvh-proof-form"),
        (
            "a proof with a context",
            proof("@context", json!("https://w3id.org/security/data-integrity/v2")),
            "webvh-proof-form",
        ),
        ("a proof that has ended", proof("expires", json!("2000-01-01T00:00:00Z")), "webvh-proof-form"),
        ("a proof of a moment that is none", proof("created", json!("yesterday")), "webvh-proof-form"),
        (
            "a key by the web",
            proof("verificationMethod", json!("did:web:absah.example#1")),
            "webvh-proof-form",
        ),
        (
            "a key named two ways",
            proof("verificationMethod", json!(format!("did:key:{}#{}", name(2), name(3)))),
            "webvh-proof-form",
        ),
        ("a signature of other length", proof("proofValue", json!("z11")), "webvh-proof-form"),
        ("a signature without base", proof("proofValue", json!("11")), "webvh-proof-form"),
        ("signed by a key spent before", forged(&log, 2, 1, |_| ()), "webvh-unauthorized"),
        ("signed by a key announced for later", forged(&log, 2, 3, |_| ()), "webvh-unauthorized"),
        ("signed by a stranger", forged(&log, 2, 9, |_| ()), "webvh-unauthorized"),
        (
            "a second proof by a stranger",
            spoiled(&log, 2, |entry| entry["proof"].as_array_mut().unwrap().push(spare())),
            "webvh-unauthorized",
        ),
        ("a changed moment of signing", proof("created", json!("2026-11-24T00:00:00Z")), "webvh-signature"),
        (
            "the proof of another entry",
            spoiled(&rotating_one_key(), 2, |entry| {
                entry["proof"] =
                    serde_json::from_str::<Value>(&lines(&rotating_one_key())[0]).unwrap()["proof"].clone()
            }),
            "webvh-signature",
        ),
        (
            "a key nobody announced",
            forged(&log, 2, 9, |entry| entry["parameters"]["updateKeys"] = json!([name(9)])),
            "webvh-pre-rotation",
        ),
        (
            "a key nobody announced beside one that was",
            parameter("updateKeys", json!([name(2), name(9)])),
            "webvh-pre-rotation",
        ),
        (
            "no key announced for later",
            own(&|entry| {
                entry["parameters"].as_object_mut().unwrap().remove("nextKeyHashes");
            }),
            "webvh-pre-rotation",
        ),
        ("no document id", own(&|entry| entry["state"] = json!({})), "webvh-document-id"),
        (
            "the id of another identifier",
            own(&|entry| {
                entry["state"]["id"] =
                    json!("did:webvh:QmbizFKB593dcTPX114p1vRSn5WArBYGce1JAJKhxjbMV9:absah.example")
            }),
            "webvh-document-id",
        ),
        (
            "an id of another method",
            own(&|entry| entry["state"]["id"] = json!("did:web:absah.example")),
            "webvh-document-id",
        ),
        (
            "moved without leave",
            own(&|entry| {
                let id = entry["state"]["id"].as_str().unwrap().to_owned();
                entry["state"]["alsoKnownAs"] = json!([id]);
                entry["state"]["id"] = json!(id.replace("absah.example", "other.example"));
            }),
            "webvh-moved",
        ),
        (
            "an entry after the end",
            format!(
                "{}{}",
                then(&lines(&log)[..2].concat(), &ended(), 3, 1),
                three[2].replace("\"3-", "\"4-")
            ),
            "webvh-deactivated",
        ),
        ("more entries than are read", "{}\n".repeat(MAX_LOG_BYTES / 3 + 1), "webvh-too-large"),
    ];
    for (name, log, expected) in cases {
        assert_eq!(code(&log), expected, "{name}");
    }
}

fn log_scid(log: &str) -> Value {
    json!(verify(log).unwrap().newest().parameters().scid)
}

fn ended() -> Parameters {
    Parameters { deactivated: Some(true), ..keys(&[3], &[]) }
}

/// A log whose one key signs both entries.
fn rotating_one_key() -> String {
    let log = signed(&first(&keys(&[1], &[]), 1), 1);
    then(&log, &Parameters::default(), 1, 1)
}

#[test]
fn without_announced_keys_those_of_the_entry_before_sign() {
    let log = signed(&first(&keys(&[1], &[]), 1), 1);
    let rotated = then(&log, &keys(&[2], &[]), 1, 1);
    assert_eq!(code(&rotated), "ok");
    assert_eq!(
        code(&forged(&rotated, 2, 2, |_| ())),
        "webvh-unauthorized",
        "the new key does not name itself"
    );
    assert_eq!(code(&then(&rotated, &Parameters::default(), 2, 1)), "ok");
    let known = verify(&rotated).unwrap();
    let draft = Draft::next(&known, known.newest().document(), &Parameters::default(), &name(1), NOW);
    assert_eq!(
        code(&format!("{rotated}{}", signed(&draft, 1))),
        "webvh-unauthorized",
        "a key that was replaced"
    );
}

#[test]
fn announcing_ends_with_an_entry_that_was_still_announced() {
    let log = signed(&first(&keys(&[1], &[2]), 1), 1);
    let off = then(&log, &keys(&[2], &[]), 2, 1);
    assert_eq!(code(&off), "ok");
    assert_eq!(code(&then(&off, &keys(&[5], &[]), 2, 1)), "ok", "from then on the key before signs");
    let stopped = then(&off, &Parameters { deactivated: Some(true), ..keys(&[], &[]) }, 2, 1);
    assert!(verify(&stopped).unwrap().newest().parameters().deactivated);
}

#[test]
fn an_identifier_moves_only_where_it_may() {
    let portable = Parameters { portable: Some(true), ..keys(&[1], &[]) };
    let log = signed(&first(&portable, 1), 1);
    let known = verify(&log).unwrap();
    let old = known.newest().did().to_owned();
    let new = old.replace("absah.example", "baru.example:arsip");
    let moved = |names: Value| {
        let document = json!({ "id": new, "alsoKnownAs": names });
        let draft = Draft::next(&known, &document, &Parameters::default(), &name(1), NOW);
        format!("{log}{}", signed(&draft, 1))
    };
    let log = verify(&moved(json!([old]))).unwrap();
    assert!(log.clone().of(&old).is_ok() && log.of(&new).is_ok(), "found under both names");
    assert_eq!(code(&moved(json!([]))), "webvh-moved", "the old name must be kept");
}

#[test]
fn witnesses_must_have_agreed() {
    let list = |threshold, seeds: &[u8]| WitnessList {
        threshold,
        witnesses: seeds.iter().map(|s| name(*s)).collect(),
    };
    let with = |list| Parameters { witness: Some(list), ..keys(&[1], &[]) };
    let file = |proofs: &[(&str, u8)]| {
        let items: Vec<Value> = proofs
            .iter()
            .map(|(version, seed)| {
                let proof = WitnessProof::prepare(version, &name(*seed), BEGIN);
                let signature = key(*seed).sign(&proof.to_be_signed()).unwrap();
                json!({ "versionId": version, "proof": [proof.attach(&signature)] })
            })
            .collect();
        serde_json::to_vec(&items).unwrap()
    };
    let read = |log: &str, file: &[u8]| {
        DidLog::verify(log.as_bytes(), Some(file), NOW).map_or_else(|error| error.code(), |_| "ok")
    };
    let draft = first(&with(list(2, &[7, 8])), 1);
    let (one, log) = (draft.version_id().to_owned(), signed(&draft, 1));
    let both = file(&[(&one, 7), (&one, 8)]);
    assert_eq!(read(&log, &both), "ok");
    assert_eq!(code(&log), "webvh-unwitnessed", "no file");
    assert_eq!(read(&log, &file(&[(&one, 7), (&one, 7)])), "webvh-unwitnessed", "one witness counted twice");
    assert_eq!(read(&log, &file(&[(&one, 7), (&one, 9)])), "webvh-unwitnessed", "a stranger");
    assert_eq!(read(&log, &file(&[("1-other", 7), (&one, 8)])), "webvh-unwitnessed", "of another version");
    let swapped = String::from_utf8(both.clone()).unwrap().replacen(&name(7), &name(8), 1);
    assert_eq!(read(&log, swapped.as_bytes()), "webvh-unwitnessed", "under another's name");
    for broken in ["{}", "[1]", "[{\"versionId\":\"1\"}]", "x"] {
        assert_eq!(read(&log, broken.as_bytes()), "webvh-witness-file", "{broken}");
    }

    // Other witnesses, named by whoever has the keys.
    let known = DidLog::verify(log.as_bytes(), Some(&both), NOW).unwrap();
    let next = |list| {
        let parameters = Parameters { witness: Some(list), ..Parameters::default() };
        let draft = Draft::next(&known, known.newest().document(), &parameters, &name(1), NOW);
        (draft.version_id().to_owned(), format!("{log}{}", signed(&draft, 1)))
    };
    let (two, log) = next(list(1, &[9]));
    let own = file(&[(&one, 7), (&one, 8), (&two, 9)]);
    assert_eq!(read(&log, &own), "webvh-unwitnessed", "the new witnesses may not name themselves");
    assert!(DidLog::verify_under(log.as_bytes(), Some(&own), Succession::Named, NOW).is_ok());
    assert_eq!(
        read(&log, &file(&[(&two, 7), (&two, 8)])),
        "ok",
        "agreeing to the later is agreeing to the earlier"
    );
    let (two, log) = next(WitnessList::default());
    assert_eq!(
        read(&log, &both),
        "webvh-unwitnessed",
        "the last entry with witnesses is the one that ends them"
    );
    assert_eq!(read(&log, &file(&[(&two, 7), (&two, 8)])), "ok");
}

#[test]
fn where_a_log_lies() {
    let url =
        |did: &str| log_url(did).map_or_else(|error| error.code().to_owned(), |url| url.as_str().to_owned());
    for (did, expected) in [
        ("did:webvh:Qm1:example.com", "https://example.com/.well-known/did.jsonl"),
        ("did:webvh:Qm1:issuer.example.com", "https://issuer.example.com/.well-known/did.jsonl"),
        ("did:webvh:Qm1:example.com:dids:issuer", "https://example.com/dids/issuer/did.jsonl"),
        ("did:webvh:Qm1:example.com%3A3000:dids:issuer", "https://example.com:3000/dids/issuer/did.jsonl"),
        ("did:web:example.com", "webvh-location"),
        ("did:webvh:Qm1", "webvh-location"),
        ("did:webvh:Qm1:127.0.0.1", "webvh-location"),
        ("did:webvh:Qm1:10.0.0.1%3A443", "webvh-location"),
        ("did:webvh:Qm1:%5B::1%5D", "webvh-location"),
        ("did:webvh:Qm1:localhost", "webvh-location"),
        ("did:webvh:Qm1:example.com:..:secret", "webvh-location"),
        ("did:webvh:Qm1:example.com:a%2Fb", "webvh-location"),
        ("did:webvh:Qm1:user@example.com", "webvh-location"),
        ("did:webvh:Qm1:example.com::a", "webvh-location"),
    ] {
        assert_eq!(url(did), expected, "{did}");
    }
    let dev = log_url_dev("did:webvh:Qm1:127.0.0.1%3A8480").unwrap();
    assert_eq!(dev.as_str(), "http://127.0.0.1:8480/.well-known/did.jsonl");
    assert_eq!(
        log_url_dev("did:webvh:Qm1:absah.example").unwrap().as_str(),
        "https://absah.example/.well-known/did.jsonl"
    );
}

#[test]
fn two_services_are_there_unless_the_document_has_its_own() {
    let services = |document: &Value| -> Vec<String> {
        let all = with_implicit_services(document)["service"].as_array().unwrap().clone();
        all.iter()
            .map(|service| format!("{} {}", service["id"], service["serviceEndpoint"]).replace('"', ""))
            .collect()
    };
    let id = "did:webvh:Qm1:example.com:a";
    assert_eq!(
        services(&json!({ "id": id })),
        [format!("{id}#files https://example.com/a"), format!("{id}#whois https://example.com/a/whois.vp")]
    );
    let own = json!({ "id": id, "service": [{ "id": "#whois", "serviceEndpoint": "https://x" }] });
    assert_eq!(services(&own), ["#whois https://x".to_owned(), format!("{id}#files https://example.com/a")]);
}

#[test]
fn the_did_web_beside_it_and_back() {
    let web =
        json!({ "id": "did:web:example.com", "verificationMethod": [{ "id": "did:web:example.com#key-1" }] });
    let own = of_did_web(&web, "Qm1");
    assert_eq!(own["id"], "did:webvh:Qm1:example.com");
    assert_eq!(own["verificationMethod"][0]["id"], "did:webvh:Qm1:example.com#key-1");
    assert_eq!(own["alsoKnownAs"], json!(["did:web:example.com"]));
    let back = parallel_did_web(&with_implicit_services(&own));
    assert_eq!(back["id"], "did:web:example.com");
    assert_eq!(back["verificationMethod"], web["verificationMethod"]);
    assert_eq!(back["alsoKnownAs"], json!(["did:webvh:Qm1:example.com"]));
    assert_eq!(back["service"][0]["id"], "did:web:example.com#files");
}

fn some_parameters() -> impl Strategy<Value = Parameters> {
    let seeds = || prop::option::of(prop::collection::btree_set(1_u8..9, 0..4));
    let witnesses = prop::option::of(prop::collection::btree_set(1_u8..9, 0..4));
    (
        seeds(),
        seeds(),
        witnesses,
        prop::option::of(any::<bool>()),
        prop::option::of(0..=(1_u64 << 31)),
        any::<bool>(),
    )
        .prop_map(|(own, next, witnesses, deactivated, ttl, watched)| {
            let names = |seeds: &std::collections::BTreeSet<u8>| {
                seeds.iter().map(|seed| name(*seed)).collect::<Vec<_>>()
            };
            let witness =
                witnesses.map(|seeds| WitnessList { threshold: seeds.len(), witnesses: names(&seeds) });
            Parameters {
                update_keys: own.as_ref().map(names),
                next_key_hashes: next.map(|seeds| names(&seeds).iter().map(|key| key_hash(key)).collect()),
                witness,
                watchers: watched.then(|| vec!["https://watch.example".to_owned()]),
                deactivated,
                ttl,
                ..Parameters::default()
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_again(parameters in some_parameters()) {
        let json = parameters.to_json();
        prop_assert_eq!(Parameters::from_json(json.as_object().unwrap(), 1).unwrap(), parameters);
    }

    #[test]
    fn any_log_that_was_written_holds_and_any_changed_byte_is_noticed(
        entries in 1_u8..4,
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let log = rotating(entries);
        prop_assert_eq!(verify(&log).unwrap().versions().len(), usize::from(entries));
        let mut bytes = log.clone().into_bytes();
        let place = at.index(bytes.len() - 1);
        prop_assume!(bytes[place] != byte);
        bytes[place] = byte;
        prop_assert!(DidLog::verify(&bytes, None, NOW).is_err(), "byte {} of {}", place, log);
    }

    #[test]
    fn multikeys_come_back(seed in 1_u8..255) {
        let key = key(seed);
        prop_assert_eq!(&multikey_of(&multikey(key.public_key())).unwrap(), key.public_key());
    }

    #[test]
    fn any_bytes_are_refused_not_more(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(DidLog::verify(&bytes, None, NOW).is_err());
    }
}
