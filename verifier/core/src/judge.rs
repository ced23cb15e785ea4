//! Judging an answer to a pending request.
//!
//! The order is fixed: an answer with an unknown tag belongs to another request; to a used request it is a
//! replay; to an old one it is late; what then does not open is tampered with. Only then come signature,
//! binding, status, trust and freshness.

use absah_credential::sd_jwt::{KeyBindingExpectation, KeyBindingPolicy, Unverified};
use absah_credential::{Expectation, PENDAMPING, VerifyError, verify};
use absah_crypto::jws::Compact;
use absah_protocol::oid4vp::flow_a::{AnswerContext, AnswerError, Envelope};
use absah_protocol::oid4vp::response::{
    Presented as Shown, ResponseError, check_content, check_ids, parse_direct_post, parse_direct_post_jwt,
};
use absah_trust::policy::{Doubt, Refusal};
use absah_trust::{Accepted, Bundle, Outcome, Presented, Reason, decide, vouch};
use absah_types::{Coded, Seconds, Timestamp};

use crate::answer::AnswerRefusal;
use crate::pending::{Pending, Stage};
use crate::request::dictionary;

/// Longest card read for its words alone, in characters.
const MAX_CARD: usize = 64 * 1024;

/// How a pending request is found again.
#[derive(Debug)]
pub enum Found {
    /// The request of that tag, and whether an answer to it was accepted before.
    Request {
        /// The request; none when it was used and its secrets are gone.
        pending: Option<Box<Pending>>,
        /// When it was made.
        made_at: Timestamp,
        /// How long ago by the monotonic clock of this process, where this process made it.
        lived: Option<Seconds>,
        /// Whether an answer was accepted.
        used: bool,
    },
    /// No request has that tag.
    Nothing,
}

/// What was found out about an answer.
#[derive(Debug)]
pub struct Judgement {
    /// The outcome.
    pub outcome: Outcome,
    /// Whether the request must be marked as used, durably, before anyone sees the outcome.
    pub uses_up: bool,
    /// Whether the answer itself was in order, whatever policy made of it.
    pub in_order: bool,
    /// The cards as they were shown, for evidence: only of an accepted answer. The portrait is not among them.
    pub shown: Vec<ShownCard>,
    /// What a supervisor accepts of an undetermined answer; only where [`vouched`] was asked.
    pub vouched: Option<Accepted>,
}

/// One card of an accepted answer.
#[derive(Clone, PartialEq, Eq)]
pub struct ShownCard {
    /// Its id in the query.
    pub query_id: String,
    /// The SD-JWT with its key binding.
    pub presentation: String,
    /// The status list it stands on.
    pub status_list: Option<String>,
}

impl core::fmt::Debug for ShownCard {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "ShownCard({} …)", self.query_id)
    }
}

impl Judgement {
    fn refused(error: &AnswerRefusal, bundle: Option<&Bundle>) -> Self {
        Self::without_answer(Outcome::refused(Reason::from(error), bundle.map_or(0, Bundle::version)))
    }

    fn without_answer(outcome: Outcome) -> Self {
        Self { outcome, uses_up: false, in_order: false, shown: Vec::new(), vouched: None }
    }
}

/// The refusal of an answer that another one was faster than.
#[must_use]
pub fn replayed(bundle_version: u64) -> Judgement {
    Judgement::without_answer(Outcome::refused(&AnswerRefusal::Replayed, bundle_version))
}

/// A refusal before any request was looked for: nothing readable, not our form.
#[must_use]
pub fn unreadable(error: &dyn Coded, bundle_version: u64) -> Outcome {
    Outcome::refused(Reason::of(error), bundle_version)
}

/// Judges the bytes of an answer by QR.
#[must_use]
pub fn by_qr(bytes: &[u8], found: &Found, bundle: Option<&Bundle>, now: Timestamp) -> Judgement {
    answered_by_qr(bytes, found, bundle, false, now)
}

