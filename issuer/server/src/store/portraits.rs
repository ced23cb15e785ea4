//! Portraits that wait until a second person has compared them.

use absah_crypto::sha256;
use absah_issuer_core::lifecycle::portrait;
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_types::{Nik, Timestamp, hex};
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending, WantedChange, apply_change};
use super::population::NewPortrait;
use super::{SqliteStore, console, unavailable};
use crate::ledger::seal::Event;

/// Keeps a picture until somebody decides: its number.
pub(super) async fn keep(connection: &mut SqliteConnection, new: &NewPortrait) -> Result<Done, sqlx::Error> {
    let row = sqlx::query("INSERT INTO portrait_waiting (nik, source, webp) VALUES (?, ?, ?) RETURNING id")
        .bind(new.nik.to_string())
        .bind(new.source.to_vec())
        .bind(&new.webp)
        .fetch_one(connection)
        .await?;
    Ok(Done::Id(Some(row.try_get(0)?)))
}

/// Puts it in the place of the one before: how many cards are superseded; nothing if it is not the one agreed to.
pub(super) async fn replace(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (picture, nik, digest): (i64, Nik, &str),
    at: Timestamp,
) -> Result<Option<u64>, sqlx::Error> {
    let row = sqlx::query("SELECT source, webp FROM portrait_waiting WHERE id = ? AND nik = ?");
    let row = row.bind(picture).bind(nik.to_string()).fetch_optional(&mut *connection).await?;
    let Some(row) = row else { return Ok(None) };
    let (source, webp): (Vec<u8>, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
    if hex::encode(sha256(&webp)) != digest {
        return Ok(None);
    }
    let before = sqlx::query("SELECT webp FROM portrait WHERE nik = ?").bind(nik.to_string());
    let before: Option<Vec<u8>> =
        before.fetch_optional(&mut *connection).await?.map(|row| row.try_get(0)).transpose()?;
    sqlx::query("INSERT OR REPLACE INTO portrait (nik, source, webp) VALUES (?, ?, ?)")
        .bind(nik.to_string())
        .bind(source)
        .bind(&webp)
        .execute(&mut *connection)
        .await?;
    let mut cards = 0;
    if let Some(touched) = portrait(nik, before.as_deref(), &webp) {
        let wanted =
            WantedChange { nik: touched.nik, kind: touched.kind, change: touched.change, up_to_batch: None };
        let changed = apply_change(connection, ending, &wanted, at).await?.unwrap_or(0);
        cards += u64::from(changed > 0);
    }
    ending.events.push(Event::local(at, ActKind::Import, Some(nik), "portrait"));
    Ok(Some(cards))
}

impl SqliteStore {
    /// Keeps a picture until somebody decides: its number.
    pub(crate) async fn keep_waiting_portrait(&self, new: NewPortrait) -> Result<i64, StoreError> {
        match self.write.act(Act::Console(Box::new(console::Step::Portrait(new)))).await? {
            Done::Id(Some(id)) => Ok(id),
            _ => Err(StoreError::Damaged),
        }
    }

    /// A picture that waits.
    pub(crate) async fn waiting_portrait(&self, id: i64) -> Result<Option<Vec<u8>>, StoreError> {
        let row = sqlx::query("SELECT webp FROM portrait_waiting WHERE id = ?").bind(id);
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.map(|row| row.try_get(0)).transpose().map_err(unavailable)
    }
}
