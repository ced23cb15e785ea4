//! The steps of receiving, from the link to the credentials.

use std::collections::BTreeMap;

use absah_credential::Format;
use absah_crypto::jws::{Header, ToBeSigned};
use absah_crypto::{PublicKey, Signature};
use absah_types::{HttpsUrl, Secret, Timestamp};
use serde_json::json;

use super::ReceiveError;
use super::answers::{self, IssuerMetadata, OfferedConfiguration};
use super::answers::{MAX_CREDENTIAL_RESPONSE, MAX_METADATA, MAX_SMALL};
use crate::form;
use crate::oauth::OAuthError;
use crate::oid4vci::issuer::{Issued, Types};
use crate::oid4vci::{
    BATCH_SIZE, Link, MAX_OFFER, Offer, PRE_AUTHORIZED_CODE, PROOF_TYPE, PreAuthorized, TxCodePrompt,
};
use crate::url_rules::{IssuerId, UrlRules};

/// What the wallet must do next.
#[derive(Debug)]
pub enum Need<'a> {
    /// Make this request and hand the answer to [`Receiving::fetched`].
    Fetch(Fetch),
    /// Ask the person for the transaction code and hand it to [`Receiving::tx_code`].
    TxCode(&'a TxCodePrompt),
    /// Make this many fresh keys, have [`Receiving::proofs`] prepare what they sign, and hand the signatures
    /// to [`Receiving::signed`].
    Proofs(Wanted<'a>),
    /// All credentials are here: [`Receiving::received`].
    Nothing,
}

/// One configuration about to be received.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// Its id.
    pub configuration_id: &'a str,
    /// Its format.
    pub format: Format,
    /// Its type.
    pub types: &'a Types,
    /// Most copies the issuer gives at once, at most [`BATCH_SIZE`].
    pub copies: usize,
}

/// An HTTP request to make. Redirects are not followed.
#[derive(Debug)]
pub struct Fetch {
    /// Where to.
    pub url: HttpsUrl,
    /// How.
    pub method: Method,
    /// `Authorization: Bearer`, when there is one.
    pub bearer: Option<Secret<String>>,
    /// Largest answer to take, in bytes.
    pub limit: usize,
}

/// The method of a request and what it carries.
#[derive(Debug)]
pub enum Method {
    /// GET with `Accept: application/json`.
    Get,
    /// POST with a body.
    Post(Body),
}

/// A request body.
#[derive(Debug)]
pub enum Body {
    /// None at all.
    Empty,
    /// `application/x-www-form-urlencoded`.
    Form(Secret<String>),
    /// `application/json`.
    Json(String),
}

/// One copy as it came: **not yet verified**, see [`verify`](super::verify).
#[derive(Clone, Debug)]
pub struct Received {
    /// Configuration it was asked by.
    pub configuration_id: String,
    /// Format promised by the metadata.
    pub format: Format,
    /// Type promised by the metadata.
    pub types: Types,
    /// The keys that were offered for binding; the credential is bound to one of them.
    pub keys: Vec<PublicKey>,
    /// The credential.
    pub text: String,
    /// Salt and picture, when they came beside it.
    pub portrait: Option<Vec<u8>>,
}

/// Proofs of possession, each to be signed by the key of the same place.
#[derive(Debug)]
pub struct ProofsToSign {
    keys: Vec<PublicKey>,
    proofs: Vec<ToBeSigned>,
}

impl ProofsToSign {
    /// The bytes to sign, in the order of the keys.
    pub fn to_be_signed(&self) -> impl Iterator<Item = &[u8]> {
        self.proofs.iter().map(ToBeSigned::as_bytes)
    }
}

/// Receiving one offer.
#[derive(Debug)]
pub struct Receiving {
    rules: UrlRules,
    step: Step,
    received: Vec<Received>,
    nonce_retried: bool,
}

