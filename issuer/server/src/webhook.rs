//! Alerts told outside, as Standard Webhooks 1.0 writes it: signed, at least once, again and again until they are taken.
//!
//! Each alert is told for itself: one that the hub refuses waits longer and longer, is given up after [`MOST_REFUSALS`], and
//! keeps none behind it waiting. Where the hub is not reached, none of them can be told, and none is given up.
//!
//! The receiver keeps the `webhook-id` of what it has taken and refuses times more than five minutes off: so nobody replays a
//! message, and one that came twice counts once.

use std::sync::Arc;
use std::time::Duration;

use absah_crypto::hmac_sha256;
use absah_fetch::{Addresses, FetchError, Fetcher, Limits, Request};
use absah_issuer_core::ports::{KeyStore, SecretRole, StoreError};
use absah_types::{Clock, Coded as _, HttpsUrl, Lang, Seconds, Secret, Timestamp};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::store::{Alert, SqliteStore};

/// How often the outbox is looked at.
const LOOK: Duration = Duration::from_secs(2);
/// Messages of one round.
const MOST: u32 = 20;
/// Between the first try and the second; each further pause is four times as long.
const PAUSE: Seconds = Seconds(5);
/// The longest pause.
const MOST_PAUSE: Seconds = Seconds::hours(6);
/// The longest pause of all of them, where the hub is not reached.
const MOST_AWAY: Seconds = Seconds::minutes(5);
/// An alert that the hub has refused so often, over nearly three days, is told no more.
pub const MOST_REFUSALS: u32 = 18;

/// What the receiver checks signatures with: made anew from the webhook's id, kept nowhere.
pub(crate) fn secret(keys: &dyn KeyStore, id: &[u8; 16]) -> Secret<[u8; 32]> {
    let key = keys.secret(SecretRole::Webhooks);
    Secret::new(hmac_sha256(key.expose(), &[b"absah-webhook-v1\0".as_slice(), id].concat()))
}

/// The secret as receivers take it: `whsec_` and standard base64.
pub(crate) fn secret_text(secret: &Secret<[u8; 32]>) -> Secret<String> {
    Secret::new(format!("whsec_{}", STANDARD.encode(secret.expose())))
}

/// "msg_id.timestamp.payload", HMAC-SHA-256, standard base64, version in front.
fn signature(secret: &Secret<[u8; 32]>, id: &str, at: Timestamp, body: &[u8]) -> String {
    let signed = [id.as_bytes(), b".", at.unix().to_string().as_bytes(), b".", body].concat();
    format!("v1,{}", STANDARD.encode(hmac_sha256(secret.expose(), &signed)))
}

/// What a rule says, without what somebody typed.
pub(crate) fn sentence(lang: Lang, rule: &str) -> Option<String> {
    let reason = absah_schemas::text(lang, &format!("console-alert-{rule}"))?;
    // What announces those words goes with them.
    Some(match reason.rsplit_once(". ") {
        Some((sentence, rest)) if rest.ends_with(':') => format!("{sentence}."),
        _ => reason,
    })
}

/// Of nobody but the officer's number: the words of an alert that somebody typed stay inside.
fn body(alert: &Alert) -> Vec<u8> {
    let reason = sentence(Lang::Id, &alert.rule);
    let body = json!({
        "type": "alert",
        "timestamp": alert.at.to_string(),
        "data": { "number": alert.id, "rule": alert.rule, "operator": alert.operator, "reason": reason },
    });
    body.to_string().into_bytes()
}

/// How long to wait after so many tries in vain.
fn pause(tries: u32) -> Seconds {
    Seconds(PAUSE.0.saturating_mul(4_i64.saturating_pow(tries)).min(MOST_PAUSE.0))
}

/// A client for these messages: no redirect is followed, and no address inside is reached.
///
/// # Errors
/// [`FetchError`].
pub fn fetcher(dev_loopback: bool) -> Result<Fetcher, FetchError> {
    Fetcher::new(limits(), if dev_loopback { Addresses::DevLoopback } else { Addresses::PublicOnly })
}

/// The same for a hub on the city's own network: this host and no other, still over TLS, and neither this machine nor what
/// answers only on the wire itself.
///
/// # Errors
/// [`FetchError`].
pub fn private_fetcher(url: &HttpsUrl) -> Result<Fetcher, FetchError> {
    Fetcher::private(limits(), url)
}

fn limits() -> Limits {
    Limits { total: Duration::from_secs(15), connect: Duration::from_secs(5), body: 4096, redirects: 0 }
}

