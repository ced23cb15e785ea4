//! Small JSON conveniences over [`absah_crypto::json`].

pub(crate) use absah_crypto::json::object;

use serde::Serialize;
use serde_json::Value;

/// The JSON canonicalisation of RFC 8785: one text for one value, whoever writes it.
pub(crate) fn canonical(value: &Value) -> Vec<u8> {
    // Fails only for numbers that are no finite doubles, which a Value cannot hold.
    serde_json_canonicalizer::to_vec(value).unwrap_or_default()
}

/// A value of one of our own message types, which always serialise.
pub(crate) fn to_value(message: &impl Serialize) -> Value {
    serde_json::to_value(message).unwrap_or_default()
}

/// Any JSON value, repeated member names refused; `None` for what is none.
pub(crate) fn value(text: &[u8]) -> Option<Value> {
    absah_crypto::json::value(text).ok()
}
