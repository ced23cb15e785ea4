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
        let plain: String = match text.len() {
            2 => text.to_owned(),
            _ if !text.contains('.') => text.to_owned(),
            _ => {
                let parts: Vec<&str> = text.split('.').collect();
                if !parts.iter().zip([2, 2, 2, 4]).all(|(part, width)| part.len() == width) {
                    return Err(RegionError::Format);
                }
                parts.concat()
            }
        };
        let value = crate::form::digits(&plain).ok_or(RegionError::Format)?;
        let (district, village) = match plain.len() {
            2 => (value * 10_000, 0),
            4 => (value * 100, 0),
            6 => (value, 0),
            10 => (value / 10_000, value % 10_000),
            _ => return Err(RegionError::Format),
        };
        // In range: six digits and four digits.
        let part = |n: u64| u8::try_from(n % 100).unwrap_or_default();
        let code = Self {
            province: part(district / 10_000),
            regency: part(district / 100),
            district: part(district),
            village: u16::try_from(village).unwrap_or_default(),
        };
        // A zero part would make two texts of one code.
        if code.digits() == plain { Ok(code) } else { Err(RegionError::Format) }
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

    /// The district in the first six digits of a NIK, whose parser made sure that no part is zero.
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
