//! Batches of copies on record: many in one statement, since they are what comes most.

use std::collections::HashMap;

use absah_issuer_core::ports::{ActKind, Issued, Recorded};
use absah_schemas::CredentialType;
use sqlx::{QueryBuilder, Row, SqliteConnection};

use super::acts::Ending;
use super::ledger::damaged;
use super::letters;
use super::rows::filled;
use crate::ledger::seal::Event;

/// Batches per statement.
const CHUNK: usize = 256;

/// Records batches, and answers for each what became of it.
pub(super) async fn record(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    issued: &[&Issued],
) -> Result<Vec<Recorded>, sqlx::Error> {
    let mut recorded = Vec::with_capacity(issued.len());
    for chunk in issued.chunks(CHUNK) {
        let chunk: Vec<_> = chunk.iter().map(|issued| (*issued, ending.sealer.id())).collect();
        let rows = insert(connection, &chunk).await?;
        for (issued, event) in chunk {
            recorded.push(match rows.get(&event) {
                Some(batch) => {
                    follow(connection, ending, (issued, event), *batch).await?;
                    Recorded::Now
                }
                None => refused(connection, issued).await?,
            });
        }
    }
    Ok(recorded)
}

/// The numbers of the batches that were put in, by their events.
async fn insert(
    connection: &mut SqliteConnection,
    issued: &[(&Issued, [u8; 16])],
) -> Result<HashMap<[u8; 16], i64>, sqlx::Error> {
    // A card that was withdrawn meanwhile took its tokens with it.
    let mut insert = QueryBuilder::new(
        "INSERT INTO batch (token, format, nik, kind, issued_at, expires_at, event)
         SELECT key, column2, nik, kind, column3, column4, column5 FROM (",
    );
    insert.push_values(filled(issued), |mut row, issued| {
        row.push_bind(issued.map(|(issued, _)| issued.token.as_slice()));
        row.push_bind(issued.map(|(issued, _)| issued.format.name()));
        row.push_bind(issued.map(|(issued, _)| issued.at.unix()));
        row.push_bind(issued.map(|(issued, _)| issued.expires_at.unix()));
        row.push_bind(issued.map(|(_, event)| event.as_slice()));
    });
    insert.push(
        ") CROSS JOIN access_token ON access_token.key = column1 WHERE access_token.expires_at > column3
         ON CONFLICT (token, format) DO NOTHING RETURNING id, event",
    );
    let rows = insert.build().fetch_all(connection).await?;
    let batch = |row: &sqlx::sqlite::SqliteRow| {
        let event: &[u8] = row.try_get("event")?;
        Ok((event.try_into().map_err(|_| damaged())?, row.try_get("id")?))
    };
    rows.iter().map(batch).collect()
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
    (issued, event): (&Issued, [u8; 16]),
    batch: i64,
) -> Result<(), sqlx::Error> {
    let grant = &issued.grant;
    ending.notifications.push((issued.notification, issued.token));
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
