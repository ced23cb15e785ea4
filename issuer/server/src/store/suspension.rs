//! What is suspended, and which of it comes back: not what a lost phone has that another took the place of.

use absah_credential::status_list::Status;
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_issuer_core::status::Change;
use absah_schemas::CredentialType;
use absah_types::{Nik, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::acts::Ending;
use super::{SqliteStore, rows, unavailable};
use crate::ledger::seal::Event;

/// Of a batch: its suspended copies are those of a phone that was lost, or of whoever found it. Either the same card was issued
/// anew after it and holds; or the person got any card from a new offer after it was suspended, while nothing that they had
/// before held any more. A helper's session is nobody's new phone, and paper follows paper.
const LEFT_BEHIND: &str = "(EXISTS (SELECT 1 FROM batch AS later JOIN copy AS one ON one.batch = later.id
     WHERE later.nik = batch.nik AND later.kind = batch.kind AND later.id > batch.id AND later.token <> batch.token
     AND (later.format = 'kertas') = (batch.format = 'kertas') AND one.status = 0
     AND later.token NOT IN (SELECT access_token.key FROM pendamping_session
         JOIN access_token ON access_token.offer = pendamping_session.offer))
 OR EXISTS (SELECT 1 FROM suspension WHERE suspension.batch = batch.id
     AND EXISTS (SELECT 1 FROM in_wallet AS other WHERE other.holder = suspension.holder
         AND other.batch > suspension.newest AND other.is_new)
     AND NOT EXISTS (SELECT 1 FROM in_wallet AS own WHERE own.holder = suspension.holder
         AND own.batch <= suspension.newest
         AND EXISTS (SELECT 1 FROM copy WHERE copy.batch = own.batch AND copy.status = 0))))";

/// Suspended copies of one issuing of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Suspended {
    pub(crate) kind: CredentialType,
    pub(crate) issued_at: Timestamp,
    pub(crate) copies: u64,
    /// Another phone took the place of the one that has them: restoring leaves them as they are.
    pub(crate) is_left_behind: bool,
    /// A helper's phone has them.
    pub(crate) is_carried: bool,
}

/// Which batches a change reaches, as a condition.
pub(super) fn reach(change: Change) -> String {
    match change {
        // A helper's session that was ended stays so, whatever is taken back for the citizen's own cards; and a lost phone's
        // copies do not come to life beside those that took their place.
        Change::Unsuspend => {
            format!("batch.token NOT IN (SELECT token FROM pendamping_ended) AND NOT {LEFT_BEHIND}")
        }
        _ => "1".to_owned(),
    }
}

/// Before the copies that took their place are suspended, too: what a new phone left behind ends for ever. Nothing would tell
/// the two apart afterwards, and whoever restores the one would restore the other.
pub(super) async fn end_left_behind(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (nik, kind): (Nik, CredentialType),
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    let ended = sqlx::query(sqlx::AssertSqlSafe(format!(
        "UPDATE copy SET status = ? WHERE status = ?
         AND batch IN (SELECT id FROM batch WHERE nik = ? AND kind = ? AND {LEFT_BEHIND})"
    )))
    .bind(Status::Revoked.value())
    .bind(Status::Suspended.value())
    .bind(nik.to_string())
    .bind(kind.name())
    .execute(connection)
    .await?
    .rows_affected();
    if ended > 0 {
        let event = Event::local(at, ActKind::Revoke, Some(nik), format!("{} {ended}", kind.name()));
        ending.events.push(event.changing(ended));
    }
    Ok(())
}

