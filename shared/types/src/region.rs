//! Region codes of the Ministry of Home Affairs (Kemendagri).

/// A region code, `35.77.01.1001`: province, regency or city, district (kecamatan), village (kelurahan or desa).
///
/// These are the ministry's codes, which a NIK carries; the statistics bureau (BPS) has others.
/// The type says that the *form* is right; whether the region exists is asked of the area table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegionCode {
    province: u8,
    regency: u8,
    district: u8,
    village: u16,
}

/// How deep a region code goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RegionLevel {
    /// `35`
    Province,
    /// `35.77`
    Regency,
    /// `35.77.01`
    District,
    /// `35.77.01.1001`
    Village,
}

/// A text that is no region code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegionError {
    /// Not 2, 4, 6 or 10 digits, with dots in their places or none at all; or a part is zero.
    Format,
}

impl std::fmt::Display for RegionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a region code")
    }
}
impl std::error::Error for RegionError {}
crate::coded! { RegionError { Format => ("region-format", Peer) } }

impl RegionCode {
    /// Reads `35.77.01.1001` or `3577011001`, at any of the four levels.
    ///
    /// # Errors
    /// [`RegionError::Format`] for any other text.
    pub fn parse(text: &str) -> Result<Self, RegionError> {
        let dotted = text.contains('.');
        let mut parts = [0_u16; 4];
        let mut rest = text;
        for (part, width) in parts.iter_mut().zip([2, 2, 2, 4]) {
            let (here, behind) = rest.split_at_checked(width).ok_or(RegionError::Format)?;
            let number = crate::form::digits(here).and_then(|n| u16::try_from(n).ok());
            // Zero stands for no part at all: it must not be written.
            *part = number.filter(|n| *n > 0).ok_or(RegionError::Format)?;
            if behind.is_empty() {
                return Self::of_parts(parts);
            }
            rest = if dotted { behind.strip_prefix('.').ok_or(RegionError::Format)? } else { behind };
        }
        Err(RegionError::Format)
    }

    fn of_parts([province, regency, district, village]: [u16; 4]) -> Result<Self, RegionError> {
        let small = |part| u8::try_from(part).map_err(|_| RegionError::Format);
        Ok(Self { province: small(province)?, regency: small(regency)?, district: small(district)?, village })
    }

    /// The code made of the numbers of an extract: `(35, 77, 1, 1001)`.
    ///
    /// # Errors
    /// [`RegionError::Format`] when a part is zero or has too many digits.
    pub fn village(province: u8, regency: u8, district: u8, village: u16) -> Result<Self, RegionError> {
        let in_range = [province, regency, district].iter().all(|part| (1..=99).contains(part));
        if in_range && (1..=9999).contains(&village) {
            Ok(Self { province, regency, district, village })
        } else {
            Err(RegionError::Format)
        }
    }

    /// Whether six digits are a district: no part is zero.
    pub(crate) const fn is_district(digits: u64) -> bool {
        let Self { province, regency, district, .. } = Self::of_nik(digits);
        province > 0 && regency > 0 && district > 0
    }

    /// The district in the first six digits of a NIK, whose parser made sure that they are one.
    pub(crate) const fn of_nik(digits: u64) -> Self {
        let (province, regency, district) = (digits / 10_000 % 100, digits / 100 % 100, digits % 100);
        Self { province: province as u8, regency: regency as u8, district: district as u8, village: 0 }
    }

    /// How deep the code goes.
    #[must_use]
    pub const fn level(self) -> RegionLevel {
        match self {
            Self { regency: 0, .. } => RegionLevel::Province,
            Self { district: 0, .. } => RegionLevel::Regency,
            Self { village: 0, .. } => RegionLevel::District,
            Self { .. } => RegionLevel::Village,
        }
    }

    /// The code cut to a level; `None` when it does not go that deep.
    #[must_use]
    pub fn at(self, level: RegionLevel) -> Option<Self> {
        let mut code = self;
        if level < RegionLevel::Village {
            code.village = 0;
        }
        if level < RegionLevel::District {
            code.district = 0;
        }
        if level < RegionLevel::Regency {
            code.regency = 0;
        }
        (code.level() == level).then_some(code)
    }

