//! Fresh data for the counter, from the network, a stick or an animated code: the same verified, atomic import.

use absah_carry::{CarryError, pull, source};
use absah_trust::{Files, tuf};
use absah_types::Timestamp;
use absah_web::{JsonBody, Now};
use axum::extract::State;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Desk;
use super::work::answered;
use crate::app::App;
use crate::commands::bundle::take_over_known;
use crate::error::{Failure, VerifierError};

/// Most files that the page hands over.
const MAX_FILES: usize = 4096;

async fn taken(app: &App, files: &Files, now: Timestamp) -> Result<Value, Failure> {
    let version = take_over_known(app, files, now).await?;
    Ok(json!({ "state": "bundle", "version": version }))
}

/// `POST /api/bundle/pull`: from the address in the settings (`bundle_url`).
pub(super) async fn from_network(State(desk): State<Desk>, Now(now): Now) -> Response {
    let done = async {
        let url = desk.app.settings().text("bundle_url", None)?.ok_or(VerifierError::NoBundleUrl)?;
        let held = desk.app.store().bundle().await?.map(|(files, _)| files);
        let files = pull::pull(&url, held.as_ref(), desk.app.reach()).await?;
        taken(&desk.app, &files, now).await
    };
    answered(&desk, done.await)
}

#[derive(Deserialize)]
pub(super) struct Folder {
    /// Path below the chosen folder, and content in base64.
    files: Vec<(String, String)>,
}

/// `POST /api/bundle/folder`: the files of a folder that the officer chose, on a stick or anywhere.
pub(super) async fn from_folder(
    State(desk): State<Desk>,
    Now(now): Now,
    JsonBody(folder): JsonBody<Folder>,
) -> Response {
    let done = async {
        if folder.files.len() > MAX_FILES {
            return Err(CarryError::TooLarge.into());
        }
        let mut files = Files::new();
        for (path, content) in &folder.files {
            // The folder may be the bundle, or have it inside; other files are none of ours.
            let parts: Vec<&str> = path.split('/').collect();
            let Some(at) = parts.iter().rposition(|part| matches!(*part, "metadata" | "targets")) else {
                continue;
            };
            let is_status = parts.get(at.wrapping_sub(1)) == Some(&"targets");
            let at = if is_status { at - 1 } else { at };
            let inner = parts.get(at..).unwrap_or_default().join("/");
            let content = STANDARD.decode(content).map_err(|_| VerifierError::FolderFile)?;
            files.insert(inner, content);
        }
        let files = tuf::pruned(&files).map_err(CarryError::Repository)?;
        taken(&desk.app, &files, now).await
    };
    answered(&desk, done.await)
}

/// The frames of an animated code, put together as far as they are there.
pub(super) async fn from_frames(app: &App, frames: &[String], now: Timestamp) -> Result<Value, Failure> {
    let held = app.store().bundle().await?.map(|(files, _)| files);
    let read = source::from_frames(frames.iter().map(String::as_str), held.as_ref());
    match read {
        Err(CarryError::Frames(absah_qr::frames::FinishError::Incomplete { have, needed })) => {
            Ok(json!({ "state": "part", "have": have, "needed": needed }))
        }
        read => taken(app, &read?, now).await,
    }
}
