//! Randomness for the tests of this crate: a stream of hashes, the same every time.

use absah_types::Rng;

pub(crate) struct Seeded {
    seed: u64,
    drawn: u64,
}

impl Seeded {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, drawn: 0 }
    }
}

impl Rng for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let block = crate::sha256_concat(&[&self.seed.to_le_bytes(), &self.drawn.to_le_bytes()]);
            self.drawn += 1;
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

/// Gives the bytes it was told to, then zeros.
pub(crate) struct Scripted<'a>(pub(crate) &'a [u8]);

impl Rng for Scripted<'_> {
    fn fill(&mut self, bytes: &mut [u8]) {
        let n = bytes.len().min(self.0.len());
        let (now, later) = self.0.split_at(n);
        bytes.fill(0);
        bytes[..n].copy_from_slice(now);
        self.0 = later;
    }
}
