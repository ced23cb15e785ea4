//! CBOR (RFC 8949) as far as a status list token needs it, in one form only: definite lengths, shortest heads, no key
//! twice. So nobody can change bytes without changing what they say.

use std::fmt;

use absah_types::coded;

/// Arrays, maps and tags within each other at most.
const MAX_DEPTH: usize = 8;
/// Items at most, so that comparing the keys of a map stays cheap.
const MAX_ITEMS: usize = 512;

/// A data item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item<'a> {
    /// Major type 0.
    Unsigned(u64),
    /// Major type 1: −1 − n.
    Negative(u64),
    /// Major type 2.
    Bytes(&'a [u8]),
    /// Major type 3.
    Text(&'a str),
    /// Major type 4.
    Array(Vec<Item<'a>>),
    /// Major type 5, in the order of the bytes.
    Map(Vec<(Item<'a>, Item<'a>)>),
    /// Major type 6.
    Tagged(u64, Box<Item<'a>>),
    /// Major type 7: additional information and the bits behind it. No claim of ours is one.
    Simple(u8, u64),
}

impl<'a> Item<'a> {
    /// Reads exactly one item.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, CborError> {
        let mut reader = Reader { rest: bytes, items: 0 };
        let item = reader.item(0)?;
        if reader.rest.is_empty() { Ok(item) } else { Err(CborError::Trailing) }
    }

    /// The value under a key of a map; nothing of anything else.
    pub(super) fn under(&self, key: &Item<'_>) -> Option<&Self> {
        let Self::Map(entries) = self else { return None };
        entries.iter().find(|(own, _)| own == key).map(|(_, value)| value)
    }

    /// As bytes.
    pub(super) fn to_vec(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Unsigned(value) => head(out, 0, *value),
            Self::Negative(value) => head(out, 1, *value),
            Self::Bytes(bytes) => {
                head(out, 2, bytes.len() as u64);
                out.extend_from_slice(bytes);
            }
            Self::Text(text) => {
                head(out, 3, text.len() as u64);
                out.extend_from_slice(text.as_bytes());
            }
            Self::Array(items) => {
                head(out, 4, items.len() as u64);
                items.iter().for_each(|item| item.write(out));
            }
            Self::Map(entries) => {
                head(out, 5, entries.len() as u64);
                for (key, value) in entries {
                    key.write(out);
                    value.write(out);
                }
            }
            Self::Tagged(tag, item) => {
                head(out, 6, *tag);
                item.write(out);
            }
            Self::Simple(info, bits) => {
                out.push(7 << 5 | info);
                let width = width(*info).unwrap_or(0);
                out.extend(bits.to_be_bytes().iter().skip(8 - width));
            }
        }
    }
}

/// Bytes behind the first byte of a head.
const fn width(info: u8) -> Option<usize> {
    match info {
        0..=23 => Some(0),
        24 => Some(1),
        25 => Some(2),
        26 => Some(4),
        27 => Some(8),
        _ => None,
    }
}

fn head(out: &mut Vec<u8>, major: u8, value: u64) {
    let (info, width) = match value {
        // Below 24 it stands in the first byte itself.
        0..=23 => (value.to_be_bytes()[7], 0),
        24..=0xff => (24, 1),
        0x100..=0xffff => (25, 2),
        0x1_0000..=0xffff_ffff => (26, 4),
        _ => (27, 8),
    };
    out.push(major << 5 | info);
    out.extend(value.to_be_bytes().iter().skip(8 - width));
}

struct Reader<'a> {
    rest: &'a [u8],
    items: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: u64) -> Result<&'a [u8], CborError> {
        let count = usize::try_from(count).map_err(|_| CborError::Truncated)?;
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(CborError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    /// Major type, additional information and value.
    fn head(&mut self) -> Result<(u8, u8, u64), CborError> {
        let [first] = self.take(1)? else { return Err(CborError::Truncated) };
        let (major, info) = (first >> 5, first & 31);
        if info == 31 {
            return Err(CborError::Indefinite);
        }
        let width = width(info).ok_or(CborError::Malformed)?;
        let value = self.take(width as u64)?.iter().fold(0, |value, byte| value << 8 | u64::from(*byte));
        let value = if width == 0 { u64::from(info) } else { value };
        // RFC 8949, section 4.2.1: "the shortest form". A float keeps its width, a simple value below 32 has none.
        let least = match (major, info) {
            (7, 24) => 32,
            (7, _) | (_, ..=23) => 0,
            (_, 24) => 24,
            (_, 25) => 0x100,
            (_, 26) => 0x1_0000,
            _ => 0x1_0000_0000,
        };
        if value < least { Err(CborError::NotShortest) } else { Ok((major, info, value)) }
    }

    fn item(&mut self, depth: usize) -> Result<Item<'a>, CborError> {
        self.items += 1;
        if depth > MAX_DEPTH || self.items > MAX_ITEMS {
            return Err(CborError::TooMuch);
        }
        let (major, info, value) = self.head()?;
        Ok(match major {
            0 => Item::Unsigned(value),
            1 => Item::Negative(value),
            2 => Item::Bytes(self.take(value)?),
            3 => Item::Text(std::str::from_utf8(self.take(value)?).map_err(|_| CborError::Malformed)?),
            4 => {
                let mut items = Vec::new();
                for _ in 0..value {
                    items.push(self.item(depth + 1)?);
                }
                Item::Array(items)
            }
            5 => {
                let mut entries: Vec<(Item<'a>, Item<'a>)> = Vec::new();
                for _ in 0..value {
                    let key = self.item(depth + 1)?;
                    // RFC 8949, section 5.6: "a map that has duplicate keys ... is not valid".
                    if entries.iter().any(|(own, _)| *own == key) {
                        return Err(CborError::DuplicateKey);
                    }
                    entries.push((key, self.item(depth + 1)?));
                }
                Item::Map(entries)
            }
            6 => Item::Tagged(value, Box::new(self.item(depth + 1)?)),
            _ => Item::Simple(info, if info < 24 { 0 } else { value }),
        })
    }
}

