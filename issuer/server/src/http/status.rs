//! `GET /status/{number}`: a Status List Token (Token Status List, section 8).

use absah_issuer_core::ports::KeyRole;
use absah_web::{Now, Problem};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

use crate::app::App;
use crate::status_tokens::{self, StatusTokenError};

pub(super) async fn token(
    State(app): State<App>,
    Now(now): Now,
    Path(number): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let problem = |error: StatusTokenError| match error {
        StatusTokenError::NoList => Problem::with_status(StatusCode::NOT_FOUND, &error),
        _ => Problem::of(&error),
    };
    let parts = &app.0;
    let number: u32 = number.parse().map_err(|_| problem(StatusTokenError::NoList))?;
    let signer = parts.identity.signers().in_force(KeyRole::Status, now);
    let signer = signer.map_err(|error| problem(error.into()))?;
    let header = status_tokens::header(parts.identity.kid(signer), &signer.chain);
    let signing = (signer, &header);
    let token = parts.statuses.token(parts.store.as_ref(), parts.keys.as_ref(), signing, number, now).await;
    let headers = [(CONTENT_TYPE, "application/statuslist+jwt"), (CACHE_CONTROL, "public, max-age=60")];
    Ok((headers, token.map_err(problem)?))
}
