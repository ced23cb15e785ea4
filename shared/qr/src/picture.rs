//! Opening a picture that a stranger made: PNG or JPEG, of bounded size, as grey pixels.

use std::fmt;
use std::io::Cursor;

use absah_types::coded;
use image::{ImageFormat, ImageReader};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// How large a picture may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureLimits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Pixels on each side.
    pub side: u32,
    /// Pixels in all.
    pub pixels: u64,
}

impl Default for PictureLimits {
    /// 20 MB, 10,000 pixels a side, 40 million pixels: any phone's photograph.
    fn default() -> Self {
        Self { bytes: 20_000_000, side: 10_000, pixels: 40_000_000 }
    }
}

/// A picture in grey.
#[derive(Clone, PartialEq, Eq)]
pub struct Gray {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Gray {
    /// A picture from its pixels, row by row, 0 is black; `None` unless there are `width` × `height` of them.
    #[must_use]
    pub fn from_pixels(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        let expected = u64::from(width) * u64::from(height);
        (expected > 0 && expected == pixels.len() as u64).then_some(Self { width, height, pixels })
    }

    /// Opens a PNG or JPEG. Its size is checked before its pixels are decoded.
    ///
    /// # Errors
    /// [`PictureError`].
    pub fn open(file: &[u8], limits: &PictureLimits) -> Result<Self, PictureError> {
        if file.len() > limits.bytes {
            return Err(PictureError::TooManyBytes { limit: limits.bytes });
        }
        let (format, (width, height)) = kind_and_size(file)?;
        if width > limits.side || height > limits.side || u64::from(width) * u64::from(height) > limits.pixels
        {
            return Err(PictureError::TooManyPixels { width, height });
        }
        if format == ImageFormat::Jpeg
            && let Some(pixels) = grey_of_jpeg(file)?
        {
            return Self::from_pixels(width, height, pixels).ok_or(PictureError::Damaged);
        }
        let mut reader = ImageReader::with_format(Cursor::new(file), format);
        let mut decoder_limits = image::Limits::default();
        decoder_limits.max_image_width = Some(limits.side);
        decoder_limits.max_image_height = Some(limits.side);
        // Eight bytes a pixel: four channels of 16 bits.
        decoder_limits.max_alloc = Some(limits.pixels.saturating_mul(8));
        reader.limits(decoder_limits);
        let pixels = reader.decode().map_err(|_| PictureError::Damaged)?.into_luma8().into_raw();
        Self::from_pixels(width, height, pixels).ok_or(PictureError::Damaged)
    }

    /// Width and height that a PNG or JPEG says it has, before any pixel is decoded.
    ///
    /// # Errors
    /// [`PictureError::Format`], [`PictureError::Damaged`].
    pub fn size(file: &[u8]) -> Result<(u32, u32), PictureError> {
        kind_and_size(file).map(|(_, size)| size)
    }

    /// A copy `factor` times smaller on each side: each pixel is the mean of `factor` × `factor`.
    #[cfg(feature = "read")]
    #[must_use]
    pub fn smaller(&self, factor: u32) -> Self {
        let factor = factor.max(1);
        let (width, height) = ((self.width / factor).max(1), (self.height / factor).max(1));
        let (stride, step) = (self.width as usize, factor as usize);
        let mut pixels = Vec::with_capacity(width as usize * height as usize);
        let mut sums = vec![0_u32; width as usize];
        for rows in self.pixels.chunks_exact(stride * step).take(height as usize) {
            sums.fill(0);
            for row in rows.chunks_exact(stride) {
                for (sum, block) in sums.iter_mut().zip(row.chunks_exact(step)) {
                    *sum += block.iter().map(|gray| u32::from(*gray)).sum::<u32>();
                }
            }
            pixels.extend(sums.iter().map(|sum| (sum / (factor * factor)) as u8));
        }
        // A picture smaller than the factor has no whole block.
        pixels.resize(width as usize * height as usize, 0xFF);
        Self { width, height, pixels }
    }

    /// The greys drawn apart until the darkest and the lightest hundredth are black and white; `None` where they are so
    /// nearly, or where all is one grey.
    #[cfg(feature = "read")]
    pub(crate) fn stretched(&self) -> Option<Self> {
        /// With more between them than this the reader finds its threshold by itself.
        const ENOUGH: u32 = 140;
        /// With less there is only noise.
        const LEAST: u32 = 8;
        let mut counts = [0_usize; 256];
        for gray in &self.pixels {
            if let Some(count) = counts.get_mut(usize::from(*gray)) {
                *count += 1;
            }
        }
        let hundredth = self.pixels.len() / 100;
        let beyond = |gray: &u32, range: &mut usize, count: usize| {
            *range += count;
            (*range > hundredth).then_some(*gray)
        };
        let mut passed = 0;
        let low = (0..256_u32).zip(counts).find_map(|(gray, count)| beyond(&gray, &mut passed, count))?;
        passed = 0;
        let high =
            (0..256_u32).zip(counts).rev().find_map(|(gray, count)| beyond(&gray, &mut passed, count))?;
        let width = high.checked_sub(low).filter(|width| (LEAST..ENOUGH).contains(width))?;
        let draw = |gray: &u8| (u32::from(*gray).saturating_sub(low) * 255 / width).min(255) as u8;
        Some(Self { pixels: self.pixels.iter().map(draw).collect(), ..*self })
    }

