//! The keys that sign for the issuer: one in force for each kind of signed thing, the next one published ahead.

use absah_crypto::{PublicKey, Signer as SigningKey};
use absah_issuer_core::ports::{ActKind, KeyRole, KeyStore, StoreError};
use absah_types::{HttpsUrl, Rng, Seconds, Timestamp, coded};

use crate::app::AppError;
use crate::certificates::{self, CertificateError, SIGNER_USE};
use crate::store::{CaCertificate, SignerCertificate, SignerRow, SqliteStore, TrustStep};

/// How long before the end of a key its successor should be known.
pub const AHEAD: Seconds = Seconds::days(30);
/// How long the one key of layout 1 signs: its leaf lives a year, its cards a month.
const FIRST_KEY_USE: Seconds = Seconds::days(330);

/// Nobody may sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignerError {
    /// No key of this role is in force: the last one has ended or is distrusted.
    NoneInForce,
    /// The key in force is not in the key store.
    Absent,
}

impl core::fmt::Display for SignerError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NoneInForce => "no signing key is in force",
            Self::Absent => "signing key is not in the key store",
        })
    }
}

impl core::error::Error for SignerError {}

coded! { SignerError {
    NoneInForce => ("signer-none-in-force", Environment),
    Absent => ("signer-key-absent", Environment),
} }

/// A key with its chain under one name of the issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// What is kept of it.
    pub row: SignerRow,
    /// Its certificates, leaf first, without the root.
    pub chain: Vec<Vec<u8>>,
}

impl Signer {
    /// Whether it signs at `now`.
    #[must_use]
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        is_in_force(&self.row, now)
    }

    /// Its private half.
    ///
    /// # Errors
    /// [`SignerError::Absent`].
    pub fn key<'k>(&self, keys: &'k dyn KeyStore) -> Result<&'k (dyn SigningKey + Send + Sync), SignerError> {
        keys.generation(self.row.role, self.row.generation).ok_or(SignerError::Absent)
    }
}

/// Whether a signer signs at `now`.
#[must_use]
pub fn is_in_force(row: &SignerRow, now: Timestamp) -> bool {
    row.distrusted_after.is_none() && row.active_from <= now && now <= row.ends_at
}

/// All signers under one name of the issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signers(pub Vec<Signer>);

impl Signers {
    /// The signer of a role at `now`: the newest in force.
    ///
    /// # Errors
    /// [`SignerError::NoneInForce`].
    pub fn in_force(&self, role: KeyRole, now: Timestamp) -> Result<&Signer, SignerError> {
        let of_role = self.0.iter().filter(|signer| signer.row.role == role && signer.is_in_force(now));
        of_role
            .max_by_key(|signer| (signer.row.active_from, signer.row.generation))
            .ok_or(SignerError::NoneInForce)
    }

    /// Signers of the first generation with no certificates: for measurements that keep no records.
    #[must_use]
    pub fn without_records(keys: &dyn KeyStore, now: Timestamp) -> Self {
        let of_role = |role| Signer {
            row: first_row(role, keys.signer(role).public_key(), (now, now, SIGNER_USE)),
            chain: Vec::new(),
        };
        Self(KeyRole::SIGNERS.map(of_role).to_vec())
    }
}

/// The fragment of a key's URL.
#[must_use]
pub fn key_id(role: KeyRole, generation: u32) -> String {
    match role {
        // As the first version called its only key.
        KeyRole::Credential => format!("key-{generation}"),
        other => format!("{}-{generation}", other.name()),
    }
}

fn first_row(role: KeyRole, key: &PublicKey, (at, from, life): (Timestamp, Timestamp, Seconds)) -> SignerRow {
    SignerRow {
        role,
        generation: 1,
        key_id: key_id(role, 1),
        key: key.clone(),
        published_at: at,
        active_from: from,
        ends_at: from.plus(life),
        distrusted_after: None,
    }
}

