//! Whether anything was written since the last look, for what runs all the time: told by the file itself, for next to nothing.

use absah_issuer_core::ports::StoreError;
use sqlx::{Connection, Row, SqliteConnection};

use super::{SqliteStore, unavailable};

/// A look at the file from outside, as it were: by a connection that writes nothing.
pub(crate) struct Changes {
    connection: SqliteConnection,
    seen: Option<i64>,
}

impl SqliteStore {
    /// Begins to look.
    pub(crate) async fn changes(&self) -> Result<Changes, StoreError> {
        let connection = SqliteConnection::connect_with(&self.options).await.map_err(unavailable)?;
        Ok(Changes { connection, seen: None })
    }
}

impl Changes {
    /// Whether anything was written since the last time this was asked; yes where that cannot be told.
    pub(crate) async fn any(&mut self) -> bool {
        // "The integer values returned by two invocations of "PRAGMA data_version" from the same connection will be
        // different if changes were committed to the database by any other connection in the interim" (SQLite).
        let row = sqlx::query("PRAGMA data_version").fetch_one(&mut self.connection).await;
        let version = row.and_then(|row| row.try_get::<i64, _>(0)).ok();
        let before = core::mem::replace(&mut self.seen, version);
        version.is_none() || before != version
    }
}
