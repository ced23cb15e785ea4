//! The records on disk: SQLite with a write-ahead log, every transaction flushed before anyone is told it happened.
//!
//! Reads go through a small pool; those that every request for a card makes go together, many in one statement. Writes go through one task that takes what is waiting, writes it in one transaction
//! and flushes once for all. `serve` and commands open the same file at the same time.

mod access;
mod acts;
mod alerts;
mod approvals;
mod changes;
mod console;
mod counter_tickets;
mod erasure;
mod foreseen;
mod hub;
mod imports;
mod invitations;
mod issued;
mod kept;
mod last_of_role;
mod ledger;
mod letters;
mod looks;
mod lures;
mod oauth;
mod operators;
mod paper;
mod pendamping;
mod person;
mod population;
mod portraits;
mod proposals;
mod reader;
mod reconcile;
mod rows;
mod sequence;
mod sessions;
mod signers;
mod suspension;
mod tree;
mod trust;
mod unrecorded;
mod wishes;
mod witnesses;
mod writer;

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use absah_credential::StatusReference;
use absah_credential::status_list::Status;
use absah_issuer_core::card::Subject;
use absah_issuer_core::offer::{Grant, Offer, OfferKey};
use absah_issuer_core::person::{Cid, Lookup};
use absah_issuer_core::ports::{Answer, Granted, Issued, NewToken, Recorded, Slot, Store, StoreError};
use absah_issuer_core::status::{Change, ChangeError, LIST_SIZE, Order};
use absah_protocol::oid4vci::issuer::{TokenError, TokenRequest};
use absah_schemas::CredentialType;
use absah_types::{HttpsUrl, Nik, Timestamp};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection, Row, SqliteConnection};

pub(crate) use alerts::Which;
pub use alerts::{Alert, Failing};
pub use approvals::FourEyesAct;
pub(crate) use approvals::{Decided, NewDecision};
pub use console::{CardState, Found, ImportReport, Search};
pub(crate) use console::{Case, IssueState};
pub(crate) use counter_tickets::{NewCounterTicket, Took};
pub use erasure::{Erased, Retention};
pub use hub::Webhook;
pub(crate) use invitations::HandOver;
pub use invitations::Right;
pub(crate) use ledger::Found as SealedEvent;
pub use letters::{LetterDecision, NewLetter};
pub(crate) use looks::{Look, NewMiss};
pub use oauth::{HeldOffer, Holders, LoginBy, NewAuthorization, Waiting, key_of, refresh_key};
pub(crate) use operators::{Fallback, INVITATION_LIFE, KeptPasskey, invitation_key};
pub use operators::{NewOperator, Operator};
pub(crate) use paper::{Printed, PrintedBy};
pub(crate) use pendamping::SESSION_LIFE;
pub use pendamping::{
    Helped, NewSession, PendampingError, PendampingSession, Registered as RegisteredPendamping,
};
pub use population::{Imported, NewPortrait};
pub use proposals::{Proposal, ProposalState};
pub use reconcile::{ClassReport, ReconcileReport};
pub use sequence::Head;
pub(crate) use sessions::Ceremony;
pub use sessions::Session;
pub(crate) use signers::TrustStep;
pub use signers::{CaCertificate, SignerCertificate, SignerRow};
pub(crate) use suspension::Suspended;
pub use trust::{BundleDigests, Counter, KeptTargets, NewBundle};
pub use unrecorded::Unrecorded;
pub use witnesses::Witness;

use acts::{Act, Done};
use reader::Reader;
use writer::Writer;

use crate::ledger::seal::Sealer;

/// The layout this build reads and writes.
const LAYOUT: i64 = 10;

/// What leads to each layout from the one before.
const STEPS: [(i64, &[&str]); 10] = [
    (1, &[include_str!("schema-1.sql")]),
    (
        2,
        &[
            include_str!("schema-2-ledger.sql"),
            include_str!("schema-2-person.sql"),
            include_str!("schema-2-proposals.sql"),
            include_str!("schema-2-access.sql"),
            include_str!("schema-2-bundle.sql"),
            include_str!("schema-2-signers.sql"),
        ],
    ),
    (
        3,
        &[
            include_str!("schema-3-did.sql"),
            include_str!("schema-3-issuing-ca.sql"),
            include_str!("schema-3-oauth.sql"),
            include_str!("schema-3-wishes.sql"),
        ],
    ),
    (4, &[include_str!("schema-4-console.sql"), include_str!("schema-4-targets.sql")]),
    (
        5,
        &[
            include_str!("schema-5-acts.sql"),
            include_str!("schema-5-console.sql"),
            include_str!("schema-5-registry.sql"),
        ],
    ),
    (
        6,
        &[
            include_str!("schema-6-kept.sql"),
            include_str!("schema-6-letters.sql"),
            include_str!("schema-6-hub.sql"),
        ],
    ),
    (
        7,
        &[
            include_str!("schema-7-counter-tickets.sql"),
            include_str!("schema-7-hub.sql"),
            include_str!("schema-7-issuing.sql"),
            include_str!("schema-7-lures.sql"),
        ],
    ),
    (8, &[include_str!("schema-8-pendamping.sql")]),
    (9, &[include_str!("schema-9-suspension.sql")]),
    (10, &[include_str!("schema-10-outbox.sql"), include_str!("schema-10-letters.sql")]),
];

