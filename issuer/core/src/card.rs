//! From the register to the card: the facts, written as people read them, and how long they hold.

use absah_credential::portrait::Portrait;
use absah_credential::{
    AGES, AktaKelahiran, Alamat, Anggota, Format, Groups, KartuKeluarga, Kelahiran, KeyAssurance, Kia,
    KtpElektronik, Pejabat, Penerbitan, SuratKeterangan, Validity,
};
use absah_schemas::codes::{self, Table};
use absah_schemas::{CredentialType, regions};
use absah_types::{
    Date, FamilyRelation, HolderLink, Nik, PersonName, RegionCode, RegionLevel, Seconds, SectorTokens,
    Timestamp, coded,
};

use crate::eligibility::{KTP_AGE, living};
use crate::holding::{is_child, relation_of_holder};
use crate::letter::Letter;
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
    /// What the card states is not at hand.
    Missing,
}

impl core::fmt::Display for CardError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::CodeUnlisted => "code without a label",
            Self::RegionUnlisted => "area without a name",
            Self::NoHead => "family without a head",
            Self::Missing => "nothing to state",
        })
    }
}

impl core::error::Error for CardError {}

coded! { CardError {
    CodeUnlisted => ("card-code-unlisted", Bug),
    RegionUnlisted => ("card-region-unlisted", Bug),
    NoHead => ("card-family-no-head", Bug),
    Missing => ("card-facts-missing", Bug),
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
    /// Who was named to keep it, for a child.
    pub guardian: Option<Nik>,
    /// The letter it states, for a letter.
    pub letter: Option<Letter>,
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
    /// Who answers for birth certificates.
    pub registrar: Option<Pejabat>,
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
        CredentialType::AktaKelahiran => Ok(birth_certificate(subject, made, today)?.groups(format)),
        CredentialType::Kia => Ok(child_card(subject, made, today)?.groups(format)),
        CredentialType::SuratKeterangan => Ok(letter(subject, made)?.groups(format)),
    }
}

