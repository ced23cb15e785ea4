//! From the register to the card: the facts, written as people read them, and how long they hold.

use absah_credential::portrait::Portrait;
use absah_credential::{
    AGES, Alamat, Anggota, Format, Groups, KartuKeluarga, Kelahiran, KeyAssurance, KtpElektronik, Validity,
};
use absah_schemas::codes::{self, Table};
use absah_schemas::{CredentialType, regions};
use absah_types::{
    Date, FamilyRelation, HolderLink, PersonName, RegionCode, RegionLevel, Seconds, SectorTokens, Timestamp,
    coded,
};

use crate::eligibility::living;
use crate::resident::Resident;

/// How long a card holds.
pub const LIFE: Seconds = Seconds::days(30);

/// Why no card can be written, although the person may have one. The import lets none of this through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardError {
    /// A code that its table no longer lists.
    CodeUnlisted,
    /// An area that the table no longer lists.
    RegionUnlisted,
    /// The family has no head.
    NoHead,
}

impl core::fmt::Display for CardError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::CodeUnlisted => "code without a label",
            Self::RegionUnlisted => "area without a name",
            Self::NoHead => "family without a head",
        })
    }
}

impl core::error::Error for CardError {}

coded! { CardError {
    CodeUnlisted => ("card-code-unlisted", Bug),
    RegionUnlisted => ("card-region-unlisted", Bug),
    NoHead => ("card-family-no-head", Bug),
} }

/// What a card is made from.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The holder.
    pub resident: Resident,
    /// All members of the holder's family, the holder too. Empty for cards that do not speak of them.
    pub family: Vec<Resident>,
    /// Whether no record of the family was refused at the last import.
    pub family_whole: bool,
    /// The holder's picture as WebP, if there is one.
    pub picture: Option<Vec<u8>>,
}

/// What a card says that does not stand in the register: the issuer makes it.
#[derive(Debug, Clone, Default)]
pub struct Made {
    /// The holder's numbers in the sectors, which only the identity card bears.
    pub tokens: Option<SectorTokens>,
    /// Ties this copy to those of the holder's other cards. Each copy has its own.
    pub link: Option<HolderLink>,
    /// The salted picture, on the identity card. Each copy that has only its hash has its own.
    pub portrait: Option<Portrait>,
    /// Where the holder's keys live, as far as anybody knows.
    pub keys: KeyAssurance,
}

/// The claims of a card; [`Groups::renew`] makes those of the next copy of them.
///
/// # Errors
/// [`CardError`].
pub fn groups(
    kind: CredentialType,
    format: Format,
    subject: &Subject,
    made: Made,
    today: Date,
) -> Result<Groups, CardError> {
    match kind {
        CredentialType::KtpElektronik => Ok(identity_card(&subject.resident, made)?.groups(format, today)),
        CredentialType::KartuKeluarga => Ok(family_card(&subject.family, made)?.groups(format)),
    }
}

/// From the beginning of today for 30 days, and never past the day on which the card would become untrue: that of the
/// holder's next age threshold.
#[must_use]
pub fn validity(kind: CredentialType, resident: &Resident, now: Timestamp) -> Option<Validity> {
    let end = now.start_of_day().plus(LIFE);
    let birthday = match kind {
        CredentialType::KtpElektronik => next_age(resident.tanggal_lahir, now.date()).map(Timestamp::of_date),
        CredentialType::KartuKeluarga => None,
    };
    Validity::days(now, birthday.map_or(end, |birthday| birthday.min(end))).ok()
}

fn next_age(birth: Date, today: Date) -> Option<Date> {
    AGES.map(|years| birth.plus_years(years)).into_iter().find(|day| *day > today)
}

fn label(table: Table, code: u16) -> Result<String, CardError> {
    // "TIDAK TAHU" prints as a dash on identity and family cards.
    match (table, codes::label(table, code)) {
        (Table::GolonganDarah, Some("TIDAK TAHU")) => Ok("-".to_owned()),
        (_, label) => label.map(str::to_owned).ok_or(CardError::CodeUnlisted),
    }
}

fn identity_card(resident: &Resident, made: Made) -> Result<KtpElektronik, CardError> {
    let madiun = RegionCode::parse(regions::MADIUN).map_err(|_| CardError::RegionUnlisted)?;
    Ok(KtpElektronik {
        nik: resident.nik,
        nama: resident.nama.clone(),
        kelahiran: birth(resident),
        jenis_kelamin: label(Table::JenisKelamin, resident.jenis_kelamin.code())?,
        golongan_darah: label(Table::GolonganDarah, resident.golongan_darah.code())?,
        alamat: address(resident)?,
        agama: label(Table::Agama, resident.agama.code())?,
        status_perkawinan: label(Table::StatusPerkawinan, resident.status_kawin.code())?,
        pekerjaan: label(Table::Pekerjaan, resident.pekerjaan.code())?,
        kewarganegaraan: label(Table::Kewarganegaraan, resident.kewarganegaraan.code())?,
        portrait: made.portrait,
        warga_kota_madiun: madiun.contains(resident.wilayah),
        token: made.tokens,
        pemegang: made.link,
        jaminan_kunci: made.keys,
    })
}