/// Records in a SQLite file.
pub struct SqliteStore {
    read: SqlitePool,
    together: Reader,
    write: Writer,
    options: SqliteConnectOptions,
    sealer: Arc<Sealer>,
    /// Set by [`SqliteStore::issue_under`]: without it no place in a status list is given out.
    places: Mutex<Option<Places>>,
    /// Held while a new status list begins, so that only one does.
    begin_list: tokio::sync::Mutex<()>,
}

/// The status lists of the public URL in use.
struct Places {
    base: String,
    key: [u8; 32],
    current: List,
    /// The list that takes over when the current one is full: begun early, so that counters have heard of it before
    /// its first copy.
    next: Option<List>,
}

/// A status list that is being filled.
struct List {
    number: u32,
    uri: String,
    order: Order,
    used: u32,
}

/// What became of asking for places.
enum Taken {
    Slots(Vec<Slot>),
    /// The same, and the next list should be begun now.
    SlotsAndBegin(Vec<Slot>),
    /// Nothing is left before a new list is begun.
    Full,
}

/// Any failure of the database, without its words: they may repeat values.
fn unavailable(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::ColumnNotFound(_) | sqlx::Error::RowNotFound => {
            StoreError::Damaged
        }
        _ => StoreError::Unavailable,
    }
}

/// Whether anybody can sign in at the console of these records, without opening them for work: not, where there are none,
/// or none of this layout.
///
/// # Errors
/// [`StoreError`] when it cannot be told: then nothing is done as if there were nobody.
pub(crate) async fn has_operators_in(file: &Path) -> Result<bool, StoreError> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let mut connection = SqliteConnection::connect_with(&options).await.map_err(unavailable)?;
    let table = sqlx::query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'operator'");
    if table.fetch_optional(&mut connection).await.map_err(unavailable)?.is_none() {
        return Ok(false);
    }
    let row =
        sqlx::query("SELECT 1 FROM operator WHERE enrolled_at IS NOT NULL AND disabled_at IS NULL LIMIT 1");
    Ok(row.fetch_optional(&mut connection).await.map_err(unavailable)?.is_some())
}

impl SqliteStore {
    /// Opens the file, making it when absent; its events are sealed by `sealer`. Must be called within a tokio
    /// runtime.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the system refuses, [`StoreError::Damaged`] for a file of another layout.
    pub async fn open(file: &Path, sealer: Sealer) -> Result<Self, StoreError> {
        let sealer = Arc::new(sealer);
        // SQLite gives the files beside it the mode of this one.
        absah_host::keep_private(file, &["-wal", "-shm"]).map_err(|_| StoreError::Unavailable)?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is erased is overwritten, not only forgotten.
            .pragma("secure_delete", "ON")
            // 32 MB: what is written over and over is moved into the file once. Each transaction is flushed all the same.
            .pragma("wal_autocheckpoint", "8000")
            // Statements of several lengths are kept (`rows::filled`).
            .statement_cache_capacity(300)
            .busy_timeout(Duration::from_secs(60));
        let mut connection = SqliteConnection::connect_with(&options).await.map_err(unavailable)?;
        migrate(&mut connection).await?;
        ledger::carry_over(&mut connection, &sealer).await.map_err(unavailable)?;
        let read = SqlitePoolOptions::new()
            .max_connections(4)
            // A file does not go away as a server does.
            .test_before_acquire(false)
            .connect_with(options.clone())
            .await
            .map_err(unavailable)?;
        let together = SqliteConnection::connect_with(&options).await.map_err(unavailable)?;
        let together = Reader::start(together);
        // It writes in many places: what it has read stays at hand, up to 32 MB.
        sqlx::raw_sql("PRAGMA cache_size = -32000").execute(&mut connection).await.map_err(unavailable)?;
        let write = Writer::start(connection, Arc::clone(&sealer));
        let (places, begin_list) = (Mutex::new(None), tokio::sync::Mutex::new(()));
        Ok(Self { read, together, write, options, sealer, places, begin_list })
    }

