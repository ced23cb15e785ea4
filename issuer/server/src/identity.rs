//! Under which name the issuer appears: its public URL, the did:web of the same host, a certificate for both.

use absah_credential::Format;
use absah_issuer_core::ports::{KeyRole, KeyStore};
use absah_protocol::IssuerId;
use absah_protocol::oid4vci::issuer::{Configuration, Profile, PublishedKey};
use absah_schemas::CredentialType;
use absah_types::{Did, Lang};

/// The fragment of the credential key's did:web URL.
pub const KEY_ID: &str = "key-1";

/// One name of the issuer.
#[derive(Debug, Clone)]
pub struct Identity {
    id: IssuerId,
    signing: absah_credential::Issuer,
    profile: Profile,
    published: Vec<PublishedKey>,
    certificate: Vec<u8>,
}

impl Identity {
    /// The identity under a public URL; `certificate` is the leaf of its key under that name, DER.
    #[must_use]
    pub fn new(id: IssuerId, keys: &dyn KeyStore, certificate: Vec<u8>, anonymous_access: bool) -> Self {
        let signing = absah_credential::Issuer::new(id.url(), KEY_ID, std::slice::from_ref(&certificate));
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
        let key = keys.signer(KeyRole::Credential).public_key().clone();
        let published = vec![PublishedKey { id: KEY_ID.to_owned(), key }];
        Self { id, signing, profile, published, certificate }
    }

    /// The Credential Issuer Identifier.
    #[must_use]
    pub fn id(&self) -> &IssuerId {
        &self.id
    }

    /// Who signs cards.
    #[must_use]
    pub fn signing(&self) -> &absah_credential::Issuer {
        &self.signing
    }

    /// What is published about it.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The keys it publishes.
    #[must_use]
    pub fn published_keys(&self) -> &[PublishedKey] {
        &self.published
    }

    /// The certificate of its key, DER.
    #[must_use]
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// The full URL of its key.
    #[must_use]
    pub fn kid(&self) -> String {
        kid(self.id.url())
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

/// The key URL under a public URL.
#[must_use]
pub fn kid(url: &absah_types::HttpsUrl) -> String {
    Did::web(url).key_url(KEY_ID)
}
