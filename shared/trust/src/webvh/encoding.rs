//! Base58btc, multihash and multikey: how did:webvh writes hashes and keys.

use absah_crypto::ed25519::VerifyingKey;
use absah_crypto::sha256;
use serde_json::Value;

/// Multihash prefix: SHA-256, 32 bytes.
const SHA256_PREFIX: [u8; 2] = [0x12, 0x20];
/// Multicodec of an Ed25519 public key, as a varint.
const ED25519_PREFIX: [u8; 2] = [0xed, 0x01];
/// Most characters of a base58btc text that is read: decoding costs the square of them.
const MAX_TEXT: usize = 256;

/// `base58btc(multihash(bytes, SHA-256))`.
pub(super) fn hash(bytes: &[u8]) -> String {
    base58(&[&SHA256_PREFIX[..], &sha256(bytes)].concat())
}

/// `base58btc(multihash(JCS(value), SHA-256))`.
pub(super) fn hash_of_json(value: &Value) -> String {
    hash(&canonical(value))
}

/// The JSON canonicalisation of RFC 8785.
pub(super) fn canonical(value: &Value) -> Vec<u8> {
    // Fails only for numbers that are no finite doubles, which a Value cannot hold.
    serde_json_canonicalizer::to_vec(value).unwrap_or_default()
}

pub(super) fn base58(bytes: &[u8]) -> String {
    bs58::encode(bytes).into_string()
}

/// Reads multibase text in base58btc, the only base allowed (`z`).
pub(super) fn multibase(text: &str) -> Option<Vec<u8>> {
    let text = text.strip_prefix('z').filter(|text| text.len() <= MAX_TEXT)?;
    bs58::decode(text).into_vec().ok()
}

/// The multikey of an Ed25519 key: `z6Mk…`.
#[must_use]
pub fn multikey(key: &VerifyingKey) -> String {
    format!("z{}", base58(&[&ED25519_PREFIX[..], key.to_bytes()].concat()))
}

/// The Ed25519 key of a multikey; nothing for any other text or kind of key.
#[must_use]
pub fn multikey_of(text: &str) -> Option<VerifyingKey> {
    let bytes = multibase(text)?;
    let key = bytes.strip_prefix(&ED25519_PREFIX)?;
    VerifyingKey::from_bytes(key.try_into().ok()?).ok()
}

/// What announces a key beforehand, as `nextKeyHashes` lists it: "base58btc(multihash(multikey))".
#[must_use]
pub fn key_hash(multikey: &str) -> String {
    hash(multikey.as_bytes())
}
