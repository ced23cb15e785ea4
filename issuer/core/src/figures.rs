//! Counts that may be told outside: small ones are left out, so that no figure is about a person.

use absah_types::{Date, Timestamp};

/// "elderly/vulnerable residents assisted > 500": the pilot's indicator.
pub const HELPED_TARGET: u64 = 500;
/// From this age on somebody is counted as elderly (UU 13/1998, article 1).
const ELDERLY: u16 = 60;

/// Whether somebody of that birth is counted as elderly.
#[must_use]
pub fn is_elderly(born: Date, now: Timestamp) -> bool {
    born.age_on(now.date()) >= ELDERLY
}

/// The smallest count of people that is told.
pub const LEAST: u64 = 5;

/// The counts of one group as they may be told beside their total: those under [`LEAST`] are left out, and when that is one
/// alone, the smallest of the others too, for the total would tell it. Zero is left out like any other small count: nobody
/// reads from its being told that a hidden one is not zero.
#[must_use]
pub fn tellable(counts: &[u64]) -> Vec<Option<u64>> {
    let mut told: Vec<Option<u64>> = counts.iter().map(|count| (*count >= LEAST).then_some(*count)).collect();
    let hidden = told.iter().filter(|count| count.is_none()).count();
    // What is hidden together must be no small number either: the total tells their sum.
    let sum: u64 = counts.iter().filter(|count| **count < LEAST).sum();
    if (hidden == 1 || (hidden > 1 && sum < LEAST))
        && let Some(smallest) = told.iter_mut().filter(|count| count.is_some()).min()
    {
        *smallest = None;
    }
    told
}

/// A count that stands alone.
#[must_use]
pub const fn alone(count: u64) -> Option<u64> {
    if count >= LEAST { Some(count) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_counted_out_of_a_group() {
        assert_eq!(tellable(&[10, 7, 5]), [Some(10), Some(7), Some(5)]);
        // One small count could be taken from the total: the next smallest goes with it.
        assert_eq!(tellable(&[10, 3, 7]), [Some(10), None, None]);
        // Two whose sum is small: the total minus the rest would tell "at most four in both".
        assert_eq!(tellable(&[10, 1, 2, 9]), [Some(10), None, None, None]);
        assert_eq!(tellable(&[10, 4, 4]), [Some(10), None, None]);
        assert_eq!(tellable(&[0, 20]), [None, None]);
        assert_eq!(tellable(&[3]), [None]);
        assert!(tellable(&[]).is_empty());
        assert_eq!((alone(4), alone(5)), (None, Some(5)));
    }
}
