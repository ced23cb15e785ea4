//! The issuer as writer of the ledger.
//!
//! ```text
//! act ─► row + sealed event (one transaction, [`seal`]) ─► position, tiles, signed checkpoint (one transaction)
//!     ─► static files ([`publication`]) ─► witnesses co-sign ([`witnesses`]); [`writer`] drives it, [`health`] tells how it goes
//! ```
//!
//! Issuing waits for the first step only. A leaf is *final* when enough witnesses have co-signed a checkpoint that holds it;
//! until then it is *pending*.

pub mod health;
pub mod outside;
pub mod prove;
pub mod publication;
pub mod seal;
pub mod witnesses;
pub mod writer;

use absah_issuer_core::ports::{KeyStore, StoreError};
use absah_ledger::note::{Algorithm, NoteError};
use absah_ledger::policy::{LogEntry, WitnessEntry};
use absah_ledger::{LedgerPolicy, NoteSigner};
use absah_types::{HttpsUrl, Timestamp, coded};

use crate::store::SqliteStore;
use seal::Log;

/// What the names of the logs' keys begin with; their origins (C2SP `tlog-checkpoint`).
pub const ORIGIN: &str = "dukcapil.madiunkota.go.id/absah";

/// The ledger cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerError {
    /// The records.
    Store(StoreError),
    /// The key of a log cannot be used.
    Key(NoteError),
    /// A published file cannot be written.
    File,
    /// The tiles on record are not those of the last signed checkpoint.
    Beginning,
}

impl core::fmt::Display for LedgerError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Key(error) => error.fmt(f),
            Self::File => f.write_str("published file of the ledger cannot be written"),
            Self::Beginning => f.write_str("tiles on record contradict the last signed checkpoint"),
        }
    }
}

impl core::error::Error for LedgerError {}

coded! { LedgerError {
    Store(error) => inner(error),
    Key(error) => inner(error),
    File => ("ledger-file-unwritable", Environment),
    Beginning => ("ledger-tiles-changed", Environment),
} }

impl From<StoreError> for LedgerError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<NoteError> for LedgerError {
    fn from(error: NoteError) -> Self {
        Self::Key(error)
    }
}

/// The key of a log.
///
/// # Errors
/// [`NoteError::Key`].
pub fn signer(keys: &dyn KeyStore, log: Log) -> Result<NoteSigner, NoteError> {
    NoteSigner::new(&format!("{ORIGIN}/{}", log.name()), Algorithm::Ed25519, keys.secret(log.secret()))
}

/// Puts what waits into both logs; whether anything waited. What is wrong with one log does not hold up the other.
///
/// # Errors
/// [`LedgerError`], of the first log that has one.
pub async fn sequence(store: &SqliteStore, keys: &dyn KeyStore, now: Timestamp) -> Result<bool, LedgerError> {
    let mut whole = Ok(false);
    for log in Log::ALL {
        let any = store.sequence(log, &signer(keys, log)?, now).await;
        whole = whole.and_then(|before| Ok(any? || before));
    }
    whole
}

/// Whose signatures make a checkpoint final, as the issuer says it: for its own site and for the trust bundle.
///
/// # Errors
/// [`LedgerError`].
pub async fn policy(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    public_url: &HttpsUrl,
) -> Result<LedgerPolicy, LedgerError> {
    policy_under(store, keys, public_url.as_str().trim_end_matches('/')).await
}

/// As [`policy`], with the logs under any address.
pub(crate) async fn policy_under(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    base: &str,
) -> Result<LedgerPolicy, LedgerError> {
    let (witnesses, quorum) = store.witnesses().await?;
    let log = |log: Log| {
        let name = log.name().to_owned();
        let url = format!("{base}/ledger/{name}/");
        Ok::<_, NoteError>(LogEntry { name, url, vkey: signer(keys, log)?.public().to_string() })
    };
    Ok(LedgerPolicy {
        logs: Log::ALL.into_iter().map(log).collect::<Result<_, _>>()?,
        witnesses: witnesses.into_iter().map(|witness| WitnessEntry { vkey: witness.vkey }).collect(),
        quorum,
    })
}
