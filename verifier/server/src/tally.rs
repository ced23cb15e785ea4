//! The supervisor's counts: what was asked, how it ended, how long it took. Nothing about any person.

use std::collections::BTreeMap;

use absah_types::{Seconds, Timestamp};
use serde::Serialize;

use crate::app::App;
use crate::error::Failure;
use crate::store::Visit;

/// The longest time that is counted together.
pub(crate) const MOST_DAYS: i64 = 366;
/// The city's time zone.
const WIB: Seconds = Seconds::hours(7);

/// Visits of one service, hour of one day and outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Count {
    /// `2026-11-27`, in the city's time.
    pub(crate) day: String,
    /// 0 to 23.
    pub(crate) hour: u8,
    pub(crate) service: String,
    /// The officer's word, or the code of the refusal; `photocopy` where one was still asked for.
    pub(crate) outcome: String,
    pub(crate) colour: String,
    pub(crate) count: usize,
    /// Half of them took no longer, in seconds.
    pub(crate) median_s: i64,
}

impl Count {
    /// The shape of an outcome, and the id of its word.
    pub(crate) fn word(&self) -> (&'static str, &'static str) {
        match (self.outcome.as_str(), self.colour.as_str()) {
            ("photocopy", _) => ("warn", "desk-photocopy"),
            ("matched", _) => ("ok", "desk-line-matched"),
            ("unattended", _) => ("ok", "desk-line-unattended"),
            ("lemah", _) => ("ok", "desk-line-lemah"),
            ("kertas", _) => ("ok", "desk-line-kertas"),
            ("mismatched", _) => ("bad", "desk-line-mismatched"),
            ("abandoned", _) => ("unknown", "desk-line-abandoned"),
            (_, "yellow") => ("warn", "desk-word-superseded"),
            (_, "grey") => ("unknown", "desk-word-undetermined"),
            _ => ("bad", "desk-word-refused"),
        }
    }
}

impl App {
    /// Counts the visits since `since`.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn tally(&self, since: Timestamp) -> Result<Vec<Count>, Failure> {
        let mut counts = counted(&self.store().visits(since).await?);
        let copies = self.store().photocopies(since).await?;
        let copies = copies.into_iter().map(|(at, service)| Visit {
            at,
            service,
            code: "photocopy".to_owned(),
            colour: String::new(),
            verdict: None,
            seconds: 0,
            reason: None,
        });
        counts.extend(counted(&copies.collect::<Vec<_>>()));
        counts.sort_by(|a, b| {
            (&a.day, a.hour, &a.service, &a.outcome).cmp(&(&b.day, b.hour, &b.service, &b.outcome))
        });
        Ok(counts)
    }
}

fn counted(visits: &[Visit]) -> Vec<Count> {
    let mut groups: BTreeMap<(String, u8, &str, &str, &str), Vec<i64>> = BTreeMap::new();
    for visit in visits {
        let local = visit.at.plus(WIB);
        let day = local.to_string().chars().take(10).collect();
        let hour = u8::try_from(local.unix().rem_euclid(86_400) / 3600).unwrap_or_default();
        let outcome = visit.verdict.as_deref().unwrap_or(&visit.code);
        groups.entry((day, hour, &visit.service, outcome, &visit.colour)).or_default().push(visit.seconds);
    }
    let one =
        |((day, hour, service, outcome, colour), seconds): ((String, u8, &str, &str, &str), Vec<i64>)| {
            Count {
                day,
                hour,
                service: service.to_owned(),
                outcome: outcome.to_owned(),
                colour: colour.to_owned(),
                count: seconds.len(),
                median_s: median(seconds),
            }
        };
    groups.into_iter().map(one).collect()
}

/// The middle one; of two the smaller.
pub(crate) fn median(mut seconds: Vec<i64>) -> i64 {
    seconds.sort_unstable();
    seconds.get(seconds.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

/// The counts as a table for spreadsheets (RFC 4180).
pub(crate) fn csv(counts: &[Count]) -> String {
    let mut out = String::from("tanggal,jam,layanan,hasil,warna,jumlah,median_detik\r\n");
    for count in counts {
        let (hour, number, median) =
            (count.hour.to_string(), count.count.to_string(), count.median_s.to_string());
        let fields = [&count.day, &hour, &count.service, &count.outcome, &count.colour, &number, &median];
        let fields: Vec<String> = fields.into_iter().map(|field| cell(field)).collect();
        out.push_str(&fields.join(","));
        out.push_str("\r\n");
    }
    out
}

/// One cell: quoted, and never a formula (OWASP, CSV injection).
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if is_formula { "'" } else { "" };
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{guard}{}\"", plain.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(at: i64, verdict: Option<&str>, seconds: i64) -> Visit {
        Visit {
            at: Timestamp::from_unix(at),
            service: "bansos".to_owned(),
            code: "replayed".to_owned(),
            colour: "red".to_owned(),
            verdict: verdict.map(str::to_owned),
            seconds,
            reason: None,
        }
    }

    #[test]
    fn visits_are_counted_by_day_hour_service_and_outcome() {
        // 17:30 UTC is half past midnight of the next day in the city.
        let late = 1_795_282_200 - 1_795_282_200_i64.rem_euclid(86_400) + 17 * 3600 + 1800;
        let counts = counted(&[
            visit(late, Some("matched"), 9),
            visit(late + 60, Some("matched"), 3),
            visit(late + 120, Some("matched"), 30),
            visit(late, None, 1),
        ]);
        let seen: Vec<_> = counts.iter().map(|c| (c.hour, c.outcome.as_str(), c.count, c.median_s)).collect();
        assert_eq!(seen, [(0, "matched", 3, 9), (0, "replayed", 1, 1)]);
        assert_ne!(counts[0].day, Timestamp::from_unix(late).to_string()[..10]);
    }

    #[test]
    fn no_cell_is_a_formula_or_breaks_out() {
        for (text, expected) in [
            ("bansos", "\"bansos\""),
            ("=1+1", "\"'=1+1\""),
            ("+62", "\"'+62\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"' =1\""),
            ("a\"b,c\nd", "\"a\"\"b,c d\""),
        ] {
            assert_eq!(cell(text), expected, "{text:?}");
        }
    }
}
