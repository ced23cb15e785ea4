use absah_credential::{ClaimPath, Format};
use absah_types::Coded;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn query(value: Value) -> Query {
    Query::parse(&value).unwrap()
}

fn one(credential: Value) -> Value {
    json!({ "credentials": [credential] })
}

fn ktp(members: Value) -> Value {
    let mut query = json!({
        "id": "ktp",
        "format": "dc+sd-jwt",
        "meta": {"vct_values": ["https://absah.madiunkota.go.id/vct/ktp-elektronik/1"]},
    });
    for (name, member) in members.as_object().unwrap() {
        query[name] = member.clone();
    }
    query
}

#[test]
fn hostile_queries() {
    let long: Vec<Value> = (0..=MAX_CLAIMS).map(|i| json!({"path": [format!("c{i}")]})).collect();
    let many: Vec<Value> = (0..=MAX_CREDENTIALS)
        .map(|i| json!({"id": format!("q{i}"), "format": "dc+sd-jwt", "meta": {}}))
        .collect();
    let cases = [
        ("not an object", json!([]), "dcql-malformed"),
        ("no credentials", json!({}), "dcql-malformed"),
        ("credentials is an object", json!({"credentials": {}}), "dcql-malformed"),
        ("no credential", json!({"credentials": []}), "dcql-size"),
        ("too many credentials", json!({"credentials": many}), "dcql-size"),
        ("credential is a string", json!({"credentials": ["ktp"]}), "dcql-malformed"),
        ("no id", one(json!({"format": "dc+sd-jwt", "meta": {}})), "dcql-malformed"),
        ("empty id", one(ktp(json!({"id": ""}))), "dcql-bad-id"),
        ("id with markup", one(ktp(json!({"id": "<b>"}))), "dcql-bad-id"),
        ("id with a dot", one(ktp(json!({"id": "a.b"}))), "dcql-bad-id"),
        ("id is a number", one(ktp(json!({"id": 1}))), "dcql-malformed"),
        ("id too long", one(ktp(json!({"id": "a".repeat(600)}))), "dcql-size"),
        ("same id twice", json!({"credentials": [ktp(json!({})), ktp(json!({}))]}), "dcql-duplicate-id"),
        ("no format", one(json!({"id": "a", "meta": {}})), "dcql-malformed"),
        ("no meta", one(json!({"id": "a", "format": "dc+sd-jwt"})), "dcql-malformed"),
        ("meta of another format", one(ktp(json!({"meta": {"type_values": [["X"]]}}))), "dcql-meta"),
        ("no vct value", one(ktp(json!({"meta": {"vct_values": []}}))), "dcql-meta"),
        ("vct is a number", one(ktp(json!({"meta": {"vct_values": [1]}}))), "dcql-meta"),
        (
            "type values flat",
            one(ktp(json!({"format": "vc+sd-jwt", "meta": {"type_values": ["X"]}}))),
            "dcql-meta",
        ),
        ("multiple is text", one(ktp(json!({"multiple": "yes"}))), "dcql-malformed"),
        (
            "binding is null",
            one(ktp(json!({"require_cryptographic_holder_binding": null}))),
            "dcql-malformed",
        ),
        ("authorities empty", one(ktp(json!({"trusted_authorities": []}))), "dcql-size"),
        (
            "authority without values",
            one(ktp(json!({"trusted_authorities": [{"type": "aki"}]}))),
            "dcql-malformed",
        ),
        ("claims empty", one(ktp(json!({"claims": []}))), "dcql-size"),
        ("too many claims", one(ktp(json!({"claims": long}))), "dcql-size"),
        ("claim without path", one(ktp(json!({"claims": [{"id": "a"}]}))), "dcql-malformed"),
        ("path empty", one(ktp(json!({"claims": [{"path": []}]}))), "claim-path-malformed"),
        ("path with a negative", one(ktp(json!({"claims": [{"path": [-1]}]}))), "claim-path-malformed"),
        ("path too long", one(ktp(json!({"claims": [{"path": vec!["a"; 17]}]}))), "claim-path-too-long"),
        (
            "same claim twice",
            one(ktp(json!({"claims": [{"path": ["nik"]}, {"path": ["nik"]}]}))),
            "dcql-duplicate-claim",
        ),
        (
            "same claim id twice",
            one(ktp(json!({"claims": [{"id": "a", "path": ["nik"]}, {"id": "a", "path": ["nama"]}]}))),
            "dcql-duplicate-id",
        ),
        ("values empty", one(ktp(json!({"claims": [{"path": ["nik"], "values": []}]}))), "dcql-size"),
        (
            "value is a fraction",
            one(ktp(json!({"claims": [{"path": ["nik"], "values": [1.5]}]}))),
            "dcql-malformed",
        ),
        (
            "value is an object",
            one(ktp(json!({"claims": [{"path": ["nik"], "values": [{}]}]}))),
            "dcql-malformed",
        ),
        ("sets without claims", one(ktp(json!({"claim_sets": [["a"]]}))), "dcql-sets-without-claims"),
        (
            "sets over claims without ids",
            one(ktp(json!({"claims": [{"path": ["nik"]}], "claim_sets": [["a"]]}))),
            "dcql-malformed",
        ),
        (
            "set of an unknown id",
            one(ktp(json!({"claims": [{"id": "a", "path": ["nik"]}], "claim_sets": [["b"]]}))),
            "dcql-unknown-id",
        ),
        (
            "empty set",
            one(ktp(json!({"claims": [{"id": "a", "path": ["nik"]}], "claim_sets": [[]]}))),
            "dcql-size",
        ),
        (
            "credential sets empty",
            json!({"credentials": [ktp(json!({}))], "credential_sets": []}),
            "dcql-size",
        ),
        (
            "set without options",
            json!({"credentials": [ktp(json!({}))], "credential_sets": [{}]}),
            "dcql-malformed",
        ),
        (
            "option of an unknown credential",
            json!({"credentials": [ktp(json!({}))], "credential_sets": [{"options": [["kk"]]}]}),
            "dcql-unknown-id",
        ),
        (
            "required is text",
            json!({"credentials": [ktp(json!({}))], "credential_sets": [{"options": [["ktp"]], "required": "no"}]}),
            "dcql-malformed",
        ),
    ];
    for (name, value, code) in cases {
        assert_eq!(Query::parse(&value).map_err(|error| error.code()), Err(code), "{name}");
    }
    let neighbours = [
        one(ktp(json!({}))),
        one(ktp(json!({"meta": {}, "something_new": 1}))),
        one(ktp(json!({"claims": [{"path": ["anggota", null, "nik"]}, {"path": ["anggota", 0]}]}))),
        one(ktp(
            json!({"claims": [{"id": "a", "path": ["nik"], "values": ["1", 2, true]}], "claim_sets": [["a"]]}),
        )),
        one(json!({"id": "mdl", "format": "mso_mdoc", "meta": {"doctype_value": "x"}})),
    ];
    for value in neighbours {
        assert!(Query::parse(&value).is_ok(), "{value}");
    }
}

