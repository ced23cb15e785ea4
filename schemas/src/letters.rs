//! The kelurahan's letters, from templates (`letters/*.json`): a title, a sentence with places for fields, and the limit of each
//! field. A part in square brackets is left out when what it asks for is empty. What the identity card says is never asked
//! again.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use absah_types::{Lang, coded};
use serde::Deserialize;

/// A text in three languages.
#[derive(Debug, Deserialize)]
struct Words {
    id: String,
    jv: String,
    en: String,
}

/// A kind of letter.
#[derive(Debug, Deserialize)]
pub struct LetterTemplate {
    /// Its name on command lines and in requests.
    pub id: String,
    title: Words,
    statement: String,
    /// Its class in the kelurahan's book of letters.
    pub number: String,
    /// How many days a letter holds.
    pub valid_days: i64,
    /// What is asked beside the identity card.
    pub fields: Vec<LetterField>,
}

/// Something a letter asks for.
#[derive(Debug, Deserialize)]
pub struct LetterField {
    /// Its name.
    pub name: String,
    label: Words,
    /// Most characters.
    pub max: usize,
    /// Whether it must be filled in.
    pub required: bool,
}

/// Why no letter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterError {
    /// No template has this name.
    Kind,
    /// The template has no such field.
    Unknown,
    /// A field that must be filled in is empty.
    Missing,
    /// A field is too long.
    TooLong,
    /// A field holds a line break or another control character.
    Characters,
}

impl core::fmt::Display for LetterError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Kind => "no such letter",
            Self::Unknown => "letter has no such field",
            Self::Missing => "field of the letter is empty",
            Self::TooLong => "field of the letter is too long",
            Self::Characters => "field of the letter holds control characters",
        })
    }
}

impl core::error::Error for LetterError {}

coded! { LetterError {
    Kind => ("letter-kind-unknown", User),
    Unknown => ("letter-field-unknown", User),
    Missing => ("letter-field-missing", User),
    TooLong => ("letter-field-too-long", User),
    Characters => ("letter-field-characters", User),
} }

impl LetterError {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Kind, Self::Unknown, Self::Missing, Self::TooLong, Self::Characters];
}

/// The sentence of a letter and what it is for.
#[derive(Clone, PartialEq, Eq)]
pub struct Written {
    /// The sentence.
    pub statement: String,
    /// What it is for.
    pub purpose: String,
}

impl core::fmt::Debug for Written {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Written(…)")
    }
}

static ALL: LazyLock<Vec<LetterTemplate>> = LazyLock::new(|| {
    // A test proves that all read.
    SOURCES.iter().filter_map(|source| serde_json::from_str(source).ok()).collect()
});

const SOURCES: [&str; 3] = [
    include_str!("../letters/domisili.json"),
    include_str!("../letters/usaha.json"),
    include_str!("../letters/tidak-mampu.json"),
];

/// The field every letter has: what it is for.
const PURPOSE: &str = "keperluan";

/// All templates.
#[must_use]
pub fn all() -> &'static [LetterTemplate] {
    &ALL
}

/// The template of a name.
///
/// # Errors
/// [`LetterError::Kind`].
pub fn template(id: &str) -> Result<&'static LetterTemplate, LetterError> {
    ALL.iter().find(|one| one.id == id).ok_or(LetterError::Kind)
}

impl Words {
    fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Id => &self.id,
            Lang::Jv => &self.jv,
            Lang::En => &self.en,
        }
    }
}

