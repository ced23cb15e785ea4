//! `bundle keys show|renew|rotate|replace`.

use std::collections::BTreeMap;

use absah_host::Exit;
use absah_issuer_core::ports::{ActKind, KeyRole, KeyStore as _, StoreError};
use absah_trust::tuf::{Key, KeyId, Role, RoleKeys, Root, Targets};
use absah_types::Timestamp;
use serde_json::{Value, json};

use super::bundle::{FolderError, Keys, OfflineArgs, OnlineRole};
use super::{Desk, Failure, Outcome};
use crate::bundle_root;
use crate::keys::FileKeys;
use crate::offline::{OfflineKeys, OfflineRole};
use crate::publish::PublishError;
use crate::signers::SignerError;
use crate::store::SqliteStore;

pub(super) fn run(command: &Keys, desk: &mut Desk<'_>) -> Outcome {
    let keys = desk.keys()?;
    match command {
        Keys::Show { offline } => {
            let offline = offline.keys(desk)?;
            desk.with_store(async |store, context| {
                let root = bundle_root::newest(store).await?.ok_or(PublishError::NoRoot)?;
                say(&root, (&offline, keys.as_ref()), store, context).await
            })
        }
        Keys::Renew { offline } => {
            let offline = offline.keys(desk)?;
            desk.with_store(async |store, context| {
                let root = bundle_root::next(store, &offline, context.clock.now(), |_| Ok(())).await?;
                say(&root, (&offline, keys.as_ref()), store, context).await
            })
        }
        Keys::Rotate { role, offline } => rotate(*role, offline, desk),
        Keys::Replace { key, out, offline } => {
            let made = offline.keys(desk)?.in_folder(out.clone());
            let offline = offline.keys(desk)?.and_folder(out.clone());
            desk.with_store(async |store, context| {
                let root = bundle_root::newest(store).await?.ok_or(PublishError::NoRoot)?;
                let (role, name) = find(&root, key)?;
                // Before a key is made: enough of the others must be at hand.
                let enough = root.roles.get(&Role::Root).map(|role| (role.keyids.clone(), role.threshold));
                let (names, threshold) = enough.unwrap_or_default();
                let _ = offline.open(OfflineRole::Root, &names, threshold)?;
                let fresh = made.make_one(role)?.public_key().clone();
                let tuf_role = match role {
                    OfflineRole::Root => Role::Root,
                    OfflineRole::Targets => Role::Targets,
                };
                let root = bundle_root::next(store, &offline, context.clock.now(), |plan| {
                    if let Some((keys, _)) = plan.roles.get_mut(&tuf_role) {
                        keys.retain(|key| Key::of(key).id() != name);
                        keys.push(fresh);
                    }
                    Ok(())
                });
                say(&root.await?, (&offline, keys.as_ref()), store, context).await
            })
        }
    }
}

/// A new key of a role that is online. The root names those of timestamp and snapshot, the targets document that of status:
/// enough keys of it must be at hand before one is made.
fn rotate(role: OnlineRole, offline: &OfflineArgs, desk: &mut Desk<'_>) -> Outcome {
    let (own, needs, named) = match role {
        OnlineRole::Timestamp => (KeyRole::BundleTimestamp, OfflineRole::Root, Some(Role::Timestamp)),
        OnlineRole::Snapshot => (KeyRole::BundleSnapshot, OfflineRole::Root, Some(Role::Snapshot)),
        OnlineRole::Status => (KeyRole::BundleStatus, OfflineRole::Targets, None),
    };
    let offline = offline.keys(desk)?;
    desk.with_store(async |store, _| {
        let root = bundle_root::newest(store).await?.ok_or(PublishError::NoRoot)?;
        let role = if needs == OfflineRole::Root { Role::Root } else { Role::Targets };
        let (names, threshold) =
            root.roles.get(&role).map(|keys| (keys.keyids.clone(), keys.threshold)).unwrap_or_default();
        offline.open(needs, &names, threshold)?;
        Ok(())
    })?;
    let (keys, generation) = desk.add_key(own)?;
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        let fresh = keys.generation(own, generation).ok_or(SignerError::Absent)?.public_key().clone();
        let id = Key::of(&fresh).id();
        let mut root = bundle_root::newest(store).await?.ok_or(PublishError::NoRoot)?;
        if let Some(named) = named {
            let next = bundle_root::next(store, &offline, now, |plan| {
                plan.roles.insert(named, (vec![fresh], 1));
                Ok(())
            });
            root = next.await?;
        }
        let act = (ActKind::BundleKeyRotate, format!("{} {generation} {id}", own.name()));
        store.trust_steps(Vec::new(), Some(act), now).await?;
        if context.console.json() {
            context.console.answer(&json!({
                "role": own.name(),
                "generation": generation,
                "key": id,
                "root_version": root.version,
                "publish_bundle": true,
            }));
        } else {
            context.console.line(&format!("{} {generation} {id}", own.name()));
        }
        Ok(Exit::Ok)
    })
}

