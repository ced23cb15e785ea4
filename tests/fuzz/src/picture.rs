//! Files that are handed over as pictures.

use absah_qr::picture::{Gray, PictureLimits};
use absah_qr::read;

/// One try; it panics where something is wrong.
pub fn tried(file: &[u8]) {
    // Small enough that a try takes milliseconds.
    let limits = PictureLimits { bytes: 1 << 20, side: 600, pixels: 90_000 };
    if let Ok(picture) = Gray::open(file, &limits) {
        assert_eq!(picture.pixels().len() as u64, u64::from(picture.width()) * u64::from(picture.height()));
        let _ = read::texts_in(&picture);
    }
}
