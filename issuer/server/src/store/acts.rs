//! What is written: each act is one step with its audit event, whole or not at all.

use std::collections::BTreeMap;

use absah_credential::status_list::Status;
use absah_issuer_core::offer::{Grant, Offer, key_of_code};
use absah_issuer_core::person::{Cid, Lookup};
use absah_issuer_core::ports::{ActKind, Issued, NewToken, Recorded};
use absah_issuer_core::status::{Change, ChangeError};
use absah_protocol::oid4vci::issuer::{TokenError, TokenRequest};
use absah_schemas::CredentialType;
use absah_types::{Nik, Timestamp};
use sqlx::{Row, SqliteConnection};

use super::erasure::{self, Erased, Retention};
use super::ledger::signed;
use super::signers::{self, TrustStep};
use super::trust::{self, Counter, NewBundle};
use super::{
    access, approvals, console, hub, invitations, issued, oauth, operators, paper, pendamping, person,
    proposals, rows, sessions, suspension, wishes, witnesses,
};
use crate::ledger::seal::{Event, PublicEvent, Sealer};

/// Rows per statement.
const CHUNK: usize = 512;

/// Leaves out the rows that only fill up (`rows::filled`).
const FILLED: &str = ") WHERE column1 IS NOT NULL";

/// One step.
pub(super) enum Act {
    Place {
        offer: Offer,
        at: Timestamp,
    },
    Redeem {
        request: TokenRequest,
        anonymous_access: bool,
        new: NewToken,
        jkt: Option<[u8; 32]>,
        now: Timestamp,
    },
    OAuth(oauth::Step),
    Wish(wishes::Step),
    Operator(Box<operators::Step>),
    Session(Box<sessions::Step>),
    HandOver(Box<invitations::HandOver>),
    Approval(Box<approvals::Step>),
    Console(Box<console::Step>),
    Hub(Box<hub::Step>),
    Record(Issued),
    Paper(Box<paper::Printed>),
    Pendamping(Box<pendamping::Step>),
    NewList {
        base: String,
    },
    Change {
        nik: Nik,
        kind: CredentialType,
        change: Change,
        at: Timestamp,
    },
    Identity {
        url: String,
        certificate: Vec<u8>,
        at: Timestamp,
    },
    Trust {
        steps: Vec<TrustStep>,
        act: Option<(ActKind, String)>,
        at: Timestamp,
    },
    /// A new registration, and the ids of those whose place it takes.
    Register(Counter, Vec<String>),
    Person {
        lookup: Lookup,
        fresh: Cid,
    },
    Withdraw {
        id: String,
        at: Timestamp,
    },
    Root {
        version: u64,
        json: Vec<u8>,
        at: Timestamp,
    },
    /// A bundle is signed and about to be shown.
    Publish {
        bundle: NewBundle,
        at: Timestamp,
    },
    /// Something that changes no other row.
    Note(Event),
    Erase {
        event: [u8; 16],
        reason: String,
        retention: Retention,
        at: Timestamp,
    },
    AddWitness {
        name: String,
        vkey: String,
        url: String,
        at: Timestamp,
    },
    RemoveWitness {
        name: String,
        at: Timestamp,
    },
    Quorum {
        quorum: u32,
        at: Timestamp,
    },
    UseNonce {
        digest: [u8; 32],
        now: Timestamp,
    },
    Decide {
        proposal: i64,
        approve: bool,
        note: String,
        at: Timestamp,
    },
}

/// A change of status, for all copies or only for those of batches up to one.
pub(super) struct WantedChange {
    pub(super) nik: Nik,
    pub(super) kind: CredentialType,
    pub(super) change: Change,
    pub(super) up_to_batch: Option<i64>,
}

/// What became of a step.
pub(super) enum Done {
    Nothing,
    Redeemed(Result<Grant, TokenError>),
    /// Who authorized; nothing if log-in or request were used up.
    Authorized(Option<Nik>),
    Recorded(Recorded),
    List(u32, String),
    Changed(Result<u64, ChangeError>),
    /// Whether there was anything to withdraw.
    Withdrawn(bool),
    /// The id that a person has.
    Person(Cid),
    /// Whether there was such a one.
    Found(bool),
    /// What became of a wish to erase.
    Erased(Erased),
    /// How many cards a proposal changed; nothing if it does not wait.
    Decided(Option<u64>),
    /// The number of a row; nothing if there is none.
    Id(Option<i64>),
    /// Whose ceremony it was, and its state.
    Ceremony(Option<(i64, String)>),
    /// What became of a decision.
    FourEyes(approvals::Decided),
    /// What became of a helper or a session: its number, or how many copies ended with it.
    Pendamping(Result<i64, pendamping::PendampingError>),
}

