//! Erasure of events: after their retention, and then out of the files too.

use std::path::Path;
use std::time::Duration;

use absah_host::FileError;
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_ledger::Leaf;
use absah_types::{Seconds, Timestamp};
use sqlx::{Connection, Row, SqliteConnection};

use super::acts::{Act, Done, Ending};
use super::ledger::damaged;
use super::{SqliteStore, unavailable};
use crate::ledger::seal::Event;

/// How often the write-ahead log is tried to be emptied, and how long each try waits for readers.
const TRIES: u32 = 30;
const PATIENCE: Duration = Duration::from_secs(1);
/// Bytes of a wrap or a sealed event that are searched for as one: what moved within a page may be overwritten in part.
const PIECE: usize = 16;
/// Bytes of a file looked at in one go.
const WINDOW: usize = 1 << 20;

/// How long events are kept before they may be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention(Seconds);

impl Retention {
    /// Five years at the longest, with two leap days: "retention (5 years where no sector rule says otherwise), then
    /// destruction". So many days stand for five years by the calendar.
    pub const FLOOR_DAYS: i64 = 1827;

    /// So many days; nothing below the floor.
    #[must_use]
    pub const fn days(days: i64) -> Option<Self> {
        if days < Self::FLOOR_DAYS || days > 36_525 { None } else { Some(Self(Seconds::days(days))) }
    }

    /// The beginning of the first day (UTC) on which an event of that leaf's hour may be erased: the day after the one on
    /// which its five years, or more days where more are set, are over.
    #[must_use]
    pub fn ends(self, leaf: &Leaf) -> Timestamp {
        let day = leaf.hour_begins().start_of_day();
        let last = Timestamp::of_date(day.date().plus_years(5));
        let last = if self.0 > Seconds::days(Self::FLOOR_DAYS) { day.plus(self.0).max(last) } else { last };
        last.plus(Seconds::days(1))
    }
}

/// What became of a wish to erase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erased {
    /// It is gone, also from the files.
    Gone,
    /// There is no such event in the audit log, or it was erased before.
    Unknown,
    /// It must be kept until this day begins (UTC).
    TooEarly(Timestamp),
}

/// An event's sealed bytes and both wraps of its key.
type Sealed = Vec<Vec<u8>>;

pub(super) async fn erase(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (event, reason): (&[u8; 16], &str),
    retention: Retention,
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let row = sqlx::query("SELECT leaf FROM ledger_event WHERE id = ? AND log = 1 AND stored IS NOT NULL")
        .bind(event.as_slice());
    let Some(row) = row.fetch_optional(&mut *connection).await? else {
        return Ok(Done::Erased(Erased::Unknown));
    };
    // Erasure only "after retention": that holds for whatever is on record, also for the record of an erasure.
    let leaf = Leaf::parse(row.try_get("leaf")?).map_err(|_| damaged())?;
    let first = retention.ends(&leaf);
    if at < first {
        return Ok(Done::Erased(Erased::TooEarly(first)));
    }
    sqlx::query(
        "UPDATE ledger_event SET stored = NULL, for_citizen = NULL, for_auditors = NULL, subject = NULL
         WHERE id = ?",
    )
    .bind(event.as_slice())
    .execute(connection)
    .await?;
    let object = absah_types::base64url::encode(event);
    ending.events.push(Event::local(at, ActKind::Erase, None, object).for_purpose(reason));
    Ok(Done::Erased(Erased::Gone))
}

impl SqliteStore {
    /// Erases an event once its retention is over. Its leaf stays; of the rest no byte is in the files when this answers
    /// [`Erased::Gone`].
    ///
    /// # Errors
    /// [`StoreError`]; [`StoreError::Unavailable`] also when the event is erased and the files could not be cleaned
    /// because somebody reads them: asked again, it cleans them.
    pub async fn erase_event(
        &self,
        event: [u8; 16],
        reason: &str,
        retention: Retention,
        at: Timestamp,
    ) -> Result<Erased, StoreError> {
        let sealed = self.sealed(&event).await?;
        let act = Act::Erase { event, reason: reason.to_owned(), retention, at };
        let Done::Erased(erased) = self.write.act(act).await? else { return Err(StoreError::Damaged) };
        if !matches!(erased, Erased::TooEarly(_)) {
            self.clean(&sealed).await?;
        }
        Ok(erased)
    }

    async fn sealed(&self, event: &[u8; 16]) -> Result<Sealed, StoreError> {
        let row = sqlx::query("SELECT stored, for_citizen, for_auditors FROM ledger_event WHERE id = ?")
            .bind(event.as_slice());
        let Some(row) = row.fetch_optional(&self.read).await.map_err(unavailable)? else {
            return Ok(Sealed::new());
        };
        let mut sealed = Sealed::new();
        for column in 0..3 {
            sealed.extend(row.try_get::<Option<Vec<u8>>, _>(column).map_err(unavailable)?);
        }
        Ok(sealed)
    }

