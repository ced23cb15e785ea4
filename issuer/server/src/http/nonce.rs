//! `POST /nonce`: a fresh `c_nonce` (OpenID4VCI 1.0, section 7).

use absah_protocol::oid4vci::issuer::nonce;
use absah_web::{Now, Random};
use axum::Json;
use axum::extract::State;
use serde_json::Value;

use crate::app::App;

#[utoipa::path(
    post, path = "/nonce", tag = "issuance",
    responses(
        (status = 200, description = "A fresh c_nonce.", body = Object)
    )
)]
pub(super) async fn fresh(State(app): State<App>, Now(now): Now, Random(mut rng): Random) -> Json<Value> {
    Json(nonce::response(&app.0.nonces.issue(now, rng.as_mut())))
}
