//! Who looked at my record: entries of the ledger, fetched with proof of possession, kept, verified offline.

mod keep;

use std::collections::BTreeSet;

use absah_ledger::{Freshness, LedgerPolicy};
use absah_protocol::IssuerId;
use absah_protocol::access_history::{self, AccessError, Answer, Entry, MAX_ANSWER, Proven, Request};

use absah_schemas::CredentialType;
use absah_types::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    card::{Card, CardId, Choice},
    effect::{Body, Effect, Fetch, FetchFailure, Fetched},
    intent::Env,
    keys::Signatures,
    prompt::Prompt,
    proving::{self, ProofStep},
    refusal::Refusal,
    respond,
    shown::Shown,
    wallet::{Flow, Step, Wallet, show},
};

pub use keep::{Gone, Head};

/// The entries as the issuer last gave them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessHistory {
    /// When they were fetched.
    #[serde(with = "absah_types::rfc3339")]
    pub fetched_at: Timestamp,
    /// Whose: the NIK on the card that proved who asks. Nothing where it tells none, and in a vault of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The entries, oldest first.
    pub entries: Vec<Entry>,
    /// The newest cosigned checkpoint that came with them.
    #[serde(default)]
    pub checkpoint: String,
    /// The largest tree ever vouched for: a smaller one is an older copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highest: Option<Head>,
    /// Entries that were told once and are told no longer, though nothing may be erased that early.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<Gone>,
}

/// An access history on its way.
#[derive(Debug)]
pub(crate) struct Asking {
    issuer: IssuerId,
    /// The card that the person chose to ask with: one of several people's on one device.
    by: Option<CardId>,
    /// The largest tree that this wallet has seen.
    seen: Option<Head>,
    step: ProofStep,
}

/// Asks the issuer of the chosen card, else of the newest that has not ended.
pub(crate) fn begin(wallet: &mut Wallet, by: Option<CardId>, env: &Env<'_>) -> Step {
    let (issuer, fetch) = proving::ask_nonce(wallet, by.as_ref(), env)?;
    let of = number_of(proving::card(wallet, by.as_ref(), env)?);
    wallet.turn_to(of.as_deref(), env.now);
    let asking = Asking { issuer, by, seen: wallet.highest(env.now), step: ProofStep::Nonce };
    Ok((Flow::AskingAccess(Box::new(asking)), vec![Effect::Fetch(fetch)]))
}

/// The NIK on an identity card; of no other card, for it may be of several people.
fn number_of(card: &Card) -> Option<String> {
    let held = respond::open(card, Choice { index: 0, reused: false }).ok()?;
    let claims = held.claims();
    let subject = claims.get("credentialSubject").unwrap_or(claims);
    let is_identity = card.kind() == Some(CredentialType::KtpElektronik);
    subject.get("nik").filter(|_| is_identity)?.as_str().map(str::to_owned)
}

impl Asking {
    /// An answer of the issuer: the nonce, then the entries.
    pub(crate) fn fetched(
        self,
        wallet: &mut Wallet,
        answer: Result<Fetched, FetchFailure>,
        env: &Env<'_>,
    ) -> Step {
        let answer = answer.map_err(Refusal::Network)?;
        if answer.status != 200 {
            let other = Refusal::of_status(answer.status, Refusal::AccessRefused { status: answer.status });
            return Err(proving::card_refused(&answer).unwrap_or(other));
        }
        match self.step {
            ProofStep::Nonce => self.prove(wallet, &answer.body, env),
            ProofStep::Answer => {
                let answer: Answer =
                    serde_json::from_slice(&answer.body).map_err(|_| Refusal::AccessUnreadable)?;
                let highest = keep::grown(wallet.ledger_policy()?, self.seen, &answer, env.now)?;
                let Answer { entries, checkpoint, .. } = answer;
                let of = number_of(proving::card(wallet, self.by.as_ref(), env)?);
                wallet.turn_to(of.as_deref(), env.now);
                let gone = keep::gone(wallet.holdings.access.take(), &entries, env.now);
                let fetched_at = env.now;
                wallet.holdings.access =
                    Some(AccessHistory { fetched_at, of, entries, checkpoint, highest, gone });
                Ok((Flow::Idle, vec![Effect::Persist, show(Prompt::AccessFetched)]))
            }
            ProofStep::Signature(_) => Err(Refusal::NotNow),
        }
    }

    fn prove(self, wallet: &Wallet, body: &[u8], env: &Env<'_>) -> Step {
        let audience = access_history::audience(&self.issuer);
        let (binding, signing) =
            proving::bind((wallet, self.by.as_ref()), body, &audience, Refusal::AccessUnreadable, env)?;
        let asking = Self { step: ProofStep::Signature(binding), ..self };
        Ok((Flow::AskingAccess(Box::new(asking)), vec![Effect::Sign(vec![signing])]))
    }

    /// The holder's signature.
    pub(crate) fn signed(mut self, signatures: Signatures) -> Step {
        let step = std::mem::replace(&mut self.step, ProofStep::Answer);
        let (ProofStep::Signature(binding), [signature]) = (step, signatures.as_slice()) else {
            return Err(Refusal::KeyStore);
        };
        let size = self.seen.as_ref().map(|head| head.size);
        let request = Request { presentation: binding.attach(*signature), size };
        let body = serde_json::to_string(&request).map_err(|_| Refusal::KeyStore)?;
        let url = self.issuer.endpoint(access_history::PATH);
        let fetch = Fetch::post(url, Body::Json(body), MAX_ANSWER);
        Ok((Flow::AskingAccess(Box::new(self)), vec![Effect::Fetch(fetch)]))
    }
}

