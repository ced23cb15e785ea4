//! Reading a request with suspicion: the wallet's side.

use absah_crypto::jwe::{ContentEncryption, Recipient};
use absah_crypto::jws::{Compact, JwsError};
use absah_crypto::{Jwk, JwkKey, PublicKey, hpke, sha256};
use absah_trust::certificate::{client_id, dangerous_key_of};
use absah_trust::registration;
use absah_types::{HttpsUrl, Nonce, Seconds, Timestamp, UrlError, base64url, coded};
use serde_json::{Map, Value};

use super::build::VERSION;
use super::nonce::bound_nonce;
use crate::dcql::{Query, QueryError};
use crate::json;
use crate::oid4vp::{
    CLIENT_ID_PREFIX, REQUEST_TYPE, RESPONSE_MODE_DIRECT_POST, RESPONSE_MODE_DIRECT_POST_JWT,
    RESPONSE_MODE_QR, SELF_ISSUED_AUDIENCE,
};
use crate::url_rules::UrlRules;

/// Longest Request Object accepted, in characters.
pub const MAX_REQUEST: usize = 64 * 1024;
/// Flow A: a request older than this is refused, naming the clock.
pub const MAX_AGE_QR: Seconds = Seconds(15 * 60);
/// Flow A: how far a request may lie in the future.
pub const MAX_SKEW_QR: Seconds = Seconds(10 * 60);
/// Online: how far `iat` may lie from now, before or after.
pub const MAX_SKEW_ONLINE: Seconds = Seconds(5 * 60);
/// Longest text parameter accepted, in characters.
const MAX_TEXT: usize = 2048;

/// How the request came, and so how the answer must go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// By QR.
    Qr,
    /// By `request_uri`.
    Online,
}

/// What the wallet knows before it reads the request.
#[derive(Clone, Copy, Debug)]
pub struct Expectation<'a> {
    /// How the request came.
    pub transport: Transport,
    /// `client_id` of the deep link, online.
    pub client_id: Option<&'a str>,
    /// The nonce that was posted for the request, online.
    pub wallet_nonce: Option<&'a str>,
    /// The link was one of HAIP: an answer that is not encrypted would be a downgrade.
    pub haip: bool,
    /// Which addresses `response_uri` may name.
    pub rules: UrlRules,
    /// Now.
    pub now: Timestamp,
}

/// A request whose signature, binding and parameters hold. It says who signed, **not** whether that counter
/// may ask: see [`consent::assess`](crate::oid4vp::consent::assess).
#[derive(Clone, Debug)]
pub struct VerifiedRequest {
    /// `client_id`: the `aud` of the key-binding JWT.
    pub client_id: String,
    /// `nonce`: the `nonce` of the key-binding JWT.
    pub nonce: String,
    /// When the request was made, by the counter's clock.
    pub iat: Timestamp,
    /// What is asked.
    pub query: Query,
    /// Where the answer goes.
    pub response: super::ResponseTo,
    /// The counter's certificate, DER.
    pub leaf: Vec<u8>,
    /// The counter's key.
    pub key: PublicKey,
    /// The registration that came with it.
    pub registration: Option<String>,
    /// The service, by its id in the registration.
    pub service: Option<String>,
    /// SHA-256 of the Request Object's text.
    pub hash: [u8; 32],
}

