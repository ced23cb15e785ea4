//! Extracts that one officer brings and another agrees to: nothing of the register is changed by one person.

use absah_crypto::sha256;
use absah_issuer_core::Resident;
use absah_issuer_core::operator::four_eyes::Body;
use absah_issuer_core::population::Checked;
use absah_issuer_core::ports::StoreError;
use absah_types::{Nik, PopulationStatus, Timestamp, hex};
use sqlx::Row;

use super::acts::Act;
use super::approvals::{Decided, FourEyesAct, NewDecision};
use super::population::{self, Imported, Manner, NewPortrait};
use super::{SqliteStore, console, rows, unavailable};

impl SqliteStore {
    /// Whether officers are enrolled, so that acts need two of them.
    pub(crate) async fn has_operators(&self) -> Result<bool, StoreError> {
        let row = sqlx::query(
            "SELECT 1 FROM operator WHERE enrolled_at IS NOT NULL AND disabled_at IS NULL LIMIT 1",
        );
        Ok(row.fetch_optional(&self.read).await.map_err(unavailable)?.is_some())
    }

    /// What an extract would do if two people agreed to it; nothing is kept.
    pub(crate) async fn try_import(
        &self,
        checked: &Checked,
        bytes: &[u8],
        at: Timestamp,
    ) -> Result<Imported, StoreError> {
        self.try_import_with(checked, bytes, &[], at).await
    }

    /// The same with first portraits of these people.
    pub(crate) async fn try_import_with(
        &self,
        checked: &Checked,
        bytes: &[u8],
        first: &[Nik],
        at: Timestamp,
    ) -> Result<Imported, StoreError> {
        // A first portrait changes a card whatever it shows: no need to make it.
        let portrait = |nik: &Nik| NewPortrait { nik: *nik, source: [0; 32], webp: Vec::new() };
        let portraits: Vec<NewPortrait> = first.iter().map(portrait).collect();
        self.import_in(checked, bytes, &portraits, (Manner::Try, at)).await
    }

    /// Who is alive by the register and dead by an extract that knows it later.
    pub(crate) async fn deaths_in(&self, checked: &Checked, bytes: &[u8]) -> Result<Vec<Nik>, StoreError> {
        let mut connection = self.read.acquire().await.map_err(unavailable)?;
        let mut dead = Vec::new();
        let dying = checked.residents(bytes).map(|(_, resident)| resident);
        for resident in dying.filter(|resident| resident.status_dasar == PopulationStatus::Dead) {
            let known = sqlx::query("SELECT 1 FROM resident WHERE nik = ?").bind(resident.nik.to_string());
            if known.fetch_optional(&mut *connection).await.map_err(unavailable)?.is_none() {
                continue;
            }
            let (status, noted) =
                population::standing(&mut connection, resident.nik).await.map_err(unavailable)?;
            if status != PopulationStatus::Dead && !population::is_older(&resident, noted) {
                dead.push(resident.nik);
            }
        }
        Ok(dead)
    }

    /// Keeps an extract with its report until somebody decides.
    pub(crate) async fn keep_extract(&self, report: i64, bytes: Vec<u8>) -> Result<(), StoreError> {
        self.write.act(Act::Console(Box::new(console::Step::Extract(report, bytes)))).await.map(drop)
    }

    /// A few of the people whom an extract would change, then a few whom it would add, as they are and as they would be: as
    /// chance (`seed`) has it.
    pub(crate) async fn sample_import(
        &self,
        checked: Checked,
        bytes: Vec<u8>,
        seed: [u8; 32],
        each: usize,
    ) -> Result<Vec<(Option<Resident>, Resident)>, StoreError> {
        let mut connection = self.read.acquire().await.map_err(unavailable)?;
        let known = population::digests(&mut connection).await.map_err(unavailable)?;
        let choose = move || {
            // Those with the smallest digests under the seed: a fair choice, and none can be made to be left out.
            let mut chosen: [Vec<([u8; 32], Resident)>; 2] = Default::default();
            for (_, resident) in checked.residents(&bytes) {
                let before = known.get(&resident.nik);
                if before.is_some_and(|before| *before == population::digest(&resident)) {
                    continue;
                }
                let place = sha256(&[&seed[..], resident.nik.to_string().as_bytes()].concat());
                let [changed, added] = &mut chosen;
                let kind = if before.is_some() { changed } else { added };
                kind.push((place, resident));
                if kind.len() > each * 8 {
                    kind.sort_unstable_by_key(|(place, _)| *place);
                    kind.truncate(each);
                }
            }
            chosen.map(|mut kind| {
                kind.sort_unstable_by_key(|(place, _)| *place);
                kind.truncate(each);
                kind
            })
        };
        let chosen = tokio::task::spawn_blocking(choose).await.map_err(|_| StoreError::Unavailable)?;
        let mut sample = Vec::new();
        for (_, after) in chosen.into_iter().flatten() {
            let row = sqlx::query(
                "SELECT * FROM resident WHERE nik = ? AND nik NOT IN (SELECT nik FROM honeytoken)",
            );
            let row = row.bind(after.nik.to_string()).fetch_optional(&mut *connection).await;
            let before = row.map_err(unavailable)?.as_ref().map(rows::resident).transpose()?;
            // What is newer here stays as it is: nothing to look at.
            if !population::is_older(&after, before.as_ref().and_then(|before| before.diubah)) {
                sample.push((before, after));
            }
        }
        Ok(sample)
    }

    /// An extract that waits.
    pub(crate) async fn waiting_extract(&self, report: i64) -> Result<Option<Vec<u8>>, StoreError> {
        let row = sqlx::query("SELECT bytes FROM import_waiting WHERE report = ?").bind(report);
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.map(|row| row.try_get(0)).transpose().map_err(unavailable)
    }

    /// Makes an import that was agreed to, with the decision in the same transaction; if it would do anything else than what
    /// was agreed to, nothing, and it is to be brought anew.
    pub(crate) async fn agree_to_import(
        &self,
        act: &FourEyesAct,
        (checked, bytes): (&Checked, &[u8]),
        decision: &NewDecision,
    ) -> Result<Decided, StoreError> {
        let Body::Import {
            sha256: agreed, added, changed, superseded, suspended, revoked, back, dead, ..
        } = &act.body
        else {
            return Ok(Decided::Gone);
        };
        let would = self.try_import(checked, bytes, decision.at).await?;
        let told = (*added, *changed, *superseded, *suspended, *revoked, *back);
        let does = (would.added, would.changed, would.superseded, would.suspended, would.revoked, would.back);
        let dies = self.deaths_in(checked, bytes).await?;
        if hex::encode(sha256(bytes)) != *agreed || told != does || dies != *dead {
            return self.overtake(act.id, decision.at).await;
        }
        let manner = Manner::Agreed(would, decision);
        let imported = self.import_in(checked, bytes, &[], (manner, decision.at)).await?;
        Ok(Decided::Done(imported.superseded + imported.suspended + imported.revoked))
    }
}
