//! The one HTTP client of the project.
//!
//! Addresses to fetch come out of QR codes, links and documents that strangers wrote. So every request has a
//! limit on size and time, goes only where it may ([`Addresses`]), follows no redirect unless told to, sends
//! no cookie, no referrer and through no proxy, and decompresses nothing. Names are resolved once, the
//! addresses checked, and the connection made to what was checked: a name that changes its answer in between
//! (DNS rebinding) gains nothing.

mod address;
mod fetcher;
mod resolver;
mod system;

pub use address::Addresses;
pub use fetcher::{FetchError, Fetcher, Limits, Request, Response};
