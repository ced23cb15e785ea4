//! What stands behind the trust bundle: identities, the authority, counters, versions.

use std::collections::BTreeMap;

use absah_crypto::sha256;
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_ledger::LeafClass;
use absah_types::{HttpsUrl, Timestamp, hex};
use serde_json::json;
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending};
use super::{SqliteStore, rows, unavailable};
use crate::ledger::seal::{Event, PublicEvent, opened};

/// A registered counter as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// The registration's id.
    pub registration_id: String,
    /// The counter's own id.
    pub counter_id: String,
    /// The signed registration.
    pub jwt: String,
    /// The counter's access certificate, DER.
    pub certificate: Vec<u8>,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// When the registration ends.
    pub expires_at: Timestamp,
    /// When it was taken back, if it was.
    pub withdrawn_at: Option<Timestamp>,
}

/// What a published bundle holds, by SHA-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleDigests {
    /// The root document.
    pub root: [u8; 32],
    /// The timestamp document.
    pub timestamp: [u8; 32],
    /// Each status token.
    pub status_tokens: Vec<[u8; 32]>,
}

/// The targets document that keys kept offline have signed last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptTargets {
    /// Its version.
    pub version: u64,
    /// When it was signed: its contents are those of that moment.
    pub signed_at: Timestamp,
    /// The document.
    pub json: Vec<u8>,
    /// The files it names, by name; none where an earlier layout kept only the document.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// A bundle that is signed and not shown yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBundle {
    /// Its version, one more than that of the last.
    pub version: u64,
    /// The root document that begins with it, where one does.
    pub root: Option<(u64, Vec<u8>)>,
    /// The targets document to be kept from now on, unless it is kept already.
    pub targets: Option<KeptTargets>,
    /// What it holds.
    pub digests: BundleDigests,
}

pub(super) async fn identity(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    url: &str,
    certificate: &[u8],
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let new = sqlx::query(
        "INSERT INTO identity (url, certificate, first_used) VALUES (?, ?, ?)
         ON CONFLICT (url) DO UPDATE SET certificate = excluded.certificate",
    )
    .bind(url)
    .bind(certificate)
    .bind(at.unix())
    .execute(&mut *connection)
    .await?;
    if new.rows_affected() > 0 {
        ending.events.push(Event::local(at, ActKind::Identity, None, url));
        let object = json!({ "url": url, "certificate_sha256": hex::encode(sha256(certificate)) });
        ending.public.push(PublicEvent { at, class: LeafClass::Certificate, object, changed: 0 });
    }
    Ok(Done::Nothing)
}

