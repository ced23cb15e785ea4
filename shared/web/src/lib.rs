//! What every HTTP face of the project shares: time and randomness handed in, errors in the two standard forms,
//! careful headers, limits on body, headers and patience, a health answer, and a server that stops in order.
//!
//! A program builds its routes with state that lends an [`Ambient`], wraps what foreign pages may call in
//! [`cors`], everything in [`harden`], and runs it with [`serve`].

mod ambient;
mod body;
mod error;
mod layers;
mod metrics;
mod serve;
#[cfg(feature = "tls")]
mod tls;

pub use ambient::{Ambient, Now, Random, RngSource};
pub use body::{BearerToken, FormBody, JsonBody};
pub use error::{OAuthError, Problem, WebError};
pub use layers::{Limits, cors, harden, healthz, no_store};
pub use metrics::{Metrics, MetricsListener};
pub use serve::{announce, base_url, serve, stop_signal};
#[cfg(feature = "tls")]
pub use tls::{NoCertificate, Tls, serve_by};
