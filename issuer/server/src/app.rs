//! The issuer as one value: everything an endpoint needs, with time, randomness, keys and records handed in.

use std::path::PathBuf;
use std::sync::Arc;

use absah_host::DataDir;
use absah_issuer_core::ports::{KeyStore, SecretRole, Store, StoreError};
use absah_protocol::IssuerId;
use absah_protocol::oid4vci::issuer::NonceKey;
use absah_types::{Rng, Secret, Timestamp, coded};
use absah_web::Ambient;
use axum::extract::FromRef;

use crate::certificates::{self, CertificateError};
use crate::identity::Identity;
use crate::status_tokens;
use crate::store::SqliteStore;

/// Where the records lie in the data directory.
pub const STORE_FILE: &str = "issuer.sqlite";
/// Where the published bundle lies in the data directory, for `/bundle/`.
pub const BUNDLE_FOLDER: &str = "bundle";

/// The issuer cannot begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppError {
    /// The records.
    Store(StoreError),
    /// A certificate.
    Certificate(CertificateError),
}

impl core::fmt::Display for AppError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Certificate(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for AppError {}

coded! { AppError {
    Store(error) => inner(error),
    Certificate(error) => inner(error),
} }

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<CertificateError> for AppError {
    fn from(error: CertificateError) -> Self {
        Self::Certificate(error)
    }
}

/// A running issuer; cheap to clone.
#[derive(Clone)]
pub struct App(pub(crate) Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) keys: Arc<dyn KeyStore>,
    pub(crate) identity: Identity,
    pub(crate) nonces: NonceKey,
    pub(crate) ambient: Ambient,
    pub(crate) statuses: status_tokens::Cache,
    pub(crate) bundle: Option<PathBuf>,
}

impl App {
    /// An issuer on the records of a data directory. Remembers the identity, and begins the certificate authority
    /// where there is none.
    ///
    /// # Errors
    /// [`AppError`].
    pub async fn open(
        dir: &DataDir,
        id: IssuerId,
        keys: Arc<dyn KeyStore>,
        ambient: Ambient,
        anonymous_access: bool,
    ) -> Result<Self, AppError> {
        let store = SqliteStore::open(&dir.join(STORE_FILE)).await?;
        let identity = {
            let mut rng = ambient.rng();
            remember(&store, &id, keys.as_ref(), ambient.now(), rng.as_mut()).await?
        };
        store.issue_under(id.url(), *keys.secret(SecretRole::StatusOrder).expose()).await?;
        let identity = Identity::new(id, keys.as_ref(), identity, anonymous_access);
        let bundle = Some(dir.join(BUNDLE_FOLDER));
        Ok(Self::of_parts(Arc::new(store), keys, identity, ambient, bundle))
    }

    /// An issuer on any store.
    #[must_use]
    pub fn of_parts(
        store: Arc<dyn Store>,
        keys: Arc<dyn KeyStore>,
        identity: Identity,
        ambient: Ambient,
        bundle: Option<PathBuf>,
    ) -> Self {
        let nonces = NonceKey::new(Secret::new(*keys.secret(SecretRole::Nonce).expose()));
        let statuses = status_tokens::Cache::default();
        Self(Arc::new(Parts { store, keys, identity, nonces, ambient, statuses, bundle }))
    }

    /// Its records.
    #[must_use]
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.0.store
    }

    /// Its name.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.0.identity
    }

    /// Its endpoints, ready to be served.
    pub fn router(&self) -> axum::Router {
        crate::http::router(self.clone())
    }
}

impl FromRef<App> for Ambient {
    fn from_ref(app: &App) -> Self {
        app.0.ambient.clone()
    }
}

impl core::fmt::Debug for App {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "App({})", self.0.identity.id())
    }
}

/// The certificate of an identity, made and kept the first time, with the authority it stands under.
///
/// # Errors
/// [`AppError`].
pub async fn remember(
    store: &SqliteStore,
    id: &IssuerId,
    keys: &dyn KeyStore,
    now: Timestamp,
    rng: &mut dyn Rng,
) -> Result<Vec<u8>, AppError> {
    if store.authority().await?.is_none() {
        store.keep_authority(certificates::authority(keys, now, rng)?).await?;
    }
    if let Some(certificate) = store.identity_certificate(id.as_str()).await? {
        return Ok(certificate);
    }
    let certificate = certificates::issuer(keys, id.url(), now, rng)?;
    store.keep_identity(id.as_str(), certificate.clone(), now).await?;
    Ok(certificate)
}
