//! What can end a command, beside the refusals of an answer (those are outcomes).

use core::fmt;

pub use absah_host::Failure;
use absah_types::coded;

/// What this shell itself finds wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerifierError {
    /// `init` was not run in this data directory.
    NotInitialised,
    /// The key file is damaged or sealed with another passphrase.
    KeyFile,
    /// `services.toml` is no TOML of its kind.
    ServicesFile,
    /// There is no such session.
    UnknownSession,
    /// The request was handed to one wallet: no other gets it.
    RequestTaken,
    /// No code of this session and this page, or used before: not said which.
    ResponseCode,
    /// The session waits for its answer.
    SessionOpen,
    /// What was answered to the session waits for the officer at the page.
    SessionWaiting,
    /// Nobody says where wallets reach `serve`.
    NoPublicUrl,
    /// The address cannot be listened on.
    Listen,
    /// The page would be reachable from other machines.
    PageNotLocal,
    /// Nothing serves a page here.
    PageNotServed,
    /// Another program serves this counter's page already.
    Served,
    /// A call of the page without the key of this start.
    PageKey,
    /// A call of the page from somewhere else than the page.
    PageForeign,
    /// Nobody says where fresh data comes from.
    NoBundleUrl,
    /// The first data of a counter is taken over at the command line, where somebody vouches for its root.
    FirstBundle,
    /// A file of the chosen folder cannot be read.
    FolderFile,
}

impl fmt::Display for VerifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotInitialised => "no counter in this data directory",
            Self::KeyFile => "key file does not open",
            Self::ServicesFile => "services.toml cannot be read",
            Self::UnknownSession => "no such session",
            Self::RequestTaken => "request was handed to another wallet",
            Self::ResponseCode => "no response code of this session and page",
            Self::SessionOpen => "session waits for its answer",
            Self::SessionWaiting => "session waits for the officer at the page",
            Self::NoPublicUrl => "no public url, and nothing serves",
            Self::Listen => "cannot listen on the address",
            Self::PageNotLocal => "the page is for this machine only",
            Self::PageNotServed => "no page is being served",
            Self::Served => "the page is being served already",
            Self::PageKey => "the page's key is missing or of an earlier start",
            Self::PageForeign => "the call does not come from the page",
            Self::NoBundleUrl => "no bundle_url",
            Self::FirstBundle => "no bundle was taken over yet",
            Self::FolderFile => "file of the folder cannot be read",
        })
    }
}

impl core::error::Error for VerifierError {}

coded! { VerifierError {
    NotInitialised => ("counter-not-initialised", Environment),
    KeyFile => ("counter-key-file", Environment),
    ServicesFile => ("services-file-unreadable", Environment),
    UnknownSession => ("session-unknown", User),
    RequestTaken => ("request-taken", Peer),
    ResponseCode => ("response-code", Peer),
    SessionOpen => ("session-open", User),
    SessionWaiting => ("session-waiting", User),
    NoPublicUrl => ("counter-public-url-unknown", Environment),
    Listen => ("counter-listen", Environment),
    PageNotLocal => ("counter-page-not-local", User),
    PageNotServed => ("counter-page-not-served", User),
    Served => ("counter-already-served", Environment),
    PageKey => ("counter-page-key", User),
    PageForeign => ("counter-page-foreign", Peer),
    NoBundleUrl => ("counter-bundle-url-unknown", Environment),
    FirstBundle => ("counter-first-bundle", Environment),
    FolderFile => ("counter-folder-file", User),
} }
