//! The supervisor's counts, photocopies that were still asked for, and printed documents that wait for a look.

use absah_schemas::times;
use absah_trust::RegistrationError;
use absah_types::{Coded as _, Seconds, Timestamp, hex};
use absah_verifier_core::RequestFailure;
use absah_web::{JsonBody, Now};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::facts::say;
use super::views::{hour, in_lang};
use super::work::{In, answered, day_begins};
use super::{Desk, problem};
use crate::error::Failure;
use crate::filing::{FilingError, PRINTED_WAITS};
use crate::officers::OfficerError;
use crate::tally::{Count, MOST_DAYS, csv};

#[derive(Deserialize)]
pub(super) struct Since {
    #[serde(default)]
    lang: String,
    #[serde(default)]
    days: i64,
}

impl Desk {
    /// Counts are for supervisors, where there are officers; from when on they are asked for.
    async fn counted_since(&self, days: i64) -> Result<Timestamp, Failure> {
        let now = self.app.ambient().now();
        if !self.app.store().officers().await?.is_empty() {
            let officer = self.officer(now, true).await?;
            if !self.app.supervisors().await?.contains(&officer) {
                return Err(OfficerError::NoSupervisor.into());
            }
        }
        let before = days.clamp(1, MOST_DAYS) - 1;
        Ok(day_begins(now).minus(Seconds::days(before)))
    }

    async fn counts(&self, days: i64) -> Result<Vec<Count>, Failure> {
        self.app.tally(self.counted_since(days).await?).await
    }
}

/// `GET /api/tally?days=`: counts by service, outcome, hour; why weaker proofs were taken with old data;
/// who was let in or out as officer, by whom, and what else stands in the signed list of changes.
pub(super) async fn tally(State(desk): State<Desk>, Now(now): Now, Query(since): Query<Since>) -> Response {
    let done = async {
        let lang = absah_types::Lang::parse(&since.lang).unwrap_or_default();
        let counts = desk.counts(since.days).await?;
        let offers = desk.offers(now).await.unwrap_or_default();
        let title = |id: &str| {
            let offer = offers.iter().find(|offer| offer.service.id == id);
            offer.map_or_else(|| id.to_owned(), |offer| in_lang(&offer.title, lang))
        };
        let rows: Vec<Value> = counts
            .iter()
            .map(|count| {
                let (shape, word) = count.word();
                json!({
                    "day": count.day, "hour": count.hour, "service": title(&count.service),
                    "outcome": say(lang, word), "shape": shape, "code": count.outcome,
                    "count": count.count, "median_s": count.median_s,
                })
            })
            .collect();
        let begins = desk.counted_since(since.days).await?;
        let reasons = desk.app.reasons(begins).await?;
        let changes = desk.app.changes_since(begins).await?;
        let changes: Vec<Value> = changes
            .iter()
            .map(|told| {
                let change = &told.change;
                json!({
                    "day": times::day(lang, change.at), "hour": hour(change.at), "what": say(lang, &told.text()),
                    "name": change.name, "by": change.by, "reason": change.reason,
                })
            })
            .collect();
        let reasons: Vec<Value> = reasons
            .iter()
            .map(|reason| {
                json!({
                    "day": times::day(lang, reason.at), "hour": hour(reason.at), "service": title(&reason.service),
                    "outcome": say(lang, &format!("desk-line-{}", reason.outcome)), "officer": reason.officer,
                    "reason": reason.reason,
                })
            })
            .collect();
        Ok(json!({ "rows": rows, "reasons": reasons, "changes": changes }))
    };
    answered(&desk, done.await)
}

/// `GET /api/tally.csv?days=`: the same for a spreadsheet.
pub(super) async fn tally_csv(State(desk): State<Desk>, Query(since): Query<Since>) -> Response {
    match desk.counts(since.days).await {
        Ok(counts) => {
            let headers = [
                (CONTENT_TYPE, "text/csv; charset=utf-8"),
                (CONTENT_DISPOSITION, "attachment; filename=\"loket.csv\""),
            ];
            (headers, csv(&counts)).into_response()
        }
        Err(failure) if failure.coded().code() == OfficerError::NoSupervisor.code() => {
            absah_web::Problem::with_status(axum::http::StatusCode::FORBIDDEN, &OfficerError::NoSupervisor)
                .into_response()
        }
        Err(failure) => problem(&desk, &failure),
    }
}

#[derive(Deserialize)]
pub(super) struct Copy {
    service: String,
}

/// `POST /api/photocopy`: a photocopy was still asked for.
pub(super) async fn photocopy(
    State(desk): State<Desk>,
    Now(now): Now,
    JsonBody(copy): JsonBody<Copy>,
) -> Response {
    let done = async {
        // A count for no service would stand in nobody's row.
        let offers = desk.offers(now).await?;
        if !offers.iter().any(|offer| offer.service.id == copy.service) {
            return Err(RequestFailure::Registration(RegistrationError::UnknownService).into());
        }
        desk.app.store().note_photocopy(now, &copy.service).await?;
        Ok(json!({}))
    };
    answered(&desk, done.await)
}

/// `GET /api/printed`: printed documents of this week. The link is text to be copied, never to be pressed.
pub(super) async fn printed(State(desk): State<Desk>, Now(now): Now, Query(asked): Query<In>) -> Response {
    let done = async {
        let lang = asked.lang();
        let offers = desk.offers(now).await.unwrap_or_default();
        let title = |id: &str| {
            let offer = offers.iter().find(|offer| offer.service.id == id);
            offer.map_or_else(|| id.to_owned(), |offer| in_lang(&offer.title, lang))
        };
        let told = |at: Timestamp| format!("{} {}", times::day(lang, at), hour(at));
        let mut rows = Vec::new();
        for row in desk.app.store().printed(now.minus(PRINTED_WAITS)).await? {
            let link = match &row.link {
                Some(sealed) => Some(desk.app.printed_link(&row.tag, sealed)?),
                None => None,
            };
            rows.push(json!({
                "tag": hex::encode(&row.tag), "day": times::day(lang, row.seen_at), "hour": hour(row.seen_at),
                "service": title(&row.service), "link": link, "checked": row.checked_at.map(told),
                "until": row.checked_at.is_none().then(|| told(row.seen_at.plus(PRINTED_WAITS))),
                "genuine": row.genuine,
            }));
        }
        Ok(json!({ "printed": rows }))
    };
    answered(&desk, done.await)
}

#[derive(Deserialize)]
pub(super) struct Looked {
    genuine: bool,
}

/// `POST /api/printed/{tag}`: what the officer found on the ministry's page.
pub(super) async fn looked(
    State(desk): State<Desk>,
    Now(now): Now,
    Path(tag): Path<String>,
    Json(looked): Json<Looked>,
) -> Response {
    let done = async {
        let tag = hex::decode(&tag).map_err(|_| FilingError::NothingToDecide)?;
        if desk.app.store().check_printed(&tag, now, looked.genuine).await? {
            Ok(json!({}))
        } else {
            Err(FilingError::NothingToDecide.into())
        }
    };
    answered(&desk, done.await)
}
