//! `POST /access-history`: a citizen's own entries in the ledger, against proof of possession of a card.

use std::cell::Cell;

use absah_credential::sd_jwt::{KeyBindingExpectation, KeyBindingPolicy, Unverified};
use absah_credential::{Expectation, PENDAMPING, SignerHint, Verified};
use absah_crypto::PublicKey;
use absah_issuer_core::ports::{KeyRole, StoreError};
use absah_protocol::access_history::{Answer, Entry, MAX_ENTRIES, Request, audience};
use absah_schemas::CredentialType;
use absah_types::{Seconds, Timestamp, coded};
use absah_web::{JsonBody, Now, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::{App, Ledger};
use crate::identity::kid;
use crate::ledger::prove::{ProveError, Prover};
use crate::ledger::seal::{Log, SealError};
use crate::signers::Signer;

/// How far the wallet's clock may be off.
const SKEW: Seconds = Seconds::minutes(5);

/// Nobody's history is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessHistoryError {
    /// The presentation is none, or not of a card of this issuer, or not made for this endpoint now.
    Presentation,
    /// The same presentation was used before.
    Replayed,
    /// The card is revoked: it proves nothing any more.
    Withdrawn,
    /// The card is suspended: it proves nothing until that is taken back.
    Suspended,
    /// A helper carries the card for its holder: it opens nothing of the holder's.
    Carried,
    /// The card is signed with a key that is distrusted: whoever has it needs a card signed with another.
    Distrusted,
    /// The records.
    Store(StoreError),
}

impl core::fmt::Display for AccessHistoryError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Presentation => f.write_str("presentation proves nothing"),
            Self::Replayed => f.write_str("presentation used before"),
            Self::Withdrawn => f.write_str("card is withdrawn"),
            Self::Suspended => f.write_str("card is suspended"),
            Self::Carried => f.write_str("card is carried by a helper"),
            Self::Distrusted => f.write_str("card of a distrusted key"),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for AccessHistoryError {}

coded! { AccessHistoryError {
    Presentation => ("access-history-presentation", Peer),
    Replayed => ("access-history-replayed", Peer),
    Withdrawn => ("access-history-withdrawn", Peer),
    Suspended => ("access-history-suspended", Peer),
    Carried => ("access-history-carried", User),
    Distrusted => ("access-history-distrusted", Peer),
    Store(error) => inner(error),
} }

impl From<StoreError> for AccessHistoryError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

#[utoipa::path(
    post, path = "/access-history", tag = "citizen",
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 200, description = "The entries about the person, with proofs.", body = Object),
        (status = 400, description = "Malformed, with our code.", body = super::openapi::ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "The presentation proves nothing.", body = super::openapi::ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large.", body = super::openapi::ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "No JSON.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn tell(
    State(app): State<App>,
    Now(now): Now,
    JsonBody(request): JsonBody<Request>,
) -> Result<Json<Answer>, Problem> {
    let ledger = app.ledger().ok_or_else(|| Problem::of(&absah_web::WebError::NotFound))?;
    let refused = |error: AccessHistoryError| match error {
        AccessHistoryError::Store(_) => Problem::of(&error),
        _ => Problem::with_status(StatusCode::FORBIDDEN, &error),
    };
    let audience = audience(app.identity().id());
    let holder = prove(&app, ledger, &request.presentation, &audience, now).await.map_err(refused)?;
    let answer = entries(ledger, holder, request.size).await.map_err(|error| Problem::of(&error))?;
    Ok(Json(answer))
}

/// Who proves themselves by a card of this issuer, shown for `audience` under a nonce of ours.
pub(super) async fn prove(
    app: &App,
    ledger: &Ledger,
    presentation: &str,
    audience: &str,
    now: Timestamp,
) -> Result<absah_types::Nik, AccessHistoryError> {
    prove_by(app, ledger, presentation, audience, now).await.map(|(nik, _)| nik)
}

/// The same, and by which kind of card.
pub(super) async fn prove_by(
    app: &App,
    ledger: &Ledger,
    presentation: &str,
    audience: &str,
    now: Timestamp,
) -> Result<(absah_types::Nik, Option<CredentialType>), AccessHistoryError> {
    let (verified, nonce) = verify(app, presentation, audience, now)?;
    // A helper shows the card at counters and no more: with it, nobody reads the holder's history, asks for anything in the
    // holder's name, or fetches a card that lasts.
    if verified.claims().contains_key(PENDAMPING) {
        return Err(AccessHistoryError::Carried);
    }
    // Only a presentation that holds uses its nonce up: nobody can spoil another's.
    if !ledger.store.use_nonce(&nonce, now).await? {
        return Err(AccessHistoryError::Replayed);
    }
    Ok((holder(app, ledger, &verified, now).await?, verified.kind()))
}

fn verify(
    app: &App,
    presentation: &str,
    audience: &str,
    now: Timestamp,
) -> Result<(Verified, String), AccessHistoryError> {
    let proves_nothing = |_| AccessHistoryError::Presentation;
    let unverified = Unverified::parse(presentation).map_err(|_| AccessHistoryError::Presentation)?;
    let nonce = unverified.dangerous_key_binding_nonce().ok_or(AccessHistoryError::Presentation)?;
    app.0.nonces.check(&nonce, now).map_err(|_| AccessHistoryError::Presentation)?;
    let expected = Expectation {
        now,
        leeway: SKEW,
        key_binding: KeyBindingPolicy::Required(KeyBindingExpectation {
            aud: audience,
            nonce: &nonce,
            now,
            max_age: SKEW,
            max_ahead: SKEW,
        }),
    };
    let is_distrusted = Cell::new(false);
    let resolve = |hint: &SignerHint<'_>| {
        let (key, distrusted) = own_key(app, hint)?;
        is_distrusted.set(distrusted);
        Some(key)
    };
    let verified = absah_credential::verify(&unverified, &resolve, &expected).map_err(proves_nothing)?;
    // A distrusted key vouches for nobody, not even for what it signed before: whoever stole it can date back, and a
    // history is not shown to them. The holder of such a card is told what to do.
    if is_distrusted.get() {
        return Err(AccessHistoryError::Distrusted);
    }
    Ok((verified, nonce))
}

