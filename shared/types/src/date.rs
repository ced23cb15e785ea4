//! Calendar days (proleptic Gregorian, years 1 to 9999).

/// A calendar day.
///
/// Prints and is serialised as `2026-11-22`; [`Date::parse_dmy`] reads the `22-11-2026` of the
/// population extracts and [`Date::to_dmy`] writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// A text or triple that is no calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateError {
    /// Not written as demanded (`yyyy-mm-dd` or `dd-mm-yyyy`, each digit present).
    Format,
    /// Well written, but the calendar has no such day.
    Impossible,
}

impl std::fmt::Display for DateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Format => "date not written as demanded",
            Self::Impossible => "no such day in the calendar",
        })
    }
}
impl std::error::Error for DateError {}
crate::coded! { DateError {
    Format => ("date-format", Peer),
    Impossible => ("date-impossible", Peer),
} }

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Date {
    /// 1 January of year 1: the first day there is.
    pub const FIRST: Self = Self { year: 1, month: 1, day: 1 };
    /// 31 December 9999: the last day there is.
    pub const LAST: Self = Self { year: 9999, month: 12, day: 31 };

    /// The day with this year, month (1 to 12) and day of the month.
    ///
    /// # Errors
    /// [`DateError::Impossible`] when the calendar has no such day.
    pub const fn new(year: u16, month: u8, day: u8) -> Result<Self, DateError> {
        let known = year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1;
        if known && day <= days_in_month(year, month) {
            Ok(Self { year, month, day })
        } else {
            Err(DateError::Impossible)
        }
    }

    /// Reads `yyyy-mm-dd` (ISO 8601), every digit present.
    ///
    /// # Errors
    /// [`DateError::Format`] when written otherwise, [`DateError::Impossible`] for no such day.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let [year, month, day] = fields(text, [4, 2, 2])?;
        Self::of_fields(year, month, day)
    }

    /// Reads `dd-mm-yyyy`, as in the population extracts.
    ///
    /// # Errors
    /// As [`Date::parse`].
    pub fn parse_dmy(text: &str) -> Result<Self, DateError> {
        let [day, month, year] = fields(text, [2, 2, 4])?;
        Self::of_fields(year, month, day)
    }

    fn of_fields(year: u16, month: u16, day: u16) -> Result<Self, DateError> {
        match (u8::try_from(month), u8::try_from(day)) {
            (Ok(month), Ok(day)) => Self::new(year, month, day),
            _ => Err(DateError::Impossible),
        }
    }

    /// The day as `dd-mm-yyyy`.
    #[must_use]
    pub fn to_dmy(self) -> String {
        format!("{:02}-{:02}-{:04}", self.day, self.month, self.year)
    }

    /// Year, 1 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Completed years of life on a day; 0 before birth.
    ///
    /// Who was born on 29 February completes a year on 1 March of other years.
    #[must_use]
    pub fn age_on(self, today: Self) -> u16 {
        let birthday_to_come = (today.month, today.day) < (self.month, self.day);
        today.year.saturating_sub(self.year).saturating_sub(u16::from(birthday_to_come))
    }

    /// The same day so many years later: the first day on which [`Date::age_on`] answers `years`.
    /// 29 February becomes 1 March where it must. Stops at [`Date::LAST`].
    #[must_use]
    pub const fn plus_years(self, years: u16) -> Self {
        let year = self.year.saturating_add(years);
        match Self::new(year, self.month, self.day) {
            Ok(date) => date,
            Err(_) if year <= 9999 => Self { year, month: 3, day: 1 },
            Err(_) => Self::LAST,
        }
    }

    /// So many days later (or earlier, when negative). Stops at the first and the last day there is.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        Self::from_days(self.days().saturating_add(days))
    }

    /// Days since 1 January 1970.
    #[must_use]
    pub const fn days(self) -> i64 {
        // Count years from March, so that the leap day is the last of its year.
        let before_march = self.month <= 2;
        let year = self.year as i64 - before_march as i64;
        let month = (self.month as i64 + 9) % 12;
        let era_days = 365 * year + year / 4 - year / 100 + year / 400;
        era_days + (153 * month + 2) / 5 + self.day as i64 - 1 - 719_468
    }

    /// The day so many days after 1 January 1970, kept between the first and the last day there is.
    #[must_use]
    pub const fn from_days(days: i64) -> Self {
        if days <= Self::FIRST.days() {
            return Self::FIRST;
        }
        if days >= Self::LAST.days() {
            return Self::LAST;
        }
        // Day number in 400-year eras of 146,097 days that begin on 1 March.
        let shifted = days + 719_468;
        let era = shifted / 146_097;
        let of_era = shifted % 146_097;
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = era * 400 + year_of_era + (month <= 2) as i64;
        Self { year: year as u16, month: month as u8, day: day as u8 }
    }
}

