//! Randomness is handed in.

/// A source of unpredictable bytes. Shells hand in the operating system's; tests a seeded one.
pub trait Rng {
    /// Fills the slice. Cannot fail: a shell without randomness must stop before it starts.
    fn fill(&mut self, bytes: &mut [u8]);
}

impl<R: Rng + ?Sized> Rng for &mut R {
    fn fill(&mut self, bytes: &mut [u8]) {
        (**self).fill(bytes);
    }
}

impl<R: Rng + ?Sized> Rng for Box<R> {
    fn fill(&mut self, bytes: &mut [u8]) {
        (**self).fill(bytes);
    }
}

/// `N` fresh bytes.
pub fn array<const N: usize>(rng: &mut dyn Rng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill(&mut bytes);
    bytes
}
