//! The directory a program keeps its data in.

use crate::files::{self, FileError, Mode};
use crate::{Env, create_private_dir, read_text, write_atomic};
use absah_types::coded;
use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// The version of the directory's layout that this build writes.
pub const DATA_VERSION: u32 = 1;

/// Between two tries for the lock.
const PAUSE: Duration = Duration::from_millis(50);

/// A program's own directory: 0700, with a `VERSION` file `absah-<program> <number>`.
#[derive(Debug, Clone)]
pub struct DataDir {
    path: PathBuf,
    fresh: bool,
    version: u32,
}

/// Held while writing; let go when dropped, or when the process ends in any way.
#[derive(Debug)]
pub struct WriterLock(#[expect(dead_code, reason = "the lock lives as long as the file is open")] File);

/// The data directory cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataDirError {
    /// No `--data-dir`, and neither `XDG_DATA_HOME` nor `HOME` says where.
    NoHome,
    /// It belongs to another program, or holds other things than a program's data.
    Foreign {
        /// The directory.
        path: PathBuf,
    },
    /// A later version of the program wrote it.
    Newer {
        /// The version found.
        found: u32,
    },
    /// Another process is writing.
    Busy,
    /// Everybody on this machine may write into it.
    OpenToOthers {
        /// The directory.
        path: PathBuf,
    },
    /// The system refused.
    File(FileError),
}

impl std::fmt::Display for DataDirError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoHome => f.write_str("no home directory and no --data-dir"),
            Self::Foreign { path } => write!(f, "{} belongs to something else", path.display()),
            Self::Newer { found } => write!(f, "data of layout {found}, this build knows {DATA_VERSION}"),
            Self::Busy => f.write_str("another process is writing"),
            Self::OpenToOthers { path } => write!(f, "everybody may write into {}", path.display()),
            Self::File(error) => error.fmt(f),
        }
    }
}
impl std::error::Error for DataDirError {}
coded! { DataDirError {
    NoHome => ("data-dir-no-home", Environment),
    Foreign { path } => ("data-dir-foreign", Environment, path.display()),
    Newer { .. } => ("data-dir-newer", Environment),
    Busy => ("data-dir-busy", Environment),
    OpenToOthers { path } => ("data-dir-open-to-others", Environment, path.display()),
    File(e) => inner(e),
} }

impl From<FileError> for DataDirError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl DataDir {
    /// Opens the directory of a program (`issuer`, `wallet`, `verifier`), making it when absent: the
    /// flag's, else `ABSAH_DATA_DIR`, else `$XDG_DATA_HOME/absah/<program>`, else
    /// `$HOME/.local/share/absah/<program>`.
    ///
    /// # Errors
    /// See [`DataDirError`].
    pub fn open(program: &str, flag: Option<&Path>, env: &Env) -> Result<Self, DataDirError> {
        let path = match flag {
            Some(path) => path.to_owned(),
            None => default_path(program, env).ok_or(DataDirError::NoHome)?,
        };
        create_private_dir(&path)?;
        let file = path.join("VERSION");
        let text = match read_text(&file, 256) {
            Ok(text) => text,
            Err(FileError::Missing { .. }) => return Self::begin(program, path),
            Err(error) => return Err(error.into()),
        };
        let foreign = || DataDirError::Foreign { path: path.clone() };
        let (owner, version) = text.trim_end().split_once(' ').ok_or_else(foreign)?;
        let version: u32 = version.parse().map_err(|_| foreign())?;
        if owner != format!("absah-{program}") {
            return Err(foreign());
        }
        if version > DATA_VERSION {
            return Err(DataDirError::Newer { found: version });
        }
        Ok(Self { path, fresh: false, version })
    }

