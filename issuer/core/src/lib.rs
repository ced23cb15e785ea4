//! What the issuer decides, without any input or output: taking in the population register, who may have which card,
//! which facts stand on it, how long it holds.
//!
//! ```text
//! extract ─▶ population::check ─▶ residents          resident ─▶ eligible ─▶ offer ─▶ card::groups ─▶ status
//! ```
//! The shell beside this crate brings bytes, time, randomness, a [`ports::Store`] and a [`ports::KeyStore`].

pub mod card;
mod eligibility;
pub mod figures;
mod holding;
pub mod letter;
pub mod lifecycle;
pub mod offer;
pub mod operator;
pub mod person;
pub mod population;
pub mod ports;
mod resident;
#[cfg(test)]
mod sample;
pub mod status;

pub use eligibility::{KTP_AGE, NotEligible, eligible};
pub use holding::{guardians, holder, is_child};
pub use resident::Resident;
