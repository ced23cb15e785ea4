//! Receiving cards: the offer is read, the person agrees, keys are made and proven, every copy is verified, and
//! only then anything is kept.

mod keeping;

use absah_credential::sd_jwt::PreparedKeyBinding;
use absah_credential::{Format, KeyAssurance};
use absah_crypto::PublicKey;
use absah_crypto::jws::ToBeSigned;
use absah_protocol::IssuerId;
use absah_protocol::oid4vci::holder::{self, Need, ProofsToSign, ReceiveError, Receiving};
use absah_protocol::oid4vci::issuer::Types;
use absah_protocol::oid4vci::{TxCodeInput, TxCodePrompt};
use absah_schemas::CredentialType;
use absah_trust::Bundle;
use absah_types::{Secret, Timestamp};
use serde_json::Value;

use crate::{
    appearance::Documents,
    card::{CardId, Choice},
    effect::{Body, Effect, Fetch, FetchFailure, Fetched},
    intent::Env,
    keys::{HolderKey, Signing},
    pending::{KeptAccess, KeptKey, Notice, Pending, kept_types},
    prompt::{CarriedFor, CodeNeeded, LogInPage, OfferConsent, OfferedCard, Prompt, WaitingCard},
    refusal::Refusal,
    renewal::Renewal,
    respond,
    shown::{Shown, is_honest_name, is_like, poses_as, poses_as_document, poses_as_registry},
    wallet::{Flow, Step, Wallet, show},
};

pub(crate) use keeping::Keeping;

/// One offer on its way into the wallet.
#[derive(Debug)]
pub(crate) struct Receive {
    receiving: Receiving,
    /// The person said yes; before, only public metadata is fetched.
    agreed: bool,
    /// Every key made for this offer, so that all of them are dropped if it comes to nothing.
    keys: Vec<HolderKey>,
    /// Proofs that wait for their signatures.
    proofs: Option<ProofsToSign>,
    /// Who offers, as shown to the person.
    source: Option<(IssuerId, Shown)>,
    /// The key that tokens are bound to, and the proof by it that waits for its signature.
    token_key: Option<HolderKey>,
    proving: Option<ToBeSigned>,
    /// What renews these cards, when that is what is going on.
    renewal: Option<Renewal>,
    logging_in: LoggingIn,
}

/// A log-in by a card of the same issuer.
#[derive(Default)]
enum LoggingIn {
    #[default]
    No,
    Nonce(CardId),
    Signing(Box<PreparedKeyBinding>),
    /// By a browser.
    Page,
}

impl std::fmt::Debug for LoggingIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::No => "No",
            Self::Nonce(_) => "Nonce",
            Self::Signing(_) => "Signing",
            Self::Page => "Page",
        })
    }
}

/// Begins with the deep link.
pub(crate) fn begin(wallet: &mut Wallet, link: &str, env: &mut Env<'_>) -> Step {
    let receiving = Receiving::open(link, env.urls).map_err(Refusal::Receive)?;
    Receive::of(receiving).next(wallet, env)
}

/// Fetches the cards of a renewal anew. Nobody is asked again: they agreed to this issuer and these cards.
pub(crate) fn renew(wallet: &mut Wallet, card: &CardId, env: &mut Env<'_>) -> Step {
    let renewal = wallet.renewal(card).cloned().ok_or(Refusal::NotRenewable)?;
    let name = wallet.card(card).map(|card| card.issuer.name.clone()).ok_or(Refusal::NotRenewable)?;
    let issuer = IssuerId::parse(&renewal.issuer, env.urls).map_err(|_| Refusal::CardUnreadable)?;
    let public = PublicKey::from_jwk(&renewal.public).map_err(|_| Refusal::CardUnreadable)?;
    let token = Secret::new(renewal.refresh_token.clone());
    let receiving =
        Receiving::renew(issuer.clone(), renewal.configuration_ids.clone(), token, public.clone(), env.urls);
    let flow = Receive {
        agreed: true,
        source: Some((issuer, name)),
        token_key: Some(HolderKey { id: renewal.key.clone(), public, assurance: KeyAssurance::default() }),
        renewal: Some(renewal),
        ..Receive::of(receiving)
    };
    flow.next(wallet, env)
}

