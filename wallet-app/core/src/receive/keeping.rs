//! Verifying what was received, and keeping it: every copy or none.

use std::collections::BTreeSet;

use absah_credential::{Format, PENDAMPING, SignerHint, Verified, holder_claim};
use absah_crypto::{JwkSet, PublicKey};
use absah_protocol::IssuerId;
use absah_protocol::oid4vci::holder::{Received, VerifiedCopy, verify};
use absah_protocol::oid4vci::issuer::Types;
use absah_protocol::oid4vci::issuer::credential_request::NotificationEvent;
use absah_trust::{Bundle, KeyRole, trust_list::KeyName};
use absah_types::hex;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    appearance::Documents,
    blob::Blob,
    card::{Card, CardId, CardIssuer, Copy, StatusPlace},
    effect::{Body, Effect, Fetch, FetchFailure, Fetched},
    face, facts,
    history::{self, Entry, Event},
    intent::Env,
    keys::{HolderKey, KeyId},
    pending::Notice,
    prompt::{Prompt, ReceivedCard},
    receive::{looks_like_ours, poses_as_ours, type_id, type_name},
    refusal::Refusal,
    renewal::Renewal,
    wallet::{Flow, Step, Wallet, show},
};

/// Largest document of published keys, in bytes.
const MAX_KEYS: usize = 64 * 1024;

/// Received, not yet verified.
#[derive(Debug)]
pub(crate) struct Keeping {
    pub(crate) issuer: IssuerId,
    pub(crate) name: crate::shown::Shown,
    pub(crate) received: Vec<Received>,
    pub(crate) keys: Vec<HolderKey>,
    /// What came to renew these cards, its list of cards still empty.
    pub(crate) renewal: Option<Renewal>,
    /// What the issuer is to be told, by configuration.
    pub(crate) notices: Vec<(String, Notice)>,
    /// Documents on how types of others appear.
    pub(crate) documents: Documents,
    /// Published keys of an issuer that the trust bundle does not list, by key id.
    pub(crate) published: Vec<(String, PublicKey)>,
    /// Documents of published keys still to fetch.
    pub(crate) to_fetch: Vec<String>,
}

impl Keeping {
    /// The keys made for this offer.
    pub(crate) fn keys(&self) -> &[HolderKey] {
        &self.keys
    }

    /// Issuers on the trust list are known by it alone; others by the keys they publish over HTTPS.
    pub(crate) fn begin(mut self, wallet: &mut Wallet, env: &mut Env<'_>) -> Step {
        let listed = wallet
            .bundle
            .as_ref()
            .is_some_and(|bundle| bundle.trust().issuer(self.issuer.as_str()).is_some());
        if !listed {
            let formats: BTreeSet<Format> = self.received.iter().map(|one| one.format).collect();
            self.to_fetch = formats.into_iter().map(|format| self.document_of(format)).collect();
        }
        let foreign = self.received.iter().filter_map(|one| match &one.types {
            Types::Vct(vct) => Some(vct.clone()),
            Types::W3c(_) => None,
        });
        self.documents = Documents::of(foreign, env.urls);
        self.next(wallet, env)
    }

    /// An answer from the network.
    pub(crate) fn fetched(
        mut self,
        wallet: &mut Wallet,
        answer: Result<Fetched, FetchFailure>,
        env: &mut Env<'_>,
    ) -> Step {
        if self.to_fetch.is_empty() {
            self.documents.fetched(answer, env.urls);
            return self.next(wallet, env);
        }
        let answer = answer.map_err(Refusal::Network)?;
        if answer.status != 200 || answer.body.len() > MAX_KEYS {
            return Err(Refusal::IssuerKeys);
        }
        self.published.extend(published_keys(&answer.body, &self.issuer).ok_or(Refusal::IssuerKeys)?);
        self.to_fetch.pop();
        self.next(wallet, env)
    }

    fn next(self, wallet: &mut Wallet, env: &mut Env<'_>) -> Step {
        let Some(url) = self.to_fetch.last() else {
            return match self.documents.next() {
                Some(fetch) => Ok((Flow::Keeping(Box::new(self)), vec![Effect::Fetch(fetch)])),
                None => self.keep(wallet, env),
            };
        };
        let fetch = Fetch {
            url: url.clone(),
            body: Body::None,
            bearer: None,
            dpop: None,
            accept: "application/json",
            limit: MAX_KEYS,
        };
        Ok((Flow::Keeping(Box::new(self)), vec![Effect::Fetch(fetch)]))
    }

