//! Alerts: as the console lists them, and as they are told outside.

use absah_issuer_core::ports::StoreError;
use absah_types::Timestamp;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::acts::Act;
use super::console::Step;
use super::{SqliteStore, unavailable};

/// Something that looked unusual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Whose doing, if anybody's.
    pub operator: Option<i64>,
    /// The rule that says so.
    pub rule: String,
    /// Its value.
    pub detail: String,
    /// When it was looked into, and what was said.
    pub closed: Option<(Timestamp, String)>,
    /// By whom.
    pub closed_by: Option<i64>,
}

/// An alert that the hub has not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failing {
    /// Which.
    pub alert: Alert,
    /// How often it was tried in vain.
    pub tries: u32,
    /// How often of those the hub was reached and did not take it.
    pub refusals: u32,
    /// When it was in vain first.
    pub since: Timestamp,
    /// When the next try may be.
    pub next_at: Timestamp,
    /// Why the last one was in vain: our code, or `status-NNN`.
    pub fault: String,
    /// Since when it is tried no longer.
    pub given_up: Option<Timestamp>,
}

/// Which of the alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those that nobody has looked into: what many others must not push aside comes first, then the newest.
    Open,
    /// Those that somebody has: the last first.
    Closed,
}

impl Which {
    /// What holds of them, and their order.
    fn sql(self) -> (&'static str, &'static str) {
        match self {
            Self::Open => ("closed_at IS NULL", "rule NOT IN ('honeytoken', 'break-glass', 'guess')"),
            Self::Closed => ("closed_at IS NOT NULL", "closed_at DESC"),
        }
    }
}

fn alert(row: &SqliteRow) -> Result<Alert, sqlx::Error> {
    let closed: Option<i64> = row.try_get("closed_at")?;
    let note: Option<String> = row.try_get("note")?;
    Ok(Alert {
        id: row.try_get("id")?,
        at: Timestamp::from_unix(row.try_get("at")?),
        operator: row.try_get("operator")?,
        rule: row.try_get("rule")?,
        detail: row.try_get("detail")?,
        closed: closed.map(|at| (Timestamp::from_unix(at), note.unwrap_or_default())),
        closed_by: row.try_get("closed_by")?,
    })
}

