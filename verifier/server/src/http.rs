//! What wallets reach: the request, and where its answer goes (OpenID4VP 1.0, sections 5.7 and 8.2).
//!
//! Facts never leave here: a session says only whether it was answered and with which code.

use std::sync::Arc;

use absah_protocol::oid4vp::request::read_request_uri_post;
use absah_protocol::oid4vp::response::{MAX_RESPONSE, ResponseError, response_body};
use absah_types::Coded;
use absah_web::{Ambient, Limits, Now, OAuthError, Problem, Random, cors, harden, healthz};
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRef, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::json;

use crate::app::App;
use crate::error::{Failure, VerifierError};

/// The routes of `serve`.
pub fn router(app: Arc<App>) -> Router {
    let public = Router::new()
        .route("/requests/{session}", get(request_object).head(no_head).post(request_for_wallet))
        .route("/responses/{session}", post(response).layer(DefaultBodyLimit::max(MAX_RESPONSE)))
        .route("/sessions/{session}", get(session));
    let routes = cors(public).merge(healthz(|| true)).with_state(Lent(app));
    harden(routes, Limits { body: MAX_RESPONSE, ..Limits::default() })
}

/// A request goes to whoever fetches it first: a look without its content must not take it.
async fn no_head() -> StatusCode {
    StatusCode::METHOD_NOT_ALLOWED
}

#[derive(Clone)]
struct Lent(Arc<App>);

impl FromRef<Lent> for Ambient {
    fn from_ref(state: &Lent) -> Self {
        state.0.ambient().clone()
    }
}

/// A failure as `problem+json`: an unknown session is 404, everything else is ours.
fn problem(failure: &Failure) -> Response {
    let code = failure.coded().code();
    if code == VerifierError::UnknownSession.code() {
        Problem::with_status(StatusCode::NOT_FOUND, failure.coded()).into_response()
    } else if code == VerifierError::RequestTaken.code() {
        Problem::with_status(StatusCode::GONE, failure.coded()).into_response()
    } else {
        Problem::of(failure.coded()).into_response()
    }
}

/// `GET /requests/{session}`: the Request Object.
async fn request_object(
    State(Lent(app)): State<Lent>,
    Now(now): Now,
    Random(mut rng): Random,
    Path(session): Path<String>,
) -> Response {
    handed_out(app.request_object(&session, None, &mut *rng, now).await)
}

/// `POST /requests/{session}`: the Request Object for the wallet that posts its nonce (section 5.10).
async fn request_for_wallet(
    State(Lent(app)): State<Lent>,
    Now(now): Now,
    Random(mut rng): Random,
    Path(session): Path<String>,
    body: Bytes,
) -> Response {
    match read_request_uri_post(&body) {
        None => OAuthError::new("invalid_request").because(&ResponseError::Malformed).into_response(),
        Some(nonce) => handed_out(app.request_object(&session, nonce.as_deref(), &mut *rng, now).await),
    }
}

fn handed_out(request: Result<Option<String>, Failure>) -> Response {
    match request {
        Ok(Some(jar)) => {
            // "The media type ... MUST be application/oauth-authz-req+jwt" (RFC 9101, section 10.2).
            let headers = [(CONTENT_TYPE, "application/oauth-authz-req+jwt"), (CACHE_CONTROL, "no-store")];
            (headers, jar).into_response()
        }
        Ok(None) => {
            let over = absah_verifier_core::AnswerRefusal::RequestExpired;
            Problem::with_status(StatusCode::GONE, &over).into_response()
        }
        Err(failure) => problem(&failure),
    }
}

/// `POST /responses/{session}`: the answer, as `direct_post`.
async fn response(
    State(Lent(app)): State<Lent>,
    Now(now): Now,
    Random(mut rng): Random,
    Path(session): Path<String>,
    body: Bytes,
) -> Response {
    match app.judge_posted(&session, &body, &mut *rng, now).await {
        Err(failure) => problem(&failure),
        // "If the Response URI has successfully processed the Authorization Response ..., it MUST respond with
        // an HTTP status code of 200 with Content-Type of application/json and a JSON object in the response
        // body." The decision is the counter's; the wallet learns only that it arrived.
        Ok(judgement) if judgement.in_order => match app.return_address(&session, &mut *rng).await {
            Ok(next) => ([(CACHE_CONTROL, "no-store")], Json(response_body(next.as_deref()))).into_response(),
            Err(failure) => problem(&failure),
        },
        Ok(judgement) => {
            let body = json!({ "error": "invalid_request", "absah_code": judgement.outcome.code() });
            (StatusCode::BAD_REQUEST, [(CACHE_CONTROL, "no-store")], Json(body)).into_response()
        }
    }
}

/// `GET /sessions/{session}`: `open` or `answered`, without any fact.
async fn session(State(Lent(app)): State<Lent>, Path(session): Path<String>) -> Response {
    match app.session(&session).await {
        Ok(None) => ([(CACHE_CONTROL, "no-store")], Json(json!({ "state": "open" }))).into_response(),
        Ok(Some(report)) => {
            let body = json!({
                "state": "answered", "decision": report.get("decision"), "code": report.get("code"),
            });
            ([(CACHE_CONTROL, "no-store")], Json(body)).into_response()
        }
        Err(failure) => problem(&failure),
    }
}