impl Receive {
    fn of(receiving: Receiving) -> Self {
        Self {
            receiving,
            agreed: false,
            keys: Vec::new(),
            proofs: None,
            source: None,
            token_key: None,
            proving: None,
            renewal: None,
            logging_in: LoggingIn::No,
        }
    }

    /// Whether it fetches anew what was agreed to before.
    pub(crate) fn is_renewal(&self) -> bool {
        self.renewal.is_some()
    }

    /// The keys made so far.
    pub(crate) fn keys(&self) -> &[HolderKey] {
        &self.keys
    }

    /// What the issuer is to be told of what it gave, by configuration.
    pub(crate) fn notices(&self, now: Timestamp) -> Vec<(String, Notice)> {
        let Some(access) = self.receiving.access() else { return Vec::new() };
        let key = self.token_key.as_ref();
        let notice = |told: &holder::Notification| {
            let notice = Notice::new(told.id.clone(), access, key, now)?;
            Some((told.configuration_id.clone(), notice))
        };
        self.receiving.notifications().iter().filter_map(notice).collect()
    }

    /// Yes to the offer, with the code where one is needed.
    pub(crate) fn agree(
        mut self,
        wallet: &mut Wallet,
        code: Option<&Secret<String>>,
        env: &mut Env<'_>,
    ) -> Step {
        if let Need::TxCode(_) = self.receiving.need().map_err(Refusal::Receive)? {
            let Some(code) = code else { return self.ask(wallet, Some(Refusal::CodeNeeded)) };
            match self.receiving.tx_code(code.expose()) {
                Ok(()) => {}
                Err(error @ ReceiveError::TxCodeForm) => {
                    return self.ask(wallet, Some(Refusal::Receive(error)));
                }
                Err(error) => return Err(Refusal::Receive(error)),
            }
        }
        self.agreed = true;
        self.next(wallet, env)
    }

    /// An answer from the network.
    pub(crate) fn fetched(
        mut self,
        wallet: &mut Wallet,
        answer: Result<Fetched, FetchFailure>,
        env: &mut Env<'_>,
    ) -> Step {
        let answer = answer.map_err(Refusal::Network)?;
        if let LoggingIn::Nonce(card) = &self.logging_in {
            let card = card.clone();
            return self.show_card(wallet, &card, &answer, env);
        }
        self.receiving.dpop_nonce(answer.dpop_nonce.clone());
        match self.receiving.fetched(answer.status, &answer.body) {
            // The code was wrong and may be typed again, as often as the issuer allows.
            Err(error @ ReceiveError::Grant) if matches!(self.receiving.need(), Ok(Need::TxCode(_))) => {
                self.agreed = false;
                self.ask(wallet, Some(Refusal::Receive(error)))
            }
            // Nothing will ever come of it again: it is forgotten with its key.
            Err(error @ ReceiveError::RenewalEnded) => {
                let ended = self.renewal.map(|renewal| renewal.key);
                wallet.holdings.renewals.retain(|one| Some(&one.key) != ended.as_ref());
                let used = wallet.keys_in_use();
                let ended = ended.filter(|key| !used.contains(key));
                let refused = show(Prompt::Refused(Refusal::Receive(error)));
                Ok((
                    Flow::Idle,
                    vec![Effect::Persist, Effect::DropKeys(ended.into_iter().collect()), refused],
                ))
            }
            Err(error @ ReceiveError::Status { status }) => {
                Err(Refusal::of_status(status, Refusal::Receive(error)))
            }
            Err(error) => Err(Refusal::Receive(error)),
            Ok(()) => self.next(wallet, env),
        }
    }

    /// Fresh keys.
    pub(crate) fn keys_made(mut self, wallet: &mut Wallet, keys: Vec<HolderKey>, env: &mut Env<'_>) -> Step {
        let wanted = match self.receiving.need().map_err(Refusal::Receive)? {
            Need::Proofs(wanted) => wanted.copies,
            Need::TokenKey => {
                let [key] = keys.as_slice() else { return Err(Refusal::KeyStore) };
                self.receiving.bind(key.public.clone(), env.rng).map_err(Refusal::Receive)?;
                self.token_key = Some(key.clone());
                self.keys.extend(keys);
                return self.next(wallet, env);
            }
            _ => return Err(Refusal::NotNow),
        };
        if keys.len() != wanted {
            return Err(Refusal::KeyStore);
        }
        let publics = keys.iter().map(|key| key.public.clone()).collect();
        let assurance = keys.first().map(|key| key.assurance).unwrap_or_default();
        let proofs = self.receiving.proofs_of(publics, assurance, env.now).map_err(Refusal::Receive)?;
        let signings = keys.iter().zip(proofs.to_be_signed());
        let signings =
            signings.map(|(key, bytes)| Signing { key: key.id.clone(), bytes: bytes.to_vec() }).collect();
        self.keys.extend(keys);
        self.proofs = Some(proofs);
        Ok((Flow::Receiving(Box::new(self)), vec![Effect::Sign(signings)]))
    }