    /// SD-JWT VC, section 4, and the did:web method: where an issuer publishes its keys.
    fn document_of(&self, format: Format) -> String {
        match format {
            Format::DcSdJwt => self.issuer.well_known("jwt-vc-issuer"),
            Format::VcSdJwt if self.issuer.url().path().trim_end_matches('/').is_empty() => {
                self.issuer.well_known("did.json")
            }
            Format::VcSdJwt => self.issuer.endpoint("/did.json"),
        }
    }

    /// "Partial errors during issuance of multiple Credentials as a batch [...] MUST be treated as the overall issuance flow
    /// failing": all are kept, or the issuer is told that none was.
    fn keep(self, wallet: &mut Wallet, env: &mut Env<'_>) -> Step {
        let notices = self.notices.clone();
        let kept = self.keep_all(wallet, env);
        if kept.is_err() {
            let event = NotificationEvent::Failure;
            let failed = notices.into_iter().map(|(_, notice)| Notice { event, card: None, ..notice });
            wallet.holdings.notices.extend(failed);
        }
        kept
    }

    fn keep_all(mut self, wallet: &mut Wallet, env: &mut Env<'_>) -> Step {
        let bundle = wallet.bundle.as_ref();
        let listed = bundle.and_then(|bundle| bundle.trust().issuer(self.issuer.as_str())).is_some();
        let resolve = |hint: &SignerHint<'_>| match bundle {
            Some(bundle) if listed => listed_key(bundle, &self.issuer, hint),
            _ => self.published_key(hint),
        };
        let copies = verify(&self.received, &resolve, env.now).map_err(Refusal::Received)?;
        if let Some(bundle) = bundle.filter(|_| listed) {
            for error in copies.iter().filter_map(|copy| bundle.trust().signer(&copy.verified).err()) {
                if error.is_of_time() {
                    return Err(Refusal::Signer(error));
                }
            }
        }
        let mut cards = Vec::new();
        for configuration in configurations(&self.received) {
            let batch: Vec<_> = self
                .received
                .iter()
                .zip(&copies)
                .filter(|(received, _)| received.configuration_id == configuration)
                .collect();
            let card = self.card(&batch, listed, env)?;
            let posing = card.types.iter().any(|own| poses_as_ours(own));
            let ours = card.types.iter().any(|own| looks_like_ours(own));
            if !listed && (posing || (bundle.is_some() && ours)) {
                return Err(Refusal::IssuerTypeUnlisted);
            }
            for (_, notice) in self.notices.iter_mut().filter(|(id, _)| *id == configuration) {
                notice.card = Some(card.id.clone());
            }
            cards.push(card);
        }
        let received = cards.iter().map(received_card).collect();
        let mut freed = Vec::new();
        let renewal = self.renewal.take();
        let ids: Vec<CardId> = cards.iter().map(|card| card.id.clone()).collect();
        for card in cards {
            let replaced = replaced_by(&card, &wallet.holdings.cards);
            let gone = wallet.holdings.cards.extract_if(.., |older| replaced.contains(&older.id));
            freed.extend(gone.flat_map(|older| older.copies).map(|copy| copy.key));
            let event = history::Received {
                card: card.id.clone(),
                type_name: card.type_name.clone(),
                format: card.format,
                issuer: card.issuer.url.clone(),
                copies: card.copies.len(),
                replaced,
            };
            wallet.holdings.history.push(Entry { at: env.now, event: Event::Received(event) });
            wallet.holdings.cards.push(card);
        }
        freed.extend(renewed(wallet, renewal, ids));
        wallet.forget_notices(env.now);
        wallet.holdings.notices.extend(std::mem::take(&mut self.notices).into_iter().map(|(_, one)| one));
        // What is still to be told or waited for needs its key.
        let used = wallet.keys_in_use();
        freed.retain(|id| !used.contains(id));
        freed.extend(self.spare_keys(wallet));
        let mut effects = vec![Effect::Persist];
        // Only once the cards that used them are gone for good.
        effects.extend((!freed.is_empty()).then_some(Effect::DropKeys(freed)));
        effects.push(show(Prompt::Received(received)));
        Ok((Flow::Idle, effects))
    }

    /// Keys made on the way that nothing refers to in the end: that of tokens which the issuer did not bind.
    fn spare_keys(&self, wallet: &Wallet) -> Vec<KeyId> {
        let used = wallet.keys_in_use();
        self.keys.iter().map(|key| key.id.clone()).filter(|id| !used.contains(id)).collect()
    }

    /// One card of a batch. Fewer copies than keys, or copies that can be told to belong together by their
    /// status index, would give away later what batches are there to hide.
    fn card(
        &self,
        batch: &[(&Received, &VerifiedCopy)],
        listed: bool,
        env: &mut Env<'_>,
    ) -> Result<Card, Refusal> {
        let (first, sample) = batch.first().ok_or(Refusal::CopiesMissing)?;
        // A helper's session gives one, whatever was asked for.
        let is_carried = sample.verified.claims().contains_key(PENDAMPING);
        if batch.len() != if is_carried { 1 } else { first.keys.len() } {
            return Err(Refusal::CopiesMissing);
        }
        let places: BTreeSet<_> =
            batch.iter().filter_map(|(_, copy)| copy.verified.status()).map(|s| (&s.uri, s.idx)).collect();
        let with_status = batch.iter().filter(|(_, copy)| copy.verified.status().is_some()).count();
        if places.len() != with_status {
            return Err(Refusal::CopiesLinkable);
        }
        let copies =
            batch.iter().map(|(received, copy)| self.copy(received, copy)).collect::<Result<Vec<_>, _>>()?;
        let types = sample.verified.types().to_vec();
        let integrity = sample.verified.type_integrity();
        let appearance = types.first().and_then(|vct| self.documents.appearance(vct, integrity));
        Ok(Card {
            id: CardId(hex::encode(absah_types::array::<8>(env.rng))),
            type_name: type_name(&type_id(&first.types)),
            types,
            format: first.format,
            issuer: CardIssuer {
                url: self.issuer.as_str().to_owned(),
                id: sample.verified.issuer().to_owned(),
                name: self.name.clone(),
                listed,
            },
            received_at: env.now,
            valid_from: batch
                .iter()
                .filter_map(|(_, copy)| copy.verified.valid_from())
                .max()
                .unwrap_or(env.now),
            valid_until: batch.iter().map(|(_, copy)| copy.verified.valid_until()).min().unwrap_or(env.now),
            copies,
            about: None,
            appearance,
        })
    }

    fn copy(&self, received: &Received, copy: &VerifiedCopy) -> Result<Copy, Refusal> {
        let holder = received.keys.get(copy.key).ok_or(Refusal::KeyStore)?;
        let key = self.keys.iter().find(|key| key.public == *holder).ok_or(Refusal::KeyStore)?;
        // In a `vc+sd-jwt` the claim is only the hash: without the picture the card cannot be shown whole.
        let names_portrait = copy.verified.claims().contains_key(facts::PORTRAIT);
        if received.format == Format::VcSdJwt && names_portrait && copy.portrait.is_none() {
            return Err(Refusal::PortraitMissing);
        }
        Ok(Copy {
            key: key.id.clone(),
            credential: copy.text.clone(),
            portrait: copy.portrait.as_ref().map(|portrait| Blob::new(portrait.blob().to_vec())),
            status: copy.verified.status().map(|s| StatusPlace { uri: s.uri.clone(), idx: s.idx }),
            link: link_of(&copy.verified),
            first_used: None,
            seen_by: Vec::new(),
        })
    }

    /// A key published under the very name of the issuer that made the offer.
    fn published_key(&self, hint: &SignerHint<'_>) -> Option<PublicKey> {
        let own = match hint.format {
            Format::DcSdJwt => hint.issuer == self.issuer.as_str(),
            Format::VcSdJwt => hint.issuer == self.issuer.did_web(),
        };
        let kid = hint.kid?;
        self.published.iter().find(|(name, _)| own && name == kid).map(|(_, key)| key.clone())
    }
}

