//! The state, and the one function that changes it.

use std::collections::{BTreeMap, BTreeSet};

use absah_protocol::oid4vci::issuer::credential_request::NotificationEvent;
use absah_schemas::CredentialType;
use absah_trust::{Bundle, TrustedState};
use absah_types::{Coded as _, Fault, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    access::{self, AccessHistory},
    bundle,
    card::{Card, CardId},
    contact,
    effect::{Effect, FetchFailure},
    history::{Entry, Event},
    intent::{Env, Intent},
    keys::KeyId,
    one_scan,
    pending::{Notice, Pending},
    prompt::{Fact, Prompt},
    receive,
    refusal::Refusal,
    renewal::Renewal,
    respond, wish,
};

/// Files of a trust bundle by path inside its folder.
pub type BundleFiles = BTreeMap<String, Vec<u8>>;

/// Everything a wallet keeps: what the vault seals, beside the private keys.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Holdings {
    /// The cards, in the order received.
    pub cards: Vec<Card>,
    /// The history, oldest first.
    pub history: Vec<Entry>,
    /// What is remembered of the trust bundle.
    #[serde(default)]
    pub trust: Option<Trust>,
    /// What renews the cards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renewals: Vec<Renewal>,
    /// Cards that come later.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<Pending>,
    /// What issuers are still to be told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    /// What the ledger says of who used the person's record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<AccessHistory>,
    /// The same of other people whose identity cards are on this device.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub access_of_others: Vec<AccessHistory>,
}

/// What is remembered of the trust bundle; its files lie beside the vault.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trust {
    /// Versions and hashes last trusted.
    pub state: TrustedState,
    /// When it was taken over.
    pub imported_at: Timestamp,
}

/// The state machine.
#[derive(Debug, Default)]
pub struct Wallet {
    pub(crate) holdings: Holdings,
    pub(crate) files: Option<BundleFiles>,
    pub(crate) bundle: Option<Bundle>,
    pub(crate) flow: Flow,
    /// What is shown without a request, from code to code.
    pub(crate) showing: Option<one_scan::Showing>,
    /// Whose cards are proposed before other people's, while the person is at it; never kept.
    preferred: Option<CardId>,
}

/// What is going on; never kept, so that a program that ended begins anew.
#[derive(Debug, Default)]
pub(crate) enum Flow {
    /// Nothing.
    #[default]
    Idle,
    /// Waiting for a yes to a new root.
    Rooting(Box<bundle::Rooting>),
    /// An offer on its way in.
    Receiving(Box<receive::Receive>),
    /// Received, being verified.
    Keeping(Box<receive::Keeping>),
    /// A request is being fetched.
    Fetching(Box<respond::Fetching>),
    /// Waiting for yes or no to a request.
    Asking(Box<respond::Asking>),
    /// Waiting for the signatures of an answer.
    Signing(Box<respond::Signing>),
    /// Waiting for the signature of a code shown without a request.
    Showing(Box<one_scan::Signing>),
    /// A no is being posted.
    Declining,
    /// An answer is being posted.
    Posting(Box<respond::Posting>),
    /// An issuer is asked for what comes later, or told something.
    Contacting(Box<contact::Contacting>),
    /// A wish is on its way to the registry.
    Wishing(Box<wish::Wishing>),
    /// The access history is being fetched.
    AskingAccess(Box<access::Asking>),
}

impl Flow {
    /// Keys that were made in this flow and that no card refers to yet.
    fn keys(&self) -> Vec<KeyId> {
        let made = match self {
            Self::Receiving(flow) => flow.keys(),
            Self::Keeping(flow) => flow.keys(),
            _ => &[],
        };
        made.iter().map(|key| key.id.clone()).collect()
    }

    /// What issuers are to be told if this flow ends without its cards.
    fn notices(&self, now: Timestamp) -> Vec<Notice> {
        match self {
            Self::Receiving(flow) => flow.notices(now).into_iter().map(|(_, notice)| notice).collect(),
            Self::Keeping(flow) => flow.notices.iter().map(|(_, notice)| notice.clone()).collect(),
            _ => Vec::new(),
        }
    }
}

/// What a step of a flow comes to.
pub(crate) type Step = Result<(Flow, Vec<Effect>), Refusal>;

