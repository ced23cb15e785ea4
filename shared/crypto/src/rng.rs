use absah_types::Rng;
use core::convert::Infallible;

/// Lends our random source to crates that speak `rand_core`.
pub(crate) struct Lent<'a>(pub(crate) &'a mut dyn Rng);

impl rand_core::TryRng for Lent<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(absah_types::array(self.0)))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(absah_types::array(self.0)))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

// `absah_types::Rng` promises unpredictable bytes; only tests hand in a seeded one.
impl rand_core::TryCryptoRng for Lent<'_> {}
