//! Folders as maps from relative path to bytes, read within limits and replaced as a whole.

use crate::FileError;
use crate::files::{self, Mode};
use absah_types::coded;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Relative paths with `/`, and the bytes of each file.
pub type FileMap = BTreeMap<String, Vec<u8>>;

/// How much a folder may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FolderLimits {
    /// Files in it, at all depths.
    pub files: usize,
    /// Bytes of all files together.
    pub bytes: u64,
    /// Folders inside folders.
    pub depth: usize,
}

impl Default for FolderLimits {
    /// 4,096 files, 64 MiB, 8 levels.
    fn default() -> Self {
        Self { files: 4_096, bytes: 64 << 20, depth: 8 }
    }
}

/// A folder could not be read or written as a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderError {
    /// It holds more files, bytes or levels than allowed.
    TooLarge {
        /// The limits.
        limits: FolderLimits,
    },
    /// It holds a link, a device, or a name that is not UTF-8.
    NotPlain {
        /// What it is.
        path: PathBuf,
    },
    /// A name in the map is absolute, empty, or steps out of the folder.
    Name {
        /// The name.
        name: String,
    },
    /// The system refused.
    File(FileError),
}

impl std::fmt::Display for FolderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge { limits } => {
                write!(f, "folder of more than {} files or {} bytes", limits.files, limits.bytes)
            }
            Self::NotPlain { path } => write!(f, "{} is no plain file or folder", path.display()),
            Self::Name { name } => write!(f, "{name:?} is no name inside a folder"),
            Self::File(error) => error.fmt(f),
        }
    }
}
impl std::error::Error for FolderError {}
coded! { FolderError {
    TooLarge { .. } => ("folder-too-large", Peer),
    NotPlain { path } => ("folder-not-plain", Peer, path.display()),
    Name { .. } => ("folder-name", Peer),
    File(e) => inner(e),
} }

impl From<FileError> for FolderError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

/// All files of a folder. Hidden entries (a leading dot) are passed over; links are refused.
///
/// # Errors
/// See [`FolderError`].
pub fn read_folder(path: &Path, limits: FolderLimits) -> Result<FileMap, FolderError> {
    let mut walk = Walk { limits, left: limits.bytes, files: FileMap::new() };
    walk.folder(path, "", 0)?;
    Ok(walk.files)
}

struct Walk {
    limits: FolderLimits,
    left: u64,
    files: FileMap,
}

impl Walk {
    fn folder(&mut self, path: &Path, prefix: &str, depth: usize) -> Result<(), FolderError> {
        let too_large = FolderError::TooLarge { limits: self.limits };
        if depth > self.limits.depth {
            return Err(too_large);
        }
        for entry in fs::read_dir(path).map_err(|error| files::reading(path, &error))? {
            let entry = entry.map_err(|error| files::reading(path, &error))?;
            let here = entry.path();
            let Ok(name) = entry.file_name().into_string() else {
                return Err(FolderError::NotPlain { path: here });
            };
            if name.starts_with('.') {
                continue;
            }
            let kind = entry.file_type().map_err(|error| files::reading(&here, &error))?;
            let name = format!("{prefix}{name}");
            if kind.is_dir() {
                self.folder(&here, &format!("{name}/"), depth + 1)?;
            } else if kind.is_file() {
                if self.files.len() >= self.limits.files {
                    return Err(too_large);
                }
                let bytes = files::read_file(&here, self.left).map_err(|error| match error {
                    FileError::TooLarge { .. } => too_large.clone(),
                    other => other.into(),
                })?;
                self.left = self.left.saturating_sub(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
                self.files.insert(name, bytes);
            } else {
                return Err(FolderError::NotPlain { path: here });
            }
        }
        Ok(())
    }
}

/// Makes the folder hold exactly these files: written beside it, forced to disk, then exchanged in
/// one step, so that a reader finds the old folder or the new one.
///
/// (Where the file system cannot exchange, the old one is moved away first: for a moment there is
/// none, never a mixture.)
///
/// # Errors
/// See [`FolderError`]; the old folder stays.
pub fn write_folder(path: &Path, content: &FileMap, mode: Mode) -> Result<(), FolderError> {
    stage_folder(path, content, mode)?.put()
}

/// A folder written beside the one whose place it takes with [`StagedFolder::put`]. Dropped before that, it is removed.
#[derive(Debug)]
#[must_use = "nothing has changed yet"]
pub struct StagedFolder {
    path: PathBuf,
    beside: PathBuf,
}

/// The first half of [`write_folder`]: all that can fail for want of room, rights or a plain folder fails here, and what
/// was there is untouched.
///
/// # Errors
/// See [`FolderError`]; nothing is left beside the folder.
pub fn stage_folder(path: &Path, content: &FileMap, mode: Mode) -> Result<StagedFolder, FolderError> {
    for name in content.keys() {
        let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        if name.is_empty() || !inside || name.ends_with('/') {
            return Err(FolderError::Name { name: name.clone() });
        }
    }
    let staged = StagedFolder { path: path.to_owned(), beside: files::beside(path) };
    let written = replaceable(path)
        .and_then(|()| fill(&staged.beside, content, mode))
        .and_then(|()| same_device(&staged.beside, path));
    written.map_err(|error| files::writing(path, &error))?;
    Ok(staged)
}

impl StagedFolder {
    /// Takes the place of the folder, in one step.
    ///
    /// # Errors
    /// See [`FolderError`]; the old folder stays.
    pub fn put(self) -> Result<(), FolderError> {
        let put =
            exchange(&self.beside, &self.path).and_then(|()| files::sync_dir(files::parent(&self.path)));
        put.map_err(|error| files::writing(&self.path, &error))?;
        // Only now: where the exchange took two steps, what a dead process left may be the only old folder.
        remove_leftovers(&self.path);
        Ok(())
    }
}

impl Drop for StagedFolder {
    fn drop(&mut self) {
        // What is beside now is the old folder, or what was not put.
        let _ = fs::remove_dir_all(&self.beside);
    }
}

/// Whether there is nothing, or a folder: a link to one would be replaced itself.
fn replaceable(path: &Path) -> std::io::Result<()> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(there) if there.is_dir() => Ok(()),
        Ok(_) => Err(std::io::ErrorKind::NotADirectory.into()),
    }
}

