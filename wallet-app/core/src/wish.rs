//! What a citizen asks of the registry, with the newest card of the wallet as proof of who asks.

use absah_protocol::IssuerId;
use absah_protocol::wishes::{Answer, MAX_ANSWER, PATH, Request, Wish, audience};

use crate::{
    card::CardId,
    effect::{Body, Effect, Fetch, FetchFailure, Fetched},
    intent::Env,
    keys::Signatures,
    prompt::Prompt,
    proving::{self, ProofStep},
    refusal::Refusal,
    wallet::{Flow, Step, Wallet, show},
};

/// A wish on its way.
#[derive(Debug)]
pub(crate) struct Wishing {
    issuer: IssuerId,
    wish: Wish,
    /// The card that the person chose to ask with.
    by: Option<CardId>,
    step: ProofStep,
}

/// Asks the issuer of the chosen card, else of the newest that has not ended.
pub(crate) fn begin(wallet: &Wallet, wish: Wish, by: Option<CardId>, env: &Env<'_>) -> Step {
    let (issuer, fetch) = proving::ask_nonce(wallet, by.as_ref(), env)?;
    let wishing = Wishing { issuer, wish, by, step: ProofStep::Nonce };
    Ok((Flow::Wishing(Box::new(wishing)), vec![Effect::Fetch(fetch)]))
}

impl Wishing {
    /// An answer of the issuer: the nonce, then what came of the wish.
    pub(crate) fn fetched(
        self,
        wallet: &Wallet,
        answer: Result<Fetched, FetchFailure>,
        env: &Env<'_>,
    ) -> Step {
        let answer = answer.map_err(Refusal::Network)?;
        if answer.status != 200 {
            let other = Refusal::of_status(answer.status, Refusal::WishRefused { status: answer.status });
            return Err(proving::card_refused(&answer).unwrap_or(other));
        }
        match self.step {
            ProofStep::Nonce => self.prove(wallet, &answer.body, env),
            ProofStep::Answer => {
                let answer: Answer =
                    serde_json::from_slice(&answer.body).map_err(|_| Refusal::WishUnreadable)?;
                Ok((Flow::Idle, vec![show(Prompt::Wished(answer))]))
            }
            ProofStep::Signature(_) => Err(Refusal::NotNow),
        }
    }

    fn prove(self, wallet: &Wallet, body: &[u8], env: &Env<'_>) -> Step {
        let audience = audience(&self.issuer, &self.wish);
        let (binding, signing) =
            proving::bind((wallet, self.by.as_ref()), body, &audience, Refusal::WishUnreadable, env)?;
        let wishing = Self { step: ProofStep::Signature(binding), ..self };
        Ok((Flow::Wishing(Box::new(wishing)), vec![Effect::Sign(vec![signing])]))
    }

    /// The holder's signature, over the wish itself.
    pub(crate) fn signed(mut self, signatures: Signatures) -> Step {
        let step = std::mem::replace(&mut self.step, ProofStep::Answer);
        let (ProofStep::Signature(binding), [signature]) = (step, signatures.as_slice()) else {
            return Err(Refusal::KeyStore);
        };
        let request = Request { presentation: binding.attach(*signature), wish: self.wish.clone() };
        let body = serde_json::to_string(&request).map_err(|_| Refusal::KeyStore)?;
        let fetch = Fetch::post(self.issuer.endpoint(PATH), Body::Json(body), MAX_ANSWER);
        Ok((Flow::Wishing(Box::new(self)), vec![Effect::Fetch(fetch)]))
    }
}