/// Why bytes are not one item in our form of CBOR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CborError {
    /// They end within an item.
    Truncated,
    /// Something follows the item.
    Trailing,
    /// A length is left open.
    Indefinite,
    /// A number takes more bytes than it needs.
    NotShortest,
    /// A map has a key twice.
    DuplicateKey,
    /// More items, or deeper ones, than any token has.
    TooMuch,
    /// A reserved head, or a text that is not UTF-8.
    Malformed,
}

coded! { CborError {
    Truncated => ("cbor-truncated", Peer),
    Trailing => ("cbor-trailing", Peer),
    Indefinite => ("cbor-indefinite", Peer),
    NotShortest => ("cbor-not-shortest", Peer),
    DuplicateKey => ("cbor-duplicate-key", Peer),
    TooMuch => ("cbor-too-much", Peer),
    Malformed => ("cbor-malformed", Peer),
} }

impl fmt::Display for CborError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Truncated => "cbor ends too early",
            Self::Trailing => "something follows the cbor item",
            Self::Indefinite => "cbor of indefinite length",
            Self::NotShortest => "cbor number not in its shortest form",
            Self::DuplicateKey => "cbor map with a key twice",
            Self::TooMuch => "too many or too deep cbor items",
            Self::Malformed => "malformed cbor",
        })
    }
}

impl std::error::Error for CborError {}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_types::{Coded as _, hex};
    use proptest::prelude::*;

    #[test]
    fn hostile_bytes() {
        let deep = "81".repeat(10) + "00";
        let many = format!("9903e8{}", "00".repeat(1000));
        let cases = [
            ("nothing", "", "cbor-truncated"),
            ("head cut", "19ff", "cbor-truncated"),
            ("bytes cut", "43ffff", "cbor-truncated"),
            ("2^64 - 1 bytes", "5bffffffffffffffff00", "cbor-truncated"),
            ("2^64 - 1 elements", "9bffffffffffffffff", "cbor-truncated"),
            ("2^64 - 1 entries", "bbffffffffffffffff", "cbor-truncated"),
            ("a second item", "0000", "cbor-trailing"),
            ("open array", "9f00ff", "cbor-indefinite"),
            ("open map", "bf0000ff", "cbor-indefinite"),
            ("open bytes", "5f4100ff", "cbor-indefinite"),
            ("open text", "7f6161ff", "cbor-indefinite"),
            ("a lone break", "ff", "cbor-indefinite"),
            ("1 in two bytes", "1801", "cbor-not-shortest"),
            ("255 in three", "1900ff", "cbor-not-shortest"),
            ("2^32 - 1 in nine", "1b00000000ffffffff", "cbor-not-shortest"),
            ("a long length", "580100", "cbor-not-shortest"),
            ("true in two bytes", "f815", "cbor-not-shortest"),
            ("a key twice", "a201000100", "cbor-duplicate-key"),
            ("a text key twice", "a2616100616101", "cbor-duplicate-key"),
            ("a key twice within", "81a201000100", "cbor-duplicate-key"),
            ("deep", &deep, "cbor-too-much"),
            ("many", &many, "cbor-too-much"),
            ("reserved head", "1c", "cbor-malformed"),
            ("text that is none", "61ff", "cbor-malformed"),
        ];
        for (name, bytes, code) in cases {
            let bytes = hex::decode(bytes).unwrap();
            assert_eq!(Item::read(&bytes).map_err(|error| error.code()), Err(code), "{name}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_has_one_form(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(item) = Item::read(&bytes) {
                prop_assert_eq!(item.to_vec(), bytes);
            }
        }

        #[test]
        fn what_is_written_is_read(
            number in any::<u64>(),
            bytes in prop::collection::vec(any::<u8>(), 0..300),
            text in "\\PC{0,40}",
        ) {
            let item = Item::Array(vec![
                Item::Unsigned(number),
                Item::Negative(number >> 32),
                Item::Map(vec![(Item::Text(&text), Item::Bytes(&bytes))]),
                Item::Tagged(number, Box::new(Item::Simple(20, 0))),
                Item::Simple(26, number >> 32),
            ]);
            let written = item.to_vec();
            prop_assert_eq!(Item::read(&written).unwrap(), item);
        }
    }
}
