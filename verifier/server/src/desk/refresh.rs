//! Fresh data for the counter, from the network, a stick or an animated code: the same verified, atomic import.

use absah_carry::{CarryError, export, pull, source};
use absah_qr::render::{Ecc, Symbol};
use absah_trust::{Bundle, Files, tuf};
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

/// The largest QR version of an animated code: any camera reads it from a screen.
const FRAME_VERSION: u8 = 20;
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
            let Some(inner) = place(path) else { continue };
            let content = STANDARD.decode(content).map_err(|_| VerifierError::FolderFile)?;
            files.insert(inner, content);
        }
        let files = tuf::pruned(&files).map_err(CarryError::Repository)?;
        taken(&desk.app, &files, now).await
    };
    answered(&desk, done.await)
}

/// `GET /api/bundle/frames`: the data in use as an animated code, for another counter or a wallet.
pub(super) async fn frames(State(desk): State<Desk>) -> Response {
    let done = async {
        let (files, state) = desk.app.store().bundle().await?.ok_or(CarryError::NoBundle)?;
        // What does not hold here is not passed on.
        Bundle::reopen(&files, &state)?;
        let texts = export::to_frames(&files, false, FRAME_VERSION)?;
        let svg = |text: &String| Ok(Symbol::encode(text, Ecc::L)?.svg());
        let frames = texts.iter().map(svg).collect::<Result<Vec<_>, Failure>>()?;
        Ok(json!({ "frames": frames }))
    };
    answered(&desk, done.await)
}

/// Where a file of the chosen folder belongs in a bundle: the folder may be the bundle or have it inside, and some browsers give
/// names without folders. A file in the wrong place is refused with the whole, or belongs to none and is left out.
fn place(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').collect();
    if let Some(at) = parts.iter().rposition(|part| matches!(*part, "metadata" | "targets")) {
        return Some(parts.get(at..)?.join("/"));
    }
    let [name] = parts.as_slice() else { return None };
    let role = name
        .strip_suffix(".json")
        .map(|name| name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'));
    Some(match role {
        Some("timestamp" | "root" | "snapshot" | "targets" | "status") => format!("metadata/{name}"),
        _ if name.ends_with(".jwt") => format!("targets/status/{name}"),
        _ => format!("targets/{name}"),
    })
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

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn files_are_placed_with_and_without_folders() {
        for (path, expected) in [
            ("USB/bundle/metadata/1.root.json", Some("metadata/1.root.json")),
            ("bundle/targets/status/ab.0.jwt", Some("targets/status/ab.0.jwt")),
            ("timestamp.json", Some("metadata/timestamp.json")),
            ("12.snapshot.json", Some("metadata/12.snapshot.json")),
            ("ab.trust.json", Some("targets/ab.trust.json")),
            ("ab.0.jwt", Some("targets/status/ab.0.jwt")),
            ("USB/notes/other.txt", None),
        ] {
            assert_eq!(place(path).as_deref(), expected, "{path}");
        }
    }
}