impl Act {
    /// The batch, if it is one that is recorded.
    pub(super) const fn issued(&self) -> Option<&Issued> {
        match self {
            Self::Record(issued) => Some(issued),
            _ => None,
        }
    }

    /// Does the step within a transaction of the caller.
    pub(super) async fn apply(
        &self,
        connection: &mut SqliteConnection,
        ending: &mut Ending<'_>,
    ) -> Result<Done, sqlx::Error> {
        match self {
            Self::Place { offer, at } => place(connection, ending, offer, *at).await,
            Self::Redeem { request, anonymous_access, new, jkt, now } => {
                redeem(connection, ending, (request, *anonymous_access), (new, *jkt), *now).await
            }
            Self::Wish(step) => step.apply(connection, ending).await,
            Self::OAuth(step) => step.apply(connection, ending).await,
            Self::Operator(step) => step.apply(connection, ending).await,
            Self::Session(step) => step.apply(connection, ending).await,
            Self::HandOver(new) => invitations::hand_over(connection, ending, new).await,
            Self::Approval(step) => step.apply(connection, ending).await,
            Self::Console(step) => step.apply(connection, ending).await,
            Self::Hub(step) => step.apply(connection, ending).await,
            Self::Paper(printed) => printed.apply(connection, ending).await,
            Self::Pendamping(step) => step.apply(connection, ending).await,
            Self::Record(issued) => {
                let recorded = issued::record(connection, ending, &[issued]).await?;
                recorded.into_iter().next().map(Done::Recorded).ok_or(sqlx::Error::RowNotFound)
            }
            Self::NewList { base } => new_list(connection, base).await,
            Self::Change { nik, kind, change, at } => {
                let wanted = WantedChange { nik: *nik, kind: *kind, change: *change, up_to_batch: None };
                apply_change(connection, ending, &wanted, *at).await.map(Done::Changed)
            }
            Self::Decide { proposal, approve, note, at } => {
                proposals::decide(connection, ending, *proposal, *approve, note, *at).await
            }
            Self::Identity { url, certificate, at } => {
                trust::identity(connection, ending, url, certificate, *at).await
            }
            Self::Trust { steps, act, at } => {
                signers::apply(connection, ending, (steps, act.as_ref()), *at).await
            }
            Self::Register(counter, superseded) => {
                for old in superseded {
                    trust::withdraw(connection, ending, old, counter.registered_at).await?;
                }
                trust::register(connection, ending, counter).await
            }
            Self::Withdraw { id, at } => trust::withdraw(connection, ending, id, *at).await,
            Self::Root { version, json, at } => trust::root(connection, ending, (*version, json), *at).await,
            Self::Publish { bundle, at } => trust::publish(connection, ending, bundle, *at).await,
            Self::Person { lookup, fresh } => person::keep(connection, *lookup, *fresh).await,
            Self::Note(event) => {
                ending.events.push(event.clone());
                Ok(Done::Nothing)
            }
            Self::Erase { event, reason, retention, at } => {
                erasure::erase(connection, ending, (event, reason), *retention, *at).await
            }
            Self::AddWitness { name, vkey, url, at } => {
                witnesses::add_witness(connection, ending, (name, vkey, url), *at).await
            }
            Self::RemoveWitness { name, at } => {
                witnesses::remove_witness(connection, ending, name, *at).await
            }
            Self::UseNonce { digest, now } => access::use_nonce(connection, digest, *now).await,
            Self::Quorum { quorum, at } => witnesses::set_quorum(connection, ending, *quorum, *at).await,
        }
    }
}

/// What the acts of one transaction write together at its end.
pub(super) struct Ending<'s> {
    pub(super) sealer: &'s Sealer,
    pub(super) events: Vec<Event>,
    pub(super) public: Vec<PublicEvent>,
    /// Copies: list, index in it, batch.
    pub(super) copies: Vec<(u32, i64, i64)>,
    /// How many places of each status list are given out.
    pub(super) used: BTreeMap<u32, u32>,
}

impl<'s> Ending<'s> {
    pub(super) fn new(sealer: &'s Sealer) -> Self {
        let (events, public, copies) = (Vec::new(), Vec::new(), Vec::new());
        Self { sealer, events, public, copies, used: BTreeMap::new() }
    }

    /// The tag under which a person's events are found.
    pub(super) fn subject(&self, nik: Nik) -> [u8; 32] {
        self.sealer.subject(nik)
    }

    /// The tag under which searches for the same are counted once.
    pub(super) fn searched(&self, typed: &str) -> [u8; 32] {
        self.sealer.searched(typed)
    }

