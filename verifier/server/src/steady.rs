//! The monotonic clock of this process: an answer's life is measured by it, too, so that nobody stretches it by the wall clock.

use std::sync::Arc;

use absah_types::Seconds;

/// Seconds since some moment of this process; only spans mean anything.
#[derive(Clone)]
pub(crate) struct Steady(Arc<dyn Fn() -> Seconds + Send + Sync>);

impl Steady {
    pub(crate) fn of(clock: impl Fn() -> Seconds + Send + Sync + 'static) -> Self {
        Self(Arc::new(clock))
    }

    pub(crate) fn now(&self) -> Seconds {
        (self.0)()
    }
}

impl Default for Steady {
    fn default() -> Self {
        let began = tokio::time::Instant::now();
        Self::of(move || Seconds(i64::try_from(began.elapsed().as_secs()).unwrap_or(i64::MAX)))
    }
}
