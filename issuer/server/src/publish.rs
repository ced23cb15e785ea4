//! The trust bundle: whose keys count, which counters are registered, which cards still hold.

use std::collections::BTreeSet;

use absah_crypto::{SignError, Signer, jws, sha256};
use absah_issuer_core::ports::{KeyRole as Key, KeyStore, StoreError};
use absah_trust::bundle::{self, ChainError, Contents, Files, OnlineSigners, Publication};
use absah_trust::certificate::dangerous_period_of;
use absah_trust::registration::{Registered, RegistrationError};
use absah_trust::trust_list::{CertificateDer, Issuer};
use absah_trust::tuf::{self, Role, Root};
use absah_trust::{KeyRole, Policy, SignedRegistration, TrustList, TrustedKey};
use absah_types::{Did, HttpsUrl, Seconds, Timestamp, coded};

use crate::bundle_root;
use crate::certificates::AUTHORITY_AHEAD;
use crate::identity::kid;
use crate::ledger::LedgerError;
use crate::offline::{OfflineError, OfflineKeys, OfflineRole};
use crate::signers;
use crate::status_tokens::{self, StatusTokenError};
use crate::store::{BundleDigests, Counter, KeptTargets, SqliteStore};

/// A targets document is signed anew after this time even if nothing changed, where its keys are at hand.
const RENEW_TARGETS: Seconds = Seconds::days(7);

/// The longest registration read.
const MAX_REGISTRATION: usize = 64 << 10;

/// No bundle was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublishError {
    /// The issuer never had a name: it must be served, or told its public URL, first.
    NoIdentity,
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
}

