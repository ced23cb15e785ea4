use absah_crypto::json::JsonError;
use absah_types::{Coded, Fault, coded};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use core::fmt;
use serde_json::json;

/// An error as `application/problem+json` (RFC 9457), with our code as the member `code`.
///
/// Says what the error's `Display` says, and for a fault of our own only that there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    status: StatusCode,
    title: String,
    code: &'static str,
    challenge: Option<&'static str>,
}

impl Problem {
    /// From an error, with the status that its fault suggests: 400 for the peer or the user, 503 for the
    /// environment, 500 for ourselves.
    pub fn of(error: &dyn Coded) -> Self {
        Self::with_status(
            match error.fault() {
                Fault::Peer | Fault::User => StatusCode::BAD_REQUEST,
                Fault::Environment => StatusCode::SERVICE_UNAVAILABLE,
                Fault::Bug => StatusCode::INTERNAL_SERVER_ERROR,
            },
            error,
        )
    }

    /// From an error, with the status that the endpoint's table gives it.
    pub fn with_status(status: StatusCode, error: &dyn Coded) -> Self {
        let title = match error.fault() {
            Fault::Bug => "internal error".to_owned(),
            Fault::Peer | Fault::User | Fault::Environment => error.to_string(),
        };
        Self { status, title, code: error.code(), challenge: None }
    }

    /// The same with `WWW-Authenticate`, which an answer 401 must carry (RFC 9110, section 15.5.2).
    #[must_use]
    pub fn challenged(mut self, challenge: &'static str) -> Self {
        self.challenge = Some(challenge);
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = json!({
            "type": "about:blank",
            "title": self.title,
            "status": self.status.as_u16(),
            "code": self.code,
        });
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("application/problem+json")),
            (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        let mut response = (self.status, headers, body.to_string()).into_response();
        if let Some(challenge) = self.challenge {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        response
    }
}

/// An error as OAuth 2.0 writes it (RFC 6749, section 5.2), which OpenID4VCI and OpenID4VP take over; with our
/// code as the member `absah_code`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuthError {
    status: StatusCode,
    error: &'static str,
    description: Option<String>,
    code: Option<&'static str>,
}

impl OAuthError {
    /// Status 400 and one of the registered error codes, such as `invalid_grant`.
    pub fn new(error: &'static str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, error, description: None, code: None }
    }

    /// Status 401, and `WWW-Authenticate: Bearer error="…"` (RFC 6750, section 3), such as `invalid_token`.
    pub fn unauthorized(error: &'static str) -> Self {
        Self { status: StatusCode::UNAUTHORIZED, ..Self::new(error) }
    }

    /// The same with another status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The same with the cause in words and as our code; a fault of our own is not described.
    #[must_use]
    pub fn because(mut self, cause: &dyn Coded) -> Self {
        // RFC 6749, section 5.2: "Values for the "error_description" parameter MUST NOT include characters outside
        // the set %x20-21 / %x23-5B / %x5D-7E."
        let allowed = |c: &char| matches!(c, ' '..='!' | '#'..='[' | ']'..='~');
        if cause.fault() != Fault::Bug {
            self.description = Some(cause.to_string().chars().filter(allowed).collect());
        }
        self.code = Some(cause.code());
        self
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": self.error });
        if let Some(members) = body.as_object_mut() {
            members.extend(self.description.map(|text| ("error_description".to_owned(), text.into())));
            members.extend(self.code.map(|code| ("absah_code".to_owned(), code.into())));
        }
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        let mut response = (self.status, headers, body.to_string()).into_response();
        if self.status == StatusCode::UNAUTHORIZED
            && let Ok(challenge) = HeaderValue::from_str(&format!("Bearer error=\"{}\"", self.error))
        {
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// What goes wrong before a request reaches its endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebError {
    /// No such path.
    NotFound,
    /// The path does not take this method.
    MethodNotAllowed,
    /// The body is of another media type than the endpoint takes.
    MediaType,
    /// The body is longer than the limit.
    TooLarge,
    /// The body is no form, or was cut off.
    Form,
    /// The body is not the JSON that was expected.
    Json(JsonError),
    /// The request needs a bearer token and brought none.
    NoToken,
    /// The request took too long.
    Timeout,
    /// The endpoint failed in a way it should not have.
    Panicked,
}

impl WebError {
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Form | Self::Json(_) => StatusCode::BAD_REQUEST,
            Self::NoToken => StatusCode::UNAUTHORIZED,
            Self::Timeout => StatusCode::REQUEST_TIMEOUT,
            Self::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        Problem::with_status(self.status(), &self).into_response()
    }
}

impl fmt::Display for WebError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is nothing at this address"),
            Self::MethodNotAllowed => f.write_str("the address does not take this method"),
            Self::MediaType => f.write_str("the body is of another media type than expected"),
            Self::TooLarge => f.write_str("the body is too large"),
            Self::Form => f.write_str("the body is no form with the expected fields"),
            Self::Json(e) => e.fmt(f),
            Self::NoToken => f.write_str("the request needs an access token"),
            Self::Timeout => f.write_str("the request took too long"),
            Self::Panicked => f.write_str("internal error"),
        }
    }
}

impl std::error::Error for WebError {}

coded! { WebError {
    NotFound => ("web-not-found", Peer),
    MethodNotAllowed => ("web-method", Peer),
    MediaType => ("web-media-type", Peer),
    TooLarge => ("web-too-large", Peer),
    Form => ("web-form", Peer),
    Json(e) => inner(e),
    NoToken => ("web-no-token", Peer),
    Timeout => ("web-timeout", Peer),
    Panicked => ("web-internal", Bug),
} }
