//! Officers sign in at the page with PIN and password, and unlock it with the PIN; without any officer the page is for
//! whoever opened it.

use absah_crypto::envelope::{self, KdfParams};
use absah_crypto::{ct_eq, sha256, sha256_concat};
use absah_host::{Password, Pin};
use absah_types::{Rng, Seconds, Secret, Timestamp, array, coded};
use absah_verifier_core::evidence::{Change, NO_PREVIOUS, What, link_hash, read_changes};
use serde::{Deserialize, Serialize};

use crate::app::{App, label};
use crate::error::Failure;
use crate::store::OfficerRow;

/// Domain of what is kept of a password.
const PASSWORD: &[u8] = b"absah-officer-password-v1";
/// Wrong tries before one has to wait.
const FREE_TRIES: i64 = 4;
/// The first wait; each further wrong PIN doubles it, up to an hour.
const FIRST_WAIT: i64 = 60;
const LONGEST_WAIT: i64 = 3600;

/// Why an officer is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfficerError {
    /// No officer of that name, or another PIN or password: not said which.
    Wrong,
    /// A PIN alone unlocks only for whoever signed in with the password before, today.
    PasswordNeeded,
    /// Too many wrong tries: not looked at before this time.
    Wait {
        /// When one may try again.
        until: Timestamp,
    },
    /// The name is empty, too long or holds characters that steer.
    Name,
    /// Nobody is signed in.
    SignedOut,
    /// The officer may not do this.
    NoSupervisor,
    /// A supervisor is enrolled, and none answers for the change.
    Unapproved,
    /// What the passkey answered proves nothing: not said why.
    Passkey,
    /// There is no such passkey.
    PasskeyNone,
    /// The passkey is known already.
    PasskeyTaken,
    /// More passkeys than anybody needs.
    PasskeyMany,
    /// The page is not at `localhost`.
    PasskeyElsewhere,
}

impl core::fmt::Display for OfficerError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Wrong => f.write_str("name, PIN or password wrong"),
            Self::PasswordNeeded => f.write_str("the password is needed"),
            Self::Wait { until } => write!(f, "too many wrong PINs, wait until {until}"),
            Self::Name => f.write_str("no name of an officer"),
            Self::SignedOut => f.write_str("nobody is signed in"),
            Self::NoSupervisor => f.write_str("not a supervisor"),
            Self::Unapproved => f.write_str("a supervisor must answer for it"),
            Self::Passkey => f.write_str("passkey proves nothing"),
            Self::PasskeyNone => f.write_str("no such passkey"),
            Self::PasskeyTaken => f.write_str("passkey is known already"),
            Self::PasskeyMany => f.write_str("too many passkeys"),
            Self::PasskeyElsewhere => f.write_str("passkeys work at localhost only"),
        }
    }
}

impl core::error::Error for OfficerError {}

coded! { OfficerError {
    Wrong => ("officer-wrong", User),
    PasswordNeeded => ("officer-password-needed", User),
    Wait { .. } => ("officer-wait", User),
    Name => ("officer-name", User),
    SignedOut => ("officer-signed-out", User),
    NoSupervisor => ("officer-no-supervisor", User),
    Unapproved => ("officer-unapproved", User),
    Passkey => ("officer-passkey", Peer),
    PasskeyNone => ("officer-passkey-none", User),
    PasskeyTaken => ("officer-passkey-taken", User),
    PasskeyMany => ("officer-passkey-many", User),
    PasskeyElsewhere => ("officer-passkey-elsewhere", User),
} }

/// What is kept of an officer, sealed with the key of the store.
#[derive(Serialize, Deserialize)]
struct Kept {
    kdf: KdfParams,
    check: [u8; 32],
    /// Whether the officer may answer for an undetermined card and see the counts. Sealed with the rest, so that writing
    /// the store is not enough to become one.
    #[serde(default)]
    supervisor: bool,
    /// None for an officer of an earlier version, and after the technician gave another PIN: chosen at the next sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    password: Option<KeptPassword>,
}

/// What is kept of a password.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct KeptPassword {
    kdf: KdfParams,
    check: [u8; 32],
}

impl KeptPassword {
    /// Takes a third of a second on purpose.
    fn of(password: &str, kdf: KdfParams) -> Result<Self, Failure> {
        let key = envelope::derive(password.as_bytes(), &kdf)?;
        Ok(Self { kdf, check: sha256_concat(&[PASSWORD, key.expose()]) })
    }
}

