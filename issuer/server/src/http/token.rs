//! `POST /token`: the code of an offer and the code read aloud, for an access token (OpenID4VCI 1.0, section 6).

use absah_issuer_core::offer::token_key;
use absah_protocol::oid4vci::issuer::{TokenError, TokenRequest, TokenResponse};
use absah_types::{Secret, array, base64url};
use absah_web::{Now, OAuthError, Random, WebError};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::{failure, refusal};
use crate::app::App;

pub(super) async fn redeem(
    State(app): State<App>,
    Now(now): Now,
    Random(mut rng): Random,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, OAuthError> {
    // RFC 6749, section 3.2: parameters are sent "using the "application/x-www-form-urlencoded" format".
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let refused = OAuthError::new("invalid_request").with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        return Err(refused.because(&WebError::MediaType));
    }
    let request = TokenRequest::parse(&body).map_err(|error: TokenError| refusal(&error))?;
    let access_token = Secret::new(base64url::encode(array::<32>(rng.as_mut())));
    drop(rng);
    let anonymous_access = app.0.identity.profile().anonymous_access;
    let redeemed = app.0.store.redeem(request, anonymous_access, token_key(access_token.expose()), now).await;
    let grant = redeemed.map_err(|error| failure(&error))?.map_err(|error| refusal(&error))?;
    let response = TokenResponse { access_token, expires_in: grant.expires_at.since(now) };
    Ok(Json(response.to_value()))
}