/// The key of a listed issuer; the offer must come from the same issuer as the signature.
fn listed_key(bundle: &Bundle, issuer: &IssuerId, hint: &SignerHint<'_>) -> Option<PublicKey> {
    if !bundle.trust().same_issuer(hint.issuer, issuer.as_str()) {
        return None;
    }
    let by_kid = hint.kid.map(KeyName::Kid);
    let name = by_kid.or_else(|| hint.x5c.first().map(|leaf| KeyName::Certificate(leaf)))?;
    bundle.trust().key(hint.issuer, name, KeyRole::Credential).ok()
}

/// `jwt-vc-issuer` metadata, or a did:web document.
#[derive(Deserialize)]
#[serde(untagged)]
enum KeyDocument {
    Metadata {
        issuer: String,
        jwks: JwkSet,
    },
    Did {
        id: String,
        #[serde(rename = "verificationMethod")]
        methods: Vec<Method>,
        #[serde(rename = "assertionMethod", default)]
        assertions: Vec<Value>,
    },
}

#[derive(Deserialize)]
struct Method {
    id: String,
    #[serde(rename = "publicKeyJwk")]
    jwk: absah_crypto::Jwk,
}

/// The keys in a document, if it is that of `issuer`.
fn published_keys(body: &[u8], issuer: &IssuerId) -> Option<Vec<(String, PublicKey)>> {
    let read = |kid: Option<String>, jwk: &absah_crypto::Jwk| Some((kid?, PublicKey::from_jwk(jwk).ok()?));
    match serde_json::from_slice(body).ok()? {
        // "The issuer value [...] MUST be identical to the iss value in the JWT."
        KeyDocument::Metadata { issuer: named, jwks } => (named == issuer.as_str())
            .then(|| jwks.keys.iter().filter_map(|jwk| read(jwk.kid.clone(), jwk)).collect()),
        KeyDocument::Did { id, methods, assertions } => {
            let may_assert = |method: &Method| assertions.iter().any(|one| one.as_str() == Some(&method.id));
            let keys = methods.iter().filter(|method| may_assert(method));
            (id == issuer.did_web())
                .then(|| keys.filter_map(|method| read(Some(method.id.clone()), &method.jwk)).collect())
        }
    }
}

