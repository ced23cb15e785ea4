//! Credential Requests and Responses under JWE (OpenID4VCI 1.0, section 10): ECDH-ES on P-256, AES in GCM. A wallet
//! encrypts its request to the key in the issuer's metadata and names a fresh key of its own for the answer.
//!
//! `zip` is offered by neither side: what is compressed tells its length, and what is unpacked may grow without end.

use absah_crypto::jwe::{Compact, ContentEncryption, ECDH_ES, JweError, Recipient};
use absah_crypto::{Jwk, PrivateKey};
use absah_types::{Rng, Secret, array, base64url};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::json::to_value;

/// Media type of an encrypted message.
pub const MEDIA_TYPE: &str = "application/jwt";
/// Member of a request that says how the answer is to be encrypted, and of the metadata that says how it can be.
pub const RESPONSE: &str = "credential_response_encryption";
/// Member of the metadata that says how a request can be encrypted.
pub const REQUEST: &str = "credential_request_encryption";

/// What an issuer's metadata says of encryption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetadataError {
    /// It insists on something that cannot be done: another key agreement, no key, encrypted answers to open requests.
    Impossible,
    /// Not what section 12.2.4 describes.
    Malformed,
}

/// How a wallet encrypts to an issuer, and has it answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Kept", into = "Kept")]
pub struct Sealing {
    recipient: Recipient,
    request: ContentEncryption,
    response: Option<ContentEncryption>,
}

/// [`Sealing`] as a wallet keeps it.
#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    jwk: Jwk,
    request: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    response: Option<String>,
}

impl From<Sealing> for Kept {
    fn from(sealing: Sealing) -> Self {
        Self {
            jwk: sealing.recipient.to_jwk(),
            request: sealing.request.name().to_owned(),
            response: sealing.response.map(|enc| enc.name().to_owned()),
        }
    }
}

impl TryFrom<Kept> for Sealing {
    type Error = &'static str;

    fn try_from(kept: Kept) -> Result<Self, Self::Error> {
        let enc = |name: &str| ContentEncryption::of_name(name).ok_or("no content encryption of ours");
        Ok(Self {
            recipient: Recipient::of_jwk(&kept.jwk).ok_or("no key to encrypt to")?,
            request: enc(&kept.request)?,
            response: kept.response.as_deref().map(enc).transpose()?,
        })
    }
}

impl Sealing {
    /// Reads the issuer's metadata. None when it offers nothing that this wallet can use and insists on nothing.
    pub(super) fn of_metadata(metadata: &Map<String, Value>) -> Result<Option<Self>, MetadataError> {
        let request = Offered::parse(metadata.get(REQUEST))?;
        let response = Offered::parse(metadata.get(RESPONSE))?;
        // "Each JWK in the set MUST have a kid (Key ID) parameter that uniquely identifies the key."
        let recipient = request.as_ref().and_then(|offered| {
            let keys = offered.object.get("jwks")?.get("keys")?.as_array()?;
            let jwks = keys.iter().filter_map(|jwk| serde_json::from_value::<Jwk>(jwk.clone()).ok());
            jwks.filter(|jwk| jwk.kid.is_some()).find_map(|jwk| Recipient::of_jwk(&jwk))
        });
        let answered = response.as_ref().filter(|offered| {
            let algorithms = offered.object.get("alg_values_supported").and_then(Value::as_array);
            algorithms.is_some_and(|list| list.iter().any(|name| name == ECDH_ES))
        });
        let sealing = match (&request, recipient) {
            (Some(Offered { enc: Some(enc), .. }), Some(recipient)) => {
                let response = answered.and_then(|offered| offered.enc);
                Some(Self { recipient, request: *enc, response })
            }
            _ => None,
        };
        // "Credential Request encryption MUST be used if the `credential_response_encryption` parameter is included".
        let impossible = match &sealing {
            None => request.is_some_and(|one| one.required) || response.is_some_and(|one| one.required),
            Some(sealing) => sealing.response.is_none() && response.is_some_and(|one| one.required),
        };
        if impossible { Err(MetadataError::Impossible) } else { Ok(sealing) }
    }

    /// A request, encrypted; what opens its answer where that comes encrypted.
    pub fn seal(&self, mut request: Map<String, Value>, rng: &mut dyn Rng) -> (String, Option<Opener>) {
        let opener = self.response.map(|enc| {
            let key = PrivateKey::generate(rng);
            let kid = base64url::encode(array::<8>(rng));
            let recipient = Recipient { key: key.public_key().clone(), kid: Some(kid.clone()) };
            let how = json!({ "jwk": to_value(&recipient.to_jwk()), "enc": enc.name() });
            request.insert(RESPONSE.to_owned(), how);
            Opener { key, kid, enc }
        });
        let text = Value::Object(request).to_string();
        (self.recipient.seal(text.as_bytes(), self.request, None, rng), opener)
    }
}

/// One of the two objects of the metadata.
struct Offered<'m> {
    object: &'m Map<String, Value>,
    enc: Option<ContentEncryption>,
    required: bool,
}

