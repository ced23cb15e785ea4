use absah_types::{Clock, Rng, Timestamp};
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use core::convert::Infallible;
use core::fmt;
use std::sync::Arc;

/// Makes a source of randomness for one request.
pub type RngSource = Arc<dyn Fn() -> Box<dyn Rng + Send> + Send + Sync>;

/// The time and the randomness a program runs on, kept in its state; tests put a fixed clock and a seeded
/// source here. A state lends it by `impl FromRef<State> for Ambient`.
#[derive(Clone)]
pub struct Ambient {
    clock: Arc<dyn Clock + Send + Sync>,
    rng: RngSource,
}

impl Ambient {
    /// From a clock and a maker of random sources.
    pub fn new(clock: Arc<dyn Clock + Send + Sync>, rng: RngSource) -> Self {
        Self { clock, rng }
    }

    /// This moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The clock itself.
    pub fn clock(&self) -> &Arc<dyn Clock + Send + Sync> {
        &self.clock
    }

    /// A random source for one piece of work.
    pub fn rng(&self) -> Box<dyn Rng + Send> {
        (self.rng)()
    }
}

impl fmt::Debug for Ambient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ambient")
    }
}

/// Handler argument: the moment at which the request is handled.
#[derive(Debug, Clone, Copy)]
pub struct Now(pub Timestamp);

impl<S: Sync> FromRequestParts<S> for Now
where
    Ambient: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Ok(Self(Ambient::from_ref(state).now()))
    }
}

/// Handler argument: randomness for this request.
pub struct Random(pub Box<dyn Rng + Send>);

impl<S: Sync> FromRequestParts<S> for Random
where
    Ambient: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Ok(Self(Ambient::from_ref(state).rng()))
    }
}