impl Wallet {
    /// The kept entries, each verified at `now` and offline against the trust bundle's ledger policy. Nothing if none were ever
    /// fetched.
    ///
    /// # Errors
    /// [`Refusal::NoBundle`] without a trust bundle; [`Refusal::NoLedger`] if it names no ledger.
    pub fn access(&self, now: Timestamp) -> Result<Vec<Result<Proven, AccessError>>, Refusal> {
        let Some(kept) = &self.holdings.access else { return Ok(Vec::new()) };
        let policy = self.ledger_policy()?;
        let own = self.own_numbers();
        Ok(kept.entries.iter().map(|entry| access_history::verify(entry, policy, &own, now)).collect())
    }

    /// Entries that were told once and are told no longer, before the five years for which each is kept are over by the clock
    /// of this device. A notice and no accusation: that clock, or the registry's, may be wrong.
    #[must_use]
    pub fn access_gone(&self, now: Timestamp) -> Vec<Gone> {
        let gone = self.holdings.access.iter().flat_map(|kept| &kept.gone);
        gone.filter(|gone| gone.is_early(now)).cloned().collect()
    }

    /// How long ago the witnesses last vouched for what is kept. Nothing if nothing was ever fetched.
    ///
    /// # Errors
    /// [`Refusal::NoBundle`], [`Refusal::NoLedger`].
    pub fn access_freshness(&self, now: Timestamp) -> Result<Option<Freshness>, Refusal> {
        let Some(kept) = &self.holdings.access else { return Ok(None) };
        let (entries, checkpoint) = (kept.entries.clone(), kept.checkpoint.clone());
        let answer = Answer { entries, checkpoint, ..Answer::default() };
        let freshness = access_history::freshness(&answer, self.ledger_policy()?, now);
        freshness.map(Some).map_err(|_| Refusal::NoLedger)
    }

    /// The largest tree that was vouched for, in this log. Nothing if none ever was.
    fn highest(&self, now: Timestamp) -> Option<Head> {
        let policy = self.ledger_policy().ok()?;
        let all = self.holdings.access.iter().chain(&self.holdings.access_of_others);
        all.filter_map(|kept| keep::highest(policy, kept, now)).max_by_key(|head| head.size)
    }

    /// Whose record the kept entries are of, where several people's identity cards are on this device.
    pub fn access_of(&self, now: Timestamp) -> Option<Shown> {
        let of = self.holdings.access.as_ref()?.of.as_deref()?;
        let askers = self.askers(now);
        if askers.len() < 2 {
            return None;
        }
        let is_of = |id: &CardId| self.card(id).and_then(number_of).as_deref() == Some(of);
        askers.into_iter().find(|(id, _)| is_of(id)).and_then(|(_, name)| name)
    }

    /// Puts the entries of this person in front; another person's are kept behind them.
    fn turn_to(&mut self, of: Option<&str>, now: Timestamp) {
        let is_same = self.holdings.access.as_ref().is_some_and(|kept| match &kept.of {
            Some(kept) => Some(kept.as_str()) == of,
            // Fetched before it was noted whose: where there is but one person, it is theirs.
            None => of.is_none() || self.askers(now).len() < 2,
        });
        if is_same {
            return;
        }
        let others = &mut self.holdings.access_of_others;
        let own = others.iter().position(|kept| kept.of.as_deref() == of).map(|at| others.remove(at));
        let before = std::mem::replace(&mut self.holdings.access, own);
        others.extend(before);
    }

    fn ledger_policy(&self) -> Result<&LedgerPolicy, Refusal> {
        let bundle = self.bundle.as_ref().ok_or(Refusal::NoBundle)?;
        bundle.ledger().ok_or(Refusal::NoLedger)
    }

    /// The name of the person whose record an entry is about, unless that is plainly the holder: the only person with an
    /// identity card in this wallet. The number stands in for a name that no card here tells.
    pub fn record_of(&self, proven: &Proven) -> Option<Shown> {
        let mut own = BTreeSet::new();
        let mut name = None;
        for card in &self.holdings.cards {
            let Ok(held) = respond::open(card, Choice { index: 0, reused: false }) else { continue };
            let claims = held.claims();
            let subject = claims.get("credentialSubject").unwrap_or(claims);
            let members = subject.get("anggota").and_then(Value::as_array);
            let is_own = card.kind() == Some(CredentialType::KtpElektronik);
            for person in members.into_iter().flatten().chain(is_own.then_some(subject)) {
                let number = person.get("nik").and_then(Value::as_str).unwrap_or_default();
                if is_own {
                    own.insert(number.to_owned());
                }
                if number == proven.subject {
                    name = name.or_else(|| person.get("nama").and_then(Value::as_str).map(Shown::new));
                }
            }
        }
        let is_holder = own.len() == 1 && own.contains(&proven.subject);
        if is_holder { None } else { Some(name.unwrap_or_else(|| Shown::new(&proven.subject))) }
    }

    /// The NIK on the identity cards, and on the family cards every member's: whose wallet this is.
    fn own_numbers(&self) -> Vec<String> {
        let mut numbers = Vec::new();
        for card in &self.holdings.cards {
            let choice = Choice { index: 0, reused: false };
            let Ok(held) = respond::open(card, choice) else { continue };
            let claims = held.claims();
            let subject = claims.get("credentialSubject").unwrap_or(claims);
            if card.kind() == Some(CredentialType::KtpElektronik) {
                numbers.extend(subject.get("nik").and_then(Value::as_str).map(str::to_owned));
            }
            for member in subject.get("anggota").and_then(Value::as_array).into_iter().flatten() {
                numbers.extend(member.get("nik").and_then(Value::as_str).map(str::to_owned));
            }
        }
        numbers
    }
}