    /// Says under which public URL new status lists begin, and the secret that shuffles their indices; begins the first
    /// one. A list that was begun under another URL keeps it; new copies go to lists of this one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn issue_under(&self, url: &HttpsUrl, order_key: [u8; 32]) -> Result<(), StoreError> {
        let base = format!("{}/status/", url.as_str().trim_end_matches('/'));
        let rows = sqlx::query("SELECT number, uri, used FROM status_list WHERE used < ? ORDER BY number")
            .bind(LIST_SIZE)
            .fetch_all(&self.read)
            .await
            .map_err(unavailable)?;
        let mut open = Vec::new();
        for row in rows {
            let number: u32 = row.try_get("number").map_err(unavailable)?;
            let uri: String = row.try_get("uri").map_err(unavailable)?;
            let used: u32 = row.try_get("used").map_err(unavailable)?;
            if uri == format!("{base}{number}") {
                open.push(List { number, uri, order: Order::of(&order_key, number), used });
            }
        }
        let mut open = open.into_iter();
        let current = match open.next() {
            Some(list) => list,
            None => self.begin(&base, &order_key).await?,
        };
        let places = Places { base, key: order_key, current, next: open.next() };
        *self.lock_places() = Some(places);
        Ok(())
    }

    /// Changes the status of all copies of a card, and closes what is open for it: its offers and access tokens.
    /// Answers how many copies changed.
    ///
    /// # Errors
    /// [`StoreError`]; inside, [`ChangeError`] when the change makes no sense.
    pub async fn change(
        &self,
        nik: Nik,
        kind: CredentialType,
        change: Change,
        at: Timestamp,
    ) -> Result<Result<u64, ChangeError>, StoreError> {
        match self.write.act(Act::Change { nik, kind, change, at }).await? {
            Done::Changed(result) => Ok(result),
            _ => Err(StoreError::Damaged),
        }
    }

    async fn number(&self, name: &'static str) -> Result<u64, StoreError> {
        let row = sqlx::query("SELECT value FROM number WHERE name = ?").bind(name);
        let value: i64 =
            row.fetch_one(&self.read).await.and_then(|row| row.try_get(0)).map_err(unavailable)?;
        u64::try_from(value).map_err(|_| StoreError::Damaged)
    }

    fn lock_places(&self) -> std::sync::MutexGuard<'_, Option<Places>> {
        self.places.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes places of the current list, or of the next.
    fn take(&self, count: u32) -> Result<Taken, StoreError> {
        let mut places = self.lock_places();
        let places = places.as_mut().ok_or(StoreError::Unavailable)?;
        // The places at the end are for paper cards.
        if count > (LIST_SIZE - paper::PLACES).saturating_sub(places.current.used) {
            match places.next.take() {
                // What is left of a full list stays unused: a batch is never torn between two.
                Some(next) => places.current = next,
                None => return Ok(Taken::Full),
            }
        }
        let slots = places.current.take(count)?;
        let begin = places.next.is_none() && places.current.used > LIST_SIZE / 2;
        Ok(if begin { Taken::SlotsAndBegin(slots) } else { Taken::Slots(slots) })
    }

    /// Begins the list that comes next, unless another request just did.
    async fn begin_next(&self) -> Result<(), StoreError> {
        let _one = self.begin_list.lock().await;
        let (base, key) = match self.lock_places().as_ref() {
            Some(Places { next: None, base, key, .. }) => (base.clone(), *key),
            _ => return Ok(()),
        };
        let list = self.begin(&base, &key).await?;
        if let Some(places) = self.lock_places().as_mut() {
            places.next = Some(list);
        }
        Ok(())
    }

    async fn begin(&self, base: &str, key: &[u8; 32]) -> Result<List, StoreError> {
        match self.write.act(Act::NewList { base: base.to_owned() }).await? {
            Done::List(number, uri) => Ok(List { number, uri, order: Order::of(key, number), used: 0 }),
            _ => Err(StoreError::Damaged),
        }
    }
}

impl List {
    fn take(&mut self, count: u32) -> Result<Vec<Slot>, StoreError> {
        let slots = (self.used..self.used.saturating_add(count)).map(|place| {
            let idx = self.order.index(place).ok_or(StoreError::Damaged)?;
            let reference = StatusReference { uri: self.uri.clone(), idx: u64::from(idx) };
            Ok(Slot { list: self.number, place, reference })
        });
        let slots = slots.collect::<Result<_, StoreError>>()?;
        self.used = self.used.saturating_add(count);
        Ok(slots)
    }
}

