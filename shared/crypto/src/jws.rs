//! JSON Web Signature in its compact form (RFC 7515), ES256 only.
//!
//! Writing is in two steps, [`ToBeSigned`] and [`ToBeSigned::attach`], so that the key may live elsewhere.
//! Reading is [`Compact::parse`]: it checks the form, [`Compact::verify`] the signature. Nothing of a parsed
//! message may be believed before that.

use crate::json::{self, JsonError};
use crate::{Jwk, PublicKey, SignError, Signature, SignatureError, Signer, SigningAlgorithm, VerifyError};
use absah_types::{base64url, coded};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use core::fmt;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Certificates at most in one `x5c`.
pub const MAX_CERTIFICATES: usize = 8;

/// A JOSE header (RFC 7515, section 4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The algorithm; anything but ES256 never becomes a `Header`.
    pub alg: SigningAlgorithm,
    /// Media type of the whole, usually without `application/`.
    pub typ: Option<String>,
    /// Media type of the payload.
    pub cty: Option<String>,
    /// Names the key.
    pub kid: Option<String>,
    /// The signer's public key by value.
    pub jwk: Option<Jwk>,
    /// The signer's certificates in DER, leaf first.
    pub x5c: Option<Vec<Vec<u8>>>,
    /// All other members. Members that name a place to fetch a key from (`jku`, `x5u`) are never followed.
    pub other: Map<String, Value>,
}

impl Header {
    /// An ES256 header of the media type `typ` (written without `application/`).
    pub fn es256(typ: impl Into<String>) -> Self {
        Self {
            alg: SigningAlgorithm::Es256,
            typ: Some(typ.into()),
            cty: None,
            kid: None,
            jwk: None,
            x5c: None,
            other: Map::new(),
        }
    }

    /// The same header naming a key.
    #[must_use]
    pub fn with_kid(mut self, kid: impl Into<String>) -> Self {
        self.kid = Some(kid.into());
        self
    }

    /// The same header with the key by value.
    #[must_use]
    pub fn with_jwk(mut self, jwk: Jwk) -> Self {
        self.jwk = Some(jwk);
        self
    }

    /// The same header with certificates in DER, leaf first.
    #[must_use]
    pub fn with_x5c(mut self, certificates: Vec<Vec<u8>>) -> Self {
        self.x5c = Some(certificates);
        self
    }

    /// The same header with the media type of the payload.
    #[must_use]
    pub fn with_cty(mut self, cty: impl Into<String>) -> Self {
        self.cty = Some(cty.into());
        self
    }

    /// Whether `typ` is this media type. RFC 7515, section 4.1.9: `application/` may be left out when no other
    /// `/` follows; media types are compared without regard to case.
    pub fn is_type(&self, media_type: &str) -> bool {
        let Some(typ) = &self.typ else { return false };
        let bare = match typ.split_at_checked("application/".len()) {
            Some((head, rest)) if head.eq_ignore_ascii_case("application/") && !rest.contains('/') => rest,
            _ => typ,
        };
        bare.eq_ignore_ascii_case(media_type)
    }

    /// Compact JSON; members in the order `alg, typ, cty, kid, jwk, x5c`, then the others.
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(128);
        let mut member = |name: &str, json: &str| {
            out.push(if out.is_empty() { '{' } else { ',' });
            out.push_str(&Value::from(name).to_string());
            out.push(':');
            out.push_str(json);
        };
        member("alg", &Value::from(self.alg.name()).to_string());
        for (name, text) in [("typ", &self.typ), ("cty", &self.cty), ("kid", &self.kid)] {
            if let Some(text) = text {
                member(name, &Value::from(text.as_str()).to_string());
            }
        }
        if let Some(jwk) = &self.jwk {
            member("jwk", &jwk.to_json());
        }
        if let Some(certificates) = &self.x5c {
            // RFC 7515, section 4.1.6: "Each string in the array is a base64-encoded (not base64url-encoded)".
            let list: Value = certificates.iter().map(|der| STANDARD.encode(der)).collect();
            member("x5c", &list.to_string());
        }
        for (name, value) in &self.other {
            member(name, &value.to_string());
        }
        out.push('}');
        out
    }

    fn parse(bytes: &[u8]) -> Result<Self, JwsError> {
        let mut members = json::object(bytes).map_err(|e| match e {
            // RFC 7515, section 4: "The Header Parameter names within the JOSE Header MUST be unique".
            JsonError::DuplicateMember => JwsError::HeaderDuplicate,
            JsonError::Malformed | JsonError::Shape => JwsError::HeaderJson,
        })?;
        let alg = match members.remove("alg") {
            Some(Value::String(name)) if name == SigningAlgorithm::Es256.name() => SigningAlgorithm::Es256,
            _ => return Err(JwsError::Algorithm),
        };
        // RFC 7515, section 4.1.11: "If any of the listed extension Header Parameters are not understood and
        // supported by the recipient, then the JWS is invalid." We support none, and the list may not be empty.
        if members.contains_key("crit") {
            return Err(JwsError::Critical);
        }
        let mut text = |name: &'static str| match members.remove(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(JwsError::HeaderMember(name)),
        };
        let (typ, cty, kid) = (text("typ")?, text("cty")?, text("kid")?);
        let jwk = match members.remove("jwk") {
            None => None,
            Some(jwk) => Some(serde_json::from_value(jwk).map_err(|_| JwsError::HeaderMember("jwk"))?),
        };
        let x5c = match members.remove("x5c") {
            None => None,
            Some(list) => Some(certificates(&list).ok_or(JwsError::HeaderMember("x5c"))?),
        };
        Ok(Self { alg, typ, cty, kid, jwk, x5c, other: members })
    }
}