impl Wallet {
    /// Opens a wallet from what the vault held. A bundle that does not open any more is left aside as if there were
    /// none: cards stay, and the same root is still trusted for the next import.
    pub fn open(holdings: Holdings, files: Option<BundleFiles>) -> Self {
        let opened = match (&holdings.trust, files) {
            (Some(trust), Some(files)) => {
                Bundle::reopen(&files, &trust.state).ok().map(|bundle| (files, bundle))
            }
            _ => None,
        };
        let (files, bundle) = opened.unzip();
        Self { holdings, files, bundle, flow: Flow::Idle, showing: None, preferred: None }
    }

    /// One step. After an effect that could not be done, send [`Intent::Refuse`].
    pub fn step(mut self, intent: Intent, env: &mut Env<'_>) -> (Self, Vec<Effect>) {
        let flow = std::mem::take(&mut self.flow);
        let mut removed = if matches!(flow, Flow::Idle) { self.put_down(env.now) } else { Vec::new() };
        let unused = flow.keys();
        let lost = flow.notices(env.now);
        let noted = self.owed();
        // What came from outside by a link or a code, and all that came of it.
        let is_foreign = match (&flow, &intent) {
            (Flow::Idle, Intent::Receive { .. } | Intent::Respond { .. })
            | (Flow::Fetching(_) | Flow::Keeping(_), _) => true,
            (Flow::Receiving(flow), _) => !flow.is_renewal(),
            _ => false,
        };
        let theirs = match &intent {
            Intent::Fetched(Ok(answer)) => answer.date,
            _ => None,
        };
        let wallet = &mut self;
        let outcome = match (flow, intent) {
            (Flow::Idle, Intent::Receive { link }) => receive::begin(wallet, &link, env),
            (Flow::Idle, Intent::Respond { texts }) => respond::begin(wallet, &texts, env),
            (Flow::Idle, Intent::ImportBundle { files, root_sha256 }) => {
                bundle::import(wallet, files, root_sha256, env)
            }
            (Flow::Idle, Intent::RestoreBundle { files, root_sha256 }) => {
                bundle::restore(wallet, files, root_sha256, env)
            }
            (Flow::Idle, Intent::Renew { card }) => receive::renew(wallet, &card, env),
            (Flow::Idle, Intent::Collect { transaction }) => contact::collect(wallet, &transaction, env),
            (Flow::Idle, Intent::Notify { notification }) => contact::notify(wallet, &notification, env),
            (Flow::Idle, Intent::Delete { card }) => contact::delete(wallet, &card, env.now),
            (Flow::Contacting(flow), Intent::Fetched(answer)) => flow.fetched(wallet, answer, env),
            (Flow::Contacting(flow), Intent::Signed(signatures)) => flow.signed(&signatures, env),
            (Flow::Receiving(flow), Intent::CameBack { address }) => flow.came_back(wallet, &address, env),
            (Flow::Idle, Intent::Wish(wish)) => wish::begin(wallet, wish, None, env),
            (Flow::Idle, Intent::WishBy { wish, card }) => wish::begin(wallet, wish, Some(card), env),
            (Flow::Wishing(flow), Intent::Fetched(answer)) => flow.fetched(wallet, answer, env),
            (Flow::Wishing(flow), Intent::Signed(signatures)) => flow.signed(signatures),
            (Flow::Idle, Intent::PaperSaved { card, a4 }) => {
                Ok(wish::paper_saved(wallet, &card, a4, env.now))
            }
            (Flow::Idle, Intent::FetchAccess) => access::begin(wallet, None, env),
            (Flow::Idle, Intent::FetchAccessBy { card }) => access::begin(wallet, Some(card), env),
            (Flow::AskingAccess(flow), Intent::Fetched(answer)) => flow.fetched(wallet, answer, env),
            (Flow::AskingAccess(flow), Intent::Signed(signatures)) => flow.signed(signatures),
            (Flow::Rooting(rooting), Intent::Agree { .. }) => bundle::agree(wallet, *rooting, env),
            (Flow::Receiving(flow), Intent::Agree { code }) => flow.agree(wallet, code.as_ref(), env),
            (Flow::Receiving(flow), Intent::Fetched(answer)) => flow.fetched(wallet, answer, env),
            (Flow::Receiving(flow), Intent::KeysMade(keys)) => flow.keys_made(wallet, keys, env),
            (Flow::Receiving(flow), Intent::Signed(signatures)) => flow.signed(wallet, signatures, env),
            (Flow::Keeping(flow), Intent::Fetched(answer)) => flow.fetched(wallet, answer, env),
            (Flow::Fetching(flow), Intent::Fetched(answer)) => flow.fetched(wallet, answer, env),
            (Flow::Asking(flow), Intent::Agree { .. }) => flow.agree(wallet, env),
            (Flow::Asking(flow), Intent::Choose { card }) => flow.choose(wallet, card, env),
            (Flow::Asking(flow), Intent::Refuse) => respond::declined(wallet, *flow, env),
            // Whether the counter heard the no changes nothing for the person.
            (Flow::Declining, Intent::Fetched(_)) => Ok((Flow::Idle, vec![show(Prompt::Declined)])),
            (Flow::Signing(flow), Intent::Signed(signatures)) => flow.signed(wallet, signatures, env),
            (Flow::Idle, Intent::OneScan { facts }) => one_scan::begin(wallet, &facts, env),
            (Flow::Showing(flow), Intent::Signed(signatures)) => flow.signed(wallet, signatures, env),
            (Flow::Posting(flow), Intent::Fetched(answer)) => flow.fetched(wallet, answer, env),
            (Flow::Idle, Intent::Refuse) => Ok((Flow::Idle, Vec::new())),
            // Not waited for any longer, and on its way all the same: nobody is told that nothing was sent.
            (Flow::Posting(flow), Intent::Refuse) => flow.fetched(wallet, Err(FetchFailure::TimedOut), env),
            (Flow::Wishing(flow), Intent::Refuse) if flow.is_sent() => Err(Refusal::WishNotConfirmed),
            (_, Intent::Refuse) => {
                let mut effects = wallet.unkept(lost.clone(), NotificationEvent::Deleted, &unused);
                effects.push(show(Prompt::Declined));
                Ok((Flow::Idle, effects))
            }
            // Not an answer to what is going on: say so, and go on.
            (flow, _) => Ok((flow, vec![show(Prompt::Refused(Refusal::NotNow))])),
        };
        let effects = match outcome {
            Ok((flow, effects)) => {
                self.flow = flow;
                effects
            }
            Err(refusal) => {
                let refusal = refusal.by_clock(theirs, env.now);
                if is_foreign && refusal.fault() == Fault::Peer && self.owed() == noted {
                    respond::note(&mut self, None, refusal.code(), Vec::new(), env);
                }
                let mut effects = self.unkept(lost, NotificationEvent::Failure, &unused);
                if self.owed() != noted && !effects.iter().any(|one| matches!(one, Effect::Persist)) {
                    effects.insert(0, Effect::Persist);
                }
                effects.push(show(Prompt::Refused(refusal)));
                effects
            }
        };
        removed.extend(effects);
        (self, removed)
    }

