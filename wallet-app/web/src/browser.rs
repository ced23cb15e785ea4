//! What a browser can refuse.

use std::fmt;

use absah_types::coded;
use absah_wallet_core::window::Failure;
use serde::Deserialize;
use ts_rs::TS;

/// Why the browser did not do what the wallet needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "wire.ts")]
pub enum BrowserError {
    /// It keeps nothing for this page: a private window, or storage switched off.
    NoStorage,
    /// No room left.
    Full,
    /// Storage failed otherwise.
    Storage,
    /// The wallet is open in another tab.
    OtherTab,
    /// There was a wallet here, and the browser has deleted it.
    Evicted,
    /// The vault is there, and the keys of the page's origin are not.
    KeyGone,
    /// What came from the browser cannot be read: a version that does not do what it says.
    Unreadable,
    /// No QR code in the pictures.
    NoCode,
    /// The list of who may issue and ask is not where it should be, or not whole.
    ListAbsent,
}

impl fmt::Display for BrowserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoStorage => "the browser keeps nothing for this page",
            Self::Full => "the browser has no room left",
            Self::Storage => "the browser's storage failed",
            Self::OtherTab => "the wallet is open in another tab",
            Self::Evicted => "the browser has deleted the wallet",
            Self::KeyGone => "the browser has deleted keys",
            Self::Unreadable => "unreadable answer of the browser",
            Self::NoCode => "no QR code in the pictures",
            Self::ListAbsent => "the list is not where it should be",
        })
    }
}

impl std::error::Error for BrowserError {}

coded! { BrowserError {
    NoStorage => ("browser-no-storage", Environment),
    Full => ("browser-full", Environment),
    Storage => ("browser-storage", Environment),
    OtherTab => ("browser-other-tab", User),
    Evicted => ("browser-evicted", Environment),
    KeyGone => ("browser-key-gone", Environment),
    Unreadable => ("browser-unreadable", Environment),
    NoCode => ("browser-no-code", User),
    ListAbsent => ("browser-list-absent", Peer),
} }

impl Failure for BrowserError {
    fn is_lost(&self) -> bool {
        match self {
            Self::Evicted | Self::KeyGone | Self::Unreadable => true,
            Self::NoStorage
            | Self::Full
            | Self::Storage
            | Self::OtherTab
            | Self::NoCode
            | Self::ListAbsent => false,
        }
    }
}