fn certificates(list: &Value) -> Option<Vec<Vec<u8>>> {
    let list = list.as_array().filter(|list| (1..=MAX_CERTIFICATES).contains(&list.len()))?;
    list.iter().map(|text| STANDARD.decode(text.as_str()?).ok().filter(|der| !der.is_empty())).collect()
}

/// Header and payload, encoded and waiting for a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToBeSigned {
    /// `base64url(header) . base64url(payload)`: the bytes to sign (RFC 7515, section 5.1).
    pub signing_input: String,
}

impl ToBeSigned {
    /// From a header and any payload.
    pub fn new(header: &Header, payload: &[u8]) -> Self {
        Self::with_encoded_header(&base64url::encode(header.to_json().as_bytes()), payload)
    }

    /// From a header already in base64url: who signs many messages under one header encodes it once.
    pub fn with_encoded_header(header: &str, payload: &[u8]) -> Self {
        let payload = base64url::encode(payload);
        // Room for the signature too, so that attaching it does not move the text.
        let mut signing_input = String::with_capacity(header.len() + payload.len() + 88);
        signing_input.push_str(header);
        signing_input.push('.');
        signing_input.push_str(&payload);
        Self { signing_input }
    }

    /// The bytes to sign.
    pub fn as_bytes(&self) -> &[u8] {
        self.signing_input.as_bytes()
    }

    /// The finished compact JWS.
    pub fn attach(self, signature: Signature) -> String {
        let mut text = self.signing_input;
        text.push('.');
        text.push_str(&base64url::encode(signature.as_bytes()));
        text
    }

    /// Signs and attaches in one step, for a signer at hand.
    ///
    /// # Errors
    /// What the signer says.
    pub fn sign(self, signer: &dyn Signer) -> Result<String, SignError> {
        let signature = signer.sign(self.as_bytes())?;
        Ok(self.attach(signature))
    }
}

/// A compact JWS whose form is in order and whose signature is **not yet checked**.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compact {
    /// The header.
    pub header: Header,
    /// The header exactly as it was signed.
    pub header_json: Vec<u8>,
    /// The payload.
    pub payload: Vec<u8>,
    /// The signature.
    pub signature: Signature,
    /// The text that was signed.
    pub signing_input: String,
}

impl Compact {
    /// Reads a compact JWS of at most `max` characters.
    ///
    /// # Errors
    /// One variant of [`JwsError`] per rule.
    pub fn parse(text: &str, max: usize) -> Result<Self, JwsError> {
        if text.len() > max {
            return Err(JwsError::TooLong { max });
        }
        let mut parts = text.split('.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(JwsError::NotCompact);
        };
        // RFC 7515, section 5.2, step 2: base64url "following the restriction that no line breaks, whitespace, or
        // other additional characters have been used".
        let decode = |part: &str| base64url::decode(part).map_err(|_| JwsError::Encoding);
        let header_json = decode(header)?;
        let header_members = Header::parse(&header_json)?;
        let signature = Signature::from_slice(&decode(signature)?).map_err(JwsError::Signature)?;
        Ok(Self {
            header: header_members,
            header_json,
            payload: decode(payload)?,
            signature,
            signing_input: text.get(..header.len() + 1 + payload.len()).unwrap_or_default().to_owned(),
        })
    }

    /// Checks the signature.
    ///
    /// # Errors
    /// [`VerifyError::Mismatch`].
    pub fn verify(&self, key: &PublicKey) -> Result<(), VerifyError> {
        key.verify(self.signing_input.as_bytes(), &self.signature)
    }

    /// The payload as JSON of type `T`, repeated member names refused.
    ///
    /// # Errors
    /// See [`JsonError`].
    pub fn claims<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        json::from_slice(&self.payload)
    }
}

/// Why a text is no compact JWS of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JwsError {
    /// Longer than the caller allows, in characters.
    TooLong {
        /// The limit.
        max: usize,
    },
    /// Not exactly three parts between dots.
    NotCompact,
    /// A part is not strict base64url without padding.
    Encoding,
    /// The header is not a JSON object.
    HeaderJson,
    /// The header names a member twice.
    HeaderDuplicate,
    /// This member of the header is of the wrong type or malformed.
    HeaderMember(&'static str),
    /// `alg` is missing or not ES256.
    Algorithm,
    /// The header demands an extension (`crit`).
    Critical,
    /// The signature is not 64 bytes.
    Signature(SignatureError),
}

impl fmt::Display for JwsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { max } => write!(f, "the signed message is longer than {max} characters"),
            Self::NotCompact => f.write_str("a signed message has three parts"),
            Self::Encoding => f.write_str("a part of the signed message is not base64url"),
            Self::HeaderJson => f.write_str("the header is not a json object"),
            Self::HeaderDuplicate => f.write_str("the header names a member twice"),
            Self::HeaderMember(name) => write!(f, "the header member {name} is malformed"),
            Self::Algorithm => f.write_str("the signature algorithm is not ES256"),
            Self::Critical => f.write_str("the header demands an unknown extension"),
            Self::Signature(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for JwsError {}

coded! { JwsError {
    TooLong { .. } => ("jws-too-long", Peer),
    NotCompact => ("jws-not-compact", Peer),
    Encoding => ("jws-encoding", Peer),
    HeaderJson => ("jws-header-json", Peer),
    HeaderDuplicate => ("jws-header-duplicate", Peer),
    HeaderMember(..) => ("jws-header-member", Peer),
    Algorithm => ("jws-algorithm", Peer),
    Critical => ("jws-critical", Peer),
    Signature(e) => inner(e),
} }

#[cfg(test)]
mod tests;
