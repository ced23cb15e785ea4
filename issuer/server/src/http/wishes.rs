//! `POST /wishes`: what a citizen asks with a card in the wallet; `GET|POST /suspend`: all cards by the phone code.

use absah_issuer_core::ports::StoreError;
use absah_protocol::wishes::{Answer, MAX_TEXT, Request, Wish, audience};
use absah_types::{Rng, coded};
use absah_web::{JsonBody, Now, Problem, Random, WebError};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::access_history::{self, AccessHistoryError};
use super::authorize;
use crate::app::App;

/// Why a wish is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WishError {
    /// The text is empty, too long or holds control characters.
    Text,
    /// Too many tickets are open.
    TooMany,
    /// The phone code is unknown or was used.
    PhoneCode,
}

impl core::fmt::Display for WishError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Text => "text empty, too long or unprintable",
            Self::TooMany => "too many open tickets",
            Self::PhoneCode => "phone code unknown or used",
        })
    }
}

impl core::error::Error for WishError {}

coded! { WishError {
    Text => ("wish-text", User),
    TooMany => ("wish-too-many", User),
    PhoneCode => ("phone-code-unknown", User),
} }

pub(super) async fn take(
    State(app): State<App>,
    Now(now): Now,
    Random(mut rng): Random,
    JsonBody(request): JsonBody<Request>,
) -> Result<Json<Answer>, Problem> {
    let ledger = app.ledger().ok_or_else(|| Problem::of(&WebError::NotFound))?;
    let broken = |error: StoreError| Problem::of(&error);
    let wrong = |error: WishError| Problem::with_status(StatusCode::BAD_REQUEST, &error);
    let audience = audience(app.identity().id(), &request.wish);
    let nik = access_history::prove(&app, ledger, &request.presentation, &audience, now).await.map_err(
        |error| match error {
            AccessHistoryError::Store(_) => Problem::of(&error),
            _ => Problem::with_status(StatusCode::FORBIDDEN, &error),
        },
    )?;
    let mut answer = Answer::default();
    let ticket = match request.wish {
        Wish::PhoneCode => {
            let code = random_code(rng.as_mut());
            ledger.store.phone_code(&code, nik, now).await.map_err(broken)?;
            answer.phone_code = Some(grouped(&code));
            None
        }
        Wish::Correction { text } => Some(("correction", text)),
        Wish::Deletion { text } => Some(("deletion", text)),
        Wish::Tickets => None,
    };
    if let Some((kind, text)) = ticket {
        let text = text.trim().to_owned();
        let length = text.chars().count();
        if !(1..=MAX_TEXT).contains(&length) || text.chars().any(|c| c.is_control() && c != '\n') {
            return Err(wrong(WishError::Text));
        }
        if !ledger.store.open_ticket(nik, kind, text, now).await.map_err(broken)? {
            return Err(wrong(WishError::TooMany));
        }
    }
    let tickets = ledger.store.tickets(Some(nik)).await.map_err(broken)?;
    answer.tickets = tickets.into_iter().map(|(_, ticket)| ticket).collect();
    Ok(Json(answer))
}

/// The page: one field, one button, no log-in. Whoever lost the phone has only the code.
pub(super) async fn page(headers: HeaderMap) -> Response {
    authorize::code_page(authorize::lang_of(&headers), None)
}

/// The code suspends everything at once.
pub(super) async fn suspend(
    State(app): State<App>,
    Now(now): Now,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let lang = authorize::lang_of(&headers);
    let ledger = app.ledger().ok_or_else(|| Problem::of(&WebError::NotFound))?;
    let code = authorize::normal(&absah_protocol::form_field(&body, "phone_code").unwrap_or_default());
    let suspended = ledger.store.suspend_by(&code, now).await.map_err(|error| Problem::of(&error))?;
    Ok(match suspended {
        Some(_) => authorize::code_page(lang, Some(Ok(()))),
        None => authorize::code_page(lang, Some(Err(&WishError::PhoneCode))),
    })
}

/// Digits and letters that are not taken for one another when written down.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// 60 random bits in 12 characters, each equally likely.
pub(crate) fn random_code(rng: &mut dyn Rng) -> String {
    let bytes: [u8; 12] = absah_types::array(rng);
    bytes
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)))
        .map(|byte| char::from(*byte))
        .collect()
}

/// In groups of four, as it is read and written.
pub(crate) fn grouped(code: &str) -> String {
    let parts: Vec<&str> = [0..4, 4..8, 8..12].into_iter().filter_map(|part| code.get(part)).collect();
    parts.join("-")
}
