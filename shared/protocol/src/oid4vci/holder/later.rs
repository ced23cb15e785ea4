//! What comes after a Credential Request: credentials that the issuer gives later (OpenID4VCI 1.0, section 9), and
//! telling it what became of them (section 11). Both need the access token that the request was made with.

use absah_credential::Format;
use absah_crypto::PublicKey;
use absah_crypto::jws::ToBeSigned;
use absah_types::{HttpsUrl, Rng, Seconds, Secret, Timestamp};
use serde_json::{Map, Value, json};

use super::answers::{self, Given, MAX_CREDENTIAL_RESPONSE, MAX_SMALL};
use super::receiving::{Body, Fetch, Method};
use super::{ReceiveError, Received};
use crate::oauth::{OAuthError, dpop};
use crate::oid4vci::encryption::{Opener, Sealing};
use crate::oid4vci::issuer::Types;
use crate::oid4vci::issuer::credential_request::NotificationEvent;

/// The longest `interval` that is taken seriously: an issuer that names a longer one will not give anything.
pub const LONGEST_INTERVAL: Seconds = Seconds::days(30);

/// A batch that the issuer gives later.
#[derive(Clone, Debug)]
pub struct Awaited {
    /// Configuration it was asked by.
    pub configuration_id: String,
    /// Its format.
    pub format: Format,
    /// Its type.
    pub types: Types,
    /// The keys that were offered for binding.
    pub keys: Vec<PublicKey>,
    /// What it is asked for by.
    pub transaction_id: String,
    /// How long to wait before asking.
    pub interval: Seconds,
}

/// By what the issuer is told what became of one batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Configuration of the batch.
    pub configuration_id: String,
    /// `notification_id`.
    pub id: String,
}

/// A token, and where it is still good for something.
#[derive(Clone, Debug)]
pub struct Access {
    /// `access_token`.
    pub token: Secret<String>,
    /// The key that it is bound to.
    pub key: Option<PublicKey>,
    /// How long it lives, as far as the server tells.
    pub lives: Option<Seconds>,
    /// `deferred_credential_endpoint`.
    pub deferred: Option<HttpsUrl>,
    /// `notification_endpoint`.
    pub notification: Option<HttpsUrl>,
    /// How requests are encrypted.
    pub sealing: Option<Sealing>,
}

/// One POST to an endpoint of the issuer with the token; where that is bound to a key, with a proof by it.
#[derive(Debug)]
pub struct Call {
    url: HttpsUrl,
    token: Secret<String>,
    key: Option<PublicKey>,
    body: Body,
    opener: Option<Opener>,
    limit: usize,
    nonce: Option<String>,
    retried: bool,
    signed: Option<String>,
}

impl Call {
    /// Asks for credentials that were to come later.
    ///
    /// # Errors
    /// [`ReceiveError::Deferred`] when the issuer has no such endpoint.
    pub fn deferred(access: Access, transaction_id: &str, rng: &mut dyn Rng) -> Result<Self, ReceiveError> {
        let url = access.deferred.clone().ok_or(ReceiveError::Deferred)?;
        let mut request = Map::new();
        request.insert("transaction_id".to_owned(), json!(transaction_id));
        let (body, opener) = match &access.sealing {
            // "this object will be used for encrypting the response, regardless of what was sent in the initial Credential
            // Request": a fresh key each time.
            Some(sealing) => {
                let (jwe, opener) = sealing.seal(request, rng);
                (Body::Jwt(jwe), opener)
            }
            None => (Body::Json(Value::Object(request).to_string()), None),
        };
        Ok(Self { opener, limit: MAX_CREDENTIAL_RESPONSE, ..Self::of(access, url, body) })
    }

    /// Tells what became of a batch.
    ///
    /// # Errors
    /// [`ReceiveError::OutOfOrder`] when the issuer has no such endpoint.
    pub fn notify(access: Access, id: &str, event: NotificationEvent) -> Result<Self, ReceiveError> {
        let url = access.notification.clone().ok_or(ReceiveError::OutOfOrder)?;
        let body = json!({ "notification_id": id, "event": event.name() }).to_string();
        Ok(Self::of(access, url, Body::Json(body)))
    }