    /// Removes the cards of others whose sessions are over, with their keys: expiry is the guarantee, this is tidiness.
    fn put_down(&mut self, now: Timestamp) -> Vec<Effect> {
        let gone = |card: &Card| crate::face::is_carried_no_more(card, now);
        let keys: Vec<KeyId> = self
            .holdings
            .cards
            .iter()
            .filter(|card| gone(card))
            .flat_map(|card| card.copies.iter().map(|copy| copy.key.clone()))
            .collect();
        if keys.is_empty() {
            return Vec::new();
        }
        self.holdings.cards.retain(|card| !gone(card));
        let mut effects = vec![Effect::Persist];
        effects.extend(drop_keys(keys));
        effects
    }

    /// What is to be kept.
    pub fn holdings(&self) -> &Holdings {
        &self.holdings
    }

    /// The trust bundle's files, to be kept beside the vault.
    pub fn bundle_files(&self) -> Option<&BundleFiles> {
        self.files.as_ref()
    }

    /// The trust bundle, verified.
    pub fn bundle(&self) -> Option<&Bundle> {
        self.bundle.as_ref()
    }

    /// Takes over the official list that lies where a wallet was put aside: it is no secret, and which list holds on a device
    /// does not change with the PIN. Nothing where this wallet has one. Whether it was taken, and is to be kept.
    pub fn inherit(&mut self, files: BundleFiles, now: Timestamp) -> bool {
        bundle::inherit(self, files, now)
    }

    /// Whether a card is of the registry: the official list names its issuer. What is meant for the registry is asked of no
    /// other issuer, whatever its card calls itself, and of nobody while there is no list that vouches for anybody.
    pub(crate) fn is_of_registry(&self, card: &Card) -> bool {
        let is_listed = |bundle: &Bundle| bundle.trust().issuer(&card.issuer.id).is_some();
        card.kind().is_some() && self.bundle.as_ref().is_some_and(is_listed)
    }