pub(super) async fn register(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    counter: &Counter,
) -> Result<Done, sqlx::Error> {
    sqlx::query(
        "INSERT INTO counter (registration_id, counter_id, jwt, certificate, registered_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(&counter.registration_id)
    .bind(&counter.counter_id)
    .bind(&counter.jwt)
    .bind(&counter.certificate)
    .bind(counter.registered_at.unix())
    .bind(counter.expires_at.unix())
    .execute(&mut *connection)
    .await?;
    let (at, object) = (counter.registered_at, format!("{} {}", counter.counter_id, counter.registration_id));
    ending.events.push(Event::local(at, ActKind::CounterRegister, None, &object));
    let object = json!({
        "registration_id": counter.registration_id,
        "registration_sha256": hex::encode(sha256(counter.jwt.as_bytes())),
        "certificate_sha256": hex::encode(sha256(&counter.certificate)),
        "expires_at": counter.expires_at.unix(),
    });
    ending.public.push(PublicEvent { at, class: LeafClass::Registration, object, changed: 0 });
    Ok(Done::Nothing)
}

pub(super) async fn withdraw(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    id: &str,
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let result = sqlx::query(
        "UPDATE counter SET withdrawn_at = ? WHERE (registration_id = ? OR counter_id = ?) AND withdrawn_at IS NULL",
    )
    .bind(at.unix())
    .bind(id)
    .bind(id)
    .execute(&mut *connection)
    .await?;
    if result.rows_affected() > 0 {
        let event = Event::local(at, ActKind::CounterWithdraw, None, id);
        ending.events.push(event.changing(result.rows_affected()));
        let object = json!({ "withdrawn": id });
        ending.public.push(PublicEvent { at, class: LeafClass::Registration, object, changed: 0 });
        return Ok(Done::Withdrawn(true));
    }
    let known =
        sqlx::query("SELECT 1 FROM counter WHERE registration_id = ? OR counter_id = ?").bind(id).bind(id);
    Ok(Done::Withdrawn(known.fetch_optional(connection).await?.is_some()))
}

pub(super) async fn root(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (version, json): (u64, &[u8]),
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let new = sqlx::query(
        "INSERT INTO root_document (version, json) VALUES (?, ?) ON CONFLICT (version) DO NOTHING",
    )
    .bind(i64::try_from(version).unwrap_or(i64::MAX))
    .bind(json)
    .execute(connection)
    .await?;
    if new.rows_affected() > 0 {
        let object = json!({ "root_version": version, "root_sha256": hex::encode(sha256(json)) });
        ending.public.push(PublicEvent { at, class: LeafClass::Bundle, object, changed: 1 });
    }
    Ok(Done::Nothing)
}

async fn keep_targets(connection: &mut SqliteConnection, targets: &KeptTargets) -> Result<(), sqlx::Error> {
    let version = i64::try_from(targets.version).unwrap_or(i64::MAX);
    sqlx::query("INSERT OR REPLACE INTO targets_document (version, signed_at, json) VALUES (?, ?, ?)")
        .bind(version)
        .bind(targets.signed_at.unix())
        .bind(&targets.json)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM targets_file").execute(&mut *connection).await?;
    for (name, bytes) in &targets.files {
        sqlx::query("INSERT INTO targets_file (version, name, bytes) VALUES (?, ?, ?)")
            .bind(version)
            .bind(name)
            .bind(bytes)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// The version, what is kept for the next one, and the leaves that tell of it: all of it or nothing.
pub(super) async fn publish(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    bundle: &NewBundle,
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    if let Some((version, json)) = &bundle.root {
        let there = sqlx::query("SELECT 1 FROM root_document WHERE version = ? AND json <> ?")
            .bind(i64::try_from(*version).unwrap_or(i64::MAX))
            .bind(json);
        if there.fetch_optional(&mut *connection).await?.is_some() {
            return Ok(Done::Found(false));
        }
    }
    let version = i64::try_from(bundle.version).unwrap_or(i64::MAX);
    let new = sqlx::query(
        "INSERT INTO bundle (version, published_at)
         SELECT ?1, ?2 WHERE ?1 = (SELECT COALESCE(MAX(version), 0) + 1 FROM bundle)",
    )
    .bind(version)
    .bind(at.unix())
    .execute(&mut *connection)
    .await?;
    // Another program was faster: nothing that was signed for this number is shown.
    if new.rows_affected() == 0 {
        return Ok(Done::Found(false));
    }
    if let Some((version, json)) = &bundle.root {
        root(connection, ending, (*version, json), at).await?;
    }
    if let Some(targets) = &bundle.targets {
        keep_targets(connection, targets).await?;
    }
    ending.events.push(Event::local(at, ActKind::BundlePublish, None, bundle.version.to_string()));
    published(ending, bundle.version, &bundle.digests, at);
    Ok(Done::Found(true))
}

fn published(ending: &mut Ending<'_>, version: u64, digests: &BundleDigests, at: Timestamp) {
    let object = json!({
        "version": version,
        "root_sha256": hex::encode(digests.root),
        "timestamp_sha256": hex::encode(digests.timestamp),
    });
    ending.public.push(PublicEvent { at, class: LeafClass::Bundle, object, changed: 0 });
    for token in &digests.status_tokens {
        let object = json!({ "bundle_version": version, "token_sha256": hex::encode(token) });
        ending.public.push(PublicEvent { at, class: LeafClass::StatusToken, object, changed: 0 });
    }
}

impl SqliteStore {
    /// The self-signed authority of layout 1, DER, where there is one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn authority(&self) -> Result<Option<Vec<u8>>, StoreError> {
        let row = sqlx::query("SELECT certificate FROM authority").fetch_optional(&self.read).await;
        row.map_err(unavailable)?.map(|row| row.try_get(0)).transpose().map_err(unavailable)
    }

    /// The certificate of the issuer's key under one of its names.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn identity_certificate(&self, url: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let row = sqlx::query("SELECT certificate FROM identity WHERE url = ?").bind(url);
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.map(|row| row.try_get(0)).transpose().map_err(unavailable)
    }

    /// Keeps a name of the issuer.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_identity(
        &self,
        url: &str,
        certificate: Vec<u8>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.write.act(Act::Identity { url: url.to_owned(), certificate, at }).await.map(|_| ())
    }

    /// Every name the issuer ever had, with its certificate; the newest last.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn identities(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let rows = sqlx::query("SELECT url, certificate FROM identity ORDER BY first_used, url");
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        let pair = |row: sqlx::sqlite::SqliteRow| Ok((row.try_get(0)?, row.try_get(1)?));
        rows.into_iter().map(pair).collect::<Result<_, sqlx::Error>>().map_err(unavailable)
    }

    /// The name the issuer had last.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn last_identity(&self) -> Result<Option<HttpsUrl>, StoreError> {
        let last = self.identities().await?.pop();
        last.map(|(url, _)| HttpsUrl::parse_dev(&url)).transpose().map_err(|_| StoreError::Damaged)
    }

    /// Keeps a registered counter, and takes back the registrations (by id) whose place it takes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn register(&self, counter: Counter, superseded: Vec<String>) -> Result<(), StoreError> {
        self.write.act(Act::Register(counter, superseded)).await.map(|_| ())
    }

    /// Takes back a registration, or all of a counter; whether there was such a one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn withdraw(&self, id: &str, at: Timestamp) -> Result<bool, StoreError> {
        match self.write.act(Act::Withdraw { id: id.to_owned(), at }).await? {
            Done::Withdrawn(known) => Ok(known),
            _ => Err(StoreError::Damaged),
        }
    }

    /// All registered counters, those taken back too.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn counters(&self) -> Result<Vec<Counter>, StoreError> {
        let rows = sqlx::query("SELECT * FROM counter ORDER BY registered_at, registration_id");
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        rows.iter().map(counter).collect()
    }

    /// The root documents of the bundle by version.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn roots(&self) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        let rows = sqlx::query("SELECT version, json FROM root_document ORDER BY version");
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        let root = |row: sqlx::sqlite::SqliteRow| {
            let version: i64 = row.try_get(0).map_err(unavailable)?;
            let json = row.try_get(1).map_err(unavailable)?;
            Ok((u64::try_from(version).map_err(|_| StoreError::Damaged)?, json))
        };
        rows.into_iter().map(root).collect()
    }

    /// Keeps a root document, unless there is one of that version.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_root(&self, version: u64, json: Vec<u8>, at: Timestamp) -> Result<(), StoreError> {
        self.write.act(Act::Root { version, json, at }).await.map(|_| ())
    }

    /// The targets document that was signed last, with its files.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn targets_document(&self) -> Result<Option<KeptTargets>, StoreError> {
        let newest = "SELECT version, signed_at, json FROM targets_document ORDER BY version DESC LIMIT 1";
        let row = sqlx::query(newest).fetch_optional(&self.read).await.map_err(unavailable)?;
        let Some(row) = row else { return Ok(None) };
        let version: i64 = row.try_get("version").map_err(unavailable)?;
        let files = sqlx::query("SELECT name, bytes FROM targets_file WHERE version = ?").bind(version);
        let files = files.fetch_all(&self.read).await.map_err(unavailable)?;
        let pair = |row: sqlx::sqlite::SqliteRow| Ok((row.try_get(0)?, row.try_get(1)?));
        Ok(Some(KeptTargets {
            version: u64::try_from(version).map_err(|_| StoreError::Damaged)?,
            signed_at: rows::time(&row, "signed_at")?,
            json: row.try_get("json").map_err(unavailable)?,
            files: files.into_iter().map(pair).collect::<Result<_, sqlx::Error>>().map_err(unavailable)?,
        }))
    }

    /// The version of the bundle that was published last; 0 before the first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn last_bundle(&self) -> Result<u64, StoreError> {
        let row = sqlx::query("SELECT COALESCE(MAX(version), 0) FROM bundle").fetch_one(&self.read).await;
        let version: i64 = row.map_err(unavailable)?.try_get(0).map_err(unavailable)?;
        u64::try_from(version).map_err(|_| StoreError::Damaged)
    }

    /// The version published last with the SHA-256 of its timestamp document, as the registry log has it; nothing before
    /// the first, and for one of a layout without a ledger.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn last_published(&self) -> Result<Option<(u64, [u8; 32])>, StoreError> {
        let last = self.last_bundle().await?;
        // New root documents are told in the same class.
        let rows = sqlx::query(
            "SELECT stored FROM ledger_event WHERE act = ? AND log = 2 ORDER BY seq DESC LIMIT 16",
        );
        let rows = rows.bind(LeafClass::Bundle.name()).fetch_all(&self.read).await.map_err(unavailable)?;
        let digest = |row: &sqlx::sqlite::SqliteRow| {
            let stored: Option<Vec<u8>> = row.try_get(0).ok()?;
            let event: serde_json::Value = serde_json::from_slice(&opened(&stored?).ok()?.event).ok()?;
            let object = event.get("object")?;
            let is_last = object.get("version")?.as_u64() == Some(last);
            hex::decode_array(object.get("timestamp_sha256")?.as_str()?).ok().filter(|_| is_last)
        };
        Ok(rows.iter().find_map(digest).map(|digest| (last, digest)))
    }

    /// Writes down a signed bundle, before anybody is shown it; false if its number is taken.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn publish(&self, bundle: NewBundle, at: Timestamp) -> Result<bool, StoreError> {
        self.found(Act::Publish { bundle, at }).await
    }
}

fn counter(row: &sqlx::sqlite::SqliteRow) -> Result<Counter, StoreError> {
    let withdrawn: Option<i64> = row.try_get("withdrawn_at").map_err(unavailable)?;
    Ok(Counter {
        registration_id: row.try_get("registration_id").map_err(unavailable)?,
        counter_id: row.try_get("counter_id").map_err(unavailable)?,
        jwt: row.try_get("jwt").map_err(unavailable)?,
        certificate: row.try_get("certificate").map_err(unavailable)?,
        registered_at: rows::time(row, "registered_at")?,
        expires_at: rows::time(row, "expires_at")?,
        withdrawn_at: withdrawn.map(Timestamp::from_unix),
    })
}
