//! A request over the network, made at the page: the code leads a phone to it, the answer comes by itself.

use absah_protocol::oid4vp::request::request_link;
use absah_qr::render::{Ecc, Symbol};
use absah_types::{Coded as _, array, base64url};
use absah_web::{JsonBody, Now, Random};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Desk;
use super::views::Stage;
use super::work::{In, Shown, answered};
use crate::error::VerifierError;
use crate::filing::FilingError;

#[derive(Deserialize)]
pub(super) struct Ask {
    service: String,
    /// For wallets that cannot encrypt.
    #[serde(default)]
    unencrypted: bool,
}

/// A request as the page shows it, with where it waits for its answer.
#[derive(Serialize)]
struct Online {
    #[serde(flatten)]
    shown: Shown,
    session: String,
    link: String,
}

/// `POST /api/online`: a fresh request over the network, as the picture of a link.
pub(super) async fn ask(
    State(desk): State<Desk>,
    Now(now): Now,
    Random(mut rng): Random,
    Query(asked): Query<In>,
    JsonBody(ask): JsonBody<Ask>,
) -> Response {
    let done = async {
        let base = desk.public.as_deref().ok_or(VerifierError::NoPublicUrl)?;
        let session = base64url::encode(array::<16>(&mut *rng));
        let response_uri = desk.app.reach().url(&format!("{base}/responses/{session}"))?;
        let request_uri = format!("{base}/requests/{session}");
        let encrypted = !ask.unencrypted;
        let made =
            desk.app.ask_online(&ask.service, &session, response_uri, encrypted, &mut *rng, now).await?;
        let link = request_link(&made.pending.client_id, &request_uri);
        let frames = vec![Symbol::encode(&link, Ecc::L)?.svg()];
        Ok(json!(Online { shown: Shown::of(&made.pending, frames, asked.lang()), session, link }))
    };
    answered(&desk, done.await)
}

/// `GET /api/online/{session}`: `open` while nobody has answered, then the result.
pub(super) async fn answered_yet(
    State(desk): State<Desk>,
    Now(now): Now,
    Query(asked): Query<In>,
    Path(session): Path<String>,
) -> Response {
    let done = async {
        let Some(report) = desk.app.session(&session).await? else { return Ok(json!({ "state": "open" })) };
        let tag = desk.app.session_tag(&session).await?;
        match desk.app.held(&tag).await {
            Ok(held) => {
                let service = desk.service(&held.material.service, now).await;
                Ok(json!(Stage::to_decide(&tag, &held, service.as_ref(), asked.lang())))
            }
            Err(failure) if failure.coded().code() == FilingError::NothingToDecide.code() => {
                Ok(json!(Stage::told(&report, asked.lang())))
            }
            Err(failure) => Err(failure),
        }
    };
    answered(&desk, done.await)
}
