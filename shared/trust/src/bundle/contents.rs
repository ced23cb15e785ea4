//! Writing a bundle: contents → target files → signed documents → folder.

use std::collections::{BTreeMap, BTreeSet};

use absah_crypto::{SignError, Signer};
use absah_ledger::LedgerPolicy;
use absah_types::{Seconds, Timestamp};

use super::Files;
use super::registry::RegistryFile;
use crate::policy::Policy;
use crate::registration::SignedRegistration;
use crate::trust_list::TrustList;
use crate::tuf::{self, Document, RootPlan};

pub(super) const TRUST: &str = "trust.json";
pub(super) const REGISTRATIONS: &str = "registrations.json";
pub(super) const POLICY: &str = "policy.json";
pub(super) const DICTIONARY: &str = "dictionary.bin";
pub(super) const LEDGER: &str = "ledger.json";
pub(super) const STATUS: &str = "status/";

/// What a bundle says, before anyone signed it as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    /// Whose signatures count.
    pub trust: TrustList,
    /// The registrations in force.
    pub registrations: Vec<SignedRegistration>,
    /// Ids of registrations taken back.
    pub withdrawn: BTreeSet<String>,
    /// Policy values.
    pub policy: Policy,
    /// Packing dictionary.
    pub dictionary: Vec<u8>,
    /// Whose signatures make the ledger final.
    pub ledger: Option<LedgerPolicy>,
    /// Status tokens (JWT), one per list; the order gives them their numbers.
    pub status_tokens: Vec<String>,
}

impl Contents {
    /// The target files by name.
    #[must_use]
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let registry =
            RegistryFile { registrations: self.registrations.clone(), withdrawn: self.withdrawn.clone() };
        let mut files = BTreeMap::from([
            (TRUST.to_owned(), self.trust.to_json()),
            // Text and lists: always JSON.
            (REGISTRATIONS.to_owned(), serde_json::to_vec(&registry).unwrap_or_default()),
            (POLICY.to_owned(), self.policy.to_json()),
            (DICTIONARY.to_owned(), self.dictionary.clone()),
        ]);
        if let Some(ledger) = &self.ledger {
            files.insert(LEDGER.to_owned(), ledger.to_json());
        }
        for (number, token) in self.status_tokens.iter().enumerate() {
            files.insert(format!("{STATUS}{number}.jwt"), token.clone().into_bytes());
        }
        files
    }
}

/// The numbers of one publication. Each version is higher than the one published before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publication {
    /// Version of the timestamp document: the version of the bundle.
    pub timestamp: u64,
    /// Version of the snapshot document.
    pub snapshot: u64,
    /// Version of the targets document.
    pub targets: u64,
    /// When it is published; the ends follow from [`tuf::life`].
    pub published_at: Timestamp,
    /// How long timestamp and snapshot live.
    pub online_life: Seconds,
}

impl Publication {
    /// The same version for all three documents.
    #[must_use]
    pub fn numbered(version: u64, published_at: Timestamp) -> Self {
        Self {
            timestamp: version,
            snapshot: version,
            targets: version,
            published_at,
            online_life: tuf::life::ONLINE,
        }
    }
}

/// The first root document with one key for all roles.
///
/// # Errors
/// [`SignError`] of the key.
pub fn root(signer: &dyn Signer, now: Timestamp) -> Result<Document, SignError> {
    let draft = tuf::root(1, now.plus(tuf::life::ROOT), &RootPlan::single(signer.public_key()));
    Ok(draft.sign(signer)?.finish())
}

/// A whole bundle folder, signed by one key that holds all roles. `roots` are all root documents so far.
///
/// # Errors
/// [`SignError`] of the key.
pub fn publish(
    signer: &dyn Signer,
    roots: &[Document],
    contents: &Contents,
    numbers: Publication,
) -> Result<Files, SignError> {
    let files = contents.files();
    let ends = |life| numbers.published_at.plus(life);
    let targets = tuf::targets(numbers.targets, ends(tuf::life::TARGETS), &files).sign(signer)?.finish();
    let snapshot =
        tuf::snapshot(numbers.snapshot, ends(numbers.online_life), &targets).sign(signer)?.finish();
    let timestamp =
        tuf::timestamp(numbers.timestamp, numbers.published_at, ends(numbers.online_life), &snapshot)
            .sign(signer)?
            .finish();
    let mut documents = roots.to_vec();
    documents.extend([targets, snapshot, timestamp]);
    Ok(tuf::assemble(&documents, &files))
}
