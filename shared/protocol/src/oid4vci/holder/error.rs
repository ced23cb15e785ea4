//! Why receiving stops.

use absah_crypto::jwe::JweError;
use absah_types::{UrlError, coded};

use crate::oauth::OAuthError;
use crate::oid4vci::OfferError;

/// Why receiving stopped, or asks again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReceiveError {
    /// The link or the offer cannot be used.
    Offer(OfferError),
    /// The server answered with this HTTP status and no OAuth error.
    Status {
        /// HTTP status code.
        status: u16,
    },
    /// The offer is not at its address any more: it was used, or its time is over.
    OfferGone,
    /// The offer has no grant that this wallet can use.
    NoGrant,
    /// The answer is larger than its limit.
    TooLarge,
    /// The answer is not the JSON that this step expects.
    Malformed,
    /// The metadata is that of another issuer.
    OtherIssuer,
    /// The offer names an authorisation server that the issuer does not.
    UnknownServer,
    /// An endpoint is no acceptable URL.
    Url(UrlError),
    /// The offer names a configuration that the metadata does not have.
    UnknownConfiguration,
    /// Nothing in the offer has a format, binding and proof type that this wallet has.
    NothingUsable,
    /// The issuer insists on encrypted requests or responses.
    EncryptionRequired,
    /// The typed code cannot be the transaction code; ask again.
    TxCodeForm,
    /// The issuer refused the codes: the transaction code is wrong (ask again), or the offer is dead.
    Grant,
    /// The right to renew has ended: by time, or because the card was withdrawn.
    RenewalEnded,
    /// What came back from the log-in is not its answer: other state, other issuer, or no code.
    LogIn,
    /// The access token is of an unknown type.
    TokenType,
    /// The issuer refused with this OAuth error.
    Refused(OAuthError),
    /// The issuer defers the credential and names no place where it can be had later.
    Deferred,
    /// The issuer wants to be asked again only after longer than anybody waits.
    Interval,
    /// What was to come later is answered under another transaction.
    OtherTransaction,
    /// What was to come later is not there: fetched before, or never promised.
    TransactionGone,
    /// Somebody has decided that the credential is not issued.
    Withheld,
    /// The right to wait has ended.
    WaitEnded,
    /// The answer was to be encrypted and is not.
    NotEncrypted,
    /// The answer is encrypted to another key than the one named.
    EncryptionKey,
    /// The encrypted answer does not open.
    Jwe(JweError),
    /// No credentials, or more than keys.
    WrongCount,
    /// The step was not due: a fault of the program.
    OutOfOrder,
}

impl std::fmt::Display for ReceiveError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Offer(inner) => inner.fmt(f),
            Self::Status { status } => write!(f, "issuer answered with http status {status}"),
            Self::OfferGone => f.write_str("offer used or ended"),
            Self::NoGrant => f.write_str("offer without a grant that this wallet can use"),
            Self::TooLarge => f.write_str("issuer's answer too large"),
            Self::Malformed => f.write_str("issuer's answer malformed"),
            Self::UnknownServer => f.write_str("offer names an unknown authorisation server"),
            Self::OtherIssuer => f.write_str("metadata of another issuer"),
            Self::Url(inner) => inner.fmt(f),
            Self::UnknownConfiguration => f.write_str("offer names an unknown configuration"),
            Self::NothingUsable => f.write_str("nothing offered that this wallet can hold"),
            Self::EncryptionRequired => f.write_str("issuer requires encryption"),
            Self::TxCodeForm => f.write_str("typed code cannot be the transaction code"),
            Self::Grant => f.write_str("issuer refused the codes"),
            Self::RenewalEnded => f.write_str("the right to renew has ended"),
            Self::LogIn => f.write_str("not the answer to this log-in"),
            Self::TokenType => f.write_str("access token of an unknown type"),
            Self::Refused(error) => write!(f, "issuer refused: {}", error.as_str()),
            Self::Deferred => f.write_str("issuer defers the credential and names no place to fetch it"),
            Self::Interval => f.write_str("issuer defers the credential for too long"),
            Self::OtherTransaction => f.write_str("issuer answers under another transaction"),
            Self::TransactionGone => f.write_str("deferred credential not there"),
            Self::Withheld => f.write_str("issuer withholds the credential"),
            Self::WaitEnded => f.write_str("the right to wait for the credential has ended"),
            Self::NotEncrypted => f.write_str("issuer's answer is not encrypted as asked"),
            Self::EncryptionKey => f.write_str("issuer's answer is encrypted to another key"),
            Self::Jwe(inner) => inner.fmt(f),
            Self::WrongCount => f.write_str("unexpected number of credentials"),
            Self::OutOfOrder => f.write_str("step was not due"),
        }
    }
}

impl std::error::Error for ReceiveError {}

coded! { ReceiveError {
    Offer(e) => inner(e),
    Status{..} => ("receive-status", Peer),
    OfferGone => ("offer-used-or-ended", User),
    NoGrant => ("offer-no-grant", Peer),
    TooLarge => ("receive-too-large", Peer),
    Malformed => ("receive-malformed", Peer),
    OtherIssuer => ("receive-other-issuer", Peer),
    UnknownServer => ("receive-unknown-server", Peer),
    Url(e) => inner(e),
    UnknownConfiguration => ("receive-unknown-configuration", Peer),
    NothingUsable => ("receive-nothing-usable", Peer),
    EncryptionRequired => ("receive-encryption-required", Peer),
    TxCodeForm => ("receive-tx-code-form", User),
    Grant => ("receive-grant-refused", User),
    RenewalEnded => ("receive-renewal-ended", User),
    LogIn => ("receive-log-in", Peer),
    TokenType => ("receive-token-type", Peer),
    Refused(_) => ("receive-refused", Peer),
    Deferred => ("receive-deferred", Peer),
    Interval => ("receive-deferred-interval", Peer),
    OtherTransaction => ("receive-deferred-other", Peer),
    TransactionGone => ("receive-deferred-gone", Peer),
    Withheld => ("receive-deferred-refused", User),
    WaitEnded => ("receive-deferred-ended", User),
    NotEncrypted => ("receive-not-encrypted", Peer),
    EncryptionKey => ("receive-encryption-key", Peer),
    Jwe(e) => inner(e),
    WrongCount => ("receive-wrong-count", Peer),
    OutOfOrder => ("receive-out-of-order", Bug),
} }

impl From<OfferError> for ReceiveError {
    fn from(error: OfferError) -> Self {
        Self::Offer(error)
    }
}

impl ReceiveError {
    /// Whether waiting for a deferred credential has come to its end by this.
    #[must_use]
    pub const fn ends_waiting(&self) -> bool {
        matches!(self, Self::TransactionGone | Self::Withheld | Self::WaitEnded)
    }
}
