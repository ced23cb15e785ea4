//! A small town in one process: an issuer, wallets and counters, each the real program's library on a folder of its
//! own, all under one clock that moves only when told.

mod person;
mod said;
mod town;

pub use person::{adult, child_of, head_of_family};
pub use said::Said;
pub use town::{PIN, SERVICES, Town};
