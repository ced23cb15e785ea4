//! Flow B, one-scan: yes-or-no facts and the portrait, shown without a request.
//!
//! | bytes | meaning |
//! |---|---|
//! | 1 | format, `0x01` |
//! | 1 | [class](Class) of services it is for |
//! | 16 | random, new for each code: the key of the counter's replay cache |
//! | 2 | length of the packed presentation, big endian |
//! | … | the presentation, [packed](absah_qr::pack()) |
//! | … | the portrait: salt and picture; nothing where the class has none |
//!
//! The key-binding JWT has the class's URI as `aud` and the base64url of the random bytes as `nonce`; both stand in
//! clear, so they are left out of the packing. No counter's key is known, so nothing is encrypted: hence yes-or-no
//! facts only.

use absah_qr::pack::Chain;
use absah_qr::{Dictionary, PackContext, UnpackError, pack, unpack};
use absah_trust::registration::Class;
use absah_types::{base64url, coded};

use super::flow_a::{MAX_PORTRAIT, MAX_PRESENTATION};

/// The one format so far.
pub const FORMAT_V1: u8 = 0x01;
/// Random bytes in a code.
pub const NONCE: usize = 16;
/// "The code changes every 30 s" (design, flow B).
pub const EPOCH: absah_types::Seconds = absah_types::Seconds(30);
/// Largest code accepted, in bytes.
pub const MAX_CODE: usize = 16 * 1024;
const HEAD: usize = 2 + NONCE;

/// What both sides know for packing.
#[derive(Clone, Copy)]
pub struct Packing<'a> {
    /// The packing dictionary.
    pub dictionary: &'a Dictionary,
    /// Certificate chains by their digest, from the bundle.
    pub x5c: &'a dyn Fn(&[u8; 32]) -> Option<Chain>,
}

impl<'a> Packing<'a> {
    /// For a text that is bound to nothing.
    pub(crate) fn context(self) -> PackContext<'a> {
        PackContext::new(self.dictionary).with_certificates(self.x5c)
    }
}

impl std::fmt::Debug for Packing<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Packing").finish_non_exhaustive()
    }
}

/// Why the bytes of a code are none, or why none is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// Too short, too long, or lengths that do not fit.
    Malformed,
    /// The first byte names an unknown format.
    UnknownFormat,
    /// It is for a class of services that does not exist.
    UnknownClass,
    /// The presentation does not unpack.
    Unpack(UnpackError),
    /// A part is too large for a code.
    TooLarge,
}

impl std::fmt::Display for CodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "one-scan code malformed",
            Self::UnknownFormat => "one-scan code of an unknown format",
            Self::UnknownClass => "one-scan code for an unknown class of services",
            Self::Unpack(inner) => return inner.fmt(f),
            Self::TooLarge => "a part is too large for a one-scan code",
        })
    }
}

impl std::error::Error for CodeError {}

coded! { CodeError {
    Malformed => ("one-scan-malformed", Peer),
    UnknownFormat => ("one-scan-format-unknown", Peer),
    UnknownClass => ("one-scan-class-unknown", Peer),
    Unpack(e) => inner(e),
    TooLarge => ("one-scan-too-large", Environment),
} }

/// The part in clear: for which services a code is, and its nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The class of services.
    pub class: Class,
    /// Random, new for each code.
    pub nonce: [u8; NONCE],
}

impl Head {
    /// `aud` of the key binding.
    #[must_use]
    pub fn aud(&self) -> String {
        self.class.uri()
    }

    /// `nonce` of the key binding.
    #[must_use]
    pub fn nonce_text(&self) -> String {
        base64url::encode(self.nonce)
    }

    /// The bytes of a code.
    ///
    /// # Errors
    /// [`CodeError::TooLarge`].
    pub fn encode(
        &self,
        presentation: &str,
        portrait: Option<&[u8]>,
        packing: Packing<'_>,
    ) -> Result<Vec<u8>, CodeError> {
        let (aud, nonce) = (self.aud(), self.nonce_text());
        let packed = pack(presentation, &self.context(&aud, &nonce, packing));
        let portrait = portrait.unwrap_or_default();
        if presentation.len() > MAX_PRESENTATION || portrait.len() > MAX_PORTRAIT {
            return Err(CodeError::TooLarge);
        }
        let length = u16::try_from(packed.len()).map_err(|_| CodeError::TooLarge)?;
        let mut bytes = vec![FORMAT_V1, self.class.bits()];
        bytes.extend_from_slice(&self.nonce);
        bytes.extend(length.to_be_bytes());
        bytes.extend(packed);
        bytes.extend_from_slice(portrait);
        if bytes.len() > MAX_CODE { Err(CodeError::TooLarge) } else { Ok(bytes) }
    }

    fn context<'a>(&self, aud: &'a str, nonce: &'a str, packing: Packing<'a>) -> PackContext<'a> {
        packing.context().with_binding(aud, nonce)
    }
}