/// Why a request is not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestError {
    /// No compact ES256 JWS.
    Jws(JwsError),
    /// The request is signed by nobody: parameters in the link, or `alg` is `none`.
    Unsigned,
    /// `request_uri` is no acceptable URL.
    RequestUri(UrlError),
    /// `request_uri_method` is neither `get` nor `post`.
    UriMethod,
    /// The Request Object does not repeat the nonce that was posted for it: it is somebody else's, or an old one.
    WalletNonce,
    /// The link promised the rules of HAIP and the request asks for an answer that is not encrypted.
    Downgrade,
    /// The answer is to be encrypted, and no key or method that this wallet knows is given.
    EncryptionKey,
    /// No `nonce`.
    NonceMissing,
    /// `typ` is not `oauth-authz-req+jwt`.
    Typ,
    /// No certificate, or not one with a usable key.
    Certificate,
    /// The payload is no JSON object, or a parameter is of the wrong type.
    Malformed {
        /// The parameter.
        parameter: &'static str,
    },
    /// `client_id` has another prefix than `x509_hash`, or none.
    ClientIdPrefix,
    /// `client_id` is not the hash of the certificate.
    ClientIdMismatch,
    /// `client_id` differs from the one in the link.
    OtherClient,
    /// The signature does not fit the certificate.
    Signature,
    /// `aud` is not `https://self-issued.me/v2`.
    Audience,
    /// `response_type` is not `vp_token`.
    ResponseType,
    /// `response_mode` does not belong to this transport.
    ResponseMode,
    /// `redirect_uri` beside `response_uri`.
    RedirectUri,
    /// `response_uri` is missing or no acceptable URL.
    ResponseUri(UrlError),
    /// `transaction_data` is asked to be signed, which this wallet does not do.
    TransactionData,
    /// No `dcql_query`.
    NoQuery,
    /// The query is not valid.
    Query(QueryError),
    /// `nonce` or `state` has impossible characters or length.
    NonceForm,
    /// `nonce` does not bind the parameters.
    NonceBinding,
    /// The version of our parameters is unknown.
    Version,
    /// No one-time key to seal the answer to, or several.
    RecipientKey,
    /// The request is too old, or the clock of one side is wrong.
    TooOld {
        /// When it was made.
        iat: Timestamp,
    },
    /// The request lies in the future, or the clock of one side is wrong.
    InFuture {
        /// When it was made.
        iat: Timestamp,
    },
    /// The request has an end, and it has passed.
    Expired,
}

impl std::fmt::Display for RequestError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Jws(inner) => inner.fmt(f),
            Self::Unsigned => f.write_str("request signed by nobody"),
            Self::RequestUri(inner) => inner.fmt(f),
            Self::UriMethod => f.write_str("request uri method unknown"),
            Self::WalletNonce => f.write_str("request does not repeat the wallet's nonce"),
            Self::Downgrade => f.write_str("request asks for less protection than its link"),
            Self::EncryptionKey => f.write_str("request without a key to encrypt the answer to"),
            Self::NonceMissing => f.write_str("request without nonce"),
            Self::Typ => f.write_str("not a request object"),
            Self::Certificate => f.write_str("request without usable certificate"),
            Self::Malformed { parameter } => write!(f, "request parameter {parameter} malformed"),
            Self::ClientIdPrefix => f.write_str("client id is not an x509 hash"),
            Self::ClientIdMismatch => f.write_str("client id is not the hash of the certificate"),
            Self::OtherClient => f.write_str("request is from another client than the link"),
            Self::Signature => f.write_str("request signature does not fit the certificate"),
            Self::Audience => f.write_str("request has the wrong audience"),
            Self::ResponseType => f.write_str("response type is not vp_token"),
            Self::ResponseMode => f.write_str("response mode does not belong here"),
            Self::RedirectUri => f.write_str("redirect uri beside response uri"),
            Self::ResponseUri(inner) => inner.fmt(f),
            Self::TransactionData => f.write_str("transaction data is not supported"),
            Self::NoQuery => f.write_str("request without query"),
            Self::Query(inner) => inner.fmt(f),
            Self::NonceForm => f.write_str("nonce or state malformed"),
            Self::NonceBinding => f.write_str("nonce does not bind the request"),
            Self::Version => f.write_str("request of an unknown version"),
            Self::RecipientKey => f.write_str("request without a key for the answer"),
            Self::TooOld { iat } => write!(f, "request made at {iat} is too old"),
            Self::InFuture { iat } => write!(f, "request made at {iat} lies in the future"),
            Self::Expired => f.write_str("request expired"),
        }
    }
}

impl std::error::Error for RequestError {}

coded! { RequestError {
    Jws(e) => inner(e),
    Unsigned => ("request-unsigned", Peer),
    RequestUri(e) => inner(e),
    UriMethod => ("request-uri-method", Peer),
    WalletNonce => ("request-wallet-nonce", Peer),
    Downgrade => ("request-downgrade", Peer),
    EncryptionKey => ("request-encryption-key", Peer),
    NonceMissing => ("request-nonce-missing", Peer),
    Typ => ("request-typ", Peer),
    Certificate => ("request-certificate", Peer),
    Malformed{..} => ("request-malformed", Peer),
    ClientIdPrefix => ("request-client-id-prefix", Peer),
    ClientIdMismatch => ("request-client-id-mismatch", Peer),
    OtherClient => ("request-other-client", Peer),
    Signature => ("request-signature", Peer),
    Audience => ("request-audience", Peer),
    ResponseType => ("request-response-type", Peer),
    ResponseMode => ("request-response-mode", Peer),
    RedirectUri => ("request-redirect-uri", Peer),
    ResponseUri(e) => inner(e),
    TransactionData => ("request-transaction-data", Peer),
    NoQuery => ("request-no-query", Peer),
    Query(e) => inner(e),
    NonceForm => ("request-nonce-form", Peer),
    NonceBinding => ("request-nonce-binding", Peer),
    Version => ("request-version", Peer),
    RecipientKey => ("request-recipient-key", Peer),
    TooOld{..} => ("request-too-old", Environment),
    InFuture{..} => ("request-in-future", Environment),
    Expired => ("request-lapsed", Peer),
} }

