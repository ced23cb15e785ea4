//! Whether somebody's account can be closed while the others go on: without an approver nobody agrees to anything any more,
//! without an admin nobody is invited.

use absah_issuer_core::operator::{LEAST_AUTHENTICATORS, Role};
use absah_issuer_core::ports::StoreError;
use sqlx::{Row, SqliteConnection};

use super::{SqliteStore, unavailable};

/// Whether this is the last approver or admin who can act.
pub(super) async fn is_last(connection: &mut SqliteConnection, operator: i64) -> Result<bool, sqlx::Error> {
    let row = sqlx::query(
        "SELECT EXISTS (SELECT 1 FROM operator AS one WHERE one.id = ?1 AND one.role IN (?2, ?3)
           AND one.enrolled_at IS NOT NULL AND one.disabled_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM operator AS other
             WHERE other.role = one.role AND other.id <> one.id AND other.disabled_at IS NULL
             AND (SELECT COUNT(*) FROM operator_passkey WHERE operator = other.id)
                 + (other.password IS NOT NULL) >= ?4))",
    );
    let row = row.bind(operator).bind(Role::Penyetuju.as_str()).bind(Role::Admin.as_str());
    row.bind(LEAST_AUTHENTICATORS).fetch_one(connection).await?.try_get(0)
}

impl SqliteStore {
    /// Whether this is the last approver or admin who can act.
    pub(crate) async fn is_last_of_role(&self, operator: i64) -> Result<bool, StoreError> {
        let mut connection = self.read.acquire().await.map_err(unavailable)?;
        is_last(&mut connection, operator).await.map_err(unavailable)
    }
}
