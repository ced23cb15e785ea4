//! Demonstrating Proof of Possession (RFC 9449): a token that only the holder of a key can use.

use absah_crypto::jws::{Compact, Header, JwsError, ToBeSigned};
use absah_crypto::{PublicKey, sha256};
use absah_types::{Rng, Seconds, Timestamp, array, base64url, coded};
use serde_json::{Value, json};

use super::{OAuthError, ToOAuth};
use crate::json;
use crate::oid4vci::issuer::{NonceError, NonceKey};

/// `typ` of a proof.
pub const TYP: &str = "dpop+jwt";
/// Header field of a proof.
pub const HEADER: &str = "DPoP";
/// Header field by which a server hands out its nonce.
pub const NONCE_HEADER: &str = "DPoP-Nonce";
/// Longest proof read, in characters.
pub const MAX_PROOF: usize = 4 * 1024;
/// How far `iat` of a proof may lie in the past or the future.
pub const SKEW: Seconds = Seconds(300);
/// Longest `jti`, in characters.
const MAX_JTI: usize = 128;

/// A proof that waits for the signature of its key.
///
/// `ath` binds it to an access token, `nonce` is the one the server gave last.
pub fn proof(
    key: &PublicKey,
    method: &str,
    url: &str,
    nonce: Option<&str>,
    access_token: Option<&str>,
    now: Timestamp,
    rng: &mut dyn Rng,
) -> ToBeSigned {
    let mut claims = json!({
        "jti": base64url::encode(array::<16>(rng)),
        "htm": method,
        "htu": target(url),
        "iat": now.unix(),
    });
    if let Some(claims) = claims.as_object_mut() {
        claims.extend(nonce.map(|nonce| ("nonce".to_owned(), json!(nonce))));
        claims.extend(access_token.map(|token| ("ath".to_owned(), json!(hash(token)))));
    }
    ToBeSigned::new(&Header::es256(TYP).with_jwk(key.to_jwk()), claims.to_string().as_bytes())
}

/// "the HTTP target URI (Section 7.1 of RFC 9110) of the request to which the JWT is attached, without query and fragment
/// parts."
fn target(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

/// `ath`: "the base64url encoding [...] the SHA-256 [...] hash of the ASCII encoding of the associated access token's
/// value."
fn hash(access_token: &str) -> String {
    base64url::encode(sha256(access_token.as_bytes()))
}

/// What a proof must show.
#[derive(Debug)]
pub struct Expectation<'a> {
    /// The method of the request.
    pub method: &'a str,
    /// The address of the request.
    pub url: &'a str,
    /// Checks `nonce`.
    pub nonces: &'a NonceKey,
    /// The access token that came along, at a resource.
    pub access_token: Option<&'a str>,
    /// Now.
    pub now: Timestamp,
}

/// A proof that holds. Its `jti` must not have been seen before: that the store knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// SHA-256 thumbprint of the key: what a token is bound to.
    pub thumbprint: [u8; 32],
    /// The digest by which a store remembers that the proof was used.
    pub replay: [u8; 32],
}

/// Why a proof is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DpopError {
    /// No proof where one is due.
    Missing,
    /// No compact ES256 JWS.
    Jws(JwsError),
    /// `typ` is not `dpop+jwt`.
    Typ,
    /// No usable `jwk`.
    Key,
    /// A claim is missing or of the wrong type.
    Payload,
    /// `htm` or `htu` is that of another request.
    OtherRequest,
    /// `iat` is too far from now.
    Time,
    /// No nonce: one is handed out.
    NonceMissing,
    /// The nonce is not ours or has ended: a new one is handed out.
    Nonce(NonceError),
    /// `ath` is not the hash of the access token.
    OtherToken,
    /// The signature does not fit the key.
    Signature,
    /// The key is not the one that the token or code is bound to.
    OtherKey,
    /// The same proof was used before.
    Replayed,
}

