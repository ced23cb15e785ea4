//! Where a cell went missing, or one too many came in, so that the rest of the record can still be understood.

use absah_schemas::codes::{self, Table};

use super::column::{Column, Header};
use super::csv::Record;

/// How the cells of a moved record belong to the positions of the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Alignment {
    /// The column that the fault is reported for.
    pub(super) column: Option<Column>,
    /// First and last position where the fault may lie; nothing is read from in between.
    doubtful: (usize, usize),
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Missing,
    Extra,
    /// More than one cell: only what stands before is trusted, and only if it looks right.
    Unclear,
}

impl Alignment {
    /// The cell of a header position, if it is known where it went.
    pub(super) fn cell(self, position: usize) -> Option<usize> {
        let (first, last) = self.doubtful;
        match self.kind {
            _ if position < first => Some(position),
            Kind::Missing if position > last => position.checked_sub(1),
            Kind::Extra if position >= last => position.checked_add(1),
            _ => None,
        }
    }
}

/// Columns that offices often leave empty: when in doubt, such a cell is the one that is missing.
const OFTEN_EMPTY: [Column; 4] = [Column::GolDrh, Column::NikIbu, Column::NikAyah, Column::NoAktaLhr];

/// How an address begins; a name does not.
const STREETS: [&str; 10] =
    ["JL", "JALAN", "GG", "GANG", "PERUM", "BLOK", "DUSUN", "LINGK", "ASRAMA", "KOMP"];

/// Finds the place where taking out or putting in one cell makes most cells look right.
pub(super) fn align(record: &Record, header: &Header) -> Alignment {
    let width = header.width();
    let kind = match record.len() {
        cells if cells + 1 == width => Kind::Missing,
        cells if cells == width + 1 => Kind::Extra,
        _ => {
            let right = |position: &usize| looks_right(record, header, *position, *position);
            let first = (0..width).take_while(right).count();
            return Alignment { column: None, doubtful: (first, width), kind: Kind::Unclear };
        }
    };
    // Positions before the fault read their own cell, those after it the neighbour's.
    let neighbour =
        |position: usize| if kind == Kind::Missing { position.checked_sub(1) } else { Some(position + 1) };
    let after: Vec<bool> = (0..width)
        .map(|position| neighbour(position).is_some_and(|cell| looks_right(record, header, position, cell)))
        .collect();
    let skipped = usize::from(kind == Kind::Missing);
    let places = if kind == Kind::Missing { width } else { width + 1 };
    let mut before = 0_usize;
    let mut best = (0_usize, 0_usize, 0_usize);
    for place in 0..places {
        let score = before + after.iter().skip(place + skipped).filter(|right| **right).count();
        if score > best.0 {
            best = (score, place, place);
        } else if score == best.0 {
            best.2 = place;
        }
        before += usize::from(looks_right(record, header, place, place));
    }
    let (_, first, last) = best;
    let likely = OFTEN_EMPTY.into_iter().find(|column| (first..=last).contains(&header.position(*column)));
    let column = match kind {
        Kind::Missing => likely.or_else(|| header.column(first)),
        _ => header.column(first),
    };
    Alignment { column, doubtful: (first, last), kind }
}

