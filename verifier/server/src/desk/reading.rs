//! What the page's readers hand in: which of it is the answer that is waited for, and what lies beside it.

use absah_qr::frames::{FinishError, MessageId};
use absah_qr::{Frame, Kind};
use absah_types::{Lang, Rng, Timestamp};
use absah_verifier_core::printed::is_official_link;
use absah_verifier_core::{AnswerRefusal, answer};
use absah_web::{JsonBody, Now, Random};
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Desk;
use super::views::Told;
use super::work::{In, TEXTS, answered};
use crate::error::Failure;
use crate::filing::Seen;

#[derive(Deserialize)]
pub(super) struct Read {
    texts: Vec<String>,
    /// Whether fresh data for the counter is meant, and no citizen's answer.
    #[serde(default)]
    bundle: bool,
    /// The service on the screen: what a weaker proof is judged for, and whose answer is waited for.
    #[serde(default)]
    service: Option<String>,
    /// Whether the scanner typed some of it.
    #[serde(default)]
    typed: bool,
}

/// What was read, by what it is.
#[derive(Default)]
struct Sorted {
    /// Frames of answers, message by message.
    answers: Vec<(MessageId, Vec<String>)>,
    /// Frames of a weaker proof.
    weak: Option<(Kind, Vec<String>)>,
    bundle: Vec<String>,
    /// The ministry's link on a printed document.
    printed: Option<String>,
    /// Why something is nothing of ours.
    wrong: Option<AnswerRefusal>,
    /// What nothing can be made of.
    useless: Vec<String>,
}

impl Sorted {
    /// What a camera sees beside the answer (a wrapper, the counter's own screen) must not spoil it.
    fn of(read: &Read) -> Self {
        let mut sorted = Self::default();
        let lines = read.texts.iter().flat_map(|text| text.lines()).map(str::trim);
        for line in lines.filter(|line| !line.is_empty()) {
            match Frame::parse(line) {
                Ok(frame) if frame.kind() == Kind::Answer => sorted.answer(frame.message(), line),
                Ok(frame) if matches!(frame.kind(), Kind::OneScan | Kind::Paper) => match &mut sorted.weak {
                    Some((kind, lines)) if *kind == frame.kind() => lines.push(line.to_owned()),
                    other => *other = Some((frame.kind(), vec![line.to_owned()])),
                },
                Ok(frame) if read.bundle && frame.kind() == Kind::Bundle => {
                    sorted.bundle.push(line.to_owned());
                }
                Err(_) if is_official_link(line) => sorted.printed = Some(line.to_owned()),
                parsed => {
                    let why = parsed
                        .map_or_else(|error| answer::no_frame(line, error), |_| AnswerRefusal::NotAnAnswer);
                    sorted.useless.push(line.to_owned());
                    sorted.wrong.get_or_insert(why);
                }
            }
        }
        sorted
    }

    /// Whether anything is a frame of ours, checksum and all.
    fn has_ours(&self) -> bool {
        !self.answers.is_empty() || self.weak.is_some() || !self.bundle.is_empty()
    }

    fn answer(&mut self, message: MessageId, line: &str) {
        match self.answers.iter_mut().find(|(id, _)| *id == message) {
            Some((_, lines)) => lines.push(line.to_owned()),
            None => self.answers.push((message, vec![line.to_owned()])),
        }
    }
}

/// Where something is said that ends no waiting: what was said first, and the texts that are of no use any more.
#[derive(Default)]
struct Beside {
    told: Option<Told>,
    spent: Vec<String>,
}

impl Beside {
    fn say(&mut self, told: Told, spent: &[String]) {
        self.told.get_or_insert(told);
        self.spent.extend_from_slice(spent);
    }
}

fn other(told: &Told) -> Value {
    json!({ "state": "other", "told": told })
}

/// `POST /api/read`: all texts seen so far. `part` while frames are missing, `other` for what is no answer, else the
/// result. While an answer is waited for, only what belongs to this counter's own request ends that: whatever else came by is
/// told beside (`told`) and not wanted again (`spent`).
pub(super) async fn read(
    State(desk): State<Desk>,
    Now(now): Now,
    Random(mut rng): Random,
    Query(asked): Query<In>,
    JsonBody(read): JsonBody<Read>,
) -> Response {
    let lang = asked.lang();
    let done = async {
        if read.texts.len() > TEXTS {
            return Ok(other(&Told::of(&AnswerRefusal::TooManyLines, lang)));
        }
        let sorted = Sorted::of(&read);
        let service = read.service.as_deref();
        if read.typed && sorted.has_ours() {
            desk.app.saw_scanner(now).await?;
        }
        if !sorted.answers.is_empty() {
            return match service {
                Some(service) => desk.read_awaited(&sorted, service, lang, &mut *rng, now).await,
                None => desk.read_unasked(&sorted, lang, &mut *rng, now).await,
            };
        }
        if !sorted.bundle.is_empty() {
            return super::refresh::from_frames(&desk.app, &sorted.bundle, now).await;
        }
        if let Some((kind, lines)) = &sorted.weak {
            return desk.read_weak((*kind, lines), service, lang, &mut *rng, now).await;
        }
        if let Some(link) = &sorted.printed {
            desk.app.queue_printed(link, service.unwrap_or_default(), &mut *rng, now).await?;
            return Ok(other(&Told::of(&AnswerRefusal::Printed, lang)));
        }
        Ok(other(&Told::of(&sorted.wrong.unwrap_or(AnswerRefusal::Nothing), lang)))
    };
    answered(&desk, done.await)
}

impl Desk {
    /// Answers while one is waited for at a service.
    async fn read_awaited(
        &self,
        sorted: &Sorted,
        service: &str,
        lang: Lang,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Value, Failure> {
        let (mut beside, mut part) = (Beside::default(), None);
        for (_, lines) in &sorted.answers {
            match answer::read(lines.iter().map(String::as_str)) {
                Ok(bytes) => match self.app.see_at(&bytes, service, rng, now).await? {
                    Seen::Elsewhere { report } => beside.say(Told::code(report.code, lang), lines),
                    seen => return Ok(json!(self.stage(seen, lang, now).await)),
                },
                Err(AnswerRefusal::Frames(FinishError::Incomplete { have, needed })) => {
                    part = part.max(Some((have, needed)));
                }
                Err(error) => beside.say(Told::of(&error, lang), lines),
            }
        }
        // The counter's own screen is often in the picture: nothing to speak of.
        match &sorted.wrong {
            Some(AnswerRefusal::NotAnAnswer) | None => beside.spent.extend_from_slice(&sorted.useless),
            Some(wrong) => beside.say(Told::of(wrong, lang), &sorted.useless),
        }
        let Beside { told, spent } = beside;
        Ok(match part {
            Some((have, needed)) => {
                json!({ "state": "part", "have": have, "needed": needed, "told": told, "spent": spent })
            }
            None => json!({ "state": "other", "told": told, "spent": spent }),
        })
    }

    /// An answer that came while nothing was asked on the screen.
    async fn read_unasked(
        &self,
        sorted: &Sorted,
        lang: Lang,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Value, Failure> {
        let frames: Vec<String> = sorted.answers.iter().flat_map(|(_, lines)| lines).cloned().collect();
        if let Err(AnswerRefusal::Frames(FinishError::Incomplete { have, needed })) =
            answer::read(frames.iter().map(String::as_str))
        {
            return Ok(json!({ "state": "part", "have": have, "needed": needed }));
        }
        let seen = self.app.see(&frames, None, rng, now).await?;
        Ok(json!(self.stage(seen, lang, now).await))
    }
}
