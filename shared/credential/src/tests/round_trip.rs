//! Any tree of claims: issued, selected, verified, it says what was selected and nothing else.

use absah_crypto::jws::Header;
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::*;
use crate::sd_jwt::{Array, Object, SigningHeader, Tree, prepare, to_flattened_json, to_general_json};

/// A generated value whose parts are disclosable or not.
#[derive(Debug, Clone)]
enum Sample {
    Leaf(Value),
    Object(Vec<(String, Sample, bool)>, usize),
    Array(Vec<(Sample, bool)>, usize),
}

fn leaf() -> impl Strategy<Value = Sample> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop::collection::vec("[a-z\"\\\\\n\u{1}é]{0,5}", 0..3).prop_map(Value::from),
    ]
    .prop_map(Sample::Leaf)
}

fn members(inner: impl Strategy<Value = Sample>) -> impl Strategy<Value = Vec<(String, Sample, bool)>> {
    prop::collection::btree_map("[a-z]{1,4}|_|\\.\\.|é\"", (inner, any::<bool>()), 0..5)
        .prop_map(|map| map.into_iter().map(|(name, (value, own))| (name, value, own)).collect())
}

fn sample() -> impl Strategy<Value = Sample> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            (members(inner.clone()), 0..3_usize)
                .prop_map(|(members, decoys)| Sample::Object(members, decoys)),
            (prop::collection::vec((inner, any::<bool>()), 0..4), 0..3_usize)
                .prop_map(|(items, decoys)| Sample::Array(items, decoys)),
        ]
    })
}

impl Sample {
    fn tree(&self) -> Tree<'static> {
        match self {
            Self::Leaf(value) => value.clone().into(),
            Self::Object(members, decoys) => object(members).decoys(*decoys).into(),
            Self::Array(items, decoys) => items
                .iter()
                .fold(Array::new(), |array, (item, own)| {
                    if *own { array.disclosable(item.tree()) } else { array.plain(item.tree()) }
                })
                .decoys(*decoys)
                .into(),
        }
    }

    /// What is seen when all (or none) of the disclosures are shown.
    fn seen(&self, all: bool) -> Value {
        match self {
            Self::Leaf(value) => value.clone(),
            Self::Object(members, _) => seen(members, all).into(),
            Self::Array(items, _) => {
                items.iter().filter(|(_, own)| all || !own).map(|(item, _)| item.seen(all)).collect()
            }
        }
    }

    fn disclosures(&self) -> usize {
        match self {
            Self::Leaf(_) => 0,
            Self::Object(members, _) => count(members),
            Self::Array(items, _) => {
                items.iter().map(|(item, own)| item.disclosures() + usize::from(*own)).sum()
            }
        }
    }
}

fn object(members: &[(String, Sample, bool)]) -> Object<'static> {
    members.iter().fold(Object::new(), |object, (name, value, own)| {
        if *own {
            object.disclosable(name.clone(), value.tree())
        } else {
            object.plain(name.clone(), value.tree())
        }
    })
}

fn seen(members: &[(String, Sample, bool)], all: bool) -> Map<String, Value> {
    members
        .iter()
        .filter(|(_, _, own)| all || !own)
        .map(|(name, value, _)| (name.clone(), value.seen(all)))
        .collect()
}

fn count(members: &[(String, Sample, bool)]) -> usize {
    members.iter().map(|(_, value, own)| value.disclosures() + usize::from(*own)).sum()
}

fn sign(members: &[(String, Sample, bool)], seed: u64) -> String {
    let header = SigningHeader::new(&Header::es256("example+sd-jwt"));
    let prepared = prepare(&header, &[&object(members)], &mut Seeded(seed)).unwrap();
    assert_eq!(prepared.disclosures().count(), count(members));
    prepared.attach(&issuer_key().sign(prepared.to_be_signed()))
}

fn read(text: &str) -> Map<String, Value> {
    let unverified = Unverified::parse(text).unwrap();
    let processed = unverified.process(issuer_key().public_key(), &KeyBindingPolicy::Forbidden).unwrap();
    processed.payload().clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn everything_nothing_and_one_claim(members in members(sample()), seed: u64) {
        let text = sign(&members, seed);
        prop_assert_eq!(read(&text), seen(&members, true));
        let held = held(&text);
        prop_assert_eq!(held.claims(), &Value::Object(seen(&members, true)));
        prop_assert_eq!(read(held.select(&[]).unwrap().as_str()), seen(&members, false));
        for (name, value, _) in &members {
            let mut expected = seen(&members, false);
            expected.insert(name.clone(), value.seen(true));
            let shown = held.select(&[ClaimPath::key(name)]).unwrap();
            prop_assert_eq!(read(shown.as_str()), expected);
        }
    }

    #[test]
    fn both_json_serialisations_say_the_same(members in members(sample()), seed: u64) {
        let text = sign(&members, seed);
        let unverified = Unverified::parse(&text).unwrap();
        for json in [to_flattened_json(&unverified), to_general_json(&unverified)] {
            let again = Unverified::parse_json(&json).unwrap();
            prop_assert_eq!(again.as_str(), text.as_str());
        }
    }

    #[test]
    fn no_text_makes_the_reader_stumble(text in "[A-Za-z0-9_.~-]{0,300}|.{0,100}") {
        let _ = Unverified::parse(&text);
        let _ = Unverified::parse_json(&text);
    }

    #[test]
    fn a_path_and_its_two_written_forms(path in prop::collection::vec(
        prop_oneof!["[a-zA-Z]{1,8}".prop_map(PathElement::Key), (0..99_usize).prop_map(PathElement::Index), Just(PathElement::Every)],
        1..5,
    )) {
        let path = ClaimPath::new(path).unwrap();
        prop_assert_eq!(ClaimPath::parse_dotted(&path.to_string()).unwrap(), path.clone());
        prop_assert_eq!(ClaimPath::from_json(&path.to_json()).unwrap(), path);
    }
}

