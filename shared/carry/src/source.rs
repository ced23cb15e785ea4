//! A bundle out of a folder, or out of frames.

use std::path::PathBuf;

use absah_host::{FolderLimits, read_folder};
use absah_qr::frames::{Assembler, Limits, MAX_FRAMES};
use absah_qr::{Kind, parcel};
use absah_trust::bundle::{Files, MAX_BUNDLE_BYTES};
use absah_trust::tuf;

use crate::{CarryError, pictures};

/// Most lines read from texts, so that a wrong file is refused quickly.
const MAX_LINES: usize = 16 * MAX_FRAMES;

/// The longest message that 255 of the largest QR codes carry, in bytes.
const MAX_MESSAGE: usize = 1 << 20;

/// Reads a bundle from one folder, or from pictures and texts of its frames in any order. What frames leave out is
/// taken from the bundle `held`.
///
/// # Errors
/// [`CarryError`].
pub fn read(source: &[PathBuf], held: Option<&Files>) -> Result<Files, CarryError> {
    match source {
        [folder] if folder.is_dir() => {
            let bytes = u64::try_from(MAX_BUNDLE_BYTES).unwrap_or(u64::MAX);
            let files = read_folder(folder, FolderLimits { bytes, ..FolderLimits::default() })?;
            // What no document names was signed by nobody, and travels no further.
            tuf::pruned(&files).map_err(CarryError::Repository)
        }
        files if files.iter().any(|file| file.is_dir()) => Err(CarryError::OneFolder),
        files => {
            let scanned = pictures::scan(files)?;
            match (scanned.texts.is_empty(), scanned.unreadable) {
                (true, Some(picture)) => Err(picture.into()),
                _ => from_frames(scanned.texts.iter().map(String::as_str), held),
            }
        }
    }
}

/// Puts frames together and fills up what they leave out from the bundle `held`.
///
/// # Errors
/// A frame that is none, frames that are missing, another message than a bundle's, or one that cannot be followed.
pub fn from_frames<'t>(
    texts: impl Iterator<Item = &'t str>,
    held: Option<&Files>,
) -> Result<Files, CarryError> {
    let mut assembler = Assembler::new(Limits { message: MAX_MESSAGE, messages: 4 });
    for text in texts.filter(|text| !text.trim().is_empty()).take(MAX_LINES) {
        assembler.push(text.trim())?;
    }
    let message = assembler.finish()?;
    if message.kind != Kind::Bundle {
        return Err(CarryError::NotABundle);
    }
    let brought = parcel::unwrap(&message.payload, MAX_BUNDLE_BYTES)?;
    let mut files = held.cloned().unwrap_or_default();
    files.extend(brought);
    tuf::pruned(&files).map_err(CarryError::Repository)
}
