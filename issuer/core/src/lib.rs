//! What the issuer decides, without any input or output: taking in the population register, who may have which card,
//! which facts stand on it, how long it holds.

pub mod population;
mod resident;

pub use resident::Resident;
