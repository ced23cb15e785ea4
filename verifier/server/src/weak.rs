//! Weaker proofs: a code shown without a request (*lemah*), a paper card (*kertas*).

use absah_trust::Outcome;
use absah_types::Timestamp;
use absah_verifier_core::{
    AnswerRefusal, OneScanRefusal, PaperRefusal, Report, Strength, judge, one_scan, paper,
};

use crate::app::App;
use crate::error::Failure;

impl App {
    /// Judges a code shown without a request for a service. When it is accepted, its nonce is on disk before this
    /// returns.
    ///
    /// # Errors
    /// A service that this counter does not have; the store's. Refusals are outcomes.
    pub async fn judge_one_scan(
        &self,
        bytes: &[u8],
        service: Option<&str>,
        now: Timestamp,
    ) -> Result<Outcome, Failure> {
        let bundle = self.bundle().await?;
        let version = bundle.as_ref().map_or(0, |bundle| bundle.version());
        let nonce = match one_scan::nonce(bytes) {
            Ok(nonce) => nonce,
            Err(error) => return Ok(judge::unreadable(&error, version)),
        };
        let Some(service) = service else {
            return Ok(judge::unreadable(&OneScanRefusal::ServiceNeeded, version));
        };
        let Some(bundle) = bundle else {
            return Ok(Outcome::undetermined(absah_trust::policy::Doubt::NoBundle, 0));
        };
        let offer = self.offer(&bundle, service, now)?;
        let seen = self.store().one_scan_seen(&nonce).await?;
        let outcome = one_scan::judge(bytes, &offer.service, seen, Some(&bundle), now);
        if outcome.accepted().is_some() && !self.store().take_one_scan(&nonce, now).await? {
            return Ok(judge::unreadable(&AnswerRefusal::Replayed, version));
        }
        Ok(outcome)
    }
}

impl App {
    /// Judges a paper card for a service.
    ///
    /// # Errors
    /// As [`App::judge_one_scan`].
    pub async fn judge_paper(
        &self,
        bytes: &[u8],
        service: Option<&str>,
        now: Timestamp,
    ) -> Result<Outcome, Failure> {
        let bundle = self.bundle().await?;
        let version = bundle.as_ref().map_or(0, |bundle| bundle.version());
        let Some(service) = service else {
            return Ok(judge::unreadable(&PaperRefusal::ServiceNeeded, version));
        };
        let Some(bundle) = bundle else {
            return Ok(Outcome::undetermined(absah_trust::policy::Doubt::NoBundle, 0));
        };
        let offer = self.offer(&bundle, service, now)?;
        Ok(paper::judge(bytes, &offer.service, Some(&bundle), now))
    }
}

/// The report of a paper card, said to be one.
pub(crate) fn kertas(outcome: &Outcome) -> Report {
    Report::from(outcome).weaker(Strength::Kertas)
}

/// The report of such a code, said to be weak.
pub(crate) fn lemah(outcome: &Outcome) -> Report {
    Report::from(outcome).weaker(Strength::Lemah)
}
