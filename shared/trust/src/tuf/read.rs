//! Reading a repository: the detailed client workflow (TUF specification, section 5).

use std::collections::{BTreeMap, BTreeSet};

use absah_crypto::{ct_eq, sha256};
use absah_types::{Timestamp, coded, hex};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::document::{Common, Envelope};
use super::{
    Delegations, Key, KeyId, MAX_METADATA_BYTES, MAX_ROOT_STEPS, MAX_TARGET_BYTES, MAX_TARGET_COUNT,
    MAX_TARGETS_BYTES, Meta, Role, RoleKeys, Root, STATUS_PATHS, Snapshot, Target, Targets, Timestamped,
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
    /// More than 64 new roots: no end of them.
    TooManyRoots,
    /// A document delegates something else than `status/*` to `status`.
    Delegation,
    /// The delegated role speaks of a path that is not its own.
    OutsidePaths,
    /// One file stands in two documents.
    TargetRepeated,
    /// A document names more files than the limit.
    TooManyTargets(Role),
    /// A target file's name leads out of the folder, or is none.
    TargetName,
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
            Self::TooManyRoots => f.write_str("too many new roots"),
            Self::Delegation => f.write_str("delegation other than that of status"),
            Self::OutsidePaths => f.write_str("delegated role names a file outside its paths"),
            Self::TargetRepeated => f.write_str("target file named by two documents"),
            Self::TooManyTargets(role) => write!(f, "{} document names too many files", role.name()),
            Self::TargetName => f.write_str("target file's name leads elsewhere"),
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
    TooManyRoots => ("bundle-too-many-roots", Peer),
    Delegation => ("bundle-delegation", Peer),
    OutsidePaths => ("bundle-target-outside-role", Peer),
    TargetRepeated => ("bundle-target-repeated", Peer),
    TooManyTargets(..) => ("bundle-too-many-targets", Peer),
    TargetName => ("bundle-target-name", Peer),
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
    /// Version of the delegated status document; none in a repository without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u64>,
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
    /// When the earliest of status, snapshot and timestamp ends.
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
    let Roots { root, bytes: root_bytes, online_replaced } = latest_root(files, start, fresh_at)?;
    // "Set whether consistent snapshots are used as per the trusted root metadata file." Ours always are.
    if !root.consistent_snapshot {
        return Err(Refusal::NotConsistent);
    }

    // "If the timestamp and / or snapshot keys have been rotated, then delete the trusted timestamp and snapshot
    // metadata files": whoever had the old keys may have signed the highest version there is.
    let online = known.filter(|_| !online_replaced);

    let bytes = document(files, Role::Timestamp, 0, MAX_METADATA_BYTES)?;
    let (timestamp, signed): (Timestamped, _) = signed_by(&root, Role::Timestamp, bytes)?;
    let timestamp_sha256 = hex::encode(sha256(&signed));
    // "The version number of the trusted timestamp metadata file, if any, MUST be less than the version
    // number of the new timestamp metadata file."
    not_older(Role::Timestamp, online.map(|k| k.timestamp), timestamp.version)?;
    // "... there shouldn't be any changes in the content of this, or any other metadata files too,
    // considering it has the same version as the already trusted one."
    if online.is_some_and(|k| k.timestamp == timestamp.version && k.timestamp_sha256 != timestamp_sha256) {
        return Err(Refusal::Equivocation(Role::Timestamp));
    }
    not_expired(Role::Timestamp, timestamp.expires, fresh_at)?;

    // "[timestamp] MUST only include a description of the snapshot.json file."
    let named = match (timestamp.meta.get("snapshot.json"), timestamp.meta.len()) {
        (Some(meta), 1) => meta,
        _ => return Err(Refusal::Malformed(Role::Timestamp)),
    };
    not_older(Role::Snapshot, online.map(|k| k.snapshot), named.version)?;
    let bytes = named_document(files, Role::Snapshot, named, MAX_METADATA_BYTES)?;
    let (snapshot, _): (Snapshot, _) = signed_by(&root, Role::Snapshot, bytes)?;
    same_version(Role::Snapshot, named, snapshot.version)?;

    // "Any targets metadata filename that was listed in the trusted snapshot metadata file, if any, MUST
    // continue to be listed in the new snapshot metadata file." `targets` here, `status` below.
    let named = snapshot.meta.get("targets.json").ok_or(Refusal::Malformed(Role::Snapshot))?;
    not_older(Role::Targets, known.map(|k| k.targets), named.version)?;
    not_expired(Role::Snapshot, snapshot.expires, fresh_at)?;
    let bytes = named_document(files, Role::Targets, named, MAX_TARGETS_BYTES)?;
    let (targets, _): (Targets, _) = signed_by(&root, Role::Targets, bytes)?;
    same_version(Role::Targets, named, targets.version)?;
    not_expired(Role::Targets, targets.expires, fresh_at)?;

    let mut online_expires = timestamp.expires.min(snapshot.expires);
    let mut status_version = None;
    let mut found = BTreeMap::new();
    target_files(files, Role::Targets, &targets, &mut found)?;
    let named = snapshot.meta.get("status.json");
    match (&targets.delegations, named) {
        (Some(delegations), Some(named)) => {
            let (keys, role) = delegated(delegations)?;
            not_older(Role::Status, online.and_then(|k| k.status), named.version)?;
            let bytes = named_document(files, Role::Status, named, MAX_TARGETS_BYTES)?;
            let (status, _): (Targets, _) = signed_by_keys(keys, role, Role::Status, bytes)?;
            same_version(Role::Status, named, status.version)?;
            not_expired(Role::Status, status.expires, fresh_at)?;
            // A role further down would be one that nobody with a key offline has named.
            if status.delegations.is_some() {
                return Err(Refusal::Delegation);
            }
            // "... only the paths that the delegating role lets it speak of".
            if !status.targets.keys().all(|name| is_status_path(name)) {
                return Err(Refusal::OutsidePaths);
            }
            target_files(files, Role::Status, &status, &mut found)?;
            online_expires = online_expires.min(status.expires);
            status_version = Some(status.version);
        }
        (Some(_), None) => return Err(Refusal::Missing(Role::Status)),
        // Where status was delegated once, nobody without a key offline takes that back.
        (None, _) if known.is_some_and(|k| k.status.is_some() && k.targets >= targets.version) => {
            return Err(Refusal::Delegation);
        }
        (None, _) => {}
    }

    Ok(Refreshed {
        versions: Versions {
            root: root.version,
            root_sha256: hex::encode(sha256(root_bytes)),
            timestamp: timestamp.version,
            timestamp_sha256,
            snapshot: snapshot.version,
            targets: targets.version,
            status: status_version,
        },
        online_expires,
        targets_expires: targets.expires,
        files: found,
        root,
        timestamp,
    })
}

