//! Records out of the bytes of an extract: one at a time, whatever the bytes are.
//!
//! Own reader rather than a general one because a report must go on where others stop: a quote that is never closed
//! must not swallow the families that follow it.

/// The most bytes one record may have; a longer one is cut and reported.
pub(super) const MAX_RECORD_BYTES: usize = 64 * 1024;
/// The most cells kept of one record.
pub(super) const MAX_CELLS: usize = 256;

/// What was wrong with the shape of a record, before anyone looks into its cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// A quotation mark was opened and never closed; the record ends with its line.
    pub(super) unclosed_quote: bool,
    /// A quotation mark stands where none belongs; it was kept as text.
    pub(super) stray_quote: bool,
    /// The record was longer than [`MAX_RECORD_BYTES`] or had more than [`MAX_CELLS`] cells.
    pub(super) too_long: bool,
}

/// One record; reused from call to call so that a large file costs no allocation per record.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The cells' bytes one after the other, quotation marks taken away.
    text: Vec<u8>,
    /// Where each cell ends in `text`.
    ends: Vec<usize>,
    /// Where the record begins in the file.
    pub(super) offset: usize,
    /// What was wrong with its shape.
    pub(super) shape: Shape,
}

impl Record {
    /// How many cells the record has; at least one after a read.
    #[must_use]
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of cell `index`, counted from 0; empty beyond the last.
    #[must_use]
    pub(super) fn cell(&self, index: usize) -> &[u8] {
        let start = match index.checked_sub(1) {
            Some(before) => self.ends.get(before).copied(),
            None => Some(0),
        };
        let range = start.zip(self.ends.get(index).copied());
        range.and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    /// The cells in order.
    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|index| self.cell(index))
    }

    fn clear(&mut self, offset: usize) {
        self.text.clear();
        self.ends.clear();
        self.offset = offset;
        self.shape = Shape::default();
    }

    fn push(&mut self, byte: u8) {
        if self.text.len() < MAX_RECORD_BYTES {
            self.text.push(byte);
        } else {
            self.shape.too_long = true;
        }
    }

    fn end_cell(&mut self) {
        if self.ends.len() < MAX_CELLS {
            self.ends.push(self.text.len());
        } else {
            self.shape.too_long = true;
        }
    }
}

/// Reads records from the bytes of a file. Line ends are LF, CR LF or CR; empty lines are no records.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
    delimiter: u8,
    /// How many cells a whole record has; 0 = not known yet.
    expected: usize,
}

/// Where one attempt at a record ended.
enum Ended {
    /// After its line end; the second says whether the record holds a line break.
    At(usize, bool),
    /// Inside a quotation that nothing closes within the limits.
    InQuotes,
}

impl<'a> Records<'a> {
    /// A reader from `at` on; `expected` is the number of cells of a whole record (0 = not known).
    #[must_use]
    pub(super) fn new(bytes: &'a [u8], at: usize, delimiter: u8, expected: usize) -> Self {
        Self { bytes, at, delimiter, expected }
    }

    /// The same reader for another delimiter.
    #[must_use]
    pub(super) fn separated_by(self, delimiter: u8) -> Self {
        Self { delimiter, ..self }
    }

    /// Where the next record is looked for.
    #[must_use]
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Tells how many cells a whole record has, once the header is known.
    pub(super) fn expect(&mut self, cells: usize) {
        self.expected = cells;
    }

    /// Reads the next record into `record`; false at the end of the file.
    pub(super) fn read(&mut self, record: &mut Record) -> bool {
        while matches!(self.bytes.get(self.at), Some(b'\n' | b'\r')) {
            self.at += 1;
        }
        if self.at >= self.bytes.len() {
            return false;
        }
        record.clear(self.at);
        // A record over several lines is believed only when it comes out whole: otherwise its quote was never closed
        // and it ends with its line.
        if let Ended::At(end, broken) = self.attempt(record, true)
            && (!broken || (self.expected == 0 || record.len() == self.expected) && !record.shape.stray_quote)
        {
            self.at = end;
            return true;
        }
        record.clear(self.at);
        if let Ended::At(end, _) = self.attempt(record, false) {
            self.at = end;
        }
        true
    }

    fn attempt(&self, record: &mut Record, across_lines: bool) -> Ended {
        let mut at = self.at;
        let mut broken = false;
        let mut cell_begins = true;
        let mut quoted = false;
        let mut closed = false;
        while let Some(&byte) = self.bytes.get(at) {
            at += 1;
            if quoted {
                match byte {
                    b'"' if self.bytes.get(at) == Some(&b'"') => {
                        record.push(b'"');
                        at += 1;
                    }
                    b'"' => (quoted, closed) = (false, true),
                    b'\n' | b'\r' if !across_lines => {
                        record.shape.unclosed_quote = true;
                        record.end_cell();
                        return Ended::At(self.after_line_end(at, byte), false);
                    }
                    _ => {
                        broken |= matches!(byte, b'\n' | b'\r');
                        record.push(byte);
                        if across_lines && record.shape.too_long {
                            return Ended::InQuotes;
                        }
                    }
                }
                continue;
            }
            match byte {
                b'"' if cell_begins => quoted = true,
                b'\n' | b'\r' => {
                    record.end_cell();
                    return Ended::At(self.after_line_end(at, byte), broken);
                }
                _ if byte == self.delimiter => {
                    record.end_cell();
                    (cell_begins, closed) = (true, false);
                    continue;
                }
                _ => {
                    record.shape.stray_quote |= closed || byte == b'"';
                    record.push(byte);
                }
            }
            cell_begins = false;
        }
        if quoted && across_lines {
            return Ended::InQuotes;
        }
        record.shape.unclosed_quote |= quoted;
        record.end_cell();
        Ended::At(at, broken)
    }

