//! Acts of two people: what is proposed, its hash, and who may decide it.

use absah_crypto::{sha256, sha256_concat};
use absah_types::{Nik, PopulationStatus};
use serde::{Deserialize, Serialize};

use super::roles::{Action, Role};
use super::{Denied, Standing, permit};
use crate::status::Change;

/// What is hashed begins with this: no other hash of the house is one of an act.
const DOMAIN: &[u8] = b"absah-four-eyes-v1\0";
/// What an assertion over an act begins with.
const CHALLENGE: &[u8] = b"absah-four-eyes-assertion-v2\0";

/// What is proposed. Written as canonical JSON, it is what both people agree to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Body {
    /// To change the status of one person's cards.
    Status {
        /// Whose.
        #[serde(with = "nik_text")]
        nik: Nik,
        /// Which card; all of them if none is named.
        credential: Option<String>,
        /// How.
        change: StatusChange,
    },
    /// To make the changes that an import proposes.
    ImportChanges {
        /// Number of the proposal.
        proposal: i64,
        /// Digest of the people, cards and changes in it.
        sha256: String,
    },
    /// To let somebody become an operator.
    InviteOperator {
        /// The name for signing in.
        login: String,
        /// The person's name.
        name: String,
        /// The role.
        role: String,
    },
    /// To let an operator who has lost every way in begin anew.
    ReinviteOperator {
        /// Whose, by number.
        operator: i64,
    },
    /// To end an operator's account.
    DisableOperator {
        /// Whose, by number.
        operator: i64,
    },
    /// To withdraw a counter's registration.
    WithdrawCounter {
        /// The registration.
        registration: String,
    },
    /// To take in an extract of the register.
    Import {
        /// Number of its report.
        report: i64,
        /// Digest of the extract.
        sha256: String,
        /// Residents that are new.
        added: u64,
        /// Residents whose record changes.
        changed: u64,
        /// Cards that are superseded by it.
        superseded: u64,
        /// Cards that are suspended.
        suspended: u64,
        /// Cards that are revoked.
        revoked: u64,
        /// People whose record is left out because it is wrong.
        #[serde(default)]
        left_out: u64,
        /// Families that get no card of the family by it.
        #[serde(default)]
        families: u64,
        /// People who have died or moved by the register, and would live here by it.
        #[serde(default)]
        back: u64,
        /// Who dies by it: whoever agrees reads their names.
        #[serde(default, with = "niks_text", skip_serializing_if = "Vec::is_empty")]
        dead: Vec<Nik>,
    },
    /// To write down what the register says of a person: died, moved away, here again.
    Population {
        /// Whose.
        #[serde(with = "nik_text")]
        nik: Nik,
        /// What.
        status: PopulationChange,
    },
    /// To put another portrait in the place of a person's.
    Portrait {
        /// Whose.
        #[serde(with = "nik_text")]
        nik: Nik,
        /// Number of the picture that waits.
        picture: i64,
        /// Its digest.
        sha256: String,
    },
    /// To register a counter.
    RegisterCounter {
        /// The counter's id.
        counter: String,
        /// Its public key, a JWK.
        access_key: String,
        /// The agency.
        agency: String,
        /// Where it stands.
        place: String,
        /// What it may ask: the file of services.
        services: String,
        /// For how many days.
        days: i64,
    },
    /// To register a helper, who may carry somebody's card for half an hour.
    RegisterPendamping {
        /// The helper's id.
        id: String,
        /// The helper's name.
        nama: String,
        /// The organisation.
        organisasi: String,
    },
    /// To strike a helper off.
    RemovePendamping {
        /// The helper's id.
        id: String,
    },
    /// To give a citizen the letter that was asked for.
    Letter {
        /// Number of the request.
        ticket: i64,
        /// Whose.
        #[serde(with = "nik_text")]
        nik: Nik,
        /// Title of the template.
        title: String,
        /// The sentence that the letter states.
        statement: String,
        /// What it is asked for.
        purpose: String,
        /// For how many days.
        days: i64,
        /// Digest of the facts of the record that it states beside them ([`crate::letter::facts`]); none in what was asked for
        /// before they were signed.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        facts: String,
    },
    /// To let a command run once on the issuer's machine.
    Command {
        /// Its words after the program's name.
        words: Vec<String>,
        /// Digests of the files among them, in their order.
        files: Vec<String>,
        /// The files themselves, where who agrees must read them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        texts: Vec<String>,
    },
}

/// A change of status as it is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatusChange {
    /// For ever.
    Revoke,
    /// Until taken back.
    Suspend,
    /// Back from a suspension.
    Unsuspend,
}

impl StatusChange {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Suspend, Self::Unsuspend, Self::Revoke];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.change().as_str()
    }

    /// What is done to the copies.
    #[must_use]
    pub const fn change(self) -> Change {
        match self {
            Self::Revoke => Change::Revoke,
            Self::Suspend => Change::Suspend,
            Self::Unsuspend => Change::Unsuspend,
        }
    }

    /// The change of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.as_str() == name)
    }
}

/// What becomes of a person in the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PopulationChange {
    /// The person has died.
    Dead,
    /// The person has moved away.
    Moved,
    /// The person lives here after all.
    Living,
}

