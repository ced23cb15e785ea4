//! `GET /bundle/{path}`: the files of the trust bundle that was published last.

use std::path::{Component, Path as FilePath};

use absah_web::WebError;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::app::App;

#[utoipa::path(
    get, path = "/bundle/{path}", tag = "trust",
    params(("path" = String, Path, description = "Path within the bundle.")),
    responses(
        (status = 200, description = "A file of the trust bundle."),
        (status = 404, description = "No such file.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn file(State(app): State<App>, Path(path): Path<String>) -> Result<Response, WebError> {
    let folder = app.0.bundle.as_ref().ok_or(WebError::NotFound)?;
    let inside = FilePath::new(&path).components().all(|part| matches!(part, Component::Normal(_)));
    let hidden = path.split('/').any(|part| part.starts_with('.') || part.is_empty());
    if !inside || hidden {
        return Err(WebError::NotFound);
    }
    let bytes = tokio::fs::read(folder.join(&path)).await.map_err(|_| WebError::NotFound)?;
    let media_type = match path.rsplit_once('.') {
        Some((_, "json")) => "application/json",
        Some((_, "jwt")) => "application/statuslist+jwt",
        _ => "application/octet-stream",
    };
    let headers = [(CONTENT_TYPE, media_type), (CACHE_CONTROL, "no-cache")];
    Ok((headers, bytes).into_response())
}
