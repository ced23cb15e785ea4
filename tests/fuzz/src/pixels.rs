//! The recogniser of codes, on pixels of any kind: the first byte gives the width.

use absah_qr::picture::Gray;
use absah_qr::read;

/// One try; it panics where something is wrong.
pub fn tried(bytes: &[u8]) {
    let Some((width, pixels)) = bytes.split_first() else { return };
    let width = usize::from(*width) + 1;
    let height = (pixels.len() / width).min(256);
    let Some(pixels) = pixels.get(..width * height) else { return };
    let Some(picture) = Gray::from_pixels(width as u32, height as u32, pixels.to_vec()) else { return };
    if let Err(error) = read::texts_in(&picture) {
        // A panic inside the library is caught there and named so; here it counts.
        assert_ne!(error, absah_qr::picture::PictureError::Reader);
    }
}
