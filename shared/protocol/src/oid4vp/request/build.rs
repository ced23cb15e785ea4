//! Building a request: the counter's side.

use absah_crypto::hpke;
use absah_crypto::jwe::{ContentEncryption, Recipient};
use absah_crypto::jws::{Compact, Header, ToBeSigned};
use absah_crypto::{Jwk, JwkKey, Signature, sha256};
use absah_trust::{Registered, RegistrationError, registration};
use absah_types::{HttpsUrl, Timestamp, base64url, coded};
use serde_json::{Map, Value, json};

use absah_credential::Format;

use super::nonce::bound_nonce;
use crate::dcql::{Query, service_query};
use crate::json::{self, canonical, to_value};
use crate::oid4vp::{
    REQUEST_TYPE, RESPONSE_MODE_DIRECT_POST, RESPONSE_MODE_DIRECT_POST_JWT, RESPONSE_MODE_QR,
    SELF_ISSUED_AUDIENCE,
};

/// `kid` of the one-time key in a request for a QR answer.
pub(crate) const RECIPIENT_KID: &str = "a";
/// Version of our parameters under `absah`.
pub(crate) const VERSION: u64 = 1;

/// A request before it is signed. Everything that is not here follows from the registration, so that the
/// short form can leave it out.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// The counter's registration.
    pub registered: &'a Registered,
    /// Place of the service in it.
    pub service_index: usize,
    /// Which of the service's claims, bit *i* for claim *i*; [`u64::MAX`] for all.
    pub selection: u64,
    /// The format asked for.
    pub format: Format,
    /// 16 fresh random bytes.
    pub r: [u8; 16],
    /// Now.
    pub iat: Timestamp,
    /// Where the answer goes.
    pub response: ResponseTo,
}

/// Where the answer goes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "one per request")]
pub enum ResponseTo {
    /// To the camera of the counter.
    Qr {
        /// Fresh X25519 public key that the answer is sealed to.
        recipient: [u8; 32],
        /// Largest QR version that the counter's camera reads, 10 to 40.
        qr_version: u8,
    },
    /// To an address.
    DirectPost {
        /// `response_uri`.
        response_uri: HttpsUrl,
        /// `state`.
        state: Option<String>,
        /// `direct_post.jwt`: whom the answer is encrypted to; `None` for plain `direct_post`.
        encryption: Option<ResponseEncryption>,
    },
}

/// How an answer over HTTPS is encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseEncryption {
    /// The verifier's one-time key.
    pub recipient: Recipient,
    /// How the content is encrypted: what the wallet chose of `encrypted_response_enc_values_supported`.
    pub enc: ContentEncryption,
}

/// Why a request cannot be built: a fault of the program or its configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftError {
    /// The registration has no such service.
    Service(RegistrationError),
    /// No claim of the service is chosen, or its credential type is unknown.
    NothingAsked,
}

impl std::fmt::Display for DraftError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Service(inner) => inner.fmt(f),
            Self::NothingAsked => f.write_str("the request asks for nothing"),
        }
    }
}

impl std::error::Error for DraftError {}

coded! { DraftError {
    Service(e) => inner(e),
    NothingAsked => ("request-asks-nothing", Environment),
} }

/// A request that waits for the counter's signature.
#[derive(Clone, Debug)]
pub struct Prepared {
    to_be_signed: ToBeSigned,
    nonce: String,
    client_id: String,
    query: Query,
}

/// A signed request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedRequest {
    /// The Request Object, a compact JWS.
    pub jar: String,
    /// SHA-256 of that text.
    pub hash: [u8; 32],
    /// `nonce` of the key-binding JWT to come.
    pub nonce: String,
    /// `client_id`, the `aud` of the key-binding JWT to come.
    pub client_id: String,
    /// What is asked.
    pub query: Query,
}

