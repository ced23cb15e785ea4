//! Portraits: a photograph becomes a WebP of 96 by 128 points and at most 1,000 bytes, small enough for a QR code.

use absah_types::coded;
use image::imageops::{FilterType, crop_imm, resize};
use image::{ImageFormat, ImageReader, Limits, RgbImage};
use std::io::Cursor;

/// Points across.
pub const WIDTH: u32 = 96;
/// Points down.
pub const HEIGHT: u32 = 128;
/// The most bytes of the picture.
pub const MOST_BYTES: usize = 1000;
/// The most bytes of a photograph.
pub const MOST_PHOTO_BYTES: u64 = 20 << 20;
/// How many times one side of a photograph may be as long as the other: photographs for documents are 2:3 to 4:5 (ISO/IEC
/// 39794-5: 3:4 to 4:5), those of phones and webcams up to 16:9 lying or standing; what is longer is no photograph of a face.
const MOST_TIMES: u32 = 2;
/// The most points of a photograph across or down.
const MOST_POINTS: u32 = 10_000;
/// Memory that decoding may take.
const MOST_MEMORY: u64 = 512 << 20;

/// No portrait came of a photograph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortraitError {
    /// It is no picture that can be read, or a damaged one.
    Unreadable,
    /// It is smaller than the portrait, or far from the shape of one.
    Size,
    /// It does not become small enough.
    TooDetailed,
}

impl core::fmt::Display for PortraitError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "photograph cannot be read",
            Self::Size => "photograph is under 96 by 128 points, or one side is over twice the other",
            Self::TooDetailed => "photograph does not become small enough",
        })
    }
}

impl core::error::Error for PortraitError {}

coded! { PortraitError {
    Unreadable => ("photo-unreadable", Peer),
    Size => ("photo-size", Peer),
    TooDetailed => ("photo-too-detailed", Peer),
} }

/// Makes the portrait of a photograph (JPEG or PNG).
///
/// # Errors
/// [`PortraitError`].
pub fn of_photo(bytes: &[u8]) -> Result<Vec<u8>, PortraitError> {
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| PortraitError::Unreadable)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_POINTS);
    limits.max_image_height = Some(MOST_POINTS);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    // The decoder fills what is missing of a torn JPEG with grey: half a face must not become a portrait.
    let torn = reader.format() == Some(ImageFormat::Jpeg) && !ends(bytes);
    if torn {
        return Err(PortraitError::Unreadable);
    }
    let photo = reader.decode().map_err(|_| PortraitError::Unreadable)?.into_rgb8();
    // Nothing is blown up: a face of fewer points than the portrait's cannot be compared.
    let (width, height) = photo.dimensions();
    let long = width > height.saturating_mul(MOST_TIMES) || height > width.saturating_mul(MOST_TIMES);
    if width < WIDTH || height < HEIGHT || long {
        return Err(PortraitError::Size);
    }
    let mut picture = resize(&centre(&photo), WIDTH, HEIGHT, FilterType::Lanczos3);
    // A photograph with much grain is softened until its best version fits.
    for softening in [0.0, 0.6, 1.0, 1.6, 2.4] {
        if softening > 0.0 {
            picture = image::imageops::blur(&picture, softening);
        }
        if let Some(webp) = largest_that_fits(&picture) {
            return Ok(webp);
        }
    }
    Err(PortraitError::TooDetailed)
}

/// The most bytes of a picture on paper: "portrait ≤ 700 bytes" (design, flow C).
pub const MOST_ON_PAPER: usize = 700;

/// A portrait (WebP) for paper: smaller, and its points as they are printed.
///
/// # Errors
/// [`PortraitError`].
pub fn for_paper(webp: &[u8]) -> Result<(Vec<u8>, Vec<u8>), PortraitError> {
    let decode = |webp: &[u8]| {
        let decoded = webp::Decoder::new(webp).decode().ok_or(PortraitError::Unreadable)?;
        RgbImage::from_raw(WIDTH, HEIGHT, decoded.to_vec()).ok_or(PortraitError::Unreadable)
    };
    let picture = decode(webp)?;
    let softer = |softening: f32| {
        if softening > 0.0 { image::imageops::blur(&picture, softening) } else { picture.clone() }
    };
    let small = [0.0, 0.6, 1.0, 1.6, 2.4, 4.0]
        .into_iter()
        .find_map(|softening| largest_within(&softer(softening), MOST_ON_PAPER))
        .ok_or(PortraitError::TooDetailed)?;
    let points = decode(&small)?.into_raw();
    Ok((small, points))
}

