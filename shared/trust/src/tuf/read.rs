//! Reading a repository: the detailed client workflow (TUF specification, section 5).

use std::collections::{BTreeMap, BTreeSet};

use absah_crypto::{ct_eq, sha256};
use absah_types::{Timestamp, coded, hex};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::document::{Common, Envelope};
use super::{
    MAX_METADATA_BYTES, MAX_ROOT_STEPS, MAX_TARGET_BYTES, MAX_TARGETS_BYTES, Meta, Role, Root, Snapshot,
    Target, Targets, Timestamped,
};
use crate::bundle::Files;
use crate::canonical;

/// Why a repository was not taken over. The old state stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A document is not there.
    Missing(Role),
    /// A document is larger than the limit or than the document that names it says.
    TooLarge(Role),
    /// A document is no JSON of its kind.
    Malformed(Role),
    /// A document names a specification other than 1.x.
    SpecVersion(Role),
    /// The root's SHA-256 is not the one confirmed at the first import.
    WrongRoot,
    /// A key's name is not the hash of the key.
    KeyId,
    /// One key's name stands twice among the signatures.
    SignatureRepeated(Role),
    /// Fewer valid signatures of the role's keys than the threshold demands.
    UnderSigned(Role),
    /// The version is lower than one already trusted.
    Rollback {
        /// Which document.
        role: Role,
        /// The version already trusted.
        trusted: u64,
        /// The version offered.
        offered: u64,
    },
    /// The same version as the trusted one with different content.
    Equivocation(Role),
    /// The document has ended.
    Frozen {
        /// Which document.
        role: Role,
        /// When it ended.
        expired: Timestamp,
    },
    /// Version, length or hash are not what the naming document says.
    Mixed(Role),
    /// The repository has no consistent snapshots.
    NotConsistent,
    /// A target file is not there.
    TargetMissing,
    /// A target file's length or hash is not the signed one.
    TargetAltered,
}

impl core::fmt::Display for Refusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Missing(role) => write!(f, "{} document missing", role.name()),
            Self::TooLarge(role) => write!(f, "{} document too large", role.name()),
            Self::Malformed(role) => write!(f, "{} document malformed", role.name()),
            Self::SpecVersion(role) => write!(f, "{} document of another specification version", role.name()),
            Self::WrongRoot => f.write_str("root is not the confirmed one"),
            Self::KeyId => f.write_str("key id is not the hash of its key"),
            Self::SignatureRepeated(role) => write!(f, "{} document signed twice by one key", role.name()),
            Self::UnderSigned(role) => write!(f, "{} document has too few valid signatures", role.name()),
            Self::Rollback { role, trusted, offered } => {
                write!(f, "{} document version {offered} is older than the trusted {trusted}", role.name())
            }
            Self::Equivocation(role) => write!(f, "{} document differs at the same version", role.name()),
            Self::Frozen { role, expired } => write!(f, "{} document ended at {expired}", role.name()),
            Self::Mixed(role) => write!(f, "{} document is not the one named", role.name()),
            Self::NotConsistent => f.write_str("repository has no consistent snapshots"),
            Self::TargetMissing => f.write_str("target file missing"),
            Self::TargetAltered => f.write_str("target file altered"),
        }
    }
}

impl core::error::Error for Refusal {}

coded! { Refusal {
    Missing(..) => ("bundle-document-missing", Peer),
    TooLarge(..) => ("bundle-document-too-large", Peer),
    Malformed(..) => ("bundle-document-malformed", Peer),
    SpecVersion(..) => ("bundle-spec-version", Peer),
    WrongRoot => ("bundle-root-mismatch", Peer),
    KeyId => ("bundle-key-id-mismatch", Peer),
    SignatureRepeated(..) => ("bundle-signature-repeated", Peer),
    UnderSigned(..) => ("bundle-under-signed", Peer),
    Rollback { .. } => ("bundle-rollback", Peer),
    Equivocation(..) => ("bundle-equivocation", Peer),
    Frozen { .. } => ("bundle-frozen", Peer),
    Mixed(..) => ("bundle-mixed", Peer),
    NotConsistent => ("bundle-not-consistent", Peer),
    TargetMissing => ("bundle-target-missing", Peer),
    TargetAltered => ("bundle-target-altered", Peer),
} }

