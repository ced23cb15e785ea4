//! Events: what happened, sealed so that only the citizen it concerns and the auditors can open it.
//!
//! ```text
//! event, r ──key──► stored          key ──citizen's key──► for_citizen      deleting the two wraps and what is stored
//!    └─HMAC(r, event)─► leaf        key ──epoch key──────► for_auditors     closes the leaf for ever
//! ```

use std::sync::{Mutex, MutexGuard, PoisonError};

use absah_crypto::envelope::{self, EnvelopeError};
use absah_crypto::hpke::{self, HpkeError, RecipientKey};
use absah_crypto::{hmac_sha256, sha256};
use absah_issuer_core::ports::{ActClass, ActKind, KeyStore, SecretRole};
use absah_ledger::leaf::{commitment, hour};
use absah_ledger::{Leaf, LeafClass};
use absah_types::{Nik, Rng, Secret, Timestamp, array, base64url, coded};
use serde_json::{Value, json};

/// What an epoch key is sealed for.
const EPOCH_INFO: &[u8] = b"absah-auditor-epoch-v1";
/// What an event's key is wrapped for.
const CITIZEN: &[u8] = b"absah-event-citizen-v1";
const AUDITORS: &[u8] = b"absah-event-auditors-v1";
/// What an event is sealed as.
const EVENT: &[u8] = b"absah-event-v1";

/// One of the two logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Log {
    /// Every act, sealed.
    Audit,
    /// Certificates, bundles, status tokens, registrations: open to everybody.
    Registry,
}

impl Log {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Audit, Self::Registry];

    /// Its number in the records.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Audit => 1,
            Self::Registry => 2,
        }
    }

    /// Its name in URLs and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Audit => "audit",
            Self::Registry => "registry",
        }
    }

    /// The log of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|log| log.name() == name)
    }

    /// Where the seed of its key is.
    #[must_use]
    pub const fn secret(self) -> SecretRole {
        match self {
            Self::Audit => SecretRole::AuditLog,
            Self::Registry => SecretRole::RegistryLog,
        }
    }
}

/// An event is not sealed or does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealError {
    /// A key cannot be used.
    Key,
    /// It does not open: another key, or changed.
    Closed,
    /// It was erased.
    Erased,
}

impl core::fmt::Display for SealError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Key => "event key unusable",
            Self::Closed => "event does not open",
            Self::Erased => "event was erased",
        })
    }
}

impl core::error::Error for SealError {}

coded! { SealError {
    Key => ("event-key-unusable", Environment),
    Closed => ("event-closed", Environment),
    Erased => ("event-erased", User),
} }

impl From<EnvelopeError> for SealError {
    fn from(_: EnvelopeError) -> Self {
        Self::Closed
    }
}

impl From<HpkeError> for SealError {
    fn from(_: HpkeError) -> Self {
        Self::Key
    }
}

/// Something that happened, before it is sealed.
#[derive(Clone)]
pub struct Event {
    pub(crate) at: Timestamp,
    pub(crate) class: ActClass,
    pub(crate) act: ActKind,
    pub(crate) subject: Option<Nik>,
    pub(crate) object: String,
    pub(crate) purpose: Option<String>,
    /// Which operator, as people may be shown it.
    pub(crate) officer: Option<String>,
    /// Its id, where a row of the records names it.
    pub(crate) id: Option<[u8; 16]>,
    /// How many rows it changed of those that the records count (`changed_row`); nothing: as many as such an act does.
    pub(crate) changed: Option<u64>,
}

/// How many of the rows that the records count an act changes, unless it says how many.
const fn usual_rows(act: ActKind) -> u64 {
    match act {
        // The witness, and how many of them make a checkpoint final.
        ActKind::WitnessAdd | ActKind::WitnessRemove => 2,
        ActKind::Ticket
        | ActKind::TicketClose
        | ActKind::BundlePublish
        | ActKind::Propose
        | ActKind::Approve
        | ActKind::RefuseProposal
        | ActKind::OperatorDisable
        | ActKind::CounterRegister
        | ActKind::PendampingStart
        | ActKind::PendampingAdd
        | ActKind::PendampingRemove
        | ActKind::Identity
        | ActKind::Quorum
        | ActKind::OperatorEnroll
        | ActKind::AuthenticatorAdd
        | ActKind::AuthenticatorRemove
        | ActKind::Erase => 1,
        _ => 0,
    }
}

