//! Passkeys: what an authenticator is asked, once, and what its answer proves.

use absah_crypto::sha256_concat;
use absah_issuer_core::operator::four_eyes::{self, Decision};
use absah_issuer_core::ports::{SecretRole, StoreError};
use absah_types::{Seconds, Timestamp, base64url};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    RequestChallengeResponse, Uuid,
};

use super::error::Fail;
use super::{Console, ConsoleError};
use crate::store::{Ceremony, KeptPasskey, Operator};

/// A ceremony is open for so long.
const LIFE: Seconds = Seconds::minutes(5);
/// Bytes of a credential's id at most.
const MAX_ID: usize = 1023;

/// What an assertion over a change of the own ways in begins with.
const PROOF: &[u8] = b"absah-ways-in-assertion-v1\0";

/// What is being proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Register,
    SignIn,
    Decide,
    /// A change of the own ways in.
    Prove,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::SignIn => "sign-in",
            Self::Decide => "decide",
            Self::Prove => "prove",
        }
    }
}

/// A decision as it was asked to be signed.
#[derive(Serialize, Deserialize)]
struct Asked {
    state: PasskeyAuthentication,
    act: i64,
    decision: String,
    note: String,
    nonce: String,
}

/// A change of the own ways in as it was asked to be signed.
#[derive(Serialize, Deserialize)]
struct AskedProof {
    state: PasskeyAuthentication,
    change: String,
}

/// What proves a decision to somebody who checks it later.
pub(super) struct Signed {
    pub(super) act: i64,
    pub(super) decision: Decision,
    pub(super) note: String,
    pub(super) assertion: String,
}

fn of(text: &str) -> Result<Passkey, Fail> {
    serde_json::from_str(text).map_err(|_| Fail::Store(StoreError::Damaged))
}

fn written(value: &impl Serialize) -> Result<String, Fail> {
    serde_json::to_string(value).map_err(|_| Fail::Store(StoreError::Damaged))
}

impl Console {
    async fn ask(
        &self,
        kind: Kind,
        (operator, session): (i64, Option<[u8; 32]>),
        state: String,
        now: Timestamp,
    ) -> Result<String, Fail> {
        let name = base64url::encode(self.random::<32>());
        let ceremony = Ceremony {
            key: ceremony_key(&name),
            kind: kind.name(),
            operator,
            session,
            state,
            expires_at: now.plus(LIFE),
        };
        self.store().ask(ceremony).await?;
        Ok(name)
    }

    async fn taken_up(
        &self,
        kind: Kind,
        name: &str,
        session: Option<[u8; 32]>,
        now: Timestamp,
    ) -> Result<(i64, String), Fail> {
        let found = self.store().answer(ceremony_key(name), kind.name(), session, now).await?;
        found.ok_or(Fail::Console(ConsoleError::Passkey))
    }

    /// What was asked of the officer of a session, and is answered now.
    async fn answered<Asked: DeserializeOwned>(
        &self,
        kind: Kind,
        ceremony: &str,
        (operator, session): (i64, [u8; 32]),
        now: Timestamp,
    ) -> Result<Asked, Fail> {
        let (whose, asked) = self.taken_up(kind, ceremony, Some(session), now).await?;
        if whose != operator {
            return Err(ConsoleError::Passkey.into());
        }
        serde_json::from_str(&asked).map_err(|_| Fail::Store(StoreError::Damaged))
    }

    async fn passkeys_of(&self, operator: i64) -> Result<Vec<Passkey>, Fail> {
        self.store().passkeys(operator).await?.iter().map(|kept| of(&kept.passkey)).collect()
    }

    /// Asks for a new passkey.
    pub(super) async fn ask_new(
        &self,
        operator: &Operator,
        session: [u8; 32],
        now: Timestamp,
    ) -> Result<Value, Fail> {
        let known = self.passkeys_of(operator.id).await?;
        let known = known.iter().map(|passkey| passkey.cred_id().clone()).collect();
        let handle = Uuid::from_bytes(operator.handle);
        let asked =
            self.0.webauthn.start_passkey_registration(handle, &operator.login, &operator.name, Some(known));
        let (options, state) = asked.map_err(|_| ConsoleError::Passkey)?;
        let name = self.ask(Kind::Register, (operator.id, Some(session)), written(&state)?, now).await?;
        Ok(json!({ "ceremony": name, "options": options }))
    }

