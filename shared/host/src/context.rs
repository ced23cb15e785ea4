//! All that is ambient, in one value that is handed to a command.

use crate::{Captured, Console, Env, OsRng, RandomError, SystemClock};
use absah_types::{Clock, Lang, Rng};
use std::sync::Arc;

/// Time, randomness, environment and streams of a command.
pub struct Context {
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock + Send + Sync>,
    /// Where randomness comes from.
    pub rng: Box<dyn Rng + Send>,
    /// Environment variables.
    pub env: Env,
    /// Where the answer goes.
    pub console: Console,
}

impl Context {
    /// The context of a real process.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn of_process() -> Result<Self, RandomError> {
        let env = Env::of_process();
        let console = Console::of_process(&env);
        Ok(Self { clock: Arc::new(SystemClock), rng: Box::new(OsRng::open()?), env, console })
    }

    /// A context of given parts that writes into memory.
    #[must_use]
    pub fn captured(
        clock: Arc<dyn Clock + Send + Sync>,
        rng: Box<dyn Rng + Send>,
        env: Env,
    ) -> (Self, Captured) {
        let (console, captured) = Console::captured(Lang::Id);
        (Self { clock, rng, env, console }, captured)
    }
}

impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").field("console", &self.console).finish_non_exhaustive()
    }
}