impl std::fmt::Display for DpopError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Missing => "proof of possession missing",
            Self::Jws(inner) => return inner.fmt(f),
            Self::Typ => "proof of possession has the wrong typ",
            Self::Key => "proof of possession without usable key",
            Self::Payload => "proof of possession malformed",
            Self::OtherRequest => "proof of possession for another request",
            Self::Time => "proof of possession too old or from the future",
            Self::NonceMissing => "proof of possession without nonce",
            Self::Nonce(inner) => return inner.fmt(f),
            Self::OtherToken => "proof of possession for another token",
            Self::Signature => "proof of possession does not fit its key",
            Self::OtherKey => "bound to another key",
            Self::Replayed => "proof of possession used before",
        })
    }
}

impl std::error::Error for DpopError {}

coded! { DpopError {
    Missing => ("dpop-missing", Peer),
    Jws(e) => inner(e),
    Typ => ("dpop-typ", Peer),
    Key => ("dpop-key", Peer),
    Payload => ("dpop-payload", Peer),
    OtherRequest => ("dpop-other-request", Peer),
    Time => ("dpop-time", Environment),
    NonceMissing => ("dpop-nonce-missing", Peer),
    Nonce(e) => inner(e),
    OtherToken => ("dpop-other-token", Peer),
    Signature => ("dpop-signature", Peer),
    OtherKey => ("dpop-other-key", Peer),
    Replayed => ("dpop-replayed", Peer),
} }

impl ToOAuth for DpopError {
    fn oauth(&self) -> OAuthError {
        match self {
            // RFC 9449 section 8: "the authorization server [...] requests that the client use a nonce [...] by
            // responding [...] with `use_dpop_nonce` as the error code value."
            Self::NonceMissing | Self::Nonce(_) => OAuthError::UseDpopNonce,
            _ => OAuthError::InvalidDpopProof,
        }
    }
}

