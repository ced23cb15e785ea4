//! Weaker proofs on the page: a code shown without a request, a paper card. Nothing of them is filed.

use absah_qr::Kind;
use absah_qr::frames::FinishError;
use absah_types::{Lang, Timestamp};
use absah_verifier_core::{AnswerRefusal, Report, answer};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::Desk;
use super::views::Stage;
use crate::error::Failure;
use crate::weak;

impl Desk {
    /// The stage after frames of one weaker proof were read, at the service that is on the screen.
    pub(super) async fn read_weak(
        &self,
        kind: Kind,
        frames: &[String],
        service: Option<&str>,
        lang: Lang,
        now: Timestamp,
    ) -> Result<Value, Failure> {
        let message = match answer::message(frames.iter().map(String::as_str)) {
            Ok(message) => message,
            Err(AnswerRefusal::Frames(FinishError::Incomplete { have, needed })) => {
                return Ok(json!({ "state": "part", "have": have, "needed": needed }));
            }
            Err(error) => {
                let version = self.app.bundle().await?.map_or(0, |bundle| bundle.version());
                let outcome = absah_verifier_core::judge::unreadable(&error, version);
                return Ok(json!(Stage::over(&Report::from(&outcome), lang)));
            }
        };
        let (outcome, report) = if kind == Kind::Paper {
            let outcome = self.app.judge_paper(&message.payload, service, now).await?;
            let report = weak::kertas(&outcome);
            (outcome, report)
        } else {
            let outcome = self.app.judge_one_scan(&message.payload, service, now).await?;
            let report = weak::lemah(&outcome);
            (outcome, report)
        };
        let picture =
            outcome.accepted().and_then(|accepted| accepted.portrait()).map(|webp| STANDARD.encode(webp));
        let asked = match service {
            Some(id) => self.service(id, now).await,
            None => None,
        };
        Ok(json!(Stage::weak(&report, picture, asked.as_ref(), lang)))
    }
}