/// The root of another file system, a stick, cannot be exchanged: only a folder on it.
fn same_device(beside: &Path, path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    match fs::symlink_metadata(path) {
        Ok(there) if there.dev() != fs::symlink_metadata(beside)?.dev() => {
            Err(std::io::ErrorKind::CrossesDevices.into())
        }
        _ => Ok(()),
    }
}

/// Folders that [`stage_folder`] of processes that are gone left beside a path when they were killed: each is the old
/// folder, or a new one that nobody has seen.
#[must_use]
pub fn left_beside(path: &Path) -> Vec<PathBuf> {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return Vec::new() };
    let entries = fs::read_dir(files::parent(path)).into_iter().flatten().flatten();
    let is_left = |entry: &fs::DirEntry| {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let writer = entry.file_name().to_str().and_then(|beside| files::writer_of(beside, name));
        is_folder && writer.is_some_and(is_gone)
    };
    entries.filter(is_left).map(|entry| entry.path()).collect()
}

/// Removes them. Whoever cannot writes all the same.
fn remove_leftovers(path: &Path) {
    for left in left_beside(path) {
        let _ = fs::remove_dir_all(left);
    }
}

/// Whether no process of this number runs; one of another user does.
fn is_gone(process: i32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    let gone = |process| test_kill_process(process) == Err(rustix::io::Errno::SRCH);
    Pid::from_raw(process).is_some_and(gone)
}

fn fill(root: &Path, content: &FileMap, mode: Mode) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    let bits = if mode == Mode::Private { 0o700 } else { 0o755 };
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true).mode(bits);
    builder.create(root)?;
    let mut folders = vec![root.to_owned()];
    for (name, bytes) in content {
        let file = root.join(name);
        let folder = files::parent(&file);
        if !folders.iter().any(|known| known == folder) {
            builder.create(folder)?;
            folders.push(folder.to_owned());
        }
        files::write_synced(&file, bytes, mode)?;
    }
    folders.iter().rev().try_for_each(|folder| files::sync_dir(folder))
}

/// Puts `new` in the place of `path`; what was there is at `new` afterwards.
fn exchange(new: &Path, path: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    replaceable(path)?;
    if fs::symlink_metadata(path).is_err() {
        return fs::rename(new, path);
    }
    match renameat_with(CWD, new, CWD, path, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {
            let away = files::beside(path);
            fs::rename(path, &away)?;
            fs::rename(new, path)?;
            fs::remove_dir_all(&away)
        }
        Err(error) => Err(error.into()),
    }
}
