//! One cell: from bytes to a clean text, with what had to be said about it.

use super::problem::ProblemCode;

/// The most characters a value may have; the longest real ones are addresses.
const LONGEST: usize = 250;

/// What a cell says once blanks are put right, and what was found on the way.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Clean {
    /// The value, or nothing when it cannot be used.
    pub(super) text: Option<String>,
    /// What was found, each code once.
    pub(super) found: Vec<ProblemCode>,
}

/// Cleans a cell. `prose` says that blanks inside are part of the value: names, places, addresses.
pub(super) fn clean(bytes: &[u8], prose: bool) -> Clean {
    let Ok(raw) = core::str::from_utf8(bytes) else {
        return Clean { text: None, found: vec![ProblemCode::Encoding] };
    };
    // The common case, without a copy more than needed.
    let plain = raw.bytes().all(|b| (0x21..0x7f).contains(&b) || b == b' ') && raw.len() <= LONGEST;
    if plain && !raw.starts_with(' ') && !raw.ends_with(' ') && !raw.contains("  ") {
        return Clean { text: Some(raw.to_owned()), found: Vec::new() };
    }
    let mut found = Vec::new();
    let line_broken = raw.contains(['\n', '\r']);
    if line_broken {
        found.push(ProblemCode::EmbeddedNewline);
    }
    let mangled = is_mojibake(raw);
    if mangled {
        found.push(ProblemCode::Mojibake);
    }
    let control =
        |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t') && !matches!(c, '\u{80}'..='\u{9f}');
    if raw.chars().any(control) {
        found.push(ProblemCode::ControlCharacter);
        return Clean { text: None, found };
    }
    let unbroken: String = raw.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }).collect();
    let text = unbroken.trim_matches(is_blank);
    let outside = raw.trim_matches(|c| matches!(c, '\n' | '\r'));
    if outside.starts_with(is_blank) || outside.ends_with(is_blank) {
        found.push(ProblemCode::TrailingSpace);
    }
    if text.chars().count() > LONGEST {
        found.push(ProblemCode::CellTooLong);
        return Clean { text: None, found };
    }
    if mangled {
        return Clean { text: None, found };
    }
    let inner_blanks = text.contains("  ") || text.contains(|c| c != ' ' && is_blank(c));
    if prose && inner_blanks {
        if !line_broken {
            found.push(ProblemCode::InnerSpace);
        }
        let words: Vec<&str> = text.split(is_blank).filter(|word| !word.is_empty()).collect();
        return Clean { text: Some(words.join(" ")), found };
    }
    Clean { text: Some(text.to_owned()), found }
}

/// Blanks of every kind, those without width and the byte order mark among them.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{180e}')
}

/// Whether UTF-8 text was read as Windows-1252 (or Latin-1) and written again.
///
/// A run of characters beyond ASCII that, taken as the bytes it came from, is UTF-8 once more: `Ã‰` for `É`,
/// `â€™` for an apostrophe. A replacement character or a C1 control says the same.
pub(super) fn is_mojibake(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    if text.contains(['\u{fffd}']) || text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c)) {
        return true;
    }
    text.split(|c: char| c.is_ascii()).filter(|run| !run.is_empty()).any(|run| {
        let bytes: Option<Vec<u8>> = run.chars().map(windows_1252).collect();
        bytes.is_some_and(|bytes| core::str::from_utf8(&bytes).is_ok())
    })
}

/// The Windows-1252 byte of a character beyond ASCII.
fn windows_1252(c: char) -> Option<u8> {
    // https://encoding.spec.whatwg.org/index-windows-1252.txt, 0x80 to 0x9F.
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match u8::try_from(u32::from(c)) {
        Ok(byte) if byte >= 0xa0 => Some(byte),
        _ => UPPER.iter().position(|upper| *upper == c).and_then(|at| u8::try_from(at + 0x80).ok()),
    }
}

/// Whether a spreadsheet wrote a long number as `3.57702E+15` (or with a comma).
pub(super) fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let whole = match mantissa.split_once(['.', ',']) {
        Some((whole, fraction)) => digits(fraction) && digits(whole),
        None => digits(mantissa),
    };
    whole && digits(exponent) && exponent.len() <= 3
}

#[cfg(test)]
mod tests {
    use super::ProblemCode::*;
    use super::*;

    fn said(bytes: &[u8], prose: bool) -> (Option<String>, Vec<ProblemCode>) {
        let Clean { text, found } = clean(bytes, prose);
        (text, found)
    }

    #[test]
    fn clean_cells_pass() {
        for text in ["", "MADIUN", "NUR MUTHI'AH", "JL. SALAK NO. 105A", "ANDRÉ", "IÑIGO", "SJÖFN ÞÓR"] {
            assert_eq!(said(text.as_bytes(), true), (Some(text.to_owned()), vec![]), "{text}");
        }
    }

    #[test]
    fn blanks() {
        let madiun = Some("MADIUN".to_owned());
        for text in ["MADIUN ", " MADIUN", "\tMADIUN", "MADIUN\u{a0}", "\u{feff}MADIUN", "MADIUN\u{200b}  "] {
            assert_eq!(said(text.as_bytes(), true), (madiun.clone(), vec![TrailingSpace]), "{text:?}");
        }
        let two = Some("SITI AMINAH".to_owned());
        for text in ["SITI  AMINAH", "SITI\u{a0}AMINAH", "SITI\tAMINAH"] {
            assert_eq!(said(text.as_bytes(), true), (two.clone(), vec![InnerSpace]), "{text:?}");
        }
        assert_eq!(said(b"SITI\r\nAMINAH", true), (two.clone(), vec![EmbeddedNewline]));
        assert_eq!(said(b"SITI AMINAH\n", true), (two, vec![EmbeddedNewline]));
        assert_eq!(said(b"35 77", false), (Some("35 77".to_owned()), vec![]));
        assert_eq!(said(b"   ", true), (Some(String::new()), vec![TrailingSpace]));
    }

    #[test]
    fn wrong_bytes() {
        assert_eq!(said(b"ANDR\xc9", true), (None, vec![Encoding]));
        assert_eq!(said(b"AN\0DRE", true), (None, vec![ControlCharacter]));
        assert_eq!(said(b"AN\x1b[31mDRE", true), (None, vec![ControlCharacter]));
        assert_eq!(said("x".repeat(251).as_bytes(), true), (None, vec![CellTooLong]));
    }

    #[test]
    fn mojibake() {
        for text in ["ANDRÃ‰", "MAâ€™RUF", "Ã¡", "JL.Â\u{a0}NO 1", "A\u{fffd}B", "A\u{92}B", "Ã\u{a0}"]
        {
            assert!(is_mojibake(text), "{text}");
            assert_eq!(clean(text.as_bytes(), true).text, None);
        }
        for text in ["ANDRÉ", "MA’RUF", "PELÉ ÅSE", "NAÏVE", "Â", "…"] {
            assert!(!is_mojibake(text), "{text}");
        }
    }

    #[test]
    fn scientific_numbers() {
        for text in ["3.57702E+15", "3,57702E+15", "3.577E15", "3E+15", "3.57702e+15"] {
            assert!(is_scientific(text), "{text}");
        }
        for text in ["3577026207650001", "E", "3E", "E+15", "3.E+15", "JL. E", "1.2.3E+4", "3577O2"] {
            assert!(!is_scientific(text), "{text}");
        }
    }
}
