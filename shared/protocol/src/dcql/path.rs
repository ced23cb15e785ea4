//! Applying a claims path pointer: OpenID4VP 1.0 section 7.1.

use absah_credential::{ClaimPath, PathElement};
use absah_types::coded;
use serde_json::Value;

/// Why a claims path pointer selects nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathError {
    /// A component meets an element of another kind (a name on an array, an index on an object).
    WrongKind,
    /// Nothing is left of the selection.
    Nothing,
}

impl std::fmt::Display for PathError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::WrongKind => "claims path meets an element of another kind",
            Self::Nothing => "claims path selects nothing",
        })
    }
}

impl std::error::Error for PathError {}

coded! { PathError {
    WrongKind => ("dcql-path-wrong-kind", Peer),
    Nothing => ("dcql-path-nothing", Peer),
} }

/// Applies the path to a credential (section 7.1.1): the selected elements, never empty.
///
/// # Errors
/// [`PathError`], as the processing rules say.
pub fn select<'v>(path: &ClaimPath, root: &'v Value) -> Result<Vec<&'v Value>, PathError> {
    let mut selected = vec![root];
    for element in path.elements() {
        let mut next = Vec::with_capacity(selected.len());
        for current in selected {
            match (element, current) {
                // "If the key does not exist in any element currently selected, remove that element from the
                // selection."
                (PathElement::Key(key), Value::Object(map)) => next.extend(map.get(key)),
                (PathElement::Every, Value::Array(array)) => next.extend(array),
                // "If the index does not exist in a selected array, remove that array from the selection."
                (PathElement::Index(index), Value::Array(array)) => next.extend(array.get(*index)),
                // "If any of the currently selected element(s) is not an object [an array], abort processing
                // and return an error."
                _ => return Err(PathError::WrongKind),
            }
        }
        selected = next;
    }
    // "If the set of elements currently selected is empty, abort processing and return an error."
    if selected.is_empty() { Err(PathError::Nothing) } else { Ok(selected) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn path(value: Value) -> ClaimPath {
        ClaimPath::from_json(&value).unwrap()
    }

    /// The example of section 7.3.
    fn credential() -> Value {
        json!({
            "name": "Arthur Dent",
            "address": {"street_address": "42 Market Street", "locality": "Milliways"},
            "degrees": [
                {"type": "Bachelor of Science", "university": "University of Betelgeuse"},
                {"type": "Master of Science", "university": "University of Betelgeuse"}
            ],
            "nationalities": ["British", "Betelgeusian"]
        })
    }

    #[test]
    fn selects_as_the_specification_example() {
        let credential = credential();
        let cases = [
            (json!(["name"]), vec![json!("Arthur Dent")]),
            (json!(["address", "street_address"]), vec![json!("42 Market Street")]),
            (
                json!(["degrees", null, "type"]),
                vec![json!("Bachelor of Science"), json!("Master of Science")],
            ),
            (json!(["nationalities", 1]), vec![json!("Betelgeusian")]),
        ];
        for (pointer, expected) in cases {
            let selected: Vec<Value> =
                select(&path(pointer), &credential).unwrap().into_iter().cloned().collect();
            assert_eq!(selected, expected);
        }
    }

    #[test]
    fn refuses_by_name() {
        let credential = credential();
        for (name, pointer, error) in [
            ("name on an array", json!(["degrees", "type"]), PathError::WrongKind),
            ("index on an object", json!(["address", 0]), PathError::WrongKind),
            ("null on an object", json!(["address", null]), PathError::WrongKind),
            ("name on a string", json!(["name", "x"]), PathError::WrongKind),
            ("missing name", json!(["nope"]), PathError::Nothing),
            ("index past the end", json!(["nationalities", 2]), PathError::Nothing),
        ] {
            assert_eq!(select(&path(pointer), &credential), Err(error), "{name}");
        }
    }
}
