//! Lossless packing of texts made of JWTs: SD-JWT presentations above all, signed requests too.
//!
//! # Format
//!
//! | byte | meaning |
//! |---|---|
//! | 0 | `0x00`: the rest is the text itself; `0x01`: packed as follows |
//! | 1–2 | first two bytes of the SHA-256 of the preset dictionary |
//! | varint | length of the skeleton in bytes, when inflated |
//! | varint | length of the raw part in bytes |
//! | … | the raw part: signatures, digests, salts, key coordinates, times |
//! | … | the skeleton, raw DEFLATE (RFC 1951) with the preset dictionary |
//!
//! The *skeleton* is the text with everything taken out that does not compress: base64url parts are opened (a JWT's header
//! and payload, a disclosure), and binary values inside them are replaced by one byte that says what to take from the raw
//! part. Those bytes (see `op`) never occur in UTF-8 text, or are refused in it. A varint is unsigned LEB128.
//!
//! The parts between `~` stand in the order *disclosures backwards, issuer-signed JWT, key-binding JWT*, so that a digest
//! of a disclosure that is present is computed, not sent.
//!
//! [`pack`] always unpacks what it made; if the result is not the same text, the text goes as it is.

mod date;
pub(crate) mod deflate;
mod lift;
pub(crate) mod op;
mod rebuild;
#[cfg(test)]
mod tests;

use std::fmt;

use absah_types::coded;

use crate::Dictionary;

/// A certificate chain, DER, leaf first.
pub type Chain = Vec<Vec<u8>>;

/// What the receiver of a key-binding JWT knows already, so that it need not be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding<'a> {
    /// The `aud` of the key-binding JWT.
    pub aud: &'a str,
    /// The `nonce` of the key-binding JWT.
    pub nonce: &'a str,
}

/// What both sides know beside the packed bytes.
#[derive(Clone, Copy)]
pub struct PackContext<'a> {
    /// The preset dictionary.
    pub dictionary: &'a Dictionary,
    /// The request's `aud` and `nonce`. When given, they and `sd_hash` are left out.
    pub binding: Option<Binding<'a>>,
    /// Finds a certificate chain by the SHA-256 of its DER certificates, one after another (for a chain of one: the
    /// SHA-256 of that certificate).
    pub x5c: &'a dyn Fn(&[u8; 32]) -> Option<Chain>,
}

impl<'a> PackContext<'a> {
    /// A context without known binding and without known certificates.
    #[must_use]
    pub fn new(dictionary: &'a Dictionary) -> Self {
        Self { dictionary, binding: None, x5c: &|_| None }
    }

    /// The same with the request's `aud` and `nonce`.
    #[must_use]
    pub fn with_binding(self, aud: &'a str, nonce: &'a str) -> Self {
        Self { binding: Some(Binding { aud, nonce }), ..self }
    }

    /// The same with a source of certificates.
    #[must_use]
    pub fn with_certificates(self, x5c: &'a dyn Fn(&[u8; 32]) -> Option<Chain>) -> Self {
        Self { x5c, ..self }
    }
}

impl fmt::Debug for PackContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PackContext").field("dictionary", &self.dictionary.id()).finish_non_exhaustive()
    }
}

/// The key by which [`PackContext::x5c`] is asked for a chain: SHA-256 of its DER certificates, one after another.
#[must_use]
pub fn chain_digest(chain: &[Vec<u8>]) -> [u8; 32] {
    absah_crypto::sha256(&chain.concat())
}

/// Why packed bytes were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnpackError {
    /// No bytes at all.
    Empty,
    /// The first byte names a format that this version does not know.
    UnknownVersion {
        /// That byte.
        version: u8,
    },
    /// Packed with another preset dictionary.
    WrongDictionary {
        /// First two bytes of the SHA-256 of the dictionary that is needed.
        needed: [u8; 2],
    },
    /// The text would be longer than allowed.
    TooLarge {
        /// The caller's limit in bytes.
        limit: usize,
    },
    /// The bytes end before the text does.
    Truncated,
    /// Bytes are left over after the text.
    Trailing,
    /// The compressed part is no valid DEFLATE stream.
    Inflate,
    /// The skeleton is no sequence of text and known marks.
    Malformed,
    /// Base64url parts are nested deeper than allowed.
    TooDeep,
    /// A mark points to a disclosure or part that is not there.
    BadReference,
    /// The key-binding JWT was left out in part, and the request it answers is not known here.
    BindingUnknown,
    /// The certificate chain with this digest is not known here.
    CertificateUnknown {
        /// SHA-256 of the chain's DER certificates.
        sha256: [u8; 32],
    },
    /// The result is not UTF-8 text.
    NotText,
}

