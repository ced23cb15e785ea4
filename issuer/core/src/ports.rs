//! What the issuer needs from outside: a place for its records and a place for its keys.
//!
//! Methods answer with a future because a store may wait for others, to write many requests with one flush to disk. No
//! runtime is meant by it.

use core::future::Future;
use core::pin::Pin;

use absah_credential::status_list::Status;
use absah_credential::{Format, StatusReference};
use absah_crypto::{Signer, hmac_sha256};
use absah_ledger::LeafClass;
use absah_protocol::oid4vci::issuer::{TokenError, TokenRequest};
use absah_schemas::CredentialType;
use absah_types::{Nik, Secret, Sector, Timestamp, coded};

use crate::card::Subject;
use crate::offer::{Grant, Offer, OfferKey};
use crate::person::{Cid, Lookup};

/// What a store answers, later.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// The store does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreError {
    /// It cannot be read or written: disk full, file locked or damaged.
    Unavailable,
    /// What it holds makes no sense.
    Damaged,
}

impl core::fmt::Display for StoreError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Unavailable => "records cannot be read or written",
            Self::Damaged => "records are damaged",
        })
    }
}

impl core::error::Error for StoreError {}

coded! { StoreError {
    Unavailable => ("store-unavailable", Environment),
    Damaged => ("store-damaged", Environment),
} }

/// A place in a status list, reserved for one copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The number of the list.
    pub list: u32,
    /// Which place in the order of that list it is, counted from 0.
    pub place: u32,
    /// What the copy says about it.
    pub reference: StatusReference,
}

/// A batch of copies that was signed and waits to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The access token it was asked with, as the store knows it.
    pub token: [u8; 32],
    /// What the token allowed.
    pub grant: Grant,
    /// In which format.
    pub format: Format,
    /// When.
    pub at: Timestamp,
    /// Until when the copies hold.
    pub expires_at: Timestamp,
    /// Where their status stands.
    pub slots: Vec<Slot>,
}

/// Tokens that are to be kept, by their digests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewToken {
    /// The access token.
    pub access: [u8; 32],
    /// The refresh token, for a wallet that proves its key.
    pub refresh: Option<[u8; 32]>,
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// It is on record and may be handed out.
    Now,
    /// This token was used for this format before: it must not be handed out.
    Before,
    /// The token has ended or the card was withdrawn in between: it must not be handed out.
    NotAny,
}

/// Whether the cards of an offer wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// They do not, or no longer.
    Free,
    /// Nobody has decided yet.
    Waits,
    /// Somebody has said no.
    Refused,
}

/// What an access token opens.
#[derive(Debug, Clone)]
pub struct Granted {
    /// What it allows.
    pub grant: Grant,
    /// What the card is made from.
    pub subject: Subject,
    /// The formats in which it has given its batch.
    pub issued: Vec<Format>,
    /// Whether its cards wait.
    pub hold: Hold,
    /// Whether a helper carries the card, for the time of a session.
    pub carried: bool,
}

/// Where issuing keeps its records.
pub trait Store: Send + Sync {
    /// Keeps a new offer.
    fn place(&self, offer: Offer, at: Timestamp) -> Answer<'_, ()>;

    /// The offer known by a key.
    fn offer(&self, key: OfferKey) -> Answer<'_, Option<Offer>>;

    /// Redeems an offer ([`Offer::redeem`]) and keeps the tokens, in one step; they are bound to the key of `jkt`, if
    /// there is one. The same key may redeem again while nothing was issued: its first reply was lost.
    fn redeem(
        &self,
        request: TokenRequest,
        anonymous_access: bool,
        new: NewToken,
        jkt: Option<[u8; 32]>,
        now: Timestamp,
    ) -> Answer<'_, Result<Grant, TokenError>>;

    /// What an access token opens; nothing for a token that is unknown.
    fn granted(&self, token: [u8; 32]) -> Answer<'_, Option<Granted>>;

    /// What a card of this person is made from; nothing for somebody unknown.
    fn subject(&self, nik: Nik, kind: CredentialType) -> Answer<'_, Option<Subject>>;

    /// The id of a person; `fresh` becomes it, on disk, if there is none yet.
    fn person(&self, lookup: Lookup, fresh: Cid) -> Answer<'_, Cid>;

