//! From what a camera, a file or a scanner gave to the bytes of one answer.

use absah_credential::VerifyError;
use absah_credential::sd_jwt::ParseError;
use absah_protocol::oid4vp::flow_a::{AnswerError, Envelope, TAG_LENGTH};
use absah_protocol::oid4vp::response::{ResponseError, WalletError};
use absah_qr::Kind;
use absah_qr::frames::{Assembler, FinishError, FrameError, Limits, Message};
use absah_trust::policy::Refusal;
use absah_types::coded;

use crate::printed::is_official_link;

/// Most lines read from texts, so that a wrong file is refused quickly.
pub const MAX_LINES: usize = 4096;

/// Why an answer is refused before policy is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerRefusal {
    /// There is no text at all.
    Nothing,
    /// More lines than any answer has.
    TooManyLines,
    /// A text is no frame of ours, or damaged.
    Frame(FrameError),
    /// The frames do not make a message.
    Frames(FinishError),
    /// The link on a printed document of the ministry: recognised, checked by nobody here.
    Printed,
    /// The message is something else than an answer: a request, a bundle.
    NotAnAnswer,
    /// The answer does not open, or belongs to another request.
    Answer(AnswerError),
    /// The wallet said no.
    Wallet(WalletError),
    /// The answer's content is not what was asked.
    Response(ResponseError),
    /// A presentation is no SD-JWT.
    SdJwt(ParseError),
    /// A presentation does not hold.
    Credential(VerifyError),
    /// The helper's session that the card was for is over.
    Session(Refusal),
    /// The request was answered before.
    Replayed,
    /// The request's time is over.
    RequestExpired,
    /// `state` belongs to another session.
    State,
}

impl core::fmt::Display for AnswerRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing to read"),
            Self::TooManyLines => f.write_str("too many lines"),
            Self::Frame(error) => error.fmt(f),
            Self::Frames(error) => error.fmt(f),
            Self::Printed => f.write_str("link on a printed document"),
            Self::NotAnAnswer => f.write_str("not an answer"),
            Self::Answer(error) => error.fmt(f),
            Self::Wallet(error) => error.fmt(f),
            Self::Response(error) => error.fmt(f),
            Self::SdJwt(error) => error.fmt(f),
            Self::Credential(error) => error.fmt(f),
            Self::Session(error) => error.fmt(f),
            Self::Replayed => f.write_str("request answered before"),
            Self::RequestExpired => f.write_str("request expired"),
            Self::State => f.write_str("state of another session"),
        }
    }
}

impl core::error::Error for AnswerRefusal {}

coded! { AnswerRefusal {
    Nothing => ("answer-nothing", User),
    TooManyLines => ("answer-too-many-lines", Peer),
    Frame(error) => inner(error),
    Frames(error) => inner(error),
    Printed => ("answer-printed-document", User),
    NotAnAnswer => ("answer-other-kind", Peer),
    Answer(error) => inner(error),
    Wallet(error) => inner(error),
    Response(error) => inner(error),
    SdJwt(error) => inner(error),
    Credential(error) => inner(error),
    Session(error) => inner(error),
    Replayed => ("replayed", Peer),
    RequestExpired => ("request-expired", Peer),
    State => ("answer-state", Peer),
} }

/// Puts texts (one frame each, in any order, some perhaps damaged) together to the bytes of an answer.
///
/// # Errors
/// [`AnswerRefusal`]; a damaged frame counts only when the others do not suffice.
pub fn read<'t>(texts: impl IntoIterator<Item = &'t str>) -> Result<Vec<u8>, AnswerRefusal> {
    let message = message(texts)?;
    if message.kind != Kind::Answer {
        return Err(AnswerRefusal::NotAnAnswer);
    }
    Ok(message.payload)
}

/// As [`read`], for whatever can be judged: an answer, a code shown without a request.
///
/// # Errors
/// As [`read`].
pub fn message<'t>(texts: impl IntoIterator<Item = &'t str>) -> Result<Message, AnswerRefusal> {
    let mut assembler = Assembler::new(Limits::default());
    let (mut damaged, mut lines) = (None, 0);
    for text in texts.into_iter().map(str::trim).filter(|text| !text.is_empty()) {
        lines += 1;
        if lines > MAX_LINES {
            return Err(AnswerRefusal::TooManyLines);
        }
        if let Err(error) = assembler.push(text) {
            damaged.get_or_insert_with(|| no_frame(text, error));
        }
    }
    if lines == 0 {
        return Err(AnswerRefusal::Nothing);
    }
    let message = assembler.finish().map_err(|error| match damaged {
        Some(damaged) => damaged,
        None => AnswerRefusal::Frames(error),
    })?;
    match message.kind {
        Kind::Answer | Kind::OneScan | Kind::Paper => Ok(message),
        Kind::RequestShort | Kind::RequestLong | Kind::Bundle => Err(AnswerRefusal::NotAnAnswer),
    }
}

/// Why a text is no frame: the ministry's link is told apart from anything else.
#[must_use]
pub fn no_frame(text: &str, error: FrameError) -> AnswerRefusal {
    match error {
        FrameError::NotOurs if is_official_link(text) => AnswerRefusal::Printed,
        error => AnswerRefusal::Frame(error),
    }
}

/// Which request an answer says it belongs to.
///
/// # Errors
/// [`AnswerRefusal::Answer`] when it has not the form of an answer.
pub fn tag(bytes: &[u8]) -> Result<[u8; TAG_LENGTH], AnswerRefusal> {
    Envelope::parse(bytes).map(|envelope| *envelope.tag()).map_err(AnswerRefusal::Answer)
}
