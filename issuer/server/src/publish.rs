//! The trust bundle: whose keys count, which counters are registered, which cards still hold.

use std::path::Path;

use absah_crypto::jws::Header;
use absah_crypto::{PrivateKey, SignError, Signer as SigningKey, sha256};
use absah_issuer_core::ports::{KeyRole as Key, KeyStore, StoreError};
use absah_trust::bundle::{self, Bundle, ChainError, Files, Named, OnlineSigners, Publication};
use absah_trust::certificate::dangerous_period_of;
use absah_trust::registration::RegistrationError;
use absah_trust::trust_list::Contact;
use absah_trust::tuf::{self, Role, Root};
use absah_trust::{Anchor, BundleError};
use absah_types::{HttpsUrl, Seconds, Timestamp, coded};

use crate::bundle_root::{self, Roots};
use crate::certificates::AUTHORITY_AHEAD;
use crate::identity::kid;
use crate::kept::{self, Kept, Waiting};
use crate::ledger::LedgerError;
use crate::lists::offline_contents;
use crate::offline::{OfflineError, OfflineKeys, OfflineRole};
use crate::signers::{self, Signer};
use crate::status_tokens::{self, StatusTokenError};
use crate::store::{BundleDigests, KeptTargets, NewBundle, SqliteStore};

/// A targets document is signed anew after this time even if nothing changed, where its keys are at hand.
const RENEW_TARGETS: Seconds = Seconds::days(7);

/// No bundle was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublishError {
    /// The issuer never had a name: it must be served, or told its public URL, first.
    NoIdentity,
    /// Nothing was published so far: there is no root document.
    NoRoot,
    /// The issuing authority has ended: nothing signed below it leads to the root any more.
    AuthorityEnded,
    /// A status token.
    Status(StatusTokenError),
    /// The key does not sign.
    Sign(SignError),
    /// The records.
    Store(StoreError),
    /// The ledger.
    Ledger(LedgerError),
    /// Keys kept offline.
    Offline(OfflineError),
    /// A kept root document does not read.
    Root(tuf::Refusal),
    /// A registration that does not hold.
    Registration(RegistrationError),
    /// The certificates of a key in force do not lead to the root: nobody would take the bundle over.
    Chain(ChainError),
    /// What keys kept offline signed last has ended, and they are not at hand: nothing can be published around it.
    TargetsEnded,
    /// The root has ended: it must be renewed.
    RootEnded,
    /// No reader would take the bundle over.
    Unreadable(BundleError),
    /// Another program has published meanwhile.
    Overtaken,
}

impl From<LedgerError> for PublishError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl core::fmt::Display for PublishError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::NoRoot => f.write_str("nothing published yet"),
            Self::AuthorityEnded => f.write_str("issuing authority has ended"),
            Self::NoIdentity => f.write_str("issuer without a public address"),
            Self::Status(error) => error.fmt(f),
            Self::Sign(error) => error.fmt(f),
            Self::Store(error) => error.fmt(f),
            Self::Ledger(error) => error.fmt(f),
            Self::Offline(error) => error.fmt(f),
            Self::Root(error) => error.fmt(f),
            Self::Registration(error) => error.fmt(f),
            Self::Chain(error) => error.fmt(f),
            Self::TargetsEnded => f.write_str("what the offline keys signed has ended"),
            Self::RootEnded => f.write_str("root has ended"),
            Self::Unreadable(error) => write!(f, "readers would refuse the bundle: {error}"),
            Self::Overtaken => f.write_str("another program has published meanwhile"),
        }
    }
}

impl core::error::Error for PublishError {}

coded! { PublishError {
    NoIdentity => ("issuer-no-address", Environment),
    NoRoot => ("bundle-no-root", User),
    AuthorityEnded => ("bundle-authority-ended", User),
    Status(error) => inner(error),
    Sign(error) => inner(error),
    Store(error) => inner(error),
    Ledger(error) => inner(error),
    Offline(error) => inner(error),
    Root(error) => inner(error),
    Registration(error) => inner(error),
    Chain(error) => inner(error),
    TargetsEnded => ("bundle-targets-ended", User),
    RootEnded => ("bundle-root-ended", User),
    Unreadable(_) => ("bundle-unreadable", Bug),
    Overtaken => ("bundle-overtaken", Environment),
} }

impl From<OfflineError> for PublishError {
    fn from(error: OfflineError) -> Self {
        Self::Offline(error)
    }
}

impl From<tuf::Refusal> for PublishError {
    fn from(error: tuf::Refusal) -> Self {
        Self::Root(error)
    }
}

