//! The register of residents: taken in from a checked extract, in one transaction per file.

use std::collections::HashMap;

use absah_credential::Format;
use absah_crypto::sha256;
use absah_issuer_core::card::Subject;
use absah_issuer_core::population::Checked;
use absah_issuer_core::ports::{ActKind, Granted, Hold, StoreError};
use absah_issuer_core::{NotEligible, Resident};
use absah_schemas::CredentialType;
use absah_types::{Nik, NomorKk, PopulationStatus, Timestamp};
use sqlx::sqlite::SqlitePool;
use sqlx::{Connection, QueryBuilder, Row, Sqlite, SqliteConnection};

use super::proposals::Consequences;
use super::reader::{Reader, What};
use super::{SqliteStore, acts, approvals, rows, unavailable};
use crate::ledger::seal::{Event, Sealer};

/// Residents per statement.
const CHUNK: usize = 40;

/// What an import did to the register.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// Residents that were not there before.
    pub added: u64,
    /// Residents whose record differs from before.
    pub changed: u64,
    /// Residents whose record is as it was; nothing is written for them.
    pub unchanged: u64,
    /// Residents whose record in the register is newer than that of the extract: it stays.
    pub older: u64,
    /// Residents who had died or moved, and live here by the extract.
    pub back: u64,
    /// Cards superseded because their facts have changed.
    pub superseded: u64,
    /// Cards suspended because their holder is missing.
    pub suspended: u64,
    /// Cards revoked because their holder is gone.
    pub revoked: u64,
    /// The proposal that waits for approval instead, if the changes are too large to be made without.
    pub proposal: Option<i64>,
}

/// How an import is made.
#[derive(Clone, Copy)]
pub(super) enum Manner<'a> {
    /// Little is done to cards at once; much becomes a proposal.
    AtOnce,
    /// Nothing is kept: only to know what it would do.
    Try,
    /// As two people agreed, if it does exactly what they were told, with the decision in the same transaction.
    Agreed(Imported, &'a approvals::NewDecision),
}

/// A portrait ready to be kept.
#[derive(Clone)]
pub struct NewPortrait {
    /// Whose.
    pub nik: Nik,
    /// SHA-256 of the photograph it was made from.
    pub source: [u8; 32],
    /// The picture.
    pub webp: Vec<u8>,
}

impl SqliteStore {
    /// Takes in the residents of a checked extract and portraits: all or none of them. Nobody is removed, and nobody's
    /// status changes because a row or a picture is missing.
    ///
    /// # Errors
    /// [`StoreError`]; then the register is as it was.
    pub async fn import(
        &self,
        checked: &Checked,
        bytes: &[u8],
        portraits: &[NewPortrait],
        at: Timestamp,
    ) -> Result<Imported, StoreError> {
        self.import_in(checked, bytes, portraits, (Manner::AtOnce, at)).await
    }

    /// The same in one of three manners.
    ///
    /// # Errors
    /// [`StoreError`]; then the register is as it was.
    pub(super) async fn import_in(
        &self,
        checked: &Checked,
        bytes: &[u8],
        portraits: &[NewPortrait],
        (manner, at): (Manner<'_>, Timestamp),
    ) -> Result<Imported, StoreError> {
        // A connection of its own: a large file must not hold up the writer's queue longer than the lock itself does.
        let mut connection = SqliteConnection::connect_with(&self.options).await.map_err(unavailable)?;
        import(&mut connection, &self.sealer, (checked, bytes, portraits), (manner, at))
            .await
            .map_err(unavailable)
    }

    /// For each portrait the digest of the photograph it was made from.
    pub(crate) async fn portrait_sources(&self) -> Result<HashMap<String, Vec<u8>>, StoreError> {
        let rows = sqlx::query("SELECT nik, source FROM portrait")
            .fetch_all(&self.read)
            .await
            .map_err(unavailable)?;
        let pair = |row: sqlx::sqlite::SqliteRow| Ok((row.try_get(0)?, row.try_get(1)?));
        rows.into_iter().map(pair).collect::<Result<_, sqlx::Error>>().map_err(unavailable)
    }

    /// Why somebody who is not in the register gets no card.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn why_absent(&self, nik: Nik, kind: CredentialType) -> Result<NotEligible, StoreError> {
        let row = sqlx::query("SELECT 1 FROM record_refused WHERE nik = ?").bind(nik.to_string());
        let refused = row.fetch_optional(&self.read).await.map_err(unavailable)?.is_some();
        Ok(match kind {
            CredentialType::KartuKeluarga if refused => NotEligible::FamilyIncomplete,
            _ if refused => NotEligible::RecordRefused,
            _ => NotEligible::Unknown,
        })
    }

