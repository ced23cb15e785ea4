//! `POST /credential`: a batch of copies, one per key (OpenID4VCI 1.0, section 8).

use absah_credential::portrait::Portrait;
use absah_credential::{Format, Issuance, Pendamping, Validity};
use absah_issuer_core::card::{self, Made, Subject};
use absah_issuer_core::offer::{Grant, notification_id, token_key};
use absah_issuer_core::person::{self, Cid, Lookup};
use absah_issuer_core::ports::{self, Granted, Hold, Recorded, Slot};
use absah_issuer_core::{NotEligible, holder};
use absah_protocol::oauth::dpop::DpopError;
use absah_protocol::oauth::{OAuthError as Wire, ToOAuth};
use absah_protocol::oid4vci::encryption::{self, AnswerTo, OpenedRequest};
use absah_protocol::oid4vci::issuer::credential_request::{Issued, MAX_CREDENTIAL_REQUEST, deferred};
use absah_protocol::oid4vci::issuer::{
    CredentialRequest, CredentialRequestError, CredentialResponse, ProofExpectation,
};
use absah_schemas::CredentialType;
use absah_types::{Coded, Rng, Secret, Timestamp, array, base64url, coded};
use absah_web::{Now, OAuthError, Random, WebError};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;

use super::dpop::{self, Scheme};
use super::{failure, refusal};
use crate::app::App;
use crate::store::{Holders, PendampingError, Waiting};

/// Why an access token gives no card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueError {
    /// Nobody knows the token.
    TokenUnknown,
    /// The token has ended, or the card was withdrawn meanwhile.
    TokenEnded,
    /// The token gave a batch in this format before.
    IssuedBefore,
    /// The holder may not have this card any more.
    NotEligible(NotEligible),
    /// The token is bound to a key, and that key did not prove itself; or the other way round.
    TokenBound,
    /// Somebody has decided that the card is not issued.
    Withheld,
    /// Nothing more is given for the helper's session that it was for.
    Session(PendampingError),
}

