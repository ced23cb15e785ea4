//! Receiving cards: the offer is read, the person agrees, keys are made and proven, every copy is verified, and
//! only then anything is kept.

mod keeping;

use absah_credential::Format;
use absah_protocol::IssuerId;
use absah_protocol::oid4vci::holder::{Need, ProofsToSign, ReceiveError, Receiving};
use absah_protocol::oid4vci::issuer::Types;
use absah_protocol::oid4vci::{TxCodeInput, TxCodePrompt};
use absah_schemas::CredentialType;
use absah_types::Secret;

use crate::{
    effect::{Effect, FetchFailure, Fetched},
    intent::Env,
    keys::{HolderKey, Signing},
    prompt::{CodeNeeded, OfferConsent, OfferedCard, Prompt},
    refusal::Refusal,
    shown::{Shown, is_honest_name},
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
}

/// Begins with the deep link.
pub(crate) fn begin(wallet: &mut Wallet, link: &str, env: &mut Env<'_>) -> Step {
    let receiving = Receiving::open(link, env.urls).map_err(Refusal::Receive)?;
    Receive { receiving, agreed: false, keys: Vec::new(), proofs: None, source: None }.next(wallet, env)
}

impl Receive {
    /// The keys made so far.
    pub(crate) fn keys(&self) -> &[HolderKey] {
        &self.keys
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
        match self.receiving.fetched(answer.status, &answer.body) {
            // The code was wrong and may be typed again, as often as the issuer allows.
            Err(error @ ReceiveError::Grant) if matches!(self.receiving.need(), Ok(Need::TxCode(_))) => {
                self.agreed = false;
                self.ask(wallet, Some(Refusal::Receive(error)))
            }
            Err(error) => Err(Refusal::Receive(error)),
            Ok(()) => self.next(wallet, env),
        }
    }

    /// Fresh keys.
    pub(crate) fn keys_made(mut self, keys: Vec<HolderKey>, env: &Env<'_>) -> Step {
        let wanted = match self.receiving.need().map_err(Refusal::Receive)? {
            Need::Proofs(wanted) => wanted.copies,
            _ => return Err(Refusal::NotNow),
        };
        if keys.len() != wanted {
            return Err(Refusal::KeyStore);
        }
        let publics = keys.iter().map(|key| key.public.clone()).collect();
        let proofs = self.receiving.proofs(publics, env.now).map_err(Refusal::Receive)?;
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
        let proofs = self.proofs.take().ok_or(Refusal::NotNow)?;
        self.receiving.signed(proofs, signatures).map_err(|_| Refusal::KeyStore)?;
        self.next(wallet, env)
    }

    /// What is due.
    fn next(self, wallet: &mut Wallet, env: &mut Env<'_>) -> Step {
        if !self.agreed && self.receiving.spends_code() {
            return self.ask(wallet, None);
        }
        let effect = match self.receiving.need().map_err(Refusal::Receive)? {
            Need::Fetch(fetch) => Effect::Fetch(fetch.into()),
            Need::Proofs(wanted) => Effect::NewKeys { n: wanted.copies },
            Need::TxCode(_) => return self.ask(wallet, None),
            Need::Nothing => return self.keep(wallet, env),
        };
        Ok((Flow::Receiving(Box::new(self)), vec![effect]))
    }

    /// Everything is here; now it must hold.
    fn keep(self, wallet: &mut Wallet, env: &mut Env<'_>) -> Step {
        let (issuer, name) = self.source.ok_or(Refusal::NotNow)?;
        let received = self.receiving.received().to_vec();
        let keeping =
            Keeping { issuer, name, received, keys: self.keys, published: Vec::new(), to_fetch: Vec::new() };
        keeping.begin(wallet, env)
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
        let consent = OfferConsent {
            issuer: issuer.as_str().to_owned(),
            issuer_name: Shown::new(name),
            listed: listed.is_some(),
            cards: self.receiving.offered().map(offered).collect(),
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

fn code_needed(prompt: &TxCodePrompt) -> CodeNeeded {
    CodeNeeded { length: prompt.length, numeric: prompt.input == TxCodeInput::Numeric }
}
