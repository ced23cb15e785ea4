//! What keys kept offline have signed last, and what is done with it while something newer waits for them.

use std::collections::BTreeMap;
use std::path::Path;

use absah_crypto::{Signer as SigningKey, jws::Header, sha256};
use absah_host::read_file;
use absah_issuer_core::ports::{KeyRole as Key, KeyStore, StoreError};
use absah_trust::bundle::{self, Registry};
use absah_trust::tuf::{self, MAX_TARGET_BYTES, Target, Targets};
use absah_trust::{KeyRole, TrustList, TrustedKey};
use absah_types::{Timestamp, hex};

use crate::publish::PublishError;
use crate::signers::{Signer, is_in_force};
use crate::status_tokens;
use crate::store::{KeptTargets, SignerRow, SqliteStore};

/// What is not published yet because keys kept offline must sign it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Registrations taken back that counters still show as good.
    pub withdrawn: Vec<String>,
    /// Keys distrusted here that everybody else still believes, or believes longer.
    pub distrusted: Vec<String>,
}

/// A kept targets document that can be published again.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    /// Document and files.
    pub(crate) signed: KeptTargets,
    /// What the document says.
    pub(crate) targets: Targets,
    /// Whether the records hold the files, too.
    pub(crate) has_files: bool,
}

impl Kept {
    /// The targets document signed last. Its files are those of the records, else those of the bundle at `own`: earlier
    /// layouts kept only the document. Files that are to be had nowhere are none.
    pub(crate) async fn newest(store: &SqliteStore, own: &Path) -> Result<Option<Self>, PublishError> {
        let Some(mut signed) = store.targets_document().await? else { return Ok(None) };
        let Ok(targets) = tuf::read_targets(&signed.json) else { return Ok(None) };
        let has_files = !signed.files.is_empty();
        if !has_files {
            signed.files = files_at(own, &targets).unwrap_or_default();
        }
        Ok(Some(Self { signed, targets, has_files }))
    }

    /// The key online that the document names for status.
    pub(crate) fn status_key<'k>(
        &self,
        keys: &'k dyn KeyStore,
    ) -> Option<&'k (dyn SigningKey + Send + Sync)> {
        let named = &self.targets.delegations.as_ref()?.keys;
        let all = (1..=keys.newest(Key::BundleStatus)).rev();
        let mut all = all.filter_map(|generation| keys.generation(Key::BundleStatus, generation));
        all.find(|key| named.contains_key(&tuf::Key::of(key.public_key()).id()))
    }

    /// What its files say; nothing where there are none.
    pub(crate) fn lists(&self) -> Option<(TrustList, Registry)> {
        bundle::read_offline(&self.signed.files).ok()
    }
}

/// The files that a targets document names, from a bundle folder.
fn files_at(folder: &Path, targets: &Targets) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for (name, target) in &targets.targets {
        let hash = target.hashes.get("sha256")?;
        let limit = u64::try_from(MAX_TARGET_BYTES).ok()?;
        let bytes = read_file(&folder.join(Target::path(name, hash)), limit).ok()?;
        if hex::encode(sha256(&bytes)) != *hash {
            return None;
        }
        files.insert(name.clone(), bytes);
    }
    Some(files)
}

/// A key for status tokens that readers of a kept trust list believe at `now`, and how tokens name it: where it can be the
/// one in force, else the newest of those that the list still has. Nothing where it has none of ours.
///
/// It may be one that has been replaced or distrusted here: nobody can be told that before keys kept offline have signed
/// it, and a revocation must not wait for them.
pub(crate) fn status_signer(
    list: &TrustList,
    rows: &[SignerRow],
    keys: &dyn KeyStore,
    now: Timestamp,
) -> Option<(Signer, Header)> {
    let counts = |key: &&TrustedKey| {
        let in_time =
            key.valid_from.is_none_or(|from| from <= now) && key.valid_until.is_none_or(|end| now <= end);
        key.roles.contains(&KeyRole::Status) && in_time && key.distrusted_after.is_none()
    };
    let ours = |key: &TrustedKey| {
        let row = rows.iter().find(|row| row.role == Key::Status && row.key.to_jwk() == key.jwk)?;
        let chain = key.x5c.iter().map(|der| der.0.clone()).collect();
        let signer = Signer { row: row.clone(), chain };
        signer.key(keys).is_ok().then(|| (status_tokens::header(key.kid.clone(), &signer.chain), signer))
    };
    let all = list.issuers.iter().flat_map(|issuer| &issuer.keys).filter(counts).filter_map(ours);
    // Of a key under several names of the issuer the last: it is the newest name.
    let (header, signer) = all.max_by_key(|(_, signer)| {
        let row = &signer.row;
        (is_in_force(row, now), row.distrusted_after.is_none(), row.active_from, row.generation)
    })?;
    Some((signer, header))
}

/// What the records say and kept lists do not, of what makes the city less trusted than they have it.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn waiting(
    store: &SqliteStore,
    (trust, registry): &(TrustList, Registry),
) -> Result<Waiting, StoreError> {
    let good = |id: &str| {
        !registry.is_withdrawn(id) && registry.listed().iter().any(|listed| listed.registration().id == id)
    };
    let taken_back = store.counters().await?.into_iter().filter(|counter| counter.withdrawn_at.is_some());
    let withdrawn = taken_back.map(|counter| counter.registration_id).filter(|id| good(id)).collect();
    let believed = |row: &SignerRow| {
        let Some(after) = row.distrusted_after else { return false };
        let jwk = row.key.to_jwk();
        let mut listed = trust.issuers.iter().flat_map(|issuer| &issuer.keys).filter(|key| key.jwk == jwk);
        listed.any(|key| key.distrusted_after.is_none_or(|known| known > after))
    };
    let rows = store.signers().await?;
    let distrusted = rows.into_iter().filter(|row| believed(row)).map(|row| row.key_id).collect();
    Ok(Waiting { withdrawn, distrusted })
}
