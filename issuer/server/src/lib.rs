//! The issuer: the shell around `absah-issuer-core`. It brings the core its records, keys, time and randomness, and
//! shows it to the world as commands and as HTTP endpoints.

mod app;
pub mod certificates;
pub mod commands;
pub mod http;
mod identity;
pub mod keys;
pub mod portraits;
pub mod publish;
pub mod status_tokens;
pub mod store;

pub use app::{App, AppError, BUNDLE_FOLDER, STORE_FILE, remember};
pub use identity::{Identity, KEY_ID, kid};
