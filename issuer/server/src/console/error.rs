//! What goes wrong at the console, and the page that says so.

use absah_issuer_core::NotEligible;
use absah_issuer_core::operator::Denied;
use absah_issuer_core::ports::StoreError;
use absah_types::{Coded, coded};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::commands::pendamping::PendampingArgsError;
use crate::paper_card::PaperCardError;
use crate::store::PendampingError;

/// Why the console does not do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsoleError {
    /// Passkeys cannot be bound to the console's address.
    Origin,
    /// The request does not come from a page of the console.
    ForeignOrigin,
    /// The form is not one of this session.
    FormToken,
    /// There is nothing here.
    Unknown,
    /// Name, passkey, password or code is wrong.
    SignIn,
    /// Too many wrong tries: wait.
    SlowDown,
    /// The invitation is unknown, used or has ended.
    Invitation,
    /// The passkey's answer proves nothing here.
    Passkey,
    /// The passkey belongs to an account already.
    PasskeyTaken,
    /// The account would have too few ways in.
    LastAuthenticators,
    /// The account has as many ways in as one may have.
    TooManyWays,
    /// Who asks has not proved an authenticator of the account lately.
    ProveFirst,
    /// Nobody else of the role could act.
    LastOfRole,
    /// Nobody else of the role could take part in inviting this one again.
    LastReinvite,
    /// A field is empty.
    Missing,
    /// A field is too long.
    TooLong,
    /// A field holds signs that cannot stand in it.
    Characters,
    /// What is looked for is neither a number nor a name with a day.
    Search,
    /// The purpose is too short.
    Purpose,
    /// The name for signing in is taken or malformed.
    Login,
    /// There is no such role.
    RoleUnknown,
    /// The password is too short or too easy.
    WeakPassword,
    /// The one-time code is wrong or was used.
    OneTimeCode,
    /// The proposal does not wait any more.
    Decided,
    /// What the proposal is about has changed.
    Changed,
    /// The public address at which phones reach the issuer is not known.
    Offer,
    /// The offer of the page is not kept any more: after a restart, at its end, or in another session.
    OfferLost,
    /// The code was scanned by more than one phone.
    ScannedTwice,
    /// The file is too large.
    File,
    /// The photograph cannot be used.
    Photo,
    /// It is too small, or far from the shape of a portrait.
    PhotoSize,
    /// Not a number of days that a registration may hold.
    Days,
    /// Nothing is suspended that could be restored.
    NothingSuspended,
}

impl ConsoleError {
    /// The HTTP status.
    fn status(self) -> StatusCode {
        match self {
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::ForeignOrigin
            | Self::FormToken
            | Self::SignIn
            | Self::Invitation
            | Self::Passkey
            | Self::ProveFirst => StatusCode::FORBIDDEN,
            Self::SlowDown => StatusCode::TOO_MANY_REQUESTS,
            Self::Decided
            | Self::Changed
            | Self::PasskeyTaken
            | Self::LastOfRole
            | Self::LastReinvite
            | Self::TooManyWays => StatusCode::CONFLICT,
            Self::OfferLost => StatusCode::GONE,
            Self::File => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Origin => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

impl core::fmt::Display for ConsoleError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Origin => "passkeys cannot be bound to the address",
            Self::ForeignOrigin => "request from another origin",
            Self::FormToken => "form token wrong",
            Self::Unknown => "nothing here",
            Self::SignIn => "sign-in refused",
            Self::SlowDown => "too many wrong tries",
            Self::Invitation => "invitation unknown, used or ended",
            Self::Passkey => "passkey proves nothing here",
            Self::PasskeyTaken => "passkey belongs to an account",
            Self::LastAuthenticators => "too few authenticators would be left",
            Self::TooManyWays => "too many authenticators",
            Self::ProveFirst => "an authenticator of the account must be proved first",
            Self::LastOfRole => "last of the role",
            Self::LastReinvite => "last of the role cannot begin anew",
            Self::Missing => "field empty",
            Self::TooLong => "field too long",
            Self::Characters => "field holds unprintable characters",
            Self::Search => "nothing to look for",
            Self::Purpose => "purpose too short",
            Self::Login => "name for signing in taken or malformed",
            Self::RoleUnknown => "no such role",
            Self::WeakPassword => "password too easy",
            Self::OneTimeCode => "one-time code wrong or used",
            Self::Decided => "proposal does not wait",
            Self::Changed => "matter of the proposal has changed",
            Self::Offer => "offer cannot be made",
            Self::OfferLost => "offer not kept any more",
            Self::ScannedTwice => "code scanned more than once",
            Self::File => "file too large",
            Self::Photo => "photograph unusable",
            Self::PhotoSize => "photograph too small or too long",
            Self::Days => "days out of range",
            Self::NothingSuspended => "nothing is suspended that could be restored",
        })
    }
}

