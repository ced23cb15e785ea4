//! Measuring: CPU time of this thread, the cases in turn, medians.
//!
//! The cases of a group run one after another in short slices, many times over: whatever else the machine does hits all of
//! them alike, and the ratios hold although the absolute numbers move.

use std::error::Error;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// What a measurement may end with.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// CPU time this thread has used.
pub(crate) fn thread_cpu() -> Duration {
    read(ClockId::ThreadCPUTime)
}

/// CPU time all threads of this process have used.
pub(crate) fn process_cpu() -> Duration {
    read(ClockId::ProcessCPUTime)
}

/// Time on the wall, from an arbitrary beginning.
pub(crate) fn wall() -> Duration {
    read(ClockId::Monotonic)
}

fn read(clock: ClockId) -> Duration {
    let now = clock_gettime(clock);
    Duration::new(u64::try_from(now.tv_sec).unwrap_or(0), u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// How long a group is measured.
#[derive(Clone, Copy)]
pub(crate) struct Effort {
    /// Slices for each case.
    pub(crate) rounds: usize,
    /// CPU time of one slice.
    pub(crate) slice: Duration,
}

/// One thing to measure.
pub(crate) struct Case<'a> {
    pub(crate) name: &'static str,
    run: Box<dyn FnMut() -> Outcome<()> + 'a>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(name: &'static str, run: impl FnMut() -> Outcome<()> + 'a) -> Self {
        Self { name, run: Box::new(run) }
    }

    fn slice(&mut self, times: u32) -> Outcome<Duration> {
        let start = thread_cpu();
        for _ in 0..times {
            (self.run)()?;
        }
        Ok(thread_cpu().saturating_sub(start))
    }
}

/// Seconds of CPU time for each case, medians, in the order of the cases.
pub(crate) fn interleaved<'a>(cases: &mut [Case<'a>], effort: Effort) -> Outcome<Vec<(&'static str, f64)>> {
    let mut times = Vec::with_capacity(cases.len());
    for case in cases.iter_mut() {
        // The first run fills caches and tables; the second tells how many fit into a slice.
        case.slice(1)?;
        let one = case.slice(3)?.as_secs_f64() / 3.0;
        times.push((effort.slice.as_secs_f64() / one.max(1e-9)).clamp(1.0, 1e6) as u32);
    }
    let mut samples = vec![Vec::with_capacity(effort.rounds); cases.len()];
    for _ in 0..effort.rounds {
        for ((case, times), samples) in cases.iter_mut().zip(&times).zip(&mut samples) {
            samples.push(case.slice(*times)?.as_secs_f64() / f64::from(*times));
        }
    }
    Ok(cases.iter().zip(samples).map(|(case, samples)| (case.name, median(samples))).collect())
}

/// The middle value; 0 of nothing.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