impl From<StoreError> for PublishError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<ChainError> for PublishError {
    fn from(error: ChainError) -> Self {
        Self::Chain(error)
    }
}

impl From<SignError> for PublishError {
    fn from(error: SignError) -> Self {
        Self::Sign(error)
    }
}

/// A bundle that is signed and recorded nowhere yet: whoever shows it to anybody calls [`Published::record`] first.
#[derive(Debug)]
pub struct Published {
    /// Its version.
    pub version: u64,
    /// SHA-256 of the first root document: what a first import asks for.
    pub root_sha256: [u8; 32],
    /// Whether keys kept offline have signed for it: no, when only status changed.
    pub signed_offline: bool,
    /// What they should sign and have not: it is not in this bundle.
    pub waiting: Option<Waiting>,
    /// Whether a newer root waits with it: what they signed last does not hold under that one.
    pub root_waiting: bool,
    /// When what they signed ends.
    pub targets_expires: Timestamp,
    /// The authorities that have ended, or end before what is issued under them: generation (none for that of the first
    /// version) and end.
    pub ending_authorities: Vec<(Option<u32>, Timestamp)>,
    /// The folder.
    pub files: Files,
    bundle: NewBundle,
    at: Timestamp,
}

impl Published {
    /// Writes it down with what is kept for the next one, and in the registry log: before anybody is given it.
    ///
    /// # Errors
    /// [`PublishError`]; nothing is written then.
    pub async fn record(&self, store: &SqliteStore) -> Result<(), PublishError> {
        if store.publish(self.bundle.clone(), self.at).await? { Ok(()) } else { Err(PublishError::Overtaken) }
    }
}

/// The targets document of a bundle, and who signs around it.
struct Choice<'k> {
    signed: KeptTargets,
    expires: Timestamp,
    root: Root,
    status_key: &'k (dyn SigningKey + Send + Sync),
    status_signer: (Signer, Header),
    /// Whether the records have it with its files.
    is_kept: bool,
    signed_offline: bool,
    waiting: Option<Waiting>,
}

/// Makes the next version of the bundle. Keys kept offline are asked for only if something other than status
/// changed, or what they have signed is about to end. Where they are not at hand, status goes out around what they signed
/// last; `own` is the bundle published last, for records that do not have it whole; `contact` is whom the list tells people
/// to turn to.
///
/// Nothing is recorded: a bundle that cannot be written anywhere takes no number and leaves no trace.
///
/// # Errors
/// [`PublishError`].
pub async fn publish(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    offline: &OfflineKeys,
    (own, contact): (&Path, Option<&Contact>),
    now: Timestamp,
) -> Result<Published, PublishError> {
    let identity = store.last_identity().await?.ok_or(PublishError::NoIdentity)?;
    let roots = bundle_root::current(store, keys, offline, now).await?;
    let (_, first_root) = roots.documents.first().ok_or(StoreError::Damaged)?;
    let root_sha256 = tuf::root_sha256(first_root);
    let version = store.last_bundle().await?.saturating_add(1);
    let numbers = Publication { version, published_at: now };
    let choice = choose(store, keys, offline, &roots, (&identity, own, contact), numbers).await?;
    if choice.root.expires <= now {
        return Err(PublishError::RootEnded);
    }
    let (signer, header) = &choice.status_signer;
    let status_tokens = status_tokens::sign_all(store, keys, (signer, header), now).await;
    let status_tokens = status_tokens.map_err(PublishError::Status)?;
    let document = tuf::Document::kept(Role::Targets, choice.signed.version, choice.signed.json.clone());
    let signers = OnlineSigners { status: choice.status_key, ..online(keys, Some(&choice.root)) };
    let named = Named { targets: &document, files: &choice.signed.files };
    let mut files = bundle::publish_around(signers, &[], named, &status_tokens, numbers)?;
    // A root that what is published does not hold under waits with the rest.
    let shown = roots.documents.iter().filter(|(version, _)| *version <= choice.root.version);
    files.extend(shown.map(|(version, json)| (Role::Root.path(*version), json.clone())));
    // What no reader would take over is not published.
    Bundle::import(&files, Anchor::FirstRoot(root_sha256), now).map_err(PublishError::Unreadable)?;
    let timestamp = files.get("metadata/timestamp.json").map(|bytes| sha256(bytes)).unwrap_or_default();
    let status_tokens = status_tokens.iter().map(|token| sha256(token.as_bytes())).collect();
    let bundle = NewBundle {
        version,
        root: roots.documents.last().filter(|_| roots.is_new).cloned(),
        targets: (!choice.is_kept).then_some(choice.signed),
        digests: BundleDigests { root: root_sha256, timestamp, status_tokens },
    };
    Ok(Published {
        version,
        root_sha256,
        signed_offline: choice.signed_offline,
        waiting: choice.waiting,
        root_waiting: roots.documents.last().is_some_and(|(newest, _)| choice.root.version < *newest),
        targets_expires: choice.expires,
        ending_authorities: ending_authorities(store, now).await?,
        files,
        bundle,
        at: now,
    })
}