/// As [`by_qr`], when a supervisor has said to accept an answer that old or absent status leaves undetermined. Whatever else
/// it is, it stays.
#[must_use]
pub fn vouched(bytes: &[u8], found: &Found, bundle: Option<&Bundle>, now: Timestamp) -> Judgement {
    answered_by_qr(bytes, found, bundle, true, now)
}

fn answered_by_qr(
    bytes: &[u8],
    found: &Found,
    bundle: Option<&Bundle>,
    vouched: bool,
    now: Timestamp,
) -> Judgement {
    let refused = |error: AnswerRefusal| Judgement::refused(&error, bundle);
    let envelope = match Envelope::parse(bytes) {
        Ok(envelope) => envelope,
        Err(error) => return refused(AnswerRefusal::Answer(error)),
    };
    let Found::Request { pending, made_at, lived, used } = found else {
        return refused(AnswerRefusal::Answer(AnswerError::OtherRequest));
    };
    let Some(bundle) = bundle else { return without_bundle() };
    match crate::pending::stage(*made_at, *lived, *used, bundle.policy(), now) {
        Stage::Used => return refused(AnswerRefusal::Replayed),
        Stage::Over => return refused(AnswerRefusal::RequestExpired),
        Stage::Open => {}
    }
    let Some(pending) = pending else { return refused(AnswerRefusal::RequestExpired) };
    // A request for an answer over the network has no key that would open this.
    let Some(recipient) = &pending.recipient else {
        return refused(AnswerRefusal::Answer(AnswerError::OtherRequest));
    };
    let dictionary = dictionary(bundle);
    let hash = pending.hash();
    let context = AnswerContext {
        request_hash: &hash,
        client_id: &pending.client_id,
        nonce: &pending.nonce,
        query: &pending.query,
        dictionary: &dictionary,
        x5c: &|leaf| bundle.trust().chain(leaf),
    };
    match envelope.open(recipient, &context) {
        Ok(shown) => judge(&shown, pending, bundle, bundle.policy().offline_skew, vouched, now),
        Err(error) => refused(AnswerRefusal::Answer(error)),
    }
}

/// Judges an answer that was posted to the request's `response_uri`.
///
/// # Errors
/// [`AnswerRefusal`] when it is no answer to this request at all: unreadable, other request, replayed, late, not
/// encrypted as asked, wrong `state`. Anybody can send such a thing, so it says nothing about the session.
pub fn posted(
    body: &[u8],
    found: &Found,
    bundle: Option<&Bundle>,
    now: Timestamp,
) -> Result<Judgement, AnswerRefusal> {
    answered_over_https(body, found, bundle, false, now)
}

/// As [`posted`], when a supervisor has said to accept what old or absent status leaves undetermined.
///
/// # Errors
/// As [`posted`].
pub fn posted_vouched(
    body: &[u8],
    found: &Found,
    bundle: Option<&Bundle>,
    now: Timestamp,
) -> Result<Judgement, AnswerRefusal> {
    answered_over_https(body, found, bundle, true, now)
}

fn answered_over_https(
    body: &[u8],
    found: &Found,
    bundle: Option<&Bundle>,
    vouched: bool,
    now: Timestamp,
) -> Result<Judgement, AnswerRefusal> {
    let Found::Request { pending, made_at, lived, used } = found else {
        return Err(AnswerRefusal::Answer(AnswerError::OtherRequest));
    };
    let Some(bundle) = bundle else { return Ok(without_bundle()) };
    match crate::pending::stage(*made_at, *lived, *used, bundle.policy(), now) {
        Stage::Used => return Err(AnswerRefusal::Replayed),
        Stage::Over => return Err(AnswerRefusal::RequestExpired),
        Stage::Open => {}
    }
    let pending = pending.as_ref().ok_or(AnswerRefusal::RequestExpired)?;
    let answer = match &pending.response_key {
        Some(key) => parse_direct_post_jwt(body, key),
        None => parse_direct_post(body),
    }
    .map_err(AnswerRefusal::Response)?;
    if answer.state != pending.state || pending.state.is_none() {
        return Err(AnswerRefusal::State);
    }
    Ok(match answer.answer {
        Ok(shown) => judge(&shown, pending, bundle, bundle.policy().online_skew, vouched, now),
        Err(error) => {
            Judgement { in_order: true, ..Judgement::refused(&AnswerRefusal::Wallet(error), Some(bundle)) }
        }
    })
}

