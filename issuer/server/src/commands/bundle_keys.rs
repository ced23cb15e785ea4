//! `bundle keys show|renew|replace`.

use absah_host::Exit;
use absah_trust::tuf::{Key, KeyId, Role, Root};
use serde_json::json;

use super::bundle::{FolderError, Keys};
use super::{Desk, Failure, Outcome};
use crate::bundle_root;
use crate::offline::{OfflineKeys, OfflineRole};
use crate::publish::PublishError;

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
