//! The nonce that binds what is asked.

use absah_crypto::sha256_concat;
use absah_types::base64url;
use serde_json::{Map, Value};

use crate::json::canonical;

const DOMAIN: &[u8] = b"absah-req-v1";

/// base64url(SHA-256("absah-req-v1" ‖ r ‖ JCS of the request parameters without `nonce`)).
///
/// A key-binding JWT over this nonce is a signature over purpose, service, claims, key and time of the
/// request: another request under the same nonce does not exist.
#[must_use]
pub fn bound_nonce(r: &[u8; 16], parameters: &Map<String, Value>) -> String {
    let mut rest = parameters.clone();
    rest.remove("nonce");
    let rest = canonical(&Value::Object(rest));
    base64url::encode(sha256_concat(&[DOMAIN, r, &rest]))
}
