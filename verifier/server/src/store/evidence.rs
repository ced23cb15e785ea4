//! What is kept of accepted answers: first undecided, then as a chain, at last as receipts.
//!
//! Each step is one transaction: after a power cut an answer is unused, or used and undecided, or decided with its
//! evidence whole. There is nothing in between.

use absah_types::{Seconds, Timestamp};
use sqlx::{Row, Sqlite, Transaction};

use super::{Store, StoreError};

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS undecided (
    tag BLOB PRIMARY KEY,
    judged_at INTEGER NOT NULL,
    service TEXT NOT NULL,
    held BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS evidence (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    service TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    retain_until INTEGER NOT NULL,
    link TEXT NOT NULL,
    tokens TEXT NOT NULL,
    sealed BLOB,
    key BLOB,
    receipt TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS chain_head (only INTEGER PRIMARY KEY CHECK (only = 1), sealed BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS status_token (sha256 TEXT PRIMARY KEY, token TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS visit (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    service TEXT NOT NULL,
    code TEXT NOT NULL,
    colour TEXT NOT NULL,
    verdict TEXT,
    seconds INTEGER NOT NULL
) STRICT;
";

/// An accepted answer that waits for the officer's word.
pub(crate) struct Undecided {
    pub(crate) tag: Vec<u8>,
    pub(crate) judged_at: Timestamp,
    pub(crate) service: String,
    /// Sealed.
    pub(crate) held: Vec<u8>,
}

/// Where a chain ends before a link is added.
pub(crate) struct ChainEnd {
    /// The number of the next link.
    pub(crate) number: u64,
    /// The last link, a JWS.
    pub(crate) last: Option<String>,
    /// What is kept of the end, sealed.
    pub(crate) head: Option<Vec<u8>>,
}

/// One piece of evidence.
pub(crate) struct EvidenceRow {
    pub(crate) number: u64,
    pub(crate) id: String,
    pub(crate) service: String,
    pub(crate) decided_at: Timestamp,
    pub(crate) retain_until: Timestamp,
    pub(crate) link: String,
    /// Hashes of the status tokens it was judged by.
    pub(crate) tokens: Vec<String>,
    /// None once erased.
    pub(crate) sealed: Option<Vec<u8>>,
    /// Sealed under the store's key; none once erased.
    pub(crate) key: Option<Vec<u8>>,
    pub(crate) receipt: Option<String>,
}

/// A citizen at the counter, without anything about the citizen.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    pub(crate) at: Timestamp,
    pub(crate) service: String,
    pub(crate) code: String,
    pub(crate) colour: String,
    /// `matched`, `mismatched`, `abandoned`; none when there was nothing to decide.
    pub(crate) verdict: Option<String>,
    /// From the request to its end.
    pub(crate) seconds: i64,
    /// Why a weaker proof was taken with old data, sealed.
    pub(crate) reason: Option<Vec<u8>>,
}

impl Store {
    /// Marks a request as used, wipes its secrets and keeps what waits for the officer's word, all at once; false when
    /// another answer was faster. `outcome` is what a session says of it, sealed.
    pub(crate) async fn use_up_keeping(
        &self,
        kept: &Undecided,
        tokens: &[(String, String)],
        outcome: Option<&[u8]>,
    ) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let done = sqlx::query(
            "UPDATE request SET used_at = ?, pending = NULL, outcome = ? WHERE tag = ? AND used_at IS NULL",
        )
        .bind(kept.judged_at.unix())
        .bind(outcome)
        .bind(&kept.tag)
        .execute(&mut *write)
        .await?;
        if done.rows_affected() != 1 {
            return Ok(false);
        }
        sqlx::query("DELETE FROM doubtful WHERE tag = ?").bind(&kept.tag).execute(&mut *write).await?;
        sqlx::query("INSERT INTO undecided (tag, judged_at, service, held) VALUES (?, ?, ?, ?)")
            .bind(&kept.tag)
            .bind(kept.judged_at.unix())
            .bind(&kept.service)
            .bind(&kept.held)
            .execute(&mut *write)
            .await?;
        for (hash, token) in tokens {
            sqlx::query("INSERT OR IGNORE INTO status_token (sha256, token) VALUES (?, ?)")
                .bind(hash)
                .bind(token)
                .execute(&mut *write)
                .await?;
        }
        write.commit().await?;
        Ok(true)
    }

    /// All that waits for the officer's word, oldest first: what was answered on the same device only once the page that
    /// asked came back.
    pub(crate) async fn undecided(&self) -> Result<Vec<Undecided>, StoreError> {
        self.waiting(
            "SELECT tag, judged_at, service, held FROM undecided WHERE tag NOT IN
             (SELECT request.tag FROM request JOIN same_device USING (session) WHERE taken_at IS NULL)
             ORDER BY judged_at, tag",
        )
        .await
    }

    /// All that was accepted and not filed, shown or not.
    pub(crate) async fn accepted(&self) -> Result<Vec<Undecided>, StoreError> {
        self.waiting("SELECT tag, judged_at, service, held FROM undecided ORDER BY judged_at, tag").await
    }

    async fn waiting(&self, query: &'static str) -> Result<Vec<Undecided>, StoreError> {
        let rows = sqlx::query(query).fetch_all(&self.pool).await?;
        let one = |row: &sqlx::sqlite::SqliteRow| {
            Ok::<_, sqlx::Error>(Undecided {
                tag: row.try_get("tag")?,
                judged_at: Timestamp::from_unix(row.try_get("judged_at")?),
                service: row.try_get("service")?,
                held: row.try_get("held")?,
            })
        };
        Ok(rows.iter().map(one).collect::<Result<_, _>>()?)
    }

    /// Replaces what waits under `tag` by its evidence, whose link and new end of the chain `make` signs and seals from the
    /// end before; nothing when it was decided meanwhile. `outcome` replaces what a session says of it.
    pub(crate) async fn file<E: From<StoreError>>(
        &self,
        tag: &[u8],
        visit: &Visit,
        outcome: Option<&[u8]>,
        make: impl FnOnce(&ChainEnd) -> Result<(EvidenceRow, Vec<u8>), E>,
    ) -> Result<Option<EvidenceRow>, E> {
        let mut write = self.write().await?;
        let gone = sqlx::query("DELETE FROM undecided WHERE tag = ?")
            .bind(tag)
            .execute(&mut *write)
            .await
            .map_err(StoreError::from)?;
        if gone.rows_affected() != 1 {
            return Ok(None);
        }
        let (row, head) = make(&end(&mut write).await?)?;
        insert(&mut write, &row, &head).await?;
        note(&mut write, visit).await?;
        if let Some(outcome) = outcome {
            sqlx::query("UPDATE request SET outcome = ? WHERE tag = ? AND outcome IS NOT NULL")
                .bind(outcome)
                .bind(tag)
                .execute(&mut *write)
                .await
                .map_err(StoreError::from)?;
        }
        write.commit().await.map_err(StoreError::from)?;
        // Facts and portrait of the answer are gone from the table: now also from the write-ahead log. What is filed is filed:
        // a log that is busy is emptied later.
        match self.empty_log().await {
            Ok(()) | Err(StoreError::LogBusy) => Ok(Some(row)),
            Err(error) => Err(error.into()),
        }
    }

    /// Where the chain ends.
    pub(crate) async fn chain_end(&self) -> Result<ChainEnd, StoreError> {
        let mut read = self.pool.begin().await?;
        end(&mut read).await
    }

    /// A citizen whose answer left nothing to decide.
    pub(crate) async fn note_visit(&self, visit: &Visit) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        note(&mut write, visit).await?;
        Ok(write.commit().await?)
    }

    /// All visits from `since` on, newest first.
    pub(crate) async fn visits(&self, since: Timestamp) -> Result<Vec<Visit>, StoreError> {
        let rows = sqlx::query(
            "SELECT at, service, code, colour, verdict, seconds, reason FROM visit WHERE at >= ? ORDER BY number DESC",
        )
        .bind(since.unix())
        .fetch_all(&self.pool)
        .await?;
        let one = |row: &sqlx::sqlite::SqliteRow| {
            Ok::<_, sqlx::Error>(Visit {
                at: Timestamp::from_unix(row.try_get("at")?),
                service: row.try_get("service")?,
                code: row.try_get("code")?,
                colour: row.try_get("colour")?,
                verdict: row.try_get("verdict")?,
                seconds: row.try_get("seconds")?,
                reason: row.try_get("reason")?,
            })
        };
        Ok(rows.iter().map(one).collect::<Result<_, _>>()?)
    }

    /// The whole chain, oldest first.
    pub(crate) async fn evidence(&self) -> Result<Vec<EvidenceRow>, StoreError> {
        let rows = sqlx::query("SELECT * FROM evidence ORDER BY number").fetch_all(&self.pool).await?;
        rows.iter().map(evidence_row).collect()
    }

    /// One piece of evidence.
    pub(crate) async fn evidence_of(&self, id: &str) -> Result<Option<EvidenceRow>, StoreError> {
        let row =
            sqlx::query("SELECT * FROM evidence WHERE id = ?").bind(id).fetch_optional(&self.pool).await?;
        row.as_ref().map(evidence_row).transpose()
    }

    /// A status token of the archive.
    pub(crate) async fn status_token(&self, hash: &str) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT token FROM status_token WHERE sha256 = ?")
            .bind(hash)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|row| row.try_get("token")).transpose()?)
    }

    /// Puts a receipt in the place of key and packet; false when somebody did before. Afterwards no file of the store
    /// holds either: freed pages are overwritten and the write-ahead log is emptied.
    /// `change` signs what stands of it in the list of changes.
    pub(crate) async fn erase<E: From<StoreError>>(
        &self,
        id: &str,
        receipt: &str,
        change: Option<impl FnOnce(u64, Option<&str>) -> Result<String, E>>,
    ) -> Result<bool, E> {
        let mut write = self.write().await?;
        let done = sqlx::query(
            "UPDATE evidence SET sealed = NULL, key = NULL, receipt = ? WHERE id = ? AND receipt IS NULL",
        )
        .bind(receipt)
        .bind(id)
        .execute(&mut *write)
        .await
        .map_err(StoreError::from)?;
        let is_erased = done.rows_affected() == 1;
        if let Some(change) = change.filter(|_| is_erased) {
            super::officers::add_change(&mut write, change).await?;
        }
        write.commit().await.map_err(StoreError::from)?;
        self.empty_log().await?;
        Ok(is_erased)
    }
}

