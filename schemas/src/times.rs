//! Moments and spans as people in Madiun say them (UTC+7). Machines get RFC 3339 instead.

use absah_types::{Lang, Seconds, Timestamp};

use crate::text_with;

/// Western Indonesian time.
const WIB: Seconds = Seconds::hours(7);

/// `27 November 2026`.
#[must_use]
pub fn day(lang: Lang, moment: Timestamp) -> String {
    let date = moment.date_at(WIB);
    let month = say(lang, &format!("time-month-{}", date.month()), &[]);
    let (day, year) = (date.day().to_string(), date.year().to_string());
    say(lang, "time-day", &[("day", &day), ("month", &month), ("year", &year)])
}

/// The last day here that lies wholly before the end of something: what may be promised on a card.
#[must_use]
pub fn last_day(lang: Lang, end: Timestamp) -> String {
    // An end at 23.59.59 counts as the end of its day.
    let after = end.plus(Seconds(1)).plus(WIB).unix().div_euclid(86_400);
    day(lang, Timestamp::from_unix(after * 86_400 - 1).minus(WIB))
}

/// `27 November 2026 pukul 11.49 WIB`.
#[must_use]
pub fn moment(lang: Lang, moment: Timestamp) -> String {
    let second = moment.plus(WIB).unix().rem_euclid(86_400);
    let (hour, minute) = (format!("{:02}", second / 3_600), format!("{:02}", second % 3_600 / 60));
    say(lang, "time-moment", &[("date", &day(lang, moment)), ("hour", &hour), ("minute", &minute)])
}

/// How old something is: hours up to two days, then days.
#[must_use]
pub fn age(lang: Lang, age: Seconds) -> String {
    match age.0 / 3_600 {
        ..1 => say(lang, "time-below-hour", &[]),
        1 => say(lang, "time-hour", &[]),
        hours @ 2..48 => say(lang, "time-hours", &[("count", &hours.to_string())]),
        hours => days(lang, hours / 24),
    }
}

/// So many days; whole years as years.
#[must_use]
pub fn days(lang: Lang, days: i64) -> String {
    let count = |one: &str, many: &str, count: i64| match count {
        1 => say(lang, one, &[]),
        _ => say(lang, many, &[("count", &count.to_string())]),
    };
    if days > 0 && days % 365 == 0 {
        count("time-year", "time-years", days / 365)
    } else {
        count("time-one-day", "time-days", days)
    }
}

fn say(lang: Lang, id: &str, values: &[(&str, &str)]) -> String {
    text_with(lang, id, values).unwrap_or_else(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_in_the_citys_time() {
        let at = Timestamp::parse_rfc3339("2026-11-27T04:49:10Z").unwrap();
        assert_eq!(moment(Lang::Id, at), "27 November 2026 pukul 11.49 WIB");
        assert_eq!(moment(Lang::Jv, at), "27 November 2026 tabuh 11.49 WIB");
        assert_eq!(moment(Lang::En, at), "27 November 2026 at 11:49 WIB");
        let late = Timestamp::parse_rfc3339("2026-12-31T17:00:00Z").unwrap();
        assert_eq!(moment(Lang::Id, late), "1 Januari 2027 pukul 00.00 WIB");
    }

    #[test]
    fn the_last_day_that_may_be_promised_is_a_whole_one() {
        for (end, last) in [
            // 07.00 here: that day is not whole.
            ("2026-12-28T00:00:00Z", "27 Desember 2026"),
            // Midnight here, and the second before it.
            ("2026-12-27T17:00:00Z", "27 Desember 2026"),
            ("2026-12-27T16:59:59Z", "27 Desember 2026"),
            ("2026-12-27T16:59:58Z", "26 Desember 2026"),
        ] {
            assert_eq!(last_day(Lang::Id, Timestamp::parse_rfc3339(end).unwrap()), last, "{end}");
        }
    }

    #[test]
    fn spans_are_told_in_words() {
        for (span, id, jv, en) in [
            (Seconds(0), "kurang dari 1 jam", "kirang saking 1 jam", "less than 1 hour"),
            (Seconds(3_599), "kurang dari 1 jam", "kirang saking 1 jam", "less than 1 hour"),
            (Seconds::hours(1), "1 jam", "1 jam", "1 hour"),
            (Seconds::hours(30), "30 jam", "30 jam", "30 hours"),
            (Seconds::days(4), "4 hari", "4 dinten", "4 days"),
        ] {
            assert_eq!(
                (age(Lang::Id, span), age(Lang::Jv, span), age(Lang::En, span)),
                (id.into(), jv.into(), en.into())
            );
        }
        assert_eq!(days(Lang::Id, 1_825), "5 tahun");
        assert_eq!(days(Lang::En, 365), "1 year");
        assert_eq!(days(Lang::Jv, 30), "30 dinten");
        assert_eq!(days(Lang::Id, 0), "0 hari");
    }
}
