//! Files in, files out: pictures of QR codes and texts of frames.

use std::path::{Path, PathBuf};

use absah_host::{FileError, Mode, read_file, write_atomic};
use absah_qr::picture::PictureError;
use absah_qr::render::{Ecc, Scale, Symbol};

use crate::CarryError;

/// Largest picture or text file read, in bytes.
const MAX_FILE: u64 = 24 << 20;

/// What files gave: the texts, and the first picture that gave none.
#[derive(Debug, Default)]
pub struct Scanned {
    /// The texts, in the order of the files.
    pub texts: Vec<String>,
    /// Why the first picture that gave no text gave none.
    pub unreadable: Option<PictureError>,
}

/// Reads pictures (PNG, JPEG) and text files, one frame per line. What is no text is taken for a picture.
///
/// # Errors
/// A file that cannot be read.
pub fn scan<P: AsRef<Path>>(files: &[P]) -> Result<Scanned, FileError> {
    let mut scanned = Scanned::default();
    for file in files {
        match String::from_utf8(read_file(file.as_ref(), MAX_FILE)?) {
            Ok(text) => scanned.texts.extend(text.lines().map(str::to_owned)),
            Err(error) => match absah_qr::read::texts(error.as_bytes()) {
                Ok(texts) => scanned.texts.extend(texts),
                Err(error) => {
                    scanned.unreadable.get_or_insert(error);
                }
            },
        }
    }
    Ok(scanned)
}

/// Draws one picture for each frame: `NAME.png` for one, `NAME-01.png` and so on for several.
///
/// # Errors
/// A text that fits into no QR code, or a file that cannot be written.
pub fn write_pictures(out: &Path, frames: &[String]) -> Result<Vec<PathBuf>, CarryError> {
    let mut written = Vec::with_capacity(frames.len());
    for (place, frame) in frames.iter().enumerate() {
        let path = if frames.len() == 1 { out.to_owned() } else { numbered(out, place + 1) };
        let png = Symbol::encode(frame, Ecc::L)?.png(Scale::default())?;
        write_atomic(&path, &png, Mode::Private)?;
        written.push(path);
    }
    Ok(written)
}

/// Writes exactly what the QR codes carry, one line each.
///
/// # Errors
/// A file that cannot be written.
pub fn write_text(out: &Path, frames: &[String]) -> Result<(), FileError> {
    let text: String = frames.iter().flat_map(|frame| [frame.as_str(), "\n"]).collect();
    write_atomic(out, text.as_bytes(), Mode::Private)
}

fn numbered(out: &Path, number: usize) -> PathBuf {
    let stem = out.file_stem().unwrap_or_default().to_string_lossy();
    let ending = out.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    out.with_file_name(format!("{stem}-{number:02}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_frames_have_numbered_pictures() {
        assert_eq!(numbered(Path::new("/a/req.png"), 1), Path::new("/a/req-01.png"));
        assert_eq!(numbered(Path::new("req"), 12), Path::new("req-12"));
    }

    #[test]
    fn what_is_drawn_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let frames = ["ABSAH1A:HELLO".to_owned(), "ABSAH1A:WORLD".to_owned()];
        let pictures = write_pictures(&folder.path().join("a.png"), &frames).unwrap();
        assert_eq!(scan(&pictures).unwrap().texts, frames);
        let text = folder.path().join("a.txt");
        write_text(&text, &frames).unwrap();
        assert_eq!(scan(&[text]).unwrap().texts, frames);
        let noise = folder.path().join("noise.png");
        std::fs::write(&noise, [0xff, 0xd8, 0xff, 0]).unwrap();
        let scanned = scan(&[noise, pictures[0].clone()]).unwrap();
        assert_eq!(scanned.texts, frames[..1], "one picture is enough");
        assert!(scanned.unreadable.is_some());
        assert!(scan(&[folder.path().join("none.png")]).is_err());
    }
}