impl Event {
    /// Somebody at this machine acted.
    pub(crate) fn local(
        at: Timestamp,
        act: ActKind,
        subject: Option<Nik>,
        object: impl Into<String>,
    ) -> Self {
        let (object, purpose, officer) = (object.into(), None, None);
        Self { at, class: ActClass::Local, act, subject, object, purpose, officer, id: None, changed: None }
    }

    /// A wallet acted.
    pub(crate) fn holder(at: Timestamp, act: ActKind, subject: Nik, object: impl Into<String>) -> Self {
        Self { class: ActClass::Holder, ..Self::local(at, act, Some(subject), object) }
    }

    /// The same by an operator.
    pub(crate) fn by(mut self, officer: &str) -> Self {
        (self.class, self.officer) = (ActClass::Operator, Some(officer.to_owned()));
        self
    }

    /// The same by a user of this machine, where its system has a name for who that is.
    pub(crate) fn of_user(mut self, user: Option<&str>) -> Self {
        self.officer = user.map(str::to_owned);
        self
    }

    /// The same of an act that changed so many rows which only such acts change.
    pub(crate) const fn changing(mut self, rows: u64) -> Self {
        self.changed = Some(rows);
        self
    }

    /// The same for a purpose.
    pub(crate) fn for_purpose(mut self, purpose: &str) -> Self {
        self.purpose = Some(purpose.to_owned());
        self
    }

    fn to_json(&self, id: &[u8; 16]) -> Value {
        let mut event = json!({
            "v": 1,
            "id": base64url::encode(id),
            "at": self.at.unix(),
            "act": self.act.as_str(),
            "actor": self.class.as_str(),
            "object": self.object,
        });
        if let Some(members) = event.as_object_mut() {
            if let Some(nik) = &self.subject {
                members.insert("subject".to_owned(), json!(nik.to_string()));
            }
            if let Some(purpose) = &self.purpose {
                members.insert("purpose".to_owned(), json!(purpose));
            }
            if let Some(officer) = &self.officer {
                members.insert("officer".to_owned(), json!(officer));
            }
        }
        event
    }
}

/// An event of the registry log: public.
#[derive(Debug, Clone)]
pub(crate) struct PublicEvent {
    pub(crate) at: Timestamp,
    pub(crate) class: LeafClass,
    pub(crate) object: Value,
    /// How many rows it changed of those that the records count (`changed_row`) and that no act speaks of.
    pub(crate) changed: u64,
}

/// A row of `ledger_event`.
pub(crate) struct Row {
    pub(crate) id: [u8; 16],
    pub(crate) log: Log,
    pub(crate) act: &'static str,
    pub(crate) leaf: Leaf,
    pub(crate) subject: Option<[u8; 32]>,
    pub(crate) stored: Vec<u8>,
    pub(crate) for_citizen: Option<Vec<u8>>,
    pub(crate) for_auditors: Option<Vec<u8>>,
    pub(crate) epoch: Option<[u8; 16]>,
    pub(crate) changed: u64,
}

/// An event as it is stored, with what opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its id.
    pub id: [u8; 16],
    /// What is stored; nothing once erased.
    pub stored: Option<Vec<u8>>,
    /// The key wrapped for the citizen.
    pub for_citizen: Option<Vec<u8>>,
    /// The key wrapped for the auditors.
    pub for_auditors: Option<Vec<u8>>,
}

/// An opened event: `r` and its bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    /// The secret of its commitment.
    pub r: [u8; 32],
    /// JSON, canonical.
    pub event: Vec<u8>,
}

/// The JCS bytes (RFC 8785) of an event: only integers and texts.
fn canonical(event: &Value) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(event).unwrap_or_default()
}