/// The versions last trusted; none of them ever goes down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// Version of the newest trusted root.
    pub root: u64,
    /// Hex SHA-256 of that root document.
    pub root_sha256: String,
    /// Version of the timestamp document: the version of the bundle.
    pub timestamp: u64,
    /// Hex SHA-256 of the canonical `signed` part of that timestamp document.
    pub timestamp_sha256: String,
    /// Version of the snapshot document.
    pub snapshot: u64,
    /// Version of the targets document.
    pub targets: u64,
}

/// A repository whose every part was checked.
#[derive(Debug, Clone)]
pub struct Refreshed {
    /// What to remember for the next time.
    pub versions: Versions,
    /// The root in force.
    pub root: Root,
    /// The timestamp document.
    pub timestamp: Timestamped,
    /// When the earliest of snapshot and timestamp ends.
    pub online_expires: Timestamp,
    /// When the targets document ends.
    pub targets_expires: Timestamp,
    /// The target files by name.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Where the chain of roots begins.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Start<'a> {
    /// SHA-256 of the bytes of `1.root.json`, confirmed by a person.
    First(&'a [u8; 32]),
    /// The versions of the last time; the root document of that version must still be in the folder.
    Known(&'a Versions),
}

/// SHA-256 of a root document: what a person compares before the first import.
#[must_use]
pub fn root_sha256(root_json: &[u8]) -> [u8; 32] {
    sha256(root_json)
}

/// Checks a repository that is to be taken over at `now`.
///
/// # Errors
/// The first [`Refusal`] met.
pub fn refresh(
    files: &Files,
    known: Option<&Versions>,
    first_root: Option<&[u8; 32]>,
    now: Timestamp,
) -> Result<Refreshed, Refusal> {
    let start = match (known, first_root) {
        (Some(known), _) => Start::Known(known),
        (None, Some(sha256)) => Start::First(sha256),
        (None, None) => return Err(Refusal::WrongRoot),
    };
    read(files, start, Some(now))
}

/// Checks a repository that was taken over before. Ended documents are no refusal: how old is too old for
/// what is a question of policy.
///
/// # Errors
/// The first [`Refusal`] met.
pub fn reopen(files: &Files, known: &Versions) -> Result<Refreshed, Refusal> {
    let refreshed = read(files, Start::Known(known), None)?;
    // A folder other than the one taken over is a case for `refresh`.
    if refreshed.versions != *known {
        return Err(Refusal::Equivocation(Role::Timestamp));
    }
    Ok(refreshed)
}

fn read(files: &Files, start: Start<'_>, fresh_at: Option<Timestamp>) -> Result<Refreshed, Refusal> {
    let known = match start {
        Start::First(_) => None,
        Start::Known(known) => Some(known),
    };
    let (root, root_bytes) = latest_root(files, start, fresh_at)?;
    // "Set whether consistent snapshots are used as per the trusted root metadata file." Ours always are.
    if !root.consistent_snapshot {
        return Err(Refusal::NotConsistent);
    }

    let bytes = document(files, Role::Timestamp, 0, MAX_METADATA_BYTES)?;
    let (timestamp, signed): (Timestamped, _) = signed_by(&root, Role::Timestamp, bytes)?;
    let timestamp_sha256 = hex::encode(sha256(&signed));
    // "The version number of the trusted timestamp metadata file, if any, MUST be less than the version
    // number of the new timestamp metadata file."
    not_older(Role::Timestamp, known.map(|k| k.timestamp), timestamp.version)?;
    // "... there shouldn't be any changes in the content of this, or any other metadata files too,
    // considering it has the same version as the already trusted one."
    if known.is_some_and(|k| k.timestamp == timestamp.version && k.timestamp_sha256 != timestamp_sha256) {
        return Err(Refusal::Equivocation(Role::Timestamp));
    }
    not_expired(Role::Timestamp, timestamp.expires, fresh_at)?;

    // "[timestamp] MUST only include a description of the snapshot.json file."
    let named = match (timestamp.meta.get("snapshot.json"), timestamp.meta.len()) {
        (Some(meta), 1) => meta,
        _ => return Err(Refusal::Malformed(Role::Timestamp)),
    };
    not_older(Role::Snapshot, known.map(|k| k.snapshot), named.version)?;
    let bytes = named_document(files, Role::Snapshot, named, MAX_METADATA_BYTES)?;
    let (snapshot, _): (Snapshot, _) = signed_by(&root, Role::Snapshot, bytes)?;
    same_version(Role::Snapshot, named, snapshot.version)?;

    // "Any targets metadata filename that was listed in the trusted snapshot metadata file, if any, MUST
    // continue to be listed in the new snapshot metadata file." We have exactly one.
    let named = snapshot.meta.get("targets.json").ok_or(Refusal::Malformed(Role::Snapshot))?;
    not_older(Role::Targets, known.map(|k| k.targets), named.version)?;
    not_expired(Role::Snapshot, snapshot.expires, fresh_at)?;
    let bytes = named_document(files, Role::Targets, named, MAX_TARGETS_BYTES)?;
    let (targets, _): (Targets, _) = signed_by(&root, Role::Targets, bytes)?;
    same_version(Role::Targets, named, targets.version)?;
    not_expired(Role::Targets, targets.expires, fresh_at)?;

    Ok(Refreshed {
        versions: Versions {
            root: root.version,
            root_sha256: hex::encode(sha256(root_bytes)),
            timestamp: timestamp.version,
            timestamp_sha256,
            snapshot: snapshot.version,
            targets: targets.version,
        },
        online_expires: timestamp.expires.min(snapshot.expires),
        targets_expires: targets.expires,
        files: target_files(files, &targets)?,
        root,
        timestamp,
    })
}

/// Follows the roots from the start to the newest in the folder.
fn latest_root<'f>(
    files: &'f Files,
    start: Start<'_>,
    fresh_at: Option<Timestamp>,
) -> Result<(Root, &'f [u8]), Refusal> {
    let (version, sha256_hex) = match start {
        Start::First(sha256) => (1, hex::encode(sha256)),
        Start::Known(known) => (known.root, known.root_sha256.clone()),
    };
    let mut bytes = document(files, Role::Root, version, MAX_METADATA_BYTES)?;
    if !ct_eq(hex::encode(sha256(bytes)).as_bytes(), sha256_hex.as_bytes()) {
        return Err(Refusal::WrongRoot);
    }
    let mut root = parse_root(bytes)?;
    signed_by::<Root>(&root, Role::Root, bytes)?;
    if root.version != version {
        return Err(Refusal::Mixed(Role::Root));
    }
    for _ in 0..MAX_ROOT_STEPS {
        // "Try downloading version N+1 of the root metadata file ... If this file is not available ...
        // then go to step 5.3.10."
        let Some(next_version) = root.version.checked_add(1) else { break };
        if !files.contains_key(&Role::Root.path(next_version)) {
            break;
        }
        let next_bytes = document(files, Role::Root, next_version, MAX_METADATA_BYTES)?;
        let next = parse_root(next_bytes)?;
        // "Version N+1 of the root metadata file MUST have been signed by: (1) a threshold of keys
        // specified in the trusted root metadata file (version N), and (2) a threshold of keys specified
        // in the new root metadata file being validated (version N+1)."
        signed_by::<Root>(&root, Role::Root, next_bytes)?;
        signed_by::<Root>(&next, Role::Root, next_bytes)?;
        // "... checking that the version number signed in the new root metadata file is indeed N+1."
        if next.version != next_version {
            return Err(Refusal::Rollback { role: Role::Root, trusted: root.version, offered: next.version });
        }
        (root, bytes) = (next, next_bytes);
    }
    // "The expiration timestamp in the trusted root metadata file MUST be higher than the fixed update
    // start time."
    not_expired(Role::Root, root.expires, fresh_at)?;
    Ok((root, bytes))
}

fn parse_root(bytes: &[u8]) -> Result<Root, Refusal> {
    let malformed = Refusal::Malformed(Role::Root);
    let envelope: Envelope = serde_json::from_slice(bytes).map_err(|_| malformed)?;
    let root: Root = serde_json::from_value(envelope.signed).map_err(|_| malformed)?;
    // "A role for each of root, snapshot, timestamp, and targets MUST be specified in the roles object."
    if !Role::ALL.iter().all(|role| root.roles.contains_key(role)) {
        return Err(malformed);
    }
    // "Clients MUST calculate each KEYID to verify this is correct for the associated key."
    if root.keys.iter().any(|(id, key)| *id != key.id()) {
        return Err(Refusal::KeyId);
    }
    Ok(root)
}

/// Parses a document after its role's keys in `root` signed it; also gives the signed bytes.
fn signed_by<T: DeserializeOwned>(root: &Root, role: Role, bytes: &[u8]) -> Result<(T, Vec<u8>), Refusal> {
    let malformed = Refusal::Malformed(role);
    let envelope: Envelope = serde_json::from_slice(bytes).map_err(|_| malformed)?;
    let signed = canonical::to_vec(&envelope.signed).map_err(|_| malformed)?;
    let keys = root.roles.get(&role).ok_or(malformed)?;
    let (mut seen, mut valid) = (BTreeSet::new(), 0_u32);
    for signature in &envelope.signatures {
        // "The KEYID MUST be unique in the signatures array: multiple signatures with the same keyid are
        // not allowed."
        if !seen.insert(&signature.keyid) {
            return Err(Refusal::SignatureRepeated(role));
        }
        if !keys.keyids.contains(&signature.keyid) {
            continue;
        }
        let key = root.keys.get(&signature.keyid).and_then(super::Key::public_key);
        let der = hex::decode(&signature.sig).ok();
        if let (Some(key), Some(der)) = (key, der)
            && key.verify_der(&signed, &der).is_ok()
        {
            valid += 1;
        }
    }
    if keys.threshold == 0 || valid < keys.threshold {
        return Err(Refusal::UnderSigned(role));
    }
    let common: Common = serde_json::from_value(envelope.signed.clone()).map_err(|_| malformed)?;
    if common.kind != role || common.version == 0 {
        return Err(malformed);
    }
    // "clients MUST verify that spec_version matches the expected version number": the major one.
    if !common.spec_version.starts_with("1.") {
        return Err(Refusal::SpecVersion(role));
    }
    let document = serde_json::from_value(envelope.signed).map_err(|_| malformed)?;
    Ok((document, signed))
}

fn document(files: &Files, role: Role, version: u64, limit: usize) -> Result<&[u8], Refusal> {
    let bytes = files.get(&role.path(version)).ok_or(Refusal::Missing(role))?;
    if bytes.len() > limit { Err(Refusal::TooLarge(role)) } else { Ok(bytes) }
}

/// The document that another one names by version, length and hash.
fn named_document<'f>(files: &'f Files, role: Role, named: &Meta, limit: usize) -> Result<&'f [u8], Refusal> {
    let bytes = document(files, role, named.version, limit)?;
    // "The hashes of the new snapshot metadata file MUST match the hashes, if any, listed in the trusted
    // timestamp metadata. This is done, in part, to prevent a mix-and-match attack." We demand a hash.
    let hash = named.hashes.get("sha256").ok_or(Refusal::Malformed(role))?;
    if !same_content(bytes, named.length, hash) {
        return Err(Refusal::Mixed(role));
    }
    Ok(bytes)
}

