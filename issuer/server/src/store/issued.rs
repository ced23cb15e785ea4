//! Batches of copies on record: many in one statement, since they are what comes most.

use std::collections::HashSet;

use absah_issuer_core::ports::{ActKind, Issued, Recorded};
use absah_schemas::CredentialType;
use sqlx::{QueryBuilder, Row, SqliteConnection};

use super::acts::Ending;
use super::letters;
use super::rows::filled;
use crate::ledger::seal::Event;

/// Batches per statement.
const CHUNK: usize = 256;

/// A batch with its number and its event.
type Numbered<'a> = (&'a Issued, i64, [u8; 16]);

/// Records batches, and answers for each what became of it.
pub(super) async fn record(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    issued: &[&Issued],
) -> Result<Vec<Recorded>, sqlx::Error> {
    let mut recorded = Vec::with_capacity(issued.len());
    for chunk in issued.chunks(CHUNK) {
        let batch = next(connection).await?;
        let numbered: Vec<Numbered<'_>> =
            chunk.iter().zip(batch..).map(|(issued, batch)| (*issued, batch, ending.sealer.id())).collect();
        let missing = insert(connection, batch, &numbered).await?;
        for (issued, batch, event) in numbered {
            recorded.push(if missing.contains(&batch) {
                refused(connection, issued).await?
            } else {
                follow(connection, ending, (issued, batch, event)).await?;
                Recorded::Now
            });
        }
    }
    Ok(recorded)
}

/// The next number of a batch. Nobody else gives it: there is one writing transaction at a time.
async fn next(connection: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    sqlx::query("SELECT COALESCE(MAX(id), 0) + 1 FROM batch").fetch_one(connection).await?.try_get(0)
}

/// Puts batches in, numbered from the first on, and answers which of them are not there.
async fn insert(
    connection: &mut SqliteConnection,
    first: i64,
    numbered: &[Numbered<'_>],
) -> Result<HashSet<i64>, sqlx::Error> {
    // A card that was withdrawn meanwhile took its tokens with it.
    let mut insert = QueryBuilder::new(
        "INSERT INTO batch (id, token, format, nik, kind, issued_at, expires_at, event)
         SELECT column2, key, column3, nik, kind, column4, column5, column6 FROM (",
    );
    insert.push_values(filled(numbered), |mut row, numbered| {
        row.push_bind(numbered.map(|(issued, ..)| issued.token.as_slice()));
        row.push_bind(numbered.map(|(_, batch, _)| *batch));
        row.push_bind(numbered.map(|(issued, ..)| issued.format.name()));
        row.push_bind(numbered.map(|(issued, ..)| issued.at.unix()));
        row.push_bind(numbered.map(|(issued, ..)| issued.expires_at.unix()));
        row.push_bind(numbered.map(|(.., event)| event.as_slice()));
    });
    insert.push(
        ") CROSS JOIN access_token ON access_token.key = column1 WHERE access_token.expires_at > column4
         ON CONFLICT (token, format) DO NOTHING",
    );
    let done = insert.build().execute(&mut *connection).await?;
    // Asked only then, since each row of an answer costs a way between threads.
    if usize::try_from(done.rows_affected()) == Ok(numbered.len()) {
        return Ok(HashSet::new());
    }
    let rows = sqlx::query("SELECT id FROM batch WHERE id >= ?").bind(first).fetch_all(connection).await?;
    let mut missing: HashSet<i64> = numbered.iter().map(|(_, batch, _)| *batch).collect();
    for row in rows {
        missing.remove(&row.try_get(0)?);
    }
    Ok(missing)
}

async fn refused(connection: &mut SqliteConnection, issued: &Issued) -> Result<Recorded, sqlx::Error> {
    let before = sqlx::query("SELECT 1 FROM batch WHERE token = ? AND format = ?")
        .bind(issued.token.as_slice())
        .bind(issued.format.name());
    let before = before.fetch_optional(connection).await?.is_some();
    Ok(if before { Recorded::Before } else { Recorded::NotAny })
}

/// What a batch brings with it.
async fn follow(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (issued, batch, event): Numbered<'_>,
) -> Result<(), sqlx::Error> {
    let grant = &issued.grant;
    if grant.kind == CredentialType::SuratKeterangan {
        letters::issued(connection, &grant.offer).await?;
    }
    for slot in &issued.slots {
        let idx = i64::try_from(slot.reference.idx).unwrap_or(-1);
        ending.copies.push((slot.list, idx, batch));
        let used = ending.used.entry(slot.list).or_default();
        *used = (*used).max(slot.place.saturating_add(1));
    }
    let object = format!("{} {} {}", grant.kind.name(), issued.format.name(), issued.slots.len());
    let happened = Event::holder(issued.at, ActKind::Issue, grant.nik, object);
    let happened = happened.changing(super::acts::batch_rows(issued.slots.len()));
    ending.events.push(Event { id: Some(event), ..happened });
    Ok(())
}