fn card() -> Value {
    json!({
        "nama": "SITI", "nik": "3577", "usiaMinimal17": true, "umur": 30,
        "alamat": {"kota": "MADIUN", "rt": "001"},
        "anggota": [{"nama": "A", "hubungan": "ISTRI"}, {"nama": "B"}],
    })
}

const KTP: &str = "https://absah.madiunkota.go.id/vct/ktp-elektronik/1";

fn candidate<'c>(claims: &'c Value, vct: &'c str) -> Candidate<'c> {
    Candidate {
        format: Format::DcSdJwt,
        types: vec![vct],
        claims,
        holder_binding: true,
        authority_keys: vec!["key-1"],
    }
}

fn chosen(members: Value) -> Result<Vec<String>, &'static str> {
    let card = card();
    let held = [candidate(&card, KTP)];
    let selection = query(one(ktp(members))).evaluate(&held).map_err(|error| error.code())?;
    Ok(selection.matches[0].claims.iter().map(ToString::to_string).collect())
}

#[test]
fn claims_are_selected_by_the_rules() {
    let claims = |claims: Value| chosen(json!({ "claims": claims }));
    assert_eq!(chosen(json!({})), Ok(vec![]));
    assert_eq!(
        claims(json!([{"path": ["nama"]}, {"path": ["alamat", "kota"]}])),
        Ok(vec!["nama".into(), "alamat.kota".into()])
    );
    assert_eq!(claims(json!([{"path": ["nama"]}, {"path": ["paspor"]}])), Err("query-missing-claims"));
    assert_eq!(claims(json!([{"path": ["anggota", null, "nama"]}])), Ok(vec!["anggota.*.nama".into()]));
    assert_eq!(claims(json!([{"path": ["anggota", 1, "hubungan"]}])), Err("query-missing-claims"));
    assert_eq!(claims(json!([{"path": ["nama", 0]}])), Err("query-missing-claims"));
    // Values: type and value must match exactly.
    assert_eq!(claims(json!([{"path": ["umur"], "values": [29, 30]}])), Ok(vec!["umur".into()]));
    assert_eq!(claims(json!([{"path": ["umur"], "values": ["30"]}])), Err("query-missing-claims"));
    assert_eq!(
        claims(json!([{"path": ["usiaMinimal17"], "values": [true]}])),
        Ok(vec!["usiaMinimal17".into()])
    );
    assert_eq!(claims(json!([{"path": ["usiaMinimal17"], "values": [false]}])), Err("query-missing-claims"));
    // Sets: the first that can be satisfied.
    let list =
        json!([{"id": "a", "path": ["nama"]}, {"id": "b", "path": ["paspor"]}, {"id": "c", "path": ["nik"]}]);
    let sets = |sets: Value| chosen(json!({ "claims": list, "claim_sets": sets }));
    assert_eq!(sets(json!([["a", "b"], ["a", "c"], ["a"]])), Ok(vec!["nama".into(), "nik".into()]));
    assert_eq!(sets(json!([["a", "b"], ["b"]])), Err("query-missing-claims"));
}