    /// Whether the register has a person.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn has_resident(&self, nik: Nik) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT 1 FROM resident WHERE nik = ?").bind(nik.to_string());
        Ok(row.fetch_optional(&self.read).await.map_err(unavailable)?.is_some())
    }
}

/// What a card of a person is made from.
pub(super) async fn subject(
    pool: &SqlitePool,
    nik: Nik,
    kind: CredentialType,
) -> Result<Option<Subject>, StoreError> {
    let row = sqlx::query(
        "SELECT resident.*, portrait.webp, EXISTS (SELECT 1 FROM honeytoken WHERE honeytoken.nik = resident.nik) AS lure
         FROM resident LEFT JOIN portrait ON portrait.nik = resident.nik
         WHERE resident.nik = ?",
    )
    .bind(nik.to_string())
    .fetch_optional(pool)
    .await
    .map_err(unavailable)?;
    match row {
        Some(row) => of_row(pool, &row, kind).await.map(Some),
        None => Ok(None),
    }
}

/// What an access token allows, and what the card is made from, with one look.
pub(super) async fn granted(
    together: &Reader,
    pool: &SqlitePool,
    token: [u8; 32],
) -> Result<Option<Granted>, StoreError> {
    let Some(row) = together.row(What::Granted, token).await? else { return Ok(None) };
    let grant = rows::grant(&row)?;
    let mut subject = of_row(pool, &row, grant.kind).await?;
    subject.guardian = rows::maybe_text(&row, "guardian")?;
    if let Some(id) = row.try_get::<Option<i64>, _>("letter").map_err(unavailable)? {
        subject.letter = super::letters::find(pool, &subject.resident, Some(id)).await?;
    }
    let issued: Option<&str> = row.try_get("issued").map_err(unavailable)?;
    let issued = issued.unwrap_or_default().split_whitespace().map(Format::of_name);
    let hold =
        match (row.try_get("held").map_err(unavailable)?, row.try_get("released").map_err(unavailable)?) {
            (true, None) => Hold::Waits,
            (true, Some(false)) => Hold::Refused,
            (false, _) | (true, Some(true)) => Hold::Free,
        };
    let issued = issued.collect::<Option<_>>().ok_or(StoreError::Damaged)?;
    let carried = row.try_get("carried").map_err(unavailable)?;
    Ok(Some(Granted { grant, subject, issued, hold, carried }))
}

/// A subject whose own row is at hand; the family is looked up where the card speaks of it.
async fn of_row(
    pool: &SqlitePool,
    row: &sqlx::sqlite::SqliteRow,
    kind: CredentialType,
) -> Result<Subject, StoreError> {
    let mut resident = rows::resident(row)?;
    // Nobody's record looks like anybody's, but for this: there is nobody who could come for a card.
    if row.try_get::<bool, _>("lure").map_err(unavailable)? {
        resident.status_dasar = PopulationStatus::Missing;
    }
    let picture = row.try_get("webp").map_err(unavailable)?;
    let (mut family, mut family_whole) = (Vec::new(), true);
    if !matches!(kind, CredentialType::KtpElektronik | CredentialType::SuratKeterangan) {
        let no_kk = resident.no_kk.to_string();
        let rows = sqlx::query("SELECT * FROM resident WHERE no_kk = ?").bind(&no_kk);
        let rows = rows.fetch_all(pool).await.map_err(unavailable)?;
        family = rows.iter().map(rows::resident).collect::<Result<_, _>>()?;
        let incomplete = sqlx::query("SELECT 1 FROM family_incomplete WHERE no_kk = ?").bind(&no_kk);
        family_whole = incomplete.fetch_optional(pool).await.map_err(unavailable)?.is_none();
    }
    let letter = match kind {
        CredentialType::SuratKeterangan => super::letters::find(pool, &resident, None).await?,
        _ => None,
    };
    Ok(Subject { resident, family, family_whole, picture, guardian: None, letter })
}

