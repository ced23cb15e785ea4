//! Paper cards: a form of the identity card, so that whatever becomes of the card becomes of its paper twin.

use absah_credential::StatusReference;
use absah_credential::status_list::Status;
use absah_issuer_core::ports::{ActKind, Slot, StoreError};
use absah_issuer_core::status::{LIST_SIZE, Order};
use absah_schemas::CredentialType;
use absah_types::{Nik, Timestamp};
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending, batch_rows};
use super::{List, SqliteStore, unavailable};
use crate::ledger::seal::Event;

/// Places at the end of each status list that are for paper cards: a command gives them out while the server gives out
/// those from the beginning.
pub(super) const PLACES: u32 = 1 << 13;

/// The form, where copies in wallets have their format.
const FORM: &str = "kertas";

/// A paper card that was signed and waits to be recorded.
pub(crate) struct Printed {
    pub(crate) nik: Nik,
    pub(crate) slot: Slot,
    pub(crate) at: Timestamp,
    pub(crate) expires_at: Timestamp,
    /// Random: stands where copies in wallets have their token.
    pub(crate) key: [u8; 32],
    pub(crate) by: PrintedBy,
}

/// Who printed a paper card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PrintedBy {
    /// A command at the issuer's machine.
    Machine,
    /// An officer, as people may be shown them.
    Officer(String),
    /// The holder, by the wallet.
    Holder,
}

impl SqliteStore {
    /// The next place for a paper card; a new list begins when all have given theirs.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn paper_place(&self) -> Result<Slot, StoreError> {
        let places = self.lock_places().as_ref().map(|places| (places.base.clone(), places.key));
        let (base, key) = places.ok_or(StoreError::Unavailable)?;
        let rows = sqlx::query("SELECT number, uri FROM status_list ORDER BY number DESC");
        for row in rows.fetch_all(&self.read).await.map_err(unavailable)? {
            let number: u32 = row.try_get(0).map_err(unavailable)?;
            let uri: String = row.try_get(1).map_err(unavailable)?;
            if uri != format!("{base}{number}") {
                continue;
            }
            let list = List { number, uri, order: Order::of(&key, number), used: 0 };
            if let Some(slot) = self.free_on_paper(&list).await? {
                return Ok(slot);
            }
        }
        let list = self.begin(&base, &key).await?;
        self.free_on_paper(&list).await?.ok_or(StoreError::Unavailable)
    }

    /// The first free place of those for paper cards, which are given out from the last on: none when nothing is free, or
    /// in a list of an earlier version that gave them to wallets.
    async fn free_on_paper(&self, list: &List) -> Result<Option<Slot>, StoreError> {
        let (mut from, mut to) = (0, PLACES);
        let mut found = None;
        while from < to {
            let middle = from + (to - from) / 2;
            let place = LIST_SIZE - 1 - middle;
            let idx = list.order.index(place).ok_or(StoreError::Damaged)?;
            let row =
                sqlx::query("SELECT 1 FROM copy WHERE list = ? AND idx = ?").bind(list.number).bind(idx);
            if row.fetch_optional(&self.read).await.map_err(unavailable)?.is_some() {
                from = middle + 1;
            } else {
                to = middle;
                let reference = StatusReference { uri: list.uri.clone(), idx: u64::from(idx) };
                found = Some(Slot { list: list.number, place, reference });
            }
        }
        Ok(found)
    }

    /// A person's newest paper card: its status, when it was printed and when it ends.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn paper_card(
        &self,
        nik: Nik,
    ) -> Result<Option<(Status, Timestamp, Timestamp)>, StoreError> {
        let row = sqlx::query(
            "SELECT copy.status, batch.issued_at, batch.expires_at FROM batch JOIN copy ON copy.batch = batch.id
             WHERE batch.nik = ? AND batch.kind = ? AND batch.format = ? ORDER BY batch.id DESC LIMIT 1",
        );
        let row = row.bind(nik.to_string()).bind(CredentialType::KtpElektronik.name()).bind(FORM);
        let Some(row) = row.fetch_optional(&self.read).await.map_err(unavailable)? else { return Ok(None) };
        let status = Status::of_value(row.try_get(0).map_err(unavailable)?).ok_or(StoreError::Damaged)?;
        let time = |column: usize| row.try_get(column).map(Timestamp::from_unix).map_err(unavailable);
        Ok(Some((status, time(1)?, time(2)?)))
    }

    /// Records a paper card; the person's earlier ones end by it. Answers how many did; nothing, and nothing is done, when
    /// its place was taken meanwhile.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn record_paper(&self, printed: Printed) -> Result<Option<u64>, StoreError> {
        match self.write.act(Act::Paper(Box::new(printed))).await? {
            Done::Changed(Ok(superseded)) => Ok(Some(superseded)),
            Done::Found(false) => Ok(None),
            _ => Err(StoreError::Damaged),
        }
    }
}