coded! {
    UnpackError {
        Empty => ("pack-empty", Peer),
        UnknownVersion { .. } => ("pack-version-unknown", Peer),
        WrongDictionary { .. } => ("pack-dictionary-unknown", Peer),
        TooLarge { .. } => ("pack-too-large", Peer),
        Truncated => ("pack-truncated", Peer),
        Trailing => ("pack-trailing", Peer),
        Inflate => ("pack-inflate", Peer),
        Malformed => ("pack-malformed", Peer),
        TooDeep => ("pack-too-deep", Peer),
        BadReference => ("pack-bad-reference", Peer),
        BindingUnknown => ("pack-binding-unknown", Peer),
        CertificateUnknown { .. } => ("pack-certificate-unknown", Peer),
        NotText => ("pack-not-text", Peer),
    }
}

impl fmt::Display for UnpackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("no bytes to unpack"),
            Self::UnknownVersion { version } => write!(f, "unknown packing version {version}"),
            Self::WrongDictionary { needed: [a, b] } => {
                write!(f, "packed with dictionary {a:02x}{b:02x}, not with this one")
            }
            Self::TooLarge { limit } => write!(f, "unpacks to more than {limit} bytes"),
            Self::Truncated => f.write_str("packed bytes end too early"),
            Self::Trailing => f.write_str("bytes are left over after the packed text"),
            Self::Inflate => f.write_str("not a deflate stream"),
            Self::Malformed => f.write_str("malformed skeleton"),
            Self::TooDeep => f.write_str("nested too deeply"),
            Self::BadReference => f.write_str("refers to a part that is not there"),
            Self::BindingUnknown => f.write_str("needs the request's audience and nonce"),
            Self::CertificateUnknown { .. } => f.write_str("needs a certificate chain that is not known"),
            Self::NotText => f.write_str("does not unpack to text"),
        }
    }
}

impl std::error::Error for UnpackError {}

const PLAIN: u8 = 0x00;
const PACKED_V1: u8 = 0x01;

/// Packs a text without loss.
///
/// Never fails: what cannot be packed smaller, or would not come back byte for byte, is returned behind a byte that says
/// so. The receiver needs the same `context`.
#[must_use]
pub fn pack(text: &str, context: &PackContext<'_>) -> Vec<u8> {
    if let Some(packed) = pack_v1(text, context)
        && packed.len() <= text.len()
        && unpack(&packed, context, text.len()).as_deref() == Ok(text)
    {
        return packed;
    }
    let mut plain = Vec::with_capacity(1 + text.len());
    plain.push(PLAIN);
    plain.extend_from_slice(text.as_bytes());
    plain
}

fn pack_v1(text: &str, context: &PackContext<'_>) -> Option<Vec<u8>> {
    let lifted = lift::lift(text, context)?;
    let deflated = deflate::deflate(&lifted.skeleton, context.dictionary.bytes())?;
    let mut out = Vec::with_capacity(8 + lifted.raw.len() + deflated.len());
    out.push(PACKED_V1);
    out.extend_from_slice(&context.dictionary.id());
    op::push_varint(&mut out, lifted.skeleton.len());
    op::push_varint(&mut out, lifted.raw.len());
    out.extend_from_slice(&lifted.raw);
    out.extend_from_slice(&deflated);
    Some(out)
}

/// Gives back the text that was packed.
///
/// `limit` is the longest text, in bytes, that will be made; work and memory stay proportional to it whatever the input.
///
/// # Errors
/// [`UnpackError`] for anything that [`pack`] with the same context would not have made.
pub fn unpack(packed: &[u8], context: &PackContext<'_>, limit: usize) -> Result<String, UnpackError> {
    let (version, rest) = packed.split_first().ok_or(UnpackError::Empty)?;
    match *version {
        PLAIN => {
            if rest.len() > limit {
                return Err(UnpackError::TooLarge { limit });
            }
            String::from_utf8(rest.to_vec()).map_err(|_| UnpackError::NotText)
        }
        PACKED_V1 => unpack_v1(rest, context, limit),
        version => Err(UnpackError::UnknownVersion { version }),
    }
}

fn unpack_v1(packed: &[u8], context: &PackContext<'_>, limit: usize) -> Result<String, UnpackError> {
    let mut input = op::Input::new(packed);
    let needed = input.array::<2>()?;
    if needed != context.dictionary.id() {
        return Err(UnpackError::WrongDictionary { needed });
    }
    let skeleton_length = input.varint()?;
    // A mark can be longer than the text it stands for (base64url of `{}` is 3 characters), never more than twice.
    if skeleton_length > limit.saturating_mul(2) {
        return Err(UnpackError::TooLarge { limit });
    }
    let raw_length = input.varint()?;
    let raw = input.take(raw_length)?;
    let skeleton = deflate::inflate(input.rest(), context.dictionary.bytes(), skeleton_length)?;
    rebuild::rebuild(&skeleton, raw, context, limit)
}
