use crate::WebError;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, CACHE_CONTROL, CONTENT_LENGTH,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use core::future::poll_fn;
use core::pin::pin;
use core::task::Poll;
use core::time::Duration;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What one request may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of body at most; a route may set another limit with axum's `DefaultBodyLimit`.
    pub body: usize,
    /// From the end of the headers to the answer, reading the body included.
    pub time: Duration,
}

impl Default for Limits {
    /// 256 kB, 30 seconds.
    fn default() -> Self {
        Self { body: 256 * 1024, time: Duration::from_secs(30) }
    }
}

/// Wraps finished routes in what every listener needs: unknown paths, wrong methods and bodies too large as
/// `problem+json`, limits, careful headers, and a panic becomes a bare 500. Apply last.
pub fn harden<S: Clone + Send + Sync + 'static>(routes: Router<S>, limits: Limits) -> Router<S> {
    routes
        .fallback(|| async { WebError::NotFound })
        .layer(from_fn(described))
        .layer(DefaultBodyLimit::max(limits.body))
        .layer(from_fn(move |request, next: Next| async move {
            match tokio::time::timeout(limits.time, unpanicked(next.run(request))).await {
                Ok(response) => response,
                Err(_) => WebError::Timeout.into_response(),
            }
        }))
        .layer(from_fn(careful_headers))
}

/// The answer of a handler, or 500 if it panics: other requests of the program go on, and the one who asked
/// learns nothing of the inside.
async fn unpanicked(answer: impl Future<Output = Response>) -> Response {
    let mut answer = pin!(answer);
    poll_fn(|context| {
        // After a panic the future is dropped, never polled again.
        catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(context)))
            .unwrap_or_else(|_| Poll::Ready(WebError::Panicked.into_response()))
    })
    .await
}

/// axum's own answer to a wrong method is empty but names the right ones in `Allow`, and to a body over the limit it is bare
/// text: what stands in their headers is kept, the body is ours.
async fn described(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let kind = response.headers().get(CONTENT_TYPE);
    let is_text = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let error = match response.status() {
        StatusCode::METHOD_NOT_ALLOWED if kind.is_none() => WebError::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE if is_text => WebError::TooLarge,
        _ => return response,
    };
    let mut described = error.into_response();
    for (name, value) in response.headers() {
        if *name != CONTENT_LENGTH && *name != CONTENT_TYPE {
            described.headers_mut().insert(name, value.clone());
        }
    }
    described
}

/// A page that needs more than nothing sets its own policy; it is left as it is.
async fn careful_headers(request: Request, next: Next) -> Response {
    const CAREFUL: [(HeaderName, HeaderValue); 3] = [
        (
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(
                "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            ),
        ),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    let mut response = next.run(request).await;
    for (name, value) in CAREFUL {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}

/// Marks every answer of these routes as not to be kept by anybody: tokens, credentials, personal data
/// (RFC 6749, section 5.1).
pub fn no_store<S: Clone + Send + Sync + 'static>(routes: Router<S>) -> Router<S> {
    routes.layer(from_fn(|request, next: Next| async move {
        let mut response = next.run(request).await;
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }))
}

/// Lets pages of any origin call these routes, without cookies: for the public endpoints (OpenID4VCI, status,
/// bundle), so that wallets in browsers work. Never for the console.
pub fn cors<S: Clone + Send + Sync + 'static>(routes: Router<S>) -> Router<S> {
    routes.layer(from_fn(|request: Request, next: Next| async move {
        let preflight = request.method() == Method::OPTIONS;
        let mut response =
            if preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        if preflight {
            headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, OPTIONS"));
            headers.insert(
                ACCESS_CONTROL_ALLOW_HEADERS,
                HeaderValue::from_static("authorization, content-type, dpop"),
            );
            headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
        } else {
            headers.insert(
                ACCESS_CONTROL_EXPOSE_HEADERS,
                HeaderValue::from_static("dpop-nonce, www-authenticate"),
            );
        }
        response
    }))
}

/// `GET /healthz`: 200 `ok` while `ready` says so, otherwise 503.
pub fn healthz<S, F>(ready: F) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    F: Fn() -> bool + Clone + Send + Sync + 'static,
{
    Router::new().route(
        "/healthz",
        get(move || async move {
            if ready() { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "not ready") }
        }),
    )
}

#[cfg(test)]
mod tests;
