//! The key binding JWT (RFC 9901, section 4.3): the holder's signature over one presentation.

use absah_crypto::jws::{Compact, Header, ToBeSigned};
use absah_crypto::{PublicKey, Signature, json as strict, sha256};
use absah_types::{Seconds, Timestamp, base64url};
use serde::Deserialize as _;
use serde_json::Value;

use super::process::ProcessError;
use crate::json;

/// `typ` of a key binding JWT (section 4.3).
pub(crate) const TYP: &str = "kb+jwt";

/// What a verifier demands of the key binding. RFC 9901, section 7.3: "This decision MUST NOT be based
/// on whether or not a Key Binding JWT is provided by the Holder": so it is an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyBindingPolicy<'a> {
    /// A presentation to this verifier in this transaction.
    Required(KeyBindingExpectation<'a>),
    /// An SD-JWT as issued. "If the Holder receives an SD-JWT+KB, it MUST be rejected." (section 7.2)
    Forbidden,
}

/// The transaction that a key binding must belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyBindingExpectation<'a> {
    /// `aud`: who asked.
    pub aud: &'a str,
    /// `nonce`: in which transaction.
    pub nonce: &'a str,
    /// This moment.
    pub now: Timestamp,
    /// How long before `now` the holder may have signed.
    pub max_age: Seconds,
    /// How far the holder's clock may be ahead.
    pub max_ahead: Seconds,
}

/// A key binding that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyBinding {
    /// `aud`: for whom it was made.
    pub aud: String,
    /// `nonce`: for which transaction.
    pub nonce: String,
    /// `iat`: when the holder's clock says it was made.
    pub iat: Timestamp,
}

/// A presentation that waits for the holder's signature.
pub struct PreparedKeyBinding {
    sd_jwt: String,
    to_be_signed: ToBeSigned,
}

impl PreparedKeyBinding {
    /// Prepares the key binding of `sd_jwt`, a text that ends with a tilde.
    ///
    /// The members of the payload stand in the order `iat`, `aud`, `nonce`, `sd_hash`, without blanks:
    /// who knows `aud`, `nonce` and the presentation can rebuild the text from `iat` alone.
    pub(super) fn new(sd_jwt: String, aud: &str, nonce: &str, iat: Timestamp) -> Self {
        let mut payload = String::with_capacity(160 + aud.len() + nonce.len());
        payload.push_str(r#"{"iat":"#);
        json::write_number(&mut payload, iat.unix());
        payload.push_str(r#","aud":"#);
        json::write_string(&mut payload, aud);
        payload.push_str(r#","nonce":"#);
        json::write_string(&mut payload, nonce);
        payload.push_str(r#","sd_hash":"#);
        json::write_string(&mut payload, &sd_hash(&sd_jwt));
        payload.push('}');
        let to_be_signed = ToBeSigned::new(&Header::es256(TYP), payload.as_bytes());
        Self { sd_jwt, to_be_signed }
    }

    /// The bytes that the holder's key signs with ES256.
    pub fn to_be_signed(&self) -> &[u8] {
        self.to_be_signed.as_bytes()
    }

    /// The finished SD-JWT+KB.
    pub fn attach(self, signature: Signature) -> String {
        let mut text = self.sd_jwt;
        text.push_str(&self.to_be_signed.attach(signature));
        text
    }
}

/// "The sd_hash value MUST be taken over the US-ASCII bytes of the encoded SD-JWT, i.e., the
/// Issuer-signed JWT, a tilde character, and zero or more Disclosures selected for presentation to the
/// Verifier, each followed by a tilde character" (section 4.3.1)
pub(super) fn sd_hash(sd_jwt: &str) -> String {
    base64url::encode(sha256(sd_jwt.as_bytes()))
}

/// Section 7.3, step 5, in its order.
pub(super) fn check(
    jwt: &Compact,
    sd_jwt: &str,
    holder: &PublicKey,
    expected: &KeyBindingExpectation<'_>,
) -> Result<KeyBinding, ProcessError> {
    // "Ensure that a signing algorithm was used that was deemed secure": `Compact` takes ES256 only.
    // "Validate the signature over the Key Binding JWT per Section 5.2 of RFC 7515."
    jwt.verify(holder).map_err(|_| ProcessError::KeyBindingSignature)?;
    // "Check that the typ of the Key Binding JWT is kb+jwt."
    if !jwt.header.is_type(TYP) {
        return Err(ProcessError::KeyBindingType);
    }
    let mut claims = strict::object(&jwt.payload).map_err(|_| ProcessError::KeyBindingMalformed)?;
    let mut text = |name: &str| match claims.remove(name) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(ProcessError::KeyBindingMalformed),
    };
    let (aud, nonce, hash) = (text("aud")?, text("nonce")?, text("sd_hash")?);
    let mut time = |name: &str| match claims.remove(name) {
        None => Ok(None),
        // RFC 7519, section 2: a NumericDate may have a fraction.
        Some(seconds) => {
            Timestamp::deserialize(seconds).map(Some).map_err(|_| ProcessError::KeyBindingMalformed)
        }
    };
    let (iat, exp, nbf) =
        (time("iat")?.ok_or(ProcessError::KeyBindingMalformed)?, time("exp")?, time("nbf")?);
    // "Determine that the Key Binding JWT is bound to the current transaction and was created for this
    // Verifier (replay detection) by validating nonce and aud claims."
    if nonce != expected.nonce {
        return Err(ProcessError::KeyBindingNonce);
    }
    if aud != expected.aud {
        return Err(ProcessError::KeyBindingAudience);
    }
    // "Calculate the digest over the Issuer-signed JWT and Disclosures [...] and verify that it matches
    // the value of the sd_hash claim in the Key Binding JWT."
    if hash != sd_hash(sd_jwt) {
        return Err(ProcessError::KeyBindingHash);
    }
    // "Check that the creation time of the Key Binding JWT, as determined by the iat claim, is within an
    // acceptable window."
    let ahead = expected.now.plus(expected.max_ahead);
    if iat > ahead {
        return Err(ProcessError::KeyBindingInFuture);
    }
    // "Check that the Key Binding JWT is a valid JWT in all other respects, per RFC 7519."
    if iat < expected.now.minus(expected.max_age) || exp.is_some_and(|exp| exp <= expected.now) {
        return Err(ProcessError::KeyBindingTooOld);
    }
    if nbf.is_some_and(|nbf| nbf > ahead) {
        return Err(ProcessError::KeyBindingInFuture);
    }
    Ok(KeyBinding { aud, nonce, iat })
}