/// Whether a cell could belong to the column at a position.
fn looks_right(record: &Record, header: &Header, position: usize, cell: usize) -> bool {
    let Some(column) = header.column(position) else { return true };
    let Ok(text) = core::str::from_utf8(record.cell(cell)) else { return false };
    if cell >= record.len() {
        return false;
    }
    let text = text.trim();
    let digits = |length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    let letters = text.chars().any(char::is_alphabetic);
    let any_digit = text.bytes().any(|b| b.is_ascii_digit());
    let listed = |table| text.parse::<u16>().is_ok_and(|code| codes::label(table, code).is_some());
    match column {
        Column::Nik | Column::NoKk => digits(16),
        Column::NikIbu | Column::NikAyah => text.is_empty() || digits(16),
        Column::NamaLgkp | Column::TmptLhr | Column::NamaLgkpIbu | Column::NamaLgkpAyah => {
            letters && !any_digit
        }
        Column::TglLhr => text.len() == 10 && text.matches('-').count() == 2,
        Column::JenisKlmin => listed(Table::JenisKelamin),
        Column::GolDrh => listed(Table::GolonganDarah),
        Column::Agama => listed(Table::Agama),
        Column::StatKwn => listed(Table::StatusPerkawinan),
        Column::StatHbkel => listed(Table::HubunganKeluarga),
        Column::PddkAkh => listed(Table::Pendidikan),
        Column::JenisPkrjn => listed(Table::Pekerjaan),
        Column::Kwrngrn => listed(Table::Kewarganegaraan),
        Column::Alamat => letters && (any_digit || STREETS.iter().any(|word| text.starts_with(word))),
        Column::NoRt | Column::NoRw => digits(3),
        Column::NoKel => digits(4),
        Column::NoKec | Column::NoKab | Column::NoProp => digits(2),
        Column::NoAktaLhr => text.is_empty() || (any_digit && !text.contains(':')),
        Column::StatusDasar => digits(1),
        Column::TglUbah => text.contains('T') && text.contains(':'),
    }
}

#[cfg(test)]
mod tests {
    use super::super::csv::Records;
    use super::*;

    const GOOD: &str = "3577026207650001,3577021810150001,DIAN,MADIUN,22-07-1965,2,13,1,4,1,3,1,1,3519045201460001,\
        INDAH,,NGATNO,JL. SALAK NO. 105A,001,006,1001,02,77,35,277/DIS/1985,1,2020-02-17T13:41:01+07:00";

    fn aligned(cells: &[&str]) -> Alignment {
        let names: Vec<&str> = Column::ALL.iter().map(|column| column.name()).collect();
        let text = names.join(",") + "\n" + &cells.join(",");
        let mut records = Records::new(text.as_bytes(), 0, b',', 0);
        let mut record = Record::default();
        assert!(records.read(&mut record));
        let header = Header::read(&record, &mut Vec::new()).unwrap();
        assert!(records.read(&mut record));
        align(&record, &header)
    }

    #[test]
    fn the_missing_cell_is_named() {
        let good: Vec<&str> = GOOD.split(',').collect();
        assert_eq!(good.len(), 27);
        for column in [Column::TglLhr, Column::NikIbu, Column::Alamat, Column::NoKel, Column::StatusDasar] {
            let mut cells = good.clone();
            cells.remove(column as usize);
            let found = aligned(&cells);
            assert_eq!(found.column, Some(column), "{column:?}");
            assert_eq!(found.cell(column as usize), None);
            assert_eq!(found.cell(column as usize + 1), Some(column as usize));
        }
        let mut cells = good.clone();
        cells.remove(Column::GolDrh as usize);
        assert_eq!(aligned(&cells).column, Some(Column::GolDrh));
    }

    #[test]
    fn the_extra_cell_is_passed_over() {
        let mut cells: Vec<&str> = GOOD.split(',').collect();
        cells.insert(Column::NoRt as usize, "KEL. X");
        let found = aligned(&cells);
        assert_eq!(found.cell(Column::Alamat as usize), Some(Column::Alamat as usize));
        assert_eq!(found.cell(Column::NoRw as usize), Some(Column::NoRw as usize + 1));
        assert_eq!(found.cell(Column::StatusDasar as usize), Some(Column::StatusDasar as usize + 1));
    }

    #[test]
    fn a_torn_record_keeps_its_beginning() {
        let cells: Vec<&str> = GOOD.split(',').take(12).collect();
        let found = aligned(&cells);
        assert_eq!(found.cell(0), Some(0));
        assert_eq!(found.cell(11), Some(11));
        assert_eq!(found.cell(20), None);
    }
}
