//! The witnesses and their cosignatures.

use std::collections::BTreeMap;

use absah_issuer_core::ports::{ActKind, StoreError};
use absah_ledger::cosignature::time_of;
use absah_ledger::note::SignatureLine;
use absah_ledger::policy::MAX_WITNESSES;
use absah_types::Timestamp;
use sqlx::{Connection, Row, SqliteConnection};

use super::acts::{Act, Done, Ending};
use super::ledger::signed;
use super::{SqliteStore, unavailable};
use crate::ledger::seal::{Event, Log};

/// A witness as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The name of its key.
    pub name: String,
    /// Its key.
    pub vkey: String,
    /// Where it is asked.
    pub url: String,
    /// The code of what is wrong with its answers, and since when.
    pub fault: Option<(String, Timestamp)>,
}

pub(super) async fn add_witness(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (name, vkey, url): (&str, &str, &str),
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let others = sqlx::query("SELECT COUNT(*) FROM ledger_witness WHERE name <> ?").bind(name);
    let others: i64 = others.fetch_one(&mut *connection).await?.try_get(0)?;
    if usize::try_from(others).is_ok_and(|others| others >= MAX_WITNESSES) {
        return Ok(Done::Found(false));
    }
    // What was signed by another key of the same name counts for nobody any more: the new key is asked again.
    sqlx::query(
        "DELETE FROM ledger_cosignature WHERE witness = ?
         AND NOT EXISTS (SELECT 1 FROM ledger_witness WHERE name = ? AND vkey = ?)",
    )
    .bind(name)
    .bind(name)
    .bind(vkey)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO ledger_witness (name, vkey, url) VALUES (?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET vkey = excluded.vkey, url = excluded.url, fault = NULL, fault_at = NULL",
    )
    .bind(name)
    .bind(vkey)
    .bind(url)
    .execute(&mut *connection)
    .await?;
    ending.events.push(Event::local(at, ActKind::WitnessAdd, None, vkey));
    usual_quorum(connection).await?;
    Ok(Done::Found(true))
}

pub(super) async fn remove_witness(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    name: &str,
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let gone =
        sqlx::query("DELETE FROM ledger_witness WHERE name = ?").bind(name).execute(&mut *connection).await?;
    if gone.rows_affected() == 0 {
        return Ok(Done::Found(false));
    }
    sqlx::query("DELETE FROM ledger_cosignature WHERE witness = ?")
        .bind(name)
        .execute(&mut *connection)
        .await?;
    ending.events.push(Event::local(at, ActKind::WitnessRemove, None, name));
    usual_quorum(connection).await?;
    Ok(Done::Found(true))
}

/// Four of five: one may fail or lie. The same share for other numbers, until somebody sets another.
async fn usual_quorum(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE number SET value = (SELECT COUNT(*) - COUNT(*) / 5 FROM ledger_witness) WHERE name = 'witness_quorum'",
    )
    .execute(connection)
    .await
    .map(|_| ())
}

pub(super) async fn set_quorum(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    quorum: u32,
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let set = sqlx::query(
        "UPDATE number SET value = ? WHERE name = 'witness_quorum' AND ? <= (SELECT COUNT(*) FROM ledger_witness)
         AND (? > 0 OR NOT EXISTS (SELECT 1 FROM ledger_witness))",
    )
    .bind(quorum)
    .bind(quorum)
    .bind(quorum)
    .execute(connection)
    .await?;
    if set.rows_affected() == 0 {
        return Ok(Done::Found(false));
    }
    ending.events.push(Event::local(at, ActKind::Quorum, None, quorum.to_string()));
    Ok(Done::Found(true))
}