impl From<QueryError> for RequestError {
    fn from(error: QueryError) -> Self {
        Self::Query(error)
    }
}

/// Checks a Request Object. Unknown parameters are ignored.
///
/// # Errors
/// The first rule broken.
pub fn verify(jar: &str, expected: &Expectation<'_>) -> Result<VerifiedRequest, RequestError> {
    if is_unsigned(jar) {
        return Err(RequestError::Unsigned);
    }
    let jws = Compact::parse(jar, MAX_REQUEST).map_err(RequestError::Jws)?;
    // RFC 9101 section 10.8: "explicit typing"; HAIP and OpenID4VP: `oauth-authz-req+jwt`.
    if !jws.header.is_type(REQUEST_TYPE) {
        return Err(RequestError::Typ);
    }
    let leaf = jws.header.x5c.as_ref().and_then(|chain| chain.first()).ok_or(RequestError::Certificate)?;
    let key = dangerous_key_of(leaf).map_err(|_| RequestError::Certificate)?;
    let parameters =
        Parameters(json::object(&jws.payload).map_err(|_| RequestError::Malformed { parameter: "payload" })?);
    let client = check_client(&parameters, leaf, expected)?;
    // "The request MUST be signed with the private key corresponding to the public key in the leaf X.509
    // certificate"
    jws.verify(&key).map_err(|_| RequestError::Signature)?;
    // "the `aud` claim MUST be "https://self-issued.me/v2", when Static Discovery metadata is used."
    if parameters.text("aud")? != Some(SELF_ISSUED_AUDIENCE) {
        return Err(RequestError::Audience);
    }
    if parameters.text("response_type")? != Some("vp_token") {
        return Err(RequestError::ResponseType);
    }
    // 5.1: "If the Wallet does not recognize or support [transaction data types], it MUST return an error".
    if parameters.0.contains_key("transaction_data") {
        return Err(RequestError::TransactionData);
    }
    let query = parameters.0.get("dcql_query").ok_or(RequestError::NoQuery)?;
    let query = Query::parse(query)?;
    // "`nonce`: REQUIRED."
    let nonce = parameters.text("nonce")?.ok_or(RequestError::NonceMissing)?;
    // "Values MUST only contain ASCII URL safe characters"
    Nonce::parse(nonce).map_err(|_| RequestError::NonceForm)?;
    // "the Wallet MUST validate whether the request object contains the respective nonce value in a `wallet_nonce`
    // claim. If it does not, the Wallet MUST terminate request processing."
    if parameters.text("wallet_nonce")? != expected.wallet_nonce {
        return Err(RequestError::WalletNonce);
    }
    let iat = check_time(&parameters, expected)?;
    let own = OwnParameters::read(&parameters)?;
    if let Some(own) = &own
        && bound_nonce(&own.r, &parameters.0) != nonce
    {
        return Err(RequestError::NonceBinding);
    }
    let response = match expected.transport {
        Transport::Qr => qr_response(&parameters, own.as_ref())?,
        Transport::Online => direct_post(&parameters, expected)?,
    };
    Ok(VerifiedRequest {
        client_id: client.to_owned(),
        nonce: nonce.to_owned(),
        iat,
        response,
        leaf: leaf.clone(),
        key,
        registration: registration_of(&parameters)?,
        service: own.map(|own| own.service),
        hash: sha256(jar.as_bytes()),
        query,
    })
}

struct Parameters(Map<String, Value>);

impl Parameters {
    fn text(&self, parameter: &'static str) -> Result<Option<&str>, RequestError> {
        match self.0.get(parameter) {
            None => Ok(None),
            Some(Value::String(text)) if text.len() <= MAX_TEXT => Ok(Some(text)),
            Some(_) => Err(RequestError::Malformed { parameter }),
        }
    }

