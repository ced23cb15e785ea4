//! `person show`.

use absah_host::{Console, Exit};
use absah_issuer_core::ports::{ActKind, Store as _};
use absah_issuer_core::{NotEligible, Resident};
use absah_schemas::codes::{self, Table};
use absah_schemas::{CredentialType, regions};
use absah_types::{Nik, RegionLevel, coded};
use serde_json::json;

use super::{Desk, Failure, Outcome};
use crate::ledger::seal::Event;

/// A purpose has at least and at most so many characters.
const PURPOSE: core::ops::RangeInclusive<usize> = 3..=200;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Shows a person's record. That you looked, and why, is written into the ledger, where the person sees it.
    Show {
        /// The person's NIK.
        #[arg(long, value_name = "NIK")]
        nik: String,
        /// What for.
        #[arg(long, value_name = "TEXT")]
        purpose: String,
    },
}

/// A purpose is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PurposeError {
    /// Too short, too long, or with control characters.
    Malformed,
}

impl core::fmt::Display for PurposeError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("purpose malformed")
    }
}

impl core::error::Error for PurposeError {}

coded! { PurposeError { Malformed => ("purpose-malformed", User) } }

/// A purpose or reason, as people may be shown it.
pub(super) fn purpose(text: &str) -> Result<&str, PurposeError> {
    let text = text.trim();
    let is_plain = !text.chars().any(char::is_control);
    if is_plain && PURPOSE.contains(&text.chars().count()) { Ok(text) } else { Err(PurposeError::Malformed) }
}

pub(super) fn run(Command::Show { nik, purpose: text }: &Command, desk: &mut Desk<'_>) -> Outcome {
    let nik = Nik::parse(nik.trim())?;
    let why = purpose(text)?;
    desk.with_store(async |store, context| {
        let kind = CredentialType::KtpElektronik;
        let subject = store.subject(nik, kind).await?.ok_or_else(|| Failure::from(NotEligible::Unknown))?;
        // First the entry, then the record: nobody looks without leaving one.
        let event =
            Event::local(context.clock.now(), ActKind::PersonView, Some(nik), "resident").for_purpose(why);
        store.note(event).await?;
        if store.is_lure(nik).await? {
            store.raise(None, "honeytoken", "1".to_owned(), context.clock.now()).await?;
        }
        let resident = &subject.resident;
        let shown = json!({
            "nik": resident.nik.to_string(),
            "no_kk": resident.no_kk.to_string(),
            "nama": resident.nama.as_str(),
            "tempat_lahir": resident.tempat_lahir,
            "tanggal_lahir": resident.tanggal_lahir.to_string(),
            "jenis_kelamin": resident.jenis_kelamin.to_string(),
            "alamat": resident.alamat,
            "rt_rw": resident.rt_rw.to_string(),
            "wilayah": resident.wilayah.to_string(),
            "status_kawin": resident.status_kawin.to_string(),
            "pekerjaan": resident.pekerjaan.to_string(),
            "status_dasar": resident.status_dasar.to_string(),
        });
        if context.console.json() {
            context.console.answer(&shown);
        } else {
            for line in in_words(resident, &context.console) {
                context.console.line(&line);
            }
        }
        Ok(Exit::Ok)
    })
}

/// A record line by line in the order of the identity card, with the labels of the cards and the words of the code
/// tables.
fn in_words(resident: &Resident, console: &Console) -> Vec<String> {
    let (ktp, kk) = (CredentialType::KtpElektronik, CredentialType::KartuKeluarga);
    let label = |kind: CredentialType, claim: &str| {
        kind.claim(claim).map_or_else(|| claim.to_owned(), |claim| claim.label(console.lang()).to_owned())
    };
    let word = |table, code: u16| codes::label(table, code).map_or_else(|| code.to_string(), str::to_owned);
    let region = |level| {
        let named = resident.wilayah.at(level).and_then(regions::name);
        named.map_or_else(|| resident.wilayah.to_string(), str::to_owned)
    };
    let lines = [
        (label(ktp, "nik"), resident.nik.to_string()),
        (label(kk, "nomorKk"), resident.no_kk.to_string()),
        (label(ktp, "nama"), resident.nama.as_str().to_owned()),
        (label(ktp, "kelahiran.tempat"), resident.tempat_lahir.clone()),
        (label(ktp, "kelahiran.tanggal"), resident.tanggal_lahir.to_dmy()),
        (label(ktp, "jenisKelamin"), word(Table::JenisKelamin, resident.jenis_kelamin.code())),
        (label(ktp, "alamat"), resident.alamat.clone()),
        ("RT/RW".to_owned(), resident.rt_rw.to_string()),
        (label(ktp, "alamat.kelurahan"), region(RegionLevel::Village)),
        (label(ktp, "alamat.kecamatan"), region(RegionLevel::District)),
        (label(ktp, "alamat.kota"), region(RegionLevel::Regency)),
        (label(ktp, "statusPerkawinan"), word(Table::StatusPerkawinan, resident.status_kawin.code())),
        (label(ktp, "pekerjaan"), word(Table::Pekerjaan, resident.pekerjaan.code())),
        (console.text("person-status"), word(Table::StatusDasar, resident.status_dasar.code())),
    ];
    lines.into_iter().map(|(label, value)| format!("{label}: {value}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purpose_says_something() {
        assert_eq!(purpose("  Cetak ulang KTP "), Ok("Cetak ulang KTP"));
        for text in ["", "  ", "ab", "a\nb c", "\u{1b}[31mred", &"x".repeat(201)] {
            assert_eq!(purpose(text), Err(PurposeError::Malformed), "{text:?}");
        }
    }
}
