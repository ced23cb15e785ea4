//! Judging a code that was shown without a request (flow B): weaker, so only at services of low risk that say so, only
//! yes-or-no facts and the portrait, and never evidence.
//!
//! The order is fixed: form; whether this service takes such a code; whether this counter saw it before; whether it
//! is for services of this class. Then signature, binding, clock, facts, status, trust and freshness.

use absah_credential::sd_jwt::{KeyBindingExpectation, KeyBindingPolicy, ProcessError, Unverified};
use absah_credential::{Expectation, Format, PENDAMPING, VerifyError, verify};
use absah_protocol::oid4vp::flow_b::{Code, CodeError, NONCE, Packing};
use absah_trust::policy::Doubt;
use absah_trust::registration::{ONE_SCAN_CARD, PORTRAIT, PREDICATES, PROTECTED, Weak};
use absah_trust::{Bundle, Outcome, Presented, Reason, Service, decide};
use absah_types::{Timestamp, coded};

use crate::answer::AnswerRefusal;
use crate::request::dictionary;

/// What stands on every card without being shown on purpose; the helper on those that one carries.
const ALWAYS_VISIBLE: [&str; 3] = ["id", "jaminanKunci", PENDAMPING];

/// Why a code shown without a request is refused before policy is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OneScanRefusal {
    /// Nobody said for which service it is to be judged.
    ServiceNeeded,
    /// The service does not take such codes: not of low risk, or it does not say so.
    NotHere,
    /// Its bytes are no code.
    Code(CodeError),
    /// It is signed for services that ask other facts.
    OtherClass,
    /// By this counter's clock it was made too long ago: a picture of an earlier code, or one of the clocks is wrong.
    ClockBehind,
    /// By this counter's clock it was made in the future: one of the clocks is wrong.
    ClockAhead,
    /// It shows another card than the one these facts stand on.
    WrongType,
    /// It shows what identifies a person across agencies.
    Protected,
    /// It shows more than yes-or-no facts and the portrait, or more than its class.
    OverBroad,
    /// What refuses an answer to a request too: taken before, no SD-JWT, does not hold.
    Answer(AnswerRefusal),
}

impl core::fmt::Display for OneScanRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::ServiceNeeded => "one-scan code without a service",
            Self::NotHere => "service does not take one-scan codes",
            Self::Code(error) => return error.fmt(f),
            Self::OtherClass => "one-scan code for services that ask other facts",
            Self::ClockBehind => "one-scan code made too long ago",
            Self::ClockAhead => "one-scan code made in the future",
            Self::WrongType => "one-scan code of another card",
            Self::Protected => "one-scan code shows a protected fact",
            Self::OverBroad => "one-scan code shows more than it may",
            Self::Answer(error) => return error.fmt(f),
        })
    }
}

impl core::error::Error for OneScanRefusal {}

coded! { OneScanRefusal {
    ServiceNeeded => ("one-scan-service-needed", User),
    NotHere => ("one-scan-not-here", User),
    Code(error) => inner(error),
    OtherClass => ("one-scan-other-facts", User),
    ClockBehind => ("one-scan-clock-behind", Environment),
    ClockAhead => ("one-scan-clock-ahead", Environment),
    WrongType => ("one-scan-wrong-card", Peer),
    Protected => ("one-scan-protected", Peer),
    OverBroad => ("one-scan-over-broad", Peer),
    Answer(error) => inner(error),
} }

/// The key of the replay cache: the nonce a code says it has. Take it down durably before an acceptance is shown.
///
/// # Errors
/// [`OneScanRefusal::Code`].
pub fn nonce(bytes: &[u8]) -> Result<[u8; NONCE], OneScanRefusal> {
    Code::parse(bytes).map(|code| code.head().nonce).map_err(OneScanRefusal::Code)
}

/// Judges the bytes of a code for a service. `seen`: this counter took a code with that nonce before.
#[must_use]
pub fn judge(
    bytes: &[u8],
    service: &Service,
    seen: bool,
    bundle: Option<&Bundle>,
    now: Timestamp,
) -> Outcome {
    let refused =
        |error: &OneScanRefusal| Outcome::refused(Reason::from(error), bundle.map_or(0, Bundle::version));
    let code = match Code::parse(bytes) {
        Ok(code) => code,
        Err(error) => return refused(&OneScanRefusal::Code(error)),
    };
    let Some(bundle) = bundle else { return Outcome::undetermined(Doubt::NoBundle, 0) };
    if !service.takes(Weak::OneScan) {
        return refused(&OneScanRefusal::NotHere);
    }
    if seen {
        return refused(&OneScanRefusal::Answer(AnswerRefusal::Replayed));
    }
    if service.class() != Some(code.head().class) {
        return refused(&OneScanRefusal::OtherClass);
    }
    // A clock that is known to be wrong judges no one.
    if let Err(clock) = bundle.clock_holds(now) {
        return Outcome::undetermined(Doubt::ClockBehind(clock), bundle.version());
    }
    match checked(&code, bundle, now) {
        Ok(presented) => decide(&[presented], service, bundle, now),
        Err(error) => refused(&error),
    }
}

fn checked(code: &Code<'_>, bundle: &Bundle, now: Timestamp) -> Result<Presented, OneScanRefusal> {
    let dictionary = dictionary(bundle);
    let packing = Packing { dictionary: &dictionary, x5c: &|digest| bundle.trust().chain(digest) };
    let text = code.presentation(packing).map_err(OneScanRefusal::Code)?;
    let unverified =
        Unverified::parse(&text).map_err(|error| OneScanRefusal::Answer(AnswerRefusal::SdJwt(error)))?;
    let (aud, nonce) = (code.head().aud(), code.head().nonce_text());
    let window = bundle.policy().one_scan_window;
    let expected = Expectation {
        now,
        leeway: window,
        // "accepted within ±180 s"
        key_binding: KeyBindingPolicy::Required(KeyBindingExpectation {
            aud: &aud,
            nonce: &nonce,
            now,
            max_age: window,
            max_ahead: window,
        }),
    };
    // "skew is named, not called invalid": the clock is the last that a key binding is checked for.
    let verified =
        verify(&unverified, &|hint| bundle.trust().resolve(hint), &expected).map_err(
            |error| match error {
                VerifyError::SdJwt(ProcessError::KeyBindingTooOld) => OneScanRefusal::ClockBehind,
                VerifyError::SdJwt(ProcessError::KeyBindingInFuture) => OneScanRefusal::ClockAhead,
                error => OneScanRefusal::Answer(AnswerRefusal::Credential(error)),
            },
        )?;
    let is_ours = verified.kind().is_some_and(|kind| kind.name() == ONE_SCAN_CARD);
    if !is_ours || verified.format() != Format::VcSdJwt {
        return Err(OneScanRefusal::WrongType);
    }
    // Checked although the wallet refuses to make such a code: a counter sees nothing more, also when a wallet tells too
    // much.
    let shown = || verified.claims().keys().map(String::as_str).filter(|name| !ALWAYS_VISIBLE.contains(name));
    if shown().any(|name| PROTECTED.contains(&name)) {
        return Err(OneScanRefusal::Protected);
    }
    let class: Vec<&str> = code.head().class.facts().collect();
    let fits = |name: &str| (PREDICATES.contains(&name) || name == PORTRAIT) && class.contains(&name);
    if !shown().all(fits) || (code.portrait().is_some() && !code.head().class.portrait()) {
        return Err(OneScanRefusal::OverBroad);
    }
    Ok(Presented { verified, portrait: code.portrait().map(<[u8]>::to_vec) })
}
