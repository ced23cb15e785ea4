//! Names of people.

/// A person's name as the register writes it: 1 to 60 characters, letters, blanks and `. , ' -`.
///
/// Permendagri 73/2022: at most 60 letters including blanks; academic and religious titles are
/// allowed on KTP and KK, so names are compared by [`PersonName::comparison_form`].
/// Prints as `PersonName(…)` in Debug.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonName(String);

/// A text that is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameError {
    /// Nothing but blanks.
    Empty,
    /// More than 60 characters.
    TooLong {
        /// Characters it has.
        characters: usize,
    },
    /// Holds a digit.
    Digits,
    /// Holds a character that is no Latin letter, blank or one of `. , ' -`; or no letter at all.
    Characters,
}

impl std::fmt::Display for NameError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("name is empty"),
            Self::TooLong { characters } => write!(f, "name of {characters} characters, limit 60"),
            Self::Digits => f.write_str("name holds a digit"),
            Self::Characters => f.write_str("name holds a character that is not allowed"),
        }
    }
}
impl std::error::Error for NameError {}
crate::coded! { NameError {
    Empty => ("name-empty", Peer),
    TooLong { .. } => ("name-too-long", Peer),
    Digits => ("name-digits", Peer),
    Characters => ("name-characters", Peer),
} }

/// Titles that stand before a name, without their dots.
const TITLES_BEFORE: &[&str] =
    &["PROF", "DR", "DRS", "DRA", "DRG", "DRH", "IR", "H", "HJ", "KH", "NS", "APT"];

impl PersonName {
    /// The most characters a name may have.
    pub const LIMIT: usize = 60;

    /// Reads a name; blanks around it are not part of it.
    ///
    /// # Errors
    /// See [`NameError`].
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let name = text.trim();
        let characters = name.chars().count();
        if name.is_empty() {
            return Err(NameError::Empty);
        }
        if characters > Self::LIMIT {
            return Err(NameError::TooLong { characters });
        }
        if name.chars().any(char::is_numeric) {
            return Err(NameError::Digits);
        }
        let allowed = |c: char| is_latin_letter(c) || matches!(c, ' ' | '.' | ',' | '\'' | '-');
        if !name.chars().all(allowed) || !name.chars().any(is_latin_letter) {
            return Err(NameError::Characters);
        }
        Ok(Self(name.to_owned()))
    }

    /// The name as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two writings of one name share: upper case, without titles and punctuation, single blanks.
    ///
    /// `H. Marsudi`, `MARSUDI` and `Drs. Marsudi, M.Pd.` all become `MARSUDI`.
    #[must_use]
    pub fn comparison_form(&self) -> String {
        let upper = self.0.to_uppercase();
        let before_comma = upper.split(',').next().unwrap_or_default();
        let mut words: Vec<&str> = before_comma.split_whitespace().collect();
        // Degrees behind a name without a comma: S.PD. M.SI
        while words.len() > 1 && words.last().is_some_and(|word| is_degree(word)) {
            words.pop();
        }
        let plain = words.join(" ").replace('\'', "").replace(['.', '-'], " ");
        let words: Vec<&str> = plain.split_whitespace().collect();
        let titles = words.iter().take_while(|word| TITLES_BEFORE.contains(word)).count();
        let kept = words.get(titles..).unwrap_or_default();
        // A name that is nothing but a title is kept as it stands.
        if kept.is_empty() { words.join(" ") } else { kept.join(" ") }
    }

    /// The same name without academic and religious titles, otherwise as written: Permendagri 73/2022 forbids them on
    /// civil certificates.
    ///
    /// `H. Marsudi`, `MARSUDI, S.PD.` and `Drs. Marsudi M.Pd.` become `Marsudi`, `MARSUDI`, `Marsudi`.
    #[must_use]
    pub fn without_titles(&self) -> Self {
        let before_comma = self.0.split(',').next().unwrap_or_default();
        let mut words: Vec<&str> = before_comma.split_whitespace().collect();
        while words.len() > 1 && words.last().is_some_and(|word| is_degree(&word.to_uppercase())) {
            words.pop();
        }
        let is_title = |word: &&&str| {
            let upper = word.to_uppercase();
            let mut parts = upper.split('.').filter(|part| !part.is_empty()).peekable();
            parts.peek().is_some() && parts.all(|part| TITLES_BEFORE.contains(&part))
        };
        let titles = words.iter().take_while(is_title).count();
        let kept = words.get(titles..).unwrap_or_default();
        // A name that is nothing but a title is kept as it stands.
        Self::parse(&kept.join(" ")).unwrap_or_else(|_| self.clone())
    }

    /// Whether both are writings of the same name.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        self.comparison_form() == other.comparison_form()
    }
}

/// ASCII and the Latin letters with marks (Latin-1 Supplement, Latin Extended-A and -B).
fn is_latin_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (c.is_alphabetic() && ('\u{c0}'..='\u{24f}').contains(&c))
}

/// `S.PD`, `M.SI.`, `A.MD.KEB`: a short first part, a dot, more letters.
fn is_degree(word: &str) -> bool {
    match word.trim_end_matches('.').split_once('.') {
        Some((first, rest)) => matches!(first, "S" | "M" | "A" | "SP" | "PH") && !rest.is_empty(),
        None => false,
    }
}

