//! Which files of a repository a reader must fetch next.
//!
//! Nothing is believed here: the documents at hand say what to ask for and how much of it at most, and the whole
//! is judged by [`super::refresh`] afterwards. A lie costs its teller's reader some bytes within the limits.

use std::collections::BTreeSet;

use absah_types::hex;
use serde_json::Value;

use super::read::is_plain_name;
use super::{
    MAX_METADATA_BYTES, MAX_TARGET_BYTES, MAX_TARGET_COUNT, MAX_TARGETS_BYTES, Refusal, Role, STATUS_PATHS,
    Snapshot, Target, Targets, Timestamped,
};
use crate::bundle::Files;

/// A file to be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Its path in the repository.
    pub path: String,
    /// How many bytes of it are read at most.
    pub limit: usize,
}

/// The files that the documents at hand name, those at hand included, as far as they can be followed: without
/// `timestamp.json` only that one. Roots are not among them: whoever fetches asks for the next until there is none.
///
/// # Errors
/// `Malformed`, `TooManyTargets` or `TargetName` when a document cannot be followed.
pub fn needed(files: &Files) -> Result<Vec<Need>, Refusal> {
    let document = |role: Role, version| {
        let limit =
            if matches!(role, Role::Targets | Role::Status) { MAX_TARGETS_BYTES } else { MAX_METADATA_BYTES };
        Need { path: role.path(version), limit }
    };
    let mut all = vec![document(Role::Timestamp, 0)];
    let Some(timestamp) = signed::<Timestamped>(files, Role::Timestamp, 0)? else { return Ok(all) };
    let version = timestamp.meta.get("snapshot.json").ok_or(Refusal::Malformed(Role::Timestamp))?.version;
    all.push(document(Role::Snapshot, version));
    let Some(snapshot) = signed::<Snapshot>(files, Role::Snapshot, version)? else { return Ok(all) };
    for role in [Role::Targets, Role::Status] {
        let Some(meta) = snapshot.meta.get(&format!("{}.json", role.name())) else { continue };
        all.push(document(role, meta.version));
        let Some(targets) = signed::<Targets>(files, role, meta.version)? else { continue };
        if targets.targets.len() > MAX_TARGET_COUNT {
            return Err(Refusal::TooManyTargets(role));
        }
        for (name, target) in &targets.targets {
            let hash = target.hashes.get("sha256").ok_or(Refusal::Malformed(role))?;
            // The hash becomes part of an address.
            if !is_plain_name(name) || hex::decode_array::<32>(hash).is_err() {
                return Err(Refusal::TargetName);
            }
            let limit = usize::try_from(target.length).unwrap_or(usize::MAX).min(MAX_TARGET_BYTES);
            all.push(Need { path: Target::path(name, hash), limit });
        }
    }
    Ok(all)
}

/// The files of the repository alone: roots, and what the documents name. What an older version left behind goes.
///
/// # Errors
/// As [`needed`].
pub fn pruned(files: &Files) -> Result<Files, Refusal> {
    let named: BTreeSet<String> = needed(files)?.into_iter().map(|need| need.path).collect();
    let keep = |path: &str| named.contains(path) || is_root(path);
    Ok(files.iter().filter(|(path, _)| keep(path)).map(|(path, file)| (path.clone(), file.clone())).collect())
}

/// What changes with every publication, for a reader who has the rest: new roots, the documents that name the files,
/// and the status tokens, all of them.
///
/// # Errors
/// As [`needed`].
pub fn renewing(files: &Files) -> Result<Files, Refusal> {
    let first = Role::Root.path(1);
    let status = format!("targets/{}", STATUS_PATHS.trim_end_matches('*'));
    let keep = |path: &str| path.starts_with("metadata/") && path != first || path.starts_with(&status);
    Ok(pruned(files)?.into_iter().filter(|(path, _)| keep(path)).collect())
}

fn is_root(path: &str) -> bool {
    let number = path.strip_prefix("metadata/").and_then(|name| name.strip_suffix(".root.json"));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The signed part of a document at hand.
fn signed<T: serde::de::DeserializeOwned>(
    files: &Files,
    role: Role,
    version: u64,
) -> Result<Option<T>, Refusal> {
    let Some(bytes) = files.get(&role.path(version)) else { return Ok(None) };
    let mut value: Value = serde_json::from_slice(bytes).map_err(|_| Refusal::Malformed(role))?;
    let signed = value.get_mut("signed").map(Value::take).ok_or(Refusal::Malformed(role))?;
    serde_json::from_value(signed).map(Some).map_err(|_| Refusal::Malformed(role))
}