/// A code as it came: nothing in it is checked.
#[derive(Clone, Copy, Debug)]
pub struct Code<'b> {
    head: Head,
    packed: &'b [u8],
    portrait: &'b [u8],
}

impl<'b> Code<'b> {
    /// Reads the part in clear.
    ///
    /// # Errors
    /// [`CodeError::Malformed`], [`CodeError::UnknownFormat`], [`CodeError::UnknownClass`].
    pub fn parse(bytes: &'b [u8]) -> Result<Self, CodeError> {
        if bytes.len() > MAX_CODE {
            return Err(CodeError::Malformed);
        }
        let (format, _) = bytes.split_first().ok_or(CodeError::Malformed)?;
        if *format != FORMAT_V1 {
            return Err(CodeError::UnknownFormat);
        }
        let (head, rest) = bytes.split_first_chunk::<HEAD>().ok_or(CodeError::Malformed)?;
        let [_, class, nonce @ ..] = *head;
        let class = Class::from_bits(class).ok_or(CodeError::UnknownClass)?;
        let (length, rest) = rest.split_first_chunk::<2>().ok_or(CodeError::Malformed)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (packed, portrait) = rest.split_at_checked(length).ok_or(CodeError::Malformed)?;
        if portrait.len() > MAX_PORTRAIT {
            return Err(CodeError::Malformed);
        }
        Ok(Self { head: Head { class, nonce }, packed, portrait })
    }

    /// The part in clear.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The portrait that came along: salt and picture.
    #[must_use]
    pub fn portrait(&self) -> Option<&'b [u8]> {
        (!self.portrait.is_empty()).then_some(self.portrait)
    }

    /// The presentation's text.
    ///
    /// # Errors
    /// [`CodeError::Unpack`].
    pub fn presentation(&self, packing: Packing<'_>) -> Result<String, CodeError> {
        let (aud, nonce) = (self.head.aud(), self.head.nonce_text());
        let context = self.head.context(&aud, &nonce, packing);
        unpack(self.packed, &context, MAX_PRESENTATION).map_err(CodeError::Unpack)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packing() -> Packing<'static> {
        Packing { dictionary: Dictionary::v1(), x5c: &|_| None }
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_read_back(
            predicates in 1_u8..16, portrait_asked in any::<bool>(), nonce in any::<[u8; NONCE]>(), text in "[ -~]{0,300}",
            portrait in proptest::option::of(proptest::collection::vec(any::<u8>(), 1..1500)),
        ) {
            let bits = predicates | if portrait_asked { 0x80 } else { 0 };
            let head = Head { class: Class::from_bits(bits).unwrap(), nonce };
            let bytes = head.encode(&text, portrait.as_deref(), packing()).unwrap();
            let code = Code::parse(&bytes).unwrap();
            prop_assert_eq!(code.head(), &head);
            prop_assert_eq!(code.portrait(), portrait.as_deref());
            prop_assert_eq!(code.presentation(packing()).unwrap(), text);
        }

        #[test]
        fn no_bytes_make_it_stumble(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(code) = Code::parse(&bytes) {
                let _ = code.presentation(packing());
            }
        }
    }

    #[test]
    fn each_damage_has_its_code() {
        let head = Head { class: Class::of(["usiaMinimal17"]).unwrap(), nonce: [7; NONCE] };
        let good = head.encode("a.b.c~", None, packing()).unwrap();
        let with = |place: usize, value: u8| {
            let mut bytes = good.clone();
            bytes[place] = value;
            Code::parse(&bytes).map(|code| code.presentation(packing())).unwrap_err()
        };
        assert!(Code::parse(&good).is_ok());
        assert_eq!(with(0, 2), CodeError::UnknownFormat);
        assert_eq!(with(1, 0x80), CodeError::UnknownClass, "the portrait alone");
        assert_eq!(with(1, 0x11), CodeError::UnknownClass, "a fact that there is not");
        assert_eq!(with(18, 0xff), CodeError::Malformed, "longer than it is");
        assert_eq!(Code::parse(&[]).unwrap_err(), CodeError::Malformed);
        assert_eq!(Code::parse(&good[..10]).unwrap_err(), CodeError::Malformed);
        let large = [good.as_slice(), &[0; MAX_PORTRAIT + 1]].concat();
        assert_eq!(Code::parse(&large).unwrap_err(), CodeError::Malformed);
        assert_eq!(head.encode("", Some(&[0; MAX_PORTRAIT + 1]), packing()), Err(CodeError::TooLarge));
        let mut other = good.clone();
        other[21] ^= 0xff;
        let unpacked = Code::parse(&other).unwrap().presentation(packing());
        assert!(matches!(unpacked, Err(CodeError::Unpack(_))) || unpacked.as_deref() != Ok("a.b.c~"));
    }
}
