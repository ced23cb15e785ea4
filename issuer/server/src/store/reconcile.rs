//! Acts counted against leaves: "never action without leaf or leaf without action".
//!
//! Three witnesses of one transaction are compared, by class: the event (its leaf), the note of the act, and the rows
//! that only such an act changes, which the database counts itself, whoever changes them. Each event is held against the
//! signed tree too ([`super::tree`]): none is gone from it, none is another.
//!
//! Not covered: the population and its portraits, which an import replaces as a whole; offers, sessions, tokens and whatever
//! else ends by itself; the sealed wraps of an event's key where the database does not see them change. And whoever writes
//! the file can also undo the counting, and roll rows, tiles and checkpoints back together: against that stand the
//! witnesses, outside audits, and the wallets that remember the largest tree they have seen.

use std::collections::BTreeMap;

use absah_issuer_core::ports::{ActKind, StoreError};
use absah_ledger::LeafClass;
use sqlx::{Row, SqliteConnection};

use super::ledger::unsigned;
use super::{SqliteStore, tree, unavailable};

/// What a reconciliation counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReconcileReport {
    /// Leaves in each log, by its name.
    pub leaves: Vec<(&'static str, u64)>,
    /// Events that wait to be put into a log.
    pub waiting: u64,
    /// Batches on record since there is a ledger.
    pub issued: u64,
    /// Events that were on record and are gone, whatever they were of.
    pub events_gone: u64,
    /// Events that are not what their leaf in the tree says.
    pub events_altered: u64,
    /// Acts against leaves.
    pub classes: BTreeMap<LeafClass, ClassReport>,
}

/// Acts of one class against their leaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClassReport {
    /// Acts noted.
    pub acts: u64,
    /// Events, in their log or on their way.
    pub leaves: u64,
    /// What was done and has no leaf: noted acts and changed rows.
    pub leaf_missing: u64,
    /// Leaves of what was not done.
    pub action_missing: u64,
}

impl ReconcileReport {
    /// Acts of all classes that have no leaf.
    #[must_use]
    pub fn leaf_missing(&self) -> u64 {
        self.classes.values().map(|class| class.leaf_missing).sum()
    }

    /// Leaves of all classes that have no act.
    #[must_use]
    pub fn action_missing(&self) -> u64 {
        self.classes.values().map(|class| class.action_missing).sum()
    }

    fn of(&mut self, class: LeafClass) -> &mut ClassReport {
        self.classes.entry(class).or_default()
    }
}

/// The class of an act by its name: in the registry log acts are called by their class.
fn class_of(act: &str) -> Option<LeafClass> {
    let kind = ActKind::ALL.into_iter().find(|kind| kind.as_str() == act);
    kind.map(ActKind::leaf_class).or_else(|| LeafClass::ALL.into_iter().find(|class| class.name() == act))
}

impl SqliteStore {
    /// Counts acts against leaves, at one moment.
    ///
    /// # Errors
    /// [`StoreError`]; [`StoreError::Damaged`] also for an act that no version knows.
    pub async fn reconcile(&self) -> Result<ReconcileReport, StoreError> {
        // One snapshot: acts that go on meanwhile tear nothing.
        let mut snapshot = self.read.begin().await.map_err(unavailable)?;
        let mut report = ReconcileReport::default();
        let changed = acts(&mut snapshot, &mut report).await?;
        events(&mut snapshot, &mut report).await?;
        rows(&mut snapshot, &changed, &mut report).await?;
        batches(&mut snapshot, &mut report).await?;
        let tree::Disagreement { gone, altered } = tree::compare(&mut snapshot).await?;
        (report.events_gone, report.events_altered) = (gone, altered);
        Ok(report)
    }

    /// How many rows of a class were changed beyond what its acts say they changed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn changed_past_acts(&self, class: LeafClass) -> Result<u64, StoreError> {
        let mut snapshot = self.read.begin().await.map_err(unavailable)?;
        let said = sqlx::query("SELECT act, SUM(changed) FROM act WHERE changed > 0 GROUP BY act");
        let mut noted = 0_u64;
        for row in said.fetch_all(&mut *snapshot).await.map_err(unavailable)? {
            if class_of(row.try_get(0).map_err(unavailable)?) == Some(class) {
                noted = noted.saturating_add(number(&row, 1)?);
            }
        }
        let counted = sqlx::query("SELECT MAX(0, count) FROM changed_row WHERE class = ?").bind(class.name());
        let counted = counted.fetch_one(&mut *snapshot).await.map_err(unavailable)?;
        Ok(number(&counted, 0)?.saturating_sub(noted))
    }
}

