//! The second, independent reader: `rqrr`.

use rqrr::PreparedImage;

use crate::picture::{Gray, PictureError, guarded};

/// The texts of all QR codes in an opened picture, one for each code.
///
/// # Errors
/// [`PictureError::NoCode`] if there is none.
pub fn texts_in(picture: &Gray) -> Result<Vec<String>, PictureError> {
    let width = picture.width() as usize;
    let gray = |x: usize, y: usize| picture.pixels().get(y * width + x).copied().unwrap_or(0xFF);
    let mut texts: Vec<String> = Vec::new();
    guarded(|| {
        let mut prepared = PreparedImage::prepare_from_greyscale(width, picture.height() as usize, gray);
        for grid in prepared.detect_grids() {
            if let Ok((_, text)) = grid.decode() {
                texts.push(text);
            }
        }
    })?;
    if texts.is_empty() { Err(PictureError::NoCode) } else { Ok(texts) }
}
