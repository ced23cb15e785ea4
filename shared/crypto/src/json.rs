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
use std::borrow::Cow;

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
    let value = serde_json::from_slice(bytes).map_err(|_| JsonError::Malformed)?;
    // A repeated name leaves one member less than was written: counting costs less than reading twice.
    if colons_outside_strings(bytes, &value) == members(&value) {
        Ok(value)
    } else {
        Err(JsonError::DuplicateMember)
    }
}

/// One for each member that was written. Without escapes the colons inside strings can be counted in what
/// was read: those in a member that got lost then count as outside, which is as good.
fn colons_outside_strings(text: &[u8], value: &Value) -> usize {
    if !text.contains(&b'\\') {
        return colons(text).saturating_sub(colons_inside(value));
    }
    let (mut outside, mut in_string, mut escaped) = (0, false, false);
    for &byte in text {
        if in_string {
            in_string = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
        } else if byte == b'"' {
            in_string = true;
        } else if byte == b':' {
            outside += 1;
        }
    }
    outside
}

fn colons(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte == b':').count()
}

fn colons_inside(value: &Value) -> usize {
    match value {
        Value::String(text) => colons(text.as_bytes()),
        Value::Array(items) => items.iter().map(colons_inside).sum(),
        Value::Object(members) => {
            members.iter().map(|(name, member)| colons(name.as_bytes()) + colons_inside(member)).sum()
        }
        _ => 0,
    }
}

fn members(value: &Value) -> usize {
    match value {
        Value::Object(object) => object.len() + object.values().map(members).sum::<usize>(),
        Value::Array(items) => items.iter().map(members).sum(),
        _ => 0,
    }
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
    check_names(bytes)?;
    serde_json::from_slice(bytes)
        .map_err(|e| if e.is_data() { JsonError::Shape } else { JsonError::Malformed })
}

/// Walks through the text once, keeping nothing but the names of the objects it is inside of.
fn check_names(bytes: &[u8]) -> Result<(), JsonError> {
    let repeated = Cell::new(false);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let walked = Names(&repeated).deserialize(&mut reader).and_then(|()| reader.end());
    walked.map_err(|_| if repeated.get() { JsonError::DuplicateMember } else { JsonError::Malformed })
}

#[derive(Clone, Copy)]
struct Names<'a>(&'a Cell<bool>);

impl<'de> DeserializeSeed<'de> for Names<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Names<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("json")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(self)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut names = Vec::new();
        while let Some(name) = map.next_key_seed(Name)? {
            names.push(name);
            map.next_value_seed(self)?;
        }
        // Sorted, so that an object of very many names costs no more than its length suggests.
        names.sort_unstable();
        if names.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
            self.0.set(true);
            return Err(A::Error::custom("repeated"));
        }
        Ok(())
    }
}

/// One name, borrowed from the text unless it holds an escape.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hostile_json_is_refused_beside_a_valid_neighbour() {
        let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n)).into_bytes();
        let cases: [(&str, Vec<u8>, Result<(), JsonError>); 19] = [
            ("plain", br#"{"a":1,"b":{"a":2}}"#.to_vec(), Ok(())),
            ("same name at other depth", br#"[{"a":1},{"a":2}]"#.to_vec(), Ok(())),
            ("duplicate", br#"{"a":1,"a":1}"#.to_vec(), Err(JsonError::DuplicateMember)),
            ("duplicate by escape", br#"{"a":1,"\u0061":2}"#.to_vec(), Err(JsonError::DuplicateMember)),
            (
                "duplicate whose value has a colon",
                br#"{"a":"b:c","a":"d"}"#.to_vec(),
                Err(JsonError::DuplicateMember),
            ),
            ("duplicate with a colon", br#"{"a:b":1,"a:b":2}"#.to_vec(), Err(JsonError::DuplicateMember)),
            ("colons and escapes", br#"{"a:\"":"b:\\","c":"\u003a:"}"#.to_vec(), Ok(())),
            (
                "duplicate behind escapes",
                br#"{"a":"\\","b":"\":","a":1}"#.to_vec(),
                Err(JsonError::DuplicateMember),
            ),
            ("duplicate inside", br#"[{"x":{"a":1,"a":2}}]"#.to_vec(), Err(JsonError::DuplicateMember)),
            ("trailing text", br#"{"a":1} {"#.to_vec(), Err(JsonError::Malformed)),
            ("trailing comma", br#"{"a":1,}"#.to_vec(), Err(JsonError::Malformed)),
            ("comment", b"{}//".to_vec(), Err(JsonError::Malformed)),
            ("not utf-8", b"{\"a\":\"\xff\"}".to_vec(), Err(JsonError::Malformed)),
            ("lone surrogate", br#""\ud800""#.to_vec(), Err(JsonError::Malformed)),
            ("byte order mark", b"\xef\xbb\xbf{}".to_vec(), Err(JsonError::Malformed)),
            ("empty", b"".to_vec(), Err(JsonError::Malformed)),
            (
                "repeated far apart",
                {
                    let mut text = "{\"a\":0".to_owned();
                    (0..1000).for_each(|n| text += &format!(",\"{n}\":{{}}"));
                    (text + ",\"a\":0}").into_bytes()
                },
                Err(JsonError::DuplicateMember),
            ),
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
        fn a_repeated_name_is_always_found(name in ".*", one in ".*", two in ".*", escape: bool) {
            let json = |text: &str| {
                let text = Value::from(text).to_string();
                if escape { text.replace(':', "\\u003a") } else { text }
            };
            let text = format!("{{{0}:{1},\"other\":[{{{0}:{2}}}],{0}:{2}}}", json(&name), json(&one), json(&two));
            prop_assert_eq!(value(text.as_bytes()), Err(JsonError::DuplicateMember));
            let text = format!("{{{0}:{1},\"other\":[{{{0}:{2}}}]}}", json(&name), json(&one), json(&two));
            prop_assert!(value(text.as_bytes()).is_ok());
        }

        #[test]
        fn reads_what_serde_json_writes(names in proptest::collection::btree_set(".*", 0..6), n in any::<i64>()) {
            let members: Map<String, Value> = names.into_iter().map(|name| (name, n.into())).collect();
            let text = serde_json::to_vec(&members).unwrap();
            prop_assert_eq!(object(&text).unwrap(), members);
        }
    }
}
