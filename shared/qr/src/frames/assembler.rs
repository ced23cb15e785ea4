//! Collecting frames until a message is whole.

use std::collections::BTreeMap;
use std::fmt;

use absah_types::coded;

use super::{Frame, FrameError, Kind, Message, MessageId, gf256};

/// What an [`Assembler`] keeps at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest message in bytes.
    pub message: usize,
    /// How many unfinished messages are kept; the one seen longest ago is dropped first.
    pub messages: usize,
}

impl Default for Limits {
    /// 64 KiB and 4 messages.
    fn default() -> Self {
        Self { message: 64 * 1024, messages: 4 }
    }
}

/// What a frame brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Novelty {
    /// A frame not seen before.
    New,
    /// A frame seen before; nothing changed.
    Duplicate,
}

/// How far the message of the last frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The message that the frame belongs to.
    pub message: MessageId,
    /// Its kind.
    pub kind: Kind,
    /// What the frame brought.
    pub novelty: Novelty,
    /// Different frames seen so far, at most `needed`.
    pub have: u8,
    /// Frames needed.
    pub needed: u8,
    /// How many *other* messages have been begun and are not finished: more than one code is in view.
    pub others: usize,
}

impl Progress {
    /// `true` once the message is whole: [`Assembler::finish`] gives it.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.have >= self.needed
    }
}

/// Why there is no message yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FinishError {
    /// No frame has been seen.
    Empty,
    /// Frames are missing.
    Incomplete {
        /// Different frames seen of the message that is furthest.
        have: u8,
        /// Frames it needs.
        needed: u8,
    },
}

coded! {
    FinishError {
        Empty => ("frames-none", User),
        Incomplete { .. } => ("frames-missing", User),
    }
}

impl fmt::Display for FinishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("no frame seen"),
            Self::Incomplete { have, needed } => write!(f, "{have} of {needed} frames seen"),
        }
    }
}

impl std::error::Error for FinishError {}

/// Collects frames in any order, of any number of messages, until one message is whole.
#[derive(Debug, Default)]
pub struct Assembler {
    limits: Limits,
    /// Unfinished messages, the one seen last at the end.
    open: Vec<Partial>,
    complete: Option<(MessageId, Message)>,
}

#[derive(Debug)]
struct Partial {
    first: Frame,
    shards: BTreeMap<u8, Vec<u8>>,
}

impl Assembler {
    /// An empty assembler with other limits than the usual ones.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// Takes one frame's text.
    ///
    /// # Errors
    /// [`FrameError`]; what was collected before stays, except after [`FrameError::MessageCheck`].
    pub fn push(&mut self, text: &str) -> Result<Progress, FrameError> {
        self.push_frame(Frame::parse(text)?)
    }

    fn push_frame(&mut self, frame: Frame) -> Result<Progress, FrameError> {
        let (id, kind, needed) = (frame.id, frame.kind, frame.needed);
        if let Some((_, message)) = self.complete.as_ref().filter(|(done, m)| *done == id && m.kind == kind) {
            let kind = message.kind;
            return Ok(self.progress(id, kind, Novelty::Duplicate, needed, needed));
        }
        if frame.shard.len().saturating_mul(usize::from(needed))
            > self.limits.message.saturating_add(usize::from(needed))
        {
            return Err(FrameError::MessageTooLarge { limit: self.limits.message });
        }
        let mut partial = match self.open.iter().position(|p| p.first.id == id && p.first.kind == kind) {
            Some(position) => self.open.remove(position),
            None => Partial { first: frame.clone(), shards: BTreeMap::new() },
        };
        let novelty = partial.add(frame);
        let have = u8::try_from(partial.shards.len()).unwrap_or(u8::MAX);
        let message = if novelty.is_ok() && have >= needed { Some(partial.message()) } else { None };
        match message {
            None => {
                self.open.push(partial);
                let surplus = self.open.len().saturating_sub(self.limits.messages.max(1));
                self.open.drain(..surplus);
            }
            Some(message) if MessageId::of(kind, &message.payload) == id => {
                self.complete = Some((id, message))
            }
            Some(_) => return Err(FrameError::MessageCheck),
        }
        Ok(self.progress(id, kind, novelty?, have, needed))
    }

    /// The message that became whole last. The assembler is empty afterwards.
    ///
    /// # Errors
    /// [`FinishError`] if none is whole; then everything collected stays.
    pub fn finish(&mut self) -> Result<Message, FinishError> {
        if let Some((_, message)) = self.complete.take() {
            self.open.clear();
            return Ok(message);
        }
        let furthest = self.open.iter().max_by_key(|p| p.shards.len()).ok_or(FinishError::Empty)?;
        Err(FinishError::Incomplete {
            have: u8::try_from(furthest.shards.len()).unwrap_or(u8::MAX),
            needed: furthest.first.needed,
        })
    }

    fn progress(&self, message: MessageId, kind: Kind, novelty: Novelty, have: u8, needed: u8) -> Progress {
        let others = self.open.iter().filter(|p| p.first.id != message || p.first.kind != kind).count();
        Progress { message, kind, novelty, have, needed, others }
    }
}

impl Partial {
    fn add(&mut self, frame: Frame) -> Result<Novelty, FrameError> {
        let first = &self.first;
        let same_message = frame.needed == first.needed
            && frame.total == first.total
            && frame.padding == first.padding
            && frame.shard.len() == first.shard.len();
        match self.shards.get(&frame.index) {
            _ if !same_message => Err(FrameError::Conflict),
            Some(known) if *known == frame.shard => Ok(Novelty::Duplicate),
            Some(_) => Err(FrameError::Conflict),
            None => {
                self.shards.insert(frame.index, frame.shard);
                Ok(Novelty::New)
            }
        }
    }

    fn message(&self) -> Message {
        let needed = self.first.needed;
        let known: Vec<(u8, &[u8])> =
            self.shards.iter().take(usize::from(needed)).map(|(index, shard)| (*index, &shard[..])).collect();
        let mut payload: Vec<u8> = (0..needed).flat_map(|index| gf256::shard_at(index, &known)).collect();
        payload.truncate(payload.len().saturating_sub(usize::from(self.first.padding)));
        Message { kind: self.first.kind, payload }
    }
}