async fn import(
    connection: &mut SqliteConnection,
    sealer: &Sealer,
    (checked, bytes, portraits): (&Checked, &[u8], &[NewPortrait]),
    (manner, at): (Manner<'_>, Timestamp),
) -> Result<Imported, sqlx::Error> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let known = digests(&mut transaction).await?;
    let mut imported = Imported::default();
    let mut families = Vec::new();
    let mut consequences = Consequences::begin(&mut transaction).await?;
    let mut waiting: Vec<(Resident, [u8; 16])> = Vec::with_capacity(CHUNK);
    for (_, resident) in checked.residents(bytes) {
        families.push(resident.no_kk);
        let digest = digest(&resident);
        match known.get(&resident.nik) {
            Some(before) if *before == digest => {
                imported.unchanged += 1;
                continue;
            }
            Some(_) => {
                let (status, noted) = standing(&mut transaction, resident.nik).await?;
                if is_older(&resident, noted) {
                    imported.older += 1;
                    continue;
                }
                let is_gone = matches!(status, PopulationStatus::Dead | PopulationStatus::Moved);
                imported.back += u64::from(is_gone && resident.status_dasar == PopulationStatus::Living);
                imported.changed += 1;
            }
            None => imported.added += 1,
        }
        consequences.note(&mut transaction, known.contains_key(&resident.nik), &resident).await?;
        waiting.push((resident, digest));
        if waiting.len() == CHUNK {
            write(&mut transaction, &waiting).await?;
            waiting.clear();
        }
    }
    write(&mut transaction, &waiting).await?;
    families.sort_unstable();
    families.dedup();
    judge_families(&mut transaction, &families, &checked.incomplete_families).await?;
    note_refused(&mut transaction, &checked.refused_people).await?;
    keep_portraits(&mut transaction, portraits, &mut consequences).await?;
    let mut ending = acts::Ending::new(sealer);
    // Two people agreed to the whole of it, whatever it does to cards.
    consequences.agreed = !matches!(manner, Manner::AtOnce);
    consequences.end(&mut transaction, &mut ending, &mut imported, at).await?;
    let object = format!(
        "rows {} imported {} added {} changed {} portraits {}",
        checked.rows,
        checked.imported(),
        imported.added,
        imported.changed,
        portraits.len()
    );
    ending.events.push(Event::local(at, ActKind::Import, None, object));
    match manner {
        Manner::AtOnce => {}
        Manner::Try => {
            transaction.rollback().await?;
            return Ok(imported);
        }
        Manner::Agreed(counts, decision) => {
            if imported != counts || !approvals::approve(&mut transaction, &mut ending, decision).await? {
                return Err(sqlx::Error::RowNotFound);
            }
        }
    }
    ending.write(&mut transaction).await?;
    transaction.commit().await?;
    Ok(imported)
}

/// Writes down what the register says of a person: how many cards changed; nothing if it says so already.
pub(super) async fn set_status(
    connection: &mut SqliteConnection,
    ending: &mut acts::Ending<'_>,
    (nik, status): (Nik, PopulationStatus),
    at: Timestamp,
) -> Result<Option<u64>, sqlx::Error> {
    let row = sqlx::query("SELECT * FROM resident WHERE nik = ?").bind(nik.to_string());
    let Some(row) = row.fetch_optional(&mut *connection).await? else { return Ok(None) };
    let mut resident = rows::resident(&row).map_err(|_| sqlx::Error::RowNotFound)?;
    let lure = sqlx::query("SELECT 1 FROM honeytoken WHERE nik = ?").bind(nik.to_string());
    let is_lure = lure.fetch_optional(&mut *connection).await?.is_some();
    if resident.status_dasar == status || is_lure {
        return Ok(None);
    }
    resident.status_dasar = status;
    resident.diubah = Some(at);
    let mut consequences = Consequences::begin(connection).await?;
    consequences.agreed = true;
    consequences.note(connection, true, &resident).await?;
    let digest = digest(&resident);
    write(connection, &[(resident, digest)]).await?;
    let mut done = Imported::default();
    ending.events.push(Event::local(at, ActKind::Import, Some(nik), format!("status {status}")));
    consequences.end(connection, ending, &mut done, at).await?;
    Ok(Some(done.superseded + done.suspended + done.revoked))
}