/// The key of this issuer, under the names it has; and whether it is distrusted.
fn own_key(app: &App, hint: &SignerHint<'_>) -> Option<(PublicKey, bool)> {
    let id = app.identity().id();
    let is_ours = hint.issuer == id.as_str().trim_end_matches('/') || hint.issuer == id.did_web();
    let named = |signer: &&Signer| {
        let row = &signer.row;
        let by_leaf = || hint.x5c.first().is_some_and(|leaf| signer.chain.first() == Some(leaf));
        let is_meant = hint.kid.map_or_else(by_leaf, |named| named == kid(id.url(), &row.key_id));
        row.role == KeyRole::Credential && is_meant
    };
    let signers = app.identity().signers();
    let signer = signers.0.iter().find(named).filter(|_| is_ours)?;
    Some((signer.row.key.clone(), signer.row.distrusted_after.is_some()))
}

/// Whose card it is, by the place of its status.
async fn holder(
    app: &App,
    ledger: &Ledger,
    verified: &Verified,
    _now: Timestamp,
) -> Result<absah_types::Nik, AccessHistoryError> {
    let reference = verified.status().ok_or(AccessHistoryError::Presentation)?;
    let lists = app.0.store.status_lists().await?;
    let list = lists.iter().find(|(_, uri)| *uri == reference.uri).ok_or(AccessHistoryError::Presentation)?;
    let found = ledger.store.copy_holder(list.0, reference.idx).await?;
    let (nik, status) = found.ok_or(AccessHistoryError::Presentation)?;
    use absah_credential::status_list::Status;
    match status {
        // Whoever holds a superseded card is still the person.
        Status::Valid | Status::Superseded => Ok(nik),
        Status::Suspended => Err(AccessHistoryError::Suspended),
        _ => Err(AccessHistoryError::Withdrawn),
    }
}

async fn entries(ledger: &Ledger, nik: absah_types::Nik, seen: Option<u64>) -> Result<Answer, ProveError> {
    let mut answer = Answer::default();
    let events = ledger.store.events_of(nik, MAX_ENTRIES).await?;
    // Only sealed events name a person, and those stand in the audit log. Made after the look at the events, so that its
    // checkpoints are no older than their positions.
    let prover = Prover::of(&ledger.store, &ledger.data, Log::Audit).await?;
    for found in events {
        let opened = match ledger.store.sealer().open_for(nik, &found.stored) {
            Ok(opened) => Some(opened),
            // Altered past the program: one such row hides no other, and is itself not hidden.
            Err(SealError::Closed | SealError::Erased) => None,
            Err(error) => return Err(error.into()),
        };
        let proof = match found.position {
            Some(position) => prover.prove(position)?,
            None => None,
        };
        let name = found.log.name();
        answer.entries.push(match opened {
            Some(opened) => Entry::new(name, &found.leaf, &opened.event, &opened.r, proof.as_ref()),
            None => Entry::closed(name, &found.leaf, proof.as_ref()),
        });
    }
    answer.checkpoint = prover.checkpoint()?.unwrap_or_default();
    answer.newest = prover.newest()?.unwrap_or_default();
    answer.consistency = seen.map(|size| prover.consistency(size)).transpose()?.unwrap_or_default();
    Ok(answer)
}
