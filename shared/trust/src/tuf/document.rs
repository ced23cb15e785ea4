//! The shapes of the documents (TUF specification, section 4).

use std::collections::BTreeMap;

use absah_crypto::{PublicKey, sha256};
use absah_types::{Timestamp, hex};
use der::pem::{LineEnding, decode_vec, encode_string};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::canonical;

const PEM_LABEL: &str = "PUBLIC KEY";

/// The four top-level roles and the one delegated role; each signs the document of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Says whose keys count for every role, itself included.
    Root,
    /// Names the newest snapshot.
    Timestamp,
    /// Names the version of every targets document.
    Snapshot,
    /// Names the target files that change only with keys kept offline.
    Targets,
    /// Delegated by `targets`: names the status tokens.
    Status,
}

impl Role {
    /// The four that every root names.
    pub const TOP: [Self; 4] = [Self::Root, Self::Timestamp, Self::Snapshot, Self::Targets];

    /// The name in `roles` and file names.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Timestamp => "timestamp",
            Self::Snapshot => "snapshot",
            Self::Targets => "targets",
            Self::Status => "status",
        }
    }

    /// What stands in `_type`: a delegated document is a targets document.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Status => Self::Targets.name(),
            role => role.name(),
        }
    }

    /// The path in the repository folder; only `timestamp` has no version in its name.
    #[must_use]
    pub fn path(self, version: u64) -> String {
        match self {
            Self::Timestamp => "metadata/timestamp.json".to_owned(),
            role => format!("metadata/{version}.{}.json", role.name()),
        }
    }
}

/// A key's name: lower-case hex of the SHA-256 of its canonical JSON.
pub type KeyId = String;

/// A public key as TUF writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// `ecdsa`; the older spelling `ecdsa-sha2-nistp256` is read too.
    pub keytype: String,
    /// `ecdsa-sha2-nistp256`.
    pub scheme: String,
    /// The key itself.
    pub keyval: KeyValue,
}

/// The member `keyval` of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyValue {
    /// SubjectPublicKeyInfo in PEM.
    pub public: String,
}

impl Key {
    /// Writes a P-256 key.
    #[must_use]
    pub fn of(key: &PublicKey) -> Self {
        // Fails only on lengths no key reaches.
        let public = encode_string(PEM_LABEL, LineEnding::LF, &key.to_spki_der()).unwrap_or_default();
        Self {
            keytype: "ecdsa".to_owned(),
            scheme: "ecdsa-sha2-nistp256".to_owned(),
            keyval: KeyValue { public },
        }
    }

    /// The key's name.
    #[must_use]
    pub fn id(&self) -> KeyId {
        let value = serde_json::json!({
            "keytype": self.keytype, "scheme": self.scheme, "keyval": { "public": self.keyval.public },
        });
        // Only strings: the canonical form always exists.
        hex::encode(sha256(&canonical::to_vec(&value).unwrap_or_default()))
    }

    /// The P-256 key, or `None` for another type, scheme or encoding.
    #[must_use]
    pub fn public_key(&self) -> Option<PublicKey> {
        let known_type = matches!(self.keytype.as_str(), "ecdsa" | "ecdsa-sha2-nistp256");
        if !known_type || self.scheme != "ecdsa-sha2-nistp256" {
            return None;
        }
        let (label, der) = decode_vec(self.keyval.public.as_bytes()).ok()?;
        if label != PEM_LABEL {
            return None;
        }
        PublicKey::from_spki_der(&der).ok()
    }
}

/// Which keys sign for a role, and how many of them must.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleKeys {
    /// Names of keys in [`Root::keys`].
    pub keyids: Vec<KeyId>,
    /// How many different keys must have signed; at least 1.
    pub threshold: u32,
}

/// One signature over the canonical form of `signed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureEntry {
    /// The key's name.
    pub keyid: KeyId,
    /// Hex of the DER signature.
    pub sig: String,
}

/// A document and its signatures, `signed` still as it came: unknown members are covered too.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Envelope {
    pub(super) signatures: Vec<SignatureEntry>,
    pub(super) signed: Value,
}

/// Members that every document has.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Common {
    #[serde(rename = "_type")]
    pub(super) kind: String,
    pub(super) spec_version: String,
    pub(super) version: u64,
}

/// `root`: the keys and roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// Rises by exactly one with each new root.
    pub version: u64,
    /// When it ends.
    #[serde(with = "absah_types::rfc3339")]
    pub expires: Timestamp,
    /// Always true in our repositories.
    #[serde(default)]
    pub consistent_snapshot: bool,
    /// All keys by name.
    pub keys: BTreeMap<KeyId, Key>,
    /// Keys and threshold for each role.
    pub roles: BTreeMap<Role, RoleKeys>,
}

/// What one document says of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Its version.
    pub version: u64,
    /// Its length in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
    /// Its hashes, lower-case hex by algorithm; we write and demand `sha256`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hashes: BTreeMap<String, String>,
}

/// `timestamp`: the newest snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timestamped {
    /// Rises with each publication: the version of the whole repository.
    pub version: u64,
    /// When it ends.
    #[serde(with = "absah_types::rfc3339")]
    pub expires: Timestamp,
    /// When it was signed: a member of our own, which TUF readers keep and ignore.
    #[serde(with = "absah_types::rfc3339")]
    pub published_at: Timestamp,
    /// Exactly `snapshot.json`.
    pub meta: BTreeMap<String, Meta>,
}

/// `snapshot`: the versions of the targets documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Rises when a targets document changes.
    pub version: u64,
    /// When it ends.
    #[serde(with = "absah_types::rfc3339")]
    pub expires: Timestamp,
    /// At least `targets.json`.
    pub meta: BTreeMap<String, Meta>,
}

/// One target file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Length in bytes.
    pub length: u64,
    /// Hashes, lower-case hex by algorithm; we write and demand `sha256`.
    pub hashes: BTreeMap<String, String>,
}

/// `targets`: the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Targets {
    /// Rises when a file changes.
    pub version: u64,
    /// When it ends.
    #[serde(with = "absah_types::rfc3339")]
    pub expires: Timestamp,
    /// The files by path, without the hash in the name.
    pub targets: BTreeMap<String, Target>,
    /// Whom it lets speak of some of the paths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegations: Option<Delegations>,
}

/// The member `delegations` of a targets document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegations {
    /// The delegated roles' keys by name.
    pub keys: BTreeMap<KeyId, Key>,
    /// The delegated roles in the order in which they are asked.
    pub roles: Vec<Delegation>,
}

/// One delegated role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Its name.
    pub name: String,
    /// Whose keys sign, and how many of them must.
    #[serde(flatten)]
    pub keys: RoleKeys,
    /// Whether nobody after it is asked about its paths.
    pub terminating: bool,
    /// The paths it speaks of: shell patterns, in which `*` stands for anything but `/`.
    pub paths: Vec<String>,
}

impl Target {
    /// Where the file lies in the repository: the hash stands before the last part of the name.
    #[must_use]
    pub fn path(name: &str, sha256_hex: &str) -> String {
        match name.rsplit_once('/') {
            Some((folder, file)) => format!("targets/{folder}/{sha256_hex}.{file}"),
            None => format!("targets/{sha256_hex}.{name}"),
        }
    }
}