/// What was signed last if it still holds or nobody is there to sign anew, else a new targets document.
async fn choose<'k>(
    store: &SqliteStore,
    keys: &'k dyn KeyStore,
    offline: &OfflineKeys,
    roots: &Roots,
    (identity, own, contact): (&HttpsUrl, &Path, Option<&Contact>),
    numbers: Publication,
) -> Result<Choice<'k>, PublishError> {
    let now = numbers.published_at;
    let root = roots.newest()?;
    // One from the future: the clock was wrong then or is now, and readers would say so.
    let kept = Kept::newest(store, own).await?.filter(|kept| kept.signed.signed_at <= now);
    let (mut is_same, mut is_due, mut has_ended) = (false, true, true);
    if let Some(kept) = &kept {
        is_same = says_the_same(store, keys, contact, kept).await?
            && tuf::holds_under(&root, Role::Targets, &kept.signed.json).is_ok();
        is_due = kept.signed.signed_at.plus(RENEW_TARGETS) <= now;
        has_ended = kept.targets.expires <= now;
    }
    let absent = match kept {
        Some(kept) if is_same && !is_due => {
            return unchanged(store, keys, kept, root, (identity, contact, now)).await;
        }
        _ => match targets_signers(offline, &root) {
            Ok(signers) => return sign(store, keys, &signers, root, (identity, contact, numbers)).await,
            Err(absent) => (absent, kept),
        },
    };
    match absent {
        // Not pressing yet: left for another day.
        (_, Some(kept)) if is_same && !has_ended => {
            unchanged(store, keys, kept, root, (identity, contact, now)).await
        }
        (absent, _) if offline.are_brought() => Err(absent.into()),
        (_, Some(_)) if has_ended => Err(PublishError::TargetsEnded),
        (absent, Some(kept)) => {
            around(store, keys, kept, roots, now).await?.ok_or(PublishError::Offline(absent))
        }
        (absent, None) => Err(absent.into()),
    }
}

/// Only status has changed.
async fn unchanged<'k>(
    store: &SqliteStore,
    keys: &'k dyn KeyStore,
    mut kept: Kept,
    root: Root,
    (identity, contact, now): (&HttpsUrl, Option<&Contact>, Timestamp),
) -> Result<Choice<'k>, PublishError> {
    if !kept.has_files {
        // Of an earlier layout: the records say the same, so the files are those that are made of them.
        kept.signed.files =
            offline_contents(store, keys, contact, kept.signed.signed_at).await?.offline_files();
    }
    Ok(Choice {
        expires: kept.targets.expires,
        root,
        status_key: newest(keys, Key::BundleStatus),
        status_signer: status_signer(store, identity, now).await?,
        is_kept: kept.has_files,
        signed: kept.signed,
        signed_offline: false,
        waiting: None,
    })
}

/// Everything as it is now, signed by keys kept offline.
async fn sign<'k>(
    store: &SqliteStore,
    keys: &'k dyn KeyStore,
    signers: &[PrivateKey],
    root: Root,
    (identity, contact, numbers): (&HttpsUrl, Option<&Contact>, Publication),
) -> Result<Choice<'k>, PublishError> {
    let now = numbers.published_at;
    let contents = offline_contents(store, keys, contact, now).await?;
    let status_key = newest(keys, Key::BundleStatus);
    let mut draft = bundle::targets(&contents, numbers, status_key.public_key());
    for signer in signers {
        draft = draft.sign(signer)?;
    }
    let json = draft.finish().bytes().to_vec();
    let files = contents.offline_files();
    Ok(Choice {
        signed: KeptTargets { version: numbers.version, signed_at: now, json, files },
        expires: now.plus(tuf::life::TARGETS),
        root,
        status_key,
        status_signer: status_signer(store, identity, now).await?,
        is_kept: false,
        signed_offline: true,
        waiting: None,
    })
}