/// The one root or targets key whose name begins so.
fn find(root: &Root, beginning: &str) -> Result<(OfflineRole, KeyId), FolderError> {
    let of = |role, offline| {
        let names = root.roles.get(&role).map(|keys| keys.keyids.clone()).unwrap_or_default();
        names.into_iter().map(move |name| (offline, name))
    };
    let all = of(Role::Root, OfflineRole::Root).chain(of(Role::Targets, OfflineRole::Targets));
    let beginning = beginning.trim().to_ascii_lowercase();
    let mut found = all.filter(|(_, name)| !beginning.is_empty() && name.starts_with(&beginning));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => Err(FolderError::KeyAmbiguous),
        (None, _) => Err(FolderError::KeyUnknown),
    }
}

/// Who may sign as a role.
struct Holders {
    role: String,
    threshold: u32,
    keyids: Vec<KeyId>,
    /// Until when their word counts: as long as the document that names them.
    until: Timestamp,
}

/// The roles of the root, and that of the status tokens, which the targets document names.
async fn holders(root: &Root, store: &SqliteStore) -> Result<Vec<Holders>, Failure> {
    #[derive(serde::Deserialize)]
    struct Signed {
        signed: Targets,
    }
    let holders = |role: &str, keys: &RoleKeys, until| Holders {
        role: role.to_owned(),
        threshold: keys.threshold,
        keyids: keys.keyids.clone(),
        until,
    };
    let mut all: Vec<Holders> =
        root.roles.iter().map(|(role, keys)| holders(role.name(), keys, root.expires)).collect();
    if let Some(kept) = store.targets_document().await? {
        let targets: Signed = serde_json::from_slice(&kept.json).map_err(|_| StoreError::Damaged)?;
        let delegated = targets.signed.delegations.into_iter().flat_map(|delegations| delegations.roles);
        all.extend(delegated.map(|role| holders(&role.name, &role.keys, targets.signed.expires)));
    }
    Ok(all)
}

/// The keys at hand by id, with what people know them by: the file of one kept offline, role and number of another.
fn at_hand(offline: &OfflineKeys, keys: &FileKeys) -> Result<BTreeMap<KeyId, String>, Failure> {
    let mut named = BTreeMap::new();
    for role in [KeyRole::BundleTimestamp, KeyRole::BundleSnapshot, KeyRole::BundleStatus] {
        for generation in 1..=keys.newest(role) {
            if let Some(key) = keys.generation(role, generation) {
                named.insert(Key::of(key.public_key()).id(), format!("{} {generation}", role.name()));
            }
        }
    }
    for role in OfflineRole::ALL {
        for (path, key) in offline.files(role)? {
            named.insert(Key::of(&key).id(), path.display().to_string());
        }
    }
    Ok(named)
}

async fn say(
    root: &Root,
    (offline, keys): (&OfflineKeys, &FileKeys),
    store: &SqliteStore,
    context: &mut absah_host::Context,
) -> Result<Exit, Failure> {
    let named = at_hand(offline, keys)?;
    let holders = holders(root, store).await?;
    let console = &mut context.console;
    let expires = root.expires.to_string();
    if console.json() {
        let role = |holders: &Holders| {
            let key = |id: &KeyId| {
                let name = named.get(id);
                json!({
                    "key": id,
                    "at_hand": name.is_some(),
                    "name": name,
                    "counts_until": holders.until.to_string(),
                })
            };
            let keys: Vec<Value> = holders.keyids.iter().map(key).collect();
            (holders.role.clone(), json!({ "threshold": holders.threshold, "keys": keys }))
        };
        let roles: serde_json::Map<_, _> = holders.iter().map(role).collect();
        console.answer(&json!({ "root_version": root.version, "expires_at": expires, "roles": roles }));
        return Ok(Exit::Ok);
    }
    let version = root.version.to_string();
    console.line(&console.text_with("bundle-keys-root", &[("version", &version), ("end", &expires)]));
    for holders in &holders {
        let (threshold, count) = (holders.threshold.to_string(), holders.keyids.len().to_string());
        let values = [
            ("role", holders.role.as_str()),
            ("threshold", &threshold),
            ("count", &count),
            ("end", &holders.until.to_string()),
        ];
        console.line(&console.text_with("bundle-keys-role", &values));
        for id in &holders.keyids {
            let line = match named.get(id) {
                Some(name) => format!("  + {id} {name}"),
                None => format!("    {id} {}", console.text("bundle-keys-absent")),
            };
            console.line(&line);
        }
    }
    Ok(Exit::Ok)
}
