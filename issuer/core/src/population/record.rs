//! One record: from cells to typed values, with everything that is wrong with it by itself.

use absah_schemas::codes::{self, Table};
use absah_schemas::regions;
use absah_types::{
    BloodGroup, Citizenship, Date, DateError, Education, FamilyRelation, MaritalStatus, NameError, Nik,
    NikWarning, NomorKk, Occupation, PersonName, PopulationStatus, RegionCode, RegionLevel, Religion, RtRw,
    Sex, Timestamp,
};

use super::Rules;
use super::align::{Alignment, align};
use super::cells::{Clean, clean, is_scientific};
use super::column::{Column, Header};
use super::csv::Record;
use super::problem::{Problem, ProblemCode, Severity};
use crate::resident::Resident;

/// What could be read of one record; what could not is missing.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) nik: Option<Nik>,
    pub(super) no_kk: Option<NomorKk>,
    pub(super) nama: Option<PersonName>,
    pub(super) tempat_lahir: Option<String>,
    pub(super) tanggal_lahir: Option<Date>,
    pub(super) jenis_kelamin: Option<Sex>,
    pub(super) golongan_darah: Option<BloodGroup>,
    pub(super) agama: Option<Religion>,
    pub(super) status_kawin: Option<MaritalStatus>,
    pub(super) hubungan: Option<FamilyRelation>,
    pub(super) pendidikan: Option<Education>,
    pub(super) pekerjaan: Option<Occupation>,
    pub(super) kewarganegaraan: Option<Citizenship>,
    pub(super) nik_ibu: Option<Nik>,
    pub(super) nama_ibu: Option<PersonName>,
    pub(super) nik_ayah: Option<Nik>,
    pub(super) nama_ayah: Option<PersonName>,
    pub(super) alamat: Option<String>,
    pub(super) rt_rw: Option<RtRw>,
    pub(super) wilayah: Option<RegionCode>,
    pub(super) akta_lahir: Option<String>,
    pub(super) status_dasar: Option<PopulationStatus>,
    pub(super) diubah: Option<Timestamp>,
    /// Whether anything found is an error.
    pub(super) refused: bool,
    /// Whether the birth date was confirmed by the NIK, or at least not contradicted.
    pub(super) birth_agrees: bool,
}

impl Reading {
    /// The resident, when every value that must be there is there and nothing was an error.
    pub(super) fn resident(self) -> Option<Resident> {
        if self.refused {
            return None;
        }
        Some(Resident {
            nik: self.nik?,
            no_kk: self.no_kk?,
            nama: self.nama?,
            tempat_lahir: self.tempat_lahir?,
            tanggal_lahir: self.tanggal_lahir?,
            jenis_kelamin: self.jenis_kelamin?,
            golongan_darah: self.golongan_darah?,
            agama: self.agama?,
            status_kawin: self.status_kawin?,
            hubungan: self.hubungan?,
            pendidikan: self.pendidikan?,
            pekerjaan: self.pekerjaan?,
            kewarganegaraan: self.kewarganegaraan?,
            nik_ibu: self.nik_ibu,
            nama_ibu: self.nama_ibu,
            nik_ayah: self.nik_ayah,
            nama_ayah: self.nama_ayah,
            alamat: self.alamat?,
            rt_rw: self.rt_rw?,
            wilayah: self.wilayah?,
            akta_lahir: self.akta_lahir,
            status_dasar: self.status_dasar?,
            diubah: self.diubah,
        })
    }
}

/// Reads records under one header and one set of rules.
pub(super) struct Reader<'a> {
    pub(super) header: &'a Header,
    pub(super) rules: &'a Rules,
}

impl Reader<'_> {
    /// Reads record number `row`; findings go to `problems`.
    pub(super) fn read(&self, row: u32, record: &Record, problems: &mut Vec<Problem>) -> Reading {
        let mut cells =
            Cells { reader: self, record, row, problems, shift: None, mute: false, refused: false };
        cells.shape();
        let mut reading = Reading { birth_agrees: true, ..Reading::default() };
        cells.person(&mut reading);
        cells.family(&mut reading);
        cells.address(&mut reading);
        reading.refused = cells.refused;
        reading
    }
}

/// A record being read.
struct Cells<'a, 'b> {
    reader: &'b Reader<'b>,
    record: &'b Record,
    row: u32,
    problems: &'a mut Vec<Problem>,
    /// Where cells have moved because one is missing or too many.
    shift: Option<Alignment>,
    /// Cells have moved: what they say is used with care, and not reported again.
    mute: bool,
    refused: bool,
}