    /// Signatures over the proofs.
    pub(crate) fn signed(
        mut self,
        wallet: &mut Wallet,
        signatures: crate::keys::Signatures,
        env: &mut Env<'_>,
    ) -> Step {
        if let LoggingIn::Signing(binding) = std::mem::take(&mut self.logging_in) {
            let [signature] = signatures.as_slice() else { return Err(Refusal::KeyStore) };
            let fetch = self.receiving.challenge(&binding.attach(*signature)).ok_or(Refusal::NotNow)?;
            return Ok((Flow::Receiving(Box::new(self)), vec![Effect::Fetch(fetch.into())]));
        }
        if let Some(proof) = self.proving.take() {
            let [signature] = signatures.as_slice() else { return Err(Refusal::KeyStore) };
            self.receiving.proved(proof.attach(*signature));
            return self.next(wallet, env);
        }
        let proofs = self.proofs.take().ok_or(Refusal::NotNow)?;
        self.receiving.signed(proofs, signatures).map_err(|_| Refusal::KeyStore)?;
        self.next(wallet, env)
    }

    /// What is due.
    fn next(mut self, wallet: &mut Wallet, env: &mut Env<'_>) -> Step {
        if !self.agreed && self.receiving.spends_code() {
            return self.ask(wallet, None);
        }
        if let (Some(proof), Some(key)) = (self.receiving.proof(env.now, env.rng), &self.token_key) {
            let signing = Signing { key: key.id.clone(), bytes: proof.as_bytes().to_vec() };
            self.proving = Some(proof);
            return Ok((Flow::Receiving(Box::new(self)), vec![Effect::Sign(vec![signing])]));
        }
        self.receiving.seal(env.rng);
        let effect = match self.receiving.need().map_err(Refusal::Receive)? {
            Need::Fetch(fetch) => Effect::Fetch(fetch.into()),
            Need::TokenKey => Effect::NewKeys { n: 1 },
            Need::LogIn(_) => return self.log_in(wallet, env),
            Need::Proofs(wanted) => Effect::NewKeys { n: wanted.copies },
            Need::TxCode(_) => return self.ask(wallet, None),
            Need::Nothing => return self.keep(wallet, env),
        };
        Ok((Flow::Receiving(Box::new(self)), vec![effect]))
    }

    /// Everything is here; now it must hold.
    fn keep(self, wallet: &mut Wallet, env: &mut Env<'_>) -> Step {
        let (issuer, name) = self.source.clone().ok_or(Refusal::NotNow)?;
        let received = self.receiving.received().to_vec();
        let awaited = self.receiving.awaited();
        let fresh = match (self.receiving.refresh_token(), &self.token_key) {
            (Some(token), Some(key)) => {
                let here = received.iter().map(|one| one.configuration_id.clone());
                let later = awaited.iter().map(|one| one.configuration_id.clone());
                let mut configuration_ids: Vec<String> = here.chain(later).collect();
                configuration_ids.dedup();
                Some(Renewal {
                    issuer: issuer.as_str().to_owned(),
                    configuration_ids,
                    cards: Vec::new(),
                    refresh_token: token.expose().clone(),
                    key: key.id.clone(),
                    public: key.public.to_jwk(),
                })
            }
            _ => None,
        };
        let renewal = fresh.or(self.renewal.clone());
        let access = self.receiving.access().map(|access| KeptAccess::of(access, self.token_key.as_ref()));
        let waiting = awaited.iter().map(|one| {
            let kept = self.keys.iter().filter(|key| one.keys.contains(&key.public)).map(KeptKey::of);
            Some(Pending {
                transaction: one.transaction_id.clone(),
                issuer: issuer.as_str().to_owned(),
                issuer_name: name.clone(),
                configuration_id: one.configuration_id.clone(),
                format: one.format,
                types: kept_types(&one.types),
                asked_at: env.now,
                not_before: env.now.plus(one.interval),
                keys: kept.collect(),
                access: access.clone()?,
                renewal: renewal.clone(),
            })
        });
        let waiting: Vec<Pending> = waiting.flatten().collect();
        let told = waiting.iter().map(WaitingCard::of).collect();
        wallet.holdings.pending.extend(waiting);
        if received.is_empty() {
            let used = wallet.keys_in_use();
            let spare = self.keys.iter().map(|key| key.id.clone()).filter(|id| !used.contains(id)).collect();
            let effects = vec![Effect::Persist, Effect::DropKeys(spare), show(Prompt::Waiting(told))];
            return Ok((Flow::Idle, effects));
        }
        let notices = self.notices(env.now);
        let keeping = Keeping {
            issuer,
            name,
            received,
            keys: self.keys,
            renewal,
            notices,
            documents: Documents::default(),
            published: Vec::new(),
            to_fetch: Vec::new(),
        };
        keeping.begin(wallet, env)
    }

