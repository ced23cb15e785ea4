//! What the console reads and writes beside the acts themselves: people, cases, looks, alerts, reports.

use absah_credential::status_list::Status;
use absah_issuer_core::Resident;
use absah_issuer_core::offer::{Offer, OfferKey};
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_schemas::CredentialType;
use absah_types::{Date, Nik, NomorKk, PersonName, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::acts::{self, Act, Done, Ending};
use super::looks::{self, NewLook, NewMiss};
use super::lures;
use super::population::NewPortrait;
use super::{SqliteStore, portraits, rows, unavailable};
use crate::ledger::seal::Event;

/// Most people that a search shows.
pub(super) const MOST_FOUND: usize = 20;

/// Batches in a person's own wallet: not on paper, and not what a helper carries.
pub(super) const OWN: &str = "batch.format <> 'kertas' AND batch.token NOT IN (SELECT access_token.key
    FROM pendamping_session JOIN access_token ON access_token.offer = pendamping_session.offer)";

/// What is looked for.
#[derive(Clone)]
pub enum Search {
    /// One person.
    Nik(Nik),
    /// A family.
    Kk(NomorKk),
    /// Everybody of a name and day of birth.
    Born(PersonName, Date),
}

/// Somebody who was found: as little as tells people apart.
#[derive(Clone)]
pub struct Found {
    /// Who.
    pub nik: Nik,
    /// Name.
    pub nama: String,
    /// Day of birth.
    pub tanggal_lahir: Date,
    /// Where they live.
    pub alamat: String,
}

/// A person who was opened, for what, in one session.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) nik: Nik,
    pub(crate) purpose: String,
    pub(crate) opened_at: Timestamp,
}

/// A person's cards of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardState {
    /// Which card.
    pub kind: CredentialType,
    /// How many copies have each status; those that have ended without another are counted apart.
    pub copies: Vec<(Status, u64)>,
    /// How many copies would hold, had their time not ended.
    pub ended: u64,
    /// When the last were issued.
    pub issued_at: Timestamp,
    /// Until when those hold.
    pub expires_at: Timestamp,
}

/// How far an offer has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct IssueState {
    pub(crate) redeemed: bool,
    pub(crate) wrong_tries: u32,
    pub(crate) issued: bool,
    /// Somebody has redeemed it for a token.
    pub(crate) given: bool,
    /// What was given was taken back before a card came of it.
    pub(crate) taken_back: bool,
    /// The wallet says that it has kept the card.
    pub(crate) stored: bool,
    pub(crate) expires_at: Timestamp,
}

/// An extract that was taken in at the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReport {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub operator: i64,
    /// Name of the file, as the browser told it.
    pub file: String,
    /// JSON, as the command prints it.
    pub report: String,
}

/// One step of these records.
pub(super) enum Step {
    Look(NewLook),
    /// A search in vain.
    Miss(NewMiss),
    /// Something was done for a person whose record an operator has opened.
    Acted {
        operator: i64,
        nik: Nik,
        at: Timestamp,
    },
    Open {
        case: Case,
        session: [u8; 32],
    },
    Offer {
        offer: Offer,
        officer: String,
        at: Timestamp,
    },
    /// Two phones have fetched it.
    EndOffer {
        offer: OfferKey,
        at: Timestamp,
    },
    SuspendAll {
        nik: Nik,
        officer: String,
        at: Timestamp,
    },
    Alert {
        operator: Option<i64>,
        rule: &'static str,
        detail: String,
        at: Timestamp,
    },
    /// An alert that is open names a higher count.
    CountUp {
        id: i64,
        detail: String,
    },
    /// An alert was told outside in vain; without another try it is given up.
    AlertFailed {
        id: i64,
        fault: String,
        refused: bool,
        next: Option<Timestamp>,
        at: Timestamp,
    },
    AlertTold {
        id: i64,
        at: Timestamp,
    },
    CloseAlert {
        id: i64,
        by: i64,
        note: String,
        at: Timestamp,
    },
    Report(ImportReport),
    /// An extract that waits, with its report.
    Extract(i64, Vec<u8>),
    /// Records of nobody.
    Lures(Vec<Resident>, Timestamp),
    RemoveLure(Nik, Timestamp),
    /// A portrait that waits.
    Portrait(NewPortrait),
}

