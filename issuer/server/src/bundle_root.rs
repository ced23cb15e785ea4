//! The root documents of the trust bundle: the first, the one that moves a city to keys kept offline, later ones.

use absah_crypto::{PrivateKey, PublicKey};
use absah_issuer_core::ports::{KeyRole, KeyStore, StoreError};
use absah_trust::bundle::root_plan;
use absah_trust::tuf::{self, Key, Role, Root, RootPlan};
use absah_types::Timestamp;

use crate::offline::{OfflineError, OfflineKeys, OfflineRole};
use crate::publish::{PublishError, online};
use crate::store::SqliteStore;

/// The root in force. Where there is none it is made; where one key still holds all roles, that key agrees to the
/// next root, which names the new keys: nobody has to confirm a root again.
pub(crate) async fn current(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    offline: &OfflineKeys,
    now: Timestamp,
) -> Result<Root, PublishError> {
    let old = KeyRole::Bundle;
    match newest(store).await? {
        None => first(store, keys, offline, now, 1, None).await,
        Some(root) if held_by(&root, keys.signer(old).public_key()) => {
            first(store, keys, offline, now, root.version.saturating_add(1), Some(old)).await
        }
        Some(root) => Ok(root),
    }
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

/// The first root that names keys kept offline.
async fn first(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    offline: &OfflineKeys,
    now: Timestamp,
    version: u64,
    agrees: Option<KeyRole>,
) -> Result<Root, PublishError> {
    let public = |role| -> Result<Vec<PublicKey>, OfflineError> {
        let there = offline.at_hand(role)?;
        let (count, _) = role.quorum();
        // Made and never used: a program that was stopped in between.
        if there.len() == count {
            return Ok(there);
        }
        Ok(offline.make_all(role)?.iter().map(|key| key.public_key().clone()).collect())
    };
    let (root_keys, targets_keys) = (public(OfflineRole::Root)?, public(OfflineRole::Targets)?);
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
    keep(store, version, draft, now).await
}

/// The next root: the plan of the one in force after a change, signed by enough keys of the old and the new.
pub(crate) async fn next(
    store: &SqliteStore,
    offline: &OfflineKeys,
    now: Timestamp,
    change: impl FnOnce(&mut RootPlan) -> Result<(), PublishError>,
) -> Result<Root, PublishError> {
    let old = newest(store).await?.ok_or(PublishError::NoIdentity)?;
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
