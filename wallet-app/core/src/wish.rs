//! What a citizen asks of the registry, with the newest card of the wallet as proof of who asks.

use absah_credential::sd_jwt::PreparedKeyBinding;
use absah_protocol::IssuerId;
use absah_protocol::wishes::{Answer, MAX_ANSWER, PATH, Request, Wish, audience};

use crate::{
    effect::{Body, Effect, Fetch, FetchFailure, Fetched},
    intent::Env,
    keys::Signatures,
    prompt::Prompt,
    proving,
    refusal::Refusal,
    wallet::{Flow, Step, Wallet, show},
};

/// A wish on its way.
#[derive(Debug)]
pub(crate) struct Wishing {
    issuer: IssuerId,
    wish: Wish,
    step: WishStep,
}

enum WishStep {
    Nonce,
    Signature(Box<PreparedKeyBinding>),
    Answer,
}

impl std::fmt::Debug for WishStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Nonce => "Nonce",
            Self::Signature(_) => "Signature",
            Self::Answer => "Answer",
        })
    }
}

/// Asks the issuer of the newest card that has not ended.
pub(crate) fn begin(wallet: &Wallet, wish: Wish, env: &Env<'_>) -> Step {
    let (issuer, fetch) = proving::ask_nonce(wallet, env)?;
    let wishing = Wishing { issuer, wish, step: WishStep::Nonce };
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
            return Err(Refusal::WishRefused { status: answer.status });
        }
        match self.step {
            WishStep::Nonce => self.prove(wallet, &answer.body, env),
            WishStep::Answer => {
                let answer: Answer =
                    serde_json::from_slice(&answer.body).map_err(|_| Refusal::WishUnreadable)?;
                Ok((Flow::Idle, vec![show(Prompt::Wished(answer))]))
            }
            WishStep::Signature(_) => Err(Refusal::NotNow),
        }
    }

    fn prove(self, wallet: &Wallet, body: &[u8], env: &Env<'_>) -> Step {
        let audience = audience(&self.issuer, &self.wish);
        let (binding, signing) = proving::bind(wallet, body, &audience, Refusal::WishUnreadable, env)?;
        let wishing = Self { step: WishStep::Signature(binding), ..self };
        Ok((Flow::Wishing(Box::new(wishing)), vec![Effect::Sign(vec![signing])]))
    }

    /// The holder's signature, over the wish itself.
    pub(crate) fn signed(self, signatures: Signatures) -> Step {
        let (WishStep::Signature(binding), [signature]) = (self.step, signatures.as_slice()) else {
            return Err(Refusal::KeyStore);
        };
        let request = Request { presentation: binding.attach(*signature), wish: self.wish.clone() };
        let body = serde_json::to_string(&request).map_err(|_| Refusal::KeyStore)?;
        let fetch = Fetch::post(self.issuer.endpoint(PATH), Body::Json(body), MAX_ANSWER);
        let wishing = Self { issuer: self.issuer, wish: self.wish, step: WishStep::Answer };
        Ok((Flow::Wishing(Box::new(wishing)), vec![Effect::Fetch(fetch)]))
    }
}