    fn after_line_end(&self, at: usize, byte: u8) -> usize {
        if byte == b'\r' && self.bytes.get(at) == Some(&b'\n') { at + 1 } else { at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(bytes: &[u8], expected: usize) -> Vec<(Vec<String>, Shape)> {
        let mut records = Records::new(bytes, 0, b',', expected);
        let mut record = Record::default();
        let mut found = Vec::new();
        while records.read(&mut record) {
            let cells = record.cells().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
            found.push((cells, record.shape));
        }
        found
    }

    fn cells(bytes: &[u8], expected: usize) -> Vec<Vec<String>> {
        all(bytes, expected).into_iter().map(|(cells, _)| cells).collect()
    }

    #[test]
    fn line_ends_of_every_kind() {
        let three = vec![vec!["a", "b"], vec!["c", ""], vec!["d", "e"]];
        for text in ["a,b\nc,\nd,e\n", "a,b\r\nc,\r\nd,e", "a,b\rc,\rd,e\r", "\n\na,b\n\n\nc,\nd,e\n\n"] {
            assert_eq!(cells(text.as_bytes(), 2), three, "{text:?}");
        }
        assert!(cells(b"", 2).is_empty());
        assert!(cells(b"\r\n\n", 2).is_empty());
    }

    #[test]
    fn quoted_cells() {
        assert_eq!(cells(b"\"a,b\",\"c \"\"d\"\"\"\ne,f", 2), [["a,b", "c \"d\""], ["e", "f"]]);
        assert_eq!(cells(b"\"a\nb\",c\nd,e", 2), [["a\nb", "c"], ["d", "e"]]);
        assert_eq!(cells(b"\"\",\"\"", 2), [["", ""]]);
    }

    #[test]
    fn an_unclosed_quote_ends_with_its_line() {
        let found = all(b"a,\"b\nc,d\ne,\"f\ng\"\n", 2);
        assert_eq!(found[0].0, ["a", "b"]);
        assert!(found[0].1.unclosed_quote);
        assert_eq!(found[1].0, ["c", "d"]);
        assert!(!found[1].1.unclosed_quote);
        assert_eq!(found[2].0, ["e", "f\ng"]);
        // The last line was cut inside a quotation.
        let found = all(b"a,b\nc,\"d", 2);
        assert!(found[1].1.unclosed_quote);
        assert_eq!(found[1].0, ["c", "d"]);
        // The next quotation closes the first by accident: the cells no longer add up, so lines count again.
        let found = all(b"\"a,b\nc,d\ne,\"f\"\n", 2);
        assert_eq!(found.len(), 3);
        assert!(found[0].1.unclosed_quote);
        assert_eq!(found[2].0, ["e", "f"]);
    }

    #[test]
    fn stray_quotes_are_text() {
        let found = all(b"a\"b,c\n\"d\"e,f\n", 2);
        assert_eq!(found[0].0, ["a\"b", "c"]);
        assert!(found[0].1.stray_quote);
        assert_eq!(found[1].0, ["de", "f"]);
    }

    #[test]
    fn limits_hold() {
        let mut long = vec![b'x'; MAX_RECORD_BYTES + 10];
        long.extend(b",y\na,b\n");
        let found = all(&long, 2);
        assert!(found[0].1.too_long);
        assert_eq!(found[1].0, ["a", "b"]);
        let many = ",".repeat(MAX_CELLS + 5) + "\na,b";
        let found = all(many.as_bytes(), 2);
        assert!(found[0].1.too_long);
        assert_eq!(found[1].0, ["a", "b"]);
        let mut open = b"\"".to_vec();
        open.extend(vec![b'x'; 2 * MAX_RECORD_BYTES]);
        open.extend(b"\na,b");
        assert_eq!(all(&open, 2)[1].0, ["a", "b"]);
    }

    proptest! {
        #[test]
        fn written_records_are_read_back(rows in proptest::collection::vec(
            proptest::collection::vec("[a-c,\"\n\r ]{0,6}", 3), 1..6)) {
            let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let text: String = rows.iter()
                .map(|row| row.iter().map(quote).collect::<Vec<_>>().join(",") + "\n").collect();
            prop_assert_eq!(cells(text.as_bytes(), 3), rows);
        }

        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..400), expected in 0usize..4) {
            let mut records = Records::new(&bytes, 0, b',', expected);
            let mut record = Record::default();
            let mut before = 0;
            while records.read(&mut record) {
                prop_assert!(records.position() > before);
                before = records.position();
            }
        }
    }
}
