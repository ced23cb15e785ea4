//! What an import does to issued cards: at once when it is little, as a proposal when it is much.

use std::collections::{BTreeMap, BTreeSet};

use absah_credential::status_list::Status;
use absah_issuer_core::Resident;
use absah_issuer_core::lifecycle::{
    Touched, families, keeper_gone, needs_approval, other_head, own_cards, portrait,
};
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_issuer_core::status::Change;
use absah_schemas::CredentialType;
use absah_types::{Nik, NomorKk, PopulationStatus, Timestamp};
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending, WantedChange, apply_change};
use super::population::Imported;
use super::{SqliteStore, rows, unavailable};
use crate::ledger::seal::Event;

/// A proposal as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its number.
    pub id: i64,
    /// When it was made.
    pub made_at: Timestamp,
    /// `death` or `many`.
    pub reason: String,
    /// What became of it.
    pub state: ProposalState,
    /// Cards to be changed, by kind of card and of change.
    pub changes: Vec<(String, String, u64)>,
    /// How many people they belong to.
    pub people: u64,
}

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposalState {
    /// Nobody has decided.
    Waiting,
    /// The changes were made.
    Approved(Timestamp),
    /// The cards were left as they are.
    Refused(Timestamp),
    /// A later import proposed all of it again: the later proposal is the one to decide.
    Replaced(Timestamp),
}

/// One person whose cards a proposal would change.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Affected {
    pub(crate) nik: Nik,
    /// As the register has it now; nothing if the person is no longer in it.
    pub(crate) nama: Option<String>,
    /// Kinds of card and of change.
    pub(crate) changes: Vec<(String, String)>,
}

fn damaged() -> sqlx::Error {
    sqlx::Error::RowNotFound
}

/// What an import does to cards, gathered row by row within its transaction.
pub(super) struct Consequences {
    /// Whose cards were ever issued. Nobody else's status can change.
    holders: BTreeSet<(Nik, CredentialType)>,
    touched: BTreeMap<(Nik, CredentialType), Change>,
    families: BTreeSet<NomorKk>,
    /// Families that have another head.
    heads: BTreeSet<NomorKk>,
    /// Who has died.
    dead: BTreeSet<Nik>,
    /// Whether two people agreed to it: then nothing is left to propose.
    pub(super) agreed: bool,
}

impl Consequences {
    pub(super) async fn begin(connection: &mut SqliteConnection) -> Result<Self, sqlx::Error> {
        let mut holders = BTreeSet::new();
        for row in sqlx::query("SELECT DISTINCT nik, kind FROM batch").fetch_all(connection).await? {
            let nik = row.try_get::<&str, _>(0)?.parse().map_err(|_| damaged())?;
            holders.insert((nik, rows::kind(&row).map_err(|_| damaged())?));
        }
        Ok(Self {
            holders,
            touched: BTreeMap::new(),
            families: BTreeSet::new(),
            heads: BTreeSet::new(),
            dead: BTreeSet::new(),
            agreed: false,
        })
    }

    /// Takes note of a record that is new or differs from before, which is still in the register.
    pub(super) async fn note(
        &mut self,
        connection: &mut SqliteConnection,
        is_known: bool,
        after: &Resident,
    ) -> Result<(), sqlx::Error> {
        if self.holders.is_empty() {
            return Ok(());
        }
        let mut before = None;
        if is_known {
            let row = sqlx::query("SELECT * FROM resident WHERE nik = ?").bind(after.nik.to_string());
            let row = row.fetch_optional(&mut *connection).await?.ok_or_else(damaged)?;
            before = Some(rows::resident(&row).map_err(|_| damaged())?);
        }
        if let Some(before) = &before {
            if before.status_dasar != after.status_dasar {
                // Somebody said to have died who has not: nobody may find the old word still waiting and approve it.
                withdraw(&mut *connection, after.nik).await?;
                if after.status_dasar == PopulationStatus::Dead {
                    self.dead.insert(after.nik);
                }
            }
            own_cards(before, after).into_iter().for_each(|touched| self.touch(touched));
        }
        if before.as_ref().is_some_and(|before| keeper_gone(before, after)) {
            for (nik, kind) in super::kept::kept_by(&mut *connection, after.nik).await? {
                self.touch(Touched { nik, kind, change: Change::Supersede });
            }
        }
        self.families.extend(families(before.as_ref(), after));
        self.heads.extend(other_head(before.as_ref(), after));
        Ok(())
    }

