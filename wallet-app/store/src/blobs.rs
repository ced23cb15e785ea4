//! Where bytes are kept: a small port, so that a browser or a phone can bring its own storage.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use absah_types::coded;

/// Why storage did not do what it was asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// Not allowed.
    Denied,
    /// No room left.
    Full,
    /// Anything else the device reported.
    Device,
}

impl std::fmt::Display for StorageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Denied => "storage is not ours to write",
            Self::Full => "storage is full",
            Self::Device => "storage failed",
        })
    }
}

impl std::error::Error for StorageError {}

coded! { StorageError {
    Denied => ("vault-denied", Environment),
    Full => ("vault-full", Environment),
    Device => ("vault-storage", Environment),
} }

/// Named byte strings, each replaced as a whole. Names are lower-case letters, digits, `-` and `.`.
pub trait Blobs {
    /// The bytes under `name`; `None` when there are none.
    ///
    /// # Errors
    /// What the storage reported.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError>;

    /// Puts `bytes` under `name`, durably and all at once: a reader, also one after a power cut, sees the old
    /// bytes or the new ones, never a mixture.
    ///
    /// # Errors
    /// What the storage reported; the old bytes are still there then.
    fn replace(&mut self, name: &str, bytes: &[u8]) -> Result<(), StorageError>;

    /// Forgets what is under `name`, if anything.
    ///
    /// # Errors
    /// What the storage reported.
    fn remove(&mut self, name: &str) -> Result<(), StorageError>;

    /// All names.
    ///
    /// # Errors
    /// What the storage reported.
    fn names(&self) -> Result<Vec<String>, StorageError>;
}

impl From<io::Error> for StorageError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::Denied,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Device,
        }
    }
}

/// Files in one folder.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

/// Ending of a file that is being written; whatever carries it is left over from an interrupted write.
const UNFINISHED: &str = ".unfinished";

impl Folder {
    /// Uses an existing folder.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }
}

impl Blobs for Folder {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        match fs::read(self.path.join(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn replace(&mut self, name: &str, bytes: &[u8]) -> Result<(), StorageError> {
        let unfinished = self.path.join(format!("{name}{UNFINISHED}"));
        let written =
            write_durably(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, self.path.join(name)));
        if let Err(error) = written {
            // Best effort: what could not be written is of no use; the error that counts is the first one.
            let _ = fs::remove_file(&unfinished);
            return Err(error.into());
        }
        // The rename itself is durable only once the folder is.
        Ok(sync_folder(&self.path)?)
    }

    fn remove(&mut self, name: &str) -> Result<(), StorageError> {
        match fs::remove_file(self.path.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn names(&self) -> Result<Vec<String>, StorageError> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            if let Ok(name) = entry?.file_name().into_string()
                && !name.ends_with(UNFINISHED)
            {
                names.push(name);
            }
        }
        Ok(names)
    }
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file: File = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Bytes in memory: for tests, and the model for storage that is not a folder.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    blobs: BTreeMap<String, Vec<u8>>,
}

impl Blobs for Memory {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        Ok(self.blobs.get(name).cloned())
    }

    fn replace(&mut self, name: &str, bytes: &[u8]) -> Result<(), StorageError> {
        self.blobs.insert(name.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn remove(&mut self, name: &str) -> Result<(), StorageError> {
        self.blobs.remove(name);
        Ok(())
    }

    fn names(&self) -> Result<Vec<String>, StorageError> {
        Ok(self.blobs.keys().cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behaves(blobs: &mut dyn Blobs) {
        assert_eq!(blobs.read("vault").unwrap(), None);
        blobs.replace("vault", b"one").unwrap();
        blobs.replace("vault", b"two").unwrap();
        blobs.replace("bundle-00", b"").unwrap();
        assert_eq!(blobs.read("vault").unwrap().as_deref(), Some(&b"two"[..]));
        let mut names = blobs.names().unwrap();
        names.sort();
        assert_eq!(names, ["bundle-00", "vault"]);
        blobs.remove("vault").unwrap();
        blobs.remove("vault").unwrap();
        assert_eq!(blobs.read("vault").unwrap(), None);
    }

    #[test]
    fn memory_and_folder_behave_alike() {
        behaves(&mut Memory::default());
        let folder = tempfile::tempdir().unwrap();
        behaves(&mut Folder::new(folder.path()));
    }

    #[test]
    fn a_write_that_was_interrupted_leaves_the_old_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let mut blobs = Folder::new(folder.path());
        blobs.replace("vault", b"old").unwrap();
        // Killed before the rename: only the unfinished file is new.
        fs::write(folder.path().join("vault.unfinished"), b"ne").unwrap();
        assert_eq!(blobs.read("vault").unwrap().as_deref(), Some(&b"old"[..]));
        assert_eq!(blobs.names().unwrap(), ["vault"]);
        blobs.replace("vault", b"new").unwrap();
        assert_eq!(blobs.read("vault").unwrap().as_deref(), Some(&b"new"[..]));
    }

    #[cfg(unix)]
    #[test]
    fn files_are_for_their_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        Folder::new(folder.path()).replace("vault", b"x").unwrap();
        let mode = fs::metadata(folder.path().join("vault")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