impl Cells<'_, '_> {
    fn say(&mut self, problem: Problem) {
        self.refused |= problem.severity == Severity::Error;
        if !self.mute {
            self.problems.push(problem);
        }
    }

    fn error(&mut self, column: Column, code: ProblemCode) {
        self.say(Problem::new(self.row, Some(column), code));
    }

    fn warn(&mut self, column: Column, code: ProblemCode) {
        self.say(Problem::warning(self.row, Some(column), code));
    }

    /// What is wrong with the record as a whole. After a fault nothing else is reported: it would be its consequence.
    fn shape(&mut self) {
        let record = self.record;
        let header = self.reader.header;
        let whole = |code| Problem::new(self.row, None, code);
        let fault = if record.shape.too_long {
            Some(whole(ProblemCode::RecordTooLong))
        } else if record.shape.unclosed_quote {
            Some(whole(ProblemCode::QuoteUnclosed))
        } else if record.cells().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
            Some(whole(ProblemCode::RecordEmpty))
        } else if record.len() == 1 && has_other_delimiter(record.cell(0)) {
            Some(whole(ProblemCode::WrongDelimiter))
        } else if Header::names_in(record) * 2 > header.width() {
            Some(whole(ProblemCode::HeaderRepeated))
        } else {
            None
        };
        let moved = (record.len() != header.width()).then(|| {
            let code =
                if record.len() < header.width() { ProblemCode::MissingCell } else { ProblemCode::ExtraCell };
            let shift = align(record, header);
            (Problem::new(self.row, shift.column, code), shift)
        });
        if record.shape.stray_quote && fault.is_none() && moved.is_none() {
            self.say(Problem::new(self.row, None, ProblemCode::QuoteStray));
        }
        if let Some((problem, shift)) = moved {
            self.say(fault.unwrap_or(problem));
            self.shift = Some(shift);
            self.mute = true;
        } else if let Some(problem) = fault {
            self.say(problem);
            self.mute = true;
        }
    }

    /// The clean text of a column; `None` when it cannot be used.
    fn text(&mut self, column: Column, prose: bool) -> Option<String> {
        let position = self.reader.header.position(column);
        let cell = match &self.shift {
            None => self.record.cell(position),
            Some(shift) => self.record.cell(shift.cell(position)?),
        };
        let Clean { text, found } = clean(cell, prose);
        for code in found {
            self.error_or_warning(column, code);
        }
        text
    }

    fn error_or_warning(&mut self, column: Column, code: ProblemCode) {
        self.say(Problem::new(self.row, Some(column), code));
    }

    /// A number that a spreadsheet may have spoilt.
    fn number(&mut self, column: Column) -> Option<String> {
        let text = self.text(column, false)?;
        if is_scientific(&text) {
            self.error(column, ProblemCode::ScientificNumber);
            return None;
        }
        Some(text)
    }

    fn person(&mut self, reading: &mut Reading) {
        reading.nik = self.nik(Column::Nik, false);
        reading.no_kk = self.no_kk();
        reading.nama = self.name(Column::NamaLgkp);
        reading.tempat_lahir = self.place(Column::TmptLhr);
        reading.tanggal_lahir = self.birth_date();
        reading.jenis_kelamin =
            self.coded(Column::JenisKlmin, Table::JenisKelamin, |text| Sex::parse(text).ok());
        reading.golongan_darah =
            self.coded(Column::GolDrh, Table::GolonganDarah, |t| BloodGroup::parse(t).ok());
        reading.agama = self.coded(Column::Agama, Table::Agama, |text| Religion::parse(text).ok());
        reading.status_kawin =
            self.coded(Column::StatKwn, Table::StatusPerkawinan, |t| MaritalStatus::parse(t).ok());
        reading.kewarganegaraan =
            self.coded(Column::Kwrngrn, Table::Kewarganegaraan, |text| Citizenship::parse(text).ok());
        reading.pendidikan =
            self.coded(Column::PddkAkh, Table::Pendidikan, |text| Education::parse(text).ok());
        reading.pekerjaan =
            self.coded(Column::JenisPkrjn, Table::Pekerjaan, |text| Occupation::parse(text).ok());
        reading.status_dasar =
            self.coded(Column::StatusDasar, Table::StatusDasar, |text| PopulationStatus::parse(text).ok());
        self.nik_against_record(reading);
        reading.akta_lahir = self.text(Column::NoAktaLhr, true).filter(|text| !text.is_empty());
        self.age_against_record(reading);
        reading.diubah = self.change_time();
    }

    fn nik(&mut self, column: Column, may_be_empty: bool) -> Option<Nik> {
        let text = self.number(column)?;
        if text.is_empty() && may_be_empty {
            return None;
        }
        let Ok(nik) = Nik::parse(&text) else {
            self.error(column, ProblemCode::NikFormat);
            return None;
        };
        // A serial number begins at 0001: four zeros are what a spreadsheet leaves of the sixteenth digit.
        if nik.serial() == 0 {
            self.error(column, ProblemCode::NikFormat);
            return None;
        }
        if !may_be_empty && !regions::exists(nik.implies().region) {
            self.warn(column, ProblemCode::RegionUnknown);
        }
        Some(nik)
    }

    fn no_kk(&mut self) -> Option<NomorKk> {
        let text = self.number(Column::NoKk)?;
        let Ok(no_kk) = NomorKk::parse(&text) else {
            self.error(Column::NoKk, ProblemCode::KkFormat);
            return None;
        };
        let district = text.get(..6).and_then(|digits| RegionCode::parse(digits).ok());
        if !district.is_some_and(regions::exists) {
            self.warn(Column::NoKk, ProblemCode::RegionUnknown);
        }
        Some(no_kk)
    }

    fn name(&mut self, column: Column) -> Option<PersonName> {
        let text = self.text(column, true)?;
        let code = match PersonName::parse(&text) {
            Ok(name) => return Some(name),
            Err(NameError::Empty) => ProblemCode::NameEmpty,
            Err(NameError::TooLong { .. }) => ProblemCode::NameTooLong,
            Err(NameError::Digits) => ProblemCode::NameDigits,
            Err(NameError::Characters) => ProblemCode::NameChars,
        };
        self.error(column, code);
        None
    }

    /// A parent's name. Nobody is refused a card because a parent is unknown.
    fn parent_name(&mut self, column: Column) -> Option<PersonName> {
        let position = self.reader.header.position(column);
        let raw = self.record.cell(self.shift.as_ref().map_or(Some(position), |shift| shift.cell(position))?);
        if raw.iter().all(|byte| matches!(byte, b' ' | b'-')) {
            self.warn(column, ProblemCode::NameEmpty);
            return None;
        }
        self.name(column)
    }

    fn place(&mut self, column: Column) -> Option<String> {
        let text = self.text(column, true)?;
        if text.is_empty() {
            self.error(column, ProblemCode::CellEmpty);
            return None;
        }
        Some(text)
    }

    fn birth_date(&mut self) -> Option<Date> {
        let text = self.number(Column::TglLhr)?;
        let today = self.reader.rules.today;
        let code = match Date::parse_dmy(&text) {
            Ok(date) if date > today => ProblemCode::BirthDateFuture,
            Ok(date) => {
                if date.age_on(today) > 120 {
                    self.warn(Column::TglLhr, ProblemCode::BirthDateTooOld);
                }
                return Some(date);
            }
            Err(DateError::Impossible) => ProblemCode::BirthDateImpossible,
            Err(DateError::Format) => ProblemCode::BirthDateFormat,
        };
        self.error(Column::TglLhr, code);
        None
    }

    fn coded<T>(&mut self, column: Column, table: Table, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.number(column)?;
        let number = text.strip_prefix('0').filter(|rest| rest.len() == 1 && *rest != "0").unwrap_or(&text);
        let listed = number.parse::<u16>().is_ok_and(|code| codes::label(table, code).is_some());
        match parse(number).filter(|_| listed) {
            Some(value) => Some(value),
            None => {
                self.error(column, ProblemCode::CodeUnknown);
                None
            }
        }
    }

    /// A NIK is never issued anew when a date or sex is put right: a mismatch is worth a look, no more.
    fn nik_against_record(&mut self, reading: &mut Reading) {
        let Some(nik) = reading.nik else { return };
        for warning in nik.warnings(reading.tanggal_lahir, reading.jenis_kelamin) {
            match warning {
                NikWarning::BirthDate => {
                    reading.birth_agrees = false;
                    self.warn(Column::TglLhr, ProblemCode::NikDobMismatch);
                }
                NikWarning::Sex => self.warn(Column::Nik, ProblemCode::NikSexMismatch),
            }
        }
    }

    /// What the age contradicts; only when the birth date itself is not already in doubt.
    fn age_against_record(&mut self, reading: &Reading) {
        let Some(birth) = reading.tanggal_lahir.filter(|_| reading.birth_agrees) else { return };
        let married = reading.status_kawin.is_some_and(|status| status.code() != 1);
        if married && birth.age_on(self.reader.rules.today) < 12 {
            self.warn(Column::StatKwn, ProblemCode::AgeStatusConflict);
        }
        if reading.akta_lahir.as_deref().is_some_and(|akta| akta_before(akta, birth)) {
            self.warn(Column::NoAktaLhr, ProblemCode::AktaDateConflict);
        }
    }

    fn change_time(&mut self) -> Option<Timestamp> {
        let text = self.text(Column::TglUbah, false)?;
        // One that lies ahead would keep every later extract from changing the record.
        let today = self.reader.rules.today;
        let time = Timestamp::parse_rfc3339(&text).ok().filter(|time| super::local_day(*time) <= today);
        if time.is_none() {
            self.warn(Column::TglUbah, ProblemCode::ChangeTimeFormat);
        }
        time
    }

    fn family(&mut self, reading: &mut Reading) {
        reading.hubungan =
            self.coded(Column::StatHbkel, Table::HubunganKeluarga, |text| FamilyRelation::parse(text).ok());
        reading.nik_ibu = self.nik(Column::NikIbu, true);
        reading.nama_ibu = self.parent_name(Column::NamaLgkpIbu);
        reading.nik_ayah = self.nik(Column::NikAyah, true);
        reading.nama_ayah = self.parent_name(Column::NamaLgkpAyah);
    }

    fn address(&mut self, reading: &mut Reading) {
        reading.alamat = self.place(Column::Alamat);
        let rt = self.padded(Column::NoRt, 3, ProblemCode::RtRwFormat);
        let rw = self.padded(Column::NoRw, 3, ProblemCode::RtRwFormat);
        reading.rt_rw = rt.zip(rw).and_then(|(rt, rw)| RtRw::of_cells(&rt, &rw).ok());
        let village = self.padded(Column::NoKel, 4, ProblemCode::RegionUnknown);
        let district = self.padded(Column::NoKec, 2, ProblemCode::RegionUnknown);
        let regency = self.padded(Column::NoKab, 2, ProblemCode::RegionUnknown);
        let province = self.padded(Column::NoProp, 2, ProblemCode::RegionUnknown);
        reading.wilayah = match (province, regency, district, village) {
            (Some(province), Some(regency), Some(district), Some(village)) => {
                self.region(&province, &regency, &district, &village)
            }
            _ => None,
        };
    }

    /// Digits of a fixed width; zeros that a spreadsheet took away are put back.
    fn padded(&mut self, column: Column, width: usize, otherwise: ProblemCode) -> Option<String> {
        let text = self.number(column)?;
        let digits = !text.is_empty() && text.len() <= width && text.bytes().all(|b| b.is_ascii_digit());
        if !digits {
            self.error(column, otherwise);
            return None;
        }
        if text.len() < width {
            self.warn(column, ProblemCode::LeadingZeroLost);
        }
        Some(format!("{text:0>width$}"))
    }

    fn region(&mut self, province: &str, regency: &str, district: &str, village: &str) -> Option<RegionCode> {
        let city = self.reader.rules.city;
        let mut digits = String::new();
        let parts = [
            (Column::NoProp, province),
            (Column::NoKab, regency),
            (Column::NoKec, district),
            (Column::NoKel, village),
        ];
        let mut code = None;
        for (column, part) in parts {
            digits.push_str(part);
            code = RegionCode::parse(&digits).ok().filter(|code| regions::exists(*code));
            // Villages are listed for the city alone; elsewhere the code is judged by what encloses it.
            let outside = code.is_some_and(|code| !code.contains(city) && !city.contains(code));
            if outside {
                self.error(column, ProblemCode::RegionOutside);
                return None;
            }
            if code.is_none() {
                self.error(column, ProblemCode::RegionUnknown);
                return None;
            }
        }
        code.filter(|code| code.level() == RegionLevel::Village)
    }
}

fn has_other_delimiter(cell: &[u8]) -> bool {
    [b';', b'\t', b'|'].into_iter().any(|other| cell.iter().filter(|byte| **byte == other).count() >= 10)
}

/// Whether the number of a birth certificate carries a date or year before the birth.
///
/// `3577-LU-DDMMYYYY-NNNN` and the older `416/U/2001`; anything else says nothing.
fn akta_before(akta: &str, birth: Date) -> bool {
    let parts: Vec<&str> = akta.split(['-', '/']).collect();
    match parts.as_slice() {
        [_, _, date, _] if date.len() == 8 => {
            let part = |range| date.get(range).and_then(|digits: &str| digits.parse::<u16>().ok());
            match (part(0..2), part(2..4), part(4..8)) {
                (Some(day), Some(month), Some(year)) => {
                    (year, month, day) < (birth.year(), u16::from(birth.month()), u16::from(birth.day()))
                }
                _ => false,
            }
        }
        [_, _, year] if year.len() == 4 => year.parse::<u16>().is_ok_and(|year| year < birth.year()),
        _ => false,
    }
}
