//! PDF files that are handed over in the place of pictures: their streams, what is drawn in them, scans in them.

use absah_qr::picture::PictureError;

/// One try with the counter's reader; it panics where something is wrong.
pub fn tried(file: &[u8], read: impl Fn(&[u8]) -> Result<Vec<String>, PictureError>) {
    // What does not say so is another target's.
    let file = if file.starts_with(b"%PDF-") { file.to_vec() } else { [b"%PDF-1.7\n", file].concat() };
    if let Ok(texts) = read(&file) {
        assert!(!texts.is_empty(), "found nothing and says so as if it were something");
        assert!(texts.iter().enumerate().all(|(place, text)| !texts[..place].contains(text)), "a text twice");
    }
}
