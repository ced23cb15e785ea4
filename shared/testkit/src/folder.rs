//! Where tests keep files.

use std::path::{Path, PathBuf};

/// The folder in which tests make theirs: in memory where this machine has such a place, since programs that flush every
/// act to disk wait for the disk more than they work. Where there is none, the usual one.
#[must_use]
pub fn folder_in_memory() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let is_writable =
        std::fs::metadata(memory).is_ok_and(|found| found.is_dir() && !found.permissions().readonly());
    if is_writable { memory.to_owned() } else { std::env::temp_dir() }
}
