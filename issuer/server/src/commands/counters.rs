//! A registration as it is made, whoever asked for it: a command or two people at the console.

use absah_crypto::{Jwk, PublicKey, jws};
use absah_host::Failure;
use absah_issuer_core::ports::{KeyRole, KeyStore};
use absah_trust::registration::{MAX_BYTES, MAX_LIFE};
use absah_trust::{Registration, Service};
use absah_types::{HttpsUrl, Rng, Seconds, Timestamp, array, base64url};
use serde::Deserialize;

use super::CounterError;
use crate::identity::kid;
use crate::store::{Counter, SqliteStore};
use crate::{certificates, signers};

/// What is to be registered.
pub(crate) struct Order {
    pub(crate) key: PublicKey,
    pub(crate) counter_id: String,
    pub(crate) agency: String,
    pub(crate) place: String,
    pub(crate) services: Vec<Service>,
    pub(crate) days: i64,
}

/// The whole answer of `init`, or the key alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum AccessKey {
    Init { counter_id: Option<String>, access_key: Jwk },
    Key(Jwk),
}

/// The key of a counter and its id, out of what `absah-verifier init --json` printed or a JWK.
pub(crate) fn access_key(bytes: &[u8]) -> Result<(PublicKey, String), CounterError> {
    let (key, id) = match serde_json::from_slice(bytes).map_err(|_| CounterError::AccessKey)? {
        AccessKey::Init { counter_id, access_key } => (access_key, counter_id),
        AccessKey::Key(key) => (key, None),
    };
    let key = PublicKey::from_jwk(&key).map_err(|_| CounterError::AccessKey)?;
    let thumbprint = base64url::encode(key.thumbprint());
    let id = id.unwrap_or_else(|| format!("loket-{}", thumbprint.get(..12).unwrap_or_default()));
    Ok((key, id))
}

/// Signs a registration: what is kept of it, and the ids of those whose place it takes.
pub(crate) async fn make(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    url: &HttpsUrl,
    order: Order,
    now: Timestamp,
    rng: &mut dyn Rng,
) -> Result<(Counter, Vec<String>), Failure> {
    let end = now.plus(Seconds::days(order.days).min(MAX_LIFE));
    let Order { key, counter_id, agency, place, services, .. } = order;
    let registration = Registration {
        issuer: url.as_str().trim_end_matches('/').to_owned(),
        id: base64url::encode(array::<16>(rng)),
        counter_id: counter_id.clone(),
        agency,
        place,
        spki_sha256: key.spki_sha256(),
        issued_at: now,
        expires_at: end,
        services,
    };
    let signers = signers::certify(store, keys, url, now, rng).await?;
    let signer = signers.in_force(KeyRole::Registration, now)?;
    let prepared = registration.prepare(&kid(url, &signer.row.key_id))?;
    let jwt = prepared.sign(signer.key(keys)?)?;
    let (authority, _) = certificates::authority(&store.chain().await?, keys, now)?;
    let certificate = certificates::counter(authority, &key, &counter_id, (now, end), rng)?;
    let superseded = superseded_by(&registration, &store.counters().await?, now);
    let registration_id = registration.id;
    let (registered_at, expires_at, withdrawn_at) = (now, end, None);
    let counter =
        Counter { registration_id, counter_id, jwt, certificate, registered_at, expires_at, withdrawn_at };
    Ok((counter, superseded))
}

/// The registrations in force of the same key for one of the same services: the new one takes their place.
fn superseded_by(new: &Registration, counters: &[Counter], now: Timestamp) -> Vec<String> {
    let in_force = counters.iter().filter(|old| old.withdrawn_at.is_none() && old.expires_at > now);
    let is_replaced = |old: &&Counter| {
        registration(&old.jwt).is_some_and(|old| {
            let mut services = old.services.iter();
            old.spki_sha256 == new.spki_sha256
                && services.any(|service| new.services.iter().any(|one| one.id == service.id))
        })
    };
    in_force.filter(is_replaced).map(|old| old.registration_id.clone()).collect()
}

/// What a registration says. It is our own signature, kept in our own records.
pub(crate) fn registration(jwt: &str) -> Option<Registration> {
    jws::Compact::parse(jwt, MAX_BYTES).ok()?.claims().ok()
}
