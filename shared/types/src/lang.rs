//! The three languages.

/// A language of the texts: BCP 47 `id`, `jv`, `en`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Lang {
    /// Indonesian: the default.
    #[default]
    Id,
    /// Javanese, krama.
    Jv,
    /// English.
    En,
}

/// Not one of the three languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LangError {
    /// The tag names another language or is no tag.
    Unknown,
}

impl std::fmt::Display for LangError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("language other than id, jv, en")
    }
}
impl std::error::Error for LangError {}
crate::coded! { LangError { Unknown => ("language-unknown", User) } }

impl Lang {
    /// All three, the default first.
    pub const ALL: [Self; 3] = [Self::Id, Self::Jv, Self::En];

    /// The language of a tag or locale: `id`, `jv-ID`, `en_US.UTF-8`.
    ///
    /// # Errors
    /// [`LangError::Unknown`] for every other language.
    pub fn parse(text: &str) -> Result<Self, LangError> {
        let primary = text.split(['-', '_', '.', '@']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "id" => Ok(Self::Id),
            "jv" => Ok(Self::Jv),
            "en" => Ok(Self::En),
            _ => Err(LangError::Unknown),
        }
    }

    /// The tag: `id`, `jv` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Jv => "jv",
            Self::En => "en",
        }
    }
}

impl std::fmt::Display for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.tag())
    }
}
crate::form::serde_as_text!(Lang, LangError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_locales() {
        for (text, lang) in
            [("id", Lang::Id), ("ID", Lang::Id), ("jv-ID", Lang::Jv), ("en_US.UTF-8", Lang::En)]
        {
            assert_eq!(Lang::parse(text), Ok(lang), "{text}");
        }
        for text in ["", "in", "indonesia", "de", "-id"] {
            assert_eq!(Lang::parse(text), Err(LangError::Unknown), "{text}");
        }
        for lang in Lang::ALL {
            assert_eq!(Lang::parse(lang.tag()), Ok(lang));
        }
    }
}