/// Tells what waits and may be tried now, until the hub is not reached: how many were taken.
///
/// # Errors
/// [`StoreError`].
pub async fn tell(
    store: &SqliteStore,
    keys: &dyn KeyStore,
    fetcher: &Fetcher,
    now: Timestamp,
) -> Result<u32, StoreError> {
    let Some(webhook) = store.webhook().await? else { return Ok(0) };
    if now < webhook.next_at {
        return Ok(0);
    }
    let secret = secret(keys, &webhook.id);
    let (mut told, mut reached) = (0, false);
    let own = if webhook.private {
        let url = HttpsUrl::parse_dev(&webhook.url).map_err(|_| StoreError::Damaged)?;
        private_fetcher(&url).ok()
    } else {
        None
    };
    let fetcher = own.as_ref().unwrap_or(fetcher);
    for alert in store.untold(now, MOST).await? {
        match send(fetcher, &webhook.url, &secret, &alert, now).await {
            Ok(()) => {
                reached = true;
                store.alert_told(alert.id, now).await?;
                told += 1;
            }
            Err(Vain::Refused(fault)) => {
                reached = true;
                let refusals = store.refusals_of(alert.id).await?;
                let next = now.plus(pause(refusals));
                let next = (refusals.saturating_add(1) < MOST_REFUSALS).then_some(next);
                store.alert_failed(alert.id, (fault, true), next, now).await?;
            }
            Err(Vain::Away(fault)) => {
                store.alert_failed(alert.id, (fault.clone(), false), Some(now), now).await?;
                // Of a hub that has just answered, only this one was not heard.
                let tries = if reached { 0 } else { webhook.tries };
                let next = now.plus(Seconds(pause(tries).0.min(MOST_AWAY.0)));
                if reached {
                    store.webhook_told(None).await?;
                }
                store.webhook_told(Some((fault, next))).await?;
                return Ok(told);
            }
        }
    }
    if reached && webhook.fault.is_some() {
        store.webhook_told(None).await?;
    }
    Ok(told)
}

/// Why an alert was not taken: our code, or `status-NNN`.
enum Vain {
    /// The hub was not reached.
    Away(String),
    /// It was, and did not take this one.
    Refused(String),
}

impl From<FetchError> for Vain {
    fn from(error: FetchError) -> Self {
        let code = error.code().to_owned();
        match error {
            FetchError::TooLarge { .. } | FetchError::Redirect | FetchError::Answer => Self::Refused(code),
            _ => Self::Away(code),
        }
    }
}

async fn send(
    fetcher: &Fetcher,
    url: &str,
    secret: &Secret<[u8; 32]>,
    alert: &Alert,
    now: Timestamp,
) -> Result<(), Vain> {
    // What may be reached, the fetcher says.
    let url = HttpsUrl::parse_dev(url).map_err(|error| Vain::Away(error.code().to_owned()))?;
    let (id, body) = (format!("alert-{}", alert.id), body(alert));
    let signature = signature(secret, &id, now, &body);
    let request = Request::post(&url, "application/json", body)
        .header("webhook-id", &id)
        .and_then(|request| request.header("webhook-timestamp", &now.unix().to_string()))
        .and_then(|request| request.header("webhook-signature", &signature))?;
    let answer = fetcher.send(request).await?;
    match answer.status {
        200..300 => Ok(()),
        status => Err(Vain::Refused(format!("status-{status}"))),
    }
}

/// Tells alerts for as long as the server runs.
pub(crate) async fn run(
    store: Arc<SqliteStore>,
    keys: Arc<dyn KeyStore>,
    clock: Arc<dyn Clock + Send + Sync>,
    dev_loopback: bool,
) {
    let Ok(fetcher) = fetcher(dev_loopback) else { return };
    loop {
        tokio::time::sleep(LOOK).await;
        // What cannot be read now can be in a moment.
        let _ = tell(&store, keys.as_ref(), &fetcher, clock.now()).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_as_the_standard_says() {
        // The example of the specification's libraries.
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = b"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}";
        let expected = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(STANDARD.encode(hmac_sha256(&key, signed)), expected);
        let secret = Secret::new([7; 32]);
        let at = Timestamp::from_unix(1_614_265_330);
        let own = signature(&secret, "alert-1", at, b"{}");
        assert_eq!(own, format!("v1,{}", STANDARD.encode(hmac_sha256(&[7; 32], b"alert-1.1614265330.{}"))));
        assert!(secret_text(&secret).expose().starts_with("whsec_"));
    }

    #[test]
    fn pauses_grow_and_end() {
        let pauses: Vec<i64> = (0..8).map(|tries| pause(tries).0).collect();
        assert_eq!(pauses, [5, 20, 80, 320, 1280, 5120, 20480, 21600]);
        assert_eq!(pause(u32::MAX), MOST_PAUSE);
    }
}