    /// Takes note of a picture that is about to replace the one in the register.
    pub(super) fn note_portrait(&mut self, nik: Nik, before: Option<&[u8]>, after: &[u8]) {
        portrait(nik, before, after).into_iter().for_each(|touched| self.touch(touched));
    }

    fn touch(&mut self, touched: Touched) {
        if self.holders.contains(&(touched.nik, touched.kind)) {
            let change = self.touched.entry((touched.nik, touched.kind)).or_insert(touched.change);
            *change = (*change).max(touched.change);
        }
    }

    /// Makes the changes, or a proposal of them, now that the register is written.
    pub(super) async fn end(
        mut self,
        connection: &mut SqliteConnection,
        ending: &mut Ending<'_>,
        imported: &mut Imported,
        at: Timestamp,
    ) -> Result<(), sqlx::Error> {
        let families = core::mem::take(&mut self.families);
        let heads = core::mem::take(&mut self.heads);
        for (kind, families) in [(CredentialType::KartuKeluarga, families), (CredentialType::Kia, heads)] {
            if !self.holders.iter().any(|(_, held)| *held == kind) {
                continue;
            }
            for no_kk in families {
                let members = sqlx::query("SELECT nik FROM resident WHERE no_kk = ?").bind(no_kk.to_string());
                for row in members.fetch_all(&mut *connection).await? {
                    let nik = row.try_get::<&str, _>(0)?.parse().map_err(|_| damaged())?;
                    self.touch(Touched { nik, kind, change: Change::Supersede });
                }
            }
        }
        let touched = core::mem::take(&mut self.touched);
        for ((nik, kind), change) in touched {
            if would_change(connection, nik, kind, change).await? {
                self.touched.insert((nik, kind), change);
            } else {
                // Nothing is left to decide about it, but what was opened for the card before is closed all the same.
                let wanted = WantedChange { nik, kind, change, up_to_batch: None };
                let _ = apply_change(connection, ending, &wanted, at).await?;
            }
        }
        if self.touched.is_empty() {
            return close_empty(connection, None, at).await;
        }
        let people: BTreeSet<Nik> = self.touched.keys().map(|(nik, _)| *nik).collect();
        let any_death = people.iter().any(|nik| self.dead.contains(nik));
        let people = people.len() as u64;
        let row = sqlx::query("SELECT COUNT(*) FROM resident").fetch_one(&mut *connection).await?;
        let register = u64::try_from(row.try_get::<i64, _>(0)?).unwrap_or_default();
        if !self.agreed && needs_approval(people, register, any_death) {
            let reason = if any_death { "death" } else { "many" };
            let id = self.propose(connection, ending, reason, at).await?;
            imported.proposal = Some(id);
            return close_empty(connection, Some(id), at).await;
        }
        close_empty(connection, None, at).await?;
        for ((nik, kind), change) in &self.touched {
            let wanted = WantedChange { nik: *nik, kind: *kind, change: *change, up_to_batch: None };
            // A card that is revoked already stays so.
            let changed = apply_change(connection, ending, &wanted, at).await?.unwrap_or(0);
            let count = match change {
                Change::Revoke => &mut imported.revoked,
                Change::Suspend => &mut imported.suspended,
                Change::Supersede | Change::Unsuspend => &mut imported.superseded,
            };
            *count += u64::from(changed > 0);
        }
        Ok(())
    }

