//! The answer: signed by the copy's key, noted in the history before it leaves, then shown or posted.

use absah_credential::sd_jwt::PreparedKeyBinding;
use absah_protocol::oauth::OAuthError;
use absah_protocol::oid4vp::flow_a::{self, AnswerContext};
use absah_protocol::oid4vp::request::ResponseTo;
use absah_protocol::oid4vp::response::{self, Presented, WalletError};
use absah_qr::{Dictionary, Kind, frames};
use absah_types::{Seconds, Secret, hex};

use super::ask::{Asking, Part, open};
use crate::{
    effect::{Body, Effect, Fetch, FetchFailure, Fetched},
    history::{Entry, Event, Shared, SharedFact},
    intent::Env,
    keys::{self, Signatures},
    prompt::{Prompt, SharedAnswer},
    refusal::Refusal,
    wallet::{Flow, Step, Wallet, show},
};

/// Largest reply of a counter's server, in bytes.
const MAX_REPLY: usize = 16 * 1024;

/// An answer that waits for its signatures.
pub(crate) struct Signing {
    asking: Asking,
    prepared: Vec<PreparedKeyBinding>,
}

impl std::fmt::Debug for Signing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signing({:?})", self.asking)
    }
}

/// An answer on its way; the history has it already.
#[derive(Debug)]
pub(crate) struct Posting {
    entry: usize,
}

impl Asking {
    /// Yes.
    pub(crate) fn agree(self, wallet: &Wallet, env: &Env<'_>) -> Step {
        let (mut prepared, mut signings) = (Vec::new(), Vec::new());
        for part in &self.parts {
            let card = wallet.card(&part.card).ok_or(Refusal::CardUnreadable)?;
            // While the question stood: a helper's session lasts minutes.
            if !card.is_current(env.now) {
                return Err(Refusal::CardExpired);
            }
            let copy = card.copies.get(part.choice.index).ok_or(Refusal::CardUnreadable)?;
            let presentation =
                open(card, part.choice)?.select(&part.paths).map_err(|_| Refusal::CardUnreadable)?;
            let binding = presentation.bind(&self.request.client_id, &self.request.nonce, env.now);
            signings.push(keys::Signing { key: copy.key.clone(), bytes: binding.to_be_signed().to_vec() });
            prepared.push(binding);
        }
        Ok((Flow::Signing(Box::new(Signing { asking: self, prepared })), vec![Effect::Sign(signings)]))
    }
}

impl Asking {
    /// No: "access_denied" for a counter that asked online (OpenID4VP 1.0, section 8.5), nothing for one that shows
    /// a QR code.
    pub(crate) fn decline(&self) -> Option<Fetch> {
        let ResponseTo::DirectPost { response_uri, state, .. } = &self.request.response else { return None };
        let form =
            response::direct_post_error(OAuthError::AccessDenied, &WalletError::Denied, state.as_deref());
        Some(post(response_uri.as_str(), form))
    }
}

fn post(url: &str, form: String) -> Fetch {
    Fetch {
        url: url.to_owned(),
        body: Body::Form(Secret::new(form)),
        bearer: None,
        dpop: None,
        accept: "application/json",
        limit: MAX_REPLY,
    }
}

impl Signing {
    /// The holder's signatures.
    pub(crate) fn signed(self, wallet: &mut Wallet, signatures: Signatures, env: &mut Env<'_>) -> Step {
        let Self { asking, prepared } = self;
        if signatures.len() != prepared.len() {
            return Err(Refusal::KeyStore);
        }
        let texts =
            prepared.into_iter().zip(signatures).map(|(binding, signature)| binding.attach(signature));
        let presented: Vec<Presented> =
            asking.parts.iter().zip(texts).map(|(part, text)| presented(wallet, part, text)).collect();
        match asking.request.response.clone() {
            ResponseTo::Qr { recipient, qr_version } => {
                let frames = seal(wallet, &asking, &presented, &recipient, qr_version, env)?;
                let entry = note(wallet, &asking, env);
                let entry = wallet.holdings.history.get(entry).cloned().ok_or(Refusal::KeyStore)?;
                let answer = SharedAnswer { entry, frames, redirect: None };
                Ok((Flow::Idle, vec![Effect::Persist, show(Prompt::Shared(answer))]))
            }
            ResponseTo::DirectPost { response_uri, state, encryption } => {
                let form = match &encryption {
                    None => response::direct_post(&presented, state.as_deref()),
                    Some(to) => response::direct_post_jwt(&presented, state.as_deref(), to, env.rng),
                };
                let fetch = post(response_uri.as_str(), form);
                // Kept before it is sent: what may have been seen is never missing from the history.
                let entry = note(wallet, &asking, env);
                let flow = Flow::Posting(Box::new(Posting { entry }));
                Ok((flow, vec![Effect::Persist, Effect::Fetch(fetch)]))
            }
        }
    }
}