impl Step {
    pub(super) async fn apply(
        &self,
        connection: &mut SqliteConnection,
        ending: &mut Ending<'_>,
    ) -> Result<Done, sqlx::Error> {
        match self {
            Self::Look(look) => looks::look(connection, ending, look).await,
            Self::Miss(miss) => looks::missed(connection, ending, miss).await,
            Self::Acted { operator, nik, at } => {
                looks::acted(connection, ending, (*operator, *nik), *at).await
            }
            Self::Open { case, session } => {
                sqlx::query(
                    "INSERT INTO person_case (id, session, nik, purpose, opened_at) VALUES (?, ?, ?, ?, ?)",
                )
                .bind(&case.id)
                .bind(session.as_slice())
                .bind(case.nik.to_string())
                .bind(&case.purpose)
                .bind(case.opened_at.unix())
                .execute(connection)
                .await?;
                Ok(Done::Nothing)
            }
            Self::Offer { offer, officer, at } => {
                let from = ending.events.len();
                let done = acts::place(connection, ending, offer, *at).await?;
                by(ending, from, officer);
                Ok(done)
            }
            Self::EndOffer { offer, at } => {
                let row = sqlx::query(
                    "UPDATE offer SET redeemed = 1 WHERE key = ? AND redeemed = 0 RETURNING nik, kind",
                );
                let row = row.bind(offer.as_slice()).fetch_optional(connection).await?;
                let Some(row) = row else { return Ok(Done::Found(false)) };
                let kind: &str = row.try_get("kind")?;
                let event = Event::holder(*at, ActKind::RedeemRefused, rows::nik(&row)?, kind);
                ending.events.push(event);
                Ok(Done::Found(true))
            }
            Self::SuspendAll { nik, officer, at } => {
                let from = ending.events.len();
                let changed = acts::suspend_all(connection, ending, *nik, *at).await?;
                by(ending, from, officer);
                Ok(Done::Decided(Some(changed)))
            }
            Self::Alert { operator, rule, detail, at } => {
                let row = sqlx::query(
                    "INSERT INTO alert (at, operator, rule, detail) VALUES (?, ?, ?, ?) RETURNING id",
                );
                let row = row.bind(at.unix()).bind(operator).bind(rule).bind(detail);
                let id: i64 = row.fetch_one(&mut *connection).await?.try_get(0)?;
                // Whoever tells it outside finds it here.
                sqlx::query("INSERT INTO alert_outbox (alert) VALUES (?)")
                    .bind(id)
                    .execute(connection)
                    .await?;
                ending.events.push(Event::local(*at, ActKind::Alert, None, *rule));
                Ok(Done::Nothing)
            }
            Self::CountUp { id, detail } => {
                let counted = sqlx::query("UPDATE alert SET detail = ? WHERE id = ? AND closed_at IS NULL");
                counted.bind(detail).bind(id).execute(connection).await?;
                Ok(Done::Nothing)
            }
            Self::AlertTold { id, at } => {
                let told = sqlx::query("UPDATE alert_outbox SET sent_at = ? WHERE alert = ?");
                told.bind(at.unix()).bind(id).execute(connection).await?;
                Ok(Done::Nothing)
            }
            Self::AlertFailed { id, fault, refused, next, at } => {
                let failed = sqlx::query(
                    "UPDATE alert_outbox SET tries = tries + 1, refusals = refusals + ?1, fault = ?2,
                     since = COALESCE(since, ?3), next_at = COALESCE(?4, next_at),
                     given_up_at = CASE WHEN ?4 IS NULL THEN ?3 END WHERE alert = ?5 AND sent_at IS NULL",
                );
                let failed = failed.bind(refused).bind(fault).bind(at.unix());
                failed.bind(next.map(Timestamp::unix)).bind(id).execute(connection).await?;
                Ok(Done::Nothing)
            }
            Self::CloseAlert { id, by, note, at } => {
                let done = sqlx::query(
                    "UPDATE alert SET closed_at = ?, closed_by = ?, note = ? WHERE id = ? AND closed_at IS NULL",
                )
                .bind(at.unix())
                .bind(by)
                .bind(note)
                .bind(id)
                .execute(connection)
                .await?;
                Ok(Done::Found(done.rows_affected() == 1))
            }
            Self::Extract(report, bytes) => {
                sqlx::query("INSERT INTO import_waiting (report, bytes) VALUES (?, ?)")
                    .bind(report)
                    .bind(bytes)
                    .execute(connection)
                    .await?;
                Ok(Done::Nothing)
            }
            Self::Lures(residents, at) => lures::add(connection, ending, residents, *at).await,
            Self::RemoveLure(nik, at) => lures::remove(connection, ending, *nik, *at).await,
            Self::Portrait(new) => portraits::keep(connection, new).await,
            Self::Report(report) => {
                let row = sqlx::query(
                    "INSERT INTO import_report (at, operator, file, report) VALUES (?, ?, ?, ?) RETURNING id",
                )
                .bind(report.at.unix())
                .bind(report.operator)
                .bind(&report.file)
                .bind(&report.report)
                .fetch_one(connection)
                .await?;
                Ok(Done::Id(Some(row.try_get(0)?)))
            }
        }
    }
}