    async fn propose(
        &self,
        connection: &mut SqliteConnection,
        ending: &mut Ending<'_>,
        reason: &str,
        at: Timestamp,
    ) -> Result<i64, sqlx::Error> {
        let row = sqlx::query(
            "INSERT INTO proposal (made_at, reason, last_batch)
             SELECT ?, ?, COALESCE(MAX(id), 0) FROM batch RETURNING id",
        )
        .bind(at.unix())
        .bind(reason)
        .fetch_one(&mut *connection)
        .await?;
        let id: i64 = row.try_get(0)?;
        for ((nik, kind), change) in &self.touched {
            // What waits already is proposed once: here, where it is up to date.
            sqlx::query(
                "DELETE FROM proposal_change WHERE nik = ? AND kind = ? AND change = ?
                 AND proposal IN (SELECT id FROM proposal WHERE decided_at IS NULL)",
            )
            .bind(nik.to_string())
            .bind(kind.name())
            .bind(change.as_str())
            .execute(&mut *connection)
            .await?;
            sqlx::query("INSERT INTO proposal_change (proposal, nik, kind, change) VALUES (?, ?, ?, ?)")
                .bind(id)
                .bind(nik.to_string())
                .bind(kind.name())
                .bind(change.as_str())
                .execute(&mut *connection)
                .await?;
        }
        let object = format!("{id} {reason} {}", self.touched.len());
        ending.events.push(Event::local(at, ActKind::Propose, None, object));
        Ok(id)
    }
}

/// Takes back what waits because of a status that the register no longer has.
async fn withdraw(connection: &mut SqliteConnection, nik: Nik) -> Result<(), sqlx::Error> {
    let rows = sqlx::query(
        "DELETE FROM proposal_change WHERE nik = ? AND change IN (?, ?)
         AND proposal IN (SELECT id FROM proposal WHERE decided_at IS NULL)",
    );
    let rows = rows.bind(nik.to_string()).bind(Change::Revoke.as_str()).bind(Change::Suspend.as_str());
    rows.execute(connection).await?;
    Ok(())
}

/// Closes proposals of which nothing waits any more: decided by nobody, neither approved nor refused, replaced.
async fn close_empty(
    connection: &mut SqliteConnection,
    by: Option<i64>,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE proposal SET decided_at = ?, note = ? WHERE decided_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM proposal_change WHERE proposal_change.proposal = proposal.id)",
    )
    .bind(at.unix())
    .bind(by.map(|id| id.to_string()))
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether any copy of a card would have another status after a change.
async fn would_change(
    connection: &mut SqliteConnection,
    nik: Nik,
    kind: CredentialType,
    change: Change,
) -> Result<bool, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT DISTINCT copy.status FROM copy JOIN batch ON batch.id = copy.batch
         WHERE batch.nik = ? AND batch.kind = ?",
    );
    for row in rows.bind(nik.to_string()).bind(kind.name()).fetch_all(connection).await? {
        let status = Status::of_value(row.try_get(0)?).ok_or_else(damaged)?;
        if change.of(status).is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Approves or refuses a proposal that waits.
pub(super) async fn decide(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    proposal: i64,
    approve: bool,
    note: &str,
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let row = sqlx::query(
        "UPDATE proposal SET decided_at = ?, approved = ?, note = ? WHERE id = ? AND decided_at IS NULL
         RETURNING last_batch",
    )
    .bind(at.unix())
    .bind(approve)
    .bind(note)
    .bind(proposal)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(Done::Decided(None)) };
    let last_batch: i64 = row.try_get(0)?;
    let act = if approve { ActKind::Approve } else { ActKind::RefuseProposal };
    ending.events.push(Event::local(at, act, None, proposal.to_string()).for_purpose(note));
    let mut cards = 0;
    if approve {
        let rows =
            sqlx::query("SELECT nik, kind, change FROM proposal_change WHERE proposal = ?").bind(proposal);
        for row in rows.fetch_all(&mut *connection).await? {
            let nik = row.try_get::<&str, _>("nik")?.parse().map_err(|_| damaged())?;
            let kind = rows::kind(&row).map_err(|_| damaged())?;
            let name: &str = row.try_get("change")?;
            let change =
                Change::ALL.into_iter().find(|change| change.as_str() == name).ok_or_else(damaged)?;
            // Copies issued since then have the new facts.
            let up_to_batch = (change == Change::Supersede).then_some(last_batch);
            let wanted = WantedChange { nik, kind, change, up_to_batch };
            let changed = apply_change(connection, ending, &wanted, at).await?.unwrap_or(0);
            cards += u64::from(changed > 0);
        }
    }
    Ok(Done::Decided(Some(cards)))
}

