//! A request that waits for its answer: all that judging the answer will need.

use absah_crypto::hpke::RecipientKey;
use absah_crypto::{PrivateKey, Signature, sha256};
use absah_protocol::dcql::Query;
use absah_protocol::oid4vp::flow_a::TAG_LENGTH;
use absah_protocol::oid4vp::request::{Prepared, SignedRequest};
use absah_trust::{Policy, Service};
use absah_types::{Seconds, Secret, Timestamp, base64url};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A request that was made and not yet answered.
#[derive(Debug)]
pub struct Pending {
    /// The Request Object.
    pub jar: String,
    /// `nonce` that the key binding must repeat.
    pub nonce: String,
    /// `client_id`: the `aud` that the key binding must have.
    pub client_id: String,
    /// What is asked, as the wallet reads it.
    pub query: Query,
    /// What is asked, as the counter means it.
    pub service: Service,
    /// When it was made, by the counter's own clock.
    pub made_at: Timestamp,
    /// The key that opens an answer by QR; none online.
    pub recipient: Option<RecipientKey>,
    /// The key that opens an encrypted answer over HTTPS; none when it comes in the open.
    pub response_key: Option<PrivateKey>,
    /// `state` of an answer over HTTPS.
    pub state: Option<String>,
}

/// What a wallet that posts its nonce gets.
#[derive(Debug)]
pub enum ForWallet {
    /// The request as it was made for this nonce before: a lost reply is asked for again.
    Again,
    /// The request for this nonce, to be signed.
    Sign(Box<Prepared>),
    /// Another wallet has it.
    Taken,
}

/// Where a request stands when an answer to it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It waits.
    Open,
    /// An answer was accepted before.
    Used,
    /// Its time is over.
    Over,
}

/// A pending request cannot be read back: a damaged store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PendingError;

impl core::fmt::Display for PendingError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("pending request malformed")
    }
}

impl core::error::Error for PendingError {}

impl absah_types::Coded for PendingError {
    fn code(&self) -> &'static str {
        "pending-malformed"
    }

    fn fault(&self) -> absah_types::Fault {
        absah_types::Fault::Environment
    }
}

impl PendingError {
    /// The code.
    pub const CODES: &'static [&'static str] = &["pending-malformed"];
}

/// As it is stored (sealed by the shell: it holds the key that opens the answer).
#[derive(Serialize, Deserialize)]
struct Stored {
    v: u32,
    jar: String,
    nonce: String,
    client_id: String,
    query: Value,
    service: Service,
    made_at: Timestamp,
    recipient: Option<String>,
    #[serde(default)]
    response_key: Option<String>,
    state: Option<String>,
}

impl Pending {
    /// SHA-256 of the Request Object.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        sha256(self.jar.as_bytes())
    }

    /// The first bytes of the hash: how an answer by QR names its request.
    #[must_use]
    pub fn tag(&self) -> [u8; TAG_LENGTH] {
        tag_of(&self.hash())
    }

    /// The request for the wallet that posted `wallet_nonce` for it; from then on it is that wallet's alone, so that who
    /// photographs the code afterwards gets nothing.
    ///
    /// # Errors
    /// [`PendingError`] for a request that is none of ours.
    pub fn for_wallet(&self, wallet_nonce: &str) -> Result<ForWallet, PendingError> {
        match self.wallet_nonce() {
            Some(known) if known == wallet_nonce => Ok(ForWallet::Again),
            Some(_) => Ok(ForWallet::Taken),
            None => {
                let prepared = SignedRequest::for_wallet(&self.jar, wallet_nonce).ok_or(PendingError)?;
                Ok(ForWallet::Sign(Box::new(prepared)))
            }
        }
    }

    /// The nonce of the wallet that the request was made for, if it was.
    #[must_use]
    pub fn wallet_nonce(&self) -> Option<String> {
        SignedRequest::wallet_nonce(&self.jar)
    }

    /// Takes over the request for one wallet.
    pub fn take_over(&mut self, prepared: Prepared, signature: Signature) {
        let signed = prepared.attach(signature);
        (self.jar, self.nonce) = (signed.jar, signed.nonce);
    }

    /// For how long it has been waiting at `now`; negative after the clock was set back.
    #[must_use]
    pub fn waited(&self, now: Timestamp) -> Seconds {
        now.since(self.made_at)
    }

    /// To be sealed and kept.
    #[must_use]
    pub fn to_bytes(&self) -> Secret<Vec<u8>> {
        let stored = Stored {
            v: 1,
            jar: self.jar.clone(),
            nonce: self.nonce.clone(),
            client_id: self.client_id.clone(),
            query: self.query.to_value(),
            service: self.service.clone(),
            made_at: self.made_at,
            recipient: self.recipient.as_ref().map(|key| base64url::encode(key.to_bytes().expose())),
            response_key: self.response_key.as_ref().map(|key| base64url::encode(key.to_bytes().expose())),
            state: self.state.clone(),
        };
        // Text, integers, lists: always JSON.
        Secret::new(serde_json::to_vec(&stored).unwrap_or_default())
    }

    /// Reads [`Pending::to_bytes`] back.
    ///
    /// # Errors
    /// [`PendingError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PendingError> {
        let stored: Stored = serde_json::from_slice(bytes).map_err(|_| PendingError)?;
        let recipient = match &stored.recipient {
            None => None,
            Some(text) => {
                let scalar = Secret::new(base64url::decode_array::<32>(text).map_err(|_| PendingError)?);
                Some(RecipientKey::from_bytes(&scalar))
            }
        };
        let response_key = match &stored.response_key {
            None => None,
            Some(text) => {
                let scalar = Secret::new(base64url::decode_array::<32>(text).map_err(|_| PendingError)?);
                Some(PrivateKey::from_bytes(&scalar).map_err(|_| PendingError)?)
            }
        };
        if stored.v != 1 {
            return Err(PendingError);
        }
        Ok(Self {
            query: Query::parse(&stored.query).map_err(|_| PendingError)?,
            jar: stored.jar,
            nonce: stored.nonce,
            client_id: stored.client_id,
            service: stored.service,
            made_at: stored.made_at,
            recipient,
            response_key,
            state: stored.state,
        })
    }
}

/// The tag of a request hash.
#[must_use]
pub fn tag_of(hash: &[u8; 32]) -> [u8; TAG_LENGTH] {
    let mut tag = [0; TAG_LENGTH];
    for (to, from) in tag.iter_mut().zip(hash) {
        *to = *from;
    }
    tag
}

/// Where a request made at `made_at` stands. Used comes before over: a replay is told as one however late it
/// comes.
///
/// A clock that was set back to before the request judges nothing: its time is over. `lived` is how long it has waited by
/// the monotonic clock of the process that made it, where that is this one: who sets the wall clock back makes no request
/// live longer.
#[must_use]
pub fn stage(
    made_at: Timestamp,
    lived: Option<Seconds>,
    used: bool,
    policy: &Policy,
    now: Timestamp,
) -> Stage {
    let waited = now.since(made_at);
    let longest = lived.map_or(waited, |lived| lived.max(waited));
    match used {
        true => Stage::Used,
        false if waited < Seconds(0) || longest > policy.answer_life => Stage::Over,
        false => Stage::Open,
    }
}
