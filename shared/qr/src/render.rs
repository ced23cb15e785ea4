//! Drawing a QR code: PNG for files and pages, SVG for print, characters for a terminal.
//!
//! A text of the alphanumeric set is really encoded in alphanumeric mode (ISO/IEC 18004, 7.4.4: 5.5 bits a character), as
//! one segment, in the smallest version that holds it.

use std::fmt;
use std::fmt::Write as _;

use absah_types::coded;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _};
use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};

/// Light modules around a symbol (ISO/IEC 18004, 6.3.8: four).
pub const QUIET_ZONE: usize = 4;

/// The largest version.
pub const MAX_VERSION: u8 = 40;

/// How much of a symbol may be damaged (ISO/IEC 18004, 7.5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ecc {
    /// About 7 %: for screens.
    L,
    /// About 15 %: for paper.
    M,
    /// About 25 %.
    Q,
    /// About 30 %.
    H,
}

impl From<Ecc> for EcLevel {
    fn from(ecc: Ecc) -> Self {
        match ecc {
            Ecc::L => Self::L,
            Ecc::M => Self::M,
            Ecc::Q => Self::Q,
            Ecc::H => Self::H,
        }
    }
}

/// Why a text cannot be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenderError {
    /// Too long for the largest version allowed.
    TooLong {
        /// That version.
        max_version: u8,
    },
    /// A scale of zero, or a picture larger than 10,000 pixels on a side.
    Scale,
    /// The picture could not be written.
    Picture,
}

coded! {
    RenderError {
        TooLong { .. } => ("qr-too-long", Bug),
        Scale => ("qr-scale", User),
        Picture => ("qr-picture", Bug),
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { max_version } => {
                write!(f, "text too long for a QR code of version {max_version}")
            }
            Self::Scale => f.write_str("no picture of that size"),
            Self::Picture => f.write_str("picture could not be written"),
        }
    }
}

impl std::error::Error for RenderError {}

/// How large a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// So many pixels for each module.
    PixelsPerModule(u32),
    /// The largest whole number of pixels per module with which the picture is at most so many pixels wide, at least one.
    /// A whole number keeps every edge crisp.
    FitWidth(u32),
}

impl Default for Scale {
    /// 8 pixels a module: version 25 becomes 1,000 pixels wide.
    fn default() -> Self {
        Self::PixelsPerModule(8)
    }
}

/// A QR code as a square of modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    version: u8,
    width: usize,
    /// Row by row, `true` is dark.
    modules: Vec<bool>,
}

impl Symbol {
    /// Encodes a text in the smallest version, up to 40, that holds it.
    ///
    /// # Errors
    /// [`RenderError::TooLong`].
    pub fn encode(text: &str, ecc: Ecc) -> Result<Self, RenderError> {
        Self::encode_within(text, ecc, MAX_VERSION)
    }

    /// Encodes a text in the smallest version, up to `max_version`, that holds it.
    ///
    /// # Errors
    /// [`RenderError::TooLong`].
    pub fn encode_within(text: &str, ecc: Ecc, max_version: u8) -> Result<Self, RenderError> {
        (1..=max_version.min(MAX_VERSION))
            .find_map(|version| Self::encode_as(text, ecc, version))
            .ok_or(RenderError::TooLong { max_version })
    }

    fn encode_as(text: &str, ecc: Ecc, version: u8) -> Option<Self> {
        let mut bits = Bits::new(Version::Normal(i16::from(version)));
        if is_alphanumeric(text) {
            if text.len() > alphanumeric_capacity(version, ecc)? {
                return None;
            }
            bits.push_alphanumeric_data(text.as_bytes()).ok()?;
        } else {
            bits.push_optimal_data(text.as_bytes()).ok()?;
        }
        bits.push_terminator(ecc.into()).ok()?;
        let code = QrCode::with_bits(bits, ecc.into()).ok()?;
        let modules = code.to_colors().into_iter().map(|module| module == Color::Dark).collect();
        Some(Self { version, width: code.width(), modules })
    }

