//! Writing a bundle: contents → target files → signed documents → folder.

use std::collections::{BTreeMap, BTreeSet};

use absah_crypto::{PublicKey, SignError, Signer};
use absah_ledger::LedgerPolicy;
use absah_types::Timestamp;

use super::registry::{Registry, RegistryFile};
use super::{BundleError, Files};
use crate::policy::Policy;
use crate::registration::SignedRegistration;
use crate::trust_list::TrustList;
use crate::tuf::{self, Document, Role, RootPlan};

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
    /// All target files by name.
    #[must_use]
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = self.offline_files();
        files.extend(self.status_files());
        files
    }

    /// The target files that change only with keys kept offline.
    #[must_use]
    pub fn offline_files(&self) -> BTreeMap<String, Vec<u8>> {
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
        files
    }

    /// The status tokens, which the delegated role names.
    #[must_use]
    pub fn status_files(&self) -> BTreeMap<String, Vec<u8>> {
        status_files(&self.status_tokens)
    }
}

/// The numbers of one publication. Each version is higher than the one published before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publication {
    /// Version of the timestamp, snapshot and status documents: the version of the bundle.
    pub version: u64,
    /// When it is published; the ends follow from [`tuf::life`].
    pub published_at: Timestamp,
}

/// The keys of a routine publication.
#[derive(Clone, Copy)]
pub struct OnlineSigners<'k> {
    /// Signs `timestamp`.
    pub timestamp: &'k dyn Signer,
    /// Signs `snapshot`.
    pub snapshot: &'k dyn Signer,
    /// Signs `status`.
    pub status: &'k dyn Signer,
}

impl core::fmt::Debug for OnlineSigners<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("OnlineSigners(…)")
    }
}

/// How many keys of each offline role there are, and how many of them must sign.
pub mod quorum {
    /// Root: 3 of 5.
    pub const ROOT: (usize, u32) = (5, 3);
    /// Targets: 2 of 3.
    pub const TARGETS: (usize, u32) = (3, 2);
}

/// Whose keys sign what: root and targets by several keys kept offline, the rest by one key online each.
#[must_use]
pub fn root_plan(root: &[PublicKey], targets: &[PublicKey], online: OnlineSigners<'_>) -> RootPlan {
    let one = |signer: &dyn Signer| (vec![signer.public_key().clone()], 1);
    let roles = BTreeMap::from([
        (Role::Root, (root.to_vec(), quorum::ROOT.1)),
        (Role::Targets, (targets.to_vec(), quorum::TARGETS.1)),
        (Role::Snapshot, one(online.snapshot)),
        (Role::Timestamp, one(online.timestamp)),
    ]);
    RootPlan { roles }
}

/// Drafts the targets document of these contents, to be signed by keys kept offline.
#[must_use]
pub fn targets(contents: &Contents, numbers: Publication, status_key: &PublicKey) -> tuf::Draft {
    let ends = numbers.published_at.plus(tuf::life::TARGETS);
    tuf::targets(numbers.version, ends, &contents.offline_files(), core::slice::from_ref(status_key))
}

/// A whole bundle folder around a finished targets document. `roots` are all root documents so far.
///
/// # Errors
/// [`SignError`] of a key.
pub fn publish(
    online: OnlineSigners<'_>,
    roots: &[Document],
    targets: &Document,
    contents: &Contents,
    numbers: Publication,
) -> Result<Files, SignError> {
    let named = Named { targets, files: &contents.offline_files() };
    publish_around(online, roots, named, &contents.status_tokens, numbers)
}

/// A finished targets document with the files it names, byte for byte.
#[derive(Debug, Clone, Copy)]
pub struct Named<'d> {
    /// The document.
    pub targets: &'d Document,
    /// Its files by name.
    pub files: &'d BTreeMap<String, Vec<u8>>,
}

/// As [`publish`], of files that were signed earlier, whatever has changed since.
///
/// # Errors
/// [`SignError`] of a key.
pub fn publish_around(
    online: OnlineSigners<'_>,
    roots: &[Document],
    named: Named<'_>,
    status_tokens: &[String],
    numbers: Publication,
) -> Result<Files, SignError> {
    let Publication { version, published_at } = numbers;
    let ends = published_at.plus(tuf::life::ONLINE);
    let mut files = status_files(status_tokens);
    let status = tuf::status(version, ends, &files).sign(online.status)?.finish();
    let snapshot = tuf::snapshot(version, ends, &[named.targets, &status]).sign(online.snapshot)?.finish();
    let timestamp = tuf::timestamp(version, published_at, ends, &snapshot).sign(online.timestamp)?.finish();
    let mut documents = roots.to_vec();
    documents.extend([named.targets.clone(), status, snapshot, timestamp]);
    files.extend(named.files.clone());
    Ok(tuf::assemble(&documents, &files))
}

/// What files of a targets document say: whose signatures count, and which counters are registered.
///
/// Whoever signed them believes them: nothing but the files themselves is judged.
///
/// # Errors
/// [`BundleError`].
pub fn read_offline(files: &BTreeMap<String, Vec<u8>>) -> Result<(TrustList, Registry), BundleError> {
    let file = |name: &str| files.get(name).ok_or(BundleError::Incomplete);
    let trust = TrustList::from_json(file(TRUST)?).map_err(BundleError::TrustList)?;
    let registry = Registry::from_json(file(REGISTRATIONS)?, &trust)?;
    Ok((trust, registry))
}

fn status_files(tokens: &[String]) -> BTreeMap<String, Vec<u8>> {
    let tokens = tokens.iter().enumerate();
    tokens.map(|(number, token)| (format!("{STATUS}{number}.jwt"), token.clone().into_bytes())).collect()
}