    /// Keeps a new passkey.
    pub(super) async fn keep_new(
        &self,
        (ceremony, answer, label): (&str, Value, String),
        (operator, session): (i64, [u8; 32]),
        now: Timestamp,
    ) -> Result<(), Fail> {
        let state: PasskeyRegistration =
            self.answered(Kind::Register, ceremony, (operator, session), now).await?;
        let answer: RegisterPublicKeyCredential =
            serde_json::from_value(answer).map_err(|_| ConsoleError::Passkey)?;
        let passkey = self.0.webauthn.finish_passkey_registration(&answer, &state);
        let passkey = passkey.map_err(|_| ConsoleError::Passkey)?;
        let credential = passkey.cred_id().to_vec();
        if credential.len() > MAX_ID {
            return Err(ConsoleError::Passkey.into());
        }
        let kept =
            KeptPasskey { credential, passkey: written(&passkey)?, label, added_at: now, used_at: None };
        // "You MUST assert that the registered CredentialID has not previously been registered to any other account."
        if self.store().add_passkey(operator, kept).await? {
            Ok(())
        } else {
            Err(ConsoleError::PasskeyTaken.into())
        }
    }

    /// Asks for a sign-in. Who is unknown is asked as well, so that nobody learns which names there are.
    pub(super) async fn ask_sign_in(&self, login: &str, now: Timestamp) -> Result<Value, Fail> {
        let operator =
            self.store().operator_of_login(login).await?.filter(|found| found.disabled_at.is_none());
        let passkeys = match &operator {
            Some(operator) => self.passkeys_of(operator.id).await?,
            None => Vec::new(),
        };
        let Some(operator) = operator.filter(|_| !passkeys.is_empty()) else {
            return Ok(self.pretence(login));
        };
        let asked = self.0.webauthn.start_passkey_authentication(&passkeys);
        let (options, state) = asked.map_err(|_| ConsoleError::Passkey)?;
        let name = self.ask(Kind::SignIn, (operator.id, None), written(&state)?, now).await?;
        Ok(json!({ "ceremony": name, "options": options }))
    }

    /// The same name is always asked for the same credential, as a real one is.
    fn pretence(&self, login: &str) -> Value {
        let message = [b"absah-console-pretence-v1\0".as_slice(), login.as_bytes()].concat();
        let id = base64url::encode(self.0.app.keys().mac(SecretRole::Operators, &message));
        let [ceremony, challenge] = [self.random::<32>(), self.random::<32>()].map(base64url::encode);
        let host = url::Url::parse(&self.0.origin).ok().and_then(|url| url.domain().map(str::to_owned));
        json!({ "ceremony": ceremony, "options": { "publicKey": {
            "challenge": challenge,
            "timeout": 300_000,
            "rpId": host,
            "allowCredentials": [{ "type": "public-key", "id": id }],
            "userVerification": "required",
        } } })
    }

    /// What a browser is asked for an assertion over this challenge by a passkey of the officer, and what checks it.
    async fn asked_over(
        &self,
        operator: i64,
        challenge: &[u8; 32],
    ) -> Result<(RequestChallengeResponse, PasskeyAuthentication), Fail> {
        let passkeys = self.passkeys_of(operator).await?;
        let asked = self.0.webauthn.start_passkey_authentication(&passkeys);
        let (mut options, state) = asked.map_err(|_| ConsoleError::Passkey)?;
        let state = with_challenge(&state, challenge)?;
        options.public_key.challenge = challenge.to_vec();
        Ok((options, state))
    }

    /// Asks an officer who is signed in to sign a change of the own ways in: the challenge is made of it.
    pub(super) async fn ask_proof(
        &self,
        change: String,
        (operator, session): (i64, [u8; 32]),
        now: Timestamp,
    ) -> Result<Value, Fail> {
        let nonce = self.random::<32>();
        let challenge = sha256_concat(&[PROOF, change.as_bytes(), b"\0", &nonce]);
        let (options, state) = self.asked_over(operator, &challenge).await?;
        let asked = written(&AskedProof { state, change })?;
        let name = self.ask(Kind::Prove, (operator, Some(session)), asked, now).await?;
        Ok(json!({ "ceremony": name, "options": options }))
    }

