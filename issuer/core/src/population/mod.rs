//! Taking in an extract of the population register: what is in it, and what is wrong with it.
//!
//! [`check`] reads the whole file once and keeps a few numbers per record; [`Checked::residents`] reads it again and
//! hands out those that may be imported. So a city fits into little memory, and nothing is imported before everything
//! was looked at.

mod align;
mod cells;
mod column;
mod csv;
mod family;
#[cfg(test)]
mod mutations;
mod problem;
mod record;
#[cfg(test)]
mod tests;

use absah_schemas::regions;
use absah_types::{Date, Nik, NomorKk, RegionCode, Seconds, Timestamp};

pub use column::Column;
pub use problem::{Problem, ProblemCode, Severity};

use column::Header;
use csv::{Record, Records};
use family::Families;
use record::Reader;

use crate::resident::Resident;

/// What an extract is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The day of the import: nobody is born after it.
    pub today: Date,
    /// The city or regency whose residents the extract holds.
    pub city: RegionCode,
}

impl Rules {
    /// Rules for Kota Madiun.
    #[must_use]
    pub fn madiun(today: Date) -> Self {
        let city =
            RegionCode::parse(regions::MADIUN).unwrap_or_else(|_| unreachable!("the city has a region code"));
        Self { today, city }
    }
}

/// The day it is in Madiun: western Indonesian time, seven hours ahead of UTC and without summer time.
#[must_use]
pub fn local_day(now: Timestamp) -> Date {
    now.plus(Seconds::hours(7)).date()
}

/// An extract that was looked at from beginning to end.
#[derive(Debug)]
pub struct Checked {
    /// How many records it has.
    pub rows: u32,
    /// Everything found, by row and column.
    pub problems: Vec<Problem>,
    /// Family cards of which at least one record has an error or whose family is not whole; ascending.
    pub incomplete_families: Vec<NomorKk>,
    /// People whose record was refused, with their family card, as far as both numbers can be read.
    pub refused_people: Vec<(Nik, NomorKk)>,
    rules: Rules,
    /// Nothing is imported without it.
    header: Option<Header>,
    /// Where the records begin.
    begin: usize,
    /// For each record whether it has an error.
    refused: Vec<bool>,
}

impl Checked {
    /// How many records may be imported.
    #[must_use]
    pub fn imported(&self) -> u32 {
        self.rows - self.skipped()
    }

    /// How many records are left out because of an error.
    #[must_use]
    pub fn skipped(&self) -> u32 {
        match self.header {
            None => self.rows,
            Some(_) => count(self.refused.iter().filter(|refused| **refused).count()),
        }
    }

    /// Whether anything found is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// The residents that may be imported with their rows, in the order of the file; `bytes` are those that were checked.
    pub fn residents<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = (u32, Resident)> + 'a {
        let mut refused = (1..).zip(&self.refused);
        let mut record = Record::default();
        let mut unheard = Vec::new();
        let width = self.header.as_ref().map_or(0, Header::width);
        let mut records = Records::new(bytes, self.begin, b',', width);
        core::iter::from_fn(move || {
            let reader = Reader { header: self.header.as_ref()?, rules: &self.rules };
            loop {
                let (row, refused) = refused.next()?;
                if !records.read(&mut record) {
                    return None;
                }
                if *refused {
                    continue;
                }
                unheard.clear();
                if let Some(resident) = reader.read(row, &record, &mut unheard).resident() {
                    return Some((row, resident));
                }
            }
        })
    }
}

/// Looks at a whole extract.
#[must_use]
pub fn check(bytes: &[u8], rules: Rules) -> Checked {
    let mut checked = Checked {
        rows: 0,
        problems: Vec::new(),
        incomplete_families: Vec::new(),
        refused_people: Vec::new(),
        rules,
        header: None,
        begin: 0,
        refused: Vec::new(),
    };
    let Some(begin) = checked.encoding(bytes) else { return checked };
    let mut records = Records::new(bytes, begin, b',', 0);
    let mut record = Record::default();
    let Some(header) = checked.header(&mut records, &mut record) else { return checked };
    records.expect(header.width());
    checked.begin = records.position();
    let mut families = Families::default();
    let reader = Reader { header: &header, rules: &checked.rules };
    while records.read(&mut record) {
        checked.rows += 1;
        let reading = reader.read(checked.rows, &record, &mut checked.problems);
        checked.refused.push(reading.refused);
        families.add(checked.rows, &reading);
    }
    if checked.rows == 0 {
        checked.problems.push(Problem::new(0, None, ProblemCode::NoRecords));
    }
    families.judge(&mut checked.problems);
    for problem in checked.problems.iter().filter(|problem| problem.severity == Severity::Error) {
        let index = problem.row.checked_sub(1).and_then(|index| usize::try_from(index).ok());
        if let Some(refused) = index.and_then(|index| checked.refused.get_mut(index)) {
            *refused = true;
        }
    }
    checked.incomplete_families = families.incomplete(&checked.refused);
    checked.refused_people = families.refused(&checked.refused);
    checked.header = Some(header);
    checked.problems.sort_by_key(|problem| (problem.row, problem.column, problem.code));
    checked.problems.dedup();
    checked
}

impl Checked {
    /// What can be said from the first bytes; the place where the text begins, or nothing if it cannot be read.
    fn encoding(&mut self, bytes: &[u8]) -> Option<usize> {
        let sample = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
        let zeros = sample.iter().filter(|byte| **byte == 0).count();
        let utf16 =
            bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || zeros * 4 > sample.len();
        if bytes.iter().all(u8::is_ascii_whitespace) {
            self.problems.push(Problem::new(0, None, ProblemCode::FileEmpty));
            return None;
        }
        if utf16 {
            // Each line end of a 16-bit text has its LF byte once.
            let lines =
                bytes.split(|byte| *byte == b'\n').filter(|line| line.iter().any(|byte| *byte > b' '));
            self.rows = count(lines.count()).saturating_sub(1);
            self.problems.push(Problem::new(0, None, ProblemCode::Encoding));
            return None;
        }
        if bytes.starts_with(b"\xef\xbb\xbf") {
            self.problems.push(Problem::new(0, None, ProblemCode::Bom));
            return Some(3);
        }
        Some(0)
    }

    /// Reads the header line, or says why nothing can be imported and counts the records.
    fn header(&mut self, records: &mut Records<'_>, record: &mut Record) -> Option<Header> {
        let start = records.clone();
        records.read(record);
        if let Some(header) = Header::read(record, &mut self.problems) {
            return Some(header);
        }
        let mut is_header = Header::names_in(record) > 0;
        let mut all = start.clone();
        for other in [b';', b'\t', b'|'] {
            let mut first = Record::default();
            let mut attempt = start.clone().separated_by(other);
            if attempt.read(&mut first) && first.len() > record.len().max(5) {
                is_header = Header::names_in(&first) > 0;
                all = start.clone().separated_by(other);
                self.problems.retain(|problem| problem.code == ProblemCode::Bom || !is_header);
                self.problems.push(Problem::new(0, None, ProblemCode::WrongDelimiter));
                break;
            }
        }
        let mut lines = 0;
        while all.read(record) {
            lines += 1;
        }
        // Without a header the first line is a record like the others.
        self.rows = lines - u32::from(is_header);
        None
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