    /// Reserves places in status lists; none is ever given twice.
    fn reserve(&self, count: usize) -> Answer<'_, Vec<Slot>>;

    /// Records a batch with its audit event. Until this has answered, no copy may leave the house.
    fn record(&self, issued: Issued) -> Answer<'_, Recorded>;

    /// Uses a digest up for a while; whether it was unused. What is sent once must not be taken twice.
    fn use_once(&self, digest: [u8; 32], now: Timestamp) -> Answer<'_, bool>;

    /// The URI of each status list by its number, in order.
    fn status_lists(&self) -> Answer<'_, Vec<(u32, String)>>;

    /// Every entry of a list that is not [`Status::Valid`].
    fn statuses(&self, list: u32) -> Answer<'_, Vec<(u32, Status)>>;

    /// A number that grows with every change of any status.
    fn status_changes(&self) -> Answer<'_, u64>;
}

/// What a signing key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyRole {
    /// The self-signed certificate authority of the first version.
    Authority,
    /// Cards.
    Credential,
    /// Status tokens.
    Status,
    /// Counter registrations.
    Registration,
    /// The trust bundle in all its roles, as long as one key held them: agrees to the first root that names others.
    Bundle,
    /// The trust bundle: names the newest snapshot.
    BundleTimestamp,
    /// The trust bundle: names the documents that belong together.
    BundleSnapshot,
    /// The trust bundle: names the status tokens.
    BundleStatus,
    /// The issuing certificate authority, below the offline root.
    IssuingCa,
}

impl KeyRole {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Authority,
        Self::Credential,
        Self::Status,
        Self::Registration,
        Self::Bundle,
        Self::BundleTimestamp,
        Self::BundleSnapshot,
        Self::BundleStatus,
        Self::IssuingCa,
    ];

    /// Those that sign what counters and wallets check, and whose keys are replaced in turn.
    pub const SIGNERS: [Self; 3] = [Self::Credential, Self::Status, Self::Registration];

    /// The role of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Its name in a key store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Credential => "credential",
            Self::Status => "status",
            Self::Registration => "registration",
            Self::Bundle => "bundle",
            Self::BundleTimestamp => "bundle-timestamp",
            Self::BundleSnapshot => "bundle-snapshot",
            Self::BundleStatus => "bundle-status",
            Self::IssuingCa => "issuing-ca",
        }
    }
}

/// Secrets that are no P-256 signing keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SecretRole {
    /// Makes nonces that need not be stored.
    Nonce,
    /// Shuffles the indices of status lists.
    StatusOrder,
    /// The root of the citizens' keys, under which the keys of audit events are wrapped.
    Events,
    /// Names the person an audit event concerns, for looking up.
    Subjects,
    /// Seed of the Ed25519 key of the audit log.
    AuditLog,
    /// Seed of the Ed25519 key of the registry log.
    RegistryLog,
    /// Finds a person's id by the NIK.
    Lookup,
    /// Makes the values that tie the cards of one person together.
    Holder,
    /// Makes the numbers that stand for people in one sector.
    Sector(Sector),
    /// The auditors' X25519 key, as long as they have not brought one of their own.
    Auditors,
    /// Makes the Ed25519 keys that sign the did:webvh log, one for each entry.
    DidUpdate,
    /// Seals what operators sign in with, and makes what strangers are shown in its place.
    Operators,
    /// Makes the secrets with which webhooks are signed.
    Webhooks,
}

