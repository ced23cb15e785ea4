//! The Credential Request and Response (OpenID4VCI 1.0 section 8) and the proofs of possession
//! (appendix F.1).

use absah_credential::KeyAssurance;
use absah_crypto::jwe::JweError;
use absah_crypto::jws::{Compact, JwsError};
use absah_crypto::{PublicKey, from_did_jwk};
use absah_types::{NonEmpty, Seconds, Timestamp, base64url, coded};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::nonce::{NonceError, NonceKey};
use crate::json;
use crate::oauth::{OAuthError, ToOAuth};
use crate::oid4vci::encryption::{self, AnswerTo, OpenedRequest, RequestError, RequestKey};
use crate::oid4vci::{BATCH_SIZE, KEY_ASSURANCE, PORTRAIT_MEMBER, PROOF_TYPE};
use crate::url_rules::IssuerId;

/// Largest Credential Request body accepted, in bytes.
pub const MAX_CREDENTIAL_REQUEST: usize = 64 * 1024;
/// Longest proof accepted, in characters.
pub const MAX_PROOF: usize = 16 * 1024;
/// How far `iat` of a proof may lie in the past: as long as its nonce lives, and a slow clock.
pub const PROOF_PAST: Seconds = Seconds(600);
/// How far `iat` of a proof may lie in the future: a fast clock.
pub const PROOF_FUTURE: Seconds = Seconds(300);

/// A well-formed Credential Request whose proofs are **not yet checked**.
#[derive(Clone, Debug)]
pub struct CredentialRequest {
    /// `credential_configuration_id`, or what a `credential_identifier` stands for: in our tokens the same text.
    pub configuration_id: String,
    /// It was named by its `credential_identifier`, which only a token with `authorization_details` allows.
    pub by_identifier: bool,
    /// How the answer is to be encrypted.
    pub answer_to: Option<AnswerTo>,
    proofs: NonEmpty<String>,
}

/// What proofs must show.
#[derive(Debug)]
pub struct ProofExpectation<'a> {
    /// `aud`.
    pub issuer: &'a IssuerId,
    /// Checks `nonce`.
    pub nonce: &'a NonceKey,
    /// The moment of the request.
    pub now: Timestamp,
}

/// Why a Credential Request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialRequestError {
    /// Not the JSON object of section 8.2, or too large.
    Malformed,
    /// Neither `credential_configuration_id` nor `credential_identifier`.
    NamesNothing,
    /// `credential_identifier` although the token carries none, or not this one.
    Identifier,
    /// The configuration is not one of ours or not one of the offer.
    UnknownConfiguration,
    /// The response is asked for encrypted by a request that is not.
    EncryptionInTheOpen,
    /// The response is asked for encrypted in a way we do not offer, or must be and is not.
    EncryptionParameters,
    /// The request is in clear and must not be.
    NotEncrypted,
    /// The request is encrypted to no key of ours.
    EncryptionKey,
    /// The encrypted request does not open.
    Jwe(JweError),
    /// No `proofs`.
    NoProof,
    /// Another proof type than `jwt`, or several.
    ProofType,
    /// More proofs than `batch_size`.
    TooManyProofs,
    /// A proof is no compact ES256 JWS.
    ProofJws(JwsError),
    /// `typ` is not `openid4vci-proof+jwt`.
    ProofTyp,
    /// Not exactly one of `jwk` and `kid` (did:jwk).
    ProofKey,
    /// The signature does not fit the key.
    ProofSignature,
    /// The payload is no JSON object with the needed claims.
    ProofPayload,
    /// `aud` is not this issuer.
    ProofAudience,
    /// No `nonce`.
    ProofWithoutNonce,
    /// `nonce` is not a living `c_nonce` of ours.
    Nonce(NonceError),
    /// `iat` is too old.
    ProofTooOld,
    /// `iat` lies in the future.
    ProofInFuture,
    /// The same key twice.
    SameKey,
}