/// Seals events as they happen.
pub struct Sealer {
    events: Secret<[u8; 32]>,
    subjects: Secret<[u8; 32]>,
    epoch: Secret<[u8; 32]>,
    epoch_id: [u8; 16],
    epoch_sealed: Vec<u8>,
    ids: Mutex<Ids>,
}

/// How many ids in a row begin alike.
const ALIKE: u16 = 256;

/// Where ids and other random bytes of events come from. Ids that follow each other begin alike, whatever they are of: what
/// is written together then lies together in the records, and fewer pages change. Nobody learns more from it than from the
/// places of the leaves in the log.
struct Ids {
    rng: Box<dyn Rng + Send>,
    beginning: [u8; 4],
    left: u16,
}

impl Ids {
    fn id(&mut self) -> [u8; 16] {
        if self.left == 0 {
            self.rng.fill(&mut self.beginning);
            self.left = ALIKE;
        }
        self.left -= 1;
        let mut id: [u8; 16] = array(self.rng.as_mut());
        id[..4].copy_from_slice(&self.beginning);
        id
    }
}

impl core::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Sealer(…)")
    }
}

impl Sealer {
    /// A sealer with a fresh epoch: one exchange of keys with the auditors for everything it will seal.
    ///
    /// # Errors
    /// [`SealError::Key`].
    pub fn new(keys: &dyn KeyStore, mut rng: Box<dyn Rng + Send>) -> Result<Self, SealError> {
        let copy = |role| Secret::new(*keys.secret(role).expose());
        let epoch = Secret::new(array::<32>(rng.as_mut()));
        let epoch_id = array(rng.as_mut());
        let auditors = RecipientKey::from_bytes(keys.secret(SecretRole::Auditors)).public();
        let (encapsulated, sealed) =
            hpke::seal(rng.as_mut(), &auditors, EPOCH_INFO, &epoch_id, epoch.expose())?;
        Ok(Self {
            events: copy(SecretRole::Events),
            subjects: copy(SecretRole::Subjects),
            epoch,
            epoch_id,
            epoch_sealed: [encapsulated.as_slice(), &sealed].concat(),
            ids: Mutex::new(Ids { rng, beginning: [0; 4], left: 0 }),
        })
    }

    /// The epoch's row: its id, and its key sealed to the auditors.
    pub(crate) fn epoch(&self) -> (&[u8; 16], &[u8]) {
        (&self.epoch_id, &self.epoch_sealed)
    }

    /// The tag under which a person's events are found.
    #[must_use]
    pub fn subject(&self, nik: Nik) -> [u8; 32] {
        hmac_sha256(self.subjects.expose(), format!("absah-subject-v1\0{nik}").as_bytes())
    }

    /// The tag under which looks at a family are counted together.
    #[must_use]
    pub fn family(&self, no_kk: absah_types::NomorKk) -> [u8; 32] {
        hmac_sha256(self.subjects.expose(), format!("absah-family-v1\0{no_kk}").as_bytes())
    }

    /// The tag under which searches for the same are counted once: nobody reads from it what was typed.
    #[must_use]
    pub fn searched(&self, typed: &str) -> [u8; 32] {
        hmac_sha256(self.subjects.expose(), format!("absah-search-v1\0{typed}").as_bytes())
    }

    fn citizen_key(&self, nik: Nik) -> Secret<[u8; 32]> {
        Secret::new(hmac_sha256(self.events.expose(), format!("absah-citizen-key-v1\0{nik}").as_bytes()))
    }

    /// A fresh event id.
    pub(crate) fn id(&self) -> [u8; 16] {
        self.lock().id()
    }

