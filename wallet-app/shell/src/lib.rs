//! Where the wallet's effects are done, once for the command line and the window: vault and keys ([`OpenVault`], [`DesktopKeys`]), the
//! network ([`fetch`]); and for the window its machine with a data directory under it ([`Shell`]), its screens in words
//! ([`View`]) and what a page may send ([`Pressed`]).

mod device;
mod effects;
mod network;
mod pressed;
mod recovery;
mod shell;
mod view;

pub use device::DesktopKeys;
pub use effects::{Done, OpenVault, url_rules};
pub use network::fetch;
pub use pressed::{Asking, Going, Pressed, Size, Telling, Tone};
pub use recovery::{Recovered, ResetError};
pub use shell::{Answer, Job, Scan, Shell, ShellError, Start};
pub use view::*;
