//! `POST /access-history`: a citizen's wallet is told who looked at the record, with proofs.

use absah_credential::status_list::Status;
use absah_credential::{Format, SignerHint};
use absah_crypto::PublicKey;
use absah_ledger::Proof;
use absah_protocol::access_history::{
    AccessHistory, AccessHistoryError, AccessHistoryExpectation, AccessHistoryRequest, Asked, Entry,
    MAX_ENTRIES,
};
use absah_types::{Nik, Timestamp, coded};
use absah_web::{Now, Problem, WebError};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::Value;

use crate::app::{App, Ledger};
use crate::identity::Identity;
use crate::ledger::proofs::Proofs;
use crate::ledger::seal::Log;

/// Why a good presentation opens no history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessError {
    /// Its nonce opened one before.
    NonceUsed,
    /// No such copy was issued.
    CopyUnknown,
    /// The card was revoked.
    Revoked,
    /// The card is suspended.
    Suspended,
}

impl core::fmt::Display for AccessError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NonceUsed => "c_nonce used before",
            Self::CopyUnknown => "copy of the card not on record",
            Self::Revoked => "card revoked",
            Self::Suspended => "card suspended",
        })
    }
}

impl core::error::Error for AccessError {}

coded! { AccessError {
    NonceUsed => ("c-nonce-used", Peer),
    CopyUnknown => ("access-copy-unknown", Peer),
    Revoked => ("access-copy-revoked", Peer),
    Suspended => ("access-copy-suspended", Peer),
} }

pub(super) async fn show(State(app): State<App>, Now(now): Now, body: Bytes) -> Result<Json<Value>, Problem> {
    let ledger = app.ledger().ok_or_else(|| Problem::of(&WebError::NotFound))?;
    let asked = checked(&app, &body, now).map_err(|error| Problem::of(&error))?;
    let refused = |error: AccessError| Problem::with_status(StatusCode::FORBIDDEN, &error);
    if !ledger.store.use_nonce(&asked.nonce, now).await.map_err(|error| Problem::of(&error))? {
        return Err(refused(AccessError::NonceUsed));
    }
    let holder = ledger.store.holder_of(&asked.status).await.map_err(|error| Problem::of(&error))?;
    let (nik, status) = holder.ok_or_else(|| refused(AccessError::CopyUnknown))?;
    match status {
        Status::Revoked => return Err(refused(AccessError::Revoked)),
        Status::Suspended => return Err(refused(AccessError::Suspended)),
        // Superseded: its facts have changed; it is the same person's still.
        _ => {}
    }
    Ok(Json(history(ledger, nik).await?.to_value()))
}

fn checked(app: &App, body: &[u8], now: Timestamp) -> Result<Asked, AccessHistoryError> {
    let identity = app.identity();
    let resolve = |hint: &SignerHint<'_>| own_key(identity, hint);
    let expected =
        AccessHistoryExpectation { issuer: identity.id(), nonces: &app.0.nonces, now, resolve: &resolve };
    AccessHistoryRequest::parse(body)?.check(&expected)
}

/// The key of a card of our own.
fn own_key(identity: &Identity, hint: &SignerHint<'_>) -> Option<PublicKey> {
    let signing = identity.signing();
    let is_ours = match hint.format {
        Format::DcSdJwt => hint.issuer == signing.url(),
        Format::VcSdJwt => hint.issuer == signing.did().as_str(),
    };
    let (_, id) = hint.kid?.rsplit_once('#')?;
    let published = identity.published_keys().iter().filter(|_| is_ours);
    published.clone().find(|published| published.id == id).map(|published| published.key.clone())
}

async fn history(ledger: &Ledger, nik: Nik) -> Result<AccessHistory, Problem> {
    let store = ledger.store.as_ref();
    let most = u32::try_from(MAX_ENTRIES).unwrap_or(u32::MAX);
    let all = store.count_events_of(nik).await.map_err(|error| Problem::of(&error))?;
    let events = store.events_of(nik, most).await.map_err(|error| Problem::of(&error))?;
    // Only the audit log speaks of people. Its checkpoint is looked up after the events: it covers most of them.
    let proofs = Proofs::of(store, &ledger.data, Log::Audit).await.map_err(|error| Problem::of(&error))?;
    let placed: Vec<_> = events.into_iter().filter_map(|found| Some((found.position?, found))).collect();
    let positions: Vec<u64> = placed.iter().map(|(position, _)| *position).collect();
    let proofs = proofs.of_each(&positions).map_err(|error| Problem::of(&error))?;
    let mut entries = Vec::with_capacity(placed.len());
    for ((index, found), proof) in placed.into_iter().zip(proofs) {
        let Some(proof): Option<Proof> = proof else { continue };
        let opened = store.sealer().open_for(nik, &found.stored).map_err(|error| Problem::of(&error))?;
        entries.push(Entry {
            log: found.log.name().to_owned(),
            index,
            event: opened.event,
            r: opened.r,
            leaf: found.leaf.to_bytes().to_vec(),
            proof: proof.to_string(),
        });
    }
    let told = u64::try_from(entries.len()).unwrap_or(u64::MAX);
    Ok(AccessHistory { entries, left_out: all.saturating_sub(told) })
}
