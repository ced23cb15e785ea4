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

/// When something happened that is signed for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The clock's time as far as signed time vouches for it, else the nearest that is vouched for.
    pub(crate) at: Timestamp,
    /// The newest signed time: it did not happen before.
    pub(crate) signed_at: Option<Timestamp>,
    /// What the clock said, where it alone vouches for it.
    pub(crate) clock: Option<Timestamp>,
}

fn moment(signed_at: Option<Timestamp>, now: Timestamp) -> Moment {
    let at = signed_at.map_or(now, |signed| now.clamp(signed, signed.plus(VOUCHED)));
    Moment { at, signed_at, clock: Some(now).filter(|_| signed_at.is_none() || at != now) }
}

impl App {
    /// The time that a signed receipt bears.
    ///
    /// # Errors
    /// The store's; a bundle that does not hold.
    pub(crate) async fn moment(&self, now: Timestamp) -> Result<Moment, Failure> {
        Ok(moment(self.bundle().await?.map(|bundle| bundle.clock_floor()), now))
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_moment_is_never_outside_of_what_is_vouched_for() {
        let signed = Timestamp::from_unix(1_795_300_000);
        let after = |days| signed.plus(Seconds::days(days));
        for (name, now, at, clock) in [
            ("as signed", signed, signed, None),
            ("days later", after(7), after(7), None),
            ("years ahead", after(900), after(7), Some(after(900))),
            ("set back", after(-30), signed, Some(after(-30))),
        ] {
            assert_eq!(moment(Some(signed), now), Moment { at, signed_at: Some(signed), clock }, "{name}");
        }
        let alone = Moment { at: signed, signed_at: None, clock: Some(signed) };
        assert_eq!(moment(None, signed), alone, "without any data");
    }
}