impl core::fmt::Display for IssueError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::TokenUnknown => f.write_str("access token unknown"),
            Self::TokenEnded => f.write_str("access token ended"),
            Self::IssuedBefore => f.write_str("access token used before"),
            Self::NotEligible(error) => error.fmt(f),
            Self::TokenBound => f.write_str("access token is bound to another key, or to none"),
            Self::Withheld => f.write_str("card is withheld"),
            Self::Session(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for IssueError {}

coded! { IssueError {
    TokenUnknown => ("access-token-unknown", Peer),
    TokenEnded => ("access-token-ended", Peer),
    IssuedBefore => ("access-token-used", Peer),
    NotEligible(error) => inner(error),
    TokenBound => ("access-token-bound", Peer),
    Withheld => ("card-withheld", User),
    Session(error) => inner(error),
} }

impl ToOAuth for IssueError {
    fn oauth(&self) -> Wire {
        match self {
            Self::TokenUnknown | Self::TokenEnded | Self::TokenBound => Wire::InvalidToken,
            // "`credential_request_denied`: The Credential Request has not been accepted by the Credential Issuer."
            Self::IssuedBefore | Self::NotEligible(_) | Self::Withheld | Self::Session(_) => {
                Wire::CredentialRequestDenied
            }
        }
    }
}

fn denied(error: &IssueError) -> Response {
    match error.oauth() {
        Wire::InvalidToken => OAuthError::unauthorized("invalid_token").because(error).into_response(),
        _ => refusal(error).into_response(),
    }
}

/// A request to a resource with a token that holds.
pub(super) struct Access {
    pub(super) access_token: Secret<String>,
    /// Its digest.
    pub(super) token: [u8; 32],
    pub(super) grant: Grant,
    pub(super) subject: Subject,
    /// The formats in which it has given its batch.
    issued: Vec<Format>,
    /// Whether its cards wait.
    pub(super) hold: Hold,
    /// Whether a helper carries the card.
    carried: bool,
}

/// Checks the access token of a `POST` to `path` and, where it is bound to a key, that the key made the request.
///
/// # Errors
/// The answer to give.
pub(super) async fn authorized(
    app: &App,
    headers: &HeaderMap,
    path: &str,
    now: Timestamp,
) -> Result<Access, Response> {
    let no_token = || OAuthError::unauthorized("invalid_token").because(&WebError::NoToken).into_response();
    let (access_token, scheme) = dpop::access_token(headers).ok_or_else(no_token)?;
    let proof = match scheme {
        Scheme::Bearer => None,
        Scheme::Dpop => {
            let proof = dpop::proof(app, headers, path, Some(&access_token), now).await?;
            Some(proof.ok_or_else(|| dpop::refused(app, &DpopError::Missing, true, now))?)
        }
    };
    let token = token_key(access_token.expose());
    let granted = app.0.store.granted(token).await.map_err(|error| failure(&error).into_response())?;
    let Granted { grant, subject, issued, hold, carried } =
        granted.ok_or_else(|| denied(&IssueError::TokenUnknown))?;
    // RFC 9449 section 7.2: a bound token without its proof "MUST [be] reject[ed]"; and a proof of another key proves nothing.
    if grant.jkt != proof.map(|proof| proof.thumbprint) {
        return Err(denied(&IssueError::TokenBound));
    }
    if now >= grant.expires_at {
        return Err(denied(&IssueError::TokenEnded));
    }
    Ok(Access { access_token, token, grant, subject, issued, hold, carried })
}

#[utoipa::path(
    post, path = "/credential", tag = "issuance",
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 200, description = "The copies.", body = Object),
        (status = 202, description = "Later: a transaction_id.", body = Object),
        (status = 400, description = "Refused, with an error of OpenID4VCI section 8.3.1.2.", body = super::openapi::OAuthBody),
        (status = 401, description = "The access token or its proof does not hold.", body = super::openapi::OAuthBody),
        (status = 413, description = "The body is too large.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn issue(
    State(app): State<App>,
    Now(now): Now,
    Random(mut rng): Random,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Response> {
    let access = authorized(&app, &headers, "/credential", now).await?;
    let request = opened(&app, &headers, &body, MAX_CREDENTIAL_REQUEST)
        .and_then(|opened| CredentialRequest::parse_opened(&opened, &app.0.request_key))
        .map_err(|error| refusal(&error).into_response())?;
    let answer_to = request.answer_to.as_ref();
    let format = offered_format(&request, &access).map_err(|error| refusal(&error).into_response())?;
    // A token that has given its batch costs no look at proofs and takes no places in status lists.
    if access.issued.contains(&format) {
        return Err(denied(&IssueError::IssuedBefore));
    }
    let expected = ProofExpectation { issuer: app.0.identity.id(), nonce: &app.0.nonces, now };
    let mut keys =
        request.check_proofs(&expected).map_err(|error| refusal(&error).into_response())?.into_vec();
    // A helper's session is one errand: with more copies, no two counters could tell that it is the same.
    if access.carried {
        keys.truncate(1);
    }
    let holders = Holders { keys, assurance: request.assurance() };
    let broken = |error: ports::StoreError| failure(&error).into_response();
    match access.hold {
        Hold::Free => {}
        Hold::Refused => return Err(denied(&IssueError::Withheld)),
        // Section 8.3: "If the Credential Issuer is not able to immediately issue a requested Credential [...], it MUST
        // return an HTTP status code 202".
        Hold::Waits => {
            let ledger = app.ledger().ok_or_else(|| broken(ports::StoreError::Damaged))?;
            let transaction = base64url::encode(array::<32>(rng.as_mut()));
            let waiting = Waiting { token: access.token, format, holders };
            ledger.store.defer(&transaction, waiting, now).await.map_err(broken)?;
            let body = deferred(&transaction, super::deferred::INTERVAL);
            return Ok((StatusCode::ACCEPTED, answer(body, answer_to, rng.as_mut())).into_response());
        }
    }
    give(&app, access, format, &holders, answer_to, rng, now).await
}

/// The body of a request, opened where it is encrypted.
pub(super) fn opened(
    app: &App,
    headers: &HeaderMap,
    body: &[u8],
    limit: usize,
) -> Result<OpenedRequest, CredentialRequestError> {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    Ok(app.0.request_key.open(media_type, body, limit)?)
}

/// The body of an answer, encrypted where that was asked for.
pub(super) fn answer(body: Value, to: Option<&AnswerTo>, rng: &mut dyn Rng) -> Response {
    match to {
        Some(to) => ([(CONTENT_TYPE, encryption::MEDIA_TYPE)], to.seal(&body, rng)).into_response(),
        None => Json(body).into_response(),
    }
}

/// Signs a batch and hands it out once it is on record.
pub(super) async fn give(
    app: &App,
    access: Access,
    format: Format,
    holders: &Holders,
    answer_to: Option<&AnswerTo>,
    mut rng: Box<dyn Rng + Send>,
    now: Timestamp,
) -> Result<Response, Response> {
    let Access { token, grant, subject, carried, .. } = access;
    let broken = |error: ports::StoreError| failure(&error).into_response();
    let keeper =
        holder(grant.kind, &subject, now).map_err(|error| denied(&IssueError::NotEligible(error)))?;
    let session = match app.ledger().filter(|_| carried) {
        Some(ledger) => ledger.store.pendamping_of(grant.offer).await.map_err(broken)?,
        None => None,
    };
    let validity = match &session {
        Some(session) if session.is_over(now) => {
            return Err(denied(&IssueError::Session(PendampingError::Over)));
        }
        Some(session) => Validity::session(now, session.ends_at).ok(),
        None => card::validity(grant.kind, &subject, now),
    };
    let validity = validity.ok_or_else(|| failure(&Unsigned::Validity).into_response())?;

    let fresh = Cid::from_bytes(array(rng.as_mut()));
    let lookup = Lookup::of(app.0.keys.as_ref(), keeper);
    let holder = app.0.store.person(lookup, fresh).await.map_err(broken)?;
    let slots = app.0.store.reserve(holders.keys.len()).await.map_err(broken)?;
    let helper = session.map(|session| session.helper);
    let batch = Batch { app, grant: &grant, format, subject: &subject, holder, validity, helper, now };
    let credentials =
        batch.sign(holders, &slots, rng).map_err(|error| failure(error.as_ref()).into_response())?;
    let bound = grant.jkt.is_some();
    let issued = ports::Issued { token, grant, format, at: now, expires_at: validity.until(), slots };
    match app.0.store.record(issued).await.map_err(broken)? {
        Recorded::Now => {
            let notification_id = Some(notification_id(&token, format));
            let response = CredentialResponse { credentials, notification_id };
            let response = answer(response.to_value(), answer_to, app.0.ambient.rng().as_mut());
            Ok(if bound { dpop::with_nonce(app, response, now) } else { response })
        }
        Recorded::Before => Err(denied(&IssueError::IssuedBefore)),
        Recorded::NotAny => Err(denied(&IssueError::TokenEnded)),
    }
}

fn offered_format(request: &CredentialRequest, access: &Access) -> Result<Format, CredentialRequestError> {
    let grant = &access.grant;
    if request.by_identifier && !grant.details.contains(&request.configuration_id) {
        return Err(CredentialRequestError::Identifier);
    }
    match ports::of_configuration_id(&request.configuration_id) {
        // Nor in two forms: the one that counters read is enough.
        Some((_, format)) if access.carried && format != Format::VcSdJwt => {
            Err(CredentialRequestError::UnknownConfiguration)
        }
        Some((kind, format)) if kind == grant.kind => Ok(format),
        _ => Err(CredentialRequestError::UnknownConfiguration),
    }
}

/// Why a card that may be issued was not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsigned {
    /// It would be valid for no time at all.
    Validity,
    /// Fewer places in status lists than keys.
    Slots,
}