    /// The region around it; `None` for a province.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        match self.level() {
            RegionLevel::Province => None,
            RegionLevel::Regency => self.at(RegionLevel::Province),
            RegionLevel::District => self.at(RegionLevel::Regency),
            RegionLevel::Village => self.at(RegionLevel::District),
        }
    }

    /// Whether `other` is this region or lies in it.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        other.at(self.level()) == Some(self)
    }

    /// Without dots: `3577011001`, as in a NIK.
    #[must_use]
    pub fn digits(self) -> String {
        self.to_string().replace('.', "")
    }
}

impl std::fmt::Display for RegionCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}", self.province)?;
        let level = self.level();
        if level >= RegionLevel::Regency {
            write!(f, ".{:02}", self.regency)?;
        }
        if level >= RegionLevel::District {
            write!(f, ".{:02}", self.district)?;
        }
        if level >= RegionLevel::Village {
            write!(f, ".{:04}", self.village)?;
        }
        Ok(())
    }
}
crate::form::serde_as_text!(RegionCode, RegionError);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(text: &str) -> RegionCode {
        RegionCode::parse(text).unwrap()
    }

    #[test]
    fn hostile_texts() {
        let cases = [
            ("empty", ""),
            ("one digit", "3"),
            ("three digits", "357"),
            ("five digits", "35770"),
            ("eight digits", "35770110"),
            ("eleven digits", "35770110011"),
            ("dot in the wrong place", "357.7"),
            ("dot at the end", "35.77."),
            ("dot at the front", ".35.77"),
            ("two dots", "35..77"),
            ("dots as digits", "35.77.01.10.01"),
            ("comma", "35,77"),
            ("letter", "35.7O"),
            ("blank", "35 77"),
            ("zero province", "00"),
            ("zero regency", "35.00"),
            ("zero district", "35.77.00"),
            ("zero district with a village", "35.77.00.1001"),
            ("zero village", "35.77.01.0000"),
            ("full-width digits", "３５"),
        ];
        for (name, text) in cases {
            assert_eq!(RegionCode::parse(text), Err(RegionError::Format), "{name}");
        }
        for text in ["35", "35.77", "35.77.01", "35.77.01.1001"] {
            assert_eq!(code(text).to_string(), text);
            assert_eq!(code(&text.replace('.', "")), code(text));
        }
    }

    #[test]
    fn levels() {
        let village = code("35.77.01.1001");
        assert_eq!(village.level(), RegionLevel::Village);
        assert_eq!(village.parent(), Some(code("35.77.01")));
        assert_eq!(village.at(RegionLevel::Province), Some(code("35")));
        assert_eq!(code("35.77").at(RegionLevel::District), None);
        assert_eq!(code("35").parent(), None);
        assert!(code("35.77").contains(village) && village.contains(village));
        assert!(!village.contains(code("35.77")));
        assert!(!code("35.19").contains(village));
        assert_eq!(RegionCode::village(35, 77, 1, 1001), Ok(village));
        for (p, r, d, v) in [(0, 77, 1, 1001), (35, 100, 1, 1001), (35, 77, 1, 0), (35, 77, 1, 10_000)] {
            assert_eq!(RegionCode::village(p, r, d, v), Err(RegionError::Format));
        }
    }

    proptest! {
        #[test]
        fn round_trips(p in 1_u8..100, r in 1_u8..100, d in 1_u8..100, v in 1_u16..10_000) {
            let village = RegionCode::village(p, r, d, v).unwrap();
            for level in [RegionLevel::Province, RegionLevel::Regency, RegionLevel::District, RegionLevel::Village] {
                let region = village.at(level).unwrap();
                prop_assert_eq!(RegionCode::parse(&region.to_string()), Ok(region));
                prop_assert_eq!(RegionCode::parse(&region.digits()), Ok(region));
            }
        }

        #[test]
        fn only_one_dotted_text_for_a_region(text in "[0-9.]{0,14}") {
            if let Ok(region) = RegionCode::parse(&text) {
                prop_assert!(text == region.to_string() || text == region.digits());
            }
        }

        #[test]
        fn no_text_is_a_panic(text in ".{0,16}") {
            let _ = RegionCode::parse(&text);
        }
    }
}