/// Whether an extract's word is older than what was written down here at that time: then it does not know of it yet.
pub(super) fn is_older(told: &Resident, noted: Option<Timestamp>) -> bool {
    told.diubah.zip(noted).is_some_and(|(told, noted)| told < noted)
}

/// What the register says of somebody's life, and since when it has been so written.
pub(super) async fn standing(
    connection: &mut SqliteConnection,
    nik: Nik,
) -> Result<(PopulationStatus, Option<Timestamp>), sqlx::Error> {
    let row = sqlx::query("SELECT * FROM resident WHERE nik = ?").bind(nik.to_string());
    let resident = rows::resident(&row.fetch_one(connection).await?).map_err(|_| sqlx::Error::RowNotFound)?;
    Ok((resident.status_dasar, resident.diubah))
}

/// Keeps portraits and takes note of what they change.
async fn keep_portraits(
    connection: &mut SqliteConnection,
    portraits: &[NewPortrait],
    consequences: &mut Consequences,
) -> Result<(), sqlx::Error> {
    for portrait in portraits {
        let nik = portrait.nik.to_string();
        let before = sqlx::query("SELECT webp FROM portrait WHERE nik = ?").bind(&nik);
        let before = before.fetch_optional(&mut *connection).await?;
        let before = before.as_ref().map(|row| row.try_get::<&[u8], _>(0)).transpose()?;
        consequences.note_portrait(portrait.nik, before, &portrait.webp);
        sqlx::query("INSERT OR REPLACE INTO portrait (nik, source, webp) VALUES (?, ?, ?)")
            .bind(nik)
            .bind(portrait.source.to_vec())
            .bind(&portrait.webp)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// What is known of everybody in the register, but for records of nobody.
pub(super) async fn digests(
    connection: &mut SqliteConnection,
) -> Result<HashMap<Nik, [u8; 16]>, sqlx::Error> {
    let mut known = HashMap::new();
    let mut last = String::new();
    loop {
        // Page by page: all rows at once would take several times the memory of what is kept of them.
        let rows = sqlx::query(
            "SELECT nik, digest FROM resident WHERE nik > ?
             AND nik NOT IN (SELECT nik FROM honeytoken) ORDER BY nik LIMIT 5000",
        )
        .bind(&last)
        .fetch_all(&mut *connection)
        .await?;
        let Some(end) = rows.last() else { return Ok(known) };
        last = end.try_get(0)?;
        for row in &rows {
            let nik = row.try_get::<&str, _>(0)?.parse().map_err(|_| sqlx::Error::RowNotFound)?;
            let digest = row.try_get::<&[u8], _>(1)?.try_into().map_err(|_| sqlx::Error::RowNotFound)?;
            known.insert(nik, digest);
        }
    }
}

/// The family cards of which something is known now: whole ones are taken off the list of incomplete ones.
async fn judge_families(
    connection: &mut SqliteConnection,
    seen: &[NomorKk],
    incomplete: &[NomorKk],
) -> Result<(), sqlx::Error> {
    let rows = sqlx::query("SELECT no_kk FROM family_incomplete").fetch_all(&mut *connection).await?;
    for row in rows {
        let no_kk: NomorKk = row.try_get::<&str, _>(0)?.parse().map_err(|_| sqlx::Error::RowNotFound)?;
        if seen.binary_search(&no_kk).is_ok() && incomplete.binary_search(&no_kk).is_err() {
            sqlx::query("DELETE FROM family_incomplete WHERE no_kk = ?")
                .bind(no_kk.to_string())
                .execute(&mut *connection)
                .await?;
        }
    }
    for no_kk in incomplete {
        sqlx::query("INSERT INTO family_incomplete (no_kk) VALUES (?) ON CONFLICT DO NOTHING")
            .bind(no_kk.to_string())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Whose record was refused now; who is in the register after all needs no such note.
async fn note_refused(
    connection: &mut SqliteConnection,
    people: &[(Nik, NomorKk)],
) -> Result<(), sqlx::Error> {
    for (nik, no_kk) in people {
        sqlx::query("INSERT OR REPLACE INTO record_refused (nik, no_kk) VALUES (?, ?)")
            .bind(nik.to_string())
            .bind(no_kk.to_string())
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query("DELETE FROM record_refused WHERE nik IN (SELECT nik FROM resident)")
        .execute(connection)
        .await?;
    Ok(())
}

/// A digest of everything in a record: equal digests, equal records.
pub(super) fn digest(resident: &Resident) -> [u8; 16] {
    let maybe = |text: Option<String>| text.unwrap_or_default();
    let fields = [
        resident.no_kk.to_string(),
        resident.nama.to_string(),
        resident.tempat_lahir.clone(),
        resident.tanggal_lahir.to_string(),
        resident.jenis_kelamin.to_string(),
        resident.golongan_darah.to_string(),
        resident.agama.to_string(),
        resident.status_kawin.to_string(),
        resident.hubungan.to_string(),
        resident.pendidikan.to_string(),
        resident.pekerjaan.to_string(),
        resident.kewarganegaraan.to_string(),
        maybe(resident.nik_ibu.map(|nik| nik.to_string())),
        maybe(resident.nama_ibu.as_ref().map(ToString::to_string)),
        maybe(resident.nik_ayah.map(|nik| nik.to_string())),
        maybe(resident.nama_ayah.as_ref().map(ToString::to_string)),
        resident.alamat.clone(),
        resident.rt_rw.to_string(),
        resident.wilayah.to_string(),
        maybe(resident.akta_lahir.clone()),
        resident.status_dasar.to_string(),
        maybe(resident.diubah.map(|time| time.unix().to_string())),
    ];
    // No field holds a NUL byte: the import refuses control characters.
    let whole = sha256(fields.join("\0").as_bytes());
    whole.first_chunk().copied().unwrap_or_default()
}

/// Writes a few records that need no further thought.
pub(super) async fn write_residents(
    connection: &mut SqliteConnection,
    residents: &[Resident],
) -> Result<(), sqlx::Error> {
    let residents: Vec<_> = residents.iter().map(|one| (one.clone(), digest(one))).collect();
    write(connection, &residents).await
}

async fn write(
    connection: &mut SqliteConnection,
    residents: &[(Resident, [u8; 16])],
) -> Result<(), sqlx::Error> {
    if residents.is_empty() {
        return Ok(());
    }
    let mut insert: QueryBuilder<Sqlite> = QueryBuilder::new(
        "INSERT OR REPLACE INTO resident (nik, no_kk, nama, tempat_lahir, tanggal_lahir, jenis_kelamin, golongan_darah,
         agama, status_kawin, hubungan, pendidikan, pekerjaan, kewarganegaraan, nik_ibu, nama_ibu, nik_ayah, nama_ayah,
         alamat, rt_rw, wilayah, akta_lahir, status_dasar, diubah, digest) ",
    );
    insert.push_values(residents, |mut row, (resident, digest)| {
        row.push_bind(resident.nik.to_string())
            .push_bind(resident.no_kk.to_string())
            .push_bind(resident.nama.as_str())
            .push_bind(&resident.tempat_lahir)
            .push_bind(resident.tanggal_lahir.to_string())
            .push_bind(resident.jenis_kelamin.code())
            .push_bind(resident.golongan_darah.code())
            .push_bind(resident.agama.code())
            .push_bind(resident.status_kawin.code())
            .push_bind(resident.hubungan.code())
            .push_bind(resident.pendidikan.code())
            .push_bind(resident.pekerjaan.code())
            .push_bind(resident.kewarganegaraan.code())
            .push_bind(resident.nik_ibu.map(|nik| nik.to_string()))
            .push_bind(resident.nama_ibu.as_ref().map(|name| name.as_str()))
            .push_bind(resident.nik_ayah.map(|nik| nik.to_string()))
            .push_bind(resident.nama_ayah.as_ref().map(|name| name.as_str()))
            .push_bind(&resident.alamat)
            .push_bind(resident.rt_rw.to_string())
            .push_bind(resident.wilayah.to_string())
            .push_bind(resident.akta_lahir.as_deref())
            .push_bind(resident.status_dasar.code())
            .push_bind(resident.diubah.map(absah_types::Timestamp::unix))
            .push_bind(digest.as_slice());
    });
    insert.build().execute(connection).await.map(|_| ())
}
