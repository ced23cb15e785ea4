//! Moments in time.

use crate::Date;

const DAY: i64 = 86_400;

/// A span of whole seconds; may be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Seconds(pub i64);

impl Seconds {
    /// So many minutes.
    #[must_use]
    pub const fn minutes(n: i64) -> Self {
        Self(n.saturating_mul(60))
    }

    /// So many hours.
    #[must_use]
    pub const fn hours(n: i64) -> Self {
        Self(n.saturating_mul(3_600))
    }

    /// So many days of 24 hours.
    #[must_use]
    pub const fn days(n: i64) -> Self {
        Self(n.saturating_mul(DAY))
    }
}

/// A moment: whole seconds since 1970-01-01T00:00:00Z, years 1 to 9999.
///
/// Serialised as that number (the *NumericDate* of RFC 7519); for RFC 3339 text use
/// `#[serde(with = "absah_types::rfc3339")]`. No arithmetic on it overflows: it stops at
/// [`Timestamp::FIRST`] and [`Timestamp::LAST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

/// Where "now" comes from. Pure code takes `now: Timestamp`; only shells hold a clock.
pub trait Clock {
    /// This moment.
    fn now(&self) -> Timestamp;
}

impl<C: Clock + ?Sized> Clock for &C {
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}

impl<C: Clock + ?Sized> Clock for std::sync::Arc<C> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}

impl<C: Clock + ?Sized> Clock for Box<C> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}

/// A text that is no RFC 3339 moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampError {
    /// Not `yyyy-mm-ddThh:mm:ss[.fraction](Z|±hh:mm)`.
    Format,
    /// Well written, but there is no such day, hour, minute, second or offset.
    Impossible,
}

impl std::fmt::Display for TimestampError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Format => "time not written as RFC 3339 demands",
            Self::Impossible => "no such time in the calendar",
        })
    }
}
impl std::error::Error for TimestampError {}
crate::coded! { TimestampError {
    Format => ("time-format", Peer),
    Impossible => ("time-impossible", Peer),
} }

impl Timestamp {
    /// The first moment there is: 0001-01-01T00:00:00Z.
    pub const FIRST: Self = Self(Date::FIRST.days() * DAY);
    /// The last moment there is: 9999-12-31T23:59:59Z.
    pub const LAST: Self = Self(Date::LAST.days() * DAY + DAY - 1);

    /// So many seconds after 1970 began, kept between the first and the last moment there is.
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Self {
        if seconds < Self::FIRST.0 {
            Self::FIRST
        } else if seconds > Self::LAST.0 {
            Self::LAST
        } else {
            Self(seconds)
        }
    }

    /// Seconds after 1970 began.
    #[must_use]
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// The moment a day begins in UTC.
    #[must_use]
    pub const fn of_date(date: Date) -> Self {
        Self(date.days() * DAY)
    }

    /// Reads RFC 3339; a fraction of a second is cut off, an offset is applied, `23:59:60` is the
    /// second after `23:59:59`.
    ///
    /// # Errors
    /// [`TimestampError::Format`] when written otherwise, [`TimestampError::Impossible`] for no such
    /// moment.
    pub fn parse_rfc3339(text: &str) -> Result<Self, TimestampError> {
        use TimestampError::{Format, Impossible};
        let (date, rest) = text.split_at_checked(10).ok_or(Format)?;
        let (separator, rest) = rest.split_at_checked(1).ok_or(Format)?;
        let (clock, rest) = rest.split_at_checked(8).ok_or(Format)?;
        if !separator.eq_ignore_ascii_case("T") {
            return Err(Format);
        }
        let date = Date::parse(date).map_err(|error| match error {
            crate::DateError::Format => Format,
            crate::DateError::Impossible => Impossible,
        })?;
        let [hour, minute, second] = two_digits(clock)?;
        if hour > 23 || minute > 59 || second > 60 {
            return Err(Impossible);
        }
        let offset = offset_seconds(without_fraction(rest)?)?;
        let unix = Self::of_date(date).0 + hour * 3_600 + minute * 60 + second - offset;
        let moment = Self::from_unix(unix);
        if moment.0 == unix { Ok(moment) } else { Err(Impossible) }
    }

    /// So much later.
    #[must_use]
    pub const fn plus(self, span: Seconds) -> Self {
        Self::from_unix(self.0.saturating_add(span.0))
    }

    /// So much earlier.
    #[must_use]
    pub const fn minus(self, span: Seconds) -> Self {
        Self::from_unix(self.0.saturating_sub(span.0))
    }