    /// Empties the write-ahead log, and builds the file anew where it still holds a piece of what was erased: a row that
    /// moved between pages leaves a copy that `secure_delete` does not know of.
    async fn clean(&self, sealed: &Sealed) -> Result<(), StoreError> {
        let options = self.options.clone().busy_timeout(PATIENCE);
        let mut connection = SqliteConnection::connect_with(&options).await.map_err(unavailable)?;
        truncate(&mut connection).await?;
        let file = self.options.get_filename();
        if holds(file, sealed).map_err(|_| StoreError::Unavailable)? {
            let mut patient = SqliteConnection::connect_with(&self.options).await.map_err(unavailable)?;
            sqlx::raw_sql("VACUUM").execute(&mut patient).await.map_err(unavailable)?;
            patient.close().await.map_err(unavailable)?;
            truncate(&mut connection).await?;
            if holds(file, sealed).map_err(|_| StoreError::Unavailable)? {
                return Err(StoreError::Unavailable);
            }
        }
        connection.close().await.map_err(unavailable)
    }
}

/// Moves the write-ahead log into the file and empties it, waiting for those who still read of it.
async fn truncate(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    for _ in 0..TRIES {
        let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await;
        match row.and_then(|row| row.try_get::<i64, _>(0)) {
            Ok(0) => return Ok(()),
            // "The first column is 1 if the checkpoint was blocked from completing": by a reader or a writer.
            Ok(_) => tokio::time::sleep(PATIENCE / 10).await,
            Err(error) => return Err(unavailable(error)),
        }
    }
    Err(StoreError::Unavailable)
}

/// Whether a file holds a piece of any of these.
fn holds(file: &Path, sealed: &Sealed) -> Result<bool, FileError> {
    use std::io::Read as _;
    let refused = |error: std::io::Error| FileError::Read { path: file.to_owned(), kind: error.kind() };
    let pieces: Vec<memchr::memmem::Finder<'_>> =
        sealed.iter().flat_map(|value| value.chunks_exact(PIECE)).map(memchr::memmem::Finder::new).collect();
    if pieces.is_empty() {
        return Ok(false);
    }
    let mut opened = std::fs::File::open(file).map_err(refused)?;
    let mut window: Vec<u8> = Vec::with_capacity(WINDOW + PIECE);
    loop {
        let limit = u64::try_from(WINDOW).unwrap_or(u64::MAX);
        let count = opened.by_ref().take(limit).read_to_end(&mut window).map_err(refused)?;
        if count == 0 {
            return Ok(false);
        }
        if pieces.iter().any(|piece| piece.find(&window).is_some()) {
            return Ok(true);
        }
        // A piece may begin in this window and end in the next.
        window.drain(..window.len().saturating_sub(PIECE - 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_ledger::LeafClass;

    #[test]
    fn retention_has_a_floor_and_ends_with_a_day() {
        assert_eq!(Retention::days(1826), None);
        assert_eq!(Retention::days(i64::MAX), None);
        let five_years = Retention::days(Retention::FLOOR_DAYS).unwrap();
        let at = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
        let leaf = |moment: Timestamp| Leaf {
            class: LeafClass::Erasure,
            hour: absah_ledger::leaf::hour(moment),
            event_id: [0; 16],
            commitment: [0; 32],
            stored_sha256: [0; 32],
        };
        let noon = leaf(at("2026-11-22T12:30:00Z"));
        assert_eq!(
            five_years.ends(&noon),
            at("2031-11-23T00:00:00Z"),
            "the day after the five years are over"
        );
        let late = leaf(at("2026-11-22T23:59:59Z"));
        assert_eq!(five_years.ends(&late), at("2031-11-23T00:00:00Z"));
        let early = leaf(at("2026-11-23T00:00:00Z"));
        assert_eq!(five_years.ends(&early), at("2031-11-24T00:00:00Z"));
        // Two leap days, and one that five years later is none.
        assert_eq!(five_years.ends(&leaf(at("2027-12-01T12:00:00Z"))), at("2032-12-02T00:00:00Z"));
        assert_eq!(five_years.ends(&leaf(at("2028-02-29T12:00:00Z"))), at("2033-03-02T00:00:00Z"));
        let longer = Retention::days(3650).unwrap();
        assert_eq!(longer.ends(&noon), at("2036-11-20T00:00:00Z"));
    }

    #[test]
    fn a_piece_is_found_across_windows_and_only_if_it_is_there() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("file");
        let sealed = vec![(0..40).collect::<Vec<u8>>()];
        let mut bytes = vec![255_u8; WINDOW - 7];
        bytes.extend(16..32);
        bytes.extend([255; 100]);
        std::fs::write(&file, &bytes).unwrap();
        assert!(holds(&file, &sealed).unwrap(), "the second piece, over the border");
        bytes[WINDOW] ^= 1;
        std::fs::write(&file, &bytes).unwrap();
        assert!(!holds(&file, &sealed).unwrap());
        assert!(!holds(&file, &Sealed::new()).unwrap());
    }
}
