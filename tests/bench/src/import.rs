//! Importing a whole city: time and memory of the issuer's own command in a process of its own.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::measure::{Outcome, wall};
use crate::report::{Goal, Report};

/// The first argument by which this program becomes the issuer: the same entry as `absah-issuer` has.
pub(crate) const AS_ISSUER: &str = "as-issuer";

const GROUP: &str = "Import of generated residents, a process of its own, time on the wall";

pub(crate) fn measure(report: &mut Report, residents: usize) -> Outcome<()> {
    let place = tempfile::tempdir()?;
    let extract = place.path().join("extract.csv");
    std::fs::write(&extract, absah_testkit::population::csv(residents, 61))?;
    let megabytes = std::fs::metadata(&extract)?.len() as f64 / 1e6;

    let start = wall();
    let mut child = Command::new(std::env::current_exe()?)
        .arg(AS_ISSUER)
        .arg("--data-dir")
        .arg(place.path().join("data"))
        .args(["import"])
        .arg(&extract)
        .arg("--json")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak_kilobytes = 0.0_f64;
    let exit = loop {
        // VmHWM only grows: the last reading before the end is the peak but for the last moments.
        if let Some(peak) = std::fs::read_to_string(&status_file).ok().as_deref().and_then(high_water_mark) {
            peak_kilobytes = peak_kilobytes.max(peak);
        }
        if let Some(exit) = child.try_wait()? {
            break exit;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let seconds = (wall() - start).as_secs_f64();
    let mut answer = String::new();
    if let Some(mut out) = child.stdout.take() {
        std::io::Read::read_to_string(&mut out, &mut answer)?;
    }
    let answer: serde_json::Value = serde_json::from_str(&answer)?;
    let imported = answer.get("imported").and_then(serde_json::Value::as_u64).unwrap_or(0);
    if !exit.success() {
        return Err(format!("the import ended with {exit}").into());
    }
    report.figure(GROUP, "extract", megabytes, "MB");
    report.goal(GROUP, "residents imported", imported as f64, "", Goal::AtLeast(residents as f64));
    report.goal(GROUP, "time", seconds, "s", Goal::AtMost(60.0));
    report.goal(GROUP, "largest resident set", peak_kilobytes / 1e3, "MB", Goal::AtMost(500.0));
    Ok(())
}

/// `VmHWM` of `/proc/PID/status`, in kilobytes.
fn high_water_mark(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
