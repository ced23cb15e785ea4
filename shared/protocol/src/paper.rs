//! What the code on a paper card carries (design, flow C).
//!
//! | bytes | meaning |
//! |---|---|
//! | 1 | format, `0x01` |
//! | 2 | length of the packed card, big endian |
//! | … | the card, [packed](absah_qr::pack()) |
//! | … | the portrait: salt and picture |

use absah_qr::{UnpackError, pack, unpack};
use absah_types::coded;

use crate::oid4vp::flow_a::MAX_PRESENTATION;
use crate::oid4vp::flow_b::Packing;

/// The one format so far.
pub const FORMAT_V1: u8 = 0x01;
/// Largest picture on paper, in bytes: "portrait ≤ 700 bytes".
pub const MAX_PICTURE: usize = 700;
/// The largest QR version on paper, error correction M.
pub const MAX_VERSION: u8 = 27;
/// Largest code accepted, in bytes: what version 40 holds.
pub const MAX_CODE: usize = 3000;

/// Why bytes are no paper card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperError {
    /// Too short, too long, or lengths that do not fit.
    Malformed,
    /// The first byte names an unknown format.
    UnknownFormat,
    /// The card does not unpack.
    Unpack(UnpackError),
}

impl std::fmt::Display for PaperError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "paper card malformed",
            Self::UnknownFormat => "paper card of an unknown format",
            Self::Unpack(inner) => return inner.fmt(f),
        })
    }
}

impl std::error::Error for PaperError {}

coded! { PaperError {
    Malformed => ("paper-malformed", Peer),
    UnknownFormat => ("paper-format-unknown", Peer),
    Unpack(e) => inner(e),
} }

/// A paper card: the signed text and the portrait beside it. Nothing in it is checked.
#[derive(Clone, PartialEq, Eq)]
pub struct Paper {
    /// The SD-JWT as issued.
    pub card: String,
    /// Salt and picture.
    pub portrait: Vec<u8>,
}

impl std::fmt::Debug for Paper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Paper(…)")
    }
}

impl Paper {
    /// The bytes of its code; `None` when the card is too long for any.
    #[must_use]
    pub fn encode(&self, packing: Packing<'_>) -> Option<Vec<u8>> {
        let packed = pack(&self.card, &packing.context());
        let mut bytes = vec![FORMAT_V1];
        bytes.extend(u16::try_from(packed.len()).ok()?.to_be_bytes());
        bytes.extend(packed);
        bytes.extend_from_slice(&self.portrait);
        (bytes.len() <= MAX_CODE).then_some(bytes)
    }

    /// Reads [`Paper::encode`] back.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn parse(bytes: &[u8], packing: Packing<'_>) -> Result<Self, PaperError> {
        if bytes.len() > MAX_CODE {
            return Err(PaperError::Malformed);
        }
        let (format, rest) = bytes.split_first().ok_or(PaperError::Malformed)?;
        if *format != FORMAT_V1 {
            return Err(PaperError::UnknownFormat);
        }
        let (length, rest) = rest.split_first_chunk::<2>().ok_or(PaperError::Malformed)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (packed, portrait) = rest.split_at_checked(length).ok_or(PaperError::Malformed)?;
        let card = unpack(packed, &packing.context(), MAX_PRESENTATION).map_err(PaperError::Unpack)?;
        Ok(Self { card, portrait: portrait.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_qr::Dictionary;
    use proptest::prelude::*;

    fn packing() -> Packing<'static> {
        Packing { dictionary: Dictionary::v1(), x5c: &|_| None }
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_read_back(
            card in "[ -~]{0,300}", portrait in proptest::collection::vec(any::<u8>(), 0..720),
        ) {
            let paper = Paper { card, portrait };
            let bytes = paper.encode(packing()).unwrap();
            prop_assert_eq!(Paper::parse(&bytes, packing()).unwrap(), paper);
        }

        #[test]
        fn no_bytes_make_it_stumble(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Paper::parse(&bytes, packing());
        }
    }

    #[test]
    fn each_damage_has_its_code() {
        let good = Paper { card: "a.b.c~".into(), portrait: vec![1; 30] }.encode(packing()).unwrap();
        let parse = |bytes: &[u8]| Paper::parse(bytes, packing()).unwrap_err();
        assert_eq!(parse(&[]), PaperError::Malformed);
        assert_eq!(parse(&[FORMAT_V1, 0xff, 0xff]), PaperError::Malformed);
        assert_eq!(parse(&[&[2], &good[1..]].concat()), PaperError::UnknownFormat);
        assert_eq!(parse(&[0; MAX_CODE + 1]), PaperError::Malformed);
        assert_eq!(parse(&[FORMAT_V1, 0, 0]), PaperError::Unpack(UnpackError::Empty));
        assert_eq!(Paper { card: "x".repeat(9000), portrait: vec![0; 3000] }.encode(packing()), None);
    }
}
