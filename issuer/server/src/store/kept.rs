//! Documents of children that somebody else keeps in their wallet.

use absah_issuer_core::ports::StoreError;
use absah_issuer_core::status::Change;
use absah_schemas::CredentialType;
use absah_types::{Nik, Timestamp};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use super::acts::{Ending, LEFT_BEHIND, WantedChange, apply_change};
use super::{SqliteStore, rows, unavailable};

const KEPT: &str = "SELECT DISTINCT batch.nik, batch.kind FROM offer
    JOIN access_token ON access_token.offer = offer.key JOIN batch ON batch.token = access_token.key
    WHERE offer.guardian = ?";

fn kept(row: &SqliteRow) -> Result<(Nik, CredentialType), sqlx::Error> {
    Ok((rows::nik(row)?, rows::kind(row).map_err(|_| sqlx::Error::RowNotFound)?))
}

/// Whose cards of which kind were issued into this person's wallet for somebody else.
pub(super) async fn kept_by(
    executor: impl sqlx::SqliteExecutor<'_>,
    nik: Nik,
) -> Result<Vec<(Nik, CredentialType)>, sqlx::Error> {
    let rows = sqlx::query(KEPT).bind(nik.to_string()).fetch_all(executor).await?;
    rows.iter().map(kept).collect()
}

/// Restores what a person keeps for children together with the own cards: how many copies.
pub(super) async fn restore(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    nik: Nik,
    at: Timestamp,
) -> Result<u64, sqlx::Error> {
    let mut changed = 0;
    // What they keep is on the phone that another took the place of.
    if has_new_phone(&mut *connection, nik).await? {
        return Ok(0);
    }
    for (nik, kind) in kept_by(&mut *connection, nik).await? {
        let wanted = WantedChange { nik, kind, change: Change::Unsuspend, up_to_batch: None };
        // What is revoked, or holds, is no reason to stop.
        changed += apply_change(connection, ending, &wanted, at).await?.unwrap_or(0);
    }
    Ok(changed)
}

/// Whether somebody's suspended cards are on a phone that another took the place of.
async fn has_new_phone(executor: impl sqlx::SqliteExecutor<'_>, nik: Nik) -> Result<bool, sqlx::Error> {
    let text = format!(
        "SELECT 1 FROM batch JOIN copy ON copy.batch = batch.id
         WHERE batch.nik = ? AND copy.status = 2 AND batch.format <> 'kertas' AND {LEFT_BEHIND} LIMIT 1"
    );
    let row = sqlx::query(sqlx::AssertSqlSafe(text)).bind(nik.to_string());
    Ok(row.fetch_optional(executor).await?.is_some())
}

impl SqliteStore {
    /// Whether somebody's suspended cards are on a phone that another took the place of.
    pub(crate) async fn has_new_phone(&self, nik: Nik) -> Result<bool, StoreError> {
        has_new_phone(&self.read, nik).await.map_err(unavailable)
    }

    /// Whose cards of which kind were issued into this person's wallet for somebody else: a lost phone loses them too.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn kept_by(&self, nik: Nik) -> Result<Vec<(Nik, CredentialType)>, StoreError> {
        kept_by(&self.read, nik).await.map_err(unavailable)
    }
}
