//! Hexadecimal: written in lower case, read in either case (people type hashes).

/// A text that is not hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HexError {
    /// A character that is no hexadecimal digit, or an odd number of digits.
    Malformed,
    /// Decodes, but to another number of bytes than demanded.
    WrongSize {
        /// Bytes demanded.
        expected: usize,
    },
}

impl std::fmt::Display for HexError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed => f.write_str("not hexadecimal"),
            Self::WrongSize { expected } => write!(f, "hexadecimal of other than {expected} bytes"),
        }
    }
}
impl std::error::Error for HexError {}
crate::coded! { HexError {
    Malformed => ("hex-malformed", User),
    WrongSize { .. } => ("hex-size", User),
} }

/// Lower-case hexadecimal.
#[must_use]
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    let bytes = bytes.as_ref();
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

/// The bytes of a hexadecimal text.
///
/// # Errors
/// [`HexError::Malformed`] for an odd length or a character that is no hexadecimal digit.
pub fn decode(text: &str) -> Result<Vec<u8>, HexError> {
    let digits: Vec<u8> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect::<Option<_>>()
        .ok_or(HexError::Malformed)?;
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(HexError::Malformed);
    }
    Ok(pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

/// As [`decode`], for a value of known size.
///
/// # Errors
/// [`HexError::WrongSize`] when it is well formed but of another size.
pub fn decode_array<const N: usize>(text: &str) -> Result<[u8; N], HexError> {
    decode(text)?.try_into().map_err(|_| HexError::WrongSize { expected: N })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded as _;
    use proptest::prelude::*;

    #[test]
    fn hostile_texts() {
        for (name, text) in [("odd", "abc"), ("letter", "0g"), ("prefix", "0x00"), ("blank", "00 0")] {
            assert_eq!(decode(text).map_err(|e| e.code()), Err("hex-malformed"), "{name}");
        }
        assert_eq!(decode("00fF"), Ok(vec![0, 255]));
        assert_eq!(decode_array::<3>("00ff").map_err(|e| e.code()), Err("hex-size"));
        assert_eq!(decode_array::<2>("00ff"), Ok([0, 255]));
    }

    proptest! {
        #[test]
        fn round_trip(bytes: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&bytes)), Ok(bytes.clone()));
            prop_assert_eq!(decode(&encode(&bytes).to_uppercase()), Ok(bytes));
        }
    }
}
