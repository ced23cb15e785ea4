//! The columns of an extract and its header line.

use super::csv::Record;
use super::problem::{Problem, ProblemCode};

macro_rules! columns {
    ($($name:ident $text:literal $doc:literal;)+) => {
        /// A column of the extract, named as the ministry's systems name it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Column { $(#[doc = $doc] $name,)+ }

        impl Column {
            /// Every column in the order of the ministry's extract.
            pub const ALL: [Self; 27] = [$(Self::$name,)+];

            /// The name in the header.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

/// How many columns an extract has.
pub(super) const COUNT: usize = 27;

columns! {
    Nik "NIK" "Population number.";
    NoKk "NO_KK" "Family card number.";
    NamaLgkp "NAMA_LGKP" "Full name, titles included.";
    TmptLhr "TMPT_LHR" "Place of birth.";
    TglLhr "TGL_LHR" "Date of birth, DD-MM-YYYY.";
    JenisKlmin "JENIS_KLMIN" "Sex.";
    GolDrh "GOL_DRH" "Blood group.";
    Agama "AGAMA" "Religion.";
    StatKwn "STAT_KWN" "Marital status.";
    StatHbkel "STAT_HBKEL" "Relation to the head of the family.";
    PddkAkh "PDDK_AKH" "Highest education.";
    JenisPkrjn "JENIS_PKRJN" "Occupation.";
    Kwrngrn "KWRNGRN" "Citizenship.";
    NikIbu "NIK_IBU" "The mother's NIK, may be empty.";
    NamaLgkpIbu "NAMA_LGKP_IBU" "The mother's name.";
    NikAyah "NIK_AYAH" "The father's NIK, may be empty.";
    NamaLgkpAyah "NAMA_LGKP_AYAH" "The father's name.";
    Alamat "ALAMAT" "Street and number.";
    NoRt "NO_RT" "RT, three digits.";
    NoRw "NO_RW" "RW, three digits.";
    NoKel "NO_KEL" "Kelurahan, four digits.";
    NoKec "NO_KEC" "Kecamatan, two digits.";
    NoKab "NO_KAB" "City or regency, two digits.";
    NoProp "NO_PROP" "Province, two digits.";
    NoAktaLhr "NO_AKTA_LHR" "Number of the birth certificate, may be empty.";
    StatusDasar "STATUS_DASAR" "Alive, dead, moved away or missing.";
    TglUbah "TGL_UBAH" "When the record was last changed, RFC 3339.";
}

/// Which cell of a record holds which column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// For each column its cell, in the order of [`Column::ALL`].
    cells: [usize; COUNT],
    /// For each cell its column; `None` for a column that is not known.
    columns: Vec<Option<Column>>,
}

impl Header {
    /// How many cells a whole record has.
    #[must_use]
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// The cell that holds a column.
    #[must_use]
    pub(super) fn position(&self, column: Column) -> usize {
        self.cells.get(column as usize).copied().unwrap_or(usize::MAX)
    }

    /// The column that a cell holds.
    #[must_use]
    pub(super) fn column(&self, cell: usize) -> Option<Column> {
        self.columns.get(cell).copied().flatten()
    }

    /// Reads a header record. Names are compared without regard to case and outer blanks; their order is free.
    ///
    /// Findings go to `problems` (row 0); `None` if a column is missing or named twice.
    pub(super) fn read(record: &Record, problems: &mut Vec<Problem>) -> Option<Self> {
        let columns: Vec<_> = record.cells().map(column_named).collect();
        let mut cells = [usize::MAX; COUNT];
        let mut twice = Vec::new();
        for (cell, column) in columns.iter().enumerate() {
            match column {
                None => problems.push(Problem::new(0, None, ProblemCode::HeaderUnknown)),
                Some(column) => {
                    if let Some(slot) = cells.get_mut(*column as usize) {
                        if *slot != usize::MAX && !twice.contains(column) {
                            twice.push(*column);
                        }
                        *slot = cell;
                    }
                }
            }
        }
        let found = |code| move |column: &Column| Problem::new(0, Some(*column), code);
        problems.extend(twice.iter().map(found(ProblemCode::HeaderDuplicate)));
        let is_missing = |column: &&Column| cells.get(**column as usize) == Some(&usize::MAX);
        let missing: Vec<&Column> = Column::ALL.iter().filter(is_missing).collect();
        if !missing.is_empty() {
            problems.retain(|problem| problem.code != ProblemCode::HeaderUnknown);
        }
        if missing.len() == COUNT {
            // No header at all: naming every column would help nobody.
            problems.push(Problem::new(0, None, ProblemCode::HeaderMissing));
        } else {
            problems.extend(missing.iter().copied().map(found(ProblemCode::HeaderMissing)));
        }
        (twice.is_empty() && missing.is_empty()).then_some(Self { cells, columns })
    }

    /// How many known column names a record holds.
    #[must_use]
    pub(super) fn names_in(record: &Record) -> usize {
        record.cells().filter(|cell| column_named(cell).is_some()).count()
    }
}

fn column_named(cell: &[u8]) -> Option<Column> {
    let name = core::str::from_utf8(cell).ok()?.trim();
    Column::ALL.into_iter().find(|column| column.name().eq_ignore_ascii_case(name))
}
