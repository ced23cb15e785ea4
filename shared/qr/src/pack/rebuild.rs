use super::{PackContext, UnpackError};
pub(super) fn rebuild(_s: &[u8], _raw: &[u8], _context: &PackContext<'_>, _limit: usize) -> Result<String, UnpackError> { Err(UnpackError::Malformed) }
