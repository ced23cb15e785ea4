//! Reading QR codes from pictures with `rxing` (its port of zxing-cpp's detector).

use rxing::common::{BitMatrix, DetectorRXingResult as _, HybridBinarizer};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, GenerateFinderPatternSets, SampleQR};
use rxing::{Binarizer as _, Luma8Source, LuminanceSource as _};

use crate::picture::{Gray, PictureError, PictureLimits, guarded};

/// Finder patterns (corners) that are looked at in one picture: a sheet of 60 codes has 180.
///
/// Each corner may belong to many codes, so a picture made of nothing but corners would take minutes.
const MAX_CORNERS: usize = 1_500;

/// Triples of corners that are tried in one picture.
const MAX_TRIES: usize = 2_000;

/// The picture is looked at in these sizes: whole, and in copies so many times smaller.
const FACTORS: [u32; 4] = [1, 2, 3, 5];

/// No copy is smaller than this many pixels on its shorter side.
const SMALLEST_COPY: u32 = 240;

/// The texts of all QR codes in a PNG or JPEG, one for each code.
///
/// # Errors
/// [`PictureError`]: the picture cannot be opened, or holds no readable code.
pub fn texts(file: &[u8]) -> Result<Vec<String>, PictureError> {
    texts_in(&Gray::open(file, &PictureLimits::default())?)
}

/// The texts of all QR codes in an opened picture, one for each code.
///
/// Large pictures are looked at in smaller copies too: the averaging removes noise and what a screen's pixels add. A picture
/// without dark codes on light ground is tried inverted (a screen in dark mode).
///
/// # Errors
/// [`PictureError::NoCode`] if there is none.
pub fn texts_in(picture: &Gray) -> Result<Vec<String>, PictureError> {
    guarded(|| {
        let upright = codes(picture, false);
        if upright.is_empty() { codes(picture, true) } else { upright }
    })
    .and_then(|codes| if codes.is_empty() { Err(PictureError::NoCode) } else { Ok(codes) })
    .map(|codes| codes.into_iter().map(|code| code.text).collect())
}

/// A code and where it is, in pixels of the whole picture.
struct Code {
    text: String,
    centre: (f32, f32),
    /// Half the distance of opposite corners.
    reach: f32,
}

impl Code {
    fn is_same_as(&self, other: &Self) -> bool {
        let (x, y) = (self.centre.0 - other.centre.0, self.centre.1 - other.centre.1);
        self.text == other.text && x.hypot(y) < self.reach
    }
}

fn codes(picture: &Gray, inverted: bool) -> Vec<Code> {
    let mut found: Vec<Code> = Vec::new();
    for factor in FACTORS {
        let smaller;
        let looked_at = match factor {
            1 => picture,
            _ if picture.width().min(picture.height()) / factor < SMALLEST_COPY => continue,
            _ => {
                smaller = picture.smaller(factor);
                &smaller
            }
        };
        for code in decode(looked_at, inverted, factor as f32) {
            if !found.iter().any(|known| known.is_same_as(&code)) {
                found.push(code);
            }
        }
    }
    found
}

fn decode(picture: &Gray, inverted: bool, scale: f32) -> Vec<Code> {
    let Ok(mut source) = Luma8Source::new_with_slice(picture.pixels(), picture.width(), picture.height())
    else {
        return Vec::new();
    };
    if inverted {
        source.invert();
    }
    HybridBinarizer::new(source).get_black_matrix().map(|bits| decode_bits(bits, scale)).unwrap_or_default()
}

/// As `QrReader` of the same library does, but with an end to the search.
fn decode_bits(bits: &BitMatrix, scale: f32) -> Vec<Code> {
    const TRY_HARDER: bool = true;
    const ANY_MODULE_SIZE: u32 = 0;
    let mut corners = FindFinderPatterns(bits, TRY_HARDER, ANY_MODULE_SIZE);
    corners.truncate(MAX_CORNERS);
    let mut used = Vec::new();
    let mut found = Vec::new();
    let mut tries = 0;
    for triple in GenerateFinderPatternSets(&mut corners) {
        if used.contains(&triple.bl) || used.contains(&triple.tl) || used.contains(&triple.tr) {
            continue;
        }
        tries += 1;
        if tries > MAX_TRIES {
            break;
        }
        let Ok(sampled) = SampleQR(bits, &triple) else { continue };
        if let Ok(decoded) = Decode(sampled.getBits())
            && decoded.isValid()
        {
            let (from, to) = (triple.bl.p, triple.tr.p);
            found.push(Code {
                text: decoded.text().to_owned(),
                centre: ((from.x + to.x) / 2.0 * scale, (from.y + to.y) / 2.0 * scale),
                reach: (from.x - to.x).hypot(from.y - to.y) / 2.0 * scale,
            });
            used.extend([triple.bl, triple.tl, triple.tr]);
        }
    }
    found
}
