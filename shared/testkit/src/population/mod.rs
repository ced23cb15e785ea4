//! Invented residents of Kota Madiun, family by family, in the columns of the population extract.
//!
//! Whatever the seed, the extract is free of errors: every family has one living head, every number
//! is given once, parents are older than their children, codes and regions are listed. Every person
//! is invented; a number may coincide with a real one by chance.

mod family;
mod names;

use crate::SeededRng;
use absah_types::{Date, Nik, NomorKk, RegionCode, RtRw, Sex};
use family::Town;
use std::fmt::Write as _;

/// The day the extract is drawn: nobody is born, moves or is recorded later.
pub const EXTRACT_DAY: &str = "2026-11-15";

/// The columns, in order.
pub const HEADER: &str = "NIK,NO_KK,NAMA_LGKP,TMPT_LHR,TGL_LHR,JENIS_KLMIN,GOL_DRH,AGAMA,STAT_KWN,STAT_HBKEL,\
PDDK_AKH,JENIS_PKRJN,KWRNGRN,NIK_IBU,NAMA_LGKP_IBU,NIK_AYAH,NAMA_LGKP_AYAH,ALAMAT,NO_RT,NO_RW,NO_KEL,NO_KEC,\
NO_KAB,NO_PROP,NO_AKTA_LHR,STATUS_DASAR,TGL_UBAH";

/// One row of the extract. Field names say the column; codes are those of the code tables.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the column of its name")]
pub struct Resident {
    pub nik: Nik,
    pub no_kk: NomorKk,
    pub name: String,
    pub birth_place: String,
    pub birth: Date,
    pub sex: Sex,
    pub blood_group: u16,
    pub religion: u16,
    pub marital_status: u16,
    pub relation: u16,
    pub education: u16,
    pub occupation: u16,
    pub citizenship: u16,
    pub mother_nik: Option<Nik>,
    pub mother: String,
    pub father_nik: Option<Nik>,
    pub father: String,
    pub street: String,
    pub rt_rw: RtRw,
    pub village: RegionCode,
    pub birth_certificate: String,
    pub status: u16,
    pub changed: String,
}

impl Resident {
    /// The cells, in the order of [`HEADER`].
    #[must_use]
    pub fn cells(&self) -> [String; 27] {
        let digits = self.village.digits();
        let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default().to_owned();
        let nik = |nik: &Option<Nik>| nik.map(|nik| nik.to_string()).unwrap_or_default();
        [
            self.nik.to_string(),
            self.no_kk.to_string(),
            self.name.clone(),
            self.birth_place.clone(),
            self.birth.to_dmy(),
            self.sex.to_string(),
            self.blood_group.to_string(),
            self.religion.to_string(),
            self.marital_status.to_string(),
            self.relation.to_string(),
            self.education.to_string(),
            self.occupation.to_string(),
            self.citizenship.to_string(),
            nik(&self.mother_nik),
            self.mother.clone(),
            nik(&self.father_nik),
            self.father.clone(),
            self.street.clone(),
            self.rt_rw.rt(),
            self.rt_rw.rw(),
            part(6..10),
            part(4..6),
            part(2..4),
            part(0..2),
            self.birth_certificate.clone(),
            self.status.to_string(),
            self.changed.clone(),
        ]
    }

    /// Appends the row, with its line feed.
    pub fn write_row(&self, text: &mut String) {
        for (at, cell) in self.cells().iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            // Writing into a String cannot fail.
            let _ = if cell.contains([',', '"']) {
                write!(text, "{comma}\"{}\"", cell.replace('"', "\"\""))
            } else {
                write!(text, "{comma}{cell}")
            };
        }
        text.push('\n');
    }
}

/// `n` residents in whole families, one family after the other; the same for the same seed.
pub fn population(n: usize, seed: u64) -> impl Iterator<Item = Resident> {
    let mut town = Town::new(SeededRng::new(seed));
    let mut left = n;
    std::iter::from_fn(move || {
        if left == 0 {
            return None;
        }
        let family = town.family(left);
        left -= family.len();
        Some(family)
    })
    .flatten()
}

/// A grown-up resident who has an identity card: the head of the first family of a seed.
///
/// # Panics
/// Never: every family has a head.
#[must_use]
pub fn resident(seed: u64) -> Resident {
    #[expect(clippy::expect_used, reason = "every family has a head")]
    population(1, seed).next().expect("a family has a head")
}

/// The whole extract as CSV: header and `n` rows.
#[must_use]
pub fn csv(n: usize, seed: u64) -> String {
    let mut text = String::with_capacity(300 * (n + 1));
    text.push_str(HEADER);
    text.push('\n');
    population(n, seed).for_each(|resident| resident.write_row(&mut text));
    text
}

#[cfg(test)]
mod tests;
