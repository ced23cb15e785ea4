//! Wrong tries make the next one wait, longer each time; nobody is ever locked out.

use absah_types::{Seconds, Timestamp};

/// So many wrong tries cost nothing: people mistype.
pub const FREE: u32 = 3;
/// So many from one place, whatever name they are for: a whole office is one place.
pub const FREE_OF_PLACE: u32 = 20;
/// So many for one name, wherever they come from: a stranger keeps nobody out so quickly.
pub const FREE_OF_NAME: u32 = 30;
/// The longest wait.
const LONGEST: i64 = 15 * 60;
/// After so long without a wrong try all is forgotten.
pub const FORGET: Seconds = Seconds::hours(12);

/// When the next try is taken, after that many wrong ones of which the last was at `last` and `free` cost nothing.
#[must_use]
pub fn next_try(failures: u32, free: u32, last: Timestamp) -> Timestamp {
    let beyond = failures.saturating_sub(free);
    if beyond == 0 {
        return last;
    }
    // 2, 4, 8 … seconds.
    let wait = 1_i64.checked_shl(beyond).unwrap_or(LONGEST).clamp(1, LONGEST);
    last.plus(Seconds(wait))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_try_waits_longer_and_none_for_ever() {
        let at = Timestamp::from_unix(1000);
        let wait = |failures| next_try(failures, FREE, at).unix() - 1000;
        assert_eq!([0, 1, 3].map(wait), [0, 0, 0]);
        assert_eq!([4, 5, 6, 9].map(wait), [2, 4, 8, 64]);
        for failures in [40, 64, 65, u32::MAX] {
            assert!((1..=LONGEST).contains(&wait(failures)), "{failures}");
        }
    }
}
