//! Days and moments as people in Madiun say them (UTC+7).

use absah_types::{Lang, Seconds, Timestamp};

const WIB: Seconds = Seconds::hours(7);

const MONTHS: [[&str; 12]; 2] = [
    [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];

/// `27 November 2026`.
pub(super) fn day(moment: Timestamp, lang: Lang) -> String {
    date(moment.date_at(WIB), lang)
}

/// `27 November 2026`.
pub(super) fn date(date: absah_types::Date, lang: Lang) -> String {
    let names = if lang == Lang::En { &MONTHS[1] } else { &MONTHS[0] };
    let month = usize::from(date.month()).checked_sub(1).and_then(|at| names.get(at)).copied();
    format!("{} {} {}", date.day(), month.unwrap_or_default(), date.year())
}

/// `27 November 2026, 11.35`.
pub(super) fn moment(moment: Timestamp, lang: Lang) -> String {
    let minutes = (moment.unix() + WIB.0).rem_euclid(86_400) / 60;
    let mark = if lang == Lang::En { ':' } else { '.' };
    format!("{}, {:02}{mark}{:02}", day(moment, lang), minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_madiun() {
        let evening = Timestamp::parse_rfc3339("2026-11-26T17:05:00Z").unwrap();
        assert_eq!(moment(evening, Lang::Id), "27 November 2026, 00.05");
        assert_eq!(moment(evening, Lang::En), "27 November 2026, 00:05");
        assert_eq!(day(Timestamp::parse_rfc3339("2026-05-01T00:00:00Z").unwrap(), Lang::Jv), "1 Mei 2026");
    }
}