    /// The tag under which looks at a family are counted.
    pub(super) fn family(&self, no_kk: absah_types::NomorKk) -> [u8; 32] {
        self.sealer.family(no_kk)
    }

    /// Writes it; the transaction is committed only after that.
    pub(super) async fn write(self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        write_events(connection, self.sealer, &self.events, &self.public).await?;
        for copies in self.copies.chunks(CHUNK) {
            let mut insert =
                sqlx::QueryBuilder::new("INSERT INTO copy (list, idx, batch, status) SELECT * FROM (");
            insert.push_values(rows::filled(copies), |mut row, copy| {
                row.push_bind(copy.map(|copy| copy.0)).push_bind(copy.map(|copy| copy.1));
                row.push_bind(copy.map(|copy| copy.2)).push_bind(copy.map(|_| Status::Valid.value()));
            });
            insert.push(FILLED).build().execute(&mut *connection).await?;
        }
        for (number, used) in self.used {
            sqlx::query("UPDATE status_list SET used = MAX(used, ?) WHERE number = ?")
                .bind(used)
                .bind(number)
                .execute(&mut *connection)
                .await?;
        }
        Ok(())
    }
}

/// Seals events and puts them into the outbox of their log.
pub(super) async fn write_events(
    connection: &mut SqliteConnection,
    sealer: &Sealer,
    events: &[Event],
    public: &[PublicEvent],
) -> Result<(), sqlx::Error> {
    let sealed = events.iter().map(|event| sealer.seal(event));
    let mut rows = sealed.collect::<Result<Vec<_>, _>>().map_err(|_| sqlx::Error::RowNotFound)?;
    rows.extend(public.iter().map(|event| sealer.open_row(event)));
    if rows.is_empty() {
        return Ok(());
    }
    let (epoch, sealed) = sealer.epoch();
    for rows in rows.chunks(CHUNK) {
        // One after the other in one go: each way to the thread that writes costs more than a small statement.
        let mut insert = sqlx::QueryBuilder::new("INSERT INTO ledger_epoch (id, sealed) VALUES (");
        insert.push_bind(epoch.as_slice()).push(", ").push_bind(sealed);
        insert.push(
            ") ON CONFLICT DO NOTHING;
             INSERT INTO ledger_event (id, log, act, leaf, subject, stored, for_citizen, for_auditors, epoch)
             SELECT * FROM (",
        );
        insert.push_values(rows::filled(rows), |mut values, row| {
            values.push_bind(row.map(|row| row.id.as_slice())).push_bind(row.map(|row| row.log.number()));
            values.push_bind(row.map(|row| row.act)).push_bind(row.map(|row| row.leaf.to_bytes().to_vec()));
            values.push_bind(row.and_then(|row| row.subject.as_ref()).map(<[u8; 32]>::as_slice));
            values.push_bind(row.map(|row| row.stored.as_slice()));
            values.push_bind(row.and_then(|row| row.for_citizen.as_deref()));
            values.push_bind(row.and_then(|row| row.for_auditors.as_deref()));
            values.push_bind(row.and_then(|row| row.epoch.as_ref()).map(<[u8; 16]>::as_slice));
        });
        insert.push(FILLED).push("; INSERT INTO act (event, act, changed) SELECT * FROM (");
        insert.push_values(rows::filled(rows), |mut values, row| {
            values.push_bind(row.map(|row| row.id.as_slice())).push_bind(row.map(|row| row.act));
            values.push_bind(row.map(|row| signed(row.changed)));
        });
        insert.push(FILLED).build().execute(&mut *connection).await?;
    }
    Ok(())
}

fn damaged(_: absah_issuer_core::ports::StoreError) -> sqlx::Error {
    sqlx::Error::RowNotFound
}

pub(super) async fn place(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    offer: &Offer,
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    sqlx::query(
        "INSERT INTO offer (key, nik, kind, tx_code, expires_at, wrong_tries, redeemed, guardian, letter)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(offer.key.to_vec())
    .bind(offer.nik.to_string())
    .bind(offer.kind.name())
    .bind(offer.record.tx_code.as_ref().map(|tag| tag.as_bytes().to_vec()))
    .bind(offer.record.expires_at.unix())
    .bind(offer.record.wrong_tries)
    .bind(offer.record.redeemed)
    .bind(offer.guardian.map(|nik| nik.to_string()))
    .bind(offer.letter)
    .execute(&mut *connection)
    .await?;
    super::letters::name(&mut *connection, &offer.key, at).await?;
    // Who keeps the card reads of it as well.
    for nik in core::iter::once(offer.nik).chain(offer.guardian) {
        ending.events.push(Event::local(at, ActKind::Offer, Some(nik), offer.kind.name()));
    }
    Ok(Done::Nothing)
}

async fn redeem(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    (request, anonymous_access): (&TokenRequest, bool),
    (new, jkt): (&NewToken, Option<[u8; 32]>),
    now: Timestamp,
) -> Result<Done, sqlx::Error> {
    let key = key_of_code(request.pre_authorized_code.expose());
    let row = sqlx::query("SELECT * FROM offer WHERE key = ?").bind(key.to_vec());
    let Some(row) = row.fetch_optional(&mut *connection).await? else {
        return Ok(Done::Redeemed(Err(TokenError::UnknownCode)));
    };
    let mut offer = rows::offer(&row).map_err(damaged)?;
    let mut result = offer.redeem(request, anonymous_access, now);
    if let (Err(TokenError::Redeemed), Some(jkt)) = (&result, &jkt)
        && unused_by(connection, &key, jkt).await?
    {
        // The reply was lost on its way to the same wallet, which proves its key and knows the transaction code.
        let mut again = offer.clone();
        again.record.redeemed = false;
        result = again.redeem(request, anonymous_access, now);
        offer.record.wrong_tries = again.record.wrong_tries;
        if result.is_ok() {
            sqlx::query("UPDATE access_token SET expires_at = 0 WHERE offer = ?")
                .bind(key.to_vec())
                .execute(&mut *connection)
                .await?;
        }
    }
    let result = result.map(|grant| Grant { jkt, ..grant });
    let act = match &result {
        Ok(_) => Some(ActKind::Redeem),
        Err(error) => error.counts_as_try().then_some(ActKind::RedeemRefused),
    };
    if let Some(act) = act {
        sqlx::query("UPDATE offer SET wrong_tries = ?, redeemed = ? WHERE key = ?")
            .bind(offer.record.wrong_tries)
            .bind(offer.record.redeemed)
            .bind(key.to_vec())
            .execute(&mut *connection)
            .await?;
        ending.events.push(Event::holder(now, act, offer.nik, offer.kind.name()));
    }
    if let Ok(grant) = &result {
        oauth::keep_tokens(connection, grant, new, now).await?;
    }
    Ok(Done::Redeemed(result))
}

/// Whether this offer gave a token to this very key, and nothing was issued for it.
async fn unused_by(
    connection: &mut SqliteConnection,
    offer: &[u8; 32],
    jkt: &[u8; 32],
) -> Result<bool, sqlx::Error> {
    let row = sqlx::query(
        "SELECT 1 FROM access_token WHERE offer = ?1 AND jkt = ?2 AND expires_at > 0
         AND NOT EXISTS (SELECT 1 FROM batch JOIN access_token AS one ON one.key = batch.token WHERE one.offer = ?1)",
    )
    .bind(offer.as_slice())
    .bind(jkt.as_slice());
    Ok(row.fetch_optional(connection).await?.is_some())
}

/// The rows of a batch that the database counts: itself and its copies.
pub(super) fn batch_rows(copies: usize) -> u64 {
    u64::try_from(copies).map_or(u64::MAX, |copies| copies.saturating_add(1))
}

async fn new_list(connection: &mut SqliteConnection, base: &str) -> Result<Done, sqlx::Error> {
    let row = sqlx::query("SELECT COALESCE(MAX(number), 0) + 1 FROM status_list")
        .fetch_one(&mut *connection)
        .await?;
    let number: u32 = row.try_get(0)?;
    let uri = format!("{base}{number}");
    sqlx::query("INSERT INTO status_list (number, uri, used) VALUES (?, ?, 0)")
        .bind(number)
        .bind(&uri)
        .execute(connection)
        .await?;
    Ok(Done::List(number, uri))
}

pub(super) async fn apply_change(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    wanted: &WantedChange,
    at: Timestamp,
) -> Result<Result<u64, ChangeError>, sqlx::Error> {
    let WantedChange { nik, kind, change, up_to_batch } = *wanted;
    let up_to_batch = up_to_batch.unwrap_or(i64::MAX);
    let reach = suspension::reach(change);
    if matches!(change, Change::Suspend | Change::Revoke) {
        approvals::end_restorations(connection, ending, (nik, kind), at).await?;
    }
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "SELECT copy.status, COUNT(*) FROM copy JOIN batch ON batch.id = copy.batch
         WHERE batch.nik = ? AND batch.kind = ? AND batch.id <= ? AND {reach} GROUP BY copy.status"
    )))
    .bind(nik.to_string())
    .bind(kind.name())
    .bind(up_to_batch)
    .fetch_all(&mut *connection)
    .await?;
    let mut copies = Vec::new();
    for row in rows {
        let status = Status::of_value(row.try_get(0)?).ok_or(sqlx::Error::RowNotFound)?;
        copies.push((status, u64::try_from(row.try_get::<i64, _>(1)?).unwrap_or_default()));
    }
    let changes = match change.of_copies(&copies) {
        Ok(changes) => changes,
        Err(error) => return Ok(Err(error)),
    };
    if change == Change::Suspend && !changes.is_empty() {
        suspension::end_left_behind(connection, ending, (nik, kind), at).await?;
    }
    let mut changed = 0;
    for (from, to) in changes {
        let result = sqlx::query(sqlx::AssertSqlSafe(format!(
            "UPDATE copy SET status = ? WHERE status = ?
             AND batch IN (SELECT id FROM batch WHERE nik = ? AND kind = ? AND id <= ? AND {reach})"
        )))
        .bind(to.value())
        .bind(from.value())
        .bind(nik.to_string())
        .bind(kind.name())
        .bind(up_to_batch)
        .execute(&mut *connection)
        .await?;
        changed += result.rows_affected();
    }
    if matches!(change, Change::Suspend | Change::Unsuspend) {
        suspension::note(connection, (nik, kind), at).await?;
    }
    let act = match change {
        Change::Revoke => ActKind::Revoke,
        Change::Suspend => ActKind::Suspend,
        Change::Unsuspend => ActKind::Unsuspend,
        Change::Supersede => ActKind::Supersede,
    };
    match change {
        Change::Revoke | Change::Suspend => close_openings(connection, nik, kind).await?,
        // Nothing that was read before the change becomes a card after it; an offer makes its card from what is true then.
        Change::Supersede => {
            sqlx::query("UPDATE access_token SET expires_at = 0 WHERE nik = ? AND kind = ?")
                .bind(nik.to_string())
                .bind(kind.name())
                .execute(&mut *connection)
                .await?;
        }
        Change::Unsuspend => {}
    }
    if changed > 0 {
        sqlx::query("UPDATE number SET value = value + 1 WHERE name = 'status_changes'")
            .execute(&mut *connection)
            .await?;
        let event = Event::local(at, act, Some(nik), format!("{} {changed}", kind.name()));
        ending.events.push(event.changing(changed));
    }
    Ok(Ok(changed))
}