    /// The version, 1 to 40.
    #[must_use]
    pub fn version(&self) -> u8 {
        self.version
    }

    /// Modules on a side, without the quiet zone.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// `true` for a dark module; everything outside is light.
    #[must_use]
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.width && self.modules.get(row * self.width + column).copied().unwrap_or(false)
    }

    /// A grey PNG with the quiet zone around it.
    ///
    /// # Errors
    /// [`RenderError::Scale`] for a scale of zero or a huge one.
    pub fn png(&self, scale: Scale) -> Result<Vec<u8>, RenderError> {
        let (pixels, side) = self.gray(scale)?;
        let mut png = Vec::new();
        PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::NoFilter)
            .write_image(&pixels, side, side, ExtendedColorType::L8)
            .map_err(|_| RenderError::Picture)?;
        Ok(png)
    }

    /// The picture as grey pixels, row by row, and its side in pixels.
    ///
    /// # Errors
    /// As [`Symbol::png`].
    pub fn gray(&self, scale: Scale) -> Result<(Vec<u8>, u32), RenderError> {
        const MAX_SIDE: u32 = 10_000;
        let modules = u32::try_from(self.width + 2 * QUIET_ZONE).map_err(|_| RenderError::Scale)?;
        let scale = match scale {
            Scale::PixelsPerModule(pixels) => pixels,
            Scale::FitWidth(width) => (width / modules).max(1),
        };
        let side = modules
            .checked_mul(scale)
            .filter(|side| (1..=MAX_SIDE).contains(side))
            .ok_or(RenderError::Scale)?;
        let scale = scale as usize;
        let mut pixels = Vec::with_capacity(side as usize * side as usize);
        for row in 0..modules as usize {
            let start = pixels.len();
            for column in 0..modules as usize {
                let gray = if self.is_dark_with_zone(column, row) { 0x00 } else { 0xFF };
                pixels.extend(std::iter::repeat_n(gray, scale));
            }
            let line = start..pixels.len();
            for _ in 1..scale {
                pixels.extend_from_within(line.clone());
            }
        }
        Ok((pixels, side))
    }

    /// An SVG, one unit per module, that scales without loss.
    #[must_use]
    pub fn svg(&self) -> String {
        let side = self.width + 2 * QUIET_ZONE;
        let mut path = String::new();
        for row in 0..self.width {
            for column in (0..self.width).filter(|column| self.is_dark(*column, row)) {
                // Writing to a String never fails.
                let _ = write!(path, "M{} {}h1v1h-1z", column + QUIET_ZONE, row + QUIET_ZONE);
            }
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>"
        )
    }

    /// Two module rows per line of text, for a terminal with light text on a dark ground (light modules are drawn).
    #[must_use]
    pub fn terminal(&self) -> String {
        let side = self.width + 2 * QUIET_ZONE;
        let mut out = String::new();
        for row in (0..side).step_by(2) {
            for column in 0..side {
                let below_is_light = row + 1 < side && !self.is_dark_with_zone(column, row + 1);
                out.push(match (!self.is_dark_with_zone(column, row), below_is_light) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                });
            }
            out.push('\n');
        }
        out
    }

    fn is_dark_with_zone(&self, column: usize, row: usize) -> bool {
        match (column.checked_sub(QUIET_ZONE), row.checked_sub(QUIET_ZONE)) {
            (Some(column), Some(row)) => self.is_dark(column, row),
            _ => false,
        }
    }
}

/// A text as a PNG in the usual scale.
///
/// # Errors
/// [`RenderError::TooLong`].
pub fn png(text: &str, ecc: Ecc) -> Result<Vec<u8>, RenderError> {
    Symbol::encode(text, ecc)?.png(Scale::default())
}

