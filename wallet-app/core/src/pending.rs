//! What is still owed between wallet and issuer: cards that come later (OpenID4VCI 1.0, section 9), and what the issuer
//! is still to be told (section 11). Kept with the cards, so that nothing of it is lost when the program ends.

use std::collections::BTreeSet;

use absah_credential::{Format, KeyAssurance};
use absah_crypto::{Jwk, PublicKey};
use absah_protocol::UrlRules;
use absah_protocol::oid4vci::encryption::Sealing;
use absah_protocol::oid4vci::holder::{Access, Awaited};
use absah_protocol::oid4vci::issuer::Types;
use absah_protocol::oid4vci::issuer::credential_request::NotificationEvent;
use absah_types::{Seconds, Secret, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    card::{CardId, format_name},
    intent::Intent,
    keys::{HolderKey, KeyId},
    receive::{type_id, type_name},
    refusal::Refusal,
    renewal::Renewal,
    shown::Shown,
    wallet::Wallet,
};

/// So often the issuer is told what became of a card: once, and once more if that got lost.
const TRIES: u8 = 2;
/// How long a token is taken to live when its server does not say.
const TOKEN_LIFE: Seconds = Seconds(600);
/// No token is kept longer than this for telling something: 1 day.
const LONGEST_KEPT: Seconds = Seconds::days(1);

/// A key kept by name and public half.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptKey {
    /// Its name in the key store.
    pub id: KeyId,
    /// Its public half.
    pub public: Jwk,
}

impl KeptKey {
    pub(crate) fn of(key: &HolderKey) -> Self {
        Self { id: key.id.clone(), public: key.public.to_jwk() }
    }

    pub(crate) fn open(&self) -> Result<HolderKey, Refusal> {
        let public = PublicKey::from_jwk(&self.public).map_err(|_| Refusal::CardUnreadable)?;
        Ok(HolderKey { id: self.id.clone(), public, assurance: KeyAssurance::default() })
    }
}

/// An access token, and what it is still good for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAccess {
    token: String,
    /// The key that it is bound to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<KeptKey>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deferred: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    notification: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sealing: Option<Sealing>,
}

impl std::fmt::Debug for KeptAccess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeptAccess(…)")
    }
}

impl KeptAccess {
    pub(crate) fn of(access: &Access, key: Option<&HolderKey>) -> Self {
        Self {
            token: access.token.expose().clone(),
            key: key.filter(|_| access.key.is_some()).map(KeptKey::of),
            deferred: access.deferred.as_ref().map(|url| url.as_str().to_owned()),
            notification: access.notification.as_ref().map(|url| url.as_str().to_owned()),
            sealing: access.sealing.clone(),
        }
    }

    /// As the protocol needs it, and the key that signs its proofs.
    pub(crate) fn open(&self, urls: UrlRules) -> Result<(Access, Option<HolderKey>), Refusal> {
        let key = self.key.as_ref().map(KeptKey::open).transpose()?;
        let url = |text: &Option<String>| {
            text.as_deref().map(|text| urls.url(text).map_err(|_| Refusal::CardUnreadable)).transpose()
        };
        let access = Access {
            token: Secret::new(self.token.clone()),
            key: key.as_ref().map(|key| key.public.clone()),
            lives: None,
            deferred: url(&self.deferred)?,
            notification: url(&self.notification)?,
            sealing: self.sealing.clone(),
        };
        Ok((access, key))
    }
}

/// A batch of copies that the issuer gives later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// `transaction_id`.
    pub transaction: String,
    /// Credential issuer identifier.
    pub issuer: String,
    /// Its name.
    pub issuer_name: Shown,
    /// Configuration it was asked by.
    pub configuration_id: String,
    /// Form.
    #[serde(with = "format_name")]
    pub format: Format,
    /// The `vct`, or the W3C types.
    pub types: Vec<String>,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Not asked again before this moment, as the issuer wants it.
    pub not_before: Timestamp,
    /// The keys of the copies.
    pub keys: Vec<KeptKey>,
    /// What asks for it.
    pub access: KeptAccess,
    /// What will renew the cards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal: Option<Renewal>,
}

impl Pending {
    /// What people call the card that is waited for.
    pub fn type_name(&self) -> Shown {
        type_name(&type_id(&self.wanted()))
    }

    fn wanted(&self) -> Types {
        match (self.format, self.types.as_slice()) {
            (Format::DcSdJwt, [vct, ..]) => Types::Vct(vct.clone()),
            _ => Types::W3c(self.types.clone()),
        }
    }

