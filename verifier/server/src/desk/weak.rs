//! Weaker proofs on the page: a code shown without a request, a paper card. Nothing of them is filed: the officer compares
//! the face, and the visit is counted by its word. Taken with old data, it is counted with the officer's reason.

use std::sync::PoisonError;

use absah_qr::Kind;
use absah_qr::frames::FinishError;
use absah_types::{Lang, Rng, Timestamp, array, hex};
use absah_verifier_core::evidence::{STALE, Verdict, lacks_reason};
use absah_verifier_core::{AnswerRefusal, Report, Strength, answer};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::Desk;
use super::views::{Stage, Told};
use crate::error::Failure;
use crate::filing::{FilingError, WORD_WITHIN, Word, colour, visit};
use crate::weak;

/// What waits for the officer's word, in memory alone.
#[derive(Clone)]
pub(super) struct Weaker {
    tag: String,
    report: Report,
    /// The portrait, WebP in base64.
    portrait: Option<String>,
    service: String,
    seen_at: Timestamp,
}

impl Weaker {
    fn is(&self, tag: &str, now: Timestamp) -> bool {
        self.tag == tag && self.waits(now)
    }

    fn waits(&self, now: Timestamp) -> bool {
        let waited = now.since(self.seen_at);
        waited.0 >= 0 && waited <= WORD_WITHIN
    }
}

impl Desk {
    /// The stage after frames of one weaker proof were read, at the service that is on the screen.
    pub(super) async fn read_weak(
        &self,
        (kind, frames): (Kind, &[String]),
        service: Option<&str>,
        lang: Lang,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Value, Failure> {
        let message = match answer::message(frames.iter().map(String::as_str)) {
            Ok(message) => message,
            Err(AnswerRefusal::Frames(FinishError::Incomplete { have, needed })) => {
                return Ok(json!({ "state": "part", "have": have, "needed": needed }));
            }
            // Whoever waits for an answer goes on waiting.
            Err(error) if service.is_some() => {
                return Ok(json!({ "state": "other", "told": Told::of(&error, lang), "spent": frames }));
            }
            Err(error) => {
                let version = self.app.bundle().await?.map_or(0, |bundle| bundle.version());
                let outcome = absah_verifier_core::judge::unreadable(&error, version);
                return Ok(json!(Stage::over(&Report::from(&outcome), lang)));
            }
        };
        let (outcome, report) = if kind == Kind::Paper {
            self.app.judge_paper(&message.payload, service, now).await?
        } else {
            let outcome = self.app.judge_one_scan(&message.payload, service, None, now).await?;
            let report = weak::lemah(&outcome);
            (outcome, report)
        };
        let Some((accepted, service)) = outcome.accepted().zip(service) else {
            if let Some(service) = service {
                let visit = visit(service, report.code, colour(&report), now, now);
                self.app.store().note_visit(&visit).await?;
            }
            return Ok(json!(Stage::over(&report, lang).final_word()));
        };
        let weaker = Weaker {
            tag: hex::encode(array::<16>(rng)),
            portrait: accepted.portrait().map(|webp| STANDARD.encode(webp)),
            report,
            service: service.to_owned(),
            seen_at: now,
        };
        let before = self.weak.lock().unwrap_or_else(PoisonError::into_inner).replace(weaker.clone());
        if let Some(before) = before {
            self.count(&before, Verdict::Abandoned.as_str(), None, now).await?;
        }
        Ok(json!(self.weaker(&weaker, lang, now).await))
    }

    async fn weaker(&self, weaker: &Weaker, lang: Lang, now: Timestamp) -> Stage {
        let service = self.service(&weaker.service, now).await;
        let portrait = weaker.portrait.as_deref();
        Stage::weak((&weaker.tag, &weaker.report), portrait, &weaker.service, service.as_ref(), lang)
    }

    /// The stage of a weaker proof that waits under that tag.
    pub(super) async fn waiting_weaker(&self, tag: &str, lang: Lang, now: Timestamp) -> Option<Stage> {
        let held = self.weak.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let held = held.filter(|weaker| weaker.is(tag, now))?;
        Some(self.weaker(&held, lang, now).await)
    }

    /// Under which name a weaker proof waits now.
    pub(super) fn weaker_tag(&self, now: Timestamp) -> Option<String> {
        let weak = self.weak.lock().unwrap_or_else(PoisonError::into_inner);
        weak.as_ref().filter(|weaker| weaker.waits(now)).map(|weaker| weaker.tag.clone())
    }

    /// Lets go of a weaker proof that nobody said anything of in time, portrait and all; it is counted as abandoned.
    ///
    /// # Errors
    /// The store's.
    pub(super) async fn forget_weaker(&self, now: Timestamp) -> Result<(), Failure> {
        let over = {
            let mut weak = self.weak.lock().unwrap_or_else(PoisonError::into_inner);
            weak.take_if(|weaker| !weaker.waits(now))
        };
        match over {
            Some(over) => self.count(&over, Verdict::Abandoned.as_str(), None, now).await,
            None => Ok(()),
        }
    }

    /// The officer's word on a weaker proof: it is counted, the proof is forgotten. Whether one waited under that tag.
    ///
    /// # Errors
    /// `ReasonMissing` where the data is old: the proof goes on waiting; the store's.
    pub(super) async fn say_weaker(
        &self,
        tag: &str,
        word: &Word<'_>,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let held = {
            let mut weak = self.weak.lock().unwrap_or_else(PoisonError::into_inner);
            let waits = weak.as_ref().filter(|weaker| weaker.is(tag, now));
            if waits.is_some_and(|weaker| lacks_reason(weaker.report.code, word.verdict, word.reason)) {
                return Err(FilingError::ReasonMissing.into());
            }
            weak.take_if(|weaker| weaker.is(tag, now))
        };
        let Some(held) = held else { return Ok(false) };
        let (said, is_taken) = match (word.verdict, held.report.strength) {
            (Verdict::Matched, Some(strength)) => (self::word(strength), true),
            (other, _) => (other.as_str(), false),
        };
        let reason = match is_taken && held.report.code == STALE {
            true => Some(self.app.sealed_reason(word, &held.service, rng, now)?),
            false => None,
        };
        self.count(&held, said, reason, now).await?;
        Ok(true)
    }

    async fn count(
        &self,
        weaker: &Weaker,
        verdict: &str,
        reason: Option<Vec<u8>>,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let report = &weaker.report;
        let mut visit = visit(&weaker.service, report.code, colour(report), weaker.seen_at, now);
        visit.verdict = Some(verdict.to_owned());
        visit.reason = reason;
        Ok(self.app.store().note_visit(&visit).await?)
    }
}

/// What the list and the counts call a weaker proof that the officer took.
pub(super) const fn word(strength: Strength) -> &'static str {
    match strength {
        Strength::Lemah => "lemah",
        Strength::Kertas => "kertas",
    }
}