/// Who answers for a change at this counter.
#[derive(Debug, Default)]
pub(crate) struct Approved {
    /// The supervisor, whose PIN was right; empty where none is enrolled, and where the glass was broken.
    pub(crate) by: String,
    /// Why the glass was broken, or evidence erased early; else empty.
    pub(crate) reason: String,
}

/// What an officer typed.
pub(crate) struct Typed<'t> {
    pub(crate) pin: &'t str,
    /// Looked at unless `unlocks`; the new one where there is none yet.
    pub(crate) password: &'t str,
    /// Whether the PIN alone is enough.
    pub(crate) unlocks: bool,
}

impl App {
    /// Adds an officer, or gives an officer another PIN and password.
    ///
    /// # Errors
    /// `Name`; the store's.
    pub(crate) async fn set_officer(
        &self,
        name: &str,
        (pin, password): (&Pin, Option<&Password>),
        supervisor: bool,
        approved: &Approved,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<String, Failure> {
        let name = name.trim();
        let holds = (1..=60).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if !holds {
            return Err(OfficerError::Name.into());
        }
        let kdf = KdfParams::usual(array(rng));
        let check = sha256(envelope::derive(pin.expose().as_bytes(), &kdf)?.expose());
        let password = match password {
            Some(chosen) => Some(KeptPassword::of(chosen.expose(), KdfParams::usual(array(rng)))?),
            None => None,
        };
        let sealed = self.sealed_officer(name, &Kept { kdf, check, supervisor, password }, rng)?;
        let what = if supervisor { What::Supervisor } else { What::Officer };
        self.store().set_officer(name, &sealed, self.signed_change(what, name, approved, now)).await?;
        Ok(name.to_owned())
    }

    /// Takes an officer away.
    ///
    /// # Errors
    /// `Wrong` where there is none of that name; the store's.
    pub(crate) async fn remove_officer(
        &self,
        name: &str,
        approved: &Approved,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let signed = self.signed_change(What::Removed, name, approved, now);
        if self.store().remove_officer(name, signed).await? {
            Ok(())
        } else {
            Err(OfficerError::Wrong.into())
        }
    }

    /// Signs a change, given its number and the one before.
    pub(crate) fn signed_change<'c>(
        &'c self,
        what: What,
        name: &'c str,
        approved: &'c Approved,
        now: Timestamp,
    ) -> impl FnOnce(u64, Option<&str>) -> Result<String, Failure> + 'c {
        move |number, last| {
            let change = Change {
                number,
                previous: last.map_or_else(|| NO_PREVIOUS.to_owned(), link_hash),
                what,
                name: name.to_owned(),
                by: approved.by.clone(),
                reason: approved.reason.clone(),
                at: now,
            };
            Ok(change.prepare().sign(self.keys().signer())?)
        }
    }

    /// The changes of this counter, oldest first.
    ///
    /// # Errors
    /// [`EvidenceError::Chain`](absah_verifier_core::evidence::EvidenceError::Chain); the store's.
    pub(crate) async fn changes(&self) -> Result<Vec<Change>, Failure> {
        let signed = self.store().changes().await?;
        Ok(read_changes(signed.iter().map(String::as_str), &self.identity().key)?)
    }

    fn sealed_officer(
        &self,
        name: &str,
        kept: &Kept,
        rng: &mut (dyn Rng + Send),
    ) -> Result<Vec<u8>, Failure> {
        // Numbers and text: always JSON.
        let content = Secret::new(serde_json::to_vec(kept).unwrap_or_default());
        self.keys().seal(&label(b"officer", name.as_bytes()), content.expose(), rng)
    }

    /// Checks PIN and password; the password of an officer who has none yet is the one that is typed. Gives what the officer's
    /// PIN and password are known by from now on: it changes with either.
    ///
    /// # Errors
    /// `Wrong`, `PasswordNeeded`, `Wait`; a new password that is too easy; the store's.
    pub(crate) async fn sign_in(
        &self,
        name: &str,
        typed: &Typed<'_>,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<[u8; 32], Failure> {
        if !typed.unlocks && typed.password.is_empty() {
            return Err(OfficerError::PasswordNeeded.into());
        }
        let password = (!typed.unlocks).then_some(typed.password);
        let (row, kept) = self.proved(name, typed.pin, password, now).await?;
        self.store().forget_tries(name).await?;
        if typed.unlocks || kept.password.is_some() {
            return Ok(sha256(&row.secret));
        }
        let chosen = Password::choose(typed.password)?;
        let password = KeptPassword::of(chosen.expose(), KdfParams::usual(array(rng)))?;
        let sealed = self.sealed_officer(name, &Kept { password: Some(password), ..kept }, rng)?;
        // The technician may have given another PIN meanwhile: that one counts.
        if self.store().change_officer(&row, &sealed).await? {
            Ok(sha256(&sealed))
        } else {
            Err(OfficerError::Wrong.into())
        }
    }

    /// Checks the PIN of an officer who is signed in.
    ///
    /// # Errors
    /// `Wrong`, `Wait`; the store's.
    pub(crate) async fn check_pin(&self, name: &str, pin: &str, now: Timestamp) -> Result<(), Failure> {
        self.proved(name, pin, None, now).await?;
        Ok(self.store().forget_tries(name).await?)
    }

    /// Checks the PIN of a supervisor.
    ///
    /// # Errors
    /// As [`App::check_pin`]; `NoSupervisor`.
    pub(crate) async fn supervisor(&self, name: &str, pin: &str, now: Timestamp) -> Result<(), Failure> {
        let (_, kept) = self.proved(name, pin, None, now).await?;
        self.store().forget_tries(name).await?;
        if kept.supervisor { Ok(()) } else { Err(OfficerError::NoSupervisor.into()) }
    }

    /// What an officer's PIN and password are known by; none of that name.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn known_by(&self, name: &str) -> Result<Option<[u8; 32]>, Failure> {
        let officers = self.store().officers().await?;
        Ok(officers.iter().find(|row| row.name == name).map(|row| sha256(&row.secret)))
    }

    /// The names of all officers who have no password yet.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn without_password(&self) -> Result<Vec<String>, Failure> {
        let officers = self.store().officers().await?;
        let has_none = |row: &OfficerRow| self.kept(row).is_ok_and(|kept| kept.password.is_none());
        Ok(officers.into_iter().filter(has_none).map(|row| row.name).collect())
    }

    /// The names of all supervisors.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn supervisors(&self) -> Result<Vec<String>, Failure> {
        let is_one = |row: &OfficerRow| self.kept(row).is_ok_and(|kept| kept.supervisor);
        let officers = self.store().officers().await?;
        Ok(officers.into_iter().filter(is_one).map(|row| row.name).collect())
    }

    fn kept(&self, row: &OfficerRow) -> Result<Kept, Failure> {
        let opened = self.keys().unseal(&label(b"officer", row.name.as_bytes()), &row.secret)?;
        Ok(serde_json::from_slice(opened.expose()).map_err(|_| OfficerError::Wrong)?)
    }

    /// Whether PIN and password are right; a password that is not asked for, or that there is none to compare with, is not
    /// looked at. The try is counted until somebody says that it was a right one.
    async fn proved(
        &self,
        name: &str,
        pin: &str,
        password: Option<&str>,
        now: Timestamp,
    ) -> Result<(OfficerRow, Kept), Failure> {
        let begun = self.store().begin_try(name, now, Seconds(LONGEST_WAIT), wait_after).await?;
        let (row, may_try) = begun.ok_or(OfficerError::Wrong)?;
        if !may_try {
            return Err(OfficerError::Wait { until: row.wait_until }.into());
        }
        let kept = self.kept(&row)?;
        let pin = Pin::parse(pin).map_err(|_| OfficerError::Wrong)?;
        let password = password.map(|typed| Secret::new(typed.to_owned())).zip(kept.password);
        let (kdf, check) = (kept.kdf, kept.check);
        // Takes a third of a second each on purpose: not on the thread that answers everybody. Both are looked at, so that the
        // time does not say which was wrong.
        let checked = tokio::task::spawn_blocking(move || {
            let derived = envelope::derive(pin.expose().as_bytes(), &kdf)?;
            let pin_is_right = ct_eq(&sha256(derived.expose()), &check);
            let password_is_right = match password {
                Some((typed, own)) => ct_eq(&KeptPassword::of(typed.expose(), own.kdf)?.check, &own.check),
                None => true,
            };
            Ok::<_, Failure>(pin_is_right && password_is_right)
        });
        let is_right = checked.await.map_err(|_| OfficerError::Wrong)??;
        if is_right { Ok((row, kept)) } else { Err(OfficerError::Wrong.into()) }
    }
}

/// How long to wait after so many wrong tries.
fn wait_after(wrong: i64) -> Seconds {
    let beyond = wrong - FREE_TRIES;
    let Ok(doublings @ 0..=5) = u32::try_from(beyond - 1) else {
        return Seconds(if beyond > 0 { LONGEST_WAIT } else { 0 });
    };
    Seconds(FIRST_WAIT << doublings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_and_ends_at_an_hour() {
        let waits: Vec<i64> = (1..=12).map(|wrong| wait_after(wrong).0).collect();
        assert_eq!(waits, [0, 0, 0, 0, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
    }
}