impl core::error::Error for ConsoleError {}

coded! { ConsoleError {
    Origin => ("console-origin", Environment),
    ForeignOrigin => ("console-foreign-origin", Peer),
    FormToken => ("console-form-token", Peer),
    Unknown => ("console-unknown", User),
    SignIn => ("console-sign-in", User),
    SlowDown => ("console-slow-down", User),
    Invitation => ("console-invitation", User),
    Passkey => ("console-passkey", User),
    ProveFirst => ("console-prove-first", User),
    PasskeyTaken => ("console-passkey-taken", User),
    TooManyWays => ("console-too-many-ways", User),
    LastAuthenticators => ("console-last-authenticators", User),
    LastOfRole => ("console-last-of-role", User),
    LastReinvite => ("console-last-reinvite", User),
    Missing => ("console-missing", User),
    TooLong => ("console-too-long", User),
    Characters => ("console-characters", User),
    Search => ("console-search", User),
    Purpose => ("console-purpose", User),
    Login => ("console-login", User),
    RoleUnknown => ("console-role", User),
    WeakPassword => ("console-weak-password", User),
    OneTimeCode => ("console-one-time-code", User),
    Decided => ("console-decided", User),
    Changed => ("console-changed", User),
    Offer => ("console-offer", Environment),
    OfferLost => ("console-offer-lost", User),
    ScannedTwice => ("console-scanned-twice", User),
    File => ("console-file", User),
    Photo => ("console-photo", User),
    PhotoSize => ("console-photo-size", User),
    Days => ("console-days", User),
    NothingSuspended => ("console-nothing-suspended", User),
} }

/// Why a request is not answered as it was meant.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fail {
    /// Nobody is signed in.
    NoSession,
    Denied(Denied),
    Console(ConsoleError),
    Store(StoreError),
    Card(NotEligible),
    Paper(PaperCardError),
    Pendamping(PendampingError),
    PendampingArgs(PendampingArgsError),
}

impl Fail {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::NoSession => StatusCode::SEE_OTHER,
            Self::Denied(_) => StatusCode::FORBIDDEN,
            Self::Console(error) => error.status(),
            Self::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Pendamping(PendampingError::Busy | PendampingError::Over) => StatusCode::CONFLICT,
            Self::Pendamping(_) | Self::PendampingArgs(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Card(_) | Self::Paper(PaperCardError::NoPortrait | PaperCardError::NotEligible(_)) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Paper(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::NoSession => Denied::Again.code(),
            Self::Denied(error) => error.code(),
            Self::Console(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::Card(error) => error.code(),
            Self::Paper(error) => error.code(),
            Self::Pendamping(error) => error.code(),
            Self::PendampingArgs(error) => error.code(),
        }
    }
}

impl From<PendampingError> for Fail {
    fn from(error: PendampingError) -> Self {
        Self::Pendamping(error)
    }
}

impl From<PendampingArgsError> for Fail {
    fn from(error: PendampingArgsError) -> Self {
        Self::PendampingArgs(error)
    }
}

impl From<Denied> for Fail {
    fn from(error: Denied) -> Self {
        Self::Denied(error)
    }
}

impl From<ConsoleError> for Fail {
    fn from(error: ConsoleError) -> Self {
        Self::Console(error)
    }
}

impl From<StoreError> for Fail {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<NotEligible> for Fail {
    fn from(error: NotEligible) -> Self {
        Self::Card(error)
    }
}

impl From<PaperCardError> for Fail {
    fn from(error: PaperCardError) -> Self {
        Self::Paper(error)
    }
}

/// The page is made outside, where the language is known.
impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
