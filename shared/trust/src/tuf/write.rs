//! Writing a repository: each document is drafted, signed by whoever holds the keys, then named by the next.
//!
//! ```text
//! targets(files) ─sign─┬► snapshot(&[targets, status]) ─sign─► timestamp(&snapshot) ─sign─► assemble
//! status(tokens) ─sign─┘
//! ```

use std::collections::BTreeMap;

use absah_crypto::{PublicKey, SignError, Signature, Signer, sha256};
use absah_types::{Timestamp, hex};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::document::{Envelope, SignatureEntry};
use super::{
    Delegation, Delegations, Key, Meta, Role, RoleKeys, Root, SPEC_VERSION, STATUS_PATHS, Snapshot, Target,
    Targets, Timestamped,
};
use crate::bundle::Files;
use crate::canonical;

/// A document being signed, by keys in one or several hands, one after the other.
#[derive(Debug, Clone)]
pub struct Draft {
    role: Role,
    version: u64,
    signed: Value,
    signatures: Vec<SignatureEntry>,
}

/// A document with its signatures, as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    role: Role,
    version: u64,
    bytes: Vec<u8>,
}

impl Draft {
    fn of(role: Role, version: u64, body: &impl Serialize) -> Self {
        let mut signed = match serde_json::to_value(body) {
            Ok(Value::Object(members)) => members,
            _ => Map::new(),
        };
        signed.insert("_type".to_owned(), json!(role.kind()));
        signed.insert("spec_version".to_owned(), json!(SPEC_VERSION));
        Self { role, version, signed: Value::Object(signed), signatures: Vec::new() }
    }

    /// The bytes each key signs (ECDSA P-256 over SHA-256).
    #[must_use]
    pub fn to_be_signed(&self) -> Vec<u8> {
        // Drafts hold only integers and text: the canonical form always exists.
        canonical::to_vec(&self.signed).unwrap_or_default()
    }

    /// Whether a finished document says exactly this.
    #[must_use]
    pub fn says_the_same_as(&self, document: &[u8]) -> bool {
        let envelope: Option<Envelope> = serde_json::from_slice(document).ok();
        envelope.is_some_and(|envelope| envelope.signed == self.signed)
    }

    /// Adds one key's signature over [`Draft::to_be_signed`]. A second one of the same key replaces the
    /// first.
    #[must_use]
    pub fn attach(mut self, key: &PublicKey, signature: &Signature) -> Self {
        let keyid = Key::of(key).id();
        self.signatures.retain(|entry| entry.keyid != keyid);
        self.signatures.push(SignatureEntry { keyid, sig: hex::encode(signature.to_der()) });
        self
    }

    #[cfg(test)]
    pub(super) fn dangerous_signed_mut(&mut self) -> &mut Value {
        &mut self.signed
    }

    /// Signs with a key at hand.
    ///
    /// # Errors
    /// [`SignError`] of the key.
    pub fn sign(self, signer: &dyn Signer) -> Result<Self, SignError> {
        let signature = signer.sign(&self.to_be_signed())?;
        Ok(self.attach(signer.public_key(), &signature))
    }

    /// The document as it is published. Whether it has enough signatures is the reader's question.
    #[must_use]
    pub fn finish(self) -> Document {
        let envelope = Envelope { signatures: self.signatures, signed: self.signed };
        // Strings, integers, maps with text keys: always JSON.
        let bytes = serde_json::to_vec_pretty(&envelope).unwrap_or_default();
        Document { role: self.role, version: self.version, bytes }
    }
}

impl Document {
    /// A document that was finished earlier.
    #[must_use]
    pub fn kept(role: Role, version: u64, bytes: Vec<u8>) -> Self {
        Self { role, version, bytes }
    }

    /// The bytes of the file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where the file lies in the repository.
    #[must_use]
    pub fn path(&self) -> String {
        self.role.path(self.version)
    }

    fn meta(&self) -> Meta {
        Meta {
            version: self.version,
            length: Some(self.bytes.len() as u64),
            hashes: BTreeMap::from([("sha256".to_owned(), hex::encode(sha256(&self.bytes)))]),
        }
    }
}

