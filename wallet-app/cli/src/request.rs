//! Requests out of files, or out of the argument itself.

use std::path::Path;

use absah_carry::pictures;
use absah_host::FileError;

use crate::error::WalletError;

/// The texts of a request: from pictures, text files, or the argument itself.
pub(crate) fn read(arguments: &[String]) -> Result<Vec<String>, WalletError> {
    let mut texts = Vec::new();
    for argument in arguments {
        match pictures::scan(&[Path::new(argument)]) {
            Ok(scanned) => match scanned.unreadable {
                Some(error) => return Err(absah_carry::CarryError::from(error).into()),
                None => texts.extend(scanned.texts),
            },
            // Too long for a file name, or with a character that none has: it is the text itself.
            Err(FileError::Missing { .. } | FileError::Read { .. }) if is_text(argument) => {
                texts.push(argument.clone());
            }
            Err(FileError::Missing { .. }) if !is_name(argument) => {
                return Err(WalletError::NeitherFileNorLink);
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

/// Whether an argument was plainly meant as the name of a file: with a folder or an ending.
fn is_name(argument: &str) -> bool {
    let path = Path::new(argument);
    path.extension().is_some() || path.components().count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_texts_and_the_text_itself_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let frames = ["ABSAH1A:HELLO".to_owned(), "ABSAH1A:WORLD".to_owned()];
        let pictures = pictures::write_pictures(&folder.path().join("a.png"), &frames).unwrap();
        let text = folder.path().join("a.txt");
        pictures::write_text(&text, &frames).unwrap();
        let names: Vec<String> = pictures.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        assert_eq!(read(&names).unwrap(), frames);
        assert_eq!(read(&[text.to_string_lossy().into_owned()]).unwrap(), frames);
        assert_eq!(read(&frames).unwrap(), frames, "the text itself");
    }

    #[test]
    fn what_is_neither_file_nor_text_is_named() {
        use absah_types::Coded as _;
        let code = |argument: &str| read(&[argument.to_owned()]).unwrap_err().code();
        assert_eq!(code("/no/such/file.png"), "file-missing");
        assert_eq!(code("permintaan.png"), "file-missing");
        assert_eq!(code("hello"), "request-neither-file-nor-link");
        assert_eq!(code("halo apa kabar"), "request-neither-file-nor-link");
        let folder = tempfile::tempdir().unwrap();
        let noise = folder.path().join("noise.png");
        std::fs::write(&noise, [0xff, 0xfe, 0x00, 0x80]).unwrap();
        assert_eq!(code(&noise.to_string_lossy()), "picture-format");
    }
}