#[derive(Debug)]
enum Step {
    Offer { uri: HttpsUrl },
    Issuer { offer: Offered },
    Server { offer: Offered, issuer: IssuerMetadata },
    TxCode { grant: Grant, prompt: TxCodePrompt },
    Token { grant: Grant, tx_code: Option<Secret<String>>, prompt: Option<TxCodePrompt> },
    Nonce(Granted),
    Proofs { granted: Granted, c_nonce: Option<String> },
    Credential { granted: Granted, keys: Vec<PublicKey>, body: String },
    Done,
}

/// An offer with a grant that this wallet can use.
#[derive(Debug)]
pub(super) struct Offered {
    pub(super) issuer: IssuerId,
    pub(super) configuration_ids: Vec<String>,
    pub(super) grant: PreAuthorized,
}

impl Offered {
    fn of(offer: Offer) -> Result<Self, ReceiveError> {
        let Offer { issuer, configuration_ids, grants } = offer;
        let grant = grants.pre_authorized.ok_or(ReceiveError::NoGrant)?;
        Ok(Self { issuer, configuration_ids, grant })
    }
}

/// Ready to ask for a token.
#[derive(Debug)]
struct Grant {
    id: IssuerId,
    code: Secret<String>,
    token_endpoint: HttpsUrl,
    issuer: IssuerMetadata,
}

/// In possession of a token; `issuer.configurations` are those still to be received, the next one first.
#[derive(Debug)]
struct Granted {
    id: IssuerId,
    token: Secret<String>,
    identifiers: BTreeMap<String, String>,
    issuer: IssuerMetadata,
}

impl Receiving {
    /// Begins with a deep link.
    ///
    /// # Errors
    /// [`ReceiveError::Offer`].
    pub fn open(link: &str, rules: UrlRules) -> Result<Self, ReceiveError> {
        let step = match Link::parse(link, rules)? {
            Link::ByValue(offer) => Step::Issuer { offer: Offered::of(*offer)? },
            Link::ByReference(uri) => Step::Offer { uri },
        };
        Ok(Self { rules, step, received: Vec::new(), nonce_retried: false })
    }

    /// Who offers, as soon as the offer is known.
    #[must_use]
    pub fn issuer(&self) -> Option<&IssuerId> {
        match &self.step {
            Step::Issuer { offer } | Step::Server { offer, .. } => Some(&offer.issuer),
            Step::TxCode { grant, .. } | Step::Token { grant, .. } => Some(&grant.id),
            Step::Nonce(granted) | Step::Proofs { granted, .. } | Step::Credential { granted, .. } => {
                Some(&granted.id)
            }
            Step::Offer { .. } | Step::Done => None,
        }
    }

    /// What the issuer calls itself, unverified, as soon as its metadata is known.
    #[must_use]
    pub fn issuer_name(&self) -> Option<&str> {
        self.metadata()?.display_name.as_deref()
    }

    /// What will be received: id, format and type of each configuration still to come, once the issuer's
    /// metadata is known.
    pub fn offered(&self) -> impl Iterator<Item = (&str, Format, &Types)> {
        let configurations = self.metadata().map(|metadata| metadata.configurations.as_slice());
        configurations.unwrap_or_default().iter().map(|one| (one.id.as_str(), one.format, &one.types))
    }

    /// Whether the next step spends the offer's code: the moment to have asked the person. Before it only
    /// public metadata is fetched.
    #[must_use]
    pub fn spends_code(&self) -> bool {
        matches!(self.step, Step::TxCode { .. } | Step::Token { .. })
    }

    fn metadata(&self) -> Option<&IssuerMetadata> {
        match &self.step {
            Step::Server { issuer, .. } => Some(issuer),
            Step::TxCode { grant, .. } | Step::Token { grant, .. } => Some(&grant.issuer),
            Step::Nonce(granted) | Step::Proofs { granted, .. } | Step::Credential { granted, .. } => {
                Some(&granted.issuer)
            }
            Step::Offer { .. } | Step::Issuer { .. } | Step::Done => None,
        }
    }