impl Draft<'_> {
    /// Header and payload, ready to be signed with the key of the registered certificate.
    ///
    /// # Errors
    /// [`DraftError`].
    pub fn prepare(&self) -> Result<Prepared, DraftError> {
        let service = self.registered.service_at(self.service_index).map_err(DraftError::Service)?;
        let query = service_query(service, self.format, self.selection).ok_or(DraftError::NothingAsked)?;
        let client_id = self.registered.certificate().client_id();
        let parameters = self.parameters(&service.id, &query, &client_id);
        let nonce = bound_nonce(&self.r, &parameters);
        let mut payload = parameters;
        payload.insert("nonce".into(), json!(nonce));
        let header = Header::es256(REQUEST_TYPE).with_x5c(vec![self.registered.certificate().der().to_vec()]);
        // Canonical, so that who expands a short form writes the same bytes.
        let payload = canonical(&Value::Object(payload));
        Ok(Prepared { to_be_signed: ToBeSigned::new(&header, &payload), nonce, client_id, query })
    }

    fn parameters(&self, service: &str, query: &Query, client_id: &str) -> Map<String, Value> {
        let algorithms = json!({ "sd-jwt_alg_values": ["ES256"], "kb-jwt_alg_values": ["ES256"] });
        let mut client_metadata = Map::new();
        client_metadata.insert("vp_formats_supported".into(), json!({ self.format.name(): algorithms }));
        let mut absah = Map::new();
        absah.insert("v".into(), json!(VERSION));
        absah.insert("r".into(), json!(base64url::encode(self.r)));
        absah.insert("service".into(), json!(service));
        let mut parameters = Map::new();
        let response_mode = match &self.response {
            ResponseTo::Qr { recipient, qr_version } => {
                // "The `alg` parameter MUST be present in the JWKs."
                let key = Jwk::from(JwkKey::X25519 { x: *recipient })
                    .with_kid(RECIPIENT_KID)
                    .with_alg(hpke::ALGORITHM);
                client_metadata.insert("jwks".into(), json!({ "keys": [to_value(&key)] }));
                absah.insert("qr".into(), json!(qr_version));
                RESPONSE_MODE_QR
            }
            ResponseTo::DirectPost { response_uri, state, encryption } => {
                parameters.insert("response_uri".into(), json!(response_uri.as_str()));
                if let Some(state) = state {
                    parameters.insert("state".into(), json!(state));
                }
                match encryption {
                    None => RESPONSE_MODE_DIRECT_POST,
                    Some(encryption) => {
                        let key = to_value(&encryption.recipient.to_jwk());
                        client_metadata.insert("jwks".into(), json!({ "keys": [key] }));
                        let values = ContentEncryption::ALL.map(ContentEncryption::name);
                        client_metadata
                            .insert("encrypted_response_enc_values_supported".into(), json!(values));
                        RESPONSE_MODE_DIRECT_POST_JWT
                    }
                }
            }
        };
        parameters.insert("response_type".into(), json!("vp_token"));
        parameters.insert("response_mode".into(), json!(response_mode));
        parameters.insert("client_id".into(), json!(client_id));
        // "the `aud` claim MUST be "https://self-issued.me/v2", when Static Discovery metadata is used."
        parameters.insert("aud".into(), json!(SELF_ISSUED_AUDIENCE));
        parameters.insert("iat".into(), json!(self.iat.unix()));
        parameters.insert("dcql_query".into(), query.to_value());
        parameters.insert("client_metadata".into(), Value::Object(client_metadata));
        parameters.insert(
            "verifier_info".into(),
            json!([{ "format": registration::TYP, "data": self.registered.jwt() }]),
        );
        parameters.insert("absah".into(), Value::Object(absah));
        parameters
    }
}

impl Prepared {
    /// The bytes to sign.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.to_be_signed.as_bytes()
    }

    /// The finished request.
    #[must_use]
    pub fn attach(self, signature: Signature) -> SignedRequest {
        let jar = self.to_be_signed.attach(signature);
        let hash = sha256(jar.as_bytes());
        SignedRequest { jar, hash, nonce: self.nonce, client_id: self.client_id, query: self.query }
    }
}

impl SignedRequest {
    /// The same request for one wallet: with the `wallet_nonce` that it posted (OpenID4VP 1.0 section 5.10), to be
    /// signed anew with the same key. `None` when the text is no request of ours.
    #[must_use]
    pub fn for_wallet(jar: &str, wallet_nonce: &str) -> Option<Prepared> {
        let jws = Compact::parse(jar, super::MAX_REQUEST).ok()?;
        let mut payload = json::object(&jws.payload).ok()?;
        let r = payload.get("absah")?.get("r")?.as_str().and_then(|r| base64url::decode_array(r).ok())?;
        payload.insert("wallet_nonce".into(), json!(wallet_nonce));
        let nonce = bound_nonce(&r, &payload);
        payload.insert("nonce".into(), json!(nonce));
        let client_id = payload.get("client_id")?.as_str()?.to_owned();
        let query = Query::parse(payload.get("dcql_query")?).ok()?;
        let to_be_signed = ToBeSigned::new(&jws.header, &canonical(&Value::Object(payload)));
        Some(Prepared { to_be_signed, nonce, client_id, query })
    }

    /// The `wallet_nonce` that a request of ours carries, if it was made for one wallet.
    #[must_use]
    pub fn wallet_nonce(jar: &str) -> Option<String> {
        let jws = Compact::parse(jar, super::MAX_REQUEST).ok()?;
        Some(json::object(&jws.payload).ok()?.get("wallet_nonce")?.as_str()?.to_owned())
    }
}
