//! The did:webvh log of the issuer's keys: one entry at the beginning and one for each change, never anything but added.
//!
//! Every entry is signed by a key of its own that the entry before has announced. These keys are made from one secret of
//! the key store and the number of the entry, so that none of them need be kept, and none says anything about another.

use absah_crypto::ed25519::SigningKey;
use absah_crypto::{KeyError, SignError};
use absah_issuer_core::ports::{KeyStore, SecretRole, StoreError};
use absah_protocol::{IssuerId, UrlRules};
use absah_trust::webvh::{
    DidLog, Draft, PLACEHOLDER, Parameters, WebvhError, key_hash, multikey, of_did_web,
};
use absah_types::{Secret, Timestamp, coded};
use serde_json::Value;

use crate::identity::Identity;
use crate::signers;
use crate::store::{SqliteStore, TrustStep};

/// How long a reader may keep the document, seconds: as long as a status token.
const TTL: u64 = 900;
/// The last moment that a log can hold: our own log is judged by its order, not by a clock that may be wrong.
const END: Timestamp = Timestamp::from_unix(253_402_300_799);

/// The log cannot be brought up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DidLogError {
    /// What was kept of it does not hold.
    Damaged(WebvhError),
    /// The key of the next entry cannot be made.
    Key(KeyError),
    /// It does not sign.
    Sign(SignError),
    /// The records.
    Store(StoreError),
}

impl core::fmt::Display for DidLogError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Damaged(error) => write!(f, "kept did log does not hold: {error}"),
            Self::Key(error) => error.fmt(f),
            Self::Sign(error) => error.fmt(f),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for DidLogError {}

coded! { DidLogError {
    Damaged(..) => ("did-log-damaged", Environment),
    Key(error) => inner(error),
    Sign(error) => inner(error),
    Store(error) => inner(error),
} }

impl From<StoreError> for DidLogError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The log as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLog {
    /// The lines of `did.jsonl`, each with its line feed.
    pub lines: Vec<String>,
}

impl KeptLog {
    /// The newest document.
    #[must_use]
    pub fn document(&self) -> Option<Value> {
        let entry: Value = serde_json::from_str(self.lines.last()?).ok()?;
        entry.get("state").cloned()
    }

    /// The identifier.
    #[must_use]
    pub fn did(&self) -> Option<String> {
        self.document()?.get("id").and_then(Value::as_str).map(str::to_owned)
    }
}

/// The log under one name, with one more entry if the document has changed.
///
/// # Errors
/// [`DidLogError`].
pub async fn keep_up(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    identity: &Identity,
    now: Timestamp,
) -> Result<KeptLog, DidLogError> {
    let name = identity.id().as_str().trim_end_matches('/').to_owned();
    let web = identity.did_document(now);
    let kept = KeptLog { lines: store.did_log(&name).await? };
    let next = kept.lines.len().saturating_add(1);
    let (own, after) = (update_key(keys, &name, next)?, update_key(keys, &name, next.saturating_add(1))?);
    let signer = multikey(own.public_key());
    let mut parameters = Parameters {
        update_keys: Some(vec![signer.clone()]),
        next_key_hashes: Some(vec![key_hash(&multikey(after.public_key()))]),
        ..Parameters::default()
    };
    let draft = match kept.document() {
        None if next > 1 => return Err(DidLogError::Damaged(WebvhError::Entry { entry: next - 1 })),
        None => {
            parameters.ttl = Some(TTL);
            Draft::first(&of_did_web(&web, PLACEHOLDER), &parameters, &signer, now)
        }
        Some(document) => {
            let did = document.get("id").and_then(Value::as_str).unwrap_or_default();
            let wanted = of_did_web(&web, did.split(':').nth(2).unwrap_or_default());
            if wanted == document {
                return Ok(kept);
            }
            let log =
                DidLog::verify(kept.lines.concat().as_bytes(), None, END).map_err(DidLogError::Damaged)?;
            Draft::next(&log, &wanted, &parameters, &signer, now)
        }
    };
    let line = draft.attach(&own.sign(&draft.to_be_signed()).map_err(DidLogError::Sign)?);
    let version = u32::try_from(next).unwrap_or(u32::MAX);
    let version_id = draft.version_id().to_owned();
    let step = TrustStep::DidEntry { url: name.clone(), version, version_id, line };
    store.trust_steps(vec![step], None, now).await?;
    // What is in the records counts, should another program have been faster.
    Ok(KeptLog { lines: store.did_log(&name).await? })
}

/// The logs under all names the issuer ever had; that of the last name is answered.
///
/// # Errors
/// [`DidLogError`].
pub async fn keep_up_all(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    now: Timestamp,
) -> Result<Option<KeptLog>, DidLogError> {
    let mut last = None;
    for (text, _) in store.identities().await? {
        let id = IssuerId::parse(text.trim_end_matches('/'), UrlRules::DevLoopback);
        let id = id.map_err(|_| StoreError::Damaged)?;
        let signers = signers::of(store, id.url()).await?;
        last = Some(keep_up(store, keys, &Identity::new(id, signers, true), now).await?);
    }
    Ok(last)
}

/// The key of an entry, counted from 1.
fn update_key(keys: &dyn KeyStore, name: &str, entry: usize) -> Result<SigningKey, DidLogError> {
    let message = format!("absah-did-update-v1 {entry} {name}");
    let seed = Secret::new(keys.mac(SecretRole::DidUpdate, message.as_bytes()));
    SigningKey::from_seed(&seed).map_err(DidLogError::Key)
}