impl LetterTemplate {
    /// What people call it.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        self.title.of(lang)
    }

    /// Writes the sentence with these fields.
    ///
    /// # Errors
    /// [`LetterError`], the first that holds.
    pub fn write(&self, fields: &BTreeMap<String, String>) -> Result<Written, LetterError> {
        if fields.keys().any(|name| self.fields.iter().all(|field| field.name != *name)) {
            return Err(LetterError::Unknown);
        }
        let template = self.without_empty_parts(fields);
        let mut written = Written { statement: String::new(), purpose: String::new() };
        // The places are filled from left to right in the template itself: a value that looks like a place stays a value.
        let mut statement = String::new();
        let mut rest = template.as_str();
        for field in &self.fields {
            let value = fields.get(&field.name).map_or("", |value| value.trim());
            field.check(value)?;
            if field.name == PURPOSE {
                written.purpose = value.to_owned();
            } else if let Some((before, after)) = rest.split_once(&format!("{{{}}}", field.name)) {
                statement.push_str(before);
                statement.push_str(if value.is_empty() { "-" } else { value });
                rest = after;
            }
        }
        statement.push_str(rest);
        written.statement = statement;
        Ok(written)
    }

    /// The sentence without the parts in brackets whose field is empty, and without the brackets of the others.
    fn without_empty_parts(&self, fields: &BTreeMap<String, String>) -> String {
        let is_empty = |name: &str| fields.get(name).is_none_or(|value| value.trim().is_empty());
        let mut sentence = String::new();
        let mut rest = self.statement.as_str();
        while let Some((before, after)) = rest.split_once('[') {
            let (part, behind) = after.split_once(']').unwrap_or((after, ""));
            sentence.push_str(before);
            let place = |field: &&LetterField| part.contains(&format!("{{{}}}", field.name));
            if !self.fields.iter().filter(place).any(|field| is_empty(&field.name)) {
                sentence.push_str(part);
            }
            rest = behind;
        }
        sentence.push_str(rest);
        sentence
    }
}

impl LetterField {
    /// Whether this may stand in it, blanks around it left aside.
    ///
    /// # Errors
    /// [`LetterError`], the first that holds.
    pub fn check(&self, value: &str) -> Result<(), LetterError> {
        let value = value.trim();
        if value.is_empty() && self.required {
            return Err(LetterError::Missing);
        }
        if value.chars().count() > self.max {
            return Err(LetterError::TooLong);
        }
        if value.chars().any(char::is_control) {
            return Err(LetterError::Characters);
        }
        Ok(())
    }

    /// What people call it.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        self.label.of(lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn every_template_reads_and_asks_for_the_purpose() {
        assert_eq!(all().len(), SOURCES.len());
        for one in all() {
            assert!(one.fields.iter().any(|field| field.name == PURPOSE && field.required), "{}", one.id);
            assert!((1..=365).contains(&one.valid_days), "{}", one.id);
            for lang in Lang::ALL {
                assert!(!one.title(lang).is_empty());
                assert!(one.fields.iter().all(|field| !field.label(lang).is_empty() && field.max > 0));
            }
        }
        assert_eq!(template("nikah").err(), Some(LetterError::Kind));
    }

    #[test]
    fn everything_that_is_asked_for_stands_in_the_letter() {
        for one in all() {
            let said = |field: &&LetterField| !one.statement.contains(&format!("{{{}}}", field.name));
            let unsaid: Vec<&str> = one.fields.iter().filter(said).map(|field| field.name.as_str()).collect();
            assert_eq!(unsaid, [PURPOSE], "{}: what somebody types is not thrown away", one.id);
        }
        let need = template("tidak-mampu").unwrap();
        let written = |pairs: &[(&str, &str)]| need.write(&fields(pairs)).unwrap().statement;
        let with = written(&[("keperluan", "beasiswa"), ("tanggungan", " 3 ")]);
        assert!(with.ends_with("tidak mampu, dengan jumlah tanggungan 3 orang."), "{with}");
        for none in [&[("keperluan", "beasiswa")][..], &[("keperluan", "beasiswa"), ("tanggungan", " ")]] {
            assert!(written(none).ends_with("tergolong keluarga tidak mampu."), "nothing is made up");
        }
        let odd = written(&[("keperluan", "beasiswa"), ("tanggungan", "]")]);
        assert!(odd.ends_with("tanggungan ] orang."), "a value is no template: {odd}");
    }

    #[test]
    fn fields_have_limits() {
        let usaha = template("usaha").unwrap();
        let good = [("jenis", "warung"), ("lokasi", "{jenis}"), ("keperluan", "kredit")];
        let written = usaha.write(&fields(&good)).unwrap();
        assert_eq!(written.statement, "Orang tersebut benar menjalankan usaha warung bernama - di {jenis}.");
        assert_eq!(written.purpose, "kredit");
        for (name, value, error) in [
            ("nik", "1", LetterError::Unknown),
            ("jenis", "  ", LetterError::Missing),
            ("jenis", &"x".repeat(81), LetterError::TooLong),
            ("keperluan", "a\nb", LetterError::Characters),
        ] {
            let mut changed = fields(&good);
            changed.insert(name.to_owned(), value.to_owned());
            assert_eq!(usaha.write(&changed), Err(error), "{name}");
        }
    }
}
