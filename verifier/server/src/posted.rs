//! Answers over the network: judged as they come, kept for a supervisor where the status leaves them open, and on the
//! same device shown only to the page that asked.

use absah_crypto::{ct_eq, sha256_concat};
use absah_types::{Rng, Secret, Timestamp, array, base64url};
use absah_verifier_core::Report;
use absah_verifier_core::judge::{self, Found, Judgement};
use serde::Serialize;

use crate::app::{App, label};
use crate::error::{Failure, VerifierError};
use crate::filing::{Asked, FilingError, Seen, Vouch};
use crate::store::SameDevice;

/// What an answer of the same device leads back to, after the page's address.
const RESPONSE_CODE: &str = "#response_code=";

impl App {
    /// Judges an answer posted for a session, and keeps the outcome (sealed) for whoever asks for it, what was accepted
    /// for the officer's word, and what only the status leaves open for a supervisor.
    ///
    /// # Errors
    /// Only when the store or the bundle fails, or the answer is none to this session; `UnknownSession`.
    pub async fn judge_posted(
        &self,
        session: &str,
        body: &[u8],
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Judgement, Failure> {
        let bundle = self.bundle().await?;
        let version = bundle.as_ref().map_or(0, |bundle| bundle.version());
        self.end_late(now).await?;
        let row = self.store().by_session(session).await?.ok_or(VerifierError::UnknownSession)?;
        let found = self.found(Some(&row))?;
        let judgement = judge::posted(body, &found, bundle.as_deref(), now)?;
        if let Found::Request { pending: Some(pending), .. } = &found
            && judgement.uses_up
        {
            let asked = Asked { tag: &row.tag, pending, version, vouch: None, tells: true };
            let (outcome, in_order) = (judgement.outcome.clone(), judgement.in_order);
            return Ok(match self.keep_for_word(judgement, &asked, rng, now).await? {
                Seen::ToDecide { .. } => {
                    Judgement { outcome, in_order, uses_up: true, shown: Vec::new(), vouched: None }
                }
                Seen::Over { .. } | Seen::Elsewhere { .. } => judge::replayed(version),
            });
        }
        let report = Report::from(&judgement.outcome);
        if judgement.in_order && is_vouchable(report.code) {
            let sealed = self.keys().seal(&label(b"doubtful", &row.tag), body, rng)?;
            self.store().keep_doubtful(&row.tag, now, &sealed).await?;
        }
        let before = self.session(session).await?;
        let sealed = self.sealed_outcome(&row.tag, &report, rng)?;
        self.store().note_outcome(&row.tag, &sealed).await?;
        // Whoever saw the code can post: the same refusal is one visit, however often it comes.
        let is_news = before.as_ref().and_then(|before| before.get("code")?.as_str()) != Some(report.code);
        if row.outcome.is_none() || (judgement.in_order && is_news) {
            self.over(&judgement.outcome, Some(&row), now).await?;
        }
        Ok(judgement)
    }

    /// Judges the last answer of a session again, when a supervisor takes upon himself what the status leaves open.
    ///
    /// # Errors
    /// `NothingToDecide` where no such answer waits; the store's; `UnknownSession`.
    pub(crate) async fn vouch_posted(
        &self,
        session: &str,
        vouch: Vouch<'_>,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Seen, Failure> {
        let bundle = self.bundle().await?;
        let version = bundle.as_ref().map_or(0, |bundle| bundle.version());
        let row = self.store().by_session(session).await?.ok_or(VerifierError::UnknownSession)?;
        let sealed = self.store().doubtful(&row.tag).await?.ok_or(FilingError::NothingToDecide)?;
        let body = self.keys().unseal(&label(b"doubtful", &row.tag), &sealed)?;
        let found = self.found(Some(&row))?;
        let judgement = judge::posted_vouched(body.expose(), &found, bundle.as_deref(), now)?;
        if let Found::Request { pending: Some(pending), .. } = &found
            && judgement.uses_up
        {
            let asked = Asked { tag: &row.tag, pending, version, vouch: Some(vouch), tells: true };
            return self.keep_for_word(judgement, &asked, rng, now).await;
        }
        self.over(&judgement.outcome, Some(&row), now).await
    }

    pub(crate) fn sealed_outcome(
        &self,
        tag: &[u8],
        report: &impl Serialize,
        rng: &mut (dyn Rng + Send),
    ) -> Result<Vec<u8>, Failure> {
        // Text, numbers and lists: always JSON.
        let report = Secret::new(serde_json::to_vec(report).unwrap_or_default());
        self.keys().seal(&label(b"outcome", tag), report.expose(), rng)
    }

    /// From now on what is answered to this session is shown only to the page at `return_to` that holds the secret which
    /// is returned, and only once it has the code that the wallet sends it back with (OpenID4VP 1.0, section 13.3).
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn bind_to_page(
        &self,
        session: &str,
        return_to: &str,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<String, Failure> {
        let secret = base64url::encode(array::<32>(rng));
        let page = digest(b"page", session, &secret);
        self.store().bind_session(session, return_to, &page, now).await?;
        Ok(secret)
    }

    /// Where the wallet sends the person after an answer to this session: nowhere, unless it was asked on the same device.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn return_address(
        &self,
        session: &str,
        rng: &mut (dyn Rng + Send),
    ) -> Result<Option<String>, Failure> {
        let Some(bound) = self.store().same_device(session).await? else { return Ok(None) };
        if bound.taken {
            return Ok(None);
        }
        // "The Verifier MUST use a fresh, cryptographically random number with sufficient entropy" (section 13.3).
        let code = base64url::encode(array::<32>(rng));
        self.store().note_code(session, &digest(b"code", session, &code)).await?;
        Ok(Some(format!("{}{RESPONSE_CODE}{code}", bound.return_to)))
    }

    /// Takes the code that the page came back with; from then on the session shows its answer.
    ///
    /// # Errors
    /// `ResponseCode`: guessed, used before, of another session, or brought by another page; the store's.
    pub(crate) async fn take_code(
        &self,
        session: &str,
        secret: &str,
        code: &str,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let bound = self.store().same_device(session).await?.ok_or(VerifierError::ResponseCode)?;
        let SameDevice { page, code: expected, .. } = &bound;
        let expected = expected.as_ref().ok_or(VerifierError::ResponseCode)?;
        let is_page = ct_eq(&digest(b"page", session, secret), page);
        let is_code = ct_eq(&digest(b"code", session, code), expected);
        if is_page && is_code && self.store().take_code(session, expected, now).await? {
            Ok(())
        } else {
            Err(VerifierError::ResponseCode.into())
        }
    }

    /// Whether what was answered to a session may be shown by now.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn may_show(&self, session: &str) -> Result<bool, Failure> {
        Ok(self.store().same_device(session).await?.is_none_or(|bound| bound.taken))
    }
}

/// Whether a supervisor may take an answer with this outcome upon himself.
pub(crate) fn is_vouchable(code: &str) -> bool {
    matches!(code, "status-old" | "status-missing")
}

fn digest(what: &[u8], session: &str, secret: &str) -> [u8; 32] {
    sha256_concat(&[b"absah-same-device-v1\0", what, b"\0", session.as_bytes(), b"\0", secret.as_bytes()])
}