impl core::fmt::Display for Unsigned {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Validity => "card would never be valid",
            Self::Slots => "too few places in status lists",
        })
    }
}

impl core::error::Error for Unsigned {}

coded! { Unsigned {
    Validity => ("card-validity-empty", Bug),
    Slots => ("card-slots-missing", Bug),
} }

/// Copies of one card for several keys.
struct Batch<'a> {
    app: &'a App,
    grant: &'a Grant,
    format: Format,
    subject: &'a Subject,
    holder: Cid,
    validity: Validity,
    /// Who carries it, in a helper's session.
    helper: Option<Pendamping>,
    now: Timestamp,
}

impl Batch<'_> {
    fn sign(
        &self,
        holders: &Holders,
        slots: &[Slot],
        mut rng: Box<dyn Rng + Send>,
    ) -> Result<Vec<Issued>, Box<dyn Coded>> {
        if slots.len() != holders.keys.len() {
            return Err(Box::new(Unsigned::Slots));
        }
        let keys = self.app.0.keys.as_ref();
        let (kind, is_identity) = (self.grant.kind, self.grant.kind == CredentialType::KtpElektronik);
        // Only the identity card has a picture. A salted hash of it is each copy's own; the picture itself is the same
        // in all.
        let picture = self.subject.picture.as_deref().filter(|_| is_identity);
        let is_hash = self.format == Format::VcSdJwt;
        let signing = self.app.0.identity.signing(self.now).map_err(boxed)?;
        let issuer = &signing.issuer;
        let key = signing.signer.key(keys).map_err(boxed)?;
        let made = Made {
            // The same in every copy, so that a sector knows the person again.
            tokens: is_identity.then(|| person::tokens(keys, self.holder)),
            link: Some(person::holder_link(keys, self.holder, 0)),
            portrait: salted(picture, rng.as_mut())?,
            keys: holders.assurance,
            registrar: self.app.0.registrar.clone(),
        };
        let mut groups =
            card::groups(kind, self.format, self.subject, made, self.now.date()).map_err(boxed)?;
        if let Some(helper) = &self.helper {
            groups = groups.carried_by(helper);
        }
        let mut issued = Vec::with_capacity(holders.keys.len());
        for (copy, (holder, slot)) in (0..).zip(holders.keys.iter().zip(slots)) {
            let portrait = salted(picture.filter(|_| is_hash), rng.as_mut())?;
            groups.renew(portrait.as_ref(), Some(person::holder_link(keys, self.holder, copy)));
            let (groups, status) = (&groups, &slot.reference);
            let issuance = Issuance { issuer, groups, validity: self.validity, holder, status };
            let prepared = issuance.prepare(rng.as_mut()).map_err(boxed)?;
            let signature = key.sign(prepared.to_be_signed()).map_err(boxed)?;
            let portrait = portrait.map(|portrait| portrait.blob().to_vec());
            issued.push(Issued { credential: prepared.attach(&signature), portrait });
        }
        Ok(issued)
    }
}

fn salted(picture: Option<&[u8]>, rng: &mut dyn Rng) -> Result<Option<Portrait>, Box<dyn Coded>> {
    picture.map(|picture| Portrait::new(picture, rng)).transpose().map_err(boxed)
}

fn boxed<E: Coded + 'static>(error: E) -> Box<dyn Coded> {
    Box::new(error)
}
