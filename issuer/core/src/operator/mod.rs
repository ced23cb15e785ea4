//! Operators of the console: who may do what, and which acts need two people.
//!
//! ```text
//! request ─► standing (role, assurance, authenticators, age of the sign-in) ─► permit ─► act
//!                                                                    │
//!                                           the table of [`roles`] ──┘   acts of two people: [`four_eyes`]
//! ```
//!
//! [`permit`] is the one place that says yes. Nothing else compares roles.

pub mod alerts;
pub mod four_eyes;
pub mod roles;
pub mod slow_down;

use absah_types::{Seconds, coded};

pub use four_eyes::{Body, Decision};
pub use roles::{Action, Role};

/// A sign-in counts for so long; then everybody proves themselves again.
pub const SIGN_IN_LIFE: Seconds = Seconds::hours(12);
/// An account with fewer ways in than these can only add another.
pub const LEAST_AUTHENTICATORS: u32 = 2;

/// How somebody proved to be this operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Assurance {
    /// By a single-use invitation: only to add the first authenticators.
    Invitation,
    /// By password and one-time code: no person's data.
    Fallback,
    /// By a passkey with user verification.
    Passkey,
}

impl Assurance {
    /// All of them, the weakest first.
    pub const ALL: [Self; 3] = [Self::Invitation, Self::Fallback, Self::Passkey];

    /// Its name in the records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Fallback => "fallback",
            Self::Passkey => "passkey",
        }
    }

    /// The assurance of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|assurance| assurance.as_str() == name)
    }
}

/// What is known of whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Their role.
    pub role: Role,
    /// Whether the account is in use.
    pub active: bool,
    /// How they signed in.
    pub assurance: Assurance,
    /// How many ways in the account has: passkeys, and password with one-time code as one.
    pub authenticators: u32,
    /// How long ago they signed in.
    pub age: Seconds,
}

/// Why somebody may not do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Denied {
    /// The account is no longer in use.
    Disabled,
    /// The sign-in is too old.
    Again,
    /// The account has too few authenticators to do anything but add one.
    EnrolFirst,
    /// Not without a passkey.
    Passkey,
    /// Not in this role.
    Role,
    /// Nobody decides what they have proposed themselves.
    OwnProposal,
    /// Nobody decides about their own account.
    Concerned,
}

impl core::fmt::Display for Denied {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Disabled => "account is disabled",
            Self::Again => "sign-in is too old",
            Self::EnrolFirst => "account needs another authenticator first",
            Self::Passkey => "a passkey is needed",
            Self::Role => "role does not allow it",
            Self::OwnProposal => "own proposal",
            Self::Concerned => "own account",
        })
    }
}

impl core::error::Error for Denied {}

coded! { Denied {
    Disabled => ("operator-disabled", User),
    Again => ("operator-sign-in-again", User),
    EnrolFirst => ("operator-enrol-first", User),
    Passkey => ("operator-needs-passkey", User),
    Role => ("operator-role", User),
    OwnProposal => ("operator-own-proposal", User),
    Concerned => ("operator-concerned", User),
} }

/// Whether somebody may do something: the one choke point.
///
/// # Errors
/// [`Denied`], for the first rule that says no.
pub fn permit(who: &Standing, action: Action) -> Result<(), Denied> {
    if !who.active {
        return Err(Denied::Disabled);
    }
    if who.age > SIGN_IN_LIFE {
        return Err(Denied::Again);
    }
    let needs = action.assurance();
    match (who.assurance, needs) {
        (Assurance::Passkey, _) | (Assurance::Fallback, Assurance::Fallback) => {}
        // "adding … an authenticator needs an existing passkey or a second admin's single-use invitation"
        (Assurance::Invitation, _) if action == Action::AddAuthenticator || action == Action::OwnAccount => {}
        (Assurance::Invitation, _) => return Err(Denied::EnrolFirst),
        (Assurance::Fallback, _) => return Err(Denied::Passkey),
    }
    // "under two authenticators an account can only enrol"
    let is_enrolling = matches!(action, Action::AddAuthenticator | Action::SetFallback | Action::OwnAccount);
    if who.authenticators < LEAST_AUTHENTICATORS && !is_enrolling {
        return Err(Denied::EnrolFirst);
    }
    if action.roles().contains(&who.role) { Ok(()) } else { Err(Denied::Role) }
}

#[cfg(test)]
mod tests;
