//! Records of nobody among the residents: whoever opens one is told of. They get no card and stand in no figure.

use absah_issuer_core::Resident;
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_types::{Nik, Timestamp};
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending};
use super::{SqliteStore, console, population, rows, unavailable};
use crate::ledger::seal::Event;

/// Puts records of nobody into the register: all, or none when one of the people or families is in it.
pub(super) async fn add(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    residents: &[Resident],
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    for resident in residents {
        let somebody = sqlx::query(
            "SELECT 1 FROM resident WHERE nik = ?1 OR no_kk = ?2
             UNION ALL SELECT 1 FROM record_refused WHERE nik = ?1 OR no_kk = ?2
             UNION ALL SELECT 1 FROM batch WHERE nik = ?1",
        );
        let somebody = somebody.bind(resident.nik.to_string()).bind(resident.no_kk.to_string());
        if somebody.fetch_optional(&mut *connection).await?.is_some() {
            return Ok(Done::Found(false));
        }
    }
    population::write_residents(connection, residents).await?;
    for resident in residents {
        let lure = sqlx::query("INSERT INTO honeytoken (nik) VALUES (?)").bind(resident.nik.to_string());
        lure.execute(&mut *connection).await?;
    }
    ending.events.push(Event::local(at, ActKind::Import, None, format!("lures {}", residents.len())));
    Ok(Done::Found(true))
}

/// Takes one out of the register.
pub(super) async fn remove(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    nik: Nik,
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let gone = sqlx::query("DELETE FROM honeytoken WHERE nik = ?").bind(nik.to_string());
    if gone.execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(Done::Found(false));
    }
    for statement in ["DELETE FROM resident WHERE nik = ?", "DELETE FROM portrait WHERE nik = ?"] {
        sqlx::query(statement).bind(nik.to_string()).execute(&mut *connection).await?;
    }
    ending.events.push(Event::local(at, ActKind::Import, None, "lures -1"));
    Ok(Done::Found(true))
}

impl SqliteStore {
    /// Puts records of nobody into the register; false, and nothing is done, when one is of somebody.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn add_lures(&self, residents: Vec<Resident>, at: Timestamp) -> Result<bool, StoreError> {
        self.found(Act::Console(Box::new(console::Step::Lures(residents, at)))).await
    }

    /// Takes one out; false when it is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remove_lure(&self, nik: Nik, at: Timestamp) -> Result<bool, StoreError> {
        self.found(Act::Console(Box::new(console::Step::RemoveLure(nik, at)))).await
    }

    /// All of them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn lures(&self) -> Result<Vec<Nik>, StoreError> {
        let rows = sqlx::query("SELECT nik FROM honeytoken ORDER BY nik").fetch_all(&self.read).await;
        rows.map_err(unavailable)?.iter().map(|row| rows::nik(row).map_err(unavailable)).collect()
    }

    /// Whether a record is of nobody.
    pub(crate) async fn is_lure(&self, nik: Nik) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM honeytoken WHERE nik = ?").bind(nik.to_string());
        let row = row.fetch_one(&self.read).await.map_err(unavailable)?;
        Ok(row.try_get::<i64, _>(0).map_err(unavailable)? > 0)
    }
}
