//! `GET /hub/v1/…`: figures and events for the city's data hub, of nobody in particular; only with a token that an officer
//! made.

use absah_issuer_core::ports::StoreError;
use absah_types::coded;
use absah_web::{BearerToken, Now, Problem, WebError};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::app::App;

/// Events in one answer.
const MOST: u32 = 500;

/// What opens the hub's figures, for `WWW-Authenticate`.
const CHALLENGE: &str = "Bearer realm=\"absah-hub\"";
/// The same to a token that opens nothing.
const CHALLENGE_AGAIN: &str = "Bearer realm=\"absah-hub\", error=\"invalid_token\"";

/// Why the hub is told nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HubError {
    /// No token.
    NoToken,
    /// A token that nobody has.
    Token,
    /// A parameter is no number, or too large.
    Query,
    /// The records.
    Store(StoreError),
}

impl core::fmt::Display for HubError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::NoToken | Self::Token => f.write_str("token missing or unknown"),
            Self::Query => f.write_str("parameter malformed"),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for HubError {}

coded! { HubError {
    NoToken => ("hub-token", Peer),
    Token => ("hub-token", Peer),
    Query => ("hub-query", Peer),
    Store(error) => inner(error),
} }

fn refused(error: HubError) -> Problem {
    match error {
        // RFC 6750, section 3: an error is named only to whom brought a token.
        HubError::NoToken => Problem::with_status(StatusCode::UNAUTHORIZED, &error).challenged(CHALLENGE),
        HubError::Token => Problem::with_status(StatusCode::UNAUTHORIZED, &error).challenged(CHALLENGE_AGAIN),
        _ => Problem::of(&error),
    }
}

/// A program of the hub that may read.
pub(super) struct Client;

impl FromRequestParts<App> for Client {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let ledger = app.ledger().ok_or_else(|| Problem::of(&WebError::NotFound))?;
        let token = BearerToken::from_request_parts(parts, app).await;
        let BearerToken(token) = token.map_err(|_| refused(HubError::NoToken))?;
        let known = ledger.store.hub_client_of(token.expose()).await;
        match known.map_err(|error| refused(HubError::Store(error)))? {
            Some(_) => Ok(Self),
            None => Err(refused(HubError::Token)),
        }
    }
}

#[utoipa::path(
    get, path = "/hub/v1/figures", tag = "hub", security(("hub" = [])),
    responses(
        (status = 200, description = "Counts of people by district, card and letter; `residents` are those who live here, as `by_district` counts them. A count under `least` is null, and so is the next smallest of its group where the total would tell it.", body = Object),
        (status = 401, description = "Token missing or unknown.", body = super::openapi::ProblemBody, content_type = "application/problem+json",
            headers(("WWW-Authenticate" = String, description = "`Bearer`, with `error=\"invalid_token\"` where a token was brought.")))
    )
)]
pub(super) async fn figures(
    _: Client,
    State(app): State<App>,
    Now(now): Now,
) -> Result<Json<Value>, Problem> {
    let ledger = app.ledger().ok_or_else(|| Problem::of(&WebError::NotFound))?;
    let figures = ledger.store.hub_figures(now).await;
    Ok(Json(figures.map_err(|error| refused(HubError::Store(error)))?))
}

/// Which events.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// The place of the last event that is known; all from the beginning when not told.
    #[param(minimum = -1)]
    after: Option<i64>,
    /// How many at most.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub(super) struct HubEvent {
    /// Its place in the audit log.
    position: i64,
    /// What kind of act.
    act: String,
    /// The beginning of the hour in which it was, in seconds since 1970.
    hour: i64,
}

/// Events, and where the next answer begins.
#[derive(Serialize, ToSchema)]
pub(super) struct HubEvents {
    events: Vec<HubEvent>,
    /// `after` of the next request.
    next: i64,
}

#[utoipa::path(
    get, path = "/hub/v1/events", tag = "hub", security(("hub" = [])), params(Wanted),
    responses(
        (status = 200, description = "Kinds of acts with their hours, as they stand in the audit log.", body = HubEvents),
        (status = 400, description = "A parameter is malformed.", body = super::openapi::ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "Token missing or unknown.", body = super::openapi::ProblemBody, content_type = "application/problem+json",
            headers(("WWW-Authenticate" = String, description = "`Bearer`, with `error=\"invalid_token\"` where a token was brought.")))
    )
)]
pub(super) async fn events(
    _: Client,
    State(app): State<App>,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Json<HubEvents>, Problem> {
    let Query(wanted) = wanted.map_err(|_| refused(HubError::Query))?;
    let (after, limit) = (wanted.after.unwrap_or(-1), wanted.limit.unwrap_or(MOST));
    if after < -1 || !(1..=MOST).contains(&limit) {
        return Err(refused(HubError::Query));
    }
    let ledger = app.ledger().ok_or_else(|| Problem::of(&WebError::NotFound))?;
    let found = ledger.store.hub_events(after, limit).await;
    let found = found.map_err(|error| refused(HubError::Store(error)))?;
    let next = found.last().map_or(after, |(position, _, _)| *position);
    let events = found.into_iter().map(|(position, act, hour)| HubEvent { position, act, hour });
    Ok(Json(HubEvents { events: events.collect(), next }))
}