    /// A directory without VERSION becomes ours only when nothing is in it but what people put there
    /// beforehand: a configuration file, a passphrase.
    fn begin(program: &str, path: PathBuf) -> Result<Self, DataDirError> {
        for entry in std::fs::read_dir(&path).map_err(|error| files::reading(&path, &error))? {
            let name = entry.map_err(|error| files::reading(&path, &error))?.file_name();
            let name = name.to_string_lossy();
            let expected = ["config.toml", "keys", "writer.lock", "VERSION"].contains(&name.as_ref());
            if !expected && !name.starts_with('.') {
                return Err(DataDirError::Foreign { path });
            }
        }
        let private = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(&path, private).map_err(|error| files::writing(&path, &error))?;
        let text = format!("absah-{program} {DATA_VERSION}\n");
        write_atomic(&path.join("VERSION"), text.as_bytes(), Mode::Private)?;
        Ok(Self { path, fresh: true, version: DATA_VERSION })
    }

    /// Refuses a directory into which others can put what they like, and closes one that they could look into.
    ///
    /// # Errors
    /// [`DataDirError::OpenToOthers`].
    pub fn keep_private(&self) -> Result<(), DataDirError> {
        let found = std::fs::metadata(&self.path).map_err(|error| files::reading(&self.path, &error))?;
        let mode = found.permissions().mode();
        if mode & 0o002 != 0 {
            return Err(DataDirError::OpenToOthers { path: self.path.clone() });
        }
        if mode & 0o077 != 0 {
            // A file system that knows no modes has nothing to close.
            let _ = std::fs::set_permissions(&self.path, std::fs::Permissions::from_mode(0o700));
        }
        Ok(())
    }

    /// The directory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A file or folder in it.
    #[must_use]
    pub fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Whether this call made it.
    #[must_use]
    pub const fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// The version of the layout found in it: at most [`DATA_VERSION`].
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// Waits until no other process writes, then keeps others out.
    ///
    /// # Errors
    /// When the lock file cannot be opened.
    pub fn lock(&self) -> Result<WriterLock, DataDirError> {
        let (path, file) = self.lock_file()?;
        file.lock().map_err(|error| files::writing(&path, &error))?;
        Ok(WriterLock(file))
    }

    /// As [`DataDir::lock`], for at most so long: a person at a terminal is told that another program is at work.
    ///
    /// # Errors
    /// [`DataDirError::Busy`] when another process still writes then.
    pub fn lock_within(&self, patience: Duration) -> Result<WriterLock, DataDirError> {
        let mut left = patience;
        loop {
            match self.try_lock() {
                Err(DataDirError::Busy) if !left.is_zero() => {
                    thread::sleep(PAUSE);
                    left = left.saturating_sub(PAUSE);
                }
                done => return done,
            }
        }
    }

    /// As [`DataDir::lock`], without waiting.
    ///
    /// # Errors
    /// [`DataDirError::Busy`] when another process writes.
    pub fn try_lock(&self) -> Result<WriterLock, DataDirError> {
        let (path, file) = self.lock_file()?;
        match file.try_lock() {
            Ok(()) => Ok(WriterLock(file)),
            Err(TryLockError::WouldBlock) => Err(DataDirError::Busy),
            Err(TryLockError::Error(error)) => Err(files::writing(&path, &error).into()),
        }
    }

    fn lock_file(&self) -> Result<(PathBuf, File), DataDirError> {
        let path = self.join("writer.lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(|error| files::writing(&path, &error))?;
        Ok((path, file))
    }
}

fn default_path(program: &str, env: &Env) -> Option<PathBuf> {
    if let Some(path) = env.get("ABSAH_DATA_DIR") {
        return Some(PathBuf::from(path));
    }
    // XDG Base Directory Specification: "All paths set in these environment variables must be
    // absolute. If an implementation encounters a relative path … it should … ignore it."
    let absolute = |key| env.get(key).map(PathBuf::from).filter(|path| path.is_absolute());
    let data = absolute("XDG_DATA_HOME").or_else(|| Some(absolute("HOME")?.join(".local/share")))?;
    Some(data.join("absah").join(program))
}
