//! A clock that moves only when told.

use absah_types::{Clock, Seconds, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock that moves only when told; its clones are the same clock.
#[derive(Debug, Clone)]
pub struct FixedClock(Arc<AtomicI64>);

impl FixedClock {
    /// Stands at this moment.
    #[must_use]
    pub fn at(moment: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(moment.unix())))
    }

    /// Stands at 2026-11-22T02:00:00Z, nine in the morning in Madiun.
    #[must_use]
    pub fn morning() -> Self {
        Self::at(Timestamp::from_unix(1_795_312_800))
    }

    /// Moves forward, or back when negative.
    pub fn advance(&self, span: Seconds) {
        self.0.fetch_add(span.0, Ordering::SeqCst);
    }

    /// Moves to a moment.
    pub fn set(&self, moment: Timestamp) {
        self.0.store(moment.unix(), Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_only_when_told() {
        let clock = FixedClock::morning();
        let same = clock.clone();
        assert_eq!(clock.now().to_string(), "2026-11-22T02:00:00Z");
        clock.advance(Seconds::hours(1));
        assert_eq!(same.now().to_string(), "2026-11-22T03:00:00Z");
        same.set(Timestamp::from_unix(0));
        assert_eq!(clock.now().unix(), 0);
    }
}