    /// The change that the officer of a session has signed.
    pub(super) async fn proof(
        &self,
        ceremony: &str,
        answer: Value,
        whose: (i64, [u8; 32]),
        now: Timestamp,
    ) -> Result<String, Fail> {
        let asked: AskedProof = self.answered(Kind::Prove, ceremony, whose, now).await?;
        self.verify(whose.0, &answer, &asked.state, now).await?;
        Ok(asked.change)
    }

    /// Who signed in.
    pub(super) async fn signed_in(&self, ceremony: &str, answer: Value, now: Timestamp) -> Result<i64, Fail> {
        let (operator, state) = self.taken_up(Kind::SignIn, ceremony, None, now).await?;
        let state: PasskeyAuthentication =
            serde_json::from_str(&state).map_err(|_| Fail::Store(StoreError::Damaged))?;
        self.verify(operator, &answer, &state, now).await?;
        Ok(operator)
    }

    async fn verify(
        &self,
        operator: i64,
        answer: &Value,
        state: &PasskeyAuthentication,
        now: Timestamp,
    ) -> Result<(), Fail> {
        let answer = PublicKeyCredential::deserialize(answer).map_err(|_| ConsoleError::Passkey)?;
        let proved = self.0.webauthn.finish_passkey_authentication(&answer, state);
        let proved = proved.map_err(|_| ConsoleError::Passkey)?;
        // "user verification required": the library checks it by its policy, and so do we.
        if !proved.user_verified() {
            return Err(ConsoleError::Passkey.into());
        }
        // One that was taken away meanwhile proves nothing.
        let mut known = self.passkeys_of(operator).await?;
        let used = known.iter_mut().find(|passkey| passkey.cred_id() == proved.cred_id());
        let used = used.ok_or(ConsoleError::Passkey)?;
        used.update_credential(&proved);
        let (credential, text) = (used.cred_id().to_vec(), written(used)?);
        Ok(self.store().use_passkey(credential, text, now).await?)
    }

    /// Asks for a decision: the challenge is made of the act's hash.
    pub(super) async fn ask_decision(
        &self,
        (act, digest, decision, note): (i64, &[u8; 32], Decision, String),
        (operator, session): (i64, [u8; 32]),
        now: Timestamp,
    ) -> Result<Value, Fail> {
        let nonce = self.random::<32>();
        let challenge = four_eyes::challenge(digest, decision, &note, &nonce);
        let (options, state) = self.asked_over(operator, &challenge).await?;
        let (nonce, decision) = (base64url::encode(nonce), decision.as_str().to_owned());
        let asked = written(&Asked { state, act, decision, note, nonce })?;
        let name = self.ask(Kind::Decide, (operator, Some(session)), asked, now).await?;
        Ok(json!({ "ceremony": name, "options": options }))
    }

    /// The decision that was signed.
    pub(super) async fn decision(
        &self,
        ceremony: &str,
        answer: Value,
        whose: (i64, [u8; 32]),
        now: Timestamp,
    ) -> Result<Signed, Fail> {
        let asked: Asked = self.answered(Kind::Decide, ceremony, whose, now).await?;
        self.verify(whose.0, &answer, &asked.state, now).await?;
        let decision = Decision::of_name(&asked.decision).ok_or(ConsoleError::Passkey)?;
        let response = answer.get("response");
        let part = |name: &str| response.and_then(|response| response.get(name)).cloned();
        let assertion = json!({
            "v": 2,
            "note": asked.note,
            "nonce": asked.nonce,
            "decision": asked.decision,
            "credential": answer.get("id"),
            "clientDataJSON": part("clientDataJSON"),
            "authenticatorData": part("authenticatorData"),
            "signature": part("signature"),
        });
        Ok(Signed { act: asked.act, decision, note: asked.note, assertion: assertion.to_string() })
    }
}

fn ceremony_key(name: &str) -> [u8; 32] {
    sha256_concat(&[b"absah-console-ceremony-v1", name.as_bytes()])
}

/// The library draws its challenge at random; that of a decision says what is decided. Its state is ours to keep and
/// reads back only if it is whole.
fn with_challenge(
    state: &PasskeyAuthentication,
    challenge: &[u8; 32],
) -> Result<PasskeyAuthentication, Fail> {
    let damaged = || Fail::Store(StoreError::Damaged);
    let mut state = serde_json::to_value(state).map_err(|_| damaged())?;
    let place = state.pointer_mut("/ast/challenge").ok_or_else(damaged)?;
    *place = Value::String(base64url::encode(challenge));
    serde_json::from_value(state).map_err(|_| damaged())
}
