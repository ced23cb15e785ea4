//! The chain of certificates and the signers under it.

use absah_crypto::{PublicKey, sha256};
use absah_issuer_core::ports::{ActKind, KeyRole, StoreError};
use absah_ledger::LeafClass;
use absah_types::{Timestamp, hex};
use serde_json::json;
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending};
use super::{SqliteStore, rows, unavailable};
use crate::ledger::seal::{Event, PublicEvent};

/// A certificate authority of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaCertificate {
    /// Whether it is the root, or the issuing authority.
    pub is_root: bool,
    /// Counted from 1.
    pub generation: u32,
    /// DER.
    pub certificate: Vec<u8>,
    /// From when on it signs.
    pub active_from: Timestamp,
}

/// A key that signs for the issuer, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignerRow {
    /// What it signs.
    pub role: KeyRole,
    /// Which key of that role, counted from 1.
    pub generation: u32,
    /// Fragment of its key URL.
    pub key_id: String,
    /// The public key.
    pub key: PublicKey,
    /// When it was made known.
    pub published_at: Timestamp,
    /// From when on it signs.
    pub active_from: Timestamp,
    /// Until when it signs.
    pub ends_at: Timestamp,
    /// Nothing it signed later is believed.
    pub distrusted_after: Option<Timestamp>,
}

/// The leaf of a signer under a name of the issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignerCertificate {
    /// The signer's role.
    pub role: KeyRole,
    /// Its generation.
    pub generation: u32,
    /// The issuer's name.
    pub url: String,
    /// DER.
    pub certificate: Vec<u8>,
    /// The generation of the issuing authority; 0 for the authority of layout 1.
    pub ca: u32,
}

/// One change of the chain or of its signers.
#[derive(Debug, Clone)]
pub(crate) enum TrustStep {
    Ca(CaCertificate),
    Signer(SignerRow),
    Certificate(SignerCertificate),
    /// The next line of the did:webvh log under a name.
    DidEntry {
        url: String,
        version: u32,
        version_id: String,
        line: String,
    },
    Distrust {
        key_id: String,
        after: Timestamp,
        reason: String,
    },
    /// Ends the use of the earlier keys of a role.
    EndEarlier {
        role: KeyRole,
        generation: u32,
    },
}

impl SqliteStore {
    /// Makes changes of the chain or its signers in one step with their events.
    pub(crate) async fn trust_steps(
        &self,
        steps: Vec<TrustStep>,
        act: Option<(ActKind, String)>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        if steps.is_empty() && act.is_none() {
            return Ok(());
        }
        self.write.act(Act::Trust { steps, act, at }).await.map(|_| ())
    }

    /// The certificate authorities of the chain.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn chain(&self) -> Result<Vec<CaCertificate>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM ca_certificate ORDER BY kind, generation").fetch_all(&self.read);
        let of_row = |row: &sqlx::sqlite::SqliteRow| {
            let kind: String = row.try_get("kind")?;
            let made_at: i64 = row.try_get("made_at")?;
            let active_from: Option<i64> = row.try_get("active_from")?;
            Ok(CaCertificate {
                is_root: kind == "root",
                generation: row.try_get("generation")?,
                certificate: row.try_get("certificate")?,
                active_from: Timestamp::from_unix(active_from.unwrap_or(made_at)),
            })
        };
        rows.await.map_err(unavailable)?.iter().map(of_row).collect::<Result<_, _>>().map_err(unavailable)
    }

    /// All signers there ever were.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn signers(&self) -> Result<Vec<SignerRow>, StoreError> {
        let rows = sqlx::query("SELECT * FROM signer ORDER BY role, generation").fetch_all(&self.read);
        rows.await.map_err(unavailable)?.iter().map(signer).collect()
    }

    /// All leaves of signers.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn signer_certificates(&self) -> Result<Vec<SignerCertificate>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM signer_certificate ORDER BY role, generation").fetch_all(&self.read);
        let of_row = |row: &sqlx::sqlite::SqliteRow| {
            Ok(SignerCertificate {
                role: role(row)?,
                generation: row.try_get("generation").map_err(unavailable)?,
                url: row.try_get("url").map_err(unavailable)?,
                certificate: row.try_get("certificate").map_err(unavailable)?,
                ca: row.try_get("ca").map_err(unavailable)?,
            })
        };
        rows.await.map_err(unavailable)?.iter().map(of_row).collect()
    }

    /// The lines of the did:webvh log under a name, in order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn did_log(&self, url: &str) -> Result<Vec<String>, StoreError> {
        let rows =
            sqlx::query("SELECT line FROM did_log WHERE url = ? ORDER BY version").bind(url.to_owned());
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>().map_err(unavailable)
    }

    /// When the issuer first had a name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn first_named(&self) -> Result<Option<Timestamp>, StoreError> {
        let row = sqlx::query("SELECT MIN(first_used) FROM identity").fetch_one(&self.read).await;
        let first: Option<i64> = row.map_err(unavailable)?.try_get(0).map_err(unavailable)?;
        Ok(first.map(Timestamp::from_unix))
    }
}