/// Whether a JPEG has its end marker, whatever padding follows.
fn ends(bytes: &[u8]) -> bool {
    let end = bytes.iter().rposition(|byte| !matches!(byte, 0 | b'\n' | b'\r' | b' '));
    end.and_then(|end| bytes.get(..=end)).is_some_and(|whole| whole.ends_with(&[0xff, 0xd9]))
}

/// The middle of the photograph, three to four.
fn centre(photo: &RgbImage) -> RgbImage {
    let (width, height) = photo.dimensions();
    let across = u64::from(width) * u64::from(HEIGHT);
    let down = u64::from(height) * u64::from(WIDTH);
    let part = |whole: u64, of: u32| u32::try_from(whole / u64::from(of)).unwrap_or(u32::MAX).max(1);
    let (w, h) = if across > down { (part(down, HEIGHT), height) } else { (width, part(across, WIDTH)) };
    crop_imm(photo, (width - w) / 2, (height - h) / 2, w, h).to_image()
}

/// The version of the highest quality within the limit.
fn largest_that_fits(picture: &RgbImage) -> Option<Vec<u8>> {
    largest_within(picture, MOST_BYTES)
}

fn largest_within(picture: &RgbImage, most: usize) -> Option<Vec<u8>> {
    let mut best = None;
    let (mut low, mut high) = (0, 100);
    while low <= high {
        let quality = (low + high) / 2;
        let webp = encode(picture, quality)?;
        if webp.len() <= most {
            best = Some(webp);
            low = quality + 1;
        } else {
            high = quality - 1;
        }
    }
    best
}

fn encode(picture: &RgbImage, quality: i16) -> Option<Vec<u8>> {
    let mut config = webp::WebPConfig::new().ok()?;
    config.quality = f32::from(quality);
    // The slowest and best: it is done once per photograph.
    config.method = 6;
    config.use_sharp_yuv = 1;
    config.autofilter = 1;
    let webp = webp::Encoder::from_rgb(picture, WIDTH, HEIGHT).encode_advanced(&config).ok()?;
    Some(webp.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(width: u32, height: u32, noise: u8) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, y| {
            let dots = (x.wrapping_mul(7919) ^ y.wrapping_mul(104_729)).wrapping_mul(2_654_435_761) >> 24;
            let grain = u8::try_from(dots).unwrap() & noise;
            image::Rgb([(x % 256) as u8 ^ grain, (y % 256) as u8, 120])
        });
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn every_shape_fits() {
        for (width, height, noise) in
            [(240, 320, 0), (640, 480, 0), (96, 128, 0), (96, 192, 0), (256, 128, 0), (240, 320, 255)]
        {
            let webp = of_photo(&jpeg(width, height, noise)).unwrap();
            assert!(webp.len() <= MOST_BYTES, "{width}x{height}: {}", webp.len());
            assert_eq!(&webp[8..12], b"WEBP");
        }
    }

    #[test]
    fn what_is_too_small_or_too_long_is_refused_and_its_neighbour_is_not() {
        for (width, height) in [(1, 1), (95, 128), (96, 127), (128, 96), (96, 193), (257, 128), (3000, 200)] {
            assert_eq!(of_photo(&jpeg(width, height, 0)), Err(PortraitError::Size), "{width}x{height}");
        }
        assert!(of_photo(&jpeg(96, 128, 0)).is_ok());
        for lang in absah_types::Lang::ALL {
            let words = ["err", "rec"].map(|part| absah_schemas::text(lang, &format!("{part}-photo-size")));
            assert!(words.iter().flatten().any(|text| text.contains("96 × 128")), "{lang}: {words:?}");
        }
    }

    #[test]
    fn what_is_no_photograph_is_refused() {
        let good = jpeg(240, 320, 0);
        assert!(of_photo(&good).is_ok());
        for bad in [&b""[..], b"not a picture", &good[..good.len() - 9], b"\xff\xd8\xff\xe0\x00\x10JFIF"] {
            assert_eq!(of_photo(bad), Err(PortraitError::Unreadable));
        }
    }

    #[test]
    fn the_sample_photographs_use_the_space() {
        let Some(shared) = absah_testkit::shared_dir() else {
            println!("skipped: no sample photographs");
            return;
        };
        for entry in std::fs::read_dir(shared.join("data/foto")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "jpg") {
                let webp = of_photo(&std::fs::read(&path).unwrap()).unwrap();
                assert!((800..=MOST_BYTES).contains(&webp.len()), "{}: {}", path.display(), webp.len());
            }
        }
    }
}
