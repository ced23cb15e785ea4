//! One message as 1 to 255 texts, of which any *K* suffice.
//!
//! # Format of a frame
//!
//! `ABSAH1` + a letter for the [`Kind`] + `:` + base45 (RFC 9285) of
//!
//! | bytes | meaning |
//! |---|---|
//! | 0–3 | message id: first 4 bytes of SHA-256(kind letter ‖ message) |
//! | 4 | *K*: how many frames are needed |
//! | 5 | *N*: how many frames there are |
//! | 6 | index of this frame, 0 to *N*−1 |
//! | 7 | how many zero bytes fill up the last data shard |
//! | 8–10 | CRC-24 of the text up to the colon, the bytes before and the shard |
//! | 11– | the shard |
//!
//! Frames 0 to *K*−1 are the message itself in pieces of equal length; the others are Reed-Solomon repair (see `gf256`).
//! A message of one frame has the same form. The alphabet fits QR's alphanumeric mode and scanners that type keys.

mod assembler;
mod crc24;
mod gf256;
#[cfg(test)]
mod tests;

use std::fmt;

use absah_types::coded;

pub use assembler::{Assembler, FinishError, Limits, Novelty, Progress};

use crate::render::{Ecc, alphanumeric_capacity};

/// What every text of ours begins with; the digit is the version of the frame format.
pub const PREFIX: &str = "ABSAH1";

/// Bytes of the header in each frame.
pub const HEADER: usize = 11;

/// Characters before the base45 part: [`PREFIX`], kind, colon.
const TEXT_HEAD: usize = PREFIX.len() + 2;

/// The most frames a message can have.
pub const MAX_FRAMES: usize = 255;

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A counter's request in the short form, relative to its registration.
    RequestShort,
    /// A counter's request with registration and certificate by value.
    RequestLong,
    /// A wallet's sealed answer.
    Answer,
    /// Part of a trust bundle.
    Bundle,
    /// What a wallet shows without a request (flow B, one-scan).
    OneScan,
    /// The paper twin of a card (flow C).
    Paper,
}

impl Kind {
    /// The letter in the text.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::RequestShort => 'S',
            Self::RequestLong => 'L',
            Self::Answer => 'A',
            Self::Bundle => 'B',
            Self::OneScan => 'O',
            Self::Paper => 'P',
        }
    }

    fn from_letter(letter: char) -> Option<Self> {
        let all =
            [Self::RequestShort, Self::RequestLong, Self::Answer, Self::Bundle, Self::OneScan, Self::Paper];
        all.into_iter().find(|kind| kind.letter() == letter)
    }
}

/// Identity of a message: the first 4 bytes of SHA-256(kind letter ‖ message).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageId(pub [u8; 4]);

impl MessageId {
    /// The id of a message.
    #[must_use]
    pub fn of(kind: Kind, payload: &[u8]) -> Self {
        let mut input = Vec::with_capacity(1 + payload.len());
        input.push(kind.letter() as u8);
        input.extend_from_slice(payload);
        let [a, b, c, d, ..] = absah_crypto::sha256(&input);
        Self([a, b, c, d])
    }
}

/// A whole message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub payload: Vec<u8>,
}

/// One frame of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    kind: Kind,
    id: MessageId,
    needed: u8,
    total: u8,
    index: u8,
    padding: u8,
    shard: Vec<u8>,
}

impl Frame {
    /// The message's kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The message this frame belongs to.
    #[must_use]
    pub fn message(&self) -> MessageId {
        self.id
    }

    /// *K*: how many different frames of the message are needed.
    #[must_use]
    pub fn needed(&self) -> u8 {
        self.needed
    }

    /// *N*: how many frames of the message there are.
    #[must_use]
    pub fn total(&self) -> u8 {
        self.total
    }

    /// Which of them this is, from 0.
    #[must_use]
    pub fn index(&self) -> u8 {
        self.index
    }

    /// The text a QR code of this frame carries.
    #[must_use]
    pub fn text(&self) -> String {
        let head = head(self.kind);
        let mut bytes = Vec::with_capacity(HEADER + self.shard.len());
        bytes.extend_from_slice(&self.numbers());
        bytes.extend_from_slice(&crc24::crc24(&[head.as_bytes(), &self.numbers(), &self.shard]));
        bytes.extend_from_slice(&self.shard);
        head + &base45::encode(&bytes)
    }

