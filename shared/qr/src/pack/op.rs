//! The marks in a skeleton and the numbers around it.

use super::UnpackError;

// Bytes 0xF5–0xFF, 0xC0 and 0xC1 never occur in UTF-8 (RFC 3629, section 1). The marks below 0x09 are control characters:
// a text that holds one is not opened.

/// Up to the matching [`CLOSE`]: text that goes out base64url-encoded.
pub(crate) const OPEN: u8 = 0xF5;
/// Ends what [`OPEN`] began.
pub(crate) const CLOSE: u8 = 0xF6;
/// 16 raw bytes, base64url: a salt.
pub(crate) const RAW16: u8 = 0xF7;
/// 32 raw bytes, base64url: a digest, a coordinate of a key.
pub(crate) const RAW32: u8 = 0xF8;
/// 64 raw bytes, base64url: a signature.
pub(crate) const RAW64: u8 = 0xF9;
/// A varint, then that many raw bytes, base64url.
pub(crate) const RAW: u8 = 0xFA;
/// One raw byte *k*: the digest of the disclosure *k* of those rebuilt so far, counted from 0.
pub(crate) const DIGEST: u8 = 0xFB;
/// 32 raw bytes: the digest of a certificate chain; goes out as its certificates, base64, quoted, with commas.
pub(crate) const CHAIN: u8 = 0xFC;
/// In the skeleton a varint and that many bytes; goes out base64 with padding: a certificate by value.
pub(crate) const DER: u8 = 0xFD;
/// The request's `aud`.
pub(crate) const AUD: u8 = 0xFE;
/// The request's `nonce`.
pub(crate) const NONCE: u8 = 0xFF;
/// The base64url digest of everything before the key-binding JWT.
pub(crate) const SD_HASH: u8 = 0xC0;
/// Two raw bytes: whole days since 1970, goes out as decimal seconds.
pub(crate) const DAYS: u8 = 0xC1;
/// Four raw bytes: an unsigned number, goes out decimal.
pub(crate) const NUMBER: u8 = 0x01;
/// The content of an array of digests: one raw byte *n*, a bit map (bit set: [`DIGEST`] with one byte *k*, otherwise 32
/// bytes), then the entries.
pub(crate) const DIGESTS: u8 = 0x02;
/// Two raw bytes: a calendar date, goes out as `YYYY-MM-DD`.
pub(crate) const DATE: u8 = 0x03;
/// Marks that would be ambiguous in a text: control characters 0x01 to 0x08.
pub(crate) const LAST_CONTROL_MARK: u8 = 0x08;

/// `true` for a byte that a text may hold without being mistaken for a mark.
pub(crate) fn is_plain(byte: u8) -> bool {
    byte > LAST_CONTROL_MARK && byte < OPEN && byte != SD_HASH && byte != DAYS
}

/// How deep [`OPEN`] may be nested: a JWT in a JWT's payload with disclosures needs three.
pub(crate) const MAX_DEPTH: usize = 4;

/// The longest varint that is read: 4 bytes, 28 bits.
const MAX_VARINT_BYTES: u32 = 4;

/// Appends an unsigned LEB128 number.
pub(crate) fn push_varint(out: &mut Vec<u8>, mut value: usize) {
    loop {
        let low = (value & 0x7F) as u8;
        value >>= 7;
        if value == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

/// Bytes that are read from the front and never past the end.
pub(crate) struct Input<'a> {
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) fn byte(&mut self) -> Result<u8, UnpackError> {
        let (first, rest) = self.rest.split_first().ok_or(UnpackError::Truncated)?;
        self.rest = rest;
        Ok(*first)
    }

    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8], UnpackError> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(UnpackError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    /// Takes bytes as long as they are no marks, nor the `~` between parts.
    pub(crate) fn take_plain(&mut self) -> &'a [u8] {
        let end =
            self.rest.iter().position(|byte| !is_plain(*byte) || *byte == b'~').unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        taken
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], UnpackError> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or(UnpackError::Truncated)?;
        self.rest = rest;
        Ok(*taken)
    }

    pub(crate) fn varint(&mut self) -> Result<usize, UnpackError> {
        let mut value = 0_usize;
        for position in 0..MAX_VARINT_BYTES {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7F) << (7 * position);
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(UnpackError::Malformed)
    }
}