    fn lock(&self) -> MutexGuard<'_, Ids> {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn seal(&self, event: &Event) -> Result<Row, SealError> {
        // One fill for all: a call for each costs more than the sealing itself.
        let (id, random) = {
            let mut ids = self.lock();
            (event.id.unwrap_or_else(|| ids.id()), array::<112>(ids.rng.as_mut()))
        };
        let take = |from: usize, to: usize| random.get(from..to).unwrap_or_default();
        let key = Secret::new(<[u8; 32]>::try_from(take(0, 32)).unwrap_or_default());
        let r: [u8; 32] = take(32, 64).try_into().unwrap_or_default();
        let nonces =
            [take(64, 88), take(88, 112)].map(|nonce| <[u8; 24]>::try_from(nonce).unwrap_or_default());
        let [for_citizen, for_auditors] = nonces;
        let bytes = canonical(&event.to_json(&id));
        let plain = Secret::new([r.as_slice(), &bytes].concat());
        let stored = envelope::seal(&key, &[0; 24], &[EVENT, &id].concat(), plain.expose())?;
        let wrap = |with: &Secret<[u8; 32]>, nonce: [u8; 24], what: &[u8]| {
            let sealed = envelope::seal(with, &nonce, &[what, &id].concat(), key.expose());
            sealed.map(|sealed| [nonce.as_slice(), &sealed].concat())
        };
        let citizen = event.subject.map(|nik| wrap(&self.citizen_key(nik), for_citizen, CITIZEN));
        let leaf = Leaf {
            class: event.act.leaf_class(),
            hour: hour(event.at),
            event_id: id,
            commitment: commitment(&r, &bytes),
            stored_sha256: sha256(&stored),
        };
        Ok(Row {
            id,
            log: Log::Audit,
            act: event.act.as_str(),
            leaf,
            subject: event.subject.map(|nik| self.subject(nik)),
            for_citizen: citizen.transpose()?,
            for_auditors: Some(wrap(&self.epoch, for_auditors, AUDITORS)?),
            epoch: Some(self.epoch_id),
            changed: event.changed.unwrap_or(usual_rows(event.act)),
            stored,
        })
    }

    pub(crate) fn open_row(&self, event: &PublicEvent) -> Row {
        let (id, r) = {
            let mut ids = self.lock();
            (ids.id(), array::<32>(ids.rng.as_mut()))
        };
        let bytes = canonical(&json!({
            "v": 1,
            "id": base64url::encode(id),
            "at": event.at.unix(),
            "act": event.class.name(),
            "object": event.object,
        }));
        let leaf = Leaf {
            class: event.class,
            hour: hour(event.at),
            event_id: id,
            commitment: commitment(&r, &bytes),
            stored_sha256: sha256(&bytes),
        };
        let stored = [r.as_slice(), &bytes].concat();
        let act = event.class.name();
        let (log, subject, for_citizen, for_auditors, epoch) = (Log::Registry, None, None, None, None);
        Row { id, log, act, leaf, subject, stored, for_citizen, for_auditors, epoch, changed: event.changed }
    }

    /// Opens an event for the citizen it concerns.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn open_for(&self, nik: Nik, stored: &Stored) -> Result<Opened, SealError> {
        let (sealed, wrap) =
            stored.stored.as_ref().zip(stored.for_citizen.as_ref()).ok_or(SealError::Erased)?;
        open(sealed, wrap, &self.citizen_key(nik), CITIZEN, &stored.id)
    }
}

/// Opens an event for the auditors: with their private key, and the epoch's row.
///
/// # Errors
/// [`SealError`].
pub fn open_for_auditors(
    auditors: &Secret<[u8; 32]>,
    (epoch_id, epoch_sealed): (&[u8; 16], &[u8]),
    stored: &Stored,
) -> Result<Opened, SealError> {
    let (sealed, wrap) = stored.stored.as_ref().zip(stored.for_auditors.as_ref()).ok_or(SealError::Erased)?;
    let (encapsulated, ciphertext) = epoch_sealed.split_first_chunk::<32>().ok_or(SealError::Closed)?;
    let recipient = RecipientKey::from_bytes(auditors);
    let epoch = hpke::open(&recipient, encapsulated, EPOCH_INFO, epoch_id, ciphertext);
    let epoch = epoch.ok().and_then(|key| <[u8; 32]>::try_from(key).ok()).ok_or(SealError::Closed)?;
    open(sealed, wrap, &Secret::new(epoch), AUDITORS, &stored.id)
}

