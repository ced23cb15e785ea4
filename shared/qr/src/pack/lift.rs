use super::PackContext;
pub(super) struct Lifted { pub(super) skeleton: Vec<u8>, pub(super) raw: Vec<u8> }
pub(super) fn lift(_text: &str, _context: &PackContext<'_>) -> Option<Lifted> { None }
