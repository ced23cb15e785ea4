//! Proof Key for Code Exchange (RFC 7636), method S256 only: whoever intercepts an authorization code cannot use it.

use absah_crypto::{ct_eq, sha256};
use absah_types::{Rng, Secret, array, base64url};

/// `code_challenge_method`.
pub const S256: &str = "S256";

/// A fresh `code_verifier`: 256 random bits, 43 characters.
pub fn verifier(rng: &mut dyn Rng) -> Secret<String> {
    Secret::new(base64url::encode(array::<32>(rng)))
}

/// "code_challenge = BASE64URL-ENCODE(SHA256(ASCII(code_verifier)))".
#[must_use]
pub fn challenge(verifier: &str) -> String {
    base64url::encode(sha256(verifier.as_bytes()))
}

/// Whether a text has the form of a challenge: the digest, 43 characters.
#[must_use]
pub fn is_challenge(text: &str) -> bool {
    base64url::decode_array::<32>(text).is_ok()
}

/// Whether the verifier is the one of the challenge; "high-entropy [...] with a minimum length of 43 characters and a
/// maximum length of 128 characters."
#[must_use]
pub fn fits(verifier: &str, expected: &str) -> bool {
    (43..=128).contains(&verifier.len()) && ct_eq(challenge(verifier).as_bytes(), expected.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7636, appendix B.
    #[test]
    fn the_example_of_the_specification() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert!(fits(verifier, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
        assert!(!fits(verifier, "F9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
        assert!(!fits("short", &challenge("short")));
        assert!(is_challenge(&challenge(verifier)) && !is_challenge(verifier.get(1..).unwrap()));
    }
}