impl SqliteStore {
    /// Raises an alert, with its leaf: it is shown in the console and waits to be told outside.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn raise(
        &self,
        operator: Option<i64>,
        rule: &'static str,
        detail: String,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.console(Step::Alert { operator, rule, detail, at }).await.map(drop)
    }

    /// One of them.
    pub(crate) async fn alert(&self, id: i64) -> Result<Option<Alert>, StoreError> {
        let row = sqlx::query("SELECT * FROM alert WHERE id = ?").bind(id);
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.as_ref().map(alert).transpose().map_err(unavailable)
    }

    pub(crate) async fn close_alert(
        &self,
        id: i64,
        by: i64,
        note: String,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.found(Act::Console(Box::new(Step::CloseAlert { id, by, note, at }))).await
    }

    /// Alerts that were not told outside yet, those that were tried least first, then the oldest; none that was given up.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn untold_alerts(&self, most: u32) -> Result<Vec<Alert>, StoreError> {
        self.untold(Timestamp::from_unix(i64::MAX), most).await
    }

    /// The same, of those alone whose next try may be now.
    pub(crate) async fn untold(&self, now: Timestamp, most: u32) -> Result<Vec<Alert>, StoreError> {
        let rows = sqlx::query(
            "SELECT alert.* FROM alert_outbox JOIN alert ON alert.id = alert_outbox.alert
             WHERE sent_at IS NULL AND given_up_at IS NULL AND next_at <= ?
             ORDER BY tries, alert.id LIMIT ?",
        );
        let rows = rows.bind(now.unix()).bind(most).fetch_all(&self.read).await.map_err(unavailable)?;
        rows.iter().map(alert).collect::<Result<_, _>>().map_err(unavailable)
    }

    /// Alerts that were told outside in vain so far or for good, those that are tried no longer first, then the oldest; and how
    /// many there are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn failing_alerts(&self, most: u32) -> Result<(Vec<Failing>, u64), StoreError> {
        let rows = sqlx::query(
            "SELECT alert.*, tries, refusals, next_at, fault, since, given_up_at, COUNT(*) OVER () AS many
             FROM alert_outbox JOIN alert ON alert.id = alert_outbox.alert
             WHERE sent_at IS NULL AND fault IS NOT NULL
             ORDER BY given_up_at IS NULL, alert.id LIMIT ?",
        );
        let rows = rows.bind(most).fetch_all(&self.read).await.map_err(unavailable)?;
        let many: i64 = match rows.first() {
            Some(row) => row.try_get("many").map_err(unavailable)?,
            None => 0,
        };
        let one = |row: &SqliteRow| {
            let given_up: Option<i64> = row.try_get("given_up_at")?;
            Ok::<_, sqlx::Error>(Failing {
                alert: alert(row)?,
                tries: row.try_get("tries")?,
                refusals: row.try_get("refusals")?,
                since: Timestamp::from_unix(row.try_get("since")?),
                next_at: Timestamp::from_unix(row.try_get("next_at")?),
                fault: row.try_get("fault")?,
                given_up: given_up.map(Timestamp::from_unix),
            })
        };
        let failing = rows.iter().map(one).collect::<Result<_, _>>().map_err(unavailable)?;
        Ok((failing, many.unsigned_abs()))
    }

    /// Writes down that an alert was told outside in vain: why, when the next try may be, none where it was the last; `refused`
    /// where the hub was reached and did not take it.
    pub(crate) async fn alert_failed(
        &self,
        id: i64,
        (fault, refused): (String, bool),
        next: Option<Timestamp>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.console(Step::AlertFailed { id, fault, refused, next, at }).await.map(drop)
    }

    /// How often the hub itself has refused an alert.
    pub(crate) async fn refusals_of(&self, id: i64) -> Result<u32, StoreError> {
        let row = sqlx::query("SELECT refusals FROM alert_outbox WHERE alert = ?").bind(id);
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.map_or(Ok(0), |row| row.try_get(0)).map_err(unavailable)
    }

    /// Writes down that an alert was told outside.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn alert_told(&self, id: i64, at: Timestamp) -> Result<(), StoreError> {
        self.console(Step::AlertTold { id, at }).await.map(drop)
    }

    /// A part of the alerts of one list, and how many it has.
    pub(crate) async fn alerts(
        &self,
        which: Which,
        (skip, most): (u32, u32),
    ) -> Result<(Vec<Alert>, u64), StoreError> {
        let (of, order) = which.sql();
        let text = format!("SELECT COUNT(*) FROM alert WHERE {of}");
        let row = sqlx::query(sqlx::AssertSqlSafe(text)).fetch_one(&self.read).await;
        let count: i64 = row.and_then(|row| row.try_get(0)).map_err(unavailable)?;
        let text = format!("SELECT * FROM alert WHERE {of} ORDER BY {order}, id DESC LIMIT ? OFFSET ?");
        let rows = sqlx::query(sqlx::AssertSqlSafe(text)).bind(most).bind(skip);
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        let alerts = rows.iter().map(alert).collect::<Result<_, _>>().map_err(unavailable)?;
        Ok((alerts, count.unsigned_abs()))
    }

    /// Alerts, the newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn newest_alerts(&self) -> Result<Vec<Alert>, StoreError> {
        let rows = sqlx::query("SELECT * FROM alert ORDER BY id DESC LIMIT 200");
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        rows.iter().map(alert).collect::<Result<_, _>>().map_err(unavailable)
    }

    /// What this rule has said last of this operator since a moment.
    pub(crate) async fn last_alert(
        &self,
        operator: i64,
        rule: &'static str,
        since: Timestamp,
    ) -> Result<Option<Alert>, StoreError> {
        let row = sqlx::query(
            "SELECT * FROM alert WHERE operator = ? AND rule = ? AND at >= ? ORDER BY id DESC LIMIT 1",
        );
        let row = row.bind(operator).bind(rule).bind(since.unix());
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.as_ref().map(alert).transpose().map_err(unavailable)
    }

    /// An alert that is open names a higher count from now on.
    pub(crate) async fn count_up(&self, id: i64, detail: String) -> Result<(), StoreError> {
        self.console(Step::CountUp { id, detail }).await.map(drop)
    }
}
