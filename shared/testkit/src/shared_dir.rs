//! The sample data beside the project.

use std::path::{Path, PathBuf};

/// The folder `../shared` beside the project, when it is there. Tests that need it print
/// `skipped: …` and return without it.
#[must_use]
pub fn shared_dir() -> Option<PathBuf> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.parent()?;
    let shared = project.parent()?.join("shared");
    shared.join("data").is_dir().then_some(shared)
}
