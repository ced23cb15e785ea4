//! Flow A: request and answer as QR codes, without network.
//!
//! [`short`] and [`long`] write a request in few bytes, [`expand`] gives the Request Object back, byte for
//! byte; [`seal`] and [`Envelope`] carry the answer.

mod answer;
mod forms;

#[cfg(test)]
mod tests;

pub use answer::{
    AnswerContext, AnswerError, Envelope, FORMAT_V1, MAX_ANSWER, MAX_PORTRAIT, MAX_PRESENTATION, TAG_LENGTH,
    seal,
};
pub use forms::{ExpandError, Expanded, MAX_FORM, expand, long, short};
