//! Nonces that are used once: on record, so that neither another replica nor a restart forgets.

use absah_crypto::sha256;
use absah_issuer_core::ports::StoreError;
use absah_protocol::oid4vci::issuer::nonce::NONCE_LIFE;
use absah_types::Timestamp;
use sqlx::SqliteConnection;

use super::SqliteStore;
use super::acts::{Act, Done};

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
        self.found(Act::UseNonce { digest: sha256(nonce.as_bytes()), now }).await
    }
}
