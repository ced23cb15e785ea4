//! Contacts with an issuer that follow receiving: fetching what comes later, telling what became of it, deleting.

use absah_crypto::jws::ToBeSigned;
use absah_protocol::IssuerId;
use absah_protocol::oid4vci::holder::{Call, Collected};
use absah_protocol::oid4vci::issuer::credential_request::NotificationEvent;
use absah_types::Timestamp;

use crate::{
    appearance::Documents,
    card::{Card, CardId},
    effect::{Effect, FetchFailure, Fetched},
    history::{Deleted, Entry, Event},
    intent::Env,
    keys::{HolderKey, KeyId, Signatures, Signing},
    pending::{Notice, Pending},
    prompt::{Prompt, WaitingCard},
    receive::Keeping,
    refusal::Refusal,
    wallet::{Flow, Step, Wallet, show},
};

/// One call under way.
#[derive(Debug)]
pub(crate) struct Contacting {
    call: Call,
    /// The key of the token.
    key: Option<HolderKey>,
    proving: Option<ToBeSigned>,
    about: About,
}

#[derive(Debug)]
enum About {
    Collect(Box<Pending>),
    Notify(String),
}

/// Asks for cards that were to come later.
pub(crate) fn collect(wallet: &mut Wallet, transaction: &str, env: &mut Env<'_>) -> Step {
    let pending = wallet.holdings.pending.iter().find(|one| one.transaction == transaction);
    let pending = pending.cloned().ok_or(Refusal::NotAwaited)?;
    // "`interval`: [...] the minimum amount of time in seconds that the Wallet needs to wait".
    if env.now < pending.not_before {
        return Err(Refusal::TooEarly { not_before: pending.not_before });
    }
    let (access, key) = pending.access.open(env.urls)?;
    let call = Call::deferred(access, transaction, env.rng).map_err(Refusal::Receive)?;
    Contacting { call, key, proving: None, about: About::Collect(Box::new(pending)) }.next(env)
}

/// Tells an issuer what became of a batch.
pub(crate) fn notify(wallet: &mut Wallet, notification: &str, env: &mut Env<'_>) -> Step {
    let notice = wallet.holdings.notices.iter().find(|one| one.id == notification);
    let Some(notice) = notice.filter(|one| one.is_due(env.now)) else {
        return Ok((Flow::Idle, vec![show(Prompt::Notified)]));
    };
    let (access, key) = notice.access.open(env.urls)?;
    let call = Call::notify(access, notification, notice.event).map_err(Refusal::Receive)?;
    Contacting { call, key, proving: None, about: About::Notify(notification.to_owned()) }.next(env)
}

/// Forgets a card in all its forms; its issuer is told if it still listens.
pub(crate) fn delete(wallet: &mut Wallet, card: &CardId, now: Timestamp) -> Step {
    let named = wallet.card(card).cloned().ok_or(Refusal::NoSuchCard)?;
    let gone = |one: &mut Card| one.id == named.id || one.is_form_of(&named);
    let gone: Vec<Card> = wallet.holdings.cards.extract_if(.., gone).collect();
    let mut freed: Vec<KeyId> =
        gone.iter().flat_map(|card| &card.copies).map(|copy| copy.key.clone()).collect();
    for card in gone {
        for notice in wallet.holdings.notices.iter_mut().filter(|one| one.card.as_ref() == Some(&card.id)) {
            notice.event = NotificationEvent::Deleted;
            (notice.told, notice.tries) = (false, 0);
        }
        for renewal in &mut wallet.holdings.renewals {
            renewal.cards.retain(|one| *one != card.id);
        }
        let Card { id, type_name, format, issuer, .. } = card;
        let event = Deleted { card: id, type_name, format, issuer: issuer.url };
        wallet.holdings.history.push(Entry { at: now, event: Event::Deleted(event) });
    }
    let ended = wallet.holdings.renewals.extract_if(.., |one| one.cards.is_empty());
    freed.extend(ended.map(|renewal| renewal.key));
    let used = wallet.keys_in_use();
    freed.retain(|id| !used.contains(id));
    Ok((Flow::Idle, vec![Effect::Persist, Effect::DropKeys(freed), show(Prompt::Deleted)]))
}

