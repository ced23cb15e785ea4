//! Officers sign in with a passkey instead of a PIN, at `http://localhost` only: no other name of this machine can have one.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use absah_types::{Rng, Seconds, Timestamp, array, base64url};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    Url, Uuid,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use crate::app::{App, label};
use crate::error::Failure;
use crate::officers::OfficerError;
use crate::store::{PasskeyRow, StoreError};

/// The name that passkeys are bound to.
const HOST: &str = "localhost";
/// An authenticator has answered by then.
const LIFE: Seconds = Seconds::minutes(5);
/// Open at the same time: one officer, and a few that were begun anew.
const MOST_OPEN: usize = 16;
/// Passkeys of one officer.
const MOST_KEYS: usize = 8;
/// Bytes of a credential's id at most.
const MAX_ID: usize = 1023;
/// Characters of a passkey's name at most.
const MAX_LABEL: usize = 40;

/// What an authenticator was asked; answered once.
enum Asked {
    New(PasskeyRegistration),
    SignIn(PasskeyAuthentication),
}

struct Ceremony {
    officer: String,
    asked: Asked,
    until: Timestamp,
}

/// The passkeys of one start of `serve`.
pub(crate) struct Passkeys {
    webauthn: Webauthn,
    open: Mutex<BTreeMap<String, Ceremony>>,
}

/// What is kept of a passkey, sealed with the key of the store under its officer's name: writing the store is not enough
/// to sign in as somebody.
#[derive(Serialize, Deserialize)]
struct Kept {
    passkey: Passkey,
    label: String,
}

impl Passkeys {
    /// Of a page at this port; none where passkeys cannot be bound to it.
    pub(crate) fn at(port: u16) -> Option<Self> {
        let origin = Url::parse(&format!("http://{HOST}:{port}")).ok()?;
        let webauthn = WebauthnBuilder::new(HOST, &origin).ok()?.rp_name("Absah").build().ok()?;
        Some(Self { webauthn, open: Mutex::default() })
    }

    fn open(&self, officer: &str, asked: Asked, rng: &mut dyn Rng, now: Timestamp) -> String {
        let name = base64url::encode(array::<32>(rng));
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, ceremony| now < ceremony.until);
        if open.len() >= MOST_OPEN {
            open.clear();
        }
        open.insert(name.clone(), Ceremony { officer: officer.to_owned(), asked, until: now.plus(LIFE) });
        name
    }

    fn take(&self, name: &str, now: Timestamp) -> Result<Ceremony, OfficerError> {
        let found = self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        found.filter(|ceremony| now < ceremony.until).ok_or(OfficerError::Passkey)
    }
}