async fn end(read: &mut Transaction<'_, Sqlite>) -> Result<ChainEnd, StoreError> {
    let head =
        sqlx::query("SELECT sealed FROM chain_head WHERE only = 1").fetch_optional(&mut **read).await?;
    let head = head.map(|row| row.try_get("sealed")).transpose()?;
    let last = sqlx::query("SELECT number, link FROM evidence ORDER BY number DESC LIMIT 1")
        .fetch_optional(&mut **read)
        .await?;
    let Some(last) = last else { return Ok(ChainEnd { number: 1, last: None, head }) };
    let (number, link): (i64, String) = (last.try_get("number")?, last.try_get("link")?);
    Ok(ChainEnd { number: u64::try_from(number).unwrap_or_default() + 1, last: Some(link), head })
}

async fn insert(
    write: &mut Transaction<'_, Sqlite>,
    row: &EvidenceRow,
    head: &[u8],
) -> Result<(), StoreError> {
    sqlx::query("INSERT OR REPLACE INTO chain_head (only, sealed) VALUES (1, ?)")
        .bind(head)
        .execute(&mut **write)
        .await?;
    sqlx::query(
        "INSERT INTO evidence (number, id, service, decided_at, retain_until, link, tokens, sealed, key)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(i64::try_from(row.number).unwrap_or(i64::MAX))
    .bind(&row.id)
    .bind(&row.service)
    .bind(row.decided_at.unix())
    .bind(row.retain_until.unix())
    .bind(&row.link)
    .bind(row.tokens.join(" "))
    .bind(&row.sealed)
    .bind(&row.key)
    .execute(&mut **write)
    .await?;
    Ok(())
}

async fn note(write: &mut Transaction<'_, Sqlite>, visit: &Visit) -> Result<(), StoreError> {
    // What an officer wrote is kept no longer than it is counted.
    sqlx::query("UPDATE visit SET reason = NULL WHERE reason IS NOT NULL AND at < ?")
        .bind(visit.at.minus(Seconds::days(crate::tally::MOST_DAYS)).unix())
        .execute(&mut **write)
        .await?;
    sqlx::query(
        "INSERT INTO visit (at, service, code, colour, verdict, seconds, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(visit.at.unix())
    .bind(&visit.service)
    .bind(&visit.code)
    .bind(&visit.colour)
    .bind(&visit.verdict)
    .bind(visit.seconds)
    .bind(&visit.reason)
    .execute(&mut **write)
    .await?;
    Ok(())
}

fn evidence_row(row: &sqlx::sqlite::SqliteRow) -> Result<EvidenceRow, StoreError> {
    let number: i64 = row.try_get("number")?;
    let tokens: String = row.try_get("tokens")?;
    Ok(EvidenceRow {
        number: u64::try_from(number).map_err(|_| StoreError::Damaged)?,
        id: row.try_get("id")?,
        service: row.try_get("service")?,
        decided_at: Timestamp::from_unix(row.try_get("decided_at")?),
        retain_until: Timestamp::from_unix(row.try_get("retain_until")?),
        link: row.try_get("link")?,
        tokens: tokens.split_whitespace().map(str::to_owned).collect(),
        sealed: row.try_get("sealed")?,
        key: row.try_get("key")?,
        receipt: row.try_get("receipt")?,
    })
}