impl std::fmt::Display for CredentialRequestError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "credential request malformed",
            Self::NamesNothing => "credential request names no credential",
            Self::Identifier => "credential identifier is not one of the token",
            Self::UnknownConfiguration => "credential configuration unknown or not offered",
            Self::EncryptionInTheOpen => "encrypted response asked for in the open",
            Self::EncryptionParameters => "encryption of the response unusable or missing",
            Self::NotEncrypted => "credential request is not encrypted",
            Self::EncryptionKey => "credential request is encrypted to another key",
            Self::Jwe(inner) => return inner.fmt(f),
            Self::NoProof => "credential request without proof",
            Self::ProofType => "proof type other than jwt",
            Self::TooManyProofs => "more proofs than the batch size",
            Self::ProofJws(inner) => return inner.fmt(f),
            Self::ProofTyp => "proof has the wrong typ",
            Self::ProofKey => "proof does not carry exactly one usable key",
            Self::ProofSignature => "proof signature does not fit its key",
            Self::ProofPayload => "proof payload malformed",
            Self::ProofAudience => "proof is for another issuer",
            Self::ProofWithoutNonce => "proof without nonce",
            Self::Nonce(inner) => return inner.fmt(f),
            Self::ProofTooOld => "proof too old",
            Self::ProofInFuture => "proof from the future",
            Self::SameKey => "the same key twice",
        })
    }
}

impl std::error::Error for CredentialRequestError {}

coded! { CredentialRequestError {
    Malformed => ("credential-request-malformed", Peer),
    NamesNothing => ("credential-request-names-nothing", Peer),
    Identifier => ("credential-request-identifier", Peer),
    UnknownConfiguration => ("credential-request-unknown", Peer),
    EncryptionInTheOpen => ("credential-request-encryption", Peer),
    EncryptionParameters => ("credential-request-encryption-parameters", Peer),
    NotEncrypted => ("credential-request-not-encrypted", Peer),
    EncryptionKey => ("credential-request-encryption-key", Peer),
    Jwe(e) => inner(e),
    NoProof => ("proof-missing", Peer),
    ProofType => ("proof-type", Peer),
    TooManyProofs => ("proof-too-many", Peer),
    ProofJws(e) => inner(e),
    ProofTyp => ("proof-typ", Peer),
    ProofKey => ("proof-key", Peer),
    ProofSignature => ("proof-signature", Peer),
    ProofPayload => ("proof-payload", Peer),
    ProofAudience => ("proof-audience", Peer),
    ProofWithoutNonce => ("proof-without-nonce", Peer),
    Nonce(e) => inner(e),
    ProofTooOld => ("proof-too-old", Peer),
    ProofInFuture => ("proof-in-future", Peer),
    SameKey => ("proof-same-key", Peer),
} }

impl ToOAuth for CredentialRequestError {
    fn oauth(&self) -> OAuthError {
        match self {
            // "`invalid_credential_request`: The Credential Request is missing a required parameter, includes
            // an unsupported parameter or parameter value, repeats the same parameter, or is otherwise
            // malformed."
            Self::Malformed | Self::NamesNothing => OAuthError::InvalidCredentialRequest,
            Self::Identifier => OAuthError::UnknownCredentialIdentifier,
            Self::UnknownConfiguration => OAuthError::UnknownCredentialConfiguration,
            // "`invalid_encryption_parameters`: This error occurs when the encryption parameters in the Credential Request are
            // either invalid or missing."
            Self::EncryptionInTheOpen
            | Self::EncryptionParameters
            | Self::NotEncrypted
            | Self::EncryptionKey
            | Self::Jwe(_) => OAuthError::InvalidEncryptionParameters,
            // "`invalid_nonce`: [...] at least one of the key proofs contains an invalid `c_nonce` value."
            Self::Nonce(_) => OAuthError::InvalidNonce,
            // "`invalid_proof`: The `proofs` parameter in the Credential Request is invalid: (1) if the field
            // is missing, or (2) one of the provided key proofs is invalid, or (3) if at least one of the key
            // proofs does not contain a `c_nonce` value"
            _ => OAuthError::InvalidProof,
        }
    }
}

impl From<RequestError> for CredentialRequestError {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::NotEncrypted => Self::NotEncrypted,
            RequestError::OtherKey => Self::EncryptionKey,
            RequestError::Jwe(error) => Self::Jwe(error),
        }
    }
}

impl From<NonceError> for CredentialRequestError {
    fn from(error: NonceError) -> Self {
        Self::Nonce(error)
    }
}