    /// As the protocol needs it.
    pub(crate) fn awaited(&self) -> Result<(Awaited, Vec<HolderKey>), Refusal> {
        let keys = self.keys.iter().map(KeptKey::open).collect::<Result<Vec<_>, _>>()?;
        let awaited = Awaited {
            configuration_id: self.configuration_id.clone(),
            format: self.format,
            types: self.wanted(),
            keys: keys.iter().map(|key| key.public.clone()).collect(),
            transaction_id: self.transaction.clone(),
            interval: Seconds(0),
        };
        Ok((awaited, keys))
    }

    /// All keys that it needs.
    pub(crate) fn keys_in_use(&self) -> impl Iterator<Item = &KeyId> {
        let token = self.access.key.iter().chain(&self.keys).map(|key| &key.id);
        token.chain(self.renewal.iter().map(|renewal| &renewal.key))
    }
}

/// The types as they are kept.
pub(crate) fn kept_types(types: &Types) -> Vec<String> {
    match types {
        Types::Vct(vct) => vec![vct.clone()],
        Types::W3c(types) => types.clone(),
    }
}

/// What an issuer is to be told of one batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// `notification_id`.
    pub id: String,
    /// What became of it.
    pub event: NotificationEvent,
    /// The card that it became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<CardId>,
    /// What tells it.
    pub access: KeptAccess,
    /// How often it was tried; told once it is more than that.
    pub tries: u8,
    /// The issuer knows: kept only to tell that the person has deleted the card soon after.
    #[serde(default)]
    pub told: bool,
    /// Forgotten from here on: its token will have ended.
    pub until: Timestamp,
}

impl Notice {
    pub(crate) fn new(id: String, access: &Access, key: Option<&HolderKey>, now: Timestamp) -> Option<Self> {
        access.notification.as_ref()?;
        let lives = access.lives.unwrap_or(TOKEN_LIFE).min(LONGEST_KEPT);
        Some(Self {
            id,
            event: NotificationEvent::Accepted,
            card: None,
            access: KeptAccess::of(access, key),
            tries: 0,
            told: false,
            until: now.plus(lives),
        })
    }

    /// A batch that came later: its token outlives the usual.
    pub(crate) fn later(id: String, access: &KeptAccess, now: Timestamp) -> Option<Self> {
        access.notification.as_ref()?;
        let (event, access) = (NotificationEvent::Accepted, access.clone());
        let until = now.plus(LONGEST_KEPT);
        Some(Self { id, event, card: None, access, tries: 0, told: false, until })
    }

    /// After a try, whatever came of it.
    pub(crate) fn tried(&mut self, taken: bool) {
        self.tries = self.tries.saturating_add(1);
        self.told |= taken;
    }

    /// Whether it is still to be told.
    pub fn is_due(&self, now: Timestamp) -> bool {
        !self.told && self.tries < TRIES && now < self.until
    }

    fn is_over(&self, now: Timestamp) -> bool {
        // What was told stays for a deletion that may follow; what failed twice is let go.
        now >= self.until || (!self.told && self.tries >= TRIES)
    }

    pub(crate) fn key(&self) -> Option<&KeyId> {
        self.access.key.as_ref().map(|key| &key.id)
    }
}

/// One contact with an issuer that nobody needs to be asked about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contact {
    /// Ask for cards that were to come later.
    Collect(String),
    /// Fetch a card anew.
    Renew(CardId),
    /// Tell what became of a batch.
    Notify(String),
}

impl Contact {
    /// What begins it.
    pub fn intent(self) -> Intent {
        match self {
            Self::Collect(transaction) => Intent::Collect { transaction },
            Self::Renew(card) => Intent::Renew { card },
            Self::Notify(notification) => Intent::Notify { notification },
        }
    }
}

impl Wallet {
    /// Cards that come later.
    pub fn pending(&self) -> &[Pending] {
        &self.holdings.pending
    }

    /// The next contact that is due and was not tried just now: first what was promised, then what runs out, then what
    /// the issuer is to be told.
    pub fn next_contact(&self, now: Timestamp, tried: &BTreeSet<Contact>) -> Option<Contact> {
        let due = self.holdings.pending.iter().filter(|one| one.not_before <= now);
        let collects = due.map(|one| Contact::Collect(one.transaction.clone()));
        let renews = self.due(now).into_iter().map(Contact::Renew);
        let notices = self.holdings.notices.iter().filter(|one| one.is_due(now));
        let notifies = notices.map(|one| Contact::Notify(one.id.clone()));
        collects.chain(renews).chain(notifies).find(|contact| !tried.contains(contact))
    }

    /// Lets go of what can no longer be told.
    pub(crate) fn forget_notices(&mut self, now: Timestamp) {
        self.holdings.notices.retain(|one| !one.is_over(now));
    }
}