/// Three numbers of fixed widths between hyphens.
fn fields(text: &str, widths: [usize; 3]) -> Result<[u16; 3], DateError> {
    let mut parts = text.split('-');
    let mut numbers = [0; 3];
    for (number, width) in numbers.iter_mut().zip(widths) {
        let part = parts.next().filter(|part| part.len() == width).ok_or(DateError::Format)?;
        *number = crate::form::digits(part).and_then(|n| u16::try_from(n).ok()).ok_or(DateError::Format)?;
    }
    if parts.next().is_some() { Err(DateError::Format) } else { Ok(numbers) }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
crate::form::serde_as_text!(Date, DateError);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded as _;
    use proptest::prelude::*;

    fn any_date() -> impl Strategy<Value = Date> {
        (Date::FIRST.days()..=Date::LAST.days()).prop_map(Date::from_days)
    }

    #[test]
    fn hostile_texts() {
        let cases = [
            ("empty", "", "date-format"),
            ("short year", "26-11-22", "date-format"),
            ("one-digit month", "2026-1-22", "date-format"),
            ("five-digit year", "12026-11-22", "date-format"),
            ("other separators", "2026/11/22", "date-format"),
            ("day first", "22-11-2026", "date-format"),
            ("time behind it", "2026-11-22T00:00:00Z", "date-format"),
            ("blank before", " 2026-11-22", "date-format"),
            ("line break behind", "2026-11-22\n", "date-format"),
            ("sign", "+026-11-22", "date-format"),
            ("full-width digits", "２０２６-11-22", "date-format"),
            ("fourth part", "2026-11-22-01", "date-format"),
            ("year 0", "0000-11-22", "date-impossible"),
            ("month 0", "2026-00-22", "date-impossible"),
            ("month 13", "2026-13-22", "date-impossible"),
            ("day 0", "2026-11-00", "date-impossible"),
            ("31 November", "2026-11-31", "date-impossible"),
            ("29 February of 2026", "2026-02-29", "date-impossible"),
            ("29 February of 1900", "1900-02-29", "date-impossible"),
        ];
        for (name, text, code) in cases {
            assert_eq!(Date::parse(text).map_err(|e| e.code()), Err(code), "{name}");
        }
        for text in ["2026-11-22", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(Date::parse(text).map(|date| date.to_string()).as_deref(), Ok(text));
        }
        assert_eq!(Date::parse_dmy("22-11-2026"), Date::parse("2026-11-22"));
        assert_eq!(Date::parse_dmy("31-02-1995"), Err(DateError::Impossible));
        assert_eq!(Date::parse_dmy("00-00-1963"), Err(DateError::Impossible));
        assert_eq!(Date::parse_dmy("2026-11-22"), Err(DateError::Format));
    }

    #[test]
    fn birthdays() {
        let date = |text| Date::parse(text).unwrap();
        let born = date("2009-11-22");
        assert_eq!(born.age_on(date("2026-11-21")), 16);
        assert_eq!(born.age_on(date("2026-11-22")), 17);
        assert_eq!(born.age_on(date("2000-01-01")), 0);
        assert_eq!(born.plus_years(17), date("2026-11-22"));
        let leap = date("2008-02-29");
        assert_eq!(leap.age_on(date("2025-02-28")), 16);
        assert_eq!(leap.age_on(date("2025-03-01")), 17);
        assert_eq!(leap.plus_years(17), date("2025-03-01"));
        assert_eq!(leap.plus_years(20), date("2028-02-29"));
        assert_eq!(leap.plus_years(u16::MAX), Date::LAST);
    }

    proptest! {
        #[test]
        fn round_trips(date in any_date()) {
            prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
            prop_assert_eq!(Date::parse_dmy(&date.to_dmy()), Ok(date));
            prop_assert_eq!(Date::from_days(date.days()), date);
            let json = serde_json::to_string(&date).unwrap();
            prop_assert_eq!(serde_json::from_str::<Date>(&json).unwrap(), date);
        }

        #[test]
        fn agrees_with_the_time_crate(date in any_date()) {
            let theirs = time::Date::from_calendar_date(
                i32::from(date.year()),
                time::Month::try_from(date.month()).unwrap(),
                date.day(),
            ).unwrap();
            prop_assert_eq!(i64::from(theirs.to_julian_day()) - 2_440_588, date.days());
        }

        #[test]
        fn order_is_the_order_of_days(a in any_date(), b in any_date()) {
            prop_assert_eq!(a.cmp(&b), a.days().cmp(&b.days()));
        }

        #[test]
        fn plus_years_is_the_first_day_of_that_age(date in any_date(), years in 1_u16..150) {
            let day = date.plus_years(years);
            prop_assume!(day < Date::LAST);
            prop_assert_eq!(date.age_on(day), years);
            prop_assert_eq!(date.age_on(day.plus_days(-1)), years - 1);
        }

        #[test]
        fn no_text_is_a_panic(text in ".{0,16}") {
            let _ = (Date::parse(&text), Date::parse_dmy(&text));
        }
    }
}