    /// How long after `earlier` this is; negative when it is before.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Seconds {
        Seconds(self.0 - earlier.0)
    }

    /// The day in UTC.
    #[must_use]
    pub const fn date(self) -> Date {
        Date::from_days(self.0.div_euclid(DAY))
    }

    /// The day at an offset from UTC (Madiun lives at +7 hours).
    #[must_use]
    pub const fn date_at(self, offset: Seconds) -> Date {
        self.plus(offset).date()
    }

    /// The moment its UTC day began.
    #[must_use]
    pub const fn start_of_day(self) -> Self {
        Self::of_date(self.date())
    }
}

/// `hh:mm:ss`.
fn two_digits(clock: &str) -> Result<[i64; 3], TimestampError> {
    let mut parts = clock.split(':');
    let mut numbers = [0; 3];
    for number in &mut numbers {
        *number = parts.next().and_then(two).ok_or(TimestampError::Format)?;
    }
    Ok(numbers)
}

fn two(text: &str) -> Option<i64> {
    (text.len() == 2).then(|| crate::form::digits(text)).flatten().and_then(|n| i64::try_from(n).ok())
}

/// Cuts off `.123`.
fn without_fraction(rest: &str) -> Result<&str, TimestampError> {
    let Some(fraction) = rest.strip_prefix('.') else { return Ok(rest) };
    let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    if zone.len() == fraction.len() { Err(TimestampError::Format) } else { Ok(zone) }
}

/// `Z`, `+hh:mm` or `-hh:mm`.
fn offset_seconds(zone: &str) -> Result<i64, TimestampError> {
    if zone.eq_ignore_ascii_case("Z") {
        return Ok(0);
    }
    let (sign, clock) = zone.split_at_checked(1).ok_or(TimestampError::Format)?;
    let sign = match sign {
        "+" => 1,
        "-" => -1,
        _ => return Err(TimestampError::Format),
    };
    let (hour, minute) = clock.split_once(':').ok_or(TimestampError::Format)?;
    let (hour, minute) = two(hour).zip(two(minute)).ok_or(TimestampError::Format)?;
    if hour > 23 || minute > 59 {
        return Err(TimestampError::Impossible);
    }
    Ok(sign * (hour * 3_600 + minute * 60))
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let of_day = self.0.rem_euclid(DAY);
        write!(f, "{}T{:02}:{:02}:{:02}Z", self.date(), of_day / 3_600, of_day / 60 % 60, of_day % 60)
    }
}

impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumericDate;
        impl serde::de::Visitor<'_> for NumericDate {
            type Value = Timestamp;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("seconds since 1970")
            }
            fn visit_i64<E>(self, seconds: i64) -> Result<Timestamp, E> {
                Ok(Timestamp::from_unix(seconds))
            }
            fn visit_u64<E>(self, seconds: u64) -> Result<Timestamp, E> {
                Ok(Timestamp::from_unix(i64::try_from(seconds).unwrap_or(i64::MAX)))
            }
            // RFC 7519 section 2: "non-integer values can be represented".
            fn visit_f64<E: serde::de::Error>(self, seconds: f64) -> Result<Timestamp, E> {
                if seconds.is_finite() {
                    Ok(Timestamp::from_unix(seconds.floor() as i64))
                } else {
                    Err(E::custom("seconds since 1970 must be finite"))
                }
            }
        }
        deserializer.deserialize_any(NumericDate)
    }
}

/// Serde of a [`Timestamp`] as RFC 3339 text: `#[serde(with = "absah_types::rfc3339")]`.
pub mod rfc3339 {
    use super::Timestamp;
    use serde::Deserialize as _;