impl SqliteStore {
    /// Keeps a cosignature, unless the witness was struck off or given another key since it was asked, or the checkpoint
    /// was superseded; and forgets checkpoints that will not be needed any more: older ones than the last final one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_cosignature(
        &self,
        log: Log,
        size: u64,
        witness: &Witness,
        line: &str,
    ) -> Result<(), StoreError> {
        let mut connection = SqliteConnection::connect_with(&self.options).await.map_err(unavailable)?;
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.map_err(unavailable)?;
        let statement = "INSERT INTO ledger_cosignature (log, size, witness, line)
             SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM ledger_witness WHERE name = ?3 AND vkey = ?5)
             AND EXISTS (SELECT 1 FROM ledger_checkpoint WHERE log = ?1 AND size = ?2)
             ON CONFLICT (log, size, witness) DO UPDATE SET line = excluded.line";
        sqlx::query(statement)
            .bind(log.number())
            .bind(signed(size))
            .bind(&witness.name)
            .bind(line)
            .bind(&witness.vkey)
            .execute(&mut *transaction)
            .await
            .map_err(unavailable)?;
        for (table, with) in [("ledger_checkpoint", "size"), ("ledger_cosignature", "size")] {
            let forget = format!(
                "DELETE FROM {table} WHERE log = ? AND {with} < (SELECT COALESCE(MAX(size), 0) FROM
                 (SELECT size FROM ledger_cosignature WHERE log = ? GROUP BY size
                  HAVING COUNT(*) >= (SELECT value FROM number WHERE name = 'witness_quorum')))"
            );
            sqlx::query(sqlx::AssertSqlSafe(forget))
                .bind(log.number())
                .bind(log.number())
                .execute(&mut *transaction)
                .await
                .map_err(unavailable)?;
        }
        transaction.commit().await.map_err(unavailable)
    }

    /// When each witness co-signed last, by its name, as far as that is still on record.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn last_cosigned(&self) -> Result<BTreeMap<String, Timestamp>, StoreError> {
        let rows = sqlx::query("SELECT witness, line FROM ledger_cosignature").fetch_all(&self.read).await;
        let mut last = BTreeMap::new();
        for row in rows.map_err(unavailable)? {
            let (name, line): (String, &str) =
                (row.try_get(0).map_err(unavailable)?, row.try_get(1).map_err(unavailable)?);
            let Some(at) = SignatureLine::parse(line).ok().and_then(|line| time_of(&line)) else { continue };
            let known = last.entry(name).or_insert(at);
            *known = at.max(*known);
        }
        Ok(last)
    }

    /// Notes, or with nothing forgets, that a witness answers wrongly.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn witness_fault(
        &self,
        name: &str,
        fault: Option<&str>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut connection = SqliteConnection::connect_with(&self.options).await.map_err(unavailable)?;
        sqlx::query(
            "UPDATE ledger_witness SET fault = ?1, fault_at = CASE WHEN fault = ?1 THEN fault_at ELSE ?2 END
             WHERE name = ?3",
        )
        .bind(fault)
        .bind(fault.map(|_| at.unix()))
        .bind(name)
        .execute(&mut connection)
        .await
        .map(|_| ())
        .map_err(unavailable)
    }

    /// The witnesses, and how many of them make a checkpoint final.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn witnesses(&self) -> Result<(Vec<Witness>, u32), StoreError> {
        let rows = sqlx::query("SELECT * FROM ledger_witness ORDER BY name").fetch_all(&self.read).await;
        let witness = |row: sqlx::sqlite::SqliteRow| {
            let fault: Option<String> = row.try_get("fault")?;
            let at: Option<i64> = row.try_get("fault_at")?;
            Ok(Witness {
                name: row.try_get("name")?,
                vkey: row.try_get("vkey")?,
                url: row.try_get("url")?,
                fault: fault.zip(at.map(Timestamp::from_unix)),
            })
        };
        let witnesses =
            rows.map_err(unavailable)?.into_iter().map(witness).collect::<Result<_, sqlx::Error>>();
        let quorum = u32::try_from(self.number("witness_quorum").await?).map_err(|_| StoreError::Damaged)?;
        Ok((witnesses.map_err(unavailable)?, quorum))
    }

    /// Names a witness, or gives one another address; false when there are as many as a policy can hold.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn add_witness(
        &self,
        name: &str,
        vkey: &str,
        url: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.found(Act::AddWitness { name: name.to_owned(), vkey: vkey.to_owned(), url: url.to_owned(), at })
            .await
    }

    /// Strikes a witness off; whether there was such a one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remove_witness(&self, name: &str, at: Timestamp) -> Result<bool, StoreError> {
        self.found(Act::RemoveWitness { name: name.to_owned(), at }).await
    }

    /// Sets how many witnesses make a checkpoint final; not more than there are, and not none of some.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn set_quorum(&self, quorum: u32, at: Timestamp) -> Result<bool, StoreError> {
        self.found(Act::Quorum { quorum, at }).await
    }
}
