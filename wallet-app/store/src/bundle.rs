//! The trust bundle's files beside the vault: public, so not sealed; held to what the vault says by their hash.

use std::collections::BTreeMap;

use absah_crypto::sha256;
use absah_types::hex;

/// Bundle files by path inside the bundle's folder.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Blob name prefix; the hash follows.
pub(crate) const PREFIX: &str = "bundle-";

/// The blob of the list of this name.
pub(crate) fn blob(name: &str) -> String {
    format!("{PREFIX}{name}")
}

/// One byte string of all files: for each, lengths (u32) before name and content, in the order of names.
pub(crate) fn encode(files: &Files) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut put = |part: &[u8]| {
        bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(part);
    };
    for (name, content) in files {
        put(name.as_bytes());
        put(content);
    }
    bytes
}

/// The files again; `None` if the bytes are not what [`encode`] made or not those of `sha256`.
pub(crate) fn decode(mut bytes: &[u8], expected: &str) -> Option<Files> {
    if digest(bytes) != expected {
        return None;
    }
    let mut take = || -> Option<Option<Vec<u8>>> {
        if bytes.is_empty() {
            return Some(None);
        }
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (part, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        bytes = rest;
        Some(Some(part.to_vec()))
    };
    let mut files = Files::new();
    while let Some(name) = take()? {
        let name = String::from_utf8(name).ok()?;
        files.insert(name, take()??);
    }
    Some(files)
}

/// What names the files as a whole.
pub(crate) fn digest(encoded: &[u8]) -> String {
    hex::encode(sha256(encoded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_back_and_changed_bytes_do_not() {
        let files = Files::from([("a/b.json".into(), b"{}".to_vec()), ("empty".into(), Vec::new())]);
        let encoded = encode(&files);
        let name = digest(&encoded);
        assert_eq!(decode(&encoded, &name), Some(files));
        for cut in 0..encoded.len() {
            assert_eq!(decode(&encoded[..cut], &name), None);
            assert_eq!(decode(&encoded[..cut], &digest(&encoded[..cut])).is_some(), cut == 0 || cut == 18);
        }
    }
}
