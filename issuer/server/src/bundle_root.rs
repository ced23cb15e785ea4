//! The root documents of the trust bundle: the first, the one that moves a city to keys kept offline, later ones.

use absah_crypto::{PrivateKey, PublicKey};
use absah_issuer_core::ports::{KeyRole, KeyStore, StoreError};
use absah_trust::bundle::root_plan;
use absah_trust::tuf::{self, Key, Role, Root, RootPlan};
use absah_types::Timestamp;

use crate::offline::{OfflineKeys, OfflineRole};
use crate::publish::{PublishError, online};
use crate::store::SqliteStore;

/// The root documents of a publication.
#[derive(Debug, Clone)]
pub(crate) struct Roots {
    /// All, the oldest first.
    pub(crate) documents: Vec<(u64, Vec<u8>)>,
    /// Whether the last of them is new and not kept yet.
    pub(crate) is_new: bool,
}

impl Roots {
    /// The newest, read.
    pub(crate) fn newest(&self) -> Result<Root, PublishError> {
        let (_, json) = self.documents.last().ok_or(StoreError::Damaged)?;
        Ok(tuf::read_root(json)?)
    }

    /// The newest under which enough keys have signed a targets document, if there is one that has not ended.
    pub(crate) fn newest_of(&self, targets: &[u8], now: Timestamp) -> Result<Option<Root>, PublishError> {
        for (_, json) in self.documents.iter().rev() {
            let root = tuf::read_root(json)?;
            if root.expires > now && tuf::holds_under(&root, Role::Targets, targets).is_ok() {
                return Ok(Some(root));
            }
        }
        Ok(None)
    }
}

/// The roots so far. Where there is none the first is made; where one key still holds all roles, that key agrees to the
/// next root, which names the new keys: nobody has to confirm a root again.
pub(crate) async fn current(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    offline: &OfflineKeys,
    now: Timestamp,
) -> Result<Roots, PublishError> {
    let old = KeyRole::Bundle;
    let mut documents = store.roots().await?;
    let made = match documents.last().map(|(_, json)| tuf::read_root(json)).transpose()? {
        None => Some(first(keys, offline, now, 1, None)?),
        Some(root) if held_by(&root, keys.signer(old).public_key()) => {
            Some(first(keys, offline, now, root.version.saturating_add(1), Some(old))?)
        }
        Some(_) => None,
    };
    let is_new = made.is_some();
    documents.extend(made);
    Ok(Roots { documents, is_new })
}

/// The newest root document.
pub(crate) async fn newest(store: &SqliteStore) -> Result<Option<Root>, PublishError> {
    let newest = store.roots().await?.pop();
    Ok(newest.map(|(_, json)| tuf::read_root(&json)).transpose()?)
}

fn held_by(root: &Root, key: &PublicKey) -> bool {
    let id = Key::of(key).id();
    root.roles.get(&Role::Root).is_some_and(|role| role.keyids == [id])
}

/// The first root that names keys kept offline, to be kept with the bundle that begins with it.
fn first(
    keys: &dyn KeyStore,
    offline: &OfflineKeys,
    now: Timestamp,
    version: u64,
    agrees: Option<KeyRole>,
) -> Result<(u64, Vec<u8>), PublishError> {
    let (root_keys, targets_keys) =
        (offline.make_all(OfflineRole::Root)?, offline.make_all(OfflineRole::Targets)?);
    let plan = root_plan(&root_keys, &targets_keys, online(keys, None));
    let names: Vec<_> = root_keys.iter().map(|key| Key::of(key).id()).collect();
    let signers = offline.open(OfflineRole::Root, &names, OfflineRole::Root.quorum().1)?;
    let mut draft = tuf::root(version, now.plus(tuf::life::ROOT), &plan);
    for signer in &signers {
        draft = draft.sign(signer)?;
    }
    if let Some(role) = agrees {
        draft = draft.sign(keys.signer(role))?;
    }
    Ok((version, draft.finish().bytes().to_vec()))
}

/// The next root: the plan of the one in force after a change, signed by enough keys of the old and the new.
pub(crate) async fn next(
    store: &SqliteStore,
    offline: &OfflineKeys,
    now: Timestamp,
    change: impl FnOnce(&mut RootPlan) -> Result<(), PublishError>,
) -> Result<Root, PublishError> {
    let old = newest(store).await?.ok_or(PublishError::NoRoot)?;
    let mut plan = plan_of(&old)?;
    change(&mut plan)?;
    let version = old.version.saturating_add(1);
    let mut draft = tuf::root(version, now.plus(tuf::life::ROOT), &plan);
    let new_names = plan
        .roles
        .get(&Role::Root)
        .map(|(keys, threshold)| (keys.iter().map(|key| Key::of(key).id()).collect::<Vec<_>>(), *threshold));
    let old_names = old.roles.get(&Role::Root).map(|role| (role.keyids.clone(), role.threshold));
    // "signed by: (1) a threshold of keys specified in the trusted root metadata file (version N), and (2) a threshold
    // of keys specified in the new root metadata file being validated (version N+1)"
    for (names, threshold) in [old_names, new_names].into_iter().flatten() {
        let signers: Vec<PrivateKey> = offline.open(OfflineRole::Root, &names, threshold)?;
        for signer in &signers {
            draft = draft.sign(signer)?;
        }
    }
    keep(store, version, draft, now).await
}

async fn keep(
    store: &SqliteStore,
    version: u64,
    draft: tuf::Draft,
    now: Timestamp,
) -> Result<Root, PublishError> {
    store.keep_root(version, draft.finish().bytes().to_vec(), now).await?;
    // What is in the records counts, should another program have been faster.
    newest(store).await?.ok_or(PublishError::Store(StoreError::Damaged))
}

fn plan_of(root: &Root) -> Result<RootPlan, PublishError> {
    let mut plan = RootPlan { roles: std::collections::BTreeMap::new() };
    for (role, holders) in &root.roles {
        let key = |id| root.keys.get(id).and_then(Key::public_key).ok_or(tuf::Refusal::Malformed(Role::Root));
        let keys = holders.keyids.iter().map(key).collect::<Result<Vec<_>, _>>()?;
        plan.roles.insert(*role, (keys, holders.threshold));
    }
    Ok(plan)
}