impl<'m> Offered<'m> {
    fn parse(value: Option<&'m Value>) -> Result<Option<Self>, MetadataError> {
        let Some(value) = value else { return Ok(None) };
        let object = value.as_object().ok_or(MetadataError::Malformed)?;
        // "`encryption_required`: REQUIRED. Boolean value"
        let required = object.get("encryption_required").and_then(Value::as_bool);
        let required = required.ok_or(MetadataError::Malformed)?;
        let names = object.get("enc_values_supported").and_then(Value::as_array);
        let names = names.ok_or(MetadataError::Malformed)?;
        let supported = |enc: &ContentEncryption| names.iter().any(|name| name == enc.name());
        Ok(Some(Self { object, enc: ContentEncryption::ALL.into_iter().find(supported), required }))
    }
}

/// Why an encrypted answer is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// It is not encrypted.
    NotEncrypted,
    /// It names another key.
    OtherKey,
    /// It does not open.
    Jwe(JweError),
}

/// Opens one answer: a key made for it alone, forgotten with it.
#[derive(Debug)]
pub struct Opener {
    key: PrivateKey,
    kid: String,
    enc: ContentEncryption,
}

impl Opener {
    /// The answer in clear. `limit`: most bytes of the encrypted text.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(&self, body: &[u8], limit: usize) -> Result<Secret<Vec<u8>>, OpenError> {
        let text = std::str::from_utf8(body).map_err(|_| OpenError::NotEncrypted)?.trim();
        // "When encryption of a message was required but the received message is unencrypted, it SHOULD be rejected."
        if text.starts_with(['{', '[']) || text.is_empty() {
            return Err(OpenError::NotEncrypted);
        }
        let jwe = Compact::parse(text, limit).map_err(OpenError::Jwe)?;
        // "If the selected public key contains a `kid` parameter, the JWE MUST include the same value".
        if jwe.kid() != Some(self.kid.as_str()) {
            return Err(OpenError::OtherKey);
        }
        if jwe.encryption() != self.enc {
            return Err(OpenError::Jwe(JweError::Encryption));
        }
        jwe.open(&self.key).map_err(OpenError::Jwe)
    }
}

/// The issuer's key for requests.
#[derive(Debug)]
pub struct RequestKey {
    key: PrivateKey,
    kid: String,
    required: bool,
}

/// What a request came in.
#[derive(Debug)]
pub struct OpenedRequest {
    /// The JSON.
    pub body: Secret<Vec<u8>>,
    /// It was encrypted, and so may ask for an encrypted answer.
    pub sealed: bool,
}

/// Why a request is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestError {
    /// It is in clear, and must not be.
    NotEncrypted,
    /// It is encrypted to no key of ours.
    OtherKey,
    /// It does not open.
    Jwe(JweError),
}

impl RequestKey {
    /// `required`: requests in clear are refused, and so are those that want their answer in clear.
    #[must_use]
    pub fn new(key: PrivateKey, required: bool) -> Self {
        let kid = base64url::encode(key.public_key().thumbprint());
        Self { key, kid, required }
    }

    /// Says so in the issuer's metadata.
    pub fn announce(&self, metadata: &mut Value) {
        let Some(members) = metadata.as_object_mut() else { return };
        let recipient = Recipient { key: self.key.public_key().clone(), kid: Some(self.kid.clone()) };
        let enc = ContentEncryption::ALL.map(ContentEncryption::name);
        let request = json!({
            "jwks": { "keys": [to_value(&recipient.to_jwk())] },
            "enc_values_supported": enc,
            "encryption_required": self.required,
        });
        let response = json!({
            "alg_values_supported": [ECDH_ES],
            "enc_values_supported": enc,
            "encryption_required": self.required,
        });
        members.insert(REQUEST.to_owned(), request);
        members.insert(RESPONSE.to_owned(), response);
    }

    /// Whether answers must be encrypted.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.required
    }

    /// Opens a request body of at most `limit` characters; one in clear is handed on where that is allowed.
    ///
    /// # Errors
    /// [`RequestError`].
    pub fn open(&self, media_type: &str, body: &[u8], limit: usize) -> Result<OpenedRequest, RequestError> {
        // "The media type MUST be set to `application/jwt`."
        if !media_type.eq_ignore_ascii_case(MEDIA_TYPE) {
            if self.required {
                return Err(RequestError::NotEncrypted);
            }
            return Ok(OpenedRequest { body: Secret::new(body.to_vec()), sealed: false });
        }
        let text = std::str::from_utf8(body).map_err(|_| RequestError::Jwe(JweError::Encoding))?;
        let jwe = Compact::parse(text.trim(), limit).map_err(RequestError::Jwe)?;
        if jwe.kid() != Some(self.kid.as_str()) {
            return Err(RequestError::OtherKey);
        }
        let body = jwe.open(&self.key).map_err(RequestError::Jwe)?;
        Ok(OpenedRequest { body, sealed: true })
    }
}

/// How a wallet wants its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerTo {
    recipient: Recipient,
    enc: ContentEncryption,
}

impl AnswerTo {
    /// Reads `credential_response_encryption` of a request; `None` for what we do not offer.
    #[must_use]
    pub fn parse(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        if object.contains_key("zip") {
            return None;
        }
        let jwk: Jwk = serde_json::from_value(object.get("jwk")?.clone()).ok()?;
        let enc = ContentEncryption::of_name(object.get("enc")?.as_str()?)?;
        Some(Self { recipient: Recipient::of_jwk(&jwk)?, enc })
    }

    /// The answer, encrypted.
    pub fn seal(&self, answer: &Value, rng: &mut dyn Rng) -> String {
        self.recipient.seal(answer.to_string().as_bytes(), self.enc, None, rng)
    }
}
