//! Officers sign in at the page with a PIN; without any officer the page is for whoever opened it.

use absah_crypto::envelope::{self, KdfParams};
use absah_crypto::{ct_eq, sha256};
use absah_host::Pin;
use absah_types::{Rng, Seconds, Timestamp, array, coded};
use serde::{Deserialize, Serialize};

use crate::app::{App, label};
use crate::error::Failure;
use crate::store::OfficerRow;

/// Wrong PINs before one has to wait.
const FREE_TRIES: i64 = 4;
/// The first wait; each further wrong PIN doubles it, up to an hour.
const FIRST_WAIT: i64 = 60;
const LONGEST_WAIT: i64 = 3600;

/// Why an officer is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfficerError {
    /// No officer of that name, or another PIN: not said which.
    Wrong,
    /// Too many wrong PINs: not looked at before this time.
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
            Self::Wrong => f.write_str("name or PIN wrong"),
            Self::Wait { until } => write!(f, "too many wrong PINs, wait until {until}"),
            Self::Name => f.write_str("no name of an officer"),
            Self::SignedOut => f.write_str("nobody is signed in"),
            Self::NoSupervisor => f.write_str("not a supervisor"),
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
    Wait { .. } => ("officer-wait", User),
    Name => ("officer-name", User),
    SignedOut => ("officer-signed-out", User),
    NoSupervisor => ("officer-no-supervisor", User),
    Passkey => ("officer-passkey", Peer),
    PasskeyNone => ("officer-passkey-none", User),
    PasskeyTaken => ("officer-passkey-taken", User),
    PasskeyMany => ("officer-passkey-many", User),
    PasskeyElsewhere => ("officer-passkey-elsewhere", User),
} }

/// What is kept of a PIN, sealed with the key of the store.
#[derive(Serialize, Deserialize)]
struct Kept {
    kdf: KdfParams,
    check: [u8; 32],
    /// Whether the officer may answer for an undetermined card and see the counts. Sealed with the rest, so that writing
    /// the store is not enough to become one.
    #[serde(default)]
    supervisor: bool,
}

impl App {
    /// Adds an officer, or gives an officer another PIN.
    ///
    /// # Errors
    /// `Name`; the store's.
    pub(crate) async fn set_officer(
        &self,
        name: &str,
        pin: &Pin,
        supervisor: bool,
        rng: &mut (dyn Rng + Send),
    ) -> Result<String, Failure> {
        let name = name.trim();
        let holds = (1..=60).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if !holds {
            return Err(OfficerError::Name.into());
        }
        let kdf = KdfParams::usual(array(rng));
        let kept = Kept {
            kdf,
            check: sha256(envelope::derive(pin.expose().as_bytes(), &kdf)?.expose()),
            supervisor,
        };
        let content = serde_json::to_vec(&kept).unwrap_or_default();
        let sealed = self.keys().seal(&label(b"officer", name.as_bytes()), &content, rng)?;
        self.store().set_officer(name, &sealed).await?;
        Ok(name.to_owned())
    }

    /// Checks a PIN.
    ///
    /// # Errors
    /// `Wrong`, `Wait`; the store's.
    pub(crate) async fn sign_in(&self, name: &str, pin: &str, now: Timestamp) -> Result<(), Failure> {
        self.check_pin(name, pin, now).await.map(drop)
    }

    /// Checks the PIN of a supervisor.
    ///
    /// # Errors
    /// As [`App::sign_in`]; `NoSupervisor`.
    pub(crate) async fn supervisor(&self, name: &str, pin: &str, now: Timestamp) -> Result<(), Failure> {
        let kept = self.check_pin(name, pin, now).await?;
        if kept.supervisor { Ok(()) } else { Err(OfficerError::NoSupervisor.into()) }
    }

    /// The names of all supervisors.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn supervisors(&self) -> Result<Vec<String>, Failure> {
        let is_one = |row: &OfficerRow| {
            let opened = self.keys().unseal(&label(b"officer", row.name.as_bytes()), &row.secret).ok()?;
            serde_json::from_slice::<Kept>(opened.expose()).ok().map(|kept| kept.supervisor)
        };
        let officers = self.store().officers().await?;
        Ok(officers.into_iter().filter(|row| is_one(row) == Some(true)).map(|row| row.name).collect())
    }

    async fn check_pin(&self, name: &str, pin: &str, now: Timestamp) -> Result<Kept, Failure> {
        let begun = self.store().begin_try(name, now, Seconds(LONGEST_WAIT), wait_after).await?;
        let (row, may_try) = begun.ok_or(OfficerError::Wrong)?;
        if !may_try {
            return Err(OfficerError::Wait { until: row.wait_until }.into());
        }
        let opened = self.keys().unseal(&label(b"officer", name.as_bytes()), &row.secret)?;
        let kept: Kept = serde_json::from_slice(opened.expose()).map_err(|_| OfficerError::Wrong)?;
        let pin = Pin::parse(pin).map_err(|_| OfficerError::Wrong)?;
        // Takes a third of a second on purpose: not on the thread that answers everybody.
        let kdf = kept.kdf;
        let derived =
            tokio::task::spawn_blocking(move || envelope::derive(pin.expose().as_bytes(), &kdf)).await;
        let derived = derived.map_err(|_| OfficerError::Wrong)??;
        if !ct_eq(&sha256(derived.expose()), &kept.check) {
            return Err(OfficerError::Wrong.into());
        }
        self.store().forget_tries(name).await?;
        Ok(kept)
    }
}

/// How long to wait after so many wrong PINs.
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