    /// Writes `2026-11-22T02:15:25Z`.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: serde::Serializer>(moment: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(moment)
    }

    /// Reads RFC 3339.
    ///
    /// # Errors
    /// When the text is no RFC 3339 moment.
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Timestamp::parse_rfc3339(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded as _;
    use proptest::prelude::*;

    #[test]
    fn hostile_texts() {
        let cases = [
            ("empty", "", "time-format"),
            ("date only", "2026-11-22", "time-format"),
            ("no zone", "2026-11-22T02:15:25", "time-format"),
            ("blank instead of T", "2026-11-22 02:15:25Z", "time-format"),
            ("no seconds", "2026-11-22T02:15Z", "time-format"),
            ("empty fraction", "2026-11-22T02:15:25.Z", "time-format"),
            ("comma", "2026-11-22T02:15:25,5Z", "time-format"),
            ("zone without colon", "2026-11-22T02:15:25+0700", "time-format"),
            ("zone without sign", "2026-11-22T02:15:2507:00", "time-format"),
            ("text behind", "2026-11-22T02:15:25Z ", "time-format"),
            ("not ASCII", "2026-11-22Ｔ02:15:25Z", "time-format"),
            ("hour 24", "2026-11-22T24:00:00Z", "time-impossible"),
            ("minute 60", "2026-11-22T02:60:00Z", "time-impossible"),
            ("second 61", "2026-11-22T02:15:61Z", "time-impossible"),
            ("zone of 24 hours", "2026-11-22T02:15:25+24:00", "time-impossible"),
            ("no such day", "2026-02-30T02:15:25Z", "time-impossible"),
            ("before the first moment", "0001-01-01T00:00:00+01:00", "time-impossible"),
        ];
        for (name, text, code) in cases {
            assert_eq!(Timestamp::parse_rfc3339(text).map_err(|e| e.code()), Err(code), "{name}");
        }
    }

    #[test]
    fn one_moment_in_many_writings() {
        let moment = Timestamp::from_unix(1_795_313_725);
        assert_eq!(moment.to_string(), "2026-11-22T02:15:25Z");
        for text in [
            "2026-11-22T02:15:25Z",
            "2026-11-22t02:15:25z",
            "2026-11-22T02:15:25.999999999Z",
            "2026-11-22T09:15:25+07:00",
            "2026-11-21T22:45:25-03:30",
            "2026-11-22T02:15:25-00:00",
        ] {
            assert_eq!(Timestamp::parse_rfc3339(text), Ok(moment), "{text}");
        }
        let leap = Timestamp::parse_rfc3339("2016-12-31T23:59:60Z").unwrap();
        assert_eq!(leap.to_string(), "2017-01-01T00:00:00Z");
    }

    #[test]
    fn arithmetic_stops_at_the_ends() {
        assert_eq!(Timestamp::from_unix(i64::MAX), Timestamp::LAST);
        assert_eq!(Timestamp::from_unix(i64::MIN), Timestamp::FIRST);
        assert_eq!(Timestamp::LAST.plus(Seconds(i64::MAX)), Timestamp::LAST);
        assert_eq!(Timestamp::FIRST.minus(Seconds(i64::MAX)), Timestamp::FIRST);
        assert_eq!(Timestamp::LAST.to_string(), "9999-12-31T23:59:59Z");
        assert_eq!(Timestamp::FIRST.to_string(), "0001-01-01T00:00:00Z");
        assert_eq!(
            Timestamp::FIRST.since(Timestamp::LAST),
            Seconds(Timestamp::FIRST.unix() - Timestamp::LAST.unix())
        );
        assert_eq!(Seconds::days(i64::MAX), Seconds(i64::MAX));
    }

    #[test]
    fn the_day_depends_on_the_place() {
        let evening = Timestamp::parse_rfc3339("2026-11-21T18:00:00Z").unwrap();
        assert_eq!(evening.date().to_string(), "2026-11-21");
        assert_eq!(evening.date_at(Seconds::hours(7)).to_string(), "2026-11-22");
        assert_eq!(evening.start_of_day().to_string(), "2026-11-21T00:00:00Z");
    }

    #[test]
    fn numeric_dates() {
        let read = |json: &str| serde_json::from_str::<Timestamp>(json).map(Timestamp::unix).ok();
        assert_eq!(read("1795313725"), Some(1_795_313_725));
        assert_eq!(read("1795313725.9"), Some(1_795_313_725));
        assert_eq!(read("-1.5"), Some(-2));
        assert_eq!(read("18446744073709551615"), Some(Timestamp::LAST.unix()));
        assert_eq!(read("1e300"), Some(Timestamp::LAST.unix()));
        assert_eq!(read("\"1795313725\""), None);
        assert_eq!(read("null"), None);
    }

    proptest! {
        #[test]
        fn round_trips(unix in Timestamp::FIRST.unix()..=Timestamp::LAST.unix()) {
            let moment = Timestamp::from_unix(unix);
            prop_assert_eq!(moment.unix(), unix);
            prop_assert_eq!(Timestamp::parse_rfc3339(&moment.to_string()), Ok(moment));
            let json = serde_json::to_string(&moment).unwrap();
            prop_assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), moment);
            let text = rfc3339::serialize(&moment, serde_json::value::Serializer).unwrap();
            prop_assert_eq!(rfc3339::deserialize(text).unwrap(), moment);
            prop_assert!(moment.start_of_day() <= moment);
            prop_assert_eq!(moment.start_of_day().date(), moment.date());
        }

        #[test]
        fn no_text_is_a_panic(text in ".{0,30}") {
            let _ = Timestamp::parse_rfc3339(&text);
        }
    }
}
