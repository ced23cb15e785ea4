//! The sealed answer.
//!
//! | bytes | meaning |
//! |---|---|
//! | 1 | format, `0x01` |
//! | 8 | first bytes of the request's hash: to which request this is the answer |
//! | 32 | HPKE encapsulated key |
//! | … | HPKE ciphertext with its tag |
//!
//! The first nine bytes are the AAD, the whole request hash is `info`. Inside: a count byte, and for each
//! presentation the place of its Credential Query in the request (1 byte), the packed presentation and the
//! portrait, each behind its length (2 bytes, big endian; no portrait is length 0).

use absah_crypto::hpke::{self, RecipientKey};
use absah_qr::pack::Chain;
use absah_qr::{Dictionary, PackContext, UnpackError, pack, unpack};
use absah_types::{Rng, coded};

use crate::dcql::Query;
use crate::oid4vp::response::Presented;

/// The one format of answers so far.
pub const FORMAT_V1: u8 = 0x01;
/// Bytes of the request's hash that an answer shows in clear.
pub const TAG_LENGTH: usize = 8;
/// Largest answer accepted, in bytes.
pub const MAX_ANSWER: usize = 32 * 1024;
/// Longest presentation accepted after unpacking, in characters.
pub const MAX_PRESENTATION: usize = 64 * 1024;
/// Largest portrait accepted, in bytes.
pub const MAX_PORTRAIT: usize = 8 * 1024;
const AAD_LENGTH: usize = 1 + TAG_LENGTH;
const KEY_LENGTH: usize = 32;

/// The request that an answer belongs to, and what both sides know for packing.
#[derive(Clone, Copy)]
pub struct AnswerContext<'a> {
    /// SHA-256 of the Request Object's text.
    pub request_hash: &'a [u8; 32],
    /// `client_id`, the `aud` of the key-binding JWTs.
    pub client_id: &'a str,
    /// `nonce` of the key-binding JWTs.
    pub nonce: &'a str,
    /// The query: an answer names its Credential Queries by their place.
    pub query: &'a Query,
    /// The packing dictionary.
    pub dictionary: &'a Dictionary,
    /// Certificate chains by their digest, from the bundle.
    pub x5c: &'a dyn Fn(&[u8; 32]) -> Option<Chain>,
}

impl std::fmt::Debug for AnswerContext<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AnswerContext").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

impl<'a> AnswerContext<'a> {
    fn packing(&self) -> PackContext<'a> {
        PackContext::new(self.dictionary).with_binding(self.client_id, self.nonce).with_certificates(self.x5c)
    }

    fn aad(&self) -> Vec<u8> {
        let mut aad = vec![FORMAT_V1];
        aad.extend(self.request_hash.iter().take(TAG_LENGTH));
        aad
    }
}

/// Why an answer is not sealed or not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// Too short, too long, or the inside is not built as it must be.
    Malformed,
    /// The first byte names an unknown format.
    UnknownFormat,
    /// It answers another request.
    OtherRequest,
    /// Something was changed on the way, or it was sealed to another key.
    Tampered,
    /// The key in the request is of no use.
    Recipient,
    /// A presentation does not unpack.
    Unpack(UnpackError),
    /// A presentation is for a Credential Query that the request does not have.
    UnknownQuery,
    /// A part is too large for an answer.
    TooLarge,
}

impl std::fmt::Display for AnswerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "answer malformed",
            Self::UnknownFormat => "answer of an unknown format",
            Self::OtherRequest => "answer to another request",
            Self::Tampered => "answer tampered with",
            Self::Recipient => "key in the request is of no use",
            Self::Unpack(inner) => return inner.fmt(f),
            Self::UnknownQuery => "answer to a query that was not asked",
            Self::TooLarge => "a part is too large for an answer",
        })
    }
}

impl std::error::Error for AnswerError {}

coded! { AnswerError {
    Malformed => ("answer-malformed", Peer),
    UnknownFormat => ("answer-format-unknown", Peer),
    OtherRequest => ("answer-other-request", Peer),
    Tampered => ("answer-tampered", Peer),
    Recipient => ("answer-recipient-key", Peer),
    Unpack(e) => inner(e),
    UnknownQuery => ("answer-unknown-query", Peer),
    TooLarge => ("answer-too-large", Environment),
} }