#[test]
fn credentials_are_selected_by_the_rules() {
    let (first, second, other) = (card(), json!({"nama": "BUDI", "paspor": "X"}), json!({"nama": "KK"}));
    let held = [candidate(&first, KTP), candidate(&second, KTP), candidate(&other, "https://kk.example")];
    let indexes = |value: Value| -> Result<Vec<(String, usize)>, &'static str> {
        let selection = query(value).evaluate(&held).map_err(|error| error.code())?;
        Ok(selection.matches.into_iter().map(|one| (one.query_id, one.credential)).collect())
    };
    let kk = |members: Value| {
        let mut query =
            json!({"id": "kk", "format": "dc+sd-jwt", "meta": {"vct_values": ["https://kk.example"]}});
        for (name, member) in members.as_object().unwrap() {
            query[name] = member.clone();
        }
        query
    };
    let at = |id: &str, place: usize| (id.to_owned(), place);
    assert_eq!(indexes(one(ktp(json!({})))), Ok(vec![at("ktp", 0)]));
    assert_eq!(indexes(one(ktp(json!({"multiple": true})))), Ok(vec![at("ktp", 0), at("ktp", 1)]));
    assert_eq!(indexes(one(ktp(json!({"claims": [{"path": ["paspor"]}]})))), Ok(vec![at("ktp", 1)]));
    assert_eq!(
        indexes(json!({"credentials": [ktp(json!({})), kk(json!({}))]})),
        Ok(vec![at("ktp", 0), at("kk", 2)])
    );
    assert_eq!(
        indexes(json!({"credentials": [ktp(json!({})), kk(json!({"claims": [{"path": ["nik"]}]}))]})),
        Err("query-missing-claims")
    );
    assert_eq!(
        indexes(one(ktp(json!({"meta": {"vct_values": ["https://none.example"]}})))),
        Err("query-no-credential")
    );
    assert_eq!(indexes(one(ktp(json!({"format": "mso_mdoc"})))), Err("query-no-credential"));
    assert_eq!(
        indexes(one(ktp(json!({"trusted_authorities": [{"type": "aki", "values": ["key-1"]}]})))),
        Ok(vec![at("ktp", 0)])
    );
    assert_eq!(
        indexes(one(ktp(json!({"trusted_authorities": [{"type": "aki", "values": ["key-2"]}]})))),
        Err("query-no-credential")
    );
    assert_eq!(
        indexes(one(ktp(json!({"trusted_authorities": [{"type": "etsi_tl", "values": ["key-1"]}]})))),
        Err("query-no-credential")
    );
    // Sets: preference in the verifier's order, optional sets only where they can be satisfied.
    let sets = |sets: Value| {
        let none =
            json!({"id": "none", "format": "dc+sd-jwt", "meta": {"vct_values": ["https://none.example"]}});
        indexes(json!({"credentials": [ktp(json!({})), kk(json!({})), none], "credential_sets": sets}))
    };
    assert_eq!(sets(json!([{"options": [["none"], ["kk"]]}])), Ok(vec![at("kk", 2)]));
    assert_eq!(sets(json!([{"options": [["ktp"], ["kk"]]}])), Ok(vec![at("ktp", 0)]));
    assert_eq!(
        sets(json!([{"options": [["ktp"]]}, {"options": [["none"]], "required": false}])),
        Ok(vec![at("ktp", 0)])
    );
    assert_eq!(sets(json!([{"options": [["ktp"]]}, {"options": [["none"]]}])), Err("query-no-credential"));
    assert_eq!(sets(json!([{"options": [["none"]], "required": false}])), Err("query-no-credential"));
    let unbound = Candidate { holder_binding: false, ..candidate(&first, KTP) };
    let bound = query(one(ktp(json!({}))));
    let free = query(one(ktp(json!({"require_cryptographic_holder_binding": false}))));
    assert_eq!(
        bound.evaluate(std::slice::from_ref(&unbound)).map_err(|error| error.code()),
        Err("query-no-credential")
    );
    assert!(free.evaluate(&[unbound]).is_ok());
}

