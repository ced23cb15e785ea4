//! Another portrait for a person: taken here, compared and agreed to by somebody else.

use absah_crypto::sha256;
use absah_issuer_core::operator::four_eyes::Body;
use absah_types::hex;
use absah_web::Now;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::error::Fail;
use super::guard::{Fields, Officer};
use super::people::{case_of, purpose};
use super::{Console, ConsoleError};
use crate::portraits::{self, PortraitError};
use crate::store::NewPortrait;

/// The header in which the script tells the reason, percent-encoded.
const REASON_HEADER: &str = "x-reason";

pub(super) async fn propose(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<String>,
    headers: HeaderMap,
    photo: Bytes,
) -> Result<Json<Value>, Fail> {
    let case = case_of(&console, &officer, &id).await?;
    let told = headers.get(REASON_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let reason = purpose(&Fields::parse(format!("reason={told}").as_bytes()), "reason")?;
    let source = sha256(&photo);
    let made = tokio::task::spawn_blocking(move || portraits::of_photo(&photo)).await;
    let webp = match made {
        Ok(Ok(webp)) => webp,
        Ok(Err(PortraitError::Size)) => return Err(ConsoleError::PhotoSize.into()),
        _ => return Err(ConsoleError::Photo.into()),
    };
    let digest = hex::encode(sha256(&webp));
    let picture = console.store().keep_waiting_portrait(NewPortrait { nik: case.nik, source, webp }).await?;
    let body = Body::Portrait { nik: case.nik, picture, sha256: digest };
    let number = console.store().propose(body, officer.proposer(), &reason, now).await?;
    Ok(Json(json!({ "next": format!("/approvals/{number}") })))
}
