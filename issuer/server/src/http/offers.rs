//! `GET /offers/{secret}`: the Credential Offer that a deep link names (OpenID4VCI 1.0, section 4.1.3).

use absah_credential::Format;
use absah_issuer_core::offer::OfferLink;
use absah_issuer_core::ports::{self, Store as _};
use absah_protocol::oid4vci::issuer::TokenError;
use absah_protocol::oid4vci::{Carried, Offer, TX_CODE_LENGTH, TxCodeInput, TxCodePrompt};
use absah_types::Secret;
use absah_web::{Now, Problem};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::Value;

use crate::app::App;
use crate::store::SESSION_LIFE;

/// Shown above the field for the code; the wallet adds its own words.
const PROMPT: &str = "Masukkan 6 angka yang dibacakan petugas.";

#[utoipa::path(
    get, path = "/offers/{secret}", tag = "issuance",
    params(("secret" = String, Path, description = "The secret of the offer link.")),
    responses(
        (status = 200, description = "The Credential Offer.", body = Object),
        (status = 404, description = "No such offer.", body = super::openapi::ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "Redeemed or ended.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn show(
    State(app): State<App>,
    Now(now): Now,
    Path(secret): Path<String>,
) -> Result<Json<Value>, Problem> {
    let unknown = || Problem::with_status(StatusCode::NOT_FOUND, &TokenError::UnknownCode);
    let gone = |error: TokenError| Problem::with_status(StatusCode::GONE, &error);
    let secret = OfferLink::parse(&secret).ok_or_else(unknown)?.secret(app.0.keys.as_ref());
    let offer = app.0.store.offer(secret.key()).await.map_err(|error| Problem::of(&error))?;
    let offer = offer.ok_or_else(unknown)?;
    if offer.record.redeemed {
        return Err(gone(TokenError::Redeemed));
    }
    if now >= offer.record.expires_at {
        return Err(gone(TokenError::Expired));
    }
    // The code at the desk was read twice, and perhaps not by the citizen both times: nobody gets the card by it.
    if app.scanned(&offer.key).is_some_and(|scans| scans > 1)
        && let Some(ledger) = app.ledger()
    {
        ledger.store.end_offer(offer.key, now).await.map_err(|error| Problem::of(&error))?;
        return Err(gone(TokenError::Redeemed));
    }
    let tx_code = offer.record.tx_code.map(|_| TxCodePrompt {
        input: TxCodeInput::Numeric,
        length: Some(TX_CODE_LENGTH),
        description: Some(PROMPT.to_owned()),
    });
    let mut ids = app.0.identity.configuration_ids(offer.kind);
    let mut carried = None;
    if let Some(ledger) = app.ledger() {
        let session = ledger.store.pendamping_of(offer.key).await.map_err(|error| Problem::of(&error))?;
        // What a helper carries is one copy, in the form that counters read.
        if let Some(session) = session {
            // The helper is told whose card it is before the code is typed: the wrong one is never taken.
            let subject =
                ledger.store.subject(session.nik, offer.kind).await.map_err(|error| Problem::of(&error))?;
            let minutes = u32::try_from(SESSION_LIFE.0 / 60).unwrap_or(u32::MAX);
            carried = subject.map(|subject| Carried::of(subject.resident.nama.as_str(), minutes));
            ids.retain(|id| {
                ports::of_configuration_id(id).is_some_and(|(_, format)| format == Format::VcSdJwt)
            });
        }
    }
    let offer = Offer::pre_authorized(
        app.0.identity.id().clone(),
        ids,
        Secret::new(secret.pre_authorized_code()),
        tx_code,
    );
    let offer = Offer { carried, ..offer };
    Ok(Json(offer.to_value()))
}
