//! Who holds the key: the `DPoP` header of a request (RFC 9449), and the nonce that is given back.

use absah_protocol::oauth::ToOAuth as _;
use absah_protocol::oauth::dpop::{self, DpopError, Expectation, Proof};
use absah_types::{Secret, Timestamp};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::{failure, refusal};
use crate::app::App;

const NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// Checks the proof of a `POST` to `path`, if one came; its `jti` is used up.
///
/// # Errors
/// The answer to give: 400 at the token endpoint, 401 at a resource (with an access token).
pub(super) async fn proof(
    app: &App,
    headers: &HeaderMap,
    path: &str,
    access_token: Option<&Secret<String>>,
    now: Timestamp,
) -> Result<Option<Proof>, Response> {
    let refused = |error: DpopError| refused(app, &error, access_token.is_some(), now);
    let mut sent = headers.get_all(dpop::HEADER).iter();
    let Some(text) = sent.next() else { return Ok(None) };
    // Section 4.3: "there is not more than one DPoP HTTP request header field".
    let text = text.to_str().ok().filter(|_| sent.next().is_none()).ok_or(DpopError::Payload);
    let url = app.identity().id().endpoint(path);
    let expected = Expectation {
        method: "POST",
        url: &url,
        nonces: &app.0.dpop_nonces,
        access_token: access_token.map(|token| token.expose().as_str()),
        now,
    };
    let proof = text.and_then(|text| dpop::check(text, &expected)).map_err(refused)?;
    let fresh = app.0.store.use_once(proof.replay, now).await;
    match fresh.map_err(|error| failure(&error).into_response())? {
        true => Ok(Some(proof)),
        false => Err(refused(DpopError::Replayed)),
    }
}

/// The answer to a proof that does not hold; a nonce comes along, so that the next one can.
pub(super) fn refused(app: &App, error: &DpopError, at_resource: bool, now: Timestamp) -> Response {
    let oauth = error.oauth();
    let mut response = if at_resource {
        refusal(error).with_status(StatusCode::UNAUTHORIZED).into_response()
    } else {
        refusal(error).into_response()
    };
    if at_resource {
        // Section 9: "WWW-Authenticate: DPoP error="use_dpop_nonce"".
        let challenge = format!("DPoP error=\"{}\", algs=\"ES256\"", oauth.as_str());
        if let Ok(challenge) = HeaderValue::from_str(&challenge) {
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
    }
    with_nonce(app, response, now)
}

/// The same answer with a fresh nonce for the next request (section 8.2).
pub(super) fn with_nonce(app: &App, mut response: Response, now: Timestamp) -> Response {
    let nonce = app.0.dpop_nonces.issue(now, app.0.ambient.rng().as_mut());
    if let Ok(nonce) = HeaderValue::from_str(&nonce) {
        response.headers_mut().insert(NONCE, nonce);
    }
    response
}

/// The access token of a request to a resource, and the scheme it came by.
pub(super) fn access_token(headers: &HeaderMap) -> Option<(Secret<String>, Scheme)> {
    let mut sent = headers.get_all(AUTHORIZATION).iter();
    let value = sent.next()?.to_str().ok()?;
    if sent.next().is_some() {
        return None;
    }
    let (scheme, token) = value.split_once(' ')?;
    let scheme = if scheme.eq_ignore_ascii_case("bearer") {
        Scheme::Bearer
    } else if scheme.eq_ignore_ascii_case("dpop") {
        Scheme::Dpop
    } else {
        return None;
    };
    let token = token.trim();
    let holds = !token.is_empty() && token.len() <= 1024 && token.bytes().all(|byte| byte.is_ascii_graphic());
    holds.then(|| (Secret::new(token.to_owned()), scheme))
}

/// How an access token came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// RFC 6750.
    Bearer,
    /// RFC 9449.
    Dpop,
}
