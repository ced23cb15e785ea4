//! `bundle publish`.

use std::path::{Path, PathBuf};

use absah_host::{Exit, Mode, write_folder};
use absah_types::{coded, hex};
use serde_json::json;

use super::{Desk, Outcome};
use crate::app::{BUNDLE_FOLDER, remember};
use crate::publish::publish;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Writes the next version of the trust bundle into a folder, and serves it from now on.
    Publish {
        /// The folder; a bundle in it is replaced in one step.
        dir: PathBuf,
    },
}

/// The folder is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolderError {
    /// It holds something else than a bundle.
    NotABundle,
}

impl core::fmt::Display for FolderError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("folder holds something else than a bundle")
    }
}

impl core::error::Error for FolderError {}

coded! { FolderError { NotABundle => ("bundle-folder-in-use", User) } }

pub(super) fn run(Command::Publish { dir }: &Command, desk: &mut Desk<'_>) -> Outcome {
    // The folder is replaced as a whole: never one that holds other people's files.
    let empty = std::fs::read_dir(dir).map_or(true, |mut entries| entries.next().is_none());
    if !empty && !dir.join("metadata/timestamp.json").is_file() {
        return Err(FolderError::NotABundle.into());
    }
    let told = desk.public_url(None)?;
    let keys = desk.keys()?;
    let own = desk.dir.join(BUNDLE_FOLDER);
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        if let Some(id) = told {
            remember(store, &id, keys.as_ref(), now, context.rng.as_mut()).await?;
        }
        let published = publish(store, keys.as_ref(), now).await?;
        write(dir, &published.files)?;
        write(&own, &published.files)?;
        let root = hex::encode(published.root_sha256);
        if context.console.json() {
            context.console.answer(&json!({ "version": published.version, "root_sha256": root }));
        } else {
            context.console.line(&format!("{} {root}", published.version));
        }
        Ok(Exit::Ok)
    })
}

fn write(dir: &Path, files: &absah_trust::Files) -> Result<(), absah_host::FolderError> {
    write_folder(dir, files, Mode::Public)
}