#[test]
fn the_query_of_a_service() {
    let service = absah_trust::sample::City::service();
    let vc = service_query(&service, Format::VcSdJwt, u64::MAX).unwrap();
    assert_eq!(all_claims(&service), 0b111);
    assert_eq!(
        vc.to_value(),
        json!({"credentials": [{
            "id": "KtpElektronik",
            "format": "vc+sd-jwt",
            "meta": {"type_values": [["VerifiableCredential", "KtpElektronik"]]},
            "claims": [
                {"path": ["credentialSubject", "nama"]},
                {"path": ["credentialSubject", "kelahiran"]},
                {"path": ["credentialSubject", "alamat"]},
            ],
        }]})
    );
    let narrow = service_query(&service, Format::DcSdJwt, 0b010).unwrap();
    assert_eq!(narrow.credentials[0].claims.as_ref().unwrap()[0].path, ClaimPath::key("kelahiran"));
    assert_eq!(credential_of(&narrow.credentials[0]), credential_of(&vc.credentials[0]));
    assert_eq!(service_query(&service, Format::VcSdJwt, 0), None);
    assert_eq!(vc.asked().len(), 3);
}

#[test]
fn only_plain_queries_name_a_credential_of_ours() {
    let of = |meta: Value, format: &str| {
        credential_of(&query(one(ktp(json!({"meta": meta, "format": format})))).credentials[0])
    };
    assert!(of(json!({"vct_values": [KTP]}), "dc+sd-jwt").is_some());
    assert!(of(json!({"vct_values": [KTP, "x"]}), "dc+sd-jwt").is_none());
    assert!(of(json!({}), "dc+sd-jwt").is_none());
    assert!(of(json!({"type_values": [["KtpElektronik"]]}), "vc+sd-jwt").is_some());
    assert!(of(json!({"type_values": [["VerifiableCredential"]]}), "vc+sd-jwt").is_none());
    assert!(of(json!({"type_values": [["KtpElektronik", "KartuKeluarga"]]}), "vc+sd-jwt").is_none());
    assert!(of(json!({"type_values": [["KtpElektronik"], ["KartuKeluarga"]]}), "vc+sd-jwt").is_none());
}

fn any_path() -> impl Strategy<Value = Value> {
    let step = prop_oneof![
        "[a-zA-Z]{1,8}".prop_map(Value::from),
        (0_u64..5).prop_map(Value::from),
        Just(Value::Null),
    ];
    proptest::collection::vec(step, 1..5).prop_map(Value::from)
}

proptest! {
    #[test]
    fn queries_round_trip(paths in proptest::collection::btree_map("[a-z]{1,6}", any_path(), 1..6), multiple: bool, binding: bool) {
        let distinct: std::collections::BTreeSet<String> = paths.values().map(Value::to_string).collect();
        prop_assume!(distinct.len() == paths.len());
        let claims: Vec<Value> = paths.iter().map(|(id, path)| json!({"id": id, "path": path, "values": ["x", 1]})).collect();
        let sets: Vec<Vec<&String>> = vec![paths.keys().collect()];
        let value = one(ktp(json!({
            "claims": claims, "claim_sets": sets, "multiple": multiple,
            "require_cryptographic_holder_binding": binding,
            "trusted_authorities": [{"type": "aki", "values": ["a"]}],
        })));
        let read = query(value);
        prop_assert_eq!(Query::parse(&read.to_value()), Ok(read));
    }

    #[test]
    fn any_value_selects_without_harm(path in any_path(), text in "[a-z]{0,4}") {
        let path = ClaimPath::from_json(&path).unwrap();
        for value in [json!(text), json!([text]), json!({text.clone(): [{text: null}]}), Value::Null] {
            if let Ok(selected) = select(&path, &value) {
                prop_assert!(!selected.is_empty());
            }
        }
    }
}
