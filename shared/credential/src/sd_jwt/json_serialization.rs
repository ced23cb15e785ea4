//! JWS JSON serialisation (RFC 9901, section 8): the same SD-JWT in another dress.

use absah_crypto::json;
use serde_json::{Map, Value, json as object};

use super::limits;
use super::parse::{ParseError, Unverified};

impl Unverified {
    /// Reads the flattened or the general JSON serialisation. Of several signatures the first counts.
    ///
    /// # Errors
    /// As [`Unverified::parse`]; [`ParseError::JsonSerialization`] for another shape.
    pub fn parse_json(text: &str) -> Result<Self, ParseError> {
        if text.len() > limits::TEXT * 2 {
            return Err(ParseError::TooLong);
        }
        let whole = json::object(text.as_bytes()).map_err(|_| ParseError::JsonSerialization)?;
        let payload = string(&whole, "payload")?;
        let signature = match whole.get("signatures") {
            None => &whole,
            Some(Value::Array(signatures)) => {
                let mut signatures = signatures.iter();
                let first =
                    signatures.next().and_then(Value::as_object).ok_or(ParseError::JsonSerialization)?;
                // Section 8.3: "If there are multiple signatures, the disclosures and kb_jwt members MUST NOT
                // be present in any of the following unprotected headers."
                if signatures.any(|other| header(other, "disclosures").or(header(other, "kb_jwt")).is_some())
                {
                    return Err(ParseError::JsonSerializationSignatures);
                }
                first
            }
            Some(_) => return Err(ParseError::JsonSerialization),
        };
        // Section 8.1: "the representation as a regular SD-JWT Compact Serialization MUST be created".
        let mut compact =
            format!("{}.{payload}.{}~", string(signature, "protected")?, string(signature, "signature")?);
        if let Some(unprotected) = signature.get("header") {
            match unprotected.get("disclosures") {
                None => {}
                Some(Value::Array(disclosures)) => {
                    for disclosure in disclosures {
                        compact.push_str(disclosure.as_str().ok_or(ParseError::JsonSerialization)?);
                        compact.push('~');
                    }
                }
                Some(_) => return Err(ParseError::JsonSerialization),
            }
            match unprotected.get("kb_jwt") {
                None => {}
                Some(Value::String(jwt)) if !jwt.is_empty() && !jwt.contains('~') => compact.push_str(jwt),
                Some(_) => return Err(ParseError::JsonSerialization),
            }
        }
        Self::parse(&compact)
    }
}

fn string<'v>(members: &'v Map<String, Value>, name: &str) -> Result<&'v str, ParseError> {
    match members.get(name) {
        Some(Value::String(text)) if !text.contains(['~', '.']) => Ok(text),
        _ => Err(ParseError::JsonSerialization),
    }
}

fn header<'v>(signature: &'v Value, name: &str) -> Option<&'v Value> {
    signature.get("header")?.get(name)
}

/// The flattened JSON serialisation (section 8.2) of an SD-JWT or SD-JWT+KB.
pub fn to_flattened_json(sd_jwt: &Unverified) -> String {
    let (payload, signature) = parts(sd_jwt);
    let mut whole = signature;
    whole.insert("payload".into(), payload.into());
    Value::Object(whole).to_string()
}

/// The general JSON serialisation (section 8.3) of an SD-JWT or SD-JWT+KB, with its one signature.
pub fn to_general_json(sd_jwt: &Unverified) -> String {
    let (payload, signature) = parts(sd_jwt);
    object!({ "payload": payload, "signatures": [signature] }).to_string()
}

fn parts(sd_jwt: &Unverified) -> (String, Map<String, Value>) {
    let mut pieces = sd_jwt.as_str().split('~');
    let mut jwt = pieces.next().unwrap_or_default().split('.');
    let mut next = || jwt.next().unwrap_or_default().to_owned();
    let (protected, payload, signature) = (next(), next(), next());
    let mut unprotected = Map::new();
    let mut disclosures: Vec<&str> = pieces.collect();
    if let Some(key_binding) = disclosures.pop().filter(|last| !last.is_empty()) {
        unprotected.insert("kb_jwt".into(), key_binding.into());
    }
    unprotected.insert("disclosures".into(), disclosures.into());
    let mut members = Map::new();
    members.insert("protected".into(), protected.into());
    members.insert("signature".into(), signature.into());
    members.insert("header".into(), unprotected.into());
    (payload, members)
}
