//! The trust bundle: everything an offline program believes, in one verified folder.
//!
//! A folder is taken over by [`Bundle::import`], which is strict about time, and opened again by
//! [`Bundle::reopen`], which is not: an old bundle is still what we know, and policy says what it is good for.

mod chains;
mod contents;
mod registry;
mod statuses;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use absah_ledger::LedgerPolicy;
use absah_types::{Coded, Fault, Timestamp, coded};
use serde::{Deserialize, Serialize};

use crate::policy::{Freshness, Policy, PolicyError};
use crate::registration::RegistrationError;
use crate::trust_list::{TrustList, TrustListError};
use crate::tuf;

pub use chains::{ChainError, check_chains};
pub use contents::{
    Contents, Named, OnlineSigners, Publication, publish, publish_around, quorum, read_offline, root_plan,
    targets,
};
pub use registry::Registry;
pub use statuses::{StatusReading, StatusTokenError, Statuses};

/// Files of a bundle folder by path relative to it, with `/` between the parts.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Largest bundle taken over, in bytes of all files.
pub const MAX_BUNDLE_BYTES: usize = 32 * 1024 * 1024;

/// How far a signed time may lie ahead of our clock before the clock must be wrong.
pub const CLOCK_TOLERANCE: absah_types::Seconds = absah_types::Seconds(600);

/// What to remember between imports; the shell keeps it beside the folder. Versions never go down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedState {
    /// Versions and hashes last trusted.
    pub versions: tuf::Versions,
    /// The newest time signed by an issuer that we have seen: our clock must not lie before it.
    pub clock_floor: Timestamp,
}

/// What an import may begin from.
#[derive(Debug, Clone, Copy)]
pub enum Anchor<'a> {
    /// Nothing was imported before: SHA-256 of `metadata/1.root.json`, from a flag or typed by a person.
    FirstRoot([u8; 32]),
    /// The state after the last import.
    Trusted(&'a TrustedState),
}

/// Our clock lies before a time that an issuer has signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockBehind {
    /// The signed time.
    pub floor: Timestamp,
}

impl ClockBehind {
    /// The code.
    pub const CODES: &'static [&'static str] = &["clock-behind"];
}

impl core::fmt::Display for ClockBehind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "clock lies before the signed time {}", self.floor)
    }
}

impl core::error::Error for ClockBehind {}

impl Coded for ClockBehind {
    fn code(&self) -> &'static str {
        "clock-behind"
    }

    fn fault(&self) -> Fault {
        Fault::Environment
    }
}

/// Why a bundle was not taken over; what was there stays in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BundleError {
    /// The repository itself does not hold.
    Repository(tuf::Refusal),
    /// More bytes than [`MAX_BUNDLE_BYTES`].
    TooLarge,
    /// A file that every bundle has is not among the targets.
    Incomplete,
    /// The clock lies before a time that an issuer has signed.
    Clock(ClockBehind),
    /// The list of registrations is no JSON of its kind.
    RegistryMalformed,
    /// The trust list does not hold.
    TrustList(TrustListError),
    /// A certificate of the trust list does not lead to its root.
    Chain(ChainError),
    /// The policy values do not hold.
    Policy(PolicyError),
    /// A listed registration does not hold.
    Registration(RegistrationError),
    /// A status token does not hold.
    StatusToken(StatusTokenError),
    /// The ledger's policy does not hold.
    Ledger(absah_ledger::policy::PolicyError),
}