impl App {
    /// Asks for a new passkey of an officer whose PIN was checked.
    ///
    /// # Errors
    /// `PasskeyMany`; the store's.
    pub(crate) async fn ask_new_passkey(
        &self,
        passkeys: &Passkeys,
        officer: &str,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Value, Failure> {
        let known = self.passkeys_of(officer).await?;
        if known.len() >= MOST_KEYS {
            return Err(OfficerError::PasskeyMany.into());
        }
        let known = known.iter().map(|(_, kept)| kept.passkey.cred_id().clone()).collect();
        let [handle @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] =
            self.keys().name(b"passkey handle", officer.as_bytes());
        let started = passkeys.webauthn.start_passkey_registration(
            Uuid::from_bytes(handle),
            officer,
            officer,
            Some(known),
        );
        let (options, state) = started.map_err(|_| OfficerError::Passkey)?;
        let ceremony = passkeys.open(officer, Asked::New(state), rng, now);
        Ok(json!({ "ceremony": ceremony, "options": options }))
    }

    /// Keeps the new passkey of the officer at work.
    ///
    /// # Errors
    /// `Passkey`: not what was asked, too late, twice, by somebody else, without the person having been verified;
    /// `PasskeyTaken`; the store's.
    pub(crate) async fn keep_new_passkey(
        &self,
        passkeys: &Passkeys,
        (officer, ceremony, answer, name): (&str, &str, Value, &str),
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<(), Failure> {
        let taken = passkeys.take(ceremony, now)?;
        let Asked::New(state) = taken.asked else { return Err(OfficerError::Passkey.into()) };
        let answer: RegisterPublicKeyCredential =
            serde_json::from_value(answer).map_err(|_| OfficerError::Passkey)?;
        let made = passkeys.webauthn.finish_passkey_registration(&answer, &state);
        let passkey = made.map_err(|_| OfficerError::Passkey)?;
        let credential = passkey.cred_id().to_vec();
        if taken.officer != officer || credential.len() > MAX_ID {
            return Err(OfficerError::Passkey.into());
        }
        let text = name.chars().filter(|c| !c.is_control()).take(MAX_LABEL).collect::<String>();
        let sealed = self.sealed_passkey(officer, &Kept { passkey, label: text.trim().to_owned() }, rng)?;
        let row =
            PasskeyRow { credential, officer: officer.to_owned(), sealed, added_at: now, used_at: None };
        // "... verify that the credentialId is not yet registered for any user" (WebAuthn Level 2, section 7.1, step 22).
        if self.store().add_passkey(&row).await? { Ok(()) } else { Err(OfficerError::PasskeyTaken.into()) }
    }

    /// Asks for a sign-in.
    ///
    /// # Errors
    /// `PasskeyNone`; the store's.
    pub(crate) async fn ask_passkey(
        &self,
        passkeys: &Passkeys,
        officer: &str,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Value, Failure> {
        let known: Vec<_> =
            self.passkeys_of(officer).await?.into_iter().map(|(_, kept)| kept.passkey).collect();
        if known.is_empty() {
            return Err(OfficerError::PasskeyNone.into());
        }
        let started = passkeys.webauthn.start_passkey_authentication(&known);
        let (options, state) = started.map_err(|_| OfficerError::Passkey)?;
        let ceremony = passkeys.open(officer, Asked::SignIn(state), rng, now);
        Ok(json!({ "ceremony": ceremony, "options": options }))
    }

    /// Who signed in.
    ///
    /// # Errors
    /// `Passkey`: not what was asked, too late, twice, another key, another origin, without the person having been
    /// verified, or the key was taken away meanwhile; the store's.
    pub(crate) async fn signed_in_by_passkey(
        &self,
        passkeys: &Passkeys,
        (ceremony, answer): (&str, &Value),
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<String, Failure> {
        let Ceremony { officer, asked, .. } = passkeys.take(ceremony, now)?;
        let Asked::SignIn(state) = asked else { return Err(OfficerError::Passkey.into()) };
        let answer = PublicKeyCredential::deserialize(answer).map_err(|_| OfficerError::Passkey)?;
        let proved = passkeys.webauthn.finish_passkey_authentication(&answer, &state);
        let proved = proved.map_err(|_| OfficerError::Passkey)?;
        // User verification required: the library checks it by its policy, and so do we.
        if !proved.user_verified() {
            return Err(OfficerError::Passkey.into());
        }
        let mut known = self.passkeys_of(&officer).await?;
        let used = known.iter_mut().find(|(_, kept)| kept.passkey.cred_id() == proved.cred_id());
        let (row, kept) = used.ok_or(OfficerError::Passkey)?;
        kept.passkey.update_credential(&proved);
        let sealed = self.sealed_passkey(&officer, kept, rng)?;
        if self.store().use_passkey(&row.credential, &sealed, now).await? {
            Ok(officer)
        } else {
            Err(OfficerError::Passkey.into())
        }
    }

    /// An officer's passkeys for the page: `id`, `label`, `added`, `used`.
    ///
    /// # Errors
    /// The store's; a row that does not open.
    pub(crate) async fn passkeys_shown(&self, officer: &str) -> Result<Vec<Value>, Failure> {
        let shown = |(row, kept): (PasskeyRow, Kept)| {
            json!({
                "id": base64url::encode(&row.credential), "label": kept.label,
                "added": row.added_at.to_string(), "used": row.used_at.map(|at| at.to_string()),
            })
        };
        Ok(self.passkeys_of(officer).await?.into_iter().map(shown).collect())
    }

    /// Takes one of an officer's own passkeys away.
    ///
    /// # Errors
    /// `PasskeyNone`; the store's.
    pub(crate) async fn remove_passkey(&self, officer: &str, id: &str) -> Result<(), Failure> {
        let credential = base64url::decode(id).map_err(|_| OfficerError::PasskeyNone)?;
        if self.store().remove_passkey(officer, &credential).await? {
            Ok(())
        } else {
            Err(OfficerError::PasskeyNone.into())
        }
    }

    async fn passkeys_of(&self, officer: &str) -> Result<Vec<(PasskeyRow, Kept)>, Failure> {
        let mut known = Vec::new();
        for row in self.store().passkeys(officer).await? {
            let opened = self.keys().unseal(&label(b"passkey", officer.as_bytes()), &row.sealed)?;
            let kept = serde_json::from_slice(opened.expose()).map_err(|_| StoreError::Damaged)?;
            known.push((row, kept));
        }
        Ok(known)
    }

    fn sealed_passkey(&self, officer: &str, kept: &Kept, rng: &mut dyn Rng) -> Result<Vec<u8>, Failure> {
        let content = serde_json::to_vec(kept).map_err(|_| StoreError::Damaged)?;
        self.keys().seal(&label(b"passkey", officer.as_bytes()), &content, rng)
    }
}
