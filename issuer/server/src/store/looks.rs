//! Looks at people's records, what was done for them, and the sign-ins before: what the rules of alerts are about.

use absah_issuer_core::operator::alerts::{self, MEMORY, What};
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_schemas::CredentialType;
use absah_types::{Nik, NomorKk, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::acts::{Done, Ending};
use super::console::Step;
use super::{SqliteStore, rows, unavailable};
use crate::ledger::seal::Event;

/// A person and what of the record is looked at.
pub(crate) type Look = (Nik, &'static str);

/// Looks that are about to happen.
pub(crate) struct NewLook {
    pub(crate) looks: Vec<Look>,
    /// The family of the person who is opened.
    pub(crate) family: Option<NomorKk>,
    pub(crate) purpose: String,
    pub(crate) by: (i64, String),
    pub(crate) at: Timestamp,
}

/// A search in vain.
pub(crate) struct NewMiss {
    /// What was looked for, in one form.
    pub(crate) typed: String,
    pub(crate) purpose: String,
    pub(crate) by: (i64, String),
    pub(crate) at: Timestamp,
}

/// A card that ends soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Renewal {
    pub(crate) batch: i64,
    pub(crate) kind: CredentialType,
    pub(crate) is_paper: bool,
    pub(crate) expires_at: Timestamp,
}

pub(super) async fn look(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    new: &NewLook,
) -> Result<Done, sqlx::Error> {
    let (operator, officer) = &new.by;
    sqlx::query("DELETE FROM operator_look WHERE operator = ? AND at < ?")
        .bind(operator)
        .bind(new.at.minus(MEMORY).unix())
        .execute(&mut *connection)
        .await?;
    for (nik, what) in &new.looks {
        // What people read of it does not say from where the officer came.
        let object = if *what == "queue" { "resident" } else { what };
        let event = Event::local(new.at, ActKind::PersonView, Some(*nik), object);
        ending.events.push(event.for_purpose(&new.purpose).by(officer));
        let lure = sqlx::query("SELECT 1 FROM honeytoken WHERE nik = ?").bind(nik.to_string());
        let is_lure = lure.fetch_optional(&mut *connection).await?.is_some() && *what != "family";
        let family = new.family.filter(|_| matches!(*what, "resident" | "queue"));
        insert(
            connection,
            *operator,
            new.at,
            (ending.subject(*nik), family.map(|kk| ending.family(kk))),
            what,
        )
        .await?;
        if is_lure {
            insert(connection, *operator, new.at, (ending.subject(*nik), None), "honeytoken").await?;
        }
    }
    Ok(Done::Nothing)
}

pub(super) async fn acted(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (operator, nik): (i64, Nik),
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    insert(connection, operator, at, (ending.subject(nik), None), "act").await?;
    Ok(Done::Nothing)
}

/// Something was proposed for a person, which serves nobody yet.
pub(super) async fn proposed(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (operator, nik): (i64, Nik),
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    insert(connection, operator, at, (ending.subject(nik), None), "proposed").await
}

/// What was proposed is agreed to, and so was done for the person when it was proposed; or nothing comes of it.
pub(super) async fn settled(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (operator, nik): (i64, Nik),
    (at, is_done): (Timestamp, bool),
) -> Result<(), sqlx::Error> {
    let subject = ending.subject(nik);
    if is_done {
        return insert(connection, operator, at, (subject, None), "act").await;
    }
    sqlx::query(
        "DELETE FROM operator_look WHERE operator = ? AND at = ? AND subject = ? AND what = 'proposed'",
    )
    .bind(operator)
    .bind(at.unix())
    .bind(subject.to_vec())
    .execute(connection)
    .await?;
    Ok(())
}

/// Nobody was found: on record without what was typed, which may be somebody's number with a slip in it.
pub(super) async fn missed(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    new: &NewMiss,
) -> Result<Done, sqlx::Error> {
    let (operator, officer) = &new.by;
    let event = Event::local(new.at, ActKind::PersonView, None, "search");
    ending.events.push(event.for_purpose(&new.purpose).by(officer));
    insert(connection, *operator, new.at, (ending.searched(&new.typed), None), "missed").await?;
    Ok(Done::Nothing)
}

async fn insert(
    connection: &mut SqliteConnection,
    operator: i64,
    at: Timestamp,
    (subject, family): ([u8; 32], Option<[u8; 32]>),
    what: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO operator_look (operator, at, subject, what, family) VALUES (?, ?, ?, ?, ?)")
        .bind(operator)
        .bind(at.unix())
        .bind(subject.to_vec())
        .bind(what)
        .bind(family.map(|family| family.to_vec()))
        .execute(connection)
        .await?;
    Ok(())
}

/// Batches that are the last of their card, hold, and end soon: copies in wallets, which renew them before, within the shorter
/// time (until `?2`), paper, which nobody renews, within the longer (until `?4`).
const DUE: &str = "FROM batch WHERE expires_at BETWEEN ?1 AND ?4 AND (expires_at <= ?2 OR format = 'kertas')
     AND NOT EXISTS (SELECT 1 FROM batch AS later WHERE later.nik = batch.nik AND later.kind = batch.kind
                     AND (later.format = 'kertas') = (batch.format = 'kertas')
                     AND CASE batch.format WHEN 'kertas' THEN later.id > batch.id ELSE
                          later.expires_at > batch.expires_at
                          OR (later.expires_at = batch.expires_at AND later.id > batch.id) END)
     AND EXISTS (SELECT 1 FROM copy WHERE copy.batch = batch.id AND copy.status = 0)
     AND batch.token NOT IN (SELECT access_token.key FROM pendamping_session
         JOIN access_token ON access_token.offer = pendamping_session.offer)";

impl SqliteStore {
    /// Writes down that these people's records are looked at: what of them, for what, by whom.
    pub(crate) async fn look(
        &self,
        (looks, family): (Vec<Look>, Option<NomorKk>),
        purpose: &str,
        by: (i64, String),
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let new = NewLook { looks, family, purpose: purpose.to_owned(), by, at };
        self.console(Step::Look(new)).await.map(drop)
    }

    /// Writes down that nobody was found.
    pub(crate) async fn miss(&self, new: NewMiss) -> Result<(), StoreError> {
        self.console(Step::Miss(new)).await.map(drop)
    }

    /// Writes down that something was done for a person.
    pub(crate) async fn acted(&self, operator: i64, nik: Nik, at: Timestamp) -> Result<(), StoreError> {
        self.console(Step::Acted { operator, nik, at }).await.map(drop)
    }

    /// What an operator has looked at and done of late, the oldest first.
    pub(crate) async fn looks_of(
        &self,
        operator: i64,
        now: Timestamp,
    ) -> Result<Vec<alerts::Look>, StoreError> {
        let rows = sqlx::query(
            "SELECT at, subject, what, family FROM operator_look
             WHERE operator = ? AND at >= ? AND what NOT IN ('family', '') ORDER BY at, rowid",
        );
        let rows = rows.bind(operator).bind(now.minus(MEMORY).unix());
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        let look = |row: &SqliteRow| {
            let tag = |bytes: Vec<u8>| <[u8; 32]>::try_from(bytes).map_err(|_| sqlx::Error::RowNotFound);
            Ok::<_, sqlx::Error>(What::of_name(row.try_get("what")?).map(|what| {
                Ok::<_, sqlx::Error>(alerts::Look {
                    at: Timestamp::from_unix(row.try_get("at")?),
                    subject: tag(row.try_get("subject")?)?,
                    family: row.try_get::<Option<Vec<u8>>, _>("family")?.map(tag).transpose()?,
                    what,
                })
            }))
        };
        let mut looks = Vec::with_capacity(rows.len());
        for row in &rows {
            if let Some(found) = look(row).map_err(unavailable)? {
                looks.push(found.map_err(unavailable)?);
            }
        }
        Ok(looks)
    }

    /// An operator's sign-ins of late, the oldest first.
    pub(crate) async fn sign_ins_of(&self, operator: i64) -> Result<Vec<alerts::Seen>, StoreError> {
        let rows =
            sqlx::query("SELECT at, device, source FROM operator_sign_in WHERE operator = ? ORDER BY at");
        let rows = rows.bind(operator).fetch_all(&self.read).await.map_err(unavailable)?;
        rows.iter().map(seen).collect::<Result<_, _>>().map_err(unavailable)
    }

    /// An operator's sessions in use, each with the address of the sign-in it goes back to.
    pub(crate) async fn places_of(&self, operator: i64) -> Result<Vec<alerts::Seen>, StoreError> {
        let rows = sqlx::query(
            "SELECT seen_at AS at, device, COALESCE((SELECT source FROM operator_sign_in AS entry
               WHERE entry.operator = operator_session.operator AND entry.at = signed_in_at
               AND entry.device = operator_session.device LIMIT 1), '') AS source
             FROM operator_session WHERE operator = ?",
        );
        let rows = rows.bind(operator).fetch_all(&self.read).await.map_err(unavailable)?;
        rows.iter().map(seen).collect::<Result<_, _>>().map_err(unavailable)
    }

    /// Cards whose last copies end soon (in wallets, on paper) and still hold, the soonest first: so many, and how many in all.
    pub(crate) async fn renewals(
        &self,
        (from, until, on_paper): (Timestamp, Timestamp, Timestamp),
        most: u32,
    ) -> Result<(Vec<Renewal>, u64), StoreError> {
        let text = format!("SELECT id, kind, format, expires_at {DUE} ORDER BY expires_at, id LIMIT ?3");
        let found = sqlx::query(sqlx::AssertSqlSafe(text))
            .bind(from.unix())
            .bind(until.unix())
            .bind(most)
            .bind(on_paper.unix());
        let found = found.fetch_all(&self.read).await.map_err(unavailable)?;
        let renewal = |row: &SqliteRow| {
            Ok(Renewal {
                batch: row.try_get("id").map_err(unavailable)?,
                kind: rows::kind(row)?,
                is_paper: row.try_get::<&str, _>("format").map_err(unavailable)? == "kertas",
                expires_at: rows::time(row, "expires_at")?,
            })
        };
        let listed = found.iter().map(renewal).collect::<Result<_, StoreError>>()?;
        let text = format!("SELECT COUNT(*) {DUE}");
        let row = sqlx::query(sqlx::AssertSqlSafe(text)).bind(from.unix()).bind(until.unix());
        let row = row.bind(most).bind(on_paper.unix());
        let count: i64 =
            row.fetch_one(&self.read).await.and_then(|row| row.try_get(0)).map_err(unavailable)?;
        Ok((listed, count.unsigned_abs()))
    }

    /// Whose card it is that ends within a time, of those that [`SqliteStore::renewals`] counts: nobody else's record is
    /// work that waits.
    pub(crate) async fn renewal(
        &self,
        (from, until, on_paper): (Timestamp, Timestamp, Timestamp),
        batch: i64,
    ) -> Result<Option<(Nik, CredentialType)>, StoreError> {
        let text = format!("SELECT nik, kind {DUE} AND id = ?3");
        let row = sqlx::query(sqlx::AssertSqlSafe(text)).bind(from.unix()).bind(until.unix());
        let row = row.bind(batch).bind(on_paper.unix());
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.map(|row| Ok((rows::nik(&row).map_err(unavailable)?, rows::kind(&row)?))).transpose()
    }
}

fn seen(row: &SqliteRow) -> Result<alerts::Seen, sqlx::Error> {
    Ok(alerts::Seen {
        at: Timestamp::from_unix(row.try_get("at")?),
        device: row.try_get("device")?,
        source: row.try_get("source")?,
    })
}