/// Checks a proof (section 4.3), all but its replay.
///
/// # Errors
/// [`DpopError`].
pub fn check(proof: &str, expected: &Expectation<'_>) -> Result<Proof, DpopError> {
    // "a single well-formed JWT", whose "`alg` [...] indicates a registered asymmetric digital signature algorithm".
    let proof = Compact::parse(proof, MAX_PROOF).map_err(DpopError::Jws)?;
    if !proof.header.is_type(TYP) {
        return Err(DpopError::Typ);
    }
    // "the `jwk` JOSE Header Parameter does not contain a private key": such a JWK is never read.
    let key =
        proof.header.jwk.as_ref().and_then(|jwk| PublicKey::from_jwk(jwk).ok()).ok_or(DpopError::Key)?;
    let claims = json::object(&proof.payload).map_err(|_| DpopError::Payload)?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let jti = text("jti").filter(|jti| !jti.is_empty() && jti.len() <= MAX_JTI).ok_or(DpopError::Payload)?;
    // "the `htm` claim matches the HTTP method of the current request", "the `htu` claim matches the HTTP URI value for
    // the HTTP request in which the JWT was received, ignoring any query and fragment parts."
    if text("htm") != Some(expected.method) || text("htu").map(target) != Some(target(expected.url)) {
        return Err(DpopError::OtherRequest);
    }
    let iat = claims.get("iat").and_then(|iat| serde_json::from_value::<Timestamp>(iat.clone()).ok());
    let iat = iat.ok_or(DpopError::Payload)?;
    if iat < expected.now.minus(SKEW) || iat > expected.now.plus(SKEW) {
        return Err(DpopError::Time);
    }
    // "if the server provided a nonce value to the client, the `nonce` claim matches the server-provided nonce value."
    let nonce = text("nonce").ok_or(DpopError::NonceMissing)?;
    expected.nonces.check(nonce, expected.now).map_err(DpopError::Nonce)?;
    // "ensure that the value of the `ath` claim equals the hash of that access token".
    if let Some(token) = expected.access_token
        && text("ath") != Some(hash(token).as_str())
    {
        return Err(DpopError::OtherToken);
    }
    proof.verify(&key).map_err(|_| DpopError::Signature)?;
    let replay = sha256([key.thumbprint().as_slice(), jti.as_bytes()].concat().as_slice());
    Ok(Proof { thumbprint: key.thumbprint(), replay })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{Dice, NOW};
    use absah_crypto::PrivateKey;
    use absah_trust::sample::key;
    use absah_types::{Coded as _, Secret};
    use serde_json::Map;

    const URL: &str = "https://issuer.example/token";

    fn nonces() -> NonceKey {
        NonceKey::new(Secret::new([3; 32]))
    }

    fn checked(proof: &str, url: &str, token: Option<&str>) -> Result<Proof, &'static str> {
        let nonces = nonces();
        let expected = Expectation { method: "POST", url, nonces: &nonces, access_token: token, now: NOW };
        check(proof, &expected).map_err(|error| error.code())
    }

    fn signed(change: impl Fn(&mut Map<String, Value>), header: Header, signer: &PrivateKey) -> String {
        let mut claims = json!({
            "jti": "1", "htm": "POST", "htu": URL, "iat": NOW.unix(), "nonce": nonces().issue(NOW, &mut Dice(1)),
        });
        change(claims.as_object_mut().unwrap());
        ToBeSigned::new(&header, claims.to_string().as_bytes()).sign(signer).unwrap()
    }

    #[test]
    fn a_proof_is_for_one_request_and_one_token() {
        let own = key(60);
        let nonce = nonces().issue(NOW, &mut Dice(1));
        let make = |token: Option<&str>| {
            proof(own.public_key(), "POST", &format!("{URL}?x=1"), Some(&nonce), token, NOW, &mut Dice(2))
                .sign(&own)
                .unwrap()
        };
        let read = checked(&make(None), URL, None).unwrap();
        assert_eq!(read.thumbprint, own.public_key().thumbprint());
        assert_eq!(checked(&make(Some("t")), URL, Some("t")).map(|proof| proof.replay), Ok(read.replay));
        assert_eq!(checked(&make(Some("t")), URL, Some("u")), Err("dpop-other-token"));
        assert_eq!(checked(&make(None), URL, Some("t")), Err("dpop-other-token"));
        assert_eq!(
            checked(&make(None), "https://issuer.example/credential", None),
            Err("dpop-other-request")
        );
    }

    #[test]
    fn hostile_proofs() {
        let own = key(60);
        let header = || Header::es256(TYP).with_jwk(own.public_key().to_jwk());
        let put = |name: &'static str, value: Value| {
            signed(move |claims| drop(claims.insert(name.into(), value.clone())), header(), &own)
        };
        let without = |name: &'static str| signed(move |claims| drop(claims.remove(name)), header(), &own);
        let same = |_: &mut Map<String, Value>| {};
        let late = nonces().issue(NOW.minus(Seconds(600)), &mut Dice(1));
        for (name, proof, code) in [
            ("no token", "abc".to_owned(), "jws-not-compact"),
            (
                "other type",
                signed(same, Header::es256("JWT").with_jwk(own.public_key().to_jwk()), &own),
                "dpop-typ",
            ),
            ("no key", signed(same, Header::es256(TYP), &own), "dpop-key"),
            ("signed by another key", signed(same, header(), &key(61)), "dpop-signature"),
            ("no id", without("jti"), "dpop-payload"),
            ("empty id", put("jti", json!("")), "dpop-payload"),
            ("other method", put("htm", json!("GET")), "dpop-other-request"),
            ("other server", put("htu", json!("https://other.example/token")), "dpop-other-request"),
            ("no time", without("iat"), "dpop-payload"),
            ("old", put("iat", json!(NOW.unix() - 301)), "dpop-time"),
            ("from the future", put("iat", json!(NOW.unix() + 301)), "dpop-time"),
            ("no nonce", without("nonce"), "dpop-nonce-missing"),
            ("nonce of another server", put("nonce", json!("abc")), "c-nonce-unknown"),
            ("nonce ended", put("nonce", json!(late)), "c-nonce-expired"),
        ] {
            assert_eq!(checked(&proof, URL, None), Err(code), "{name}");
        }
        assert!(checked(&signed(same, header(), &own), URL, None).is_ok());
    }
}