impl core::fmt::Display for BundleError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Repository(error) => error.fmt(f),
            Self::TooLarge => f.write_str("bundle too large"),
            Self::Incomplete => f.write_str("bundle incomplete"),
            Self::Clock(clock) => clock.fmt(f),
            Self::RegistryMalformed => f.write_str("list of registrations malformed"),
            Self::TrustList(error) => error.fmt(f),
            Self::Chain(error) => error.fmt(f),
            Self::Policy(error) => error.fmt(f),
            Self::Registration(error) => error.fmt(f),
            Self::StatusToken(error) => error.fmt(f),
            Self::Ledger(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for BundleError {}

coded! { BundleError {
    Repository(error) => inner(error),
    TooLarge => ("bundle-too-large", Peer),
    Incomplete => ("bundle-incomplete", Peer),
    Clock(clock) => inner(clock),
    RegistryMalformed => ("bundle-registry-malformed", Peer),
    TrustList(error) => inner(error),
    Chain(error) => inner(error),
    Policy(error) => inner(error),
    Registration(error) => inner(error),
    StatusToken(error) => inner(error),
    Ledger(error) => inner(error),
} }

/// A verified bundle. Made only by [`Bundle::import`] and [`Bundle::reopen`].
#[derive(Debug, Clone)]
pub struct Bundle {
    version: u64,
    published_at: Timestamp,
    online_expires: Timestamp,
    targets_expires: Timestamp,
    clock_floor: Timestamp,
    trust: TrustList,
    registry: Registry,
    policy: Policy,
    dictionary: Vec<u8>,
    ledger: Option<LedgerPolicy>,
    statuses: Statuses,
}

impl Bundle {
    /// Takes over a folder at `now`.
    ///
    /// The state returned replaces the old one together with the folder, in one step.
    ///
    /// # Errors
    /// [`BundleError`], the first found.
    pub fn import(
        files: &Files,
        anchor: Anchor<'_>,
        now: Timestamp,
    ) -> Result<(Self, TrustedState), BundleError> {
        limited(files)?;
        let known = match anchor {
            Anchor::FirstRoot(_) => None,
            Anchor::Trusted(state) => Some(state),
        };
        let refreshed = match &anchor {
            Anchor::FirstRoot(sha256) => tuf::refresh(files, None, Some(sha256), now),
            Anchor::Trusted(state) => tuf::refresh(files, Some(&state.versions), None, now),
        }
        .map_err(BundleError::Repository)?;
        let versions = refreshed.versions.clone();
        let bundle = Self::read(refreshed, known.map(|state| state.clock_floor))?;
        // "The clock floor is raised only by issuer-signed times": and never beyond what our clock can follow,
        // so that one wrong signed time cannot lock the counter out for ever.
        bundle.clock_holds(now).map_err(BundleError::Clock)?;
        let state = TrustedState { versions, clock_floor: bundle.clock_floor };
        Ok((bundle, state))
    }

    /// Opens the folder that was taken over last.
    ///
    /// # Errors
    /// [`BundleError`] when the folder is not exactly that one.
    pub fn reopen(files: &Files, state: &TrustedState) -> Result<Self, BundleError> {
        limited(files)?;
        let refreshed = tuf::reopen(files, &state.versions).map_err(BundleError::Repository)?;
        Self::read(refreshed, Some(state.clock_floor))
    }

    fn read(refreshed: tuf::Refreshed, floor: Option<Timestamp>) -> Result<Self, BundleError> {
        let file = |name: &str| refreshed.files.get(name).ok_or(BundleError::Incomplete);
        let trust = TrustList::from_json(file(contents::TRUST)?).map_err(BundleError::TrustList)?;
        let policy = Policy::from_json(file(contents::POLICY)?).map_err(BundleError::Policy)?;
        let registry = Registry::from_json(file(contents::REGISTRATIONS)?, &trust)?;
        check_chains(&trust).map_err(BundleError::Chain)?;
        let dictionary = file(contents::DICTIONARY)?.clone();
        let ledger = refreshed.files.get(contents::LEDGER).map(|bytes| LedgerPolicy::from_json(bytes));
        let ledger = ledger.transpose().map_err(BundleError::Ledger)?;
        let tokens = refreshed.files.iter().filter(|(name, _)| name.starts_with(contents::STATUS));
        let statuses = Statuses::read(tokens.map(|(_, jwt)| jwt.as_slice()), &trust)
            .map_err(BundleError::StatusToken)?;
        let signed =
            [Some(trust.issued_at), Some(refreshed.timestamp.published_at), statuses.newest(), floor];
        Ok(Self {
            version: refreshed.versions.timestamp,
            published_at: refreshed.timestamp.published_at,
            online_expires: refreshed.online_expires,
            targets_expires: refreshed.targets_expires,
            clock_floor: signed.into_iter().flatten().max().unwrap_or(trust.issued_at),
            trust,
            registry,
            policy,
            dictionary,
            ledger,
            statuses,
        })
    }

    /// How old the oldest status token of the bundle is: what a counter shows at all times.
    #[must_use]
    pub fn freshness(&self, now: Timestamp) -> Freshness {
        Freshness::of(self.statuses.oldest(), self, now)
    }

    /// Whether the clock does not lie before a time that an issuer has signed.
    ///
    /// # Errors
    /// [`ClockBehind`].
    pub fn clock_holds(&self, now: Timestamp) -> Result<(), ClockBehind> {
        if now.plus(CLOCK_TOLERANCE) < self.clock_floor {
            return Err(ClockBehind { floor: self.clock_floor });
        }
        Ok(())
    }

    /// The version of the bundle: that of its timestamp document.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// When it was published.
    #[must_use]
    pub fn published_at(&self) -> Timestamp {
        self.published_at
    }

    /// When its status part ends: 7 days after it was published. Beyond, nothing is green.
    #[must_use]
    pub fn online_expires(&self) -> Timestamp {
        self.online_expires
    }

    /// When trust list and registrations end.
    #[must_use]
    pub fn targets_expires(&self) -> Timestamp {
        self.targets_expires
    }

    /// The newest time signed by an issuer.
    #[must_use]
    pub fn clock_floor(&self) -> Timestamp {
        self.clock_floor
    }

    /// Whose signatures count.
    #[must_use]
    pub fn trust(&self) -> &TrustList {
        &self.trust
    }

    /// Which counters are registered.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The signed policy values.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The packing dictionary.
    #[must_use]
    pub fn dictionary(&self) -> &[u8] {
        &self.dictionary
    }

    /// Whose signatures make the ledger final, if the city keeps one.
    #[must_use]
    pub fn ledger(&self) -> Option<&LedgerPolicy> {
        self.ledger.as_ref()
    }

    /// The status tokens.
    #[must_use]
    pub fn statuses(&self) -> &Statuses {
        &self.statuses
    }
}

fn limited(files: &Files) -> Result<(), BundleError> {
    let bytes: usize = files.values().map(Vec::len).sum();
    if bytes > MAX_BUNDLE_BYTES { Err(BundleError::TooLarge) } else { Ok(()) }
}
