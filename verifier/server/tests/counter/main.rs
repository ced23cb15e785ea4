//! The commands, run as functions in one process, with a clock and a wallet of the test's own; and the shipped
//! program, killed at random moments.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod approvals;
mod beside;
mod bundles;
mod channels;
mod desk;
mod fitness;
mod kept;
mod killed;
mod offline;
mod online;
mod passkeys;
mod phones;
mod pictures;
mod posted;
mod reasons;
mod sheets;
mod sign_in;
mod spoken;
mod tickets;
mod weak;
mod world;
