//! Canonical JSON (OLPC): the bytes that TUF signatures cover.
//!
//! Object members sorted by name, no white space, integers only, strings with only `"` and `\` escaped.
//! Not to be confused with JCS (RFC 8785), which escapes control characters.

use serde_json::Value;

/// The value holds a number that is no integer: it has no canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotCanonical;

/// The canonical bytes of a JSON value.
///
/// # Errors
/// [`NotCanonical`] if a number is no integer.
pub fn to_vec(value: &Value) -> Result<Vec<u8>, NotCanonical> {
    let mut out = Vec::with_capacity(1024);
    write(value, &mut out)?;
    Ok(out)
}

fn write(value: &Value, out: &mut Vec<u8>) -> Result<(), NotCanonical> {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) if number.is_f64() => return Err(NotCanonical),
        Value::Number(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Value::String(text) => write_text(text, out),
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write(item, out)?;
            }
            out.push(b']');
        }
        Value::Object(members) => {
            // The map may keep insertion order (a feature of serde_json that any crate can switch on).
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_unstable_by_key(|(name, _)| *name);
            out.push(b'{');
            for (index, (name, member)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_text(name, out);
                out.push(b':');
                write(member, out)?;
            }
            out.push(b'}');
        }
    }
    Ok(())
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for byte in text.bytes() {
        if matches!(byte, b'"' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn members_are_sorted_and_only_two_characters_escaped() {
        let value = json!({"b": [1, true, null], "a": "x\"\\\n", "é": -5});
        assert_eq!(
            to_vec(&value).unwrap(),
            "{\"a\":\"x\\\"\\\\\n\",\"b\":[1,true,null],\"é\":-5}".as_bytes()
        );
    }

    #[test]
    fn fractions_have_no_canonical_form() {
        assert_eq!(to_vec(&json!({"a": 1.5})), Err(NotCanonical));
        assert!(to_vec(&json!({"a": 1})).is_ok());
    }
}
