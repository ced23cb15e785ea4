//! JWS, JWE, JWK, JSON that refuses a member twice.

use absah_crypto::{Jwk, PublicKey, json, jwe, jws};
use absah_trust::sample::key;

/// One try; it panics where something is wrong.
pub fn tried(bytes: &[u8]) {
    if let Ok(value) = json::value(bytes) {
        // What we accept every reader accepts, and reads the same.
        assert_eq!(serde_json::from_slice::<serde_json::Value>(bytes).ok(), Some(value));
    }
    if let Ok(jwk) = json::from_slice::<Jwk>(bytes)
        && let Ok(public) = PublicKey::from_jwk(&jwk)
    {
        assert_eq!(PublicKey::from_jwk(&public.to_jwk()).ok(), Some(public));
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(jws) = jws::Compact::parse(text, 1 << 16) {
        let _ = jws.verify(key(2).public_key());
    }
    if let Ok(jwe) = jwe::Compact::parse(text, 1 << 16) {
        let _ = jwe.open(&key(3));
    }
}
