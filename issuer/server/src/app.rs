//! The issuer as one value: everything an endpoint needs, with time, randomness, keys and records handed in.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use absah_credential::Pejabat;
use absah_crypto::PrivateKey;
use absah_host::DataDir;
use absah_issuer_core::offer::{OFFER_LIFE, OfferKey};
use absah_issuer_core::ports::{KeyRole, KeyStore, SecretRole, Store, StoreError};
use absah_protocol::IssuerId;
use absah_protocol::oid4vci::encryption::RequestKey;
use absah_protocol::oid4vci::issuer::NonceKey;
use absah_types::{Rng, Secret, Timestamp, coded};
use absah_web::Ambient;
use axum::extract::FromRef;

use crate::certificates::CertificateError;
use crate::did_log::{self, DidLogError, KeptLog};
use crate::identity::Identity;
use crate::ledger::seal::{SealError, Sealer};
use crate::signers::{self, Signers};
use crate::status_tokens;
use crate::store::SqliteStore;

/// Where the records lie in the data directory.
pub const STORE_FILE: &str = "issuer.sqlite";
/// Where the published bundle lies in the data directory, for `/bundle/`.
pub const BUNDLE_FOLDER: &str = "bundle";

/// The office that answers for birth certificates when nobody says otherwise.
pub(crate) const REGISTRAR: &str = "Kepala Dinas Kependudukan dan Pencatatan Sipil Kota Madiun";

/// The issuer cannot begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AppError {
    /// The records.
    Store(StoreError),
    /// A certificate.
    Certificate(CertificateError),
    /// Events cannot be sealed.
    Seal(SealError),
    /// The did:webvh log.
    DidLog(DidLogError),
}

impl core::fmt::Display for AppError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Certificate(error) => error.fmt(f),
            Self::Seal(error) => error.fmt(f),
            Self::DidLog(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for AppError {}

coded! { AppError {
    Store(error) => inner(error),
    Certificate(error) => inner(error),
    Seal(error) => inner(error),
    DidLog(error) => inner(error),
} }

impl From<DidLogError> for AppError {
    fn from(error: DidLogError) -> Self {
        Self::DidLog(error)
    }
}

impl From<SealError> for AppError {
    fn from(error: SealError) -> Self {
        Self::Seal(error)
    }
}

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
    /// Those of proofs of possession: never taken for a `c_nonce`.
    pub(crate) dpop_nonces: NonceKey,
    /// Opens requests that wallets encrypt.
    pub(crate) request_key: RequestKey,
    pub(crate) ambient: Ambient,
    pub(crate) statuses: status_tokens::Cache,
    pub(crate) bundle: Option<PathBuf>,
    pub(crate) ledger: Option<Ledger>,
    /// Who answers for birth certificates.
    pub(crate) registrar: Option<Pejabat>,
    /// How often each offer that is made at a desk was fetched by a phone, and since when it is open.
    scans: Mutex<HashMap<OfferKey, (u32, Timestamp)>>,
}

/// The ledger of an issuer that keeps one.
#[derive(Clone)]
pub struct Ledger {
    pub(crate) store: Arc<SqliteStore>,
    pub(crate) data: PathBuf,
}

impl Ledger {
    /// The records.
    #[must_use]
    pub fn records(&self) -> &SqliteStore {
        &self.store
    }
}