    /// What to do next.
    ///
    /// # Errors
    /// [`ReceiveError::Url`] when a well-known URL cannot be formed.
    pub fn need(&self) -> Result<Need<'_>, ReceiveError> {
        let get = |url: &str, limit| -> Result<Need<'_>, ReceiveError> {
            let url = self.rules.url(url).map_err(ReceiveError::Url)?;
            Ok(Need::Fetch(Fetch { url, method: Method::Get, bearer: None, limit }))
        };
        match &self.step {
            // "Upon receipt of the `credential_offer_uri`, the Wallet MUST send an HTTP GET request to the URI
            // to retrieve the referenced Credential Offer Object"
            Step::Offer { uri } => get(uri.as_str(), MAX_OFFER),
            Step::Issuer { offer } => get(&offer.issuer.well_known("openid-credential-issuer"), MAX_METADATA),
            Step::Server { issuer, .. } => {
                let server = &issuer.authorization_server;
                get(&server.well_known("oauth-authorization-server"), MAX_METADATA)
            }
            Step::TxCode { prompt, .. } => Ok(Need::TxCode(prompt)),
            Step::Token { grant, tx_code, .. } => Ok(Need::Fetch(Fetch {
                url: grant.token_endpoint.clone(),
                method: Method::Post(Body::Form(Secret::new(token_form(grant, tx_code.as_ref())))),
                bearer: None,
                limit: MAX_SMALL,
            })),
            Step::Nonce(granted) => match &granted.issuer.nonce_endpoint {
                // "A request for a nonce is made by sending an HTTP POST request to the URL"
                Some(url) => Ok(Need::Fetch(Fetch {
                    url: url.clone(),
                    method: Method::Post(Body::Empty),
                    bearer: None,
                    limit: MAX_SMALL,
                })),
                None => Err(ReceiveError::OutOfOrder),
            },
            Step::Proofs { granted, .. } => {
                let next = granted.next()?;
                Ok(Need::Proofs(Wanted {
                    configuration_id: &next.id,
                    format: next.format,
                    types: &next.types,
                    copies: granted.issuer.batch_size.min(BATCH_SIZE),
                }))
            }
            Step::Credential { granted, body, .. } => Ok(Need::Fetch(Fetch {
                url: granted.issuer.credential_endpoint.clone(),
                method: Method::Post(Body::Json(body.clone())),
                bearer: Some(granted.token.clone()),
                limit: MAX_CREDENTIAL_RESPONSE,
            })),
            Step::Done => Ok(Need::Nothing),
        }
    }

    /// Takes the answer to [`Need::Fetch`].
    ///
    /// # Errors
    /// [`ReceiveError`]. After [`ReceiveError::Grant`] with a transaction code, [`Receiving::need`] asks for
    /// the code again; otherwise the step stands and the same request may be tried again.
    pub fn fetched(&mut self, status: u16, body: &[u8]) -> Result<(), ReceiveError> {
        let step = std::mem::replace(&mut self.step, Step::Done);
        let (step, result) = self.answered(step, status, body);
        self.step = step;
        result
    }

    fn answered(&mut self, step: Step, status: u16, body: &[u8]) -> (Step, Result<(), ReceiveError>) {
        // Each arm either moves on or gives the step back with the error.
        match step {
            Step::Offer { uri } => {
                match ok(status, body).and_then(|()| Offered::of(Offer::parse(body, self.rules)?)) {
                    Ok(offer) => (Step::Issuer { offer }, Ok(())),
                    Err(error) => (Step::Offer { uri }, Err(error)),
                }
            }
            Step::Issuer { offer } => {
                let read = ok(status, body).and_then(|()| IssuerMetadata::parse(body, &offer, self.rules));
                match read {
                    Ok(issuer) => (Step::Server { offer, issuer }, Ok(())),
                    Err(error) => (Step::Issuer { offer }, Err(error)),
                }
            }
            Step::Server { offer, issuer } => {
                let read = ok(status, body)
                    .and_then(|()| answers::token_endpoint(body, &issuer.authorization_server, self.rules));
                match read {
                    Ok(token_endpoint) => {
                        let Offered { issuer: id, grant: PreAuthorized { code, tx_code, .. }, .. } = offer;
                        let grant = Grant { id, code, token_endpoint, issuer };
                        let step = match tx_code {
                            Some(prompt) => Step::TxCode { grant, prompt },
                            None => Step::Token { grant, tx_code: None, prompt: None },
                        };
                        (step, Ok(()))
                    }
                    Err(error) => (Step::Server { offer, issuer }, Err(error)),
                }
            }
            Step::Token { grant, tx_code, prompt } => {
                match ok(status, body).and_then(|()| answers::token(body)) {
                    Ok(answers::Token { token, identifiers }) => {
                        let granted = Granted { id: grant.id, token, identifiers, issuer: grant.issuer };
                        (granted.into_step(), Ok(()))
                    }
                    Err(ReceiveError::Refused(OAuthError::InvalidGrant)) => {
                        let step = match prompt {
                            Some(prompt) => Step::TxCode { grant, prompt },
                            None => Step::Token { grant, tx_code, prompt },
                        };
                        (step, Err(ReceiveError::Grant))
                    }
                    Err(error) => (Step::Token { grant, tx_code, prompt }, Err(error)),
                }
            }
            Step::Nonce(granted) => match ok(status, body).and_then(|()| answers::c_nonce(body)) {
                Ok(c_nonce) => (Step::Proofs { granted, c_nonce: Some(c_nonce) }, Ok(())),
                Err(error) => (Step::Nonce(granted), Err(error)),
            },
            Step::Credential { granted, keys, body: request } => {
                match ok(status, body).and_then(|()| answers::credentials(body, keys.len())) {
                    Ok(credentials) => self.took(granted, &keys, credentials),
                    // "`invalid_nonce`: [...] The wallet should retrieve a new `c_nonce` value". Once.
                    Err(ReceiveError::Refused(OAuthError::InvalidNonce)) if !self.nonce_retried => {
                        self.nonce_retried = true;
                        (granted.into_step(), Ok(()))
                    }
                    Err(error) => (Step::Credential { granted, keys, body: request }, Err(error)),
                }
            }
            other @ (Step::TxCode { .. } | Step::Proofs { .. } | Step::Done) => {
                (other, Err(ReceiveError::OutOfOrder))
            }
        }
    }

    fn took(
        &mut self,
        mut granted: Granted,
        keys: &[PublicKey],
        credentials: Vec<Issued>,
    ) -> (Step, Result<(), ReceiveError>) {
        if granted.issuer.configurations.is_empty() {
            return (Step::Done, Err(ReceiveError::OutOfOrder));
        }
        let configuration = granted.issuer.configurations.remove(0);
        self.nonce_retried = false;
        self.received.extend(credentials.into_iter().map(|issued| Received {
            configuration_id: configuration.id.clone(),
            format: configuration.format,
            types: configuration.types.clone(),
            keys: keys.to_vec(),
            text: issued.credential,
            portrait: issued.portrait,
        }));
        let step = if granted.issuer.configurations.is_empty() { Step::Done } else { granted.into_step() };
        (step, Ok(()))
    }

    /// Takes the transaction code that the person typed.
    ///
    /// # Errors
    /// [`ReceiveError::TxCodeForm`] when it cannot be the code.
    pub fn tx_code(&mut self, typed: &str) -> Result<(), ReceiveError> {
        match std::mem::replace(&mut self.step, Step::Done) {
            Step::TxCode { grant, prompt } => {
                let typed = typed.trim();
                if !prompt.fits(typed) {
                    self.step = Step::TxCode { grant, prompt };
                    return Err(ReceiveError::TxCodeForm);
                }
                let tx_code = Some(Secret::new(typed.to_owned()));
                self.step = Step::Token { grant, tx_code, prompt: Some(prompt) };
                Ok(())
            }
            other => {
                self.step = other;
                Err(ReceiveError::OutOfOrder)
            }
        }
    }

    /// Prepares the proofs for fresh keys, at most as many as [`Wanted::copies`].
    ///
    /// # Errors
    /// [`ReceiveError::OutOfOrder`]; [`ReceiveError::WrongCount`] for no or too many keys.
    pub fn proofs(&self, keys: Vec<PublicKey>, now: Timestamp) -> Result<ProofsToSign, ReceiveError> {
        let Step::Proofs { granted, c_nonce } = &self.step else {
            return Err(ReceiveError::OutOfOrder);
        };
        if keys.is_empty() || keys.len() > granted.issuer.batch_size.min(BATCH_SIZE) {
            return Err(ReceiveError::WrongCount);
        }
        let mut claims = json!({ "aud": granted.id.as_str(), "iat": now.unix() });
        if let (Some(nonce), Some(claims)) = (c_nonce, claims.as_object_mut()) {
            claims.insert("nonce".into(), json!(nonce));
        }
        // "[iss] MUST be omitted if the access token authorizing the issuance call was obtained from a
        // Pre-Authorized Code Flow through anonymous access to the token endpoint."
        let payload = claims.to_string();
        let proofs = keys
            .iter()
            .map(|key| {
                let header = Header::es256(PROOF_TYPE).with_jwk(key.to_jwk());
                ToBeSigned::new(&header, payload.as_bytes())
            })
            .collect();
        Ok(ProofsToSign { keys, proofs })
    }

    /// Takes the signatures over the proofs, in the order of the keys.
    ///
    /// # Errors
    /// [`ReceiveError::WrongCount`], [`ReceiveError::OutOfOrder`].
    pub fn signed(&mut self, proofs: ProofsToSign, signatures: Vec<Signature>) -> Result<(), ReceiveError> {
        if proofs.proofs.len() != signatures.len() {
            return Err(ReceiveError::WrongCount);
        }
        match std::mem::replace(&mut self.step, Step::Done) {
            Step::Proofs { granted, c_nonce } => {
                let id = match granted.next() {
                    Ok(next) => next.id.clone(),
                    Err(error) => {
                        self.step = Step::Proofs { granted, c_nonce };
                        return Err(error);
                    }
                };
                let jwts: Vec<String> =
                    proofs.proofs.into_iter().zip(signatures).map(|(proof, s)| proof.attach(s)).collect();
                // "[credential_identifier] REQUIRED when an Authorization Details of type `openid_credential` was
                // returned from the Token Response. [...] When this parameter is used, the
                // `credential_configuration_id` MUST NOT be present."
                let body = match granted.identifiers.get(&id) {
                    Some(identifier) => {
                        json!({ "credential_identifier": identifier, "proofs": { "jwt": jwts } })
                    }
                    None => json!({ "credential_configuration_id": id, "proofs": { "jwt": jwts } }),
                };
                self.step = Step::Credential { granted, keys: proofs.keys, body: body.to_string() };
                Ok(())
            }
            other => {
                self.step = other;
                Err(ReceiveError::OutOfOrder)
            }
        }
    }

    /// Everything received so far, in the order of the offer.
    #[must_use]
    pub fn received(&self) -> &[Received] {
        &self.received
    }
}

impl Granted {
    fn next(&self) -> Result<&OfferedConfiguration, ReceiveError> {
        self.issuer.configurations.first().ok_or(ReceiveError::OutOfOrder)
    }

    fn into_step(self) -> Step {
        if self.issuer.nonce_endpoint.is_some() {
            Step::Nonce(self)
        } else {
            Step::Proofs { granted: self, c_nonce: None }
        }
    }
}

fn token_form(grant: &Grant, tx_code: Option<&Secret<String>>) -> String {
    let mut parameters =
        vec![("grant_type", PRE_AUTHORIZED_CODE), ("pre-authorized_code", grant.code.expose())];
    if let Some(code) = tx_code {
        parameters.push(("tx_code", code.expose()));
    }
    form::encode(&parameters)
}

fn ok(status: u16, body: &[u8]) -> Result<(), ReceiveError> {
    match status {
        200..=299 => Ok(()),
        _ => Err(answers::oauth_error(body).map_or(ReceiveError::Status { status }, ReceiveError::Refused)),
    }
}