/// Makes what is missing of the chain and of the first signers; answers whether anything was.
///
/// # Errors
/// [`AppError`]; `OfflineRoot` when the chain must be begun and its root's key is not here.
pub async fn begin(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    now: Timestamp,
    rng: &mut dyn Rng,
) -> Result<bool, AppError> {
    let mut steps = Vec::new();
    if store.chain().await?.is_empty() {
        let above = keys.offline_root().ok_or(CertificateError::OfflineRoot)?;
        let certificate = certificates::root(above.as_ref(), now, rng)?;
        let ca = |is_root, certificate| {
            TrustStep::Ca(CaCertificate { is_root, generation: 1, certificate, active_from: now })
        };
        steps.push(ca(true, certificate));
        let key = keys.signer(KeyRole::IssuingCa).public_key();
        steps.push(ca(false, certificates::issuing(above.as_ref(), key, now, rng)?));
    }
    let known = store.signers().await?;
    let named = store.first_named().await?;
    for role in KeyRole::SIGNERS {
        if known.iter().all(|row| row.role != role) {
            let (from, life) = match (role, named) {
                (KeyRole::Credential, Some(first)) => (first, FIRST_KEY_USE),
                _ => (now, SIGNER_USE),
            };
            let key = keys.signer(role).public_key();
            steps.push(TrustStep::Signer(first_row(role, key, (now, from, life))));
        }
    }
    if steps.is_empty() {
        return Ok(false);
    }
    store.trust_steps(steps, Some((ActKind::TrustCreate, "chain".to_owned())), now).await?;
    Ok(true)
}

/// The signers under one name, each with a leaf for it, made now where there is none yet.
///
/// # Errors
/// [`AppError`].
pub async fn certify(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    url: &HttpsUrl,
    now: Timestamp,
    rng: &mut dyn Rng,
) -> Result<Signers, AppError> {
    let name = url.as_str().trim_end_matches('/');
    let signers = store.signers().await?;
    let known = store.signer_certificates().await?;
    let chain = store.chain().await?;
    let (authority, newest) = certificates::authority(&chain, keys, now)?;
    let mut steps = Vec::new();
    for row in &signers {
        let has = |leaf: &SignerCertificate| {
            (leaf.role, leaf.generation) == (row.role, row.generation)
                && leaf.url.trim_end_matches('/') == name
        };
        if !known.iter().any(has) {
            let times = (now, row.active_from);
            let certificate = certificates::signer(authority, (row.role, &row.key), url, times, rng)?;
            let (role, generation, url) = (row.role, row.generation, name.to_owned());
            steps.push(TrustStep::Certificate(SignerCertificate {
                role,
                generation,
                url,
                certificate,
                ca: newest,
            }));
        }
    }
    store.trust_steps(steps, None, now).await?;
    Ok(of(store, url).await?)
}

/// The signers under the name the issuer had last, for commands of an issuer that is not served: one whose records an
/// earlier version wrote gets its authorities and leaves here. Nothing for an issuer that never had a name.
///
/// # Errors
/// [`AppError`].
pub async fn of_last_identity(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    now: Timestamp,
    rng: &mut dyn Rng,
) -> Result<(), AppError> {
    if let Some(url) = store.last_identity().await? {
        begin(store, keys, now, rng).await?;
        certify(store, keys, &url, now, rng).await?;
    }
    Ok(())
}

/// The signers as they are known under one name.
///
/// # Errors
/// [`StoreError`].
pub async fn of(store: &SqliteStore, url: &HttpsUrl) -> Result<Signers, StoreError> {
    let name = url.as_str().trim_end_matches('/');
    let chain = store.chain().await?;
    let leaves = store.signer_certificates().await?;
    let mut signers = Vec::new();
    for row in store.signers().await? {
        let has = |leaf: &&SignerCertificate| {
            (leaf.role, leaf.generation) == (row.role, row.generation)
                && leaf.url.trim_end_matches('/') == name
        };
        let Some(leaf) = leaves.iter().find(has) else { continue };
        let mut certificates = vec![leaf.certificate.clone()];
        let above = chain.iter().find(|ca| !ca.is_root && ca.generation == leaf.ca);
        certificates.extend(above.map(|ca| ca.certificate.clone()));
        signers.push(Signer { row, chain: certificates });
    }
    Ok(Signers(signers))
}
