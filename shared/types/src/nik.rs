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
        if !RegionCode::is_district(number / 10_000_000_000) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded as _;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn hostile_texts() {
        let cases = [
            ("empty", "", "nik-length"),
            ("15 digits", "357701010190000", "nik-length"),
            ("17 digits", "35770101019000011", "nik-length"),
            ("blank behind", "3577010101900001 ", "nik-length"),
            ("letter O", "35770101O1900001", "nik-not-digits"),
            ("blank inside", "3577 10101900001", "nik-not-digits"),
            ("scientific", "3.57701010190E15", "nik-not-digits"),
            ("minus", "-577010101900001", "nik-not-digits"),
            ("full-width digits", "３５７７０１０１０１９００００１", "nik-not-digits"),
            ("all zeros", "0000000000000000", "nik-region"),
            ("no district", "3577000101900001", "nik-region"),
        ];
        for (name, text, code) in cases {
            assert_eq!(Nik::parse(text).map_err(|e| e.code()), Err(code), "{name}");
        }
        assert_eq!(Nik::parse("3577010101900001").unwrap().to_string(), "3577010101900001");
        assert!(Nik::parse("9999019999999999").is_ok(), "an impossible day is a warning, no more");
    }

    #[test]
    fn what_it_implies() {
        let man = Nik::parse("3501070801770001").unwrap();
        assert_eq!(man.implies().region.to_string(), "35.01.07");
        assert_eq!(man.implies().sex, Sex::Male);
        assert_eq!(man.implies().birth.near(date("1977-05-05")), Some(date("1977-01-08")));
        let woman = Nik::parse("3577025511780001").unwrap();
        assert_eq!(woman.implies().sex, Sex::Female);
        assert_eq!(woman.implies().birth.latest(date("2026-11-22")), Some(date("1978-11-15")));
        assert_eq!(woman.serial(), 1);
    }

    #[test]
    fn the_century_is_the_records_else_the_latest_possible() {
        let born_in_15 = Nik::parse("3577010202150001").unwrap().implies().birth;
        assert_eq!(born_in_15.near(date("1915-02-02")), Some(date("1915-02-02")));
        assert_eq!(born_in_15.near(date("2015-02-02")), Some(date("2015-02-02")));
        assert_eq!(born_in_15.near(date("1916-02-02")), None);
        assert_eq!(born_in_15.latest(date("2026-11-22")), Some(date("2015-02-02")));
        assert_eq!(born_in_15.latest(date("2015-02-02")), Some(date("2015-02-02")));
        assert_eq!(born_in_15.latest(date("2015-02-01")), Some(date("1915-02-02")));
        let leap = Nik::parse("3577012902000001").unwrap().implies().birth;
        assert_eq!(leap.latest(date("2026-11-22")), Some(date("2000-02-29")));
        assert_eq!(leap.near(date("1900-02-28")), None, "1900 had no such day");
        let impossible = Nik::parse("3577013102950001").unwrap().implies().birth;
        assert_eq!(impossible.latest(date("2026-11-22")), None);
    }

    #[test]
    fn warnings_where_it_disagrees_with_the_record() {
        let nik = Nik::parse("3577025511780001").unwrap();
        let right = (Some(date("1978-11-15")), Some(Sex::Female));
        let cases = [
            ("all agrees", right, vec![]),
            ("nothing to compare with", (None, None), vec![]),
            ("another day", (Some(date("1978-11-16")), right.1), vec![NikWarning::BirthDate]),
            ("day and month swapped", (Some(date("1978-11-05")), right.1), vec![NikWarning::BirthDate]),
            ("another year", (Some(date("1979-11-15")), right.1), vec![NikWarning::BirthDate]),
            ("another century", (Some(date("1878-11-15")), right.1), vec![]),
            ("another sex", (right.0, Some(Sex::Male)), vec![NikWarning::Sex]),
            (
                "both",
                (Some(date("1978-11-16")), Some(Sex::Male)),
                vec![NikWarning::BirthDate, NikWarning::Sex],
            ),
        ];
        for (name, (birth, sex), expected) in cases {
            assert_eq!(nik.warnings(birth, sex), expected, "{name}");
        }
    }

    #[test]
    fn debug_tells_nothing() {
        let nik = Nik::parse("3577025511780001").unwrap();
        assert_eq!(format!("{nik:?}"), "Nik(…)");
        assert!(!format!("{:?}", nik.implies()).contains("15"));
    }

    proptest! {
        #[test]
        fn round_trips(region in 110101_u32..=949999, rest in 0_u64..10_000_000_000) {
            let text = format!("{region:06}{rest:010}");
            if let Ok(nik) = Nik::parse(&text) {
                prop_assert_eq!(nik.to_string(), text.clone());
                prop_assert_eq!(serde_json::from_str::<Nik>(&format!("\"{text}\"")).unwrap(), nik);
                prop_assert_eq!(nik.implies().region.digits(), &text[..6]);
            }
        }

        #[test]
        fn the_number_of_a_record_never_warns(days in 0_i64..30_000, female: bool, serial in 1_u16..10_000) {
            let birth = date("1940-01-01").plus_days(days);
            let sex = if female { Sex::Female } else { Sex::Male };
            let day = birth.day() + if female { 40 } else { 0 };
            let text = format!("357701{day:02}{:02}{:02}{serial:04}", birth.month(), birth.year() % 100);
            let nik = Nik::parse(&text).unwrap();
            prop_assert_eq!(nik.warnings(Some(birth), Some(sex)), vec![]);
            prop_assert_eq!(nik.implies().birth.latest(birth), Some(birth));
            prop_assert_eq!(nik.serial(), serial);
        }

        #[test]
        fn no_text_is_a_panic(text in ".{0,20}") {
            let _ = Nik::parse(&text).map(|nik| nik.implies().birth.latest(Date::FIRST));
        }
    }
}
