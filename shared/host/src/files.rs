//! Files that are there whole or not at all.

use absah_types::coded;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Who may read a file that we write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The owner only: 0600.
    Private,
    /// Everybody, as far as the umask allows: 0644.
    Public,
}

impl Mode {
    const fn bits(self) -> u32 {
        match self {
            Self::Private => 0o600,
            Self::Public => 0o644,
        }
    }
}

/// A file or folder could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// There is no such file.
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// It is larger than allowed.
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Bytes allowed.
        limit: u64,
    },
    /// It should be text, and is not UTF-8.
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// The system refused to read.
    Read {
        /// The file.
        path: PathBuf,
        /// What it said.
        kind: std::io::ErrorKind,
    },
    /// The system refused to write.
    Write {
        /// The file.
        path: PathBuf,
        /// What it said.
        kind: std::io::ErrorKind,
    },
}

impl std::fmt::Display for FileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing { path } => write!(f, "no file {}", path.display()),
            Self::TooLarge { path, limit } => write!(f, "{} is larger than {limit} bytes", path.display()),
            Self::NotText { path } => write!(f, "{} is not UTF-8 text", path.display()),
            Self::Read { path, kind } => write!(f, "cannot read {}: {kind}", path.display()),
            Self::Write { path, kind } => write!(f, "cannot write {}: {kind}", path.display()),
        }
    }
}
impl std::error::Error for FileError {}
coded! { FileError {
    Missing { path } => ("file-missing", Environment, path.display()),
    TooLarge { path, .. } => ("file-too-large", Peer, path.display()),
    NotText { path } => ("file-not-text", Peer, path.display()),
    Read { path, .. } => ("file-unreadable", Environment, path.display()),
    Write { path, .. } => ("file-unwritable", Environment, path.display()),
} }

pub(crate) fn reading(path: &Path, error: &std::io::Error) -> FileError {
    match error.kind() {
        std::io::ErrorKind::NotFound => FileError::Missing { path: path.to_owned() },
        kind => FileError::Read { path: path.to_owned(), kind },
    }
}

pub(crate) fn writing(path: &Path, error: &std::io::Error) -> FileError {
    FileError::Write { path: path.to_owned(), kind: error.kind() }
}

/// The bytes of a file of at most `limit` bytes.
///
/// # Errors
/// See [`FileError`].
pub fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let file = File::open(path).map_err(|error| reading(path, &error))?;
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| reading(path, &error))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        return Err(FileError::TooLarge { path: path.to_owned(), limit });
    }
    Ok(bytes)
}

/// The text of a file of at most `limit` bytes.
///
/// # Errors
/// See [`FileError`].
pub fn read_text(path: &Path, limit: u64) -> Result<String, FileError> {
    let bytes = read_file(path, limit)?;
    String::from_utf8(bytes).map_err(|_| FileError::NotText { path: path.to_owned() })
}

/// Writes a file so that a reader, or a machine that lost power, sees the old content or the new,
/// never a part: temporary file beside it, fsync, rename, fsync of the folder.
///
/// # Errors
/// [`FileError::Write`]; the old content stays.
pub fn write_atomic(path: &Path, bytes: &[u8], mode: Mode) -> Result<(), FileError> {
    let beside = beside(path);
    let written = write_synced(&beside, bytes, mode)
        .and_then(|()| fs::rename(&beside, path))
        .and_then(|()| sync_dir(parent(path)));
    written.map_err(|error| {
        // The error counts, not whether its leftovers could be removed.
        let _ = fs::remove_file(&beside);
        writing(path, &error)
    })
}

/// Writes a file that must not exist yet, whole and forced to disk before its name appears.
///
/// # Errors
/// [`FileError::Write`] with `AlreadyExists` when it exists.
pub fn write_new(path: &Path, bytes: &[u8], mode: Mode) -> Result<(), FileError> {
    let beside = beside(path);
    let written = write_synced(&beside, bytes, mode).and_then(|()| fs::hard_link(&beside, path));
    // Both names point at the same file, or the write failed: the temporary one goes either way.
    let _ = fs::remove_file(&beside);
    written.and_then(|()| sync_dir(parent(path))).map_err(|error| writing(path, &error))
}

/// Makes a file the owner's alone (0600) before a library opens it, and whatever of the same name the library keeps
/// beside it (`suffixes`). An absent file is made empty; absent ones beside it stay absent.
///
/// # Errors
/// [`FileError::Write`].
pub fn keep_private(path: &Path, suffixes: &[&str]) -> Result<(), FileError> {
    let bits = Mode::Private.bits();
    OpenOptions::new()
        .create(true)
        .append(true)
        .mode(bits)
        .open(path)
        .map_err(|error| writing(path, &error))?;
    let beside = suffixes.iter().map(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    });
    for file in core::iter::once(path.to_owned()).chain(beside) {
        match fs::set_permissions(&file, fs::Permissions::from_mode(bits)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(writing(&file, &error)),
            _ => {}
        }
    }
    Ok(())
}

/// Whether [`write_atomic`] could write there now; nothing is left behind.
///
/// # Errors
/// [`FileError::Write`], also where a folder stands.
pub fn check_writable(path: &Path) -> Result<(), FileError> {
    if path.is_dir() || path.file_name().is_none() {
        return Err(FileError::Write { path: path.to_owned(), kind: std::io::ErrorKind::IsADirectory });
    }
    let beside = beside(path);
    let tried = write_synced(&beside, b"", Mode::Private).and_then(|()| fs::remove_file(&beside));
    tried.map_err(|error| writing(path, &error))
}

/// Writes a new file and forces it to disk.
pub(crate) fn write_synced(path: &Path, bytes: &[u8], mode: Mode) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode.bits()).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Forces the names in a folder to disk.
pub(crate) fn sync_dir(path: &Path) -> std::io::Result<()> {
    File::open(path)?.sync_all()
}

/// The folder a path stands in.
pub(crate) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// A name beside a path that nobody else uses: hidden, with the process and a counter in it.
pub(crate) fn beside(path: &Path) -> PathBuf {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    parent(path).join(format!(".{name}.{}-{count}.tmp", std::process::id()))
}

/// The process that made a name [`beside`] another; nothing for names of any other form.
pub(crate) fn writer_of(beside: &str, name: &str) -> Option<i32> {
    let rest = beside.strip_prefix('.')?.strip_prefix(name)?.strip_prefix('.')?;
    let (process, count) = rest.strip_suffix(".tmp")?.split_once('-')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let process: i32 = process.parse().ok().filter(|_| digits(process) && digits(count))?;
    (process > 0).then_some(process)
}

/// Makes a folder for the owner only (0700), and those above it.
///
/// # Errors
/// [`FileError::Write`].
pub fn create_private_dir(path: &Path) -> Result<(), FileError> {
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|error| writing(path, &error))
}
