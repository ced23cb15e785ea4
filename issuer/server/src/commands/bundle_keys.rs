//! `bundle keys show|renew|rotate|replace`.

use absah_host::Exit;
use absah_issuer_core::ports::{ActKind, KeyRole, KeyStore as _};
use absah_trust::tuf::{Key, KeyId, Role, Root};
use serde_json::json;

use super::bundle::{FolderError, Keys, OfflineArgs, OnlineRole};
use super::{Desk, Failure, Outcome};
use crate::bundle_root;
use crate::offline::{OfflineKeys, OfflineRole};
use crate::publish::PublishError;
use crate::signers::SignerError;

pub(super) fn run(command: &Keys, desk: &mut Desk<'_>) -> Outcome {
    match command {
        Keys::Show { offline } => {
            let offline = offline.keys(desk)?;
            desk.with_store(async |store, context| {
                let root = bundle_root::newest(store).await?.ok_or(PublishError::NoIdentity)?;
                say(&root, &offline, context)
            })
        }
        Keys::Renew { offline } => {
            let offline = offline.keys(desk)?;
            desk.with_store(async |store, context| {
                let root = bundle_root::next(store, &offline, context.clock.now(), |_| Ok(())).await?;
                say(&root, &offline, context)
            })
        }
        Keys::Rotate { role, offline } => rotate(*role, offline, desk),
        Keys::Replace { key, out, offline } => {
            let made = offline.keys(desk)?.in_folder(out.clone());
            let offline = offline.keys(desk)?.and_folder(out.clone());
            desk.with_store(async |store, context| {
                let root = bundle_root::newest(store).await?.ok_or(PublishError::NoIdentity)?;
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
                say(&root.await?, &offline, context)
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
        let root = bundle_root::newest(store).await?.ok_or(PublishError::NoIdentity)?;
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
        let mut root = bundle_root::newest(store).await?.ok_or(PublishError::NoIdentity)?;
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
    let mut found = all.filter(|(_, name)| beginning.len() >= 8 && name.starts_with(&beginning));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(FolderError::KeyUnknown),
    }
}

fn say(root: &Root, offline: &OfflineKeys, context: &mut absah_host::Context) -> Result<Exit, Failure> {
    let mut at_hand = Vec::new();
    for role in OfflineRole::ALL {
        at_hand.extend(offline.at_hand(role)?.iter().map(|key| Key::of(key).id()));
    }
    let console = &mut context.console;
    if console.json() {
        let roles: serde_json::Map<_, _> = root
            .roles
            .iter()
            .map(|(role, keys)| {
                let key = |id: &KeyId| json!({ "key": id, "at_hand": at_hand.contains(id) });
                let keys = json!({
                    "threshold": keys.threshold,
                    "keys": keys.keyids.iter().map(key).collect::<Vec<_>>(),
                });
                (role.name().to_owned(), keys)
            })
            .collect();
        let expires = root.expires.to_string();
        console.answer(&json!({ "root_version": root.version, "expires_at": expires, "roles": roles }));
        return Ok(Exit::Ok);
    }
    console.line(&format!("root {} {}", root.version, root.expires));
    for (role, keys) in &root.roles {
        console.line(&format!("{} {}/{}", role.name(), keys.threshold, keys.keyids.len()));
        for id in &keys.keyids {
            let mark = if at_hand.contains(id) { "+" } else { " " };
            console.line(&format!("  {mark} {id}"));
        }
    }
    Ok(Exit::Ok)
}
