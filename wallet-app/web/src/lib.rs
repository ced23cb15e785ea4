//! The web wallet: the same core and the same screens as the window, with a browser under them.
//!
//! ```text
//!  page ── press ──► Machine ──► view, and what the browser must do: Want (before anything else goes on) or Job (network)
//!                       ▲                                   │
//!                       └──────────── Came / answer ◄───────┘   storage: IndexedDB · keys: WebCrypto · camera: the page
//! ```
//!
//! Nothing here calls a browser: what must be done is handed out as data and its outcome handed in, so that the machine
//! is tested on any computer. Private keys of cards never come here: they are non-extractable keys of the page's origin,
//! and the proofs say so (`jaminanKunci: web`).
//!
//! What the PIN guards: the vault's data key is sealed by a key derived from the PIN *after* the browser has mixed it
//! with a non-extractable key of the origin ([`Want::Enter`]). Whoever copies only the sealed vault has nothing to guess
//! at; whoever copies the browser's whole profile has a six-digit PIN before them, at the price of one Argon2id each.

mod browser;
mod machine;
mod pull;
mod storage;
mod wire;

#[cfg(target_arch = "wasm32")]
mod wasm;

pub use browser::BrowserError;
pub use machine::{Machine, Start};
pub use wire::{Came, Job, Look, Made, Out, Want};
