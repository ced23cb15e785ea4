//! For tests: a clock that stands still, randomness that repeats, invented residents, damaged bytes.
//!
//! A dev-dependency only. It knows types, tables and keys, not credentials, trust or protocols.

mod clock;
mod folder;
pub mod population;
mod random;
mod sample;
mod shared_dir;
pub mod tamper;

pub use clock::FixedClock;
pub use folder::folder_in_memory;
pub use population::{Resident, population, resident};
pub use random::SeededRng;
pub use sample::{key, kk_groups, ktp_groups};
pub use shared_dir::shared_dir;
