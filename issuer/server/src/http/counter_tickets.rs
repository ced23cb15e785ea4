//! `POST /counter-tickets`: corrections that counters ask for.

use absah_protocol::counter_ticket::CounterTicketError;
use absah_types::Coded;
use absah_web::{Now, Problem, WebError};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::app::App;
use crate::counter_tickets::{self, TicketRefusal};

#[utoipa::path(
    post, path = "/counter-tickets", tag = "counter",
    request_body(content = String, content_type = "application/jwt"),
    responses(
        (status = 200, description = "It waits for an officer.", body = Object),
        (status = 400, description = "Malformed, with our code.", body = super::openapi::ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "The counter is unknown, or registered no longer.", body = super::openapi::ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "It came before.", body = super::openapi::ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large.", body = super::openapi::ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "Too many are open.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn take(
    State(app): State<App>,
    Now(now): Now,
    body: Result<String, axum::extract::rejection::StringRejection>,
) -> Result<Json<Value>, Problem> {
    let ledger = app.ledger().ok_or_else(|| Problem::of(&WebError::NotFound))?;
    let told = |error: TicketRefusal| match status(&error) {
        Some(status) => Problem::with_status(status, &error),
        None => Problem::of(&error as &dyn Coded),
    };
    let body = body.map_err(|rejection| {
        told(TicketRefusal::Ticket(match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => CounterTicketError::TooLarge,
            _ => CounterTicketError::Malformed,
        }))
    })?;
    let number = counter_tickets::take(&ledger.store, body.trim(), now).await.map_err(told)?;
    Ok(Json(json!({ "ticket": number })))
}

fn status(error: &TicketRefusal) -> Option<StatusCode> {
    Some(match error {
        TicketRefusal::Store(_) => return None,
        TicketRefusal::Ticket(CounterTicketError::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
        TicketRefusal::UnknownCounter | TicketRefusal::RevokedCounter => StatusCode::FORBIDDEN,
        TicketRefusal::Replayed => StatusCode::CONFLICT,
        TicketRefusal::TooMany => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::BAD_REQUEST,
    })
}