impl App {
    /// An issuer on the records of a data directory. Remembers the identity, and begins the chain of
    /// certificates where there is none.
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
        let sealer = Sealer::new(keys.as_ref(), ambient.rng())?;
        let store = SqliteStore::open(&dir.join(STORE_FILE), sealer).await?;
        let identity = {
            let mut rng = ambient.rng();
            remember(&store, &id, keys.as_ref(), ambient.now(), rng.as_mut()).await?
        };
        store.issue_under(id.url(), *keys.secret(SecretRole::StatusOrder).expose()).await?;
        let identity = Identity::new(id, identity, anonymous_access);
        let bundle = Some(dir.join(BUNDLE_FOLDER));
        let store = Arc::new(store);
        let ledger = Ledger { store: Arc::clone(&store), data: dir.path().to_owned() };
        let app = Self::with_ledger(store, keys, identity, ambient, bundle, Some(ledger));
        app.catch_up(app.0.ambient.now()).await?;
        Ok(app)
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
        Self::with_ledger(store, keys, identity, ambient, bundle, None)
    }

    fn with_ledger(
        store: Arc<dyn Store>,
        keys: Arc<dyn KeyStore>,
        identity: Identity,
        ambient: Ambient,
        bundle: Option<PathBuf>,
        ledger: Option<Ledger>,
    ) -> Self {
        let nonces = NonceKey::new(Secret::new(*keys.secret(SecretRole::Nonce).expose()));
        let dpop_nonces = NonceKey::new(Secret::new(keys.mac(SecretRole::Nonce, b"absah-dpop-nonce-v1")));
        let request_key = RequestKey::new(request_key(keys.as_ref()), false);
        let statuses = status_tokens::Cache::default();
        Self(Arc::new(Parts {
            store,
            keys,
            identity,
            nonces,
            dpop_nonces,
            request_key,
            ambient,
            statuses,
            bundle,
            ledger,
            registrar: Some(Pejabat { nama: None, jabatan: REGISTRAR.to_owned() }),
            scans: Mutex::default(),
        }))
    }

    /// The same, refusing requests that are not encrypted and giving no card in clear; for one that nobody has yet.
    #[must_use]
    pub fn requiring_encryption(mut self) -> Self {
        if let Some(parts) = Arc::get_mut(&mut self.0) {
            parts.request_key = RequestKey::new(request_key(parts.keys.as_ref()), true);
        }
        self
    }

    /// The same with an official who answers for birth certificates; for one that nobody has yet.
    #[must_use]
    pub fn with_registrar(mut self, registrar: Pejabat) -> Self {
        if let Some(parts) = Arc::get_mut(&mut self.0) {
            parts.registrar = Some(registrar);
        }
        self
    }

    /// Takes over what commands have changed of the signers while it runs, and brings the did:webvh log up to date: a key
    /// comes into force without anybody doing anything. Nothing for an issuer that keeps no records.
    ///
    /// # Errors
    /// [`AppError`].
    pub async fn catch_up(&self, now: Timestamp) -> Result<Option<KeptLog>, AppError> {
        let Some(ledger) = self.ledger() else { return Ok(None) };
        let identity = self.identity();
        identity.renew(signers::of(&ledger.store, identity.id().url()).await?);
        Ok(Some(did_log::keep_up(&ledger.store, self.0.keys.as_ref(), identity, now).await?))
    }

    /// Its records.
    #[must_use]
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.0.store
    }

    /// Its ledger.
    #[must_use]
    pub fn ledger(&self) -> Option<&Ledger> {
        self.0.ledger.as_ref()
    }

    /// Its keys.
    #[must_use]
    pub fn keys(&self) -> &Arc<dyn KeyStore> {
        &self.0.keys
    }

    /// Its name.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.0.identity
    }

    /// Counts from now on how often phones fetch an offer.
    pub(crate) fn watch(&self, offer: OfferKey, now: Timestamp) {
        let mut scans = self.0.scans.lock().unwrap_or_else(PoisonError::into_inner);
        scans.retain(|_, (_, since)| now.since(*since) <= OFFER_LIFE);
        scans.insert(offer, (0, now));
    }

    /// A phone has fetched an offer: how often that makes, if it is counted.
    pub(crate) fn scanned(&self, offer: &OfferKey) -> Option<u32> {
        let mut scans = self.0.scans.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, _) = scans.get_mut(offer)?;
        *count = count.saturating_add(1);
        Some(*count)
    }

    /// How often phones have fetched an offer.
    pub(crate) fn scans(&self, offer: &OfferKey) -> u32 {
        self.0.scans.lock().unwrap_or_else(PoisonError::into_inner).get(offer).map_or(0, |scan| scan.0)
    }

    /// Its endpoints, ready to be served.
    pub fn router(&self) -> axum::Router {
        crate::http::router(self.clone())
    }
}

/// The key for encrypted requests, from the secret that makes nonces: nothing that is kept depends on either.
fn request_key(keys: &dyn KeyStore) -> PrivateKey {
    let mut round = 0_u8;
    loop {
        // All but one in 2^32 are scalars of P-256.
        let scalar = keys.mac(SecretRole::Nonce, &[b"absah-request-key-v1".as_slice(), &[round]].concat());
        match PrivateKey::from_bytes(&Secret::new(scalar)) {
            Ok(key) => return key,
            Err(_) => round = round.wrapping_add(1),
        }
    }
}

impl core::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Ledger")
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

/// The signers of an identity; chain, keys and leaves are made and kept the first time.
///
/// # Errors
/// [`AppError`].
pub async fn remember(
    store: &SqliteStore,
    id: &IssuerId,
    keys: &dyn KeyStore,
    now: Timestamp,
    rng: &mut dyn Rng,
) -> Result<Signers, AppError> {
    signers::begin(store, keys, now, rng).await?;
    let signers = signers::certify(store, keys, id.url(), now, rng).await?;
    if store.identity_certificate(id.as_str()).await?.is_none() {
        let first = signers.0.iter().find(|signer| signer.row.role == KeyRole::Credential);
        let leaf = first.and_then(|signer| signer.chain.first()).ok_or(StoreError::Damaged)?;
        store.keep_identity(id.as_str(), leaf.clone(), now).await?;
    }
    Ok(signers)
}
