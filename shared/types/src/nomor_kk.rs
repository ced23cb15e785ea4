//! Nomor KK, the number of a family card.

use crate::{Date, RegionCode};

/// Nomor Kartu Keluarga: 16 digits, `PPKKCC` of the district, `DDMMYY` of recording (no 40 added),
/// serial. Prints as `NomorKk(…)` in Debug.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NomorKk(u64);

/// A text that is no family card number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NomorKkError {
    /// Not 16 characters.
    Length,
    /// A character that is no digit.
    NotDigits,
    /// The region part holds a zero province, regency or district.
    Region,
}

impl std::fmt::Display for NomorKkError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Length => "family card number of other than 16 digits",
            Self::NotDigits => "family card number with a character that is no digit",
            Self::Region => "family card number without a region",
        })
    }
}
impl std::error::Error for NomorKkError {}
crate::coded! { NomorKkError {
    Length => ("kk-length", User),
    NotDigits => ("kk-not-digits", User),
    Region => ("kk-region", User),
} }

impl NomorKk {
    /// Reads 16 digits, nothing around them.
    ///
    /// # Errors
    /// See [`NomorKkError`].
    pub fn parse(text: &str) -> Result<Self, NomorKkError> {
        if text.chars().count() != 16 {
            return Err(NomorKkError::Length);
        }
        let number = crate::form::digits(text).ok_or(NomorKkError::NotDigits)?;
        if !RegionCode::is_district(number / 10_000_000_000) {
            return Err(NomorKkError::Region);
        }
        Ok(Self(number))
    }

    /// The day of recording: the latest such day not after `today`; `None` when the digits name no day.
    #[must_use]
    pub fn recorded(self, today: Date) -> Option<Date> {
        let part = |n: u64| u8::try_from(n % 100).ok();
        let (day, month) = (part(self.0 / 100_000_000)?, part(self.0 / 1_000_000)?);
        let year = u16::from(part(self.0 / 10_000)?);
        let century = today.year() / 100;
        [century, century.checked_sub(1)?]
            .into_iter()
            .filter_map(|century| Date::new(century * 100 + year, month, day).ok())
            .find(|date| *date <= today)
    }
}

impl std::fmt::Display for NomorKk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016}", self.0)
    }
}

impl std::fmt::Debug for NomorKk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NomorKk(…)")
    }
}
crate::form::serde_as_text!(NomorKk, NomorKkError);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded as _;
    use proptest::prelude::*;

    #[test]
    fn hostile_texts() {
        let cases = [
            ("empty", "", "kk-length"),
            ("15 digits", "357702210307000", "kk-length"),
            ("17 digits", "35770221030700011", "kk-length"),
            ("letter", "357702210307000l", "kk-not-digits"),
            ("scientific", "3.57702210307E15", "kk-not-digits"),
            ("all zeros", "0000000000000000", "kk-region"),
        ];
        for (name, text, code) in cases {
            assert_eq!(NomorKk::parse(text).map_err(|e| e.code()), Err(code), "{name}");
        }
        let kk = NomorKk::parse("3577022103070001").unwrap();
        let today = Date::parse("2026-11-22").unwrap();
        assert_eq!(kk.recorded(today).unwrap().to_string(), "2007-03-21");
        assert_eq!(NomorKk::parse("3577026103070001").unwrap().recorded(today), None, "no forty added");
        assert_eq!(format!("{kk:?}"), "NomorKk(…)");
    }

    proptest! {
        #[test]
        fn round_trips(region in 110101_u32..=949999, rest in 0_u64..10_000_000_000) {
            let text = format!("{region:06}{rest:010}");
            if let Ok(kk) = NomorKk::parse(&text) {
                prop_assert_eq!(kk.to_string(), text);
            }
        }

        #[test]
        fn no_text_is_a_panic(text in ".{0,20}") {
            let _ = NomorKk::parse(&text).map(|kk| kk.recorded(Date::FIRST));
        }
    }
}
