//! What keys kept offline sign: whose keys count, which counters are registered, as the records have it.

use std::collections::BTreeSet;

use absah_crypto::jws;
use absah_issuer_core::ports::{KeyRole as Key, KeyStore, StoreError};
use absah_trust::bundle::{self, ChainError, Contents};
use absah_trust::certificate::dangerous_period_of;
use absah_trust::registration::{Registered, RegistrationError};
use absah_trust::trust_list::{CertificateDer, Contact, Issuer};
use absah_trust::{KeyRole, Policy, SignedRegistration, TrustList, TrustedKey};
use absah_types::{Did, HttpsUrl, Timestamp};

use crate::certificates;
use crate::identity::kid;
use crate::publish::PublishError;
use crate::signers;
use crate::store::{Counter, SqliteStore};

/// The longest registration read.
const MAX_REGISTRATION: usize = 64 << 10;

/// Everything but the status tokens.
pub(crate) async fn offline_contents(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    contact: Option<&Contact>,
    as_of: Timestamp,
) -> Result<Contents, PublishError> {
    let trust = trust_list(store, contact, as_of).await?;
    let identity = store.last_identity().await?.ok_or(PublishError::NoIdentity)?;
    let mut registrations = Vec::new();
    let mut withdrawn = BTreeSet::new();
    for counter in store.counters().await? {
        if counter.withdrawn_at.is_some() {
            withdrawn.insert(counter.registration_id.clone());
        }
        // One that was taken back stays listed until its end: who asks with it is refused by name also where the request
        // carries only the hash.
        if counter.expires_at > as_of {
            let access_certificate = CertificateDer(counter.certificate);
            // One whose registrar is no longer believed counts as taken back: nobody could import the bundle with it.
            match Registered::verify(&counter.jwt, &access_certificate.0, &trust) {
                Ok(_) => registrations.push(SignedRegistration { jwt: counter.jwt, access_certificate }),
                Err(RegistrationError::RegistrarKey(_)) => {
                    withdrawn.insert(counter.registration_id);
                }
                Err(error) => return Err(PublishError::Registration(error)),
            }
        }
    }
    Ok(Contents {
        trust,
        registrations,
        withdrawn,
        policy: Policy::default(),
        dictionary: absah_qr::Dictionary::v1().bytes().to_vec(),
        ledger: Some(crate::ledger::policy(store, keys, &identity).await?),
        status_tokens: Vec::new(),
    })
}

/// One issuer under all the names it ever had, with all keys whose signatures still matter.
async fn trust_list(
    store: &SqliteStore,
    contact: Option<&Contact>,
    now: Timestamp,
) -> Result<TrustList, PublishError> {
    let mut authorities: Vec<_> = store.authority().await?.into_iter().collect();
    let (roots, issuing): (Vec<_>, Vec<_>) = store.chain().await?.into_iter().partition(|ca| ca.is_root);
    let has_ended = certificates::has_ended(&issuing, now)?;
    authorities.extend(issuing.into_iter().map(|ca| ca.certificate));
    // Nothing is believed under an authority that has ended.
    authorities.retain(|der| dangerous_period_of(der).is_ok_and(|(_, end)| end >= now));
    let counters = store.counters().await?;
    let (mut ids, mut keys) = (Vec::new(), Vec::new());
    for (text, _) in store.identities().await? {
        let url = HttpsUrl::parse_dev(&text).map_err(|_| StoreError::Damaged)?;
        ids.push(url.as_str().trim_end_matches('/').to_owned());
        ids.push(Did::web(&url).as_str().to_owned());
        for signer in signers::of(store, &url).await?.0 {
            let kid = kid(&url, &signer.row.key_id);
            let mut roles = BTreeSet::from([match signer.row.role {
                Key::Status => KeyRole::Status,
                Key::Registration => KeyRole::Registration,
                _ => KeyRole::Credential,
            }]);
            // The one key of layout 1 signed registrations, too; it may as long as one of them lives.
            let registered = |counter: &Counter| {
                counter.expires_at > now && registrar_of(&counter.jwt).is_some_and(|own| own == kid)
            };
            if counters.iter().any(registered) {
                roles.insert(KeyRole::Registration);
            }
            keys.push(TrustedKey {
                kid,
                jwk: signer.row.key.to_jwk(),
                roles,
                x5c: signer.chain.into_iter().map(CertificateDer).collect(),
                valid_from: Some(signer.row.active_from),
                valid_until: Some(signer.row.ends_at),
                distrusted_after: signer.row.distrusted_after,
            });
        }
    }
    if ids.is_empty() {
        return Err(PublishError::NoIdentity);
    }
    if authorities.is_empty() {
        return Err(PublishError::AuthorityEnded);
    }
    let name = "Dinas Kependudukan dan Pencatatan Sipil Kota Madiun".to_owned();
    let authorities = authorities.into_iter().map(CertificateDer).collect();
    let roots = roots.into_iter().map(|root| CertificateDer(root.certificate)).collect();
    let contact = contact.cloned();
    let issuer = Issuer { ids, name, keys, authorities, roots, contact };
    let mut list = TrustList { issued_at: now, issuers: vec![issuer] };
    // What was signed below an authority that has ended leads nowhere: that is the cause, and not a strange certificate.
    leave_out_ended_chains(&mut list).map_err(|error| match error {
        PublishError::Chain(_) if has_ended => PublishError::AuthorityEnded,
        other => other,
    })?;
    Ok(list)
}

/// Leaves out the certificates of keys that sign no more where they lead nowhere any more: the key itself is listed for
/// what it signed.
fn leave_out_ended_chains(list: &mut TrustList) -> Result<(), PublishError> {
    let now = list.issued_at;
    while let Err(error) = bundle::check_chains(list) {
        let (ChainError::Certificate { name, .. } | ChainError::OtherKey { name }) = &error;
        let mut keys = list.issuers.iter_mut().flat_map(|issuer| &mut issuer.keys);
        let ended = |key: &TrustedKey| key.valid_until.is_some_and(|end| end < now);
        match keys.find(|key| key.kid == *name && ended(key) && !key.x5c.is_empty()) {
            Some(key) => key.x5c.clear(),
            None => return Err(error.into()),
        }
    }
    Ok(())
}

fn registrar_of(jwt: &str) -> Option<String> {
    jws::Compact::parse(jwt, MAX_REGISTRATION).ok()?.header.kid
}
