//! What a citizen asks of the registry, with the newest card of the wallet as proof of who asks.

use absah_protocol::IssuerId;
use absah_protocol::wishes::{Answer, MAX_ANSWER, PATH, Request, Wish, audience};
use absah_types::{Seconds, Timestamp};

use crate::{
    card::CardId,
    effect::{Body, Effect, Fetch, FetchFailure, Fetched},
    history::{Entry, Event, Paper},
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

/// Keeps in mind that a paper card came: where it is lost, its owner knows since when there is one.
fn note_paper(wallet: &mut Wallet, card: &CardId, a4: bool, now: Timestamp) {
    let Some(made_of) = wallet.card(card) else { return };
    let issuer = made_of.issuer.url.clone();
    let stacked = wallet.askers(now).into_iter().find(|(own, _)| own == card);
    let name = stacked.and_then(|(_, name)| name);
    let paper = Paper { card: card.clone(), name, issuer, a4, saved_at: None };
    wallet.holdings.history.push(Entry { at: now, event: Event::Paper(paper) });
}

/// The file is saved. Where that it came could not be kept, it is told now.
pub(crate) fn paper_saved(
    wallet: &mut Wallet,
    card: &CardId,
    a4: bool,
    now: Timestamp,
) -> (Flow, Vec<Effect>) {
    let is_it =
        |entry: &Entry| matches!(&entry.event, Event::Paper(paper) if paper.card == *card && paper.a4 == a4);
    let newest = wallet.holdings.history.iter().rev().find(|entry| matches!(entry.event, Event::Paper(_)));
    // At most one a day comes: an older one is another.
    if !newest.is_some_and(|entry| is_it(entry) && now.since(entry.at) < Seconds::hours(24)) {
        note_paper(wallet, card, a4, now);
    }
    for entry in wallet.holdings.history.iter_mut().rev() {
        if let Event::Paper(paper) = &mut entry.event {
            paper.saved_at = Some(now);
            break;
        }
    }
    (Flow::Idle, vec![Effect::Persist])
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
        wallet: &mut Wallet,
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
                let mut effects = Vec::new();
                if let Wish::Paper { a4, .. } = self.wish
                    && answer.paper.is_some()
                {
                    let card = proving::card(wallet, self.by.as_ref(), env)?.id.clone();
                    note_paper(wallet, &card, a4, env.now);
                    effects.push(Effect::Persist);
                }
                effects.push(show(Prompt::Wished(answer)));
                Ok((Flow::Idle, effects))
            }
            ProofStep::Signature(_) => Err(Refusal::NotNow),
        }
    }

    /// Whether the registry may have it already. What only reads leaves nothing behind.
    pub(crate) fn is_sent(&self) -> bool {
        matches!(self.step, ProofStep::Answer) && !matches!(self.wish, Wish::Tickets)
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