    fn of(access: Access, url: HttpsUrl, body: Body) -> Self {
        let Access { token, key, .. } = access;
        let (opener, nonce, signed) = (None, None, None);
        Self { url, token, key, body, opener, limit: MAX_SMALL, nonce, retried: false, signed }
    }

    /// The proof of possession that the request needs first, to be signed by the key of the token.
    pub fn proof(&self, now: Timestamp, rng: &mut dyn Rng) -> Option<ToBeSigned> {
        let key = self.key.as_ref().filter(|_| self.signed.is_none())?;
        let token = Some(self.token.expose().as_str());
        Some(dpop::proof(key, "POST", self.url.as_str(), self.nonce.as_deref(), token, now, rng))
    }

    /// Takes that proof, signed.
    pub fn proved(&mut self, proof: String) {
        self.signed = Some(proof);
    }

    /// The request.
    #[must_use]
    pub fn fetch(&self) -> Fetch {
        Fetch {
            url: self.url.clone(),
            method: Method::Post(self.body.clone()),
            bearer: Some(self.token.clone()),
            dpop: self.signed.clone(),
            limit: self.limit,
        }
    }

    /// Whether the server only wants a proof with its nonce: then the request is made once more.
    pub fn again(&mut self, status: u16, body: &[u8], dpop_nonce: Option<&str>) -> bool {
        self.signed = None;
        let wanted = !(200..300).contains(&status)
            && answers::oauth_error(body) == Some(OAuthError::UseDpopNonce)
            && !self.retried;
        match dpop_nonce.filter(|nonce| wanted && nonce.len() <= 512) {
            Some(nonce) => {
                self.nonce = Some(nonce.to_owned());
                self.retried = true;
                true
            }
            None => false,
        }
    }

    /// Reads the answer of the deferred endpoint for a batch that was `awaited`.
    ///
    /// # Errors
    /// [`ReceiveError`]; which of them are final, [`ReceiveError::ends_waiting`] says.
    pub fn collected(&self, awaited: &Awaited, status: u16, body: &[u8]) -> Result<Collected, ReceiveError> {
        if !(200..300).contains(&status) {
            return Err(match (status, answers::oauth_error(body)) {
                // "`invalid_transaction_id`: [...] was not issued by the respective Credential Issuer or it was already used".
                (_, Some(OAuthError::InvalidTransactionId)) => ReceiveError::TransactionGone,
                // "A wallet upon receiving this error SHOULD stop making requests [...] for the given `transaction_id`."
                (_, Some(OAuthError::CredentialRequestDenied)) => ReceiveError::Withheld,
                (401, _) | (_, Some(OAuthError::InvalidToken)) => ReceiveError::WaitEnded,
                (_, Some(error)) => ReceiveError::Refused(error),
                (_, None) => ReceiveError::Status { status },
            });
        }
        match answers::opened(body, self.opener.as_ref(), awaited.keys.len())? {
            Given::Later { transaction_id, interval } => {
                // "The value of `transaction_id` MUST be same as the value of `transaction_id` in the Deferred Credential
                // Request."
                if transaction_id != awaited.transaction_id {
                    return Err(ReceiveError::OtherTransaction);
                }
                Ok(Collected::Later(interval))
            }
            Given::Now { credentials, notification_id } => {
                let received = credentials.into_iter().map(|issued| Received {
                    configuration_id: awaited.configuration_id.clone(),
                    format: awaited.format,
                    types: awaited.types.clone(),
                    keys: awaited.keys.clone(),
                    text: issued.credential,
                    portrait: issued.portrait,
                });
                let configuration_id = awaited.configuration_id.clone();
                let notification = notification_id.map(|id| Notification { configuration_id, id });
                Ok(Collected::Now(received.collect(), notification))
            }
        }
    }
}

/// What the deferred endpoint gives.
#[derive(Debug)]
pub enum Collected {
    /// The credentials, not yet verified.
    Now(Vec<Received>, Option<Notification>),
    /// Nothing yet: ask again after so long.
    Later(Seconds),
}