fn target_files(files: &Files, targets: &Targets) -> Result<BTreeMap<String, Vec<u8>>, Refusal> {
    let mut found = BTreeMap::new();
    for (name, target) in &targets.targets {
        let hash = target.hashes.get("sha256").ok_or(Refusal::Malformed(Role::Targets))?;
        let bytes = files.get(&Target::path(name, hash)).ok_or(Refusal::TargetMissing)?;
        // "download the target (up to the number of bytes specified in the targets metadata), and verify
        // that its hashes match the targets metadata."
        if bytes.len() > MAX_TARGET_BYTES || !same_content(bytes, Some(target.length), hash) {
            return Err(Refusal::TargetAltered);
        }
        found.insert(name.clone(), bytes.clone());
    }
    Ok(found)
}

fn same_content(bytes: &[u8], length: Option<u64>, sha256_hex: &str) -> bool {
    length.is_none_or(|length| u64::try_from(bytes.len()) == Ok(length))
        && hex::encode(sha256(bytes)) == sha256_hex
}

fn not_older(role: Role, trusted: Option<u64>, offered: u64) -> Result<(), Refusal> {
    match trusted {
        Some(trusted) if offered < trusted => Err(Refusal::Rollback { role, trusted, offered }),
        _ => Ok(()),
    }
}

fn same_version(role: Role, named: &Meta, version: u64) -> Result<(), Refusal> {
    if named.version == version { Ok(()) } else { Err(Refusal::Mixed(role)) }
}

fn not_expired(role: Role, expires: Timestamp, fresh_at: Option<Timestamp>) -> Result<(), Refusal> {
    match fresh_at {
        Some(now) if expires <= now => Err(Refusal::Frozen { role, expired: expires }),
        _ => Ok(()),
    }
}
