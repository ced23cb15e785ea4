//! Where the wallet's effects are done, once for the command line and the window: vault and keys ([`OpenVault`], [`DesktopKeys`]), the
//! network ([`fetch`]); and for the window its machine with a data directory under it ([`Shell`]), its screens in words
//! ([`View`]) and what a page may send ([`Pressed`]).
//!
//! Without the feature `native` only what a browser shares is here: screens, presses, and frames put together.

#[cfg(feature = "native")]
mod counts;
#[cfg(feature = "native")]
mod device;
#[cfg(feature = "native")]
mod effects;
#[cfg(feature = "native")]
mod network;
mod pressed;
#[cfg(feature = "native")]
mod recovery;
mod seen;
#[cfg(feature = "native")]
mod shell;
mod view;

#[cfg(feature = "native")]
pub use device::DesktopKeys;
#[cfg(feature = "native")]
pub use effects::{Done, OpenVault, url_rules};
#[cfg(feature = "native")]
pub use network::fetch;
pub use pressed::{Asking, Going, Pressed, Size, Telling, Tone};
#[cfg(feature = "native")]
pub use recovery::{Recovered, ResetError};
pub use seen::{Glance, Scan, Seen};
#[cfg(feature = "native")]
pub use shell::{Answer, Job, Shell, ShellError, Start};
pub use view::*;