impl SqliteStore {
    /// Approves or refuses a proposal that waits; how many cards changed, or nothing if there is no such one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn decide_proposal(
        &self,
        proposal: i64,
        approve: bool,
        note: &str,
        at: Timestamp,
    ) -> Result<Option<u64>, StoreError> {
        match self.write.act(Act::Decide { proposal, approve, note: note.to_owned(), at }).await? {
            Done::Decided(cards) => Ok(cards),
            _ => Err(StoreError::Damaged),
        }
    }

    /// All proposals, the newest last.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn proposals(&self) -> Result<Vec<Proposal>, StoreError> {
        let mut listed = Vec::new();
        let rows = sqlx::query("SELECT * FROM proposal ORDER BY id").fetch_all(&self.read).await;
        for row in rows.map_err(unavailable)? {
            listed.push(self.proposal_of(&row).await.map_err(unavailable)?);
        }
        Ok(listed)
    }

    /// The people of a proposal by NIK, at most that many.
    pub(crate) async fn proposal_people(&self, id: i64, most: u32) -> Result<Vec<Affected>, StoreError> {
        let rows = sqlx::query(
            "SELECT proposal_change.nik, kind, change, nama FROM proposal_change
             LEFT JOIN resident ON resident.nik = proposal_change.nik
             WHERE proposal = ?1 AND proposal_change.nik IN
             (SELECT DISTINCT nik FROM proposal_change WHERE proposal = ?1 ORDER BY nik LIMIT ?2)
             ORDER BY proposal_change.nik, kind",
        )
        .bind(id)
        .bind(most)
        .fetch_all(&self.read)
        .await
        .map_err(unavailable)?;
        let mut people: Vec<Affected> = Vec::new();
        for row in &rows {
            let nik: &str = row.try_get(0).map_err(unavailable)?;
            let nik = nik.parse().map_err(|_| StoreError::Damaged)?;
            let change = (row.try_get(1).map_err(unavailable)?, row.try_get(2).map_err(unavailable)?);
            match people.last_mut().filter(|last| last.nik == nik) {
                Some(last) => last.changes.push(change),
                None => {
                    let nama = row.try_get(3).map_err(unavailable)?;
                    people.push(Affected { nik, nama, changes: vec![change] });
                }
            }
        }
        Ok(people)
    }

    async fn proposal_of(&self, row: &sqlx::sqlite::SqliteRow) -> Result<Proposal, sqlx::Error> {
        let id: i64 = row.try_get("id")?;
        let counts = sqlx::query(
            "SELECT kind, change, COUNT(*) FROM proposal_change WHERE proposal = ? GROUP BY kind, change",
        );
        let count = |row: sqlx::sqlite::SqliteRow| {
            Ok::<_, sqlx::Error>((row.try_get(0)?, row.try_get(1)?, row.try_get::<i64, _>(2)?.unsigned_abs()))
        };
        let counts = counts.bind(id).fetch_all(&self.read).await?;
        let people = sqlx::query("SELECT COUNT(DISTINCT nik) FROM proposal_change WHERE proposal = ?");
        let people = people.bind(id).fetch_one(&self.read).await?;
        let decided: Option<i64> = row.try_get("decided_at")?;
        let approved: Option<bool> = row.try_get("approved")?;
        Ok(Proposal {
            id,
            made_at: Timestamp::from_unix(row.try_get("made_at")?),
            reason: row.try_get("reason")?,
            state: match (decided.map(Timestamp::from_unix), approved) {
                (None, _) => ProposalState::Waiting,
                (Some(at), Some(true)) => ProposalState::Approved(at),
                (Some(at), Some(false)) => ProposalState::Refused(at),
                (Some(at), None) => ProposalState::Replaced(at),
            },
            changes: counts.into_iter().map(count).collect::<Result<_, _>>()?,
            people: people.try_get::<i64, _>(0)?.unsigned_abs(),
        })
    }
}
