//! Whose cards a word about one person would change, before anybody agrees to it.

use absah_credential::status_list::Status;
use absah_issuer_core::lifecycle::{Touched, families, keeper_gone, other_head, own_cards};
use absah_issuer_core::ports::StoreError;
use absah_issuer_core::status::Change;
use absah_schemas::CredentialType;
use absah_types::{Nik, NomorKk, PopulationStatus};
use sqlx::Row;
use std::collections::BTreeMap;

use super::{SqliteStore, kept, rows, unavailable};

impl SqliteStore {
    /// The cards that another status of a person would change: the own ones, those kept for children, and those of the family.
    pub(crate) async fn foreseen(
        &self,
        nik: Nik,
        status: PopulationStatus,
    ) -> Result<BTreeMap<(Nik, CredentialType), Change>, StoreError> {
        let mut found: BTreeMap<(Nik, CredentialType), Change> = BTreeMap::new();
        let row = sqlx::query("SELECT * FROM resident WHERE nik = ?").bind(nik.to_string());
        let Some(row) = row.fetch_optional(&self.read).await.map_err(unavailable)? else { return Ok(found) };
        let before = rows::resident(&row)?;
        let mut after = before.clone();
        after.status_dasar = status;
        let mut touched = own_cards(&before, &after);
        let supersede = |nik, kind| Touched { nik, kind, change: Change::Supersede };
        if keeper_gone(&before, &after) {
            let kept = kept::kept_by(&self.read, nik).await.map_err(unavailable)?;
            touched.extend(kept.into_iter().map(|(nik, kind)| supersede(nik, kind)));
        }
        for (kind, families) in [
            (CredentialType::KartuKeluarga, families(Some(&before), &after)),
            (CredentialType::Kia, other_head(Some(&before), &after)),
        ] {
            for no_kk in families {
                touched.extend(self.members(no_kk).await?.into_iter().map(|nik| supersede(nik, kind)));
            }
        }
        for Touched { nik, kind, change } in touched {
            let known = found.entry((nik, kind)).or_insert(change);
            *known = (*known).max(change);
        }
        let mut changing = BTreeMap::new();
        for ((nik, kind), change) in found {
            if self.has_copy(nik, kind, change).await? {
                changing.insert((nik, kind), change);
            }
        }
        Ok(changing)
    }

    async fn members(&self, no_kk: NomorKk) -> Result<Vec<Nik>, StoreError> {
        let rows = sqlx::query("SELECT nik FROM resident WHERE no_kk = ?").bind(no_kk.to_string());
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        rows.iter().map(rows::nik).collect::<Result<_, _>>().map_err(unavailable)
    }

    /// Whether any copy of a card would have another status after a change.
    async fn has_copy(&self, nik: Nik, kind: CredentialType, change: Change) -> Result<bool, StoreError> {
        let rows = sqlx::query(
            "SELECT DISTINCT copy.status FROM copy JOIN batch ON batch.id = copy.batch
             WHERE batch.nik = ? AND batch.kind = ?",
        );
        let rows = rows.bind(nik.to_string()).bind(kind.name()).fetch_all(&self.read).await;
        for row in rows.map_err(unavailable)? {
            let status = Status::of_value(row.try_get(0).map_err(unavailable)?).ok_or(StoreError::Damaged)?;
            if change.of(status).is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