/// Whose keys shall sign what.
#[derive(Debug, Clone)]
pub struct RootPlan {
    /// Keys and threshold of each role. One key may hold several roles.
    pub roles: BTreeMap<Role, (Vec<PublicKey>, u32)>,
}

impl RootPlan {
    /// One key for all four roles.
    #[must_use]
    pub fn single(key: &PublicKey) -> Self {
        Self { roles: Role::TOP.map(|role| (role, (vec![key.clone()], 1))).into() }
    }
}

/// Drafts `root`. A new version must be signed by the old and the new root keys.
#[must_use]
pub fn root(version: u64, expires: Timestamp, plan: &RootPlan) -> Draft {
    let mut keys = BTreeMap::new();
    let mut roles = BTreeMap::new();
    for (role, (holders, threshold)) in &plan.roles {
        let mut keyids = Vec::with_capacity(holders.len());
        for holder in holders {
            let key = Key::of(holder);
            keyids.push(key.id());
            keys.insert(key.id(), key);
        }
        roles.insert(*role, RoleKeys { keyids, threshold: *threshold });
    }
    Draft::of(Role::Root, version, &Root { version, expires, consistent_snapshot: true, keys, roles })
}

/// Drafts `targets` for the files by name, with the keys that sign `status`; without any there is no delegation.
#[must_use]
pub fn targets(
    version: u64,
    expires: Timestamp,
    files: &BTreeMap<String, Vec<u8>>,
    status_keys: &[PublicKey],
) -> Draft {
    let delegations = (!status_keys.is_empty()).then(|| delegate(status_keys));
    let body = Targets { version, expires, targets: describe(files), delegations };
    Draft::of(Role::Targets, version, &body)
}

/// Drafts the delegated document `status` for the status tokens by name.
#[must_use]
pub fn status(version: u64, expires: Timestamp, files: &BTreeMap<String, Vec<u8>>) -> Draft {
    let body = Targets { version, expires, targets: describe(files), delegations: None };
    Draft::of(Role::Status, version, &body)
}

fn describe(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Target> {
    let one = |bytes: &Vec<u8>| Target {
        length: bytes.len() as u64,
        hashes: BTreeMap::from([("sha256".to_owned(), hex::encode(sha256(bytes)))]),
    };
    files.iter().map(|(name, bytes)| (name.clone(), one(bytes))).collect()
}

/// Any one of the keys signs, and nobody else is asked about these paths.
fn delegate(holders: &[PublicKey]) -> Delegations {
    let keys: BTreeMap<_, _> = holders.iter().map(Key::of).map(|key| (key.id(), key)).collect();
    let keyids = keys.keys().cloned().collect();
    let role = Delegation {
        name: Role::Status.name().to_owned(),
        keys: RoleKeys { keyids, threshold: 1 },
        terminating: true,
        paths: vec![STATUS_PATHS.to_owned()],
    };
    Delegations { keys, roles: vec![role] }
}

/// Drafts `snapshot`, naming the finished targets documents: `targets`, and `status` where there is one.
#[must_use]
pub fn snapshot(version: u64, expires: Timestamp, documents: &[&Document]) -> Draft {
    let named = |document: &&Document| (format!("{}.json", document.role.name()), document.meta());
    let meta = documents.iter().map(named).collect();
    Draft::of(Role::Snapshot, version, &Snapshot { version, expires, meta })
}

/// Drafts `timestamp`, naming the finished snapshot document.
#[must_use]
pub fn timestamp(version: u64, published_at: Timestamp, expires: Timestamp, snapshot: &Document) -> Draft {
    let meta = BTreeMap::from([("snapshot.json".to_owned(), snapshot.meta())]);
    Draft::of(Role::Timestamp, version, &Timestamped { version, expires, published_at, meta })
}

/// All files of the repository by path. `documents` holds every root so far and all others.
#[must_use]
pub fn assemble(documents: &[Document], files: &BTreeMap<String, Vec<u8>>) -> Files {
    let metadata = documents.iter().map(|document| (document.path(), document.bytes.clone()));
    let targets =
        files.iter().map(|(name, bytes)| (Target::path(name, &hex::encode(sha256(bytes))), bytes.clone()));
    metadata.chain(targets).collect()
}