impl CredentialRequest {
    /// Reads the body. Unknown members are ignored: "The Credential Issuer MUST ignore any unrecognized
    /// parameters."
    ///
    /// # Errors
    /// [`CredentialRequestError`] for what is wrong with the request itself; proofs come later.
    pub fn parse(body: &[u8]) -> Result<Self, CredentialRequestError> {
        Self::read(body, false)
    }

    /// Reads a request that `key` has opened.
    ///
    /// # Errors
    /// As [`Self::parse`]; [`CredentialRequestError::EncryptionParameters`] also where the answer must be encrypted.
    pub fn parse_opened(opened: &OpenedRequest, key: &RequestKey) -> Result<Self, CredentialRequestError> {
        let request = Self::read(opened.body.expose(), opened.sealed)?;
        match &request.answer_to {
            None if key.is_required() => Err(CredentialRequestError::EncryptionParameters),
            _ => Ok(request),
        }
    }

    fn read(body: &[u8], sealed: bool) -> Result<Self, CredentialRequestError> {
        if body.len() > MAX_CREDENTIAL_REQUEST {
            return Err(CredentialRequestError::Malformed);
        }
        let object = json::object(body).map_err(|_| CredentialRequestError::Malformed)?;
        let (configuration_id, by_identifier) =
            match (object.get("credential_configuration_id"), object.get("credential_identifier")) {
                (Some(Value::String(id)), None) => (id.clone(), false),
                // "When this parameter is used, the `credential_identifier` MUST NOT be present."
                (Some(_), _) => return Err(CredentialRequestError::Malformed),
                (None, Some(Value::String(id))) => (id.clone(), true),
                (None, Some(_)) => return Err(CredentialRequestError::Malformed),
                (None, None) => return Err(CredentialRequestError::NamesNothing),
            };
        let answer_to = answer_to(&object, sealed)?;
        // "The `proofs` parameter MUST be present if the `proof_types_supported` parameter is present in the
        // `credential_configurations_supported` parameter of the Issuer metadata"
        let proofs = match object.get("proofs") {
            None => return Err(CredentialRequestError::NoProof),
            Some(proofs) => proofs.as_object().ok_or(CredentialRequestError::Malformed)?,
        };
        Ok(Self { configuration_id, by_identifier, answer_to, proofs: jwt_proofs(proofs)? })
    }

    /// Checks all proofs and gives the keys, in the order of the proofs; all are distinct.
    ///
    /// # Errors
    /// [`CredentialRequestError`] of the first proof that fails.
    pub fn check_proofs(
        &self,
        expected: &ProofExpectation<'_>,
    ) -> Result<NonEmpty<PublicKey>, CredentialRequestError> {
        let mut keys: Vec<PublicKey> = Vec::with_capacity(self.proofs.len());
        for proof in self.proofs.iter() {
            let key = check_proof(proof, expected)?;
            // "multiple Credential instances [...], each with distinct cryptographic material."
            if keys.contains(&key) {
                return Err(CredentialRequestError::SameKey);
            }
            keys.push(key);
        }
        NonEmpty::try_from(keys).map_err(|_| CredentialRequestError::NoProof)
    }

    /// Where the wallet says that the keys live; to be asked once the proofs [hold](Self::check_proofs), since they say it.
    /// Nobody vouches for it: so a wallet can say that its keys are kept less well than in an encrypted file, and what
    /// says better counts as such a file.
    #[must_use]
    pub fn assurance(&self) -> KeyAssurance {
        let web = |proof: &String| {
            let claims =
                Compact::parse(proof, MAX_PROOF).ok().and_then(|proof| json::object(&proof.payload).ok());
            claims.is_some_and(|claims| {
                claims.get(KEY_ASSURANCE).and_then(Value::as_str) == Some(KeyAssurance::Web.name())
            })
        };
        // The least of them: the copies of a batch are one card.
        if self.proofs.iter().any(web) { KeyAssurance::Web } else { KeyAssurance::Software }
    }

    /// How many copies are asked for, at most [`BATCH_SIZE`].
    #[must_use]
    pub fn copies(&self) -> usize {
        self.proofs.len()
    }
}