fn without_bundle() -> Judgement {
    Judgement::without_answer(Outcome::undetermined(Doubt::NoBundle, 0))
}

fn judge(
    shown: &[Shown],
    pending: &Pending,
    bundle: &Bundle,
    skew: Seconds,
    may_vouch: bool,
    now: Timestamp,
) -> Judgement {
    // A clock that is known to be wrong judges no one.
    if let Err(clock) = bundle.clock_holds(now) {
        return Judgement::without_answer(Outcome::undetermined(Doubt::ClockBehind(clock), bundle.version()));
    }
    match verify_all(shown, pending, bundle, skew, now) {
        Err(error) => Judgement::refused(&error, Some(bundle)),
        Ok(presented) => {
            let outcome = decide(&presented, &pending.service, bundle, now);
            let vouched = if may_vouch { vouch(&presented, &pending.service, bundle, now) } else { None };
            let uses_up = outcome.accepted().is_some() || vouched.is_some();
            let shown = if uses_up { cards(shown, &presented) } else { Vec::new() };
            Judgement { uses_up, in_order: true, outcome, shown, vouched }
        }
    }
}

fn cards(shown: &[Shown], presented: &[Presented]) -> Vec<ShownCard> {
    let card = |(one, checked): (&Shown, &Presented)| ShownCard {
        query_id: one.query_id.clone(),
        presentation: one.presentation.clone(),
        status_list: checked.verified.status().map(|status| status.uri.clone()),
    };
    shown.iter().zip(presented).map(card).collect()
}

fn verify_all(
    shown: &[Shown],
    pending: &Pending,
    bundle: &Bundle,
    skew: Seconds,
    now: Timestamp,
) -> Result<Vec<Presented>, AnswerRefusal> {
    check_ids(&pending.query, shown).map_err(AnswerRefusal::Response)?;
    // The holder signed between the making of the request and now, if both clocks are right.
    let max_age = Seconds(pending.waited(now).0.saturating_add(skew.0));
    let expected = Expectation {
        now,
        leeway: skew,
        key_binding: KeyBindingPolicy::Required(KeyBindingExpectation {
            aud: &pending.client_id,
            nonce: &pending.nonce,
            now,
            max_age,
            max_ahead: skew,
        }),
    };
    let verify_one = |one: &Shown| {
        let unasked = AnswerRefusal::Response(ResponseError::UnaskedCredential);
        let asked = pending.query.credential(&one.query_id).ok_or(unasked)?;
        let unverified = Unverified::parse(&one.presentation).map_err(AnswerRefusal::SdJwt)?;
        let verified = verify(&unverified, &|hint| bundle.trust().resolve(hint), &expected);
        let verified = verified.map_err(|error| match error {
            // It is refused either way; only the words follow what nobody has verified.
            VerifyError::Expired if says_carried(&unverified) => {
                AnswerRefusal::Session(Refusal::PendampingOver)
            }
            error => AnswerRefusal::Credential(error),
        })?;
        check_content(asked, &verified, one.portrait.as_deref()).map_err(AnswerRefusal::Response)?;
        Ok(Presented { verified, portrait: one.portrait.clone() })
    };
    shown.iter().map(verify_one).collect()
}

/// Whether a card that does not hold says of itself that a helper carries it.
fn says_carried(unverified: &Unverified) -> bool {
    let jwt = unverified.as_str().split('~').next().unwrap_or_default();
    let claims = Compact::parse(jwt, MAX_CARD).ok().and_then(|jwt| jwt.claims::<serde_json::Value>().ok());
    let Some(claims) = claims else { return false };
    let subject = claims.get("credentialSubject").unwrap_or(&claims);
    subject.get(PENDAMPING).is_some()
}