    /// By a card of the same issuer where that is possible: no page, no code to type. Otherwise by the issuer's page.
    fn log_in(mut self, wallet: &Wallet, env: &Env<'_>) -> Step {
        let issuer = self.receiving.issuer().ok_or(Refusal::NotNow)?.as_str().to_owned();
        let Need::LogIn(ways) = self.receiving.need().map_err(Refusal::Receive)? else {
            return Err(Refusal::NotNow);
        };
        let types: Vec<Shown> =
            self.receiving.offered().map(|(_, _, types)| type_name(&type_id(types))).collect();
        let card = wallet.log_in_for(&types, &issuer, env.now);
        if let (Some(_), Some(nonce), Some(card)) = (ways.challenge, ways.nonce_endpoint, card) {
            let fetch = Fetch {
                url: nonce.as_str().to_owned(),
                body: Body::Empty,
                bearer: None,
                dpop: None,
                accept: "application/json",
                limit: holder::MAX_SMALL,
            };
            self.logging_in = LoggingIn::Nonce(card.id.clone());
            return Ok((Flow::Receiving(Box::new(self)), vec![Effect::Fetch(fetch)]));
        }
        let page = LogInPage { issuer, page: ways.page };
        self.logging_in = LoggingIn::Page;
        Ok((Flow::Receiving(Box::new(self)), vec![show(Prompt::LogIn(page))]))
    }

    /// The nonce is here: a card is shown that discloses nothing but whose it is to its issuer.
    fn show_card(mut self, wallet: &Wallet, card: &CardId, answer: &Fetched, env: &Env<'_>) -> Step {
        let body: Option<Value> = serde_json::from_slice(&answer.body).ok();
        let nonce = body.as_ref().and_then(|body| body.get("c_nonce")?.as_str());
        let refused = || Refusal::Receive(ReceiveError::Malformed);
        let nonce = nonce.filter(|_| answer.status == 200).ok_or_else(refused)?;
        let Need::LogIn(ways) = self.receiving.need().map_err(Refusal::Receive)? else {
            return Err(Refusal::NotNow);
        };
        let audience = ways.challenge.ok_or(Refusal::NotNow)?.as_str().to_owned();
        let card = wallet.card(card).ok_or(Refusal::CardUnreadable)?;
        // The issuer knows all copies: it learns nothing from which one proves.
        let copy = card.copies.first().ok_or(Refusal::CardUnreadable)?;
        let held = respond::open(card, Choice { index: 0, reused: false })?;
        let presentation = held.select(&[]).map_err(|_| Refusal::CardUnreadable)?;
        let binding = presentation.bind(&audience, nonce, env.now);
        let signing = Signing { key: copy.key.clone(), bytes: binding.to_be_signed().to_vec() };
        self.logging_in = LoggingIn::Signing(Box::new(binding));
        Ok((Flow::Receiving(Box::new(self)), vec![Effect::Sign(vec![signing])]))
    }

    /// The browser is back.
    pub(crate) fn came_back(mut self, wallet: &mut Wallet, address: &str, env: &mut Env<'_>) -> Step {
        self.receiving.came_back(address).map_err(Refusal::Receive)?;
        self.logging_in = LoggingIn::No;
        self.next(wallet, env)
    }

