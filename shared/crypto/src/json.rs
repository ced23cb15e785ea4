//! Reading JSON that somebody else wrote and signed.
//!
//! `serde_json` takes the last of two members with one name. Two readers that take different ones can be
//! shown different things under the same signature, so here a repeated name is an error at every depth, as
//! RFC 7515 section 4 and RFC 7519 section 4 allow and RFC 8725 section 2.4 advises. Depth is limited to 128.

use absah_types::coded;
use core::cell::Cell;
use core::fmt;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Why bytes were not read as the JSON that was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonError {
    /// Not JSON (RFC 8259), not UTF-8, or nested too deeply.
    Malformed,
    /// Some object has two members of one name.
    DuplicateMember,
    /// JSON, but members are missing or of another type than expected.
    Shape,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "not valid json",
            Self::DuplicateMember => "a json object has two members of one name",
            Self::Shape => "the json has not the expected members",
        })
    }
}

impl std::error::Error for JsonError {}

coded! { JsonError {
    Malformed => ("json-malformed", Peer),
    DuplicateMember => ("json-duplicate-member", Peer),
    Shape => ("json-shape", Peer),
} }

/// Reads one JSON value, refusing repeated names.
///
/// # Errors
/// [`JsonError::Malformed`], [`JsonError::DuplicateMember`].
pub fn value(bytes: &[u8]) -> Result<Value, JsonError> {
    let repeated = Cell::new(false);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = Strict(&repeated).deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    read.map_err(|_| if repeated.get() { JsonError::DuplicateMember } else { JsonError::Malformed })
}

/// Reads one JSON object, refusing repeated names.
///
/// # Errors
/// As [`value`], and [`JsonError::Shape`] if it is not an object.
pub fn object(bytes: &[u8]) -> Result<Map<String, Value>, JsonError> {
    match value(bytes)? {
        Value::Object(members) => Ok(members),
        _ => Err(JsonError::Shape),
    }
}

/// Reads a value of type `T`, refusing repeated names also where `T` would ignore them.
///
/// # Errors
/// As [`value`], and [`JsonError::Shape`] if it is no `T`.
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonError> {
    serde_json::from_value(value(bytes)?).map_err(|_| JsonError::Shape)
}

#[derive(Clone, Copy)]
struct Strict<'a>(&'a Cell<bool>);

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("json")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
        Ok(Value::Bool(v))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
        Ok(v.into())
    }

    fn visit_u64<E>(self, v: u64) -> Result<Value, E> {
        Ok(v.into())
    }

    fn visit_f64<E>(self, v: f64) -> Result<Value, E> {
        Ok(v.into())
    }

    fn visit_str<E>(self, v: &str) -> Result<Value, E> {
        Ok(Value::String(v.to_owned()))
    }

    fn visit_string<E>(self, v: String) -> Result<Value, E> {
        Ok(Value::String(v))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            let member = map.next_value_seed(self)?;
            if members.insert(name, member).is_some() {
                self.0.set(true);
                return Err(A::Error::custom("repeated"));
            }
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hostile_json_is_refused_beside_a_valid_neighbour() {
        let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n)).into_bytes();
        let cases: [(&str, Vec<u8>, Result<(), JsonError>); 14] = [
            ("plain", br#"{"a":1,"b":{"a":2}}"#.to_vec(), Ok(())),
            ("same name at other depth", br#"[{"a":1},{"a":2}]"#.to_vec(), Ok(())),
            ("duplicate", br#"{"a":1,"a":1}"#.to_vec(), Err(JsonError::DuplicateMember)),
            ("duplicate by escape", br#"{"a":1,"\u0061":2}"#.to_vec(), Err(JsonError::DuplicateMember)),
            ("duplicate inside", br#"[{"x":{"a":1,"a":2}}]"#.to_vec(), Err(JsonError::DuplicateMember)),
            ("trailing text", br#"{"a":1} {"#.to_vec(), Err(JsonError::Malformed)),
            ("trailing comma", br#"{"a":1,}"#.to_vec(), Err(JsonError::Malformed)),
            ("comment", b"{}//".to_vec(), Err(JsonError::Malformed)),
            ("not utf-8", b"{\"a\":\"\xff\"}".to_vec(), Err(JsonError::Malformed)),
            ("lone surrogate", br#""\ud800""#.to_vec(), Err(JsonError::Malformed)),
            ("byte order mark", b"\xef\xbb\xbf{}".to_vec(), Err(JsonError::Malformed)),
            ("empty", b"".to_vec(), Err(JsonError::Malformed)),
            ("deep", deep(120), Ok(())),
            ("too deep", deep(100_000), Err(JsonError::Malformed)),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(value(&bytes).map(drop), expected, "{name}");
        }
        assert_eq!(object(b"[]"), Err(JsonError::Shape));
        assert_eq!(from_slice::<u8>(b"\"1\""), Err(JsonError::Shape));
        assert_eq!(from_slice::<u8>(b"1"), Ok(1));
    }

    proptest! {
        #[test]
        fn reads_what_serde_json_writes(names in proptest::collection::btree_set(".*", 0..6), n in any::<i64>()) {
            let members: Map<String, Value> = names.into_iter().map(|name| (name, n.into())).collect();
            let text = serde_json::to_vec(&members).unwrap();
            prop_assert_eq!(object(&text).unwrap(), members);
        }
    }
}
