//! The passphrase that seals a program's keys.

use crate::files::{self, FileError, Mode};
use crate::{Console, DataDir, Profile, Settings, create_private_dir, read_text};
use absah_types::{Rng, Secret, array, base64url, coded};
use std::path::Path;

/// There is no passphrase to seal keys with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassphraseError {
    /// `profile = "production"` without `ABSAH_KEY_PASSPHRASE_FILE`.
    Required,
    /// The file holds nothing.
    Empty,
    /// The system refused.
    File(FileError),
}

impl std::fmt::Display for PassphraseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Required => f.write_str("production without ABSAH_KEY_PASSPHRASE_FILE"),
            Self::Empty => f.write_str("the passphrase file is empty"),
            Self::File(error) => error.fmt(f),
        }
    }
}
impl std::error::Error for PassphraseError {}
coded! { PassphraseError {
    Required => ("key-passphrase-required", Environment),
    Empty => ("key-passphrase-empty", Environment),
    File(e) => inner(e),
} }

impl From<FileError> for PassphraseError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

/// The passphrase in the file `ABSAH_KEY_PASSPHRASE_FILE` names; without it, in development, a
/// random one in `<data-dir>/keys/passphrase` (0600), and the words `development key protection` on
/// standard error at every start.
///
/// # Errors
/// See [`PassphraseError`].
pub fn key_passphrase(
    dir: &DataDir,
    settings: &Settings,
    rng: &mut dyn Rng,
    console: &mut Console,
) -> Result<Secret<String>, PassphraseError> {
    if let Some(path) = settings.env().get("ABSAH_KEY_PASSPHRASE_FILE") {
        return read(Path::new(path));
    }
    if settings.profile() == Profile::Production {
        return Err(PassphraseError::Required);
    }
    let path = dir.join("keys/passphrase");
    let passphrase = match read(&path) {
        Err(PassphraseError::File(FileError::Missing { .. })) => {
            create_private_dir(&dir.join("keys"))?;
            let fresh = Secret::new(base64url::encode(array::<32>(rng)));
            match files::write_new(&path, fresh.expose().as_bytes(), Mode::Private) {
                Ok(()) => fresh,
                // Another process of ours was faster: its passphrase counts.
                Err(FileError::Write { kind: std::io::ErrorKind::AlreadyExists, .. }) => read(&path)?,
                Err(error) => return Err(error.into()),
            }
        }
        other => other?,
    };
    let text = console.text("host-development-key-protection");
    console.notice_once(&format!("development key protection: {text}"));
    Ok(passphrase)
}

/// The first line of the file.
fn read(path: &Path) -> Result<Secret<String>, PassphraseError> {
    let text = Secret::new(read_text(path, 4_096)?);
    let line = text.expose().lines().next().unwrap_or_default();
    if line.is_empty() { Err(PassphraseError::Empty) } else { Ok(Secret::new(line.to_owned())) }
}
