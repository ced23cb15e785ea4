//! The machine's clock.

use absah_types::{Clock, Timestamp};
use std::time::{SystemTime, UNIX_EPOCH};

/// The wall clock of the machine. It may be wrong: nothing trusts it more than it must.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "this is the one place where time enters")]
        let now = SystemTime::now();
        let seconds = match now.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
            // A machine whose clock stands before 1970: the checks on validity will say so.
            Err(_) => 0,
        };
        Timestamp::from_unix(seconds)
    }
}
