//! Which addresses a program may talk to.

use crate::Console;
use absah_types::{HttpsUrl, UrlError};

/// Which addresses a program may talk to and be reached at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// https and public addresses.
    PublicOnly,
    /// Also http and addresses of this machine: development.
    DevLoopback,
}

impl Reach {
    /// Reads a URL as the reach allows.
    ///
    /// # Errors
    /// See [`UrlError`].
    pub fn url(self, text: &str) -> Result<HttpsUrl, UrlError> {
        match self {
            Self::PublicOnly => HttpsUrl::parse(text),
            Self::DevLoopback => HttpsUrl::parse_dev(text),
        }
    }

    /// Says at the start that the program runs in development mode; silent otherwise.
    pub fn announce(self, console: &mut Console) {
        if self == Self::DevLoopback {
            let text = console.text("host-dev-loopback");
            console.notice(&text);
        }
    }
}
