//! Weaker proofs: a code shown without a request (*lemah*), a paper card (*kertas*).

use absah_trust::Outcome;
use absah_trust::policy::{Accepted, Refusal};
use absah_types::{Coded as _, Rng, Timestamp};
use absah_verifier_core::evidence::lacks_reason;
use absah_verifier_core::{
    AnswerRefusal, OneScanRefusal, PaperRefusal, Report, Strength, judge, one_scan, paper,
};

use serde::{Deserialize, Serialize};

use crate::app::{App, label};
use crate::error::Failure;
use crate::filing::{MAX_REASON, Word};
use crate::store::Visit;

impl App {
    /// Judges a code shown without a request for a service. When it is accepted, its nonce is on disk before this
    /// returns; not where the `word` that is said of it at once lacks the reason that old data needs.
    ///
    /// # Errors
    /// A service that this counter does not have; the store's. Refusals are outcomes.
    pub(crate) async fn judge_one_scan(
        &self,
        bytes: &[u8],
        service: Option<&str>,
        word: Option<&Word<'_>>,
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
        if word.is_some_and(|word| lacks_reason(outcome.code(), word.verdict, word.reason)) {
            return Ok(outcome);
        }
        if outcome.accepted().is_some() && !self.store().take_one_scan(&nonce, now).await? {
            return Ok(judge::unreadable(&AnswerRefusal::Replayed, version));
        }
        if let Some(accepted) = outcome.accepted()
            && !self.take_carried(accepted, now).await?
        {
            return Ok(judge::unreadable(&Refusal::PendampingUsed, version));
        }
        Ok(outcome)
    }

    /// Takes the card that a helper carries, durably; false where this counter took the same copy before. Every other card
    /// is taken as often as its holder shows it.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn take_carried(&self, accepted: &Accepted, now: Timestamp) -> Result<bool, Failure> {
        match accepted.carried_by() {
            Some(carried) => Ok(self.store().take_one_scan(&carried.copy, now).await?),
            None => Ok(true),
        }
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
    ) -> Result<(Outcome, Report), Failure> {
        let bundle = self.bundle().await?;
        let version = bundle.as_ref().map_or(0, |bundle| bundle.version());
        let Some(service) = service else {
            return Ok(kertas(judge::unreadable(&PaperRefusal::ServiceNeeded, version), None));
        };
        let Some(bundle) = bundle else {
            return Ok(kertas(Outcome::undetermined(absah_trust::policy::Doubt::NoBundle, 0), None));
        };
        let service = self.offer(&bundle, service, now)?.service;
        Ok(kertas(paper::judge(bytes, &service, Some(&bundle), now), Some(&service)))
    }
}

/// A paper card's outcome with its report, said to be one, and what it leaves unanswered.
fn kertas(outcome: Outcome, service: Option<&absah_trust::Service>) -> (Outcome, Report) {
    let report = Report::from(&outcome).weaker(Strength::Kertas);
    let report = report.leaving(service.map(paper::unanswered).unwrap_or_default());
    (outcome, report)
}

/// The report of such a code, said to be weak.
pub(crate) fn lemah(outcome: &Outcome) -> Report {
    Report::from(outcome).weaker(Strength::Lemah)
}

/// What to do about a refused proof of that strength, where it is something else than about an answer: there was no request
/// that could be shown anew, the citizen's next code comes by itself.
pub(crate) fn advice(code: &str, strength: &str) -> Option<&'static str> {
    match (code, strength) {
        (replayed, "lemah") if replayed == AnswerRefusal::Replayed.code() => Some("counter-replayed-lemah"),
        // Paper cannot be sent again, and its printer puts the right picture on it.
        ("portrait-mismatch", "kertas") => Some("counter-portrait-kertas"),
        _ => None,
    }
}

/// Why an officer took a weaker proof with old data. Of it nothing else is kept, so the reason stands beside the visit,
/// sealed: what an officer writes by hand is nobody else's to read.
#[derive(Serialize, Deserialize)]
struct KeptReason {
    officer: String,
    reason: String,
}

/// The same, opened.
#[derive(Debug, Serialize)]
pub(crate) struct Reason {
    pub(crate) at: Timestamp,
    pub(crate) service: String,
    /// `lemah`, `kertas`.
    pub(crate) outcome: String,
    pub(crate) officer: String,
    pub(crate) reason: String,
}

impl App {
    /// The officer's reason, to be kept with the visit of that service and moment.
    ///
    /// # Errors
    /// Those of sealing.
    pub(crate) fn sealed_reason(
        &self,
        word: &Word<'_>,
        service: &str,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Vec<u8>, Failure> {
        let reason = word.reason.trim().chars().take(MAX_REASON).collect();
        let kept = KeptReason { officer: word.officer.to_owned(), reason };
        // Text: always JSON.
        let content = serde_json::to_vec(&kept).unwrap_or_default();
        self.keys().seal(&of_visit(service, now), &content, rng)
    }

    /// The reasons since `since`, newest first. One that does not open is not this counter's.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn reasons(&self, since: Timestamp) -> Result<Vec<Reason>, Failure> {
        let opened = |visit: Visit| {
            let sealed = visit.reason?;
            let content = self.keys().unseal(&of_visit(&visit.service, visit.at), &sealed).ok()?;
            let kept: KeptReason = serde_json::from_slice(content.expose()).ok()?;
            let outcome = visit.verdict.unwrap_or_default();
            let (officer, reason) = (kept.officer, kept.reason);
            Some(Reason { at: visit.at, service: visit.service, outcome, officer, reason })
        };
        Ok(self.store().visits(since).await?.into_iter().filter_map(opened).collect())
    }
}

fn of_visit(service: &str, at: Timestamp) -> Vec<u8> {
    label(b"reason", format!("{} {service}", at.unix()).as_bytes())
}