    /// The address of the registry: of the issuer of its newest card of a type that `is_meant`, without a slash at the end.
    pub fn registry_url(&self, is_meant: impl Fn(CredentialType) -> bool) -> Option<&str> {
        let of_type = |card: &&Card| card.kind().is_some_and(&is_meant);
        let mut cards = self.holdings.cards.iter().rev().filter(of_type);
        let newest = cards.find(|card| self.is_of_registry(card))?;
        Some(newest.issuer.url.trim_end_matches('/'))
    }

    /// Where the newest trust bundle is served: by the registry, else by the first issuer that is listed. Nowhere while
    /// there is no list: whoever gave a card says nothing of where the official list is.
    pub fn bundle_address(&self) -> Option<String> {
        let listed = || {
            let ids = self.bundle.iter().flat_map(|bundle| &bundle.trust().issuers).flat_map(|one| &one.ids);
            let mut ids = ids.map(|id| id.trim_end_matches('/'));
            ids.find(|id| id.starts_with("https://") || id.starts_with("http://"))
        };
        let issuer = self.registry_url(|_| true).or_else(listed)?;
        Some(format!("{issuer}/bundle"))
    }

    /// Proposes this card's holder before other people whose cards could be shown as well.
    pub fn prefer(&mut self, card: Option<CardId>) {
        self.preferred = card;
    }

    /// Whether somebody's cards are proposed before other people's.
    pub(crate) fn prefers(&self) -> bool {
        self.preferred.is_some()
    }

    /// Whether a card is about the person whose card was preferred.
    pub(crate) fn is_preferred(&self, card: &Card) -> bool {
        let preferred = self.preferred.as_ref().and_then(|id| self.card(id));
        preferred.is_some_and(|preferred| {
            preferred.id == card.id
                || (preferred.type_name == card.type_name
                    && crate::face::number(preferred) == crate::face::number(card))
        })
    }

    /// The keys that cards refer to: a key store may forget all others while nothing is going on.
    pub fn keys_in_use(&self) -> BTreeSet<KeyId> {
        let copies = self.holdings.cards.iter().flat_map(|card| &card.copies).map(|copy| copy.key.clone());
        let renewals = self.holdings.renewals.iter().map(|renewal| renewal.key.clone());
        let pending = self.holdings.pending.iter().flat_map(Pending::keys_in_use).cloned();
        let notices = self.holdings.notices.iter().filter_map(Notice::key).cloned();
        copies.chain(renewals).chain(pending).chain(notices).collect()
    }

    /// How much there is to keep beside the cards: a change of it must be kept.
    fn owed(&self) -> (usize, usize, usize) {
        // Refusals that are folded count, too.
        let told = |entry: &Entry| match &entry.event {
            Event::Refused(refused) => refused.times as usize,
            _ => 1,
        };
        let told = self.holdings.history.iter().map(told).sum();
        (told, self.holdings.pending.len(), self.holdings.notices.len())
    }

    /// What a flow leaves behind whose cards are not kept: their issuer is told, their keys go.
    fn unkept(&mut self, lost: Vec<Notice>, event: NotificationEvent, unused: &[KeyId]) -> Vec<Effect> {
        let known: BTreeSet<String> = self.holdings.notices.iter().map(|one| one.id.clone()).collect();
        let lost: Vec<Notice> = lost.into_iter().filter(|one| !known.contains(&one.id)).collect();
        let tells = !lost.is_empty();
        self.holdings.notices.extend(lost.into_iter().map(|notice| Notice { event, ..notice }));
        let used = self.keys_in_use();
        let mut effects = if tells { vec![Effect::Persist] } else { Vec::new() };
        effects.extend(drop_keys(unused.iter().filter(|id| !used.contains(id)).cloned().collect()));
        effects
    }

    /// What a showing without a request would say, with the very values; nothing is signed or noted.
    ///
    /// # Errors
    /// The refusal that [`Intent::OneScan`] would meet.
    pub fn preview(&self, facts: &[String], env: &Env<'_>) -> Result<Vec<Fact>, Refusal> {
        one_scan::preview(self, facts, env)
    }

    /// Whether nothing is going on.
    pub fn is_idle(&self) -> bool {
        matches!(self.flow, Flow::Idle)
    }

    pub(crate) fn card(&self, id: &CardId) -> Option<&Card> {
        self.holdings.cards.iter().find(|card| card.id == *id)
    }
}

fn drop_keys(unused: Vec<KeyId>) -> Vec<Effect> {
    if unused.is_empty() { Vec::new() } else { vec![Effect::DropKeys(unused)] }
}

pub(crate) fn show(prompt: Prompt) -> Effect {
    Effect::Show(Box::new(prompt))
}
