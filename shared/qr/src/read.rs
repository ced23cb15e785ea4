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

/// Triples of corners that are tried in one look at a picture; in all looks at it together twice as many.
const MAX_TRIES: usize = 2_000;

/// So many corners cost as much as the look at one triple of them.
const CORNERS_AS_A_TRY: usize = 4;

/// Finder patterns of a picture without a code read that is worth a closer look: of one code to sixty.
const SOME_CORNERS: std::ops::RangeInclusive<usize> = 2..=180;

/// The picture is looked at in these sizes: whole, and in copies so many times smaller.
const FACTORS: [u32; 4] = [1, 2, 3, 5];

/// Larger pictures are not doubled: their modules are large enough. In pixels, as the next.
const LARGEST_DOUBLED: usize = 600_000;

/// Larger pictures are not sharpened: their smaller copies are sharp.
const LARGEST_SHARPENED: usize = 4_000_000;

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
/// in which nothing is found, or corners of more codes than were read, is looked at in other ways, see [`Look`].
///
/// # Errors
/// [`PictureError::NoCode`] if there is none.
pub fn texts_in(picture: &Gray) -> Result<Vec<String>, PictureError> {
    // In all looks together: a picture of a few kilobytes that is nothing but corners would take many seconds.
    let mut left = 2 * MAX_TRIES;
    texts_within(picture, &mut left)
}

/// As [`texts_in`], with an end to the search in several pictures together: `left` is how many triples of corners may still
/// be looked at, and is counted down.
///
/// # Errors
/// [`PictureError::NoCode`] if there is none.
pub fn texts_within(picture: &Gray, left: &mut usize) -> Result<Vec<String>, PictureError> {
    let Seen { codes, .. } = guarded(|| look(picture, left))?;
    if codes.is_empty() {
        Err(PictureError::NoCode)
    } else {
        Ok(codes.into_iter().map(|code| code.text).collect())
    }
}

fn look(picture: &Gray, left: &mut usize) -> Seen {
    let mut seen = Look::Plain.at(picture, left);
    if seen.codes.is_empty() {
        // Where no corner is, or hundreds and no code, a closer look finds nothing either.
        let closer = SOME_CORNERS.contains(&seen.corners);
        let others: &[Look] = if closer { &Look::OTHERS } else { &Look::QUICK };
        return others
            .iter()
            .map(|look| look.at(picture, left))
            .find(|seen| !seen.codes.is_empty())
            .unwrap_or_default();
    }
    for look in Look::FOR_MORE {
        if seen.has_more() {
            look.at(picture, left).codes.into_iter().for_each(|code| seen.add(code));
        }
    }
    seen
}

/// A way to look at a picture.
#[derive(Clone, Copy)]
enum Look {
    /// As it is.
    Plain,
    /// Inverted: a screen in dark mode.
    Inverted,
    /// Its greys drawn apart: a faint print, a picture against the light.
    Stretched,
    /// Its edges made harder: out of focus.
    Sharpened,
    /// Twice as large: modules of two pixels.
    Doubled,
}

impl Look {
    const QUICK: [Self; 2] = [Self::Inverted, Self::Stretched];
    const OTHERS: [Self; 4] = [Self::Inverted, Self::Stretched, Self::Sharpened, Self::Doubled];
    /// Where some codes were read already: as they lie beside each other, they are of one kind of print.
    const FOR_MORE: [Self; 2] = [Self::Sharpened, Self::Doubled];

    fn at(self, picture: &Gray, left: &mut usize) -> Seen {
        let size = picture.pixels().len();
        match self {
            Self::Plain => seen(picture, false, &FACTORS, 1.0, left),
            Self::Inverted => seen(picture, true, &FACTORS, 1.0, left),
            Self::Stretched => match picture.stretched() {
                Some(picture) => seen(&picture, false, &FACTORS, 1.0, left),
                None => Seen::default(),
            },
            Self::Sharpened if size <= LARGEST_SHARPENED => {
                seen(&picture.sharpened(), false, &[1], 1.0, left)
            }
            Self::Doubled if size <= LARGEST_DOUBLED => seen(&picture.doubled(), false, &[1], 0.5, left),
            Self::Sharpened | Self::Doubled => Seen::default(),
        }
    }
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

/// What was seen in one look.
#[derive(Default)]
struct Seen {
    codes: Vec<Code>,
    /// Finder patterns in the picture's own size.
    corners: usize,
}

impl Seen {
    fn add(&mut self, code: Code) {
        if !self.codes.iter().any(|known| known.is_same_as(&code)) {
            self.codes.push(code);
        }
    }

    /// Whether there are corners of a code that was not read: not all three of it need to have been seen.
    fn has_more(&self) -> bool {
        self.corners > 3 * self.codes.len()
    }
}

/// What is seen in a picture that is `scale` times smaller than the whole one, and in its smaller copies.
fn seen(picture: &Gray, inverted: bool, factors: &[u32], scale: f32, left: &mut usize) -> Seen {
    let mut seen = Seen::default();
    for &factor in factors {
        let smaller;
        let looked_at = match factor {
            1 => picture,
            _ if picture.width().min(picture.height()) / factor < SMALLEST_COPY => continue,
            _ => {
                smaller = picture.smaller(factor);
                &smaller
            }
        };
        let found = decode(looked_at, inverted, factor as f32 * scale, left);
        if factor == 1 {
            seen.corners = found.corners;
        }
        found.codes.into_iter().for_each(|code| seen.add(code));
    }
    seen
}

fn decode(picture: &Gray, inverted: bool, scale: f32, left: &mut usize) -> Seen {
    let Ok(mut source) = Luma8Source::new_with_slice(picture.pixels(), picture.width(), picture.height())
    else {
        return Seen::default();
    };
    if inverted {
        source.invert();
    }
    HybridBinarizer::new(source)
        .get_black_matrix()
        .map(|bits| decode_bits(bits, scale, left))
        .unwrap_or_default()
}

/// As `QrReader` of the same library does, but with an end to the search.
fn decode_bits(bits: &BitMatrix, scale: f32, left: &mut usize) -> Seen {
    const TRY_HARDER: bool = true;
    const ANY_MODULE_SIZE: u32 = 0;
    let mut corners = FindFinderPatterns(bits, TRY_HARDER, ANY_MODULE_SIZE);
    corners.truncate(MAX_CORNERS.min(*left));
    *left = left.saturating_sub(corners.len() / CORNERS_AS_A_TRY);
    let mut used = Vec::new();
    let mut seen = Seen { codes: Vec::new(), corners: corners.len() };
    let mut tries = 0;
    for triple in GenerateFinderPatternSets(&mut corners) {
        if used.contains(&triple.bl) || used.contains(&triple.tl) || used.contains(&triple.tr) {
            continue;
        }
        tries += 1;
        if tries > MAX_TRIES || *left == 0 {
            break;
        }
        *left -= 1;
        let Ok(sampled) = SampleQR(bits, &triple) else { continue };
        if let Ok(decoded) = Decode(sampled.getBits())
            && decoded.isValid()
        {
            let (from, to) = (triple.bl.p, triple.tr.p);
            seen.codes.push(Code {
                text: decoded.text().to_owned(),
                centre: ((from.x + to.x) / 2.0 * scale, (from.y + to.y) / 2.0 * scale),
                reach: (from.x - to.x).hypot(from.y - to.y) / 2.0 * scale,
            });
            used.extend([triple.bl, triple.tl, triple.tr]);
        }
    }
    seen
}
