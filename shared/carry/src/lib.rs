//! How codes and trust bundles travel: pictures and texts of QR codes, folders, the network.
//!
//! Wallet and counter share one way of each, and one set of `bundle` commands:
//!
//! | from where, to where | here |
//! |---|---|
//! | pictures and text files of QR codes | [`pictures`] |
//! | a bundle out of a folder or out of frames | [`source`] |
//! | a bundle from a web server | [`pull`] |
//! | a bundle into a folder or into frames | [`export`] |
//! | a person who vouches for the first root | [`confirm`] |
//!
//! Nothing here decides what is believed: `absah_trust::Bundle::import` does.

pub mod args;
pub mod confirm;
mod error;
pub mod export;
pub mod pictures;
pub mod pull;
pub mod show;
pub mod source;

#[cfg(test)]
mod tests;

pub use args::BundleCommand;
pub use error::CarryError;
