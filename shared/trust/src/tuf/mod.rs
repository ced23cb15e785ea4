//! The repository format of The Update Framework (TUF), version 1.0: documents, reading, writing.
//!
//! Four signed documents name each other by version, length and hash, and end in target files:
//! `timestamp` → `snapshot` → `targets` → files; `root` says whose keys sign what. Our repositories use
//! consistent snapshots, ECDSA P-256 keys and canonical JSON, and no delegations so far.

mod document;
mod read;
mod write;

#[cfg(test)]
mod tests;

pub use document::{
    Key, KeyId, Meta, Role, RoleKeys, Root, SignatureEntry, Snapshot, Target, Targets, Timestamped,
};
pub use read::{Refreshed, Refusal, Versions, refresh, reopen, root_sha256};
pub use write::{Document, Draft, RootPlan, assemble, root, snapshot, targets, timestamp};

/// The version of the specification that our documents name; any 1.x is read.
pub const SPEC_VERSION: &str = "1.0.31";

/// Largest root, timestamp or snapshot document read, in bytes.
pub const MAX_METADATA_BYTES: usize = 64 * 1024;

/// Largest targets document read, in bytes.
pub const MAX_TARGETS_BYTES: usize = 1024 * 1024;

/// Largest target file read, in bytes.
pub const MAX_TARGET_BYTES: usize = 8 * 1024 * 1024;

/// Most new root documents followed in one refresh.
pub const MAX_ROOT_STEPS: u64 = 64;

/// How long each role's documents live, as the city's design has it: a day more than they are used.
pub mod life {
    use absah_types::Seconds;

    /// Timestamp and snapshot: 7 days.
    pub const ONLINE: Seconds = Seconds(7 * 86_400);
    /// Targets: 30 days.
    pub const TARGETS: Seconds = Seconds(30 * 86_400);
    /// Root: 1 year.
    pub const ROOT: Seconds = Seconds(365 * 86_400);
}
