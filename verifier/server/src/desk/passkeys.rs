//! Sign-in by passkey, and an officer's own passkeys.

use absah_types::Secret;
use absah_web::{JsonBody, Now, Random};
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::work::answered;
use super::{Desk, Signed};
use crate::error::Failure;
use crate::officers::OfficerError;
use crate::passkeys::Passkeys;

impl Desk {
    fn passkeys(&self) -> Result<&Passkeys, Failure> {
        Ok(self.passkeys.as_deref().ok_or(OfficerError::PasskeyElsewhere)?)
    }
}

/// `GET /api/passkey/officers`: who can sign in with one.
pub(super) async fn officers(State(desk): State<Desk>) -> Response {
    let done = async {
        let names = match &desk.passkeys {
            Some(_) => desk.app.store().passkey_officers().await?,
            None => Vec::new(),
        };
        Ok(json!({ "officers": names, "possible": desk.passkeys.is_some() }))
    };
    answered(&desk, done.await)
}

#[derive(Deserialize)]
pub(super) struct Name {
    name: String,
}

/// `POST /api/passkey/sign-in`: what the authenticator is asked.
pub(super) async fn begin(
    State(desk): State<Desk>,
    Now(now): Now,
    Random(mut rng): Random,
    JsonBody(said): JsonBody<Name>,
) -> Response {
    let done = async { desk.app.ask_passkey(desk.passkeys()?, &said.name, &mut *rng, now).await };
    answered(&desk, done.await)
}

#[derive(Deserialize)]
pub(super) struct Proof {
    ceremony: String,
    answer: Value,
    #[serde(default)]
    label: String,
}

/// `POST /api/passkey/sign-in/finish`: an officer begins.
pub(super) async fn finish(
    State(desk): State<Desk>,
    Now(now): Now,
    Random(mut rng): Random,
    JsonBody(said): JsonBody<Proof>,
) -> Response {
    let done = async {
        let proof = (said.ceremony.as_str(), &said.answer);
        let name = desk.app.signed_in_by_passkey(desk.passkeys()?, proof, &mut *rng, now).await?;
        // Taken away meanwhile.
        let known_by = desk.app.known_by(&name).await?.ok_or(OfficerError::Passkey)?;
        desk.begin_day(&name, known_by, now);
        desk.sign(Some(Signed { name, known_by, active: now }));
        Ok(json!({}))
    };
    answered(&desk, done.await)
}

impl Desk {
    /// The officer who signed in: where nobody has to, nobody has passkeys.
    async fn signed_in(&self, now: absah_types::Timestamp) -> Result<String, Failure> {
        let officer = self.officer(now, true).await?;
        let is_one = self.app.store().officers().await?.iter().any(|row| row.name == officer);
        if is_one { Ok(officer) } else { Err(OfficerError::SignedOut.into()) }
    }
}

/// `GET /api/passkey`: the officer's own.
pub(super) async fn own(State(desk): State<Desk>, Now(now): Now) -> Response {
    let done = async {
        let officer = desk.signed_in(now).await?;
        Ok(
            json!({ "passkeys": desk.app.passkeys_shown(&officer).await?, "possible": desk.passkeys.is_some() }),
        )
    };
    answered(&desk, done.await)
}

#[derive(Deserialize)]
pub(super) struct New {
    pin: String,
}

/// `POST /api/passkey/new`: asks for a new one, after the PIN: a screen that was left open adds no key.
pub(super) async fn begin_new(
    State(desk): State<Desk>,
    Now(now): Now,
    Random(mut rng): Random,
    JsonBody(said): JsonBody<New>,
) -> Response {
    let pin = Secret::new(said.pin);
    let done = async {
        let passkeys = desk.passkeys()?;
        let officer = desk.signed_in(now).await?;
        desk.app.check_pin(&officer, pin.expose(), now).await?;
        desk.app.ask_new_passkey(passkeys, &officer, &mut *rng, now).await
    };
    answered(&desk, done.await)
}

/// `POST /api/passkey/new/finish`: keeps it.
pub(super) async fn finish_new(
    State(desk): State<Desk>,
    Now(now): Now,
    Random(mut rng): Random,
    JsonBody(said): JsonBody<Proof>,
) -> Response {
    let done = async {
        let officer = desk.signed_in(now).await?;
        let proof = (officer.as_str(), said.ceremony.as_str(), said.answer, said.label.as_str());
        desk.app.keep_new_passkey(desk.passkeys()?, proof, &mut *rng, now).await?;
        Ok(json!({}))
    };
    answered(&desk, done.await)
}

#[derive(Deserialize)]
pub(super) struct Gone {
    id: String,
    pin: String,
}

/// `POST /api/passkey/remove`: takes one away, after the PIN: a screen that was left open shuts nobody out.
pub(super) async fn remove(
    State(desk): State<Desk>,
    Now(now): Now,
    JsonBody(said): JsonBody<Gone>,
) -> Response {
    let pin = Secret::new(said.pin);
    let done = async {
        let officer = desk.signed_in(now).await?;
        desk.app.check_pin(&officer, pin.expose(), now).await?;
        desk.app.remove_passkey(&officer, &said.id).await?;
        Ok(json!({}))
    };
    answered(&desk, done.await)
}