    /// Reads one frame's text.
    ///
    /// Tolerates what keyboards and files do to it: blanks and line ends around it, lower case.
    ///
    /// # Errors
    /// [`FrameError`] if it is none of ours or damaged.
    pub fn parse(text: &str) -> Result<Self, FrameError> {
        // No base45 text ends with a space, although its alphabet has one: the last digit of a group is at most 32.
        let text = text.trim().to_ascii_uppercase();
        if text.len() > MAX_TEXT {
            return Err(FrameError::TooLong);
        }
        let (name, version) = PREFIX.split_at(PREFIX.len() - 1);
        let rest = text.strip_prefix(name).ok_or(FrameError::NotOurs)?;
        let (rest, body) = rest.split_once(':').ok_or(FrameError::NotOurs)?;
        let kind = rest.strip_prefix(version).ok_or(FrameError::VersionUnknown)?;
        let mut letters = kind.chars();
        let kind = match (letters.next().and_then(Kind::from_letter), letters.next()) {
            (Some(kind), None) => kind,
            _ => return Err(FrameError::KindUnknown),
        };
        Self::parse_body(kind, body)
    }

    fn parse_body(kind: Kind, body: &str) -> Result<Self, FrameError> {
        let bytes = base45::decode(body).map_err(|_| FrameError::Base45)?;
        let (numbers, rest) = bytes.split_first_chunk::<8>().ok_or(FrameError::TooShort)?;
        let (checksum, shard) = rest.split_first_chunk::<3>().ok_or(FrameError::TooShort)?;
        if crc24::crc24(&[head(kind).as_bytes(), numbers, shard]) != *checksum {
            return Err(FrameError::Checksum);
        }
        let [a, b, c, d, needed, total, index, padding] = *numbers;
        let id = MessageId([a, b, c, d]);
        // K from 1 to N, an index below N, and less filling than shards (more would make a shorter shard possible) that
        // fits into the last one.
        let sound = needed >= 1
            && needed <= total
            && index < total
            && padding < needed
            && usize::from(padding) <= shard.len()
            && (needed == 1 || !shard.is_empty());
        if !sound {
            return Err(FrameError::Header);
        }
        Ok(Self { kind, id, needed, total, index, padding, shard: shard.to_vec() })
    }

    fn numbers(&self) -> [u8; 8] {
        let MessageId([a, b, c, d]) = self.id;
        [a, b, c, d, self.needed, self.total, self.index, self.padding]
    }
}

/// The longest text that is looked at: the alphanumeric capacity of version 40-L (ISO/IEC 18004, table 7).
const MAX_TEXT: usize = 4_296;

fn head(kind: Kind) -> String {
    format!("{PREFIX}{}:", kind.letter())
}

/// Why a text is no frame of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameError {
    /// Not a text of Absah.
    NotOurs,
    /// A frame of a version that is not known here.
    VersionUnknown,
    /// A kind of message that is not known here.
    KindUnknown,
    /// Longer than any QR code.
    TooLong,
    /// Not base45.
    Base45,
    /// Too short for a header.
    TooShort,
    /// The checksum does not fit: damaged on the way.
    Checksum,
    /// Checksum right, numbers impossible.
    Header,
    /// The message would be longer than allowed.
    MessageTooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// Contradicts a frame of the same message.
    Conflict,
    /// The frames are complete, but the message is not the one its id names; all its frames are forgotten.
    MessageCheck,
}