/// How the answer is to be encrypted, as [`CredentialRequest`] and a Deferred Credential Request say it.
fn answer_to(object: &Map<String, Value>, sealed: bool) -> Result<Option<AnswerTo>, CredentialRequestError> {
    match object.get(encryption::RESPONSE) {
        None => Ok(None),
        // "Credential Request encryption MUST be used if the `credential_response_encryption` parameter is included, to
        // prevent it being substituted by an attacker."
        Some(_) if !sealed => Err(CredentialRequestError::EncryptionInTheOpen),
        Some(how) => AnswerTo::parse(how).map(Some).ok_or(CredentialRequestError::EncryptionParameters),
    }
}

/// "The `proofs` parameter contains exactly one parameter named as the proof type [...], the value set for
/// this parameter is a non-empty array".
fn jwt_proofs(proofs: &Map<String, Value>) -> Result<NonEmpty<String>, CredentialRequestError> {
    let list = match (proofs.get("jwt"), proofs.len()) {
        (Some(Value::Array(list)), 1) => list,
        (Some(_), 1) => return Err(CredentialRequestError::Malformed),
        _ => return Err(CredentialRequestError::ProofType),
    };
    if list.len() > BATCH_SIZE {
        return Err(CredentialRequestError::TooManyProofs);
    }
    let proofs: Option<Vec<String>> = list.iter().map(|proof| proof.as_str().map(str::to_owned)).collect();
    NonEmpty::try_from(proofs.ok_or(CredentialRequestError::Malformed)?)
        .map_err(|_| CredentialRequestError::NoProof)
}

fn check_proof(proof: &str, expected: &ProofExpectation<'_>) -> Result<PublicKey, CredentialRequestError> {
    // "`alg`: REQUIRED. [...] It MUST NOT be `none` or an identifier for a symmetric algorithm (MAC)." Ours is
    // stricter: ES256.
    let proof = Compact::parse(proof, MAX_PROOF).map_err(CredentialRequestError::ProofJws)?;
    // "`typ`: REQUIRED. MUST be `openid4vci-proof+jwt`"
    if !proof.header.is_type(PROOF_TYPE) {
        return Err(CredentialRequestError::ProofTyp);
    }
    // "[kid] MUST NOT be present if `jwk` or `x5c` is present." and so on for each of the three. We bind to
    // keys, not to certificates or federation members; `key_attestation` is ignored.
    let header = &proof.header;
    let key = match (&header.jwk, &header.kid, &header.x5c, header.other.get("trust_chain")) {
        (Some(jwk), None, None, None) => PublicKey::from_jwk(jwk).ok(),
        (None, Some(kid), None, None) => did_jwk_key(kid),
        _ => None,
    };
    let key = key.ok_or(CredentialRequestError::ProofKey)?;

    let claims = json::object(&proof.payload).map_err(|_| CredentialRequestError::ProofPayload)?;
    // "`aud`: REQUIRED (string). The value of this claim MUST be the Credential Issuer Identifier."
    match claims.get("aud") {
        Some(Value::String(aud)) if aud == expected.issuer.as_str() => {}
        Some(Value::String(_) | Value::Array(_)) => return Err(CredentialRequestError::ProofAudience),
        _ => return Err(CredentialRequestError::ProofPayload),
    }
    // "`iat`: REQUIRED (number). The value of this claim MUST be the time at which the key proof was issued"
    let iat = claims.get("iat").and_then(seconds).ok_or(CredentialRequestError::ProofPayload)?;
    if iat < expected.now.minus(PROOF_PAST) {
        return Err(CredentialRequestError::ProofTooOld);
    }
    if iat > expected.now.plus(PROOF_FUTURE) {
        return Err(CredentialRequestError::ProofInFuture);
    }
    // "[nonce] MUST be present when the issuer has a Nonce Endpoint"
    let nonce = match claims.get("nonce") {
        None => return Err(CredentialRequestError::ProofWithoutNonce),
        Some(nonce) => nonce.as_str().ok_or(CredentialRequestError::ProofPayload)?,
    };
    expected.nonce.check(nonce, expected.now)?;
    // "The Credential Issuer MUST validate that the JWT used as a proof is actually signed by a key identified
    // in the JOSE Header". The costliest check, so it comes last.
    proof.verify(&key).map_err(|_| CredentialRequestError::ProofSignature)?;
    Ok(key)
}

