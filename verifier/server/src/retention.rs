//! Until when this counter's clock can be believed: what must be kept for years is not erased by a wrong clock.

use absah_trust::Bundle;
use absah_types::{Seconds, Timestamp};

use crate::app::App;
use crate::error::Failure;

/// So long after the newest time that an issuer has signed a clock may be right without anybody vouching for it: as long as a
/// counter's data lasts.
const VOUCHED: Seconds = Seconds::days(7);

/// How much need not be kept any longer.
pub(crate) struct Keeping {
    /// By a time that issuers vouch for.
    pub(crate) due: u64,
    /// More of it by this machine's clock alone: fresh data will tell.
    pub(crate) unvouched: u64,
    /// When the next piece is due.
    pub(crate) next: Option<Timestamp>,
}

/// Whether the clock stands later than the newest signed time can vouch for.
pub(crate) fn is_beyond(bundle: &Bundle, now: Timestamp) -> bool {
    now > bundle.clock_floor().plus(VOUCHED)
}

impl App {
    /// The moment that counts for keeping and erasing: the clock's, but not later than issuers vouch for. Without data nobody
    /// does, and nothing is due.
    ///
    /// # Errors
    /// The store's; a bundle that does not hold.
    pub(crate) async fn vouched(&self, now: Timestamp) -> Result<Timestamp, Failure> {
        let latest = self.bundle().await?.map(|bundle| bundle.clock_floor().plus(VOUCHED));
        Ok(latest.map_or(Timestamp::from_unix(0), |latest| latest.min(now)))
    }

    /// How much is due.
    ///
    /// # Errors
    /// As [`App::vouched`].
    pub(crate) async fn keeping(&self, now: Timestamp) -> Result<Keeping, Failure> {
        let due = self.store().count_due(self.vouched(now).await?).await?;
        let by_clock = self.store().count_due(now).await?;
        Ok(Keeping {
            due,
            unvouched: by_clock.saturating_sub(due),
            next: self.store().next_due().await?.filter(|end| *end > now),
        })
    }
}
