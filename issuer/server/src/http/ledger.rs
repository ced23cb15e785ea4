//! `GET /ledger/…`: the logs' files (C2SP `tlog-tiles`), their policy, and the open events of the registry log.

use absah_ledger::tile::{TilePath, WIDTH};
use absah_types::base64url;
use absah_web::{Problem, WebError};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::app::App;
use crate::ledger::publication::{self, folder};
use crate::ledger::seal::{Log, opened};

/// "tiles are immutable": kept for a year.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

#[utoipa::path(
    get, path = "/ledger/policy.json", tag = "ledger",
    responses(
        (status = 200, description = "Logs, witnesses and quorum.", body = Object),
        (status = 404, description = "This issuer keeps no ledger.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn policy(State(app): State<App>) -> Result<Json<Value>, Problem> {
    let ledger = app.ledger().ok_or_else(|| Problem::of(&WebError::NotFound))?;
    let url = app.identity().id().url();
    let policy = crate::ledger::policy(&ledger.store, app.0.keys.as_ref(), url).await;
    let policy = policy.map_err(|error| Problem::of(&error))?;
    Ok(Json(serde_json::to_value(policy).unwrap_or_default()))
}

#[utoipa::path(
    get, path = "/ledger/{log}/{path}", tag = "ledger",
    params(("log" = String, Path, description = "registry or audit."), ("path" = String, Path, description = "C2SP tlog-tiles path.")),
    responses(
        (status = 200, description = "A checkpoint or tile."),
        (status = 404, description = "No such file.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn file(
    State(app): State<App>,
    Path((log, path)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let ledger = app.ledger().ok_or(WebError::NotFound)?;
    let log = Log::of_name(&log).ok_or(WebError::NotFound)?;
    let folder = folder(&ledger.data, log);
    if path == "checkpoint" {
        let text = tokio::fs::read(folder.join("checkpoint")).await.map_err(|_| WebError::NotFound)?;
        let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
        return Ok((headers, text).into_response());
    }
    let tile = tile(&path).ok_or(WebError::NotFound)?;
    let bytes = publication::read(&folder, &tile).ok_or(WebError::NotFound)?;
    let headers = [(CONTENT_TYPE, "application/octet-stream"), (CACHE_CONTROL, FOR_EVER)];
    Ok((headers, bytes).into_response())
}

/// The tile of a path, if it is written as it must be: nothing else ever becomes a file name.
fn tile(path: &str) -> Option<TilePath> {
    let rest = path.strip_prefix("tile/")?;
    let (level, rest) = rest.split_once('/')?;
    let level =
        if level == "entries" { None } else { Some(level.parse().ok().filter(|level: &u8| *level < 8)?) };
    let (number, width) = match rest.split_once(".p/") {
        Some((number, width)) => {
            (number, width.parse().ok().filter(|width: &u16| u64::from(*width) < WIDTH)?)
        }
        None => (rest, u16::try_from(WIDTH).ok()?),
    };
    let mut digits = number.split('/').map(|part| part.trim_start_matches('x').parse::<u64>().ok());
    let index = digits.try_fold(0_u64, |index, part| index.checked_mul(1000)?.checked_add(part?))?;
    let tile = TilePath { level, index, width };
    (tile.path() == path && width > 0).then_some(tile)
}

#[utoipa::path(
    get, path = "/ledger/registry/event/{index}", tag = "ledger",
    params(("index" = u64, Path, description = "Place in the log.")),
    responses(
        (status = 200, description = "An open event.", body = Object),
        (status = 400, description = "The index is no number.", body = String, content_type = "text/plain"),
        (status = 404, description = "No such event.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn registry_event(
    State(app): State<App>,
    Path(index): Path<u64>,
) -> Result<Json<Value>, Problem> {
    let absent = || Problem::of(&WebError::NotFound);
    let ledger = app.ledger().ok_or_else(absent)?;
    let found = ledger.store.event_at(Log::Registry, index).await.map_err(|error| Problem::of(&error))?;
    let stored = found.and_then(|found| found.stored.stored).ok_or_else(absent)?;
    let event = opened(&stored).map_err(|error| Problem::of(&error))?;
    Ok(Json(json!({ "event": base64url::encode(&event.event), "r": base64url::encode(event.r) })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_as_they_are_written() {
        for path in ["tile/0/000", "tile/entries/x001/234", "tile/1/005.p/112", "tile/0/x001/x234/067.p/1"] {
            assert_eq!(tile(path).unwrap().path(), path);
        }
        for path in [
            "tile/0/0",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/8/000",
            "tile/00/000",
            "tile/0/../../../keys",
            "tile/0/x000/000",
            "tile/0/x999999999999999999999/000",
            "tile/entries/-01",
            "checkpoint/",
            "",
        ] {
            assert_eq!(tile(path), None, "{path}");
        }
    }
}
