use crate::{OAuthError, WebError};
use absah_crypto::json;
use absah_types::Secret;
use axum::body::Bytes;
use axum::extract::{Form, FromRequest, FromRequestParts, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use serde::de::DeserializeOwned;

/// Handler argument: a JSON body, repeated member names refused. Rejections are `problem+json`.
#[derive(Debug, Clone)]
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebError> {
        let media_type = media_type(request.headers()).unwrap_or_default();
        if media_type != "application/json" && !media_type.ends_with("+json") {
            return Err(WebError::MediaType);
        }
        let body = Bytes::from_request(request, state).await.map_err(|rejection| {
            too_large_or(rejection.into_response().status(), WebError::Json(json::JsonError::Malformed))
        })?;
        json::from_slice(&body).map(Self).map_err(WebError::Json)
    }
}

/// Handler argument: an `application/x-www-form-urlencoded` body, as OAuth 2.0 endpoints take it. Rejections are
/// the OAuth error `invalid_request`. A repeated field is refused if `T` names it (RFC 6749, section 3.2).
#[derive(Debug, Clone)]
pub struct FormBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for FormBody<T> {
    type Rejection = OAuthError;

    async fn from_request(request: Request, state: &S) -> Result<Self, OAuthError> {
        let refuse =
            |error: WebError| OAuthError::new("invalid_request").with_status(error.status()).because(&error);
        if media_type(request.headers()).as_deref() != Some("application/x-www-form-urlencoded") {
            return Err(refuse(WebError::MediaType));
        }
        match Form::<T>::from_request(request, state).await {
            Ok(Form(fields)) => Ok(Self(fields)),
            Err(rejection) => Err(refuse(too_large_or(rejection.into_response().status(), WebError::Form))),
        }
    }
}

/// Handler argument: the access token of `Authorization: Bearer …` (RFC 6750, section 2.1).
#[derive(Debug, Clone)]
pub struct BearerToken(pub Secret<String>);

impl<S: Send + Sync> FromRequestParts<S> for BearerToken {
    type Rejection = OAuthError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, OAuthError> {
        let mut values = parts.headers.get_all(AUTHORIZATION).iter();
        let token = match (values.next().and_then(|value| value.to_str().ok()), values.next()) {
            (Some(value), None) => value.split_once(' '),
            _ => None,
        };
        match token {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() => {
                Ok(Self(Secret::new(token.to_owned())))
            }
            _ => Err(OAuthError::unauthorized("invalid_token").because(&WebError::NoToken)),
        }
    }
}

fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next()?.trim().to_ascii_lowercase())
}

fn too_large_or(status: StatusCode, other: WebError) -> WebError {
    if status == StatusCode::PAYLOAD_TOO_LARGE { WebError::TooLarge } else { other }
}
