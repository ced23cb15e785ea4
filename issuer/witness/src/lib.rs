//! The witness: the small program that other agencies run. It co-signs the checkpoints of the ledgers it watches, each
//! only if it continues the one before, so that nobody can be shown another history.
//!
//! ```text
//! POST /add-checkpoint ─► judge (absah-ledger) ─► remember on disk ─► cosign ─► answer
//! ```
//!
//! # Settings
//! A flag wins over `ABSAH_<KEY>`, that over `config.toml` in the data directory, that over the default.
//!
//! | key | meaning | default |
//! |---|---|---|
//! | `listen` | address and port | `127.0.0.1:8490` |
//! | `public_url` | where logs reach it | what `serve` listens at (development only) |
//! | `profile` | `production` refuses plain HTTP and unprotected keys | `development` |
//!
//! `ABSAH_KEY_PASSPHRASE_FILE` names the file with the passphrase of the key.

pub mod commands;
pub mod error;
pub mod http;
pub mod keys;
pub mod memory;