/// From the beginning of today for 30 days, and never past the day on which the card would become untrue: that of the
/// holder's next age threshold, for what a parent keeps the child's 17th birthday, for a letter its own end.
#[must_use]
pub fn validity(kind: CredentialType, subject: &Subject, now: Timestamp) -> Option<Validity> {
    let (resident, today) = (&subject.resident, now.date());
    let end = now.start_of_day().plus(LIFE);
    let grown_up = || Timestamp::of_date(resident.tanggal_lahir.plus_years(KTP_AGE));
    let last = match kind {
        CredentialType::KtpElektronik => next_age(resident.tanggal_lahir, today).map(Timestamp::of_date),
        CredentialType::Kia => Some(grown_up()),
        CredentialType::AktaKelahiran => is_child(resident, today).then(grown_up),
        CredentialType::SuratKeterangan => subject.letter.as_ref().map(|letter| letter.valid_until),
        CredentialType::KartuKeluarga => None,
    };
    Validity::days(now, last.map_or(end, |last| last.min(end))).ok()
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

fn birth_certificate(subject: &Subject, made: Made, today: Date) -> Result<AktaKelahiran, CardError> {
    let resident = &subject.resident;
    let nomor_akta = resident.akta_lahir.clone().ok_or(CardError::Missing)?;
    // Permendagri 73/2022: academic and religious titles are forbidden on civil certificates.
    let plain = |name: &PersonName| name.without_titles();
    Ok(AktaKelahiran {
        penerbitan: issued(&nomor_akta),
        nomor_akta,
        nik: resident.nik,
        nama: plain(&resident.nama),
        kelahiran: birth(resident),
        jenis_kelamin: label(Table::JenisKelamin, resident.jenis_kelamin.code())?,
        kewarganegaraan: label(Table::Kewarganegaraan, resident.kewarganegaraan.code())?,
        nama_ayah: resident.nama_ayah.as_ref().map(plain),
        nama_ibu: resident.nama_ibu.as_ref().map(plain),
        pejabat: made.registrar,
        pemegang: made.link,
        hubungan_pemegang: relation_of_holder(subject, today),
        jaminan_kunci: made.keys,
    })
}

/// What the number of a birth certificate tells of its issue: `3577-LU-DDMMYYYY-NNNN` names regency and day, older forms
/// neither.
fn issued(number: &str) -> Penerbitan {
    let parts: Vec<&str> = number.split('-').collect();
    let [region, _, day, _] = parts.as_slice() else { return Penerbitan::default() };
    let regency = RegionCode::parse(region).ok().filter(|code| code.level() == RegionLevel::Regency);
    let dmy = match (day.get(0..2), day.get(2..4), day.get(4..8)) {
        (Some(d), Some(m), Some(y)) if day.len() == 8 => format!("{d}-{m}-{y}"),
        _ => String::new(),
    };
    Penerbitan {
        tempat: regency.and_then(regions::name).map(str::to_owned),
        tanggal: Date::parse_dmy(&dmy).ok(),
    }
}

fn child_card(subject: &Subject, made: Made, today: Date) -> Result<Kia, CardError> {
    let child = &subject.resident;
    let head = living(&subject.family).find(|member| member.hubungan == FamilyRelation::HEAD);
    let head = head.ok_or(CardError::NoHead)?;
    Ok(Kia {
        nik: child.nik,
        nama: child.nama.clone(),
        kelahiran: birth(child),
        jenis_kelamin: label(Table::JenisKelamin, child.jenis_kelamin.code())?,
        golongan_darah: label(Table::GolonganDarah, child.golongan_darah.code())?,
        nomor_kk: child.no_kk,
        kepala_keluarga: head.nama.clone(),
        nomor_akta: child.akta_lahir.clone(),
        agama: label(Table::Agama, child.agama.code())?,
        kewarganegaraan: label(Table::Kewarganegaraan, child.kewarganegaraan.code())?,
        alamat: address(child)?,
        pemegang: made.link,
        hubungan_pemegang: relation_of_holder(subject, today),
        jaminan_kunci: made.keys,
    })
}

fn letter(subject: &Subject, made: Made) -> Result<SuratKeterangan, CardError> {
    let Subject { resident, letter, .. } = subject;
    let letter = letter.as_ref().ok_or(CardError::Missing)?;
    let alamat = address(resident)?;
    Ok(SuratKeterangan {
        nomor_surat: letter.number.clone(),
        jenis_surat: letter.title.clone(),
        nik: resident.nik,
        nama: resident.nama.clone(),
        kelahiran: birth(resident),
        jenis_kelamin: label(Table::JenisKelamin, resident.jenis_kelamin.code())?,
        agama: label(Table::Agama, resident.agama.code())?,
        status_perkawinan: label(Table::StatusPerkawinan, resident.status_kawin.code())?,
        pekerjaan: label(Table::Pekerjaan, resident.pekerjaan.code())?,
        kewarganegaraan: label(Table::Kewarganegaraan, resident.kewarganegaraan.code())?,
        keterangan: letter.statement.clone(),
        keperluan: letter.purpose.clone(),
        penerbitan: Penerbitan {
            tempat: Some(alamat.kota.clone()),
            tanggal: Some(letter.approved_at.date()),
        },
        pejabat: Some(Pejabat { nama: None, jabatan: format!("Lurah {}", alamat.kelurahan) }),
        alamat,
        pemegang: made.link,
        jaminan_kunci: made.keys,
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
        let person = |birth: &str| Subject {
            resident: Resident { tanggal_lahir: Date::parse(birth).unwrap(), ..resident() },
            family: Vec::new(),
            family_whole: true,
            picture: None,
            guardian: None,
            letter: None,
        };
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
        // What a parent keeps ends when the child grows up.
        let child = |kind| {
            let mut subject = person("2009-12-01");
            subject.resident.status_kawin = absah_types::MaritalStatus::parse("1").unwrap();
            validity(kind, &subject, now).unwrap().until()
        };
        assert_eq!(child(CredentialType::Kia), at("2026-12-01T00:00:00Z"));
        assert_eq!(child(CredentialType::AktaKelahiran), at("2026-12-01T00:00:00Z"));
        let adult = validity(CredentialType::AktaKelahiran, &person("1990-01-01"), now).unwrap();
        assert_eq!(adult.until(), at("2026-12-22T00:00:00Z"));
        let mut subject = person("1990-01-01");
        subject.letter = Some(Letter {
            number: "1".into(),
            title: "T".into(),
            statement: "S".into(),
            purpose: "P".into(),
            approved_at: now,
            valid_until: at("2026-11-25T00:00:00Z"),
        });
        let letter = validity(CredentialType::SuratKeterangan, &subject, now).unwrap();
        assert_eq!(letter.until(), at("2026-11-25T00:00:00Z"));
    }

    #[test]
    fn a_birth_certificate_bears_no_titles_and_tells_its_issue() {
        let person = Resident { akta_lahir: Some("3577-LU-23071965-0001".to_owned()), ..resident() };
        let registrar = Some(Pejabat { nama: None, jabatan: "Kepala Dinas".to_owned() });
        let of = |resident: Resident| Subject {
            family: vec![resident.clone()],
            resident,
            family_whole: true,
            picture: None,
            guardian: None,
            letter: None,
        };
        let today = Date::parse("2026-11-22").unwrap();
        let made = Made { registrar, ..Made::default() };
        let card = birth_certificate(&of(person), made, today).unwrap();
        assert_eq!(card.hubungan_pemegang.name(), "DIRI SENDIRI");
        assert_eq!(card.nama.as_str(), "DIAN ASTUTIK");
        assert_eq!(card.penerbitan.tempat.as_deref(), Some("Kota Madiun"));
        assert_eq!(card.penerbitan.tanggal, Some(Date::parse("1965-07-23").unwrap()));
        for old in ["277/DIS/1985", "416/U/2001", "35", "3577-LU-99999999-0001", "XX-LU-01012001-1"] {
            let told = issued(old);
            assert!(told.tanggal.is_none() || told.tempat.is_none(), "{old}");
        }
        assert!(issued("277/DIS/1985") == Penerbitan::default());
        assert_eq!(birth_certificate(&of(resident()), Made::default(), today), Err(CardError::Missing));
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
