//! Under which name the issuer appears: its public URL, the did:web of the same host, a certificate for both.

use absah_credential::Format;
use absah_issuer_core::card::LIFE;
use absah_issuer_core::ports::KeyRole;
use absah_protocol::IssuerId;
use absah_protocol::oid4vci::issuer::{Configuration, Profile, PublishedKey};
use absah_schemas::CredentialType;
use absah_types::{Did, Lang, Timestamp};

use crate::signers::{Signer, SignerError, Signers};

/// One name of the issuer.
#[derive(Debug, Clone)]
pub struct Identity {
    id: IssuerId,
    /// For each key for cards, the headers with its chain, encoded once.
    signing: Vec<(Signer, absah_credential::Issuer)>,
    profile: Profile,
    signers: Signers,
}

impl Identity {
    /// The identity under a public URL; `signers` with their chains under that name.
    #[must_use]
    pub fn new(id: IssuerId, signers: Signers, anonymous_access: bool) -> Self {
        let of_cards = signers.0.iter().filter(|signer| signer.row.role == KeyRole::Credential);
        let headers = |signer: &Signer| {
            let issuer = absah_credential::Issuer::new(id.url(), &signer.row.key_id, &signer.chain);
            (signer.clone(), issuer)
        };
        let signing = of_cards.map(headers).collect();
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
        Self { id, signing, profile, signers }
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
    pub fn signing(&self, now: Timestamp) -> Result<(&Signer, &absah_credential::Issuer), SignerError> {
        let wanted = self.signers.in_force(KeyRole::Credential, now)?;
        let found = self.signing.iter().find(|(signer, _)| signer == wanted);
        found.map(|(signer, issuer)| (signer, issuer)).ok_or(SignerError::NoneInForce)
    }

    /// All its signers.
    #[must_use]
    pub fn signers(&self) -> &Signers {
        &self.signers
    }

    /// What is published about it.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The keys it publishes for cards: those that ended too, for what they signed, but none that is distrusted.
    #[must_use]
    pub fn published_keys(&self, now: Timestamp) -> Vec<PublishedKey> {
        self.published(now, |role| role == KeyRole::Credential)
    }

    /// The keys it publishes for status tokens and registrations.
    #[must_use]
    pub fn other_keys(&self, now: Timestamp) -> Vec<PublishedKey> {
        self.published(now, |role| role != KeyRole::Credential)
    }

    fn published(&self, now: Timestamp, wanted: impl Fn(KeyRole) -> bool) -> Vec<PublishedKey> {
        let published = |signer: &&Signer| {
            let row = &signer.row;
            wanted(row.role) && row.distrusted_after.is_none() && row.ends_at.plus(LIFE) > now
        };
        let key =
            |signer: &Signer| PublishedKey { id: signer.row.key_id.clone(), key: signer.row.key.clone() };
        self.signers.0.iter().filter(published).map(key).collect()
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