impl std::fmt::Display for PersonName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::fmt::Debug for PersonName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonName(…)")
    }
}
crate::form::serde_as_text!(PersonName, NameError);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded as _;
    use proptest::prelude::*;

    #[test]
    fn titles_do_not_stand_on_certificates() {
        for (written, plain) in [
            ("HJ. DIAN ASTUTIK", "DIAN ASTUTIK"),
            ("DR.IR. Siti Nur'aini, M.T.", "Siti Nur'aini"),
            ("Drs. Marsudi M.Pd.", "Marsudi"),
            ("MARSUDI", "MARSUDI"),
            ("H.", "H."),
            ("KH. AHMAD-DAHLAN", "AHMAD-DAHLAN"),
        ] {
            let name = PersonName::parse(written).unwrap();
            assert_eq!(name.without_titles().as_str(), plain, "{written}");
            assert!(name.without_titles().same_as(&name), "{written}");
        }
    }

    #[test]
    fn hostile_texts() {
        let long = "A".repeat(61);
        let cases = [
            ("empty", "", "name-empty"),
            ("blanks", "   ", "name-empty"),
            ("61 letters", long.as_str(), "name-too-long"),
            ("digit", "BUDI 2", "name-digits"),
            ("other digits", "BUDI ２", "name-digits"),
            ("roman numeral sign", "BUDI Ⅱ", "name-digits"),
            ("slash", "BUDI/ANI", "name-characters"),
            ("at sign", "BUDI@ANI", "name-characters"),
            ("line break inside", "BUDI\nANI", "name-characters"),
            ("NUL", "BUDI\0", "name-characters"),
            ("typographic apostrophe", "MUSTA’IN", "name-characters"),
            ("mojibake", "JOSÃ© MARIA", "name-characters"),
            ("Cyrillic look-alike", "ВUDI", "name-characters"),
            ("right-to-left mark", "BUDI\u{200f}", "name-characters"),
            ("only punctuation", "-.'", "name-characters"),
        ];
        for (name, text, code) in cases {
            assert_eq!(PersonName::parse(text).map_err(|e| e.code()), Err(code), "{name}");
        }
        for text in ["X", "SUPARNI", "MUSTA'IN", "H. ABD. RAHMAN", "ANNE-MARIE", "JOSÉ", &long[1..]] {
            assert_eq!(PersonName::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(PersonName::parse("  SITI  ").unwrap().as_str(), "SITI");
    }

    #[test]
    fn titles_do_not_count() {
        let cases = [
            ("MARSUDI", "H. MARSUDI"),
            ("MARSUDI", "H.MARSUDI"),
            ("MARSUDI", "Drs. H. Marsudi, M.Pd."),
            ("MARSUDI", "MARSUDI, S.PD., M.M."),
            ("MARSUDI", "MARSUDI S.PD. M.SI"),
            ("MARSUDI", "PROF. DR. IR. MARSUDI, PH.D."),
            ("MOCH MUSTAIN", "MOCH. MUSTA'IN, S.HUT."),
            ("SITI AMINAH", "  HJ.  SITI   AMINAH"),
            ("AL HABSYI", "AL-HABSYI"),
        ];
        for (plain, written) in cases {
            assert_eq!(PersonName::parse(written).unwrap().comparison_form(), plain, "{written}");
            assert!(PersonName::parse(plain).unwrap().same_as(&PersonName::parse(written).unwrap()));
        }
    }

    #[test]
    fn names_that_look_like_titles_stay() {
        for (name, form) in
            [("IR", "IR"), ("M. YUSUF", "M YUSUF"), ("HADI", "HADI"), ("DRAJAT", "DRAJAT"), ("S.PD", "S PD")]
        {
            assert_eq!(PersonName::parse(name).unwrap().comparison_form(), form);
        }
        let (one, other) =
            (PersonName::parse("SITI AMINAH").unwrap(), PersonName::parse("SITI AMINA").unwrap());
        assert!(!one.same_as(&other));
        assert_eq!(format!("{one:?}"), "PersonName(…)");
    }

    proptest! {
        #[test]
        fn round_trips(text in "[A-Z][A-Z .,'-]{0,40}[A-Z]") {
            let name = PersonName::parse(&text).unwrap();
            prop_assert_eq!(name.as_str(), &text);
            prop_assert_eq!(serde_json::from_str::<PersonName>(&serde_json::to_string(&name).unwrap()).unwrap(), name);
        }

        #[test]
        fn case_and_blanks_do_not_count(text in "[A-Z]{2,9}( [A-Z]{2,9}){0,3}") {
            let one = PersonName::parse(&text).unwrap();
            let other = PersonName::parse(&text.to_lowercase().replace(' ', "  ")).unwrap();
            prop_assert!(one.same_as(&other));
        }

        #[test]
        fn no_text_is_a_panic(text in ".{0,70}") {
            let _ = PersonName::parse(&text).map(|name| name.comparison_form());
        }
    }
}