/// Writes down of a card that was suspended, or is no longer, since when: what is noted already stays as it was.
pub(super) async fn note(
    connection: &mut SqliteConnection,
    (nik, kind): (Nik, CredentialType),
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "DELETE FROM suspension WHERE batch IN (SELECT id FROM batch WHERE nik = ? AND kind = ?)
         AND NOT EXISTS (SELECT 1 FROM copy WHERE copy.batch = suspension.batch AND copy.status = ?)",
    )
    .bind(nik.to_string())
    .bind(kind.name())
    .bind(Status::Suspended.value())
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO suspension (batch, holder, newest, at)
         SELECT batch.id, COALESCE(offer.guardian, batch.nik), (SELECT MAX(id) FROM batch), ?
         FROM batch JOIN access_token ON access_token.key = batch.token JOIN offer ON offer.key = access_token.offer
         WHERE batch.nik = ? AND batch.kind = ? AND batch.format <> 'kertas'
         AND EXISTS (SELECT 1 FROM copy WHERE copy.batch = batch.id AND copy.status = ?)
         ON CONFLICT DO NOTHING",
    )
    .bind(at.unix())
    .bind(nik.to_string())
    .bind(kind.name())
    .bind(Status::Suspended.value())
    .execute(connection)
    .await?;
    Ok(())
}

impl SqliteStore {
    /// A person's suspended copies, of one kind of card or of all, by when they were issued.
    pub(crate) async fn suspended(
        &self,
        nik: Nik,
        kind: Option<CredentialType>,
    ) -> Result<Vec<Suspended>, StoreError> {
        let text = format!(
            "SELECT batch.kind AS kind, MIN(batch.issued_at) AS issued_at, COUNT(*) AS copies, {LEFT_BEHIND} AS behind,
             EXISTS (SELECT 1 FROM access_token JOIN pendamping_session ON pendamping_session.offer = access_token.offer
                     WHERE access_token.key = batch.token) AS carried
             FROM copy JOIN batch ON batch.id = copy.batch
             WHERE batch.nik = ?1 AND copy.status = ?2 AND (?3 IS NULL OR batch.kind = ?3)
             AND batch.token NOT IN (SELECT token FROM pendamping_ended)
             GROUP BY batch.kind, batch.token, behind ORDER BY batch.kind, issued_at"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(text)).bind(nik.to_string());
        let rows = rows.bind(Status::Suspended.value()).bind(kind.map(CredentialType::name));
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        let suspended = |row: &SqliteRow| {
            Ok(Suspended {
                kind: rows::kind(row)?,
                issued_at: rows::time(row, "issued_at")?,
                copies: row.try_get::<i64, _>("copies").map_err(unavailable)?.unsigned_abs(),
                is_left_behind: row.try_get("behind").map_err(unavailable)?,
                is_carried: row.try_get("carried").map_err(unavailable)?,
            })
        };
        rows.iter().map(suspended).collect()
    }

    /// Of which cards restoring all that a person has, or one kind of it, would make copies valid: the own ones, and with all
    /// of them those of children that this person keeps.
    pub(crate) async fn restorable(
        &self,
        nik: Nik,
        kind: Option<CredentialType>,
    ) -> Result<Vec<(Nik, CredentialType)>, StoreError> {
        let mut cards: Vec<(Nik, CredentialType)> = CredentialType::ALL.map(|one| (nik, one)).to_vec();
        match kind {
            Some(kind) => cards.retain(|(_, one)| *one == kind),
            None => cards.extend(self.kept_by(nik).await?),
        }
        let mut found = Vec::new();
        for (nik, kind) in cards {
            if self.suspended(nik, Some(kind)).await?.iter().any(|one| !one.is_left_behind) {
                found.push((nik, kind));
            }
        }
        Ok(found)
    }

    /// Which kinds of a person's cards are renewed by the phones that have them. A suspension ends that for good.
    pub(crate) async fn renewing(&self, nik: Nik, now: Timestamp) -> Result<Vec<CredentialType>, StoreError> {
        let rows = sqlx::query("SELECT DISTINCT kind FROM refresh_token WHERE nik = ? AND expires_at > ?");
        let rows = rows.bind(nik.to_string()).bind(now.unix()).fetch_all(&self.read).await;
        rows.map_err(unavailable)?.iter().map(rows::kind).collect()
    }
}