impl Printed {
    pub(super) async fn apply(
        &self,
        connection: &mut SqliteConnection,
        ending: &mut Ending<'_>,
    ) -> Result<Done, sqlx::Error> {
        let (nik, kind) = (self.nik.to_string(), CredentialType::KtpElektronik.name());
        let idx = i64::try_from(self.slot.reference.idx).unwrap_or(-1);
        let taken =
            sqlx::query("SELECT 1 FROM copy WHERE list = ? AND idx = ?").bind(self.slot.list).bind(idx);
        // Also by one of this very transaction, whose copies are written at its end.
        let is_taken = ending.copies.iter().any(|(list, other, _)| (*list, *other) == (self.slot.list, idx));
        if is_taken || taken.fetch_optional(&mut *connection).await?.is_some() {
            return Ok(Done::Found(false));
        }
        // A batch belongs to a token, a token to an offer: both used up.
        let steps = [
            "INSERT INTO offer (key, nik, kind, tx_code, expires_at, wrong_tries, redeemed) VALUES (?, ?, ?, NULL, 0, 0, 1)",
            "INSERT INTO access_token (key, nik, kind, expires_at, offer) VALUES (?1, ?2, ?3, 0, ?1)",
        ];
        for step in steps {
            let row = sqlx::query(step).bind(self.key.as_slice()).bind(&nik).bind(kind);
            row.execute(&mut *connection).await?;
        }
        let superseded = self.supersede(connection, ending, (&nik, kind)).await?;
        let event_id = ending.sealer.id();
        let row = sqlx::query(
            "INSERT INTO batch (token, format, nik, kind, issued_at, expires_at, event)
             VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(self.key.as_slice())
        .bind(FORM)
        .bind(&nik)
        .bind(kind)
        .bind(self.at.unix())
        .bind(self.expires_at.unix())
        .bind(event_id.to_vec())
        .fetch_one(&mut *connection)
        .await?;
        ending.copies.push((self.slot.list, idx, row.try_get(0)?));
        let event = self.event(ActKind::Paper, format!("{kind} {FORM} 1")).changing(batch_rows(1));
        ending.events.push(Event { id: Some(event_id), ..event });
        Ok(Done::Changed(Ok(superseded)))
    }

    fn event(&self, act: ActKind, object: String) -> Event {
        match &self.by {
            PrintedBy::Machine => Event::local(self.at, act, Some(self.nik), object),
            PrintedBy::Officer(officer) => Event::local(self.at, act, Some(self.nik), object).by(officer),
            PrintedBy::Holder => Event::holder(self.at, act, self.nik, object),
        }
    }

    async fn supersede(
        &self,
        connection: &mut SqliteConnection,
        ending: &mut Ending<'_>,
        (nik, kind): (&str, &str),
    ) -> Result<u64, sqlx::Error> {
        let mut ended = 0;
        // A suspended one does not come back.
        for (from, to) in [(Status::Suspended, Status::Revoked), (Status::Valid, Status::Superseded)] {
            let done = sqlx::query(
                "UPDATE copy SET status = ? WHERE status = ?
                 AND batch IN (SELECT id FROM batch WHERE nik = ? AND kind = ? AND format = ?)",
            )
            .bind(to.value())
            .bind(from.value())
            .bind(nik)
            .bind(kind)
            .bind(FORM)
            .execute(&mut *connection)
            .await?;
            ended += done.rows_affected();
        }
        if ended > 0 {
            sqlx::query("UPDATE number SET value = value + 1 WHERE name = 'status_changes'")
                .execute(&mut *connection)
                .await?;
            let object = format!("{kind} {FORM} {ended}");
            ending.events.push(self.event(ActKind::Supersede, object).changing(ended));
        }
        Ok(ended)
    }
}