impl Posting {
    /// What the other side said.
    pub(crate) fn fetched(
        self,
        wallet: &mut Wallet,
        answer: Result<Fetched, FetchFailure>,
        env: &Env<'_>,
    ) -> Step {
        let answer = answer.map_err(Refusal::NotDelivered)?;
        if !(200..300).contains(&answer.status) {
            return Err(Refusal::AnswerRejected { status: answer.status });
        }
        let entry = wallet.holdings.history.get_mut(self.entry).ok_or(Refusal::KeyStore)?;
        if let Event::Shared(shared) = &mut entry.event {
            shared.confirmed = true;
        }
        let redirect =
            response::read_response_body(&answer.body, env.urls).map(|url| url.as_str().to_owned());
        let answer = SharedAnswer { entry: entry.clone(), frames: Vec::new(), redirect };
        Ok((Flow::Idle, vec![Effect::Persist, show(Prompt::Shared(answer))]))
    }
}

fn presented(wallet: &Wallet, part: &Part, presentation: String) -> Presented {
    let copy = wallet.card(&part.card).and_then(|card| card.copies.get(part.choice.index));
    let portrait = copy.filter(|_| part.portrait).and_then(|copy| copy.portrait.as_ref());
    Presented {
        query_id: part.query_id.clone(),
        presentation,
        portrait: portrait.map(|blob| blob.as_bytes().to_vec()),
    }
}

/// Packed, sealed to the counter's one-time key, cut into frames that its camera reads.
fn seal(
    wallet: &Wallet,
    asking: &Asking,
    presented: &[Presented],
    recipient: &[u8; 32],
    qr_version: u8,
    env: &mut Env<'_>,
) -> Result<Vec<String>, Refusal> {
    let bundle = wallet.bundle.as_ref().ok_or(Refusal::NoBundle)?;
    let dictionary = Dictionary::from_bytes(bundle.dictionary().to_vec());
    let context = AnswerContext {
        request_hash: &asking.request.hash,
        client_id: &asking.request.client_id,
        nonce: &asking.request.nonce,
        query: &asking.request.query,
        dictionary: &dictionary,
        x5c: &|digest| bundle.trust().chain(digest),
    };
    let sealed = flow_a::seal(presented, recipient, &context, env.rng).map_err(Refusal::Answer)?;
    let frames = frames::split(Kind::Answer, &sealed, qr_version).map_err(Refusal::Split)?;
    Ok(frames.iter().map(frames::Frame::text).collect())
}

/// Marks the copies as seen and writes the history; gives the place of the new entry.
fn note(wallet: &mut Wallet, asking: &Asking, env: &Env<'_>) -> usize {
    for part in &asking.parts {
        let card = wallet.holdings.cards.iter_mut().find(|card| card.id == part.card);
        if let Some(copy) = card.and_then(|card| card.copies.get_mut(part.choice.index)) {
            copy.mark_seen(asking.asker.agency.as_str(), env.now);
        }
    }
    let of_part = |part: &Part| {
        let card = part.card.clone();
        part.facts
            .iter()
            .map(move |path| SharedFact { card: card.clone(), path: path.clone() })
            .collect::<Vec<_>>()
    };
    let shared = Shared {
        to: asking.asker.clone(),
        facts: asking.parts.iter().flat_map(of_part).collect(),
        portrait: asking.parts.iter().any(|part| part.portrait),
        request_hash: hex::encode(asking.request.hash),
        nonce: Some(asking.request.nonce.clone()),
        channel: asking.channel,
        confirmed: false,
        link: asking.link.clone(),
        copy_reused: asking.parts.iter().any(|part| part.choice.reused),
        kept_until: env.now.plus(Seconds::days(i64::from(asking.asker.retention_days))),
    };
    wallet.holdings.history.push(Entry { at: env.now, event: Event::Shared(shared) });
    wallet.holdings.history.len() - 1
}
