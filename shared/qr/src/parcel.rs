//! Named files as one message: how a trust bundle goes through QR codes.
//!
//! # Format
//!
//! | byte | meaning |
//! |---|---|
//! | 0 | `0x01` |
//! | 1–4 | length of the content when inflated, big endian |
//! | 5– | the content, raw DEFLATE (RFC 1951): for each file, in the order of names, length of the name (2 bytes, big endian), name, length of the file (4 bytes, big endian), file |
//!
//! Nothing here is believed: a parcel carries the files of a repository whose documents are signed.

use std::collections::BTreeMap;
use std::fmt;

use absah_types::coded;

use crate::pack::deflate::{deflate, inflate};

const VERSION: u8 = 1;

/// Why a message is no parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParcelError {
    /// The first byte names a format that this version does not know.
    UnknownVersion,
    /// More bytes than allowed when inflated.
    TooLarge {
        /// The caller's limit in bytes.
        limit: usize,
    },
    /// Cut off, not compressed as it says, a name that is not UTF-8, or names not in their order.
    Malformed,
    /// A file or name too long to be written.
    Unwritable,
}

coded! {
    ParcelError {
        UnknownVersion => ("parcel-version-unknown", Peer),
        TooLarge { .. } => ("parcel-too-large", Peer),
        Malformed => ("parcel-malformed", Peer),
        Unwritable => ("parcel-unwritable", Bug),
    }
}

impl fmt::Display for ParcelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownVersion => f.write_str("parcel of an unknown version"),
            Self::TooLarge { limit } => write!(f, "parcel of more than {limit} bytes"),
            Self::Malformed => f.write_str("parcel malformed"),
            Self::Unwritable => f.write_str("file too long for a parcel"),
        }
    }
}

impl std::error::Error for ParcelError {}

/// The files as one message.
///
/// # Errors
/// `Unwritable` for a name of more than 65,535 bytes or more than 4 GiB in sum.
pub fn wrap(files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, ParcelError> {
    let mut content = Vec::new();
    for (name, file) in files {
        let name_length = u16::try_from(name.len()).map_err(|_| ParcelError::Unwritable)?;
        let file_length = u32::try_from(file.len()).map_err(|_| ParcelError::Unwritable)?;
        content.extend_from_slice(&name_length.to_be_bytes());
        content.extend_from_slice(name.as_bytes());
        content.extend_from_slice(&file_length.to_be_bytes());
        content.extend_from_slice(file);
    }
    let length = u32::try_from(content.len()).map_err(|_| ParcelError::Unwritable)?;
    let packed = deflate(&content, &[]).ok_or(ParcelError::Unwritable)?;
    let mut message = vec![VERSION];
    message.extend_from_slice(&length.to_be_bytes());
    message.extend_from_slice(&packed);
    Ok(message)
}

/// The files again; together with their names not more than `limit` bytes.
///
/// # Errors
/// [`ParcelError`].
pub fn unwrap(message: &[u8], limit: usize) -> Result<BTreeMap<String, Vec<u8>>, ParcelError> {
    let (&version, rest) = message.split_first().ok_or(ParcelError::Malformed)?;
    if version != VERSION {
        return Err(ParcelError::UnknownVersion);
    }
    let (length, packed) = rest.split_first_chunk::<4>().ok_or(ParcelError::Malformed)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
    if length > limit {
        return Err(ParcelError::TooLarge { limit });
    }
    let content = inflate(packed, &[], length).map_err(|_| ParcelError::Malformed)?;
    let mut left = content.as_slice();
    let mut files = BTreeMap::<String, Vec<u8>>::new();
    while !left.is_empty() {
        let (name, file, after) = next(left).ok_or(ParcelError::Malformed)?;
        // Strictly ascending: one parcel for one set of files, and no name twice.
        if files.last_key_value().is_some_and(|(last, _)| last.as_str() >= name) {
            return Err(ParcelError::Malformed);
        }
        files.insert(name.to_owned(), file.to_vec());
        left = after;
    }
    Ok(files)
}

/// Name and content of the first file, and what follows it.
fn next(content: &[u8]) -> Option<(&str, &[u8], &[u8])> {
    let (length, rest) = content.split_first_chunk::<2>()?;
    let (name, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (file, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    Some((std::str::from_utf8(name).ok()?, file, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn two() -> BTreeMap<String, Vec<u8>> {
        BTreeMap::from([("a/b.json".into(), b"{}".to_vec()), ("empty".into(), Vec::new())])
    }

    fn wrapped(content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        [&[VERSION][..], &length, &deflate(content, &[]).unwrap()].concat()
    }

    proptest! {
        #[test]
        fn files_come_back(files: BTreeMap<String, Vec<u8>>) {
            let message = wrap(&files).unwrap();
            prop_assert_eq!(unwrap(&message, 1 << 20), Ok(files));
        }

        #[test]
        fn whatever_comes_is_read_or_refused(bytes: Vec<u8>, limit in 0_usize..4_096) {
            if let Ok(files) = unwrap(&bytes, limit) {
                let size: usize = files.iter().map(|(name, file)| name.len() + file.len() + 6).sum();
                prop_assert!(size <= limit);
            }
        }
    }

    #[test]
    fn every_cut_and_every_kind_of_damage_has_its_code() {
        let message = wrap(&two()).unwrap();
        for cut in 0..message.len() {
            assert_eq!(unwrap(&message[..cut], 1 << 20), Err(ParcelError::Malformed), "{cut}");
        }
        assert_eq!(unwrap(&[2, 0, 0, 0, 0], 10), Err(ParcelError::UnknownVersion));
        assert_eq!(unwrap(&message, 5), Err(ParcelError::TooLarge { limit: 5 }));
        let trailing = [message.as_slice(), b"x"].concat();
        assert_eq!(unwrap(&trailing, 1 << 20), Err(ParcelError::Malformed), "trailing");
        let bomb = [&[VERSION][..], &[0xff; 4], &deflate(&[0; 100_000], &[]).unwrap()].concat();
        assert_eq!(unwrap(&bomb, 1 << 20), Err(ParcelError::TooLarge { limit: 1 << 20 }), "bomb");
        let short = [&[VERSION][..], &[0, 0, 0, 9], &deflate(&[0; 100_000], &[]).unwrap()].concat();
        assert_eq!(unwrap(&short, 1 << 20), Err(ParcelError::Malformed), "longer than it says");
        let twice = b"\0\x01a\0\0\0\0\0\x01a\0\0\0\0";
        assert_eq!(unwrap(&wrapped(twice), 1 << 20), Err(ParcelError::Malformed), "a name twice");
        let unsorted = b"\0\x01b\0\0\0\0\0\x01a\0\0\0\0";
        assert_eq!(unwrap(&wrapped(unsorted), 1 << 20), Err(ParcelError::Malformed), "order");
        let no_text = b"\0\x01\xff\0\0\0\0";
        assert_eq!(unwrap(&wrapped(no_text), 1 << 20), Err(ParcelError::Malformed), "name");
        let beyond = b"\0\x01a\0\0\0\x05xyz";
        assert_eq!(unwrap(&wrapped(beyond), 1 << 20), Err(ParcelError::Malformed), "length");
    }
}