    /// Puts the offer before the person; `problem` says what was wrong with the last answer.
    fn ask(mut self, wallet: &Wallet, problem: Option<Refusal>) -> Step {
        let code = match self.receiving.need().map_err(Refusal::Receive)? {
            Need::TxCode(prompt) => Some(code_needed(prompt)),
            _ => None,
        };
        let issuer = self.receiving.issuer().ok_or(Refusal::NotNow)?;
        let listed = wallet.bundle.as_ref().and_then(|bundle| bundle.trust().issuer(issuer.as_str()));
        // Who is listed is called what the list says; who is not may call itself anything that is a name.
        let name = match listed {
            Some(listed) => listed.name.as_str(),
            None => self.receiving.issuer_name().unwrap_or_else(|| issuer.as_str()),
        };
        if !is_honest_name(name) {
            return Err(Refusal::IssuerName);
        }
        // Who is not on the list may not go by the name of somebody who is.
        let is_taken = |bundle: &Bundle| {
            poses_as_registry(name) || bundle.trust().issuers.iter().any(|one| poses_as(&one.name, name))
        };
        if listed.is_none() && wallet.bundle.as_ref().is_some_and(is_taken) {
            return Err(Refusal::IssuerNameTaken);
        }
        // Nor may it give a card that looks like the registry's.
        let ours = self.receiving.offered().any(|(_, _, types)| looks_like_ours(&type_id(types)));
        let posing = self.receiving.offered().any(|(_, _, types)| poses_as_ours(&type_id(types)));
        if listed.is_none() && (posing || (wallet.bundle.is_some() && ours)) {
            return Err(Refusal::IssuerTypeUnlisted);
        }
        let consent = OfferConsent {
            issuer: issuer.as_str().to_owned(),
            issuer_name: Shown::new(name),
            listed: listed.is_some(),
            list: wallet.bundle.is_some(),
            cards: self.receiving.offered().map(offered).collect(),
            carried: self
                .receiving
                .carried()
                .map(|carried| CarriedFor { holder: Shown::new(&carried.holder), minutes: carried.minutes }),
            code,
            problem,
        };
        self.source = Some((issuer.clone(), consent.issuer_name.clone()));
        Ok((Flow::Receiving(Box::new(self)), vec![show(Prompt::Offer(consent))]))
    }
}

fn offered((id, format, types): (&str, Format, &Types)) -> OfferedCard {
    OfferedCard { configuration: id.to_owned(), type_name: type_name(&type_id(types)), format }
}

/// `vct`, or the specific one among the W3C types.
pub(crate) fn type_id(types: &Types) -> String {
    match types {
        Types::Vct(vct) => vct.clone(),
        Types::W3c(types) => {
            types.iter().rfind(|name| *name != "VerifiableCredential").cloned().unwrap_or_default()
        }
    }
}

/// Our short name of a type; for other people's types the last part of their own.
pub(crate) fn type_name(type_id: &str) -> Shown {
    match CredentialType::of_vct(type_id).or_else(|| CredentialType::of_name(type_id)) {
        Some(ours) => Shown::new(ours.name()),
        None => Shown::new(type_id.trim_end_matches('/').rsplit('/').next().unwrap_or(type_id)),
    }
}

/// Whether a reader would take a type for one of ours: by its `vct`, or by the name that it goes by without type metadata.
pub(crate) fn looks_like_ours(type_id: &str) -> bool {
    let name = type_name(type_id);
    CredentialType::of_vct(type_id).is_some()
        || poses_as_document(name.as_str())
        || CredentialType::ALL.into_iter().any(|ours| is_like(ours.name(), name.as_str()))
}

/// Whether a type only looks like one of ours: the registry calls none so, whether or not a list says who it is.
pub(crate) fn poses_as_ours(type_id: &str) -> bool {
    let is_ours = CredentialType::of_vct(type_id).or_else(|| CredentialType::of_name(type_id)).is_some();
    !is_ours && looks_like_ours(type_id)
}

fn code_needed(prompt: &TxCodePrompt) -> CodeNeeded {
    CodeNeeded { length: prompt.length, numeric: prompt.input == TxCodeInput::Numeric }
}
