//! Witnesses: others who have agreed to entries before they were published (section "DID Witnesses").

use std::collections::BTreeMap;

use absah_crypto::json;
use absah_types::Timestamp;
use serde_json::{Value, json};

use super::WebvhError;
use super::log::Version;
use super::parameters::WitnessList;
use super::proof::{self, Proof};

/// Largest file of witness proofs read, in bytes.
pub const MAX_WITNESS_BYTES: usize = 1 << 20;

/// Whose agreement an entry needs that names other witnesses than the entry before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Succession {
    /// Those of the entry before: "that new list becomes active AFTER the new DID log entry has been published".
    #[default]
    Before,
    /// Those it names itself. One of the two writers of the published vectors does so; whoever has the keys could then
    /// do without the witnesses, so this is for nothing but reading what that writer wrote.
    Named,
}

/// The proof of one witness that it agrees to a version, for its side.
#[derive(Debug, Clone)]
pub struct WitnessProof {
    options: Value,
    document: Value,
}

impl WitnessProof {
    /// The proof of a witness (its multikey) for a version.
    #[must_use]
    pub fn prepare(version_id: &str, multikey: &str, at: Timestamp) -> Self {
        Self { options: proof::options(multikey, at), document: json!({ "versionId": version_id }) }
    }

    /// The 64 bytes to be signed.
    #[must_use]
    pub fn to_be_signed(&self) -> [u8; 64] {
        proof::to_be_signed(&self.options, &self.document)
    }

    /// The proof, as it stands in the file.
    #[must_use]
    pub fn attach(&self, signature: &[u8; 64]) -> Value {
        proof::attach(&self.options, signature)
    }
}

/// Checks that enough witnesses have agreed to every entry that needs them.
pub(super) fn check(
    versions: &[Version],
    file: Option<&[u8]>,
    succession: Succession,
    now: Timestamp,
) -> Result<(), WebvhError> {
    let needed: Vec<&WitnessList> =
        (0..versions.len()).map(|at| needed_at(versions, at, succession)).collect();
    if needed.iter().all(|list| list.witnesses.is_empty()) {
        return Ok(());
    }
    let newest = read(versions, file.unwrap_or(b"[]"), now)?;
    for (at, list) in needed.iter().enumerate() {
        // "verified witness Data Integrity proofs from a threshold of the then active witnesses for the current or any
        // later published log entries"
        let agrees = |key: &&String| newest.get(key.as_str()).is_some_and(|newest| *newest >= at);
        if list.witnesses.iter().filter(agrees).count() < list.threshold {
            return Err(WebvhError::Unwitnessed { entry: at.saturating_add(1) });
        }
    }
    Ok(())
}

fn needed_at(versions: &[Version], at: usize, succession: Succession) -> &WitnessList {
    static NOBODY: WitnessList = WitnessList { threshold: 0, witnesses: Vec::new() };
    let of = |at: usize| versions.get(at).map_or(&NOBODY, |version| &version.parameters().witness);
    let before = at.checked_sub(1).map_or(&NOBODY, of);
    let named = of(at);
    // "If the witness property is updated from {}, the change is immediately active"; "If witnesses are active when the
    // witness parameter is set to {}, that log entry MUST be witnessed."
    if before.witnesses.is_empty() || (succession == Succession::Named && !named.witnesses.is_empty()) {
        named
    } else {
        before
    }
}

/// The newest version that each witness has agreed to, by multikey.
fn read(versions: &[Version], file: &[u8], now: Timestamp) -> Result<BTreeMap<String, usize>, WebvhError> {
    if file.len() > MAX_WITNESS_BYTES {
        return Err(WebvhError::WitnessFile);
    }
    let malformed = |_| WebvhError::WitnessFile;
    let value = json::value(file).map_err(malformed)?;
    let mut newest = BTreeMap::new();
    for item in value.as_array().ok_or(WebvhError::WitnessFile)? {
        let member = |name: &str| item.get(name).ok_or(WebvhError::WitnessFile);
        let id = member("versionId")?.as_str().ok_or(WebvhError::WitnessFile)?;
        let proofs = member("proof")?.as_array().ok_or(WebvhError::WitnessFile)?;
        // "Resolvers MUST ignore proofs with versionIds not in the DID Log file."
        let Some(at) = versions.iter().position(|version| version.id() == id) else { continue };
        let document = json!({ "versionId": id });
        // "a resolver MAY ignore any proofs that fail verification"
        let valid = proofs.iter().filter_map(|value| Proof::read(value, now));
        for proof in valid.filter(|proof| proof.verify(&document).is_ok()) {
            let known = newest.entry(proof.key).or_insert(at);
            *known = at.max(*known);
        }
    }
    Ok(newest)
}