fn role(row: &sqlx::sqlite::SqliteRow) -> Result<KeyRole, StoreError> {
    let name: String = row.try_get("role").map_err(unavailable)?;
    KeyRole::of_name(&name).ok_or(StoreError::Damaged)
}

fn signer(row: &sqlx::sqlite::SqliteRow) -> Result<SignerRow, StoreError> {
    let spki: Vec<u8> = row.try_get("spki").map_err(unavailable)?;
    let distrusted: Option<i64> = row.try_get("distrusted_after").map_err(unavailable)?;
    Ok(SignerRow {
        role: role(row)?,
        generation: row.try_get("generation").map_err(unavailable)?,
        key_id: row.try_get("key_id").map_err(unavailable)?,
        key: PublicKey::from_spki_der(&spki).map_err(|_| StoreError::Damaged)?,
        published_at: rows::time(row, "published_at")?,
        active_from: rows::time(row, "active_from")?,
        ends_at: rows::time(row, "ends_at")?,
        distrusted_after: distrusted.map(Timestamp::from_unix),
    })
}

pub(super) async fn apply(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (steps, act): (&[TrustStep], Option<&(ActKind, String)>),
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let mut changed = 0;
    for step in steps {
        // What another process wrote first stays, and is no event of this one.
        let rows = apply_one(connection, step, at).await?;
        if rows == 0 {
            continue;
        }
        if let Some(object) = open_event(step) {
            let rows = if matches!(step, TrustStep::DidEntry { .. }) { 0 } else { rows };
            ending.public.push(PublicEvent { at, class: LeafClass::Certificate, object, changed: rows });
        } else {
            changed += rows;
        }
    }
    if let Some((kind, object)) = act {
        ending.events.push(Event::local(at, *kind, None, object).changing(changed));
    }
    Ok(Done::Nothing)
}

/// What everybody may read of it in the registry log.
fn open_event(step: &TrustStep) -> Option<serde_json::Value> {
    let certificate = match step {
        TrustStep::Ca(ca) => &ca.certificate,
        TrustStep::Certificate(leaf) => &leaf.certificate,
        TrustStep::DidEntry { url, version_id, .. } => {
            return Some(json!({ "did_log": url, "version_id": version_id }));
        }
        TrustStep::Signer(_) | TrustStep::Distrust { .. } | TrustStep::EndEarlier { .. } => return None,
    };
    Some(json!({ "certificate_sha256": hex::encode(sha256(certificate)) }))
}

/// Answers how many rows are new or changed by it.
async fn apply_one(
    connection: &mut SqliteConnection,
    step: &TrustStep,
    at: Timestamp,
) -> Result<u64, sqlx::Error> {
    let query = match step {
        TrustStep::Ca(ca) => {
            let query = sqlx::query(
                "INSERT INTO ca_certificate (kind, generation, certificate, made_at, active_from)
                 VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            );
            let kind = if ca.is_root { "root" } else { "issuing" };
            let query = query.bind(kind).bind(ca.generation).bind(&ca.certificate).bind(at.unix());
            query.bind(ca.active_from.unix())
        }
        TrustStep::Signer(signer) => {
            let query = sqlx::query(
                "INSERT INTO signer (role, generation, key_id, spki, published_at, active_from, ends_at)
                 VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            );
            let query = query.bind(signer.role.name()).bind(signer.generation).bind(&signer.key_id);
            let query = query.bind(signer.key.to_spki_der().to_vec()).bind(signer.published_at.unix());
            query.bind(signer.active_from.unix()).bind(signer.ends_at.unix())
        }
        TrustStep::Certificate(leaf) => {
            let query = sqlx::query(
                "INSERT INTO signer_certificate (role, generation, url, certificate, ca) VALUES (?, ?, ?, ?, ?)
                 ON CONFLICT DO NOTHING",
            );
            let query = query.bind(leaf.role.name()).bind(leaf.generation).bind(&leaf.url);
            query.bind(&leaf.certificate).bind(leaf.ca)
        }
        TrustStep::DidEntry { url, version, line, .. } => {
            let query = sqlx::query(
                "INSERT INTO did_log (url, version, line, made_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            );
            query.bind(url).bind(version).bind(line).bind(at.unix())
        }
        TrustStep::Distrust { key_id, after, reason } => {
            // A moment once named may be moved back, never forward: what was refused stays so.
            let query = sqlx::query(
                "UPDATE signer SET distrusted_after = MIN(COALESCE(distrusted_after, ?1), ?1), reason = ?2
                 WHERE key_id = ?3",
            );
            query.bind(after.unix()).bind(reason).bind(key_id)
        }
        TrustStep::EndEarlier { role, generation } => {
            let query =
                sqlx::query("UPDATE signer SET ends_at = MIN(ends_at, ?) WHERE role = ? AND generation < ?");
            query.bind(at.unix()).bind(role.name()).bind(generation)
        }
    };
    let done = query.execute(connection).await?;
    Ok(done.rows_affected())
}
