//! Whose copy is shown, and nonces that are used once.

use absah_credential::StatusReference;
use absah_credential::status_list::Status;
use absah_crypto::sha256;
use absah_issuer_core::ports::StoreError;
use absah_protocol::oid4vci::issuer::nonce::NONCE_LIFE;
use absah_types::{Nik, Timestamp};
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done};
use super::{SqliteStore, unavailable};

pub(super) async fn use_nonce(
    connection: &mut SqliteConnection,
    digest: &[u8; 32],
    now: Timestamp,
) -> Result<Done, sqlx::Error> {
    sqlx::query("DELETE FROM used_nonce WHERE until <= ?").bind(now.unix()).execute(&mut *connection).await?;
    // Whatever is left of the nonce's life, it ends within a whole one.
    let used = sqlx::query("INSERT INTO used_nonce (digest, until) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(digest.as_slice())
        .bind(now.plus(NONCE_LIFE).unix())
        .execute(connection)
        .await?;
    Ok(Done::Found(used.rows_affected() == 1))
}

impl SqliteStore {
    /// Uses a nonce up; whether it was unused.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn use_nonce(&self, nonce: &str, now: Timestamp) -> Result<bool, StoreError> {
        match self.write.act(Act::UseNonce { digest: sha256(nonce.as_bytes()), now }).await? {
            Done::Found(unused) => Ok(unused),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Whose copy stands at a place of a status list, and what its status is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn holder_of(
        &self,
        place: &StatusReference,
    ) -> Result<Option<(Nik, Status)>, StoreError> {
        let Ok(idx) = i64::try_from(place.idx) else { return Ok(None) };
        let row = sqlx::query(
            "SELECT batch.nik, copy.status FROM copy JOIN status_list ON status_list.number = copy.list
             JOIN batch ON batch.id = copy.batch WHERE status_list.uri = ? AND copy.idx = ?",
        )
        .bind(&place.uri)
        .bind(idx);
        let Some(row) = row.fetch_optional(&self.read).await.map_err(unavailable)? else { return Ok(None) };
        let nik: &str = row.try_get(0).map_err(unavailable)?;
        let status: u8 = row.try_get(1).map_err(unavailable)?;
        let status = Status::of_value(status).ok_or(StoreError::Damaged)?;
        Ok(Some((nik.parse().map_err(|_| StoreError::Damaged)?, status)))
    }

    /// How many events of a person there are that were not erased.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn count_events_of(&self, nik: Nik) -> Result<u64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM ledger_event WHERE subject = ? AND stored IS NOT NULL")
            .bind(self.sealer.subject(nik).to_vec());
        let row = row.fetch_one(&self.read).await.map_err(unavailable)?;
        let count: i64 = row.try_get(0).map_err(unavailable)?;
        u64::try_from(count).map_err(|_| StoreError::Damaged)
    }
}
