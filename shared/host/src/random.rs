//! The machine's randomness.

use absah_types::{Rng, coded};

/// The operating system's random number generator.
#[derive(Debug, Clone, Copy)]
pub struct OsRng(());

/// The operating system gives no randomness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RandomError {
    /// `getrandom` failed.
    Unavailable,
}

impl std::fmt::Display for RandomError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the operating system gives no randomness")
    }
}
impl std::error::Error for RandomError {}
coded! { RandomError { Unavailable => ("random-unavailable", Environment) } }

#[expect(clippy::disallowed_methods, reason = "this is the one place where randomness enters")]
fn fill(bytes: &mut [u8]) -> Result<(), RandomError> {
    getrandom::fill(bytes).map_err(|_| RandomError::Unavailable)
}

impl OsRng {
    /// The generator, once it has proven that it works.
    ///
    /// # Errors
    /// [`RandomError::Unavailable`].
    pub fn open() -> Result<Self, RandomError> {
        fill(&mut [0; 32])?;
        Ok(Self(()))
    }
}

impl Rng for OsRng {
    fn fill(&mut self, bytes: &mut [u8]) {
        // A generator that worked at the start and fails now leaves nothing to go on with: a key or
        // a nonce of zeros would be worse than a dead process.
        if fill(bytes).is_err() {
            std::process::abort();
        }
    }
}
