//! Judging a paper card (flow C): a copy of it cannot be detected, so only at services of low risk that say so, with
//! the face compared, and never evidence.
//!
//! The order is fixed: form; whether this service takes paper; then signature, type, portrait, status, trust and
//! freshness.

use absah_credential::portrait::Portrait;
use absah_credential::sd_jwt::{KeyBindingPolicy, ProcessError, Unverified};
use absah_credential::{Expectation, Format, VerifyError, verify};
use absah_protocol::oid4vp::flow_b::Packing;
use absah_protocol::paper::{Paper, PaperError};
use absah_schemas::paper::{FACTS, TYPES};
use absah_trust::policy::Doubt;
use absah_trust::registration::Weak;
use absah_trust::{Bundle, Outcome, Presented, Reason, Refusal, Service, decide_paper};
use absah_types::{Timestamp, coded};

use crate::answer::AnswerRefusal;
use crate::request::dictionary;

/// Why a paper card is refused before policy is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperRefusal {
    /// Nobody said for which service it is to be judged.
    ServiceNeeded,
    /// The service does not take paper: not of low risk, or it does not say so.
    NotHere,
    /// Its bytes are no paper card.
    Code(PaperError),
    /// What is in the code is signed, but no paper card: another card was passed as paper.
    WrongType,
    /// The portrait beside it is not the one signed.
    Portrait(Refusal),
    /// What refuses an answer too: no SD-JWT, does not hold.
    Answer(AnswerRefusal),
}

impl core::fmt::Display for PaperRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::ServiceNeeded => "paper card without a service",
            Self::NotHere => "service does not take paper cards",
            Self::Code(error) => return error.fmt(f),
            Self::WrongType => "another card passed as paper",
            Self::Portrait(error) => return error.fmt(f),
            Self::Answer(error) => return error.fmt(f),
        })
    }
}

impl core::error::Error for PaperRefusal {}

coded! { PaperRefusal {
    ServiceNeeded => ("paper-service-needed", User),
    NotHere => ("paper-not-here", User),
    Code(error) => inner(error),
    WrongType => ("paper-wrong-card", Peer),
    Portrait(error) => inner(error),
    Answer(error) => inner(error),
} }

/// Judges the bytes of a paper card for a service.
#[must_use]
pub fn judge(bytes: &[u8], service: &Service, bundle: Option<&Bundle>, now: Timestamp) -> Outcome {
    let refused =
        |error: &PaperRefusal| Outcome::refused(Reason::from(error), bundle.map_or(0, Bundle::version));
    let Some(bundle) = bundle else { return Outcome::undetermined(Doubt::NoBundle, 0) };
    let dictionary = dictionary(bundle);
    let packing = Packing { dictionary: &dictionary, x5c: &|digest| bundle.trust().chain(digest) };
    let paper = match Paper::parse(bytes, packing) {
        Ok(paper) => paper,
        Err(error) => return refused(&PaperRefusal::Code(error)),
    };
    if !service.takes(Weak::Paper) {
        return refused(&PaperRefusal::NotHere);
    }
    // A clock that is known to be wrong judges no one.
    if let Err(clock) = bundle.clock_holds(now) {
        return Outcome::undetermined(Doubt::ClockBehind(clock), bundle.version());
    }
    match checked(paper, bundle, now) {
        Ok(presented) => decide_paper(&presented, service.tier, bundle, now),
        Err(error) => refused(&error),
    }
}

/// What a service asks that no paper card says, dotted, in the order of the form.
#[must_use]
pub fn unanswered(service: &Service) -> Vec<String> {
    let on_paper = |claim: &String| claim == "portrait" || FACTS.contains(&claim.as_str());
    service.claims().map(|(_, claim)| claim.to_string()).filter(|claim| !on_paper(claim)).collect()
}

fn checked(paper: Paper, bundle: &Bundle, now: Timestamp) -> Result<Presented, PaperRefusal> {
    let answer = |error| PaperRefusal::Answer(error);
    let unverified = Unverified::parse(&paper.card).map_err(|error| answer(AnswerRefusal::SdJwt(error)))?;
    let leeway = bundle.policy().offline_skew;
    // No `cnf`, so nobody signs its showing.
    let expected = Expectation { now, leeway, key_binding: KeyBindingPolicy::Forbidden };
    let verified =
        verify(&unverified, &|hint| bundle.trust().resolve(hint), &expected).map_err(
            |error| match error {
                VerifyError::SdJwt(ProcessError::KeyBindingUnexpected) => PaperRefusal::WrongType,
                error => answer(AnswerRefusal::Credential(error)),
            },
        )?;
    if verified.format() != Format::VcSdJwt || verified.types() != TYPES || verified.holder().is_some() {
        return Err(PaperRefusal::WrongType);
    }
    let claim = verified.claims().get("portrait").and_then(serde_json::Value::as_str).unwrap_or_default();
    let portrait = Portrait::check(paper.portrait, claim)
        .map_err(|error| PaperRefusal::Portrait(Refusal::Portrait(error)))?;
    Ok(Presented { verified, portrait: Some(portrait.blob().to_vec()) })
}