coded! {
    FrameError {
        NotOurs => ("frame-not-ours", Peer),
        VersionUnknown => ("frame-version-unknown", Peer),
        KindUnknown => ("frame-kind-unknown", Peer),
        TooLong => ("frame-too-long", Peer),
        Base45 => ("frame-base45", Peer),
        TooShort => ("frame-too-short", Peer),
        Checksum => ("frame-checksum", Peer),
        Header => ("frame-header", Peer),
        MessageTooLarge { .. } => ("frame-message-too-large", Peer),
        Conflict => ("frame-conflict", Peer),
        MessageCheck => ("frame-message-check", Peer),
    }
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs => f.write_str("not an Absah code"),
            Self::VersionUnknown => f.write_str("unknown version of Absah code"),
            Self::KindUnknown => f.write_str("unknown kind of Absah code"),
            Self::TooLong => f.write_str("longer than a QR code can be"),
            Self::Base45 => f.write_str("not base45"),
            Self::TooShort => f.write_str("too short"),
            Self::Checksum => f.write_str("checksum does not fit"),
            Self::Header => f.write_str("impossible numbers in the header"),
            Self::MessageTooLarge { limit } => write!(f, "message longer than {limit} bytes"),
            Self::Conflict => f.write_str("contradicts another frame of the same message"),
            Self::MessageCheck => f.write_str("whole message does not fit its id"),
        }
    }
}

impl std::error::Error for FrameError {}

/// Why a message cannot be split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitError {
    /// More than 255 frames of the given QR version would be needed.
    TooLarge {
        /// The longest message, in bytes, for that version.
        limit: usize,
    },
    /// No such QR version, or one in which a frame's header does not fit.
    Version {
        /// The version asked for.
        version: u8,
    },
}

coded! {
    SplitError {
        TooLarge { .. } => ("split-too-large", User),
        Version { .. } => ("split-version", Bug),
    }
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => write!(f, "message longer than {limit} bytes"),
            Self::Version { version } => write!(f, "QR version {version} cannot carry a frame"),
        }
    }
}

impl std::error::Error for SplitError {}

/// How many frames are made beyond those that are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// None: for print and files.
    None,
    /// So many, as far as 255 allow: for a picture that changes.
    Frames(u8),
    /// All that are possible, 255 in sum (one if one is enough).
    Full,
}

/// Splits a message into frames, none of which needs a larger QR code than `max_version` at level L, without repair.
///
/// # Errors
/// [`SplitError`] if 255 frames do not suffice or there is no such version.
pub fn split(kind: Kind, payload: &[u8], max_version: u8) -> Result<Vec<Frame>, SplitError> {
    split_with(kind, payload, max_version, Ecc::L, Repair::None)
}

/// Splits a message into frames for the given QR version and error correction, with repair frames.
///
/// # Errors
/// As [`split`].
pub fn split_with(
    kind: Kind,
    payload: &[u8],
    max_version: u8,
    ecc: Ecc,
    repair: Repair,
) -> Result<Vec<Frame>, SplitError> {
    let capacity = shard_capacity(max_version, ecc).ok_or(SplitError::Version { version: max_version })?;
    let needed = u8::try_from(payload.len().div_ceil(capacity).max(1))
        .map_err(|_| SplitError::TooLarge { limit: capacity * MAX_FRAMES })?;
    let shard_length = payload.len().div_ceil(usize::from(needed));
    // Below K because the shards are as short as K allows.
    let padding = u8::try_from(shard_length * usize::from(needed) - payload.len()).unwrap_or(0);
    let total = match repair {
        _ if needed == 1 => 1,
        Repair::None => needed,
        Repair::Frames(more) => needed.saturating_add(more),
        Repair::Full => u8::MAX,
    };
    let mut padded = payload.to_vec();
    padded.resize(shard_length * usize::from(needed), 0);
    let data: Vec<(u8, &[u8])> = if shard_length == 0 {
        vec![(0, &[])]
    } else {
        (0..needed).zip(padded.chunks(shard_length)).collect()
    };
    let id = MessageId::of(kind, payload);
    let frame =
        |index| Frame { kind, id, needed, total, index, padding, shard: gf256::shard_at(index, &data) };
    Ok((0..total).map(frame).collect())
}

/// How many bytes of a message one frame carries in a QR code of that version, if any.
#[must_use]
pub fn shard_capacity(version: u8, ecc: Ecc) -> Option<usize> {
    let characters = alphanumeric_capacity(version, ecc)?.checked_sub(TEXT_HEAD)?;
    // Base45: two bytes in three characters, one byte in two.
    let bytes = characters / 3 * 2 + usize::from(characters % 3 == 2);
    bytes.checked_sub(HEADER).filter(|bytes| *bytes > 0)
}
