//! A bundle into a folder, or into frames.

use std::path::{Path, PathBuf};

use absah_host::{Console, Exit, FolderError, FolderLimits, Mode, read_folder, write_folder};
use absah_qr::frames::{MAX_FRAMES, Repair, split_with};
use absah_qr::render::Ecc;
use absah_qr::{Kind, parcel};
use absah_trust::bundle::Files;
use absah_trust::tuf::{self, Role};
use serde_json::json;

use crate::args::Export;
use crate::{CarryError, pictures};

/// `bundle export`: writes what was asked for and says where it is.
///
/// # Errors
/// [`CarryError`].
pub fn run(
    files: &Files,
    bundle_version: u64,
    args: &Export,
    console: &mut Console,
) -> Result<Exit, CarryError> {
    if let Some(folder) = &args.folder {
        // A bundle taken over by an earlier version may hold files that no document names.
        to_folder(folder, &tuf::pruned(files).map_err(CarryError::Repository)?)?;
    }
    let mut frames = Vec::new();
    let mut written = Vec::new();
    if args.frames.is_some() || args.text.is_some() {
        frames = to_frames(files, args.whole, args.qr_version)?;
    }
    if let Some(out) = &args.frames {
        written = pictures::write_pictures(out, &frames)?;
    }
    if let Some(out) = &args.text {
        pictures::write_text(out, &frames)?;
    }
    say(bundle_version, args, frames.len(), &written, console);
    Ok(Exit::Ok)
}

fn say(bundle_version: u64, args: &Export, frames: usize, written: &[PathBuf], console: &mut Console) {
    if console.json() {
        console.answer(&json!({
            "bundle_version": bundle_version,
            "folder": args.folder,
            "frames": frames,
            "pictures": written,
            "text": args.text,
        }));
    } else {
        for path in args.folder.iter().chain(written).chain(&args.text) {
            console.line(&path.display().to_string());
        }
    }
}

/// Makes the folder hold exactly this bundle, in one step. A folder that holds anything else is left alone.
///
/// # Errors
/// [`CarryError`].
pub fn to_folder(path: &Path, files: &Files) -> Result<(), CarryError> {
    if path.exists() {
        let foreign = match read_folder(path, FolderLimits::default()) {
            Ok(there) => !there.is_empty() && !there.contains_key(&Role::Timestamp.path(0)),
            Err(FolderError::File(error)) => return Err(error.into()),
            Err(_) => true,
        };
        if foreign {
            return Err(CarryError::ForeignFolder);
        }
    }
    Ok(write_folder(path, files, Mode::Public)?)
}

/// The texts of the QR codes that carry the bundle, with one repair frame in eight: any that are as many as needed
/// suffice. Without `whole` they carry what changes with every publication.
///
/// # Errors
/// The bundle needs more than 255 codes of that version.
pub fn to_frames(files: &Files, whole: bool, qr_version: u8) -> Result<Vec<String>, CarryError> {
    let chosen = if whole { tuf::pruned(files) } else { tuf::renewing(files) };
    let message = parcel::wrap(&chosen.map_err(CarryError::Repository)?)?;
    let plain = split_with(Kind::Bundle, &message, qr_version, Ecc::L, Repair::None)?.len();
    let repair = u8::try_from(plain.div_ceil(8).min(MAX_FRAMES - plain)).unwrap_or(0);
    let frames = split_with(Kind::Bundle, &message, qr_version, Ecc::L, Repair::Frames(repair))?;
    Ok(frames.iter().map(absah_qr::Frame::text).collect())
}
