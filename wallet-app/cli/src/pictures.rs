//! Requests out of files, answers into files.

use std::path::{Path, PathBuf};

use absah_host::{FileError, Mode, read_file, write_atomic};
use absah_qr::render::{Ecc, Scale, Symbol};

use crate::error::WalletError;

/// Largest picture or text file of a request, in bytes.
const MAX_FILE: u64 = 16 << 20;

/// The texts of a request: from pictures, text files, or the argument itself.
pub(crate) fn read_request(arguments: &[String]) -> Result<Vec<String>, WalletError> {
    let mut texts = Vec::new();
    for argument in arguments {
        match read_file(Path::new(argument), MAX_FILE) {
            Ok(bytes) => texts.extend(texts_of(bytes)?),
            // Too long for a file name, or with a character that none has: it is the text itself.
            Err(FileError::Missing { .. } | FileError::Read { .. }) if is_text(argument) => {
                texts.push(argument.clone())
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(texts)
}

/// Whether an argument is plainly no file name: the text of one of our frames, or a link.
fn is_text(argument: &str) -> bool {
    argument.starts_with(absah_qr::frames::PREFIX) || argument.contains("://")
}

fn texts_of(bytes: Vec<u8>) -> Result<Vec<String>, WalletError> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
        Err(error) => Ok(absah_qr::read::texts(error.as_bytes())?),
    }
}

/// Draws one picture for each frame: `NAME.png` for one, `NAME-01.png` and so on for several.
pub(crate) fn write_pictures(out: &Path, frames: &[String]) -> Result<Vec<PathBuf>, WalletError> {
    let mut written = Vec::new();
    for (place, frame) in frames.iter().enumerate() {
        let path = if frames.len() == 1 { out.to_owned() } else { numbered(out, place + 1) };
        let png = Symbol::encode(frame, Ecc::L)?.png(Scale::default())?;
        write_atomic(&path, &png, Mode::Private)?;
        written.push(path);
    }
    Ok(written)
}

/// Writes exactly what the QR codes carry, one line for each.
pub(crate) fn write_text(out: &Path, frames: &[String]) -> Result<(), WalletError> {
    let text: String = frames.iter().flat_map(|frame| [frame.as_str(), "\n"]).collect();
    Ok(write_atomic(out, text.as_bytes(), Mode::Private)?)
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
    fn several_pictures_are_numbered() {
        assert_eq!(numbered(Path::new("/a/answer.png"), 1), Path::new("/a/answer-01.png"));
        assert_eq!(numbered(Path::new("answer"), 12), Path::new("answer-12"));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let frames = ["ABSAH1A:HELLO".to_owned(), "ABSAH1A:WORLD".to_owned()];
        let pictures = write_pictures(&folder.path().join("a.png"), &frames).unwrap();
        let text = folder.path().join("a.txt");
        write_text(&text, &frames).unwrap();
        let names: Vec<String> = pictures.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        assert_eq!(read_request(&names).unwrap(), frames);
        assert_eq!(read_request(&[text.to_string_lossy().into_owned()]).unwrap(), frames);
        assert_eq!(read_request(&frames).unwrap(), frames, "the text itself");
    }

    #[test]
    fn what_is_neither_file_nor_text_is_named() {
        use absah_types::Coded as _;
        let code = |argument: &str| read_request(&[argument.to_owned()]).unwrap_err().code();
        assert_eq!(code("/no/such/file.png"), "file-missing");
        let folder = tempfile::tempdir().unwrap();
        let noise = folder.path().join("noise.png");
        std::fs::write(&noise, [0xff, 0xfe, 0x00, 0x80]).unwrap();
        assert_eq!(code(&noise.to_string_lossy()), "picture-format");
    }
}