    fn time(&self, parameter: &'static str) -> Result<Option<Timestamp>, RequestError> {
        match self.0.get(parameter) {
            None => Ok(None),
            Some(value) => serde_json::from_value(value.clone())
                .map(Some)
                .map_err(|_| RequestError::Malformed { parameter }),
        }
    }
}

fn check_client<'p>(
    parameters: &'p Parameters,
    leaf: &[u8],
    expected: &Expectation<'_>,
) -> Result<&'p str, RequestError> {
    let client = parameters.text("client_id")?.ok_or(RequestError::Malformed { parameter: "client_id" })?;
    // "The Client Identifier Prefix is defined as the string before the (first) `:` character."
    if client.split_once(':').map(|(prefix, _)| prefix) != Some(CLIENT_ID_PREFIX) {
        return Err(RequestError::ClientIdPrefix);
    }
    // "the original Client Identifier [...] MUST be a hash and match the hash of the leaf certificate passed
    // with the request."
    if client != client_id(leaf) {
        return Err(RequestError::ClientIdMismatch);
    }
    // "The Client Identifier value in the `client_id` Authorization Request parameter and the Request Object
    // `client_id` claim value MUST be identical, including the Client Identifier Prefix."
    if expected.client_id.is_some_and(|linked| linked != client) {
        return Err(RequestError::OtherClient);
    }
    Ok(client)
}

fn check_time(parameters: &Parameters, expected: &Expectation<'_>) -> Result<Timestamp, RequestError> {
    let iat = parameters.time("iat")?.ok_or(RequestError::Malformed { parameter: "iat" })?;
    let (past, future) = match expected.transport {
        Transport::Qr => (MAX_AGE_QR, MAX_SKEW_QR),
        Transport::Online => (MAX_SKEW_ONLINE, MAX_SKEW_ONLINE),
    };
    if iat < expected.now.minus(past) {
        return Err(RequestError::TooOld { iat });
    }
    if iat > expected.now.plus(future) {
        return Err(RequestError::InFuture { iat });
    }
    // RFC 7519 section 4.1.4: "on or after which the JWT MUST NOT be accepted for processing."
    match parameters.time("exp")? {
        Some(exp) if expected.now >= exp => Err(RequestError::Expired),
        _ => Ok(iat),
    }
}

/// Our own parameters, under `absah`.
struct OwnParameters {
    r: [u8; 16],
    service: String,
    qr_version: Option<u8>,
}

impl OwnParameters {
    fn read(parameters: &Parameters) -> Result<Option<Self>, RequestError> {
        let wrong = RequestError::Malformed { parameter: "absah" };
        let Some(own) = parameters.0.get("absah") else { return Ok(None) };
        let own = own.as_object().ok_or(wrong.clone())?;
        if own.get("v").and_then(Value::as_u64) != Some(VERSION) {
            return Err(RequestError::Version);
        }
        let r = own.get("r").and_then(Value::as_str).and_then(|r| base64url::decode_array(r).ok());
        let service = own.get("service").and_then(Value::as_str).filter(|id| id.len() <= 64);
        let qr_version = match own.get("qr") {
            None => None,
            Some(version) => {
                let version = version.as_u64().and_then(|version| u8::try_from(version).ok());
                Some(version.filter(|version| (1..=40).contains(version)).ok_or(wrong.clone())?)
            }
        };
        Ok(Some(Self { r: r.ok_or(wrong.clone())?, service: service.ok_or(wrong)?.to_owned(), qr_version }))
    }
}

fn qr_response(
    parameters: &Parameters,
    own: Option<&OwnParameters>,
) -> Result<super::ResponseTo, RequestError> {
    if parameters.text("response_mode")? != Some(RESPONSE_MODE_QR) {
        return Err(RequestError::ResponseMode);
    }
    let wrong = RequestError::Malformed { parameter: "absah" };
    let qr_version = own.and_then(|own| own.qr_version).ok_or(wrong)?;
    let keys = parameters
        .0
        .get("client_metadata")
        .and_then(|metadata| metadata.get("jwks"))
        .and_then(|jwks| jwks.get("keys"))
        .and_then(Value::as_array);
    let [key] = keys.map(Vec::as_slice).unwrap_or_default() else {
        return Err(RequestError::RecipientKey);
    };
    match serde_json::from_value::<Jwk>(key.clone()) {
        Ok(Jwk { key: JwkKey::X25519 { x }, alg: Some(alg), .. }) if alg == hpke::ALGORITHM => {
            Ok(super::ResponseTo::Qr { recipient: x, qr_version })
        }
        _ => Err(RequestError::RecipientKey),
    }
}