/// What was signed last, with status as it is now, by keys that it names: what has changed since waits. Nothing where it
/// cannot be published so.
async fn around<'k>(
    store: &SqliteStore,
    keys: &'k dyn KeyStore,
    kept: Kept,
    roots: &Roots,
    now: Timestamp,
) -> Result<Option<Choice<'k>>, PublishError> {
    let (Some(lists), Some(status_key)) = (kept.lists(), kept.status_key(keys)) else { return Ok(None) };
    let Some(root) = roots.newest_of(&kept.signed.json, now)? else { return Ok(None) };
    let rows = store.signers().await?;
    let Some(status_signer) = kept::status_signer(&lists.0, &rows, keys, now) else { return Ok(None) };
    Ok(Some(Choice {
        expires: kept.targets.expires,
        root,
        status_key,
        status_signer,
        is_kept: kept.has_files,
        signed: kept.signed,
        signed_offline: false,
        waiting: Some(kept::waiting(store, &lists).await?),
    }))
}

/// The keys of every publication: those that the root names, the newest where there is none.
pub(crate) fn online<'k>(keys: &'k dyn KeyStore, root: Option<&Root>) -> OnlineSigners<'k> {
    let named = |role: Role, own: Key| {
        let names = root.and_then(|root| root.roles.get(&role)).map(|role| role.keyids.as_slice());
        let mut all = (1..=keys.newest(own)).filter_map(|generation| keys.generation(own, generation));
        let is_named = |key: &&(dyn SigningKey + Send + Sync)| {
            names.is_some_and(|names| names.contains(&tuf::Key::of(key.public_key()).id()))
        };
        all.find(is_named).unwrap_or_else(|| newest(keys, own))
    };
    OnlineSigners {
        timestamp: named(Role::Timestamp, Key::BundleTimestamp),
        snapshot: named(Role::Snapshot, Key::BundleSnapshot),
        // Named by the targets document, which is signed anew when this key is another.
        status: newest(keys, Key::BundleStatus),
    }
}

fn newest(keys: &dyn KeyStore, role: Key) -> &(dyn SigningKey + Send + Sync) {
    keys.generation(role, keys.newest(role)).unwrap_or_else(|| keys.signer(role))
}

/// The issuing authorities that are in use no longer than what would be issued under them now.
async fn ending_authorities(
    store: &SqliteStore,
    now: Timestamp,
) -> Result<Vec<(Option<u32>, Timestamp)>, StoreError> {
    let first = store.authority().await?.map(|certificate| (None, certificate));
    let chain = store.chain().await?.into_iter().filter(|ca| !ca.is_root);
    let all = first.into_iter().chain(chain.map(|ca| (Some(ca.generation), ca.certificate)));
    let end = |(generation, certificate): (_, Vec<u8>)| {
        let (_, end) = dangerous_period_of(&certificate).map_err(|_| StoreError::Damaged)?;
        Ok((generation, end))
    };
    let ends = all.map(end).collect::<Result<Vec<_>, StoreError>>()?;
    Ok(ends.into_iter().filter(|(_, end)| *end < now.plus(AUTHORITY_AHEAD)).collect())
}

fn targets_signers(
    offline: &OfflineKeys,
    root: &Root,
) -> Result<Vec<absah_crypto::PrivateKey>, OfflineError> {
    let (names, threshold) = match root.roles.get(&Role::Targets) {
        Some(role) => (role.keyids.as_slice(), role.threshold),
        None => (&[][..], 1),
    };
    offline.open(OfflineRole::Targets, names, threshold)
}

/// Whether the targets document signed last still says what there is to say.
async fn says_the_same(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    contact: Option<&Contact>,
    kept: &Kept,
) -> Result<bool, PublishError> {
    // As of then: the moment stands in the trust list, and what has ended since is judged by its own date.
    let contents = match offline_contents(store, keys, contact, kept.signed.signed_at).await {
        // A key that was certified only later: there is something new to say.
        Err(PublishError::Chain(_) | PublishError::Registration(_)) => return Ok(false),
        other => other?,
    };
    let numbers = Publication { version: kept.signed.version, published_at: kept.signed.signed_at };
    let again = bundle::targets(&contents, numbers, newest(keys, Key::BundleStatus).public_key());
    Ok(again.says_the_same_as(&kept.signed.json))
}

/// Who signs status tokens now, under the issuer's last name.
async fn status_signer(
    store: &SqliteStore,
    identity: &HttpsUrl,
    now: Timestamp,
) -> Result<(Signer, Header), PublishError> {
    let signers = signers::of(store, identity).await?;
    let signer = signers.in_force(Key::Status, now).map_err(|error| PublishError::Status(error.into()))?;
    let header = status_tokens::header(kid(identity, &signer.row.key_id), &signer.chain);
    Ok((signer.clone(), header))
}
