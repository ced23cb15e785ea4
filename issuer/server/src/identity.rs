//! Under which name the issuer appears: its public URL, the did:web of the same host, a certificate for both.

use std::sync::{Arc, PoisonError, RwLock};

use absah_credential::Format;
use absah_issuer_core::card::LIFE;
use absah_issuer_core::ports::KeyRole;
use absah_protocol::IssuerId;
use absah_protocol::oid4vci::issuer::{Configuration, Profile, PublishedKey};
use absah_schemas::CredentialType;
use absah_types::{Did, Lang, Timestamp};

use crate::signers::{Signer, SignerError, Signers};
use crate::store::SignerRow;

/// One name of the issuer. Its signers may be replaced while it is served.
#[derive(Debug)]
pub struct Identity {
    id: IssuerId,
    profile: Profile,
    current: RwLock<Current>,
}

#[derive(Debug)]
struct Current {
    signing: Vec<Arc<Signing>>,
    signers: Arc<Signers>,
}

/// A key for cards, and the headers with its chain, encoded once.
#[derive(Debug)]
pub struct Signing {
    /// The key.
    pub signer: Signer,
    /// The headers.
    pub issuer: absah_credential::Issuer,
}

impl Current {
    fn new(id: &IssuerId, signers: Signers) -> Self {
        let of_cards = signers.0.iter().filter(|signer| signer.row.role == KeyRole::Credential);
        let headers = |signer: &Signer| {
            let issuer = absah_credential::Issuer::new(id.url(), &signer.row.key_id, &signer.chain);
            Arc::new(Signing { signer: signer.clone(), issuer })
        };
        Self { signing: of_cards.map(headers).collect(), signers: Arc::new(signers) }
    }
}

impl Identity {
    /// The identity under a public URL; `signers` with their chains under that name.
    #[must_use]
    pub fn new(id: IssuerId, signers: Signers, anonymous_access: bool) -> Self {
        let current = RwLock::new(Current::new(&id, signers));
        let name = [
            (Lang::Id, "Dinas Kependudukan dan Pencatatan Sipil Kota Madiun"),
            (Lang::Jv, "Dinas Kependudukan lan Pencatatan Sipil Kitha Madiun"),
            (Lang::En, "Civil Registry of Kota Madiun"),
        ];
        let profile = Profile {
            issuer: id.clone(),
            name: name.map(|(lang, text)| (lang, text.to_owned())).to_vec(),
            configurations: CredentialType::ALL.into_iter().flat_map(Configuration::pair).collect(),
            anonymous_access,
        };
        Self { id, profile, current }
    }

    fn current(&self) -> std::sync::RwLockReadGuard<'_, Current> {
        self.current.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes other signers from now on; whether they are others.
    pub fn renew(&self, signers: Signers) -> bool {
        if *self.current().signers == signers {
            return false;
        }
        let next = Current::new(&self.id, signers);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = next;
        true
    }

    /// The Credential Issuer Identifier.
    #[must_use]
    pub fn id(&self) -> &IssuerId {
        &self.id
    }

    /// Who signs cards at `now`.
    ///
    /// # Errors
    /// [`SignerError::NoneInForce`].
    pub fn signing(&self, now: Timestamp) -> Result<Arc<Signing>, SignerError> {
        let current = self.current();
        let wanted = current.signers.in_force(KeyRole::Credential, now)?;
        let found = current.signing.iter().find(|signing| signing.signer == *wanted);
        found.cloned().ok_or(SignerError::NoneInForce)
    }

    /// All its signers.
    #[must_use]
    pub fn signers(&self) -> Arc<Signers> {
        Arc::clone(&self.current().signers)
    }

    /// What is published about it.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The keys it publishes for cards: those that ended too, for what they signed, but none that is distrusted.
    #[must_use]
    pub fn published_keys(&self, now: Timestamp) -> Vec<PublishedKey> {
        self.published(now, |row| row.role == KeyRole::Credential)
    }

    /// Its DID document as did:web, without what did:webvh adds. Keys for cards that are not yet in force stand in it, but
    /// for no assertion, as do those for status tokens and registrations.
    #[must_use]
    pub fn did_document(&self, now: Timestamp) -> serde_json::Value {
        let asserts = |row: &SignerRow| row.role == KeyRole::Credential && row.active_from <= now;
        let keys = self.published(now, asserts);
        self.profile.did_document(&keys, &self.published(now, |row| !asserts(row)))
    }

    fn published(&self, now: Timestamp, wanted: impl Fn(&SignerRow) -> bool) -> Vec<PublishedKey> {
        let published = |signer: &&Signer| {
            let row = &signer.row;
            wanted(row) && row.distrusted_after.is_none() && row.ends_at.plus(LIFE) > now
        };
        let key =
            |signer: &Signer| PublishedKey { id: signer.row.key_id.clone(), key: signer.row.key.clone() };
        self.signers().0.iter().filter(published).map(key).collect()
    }

    /// The full URL of a key.
    #[must_use]
    pub fn kid(&self, signer: &Signer) -> String {
        kid(self.id.url(), &signer.row.key_id)
    }

    /// The ids of an offer of one card: the standard format first.
    #[must_use]
    pub fn configuration_ids(&self, kind: CredentialType) -> Vec<String> {
        let ours = |configuration: &&Configuration| {
            let (_, name) = (configuration.format, kind.name());
            configuration.id.strip_prefix(name).is_some_and(|rest| rest.starts_with('_'))
        };
        let mut chosen: Vec<_> = self.profile.configurations.iter().filter(ours).collect();
        chosen.sort_by_key(|configuration| configuration.format != Format::DcSdJwt);
        chosen.into_iter().map(|configuration| configuration.id.clone()).collect()
    }
}

/// The URL of a key under a public URL.
#[must_use]
pub fn kid(url: &absah_types::HttpsUrl, key_id: &str) -> String {
    Did::web(url).key_url(key_id)
}
