//! The list itself (section 4): bits, packed from the least significant end, compressed with zlib.

use std::fmt;
use std::io::Read;

use absah_types::{base64url, coded};
use flate2::read::ZlibDecoder;
use flate2::{Compress, Compression, FlushCompress};

/// Bytes of an unpacked list at most: 4 million cards at 2 bits, 1 million at 8.
pub const MAX_BYTES: usize = 1 << 20;

/// Bits per entry. Section 4.2: "The allowed values for bits are 1, 2, 4 and 8."
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bits {
    /// 0 and 1.
    One,
    /// 0 to 3.
    Two,
    /// 0 to 15.
    Four,
    /// 0 to 255.
    Eight,
}

impl Bits {
    /// The number of bits.
    pub const fn count(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Four => 4,
            Self::Eight => 8,
        }
    }

    /// From the claim `bits`.
    pub const fn of_count(count: u64) -> Option<Self> {
        match count {
            1 => Some(Self::One),
            2 => Some(Self::Two),
            4 => Some(Self::Four),
            8 => Some(Self::Eight),
            _ => None,
        }
    }

    const fn largest(self) -> u8 {
        u8::MAX >> (8 - self.count())
    }

    const fn per_byte(self) -> usize {
        8 / self.count()
    }
}

/// A status list in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusList {
    bits: Bits,
    bytes: Vec<u8>,
}

impl StatusList {
    /// A list of `entries` zeros, rounded up to whole bytes.
    ///
    /// # Errors
    /// [`StatusListError::TooLarge`] beyond [`MAX_BYTES`].
    pub fn new(bits: Bits, entries: u64) -> Result<Self, StatusListError> {
        match usize::try_from(entries.div_ceil(bits.per_byte() as u64)) {
            Ok(bytes) if bytes <= MAX_BYTES => Ok(Self { bits, bytes: vec![0; bytes] }),
            _ => Err(StatusListError::TooLarge),
        }
    }

    /// Bits per entry.
    pub fn bits(&self) -> Bits {
        self.bits
    }

    /// How many entries there are.
    pub fn entries(&self) -> u64 {
        (self.bytes.len() * self.bits.per_byte()) as u64
    }

    /// The value at `idx`.
    ///
    /// # Errors
    /// [`StatusListError::OutOfBounds`]: "If the provided index is out of bounds of the Status List, no
    /// statement about the status of the Referenced Token can be made" (section 8.3).
    pub fn value(&self, idx: u64) -> Result<u8, StatusListError> {
        let (at, shift) = self.place(idx)?;
        let byte = self.bytes.get(at).ok_or(StatusListError::OutOfBounds)?;
        Ok(byte >> shift & self.bits.largest())
    }

    /// Sets the value at `idx`.
    ///
    /// # Errors
    /// [`StatusListError::OutOfBounds`]; [`StatusListError::ValueTooLarge`] for more than the bits hold.
    pub fn set(&mut self, idx: u64, value: u8) -> Result<(), StatusListError> {
        let largest = self.bits.largest();
        if value > largest {
            return Err(StatusListError::ValueTooLarge);
        }
        let (at, shift) = self.place(idx)?;
        let byte = self.bytes.get_mut(at).ok_or(StatusListError::OutOfBounds)?;
        *byte = *byte & !(largest << shift) | value << shift;
        Ok(())
    }

    /// Byte and shift of an entry. Section 4.1: "The bits are counted from the least significant bit "0" to
    /// the most significant bit".
    fn place(&self, idx: u64) -> Result<(usize, usize), StatusListError> {
        let idx = usize::try_from(idx).map_err(|_| StatusListError::OutOfBounds)?;
        let per_byte = self.bits.per_byte();
        Ok((idx / per_byte, idx % per_byte * self.bits.count()))
    }

    /// The claim `lst`: zlib at the highest level, base64url. The same list gives the same text.
    pub fn encode(&self) -> String {
        base64url::encode(self.to_zlib())
    }

    /// The claim `lst` of a CWT: zlib at the highest level. The same list gives the same bytes.
    pub fn to_zlib(&self) -> Vec<u8> {
        deflate(&self.bytes)
    }

    /// Reads the claim `lst`.
    ///
    /// # Errors
    /// [`StatusListError::Malformed`] if it is not base64url of one zlib stream,
    /// [`StatusListError::TooLarge`] if it unpacks to more than [`MAX_BYTES`].
    pub fn decode(bits: Bits, lst: &str) -> Result<Self, StatusListError> {
        Self::from_zlib(bits, &base64url::decode(lst).map_err(|_| StatusListError::Malformed)?)
    }

    /// Reads the claim `lst` of a CWT.
    ///
    /// # Errors
    /// As [`StatusList::decode`].
    pub fn from_zlib(bits: Bits, packed: &[u8]) -> Result<Self, StatusListError> {
        let mut bytes = Vec::new();
        let mut decoder = ZlibDecoder::new(packed).take(MAX_BYTES as u64 + 1);
        decoder.read_to_end(&mut bytes).map_err(|_| StatusListError::Malformed)?;
        if bytes.len() > MAX_BYTES {
            return Err(StatusListError::TooLarge);
        }
        // What follows the stream would be in the signature and in no list.
        if decoder.into_inner().total_in() != packed.len() as u64 {
            return Err(StatusListError::Malformed);
        }
        Ok(Self { bits, bytes })
    }
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut packer = Compress::new(Compression::best(), true);
    let mut packed = Vec::with_capacity(bytes.len() / 4 + 64);
    loop {
        let consumed = usize::try_from(packer.total_in()).unwrap_or(usize::MAX);
        let rest = bytes.get(consumed..).unwrap_or_default();
        match packer.compress_vec(rest, &mut packed, FlushCompress::Finish) {
            Ok(flate2::Status::StreamEnd) => return packed,
            // Memory to memory: nothing else can happen than that the output is full.
            Ok(_) | Err(_) => packed.reserve(bytes.len() / 8 + 64),
        }
    }
}

/// Why a status list cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusListError {
    /// Not base64url of exactly one zlib stream.
    Malformed,
    /// More than [`MAX_BYTES`] unpacked.
    TooLarge,
    /// No such index.
    OutOfBounds,
    /// The value does not fit the bits.
    ValueTooLarge,
}

coded! { StatusListError {
    Malformed => ("status-list-malformed", Peer),
    TooLarge => ("status-list-too-large", Peer),
    OutOfBounds => ("status-list-out-of-bounds", Peer),
    ValueTooLarge => ("status-list-value-too-large", Bug),
} }

impl fmt::Display for StatusListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "status list is malformed",
            Self::TooLarge => "status list is too large",
            Self::OutOfBounds => "status list has no such index",
            Self::ValueTooLarge => "status value does not fit the list",
        })
    }
}

impl std::error::Error for StatusListError {}
