//! `POST /deferred_credential` and `POST /notification` (OpenID4VCI 1.0, sections 9 and 11).

use absah_issuer_core::ports::Hold;
use absah_protocol::oauth::{OAuthError as Wire, ToOAuth};
use absah_protocol::oid4vci::issuer::credential_request::{
    MAX_SMALL_REQUEST, deferred, deferred_answer_to, read_deferred, read_notification,
};
use absah_types::{Seconds, coded};
use absah_web::{Now, Problem, Random, WebError};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::credential::{self, IssueError, authorized};
use super::{failure, refusal};
use crate::app::App;

/// How long a wallet waits before it asks again: 5 minutes. Somebody has to look at the case.
pub(super) const INTERVAL: Seconds = Seconds(300);

/// Longest encrypted Deferred Credential Request, in characters.
const MAX_SEALED: usize = MAX_SMALL_REQUEST;

/// Why there is nothing to fetch or to report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeferredError {
    /// The transaction is unknown, or that of another token.
    Transaction,
    /// The notification is not one of section 11.1.
    Notification,
    /// The notification id is unknown, or that of another token.
    NotificationId,
}

impl core::fmt::Display for DeferredError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Transaction => "transaction unknown",
            Self::Notification => "notification malformed",
            Self::NotificationId => "notification id unknown",
        })
    }
}

impl core::error::Error for DeferredError {}

coded! { DeferredError {
    Transaction => ("transaction-unknown", Peer),
    Notification => ("notification-malformed", Peer),
    NotificationId => ("notification-id-unknown", Peer),
} }

impl ToOAuth for DeferredError {
    fn oauth(&self) -> Wire {
        match self {
            Self::Transaction => Wire::InvalidTransactionId,
            Self::Notification => Wire::InvalidNotificationRequest,
            Self::NotificationId => Wire::InvalidNotificationId,
        }
    }
}

#[utoipa::path(
    post, path = "/deferred_credential", tag = "issuance",
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 200, description = "The copies.", body = Object),
        (status = 202, description = "Not yet.", body = Object),
        (status = 400, description = "Refused, with an error of OpenID4VCI section 9.3.", body = super::openapi::OAuthBody),
        (status = 401, description = "The access token or its proof does not hold.", body = super::openapi::OAuthBody),
        (status = 413, description = "The body is too large.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn fetch(
    State(app): State<App>,
    Now(now): Now,
    Random(mut rng): Random,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Response> {
    let access = authorized(&app, &headers, "/deferred_credential", now).await?;
    let unknown = || refusal(&DeferredError::Transaction).into_response();
    let broken = |error: absah_issuer_core::ports::StoreError| failure(&error).into_response();
    let (opened, answer_to) = credential::opened(&app, &headers, &body, MAX_SEALED)
        .and_then(|opened| {
            let answer_to = deferred_answer_to(&opened, &app.0.request_key)?;
            Ok((opened, answer_to))
        })
        .map_err(|error| refusal(&error).into_response())?;
    let answer_to = answer_to.as_ref();
    let transaction = read_deferred(opened.body.expose()).ok_or_else(unknown)?;
    let store = &app.ledger().ok_or_else(unknown)?.store;
    let waiting = store.deferred(&transaction).await.map_err(broken)?.ok_or_else(unknown)?;
    if waiting.token != access.token {
        return Err(unknown());
    }
    match access.hold {
        Hold::Waits => {
            let body = deferred(&transaction, INTERVAL);
            Ok((StatusCode::ACCEPTED, credential::answer(body, answer_to, rng.as_mut())).into_response())
        }
        Hold::Refused => Err(refusal(&IssueError::Withheld).into_response()),
        Hold::Free => {
            credential::give(&app, access, waiting.format, &waiting.holders, answer_to, rng, now).await
        }
    }
}

#[utoipa::path(
    post, path = "/notification", tag = "issuance",
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 204, description = "Noted."),
        (status = 400, description = "Malformed or unknown.", body = super::openapi::OAuthBody),
        (status = 401, description = "The access token or its proof does not hold.", body = super::openapi::OAuthBody),
        (status = 413, description = "The body is too large.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn notify(
    State(app): State<App>,
    Now(now): Now,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Response> {
    let access = authorized(&app, &headers, "/notification", now).await?;
    let refused = |error: DeferredError| refusal(&error).into_response();
    let (id, event) = read_notification(&body).ok_or_else(|| refused(DeferredError::Notification))?;
    let ledger = app.ledger().ok_or_else(|| Problem::of(&WebError::NotFound).into_response())?;
    let found = ledger.store.notified(&id, access.access_token.expose(), event.name(), now).await;
    match found.map_err(|error| failure(&error).into_response())? {
        // "it MUST respond with an HTTP status code in the 2xx range. [...] 204 (No Content) is RECOMMENDED."
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(refused(DeferredError::NotificationId)),
    }
}
