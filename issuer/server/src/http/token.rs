//! `POST /token`: an offer's code, an authorization code or a refresh token, for an access token (OpenID4VCI 1.0,
//! section 6; RFC 6749; RFC 9449).

use absah_issuer_core::offer::{key_of_code, token_key};
use absah_issuer_core::ports::NewToken;
use absah_protocol::oauth::dpop::DpopError;
use absah_protocol::oauth::{OAuthError as Wire, ToOAuth};
use absah_protocol::oid4vci::issuer::{GrantRequest, TokenError, TokenResponse};
use absah_types::{Secret, Timestamp, array, base64url};
use absah_web::{Now, OAuthError, Problem, Random, WebError};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::{dpop, failure, refusal};
use crate::app::App;
use crate::store::{PendampingError, PendampingSession, refresh_key};

impl ToOAuth for PendampingError {
    fn oauth(&self) -> Wire {
        Wire::InvalidGrant
    }
}

/// What a refusal means for the offer of a helper's session; none where it is about something else.
fn session_refusal(
    error: &TokenError,
    session: &PendampingSession,
    now: Timestamp,
) -> Option<PendampingError> {
    match error {
        TokenError::Redeemed | TokenError::Expired if session.is_over(now) => Some(PendampingError::Over),
        TokenError::Redeemed => Some(PendampingError::Used),
        _ => None,
    }
}

#[utoipa::path(
    post, path = "/token", tag = "issuance",
    request_body(content = Object, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "An access token.", body = Object),
        (status = 400, description = "Refused, with an error of RFC 6749.", body = super::openapi::OAuthBody),
        (status = 401, description = "The access token or its proof does not hold.", body = super::openapi::OAuthBody),
        (status = 413, description = "The body is too large.", body = super::openapi::ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "No form.", body = super::openapi::OAuthBody)
    )
)]
pub(super) async fn redeem(
    State(app): State<App>,
    Now(now): Now,
    Random(mut rng): Random,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Response> {
    // RFC 6749, section 3.2: parameters are sent "using the "application/x-www-form-urlencoded" format".
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let refused = OAuthError::new("invalid_request").with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        return Err(refused.because(&WebError::MediaType).into_response());
    }
    let request = GrantRequest::parse(&body).map_err(|error: TokenError| refusal(&error).into_response())?;
    let proof = dpop::proof(&app, &headers, "/token", None, now).await?;
    let jkt = proof.map(|proof| proof.thumbprint);
    let fresh = |rng: &mut dyn absah_types::Rng| Secret::new(base64url::encode(array::<32>(rng)));
    let access_token = fresh(rng.as_mut());
    // A refresh token is worth having only if nobody else can use it; one that is used stays as it is.
    let renews = jkt.is_some() && !matches!(request, GrantRequest::Refresh(_));
    let refresh_token = renews.then(|| fresh(rng.as_mut()));
    drop(rng);
    let new = NewToken {
        access: token_key(access_token.expose()),
        refresh: refresh_token.as_ref().map(|token| refresh_key(token.expose())),
    };
    let missing = || dpop::refused(&app, &DpopError::Missing, false, now);
    #[expect(clippy::result_large_err, reason = "an answer, given at once")]
    let ledger = || app.ledger().ok_or_else(|| Problem::of(&WebError::NotFound).into_response());
    let granted = match request {
        GrantRequest::PreAuthorized(request) => {
            let anonymous_access = app.0.identity.profile().anonymous_access;
            let offer = key_of_code(request.pre_authorized_code.expose());
            let granted = app.0.store.redeem(request, anonymous_access, new, jkt, now).await;
            if let (Ok(Err(error)), Some(ledger)) = (&granted, app.ledger()) {
                let session = ledger.store.pendamping_of(offer).await;
                let session = session.map_err(|error| failure(&error).into_response())?;
                if let Some(why) = session.and_then(|session| session_refusal(error, &session, now)) {
                    return Err(refusal(&why).into_response());
                }
            }
            granted
        }
        GrantRequest::Code(request) => {
            let jkt = jkt.ok_or_else(missing)?;
            ledger()?.store.exchange(request, new, jkt, now).await
        }
        GrantRequest::Refresh(token) => {
            let jkt = jkt.ok_or_else(missing)?;
            ledger()?.store.refresh(token.expose(), new, jkt, now).await
        }
    };
    let granted = granted.map_err(|error| failure(&error).into_response())?;
    let grant = granted.map_err(|error| refusal(&error).into_response())?;
    // What a helper carries ends with the session: there is no right to renew it.
    let carried = match (&refresh_token, app.ledger()) {
        (Some(_), Some(ledger)) => {
            let session = ledger.store.pendamping_of(grant.offer).await;
            session.map_err(|error| failure(&error).into_response())?.is_some()
        }
        _ => false,
    };
    let refresh_token = refresh_token.filter(|_| !carried);
    let response = TokenResponse {
        access_token,
        expires_in: grant.expires_at.since(now),
        bound: jkt.is_some(),
        refresh_token,
        details: grant.details,
    };
    let response = Json(response.to_value()).into_response();
    Ok(if jkt.is_some() { dpop::with_nonce(&app, response, now) } else { response })
}