/// Keeps what renews the new cards, and forgets what renewed only cards that are gone; the keys that frees.
fn renewed(wallet: &mut Wallet, renewal: Option<Renewal>, cards: Vec<CardId>) -> Vec<KeyId> {
    let held: BTreeSet<CardId> = wallet.holdings.cards.iter().map(|card| card.id.clone()).collect();
    let renewals = &mut wallet.holdings.renewals;
    let mut freed: Vec<KeyId> = Vec::new();
    for one in renewals.iter_mut() {
        one.cards.retain(|id| held.contains(id));
    }
    freed.extend(renewals.extract_if(.., |one| one.cards.is_empty()).map(|one| one.key));
    // Of one right, some cards may have come before.
    if let Some(known) = renewal.as_ref().and_then(|one| renewals.iter_mut().find(|old| old.key == one.key)) {
        known.configuration_ids.extend(renewal.into_iter().flat_map(|one| one.configuration_ids));
        known.configuration_ids.sort();
        known.configuration_ids.dedup();
        known.cards.extend(cards);
    } else if let Some(renewal) = renewal {
        freed.retain(|key| *key != renewal.key);
        renewals.push(Renewal { cards, ..renewal });
    }
    freed
}

/// The cards that this one takes the place of: same issuer, type and form, and about the same person or family.
/// Cards that do not say whom they are about stay beside each other.
fn replaced_by(card: &Card, held: &[Card]) -> Vec<CardId> {
    let Some(subject) = face::number(card) else { return Vec::new() };
    let same = |older: &&Card| {
        (&older.issuer.id, &older.types, older.format) == (&card.issuer.id, &card.types, card.format)
            && face::number(older).as_ref() == Some(&subject)
            // Two members of a family have its card, each their own.
            && (older.links().is_empty() || !older.links().is_disjoint(&card.links()))
            // What is carried for half an hour takes the place of nothing that lasts.
            && (!face::is_carried(card) || face::is_carried(older))
    };
    held.iter().filter(same).map(|older| older.id.clone()).collect()
}

/// `pemegang`, where a card of ours has one.
fn link_of(verified: &Verified) -> Option<String> {
    let claims = Value::Object(verified.claims().clone());
    holder_claim(verified.kind()?).select(&claims).first()?.as_str().map(str::to_owned)
}

fn configurations(received: &[Received]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for one in received {
        if !ids.contains(&one.configuration_id) {
            ids.push(one.configuration_id.clone());
        }
    }
    ids
}

fn received_card(card: &Card) -> ReceivedCard {
    ReceivedCard {
        card: card.id.clone(),
        type_name: card.type_name.clone(),
        format: card.format,
        copies: card.copies.len(),
    }
}
