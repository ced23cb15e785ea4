//! What can be wrong with an extract: codes, how grave each is, and the report that lists them.

use core::fmt;

use super::Column;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The record is not imported.
    Error,
    /// The record is imported; someone should look at it.
    Warning,
}

impl Severity {
    /// The word in reports: `error` or `warning`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! problem_codes {
    ($($(#[$doc:meta])* $name:ident $text:literal $severity:ident;)+) => {
        /// What was found. The texts are stable: reports and tests of other offices name them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum ProblemCode { $($(#[$doc])* $name,)+ }

        impl ProblemCode {
            /// Every code, in the order of this list.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable name, `UPPER_SNAKE`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// How grave the finding is where nothing else is said.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }
        }
    };
}

problem_codes! {
    // The whole file (row 0).
    /// The file begins with a UTF-8 byte order mark.
    Bom "BOM" Warning;
    /// Bytes that are not UTF-8, in a cell or in the whole file.
    Encoding "ENCODING" Error;
    /// The file holds nothing.
    FileEmpty "FILE_EMPTY" Error;
    /// The file holds a header and no record.
    NoRecords "NO_RECORDS" Warning;
    /// Cells are separated by something other than a comma.
    WrongDelimiter "WRONG_DELIMITER" Error;
    /// The header, or a column of it, is missing.
    HeaderMissing "HEADER_MISSING" Error;
    /// A column stands in the header twice.
    HeaderDuplicate "HEADER_DUPLICATE" Error;
    /// The header names a column that is not known; it is ignored.
    HeaderUnknown "HEADER_UNKNOWN" Warning;
    // The shape of a record.
    /// The header stands again among the records.
    HeaderRepeated "HEADER_REPEATED" Error;
    /// All cells of the record are empty.
    RecordEmpty "RECORD_EMPTY" Error;
    /// The record is longer than any real one.
    RecordTooLong "RECORD_TOO_LONG" Error;
    /// Fewer cells than the header has.
    MissingCell "MISSING_CELL" Error;
    /// More cells than the header has.
    ExtraCell "EXTRA_CELL" Error;
    /// A quotation mark was opened and never closed.
    QuoteUnclosed "QUOTE_UNCLOSED" Error;
    /// A quotation mark stands inside a cell that is not quoted.
    QuoteStray "QUOTE_STRAY" Warning;
    // Any cell.
    /// A line break inside a quoted cell.
    EmbeddedNewline "EMBEDDED_NEWLINE" Warning;
    /// A control character in the cell.
    ControlCharacter "CONTROL_CHARACTER" Error;
    /// Blanks before or after the value.
    TrailingSpace "TRAILING_SPACE" Warning;
    /// Several blanks in a row, or blanks that are no ordinary space.
    InnerSpace "INNER_SPACE" Warning;
    /// UTF-8 text that was read as another encoding and saved again.
    Mojibake "MOJIBAKE" Error;
    /// A number that a spreadsheet turned into scientific notation.
    ScientificNumber "SCIENTIFIC_NUMBER" Error;
    /// Leading zeros that a spreadsheet took away; they are put back.
    LeadingZeroLost "LEADING_ZERO_LOST" Warning;
    /// The cell is longer than any real value.
    CellTooLong "CELL_TOO_LONG" Error;
    /// The cell must not be empty.
    CellEmpty "CELL_EMPTY" Error;
    /// The code is not in the column's code table.
    CodeUnknown "CODE_UNKNOWN" Error;
    // The person.
    /// The NIK is not 16 digits.
    NikFormat "NIK_FORMAT" Error;
    /// The same NIK in more than one record.
    NikDuplicate "NIK_DUPLICATE" Error;
    /// The NIK implies another birth date. Valid: a NIK is never issued anew when a date is corrected.
    NikDobMismatch "NIK_DOB_MISMATCH" Warning;
    /// The NIK implies the other sex. Valid, as above.
    NikSexMismatch "NIK_SEX_MISMATCH" Warning;
    /// The family card number is not 16 digits.
    KkFormat "KK_FORMAT" Error;
    /// The name is empty.
    NameEmpty "NAME_EMPTY" Error;
    /// The name holds digits.
    NameDigits "NAME_DIGITS" Error;
    /// The name holds signs that no name has.
    NameChars "NAME_CHARS" Error;
    /// The name has more than 60 characters.
    NameTooLong "NAME_TOO_LONG" Error;
    /// The birth date is not written DD-MM-YYYY.
    BirthDateFormat "BIRTH_DATE_FORMAT" Error;
    /// There is no such day.
    BirthDateImpossible "BIRTH_DATE_IMPOSSIBLE" Error;
    /// The birth date lies in the future.
    BirthDateFuture "BIRTH_DATE_FUTURE" Error;
    /// The person would be older than 120 years.
    BirthDateTooOld "BIRTH_DATE_TOO_OLD" Warning;
    /// RT or RW is not a number of up to three digits.
    RtRwFormat "RT_RW_FORMAT" Error;
    /// There is no such area. An error in the address, a warning where a NIK or family card number names it.
    RegionUnknown "REGION_UNKNOWN" Error;
    /// The address lies outside the city.
    RegionOutside "REGION_OUTSIDE" Error;
    /// The time of the last change cannot be read.
    ChangeTimeFormat "CHANGE_TIME_FORMAT" Warning;
    /// The age does not fit the marital status.
    AgeStatusConflict "AGE_STATUS_CONFLICT" Warning;
    /// The birth certificate is dated before the birth.
    AktaDateConflict "AKTA_DATE_CONFLICT" Warning;
    /// The resident has died: no credential.
    StatusDead "STATUS_DEAD" Warning;
    /// The resident has moved away: no credential.
    StatusMoved "STATUS_MOVED" Warning;
    /// The resident is missing: no credential.
    StatusLost "STATUS_LOST" Warning;
    // Photographs (row 0 when the person is not in this file).
    /// The photograph cannot be read.
    PhotoUnreadable "PHOTO_UNREADABLE" Warning;
    /// The photograph is too small, or far from the shape of a portrait.
    PhotoSize "PHOTO_SIZE" Warning;
    /// The person has another portrait already: two people compare the faces, at the console.
    PhotoReplaces "PHOTO_REPLACES" Warning;
    /// The register has nobody of the photograph's NIK.
    PhotoUnknown "PHOTO_UNKNOWN" Warning;
    // Several records.
    /// The same person under two NIK.
    PersonDuplicate "PERSON_DUPLICATE" Warning;
    /// No living member of the family is its head.
    KkNoHead "KK_NO_HEAD" Error;
    /// More than one member of the family is its head.
    KkTwoHeads "KK_TWO_HEADS" Error;
    /// A dead person is head of a family with living members.
    HeadDead "HEAD_DEAD" Error;
    /// Members of one family have different addresses.
    KkAddress "KK_ADDRESS" Warning;
    /// The child is older than its mother.
    ChildOlderThanMother "CHILD_OLDER_THAN_MOTHER" Error;
    /// The child is older than its father.
    ChildOlderThanFather "CHILD_OLDER_THAN_FATHER" Error;
    /// A parent was a child when the child was born.
    ParentTooYoung "PARENT_TOO_YOUNG" Warning;
    /// A parent was very old when the child was born.
    ParentTooOld "PARENT_TOO_OLD" Warning;
    /// The mother is a man or the father a woman.
    ParentSexConflict "PARENT_SEX_CONFLICT" Error;
    /// Somebody is named as their own parent.
    ParentIsSelf "PARENT_IS_SELF" Error;
}

/// One finding. Holds no value from the file: what is wrong can be said without repeating personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// The record, counted from 1 without the header; 0 = the whole file.
    pub row: u32,
    /// The column, if one is concerned.
    pub column: Option<Column>,
    /// What was found.
    pub code: ProblemCode,
    /// How grave it is here.
    pub severity: Severity,
}

impl Problem {
    /// A finding with the severity of its code.
    #[must_use]
    pub fn new(row: u32, column: Option<Column>, code: ProblemCode) -> Self {
        Self { row, column, code, severity: code.severity() }
    }

    /// The same finding as a warning.
    #[must_use]
    pub fn warning(row: u32, column: Option<Column>, code: ProblemCode) -> Self {
        Self { severity: Severity::Warning, ..Self::new(row, column, code) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = self.column.map_or("-", Column::name);
        write!(f, "row {} {column} {} {}", self.row, self.code.as_str(), self.severity.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_upper_snake_and_unique() {
        let mut names: Vec<_> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ProblemCode::ALL.len());
    }
}
