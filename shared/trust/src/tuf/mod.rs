//! The repository format of The Update Framework (TUF), version 1.0: documents, reading, writing.
//!
//! Signed documents name each other by version, length and hash, and end in target files:
//!
//! ```text
//! root ── whose keys sign what
//! timestamp ─► snapshot ─┬─► targets ──► trust.json, registrations.json, policy.json …   keys offline
//!                        └─► status  ──► status/0.jwt …                                  key online
//! ```
//!
//! `targets` delegates the paths `status/*` to the role `status`, so that a routine publication needs no key
//! that is kept offline. A repository without that delegation (version 0.1.0 made such) is read, too. Our
//! repositories use consistent snapshots, ECDSA P-256 keys and canonical JSON.

mod document;
mod need;
mod read;
mod write;

#[cfg(test)]
mod tests;

pub use document::{
    Delegation, Delegations, Key, KeyId, Meta, Role, RoleKeys, Root, SignatureEntry, Snapshot, Target,
    Targets, Timestamped,
};
pub use need::{Need, needed, pruned, renewing};
pub use read::{
    Refreshed, Refusal, Versions, holds_under, read_root, read_targets, refresh, reopen, root_sha256,
};
pub use write::{Document, Draft, RootPlan, assemble, root, snapshot, status, targets, timestamp};

/// The version of the specification that our documents name; any 1.x is read.
pub const SPEC_VERSION: &str = "1.0.31";

/// Largest root, timestamp or snapshot document read, in bytes.
pub const MAX_METADATA_BYTES: usize = 64 * 1024;

/// Largest targets document read, in bytes.
pub const MAX_TARGETS_BYTES: usize = 1024 * 1024;

/// Largest target file read, in bytes.
pub const MAX_TARGET_BYTES: usize = 8 * 1024 * 1024;

/// Most target files in one document.
pub const MAX_TARGET_COUNT: usize = 2_048;

/// The paths that the role `status` speaks of.
pub const STATUS_PATHS: &str = "status/*";

/// Most new root documents followed in one refresh.
pub const MAX_ROOT_STEPS: u64 = 64;

/// How long each role's documents live, as the city's design has it: a day more than they are used.
pub mod life {
    use absah_types::Seconds;

    /// Timestamp, snapshot and status: 7 days.
    pub const ONLINE: Seconds = Seconds(7 * 86_400);
    /// Targets: 30 days.
    pub const TARGETS: Seconds = Seconds(30 * 86_400);
    /// Root: 1 year.
    pub const ROOT: Seconds = Seconds(365 * 86_400);
}