impl Contacting {
    fn next(mut self, env: &mut Env<'_>) -> Step {
        if let (Some(proof), Some(key)) = (self.call.proof(env.now, env.rng), &self.key) {
            let signing = Signing { key: key.id.clone(), bytes: proof.as_bytes().to_vec() };
            self.proving = Some(proof);
            return Ok((Flow::Contacting(Box::new(self)), vec![Effect::Sign(vec![signing])]));
        }
        let fetch = self.call.fetch().into();
        Ok((Flow::Contacting(Box::new(self)), vec![Effect::Fetch(fetch)]))
    }

    /// The proof is signed.
    pub(crate) fn signed(mut self, signatures: &Signatures, env: &mut Env<'_>) -> Step {
        let (Some(proof), [signature]) = (self.proving.take(), signatures.as_slice()) else {
            return Err(Refusal::KeyStore);
        };
        self.call.proved(proof.attach(*signature));
        self.next(env)
    }

    /// What the issuer says.
    pub(crate) fn fetched(
        mut self,
        wallet: &mut Wallet,
        answer: Result<Fetched, FetchFailure>,
        env: &mut Env<'_>,
    ) -> Step {
        if let Ok(answer) = &answer
            && self.call.again(answer.status, &answer.body, answer.dpop_nonce.as_deref())
        {
            return self.next(env);
        }
        match self.about {
            About::Notify(id) => {
                // "there are no guarantees that a Credential Issuer will receive a notification": whatever came of it, nothing
                // of the card depends on it.
                let taken = answer.is_ok_and(|answer| (200..300).contains(&answer.status));
                if let Some(notice) = wallet.holdings.notices.iter_mut().find(|one| one.id == id) {
                    notice.tried(taken);
                }
                wallet.forget_notices(env.now);
                Ok((Flow::Idle, vec![Effect::Persist, show(Prompt::Notified)]))
            }
            About::Collect(pending) => {
                let answer = answer.map_err(Refusal::Network)?;
                collected(wallet, &self.call, *pending, &answer, env)
            }
        }
    }
}

fn collected(
    wallet: &mut Wallet,
    call: &Call,
    pending: Pending,
    answer: &Fetched,
    env: &mut Env<'_>,
) -> Step {
    let (awaited, keys) = pending.awaited()?;
    let kept = |one: &&mut Pending| one.transaction == pending.transaction;
    match call.collected(&awaited, answer.status, &answer.body) {
        Ok(Collected::Later(interval)) => {
            let not_before = env.now.plus(interval);
            if let Some(one) = wallet.holdings.pending.iter_mut().find(kept) {
                one.not_before = not_before;
            }
            let waiting = WaitingCard::of(&Pending { not_before, ..pending });
            Ok((Flow::Idle, vec![Effect::Persist, show(Prompt::Waiting(vec![waiting]))]))
        }
        Ok(Collected::Now(received, notification)) => {
            let issuer = IssuerId::parse(&pending.issuer, env.urls).map_err(|_| Refusal::CardUnreadable)?;
            let notice = notification.and_then(|told| {
                let notice = Notice::later(told.id, &pending.access, env.now)?;
                Some((told.configuration_id, notice))
            });
            // Whatever comes of them, they are not there a second time.
            wallet.holdings.pending.retain(|one| one.transaction != pending.transaction);
            let keeping = Keeping {
                issuer,
                name: pending.issuer_name,
                received,
                keys,
                renewal: pending.renewal,
                notices: notice.into_iter().collect(),
                documents: Documents::default(),
                published: Vec::new(),
                to_fetch: Vec::new(),
            };
            keeping.begin(wallet, env)
        }
        Err(error) => {
            if error.ends_waiting() {
                wallet.holdings.pending.retain(|one| one.transaction != pending.transaction);
            }
            Err(Refusal::Receive(error))
        }
    }
}
