//! The table: which role may do what, and how surely it must have signed in.

use super::Assurance;

/// What somebody is at the office. Each operator has exactly one, so that two roles are two people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Serves citizens: finds the record, issues, proposes changes.
    Pendaftar,
    /// Agrees to or refuses what others propose, and proposes nothing.
    Penyetuju,
    /// Sees what was done, by whom and why; changes nothing.
    Auditor,
    /// Looks after operators and counters; sees no person's data.
    Admin,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Pendaftar, Self::Penyetuju, Self::Auditor, Self::Admin];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pendaftar => "pendaftar",
            Self::Penyetuju => "penyetuju",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// Something that an operator can want to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// See the own account and its sessions, end them.
    OwnAccount,
    /// Add a passkey.
    AddAuthenticator,
    /// Set password and one-time code. Not by an invitation: whoever has seen one could leave a way in that nobody sees.
    SetFallback,
    /// Take an authenticator away from the own account.
    RemoveAuthenticator,
    /// Look for a person.
    SearchPeople,
    /// See a person's record.
    ViewPerson,
    /// Offer a card to somebody who is here.
    OfferCard,
    /// Suspend all cards of somebody who lost the phone: at once, for waiting does harm.
    SuspendLost,
    /// Propose a change of status.
    ProposeStatus,
    /// Take in an extract of the register.
    Import,
    /// See imports and their reports.
    ViewImports,
    /// See what waits for a decision, and what was decided.
    ViewApprovals,
    /// Agree to a proposal of somebody else, or refuse it.
    Decide,
    /// See counters and their registrations.
    ViewCounters,
    /// Propose to withdraw a counter's registration.
    ProposeCounter,
    /// See registered helpers and how many people they helped.
    ViewPendamping,
    /// Propose to register a helper, or to strike one off.
    ProposePendamping,
    /// See operators.
    ViewOperators,
    /// Propose a new operator, or that one leaves.
    ProposeOperator,
    /// Hand over the own part of an invitation's code.
    HandOverCode,
    /// End somebody else's session.
    EndSessions,
    /// See how the ledger goes.
    ViewLedger,
    /// See what looks unusual.
    ViewAlerts,
    /// Say that an alert was looked into.
    CloseAlert,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 24] = [
        Self::OwnAccount,
        Self::AddAuthenticator,
        Self::SetFallback,
        Self::RemoveAuthenticator,
        Self::SearchPeople,
        Self::ViewPerson,
        Self::OfferCard,
        Self::SuspendLost,
        Self::ProposeStatus,
        Self::Import,
        Self::ViewImports,
        Self::ViewApprovals,
        Self::Decide,
        Self::ViewCounters,
        Self::ProposeCounter,
        Self::ViewPendamping,
        Self::ProposePendamping,
        Self::ViewOperators,
        Self::ProposeOperator,
        Self::HandOverCode,
        Self::EndSessions,
        Self::ViewLedger,
        Self::ViewAlerts,
        Self::CloseAlert,
    ];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OwnAccount => "own-account",
            Self::AddAuthenticator => "add-authenticator",
            Self::SetFallback => "set-fallback",
            Self::RemoveAuthenticator => "remove-authenticator",
            Self::SearchPeople => "search-people",
            Self::ViewPerson => "view-person",
            Self::OfferCard => "offer-card",
            Self::SuspendLost => "suspend-lost",
            Self::ProposeStatus => "propose-status",
            Self::Import => "import",
            Self::ViewImports => "view-imports",
            Self::ViewApprovals => "view-approvals",
            Self::Decide => "decide",
            Self::ViewCounters => "view-counters",
            Self::ProposeCounter => "propose-counter",
            Self::ViewPendamping => "view-pendamping",
            Self::ProposePendamping => "propose-pendamping",
            Self::ViewOperators => "view-operators",
            Self::ProposeOperator => "propose-operator",
            Self::HandOverCode => "hand-over-code",
            Self::EndSessions => "end-sessions",
            Self::ViewLedger => "view-ledger",
            Self::ViewAlerts => "view-alerts",
            Self::CloseAlert => "close-alert",
        }
    }

    /// Who may. An explicit list for each: a new action is nobody's until somebody writes it down.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        use Role::{Admin, Auditor, Pendaftar, Penyetuju};
        match self {
            Self::OwnAccount | Self::AddAuthenticator | Self::SetFallback | Self::RemoveAuthenticator => {
                &Role::ALL
            }
            Self::SearchPeople | Self::ViewPerson => &[Pendaftar, Penyetuju],
            Self::OfferCard | Self::SuspendLost | Self::ProposeStatus | Self::Import => &[Pendaftar],
            Self::ViewImports | Self::ViewApprovals | Self::ViewPendamping => &Role::ALL,
            Self::Decide => &[Penyetuju],
            Self::ViewCounters | Self::ViewOperators | Self::ViewLedger => &[Penyetuju, Auditor, Admin],
            Self::ProposeCounter | Self::ProposePendamping | Self::ProposeOperator | Self::EndSessions => {
                &[Admin]
            }
            Self::HandOverCode => &[Penyetuju, Admin],
            Self::ViewAlerts => &[Auditor, Admin],
            Self::CloseAlert => &[Auditor],
        }
    }

    /// The weakest sign-in that is enough. Password and one-time code open the own account and nothing else.
    #[must_use]
    pub const fn assurance(self) -> Assurance {
        match self {
            Self::OwnAccount => Assurance::Fallback,
            _ => Assurance::Passkey,
        }
    }
}
