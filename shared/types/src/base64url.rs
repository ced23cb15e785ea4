//! base64url without padding (RFC 4648 section 5), strict: one text for one sequence of bytes.
//!
//! Padding, line breaks, characters of the other alphabet and non-zero trailing bits are refused,
//! so that nobody can change a signed text without changing what it says.

use base64::Engine as _;

/// On the servers' processors the engine with vector instructions: a third of the time for a credential.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
static ENGINE: std::sync::LazyLock<base64::engine::Simd> =
    std::sync::LazyLock::new(|| base64::engine::Simd::url_safe(base64::engine::general_purpose::NO_PAD));
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
use base64::engine::general_purpose::URL_SAFE_NO_PAD as ENGINE;

/// A text that is not strict base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base64UrlError {
    /// A character outside the alphabet, padding, a wrong length or non-zero trailing bits.
    Malformed,
    /// Decodes, but to another number of bytes than demanded.
    WrongSize {
        /// Bytes demanded.
        expected: usize,
    },
}

impl std::fmt::Display for Base64UrlError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed => f.write_str("not strict base64url"),
            Self::WrongSize { expected } => write!(f, "base64url of other than {expected} bytes"),
        }
    }
}
impl std::error::Error for Base64UrlError {}
crate::coded! { Base64UrlError {
    Malformed => ("base64url-malformed", Peer),
    WrongSize { .. } => ("base64url-size", Peer),
} }

/// The one base64url text of these bytes.
#[must_use]
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    ENGINE.encode(bytes)
}

/// Appends the base64url text of these bytes: no allocation of its own.
pub fn encode_into(bytes: impl AsRef<[u8]>, text: &mut String) {
    let bytes = bytes.as_ref();
    // What is short goes over the stack: the engine's own way clears a kilobyte first.
    let mut short = [0; 256];
    let written = ENGINE.encode_slice(bytes, &mut short).ok();
    match written.and_then(|length| std::str::from_utf8(short.get(..length)?).ok()) {
        Some(encoded) => text.push_str(encoded),
        None => ENGINE.encode_string(bytes, text),
    }
}

/// The base64url texts of values of one size, encoded in one go: the engine is slow to start and fast to run.
#[derive(Clone)]
pub struct Texts {
    text: String,
    /// Characters from one text to the next.
    stride: usize,
    /// Characters of one text.
    length: usize,
}

/// The base64url text of each of these values.
#[must_use]
pub fn encode_each<const N: usize>(values: &[[u8; N]]) -> Texts {
    // Filled up with zeros to whole groups of three bytes: what the filling adds to a value's last character is the zero
    // bits that stand there anyway, and the characters after it are left out.
    let filled = N.next_multiple_of(3);
    let mut bytes = vec![0; filled * values.len()];
    for (place, value) in bytes.chunks_exact_mut(filled).zip(values) {
        if let Some(place) = place.first_chunk_mut() {
            *place = *value;
        }
    }
    Texts { text: ENGINE.encode(bytes), stride: filled / 3 * 4, length: (N * 8).div_ceil(6) }
}

impl Texts {
    /// The text of the value at a place.
    #[must_use]
    pub fn text(&self, at: usize) -> Option<&str> {
        let start = at.checked_mul(self.stride)?;
        self.text.get(start..start.checked_add(self.length)?)
    }

    /// All texts, in the order of the values.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..).map_while(|at| self.text(at))
    }
}

/// The bytes of a strict base64url text.
///
/// # Errors
/// [`Base64UrlError::Malformed`] for everything that [`encode`] would not have written.
pub fn decode(text: impl AsRef<[u8]>) -> Result<Vec<u8>, Base64UrlError> {
    ENGINE.decode(text).map_err(|_| Base64UrlError::Malformed)
}

/// As [`decode`], for a value of known size.
///
/// # Errors
/// [`Base64UrlError::WrongSize`] when it is well formed but of another size.
pub fn decode_array<const N: usize>(text: impl AsRef<[u8]>) -> Result<[u8; N], Base64UrlError> {
    decode(text)?.try_into().map_err(|_| Base64UrlError::WrongSize { expected: N })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded as _;
    use proptest::prelude::*;

    #[test]
    fn hostile_texts() {
        let cases = [
            ("padded", "_w==", "base64url-malformed"),
            ("standard alphabet", "+/+/", "base64url-malformed"),
            ("trailing bits", "_x", "base64url-malformed"),
            ("one character left over", "_wAAA", "base64url-malformed"),
            ("line break", "_w\n", "base64url-malformed"),
            ("blank", " _w", "base64url-malformed"),
            ("not ASCII", "ä", "base64url-malformed"),
        ];
        for (name, text, code) in cases {
            assert_eq!(decode(text).map_err(|e| e.code()), Err(code), "{name}");
        }
        assert_eq!(decode("_w"), Ok(vec![0xff]));
        assert_eq!(decode(""), Ok(vec![]));
        assert_eq!(decode_array::<2>("_w").map_err(|e| e.code()), Err("base64url-size"));
        assert_eq!(decode_array::<1>("_w"), Ok([0xff]));
    }

    proptest! {
        #[test]
        fn round_trip(bytes: Vec<u8>) {
            let text = encode(&bytes);
            let mut appended = String::from("x");
            encode_into(&bytes, &mut appended);
            prop_assert_eq!(&appended[1..], &text);
            prop_assert_eq!(decode(&text), Ok(bytes));
        }

        #[test]
        fn encoded_together_as_each_alone(salts: Vec<[u8; 16]>, digests: Vec<[u8; 32]>, triples: Vec<[u8; 3]>) {
            fn alone<const N: usize>(values: &[[u8; N]]) -> Vec<String> {
                values.iter().map(encode).collect()
            }
            fn together<const N: usize>(values: &[[u8; N]]) -> Vec<String> {
                encode_each(values).iter().map(str::to_owned).collect()
            }
            prop_assert_eq!(together(&salts), alone(&salts));
            prop_assert_eq!(together(&digests), alone(&digests));
            prop_assert_eq!(together(&triples), alone(&triples));
            prop_assert!(encode_each(&salts).text(salts.len()).is_none());
        }

        #[test]
        fn only_one_text_for_the_same_bytes(text in "[A-Za-z0-9_-]{0,12}") {
            if let Ok(bytes) = decode(&text) {
                prop_assert_eq!(encode(bytes), text);
            }
        }
    }
}
