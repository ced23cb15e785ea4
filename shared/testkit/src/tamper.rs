//! Damage, systematically.

/// Every copy of the bytes in which one bit of one byte is flipped (another bit in each byte), with
/// the place.
pub fn flipped_bytes(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> {
    (0..bytes.len()).map(move |at| {
        let mut copy = bytes.to_vec();
        if let Some(byte) = copy.get_mut(at) {
            *byte ^= 1 << (at % 8);
        }
        (at, copy)
    })
}

/// Every copy of an ASCII text in which one character is another of the same kind: a digit stays a
/// digit, a letter a letter of its case, anything else becomes `A`. With the place.
pub fn changed_characters(text: &str) -> impl Iterator<Item = (usize, String)> {
    text.char_indices().map(move |(at, old)| {
        let new = match old {
            '0'..='8' | 'a'..='y' | 'A'..='Y' => char::from_u32(u32::from(old) + 1).unwrap_or('A'),
            '9' => '0',
            'z' => 'a',
            'Z' => 'B',
            _ => 'A',
        };
        let (before, after) = text.split_at(at);
        let after = after.strip_prefix(old).unwrap_or_default();
        (at, format!("{before}{new}{after}"))
    })
}

/// Every proper prefix, from nothing to all but the last byte.
pub fn truncated(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    (0..bytes.len()).map(|length| bytes.get(..length).unwrap_or_default())
}

/// Every copy with one byte left out, with the place.
pub fn shortened(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> {
    (0..bytes.len()).map(move |at| {
        let mut copy = bytes.to_vec();
        copy.remove(at);
        (at, copy)
    })
}

/// Every copy with one byte doubled, with the place.
pub fn lengthened(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> {
    bytes.iter().enumerate().map(move |(at, byte)| {
        let mut copy = bytes.to_vec();
        copy.insert(at, *byte);
        (at, copy)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_copy_differs_in_one_place() {
        let bytes = b"abcdefghij";
        assert_eq!(flipped_bytes(bytes).count(), 10);
        for (at, copy) in flipped_bytes(bytes) {
            let different: Vec<_> = (0..10).filter(|i| copy[*i] != bytes[*i]).collect();
            assert_eq!(different, [at]);
        }
        for (at, copy) in changed_characters("aZ9z.-é0") {
            assert_ne!(copy, "aZ9z.-é0", "{at}");
            assert_eq!(copy.chars().count(), 8);
        }
        assert_eq!(truncated(bytes).map(<[u8]>::len).collect::<Vec<_>>(), (0..10).collect::<Vec<_>>());
        assert!(shortened(bytes).all(|(_, copy)| copy.len() == 9));
        assert!(lengthened(bytes).all(|(_, copy)| copy.len() == 11));
    }
}