fn open(
    sealed: &[u8],
    wrap: &[u8],
    with: &Secret<[u8; 32]>,
    what: &[u8],
    id: &[u8; 16],
) -> Result<Opened, SealError> {
    let (nonce, wrapped) = wrap.split_first_chunk::<24>().ok_or(SealError::Closed)?;
    let key = envelope::open(with, nonce, &[what, id.as_slice()].concat(), wrapped)?;
    let key = Secret::new(<[u8; 32]>::try_from(key.expose().as_slice()).map_err(|_| SealError::Closed)?);
    let plain = envelope::open(&key, &[0; 24], &[EVENT, id.as_slice()].concat(), sealed)?;
    opened(plain.expose())
}

/// `r` and the event of what is stored openly, or was opened.
///
/// # Errors
/// [`SealError::Closed`] if it is too short.
pub fn opened(plain: &[u8]) -> Result<Opened, SealError> {
    let (r, event) = plain.split_first_chunk::<32>().ok_or(SealError::Closed)?;
    Ok(Opened { r: *r, event: event.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::FileKeys;
    use absah_testkit::SeededRng;

    fn sealer(seed: u64) -> (Sealer, FileKeys) {
        let keys = FileKeys::in_memory(&mut SeededRng::new(seed));
        (Sealer::new(&keys, Box::new(SeededRng::new(seed + 1))).unwrap(), keys)
    }

    fn stored(row: &Row) -> Stored {
        Stored {
            id: row.id,
            stored: Some(row.stored.clone()),
            for_citizen: row.for_citizen.clone(),
            for_auditors: row.for_auditors.clone(),
        }
    }

    #[test]
    fn the_citizen_and_the_auditors_open_it_and_nobody_else() {
        let (sealer, keys) = sealer(1);
        let nik = Nik::parse("3577012345678901").or_else(|_| Nik::parse("3577010101900001")).unwrap();
        let other = Nik::parse("3577010101900002").unwrap();
        let at = Timestamp::from_unix(1_800_000_123);
        let event = Event::local(at, ActKind::PersonView, Some(nik), "KTP").for_purpose("Cetak ulang");
        let row = sealer.seal(&event).unwrap();
        assert_eq!((row.leaf.class, row.leaf.hour), (LeafClass::DataAccess, 500_000));
        let kept = stored(&row);
        let opened = sealer.open_for(nik, &kept).unwrap();
        assert!(row.leaf.is_of(&opened.r, &opened.event));
        let text = String::from_utf8(opened.event.clone()).unwrap();
        assert!(text.contains("\"purpose\":\"Cetak ulang\"") && text.contains(&nik.to_string()), "{text}");
        assert_eq!(sealer.open_for(other, &kept).err(), Some(SealError::Closed));
        let auditors = keys.secret(SecretRole::Auditors);
        let audited = open_for_auditors(auditors, sealer.epoch(), &kept).unwrap();
        assert!(audited == opened);
        let stranger = Secret::new([9; 32]);
        assert_eq!(open_for_auditors(&stranger, sealer.epoch(), &kept).err(), Some(SealError::Closed));
        let erased = Stored { stored: None, for_citizen: None, for_auditors: None, ..kept.clone() };
        assert_eq!(sealer.open_for(nik, &erased).err(), Some(SealError::Erased));
        let mut changed = kept;
        changed.stored.as_mut().unwrap()[40] ^= 1;
        assert_eq!(sealer.open_for(nik, &changed).err(), Some(SealError::Closed));
    }

    #[test]
    fn what_is_stored_says_nothing() {
        let (sealer, _) = sealer(3);
        let nik = Nik::parse("3577010101900001").unwrap();
        let row =
            sealer.seal(&Event::local(Timestamp::from_unix(0), ActKind::Revoke, Some(nik), "KTP")).unwrap();
        let again =
            sealer.seal(&Event::local(Timestamp::from_unix(0), ActKind::Revoke, Some(nik), "KTP")).unwrap();
        assert_ne!(row.leaf.commitment, again.leaf.commitment, "the same act twice looks like two");
        assert_eq!(row.subject, again.subject);
        let all = [row.stored.as_slice(), &row.leaf.to_bytes(), &row.subject.unwrap()].concat();
        let needle = nik.to_string();
        assert!(!all.windows(16).any(|window| window == needle.as_bytes()));
    }
}
