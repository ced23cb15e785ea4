//! The steps of receiving, from the link to the credentials.

use std::collections::BTreeMap;

use absah_credential::{Format, KeyAssurance};
use absah_crypto::jws::{Header, ToBeSigned};
use absah_crypto::{PublicKey, Signature};
use absah_types::{HttpsUrl, Rng, Seconds, Secret, Timestamp, array, base64url};
use serde_json::{Map, Value, json};

use super::ReceiveError;
use super::answers::{self, Given, IssuerMetadata, OfferedConfiguration, ServerMetadata};
use super::answers::{MAX_CREDENTIAL_RESPONSE, MAX_METADATA, MAX_SMALL};
use super::later::{Access, Awaited, Notification};
use crate::form;
use crate::oauth::{OAuthError, dpop, pkce};
use crate::oid4vci::encryption::Opener;
use crate::oid4vci::issuer::{Issued, Types};
use crate::oid4vci::{
    AuthorizationCode, BATCH_SIZE, Carried, KEY_ASSURANCE, Link, MAX_OFFER, Offer, PRE_AUTHORIZED_CODE,
    PROOF_TYPE, PreAuthorized, TxCodePrompt,
};
use crate::url_rules::{IssuerId, UrlRules};

/// What the wallet must do next.
#[derive(Debug)]
pub enum Need<'a> {
    /// Make this request and hand the answer to [`Receiving::fetched`].
    Fetch(Fetch),
    /// Ask the person for the transaction code and hand it to [`Receiving::tx_code`].
    TxCode(&'a TxCodePrompt),
    /// Make one fresh key for the tokens, which is kept as long as they are, and hand it to [`Receiving::bind`].
    TokenKey,
    /// Log the person in, by a browser or by a card, and hand the code to [`Receiving::authorized`].
    LogIn(LogIn<'a>),
    /// Make this many fresh keys, have [`Receiving::proofs`] prepare what they sign, and hand the signatures
    /// to [`Receiving::signed`].
    Proofs(Wanted<'a>),
    /// All credentials are here: [`Receiving::received`].
    Nothing,
}

/// Two ways to log in.
#[derive(Debug)]
pub struct LogIn<'a> {
    /// Where a browser goes; it comes back with a `code` and this `state`.
    pub page: String,
    /// `state`.
    pub state: &'a str,
    /// Where a presentation of a card logs in, its audience too. None at issuers that do not know this.
    pub challenge: Option<&'a HttpsUrl>,
    /// Where to get the nonce of that presentation.
    pub nonce_endpoint: Option<&'a HttpsUrl>,
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
    /// `Authorization`, when there is one: `DPoP` with a proof, otherwise `Bearer`.
    pub bearer: Option<Secret<String>>,
    /// The proof of possession that goes along, once it is signed: [`Receiving::proof`].
    pub dpop: Option<String>,
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
#[derive(Clone, Debug)]
pub enum Body {
    /// None at all.
    Empty,
    /// `application/x-www-form-urlencoded`.
    Form(Secret<String>),
    /// `application/json`.
    Json(String),
    /// `application/jwt`: encrypted.
    Jwt(String),
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
    /// The key that tokens are bound to, and how the server wants it proved.
    key: Option<PublicKey>,
    dpop_nonce: Option<String>,
    dpop_retried: bool,
    signed: Option<String>,
    refresh: Option<Secret<String>>,
    /// What comes later, and by what the issuer is told what became of the rest.
    awaited: Vec<Awaited>,
    notifications: Vec<Notification>,
    access: Option<Access>,
    carried: Option<Carried>,
}

/// `redirect_uri` of this wallet: only the program that began the flow knows the verifier of its code.
pub const REDIRECT_URI: &str = "absah-wallet://authorized";
/// `client_id` of this wallet.
pub const CLIENT_ID: &str = "absah-wallet";

#[derive(Debug)]
enum Step {
    Offer { uri: HttpsUrl },
    Issuer { offer: Offered },
    Server { offer: Offered, issuer: IssuerMetadata },
    Begin { grant: Grant },
    Push { grant: Grant },
    LogIn { grant: Grant, request_uri: String },
    TxCode { grant: Grant, prompt: TxCodePrompt },
    Token { grant: Grant, tx_code: Option<Secret<String>>, prompt: Option<TxCodePrompt> },
    Nonce(Granted),
    Proofs { granted: Granted, c_nonce: Option<String> },
    Credential { granted: Granted, keys: Vec<PublicKey>, body: Map<String, Value>, sealed: Option<Sealed> },
    Done,
}

/// A request that was encrypted, and what opens its answer.
#[derive(Debug)]
struct Sealed {
    jwe: String,
    opener: Option<Opener>,
}

/// An offer with a grant that this wallet can use.
#[derive(Debug)]
pub(super) struct Offered {
    pub(super) issuer: IssuerId,
    pub(super) configuration_ids: Vec<String>,
    pub(super) grant: Way,
    carried: Option<Carried>,
}

/// How a token is to be had.
#[derive(Debug)]
pub(super) enum Way {
    PreAuthorized(PreAuthorized),
    LogIn(AuthorizationCode),
    Renew(Secret<String>),
}

impl Way {
    pub(super) fn server(&self) -> Option<&str> {
        match self {
            Self::PreAuthorized(grant) => grant.authorization_server.as_deref(),
            Self::LogIn(grant) => grant.authorization_server.as_deref(),
            Self::Renew(_) => None,
        }
    }
}

impl Offered {
    fn of(offer: Offer) -> Result<Self, ReceiveError> {
        let Offer { issuer, configuration_ids, grants, carried } = offer;
        let ways = (grants.pre_authorized, grants.authorization_code);
        let grant = match ways {
            (Some(grant), _) => Way::PreAuthorized(grant),
            (None, Some(grant)) => Way::LogIn(grant),
            (None, None) => return Err(ReceiveError::NoGrant),
        };
        Ok(Self { issuer, configuration_ids, grant, carried })
    }
}

/// Ready to ask for a token.
#[derive(Debug)]
struct Grant {
    id: IssuerId,
    code: Code,
    server: ServerMetadata,
    issuer: IssuerMetadata,
}

/// What a token is asked with.
#[derive(Debug)]
enum Code {
    PreAuthorized(Secret<String>),
    /// The verifier, and the code once it is here.
    Authorization {
        verifier: Secret<String>,
        state: String,
        issuer_state: Option<String>,
        code: Option<Secret<String>>,
    },
    Refresh(Secret<String>),
}

/// In possession of a token; `issuer.configurations` are those still to be received, the next one first.
#[derive(Debug)]
struct Granted {
    id: IssuerId,
    token: Secret<String>,
    bound: bool,
    identifiers: BTreeMap<String, String>,
    issuer: IssuerMetadata,
}

impl Receiving {
    /// Begins with a deep link.
    ///
    /// # Errors
    /// [`ReceiveError::Offer`].
    pub fn open(link: &str, rules: UrlRules) -> Result<Self, ReceiveError> {
        Ok(match Link::parse(link, rules)? {
            Link::ByValue(offer) => {
                let offer = Offered::of(*offer)?;
                Self { carried: offer.carried.clone(), ..Self::at(Step::Issuer { offer }, rules) }
            }
            Link::ByReference(uri) => Self::at(Step::Offer { uri }, rules),
        })
    }

    /// Begins anew with a refresh token that is bound to `key`: cards of these configurations, in place of earlier ones.
    #[must_use]
    pub fn renew(
        issuer: IssuerId,
        configuration_ids: Vec<String>,
        refresh_token: Secret<String>,
        key: PublicKey,
        rules: UrlRules,
    ) -> Self {
        let offer = Offered { issuer, configuration_ids, grant: Way::Renew(refresh_token), carried: None };
        Self { key: Some(key), ..Self::at(Step::Issuer { offer }, rules) }
    }

    fn at(step: Step, rules: UrlRules) -> Self {
        Self {
            rules,
            step,
            received: Vec::new(),
            nonce_retried: false,
            key: None,
            dpop_nonce: None,
            dpop_retried: false,
            signed: None,
            refresh: None,
            awaited: Vec::new(),
            notifications: Vec::new(),
            access: None,
            carried: None,
        }
    }

    /// For whom this device is to carry the card, and how long, as the issuer says: a helper's session.
    #[must_use]
    pub fn carried(&self) -> Option<&Carried> {
        self.carried.as_ref()
    }

    /// Who offers, as soon as the offer is known.
    #[must_use]
    pub fn issuer(&self) -> Option<&IssuerId> {
        match &self.step {
            Step::Issuer { offer } | Step::Server { offer, .. } => Some(&offer.issuer),
            Step::Begin { grant, .. }
            | Step::Push { grant }
            | Step::LogIn { grant, .. }
            | Step::TxCode { grant, .. }
            | Step::Token { grant, .. } => Some(&grant.id),
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
        matches!(self.step, Step::Begin { .. } | Step::TxCode { .. } | Step::Token { .. })
    }

    fn metadata(&self) -> Option<&IssuerMetadata> {
        match &self.step {
            Step::Server { issuer, .. } => Some(issuer),
            Step::Begin { grant, .. }
            | Step::Push { grant }
            | Step::LogIn { grant, .. }
            | Step::TxCode { grant, .. }
            | Step::Token { grant, .. } => Some(&grant.issuer),
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
            Ok(Need::Fetch(Fetch { url, method: Method::Get, bearer: None, dpop: None, limit }))
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
            Step::Begin { .. } => Ok(Need::TokenKey),
            Step::Push { grant } => {
                let url = grant.server.pushed.clone().ok_or(ReceiveError::NoGrant)?;
                let form = Secret::new(pushed_form(grant, self.key.as_ref())?);
                let (bearer, dpop) = (None, self.signed.clone());
                Ok(Need::Fetch(Fetch {
                    url,
                    method: Method::Post(Body::Form(form)),
                    bearer,
                    dpop,
                    limit: MAX_SMALL,
                }))
            }
            Step::LogIn { grant, request_uri } => {
                let Code::Authorization { state, .. } = &grant.code else {
                    return Err(ReceiveError::OutOfOrder);
                };
                let page = grant.server.authorization.as_ref().ok_or(ReceiveError::NoGrant)?;
                let query = form::encode(&[("client_id", CLIENT_ID), ("request_uri", request_uri)]);
                Ok(Need::LogIn(LogIn {
                    page: format!("{}?{query}", page.as_str()),
                    state,
                    challenge: grant.server.challenge.as_ref(),
                    nonce_endpoint: grant.issuer.nonce_endpoint.as_ref(),
                }))
            }
            Step::Token { grant, .. } if grant.server.dpop && self.key.is_none() => Ok(Need::TokenKey),
            Step::Token { grant, tx_code, .. } => Ok(Need::Fetch(Fetch {
                url: grant.server.token_endpoint.clone(),
                method: Method::Post(Body::Form(Secret::new(token_form(grant, tx_code.as_ref())))),
                bearer: None,
                dpop: self.signed.clone(),
                limit: MAX_SMALL,
            })),
            Step::Nonce(granted) => match &granted.issuer.nonce_endpoint {
                // "A request for a nonce is made by sending an HTTP POST request to the URL"
                Some(url) => Ok(Need::Fetch(Fetch {
                    url: url.clone(),
                    method: Method::Post(Body::Empty),
                    bearer: None,
                    dpop: None,
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
            // "the Wallet MUST [encrypt] when `encryption_required` is `true`", and does when it can.
            Step::Credential { granted, sealed: None, .. } if granted.issuer.sealing.is_some() => {
                Err(ReceiveError::OutOfOrder)
            }
            Step::Credential { granted, body, sealed, .. } => Ok(Need::Fetch(Fetch {
                url: granted.issuer.credential_endpoint.clone(),
                method: Method::Post(match sealed {
                    Some(sealed) => Body::Jwt(sealed.jwe.clone()),
                    None => Body::Json(Value::Object(body.clone()).to_string()),
                }),
                bearer: Some(granted.token.clone()),
                dpop: self.signed.clone(),
                limit: MAX_CREDENTIAL_RESPONSE,
            })),
            Step::Done => Ok(Need::Nothing),
        }
    }

    /// Encrypts the next request, where that is due; before each [`Self::need`].
    pub fn seal(&mut self, rng: &mut dyn Rng) {
        if let Step::Credential { granted, body, sealed: sealed @ None, .. } = &mut self.step
            && let Some(sealing) = &granted.issuer.sealing
        {
            let (jwe, opener) = sealing.seal(body.clone(), rng);
            *sealed = Some(Sealed { jwe, opener });
        }
    }

    /// Takes the answer to [`Need::Fetch`].
    ///
    /// # Errors
    /// [`ReceiveError`]. After [`ReceiveError::Grant`] with a transaction code, [`Receiving::need`] asks for
    /// the code again; otherwise the step stands and the same request may be tried again.
    pub fn fetched(&mut self, status: u16, body: &[u8]) -> Result<(), ReceiveError> {
        self.signed = None;
        // RFC 9449 section 8: "the client [...] retr[ies] the request with the supplied nonce." Once for each step.
        let wants_nonce = answers::oauth_error(body) == Some(OAuthError::UseDpopNonce);
        if wants_nonce && !(200..300).contains(&status) && self.dpop_nonce.is_some() && !self.dpop_retried {
            self.dpop_retried = true;
            return Ok(());
        }
        self.dpop_retried = false;
        let step = std::mem::replace(&mut self.step, Step::Done);
        let (step, result) = self.answered(step, status, body);
        self.step = step;
        result
    }

    fn answered(&mut self, step: Step, status: u16, body: &[u8]) -> (Step, Result<(), ReceiveError>) {
        // Each arm either moves on or gives the step back with the error.
        match step {
            Step::Offer { uri } => {
                match there(status)
                    .and_then(|()| ok(status, body))
                    .and_then(|()| Offered::of(Offer::parse(body, self.rules)?))
                {
                    Ok(offer) => {
                        self.carried.clone_from(&offer.carried);
                        (Step::Issuer { offer }, Ok(()))
                    }
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
                    .and_then(|()| answers::server(body, &issuer.authorization_server, self.rules));
                match read {
                    // A wallet that logs in needs the three of them.
                    Ok(server)
                        if matches!(offer.grant, Way::LogIn(_))
                            && (server.pushed.is_none()
                                || server.authorization.is_none()
                                || !server.dpop) =>
                    {
                        (Step::Server { offer, issuer }, Err(ReceiveError::NoGrant))
                    }
                    Ok(server) => {
                        let Offered { issuer: id, grant, .. } = offer;
                        let (code, tx_code) = match grant {
                            Way::PreAuthorized(PreAuthorized { code, tx_code, .. }) => {
                                (Code::PreAuthorized(code), tx_code)
                            }
                            Way::LogIn(AuthorizationCode { issuer_state, .. }) => {
                                let (verifier, state) = (Secret::new(String::new()), String::new());
                                (Code::Authorization { verifier, state, issuer_state, code: None }, None)
                            }
                            Way::Renew(token) => (Code::Refresh(token), None),
                        };
                        let logs_in = matches!(code, Code::Authorization { .. });
                        let grant = Grant { id, code, server, issuer };
                        let step = match tx_code {
                            Some(prompt) => Step::TxCode { grant, prompt },
                            None if logs_in => Step::Begin { grant },
                            None => Step::Token { grant, tx_code: None, prompt: None },
                        };
                        (step, Ok(()))
                    }
                    Err(error) => (Step::Server { offer, issuer }, Err(error)),
                }
            }
            Step::Push { grant } => match ok(status, body).and_then(|()| answers::request_uri(body)) {
                Ok(request_uri) => (Step::LogIn { grant, request_uri }, Ok(())),
                Err(error) => (Step::Push { grant }, Err(error)),
            },
            Step::LogIn { mut grant, request_uri } => {
                match ok(status, body).and_then(|()| answers::authorization_code(body)) {
                    Ok(given) => {
                        if let Code::Authorization { code, .. } = &mut grant.code {
                            *code = Some(given);
                        }
                        (Step::Token { grant, tx_code: None, prompt: None }, Ok(()))
                    }
                    Err(error) => (Step::LogIn { grant, request_uri }, Err(error)),
                }
            }
            Step::Token { grant, tx_code, prompt } => {
                match ok(status, body).and_then(|()| answers::token(body)) {
                    // RFC 9449 section 5: a token that was to be bound may come unbound; it is then used as such.
                    Ok(answers::Token { bound: true, .. }) if self.key.is_none() => {
                        (Step::Token { grant, tx_code, prompt }, Err(ReceiveError::TokenType))
                    }
                    Ok(answers::Token { token, bound, refresh, lives, identifiers }) => {
                        self.refresh = refresh.filter(|_| bound);
                        self.access = Some(Access {
                            token: token.clone(),
                            key: self.key.clone().filter(|_| bound),
                            lives,
                            deferred: grant.issuer.deferred_endpoint.clone(),
                            notification: grant.issuer.notification_endpoint.clone(),
                            sealing: grant.issuer.sealing.clone(),
                        });
                        let granted =
                            Granted { id: grant.id, token, bound, identifiers, issuer: grant.issuer };
                        (granted.into_step(), Ok(()))
                    }
                    Err(ReceiveError::Refused(OAuthError::InvalidGrant))
                        if matches!(grant.code, Code::Refresh(_)) =>
                    {
                        (Step::Token { grant, tx_code, prompt }, Err(ReceiveError::RenewalEnded))
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
            Step::Credential { granted, keys, body: request, sealed } => {
                let opener = sealed.as_ref().and_then(|sealed| sealed.opener.as_ref());
                match ok(status, body).and_then(|()| answers::opened(body, opener, keys.len())) {
                    Ok(Given::Now { credentials, notification_id }) => {
                        self.took(granted, &keys, credentials, notification_id)
                    }
                    Ok(Given::Later { .. }) if granted.issuer.deferred_endpoint.is_none() => (
                        Step::Credential { granted, keys, body: request, sealed },
                        Err(ReceiveError::Deferred),
                    ),
                    Ok(Given::Later { transaction_id, interval }) => {
                        self.waits(granted, keys, transaction_id, interval)
                    }
                    // "`invalid_nonce`: [...] The wallet should retrieve a new `c_nonce` value". Once.
                    Err(ReceiveError::Refused(OAuthError::InvalidNonce)) if !self.nonce_retried => {
                        self.nonce_retried = true;
                        (granted.into_step(), Ok(()))
                    }
                    Err(error) => (Step::Credential { granted, keys, body: request, sealed }, Err(error)),
                }
            }
            other @ (Step::Begin { .. } | Step::TxCode { .. } | Step::Proofs { .. } | Step::Done) => {
                (other, Err(ReceiveError::OutOfOrder))
            }
        }
    }

    fn took(
        &mut self,
        mut granted: Granted,
        keys: &[PublicKey],
        credentials: Vec<Issued>,
        notification_id: Option<String>,
    ) -> (Step, Result<(), ReceiveError>) {
        let Some(configuration) = self.next_configuration(&mut granted) else {
            return (Step::Done, Err(ReceiveError::OutOfOrder));
        };
        let configuration_id = configuration.id.clone();
        self.notifications.extend(notification_id.map(|id| Notification { configuration_id, id }));
        self.received.extend(credentials.into_iter().map(|issued| Received {
            configuration_id: configuration.id.clone(),
            format: configuration.format,
            types: configuration.types.clone(),
            keys: keys.to_vec(),
            text: issued.credential,
            portrait: issued.portrait,
        }));
        (granted.following(), Ok(()))
    }

    fn waits(
        &mut self,
        mut granted: Granted,
        keys: Vec<PublicKey>,
        transaction_id: String,
        interval: Seconds,
    ) -> (Step, Result<(), ReceiveError>) {
        let Some(OfferedConfiguration { id, format, types }) = self.next_configuration(&mut granted) else {
            return (Step::Done, Err(ReceiveError::OutOfOrder));
        };
        self.awaited.push(Awaited { configuration_id: id, format, types, keys, transaction_id, interval });
        (granted.following(), Ok(()))
    }

    fn next_configuration(&mut self, granted: &mut Granted) -> Option<OfferedConfiguration> {
        if granted.issuer.configurations.is_empty() {
            return None;
        }
        self.nonce_retried = false;
        Some(granted.issuer.configurations.remove(0))
    }

    /// Takes the key that the tokens will be bound to; `rng` for what a log-in needs.
    ///
    /// # Errors
    /// [`ReceiveError::OutOfOrder`].
    pub fn bind(&mut self, key: PublicKey, rng: &mut dyn Rng) -> Result<(), ReceiveError> {
        self.key = Some(key);
        match std::mem::replace(&mut self.step, Step::Done) {
            Step::Begin { mut grant } => {
                if let Code::Authorization { verifier, state, .. } = &mut grant.code {
                    *verifier = pkce::verifier(rng);
                    *state = base64url::encode(array::<16>(rng));
                }
                self.step = Step::Push { grant };
                Ok(())
            }
            step @ Step::Token { .. } => {
                self.step = step;
                Ok(())
            }
            other => {
                self.step = other;
                Err(ReceiveError::OutOfOrder)
            }
        }
    }

    /// The key that the tokens are bound to.
    #[must_use]
    pub fn token_key(&self) -> Option<&PublicKey> {
        self.key.as_ref()
    }

    /// The refresh token that came, bound to that key.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&Secret<String>> {
        self.refresh.as_ref()
    }

    /// The proof of possession that the next request needs, to be signed by the token key; nothing when it needs none, or
    /// has it already.
    pub fn proof(&self, now: Timestamp, rng: &mut dyn Rng) -> Option<ToBeSigned> {
        let key = self.key.as_ref().filter(|_| self.signed.is_none())?;
        let (url, token) = match &self.step {
            Step::Push { grant } => (grant.server.pushed.as_ref()?, None),
            Step::Token { grant, .. } if grant.server.dpop => (&grant.server.token_endpoint, None),
            Step::Credential { granted, .. } if granted.bound => {
                (&granted.issuer.credential_endpoint, Some(granted.token.expose().as_str()))
            }
            _ => return None,
        };
        Some(dpop::proof(key, "POST", url.as_str(), self.dpop_nonce.as_deref(), token, now, rng))
    }

    /// Takes the signed proof for the next request.
    pub fn proved(&mut self, proof: String) {
        self.signed = Some(proof);
    }

    /// Takes the `DPoP-Nonce` of an answer, before the answer itself.
    pub fn dpop_nonce(&mut self, nonce: Option<String>) {
        if let Some(nonce) = nonce.filter(|nonce| nonce.len() <= 512) {
            self.dpop_nonce = Some(nonce);
        }
    }

    /// Takes the address that the browser came back to.
    ///
    /// # Errors
    /// [`ReceiveError::LogIn`] when it is not the answer to this log-in, [`ReceiveError::Refused`] when the person or the
    /// server said no.
    pub fn came_back(&mut self, address: &str) -> Result<(), ReceiveError> {
        let Step::LogIn { grant, .. } = &mut self.step else { return Err(ReceiveError::OutOfOrder) };
        let query = address.trim().strip_prefix(REDIRECT_URI).and_then(|rest| rest.strip_prefix('?'));
        let mut answer = query
            .and_then(|query| form::parse(query.as_bytes(), 8 * 1024).ok())
            .ok_or(ReceiveError::LogIn)?;
        let Code::Authorization { state, code, .. } = &mut grant.code else {
            return Err(ReceiveError::OutOfOrder);
        };
        // RFC 6749 section 10.12, and RFC 9207 section 2.4: "clients MUST compare the result to the issuer identifier of the
        // authorization server where the authorization request was sent to."
        if answer.get("state") != Some(state)
            || answer.get("iss").map(String::as_str) != Some(grant.id.as_str())
        {
            return Err(ReceiveError::LogIn);
        }
        if let Some(error) = answer.get("error") {
            return Err(ReceiveError::Refused(
                OAuthError::from_name(error).unwrap_or(OAuthError::ServerError),
            ));
        }
        *code = Some(Secret::new(answer.remove("code").ok_or(ReceiveError::LogIn)?));
        if let Step::LogIn { grant, .. } = std::mem::replace(&mut self.step, Step::Done) {
            self.step = Step::Token { grant, tx_code: None, prompt: None };
        }
        Ok(())
    }

    /// The body that shows a card in place of a browser's log-in; its answer goes to [`Receiving::fetched`].
    #[must_use]
    pub fn challenge(&self, presentation: &str) -> Option<Fetch> {
        let Step::LogIn { grant, request_uri } = &self.step else { return None };
        let url = grant.server.challenge.clone()?;
        let form = form::encode(&[
            ("client_id", CLIENT_ID),
            ("request_uri", request_uri),
            ("presentation", presentation),
        ]);
        let method = Method::Post(Body::Form(Secret::new(form)));
        Some(Fetch { url, method, bearer: None, dpop: None, limit: MAX_SMALL })
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
        self.proofs_of(keys, KeyAssurance::Software, now)
    }

    /// As [`Self::proofs`], for keys that live elsewhere than in an encrypted file: the proof says where.
    ///
    /// # Errors
    /// See [`Self::proofs`].
    pub fn proofs_of(
        &self,
        keys: Vec<PublicKey>,
        assurance: KeyAssurance,
        now: Timestamp,
    ) -> Result<ProofsToSign, ReceiveError> {
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
        // Said only where it differs from what an issuer takes for granted, so that strangers read what they always read.
        if let (KeyAssurance::Web, Some(claims)) = (assurance, claims.as_object_mut()) {
            claims.insert(KEY_ASSURANCE.into(), json!(assurance.name()));
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
                let (name, value) = match granted.identifiers.get(&id) {
                    Some(identifier) => ("credential_identifier", identifier),
                    None => ("credential_configuration_id", &id),
                };
                let mut body = Map::new();
                body.insert(name.to_owned(), json!(value));
                body.insert("proofs".to_owned(), json!({ "jwt": jwts }));
                self.step = Step::Credential { granted, keys: proofs.keys, body, sealed: None };
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

    /// What the issuer gives later.
    #[must_use]
    pub fn awaited(&self) -> &[Awaited] {
        &self.awaited
    }

    /// By what the issuer is told what became of what it gave.
    #[must_use]
    pub fn notifications(&self) -> &[Notification] {
        &self.notifications
    }

    /// The token that came, and what it is still good for.
    #[must_use]
    pub fn access(&self) -> Option<&Access> {
        self.access.as_ref()
    }
}

impl Granted {
    fn next(&self) -> Result<&OfferedConfiguration, ReceiveError> {
        self.issuer.configurations.first().ok_or(ReceiveError::OutOfOrder)
    }

    /// The step after a configuration is done with.
    fn following(self) -> Step {
        if self.issuer.configurations.is_empty() { Step::Done } else { self.into_step() }
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
    let mut parameters = match &grant.code {
        Code::PreAuthorized(code) => {
            vec![("grant_type", PRE_AUTHORIZED_CODE), ("pre-authorized_code", code.expose().as_str())]
        }
        Code::Authorization { verifier, code, .. } => vec![
            ("grant_type", "authorization_code"),
            ("code", code.as_ref().map_or("", |code| code.expose().as_str())),
            ("redirect_uri", REDIRECT_URI),
            ("code_verifier", verifier.expose().as_str()),
            ("client_id", CLIENT_ID),
        ],
        Code::Refresh(token) => {
            vec![
                ("grant_type", "refresh_token"),
                ("refresh_token", token.expose().as_str()),
                ("client_id", CLIENT_ID),
            ]
        }
    };
    if let Some(code) = tx_code {
        parameters.push(("tx_code", code.expose()));
    }
    form::encode(&parameters)
}

/// The pushed request: everything that is offered, by `authorization_details`.
fn pushed_form(grant: &Grant, key: Option<&PublicKey>) -> Result<String, ReceiveError> {
    let Code::Authorization { verifier, state, issuer_state, .. } = &grant.code else {
        return Err(ReceiveError::OutOfOrder);
    };
    let details: Vec<_> = grant
        .issuer
        .configurations
        .iter()
        .map(|one| json!({ "type": "openid_credential", "credential_configuration_id": one.id }))
        .collect();
    let details = json!(details).to_string();
    let challenge = pkce::challenge(verifier.expose());
    let jkt = key.map(|key| base64url::encode(key.thumbprint()));
    let mut parameters = vec![
        ("client_id", CLIENT_ID),
        ("response_type", "code"),
        ("redirect_uri", REDIRECT_URI),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", pkce::S256),
        ("state", state.as_str()),
        ("authorization_details", details.as_str()),
    ];
    parameters.extend(issuer_state.as_deref().map(|state| ("issuer_state", state)));
    parameters.extend(jkt.as_deref().map(|jkt| ("dpop_jkt", jkt)));
    Ok(form::encode(&parameters))
}

/// Whether the offer is still at its address.
fn there(status: u16) -> Result<(), ReceiveError> {
    match status {
        404 | 410 => Err(ReceiveError::OfferGone),
        _ => Ok(()),
    }
}

fn ok(status: u16, body: &[u8]) -> Result<(), ReceiveError> {
    match status {
        200..=299 => Ok(()),
        _ => Err(answers::oauth_error(body).map_or(ReceiveError::Status { status }, ReceiveError::Refused)),
    }
}
