//! The wallet's decisions, without its device: `Intent × State → (State, Vec<Effect>)`.
//!
//! ```text
//!             ┌────────────────────────────────────────────────┐
//!  Intent ──► │ Wallet::step(intent, env{now, rng, url rules}) │ ──► Effects: Fetch · NewKeys · Sign · Persist · Show
//!             └────────────────────────────────────────────────┘
//!                 ▲                                        │
//!                 └── Fetched · KeysMade · Signed ◄── shell┘
//! ```
//!
//! The same core drives the command line, the window and the web wallet: it never reads a clock, a file, a socket
//! or a private key. What a person decides on is a [`Prompt`]: facts from a closed list, never sentences.

mod access;
mod again;
mod appearance;
mod blob;
mod bundle;
mod card;
mod contact;
mod effect;
mod face;
mod facts;
mod history;
mod intent;
mod keys;
mod one_scan;
mod overview;
mod pending;
mod prompt;
mod proving;
mod receive;
mod refusal;
mod renewal;
mod respond;
mod shown;
mod wallet;
pub mod window;
mod wish;

#[cfg(test)]
mod tests;

pub use absah_credential::{Format, KeyAssurance};
pub use absah_ledger::freshness::{FreshnessError, MAX_AGE};
pub use absah_ledger::{Freshness, Leaf};
pub use absah_protocol::access_history::{AccessError, Certainty, Proven};
pub use absah_protocol::wishes;
pub use access::{AccessHistory, Gone, Head};
pub use appearance::{Appearance, AppearanceError};
pub use blob::Blob;
pub use bundle::FIRST_ROOT;
pub use card::{About, Card, CardId, CardIssuer, Choice, Copy, StatusPlace};
pub use effect::{Body, Effect, Fetch, FetchFailure, Fetched};
pub use face::{OfOneCard, Stacked};
pub use history::{
    Asker, Channel, Deleted, Entry, Event, OneScan, Paper, REFUSED_BY_HOLDER, Received, Refused, Shared,
    SharedFact,
};
pub use intent::{Env, Intent};
pub use keys::{HolderKey, KeyId, Signatures, Signing};
pub use one_scan::{CHOICES, OneScanError, SHOWING, facts_of_choice};
pub use overview::{CardStatus, Overview, STATUS_HOLDS};
pub use pending::{Contact, KeptAccess, KeptKey, Notice, Pending};
pub use prompt::{
    BundleFacts, CarriedFor, CodeNeeded, Fact, FactValue, LogInPage, OfferConsent, OfferedCard, OneScanCode,
    OtherCard, PresentationConsent, PresentedCard, Prompt, ReceivedCard, RootConsent, SharedAnswer,
    WaitingCard,
};
pub use refusal::Refusal;
pub use renewal::{REFILL_AT, RENEW_BEFORE, Renewal};
pub use shown::{LONGEST_SHOWN, Shown, is_honest_name};
pub use wallet::{BundleFiles, Holdings, Trust, Wallet};
