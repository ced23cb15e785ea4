//! Code tables: `codes/*.csv` (see the README there: the tables come from OpenSID and are not the
//! ministry's own). Labels are signed and printed; the list version stands in the type metadata.

use std::sync::LazyLock;

/// The version of all tables together, as it stands in the type metadata.
pub const LIST_VERSION: &str = "opensid-2026-11";

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// Agama.
    Agama,
    /// Golongan darah; code 13 prints as `-`.
    GolonganDarah,
    /// Jenis kelamin.
    JenisKelamin,
    /// Kewarganegaraan.
    Kewarganegaraan,
    /// Jenis pekerjaan.
    Pekerjaan,
    /// Pendidikan terakhir.
    Pendidikan,
    /// Status hubungan dalam keluarga.
    HubunganKeluarga,
    /// Status dasar of the resident.
    StatusDasar,
    /// Status perkawinan.
    StatusPerkawinan,
}

impl Table {
    /// All tables.
    pub const ALL: [Self; 9] = [
        Self::Agama,
        Self::GolonganDarah,
        Self::JenisKelamin,
        Self::Kewarganegaraan,
        Self::Pekerjaan,
        Self::Pendidikan,
        Self::HubunganKeluarga,
        Self::StatusDasar,
        Self::StatusPerkawinan,
    ];
}

/// The codes of one table with their labels, by ascending code.
#[derive(Debug)]
pub struct CodeTable {
    entries: Vec<(u16, &'static str)>,
}

impl CodeTable {
    fn read(csv: &'static str) -> Self {
        let entry = |line: &'static str| {
            let (code, label) = line.split_once(',')?;
            Some((code.parse().ok()?, label))
        };
        let mut entries: Vec<_> = csv.lines().skip(1).filter_map(entry).collect();
        entries.sort_unstable();
        Self { entries }
    }

    /// The label of a code.
    #[must_use]
    pub fn label(&self, code: u16) -> Option<&'static str> {
        let at = self.entries.binary_search_by_key(&code, |(code, _)| *code).ok()?;
        self.entries.get(at).map(|(_, label)| *label)
    }

    /// The code of a label, written exactly as in the table.
    #[must_use]
    pub fn code(&self, label: &str) -> Option<u16> {
        self.entries.iter().find(|(_, known)| *known == label).map(|(code, _)| *code)
    }

    /// All codes with their labels, by ascending code.
    #[must_use]
    pub fn entries(&self) -> &[(u16, &'static str)] {
        &self.entries
    }
}

macro_rules! tables {
    ($($table:ident => $file:literal),* $(,)?) => {
        /// A table.
        #[must_use]
        pub fn table(table: Table) -> &'static CodeTable {
            match table {
                $(Table::$table => {
                    static TABLE: LazyLock<CodeTable> =
                        LazyLock::new(|| CodeTable::read(include_str!(concat!("../codes/", $file, ".csv"))));
                    &TABLE
                })*
            }
        }
    };
}

tables! {
    Agama => "agama",
    GolonganDarah => "gol_darah",
    JenisKelamin => "jenis_kelamin",
    Kewarganegaraan => "kewarganegaraan",
    Pekerjaan => "pekerjaan",
    Pendidikan => "pendidikan",
    HubunganKeluarga => "shdk",
    StatusDasar => "status_dasar",
    StatusPerkawinan => "status_kawin",
}

/// The label of a code in a table; `None` when the code is not listed.
#[must_use]
pub fn label(in_table: Table, code: u16) -> Option<&'static str> {
    table(in_table).label(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_whole_and_without_doubles() {
        let sizes = [7, 13, 2, 3, 89, 10, 11, 4, 4];
        for (which, size) in Table::ALL.into_iter().zip(sizes) {
            let table = table(which);
            assert_eq!(table.entries().len(), size, "{which:?}");
            for (at, (code, label)) in table.entries().iter().enumerate() {
                assert_eq!(usize::from(*code), at + 1, "{which:?}: codes run from 1");
                assert_eq!(table.code(label), Some(*code), "{which:?}: {label} stands once");
                assert_eq!(table.label(*code), Some(*label));
            }
            assert_eq!(table.label(0), None);
            assert_eq!(table.label(900), None);
        }
    }

    #[test]
    fn labels_are_those_of_the_source() {
        assert_eq!(label(Table::Agama, 3), Some("KATHOLIK"));
        assert_eq!(label(Table::JenisKelamin, 2), Some("PEREMPUAN"));
        assert_eq!(label(Table::GolonganDarah, 13), Some("TIDAK TAHU"));
    }
}
