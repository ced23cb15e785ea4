//! Reading QR codes from pictures with `rxing` (its port of zxing-cpp's detector).

use rxing::common::HybridBinarizer;
use rxing::multi::MultipleBarcodeReader as _;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8Source, LuminanceSource as _};

use crate::picture::{Gray, PictureError, PictureLimits, guarded};

/// The texts of all QR codes in a PNG or JPEG, each once.
///
/// # Errors
/// [`PictureError`]: the picture cannot be opened, or holds no readable code.
pub fn texts(file: &[u8]) -> Result<Vec<String>, PictureError> {
    texts_in(&Gray::open(file, &PictureLimits::default())?)
}

/// The texts of all QR codes in an opened picture, each once.
///
/// A picture without dark codes on light ground is tried inverted (a screen in dark mode).
///
/// # Errors
/// [`PictureError::NoCode`] if there is none.
pub fn texts_in(picture: &Gray) -> Result<Vec<String>, PictureError> {
    guarded(|| {
        let upright = decode(picture, false);
        if upright.is_empty() { decode(picture, true) } else { upright }
    })
    .and_then(|texts| if texts.is_empty() { Err(PictureError::NoCode) } else { Ok(texts) })
}

fn decode(picture: &Gray, inverted: bool) -> Vec<String> {
    let Ok(mut source) = Luma8Source::new_with_slice(picture.pixels(), picture.width(), picture.height())
    else {
        return Vec::new();
    };
    if inverted {
        source.invert();
    }
    let hints = DecodeHints {
        PossibleFormats: Some([BarcodeFormat::QR_CODE].into()),
        TryHarder: Some(true),
        ..DecodeHints::default()
    };
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let found = QrReader.decode_multiple_with_hints(&mut bitmap, &hints).unwrap_or_default();
    let mut texts: Vec<String> = Vec::new();
    for result in found {
        if !texts.iter().any(|text| text == result.getText()) {
            texts.push(result.getText().to_owned());
        }
    }
    texts
}
