//! `POST /wishes`: what a citizen asks with a card in the wallet; `GET|POST /suspend`: all cards by the phone code.

use std::collections::BTreeMap;

use absah_issuer_core::ports::{KeyRole, StoreError};
use absah_issuer_core::{NotEligible, eligible};
use absah_protocol::wishes::{Answer, Request, Wish, audience, ticket_text};
use absah_schemas::CredentialType;
use absah_schemas::letters::{self, LetterError};
use absah_types::{Coded, Lang, Nik, Rng, Seconds, Timestamp, base64url, coded};
use absah_web::{JsonBody, Now, Problem, Random, WebError};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::access_history::{self, AccessHistoryError};
use super::authorize;
use crate::app::{App, Ledger};
use crate::paper_card::{PaperCardError, Wanted, make};
use crate::store::{NewLetter, PrintedBy};

/// Why a wish is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WishError {
    /// The text is empty, too long or holds control characters.
    Text,
    /// Too many tickets are open.
    TooMany,
    /// The phone code is unknown or was used.
    PhoneCode,
    /// A paper card is only printed for who shows a KTP.
    PaperCard,
    /// The last paper card was printed less than a day ago.
    PaperToday,
    /// The letter is not written so.
    Letter(LetterError),
    /// The person can have no letter.
    NotEligible(NotEligible),
}

impl core::fmt::Display for WishError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Text => "text empty, too long or unprintable",
            Self::TooMany => "too many open tickets",
            Self::PhoneCode => "phone code unknown or used",
            Self::PaperCard => "paper card asked with another card than a KTP",
            Self::PaperToday => "last paper card printed less than a day ago",
            Self::Letter(error) => return error.fmt(f),
            Self::NotEligible(error) => return error.fmt(f),
        })
    }
}

impl core::error::Error for WishError {}

coded! { WishError {
    Text => ("wish-text", User),
    TooMany => ("wish-too-many", User),
    PhoneCode => ("phone-code-unknown", User),
    PaperCard => ("wish-paper-card", User),
    PaperToday => ("wish-paper-today", User),
    Letter(error) => inner(error),
    NotEligible(error) => inner(error),
} }

#[utoipa::path(
    post, path = "/wishes", tag = "citizen",
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 200, description = "What became of it.", body = Object),
        (status = 400, description = "Malformed, with our code.", body = super::openapi::ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "The presentation proves nothing.", body = super::openapi::ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large.", body = super::openapi::ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "No JSON.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
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
    let proven = access_history::prove_by(&app, ledger, &request.presentation, &audience, now).await;
    let (nik, kind) = proven.map_err(|error| match error {
        AccessHistoryError::Store(_) => Problem::of(&error),
        _ => Problem::with_status(StatusCode::FORBIDDEN, &error),
    })?;
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
        Wish::Letter { letter, fields } => {
            let asked =
                ask_letter(&app, nik, (&letter, &fields), now).await.map_err(broken)?.map_err(wrong)?;
            if !ledger.store.ask_letter(asked, now).await.map_err(broken)? {
                return Err(wrong(WishError::TooMany));
            }
            None
        }
        Wish::Tickets => None,
        Wish::Paper { lang, a4 } => {
            if kind != Some(CredentialType::KtpElektronik) {
                return Err(wrong(WishError::PaperCard));
            }
            let wanted = Wanted {
                nik,
                years: 1,
                a4,
                by: PrintedBy::Holder,
                lang: Lang::parse(&lang).unwrap_or_default(),
            };
            answer.paper = Some(print(&app, ledger, &wanted, rng.as_mut(), now).await?);
            None
        }
    };
    if let Some((kind, text)) = ticket {
        let text = ticket_text(&text).map_err(|_| wrong(WishError::Text))?.to_owned();
        if !ledger.store.open_ticket(nik, kind, text, now).await.map_err(broken)? {
            return Err(wrong(WishError::TooMany));
        }
    }
    let tickets = ledger.store.tickets(Some(nik)).await.map_err(broken)?;
    answer.tickets = tickets.into_iter().map(|(_, ticket)| ticket).collect();
    Ok(Json(answer))
}

/// The PDF of a paper card, base64url: at most one a day, for each takes a place in a status list for ever.
async fn print(
    app: &App,
    ledger: &Ledger,
    wanted: &Wanted,
    rng: &mut (dyn Rng + Send),
    now: Timestamp,
) -> Result<String, Problem> {
    let wrong = |error: &dyn Coded| Problem::with_status(StatusCode::BAD_REQUEST, error);
    let last = ledger.store.paper_card(wanted.nik).await.map_err(|error| Problem::of(&error))?;
    if last.is_some_and(|(_, printed, _)| now.since(printed) < Seconds::days(1)) {
        return Err(wrong(&WishError::PaperToday));
    }
    let signers = app.identity().signers();
    let signer = signers.in_force(KeyRole::Credential, now).map_err(|error| Problem::of(&error))?;
    let records = (&*ledger.store, app.keys().as_ref());
    match make(records, (app.identity().id(), signer), wanted, rng, now).await {
        Ok(made) => Ok(base64url::encode(&made.pdf)),
        Err(error @ (PaperCardError::NoPortrait | PaperCardError::NotEligible(_))) => Err(wrong(&error)),
        Err(error) => Err(Problem::of(&error)),
    }
}

/// What somebody asks a letter for. Only a grown-up has letters of their own: the card of a child proves nobody for one.
async fn ask_letter(
    app: &App,
    nik: Nik,
    (letter, fields): (&str, &BTreeMap<String, String>),
    now: Timestamp,
) -> Result<Result<NewLetter, WishError>, StoreError> {
    let kind = CredentialType::SuratKeterangan;
    let Some(subject) = app.store().subject(nik, kind).await? else {
        return Ok(Err(WishError::NotEligible(NotEligible::Unknown)));
    };
    if let Err(error) = eligible(kind, &subject.resident, &[], true, now.date()) {
        return Ok(Err(WishError::NotEligible(error)));
    }
    let template = match letters::template(letter) {
        Ok(template) => template,
        Err(error) => return Ok(Err(WishError::Letter(error))),
    };
    Ok(template.write(fields).map_err(WishError::Letter).map(|written| NewLetter {
        nik,
        title: template.title(Lang::Id).to_owned(),
        statement: written.statement,
        purpose: written.purpose,
        class: template.number.clone(),
        valid_days: template.valid_days,
    }))
}

/// The page: one field, one button, no log-in. Whoever lost the phone has only the code.
#[utoipa::path(
    get, path = "/suspend", tag = "citizen",
    responses(
        (status = 200, description = "A page with one field.", body = String, content_type = "text/html")
    )
)]
pub(super) async fn page(headers: HeaderMap) -> Response {
    authorize::code_page(authorize::lang_of(&headers), None)
}

/// The code suspends everything at once.
#[utoipa::path(
    post, path = "/suspend", tag = "citizen",
    request_body(content = Object, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "All cards are suspended.", body = String, content_type = "text/html"),
        (status = 403, description = "The code is unknown or used.", body = String, content_type = "text/html"),
        (status = 413, description = "The body is too large.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
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