impl SecretRole {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::Nonce,
        Self::StatusOrder,
        Self::Events,
        Self::Subjects,
        Self::AuditLog,
        Self::RegistryLog,
        Self::Lookup,
        Self::Holder,
        Self::Sector(Sector::Kesehatan),
        Self::Sector(Sector::Sosial),
        Self::Sector(Sector::Pendidikan),
        Self::Sector(Sector::Pajak),
        Self::Sector(Sector::Perizinan),
        Self::Sector(Sector::Kepolisian),
        Self::Sector(Sector::JaminanSosial),
        Self::Auditors,
        Self::DidUpdate,
        Self::Operators,
        Self::Webhooks,
    ];

    /// Its name in a key store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nonce => "nonce",
            Self::StatusOrder => "status-order",
            Self::Events => "events",
            Self::Subjects => "subjects",
            Self::AuditLog => "audit-log",
            Self::RegistryLog => "registry-log",
            Self::Lookup => "lookup",
            Self::Holder => "holder",
            Self::Sector(Sector::Kesehatan) => "sector-kesehatan",
            Self::Sector(Sector::Sosial) => "sector-sosial",
            Self::Sector(Sector::Pendidikan) => "sector-pendidikan",
            Self::Sector(Sector::Pajak) => "sector-pajak",
            Self::Sector(Sector::Perizinan) => "sector-perizinan",
            Self::Sector(Sector::Kepolisian) => "sector-kepolisian",
            Self::Sector(Sector::JaminanSosial) => "sector-jaminan-sosial",
            Self::Auditors => "auditors",
            Self::DidUpdate => "did-update",
            Self::Operators => "operators",
            Self::Webhooks => "webhooks",
        }
    }
}

/// Where keys live. None of them ever leaves it.
pub trait KeyStore: Send + Sync {
    /// The first key of a role.
    fn signer(&self, role: KeyRole) -> &(dyn Signer + Send + Sync);

    /// A later key of a role, counted from 1; nothing if it is not here.
    fn generation(&self, role: KeyRole, generation: u32) -> Option<&(dyn Signer + Send + Sync)> {
        (generation == 1).then(|| self.signer(role))
    }

    /// The number of the newest key of a role.
    fn newest(&self, _role: KeyRole) -> u32 {
        1
    }

    /// The offline root of the certificates, if its key is at hand: it is meant to be carried away.
    fn offline_root(&self) -> Option<Box<dyn Signer + Send + Sync>> {
        None
    }

    /// A 32-byte secret of a role.
    fn secret(&self, role: SecretRole) -> &Secret<[u8; 32]>;

    /// HMAC-SHA-256 under the secret of a role: all that is done with a sector's key, so that it can live where nothing
    /// comes out.
    fn mac(&self, role: SecretRole, message: &[u8]) -> [u8; 32] {
        hmac_sha256(self.secret(role).expose(), message)
    }
}

/// A kind of act that is written into the audit log with the business row it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActKind {
    /// An extract was imported.
    Import,
    /// A card was offered.
    Offer,
    /// An offer was redeemed for an access token.
    Redeem,
    /// A transaction code was wrong.
    RedeemRefused,
    /// A person got a code to suspend everything by phone.
    PhoneCode,
    /// A person asks for a correction or a deletion.
    Ticket,
    /// Such a wish was decided.
    TicketClose,
    /// An officer read a code out for a log-in.
    LoginCode,
    /// A person logged in and let a wallet have a card.
    Authorize,
    /// A wallet renewed its right to a card.
    Refresh,
    /// A card that waited may be issued.
    Release,
    /// A card that waited will not be issued.
    Withhold,
    /// A batch of copies was issued.
    Issue,
    /// A paper card was printed.
    Paper,
    /// A helper may carry somebody's card for half an hour.
    PendampingStart,
    /// Such a session was ended before its time.
    PendampingEnd,
    /// A helper was registered.
    PendampingAdd,
    /// A helper was struck off.
    PendampingRemove,
    /// All copies of a card were revoked.
    Revoke,
    /// All copies of a card were suspended.
    Suspend,
    /// A suspension was taken back.
    Unsuspend,
    /// A counter was registered.
    CounterRegister,
    /// A registration was withdrawn.
    CounterWithdraw,
    /// A trust bundle was published.
    BundlePublish,
    /// The issuer appeared under a new name.
    Identity,
    /// A person's number in one sector was converted into that in another: access to that person's data.
    TokenConvert,
    /// All copies of a card were superseded: its facts have changed.
    Supersede,
    /// Somebody looked at a person's record.
    PersonView,
    /// An event was erased.
    Erase,
    /// A witness was named.
    WitnessAdd,
    /// A witness was struck off.
    WitnessRemove,
    /// The quorum of witnesses was changed.
    Quorum,
    /// An import's changes wait for approval.
    Propose,
    /// A proposal was approved.
    Approve,
    /// A proposal was refused.
    RefuseProposal,
    /// The chain of certificates was begun.
    TrustCreate,
    /// A new key of a signer was published.
    SignerPublish,
    /// What a key signed later than some moment is no longer believed.
    SignerDistrust,
    /// The issuing authority has a new certificate.
    IssuingCaRenew,
    /// The issuing authority has a new key.
    IssuingCaReplace,
    /// A key that signs the trust bundle online was replaced.
    BundleKeyRotate,
    /// Somebody was invited to be an operator.
    OperatorInvite,
    /// An invitation was taken up.
    OperatorEnroll,
    /// An operator's account was closed.
    OperatorDisable,
    /// An operator has another way to sign in.
    AuthenticatorAdd,
    /// An operator has one way less to sign in.
    AuthenticatorRemove,
    /// An operator signed in.
    SignIn,
    /// A sign-in was refused.
    SignInRefused,
    /// Somebody's session was ended by another.
    SessionEnd,
    /// An act at the machine was done without a second person.
    BreakGlass,
    /// Something looked unusual.
    Alert,
    /// Who of the city's hub may read, or where alerts are told, was changed.
    Hub,
}