/// Whatever was written since `from` was done by this operator.
pub(super) fn by(ending: &mut Ending<'_>, from: usize, officer: &str) {
    for event in ending.events.iter_mut().skip(from) {
        *event = event.clone().by(officer);
    }
}

fn import_report(row: &SqliteRow) -> Result<ImportReport, sqlx::Error> {
    Ok(ImportReport {
        id: row.try_get("id")?,
        at: Timestamp::from_unix(row.try_get("at")?),
        operator: row.try_get("operator")?,
        file: row.try_get("file")?,
        report: row.try_get("report")?,
    })
}

fn found(row: &SqliteRow) -> Result<Found, StoreError> {
    let resident = rows::resident(row)?;
    let Resident { nik, nama, tanggal_lahir, alamat, .. } = resident;
    Ok(Found { nik, nama: nama.to_string(), tanggal_lahir, alamat })
}

impl SqliteStore {
    pub(super) async fn console(&self, step: Step) -> Result<Done, StoreError> {
        self.write.act(Act::Console(Box::new(step))).await
    }

    /// People of the register, at most twenty, and whether there are more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn search(&self, search: &Search) -> Result<(Vec<Found>, bool), StoreError> {
        let query = match search {
            Search::Nik(nik) => sqlx::query("SELECT * FROM resident WHERE nik = ?").bind(nik.to_string()),
            Search::Kk(no_kk) => sqlx::query("SELECT * FROM resident WHERE no_kk = ? ORDER BY hubungan, nik")
                .bind(no_kk.to_string()),
            Search::Born(_, day) => {
                sqlx::query("SELECT * FROM resident WHERE tanggal_lahir = ? ORDER BY nama")
                    .bind(day.to_string())
            }
        };
        let rows = query.fetch_all(&self.read).await.map_err(unavailable)?;
        let mut people = rows.iter().map(found).collect::<Result<Vec<_>, _>>()?;
        if let Search::Born(name, _) = search {
            let wanted = name.comparison_form();
            let words: Vec<&str> = wanted.split(' ').collect();
            // Part of a name is enough: the day says the rest.
            people.retain(|person| {
                PersonName::parse(&person.nama).is_ok_and(|own| {
                    let own = own.comparison_form();
                    words.iter().all(|word| own.split(' ').any(|part| part == *word))
                })
            });
        }
        let more = people.len() > MOST_FOUND;
        people.truncate(MOST_FOUND);
        Ok((people, more))
    }

    pub(crate) async fn open_case(&self, case: Case, session: [u8; 32]) -> Result<(), StoreError> {
        self.console(Step::Open { case, session }).await.map(drop)
    }

    /// A case of this very session.
    pub(crate) async fn case(&self, id: &str, session: [u8; 32]) -> Result<Option<Case>, StoreError> {
        let row = sqlx::query("SELECT * FROM person_case WHERE id = ? AND session = ?").bind(id.to_owned());
        let row = row.bind(session.to_vec()).fetch_optional(&self.read).await.map_err(unavailable)?;
        let case = |row: SqliteRow| {
            let (purpose, opened_at) = (row.try_get("purpose")?, row.try_get("opened_at")?);
            let opened_at = Timestamp::from_unix(opened_at);
            Ok::<_, sqlx::Error>(Case { id: id.to_owned(), nik: rows::nik(&row)?, purpose, opened_at })
        };
        row.map(case).transpose().map_err(unavailable)
    }

    /// A person's cards in the own wallet as they stand; what a helper carries or carried is none of them.
    pub(crate) async fn cards_of(&self, nik: Nik, now: Timestamp) -> Result<Vec<CardState>, StoreError> {
        let mut cards = Vec::new();
        for kind in CredentialType::ALL {
            let text = format!(
                "SELECT copy.status, COUNT(*), copy.status = 0 AND batch.expires_at <= ?3 AS ended
                 FROM copy JOIN batch ON batch.id = copy.batch
                 WHERE batch.nik = ?1 AND batch.kind = ?2 AND {OWN} GROUP BY copy.status, ended"
            );
            let rows = sqlx::query(sqlx::AssertSqlSafe(text));
            let rows = rows.bind(nik.to_string()).bind(kind.name()).bind(now.unix());
            let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
            let (mut copies, mut ended) = (Vec::new(), 0_u64);
            for row in &rows {
                if row.try_get(2).map_err(unavailable)? {
                    ended = row.try_get::<i64, _>(1).map_err(unavailable)?.unsigned_abs();
                    continue;
                }
                let status =
                    Status::of_value(row.try_get(0).map_err(unavailable)?).ok_or(StoreError::Damaged)?;
                let count: i64 = row.try_get(1).map_err(unavailable)?;
                copies.push((status, count.unsigned_abs()));
            }
            let text = format!(
                "SELECT MAX(issued_at), MAX(expires_at) FROM batch WHERE nik = ? AND kind = ? AND {OWN}"
            );
            let last = sqlx::query(sqlx::AssertSqlSafe(text));
            let last = last
                .bind(nik.to_string())
                .bind(kind.name())
                .fetch_one(&self.read)
                .await
                .map_err(unavailable)?;
            let times: (Option<i64>, Option<i64>) =
                (last.try_get(0).map_err(unavailable)?, last.try_get(1).map_err(unavailable)?);
            if let (false, (Some(issued), Some(expires))) = (copies.is_empty() && ended == 0, times) {
                let (issued_at, expires_at) = (Timestamp::from_unix(issued), Timestamp::from_unix(expires));
                cards.push(CardState { kind, copies, ended, issued_at, expires_at });
            }
        }
        Ok(cards)
    }

    pub(crate) async fn offer_by(
        &self,
        offer: Offer,
        officer: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.console(Step::Offer { offer, officer: officer.to_owned(), at }).await.map(drop)
    }

    /// Ends an offer that nobody has redeemed: whether there was such a one.
    pub(crate) async fn end_offer(&self, offer: OfferKey, at: Timestamp) -> Result<bool, StoreError> {
        self.found(Act::Console(Box::new(Step::EndOffer { offer, at }))).await
    }

    /// Suspends all cards of somebody: how many copies.
    pub(crate) async fn suspend_all(
        &self,
        nik: Nik,
        officer: &str,
        at: Timestamp,
    ) -> Result<u64, StoreError> {
        match self.console(Step::SuspendAll { nik, officer: officer.to_owned(), at }).await? {
            Done::Decided(changed) => Ok(changed.unwrap_or_default()),
            _ => Err(StoreError::Damaged),
        }
    }

    /// How far an offer has come.
    pub(crate) async fn issue_state(&self, key: OfferKey) -> Result<Option<IssueState>, StoreError> {
        let row = sqlx::query(
            "SELECT redeemed, wrong_tries, expires_at,
             EXISTS (SELECT 1 FROM batch JOIN access_token ON access_token.key = batch.token WHERE access_token.offer = ?1),
             EXISTS (SELECT 1 FROM access_token WHERE offer = ?1),
             EXISTS (SELECT 1 FROM notification JOIN access_token ON access_token.key = notification.token
                     WHERE access_token.offer = ?1 AND notification.event = 'credential_accepted'),
             NOT EXISTS (SELECT 1 FROM access_token WHERE offer = ?1 AND expires_at > 0)
             FROM offer WHERE key = ?1",
        );
        let row = row.bind(key.to_vec()).fetch_optional(&self.read).await.map_err(unavailable)?;
        let state = |row: SqliteRow| {
            Ok::<_, sqlx::Error>(IssueState {
                redeemed: row.try_get(0)?,
                wrong_tries: row.try_get(1)?,
                expires_at: Timestamp::from_unix(row.try_get(2)?),
                issued: row.try_get(3)?,
                given: row.try_get(4)?,
                stored: row.try_get(5)?,
                taken_back: row.try_get(6)?,
            })
        };
        row.map(state).transpose().map_err(unavailable)
    }

    pub(crate) async fn keep_report(&self, report: ImportReport) -> Result<i64, StoreError> {
        match self.console(Step::Report(report)).await? {
            Done::Id(Some(id)) => Ok(id),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Imports of the console, the newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn import_reports(&self) -> Result<Vec<ImportReport>, StoreError> {
        let rows = sqlx::query("SELECT * FROM import_report ORDER BY id DESC LIMIT 50");
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        rows.iter().map(import_report).collect::<Result<_, _>>().map_err(unavailable)
    }

    /// One of them, however many came after it.
    pub(crate) async fn import_report(&self, id: i64) -> Result<Option<ImportReport>, StoreError> {
        let row = sqlx::query("SELECT * FROM import_report WHERE id = ?").bind(id);
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.as_ref().map(import_report).transpose().map_err(unavailable)
    }

    /// How many people the register has.
    pub(crate) async fn register_size(&self) -> Result<u64, StoreError> {
        let row = sqlx::query("SELECT (SELECT COUNT(*) FROM resident) - (SELECT COUNT(*) FROM honeytoken)")
            .fetch_one(&self.read)
            .await
            .map_err(unavailable)?;
        Ok(row.try_get::<i64, _>(0).map_err(unavailable)?.unsigned_abs())
    }
}
