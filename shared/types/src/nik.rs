//! NIK, the number of a person.

use crate::{Date, RegionCode, Sex};

/// Nomor Induk Kependudukan: 16 digits `PPKKCC DDMMYY SSSS`.
///
/// The first six name the district where the person was *first* registered; women have 40 added to
/// the day. A NIK is never issued again, so what it implies may rightly disagree with the record:
/// that is a [`NikWarning`], never a refusal. There is no check digit.
///
/// Personal: prints as `Nik(…)` in Debug; `Display` prints the digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Nik(u64);

/// A text that is no NIK.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NikError {
    /// Not 16 characters.
    Length,
    /// A character that is no digit (letter O, a blank, `3.57E+15`).
    NotDigits,
    /// The region part holds a zero province, regency or district.
    Region,
}

impl std::fmt::Display for NikError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Length => "NIK of other than 16 digits",
            Self::NotDigits => "NIK with a character that is no digit",
            Self::Region => "NIK without a region",
        })
    }
}
impl std::error::Error for NikError {}
crate::coded! { NikError {
    Length => ("nik-length", User),
    NotDigits => ("nik-not-digits", User),
    Region => ("nik-region", User),
} }

/// What the digits of a NIK say about its bearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NikImplies {
    /// The district of first registration.
    pub region: RegionCode,
    /// Day and month of birth, with the year's last two digits.
    pub birth: NikBirth,
    /// Sex, by the 40 added to the day.
    pub sex: Sex,
}

/// The birth day inside a NIK: the century is not in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct NikBirth {
    day: u8,
    month: u8,
    year: u8,
}

/// Where a NIK disagrees with the record. Worth a look, never a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NikWarning {
    /// Another day, month or last two digits of the year than the record's.
    BirthDate,
    /// Another sex than the record's.
    Sex,
}

impl Nik {
    /// Reads 16 digits, nothing around them.
    ///
    /// # Errors
    /// See [`NikError`].
    pub fn parse(text: &str) -> Result<Self, NikError> {
        if text.chars().count() != 16 {
            return Err(NikError::Length);
        }
        let number = crate::form::digits(text).ok_or(NikError::NotDigits)?;
        let region = text.split_at_checked(6).map(|(region, _)| RegionCode::parse(region));
        if !matches!(region, Some(Ok(_))) {
            return Err(NikError::Region);
        }
        Ok(Self(number))
    }

    /// What the digits say.
    #[must_use]
    pub fn implies(self) -> NikImplies {
        let part = |n: u64| u8::try_from(n % 100).unwrap_or_default();
        let raw_day = part(self.0 / 100_000_000);
        let (sex, day) = if raw_day > 40 { (Sex::Female, raw_day - 40) } else { (Sex::Male, raw_day) };
        let birth = NikBirth { day, month: part(self.0 / 1_000_000), year: part(self.0 / 10_000) };
        NikImplies { region: RegionCode::of_nik(self.0 / 10_000_000_000), birth, sex }
    }

    /// Serial number within region and day, 0 to 9999.
    #[must_use]
    pub const fn serial(self) -> u16 {
        (self.0 % 10_000) as u16
    }

    /// Where the NIK disagrees with birth date and sex of the record.
    #[must_use]
    pub fn warnings(self, birth: Option<Date>, sex: Option<Sex>) -> Vec<NikWarning> {
        let implied = self.implies();
        let mut warnings = Vec::new();
        if birth.is_some_and(|date| implied.birth.near(date) != Some(date)) {
            warnings.push(NikWarning::BirthDate);
        }
        if sex.is_some_and(|sex| implied.sex != sex) {
            warnings.push(NikWarning::Sex);
        }
        warnings
    }
}

impl NikBirth {
    /// The implied birth date in the century that agrees with the record's year, if its last two
    /// digits agree and there is such a day.
    #[must_use]
    pub fn near(self, record: Date) -> Option<Date> {
        if record.year() % 100 != u16::from(self.year) {
            return None;
        }
        Date::new(record.year(), self.month, self.day).ok()
    }

    /// Without a record: the latest such day that is not after `today`.
    #[must_use]
    pub fn latest(self, today: Date) -> Option<Date> {
        let century = today.year() / 100;
        [century, century.checked_sub(1)?, century.checked_sub(2)?]
            .into_iter()
            .filter_map(|century| Date::new(century * 100 + u16::from(self.year), self.month, self.day).ok())
            .find(|date| *date <= today)
    }
}

impl std::fmt::Debug for NikBirth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NikBirth(…)")
    }
}

impl std::fmt::Display for Nik {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016}", self.0)
    }
}

impl std::fmt::Debug for Nik {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Nik(…)")
    }
}
crate::form::serde_as_text!(Nik, NikError);