async fn migrate(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.map_err(unavailable)?;
    let row = sqlx::query("PRAGMA user_version").fetch_one(&mut *transaction).await.map_err(unavailable)?;
    let found: i64 = row.try_get(0).map_err(unavailable)?;
    if found > LAYOUT {
        return Err(StoreError::Damaged);
    }
    for (layout, parts) in STEPS {
        if layout > found {
            for part in parts {
                sqlx::raw_sql(*part).execute(&mut *transaction).await.map_err(unavailable)?;
            }
        }
    }
    sqlx::raw_sql("PRAGMA user_version = 10").execute(&mut *transaction).await.map_err(unavailable)?;
    transaction.commit().await.map_err(unavailable)
}

impl Store for SqliteStore {
    fn place(&self, offer: Offer, at: Timestamp) -> Answer<'_, ()> {
        Box::pin(async move { self.write.act(Act::Place { offer, at }).await.map(|_| ()) })
    }

    fn offer(&self, key: OfferKey) -> Answer<'_, Option<Offer>> {
        Box::pin(async move {
            let row = sqlx::query("SELECT * FROM offer WHERE key = ?").bind(key.to_vec());
            let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
            row.map(|row| rows::offer(&row)).transpose()
        })
    }

    fn redeem(
        &self,
        request: TokenRequest,
        anonymous_access: bool,
        new: NewToken,
        jkt: Option<[u8; 32]>,
        now: Timestamp,
    ) -> Answer<'_, Result<Grant, TokenError>> {
        Box::pin(async move {
            match self.write.act(Act::Redeem { request, anonymous_access, new, jkt, now }).await? {
                Done::Redeemed(result) => Ok(result),
                _ => Err(StoreError::Damaged),
            }
        })
    }

    fn granted(&self, token: [u8; 32]) -> Answer<'_, Option<Granted>> {
        Box::pin(async move { population::granted(&self.together, &self.read, token).await })
    }

    fn subject(&self, nik: Nik, kind: CredentialType) -> Answer<'_, Option<Subject>> {
        Box::pin(async move { population::subject(&self.read, nik, kind).await })
    }

    fn person(&self, lookup: Lookup, fresh: Cid) -> Answer<'_, Cid> {
        Box::pin(self.person_of(lookup, fresh))
    }

    fn reserve(&self, count: usize) -> Answer<'_, Vec<Slot>> {
        Box::pin(async move {
            let count = u32::try_from(count)
                .ok()
                .filter(|count| *count <= LIST_SIZE - paper::PLACES)
                .ok_or(StoreError::Damaged)?;
            match self.take(count)? {
                Taken::Slots(slots) => Ok(slots),
                Taken::SlotsAndBegin(slots) => self.begin_next().await.map(|()| slots),
                Taken::Full => {
                    self.begin_next().await?;
                    match self.take(count)? {
                        Taken::Slots(slots) | Taken::SlotsAndBegin(slots) => Ok(slots),
                        Taken::Full => Err(StoreError::Unavailable),
                    }
                }
            }
        })
    }

    fn record(&self, issued: Issued) -> Answer<'_, Recorded> {
        Box::pin(async move {
            match self.write.act(Act::Record(issued)).await? {
                Done::Recorded(recorded) => Ok(recorded),
                _ => Err(StoreError::Damaged),
            }
        })
    }

    fn use_once(&self, digest: [u8; 32], now: Timestamp) -> Answer<'_, bool> {
        Box::pin(self.found(Act::UseNonce { digest, now }))
    }

    fn status_lists(&self) -> Answer<'_, Vec<(u32, String)>> {
        Box::pin(async move {
            let rows = sqlx::query("SELECT number, uri FROM status_list ORDER BY number")
                .fetch_all(&self.read)
                .await;
            let list = |row: sqlx::sqlite::SqliteRow| Ok((row.try_get(0)?, row.try_get(1)?));
            rows.map_err(unavailable)?.into_iter().map(list).collect::<Result<_, _>>().map_err(unavailable)
        })
    }

    fn statuses(&self, list: u32) -> Answer<'_, Vec<(u32, Status)>> {
        Box::pin(async move {
            let rows = sqlx::query("SELECT idx, status FROM copy WHERE list = ? AND status <> 0").bind(list);
            let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
            let entry = |row: sqlx::sqlite::SqliteRow| {
                let idx: u32 = row.try_get(0).map_err(unavailable)?;
                let value: u8 = row.try_get(1).map_err(unavailable)?;
                Ok((idx, Status::of_value(value).ok_or(StoreError::Damaged)?))
            };
            rows.into_iter().map(entry).collect()
        })
    }

    fn status_changes(&self) -> Answer<'_, u64> {
        Box::pin(self.number("status_changes"))
    }
}