impl From<LedgerError> for PublishError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl core::fmt::Display for PublishError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::NoIdentity => f.write_str("issuer without a public address"),
            Self::Status(error) => error.fmt(f),
            Self::Sign(error) => error.fmt(f),
            Self::Store(error) => error.fmt(f),
            Self::Ledger(error) => error.fmt(f),
            Self::Offline(error) => error.fmt(f),
            Self::Root(error) => error.fmt(f),
            Self::Registration(error) => error.fmt(f),
            Self::Chain(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for PublishError {}

coded! { PublishError {
    NoIdentity => ("issuer-no-address", Environment),
    Status(error) => inner(error),
    Sign(error) => inner(error),
    Store(error) => inner(error),
    Ledger(error) => inner(error),
    Offline(error) => inner(error),
    Root(error) => inner(error),
    Registration(error) => inner(error),
    Chain(error) => inner(error),
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

/// A bundle ready to be written.
#[derive(Debug)]
pub struct Published {
    /// Its version.
    pub version: u64,
    /// SHA-256 of the first root document: what a first import asks for.
    pub root_sha256: [u8; 32],
    /// Whether keys kept offline have signed for it: no, when only status changed.
    pub signed_offline: bool,
    /// When what they signed ends.
    pub targets_expires: Timestamp,
    /// The authorities that have ended, or end before what is issued under them: generation (none for that of the first
    /// version) and end.
    pub ending_authorities: Vec<(Option<u32>, Timestamp)>,
    /// The folder.
    pub files: Files,
}

/// Makes the next version of the bundle. Keys kept offline are asked for only if something other than status
/// changed, or what they have signed is about to end.
///
/// # Errors
/// [`PublishError`].
pub async fn publish(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    offline: &OfflineKeys,
    now: Timestamp,
) -> Result<Published, PublishError> {
    let status_tokens = status_tokens(store, keys, now).await?;
    let root = bundle_root::current(store, keys, offline, now).await?;
    let roots = store.roots().await?;
    let (_, first_root) = roots.first().ok_or(StoreError::Damaged)?;
    let root_sha256 = tuf::root_sha256(first_root);
    let kept = reusable(store, keys, &root, now).await?;
    let due = |kept: &KeptTargets| kept.signed_at.plus(RENEW_TARGETS) <= now;
    let ended = |kept: &KeptTargets| kept.signed_at.plus(tuf::life::TARGETS) <= now;
    let signers = match &kept {
        Some((kept, _)) if !due(kept) => None,
        // Not pressing yet: done where the keys are at hand, else left for another day.
        Some((kept, _)) if !ended(kept) => targets_signers(offline, &root).ok(),
        _ => Some(targets_signers(offline, &root)?),
    };
    let version = store.next_bundle(now).await?;
    let signed_offline = signers.is_some();
    let (targets, mut contents) = match (signers, kept) {
        (None, Some(kept)) => kept,
        (signers, _) => {
            let contents = offline_contents(store, keys, now).await?;
            let numbers = Publication { version, published_at: now };
            let status_key = newest(keys, Key::BundleStatus).public_key();
            let mut draft = bundle::targets(&contents, numbers, status_key);
            for signer in signers.into_iter().flatten() {
                draft = draft.sign(&signer)?;
            }
            let json = draft.finish().bytes().to_vec();
            let kept = KeptTargets { version, signed_at: now, json };
            store.keep_targets_document(kept.clone()).await?;
            (kept, contents)
        }
    };
    contents.status_tokens = status_tokens;
    let document = tuf::Document::kept(Role::Targets, targets.version, targets.json);
    let numbers = Publication { version, published_at: now };
    let mut files = bundle::publish(online(keys, Some(&root)), &[], &document, &contents, numbers)?;
    let timestamp = files.get("metadata/timestamp.json").map(|bytes| sha256(bytes)).unwrap_or_default();
    let status_tokens = contents.status_tokens.iter().map(|token| sha256(token.as_bytes())).collect();
    // In the registry log before anybody is given it.
    let digests = BundleDigests { root: root_sha256, timestamp, status_tokens };
    store.published(version, digests, now).await?;
    for (version, json) in roots {
        files.insert(Role::Root.path(version), json);
    }
    let targets_expires = targets.signed_at.plus(tuf::life::TARGETS);
    let ending_authorities = ending_authorities(store, now).await?;
    Ok(Published { version, root_sha256, signed_offline, targets_expires, ending_authorities, files })
}

/// The keys of every publication: those that the root names, the newest where there is none.
pub(crate) fn online<'k>(keys: &'k dyn KeyStore, root: Option<&Root>) -> OnlineSigners<'k> {
    let named = |role: Role, own: Key| {
        let names = root.and_then(|root| root.roles.get(&role)).map(|role| role.keyids.as_slice());
        let mut all = (1..=keys.newest(own)).filter_map(|generation| keys.generation(own, generation));
        let is_named = |key: &&(dyn Signer + Send + Sync)| {
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

fn newest(keys: &dyn KeyStore, role: Key) -> &(dyn Signer + Send + Sync) {
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

/// The targets document signed last and what it says, if it still says what there is to say and its signers still
/// count.
async fn reusable(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    root: &Root,
    now: Timestamp,
) -> Result<Option<(KeptTargets, Contents)>, PublishError> {
    let Some(kept) = store.targets_document().await? else { return Ok(None) };
    if kept.signed_at > now || tuf::holds_under(root, Role::Targets, &kept.json).is_err() {
        return Ok(None);
    }
    // As of then: the moment stands in the trust list, and what has ended since is judged by its own date.
    let contents = match offline_contents(store, keys, kept.signed_at).await {
        // A key that was certified only later: there is something new to say.
        Err(PublishError::Chain(_)) => return Ok(None),
        other => other?,
    };
    let numbers = Publication { version: kept.version, published_at: kept.signed_at };
    let again = bundle::targets(&contents, numbers, newest(keys, Key::BundleStatus).public_key());
    Ok(again.says_the_same_as(&kept.json).then_some((kept, contents)))
}

async fn status_tokens(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    now: Timestamp,
) -> Result<Vec<String>, PublishError> {
    let identity = store.last_identity().await?.ok_or(PublishError::NoIdentity)?;
    let signers = signers::of(store, &identity).await?;
    let signer = signers.in_force(Key::Status, now).map_err(|error| PublishError::Status(error.into()))?;
    let header = status_tokens::header(kid(&identity, &signer.row.key_id), &signer.chain);
    status_tokens::sign_all(store, keys, (signer, &header), now).await.map_err(PublishError::Status)
}

/// Everything but the status tokens.
async fn offline_contents(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    as_of: Timestamp,
) -> Result<Contents, PublishError> {
    let trust = trust_list(store, as_of).await?;
    let identity = store.last_identity().await?.ok_or(PublishError::NoIdentity)?;
    let mut registrations = Vec::new();
    let mut withdrawn = BTreeSet::new();
    for counter in store.counters().await? {
        if counter.withdrawn_at.is_some() {
            withdrawn.insert(counter.registration_id.clone());
        }
        // One that was taken back stays listed until its end: who asks with it is refused by name also where the request
        // carries only the hash.
        if counter.expires_at > as_of {
            let access_certificate = CertificateDer(counter.certificate);
            // One whose registrar is no longer believed counts as taken back: nobody could import the bundle with it.
            match Registered::verify(&counter.jwt, &access_certificate.0, &trust) {
                Ok(_) => registrations.push(SignedRegistration { jwt: counter.jwt, access_certificate }),
                Err(RegistrationError::RegistrarKey(_)) => {
                    withdrawn.insert(counter.registration_id);
                }
                Err(error) => return Err(PublishError::Registration(error)),
            }
        }
    }
    Ok(Contents {
        trust,
        registrations,
        withdrawn,
        policy: Policy::default(),
        dictionary: absah_qr::Dictionary::v1().bytes().to_vec(),
        ledger: Some(crate::ledger::policy(store, keys, &identity).await?),
        status_tokens: Vec::new(),
    })
}

/// One issuer under all the names it ever had, with all keys whose signatures still matter.
async fn trust_list(store: &SqliteStore, now: Timestamp) -> Result<TrustList, PublishError> {
    let mut authorities: Vec<_> = store.authority().await?.into_iter().collect();
    let (roots, issuing): (Vec<_>, Vec<_>) = store.chain().await?.into_iter().partition(|ca| ca.is_root);
    authorities.extend(issuing.into_iter().map(|ca| ca.certificate));
    // Nothing is believed under an authority that has ended.
    authorities.retain(|der| dangerous_period_of(der).is_ok_and(|(_, end)| end >= now));
    let counters = store.counters().await?;
    let (mut ids, mut keys) = (Vec::new(), Vec::new());
    for (text, _) in store.identities().await? {
        let url = HttpsUrl::parse_dev(&text).map_err(|_| StoreError::Damaged)?;
        ids.push(url.as_str().trim_end_matches('/').to_owned());
        ids.push(Did::web(&url).as_str().to_owned());
        for signer in signers::of(store, &url).await?.0 {
            let kid = kid(&url, &signer.row.key_id);
            let mut roles = BTreeSet::from([match signer.row.role {
                Key::Status => KeyRole::Status,
                Key::Registration => KeyRole::Registration,
                _ => KeyRole::Credential,
            }]);
            // The one key of layout 1 signed registrations, too; it may as long as one of them lives.
            let registered = |counter: &Counter| {
                counter.expires_at > now && registrar_of(&counter.jwt).is_some_and(|own| own == kid)
            };
            if counters.iter().any(registered) {
                roles.insert(KeyRole::Registration);
            }
            keys.push(TrustedKey {
                kid,
                jwk: signer.row.key.to_jwk(),
                roles,
                x5c: signer.chain.into_iter().map(CertificateDer).collect(),
                valid_from: Some(signer.row.active_from),
                valid_until: Some(signer.row.ends_at),
                distrusted_after: signer.row.distrusted_after,
            });
        }
    }
    if ids.is_empty() || authorities.is_empty() {
        return Err(PublishError::NoIdentity);
    }
    let name = "Dinas Kependudukan dan Pencatatan Sipil Kota Madiun".to_owned();
    let authorities = authorities.into_iter().map(CertificateDer).collect();
    let roots = roots.into_iter().map(|root| CertificateDer(root.certificate)).collect();
    let mut list =
        TrustList { issued_at: now, issuers: vec![Issuer { ids, name, keys, authorities, roots }] };
    leave_out_ended_chains(&mut list)?;
    Ok(list)
}

/// Leaves out the certificates of keys that sign no more where they lead nowhere any more: the key itself is listed for
/// what it signed.
fn leave_out_ended_chains(list: &mut TrustList) -> Result<(), PublishError> {
    let now = list.issued_at;
    while let Err(error) = bundle::check_chains(list) {
        let (ChainError::Certificate { name, .. } | ChainError::OtherKey { name }) = &error;
        let mut keys = list.issuers.iter_mut().flat_map(|issuer| &mut issuer.keys);
        let ended = |key: &TrustedKey| key.valid_until.is_some_and(|end| end < now);
        match keys.find(|key| key.kid == *name && ended(key) && !key.x5c.is_empty()) {
            Some(key) => key.x5c.clear(),
            None => return Err(error.into()),
        }
    }
    Ok(())
}

fn registrar_of(jwt: &str) -> Option<String> {
    jws::Compact::parse(jwt, MAX_REGISTRATION).ok()?.header.kid
}