/// Packs and seals presentations to the one-time key of a request.
///
/// # Errors
/// [`AnswerError::UnknownQuery`], [`AnswerError::TooLarge`], [`AnswerError::Recipient`].
pub fn seal(
    presented: &[Presented],
    recipient: &[u8; 32],
    context: &AnswerContext<'_>,
    rng: &mut dyn Rng,
) -> Result<Vec<u8>, AnswerError> {
    let mut inside = vec![u8::try_from(presented.len()).map_err(|_| AnswerError::TooLarge)?];
    for one in presented {
        let place = context.query.credentials.iter().position(|query| query.id == one.query_id);
        let place = place.ok_or(AnswerError::UnknownQuery)?;
        inside.push(u8::try_from(place).map_err(|_| AnswerError::UnknownQuery)?);
        push(&mut inside, &pack(&one.presentation, &context.packing()), MAX_ANSWER)?;
        push(&mut inside, one.portrait.as_deref().unwrap_or_default(), MAX_PORTRAIT)?;
    }
    let aad = context.aad();
    let (encapsulated, ciphertext) = hpke::seal(rng, recipient, context.request_hash, &aad, &inside)
        .map_err(|_| AnswerError::Recipient)?;
    let mut answer = aad;
    answer.extend_from_slice(&encapsulated);
    answer.extend_from_slice(&ciphertext);
    if answer.len() > MAX_ANSWER { Err(AnswerError::TooLarge) } else { Ok(answer) }
}

fn push(out: &mut Vec<u8>, part: &[u8], limit: usize) -> Result<(), AnswerError> {
    let length = u16::try_from(part.len()).ok().filter(|_| part.len() <= limit);
    out.extend(length.ok_or(AnswerError::TooLarge)?.to_be_bytes());
    out.extend_from_slice(part);
    Ok(())
}

/// An answer as it came, still sealed.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'b> {
    bytes: &'b [u8],
    tag: [u8; TAG_LENGTH],
}

impl<'b> Envelope<'b> {
    /// Reads the part in clear.
    ///
    /// # Errors
    /// [`AnswerError::Malformed`], [`AnswerError::UnknownFormat`].
    pub fn parse(bytes: &'b [u8]) -> Result<Self, AnswerError> {
        if bytes.len() > MAX_ANSWER {
            return Err(AnswerError::Malformed);
        }
        let (format, rest) = bytes.split_first().ok_or(AnswerError::Malformed)?;
        if *format != FORMAT_V1 {
            return Err(AnswerError::UnknownFormat);
        }
        if bytes.len() < AAD_LENGTH + KEY_LENGTH + hpke::OVERHEAD {
            return Err(AnswerError::Malformed);
        }
        let tag = rest.first_chunk::<TAG_LENGTH>().ok_or(AnswerError::Malformed)?;
        Ok(Self { bytes, tag: *tag })
    }

    /// First bytes of the hash of the request it answers: look the request up by it.
    #[must_use]
    pub fn tag(&self) -> &[u8; TAG_LENGTH] {
        &self.tag
    }

    /// Opens the answer. Delete the key after one accepted answer.
    ///
    /// # Errors
    /// [`AnswerError`].
    pub fn open(
        &self,
        key: &RecipientKey,
        context: &AnswerContext<'_>,
    ) -> Result<Vec<Presented>, AnswerError> {
        let (aad, rest) = self.bytes.split_at_checked(AAD_LENGTH).ok_or(AnswerError::Malformed)?;
        if aad != context.aad().as_slice() {
            return Err(AnswerError::OtherRequest);
        }
        let (encapsulated, ciphertext) =
            rest.split_first_chunk::<KEY_LENGTH>().ok_or(AnswerError::Malformed)?;
        let inside = hpke::open(key, encapsulated, context.request_hash, aad, ciphertext)
            .map_err(|_| AnswerError::Tampered)?;
        read_inside(&inside, context)
    }
}

fn read_inside(inside: &[u8], context: &AnswerContext<'_>) -> Result<Vec<Presented>, AnswerError> {
    let (count, mut rest) = inside.split_first().ok_or(AnswerError::Malformed)?;
    let mut presented = Vec::with_capacity(usize::from(*count));
    for _ in 0..*count {
        let (place, after) = rest.split_first().ok_or(AnswerError::Malformed)?;
        rest = after;
        let query = context.query.credentials.get(usize::from(*place)).ok_or(AnswerError::UnknownQuery)?;
        let packed = part(&mut rest)?;
        let portrait = part(&mut rest)?;
        if portrait.len() > MAX_PORTRAIT {
            return Err(AnswerError::Malformed);
        }
        presented.push(Presented {
            query_id: query.id.clone(),
            presentation: unpack(packed, &context.packing(), MAX_PRESENTATION)
                .map_err(AnswerError::Unpack)?,
            portrait: (!portrait.is_empty()).then(|| portrait.to_vec()),
        });
    }
    if rest.is_empty() && !presented.is_empty() { Ok(presented) } else { Err(AnswerError::Malformed) }
}

fn part<'b>(rest: &mut &'b [u8]) -> Result<&'b [u8], AnswerError> {
    let (length, after) = rest.split_first_chunk::<2>().ok_or(AnswerError::Malformed)?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (part, after) = after.split_at_checked(length).ok_or(AnswerError::Malformed)?;
    *rest = after;
    Ok(part)
}