/// The notes of acts, each with its event of the same name; how many rows they say they changed.
async fn acts(
    connection: &mut SqliteConnection,
    report: &mut ReconcileReport,
) -> Result<BTreeMap<LeafClass, u64>, StoreError> {
    let found = sqlx::query(
        "SELECT act, COUNT(*), SUM(changed), SUM(NOT EXISTS (
             SELECT 1 FROM ledger_event WHERE ledger_event.id = act.event AND ledger_event.act = act.act))
         FROM act GROUP BY act",
    );
    let mut changed = BTreeMap::new();
    for row in found.fetch_all(connection).await.map_err(unavailable)? {
        let class = class_of(row.try_get(0).map_err(unavailable)?).ok_or(StoreError::Damaged)?;
        let of = report.of(class);
        of.acts += number(&row, 1)?;
        of.leaf_missing += number(&row, 3)?;
        *changed.entry(class).or_default() += number(&row, 2)?;
    }
    Ok(changed)
}

/// The events, each with its note, and a leaf that says the class of its act.
async fn events(connection: &mut SqliteConnection, report: &mut ReconcileReport) -> Result<(), StoreError> {
    let found = sqlx::query(
        "SELECT act, substr(leaf, 2, 1), log, COUNT(*), COUNT(position), SUM(NOT EXISTS (
             SELECT 1 FROM act WHERE act.event = ledger_event.id AND act.act = ledger_event.act))
         FROM ledger_event GROUP BY 1, 2, 3",
    );
    let mut logged = [("audit", 0), ("registry", 0)];
    for row in found.fetch_all(connection).await.map_err(unavailable)? {
        let class = class_of(row.try_get(0).map_err(unavailable)?).ok_or(StoreError::Damaged)?;
        let says: &[u8] = row.try_get(1).map_err(unavailable)?;
        let (all, in_log) = (number(&row, 3)?, number(&row, 4)?);
        let of = report.of(class);
        of.leaves += all;
        of.action_missing += if *says == [class.number()] { number(&row, 5)? } else { all };
        let place = usize::from(row.try_get::<i64, _>(2).map_err(unavailable)? != 1);
        if let Some((_, count)) = logged.get_mut(place) {
            *count += in_log;
        }
        report.waiting += all - in_log;
    }
    report.leaves = logged.to_vec();
    Ok(())
}

/// What the database counted against what the acts say they changed.
async fn rows(
    connection: &mut SqliteConnection,
    said: &BTreeMap<LeafClass, u64>,
    report: &mut ReconcileReport,
) -> Result<(), StoreError> {
    let found = sqlx::query("SELECT class, count FROM changed_row").fetch_all(connection).await;
    for row in found.map_err(unavailable)? {
        let class = class_of(row.try_get(0).map_err(unavailable)?).ok_or(StoreError::Damaged)?;
        let counted: i64 = row.try_get(1).map_err(unavailable)?;
        let said = i64::try_from(said.get(&class).copied().unwrap_or_default()).unwrap_or(i64::MAX);
        let more = counted.saturating_sub(said);
        let of = report.of(class);
        match u64::try_from(more) {
            Ok(more) => of.leaf_missing += more,
            Err(_) => of.action_missing += more.unsigned_abs(),
        }
    }
    Ok(())
}

/// Batches name their event themselves.
async fn batches(connection: &mut SqliteConnection, report: &mut ReconcileReport) -> Result<(), StoreError> {
    let row = sqlx::query(
        "WITH own AS (
             SELECT event FROM batch WHERE id > (SELECT value FROM number WHERE name = 'batches_before_ledger'))
         SELECT (SELECT COUNT(*) FROM own),
                (SELECT COUNT(*) FROM own WHERE NOT EXISTS (
                     SELECT 1 FROM ledger_event WHERE ledger_event.id = own.event AND act IN ('issue', 'paper'))),
                -- Events carried over from layout 1 name no batch: as many of them as there are batches from then.
                MAX(0, (SELECT COUNT(*) FROM ledger_event WHERE act IN ('issue', 'paper')) - (SELECT COUNT(*) FROM batch))",
    );
    let row = row.fetch_one(connection).await.map_err(unavailable)?;
    report.issued = number(&row, 0)?;
    let (leaf_missing, action_missing) = (number(&row, 1)?, number(&row, 2)?);
    let of = report.of(LeafClass::Issuance);
    of.leaf_missing += leaf_missing;
    of.action_missing += action_missing;
    Ok(())
}

fn number(row: &sqlx::sqlite::SqliteRow, column: usize) -> Result<u64, StoreError> {
    row.try_get(column).and_then(unsigned).map_err(unavailable)
}
