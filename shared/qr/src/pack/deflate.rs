//! Raw DEFLATE with a preset dictionary and a known output length.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::UnpackError;

/// Compresses `input`, or `None` if the library cannot (it always can).
pub(crate) fn deflate(input: &[u8], dictionary: &[u8]) -> Option<Vec<u8>> {
    let mut stream = Compress::new(Compression::best(), false);
    stream.set_dictionary(dictionary).ok()?;
    // Stored blocks cost five bytes for each 64 KiB at most: one call is enough.
    let mut out = Vec::with_capacity(input.len() + input.len() / 8 + 64);
    match stream.compress_vec(input, &mut out, FlushCompress::Finish) {
        Ok(Status::StreamEnd) => Some(out),
        _ => None,
    }
}

/// Decompresses to exactly `length` bytes. Nothing beyond `length` is ever allocated.
pub(crate) fn inflate(input: &[u8], dictionary: &[u8], length: usize) -> Result<Vec<u8>, UnpackError> {
    let mut stream = Decompress::new(false);
    stream.set_dictionary(dictionary).map_err(|_| UnpackError::Inflate)?;
    // One byte more, so that a stream that goes on is noticed.
    let mut out = vec![0_u8; length + 1];
    let status =
        stream.decompress(input, &mut out, FlushDecompress::Finish).map_err(|_| UnpackError::Inflate)?;
    let made = usize::try_from(stream.total_out()).unwrap_or(usize::MAX);
    let read = usize::try_from(stream.total_in()).unwrap_or(usize::MAX);
    match status {
        _ if made > length => Err(UnpackError::Malformed),
        Status::StreamEnd if made < length => Err(UnpackError::Malformed),
        Status::StreamEnd if read < input.len() => Err(UnpackError::Trailing),
        Status::StreamEnd => {
            out.truncate(length);
            Ok(out)
        }
        Status::Ok | Status::BufError => Err(UnpackError::Truncated),
    }
}
