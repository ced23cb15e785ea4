//! A fact is wrong: the officer says so at the answer on the screen.

use absah_types::{Coded as _, hex};
use absah_web::{JsonBody, Now, Random};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::Desk;
use super::facts::label;
use super::work::{In, answered};
use crate::filing::FilingError;
use crate::tickets::About;

/// `GET /api/ticket/{tag}`: the facts that can be said to be wrong; none of a proof that names no card.
pub(super) async fn facts(
    State(desk): State<Desk>,
    Query(asked): Query<In>,
    Path(tag): Path<String>,
) -> Response {
    let done = async {
        let tag = hex::decode(&tag).map_err(|_| FilingError::NothingToDecide)?;
        let paths = match desk.app.facts_for_ticket(&tag).await {
            Err(failure) if failure.coded().code() == FilingError::NothingToDecide.code() => Vec::new(),
            paths => paths?,
        };
        let facts = paths.iter().map(|path| json!({ "path": path, "label": label(path, asked.lang()) }));
        Ok(json!({ "facts": facts.collect::<Vec<_>>() }))
    };
    answered(&desk, done.await)
}

#[derive(Deserialize)]
pub(super) struct Wrong {
    tag: String,
    fact: String,
    note: String,
}

/// `POST /api/ticket`: queued, and sent as soon as there is a network.
pub(super) async fn file(
    State(desk): State<Desk>,
    Now(now): Now,
    Random(mut rng): Random,
    JsonBody(wrong): JsonBody<Wrong>,
) -> Response {
    let done = async {
        let tag = hex::decode(&wrong.tag).map_err(|_| FilingError::NothingToDecide)?;
        let said = (wrong.fact.as_str(), wrong.note.as_str());
        let id = desk.app.file_ticket(About::Waiting(&tag), said, &mut *rng, now).await?;
        Ok(json!({ "id": id }))
    };
    answered(&desk, done.await)
}
