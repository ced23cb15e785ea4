//! Between rows and typed values. What does not read back is damage, never guessed.

use absah_issuer_core::Resident;
use absah_issuer_core::offer::{Grant, Offer};
use absah_issuer_core::ports::StoreError;
use absah_protocol::oid4vci::issuer::{OfferRecord, TxCodeTag};
use absah_schemas::CredentialType;
use absah_types::{
    BloodGroup, Citizenship, Education, FamilyRelation, MaritalStatus, Nik, Occupation, PopulationStatus,
    Religion, Sex, Timestamp,
};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::str::FromStr;

use super::{oauth, unavailable};

/// Rows for a statement of which there are few lengths, so that each is prepared once and kept: what is missing to the
/// next power of two becomes rows of nulls, which the statement leaves out.
pub(super) fn filled<T>(rows: &[T]) -> impl Iterator<Item = Option<&T>> {
    let missing = rows.len().next_power_of_two() - rows.len();
    rows.iter().map(Some).chain(std::iter::repeat_n(None, missing))
}

pub(super) fn bytes32(row: &SqliteRow, column: &str) -> Result<[u8; 32], StoreError> {
    let bytes: Vec<u8> = row.try_get(column).map_err(unavailable)?;
    bytes.try_into().map_err(|_| StoreError::Damaged)
}

pub(super) fn time(row: &SqliteRow, column: &str) -> Result<Timestamp, StoreError> {
    row.try_get(column).map(Timestamp::from_unix).map_err(unavailable)
}

/// The person of a row, within a step that ends with the database's own error.
pub(super) fn nik(row: &SqliteRow) -> Result<Nik, sqlx::Error> {
    let text: &str = row.try_get("nik")?;
    text.parse().map_err(|_| sqlx::Error::RowNotFound)
}

fn text<T: FromStr>(row: &SqliteRow, column: &str) -> Result<T, StoreError> {
    let text: &str = row.try_get(column).map_err(unavailable)?;
    text.parse().map_err(|_| StoreError::Damaged)
}

pub(super) fn maybe_text<T: FromStr>(row: &SqliteRow, column: &str) -> Result<Option<T>, StoreError> {
    let text: Option<&str> = row.try_get(column).map_err(unavailable)?;
    text.map(str::parse).transpose().map_err(|_| StoreError::Damaged)
}

fn code<T>(row: &SqliteRow, column: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
    let number: u16 = row.try_get(column).map_err(unavailable)?;
    parse(&number.to_string()).ok_or(StoreError::Damaged)
}

pub(super) fn kind(row: &SqliteRow) -> Result<CredentialType, StoreError> {
    let name: &str = row.try_get("kind").map_err(unavailable)?;
    CredentialType::of_name(name).ok_or(StoreError::Damaged)
}

pub(super) fn offer(row: &SqliteRow) -> Result<Offer, StoreError> {
    let tag: Option<Vec<u8>> = row.try_get("tx_code").map_err(unavailable)?;
    let tag = tag.map(|tag| tag.try_into().map(TxCodeTag::from_bytes)).transpose();
    let record = OfferRecord {
        tx_code: tag.map_err(|_| StoreError::Damaged)?,
        expires_at: time(row, "expires_at")?,
        wrong_tries: row.try_get("wrong_tries").map_err(unavailable)?,
        redeemed: row.try_get("redeemed").map_err(unavailable)?,
    };
    Ok(Offer {
        key: bytes32(row, "key")?,
        nik: text(row, "nik")?,
        kind: kind(row)?,
        record,
        guardian: maybe_text(row, "guardian")?,
        letter: row.try_get("letter").map_err(unavailable)?,
    })
}

pub(super) fn grant(row: &SqliteRow) -> Result<Grant, StoreError> {
    Ok(Grant {
        offer: bytes32(row, "offer")?,
        nik: text(row, "nik")?,
        kind: kind(row)?,
        expires_at: time(row, "expires_at")?,
        jkt: row
            .try_get::<Option<Vec<u8>>, _>("jkt")
            .map_err(unavailable)?
            .map(|jkt| jkt.try_into().map_err(|_| StoreError::Damaged))
            .transpose()?,
        details: oauth::words(row.try_get("details").map_err(unavailable)?),
    })
}

pub(super) fn resident(row: &SqliteRow) -> Result<Resident, StoreError> {
    let diubah: Option<i64> = row.try_get("diubah").map_err(unavailable)?;
    Ok(Resident {
        nik: text(row, "nik")?,
        no_kk: text(row, "no_kk")?,
        nama: text(row, "nama")?,
        tempat_lahir: row.try_get("tempat_lahir").map_err(unavailable)?,
        tanggal_lahir: text(row, "tanggal_lahir")?,
        jenis_kelamin: code(row, "jenis_kelamin", |text| Sex::parse(text).ok())?,
        golongan_darah: code(row, "golongan_darah", |text| BloodGroup::parse(text).ok())?,
        agama: code(row, "agama", |text| Religion::parse(text).ok())?,
        status_kawin: code(row, "status_kawin", |text| MaritalStatus::parse(text).ok())?,
        hubungan: code(row, "hubungan", |text| FamilyRelation::parse(text).ok())?,
        pendidikan: code(row, "pendidikan", |text| Education::parse(text).ok())?,
        pekerjaan: code(row, "pekerjaan", |text| Occupation::parse(text).ok())?,
        kewarganegaraan: code(row, "kewarganegaraan", |text| Citizenship::parse(text).ok())?,
        nik_ibu: maybe_text(row, "nik_ibu")?,
        nama_ibu: maybe_text(row, "nama_ibu")?,
        nik_ayah: maybe_text(row, "nik_ayah")?,
        nama_ayah: maybe_text(row, "nama_ayah")?,
        alamat: row.try_get("alamat").map_err(unavailable)?,
        rt_rw: text(row, "rt_rw")?,
        wilayah: text(row, "wilayah")?,
        akta_lahir: row.try_get("akta_lahir").map_err(unavailable)?,
        status_dasar: code(row, "status_dasar", |text| PopulationStatus::parse(text).ok())?,
        diubah: diubah.map(Timestamp::from_unix),
    })
}