impl ActKind {
    /// All of them.
    pub const ALL: [Self; 52] = [
        Self::Hub,
        Self::OperatorInvite,
        Self::OperatorEnroll,
        Self::OperatorDisable,
        Self::AuthenticatorAdd,
        Self::AuthenticatorRemove,
        Self::SignIn,
        Self::SignInRefused,
        Self::SessionEnd,
        Self::BreakGlass,
        Self::Alert,
        Self::PhoneCode,
        Self::Ticket,
        Self::TicketClose,
        Self::LoginCode,
        Self::Authorize,
        Self::Refresh,
        Self::Release,
        Self::Withhold,
        Self::Import,
        Self::Offer,
        Self::Redeem,
        Self::RedeemRefused,
        Self::Issue,
        Self::Paper,
        Self::PendampingStart,
        Self::PendampingEnd,
        Self::PendampingAdd,
        Self::PendampingRemove,
        Self::Revoke,
        Self::Suspend,
        Self::Unsuspend,
        Self::CounterRegister,
        Self::CounterWithdraw,
        Self::BundlePublish,
        Self::Identity,
        Self::Supersede,
        Self::PersonView,
        Self::Erase,
        Self::WitnessAdd,
        Self::WitnessRemove,
        Self::Quorum,
        Self::Propose,
        Self::Approve,
        Self::RefuseProposal,
        Self::TrustCreate,
        Self::SignerPublish,
        Self::SignerDistrust,
        Self::IssuingCaRenew,
        Self::IssuingCaReplace,
        Self::BundleKeyRotate,
        Self::TokenConvert,
    ];