fn birth(resident: &Resident) -> Kelahiran {
    Kelahiran { tempat: resident.tempat_lahir.clone(), tanggal: resident.tanggal_lahir }
}

fn address(resident: &Resident) -> Result<Alamat, CardError> {
    let name = |level| {
        let region = resident.wilayah.at(level).and_then(regions::name);
        region.map(str::to_owned).ok_or(CardError::RegionUnlisted)
    };
    Ok(Alamat {
        jalan: resident.alamat.clone(),
        rt_rw: resident.rt_rw,
        kelurahan: name(RegionLevel::Village)?,
        kecamatan: name(RegionLevel::District)?,
        kota: name(RegionLevel::Regency)?,
        provinsi: name(RegionLevel::Province)?,
    })
}

fn family_card(family: &[Resident], made: Made) -> Result<KartuKeluarga, CardError> {
    let head =
        living(family).find(|member| member.hubungan == FamilyRelation::HEAD).ok_or(CardError::NoHead)?;
    let mut members: Vec<&Resident> = living(family).collect();
    // As a family card lists them: head, spouse, children, others; the older first.
    members.sort_by_key(|member| (member.hubungan, member.tanggal_lahir, member.nik));
    Ok(KartuKeluarga {
        nomor_kk: head.no_kk,
        alamat: address(head)?,
        kepala_keluarga: head.nama.clone(),
        anggota: members.into_iter().map(member).collect::<Result<_, _>>()?,
        pemegang: made.link,
        jaminan_kunci: made.keys,
    })
}

fn member(resident: &Resident) -> Result<Anggota, CardError> {
    Ok(Anggota {
        nik: resident.nik,
        nama: resident.nama.clone(),
        jenis_kelamin: label(Table::JenisKelamin, resident.jenis_kelamin.code())?,
        kelahiran: birth(resident),
        agama: label(Table::Agama, resident.agama.code())?,
        pendidikan: label(Table::Pendidikan, resident.pendidikan.code())?,
        pekerjaan: label(Table::Pekerjaan, resident.pekerjaan.code())?,
        status_perkawinan: label(Table::StatusPerkawinan, resident.status_kawin.code())?,
        hubungan: label(Table::HubunganKeluarga, resident.hubungan.code())?,
        kewarganegaraan: label(Table::Kewarganegaraan, resident.kewarganegaraan.code())?,
        nama_ayah: known(resident.nama_ayah.as_ref())?,
        nama_ibu: known(resident.nama_ibu.as_ref())?,
    })
}

/// A parent nobody knows is written so.
fn known(parent: Option<&PersonName>) -> Result<PersonName, CardError> {
    match parent {
        Some(name) => Ok(name.clone()),
        None => PersonName::parse("TIDAK DIKETAHUI").map_err(|_| CardError::CodeUnlisted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::resident;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn a_card_never_outlives_the_next_birthday_that_counts() {
        let person = |birth: &str| Resident { tanggal_lahir: Date::parse(birth).unwrap(), ..resident() };
        let now = at("2026-11-22T13:14:15Z");
        let ktp = |birth: &str| validity(CredentialType::KtpElektronik, &person(birth), now).unwrap();
        assert_eq!(ktp("1990-01-01").from(), at("2026-11-22T00:00:00Z"));
        assert_eq!(ktp("1990-01-01").until(), at("2026-12-22T00:00:00Z"));
        assert_eq!(ktp("2005-11-30").until(), at("2026-11-30T00:00:00Z"));
        assert_eq!(ktp("2005-11-23").until(), at("2026-11-23T00:00:00Z"));
        assert_eq!(ktp("2005-11-22").until(), at("2026-12-22T00:00:00Z"));
        assert_eq!(ktp("1966-12-01").until(), at("2026-12-01T00:00:00Z"));
        let kk = validity(CredentialType::KartuKeluarga, &person("2005-11-30"), now).unwrap();
        assert_eq!(kk.until(), at("2026-12-22T00:00:00Z"));
    }

    #[test]
    fn facts_are_written_as_people_read_them() {
        let card = identity_card(&resident(), Made { keys: KeyAssurance::Web, ..Made::default() }).unwrap();
        assert_eq!(card.jaminan_kunci, KeyAssurance::Web);
        assert_eq!(card.jenis_kelamin, "PEREMPUAN");
        assert_eq!(card.golongan_darah, "-");
        assert_eq!(card.agama, "ISLAM");
        assert_eq!(card.alamat.kota, "Kota Madiun");
        assert_eq!(card.alamat.provinsi, "Jawa Timur");
        assert!(card.warga_kota_madiun);
    }

    #[test]
    fn a_family_card_lists_the_living_in_order() {
        let child = Resident { hubungan: FamilyRelation::CHILD, nama_ayah: None, ..resident() };
        let gone = Resident { status_dasar: absah_types::PopulationStatus::Dead, ..child.clone() };
        let card = family_card(&[child, gone, resident()], Made::default()).unwrap();
        assert_eq!(card.anggota.len(), 2);
        assert_eq!(card.anggota[0].hubungan, "KEPALA KELUARGA");
        assert_eq!(card.anggota[1].nama_ayah.as_str(), "TIDAK DIKETAHUI");
        assert_eq!(family_card(&[], Made::default()), Err(CardError::NoHead));
    }
}
