//! Randomness that repeats.

use absah_types::Rng;
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng as _, SeedableRng as _};

/// The same bytes for the same seed, on every machine.
#[derive(Debug, Clone)]
pub struct SeededRng(ChaCha8Rng);

impl SeededRng {
    /// Begins at a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number below `limit`; 0 when `limit` is 0. (Slightly uneven for huge limits: good enough for tests.)
    pub fn below(&mut self, limit: u64) -> u64 {
        let wide = u128::from(self.0.next_u64()) * u128::from(limit);
        u64::try_from(wide >> 64).unwrap_or_default()
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high.saturating_sub(low)).unwrap_or_default();
        low.saturating_add_unsigned(self.below(span.saturating_add(1)))
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    ///
    /// # Panics
    /// When there are none.
    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        let at = usize::try_from(self.below(choices.len() as u64)).unwrap_or_default();
        #[expect(clippy::indexing_slicing, reason = "a test without choices is wrong")]
        choices[at]
    }
}

impl Rng for SeededRng {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_and_stays_in_range() {
        let (mut one, mut same, mut other) = (SeededRng::new(1), SeededRng::new(1), SeededRng::new(2));
        let a: [u8; 32] = absah_types::array(&mut one);
        assert_eq!(a, absah_types::array::<32>(&mut same));
        assert_ne!(a, absah_types::array::<32>(&mut other));
        for _ in 0..1_000 {
            assert!((-3..=3).contains(&one.between(-3, 3)));
            assert!(one.below(7) < 7);
        }
        assert_eq!(one.below(0), 0);
    }
}