/// How many alphanumeric characters a version holds (ISO/IEC 18004, table 7); `None` if there is no such version.
#[must_use]
pub fn alphanumeric_capacity(version: u8, ecc: Ecc) -> Option<usize> {
    if !(1..=MAX_VERSION).contains(&version) {
        return None;
    }
    let bits = Bits::new(Version::Normal(i16::from(version))).max_len(ecc.into()).ok()?;
    // Four bits for the mode, then the length (ISO/IEC 18004, table 3).
    let head = 4 + match version {
        0..=9 => 9,
        10..=26 => 11,
        _ => 13,
    };
    let bits = bits.checked_sub(head)?;
    Some(bits / 11 * 2 + usize::from(bits % 11 >= 6))
}

/// The set of alphanumeric mode (ISO/IEC 18004, table 5), which is base45's alphabet too.
fn is_alphanumeric(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'Z' | b' ' | b'$' | b'%' | b'*' | b'+' | b'-' | b'.' | b'/' | b':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Capacities as printed in ISO/IEC 18004, table 7.
    #[test]
    fn capacities_of_the_standard() {
        let table = [
            (1, Ecc::L, 25),
            (1, Ecc::H, 10),
            (9, Ecc::M, 262),
            (10, Ecc::L, 395),
            (20, Ecc::Q, 702),
            (25, Ecc::L, 1_853),
            (26, Ecc::L, 1_990),
            (27, Ecc::M, 1_637),
            (40, Ecc::L, 4_296),
            (40, Ecc::H, 1_852),
        ];
        for (version, ecc, characters) in table {
            assert_eq!(alphanumeric_capacity(version, ecc), Some(characters), "version {version} {ecc:?}");
        }
        assert_eq!(alphanumeric_capacity(0, Ecc::L), None);
        assert_eq!(alphanumeric_capacity(41, Ecc::L), None);
    }

    #[test]
    fn a_full_symbol_fits_and_one_character_more_does_not() {
        for version in [1, 9, 10, 26, 27, 40] {
            let capacity = alphanumeric_capacity(version, Ecc::L).unwrap();
            let symbol = Symbol::encode(&"A".repeat(capacity), Ecc::L).unwrap();
            assert_eq!(symbol.version(), version, "alphanumeric mode is used");
            assert_eq!(symbol.width(), usize::from(version) * 4 + 17);
            let next = Symbol::encode_within(&"A".repeat(capacity + 1), Ecc::L, version);
            assert_eq!(next, Err(RenderError::TooLong { max_version: version }));
        }
    }

    #[test]
    fn other_texts_are_drawn_too() {
        assert!(Symbol::encode("openid-credential-offer://?credential_offer_uri=x", Ecc::M).is_ok());
        assert_eq!(Symbol::encode(&"a".repeat(3_000), Ecc::L), Err(RenderError::TooLong { max_version: 40 }));
    }

    #[test]
    fn pictures_have_a_quiet_zone_and_whole_modules() {
        let symbol = Symbol::encode("A", Ecc::L).unwrap();
        let (pixels, side) = symbol.gray(Scale::FitWidth(100)).unwrap();
        assert_eq!((symbol.width(), side), (21, 29 * 3));
        let side = side as usize;
        let zone = QUIET_ZONE * 3;
        for (i, gray) in pixels.iter().enumerate() {
            let (column, row) = (i % side, i / side);
            let inside = (zone..side - zone).contains(&column) && (zone..side - zone).contains(&row);
            assert!(inside || *gray == 0xFF, "quiet zone is light");
        }
        assert_eq!(pixels.get(zone * side + zone), Some(&0), "the finder pattern begins behind it");
        assert!(symbol.svg().contains("viewBox=\"0 0 29 29\""));
        assert_eq!(symbol.terminal().lines().count(), 15);
    }

    #[test]
    fn impossible_scales_are_refused() {
        let symbol = Symbol::encode("A", Ecc::L).unwrap();
        for scale in
            [Scale::PixelsPerModule(0), Scale::PixelsPerModule(1_000), Scale::PixelsPerModule(u32::MAX)]
        {
            assert_eq!(symbol.png(scale), Err(RenderError::Scale));
        }
        assert!(symbol.png(Scale::FitWidth(0)).is_ok());
    }
}