impl PopulationChange {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Dead, Self::Moved, Self::Living];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dead => "dead",
            Self::Moved => "moved",
            Self::Living => "living",
        }
    }

    /// What the register has then.
    #[must_use]
    pub const fn status(self) -> PopulationStatus {
        match self {
            Self::Dead => PopulationStatus::Dead,
            Self::Moved => PopulationStatus::Moved,
            Self::Living => PopulationStatus::Living,
        }
    }

    /// The change of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.as_str() == name)
    }
}

mod nik_text {
    use absah_types::Nik;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(nik: &Nik, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&nik.to_string())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Nik, D::Error> {
        let text = String::deserialize(deserializer)?;
        Nik::parse(&text).map_err(serde::de::Error::custom)
    }
}

mod niks_text {
    use absah_types::Nik;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(niks: &[Nik], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(niks.iter().map(ToString::to_string))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Nik>, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        texts.iter().map(|text| Nik::parse(text).map_err(serde::de::Error::custom)).collect()
    }
}

impl core::fmt::Debug for Body {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

impl Body {
    /// Names of all kinds of act.
    pub const NAMES: [&'static str; 14] = [
        "status",
        "import-changes",
        "invite-operator",
        "reinvite-operator",
        "disable-operator",
        "withdraw-counter",
        "import",
        "population",
        "portrait",
        "register-counter",
        "register-pendamping",
        "remove-pendamping",
        "letter",
        "command",
    ];

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::ImportChanges { .. } => "import-changes",
            Self::InviteOperator { .. } => "invite-operator",
            Self::ReinviteOperator { .. } => "reinvite-operator",
            Self::DisableOperator { .. } => "disable-operator",
            Self::WithdrawCounter { .. } => "withdraw-counter",
            Self::Import { .. } => "import",
            Self::Population { .. } => "population",
            Self::Portrait { .. } => "portrait",
            Self::RegisterCounter { .. } => "register-counter",
            Self::RegisterPendamping { .. } => "register-pendamping",
            Self::RemovePendamping { .. } => "remove-pendamping",
            Self::Letter { .. } => "letter",
            Self::Command { .. } => "command",
        }
    }

    /// What its proposer must be allowed to do.
    #[must_use]
    pub const fn action(&self) -> Action {
        match self {
            Self::Status { .. } => Action::ProposeStatus,
            Self::ImportChanges { .. } | Self::Import { .. } => Action::Import,
            Self::Population { .. } | Self::Portrait { .. } => Action::ProposeStatus,
            Self::InviteOperator { .. } | Self::ReinviteOperator { .. } | Self::DisableOperator { .. } => {
                Action::ProposeOperator
            }
            Self::WithdrawCounter { .. } | Self::RegisterCounter { .. } | Self::Command { .. } => {
                Action::ProposeCounter
            }
            Self::RegisterPendamping { .. } | Self::RemovePendamping { .. } => Action::ProposePendamping,
            // Citizens ask; an officer only asks once more for them.
            Self::Letter { .. } => Action::OfferCard,
        }
    }
}

/// What is decided of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// It is done.
    Approve,
    /// It is left.
    Refuse,
}

impl Decision {
    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Refuse => "refuse",
        }
    }

    /// The decision of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Approve, Self::Refuse].into_iter().find(|decision| decision.as_str() == name)
    }
}

/// The hash of an act: its canonical JSON, with number, time, proposer and reason in it.
#[must_use]
pub fn digest(canonical: &[u8]) -> [u8; 32] {
    sha256_concat(&[DOMAIN, canonical])
}

/// The challenge that an authenticator signs for a decision and what is said with it: whoever keeps `nonce`, the note and the
/// act can check the assertion later without us.
#[must_use]
pub fn challenge(act: &[u8; 32], decision: Decision, note: &str, nonce: &[u8; 32]) -> [u8; 32] {
    let note = sha256(note.as_bytes());
    sha256_concat(&[CHALLENGE, act, decision.as_str().as_bytes(), b"\0", &note, nonce])
}

/// Who proposed: number and role; nobody for an act that was filed at the machine itself.
pub type Proposer = Option<(i64, Role)>;

/// Whether somebody may decide a proposal: two people, two roles, neither of them the one it is about.
///
/// # Errors
/// [`Denied`].
pub fn may_decide(body: &Body, proposer: Proposer, (operator, who): (i64, &Standing)) -> Result<(), Denied> {
    permit(who, Action::Decide)?;
    let (Body::ReinviteOperator { operator: concerned } | Body::DisableOperator { operator: concerned }) =
        body
    else {
        return two_people(proposer, (operator, who));
    };
    if *concerned == operator { Err(Denied::Concerned) } else { two_people(proposer, (operator, who)) }
}

fn two_people(proposer: Proposer, (operator, who): (i64, &Standing)) -> Result<(), Denied> {
    match proposer {
        Some((proposed_by, _)) if proposed_by == operator => Err(Denied::OwnProposal),
        Some((_, role)) if role == who.role => Err(Denied::Role),
        _ => Ok(()),
    }
}