#[test]
fn hostile_json_serialisations() {
    let text = sign(&[("nama".into(), Sample::Leaf("SITI".into()), true)], 3);
    let unverified = Unverified::parse(&text).unwrap();
    let flat: Value = serde_json::from_str(&to_flattened_json(&unverified)).unwrap();
    let general: Value = serde_json::from_str(&to_general_json(&unverified)).unwrap();
    let code = |value: &Value| Unverified::parse_json(&value.to_string()).map_err(|error| error.code()).err();
    assert_eq!(code(&flat), None);
    type Case<'v> = (&'static str, &'v Value, fn(&mut Value), &'static str);
    let cases: &[Case<'_>] = &[
        (
            "no payload",
            &flat,
            |v| drop(v.as_object_mut().unwrap().remove("payload")),
            "sd-jwt-json-serialization",
        ),
        ("payload with a dot", &flat, |v| v["payload"] = "a.b".into(), "sd-jwt-json-serialization"),
        (
            "disclosures not an array",
            &flat,
            |v| v["header"]["disclosures"] = "x".into(),
            "sd-jwt-json-serialization",
        ),
        (
            "disclosure not a text",
            &flat,
            |v| v["header"]["disclosures"] = vec![1].into(),
            "sd-jwt-json-serialization",
        ),
        ("empty key binding", &flat, |v| v["header"]["kb_jwt"] = "".into(), "sd-jwt-json-serialization"),
        (
            "no signatures",
            &general,
            |v| v["signatures"] = Value::Array(Vec::new()),
            "sd-jwt-json-serialization",
        ),
        ("signatures not an array", &general, |v| v["signatures"] = 1.into(), "sd-jwt-json-serialization"),
        (
            "disclosures in the second",
            &general,
            |v| {
                let first = v["signatures"][0].clone();
                v["signatures"].as_array_mut().unwrap().push(first);
            },
            "sd-jwt-json-signatures",
        ),
    ];
    for (name, valid, change, expected) in cases {
        let mut value = (*valid).clone();
        change(&mut value);
        assert_eq!(code(&value), Some(*expected), "{name}");
    }
    assert_eq!(Unverified::parse_json(&"[".repeat(300_000)).unwrap_err().code(), "sd-jwt-too-long");
}

#[test]
fn what_an_issuer_may_not_write() {
    let header = SigningHeader::new(&Header::es256("example+sd-jwt"));
    let code =
        |object: &Object<'_>| prepare(&header, &[object], &mut Seeded(1)).map_err(|error| error.code()).err();
    assert_eq!(code(&Object::new().plain("a", true)), None);
    for name in ["_sd", "...", "_sd_alg"] {
        assert_eq!(code(&Object::new().plain(name, true)), Some("sd-jwt-build-reserved-name"));
        assert_eq!(code(&Object::new().disclosable(name, true)), Some("sd-jwt-build-reserved-name"));
        assert_eq!(
            code(&Object::new().plain("a", serde_json::json!({name: 1}))),
            Some("sd-jwt-build-reserved-name")
        );
    }
    let twice = Object::new().plain("a", true).disclosable("a", false);
    assert_eq!(code(&twice), Some("sd-jwt-build-duplicate-name"));
    let deep = (0..20).fold(serde_json::json!(1), |inner, _| serde_json::json!([inner]));
    assert_eq!(code(&Object::new().plain("a", deep)), Some("sd-jwt-build-too-deep"));
}

#[test]
fn hostile_paths() {
    let code = |value: Value| ClaimPath::from_json(&value).map_err(|error| error.code()).err();
    use serde_json::json;
    assert_eq!(code(json!(["alamat", null, 3])), None);
    for (name, value, expected) in [
        ("empty", json!([]), "claim-path-malformed"),
        ("a text", json!("nama"), "claim-path-malformed"),
        ("a negative position", json!(["a", -1]), "claim-path-malformed"),
        ("half a position", json!(["a", 1.5]), "claim-path-malformed"),
        ("an object", json!([{}]), "claim-path-malformed"),
        ("too long", json!(vec!["a"; 17]), "claim-path-too-long"),
    ] {
        assert_eq!(code(value), Some(expected), "{name}");
    }
    for text in ["", "a..b", ".", "a.", "99999999999999999999999"] {
        assert_eq!(ClaimPath::parse_dotted(text).unwrap_err().code(), "claim-path-malformed", "{text}");
    }
}