/// The header names no signature at all. Read leniently, only to say what is wrong.
fn is_unsigned(jar: &str) -> bool {
    let header = jar.split('.').next().and_then(|header| base64url::decode(header).ok());
    let header = header.and_then(|header| json::object(&header).ok());
    header.is_some_and(|header| header.get("alg").and_then(Value::as_str) == Some("none"))
}

fn direct_post(
    parameters: &Parameters,
    expected: &Expectation<'_>,
) -> Result<super::ResponseTo, RequestError> {
    let encryption = match parameters.text("response_mode")? {
        // HAIP 1.0 section 5.1: "Response encryption MUST be used by utilizing response mode `direct_post.jwt`".
        Some(RESPONSE_MODE_DIRECT_POST) if expected.haip => return Err(RequestError::Downgrade),
        Some(RESPONSE_MODE_DIRECT_POST) => None,
        Some(RESPONSE_MODE_DIRECT_POST_JWT) => Some(encryption(parameters)?),
        _ => return Err(RequestError::ResponseMode),
    };
    // "If the `redirect_uri` Authorization Request parameter is present when the Response Mode is
    // `direct_post`, the Wallet MUST return an `invalid_request` Authorization Response error."
    if parameters.0.contains_key("redirect_uri") {
        return Err(RequestError::RedirectUri);
    }
    // "`response_uri`: REQUIRED when the Response Mode `direct_post` is used."
    let response_uri = parameters.text("response_uri")?.ok_or(RequestError::ResponseUri(UrlError::Format))?;
    let response_uri: HttpsUrl = expected.rules.url(response_uri).map_err(RequestError::ResponseUri)?;
    let state = parameters.text("state")?.map(str::to_owned);
    // "`state` values MUST only contain ASCII URL safe characters"
    if let Some(state) = &state {
        Nonce::parse(state).map_err(|_| RequestError::NonceForm)?;
    }
    Ok(super::ResponseTo::DirectPost { response_uri, state, encryption })
}

/// Key and method of an encrypted answer (section 8.3).
fn encryption(parameters: &Parameters) -> Result<super::ResponseEncryption, RequestError> {
    let metadata = parameters.0.get("client_metadata").ok_or(RequestError::EncryptionKey)?;
    let keys = metadata.get("jwks").and_then(|jwks| jwks.get("keys")).and_then(Value::as_array);
    // "The Wallet MUST [...] select a public key [...] based on information about each key, such as the `kty` (Key
    // Type), `use` (Public Key Use), `alg` (Algorithm), and other JWK parameters."
    let jwk = |key: &Value| serde_json::from_value::<Jwk>(key.clone()).ok();
    let recipient = keys.into_iter().flatten().filter_map(jwk).find_map(|jwk| Recipient::of_jwk(&jwk));
    let enc = match metadata.get("encrypted_response_enc_values_supported") {
        // "When not provided, the default value of `A128GCM` is used."
        None => Some(ContentEncryption::A128Gcm),
        Some(values) => {
            let values = values.as_array().map(Vec::as_slice).unwrap_or_default();
            let named =
                |enc: &ContentEncryption| values.iter().any(|value| value.as_str() == Some(enc.name()));
            ContentEncryption::ALL.into_iter().find(named)
        }
    };
    match (recipient, enc) {
        (Some(recipient), Some(enc)) => Ok(super::ResponseEncryption { recipient, enc }),
        _ => Err(RequestError::EncryptionKey),
    }
}

/// The registration among `verifier_info`: "they SHOULD ignore any unrecognized or unsupported Verifier Info
/// types."
fn registration_of(parameters: &Parameters) -> Result<Option<String>, RequestError> {
    let wrong = RequestError::Malformed { parameter: "verifier_info" };
    let Some(list) = parameters.0.get("verifier_info") else { return Ok(None) };
    // "A non-empty array of attestations"
    let list = list.as_array().filter(|list| !list.is_empty() && list.len() <= 16).ok_or(wrong.clone())?;
    for entry in list {
        let format = entry.get("format").and_then(Value::as_str).ok_or(wrong.clone())?;
        let data = entry.get("data").ok_or(wrong.clone())?;
        if format == registration::TYP {
            return data.as_str().map(|jwt| Some(jwt.to_owned())).ok_or(wrong);
        }
    }
    Ok(None)
}
