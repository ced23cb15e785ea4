//! A request over the network, made at the page: the code leads a phone to it, the answer comes by itself.

use absah_protocol::oid4vp::request::request_link;
use absah_qr::render::{Ecc, Symbol};
use absah_types::{Coded as _, Secret, array, base64url};
use absah_web::{JsonBody, Now, Random};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::views::Stage;
use super::work::{In, Shown, answered};
use super::{Desk, text};
use crate::error::VerifierError;
use crate::filing::{FilingError, Vouch};

#[derive(Deserialize)]
pub(super) struct Ask {
    service: String,
    /// For wallets that cannot encrypt.
    #[serde(default)]
    unencrypted: bool,
    /// For a wallet on this very computer: the answer shows once the wallet has led back to the page.
    #[serde(default)]
    same_device: bool,
}

/// A request as the page shows it, with where it waits for its answer.
#[derive(Serialize)]
struct Online {
    #[serde(flatten)]
    shown: Shown,
    session: String,
    link: String,
    /// What the page proves itself with when it comes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
}

/// `POST /api/online`: a fresh request over the network, as the picture of a link.
pub(super) async fn ask(
    State(desk): State<Desk>,
    Now(now): Now,
    Random(mut rng): Random,
    Query(asked): Query<In>,
    headers: HeaderMap,
    JsonBody(ask): JsonBody<Ask>,
) -> Response {
    let done = async {
        desk.app.judges(now).await?;
        let base = desk.public.as_deref().ok_or(VerifierError::NoPublicUrl)?;
        let session = base64url::encode(array::<16>(&mut *rng));
        let response_uri = desk.app.reach().url(&format!("{base}/responses/{session}"))?;
        let request_uri = format!("{base}/requests/{session}");
        let encrypted = !ask.unencrypted;
        let made =
            desk.app.ask_online(&ask.service, &session, response_uri, encrypted, &mut *rng, now).await?;
        desk.app.store().note_page_session(&session, now).await?;
        let page = if ask.same_device {
            // One of the page's own names: nothing else comes so far.
            let host = text(&headers, HOST.as_str()).unwrap_or(&desk.authority);
            Some(desk.app.bind_to_page(&session, &format!("http://{host}/"), &mut *rng, now).await?)
        } else {
            None
        };
        let link = request_link(&made.pending.client_id, &request_uri);
        let frames = vec![Symbol::encode(&link, Ecc::L)?.svg()];
        Ok(json!(Online { shown: Shown::of(&made.pending, frames, asked.lang()), session, link, page }))
    };
    answered(&desk, done.await)
}

/// `GET /api/online/{session}`: `open` while nobody has answered, and whether a second phone came for the request; `over` once
/// nobody can any more; else the result, which a later answer replaces while it is a refusal.
pub(super) async fn answered_yet(
    State(desk): State<Desk>,
    Now(now): Now,
    Query(asked): Query<In>,
    Path(session): Path<String>,
) -> Response {
    let done = async {
        let again = desk.app.was_fetched_again(&session).await?;
        let open = Ok(json!({ "state": "open", "fetched_again": again }));
        let shown = match desk.app.may_show(&session).await? {
            true => desk.app.session(&session).await?,
            false => None,
        };
        let Some(report) = shown else {
            return if desk.app.is_late(&session, now).await? {
                Ok(json!({ "state": "over" }))
            } else {
                open
            };
        };
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

#[derive(Deserialize)]
pub(super) struct Returned {
    page: String,
    response_code: String,
}

/// `POST /api/online/{session}/code`: the wallet led back to the page with the code of its answer.
pub(super) async fn returned(
    State(desk): State<Desk>,
    Now(now): Now,
    Path(session): Path<String>,
    JsonBody(back): JsonBody<Returned>,
) -> Response {
    let done = async {
        desk.app.take_code(&session, &back.page, &back.response_code, now).await?;
        Ok(json!({}))
    };
    answered(&desk, done.await)
}

#[derive(Deserialize)]
pub(super) struct Vouched {
    supervisor: String,
    pin: String,
    reason: String,
}

/// `POST /api/online/{session}/vouch`: a supervisor takes the undetermined answer of a session upon himself.
pub(super) async fn vouch(
    State(desk): State<Desk>,
    Now(now): Now,
    Random(mut rng): Random,
    Query(asked): Query<In>,
    Path(session): Path<String>,
    JsonBody(said): JsonBody<Vouched>,
) -> Response {
    let pin = Secret::new(said.pin);
    let done = async {
        desk.is_for_another(&said.supervisor, &said.reason, now).await?;
        if !desk.app.may_show(&session).await? {
            return Err(FilingError::NothingToDecide.into());
        }
        desk.app.supervisor(&said.supervisor, pin.expose(), now).await?;
        let vouch = Vouch { supervisor: &said.supervisor, reason: &said.reason };
        let seen = desk.app.vouch_posted(&session, vouch, &mut *rng, now).await?;
        Ok(json!(desk.stage(seen, asked.lang(), now).await))
    };
    answered(&desk, done.await)
}
