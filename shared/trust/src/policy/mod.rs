//! From mathematics to a decision: how old is too old, what is missing, what the counter shows.

mod decide;
mod outcome;
pub mod relation;

#[cfg(test)]
mod tests;

use absah_types::{Seconds, coded};
use serde::{Deserialize, Serialize};

pub use decide::{Presented, decide, decide_paper, people, vouch};
pub use outcome::{
    Accepted, Carried, Colour, Decision, Doubt, Facts, Freshness, FreshnessTier, Outcome, Reason, Refusal,
    StatusWord,
};
pub use relation::{CardFacts, Kinship, Person, Proof, Relation};

/// Policy values as the bundle signs them, in seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Status age up to which an answer is green.
    #[serde(with = "seconds")]
    pub green_max: Seconds,
    /// Status age up to which an answer is green with the amber word, for low-risk services.
    #[serde(with = "seconds")]
    pub amber_max: Seconds,
    /// Beyond this status age not even a supervisor may accept.
    #[serde(with = "seconds")]
    pub undetermined_max: Seconds,
    /// How long a counter takes an answer to one request.
    #[serde(with = "seconds")]
    pub answer_life: Seconds,
    /// How far the wallet's clock may be off in an offline answer.
    #[serde(with = "seconds")]
    pub offline_skew: Seconds,
    /// How far the wallet's clock may be off online.
    #[serde(with = "seconds")]
    pub online_skew: Seconds,
    /// Age beyond which a wallet refuses a request, naming the clock.
    #[serde(with = "seconds")]
    pub request_life: Seconds,
    /// Bundle age up to which a wallet answers everything; beyond, only yes-or-no facts.
    #[serde(with = "seconds")]
    pub wallet_bundle_max: Seconds,
    /// How far the wallet's clock may be off, either way, in a code shown without a request (flow B).
    #[serde(with = "seconds", default = "one_scan_window")]
    pub one_scan_window: Seconds,
}

/// "accepted within ±180 s" (design, flow B).
fn one_scan_window() -> Seconds {
    Seconds(180)
}

/// Why policy values are not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyError {
    /// No JSON of its kind.
    Malformed,
    /// A value is beyond the limit that no policy may cross, or the values contradict each other.
    OutOfRange,
}

impl core::fmt::Display for PolicyError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "policy values malformed",
            Self::OutOfRange => "policy values out of range",
        })
    }
}

impl core::error::Error for PolicyError {}

coded! { PolicyError {
    Malformed => ("policy-malformed", Peer),
    OutOfRange => ("policy-out-of-range", Peer),
} }

/// Nothing signed longer ago is ever green, whatever a policy says.
pub const HARD_LIMIT: Seconds = Seconds::days(7);

impl Default for Policy {
    fn default() -> Self {
        Self {
            green_max: Seconds::hours(24),
            amber_max: Seconds::hours(72),
            undetermined_max: Seconds::days(7),
            answer_life: Seconds::minutes(5),
            offline_skew: Seconds::minutes(10),
            online_skew: Seconds::minutes(5),
            request_life: Seconds::minutes(15),
            wallet_bundle_max: Seconds::days(30),
            one_scan_window: one_scan_window(),
        }
    }
}

impl Policy {
    /// Reads `policy.json`.
    ///
    /// # Errors
    /// `Malformed`; `OutOfRange` unless 0 < green ≤ amber ≤ undetermined ≤ 7 days, answers live 1 second to
    /// 1 hour, requests and clock differences at most 1 day, wallet bundles at most 1 year, and codes shown without
    /// a request at most 10 minutes.
    pub fn from_json(bytes: &[u8]) -> Result<Self, PolicyError> {
        let policy: Self = serde_json::from_slice(bytes).map_err(|_| PolicyError::Malformed)?;
        let within = |value: Seconds, limit: Seconds| Seconds(0) < value && value <= limit;
        let holds = within(policy.green_max, policy.amber_max)
            && policy.amber_max <= policy.undetermined_max
            && policy.undetermined_max <= HARD_LIMIT
            && within(policy.answer_life, Seconds::hours(1))
            && [policy.offline_skew, policy.online_skew, policy.request_life]
                .into_iter()
                .all(|value| within(value, Seconds::days(1)))
            && within(policy.wallet_bundle_max, Seconds::days(365))
            && within(policy.one_scan_window, Seconds::minutes(10));
        if holds { Ok(policy) } else { Err(PolicyError::OutOfRange) }
    }

    /// Writes `policy.json`.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        // Integers: always JSON.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

mod seconds {
    use absah_types::Seconds;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(span: &Seconds, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(span.0)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Seconds, D::Error> {
        i64::deserialize(from).map(Seconds)
    }
}
