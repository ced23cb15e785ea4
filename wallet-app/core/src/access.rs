//! Who looked at my record: entries of the ledger, fetched with proof of possession, kept, verified offline.

use absah_credential::sd_jwt::PreparedKeyBinding;
use absah_ledger::{Freshness, LedgerPolicy};
use absah_protocol::IssuerId;
use absah_protocol::access_history::{self, AccessError, Answer, Entry, MAX_ANSWER, Proven};

use absah_schemas::CredentialType;
use absah_types::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    card::{Card, Choice},
    effect::{Body, Effect, Fetch, FetchFailure, Fetched},
    intent::Env,
    keys::{self, Signatures},
    prompt::Prompt,
    refusal::Refusal,
    respond,
    wallet::{Flow, Step, Wallet, show},
};

/// Largest nonce answer, in bytes.
const MAX_NONCE: usize = 16 * 1024;

/// The entries as the issuer last gave them; one that it no longer gives was erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessHistory {
    /// When they were fetched.
    #[serde(with = "absah_types::rfc3339")]
    pub fetched_at: Timestamp,
    /// The entries, oldest first.
    pub entries: Vec<Entry>,
    /// The newest cosigned checkpoint that came with them.
    #[serde(default)]
    pub checkpoint: String,
}

/// An access history on its way.
#[derive(Debug)]
pub(crate) struct Asking {
    issuer: IssuerId,
    step: AskingStep,
}

enum AskingStep {
    Nonce,
    Signature(Box<PreparedKeyBinding>),
    Entries,
}

impl std::fmt::Debug for AskingStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Nonce => "Nonce",
            Self::Signature(_) => "Signature",
            Self::Entries => "Entries",
        })
    }
}

/// Asks the issuer of the newest card that has not ended.
pub(crate) fn begin(wallet: &Wallet, env: &Env<'_>) -> Step {
    let card = proving_card(wallet, env).ok_or(Refusal::NoCardToProve)?;
    let issuer = IssuerId::parse(&card.issuer.url, env.urls).map_err(|_| Refusal::CardUnreadable)?;
    let fetch = Fetch {
        url: issuer.endpoint("/nonce"),
        body: Body::Empty,
        bearer: None,
        accept: "application/json",
        limit: MAX_NONCE,
    };
    let asking = Asking { issuer, step: AskingStep::Nonce };
    Ok((Flow::AskingAccess(Box::new(asking)), vec![Effect::Fetch(fetch)]))
}

/// Any card of ours proves who asks: the newest that still holds.
fn proving_card<'w>(wallet: &'w Wallet, env: &Env<'_>) -> Option<&'w Card> {
    let mut cards = wallet.holdings.cards.iter().rev();
    cards.find(|card| card.is_current(env.now) && card.kind().is_some() && !card.copies.is_empty())
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
            return Err(Refusal::AccessRefused { status: answer.status });
        }
        match self.step {
            AskingStep::Nonce => self.prove(wallet, &answer.body, env),
            AskingStep::Entries => {
                let Answer { entries, checkpoint } =
                    serde_json::from_slice(&answer.body).map_err(|_| Refusal::AccessUnreadable)?;
                wallet.holdings.access = Some(AccessHistory { fetched_at: env.now, entries, checkpoint });
                Ok((Flow::Idle, vec![Effect::Persist, show(Prompt::AccessFetched)]))
            }
            AskingStep::Signature(_) => Err(Refusal::NotNow),
        }
    }

    fn prove(self, wallet: &Wallet, body: &[u8], env: &Env<'_>) -> Step {
        let answer: Value = serde_json::from_slice(body).map_err(|_| Refusal::AccessUnreadable)?;
        let nonce = answer.get("c_nonce").and_then(Value::as_str).ok_or(Refusal::AccessUnreadable)?;
        let card = proving_card(wallet, env).ok_or(Refusal::NoCardToProve)?;
        // The issuer knows all copies: it learns nothing from which one proves.
        let choice = Choice { index: 0, reused: false };
        let copy = card.copies.first().ok_or(Refusal::CardUnreadable)?;
        let presentation = respond::open(card, choice)?.select(&[]).map_err(|_| Refusal::CardUnreadable)?;
        let binding = presentation.bind(&access_history::audience(&self.issuer), nonce, env.now);
        let signing = keys::Signing { key: copy.key.clone(), bytes: binding.to_be_signed().to_vec() };
        let asking = Self { issuer: self.issuer, step: AskingStep::Signature(Box::new(binding)) };
        Ok((Flow::AskingAccess(Box::new(asking)), vec![Effect::Sign(vec![signing])]))
    }

    /// The holder's signature.
    pub(crate) fn signed(self, signatures: Signatures) -> Step {
        let (AskingStep::Signature(binding), [signature]) = (self.step, signatures.as_slice()) else {
            return Err(Refusal::KeyStore);
        };
        let body = json!({ "presentation": binding.attach(*signature) }).to_string();
        let fetch = Fetch {
            url: self.issuer.endpoint(access_history::PATH),
            body: Body::Json(body),
            bearer: None,
            accept: "application/json",
            limit: MAX_ANSWER,
        };
        let asking = Self { issuer: self.issuer, step: AskingStep::Entries };
        Ok((Flow::AskingAccess(Box::new(asking)), vec![Effect::Fetch(fetch)]))
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

    /// How long ago the witnesses last vouched for what is kept. Nothing if nothing was ever fetched.
    ///
    /// # Errors
    /// [`Refusal::NoBundle`], [`Refusal::NoLedger`].
    pub fn access_freshness(&self, now: Timestamp) -> Result<Option<Freshness>, Refusal> {
        let Some(kept) = &self.holdings.access else { return Ok(None) };
        let answer = Answer { entries: kept.entries.clone(), checkpoint: kept.checkpoint.clone() };
        let freshness = access_history::freshness(&answer, self.ledger_policy()?, now);
        freshness.map(Some).map_err(|_| Refusal::NoLedger)
    }

    fn ledger_policy(&self) -> Result<&LedgerPolicy, Refusal> {
        let bundle = self.bundle.as_ref().ok_or(Refusal::NoBundle)?;
        bundle.ledger().ok_or(Refusal::NoLedger)
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
