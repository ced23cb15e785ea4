//! Status list tokens, JWT and CWT: signed when asked for, kept until a status changes or a minute has gone by.

use std::collections::HashMap;
use std::sync::Mutex;

use absah_credential::status_list::{Bits, PreparedStatusCwt, PreparedStatusToken, StatusClaims, StatusList};
use absah_crypto::SignError;
use absah_crypto::jws::Header;
use absah_issuer_core::ports::{KeyStore, Store, StoreError};
use absah_issuer_core::status::LIST_SIZE;
use absah_types::{Seconds, Timestamp, coded};

use crate::signers::{Signer, SignerError};

/// After this a token says nothing any more.
pub const LIFE: Seconds = Seconds::days(7);
/// After this a fresh one should be fetched.
pub const TTL: Seconds = Seconds(900);
/// How long a signed token is handed out again while nothing changes.
const KEPT: Seconds = Seconds(60);

/// No token was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusTokenError {
    /// There is no such list.
    NoList,
    /// A status lies outside its list.
    List,
    /// The key does not sign.
    Sign(SignError),
    /// Nobody may sign.
    Signer(SignerError),
    /// The store does not answer.
    Store(StoreError),
}

impl core::fmt::Display for StatusTokenError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::NoList => f.write_str("no such status list"),
            Self::List => f.write_str("status outside its list"),
            Self::Sign(error) => error.fmt(f),
            Self::Signer(error) => error.fmt(f),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for StatusTokenError {}

coded! { StatusTokenError {
    NoList => ("status-list-unknown", Peer),
    List => ("status-list-damaged", Environment),
    Sign(error) => inner(error),
    Signer(error) => inner(error),
    Store(error) => inner(error),
} }

impl From<SignerError> for StatusTokenError {
    fn from(error: SignerError) -> Self {
        Self::Signer(error)
    }
}

impl From<StoreError> for StatusTokenError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Names the signer. HAIP 1.0, section 6.1: the key "MUST be included in the `x5c` JOSE header of the Token", and the
/// root stays out.
#[must_use]
pub fn header(kid: String, chain: &[Vec<u8>]) -> Header {
    Header::es256("statuslist+jwt").with_kid(kid).with_x5c(chain.to_vec())
}

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// JWT.
    Jwt,
    /// CWT.
    Cwt,
}

impl Encoding {
    /// The media type (section 8.2).
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jwt => "application/statuslist+jwt",
            Self::Cwt => "application/statuslist+cwt",
        }
    }
}

/// What a list and its claims are now.
async fn listed(
    store: &dyn Store,
    (number, uri): (u32, &str),
    now: Timestamp,
) -> Result<(StatusClaims, StatusList), StatusTokenError> {
    let mut list = StatusList::new(Bits::Two, u64::from(LIST_SIZE)).map_err(|_| StatusTokenError::List)?;
    for (index, status) in store.statuses(number).await? {
        let value = status.value().ok_or(StatusTokenError::List)?;
        list.set(u64::from(index), value).map_err(|_| StatusTokenError::List)?;
    }
    let claims = StatusClaims {
        uri: uri.to_owned(),
        issued_at: now,
        expires_at: Some(now.plus(LIFE)),
        ttl: Some(TTL),
    };
    Ok((claims, list))
}

/// Signs the token of a list as it is now, as JWT.
///
/// # Errors
/// [`StatusTokenError`].
pub async fn sign(
    store: &dyn Store,
    keys: &dyn KeyStore,
    (signer, header): (&Signer, &Header),
    place: (u32, &str),
    now: Timestamp,
) -> Result<String, StatusTokenError> {
    let (claims, list) = listed(store, place, now).await?;
    let token = PreparedStatusToken::new(header.clone(), &claims, &list);
    let signature = signer.key(keys)?.sign(token.to_be_signed()).map_err(StatusTokenError::Sign)?;
    Ok(token.attach(signature))
}

/// Signs the token of a list as it is now, as CWT: under the same key, named the same way.
///
/// # Errors
/// [`StatusTokenError`].
pub async fn sign_cwt(
    store: &dyn Store,
    keys: &dyn KeyStore,
    (signer, header): (&Signer, &Header),
    place: (u32, &str),
    now: Timestamp,
) -> Result<Vec<u8>, StatusTokenError> {
    let (claims, list) = listed(store, place, now).await?;
    let kid = header.kid.as_deref().unwrap_or_default();
    let token = PreparedStatusCwt::new(kid, header.x5c.as_deref().unwrap_or_default(), &claims, &list);
    let signature = signer.key(keys)?.sign(token.to_be_signed()).map_err(StatusTokenError::Sign)?;
    Ok(token.attach(signature))
}

/// The tokens of all lists, in the order of their numbers.
///
/// # Errors
/// [`StatusTokenError`].
pub async fn sign_all(
    store: &dyn Store,
    keys: &dyn KeyStore,
    signer: (&Signer, &Header),
    now: Timestamp,
) -> Result<Vec<String>, StatusTokenError> {
    let mut tokens = Vec::new();
    for (number, uri) in store.status_lists().await? {
        tokens.push(sign(store, keys, signer, (number, &uri), now).await?);
    }
    Ok(tokens)
}

/// Tokens that were signed a moment ago.
#[derive(Debug, Default)]
pub struct Cache(Mutex<Kept>);

/// By list and encoding: the count of changes it was signed at, when, and the token.
type Kept = HashMap<(u32, Encoding), (u64, Timestamp, Vec<u8>)>;

impl Cache {
    /// The token of a list.
    ///
    /// # Errors
    /// [`StatusTokenError`].
    pub async fn token(
        &self,
        store: &dyn Store,
        keys: &dyn KeyStore,
        signer: (&Signer, &Header),
        (number, encoding): (u32, Encoding),
        now: Timestamp,
    ) -> Result<Vec<u8>, StatusTokenError> {
        let changes = store.status_changes().await?;
        if let Some((seen, at, token)) = self.kept().get(&(number, encoding))
            && *seen == changes
            && (Seconds(0)..=KEPT).contains(&now.since(*at))
        {
            return Ok(token.clone());
        }
        let lists = store.status_lists().await?;
        let (_, uri) = lists.iter().find(|(own, _)| *own == number).ok_or(StatusTokenError::NoList)?;
        let token = match encoding {
            Encoding::Jwt => sign(store, keys, signer, (number, uri), now).await?.into_bytes(),
            Encoding::Cwt => sign_cwt(store, keys, signer, (number, uri), now).await?,
        };
        self.kept().insert((number, encoding), (changes, now, token.clone()));
        Ok(token)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