    /// Its name in the log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Offer => "offer",
            Self::Redeem => "redeem",
            Self::RedeemRefused => "redeem-refused",
            Self::PhoneCode => "phone-code",
            Self::Ticket => "ticket",
            Self::TicketClose => "ticket-close",
            Self::LoginCode => "login-code",
            Self::Authorize => "authorize",
            Self::Refresh => "refresh",
            Self::Release => "release",
            Self::Withhold => "withhold",
            Self::Issue => "issue",
            Self::Paper => "paper",
            Self::PendampingStart => "pendamping-start",
            Self::PendampingEnd => "pendamping-end",
            Self::PendampingAdd => "pendamping-add",
            Self::PendampingRemove => "pendamping-remove",
            Self::Revoke => "revoke",
            Self::Suspend => "suspend",
            Self::Unsuspend => "unsuspend",
            Self::CounterRegister => "counter-register",
            Self::CounterWithdraw => "counter-withdraw",
            Self::BundlePublish => "bundle-publish",
            Self::Identity => "identity",
            Self::TokenConvert => "token-convert",
            Self::Supersede => "supersede",
            Self::PersonView => "person-view",
            Self::Erase => "erase",
            Self::WitnessAdd => "witness-add",
            Self::WitnessRemove => "witness-remove",
            Self::Quorum => "quorum",
            Self::Propose => "propose",
            Self::Approve => "approve",
            Self::RefuseProposal => "refuse-proposal",
            Self::TrustCreate => "trust-create",
            Self::SignerPublish => "signer-publish",
            Self::SignerDistrust => "signer-distrust",
            Self::IssuingCaRenew => "issuing-ca-renew",
            Self::IssuingCaReplace => "issuing-ca-replace",
            Self::BundleKeyRotate => "bundle-key-rotate",
            Self::OperatorInvite => "operator-invite",
            Self::OperatorEnroll => "operator-enroll",
            Self::OperatorDisable => "operator-disable",
            Self::AuthenticatorAdd => "authenticator-add",
            Self::AuthenticatorRemove => "authenticator-remove",
            Self::SignIn => "sign-in",
            Self::SignInRefused => "sign-in-refused",
            Self::SessionEnd => "session-end",
            Self::Hub => "hub",
            Self::BreakGlass => "break-glass",
            Self::Alert => "alert",
        }
    }

    /// The class of its leaf in the audit log.
    #[must_use]
    pub const fn leaf_class(self) -> LeafClass {
        match self {
            Self::Offer
            | Self::Redeem
            | Self::RedeemRefused
            | Self::PhoneCode
            | Self::Ticket
            | Self::TicketClose
            | Self::LoginCode
            | Self::Authorize
            | Self::Refresh
            | Self::Release
            | Self::Withhold
            | Self::Issue
            | Self::PendampingStart
            | Self::Paper => LeafClass::Issuance,
            Self::PendampingEnd | Self::Revoke | Self::Suspend | Self::Unsuspend | Self::Supersede => {
                LeafClass::StatusChange
            }
            Self::PersonView | Self::TokenConvert => LeafClass::DataAccess,
            Self::Import => LeafClass::Import,
            Self::Erase => LeafClass::Erasure,
            Self::BundlePublish
            | Self::Propose
            | Self::Approve
            | Self::RefuseProposal
            | Self::OperatorInvite
            | Self::OperatorEnroll
            | Self::OperatorDisable
            | Self::AuthenticatorAdd
            | Self::AuthenticatorRemove
            | Self::SignIn
            | Self::SignInRefused
            | Self::SessionEnd
            | Self::BreakGlass
            | Self::Alert => LeafClass::Operator,
            Self::CounterRegister
            | Self::CounterWithdraw
            | Self::PendampingAdd
            | Self::PendampingRemove
            | Self::Identity
            | Self::WitnessAdd
            | Self::WitnessRemove
            | Self::Quorum
            | Self::Hub
            | Self::TrustCreate
            | Self::SignerPublish
            | Self::SignerDistrust
            | Self::IssuingCaRenew
            | Self::IssuingCaReplace
            | Self::BundleKeyRotate => LeafClass::Policy,
        }
    }
}

/// Who acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActClass {
    /// Somebody at the command line of the machine.
    Local,
    /// A holder's wallet.
    Holder,
    /// An operator at the console.
    Operator,
}

impl ActClass {
    /// Its name in the log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Local => "LOCAL",
            Self::Holder => "HOLDER",
            Self::Operator => "OPERATOR",
        }
    }
}

/// The card and format that a configuration id names.
#[must_use]
pub fn of_configuration_id(id: &str) -> Option<(CredentialType, Format)> {
    CredentialType::ALL.into_iter().flat_map(|kind| Format::ALL.map(|format| (kind, format))).find(
        |(kind, format)| {
            let short = if *format == Format::DcSdJwt { "dc" } else { "vc" };
            id == format!("{}_{short}_sd_jwt", kind.name())
        },
    )
}

#[cfg(test)]
mod tests {
    use absah_types::Lang;

    use super::*;

    #[test]
    fn every_act_that_can_concern_a_citizen_is_told_in_words() {
        let concerns = |kind: &ActKind| {
            matches!(kind.leaf_class(), LeafClass::Issuance | LeafClass::StatusChange | LeafClass::DataAccess)
        };
        for (kind, lang) in
            ActKind::ALL.into_iter().filter(concerns).flat_map(|kind| Lang::ALL.map(|lang| (kind, lang)))
        {
            let id = format!("access-act-{}", kind.as_str());
            assert!(absah_schemas::text(lang, &id).is_some(), "{id} in {lang}");
        }
    }
}