/// Suspends all that a person keeps in a wallet, and closes what was opened towards it: how many copies.
pub(super) async fn suspend_all(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    nik: Nik,
    at: Timestamp,
) -> Result<u64, sqlx::Error> {
    let mut changed = 0;
    let kept = super::kept::kept_by(&mut *connection, nik).await?;
    for (nik, kind) in CredentialType::ALL.into_iter().map(|kind| (nik, kind)).chain(kept) {
        let wanted = WantedChange { nik, kind, change: Change::Suspend, up_to_batch: None };
        // A card that is revoked already, or that nobody has, is no reason to stop; an offer of it would still reach the
        // lost phone.
        match apply_change(connection, ending, &wanted, at).await? {
            Ok(copies) => changed += copies,
            Err(_) => close_openings(connection, nik, kind).await?,
        }
    }
    // A child's documents that were on their way into that wallet; those of other wallets go on.
    for statement in [
        "UPDATE access_token SET expires_at = 0 WHERE offer IN (SELECT key FROM offer WHERE guardian = ?)",
        "UPDATE offer SET redeemed = 1 WHERE guardian = ? AND redeemed = 0",
        "DELETE FROM refresh_token WHERE guardian = ?",
        "UPDATE login_code SET used = 1 WHERE nik = ? AND used = 0",
    ] {
        sqlx::query(statement).bind(nik.to_string()).execute(&mut *connection).await?;
    }
    Ok(changed)
}

/// Nothing that was opened before a withdrawal leads to new copies after it.
async fn close_openings(
    connection: &mut SqliteConnection,
    nik: Nik,
    kind: CredentialType,
) -> Result<(), sqlx::Error> {
    let statements = [
        "UPDATE offer SET redeemed = 1 WHERE nik = ? AND kind = ? AND redeemed = 0",
        "UPDATE access_token SET expires_at = 0 WHERE nik = ? AND kind = ?",
        "UPDATE authorization_code SET used = 1 WHERE nik = ? AND kind = ?",
        "DELETE FROM refresh_token WHERE nik = ? AND kind = ?",
    ];
    for statement in statements {
        sqlx::query(statement).bind(nik.to_string()).bind(kind.name()).execute(&mut *connection).await?;
    }
    Ok(())
}