    /// A copy twice as large on each side, between pixels the mean of both.
    #[cfg(feature = "read")]
    pub(crate) fn doubled(&self) -> Self {
        let mean = |one: u8, other: u8| ((u16::from(one) + u16::from(other)) / 2) as u8;
        let rows: Vec<&[u8]> = self.pixels.chunks_exact(self.width as usize).collect();
        let mut pixels = Vec::with_capacity(self.pixels.len() * 4);
        let mut push = |row: &mut dyn Iterator<Item = u8>| {
            let mut row = row.peekable();
            while let Some(gray) = row.next() {
                pixels.extend([gray, mean(gray, row.peek().copied().unwrap_or(gray))]);
            }
        };
        for (place, row) in rows.iter().enumerate() {
            let next = rows.get(place + 1).unwrap_or(row);
            push(&mut row.iter().copied());
            push(&mut row.iter().zip(next.iter()).map(|(one, other)| mean(*one, *other)));
        }
        Self { width: self.width * 2, height: self.height * 2, pixels }
    }

    /// Each pixel drawn away from the mean of its four neighbours.
    #[cfg(feature = "read")]
    pub(crate) fn sharpened(&self) -> Self {
        let width = self.width as usize;
        let mut pixels = self.pixels.clone();
        let inner =
            pixels.iter_mut().enumerate().skip(width).take(self.pixels.len().saturating_sub(2 * width));
        for (place, pixel) in inner {
            let at = |place: usize| i32::from(self.pixels.get(place).copied().unwrap_or(0));
            let around = at(place - width) + at(place + width) + at(place - 1) + at(place + 1);
            *pixel = (at(place) * 3 - around / 2).clamp(0, 255) as u8;
        }
        Self { pixels, ..*self }
    }

    /// Pixels from left to right.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Pixels from top to bottom.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The pixels, row by row, 0 is black.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }
}

/// A JPEG keeps its grey beside its colours: taken alone it needs a quarter of the memory. `None` for one that does not.
fn grey_of_jpeg(file: &[u8]) -> Result<Option<Vec<u8>>, PictureError> {
    // As `image` has it: what a phone wrote a little wrong still opens.
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(usize::MAX)
        .set_max_height(usize::MAX)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    decoder.decode_headers().map_err(|_| PictureError::Damaged)?;
    match decoder.input_colorspace() {
        Some(ColorSpace::YCbCr | ColorSpace::Luma) => {
            decoder.decode().map(Some).map_err(|_| PictureError::Damaged)
        }
        _ => Ok(None),
    }
}

fn kind_and_size(file: &[u8]) -> Result<(ImageFormat, (u32, u32)), PictureError> {
    let format = image::guess_format(file)
        .ok()
        .filter(|format| matches!(format, ImageFormat::Png | ImageFormat::Jpeg))
        .ok_or(PictureError::Format)?;
    let size = ImageReader::with_format(Cursor::new(file), format)
        .into_dimensions()
        .map_err(|_| PictureError::Damaged)?;
    Ok((format, size))
}

impl fmt::Debug for Gray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gray({}×{})", self.width, self.height)
    }
}

/// Why a picture cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureError {
    /// The file is larger than allowed.
    TooManyBytes {
        /// The limit in bytes.
        limit: usize,
    },
    /// Neither PNG nor JPEG.
    Format,
    /// A PNG or JPEG that cannot be decoded.
    Damaged,
    /// More pixels than allowed.
    TooManyPixels {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
    /// No QR code in the picture could be read.
    NoCode,
    /// No QR code was found in what can be looked into of a PDF document.
    PdfNoCode,
    /// The reading library gave up in a way it should not.
    Reader,
    /// A document in which so much is drawn that looking for a code would keep the machine busy.
    TooMuchWork,
}

coded! {
    PictureError {
        TooManyBytes { .. } => ("picture-too-many-bytes", Peer),
        Format => ("picture-format", Peer),
        Damaged => ("picture-damaged", Peer),
        TooManyPixels { .. } => ("picture-too-many-pixels", Peer),
        NoCode => ("picture-no-code", Peer),
        PdfNoCode => ("picture-pdf-no-code", Peer),
        Reader => ("picture-reader", Peer),
        TooMuchWork => ("picture-too-much-work", Peer),
    }
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyBytes { limit } => write!(f, "picture file larger than {limit} bytes"),
            Self::Format => f.write_str("neither PNG nor JPEG"),
            Self::Damaged => f.write_str("damaged picture"),
            Self::TooManyPixels { width, height } => {
                write!(f, "picture of {width} by {height} pixels is too large")
            }
            Self::NoCode => f.write_str("no QR code found"),
            Self::PdfNoCode => f.write_str("no QR code found in the document"),
            Self::Reader => f.write_str("the QR reader failed"),
            Self::TooMuchWork => f.write_str("too much is drawn in the document"),
        }
    }
}

impl std::error::Error for PictureError {}

/// Runs a third party's reader on a stranger's picture; a panic inside it becomes an error.
#[cfg(any(feature = "read", feature = "read-rqrr"))]
pub(crate) fn guarded<T>(read: impl FnOnce() -> T) -> Result<T, PictureError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).map_err(|_| PictureError::Reader)
}
