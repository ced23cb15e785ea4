//! The ids of people, which never leave this table but as numbers of a sector.

use absah_issuer_core::person::{Cid, Lookup};
use absah_issuer_core::ports::{KeyStore, StoreError};
use absah_types::Nik;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done};
use super::reader::What;
use super::{SqliteStore, rows, unavailable};

fn cid(row: &SqliteRow) -> Result<Cid, StoreError> {
    let bytes: &[u8] = row.try_get("cid").map_err(unavailable)?;
    bytes.try_into().map(Cid::from_bytes).map_err(|_| StoreError::Damaged)
}

/// The id kept under `lookup`: `fresh`, unless somebody was quicker.
pub(super) async fn keep(
    connection: &mut SqliteConnection,
    lookup: Lookup,
    fresh: Cid,
) -> Result<Done, sqlx::Error> {
    sqlx::query("INSERT INTO person (lookup, cid) VALUES (?, ?) ON CONFLICT (lookup) DO NOTHING")
        .bind(lookup.0.to_vec())
        .bind(fresh.as_bytes().to_vec())
        .execute(&mut *connection)
        .await?;
    let row = sqlx::query("SELECT cid FROM person WHERE lookup = ?").bind(lookup.0.to_vec());
    let row = row.fetch_one(connection).await?;
    cid(&row).map(Done::Person).map_err(|_| sqlx::Error::RowNotFound)
}

impl SqliteStore {
    /// Reads first: only a person's first card writes.
    pub(super) async fn person_of(&self, lookup: Lookup, fresh: Cid) -> Result<Cid, StoreError> {
        if let Some(row) = self.together.row(What::Person, lookup.0).await? {
            return cid(&row);
        }
        match self.write.act(Act::Person { lookup, fresh }).await? {
            Done::Person(cid) => Ok(cid),
            _ => Err(StoreError::Damaged),
        }
    }

    /// The ids of all people.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn people(&self) -> Result<Vec<(Lookup, Cid)>, StoreError> {
        let rows = sqlx::query("SELECT lookup, cid FROM person").fetch_all(&self.read).await;
        let person = |row: &SqliteRow| Ok((Lookup(rows::bytes32(row, "lookup")?), cid(row)?));
        rows.map_err(unavailable)?.iter().map(person).collect()
    }

    /// Whose id is kept under `lookup`: every NIK of the register is tried, for a table of them would join what the
    /// key keeps apart.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn nik_of(&self, keys: &dyn KeyStore, lookup: Lookup) -> Result<Option<Nik>, StoreError> {
        let rows = sqlx::query("SELECT nik FROM resident WHERE nik NOT IN (SELECT nik FROM honeytoken)")
            .fetch_all(&self.read)
            .await
            .map_err(unavailable)?;
        for row in rows {
            let nik: &str = row.try_get(0).map_err(unavailable)?;
            let nik: Nik = nik.parse().map_err(|_| StoreError::Damaged)?;
            if Lookup::of(keys, nik) == lookup {
                return Ok(Some(nik));
            }
        }
        Ok(None)
    }
}
