//! What the issuer publishes about itself: metadata, keys, and the documents its cards refer to.

use absah_schemas::documents::Document;
use absah_trust::webvh::{parallel_did_web, with_implicit_services};
use absah_web::{Now, Problem, WebError};
use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::app::App;

#[utoipa::path(
    get, path = "/.well-known/openid-credential-issuer", tag = "metadata",
    responses(
        (status = 200, description = "The document.", body = Object)
    )
)]
pub(super) async fn credential_issuer(State(app): State<App>) -> Json<Value> {
    let mut metadata = app.0.identity.profile().credential_issuer();
    app.0.request_key.announce(&mut metadata);
    Json(metadata)
}

#[utoipa::path(
    get, path = "/.well-known/oauth-authorization-server", tag = "metadata",
    responses(
        (status = 200, description = "The document.", body = Object)
    )
)]
pub(super) async fn authorization_server(State(app): State<App>) -> Json<Value> {
    Json(app.0.identity.profile().authorization_server())
}

#[utoipa::path(
    get, path = "/.well-known/jwt-vc-issuer", tag = "metadata",
    responses(
        (status = 200, description = "The document.", body = Object)
    )
)]
pub(super) async fn jwt_vc_issuer(State(app): State<App>, Now(now): Now) -> Json<Value> {
    Json(app.0.identity.profile().jwt_vc_issuer(&app.0.identity.published_keys(now)))
}

/// The did:web document: what the newest entry of the did:webvh log says, under the other name.
#[utoipa::path(
    get, path = "/.well-known/did.json", tag = "metadata",
    responses(
        (status = 200, description = "The document.", body = Object)
    )
)]
pub(super) async fn did_document(State(app): State<App>, Now(now): Now) -> Result<Json<Value>, Problem> {
    let log = app.catch_up(now).await.map_err(|error| Problem::of(&error))?;
    let newest = log.as_ref().and_then(|log| log.document());
    let document = newest.map(|document| parallel_did_web(&with_implicit_services(&document)));
    Ok(Json(document.unwrap_or_else(|| app.0.identity.did_document(now))))
}

/// The did:webvh log: "The content type for the did.jsonl file SHOULD be text/jsonl."
#[utoipa::path(
    get, path = "/.well-known/did.jsonl", tag = "metadata",
    responses(
        (status = 200, description = "The did:webvh log.", body = String, content_type = "text/jsonl"),
        (status = 404, description = "This issuer keeps no log.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn did_log(State(app): State<App>, Now(now): Now) -> Result<Response, Problem> {
    let log = app.catch_up(now).await.map_err(|error| Problem::of(&error))?;
    let log = log.ok_or_else(|| Problem::of(&WebError::NotFound))?;
    let headers = [(CONTENT_TYPE, "text/jsonl"), (CACHE_CONTROL, "public, max-age=60")];
    Ok((headers, log.lines.concat()).into_response())
}

/// A document that never changes under its address.
pub(super) async fn document(document: &'static Document) -> Response {
    let headers = [(CONTENT_TYPE, document.media_type), (CACHE_CONTROL, "public, max-age=86400")];
    (headers, document.text).into_response()
}
