//! Who this counter is.

use core::fmt;

use absah_crypto::PublicKey;
use absah_trust::{Bundle, Registered};
use absah_types::{Rng, Timestamp, array, hex};
use serde::{Deserialize, Serialize};

use crate::request::RequestFailure;

/// The name of a counter: `loket-` and 16 hex digits, chosen once by the counter itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CounterId(String);

impl CounterId {
    /// A fresh name.
    #[must_use]
    pub fn fresh(rng: &mut dyn Rng) -> Self {
        Self(format!("loket-{}", hex::encode(array::<8>(rng))))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CounterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Name and key of a counter; the private key stays with the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The name.
    pub id: CounterId,
    /// The key that signs requests.
    pub key: PublicKey,
}

impl Identity {
    /// The counter's registration in the bundle: the one of its key.
    ///
    /// # Errors
    /// `Clock` when our clock is known to be behind; `Registration` when there is none, or it is withdrawn,
    /// ended or not yet begun.
    pub fn registered<'b>(
        &self,
        bundle: &'b Bundle,
        now: Timestamp,
    ) -> Result<&'b Registered, RequestFailure> {
        bundle.clock_holds(now).map_err(RequestFailure::Clock)?;
        bundle.registry().by_key(&self.key.spki_sha256(), now).map_err(RequestFailure::Registration)
    }
}
