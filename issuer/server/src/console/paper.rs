//! *Cetak kartu kertas*: for somebody without a phone, who is here and whose face was compared.

use absah_issuer_core::ports::KeyRole;
use absah_web::{Ambient, Now};
use axum::extract::FromRef as _;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use super::error::Fail;
use super::guard::{Fields, Officer};
use super::people::case_of;
use super::{Console, ConsoleError, alerts};
use crate::paper_card::{PaperCardError, Wanted, make};
use crate::store::PrintedBy;

/// `POST /people/{case}/paper`: the PDF; the person's earlier paper card ends by it.
pub(super) async fn print(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Fail> {
    let case = case_of(&console, &officer, &id).await?;
    let years = match fields.raw("years") {
        "1" => 1,
        "2" => 2,
        _ => return Err(ConsoleError::Missing.into()),
    };
    let wanted = Wanted {
        nik: case.nik,
        years,
        a4: fields.raw("paper") == "a4",
        by: PrintedBy::Officer(officer.public_name()),
        lang: officer.lang,
    };
    let app = &console.0.app;
    let signers = app.identity().signers();
    let signer = signers.in_force(KeyRole::Credential, now).map_err(PaperCardError::Signer)?;
    let mut rng = Ambient::from_ref(&console).rng();
    let made = make(
        (console.store(), app.keys().as_ref()),
        (app.identity().id(), signer),
        &wanted,
        rng.as_mut(),
        now,
    )
    .await?;
    alerts::acted(&console, &officer, case.nik, now).await?;
    let headers = [
        (CONTENT_TYPE, "application/pdf"),
        (CONTENT_DISPOSITION, "attachment; filename=\"kartu-kertas.pdf\""),
    ];
    Ok((headers, made.pdf).into_response())
}
