//! What can be wrong with a witness and its files.

use absah_types::coded;

/// A command of the witness does not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WitnessError {
    /// There is no key yet.
    NotInitialised,
    /// There is a key already, under another name.
    Named,
    /// The key file is none, or does not open.
    KeyFile,
    /// The name or key given is none.
    Key,
    /// The memory of a log cannot be read or written.
    Memory,
    /// A log of this origin is watched already, by another key.
    OtherKey,
    /// The address is taken or not this machine's.
    Listen,
    /// Outside development the public URL must be told.
    NoPublicUrl,
}

impl core::fmt::Display for WitnessError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NotInitialised => "witness has no key yet",
            Self::Named => "witness has another name",
            Self::KeyFile => "key file of the witness unusable",
            Self::Key => "name or key unusable",
            Self::Memory => "memory of the witness unusable",
            Self::OtherKey => "log is watched under another key",
            Self::Listen => "cannot listen at the address",
            Self::NoPublicUrl => "no public URL",
        })
    }
}

impl core::error::Error for WitnessError {}

coded! { WitnessError {
    NotInitialised => ("witness-not-initialised", Environment),
    Named => ("witness-named", User),
    KeyFile => ("witness-key-file", Environment),
    Key => ("witness-name-malformed", User),
    Memory => ("witness-memory", Environment),
    OtherKey => ("witness-log-other-key", User),
    Listen => ("witness-address", Environment),
    NoPublicUrl => ("witness-no-public-url", Environment),
} }