/// `kid` as a DID URL of a did:jwk: the key is the method's only one, fragment `#0`.
fn did_jwk_key(kid: &str) -> Option<PublicKey> {
    let did = kid.split_once('#').map_or(Some(kid), |(did, fragment)| (fragment == "0").then_some(did))?;
    from_did_jwk(did).ok()
}

/// A NumericDate, fractions cut off.
fn seconds(value: &Value) -> Option<Timestamp> {
    serde_json::from_value(value.clone()).ok()
}

/// One issued copy.
#[derive(Clone, Debug)]
pub struct Issued {
    /// The credential's text.
    pub credential: String,
    /// Salt and picture, for a `vc+sd-jwt` with a portrait.
    pub portrait: Option<Vec<u8>>,
}

/// A Credential Response. Send it with `Cache-Control: no-store`.
#[derive(Clone, Debug)]
pub struct CredentialResponse {
    /// One per key, in the order of the proofs.
    pub credentials: Vec<Issued>,
    /// By what the wallet tells what became of them (section 11).
    pub notification_id: Option<String>,
}

/// Body of a Credential Response that comes later, HTTP 202 (section 8.3), and of a deferred one that is still not there.
#[must_use]
pub fn deferred(transaction_id: &str, interval: Seconds) -> Value {
    json!({ "transaction_id": transaction_id, "interval": interval.0 })
}

/// Largest Deferred Credential Request and Notification Request accepted, in bytes.
pub const MAX_SMALL_REQUEST: usize = 4 * 1024;

/// Reads a Deferred Credential Request (section 9.1): the `transaction_id`.
#[must_use]
pub fn read_deferred(body: &[u8]) -> Option<String> {
    let object = json::object(body).ok()?;
    Some(object.get("transaction_id")?.as_str().filter(|id| id.len() <= 128)?.to_owned())
}

/// How a Deferred Credential Request that `key` has opened wants its answer.
///
/// # Errors
/// [`CredentialRequestError`] as for a Credential Request.
pub fn deferred_answer_to(
    opened: &OpenedRequest,
    key: &RequestKey,
) -> Result<Option<AnswerTo>, CredentialRequestError> {
    let object = json::object(opened.body.expose()).map_err(|_| CredentialRequestError::Malformed)?;
    match answer_to(&object, opened.sealed)? {
        None if key.is_required() => Err(CredentialRequestError::EncryptionParameters),
        answer_to => Ok(answer_to),
    }
}

/// What became of cards in the wallet (section 11.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotificationEvent {
    /// `credential_accepted`: kept.
    #[serde(rename = "credential_accepted")]
    Accepted,
    /// `credential_deleted`: the person did not want them.
    #[serde(rename = "credential_deleted")]
    Deleted,
    /// `credential_failure`: they could not be kept.
    #[serde(rename = "credential_failure")]
    Failure,
}

impl NotificationEvent {
    /// The name in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "credential_accepted",
            Self::Deleted => "credential_deleted",
            Self::Failure => "credential_failure",
        }
    }
}

/// Reads a Notification Request: id and event. The description is not kept: nobody knows what a wallet writes there.
#[must_use]
pub fn read_notification(body: &[u8]) -> Option<(String, NotificationEvent)> {
    let object = json::object(body).ok()?;
    let id = object.get("notification_id")?.as_str().filter(|id| id.len() <= 128)?.to_owned();
    let name = object.get("event")?.as_str()?;
    let all = [NotificationEvent::Accepted, NotificationEvent::Deleted, NotificationEvent::Failure];
    Some((id, all.into_iter().find(|event| event.name() == name)?))
}

impl CredentialResponse {
    /// The JSON body.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let credentials: Vec<Value> = self
            .credentials
            .iter()
            .map(|issued| {
                let mut object = Map::new();
                object.insert("credential".into(), json!(issued.credential));
                if let Some(portrait) = &issued.portrait {
                    object.insert(PORTRAIT_MEMBER.into(), json!(base64url::encode(portrait)));
                }
                Value::Object(object)
            })
            .collect();
        let mut body = json!({ "credentials": credentials });
        if let (Some(id), Some(members)) = (&self.notification_id, body.as_object_mut()) {
            members.insert("notification_id".into(), json!(id));
        }
        body
    }
}
