//! What the core needs from its shell, as data: the shell does it and answers with the next [`Intent`](crate::Intent).

use absah_protocol::oid4vci::holder;
use absah_types::{Secret, Timestamp};

use crate::{
    keys::{KeyId, Signing},
    prompt::Prompt,
};

/// One thing for the shell to do. Effects of one step are done in order; when one fails, the rest is dropped,
/// so that nothing is shown as done that was not kept.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Ask the network; answered by [`Intent::Fetched`](crate::Intent::Fetched).
    Fetch(Fetch),
    /// Make this many key pairs; answered by [`Intent::KeysMade`](crate::Intent::KeysMade). When the
    /// core [persists](Self::Persist), keys that [no card uses](crate::Wallet::keys_in_use) may go.
    NewKeys {
        /// How many.
        n: usize,
    },
    /// Sign; answered by [`Intent::Signed`](crate::Intent::Signed).
    Sign(Vec<Signing>),
    /// Forget keys that nothing refers to any more.
    DropKeys(Vec<KeyId>),
    /// Keep [`Wallet::holdings`](crate::Wallet::holdings) durably before doing what follows.
    Persist,
    /// Show facts to decide on, or a result.
    Show(Box<Prompt>),
}

/// One HTTP exchange. Redirects are never followed; the shell refuses private addresses and enforces `limit`.
#[derive(Clone)]
pub struct Fetch {
    /// Address.
    pub url: String,
    /// What is sent.
    pub body: Body,
    /// Bearer token for `Authorization`.
    pub bearer: Option<Secret<String>>,
    /// Value of the header `DPoP`; the token then goes by the scheme `DPoP` instead of `Bearer`.
    pub dpop: Option<String>,
    /// Value of `Accept`.
    pub accept: &'static str,
    /// Most bytes of an answer.
    pub limit: usize,
}

impl Fetch {
    /// A request for JSON without a token.
    pub(crate) fn post(url: String, body: Body, limit: usize) -> Self {
        Self { url, body, bearer: None, dpop: None, accept: "application/json", limit }
    }
}

/// Request body; decides the method.
#[derive(Clone)]
pub enum Body {
    /// `GET`.
    None,
    /// `POST` of nothing.
    Empty,
    /// `POST` of `application/x-www-form-urlencoded`, already encoded.
    Form(Secret<String>),
    /// `POST` of `application/json`.
    Json(String),
    /// `POST` of `application/jwt`: encrypted.
    Jwt(String),
}

impl From<holder::Fetch> for Fetch {
    fn from(fetch: holder::Fetch) -> Self {
        let body = match fetch.method {
            holder::Method::Get => Body::None,
            holder::Method::Post(holder::Body::Empty) => Body::Empty,
            holder::Method::Post(holder::Body::Form(form)) => Body::Form(form),
            holder::Method::Post(holder::Body::Json(json)) => Body::Json(json),
            holder::Method::Post(holder::Body::Jwt(jwe)) => Body::Jwt(jwe),
        };
        let url = fetch.url.as_str().to_owned();
        Self {
            url,
            body,
            bearer: fetch.bearer,
            dpop: fetch.dpop,
            accept: "application/json",
            limit: fetch.limit,
        }
    }
}

/// An answer from the network, whatever its status.
#[derive(Clone, PartialEq, Eq)]
pub struct Fetched {
    /// HTTP status.
    pub status: u16,
    /// Media type without parameters, lower case; empty when none was given.
    pub media_type: String,
    /// Body, at most the limit asked for.
    pub body: Vec<u8>,
    /// Value of the header `DPoP-Nonce`.
    pub dpop_nonce: Option<String>,
    /// What time it was for whoever answered, by the header `Date`; a browser tells a page nothing of it.
    pub date: Option<Timestamp>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchFailure {
    /// No connection, or it broke.
    Unreachable,
    /// The address is not one a wallet may ask: private, loopback, not `https`.
    ForbiddenAddress,
    /// The other side wanted to send us elsewhere.
    Redirected,
    /// More bytes than allowed.
    TooLarge,
    /// Too slow.
    TimedOut,
    /// No valid HTTP, or cut off.
    Unreadable,
}

impl std::fmt::Debug for Fetch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fetch({})", self.url)
    }
}

impl std::fmt::Debug for Fetched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fetched({}, {} bytes)", self.status, self.body.len())
    }
}
