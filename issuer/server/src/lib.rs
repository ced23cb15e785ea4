//! The issuer: the shell around `absah-issuer-core`. It brings the core its records, keys, time and randomness, and
//! shows it to the world as commands and as HTTP endpoints.
//!
//! ```text
//! commands ─┐                 ┌─ store   records: SQLite, one writing task, one flush for many
//!           ├─ App ─ http ────┼─ keys    an encrypted file, opened once
//! main ─────┘                 └─ core    who may have what, which facts stand on it
//! ```
//!
//! # Settings
//! A flag wins over `ABSAH_<KEY>`, that over `config.toml` in the data directory, that over the default.
//!
//! | key | meaning | default |
//! |---|---|---|
//! | `public_url` | where the world reaches the public endpoints; the issuer's identity follows it | what `serve` listens at (development only) |
//! | `console` | address and port of the console for officers, or a port of this machine; `off`: none | `127.0.0.1:8481` |
//! | `console_url` | the address in the officers' browsers; passkeys are bound to it | `http://localhost:<port>` |
//! | `console_proxy` | address of the proxy in front of the console; only what it tells in `X-Forwarded-For` is believed | none |
//! | `listen` | address and port of the public endpoints | `127.0.0.1:8480` |
//! | `encryption_required` | `"true"`: requests for cards and the cards themselves are encrypted, on top of TLS | `"false"` |
//! | `anonymous_access` | `"false"`: wallets must name a `client_id` at the token endpoint | `"true"` |
//! | `contact_name` | whom the signed list tells people to turn to about their data; with it `contact_phone`, `contact_email`, `contact_address`; one line each | none |
//! | `audit_retention_days` | days after which an event of the ledger may be erased; fewer than the default are refused | `1827` (5 years by the calendar) |
//! | `profile` | `production` refuses plain HTTP and unprotected keys | `development` |
//!
//! `ABSAH_KEY_PASSPHRASE_FILE` names the file with the passphrase of the keys; production refuses to begin without it.

mod app;
mod bundle_root;
mod card_print;
pub mod certificates;
pub mod commands;
pub mod console;
mod counter_tickets;
pub mod did_log;
pub mod http;
mod identity;
mod kept;
pub mod keys;
pub mod ledger;
mod lists;
pub mod metrics;
pub mod offline;
mod paper_card;
pub mod portraits;
pub mod publish;
pub mod signers;
pub mod status_tokens;
pub mod store;
mod unfinished;
pub mod webhook;

pub use app::{App, AppError, BUNDLE_FOLDER, Ledger, STORE_FILE, remember};
pub use counter_tickets::TicketRefusal;
pub use identity::{Identity, Signing, kid};
pub use kept::Waiting;