/// The root in force, and what changed on the way to it.
struct Roots<'f> {
    root: Root,
    bytes: &'f [u8],
    /// Timestamp or snapshot have other keys than in the root that was trusted before.
    online_replaced: bool,
}

/// Follows the roots from the start to the newest in the folder.
fn latest_root<'f>(
    files: &'f Files,
    start: Start<'_>,
    fresh_at: Option<Timestamp>,
) -> Result<Roots<'f>, Refusal> {
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
    let before = root.clone();
    for step in 0..=MAX_ROOT_STEPS {
        // "Try downloading version N+1 of the root metadata file ... If this file is not available ...
        // then go to step 5.3.10."
        let Some(next_version) = root.version.checked_add(1) else { break };
        if !files.contains_key(&Role::Root.path(next_version)) {
            break;
        }
        if step == MAX_ROOT_STEPS {
            return Err(Refusal::TooManyRoots);
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
    let replaced =
        |role| before.roles.get(&role).map(|r| &r.keyids) != root.roles.get(&role).map(|r| &r.keyids);
    let online_replaced = replaced(Role::Timestamp) || replaced(Role::Snapshot);
    Ok(Roots { root, bytes, online_replaced })
}

/// Reads a root document, believing nothing: for whoever writes the next one.
///
/// # Errors
/// `Malformed`, `KeyId`.
pub fn read_root(bytes: &[u8]) -> Result<Root, Refusal> {
    parse_root(bytes)
}

/// Reads a targets document, believing nothing: for whoever publishes around it.
///
/// # Errors
/// `Malformed`.
pub fn read_targets(bytes: &[u8]) -> Result<Targets, Refusal> {
    let malformed = |_| Refusal::Malformed(Role::Targets);
    let envelope: Envelope = serde_json::from_slice(bytes).map_err(malformed)?;
    serde_json::from_value(envelope.signed).map_err(malformed)
}

/// Whether enough keys that a root names for a role have signed a document.
///
/// # Errors
/// The [`Refusal`] with which a reader would refuse it.
pub fn holds_under(root: &Root, role: Role, bytes: &[u8]) -> Result<(), Refusal> {
    signed_by::<serde_json::Value>(root, role, bytes).map(|_| ())
}

fn parse_root(bytes: &[u8]) -> Result<Root, Refusal> {
    let malformed = Refusal::Malformed(Role::Root);
    let envelope: Envelope = serde_json::from_slice(bytes).map_err(|_| malformed)?;
    let root: Root = serde_json::from_value(envelope.signed).map_err(|_| malformed)?;
    // "A role for each of root, snapshot, timestamp, and targets MUST be specified in the roles object."
    if !Role::TOP.iter().all(|role| root.roles.contains_key(role)) {
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
    let keys = root.roles.get(&role).ok_or(Refusal::Malformed(role))?;
    signed_by_keys(&root.keys, keys, role, bytes)
}

/// The keys of the one delegation there may be: `status/*` to `status`, and nobody is asked after it.
fn delegated(delegations: &Delegations) -> Result<(&BTreeMap<KeyId, Key>, &RoleKeys), Refusal> {
    let [role] = delegations.roles.as_slice() else { return Err(Refusal::Delegation) };
    let ours = role.name == Role::Status.name() && role.terminating && role.paths == [STATUS_PATHS];
    if !ours {
        return Err(Refusal::Delegation);
    }
    // "Clients MUST calculate each KEYID to verify this is correct for the associated key."
    if delegations.keys.iter().any(|(id, key)| *id != key.id()) {
        return Err(Refusal::KeyId);
    }
    Ok((&delegations.keys, &role.keys))
}

/// `status/*`: one more part, whatever it is.
fn is_status_path(name: &str) -> bool {
    name.strip_prefix("status/").is_some_and(|file| !file.is_empty() && !file.contains('/'))
}

/// Parses a document after these keys signed it; also gives the signed bytes.
fn signed_by_keys<T: DeserializeOwned>(
    known: &BTreeMap<KeyId, Key>,
    keys: &RoleKeys,
    role: Role,
    bytes: &[u8],
) -> Result<(T, Vec<u8>), Refusal> {
    let malformed = Refusal::Malformed(role);
    let envelope: Envelope = serde_json::from_slice(bytes).map_err(|_| malformed)?;
    let signed = canonical::to_vec(&envelope.signed).map_err(|_| malformed)?;
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
        let key = known.get(&signature.keyid).and_then(Key::public_key);
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
    if common.kind != role.kind() || common.version == 0 {
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

fn target_files(
    files: &Files,
    role: Role,
    targets: &Targets,
    found: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), Refusal> {
    if targets.targets.len() > MAX_TARGET_COUNT {
        return Err(Refusal::TooManyTargets(role));
    }
    for (name, target) in &targets.targets {
        if !is_plain_name(name) {
            return Err(Refusal::TargetName);
        }
        let hash = target.hashes.get("sha256").ok_or(Refusal::Malformed(role))?;
        let bytes = files.get(&Target::path(name, hash)).ok_or(Refusal::TargetMissing)?;
        // "download the target (up to the number of bytes specified in the targets metadata), and verify
        // that its hashes match the targets metadata."
        if bytes.len() > MAX_TARGET_BYTES || !same_content(bytes, Some(target.length), hash) {
            return Err(Refusal::TargetAltered);
        }
        if found.insert(name.clone(), bytes.clone()).is_some() {
            return Err(Refusal::TargetRepeated);
        }
    }
    Ok(())
}

/// Whether a target's name stays inside the folder on every system: parts of letters, digits, `-`, `_` and `.`
/// that do not begin with a dot.
pub(super) fn is_plain_name(name: &str) -> bool {
    let plain = |part: &str| {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(known)
    };
    name.len() <= 200 && name.split('/').all(plain)
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
