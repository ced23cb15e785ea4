//! Why a bundle or a code did not travel.

use core::fmt;

use absah_fetch::FetchError;
use absah_host::{FileError, FolderError};
use absah_qr::frames::{FinishError, FrameError, SplitError};
use absah_qr::parcel::ParcelError;
use absah_qr::picture::PictureError;
use absah_qr::render::RenderError;
use absah_trust::{BundleError, tuf};
use absah_types::{UrlError, coded};

/// Why a bundle or a code did not travel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CarryError {
    /// A file.
    File(FileError),
    /// A folder.
    Folder(FolderError),
    /// A picture holds no QR code that can be read.
    Picture(PictureError),
    /// A code cannot be drawn.
    Render(RenderError),
    /// A text is no frame of ours, or damaged.
    Frame(FrameError),
    /// The frames do not make a message.
    Frames(FinishError),
    /// The bundle does not fit into the frames there can be.
    Split(SplitError),
    /// The message is something else than a bundle: a request, an answer.
    NotABundle,
    /// The message does not open.
    Parcel(ParcelError),
    /// A folder is named together with other sources.
    OneFolder,
    /// The folder to write to holds something else than a bundle.
    ForeignFolder,
    /// The address is none, or not allowed.
    Url(UrlError),
    /// The server did not answer as a server.
    Fetch(FetchError),
    /// The server does not have a file that the bundle names.
    Absent {
        /// The file's path.
        path: String,
        /// The HTTP status code.
        status: u16,
    },
    /// The documents of the bundle cannot be followed.
    Repository(tuf::Refusal),
    /// More bytes than a bundle may have.
    TooLarge,
    /// The folder, server or parcel holds no first root document, and none was taken over before.
    NoRoot,
    /// The root of the first bundle must be vouched for, and nobody did.
    RootUnconfirmed,
    /// The confirmation is no SHA-256 in hexadecimal.
    RootHash,
    /// No bundle was taken over yet.
    NoBundle,
    /// The bundle in use does not open.
    Bundle(BundleError),
}

impl fmt::Display for CarryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Folder(error) => error.fmt(f),
            Self::Picture(error) => error.fmt(f),
            Self::Render(error) => error.fmt(f),
            Self::Frame(error) => error.fmt(f),
            Self::Frames(error) => error.fmt(f),
            Self::Split(error) => error.fmt(f),
            Self::NotABundle => f.write_str("codes of something else than a bundle"),
            Self::Parcel(error) => error.fmt(f),
            Self::OneFolder => f.write_str("a folder stands alone"),
            Self::ForeignFolder => f.write_str("folder holds something else than a bundle"),
            Self::Url(error) => error.fmt(f),
            Self::Fetch(error) => error.fmt(f),
            Self::Absent { path, status } => write!(f, "server answers {status} for {path}"),
            Self::Repository(error) => error.fmt(f),
            Self::TooLarge => f.write_str("bundle too large"),
            Self::NoRoot => f.write_str("no metadata/1.root.json"),
            Self::RootUnconfirmed => f.write_str("root of the first bundle not confirmed"),
            Self::RootHash => f.write_str("root hash is not 64 hexadecimal digits"),
            Self::NoBundle => f.write_str("no bundle taken over yet"),
            Self::Bundle(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for CarryError {}

coded! { CarryError {
    File(error) => inner(error),
    Folder(error) => inner(error),
    Picture(error) => inner(error),
    Render(error) => inner(error),
    Frame(error) => inner(error),
    Frames(error) => inner(error),
    Split(error) => inner(error),
    NotABundle => ("bundle-frames-other-kind", Peer),
    Parcel(error) => inner(error),
    OneFolder => ("bundle-one-folder", User),
    ForeignFolder => ("bundle-folder-foreign", User),
    Url(error) => inner(error),
    Fetch(error) => inner(error),
    Absent { .. } => ("bundle-file-absent", Peer),
    Repository(error) => inner(error),
    TooLarge => ("bundle-source-too-large", Peer),
    NoRoot => ("bundle-folder-without-root", User),
    RootUnconfirmed => ("bundle-root-unconfirmed", User),
    RootHash => ("bundle-root-hash-malformed", User),
    NoBundle => ("bundle-none", User),
    Bundle(error) => inner(error),
} }

macro_rules! from {
    ($($error:ident => $variant:ident),* $(,)?) => {
        $(impl From<$error> for CarryError {
            fn from(error: $error) -> Self {
                Self::$variant(error)
            }
        })*
    };
}

from! {
    FileError => File,
    FolderError => Folder,
    PictureError => Picture,
    RenderError => Render,
    FrameError => Frame,
    FinishError => Frames,
    SplitError => Split,
    ParcelError => Parcel,
    UrlError => Url,
    FetchError => Fetch,
    BundleError => Bundle,
}
