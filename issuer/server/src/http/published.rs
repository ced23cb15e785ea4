//! What the issuer publishes about itself: metadata, keys, and the documents its cards refer to.

use absah_schemas::documents::Document;
use absah_web::Now;
use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::app::App;

pub(super) async fn credential_issuer(State(app): State<App>) -> Json<Value> {
    Json(app.0.identity.profile().credential_issuer())
}

pub(super) async fn authorization_server(State(app): State<App>) -> Json<Value> {
    Json(app.0.identity.profile().authorization_server())
}

pub(super) async fn jwt_vc_issuer(State(app): State<App>, Now(now): Now) -> Json<Value> {
    Json(app.0.identity.profile().jwt_vc_issuer(&app.0.identity.published_keys(now)))
}

pub(super) async fn did_document(State(app): State<App>, Now(now): Now) -> Json<Value> {
    let identity = &app.0.identity;
    Json(identity.profile().did_document(&identity.published_keys(now), &identity.other_keys(now)))
}

/// A document that never changes under its address.
pub(super) async fn document(document: &'static Document) -> Response {
    let headers = [(CONTENT_TYPE, document.media_type), (CACHE_CONTROL, "public, max-age=86400")];
    (headers, document.text).into_response()
}
